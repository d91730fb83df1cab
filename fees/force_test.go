package fees_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees"
	"github.com/overseaswarehouse/overseas/fees/money"
)

// inForce is a warehouse's list for one country in one year, with pick and storage, beside a carrier's without dates.
func inForce(t *testing.T) *fees.Calculator {
	t.Helper()
	var cards []*fees.Card
	for _, doc := range []string{
		`{"schema": "overseas/ratecard/1", "id": "wh", "provider": "W", "country": "DE", "currency": "EUR", "tax": "none",
		  "effective": {"from": "2026-01-01", "to": "2026-12-31"}, "sources": [{"url": "https://example.com"}],
		  "charges": [{"on": "order", "code": "pick", "family": "handling", "price": "1.85"},
		              {"on": "store", "code": "space", "family": "storage", "each": "lot", "per": "unit", "price": "0.10", "time": {"per": "day"}}]}`,
		`{"schema": "overseas/ratecard/1", "id": "carrier", "provider": "C", "country": ["DE", "AT"], "currency": "EUR", "tax": "none",
		  "effective": {"from": "2020-01-01"}, "sources": [{"url": "https://example.com"}],
		  "charges": [{"on": "order", "code": "parcel", "family": "local_delivery", "each": "parcel", "price": "4.10"}]}`,
	} {
		card, err := fees.ParseCard(strings.NewReader(doc))
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

func eventOf(t *testing.T, doc string) fees.Event {
	t.Helper()
	e, err := fees.ParseEvent(strings.NewReader(`{"schema": "overseas/event/1", ` + doc + `}`))
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func TestACardThatServesTheEventButIsNotInForceIsAnError(t *testing.T) {
	_, err := inForce(t).Quote(eventOf(t, `"event": "order", "date": "2027-05-01", "country": "DE", "parcels": [{"weight": "1 kg"}]`))
	if !errors.Is(err, fees.ErrUnknownOn) || !strings.Contains(err.Error(), "2027-05-01") {
		t.Errorf("an order after the list's end: %v", err)
	}
}

func TestTheFamilyOfACardThatDoesNotServeTheEventIsNotFree(t *testing.T) {
	q, err := inForce(t).Quote(eventOf(t, `"event": "order", "date": "2026-05-01", "country": "AT", "parcels": [{"weight": "1 kg"}]`))
	if err != nil {
		t.Fatal(err)
	}
	rates, err := money.NewRates()
	if err != nil {
		t.Fatal(err)
	}
	total, err := q.In(country.Currency{'E', 'U', 'R'}, rates)
	if err != nil {
		t.Fatal(err)
	}
	if got := total.Family(fees.Handling).State; got != fees.NotPriced {
		t.Errorf("handling by a warehouse that does not serve the country: %v", got)
	}
	if got := total.Family(fees.Storage).State; got != fees.NotAsked {
		t.Errorf("storage of an order: %v", got)
	}
}

func TestAStayOverTheEndOfAnEditionIsRefused(t *testing.T) {
	stay := func(to string) error {
		_, err := inForce(t).Quote(eventOf(t, `"event": "stay", "from": "2026-12-01", "to": "`+to+`", "country": "DE", "lots": [{"units": 10}]`))
		return err
	}
	if err := stay("2027-01-01"); err != nil {
		t.Errorf("a stay up to the last day in force: %v", err)
	}
	if err := stay("2027-01-02"); !errors.Is(err, fees.ErrUnknownOn) {
		t.Errorf("a stay one day longer: %v", err)
	}
}

func TestAMissingDateIsSaid(t *testing.T) {
	_, err := inForce(t).Quote(eventOf(t, `"event": "order", "country": "DE", "parcels": [{"weight": "1 kg"}]`))
	if !errors.Is(err, fees.ErrMissing) || !strings.Contains(err.Error(), `"date"`) {
		t.Errorf("an order without a date: %v", err)
	}
	_, err = inForce(t).Quote(eventOf(t, `"event": "order", "date": "2026-05-01", "parcels": [{"weight": "1 kg"}]`))
	if !errors.Is(err, fees.ErrMissing) || !strings.Contains(err.Error(), `"country"`) {
		t.Errorf("an order without a country: %v", err)
	}
}

func TestUnitsThatContradictTheGoodsAreRefused(t *testing.T) {
	_, err := inForce(t).Quote(eventOf(t, `"event": "order", "date": "2026-05-01", "country": "DE", "parcels": [{"units": 9, "goods": [{"sku": "A", "units": 3}]}]`))
	if !errors.Is(err, fees.ErrCountMismatch) {
		t.Errorf("9 units of which 3 are inside: %v", err)
	}
}

func TestAStayThatEndsBeforeItBeginsIsRefused(t *testing.T) {
	for _, doc := range []string{
		`"event": "stay", "from": "2026-05-01", "to": "2026-05-01", "country": "DE", "lots": [{"units": 1}]`,
		`"event": "stay", "from": "2026-05-01", "to": "2026-06-01", "country": "DE", "lots": [{"units": 1, "from": "2026-05-20", "to": "2026-05-10"}]`,
	} {
		if _, err := inForce(t).Quote(eventOf(t, doc)); !errors.Is(err, fees.ErrDateOrder) {
			t.Errorf("%s: %v", doc, err)
		}
	}
}

func TestAJourneyWithoutEventsIsAnError(t *testing.T) {
	if _, err := inForce(t).Unit(&fees.Journey{}); !errors.Is(err, fees.ErrMissing) {
		t.Errorf("unit: %v", err)
	}
	if _, err := inForce(t).Journey(nil); !errors.Is(err, fees.ErrMissing) {
		t.Errorf("journey: %v", err)
	}
	if _, err := fees.Compile(); !errors.Is(err, fees.ErrNoCard) {
		t.Errorf("no card: %v", err)
	}
}

func TestAQuoteIsWrittenWholeAndNotReadBack(t *testing.T) {
	q, err := inForce(t).Quote(eventOf(t, `"event": "order", "date": "2026-05-01", "country": "DE", "parcels": [{"weight": "1 kg"}]`))
	if err != nil {
		t.Fatal(err)
	}
	byPointer, err1 := json.Marshal(q)
	byValue, err2 := json.Marshal(*q)
	if err1 != nil || err2 != nil || string(byPointer) != string(byValue) || !strings.Contains(string(byValue), `"pick"`) {
		t.Errorf("%v %v\n%s\n%s", err1, err2, byPointer, byValue)
	}
	if err := json.Unmarshal(byValue, new(fees.Quote)); err == nil {
		t.Error("a quote is read back, without what it was computed from")
	}
}

func TestAMinimumBillNeedsWhatWasBilled(t *testing.T) {
	card, err := fees.ParseCard(strings.NewReader(`{"schema": "overseas/ratecard/1", "id": "wh", "provider": "W", "currency": "EUR", "tax": "none",
		"effective": {"from": "2026-01-01"}, "sources": [{"url": "https://example.com"}],
		"charges": [{"on": "order", "code": "pick", "family": "handling", "price": "1.85"},
			{"on": "period", "code": "minimum", "family": "other", "top_up": {"to": "200"}}]}`))
	if err != nil {
		t.Fatal(err)
	}
	calc, err := fees.Compile(card)
	if err != nil {
		t.Fatal(err)
	}
	order, err := calc.Quote(eventOf(t, `"event": "order", "date": "2026-05-01", "country": "DE", "parcels": [{}]`))
	if err != nil {
		t.Fatal(err)
	}
	period := &fees.Period{From: country.Date{Year: 2026, Month: 5, Day: 1}, To: country.Date{Year: 2026, Month: 6, Day: 1}}
	if _, err := calc.Quote(period); !errors.Is(err, fees.ErrMissing) {
		t.Errorf("without what was billed: %v", err)
	}
	period.Billed = []*fees.Quote{order, order}
	q, err := calc.Quote(period)
	if err != nil {
		t.Fatal(err)
	}
	if sum, err := q.Sum(); err != nil || sum.String() != "196.30 EUR" {
		t.Errorf("topped up by %v, %v", sum, err)
	}
}

func TestAnEventWithNothingInItIsNotExact(t *testing.T) {
	calc := inForce(t)
	quote := func(parcels string) *fees.Quote {
		q, err := calc.Quote(eventOf(t, `"event": "order", "date": "2026-05-01", "country": "DE", "parcels": [`+parcels+`]`))
		if err != nil {
			t.Fatal(err)
		}
		return q
	}
	empty := func(q *fees.Quote) (cards []string) {
		for c := range q.Caveats() {
			if c.Code == fees.CaveatEmpty {
				cards = append(cards, c.Card)
			}
		}
		return cards
	}
	// The warehouse's list charges by the order alone, the carrier's by the parcel.
	if got := empty(quote("")); len(got) != 1 || got[0] != "carrier" {
		t.Errorf("an order without parcels: %v", got)
	}
	if q := quote(`{"weight": "1 kg"}`); q.Status() != fees.Exact {
		t.Errorf("an order with a parcel is %v", q.Status())
	}
}
