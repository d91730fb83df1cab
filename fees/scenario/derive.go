package scenario

import (
	"math/big"
	"strconv"
	"strings"

	"golang.org/x/text/language"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees"
	"github.com/overseaswarehouse/overseas/fees/batch"
	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/internal/fixed"
	"github.com/overseaswarehouse/overseas/internal/lang"
	"github.com/overseaswarehouse/overseas/internal/problem"
	"github.com/overseaswarehouse/overseas/internal/proof"
)

// derivation writes one run of an alternative into a record: counts of orders, quoted lines, what was booked of them, the
// movements of the ledger, and the figures over all of it.
type derivation struct {
	ev     *evidence
	run    *run
	base   *Plan // of a run with more orders, the plan without them
	rec    *Record
	tag    language.Tag
	l      lang.Lang
	cur    string
	prefix string
	placed map[*proof.Node]bool

	counts [][]*proof.Node // by product and flow: its orders
	units  [][]*proof.Node // and their units
	unfit  [][]*proof.Node // of those that come back, the units that are not sellable again; nil for none
	byFate [fateCount][]*proof.Node

	at      map[string]int          // the shipment of a batch
	loads   [][]*loadSteps          // by shipment
	bundles map[chargeKey][]*bundle // the orders that are charged together, by their price
	keys    []chargeKey
	repeats [][]*proof.Node   // by event: the orders for which it happens
	times   []*proof.Node     // by event: how often that is
	prices  [][]quotedStep    // by event: its lines
	weights map[string]levied // by batch: what customs charge each line
	each    map[priceKey]*priceSteps

	lines  [parts][]*proof.Node // by component
	booked [parts][]*proof.Node
	once   [][parts]*proof.Node // by event: what is booked of one that happens once
	shares [][]*proof.Node      // by expense and item
	stored []map[[3]string]*proof.Node
	scrap  []*proof.Node // by removal: its units
	freed  [][]*proof.Node

	charged  map[chargeKey]*[parts]*proof.Node
	returned map[[2]int32]*[parts]*proof.Node
	left     []batch.LeftStep
	sums     map[sumKey]*inOut
	order    []sumKey
	days     map[int32]*dayOf
	rows     map[payKey][]*proof.Node

	orders *proof.Node // that are paid
}

// quotedStep is a line of a quoted event.
type quotedStep struct {
	component int         // -1: none bears it
	one, all  *proof.Node // of one event, and of all
	line      fees.Line
	native    *proof.Node // before it is converted
}

type priceKey struct {
	price   *orderPrice
	refused bool
}

// priceSteps are what one order costs, by component and in sum.
type priceSteps struct {
	each [parts]*proof.Node
	sum  *proof.Node
}

// sumKey tells the movements apart that the same figures count; fate is -1 for no order.
type sumKey struct {
	fate  int
	month country.Date
	batch string
}

// inOut are movements to where cost is gone, and from there.
type inOut struct{ in, out []*proof.Node }

// derive writes the lines of a run; base is the plan without more orders, of one that has them.
func (ev *evidence) derive(rec *Record, tag language.Tag, base *Plan) (*derivation, error) {
	r := ev.run
	d := &derivation{
		ev: ev, run: r, base: base, rec: rec, tag: tag, l: lang.Of(tag), cur: r.code(), prefix: ev.alternative + "/", placed: map[*proof.Node]bool{},
		bundles: map[chargeKey][]*bundle{}, weights: map[string]levied{}, each: map[priceKey]*priceSteps{},
		charged: map[chargeKey]*[parts]*proof.Node{}, returned: map[[2]int32]*[parts]*proof.Node{}, sums: map[sumKey]*inOut{}, days: map[int32]*dayOf{}, rows: map[payKey][]*proof.Node{},
	}
	d.bought()
	d.count()
	if err := d.quoted(); err != nil {
		return nil, err
	}
	d.books()
	if err := d.share(); err != nil {
		return nil, err
	}
	if err := d.store(); err != nil {
		return nil, err
	}
	d.remove()
	for i := range r.books {
		if err := d.move(i); err != nil {
			return nil, err
		}
	}
	d.money()
	return d, nil
}

