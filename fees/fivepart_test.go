package fees_test

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
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

func (s *fiveEvents) journey() fees.Journey {
	return fees.Journey{Consignment: &s.consignment, Entry: &s.entry, Stay: &s.stay, Order: &s.order}
}

// TestFivePartJourney holds that a journey in a quote and a total that are used again is the sum of its events, each
// quoted and converted for itself line by line.
func TestFivePartJourney(t *testing.T) {
	calc, rates := fiveCards(t), fiveRates(t)
	var q fees.Quote
	var total fees.Total
	for i, s := range fiveShipments(t, 500) {
		j := s.journey()
		if err := calc.JourneyInto(&q, &j); err != nil {
			t.Fatal(err)
		}
		to := usdOf
		if i%5 == 4 {
			to = eurOf
		}
		err := q.InInto(&total, to, rates)
		if to == eurOf { // there is no rate from CNY
			if !errors.Is(err, fees.ErrNoRate) || total.Sum().Sign() != 0 || total.Currency() != (country.Currency{}) {
				t.Fatal(err, total.Sum())
			}
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		var want []string
		sum, _ := money.Of(0, 2, usdOf)
		for _, e := range []fees.Event{&s.consignment, &s.entry, &s.stay, &s.order} {
			one, err := calc.Quote(e)
			if err != nil {
				t.Fatal(err)
			}
			for l := range one.Lines() {
				m, how, err := rates.Convert(l.Amount(), usdOf, 2, money.HalfUp)
				if err != nil {
					t.Fatal(err)
				}
				if l.Amount().Currency() == usdOf {
					how = money.Conversion{}
				}
				want = append(want, fmt.Sprint(l.Card(), l.Code(), l.Amount(), m, how))
				if sum, err = sum.Add(m); err != nil {
					t.Fatal(err)
				}
			}
		}
		var got []string
		for c := range total.Lines() {
			got = append(got, fmt.Sprint(c.Card(), c.Code(), c.Amount(), c.In, c.Rate))
		}
		if !slices.Equal(got, want) || total.Sum() != sum || len(got) < 8 {
			t.Fatalf("%v %v\nwant %v %v", got, total.Sum(), want, sum)
		}
		if again, err := q.In(usdOf, rates); err != nil || again.Sum() != sum {
			t.Fatal(again.Sum(), err)
		}
	}
}

// TestFivePartAllocatesNothing pins the cost of a warm journey in one currency.
func TestFivePartAllocatesNothing(t *testing.T) {
	calc, rates := fiveCards(t), fiveRates(t)
	var q fees.Quote
	var total fees.Total
	shipments := fiveShipments(t, 16)
	i := 0
	if n := testing.AllocsPerRun(100, func() {
		i++
		j := shipments[i%16].journey()
		if err := calc.JourneyInto(&q, &j); err != nil {
			t.Fatal(err)
		}
		if err := q.InInto(&total, usdOf, rates); err != nil {
			t.Fatal(err)
		}
	}); n != 0 {
		t.Errorf("a warm journey allocates %v times", n)
	}
}

// A sum beyond 18 digits, an amount that is, and lines with more decimals than the currency.
func TestTotalAtTheEnds(t *testing.T) {
	card := func(prices string) *fees.Calculator {
		t.Helper()
		c, err := fees.ParseCard(strings.NewReader(`{"schema": "overseas/ratecard/1", "id": "ends", "provider": "P", "currency": "EUR", "tax": "none",
			"effective": {"from": "2026-01-01"}, "sources": [{"url": "https://example.com"}], "charges": [` + prices + `]}`))
		if err != nil {
			t.Fatal(err)
		}
		calc, err := fees.Compile(c)
		if err != nil {
			t.Fatal(err)
		}
		return calc
	}
	order := &fees.Order{Date: country.Date{Year: 2026, Month: 2, Day: 1}, Parcels: []fees.Parcel{{}}}
	for _, c := range []struct{ prices, to, want string }{
		{`{"on": "order", "code": "a", "family": "other", "price": "1.23456", "round": {"to": "0.0001"}}, {"on": "order", "code": "b", "family": "other", "price": "2"}`, "EUR", "3.2346 EUR"},
		{`{"on": "order", "code": "b", "family": "other", "price": "2"}, {"on": "order", "code": "a", "family": "other", "price": "1.23456", "round": {"to": "0.0001"}}`, "EUR", "3.2346 EUR"},
		{`{"on": "order", "code": "a", "family": "other", "price": "1.23456", "round": {"to": "0.0001"}}, {"on": "order", "code": "b", "family": "other", "price": "2"}`, "USD", "3.51 USD"},
		{`{"on": "order", "code": "a", "family": "other", "price": "9999999999999999.99"}, {"on": "order", "code": "b", "family": "other", "price": "0.01"}`, "EUR", "overflow"},
		{`{"on": "order", "code": "a", "family": "other", "price": "9999999999999999.99"}`, "EUR", "9999999999999999.99 EUR"},
		{`{"on": "order", "code": "a", "family": "other", "price": "9999999999999999.99"}`, "USD", "overflow"},
		{`{"on": "order", "code": "a", "family": "other", "credit": true, "price": "-10"}, {"on": "order", "code": "b", "family": "other", "price": "2.50"}`, "USD", "-8.13 USD"},
	} {
		q, err := card(c.prices).Quote(order)
		if err != nil {
			t.Fatal(c.prices, err)
		}
		total, err := q.In(country.Currency{c.to[0], c.to[1], c.to[2]}, fiveRates(t))
		switch {
		case c.want == "overflow":
			if !errors.Is(err, fees.ErrOverflow) {
				t.Errorf("%s: %v", c.prices, err)
			}
		case err != nil || total.Sum().String() != c.want:
			t.Errorf("%s: %v %v, want %s", c.prices, total.Sum(), err, c.want)
		}
	}
}
