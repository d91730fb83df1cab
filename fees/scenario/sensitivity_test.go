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

	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/fees/scenario"
)

// TestSwingsAreExact compares with every value tried by hand, on results that bend and have holes.
func TestSwingsAreExact(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 5))
	holes, bends := 0, 0
	for range 400 {
		n := 1 + r.IntN(4)
		var vars []scenario.Variable
		weights := map[string]int64{}
		base := int64(10_000)
		for i := range n {
			v := scenario.Variable{Name: string(rune('d' - i)), Value: r.Int64N(60) - 20}
			if r.IntN(4) > 0 {
				step := 1 + r.Int64N(4)
				low := v.Value - step*r.Int64N(6)
				v.Range = &scenario.Range{Low: low, High: v.Value + r.Int64N(20), Step: step * r.Int64N(2)}
			}
			weights[v.Name] = r.Int64N(9) - 4
			vars = append(vars, v)
		}
		raw := func(in map[string]int64) (int64, error) {
			sum := base
			for name, x := range in {
				if x%11 == 7 && weights[name] == 3 {
					return 0, errBeyond
				}
				sum += weights[name] * (x*x - 9*x)
			}
			return sum, nil
		}
		result := func(in map[string]int64) (money.Money, error) {
			if len(in) != n {
				t.Fatalf("%v", in)
			}
			v, err := raw(in)
			if err != nil {
				return money.Money{}, err
			}
			clear(in) // the map is the function's own
			return cents(v)
		}
		values := func() map[string]int64 {
			m := map[string]int64{}
			for _, v := range vars {
				m[v.Name] = v.Value
			}
			return m
		}
		is, err := raw(values())
		s, gotErr := scenario.Sensitivity(result, vars)
		if err != nil {
			if !errors.Is(gotErr, errBeyond) {
				t.Fatal(gotErr)
			}
			continue
		}
		if gotErr != nil {
			t.Fatal(gotErr)
		}
		if s.Base.Coef() != is {
			t.Fatalf("%v, want %d", s.Base, is)
		}
		var still []string
		for _, v := range vars {
			at := slices.IndexFunc(s.Swings, func(w scenario.Swing) bool { return w.Name == v.Name })
			if v.Range == nil {
				still = append(still, v.Name)
				if at >= 0 {
					t.Fatalf("%s has no range and moves", v.Name)
				}
				continue
			}
			w := s.Swings[at]
			least, greatest, unpriced := int64(math.MaxInt64), int64(math.MinInt64), 0
			leastAt, greatestAt := int64(0), int64(0)
			for x := v.Range.Low; x <= v.Range.High; x++ {
				if v.Range.Step > 0 && (x-v.Range.Low)%v.Range.Step != 0 || v.Range.Step == 0 && x != v.Range.Low && x != v.Range.High && x != v.Value {
					continue
				}
				m := values()
				m[v.Name] = x
				got, err := raw(m)
				if err != nil {
					unpriced++
					continue
				}
				if got < least {
					least, leastAt = got, x
				}
				if got > greatest {
					greatest, greatestAt = got, x
				}
				if x == v.Range.Low && (w.Low.X != x || w.Low.Amount.Coef() != got || w.Low.Delta.Coef() != got-is) {
					t.Fatalf("low %+v, want %d", w.Low, got)
				}
				if x == v.Range.High && (w.High.X != x || w.High.Amount.Coef() != got || w.High.Delta.Coef() != got-is) {
					t.Fatalf("high %+v, want %d", w.High, got)
				}
			}
			inside := leastAt != v.Range.Low && leastAt != v.Range.High && leastAt != v.Value
			if w.Least.X != leastAt || w.Greatest.X != greatestAt || w.Least.Amount.Coef() != least || w.Greatest.Amount.Coef() != greatest || w.Spread.Coef() != greatest-least || len(w.Unpriced) != unpriced {
				t.Fatalf("%+v: %+v, want %d to %d, %d without a result", v, w, least, greatest, unpriced)
			}
			holes += unpriced
			if inside {
				bends++
			}
		}
		if !slices.Equal(s.NotVaried, still) {
			t.Fatalf("%v, want %v", s.NotVaried, still)
		}
		if !slices.IsSortedFunc(s.Swings, func(a, b scenario.Swing) int {
			if a.Spread.Coef() != b.Spread.Coef() {
				return int(b.Spread.Coef() - a.Spread.Coef())
			}
			if a.Name < b.Name {
				return -1
			}
			return 1
		}) {
			t.Fatalf("not sorted: %+v", s.Swings)
		}
	}
	if holes < 20 || bends < 50 {
		t.Errorf("%d holes, %d bends", holes, bends)
	}
}

