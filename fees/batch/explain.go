package batch

import (
	"encoding/json"
	"maps"
	"math/big"
	"slices"
	"strconv"

	"golang.org/x/text/language"

	"github.com/overseaswarehouse/overseas/fees"
	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/internal/lang"
	"github.com/overseaswarehouse/overseas/internal/problem"
	"github.com/overseaswarehouse/overseas/internal/proof"
)

// ExplainOrder is why an order cost what [Ledger.Costs] says, with texts in the language nearest to tag: a line for each
// movement of the order and for each that its cost rests on, in the order of the journal. Units leave with their part of
// the cost that is left, rounded half up; late bills and charges are split by what is left and the weights left; each cost
// ends at the entry that brought it in. The lines of the order are marked "order", the others "basis"; the totals are goods,
// charges and both. How entries of closed periods were split is taken as booked, which the reasons say.
//
// The ledger is run again for it, and the record grows with the movements of the stock from which the order was served. It
// fails with name_unknown for an order that is not there.
func (l *Ledger) ExplainOrder(order string, tag language.Tag) (*Record, error) {
	l = l.orEmpty()
	c, err := l.replay()
	if err != nil {
		return nil, err
	}
	number, known := c.names.number[order]
	x := newExplainer(c, lang.Of(tag))
	found := false
	mine := func(n *node) bool {
		return known && number != 0 && n.order == number && (n.account == Sold || n.account == Charged)
	}
	for i := range c.journal {
		p := &c.journal[i]
		for _, n := range [...]*node{p.from, p.to} {
			if known && number != 0 && n.order == number {
				found = found || n.account == Owed || n.account == Awaiting
			}
		}
		if mine(p.from) || mine(p.to) {
			found = true
			x.targets[i] = true
		}
	}
	if !found {
		return nil, problem.New(problem.NameUnknown, order, "order")
	}
	x.r.Of = "release"
	x.r.References = append(x.r.References, proof.Reference{Name: "order", Value: order})
	x.write("order")
	x.open(number)
	cur := l.options.Currency.String()
	sums := map[bool]*[2][]*proof.Node{false: {}, true: {}}
	for _, i := range slices.Sorted(maps.Keys(x.targets)) {
		p, n := &c.journal[i], x.proofs[i]
		if mine(p.to) {
			in := &sums[p.to.account == Charged][0]
			*in = append(*in, proof.AgainOf(n))
		}
		if mine(p.from) {
			out := &sums[p.from.account == Charged][1]
			*out = append(*out, proof.AgainOf(n))
		}
	}
	net := func(name string, of *[2][]*proof.Node) *proof.Node {
		return proof.Make(proof.Minus, name, cur, proof.Total("", cur, of[0]...), proof.Total("", cur, of[1]...))
	}
	goods, charges := net("goods", sums[false]), net("cost.charges", sums[true])
	total := proof.Total("total", cur, proof.AgainOf(goods), proof.AgainOf(charges))
	x.r.Totals = []*proof.Node{goods, charges, total}
	return x.sealed(say(x.l, phOrder, "name", safe(order), "amount", proof.Shown(x.l, total))), nil
}

// ExplainMovement is why a movement of the journal, by its number in [Ledger.Movements] from 0, has its cost: as
// [Ledger.ExplainOrder], with one line marked "movement". It fails with number_range for a number that is none.
func (l *Ledger) ExplainMovement(i int, tag language.Tag) (*Record, error) {
	l = l.orEmpty()
	if i < 0 || i >= len(l.journal) {
		want := "movements: 0"
		if last := len(l.journal) - 1; last >= 0 {
			want = "0 … " + strconv.Itoa(last)
		}
		return nil, problem.New(problem.NumberRange, strconv.Itoa(i), want)
	}
	c, err := l.replay()
	if err != nil {
		return nil, err
	}
	x := newExplainer(c, lang.Of(tag))
	x.targets[i] = true
	x.r.Of = "movement"
	x.r.References = append(x.r.References, proof.Reference{Name: "movement", Value: strconv.Itoa(i)})
	x.write("movement")
	n := x.proofs[i]
	x.r.Totals = []*proof.Node{proof.Total("total", n.Unit, proof.AgainOf(n))}
	return x.sealed(say(x.l, phEntry, "name", x.entry(&c.journal[i]), "amount", proof.Shown(x.l, n))), nil
}

