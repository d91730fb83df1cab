package fees_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees"
	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/fees/unit"
)

// spoil makes something of a shipment unusual or wrong, of which there are many kinds.
func spoil(d *rand.Rand, s *fiveEvents, j *fees.Journey) {
	switch d.IntN(41) {
	case 0:
		s.carton[0].Weight = unit.Weight{}
	case 1:
		s.lot[0].Size = unit.Size{}
	case 2:
		s.order.PostalCode = "99999"
	case 3:
		s.order.PostalCode = ""
	case 4:
		s.parcel[0].Units = -1
	case 5:
		s.parcel[0].Weight, _ = unit.WeightOf(31_501, 3, unit.Kilogram)
	case 6:
		s.entry.Destination = country.Code{'J', 'P'}
	case 7:
		s.line[0].Goods, _ = money.Of(5, 0, usdOf)
	case 8:
		s.line[0].Goods, _ = money.Of(999_999_999_999_999_999, 2, eurOf)
	case 9:
		s.consignment.Date = country.Date{Year: 1990, Month: 1, Day: 1}
	case 10:
		s.consignment.Date = country.Date{Year: 2026, Month: 2, Day: 30}
	case 11:
		s.stay.To = s.stay.From
	case 12:
		s.consignment.Cartons = append(s.consignment.Cartons, s.carton[0])
	case 13:
		s.order.Facts = fees.Facts{"nobody": "asks"}
	case 14:
		s.parcel[0].Goods = []fees.Goods{{Units: s.parcel[0].Units, Weight: s.parcel[0].Weight}}
	case 15:
		s.carton[0].Size.L, _ = unit.LengthOf(23, 0, unit.Inch)
	case 16:
		s.carton[0].Size.W, _ = unit.LengthOf(23, 0, unit.Centimetre)
	case 17:
		s.carton[0].Count = 1 << d.IntN(62)
	case 18:
		s.lot[0].Units = 1 << d.IntN(62)
	case 19:
		j.Consignment = nil
	case 20:
		j.Stay, j.Entry = nil, nil
	case 21:
		*j = fees.Journey{Partial: d.IntN(2) == 0}
	case 22:
		s.order.Country = country.Code{'F', 'R'}
		j.Partial = true
	case 23:
		s.lot[0].Units = 0
	case 24:
		s.parcel[0].Size.H = unit.Length{}
	case 25:
		s.lot[0].Size.L = unit.Length{}
	case 26:
		s.carton[0].Value, _ = money.Of(500, 2, usdOf)
	case 27:
		s.parcel[0].Value, _ = money.Of(500, 2, eurOf)
	case 28:
		s.lot[0].Value, _ = money.Of(1, 0, eurOf)
	case 29:
		s.line[0].Packing, _ = money.Of(-1, 2, eurOf)
	case 30:
		s.line[0].Insurance, _ = money.Of(d.Int64N(2), uint8(d.IntN(4)), eurOf)
	case 31:
		s.line[0].OriginInland, _ = money.Of(d.Int64N(99_999), 2, eurOf)
	case 32:
		s.line[0].FreightAfterBorder, _ = money.Of(7, 0, usdOf)
	case 33:
		s.carton[0].Count = -1
	case 34:
		s.lot[0].Units = -1
	case 35:
		s.carton[0].Size = unit.Size{}
		s.carton[0].Volume, _ = unit.VolumeOf(120+d.Int64N(900), 3, unit.CubicMetre)
	case 36:
		s.lot[0].Volume, _ = unit.VolumeOf(5, 0, unit.Litre)
	case 37:
		s.entry.Date = country.Date{Year: 2026, Month: 2, Day: 29}
	case 38:
		s.order.Date = country.Date{}
	case 40:
		s.stay.From.Month = 17
	case 39:
		s.line[0].FreightToBorder, s.line[0].Insurance = money.Money{}, money.Money{}
	}
}

// alike says where the totals of a journey are not what the journey and its total say; "" where they are. priced is false
// where both fail.
func alike(calc *fees.Calculator, t *fees.Totals, i int, j *fees.Journey, to country.Currency, rates *money.Rates) (priced bool, what string) {
	var total *fees.Total
	q, err := calc.Journey(j)
	if err == nil {
		total, err = q.In(to, rates)
	}
	if !reflect.DeepEqual(err, t.Err(i)) {
		return false, fmt.Sprintf("error %v\nalone %v", t.Err(i), err)
	}
	if err != nil {
		if m, s := t.Family(i, fees.Storage); t.Sum(i) != (money.Money{}) || t.Status(i) != fees.Incomplete || m != (money.Money{}) || s != fees.NotPriced {
			return false, fmt.Sprint("it fails, and says ", t.Sum(i), t.Status(i), m, s)
		}
		return false, ""
	}
	got := fmt.Sprint(t.Sum(i), t.Sum(i).Scale(), t.Status(i))
	want := fmt.Sprint(total.Sum(), total.Sum().Scale(), q.Status())
	for p := range total.Families() {
		m, state := t.Family(i, p.Family)
		got += fmt.Sprint("\n", p.Family, m, m.Scale(), state)
		want += fmt.Sprint("\n", p.Family, p.Amount, p.Amount.Scale(), p.State)
	}
	if got != want {
		return true, got + "\nalone " + want
	}
	return true, ""
}

