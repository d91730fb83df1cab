package fees

import (
	"math/big"
	"strings"

	"github.com/overseaswarehouse/overseas/internal/engine"
	"github.com/overseaswarehouse/overseas/internal/lang"
	"github.com/overseaswarehouse/overseas/internal/layout"
	"github.com/overseaswarehouse/overseas/internal/ratecard"
	"github.com/overseaswarehouse/overseas/internal/units"
)

// counted is the word for equal pieces or units.
func (x *explainer) counted(s *engine.Step) string {
	word := ratecard.LevelPiece.Word(x.kind)
	if s.Place.Item() {
		word = ratecard.LevelItem.Word(x.kind)
	}
	if t, ok := countTexts[word]; ok {
		return in(t, x.l)
	}
	return called(x.l, word)
}

// flat is a price for the charge's level as a whole.
func (x *explainer) flat(price string) string {
	if x.charge == nil || x.charge.Each == 0 {
		return price
	}
	return x.say(phPer, "price", price, "unit", x.level(x.charge.Each))
}

// price is a price as the card gives it, for so much of what it is for.
func (x *explainer) price(s *engine.Step) string {
	if s.Percent {
		return x.percent(s.Value)
	}
	if s.Price != nil && s.Price.Per == "" && s.Price.Time == nil {
		return x.flat(x.money(s.Value))
	}
	return x.per(x.money(s.Value), s.Price)
}

// per adds to a price what it is for.
func (x *explainer) per(price string, p *ratecard.Price) string {
	if p == nil {
		return price
	}
	if p.Per != "" {
		price = x.say(phPer, "price", price, "unit", x.perUnit(p))
	}
	if p.Time != nil {
		price = x.say(phPer, "price", price, "unit", in(timeTexts[min(p.Time.Per, ratecard.PerYear)], x.l))
	}
	return price
}

// perUnit is what a price is for: kg, 100 g, parcel, started kg.
func (x *explainer) perUnit(p *ratecard.Price) string {
	name := map[string]string{"units": "unit", "pieces": "piece", "lines": "line"}[p.Per]
	if name == "" {
		name = p.Per
	}
	unit := called(x.l, name)
	if p.Unit.Unit != units.NoUnit {
		unit = x.unitName(p.Unit.Unit)
	}
	if p.Unit.Set && p.Unit.Value.String() != "1" {
		unit = layout.Number(x.l, p.Unit.Value.String()) + " " + unit
	}
	if p.Started {
		unit = x.say(phEachStarted, "unit", unit)
	}
	return unit
}

// found says where in a table a price stands.
func (x *explainer) found(s *engine.Step) (string, []*engine.Step) {
	text, subs := x.axes(s.Axes)
	if text == "" {
		return x.price(s), nil
	}
	return text + then + x.price(s), subs
}

// axes says where on each axis of a table the event stands.
func (x *explainer) axes(axes []engine.AxisStep) (string, []*engine.Step) {
	var parts []string
	var subs []*engine.Step
	for _, a := range axes {
		if a.Of == nil {
			name := a.Axis.Of.Name
			switch a.Axis.Of.Kind {
			case ratecard.SubjectCountry:
				name = "country"
			case ratecard.SubjectWarehouse:
				name = "warehouse"
			}
			text := called(x.l, name) + " " + a.Word
			if a.Row != nil {
				if list := append(x.tests(a.Row.When), x.limits(a.Row.Limit)...); len(list) > 0 {
					text += x.aside(strings.Join(list, x.say(phSemicolon)))
				}
			}
			parts = append(parts, text)
			continue
		}
		text, more := x.inline(a.Of)
		if b := x.bracket(a.Axis, a.At); b != "" {
			text += x.aside(b)
		}
		parts = append(parts, text)
		subs = append(subs, more...)
	}
	return strings.Join(parts, x.say(phComma)), subs
}

func (x *explainer) bands(s *engine.Step) (string, []*engine.Step) {
	of, subs := x.inline(s.Args[0])
	var parts []string
	for i := range s.Bands {
		b := &s.Bands[i]
		text := x.money(b.Price)
		if !b.Band.Flat {
			each := x.quantity(b.Band.Each)
			if b.Band.Each.Value.String() == "1" && b.Band.Each.Unit != units.NoUnit {
				each = x.unitName(b.Band.Each.Unit)
			}
			count := x.number(b.Quantity)
			if b.Band.Started {
				each = x.say(phEachStarted, "unit", each)
			} else if u := s.Args[0].Unit; u != units.NoUnit {
				count += " " + x.unitName(u)
			}
			text = count + times + x.say(phPer, "price", text, "unit", each)
		}
		from := x.number(b.From)
		if u := s.Args[0].Unit; u != units.NoUnit {
			from += " " + x.unitName(u)
		}
		where := x.say(phOver, "from", from)
		if !b.Band.Open {
			where = x.say(phOverUpTo, "from", from, "to", x.quantity(b.Band.UpTo))
			if b.From.Sign() == 0 {
				where = x.say(phUpTo, "to", x.quantity(b.Band.UpTo))
			}
		}
		parts = append(parts, "("+where+") "+text)
	}
	text := of
	if len(s.Axes) > 0 {
		where, more := x.axes(s.Axes)
		text += x.say(phComma) + where
		subs = append(subs, more...)
	}
	if len(parts) == 0 {
		return x.colon(text, x.value(s)), subs
	}
	return x.colon(text, strings.Join(parts, " + ")) + equals + x.value(s), subs
}

