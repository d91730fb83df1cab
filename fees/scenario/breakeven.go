package scenario

import (
	"context"
	"errors"
	"iter"
	"math/big"
	"slices"
	"strconv"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/internal/problem"
)

// The codes that errors of crossings match, besides money.ErrCurrencyMismatch.
const (
	ErrPromise  = problem.PromiseBroken // two costs that were evaluated are not as promised
	ErrGrid     = problem.NumberRange   // a grid that ends before it begins, or has a negative step
	ErrTooMany  = problem.TooMany       // more points than are evaluated
	ErrNoAmount = problem.InputMissing  // a cost without a currency
)

// MostPoints is how many points one search evaluates at most.
const MostPoints = 10_000_000

// Cost is what something costs at x: a number of orders, of days, of ticks of a price. It must be a function: the same x
// costs the same. An error says that there is no price at x, such as a weight beyond the last bracket.
type Cost func(x int64) (money.Money, error)

// Grid is the values that a variable takes: From, From+Step, and so on up to To, which belongs to the grid where it is hit.
type Grid struct {
	From, To int64
	Step     int64 // 0 stands for 1
}

// check completes a grid and counts its steps.
func (g *Grid) check() (last int64, err error) {
	if g.Step == 0 {
		g.Step = 1
	}
	span := g.To - g.From
	switch {
	case g.Step < 0:
		return 0, problem.New(problem.NumberRange, strconv.FormatInt(g.Step, 10), "1").At("/step")
	case g.To < g.From:
		return 0, problem.New(problem.NumberRange, strconv.FormatInt(g.To, 10), "≥ "+strconv.FormatInt(g.From, 10)).At("/to")
	case span < 0:
		return 0, problem.New(problem.NumberRange, strconv.FormatInt(g.From, 10)).At("/from")
	}
	return span / g.Step, nil
}

// at is the grid's i-th value.
func (g *Grid) at(i int64) int64 { return g.From + i*g.Step }

// Promise is what the caller knows about both costs, which spares evaluations. It is checked wherever costs are evaluated
// and a breach is ErrPromise; between, it is believed. The zero Promise promises nothing, and every point is evaluated.
type Promise struct {
	// Rising: neither cost falls as x rises, and a cost that has no price at some x has none beyond. A search then takes
	// evaluations in proportion to the steps at which the costs come close to each other.
	Rising bool

	// Linear: between two Edges both costs lie on straight lines, or have no price. An edge is the value at which a new
	// piece begins: after a bracket up to 5 kg in ticks of 0.1 kg, 51. The ends of the grid need not be among the edges.
	Linear bool
	Edges  []int64

	// Slack is how far a cost may be off the straight line through the ends of its piece: a cent where costs on exact lines
	// are rounded to the nearest cent. The zero Money: not at all. What lies within the slack is evaluated, never guessed.
	Slack money.Money
}

// Verdict says which of two costs is lower.
type Verdict uint8

// The verdicts.
const (
	NoPrice       Verdict = iota // neither has a price
	FirstCheaper                 // the first is lower
	SecondCheaper                // the second is lower
	Tie                          // both are the same
	FirstOnly                    // the second has no price
	SecondOnly                   // the first has no price
)

var verdictWords = []string{"no_price", "first_cheaper", "second_cheaper", "tie", "first_only", "second_only"}

// String is "no_price", "first_cheaper", "second_cheaper", "tie", "first_only" or "second_only".
func (v Verdict) String() string { return verdictWords[min(int(v), len(verdictWords)-1)] }

// Priced reports whether both costs have a price.
func (v Verdict) Priced() bool { return v == FirstCheaper || v == SecondCheaper || v == Tie }

// Point is what both cost at one value of the variable.
type Point struct {
	X                   int64
	First, Second       money.Money // zero where there is no price
	FirstErr, SecondErr error       // why there is none
}

// Verdict says which cost is lower at the point.
func (p Point) Verdict() Verdict {
	switch {
	case p.FirstErr != nil && p.SecondErr != nil:
		return NoPrice
	case p.FirstErr != nil:
		return SecondOnly
	case p.SecondErr != nil:
		return FirstOnly
	}
	switch c, _ := p.First.Compare(p.Second); c { // of one currency: at has looked
	case -1:
		return FirstCheaper
	case 1:
		return SecondCheaper
	}
	return Tie
}

// Stretch is neighbouring values of the grid with one verdict: the first and the last of them.
type Stretch struct {
	Verdict  Verdict
	From, To Point
}

// Crossing is a change of who is cheaper, a tie among them: a verdict at one value and another at the next that has both
// prices.
type Crossing struct {
	Before Point // the last value of the old verdict
	At     Point // the first value of the new one
	Gap    bool  // in between are values at which not both have a price: it crosses somewhere there
}

