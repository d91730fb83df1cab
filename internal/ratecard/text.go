package ratecard

import (
	"strconv"
	"strings"

	"github.com/overseaswarehouse/overseas/internal/fixed"
	"github.com/overseaswarehouse/overseas/internal/units"
)

// The texts of a card's parts, close to how a document writes them. They are for people and for comparing cards.
// Those of more than a few words are called Text: a String is linked into every program that has the type in an interface.

// Text is the condition: "weight over 22 kg below 40 kg", "country in DE FR not IT".
func (t Test) Text() string {
	var b strings.Builder
	b.WriteString(t.Subject.String())
	word := func(s string, list []string) {
		if len(list) > 0 {
			b.WriteString(" " + s + " " + strings.Join(list, " "))
		}
	}
	word("in", t.In)
	word("not", t.Not)
	word("in", postalTexts(t.Postal))
	word("not", postalTexts(t.PostNot))
	for _, x := range t.Bounds {
		b.WriteString(" " + x.Edge.String() + " " + x.At.String())
	}
	if t.Dates != (Period{}) {
		b.WriteString(" " + t.Dates.String())
	}
	for _, y := range t.Yearly {
		b.WriteString(" yearly " + y.Text())
	}
	return b.String()
}

// String is the name under which cards know the subject.
func (s Subject) String() string {
	switch s.Kind {
	case SubjectCountry:
		return "country"
	case SubjectWarehouse:
		return "warehouse"
	case SubjectPostal:
		return "postal_code"
	case SubjectDate:
		return "date"
	}
	return s.Name
}

// Text is "20", "01000-19999" or "010*-013*".
func (r PostalRule) Text() string {
	if r.Prefix != "" {
		return r.Prefix
	}
	if r.Open {
		return r.From + "*-" + r.To + "*"
	}
	return r.From + "-" + r.To
}

func postalTexts(rules []PostalRule) []string {
	var out []string
	for _, r := range rules {
		out = append(out, r.Text())
	}
	return out
}

// Text is "10-01 … 12-31".
func (s YearlySpan) Text() string {
	return twoDigits(s.FromMonth) + "-" + twoDigits(s.FromDay) + " … " + twoDigits(s.ToMonth) + "-" + twoDigits(s.ToDay)
}

func twoDigits(n uint8) string { return string([]byte{'0' + n/10%10, '0' + n%10}) }

// String is "2026-01-01 … 2026-12-31"; an open end is empty.
func (p Period) String() string { return spanText(p) }

// Text is "each piece weight up to 31.5 kg".
func (l Limit) Text() string {
	return "each " + l.Each.String() + " " + l.Measure + " up to " + l.At.String()
}

// Text is "volume x 167 kg/m3" with its share and conditions.
func (t Term) Text() string {
	text := t.Of
	switch t.Op {
	case Times:
		text += " x " + t.By.Text()
	case Over_:
		text += " / " + t.By.Text()
	}
	if t.Share.Coef != 0 {
		text += " share " + percentText(t.Share)
	}
	if len(t.When) > 0 {
		text += " when " + testsText(t.When)
	}
	return text
}

// Text is "167 kg/m3".
func (r Ratio) Text() string {
	text := r.Value.String()
	if r.Num != units.NoUnit {
		text += " " + r.Num.String()
	}
	if r.Den != units.NoUnit {
		text += "/" + r.Den.String()
	}
	return text
}

// percentText writes a fraction as "7.7%".
func percentText(d fixed.Decimal) string {
	if d.Scale >= 2 {
		return fixed.Decimal{Coef: d.Coef, Scale: d.Scale - 2}.String() + "%"
	}
	p, ok := fixed.Decimal{Coef: d.Coef, Scale: d.Scale}.Rescale(2)
	if !ok {
		return d.String()
	}
	return fixed.Decimal{Coef: p.Coef}.String() + "%"
}

func testsText(tests []Test) string {
	texts := make([]string, len(tests))
	for i, t := range tests {
		texts[i] = t.Text()
	}
	return strings.Join(texts, ", ")
}

