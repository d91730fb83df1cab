package ratecard

import (
	"slices"

	"github.com/overseaswarehouse/overseas/internal/problem"
	"github.com/overseaswarehouse/overseas/internal/strict"
	"github.com/overseaswarehouse/overseas/internal/units"
)

// defKind is what a name of the card stands for.
type defKind uint8

const (
	defInput defKind = iota + 1
	defClass
	defMeasure
)

// def is an input, class or measure on its way to the card.
type def struct {
	kind   defKind
	name   string
	at     strict.Value
	state  uint8 // 0 new, 1 being read, 2 read
	dim    Dim   // of a measure or number input; None when it is broken or has none
	uses   []*def
	on     eventSet // of the charges that use it
	word   strict.Value
	units  []*Level // levels written as "unit"
	words  []levelUse
	values map[string]bool // of a choice, or the names of a class
	open   bool            // "unit" has no meaning: levels are not checked

	input   *Input
	class   *Class
	measure *Measure
}

// levelUse is a level of a def that the events using it have to have.
type levelUse struct {
	at    strict.Value
	level *Level
}

// eventSet is a set of events, one bit each.
type eventSet uint16

func (s eventSet) has(e Event) bool { return s&(1<<e) != 0 }

// reserved says why a name cannot be given to an input, class or measure; "" when it can.
func reserved(name string) string {
	switch name {
	case "country", "warehouse", "postal_code", "date", "age", "day", "each", "other":
		return name
	}
	if _, ok := FindBuiltin(name); ok || slices.Contains(moneyNames, name) || isLevelWord(name) {
		return name
	}
	return ""
}

// define registers a name; false when it is taken or not a name.
func (p *parser) define(d *def) bool {
	if !p.checkName(d.at, d.name) {
		return false
	}
	if why := reserved(d.name); why != "" {
		p.bad(d.at, problem.NameTaken, d.name, "built in")
		return false
	}
	if p.defs[d.name] != nil {
		p.bad(d.at, problem.NameTaken, d.name, "inputs", "classes", "measures")
		return false
	}
	p.defs[d.name] = d
	return true
}

// declare registers the names of measures or classes, which are read when they are first used.
func (p *parser) declare(o strict.Object, field string, kind defKind) {
	v, ok := o.Get(field)
	if !ok || !p.within(v, field, MaxParts) {
		return
	}
	for _, field := range v.Members() {
		name, e := field.Name, field.Value
		p.define(&def{kind: kind, name: name, at: e})
	}
}

// buildAll reads the measures and classes that were declared.
func (p *parser) buildAll() {
	for _, field := range []string{"measures", "classes"} {
		v, ok := p.doc.Get(field)
		if !ok {
			continue
		}
		if v.Len() > MaxParts {
			continue
		}
		for _, m := range v.Members() {
			if d := p.defs[m.Name]; d != nil {
				p.build(d)
			}
		}
	}
}

// build reads a measure or class unless it is read; false when it is being read, and so depends on itself.
func (p *parser) build(d *def) bool {
	switch d.state {
	case 1:
		return false
	case 2:
		return true
	}
	d.state = 1
	switch d.kind {
	case defMeasure:
		p.measure(d)
	case defClass:
		p.class(d)
	}
	d.state = 2
	p.built = append(p.built, d)
	return true
}

// level reads a level of a def; "unit" waits until the events that use it are known.
func (p *parser) level(v strict.Value, d *def, into *Level) {
	text, ok := v.Text()
	if !ok {
		return
	}
	if text == "unit" {
		d.word = v
		d.units = append(d.units, into)
		*into = LevelItem
	} else if l, ok := ParseLevel(text, 0); ok {
		*into = l
	} else {
		p.bad(v, problem.UnknownValue, text, LevelWords(0)...)
		return
	}
	d.words = append(d.words, levelUse{v, into})
}

func (p *parser) inputs(o strict.Object) {
	v, ok := o.Get("inputs")
	if !ok || !p.within(v, "inputs", MaxParts) {
		return
	}
	for _, field := range v.Members() {
		name, e := field.Name, field.Value
		d := &def{kind: defInput, name: name, at: e, state: 2, input: &Input{Name: name, Each: LevelEvent}}
		if p.define(d) {
			p.input(d)
			p.built = append(p.built, d)
		}
	}
}

