package scenario

import (
	"errors"
	"strconv"

	"golang.org/x/text/language"

	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/internal/lang"
)

// Chart is what a paid order costs by each alternative over the values of one input, to be drawn, with its texts in the
// language nearest to tag. Each cost is reckoned once, when it is drawn. What costs more than twice as much as the line whose
// dearest value is lowest is cut off. A grid that is none, or has more than [MostDrawn] values, is for [Chart.WriteSVG] to
// refuse.
func (c *Comparison) Chart(title string, v Variation, g Grid, tag language.Tag) *Chart {
	out := &Chart{Title: title, Variable: v.Text(tag), Amount: say(wPerOrder, lang.Of(tag)), Grid: g}
	last, err := g.check()
	if c == nil || err != nil || last >= MostDrawn {
		return out
	}
	var high money.Money
	for i, r := range c.results {
		cost := Remember(c.Cost(i, v))
		out.Choices = append(out.Choices, Choice{oneLine(r.Name), cost})
		var most money.Money
		for k := range last + 1 {
			m, err := cost(g.at(k))
			if err != nil {
				continue
			}
			if more, _ := m.Compare(most); most.IsZero() || more > 0 {
				most = m
			}
		}
		if less, _ := most.Compare(high); !most.IsZero() && (high.IsZero() || less < 0) {
			high = most
		}
	}
	if twice, err := high.Add(high); err == nil {
		out.High = twice
	}
	return out
}

func rounded(m money.Money) money.Money {
	if r, err := m.RoundToMinor(money.HalfUp); err == nil {
		return r
	}
	return m
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
	text := say(id, l, "x", count(l, x.At.X), "first", oneLine(first), "second", oneLine(second),
		"cost", rounded(x.At.First).Format(tag), "other", rounded(x.At.Second).Format(tag),
		"before", strconv.FormatInt(x.Before.X, 10), "was", rounded(x.Before.First).Format(tag), "wasOther", rounded(x.Before.Second).Format(tag))
	if x.Gap {
		text += semicolon(l) + say(wBetween, l)
	}
	return text
}

// Text says the verdict in the language nearest to tag, with "the first" and "the second" for the two; [Stretch.Text] has
// their names.
func (v Verdict) Text(tag language.Tag) string {
	l := lang.Of(tag)
	return v.text(l, say(wFirst, l), say(wSecond, l))
}

func (v Verdict) text(l lang.Lang, first, second string) string {
	return say("verdict."+v.String(), l, "first", first, "second", second)
}

// Text says the stretch in the language nearest to tag, with the names of the two alternatives: from which value to which it
// is, who is cheaper, and why one of them has no price at its beginning.
func (s Stretch) Text(tag language.Tag, first, second string) string {
	l := lang.Of(tag)
	first, second = oneLine(first), oneLine(second)
	at := count(l, s.From.X)
	if s.To.X != s.From.X {
		at = say(wRange, l, "from", at, "to", count(l, s.To.X))
	}
	text := at + colon(l) + s.Verdict.text(l, first, second)
	for _, side := range [...]struct {
		name string
		err  error
	}{{first, s.From.FirstErr}, {second, s.From.SecondErr}} {
		if side.err != nil {
			text += semicolon(l) + side.name + colon(l) + reason(side.err, tag)
		}
	}
	return text
}

// reason is the first problem of an error as a message; another error as it is.
func reason(err error, tag language.Tag) string {
	if p := (Problem{}); errors.As(err, &p) {
		return oneLine(p.Message(tag))
	}
	return oneLine(err.Error())
}