// VerifyRecord checks that a record of [Ledger.ExplainOrder] or [Ledger.ExplainMovement] is what this ledger says: it
// verifies the record, explains again what it is of and compares the two step by step. What was posted since may have
// changed what an order cost, and then it fails. It fails as [Record.Verify] and ExplainOrder do, with step_differs at the
// first step that is another, and with unknown_value for the record of something else.
func (l *Ledger) VerifyRecord(r *Record) error {
	if err := r.Verify(); err != nil {
		return err
	}
	var again *Record
	var err error
	name := ""
	if len(r.References) > 0 {
		name = r.References[0].Value
	}
	switch r.Of {
	case "release":
		again, err = l.ExplainOrder(name, language.English)
	case "movement":
		i, bad := strconv.Atoi(name)
		if bad != nil {
			i = -1
		}
		again, err = l.ExplainMovement(i, language.English)
	default:
		return problem.New(problem.UnknownValue, r.Of, "release", "movement").At("/of")
	}
	if err != nil {
		return err
	}
	return r.Differs(again)
}

// explainer writes the movements of a ledger that was run again.
type explainer struct {
	written
	c        *Ledger
	l        lang.Lang
	r        *Record
	currency string
	targets  map[int]bool
	pools    map[*pool]*pooled
	splits   map[*split]*splitting
	halved   map[*halves]*halving
	proofs   map[int]*proof.Node // by posting
	used     []*record           // open entries, in the order of their use
	at       map[int32]int
	closed   map[int32]bool
	posted   map[int32]*record // open entries, by name

	// Of a derivation: what entries follow from, what of their units was not moved yet, and the units of nodes.
	source *Source
	rest   map[int32]*proof.Node
	lots   map[*node]*lot
	moving func() *proof.Node // the units of the posting that is written
}

// pooled is what is known of a pool: what was there at some point, and what came and went since.
type pooled struct {
	base     [components]*proof.Node
	in, out  [components][]*proof.Node
	units    *proof.Node
	inUnits  []*proof.Node
	outUnits []*proof.Node
}

// splitting is a split as far as its shares were written.
type splitting struct {
	left    [components]*proof.Node
	weights *proof.Node
	each    []*proof.Node // of a derivation, the weights one by one
	shares  [][components]*proof.Node
}

// halving is the two parts of a cost once they are written.
type halving struct {
	root, gone [components]*proof.Node
	started    bool

	// Of a derivation: the weights of the units that are gone and of those that are held.
	each [2][]*proof.Node
	sum  [2]*proof.Node
	all  *proof.Node
}

func newExplainer(c *Ledger, l lang.Lang) *explainer {
	x := &explainer{
		written: written{}, c: c, l: l, currency: c.options.Currency.String(),
		r:       &Record{Language: l.String(), Status: fees.Exact.String()},
		targets: map[int]bool{}, pools: map[*pool]*pooled{}, splits: map[*split]*splitting{}, halved: map[*halves]*halving{},
		proofs: map[int]*proof.Node{}, at: map[int32]int{}, closed: map[int32]bool{},
		posted: map[int32]*record{},
	}
	for _, r := range c.ids {
		if !r.seal {
			x.posted[r.name] = r
		}
	}
	return x
}

