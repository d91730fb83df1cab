package engine

import (
	"math/big"
	"slices"

	"github.com/overseaswarehouse/overseas/internal/fixed"
	"github.com/overseaswarehouse/overseas/internal/problem"
	"github.com/overseaswarehouse/overseas/internal/ratecard"
	"github.com/overseaswarehouse/overseas/internal/sorting"
	"github.com/overseaswarehouse/overseas/internal/units"
)

// clock is the timeline of a price together with its table.
type clock struct {
	line   *timeline
	cells  *cells
	alts   []alternative
	slot   *ratecard.Slot // that the alternatives fill
	row    bool           // runs over the row's stay, not the event's
	charge *ratecard.Charge
	skip   []bool // axes of the table that change over time
	sums   *ages  // of its prices, once summed is set
	summed bool
}

// alternative is one price of a slot whose charges are compared day by day.
type alternative struct {
	line  *timeline
	cells *cells
	skip  []bool
	price *ratecard.Price
	rate  *big.Rat // the unit of its sum over time
	mult  *big.Int // from the alternative's unit to the common one
	k     int64
}

// timeline compiles the axes of a price that change from day to day. The rest of the table is left to c.table; strides
// are those of the whole table, so the order of the axes does not matter.
func (c *compiler) timeline(p *ratecard.Price) (*timeline, []bool) {
	t := &timeline{time: *p.Time, ageLast: -1, parts: 1}
	skip := make([]bool, len(p.By))
	stride := 1
	for i := len(p.By) - 1; i >= 0; i-- {
		a := &p.By[i]
		switch {
		case a.Age != ratecard.AgeNone:
			skip[i] = true
			t.stride = stride
			t.ageAxis(a)
		case a.Of.Kind == ratecard.SubjectClass:
			if s, ok := c.season(a); ok {
				skip[i] = true
				s.stride = stride
				t.seasons = append(t.seasons, s)
			} else if c.hasDate(a.Of.Name) {
				c.fail(problem.Malformed, a.Of.Name)
			}
		}
		stride *= a.Len()
	}
	t.gates = c.gates
	for _, list := range [...][]season{t.seasons, t.gates} {
		for i := range list {
			for _, tests := range list[i].rows {
				t.changes = append(t.changes, tests...)
			}
		}
	}
	if t.calendar() {
		t.parts = monthParts
		if t.time.Per == ratecard.PerYear {
			t.parts = yearParts
		}
	}
	return t, skip
}

// perUnit is what one part of the timeline is of the price's unit of time.
func (t *timeline) perUnit() *big.Rat {
	switch {
	case t.time.Basis != ratecard.Daily:
		return big.NewRat(1, t.parts)
	case t.calendar():
		return big.NewRat(1, t.parts)
	case t.time.Per == ratecard.PerWeek:
		return big.NewRat(1, 7)
	case t.time.Days > 0:
		return big.NewRat(1, t.time.Days)
	}
	return ratOne
}

// farAge is an age in days that no stock has.
const farAge = 1 << 28

// ageAxis turns the edges of an age axis into first ages. Days of the stay count from 1, ages from 0.
func (t *timeline) ageAxis(a *ratecard.Axis) {
	shift := int64(0)
	if a.Age == ratecard.Day {
		shift = -1
	}
	// first is the first whole age that is not below an edge, or with plus the first that is over it.
	first := func(i int, plus int32) int32 {
		q := new(big.Rat).Quo(ratQuantity(a.Edges[i]), ratUnit(units.Day))
		n := new(big.Int).Quo(q.Num(), q.Denom())
		if plus > 0 || !q.IsInt() {
			n.Add(n, intOne)
		}
		return int32(min(n.Int64(), farAge) + shift)
	}
	switch a.Edge {
	case ratecard.From, ratecard.Over: // bracket i begins at edge i
		plus := int32(0)
		if a.Edge == ratecard.Over {
			plus = 1
		}
		t.ageFrom = max(0, first(0, plus))
		for i := 1; i < len(a.Edges); i++ {
			t.ages = append(t.ages, first(i, plus))
		}
	default: // bracket i ends at edge i
		plus := int32(1)
		if a.Edge == ratecard.Below {
			plus = 0
		}
		for i := range a.Edges {
			if i == len(a.Edges)-1 && !a.Open {
				t.ageLast = first(i, plus)
				break
			}
			t.ages = append(t.ages, first(i, plus))
		}
	}
}

