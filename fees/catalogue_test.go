package fees_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/language"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees"
	"github.com/overseaswarehouse/overseas/fees/money"
)

// TestCatalogueIsItsJourneys holds that what a catalogue says of each journey is what its quote says, from any place to any
// other, before and after events have changed, for one calculator and another, with odd journeys among the usual.
func TestCatalogueIsItsJourneys(t *testing.T) {
	calc, rates, customs := fiveCards(t), fiveRates(t), customsRates(t)
	other, err := calc.Only("fivepart-firstleg", "fivepart-storage", "fivepart-tariff")
	if err != nil {
		t.Fatal(err)
	}
	d := rand.New(rand.NewPCG(8, 15))
	priced, failed := 0, 0
	for round, n := range []int{1, 63, 64, 65, 130, 200, 300} {
		shipments := fiveShipments(t, n)
		journeys := make([]*fees.Journey, n)
		linked := round%3 == 1
		for i := range journeys {
			j := shipments[i].journey()
			if linked != (d.IntN(100) == 0) {
				link(&shipments[i], &j, customs)
			}
			if d.IntN(12) == 0 {
				spoil(d, &shipments[i], &j)
			}
			journeys[i] = &j
		}
		if n > 100 {
			journeys[n/2] = nil
		}
		k := fees.NewCatalogue(journeys)
		if k.Len() != n {
			t.Fatal(k.Len(), n)
		}
		var totals fees.Totals
		hold := func(calc *fees.Calculator, from, until int) {
			t.Helper()
			calc.CatalogueInto(&totals, k, from, until, usdOf, rates)
			from, until = max(from, 0), min(until, n)
			if totals.Len() != max(until-from, 0) {
				t.Fatal(totals.Len(), from, until)
			}
			for i := range totals.Len() {
				ok, what := alike(calc, &totals, i, journeys[from+i], usdOf, rates)
				if what != "" {
					t.Fatalf("round %d, journey %d of %d to %d: %s\n%+v", round, from+i, from, until, what, journeys[from+i])
				}
				if ok {
					priced++
				} else {
					failed++
				}
			}
		}
		hold(calc, 0, n)
		hold(other, -5, n+5)
		for range 8 {
			hold(calc, d.IntN(n+1), d.IntN(n+1))
		}
		for i := range journeys { // other goods, other freight, other parcels
			s, j := &shipments[i], journeys[i]
			s.line[0].Goods, _ = money.Of(1+d.Int64N(1_000_000), 2, eurOf)
			if j != nil && d.IntN(9) == 0 {
				j.FreightFromLeg = !j.FreightFromLeg
			}
			s.parcel[0].Units = 1 + d.Int64N(9)
			if d.IntN(30) == 0 {
				s.parcel[0].Units = -1
			}
		}
		k.Refresh(fees.OnImport, -1, n+1)
		k.Refresh(fees.OnOrder, 0, n)
		hold(calc, 0, n)
		for _, j := range journeys { // fewer consignments
			if j != nil && d.IntN(20) == 0 {
				j.Consignment = nil
			}
		}
		k.Refresh(fees.OnConsign, 0, n)
		hold(calc, 0, n)
		for i := range journeys {
			m, _ := money.Of(d.Int64N(90_000), uint8(1+d.IntN(20)/19), eurOf)
			if d.IntN(20) == 0 {
				m, _ = money.Of(-1, 2, []country.Currency{eurOf, usdOf}[d.IntN(2)])
			}
			err := k.SetFreight(i, m)
			if j := journeys[i]; (err == nil) != (j != nil && j.Entry != nil && !j.FreightFromLeg) || err == nil && j.Entry.Lines[0].FreightToBorder != m {
				t.Fatal(i, err)
			}
		}
		hold(calc, 0, n)
	}
	t.Log(priced, "priced", failed, "failed")
	if priced < 3000 || failed < 500 {
		t.Error(priced, "priced", failed, "failed")
	}
}

// link makes the freight of a shipment's entry that of its first leg.
func link(s *fiveEvents, j *fees.Journey, customs *money.Rates) {
	s.line[0].FreightToBorder, s.entry.Rates, j.FreightFromLeg = money.Money{}, customs, true
}

func customsRates(t testing.TB) *money.Rates {
	t.Helper()
	rate, err := money.ParseRate("1 CNY = 0.127835 EUR")
	if err != nil {
		t.Fatal(err)
	}
	rates, err := money.NewRates(rate)
	if err != nil {
		t.Fatal(err)
	}
	return rates
}

