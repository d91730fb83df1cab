package engine

import (
	"math/big"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/internal/problem"
	"github.com/overseaswarehouse/overseas/internal/ratecard"
)

// tests is the truth of all conditions at a level; 0 when there are none.
func (c *compiler) tests(ts []ratecard.Test, at ratecard.Level, optional bool) nodeID {
	var all nodeID
	for i := range ts {
		all = c.and(all, c.test(&ts[i], at, optional))
	}
	return all
}

// limits is the truth of not exceeding any limit; 0 when there are none. A limit on a part, such as a carton of a
// consignment, is kept when every one keeps it. Sides that are not known exceed nothing, and the quote says that they
// were not checked.
func (c *compiler) limits(ls []ratecard.Limit, at ratecard.Level, optional bool) nodeID {
	var all nodeID
	for i := range ls {
		l := &ls[i]
		of := at
		if l.Each != 0 {
			of = min(l.Each, at)
		}
		m := c.measure(l.Measure, of, nil, optional && sized(l.Measure))
		if m == 0 {
			return 0
		}
		ok := c.g.compare(opAtMost, m, ratQuantity(l.At), label{role: roleLimit, name: l.Measure, at: l.At})
		all = c.and(all, c.allTo(ok, of, at))
	}
	return all
}

// allTo brings a truth value to a wider level, where it holds when it holds everywhere.
func (c *compiler) allTo(id nodeID, from, to ratecard.Level) nodeID {
	if id == 0 || frameOf(from) == frameOf(to) {
		return id
	}
	not := func(id nodeID) nodeID {
		return c.g.add(&node{op: opNot, frame: c.g.at(id).frame, args: []nodeID{id}, label: c.g.at(id).label})
	}
	return not(c.anyTo(not(id), from, to))
}

// sized reports whether a built-in measure needs the sides of a piece.
func sized(measure string) bool {
	switch measure {
	case "volume", "longest", "second", "third", "girth", "length_girth", "side_sum":
		return true
	}
	return false
}

// always is the truth value that holds.
func (c *compiler) always(f frame) nodeID {
	return c.g.add(&node{op: opConst, frame: f, k: [2]*big.Int{intOne}})
}

func (c *compiler) test(t *ratecard.Test, at ratecard.Level, optional bool) nodeID {
	l := label{role: roleCondition, name: t.Subject.String()}
	switch t.Subject.Kind {
	case ratecard.SubjectCountry, ratecard.SubjectWarehouse:
		in := c.place(t.Subject.Kind, t.In, l)
		var ok nodeID
		if len(t.In) > 0 {
			ok = c.g.compare(opAtLeast, in, new(big.Rat), l)
		}
		if len(t.Not) > 0 {
			ok = c.and(ok, c.g.add(&node{op: opLess, frame: frEvent, args: []nodeID{c.place(t.Subject.Kind, t.Not, l)}, k: [2]*big.Int{new(big.Int)}, label: l}))
		}
		return c.down(ok, ratecard.LevelEvent, at)
	case ratecard.SubjectPostal:
		id := c.g.add(&node{op: opPostal, frame: frEvent, aux: newPostal(t.Postal, t.PostNot), label: l})
		return c.down(id, ratecard.LevelEvent, at)
	case ratecard.SubjectDate:
		id := c.g.add(&node{op: opDate, frame: frEvent, aux: &days{t.Dates, t.Yearly}, label: l})
		return c.down(id, ratecard.LevelEvent, at)
	case ratecard.SubjectInput:
		in := c.card.Input(t.Subject.Name)
		if in == nil {
			return c.fail(problem.UnknownValue, t.Subject.Name)
		}
		return c.down(c.member(c.position(in), in.Values, t, l), in.Each, at)
	case ratecard.SubjectClass:
		cl := c.card.Class(t.Subject.Name)
		if cl == nil {
			return c.fail(problem.UnknownValue, t.Subject.Name)
		}
		if frameOf(cl.Each) > frameOf(at) {
			return c.fail(problem.Malformed, t.Subject.Name)
		}
		return c.down(c.member(c.class(cl), cl.RowNames(), t, l), cl.Each, at)
	}
	m := c.measure(t.Subject.Name, at, nil, optional && sized(t.Subject.Name))
	if m == 0 {
		return 0
	}
	var all nodeID
	for _, b := range t.Bounds {
		o := [...]op{ratecard.UpTo: opAtMost, ratecard.Below: opLess, ratecard.From: opAtLeast, ratecard.Over: opMore}[b.Edge]
		l.at = b.At
		all = c.and(all, c.g.compare(o, m, ratQuantity(b.At), l))
	}
	return all
}

// place is the position of the event's country or warehouse in a list, -1 where it is not in it.
func (c *compiler) place(kind ratecard.SubjectKind, list []string, l label) nodeID {
	if kind == ratecard.SubjectWarehouse {
		return c.g.add(&node{op: opPlacePos, frame: frEvent, aux: &names{list}, unit: ratOne, label: l})
	}
	p := &places{list: make([]country.Code, len(list))}
	for i, s := range list {
		p.list[i] = country.Code{s[0], s[1]}
	}
	return c.g.add(&node{op: opCountryPos, frame: frEvent, aux: p, unit: ratOne, label: l})
}

// member is the truth of a position lying in a test's list.
func (c *compiler) member(pos nodeID, list []string, t *ratecard.Test, l label) nodeID {
	if pos == 0 {
		return 0
	}
	m := &marks{in: make([]bool, len(list))}
	for i, v := range list {
		m.in[i] = (len(t.In) == 0 || contains(t.In, v)) && !contains(t.Not, v)
	}
	return c.g.add(&node{op: opInSet, frame: c.g.at(pos).frame, args: []nodeID{pos}, aux: m, label: l})
}

func contains(list []string, s string) bool { return indexOf(list, s) >= 0 }

//go:noinline
func indexOf(list []string, s string) int {
	for i, v := range list {
		if v == s {
			return i
		}
	}
	return -1
}

// position is where the answer to a choice stands among its values.
func (c *compiler) position(in *ratecard.Input) nodeID {
	return c.g.add(&node{op: opInputPos, frame: frameOf(in.Each), aux: c.answerOf(in, 0), unit: ratOne, label: label{role: roleInput, name: in.Name}})
}

// class is the position of the first row that fits, -1 where none does, at the class's own level.
func (c *compiler) class(cl *ratecard.Class) nodeID {
	key := measureKey{cl.Name, cl.Each}
	if id, ok := c.classes[key]; ok {
		return id
	}
	f := frameOf(cl.Each)
	n := node{op: opFirst, frame: f, unit: ratOne, label: label{role: roleClass, name: cl.Name}}
	for i := range cl.Rows {
		r := &cl.Rows[i]
		ok := c.and(c.tests(r.When, cl.Each, false), c.limits(r.Limit, cl.Each, false))
		if ok == 0 {
			ok = c.always(f)
		}
		n.args = append(n.args, ok)
	}
	id := c.g.add(&n)
	c.classes[key] = id
	return id
}
