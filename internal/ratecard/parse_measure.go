package ratecard

import (
	"slices"
	"strings"

	"github.com/overseaswarehouse/overseas/internal/fixed"
	"github.com/overseaswarehouse/overseas/internal/problem"
	"github.com/overseaswarehouse/overseas/internal/strict"
	"github.com/overseaswarehouse/overseas/internal/units"
)

func whole(n int64) fixed.Decimal { return fixed.Decimal{Coef: n} }

var stepFields = []string{"each", "sum", "sides", "of", "greater", "excess", "less", "plus", "keep", "up", "tolerance", "min", "max"}

func (p *parser) measure(d *def) {
	m := &Measure{Name: d.name, Each: LevelEvent}
	d.measure = m
	n := d.at.Len()
	if d.at.Kind() == strict.Array && n == 0 {
		p.bad(d.at, problem.TierEmpty, "")
	}
	if !p.within(d.at, "steps", MaxSteps) {
		return
	}
	if d.at.Kind() != strict.Array {
		n = 0
	}
	m.Steps = make([]Step, n) // levels point into it
	for i, e := range d.at.Elements() {
		p.step(d, m, i, e)
	}
	m.Dim = d.dim
	p.later = append(p.later, func() {
		for i := range m.Steps {
			s := &m.Steps[i]
			if i > 0 && (s.Sum && s.Each <= m.Steps[i-1].Each || !s.Sum && s.Each != m.Steps[i-1].Each) {
				p.bad(element(d.at, i), problem.LevelMismatch, s.Each.String(), widerThan(m.Steps[i-1].Each)...)
			}
		}
	})
}

// widerThan lists the level words above a level.
func widerThan(l Level) []string {
	var words []string
	for l++; l <= LevelEvent; l++ {
		words = append(words, l.String())
	}
	return words
}

func element(v strict.Value, i int) strict.Value {
	if all := v.Elements(); i < len(all) {
		return all[i]
	}
	return v
}

func (p *parser) step(d *def, m *Measure, i int, e strict.Value) {
	s := &m.Steps[i]
	s.Each = LevelEvent
	o, ok := e.Object(stepFields...)
	if !ok {
		return
	}
	each, hasEach := o.Get("each")
	sum, hasSum := o.Get("sum")
	switch {
	case hasEach && hasSum:
		p.bad(each, problem.FieldsExclude, "each", "sum")
	case hasSum:
		s.Sum = true
		p.level(sum, d, &s.Each)
	case hasEach:
		p.level(each, d, &s.Each)
	case i > 0:
		// the step goes on at the level of the one before, whose level may still be open
		before := &m.Steps[i-1]
		s.Each = before.Each
		if slices.Contains(d.units, &before.Each) {
			d.units = append(d.units, &s.Each)
		}
	}
	sc := &scope{owner: d, each: &s.Each}
	of, hasOf := o.Get("of")
	greater, hasGreater := o.Get("greater")
	switch {
	case hasOf && hasGreater:
		p.bad(of, problem.FieldsExclude, "of", "greater")
	case i == 0 && !hasOf && !hasGreater:
		p.bad(e, problem.MissingField, "", "of", "greater")
	case i > 0 && hasOf:
		p.bad(of, problem.FieldsExclude, "of", "the step before")
	case i > 0 && hasGreater:
		p.bad(greater, problem.FieldsExclude, "greater", "the step before")
	case hasOf:
		if t, dim, ok := p.term(of, sc, s.Sum); ok {
			s.Terms, d.dim = []Term{t}, dim
		}
	case hasGreater:
		if greater.Kind() == strict.Array && greater.Len() == 0 {
			p.bad(greater, problem.TierEmpty, "")
		}
		if !p.within(greater, "terms", MaxSteps) {
			return
		}
		for _, x := range greater.Elements() {
			t, dim, ok := p.term(x, sc, s.Sum)
			if !ok {
				continue
			}
			if d.dim == units.None {
				d.dim = dim
			} else if dim != units.None && dim != d.dim {
				p.bad(x, problem.UnitMismatch, dim.String(), d.dim.String())
			}
			s.Terms = append(s.Terms, t)
		}
	}
	p.stepParts(o, s, sc, d.dim, i)
}

// stepParts reads what a step does to its value.
func (p *parser) stepParts(o strict.Object, s *Step, sc *scope, dim Dim, i int) {
	if v, ok := o.Get("sides"); ok {
		if i > 0 {
			p.bad(v, problem.FieldsExclude, "sides", "the step before")
		}
		s.Sides = p.sides(v)
		p.later = append(p.later, func() {
			if s.Each > LevelPiece {
				p.bad(v, problem.LevelMismatch, "sides", LevelItem.String(), LevelPiece.String())
			}
		})
	}
	if v, ok := o.Get("excess"); ok {
		s.Excess = p.excess(v, sc, dim)
	}
	part := func(name string, into *Quantity, read func(strict.Value, Dim) (Quantity, bool)) strict.Value {
		v, ok := o.Get(name)
		if ok {
			*into, _ = read(v, dim)
		}
		return v
	}
	part("less", &s.Less, p.above)
	part("plus", &s.Plus, p.above)
	if v, ok := o.Get("keep"); ok {
		s.Keep = p.keep(v, dim)
	}
	part("up", &s.Up, p.above)
	tolerance := part("tolerance", &s.Tolerance, p.above)
	if s.Tolerance.Set {
		switch {
		case !s.Up.Set:
			p.bad(tolerance, problem.MissingField, "", "up")
		case s.Tolerance.Cmp(s.Up) >= 0:
			p.bad(tolerance, problem.MinOverMax, s.Tolerance.String(), s.Up.String())
		}
	}
	part("min", &s.Min, p.above)
	most := part("max", &s.Max, p.above)
	if s.Min.Set && s.Max.Set && s.Min.Cmp(s.Max) > 0 {
		p.bad(most, problem.MinOverMax, s.Min.String(), s.Max.String())
	}
}

