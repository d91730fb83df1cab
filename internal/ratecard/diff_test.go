package ratecard_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/overseaswarehouse/overseas/internal/ratecard"
)

func diff(t *testing.T, old, new []byte) string {
	t.Helper()
	var lines []string
	for _, c := range ratecard.Diff(parse(t, old), parse(t, new)) {
		if c.Kind == 0 || c.Part == "" || c.Old == c.New {
			t.Errorf("%+v", c)
		}
		lines = append(lines, c.String())
	}
	return strings.Join(lines, "\n")
}

func TestDiff(t *testing.T) {
	table := func(edges, cells string) []byte {
		return priced(`{"by": [{"of": "weight", "upTo": [` + edges + `]}, {"of": "zone", "in": ["1", "2"]}], "table": ` + cells + `}`)
	}
	for _, c := range []struct {
		name     string
		old, new []byte
		want     string
	}{
		{"nothing", doc(), doc(), ""},
		{"other spelling", table(`"1 kg", "2 kg"`, `[["1", "2"], ["3", "4.50"]]`), table(`"1000 g", "2.0 kg"`, `[["1.00", "2"], ["3", "4.5"]]`), ""},
		{"header", doc(), doc("currency", `"USD"`, "effective", `{"from": "2026-01-01", "to": "2026-12-31"}`, "tax", `{"included": "19%"}`), "currency card: EUR -> USD\ntax tax: none -> included 19%\neffective dates: 2026-01-01 … -> 2026-01-01 … 2026-12-31"},
		{"cell", table(`"1 kg", "2 kg"`, `[["1", "2"], ["3", "4"]]`), table(`"1 kg", "2 kg"`, `[["1", "2"], ["3", "4.50"]]`), "x price at weight upTo 2 kg, zone 2: 4 -> 4.50"},
		{"cell goes", table(`"1 kg"`, `[["1", "2"]]`), table(`"1 kg"`, `[["1", "-"]]`), "x price at weight upTo 1 kg, zone 2: 2 -> -"},
		{"bracket splits", table(`"1 kg", "3 kg"`, `[["1", "1"], ["3", "3"]]`), table(`"1 kg", "2 kg", "3 kg"`, `[["1", "1"], ["2", "2"], ["3", "3"]]`),
			"x bracket at weight  added: upTo 2 kg\nx price at weight upTo 2 kg, zone 1 added: 2\nx price at weight upTo 2 kg, zone 2 added: 2"},
		{"other axes", priced(`"5"`), table(`"1 kg"`, `[["1", "2"]]`), "x bracket: one price -> by weight, zone\nx price removed: 5\nx price at weight upTo 1 kg, zone 1 added: 1\nx price at weight upTo 1 kg, zone 2 added: 2"},
		{"charge comes", doc(), priced(`"5"`), "x charge added: order other\nx price added: 5"},
		{"charge goes", priced(`"5"`), doc(), "x charge removed: order other\nx price removed: 5"},
		{"terms of a charge", priced(`"5"`), charge(`"on": "order", "each": "parcel", "per": "weight", "unit": "kg", "price": "5", "min": "1", "max": "9.0", "when": {"zone": "1"}, "limit": {"weight": "2 kg"}, "bounds": [{"each": "order", "max": "20"}], "round": {"mode": "up"}, "recoverable": true`),
			"x level: event -> piece\nx condition added: zone in 1\nx limit added: each piece weight up to 2 kg\nx minimum added: 1\nx maximum added: 9\nx bound added: each event max 20\nx rounding: half_up 0.01 each event -> up 0.01 each event\nx other added: recoverable\nx quantity added: weight / 1 kg"},
		{"dates", charge(`"on": "order", "dated": [{"from": "2026-01-01", "price": "1"}]`), charge(`"on": "order", "dated": [{"from": "2026-01-01", "to": "2026-06-30", "price": "2"}, {"from": "2026-07-01", "price": "3"}]`),
			"x dates of 2026-01-01 …: 2026-01-01 … -> 2026-01-01 … 2026-06-30\nx price of 2026-01-01 …: 1 -> 2\nx dates of 2026-07-01 … added: 2026-07-01 …\nx price of 2026-07-01 … added: 3"},
		{"bands", priced(`{"of": "weight", "bands": [{"upTo": "1 kg", "flat": "5"}, {"each": "kg", "price": "2"}]}`), priced(`{"of": "weight", "bands": [{"upTo": "2 kg", "flat": "5"}, {"each": "kg", "started": true, "price": "3"}]}`),
			"x bracket at band 1: upTo 1 kg flat -> upTo 2 kg flat\nx bracket at band 2: more each 1 kg -> more each 1 kg started\nx price at band 2: 2 -> 3"},
		{"percent", charge(`"on": "order", "percent": "3.75%", "of": "ship"`), charge(`"on": "order", "percent": "0%", "of": "ship", "basis": "exact"`), "x quantity: percent of ship rounded -> percent of ship exact\nx price: 3.75% -> 0%"},
		{"parts", doc(), doc("measures", "", "inputs", `{"zone": {"values": ["1", "2", "3"]}, "pallet": {"kind": "count", "default": "0"}, "declared": {"kind": "money"}}`, "slots", `{"deliver": {"on": "order", "each": "parcel", "take": "first"}}`),
			"zone input: choice each event: 1 2 -> choice each event: 1 2 3\nchargeable measure removed: each piece weight or volume x 167 kg/m3 min 1 kg\ndeliver slot: order each piece one -> order each piece first"},
		{"time", charge(`"on": "store", "time": {"per": "month"}, "price": "1"`), charge(`"on": "store", "time": {"per": "week", "basis": "snapshot", "on": "monday"}, "price": "1"`), "x time: per month daily -> per week snapshot on monday"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := diff(t, c.old, c.new)
			if got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
			if c.want != "" && diff(t, c.new, c.old) == "" {
				t.Error("nothing changed the other way round")
			}
		})
	}
}

// The dated lists of DHL show what their articles say.
func TestDiffOfEditions(t *testing.T) {
	all := files(t)
	changes := ratecard.Diff(parse(t, all["de-dhl-paket-2022-07-01"]), parse(t, all["de-dhl-paket-2024-07-12"]))
	want := map[string]bool{
		"parcel bracket at weight  added: upTo 20 kg":         false,
		"parcel price at weight upTo 20 kg added: 18.99":      false,
		"parcel price at weight upTo 31.5 kg: 16.49 -> 23.99": false,
		"parcel price at weight upTo 10 kg: 9.40 -> -":        false,
		"packet_s charge removed: order local_delivery":       false,
	}
	for _, c := range changes {
		want[c.String()] = true
	}
	for text, seen := range want {
		if !seen {
			t.Errorf("not found: %s", text)
		}
	}
}

func ExampleDiff() {
	parse := func(change ...string) *ratecard.Card {
		c, err := ratecard.Parse(doc(change...))
		if err != nil {
			fmt.Println(err)
		}
		return c
	}
	for _, c := range ratecard.Diff(parse(), parse("charges", `[{"code": "ship", "on": "order", "family": "local_delivery", "slot": "deliver", "price": "5.90"}]`)) {
		fmt.Println(c)
	}
	// Output: ship price: 5.50 -> 5.90
}