// use is a step where it is written first, and what stands for it afterwards.
func (d *derivation) use(n *proof.Node) *proof.Node {
	if d.placed[n] {
		return proof.AgainOf(n)
	}
	d.placed[n] = true
	return n
}

// uses are several steps.
func (d *derivation) uses(list []*proof.Node) []*proof.Node {
	out := make([]*proof.Node, len(list))
	for i, n := range list {
		out[i] = d.use(n)
	}
	return out
}

// sum is one step, or the sum of several, that is not written yet; of none it is 0.
func (d *derivation) sum(name, unit string, list ...*proof.Node) *proof.Node {
	if len(list) == 1 {
		return list[0]
	}
	return proof.Total(name, unit, d.uses(list)...)
}

// line writes a line that is no quoted one, by the name of what it says: counts, and what the ledger books. What is written
// already stays where it is.
func (d *derivation) line(name, on string, n *proof.Node) *proof.Node {
	if d.placed[n] {
		return n
	}
	d.placed[n] = true
	_, code, ok := strings.Cut(name, ".")
	if !ok {
		code = name
	}
	d.rec.Lines = append(d.rec.Lines, proof.LineProof{
		Card: d.ev.alternative, Code: code, On: d.prefix + on, Title: proof.Called(d.l, name), Proof: n,
	})
	return n
}

// minor is the minor unit of the plan's currency.
func (d *derivation) minor() *proof.Node { return proof.MinorUnit(d.cur, int(d.run.digits)) }

// rounded is an amount rounded half up to the minor unit, itself where it has no more decimals.
func (d *derivation) rounded(name string, n *proof.Node) *proof.Node {
	if d.whole(n, int(d.run.digits)) {
		return n
	}
	return proof.Rounded(name, d.use(n), d.minor(), fixed.HalfUp)
}

// whole reports whether an amount has no more than so many decimals.
func (d *derivation) whole(n *proof.Node, digits int) bool {
	return new(big.Rat).Mul(n.Value, new(big.Rat).SetInt(new(big.Int).SetUint64(fixed.Pow10(digits)))).IsInt()
}

func number(op proof.Op, name string, n int64, from string) *proof.Node {
	return proof.Leaf(op, name, new(big.Rat).SetInt64(n), "").At(from)
}

// quoted writes the lines of the events. What a line comes from is the explanation of its event by the cards.
func (d *derivation) quoted() error {
	ev, r := d.ev, d.run
	d.repeat()
	d.prices = make([][]quotedStep, len(ev.events))
	for i := range ev.events {
		e := &ev.events[i]
		if !e.once && len(d.repeats[i]) == 0 {
			continue
		}
		add := func(card, code, text, on string, c batch.Component, x *proof.Node) *proof.LineProof {
			if !d.whole(x, int(r.digits)+fineDigits) {
				x = proof.Rounded("", x, proof.MinorUnit(d.cur, int(r.digits)+fineDigits), fixed.HalfUp)
			}
			all := proof.Make(proof.Product, code, d.cur, d.often(i), x)
			d.placed[x], d.placed[all] = true, true
			d.rec.Lines = append(d.rec.Lines, proof.LineProof{Card: card, Code: code, Title: text, On: on, Family: c.String(), Proof: all})
			d.prices[i] = append(d.prices[i], quotedStep{component: int(c), one: x, all: all})
			return &d.rec.Lines[len(d.rec.Lines)-1]
		}
		if e.customs != nil {
			due, card := ev.parcelDue(e.customs)
			d.declared(i, due)
			x := e.due.Steps(due)
			add(card, ParcelImport.String(), "", ev.alternative+"/"+ParcelImport.String()+"/"+e.parcel.Date.String(), batch.Tariff, x)
		} else {
			derived, err := d.explained(e)
			if err != nil {
				return err // it was quoted before
			}
			k := 0
			on := ev.alternative + "/" + e.where + "/" + reference(e.event)
			if err := d.declare(e); err != nil {
				return err
			}
			for l := range e.total.Lines() {
				if k >= len(derived) {
					return problem.New(problem.StepMalformed, l.Card()+"/"+l.Code(), "a step").At("/" + on)
				}
				native := derived[k].Proof
				d.given(e, l.Line, native)
				x := l.Rate.Steps(native)
				k++
				line := add(l.Card(), l.Code(), l.Text(), on, batch.ComponentOf(l.Family()), x)
				for _, f := range l.Covers() {
					line.Covers = append(line.Covers, f.String())
				}
				q := &d.prices[i][len(d.prices[i])-1]
				q.line, q.native = l.Line, native
				if l.Recovered() || l.Prepayment() {
					line.Recoverable, line.Prepayment = l.Recoverable(), l.Prepayment()
					q.component = -1
				}
			}
			d.levied(e, on, derived[k:])
		}
		for _, q := range d.prices[i] {
			if q.component >= 0 {
				d.lines[q.component] = append(d.lines[q.component], q.all)
			}
		}
	}
	return nil
}

