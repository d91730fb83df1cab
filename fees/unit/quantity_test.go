package unit

import (
	"database/sql"
	"database/sql/driver"
	"encoding"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/overseaswarehouse/overseas/internal/fixed"
	"github.com/overseaswarehouse/overseas/internal/fixed/fixedtest"
	"github.com/overseaswarehouse/overseas/internal/problem"
	"github.com/overseaswarehouse/overseas/internal/units"
)

// value is what all types of the package can do.
type value interface {
	fmt.Stringer
	encoding.TextAppender
	encoding.TextMarshaler
	json.Marshaler
	driver.Valuer
	IsZero() bool
	Append([]byte) []byte
}

// pointer is what all pointers to types of the package can do.
type pointer[T any] interface {
	*T
	encoding.TextUnmarshaler
	json.Unmarshaler
	sql.Scanner
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

func weight(t testing.TB, s string) Weight { return must(t, s, ParseWeight) }
func length(t testing.TB, s string) Length { return must(t, s, ParseLength) }
func volume(t testing.TB, s string) Volume { return must(t, s, ParseVolume) }

func must[T any](t testing.TB, s string, parse func(string) (T, error)) T {
	t.Helper()
	v, err := parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// roundTrip writes and reads a value in every form, text being its own.
func roundTrip[T interface {
	comparable
	value
}, P pointer[T]](t *testing.T, text string, other T) {
	t.Helper()
	var v T
	if err := P(&v).UnmarshalText([]byte(text)); err != nil || v.String() != text {
		t.Errorf("%T %q reads as %v, %v", v, text, v, err)
		return
	}
	written, err := v.MarshalText()
	if err != nil || string(written) != text {
		t.Errorf("%T %q marshals to %q, %v", v, text, written, err)
	}
	appended, err := v.AppendText([]byte("x"))
	if err != nil || string(appended) != "x"+text || string(v.Append([]byte("x"))) != "x"+text {
		t.Errorf("%T %q appends %q, %v", v, text, appended, err)
	}
	data, err := json.Marshal(v)
	if err != nil || string(data) != `"`+text+`"` {
		t.Errorf("%T %q is %s, %v", v, text, data, err)
	}
	back := other
	if err := json.Unmarshal(data, P(&back)); err != nil || back != v {
		t.Errorf("%T %s reads as %v, %v", v, data, back, err)
	}
	column, err := v.Value()
	if err != nil || !driver.IsValue(column) {
		t.Errorf("%T %q is the column %v, %v", v, text, column, err)
	}
	for _, src := range []any{column, []byte(text)} {
		back := other
		if err := P(&back).Scan(src); err != nil || back != v {
			t.Errorf("%T: the column %v reads as %v, %v", v, src, back, err)
		}
	}
}

// refusal reads a text that is refused in every form, and nothing may change.
func refusal[T interface {
	comparable
	value
}, P pointer[T]](t *testing.T, text string, other T, want problem.Code) {
	t.Helper()
	data, err := json.Marshal(text)
	if err != nil {
		t.Fatal(err)
	}
	for form, read := range map[string]func(P) error{
		"text":   func(p P) error { return p.UnmarshalText([]byte(text)) },
		"JSON":   func(p P) error { return p.UnmarshalJSON(data) },
		"column": func(p P) error { return p.Scan(text) },
	} {
		kept := other
		err := read(&kept)
		if c := code(t, err); form == "JSON" && (c == problem.TextTooLong || c == problem.ControlCharacter) {
			continue // the document is refused before its numbers are looked at
		}
		if code(t, err) != want || kept != other {
			t.Errorf("%T %.40q as %s: %v, %v, want %s", kept, text, form, kept, err, want)
		}
	}
}

func TestRoundTrips(t *testing.T) {
	for _, s := range []string{"", "1 g", "12.50 kg", "0.000000000001 oz", "999999999999999999 lb", "1.5 t"} {
		roundTrip[Weight, *Weight](t, s, weight(t, "7 lb"))
	}
	for _, s := range []string{"", "1 mm", "40.0 cm", "0.001 m", "15.75 in", "6 ft"} {
		roundTrip[Length, *Length](t, s, length(t, "7 in"))
	}
	for _, s := range []string{"", "0 m3", "0.00 cm3", "1.5 l", "3 in3", "0.000000000001 ft3"} {
		roundTrip[Volume, *Volume](t, s, volume(t, "7 l"))
	}
	for _, s := range []string{"", "40x30x20 cm", "40.0x30x20.55 in", "40 cm x 30 cm x 12 in", "1x1x1 m"} {
		roundTrip[Size, *Size](t, s, must(t, "7x7x7 in", ParseSize))
	}
	for _, s := range []string{"0%", "7.7%", "-7.70%", "100%", "0.000000000001%", "999999999999999999%"} {
		roundTrip[Percent, *Percent](t, s, must(t, "1%", ParsePercent))
	}
	for _, s := range []string{"0", "0.077", "-0.0770", "1", "0.000000000001", "999999999999999999"} {
		roundTrip[Fraction, *Fraction](t, s, must(t, "1", ParseFraction))
	}
}

func TestRefusals(t *testing.T) {
	digits := strings.Repeat("9", 10_000)
	both := map[string]problem.Code{ // of weights and lengths, with w for the unit
		"0 w": ErrZeroNotAllowed, "0.00 w": ErrZeroNotAllowed, "-0 w": ErrZeroNotAllowed, "0": ErrZeroNotAllowed, "0.0": ErrZeroNotAllowed,
	}
	all := map[string]problem.Code{
		"-1 w": ErrNegative, "-0.001w": ErrNegative, "1": ErrUnitUnknown, "1 ": ErrUnitUnknown, "1 stone": ErrUnitUnknown, "1 W": ErrUnitUnknown,
		"1 ws": ErrUnitUnknown, "1 公斤": ErrUnitUnknown, "1公斤": ErrUnitUnknown, "1 %": ErrUnitUnknown, "1 days": ErrUnitUnknown,
		" 1 w": ErrNumberSyntax, "1  w": ErrNumberSyntax, "1 w ": ErrNumberSyntax, "1\tw": ErrUnitUnknown, "w": ErrNumberSyntax, "w 1": ErrNumberSyntax,
		"1,5 w": ErrNumberSyntax, "1,5w": ErrNumberSyntax, "+1 w": ErrNumberFormat, "+1w": ErrNumberFormat, "01 w": ErrNumberFormat, ".5 w": ErrNumberFormat, "5. w": ErrNumberFormat,
		"1e3 w": ErrNumberFormat, "1e1000000000 w": ErrNumberRange, "NaN w": ErrNumberSyntax, "1/2 w": ErrNumberSyntax, "½ w": ErrNumberSyntax,
		digits[:19] + " w": ErrNumberRange, "0.0000000000001 w": ErrNumberPrecision, digits + " w": ErrNumberTooLong, "1" + strings.Repeat(" ", 9999): ErrNumberTooLong,
	}
	for s, want := range all {
		refusal[Weight, *Weight](t, strings.ReplaceAll(s, "w", "kg"), weight(t, "7 lb"), want)
		refusal[Length, *Length](t, strings.ReplaceAll(s, "w", "cm"), length(t, "7 in"), want)
		refusal[Volume, *Volume](t, strings.ReplaceAll(s, "w", "m3"), volume(t, "7 l"), want)
	}
	for s, want := range both {
		refusal[Weight, *Weight](t, strings.ReplaceAll(s, "w", "kg"), weight(t, "7 lb"), want)
		refusal[Length, *Length](t, strings.ReplaceAll(s, "w", "cm"), length(t, "7 in"), want)
	}
	refusal[Volume, *Volume](t, "0", volume(t, "7 l"), ErrUnitUnknown)
	for _, s := range []string{"1 cm", "1 m3"} {
		refusal[Weight, *Weight](t, s, weight(t, "7 lb"), ErrUnitUnknown)
	}
	for s, want := range map[string]problem.Code{
		"7.7": ErrMalformed, "0.077": ErrMalformed, "7.7 kg": ErrMalformed, "7.7%%": ErrMalformed, "7.7 percent": ErrMalformed, "%": ErrNumberSyntax, "": ErrNumberSyntax,
		"7,7%": ErrNumberSyntax, "7.7  %": ErrNumberSyntax, " 7.7%": ErrNumberSyntax, "+7%": ErrNumberFormat, "1e2 %": ErrNumberFormat, "0.0000000000001%": ErrNumberPrecision,
	} {
		refusal[Percent, *Percent](t, s, must(t, "1%", ParsePercent), want)
	}
	for s, want := range map[string]problem.Code{
		"7.7%": ErrNumberSyntax, "": ErrNumberSyntax, "1e2": ErrNumberFormat, ".5": ErrNumberFormat, digits[:19]: ErrNumberRange, "0.0000000000001": ErrNumberPrecision,
	} {
		refusal[Fraction, *Fraction](t, s, must(t, "1", ParseFraction), want)
	}
}

func TestErrorsNameTheUnits(t *testing.T) {
	for want, err := range map[string]error{
		"g kg oz lb t":     second(ParseWeight("1 stone")),
		"mm cm m in ft":    second(ParseLengthIn("1", "stone")),
		"cm3 l m3 in3 ft3": second(VolumeOf(1, 0, Kilogram)),
	} {
		var p Problem
		if !errors.As(err, &p) || p.Code != ErrUnitUnknown || strings.Join(p.Want, " ") != want {
			t.Errorf("%#v, want %s", err, want)
		}
	}
	for text, symbol := range map[string]string{"1 stone": "stone", "0 stone": "stone", "1": "", "1 m3": "m3"} {
		var p Problem
		if _, err := ParseWeight(text); !errors.As(err, &p) || p.Code != ErrUnitUnknown || p.Text != symbol {
			t.Errorf("%s: %#v", text, p)
		}
	}
	_, err := ParseWeight("1,5 kg")
	var p Problem
	if !errors.As(err, &p) || p.Text != "1,5 kg" {
		t.Errorf("%#v", p)
	}
}

func second[T any](_ T, err error) error { return err }

func TestReadingOtherKinds(t *testing.T) {
	targets := func() []interface {
		json.Unmarshaler
		sql.Scanner
	} {
		return []interface {
			json.Unmarshaler
			sql.Scanner
		}{new(Weight), new(Length), new(Volume), new(Size), new(Percent), new(Fraction)}
	}
	for data, want := range map[string]problem.Code{
		`null`: ErrNullNotAllowed, `true`: ErrWrongType, `[]`: ErrWrongType, `["1 kg"]`: ErrWrongType, `"1`: problem.JSONSyntax, ``: problem.JSONSyntax,
		`"1" "2"`: problem.TrailingData, "\"\xff\"": problem.Encoding,
	} {
		for _, v := range targets() {
			if err := v.UnmarshalJSON([]byte(data)); code(t, err) != want {
				t.Errorf("%T from %s: %v", v, data, err)
			}
		}
	}
	for _, v := range targets() {
		_, isFraction := v.(*Fraction)
		if err := v.UnmarshalJSON([]byte(`12.5`)); isFraction && err != nil || !isFraction && code(t, err) != ErrWrongType {
			t.Errorf("%T from a number: %v", v, err)
		}
		_, isSize := v.(*Size)
		if err := v.UnmarshalJSON([]byte(`{}`)); isSize && code(t, err) != ErrMissingField || !isSize && code(t, err) != ErrWrongType {
			t.Errorf("%T from an object: %v", v, err)
		}
		for _, column := range []any{12.5, true, time.Time{}} {
			if err := v.Scan(column); code(t, err) != ErrWrongType {
				t.Errorf("%T from the column %v: %v", v, column, err)
			}
		}
		if err := v.Scan(int64(7)); isFraction && err != nil || !isFraction && code(t, err) != ErrWrongType {
			t.Errorf("%T from an integer: %v", v, err)
		}
	}
	var seven Fraction
	if err := seven.Scan(int64(7)); err != nil || seven.String() != "7" {
		t.Errorf("%v, %v", seven, err)
	}
	if err := seven.Scan(int64(math.MaxInt64)); code(t, err) != ErrNumberRange || seven.String() != "7" {
		t.Errorf("%v, %v", seven, err)
	}
	for _, v := range []sql.Scanner{new(Percent), new(Fraction)} {
		if err := v.Scan(nil); code(t, err) != ErrNullNotAllowed {
			t.Errorf("%T from NULL: %v", v, err)
		}
	}
	var f Fraction
	if err := f.UnmarshalJSON([]byte(`0.07700`)); err != nil || f.String() != "0.07700" {
		t.Errorf("%v, %v", f, err)
	}
}

func TestMaking(t *testing.T) {
	tests := []struct {
		name string
		make func() (fmt.Stringer, error)
		want string
		code problem.Code
	}{
		{"NewWeight", func() (fmt.Stringer, error) { return NewWeight(decimal.New(1250, -2), Kilogram) }, "12.50 kg", ""},
		{"NewLength", func() (fmt.Stringer, error) { return NewLength(decimal.New(12, 1), Centimetre) }, "120 cm", ""},
		{"NewVolume", func() (fmt.Stringer, error) { return NewVolume(decimal.Decimal{}, CubicMetre) }, "0 m3", ""},
		{"NewPercent", func() (fmt.Stringer, error) { return NewPercent(decimal.New(-77, -1)) }, "-7.7%", ""},
		{"NewFraction", func() (fmt.Stringer, error) { return NewFraction(decimal.New(77, -3)) }, "0.077", ""},
		{"WeightOf", func() (fmt.Stringer, error) { return WeightOf(15999, 3, Ounce) }, "15.999 oz", ""},
		{"LengthOf", func() (fmt.Stringer, error) { return LengthOf(1, 0, Foot) }, "1 ft", ""},
		{"VolumeOf", func() (fmt.Stringer, error) { return VolumeOf(0, 2, Litre) }, "0.00 l", ""},
		{"PercentOf", func() (fmt.Stringer, error) { return PercentOf(770, 2) }, "7.70%", ""},
		{"FractionOf", func() (fmt.Stringer, error) { return FractionOf(-77, 3) }, "-0.077", ""},
		{"in parts", func() (fmt.Stringer, error) { return ParseWeightIn("12.5", "lb") }, "12.5 lb", ""},
		{"in parts without a unit", func() (fmt.Stringer, error) { return ParseWeightIn("12.5", "") }, "", ErrUnitUnknown},
		{"zero in parts without a unit", func() (fmt.Stringer, error) { return ParseLengthIn("0", "") }, "", ErrZeroNotAllowed},
		{"a bad number in parts", func() (fmt.Stringer, error) { return ParseVolumeIn("1,5", "l") }, "", ErrNumberSyntax},
		{"together", func() (fmt.Stringer, error) { return ParseVolume("12in3") }, "12 in3", ""},
		{"percent with a space", func() (fmt.Stringer, error) { return ParsePercent("7.7 %") }, "7.7%", ""},
		{"a weight of a length", func() (fmt.Stringer, error) { return NewWeight(decimal.New(1, 0), Metre) }, "", ErrUnitUnknown},
		{"a weight of no unit", func() (fmt.Stringer, error) { return WeightOf(1, 0, 0) }, "", ErrUnitUnknown},
		{"a weight of a unit that is none", func() (fmt.Stringer, error) { return WeightOf(1, 0, 200) }, "", ErrUnitUnknown},
		{"a weight of days", func() (fmt.Stringer, error) { return WeightOf(1, 0, units.Day) }, "", ErrUnitUnknown},
		{"a weight of 0", func() (fmt.Stringer, error) { return NewWeight(decimal.Decimal{}, Gram) }, "", ErrZeroNotAllowed},
		{"a negative length", func() (fmt.Stringer, error) { return LengthOf(-1, 0, Inch) }, "", ErrNegative},
		{"a negative volume", func() (fmt.Stringer, error) { return VolumeOf(-1, 0, Litre) }, "", ErrNegative},
		{"the least int64", func() (fmt.Stringer, error) { return VolumeOf(math.MinInt64, 0, Litre) }, "", ErrNumberRange},
		{"13 decimals", func() (fmt.Stringer, error) { return VolumeOf(1, 13, Litre) }, "", ErrNumberPrecision},
		{"a hostile weight", func() (fmt.Stringer, error) { return NewWeight(decimal.New(1, 100_000_000), Gram) }, "", ErrNumberRange},
		{"a hostile percentage", func() (fmt.Stringer, error) { return NewPercent(decimal.New(1, -100_000_000)) }, "0%", ErrNumberPrecision},
		{"a hostile fraction", func() (fmt.Stringer, error) { return NewFraction(decimal.New(1, 100_000_000)) }, "0", ErrNumberRange},
		{"a percentage of 19 digits", func() (fmt.Stringer, error) { return PercentOf(math.MaxInt64, 0) }, "0%", ErrNumberRange},
		{"a fraction of 13 decimals", func() (fmt.Stringer, error) { return FractionOf(1, 13) }, "0", ErrNumberPrecision},
	}
	for _, tt := range tests {
		v, err := tt.make()
		if v.String() != tt.want || code(t, err) != tt.code {
			t.Errorf("%s: %v, %v, want %q %s", tt.name, v, err, tt.want, tt.code)
		}
	}
	w := weight(t, "12.50 kg")
	if w.Coef() != 1250 || w.Scale() != 2 || w.Unit() != Kilogram || w.Decimal().StringFixed(2) != "12.50" || w.IsZero() {
		t.Errorf("%#v", w)
	}
	p := must(t, "-7.70%", ParsePercent)
	if p.Coef() != -770 || p.Scale() != 2 || p.Sign() != -1 || p.Decimal().StringFixed(2) != "-7.70" || p.IsZero() || !(Percent{}).IsZero() {
		t.Errorf("%#v", p)
	}
	if num, pow := Ounce.Factor(); num != 28349523125 || pow != -9 {
		t.Errorf("an ounce is %d x 10^%d g", num, pow)
	}
}

func TestCompareIsExactOverUnits(t *testing.T) {
	for _, pair := range [][2]string{
		{"", "0.000000000001 g"}, {"15.999 oz", "1 lb"}, {"16 oz", "1.000000000001 lb"}, {"453.592369999999 g", "1 lb"}, {"0.45 kg", "1 lb"},
		{"999.999999999999 kg", "1 t"}, {"2204.622621848775 lb", "1 t"}, {"999999999999999998 t", "999999999999999999 t"},
	} {
		ordered(t, must(t, pair[0], readWeight), weight(t, pair[1]))
	}
	for _, pair := range [][2]string{{"", "1 mm"}, {"2.539999999999 cm", "1 in"}, {"11.999999999999 in", "1 ft"}, {"3.280839895013 ft", "1.000000000001 m"}, {"30.479 cm", "1 ft"}} {
		ordered(t, must(t, pair[0], readLength), length(t, pair[1]))
	}
	for _, pair := range [][2]string{{"16.387063999999 cm3", "1 in3"}, {"28.316846591 l", "1 ft3"}, {"35.314666721488 ft3", "1 m3"}, {"1727.999999999999 in3", "1 ft3"}, {"0.999999999999 l", "1000 cm3"}} {
		ordered(t, volume(t, pair[0]), volume(t, pair[1]))
	}
	for _, same := range [][2]string{{"16 oz", "1 lb"}, {"1000 g", "1.000 kg"}, {"453.59237 g", "1 lb"}, {"28.349523125 g", "1.0 oz"}} {
		if c := weight(t, same[0]).Compare(weight(t, same[1])); c != 0 {
			t.Errorf("%s against %s: %d", same[0], same[1], c)
		}
	}
	if c := length(t, "12 in").Compare(length(t, "1 ft")); c != 0 {
		t.Errorf("%d", c)
	}
	if c := volume(t, "0 l").Compare(volume(t, "0.0 ft3")); c != 0 {
		t.Errorf("%d", c)
	}
	if c := volume(t, "1728 in3").Compare(volume(t, "1 ft3")); c != 0 {
		t.Errorf("%d", c)
	}
	ordered(t, must(t, "7.69%", ParsePercent), must(t, "7.7%", ParsePercent))
	ordered(t, must(t, "-0.1", ParseFraction), must(t, "-0.01", ParseFraction))
}

func readWeight(s string) (w Weight, err error) { return w, w.UnmarshalText([]byte(s)) }
func readLength(s string) (l Length, err error) { return l, l.UnmarshalText([]byte(s)) }

func ordered[T interface {
	Compare(T) int
	fmt.Stringer
}](t *testing.T, a, b T) {
	t.Helper()
	if x, y, z := a.Compare(b), b.Compare(a), a.Compare(a); x != -1 || y != 1 || z != 0 {
		t.Errorf("%v against %v: %d, %d, %d", a, b, x, y, z)
	}
}

// rat is a quantity in grams, millimetres or cubic millimetres.
func rat(q quantity) *big.Rat {
	num, pow := q.unit.Factor()
	x := new(big.Rat).SetInt(new(big.Int).Mul(big.NewInt(q.coef), big.NewInt(num)))
	e := int(pow) - int(q.scale)
	p := new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(max(e, -e))), nil))
	if e < 0 {
		return x.Quo(x, p)
	}
	return x.Mul(x, p)
}

