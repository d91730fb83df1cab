package fees

import (
	"io"
	"iter"
	"math/big"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/internal/lang"
	"github.com/overseaswarehouse/overseas/internal/problem"
)

// UnitExplanation is what [Calculator.Unit] says with its reasons: each event of the journey explained, and the share
// that one unit of the SKU bears of each line.
type UnitExplanation struct {
	sku   string
	quote *Quote
	parts []unitPart
}

// unitPart is one event of the journey with the shares in its lines.
type unitPart struct {
	event  *Explanation
	shares []Share
}

// Share is what one unit bears of a line.
type Share struct {
	Line   Line        // of the event as a whole
	Amount money.Money // what the unit bears
	By     Basis       // what the line is shared by; ByDefault where it belongs to the one unit as a whole
	ByRow  bool        // each row's part is shared within the row

	exact, fraction *big.Rat
}

// Exact is the share before it is rounded to the minor unit, as a fraction of the currency's unit.
func (s Share) Exact() *big.Rat {
	if s.exact == nil {
		return new(big.Rat)
	}
	return new(big.Rat).Set(s.exact)
}

// ExplainUnit is Unit with its reasons; it fails as Unit does.
func (c *Calculator) ExplainUnit(j *Journey) (*UnitExplanation, error) {
	out := &Quote{calc: c}
	x := &UnitExplanation{quote: out}
	if j != nil {
		x.sku = j.SKU
	}
	var into problem.List
	events := j.events()
	if len(events) == 0 {
		into.Add(problem.New(problem.InputMissing, "event"))
	}
	for _, s := range events {
		e, err := c.Explain(s.event)
		if err != nil {
			collect(&into, err)
			continue
		}
		q := e.quote
		out.asked |= q.asked
		for _, cv := range q.caveats {
			out.caveat(cv.code, cv.card, cv.detail)
		}
		part := unitPart{event: e}
		rows := s.rows()
		if !named(rows) {
			for _, l := range q.lines {
				part.shares = append(part.shares, Share{Line: l, Amount: l.Amount(), exact: ratOf(l.Amount())})
			}
			out.lines = append(out.lines, q.lines...)
			x.parts = append(x.parts, part)
			continue
		}
		sh, err := newSharing(rows, j.SKU, s.by, s.event.Kind())
		if err != nil {
			collect(&into, err)
			continue
		}
		for _, l := range q.lines {
			one := Share{Line: l, By: s.by, fraction: sh.event}
			one.exact, one.ByRow = sh.of(l.Amount(), rowAmounts(e.runs, &l))
			if one.Amount, err = toMinor(one.exact, l.Amount().Currency()); err != nil {
				collect(&into, err)
				continue
			}
			part.shares = append(part.shares, one)
			l.set(one.Amount)
			out.lines = append(out.lines, l)
		}
		x.parts = append(x.parts, part)
	}
	if err := into.Err(); err != nil {
		return nil, err
	}
	if err := j.once(out); err != nil {
		return nil, err
	}
	return x, nil
}

// Quote is what Unit returns.
func (x *UnitExplanation) Quote() *Quote {
	if x == nil || x.quote == nil {
		return &Quote{}
	}
	return x.quote
}

// Events are the explanations of the journey's events as wholes, in its order.
func (x *UnitExplanation) Events() iter.Seq[*Explanation] {
	return func(yield func(*Explanation) bool) {
		if x == nil {
			return
		}
		for i := range x.parts {
			if !yield(x.parts[i].event) {
				return
			}
		}
	}
}

// Shares are what the unit bears of each line, in the order of the quote.
func (x *UnitExplanation) Shares() iter.Seq[Share] {
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
func (x *UnitExplanation) String() string {
	var b strings.Builder
	x.write(&b, lang.En)
	return b.String()
}

// WriteText writes the explanation in the language nearest to tag: first what one unit bears of each line and why, then
// each event as [Explanation.WriteText] does. The error is that of the writer.
func (x *UnitExplanation) WriteText(w io.Writer, tag language.Tag) error {
	var b strings.Builder
	x.write(&b, lang.Of(tag))
	_, err := io.WriteString(w, b.String())
	return err
}

func (x *UnitExplanation) write(b *strings.Builder, l lang.Lang) {
	if x == nil {
		return
	}
	t := &explainer{b: b, l: l, tag: l.Tag()}
	t.unit(x)
}
