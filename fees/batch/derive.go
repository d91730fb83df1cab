package batch

import (
	"math/big"
	"strconv"

	"golang.org/x/text/language"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees"
	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/internal/lang"
	"github.com/overseaswarehouse/overseas/internal/problem"
	"github.com/overseaswarehouse/overseas/internal/proof"
)

// Source says what the entries of a ledger follow from, as steps of a record that is about more than the ledger. A function
// that is nil, or says nil or another value than the entry, leaves what the entry says as it stands.
type Source struct {
	Place string                                      // where entries stand in that record, such as "ledger/"
	Cost  func(entry string, of Component) *fees.Step // what a component of an entry's cost follows from
	Units func(entry string) *fees.Step               // what its units follow from
}

// Derivation is the movements of a ledger as steps of a record that is about more than the ledger.
type Derivation struct {
	Lines []proof.LineProof // to be written one after the other behind the steps that the Source names
	Costs []*fees.Step      // by the number of the movement in [Ledger.Movements]: its cost, nil where it has none
	Left  []LeftStep        // what is left in the end, to be written behind the lines
}

// LeftStep is one component of what is left of a batch; of stock that shares its cost of all of them.
type LeftStep struct {
	SKU, Batch string
	Component  Component
	Cost       *fees.Step
}

// Derive runs the ledger again and says what the cost of every movement follows from, as [Ledger.ExplainMovement] does for
// one of them, down to the steps of the source. Each line has the entry for its code. Entries of closed periods are taken as
// they were booked. The steps grow with the movements.
func (l *Ledger) Derive(s Source, tag language.Tag) (*Derivation, error) {
	l = l.orEmpty()
	c, err := l.replay()
	if err != nil {
		return nil, err
	}
	x := newExplainer(c, lang.Of(tag))
	x.source = &s
	x.rest, x.lots = map[int32]*proof.Node{}, map[*node]*lot{}
	for i := range c.journal {
		x.targets[i] = true
	}
	x.write("basis")
	for i := range x.r.Lines {
		x.r.Lines[i].On = ""
	}
	out := &Derivation{Lines: x.r.Lines, Costs: make([]*fees.Step, len(c.journal))}
	for i, n := range x.proofs {
		out.Costs[i] = n
	}
	done := map[*pool]bool{}
	for i := range c.journal {
		for _, n := range [...]*node{c.journal[i].from, c.journal[i].to} {
			if !n.account.held() || done[n.pool] {
				continue
			}
			done[n.pool] = true
			k := x.of(n.pool)
			for of := range k.base {
				if cost := x.balance(k, of); cost != nil {
					left := LeftStep{SKU: x.name(n.sku), Component: Component(of), Cost: x.once(cost)}
					if !l.options.Method.pooled() || n.account == Transit {
						left.Batch = x.name(n.batch)
					}
					out.Left = append(out.Left, left)
				}
			}
		}
	}
	return out, nil
}

// lot is the units of a node as steps: what is there, and what ever came in.
type lot struct {
	units, gross     *proof.Node
	in, out, grossIn []*proof.Node
}

// lot is what is known of the units of a node.
func (x *explainer) lot(n *node) *lot {
	k := x.lots[n]
	if k == nil {
		k = &lot{}
		x.lots[n] = k
	}
	return k
}

// cost is the step that the source has for a component of an entry's cost; nil where it has none of that value.
func (s *Source) cost(entry string, of Component, v *big.Rat) *proof.Node {
	if s == nil || s.Cost == nil {
		return nil
	}
	return matching(s.Cost(entry, of), v)
}

// units is the step that the source has for an entry's units.
func (s *Source) units(entry string) *proof.Node {
	if s == nil || s.Units == nil {
		return nil
	}
	return s.Units(entry)
}

// matching is what stands for a step of the record, if it has the value.
func matching(n *proof.Node, v *big.Rat) *proof.Node {
	if n == nil || n.Value == nil || n.Value.Cmp(v) != 0 {
		return nil
	}
	return proof.AgainOf(n)
}

