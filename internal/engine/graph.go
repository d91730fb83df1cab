package engine

import (
	"math/big"
	"strconv"

	"github.com/overseaswarehouse/overseas/internal/fixed"
	"github.com/overseaswarehouse/overseas/internal/ratecard"
)

// frame is where a value lives: once for the event, once a row, once an item.
type frame uint8

const (
	frEvent frame = iota
	frRow
	frItem
)

// nodeID names a step; 0 is "none".
type nodeID int32

// node is one step of the graph. Its arguments have smaller ids.
type node struct {
	op    op
	frame frame // of the result
	mode  fixed.Mode
	args  []nodeID
	k     [2]*big.Int // constants
	aux   any         // tables, lists of names; compared by identity
	unit  *big.Rat    // the result is a whole number of these; nil for truth values and positions
	label label
}

// label says what a step is on the card, for traces and errors.
type label struct {
	role role
	name string
	at   ratecard.Quantity // of a limit, condition or step of a measure: the threshold as written
	src  any               // what on the card the step comes from, where an explanation needs it
}

// scaled marks a change of unit that is a factor on the card, not a change of unit only.
type scaled struct{}

// name says what a step's value is called on the card; the first name of a shared step stays.
type name struct {
	kind nameKind
	name string
}

type nameKind uint8

const (
	nameNone nameKind = iota
	nameMeasure
	nameAmount
	nameCharge
)

type role uint8

const (
	roleNone role = iota
	roleInput
	roleMeasure
	roleClass
	roleBracket
	rolePrice
	roleQuantity
	roleAmount
	roleMinimum
	roleMaximum
	roleRounding
	roleSlot
	roleCondition
	roleLimit
)

// graph is the steps of one event of one card.
type graph struct {
	nodes []node
	index map[string]nodeID
	auxID map[any]int
	names map[nodeID]name
}

func newGraph() *graph {
	return &graph{nodes: make([]node, 1, 64), index: map[string]nodeID{}, auxID: map[any]int{}, names: map[nodeID]name{}}
}

// name gives a step a name unless it has one, and returns its id.
func (g *graph) name(id nodeID, kind nameKind, text string) nodeID {
	if _, ok := g.names[id]; !ok && id != 0 {
		g.names[id] = name{kind, text}
	}
	return id
}

// add returns the id of n, which is that of an equal step where there is one: measures are shared between charges.
func (g *graph) add(n *node) nodeID {
	key := make([]byte, 0, 96)
	number := func(n int64) { key = append(strconv.AppendInt(key, n, 10), ' ') }
	number(int64(n.op))
	number(int64(n.frame))
	number(int64(n.mode))
	number(int64(len(n.args)))
	for _, a := range n.args {
		number(int64(a))
	}
	for _, k := range n.k {
		if k != nil {
			key = k.Append(append(key, 'k'), 10)
		} else {
			key = append(key, '-')
		}
	}
	if n.aux != nil {
		id, ok := g.auxID[n.aux]
		if !ok {
			id = len(g.auxID)
			g.auxID[n.aux] = id
		}
		key = append(key, 'x')
		number(int64(id))
	}
	if n.unit != nil {
		key = append(key, n.unit.String()...)
	}
	if id, ok := g.index[string(key)]; ok {
		return id
	}
	id := nodeID(len(g.nodes))
	g.nodes = append(g.nodes, *n)
	g.index[string(key)] = id
	return id
}

//go:noinline
func (g *graph) at(id nodeID) *node { return &g.nodes[id] }

var (
	ratOne = big.NewRat(1, 1)
	intOne = big.NewInt(1)
)

// bigOf is big.NewInt, which in line is ten times the code of a call.
//
//go:noinline
func bigOf(n int64) *big.Int { return big.NewInt(n) }

// copied is a copy of x, for the same reason a call.
//
//go:noinline
func copied(x *big.Int) *big.Int { return new(big.Int).Set(x) }

// tens is 10^n.
func tens(n int) *big.Int { return new(big.Int).Exp(bigOf(10), bigOf(int64(n)), nil) }

// pow10 is 10^n as a rational, n of either sign.
func pow10(n int) *big.Rat {
	p := tens(max(n, -n))
	if n < 0 {
		return new(big.Rat).SetFrac(intOne, p)
	}
	return new(big.Rat).SetInt(p)
}

// ratOf is a decimal as a rational.
func ratOf(d fixed.Decimal) *big.Rat {
	return new(big.Rat).Mul(new(big.Rat).SetInt64(d.Coef), pow10(-int(d.Scale)))
}