// again is what stands for steps that are written.
func again(list []*proof.Node) []*proof.Node {
	out := make([]*proof.Node, len(list))
	for i, n := range list {
		out[i] = proof.AgainOf(n)
	}
	return out
}

// book keeps what is booked of a component.
func (d *derivation) book(list *[parts]*proof.Node, code, on string) {
	for c, n := range list {
		if n == nil {
			continue
		}
		d.line(code, on+"/"+batch.Component(c).String(), n)
		d.booked[c] = append(d.booked[c], n)
		if n.Value.Sign() == 0 {
			list[c] = nil
		}
	}
}

// price is what one order of a price costs.
func (d *derivation) price(p *orderPrice, refused bool) *priceSteps {
	key := priceKey{p, refused}
	if have := d.each[key]; have != nil {
		return have
	}
	out := &priceSteps{}
	var list [parts][]*proof.Node
	leafs := p.leafs
	if refused {
		leafs = leafs[:1]
	}
	for _, leaf := range leafs {
		if leaf == 0 {
			continue
		}
		for _, q := range d.prices[leaf-1] {
			if q.component >= 0 {
				list[q.component] = append(list[q.component], q.one)
			}
		}
	}
	for c, one := range list {
		sum := new(big.Rat)
		for _, n := range one {
			sum.Add(sum, n.Value)
		}
		if sum.Sign() != 0 {
			out.each[c] = d.sum("plan.each", d.cur, one...)
		}
	}
	d.each[key] = out
	return out
}

// all is what one order costs over all components; nil where that is nothing. It is asked for when those are written.
func (s *priceSteps) all(d *derivation) *proof.Node {
	if s.sum == nil {
		s.sum = d.together("plan.each", &s.each)
	}
	return s.sum
}

// together is the sum of the components that are there; nil where none is.
func (d *derivation) together(name string, of *[parts]*proof.Node) *proof.Node {
	var list []*proof.Node
	for _, n := range of {
		if n != nil {
			list = append(list, n)
		}
	}
	if len(list) == 0 {
		return nil
	}
	return d.sum(name, d.cur, list...)
}

