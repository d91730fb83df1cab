package fees

import (
	"iter"
	"slices"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/internal/fixed"
	"github.com/overseaswarehouse/overseas/internal/ratecard"
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

// Total is a quote in one currency. The zero Total is empty and ready for [Quote.InInto].
type Total struct {
	quote    *Quote
	currency country.Currency
	digits   uint8
	lines    []Line
	in       []fixed.Decimal // what each line comes to in the currency
	sum      money.Money

	rates     *money.Rates
	exchanges []exchange // at the rates, to the currency
}

// exchange is the way of the lines in one currency.
type exchange struct {
	from country.Currency
	money.Exchange
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
	t := &Total{}
	if err := q.InInto(t, c, rates); err != nil {
		return nil, err
	}
	return t, nil
}

// InInto is In into a value that the caller owns and may use again: once t has grown and has seen the currencies of the
// quote it allocates nothing, as long as it is asked for the same currency at the same rates. After an error t is empty.
func (q *Quote) InInto(t *Total, c country.Currency, rates *money.Rates) error {
	if t == nil {
		t = &Total{}
	}
	if err := t.convert(q, c, rates); err != nil {
		*t = Total{lines: t.lines[:0], in: t.in[:0]}
		return err
	}
	return nil
}

func (t *Total) convert(q *Quote, c country.Currency, rates *money.Rates) error {
	if err := q.complete(); err != nil {
		return err
	}
	if t.currency != c || t.rates != rates || t.sum.IsZero() {
		zero, err := money.Of(0, uint8(c.Digits()), c)
		if err != nil {
			return err
		}
		t.currency, t.digits, t.rates, t.exchanges, t.sum = c, zero.Scale(), rates, t.exchanges[:0], zero
	}
	t.quote, t.lines = q, t.lines[:0]
	if q != nil {
		t.lines = append(t.lines, q.lines...)
	}
	t.in = slices.Grow(t.in[:0], len(t.lines))[:len(t.lines)]
	sum := fixed.Decimal{Scale: t.digits}
	var x *exchange // of the lines of a card; nil: they are in the currency
	var card *ratecard.Card
	for i := range t.lines {
		l := &t.lines[i]
		coef, scale := l.coef, l.scale
		if l.card != card {
			var err error
			if card = l.card; card.Currency == c {
				x = nil
			} else if x, err = t.exchange(card.Currency); err != nil {
				return err
			}
		}
		if x != nil {
			var ok bool
			if coef, ok = x.Coef(coef, scale); !ok {
				m, err := x.Convert(l.Amount())
				if err != nil {
					return err
				}
				coef = m.Coef()
			}
			scale = t.digits
		}
		t.in[i] = fixed.Decimal{Coef: coef, Scale: scale}
		if sum.Coef += coef; scale == sum.Scale && uint64(sum.Coef+fixed.MaxCoef) <= 2*fixed.MaxCoef {
			continue
		}
		sum.Coef -= coef // a sum with more decimals, or one that is too great
		before, _ := t.sum.WithAmount(sum.Coef, sum.Scale)
		m, err := before.Add(t.amount(i))
		if err != nil {
			return err
		}
		sum = fixed.Decimal{Coef: m.Coef(), Scale: m.Scale()}
	}
	var err error
	t.sum, err = t.sum.WithAmount(sum.Coef, sum.Scale)
	return err
}

// amount is what line i comes to in the currency.
func (t *Total) amount(i int) money.Money {
	m, _ := t.sum.WithAmount(t.in[i].Coef, t.in[i].Scale) // at most 18 digits, as the line and the exchange have
	return m
}

// exchange is the way from a currency, which is found once.
func (t *Total) exchange(from country.Currency) (*exchange, error) {
	for i := range t.exchanges {
		if x := &t.exchanges[i]; x.from == from {
			return x, nil
		}
	}
	x, err := t.rates.Exchange(from, t.currency, t.digits, money.HalfUp)
	if err != nil {
		return nil, err
	}
	t.exchanges = append(t.exchanges, exchange{from, x})
	return &t.exchanges[len(t.exchanges)-1], nil
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
		t := t.orEmpty()
		for i := range t.lines {
			c := Converted{Line: t.lines[i], In: t.amount(i)}
			if c.card.Currency != t.currency {
				_, c.Rate, _ = t.rates.Convert(c.Amount(), t.currency, t.digits, money.HalfUp) // as it went before
			}
			if !yield(c) {
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
	amount, state, by := t.family(f)
	p := Part{Family: f, State: state, Amount: amount}
	if by != nil {
		p.By = by.Card() + "/" + by.Code()
	}
	return p
}

// family is a family's amount and state, with the line that includes it or makes it free.
func (t *Total) family(f Family) (amount money.Money, state State, by *Line) {
	amount, _ = money.Of(0, uint8(t.currency.Digits()), t.currency)
	nonzero := false
	var included *Line
	for i := range t.lines {
		l := &t.lines[i]
		if l.main() == f {
			if by == nil {
				by = l
			}
			state = Free
			nonzero = nonzero || t.in[i].Coef != 0
			amount, _ = amount.Add(t.amount(i)) // the whole sum fitted, so does a part of non-negative lines
			continue
		}
		if included == nil && slices.Contains(l.families[min(1, len(l.families)):], f) {
			included = l
		}
	}
	switch {
	case nonzero:
		return amount, Priced, nil
	case state == Free:
		return amount, Free, by
	case included != nil:
		return amount, Included, included
	}
	return amount, t.quote.unasked(f), nil
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