// Course is who is cheaper over a whole grid.
type Course struct {
	stretches []Stretch
	evaluated int64
}

// Stretches covers the grid without a break, from the lowest value.
func (c *Course) Stretches() iter.Seq[Stretch] { return slices.Values(c.orEmpty().stretches) }

// Crossings are all changes of who is cheaper, from the lowest value.
func (c *Course) Crossings() iter.Seq[Crossing] {
	return func(yield func(Crossing) bool) {
		last := -1
		list := c.orEmpty().stretches
		for i := range list {
			if !list[i].Verdict.Priced() {
				continue
			}
			if last >= 0 && list[last].Verdict != list[i].Verdict && !yield(Crossing{list[last].To, list[i].From, i > last+1}) {
				return
			}
			last = i
		}
	}
}

// Gaps are the stretches at which not both have a price; the error at their beginning says why.
func (c *Course) Gaps() iter.Seq[Stretch] {
	return func(yield func(Stretch) bool) {
		for _, s := range c.orEmpty().stretches {
			if !s.Verdict.Priced() && !yield(s) {
				return
			}
		}
	}
}

// Always reports whether the verdict holds at every value of the grid.
func (c *Course) Always(v Verdict) bool {
	c = c.orEmpty()
	return len(c.stretches) == 1 && c.stretches[0].Verdict == v
}

// Never reports whether the verdict holds at no value of the grid.
func (c *Course) Never(v Verdict) bool {
	return !slices.ContainsFunc(c.orEmpty().stretches, func(s Stretch) bool { return s.Verdict == v })
}

// Evaluated is at how many values the costs were asked for.
func (c *Course) Evaluated() int64 { return c.orEmpty().evaluated }

func (c *Course) orEmpty() *Course {
	if c == nil {
		return &Course{}
	}
	return c
}

// Crossings compares two costs over a grid and finds every change of who is cheaper. It is exact: with the zero Promise
// every value is evaluated; a Promise that is true gives the same answer with fewer evaluations. Errors of a cost are
// gaps of the answer, but for context.Canceled and context.DeadlineExceeded, which end the search. It fails with
// money.ErrCurrencyMismatch when two costs are of different currencies, and with ErrGrid, ErrPromise, ErrTooMany and
// ErrNoAmount.
func Crossings(first, second Cost, g Grid, p Promise) (*Course, error) {
	last, err := g.check()
	if err != nil {
		return nil, err
	}
	s := &search{costs: [2]Cost{first, second}, grid: g, promise: p}
	switch {
	case first == nil || second == nil:
		return nil, problem.New(problem.MissingField, "cost")
	case p.Linear:
		err = s.pieces(last)
	case p.Rising:
		err = s.rising(last)
	case last >= MostPoints:
		err = tooMany(last + 1)
	default:
		err = s.every(0, last)
	}
	if err != nil {
		return nil, err
	}
	return &Course{s.found, s.evaluated}, nil
}

// BreakEven is the smallest value of the grid from which on first costs less than second, up to the grid's end; ok is
// false when there is none: when at the end first is not the cheaper one, or not both have a price. It fails as Crossings
// does.
func BreakEven(first, second Cost, g Grid, p Promise) (x int64, ok bool, err error) {
	c, err := Crossings(first, second, g, p)
	if err != nil {
		return 0, false, err
	}
	if s := c.stretches[len(c.stretches)-1]; s.Verdict == FirstCheaper {
		return s.From.X, true, nil
	}
	return 0, false, nil
}

func tooMany(n int64) error {
	return problem.New(problem.TooMany, strconv.FormatInt(n, 10), strconv.Itoa(MostPoints)).With("what", "points")
}

// search is one run of Crossings.
type search struct {
	costs     [2]Cost
	grid      Grid
	promise   Promise
	currency  country.Currency
	before    *Point // of a rising search: the point evaluated last
	evaluated int64
	found     []Stretch
}

// at evaluates both costs at the i-th value of the grid.
func (s *search) at(i int64) (Point, error) {
	p := Point{X: s.grid.at(i)}
	if s.evaluated++; s.evaluated > MostPoints {
		return p, tooMany(s.evaluated)
	}
	p.First, p.FirstErr = s.costs[0](p.X)
	p.Second, p.SecondErr = s.costs[1](p.X)
	for _, side := range [...]struct {
		path string
		m    *money.Money
		err  error
	}{{"first", &p.First, p.FirstErr}, {"second", &p.Second, p.SecondErr}} {
		path := "/" + side.path + "/" + strconv.FormatInt(p.X, 10)
		switch c := side.m.Currency(); {
		case ends(side.err):
			return p, side.err
		case side.err != nil:
			*side.m = money.Money{}
		case side.m.IsZero():
			return p, problem.New(problem.InputMissing, "cost").At(path)
		case s.currency == country.Currency{}:
			s.currency = c
		case c != s.currency:
			return p, problem.New(problem.CurrencyMismatch, c.String(), s.currency.String()).At(path)
		}
	}
	return p, nil
}