var modes = []Mode{HalfUp, HalfEven, HalfDown, Up, Down, Ceiling, Floor}

func TestConversionsAgainstRationals(t *testing.T) {
	r := rand.New(rand.NewPCG(20261122, 3))
	for _, k := range []kind{weights, lengths, volumes} {
		var us []Unit
		for _, s := range units.Symbols(k.dim) {
			u, _ := units.Parse(s)
			us = append(us, u)
		}
		some := func() quantity {
			for {
				if q, err := k.of(fixed.Decimal{Coef: fixedtest.Int(r) >> r.UintN(60), Scale: uint8(r.IntN(13))}, us[r.IntN(len(us))]); err == nil {
					return q
				}
			}
		}
		for range 3000 {
			a, b := some(), some()
			if c := a.compare(b); c != rat(a).Cmp(rat(b)) {
				t.Fatalf("%v against %v: %d", a, b, c)
			}
			u, scale, mode := us[r.IntN(len(us))], uint8(r.IntN(13)), modes[r.IntN(len(modes))]
			unit := rat(quantity{1, scale, u})
			want := fixedtest.Round(new(big.Rat).Quo(rat(a), unit), mode.String())
			got, err := k.in(a, u, scale, mode)
			refused := problem.Code("")
			switch {
			case want.CmpAbs(big.NewInt(fixed.MaxCoef)) > 0:
				refused = ErrNumberRange
			case want.Sign() == 0 && !k.zero:
				refused = ErrZeroNotAllowed
			}
			if code(t, err) != refused {
				t.Fatalf("%v in %v to %d %v: %v, want %s", a, u, scale, mode, err, refused)
			}
			if err == nil && (big.NewInt(got.coef).Cmp(want) != 0 || got.scale != scale || got.unit != u) {
				t.Fatalf("%v in %v to %d %v: %v, want %v", a, u, scale, mode, got, want)
			}
		}
	}
}

