package batch

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/fees/unit"
)

// FuzzAllocate holds for every method what is promised of all: shares add up, change sign with the amount, and are zero
// where the weight is; and of the largest remainder that no share is a unit away from the exact one.
func FuzzAllocate(f *testing.F) {
	f.Add(int64(1000), int64(1), int64(1), int64(1), int64(0), uint8(0))
	f.Add(int64(-5), int64(7), int64(3), int64(0), int64(0), uint8(3))
	f.Add(int64(999_999_999_999_999_999), int64(math.MaxInt64), int64(math.MaxInt64), int64(math.MaxInt64), int64(3), uint8(6))
	f.Add(int64(700273), int64(11818583), int64(10), int64(1), int64(0), uint8(7))
	f.Fuzz(func(t *testing.T, amount, a, b, c, d int64, method uint8) {
		rule := Rule{Method: Method(int(method) % len(methods))}
		m, err := money.Of(amount, 2, euro)
		if err != nil {
			return
		}
		weights := []int64{a, b, c, d}
		shares, err := Allocate(m, weights, rule)
		if err != nil {
			for _, w := range weights {
				if w < 0 {
					return
				}
			}
			if errors.Is(err, ErrBasisZero) && a|b|c|d == 0 {
				return
			}
			t.Fatal(err)
		}
		sum := new(big.Int) // some methods pass beyond 18 digits on the way
		for _, s := range shares {
			sum.Add(sum, big.NewInt(s.Coef()))
		}
		if sum.Cmp(big.NewInt(amount)) != 0 {
			t.Fatalf("%v add up to %s, not %s", shares, sum, m)
		}
		other, err := Allocate(m.Neg(), weights, rule)
		if err != nil {
			t.Fatal(err)
		}
		total := new(big.Int)
		for _, w := range weights {
			total.Add(total, big.NewInt(w))
		}
		for i, s := range shares {
			if !other[i].Equal(s.Neg()) {
				t.Fatalf("%v and %v", shares, other)
			}
			if i < len(weights) && weights[i] == 0 && total.Sign() > 0 && s.Sign() != 0 {
				t.Fatalf("weight zero bears %s", s)
			}
			if rule.Method == LargestRemainder && total.Sign() > 0 {
				off := new(big.Int).Mul(big.NewInt(amount), big.NewInt(weights[i]))
				off.Sub(off, new(big.Int).Mul(big.NewInt(s.Coef()), total))
				if off.Abs(off).Cmp(total) >= 0 {
					t.Fatalf("share %s of %s by %v", s, m, weights)
				}
			}
		}
		// Words and big integers agree.
		ratios, err := AllocateRatios(m, rats(weights), rule)
		if err != nil {
			t.Fatal(err)
		}
		for i := range shares {
			if ratios[i] != shares[i] {
				t.Fatalf("words %v, ratios %v", shares, ratios)
			}
		}
		huge := make([]*big.Rat, len(weights))
		for i, w := range weights {
			huge[i] = new(big.Rat).SetFrac(new(big.Int).Lsh(big.NewInt(w), 80), big.NewInt(3))
		}
		if ratios, err = AllocateRatios(m, huge, rule); err != nil {
			t.Fatal(err)
		}
		for i := range shares {
			if ratios[i] != shares[i] {
				t.Fatalf("words %v, large ratios %v", shares, ratios)
			}
		}
	})
}

