package scenario

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/language"

	"github.com/overseaswarehouse/overseas/fees"
	"github.com/overseaswarehouse/overseas/fees/batch"
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
	more(StayDays("hamburg"), 0, 0)
	more(StayDays("hamburg"), 1, 1)
	more(CardPrice("cents_a_kg", "hamburg", func(x int64) (*fees.Calculator, error) {
		price := string(must(money.Of(x, 2, currency("EUR"))).AppendAmount(nil))
		return compile(t, card("sea", strings.ReplaceAll(firstLeg, `"2.00"`, `"`+price+`"`)), card("wh", warehouse), card("dhl", delivery), card("customs", customs)), nil
	}), 300, 1)
	for _, v := range []Variation{OrdersPerMonth("none"), BatchUnits("none"), BatchDays(""), StayDays("none"), ExchangeRate(currency("EUR"), currency("USD"), 2), {}} {
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

// TestGoodsStaySoMuchLonger: a batch that can be sold ten days before it is needed is stored, and its money tied up, ten days
// more, and nothing else changes.
func TestGoodsStaySoMuchLonger(t *testing.T) {
	p, a := small(), hamburg(t)
	f := figures(t, p, a)
	a.Batch.Ahead = 10
	g := figures(t, p, a)
	// 120 lamps of 10 litres each, ten days more at 1.00 a day and cubic metre
	same(t, "storage", must(g.Cost.Part(batch.Storage).Sub(f.Cost.Part(batch.Storage))).String(), "12.00 EUR")
	for c := batch.Purchase; c <= batch.Other; c++ {
		if c != batch.Storage && !f.Cost.Part(c).Equal(g.Cost.Part(c)) {
			t.Errorf("%s: %s instead of %s", c, g.Cost.Part(c), f.Cost.Part(c))
		}
	}
	if g.LeadDays != f.LeadDays || len(g.Batches) != len(f.Batches) {
		t.Errorf("%d days, %d batches", g.LeadDays, len(g.Batches))
	}
	// What the batches cost is paid ten days earlier, and so is a little of the storage.
	landed := must(f.Batches[0].Landed.Add(f.Batches[1].Landed)).Sum()
	early := must(Interest(landed, *pct("12%"), 10))
	if more := must(must(g.Interest.Sub(f.Interest)).Sub(early)); more.Coef() < 0 || more.Coef() > 20 {
		t.Errorf("interest %s more than %s", more, early)
	}
	for i := range g.Batches {
		x, y := g.Batches[i], f.Batches[i]
		for _, d := range [...]int{y.Ordered.DaysSince(x.Ordered), y.Departs.DaysSince(x.Departs), y.Arrives.DaysSince(x.Arrives), y.Ready.DaysSince(x.Ready)} {
			if d != 10 {
				t.Errorf("%s is %d days earlier", x.ID, d)
			}
		}
	}
	for _, v := range [...]Variation{BatchUnits(a.Name), BatchDays(a.Name)} {
		b := *a
		if err := v.Set(p, []*Alternative{&b}, 40); err != nil || b.Batch.Ahead != 10 || b.Batch.Units+int64(b.Batch.Every) != 40 {
			t.Errorf("%s: %+v %v", v.Name, b.Batch, err)
		}
	}
}

// TestRentIsDueWhileGoodsWaitForThePlan: goods that are there before the first day need a warehouse then, and its month has
// its own minimum bill.
func TestRentIsDueWhileGoodsWaitForThePlan(t *testing.T) {
	rents := func(f *Figures) (out []string) {
		for _, p := range f.Cash {
			if p.For == PayRent {
				out = append(out, p.Ref+" "+p.Date.String()+" "+p.Amount.String())
			}
		}
		return out
	}
	for _, c := range []struct{ ahead, months int }{{0, 2}, {1, 3}, {31, 3}, {32, 4}, {214, 9}, {215, 10}} {
		a := own(t)
		a.Batch.Ahead = c.ahead
		f := figures(t, small(), a)
		list := rents(f)
		first, _ := day("2026-03-01").AddDays(-1)
		for range c.months {
			first = first.FirstOfMonth()
			first, _ = first.AddDays(-1)
		}
		first, _ = first.AddDays(1)
		if want := first.String()[:7] + " " + first.String() + " 500.00 EUR"; len(list) != c.months || list[0] != want {
			t.Errorf("%d days: %q instead of %d from %s", c.ahead, list, c.months, want)
		}
		conserve(t, a.Name, f)
	}
	near := own(t) // of which nothing else happens before the rent
	near.Batch.Ahead, near.Days.Production, near.Days.Transit, near.Days.Clearance = 1, of(0), of(0), of(0)
	if list := rents(figures(t, small(), near)); len(list) != 3 || list[0] != "2025-12 2025-12-01 500.00 EUR" {
		t.Errorf("%q", list)
	}
	a := hamburg(t)
	a.Stages, a.Terms.Rent, a.Batch.Ahead = append(a.Stages, Rent), of(0), 10
	a.Cards = compile(t, card("sea", firstLeg), card("wh", warehouse), card("dhl", delivery), card("customs", customs), card("least",
		`{"on": "period", "code": "least", "family": "other", "top_up": {"to": "200.00", "of": ["family:handling"]}}`))
	// six cartons come on December 20, six in January, when 60 orders are picked for 1.50, as in February
	want := []string{"2025-12 2025-12-01 194.00 EUR", "2026-01 2026-01-01 104.00 EUR", "2026-02 2026-02-01 110.00 EUR"}
	if list := rents(figures(t, small(), a)); !slices.Equal(list, want) {
		t.Errorf("%q instead of %q", list, want)
	}
}

// TestTurnsOfDaysOfStay: the crossings in days of stay are those that evaluating each number by itself shows, with a first
// leg that is dearer in a season, so that there are several.
func TestTurnsOfDaysOfStay(t *testing.T) {
	a := hamburg(t)
	a.Cards = compile(t, card("sea", firstLeg+`, {"on": "consign", "code": "peak", "family": "first_leg", "when": {"date": {"from": "2025-10-01", "to": "2025-10-20"}}, "price": "60.00"}`),
		card("wh", strings.Replace(warehouse, `"m3", "price": "1.00"`, `"m3", "price": "0.60"`, 1)), card("dhl", delivery), card("customs", customs))
	c := Compare(small(), direct(t), a)
	v := StayDays("hamburg")
	course, err := c.Turns(0, 1, v, Grid{To: 120}, Promise{})
	if err != nil {
		t.Fatal(err)
	}
	var want, have []int64
	last := 0
	for x := int64(0); x <= 120; x++ {
		at, err := c.With(v, x)
		if err != nil {
			t.Fatal(err)
		}
		sign := at.results[0].Figures.exact.net.Cmp(at.results[1].Figures.exact.net)
		if x > 0 && sign != last {
			want = append(want, x)
		}
		last = sign
	}
	for x := range course.Crossings() {
		have = append(have, x.At.X)
	}
	if len(want) < 3 || !slices.Equal(have, want) {
		t.Errorf("%v instead of %v", have, want)
	}
	course, err = c.Turns(0, 1, v, Grid{From: -2, To: 1}, Promise{})
	if err != nil {
		t.Fatal(err)
	}
	for gap := range course.Gaps() {
		if gap.From.X != -2 || gap.To.X != -1 || !errors.Is(gap.From.SecondErr, ErrRange) || !strings.Contains(gap.From.SecondErr.Error(), "/alternatives/1/batch/ahead") {
			t.Errorf("%+v", gap)
		}
	}
}

// TestWhatAStretchSays: who is cheaper from where to where, and why somebody has no price, in every language.
func TestWhatAStretchSays(t *testing.T) {
	c := Compare(small(), direct(t), hamburg(t))
	course, err := c.Turns(0, 1, BatchUnits("hamburg"), Grid{From: 59, To: 61}, Promise{})
	if err != nil {
		t.Fatal(err)
	}
	var have []string
	for s := range course.Stretches() {
		have = append(have, s.Text(english, "direct", "ham\nburg"))
	}
	want := []string{
		`59: only direct has a price; ham burg: "59" is not a multiple of 10`,
		`60: ham burg is cheaper than direct`,
		`61: only direct has a price; ham burg: "61" is not a multiple of 10`,
	}
	if !slices.Equal(have, want) {
		t.Errorf("%q\ninstead of\n%q", have, want)
	}
	why := errors.New("closed")
	gap := Stretch{NoPrice, Point{X: 1000, FirstErr: why, SecondErr: why}, Point{X: 2000, FirstErr: why, SecondErr: why}}
	if s := gap.Text(language.German, "A", "B"); s != "1.000 bis 2.000: weder A noch B hat einen Preis; A: closed; B: closed" {
		t.Error(s)
	}
	if s := SecondCheaper.Text(language.French); s != "le second est moins cher que le premier" {
		t.Error(s)
	}
	x := Crossing{Before: Point{X: 1, First: eur("1.00"), Second: eur("2.00")}, At: Point{X: 3, First: eur("2.00"), Second: eur("1.00")}}
	if s := x.Text(english, "A", "B"); strings.Contains(s, "no price") {
		t.Error(s)
	}
	x.Gap = true
	if s := x.Text(english, "A", "B"); !strings.HasSuffix(s, "; in between at least one of them has no price") {
		t.Error(s)
	}
}