func (p *parser) sides(v strict.Value) *Sides {
	o, ok := v.Object("to", "mode", "min")
	if !ok {
		return nil
	}
	var s Sides
	if t, ok := o.Get("to"); ok {
		s.To, _ = p.above(t, units.Length)
		if m, ok := o.Need("mode"); ok {
			s.Mode, _ = p.mode(m)
		}
	} else if m, ok := o.Get("mode"); ok {
		p.bad(m, problem.MissingField, "", "to")
	}
	if m, ok := o.Get("min"); ok {
		s.Min, _ = p.above(m, units.Length)
	}
	if !s.To.Set && !s.Min.Set {
		p.bad(v, problem.MissingField, "", "to", "min")
	}
	return &s
}

func (p *parser) keep(v strict.Value, dim Dim) *KeepDigits {
	o, ok := v.Object("to", "mode")
	if !ok {
		return nil
	}
	var k KeepDigits
	if t, ok := o.Need("to"); ok {
		k.To, _ = p.above(t, dim)
	}
	if m, ok := o.Need("mode"); ok {
		k.Mode, _ = p.mode(m)
	}
	return &k
}

func (p *parser) excess(v strict.Value, sc *scope, dim Dim) *Excess {
	o, ok := v.Object("of", "share", "above")
	if !ok {
		return nil
	}
	e := Excess{Above: whole(1)}
	if t, ok := o.Need("of"); ok {
		var d Dim
		e.Of, d, ok = p.term(t, sc, false)
		if ok && d != units.None && dim != units.None && d != dim {
			p.bad(t, problem.UnitMismatch, d.String(), dim.String())
		}
	}
	if s, ok := o.Need("share"); ok {
		e.Share, _ = p.positivePercent(s)
	}
	if a, ok := o.Get("above"); ok {
		e.Above, _ = p.positivePercent(a)
	}
	return &e
}

// term reads "volume x 167 kg/m3", or an object with such a text in of.
func (p *parser) term(v strict.Value, sc *scope, sum bool) (t Term, dim Dim, ok bool) {
	at := v
	if v.Kind() != strict.String {
		o, isObject := v.Object("of", "when", "share")
		if !isObject {
			return t, dim, false
		}
		if w, ok := o.Get("when"); ok {
			t.When = p.tests(w, sc)
		}
		if s, ok := o.Get("share"); ok {
			t.Share, _ = p.positivePercent(s)
			if t.Share.IsZero() {
				p.bad(s, problem.ZeroNotAllowed, "")
			}
		}
		if at, ok = o.Need("of"); !ok {
			return t, dim, false
		}
	}
	text, ok := at.Text()
	if !ok {
		return t, dim, false
	}
	want := sameLevel
	if sum {
		want = sumOrEqual
	}
	words := strings.Split(text, " ")
	t.Of = words[0]
	if dim, ok = p.measureName(at, t.Of, sc, want); !ok {
		return t, dim, false
	}
	if len(words) == 1 {
		return t, dim, true
	}
	dim, ok = p.ratio(at, text, words[1:], &t, dim)
	return t, dim, ok
}

const termForm = "volume x 167 kg/m3"

// ratio reads "x 167 kg/m3" or "/ 5000 cm3/kg" and says what the result measures.
func (p *parser) ratio(v strict.Value, text string, words []string, t *Term, dim Dim) (Dim, bool) {
	switch {
	case len(words) < 2 || len(words) > 3 || words[0] != "x" && words[0] != "/":
		p.bad(v, problem.Malformed, text, termForm)
		return dim, false
	case words[0] == "x":
		t.Op = Times
	default:
		t.Op = Over_
	}
	var ok bool
	if t.By.Value, ok = p.positive(v, words[1]); !ok {
		return dim, false
	}
	if t.By.Value.IsZero() {
		p.bad(v, problem.ZeroNotAllowed, words[1])
		return dim, false
	}
	if len(words) == 2 {
		return dim, true
	}
	num, den, _ := strings.Cut(words[2], "/")
	if t.By.Num, ok = units.Parse(num); !ok {
		p.bad(v, problem.UnitUnknown, words[2], termForm)
		return dim, false
	}
	if strings.Contains(words[2], "/") {
		if t.By.Den, ok = units.Parse(den); !ok {
			p.bad(v, problem.UnitUnknown, words[2], termForm)
			return dim, false
		}
	}
	from, to := t.By.Den, t.By.Num // a density: volume x kg/m3
	if t.Op == Over_ {
		from, to = t.By.Num, t.By.Den // a divisor: volume / cm3/kg
	}
	if dim != units.None && countDim(from) != dim {
		p.bad(v, problem.UnitMismatch, text, units.Symbols(dim)...)
		return dim, false
	}
	return countDim(to), true
}

// countDim is what a unit measures; no unit counts.
func countDim(u Unit) Dim {
	if u == units.NoUnit {
		return units.Number
	}
	return u.Dim()
}
