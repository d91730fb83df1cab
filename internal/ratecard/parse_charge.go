package ratecard

import (
	"slices"
	"strings"

	"github.com/overseaswarehouse/overseas/internal/problem"
	"github.com/overseaswarehouse/overseas/internal/sorting"
	"github.com/overseaswarehouse/overseas/internal/strict"
)

var chargeFields = []string{"code", "on", "text", "family", "slot", "each", "when", "limit", "per", "unit", "started", "time",
	"price", "percent", "of", "basis", "min", "max", "bounds", "round", "dated", "credit", "recoverable", "prepayment",
	"top_up", "given"}

// chargeUse is a charge on its way to the card.
type chargeUse struct {
	at     strict.Value
	charge *Charge
	uses   []*def
}

// codeUse is what a code of the card stands for.
type codeUse struct {
	charge int // index among the charges, -1 for an amount or total
	amount strict.Value
	sum    *Amount // of an amount, when it is read
}

// collectCodes registers the codes of charges, amounts and totals, which name each other in any order.
func (p *parser) collectCodes(o strict.Object) {
	take := func(v strict.Value, code string, u codeUse) {
		if _, taken := p.codes[code]; taken {
			p.bad(v, problem.Duplicate, code)
			return
		}
		if slices.Contains(moneyNames, code) {
			p.bad(v, problem.NameTaken, code, "built in")
			return
		}
		p.codes[code] = u
	}
	each := func(field string, most int, use func(i int) codeUse) {
		v, ok := o.Get(field)
		if !ok || v.Kind() != strict.Array || v.Len() > most {
			return
		}
		for i, e := range v.Elements() {
			if code, ok := e.Member("code"); ok && code.Kind() == strict.String {
				if text, ok := code.Number(); ok {
					take(code, text, use(i))
				}
			}
		}
	}
	each("charges", MaxCharges, func(i int) codeUse { return codeUse{charge: i} })
	if v, ok := o.Get("amounts"); ok && v.Kind() == strict.ObjectKind && v.Len() <= MaxParts {
		for _, field := range v.Members() {
			name, e := field.Name, field.Value
			take(e, name, codeUse{charge: -1, amount: e})
		}
	}
	each("totals", MaxParts, func(int) codeUse { return codeUse{charge: -1} })
}

func (p *parser) chargesOf(o strict.Object) {
	v, ok := o.Need("charges")
	if !ok {
		return
	}
	if v.Kind() == strict.Array && v.Len() == 0 {
		p.bad(v, problem.TierEmpty, "")
	}
	if v.Kind() != strict.Array {
		v.Array()
		return
	}
	if !p.within(v, "charges", MaxCharges) {
		return
	}
	p.card.Charges = make([]Charge, v.Len()) // levels point into it
	for i, e := range v.Elements() {
		ch := &p.card.Charges[i]
		u := &chargeUse{at: e, charge: ch}
		p.charges = append(p.charges, u)
		p.charge(u)
	}
}

func (p *parser) charge(u *chargeUse) {
	ch := u.charge
	ch.Each, ch.Families = LevelEvent, []Family{Other}
	o, ok := u.at.Object(chargeFields...)
	if !ok {
		return
	}
	if v, ok := o.Need("code"); ok {
		ch.Code, _ = p.name(v)
	}
	if v, ok := o.Get("text"); ok {
		ch.Text, _ = v.Name()
	}
	if v, ok := o.Need("family"); ok {
		p.families(v, ch)
	}
	p.flags(o, ch)
	on, ok := o.Need("on")
	if !ok {
		return
	}
	if ch.On = p.event(on); ch.On == 0 {
		return
	}
	slot := p.slotOf(o, ch)
	p.chargeLevel(o, ch, slot)
	sc := &scope{event: ch.On, uses: &u.uses, each: &ch.Each}
	if v, ok := o.Get("when"); ok {
		ch.When = p.tests(v, sc)
	}
	if v, ok := o.Get("limit"); ok {
		ch.Limit = p.limits(v, sc)
	}
	ch.Min, ch.Max = p.bound(o, "min"), p.bound(o, "max")
	p.ordered(u.at, ch.Min, ch.Max)
	p.bounds2(o, ch)
	p.chargeRounding(o, ch)
	p.pricing(o, ch, sc)
}

func (p *parser) families(v strict.Value, ch *Charge) {
	ch.Families = ch.Families[:0]
	for _, e := range p.oneOrMore(v, "families") {
		w, ok := e.OneOf(listed(familyWords)...)
		if !ok {
			continue
		}
		f, _ := ParseFamily(w)
		if slices.Contains(ch.Families, f) {
			p.bad(e, problem.Duplicate, w)
			continue
		}
		ch.Families = append(ch.Families, f)
	}
	if len(ch.Families) == 0 {
		ch.Families = []Family{Other}
	}
}

