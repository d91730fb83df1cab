package engine

import (
	"math/big"

	"github.com/overseaswarehouse/overseas/internal/fixed"
	"github.com/overseaswarehouse/overseas/internal/problem"
	"github.com/overseaswarehouse/overseas/internal/ratecard"
)

// offer is a charge before its slot is decided.
type offer struct {
	charge *ratecard.Charge
	level  ratecard.Level
	when   nodeID // its conditions hold; 0: always
	gated  bool   // some of its days are not charged
	stays  nodeID // of a charge priced by time: there is a day to charge; 0: always
	ok     nodeID // it carries this and has a price for it; 0: always
	priced priced // of a single timed price, for slots that compare day by day
	amount nodeID // bounded, not rounded
}

// fits is the truth of an offer standing in a slot.
func (c *compiler) fits(o *offer) nodeID {
	f := c.and(o.when, o.ok)
	if f == 0 {
		return c.always(frameOf(o.level))
	}
	return f
}

// charge compiles a charge, and with it the other charges of its slot. It is nil when the charge cannot be compiled;
// the reason is then among the problems.
func (c *compiler) charge(ch *ratecard.Charge) *compiled {
	if done, ok := c.charges[ch.Code]; ok {
		return done
	}
	if c.building[ch.Code] {
		c.fail(problem.Malformed, ch.Code)
		return nil
	}
	if ch.Slot == "" {
		c.building[ch.Code] = true
		defer delete(c.building, ch.Code)
		o := c.offer(ch)
		if o == nil {
			return nil
		}
		gate := c.and(o.stays, o.when)
		if o.ok != 0 {
			args := []nodeID{o.ok}
			if gate != 0 {
				args = append(args, gate)
			}
			c.checks = append(c.checks, c.g.add(&node{op: opRequire, frame: frameOf(o.level), args: args, aux: ch, label: label{role: roleLimit, name: ch.Code}}))
		}
		if ch.TopUp != nil {
			gate = c.and(gate, c.g.compareInt(opMore, o.amount, 0, label{role: roleCondition, name: ch.Code}))
		}
		return c.finish(o, gate)
	}
	return c.slot(ch)
}

// slot compiles the charges of a slot together.
func (c *compiler) slot(ch *ratecard.Charge) *compiled {
	s := c.card.Slot(ch.Slot)
	if s == nil {
		c.fail(problem.UnknownValue, ch.Slot)
		return nil
	}
	t := &slot{slot: s}
	var offers []*offer
	for i := range c.card.Charges {
		other := &c.card.Charges[i]
		if other.Slot != s.Name || other.On != c.event {
			continue
		}
		c.building[other.Code] = true
		if o := c.offer(other); o != nil {
			offers = append(offers, o)
			t.charges = append(t.charges, other)
		}
		delete(c.building, other.Code)
	}
	if c.joint(s, offers) {
		return c.charges[ch.Code]
	}
	for _, o := range offers {
		if o.gated {
			c.fail(problem.Malformed, o.charge.Code) // not day by day: its charges count time in different ways
			return nil
		}
	}
	n := node{op: opSlot, frame: frameOf(s.Each), aux: t, unit: ratOne, label: label{role: roleSlot, name: s.Name}}
	unit := (*big.Rat)(nil)
	for _, o := range offers {
		if u := c.g.at(o.amount).unit; unit == nil {
			unit = u
		} else {
			unit = commonUnit(unit, u)
		}
	}
	for _, o := range offers {
		n.args = append(n.args, c.fits(o))
		if s.Take == ratecard.Greatest || s.Take == ratecard.Least {
			o.amount = c.g.rescale(o.amount, unit)
			t.amounts = append(t.amounts, o.amount)
		}
	}
	t.fits = n.args
	n.args = append(append([]nodeID(nil), t.fits...), t.amounts...)
	pick := c.g.add(&n)
	if !s.Optional {
		c.checks = append(c.checks, pick)
	}
	for i, o := range offers {
		gate := c.g.compareInt(opIs, pick, int64(i), label{role: roleSlot, name: s.Name})
		c.finish(o, gate)
	}
	return c.charges[ch.Code]
}

