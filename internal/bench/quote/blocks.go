package quote

import (
	"fmt"

	"github.com/overseaswarehouse/overseas/fees"
	"github.com/overseaswarehouse/overseas/fees/money"
)

// blocks prices by the public API in blocks: the totals of many shipments at once, of each the sum and the families in USD.
type blocks struct {
	calc     *fees.Calculator
	rates    *money.Rates
	journeys []*fees.Journey
	in       *fees.Catalogue // the same, read in before; nil: they are read each time
	totals   fees.Totals
	from     int // the shipments that totals is of
}

// blockOf is how many shipments are priced at once.
const blockOf = 512

func newBlocks(all []*fees.Journey, catalogue bool) (*blocks, error) {
	calc, rates, err := Library()
	b := &blocks{calc: calc, rates: rates, journeys: all, from: -1}
	if catalogue {
		b.in = fees.NewCatalogue(all)
	}
	return b, err
}

// quote prices the shipments from one on.
func (b *blocks) quote(from int) error {
	until := min(from+blockOf, len(b.journeys))
	b.from = from
	if b.in == nil {
		b.calc.TotalsInto(&b.totals, b.journeys[from:until], usd, b.rates)
	} else {
		b.calc.CatalogueInto(&b.totals, b.in, from, until, usd, b.rates)
	}
	for i := range b.totals.Len() {
		if err := b.totals.Err(i); err != nil {
			return err
		}
	}
	return nil
}

// check is the figures of shipment i: the total as it stands in the block, and the lines of its quote, which the families of
// the block have to be the sums of.
func (b *blocks) check(i int) (out result, err error) {
	if from := i / blockOf * blockOf; b.from != from {
		if err := b.quote(from); err != nil {
			return out, err
		}
	}
	var q fees.Quote
	if err := b.calc.JourneyInto(&q, b.journeys[i]); err != nil {
		return out, err
	}
	total, err := q.In(usd, b.rates)
	if err != nil {
		return out, err
	}
	if out, err = figures(total); err != nil {
		return out, err
	}
	var sums [fees.Other + 1]int64
	for line := range total.Lines() {
		sums[line.Family()] += line.In.Coef()
	}
	for f := fees.FirstLeg; f <= fees.Other; f++ {
		if m, _ := b.totals.Family(i-b.from, f); m.Coef() != sums[f] || m.Scale() != 2 {
			return out, fmt.Errorf("%v is %v, its lines sum to %d", f, m, sums[f])
		}
	}
	sum := b.totals.Sum(i - b.from)
	if sum.Scale() != 2 {
		return out, fmt.Errorf("total %v", sum)
	}
	out.total = sum.Coef()
	return out, nil
}

// figures are those of a total.
func figures(total *fees.Total) (out result, err error) {
	for line := range total.Lines() {
		at, ok := lineOf[line.Card()+"/"+line.Code()]
		if !ok || line.Amount().Scale() != 2 || line.In.Scale() != 2 {
			return out, fmt.Errorf("line %s/%s %v", line.Card(), line.Code(), line.Amount())
		}
		out.lines[at], out.in[at] = line.Amount().Coef(), line.In.Coef()
	}
	out.total = total.Sum().Coef()
	return out, nil
}