// moved are the units of a posting, made anew each time: all units of its entry, or those of them that were not moved
// before. Of an entry that takes from several lots the last one gives what is missing; how much the others have is a count.
func (x *explainer) moved(p *posting) func() *proof.Node {
	units := new(big.Rat).SetInt64(p.units)
	name := "units"
	leaf := func() *proof.Node {
		return proof.Leaf(proof.Given, name, units, "").At(x.place(p.entry) + "/units").Saying(safe(x.name(p.entry)))
	}
	rest, known := x.rest[p.entry]
	if !known {
		if rest = x.source.units(x.name(p.entry)); rest != nil {
			rest = proof.AgainOf(rest)
		}
	}
	if rest == nil {
		return leaf
	}
	again := func() *proof.Node { return copied(rest) }
	switch rest.Value.Cmp(units) {
	case 0:
		x.rest[p.entry] = nil
		return again
	case -1: // the entry moves others than its own
		x.rest[p.entry] = nil
		return leaf
	}
	name = "cost.taken"
	x.rest[p.entry] = proof.Make(proof.Minus, "units", "", again(), leaf())
	return leaf
}

// copied is a tree that may stand in a second place: its leaves are the same.
func copied(n *proof.Node) *proof.Node {
	m := *n
	m.Args = nil
	for _, a := range n.Args {
		m.Args = append(m.Args, copied(a))
	}
	return &m
}

// count keeps what a posting does to the units of its nodes.
func (k *lot) count(in bool, units *proof.Node) {
	if in {
		k.in, k.grossIn = append(k.in, units), append(k.grossIn, copied(units))
		return
	}
	k.out = append(k.out, units)
}

// borne is units of a node, by what it has or, where that is not their number, by what it ever had.
func (x *explainer) borne(n *node, units int64, p *posting) *proof.Node {
	v := new(big.Rat).SetInt64(units)
	k := x.lot(n)
	k.units = x.settle("units", "", k.units, k.in, k.out)
	k.in, k.out = nil, nil
	if k.units != nil && k.units.Value.Cmp(v) == 0 {
		return k.units
	}
	k.gross = x.settle("units", "", k.gross, k.grossIn, nil)
	k.grossIn = nil
	if k.gross != nil && k.gross.Value.Cmp(v) == 0 {
		return k.gross
	}
	return proof.Leaf(proof.Given, "cost.taken", v, "").At(x.place(p.entry) + "/units")
}

// weighed is the weights of bearers with their sum, written as a line of its own.
func (x *explainer) weighed(to, by []bearer, units []int64, days bool, p *posting) (each []*proof.Node, sum *proof.Node) {
	unit := ""
	for i, b := range to {
		var n *proof.Node
		at := b.node
		if by != nil {
			at = by[i].node
		}
		if days {
			unit = "days"
			many := max(1, units[i])
			var from, until, end country.Date
			if r := x.posted[p.entry]; r != nil {
				from, until, end = later(b.node.since, r.entry.From), b.node.left, r.entry.Until
			}
			n = proof.Make(proof.Product, "share.given", unit, x.once(x.borne(at, units[i], p)), spanOf(from, until, end, int(b.weight/many), unit))
		} else {
			n = x.borne(at, b.weight, p)
		}
		each = append(each, n)
	}
	args := make([]*proof.Node, len(each))
	for i, n := range each {
		args[i] = x.once(n)
	}
	sum = x.once(proof.Total("share.weights", unit, args...))
	x.r.Lines = append(x.r.Lines, proof.LineProof{Code: x.entry(p), Title: x.titled(p, "share.weights"), Proof: sum})
	return each, sum
}

// titled is an entry with what of it a line says.
func (x *explainer) titled(p *posting, name string) string {
	return say(x.l, phOf, "name", p.date.String()+" "+x.called(p), "amount", proof.Called(x.l, name))
}

// weighHalves are the weights of the bearers that are gone, of those that hold their units, and of all of them.
func (x *explainer) weighHalves(h *halving, under *halves, p *posting) {
	if h.all != nil {
		return
	}
	for i, kept := range [...]bool{false, true} {
		var to []bearer
		var units []int64
		for k, b := range under.to {
			if b.node.account.gone() != kept {
				to, units = append(to, b), append(units, under.units[k])
			}
		}
		h.each[i], h.sum[i] = x.weighed(to, nil, units, under.days, p)
	}
	h.all = proof.Total("share.weights", h.sum[0].Unit, proof.AgainOf(h.sum[0]), proof.AgainOf(h.sum[1]))
}