func TestSensitivityErrors(t *testing.T) {
	flat := func(map[string]int64) (money.Money, error) { return cents(5) }
	turns := func(in map[string]int64) (money.Money, error) {
		if in["x"] == 3 {
			return money.Of(5, 2, dollar)
		}
		return cents(5)
	}
	stops := func(in map[string]int64) (money.Money, error) {
		if in["x"] == 3 {
			return money.Money{}, context.DeadlineExceeded
		}
		return cents(5)
	}
	x := func(value, low, high, step int64) []scenario.Variable {
		return []scenario.Variable{{Name: "x", Value: value, Range: &scenario.Range{Low: low, High: high, Step: step}}}
	}
	for _, c := range []struct {
		name   string
		result func(map[string]int64) (money.Money, error)
		vars   []scenario.Variable
		want   string
	}{
		{"no result", nil, x(1, 0, 5, 1), "missing_field"},
		{"another currency", turns, x(1, 0, 5, 1), "/variables/0/3: "},
		{"the caller gives up", stops, x(1, 0, 5, 1), "deadline"},
		{"outside", flat, x(9, 0, 5, 1), "/variables/0/range: "},
		{"no step", flat, x(3, 0, 5, 2), "not_multiple"},
		{"back", flat, x(3, 0, 5, -2), "negative"},
		{"too many", flat, x(3, 0, math.MaxInt64, 1), "too_many"},
		{"too wide", flat, x(3, math.MinInt64, math.MaxInt64, 1), "number_range"},
		{"twice", flat, append(x(1, 0, 5, 1), x(1, 0, 5, 1)...), "duplicate"},
		{"no name", flat, []scenario.Variable{{Value: 1}}, "missing_field"},
		{"not an amount", func(map[string]int64) (money.Money, error) { return money.Money{}, nil }, x(1, 0, 5, 1), "input_missing"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := scenario.Sensitivity(c.result, c.vars)
			if got != nil || err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%v, %v", got, err)
			}
		})
	}
}

// TestHoldIsExact compares walking and searching with every value looked at.
func TestHoldIsExact(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 9))
	below, above, ends := 0, 0, 0
	for i := range 1000 {
		rising := i%2 == 0
		g := grid(r)
		g.Step = max(g.Step, 1)
		steps := (g.To - g.From) / g.Step
		v := scenario.Variable{Name: "x", Value: g.From + g.Step*r.Int64N(steps+1), Range: &scenario.Range{Low: g.From, High: g.To, Step: g.Step}}
		var choices []scenario.Choice
		for k := range 1 + r.IntN(4) {
			choices = append(choices, scenario.Choice{Name: string(rune('A' + k)), Cost: staircase(r, g, !rising, true)})
		}
		at := func(x int64) (best int, costs []int64) {
			best = -1
			for k, c := range choices {
				m, err := c.Cost(x)
				costs = append(costs, m.Coef())
				if err != nil {
					costs[k] = math.MaxInt64
				}
				if err == nil && (best < 0 || costs[k] < costs[best]) {
					best = k
				}
			}
			return best, costs
		}
		rec, costs := at(v.Value)
		for _, p := range []scenario.Promise{{}, {Rising: rising}} {
			h, err := scenario.Hold(choices, v, p)
			if rec < 0 {
				if !errors.Is(err, scenario.ErrNoAmount) {
					t.Fatal(err)
				}
				continue
			}
			if err != nil {
				t.Fatal(err)
			}
			from, to := v.Value, v.Value
			holds := func(x int64) bool {
				best, costs := at(x)
				return best >= 0 && costs[rec] == costs[best]
			}
			for from-g.Step >= g.From && holds(from-g.Step) {
				from -= g.Step
			}
			for to+g.Step <= g.To && holds(to+g.Step) {
				to += g.Step
			}
			var tied []string
			for k := range choices {
				if k != rec && costs[k] == costs[rec] {
					tied = append(tied, choices[k].Name)
				}
			}
			if h.Recommended != choices[rec].Name || h.Cost.Coef() != costs[rec] || h.From != from || h.To != to || !slices.Equal(h.Tied, tied) {
				t.Fatalf("%+v, want %s from %d to %d", h, choices[rec].Name, from, to)
			}
			for _, side := range []struct {
				turn *scenario.Turn
				x    int64
				n    *int
			}{{h.Below, from - g.Step, &below}, {h.Above, to + g.Step, &above}} {
				if outside := side.x < g.From || side.x > g.To; outside != (side.turn == nil) {
					t.Fatalf("a turn at %d: %+v", side.x, side.turn)
				} else if outside {
					ends++
					continue
				}
				*side.n++
				best, costs := at(side.x)
				if side.turn.X != side.x || (best >= 0) != (side.turn.Instead != "") || best >= 0 && (side.turn.Instead != choices[best].Name || side.turn.Best.Coef() != costs[best]) ||
					(side.turn.Err == nil) != (costs[rec] < math.MaxInt64) || side.turn.Err == nil && side.turn.Cost.Coef() != costs[rec] {
					t.Fatalf("%+v, want %d of %v", side.turn, best, costs)
				}
			}
		}
	}
	if below < 100 || above < 100 || ends < 100 {
		t.Errorf("%d turns below, %d above, %d ends", below, above, ends)
	}
}

