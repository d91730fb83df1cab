package fees

import (
	"context"
	"iter"
	"slices"
	"strconv"

	"github.com/overseaswarehouse/overseas/internal/problem"
)

// EventError says which event of a sequence could not be priced, and why. errors.Is and errors.As look at the reason.
type EventError struct {
	Index int   // in the sequence, from 0
	Event Event // nil where it could not be read
	Err   error // [Problems], or what the sequence gave
}

// Error is the index and the reason.
func (e *EventError) Error() string {
	if e == nil || e.Err == nil {
		return ""
	}
	return "event " + strconv.Itoa(e.Index) + ": " + e.Err.Error()
}

// Unwrap is the reason.
func (e *EventError) Unwrap() error {
	if e == nil {
		return nil
	}
	return e.Err
}

// QuoteAll prices the events of a sequence and yields as many results in the same order: a quote, or an [*EventError]. An
// event that cannot be priced never ends the sequence, nor does one that comes with an error of its own, as from a reader:
// the error is that of its result. When ctx is done the last result is its error, as it is, without a quote.
//
// Each quote is the caller's to keep. Nothing else is kept of the sequence, so that memory does not grow with its length;
// to price without any allocation call [Calculator.QuoteInto], and for rows of a file there is [QuoteShard].
func (c *Calculator) QuoteAll(ctx context.Context, events iter.Seq2[Event, error]) iter.Seq2[*Quote, error] {
	return func(yield func(*Quote, error) bool) {
		if events == nil {
			return
		}
		if ctx == nil {
			ctx = context.Background()
		}
		work := &Quote{}
		index := -1
		for e, err := range events {
			index++
			if cause := ctx.Err(); cause != nil {
				yield(nil, cause)
				return
			}
			if err == nil {
				err = c.QuoteInto(work, e)
			}
			if err != nil {
				if isNil(e) {
					e = nil
				}
				if !yield(nil, &EventError{index, e, err}) {
					return
				}
				continue
			}
			if !yield(work.keep(), nil) {
				return
			}
		}
	}
}

// keep is the quote without what it was reckoned with.
func (q *Quote) keep() *Quote {
	return &Quote{calc: q.calc, lines: slices.Clone(q.lines), used: slices.Clone(q.used), asked: q.asked,
		caveats: slices.Clone(q.caveats), options: slices.Clone(q.options)}
}

// first is the first problem of an error.
func first(err error) problem.Problem { return problem.Of(err)[0] }
