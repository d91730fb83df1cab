package ratecard

import (
	"strings"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/internal/fixed"
	"github.com/overseaswarehouse/overseas/internal/problem"
	"github.com/overseaswarehouse/overseas/internal/strict"
	"github.com/overseaswarehouse/overseas/internal/units"
)

// oneOrMore are the elements of an array, or v itself where it is not one. An empty array is a problem.
func (p *parser) oneOrMore(v strict.Value, what string) []strict.Value {
	if v.Kind() != strict.Array {
		return []strict.Value{v}
	}
	if v.Len() == 0 {
		p.bad(v, problem.TierEmpty, "")
	}
	if !p.within(v, what, MaxValues) {
		return nil
	}
	return v.Elements()
}

// name reads a name or code: small letters, digits, "_", "." and "-", beginning with a letter or digit.
func (p *parser) name(v strict.Value) (string, bool) {
	text, ok := v.Name()
	return text, ok && p.checkName(v, text)
}

func (p *parser) checkName(v strict.Value, text string) bool {
	if len(text) > MaxName {
		p.bad(v, problem.TextTooLong, text, "64")
		return false
	}
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9', i > 0 && (c == '_' || c == '.' || c == '-'):
		default:
			p.bad(v, problem.Malformed, text, "a-z 0-9 _ . -")
			return false
		}
	}
	if text == "" {
		p.bad(v, problem.TextBlank, "")
		return false
	}
	return true
}

// short reads a value of an input, a warehouse, an edition: any text of at most MaxName characters.
func (p *parser) short(v strict.Value) (string, bool) {
	text, ok := v.Name()
	if ok && len(text) > 4*MaxName {
		p.bad(v, problem.TextTooLong, text, "64")
		return "", false
	}
	return text, ok
}

func (p *parser) country(v strict.Value) (country.Code, bool) {
	text, ok := v.Text()
	if !ok {
		return country.Code{}, false
	}
	c, err := country.Parse(text)
	if err != nil {
		p.refuse(v, err)
		return country.Code{}, false
	}
	return c, true
}

func (p *parser) date(v strict.Value) (country.Date, bool) {
	text, ok := v.Text()
	if !ok {
		return country.Date{}, false
	}
	d, err := country.ParseDate(text)
	if err != nil {
		p.refuse(v, err)
		return country.Date{}, false
	}
	return d, true
}

func (p *parser) event(v strict.Value) Event {
	w, ok := v.OneOf(listed(eventWords)...)
	if !ok {
		return 0
	}
	e, _ := ParseEvent(w)
	return e
}

// scan reads a decimal that may be negative.
func (p *parser) scan(v strict.Value, text string) (fixed.Decimal, bool) {
	d, err := fixed.Parse(text)
	if err != nil {
		p.refuse(v, err)
		return fixed.Decimal{}, false
	}
	return d, true
}

// decimal reads a decimal that is not negative.
func (p *parser) decimal(v strict.Value) (fixed.Decimal, bool) {
	text, ok := v.Number()
	if !ok {
		return fixed.Decimal{}, false
	}
	return p.positive(v, text)
}

func (p *parser) positive(v strict.Value, text string) (fixed.Decimal, bool) {
	d, ok := p.scan(v, text)
	if ok && d.Coef < 0 {
		p.bad(v, problem.Negative, text)
		return fixed.Decimal{}, false
	}
	return d, ok
}

// bound reads an amount that limits another; nil when it is not there.
func (p *parser) bound(o strict.Object, name string) *fixed.Decimal {
	v, ok := o.Get(name)
	if !ok {
		return nil
	}
	d, ok := p.decimal(v)
	if !ok {
		return nil
	}
	return &d
}

// ordered says where a minimum is over its maximum.
func (p *parser) ordered(v strict.Value, least, most *fixed.Decimal) {
	if least != nil && most != nil && least.Cmp(*most) > 0 {
		p.bad(v, problem.MinOverMax, least.String(), most.String())
	}
}

// count reads a whole number within limits, written as a number or as text.
func (p *parser) count(v strict.Value, least, most int64) (int64, bool) {
	d, ok := p.decimal(v)
	if !ok {
		return 0, false
	}
	d = d.Normalize()
	switch {
	case d.Scale > 0:
		p.bad(v, problem.NotInteger, d.String())
	case d.Coef < least && least == 1 && d.Coef == 0:
		p.bad(v, problem.ZeroNotAllowed, d.String())
	case d.Coef < least || d.Coef > most:
		p.bad(v, problem.NumberRange, d.String(), fixed.Decimal{Coef: least}.String(), fixed.Decimal{Coef: most}.String())
	default:
		return d.Coef, true
	}
	return 0, false
}