func (p *parser) flags(o strict.Object, ch *Charge) {
	for name, into := range map[string]*bool{"credit": &ch.Credit, "recoverable": &ch.Recoverable, "prepayment": &ch.Prepayment} {
		if v, ok := o.Get(name); ok {
			*into, _ = v.Bool()
		}
	}
}

func (p *parser) slotOf(o strict.Object, ch *Charge) *slotUse {
	v, ok := o.Get("slot")
	if !ok {
		return nil
	}
	text, ok := v.Text()
	if !ok {
		return nil
	}
	s := p.slots[text]
	if s == nil {
		var known []string
		for name := range p.slots {
			known = append(known, name)
		}
		slices.Sort(known)
		p.bad(v, problem.NameUnknown, text, known...)
		return nil
	}
	ch.Slot = text
	s.used++
	if s.slot.On != ch.On && s.slot.On != 0 {
		p.bad(v, problem.SlotMismatch, ch.On.String(), s.slot.On.String())
	}
	return s
}

// chargeLevel is each; without it that of the slot, then that of the first level word that the price is per.
func (p *parser) chargeLevel(o strict.Object, ch *Charge, slot *slotUse) {
	if v, ok := o.Get("each"); ok {
		l, ok := p.levelOf(v, ch.On)
		if !ok {
			return
		}
		ch.Each = l
		if slot != nil && slot.slot.On == ch.On && slot.slot.Each != l {
			p.bad(v, problem.SlotMismatch, l.Word(ch.On), slot.slot.Each.Word(ch.On))
		}
		return
	}
	if slot != nil && slot.slot.On == ch.On {
		ch.Each = slot.slot.Each
		return
	}
	per, ok := o.Get("per")
	if !ok {
		if list, isList := o.Get("price"); isList && list.Kind() == strict.Array {
			for _, e := range list.Elements() {
				if per, ok = e.Member("per"); ok {
					break
				}
			}
		}
	}
	if ok && per.Kind() == strict.String {
		word, _ := per.Number()
		if l, ok := ParseLevel(word, ch.On); ok {
			ch.Each = l
		}
	}
}

func (p *parser) bounds2(o strict.Object, ch *Charge) {
	v, ok := o.Get("bounds")
	if !ok || !p.within(v, "bounds", MaxSteps) {
		return
	}
	for _, e := range v.Elements() {
		b, ok := e.Object("each", "min", "max")
		if !ok {
			continue
		}
		var lb LevelBound
		if x, ok := b.Need("each"); ok {
			if l, ok := p.levelOf(x, ch.On); ok {
				lb.Each = l
				if l <= ch.Each {
					p.bad(x, problem.LevelMismatch, l.Word(ch.On), wider(ch)...)
				}
				if Any(len(ch.Bounds), func(i int) bool { return ch.Bounds[i].Each == l }) {
					p.bad(x, problem.Duplicate, l.Word(ch.On))
				}
			}
		}
		lb.Min, lb.Max = p.bound(b, "min"), p.bound(b, "max")
		p.ordered(e, lb.Min, lb.Max)
		if _, ok := b.Get("min"); !ok {
			if _, ok := b.Get("max"); !ok {
				p.bad(e, problem.MissingField, "", "min", "max")
			}
		}
		ch.Bounds = append(ch.Bounds, lb)
	}
}

func wider(ch *Charge) []string {
	var words []string
	for l := ch.Each + 1; l <= LevelEvent; l++ {
		if ch.On.HasLevel(l) {
			words = append(words, l.Word(ch.On))
		}
	}
	return words
}

func (p *parser) chargeRounding(o strict.Object, ch *Charge) {
	ch.Round = p.card.Rounding
	v, ok := o.Get("round")
	if ok {
		ch.Round = p.rounding(v, ch.Round, ch.On)
		if each, ok := v.Member("each"); ok && ch.Round.Each < ch.Each {
			p.bad(each, problem.LevelMismatch, ch.Round.Each.Word(ch.On), append([]string{ch.Each.Word(ch.On)}, wider(ch)...)...)
		}
	}
	for ch.Round.Each < ch.Each || !ch.On.HasLevel(ch.Round.Each) && ch.Round.Each < LevelEvent {
		ch.Round.Each++
	}
}

