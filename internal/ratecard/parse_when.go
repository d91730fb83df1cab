package ratecard

import (
	"slices"
	"strings"

	"github.com/overseaswarehouse/overseas/internal/problem"
	"github.com/overseaswarehouse/overseas/internal/strict"
	"github.com/overseaswarehouse/overseas/internal/units"
)

// tests reads the conditions of a charge, a class row or a term.
func (p *parser) tests(v strict.Value, sc *scope) []Test {
	if !p.within(v, "conditions", MaxSteps) {
		return nil
	}
	var tests []Test
	for _, field := range v.Members() {
		name, e := field.Name, field.Value
		if t, ok := p.test(name, e, sc); ok {
			tests = append(tests, t)
		}
	}
	return tests
}

func (p *parser) test(name string, v strict.Value, sc *scope) (t Test, ok bool) {
	switch name {
	case "country":
		t.Subject.Kind = SubjectCountry
		return t, p.choice(v, &t, "countries", p.countryValue)
	case "warehouse":
		t.Subject.Kind = SubjectWarehouse
		return t, p.choice(v, &t, "warehouses", p.warehouseValue)
	case "postal_code":
		t.Subject.Kind = SubjectPostal
		return t, p.postalTest(v, &t)
	case "date":
		t.Subject.Kind = SubjectDate
		return t, p.dateTest(v, &t)
	}
	if values := p.choiceOf(name); values != nil {
		d := p.defs[name]
		t.Subject = Subject{SubjectInput, name}
		if d.kind == defClass {
			t.Subject.Kind = SubjectClass
		}
		if !p.useChoice(v, d, sc) {
			return t, false
		}
		return t, p.choice(v, &t, "values", p.oneOf(d, values))
	}
	if d := p.defs[name]; d != nil && d.kind == defClass { // a class without rows, or being read
		if !p.useChoice(v, d, sc) {
			return t, false
		}
	}
	t.Subject = Subject{SubjectMeasure, name}
	dim, ok := p.measureName(v, name, sc, anyWider)
	if !ok {
		return t, false
	}
	return t, p.bounds(v, &t, dim)
}

// choiceOf lists the values of a choice input or the row names of a class; nil when name is neither.
func (p *parser) choiceOf(name string) []string {
	d := p.defs[name]
	switch {
	case d == nil:
		return nil
	case d.kind == defInput && d.input.Kind == Choice:
		return d.input.Values
	case d.kind == defClass:
		if d.state == 0 {
			p.build(d)
		}
		if d.class != nil {
			return d.class.Names()
		}
	}
	return nil
}

// useChoice notes that a choice or class is used, and later checks its level.
func (p *parser) useChoice(v strict.Value, d *def, sc *scope) bool {
	if d.kind == defClass && !p.build(d) {
		p.bad(v, problem.Cycle, d.name)
		return false
	}
	sc.use(d)
	p.later = append(p.later, func() {
		each := d.input.level()
		if d.kind == defClass {
			each = d.class.Each
		}
		if d.open {
			return
		}
		p.compareLevel(v, d.name, each, sc, anyWider, false)
	})
	return true
}

type valueCheck func(strict.Value) (string, bool)

func (p *parser) countryValue(v strict.Value) (string, bool) {
	c, ok := p.country(v)
	if ok && len(p.card.Countries) > 0 && !slices.Contains(p.card.Countries, c) {
		want := make([]string, len(p.card.Countries))
		for i, k := range p.card.Countries {
			want[i] = k.String()
		}
		p.bad(v, problem.UnknownValue, c.String(), want...)
		return "", false
	}
	return c.String(), ok
}

func (p *parser) warehouseValue(v strict.Value) (string, bool) {
	w, ok := p.short(v)
	if ok && len(p.card.Warehouses) > 0 && !slices.Contains(p.card.Warehouses, w) {
		p.bad(v, problem.UnknownValue, w, p.card.Warehouses...)
		return "", false
	}
	return w, ok
}