// season compiles a class that looks at nothing but dates as an axis over time.
func (c *compiler) season(a *ratecard.Axis) (season, bool) {
	return c.seasonOf(a.Of.Name, func(name string) bool { return contains(a.Values, name) }, a.Values)
}

// hasDate reports whether a class looks at the date, itself or through another class.
func (c *compiler) hasDate(class string) bool {
	cl := c.card.Class(class)
	return cl != nil && ratecard.Any(len(cl.Rows), func(i int) bool {
		when := cl.Rows[i].When
		return ratecard.Any(len(when), func(i int) bool {
			t := &when[i]
			return t.Subject.Kind == ratecard.SubjectDate || t.Subject.Kind == ratecard.SubjectClass && c.hasDate(t.Subject.Name)
		})
	})
}

// dates splits the conditions of a charge that is priced by time into those that hold for a stay and those that hold on
// a day.
func (c *compiler) dates(ts []ratecard.Test) (stay []ratecard.Test, gates []season) {
	for _, t := range ts {
		switch {
		case t.Subject.Kind == ratecard.SubjectDate:
			gates = append(gates, season{rows: [][]days{{{t.Dates, t.Yearly}}}, to: []int32{0}})
		case t.Subject.Kind == ratecard.SubjectClass && c.hasDate(t.Subject.Name):
			holds := func(name string) bool {
				return (len(t.In) == 0 || contains(t.In, name)) && !contains(t.Not, name)
			}
			s, ok := c.seasonOf(t.Subject.Name, holds, nil)
			if !ok {
				c.fail(problem.Malformed, t.Subject.Name)
			}
			gates = append(gates, s)
		default:
			stay = append(stay, t)
		}
	}
	return stay, gates
}

// seasonOf compiles a class of dates. The rows whose names count have a position: that among values, or 0.
func (c *compiler) seasonOf(class string, counts func(string) bool, values []string) (season, bool) {
	cl := c.card.Class(class)
	if cl == nil {
		return season{}, false
	}
	s := season{}
	dated := false
	for i := range cl.Rows {
		r := &cl.Rows[i]
		if len(r.Limit) > 0 {
			return season{}, false
		}
		var tests []days
		for j := range r.When {
			if r.When[j].Subject.Kind != ratecard.SubjectDate {
				return season{}, false
			}
			dated = true
			tests = append(tests, days{r.When[j].Dates, r.When[j].Yearly})
		}
		s.rows = append(s.rows, tests)
		switch {
		case !counts(r.Name):
			s.to = append(s.to, -1)
		case values == nil:
			s.to = append(s.to, 0)
		default:
			s.to = append(s.to, int32(indexOf(values, r.Name)))
		}
	}
	return s, dated
}

// timed compiles a price per time.
func (c *compiler) timed(ch *ratecard.Charge, p *ratecard.Price, at ratecard.Level) priced {
	l := label{role: rolePrice, name: ch.Code, src: p}
	line, skip := c.timeline(p)
	list := p.Cells
	if len(p.Bands) > 0 {
		if slices.Contains(skip, true) {
			return priced{amount: c.fail(problem.Malformed, ch.Code)}
		}
		list = []ratecard.Cell{{Value: fixed.Decimal{Coef: 1}}}
	}
	t, cu := c.cellsOf(list)
	rateUnit := new(big.Rat).Mul(cu, line.perUnit())
	clk := &clock{line: line, cells: t, charge: ch, row: frameOf(at) == frRow, skip: skip}
	if at == ratecard.LevelEvent && p.Per != "" {
		if q, post, ok := c.accountMeasure(p.Per); ok {
			return c.sweep(ch, p, q, post, clk, rateUnit, skip)
		}
	}
	if len(p.Bands) > 0 {
		if at == ratecard.LevelEvent && c.ofStock(p.BandOf) {
			return priced{amount: c.fail(problem.Malformed, ch.Code)}
		}
		pos, ok := c.table(p.By, at, nil)
		out := c.bands(ch, p, at, pos, ok)
		if out.amount != 0 {
			rate := c.g.add(&node{op: opTimed, frame: frameOf(at), aux: clk, unit: rateUnit, label: l})
			out.amount = c.g.product(out.amount, rate, label{role: roleAmount, name: ch.Code, src: p})
		}
		return out
	}
	pos, ok := c.staticOffset(p.By, skip, at)
	n := node{op: opTimed, frame: frameOf(at), aux: clk, unit: rateUnit, label: l}
	if pos != 0 {
		n.args = []nodeID{pos}
	}
	if at == ratecard.LevelEvent && line.stride > 0 {
		return priced{amount: c.fail(problem.Malformed, ch.Code)}
	}
	rate := c.g.add(&n)
	out := priced{amount: rate, ok: ok, rate: rate}
	if p.Per != "" {
		out.per = c.quantity(p, at)
		if out.per == 0 {
			return priced{}
		}
		out.amount = c.g.product(out.per, rate, label{role: roleAmount, name: ch.Code, src: p})
	}
	return out
}

