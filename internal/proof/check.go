package proof

import (
	"math/big"
	"strconv"

	"github.com/overseaswarehouse/overseas/internal/problem"
)

// checked are the steps of a record that have been recomputed, by their place.
type checked map[string]*Node

// Check recomputes a tree from its leaves. The error is a problem at the first step, from the leaves up and from the
// left, that does not follow from its arguments: its path is the place of the step below at, its text the value that the
// step claims and Want what its arguments give.
func (n *Node) Check(at string) error { return n.check(at, checked{}) }

// check is Check among the steps that stand before the tree.
func (n *Node) check(at string, done checked) error {
	if n == nil {
		return problem.New(problem.StepMalformed, "", "a step").At(at)
	}
	for i, a := range n.Args {
		if err := a.check(at+"/args/"+strconv.Itoa(i), done); err != nil {
			return err
		}
	}
	if err := n.follows(at, done); err != nil {
		return err
	}
	done[at] = n
	return nil
}

// follows checks one step, whose arguments have been checked.
func (n *Node) follows(at string, done checked) error {
	malformed := func(why string) error { return problem.New(problem.StepMalformed, string(n.Op), why).At(at) }
	if n.Op == Word {
		if n.Value != nil || n.Word == "" || len(n.Args) > 0 {
			return malformed("a word without a value")
		}
		return nil
	}
	if n.Value == nil {
		return malformed("a value")
	}
	factor, dim, ok := measure(n.Unit)
	if !ok {
		return problem.New(problem.UnitUnknown, n.Unit).At(at)
	}
	mine := base(n.Value, factor)
	differs := func(want *big.Rat) error {
		return problem.New(problem.StepDiffers, amountText(n.Value, n.Unit), amountText(new(big.Rat).Quo(want, factor), n.Unit)).With("step", string(n.Op)).At(at)
	}
	switch n.Op {
	case Given, Stated, Rate, Span:
		if len(n.Args) > 0 {
			return malformed("a leaf")
		}
		return nil
	case Price:
		for _, a := range n.Args {
			if a.Op != Within && a.Op != Word {
				return malformed("places in a table")
			}
		}
		return nil
	case Again:
		other := n.target(done)
		if other == nil || other.Value == nil || len(n.Args) > 0 {
			return malformed("a step that stands before")
		}
		f, d, ok := measure(other.Unit)
		if !ok || !d.equal(&dim) {
			return malformed(other.Unit)
		}
		if want := base(other.Value, f); want.Cmp(mine) != 0 {
			return differs(want)
		}
		return nil
	}
	want, why := n.result(done)
	if why != "" {
		return malformed(why)
	}
	if made, ok := n.dimension(); !ok || !made.equal(&dim) {
		return malformed("units that fit")
	}
	if want.Cmp(mine) != 0 {
		return differs(want)
	}
	return nil
}

// arity is the least and the greatest number of arguments of an operation; -1: any.
var arity = map[Op][2]int{
	None: {0, 0}, Same: {1, 1}, Sum: {0, -1}, Minus: {2, 2}, Less: {2, 2}, Product: {1, -1}, Quotient: {2, 2},
	Greatest: {1, -1}, Least: {1, -1}, StepUp: {2, 3}, Round: {2, 2}, Within: {1, 3}, Chosen: {1, -1}, Rank: {2, 2},
}

// result is the value that the arguments give, in base units, among the steps that stand before; why says what is wrong
// with them.
func (n *Node) result(done checked) (v *big.Rat, why string) {
	bounds, ok := arity[n.Op]
	if !ok {
		return nil, "a known step"
	}
	if len(n.Args) < bounds[0] || bounds[1] >= 0 && len(n.Args) > bounds[1] {
		return nil, strconv.Itoa(bounds[0]) + " arguments"
	}
	args := make([]*big.Rat, len(n.Args))
	for i, a := range n.Args {
		if a == nil || a.Value == nil {
			return nil, "arguments with values"
		}
		f, _, ok := measure(a.Unit)
		if !ok {
			return nil, "a known unit"
		}
		args[i] = base(a.Value, f)
	}
	v = new(big.Rat)
	switch n.Op {
	case None:
	case Same, Chosen:
		v.Set(args[0])
		if n.Op == Chosen {
			why = n.choice(args)
		}
	case Sum:
		for _, a := range args {
			v.Add(v, a)
		}
	case Minus, Less:
		v.Sub(args[0], args[1])
		if n.Op == Less && v.Sign() < 0 {
			v.SetInt64(0)
		}
	case Product:
		v.SetInt64(1)
		for _, a := range args {
			v.Mul(v, a)
		}
	case Quotient:
		if args[1].Sign() == 0 {
			return nil, "a divisor other than 0"
		}
		v.Quo(args[0], args[1])
	case Greatest, Least:
		v.Set(args[0])
		for _, a := range args[1:] {
			if c := a.Cmp(v); n.Op == Greatest && c > 0 || n.Op == Least && c < 0 {
				v.Set(a)
			}
		}
	case StepUp:
		if args[1].Sign() <= 0 {
			return nil, "a step above 0"
		}
		k := floor(new(big.Rat).Quo(args[0], args[1]))
		v.Mul(new(big.Rat).SetInt(k), args[1])
		rest := new(big.Rat).Sub(args[0], v)
		if slack := new(big.Rat); rest.Sign() > 0 {
			if len(args) > 2 {
				slack = args[2]
			}
			if rest.Cmp(slack) > 0 {
				v.Add(v, args[1])
			}
		}
	case Round:
		if args[1].Sign() <= 0 || !n.Mode.Valid() {
			return nil, "a mode and a step above 0"
		}
		v.Mul(new(big.Rat).SetInt(n.Mode.RoundRat(new(big.Rat).Quo(args[0], args[1]))), args[1])
	case Within:
		for i, e := range n.Args[1:] {
			c := args[0].Cmp(args[i+1])
			holds := map[string]bool{EdgeOver: c > 0, EdgeFrom: c >= 0, EdgeBelow: c < 0, EdgeUpTo: c <= 0}
			if in, known := holds[e.Name]; !known {
				return nil, "an edge: over, from, below, up_to"
			} else if !in {
				return nil, "a value " + e.Name + " " + amountText(e.Value, e.Unit)
			}
		}
		if n.Value == nil || n.Unit != "" || !n.Value.IsInt() || n.Value.Sign() < 0 {
			return nil, "a position"
		}
		v.Set(n.Value) // the edges say which; the number is that of the table
	case Rank:
		place, bad := n.Args[1].target(done).rank(args[0])
		if bad != "" {
			return nil, bad
		}
		v.SetInt64(place)
	}
	return v, why
}

