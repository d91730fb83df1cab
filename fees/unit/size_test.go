package unit

import (
	"encoding/json"
	"errors"
	"math/big"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/overseaswarehouse/overseas/internal/fixed"
	"github.com/overseaswarehouse/overseas/internal/fixed/fixedtest"
	"github.com/overseaswarehouse/overseas/internal/problem"
	"github.com/overseaswarehouse/overseas/internal/units"
)

func TestParseSize(t *testing.T) {
	for s, want := range map[string]string{
		"40x30x20 cm":             "40x30x20 cm",
		"40x30x20cm":              "40x30x20 cm",
		"40 x 30 x 20 cm":         "40x30x20 cm",
		"40 x30x 20 cm":           "40x30x20 cm",
		"40cm x 30cm x 20cm":      "40x30x20 cm",
		"40 cm x 30 cm x 20 cm":   "40x30x20 cm",
		"15.75x11.8x7 in":         "15.75x11.8x7 in",
		"1 m x 12in x 300 mm":     "1 m x 12 in x 300 mm",
		"0.001x0.001x0.001 m":     "0.001x0.001x0.001 m",
		"40 cmx30 cmx12 in":       "40 cm x 30 cm x 12 in",
		"999999999999999999x1x1m": "999999999999999999x1x1 m",
	} {
		if got, err := ParseSize(s); err != nil || got.String() != want {
			t.Errorf("%q is %v, %v", s, got, err)
		}
	}
	for s, want := range map[string]struct {
		code problem.Code
		path string
	}{
		"":                             {ErrMalformed, ""},
		"40 cm":                        {ErrMalformed, ""},
		"40x30 cm":                     {ErrMalformed, ""},
		"40x30x20x10 cm":               {ErrMalformed, ""},
		"40×30×20 cm":                  {ErrMalformed, ""},
		"40X30X20 cm":                  {ErrMalformed, ""},
		"40*30*20 cm":                  {ErrMalformed, ""},
		"40x30x20":                     {ErrUnitUnknown, "/length"},
		"40x30x20 kg":                  {ErrUnitUnknown, "/length"},
		"40 cm x 30x20 cm":             {ErrUnitUnknown, "/width"},
		"40x30 cmx20":                  {ErrUnitUnknown, "/length"},
		"40 cm x 30 cm x 20":           {ErrUnitUnknown, "/height"},
		"40x0x20 cm":                   {ErrZeroNotAllowed, "/width"},
		"0x0x0":                        {ErrZeroNotAllowed, "/length"},
		"40x30x-20 cm":                 {ErrNegative, "/height"},
		"40x30,5x20 cm":                {ErrNumberSyntax, "/width"},
		" 40x30x20 cm":                 {ErrNumberSyntax, "/length"},
		"40x30x20 cm ":                 {ErrUnitUnknown, "/length"},
		"40  x30x20 cm":                {ErrNumberSyntax, "/length"},
		"40ax30x20 cm":                 {ErrUnitUnknown, "/length"},
		"40x30zx20 cm":                 {ErrUnitUnknown, "/length"},
		"40Ax30x20 cm":                 {ErrUnitUnknown, "/length"},
		"40\x80x30x20 cm":              {ErrUnitUnknown, "/length"},
		"40[x30x20 cm":                 {ErrNumberSyntax, "/length"},
		"40@x30x20 cm":                 {ErrNumberSyntax, "/length"},
		"40x  30x20 cm":                {ErrNumberSyntax, "/width"},
		"xx":                           {ErrNumberSyntax, "/length"},
		"xx cm":                        {ErrNumberSyntax, "/length"},
		"x30x20 cm":                    {ErrNumberSyntax, "/length"},
		"40x30x1e2 cm":                 {ErrNumberFormat, "/height"},
		strings.Repeat("9", 30) + "xx": {ErrNumberRange, "/length"},
	} {
		got, err := ParseSize(s)
		var p Problem
		if !errors.As(err, &p) || p.Code != want.code || p.Path != want.path || got != (Size{}) {
			t.Errorf("%q: %v, %v, want %s at %q", s, got, err, want.code, want.path)
		}
	}
}

