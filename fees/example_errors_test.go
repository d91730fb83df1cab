package fees_test

import (
	"errors"
	"fmt"
	"log"
	"strings"

	"github.com/overseaswarehouse/overseas/fees"
)

// A code is an error that errors.Is finds in whatever a quote fails with.
func ExampleErrUnknownOn() {
	card, err := fees.ParseCard(strings.NewReader(`{
		"schema": "overseas/ratecard/1", "id": "wh", "provider": "W", "country": "DE", "currency": "EUR", "tax": "none",
		"effective": {"from": "2026-01-01", "to": "2026-12-31"}, "sources": [{"url": "https://example.com"}],
		"charges": [{"on": "order", "code": "pick", "family": "handling", "price": "1.85"},
			{"on": "store", "code": "space", "family": "storage", "each": "lot", "per": "unit", "price": "0.10", "time": {"per": "day"}}]}`))
	if err != nil {
		log.Fatal(err)
	}
	calc, err := fees.Compile(card)
	if err != nil {
		log.Fatal(err)
	}
	for _, doc := range []string{
		`"event": "order", "date": "2027-05-01", "country": "DE", "parcels": [{}]`,
		`"event": "order", "date": "2026-05-01", "country": "DE", "parcels": [{"units": 9, "goods": [{"units": 3}]}]`,
		`"event": "stay", "from": "2026-05-01", "to": "2026-04-01", "country": "DE", "lots": []`,
	} {
		event, err := fees.ParseEvent(strings.NewReader(`{"schema": "overseas/event/1", ` + doc + `}`))
		if err == nil {
			_, err = calc.Quote(event)
		}
		fmt.Println(errors.Is(err, fees.ErrUnknownOn), errors.Is(err, fees.ErrCountMismatch), errors.Is(err, fees.ErrDateOrder))
	}
	// Output:
	// true false false
	// false true false
	// false false true
}
