package scenario

import (
	"errors"
	"strings"
	"testing"

	"github.com/overseaswarehouse/overseas/fees"
	"github.com/overseaswarehouse/overseas/fees/batch"
	"github.com/overseaswarehouse/overseas/fees/unit"
)

// TestEachProductBearsItsOwnDuty: lamps at 10 % and books free of duty, of equal value, in one declaration.
func TestEachProductBearsItsOwnDuty(t *testing.T) {
	de, err := fees.CustomsCard(nation("DE"))
	if err != nil {
		t.Fatal(err)
	}
	calc, err := fees.Compile(de)
	if err != nil {
		t.Fatal(err)
	}
	r := &run{}
	r.alt = &Alternative{Cards: calc}
	entry := &fees.Entry{
		Destination: nation("DE"), Date: day("2026-03-02"), Importer: fees.Importer{TaxRegistered: fees.Yes}, Facts: fees.Facts{"mode": "sea"},
		Lines: []fees.EntryLine{
			{SKU: "LAMP", HS: "940521", Units: 10, Goods: eur("1000.00"), Duties: []fees.Duty{{Code: "third_country", Rate: must(unit.ParsePercent("10%"))}}},
			{SKU: "BOOK", HS: "490199", Units: 10, Goods: eur("1000.00"), Duties: fees.NoDuty()},
		},
	}
	items := []batch.Item{{SKU: "LAMP", Units: 10, Value: eur("1000.00")}, {SKU: "BOOK", Units: 10, Value: eur("1000.00")}}
	share := func(spread batch.Spread, amount, lamps, books string) {
		t.Helper()
		got, err := batch.Share(eur(amount), items, spread)
		if err != nil || !got[0].Equal(eur(lamps)) || !got[1].Equal(eur(books)) {
			t.Errorf("%s is shared as %v %v, want %s and %s", amount, got, err, lamps, books)
		}
	}
	byLine := func() func(batch.Component) batch.Spread {
		t.Helper()
		spread, ok := r.byLine(entry)
		if !ok {
			t.Fatal(r.into.Err())
		}
		return spread
	}
	spread := byLine()
	share(spread(batch.Tariff), "100.00", "100.00", "0.00")
	share(spread(batch.Tax), "399.00", "209.00", "190.00") // 19 % of 1100 and of 1000

	for i := range entry.Lines { // nothing by line to go by
		entry.Lines[i].Duties = fees.NoDuty()
	}
	share(byLine()(batch.Tariff), "45.00", "22.50", "22.50")
	r.alt.Cards = compile(t, card("customs", customs)) // a list that says nothing of lines
	share(byLine()(batch.Tariff), "20.00", "10.00", "10.00")

	r.alt.Cards = calc // customs that cannot say are no customs that do not say
	entry.Lines[1].Duties = nil
	if _, ok := r.byLine(entry); ok || !errors.Is(r.into.Err(), ErrMissing) || !strings.Contains(r.into.Err().Error(), "/import") {
		t.Error(r.into.Err())
	}
}
