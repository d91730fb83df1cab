package scenario_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/fees/scenario"
)

var (
	euro, _   = country.ParseCurrency("EUR")
	dollar, _ = country.ParseCurrency("USD")
	errBeyond = errors.New("no price beyond the last bracket")
)

func cents(n int64) (money.Money, error) { return money.Of(n, 2, euro) }

// counted counts the evaluations of a cost and fails the test for one outside of the grid.
func counted(t *testing.T, f scenario.Cost, g scenario.Grid, n *int) scenario.Cost {
	return func(x int64) (money.Money, error) {
		if *n++; x < g.From || x > g.To || (x-g.From)%max(g.Step, 1) != 0 {
			t.Errorf("%d is not on the grid %+v", x, g)
		}
		return f(x)
	}
}

// oracle compares two costs in the slow and obvious way.
func oracle(first, second scenario.Cost, g scenario.Grid) (list []scenario.Stretch) {
	for x := g.From; x <= g.To; x += max(g.Step, 1) {
		p := scenario.Point{X: x}
		p.First, p.FirstErr = first(x)
		p.Second, p.SecondErr = second(x)
		var v scenario.Verdict
		switch {
		case p.FirstErr != nil && p.SecondErr != nil:
			v = scenario.NoPrice
		case p.FirstErr != nil:
			v = scenario.SecondOnly
		case p.SecondErr != nil:
			v = scenario.FirstOnly
		case p.First.Decimal().LessThan(p.Second.Decimal()):
			v = scenario.FirstCheaper
		case p.First.Decimal().GreaterThan(p.Second.Decimal()):
			v = scenario.SecondCheaper
		default:
			v = scenario.Tie
		}
		if n := len(list); n > 0 && list[n-1].Verdict == v {
			list[n-1].To = p
		} else {
			list = append(list, scenario.Stretch{Verdict: v, From: p, To: p})
		}
		if x > g.To-max(g.Step, 1) { // the next might not be an int64
			break
		}
	}
	return list
}

// changes lists the changes of verdict among the values with both prices, straight from the stretches' definition.
func changes(list []scenario.Stretch) (out []scenario.Crossing) {
	var before *scenario.Stretch
	gap := false
	for i := range list {
		s := &list[i]
		if v := s.Verdict; v == scenario.NoPrice || v == scenario.FirstOnly || v == scenario.SecondOnly {
			gap = true
			continue
		}
		if before != nil && before.Verdict != s.Verdict {
			out = append(out, scenario.Crossing{Before: before.To, At: s.From, Gap: gap})
		}
		before, gap = s, false
	}
	return out
}

func compare(t *testing.T, first, second scenario.Cost, g scenario.Grid, p scenario.Promise) (crossings int, evaluated int64) {
	t.Helper()
	n, m := 0, 0
	c, err := scenario.Crossings(counted(t, first, g, &n), counted(t, second, g, &m), g, p)
	if err != nil {
		t.Fatalf("%+v %+v: %v", g, p, err)
	}
	want := oracle(first, second, g)
	if got := slices.Collect(c.Stretches()); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Fatalf("%+v %+v:\n%v\nwant\n%v", g, p, got, want)
	}
	got := slices.Collect(c.Crossings())
	if fmt.Sprint(got) != fmt.Sprint(changes(want)) {
		t.Fatalf("%+v %+v:\n%v\nwant\n%v", g, p, got, changes(want))
	}
	if int64(n) != c.Evaluated() || int64(m) != c.Evaluated() {
		t.Errorf("%d and %d evaluations, said to be %d", n, m, c.Evaluated())
	}
	for v := scenario.NoPrice; v <= scenario.SecondOnly; v++ {
		never := !slices.ContainsFunc(want, func(s scenario.Stretch) bool { return s.Verdict == v })
		if c.Never(v) != never || c.Always(v) != (len(want) == 1 && want[0].Verdict == v) {
			t.Errorf("%v: never %v, always %v of %v", v, c.Never(v), c.Always(v), want)
		}
	}
	for s := range c.Gaps() {
		if s.Verdict.Priced() || s.From.FirstErr == nil && s.From.SecondErr == nil {
			t.Errorf("a gap with prices: %v", s)
		}
	}
	x, ok, err := scenario.BreakEven(first, second, g, p)
	if err != nil {
		t.Fatal(err)
	}
	if end := want[len(want)-1]; ok != (end.Verdict == scenario.FirstCheaper) || ok && x != end.From.X {
		t.Errorf("break-even at %d, %v, where the last stretch is %v", x, ok, end)
	}
	return len(got), c.Evaluated()
}