func TestSizeOfSomeSides(t *testing.T) {
	cm := length(t, "40 cm")
	for path, s := range map[string]Size{"/length": {W: cm, H: cm}, "/width": {L: cm, H: cm}, "/height": {L: cm, W: cm}} {
		for name, err := range map[string]error{
			"NewSize":     second(NewSize(s.L, s.W, s.H)),
			"Volume":      second(s.Volume()),
			"MarshalText": second(s.MarshalText()),
			"MarshalJSON": second(s.MarshalJSON()),
			"Value":       second(s.Value()),
		} {
			var p Problem
			if !errors.As(err, &p) || p.Code != ErrMissingField || p.Path != path {
				t.Errorf("%s without %s: %v", name, path, err)
			}
		}
		if s.IsZero() || !strings.Contains(s.String(), "?") {
			t.Errorf("%v", s)
		}
	}
	if s, err := NewSize(cm, cm, cm); err != nil || s.String() != "40x40x40 cm" {
		t.Errorf("%v, %v", s, err)
	}
	if s, err := NewSize(Length{}, Length{}, Length{}); err != nil || !s.IsZero() {
		t.Errorf("%v, %v", s, err)
	}
}

func TestSizeFromJSON(t *testing.T) {
	for data, want := range map[string]string{
		`"40x30x20 cm"`: "40x30x20 cm",
		`""`:            "",
		`{"length":"40 cm","width":"30 cm","height":"12 in"}`: "40 cm x 30 cm x 12 in",
		`{"height":"12in","length":"40in","width":"30 in"}`:   "40x30x12 in",
	} {
		var s Size
		if err := s.UnmarshalJSON([]byte(data)); err != nil || s.String() != want {
			t.Errorf("%s is %v, %v", data, s, err)
		}
	}
	err := new(Size).UnmarshalJSON([]byte(`{"length":"0 cm","width":30,"depth":"1 cm"}`))
	var ps Problems
	if !errors.As(err, &ps) || len(ps) != 4 {
		t.Fatalf("%v", err)
	}
	for _, want := range []problem.Code{ErrZeroNotAllowed, ErrWrongType, ErrMissingField, problem.UnknownField} {
		if !errors.Is(err, want) {
			t.Errorf("%v without %s", err, want)
		}
	}
	for _, data := range []string{`"40x30"`, `"\u0000"`, `{"length":"40 cm"}`, `{"length":"\u0000","width":"1 cm","height":"1 cm"}`, `12`, `null`} {
		kept := must(t, "7x7x7 in", ParseSize)
		if err := json.Unmarshal([]byte(data), &kept); err == nil || kept != must(t, "7x7x7 in", ParseSize) {
			t.Errorf("%s: %v, %v", data, kept, err)
		}
	}
}

func TestSortedSides(t *testing.T) {
	cm := func(s string) Length { return length(t, s) }
	a, b, c := cm("1 in"), cm("2.54 cm"), cm("25.3 mm")
	big, mid, small := cm("1 ft"), cm("30.4 cm"), cm("0.3 m")
	for _, p := range [][3]Length{{big, mid, small}, {big, small, mid}, {mid, big, small}, {mid, small, big}, {small, big, mid}, {small, mid, big}} {
		s := Size{p[0], p[1], p[2]}
		if s.Longest() != big || s.Second() != mid || s.Third() != small || s.Sorted() != [3]Length{big, mid, small} {
			t.Errorf("%v is sorted to %v", s, s.Sorted())
		}
	}
	if got := (Size{c, a, b}).Sorted(); got != [3]Length{a, b, c} {
		t.Errorf("equal sides change places: %v", got)
	}
	if got := (Size{b, c, a}).Sorted(); got != [3]Length{b, a, c} {
		t.Errorf("equal sides change places: %v", got)
	}
	if got := (Size{a, b, c}).Sorted(); got != [3]Length{a, b, c} {
		t.Errorf("equal sides change places: %v", got)
	}
	if got := (Size{big, b, a}).Sorted(); got != [3]Length{big, b, a} {
		t.Errorf("equal sides change places: %v", got)
	}
	if got := (Size{}).Longest(); !got.IsZero() {
		t.Errorf("%v", got)
	}
}

