package unit

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
)

// transcript is the text of everything this package says about some quantities.
func transcript(t *testing.T) string {
	t.Helper()
	var b strings.Builder
	say := func(args ...any) { fmt.Fprintln(&b, args...) }
	for _, d := range []decimal.Decimal{decimal.New(12500, -3), decimal.New(5, 4), decimal.New(1, -12), decimal.New(25, -2).DivRound(decimal.New(3, 0), 12), decimal.New(1, 9999), {}} {
		w, err1 := NewWeight(d, Ounce)
		l, err2 := NewLength(d, Foot)
		v, err3 := NewVolume(d, CubicMetre)
		p, err4 := NewPercent(d)
		f, err5 := NewFraction(d)
		say(w, err1, l, err2, v, err3, p, err4, f, err5)
		for _, x := range []any{w, l, v, p, f, Size{l, l, l}} {
			data, err := json.Marshal(x)
			say(string(data), err)
		}
		for _, mode := range modes {
			a, err1 := w.In(Gram, 3, mode)
			c, err2 := l.In(Millimetre, 1, mode)
			say(a, err1, c, err2, a.Decimal().Exponent(), a.Compare(w))
		}
		q, err6 := p.Fraction()
		r, err7 := f.Percent()
		s, err8 := Size{l, l, l}.Volume()
		say(q, err6, r, err7, s, err8)
	}
	for _, s := range []string{"1200.00 kg", "1e3 kg", "1e-3 kg", "0.00001 kg"} {
		w, err := ParseWeight(s)
		say(w, err)
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
	if e := decimal.New(1, 0).Div(decimal.New(3, 0)).Exponent(); e != -2 {
		t.Errorf("the settings had no effect on a division: %d", e)
	}
}