// pricing reads what a charge costs: a price or percentage, dated ones, a top-up, or the caller's duties.
func (p *parser) pricing(o strict.Object, ch *Charge, sc *scope) {
	if v, ok := o.Get("given"); ok {
		p.given(v, o, ch, sc)
		return
	}
	if v, ok := o.Get("top_up"); ok {
		p.topUp(v, o, ch)
		return
	}
	dated, ok := o.Get("dated")
	if !ok {
		ch.Terms = p.terms(terms{o}, sc, ch)
		return
	}
	for _, name := range []string{"price", "percent"} {
		if v, ok := o.Get(name); ok {
			p.bad(v, problem.FieldsExclude, name, "dated")
		}
	}
	if dated.Kind() == strict.Array && dated.Len() == 0 {
		p.bad(dated, problem.TierEmpty, "")
	}
	if !p.within(dated, "dated terms", MaxParts) {
		return
	}
	for _, e := range dated.Elements() {
		d, ok := e.Object("from", "to", "per", "unit", "started", "time", "price", "percent", "of", "basis", "min", "max")
		if !ok {
			continue
		}
		x := Dated{Period: p.period(d), Min: p.bound(d, "min"), Max: p.bound(d, "max")}
		if x.Min == nil {
			x.Min = ch.Min
		}
		if x.Max == nil {
			x.Max = ch.Max
		}
		p.ordered(e, x.Min, x.Max)
		x.Terms = p.terms(terms{d, o}, sc, ch)
		for i := range ch.Dated {
			if overlap(ch.Dated[i].Period, x.Period) {
				p.bad(e, problem.PeriodOverlap, spanText(x.Period), spanText(ch.Dated[i].Period))
				break
			}
		}
		ch.Dated = append(ch.Dated, x)
	}
	sorting.Stable(len(ch.Dated), func(i, j int) bool {
		a, b := ch.Dated[i].Period.From, ch.Dated[j].Period.From
		return a != b && (a.IsZero() || !b.IsZero() && a.Before(b))
	}, func(i, j int) { ch.Dated[i], ch.Dated[j] = ch.Dated[j], ch.Dated[i] })
}

// overlap reports whether two periods share a day.
func overlap(a, b Period) bool {
	before := func(x, y Period) bool { return !x.To.IsZero() && !y.From.IsZero() && x.To.Before(y.From) }
	return !before(a, b) && !before(b, a)
}

// spanText is a period as "2026-01-01 … 2026-12-31".
func spanText(s Period) string {
	text := " … "
	if !s.From.IsZero() {
		text = s.From.String() + text
	}
	if !s.To.IsZero() {
		text += s.To.String()
	}
	return strings.TrimSpace(text)
}

func (p *parser) given(v strict.Value, o strict.Object, ch *Charge, sc *scope) {
	if w, ok := v.OneOf("duties"); ok {
		ch.Given = w
	}
	if ch.On != Import {
		p.bad(v, problem.FieldsExclude, "given", "on "+ch.On.String())
	}
	for _, name := range []string{"price", "percent", "dated", "top_up", "per"} {
		if x, ok := o.Get(name); ok {
			p.bad(x, problem.FieldsExclude, name, "given")
		}
	}
	pr := Price{Percent: true}
	if of, ok := o.Need("of"); ok {
		pr.Of = p.ofNames(of, sc, ch)
	}
	p.basis(terms{o}, &pr)
	ch.Terms = []Price{pr}
}

func (p *parser) topUp(v strict.Value, o strict.Object, ch *Charge) {
	if ch.On != PeriodEnd {
		p.bad(v, problem.FieldsExclude, "top_up", "on "+ch.On.String())
	}
	for _, name := range []string{"price", "percent", "dated", "per", "of"} {
		if x, ok := o.Get(name); ok {
			p.bad(x, problem.FieldsExclude, name, "top_up")
		}
	}
	t, ok := v.Object("to", "of")
	if !ok {
		return
	}
	ch.TopUp = &TopUp{}
	if x, ok := t.Need("to"); ok {
		ch.TopUp.To, _ = p.decimal(x)
	}
	if x, ok := t.Get("of"); ok {
		for _, e := range p.oneOrMore(x, "names") {
			if text, ok := e.Text(); ok {
				if _, isFamily := FamilyOf(text); !isFamily {
					if u, known := p.codes[text]; !known || u.charge < 0 {
						p.bad(e, problem.NameUnknown, text, p.billNames()...)
						continue
					}
				}
				ch.TopUp.Of = append(ch.TopUp.Of, text)
			}
		}
	}
}

// billNames lists what an amount can be taken of.
func (p *parser) billNames() []string {
	var names []string
	for code := range p.codes {
		names = append(names, code)
	}
	slices.Sort(names)
	for _, w := range listed(familyWords) {
		names = append(names, "family:"+w)
	}
	return shown(names)
}
