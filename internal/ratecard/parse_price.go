package ratecard

import (
	"strconv"

	"github.com/overseaswarehouse/overseas/internal/problem"
	"github.com/overseaswarehouse/overseas/internal/strict"
	"github.com/overseaswarehouse/overseas/internal/units"
)

func itoa(n int) string { return strconv.Itoa(n) }

// terms are the objects that say a price, innermost first: a term, the dated terms it stands in, the charge.
type terms []strict.Object

// get finds a member in the nearest object that has it.
func (t terms) get(name string) (strict.Value, bool) {
	for _, o := range t {
		if v, ok := o.Get(name); ok {
			return v, true
		}
	}
	return strict.Value{}, false
}

// terms reads the price or percentage of the innermost object; a list of them is added up.
func (p *parser) terms(t terms, sc *scope, ch *Charge) []Price {
	price, hasPrice := t[0].Get("price")
	percent, hasPercent := t[0].Get("percent")
	switch {
	case hasPrice && hasPercent:
		p.bad(percent, problem.FieldsExclude, "percent", "price")
	case hasPercent:
		return []Price{p.price(t, percent, true, sc, ch)}
	case !hasPrice:
		p.bad(t[0].Value(), problem.MissingField, "", "price", "percent")
	case price.Kind() != strict.Array:
		return []Price{p.price(t, price, false, sc, ch)}
	default:
		return p.termList(t, price, sc, ch)
	}
	return nil
}

func (p *parser) termList(t terms, list strict.Value, sc *scope, ch *Charge) []Price {
	if list.Len() == 0 {
		p.bad(list, problem.TierEmpty, "")
	}
	if !p.within(list, "terms", MaxSteps) {
		return nil
	}
	var all []Price
	for _, e := range list.Elements() {
		o, ok := e.Object("per", "unit", "started", "time", "price", "percent", "of", "basis")
		if !ok {
			continue
		}
		if v, ok := o.Get("price"); ok && v.Kind() == strict.Array {
			p.bad(v, problem.WrongType, "array", "string", "object")
			continue
		}
		all = append(all, p.terms(append(terms{o}, t...), sc, ch)...)
	}
	return all
}

// price reads one price or percentage with what it is for.
func (p *parser) price(t terms, v strict.Value, percent bool, sc *scope, ch *Charge) (pr Price) {
	pr.Percent = percent
	of, hasOf := t.get("of")
	switch {
	case percent && !hasOf:
		p.bad(t[0].Value(), problem.MissingField, "", "of")
	case percent:
		pr.Of = p.ofNames(of, sc, ch)
		p.basis(t, &pr)
		for _, name := range []string{"per", "unit", "started", "time"} {
			if x, ok := t[0].Get(name); ok {
				p.bad(x, problem.FieldsExclude, name, "percent")
			}
		}
	default:
		for _, name := range []string{"of", "basis"} {
			if x, ok := t[0].Get(name); ok {
				p.bad(x, problem.FieldsExclude, name, "price")
			}
		}
		p.quantityPart(t, &pr, sc)
		if x, ok := t.get("time"); ok {
			pr.Time = p.time(x, ch)
		}
	}
	p.form(v, &pr, sc, ch)
	if x, ok := t.get("per"); ok && len(pr.Bands) > 0 {
		p.bad(x, problem.FieldsExclude, "per", "bands")
	}
	return pr
}

func (p *parser) basis(t terms, pr *Price) {
	if v, ok := t.get("basis"); ok {
		if w, ok := v.OneOf(basisWords...); ok {
			pr.Basis, _ = parseWord[Basis](basisWords, w)
		}
	}
}

// quantityPart reads per, unit and started.
func (p *parser) quantityPart(t terms, pr *Price, sc *scope) {
	per, hasPer := t.get("per")
	unit, hasUnit := t.get("unit")
	started, hasStarted := t.get("started")
	if hasStarted {
		pr.Started, _ = started.Bool()
	}
	if !hasPer {
		if hasUnit {
			p.bad(unit, problem.MissingField, "", "per")
		}
		if hasStarted {
			p.bad(started, problem.MissingField, "", "per")
		}
		return
	}
	text, ok := per.Text()
	if !ok {
		return
	}
	pr.Per = text
	dim, ok := p.measureName(per, text, sc, summed)
	if !ok {
		return
	}
	switch {
	case hasUnit:
		pr.Unit, _ = p.unitQuantity(unit, dim)
	case dim == units.Number || dim == units.Money:
		pr.Unit = Quantity{Value: whole(1), Set: true}
	case dim == units.Days:
		pr.Unit = Quantity{Value: whole(1), Unit: units.Day, Set: true}
	case dim != units.None:
		p.bad(per, problem.MissingField, "unit", units.Symbols(dim)...)
	}
}

