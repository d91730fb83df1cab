package fees

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/internal/brief"
	"github.com/overseaswarehouse/overseas/internal/engine"
	"github.com/overseaswarehouse/overseas/internal/ratecard"
)

// oddCards are lists that differ from the usual in what a block has to know: credits, lines in some cases only, families
// that others cover, other decimals, slots, caveats, countries.
func oddCards(t testing.TB) *Calculator {
	t.Helper()
	card := func(id, rest, charges string) *Card {
		c, err := ParseCard(strings.NewReader(`{"schema": "overseas/ratecard/1", "id": "` + id + `", "provider": "P",
			"sources": [{"url": "https://example.com"}], ` + rest + `, "charges": [` + charges + `]}`))
		if err != nil {
			t.Fatal(id, err)
		}
		return c
	}
	calc, err := Compile(
		card("credits", `"currency": "EUR", "tax": "none", "effective": {"from": "2026-01-01"}, "country": "DE"`,
			`{"on": "order", "code": "rebate", "family": "handling", "credit": true, "price": "-0.35"},
			{"on": "order", "code": "small", "family": "handling", "each": "parcel", "per": "piece", "price": "0.10", "when": {"weight": {"upTo": "2 kg"}}},
			{"on": "order", "code": "none", "family": "storage", "price": "0"},
			{"on": "order", "code": "gift", "family": "tariff", "each": "parcel", "price": "0", "when": {"weight": {"upTo": "15 kg"}}},
			{"on": "order", "code": "all_in", "family": ["local_delivery", "tariff"], "each": "parcel", "per": "weight", "unit": "kg", "price": "1.15"}`),
		card("fine", `"currency": "USD", "tax": "none", "effective": {"from": "2026-01-01"}, "country": "JP"`,
			`{"on": "order", "code": "fine", "family": "handling", "each": "parcel", "per": "weight", "unit": "kg", "price": "1.23456", "round": {"to": "0.0001"}}`),
		card("undated", `"currency": "GBP", "tax": "unstated", "effective": {"seen": "2026-05-01"}`,
			`{"on": "return", "code": "back", "family": "handling", "each": "parcel", "per": "weight", "unit": "kg", "price": "0.5"}`),
		card("entry", `"currency": "EUR", "tax": "none", "effective": {"from": "2026-01-01"}`,
			`{"on": "import", "code": "fee", "family": "tariff", "each": "line", "percent": "1%", "of": ["goods"]}`),
	)
	if err != nil {
		t.Fatal(err)
	}
	return calc
}

// TestBlocksAreTheirJourneys holds that totals are what each journey comes to alone, on usual and odd events of every card:
// the sum, the families and their states, the status, the error, for journeys that are next to any others.
func TestBlocksAreTheirJourneys(t *testing.T) {
	d := rand.New(rand.NewPCG(8, 21))
	usd := country.Currency{'U', 'S', 'D'}
	var list []money.Rate
	for _, text := range []string{"1 CNY = 0.139215 USD", "1 EUR = 1.083519 USD", "1 GBP = 1.270001 USD", "1 CAD = 0.7 USD", "1 PLN = 0.25 USD"} {
		list = append(list, must(money.ParseRate(text)))
	}
	rates := must(money.NewRates(list...))
	customs := must(money.NewRates(must(money.ParseRate("1 CNY = 0.127835 EUR"))))
	n := 6
	if brief.On() {
		n = 2
	}
	var totals Totals
	block, alone, failed, legs := 0, 0, 0, 0
	for _, calc := range append(swiftCalculators(t), oddCards(t)) {
		var cards []*ratecard.Card
		for i := range calc.books {
			cards = append(cards, calc.books[i].editions[0].Card)
		}
		event := func(kind Kind) Event {
			if len(calc.kinds[kind]) == 0 || d.IntN(3) == 0 {
				return nil
			}
			card := cards[d.IntN(len(cards))]
			for range 4 {
				e := oddEvent(d, card, kind)
				if q := new(Quote); d.IntN(6) == 0 || calc.swift(q, e) { // most events are usual
					return e
				}
			}
			return oddEvent(d, card, kind)
		}
		for round := range n {
			linked := round%3 == 2
			journeys := make([]*Journey, 1+d.IntN(3*engine.Lanes))
			for i := range journeys {
				j := &Journey{TariffTwice: d.IntN(2) == 0, Partial: d.IntN(8) == 0, FreightFromLeg: linked != (d.IntN(40) == 0)}
				j.Consignment, _ = event(OnConsign).(*Consignment)
				j.Entry, _ = event(OnImport).(*Entry)
				j.Receipt, _ = event(OnReceive).(*Receipt)
				j.Stay, _ = event(OnStore).(*Stay)
				j.Order, _ = event(OnOrder).(*Order)
				j.Return, _ = event(OnReturn).(*Return)
				if j.FreightFromLeg && j.Entry != nil && d.IntN(4) > 0 {
					for k := range j.Entry.Lines {
						j.Entry.Lines[k].FreightToBorder = money.Money{}
					}
					if j.Entry.Rates = customs; d.IntN(20) == 0 {
						j.Entry.Rates = nil
					}
				}
				journeys[i] = j
			}
			calc.TotalsInto(&totals, journeys, usd, rates)
			for i, j := range journeys {
				var total *Total
				q, err := calc.Journey(j)
				if err == nil {
					total, err = q.In(usd, rates)
				}
				if !reflect.DeepEqual(err, totals.Err(i)) {
					t.Fatalf("journey %d: error %v, alone %v\n%+v", i, totals.Err(i), err, j)
				}
				if err != nil {
					failed++
					continue
				}
				got := fmt.Sprint(totals.Sum(i), totals.Sum(i).Scale(), totals.Status(i))
				want := fmt.Sprint(total.Sum(), total.Sum().Scale(), q.Status())
				for p := range total.Families() {
					m, state := totals.Family(i, p.Family)
					got += fmt.Sprint("\n", p.Family, m, m.Scale(), state)
					want += fmt.Sprint("\n", p.Family, p.Amount, p.Amount.Scale(), p.State)
				}
				if got != want {
					t.Fatalf("journey %d: %s\nalone %s\n%+v", i, got, want, j)
				}
				if j.FreightFromLeg && j.Entry != nil && totals.tally.sent != nil && !totals.tally.bad[i%engine.Lanes] {
					legs++
				}
				if w := totals.tally; i >= len(journeys)-w.n && !w.bad[i%engine.Lanes] { // of the last block
					block++
				} else if i >= len(journeys)-w.n {
					alone++
				}
			}
		}
	}
	t.Logf("of the last blocks %d in the block, %d alone; %d failed", block, alone, failed)
	if block < brief.Rounds(300) || alone < brief.Rounds(50) || failed < 500 || legs == 0 && !brief.On() {
		t.Errorf("of the last blocks %d in the block, %d alone; %d failed; %d with the freight of the leg", block, alone, failed, legs)
	}
}