func (p *parser) input(d *def) {
	o, ok := d.at.Object("values", "kind", "default", "each", "text")
	if !ok {
		return
	}
	in := d.input
	values, hasValues := o.Get("values")
	kind, hasKind := o.Get("kind")
	switch {
	case hasValues && hasKind:
		p.bad(kind, problem.FieldsExclude, "kind", "values")
		return
	case hasValues:
		in.Kind = Choice
		if values.Kind() == strict.Array && values.Len() == 0 {
			p.bad(values, problem.TierEmpty, "")
		}
		if p.within(values, "values", MaxValues) {
			seen := make(map[string]bool, values.Len())
			for _, e := range values.Elements() {
				if text, ok := p.short(e); ok {
					if seen[text] {
						p.bad(e, problem.Duplicate, text)
					}
					seen[text] = true
					in.Values = append(in.Values, text)
				}
			}
		}
	case hasKind:
		if w, ok := kind.OneOf("count", "decimal", "money"); ok {
			in.Kind, _ = parseWord[InputKind](inputKindWords, w)
		}
		d.dim = in.Kind.dim()
	default:
		p.bad(d.at, problem.MissingField, "", "values", "kind")
		return
	}
	if v, ok := o.Get("default"); ok {
		in.Default = p.inputDefault(v, in)
	}
	if v, ok := o.Get("each"); ok {
		p.level(v, d, &in.Each)
	}
	if v, ok := o.Get("text"); ok {
		in.Text, _ = v.Name()
	}
}

func (p *parser) inputDefault(v strict.Value, in *Input) string {
	switch in.Kind {
	case Choice:
		text, ok := v.Text()
		if ok && !slices.Contains(in.Values, text) {
			p.bad(v, problem.UnknownValue, text, in.Values...)
		}
		return text
	case Count:
		n, _ := p.count(v, 0, 1_000_000_000)
		return Quantity{Value: whole(n), Set: true}.String()
	}
	d, _ := p.decimal(v)
	return d.String()
}

func (p *parser) class(d *def) {
	c := &Class{Name: d.name, Each: LevelEvent}
	d.class = c
	o, ok := d.at.Object("each", "first")
	if !ok {
		return
	}
	if v, ok := o.Get("each"); ok {
		p.level(v, d, &c.Each)
	}
	rows, ok := o.Need("first")
	if !ok {
		return
	}
	if rows.Kind() == strict.Array && rows.Len() == 0 {
		p.bad(rows, problem.TierEmpty, "")
	}
	if !p.within(rows, "rows", MaxValues) {
		return
	}
	sc := &scope{owner: d, each: &c.Each}
	for _, e := range rows.Elements() {
		r, ok := e.Object("name", "when", "limit")
		if !ok {
			continue
		}
		var row ClassRow
		if v, ok := r.Need("name"); ok {
			row.Name, _ = p.short(v)
		}
		if v, ok := r.Get("when"); ok {
			row.When = p.tests(v, sc)
		}
		if v, ok := r.Get("limit"); ok {
			row.Limit = p.limits(v, sc)
		}
		c.Rows = append(c.Rows, row)
	}
}

func (p *parser) slotsOf(o strict.Object) {
	v, ok := o.Get("slots")
	if !ok || !p.within(v, "slots", MaxParts) {
		return
	}
	for _, field := range v.Members() {
		name, e := field.Name, field.Value
		if !p.checkName(e, name) {
			continue
		}
		s := &slotUse{at: e, slot: Slot{Name: name, Each: LevelEvent}}
		p.slots[name] = s
		s.order = len(p.slots)
		m, ok := e.Object("on", "each", "take", "optional")
		if !ok {
			continue
		}
		if x, ok := m.Need("on"); ok {
			s.slot.On = p.event(x)
		}
		if x, ok := m.Get("each"); ok && s.slot.On != 0 {
			if l, ok := p.levelOf(x, s.slot.On); ok {
				s.slot.Each = l
			}
		}
		if x, ok := m.Get("take"); ok {
			if w, ok := x.OneOf(takeWords...); ok {
				s.slot.Take, _ = parseWord[Take](takeWords, w)
			}
		}
		if x, ok := m.Get("optional"); ok {
			s.slot.Optional, _ = x.Bool()
		}
	}
}

// slotUse is a slot and the number of charges in it.
type slotUse struct {
	at    strict.Value
	slot  Slot
	used  int
	order int
}

// scope is where a measure, class or input is used: by a charge for its event, or by a def for the events that use it.
type scope struct {
	event Event   // of a charge; 0 for a def
	owner *def    // a def that uses
	uses  *[]*def // else where a charge's uses are kept
	each  *Level  // at which the value is wanted; filled before later runs
}

func (sc *scope) use(d *def) {
	if sc.owner != nil {
		sc.owner.uses = append(sc.owner.uses, d)
		return
	}
	*sc.uses = append(*sc.uses, d)
}

// at returns a scope like sc at another level.
func (sc *scope) at(each *Level) *scope {
	s := *sc
	s.each = each
	return &s
}

// demand is how a level may stand to its use.
type demand uint8

const (
	anyWider   demand = iota // equal or wider: conditions, brackets, limits
	summed                   // equal or narrower, which is then summed: quantities
	sameLevel                // a step's term: equal
	sumOrEqual               // a term of a summing step: equal or narrower
)

