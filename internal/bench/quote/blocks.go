package quote

import (
	"fmt"

	"github.com/overseaswarehouse/overseas/fees"
	"github.com/overseaswarehouse/overseas/fees/money"
)

// blocks prices by the public API in blocks: the totals of many shipments at once, of each the sum and the families in USD.
// What the first leg comes to in CNY goes into the entry, as in library, so that it is priced before.
type blocks struct {
	library
	customs money.Exchange
	sent    []*fees.Journey // the first legs alone
	whole   []*fees.Journey
	legs    fees.Totals
	totals  fees.Totals
	from    int // the shipments that totals is of

	sentIn, wholeIn *fees.Catalogue // both, read in before; nil: they are read each time
}

// blockOf is how many shipments are priced at once.
const blockOf = 512

func newBlocks(all []*events, customs *money.Rates, catalogue bool) (*blocks, error) {
	lib, err := newLibrary()
	if err != nil {
		return nil, err
	}
	x, err := customs.Exchange(cny, euro, 2, money.HalfUp)
	if err != nil {
		return nil, err
	}
	b := &blocks{library: *lib, customs: x, from: -1}
	for _, e := range all {
		b.sent = append(b.sent, &fees.Journey{Consignment: &e.consign})
		b.whole = append(b.whole, &fees.Journey{Consignment: &e.consign, Stay: &e.stay, Order: &e.order, Entry: &e.entry})
	}
	if catalogue {
		b.sentIn, b.wholeIn = fees.NewCatalogue(b.sent), fees.NewCatalogue(b.whole)
	}
	return b, nil
}

var cny = [3]byte{'C', 'N', 'Y'}

// quote prices the shipments from one on.
func (b *blocks) quote(from int) error {
	until := min(from+blockOf, len(b.whole))
	b.from = from
	if b.sentIn == nil {
		b.calc.TotalsInto(&b.legs, b.sent[from:until], cny, nil)
	} else {
		b.calc.CatalogueInto(&b.legs, b.sentIn, from, until, cny, nil)
	}
	for i, j := range b.whole[from:until] {
		if err := b.legs.Err(i); err != nil {
			return err
		}
		value, err := b.customs.Convert(b.legs.Sum(i))
		if err != nil {
			return err
		}
		if b.wholeIn == nil {
			j.Entry.Lines[0].FreightToBorder = value
		} else if err := b.wholeIn.SetFreight(from+i, value); err != nil {
			return err
		}
	}
	if b.wholeIn == nil {
		b.calc.TotalsInto(&b.totals, b.whole[from:until], usd, b.rates)
	} else {
		b.calc.CatalogueInto(&b.totals, b.wholeIn, from, until, usd, b.rates)
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
	if err := b.calc.JourneyInto(&q, b.whole[i]); err != nil {
		return out, err
	}
	total, err := q.In(usd, b.rates)
	if err != nil {
		return out, err
	}
	var sums [fees.Other + 1]int64
	for line := range total.Lines() {
		at, ok := lineOf[line.Card()+"/"+line.Code()]
		if !ok {
			return out, fmt.Errorf("line %s/%s", line.Card(), line.Code())
		}
		out.lines[at], out.in[at] = line.Amount().Coef(), line.In.Coef()
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