func TestVolume(t *testing.T) {
	for s, want := range map[string]string{
		"40x30x20 cm":                 "24000 cm3",
		"40.0x30.0x20.0 cm":           "24000 cm3",
		"400x300x205 mm":              "24600 cm3",
		"5x5x5 mm":                    "0.125 cm3",
		"0.4x0.3x0.2 m":               "0.024 m3",
		"10x10x10 in":                 "1000 in3",
		"1.5x1x1 ft":                  "1.5 ft3",
		"1 ft x 10 in x 10 in":        "1200 in3",
		"40 cm x 0.3 m x 200 mm":      "24000 cm3",
		"1 in x 1 cm x 1 cm":          "2.54 cm3",
		"1 m x 1 m x 1 cm":            "10000 cm3",
		"0.0001x0.0001x0.0001 cm":     "0.000000000001 cm3",
		"999999x999999x999999 m":      "999997000002999999 m3",
		"1000000x100000x1000000 m":    "100000000000000000 m3",
		"100x1000000x10000000000 cm":  "1000000000000000000 cm3 is refused",
		"1000000x1000000x1000000 in":  "refused number_range",
		"0.00001x0.0001x0.0001 cm":    "refused number_precision",
		"0.1234567x0.1234567x10 cm":   "0.1524155677489 cm3 is refused",
		"1234567.1x1234567.1x1.11 in": "1691813076086.6751 in3",
		"999999999.1x999999999x1.1 m": "refused number_range",
		"1000000000x1000000000x999 m": "refused number_range",
		"0.0000001 in x 1 cm x 0.1 m": "0.00000254 cm3",
		"1 ft x 1 ft x 0.000001 in":   "0.000144 in3",
	} {
		size := must(t, s, ParseSize)
		v, err := size.Volume()
		got := v.String()
		if err != nil {
			got = "refused " + string(code(t, err))
			if strings.HasSuffix(want, "is refused") {
				want = got
			}
		}
		if got != want {
			t.Errorf("%s has %v, %v, want %s", s, v, err, want)
		}
	}
	if v, err := (Size{}).Volume(); err != nil || !v.IsZero() {
		t.Errorf("a size that is not known has %v, %v", v, err)
	}
}

func TestVolumeAgainstRationals(t *testing.T) {
	r := rand.New(rand.NewPCG(20261122, 6))
	us := []Unit{Millimetre, Centimetre, Metre, Inch, Foot}
	some := func() Length {
		for {
			if l, err := LengthOf(fixedtest.Int(r)>>(30+r.UintN(34)), uint8(r.IntN(5)), us[r.IntN(len(us))]); err == nil {
				return l
			}
		}
	}
	exact := 0
	for range 3000 {
		s := Size{some(), some(), some()}
		if r.IntN(2) == 0 {
			s.W.unit, s.H.unit = s.L.unit, s.L.unit
		}
		product := new(big.Rat).Mul(rat(s.L.quantity), rat(s.W.quantity))
		product.Mul(product, rat(s.H.quantity))
		v, err := s.Volume()
		if err != nil {
			in := new(big.Rat).Quo(product, rat(quantity{1, 0, s.volumeUnit()}))
			scaled := new(big.Rat).Mul(in, new(big.Rat).SetInt64(1e12))
			for n := fixed.MaxScale; n >= 0; n-- {
				if scaled.IsInt() && scaled.Num().CmpAbs(big.NewInt(fixed.MaxCoef)) <= 0 {
					t.Fatalf("%v: %v, but %s fits", s, err, in.FloatString(12))
				}
				scaled.Quo(scaled, big.NewRat(10, 1))
			}
			continue
		}
		exact++
		if rat(v.quantity).Cmp(product) != 0 || v.scale > 0 && v.coef%10 == 0 {
			t.Fatalf("%v has %v", s, v)
		}
	}
	if exact < 500 {
		t.Errorf("only %d volumes fit", exact)
	}
}

