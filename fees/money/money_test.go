package money

import (
	"errors"
	"math"
	"math/big"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/internal/problem"
)

var (
	eur = country.Currency{'E', 'U', 'R'}
	usd = country.Currency{'U', 'S', 'D'}
	cny = country.Currency{'C', 'N', 'Y'}
	jpy = country.Currency{'J', 'P', 'Y'}
	idr = country.Currency{'I', 'D', 'R'}
	hrk = country.Currency{'H', 'R', 'K'} // withdrawn on 2023-01-01
)

// in reads an amount that the test knows to be right, in any currency of any time.
func in(t testing.TB, s string) Money {
	t.Helper()
	m, err := ParseOn(s, ever)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func code(t testing.TB, err error) problem.Code {
	t.Helper()
	if err == nil {
		return ""
	}
	var p Problem
	if !errors.As(err, &p) {
		t.Fatalf("%v is no problem", err)
	}
	if !errors.Is(err, p.Code) {
		t.Fatalf("%v does not match its code", err)
	}
	return p.Code
}

func TestTheZeroMoneyIsNoAmount(t *testing.T) {
	var m Money
	if !m.IsZero() || m.Sign() != 0 || m.String() != "" || m.Currency() != (country.Currency{}) || !m.Decimal().IsZero() {
		t.Errorf("%#v", m)
	}
	if r, err := m.Round(2, HalfUp); err != nil || r != m {
		t.Errorf("rounded: %v, %v", r, err)
	}
	if r, err := m.RoundToMinor(HalfUp); err != nil || r != m {
		t.Errorf("rounded to its minor unit: %v, %v", r, err)
	}
	if m.Normal() != m || m.Neg() != m || m.Abs() != m {
		t.Error("it changes")
	}
	zero := in(t, "0 EUR")
	if zero.IsZero() || zero.Sign() != 0 || zero.Equal(m) {
		t.Error("0 EUR is given")
	}
	for _, pair := range [][2]Money{{m, zero}, {zero, m}} {
		if s, err := pair[0].Add(pair[1]); code(t, err) != ErrCurrencyMismatch || s != m {
			t.Errorf("%v + %v = %v, %v", pair[0], pair[1], s, err)
		}
	}
	if _, err := m.WithAmount(1, 0); code(t, err) != ErrCurrencyUnknown {
		t.Errorf("WithAmount: %v", err)
	}
}

func TestMakingMoney(t *testing.T) {
	tests := []struct {
		name string
		make func() (Money, error)
		want string
		code problem.Code
	}{
		{"New", func() (Money, error) { return New(decimal.New(1250, -2), eur) }, "12.50 EUR", ""},
		{"New of a negative", func() (Money, error) { return New(decimal.New(-5, 3), jpy) }, "-5000 JPY", ""},
		{"New of a withdrawn currency", func() (Money, error) { return New(decimal.New(1, 0), hrk) }, "1 HRK", ""},
		{"New without a currency", func() (Money, error) { return New(decimal.New(1, 0), country.Currency{}) }, "", ErrCurrencyUnknown},
		{"New of an unknown currency", func() (Money, error) { return New(decimal.New(1, 0), country.Currency{'Q', 'Q', 'Q'}) }, "", ErrCurrencyUnknown},
		{"New of small letters", func() (Money, error) { return New(decimal.New(1, 0), country.Currency{'e', 'u', 'r'}) }, "", ErrCurrencyUnknown},
		{"New of bytes", func() (Money, error) { return New(decimal.New(1, 0), country.Currency{0xff, 0, '"'}) }, "", ErrCurrencyUnknown},
		{"New of a test code", func() (Money, error) { return New(decimal.New(1, 0), country.Currency{'X', 'T', 'S'}) }, "", ErrCurrencyUnknown},
		{"New of too much", func() (Money, error) { return New(decimal.New(1, 100_000_000), eur) }, "", ErrNumberRange},
		{"New of too little", func() (Money, error) { return New(decimal.New(1, -13), eur) }, "", ErrNumberPrecision},
		{"Of", func() (Money, error) { return Of(-1250, 2, eur) }, "-12.50 EUR", ""},
		{"Of the most", func() (Money, error) { return Of(999_999_999_999_999_999, 12, eur) }, "999999.999999999999 EUR", ""},
		{"Of one more", func() (Money, error) { return Of(1_000_000_000_000_000_000, 12, eur) }, "", ErrNumberRange},
		{"Of the least int64", func() (Money, error) { return Of(math.MinInt64, 0, eur) }, "", ErrNumberRange},
		{"Of 13 decimals", func() (Money, error) { return Of(1, 13, eur) }, "", ErrNumberPrecision},
		{"Of no currency", func() (Money, error) { return Of(1, 0, country.Currency{}) }, "", ErrCurrencyUnknown},
		{"WithAmount", func() (Money, error) { return in(t, "1 EUR").WithAmount(125, 1) }, "12.5 EUR", ""},
		{"WithAmount of one more", func() (Money, error) { return in(t, "1 EUR").WithAmount(math.MaxInt64, 1) }, "", ErrNumberRange},
		{"Parse", func() (Money, error) { return Parse("12.50 EUR") }, "12.50 EUR", ""},
		{"Parse without a space", func() (Money, error) { return Parse("-12.50EUR") }, "-12.50 EUR", ""},
		{"Parse of small letters", func() (Money, error) { return Parse("1 eur") }, "1 EUR", ""},
		{"Parse of a negative zero", func() (Money, error) { return Parse("-0.00 EUR") }, "0.00 EUR", ""},
		{"Parse without a currency", func() (Money, error) { return Parse("12.50") }, "", ErrCurrencyUnknown},
		{"Parse of a space only", func() (Money, error) { return Parse("12.50 ") }, "", ErrCurrencyUnknown},
		{"Parse with the currency first", func() (Money, error) { return Parse("EUR 12.50") }, "", ErrNumberSyntax},
		{"Parse of two spaces", func() (Money, error) { return Parse("12.50  EUR") }, "", ErrNumberSyntax},
		{"Parse of a tab", func() (Money, error) { return Parse("12.50\tEUR") }, "", ErrCurrencyUnknown},
		{"Parse of a leading space", func() (Money, error) { return Parse(" 12.50 EUR") }, "", ErrNumberSyntax},
		{"Parse of a comma", func() (Money, error) { return Parse("12,50 EUR") }, "", ErrNumberSyntax},
		{"Parse of a plus sign without a space", func() (Money, error) { return Parse("+1EUR") }, "", ErrNumberFormat},
		{"Parse of an exponent", func() (Money, error) { return Parse("1e1000000000 EUR") }, "", ErrNumberRange},
		{"Parse of nothing", func() (Money, error) { return Parse("") }, "", ErrNumberSyntax},
		{"Parse of a market code", func() (Money, error) { return Parse("1 RMB") }, "", ErrCurrencyUnknown},
		{"Parse of look-alike letters", func() (Money, error) { return Parse("1 U\u0405D") }, "", ErrCurrencyUnknown},
		{"Parse of a zero width space", func() (Money, error) { return Parse("1 US\u200bD") }, "", ErrCurrencyUnknown},
		{"Parse of fullwidth letters", func() (Money, error) { return Parse("1 ＵＳＤ") }, "", ErrCurrencyUnknown},
		{"Parse of a folding letter", func() (Money, error) { return Parse("1 U\u017fD") }, "", ErrCurrencyUnknown},
		{"Parse of a withdrawn currency", func() (Money, error) { return Parse("1 HRK") }, "", ErrCurrencyWithdrawn},
		{"ParseOn the last day", func() (Money, error) { return ParseOn("1 HRK", country.Date{Year: 2022, Month: 12, Day: 31}) }, "1 HRK", ""},
		{"ParseOn the first day without", func() (Money, error) { return ParseOn("1 HRK", country.Date{Year: 2023, Month: 1, Day: 1}) }, "", ErrCurrencyWithdrawn},
		{"ParseIn", func() (Money, error) { return ParseIn("12.50", "EUR") }, "12.50 EUR", ""},
		{"ParseIn of another number", func() (Money, error) { return ParseIn("12.50 EUR", "EUR") }, "", ErrNumberSyntax},
		{"ParseIn without a currency", func() (Money, error) { return ParseIn("12.50", "") }, "", ErrCurrencyUnknown},
		{"ParseIn of a withdrawn currency", func() (Money, error) { return ParseIn("12.50", "DEM") }, "", ErrCurrencyWithdrawn},
	}
	for _, tt := range tests {
		m, err := tt.make()
		if m.String() != tt.want || code(t, err) != tt.code {
			t.Errorf("%s: %v, %v, want %q %s", tt.name, m, err, tt.want, tt.code)
		}
		if err != nil && m != (Money{}) {
			t.Errorf("%s: %v beside an error", tt.name, m)
		}
	}
}

// The error shows the text as it was given, and what would be right.
func TestErrorsHelp(t *testing.T) {
	for s, text := range map[string]string{"1,5 EUR": "1,5 EUR", "5 MARK": "MARK", "1" + strings.Repeat("x", 5000): problem.Clip("1" + strings.Repeat("x", 5000))} {
		_, err := Parse(s)
		var p Problem
		if !errors.As(err, &p) || p.Text != text {
			t.Errorf("%.20q: %#v", s, p)
		}
	}
	_, err := in(t, "1 EUR").Add(in(t, "1 USD"))
	var p Problem
	if !errors.As(err, &p) || p.Text != "USD" || len(p.Want) != 1 || p.Want[0] != "EUR" {
		t.Errorf("%#v", err)
	}
}

func TestHostileInputsAreCheap(t *testing.T) {
	digits := strings.Repeat("9", 10_000_000)
	huge := decimal.NewFromBigInt(new(big.Int).Lsh(big.NewInt(1), 33_000_000), 0)
	text := []byte(digits + " EUR")
	for name, f := range map[string]func() error{
		"ten million digits":    func() error { _, err := Parse(digits + " EUR"); return err },
		"as parts":              func() error { _, err := ParseIn(digits, "EUR"); return err },
		"as a currency":         func() error { _, err := ParseIn("1", digits); return err },
		"as text":               func() error { return new(Money).UnmarshalText(text) },
		"as a column":           func() error { return new(Money).Scan(text) },
		"as a rate":             func() error { _, err := ParseRate("1 EUR = " + digits + " USD"); return err },
		"a great exponent":      func() error { _, err := Parse("1e1000000000 EUR"); return err },
		"a value of 10^8":       func() error { _, err := New(decimal.New(1, 100_000_000), eur); return err },
		"a value of many bytes": func() error { _, err := New(huge, eur); return err },
		"a rate of 10^8": func() error {
			_, err := NewRates(Rate{Base: eur, Quote: usd, Value: decimal.New(1, 100_000_000)})
			return err
		},
	} {
		best := time.Hour
		var before, after runtime.MemStats
		var err error
		runtime.ReadMemStats(&before)
		for range 5 {
			start := time.Now()
			err = f()
			best = min(best, time.Since(start))
		}
		runtime.ReadMemStats(&after)
		limit := uint64(64 << 10)
		if strings.Contains(name, "rate") || strings.Contains(name, "digits") {
			limit += 3 * uint64(len(digits)) // the test joins the text
		}
		if grew := (after.TotalAlloc - before.TotalAlloc) / 5; err == nil || grew > limit {
			t.Errorf("%s: %v, %d bytes", name, err, grew)
		}
		if !strings.Contains(name, "digits") && !strings.Contains(name, "as a rate") && best > time.Millisecond {
			t.Errorf("%s takes %v", name, best)
		}
		if len(err.Error()) > 1000 {
			t.Errorf("%s: an error of %d bytes", name, len(err.Error()))
		}
	}
}

func TestArithmetic(t *testing.T) {
	tests := []struct {
		a, b, sum, difference string
		compare               int
	}{
		{"1.10 EUR", "2.2 EUR", "3.30 EUR", "-1.10 EUR", -1},
		{"0.1 EUR", "0.2 EUR", "0.3 EUR", "-0.1 EUR", -1},
		{"1 EUR", "1.000 EUR", "2.000 EUR", "0.000 EUR", 0},
		{"-1 EUR", "-0.5 EUR", "-1.5 EUR", "-0.5 EUR", -1},
		{"0 EUR", "-0.000000000001 EUR", "-0.000000000001 EUR", "0.000000000001 EUR", 1},
		{"999999999999999998 EUR", "1 EUR", "999999999999999999 EUR", "999999999999999997 EUR", 1},
	}
	for _, tt := range tests {
		a, b := in(t, tt.a), in(t, tt.b)
		if s, err := a.Add(b); err != nil || s.String() != tt.sum {
			t.Errorf("%s + %s = %v, %v", tt.a, tt.b, s, err)
		}
		if s, err := Sum(a, b); err != nil || s.String() != tt.sum {
			t.Errorf("sum of %s and %s = %v, %v", tt.a, tt.b, s, err)
		}
		if d, err := a.Sub(b); err != nil || d.String() != tt.difference {
			t.Errorf("%s - %s = %v, %v", tt.a, tt.b, d, err)
		}
		if c, err := a.Compare(b); err != nil || c != tt.compare || a.Equal(b) != (c == 0) {
			t.Errorf("%s against %s: %d, %v", tt.a, tt.b, c, err)
		}
	}
	if s, err := Sum(in(t, "1 EUR")); err != nil || s.String() != "1 EUR" {
		t.Errorf("sum of one: %v, %v", s, err)
	}
	if m := in(t, "-2.50 EUR"); m.Neg().String() != "2.50 EUR" || m.Abs() != m.Neg() || m.Abs().Abs() != m.Abs() || m.Sign() != -1 {
		t.Errorf("%v", m)
	}
	if a, b := in(t, "2.50 EUR"), in(t, "2.5 EUR"); a == b || a.Normal() != b.Normal() || !a.Equal(b) {
		t.Error("2.50 and 2.5 are one value of two forms")
	}
	if in(t, "1 EUR").Equal(in(t, "1 USD")) {
		t.Error("1 EUR is 1 USD")
	}
	if m := in(t, "12.50 EUR"); m.Coef() != 1250 || m.Scale() != 2 || m.Currency() != eur || m.Decimal().StringFixed(2) != "12.50" {
		t.Errorf("%#v", m)
	}
}

func TestArithmeticRefuses(t *testing.T) {
	most, e, u := in(t, "999999999999999999 EUR"), in(t, "1.00 EUR"), in(t, "1 USD")
	for name, f := range map[string]func() (Money, error){
		"overflow: sum":        func() (Money, error) { return most.Add(in(t, "1 EUR")) },
		"overflow: scale":      func() (Money, error) { return most.Add(e) },
		"overflow: difference": func() (Money, error) { return most.Neg().Sub(in(t, "1 EUR")) },
		"overflow: list":       func() (Money, error) { return Sum(most, in(t, "1 EUR"), most.Neg()) },
		"overflow: rounding":   func() (Money, error) { return most.Round(2, HalfUp) },
		"overflow: last digit": func() (Money, error) { return in(t, "999999.999999999999 EUR").Round(12, 0) },
		"mismatch: sum":        func() (Money, error) { return e.Add(u) },
		"mismatch: difference": func() (Money, error) { return e.Sub(u) },
		"mode: none":           func() (Money, error) { return e.Round(2, 0) },
		"mode: unknown":        func() (Money, error) { return e.RoundToMinor(99) },
		"scale: 13":            func() (Money, error) { return e.Round(13, HalfUp) },
	} {
		want := map[string]problem.Code{"overflow": ErrOverflow, "mismatch": ErrCurrencyMismatch, "mode": ErrUnknownValue, "scale": ErrNumberPrecision}[name[:strings.IndexByte(name, ':')]]
		if name == "overflow: last digit" {
			want = ErrUnknownValue // a mode that is none is refused even where nothing is to round
		}
		if m, err := f(); code(t, err) != want || m != (Money{}) {
			t.Errorf("%s: %v, %v", name, m, err)
		}
	}
	if _, err := e.Compare(u); code(t, err) != ErrCurrencyMismatch {
		t.Errorf("compare: %v", err)
	}
}

func TestRounding(t *testing.T) {
	tests := []struct {
		m     string
		scale uint8
		mode  Mode
		want  string
	}{
		{"2.675 EUR", 2, HalfUp, "2.68 EUR"},
		{"-2.675 EUR", 2, HalfUp, "-2.68 EUR"},
		{"2.665 EUR", 2, HalfEven, "2.66 EUR"},
		{"2.675 EUR", 2, HalfDown, "2.67 EUR"},
		{"2.671 EUR", 2, Up, "2.68 EUR"},
		{"-2.679 EUR", 2, Down, "-2.67 EUR"},
		{"-2.679 EUR", 2, Ceiling, "-2.67 EUR"},
		{"-2.671 EUR", 2, Floor, "-2.68 EUR"},
		{"-0.004 EUR", 2, HalfUp, "0.00 EUR"},
		{"12.5 EUR", 4, HalfUp, "12.5000 EUR"},
		{"2.789 GBP", 2, Floor, "2.78 GBP"},
	}
	for _, tt := range tests {
		if r, err := in(t, tt.m).Round(tt.scale, tt.mode); err != nil || r.String() != tt.want {
			t.Errorf("%s to %d %v: %v, %v", tt.m, tt.scale, tt.mode, r, err)
		}
	}
	for m, want := range map[string]string{
		"12.345 EUR": "12.35 EUR", "12.5 JPY": "13 JPY", "12 EUR": "12.00 EUR", "16250.555 IDR": "16250.56 IDR",
		"1.23455 KWD": "1.235 KWD", "1.005 HRK": "1.01 HRK",
	} {
		if r, err := in(t, m).RoundToMinor(HalfUp); err != nil || r.String() != want {
			t.Errorf("%s to its minor unit: %v, %v", m, r, err)
		}
	}
}

func TestModes(t *testing.T) {
	for _, m := range []Mode{HalfUp, HalfEven, HalfDown, Up, Down, Ceiling, Floor} {
		if p, err := ParseMode(m.String()); err != nil || p != m {
			t.Errorf("%v parses as %v, %v", m, p, err)
		}
	}
	for _, s := range []string{"", "half up", "HALF_UP", "bankers"} {
		if m, err := ParseMode(s); code(t, err) != ErrUnknownValue || m != 0 {
			t.Errorf("%q is %v, %v", s, m, err)
		}
	}
}

func TestMoneyDoesNotAllocate(t *testing.T) {
	a, b := in(t, "12.50 EUR"), in(t, "3 EUR")
	d := a.Decimal()
	buf := make([]byte, 0, 64)
	rates, err := NewRates(Rate{Base: eur, Quote: usd, Value: decimal.New(1083519, -6)}, Rate{Base: usd, Quote: eur, Value: decimal.New(1083519, -6), Inverse: false})
	if err != nil {
		t.Fatal(err)
	}
	for name, f := range map[string]func(){
		"New":        func() { _, _ = New(d, eur) },
		"Of":         func() { _, _ = Of(1250, 2, eur) },
		"WithAmount": func() { _, _ = a.WithAmount(7, 1) },
		"Parse":      func() { _, _ = Parse("12.50 EUR") },
		"Add":        func() { _, _ = a.Add(b) },
		"Compare":    func() { _, _ = a.Compare(b) },
		"Round":      func() { _, _ = a.Round(1, HalfEven) },
		"minor unit": func() { _, _ = a.RoundToMinor(HalfEven) },
		"Append":     func() { a.Append(buf) },
		"Convert":    func() { _, _, _ = rates.Convert(a, usd, 2, HalfUp) },
	} {
		if n := testing.AllocsPerRun(100, f); n != 0 {
			t.Errorf("%s: %v allocations", name, n)
		}
	}
}
