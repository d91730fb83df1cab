package fees

import (
	"iter"

	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/internal/problem"
	"github.com/overseaswarehouse/overseas/internal/ratecard"
)

// Change is one difference between two cards: Kind (added, removed, changed), Part (what of the card: a price, a bracket,
// a limit, a date), Name (the charge's code, or the name of the input, class, measure, amount or slot), At (of a price:
// its place on the axes of its table), Old and New as text. String says it on one line.
type Change = ratecard.Change

// Diff lists what changed from one card to another, usually two editions of a list, in the order of the old card,
// additions after it. Values are compared, not their spelling: 1000 g and 1 kg are the same bracket, 5.5 and 5.50 the same
// price.
func Diff(old, new *Card) []Change { return ratecard.Diff(old.get(), new.get()) }

// Impact is what the difference between two editions means for one event.
type Impact struct {
	Event    Event
	Old, New money.Money // the sums under each edition; zero Money where it fails
	OldErr   error       // why the old edition does not price the event
	NewErr   error       // why the new edition does not
}

// Change is New less Old. It is false when one of the editions does not price the event.
func (i Impact) Change() (money.Money, bool) {
	if i.OldErr != nil || i.NewErr != nil {
		return money.Money{}, false
	}
	d, err := i.New.Sub(i.Old)
	return d, err == nil
}

// DiffImpact prices events under each of two editions of a list as if each held on every day, and yields what becomes of each
// event, in order. Countries, warehouses and accounts count as they stand on the cards.
func DiffImpact(old, new *Card, events ...Event) iter.Seq[Impact] {
	return func(yield func(Impact) bool) {
		for _, e := range events {
			i := Impact{Event: e}
			i.Old, i.OldErr = old.sum(e)
			i.New, i.NewErr = new.sum(e)
			if !yield(i) {
				return
			}
		}
	}
}

// sum is what the card alone charges for an event, whatever the dates between which it holds.
func (c *Card) sum(e Event) (money.Money, error) {
	if c == nil || c.p == nil {
		return money.Money{}, Problems{problem.New(problem.NoCard, "")}
	}
	inputs := map[string]bool{}
	for i := range c.p.Card.Inputs {
		inputs[c.p.Card.Inputs[i].Name] = true
	}
	alone := &Calculator{books: []book{{id: c.ID(), editions: []*edition{newEdition(c.p)}, always: true}}, inputs: inputs}
	alone.index()
	q, err := alone.Quote(e)
	if err != nil {
		return money.Money{}, err
	}
	if q.Len() == 0 {
		return money.Of(0, uint8(c.Currency().Digits()), c.Currency())
	}
	return q.Sum()
}
