package scenario

import (
	"cmp"
	"errors"
	"maps"
	"slices"
	"strconv"

	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/internal/problem"
)

// Variable is an input of a result that may be other than it is.
type Variable struct {
	Name  string
	Value int64  // as it is, in ticks of its last digit: 108352 for an exchange rate of 1.08352
	Range *Range // what it may be; nil: it is not varied, for nobody said how far
}

// Range is what a variable may be: Low, Low+Step, and so on up to High. Its value is one of them.
type Range struct {
	Low, High int64
	Step      int64 // 0: nothing between the value and either end
}

// check reports what is wrong with a variable.
func (v *Variable) check(path string, into *problem.List) {
	if v.Name == "" {
		into.Add(problem.New(problem.MissingField, "name").At(path))
	}
	r := v.Range
	if r == nil {
		return
	}
	path += "/range"
	n := func(x int64) string { return strconv.FormatInt(x, 10) }
	switch {
	case r.Low > v.Value || r.High < v.Value:
		into.Add(problem.New(problem.NumberRange, n(v.Value), n(r.Low)+" … "+n(r.High)).At(path))
	case r.High-r.Low < 0:
		into.Add(problem.New(problem.NumberRange, n(r.Low)).At(path))
	case r.Step < 0:
		into.Add(problem.New(problem.Negative, n(r.Step)).At(path + "/step"))
	case r.Step > 0 && (v.Value-r.Low)%r.Step != 0:
		into.Add(problem.New(problem.NotMultiple, n(v.Value-r.Low), n(r.Step)).At(path + "/step"))
	case r.Step > 0 && (r.High-r.Low)/r.Step >= MostPoints:
		into.Add(problem.New(problem.TooMany, n((r.High-r.Low)/r.Step), strconv.Itoa(MostPoints)).With("what", "points").At(path))
	}
}

// values are all that a variable may be, ascending.
func (v *Variable) values(yield func(int64) bool) {
	r := v.Range
	if r.Step == 0 {
		for _, x := range slices.Compact([]int64{r.Low, v.Value, r.High}) {
			if !yield(x) {
				return
			}
		}
		return
	}
	for i := range (r.High-r.Low)/r.Step + 1 {
		if !yield(r.Low + i*r.Step) {
			return
		}
	}
}

// Trial is a result with one variable at another value.
type Trial struct {
	X      int64
	Amount money.Money
	Delta  money.Money // the amount less the result as it is
}

// Swing is how far one variable moves a result while all others stay as they are.
type Swing struct {
	Name            string
	Value           int64
	Low, High       Trial // at the ends of the range; zero Money where there is no result
	Least, Greatest Trial // the least and the greatest result of the range, each at the first value that gives it
	Spread          money.Money
	Unpriced        []Unpriced // values of the range at which there is no result
}

// Unpriced is a value at which there is no result, and why.
type Unpriced struct {
	X   int64
	Err error
}

// Sensitivities says what moves a result.
type Sensitivities struct {
	Base      money.Money // the result as it is
	Swings    []Swing     // the widest spread first, equal ones by name
	NotVaried []string    // the variables without a range, in their order
}

// Sensitivity moves each variable alone over its range and says exactly how far the result follows. The result is a
// function of all variables by name; the map is its own to keep. Every value of a range with a step is tried, so that
// what is greatest between the ends is found too; of one without, both ends. A value without a result is listed and
// counts neither as zero nor as anything else. It fails when the result as it is cannot be had, with
// money.ErrCurrencyMismatch when results differ in currency, and with Problems for variables that are not in their range,
// not on their step, or named twice.
func Sensitivity(result func(map[string]int64) (money.Money, error), variables []Variable) (*Sensitivities, error) {
	var into problem.List
	base := map[string]int64{}
	if result == nil {
		into.Add(problem.New(problem.MissingField, "result"))
	}
	for i := range variables {
		v := &variables[i]
		path := "/variables/" + strconv.Itoa(i)
		v.check(path, &into)
		if _, twice := base[v.Name]; twice {
			into.Add(problem.New(problem.Duplicate, v.Name).At(path))
		}
		base[v.Name] = v.Value
	}
	if err := into.Err(); err != nil {
		return nil, err
	}
	s := &Sensitivities{}
	var err error
	if s.Base, err = result(maps.Clone(base)); err != nil {
		return nil, err
	}
	if s.Base.IsZero() {
		return nil, problem.New(problem.InputMissing, "result")
	}
	for i := range variables {
		if variables[i].Range == nil {
			s.NotVaried = append(s.NotVaried, variables[i].Name)
			continue
		}
		w, err := swing(result, base, &variables[i], s.Base, "/variables/"+strconv.Itoa(i))
		if err != nil {
			return nil, err
		}
		s.Swings = append(s.Swings, *w)
	}
	slices.SortFunc(s.Swings, func(a, b Swing) int {
		c, _ := b.Spread.Compare(a.Spread)
		return cmp.Or(c, cmp.Compare(a.Name, b.Name))
	})
	return s, nil
}