func grid(r *rand.Rand) scenario.Grid {
	g := scenario.Grid{From: r.Int64N(40) - 20, Step: r.Int64N(4)}
	g.To = g.From + r.Int64N(400)
	return g
}

// staircase is a step-shaped cost; falls says whether steps may go down, gaps whether places have no price.
func staircase(r *rand.Rand, g scenario.Grid, falls, gaps bool) scenario.Cost {
	costs := map[int64]int64{}
	none := map[int64]bool{}
	cost, left, missing := 2000+r.Int64N(20), int64(0), false
	end := int64(math.MaxInt64)
	if gaps && r.IntN(2) == 0 {
		end = g.From + r.Int64N(g.To-g.From+1)
	}
	for x := g.From; x <= g.To; x++ {
		if left--; left < 0 {
			left = r.Int64N(12)
			step := r.Int64N(30)
			if falls {
				step -= 15
			}
			cost += step
			missing = gaps && falls && r.IntN(5) == 0
		}
		costs[x] = cost
		none[x] = missing || x >= end
	}
	return func(x int64) (money.Money, error) {
		if none[x] {
			return money.Money{}, errBeyond
		}
		return cents(costs[x])
	}
}

func TestEveryCrossingOfSteps(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 1))
	crossings := 0
	for range 1000 {
		g := grid(r)
		n, _ := compare(t, staircase(r, g, true, true), staircase(r, g, true, true), g, scenario.Promise{})
		crossings += n
	}
	if crossings < 1500 {
		t.Errorf("only %d crossings were met", crossings)
	}
}

func TestEveryCrossingOfRisingSteps(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 2))
	crossings := 0
	for range 1000 {
		g := grid(r)
		n, _ := compare(t, staircase(r, g, false, true), staircase(r, g, false, true), g, scenario.Promise{Rising: true})
		crossings += n
	}
	if crossings < 2000 {
		t.Errorf("only %d crossings were met", crossings)
	}
}

// straight is a cost on straight lines between edges; rounded to the cent where the ticks are finer.
func straight(r *rand.Rand, g scenario.Grid, edges []int64, scale uint8, gaps, rising bool) scenario.Cost {
	type piece struct {
		base, slope int64
		none        bool
	}
	ticks := int64(math.Pow10(int(scale)))
	unit := ticks / 100
	pieces := make([]piece, len(edges)+1)
	high := int64(0)
	for i := range pieces {
		pieces[i] = piece{1000*ticks/100 + r.Int64N(200)*unit, r.Int64N(9*unit) - 3*unit, gaps && r.IntN(6) == 0}
		if r.IntN(4) == 0 {
			pieces[i].slope = unit
		}
		if rising {
			p := &pieces[i]
			p.slope, p.none = r.Int64N(3*unit), i > 0 && (pieces[i-1].none || p.none)
			low, end := g.From, g.To
			if i > 0 {
				low = edges[i-1]
			}
			if i < len(edges) {
				end = edges[i]
			}
			p.base = high + r.Int64N(30)*unit - p.slope*low
			high = p.base + p.slope*end
		}
	}
	return func(x int64) (money.Money, error) {
		i, found := slices.BinarySearch(edges, x)
		if found {
			i++
		}
		if pieces[i].none {
			return money.Money{}, errBeyond
		}
		m, err := money.Of(pieces[i].base+pieces[i].slope*x, scale, euro)
		if err != nil {
			return m, err
		}
		return m.Round(2, money.HalfUp)
	}
}

