package ratecard

import (
	"github.com/overseaswarehouse/overseas/internal/problem"
	"github.com/overseaswarehouse/overseas/internal/strict"
	"github.com/overseaswarehouse/overseas/internal/units"
)

func (p *parser) axes(v strict.Value, pr *Price, sc *scope, ch *Charge) ([]Axis, bool) {
	if v.Kind() == strict.Array && v.Len() == 0 {
		p.bad(v, problem.TierEmpty, "")
		return nil, false
	}
	if !p.within(v, "axes", 8) || v.Kind() != strict.Array {
		v.Array()
		return nil, false
	}
	all := make([]Axis, 0, v.Len())
	good := true
	for _, e := range v.Elements() {
		a, ok := p.axis(e, pr, sc, ch)
		good = good && ok
		if Any(len(all), func(i int) bool { return all[i].Of == a.Of && all[i].Age == a.Age }) && ok {
			p.bad(e, problem.Duplicate, a.Name())
			good = false
		}
		all = append(all, a)
	}
	return all, good
}

// Name is what an axis runs along: a measure, class, input, country, warehouse, age or day.
func (a *Axis) Name() string {
	switch {
	case a.Age != AgeNone:
		return a.Age.String()
	case a.Of.Kind == SubjectCountry:
		return "country"
	case a.Of.Kind == SubjectWarehouse:
		return "warehouse"
	}
	return a.Of.Name
}

func (p *parser) axis(v strict.Value, pr *Price, sc *scope, ch *Charge) (a Axis, ok bool) {
	o, ok := v.Object("of", "in", "upTo", "below", "from", "over")
	if !ok {
		return a, false
	}
	of, ok := o.Need("of")
	if !ok {
		return a, false
	}
	name, ok := of.Text()
	if !ok {
		return a, false
	}
	in, hasIn := o.Get("in")
	var edges strict.Value
	found := 0
	for e := UpTo; e <= Over; e++ {
		if x, has := o.Get(e.String()); has {
			edges, a.Edge = x, e
			found++
		}
	}
	if hasIn && found > 0 || found > 1 {
		p.bad(v, problem.FieldsExclude, name, "in", "upTo", "below", "from", "over")
		return a, false
	}
	if check, kind := p.axisValues(of, name, sc); check != nil {
		if a.Of = (Subject{kind, name}); kind == SubjectCountry || kind == SubjectWarehouse {
			a.Of.Name = ""
		}
		if !hasIn {
			o.Need("in")
			return a, false
		}
		before := p.list.Len()
		a.Values = p.values(in, "values", check)
		return a, len(a.Values) > 0 && p.list.Len() == before
	}
	if d := p.defs[name]; d != nil && (d.kind == defClass || d.kind == defInput && d.input.Kind == Choice) {
		return a, false // reported, or without values
	}
	var dim Dim
	if word, isAge := parseWord[AgeAxis](ageWords, name); isAge {
		a.Age, dim = word, units.Days
		p.later = append(p.later, func() { p.aged(of, name, pr, sc, ch) })
		ok = true
	} else {
		a.Of = Subject{SubjectMeasure, name}
		dim, ok = p.measureName(of, name, sc, anyWider)
	}
	if !ok {
		return a, false
	}
	if found == 0 {
		p.bad(v, problem.MissingField, "", "upTo", "below", "from", "over")
		return a, false
	}
	return a, p.edges(edges, &a, dim)
}

// axisValues says how the values of an axis are checked, nil for an axis of a measure.
func (p *parser) axisValues(v strict.Value, name string, sc *scope) (valueCheck, SubjectKind) {
	switch name {
	case "country":
		return p.countryValue, SubjectCountry
	case "warehouse":
		return p.warehouseValue, SubjectWarehouse
	}
	values := p.choiceOf(name)
	if values == nil {
		return nil, 0
	}
	d := p.defs[name]
	if !p.useChoice(v, d, sc) {
		return nil, 0
	}
	if d.kind == defClass {
		return p.oneOf(d, values), SubjectClass
	}
	return p.oneOf(d, values), SubjectInput
}

// edges reads the ascending thresholds of an axis.
func (p *parser) edges(v strict.Value, a *Axis, dim Dim) bool {
	if v.Kind() == strict.Array && v.Len() == 0 {
		p.bad(v, problem.TierEmpty, "")
		return false
	}
	if !p.within(v, "brackets", MaxRows) || v.Kind() != strict.Array {
		v.Array()
		return false
	}
	good := true
	last := v.Len() - 1
	capped := a.Edge == UpTo || a.Edge == Below
	for i, e := range v.Elements() {
		if capped && e.Kind() == strict.String && string(e.Raw()) == `"more"` {
			if i != last || i == 0 {
				p.bad(e, problem.TierUnsorted, "more")
				good = false
			}
			a.Open = true
			continue
		}
		q, ok := p.quantity(e, dim)
		if good = good && ok; !ok {
			continue
		}
		if n := len(a.Edges); n > 0 && q.Cmp(a.Edges[n-1]) <= 0 {
			p.bad(e, problem.TierUnsorted, q.String())
			good = false
		}
		if i == 0 && capped && q.Value.IsZero() && a.Edge == Below {
			p.bad(e, problem.TierInverted, q.String(), "0")
			good = false
		}
		if i == 0 && !capped && !p.starts(q, a) {
			p.bad(e, problem.TierGap, q.String(), zeroOf(q))
			good = false
		}
		a.Edges = append(a.Edges, q)
	}
	return good
}

func zeroOf(q Quantity) string { return Quantity{Unit: q.Unit, Set: true}.String() }

// starts reports whether nothing lies below the first bracket: it begins at zero, or at or below the measure's minimum.
func (p *parser) starts(q Quantity, a *Axis) bool {
	if q.Value.IsZero() || a.Age == Day && q.Value.Cmp(whole(1)) <= 0 {
		return true
	}
	d := p.defs[a.Of.Name]
	if a.Age != AgeNone || d == nil || d.kind != defMeasure || len(d.measure.Steps) == 0 {
		return false
	}
	least := d.measure.Steps[len(d.measure.Steps)-1].Min
	return least.Set && least.Unit.Dim() == q.Unit.Dim() && q.Cmp(least) <= 0 && (a.Edge != Over || q.Cmp(least) < 0)
}