// books writes what is booked of the events: each component rounded half up to the minor unit, of orders by the product,
// month and fate.
func (d *derivation) books() {
	r := d.run
	d.once = make([][parts]*proof.Node, len(d.ev.events))
	for i := range d.ev.events {
		e := &d.ev.events[i]
		if !e.once {
			continue
		}
		var list [parts][]*proof.Node
		for _, q := range d.prices[i] {
			if q.component >= 0 {
				list[q.component] = append(list[q.component], q.all)
			}
		}
		for c, all := range list {
			if len(all) > 0 {
				d.once[i][c] = d.rounded("plan.booked", d.sum("plan.booked", d.cur, all...))
			}
		}
		d.book(&d.once[i], "plan.booked", e.where+"/"+reference(e.event))
	}
	for _, key := range d.keys {
		d.charge(key)
	}
	for p := range r.supplies {
		for j := range r.supplies[p].flows {
			price := d.backPrice(p, j)
			if price == nil {
				continue
			}
			out := &[parts]*proof.Node{}
			for c, one := range d.price(price, true).each {
				if one != nil {
					out[c] = d.rounded("plan.booked", proof.Make(proof.Product, "", d.cur, d.use(d.counts[p][j]), d.use(one)))
				}
			}
			f := &r.supplies[p].flows[j]
			d.book(out, "plan.booked", fees.OnReturn.String()+"/"+r.plan.Products[p].SKU+"/"+strconv.Itoa(int(f.shape))+"/"+r.h.date(f.back).String())
			d.returned[[2]int32{int32(p), int32(j)}] = out
		}
	}
	for _, key := range d.keys { // payments of any day rest on them
		for _, b := range d.bundles[key] {
			if n := d.price(b.price, key.fate == Refused).all(d); n != nil {
				d.line("plan.each", d.run.orderName(key), n)
			}
		}
	}
}

// charge writes what is charged to the orders of one product, month and fate.
func (d *derivation) charge(key chargeKey) {
	out := &[parts]*proof.Node{}
	for c := range parts {
		var list []*proof.Node
		for _, b := range d.bundles[key] {
			if one := d.price(b.price, key.fate == Refused).each[c]; one != nil {
				list = append(list, proof.Make(proof.Product, "", d.cur, d.use(b.n), d.use(one)))
			}
		}
		if len(list) > 0 {
			out[c] = d.rounded("plan.booked", d.sum("plan.booked", d.cur, list...))
		}
	}
	d.book(out, "plan.booked", d.run.orderName(key))
	d.charged[key] = out
}

// share writes what each product of a batch bears of an expense.
func (d *derivation) share() error {
	for i := range d.ev.expenses {
		e := &d.ev.expenses[i]
		whole := d.once[e.leaf-1][e.Component]
		if whole == nil {
			d.shares = append(d.shares, make([]*proof.Node, len(e.items)))
			continue
		}
		if len(e.items) == 1 {
			d.shares = append(d.shares, []*proof.Node{whole})
			continue
		}
		id := d.run.batches[e.shipment].id
		var weights []*proof.Node
		switch e.Spread.Driver {
		case batch.ByValue:
			for _, l := range d.loads[e.shipment] {
				weights = append(weights, proof.AgainOf(l.purchase))
			}
		case batch.ByGiven:
			if weights = again(d.weights[id].levies); e.Component == batch.Tax {
				weights = again(d.weights[id].taxes)
			}
		default:
			weights = d.heavy(e.shipment)
		}
		list, err := batch.AllocateSteps(e.Amount, whole, weights, e.Spread.Rule)
		if err != nil {
			return err // it was shared before
		}
		for k, n := range list {
			d.line("share", id+"/"+e.ID+"/"+e.items[k].SKU, n)
		}
		d.shares = append(d.shares, list)
	}
	return nil
}

