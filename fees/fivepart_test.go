package fees_test

import (
	"bytes"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees"
	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/fees/unit"
)

// The quote in five parts of the engine's tests, asked for by the events of a shipment.

var (
	eurOf = country.Currency{'E', 'U', 'R'}
	usdOf = country.Currency{'U', 'S', 'D'}
)

// fiveCards compiles the five cards.
func fiveCards(t testing.TB) *fees.Calculator {
	t.Helper()
	files, err := filepath.Glob("../internal/engine/testdata/fivepart/*.json")
	if err != nil || len(files) != 5 {
		t.Fatal(files, err)
	}
	var cards []*fees.Card
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		card, err := fees.ParseCard(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		cards = append(cards, card)
	}
	calc, err := fees.Compile(cards...)
	if err != nil {
		t.Fatal(err)
	}
	return calc
}

// fiveRates are those of the quote's currencies to USD, with six decimals.
func fiveRates(t testing.TB) *money.Rates {
	t.Helper()
	var list []money.Rate
	for _, text := range []string{"1 CNY = 0.139215 USD", "1 EUR = 1.083519 USD", "1 GBP = 1.270001 USD", "1 USD = 0.922919 EUR"} {
		r, err := money.ParseRate(text)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, r)
	}
	rates, err := money.NewRates(list...)
	if err != nil {
		t.Fatal(err)
	}
	return rates
}

// fiveEvents are the events of one shipment of one carton, lot, parcel and declaration line.
type fiveEvents struct {
	consignment fees.Consignment
	stay        fees.Stay
	order       fees.Order
	entry       fees.Entry
	carton      [1]fees.Carton
	lot         [1]fees.Lot
	parcel      [1]fees.Parcel
	line        [1]fees.EntryLine
}

func (s *fiveEvents) all() [4]fees.Event {
	return [4]fees.Event{&s.consignment, &s.stay, &s.order, &s.entry}
}

func fiveShipments(t testing.TB, n int) []fiveEvents {
	t.Helper()
	d := rand.New(rand.NewPCG(1, 11))
	list := make([]fiveEvents, n)
	duties := fees.NoDuty()
	for i := range list {
		s := &list[i]
		kg, err1 := unit.WeightOf(1+d.Int64N(31_499), 3, unit.Kilogram)
		side := func() unit.Length {
			l, err := unit.LengthOf(50+d.Int64N(1150), 1, unit.Centimetre)
			if err != nil {
				t.Fatal(err)
			}
			return l
		}
		size, err2 := unit.NewSize(side(), side(), side())
		eur := func(most int64) money.Money {
			m, err := money.Of(1+d.Int64N(most), 2, eurOf)
			if err != nil {
				t.Fatal(err)
			}
			return m
		}
		if err1 != nil || err2 != nil {
			t.Fatal(err1, err2)
		}
		date, _ := country.Date{Year: 2026, Month: 3, Day: 1}.AddDays(d.IntN(200))
		end, _ := date.AddDays(1 + d.IntN(400))
		de := country.Code{'D', 'E'}
		s.carton[0] = fees.Carton{Count: 1 + d.Int64N(3), Weight: kg, Size: size}
		s.consignment = fees.Consignment{Date: date, Destination: de, Cartons: s.carton[:]}
		s.lot[0] = fees.Lot{Units: 1 + d.Int64N(500), Weight: kg, Size: size}
		s.stay = fees.Stay{From: date, To: end, Country: de, Lots: s.lot[:]}
		s.parcel[0] = fees.Parcel{Weight: kg, Size: size, Units: 1 + d.Int64N(9)}
		zone := []string{"01067", "10115", "20095", "30159", "44135", "60311", "70173", "80331"}[d.IntN(8)]
		s.order = fees.Order{Date: date, Country: de, PostalCode: zone, Parcels: s.parcel[:]}
		s.line[0] = fees.EntryLine{Units: 1, Goods: eur(2_000_000), FreightToBorder: eur(40_000), Insurance: eur(900), Duties: duties}
		s.entry = fees.Entry{Date: date, Destination: de, Lines: s.line[:]}
	}
	return list
}