// rank is the place of one of the step's arguments among all.
func (n *Node) rank(which *big.Rat) (place int64, why string) {
	if n == nil || !which.IsInt() || !which.Num().IsInt64() || which.Sign() < 0 || which.Num().Int64() >= int64(len(n.Args)) {
		return 0, "one of the arguments"
	}
	one := int(which.Num().Int64())
	for i, a := range n.Args {
		if a == nil || a.Value == nil || a.Unit != n.Args[one].Unit {
			return 0, "arguments of one unit"
		}
		if c := a.Value.Cmp(n.Args[one].Value); c > 0 || c == 0 && i < one {
			place++
		}
	}
	return place, ""
}

// choice checks that the first argument is the one that the rule takes.
func (n *Node) choice(args []*big.Rat) string {
	switch n.Word {
	case "one":
		if len(args) != 1 {
			return "one candidate"
		}
	case "first":
	case "greatest", "least":
		for _, a := range args[1:] {
			if c := a.Cmp(args[0]); n.Word == "greatest" && c > 0 || n.Word == "least" && c < 0 {
				return "the " + n.Word
			}
		}
	default:
		return "one, first, greatest or least"
	}
	return ""
}

// dimension is what the arguments measure together; ok is false where they cannot be combined.
func (n *Node) dimension() (d dims, ok bool) {
	switch n.Op {
	case None:
		_, d, ok = measure(n.Unit)
		return d, ok
	case Rank:
		_, d, ok = measure(n.Args[0].Unit)
		return dims{}, ok && d.n == 0
	case Product, Quotient:
		for i, a := range n.Args {
			_, e, ok := measure(a.Unit)
			if !ok {
				return d, false
			}
			for _, p := range e.dim[:e.n] {
				if n.Op == Quotient && i == 1 {
					p.pow = -p.pow
				}
				d.add(p.name, p.pow)
			}
		}
		return d, true
	}
	if len(n.Args) == 0 { // a sum of nothing
		_, d, ok = measure(n.Unit)
		return d, ok
	}
	for i, a := range n.Args {
		_, e, ok := measure(a.Unit)
		if !ok || i > 0 && !e.equal(&d) {
			return d, false
		}
		d = e
	}
	if n.Op == Within {
		return dims{}, true
	}
	return d, true
}

// floor is the greatest whole number not above r.
func floor(r *big.Rat) *big.Int {
	return new(big.Int).Div(r.Num(), r.Denom()) // Euclidean: the denominator is above 0
}

// differs is the first difference between two trees.
func (n *Node) differs(m *Node, at string) error {
	if n == nil || m == nil {
		if n == m {
			return nil
		}
		return problem.New(problem.StepDiffers, "").At(at)
	}
	other := func(a, b string) error {
		return problem.New(problem.StepDiffers, a, b).With("step", string(n.Op)).At(at)
	}
	if n.Op == m.Op && len(n.Args) == len(m.Args) {
		for i := range n.Args {
			if err := n.Args[i].differs(m.Args[i], at+"/args/"+strconv.Itoa(i)); err != nil {
				return err
			}
		}
	}
	switch {
	case n.Op != m.Op:
		return other(string(n.Op), string(m.Op))
	case len(n.Args) != len(m.Args):
		return other(strconv.Itoa(len(n.Args)), strconv.Itoa(len(m.Args)))
	case (n.Value == nil) != (m.Value == nil) || n.Value != nil && n.Value.Cmp(m.Value) != 0 || n.Unit != m.Unit:
		return other(amountText(n.Value, n.Unit), amountText(m.Value, m.Unit))
	case n.Name != m.Name:
		return other(n.Name, m.Name)
	case n.Word != m.Word:
		return other(n.Word, m.Word)
	case n.From != m.From:
		return other(n.From, m.From)
	case n.Mode != m.Mode:
		return other(n.Mode.String(), m.Mode.String())
	}
	return nil
}
