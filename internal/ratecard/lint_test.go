package ratecard_test

import (
	"strings"
	"testing"

	"github.com/overseaswarehouse/overseas/internal/ratecard"
)

func TestLint(t *testing.T) {
	for _, c := range []struct {
		name string
		doc  []byte
		want string // "code path" of what is not unused
	}{
		{"right", doc(), ""},
		{"price falls", priced(`{"by": [{"of": "weight", "upTo": ["1 kg", "2 kg", "more"]}], "table": ["2", "1.99", "1"]}`), "price_falls /charges/1"},
		{"price falls along the first axis", priced(`{"by": [{"of": "weight", "upTo": ["1 kg", "2 kg"]}, {"of": "zone", "in": ["1", "2"]}], "table": [["1", "2"], ["1", "1"]]}`), "price_falls /charges/1"},
		{"price rises along the measure only", priced(`{"by": [{"of": "zone", "in": ["1", "2"]}, {"of": "weight", "upTo": ["1 kg", "2 kg"]}], "table": [["5", "6"], ["1", "2"]]}`), ""},
		{"a gap is no fall", priced(`{"by": [{"of": "weight", "upTo": ["1 kg", "2 kg", "more"]}], "table": ["2", "-", "1"]}`), ""},
		{"credit", charge(`"on": "order", "credit": true, "price": {"by": [{"of": "weight", "upTo": ["1 kg", "2 kg"]}], "table": ["-1", "-2"]}`), ""},
		{"next break", charge(`"on": "consign", "per": "weight", "unit": "kg", "price": {"nextBreak": true, "by": [{"of": "weight", "from": ["0 kg", "45 kg"]}], "table": ["5", "4"]}`), ""},
		{"bracket beyond the limit", charge(`"on": "order", "limit": {"weight": "2 kg"}, "price": {"by": [{"of": "weight", "upTo": ["1 kg", "2000 g", "more"]}], "table": ["1", "2", "3"]}`), "bracket_unreachable /charges/1"},
		{"bracket up to the limit", charge(`"on": "order", "limit": {"weight": "2 kg"}, "price": {"by": [{"of": "weight", "upTo": ["1 kg", "2 kg"]}], "table": ["1", "2"]}`), ""},
		{"bracket from the limit", charge(`"on": "order", "limit": {"weight": "2 kg"}, "price": {"by": [{"of": "weight", "from": ["0 kg", "2 kg"]}], "table": ["1", "2"]}`), ""},
		{"bracket over the limit", charge(`"on": "order", "limit": {"weight": "2 kg"}, "price": {"by": [{"of": "weight", "over": ["0 kg", "2 kg"]}], "table": ["1", "2"]}`), "bracket_unreachable /charges/1"},
		{"limit of the parts", charge(`"on": "order", "limit": {"each": "parcel", "weight": "2 kg"}, "price": {"by": [{"of": "weight", "upTo": ["2 kg", "more"]}], "table": ["1", "2"]}`), ""},
		{"bracket under the minimum", charge(`"on": "order", "each": "parcel", "price": {"by": [{"of": "chargeable", "upTo": ["999 g", "2 kg"]}], "table": ["1", "2"]}`), "bracket_unreachable /charges/1"},
		{"bracket at the minimum", charge(`"on": "order", "each": "parcel", "price": {"by": [{"of": "chargeable", "upTo": ["1 kg", "2 kg"]}], "table": ["1", "2"]}`), ""},
		{"bracket below the minimum", charge(`"on": "order", "each": "parcel", "price": {"by": [{"of": "chargeable", "below": ["1 kg", "2 kg"]}], "table": ["1", "2"]}`), "bracket_unreachable /charges/1"},
		{"band beyond a condition", charge(`"on": "order", "when": {"weight": {"upTo": "1 kg"}}, "price": {"of": "weight", "bands": [{"upTo": "1 kg", "flat": "1"}, {"flat": "2"}]}`), "bracket_unreachable /charges/1"},
		{"bounds exclude each other", charge(`"on": "order", "price": "1", "when": {"weight": {"over": "2 kg", "upTo": "2000 g"}}`), "charge_never_applies /charges/1"},
		{"bounds meet", charge(`"on": "order", "price": "1", "when": {"weight": {"from": "2 kg", "upTo": "2 kg"}}`), ""},
		{"condition beyond the limit", charge(`"on": "order", "price": "1", "when": {"weight": {"over": "2 kg"}}, "limit": {"weight": "1 kg"}`), "charge_never_applies /charges/1"},
		{"in and not", charge(`"on": "order", "price": "1", "when": {"zone": {"in": "1", "not": ["1", "2"]}}`), "charge_never_applies /charges/1"},
		{"date before the card", charge(`"on": "order", "price": "1", "when": {"date": {"to": "2025-12-31"}}`), "charge_never_applies /charges/1"},
		{"dated before the card", charge(`"on": "order", "dated": [{"to": "2025-12-31", "price": "1"}]`), "charge_never_applies /charges/1"},
		{"row behind a row that always fits", doc("classes", `{"size": {"first": [{"name": "a"}, {"name": "b"}]}}`), "bracket_unreachable /classes/size"},
		{"class that never comes out", doc("classes", `{"c": {"first": [{"name": "a"}, {"name": "b"}]}}`, "charges", `[`+fill+`, {"code": "x", "on": "order", "family": "other", "price": "1", "when": {"c": "b"}}]`), "bracket_unreachable /classes/c charge_never_applies /charges/1"},
		{"behind a charge that always fits", doc("slots", `{"deliver": {"on": "order", "each": "parcel", "take": "first"}}`, "charges", `[`+fill+`, {"code": "x", "on": "order", "family": "other", "slot": "deliver", "price": "1"}]`), "charge_never_applies /charges/1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, p := range ratecard.Lint(parse(t, c.doc)) {
				if p.Line == 0 {
					t.Errorf("%v has no line", p)
				}
				if p.Code != "unused" {
					got = append(got, string(p.Code)+" "+p.Path)
				}
			}
			if s := strings.Join(got, " "); s != c.want {
				t.Errorf("got %q, want %q", s, c.want)
			}
		})
	}
}

func TestLintUnused(t *testing.T) {
	data := doc("measures", `{"used": [{"each": "parcel", "of": {"of": "weight", "when": {"kind": "x"}}}], "idle": [{"of": "weight"}]}`,
		"inputs", `{"kind": {"values": ["x", "y"], "each": "parcel"}, "idle_input": {"kind": "count"}, "by_amount": {"kind": "money"}}`,
		"classes", `{"idle_class": {"first": [{"name": "a"}]}}`,
		"amounts", `{"base": {"on": "order", "sum": "by_amount"}, "idle_amount": {"on": "order", "sum": "ship"}}`,
		"charges", `[`+fill+`, {"code": "x", "on": "order", "family": "other", "each": "parcel", "per": "used", "unit": "kg", "price": "1"}, {"code": "y", "on": "order", "family": "tax", "percent": "1%", "of": "base"}]`)
	var got []string
	for _, p := range ratecard.Lint(parse(t, data)) {
		got = append(got, string(p.Code)+" "+p.Text)
	}
	if s := strings.Join(got, ", "); s != "unused idle_input, unused idle_class, unused idle, unused idle_amount" {
		t.Errorf("%s", s)
	}
}