// TestTotalsAreTheirJourneys holds that totals say of each journey what its quote in the currency says, whatever stands
// next to it: with nothing wrong, something now and then, and often, in every number of journeys at the edges of a block.
func TestTotalsAreTheirJourneys(t *testing.T) {
	calc, rates := fiveCards(t), fiveRates(t)
	d := rand.New(rand.NewPCG(3, 14))
	var totals fees.Totals
	priced, failed := 0, 0
	for round, n := range []int{1, 63, 64, 65, 0, 2, 127, 128, 129, 200, 64, 64, 300, 640} {
		shipments := fiveShipments(t, n)
		journeys := make([]*fees.Journey, n)
		for i := range journeys {
			j := shipments[i].journey()
			if often := []int{0, 40, 5}[round%3]; often > 0 && d.IntN(often) == 0 {
				spoil(d, &shipments[i], &j)
			}
			if round == 13 && i%64 < 3 { // a page whose codes begin late
				shipments[i].order.PostalCode = ""
			}
			journeys[i] = &j
			if round == 9 && i%50 == 7 {
				journeys[i] = nil
			}
		}
		to := usdOf
		switch round {
		case 11:
			to = eurOf // to which there is no rate from CNY
		case 10:
			to = country.Currency{}
		}
		calc.TotalsInto(&totals, journeys, to, rates)
		if totals.Len() != n {
			t.Fatal(totals.Len(), n)
		}
		for i, j := range journeys {
			ok, what := alike(calc, &totals, i, j, to, rates)
			if what != "" {
				t.Fatalf("round %d, journey %d: %s\n%+v", round, i, what, j)
			}
			if ok {
				priced++
			} else {
				failed++
			}
		}
	}
	t.Log(priced, "priced", failed, "failed")
	if priced < 1000 || failed < 150 {
		t.Error(priced, "priced", failed, "failed")
	}
}

// Totals of nothing, of no one, and places that are none.
func TestTotalsOfNothing(t *testing.T) {
	var none *fees.Totals
	var zero fees.Totals
	j := fiveShipments(t, 1)[0].journey()
	var calc *fees.Calculator
	calc.TotalsInto(none, []*fees.Journey{&j}, usdOf, nil)
	for _, x := range []*fees.Totals{none, &zero} {
		for _, i := range []int{-1, 0, 1} {
			m, state := x.Family(i, fees.Other+1)
			if x.Len() != 0 || x.Err(i) != nil || x.Status(i) != fees.Incomplete || x.Sum(i) != (money.Money{}) || m != (money.Money{}) || state != fees.NotPriced {
				t.Error(x.Len(), x.Err(i), x.Status(i), x.Sum(i), m, state)
			}
		}
	}
	calc.TotalsInto(&zero, []*fees.Journey{&j, nil, {}}, usdOf, nil)
	for i, want := range []error{fees.ErrNoCard, nil, nil} {
		if err := zero.Err(i); err == nil || want != nil && !errors.Is(err, want) {
			t.Error(i, err)
		}
	}
	if zero.Len() != 3 {
		t.Error(zero.Len())
	}
}

// TestTotalsAllocateNothing pins the cost of warm totals, with a journey that is priced by itself among them.
func TestTotalsAllocateNothing(t *testing.T) {
	calc, rates := fiveCards(t), fiveRates(t)
	shipments := fiveShipments(t, 150)
	shipments[70].consignment.Cartons = append(shipments[70].consignment.Cartons, shipments[71].carton[0])
	journeys := make([]*fees.Journey, len(shipments))
	for i := range journeys {
		j := shipments[i].journey()
		journeys[i] = &j
	}
	var totals fees.Totals
	if n := testing.AllocsPerRun(20, func() {
		calc.TotalsInto(&totals, journeys, usdOf, rates)
		for i := range totals.Len() {
			if m, _ := totals.Family(i, fees.Storage); totals.Err(i) != nil || totals.Sum(i).Sign() == 0 || m.Currency() != usdOf {
				t.Fatal(i, totals.Err(i), totals.Sum(i))
			}
		}
	}); n != 0 {
		t.Errorf("warm totals allocate %v times", n)
	}
}

// Lines that do not fit together, or only by what comes off, are what they are alone.
func TestTotalsAtTheEnds(t *testing.T) {
	for _, prices := range [][]string{{"9999999999999999.99", "0.01"}, {"9999999999999999.99", "0"}, {"5000000000000000", "4999999999999999.99"}, {"6000000000000000", "5000000000000000"}} {
		var charges string
		for i, p := range prices {
			charges += fmt.Sprintf(`, {"on": "order", "code": "c%d", "family": "other", "price": "%s"}`, i, p)
		}
		card, err := fees.ParseCard(strings.NewReader(`{"schema": "overseas/ratecard/1", "id": "ends", "provider": "P", "currency": "EUR", "tax": "none",
			"effective": {"from": "2026-01-01"}, "sources": [{"url": "https://example.com"}], "charges": [` + charges[2:] + `]}`))
		if err != nil {
			t.Fatal(err)
		}
		calc, err := fees.Compile(card)
		if err != nil {
			t.Fatal(err)
		}
		j := &fees.Journey{Order: &fees.Order{Date: country.Date{Year: 2026, Month: 2, Day: 1}, Parcels: []fees.Parcel{{}}}}
		var totals fees.Totals
		for _, to := range []country.Currency{eurOf, usdOf} {
			calc.TotalsInto(&totals, []*fees.Journey{j, j}, to, fiveRates(t))
			for i := range 2 {
				if _, what := alike(calc, &totals, i, j, to, fiveRates(t)); what != "" {
					t.Error(prices, to, what)
				}
			}
		}
	}
}