// staticOffset is the offset into the whole table of the axes that do not change over time.
func (c *compiler) staticOffset(by []ratecard.Axis, skip []bool, at ratecard.Level) (pos, ok nodeID) {
	stride := int64(1)
	for i := len(by) - 1; i >= 0; i-- {
		if !skip[i] {
			p := c.axis(&by[i], at)
			if p == 0 {
				return 0, 0
			}
			l := c.g.at(p).label
			ok = c.and(ok, c.g.compareInt(opAtLeast, p, 0, label{role: roleBracket, name: l.name}))
			if pos == 0 {
				pos = c.g.add(&node{op: opStride, frame: c.g.at(p).frame, args: []nodeID{p, c.g.constant(c.g.at(p).frame, new(big.Rat), label{})},
					k: [2]*big.Int{bigOf(stride)}, unit: ratOne, label: l})
			} else {
				pos = c.g.add(&node{op: opStride, frame: c.g.at(p).frame, args: []nodeID{p, pos},
					k: [2]*big.Int{bigOf(stride)}, unit: ratOne, label: l})
			}
		}
		stride *= int64(by[i].Len())
	}
	return pos, ok
}

// accountMeasure splits a measure that is a sum over all rows into what each row gives and what then happens to the
// sum. It is false for a quantity that the event itself has, such as a number of pallets.
func (c *compiler) accountMeasure(name string) (row nodeID, post []*ratecard.Step, ok bool) {
	m := c.card.Measure(name)
	if m == nil {
		switch name {
		case "weight", "volume", "units", "pieces", "unit", "piece", "value", "lines", "lot", "line":
			return c.measure(name, ratecard.LevelLine, nil, false), nil, true
		}
		return 0, nil, false
	}
	if !c.ofStock(name) {
		return 0, nil, false
	}
	terms := m.Steps[0].Terms
	wide := func(i int) bool {
		found, _ := c.card.Find(terms[i].Of, c.event)
		return found.Each == ratecard.LevelEvent
	}
	if ratecard.Any(len(terms), wide) { // already a sum over the rows
		return c.fail(problem.Malformed, name), nil, true
	}
	sum := -1
	for i := range m.Steps {
		if m.Steps[i].Each == ratecard.LevelEvent && sum < 0 {
			sum = i
		}
	}
	if sum < 0 {
		return c.sumTo(c.named(m), m.Each, ratecard.LevelLine), nil, true
	}
	first := m.Steps[sum]
	var id nodeID
	switch {
	case len(first.Terms) == 1 && sum == 0 && len(first.Terms[0].When) == 0:
		id = c.term(&first.Terms[0], ratecard.LevelLine, first.Sides, false, label{role: roleMeasure, name: name})
	case len(first.Terms) == 0 && sum > 0:
		before := &ratecard.Measure{Name: name + "\x00row", Dim: m.Dim, Each: m.Steps[sum-1].Each, Steps: m.Steps[:sum]}
		id = c.sumTo(c.named(before), before.Each, ratecard.LevelLine)
	default:
		return c.fail(problem.Malformed, name), nil, true
	}
	for i := sum; i < len(m.Steps); i++ {
		if i > sum && len(m.Steps[i].Terms) > 0 || m.Steps[i].Excess != nil {
			return c.fail(problem.Malformed, name), nil, true
		}
		post = append(post, &m.Steps[i])
	}
	return id, post, true
}

// sweepTable is a sum over time of what all rows together give.
type sweepTable struct {
	clock *clock
	post  []postStep
	fits  bool
}

// postStep is what happens to the sum of all rows on a day; numbers are in the sweep's unit.
type postStep struct {
	kind postKind
	n, m *big.Int
	k, l int64
	mode fixed.Mode
}

