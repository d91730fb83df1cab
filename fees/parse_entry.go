package fees

import (
	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees/unit"
	"github.com/overseaswarehouse/overseas/internal/problem"
	"github.com/overseaswarehouse/overseas/internal/strict"
)

func (p *eventParser) duties(o strict.Object) (list []Duty) {
	v, ok := o.Need("duties")
	if !ok {
		return nil
	}
	if v.Kind() == strict.Array && v.Len() == 0 {
		v.Problem(problem.New(problem.InputMissing, "duties", `[{"code": "none"}]`))
	}
	if !p.within(v, "duties", MaxEventList) {
		return nil
	}
	for _, v := range v.Elements() {
		list = append(list, p.duty(v))
	}
	return list
}

func (p *eventParser) duty(v strict.Value) (d Duty) {
	o, _ := v.Object("code", "rate", "specific", "min", "max", "excise")
	if code, ok := o.Need("code"); ok {
		d.Code, _ = code.Name()
	}
	d.Rate, d.Specific = p.dutyPart(o)
	d.Min, d.Max = p.dutyBound(o, "min"), p.dutyBound(o, "max")
	if v, ok := o.Get("excise"); ok {
		d.Excise, _ = v.Bool()
	}
	_, rated := o.Get("rate")
	_, counted := o.Get("specific")
	if !rated && !counted && d.Code != noDuty {
		o.Need("rate")
	}
	return d
}

// dutyPart reads a rate and amounts by quantity.
func (p *eventParser) dutyPart(o strict.Object) (rate unit.Percent, specific []Specific) {
	if v, text, ok := p.written(o, "rate"); ok {
		var err error
		rate, err = unit.ParsePercent(text)
		p.refuse(v, err)
		if rate.Sign() < 0 {
			v.Problem(problem.New(problem.Negative, text))
		}
	}
	v, ok := o.Get("specific")
	if !ok || !p.within(v, "specific", MaxEventFacts) {
		return rate, nil
	}
	if v.Kind() == strict.Array && v.Len() == 0 {
		v.Problem(problem.New(problem.InputMissing, "specific"))
	}
	for _, v := range v.Elements() {
		specific = append(specific, p.specific(v))
	}
	return rate, specific
}

func (p *eventParser) specific(v strict.Value) (s Specific) {
	o, ok := v.Object("amount", "per", "quantity")
	if !ok {
		return s
	}
	o.Need("amount")
	s.Amount = p.money(o, "amount")
	if per, ok := o.Need("per"); ok {
		s.Per, _ = per.Name()
		if _, _, fine := perOf(s.Per); s.Per != "" && !fine {
			per.Problem(problem.New(problem.Malformed, s.Per, "kg", "100 kg", "piece"))
		}
	}
	if q, ok := o.Get("quantity"); ok {
		if text, ok := q.Number(); ok {
			var err error
			s.Quantity, err = unit.ParseFraction(text)
			p.refuse(q, err)
			switch {
			case s.Quantity.Sign() < 0:
				q.Problem(problem.New(problem.Negative, text))
			case s.Quantity.IsZero():
				q.Problem(problem.New(problem.ZeroNotAllowed, text))
			}
		}
	}
	return s
}

func (p *eventParser) dutyBound(o strict.Object, name string) *DutyBound {
	v, ok := o.Get(name)
	if !ok {
		return nil
	}
	b, ok := v.Object("rate", "specific")
	if !ok {
		return nil
	}
	var d DutyBound
	d.Rate, d.Specific = p.dutyPart(b)
	if _, rated := b.Get("rate"); !rated && len(d.Specific) == 0 {
		b.Need("rate")
	}
	return &d
}

func (p *eventParser) importer(o strict.Object) (i Importer) {
	v, ok := o.Get("importer")
	if !ok {
		return i
	}
	if o, ok := v.Object("tax_registered"); ok {
		if v, ok := o.Get("tax_registered"); ok {
			i.TaxRegistered = Answer(wordAt(v, answerWords))
		}
	}
	return i
}

func (p *eventParser) rounding(o strict.Object) EntryRounding {
	if v, ok := o.Get("rounding"); ok {
		return EntryRounding(wordAt(v, roundingWords))
	}
	return ByCountry
}

// wordAt is the position of a word in a list whose first stands for none.
func wordAt(v strict.Value, words []string) int {
	if text, ok := v.OneOf(words[1:]...); ok {
		for i, w := range words {
			if w == text {
				return i
			}
		}
	}
	return 0
}

func (p *eventParser) assumed(o strict.Object) (parts []country.Part) {
	v, ok := o.Get("assumed")
	if !ok || !p.within(v, "assumed", len(lineMoney)) {
		return nil
	}
	for _, v := range v.Elements() {
		if text, ok := v.OneOf(lineMoney...); ok {
			parts = append(parts, country.Part(text))
		}
	}
	return parts
}

func (p *eventParser) afterBorder(o strict.Object) (s StandardCost) {
	v, ok := o.Get("after_border")
	if !ok {
		return s
	}
	in, ok := v.Object("code", "weight", "loads")
	if !ok {
		return s
	}
	in.Need("code")
	return StandardCost{Code: p.text(in, "code"), Weight: p.weight(in), Loads: p.count(in, "loads")}
}