// swing tries the values of one variable.
func swing(result func(map[string]int64) (money.Money, error), base map[string]int64, v *Variable, is money.Money, path string) (*Swing, error) {
	w := &Swing{Name: v.Name, Value: v.Value, Low: Trial{X: v.Range.Low}, High: Trial{X: v.Range.Low}}
	for x := range v.values {
		t := Trial{X: x, Amount: is}
		w.High = Trial{X: x}
		if x != v.Value {
			values := maps.Clone(base)
			values[v.Name] = x
			var err error
			if t.Amount, err = result(values); ends(err) {
				return nil, err
			} else if err != nil {
				w.Unpriced = append(w.Unpriced, Unpriced{x, err})
				continue
			}
		}
		var err error
		if t.Delta, err = t.Amount.Sub(is); err != nil {
			return nil, at(err, path, x)
		}
		w.High = t
		if x == v.Range.Low {
			w.Low = t
		}
		if c, _ := t.Amount.Compare(w.Least.Amount); w.Least.Amount.IsZero() || c < 0 {
			w.Least = t
		}
		if c, _ := t.Amount.Compare(w.Greatest.Amount); w.Greatest.Amount.IsZero() || c > 0 {
			w.Greatest = t
		}
	}
	var err error
	w.Spread, err = w.Greatest.Amount.Sub(w.Least.Amount) // the value itself has a result
	return w, err
}

// at puts the place of a value to a problem.
func at(err error, path string, x int64) error {
	var p problem.Problem
	if errors.As(err, &p) {
		return p.At(path + "/" + strconv.FormatInt(x, 10))
	}
	return err
}

// Choice is one of the alternatives of a recommendation.
type Choice struct {
	Name string
	Cost Cost
}

// Turn is a value at which a recommendation does not hold.
type Turn struct {
	X       int64
	Cost    money.Money // of what was recommended; zero where it has no price there
	Err     error       // why it has none
	Instead string      // the cheapest choice there; "" where none has a price
	Best    money.Money // what it costs
}

// Held is the values of one variable at which a recommendation stays the same.
type Held struct {
	Recommended string      // the cheapest choice at the variable's value, the first of several that cost the same
	Cost        money.Money // what it costs there
	Tied        []string    // the others that cost the same there
	From, To    int64       // it holds at every value of the range from the one to the other
	Below       *Turn       // the next value below, at which it does not; nil: it holds down to the end of the range
	Above       *Turn       // the next value above; nil: it holds up to the end of the range
}

// Hold finds the cheapest choice at a variable's value, and the neighbouring values of its range at which no other choice
// is cheaper. The range needs a step. With the zero Promise it walks outwards from the value and evaluates no more than it
// passes; a Promise, of all choices, lets it search the range as Crossings does. A choice without a price at a value is
// no choice there. It fails as Crossings does, and with ErrNoAmount where no choice has a price at the value.
func Hold(choices []Choice, v Variable, p Promise) (*Held, error) {
	var into problem.List
	v.check("/variable", &into)
	if v.Range == nil || v.Range.Step == 0 {
		into.Add(problem.New(problem.MissingField, "step").At("/variable/range"))
	}
	for i, c := range choices {
		if c.Name == "" || c.Cost == nil {
			into.Add(problem.New(problem.MissingField, "choice").At("/choices/" + strconv.Itoa(i)))
		}
		if slices.ContainsFunc(choices[:i], func(d Choice) bool { return d.Name == c.Name }) {
			into.Add(problem.New(problem.Duplicate, c.Name).At("/choices/" + strconv.Itoa(i)))
		}
	}
	if err := into.Err(); err != nil {
		return nil, err
	}
	f := &field{choices: choices}
	costs, errs, err := f.at(v.Value)
	if err != nil {
		return nil, err
	}
	best := cheapest(costs, errs)
	if best < 0 {
		return nil, problem.New(problem.InputMissing, "cost").At("/variable/" + strconv.FormatInt(v.Value, 10))
	}
	h := &Held{Recommended: choices[best].Name, Cost: costs[best], From: v.Value, To: v.Value}
	for i := range choices {
		if i != best && errs[i] == nil && costs[i].Equal(costs[best]) {
			h.Tied = append(h.Tied, choices[i].Name)
		}
	}
	if p.Rising || p.Linear {
		err = f.search(h, best, &v, p)
	} else {
		err = f.walk(h, best, &v)
	}
	if err != nil {
		return nil, err
	}
	return h, nil
}

