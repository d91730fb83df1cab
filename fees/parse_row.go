package fees

import (
	"strconv"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/fees/unit"
	"github.com/overseaswarehouse/overseas/internal/fixed"
	"github.com/overseaswarehouse/overseas/internal/problem"
	"github.com/overseaswarehouse/overseas/internal/ratecard"
	"github.com/overseaswarehouse/overseas/internal/strict"
)

// counted is a list that must be there. Its rows count against the limit of the document; beyond it there are none.
func (p *eventParser) counted(o strict.Object, name string) strict.Value {
	v, ok := o.Need(name)
	if !ok {
		return strict.Value{}
	}
	if p.rows += v.Len(); p.rows > MaxEventRows {
		v.Problem(problem.New(problem.TooMany, strconv.Itoa(p.rows), strconv.Itoa(MaxEventRows)).With("what", name))
		return strict.Value{}
	}
	return v
}

func (p *eventParser) cartons(o strict.Object) []Carton {
	all := p.counted(o, "cartons").Elements()
	if len(all) == 0 {
		return nil
	}
	list := make([]Carton, len(all))
	for i, v := range all {
		list[i] = p.carton(v)
	}
	return list
}

func (p *eventParser) carton(v strict.Value) Carton {
	o, _ := v.Object("count", "weight", "size", "volume", "value", "goods", "facts")
	return Carton{Count: p.count(o, "count"), Weight: p.weight(o), Size: p.size(o), Volume: p.volume(o), Value: p.money(o, "value"),
		Goods: p.goods(o), Facts: p.facts(o)}
}

func (p *eventParser) parcels(o strict.Object) []Parcel {
	all := p.counted(o, "parcels").Elements()
	if len(all) == 0 {
		return nil
	}
	list := make([]Parcel, len(all))
	for i, v := range all {
		list[i] = p.parcel(v)
	}
	return list
}

func (p *eventParser) parcel(v strict.Value) Parcel {
	o, _ := v.Object("count", "weight", "size", "volume", "value", "units", "goods", "facts")
	return Parcel{Count: p.count(o, "count"), Weight: p.weight(o), Size: p.size(o), Volume: p.volume(o), Value: p.money(o, "value"),
		Units: p.count(o, "units"), Goods: p.goods(o), Facts: p.facts(o)}
}

// goods are those in a carton or parcel, which need not say what is inside.
func (p *eventParser) goods(o strict.Object) []Goods {
	if _, ok := o.Get("goods"); !ok {
		return nil
	}
	return p.allGoods(o)
}

func (p *eventParser) allGoods(o strict.Object) []Goods {
	all := p.counted(o, "goods").Elements()
	if len(all) == 0 {
		return nil
	}
	list := make([]Goods, len(all))
	for i, v := range all {
		list[i] = p.goodsOf(v)
	}
	return list
}

func (p *eventParser) goodsOf(v strict.Value) Goods {
	o, _ := v.Object("sku", "units", "weight", "size", "volume", "value", "facts")
	return Goods{SKU: p.text(o, "sku"), Units: p.count(o, "units"), Weight: p.weight(o), Size: p.size(o), Volume: p.volume(o),
		Value: p.money(o, "value"), Facts: p.facts(o)}
}

// billed are the bills of a period, as one quote; nil where none are given, which is not the same as none.
func (p *eventParser) billed(o strict.Object) []*Quote {
	if _, ok := o.Get("billed"); !ok {
		return nil
	}
	var lines []Line
	for _, v := range p.counted(o, "billed").Elements() {
		lines = append(lines, p.bill(v))
	}
	if len(lines) == 0 {
		return []*Quote{}
	}
	return []*Quote{{lines: lines}}
}

func (p *eventParser) bill(v strict.Value) (l Line) {
	o, ok := v.Object("code", "family", "amount")
	if !ok {
		return l
	}
	p.need(o, "code")
	p.need(o, "amount")
	amount := p.money(o, "amount")
	l.lineInfo = &lineInfo{card: &ratecard.Card{Currency: amount.Currency()}, name: p.text(o, "code"), zero: amount, kind: OnPeriod}
	if f, ok := o.Get("family"); ok {
		if word, ok := f.OneOf(familyWords()...); ok {
			family, _ := ratecard.ParseFamily(word)
			l.families = families[family : family+1]
		}
	}
	l.set(amount)
	return l
}

func familyWords() (words []string) {
	for f := FirstLeg; f <= Other; f++ {
		words = append(words, f.String())
	}
	return words
}

func (p *eventParser) lots(o strict.Object) []Lot {
	all := p.counted(o, "lots").Elements()
	if len(all) == 0 {
		return nil
	}
	list := make([]Lot, len(all))
	for i, v := range all {
		list[i] = p.lot(v)
	}
	return list
}