// offer compiles what a charge would come to.
func (c *compiler) offer(ch *ratecard.Charge) *offer {
	o := &offer{charge: ch, level: ch.Each}
	at := ch.Each
	tests := ch.When
	outer := *c
	c.gates = nil
	timed := c.pricedByTime(ch)
	if timed == all {
		tests, c.gates = c.dates(ch.When)
	} else if timed == some {
		if _, gates := c.dates(ch.When); len(gates) > 0 {
			c.fail(problem.Malformed, ch.Code) // the day that its other terms look at is not said
			return nil
		}
	}
	if timed != none && c.daily(ch) {
		c.fail(problem.Malformed, ch.Code)
		return nil
	}
	c.mixed = timed == some
	o.when, o.gated = c.tests(tests, at, true), len(c.gates) > 0
	if timed == all {
		o.stays = c.stays(ch, at)
	}
	c.when, c.code = o.when, ch.Code
	defer func() { c.gates, c.mixed, c.when, c.code = outer.gates, outer.mixed, outer.when, outer.code }()
	o.ok = c.limits(ch.Limit, at, true)
	l := label{role: roleAmount, name: ch.Code}
	switch {
	case ch.TopUp != nil:
		scale := max(6, ch.TopUp.To.Scale)
		unit := pow10(-int(scale))
		k := copied(new(big.Rat).Quo(ratOf(ch.TopUp.To), unit).Num())
		t := &topUp{charge: ch, to: k, scale: scale}
		if k.IsInt64() {
			t.k = k.Int64()
		}
		o.amount = c.g.add(&node{op: opTopUp, frame: frEvent, aux: t, unit: unit, label: l})
		return o
	case ch.Given != "":
		line := min(at, ratecard.LevelLine) // duties are those of a declaration line
		base := c.sum(ch, ch.Terms[0].Of, ch.Terms[0].Basis, line)
		if base == 0 {
			return nil
		}
		o.amount = c.sumTo(c.levy(ch, base), line, at)
	case len(ch.Dated) > 0:
		c.dated(ch, o)
	default:
		c.terms(ch, ch.Terms, o)
	}
	if o.amount == 0 {
		return nil
	}
	if len(ch.Dated) == 0 { // dated terms have bounds of their own
		o.amount = c.bound(o.amount, ch.Min, ch.Max, l)
	}
	return o
}

// levy is what the caller's duty lines come to on a base.
func (c *compiler) levy(ch *ratecard.Charge, base nodeID) nodeID {
	minor := pow10(-c.moneyDigits())
	base = c.g.rescale(base, commonUnit(c.g.at(base).unit, minor))
	unit := c.g.at(base).unit
	t := &levy{pos: ch.Levy, rate: 12, mult: copied(new(big.Rat).Quo(minor, unit).Num())}
	if c.bases != fineBases {
		t.rate = 6 // finer rates leave less of 64 bits for the value
	}
	t.amount = uint8(c.moneyDigits()) + t.rate
	t.fits = t.mult.IsInt64()
	t.k = t.mult.Int64()
	return c.g.add(&node{op: opLevy, frame: frRow, args: []nodeID{base}, aux: t, unit: new(big.Rat).Mul(unit, pow10(-int(t.rate))),
		label: label{role: roleInput, name: "duties"}})
}

// bound raises to a minimum and lowers to a maximum.
func (c *compiler) bound(id nodeID, least, most *fixed.Decimal, l label) nodeID {
	if least != nil {
		id = c.g.withConst(opMaxK, id, ratOf(*least), label{role: roleMinimum, name: l.name})
	}
	if most != nil {
		id = c.g.withConst(opMinK, id, ratOf(*most), label{role: roleMaximum, name: l.name})
	}
	return id
}

// terms adds up the prices of a charge.
func (c *compiler) terms(ch *ratecard.Charge, ps []ratecard.Price, o *offer) {
	for i := range ps {
		p := c.price(ch, &ps[i], o.level)
		if p.amount == 0 {
			o.amount = 0
			return
		}
		if ps[i].Time != nil && c.mixed {
			p.amount = c.g.add(&node{op: opGate, frame: frameOf(o.level), args: []nodeID{p.amount, c.stay(&ps[i], ch, o.level)},
				unit: c.g.at(p.amount).unit, label: label{role: roleAmount, name: ch.Code}})
			if p.ok != 0 {
				p.ok = c.g.add(&node{op: opImplies, frame: frameOf(o.level), args: []nodeID{c.stay(&ps[i], ch, o.level), p.ok}, label: label{role: roleCondition, name: "date"}})
			}
		}
		o.ok = c.and(o.ok, p.ok)
		if i == 0 {
			o.amount = p.amount
			if len(ps) == 1 {
				o.priced = p
			}
			continue
		}
		o.amount = c.g.binary(opAdd, o.amount, p.amount, label{role: roleAmount, name: ch.Code})
		o.priced = priced{}
	}
}