// write adds the lines of the targets and of all that they rest on.
func (x *explainer) write(mark string) {
	journal := x.c.journal
	need := map[*pool]bool{}
	var order []int
	for i := len(journal) - 1; i >= 0; i-- {
		p := &journal[i]
		if !x.targets[i] && !need[p.from.pool] && !need[p.to.pool] {
			continue
		}
		order = append(order, i)
		o := x.c.trace.origins[i]
		switch {
		case o.split != nil:
			if o.split.from.account.held() {
				need[o.split.from.pool] = true
			}
		case o.of > 0:
			need[p.from.pool] = true
		}
	}
	slices.Reverse(order)
	for _, i := range order {
		x.posting(i, mark)
	}
}

// posting adds the line of a posting.
func (x *explainer) posting(i int, mark string) {
	p, o := &x.c.journal[i], x.c.trace.origins[i]
	if x.source != nil && p.units != 0 {
		x.moving = x.moved(p)
	}
	var cost [components]*proof.Node
	switch {
	case o.split != nil:
		cost = x.share(o.split, o.at, p)
	case o.of > 0:
		cost = x.drawn(p, o)
	default:
		cost = x.given(p, p.parts)
	}
	var sum []*proof.Node
	for c := range cost {
		if cost[c] != nil {
			sum = append(sum, x.once(cost[c]))
		}
	}
	if x.source != nil && len(sum) == 0 {
		x.count(p, cost)
		return
	}
	var whole *proof.Node
	if x.source == nil || len(sum) > 1 {
		whole = proof.Total("cost.sum", x.currency, sum...)
	} else {
		whole = sum[0]
	}
	x.proofs[i] = whole
	if !x.targets[i] {
		mark = "basis"
	}
	x.line(p, whole, mark, p.to, p.units)
	x.count(p, cost)
}

// line adds a line to the record.
func (x *explainer) line(p *posting, n *proof.Node, mark string, to *node, units int64) {
	line := proof.LineProof{Code: x.entry(p), On: mark, Proof: n}
	if mark != "basis" {
		x.reference("entry", x.id(p))
		x.reference("sku", x.name(to.sku))
		x.reference("batch", x.name(to.batch))
		x.reference("order", x.name(to.order))
	}
	phrase := phMovement
	if units == 0 {
		phrase = phCostOnly
	}
	title := say(x.l, phrase, "date", p.date.String(), "name", x.called(p), "units", strconv.FormatInt(units, 10),
		"goods", goods(x.name(to.sku), x.name(to.batch)), "from", x.account(p.from), "to", x.account(to))
	line.Title = title
	x.r.Lines = append(x.r.Lines, line)
}

func (x *explainer) reference(name, value string) {
	ref := proof.Reference{Name: name, Value: value}
	if value != "" && !slices.Contains(x.r.References, ref) {
		x.r.References = append(x.r.References, ref)
	}
}

func (x *explainer) name(n int32) string { return x.c.names.text[n] }

// id is the id of a posting's entry, or the month that was valued.
func (x *explainer) id(p *posting) string {
	if p.entry == 0 {
		return p.date.String()[:len("2026-01")]
	}
	return x.name(p.entry)
}

// entry is the id as it is shown.
func (x *explainer) entry(p *posting) string { return safe(x.id(p)) }

// called is the entry in words.
func (x *explainer) called(p *posting) string {
	if p.entry == 0 {
		return phraseTexts[phMonth][x.l]
	}
	return x.entry(p)
}

// account is an account with what tells it apart.
func (x *explainer) account(n *node) string {
	text := accountTexts[n.account][x.l]
	for _, s := range []int32{n.warehouse, n.order} {
		if s != 0 {
			text += " " + safe(x.name(s))
		}
	}
	return text
}

// place is where an entry stands: among the inputs, or in a closed period.
func (x *explainer) place(entry int32) string {
	if x.source != nil {
		return x.source.Place + safe(x.name(entry))
	}
	if r := x.posted[entry]; r != nil {
		k, ok := x.at[entry]
		if !ok {
			k = len(x.used)
			x.at[entry] = k
			x.used = append(x.used, r)
		}
		return "/entries/" + strconv.Itoa(k)
	}
	if entry == 0 {
		return ""
	}
	return "/closed/" + x.name(entry)
}

