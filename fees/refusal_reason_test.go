package fees_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/overseaswarehouse/overseas/fees"
)

// TestReasonsOfRefusals holds that what a card does not carry is explained by the bound or the exclusion that it meets.
func TestReasonsOfRefusals(t *testing.T) {
	const head = `{"schema": "overseas/ratecard/1", "id": "x", "provider": "P", "currency": "EUR", "tax": "none",
		"effective": {"from": "2020-01-01"}, "sources": [{"url": "https://example.com"}], "slots": {"s": {"on": "order"}},
		"charges": [{"on": "order", "code": "a", "family": "handling", "slot": "s", `
	for _, c := range []struct {
		name, charge string
		code         fees.Code
		want         string
	}{
		{"beyond the last band", `"price": {"of": "weight", "bands": [{"upTo": "1 kg", "each": "1 kg", "price": "3"}]}`, "no_bracket",
			`no price for weight "1.5 kg"; the brackets end at 1 kg`},
		{"excluded country", `"when": {"country": {"not": ["DE", "FR"]}}, "price": "3"`, "condition_unmet", `country is not met by "DE": ≠ DE`},
		{"excluded warehouse", `"when": {"warehouse": {"not": ["ham"]}}, "price": "3"`, "condition_unmet", `warehouse is not met by "ham": ≠ ham`},
		{"country not listed", `"when": {"country": "FR"}, "price": "3"`, "not_served", `country "DE" is not served; served: FR`},
	} {
		t.Run(c.name, func(t *testing.T) {
			card, err := fees.ParseCard(strings.NewReader(head + c.charge + `}]}`))
			if err != nil {
				t.Fatal(err)
			}
			calc, err := fees.Compile(card)
			if err != nil {
				t.Fatal(err)
			}
			order, err := fees.ParseEvent(strings.NewReader(`{"schema": "overseas/event/1", "event": "order", "date": "2026-11-01",
				"country": "DE", "warehouse": "ham", "parcels": [{"weight": "1.5 kg"}]}`))
			if err != nil {
				t.Fatal(err)
			}
			_, err = calc.Quote(order)
			if !errors.Is(err, c.code) || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %s: %s", err, c.code, c.want)
			}
		})
	}
}