type postKind uint8

const (
	postLess postKind = iota
	postPlus
	postKeep
	postUp
	postMin
	postMax
)

// sweep compiles a price per time on all rows together.
func (c *compiler) sweep(ch *ratecard.Charge, p *ratecard.Price, row nodeID, post []*ratecard.Step, clk *clock, rateUnit *big.Rat, skip []bool) priced {
	if row == 0 {
		return priced{}
	}
	if clk.line.stride > 0 {
		if len(post) == 0 && !p.Started && !c.measured(p.By) {
			// Without a minimum or a free part the sum is linear: each lot at its own age.
			inner := *p
			return c.lift(c.timed(ch, &inner, ratecard.LevelLine))
		}
		return priced{amount: c.fail(problem.Malformed, ch.Code)}
	}
	if c.measured(p.By) {
		return priced{amount: c.fail(problem.Malformed, ch.Code)}
	}
	u := c.g.at(row).unit
	unit := ratOne
	if p.Unit.Set {
		unit = ratQuantity(p.Unit)
	}
	each := func(f func(postKind, *big.Rat, *big.Rat, fixed.Mode)) {
		for _, s := range post {
			if s.Less.Set {
				f(postLess, ratQuantity(s.Less), nil, 0)
			}
			if s.Plus.Set {
				f(postPlus, ratQuantity(s.Plus), nil, 0)
			}
			if s.Keep != nil {
				f(postKeep, ratQuantity(s.Keep.To), nil, s.Keep.Mode)
			}
			if s.Up.Set {
				f(postUp, ratQuantity(s.Up), ratQuantity(s.Tolerance), 0)
			}
			if s.Min.Set {
				f(postMin, ratQuantity(s.Min), nil, 0)
			}
			if s.Max.Set {
				f(postMax, ratQuantity(s.Max), nil, 0)
			}
		}
		if p.Started {
			f(postUp, unit, new(big.Rat), 0)
		}
	}
	each(func(_ postKind, a, b *big.Rat, _ fixed.Mode) {
		if a.Sign() != 0 {
			u = commonUnit(u, a)
		}
		if b != nil && b.Sign() != 0 {
			u = commonUnit(u, b)
		}
	})
	t := &sweepTable{clock: clk, fits: true}
	each(func(k postKind, a, b *big.Rat, mode fixed.Mode) {
		s := postStep{kind: k, mode: mode, n: copied(new(big.Rat).Quo(a, u).Num()), m: new(big.Int)}
		if b != nil {
			s.m.Set(new(big.Rat).Quo(b, u).Num())
		}
		t.fits = t.fits && s.n.IsInt64() && s.m.IsInt64()
		s.k, s.l = s.n.Int64(), s.m.Int64()
		t.post = append(t.post, s)
	})
	row = c.g.rescale(row, u)
	pos, ok := c.staticOffset(p.By, skip, ratecard.LevelEvent)
	n := node{op: opSweep, frame: frEvent, args: []nodeID{row}, aux: t, label: label{role: rolePrice, name: ch.Code, src: p}}
	if pos != 0 {
		n.args = append(n.args, pos)
	}
	n.unit = new(big.Rat).Mul(rateUnit, new(big.Rat).Quo(u, unit))
	return priced{amount: c.g.add(&n), ok: ok}
}

// measured reports whether an axis runs along a measure, which for an account changes with its stock.
func (c *compiler) measured(by []ratecard.Axis) bool {
	return ratecard.Any(len(by), func(i int) bool {
		a := &by[i]
		return a.Age == ratecard.AgeNone && a.Of.Kind == ratecard.SubjectMeasure && c.ofStock(a.Of.Name)
	})
}

// ofStock reports whether a measure is a sum over the rows, and not something that the event says itself.
func (c *compiler) ofStock(name string) bool {
	found, _ := c.card.Find(name, c.event)
	if found.Kind != ratecard.OfCard {
		return found.Kind == ratecard.OfEvent
	}
	steps := c.card.Measures[found.Index].Steps
	return ratecard.Any(len(steps), func(i int) bool {
		terms := steps[i].Terms
		return ratecard.Any(len(terms), func(i int) bool { return c.ofStock(terms[i].Of) })
	})
}