// costStep is a cost of an entry that is given.
func (x *explainer) costStep(name string, entry int32, c Component, v int64) *proof.Node {
	m := x.c.money(v)
	if n := x.source.cost(x.name(entry), c, ratOf(v, x.c.options.Scale)); n != nil {
		return n
	}
	return m.Step(name).At(x.place(entry) + "/cost/" + c.String()).Saying(safe(x.name(entry)))
}

// given is a cost as the entry brought it, or as it was booked in a closed period.
func (x *explainer) given(p *posting, of parts) (cost [components]*proof.Node) {
	for c, v := range of {
		if v != 0 {
			cost[c] = x.costStep("cost."+componentNames[c], p.entry, Component(c), v)
		}
	}
	if of != (parts{}) && p.units == 0 && x.posted[p.entry] == nil && p.to.account != Billed && p.to.account != Compensated {
		x.closed[p.entry] = true
	}
	return cost
}

// numbered is a number of units that an entry moves.
func (x *explainer) numbered(name string, entry int32, v int64) *proof.Node {
	if x.source != nil {
		return x.moving()
	}
	n := proof.Leaf(proof.Given, name, new(big.Rat).SetInt64(v), "")
	if entry != 0 {
		n.At(x.place(entry) + "/units").Saying(safe(x.name(entry)))
	}
	return n
}

// of is what is known of a pool.
func (x *explainer) of(p *pool) *pooled {
	k := x.pools[p]
	if k == nil {
		k = &pooled{}
		x.pools[p] = k
	}
	return k
}

// balance is what of a component is left in a pool; nil where it is nothing.
func (x *explainer) balance(k *pooled, c int) *proof.Node {
	n := x.settle("share.left", x.currency, k.base[c], k.in[c], k.out[c])
	k.in[c], k.out[c] = nil, nil
	if n != nil && n.Value.Sign() == 0 {
		n = nil
	}
	k.base[c] = n
	return n
}

// settle is what there was and what came, less what went.
func (x *explainer) settle(name, unit string, base *proof.Node, in, out []*proof.Node) *proof.Node {
	if base == nil && len(in) == 0 && len(out) == 0 {
		return nil
	}
	if len(in) == 0 && len(out) == 0 {
		return base
	}
	if x.source != nil && base == nil && len(in) == 1 && len(out) == 0 {
		return in[0]
	}
	var plus []*proof.Node
	if base != nil {
		plus = append(plus, x.once(base))
	}
	for _, n := range in {
		plus = append(plus, x.once(n))
	}
	if len(out) == 0 {
		return proof.Total(name, unit, plus...)
	}
	var less []*proof.Node
	for _, n := range out {
		less = append(less, x.once(n))
	}
	return proof.Make(proof.Minus, name, unit, one(unit, plus), one(unit, less))
}

// one is a single step, or the sum of several.
func one(unit string, list []*proof.Node) *proof.Node {
	if len(list) == 1 {
		return list[0]
	}
	return proof.Total("", unit, list...)
}

// count keeps what a posting does to its pools.
func (x *explainer) count(p *posting, cost [components]*proof.Node) {
	if x.source != nil && p.units != 0 {
		x.lot(p.from).count(false, x.moving())
		x.lot(p.to).count(true, x.moving())
	}
	if p.from.pool == p.to.pool {
		return
	}
	from, to := x.of(p.from.pool), x.of(p.to.pool)
	for c, n := range cost {
		if n != nil {
			from.out[c], to.in[c] = append(from.out[c], n), append(to.in[c], n)
		}
	}
	if p.units != 0 {
		from.outUnits = append(from.outUnits, x.numbered("units", p.entry, p.units))
		to.inUnits = append(to.inUnits, x.numbered("units", p.entry, p.units))
	}
}