// TestWeightsInWords: weights that words hold are shared as their fractions are, and others too.
func TestWeightsInWords(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 7))
	words := 0
	for range 20_000 {
		weights := make([]weight, 1+r.IntN(6))
		ratios := make([]*big.Rat, len(weights))
		for i := range weights {
			weights[i], ratios[i] = weight{n: 1}, big.NewRat(1, 1)
			for range 1 + r.IntN(3) {
				n, ten := r.Int64N(int64(1)<<r.IntN(30)), r.IntN(7)-3
				weights[i] = weights[i].times(n, ten)
				f := new(big.Rat).SetInt64(n)
				for range max(ten, -ten) {
					f.Mul(f, map[bool]*big.Rat{true: big.NewRat(10, 1), false: big.NewRat(1, 10)}[ten > 0])
				}
				ratios[i].Mul(ratios[i], f)
			}
		}
		if r.IntN(10) == 0 {
			weights[0] = weight{n: -1}
			ratios[0] = big.NewRat(-1, 1)
		}
		if r.IntN(10) == 0 {
			weights[0], ratios[0] = weight{}, nil
		}
		if _, ok := inWords(weights); ok {
			words++
		}
		m, err := money.Of(r.Int64N(2_000_000)-1_000_000, 2, euro)
		if err != nil {
			t.Fatal(err)
		}
		rule := Rule{Method: Method(r.IntN(len(methods)))}
		got, err := allocateWeights(m, weights, rule)
		want, why := AllocateRatios(m, ratios, rule)
		if fmt.Sprint(got, err) != fmt.Sprint(want, why) {
			t.Fatalf("%v by %v: %v %v, by fractions %v %v", m, weights, got, err, want, why)
		}
	}
	if words < 5_000 || words > 18_000 {
		t.Errorf("%d of 20000 in words", words)
	}
}

// FuzzUnitPrices holds that rows add up, are at most two and never empty.
func FuzzUnitPrices(f *testing.F) {
	f.Add(int64(1500), int64(13), uint8(2))
	f.Add(int64(-1), int64(1000), uint8(0))
	f.Add(int64(5), int64(1000), uint8(4))
	f.Fuzz(func(t *testing.T, amount, quantity int64, scale uint8) {
		m, err := money.Of(amount, 0, euro)
		if err != nil || quantity <= 0 || scale > 12 {
			return
		}
		for _, of := range []func(money.Money, int64, uint8) ([]UnitPrice, error){UnitPrices, EvenUnitPrices} {
			rows, err := of(m, quantity, scale)
			if err != nil {
				if !errors.Is(err, ErrOverflow) && !errors.Is(err, ErrPrecision) {
					t.Fatal(err)
				}
				continue
			}
			sum, units := new(big.Rat), int64(0)
			for _, r := range rows {
				units += r.Units
				p := ratOf(r.Price.Coef(), r.Price.Scale())
				sum.Add(sum, p.Mul(p, new(big.Rat).SetInt64(r.Units)))
				if r.Units <= 0 {
					t.Fatalf("an empty row in %v", rows)
				}
			}
			if sum.Cmp(ratOf(amount, 0)) != 0 || units != quantity || len(rows) > 2 {
				t.Fatalf("%v for %d units at %s", rows, quantity, m)
			}
		}
	})
}

// FuzzDraw holds that components of both signs leave with their units and end at zero.
func FuzzDraw(f *testing.F) {
	f.Add(int64(10000), int64(0), int64(0), int64(3), uint64(1))
	f.Add(int64(6000), int64(4000), int64(-9999), int64(7), uint64(2))
	f.Fuzz(func(t *testing.T, a, b, c, n int64, seed uint64) {
		const most = 100_000_000_000_000_000
		if n <= 0 || n > 100_000 || max(a, -a) > most || max(b, -b) > most || max(c, -c) > most || min(a, b, c) == math.MinInt64 {
			return
		}
		left := parts{a, b, c}
		var sum parts
		for units := n; units > 0; {
			seed = seed*6364136223846793005 + 1442695040888963407
			q := 1 + int64(seed>>33)%units
			out := left.draw(q, units)
			for i := range out {
				// within one unit of the exact share
				off := new(big.Int).Mul(big.NewInt(left[i]), big.NewInt(q))
				off.Sub(off, new(big.Int).Mul(big.NewInt(out[i]), big.NewInt(units)))
				if off.Abs(off).Cmp(big.NewInt(units)) >= 0 && q != units {
					t.Fatalf("%v of %v for %d of %d", out, left, q, units)
				}
			}
			left, sum = left.minus(out), sum.plus(out)
			units -= q
		}
		if left != (parts{}) || sum != (parts{a, b, c}) {
			t.Fatalf("%v left, %v gone", left, sum)
		}
	})
}