// The table of units agrees with the definitions: cubes of lengths, pounds of ounces, feet of inches.
func TestUnitFactors(t *testing.T) {
	one := func(u Unit) *big.Rat { return rat(quantity{1, 0, u}) }
	cube := func(u Unit) *big.Rat { x := one(u); return x.Mul(x, new(big.Rat).Mul(one(u), one(u))) }
	times := func(n int64, u Unit) *big.Rat { return new(big.Rat).Mul(big.NewRat(n, 1), one(u)) }
	for name, pair := range map[string][2]*big.Rat{
		"cm3":        {one(CubicCentimetre), cube(Centimetre)},
		"m3":         {one(CubicMetre), cube(Metre)},
		"in3":        {one(CubicInch), cube(Inch)},
		"ft3":        {one(CubicFoot), cube(Foot)},
		"l":          {one(Litre), times(1000, CubicCentimetre)},
		"ft":         {one(Foot), times(12, Inch)},
		"lb":         {one(Pound), times(16, Ounce)},
		"kg":         {one(Kilogram), times(1000, Gram)},
		"t":          {one(Tonne), times(1000, Kilogram)},
		"lb in g":    {one(Pound), big.NewRat(45359237, 100000)},
		"in in mm":   {one(Inch), big.NewRat(254, 10)},
		"cm":         {one(Centimetre), times(10, Millimetre)},
		"m":          {one(Metre), times(1000, Millimetre)},
		"base units": {one(Gram), one(Millimetre)},
	} {
		if pair[0].Cmp(pair[1]) != 0 {
			t.Errorf("%s is %v, want %v", name, pair[0], pair[1])
		}
	}
	var symbols []string
	for _, d := range []units.Dim{units.Weight, units.Length, units.Volume} {
		symbols = append(symbols, units.Symbols(d)...)
	}
	if want := strings.Fields("g kg oz lb t mm cm m in ft cm3 l m3 in3 ft3"); !slices.Equal(symbols, want) {
		t.Errorf("units %v", symbols)
	}
}

func FuzzParseSize(f *testing.F) {
	for _, s := range []string{"40x30x20 cm", "40 cm x 30 cm x 12 in", "1x1x1", "x", "40x30x20x10 cm"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		size, err := ParseSize(s)
		if err != nil {
			if size != (Size{}) || code(t, err) == "" {
				t.Fatalf("%q: %v, %v", s, size, err)
			}
			return
		}
		text := size.String()
		if back, err := ParseSize(text); err != nil || back != size {
			t.Fatalf("%q is written %q and read %v, %v", s, text, back, err)
		}
		sorted := size.Sorted()
		if sorted[0].Compare(sorted[1]) < 0 || sorted[1].Compare(sorted[2]) < 0 {
			t.Fatalf("%q is sorted to %v", s, sorted)
		}
		if v, err := size.Volume(); err == nil && v.Coef() <= 0 {
			t.Fatalf("%q has %v", s, v)
		}
	})
}

func FuzzUnmarshalSize(f *testing.F) {
	f.Add([]byte(`"40x30x20 cm"`))
	f.Add([]byte(`{"length":"40 cm","width":"30 cm","height":"12 in"}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var s Size
		if s.UnmarshalJSON(data) != nil {
			return
		}
		out, err := s.MarshalJSON()
		if err != nil {
			t.Fatal(err)
		}
		var back Size
		if err := back.UnmarshalJSON(out); err != nil || back != s {
			t.Fatalf("%s reads as %v, %v", out, back, err)
		}
	})
}