func (p *eventParser) lot(v strict.Value) Lot {
	o, _ := v.Object("batch", "sku", "arrived", "from", "to", "units", "weight", "size", "volume", "value", "facts")
	l := Lot{Batch: p.text(o, "batch"), SKU: p.text(o, "sku"), Arrived: p.date(o, "arrived"), From: p.date(o, "from"), To: p.date(o, "to"),
		Weight: p.weight(o), Size: p.size(o), Volume: p.volume(o), Value: p.money(o, "value"), Facts: p.facts(o)}
	if v, ok := o.Need("units"); ok {
		l.Units = p.whole(v, 0) // a lot may be empty, but that is said
	}
	return l
}

var lineMoney = []string{"goods", "packing", "origin_inland", "freight_to_border", "insurance", "freight_after_border"}

// lines are declaration lines whose duties, where they have no options, are read so.
func (p *eventParser) lines(o strict.Object, duties func(strict.Object) []Duty) []EntryLine {
	all := p.counted(o, "lines").Elements()
	if len(all) == 0 {
		return nil
	}
	list := make([]EntryLine, len(all))
	for i, v := range all {
		list[i] = p.declared(v, duties)
	}
	return list
}

func (p *eventParser) declared(v strict.Value, duties func(strict.Object) []Duty) EntryLine {
	o, ok := v.Object(append([]string{"sku", "hs", "units", "weight", "duties", "options"}, lineMoney...)...)
	if ok {
		o.Need("goods")
	}
	l := EntryLine{SKU: p.text(o, "sku"), HS: p.text(o, "hs"), Units: p.count(o, "units"), Weight: p.weight(o),
		Goods: p.money(o, "goods"), Packing: p.money(o, "packing"), OriginInland: p.money(o, "origin_inland"),
		FreightToBorder: p.money(o, "freight_to_border"), Insurance: p.money(o, "insurance"),
		FreightAfterBorder: p.money(o, "freight_after_border")}
	options, several := o.Get("options")
	if !several {
		l.Duties = duties(o)
		return l
	}
	if both, ok := o.Get("duties"); ok {
		both.Problem(problem.New(problem.FieldsExclude, "duties", "options"))
	}
	if options.Kind() == strict.Array && options.Len() == 0 {
		options.Problem(problem.New(problem.InputMissing, "options"))
	}
	if p.within(options, "options", mostOptions) {
		for _, v := range options.Elements() {
			if o, ok := v.Object("name", "duties"); ok {
				o.Need("name")
				l.Options = append(l.Options, DutyOption{Name: p.text(o, "name"), Duties: p.duties(o)})
			}
		}
	}
	return l
}

// rates reads a list of exchange rates; nil where there is none.
func (p *eventParser) rates(o strict.Object, name string) *money.Rates {
	v, ok := o.Get(name)
	if !ok || !p.within(v, "rates", MaxEventList) {
		return nil
	}
	before := p.list.Len()
	var list []money.Rate
	for _, v := range v.Elements() {
		list = append(list, p.rate(v))
	}
	if p.list.Len() > before || len(list) == 0 {
		return nil
	}
	rates, err := money.NewRates(list...)
	p.refuse(v, err)
	return rates
}

// rate reads a quotation, or an object with its parts.
func (p *eventParser) rate(v strict.Value) money.Rate {
	if v.Kind() == strict.String {
		text, _ := v.Text()
		r, err := money.ParseRate(text)
		p.refuse(v, err)
		return r
	}
	o, ok := v.Object("base", "quote", "value", "per", "inverse", "date", "source")
	if !ok {
		return money.Rate{}
	}
	r := money.Rate{Base: p.currency(o, "base"), Quote: p.currency(o, "quote"), Per: p.count(o, "per"), Date: p.date(o, "date"), Source: p.text(o, "source")}
	if r.Per == 1 {
		r.Per = 0 // as it is written
	}
	if v, ok := o.Get("inverse"); ok {
		r.Inverse, _ = v.Bool()
	}
	if v, ok := o.Need("value"); ok {
		if text, ok := v.Number(); ok {
			d, code := fixed.Scan(text)
			if code != "" {
				v.Problem(fixed.Refuse(code, text))
			}
			if code == "" && d.Coef <= 0 {
				v.Problem(problem.New(problem.RateNotPositive, text))
			}
			r.Value = d.Decimal()
		}
	}
	return r
}

// currency accepts one that has been withdrawn since: rates and amounts may be of the past.
func (p *eventParser) currency(o strict.Object, name string) (c country.Currency) {
	o.Need(name)
	if v, text, ok := p.written(o, name); ok {
		var err error
		c, err = country.ParseCurrencyOn(text, longAgo)
		p.refuse(v, err)
	}
	return c
}