func TestAllocateRefuses(t *testing.T) {
	chf := func(s string) money.Money {
		m, err := money.ParseIn(s, "CHF")
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	for _, c := range []struct {
		name    string
		amount  money.Money
		weights []int64
		rule    Rule
		want    error
	}{
		{"no weights", eur(t, "1"), nil, Rule{}, ErrNoLines},
		{"zero weights", eur(t, "1"), []int64{0, 0}, Rule{}, ErrBasisZero},
		{"weights that cancel", eur(t, "1"), []int64{1, -1}, Rule{}, ErrBasisZero},
		{"a negative weight", eur(t, "1"), []int64{2, -1}, Rule{}, ErrNegative},
		{"no such method", eur(t, "1"), []int64{1}, Rule{Method: 99}, ErrUnknown},
		{"no multiple", chf("0.03"), []int64{1}, Rule{Unit: chf("0.05")}, ErrNotMultiple},
		{"finer than the unit", chf("0.001"), []int64{1}, Rule{Unit: chf("0.01")}, ErrNotMultiple},
		{"another currency", eur(t, "1"), []int64{1}, Rule{Unit: chf("0.05")}, ErrCurrency},
		{"no currency", money.Money{}, []int64{1}, Rule{}, Code("currency_unknown")},
	} {
		if got, err := Allocate(c.amount, c.weights, c.rule); !errors.Is(err, c.want) {
			t.Errorf("%s: %v %v", c.name, got, err)
		}
	}
	if got, err := Allocate(eur(t, "0.00"), []int64{0, 0}, Rule{}); err != nil || len(got) != 2 || got[0].Sign() != 0 {
		t.Errorf("nothing over nobody: %v %v", got, err)
	}
	if got, err := Allocate(eur(t, "1.005"), []int64{1, 1}, Rule{}); err != nil || got[0].String() != "0.503 EUR" {
		t.Errorf("an amount of three decimals: %v %v", got, err)
	}
	if _, err := Share(eur(t, "1"), []Item{{SKU: "A", Value: eur(t, "1")}, {SKU: "B", Value: chf("1")}}, Spread{}); !errors.Is(err, ErrCurrency) {
		t.Error(err)
	}
	if _, err := Share(eur(t, "1"), []Item{{SKU: "A", Value: eur(t, "1")}}, Spread{Lines: []int{1}}); !errors.Is(err, ErrReference) {
		t.Error(err)
	}
	if _, err := Share(eur(t, "1"), []Item{{SKU: "A", Value: eur(t, "1")}}, Spread{HS: "1"}); !errors.Is(err, ErrNoLines) {
		t.Error(err)
	}
	for _, q := range []int64{0, -1} {
		if _, err := UnitPrices(eur(t, "1"), q, 2); err == nil {
			t.Error(q)
		}
	}
	if _, err := UnitPrices(eur(t, "1.005"), 1, 2); !errors.Is(err, ErrPrecision) {
		t.Error(err)
	}
}

// TestNames walks every table of names: each has one, and it reads back.
func TestNames(t *testing.T) {
	check := func(name string, back func(string) (int, error), i int) {
		t.Helper()
		got, err := back(name)
		if name == "" || err != nil || got != i {
			t.Errorf("%q reads back as %d, %v", name, got, err)
		}
	}
	for i := range methods {
		check(Method(i).String(), func(s string) (int, error) { m, err := ParseMethod(s); return int(m), err }, i)
	}
	for i := range driverNames {
		check(Driver(i).String(), func(s string) (int, error) { m, err := ParseDriver(s); return int(m), err }, i)
	}
	for i := range int(components) {
		check(Component(i).String(), func(s string) (int, error) { m, err := ParseComponent(s); return int(m), err }, i)
	}
	for i := range int(accounts) {
		check(Account(i).String(), func(s string) (int, error) { m, err := ParseAccount(s); return int(m), err }, i)
	}
	for i := range valuationNames {
		check(Valuation(i).String(), func(s string) (int, error) { m, err := ParseValuation(s); return int(m), err }, i)
	}
	for i := int(Opening); i < int(kinds); i++ {
		check(Kind(i).String(), func(s string) (int, error) { m, err := ParseKind(s); return int(m), err }, i)
	}
	for _, s := range []string{Method(200).String(), Driver(200).String(), Component(200).String(), Account(200).String(), Valuation(200).String(), Kind(200).String(), Kind(0).String(), Difference(200).String()} {
		if s != "" {
			t.Errorf("%q names nothing", s)
		}
	}
}

func TestEntriesInJSON(t *testing.T) {
	s := newSequence(1)
	for range 500 {
		e := s.next()
		b, err := json.Marshal(e)
		if err != nil {
			t.Fatal(err)
		}
		var back Entry
		if err := json.Unmarshal(b, &back); err != nil || back != e {
			t.Fatalf("%s\n%+v\n%+v\n%v", b, e, back, err)
		}
	}
	for _, c := range []struct {
		in   string
		want error
	}{
		{`{"id":"a","kind":"bill","effect":"2026-02-30"}`, ErrDate},
		{`{"id":"a","kind":"bill","effect":"2026-02-01","Units":1}`, ErrField},
		{`{"kind":"bill","effect":"2026-02-01"}`, ErrMissing},
		{`{"id":"a","kind":"bill","effect":"2026-02-01","units":1.5}`, Code("not_integer")},
		{`{"id":"a","kind":"bill","effect":"2026-02-01","cost":{"currency":"EUR","tariff":"1e9"}}`, Code("number_format")},
		{`{"id":"a","kind":"bill","effect":"2026-02-01","cost":{"tariff":"1"}}`, ErrMissing},
		{`{"id":"a","kind":"bill","effect":"2026-02-01","batch":" "}`, Code("text_blank")},
	} {
		var e Entry
		if err := json.Unmarshal([]byte(c.in), &e); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", c.in, err)
		}
	}
	for _, name := range []string{" ", "a\nb", "\xff", "\u202e"} {
		e := entry(t, "x opening 2026-01-01 batch=B sku=A warehouse=W units=1")
		e.Batch = name
		if err := ledger(t, FIFO).Post(e); err == nil {
			t.Errorf("the batch %q is accepted", name)
		}
	}
}

