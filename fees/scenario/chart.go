package scenario

import (
	"io"
	"math/big"
	"strconv"

	"golang.org/x/text/language"

	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/internal/chart"
	"github.com/overseaswarehouse/overseas/internal/lang"
	"github.com/overseaswarehouse/overseas/internal/layout"
	"github.com/overseaswarehouse/overseas/internal/problem"
)

// MostDrawn is how many values of a grid one chart draws at most.
const MostDrawn = 100_000

// Chart is the costs of several choices over a grid, to be drawn. Its texts are the caller's.
type Chart struct {
	Title    string
	Variable string // what varies: "orders a month"
	Decimals uint8  // of the variable: a value of the grid is so many ticks of 10^-Decimals
	Amount   string // what the amounts are: "per order"
	Each     bool   // costs are divided by the variable: what one order costs; there is none at 0
	Choices  []Choice
	Grid     Grid
	High     money.Money // lines are cut off above it; the zero Money: never
	Notes    []string
}

// drawn is the costs at one value of the grid.
type drawn struct {
	x     *big.Rat
	costs []*big.Rat // nil: no price
}

// WriteSVG draws a line for each choice over every value of the grid, and marks each value at which another choice becomes
// the cheapest: at equal cost the one before stays it. Texts of marks say both costs, by unit where Each is set, in the
// language nearest to tag; quotients are rounded half up to the minor unit, or to two decimals more where the two would
// look the same. Where a choice has no price its line ends. It fails with ErrGrid, with ErrTooMany for more than MostDrawn
// values, with money.ErrCurrencyMismatch, with ErrNoAmount for a cost without a currency, and as w does.
func (c *Chart) WriteSVG(w io.Writer, tag language.Tag) error {
	g := c.Grid
	last, err := g.check()
	if err != nil {
		return err
	}
	if last >= MostDrawn {
		return problem.New(problem.TooMany, strconv.FormatInt(last, 10), strconv.Itoa(MostDrawn)).With("what", "points").At("/grid")
	}
	for i, choice := range c.Choices {
		if choice.Cost == nil {
			return problem.New(problem.MissingField, "cost").At("/choices/" + strconv.Itoa(i))
		}
	}
	ticks := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(c.Decimals)), nil)
	f := &field{choices: c.Choices}
	lines := &chart.Lines{Title: c.Title, Notes: c.Notes, Series: make([]chart.Series, len(c.Choices))}
	l := lang.Of(tag)
	var turns []turned
	best := -1
	for i := range last + 1 {
		costs, errs, err := f.at(g.at(i))
		if err != nil {
			return err
		}
		d := drawn{new(big.Rat).SetFrac(big.NewInt(g.at(i)), ticks), make([]*big.Rat, len(costs))}
		for k, m := range costs {
			if errs[k] == nil && !(c.Each && d.x.Sign() == 0) {
				d.costs[k] = units(m)
				if c.Each {
					d.costs[k].Quo(d.costs[k], d.x)
				}
			}
			s := &lines.Series[k]
			s.Name = c.Choices[k].Name
			s.Points = append(s.Points, chart.Point{X: d.x, Y: d.costs[k]})
		}
		if now := d.cheapest(best); now != best && now >= 0 {
			if best >= 0 {
				turns = append(turns, turned{d, best, now})
			}
			best = now
		}
	}
	amount := func(v *big.Rat, digits int) string {
		return layout.Money(l, v.FloatString(digits), f.first.Currency().String())
	}
	digits := max(0, f.first.Currency().Digits())
	for _, t := range turns {
		text := t.text(c, l, digits, amount)
		lines.Marks = append(lines.Marks, chart.Mark{X: t.x, Y: t.costs[t.to], Text: text})
	}
	lines.X = chart.Axis{Name: c.Variable, Whole: c.Decimals == 0, Tick: func(v *big.Rat) string { return layout.Number(l, decimals(v, 0)) }}
	lines.Y = chart.Axis{Name: c.Amount, Tick: func(v *big.Rat) string {
		return layout.Money(l, decimals(v, digits), f.first.Currency().String())
	}}
	if !c.High.IsZero() {
		if _, err := c.High.Compare(f.first); err != nil && !f.first.IsZero() {
			return err
		}
		lines.Y.High = units(c.High)
	}
	return lines.WriteSVG(w)
}

// units is an amount in units of its currency.
func units(m money.Money) *big.Rat {
	return new(big.Rat).SetFrac(scaled(m), big.NewInt(1_000_000_000_000))
}

// turned is a value at which another choice becomes the cheapest.
type turned struct {
	drawn
	from, to int
}

// cheapest is the cheapest choice, the one before where it still costs the same; -1 where there is none.
func (d *drawn) cheapest(before int) int {
	best := before
	if best >= 0 && d.costs[best] == nil {
		best = -1
	}
	for k, v := range d.costs {
		if v != nil && (best < 0 || v.Cmp(d.costs[best]) < 0) {
			best = k
		}
	}
	return best
}

// text says a turn: "orders a month 86: warehouse €7.77, direct €7.80".
func (t *turned) text(c *Chart, l lang.Lang, digits int, amount func(*big.Rat, int) string) string {
	head := c.Variable
	if head != "" {
		head += " "
	}
	head += layout.Number(l, decimals(t.x, 0))
	now := t.costs[t.to]
	text := func(digits int) (string, string) {
		if t.costs[t.from] == nil {
			return amount(now, digits), ""
		}
		return amount(now, digits), amount(t.costs[t.from], digits)
	}
	a, b := text(digits)
	if a == b {
		a, b = text(digits + 2)
	}
	head += ": " + c.Choices[t.to].Name + " " + a
	if b != "" {
		head += ", " + c.Choices[t.from].Name + " " + b
	}
	return head
}

// decimals is a number in plain notation: whole, or with at least so many decimals and as many as it has, up to 12.
func decimals(v *big.Rat, least int) string {
	if v.IsInt() {
		return v.FloatString(0)
	}
	digits, exact := v.FloatPrec()
	if !exact {
		digits = 12
	}
	return v.FloatString(min(max(digits, least), 12))
}
