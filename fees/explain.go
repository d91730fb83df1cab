package fees

import (
	"io"
	"iter"
	"strings"

	"golang.org/x/text/language"

	"github.com/overseaswarehouse/overseas/internal/engine"
	"github.com/overseaswarehouse/overseas/internal/lang"
)

// Explanation is a quote with the values of every step kept: the same program, the same numbers, with their reasons. It
// holds the event that was explained, which must not be changed as long as the explanation is used.
type Explanation struct {
	event Event
	quote *Quote
	runs  []run
}

// Explain runs the program of Quote with its trace kept. The lines are those of Quote; it fails as Quote does.
func (c *Calculator) Explain(e Event) (*Explanation, error) {
	x := &Explanation{event: e, quote: &Quote{calc: c}}
	var err error
	if x.runs, err = c.explain(x.quote, e); err != nil {
		return nil, err
	}
	return x, nil
}

// Quote is the quote that is explained.
func (x *Explanation) Quote() *Quote {
	if x == nil || x.quote == nil {
		return &Quote{}
	}
	return x.quote
}

// String is the explanation in English, as WriteText writes it.
func (x *Explanation) String() string {
	var b strings.Builder
	x.write(&b, lang.En)
	return b.String()
}

// WriteText writes the explanation in the language nearest to tag, as plain text: for each line of the quote the card
// and why this one, the charge and why it applies, and how its amount came about. What an event says stands in the units
// in which it says so. Values are exact: a fraction that does not end is cut after six decimals and marked with "…";
// nothing else is rounded but where the text says so. Of an event with many rows the first twenty are derived one by one.
// The error is that of the writer.
func (x *Explanation) WriteText(w io.Writer, tag language.Tag) error {
	var b strings.Builder
	x.write(&b, lang.Of(tag))
	_, err := io.WriteString(w, b.String())
	return err
}

func (x *Explanation) write(b *strings.Builder, l lang.Lang) {
	if x == nil || x.quote == nil {
		return
	}
	t := &explainer{b: b, l: l, tag: l.Tag()}
	t.explanation(x, 0)
}

// explained yields the lines of a quote with the runs that they come from.
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