// dated compiles the terms of every period and takes those of the event's date.
func (c *compiler) dated(ch *ratecard.Charge, o *offer) {
	t := &periods{}
	l := label{role: roleCondition, name: ch.Code}
	for i := range ch.Dated {
		t.list = append(t.list, ch.Dated[i].Period)
	}
	pos := c.g.add(&node{op: opDatePos, frame: frEvent, aux: t, unit: ratOne, label: label{role: roleCondition, name: "date"}})
	pos = c.down(pos, ratecard.LevelEvent, o.level)
	ok := c.g.compareInt(opAtLeast, pos, 0, label{role: roleCondition, name: "date"})
	var amount nodeID
	for i := range ch.Dated {
		d := &ch.Dated[i]
		in := c.g.compareInt(opIs, pos, int64(i), l)
		part := &offer{charge: ch, level: o.level}
		c.terms(ch, d.Terms, part)
		if part.amount == 0 {
			return
		}
		part.amount = c.bound(part.amount, d.Min, d.Max, label{role: roleAmount, name: ch.Code})
		if part.ok != 0 {
			// no price matters only in the period that holds
			ok = c.and(ok, c.g.add(&node{op: opImplies, frame: frameOf(o.level), args: []nodeID{in, part.ok}, label: l}))
		}
		gated := c.g.add(&node{op: opGate, frame: frameOf(o.level), args: []nodeID{part.amount, in}, unit: c.g.at(part.amount).unit, label: l})
		if amount == 0 {
			amount = gated
		} else {
			amount = c.g.binary(opAdd, amount, gated, label{role: roleAmount, name: ch.Code})
		}
	}
	o.amount, o.ok = amount, c.and(o.ok, ok)
}

// share tells how many of a charge's terms are priced by time.
type share uint8

const (
	none share = iota
	some
	all
)

func (c *compiler) pricedByTime(ch *ratecard.Charge) share {
	timed, others := false, false
	look := func(ps []ratecard.Price) {
		for i := range ps {
			timed = timed || ps[i].Time != nil
			others = others || ps[i].Time == nil
		}
	}
	look(ch.Terms)
	for i := range ch.Dated {
		look(ch.Dated[i].Terms)
	}
	switch {
	case !timed:
		return none
	case others:
		return some
	}
	return all
}

// stays is the truth of there being a day to charge: stock that is gone has no minimum, and nothing need be known of it.
func (c *compiler) stays(ch *ratecard.Charge, at ratecard.Level) nodeID {
	var never nodeID
	look := func(ps []ratecard.Price) {
		for i := range ps {
			id := c.stay(&ps[i], ch, at)
			never = c.and(never, c.g.add(&node{op: opNot, frame: frameOf(at), args: []nodeID{id}, label: label{role: roleCondition, name: "date"}}))
		}
	}
	look(ch.Terms)
	for i := range ch.Dated {
		look(ch.Dated[i].Terms)
	}
	return c.g.add(&node{op: opNot, frame: c.g.at(never).frame, args: []nodeID{never}, label: label{role: roleCondition, name: "date"}})
}

// stay is the truth of there being a day to charge with one price.
func (c *compiler) stay(p *ratecard.Price, ch *ratecard.Charge, at ratecard.Level) nodeID {
	line, _ := c.timeline(p)
	f := frameOf(at)
	return c.g.add(&node{op: opStays, frame: f, aux: &clock{line: line, charge: ch, row: f == frRow}, label: label{role: roleCondition, name: "date"}})
}

