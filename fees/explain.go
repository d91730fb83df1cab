package fees

import (
	"io"
	"iter"
	"math/big"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/internal/engine"
	"github.com/overseaswarehouse/overseas/internal/lang"
	"github.com/overseaswarehouse/overseas/internal/layout"
	"github.com/overseaswarehouse/overseas/internal/problem"
	"github.com/overseaswarehouse/overseas/internal/proof"
	"github.com/overseaswarehouse/overseas/internal/ratecard"
)

// Explanation is a quote with the values of every step kept: the same program, the same numbers, with their reasons. It is
// of an event ([Calculator.Explain]), of a journey ([Calculator.ExplainJourney]) or of one unit of a journey's goods
// ([Calculator.ExplainUnit]), and may be in one currency ([Explanation.In]). It holds what was explained, which must not be
// changed as long as the explanation is used.
//
// [Explanation.Record] puts it into words and numbers that can be kept, sent and verified by others.
type Explanation struct {
	event   Event // of one event
	runs    []run
	journey *Journey // of several
	sku     string   // of one unit
	parts   []journeyPart
	quote   *Quote
	total   *Total // in one currency, where it was asked for
}

// journeyPart is one event of a journey, with what one unit bears of its lines.
type journeyPart struct {
	event  *Explanation
	shares []Share
}

// Explain runs the program of Quote with its trace kept. The lines are those of Quote; it fails as Quote does.
func (c *Calculator) Explain(e Event) (*Explanation, error) {
	room := &struct { // one piece of memory for the usual explanation
		Explanation
		Quote
		used  [2]*ratecard.Card
		runs  [2]run
		lines [4]Line
		event engine.Event
		rows  [1]engine.Row
	}{}
	x := &room.Explanation
	x.event, x.quote, x.runs = e, &room.Quote, room.runs[:0]
	x.quote.calc, x.quote.used, x.quote.lines = c, room.used[:0], room.lines[:0]
	x.quote.fill.spare, x.quote.fill.rows = &room.event, room.rows[:0]
	if err := c.explain(x.quote, e, &x.runs); err != nil {
		return nil, err
	}
	return x, nil
}

// ExplainJourney is [Calculator.Journey] with its reasons: each event explained as a whole. It fails as Journey does.
func (c *Calculator) ExplainJourney(j *Journey) (*Explanation, error) {
	x := &Explanation{journey: j, quote: &Quote{calc: c}}
	err := c.join(j, x.quote, func(s shared, q *Quote) error {
		e, err := c.Explain(s.event)
		if err != nil {
			return err
		}
		q.append(e.quote)
		x.parts = append(x.parts, journeyPart{event: e})
		return nil
	})
	if err != nil {
		return nil, err
	}
	return x, nil
}