// lift sums a price of the lots to the event.
func (c *compiler) lift(p priced) priced {
	if p.amount == 0 {
		return p
	}
	out := priced{amount: c.sumTo(p.amount, ratecard.LevelLine, ratecard.LevelEvent)}
	if p.ok != 0 {
		// every lot must have a price; there is no weaker way to say it for the sum
		args := []nodeID{p.ok}
		if c.when != 0 {
			args = append(args, c.down(c.when, ratecard.LevelEvent, ratecard.LevelLine))
		}
		c.checks = append(c.checks, c.g.add(&node{op: opRequire, frame: frRow, args: args, label: label{role: roleLimit, name: c.code}}))
	}
	return out
}

// joint compiles a slot whose charges are priced by time, which is filled day by day: the greater of two storage prices
// is the greater on that day, not over the whole stay. Bounds are on what the days come to. It reports whether the slot
// is one.
func (c *compiler) joint(s *ratecard.Slot, offers []*offer) bool {
	for _, o := range offers {
		p := o.priced
		if p.rate == 0 || c.g.at(p.rate).op != opTimed || c.clockOf(p.rate).line.time != c.clockOf(offers[0].priced.rate).line.time {
			return false
		}
	}
	if len(offers) == 0 {
		return false
	}
	first := c.clockOf(offers[0].priced.rate).line
	line := &timeline{time: first.time, parts: first.parts, ageLast: -1} // where anything changes for any of them
	for _, o := range offers {
		l := c.clockOf(o.priced.rate).line
		line.ages = append(line.ages, l.ages...)
		line.ages = append(line.ages, l.ageFrom)
		if l.ageLast >= 0 {
			line.ages = append(line.ages, l.ageLast)
		}
		line.changes = append(line.changes, l.changes...)
	}
	ages := line.ages
	sorting.Stable(len(ages), func(i, j int) bool { return ages[i] < ages[j] }, func(i, j int) { ages[i], ages[j] = ages[j], ages[i] })
	f := frameOf(s.Each)
	clk := &clock{line: line, row: f == frRow, slot: s, charge: offers[0].charge}
	n := node{op: opTimed, frame: f, aux: clk, label: label{role: roleSlot, name: s.Name}}
	var common *big.Rat
	for _, o := range offers {
		if u := c.g.at(o.amount).unit; common == nil {
			common = u
		} else {
			common = commonUnit(common, u)
		}
	}
	for _, o := range offers {
		p := o.priced
		rate := c.g.at(p.rate)
		fit := c.fits(o)
		per := p.per
		if per == 0 {
			per = c.g.constant(f, ratOne, label{})
		}
		pos := c.g.constant(f, new(big.Rat), label{})
		if len(rate.args) > 0 {
			pos = rate.args[0]
		}
		n.args = append(n.args, fit, per, pos)
		from := c.clockOf(p.rate)
		m := new(big.Rat).Mul(c.g.at(per).unit, rate.unit)
		m.Quo(m, common)
		price, _ := rate.label.src.(*ratecard.Price)
		a := alternative{line: from.line, cells: from.cells, skip: from.skip, price: price, rate: rate.unit, mult: copied(m.Num())}
		a.k = a.mult.Int64()
		clk.alts = append(clk.alts, a)
	}
	n.unit = common
	all := c.g.add(&n)
	pick := func(k int, unit *big.Rat, name string) nodeID {
		return c.g.add(&node{op: opPick, frame: f, args: []nodeID{all}, k: [2]*big.Int{bigOf(int64(k))}, unit: unit, label: label{role: roleAmount, name: name}})
	}
	for i, o := range offers {
		ch := o.charge
		o.amount = c.bound(pick(i, common, ch.Code), ch.Min, ch.Max, label{role: roleAmount, name: ch.Code})
		c.finish(o, c.g.compareInt(opMore, pick(len(offers)+i, ratOne, ch.Code), 0, label{role: roleSlot, name: s.Name}))
	}
	return true
}

// beats reports whether an alternative takes the place of the best before it: cmp is how their amounts compare, best
// the number of the best so far, -1 for none.
func (c *clock) beats(cmp, best int) bool {
	switch {
	case best < 0:
		return true
	case c.slot.Take == ratecard.Greatest:
		return cmp > 0
	case c.slot.Take == ratecard.Least:
		return cmp < 0
	}
	return false
}

func (c *compiler) clockOf(rate nodeID) *clock { return c.g.at(rate).aux.(*clock) }