// drawn is the cost of units that leave a pool.
func (x *explainer) drawn(p *posting, o origin) [components]*proof.Node {
	k := x.of(p.from.pool)
	var left [components]*proof.Node
	for c := range left {
		left[c] = x.balance(k, c)
	}
	taken := x.numbered("cost.taken", p.entry, o.units)
	all := x.settle("cost.units_left", "", k.units, k.inUnits, k.outUnits)
	k.units, k.inUnits, k.outUnits = all, nil, nil
	return x.draw(left, taken, all)
}

// draw is the part of a cost that goes with some of all units: the whole rounded half up, and each component within a
// smallest unit of its exact part.
func (x *explainer) draw(left [components]*proof.Node, some, all *proof.Node) (out [components]*proof.Node) {
	var has []int
	for c := range left {
		if left[c] != nil {
			has = append(has, c)
		}
	}
	if len(has) == 0 || all == nil || some.Value.Sign() == 0 {
		return out
	}
	if x.source != nil {
		return x.pieces(left, some, all)
	}
	name := func(c int) string { return "cost." + componentNames[c] }
	smallest := proof.Leaf(proof.Stated, "minor_unit", ratOf(1, x.c.options.Scale), x.currency)
	part := func(name string, whole *proof.Node) *proof.Node {
		some := x.once(some)
		return proof.Make(proof.Product, name, x.currency, whole, proof.Make(proof.Quotient, "", "", some, x.once(all)))
	}
	if some.Value.Cmp(all.Value) == 0 || len(has) == 1 {
		for _, c := range has {
			out[c] = proof.Rounded(name(c), part("share.exact", x.once(left[c])), x.once(smallest), money.HalfUp)
		}
		return out
	}
	lefts := make([]*proof.Node, len(has))
	for i, c := range has {
		lefts[i] = x.once(left[c])
	}
	whole := proof.Rounded("cost.whole", part("share.exact", proof.Total("", x.currency, lefts...)), x.once(smallest), money.HalfUp)
	exacts, cuts := make([]*proof.Node, len(has)), make([]*proof.Node, len(has))
	for i, c := range has {
		exacts[i] = part("share.exact", x.once(left[c]))
		cuts[i] = proof.Rounded("share.cut", exacts[i], x.once(smallest), money.Floor)
	}
	rest := proof.Make(proof.Minus, "share.remainder", x.currency, whole, proof.Total("", x.currency, cuts...))
	losses := make([]*proof.Node, len(has))
	for i := range has {
		losses[i] = proof.Make(proof.Minus, "share.lost", x.currency, proof.AgainOf(exacts[i]), proof.AgainOf(cuts[i]))
	}
	lost := proof.Total("share.lost", x.currency, losses...)
	for i, c := range has {
		many := proof.Make(proof.Quotient, "", "", x.once(rest), x.once(smallest))
		mine := proof.Make(proof.Less, "", "", many, proof.Ranked(i, x.once(lost)))
		extra := proof.Make(proof.Product, "share.extra", x.currency, proof.Make(proof.Least, "", "", mine, proof.Number("", 1)), x.once(smallest))
		// The remainder stands before the rounded parts that it is made of.
		out[c] = proof.Total(name(c), x.currency, extra, proof.AgainOf(cuts[i]))
	}
	return out
}

