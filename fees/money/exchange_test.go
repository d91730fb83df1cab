package money_test

import (
	"errors"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/internal/problem"
)

// An exchange gives what Convert gives: every mode, ways by one rate and by two, amounts of any scale, size and sign, ties
// and amounts at the end of 18 digits.
func TestExchangeIsConvert(t *testing.T) {
	cur := func(s string) country.Currency { return country.Currency{s[0], s[1], s[2]} }
	rate := func(base, quote, value string, per int64, inverse bool) money.Rate {
		return money.Rate{Base: cur(base), Quote: cur(quote), Value: decimal.RequireFromString(value), Per: per, Inverse: inverse}
	}
	rates, err := money.NewRates(
		rate("EUR", "USD", "1.083519", 0, false), rate("EUR", "USD", "1.083519", 0, true), rate("EUR", "GBP", "0.5", 0, false),
		rate("EUR", "JPY", "163.12", 0, false), rate("EUR", "JPY", "163.12", 0, true), rate("CNY", "USD", "0.139215", 0, false),
		rate("USD", "IDR", "16250.123456", 0, false), rate("IDR", "USD", "6.1538462", 100000, false), rate("EUR", "KWD", "0.3331", 3, false),
		rate("EUR", "CHF", "999999999999.999999", 0, false), rate("EUR", "SEK", "0.000000000001", 999999999999999999, false),
	)
	if err != nil {
		t.Fatal(err)
	}
	rates, err = rates.With(
		money.Via{First: rate("CNY", "USD", "0.139215", 0, false), Second: rate("EUR", "USD", "1.083519", 0, true)},
		money.Via{First: rate("GBP", "EUR", "1.17", 0, false), Second: rate("EUR", "JPY", "163.12", 0, false), Scale: 3, Mode: money.HalfUp},
	)
	if err != nil {
		t.Fatal(err)
	}
	pairs := [][2]string{{"EUR", "USD"}, {"USD", "EUR"}, {"EUR", "GBP"}, {"EUR", "JPY"}, {"JPY", "EUR"}, {"CNY", "USD"}, {"USD", "IDR"},
		{"IDR", "USD"}, {"EUR", "KWD"}, {"EUR", "CHF"}, {"EUR", "SEK"}, {"CNY", "EUR"}, {"GBP", "JPY"}, {"EUR", "EUR"}}
	modes := []money.Mode{money.HalfUp, money.HalfEven, money.HalfDown, money.Up, money.Down, money.Ceiling, money.Floor}
	d := rand.New(rand.NewPCG(7, 4))
	short, failed := 0, 0
	for _, p := range pairs {
		for _, mode := range modes {
			for _, scale := range []uint8{0, 2, 3, 6, 12} {
				x, err := rates.Exchange(cur(p[0]), cur(p[1]), scale, mode)
				if err != nil {
					t.Fatal(err)
				}
				for i := range 300 {
					coef, of := d.Int64N(1e6), uint8(cur(p[0]).Digits())
					switch i % 6 {
					case 1:
						coef = -coef
					case 2:
						coef = int64(d.Uint64N(2e18-1)) - (1e18 - 1)
					case 3:
						of = uint8(d.IntN(13))
					case 4:
						coef = 2*coef + 1 // ties at the rate of a half
					case 5:
						coef = []int64{0, 1, -1, 1e18 - 1, 1 - 1e18, 1 << 58, 85124229818349062, 5675878132143}[d.IntN(8)]
					}
					m, err := money.Of(coef, of, cur(p[0]))
					if err != nil {
						t.Fatal(err)
					}
					want, _, wantErr := rates.Convert(m, cur(p[1]), scale, mode)
					got, gotErr := x.Convert(m)
					if got != want || (gotErr == nil) != (wantErr == nil) || gotErr != nil && gotErr.Error() != wantErr.Error() {
						t.Fatalf("%s to %s, %d decimals %v: %v %v, Convert says %v %v", m, p[1], scale, mode, got, gotErr, want, wantErr)
					}
					if c, ok := x.Coef(coef, of); ok {
						if short++; c != want.Coef() || wantErr != nil {
							t.Fatalf("%s to %s, %d decimals %v: %d, Convert says %v %v", m, p[1], scale, mode, c, want, wantErr)
						}
					} else if wantErr != nil {
						failed++
					}
				}
			}
		}
	}
	if short < 10_000 || failed < 1000 {
		t.Errorf("%d went the short way, %d failed: the amounts are not directed", short, failed)
	}
}