// weights are those of a split with their sum; one bearer alone bears all of it.
func (x *explainer) weights(s *split, p *posting) (each []*proof.Node, sum *proof.Node) {
	if u := s.under; u != nil && u.gone != 0 && u.gone != u.all {
		h := x.halved[u]
		x.weighHalves(h, u, p)
		if s.kept {
			return h.each[1], h.sum[1]
		}
		return h.each[0], h.sum[0]
	}
	if len(s.to) == 1 {
		n := proof.Number("share.given", s.to[0].weight)
		return []*proof.Node{n}, n
	}
	return x.weighed(s.to, s.by, s.units, s.days, p)
}

// pieces is draw in as few steps as a long record can do with. What comes to whole smallest units stays so; one component
// alone is rounded half up; the others are rounded together, and those that lose most by being cut have a unit more.
func (x *explainer) pieces(left [components]*proof.Node, some, all *proof.Node) (out [components]*proof.Node) {
	var part *proof.Node
	smallest := func() *proof.Node {
		return proof.Leaf(proof.Stated, "minor_unit", ratOf(1, x.c.options.Scale), x.currency)
	}
	scale := new(big.Rat).Inv(ratOf(1, x.c.options.Scale))
	var rough []int
	exacts := make([]*proof.Node, len(left))
	below := false // half up is away from 0: beside an amount below it none can be left out of the whole
	for _, n := range left {
		below = below || n != nil && n.Value.Sign() < 0
	}
	for c := range left {
		if left[c] == nil {
			continue
		}
		name := "cost." + componentNames[c]
		whole := x.once(left[c])
		switch {
		case some.Value.Cmp(all.Value) == 0: // the last of it takes what is left
			out[c] = proof.Total(name, x.currency, whole)
			continue
		case part == nil:
			part = proof.Make(proof.Quotient, "share", "", x.once(some), x.once(all))
		}
		exact := proof.Make(proof.Product, name, x.currency, whole, x.once(part))
		if !below && new(big.Rat).Mul(exact.Value, scale).IsInt() {
			out[c] = exact
			continue
		}
		exacts[c] = exact.Called("share.exact")
		rough = append(rough, c)
	}
	if len(rough) == 1 {
		c := rough[0]
		out[c] = proof.Rounded("cost."+componentNames[c], exacts[c], smallest(), money.HalfUp)
	}
	if len(rough) < 2 {
		return out
	}
	sum, cuts, losses := make([]*proof.Node, len(rough)), make([]*proof.Node, len(rough)), make([]*proof.Node, len(rough))
	for i, c := range rough {
		sum[i] = exacts[c]
	}
	whole := proof.Rounded("cost.whole", proof.Total("", x.currency, sum...), smallest(), money.HalfUp)
	for i, c := range rough {
		cuts[i] = proof.Rounded("share.cut", proof.AgainOf(exacts[c]), smallest(), money.Floor)
	}
	rest := proof.Make(proof.Minus, "share.remainder", x.currency, whole, proof.Total("", x.currency, cuts...))
	if rest.Value.Sign() == 0 {
		for i, c := range rough {
			out[c] = proof.Total("cost."+componentNames[c], x.currency, proof.AgainOf(cuts[i]))
		}
		first := out[rough[0]]
		first.Args = append([]*proof.Node{rest}, first.Args...) // the parts that are cut stand in it
		return out
	}
	single := rest.Value.Cmp(smallest().Value) == 0
	for i, c := range rough {
		losses[i] = proof.Make(proof.Minus, "share.lost", x.currency, proof.AgainOf(exacts[c]), proof.AgainOf(cuts[i]))
	}
	lost := proof.Total("share.lost", x.currency, losses...)
	for i, c := range rough {
		before := proof.Make(proof.Product, "", x.currency, proof.Ranked(i, x.once(lost)), smallest())
		extra := proof.Make(proof.Less, "share.extra", x.currency, x.once(rest), before)
		if !single {
			extra = proof.Make(proof.Least, "share.extra", x.currency, extra.Called(""), smallest())
		}
		out[c] = proof.Total("cost."+componentNames[c], x.currency, extra, proof.AgainOf(cuts[i]))
	}
	return out
}