// share is a part of a cost that was split; the parts before it are lines of their own.
func (x *explainer) share(s *split, at int, p *posting) [components]*proof.Node {
	k := x.splits[s]
	if k == nil {
		k = &splitting{}
		x.splits[s] = k
	}
	for len(k.shares) <= at {
		n := len(k.shares)
		b := s.to[n]
		if n == 0 {
			k.left = x.part(s, p)
			if x.source != nil {
				k.each, k.weights = x.weights(s, p)
			} else {
				var all []*proof.Node
				for i := range s.to {
					all = append(all, x.weight(s, i, p))
				}
				k.weights = proof.Total("share.weights", all[0].Unit, all...)
			}
		}
		var weight *proof.Node
		if x.source != nil {
			weight = k.each[n]
		} else {
			weight = x.weight(s, n, p)
		}
		share := x.draw(k.left, weight, k.weights)
		k.shares = append(k.shares, share)
		if n < at { // a line of its own, for it stands before
			var sum []*proof.Node
			for c := range share {
				if share[c] != nil {
					sum = append(sum, x.once(share[c]))
				}
			}
			if len(sum) > 0 {
				x.line(p, proof.Total("cost.sum", x.currency, sum...), "basis", b.node, 0)
			}
		}
		if n+1 < len(s.to) {
			for c := range k.left {
				if k.left[c] != nil && share[c] != nil {
					left := proof.Make(proof.Minus, "share.left", x.currency, proof.AgainOf(k.left[c]), proof.AgainOf(share[c]))
					if k.left[c] = left; left.Value.Sign() == 0 {
						k.left[c] = nil
					}
				}
			}
			k.weights = proof.Make(proof.Minus, "share.weights", k.weights.Unit, x.once(k.weights), x.once(weight))
		}
	}
	return k.shares[at]
}

// weight is what a bearer bears by: its units, or its units times the days that they were there.
func (x *explainer) weight(s *split, i int, p *posting) *proof.Node {
	units := s.to[i].weight
	if !s.days {
		return proof.Leaf(proof.Given, "units", new(big.Rat).SetInt64(units), "")
	}
	days := new(big.Rat).SetFrac64(units, max(1, s.units[i]))
	span := proof.Leaf(proof.Span, "time", days, "days")
	if r := x.posted[p.entry]; r != nil {
		span.Saying(r.entry.From.String() + " … " + r.entry.Until.String())
	}
	return proof.Make(proof.Product, "share.given", "days", proof.Leaf(proof.Given, "units", new(big.Rat).SetInt64(s.units[i]), ""), span)
}

// part is the cost that is split, by component.
func (x *explainer) part(s *split, p *posting) (cost [components]*proof.Node) {
	if s.under == nil {
		return x.root(s.from, s.cost, p)
	}
	h := x.halved[s.under]
	if h == nil {
		h = &halving{root: x.root(s.from, s.under.cost, p)}
		x.halved[s.under] = h
	}
	if s.under.gone == 0 || s.under.gone == s.under.all {
		return h.root
	}
	if !h.started {
		h.started = true
		some, all := proof.Number("cost.gone", s.under.gone), proof.Number("share.weights", s.under.all)
		if x.source != nil {
			x.weighHalves(h, s.under, p)
			some, all = h.sum[0], h.all
		}
		h.gone = x.draw(h.root, some, all)
		var sum []*proof.Node // a line of its own, on which both halves rest
		for c := range h.gone {
			if h.gone[c] != nil {
				sum = append(sum, x.once(h.gone[c]))
			}
		}
		if len(sum) > 0 {
			x.r.Lines = append(x.r.Lines, proof.LineProof{Code: x.entry(p), On: "basis", Title: x.titled(p, "cost.gone"), Proof: proof.Total("cost.sum", x.currency, sum...)})
		}
	}
	if !s.kept {
		return h.gone
	}
	for c := range h.root {
		switch {
		case h.root[c] == nil:
		case h.gone[c] == nil:
			cost[c] = h.root[c]
		default:
			if n := proof.Make(proof.Minus, "cost.kept", x.currency, proof.AgainOf(h.root[c]), proof.AgainOf(h.gone[c])); n.Value.Sign() != 0 {
				cost[c] = n
			}
		}
	}
	return cost
}

