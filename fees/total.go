package fees

import (
	"iter"
	"slices"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees/money"
)

// State says what the amount of a family means.
type State uint8

const (
	// NotPriced: the cards have no charge of the family for the events asked about. It is not free.
	NotPriced State = iota
	// NotAsked: the cards price the family on a kind of event that the quote was not asked about.
	NotAsked
	// Priced: the amount is the sum of the family's lines.
	Priced
	// Free: the family's charges came to nothing; By names the first.
	Free
	// Included: another charge covers the family; By names it.
	Included
)

// String is "priced", "free", "included", "not priced" or "not asked".
func (s State) String() string {
	return [...]string{"not priced", "not asked", "priced", "free", "included"}[min(s, Included)]
}

// Part is one family of a total.
type Part struct {
	Family Family
	State  State
	Amount money.Money // of a Priced family; zero in the total's currency otherwise
	By     string      // the charge that includes the family, or makes it free
}

// String is "storage: 12.50 EUR", or "tariff: included in sea_ddp".
func (p Part) String() string {
	switch p.State {
	case Priced:
		return p.Family.String() + ": " + p.Amount.String()
	case Included:
		return p.Family.String() + ": included in " + p.By
	case Free:
		if p.By != "" {
			return p.Family.String() + ": free by " + p.By
		}
	}
	return p.Family.String() + ": " + p.State.String()
}

// Total is a quote in one currency.
type Total struct {
	quote    *Quote
	currency country.Currency
	rates    *money.Rates
	lines    []Converted
	sum      money.Money
}

// Converted is a line with its amount in the total's currency.
type Converted struct {
	Line
	In   money.Money
	Rate money.Conversion // how; zero when the line was in that currency already
}

// In converts the quote line by line at the given rates, each rounded half up to the currency's minor unit; the total is
// the sum of the converted lines. It fails with ErrNoRate, naming the pair, when a rate is missing. Rates are used as
// they are given: nothing is inverted and nothing crossed. A quote that is incomplete has no total: ErrIncomplete.
func (q *Quote) In(c country.Currency, rates *money.Rates) (*Total, error) {
	if err := q.complete(); err != nil {
		return nil, err
	}
	t := &Total{quote: q, currency: c, rates: rates}
	sum, err := money.Of(0, uint8(c.Digits()), c)
	if err != nil {
		return nil, err
	}
	for l := range q.Lines() {
		conv := Converted{Line: l, In: l.amount}
		if l.amount.Currency() != c {
			conv.In, conv.Rate, err = rates.Convert(l.amount, c, uint8(c.Digits()), money.HalfUp)
			if err != nil {
				return nil, err
			}
		}
		if sum, err = sum.Add(conv.In); err != nil {
			return nil, err
		}
		t.lines = append(t.lines, conv)
	}
	t.sum = sum
	return t, nil
}

// Sum is the total.
func (t *Total) Sum() money.Money { return t.orEmpty().sum }

// Quote is the quote that was converted.
func (t *Total) Quote() *Quote { return t.orEmpty().quote }

// orEmpty is t, or a total of nothing for nil.
func (t *Total) orEmpty() *Total {
	if t == nil {
		return &Total{}
	}
	return t
}

// Currency is that of every amount of the total.
func (t *Total) Currency() country.Currency { return t.orEmpty().currency }

// Lines are the converted lines.
func (t *Total) Lines() iter.Seq[Converted] {
	return func(yield func(Converted) bool) {
		for _, l := range t.orEmpty().lines {
			if !yield(l) {
				return
			}
		}
	}
}

// Families are the seven families, in their order, each with its state.
func (t *Total) Families() iter.Seq[Part] {
	return func(yield func(Part) bool) {
		for f := FirstLeg; f <= Other; f++ {
			if !yield(t.Family(f)) {
				return
			}
		}
	}
}

// Family is one family's amount and state.
func (t *Total) Family(f Family) Part {
	t = t.orEmpty()
	p := Part{Family: f}
	p.Amount, _ = money.Of(0, uint8(t.currency.Digits()), t.currency)
	nonzero := false
	included := ""
	for _, l := range t.lines {
		if l.Family() == f {
			if p.By == "" {
				p.By = l.Card() + "/" + l.Code()
			}
			p.State = Free
			nonzero = nonzero || l.In.Sign() != 0
			p.Amount, _ = p.Amount.Add(l.In) // the whole sum fitted, so does a part of non-negative lines
			continue
		}
		for _, also := range l.families[min(1, len(l.families)):] {
			if also == f && included == "" {
				included = l.Card() + "/" + l.Code()
			}
		}
	}
	switch {
	case nonzero:
		p.State, p.By = Priced, ""
	case p.State != Free && included != "":
		p.State, p.By = Included, included
	case p.State != Free:
		p.State = t.quote.unasked(f)
	}
	return p
}

// unasked is the state of a family that no line is for. A card that priced the event may have charged nothing for it;
// a card may price it on another kind of event. A card that does not serve the event, or is not in force, prices nothing.
func (q *Quote) unasked(f Family) State {
	if q == nil || q.calc == nil {
		return NotPriced
	}
	state := NotPriced
	for i := range q.calc.books {
		for _, p := range q.calc.books[i].editions {
			for j := range p.Card.Charges {
				ch := &p.Card.Charges[j]
				switch {
				case !slices.Contains(ch.Families, f):
				case q.asked&(1<<ch.On) == 0:
					state = NotAsked
				case slices.Contains(q.used, p.Card):
					return Free
				}
			}
		}
	}
	return state
}
