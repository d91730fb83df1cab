package scenario

import (
	"errors"
	"strings"
	"testing"

	"github.com/overseaswarehouse/overseas/fees"
	"github.com/overseaswarehouse/overseas/fees/money"
)

// TestTurnsAreThoseOfRunningEveryValue: the crossings of two alternatives in orders a month are those that evaluating each
// number by itself shows, and the costs at both sides are those of the plan with that number.
func TestTurnsAreThoseOfRunningEveryValue(t *testing.T) {
	a := hamburg(t)
	a.Cards = compile(t, card("sea", `{"on": "consign", "code": "sea", "family": "first_leg", "each": "consignment", "per": "weight", "unit": "50 kg", "started": true, "price": "75.00"}`), card("wh", warehouse), card("dhl", delivery), card("customs", customs))
	a.Batch = Batch{Every: 31}
	c := Compare(small(), direct(t), a)
	v := OrdersPerMonth("LAMP")
	course, err := c.Turns(0, 1, v, Grid{From: 1, To: 120}, Promise{})
	if err != nil {
		t.Fatal(err)
	}
	var want []int64
	last := 0
	for x := int64(1); x <= 120; x++ {
		at, err := c.With(v, x)
		if err != nil {
			t.Fatal(err)
		}
		f, g := at.results[0].Figures, at.results[1].Figures
		if f.Paid.Orders != 2*x || g.Paid.Orders != 2*x {
			t.Fatalf("%d a month are %d and %d orders", x, f.Paid.Orders, g.Paid.Orders)
		}
		sign := f.exact.net.Cmp(g.exact.net)
		if x > 1 && sign != last {
			want = append(want, x)
		}
		last = sign
	}
	var have []int64
	for x := range course.Crossings() {
		have = append(have, x.At.X)
		at, _ := c.With(v, x.At.X)
		if m, _ := x.At.First.RoundToMinor(money.HalfUp); !m.Equal(at.results[0].Figures.PerOrder) {
			t.Errorf("at %d the first costs %s instead of %s", x.At.X, m, at.results[0].Figures.PerOrder)
		}
	}
	if len(want) < 3 {
		t.Errorf("only %v", want)
	}
	if len(have) != len(want) {
		t.Fatalf("%v instead of %v", have, want)
	}
	for i := range have {
		if have[i] != want[i] {
			t.Fatalf("%v instead of %v", have, want)
		}
	}
}

func TestVariations(t *testing.T) {
	p, a := small(), hamburg(t)
	p.Products[0].Cost, p.Rates = must(moneyOf("78.50 CNY")), cny()
	a.CustomsRates = p.Rates
	c := Compare(p, direct(t), a)
	if c.Status() != Exact {
		t.Fatal(c)
	}
	base, err := c.Cost(1, CapitalRate(0))(12)
	if err != nil {
		t.Fatal(err)
	}
	if m, _ := base.RoundToMinor(money.HalfUp); !m.Equal(c.results[1].Figures.PerOrder) {
		t.Errorf("%s instead of %s", m, c.results[1].Figures.PerOrder)
	}
	more := func(v Variation, x int64, sign int) {
		t.Helper()
		m, err := c.Cost(1, v)(x)
		if err != nil {
			t.Fatalf("%s: %v", v.Name, err)
		}
		if s, _ := m.Compare(base); s != sign {
			t.Errorf("%s at %d: %s against %s", v.Name, x, m, base)
		}
	}
	more(CapitalRate(0), 24, 1)
	more(ExchangeRate(currency("EUR"), currency("CNY"), 2), 800, -1) // more yuan for a euro
	more(ExchangeRate(currency("EUR"), currency("CNY"), 2), 785, 0)
	more(BatchUnits("hamburg"), 20, 1) // each consignment pays the minimum
	more(BatchDays("hamburg"), 5, 1)
	more(CardPrice("cents_a_kg", "hamburg", func(x int64) (*fees.Calculator, error) {
		price := string(must(money.Of(x, 2, currency("EUR"))).AppendAmount(nil))
		return compile(t, card("sea", strings.ReplaceAll(firstLeg, `"2.00"`, `"`+price+`"`)), card("wh", warehouse), card("dhl", delivery), card("customs", customs)), nil
	}), 300, 1)
	for _, v := range []Variation{OrdersPerMonth("none"), BatchUnits("none"), BatchDays(""), ExchangeRate(currency("EUR"), currency("USD"), 2), {}} {
		if _, err := c.Cost(1, v)(1); err == nil {
			t.Errorf("%s finds what is not there", v.Name)
		}
	}
	if _, err := c.Cost(1, BatchUnits("hamburg"))(55); !errors.Is(err, ErrMultiple) {
		t.Error(err)
	}
	// what the variable is set to does not stay
	if _, err := c.Cost(1, OrdersPerMonth("LAMP"))(7); err != nil {
		t.Fatal(err)
	}
	if m, _ := c.Cost(1, CapitalRate(0))(12); !m.Equal(base) {
		t.Error("a variation is left behind")
	}

	held, err := c.Holds(CapitalRate(0), 12, Range{Low: 0, High: 400, Step: 1})
	if err != nil {
		t.Fatal(err)
	}
	if held.Recommended != "hamburg" || held.From != 0 || held.Above == nil || held.Above.Instead != "direct" {
		t.Errorf("%+v", held)
	}
	if at, _ := c.With(CapitalRate(0), held.To); at.Recommendation().Name != "hamburg" {
		t.Error("it does not hold at the end of the range")
	}
	if at, _ := c.With(CapitalRate(0), held.Above.X); at.Recommendation().Name != "direct" {
		t.Error("it holds beyond the range")
	}
	moves, err := c.Moves(1,
		Moved{CapitalRate(0), 12, &Range{Low: 6, High: 18}},
		Moved{ExchangeRate(currency("EUR"), currency("CNY"), 2), 785, &Range{Low: 700, High: 900}},
		Moved{OrdersPerMonth("LAMP"), 60, nil})
	if err != nil {
		t.Fatal(err)
	}
	if moves.Swings[0].Name != "exchange_rate" || moves.Swings[1].Name != "capital" || len(moves.NotVaried) != 1 || !moves.Base.Equal(base) {
		t.Errorf("%+v", moves)
	}
}