// ends reports whether an error is the caller's wish to stop and not the lack of a price.
func ends(err error) bool {
	return errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
}

// add takes a point whose verdict holds from the last one added on, or that is its neighbour.
func (s *search) add(p Point) {
	v := p.Verdict()
	if n := len(s.found); n > 0 && s.found[n-1].Verdict == v {
		s.found[n-1].To = p
		return
	}
	s.found = append(s.found, Stretch{v, p, p})
}

// every evaluates all values from one to another.
func (s *search) every(from, to int64) error {
	for i := from; i <= to; i++ {
		p, err := s.at(i)
		if err != nil {
			return err
		}
		s.add(p)
	}
	return nil
}

// broken is a promise that two points belie.
func (s *search) broken(side string, x int64, want string) error {
	return problem.New(problem.PromiseBroken, strconv.FormatInt(x, 10), want).At("/" + side + "/" + strconv.FormatInt(x, 10))
}

// rises checks the promise of a rising search between two points.
func (s *search) rises(p, q Point) error {
	for _, side := range [...]struct {
		path     string
		m, n     money.Money
		no, none error
	}{{"first", p.First, q.First, p.FirstErr, q.FirstErr}, {"second", p.Second, q.Second, p.SecondErr, q.SecondErr}} {
		switch {
		case side.none != nil:
		case side.no != nil:
			return s.broken(side.path, q.X, "no price after "+strconv.FormatInt(p.X, 10))
		default:
			if c, _ := side.m.Compare(side.n); c > 0 {
				return s.broken(side.path, q.X, "≥ "+side.m.String())
			}
		}
	}
	return nil
}

// rising searches the whole grid by halves.
func (s *search) rising(last int64) error {
	p, err := s.at(0)
	if err != nil {
		return err
	}
	s.add(p)
	if last == 0 {
		return nil
	}
	q, err := s.at(last)
	if err != nil {
		return err
	}
	if err := s.rises(p, q); err != nil {
		return err
	}
	return s.halves(0, last, p, q)
}

// halves adds what lies after p up to q.
func (s *search) halves(from, to int64, p, q Point) error {
	if to-from < 2 || certain(p, q) {
		s.add(q)
		return nil
	}
	middle := from + (to-from)/2
	m, err := s.at(middle)
	if err != nil {
		return err
	}
	if err = s.rises(p, m); err == nil {
		err = s.rises(m, q)
	}
	if err == nil {
		err = s.halves(from, middle, p, m)
	}
	if err == nil {
		err = s.halves(middle, to, m, q)
	}
	return err
}

// certain reports whether costs that never fall have one verdict from p to q: at the end of the stretch the cheaper one
// is still under what the other costs at the beginning, or nothing changes.
func certain(p, q Point) bool {
	v := p.Verdict()
	if v != q.Verdict() {
		return false
	}
	less := func(m, n money.Money) bool { c, _ := m.Compare(n); return c < 0 }
	switch v {
	case FirstCheaper:
		return less(q.First, p.Second) || p.First.Equal(q.First) && p.Second.Equal(q.Second)
	case SecondCheaper:
		return less(q.Second, p.First) || p.First.Equal(q.First) && p.Second.Equal(q.Second)
	case Tie:
		return p.First.Equal(q.First)
	}
	return true // a price that is gone stays gone
}

// pieces searches one straight piece after another.
func (s *search) pieces(last int64) error {
	if !s.promise.Slack.IsZero() && s.promise.Slack.Sign() < 0 {
		return problem.New(problem.Negative, s.promise.Slack.String()).At("/slack")
	}
	edges := slices.Clone(s.promise.Edges)
	slices.Sort(edges)
	from := int64(0)
	for _, e := range edges {
		if e <= s.grid.at(from) {
			continue
		}
		if e > s.grid.at(last) {
			break
		}
		to := (e-s.grid.From-1)/s.grid.Step + 1 // the first value that is not under the edge
		if err := s.piece(from, to-1); err != nil {
			return err
		}
		from = to
	}
	return s.piece(from, last)
}

// line is both costs of a straight piece, in ticks of 10^-12.
type line struct {
	s        *search
	steps    *big.Int // of the grid, from the piece's first value to its last
	from, to Point
	slack    *big.Int // by steps
	diff     *big.Int // first less second at the first value, by steps
	slope    *big.Int // how it changes with one step, by steps
}

