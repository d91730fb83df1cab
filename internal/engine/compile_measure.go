package engine

import (
	"math/big"

	"github.com/overseaswarehouse/overseas/internal/problem"
	"github.com/overseaswarehouse/overseas/internal/ratecard"
)

// measure is the value of a measure name at a level. sides tells how sides are taken before they are multiplied. An
// optional size that is not known counts as zero, and the quote says so.
func (c *compiler) measure(name string, at ratecard.Level, sides *ratecard.Sides, optional bool) nodeID {
	found, ok := c.card.Find(name, c.event)
	if !ok {
		if a := c.card.Amount(name); a != nil && a.On == c.event {
			return c.amount(a, at)
		}
		return c.fail(problem.UnknownValue, name)
	}
	switch found.Kind {
	case ratecard.OfEvent:
		return c.builtin(name, at, sides, optional)
	case ratecard.OfLevel:
		return c.count(found.Each, at)
	case ratecard.OfInput:
		in := &c.card.Inputs[found.Index]
		return c.down(c.number(in), in.Each, at)
	case ratecard.OfMoney:
		kind := bigOf(int64(moneyKind(name)))
		id := c.g.add(&node{op: opMoney, frame: frRow, k: [2]*big.Int{kind, bigOf(int64(c.moneyDigits()))}, unit: pow10(-c.moneyDigits()), label: label{role: roleInput, name: name}})
		return c.sumTo(id, ratecard.LevelLine, max(at, ratecard.LevelLine))
	}
	m := &c.card.Measures[found.Index]
	return c.sumTo(c.named(m), m.Each, at)
}

// moneyKind is the position of a sum of money among those of a declaration line.
func moneyKind(name string) MoneyKind {
	return MoneyKind(indexOf(ratecard.MoneyNames(), name))
}

// builtin is a measure that every event has.
func (c *compiler) builtin(name string, at ratecard.Level, sides *ratecard.Sides, optional bool) nodeID {
	base := min(at, ratecard.LevelPiece)
	l := label{role: roleInput, name: name}
	leaf := node{frame: frameOf(base), label: l}
	if optional {
		leaf.k[1] = intOne
	}
	switch name {
	case "weight":
		leaf.op, leaf.unit = opWeight, c.bases.weight
	case "volume":
		if sides != nil {
			return c.sumTo(c.sideVolume(base, sides, optional), base, at)
		}
		leaf.op, leaf.unit = opVolume, c.bases.volume
	case "value":
		leaf.op, leaf.unit = opValue, pow10(-6)
	case "pieces":
		return c.count(ratecard.LevelPiece, at)
	case "lines":
		return c.count(ratecard.LevelLine, at)
	case "units":
		if unit := c.event.UnitLevel(); at == unit || unit == ratecard.LevelPiece {
			return c.count(unit, at)
		}
		leaf.op, leaf.frame, leaf.unit = opUnits, frRow, ratOne
	default:
		if at > ratecard.LevelPiece {
			return c.fail(problem.Malformed, name)
		}
		return c.sidesOf(name, at, sides, optional)
	}
	return c.sumTo(c.g.add(&leaf), base, at)
}

// count is how many of a narrower level there are in one of the level at.
func (c *compiler) count(of, at ratecard.Level) nodeID {
	if of == ratecard.LevelItem && at > of { // what a piece holds is known without knowing what each of it is
		id := c.g.add(&node{op: opUnits, frame: frRow, unit: ratOne, label: label{role: roleInput, name: "units"}})
		return c.sumTo(id, ratecard.LevelPiece, at)
	}
	one := c.g.constant(frameOf(min(of, at)), ratOne, label{})
	if of >= at {
		return one
	}
	return c.sumTo(one, of, at)
}

// sideVolume is the product of the three prepared sides.
func (c *compiler) sideVolume(at ratecard.Level, s *ratecard.Sides, optional bool) nodeID {
	l := label{role: roleMeasure, name: "volume", src: s}
	v := c.side(0, at, s, optional)
	v = c.g.product(v, c.side(1, at, s, optional), l)
	return c.g.product(v, c.side(2, at, s, optional), l)
}