func TestIn(t *testing.T) {
	if g, err := weight(t, "15.999 oz").In(Gram, 12, HalfUp); err != nil || g.String() != "453.564020476875 g" || g.Compare(weight(t, "15.999 oz")) != 0 {
		t.Errorf("%v, %v", g, err)
	}
	if w, err := weight(t, "2.5 kg").In(Kilogram, 0, HalfEven); err != nil || w.String() != "2 kg" {
		t.Errorf("%v, %v", w, err)
	}
	if w, err := weight(t, "2.51 kg").Round(0, HalfEven); err != nil || w.String() != "3 kg" {
		t.Errorf("%v, %v", w, err)
	}
	if l, err := length(t, "100 cm").In(Inch, 2, Up); err != nil || l.String() != "39.38 in" {
		t.Errorf("%v, %v", l, err)
	}
	if l, err := length(t, "39.371 in").Round(2, Up); err != nil || l.String() != "39.38 in" {
		t.Errorf("%v, %v", l, err)
	}
	if v, err := volume(t, "1 ft3").In(Litre, 3, Down); err != nil || v.String() != "28.316 l" {
		t.Errorf("%v, %v", v, err)
	}
	if v, err := volume(t, "0.4 l").Round(0, HalfUp); err != nil || v.String() != "0 l" {
		t.Errorf("%v, %v", v, err)
	}
	for name, tt := range map[string]struct {
		err  error
		want problem.Code
	}{
		"rounded to nothing":        {second(weight(t, "0.4 g").Round(0, HalfUp)), ErrZeroNotAllowed},
		"converted to nothing":      {second(length(t, "1 mm").In(Metre, 2, HalfUp)), ErrZeroNotAllowed},
		"another dimension":         {second(weight(t, "1 g").In(Metre, 2, HalfUp)), ErrUnitUnknown},
		"no unit":                   {second(weight(t, "1 g").In(0, 2, HalfUp)), ErrUnitUnknown},
		"no mode":                   {second(weight(t, "1 g").In(Kilogram, 2, 0)), ErrUnknownValue},
		"no mode to round by":       {second(weight(t, "1 g").Round(2, 99)), ErrUnknownValue},
		"no mode in the same unit":  {second(weight(t, "1 g").In(Gram, 2, 0)), ErrUnknownValue},
		"13 decimals":               {second(weight(t, "1 g").In(Kilogram, 13, HalfUp)), ErrNumberPrecision},
		"rounded to 13 decimals":    {second(weight(t, "1 g").Round(13, HalfUp)), ErrNumberPrecision},
		"too large for its unit":    {second(weight(t, "999999999999999999 t").In(Gram, 0, HalfUp)), ErrNumberRange},
		"too large for its decimal": {second(weight(t, "999999999999999999 t").Round(1, HalfUp)), ErrNumberRange},
		"nothing given":             {second(Weight{}.In(Gram, 2, HalfUp)), ""},
		"nothing given, no unit":    {second(Weight{}.In(0, 2, HalfUp)), ""},
		"nothing given to round":    {second(Length{}.Round(2, HalfUp)), ""},
	} {
		if code(t, tt.err) != tt.want {
			t.Errorf("%s: %v, want %s", name, tt.err, tt.want)
		}
	}
}