// unitQuantity reads "kg" or "0.5 kg".
func (p *parser) unitQuantity(v strict.Value, dim Dim) (Quantity, bool) {
	text, ok := v.Number()
	if !ok {
		return Quantity{}, false
	}
	if u, ok := units.Parse(text); ok {
		if dim != units.None && u.Dim() != dim {
			p.bad(v, problem.UnitMismatch, text, units.Symbols(dim)...)
			return Quantity{}, false
		}
		return Quantity{Value: whole(1), Unit: u, Set: true}, true
	}
	if text != "" && 'A' <= text[0]&^0x20 && text[0]&^0x20 <= 'Z' {
		p.bad(v, problem.UnitUnknown, text, units.Symbols(dim)...)
		return Quantity{}, false
	}
	return p.above(v, dim)
}

func (p *parser) time(v strict.Value, ch *Charge) *Time {
	if ch.On != Store && ch.On != PeriodEnd {
		p.bad(v, problem.FieldsExclude, "time", "on "+ch.On.String())
	}
	o, ok := v.Object("per", "basis", "days", "on")
	if !ok {
		return nil
	}
	t := &Time{Basis: Daily}
	if x, ok := o.Need("per"); ok {
		if w, ok := x.OneOf(listed(timeUnitWords)...); ok {
			t.Per, _ = parseWord[TimeUnit](timeUnitWords, w)
		}
	}
	if x, ok := o.Get("basis"); ok {
		if w, ok := x.OneOf(listed(timeBasisWords)...); ok {
			t.Basis, _ = parseWord[TimeBasis](timeBasisWords, w)
		}
	}
	if x, ok := o.Get("days"); ok {
		if t.Per == PerDay || t.Per == PerWeek {
			p.bad(x, problem.FieldsExclude, "days", "per "+t.Per.String())
		}
		t.Days, _ = p.count(x, 1, 366)
	}
	on, hasOn := o.Get("on")
	switch {
	case t.Basis != Snapshot && hasOn:
		p.bad(on, problem.FieldsExclude, "on", "basis "+t.Basis.String())
	case t.Basis != Snapshot:
	case !hasOn:
		o.Need("on")
	case t.Per == PerWeek:
		if w, ok := on.OneOf(listed(weekdayWords)...); ok {
			day, _ := parseWord[uint8](weekdayWords, w)
			t.On = int64(day)
		}
	case t.Per == PerMonth:
		t.On, _ = p.count(on, 1, 28)
	case t.Per != 0:
		p.bad(on, problem.FieldsExclude, "basis snapshot", "per "+t.Per.String())
	}
	return t
}

var priceFields = []string{"by", "table", "of", "rows", "edge", "bands", "nextBreak"}

// form reads a single price, a table, brackets with both ends, or bands.
func (p *parser) form(v strict.Value, pr *Price, sc *scope, ch *Charge) {
	if v.Kind() != strict.ObjectKind {
		c, _ := p.cell(v, pr.Percent, ch.Credit)
		pr.Cells = []Cell{c}
		return
	}
	o, _ := v.Object(priceFields...)
	table, hasTable := o.Get("table")
	rows, hasRows := o.Get("rows")
	bands, hasBands := o.Get("bands")
	by, hasBy := o.Get("by")
	said := 0
	for _, has := range []bool{hasTable, hasRows, hasBands} {
		if has {
			said++
		}
	}
	if said != 1 {
		code, want := problem.MissingField, []string{"table", "rows", "bands"}
		if said > 1 {
			code = problem.FieldsExclude
		}
		p.bad(v, code, "", want...)
		return
	}
	ok := true
	if hasBy {
		pr.By, ok = p.axes(by, pr, sc, ch)
	}
	of, hasOf := o.Get("of")
	switch {
	case hasTable:
		if hasOf {
			p.bad(of, problem.FieldsExclude, "of", "table")
		}
		if !hasBy {
			o.Need("by")
		}
		if hasBy && ok {
			pr.Cells = p.table(table, pr.By, pr.Percent, ch.Credit)
		}
	case !hasOf:
		o.Need("of")
	case hasRows:
		p.rows(rows, of, o, pr, sc, ch, ok)
	default:
		if pr.Percent {
			p.bad(bands, problem.FieldsExclude, "bands", "percent")
		}
		p.bands(bands, of, pr, sc, ch, ok)
	}
	if e, has := o.Get("edge"); has && !hasRows {
		p.bad(e, problem.FieldsExclude, "edge", "table", "bands")
	}
	if n, has := o.Get("nextBreak"); has {
		pr.NextBreak, _ = n.Bool()
		fits := Any(len(pr.By), func(i int) bool { return pr.By[i].Of == (Subject{SubjectMeasure, pr.Per}) })
		if pr.NextBreak && (pr.Per == "" || !fits || hasBands) {
			p.bad(n, problem.FieldsExclude, "nextBreak", "per", "by")
		}
	}
}
