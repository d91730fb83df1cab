package fees

import (
	"slices"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/internal/engine"
	"github.com/overseaswarehouse/overseas/internal/ratecard"
)

// Totals is what many journeys cost, each in one currency: the sum, what of it is for each family, and how far it can be
// relied on. It is what a costing of every SKU to every destination asks for; the lines of a journey, its caveats and its
// explanation are those of [Calculator.Journey]. The zero Totals is empty and ready for [Calculator.TotalsInto]. It is not
// safe for concurrent use while it is filled.
type Totals struct {
	zero  money.Money // in the currency
	costs []cost
	tally *tally
	quote Quote // of a journey that is priced by itself
	total Total
}

// cost is what one journey costs.
type cost struct {
	err    error
	sum    int64
	family [ratecard.FamilyCount]int64
	scales [ratecard.FamilyCount]uint8 // of the amounts of the families
	scale  uint8                       // of the sum
	state  [ratecard.FamilyCount]State
	status Status
}

// TotalsInto prices journeys as [Calculator.JourneyInto] does and converts them to a currency as [Quote.InInto] does: of
// journey i t says what these two would, whatever the other journeys are, and holds their error where they fail. What t
// held before is gone.
//
// The usual journeys are priced 64 at a time, in about half of the time that they take one by one: those whose events have
// one carton, parcel, lot or line each, without answers or goods inside, on cards of one published edition. Any others among
// them are priced by themselves.
//
// t is the caller's to use again. Once it has grown, and has seen the cards and currencies of the journeys, it allocates
// nothing but errors. The journeys are read only, and not kept. Memory grows with their number, by some 110 bytes each, so
// that millions are to be priced some thousands at a time.
func (c *Calculator) TotalsInto(t *Totals, journeys []*Journey, to country.Currency, rates *money.Rates) {
	if t == nil {
		return
	}
	blocks := t.begin(c, len(journeys), to, rates)
	for from := 0; from < len(journeys); from += engine.Lanes {
		until := min(from+engine.Lanes, len(journeys))
		js, costs := journeys[from:until], t.costs[from:until]
		if blocks {
			t.tally.own.fill(js)
			t.tally.price(&t.tally.own)
			t.tally.costs(costs, 0)
		}
		t.others(c, js, blocks, 0, costs, to, rates)
	}
}

// begin makes room for so many journeys. It is false where none can be priced in blocks.
func (t *Totals) begin(c *Calculator, n int, to country.Currency, rates *money.Rates) bool {
	t.zero, _ = money.Of(0, uint8(to.Digits()), to)
	t.costs = slices.Grow(t.costs[:0], n)[:n]
	if t.tally == nil {
		t.tally = &tally{}
	}
	return t.tally.begin(c, t.zero, rates)
}

// others prices the journeys by themselves that were not priced on their page, from a lane on.
func (t *Totals) others(c *Calculator, js []*Journey, blocks bool, lane int, costs []cost, to country.Currency, rates *money.Rates) {
	for i, j := range js {
		if !blocks || t.tally.bad[(lane+i)%engine.Lanes] {
			t.one(c, j, to, rates, &costs[i])
		}
	}
}

// one prices a journey by itself.
func (t *Totals) one(c *Calculator, j *Journey, to country.Currency, rates *money.Rates, out *cost) {
	*out = cost{status: Incomplete}
	if out.err = c.JourneyInto(&t.quote, j); out.err != nil {
		return
	}
	if out.err = t.quote.InInto(&t.total, to, rates); out.err != nil {
		return
	}
	out.status, out.sum, out.scale = t.quote.Status(), t.total.sum.Coef(), t.total.sum.Scale()
	for f := range out.family {
		m, state, _ := t.total.family(Family(f))
		out.family[f], out.scales[f], out.state[f] = m.Coef(), m.Scale(), state
	}
}

// Len is the number of journeys.
func (t *Totals) Len() int {
	if t == nil {
		return 0
	}
	return len(t.costs)
}

// at is journey i, or one of which nothing is known.
func (t *Totals) at(i int) *cost {
	if i < 0 || i >= t.Len() {
		return &cost{status: Incomplete}
	}
	return &t.costs[i]
}

// money is an amount of a journey, zero Money where it has none.
func (t *Totals) money(c *cost, coef int64, scale uint8) money.Money {
	if t == nil || c.err != nil {
		return money.Money{}
	}
	m, _ := t.zero.WithAmount(coef, scale) // at most 18 digits
	return m
}

// Err says why journey i has no total; nil where it has. It is [Problems].
func (t *Totals) Err(i int) error { return t.at(i).err }

// Status says how far the total of journey i can be relied on. It is Incomplete where there is none.
func (t *Totals) Status(i int) Status { return t.at(i).status }

// Sum is the total of journey i, zero Money where there is none.
func (t *Totals) Sum(i int) money.Money {
	c := t.at(i)
	return t.money(c, c.sum, c.scale)
}

// Family is what of the total of journey i is for a family, and what the amount means, as [Total.Family] says. It is zero
// Money and NotPriced where there is no total.
func (t *Totals) Family(i int, f Family) (money.Money, State) {
	c := t.at(i)
	if f >= ratecard.FamilyCount {
		f = 0
	}
	return t.money(c, c.family[f], c.scales[f]), c.state[f]
}