// side is the k-th longest side, rounded and raised as the card says.
func (c *compiler) side(k int, at ratecard.Level, s *ratecard.Sides, optional bool) nodeID {
	l := label{role: roleInput, name: [...]string{"longest", "second", "third"}[k]}
	ks := [2]*big.Int{bigOf(int64(k)), nil}
	if optional {
		ks[1] = intOne
	}
	id := c.g.add(&node{op: opSide, frame: frameOf(at), k: ks, unit: c.bases.length, label: l})
	if s == nil {
		return id
	}
	raw := id
	l.role = roleMeasure
	if s.To.Set {
		l.at = s.To
		id = c.g.round(id, ratQuantity(s.To), s.Mode, l)
	}
	if s.Min.Set {
		l.at = s.Min
		given := c.g.compare(opMore, raw, new(big.Rat), l)
		id = c.g.withConst(opMaxK, id, ratQuantity(s.Min), l)
		if optional { // a side that is not known is not raised
			id = c.g.add(&node{op: opGate, frame: c.g.at(id).frame, args: []nodeID{id, given}, unit: c.g.at(id).unit, label: l})
		}
	}
	return id
}

func (c *compiler) sidesOf(name string, at ratecard.Level, s *ratecard.Sides, optional bool) nodeID {
	l := label{role: roleMeasure, name: name}
	longest := func() nodeID { return c.side(0, at, s, optional) }
	second := func() nodeID { return c.side(1, at, s, optional) }
	third := func() nodeID { return c.side(2, at, s, optional) }
	girth := func() nodeID { return c.g.times(c.g.binary(opAdd, second(), third(), l), big.NewRat(2, 1), scaled{}) }
	switch name {
	case "longest":
		return longest()
	case "second":
		return second()
	case "third":
		return third()
	case "girth":
		return girth()
	case "length_girth":
		return c.g.binary(opAdd, longest(), girth(), l)
	}
	return c.g.binary(opAdd, c.g.binary(opAdd, longest(), second(), l), third(), l)
}

// number is the answer to a count, decimal or money input.
func (c *compiler) number(in *ratecard.Input) nodeID {
	unit, scale := ratOne, uint8(0)
	switch in.Kind {
	case ratecard.Decimal:
		unit, scale = pow10(-6), 6
	case ratecard.Amounts:
		unit, scale = pow10(-6), 6
	}
	return c.g.add(&node{op: opInputNum, frame: frameOf(in.Each), unit: unit, aux: c.answerOf(in, scale), label: label{role: roleInput, name: in.Name}})
}

// answerOf is the shared table of an input, so that it is read once.
func (c *compiler) answerOf(in *ratecard.Input, scale uint8) *answer {
	a, ok := c.answers[in.Name]
	if !ok {
		a = &answer{input: in, decimal: scale}
		c.answers[in.Name] = a
	}
	return a
}

// named is a measure of the card at the level of its last step.
func (c *compiler) named(m *ratecard.Measure) nodeID {
	key := measureKey{m.Name, m.Each}
	if id, ok := c.measures[key]; ok {
		return id
	}
	var id nodeID
	var at ratecard.Level
	for i := range m.Steps {
		s := &m.Steps[i]
		l := label{role: roleMeasure, name: m.Name}
		if len(s.Terms) > 0 {
			id = c.greatest(s.Terms, s.Each, s.Sides, l)
		} else {
			id = c.sumTo(id, at, s.Each)
		}
		at = s.Each
		id = c.step(id, s, l)
	}
	c.measures[key] = c.g.name(id, nameMeasure, m.Name)
	return id
}

// greatest is the greatest of a step's terms. A volume that is not known leaves the comparison to the others where
// there are others, and the quote says so.
func (c *compiler) greatest(terms []ratecard.Term, at ratecard.Level, sides *ratecard.Sides, l label) nodeID {
	var id nodeID
	for i := range terms {
		t := c.term(&terms[i], at, sides, len(terms) > 1, l)
		if t == 0 {
			return 0
		}
		if id == 0 {
			id = t
		} else {
			id = c.g.binary(opMax, id, t, l)
		}
	}
	return id
}