func TestEveryCrossingOfStraightPieces(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 3))
	crossings, evaluated := 0, int64(0)
	cent, _ := cents(1)
	for i := range 3000 {
		g := grid(r)
		var edges []int64
		for range r.IntN(6) {
			edges = append(edges, g.From+r.Int64N(g.To-g.From+20)-10)
		}
		slices.Sort(edges)
		edges = slices.Compact(edges)
		p := scenario.Promise{Linear: true, Edges: edges}
		scale := uint8(2)
		if i%3 == 1 { // lines in hundredths of a cent, rounded
			p.Slack, scale = cent, 4
		}
		p.Rising = i%3 == 2
		first, second := straight(r, g, edges, scale, true, p.Rising), straight(r, g, edges, scale, true, p.Rising)
		if i%7 == 0 {
			second = first
		}
		r.Shuffle(len(edges), func(i, j int) { p.Edges = slices.Clone(edges) })
		n, e := compare(t, first, second, g, p)
		crossings += n
		evaluated += e
	}
	if crossings < 2000 {
		t.Errorf("only %d crossings were met", crossings)
	}
}

// TestPromisesSpareEvaluations counts evaluations where promises are worth something: a million orders.
func TestPromisesSpareEvaluations(t *testing.T) {
	direct := func(x int64) (money.Money, error) { return cents(780 * x) }
	hired := func(x int64) (money.Money, error) { return cents(800000 + 510*x + 9000*((x+14999)/15000)) }
	g := scenario.Grid{From: 1, To: 900_000}
	var edges []int64
	for e := int64(15_001); e < g.To; e += 15_000 {
		edges = append(edges, e)
	}
	all, err := scenario.Crossings(direct, hired, g, scenario.Promise{})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		promise scenario.Promise
		most    int64
	}{{scenario.Promise{Rising: true}, 300}, {scenario.Promise{Linear: true, Edges: edges}, 300}} {
		got, err := scenario.Crossings(direct, hired, g, c.promise)
		if err != nil {
			t.Fatal(err)
		}
		if fmt.Sprint(slices.Collect(got.Stretches())) != fmt.Sprint(slices.Collect(all.Stretches())) {
			t.Errorf("%+v: %v", c.promise, slices.Collect(got.Stretches()))
		}
		if got.Evaluated() > c.most || got.Evaluated() < 10 {
			t.Errorf("%d evaluations", got.Evaluated())
		}
		if one, err := scenario.Crossings(direct, direct, g, c.promise); err != nil || !one.Always(scenario.Tie) || c.promise.Linear && one.Evaluated() > c.most {
			t.Errorf("%+v: one cost with itself: %d evaluations, %v", c.promise, one.Evaluated(), err)
		}
		t.Logf("%d evaluations, rising %v", got.Evaluated(), c.promise.Rising)
	}
}

