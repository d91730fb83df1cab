package fees_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/overseaswarehouse/overseas/fees"
)

// edition is a parcel list of one edition: prices up to 2 and 5 kg.
func edition(t testing.TB, name, from, two, five string) *fees.Card {
	t.Helper()
	card, err := fees.ParseCard(strings.NewReader(fmt.Sprintf(`{
		"schema": "overseas/ratecard/1", "id": "parcel", "edition": %q, "provider": "P", "country": "DE", "currency": "EUR",
		"tax": "none", "effective": {"from": %q}, "sources": [{"url": "https://example.com"}],
		"charges": [{"on": "order", "code": "parcel", "family": "local_delivery", "each": "parcel",
			"price": {"by": [{"of": "weight", "upTo": ["2 kg", "5 kg"]}], "table": [%q, %q]}}]}`, name, from, two, five)))
	if err != nil {
		t.Fatal(err)
	}
	return card
}

func orderOf(t testing.TB, weight string) fees.Event {
	t.Helper()
	e, err := fees.ParseEvent(strings.NewReader(`{"schema": "overseas/event/1", "event": "order", "date": "2026-03-01", "country": "DE", "parcels": [{"weight": "` + weight + `"}]}`))
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func TestDiffAndItsImpact(t *testing.T) {
	old, next := edition(t, "a", "2026-01-01", "4.10", "4.90"), edition(t, "b", "2027-01-01", "4.30", "4.90")
	var lines []string
	for _, c := range fees.Diff(old, next) {
		lines = append(lines, c.String())
	}
	if text := strings.Join(lines, "\n"); !strings.Contains(text, "4.10 -> 4.30") || strings.Contains(text, "4.90 ->") {
		t.Errorf("changes:\n%s", text)
	}
	var got []string
	for i := range fees.DiffImpact(old, next, orderOf(t, "1 kg"), orderOf(t, "3 kg"), orderOf(t, "6 kg")) {
		if d, ok := i.Change(); ok {
			got = append(got, i.Old.String()+" -> "+i.New.String()+": "+d.String())
		} else if errors.Is(i.OldErr, fees.ErrNotCarried) && errors.Is(i.NewErr, fees.ErrNotCarried) {
			got = append(got, "not carried")
		}
	}
	want := "4.10 EUR -> 4.30 EUR: 0.20 EUR|4.90 EUR -> 4.90 EUR: 0.00 EUR|not carried"
	if text := strings.Join(got, "|"); text != want {
		t.Errorf("impact %s, want %s", text, want)
	}
}

// TestEditionsAndStandingChoose holds that the date chooses the edition and the account the standing.
func TestEditionsAndStandingChoose(t *testing.T) {
	old, next := edition(t, "a", "2026-01-01", "4.10", "4.90"), edition(t, "b", "2027-01-01", "4.30", "4.90")
	if _, err := fees.Compile(old, next); !errors.Is(err, fees.ErrDuplicateCard) {
		t.Errorf("two open-ended editions of one standing: %v", err)
	}
}