func TestRisksRefuse(t *testing.T) {
	percent := func(s string) unit.Percent {
		p, err := unit.ParsePercent(s)
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	goods := CostOf(Purchase, eur(t, "10.00"))
	for _, r := range []Risks{{Loss: percent("-1%")}, {Return: percent("101%")}, {Loss: percent("60%"), Damage: percent("40%")}} {
		if _, err := r.Expect(goods, Cost{}); !errors.Is(err, Code("number_range")) {
			t.Error(err)
		}
	}
	x, err := Risks{}.Expect(goods, Cost{})
	if total, err2 := x.Total(); err != nil || err2 != nil || !total.Equal(goods) {
		t.Error(x, err, err2)
	}
}

func TestClosing(t *testing.T) {
	l := ledger(t, MonthAverage, "i receipt 2026-01-01 batch=B sku=A warehouse=W units=2 purchase=10",
		"a release 2026-01-15 order=1 sku=A warehouse=W units=1", "j receipt 2026-01-20 batch=C sku=A warehouse=W units=2 purchase=30")
	if err := l.Close(day(t, "2026-01-31")); err != nil {
		t.Fatal(err)
	}
	if got := orderCosts(l); got != "1 1 10.00\x20EUR\n" {
		t.Error(got)
	}
	if err := l.Close(day(t, "2026-01-30")); !errors.Is(err, ErrOrder) {
		t.Error(err)
	}
	if err := l.Post(entry(t, "a release 2026-01-15 order=1 sku=A warehouse=W units=1")); err != nil {
		t.Error("the same entry again:", err)
	}
	if err := l.Post(entry(t, "a release 2026-01-15 order=1 sku=A warehouse=W units=2")); !errors.Is(err, ErrChanged) {
		t.Error(err)
	}
	if err := l.Post(entry(t, "b release 2026-01-16 order=2 sku=A warehouse=W units=1")); err != nil {
		t.Error(err)
	}
	for posted := range l.Entries() {
		if posted != day(t, "2026-02-01") {
			t.Error(posted)
		}
	}
	if err := l.Close(country.Date{}); err == nil {
		t.Error("no day is closed")
	}
}