// store writes what each batch and product bears of a month's storage.
func (d *derivation) store() error {
	r := d.run
	for i := range d.ev.storage {
		leaf := d.ev.storage[i].leaf
		e := &d.ev.events[leaf-1]
		stay := e.event.(*fees.Stay)
		shares, err := batch.ShareStay(e.total, stay, batch.ByVolume)
		if err != nil {
			return err // it was shared before
		}
		var lines []*proof.Node
		for _, q := range d.prices[leaf-1] {
			lines = append(lines, q.all)
		}
		at := e.where + "/" + reference(e.event)
		steps, err := batch.StaySteps(e.total, lines, stay, batch.ByVolume, at)
		if err != nil {
			return err
		}
		placed := steps
		steps = nil
		for _, n := range placed {
			n = d.line("share", at, n.Original())
			if n.Value.Sign() != 0 {
				steps = append(steps, n)
			}
		}
		by := map[[3]string][]*proof.Node{}
		var keys [][3]string
		for c := range parts {
			var own []*proof.Node
			var of []int
			exact := true
			for k := range shares {
				if int(shares[k].Component) == c {
					n := steps[k]
					own, of = append(own, n), append(of, k)
					exact = exact && d.whole(n, int(r.digits))
				}
			}
			whole := d.once[leaf-1][c]
			switch {
			case exact:
			case whole == nil: // they come to less than half a minor unit
				continue
			case len(own) == 1:
				own = []*proof.Node{whole}
			default:
				if own, err = batch.AllocateSteps(r.money(coefOf(whole, r.digits)), whole, again(own), batch.Rule{}); err != nil {
					return err
				}
			}
			for k, n := range own {
				s := &shares[of[k]]
				if !exact {
					d.line("share", at+"/"+s.Batch+"/"+s.SKU+"/"+s.Component.String(), n)
				}
				key := [3]string{s.Batch, s.SKU, s.Component.String()}
				if by[key] == nil {
					keys = append(keys, key)
				}
				by[key] = append(by[key], n)
			}
		}
		bill := map[[3]string]*proof.Node{}
		for _, key := range keys {
			bill[key] = d.line("share", at+"/"+key[0]+"/"+key[1]+"/"+key[2], d.sum("share", d.cur, by[key]...))
		}
		d.stored = append(d.stored, bill)
	}
	return nil
}

// coefOf is an amount in smallest units.
func coefOf(n *proof.Node, digits uint8) int64 {
	v := new(big.Rat).Mul(n.Value, new(big.Rat).SetInt(new(big.Int).SetUint64(fixed.Pow10(int(digits)))))
	return roundInt(v)
}

// move writes the movements of a product's ledger and keeps which figures count them.
func (d *derivation) move(product int) error {
	r, book := d.run, d.run.books[product]
	q := &r.plan.Products[product]
	released := map[string]int{}
	var entries map[string]int
	if d.ev.entries != nil {
		entries = d.ev.entries[product]
		for i, id := range d.ev.released[product] {
			released[id] = i
		}
	}
	fit := map[int]*proof.Node{}
	for j, bad := range d.unfit[product] {
		if bad != nil {
			fit[j] = d.line("units", "orders/"+q.SKU+"/fit/"+strconv.Itoa(j), proof.Make(proof.Minus, "units", "", d.use(d.units[product][j]), proof.AgainOf(bad)))
		}
	}
	source := batch.Source{Place: "ledger/" + q.SKU + "/"}
	source.Cost = func(entry string, c batch.Component) *fees.Step {
		if entries[entry] == 0 {
			return nil
		}
		switch w := &d.ev.whys[entries[entry]-1]; w.kind {
		case whyBought:
			return d.loads[w.at][w.item].purchase
		case whyShared:
			return d.shares[w.at][w.item]
		case whyCharged:
			return d.charged[w.key][c]
		case whyBack, whyUnfit:
			return d.returned[[2]int32{int32(product), int32(w.at)}][c]
		case whyRemoved:
			return d.once[d.ev.removals[w.at].leaf-1][c]
		case whyStored:
			s := &d.ev.storage[w.at]
			return d.stored[w.at][[3]string{s.goods[w.item][0], s.goods[w.item][1], c.String()}]
		}
		return nil
	}
	source.Units = func(entry string) *fees.Step {
		if i, ok := released[entry]; ok {
			return d.freed[product][i]
		}
		if entries[entry] == 0 {
			return nil
		}
		switch w := &d.ev.whys[entries[entry]-1]; w.kind {
		case whyBought:
			return d.loads[w.at][w.item].ordered
		case whyArrived:
			return d.loads[w.at][w.item].there
		case whyGone:
			return d.loads[w.at][w.item].gone
		case whyBack:
			if n := fit[w.at]; n != nil {
				return n
			}
			return d.units[product][w.at]
		case whyUnfit:
			return d.unfit[product][w.at]
		case whyRemoved:
			return d.scrap[w.at]
		}
		return nil
	}
	moved, err := book.Derive(source, d.tag)
	if err != nil {
		return err
	}
	for _, l := range moved.Lines {
		l.Card, l.On = d.ev.alternative, d.prefix+"ledger/"+q.SKU
		d.rec.Lines = append(d.rec.Lines, l)
	}
	for _, n := range moved.Costs {
		if n != nil {
			d.placed[n] = true
		}
	}
	d.left = append(d.left, moved.Left...)
	i := -1
	for m := range book.Movements() {
		i++
		if moved.Costs[i] == nil {
			continue
		}
		d.counted(&m.To, &m, moved.Costs[i], false)
		d.counted(&m.From, &m, moved.Costs[i], true)
	}
	return nil
}