func TestBrokenPromises(t *testing.T) {
	flat := func(x int64) (money.Money, error) { return cents(500) }
	falling := func(x int64) (money.Money, error) { return cents(1000 - x) }
	back := func(x int64) (money.Money, error) { // no price in the middle
		if x >= 40 && x < 60 {
			return money.Money{}, errBeyond
		}
		return cents(500 + x)
	}
	bent := func(x int64) (money.Money, error) { return cents(500 + x*x) }
	g := scenario.Grid{From: 0, To: 100}
	for _, c := range []struct {
		name          string
		first, second scenario.Cost
		promise       scenario.Promise
		path          string
	}{
		{"falls", flat, falling, scenario.Promise{Rising: true}, "second"},
		{"falls between straight pieces", falling, flat, scenario.Promise{Rising: true, Linear: true}, "first"},
		{"falls at an edge", func(x int64) (money.Money, error) { return cents(500 - x/50) }, flat, scenario.Promise{Rising: true, Linear: true, Edges: []int64{50, 100}}, "first"},
		{"has a price again", flat, back, scenario.Promise{Rising: true}, "second"},
		{"is not straight", bent, flat, scenario.Promise{Linear: true}, "first"},
		{"has no price within a piece", flat, back, scenario.Promise{Linear: true}, "second"},
		{"has an edge that is not said", back, flat, scenario.Promise{Linear: true, Edges: []int64{60}}, "first"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := scenario.Crossings(c.first, c.second, g, c.promise)
			if !errors.Is(err, scenario.ErrPromise) || !strings.HasPrefix(err.Error(), "/"+c.path+"/") {
				t.Error(err)
			}
			if _, err := scenario.Crossings(c.first, c.second, g, scenario.Promise{}); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestCrossingsErrors(t *testing.T) {
	flat := func(x int64) (money.Money, error) { return cents(500) }
	g := scenario.Grid{From: 0, To: 100}
	dollars := func(x int64) (money.Money, error) { return money.Of(500, 2, dollar) }
	turns := func(x int64) (money.Money, error) {
		if x > 50 {
			return dollars(x)
		}
		return flat(x)
	}
	one, _ := money.Of(1, 2, dollar)
	minus, _ := cents(-1)
	for _, c := range []struct {
		name          string
		first, second scenario.Cost
		grid          scenario.Grid
		promise       scenario.Promise
		want          error
	}{
		{"two currencies", flat, dollars, g, scenario.Promise{}, money.ErrCurrencyMismatch},
		{"two currencies, rising", flat, dollars, g, scenario.Promise{Rising: true}, money.ErrCurrencyMismatch},
		{"a currency that changes", flat, turns, g, scenario.Promise{}, money.ErrCurrencyMismatch},
		{"a currency that changes in a piece", turns, flat, g, scenario.Promise{Linear: true}, money.ErrCurrencyMismatch},
		{"slack of another currency", flat, flat, g, scenario.Promise{Linear: true, Slack: one}, money.ErrCurrencyMismatch},
		{"slack below zero", flat, flat, g, scenario.Promise{Linear: true, Slack: minus}, nil},
		{"not an amount", flat, func(int64) (money.Money, error) { return money.Money{}, nil }, g, scenario.Promise{}, scenario.ErrNoAmount},
		{"a grid that goes back", flat, flat, scenario.Grid{From: 2, To: 1}, scenario.Promise{}, scenario.ErrGrid},
		{"a step below zero", flat, flat, scenario.Grid{From: 1, To: 2, Step: -1}, scenario.Promise{}, scenario.ErrGrid},
		{"a grid beyond int64", flat, flat, scenario.Grid{From: math.MinInt64, To: 2}, scenario.Promise{}, scenario.ErrGrid},
		{"too many points", flat, flat, scenario.Grid{From: 0, To: math.MaxInt64}, scenario.Promise{}, scenario.ErrTooMany},
		{"no cost", nil, flat, g, scenario.Promise{}, money.ErrMissingField},
		{"the caller gives up", flat, func(x int64) (money.Money, error) { return money.Money{}, fmt.Errorf("at %d: %w", x, context.Canceled) }, g, scenario.Promise{}, context.Canceled},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := scenario.Crossings(c.first, c.second, c.grid, c.promise)
			if err == nil || c.want != nil && !errors.Is(err, c.want) {
				t.Errorf("%v, %v", got, err)
			}
			if _, ok, err := scenario.BreakEven(c.first, c.second, c.grid, c.promise); ok || err == nil {
				t.Error("a break-even")
			}
		})
	}
	// The ends of int64 themselves are on a grid.
	compare(t, flat, func(x int64) (money.Money, error) { return cents(x / 1e17) }, scenario.Grid{From: math.MaxInt64 - 5, To: math.MaxInt64, Step: 5}, scenario.Promise{Linear: true, Edges: []int64{math.MaxInt64}})
}
