package scenario

import (
	"errors"
	"strings"
	"testing"

	"github.com/overseaswarehouse/overseas/fees"
	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/internal/problem"
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

// TestMovesAreThoseOfThePlan: what is given as the value is that of the plan, and what moves nothing was really moved.
func TestMovesAreThoseOfThePlan(t *testing.T) {
	c := Compare(small(), direct(t), hamburg(t))
	broken := Variation{"broken", func(_ *Plan, list []*Alternative, x int64) error {
		if list[1].Days.Production = of(int(x)); x != 10 {
			list[1].Days.Production = nil
		}
		return nil
	}}
	for _, tt := range []struct {
		name  string
		i     int
		moved Moved
		want  error
		text  string
	}{
		{"another value", 1, Moved{CapitalRate(0), 13, &Range{Low: 6, High: 18}}, ErrDiffers, "/variables/0/value"},
		{"another value that is not varied", 1, Moved{CapitalRate(0), 13, nil}, ErrDiffers, "/variables/0/value"},
		{"no Set", 1, Moved{Variation{Name: "x"}, 13, &Range{Low: 6, High: 18}}, ErrMissing, "variation"},
		{"no Set, not varied", 1, Moved{Variation{Name: "x"}, 13, nil}, ErrMissing, "variation"},
		{"an unknown product", 1, Moved{OrdersPerMonth("LAMB"), 60, &Range{Low: 6, High: 80}}, problem.NameUnknown, "LAMB"},
		{"nothing but the value", 1, Moved{broken, 10, &Range{Low: 5, High: 15, Step: 1}}, ErrMissing, "/variables/0/5/alternatives/1/days/production"},
		{"no such alternative", 2, Moved{CapitalRate(0), 12, nil}, ErrRange, "/alternatives"},
	} {
		s, err := c.Moves(tt.i, tt.moved)
		if s != nil || !errors.Is(err, tt.want) || !strings.Contains(err.Error(), tt.text) {
			t.Errorf("%s: %v %v", tt.name, s, err)
		}
	}
	s, err := c.Moves(1, Moved{broken, 10, &Range{Low: 10, High: 10}}, Moved{CapitalRate(0), 12, &Range{Low: 0, High: 18}})
	if err != nil || s.Swings[0].Name != "capital" || s.Swings[0].Spread.Sign() <= 0 || s.Swings[1].Spread.Sign() != 0 {
		t.Errorf("%+v %v", s, err)
	}
	if _, err := (*Comparison)(nil).Moves(0); !errors.Is(err, ErrRange) {
		t.Error(err)
	}
}

// TestTurnsThatNobodyCanFind: a search that has nothing to search fails instead of finding nothing.
func TestTurnsThatNobodyCanFind(t *testing.T) {
	a := hamburg(t)
	c := Compare(small(), direct(t), a)
	ran := 0
	counted := Variation{"counted", func(p *Plan, list []*Alternative, x int64) error {
		ran++
		return OrdersPerMonth("LAMB").Set(p, list, x)
	}}
	for _, tt := range []struct {
		name string
		i, j int
		v    Variation
		want error
	}{
		{"an unknown product", 0, 1, OrdersPerMonth("LAMB"), problem.NameUnknown},
		{"an unknown alternative", 0, 1, BatchUnits("hamburk"), problem.NameUnknown},
		{"an unknown rate", 0, 1, ExchangeRate(currency("EUR"), currency("USD"), 2), problem.RateMissing},
		{"no such alternative", 0, 2, OrdersPerMonth("LAMP"), ErrRange},
		{"none before the first", -1, 0, OrdersPerMonth("LAMP"), ErrRange},
		{"nothing to vary", 0, 1, Variation{}, ErrMissing},
		{"asked once", 0, 1, counted, problem.NameUnknown},
		{"gaps alone", 0, 1, BatchUnits("hamburg"), ErrMultiple},
	} {
		course, err := c.Turns(tt.i, tt.j, tt.v, Grid{From: 51, To: 59}, Promise{})
		if course != nil || !errors.Is(err, tt.want) {
			t.Errorf("%s: %v %v", tt.name, course, err)
		}
	}
	if ran != 1 {
		t.Errorf("what is unknown is looked for %d times", ran)
	}
	if _, err := c.Turns(0, 1, BatchUnits("hamburg"), Grid{From: 51, To: 60}, Promise{}); err != nil {
		t.Errorf("a gap at the beginning: %v", err)
	}
	var none *Comparison
	if _, err := none.Turns(0, 1, OrdersPerMonth("LAMP"), Grid{From: 1, To: 2}, Promise{}); !errors.Is(err, ErrRange) {
		t.Error(err)
	}
}