// root is a cost before it is split.
func (x *explainer) root(from *node, cost parts, p *posting) (out [components]*proof.Node) {
	if from.account.held() {
		k := x.of(from.pool)
		for c := range out {
			out[c] = x.balance(k, c)
		}
		return out
	}
	r := x.posted[p.entry]
	if from.account != Billed || r == nil || r.entry.Ref == "" {
		for c, v := range cost {
			if v != 0 {
				out[c] = x.costStep("cost."+componentNames[c], p.entry, Component(c), v)
			}
		}
		return out
	}
	now, err := x.c.partsOf(r.entry.Cost)
	if err != nil {
		return out // it was booked
	}
	old := x.c.names.number[r.entry.Ref]
	was := now.minus(cost)
	for c := range out {
		if now[c] == was[c] {
			continue
		}
		bill := x.costStep("cost.bill", p.entry, Component(c), now[c])
		out[c] = proof.Make(proof.Minus, "cost."+componentNames[c], x.currency, bill, x.costStep("cost.replaced", old, Component(c), was[c]))
	}
	return out
}

// open says what of an order has no cost yet.
func (x *explainer) open(order int32) {
	for _, n := range x.c.byOrder[order] {
		if n.units <= 0 || n.account == Sold {
			continue
		}
		code, phrase := "awaiting_month", phAwaiting
		if n.account == Owed {
			code, phrase = "awaiting_units", phOwed
		}
		x.r.Status = fees.Incomplete.String()
		of := goods(x.name(n.sku), x.name(n.batch))
		x.r.Reasons = append(x.r.Reasons, proof.Reason{Code: code, Of: of, Detail: strconv.FormatInt(n.units, 10),
			Text: say(x.l, phrase, "units", strconv.FormatInt(n.units, 10), "goods", of)})
	}
}

type ledgerJSON struct {
	Ledger   string            `json:"ledger"`
	Currency string            `json:"currency"`
	Scale    uint8             `json:"scale"`
	Method   string            `json:"method"`
	Closed   string            `json:"closed,omitempty"`
	Entries  []json.RawMessage `json:"entries"`
}

// sealed is the record with its words, inputs and digests.
func (x *explainer) sealed(title string) *Record {
	r, o := x.r, x.c.options
	var closed []string
	for n := range x.closed {
		closed = append(closed, safe(x.name(n)))
	}
	slices.Sort(closed)
	for _, name := range closed {
		r.Reasons = append(r.Reasons, proof.Reason{Code: "closed", Of: name, Text: say(x.l, phClosed, "name", name)})
	}
	r.Documents = []proof.Document{{Kind: "ledger", ID: Schema, Edition: o.Method.String(), Digest: x.c.digest, To: x.c.closed.String()}}
	doc := ledgerJSON{Ledger: Schema, Currency: o.Currency.String(), Scale: o.Scale, Method: o.Method.String(), Closed: x.c.closed.String(), Entries: []json.RawMessage{}}
	for _, e := range x.used {
		doc.Entries = append(doc.Entries, e.entry.append(nil))
	}
	r.Inputs, _ = json.Marshal(doc) // entries that were posted have a form
	note := func(kind string, depth int, text string) {
		r.Text = append(r.Text, proof.Paragraph{Depth: depth, Kind: kind, Text: text})
	}
	note(proof.KindTitle, 0, title)
	for _, n := range r.Totals {
		note(proof.KindNote, 0, proof.Steps(x.l, n, 0)[0].Text)
	}
	for _, reason := range r.Reasons {
		note(proof.KindNote, 1, reason.Text)
	}
	for _, basis := range []bool{false, true} {
		said := !basis
		for i := range r.Lines {
			p := &r.Lines[i]
			if (p.On == "basis") != basis {
				continue
			}
			if !said {
				said = true
				note(proof.KindSection, 0, phraseTexts[phBasis][x.l])
			}
			depth := 0
			if basis {
				depth = 1
			}
			note(proof.KindLine, depth, say(x.l, phOf, "name", p.Title, "amount", proof.Shown(x.l, p.Proof)))
			r.Text = append(r.Text, proof.Steps(x.l, p.Proof, depth+1)...)
		}
	}
	_ = r.Seal() // the inputs are a document that was just written
	return r
}
