package fees

import (
	"math/rand/v2"
	"testing"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/internal/fixed"
	"github.com/overseaswarehouse/overseas/internal/ratecard"
)

// TestRunningSumsAreExact adds up amounts that fill machine words many times over, beside the exact sums alone.
func TestRunningSumsAreExact(t *testing.T) {
	d := rand.New(rand.NewPCG(5, 6))
	eur := country.Currency{'E', 'U', 'R'}
	r := &running{group: &group{}, digits: 2}
	var want exact
	for range 5000 {
		a := fixed.Decimal{Coef: d.Int64N(2*fixed.MaxCoef) - fixed.MaxCoef, Scale: []uint8{2, 2, 2, 2, 0, 4, 12}[d.IntN(7)]}
		if d.IntN(3) > 0 {
			a.Coef = fixed.MaxCoef - d.Int64N(5) // mostly one way, so that words are full
		}
		if d.IntN(50) == 0 {
			a = fixed.Decimal{Scale: 2}
		}
		if !want.add(a) || !r.add(&r.total, &r.group.total, a) || !r.add(&r.family[Other], &r.group.family[Other], a) || !r.addNative(eur, a.Scale, a.Coef) {
			t.Fatal("a sum is too great")
		}
	}
	for range 2 { // a second time adds nothing
		if !r.finish() {
			t.Fatal("the sums are too great")
		}
	}
	if r.group.total != want || r.group.family[Other] != want || *r.group.in(eur) != want || len(r.group.native) != 1 {
		t.Errorf("%s and %s and %s, wanted %s", r.group.total.text(2), r.group.family[Other].text(2), r.group.in(eur).text(2), want.text(2))
	}
	if r.group.family[Tax].set {
		t.Error("a family that had nothing has a sum")
	}
}

// TestShardConvertsAsRates holds that the short way of converting is that of the rates, whatever they are.
func TestShardConvertsAsRates(t *testing.T) {
	d := rand.New(rand.NewPCG(7, 8))
	rate := func(text string, inverse bool) money.Rate {
		r, err := money.ParseRate(text)
		if err != nil {
			t.Fatal(err)
		}
		r.Inverse = inverse
		return r
	}
	usd, eur := country.Currency{'U', 'S', 'D'}, country.Currency{'E', 'U', 'R'}
	set := func(rates ...money.Rate) *money.Rates {
		r, err := money.NewRates(rates...)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	through, err := set().With(money.Via{First: rate("1 EUR = 162.35 JPY", false), Second: rate("100 JPY = 0.6673 USD", false), Scale: 2, Mode: money.HalfUp})
	if err != nil {
		t.Fatal(err)
	}
	for name, rates := range map[string]*money.Rates{
		"a rate": set(rate("1 EUR = 1.083519 USD", false)), "a whole rate": set(rate("1 EUR = 2 USD", false)), "per 100": set(rate("100 EUR = 108.3519 USD", false)),
		"inverse": set(rate("1 USD = 0.922919 EUR", true)), "through another": through, "none": set(), "many digits": set(rate("1 EUR = 123456.789012345678 USD", false)),
		"of a day": set(rate("1 EUR = 1.083519 USD", false)).On(country.Date{Year: 2026, Month: 3, Day: 1}),
	} {
		for _, digits := range []uint8{0, 2, 3} {
			plan, p := &ShardPlan{Currency: usd, Rates: rates}, &shardParts{}
			for i := range 2000 {
				coef := d.Int64N(1_000_000) - 500_000
				switch {
				case i < 200:
				case d.IntN(10) == 0:
					coef = d.Int64N(2*fixed.MaxCoef) - fixed.MaxCoef
				case d.IntN(10) == 0: // a result at the end of what an amount holds
					coef = fixed.MaxCoef/2 + d.Int64N(3)
				}
				m, err := money.Of(coef, uint8(d.IntN(13)), eur)
				if err != nil {
					t.Fatal(err)
				}
				want, _, wrong := rates.Convert(m, usd, digits, money.HalfUp)
				got, err := p.convert(lineOf(m), plan, digits)
				if (err == nil) != (wrong == nil) || err == nil && (got.Coef != want.Coef() || got.Scale != want.Scale()) {
					t.Fatalf("%s: %v is %v %v, wanted %v %v", name, m, got, err, want, wrong)
				}
			}
			if len(p.known) > 1 {
				t.Errorf("%s: the way was looked for %d times", name, len(p.known))
			}
			if quick := name == "a rate" || name == "a whole rate" || name == "of a day"; quick && len(p.known) == 0 {
				t.Errorf("%s: the short way is never taken", name)
			}
		}
	}
}

// lineOf is a line of an amount.
func lineOf(m money.Money) *Line {
	l := &Line{lineInfo: &lineInfo{card: &ratecard.Card{Currency: m.Currency()}, zero: m}}
	l.set(m)
	return l
}

func TestAppendAmount(t *testing.T) {
	for _, c := range []int64{0, 1, 9, 10, 99, 100, 101, 1990, 123456789, fixed.MaxCoef, -1, -1990} {
		for scale := range uint8(4) {
			d := fixed.Decimal{Coef: c, Scale: scale}
			if got := string(appendAmount(nil, d)); got != d.String() {
				t.Errorf("%s, wanted %s", got, d)
			}
		}
	}
}