func TestPercentAndFraction(t *testing.T) {
	for p, f := range map[string]string{"7.7%": "0.077", "-7.70%": "-0.0770", "100%": "1.00", "0%": "0.00", "0.0000000001%": "0.000000000001", "1.000000000000%": "0.010000000000"} {
		got, err := must(t, p, ParsePercent).Fraction()
		if err != nil || got.String() != f {
			t.Errorf("%s is %v, %v", p, got, err)
		}
		back, err := got.Percent()
		if err != nil || back.Compare(must(t, p, ParsePercent)) != 0 {
			t.Errorf("%s comes back as %v, %v", p, back, err)
		}
	}
	for f, p := range map[string]string{"1": "100%", "0.5": "50%", "0.123": "12.3%", "-2.5": "-250%"} {
		if got, err := must(t, f, ParseFraction).Percent(); err != nil || got.String() != p {
			t.Errorf("%s is %v, %v", f, got, err)
		}
	}
	if f, err := must(t, "0.00000000001%", ParsePercent).Fraction(); code(t, err) != ErrNumberPrecision || !f.IsZero() {
		t.Errorf("%v, %v", f, err)
	}
	if p, err := must(t, "99999999999999999", ParseFraction).Percent(); code(t, err) != ErrNumberRange || !p.IsZero() {
		t.Errorf("%v, %v", p, err)
	}
	if f := must(t, "0.077", ParseFraction); f.Sign() != 1 || f.Compare(must(t, "0.0770", ParseFraction)) != 0 || string(f.Append(nil)) != "0.077" {
		t.Errorf("%v", f)
	}
}