// measureName checks the name of a measure where it is used, and returns what it measures; None when that is unknown.
func (p *parser) measureName(v strict.Value, name string, sc *scope, want demand) (Dim, bool) {
	if b, ok := FindBuiltin(name); ok {
		if sc.event == PeriodEnd {
			p.bad(v, problem.NameUnknown, name, p.known(sc)...)
			return units.None, false
		}
		if b.levels != fromItem {
			p.later = append(p.later, func() { p.builtinLevel(v, b, sc) })
		}
		p.forEvents(v, name, sc, func(e Event) bool { return e != PeriodEnd })
		return b.Dim, true
	}
	if d := p.defs[name]; d != nil && d.kind != defClass {
		if d.kind == defInput && d.input.Kind == Choice {
			p.bad(v, problem.NameUnknown, name, p.known(sc)...)
			return units.None, false
		}
		if !p.build(d) {
			p.bad(v, problem.Cycle, name)
			return units.None, false
		}
		sc.use(d)
		p.later = append(p.later, func() {
			if d.open {
				return
			}
			each, narrow := d.input.level(), false
			if d.kind == defMeasure {
				each, narrow = d.measure.Each, want == summed || want == sumOrEqual
			}
			p.compareLevel(v, name, each, sc, want, narrow)
		})
		return d.dim, true
	}
	if slices.Contains(moneyNames, name) && (sc.event == Import || sc.event == 0) {
		p.forEvents(v, name, sc, func(e Event) bool { return e == Import })
		p.later = append(p.later, func() { p.compareLevel(v, name, LevelLine, sc, sumOrEqual, true) })
		return units.Money, true
	}
	if sc.event != 0 {
		if l, ok := ParseLevel(name, sc.event); ok {
			p.later = append(p.later, func() { p.compareLevel(v, name, l, sc, sumOrEqual, true) })
			return units.Number, true
		}
	} else if isLevelWord(name) {
		p.forEvents(v, name, sc, func(e Event) bool { _, ok := ParseLevel(name, e); return ok })
		if l, ok := ParseLevel(name, 0); ok {
			p.later = append(p.later, func() { p.compareLevel(v, name, l, sc, sumOrEqual, true) })
		} else {
			sc.owner.word = v
		}
		return units.Number, true
	}
	p.bad(v, problem.NameUnknown, name, p.known(sc)...)
	return units.None, false
}

func (in *Input) level() Level {
	if in == nil {
		return LevelEvent
	}
	return in.Each
}

// forEvents checks later that every event that uses a def knows a name.
//
//go:noinline
func (p *parser) forEvents(v strict.Value, name string, sc *scope, knows func(Event) bool) {
	d := sc.owner
	if d == nil {
		return
	}
	p.later = append(p.later, func() { p.knownOn(d.on, v, name, knows) })
}

// knownOn files that a name means nothing for one of the events.
func (p *parser) knownOn(on eventSet, v strict.Value, name string, knows func(Event) bool) {
	for e := Consign; e < EventCount; e++ {
		if on.has(e) && !knows(e) {
			p.file(v, problem.New(problem.NameUnknown, name, LevelWords(e)...).With("event", e.String()))
			return
		}
	}
}

// builtinLevel says where a side is wanted of more than one piece.
func (p *parser) builtinLevel(v strict.Value, b Builtin, sc *scope) {
	if b.levels.has(*sc.each) {
		return
	}
	var want []string
	for l := LevelItem; l <= LevelEvent; l++ {
		if b.levels.has(l) && (sc.event == 0 || sc.event.HasLevel(l)) {
			want = append(want, l.Word(sc.event))
		}
	}
	p.bad(v, problem.LevelMismatch, b.Name, want...)
}

// compareLevel checks the level of a value against the level at which it is used.
func (p *parser) compareLevel(v strict.Value, name string, each Level, sc *scope, want demand, sums bool) {
	at := *sc.each
	ok := false
	switch want {
	case anyWider:
		ok = each >= at
	case summed, sumOrEqual:
		ok = each == at || each < at && sums
	case sameLevel:
		ok = each == at
	}
	if !ok {
		p.bad(v, problem.LevelMismatch, name, each.Word(sc.event))
	}
}

// known lists the measures that a name could be, those of the card first.
func (p *parser) known(sc *scope) []string {
	var names []string
	for _, d := range p.inOrder() {
		if d.kind == defMeasure || d.kind == defInput && d.dim != units.None {
			names = append(names, d.name)
		}
	}
	if sc.event != PeriodEnd {
		for _, b := range builtins {
			names = append(names, b.Name)
		}
	}
	if len(names) > 24 {
		names = append(names[:24:24], "…")
	}
	return names
}

// inOrder lists the defs by name.
func (p *parser) inOrder() []*def {
	names := make([]string, 0, len(p.defs))
	for name := range p.defs {
		names = append(names, name)
	}
	slices.Sort(names)
	all := make([]*def, len(names))
	for i, name := range names {
		all[i] = p.defs[name]
	}
	return all
}