// AllocateSteps are the shares of [AllocateRatios] as steps of a record that is about more than they are: of is the step of
// the amount, which stands before, and weights are steps that are written with the shares. Those are to be written one after
// the other; what the methods keep apart is none of them. It fails as AllocateRatios does, and with step_malformed for a step
// without a value.
func AllocateSteps(amount money.Money, of *fees.Step, weights []*fees.Step, rule Rule) ([]*fees.Step, error) {
	n := len(weights)
	values := make([]*big.Rat, n)
	for i, w := range append([]*fees.Step{of}, weights...) {
		if w == nil || w.Value == nil {
			return nil, problem.New(problem.StepMalformed, "", "a value")
		}
		if i > 0 {
			values[i-1] = w.Value
		}
	}
	if _, err := AllocateRatios(amount, values, rule); err != nil {
		return nil, err
	}
	shares, err := Spread{Rule: rule}.sharesBy(written{}, amount, proof.AgainOf(of), n, every(n), weights)
	if err != nil {
		return nil, err
	}
	out := make([]*proof.Node, n)
	for _, share := range shares {
		if share.line >= 0 {
			out[share.line] = share.proof
		}
	}
	return out, nil
}

// StaySteps are the shares of [ShareStay] as steps of a record that is about more than they are, in the same order, shares of
// 0 among them: lines are the steps of the total's lines, which stand before. The weights are made of the units and days of
// the lots, whose place at is. They are to be written one after the other. It fails as ShareStay does, and with
// step_malformed where a line has no step.
func StaySteps(t *fees.Total, lines []*fees.Step, stay *fees.Stay, by Driver, at string) ([]*fees.Step, error) {
	if _, err := ShareStay(t, stay, by); err != nil {
		return nil, err
	}
	groups, _, err := stayWeights(stay, by)
	if err != nil {
		return nil, err
	}
	steps := make([]*proof.Node, len(groups))
	for i := range groups {
		steps[i] = stayStep(stay, by, &groups[i], at)
	}
	w := written{}
	var out []*proof.Node
	k := -1
	for line := range t.Lines() {
		if k++; line.In.Sign() == 0 {
			continue
		}
		if k >= len(lines) || lines[k] == nil || lines[k].Value == nil {
			return nil, problem.New(problem.StepMalformed, "", "a value")
		}
		of := proof.AgainOf(lines[k])
		if len(groups) == 1 {
			out = append(out, of)
			continue
		}
		shares, err := Spread{}.sharesBy(w, line.In, of, len(groups), every(len(groups)), steps)
		if err != nil {
			return nil, err
		}
		for _, s := range shares {
			out = append(out, s.proof)
		}
	}
	return out, nil
}

// stayStep is the measure of the lots of one batch and SKU times their days.
func stayStep(stay *fees.Stay, by Driver, group *fees.Lot, at string) *proof.Node {
	var sum []*proof.Node
	first := -1
	for i := range stay.Lots {
		lot := &stay.Lots[i]
		if !alike(lot, group) {
			continue
		}
		if first < 0 {
			first = i
		}
		since := later(stay.From, lot.From)
		if lot.From.IsZero() {
			since = later(stay.From, lot.Arrived)
		}
		if n := overlap(since, lot.To, stay.From, stay.To); n > 0 && lot.Units != 0 {
			units := proof.Leaf(proof.Given, "units", new(big.Rat).SetInt64(lot.Units), "").At(at + "/lots/" + strconv.Itoa(i) + "/units")
			sum = append(sum, proof.Make(proof.Product, "", "", units, spanOf(since, lot.To, stay.To, n, "")))
		}
	}
	days := proof.Total("units", "", sum...)
	item := Item{Weight: group.Weight, Size: group.Size, Volume: group.Volume}
	at += "/lots/" + strconv.Itoa(first)
	if by == ByValue {
		return proof.Make(proof.Product, "value", group.Value.Currency().String(), group.Value.Step("value").At(at+"/value"), days)
	}
	return Spread{Driver: by}.weightStepOf([]Item{item}, 0, at, days)
}

// alike reports whether lots are of one batch and SKU, and measure the same.
func alike(a, b *fees.Lot) bool {
	return a.Batch == b.Batch && a.SKU == b.SKU && a.Weight == b.Weight && a.Size == b.Size && a.Volume == b.Volume && a.Value == b.Value
}

// spanOf is so many days from a day until the earlier of two; a zero one is never.
func spanOf(from, until, end country.Date, days int, unit string) *proof.Node {
	if until.IsZero() || end.Before(until) {
		until = end
	}
	return proof.Leaf(proof.Span, "time", new(big.Rat).SetInt64(int64(days)), unit).Saying(from.String() + " … " + until.String())
}

// every is all indices below n.
func every(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}