func (x *explainer) next(s *engine.Step) (string, []*engine.Step) {
	text, subs := x.inline(s.Args[0])
	where, more := x.axes(s.Axes)
	subs = append(subs, more...)
	if where != "" {
		text = x.colon(where, text)
	}
	if len(s.Bands) == 0 {
		return text + equals + x.value(s), subs
	}
	b := &s.Bands[0]
	if b.Quantity.Cmp(s.Args[0].Value) != 0 {
		charged := *s.Args[0]
		charged.Value = b.Quantity
		text += x.say(phSemicolon) + x.say(phNextBreak, "at", x.value(&charged))
	}
	return text + times + x.per(x.money(b.Price), s.Price) + equals + x.value(s), subs
}

// overTime is a price over stretches of time.
func (x *explainer) overTime(s *engine.Step) (string, []*engine.Step) {
	var subs []*engine.Step
	var head []string
	if len(s.Axes) > 0 {
		where, more := x.axes(s.Axes)
		head, subs = append(head, where), append(subs, more...)
	}
	quantity := ""
	if len(s.Args) > 0 {
		text, more := x.inline(s.Args[0])
		quantity, subs = text+times, append(subs, more...)
	}
	var parts []string
	const most = 24
	for i := range s.Spans {
		sp := &s.Spans[i]
		if i == most {
			parts = append(parts, x.say(phRows, "n", x.number(new(big.Rat).SetInt64(int64(len(s.Spans)-i)))))
			break
		}
		text := x.span(sp.Time, s.Price)
		if sp.Quantity != nil {
			unit := ""
			if sp.Unit != units.NoUnit {
				unit = " " + x.unitName(sp.Unit)
			}
			amount := x.number(sp.Quantity) + unit
			if sp.Present != nil && sp.Present.Cmp(sp.Quantity) != 0 {
				amount = x.say(phPresent, "present", x.number(sp.Present)+unit, "charged", amount)
			}
			text = amount + times + text
		}
		if s.Dim == units.Money {
			text += times + x.per(x.money(sp.Price), s.Price)
		}
		when := layout.Date(x.l, engine.DateOf(sp.From).String())
		if sp.To-1 > sp.From {
			when = x.say(phSpan, "from", when, "to", engine.DateOf(sp.To-1).String())
		}
		for _, a := range sp.Axes {
			switch a.Axis.Age {
			case ratecard.Age:
				when += x.say(phComma) + called(x.l, "age") + " " + x.bracket(a.Axis, a.At)
			case ratecard.Day:
				when += x.say(phComma) + called(x.l, "day") + " " + x.bracket(a.Axis, a.At)
			default:
				when += x.say(phComma) + called(x.l, a.Axis.Of.Name) + " " + a.Word
			}
		}
		parts = append(parts, x.colon(when, text))
	}
	if len(parts) > 2 { // a line each
		var lines []*engine.Step
		for _, p := range parts {
			lines = append(lines, &engine.Step{Written: p})
		}
		text := strings.TrimSpace(strings.TrimSuffix(quantity, times)+" "+x.say(phOverTime, "n", itoa(len(s.Spans)))) + equals + x.value(s)
		if len(head) > 0 {
			text = x.colon(strings.Join(head, x.say(phComma)), text)
		}
		return text, append(subs, lines...)
	}
	sum := strings.Join(parts, " + ")
	if quantity != "" && len(parts) > 1 {
		sum = "[" + sum + "]"
	}
	text := quantity + sum
	if len(head) > 0 {
		text = x.colon(strings.Join(head, x.say(phComma)), text)
	}
	if text == "" {
		return x.value(s), subs
	}
	return text + equals + x.value(s), subs
}

// span is a length of time in the unit of the price: 31 days, 1.5 months.
func (x *explainer) span(n *big.Rat, p *ratecard.Price) string {
	if p == nil || p.Time == nil {
		return x.number(n)
	}
	unit := min(p.Time.Per, ratecard.PerYear)
	if n.Cmp(big.NewRat(1, 1)) == 0 && x.l != lang.ZhHans { // counted by another word than priced
		return x.number(n) + " " + in(timeTexts[unit], x.l)
	}
	return x.number(n) + " " + in(timeCounts[unit], x.l)
}
