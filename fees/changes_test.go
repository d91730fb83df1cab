package fees_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees"
	"github.com/overseaswarehouse/overseas/fees/unit"
)

// TestNothingChangesBetweenChanges: between two days of the list an order costs the same on every day, and the days on
// which its price really changes are all there.
func TestNothingChangesBetweenChanges(t *testing.T) {
	list := func(edition, from, to, price string) *fees.Card {
		doc := fmt.Sprintf(`{"schema": "overseas/ratecard/1", "id": "post", "edition": %q, "provider": "made up", "currency": "EUR", "tax": "none",
			"effective": {"from": %q, "to": %q}, "sources": [{"url": "https://example.com", "note": "made up"}],
			"classes": {"season": {"first": [{"name": "leap", "when": {"date": {"yearly": ["02-29", "03-02"]}}}, {"name": "rest"}]}},
			"charges": [
				{"on": "order", "code": "parcel", "family": "local_delivery", "dated": [{"from": %[2]q, "to": "2027-05-09", "price": %[4]q}, {"from": "2027-05-10", "price": "7.77"}]},
				{"on": "order", "code": "peak", "family": "local_delivery", "when": {"date": {"yearly": ["11-20", "01-03"]}}, "price": "0.50"},
				{"on": "order", "code": "class", "family": "local_delivery", "price": {"by": [{"of": "season", "in": ["leap", "rest"]}], "table": ["0.30", "0.10"]}},
				{"on": "order", "code": "once", "family": "local_delivery", "when": {"date": {"from": "2026-06-01", "to": "2026-06-30"}}, "price": "0.20"}
			]}`, edition, from, to, price)
		c, err := fees.ParseCard(strings.NewReader(doc))
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	calc, err := fees.Compile(list("1", "2026-01-01", "2026-12-31", "4.00"), list("2", "2027-01-01", "2029-12-31", "4.50"))
	if err != nil {
		t.Fatal(err)
	}
	weight, _ := unit.ParseWeight("1 kg")
	price := func(on country.Date) string {
		q, err := calc.Quote(&fees.Order{Date: on, Parcels: []fees.Parcel{{Weight: weight}}})
		if err != nil {
			t.Fatal(err)
		}
		sum, err := q.Sum()
		if err != nil {
			t.Fatal(err)
		}
		return sum.String()
	}
	from, to := country.Date{Year: 2026, Month: 1, Day: 1}, country.Date{Year: 2028, Month: 12, Day: 31}
	changes := calc.Changes(from, to)
	if !slices.IsSortedFunc(changes, country.Date.Compare) {
		t.Errorf("%v", changes)
	}
	last, found := price(from), 0
	for day, _ := from.AddDays(1); !day.After(to); day, _ = day.AddDays(1) {
		now := price(day)
		if now != last {
			found++
			if !slices.Contains(changes, day) {
				t.Errorf("%s costs %s after %s and is no change", day, now, last)
			}
		}
		last = now
	}
	if found < 12 || len(changes) > 3*found {
		t.Errorf("%d changes of a price, %d listed", found, len(changes))
	}
	if got := calc.Changes(to, from); len(got) != 0 {
		t.Errorf("between the end and the beginning: %v", got)
	}
}

// TestChangesOfCustoms: the days on which facts about parcels change are changes.
func TestChangesOfCustoms(t *testing.T) {
	card, err := fees.CustomsCard(country.Code{'D', 'E'})
	if err != nil {
		t.Fatal(err)
	}
	calc, err := fees.Compile(card)
	if err != nil {
		t.Fatal(err)
	}
	day := country.Date{Year: 2026, Month: 7, Day: 1} // the flat duty on parcels begins
	if changes := calc.Changes(country.Date{Year: 2026, Month: 1, Day: 1}, country.Date{Year: 2026, Month: 12, Day: 31}); !slices.Contains(changes, day) {
		t.Errorf("%v", changes)
	}
}

// A year of equal orders is quoted once for each stretch of equal prices.
func ExampleCalculator_Changes() {
	card, err := fees.ParseCard(strings.NewReader(`{"schema": "overseas/ratecard/1", "id": "post", "provider": "made up", "currency": "EUR", "tax": "none",
		"effective": {"from": "2026-01-01"}, "sources": [{"url": "https://example.com", "note": "made up"}], "charges": [
			{"on": "order", "code": "parcel", "family": "local_delivery", "price": "4.90"},
			{"on": "order", "code": "peak", "family": "local_delivery", "when": {"date": {"from": "2026-11-15", "to": "2026-12-31"}}, "price": "0.60"}]}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	calc, err := fees.Compile(card)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(calc.Changes(country.Date{Year: 2026, Month: 6, Day: 1}, country.Date{Year: 2027, Month: 5, Day: 31}))
	// Output: [2026-11-15 2027-01-01]
}
