package scenario

import (
	"math/big"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/language"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees"
	"github.com/overseaswarehouse/overseas/fees/batch"
	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/fees/unit"
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

// loadSteps are the units of a load that are ordered, missing and there.
type loadSteps struct {
	purchase, ordered, gone, there *proof.Node
	value, freight                 *proof.Node // as they are declared
}

// bundle is the orders of one product, month and fate that cost the same.
type bundle struct {
	price *orderPrice
	flows []int
	n     *proof.Node
}

// quotedStep is a line of a quoted event.
type quotedStep struct {
	component int         // -1: none bears it
	one, all  *proof.Node // of one event, and of all
	line      fees.Line
	native    *proof.Node // before it is converted
}

// levied is what customs charge each line of an entry.
type levied struct{ levies, taxes []*proof.Node }

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

// dayOf is what is paid and recovered on a day, and how it is found to be that day.
type dayOf struct {
	paid, got []*proof.Node
	due       []*proof.Node
	known     map[string]bool
}

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

// bought writes what is bought for each batch, and how much of it is missing when it can be sold.
func (d *derivation) bought() {
	r := d.run
	k := 0
	d.at = make(map[string]int, len(r.batches))
	for i := range r.batches {
		d.at[r.batches[i].id] = i
		var list []*loadSteps
		for range r.batches[i].loads {
			g := &d.ev.purchases[k]
			ordered := number(proof.Stated, "units", g.units, g.from)
			n := g.step("purchase", ordered)
			d.placed[n], d.placed[ordered] = true, true
			d.rec.Lines = append(d.rec.Lines, proof.LineProof{Card: d.ev.alternative, Code: "purchase", On: n.From, Family: batch.Purchase.String(), Proof: n})
			d.lines[batch.Purchase] = append(d.lines[batch.Purchase], n)
			d.booked[batch.Purchase] = append(d.booked[batch.Purchase], n)
			value := proof.Make(proof.Product, "", g.each.Currency().String(), proof.AgainOf(ordered), amountNode(proof.Given, "price", g.each).At(g.from))
			list = append(list, &loadSteps{purchase: n, ordered: ordered, there: ordered, value: value})
			k++
		}
		d.loads = append(d.loads, list)
	}
	for p := range r.plan.Products {
		s := r.alt.supplier(&r.plan.Products[p])
		refused, short := d.risk(&s.refused, "refused", r.alt.Risks.Refused), d.risk(&s.short, "short", r.alt.Risks.Short)
		for i := range r.batches {
			for k, l := range r.batches[i].loads {
				if int(l.product) != p {
					continue
				}
				m := d.loads[i][k]
				left := m.ordered
				var gone []*proof.Node
				for _, h := range []struct {
					*hits
					n int64
				}{{refused, l.refused}, {short, l.short}} {
					n := h.of(left, h.n)
					if n == nil {
						continue
					}
					gone = append(gone, n)
					left = proof.Make(proof.Minus, "units", "", d.use(left), proof.AgainOf(n))
				}
				if len(gone) > 0 {
					on := r.batches[i].id + "/" + r.plan.Products[p].SKU
					m.gone = d.line("plan.missing", on, proof.Total("plan.missing", "", gone...))
					m.there = d.line("units", on, left)
				}
			}
		}
	}
}

// hits are the whole events that a share of what is counted makes: after so many, their number times the share, cut.
type hits struct {
	d       *derivation
	rate    *proof.Node // nil: nothing is hit
	waiting []*proof.Node
	seen    *proof.Node
	so      *proof.Node
}

// risk is the share of what goes wrong, as the tally of the run has it.
func (d *derivation) risk(t *tally, name string, p interface{ String() string }) *hits {
	h := &hits{d: d}
	if t.coef != 0 {
		v := new(big.Rat).SetFrac(big.NewInt(t.coef), new(big.Int).SetUint64(t.den))
		h.rate = proof.Leaf(proof.Given, "plan.share", v, "").At(d.run.path + "/risks/" + name).Saying(p.String())
	}
	return h
}

// of counts things, and is how many of them are hit where that is any: a step that is to be written at once.
func (h *hits) of(things *proof.Node, n int64) *proof.Node {
	if h.rate == nil {
		return nil
	}
	h.waiting = append(h.waiting, things)
	if n == 0 {
		return nil
	}
	d := h.d
	if h.seen != nil {
		h.waiting = append([]*proof.Node{h.seen}, h.waiting...)
	}
	h.seen = d.sum("plan.counted", "", h.waiting...)
	h.waiting = nil
	before := h.so
	h.so = proof.Rounded("plan.hit", proof.Make(proof.Product, "", "", d.use(h.rate), d.use(h.seen)), proof.Number("", 1), fixed.Floor)
	hit := h.so
	if before != nil {
		hit = proof.Make(proof.Minus, "plan.hit", "", d.use(h.so), proof.AgainOf(before))
	}
	d.placed[hit] = true
	return hit
}

// paces are the sales of a product whose orders are all alike: what has sold by the end of a day is its paces summed up to
// then, cut to whole orders. Of which shape the next order is follows from the mix by no arithmetic of a few steps.
type paces struct {
	d       *derivation
	product int
	q       *Product
	rates   []*proof.Node // by pace
	pace    int
	next    int32       // the first day that is not in the sum
	sum     *proof.Node // of the paces
	so      *proof.Node // whole orders so far
	mixed   bool        // the orders are of several shapes
}

// paces are those of a product.
func (d *derivation) paces(p int) *paces {
	s := &paces{d: d, product: p, q: &d.run.plan.Products[p]}
	s.mixed = len(s.q.Orders) != 1
	for k := range s.q.Sales {
		path := "/products/" + strconv.Itoa(p) + "/sales/" + strconv.Itoa(k) + "/rate"
		if d.base == nil {
			s.rates = append(s.rates, paceStep(s.q.Sales[k].Rate, path))
			continue
		}
		more := []*proof.Node{paceStep(d.base.Products[p].Sales[k].Rate, path)}
		u := d.run.alt.Uplift
		for _, x := range []struct {
			name string
			of   *unit.Percent
		}{{"exposure", u.Exposure}, {"traffic", u.Traffic}, {"conversion", u.Conversion}} {
			if x.of != nil {
				more = append(more, proof.Total("", "", proof.Number("", 1), shareStep(x.of, d.run.path+"/uplift/"+x.name)))
			}
		}
		last := proof.Leaf(proof.Stated, "plan.pace", big.NewRat(1, 1_000_000), "")
		s.rates = append(s.rates, proof.Rounded("plan.pace", proof.Make(proof.Product, "", "", more...), last, fixed.HalfUp))
	}
	return s
}

// piecesAt is where the pieces of an order of a shape stand.
func piecesAt(product int, shape int32) string {
	return "/products/" + strconv.Itoa(product) + "/orders/" + strconv.Itoa(int(shape)) + "/pieces"
}

// paceStep is a pace as the caller says it.
func paceStep(f *unit.Fraction, path string) *proof.Node {
	return proof.Leaf(proof.Given, "plan.pace", ratOf(fixed.Decimal{Coef: f.Coef(), Scale: f.Scale()}), "").At(path).Saying(f.String())
}

// shareStep is a percentage as the share that it is.
func shareStep(p *unit.Percent, path string) *proof.Node {
	v := ratOf(fixed.Decimal{Coef: p.Coef(), Scale: p.Scale()})
	return proof.Leaf(proof.Given, "plan.share", v.Quo(v, big.NewRat(100, 1)), "").At(path).Saying(p.String())
}

// placed is the orders of a day, n of them, behind those of earlier days; nil where that is no arithmetic of the paces.
func (s *paces) placed(day int32, n int64) *proof.Node {
	if s.mixed {
		return nil
	}
	d, h := s.d, &s.d.run.h
	type stretch struct {
		pace       int
		first, end int32
	}
	var list []stretch
	for s.next <= day {
		for s.pace+1 < len(s.q.Sales) && !s.q.Sales[s.pace+1].From.After(h.date(s.next)) {
			if s.pace++; s.q.Sales[s.pace].Count != s.q.Sales[s.pace-1].Count {
				list, s.sum, s.so = nil, nil, nil // what one pace has begun, one of another count does not go on with
			}
		}
		end := day + 1
		if s.pace+1 < len(s.q.Sales) {
			end = min(end, int32(s.q.Sales[s.pace+1].From.DaysSince(h.start)))
		}
		if s.q.Sales[s.pace].Per == PerMonth {
			end = min(end, h.ends[d.run.month(s.next)])
		}
		if s.rates[s.pace].Value.Sign() != 0 {
			list = append(list, stretch{s.pace, s.next, end})
		}
		s.next = end
	}
	var parts []*proof.Node
	if s.sum != nil {
		parts = append(parts, d.use(s.sum))
	}
	for _, x := range list {
		rate := d.use(s.rates[x.pace])
		if s.q.Sales[x.pace].Per == PerMonth {
			month := d.run.month(x.first)
			rate = proof.Make(proof.Quotient, "", "", rate, stretchOf(h, h.first(month), h.ends[month]))
		}
		part := proof.Make(proof.Product, "", "", stretchOf(h, x.first, x.end), rate)
		parts = append(parts, part)
	}
	if len(parts) == 0 {
		return nil
	}
	s.sum = proof.Total("plan.sold", "", parts...)
	so := d.use(s.sum)
	if s.q.Sales[s.pace].Count == UnitsSold && s.q.Orders[0].Pieces != 1 {
		so = proof.Make(proof.Quotient, "", "", so, number(proof.Given, "plan.pieces", s.q.Orders[0].Pieces, piecesAt(s.product, 0)))
	}
	before := s.so
	s.so = proof.Rounded("plan.placed", so, proof.Number("", 1), fixed.Floor)
	out := s.so
	if before != nil {
		out = proof.Make(proof.Minus, "plan.placed", "", d.use(s.so), proof.AgainOf(before))
	}
	if out.Value.Cmp(new(big.Rat).SetInt64(n)) != 0 {
		s.mixed = true
		return nil
	}
	return out
}

// stretchOf is the days from one up to another.
func stretchOf(h *horizon, from, to int32) *proof.Node {
	return proof.Leaf(proof.Span, "time", new(big.Rat).SetInt64(int64(to-from)), "").Saying(h.date(from).String() + " … " + h.date(to).String())
}

// count writes how many orders of each day and shape have which fate, by the shares of what goes wrong, and their units.
func (d *derivation) count() {
	r := d.run
	a := r.alt
	for p := range r.supplies {
		q := &r.plan.Products[p]
		flows := r.supplies[p].flows
		counts, units, unfit := make([]*proof.Node, len(flows)), make([]*proof.Node, len(flows)), make([]*proof.Node, len(flows))
		left := make([]*proof.Node, len(flows)) // by the first flow of the same orders
		selling := d.paces(p)
		var placed []*proof.Node
		for j := 0; j < len(flows); {
			first, n := j, int64(0)
			for ; j < len(flows) && flows[j].day == flows[first].day && flows[j].shape == flows[first].shape; j++ {
				n += flows[j].orders
			}
			if left[first] = selling.placed(flows[first].day, n); left[first] != nil {
				placed = append(placed, left[first])
				continue
			}
			left[first] = number(proof.Stated, "plan.placed", n, "orders/"+r.h.date(flows[first].day).String()+"/"+q.SKU+"/"+strconv.Itoa(int(flows[first].shape)))
		}
		if len(placed) > 0 {
			d.line("plan.placed", "orders/"+q.SKU, proof.Total("plan.placed", "", d.uses(placed)...))
		}
		s := a.supplier(q)
		k := &a.Risks
		by := [fateCount]*hits{
			Refused: d.risk(&s.fates[Refused], "refused", k.Refused), Lost: d.risk(&s.fates[Lost], "lost", k.Lost),
			Damaged: d.risk(&s.fates[Damaged], "damaged", k.Damaged), SentBack: d.risk(&s.fates[SentBack], "returned", k.Returned),
		}
		for _, f := range [...]Fate{Refused, Lost, Damaged, SentBack, Paid} {
			var all []*proof.Node
			first := 0
			for j := range flows {
				if left[j] != nil {
					first = j
				}
				if last := j+1 == len(flows) || left[j+1] != nil; !last {
					continue
				}
				at, n := -1, int64(0)
				for i := first; i <= j; i++ {
					if flows[i].fate == f {
						at, n = i, flows[i].orders
					}
				}
				switch {
				case f == Paid && at >= 0:
					counts[at] = left[first]
				case f == Paid:
				default:
					hit := by[f].of(left[first], n)
					if hit == nil {
						continue
					}
					counts[at] = hit
					left[first] = proof.Make(proof.Minus, "plan.orders", "", d.use(left[first]), proof.AgainOf(hit))
				}
				if at >= 0 {
					all = append(all, counts[at])
				}
			}
			if f == Paid {
				all = d.uses(all)
			}
			if len(all) > 0 {
				d.byFate[f] = append(d.byFate[f], d.line("plan.orders", "orders/"+q.SKU+"/"+f.String(), proof.Total("plan.orders", "", all...)))
			}
		}
		d.counts = append(d.counts, counts)
		var several, bad []*proof.Node
		back := d.risk(&s.unfit, "unfit", k.Unfit)
		for j := range flows {
			units[j] = counts[j]
			if n := q.Orders[flows[j].shape].Pieces; n != 1 {
				units[j] = proof.Make(proof.Product, "units", "", d.use(counts[j]), number(proof.Given, "plan.pieces", n, piecesAt(p, flows[j].shape)))
				several = append(several, units[j])
			}
		}
		if len(several) > 0 {
			d.line("units", "orders/"+q.SKU+"/units", proof.Total("units", "", d.uses(several)...))
		}
		for j := range flows {
			if f := &flows[j]; f.fate == SentBack && a.Risks.Returns == ComeBack {
				if unfit[j] = back.of(units[j], f.unfit); unfit[j] != nil {
					bad = append(bad, unfit[j])
				}
			}
		}
		if len(bad) > 0 {
			d.line("units", "orders/"+q.SKU+"/unfit", proof.Total("units", "", bad...))
		}
		d.units, d.unfit = append(d.units, units), append(d.unfit, unfit)
		d.bundle(p)
	}
}

// bundle writes which orders of a product are charged together, and those that leave together.
func (d *derivation) bundle(p int) {
	r := d.run
	flows := r.supplies[p].flows
	for j := range flows {
		f := &flows[j]
		key := chargeKey{f.product, r.month(f.day), f.fate}
		price := r.orders[orderKey{f.product, f.shape, r.span(f.day), false}]
		list := d.bundles[key]
		i := slices.IndexFunc(list, func(b *bundle) bool { return b.price == price })
		if i < 0 {
			if list == nil {
				d.keys = append(d.keys, key)
			}
			i = len(list)
			list = append(list, &bundle{price: price})
		}
		list[i].flows = append(list[i].flows, j)
		d.bundles[key] = list
	}
	var freed, several []*proof.Node
	for j := 0; j < len(flows); {
		first := j
		var list []*proof.Node
		for ; j < len(flows) && flows[j].day == flows[first].day && flows[j].fate == flows[first].fate; j++ {
			list = append(list, d.units[p][j])
		}
		n := d.sum("units", "", list...)
		if len(list) > 1 {
			several = append(several, n)
		}
		freed = append(freed, n)
	}
	if len(several) > 0 {
		d.line("units", "orders/"+r.plan.Products[p].SKU+"/released", proof.Total("units", "", d.uses(several)...))
	}
	d.freed = append(d.freed, freed)
}

// repeat finds how often the events happen that are quoted for orders and returns.
func (d *derivation) repeat() {
	r := d.run
	d.repeats, d.times = make([][]*proof.Node, len(d.ev.events)), make([]*proof.Node, len(d.ev.events))
	add := func(leaf int, n *proof.Node) {
		if leaf > 0 {
			d.repeats[leaf-1] = append(d.repeats[leaf-1], n)
		}
	}
	for _, key := range d.keys {
		for _, b := range d.bundles[key] {
			list := make([]*proof.Node, len(b.flows))
			for i, j := range b.flows {
				list[i] = d.counts[key.product][j]
			}
			b.n = d.sum("plan.orders", "", list...)
			for i, leaf := range b.price.leafs {
				if i == 0 || key.fate != Refused {
					add(leaf, b.n)
				}
			}
		}
	}
	for p := range r.supplies {
		for j := range r.supplies[p].flows {
			if price := d.backPrice(p, j); price != nil {
				add(price.leafs[0], d.counts[p][j])
			}
		}
	}
}

// often is how often an event happens.
func (d *derivation) often(i int) *proof.Node {
	if d.times[i] == nil {
		if e := &d.ev.events[i]; e.once {
			d.times[i] = number(proof.Stated, "plan.times", 1, e.where)
		} else {
			d.times[i] = d.sum("plan.times", "", d.repeats[i]...)
		}
	}
	return d.use(d.times[i])
}

// backPrice is what it costs that the orders of a flow come back; nil where they do not.
func (d *derivation) backPrice(p, j int) *orderPrice {
	r := d.run
	f := &r.supplies[p].flows[j]
	if f.fate != SentBack || r.alt.Risks.Returns != ComeBack {
		return nil
	}
	return r.orders[orderKey{f.product, f.shape, r.span(f.back), true}]
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
			id := "customs-parcel-" + e.parcel.Destination.String()
			x := e.due.Steps(parcelDue(e.customs, id))
			add(id, ParcelImport.String(), "", ev.alternative+"/"+ParcelImport.String()+"/"+e.parcel.Date.String(), batch.Tariff, x)
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

// explained are the lines of an event by the cards; of an entry at customs with more lines than one those that say what
// falls on each.
func (d *derivation) explained(e *evidenceEvent) ([]proof.LineProof, error) {
	if e.event.Kind() == fees.OnImport {
		if res := d.ev.entered[reference(e.event)]; res != nil {
			return res.Record(d.tag).Lines, nil
		}
	}
	x, err := d.run.alt.Cards.Explain(e.event)
	if err != nil {
		return nil, err
	}
	return x.Record(language.English).Lines, nil
}

// given says what an event is given that follows from other steps: the value of goods and their freight at customs, and what
// was billed in a month.
func (d *derivation) given(e *evidenceEvent, l fees.Line, n *proof.Node) {
	if len(n.Args) > 0 {
		for _, a := range n.Args {
			d.given(e, l, a)
		}
		return
	}
	if n.Op != proof.Given {
		return
	}
	var from *proof.Node
	switch p, period := e.event.(*fees.Period); {
	case period && n.From == "/billed":
		from = d.billed(p, l, n.Value)
	case e.event.Kind() == fees.OnImport:
		for k, load := range d.loads[d.at[reference(e.event)]] {
			switch n.From {
			case "/lines/" + strconv.Itoa(k) + "/goods":
				from = load.value
			case "/lines/" + strconv.Itoa(k) + "/freight_to_border":
				from = load.freight
			}
		}
	}
	if from != nil && from.Value != nil && from.Value.Cmp(n.Value) == 0 && from.Unit == n.Unit {
		n.Op, n.Args = proof.Sum, []*proof.Node{d.use(from)}
	}
}

// billed is what was billed in a month and counts for a minimum bill; nil where that is not the amount.
func (d *derivation) billed(p *fees.Period, l fees.Line, want *big.Rat) *proof.Node {
	r := d.run
	var charge fees.Charge
	for card := range r.alt.Cards.Cards() {
		for c := range card.Charges() {
			if card.ID() == l.Card() && c.Code() == l.Code() {
				charge = c
			}
		}
	}
	month := slices.Index(r.h.months, p.From)
	cur := l.Amount().Currency()
	var list []*proof.Node
	sum := new(big.Rat)
	add := func(leaf int, times *proof.Node) {
		for _, q := range d.prices[leaf-1] {
			if q.native != nil && q.line.Amount().Currency() == cur && charge.Counts(q.line) {
				n := proof.Make(proof.Product, "", cur.String(), proof.AgainOf(times), proof.AgainOf(q.native))
				list = append(list, n)
				sum.Add(sum, n.Value)
			}
		}
	}
	within := func(date country.Date) bool {
		day := int32(date.DaysSince(r.h.start))
		return day >= 0 && day < r.h.days && r.month(day) == month
	}
	for i := range d.ev.events {
		on := country.Date{}
		switch e := d.ev.events[i].event.(type) {
		case *fees.Receipt:
			on = e.Date
		case *fees.Stay:
			on, _ = e.To.AddDays(-1)
		default:
			continue
		}
		if within(on) {
			add(i+1, d.times[i])
		}
	}
	for _, key := range d.keys {
		if key.month == month {
			for _, b := range d.bundles[key] {
				add(b.price.leafs[0], b.n)
			}
		}
	}
	for p := range r.supplies {
		for j := range r.supplies[p].flows {
			if price := d.backPrice(p, j); price != nil && within(r.h.date(r.supplies[p].flows[j].back)) {
				add(price.leafs[0], d.counts[p][j])
			}
		}
	}
	if sum.Cmp(want) != 0 {
		return nil
	}
	return proof.Total("", cur.String(), list...)
}

// declare writes what of the freight of a batch counts at customs, for each product.
func (d *derivation) declare(e *evidenceEvent) error {
	r := d.run
	if e.event.Kind() != fees.OnImport || r.alt.Freight == nil || r.alt.Freight.Sign() == 0 {
		return nil
	}
	id := reference(e.event)
	shipment := d.at[id]
	for i := range d.ev.events {
		if c := &d.ev.events[i]; c.where != Consign.String() || reference(c.event) != id {
			continue
		}
		var native, in []*proof.Node
		for _, q := range d.prices[i] {
			native, in = append(native, q.native), append(in, q.one)
		}
		if len(native) == 0 {
			return nil
		}
		cur := d.prices[i][0].line.Amount().Currency()
		if slices.ContainsFunc(native, func(n *proof.Node) bool { return n.Unit != native[0].Unit }) {
			native, cur = in, r.plan.Currency
		}
		share := shareStep(r.alt.Freight, r.path+"/freight")
		all := proof.Make(proof.Product, "", cur.String(), d.sum("", cur.String(), again(native)...), share)
		whole := d.line("freight_to_border", "import/"+id, proof.Rounded("freight_to_border", all, proof.MinorUnit(cur.String(), cur.Digits()), fixed.HalfUp))
		if len(d.loads[shipment]) == 1 {
			d.loads[shipment][0].freight = whole
			return nil
		}
		amount, err := money.Of(coefOf(whole, uint8(cur.Digits())), uint8(cur.Digits()), cur)
		if err != nil {
			return err
		}
		list, err := batch.AllocateSteps(amount, whole, d.heavy(shipment), batch.Rule{})
		if err != nil {
			return err // it was shared before
		}
		for k, n := range list {
			l := &r.batches[shipment].loads[k]
			d.loads[shipment][k].freight = d.line("freight_to_border", "import/"+id+"/"+r.plan.Products[l.product].SKU, n)
		}
		return nil
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

// heavy is the weight of each product of a shipment.
func (d *derivation) heavy(i int) []*proof.Node {
	var out []*proof.Node
	for k, l := range d.run.batches[i].loads {
		w := d.run.plan.Products[l.product].Weight
		one := proof.Leaf(proof.Given, "weight", ratOf(fixed.Decimal{Coef: w.Coef(), Scale: w.Scale()}), w.Unit().String()).At("/products/" + strconv.Itoa(int(l.product)) + "/weight")
		out = append(out, proof.Make(proof.Product, "weight", one.Unit, proof.AgainOf(d.loads[i][k].ordered), one))
	}
	return out
}

// levied writes what customs charge each line of an entry, by which the goods of a batch share it.
func (d *derivation) levied(e *evidenceEvent, on string, lines []proof.LineProof) {
	id := reference(e.event)
	res := d.ev.entered[id]
	if e.event.Kind() != fees.OnImport || res == nil {
		return
	}
	shares := slices.Collect(res.Lines())
	var kept []proof.LineProof
	for _, l := range lines {
		if strings.HasPrefix(l.Code, "entry.") { // sums over them
			continue
		}
		l.On = on + "/" + l.On
		d.given(e, fees.Line{}, l.Proof)
		d.placed[l.Proof] = true
		kept = append(kept, l)
	}
	d.rec.Lines = append(d.rec.Lines, kept...)
	var w levied
	for i := range shares {
		codes := map[string]bool{}
		for _, list := range [...][]fees.EntryCharge{shares[i].Duties, shares[i].Fees} {
			for _, c := range list {
				codes[c.Code] = true
			}
		}
		var levies, taxes []*proof.Node
		for k := i; k < len(kept); k += len(shares) { // the lines of the entry stand one after the other, amount by amount
			switch {
			case codes[kept[k].Code]:
				levies = append(levies, kept[k].Proof)
			case kept[k].Code == string(country.PartTax):
				taxes = append(taxes, kept[k].Proof)
			}
		}
		cur := res.Total().CashOutlay.Currency().String()
		w.levies = append(w.levies, d.line("cost.tariff", on[len(d.prefix):]+"/"+shares[i].SKU, d.sum("cost.tariff", cur, levies...)))
		w.taxes = append(w.taxes, d.line("cost.tax", on[len(d.prefix):]+"/"+shares[i].SKU, d.sum("cost.tax", cur, taxes...)))
	}
	d.weights[id] = w
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

// remove writes how many units are removed in a month.
func (d *derivation) remove() {
	r := d.run
	for _, x := range d.ev.removals {
		var list []*proof.Node
		for j, n := range d.unfit[x.product] {
			if n != nil && r.h.date(r.supplies[x.product].flows[j].back).FirstOfMonth() == x.month {
				list = append(list, n)
			}
		}
		d.scrap = append(d.scrap, d.line("units", "remove/"+x.month.String()[:7]+"/"+r.plan.Products[x.product].SKU, d.sum("units", "", list...)))
	}
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

// term is days that the caller says.
type term struct {
	name string
	path string
	days int32
}

// dueDay is a day with what is added to and taken off it until money moves.
type dueDay struct {
	day         int32
	plus, minus []term
}

func (d *derivation) term(name string, n *int) term {
	return term{name, d.run.path + "/terms/" + name, days(n)}
}

func (d *derivation) deliveryMax() term {
	return term{"delivery_max", d.run.path + "/days/delivery_max", days(d.run.alt.Days.DeliveryMax)}
}

// on is what is known of the day on which money moves.
func (d *derivation) on(x dueDay) *dayOf {
	day := x.day
	key := strconv.Itoa(int(x.day))
	for _, t := range x.plus {
		day += t.days
		key += "+" + t.name
	}
	for _, t := range x.minus {
		day -= t.days
		key += "-" + t.name
	}
	out := d.days[day]
	if out == nil {
		out = &dayOf{known: map[string]bool{}}
		d.days[day] = out
	}
	if out.known[key] {
		return out
	}
	out.known[key] = true
	count := func(name string, n int32, from string) *proof.Node {
		return proof.Leaf(proof.Given, name, new(big.Rat).SetInt64(int64(n)), "").At(from)
	}
	first := count("plan.day", x.day, d.run.h.date(x.day).String())
	first.Op = proof.Stated
	list := func(first *proof.Node, of []term) *proof.Node {
		var args []*proof.Node
		if first != nil {
			args = append(args, first)
		}
		for _, t := range of {
			args = append(args, count("plan.term", t.days, t.path))
		}
		if len(args) == 1 {
			return args[0]
		}
		return proof.Total("", "", args...)
	}
	n := list(first, x.plus)
	if len(x.minus) > 0 {
		n = proof.Make(proof.Minus, "", "", n, list(nil, x.minus))
	}
	out.due = append(out.due, n)
	return out
}

// money keeps what is paid and recovered on each day.
func (d *derivation) money() {
	r := d.run
	t := &r.alt.Terms
	orders := d.term("orders", t.Orders)
	pay := func(due dueDay, what Payable, ref string, n *proof.Node) *dayOf {
		at := d.on(due)
		at.paid = append(at.paid, n)
		d.row(payKey{due.falls(), what, ref}, n)
		return at
	}
	for _, p := range d.ev.payments {
		if p.what == PayPurchase {
			i := d.at[p.ref]
			pay(d.before(&r.batches[i], 0, "purchase", t.Purchase), p.what, p.ref, d.loads[i][p.of].purchase)
			continue
		}
		due := d.due(p)
		if p.what != PayImportTax && p.what != PayTaxBack {
			if n := d.together("plan.payment", &d.once[p.of-1]); n != nil {
				pay(due, p.what, p.ref, n)
			}
			continue
		}
		var list []*proof.Node
		for _, q := range d.prices[p.of-1] {
			if q.component < 0 {
				list = append(list, q.all)
			}
		}
		n := d.line("plan.payment", "payments/"+PayImportTax.String()+"/"+p.ref, d.sum("plan.payment", d.cur, list...))
		if p.what == PayImportTax {
			pay(due, p.what, p.ref, n)
			continue
		}
		at := d.on(due)
		at.got = append(at.got, n)
		d.row(payKey{due.falls(), p.what, p.ref}, proof.Make(proof.Product, "", d.cur, proof.Number("share.sign", -1), proof.AgainOf(n)))
	}
	for p := range r.supplies {
		for j := range r.supplies[p].flows {
			f := &r.supplies[p].flows[j]
			price := r.orders[orderKey{f.product, f.shape, r.span(f.day), false}]
			if one := d.price(price, f.fate == Refused).all(d); one != nil {
				n := proof.Make(proof.Product, "plan.payment", d.cur, d.use(d.counts[p][j]), d.use(one))
				at := pay(dueDay{day: f.day, plus: []term{orders}}, PayOrders, "", n)
				if f.fate == Paid {
					at = d.on(dueDay{day: f.day, plus: []term{d.deliveryMax(), d.term("payout", t.Payout)}})
				}
				at.got = append(at.got, n)
			}
			back := d.returned[[2]int32{int32(p), int32(j)}]
			if back == nil {
				continue
			}
			if n := d.together("plan.payment", back); n != nil {
				due := dueDay{day: f.day, plus: []term{d.deliveryMax(), {"return", r.path + "/days/return", days(r.alt.Days.Return)}, orders}}
				at := pay(due, PayOrders, "", n)
				at.got = append(at.got, n)
			}
		}
	}
	for _, x := range d.ev.removals {
		if n := d.together("plan.payment", &d.once[x.leaf-1]); n != nil {
			at := pay(dueDay{day: int32(x.month.LastOfMonth().DaysSince(r.h.start)), plus: []term{orders}}, PayOrders, "", n)
			at.got = append(at.got, n)
		}
	}
	for _, x := range d.ev.aside {
		if n := d.together("plan.payment", &d.once[x.leaf-1]); n != nil {
			due := dueDay{day: x.day}
			if x.term {
				due.plus = []term{d.term("rent", t.Rent)}
			}
			at := d.on(due)
			at.got = append(at.got, n)
		}
	}
}

// falls is the day on which money moves.
func (x *dueDay) falls() int32 {
	day := x.day
	for _, t := range x.plus {
		day += t.days
	}
	for _, t := range x.minus {
		day -= t.days
	}
	return day
}

// before is the day of a stage of a batch that can be sold on a day, with a term: 0 is the order to the supplier.
func (d *derivation) before(s *shipment, stage Stage, name string, n *int) dueDay {
	a := d.run.alt
	out := dueDay{day: s.ready, plus: []term{d.term(name, n)}}
	for _, x := range []struct {
		after Stage // the stage that comes behind it
		name  string
		days  *int
	}{{Receive, "put_away", a.Days.PutAway}, {Import, "clearance", a.Days.Clearance}, {Consign, "transit", a.Days.Transit}, {0, "production", a.Days.Production}} {
		if x.after < stage {
			break
		}
		if x.after == 0 || a.has(x.after) {
			out.minus = append(out.minus, term{x.name, d.run.path + "/days/" + x.name, days(x.days)})
		}
	}
	return out
}

// due is the day on which an event is paid, or the tax of it got back.
func (d *derivation) due(p payment) dueDay {
	r := d.run
	t := &r.alt.Terms
	name, n, stage := "storage", t.Storage, Stage(0)
	switch d.ev.events[p.of-1].where {
	case Consign.String():
		name, n, stage = "first_leg", t.FirstLeg, Consign
	case Import.String():
		name, n, stage = "tariff", t.Tariff, Import
	case Receive.String():
		name, n, stage = "receipt", t.Receipt, Receive
	case Rent.String():
		name, n = "rent", t.Rent
	}
	if p.what == PayTaxBack {
		name, n = "tax_back", t.TaxBack
	}
	if stage != 0 {
		return d.before(&r.batches[d.at[p.ref]], stage, name, n)
	}
	return dueDay{day: p.day, plus: []term{d.term(name, n)}}
}

// row keeps a payment of the figures.
func (d *derivation) row(key payKey, n *proof.Node) {
	d.rows[key] = append(d.rows[key], n)
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

// interest is what is tied up at the end of each day on which that changes, and the interest on it, from the day to the next.
func (d *derivation) interest() (ties []*proof.Node, interest *proof.Node) {
	r := d.run
	var days []int32
	for day := range d.days {
		if day < r.h.days {
			days = append(days, day)
		}
	}
	slices.Sort(days)
	dated := make([]*proof.Node, len(days)+1)
	for i, day := range days {
		if dated[i] = d.days[day].due[0]; len(d.days[day].due) > 1 { // they are all the same day
			dated[i] = proof.Make(proof.Least, "plan.due", "", d.days[day].due...)
		}
	}
	end := proof.Leaf(proof.Span, "plan.horizon", new(big.Rat).SetInt64(int64(r.h.days)), "")
	dated[len(days)] = end.Saying(r.h.start.String() + " … " + r.h.date(r.h.days).String())
	var parts []*proof.Node
	var tied *proof.Node
	for i, day := range days {
		at := d.days[day]
		var plus []*proof.Node
		if tied != nil {
			plus = append(plus, tied)
		}
		plus = d.uses(append(plus, at.paid...))
		if len(at.got) == 0 {
			tied = proof.Total("plan.tied_up", d.cur, plus...)
		} else {
			tied = proof.Make(proof.Minus, "plan.tied_up", d.cur, proof.Total("", d.cur, plus...), proof.Total("", d.cur, d.uses(at.got)...))
		}
		ties = append(ties, tied)
		amount := d.use(tied)
		if tied.Value.Sign() < 0 { // the supplier's credit earns nothing
			amount = proof.Make(proof.Greatest, "", d.cur, amount, proof.Leaf(proof.None, "", new(big.Rat), d.cur))
		}
		span := proof.Make(proof.Minus, "plan.days", "", d.use(dated[i+1]), d.use(dated[i]))
		parts = append(parts, proof.Make(proof.Product, r.h.date(day).String(), d.cur, amount, span))
	}
	rate := proof.Make(proof.Quotient, "plan.daily", "", proof.Leaf(proof.Given, "plan.capital", ratOf(fixed.Decimal{Coef: r.plan.Capital.Coef(), Scale: r.plan.Capital.Scale()}), "").At("/capital").Saying(r.plan.Capital.String()), proof.Number("plan.year", 36500))
	all := proof.Total("plan.tied_up_days", d.cur, parts...)
	return ties, proof.Rounded(d.prefix+"interest", proof.Make(proof.Product, "", d.cur, all, rate), d.minor(), fixed.HalfUp)
}

// sales is what the paid orders bring.
func (d *derivation) sales() *proof.Node {
	r := d.run
	ev := &evidence{run: r}
	_, _ = r.revenue(ev) // it was reckoned before without an error
	var list []*proof.Node
	for i := range ev.sales {
		g := &ev.sales[i]
		var units []*proof.Node
		for j := range r.supplies[g.product].flows {
			if f := &r.supplies[g.product].flows[j]; f.fate == Paid && r.span(f.day) == g.span {
				units = append(units, d.units[g.product][j])
			}
		}
		list = append(list, g.step("sales", d.use(d.sum("units", "", units...))))
	}
	return proof.Total(d.prefix+"sales", d.cur, list...)
}
