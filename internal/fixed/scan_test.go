package fixed

import (
	"errors"
	"math/big"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/overseaswarehouse/overseas/internal/problem"
)

func TestParseAccepts(t *testing.T) {
	tests := map[string]Decimal{
		"0":                    {0, 0},
		"-0":                   {0, 0},
		"-0.00":                {0, 2},
		"0.0":                  {0, 1},
		"1":                    {1, 0},
		"12.50":                {1250, 2},
		"-12.50":               {-1250, 2},
		"0.000000000001":       {1, 12},
		"999999999999999999":   {MaxCoef, 0},
		"-999999999999999999":  {-MaxCoef, 0},
		"999999.999999999999":  {MaxCoef, 12},
		"-123456.000000000001": {-123456000000000001, 12},
		"10":                   {10, 0},
	}
	for s, want := range tests {
		if d, err := Parse(s); err != nil || d != want {
			t.Errorf("%q is %#v, %v", s, d, err)
		}
		if d, code := ScanBytes([]byte(s)); code != "" || d != want {
			t.Errorf("bytes %q are %#v, %v", s, d, code)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	const (
		syntax    = problem.NumberSyntax
		format    = problem.NumberFormat
		long      = problem.NumberTooLong
		rangeOver = problem.NumberRange
		precision = problem.NumberPrecision
	)
	nines := strings.Repeat("9", 1000)
	tests := []struct {
		name, text string
		code       problem.Code
	}{
		{"exp-huge", "1e1000000000", rangeOver},
		{"exp-1e8", "1e100000000", rangeOver},
		{"exp-10000", "1e10000", rangeOver},
		{"exp-neg", "1e-10000", precision},
		{"exp-small", "1e2", format},
		{"exp-capital", "1E+2", format},
		{"exp-overflow", "1e99999999999", rangeOver},
		{"exp-negative-overflow", "-1.5e-99999999999", precision},
		{"exp-that-fits", "0.5e-3", format},
		{"exp-without-digits", "1e", syntax},
		{"exp-sign-only", "1e-", syntax},
		{"exp-fraction", "1e1.5", syntax},
		{"minimum-exp", "1e3", format},
		{"nan", "NaN", syntax},
		{"inf", "Infinity", syntax},
		{"neg-inf", "-Infinity", syntax},
		{"minus-unicode", "\u22121", syntax},
		{"plus", "+1", format},
		{"plus-point", "+.5", format},
		{"leading-zeros", "0001", format},
		{"leading-zero", "01", format},
		{"two-zeros", "00", format},
		{"leading-zero-fraction", "-00.5", format},
		{"zeros-beyond-the-longest", strings.Repeat("0", 30) + "1", format},
		{"dot-5", ".5", format},
		{"minus-dot-5", "-.5", format},
		{"5-dot", "5.", format},
		{"dot", ".", syntax},
		{"minus", "-", syntax},
		{"minus-dot", "-.", syntax},
		{"two-minus", "--1", syntax},
		{"two-dots", "1.2.3", syntax},
		{"dot-sign", ".-5", syntax},
		{"comma-decimal", "1,50", syntax},
		{"thousands", "1,000.00", syntax},
		{"thousands-dot", "1.000,00", syntax},
		{"space", " 1", syntax},
		{"space-after", "1 ", syntax},
		{"newline", "1\n", syntax},
		{"nul", "1\x00", syntax},
		{"nbsp", "1\u00a0000", syntax},
		{"underscore", "1_000", syntax},
		{"hex", "0x10", syntax},
		{"arabic-digits", "\u0661\u0662", syntax},
		{"fullwidth-digits", "\uff11\uff12", syntax},
		{"currency-sign", "$1", syntax},
		{"percent", "5%", syntax},
		{"empty", "", syntax},
		{"json-number-long", "0.1000000000000000055511151231257827", precision},
		{"digits-1000", nines, rangeOver},
		{"digits-1000-negative", "-" + nines, rangeOver},
		{"digits-1e6", strings.Repeat(nines, 1000), long},
		{"just-readable", strings.Repeat("9", readable), rangeOver},
		{"not-readable", strings.Repeat("9", readable+1), long},
		{"frac-100", "0." + strings.Repeat("0", 99) + "1", precision},
		{"frac-13", "0.1234567890123", precision},
		{"frac-13-zeros", "1.0000000000000", precision},
		{"max-int64", "9223372036854775807", rangeOver},
		{"big", "79228162514264337593543950336", rangeOver},
		{"19-digits", "1000000000000000000", rangeOver},
		{"20-digits-over-a-word", "99999999999999999999", rangeOver},
		{"20-digits-that-wrap", "18446744073709551617", rangeOver},
		{"19-digits-with-point", "1234567890123.123456", rangeOver},
	}
	for _, tt := range tests {
		d, err := Parse(tt.text)
		var p problem.Problem
		if !errors.As(err, &p) || !errors.Is(err, tt.code) || d != (Decimal{}) {
			t.Errorf("%s: %v, %v, want %s", tt.name, d, err, tt.code)
			continue
		}
		if p.Text != problem.Clip(tt.text) || tt.code != syntax && len(p.Want) == 0 {
			t.Errorf("%s: text %q, want %q", tt.name, p.Text, p.Want)
		}
		if _, code := ScanBytes([]byte(tt.text)); code != tt.code {
			t.Errorf("%s: bytes are %s", tt.name, code)
		}
	}
}

// A text of any length is refused at once and without memory.
func TestParseIsBounded(t *testing.T) {
	for name, text := range map[string]string{
		"digits":   strings.Repeat("9", 10_000_000),
		"zeros":    strings.Repeat("0", 10_000_000),
		"decimals": "0." + strings.Repeat("1", 10_000_000),
		"exponent": "1e1000000000",
		"spaces":   strings.Repeat(" ", 10_000_000),
	} {
		took, grew := cost(func() {
			if _, err := Parse(text); err == nil {
				t.Errorf("%s: accepted", name)
			}
		})
		if took > time.Millisecond || grew > 4096 {
			t.Errorf("%s: %v, %d bytes", name, took, grew)
		}
	}
}

// cost is the least time of some runs, and the memory that one takes.
func cost(f func()) (time.Duration, uint64) {
	best := time.Hour
	var before, after runtime.MemStats
	const runs = 5
	runtime.ReadMemStats(&before)
	for range runs {
		start := time.Now()
		f()
		best = min(best, time.Since(start))
	}
	runtime.ReadMemStats(&after)
	return best, (after.TotalAlloc - before.TotalAlloc) / runs
}

// scanSlowly is the grammar word by word.
func scanSlowly(s string) (Decimal, bool) {
	body := strings.TrimPrefix(s, "-")
	whole, fraction, point := strings.Cut(body, ".")
	ascii := func(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }
	if !ascii(whole) || point && !ascii(fraction) || len(whole) > 1 && whole[0] == '0' || len(fraction) > 12 {
		return Decimal{}, false
	}
	c, _ := new(big.Int).SetString(whole+fraction, 10)
	if c.CmpAbs(big.NewInt(MaxCoef)) > 0 {
		return Decimal{}, false
	}
	if body != s {
		c.Neg(c)
	}
	return Decimal{c.Int64(), uint8(len(fraction))}, true
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"12.50", "-0", "999999999999999999", "1e2", "00", ".5", "5.", "+1", "0.1234567890123", "-123456.123456789012", "٣"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > 1000 {
			return
		}
		want, accept := scanSlowly(s)
		d, code := Scan(s)
		if d != want || (code == "") != accept {
			t.Fatalf("%q is %#v, %q, want %#v, %v", s, d, code, want, accept)
		}
		if b, same := ScanBytes([]byte(s)); b != d || same != code {
			t.Fatalf("%q differs as bytes: %#v, %q", s, b, same)
		}
		if !accept {
			return
		}
		text := d.String()
		if back, err := Parse(text); err != nil || back != d {
			t.Fatalf("%q is written %q and read %#v, %v", s, text, back, err)
		}
		if text != s && !(d.IsZero() && "-"+text == s) {
			t.Fatalf("%q is written %q", s, text)
		}
		if shop, err := FromShopspring(d.Decimal()); err != nil || shop != d {
			t.Fatalf("%q through shopspring is %#v, %v", s, shop, err)
		}
	})
}

func BenchmarkScan(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Scan("1234.56")
	}
}