// daily reports whether a charge priced by time depends on the sum of what is in stock in another way than by its
// quantity: that sum changes from day to day, and the charge is decided once for a stay.
func (c *compiler) daily(ch *ratecard.Charge) bool {
	stock := func(name string) bool {
		found, ok := c.card.Find(name, c.event)
		return ok && (found.Kind == ratecard.OfEvent && ch.Each == ratecard.LevelEvent || found.Kind == ratecard.OfCard && found.Each == ratecard.LevelEvent)
	}
	var class func(name string) bool
	tests := func(ts []ratecard.Test, stock func(string) bool) bool {
		return ratecard.Any(len(ts), func(i int) bool {
			t := &ts[i]
			return t.Subject.Kind == ratecard.SubjectMeasure && stock(t.Subject.Name) || t.Subject.Kind == ratecard.SubjectClass && class(t.Subject.Name)
		})
	}
	limits := func(ls []ratecard.Limit, stock func(string) bool) bool {
		return ratecard.Any(len(ls), func(i int) bool { return stock(ls[i].Measure) })
	}
	class = func(name string) bool {
		cl := c.card.Class(name)
		inside := func(name string) bool {
			found, ok := c.card.Find(name, c.event)
			return ok && (found.Kind == ratecard.OfEvent && cl.Each == ratecard.LevelEvent || found.Kind == ratecard.OfCard && found.Each == ratecard.LevelEvent)
		}
		return cl != nil && ratecard.Any(len(cl.Rows), func(i int) bool { return tests(cl.Rows[i].When, inside) || limits(cl.Rows[i].Limit, inside) })
	}
	axes := func(ps []ratecard.Price) bool {
		return ratecard.Any(len(ps), func(i int) bool {
			by := ps[i].By
			return ps[i].Time != nil && ratecard.Any(len(by), func(i int) bool {
				a := &by[i]
				return a.Age == ratecard.AgeNone && a.Of.Kind == ratecard.SubjectMeasure && stock(a.Of.Name) || a.Of.Kind == ratecard.SubjectClass && class(a.Of.Name)
			})
		})
	}
	return tests(ch.When, stock) || limits(ch.Limit, stock) || axes(ch.Terms) ||
		ratecard.Any(len(ch.Dated), func(i int) bool { return axes(ch.Dated[i].Terms) })
}

// finish gates, bounds and rounds an offer on its way from its own level to the event.
func (c *compiler) finish(o *offer, gate nodeID) *compiled {
	ch := o.charge
	l := label{role: roleAmount, name: ch.Code}
	id := o.amount
	if gate != 0 {
		id = c.g.add(&node{op: opGate, frame: frameOf(o.level), args: []nodeID{id, gate}, unit: c.g.at(id).unit, label: l})
	}
	done := &compiled{charge: ch, applies: gate, exact: id, level: o.level}
	c.charges[ch.Code] = done
	done.at = c.roundAt(ch)
	for i := range ch.Bounds {
		done.at = max(done.at, ch.Bounds[i].Each)
	}
	done.rounded = c.climb(done, done.at, ratecard.Rounded)
	return done
}

// roundAt is the level at which a charge is rounded.
func (c *compiler) roundAt(ch *ratecard.Charge) ratecard.Level {
	if ch.Round.Each < ch.Each {
		return ratecard.LevelEvent
	}
	return ch.Round.Each
}

// climb is what a charge comes to at its own level or a wider one: summed, bounded, and where it is taken as billed
// rounded at every level on the way that says so.
func (c *compiler) climb(done *compiled, to ratecard.Level, basis ratecard.Basis) nodeID {
	ch := done.charge
	l := label{role: roleAmount, name: ch.Code}
	id, at := done.exact, done.level
	for level := done.level; level <= to; level++ {
		for i := range ch.Bounds {
			b := &ch.Bounds[i]
			if b.Each != level {
				continue
			}
			id, at = c.sumTo(id, at, level), level
			id = c.bound(id, b.Min, b.Max, l)
			applies := done.applies
			if applies == 0 && level == ratecard.LevelEvent {
				applies = c.always(frameOf(done.level)) // there is no minimum on nothing
			}
			if applies = c.anyTo(applies, done.level, level); applies != 0 {
				id = c.g.add(&node{op: opGate, frame: frameOf(level), args: []nodeID{id, applies}, unit: c.g.at(id).unit, label: l})
			}
		}
		if basis == ratecard.Rounded && level == c.roundAt(ch) {
			id, at = c.sumTo(id, at, level), level
			unit, mode := c.rounding(ch.Round)
			id = c.g.round(id, unit, mode, label{role: roleRounding, name: ch.Code})
		}
	}
	return c.sumTo(id, at, to)
}
