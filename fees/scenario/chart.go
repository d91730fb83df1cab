package scenario

import (
	"io"
	"math/big"
	"slices"
	"strconv"

	"golang.org/x/text/language"

	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/internal/chart"
	"github.com/overseaswarehouse/overseas/internal/lang"
	"github.com/overseaswarehouse/overseas/internal/layout"
)

// Chart is what a paid order costs by each alternative over the values of one input.
type Chart struct {
	Title     string
	Variation Variation
	Grid      Grid
	// Costs are those of the alternatives, in their order; nil: each is asked for anew by [Comparison.Cost].
	Costs []Cost
}

// WriteSVG draws a chart with a line for each alternative and every crossing of two of them marked with both costs, in the
// language nearest to tag. What costs more than twice as much as the cheapest line at its dearest is cut off. It fails as
// [Crossings] does, and with the error of the writer.
func (c *Comparison) WriteSVG(w io.Writer, tag language.Tag, d Chart) error {
	l := lang.Of(tag)
	g := d.Grid
	last, err := g.check()
	if err != nil {
		return err
	}
	if last >= mostDrawn {
		return tooMany(last + 1)
	}
	var costs []Cost
	if c != nil {
		for i := range c.results {
			if i < len(d.Costs) && d.Costs[i] != nil {
				costs = append(costs, d.Costs[i])
			} else {
				costs = append(costs, Remember(c.Cost(i, d.Variation)))
			}
		}
	}
	out := &chart.Lines{Title: d.Title, X: chart.Axis{Name: variationText(d.Variation.Name, l), Whole: true}}
	out.Y = chart.Axis{Name: say(wPerOrder, l)}
	var high *big.Rat
	for i, cost := range costs {
		s := chart.Series{Name: oneLine(c.results[i].Name)}
		var most *big.Rat
		for k := range last + 1 {
			x := g.at(k)
			p := chart.Point{X: new(big.Rat).SetInt64(x)}
			if m, err := cost(x); err == nil {
				p.Y = amountRat(m)
				if most == nil || p.Y.Cmp(most) > 0 {
					most = p.Y
				}
				if out.Y.Tick == nil {
					out.Y.Tick = ticks(l, m)
				}
			}
			s.Points = append(s.Points, p)
		}
		if most != nil && (high == nil || most.Cmp(high) < 0) {
			high = most
		}
		out.Series = append(out.Series, s)
	}
	if high != nil {
		out.Y.High = new(big.Rat).Mul(high, big.NewRat(2, 1))
	}
	for i := range costs {
		for j := range i {
			course, err := Crossings(costs[j], costs[i], g, Promise{})
			if err != nil {
				return err
			}
			for x := range course.Crossings() {
				out.Marks = append(out.Marks, chart.Mark{X: new(big.Rat).SetInt64(x.At.X), Y: amountRat(x.At.First), Text: say(wCrossing, l,
					"x", count(l, x.At.X), "first", oneLine(c.results[j].Name), "cost", rounded(x.At.First).Format(tag),
					"second", oneLine(c.results[i].Name), "other", rounded(x.At.Second).Format(tag))})
			}
		}
	}
	slices.SortStableFunc(out.Marks, func(a, b chart.Mark) int { return a.X.Cmp(b.X) })
	return out.WriteSVG(w)
}

// mostDrawn is how many values a chart holds.
const mostDrawn = 100_000

func rounded(m money.Money) money.Money {
	if r, err := m.RoundToMinor(money.HalfUp); err == nil {
		return r
	}
	return m
}

// ticks are amounts on an axis, in whole units of the currency of m where they are whole.
func ticks(l lang.Lang, m money.Money) func(*big.Rat) string {
	code := m.Currency().String()
	return func(v *big.Rat) string {
		digits := m.Currency().Digits()
		if v.IsInt() {
			digits = 0
		}
		return layout.Money(l, v.FloatString(digits), code)
	}
}

// variationText is what an input is called.
func variationText(name string, l lang.Lang) string {
	if t := say("vary."+name, l); t != "" {
		return t
	}
	return oneLine(name)
}

// Text is what the input is called in the language nearest to tag; the name itself for one of the caller's.
func (v Variation) Text(tag language.Tag) string { return variationText(v.Name, lang.Of(tag)) }

// Text says the crossing in the language nearest to tag, with the names of the two alternatives and both costs just before
// it and at it.
func (x Crossing) Text(tag language.Tag, first, second string) string {
	l := lang.Of(tag)
	if x.At.Verdict() == SecondCheaper {
		first, second = second, first
		for _, p := range []*Point{&x.At, &x.Before} {
			p.First, p.Second = p.Second, p.First
		}
	}
	id := wTurn
	if x.At.First.Equal(x.At.Second) {
		id = wTie
	}
	return say(id, l, "x", count(l, x.At.X), "first", oneLine(first), "second", oneLine(second),
		"cost", rounded(x.At.First).Format(tag), "other", rounded(x.At.Second).Format(tag),
		"before", strconv.FormatInt(x.Before.X, 10), "was", rounded(x.Before.First).Format(tag), "wasOther", rounded(x.Before.Second).Format(tag))
}