// scaled is an amount in ticks of 10^-12, which every amount is a whole number of.
func scaled(m money.Money) *big.Int {
	ten := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(12-m.Scale())), nil)
	return ten.Mul(ten, big.NewInt(m.Coef()))
}

// piece searches a straight piece.
func (s *search) piece(from, to int64) error {
	p, err := s.at(from)
	if err != nil {
		return err
	}
	if s.before != nil && s.promise.Rising {
		if err := s.rises(*s.before, p); err != nil {
			return err
		}
	}
	s.add(p)
	s.before = &p
	if from == to {
		return nil
	}
	q, err := s.at(to)
	if err != nil {
		return err
	}
	s.before = &q
	if s.promise.Rising {
		if err := s.rises(p, q); err != nil {
			return err
		}
	}
	l := &line{s: s, steps: big.NewInt(to - from), from: p, to: q, slack: new(big.Int)}
	if !s.promise.Slack.IsZero() {
		if c := s.promise.Slack.Currency(); c != s.currency && s.currency != (country.Currency{}) {
			return problem.New(problem.CurrencyMismatch, c.String(), s.currency.String()).At("/slack")
		}
		l.slack.Mul(scaled(s.promise.Slack), l.steps)
	}
	if err := l.check(to-from, q); err != nil {
		return err
	}
	middle := from + (to-from)/2
	if middle == from { // two values
		s.add(q)
		return nil
	}
	begin, end := to, to // what is evaluated
	if p.Verdict().Priced() {
		first, second := scaled(p.First), scaled(p.Second)
		l.diff = new(big.Int).Sub(first, second)
		l.slope = new(big.Int).Sub(scaled(q.First), scaled(q.Second))
		l.slope.Sub(l.slope, l.diff)
		l.diff.Mul(l.diff, l.steps)
		begin, end = l.window(from, to)
	}
	for i := begin; i <= end && i < to; i++ {
		x, err := s.at(i)
		if err != nil {
			return err
		}
		if err := l.check(i-from, x); err != nil {
			return err
		}
		s.add(x)
	}
	if middle < begin || middle > end { // what is believed is looked at once
		x, err := s.at(middle)
		if err == nil {
			err = l.check(middle-from, x)
		}
		if err != nil {
			return err
		}
	}
	s.add(q)
	return nil
}

// window is the values within a piece at which the sign of the difference is not certain, and one more on either side.
func (l *line) window(from, to int64) (begin, end int64) {
	twice := new(big.Int).Lsh(l.slack, 1)
	sign := func(i int64) int { // 0: not certain
		d := new(big.Int).Mul(l.slope, big.NewInt(i-from))
		d.Add(d, l.diff)
		if d.CmpAbs(twice) <= 0 {
			if twice.Sign() == 0 && l.slope.Sign() == 0 {
				return 2 // one line on another: a tie throughout
			}
			return 0
		}
		return d.Sign()
	}
	start := sign(from)
	begin = between(from, to, func(i int64) bool { return sign(i) != start || start == 0 })
	end = between(begin, to, func(i int64) bool { c := sign(i); return c != start && c != 0 })
	return max(begin-1, from+1), end
}

// between is the first value up to one after to at which a condition holds that holds from there on.
func between(from, to int64, holds func(int64) bool) int64 {
	for to++; from < to; {
		if m := from + (to-from)/2; holds(m) {
			to = m
		} else {
			from = m + 1
		}
	}
	return from
}

// check holds a point of a piece, so many steps after its beginning, against the promise.
func (l *line) check(i int64, x Point) error {
	for _, side := range [...]struct {
		path                   string
		low, high, m           money.Money
		noLow, noHigh, noPrice error
	}{{"first", l.from.First, l.to.First, x.First, l.from.FirstErr, l.to.FirstErr, x.FirstErr}, {"second", l.from.Second, l.to.Second, x.Second, l.from.SecondErr, l.to.SecondErr, x.SecondErr}} {
		switch {
		case (side.noLow != nil) != (side.noPrice != nil) || (side.noLow != nil) != (side.noHigh != nil):
			return l.s.broken(side.path, x.X, "an edge between a price and none")
		case side.noLow != nil:
			continue
		}
		low := scaled(side.low)
		want := new(big.Int).Sub(scaled(side.high), low)
		want.Mul(want, big.NewInt(i)).Add(want, low.Mul(low, l.steps))
		off := new(big.Int).Mul(scaled(side.m), l.steps)
		if off.Sub(off, want).CmpAbs(l.slack) > 0 {
			return l.s.broken(side.path, x.X, "straight between "+strconv.FormatInt(l.from.X, 10)+" and "+strconv.FormatInt(l.to.X, 10))
		}
	}
	return nil
}