func TestHoldErrors(t *testing.T) {
	flat := func(x int64) (money.Money, error) { return cents(500) }
	dollars := func(x int64) (money.Money, error) { return money.Of(500, 2, dollar) }
	later := func(x int64) (money.Money, error) {
		if x == 4 {
			return dollars(x)
		}
		return cents(600)
	}
	gone := func(x int64) (money.Money, error) { return money.Money{}, context.Canceled }
	none := func(x int64) (money.Money, error) { return money.Money{}, nil }
	v := scenario.Variable{Name: "x", Value: 2, Range: &scenario.Range{High: 5, Step: 1}}
	for _, c := range []struct {
		name    string
		choices []scenario.Choice
		v       scenario.Variable
		want    string
	}{
		{"no choices", nil, v, "/variable/2: "},
		{"no range", []scenario.Choice{{"a", flat}}, scenario.Variable{Name: "x"}, "/variable/range: "},
		{"no step", []scenario.Choice{{"a", flat}}, scenario.Variable{Name: "x", Range: &scenario.Range{High: 5}}, "/variable/range: "},
		{"no cost", []scenario.Choice{{"a", nil}}, v, "/choices/0: "},
		{"twice", []scenario.Choice{{"a", flat}, {"a", flat}}, v, "duplicate"},
		{"two currencies", []scenario.Choice{{"a", flat}, {"b", dollars}}, v, "/choices/1/2: "},
		{"two currencies further on", []scenario.Choice{{"a", flat}, {"b", later}}, v, "/choices/1/4: "},
		{"the caller gives up", []scenario.Choice{{"a", flat}, {"b", gone}}, v, "canceled"},
		{"not an amount", []scenario.Choice{{"a", flat}, {"b", none}}, v, "/choices/1/2: "},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := scenario.Hold(c.choices, c.v, scenario.Promise{})
			if got != nil || err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%v, %v", got, err)
			}
		})
	}
	if _, err := scenario.Hold([]scenario.Choice{{"a", flat}, {"b", func(x int64) (money.Money, error) { return cents(900 - x) }}}, v, scenario.Promise{Rising: true}); !errors.Is(err, scenario.ErrPromise) {
		t.Error(err)
	}
}

func ExampleSensitivity() {
	// What an order costs, in cents: freight by weight at a rate per kilogram, a share of the month's rent, delivery.
	order := func(in map[string]int64) (money.Money, error) {
		if in["weight"] > 30 {
			return money.Money{}, fmt.Errorf("no price for %d kg", in["weight"])
		}
		return money.Of(in["weight"]*in["per kg"]+90000/in["orders"]+410, 2, euro)
	}
	s, err := scenario.Sensitivity(order, []scenario.Variable{
		{Name: "per kg", Value: 130, Range: &scenario.Range{Low: 110, High: 170}},
		{Name: "orders", Value: 300, Range: &scenario.Range{Low: 100, High: 500, Step: 50}},
		{Name: "weight", Value: 4},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("as it is", s.Base)
	for _, w := range s.Swings {
		fmt.Println(w.Name, "from", w.Least.Delta, "at", w.Least.X, "to", w.Greatest.Delta, "at", w.Greatest.X, "by", w.Spread, len(w.Unpriced))
	}
	fmt.Println("not varied:", s.NotVaried)
	// Output:
	// as it is 12.30 EUR
	// orders from -1.20 EUR at 500 to 6.00 EUR at 100 by 7.20 EUR 0
	// per kg from -0.80 EUR at 110 to 1.60 EUR at 170 by 2.40 EUR 0
	// not varied: [weight]
}

func ExampleHold() {
	choices := []scenario.Choice{{Name: "direct", Cost: direct}, {Name: "warehouse", Cost: warehouse}}
	h, err := scenario.Hold(choices, scenario.Variable{Name: "orders", Value: 300, Range: &scenario.Range{Low: 10, High: 1000, Step: 10}}, scenario.Promise{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(h.Recommended, h.Cost, "from", h.From, "to", h.To)
	fmt.Println(h.Below.X, h.Below.Instead, h.Below.Best, "against", h.Below.Cost)
	fmt.Println(h.Above.X, h.Above.Instead, h.Above.Err)
	// Output:
	// warehouse 1910.00 EUR from 90 to 500
	// 80 direct 624.00 EUR against 638.00 EUR
	// 510 direct the warehouse takes 500 orders a month
}
