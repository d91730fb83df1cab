package money

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/overseaswarehouse/overseas/country"
)

// transcript is the text of everything this package says about some amounts and rates.
func transcript(t *testing.T) string {
	t.Helper()
	var b strings.Builder
	say := func(args ...any) { fmt.Fprintln(&b, args...) }
	for _, d := range []decimal.Decimal{decimal.New(12500, -3), decimal.New(-5, 4), decimal.New(1, -12), decimal.New(25, -2).DivRound(decimal.New(3, 0), 12), decimal.New(1, 9999), {}} {
		for _, c := range []country.Currency{eur, jpy, hrk} {
			m, err := New(d, c)
			data, _ := json.Marshal(m)
			v, _ := m.Value()
			r, rounded := m.RoundToMinor(HalfEven)
			n, normal := m.Normal().Decimal(), m.Decimal().Exponent()
			say(m, err, string(data), v, r, rounded, n.CoefficientInt64(), n.Exponent(), normal)
		}
	}
	for _, s := range []string{"0.00001 EUR", "999999999999999999 EUR", "1e3 EUR", "1e-3 EUR", "1200.00 EUR"} {
		m, err := Parse(s)
		var j Money
		fromJSON := j.UnmarshalJSON([]byte(`"` + s + `"`))
		say(m, err, j, fromJSON)
	}
	one, err := ParseRate("3 EUR = 1.00000000001 USD")
	if err != nil {
		t.Fatal(err)
	}
	back := one
	back.Inverse, back.Source = true, "test"
	set, err := NewRates(one, back, Rate{Base: eur, Quote: jpy, Value: decimal.New(16, 1)})
	if err != nil {
		t.Fatal(err)
	}
	for r := range set.All() {
		data, err := json.Marshal(r)
		say(r, string(data), err)
	}
	for _, mode := range []Mode{HalfUp, HalfEven, HalfDown, Up, Down, Ceiling, Floor} {
		for scale := range uint8(13) {
			a, _, err1 := set.Convert(in(t, "100 EUR"), usd, scale, mode)
			c, _, err2 := set.Convert(in(t, "100 USD"), eur, scale, mode)
			d, conversion, err3 := Via{First: back, Second: Rate{Base: eur, Quote: jpy, Value: decimal.New(16, 1)}}.Convert(in(t, "1 USD"), scale, mode)
			say(a, err1, c, err2, d, conversion.Rate, conversion.Then, err3)
		}
	}
	return b.String()
}

// A host may set the variables of package decimal as it likes: not a byte of ours changes.
func TestSettingsOfPackageDecimalDoNotMatter(t *testing.T) {
	want := transcript(t)
	division, trim, exponent := decimal.DivisionPrecision, decimal.TrimTrailingZeros, decimal.MaxDecodeExponent
	quotes, scientific := decimal.MarshalJSONWithoutQuotes, decimal.UseScientificNotation
	power, iterations := decimal.PowPrecisionNegativeExponent, decimal.ExpMaxIterations
	t.Cleanup(func() {
		decimal.DivisionPrecision, decimal.TrimTrailingZeros, decimal.MaxDecodeExponent = division, trim, exponent
		decimal.MarshalJSONWithoutQuotes, decimal.UseScientificNotation = quotes, scientific
		decimal.PowPrecisionNegativeExponent, decimal.ExpMaxIterations = power, iterations
	})
	for name, set := range map[string]func(){
		"division":   func() { decimal.DivisionPrecision = 2 },
		"quotes":     func() { decimal.MarshalJSONWithoutQuotes = true },
		"trim":       func() { decimal.TrimTrailingZeros = !trim },
		"scientific": func() { decimal.UseScientificNotation = true },
		"decode":     func() { decimal.MaxDecodeExponent = 1 },
		"power":      func() { decimal.PowPrecisionNegativeExponent = 1 },
		"iterations": func() { decimal.ExpMaxIterations = 1 },
	} {
		set() // each on top of those before
		if got := transcript(t); got != want {
			t.Errorf("%s: another transcript\n%s", name, got)
		}
	}
	if s := decimal.New(15, 20).String(); s == "1500000000000000000000" {
		t.Errorf("the settings had no effect on %s", s)
	}
	if e := decimal.New(1, 0).Div(decimal.New(3, 0)).Exponent(); e != -2 {
		t.Errorf("the settings had no effect on a division: %d", e)
	}
}
