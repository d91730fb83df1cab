package proof

import (
	"math/big"

	"github.com/overseaswarehouse/overseas/internal/fixed"
)

// Op says how the value of a step follows from its arguments. The words are part of the format of records.
type Op string

// The operations. The first group are leaves: their values are given, not made.
const (
	Given  Op = "given"  // what the caller says
	Stated Op = "stated" // a number that a card, a policy or a tariff states
	Price  Op = "price"  // a price or percentage of a card; its arguments say where in the table it stands
	Rate   Op = "rate"   // an exchange rate, in the unit TO/FROM; Word says whose and of which day
	Span   Op = "span"   // a length of time; Word says from when to when
	Word   Op = "word"   // a word: a zone, a country, a class; it has no value
	None   Op = "none"   // 0: the conditions do not hold
	Again  Op = "again"  // the value of a step that stands earlier in the record; From is its place

	Same     Op = "same"     // the argument in another unit
	Sum      Op = "sum"      // of the arguments; of none it is 0
	Minus    Op = "minus"    // the first argument less the second, which may leave less than nothing
	Less     Op = "less"     // the first argument less the second, but not below 0
	Product  Op = "product"  // of the arguments
	Quotient Op = "quotient" // the first argument over the second
	Greatest Op = "greatest" // of the arguments
	Least    Op = "least"    // of the arguments
	StepUp   Op = "step_up"  // the first argument raised to a multiple of the second; a rest up to the third is dropped
	Round    Op = "round"    // the first argument rounded to a multiple of the second, by Mode

	Within Op = "within" // the position, from 0, of a bracket that holds the first argument: above or from the edges named over and from, below those named below and up_to
	Chosen Op = "chosen" // the first argument, taken from among all; Word says by which rule: one, first, greatest or least
	Rank   Op = "rank"   // the position, from 0, that one of the arguments of the second step takes among them all, the greatest first and the earlier of equals; the first says which, from 0
)

// ops lists the operations in the order in which they are documented.
var ops = [...]Op{Given, Stated, Price, Rate, Span, Word, None, Again, Same, Sum, Minus, Less, Product, Quotient, Greatest, Least, StepUp, Round, Within, Chosen, Rank}

// Ops lists all operations.
func Ops() []Op { return append([]Op(nil), ops[:]...) }

// The names of the edges of a bracket.
const (
	EdgeOver  = "over"
	EdgeFrom  = "from"
	EdgeBelow = "below"
	EdgeUpTo  = "up_to"
)

// Node is one step of a proof.
type Node struct {
	Op    Op
	Name  string     // what it is: a measure, an input, a charge; "" for a step without a name of its own
	Value *big.Rat   // exact, in Unit; nil for a Word
	Unit  string     // "kg", "EUR", "kg/m3", "" for a number
	Word  string     // of a Word, a Rate, a Span or a Chosen; of a Given what the caller wrote
	From  string     // where a leaf stands: a place in the inputs or on the card; of an Again the place of the step
	Mode  fixed.Mode // of a Round
	Args  []*Node

	of *Node // of an Again that has not been sealed
}

// Leaf is a step whose value is given.
func Leaf(op Op, name string, v *big.Rat, unit string) *Node {
	return &Node{Op: op, Name: name, Value: v, Unit: unit}
}

// Number is a stated whole number.
func Number(name string, n int64) *Node { return Leaf(Stated, name, new(big.Rat).SetInt64(n), "") }

// Text is a leaf that is a word.
func Text(name, word string) *Node { return &Node{Op: Word, Name: name, Word: word} }

// AgainOf stands for a step that has been written down before in the same record: its value without its derivation. The
// record that holds both gives it its place when it is sealed.
func AgainOf(n *Node) *Node {
	n = n.Original()
	return &Node{Op: Again, Name: n.Name, Value: n.Value, Unit: n.Unit, of: n}
}

// Original is the step, or the step that it stands for.
func (n *Node) Original() *Node {
	if n.Op == Again && n.of != nil {
		return n.of
	}
	return n
}

// Apart are copies of steps that can stand without the rest of their record: what stands for a step outside them is that
// step, where it is first needed.
func Apart(list ...*Node) []*Node {
	placed := map[*Node]*Node{} // by the step that it copies
	var copied func(n *Node) *Node
	copied = func(n *Node) *Node {
		whole := n.Original()
		if there := placed[whole]; there != nil {
			return AgainOf(there).Called(n.Name)
		}
		out := *whole
		out.Name = n.Name
		placed[whole] = &out
		out.Args = make([]*Node, len(whole.Args))
		for i, a := range whole.Args {
			out.Args[i] = copied(a)
		}
		return &out
	}
	out := make([]*Node, len(list))
	for i, n := range list {
		out[i] = copied(n)
	}
	return out
}

// At returns the step with the place where it stands.
func (n *Node) At(from string) *Node { n.From = from; return n }

// Saying returns the step with its word.
func (n *Node) Saying(word string) *Node { n.Word = word; return n }

// Called returns the step with a name.
func (n *Node) Called(name string) *Node { n.Name = name; return n }

// Make is a step whose value is computed from its arguments, in a unit of the caller's choice. The value is nil where the
// arguments do not allow it: a quotient by zero, units that do not fit.
func Make(op Op, name, unit string, args ...*Node) *Node {
	n := &Node{Op: op, Name: name, Unit: unit, Args: args}
	n.compute()
	return n
}

// Rounded is a step rounded to a multiple of another.
func Rounded(name string, x, to *Node, mode fixed.Mode) *Node {
	n := &Node{Op: Round, Name: name, Unit: x.Unit, Mode: mode, Args: []*Node{x, to}}
	n.compute()
	return n
}

// Bracket is the position of x among brackets, from 0, with the edges of its bracket: steps named [EdgeOver], [EdgeFrom],
// [EdgeBelow] or [EdgeUpTo], at most one on each side.
func Bracket(name string, position int, x *Node, edges ...*Node) *Node {
	return &Node{Op: Within, Name: name, Value: new(big.Rat).SetInt64(int64(position)), Args: append([]*Node{x}, edges...)}
}

// Ranked is the position that argument i of a step takes among all of them.
func Ranked(i int, among *Node) *Node {
	return Make(Rank, "share.rank", "", Number("share.position", int64(i)), among)
}

// target is the step itself, or the step that it stands for; nil where that does not stand before.
func (n *Node) target(done checked) *Node {
	switch {
	case n.Op != Again:
		return n
	case n.From != "":
		return done[n.From] // only what stands before: a step cannot rest on itself
	}
	return n.of
}

// Total is the sum of steps of one unit.
func Total(name, unit string, args ...*Node) *Node { return Make(Sum, name, unit, args...) }

// compute sets the value from the arguments.
func (n *Node) compute() {
	n.Value = nil
	factor, _, ok := measure(n.Unit)
	if !ok {
		return
	}
	if v, why := n.result(nil); why == "" {
		n.Value = v.Quo(v, factor)
	}
}

// MinorUnit is the step to which amounts of a currency with so many decimals are rounded.
func MinorUnit(currency string, digits int) *Node {
	ten := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(digits)), nil)
	return Leaf(Stated, "minor_unit", new(big.Rat).SetFrac(big.NewInt(1), ten), currency)
}

// Equal reports whether two trees say the same.
func (n *Node) Equal(m *Node) bool { return n.differs(m, "") == nil }