func limitsText(limits []Limit) string {
	texts := make([]string, len(limits))
	for i, l := range limits {
		texts[i] = l.Text()
	}
	return strings.Join(texts, ", ")
}

// Text is the steps in words, joined by "; ".
func (m Measure) Text() string {
	texts := make([]string, len(m.Steps))
	for i := range m.Steps {
		texts[i] = m.Steps[i].Text()
	}
	return strings.Join(texts, "; ")
}

// Text is the step in the words of cards.
func (s Step) Text() string {
	var b strings.Builder
	say := func(parts ...string) {
		for _, p := range parts {
			if b.Len() > 0 {
				b.WriteByte(' ')
			}
			b.WriteString(p)
		}
	}
	if s.Sum {
		say("sum", s.Each.String())
	} else {
		say("each", s.Each.String())
	}
	if x := s.Sides; x != nil {
		say("sides")
		if x.To.Set {
			say(x.Mode.String(), x.To.String())
		}
		if x.Min.Set {
			say("min", x.Min.String())
		}
	}
	for i, t := range s.Terms {
		if i > 0 {
			say("or")
		}
		say(t.Text())
	}
	if e := s.Excess; e != nil {
		say("and", percentText(e.Share), "of the excess of", e.Of.Text(), "above", percentText(e.Above))
	}
	for _, part := range []struct {
		word string
		q    Quantity
	}{{"less", s.Less}, {"plus", s.Plus}} {
		if part.q.Set {
			say(part.word, part.q.String())
		}
	}
	if s.Keep != nil {
		say("keep", s.Keep.Mode.String(), s.Keep.To.String())
	}
	for _, part := range []struct {
		word string
		q    Quantity
	}{{"up", s.Up}, {"tolerance", s.Tolerance}, {"min", s.Min}, {"max", s.Max}} {
		if part.q.Set {
			say(part.word, part.q.String())
		}
	}
	return b.String()
}

// Text is the rounding in the words of cards: "half_up 0.01 each event".
func (r Rounding) Text() string {
	return r.Mode.String() + " " + r.To.String() + " each " + r.Each.String()
}

// Text is how time counts: "per month daily", "per week snapshot on monday".
func (t *Time) Text() string {
	if t == nil {
		return ""
	}
	text := "per " + t.Per.String() + " " + t.Basis.String()
	if t.Days > 0 {
		text += " of " + strconv.FormatInt(t.Days, 10) + " days"
	}
	if t.Basis == Snapshot {
		if t.Per == PerWeek {
			text += " on " + wordOf(weekdayWords, uint8(t.On))
		} else {
			text += " on " + strconv.FormatInt(t.On, 10)
		}
	}
	return text
}

// Quantity is what a price is for: "chargeable / 1 kg started", "" for one per instance of the level.
func (p *Price) Quantity() string {
	if p.Percent {
		return "percent of " + strings.Join(p.Of, " ") + " " + p.Basis.String()
	}
	text := p.Per
	if p.Per != "" && p.Unit.Set {
		text += " / " + p.Unit.String()
	}
	if p.Started {
		text += " started"
	}
	if p.NextBreak {
		text += " next break"
	}
	return text
}

// Text is the price of a cell; "-" where there is none.
func (p *Price) cellText(c Cell) string {
	switch {
	case c.None:
		return "-"
	case p.Percent:
		return percentText(c.Value)
	}
	return c.Value.String()
}

// Label is a bracket or value of an axis in words: "upTo 5 kg", "more", "DE".
func (a *Axis) Label(i int) string {
	switch {
	case i < 0 || i >= a.Len():
		return ""
	case len(a.Values) > 0:
		return a.Values[i]
	case i == len(a.Edges):
		return "more"
	}
	return a.Edge.String() + " " + a.Edges[i].String()
}

// Text is the tax in the words of cards.
func (t Tax) Text() string {
	if t.Rate.Coef == 0 {
		return t.Kind.String()
	}
	return t.Kind.String() + " " + percentText(t.Rate)
}