// oneOf checks a value of a choice input or class.
//
//go:noinline
func (p *parser) oneOf(d *def, values []string) valueCheck {
	if d.values == nil {
		d.values = make(map[string]bool, len(values))
		for _, text := range values {
			d.values[text] = true
		}
	}
	return func(v strict.Value) (string, bool) {
		text, ok := v.Text()
		if ok && !d.values[text] {
			p.bad(v, problem.UnknownValue, text, shown(values)...)
			return "", false
		}
		return text, ok
	}
}

// shown cuts a list for a problem.
func shown(values []string) []string {
	if len(values) > 24 {
		return append(slices.Clone(values[:24]), "…")
	}
	return values
}

// choice reads a value, a list of values, or an object with in and not.
func (p *parser) choice(v strict.Value, t *Test, what string, check valueCheck) bool {
	in, hasIn := v, true
	var not strict.Value
	hasNot := false
	if v.Kind() == strict.ObjectKind {
		o, _ := v.Object("in", "not")
		in, hasIn = o.Get("in")
		not, hasNot = o.Get("not")
		if !hasIn && !hasNot {
			p.bad(v, problem.MissingField, "", "in", "not")
			return false
		}
	}
	if hasIn {
		t.In = p.values(in, what, check)
	}
	if hasNot {
		t.Not = p.values(not, what, check)
	}
	return len(t.In)+len(t.Not) > 0
}

func (p *parser) values(v strict.Value, what string, check valueCheck) []string {
	var list []string
	seen := make(map[string]bool, min(v.Len(), MaxValues))
	for _, e := range p.oneOrMore(v, what) {
		if text, ok := check(e); ok {
			if seen[text] {
				p.bad(e, problem.Duplicate, text)
			}
			seen[text] = true
			list = append(list, text)
		}
	}
	return list
}

func (p *parser) postalTest(v strict.Value, t *Test) bool {
	in, hasIn := v, true
	var not strict.Value
	hasNot := false
	if v.Kind() == strict.ObjectKind {
		o, _ := v.Object("in", "not")
		in, hasIn = o.Get("in")
		not, hasNot = o.Get("not")
		if !hasIn && !hasNot {
			p.bad(v, problem.MissingField, "", "in", "not")
			return false
		}
	}
	if hasIn {
		t.Postal = p.postalRules(in)
	}
	if hasNot {
		t.PostNot = p.postalRules(not)
	}
	return len(t.Postal)+len(t.PostNot) > 0
}

func (p *parser) postalRules(v strict.Value) []PostalRule {
	var rules []PostalRule
	for _, e := range p.oneOrMore(v, "postal codes") {
		text, ok := e.Text()
		if !ok {
			continue
		}
		if r, ok := p.postalRule(e, text); ok {
			rules = append(rules, r)
		}
	}
	return rules
}

// postalRule reads "20", a prefix, or "01000-19999", "010*-013*" or "BH2 1AA-BH4 9ZZ", a range. Codes are written in capital
// letters and digits, without hyphens; one space stands between the parts of a code that has two.
func (p *parser) postalRule(v strict.Value, text string) (PostalRule, bool) {
	from, to, isRange := strings.Cut(text, "-")
	if !isRange {
		if !postalText(text) {
			p.bad(v, problem.Malformed, text, "20", "01000-19999")
			return PostalRule{}, false
		}
		return PostalRule{Prefix: text}, true
	}
	r, inverted, ok := postalRange(from, to)
	switch {
	case !ok:
		p.bad(v, problem.Malformed, text, "01000-19999", "010*-199*", "BH2 1AA-BH4 9ZZ")
	case inverted:
		p.bad(v, problem.TierInverted, to, from)
	default:
		return r, true
	}
	return PostalRule{}, false
}