// counted keeps a movement to where cost is gone, or from there, with the figures that count it: as figures does.
func (d *derivation) counted(s *batch.Side, m *batch.Movement, n *proof.Node, from bool) {
	if !gone(s.Account) {
		return
	}
	key := sumKey{-1, m.Effect.FirstOfMonth(), s.Batch}
	fate, ok := fateOf(s.Order)
	ordered := ok && (s.Account == batch.Sold || s.Account == batch.Charged)
	if ordered {
		key.fate = int(fate)
	}
	sum := d.sums[key]
	if sum == nil {
		sum = &inOut{}
		d.sums[key] = sum
		d.order = append(d.order, key)
	}
	if from {
		sum.out = append(sum.out, n)
	} else {
		sum.in = append(sum.in, n)
	}
	if m.From.Account == batch.Outside { // what was charged to an order, and is recovered with it
		return
	}
	r := d.run
	day := int32(m.Effect.DaysSince(r.h.start))
	due := dueDay{day: day}
	if ordered && fate == Paid {
		due.plus = []term{d.deliveryMax(), d.term("payout", r.alt.Terms.Payout)}
	}
	at := d.on(due)
	if from {
		at.paid = append(at.paid, n)
	} else {
		at.got = append(at.got, n)
	}
}

// totals are the figures of the run.
func (d *derivation) totals(f *Figures) (all []*proof.Node, total *proof.Node, err error) {
	r := d.run
	add := func(name string, want money.Money, n *proof.Node) {
		if n.Value == nil || n.Value.Cmp(amountRat(want)) != 0 {
			have := ""
			if n.Value != nil {
				have = n.Value.RatString()
			}
			if err == nil {
				err = problem.New(problem.StepDiffers, have, want.String()).At("/" + d.prefix + name)
			}
		}
		d.placed[n] = true
		all = append(all, n)
	}
	var sums []*proof.Node
	for c := range parts {
		part := batch.Component(c)
		n := d.component(d.prefix+part.String(), c)
		if n != nil {
			add(part.String(), f.Cost.Part(part), n)
			sums = append(sums, n)
		}
	}
	ties, interest := d.interest()
	add("interest", f.Interest, interest)
	total = proof.Total(d.prefix+"total", d.cur, d.uses(append(sums, interest))...)
	add("total", f.Total, total)
	d.orders = d.sum("plan.paid_orders", "", d.byFate[Paid]...)
	var units []*proof.Node
	for p := range r.supplies {
		for j := range r.supplies[p].flows {
			if r.supplies[p].flows[j].fate == Paid {
				units = append(units, d.units[p][j])
			}
		}
	}
	over := func(name string, want money.Money, n *proof.Node) {
		add(name, want, proof.Rounded(d.prefix+name, proof.Make(proof.Quotient, "", d.cur, proof.AgainOf(total), d.use(n)), d.minor(), fixed.HalfUp))
	}
	over("per_order", f.PerOrder, d.orders)
	over("per_unit", f.PerUnit, d.sum("plan.paid_units", "", units...))
	if n := int64(len(f.Batches)); n > 0 {
		over("per_batch", f.PerBatch, proof.Number("plan.batches", n))
	}
	over("per_month", f.PerMonth, number(proof.Given, "plan.months", int64(r.plan.Months), "/months"))
	sum := func(name string, want batch.Cost, list []*proof.Node) {
		add(name, want.Sum(), proof.Total(d.prefix+name, d.cur, d.uses(list)...))
	}
	subs := make([]*proof.Node, len(d.order))
	for i, key := range d.order {
		s := d.sums[key]
		if subs[i] = d.sum("", d.cur, s.in...); len(s.out) > 0 {
			subs[i] = proof.Make(proof.Minus, "", d.cur, d.use(subs[i]), d.use(d.sum("", d.cur, s.out...)))
		}
	}
	pick := func(keep func(sumKey) bool) (list []*proof.Node) {
		for i, key := range d.order {
			if keep(key) {
				list = append(list, subs[i])
			}
		}
		return list
	}
	for i, row := range f.Fates {
		if row.Orders > 0 {
			sum(row.Fate.String(), row.Cost, pick(func(k sumKey) bool { return k.fate == i }))
		}
	}
	for _, m := range f.Months {
		list := pick(func(k sumKey) bool { return k.month == m.Month })
		for _, x := range d.ev.aside {
			if x.month == m.Month {
				for _, n := range d.once[x.leaf-1] {
					if n != nil {
						list = append(list, n)
					}
				}
			}
		}
		sum(m.Month.String()[:7], m.Cost, list)
	}
	if !f.PeakDay.IsZero() {
		peak := proof.Make(proof.Greatest, "plan.tied_up", d.cur, d.uses(ties)...)
		add("peak", f.Peak, proof.Rounded(d.prefix+"peak", peak, d.minor(), fixed.HalfUp))
	}
	left := func(of string) (list []*proof.Node) {
		for _, l := range d.left {
			if of == "" || l.Batch == of {
				list = append(list, l.Cost)
			}
		}
		return list
	}
	if f.Left.Cost.Sum().Sign() != 0 {
		sum("left", f.Left.Cost, left(""))
	}
	for i, b := range f.Batches {
		var landed []*proof.Node
		for _, l := range d.loads[i] {
			landed = append(landed, l.purchase)
		}
		for k := range d.ev.expenses {
			if d.ev.expenses[k].shipment == i {
				for _, n := range d.shares[k] {
					if n != nil {
						landed = append(landed, n)
					}
				}
			}
		}
		rest := left(b.ID)
		sum(b.ID+"/landed", b.Landed, landed)
		sum(b.ID, b.Cost, append(pick(func(k sumKey) bool { return k.batch == b.ID }), rest...))
		if len(rest) > 0 {
			sum(b.ID+"/left", b.Left.Cost, rest)
		}
	}
	for _, p := range f.Cash {
		nodes := d.rows[payKey{int32(p.Date.DaysSince(r.h.start)), p.For, p.Ref}]
		name := "payments/" + p.Date.String() + "/" + p.For.String()
		if p.Ref != "" {
			name += "/" + p.Ref
		}
		add(name, p.Amount, proof.Rounded(d.prefix+name, proof.Total("", d.cur, d.uses(nodes)...), d.minor(), fixed.HalfUp))
	}
	return all, total, err
}

// component is the cost of a component over the horizon: its lines, what they are rounded by when they are booked, less
// what is left in the end; nil where there is neither.
func (d *derivation) component(name string, c int) *proof.Node {
	args := d.uses(d.lines[c])
	have, booked := new(big.Rat), new(big.Rat)
	for _, n := range d.lines[c] {
		have.Add(have, n.Value)
	}
	for _, n := range d.booked[c] {
		booked.Add(booked, n.Value)
	}
	if booked.Cmp(have) != 0 {
		args = append(args, proof.Make(proof.Minus, "plan.rounding", d.cur, d.sum("plan.booked", d.cur, d.booked[c]...), proof.Total("", d.cur, d.uses(d.lines[c])...)))
	}
	var left []*proof.Node
	for _, l := range d.left {
		if int(l.Component) == c {
			left = append(left, l.Cost)
		}
	}
	if len(args) == 0 && len(left) == 0 {
		return nil
	}
	if len(left) == 0 {
		return proof.Total(name, d.cur, args...)
	}
	return proof.Make(proof.Minus, name, d.cur, proof.Total("plan.booked", d.cur, args...), proof.Total("plan.left", d.cur, d.uses(left)...))
}