// longAgo is a day on which every currency that there was counts.
var longAgo = country.Date{Year: 1, Month: 1, Day: 1}

// facts reads answers: strings, or numbers as they are written.
func (p *eventParser) facts(o strict.Object) Facts {
	v, ok := o.Get("facts")
	if !ok || !p.within(v, "facts", MaxEventFacts) {
		return nil
	}
	var facts Facts
	for _, field := range v.Members() {
		name, a := field.Name, field.Value
		answer, ok := "", false
		if a.Kind() == strict.Number {
			answer, ok = a.Number()
			if len(answer) > MaxEventText {
				a.Problem(problem.New(problem.NumberTooLong, answer))
			}
		} else {
			answer, ok = a.Name()
		}
		if ok {
			if facts == nil {
				facts = make(Facts, v.Len())
			}
			facts[name] = answer
		}
	}
	return facts
}

func (p *eventParser) within(v strict.Value, what string, most int) bool {
	if n := v.Len(); n > most {
		v.Problem(problem.New(problem.TooMany, strconv.Itoa(n), strconv.Itoa(most)).With("what", what))
		return false
	}
	return true
}

// text reads a text that shows something; "" where there is none.
func (p *eventParser) text(o strict.Object, name string) string {
	v, _ := o.Get(name)
	text, _ := v.Name()
	return text
}

// refuse files the problems of another package at a value.
func (p *eventParser) refuse(v strict.Value, err error) {
	for _, x := range problem.Of(err) {
		v.Problem(x)
	}
}

// written is the text of a member that may be absent.
func (p *eventParser) written(o strict.Object, name string) (v strict.Value, text string, ok bool) {
	if v, ok = o.Get(name); ok {
		text, ok = v.Text()
	}
	return v, text, ok
}

func (p *eventParser) weight(o strict.Object) (w unit.Weight) {
	if v, text, ok := p.written(o, "weight"); ok {
		var err error
		w, err = unit.ParseWeight(text)
		p.refuse(v, err)
	}
	return w
}

func (p *eventParser) volume(o strict.Object) (x unit.Volume) {
	if v, text, ok := p.written(o, "volume"); ok {
		var err error
		x, err = unit.ParseVolume(text)
		p.refuse(v, err)
	}
	return x
}

func (p *eventParser) size(o strict.Object) (s unit.Size) {
	if v, text, ok := p.written(o, "size"); ok {
		var err error
		s, err = unit.ParseSize(text)
		p.refuse(v, err)
	}
	return s
}

func (p *eventParser) date(o strict.Object, name string) (d country.Date) {
	if v, text, ok := p.written(o, name); ok {
		var err error
		d, err = country.ParseDate(text)
		p.refuse(v, err)
	}
	return d
}

func (p *eventParser) country(o strict.Object, name string) (c country.Code) {
	if v, text, ok := p.written(o, name); ok {
		var err error
		c, err = country.Parse(text)
		p.refuse(v, err)
	}
	return c
}

func (p *eventParser) money(o strict.Object, name string) (m money.Money) {
	if v, text, ok := p.written(o, name); ok {
		var err error
		m, err = money.ParseOn(text, longAgo)
		p.refuse(v, err)
	}
	return m
}

// span reads the two days of a stretch of time, both needed.
func (p *eventParser) span(o strict.Object) (from, to country.Date) {
	o.Need("from")
	o.Need("to")
	from, to = p.date(o, "from"), p.date(o, "to")
	if v, ok := o.Get("to"); ok && from.IsValid() && to.IsValid() && to.Before(from) {
		v.Problem(problem.New(problem.DateOrder, to.String(), from.String()))
	}
	return from, to
}

// count reads a number of at least one; 0 where there is none.
func (p *eventParser) count(o strict.Object, name string) int64 {
	v, ok := o.Get(name)
	if !ok {
		return 0
	}
	return p.whole(v, 1)
}

// whole reads a whole number, as a JSON number or a string.
func (p *eventParser) whole(v strict.Value, least int64) int64 {
	text, ok := v.Number()
	if !ok {
		return 0
	}
	d, code := fixed.Scan(text)
	d = d.Normalize()
	switch {
	case code != "":
		v.Problem(fixed.Refuse(code, text))
	case d.Scale > 0:
		v.Problem(problem.New(problem.NotInteger, text))
	case d.Coef < 0:
		v.Problem(problem.New(problem.Negative, text))
	case d.Coef < least:
		v.Problem(problem.New(problem.ZeroNotAllowed, text))
	default:
		return d.Coef
	}
	return 0
}
