package fixed

import (
	"errors"
	"math"
	"math/big"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/overseaswarehouse/overseas/internal/problem"
)

func TestFromShopspring(t *testing.T) {
	huge := decimal.NewFromBigInt(new(big.Int).Lsh(big.NewInt(1), 33_000_000), 0) // ten million digits
	tests := []struct {
		name string
		in   decimal.Decimal
		want Decimal
		code problem.Code
	}{
		{"zero value", decimal.Decimal{}, Decimal{}, ""},
		{"scale kept", decimal.New(1250, -2), Decimal{1250, 2}, ""},
		{"negative", decimal.New(-1250, -2), Decimal{-1250, 2}, ""},
		{"positive exponent", decimal.New(5, 3), Decimal{5000, 0}, ""},
		{"most", decimal.New(MaxCoef, -12), Decimal{MaxCoef, 12}, ""},
		{"least", decimal.New(-MaxCoef, 0), Decimal{-MaxCoef, 0}, ""},
		{"one over", decimal.New(MaxCoef+1, 0), Decimal{}, problem.NumberRange},
		{"one digit too many below zero", decimal.New(-MaxCoef-2, -2), Decimal{}, problem.NumberRange},
		{"over by its exponent", decimal.New(1, 18), Decimal{}, problem.NumberRange},
		{"greatest exponent", decimal.New(9, 17), Decimal{900_000_000_000_000_000, 0}, ""},
		{"least int64", decimal.New(math.MinInt64, 0), Decimal{}, problem.NumberRange},
		{"zeros of a division", decimal.New(25, -2).DivRound(decimal.New(1, 0), 16), Decimal{250_000_000_000, 12}, ""},
		{"no more zeros dropped than it takes", decimal.New(308641972500, -4).DivRound(decimal.New(1, 0), 16), Decimal{308641972500000000, 10}, ""},
		{"13 decimals", decimal.New(1, -13), Decimal{}, problem.NumberPrecision},
		{"37 decimals", decimal.New(1, -37), Decimal{}, problem.NumberPrecision},
		{"36 zeros", decimal.NewFromBigInt(bigPow10(36), -36), Decimal{100_000_000_000_0, 12}, ""},
		{"zeros behind the most", decimal.NewFromBigInt(new(big.Int).Mul(big.NewInt(-MaxCoef), big.NewInt(1000)), -15), Decimal{-MaxCoef, 12}, ""},
		{"zeros of a whole number", decimal.NewFromBigInt(bigPow10(20), -4), Decimal{100_000_000_000_000_000, 1}, ""},
		{"digits of a whole number", decimal.NewFromBigInt(bigPow10(19), -1), Decimal{}, problem.NumberRange},
		{"too many digits", decimal.NewFromBigInt(big.NewInt(MaxCoef).Add(big.NewInt(MaxCoef), bigPow10(20)), -4), Decimal{}, problem.NumberRange},
		{"zero of a great exponent", decimal.New(0, math.MaxInt32), Decimal{}, ""},
		{"zero of a small exponent", decimal.New(0, math.MinInt32), Decimal{0, 12}, ""},
		{"zero with a scale", decimal.New(0, -2), Decimal{0, 2}, ""},
		{"1e100000000", decimal.New(1, 100_000_000), Decimal{}, problem.NumberRange},
		{"1e2147483647", decimal.New(-1, math.MaxInt32), Decimal{}, problem.NumberRange},
		{"1e-2147483648", decimal.New(1, math.MinInt32), Decimal{}, problem.NumberPrecision},
		{"ten million digits", huge, Decimal{}, problem.NumberRange},
		{"ten million decimals", huge.Shift(-12), Decimal{}, problem.NumberRange},
		{"ten million digits and more decimals", huge.Neg().Shift(-30), Decimal{}, problem.NumberRange},
		{"ten million digits and a great exponent", huge.Shift(18), Decimal{}, problem.NumberRange},
	}
	for _, tt := range tests {
		var got Decimal
		var err error
		took, grew := cost(func() { got, err = FromShopspring(tt.in) })
		if got != tt.want || tt.code == "" && err != nil || tt.code != "" && !errors.Is(err, tt.code) {
			t.Errorf("%s: %#v, %v, want %#v, %s", tt.name, got, err, tt.want, tt.code)
		}
		if took > time.Millisecond || grew > 16<<10 {
			t.Errorf("%s: %v, %d bytes", tt.name, took, grew)
		}
	}
}

func TestDecimalIsTheSameNumberInShopspring(t *testing.T) {
	for _, d := range []Decimal{{}, {0, 2}, {1250, 2}, {-5, 12}, {MaxCoef, 0}, {math.MinInt64, 19}} {
		s := d.Decimal()
		if s.Exponent() != -int32(d.Scale) || s.CoefficientInt64() != d.Coef {
			t.Errorf("%v is %d x 10^%d", d, s.CoefficientInt64(), s.Exponent())
		}
	}
}

func TestValidDecimalsAreTakenOverWithoutACopy(t *testing.T) {
	for _, d := range []decimal.Decimal{decimal.New(MaxCoef, 0), decimal.New(-MaxCoef, 0), decimal.New(MaxCoef, -12), decimal.New(-MaxCoef, -12), decimal.New(1, -6)} {
		if n := testing.AllocsPerRun(10, func() { _, _ = FromShopspring(d) }); n != 0 {
			t.Errorf("10^%d: %v allocations", d.Exponent(), n)
		}
	}
}

func FuzzFromShopspring(f *testing.F) {
	f.Add(int64(1250), int32(-2), int64(1))
	f.Add(int64(25), int32(-16), int64(1e14))
	f.Add(int64(1), int32(100_000_000), int64(1))
	f.Fuzz(func(t *testing.T, c int64, e int32, by int64) {
		n := new(big.Int).Mul(big.NewInt(c), big.NewInt(by))
		d := decimal.NewFromBigInt(n, e)
		got, err := FromShopspring(d)
		if err != nil {
			if got != (Decimal{}) {
				t.Fatalf("%v with %v", got, err)
			}
			// Refused is only what has no form of 18 digits and 12 decimals.
			x := ratPow10(int(max(min(e, 40), -40)))
			x.Mul(x, new(big.Rat).SetInt(n))
			if last := new(big.Rat).Mul(x, ratPow10(MaxScale)); last.IsInt() && last.Num().CmpAbs(big.NewInt(MaxCoef)) <= 0 && e >= -36 {
				t.Fatalf("%d x 10^%d is refused: %v", n, e, err)
			}
			return
		}
		if !got.Valid() || n.Sign() != 0 && got.Decimal().Cmp(d) != 0 {
			t.Fatalf("%d x 10^%d is %v", n, e, got)
		}
	})
}

func BenchmarkFromShopspring(b *testing.B) {
	d := decimal.New(123456, -2)
	b.ReportAllocs()
	for b.Loop() {
		_, _ = FromShopspring(d)
	}
}
