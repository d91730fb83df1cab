package money

import (
	"encoding/json"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/internal/fixed"
	"github.com/overseaswarehouse/overseas/internal/problem"
)

// Rate is an exchange rate as it was published: Per units of Base are Value units of Quote.
//
//	1 EUR = 1.083519 USD     Rate{Base: EUR, Quote: USD, Value: 1.083519}
//	100 JPY = 4.7512 CNY     Rate{Base: JPY, Quote: CNY, Value: 4.7512, Per: 100}
//
// A Rate converts from Base to Quote, by multiplying. One that is marked Inverse converts from Quote to Base instead,
// by an exact division by the same published figure.
type Rate struct {
	Base, Quote country.Currency
	Value       decimal.Decimal // more than 0, at most 18 digits and 12 decimals
	Per         int64           // units of Base that Value is for; 0 stands for 1
	Inverse     bool            // the quotation is used from Quote to Base
	Date        country.Date    // the day it is for; zero: for every day, until one with a date begins
	Source      string          // who published it
}

// ParseRate reads a quotation such as "1 EUR = 1.083519 USD" or "100 JPY = 4.7512 CNY". The left number is a whole
// number. The rate has no date and no source; its currencies may have been withdrawn since.
func ParseRate(s string) (Rate, error) {
	malformed := problem.New(problem.Malformed, s, "1 EUR = 1.083519 USD")
	left, right, ok := strings.Cut(s[:min(len(s), 4096)], " = ")
	if !ok {
		return Rate{}, malformed
	}
	base, err := ParseOn(left, ever)
	if err != nil {
		return Rate{}, err
	}
	quote, err := ParseOn(right, ever)
	if err != nil {
		return Rate{}, err
	}
	if base.scale != 0 {
		return Rate{}, malformed
	}
	if base.coef <= 0 {
		return Rate{}, problem.New(problem.RateNotPositive, left)
	}
	r := Rate{Base: base.Currency(), Quote: quote.Currency(), Value: quote.Decimal(), Per: base.coef}
	if _, err := r.leg(); err != nil {
		return Rate{}, err
	}
	return r, nil
}

// From is the currency that the rate converts from.
func (r Rate) From() country.Currency {
	if r.Inverse {
		return r.Quote
	}
	return r.Base
}

// To is the currency that the rate converts to.
func (r Rate) To() country.Currency {
	if r.Inverse {
		return r.Base
	}
	return r.Quote
}

// String is the quotation, "1 EUR = 1.083519 USD", whichever way it is used. A value beyond the limits shows as "?".
func (r Rate) String() string {
	b := strconv.AppendInt(nil, max(r.Per, 1), 10)
	b = append(b, ' ')
	b = append(b, r.Base.String()...)
	b = append(b, " = "...)
	if v, err := fixed.FromShopspring(r.Value); err == nil {
		b = v.Append(b)
	} else {
		b = append(b, '?')
	}
	b = append(b, ' ')
	return string(append(b, r.Quote.String()...))
}

// leg is a checked rate in the form that converts: the value over per, or per over the value.
type leg struct {
	num   int64
	e     int // the decimal exponent
	den   uint64
	value fixed.Decimal
}

// leg checks the rate and returns its first problem.
func (r Rate) leg() (leg, error) {
	ps := r.problems()
	if len(ps) > 0 {
		return leg{}, ps[0]
	}
	v, _ := fixed.FromShopspring(r.Value)
	per := max(r.Per, 1)
	if r.Inverse {
		return leg{per, int(v.Scale), uint64(v.Coef), v}, nil
	}
	return leg{v.Coef, -int(v.Scale), uint64(per), v}, nil
}

// problems is everything wrong with the rate, with the paths of its JSON form.
func (r Rate) problems() Problems {
	var same, per, date error
	if r.Base == r.Quote && r.Base != (country.Currency{}) {
		same = problem.New(problem.Malformed, r.Quote.String(), "1 EUR = 1.083519 USD")
	}
	v, value := fixed.FromShopspring(r.Value)
	if value == nil && v.Sign() <= 0 {
		value = problem.New(problem.RateNotPositive, v.String())
	}
	switch {
	case r.Per < 0:
		per = problem.New(problem.RateNotPositive, strconv.FormatInt(r.Per, 10))
	case r.Per > fixed.MaxCoef:
		per = fixed.Refuse(problem.NumberRange, strconv.FormatInt(r.Per, 10))
	}
	if !r.Date.IsZero() && !r.Date.IsValid() {
		date = problem.New(problem.DateInvalid, r.Date.String())
	}
	var ps Problems
	for _, wrong := range [...]struct {
		path string
		err  error
	}{{"/base", known(r.Base)}, {"/quote", known(r.Quote)}, {"/quote", same}, {"/value", value}, {"/per", per}, {"/date", date}} {
		if p, ok := wrong.err.(problem.Problem); ok {
			ps = append(ps, p.At(wrong.path))
		}
	}
	return ps
}

// MarshalJSON writes the rate with its value as a string:
//
//	{"base":"EUR","quote":"HRK","value":"7.53450","inverse":true,"date":"2022-12-31","source":"Council of the EU"}
//
// A per of 1, an inverse of false, and a date or source that is not given are left out. It fails as NewRates does.
func (r Rate) MarshalJSON() ([]byte, error) {
	l, err := r.leg()
	if err != nil {
		return nil, err
	}
	b := append(make([]byte, 0, 128), `{"base":"`...)
	b = append(b, r.Base[:]...)
	b = append(b, `","quote":"`...)
	b = append(b, r.Quote[:]...)
	b = append(b, `","value":"`...)
	b = l.value.Append(b)
	b = append(b, '"')
	if r.Per > 1 {
		b = append(b, `,"per":`...)
		b = strconv.AppendInt(b, r.Per, 10)
	}
	if r.Inverse {
		b = append(b, `,"inverse":true`...)
	}
	if !r.Date.IsZero() {
		b = append(b, `,"date":"`...)
		b = append(b, r.Date.String()...)
		b = append(b, '"')
	}
	if r.Source != "" {
		b = append(b, `,"source":`...)
		text, _ := json.Marshal(r.Source) // every string has a form
		b = append(b, text...)
	}
	return append(b, '}'), nil
}

// UnmarshalJSON reads what MarshalJSON writes and reports everything wrong with it. Nothing is changed when it fails.
func (r *Rate) UnmarshalJSON(data []byte) error {
	var l problem.List
	v, ok := document(data, &l)
	if !ok {
		return l.Err()
	}
	o, ok := v.Object("base", "quote", "value", "per", "inverse", "date", "source")
	if !ok {
		return l.Err()
	}
	read := Rate{
		Base:  currencyField(o, "base"),
		Quote: currencyField(o, "quote"),
		Value: numberField(o, "value").Decimal(),
	}
	if f, ok := o.Get("per"); ok {
		if n, ok := f.Int(); ok && n <= 0 {
			f.Problem(problem.New(problem.RateNotPositive, strconv.FormatInt(n, 10)))
		} else {
			read.Per = n
		}
	}
	if f, ok := o.Get("inverse"); ok {
		read.Inverse, _ = f.Bool()
	}
	if f, ok := o.Get("date"); ok {
		if s, ok := f.Text(); ok {
			d, err := country.ParseDate(s)
			file(f, err)
			read.Date = d
		}
	}
	if f, ok := o.Get("source"); ok {
		read.Source, _ = f.Text()
	}
	if err := l.Err(); err != nil {
		return err
	}
	if ps := read.problems(); len(ps) > 0 {
		return ps
	}
	*r = read
	return nil
}
