package scenario

import (
	"math/big"
	"slices"
	"strconv"

	"github.com/overseaswarehouse/overseas/fees/batch"
	"github.com/overseaswarehouse/overseas/fees/unit"
	"github.com/overseaswarehouse/overseas/internal/fixed"
	"github.com/overseaswarehouse/overseas/internal/proof"
)

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
			ordered := d.ordered(g)
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

// ordered is the units of a load: so many batches of the caller's size, or what sells until the next one in whole cartons,
// which is a count.
func (d *derivation) ordered(g *goods) *proof.Node {
	size := d.run.alt.Batch.Units
	if size <= 0 || g.units%size != 0 {
		return number(proof.Stated, "units", g.units, g.from)
	}
	one := number(proof.Given, "units", size, d.run.path+"/batch/units")
	if g.units == size {
		return one
	}
	return proof.Make(proof.Product, "units", "", number(proof.Stated, "plan.times", g.units/size, g.from), one)
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
			end = min(end, h.ends[d.run.h.month(s.next)])
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
			month := d.run.h.month(x.first)
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
		key := chargeKey{f.product, r.h.month(f.day), f.fate}
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
