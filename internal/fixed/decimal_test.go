package fixed

import (
	"encoding/json"
	"errors"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/overseaswarehouse/overseas/internal/fixed/fixedtest"
	"github.com/overseaswarehouse/overseas/internal/problem"
)

func mustParse(t *testing.T, s string) Decimal {
	t.Helper()
	d, err := Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// The open rounding cases with their sources; none is skipped.
func TestRoundingCases(t *testing.T) {
	data, err := os.ReadFile("testdata/round.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases []struct {
		ID     string
		Inputs struct {
			X     string
			Scale uint8
			Mode  Mode
		}
		Expected string
	}
	if err := json.Unmarshal(data, &cases); err != nil {
		t.Fatal(err)
	}
	seen := map[Mode]int{}
	for _, c := range cases {
		r, ok := mustParse(t, c.Inputs.X).Round(c.Inputs.Scale, c.Inputs.Mode)
		if !ok || r.String() != c.Expected {
			t.Errorf("%s: %s to %d decimals %v is %v, want %s", c.ID, c.Inputs.X, c.Inputs.Scale, c.Inputs.Mode, r, c.Expected)
		}
		seen[c.Inputs.Mode]++
	}
	if len(cases) != 535 || len(seen) != len(allModes) {
		t.Errorf("%d cases of %d modes", len(cases), len(seen))
	}
}

func anyDecimal(r *rand.Rand) Decimal {
	d := Decimal{fixedtest.Int(r), uint8(r.IntN(MaxScale + 1))}
	if r.IntN(3) > 0 {
		d.Coef %= MaxCoef + 1
	}
	if r.IntN(10) == 0 {
		d.Scale = uint8(r.IntN(256))
	}
	return d
}

func TestDecimalsAgainstRationals(t *testing.T) {
	r := seeded()
	for range trials / 10 {
		a, b := anyDecimal(r), anyDecimal(r)
		scale := uint8(r.IntN(MaxScale + 2))
		m := allModes[r.IntN(len(allModes))]
		ra, rb := a.rat(), b.rat()

		if c := a.Cmp(b); c != ra.Cmp(rb) {
			t.Fatalf("%v.Cmp(%v) = %d", a, b, c)
		}
		if a.Sign() != ra.Sign() || a.IsZero() != (ra.Sign() == 0) {
			t.Fatalf("%v: sign %d", a, a.Sign())
		}
		if n := a.Normalize(); n.rat().Cmp(ra) != 0 || n.Scale > 0 && n.Coef%10 == 0 {
			t.Fatalf("%v normalises to %v", a, n)
		}
		if n, ok := a.Neg(); ok != (a.Coef != math.MinInt64) || ok && n.rat().Cmp(ra.Neg(a.rat())) != 0 {
			t.Fatalf("-%v = %v, %v", a, n, ok)
		}
		ra = a.rat()

		to := ratPow10(int(scale))
		shifted := to.Mul(to, ra)
		rounded := roundRat(shifted, m)
		valid := rounded.IsInt64() && (Decimal{rounded.Int64(), scale}).Valid()
		if d, ok := a.Round(scale, m); ok != valid || ok && (d.Coef != rounded.Int64() || d.Scale != scale) || !ok && d != (Decimal{}) {
			t.Fatalf("%v to %d decimals %v = %v, %v, want %v, %v", a, scale, m, d, ok, rounded, valid)
		}
		if d, exact := a.Rescale(scale); exact != (valid && shifted.IsInt()) || exact && (d.rat().Cmp(ra) != 0 || d.Scale != scale) {
			t.Fatalf("%v with %d decimals = %v, %v", a, scale, d, exact)
		}

		checkSum(t, "+", a, b, Decimal.Add)
		if n, ok := b.Neg(); ok {
			d, ok1 := a.Sub(b)
			s, ok2 := a.Add(n)
			if d != s || ok1 != ok2 {
				t.Fatalf("%v - %v = %v, %v", a, b, d, ok1)
			}
		} else if _, ok := a.Sub(b); ok {
			t.Fatalf("%v - %v", a, b)
		}
	}
}

func checkSum(t *testing.T, op string, a, b Decimal, f func(a, b Decimal) (Decimal, bool)) {
	t.Helper()
	exact := a.rat()
	exact.Add(exact, b.rat())
	s, ok := f(a, b)
	if ok && (s.rat().Cmp(exact) != 0 || s.Scale != max(a.Scale, b.Scale) || !s.Valid()) {
		t.Fatalf("%v %s %v = %v", a, op, b, s)
	}
	if !ok && a.Valid() && b.Valid() {
		// Refused sums are those of which an operand or the result does not fit the scale.
		scale := ratPow10(int(max(a.Scale, b.Scale)))
		most := ratPow10(MaxDigits)
		for _, x := range []Decimal{a, b} {
			if v := x.rat(); v.Mul(v, scale).Abs(v).Cmp(most) >= 0 {
				return
			}
		}
		if exact.Mul(exact, scale).Abs(exact).Cmp(most) < 0 {
			t.Fatalf("%v %s %v is refused", a, op, b)
		}
	}
}

func TestDecimalsRefuseModesThatAreNone(t *testing.T) {
	for _, m := range []Mode{0, modes, 255} {
		if d, ok := (Decimal{25, 1}).Round(0, m); ok || d != (Decimal{}) {
			t.Errorf("mode %d: %v", m, d)
		}
		if m.Valid() || m.String() != "" {
			t.Errorf("mode %d is %q", m, m)
		}
	}
}

// A word has 19 digits: shifting it by 18 or 19 places is the last that leaves something.
func TestShiftsByAlmostAWholeWord(t *testing.T) {
	const ten18 = MaxCoef + 1
	if d, exact := (Decimal{-3 * ten18, 18}).Rescale(0); !exact || d != (Decimal{-3, 0}) {
		t.Errorf("%v, %v", d, exact)
	}
	for _, tt := range []struct {
		d    Decimal
		m    Mode
		want int64
	}{
		{Decimal{5 * ten18, 19}, HalfUp, 1}, {Decimal{5*ten18 - 1, 19}, HalfUp, 0}, {Decimal{-5*ten18 - 1, 19}, HalfDown, -1},
		{Decimal{-9 * ten18, 20}, HalfUp, 0}, {Decimal{-9 * ten18, 20}, Floor, -1}, {Decimal{9 * ten18, 20}, Floor, 0}, {Decimal{0, 20}, Up, 0},
		{Decimal{math.MinInt64, 255}, Up, -1},
	} {
		if d, ok := tt.d.Round(0, tt.m); !ok || d != (Decimal{tt.want, 0}) {
			t.Errorf("%v %v: %v, %v, want %d", tt.d, tt.m, d, ok, tt.want)
		}
	}
}

func TestModeNames(t *testing.T) {
	names := ModeNames()
	if len(names) != len(allModes) {
		t.Fatalf("%d names", len(names))
	}
	for i, m := range allModes {
		text, err := m.MarshalText()
		if err != nil || names[i] != string(text) || string(text) == "" || m.String() != names[i] {
			t.Errorf("mode %d: %q, %q", m, text, names[i])
		}
		var back Mode
		if err := back.UnmarshalText(text); err != nil || back != m {
			t.Errorf("%s reads as %v, %v", text, back, err)
		}
		if p, ok := ParseMode(names[i]); !ok || p != m || !m.Valid() {
			t.Errorf("%s parses as %v", names[i], p)
		}
	}
	names[0] = "changed"
	if ModeNames()[0] == "changed" {
		t.Error("the list is not a copy")
	}
	none := HalfUp
	if err := none.UnmarshalText(nil); err != nil || none != 0 {
		t.Errorf("empty text: %v, %v", none, err)
	}
	kept := Floor
	if err := kept.UnmarshalText([]byte("HALF_UP")); !errors.Is(err, problem.UnknownValue) || kept != Floor {
		t.Errorf("HALF_UP: %v, %v", kept, err)
	}
	if _, ok := ParseMode(""); ok {
		t.Error("the empty name is a mode")
	}
}

func TestText(t *testing.T) {
	tests := []struct {
		d    Decimal
		text string
	}{
		{Decimal{}, "0"},
		{Decimal{0, 2}, "0.00"},
		{Decimal{1250, 2}, "12.50"},
		{Decimal{-1250, 2}, "-12.50"},
		{Decimal{5, 3}, "0.005"},
		{Decimal{-5, 1}, "-0.5"},
		{Decimal{100, 0}, "100"},
		{Decimal{MaxCoef, 12}, "999999.999999999999"},
		{Decimal{1, 12}, "0.000000000001"},
		{Decimal{math.MinInt64, 0}, "-9223372036854775808"},
		{Decimal{math.MinInt64, 19}, "-0.9223372036854775808"},
		{Decimal{math.MaxInt64, 25}, "0.0000009223372036854775807"},
	}
	for _, tt := range tests {
		if s := tt.d.String(); s != tt.text {
			t.Errorf("%#v is %q, want %q", tt.d, s, tt.text)
		}
		text, err := tt.d.MarshalText()
		if err != nil || string(text) != tt.text {
			t.Errorf("%#v marshals to %q, %v", tt.d, text, err)
		}
		appended, err := tt.d.AppendText([]byte("x"))
		if err != nil || string(appended) != "x"+tt.text {
			t.Errorf("%#v appends %q, %v", tt.d, appended, err)
		}
		if !tt.d.Valid() {
			continue
		}
		back := Decimal{7, 7}
		if err := back.UnmarshalText(text); err != nil || back != tt.d {
			t.Errorf("%s reads as %#v, %v", text, back, err)
		}
	}
	kept := Decimal{7, 7}
	if err := kept.UnmarshalText([]byte(strings.Repeat("9", 5000))); !errors.Is(err, problem.NumberTooLong) || kept != (Decimal{7, 7}) {
		t.Errorf("%v, %v", kept, err)
	}
	// A scale of 255 is not valid and still has a text.
	if s := (Decimal{1, 255}).String(); s != "0."+strings.Repeat("0", 254)+"1" {
		t.Errorf("got %s", s)
	}
}

func TestCheck(t *testing.T) {
	for d, code := range map[Decimal]problem.Code{
		{MaxCoef, 12}:         "",
		{-MaxCoef, 0}:         "",
		{MaxCoef + 1, 0}:      problem.NumberRange,
		{-MaxCoef - 1, 0}:     problem.NumberRange,
		{math.MinInt64, 0}:    problem.NumberRange,
		{0, 13}:               problem.NumberPrecision,
		{math.MinInt64, 0xff}: problem.NumberPrecision,
	} {
		if c := d.Check(); c != code || d.Valid() != (code == "") {
			t.Errorf("%#v: %q", d, c)
		}
	}
}

func TestDecimalDoesNotAllocate(t *testing.T) {
	a, b := Decimal{123456, 2}, Decimal{7_000_000_001, 9}
	buf := make([]byte, 0, 64)
	shop := a.Decimal()
	text := []byte("-12345.678")
	for name, f := range map[string]func(){
		"Scan":             func() { Scan("1234.5678") },
		"ScanBytes":        func() { ScanBytes(text) },
		"refused Scan":     func() { Scan("1,5") },
		"Append":           func() { a.Append(buf) },
		"Cmp":              func() { a.Cmp(b) },
		"Add":              func() { a.Add(b) },
		"Round":            func() { b.Round(2, HalfEven) },
		"MulDiv":           func() { MulDiv(a.Coef, b.Coef, 1e9, HalfUp) },
		"MulDivPow10":      func() { MulDivPow10(a.Coef, b.Coef, -30, 7, HalfUp) },
		"RoundRatio":       func() { RoundRatio(false, []uint64{7, 8, 9}, -2, []uint64{3}, HalfUp) },
		"CmpScaled":        func() { CmpScaled(1, 28349523125, -9, 1, 45359237, -5) },
		"from shopspring":  func() { _, _ = FromShopspring(shop) },
		"Normalize":        func() { _ = b.Normalize() },
		"MulDivFloor":      func() { MulDivFloor(a.Coef, b.Coef, 12345) },
		"rounded the slow": func() { (Decimal{5, 200}).Round(2, Up) },
	} {
		if n := testing.AllocsPerRun(100, f); n != 0 {
			t.Errorf("%s: %v allocations", name, n)
		}
	}
}

func TestSortingByValue(t *testing.T) {
	var ds []Decimal
	for _, s := range []string{"2.50", "-1", "0.000", "2.499999999999", "2.5", "-1.0000001", "999999999999999999"} {
		ds = append(ds, mustParse(t, s))
	}
	slices.SortStableFunc(ds, Decimal.Cmp)
	var text []string
	for _, d := range ds {
		text = append(text, d.String())
	}
	if got := strings.Join(text, " "); got != "-1.0000001 -1 0.000 2.499999999999 2.50 2.5 999999999999999999" {
		t.Errorf("got %s", got)
	}
}

func BenchmarkAppend(b *testing.B) {
	var buf [64]byte
	for b.Loop() {
		(Decimal{123456, 2}).Append(buf[:0])
	}
}

func BenchmarkCmpAcrossScales(b *testing.B) {
	x, y := Decimal{1234567, 3}, Decimal{12345678, 4}
	for b.Loop() {
		x.Coef += int64(x.Cmp(y)) & 1
	}
}