// What a catalogue does not have.
func TestCatalogueOfNothing(t *testing.T) {
	var none *fees.Catalogue
	calc := fiveCards(t)
	for _, k := range []*fees.Catalogue{none, {}, fees.NewCatalogue(nil)} {
		var totals fees.Totals
		calc.CatalogueInto(&totals, k, 0, 3, usdOf, nil)
		k.Refresh(fees.OnOrder, 0, 3)
		var ps fees.Problems
		if err := k.SetFreight(0, money.Money{}); k.Len() != 0 || totals.Len() != 0 || !errors.As(err, &ps) || ps[0].Code != "number_range" {
			t.Error(k.Len(), totals.Len(), err)
		}
	}
	s := fiveShipments(t, 2)
	j, empty := s[0].journey(), fees.Journey{}
	s[0].entry.Lines = append(s[0].entry.Lines, s[1].line[0])
	k := fees.NewCatalogue([]*fees.Journey{&j, &empty, nil})
	calc.CatalogueInto(nil, k, 0, 1, usdOf, nil)
	for i, want := range []string{`/entry/lines: the number "2" is outside the range: 1 [number_range]`, `"entry" is missing [input_missing]`, `"entry" is missing [input_missing]`, `the number "3" is outside the range: 0 … 2 [number_range]`} {
		if err := k.SetFreight(i, money.Money{}); err == nil || err.Error() != want {
			t.Error(i, err)
		}
	}
}

// TestCatalogueAllocatesNothing pins the cost of warm totals, linked entries included.
func TestCatalogueAllocatesNothing(t *testing.T) {
	calc, rates, customs := fiveCards(t), fiveRates(t), customsRates(t)
	shipments := fiveShipments(t, 150)
	var journeys []*fees.Journey
	for i := range shipments {
		shipments[i].entry.Date = shipments[0].entry.Date
		j := shipments[i].journey()
		link(&shipments[i], &j, customs)
		journeys = append(journeys, &j)
	}
	k := fees.NewCatalogue(journeys)
	var totals fees.Totals
	if n := testing.AllocsPerRun(20, func() { calc.CatalogueInto(&totals, k, 3, 149, usdOf, rates) }); n != 0 {
		t.Errorf("warm totals allocate %v times", n)
	}
	if n := testing.AllocsPerRun(20, func() { calc.TotalsInto(&totals, journeys, usdOf, rates) }); n != 0 {
		t.Errorf("warm totals of journeys allocate %v times", n)
	}
	if n := testing.AllocsPerRun(5, func() { k.Refresh(fees.OnImport, 0, 150) }); n != 0 {
		t.Errorf("refreshing allocates %v times", n)
	}
}