func (p *parser) dateTest(v strict.Value, t *Test) bool {
	o, ok := v.Object("from", "to", "yearly")
	if !ok {
		return false
	}
	t.Dates = p.period(o)
	y, hasYearly := o.Get("yearly")
	if !hasYearly {
		if t.Dates == (Period{}) {
			if _, ok := o.Get("from"); !ok {
				if _, ok := o.Get("to"); !ok {
					p.bad(v, problem.MissingField, "", "from", "to", "yearly")
				}
			}
			return false
		}
		return true
	}
	if y.Kind() == strict.Array && y.Len() > 0 && element(y, 0).Kind() == strict.Array {
		if !p.within(y, "spans", MaxSteps) {
			return false
		}
		for _, e := range y.Elements() {
			p.yearly(e, t)
		}
	} else {
		p.yearly(y, t)
	}
	return len(t.Yearly) > 0
}

// yearly reads ["10-01", "12-31"].
func (p *parser) yearly(v strict.Value, t *Test) {
	var days [2][2]uint8
	whole := v.Kind() == strict.Array
	if n := v.Len(); whole && n != 2 {
		p.bad(v, problem.TableSize, itoa(n), "2")
		return
	}
	for i, e := range v.Elements() {
		text, ok := e.Text()
		if ok {
			days[i], ok = monthDay(text)
			if !ok {
				p.bad(e, problem.DateInvalid, text, "10-01")
			}
		}
		whole = whole && ok
	}
	if whole {
		t.Yearly = append(t.Yearly, YearlySpan{days[0][0], days[0][1], days[1][0], days[1][1]})
	}
}

// monthDay reads "02-29": a day that some year has.
func monthDay(text string) (d [2]uint8, ok bool) {
	if len(text) != 5 || text[2] != '-' {
		return d, false
	}
	for _, i := range []int{0, 1, 3, 4} {
		if !isDigit(text[i]) {
			return d, false
		}
	}
	d[0], d[1] = (text[0]-'0')*10+text[1]-'0', (text[3]-'0')*10+text[4]-'0'
	length := [...]uint8{0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}
	return d, d[0] >= 1 && d[0] <= 12 && d[1] >= 1 && d[1] <= length[d[0]]
}

// bounds reads {"over": "22 kg", "upTo": "40 kg"}.
func (p *parser) bounds(v strict.Value, t *Test, dim Dim) bool {
	o, ok := v.Object(listed(edgeWords)...)
	if !ok {
		return false
	}
	for edge := UpTo; edge <= Over; edge++ {
		if e, ok := o.Get(edge.String()); ok {
			if q, ok := p.quantity(e, dim); ok {
				t.Bounds = append(t.Bounds, Bound{edge, q})
			}
		}
	}
	if v.Len() == 0 {
		p.bad(v, problem.MissingField, "", listed(edgeWords)...)
	}
	return len(t.Bounds) > 0
}

// limits reads {"each": "carton", "weight": "31.5 kg"}.
func (p *parser) limits(v strict.Value, sc *scope) []Limit {
	if !p.within(v, "limits", MaxSteps) {
		return nil
	}
	all := make([]Limit, 0, v.Len()) // levels point into it
	var each *Level
	at := sc
	if o, ok := v.Member("each"); ok {
		each = new(Level)
		at = sc.at(each)
		p.limitLevel(o, sc, each)
	}
	for _, field := range v.Members() {
		name, e := field.Name, field.Value
		if name == "each" {
			continue
		}
		dim, ok := p.measureName(e, name, at, anyWider)
		if !ok {
			continue
		}
		q, ok := p.quantity(e, dim)
		if !ok {
			continue
		}
		if dim != units.None && q.Value.IsZero() {
			p.bad(e, problem.ZeroNotAllowed, q.String())
			continue
		}
		all = append(all, Limit{Measure: name, At: q})
	}
	p.later = append(p.later, func() {
		for i := range all {
			all[i].Each = *at.each
		}
	})
	return all
}

func (p *parser) limitLevel(v strict.Value, sc *scope, into *Level) {
	if sc.owner != nil {
		p.level(v, sc.owner, into)
	} else if l, ok := p.levelOf(v, sc.event); ok {
		*into = l
	}
	if *into == 0 {
		*into = LevelItem
		return
	}
	p.later = append(p.later, func() {
		if *into > *sc.each {
			p.bad(v, problem.LevelMismatch, into.Word(sc.event), sc.each.Word(sc.event))
		}
	})
}