func TestQuantitiesInStructures(t *testing.T) {
	type carton struct {
		Weight Weight   `json:"weight"`
		Size   Size     `json:"size,omitzero"`
		Volume Volume   `json:"volume,omitzero"`
		Duty   Percent  `json:"duty,omitzero"`
		Share  Fraction `json:"share"`
	}
	data, err := json.Marshal(carton{Weight: weight(t, "12.50 kg"), Share: must(t, "0.5", ParseFraction)})
	if err != nil || string(data) != `{"weight":"12.50 kg","share":"0.5"}` {
		t.Errorf("%s, %v", data, err)
	}
	var c carton
	if err := json.Unmarshal([]byte(`{"weight":"12.5lb","size":{"height":"1 ft","width":"2 m","length":"3 cm"},"share":0.25}`), &c); err != nil ||
		c.Size.String() != "3 cm x 2 m x 1 ft" || c.Weight.String() != "12.5 lb" || c.Share.String() != "0.25" {
		t.Errorf("%+v, %v", c, err)
	}
}

func TestNothingAllocates(t *testing.T) {
	w, l, p := weight(t, "15.999 oz"), length(t, "40 cm"), must(t, "7.7%", ParsePercent)
	s := Size{l, length(t, "12 in"), l}
	lb := weight(t, "1 lb")
	buf := make([]byte, 0, 64)
	d := decimal.New(125, -1)
	for name, f := range map[string]func(){
		"ParseWeight": func() { _, _ = ParseWeight("12.5 kg") },
		"NewWeight":   func() { _, _ = NewWeight(d, Kilogram) },
		"Compare":     func() { w.Compare(lb) },
		"In":          func() { _, _ = w.In(Gram, 3, HalfUp) },
		"Append":      func() { s.Append(p.Append(w.Append(buf))) },
		"Sorted":      func() { s.Sorted() },
		"Fraction":    func() { _, _ = p.Fraction() },
		"Volume":      func() { _, _ = s.Volume() },
	} {
		if n := testing.AllocsPerRun(100, f); n != 0 {
			t.Errorf("%s: %v allocations", name, n)
		}
	}
}