// term is a measure times or over a ratio, 0 where its conditions do not hold.
func (c *compiler) term(t *ratecard.Term, at ratecard.Level, sides *ratecard.Sides, optional bool, l label) nodeID {
	id := c.measure(t.Of, at, sides, optional && t.Of != "weight")
	if id == 0 {
		return 0
	}
	if t.Op != ratecard.Plain {
		by := ratOf(t.By.Value)
		by.Mul(by, ratUnit(t.By.Num))
		by.Quo(by, ratUnit(t.By.Den))
		if t.Op == ratecard.Over_ {
			by.Inv(by)
		}
		id = c.g.times(id, by, t)
	}
	if t.Share.Coef != 0 {
		id = c.g.times(id, ratOf(t.Share), scaled{})
	}
	if len(t.When) > 0 {
		gate := c.tests(t.When, at, optional)
		id = c.g.add(&node{op: opGate, frame: frameOf(at), args: []nodeID{id, gate}, unit: c.g.at(id).unit, label: l})
	}
	return id
}

// step applies what follows the terms of a step, in the documented order.
func (c *compiler) step(id nodeID, s *ratecard.Step, l label) nodeID {
	if id == 0 {
		return 0
	}
	l.src = s
	with := func(q ratecard.Quantity) label {
		l.at = q
		return l
	}
	if e := s.Excess; e != nil {
		other := c.term(&e.Of, s.Each, s.Sides, true, l)
		if other == 0 {
			return 0
		}
		more := c.g.times(c.g.binary(opSub, other, id, l), ratOf(e.Share), scaled{})
		if e.Above.Coef != 0 && ratOf(e.Above).Cmp(ratOne) != 0 {
			// other - above x value is positive exactly where the excess counts
			past := c.g.compare(opMore, c.g.binary(opSub, other, c.g.times(id, ratOf(e.Above), scaled{}), l), new(big.Rat), l)
			more = c.g.add(&node{op: opGate, frame: c.g.at(more).frame, args: []nodeID{more, past}, unit: c.g.at(more).unit, label: l})
		}
		id = c.g.binary(opAdd, id, more, label{role: l.role, name: l.name, src: e})
	}
	if s.Less.Set {
		id = c.g.withConst(opSubK, id, ratQuantity(s.Less), with(s.Less))
	}
	if s.Plus.Set {
		id = c.g.binary(opAdd, id, c.g.constant(c.g.at(id).frame, ratQuantity(s.Plus), l), l)
	}
	if s.Keep != nil {
		id = c.g.round(id, ratQuantity(s.Keep.To), s.Keep.Mode, with(s.Keep.To))
	}
	if s.Up.Set {
		id = c.steps(id, ratQuantity(s.Up), ratQuantity(s.Tolerance), with(s.Up))
	}
	if s.Min.Set {
		id = c.g.withConst(opMaxK, id, ratQuantity(s.Min), with(s.Min))
	}
	if s.Max.Set {
		id = c.g.withConst(opMinK, id, ratQuantity(s.Max), with(s.Max))
	}
	return id
}

// steps rounds up to a multiple of step, a rest up to tolerance dropped; the result counts in steps.
func (c *compiler) steps(id nodeID, step, tolerance *big.Rat, l label) nodeID {
	u := commonUnit(c.g.at(id).unit, step)
	if tolerance.Sign() > 0 {
		u = commonUnit(u, tolerance)
	}
	k := func(r *big.Rat) *big.Int { return copied(new(big.Rat).Quo(r, u).Num()) }
	id = c.g.rescale(id, u)
	return c.g.add(&node{op: opSteps, frame: c.g.at(id).frame, args: []nodeID{id}, k: [2]*big.Int{k(step), k(tolerance)}, unit: step, label: l})
}
