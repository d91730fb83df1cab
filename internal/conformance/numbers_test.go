package conformance

import (
	"errors"
	"math/big"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees/money"
)

const tooLong = "more than 18 digits or 12 decimals: refused, as documented"

// beyond reports whether a figure has more digits than amounts and rates have.
func beyond(figures ...string) bool {
	for _, f := range figures {
		if decimals(f) > 12 || len(strings.TrimLeft(strings.Replace(strings.TrimPrefix(f, "-"), ".", "", 1), "0")) > 18 {
			return true
		}
	}
	return false
}

// accepted ends a case that a figure beyond the documented limits is in when the library refuses it. Other errors fail.
func (r *run) accepted(err error, figures ...string) bool {
	r.Helper()
	if err == nil {
		return true
	}
	for _, code := range []error{money.ErrNumberPrecision, money.ErrNumberRange, money.ErrOverflow} {
		if beyond(figures...) && errors.Is(err, code) {
			r.leave(tooLong)
			return false
		}
	}
	r.Fatal(err)
	return false
}

// amount reads an amount.
func (r *run) amount(number string, c country.Currency) (money.Money, bool) {
	r.Helper()
	m, err := money.ParseIn(number, c.String())
	if errors.Is(err, money.ErrCurrencyWithdrawn) { // old accounts may be in it all the same
		d, err2 := decimal.NewFromString(number)
		if err2 != nil {
			r.Fatal(err2)
		}
		m, err = money.New(d, c)
	}
	return m, r.accepted(err, number)
}

func (r *run) mode(name string) money.Mode {
	r.Helper()
	if name == "ceil" {
		name = "ceiling"
	}
	m, err := money.ParseMode(name)
	if err != nil {
		r.Fatal(err)
	}
	return m
}

func (r *run) currency(code string) country.Currency {
	r.Helper()
	c, err := country.ParseCurrency(code)
	if errors.Is(err, country.ErrCurrencyWithdrawn) {
		c, err = country.Currency([]byte(code)), nil
	}
	if err != nil {
		r.Fatal(err)
	}
	return c
}

func number(r *run, s string) decimal.Decimal {
	r.Helper()
	d, err := decimal.NewFromString(s)
	if err != nil {
		r.Fatal(err)
	}
	return d
}

var (
	eur = country.Currency{'E', 'U', 'R'}
	usd = country.Currency{'U', 'S', 'D'}
)

// round: an amount to a number of decimals.
func round(r *run) { rounded(r, r.in.num("x"), r.in.int("scale"), r.want.plain()) }

// roundPeer: the same, in the words of the other collection.
func roundPeer(r *run) {
	rounded(r, r.in.num("amount"), r.in.int("decimals"), r.want.result("amount"))
	r.want.info("wrong*", "not")
}

func rounded(r *run, x string, scale int64, want string) {
	mode := r.mode(r.in.text("mode"))
	m, ok := r.amount(x, eur)
	if !ok {
		return
	}
	got, err := m.Round(uint8(scale), mode)
	if !r.accepted(err, x, want, smallest(int(scale))) {
		return
	}
	r.equal("rounded", ratMoney(got), want)
	if int64(got.Scale()) != scale {
		r.Errorf("%s has %d decimals, want %d", got, got.Scale(), scale)
	}
}

// converted is an amount by a rate; ok is false when the case is left out.
func (r *run) converted(amount string, rate money.Rate, scale uint8, mode money.Mode, want string) (*big.Rat, bool) {
	r.Helper()
	m, ok := r.amount(amount, rate.From())
	if !ok {
		return nil, false
	}
	set, err := money.NewRates(rate)
	if !r.accepted(err, rate.Value.String()) {
		return nil, false
	}
	got, _, err := set.Convert(m, rate.To(), scale, mode)
	if !r.accepted(err, want, smallest(int(scale))) {
		return nil, false
	}
	r.equal("converted", ratMoney(got), want)
	return ratMoney(got), true
}

func fxMultiply(r *run) {
	fx(r, money.Rate{Base: eur, Quote: usd, Value: number(r, r.in.num("rate"))})
}

func fxDivide(r *run) {
	rate := money.Rate{Base: eur, Quote: usd, Value: number(r, r.in.num("rate"))}
	if s, ok := r.in.optText("rate_meaning"); ok {
		said, err := money.ParseRate(s)
		if err != nil {
			r.Fatal(err)
		}
		if !said.Value.Equal(rate.Value) {
			r.Fatalf("%s is not the rate %s", said, rate.Value)
		}
		rate = said
	}
	rate.Inverse = true
	fx(r, rate)
}

func fx(r *run, rate money.Rate) {
	r.converted(r.in.num("amount"), rate, uint8(r.in.int("scale")), r.mode(r.in.text("mode")), r.want.plain())
}

// fxTriangulate: two currencies by their rates to the euro, with and without rounding in between.
func fxTriangulate(r *run) {
	from, to := r.currency(r.in.text("from_")), r.currency(r.in.text("to"))
	first := money.Rate{Base: eur, Quote: from, Value: number(r, r.in.num("r1")), Inverse: true}
	second := money.Rate{Base: eur, Quote: to, Value: number(r, r.in.num("r2"))}
	scale, mode := uint8(r.in.int("scale")), r.mode(r.in.text("mode"))
	m, ok := r.amount(r.in.num("amount"), from)
	if !ok {
		return
	}
	for _, name := range r.want.names() {
		way := money.Via{First: first, Second: second}
		if digits, ok := strings.CutPrefix(name, "intermediate_"); ok {
			way.Scale, way.Mode = uint8(rat(digits).Num().Int64()), money.HalfUp
		} else if name != "unrounded_intermediate" {
			continue // nothing reads it: the case fails
		}
		got, _, err := way.Convert(m, scale, mode)
		if err != nil {
			r.Fatal(err)
		}
		r.equal(name, ratMoney(got), r.want.num(name))
	}
}

// fxPeer: one conversion, by a quotation, a factor or a divisor.
func fxPeer(r *run) {
	_, code := r.in.one("currency", "from")
	from, to := r.currency(code), r.currency(r.in.text("to"))
	rate := money.Rate{Base: from, Quote: to}
	if s, ok := r.in.optText("rate_expressed_as"); ok {
		said, err := money.ParseRate(s)
		if err != nil {
			r.Fatal(err)
		}
		rate = said
		rate.Inverse = rate.Base != from
	} else if s, ok := r.in.optNum("divide_by"); ok {
		rate = money.Rate{Base: to, Quote: from, Value: number(r, s), Inverse: true}
	} else {
		rate.Value = number(r, r.in.num("rate"))
	}
	scale := uint8(to.Digits())
	if r.in.has("decimals") {
		scale = uint8(r.in.int("decimals"))
	}
	mode := money.HalfUp
	if s, ok := r.in.optText("mode"); ok {
		mode = r.mode(s)
	}
	got, ok := r.converted(r.in.num("amount"), rate, scale, mode, r.bare(r.want.result("amount"), to))
	if wrong, said := r.want.optText("wrong"); said && ok {
		r.differs("converted", got, r.bare(wrong, to))
	}
}

// bare is a figure without the currency that may follow it, which is checked.
func (r *run) bare(text string, c country.Currency) string {
	r.Helper()
	figure, code, ok := strings.Cut(text, " ")
	if ok && code != c.String() {
		r.Errorf("the currency of %q is not %s", text, c)
	}
	return figure
}