// commonUnit is the greatest unit of which both a and b are whole multiples.
func commonUnit(a, b *big.Rat) *big.Rat {
	num := new(big.Int).GCD(nil, nil,
		new(big.Int).Mul(a.Num(), b.Denom()),
		new(big.Int).Mul(b.Num(), a.Denom()))
	return new(big.Rat).SetFrac(num, new(big.Int).Mul(a.Denom(), b.Denom()))
}

// rescale expresses the value of id in unit, of which its own unit is a whole multiple.
func (g *graph) rescale(id nodeID, unit *big.Rat) nodeID {
	n := g.at(id)
	factor := new(big.Rat).Quo(n.unit, unit)
	if factor.Cmp(ratOne) == 0 {
		return id
	}
	if n.op == opConst {
		return g.add(&node{op: opConst, frame: n.frame, k: [2]*big.Int{new(big.Int).Mul(n.k[0], factor.Num())}, unit: unit, label: n.label})
	}
	return g.add(&node{op: opMulK, frame: n.frame, args: []nodeID{id}, k: [2]*big.Int{copied(factor.Num())}, unit: unit, label: n.label})
}

// align expresses a and b in one unit.
func (g *graph) align(a, b nodeID) (nodeID, nodeID, *big.Rat) {
	u := commonUnit(g.at(a).unit, g.at(b).unit)
	return g.rescale(a, u), g.rescale(b, u), u
}

// constant is a value that every run shares; its unit is chosen so that it is a whole number.
func (g *graph) constant(f frame, v *big.Rat, l label) nodeID {
	if v.Sign() == 0 {
		return g.add(&node{op: opConst, frame: f, k: [2]*big.Int{new(big.Int)}, unit: ratOne, label: l})
	}
	unit := new(big.Rat).SetFrac(intOne, v.Denom())
	return g.add(&node{op: opConst, frame: f, k: [2]*big.Int{copied(v.Num())}, unit: unit, label: l})
}

// binary is a step on two values of one dimension, such as a sum or the greater of two.
func (g *graph) binary(o op, a, b nodeID, l label) nodeID {
	a, b, u := g.align(a, b)
	return g.add(&node{op: o, frame: g.at(a).frame, args: []nodeID{a, b}, unit: u, label: l})
}

// withConst is binary with a constant right side.
func (g *graph) withConst(o op, a nodeID, v *big.Rat, l label) nodeID {
	u := g.at(a).unit
	if v.Sign() != 0 {
		u = commonUnit(u, v)
	}
	k := new(big.Rat).Quo(v, u)
	return g.add(&node{op: o, frame: g.at(a).frame, args: []nodeID{g.rescale(a, u)}, k: [2]*big.Int{copied(k.Num())}, unit: u, label: l})
}

// compare is a truth value: a against a constant. The value is not rescaled where the threshold can be moved instead.
func (g *graph) compare(o op, a nodeID, v *big.Rat, l label) nodeID {
	n := g.at(a)
	k := new(big.Rat).Quo(v, n.unit)
	at := new(big.Int).Quo(k.Num(), k.Denom()) // floor, for values are not negative
	exact := k.IsInt()
	if !exact {
		switch o {
		case opLess:
			o = opAtMost // x < 3.5 is x <= 3
		case opAtLeast:
			o = opMore // x >= 3.5 is x > 3
		}
	}
	return g.add(&node{op: o, frame: n.frame, args: []nodeID{a}, k: [2]*big.Int{at}, label: l})
}

// times multiplies the value by an exact ratio, which changes its unit only. src says where on the card the ratio stands;
// nil for a mere change of unit. A ratio of the card that comes to 1, as 1 cm3/kg does, still makes a weight of a volume.
func (g *graph) times(a nodeID, by *big.Rat, src any) nodeID {
	n := *g.at(a)
	if _, ratio := src.(*ratecard.Term); by.Cmp(ratOne) == 0 && !ratio {
		return a
	}
	l := n.label
	l.src = src
	return g.add(&node{op: opRename, frame: n.frame, args: []nodeID{a}, unit: new(big.Rat).Mul(n.unit, by), label: l})
}

// product multiplies two values; the unit is the product of the units.
func (g *graph) product(a, b nodeID, l label) nodeID {
	ua, ub := g.at(a).unit, g.at(b).unit
	return g.add(&node{op: opMul, frame: g.at(a).frame, args: []nodeID{a, b}, unit: new(big.Rat).Mul(ua, ub), label: l})
}

// round rounds the value to a multiple of to.
func (g *graph) round(a nodeID, to *big.Rat, mode fixed.Mode, l label) nodeID {
	n := g.at(a)
	f := new(big.Rat).Quo(n.unit, to)
	if f.IsInt() {
		return g.rescale(a, to)
	}
	return g.add(&node{op: opRound, frame: n.frame, mode: mode, args: []nodeID{a},
		k: [2]*big.Int{copied(f.Num()), copied(f.Denom())}, unit: to, label: l})
}