// field is the choices of one recommendation, of one currency.
type field struct {
	choices []Choice
	first   money.Money // the first amount, for its currency
}

// at evaluates all choices.
func (f *field) at(x int64) ([]money.Money, []error, error) {
	costs, errs := make([]money.Money, len(f.choices)), make([]error, len(f.choices))
	for i, c := range f.choices {
		m, err := c.Cost(x)
		switch {
		case ends(err):
			return nil, nil, err
		case err != nil:
			errs[i] = err
			continue
		case m.IsZero():
			return nil, nil, problem.New(problem.InputMissing, "cost").At("/choices/" + strconv.Itoa(i) + "/" + strconv.FormatInt(x, 10))
		case f.first.IsZero():
			f.first = m
		}
		if _, err := m.Compare(f.first); err != nil {
			return nil, nil, at(err, "/choices/"+strconv.Itoa(i), x)
		}
		costs[i] = m
	}
	return costs, errs, nil
}

// cheapest is the first of the cheapest amounts; -1 where there is none.
func cheapest(costs []money.Money, errs []error) int {
	best := -1
	for i := range costs {
		if errs[i] != nil {
			continue
		}
		if best >= 0 {
			if c, _ := costs[i].Compare(costs[best]); c >= 0 {
				continue
			}
		}
		best = i
	}
	return best
}

// turn is nil where the recommendation holds at x.
func (f *field) turn(recommended int, x int64) (*Turn, error) {
	costs, errs, err := f.at(x)
	if err != nil {
		return nil, err
	}
	best := cheapest(costs, errs)
	if best >= 0 && errs[recommended] == nil && costs[best].Equal(costs[recommended]) {
		return nil, nil
	}
	t := &Turn{X: x, Cost: costs[recommended], Err: errs[recommended]}
	if best >= 0 {
		t.Instead, t.Best = f.choices[best].Name, costs[best]
	}
	return t, nil
}

// walk goes from the value outwards, one step at a time.
func (f *field) walk(h *Held, recommended int, v *Variable) (err error) {
	r := v.Range
	for x := v.Value; x-r.Low >= r.Step && h.Below == nil; {
		x -= r.Step
		if h.Below, err = f.turn(recommended, x); err != nil {
			return err
		}
		if h.Below == nil {
			h.From = x
		}
	}
	for x := v.Value; r.High-x >= r.Step && h.Above == nil; {
		x += r.Step
		if h.Above, err = f.turn(recommended, x); err != nil {
			return err
		}
		if h.Above == nil {
			h.To = x
		}
	}
	return nil
}

// search compares the recommended choice with each other over the whole range.
func (f *field) search(h *Held, recommended int, v *Variable, p Promise) (err error) {
	g := Grid{v.Range.Low, v.Range.High, v.Range.Step}
	last, err := g.check()
	if err != nil {
		return err
	}
	h.From, h.To = g.From, g.at(last)
	for i, c := range f.choices {
		if i == recommended && len(f.choices) > 1 {
			continue
		}
		course, err := Crossings(f.choices[recommended].Cost, c.Cost, g, p)
		if err != nil {
			return err
		}
		for s := range course.Stretches() {
			holds := s.Verdict == FirstCheaper || s.Verdict == Tie || s.Verdict == FirstOnly
			switch {
			case holds:
			case s.To.X < v.Value:
				h.From = max(h.From, s.To.X+g.Step)
			default:
				h.To = min(h.To, s.From.X-g.Step)
			}
		}
	}
	if h.From > g.From {
		if h.Below, err = f.turn(recommended, h.From-g.Step); err != nil {
			return err
		}
	}
	if h.To < g.at(last) {
		h.Above, err = f.turn(recommended, h.To+g.Step)
	}
	return err
}