func TestExchangeRefuses(t *testing.T) {
	eur, usd := country.Currency{'E', 'U', 'R'}, country.Currency{'U', 'S', 'D'}
	var none *money.Rates
	if _, err := none.Exchange(eur, usd, 2, money.HalfUp); !errors.Is(err, problem.RateMissing) {
		t.Errorf("no rates: %v", err)
	}
	if _, err := none.Exchange(eur, eur, 13, money.HalfUp); !errors.Is(err, problem.NumberPrecision) {
		t.Errorf("13 decimals: %v", err)
	}
	if _, err := none.Exchange(eur, eur, 2, 0); !errors.Is(err, problem.UnknownValue) {
		t.Errorf("no mode: %v", err)
	}
	if _, err := none.Exchange(country.Currency{}, eur, 2, money.HalfUp); !errors.Is(err, problem.CurrencyUnknown) {
		t.Errorf("no currency: %v", err)
	}
	x, err := none.Exchange(eur, eur, 2, money.HalfUp)
	if err != nil {
		t.Fatal(err)
	}
	m, _ := money.Of(1, 0, usd)
	if _, err := x.Convert(m); !errors.Is(err, problem.CurrencyMismatch) {
		t.Errorf("another currency: %v", err)
	}
	if _, err := new(money.Exchange).Convert(m); err == nil {
		t.Error("the zero exchange converts")
	}
}

// A column is converted as its amounts are, or not at all.
func TestCoefsAreCoef(t *testing.T) {
	r := rand.New(rand.NewPCG(20261128, 1))
	var list []money.Rate
	for _, text := range []string{"1 EUR = 1.083519 USD", "1 CNY = 0.139215 USD", "1 JPY = 0.0065 USD", "1 USD = 7.1831 CNY", "1 USD = 0.923 EUR"} {
		rate, err := money.ParseRate(text)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, rate)
	}
	rates, err := money.NewRates(list...)
	if err != nil {
		t.Fatal(err)
	}
	whole, single, bounded := 0, 0, 0
	for range 4000 {
		pair := [][2]string{{"EUR", "USD"}, {"CNY", "USD"}, {"JPY", "USD"}, {"USD", "CNY"}, {"USD", "EUR"}}[r.IntN(5)]
		from, to := country.Currency([]byte(pair[0])), country.Currency([]byte(pair[1]))
		x, err := rates.Exchange(from, to, uint8(to.Digits()), []money.Mode{money.HalfUp, money.HalfUp, money.HalfEven, money.HalfDown, money.Ceiling}[r.IntN(5)])
		if err != nil {
			t.Fatal(err)
		}
		scale := uint8(from.Digits())
		if r.IntN(8) == 0 {
			scale++
		}
		column, out := make([]int64, r.IntN(9)), make([]int64, 9)
		for i := range column {
			column[i] = r.Int64N(1 << (1 + r.IntN(62)))
			if r.IntN(60) == 0 {
				column[i] = -column[i]
			}
		}
		bound := uint64(money.Unbounded)
		if most := slices.Max(append(column, 0)); r.IntN(2) == 0 && slices.Min(append(column, 0)) == 0 {
			bound = uint64(most)
		}
		next, ok := x.Coefs(out, column, scale, bound)
		if !ok {
			single++
			continue
		}
		if bound != money.Unbounded {
			bounded++
		}
		whole++
		for i, c := range column {
			if want, ok := x.Coef(c, scale); !ok || out[i] != want || c > 999_999_999_999_999_999 || uint64(want) > next {
				t.Fatalf("%v %d e-%d: %d, alone %d %v", pair, c, scale, out[i], want, ok)
			}
		}
	}
	if whole < 500 || single < 500 || bounded < 200 {
		t.Errorf("%d columns, %d of them with a bound, %d not", whole, bounded, single)
	}
	if _, ok := (&money.Exchange{}).Coefs(make([]int64, 1), make([]int64, 1), 2, 0); ok {
		t.Error("the zero Exchange converts")
	}
}