// ExplainUnit is [Calculator.Unit] with its reasons: each event of the journey explained, and the share that one unit of
// the SKU bears of each line. It fails as Unit does.
func (c *Calculator) ExplainUnit(j *Journey) (*Explanation, error) {
	x := &Explanation{journey: j, quote: &Quote{calc: c}}
	if j != nil {
		x.sku = j.SKU
	}
	err := c.join(j, x.quote, func(s shared, q *Quote) error {
		e, err := c.Explain(s.event)
		if err != nil {
			return err
		}
		p := journeyPart{event: e}
		if p.shares, err = e.shares(s, j.SKU); err != nil {
			return err
		}
		q.append(e.quote)
		for i := range p.shares {
			q.lines[len(q.lines)-len(p.shares)+i].set(p.shares[i].Amount)
		}
		x.parts = append(x.parts, p)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return x, nil
}

// Share is what one unit bears of a line.
type Share struct {
	Line   Line        // of the event as a whole
	Amount money.Money // what the unit bears
	By     Basis       // what the line is shared by; ByDefault where it belongs to the one unit as a whole
	ByRow  bool        // each row's part is shared within the row

	exact   *big.Rat
	sharing *sharing
}

// Exact is the share before it is rounded to the minor unit, as a fraction of the currency's unit.
func (s Share) Exact() *big.Rat {
	if s.exact == nil {
		return new(big.Rat)
	}
	return new(big.Rat).Set(s.exact)
}

// shares is what one unit of a SKU bears of each line of the event.
func (x *Explanation) shares(s shared, sku string) ([]Share, error) {
	var out []Share
	rows := s.rows()
	if !named(rows) {
		for _, l := range x.quote.lines {
			out = append(out, Share{Line: l, Amount: l.Amount(), exact: ratOf(l.Amount())})
		}
		return out, nil
	}
	sh, err := newSharing(rows, sku, s.by, s.event.Kind(), x.exchange())
	if err != nil {
		return nil, err
	}
	var into problem.List
	for _, l := range x.quote.lines {
		one := Share{Line: l, By: s.by, sharing: sh}
		one.exact, one.ByRow = sh.of(l.Amount(), rowAmounts(x.runs, &l))
		if one.Amount, err = toMinor(one.exact, l.Amount().Currency()); err != nil {
			collect(&into, err)
			continue
		}
		out = append(out, one)
	}
	return out, into.Err()
}

// exchange brings the values of a declaration into the currency of its lines, at its own rates; nil for another event.
func (x *Explanation) exchange() func(money.Money) (*proof.Node, error) {
	e, ok := x.event.(*Entry)
	if !ok || len(x.quote.lines) == 0 {
		return nil
	}
	to := x.quote.lines[0].Amount().Currency()
	return func(m money.Money) (*proof.Node, error) {
		if m.Currency() == to {
			return m.Step("value"), nil
		}
		_, how, err := e.Rates.On(e.Date).Convert(m, to, uint8(to.Digits()), money.HalfUp)
		if err != nil {
			return nil, err
		}
		return how.Steps(m.Step("value")), nil
	}
}

// In is the explanation with its quote converted as [Quote.In] does: the exchange of each line is explained, too.
func (x *Explanation) In(c country.Currency, rates *money.Rates) (*Explanation, error) {
	t, err := x.Quote().In(c, rates)
	if err != nil {
		return nil, err
	}
	out := &Explanation{}
	if x != nil {
		*out = *x
	}
	out.total = t
	return out, nil
}

// Quote is the quote that is explained.
func (x *Explanation) Quote() *Quote {
	if x == nil || x.quote == nil {
		return &Quote{}
	}
	return x.quote
}

// Total is the quote in the currency that [Explanation.In] was asked for; nil where it was not.
func (x *Explanation) Total() *Total {
	if x == nil {
		return nil
	}
	return x.total
}

// Events are the explanations of a journey's events as wholes, in its order; of one event it is that alone.
func (x *Explanation) Events() iter.Seq[*Explanation] {
	return func(yield func(*Explanation) bool) {
		if x == nil {
			return
		}
		if x.event != nil {
			yield(x)
			return
		}
		for i := range x.parts {
			if !yield(x.parts[i].event) {
				return
			}
		}
	}
}

// Shares are what one unit bears of each line, in the order of the quote; there are none where the explanation is not of
// one unit.
func (x *Explanation) Shares() iter.Seq[Share] {
	return func(yield func(Share) bool) {
		if x == nil {
			return
		}
		for i := range x.parts {
			for _, s := range slices.Clone(x.parts[i].shares) {
				if !yield(s) {
					return
				}
			}
		}
	}
}

// String is the explanation in English, as WriteText writes it.
func (x *Explanation) String() string { return proof.Plain(x.words(lang.En)) }

// WriteText writes the explanation in the language nearest to tag, as plain text: for each line of the quote the card
// and why this one, the charge and why it applies, and how its amount came about; of one unit first what it bears of each
// line and why. What an event says stands in the units in which it says so. Values are exact: a fraction that does not end
// is cut after six decimals and marked with "…"; nothing else is rounded but where the text says so. Of an event with many
// rows the first twenty are derived one by one. The error is that of the writer.
func (x *Explanation) WriteText(w io.Writer, tag language.Tag) error {
	_, err := io.WriteString(w, proof.Plain(x.words(lang.Of(tag))))
	return err
}

// WriteMarkdown writes what WriteText does as Markdown, with the fingerprint of the record below.
func (x *Explanation) WriteMarkdown(w io.Writer, tag language.Tag) error {
	return x.Record(tag).WriteMarkdown(w)
}

// WriteHTML writes what WriteText does as a fragment of HTML, with the fingerprint of the record below. It has no style,
// script or identifier; all text is escaped.
func (x *Explanation) WriteHTML(w io.Writer, tag language.Tag) error {
	return x.Record(tag).WriteHTML(w)
}

// WriteCSV writes every step of the derivation as a row of a sheet; see [Record.WriteCSV].
func (x *Explanation) WriteCSV(w io.Writer, tag language.Tag) error { return x.Record(tag).WriteCSV(w) }

// WriteJSON writes the record of the explanation as an indented document that [ParseRecord] reads.
func (x *Explanation) WriteJSON(w io.Writer, tag language.Tag) error {
	return x.Record(tag).WriteJSON(w)
}

// MarshalJSON writes the record of the explanation with its texts in English.
func (x *Explanation) MarshalJSON() ([]byte, error) { return x.Record(language.English).MarshalJSON() }

// Fingerprint is a short name to quote in a message; see [Record.Fingerprint].
func (x *Explanation) Fingerprint() string { return x.Record(language.English).Fingerprint() }

// Verify recomputes every step from what the event and the cards say; see [Record.Verify].
func (x *Explanation) Verify() error { return x.Record(language.English).Verify() }

// words is the explanation in words.
func (x *Explanation) words(l lang.Lang) []proof.Paragraph {
	if x == nil || x.quote == nil {
		return nil
	}
	t := &explainer{l: l, tag: l.Tag()}
	if x.event != nil {
		t.explanation(x, 0)
	} else {
		t.journey(x)
	}
	return t.text
}

// explained yields the lines of an event's quote with the runs that they come from.
func (x *Explanation) explained() iter.Seq2[Line, explainedLine] {
	return func(yield func(Line, explainedLine) bool) {
		n := 0
		for i := range x.runs {
			r := &x.runs[i]
			for j := range r.lines {
				if n >= len(x.quote.lines) || !yield(x.quote.lines[n], explainedLine{r.trace, &r.lines[j]}) {
					return
				}
				n++
			}
		}
	}
}

type explainedLine struct {
	trace *engine.Trace
	line  *engine.Line
}

// subject is what is explained: the word of the event, "journey" or "unit".
func (x *Explanation) subject() string {
	switch {
	case x.event != nil:
		return eventName(x.event)
	case x.sku != "" || slices.ContainsFunc(x.parts, func(p journeyPart) bool { return len(p.shares) > 0 }):
		return "unit"
	}
	return "journey"
}

// title is what is explained, in words.
func (x *explainer) title(e *Explanation) string {
	switch e.subject() {
	case "unit":
		return x.say(phUnit, "sku", safe(e.sku))
	case "journey":
		return x.say(phJourney)
	}
	head := KindName(e.event.Kind(), x.tag)
	reference, date := headOf(e.event)
	for _, s := range []string{layout.Date(x.l, date), safe(reference)} {
		if s != "" {
			head += " " + s
		}
	}
	return strings.TrimSpace(head)
}