// percent reads "7.7%" as the fraction 0.077.
func (p *parser) percent(v strict.Value) (fixed.Decimal, bool) {
	text, ok := v.Text()
	if !ok {
		return fixed.Decimal{}, false
	}
	return p.fraction(v, text)
}

func (p *parser) fraction(v strict.Value, text string) (fixed.Decimal, bool) {
	number, ok := strings.CutSuffix(text, "%")
	if !ok {
		p.bad(v, problem.Malformed, text, "7.7%")
		return fixed.Decimal{}, false
	}
	d, ok := p.scan(v, number)
	if !ok {
		return d, false
	}
	if d.Scale > fixed.MaxScale-2 {
		p.bad(v, problem.NumberPrecision, text, "10")
		return fixed.Decimal{}, false
	}
	d.Scale += 2
	return d, true
}

// positivePercent is percent that is not negative.
func (p *parser) positivePercent(v strict.Value) (fixed.Decimal, bool) {
	d, ok := p.percent(v)
	if ok && d.Coef < 0 {
		p.bad(v, problem.Negative, d.String())
		return fixed.Decimal{}, false
	}
	return d, ok
}

// quantity reads a number with its unit. A dim other than None is what it has to measure; days may go without a unit,
// numbers and money have none.
func (p *parser) quantity(v strict.Value, dim Dim) (Quantity, bool) {
	text, ok := v.Number()
	if !ok {
		return Quantity{}, false
	}
	return p.quantityOf(v, text, dim)
}

func (p *parser) quantityOf(v strict.Value, text string, dim Dim) (Quantity, bool) {
	number, symbol, hasUnit := strings.Cut(text, " ")
	q := Quantity{Set: true}
	if hasUnit && (number == "" || strings.TrimLeft(symbol, " 0123456789") != symbol || symbol == "") { // " 20", "1 000 kg"
		p.bad(v, problem.NumberSyntax, text)
		return Quantity{}, false
	}
	if hasUnit {
		u, ok := units.Parse(symbol)
		if !ok {
			p.bad(v, problem.UnitUnknown, text, units.Symbols(dim)...)
			return Quantity{}, false
		}
		q.Unit = u
	}
	var ok bool
	if q.Value, ok = p.positive(v, number); !ok {
		return Quantity{}, false
	}
	switch {
	case dim == units.None:
	case dim == units.Days && !hasUnit:
		q.Unit = units.Day
	case dim == units.Number || dim == units.Money:
		if hasUnit {
			p.bad(v, problem.UnitMismatch, text, number)
			return Quantity{}, false
		}
	case q.Unit.Dim() != dim:
		p.bad(v, problem.UnitMismatch, text, units.Symbols(dim)...)
		return Quantity{}, false
	}
	return q, true
}

// above is quantity that is not zero.
func (p *parser) above(v strict.Value, dim Dim) (Quantity, bool) {
	q, ok := p.quantity(v, dim)
	if ok && q.Value.IsZero() {
		p.bad(v, problem.ZeroNotAllowed, q.String())
		return Quantity{}, false
	}
	return q, ok
}

// mode reads a rounding mode.
func (p *parser) mode(v strict.Value) (fixed.Mode, bool) {
	w, ok := v.OneOf(fixed.ModeNames()...)
	if !ok {
		return 0, false
	}
	return fixed.ParseMode(w)
}

// rounding reads a rounding over the default; its level is a word of the event, or of any event for the card's own.
func (p *parser) rounding(v strict.Value, r Rounding, on Event) Rounding {
	o, ok := v.Object("mode", "to", "each")
	if !ok {
		return r
	}
	if m, ok := o.Get("mode"); ok {
		if mode, ok := p.mode(m); ok {
			r.Mode = mode
		}
	}
	if t, ok := o.Get("to"); ok {
		if d, ok := p.decimal(t); ok {
			if d.IsZero() {
				p.bad(t, problem.ZeroNotAllowed, d.String())
			} else {
				r.To = d
			}
		}
	}
	if e, ok := o.Get("each"); ok {
		if l, ok := p.levelOf(e, on); ok {
			r.Each = l
		}
	}
	return r
}

// levelOf reads a level word of an event.
func (p *parser) levelOf(v strict.Value, on Event) (Level, bool) {
	text, ok := v.Text()
	if !ok {
		return 0, false
	}
	l, ok := ParseLevel(text, on)
	if !ok {
		p.bad(v, problem.UnknownValue, text, LevelWords(on)...)
	}
	return l, ok
}
