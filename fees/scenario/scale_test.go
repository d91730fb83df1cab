package scenario

import (
	"errors"
	"strings"
	"testing"

	"github.com/overseaswarehouse/overseas/fees"
)

// TestMinimumBillOfMany: however many orders a month has, the minimum bill is held against as many quotes as there are
// kinds of bills, and comes to the same.
func TestMinimumBillOfMany(t *testing.T) {
	for _, c := range []struct {
		pace, least string
		want        string // what the minimum adds in the two months
	}{
		{"60", "400.00", "320.00"},             // 60 x 4.00 are 160.00 short of it, twice
		{"50000", "200100.00", "200.00"},       // 50000 x 4.00 are 100.00 short of it, twice
		{"50000", "200000.00", "0.00"},         // as much as the minimum
		{"50000", "199999.99", "0.00"},         // more than it
		{"60.5", "400.00", "316.00"},           // 60 and 61 orders: not the same number each month
		{"49999.5", "200000.00", "4.00"},       // 49999 and 50000 orders
		{"100000", "1000000.00", "1200000.00"}, // 600000.00 short of it, twice
	} {
		p, a := small(), own(t)
		p.Products[0].Sales[0].Rate = rate(c.pace)
		a.Batch.Units = 300_000
		a.Cards = compile(t, card("sea", firstLeg), card("dhl", delivery), card("customs", customs),
			card("own", `{"on": "period", "code": "least", "family": "other", "top_up": {"to": "`+c.least+`", "of": ["family:local_delivery"]}},
			{"on": "return", "code": "back", "family": "handling", "price": "0.00"}, {"on": "remove", "code": "scrap", "family": "handling", "price": "0.00"}`))
		cmp := Compare(p, a)
		if err := cmp.Results()[0].Err(); err != nil {
			t.Fatal(err)
		}
		sum := eur("0.00")
		for _, pay := range cmp.Results()[0].Figures.Cash {
			if pay.For == PayRent {
				sum = must(sum.Add(pay.Amount))
			}
		}
		if plain(sum) != c.want {
			t.Errorf("%s a month, at least %s: %s instead of %s", c.pace, c.least, sum, c.want)
		}
		periods := 0
		for _, e := range cmp.Events(0) {
			if e, ok := e.(*fees.Period); ok {
				if periods++; len(e.Billed) != 1 {
					t.Errorf("%s a month: %d quotes of orders that all cost the same", c.pace, len(e.Billed))
				}
			}
		}
		if periods != 2 {
			t.Errorf("%d periods", periods)
		}
	}
}

// TestParcelValueOverflows: the value of a parcel is never what is left of a product that a word cannot hold.
func TestParcelValueOverflows(t *testing.T) {
	p, a := small(), direct(t)
	de, err := fees.CustomsCard(nation("DE"))
	if err != nil {
		t.Fatal(err)
	}
	a.Cards = must(fees.Compile(must(fees.ParseCard(strings.NewReader(card("post", directCharges)))), de))
	a.Stages = []Stage{Deliver, ParcelImport}
	a.Freight, a.DutyPaid, a.TaxAtSale, a.Risks.Refused = pct("0%"), fees.Yes, fees.No, pct("0%")
	p.Products[0].Orders[0].Pieces = 1_000_000
	a.Batch.Units = 60_000_000
	p.Products[0].Price = eur("184467440737.10") // a million times that is 4483.84 in 64 bits
	if r := Evaluate(p, a); r.Figures != nil || !errors.Is(r.Err(), fees.ErrOverflow) {
		t.Errorf("%v", r.Problems)
	}
}