// A text of any length is refused in constant memory and time.
func TestLongTextsAreCheap(t *testing.T) {
	long := strings.Repeat("9", 10_000_000)
	for name, f := range map[string]func() error{
		"weight":       func() error { return second(ParseWeight(long)) },
		"weight parts": func() error { return second(ParseWeightIn(long, "kg")) },
		"unit":         func() error { return second(ParseWeightIn("1", long)) },
		"size":         func() error { return second(ParseSize(long)) },
		"percent":      func() error { return second(ParsePercent(long)) },
		"fraction":     func() error { return second(ParseFraction(long)) },
	} {
		best := time.Hour
		for range 5 {
			start := time.Now()
			if err := f(); err == nil || len(err.Error()) > 1000 {
				t.Errorf("%s: %v", name, err)
			}
			best = min(best, time.Since(start))
		}
		if best > time.Millisecond {
			t.Errorf("%s takes %v", name, best)
		}
	}
}

func FuzzParseWeight(f *testing.F) {
	for _, s := range []string{"12.5 lb", "1kg", "0 g", "-1 kg", "1e3 kg", "1 公斤", "0.000000000001 t"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		w, err := ParseWeight(s)
		if err != nil {
			if w != (Weight{}) || code(t, err) == "" {
				t.Fatalf("%q: %v, %v", s, w, err)
			}
			return
		}
		if w.Coef() <= 0 || !slices.Contains(units.Symbols(units.Weight), w.Unit().String()) {
			t.Fatalf("%q is %v", s, w)
		}
		text := w.String()
		if back, err := ParseWeight(text); err != nil || back != w {
			t.Fatalf("%q is written %q and read %v, %v", s, text, back, err)
		}
		if strings.ReplaceAll(text, " ", "") != strings.ReplaceAll(s, " ", "") {
			t.Fatalf("%q is written %q", s, text)
		}
	})
}