// TestFreightFromLeg holds that an entry whose freight is that of the first leg is priced as one that says so, alone, explained
// and among others.
func TestFreightFromLeg(t *testing.T) {
	calc, rates, customs := fiveCards(t), fiveRates(t), customsRates(t)
	shipments := fiveShipments(t, 400)
	d := rand.New(rand.NewPCG(4, 2))
	var journeys []*fees.Journey
	var said []fees.Journey
	for i := range shipments {
		s := &shipments[i]
		s.entry.Date = shipments[i/100].entry.Date
		j := s.journey()
		leg, err := calc.Quote(&s.consignment)
		if err != nil {
			t.Fatal(err)
		}
		freight, err := leg.Sum()
		if err != nil {
			t.Fatal(err)
		}
		one, e := j, s.entry
		e.Lines = slices.Clone(e.Lines)
		e.Rates, e.Lines[0].FreightToBorder = customs, freight
		one.Entry = &e
		said = append(said, one)
		link(s, &j, customs)
		if d.IntN(10) == 0 {
			s.entry.Rates = customsRates(t) // not the same, but equal
		}
		journeys = append(journeys, &j)
	}
	var totals fees.Totals
	calc.TotalsInto(&totals, journeys, usdOf, rates)
	for i, j := range journeys {
		if ok, what := alike(calc, &totals, i, &said[i], usdOf, rates); !ok || what != "" {
			t.Fatalf("journey %d: %s", i, what)
		}
		if ok, what := alike(calc, &totals, i, j, usdOf, rates); !ok || what != "" {
			t.Fatalf("journey %d: %s", i, what)
		}
		x, err := calc.ExplainJourney(j)
		if err != nil {
			t.Fatal(err)
		}
		q, _ := calc.Journey(j)
		if !slices.Equal(slices.Collect(x.Quote().Lines()), slices.Collect(q.Lines())) {
			t.Fatalf("journey %d is explained as another", i)
		}
		if i%50 == 0 {
			r := x.Record(language.English)
			if err := errors.Join(r.Verify(), fees.VerifyAgainst(r, slices.Collect(calc.Cards())...)); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// The freight of several lines is shared by the value of their goods, to the last cent; what cannot be is refused.
func TestFreightFromLegOfLines(t *testing.T) {
	calc, customs := fiveCards(t), customsRates(t)
	s := fiveShipments(t, 3)
	j := s[0].journey()
	link(&s[0], &j, customs)
	euros := func(cents int64) money.Money { m, _ := money.Of(cents, 2, eurOf); return m }
	s[0].line[0].Goods = euros(100_00)
	other := s[0].line[0]
	other.Goods = euros(200_00)
	s[0].entry.Lines = []fees.EntryLine{s[0].line[0], other, other}
	leg, _ := calc.Quote(&s[0].consignment)
	freight, _ := leg.Sum()
	q, err := calc.Journey(&j)
	if err != nil {
		t.Fatal(err)
	}
	said := s[0].entry
	said.Lines = slices.Clone(said.Lines)
	c := freight.Coef()
	for i, upTo := range []int64{c / 5, c * 3 / 5, c} {
		if said.Lines[i].FreightToBorder, err = freight.WithAmount(upTo-[]int64{0, c / 5, c * 3 / 5}[i], 2); err != nil {
			t.Fatal(err)
		}
	}
	entry, err := calc.Quote(&said)
	if err != nil {
		t.Fatal(err)
	}
	var got []fees.Line
	for l := range q.Lines() {
		if l.Kind() == fees.OnImport {
			got = append(got, l)
		}
	}
	if want := slices.Collect(entry.Lines()); len(got) == 0 || !slices.Equal(got, want) {
		t.Errorf("%v, wanted %v", got, want)
	}

	for want, spoil := range map[string]func(j *fees.Journey, e *fees.Entry){
		`"consignment" is missing [input_missing]`: func(j *fees.Journey, _ *fees.Entry) { j.Consignment = nil },
		`/entry/lines/1: "freight_to_border" cannot stand here together with freight_from_leg [fields_exclude]`: func(_ *fees.Journey, e *fees.Entry) {
			e.Lines[1].FreightToBorder = euros(1)
		},
		`/entry/lines/2: an amount in "2 USD" where EUR is needed [currency_mismatch]`: func(_ *fees.Journey, e *fees.Entry) { e.Lines[2].Goods, _ = money.Of(2, 0, usdOf) },
		`/entry/lines: "goods" is missing [input_missing]`: func(_ *fees.Journey, e *fees.Entry) {
			for i := range e.Lines {
				e.Lines[i].Goods = euros(0)
			}
		},
	} {
		bad, e := j, s[0].entry
		e.Lines = slices.Clone(e.Lines)
		bad.Entry = &e
		spoil(&bad, &e)
		_, err := calc.Journey(&bad)
		_, explained := calc.ExplainJourney(&bad)
		if err == nil || err.Error() != want || explained == nil || explained.Error() != want {
			t.Errorf("%v and %v, wanted %s", err, explained, want)
		}
		if bad.Partial = true; bad.Consignment != nil {
			if q, err := calc.Journey(&bad); err != nil || q.Status() != fees.Incomplete || len(q.Missing()) != 1 {
				t.Error(want, q.Status(), q.Missing(), err)
			}
		}
	}
	// A consignment that cannot be priced is said once.
	bad, c2 := j, *j.Consignment
	c2.Date = country.Date{Year: 2026, Month: 2, Day: 30}
	bad.Consignment = &c2
	_, err = calc.Journey(&bad)
	_, explained := calc.ExplainJourney(&bad)
	var ps fees.Problems
	if !errors.As(err, &ps) || len(ps) != 1 || explained == nil || explained.Error() != err.Error() {
		t.Error(err, explained)
	}
}

// A first leg that is a credit is refused as it is written, alone, explained and among others.
func TestFreightFromLegOfACredit(t *testing.T) {
	var cards []*fees.Card
	for i, rest := range []string{
		`"currency": "CNY", "charges": [{"on": "consign", "code": "back", "family": "first_leg", "credit": true, "price": "-5"}]`,
		`"currency": "EUR", "charges": [{"on": "import", "code": "fee", "family": "tariff", "each": "line", "percent": "1%", "of": ["goods", "freight_to_border"]}]`,
	} {
		card, err := fees.ParseCard(strings.NewReader(`{"schema": "overseas/ratecard/1", "id": "c` + string(rune('0'+i)) + `", "provider": "P", "tax": "none",
			"effective": {"from": "2026-01-01"}, "sources": [{"url": "https://example.com"}], ` + rest + `}`))
		if err != nil {
			t.Fatal(err)
		}
		cards = append(cards, card)
	}
	calc, err := fees.Compile(cards...)
	if err != nil {
		t.Fatal(err)
	}
	s := fiveShipments(t, 1)
	j := s[0].journey()
	j.Stay, j.Order = nil, nil
	link(&s[0], &j, customsRates(t))
	const want = `/entry/lines/0: "-5.00 CNY" is negative [negative]`
	_, err = calc.Journey(&j)
	_, explained := calc.ExplainJourney(&j)
	var totals fees.Totals
	calc.TotalsInto(&totals, []*fees.Journey{&j}, usdOf, fiveRates(t))
	for _, err := range []error{err, explained, totals.Err(0)} {
		if err == nil || err.Error() != want {
			t.Error(err)
		}
	}
}

// TestJourneysSayWhichEvent holds that the same fault of two events is told apart, also by explanations.
func TestJourneysSayWhichEvent(t *testing.T) {
	calc := fiveCards(t)
	s := fiveShipments(t, 1)
	j := s[0].journey()
	j.Return = &fees.Return{Date: s[0].order.Date, Country: s[0].order.Country, Parcels: []fees.Parcel{{Count: -1}}}
	s[0].parcel[0].Count = -1
	_, err := calc.Journey(&j)
	_, explained := calc.ExplainJourney(&j)
	for _, err := range []error{err, explained} {
		text := fmt.Sprint(err)
		if !strings.Contains(text, `/order/parcels/0: "-1" is negative`) || !strings.Contains(text, "/return") {
			t.Error(text)
		}
	}
}
