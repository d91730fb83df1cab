package ratecard_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/language"

	"github.com/overseaswarehouse/overseas/internal/problem"
	"github.com/overseaswarehouse/overseas/internal/ratecard"
)

// base has the members of a small card that is right, in order.
var base = [][2]string{
	{"schema", `"overseas/ratecard/1"`},
	{"id", `"test"`},
	{"provider", `"Test"`},
	{"country", `["DE", "FR"]`},
	{"currency", `"EUR"`},
	{"tax", `"none"`},
	{"effective", `{"from": "2026-01-01"}`},
	{"sources", `[{"url": "https://example.com"}]`},
	{"inputs", `{"zone": {"values": ["1", "2"]}, "pallet": {"kind": "count", "default": "0"}, "declared": {"kind": "money"}}`},
	{"classes", `{"size": {"each": "item", "first": [{"name": "small", "limit": {"longest": "30 cm"}}, {"name": "large"}]}}`},
	{"measures", `{"chargeable": [{"each": "parcel", "greater": ["weight", "volume x 167 kg/m3"], "min": "1 kg"}]}`},
	{"slots", `{"deliver": {"on": "order", "each": "parcel"}}`},
	{"charges", `[` + fill + `]`},
}

const fill = `{"code": "ship", "on": "order", "family": "local_delivery", "slot": "deliver", "price": "5.50"}`

// doc is base with members replaced or added ("name": value) or, with an empty value, left out.
func doc(change ...string) []byte {
	members := slices.Clone(base)
	for i := 0; i < len(change); i += 2 {
		at := slices.IndexFunc(members, func(m [2]string) bool { return m[0] == change[i] })
		switch {
		case at < 0:
			members = append(members, [2]string{change[i], change[i+1]})
		case change[i+1] == "":
			members = slices.Delete(members, at, at+1)
		default:
			members[at][1] = change[i+1]
		}
	}
	var b strings.Builder
	b.WriteString("{")
	for i, m := range members {
		if i > 0 {
			b.WriteString(",\n")
		}
		fmt.Fprintf(&b, "%q: %s", m[0], m[1])
	}
	b.WriteString("}")
	return []byte(b.String())
}

// charge is base with one more charge.
func charge(members string) []byte {
	return doc("charges", `[`+fill+`, {"code": "x", "family": "other", `+members+`}]`)
}

// priced is a charge per order with a price.
func priced(price string) []byte { return charge(`"on": "order", "price": ` + price) }

// rows is a price of brackets with both ends along the weight of the order.
func rows(list string) []byte {
	return priced(`{"of": "weight", "edge": "upper", "rows": [` + list + `]}`)
}

// found lists the problems of an error as "code path".
func found(err error) []string {
	var ps problem.Problems
	if !errors.As(err, &ps) {
		return nil
	}
	var list []string
	for _, p := range ps {
		list = append(list, string(p.Code)+" "+p.Path)
	}
	return list
}

var okCases = map[string][]byte{
	"base":                     doc(),
	"every event":              doc("charges", `[`+fill+`, `+everyEvent+`]`),
	"undated but seen":         doc("effective", `{"seen": "2026-02-01"}`),
	"29 February":              doc("effective", `{"from": "2024-02-29"}`),
	"JSON numbers":             priced(`5.5`),
	"negative zero":            priced(`"-0"`),
	"credit":                   charge(`"on": "order", "credit": true, "price": "-1.00"`),
	"tax rate":                 doc("tax", `{"included": "19%"}`),
	"tier":                     doc("standing", `"tier"`, "account", `"gold"`),
	"rounding":                 doc("rounding", `{"mode": "half_even", "to": "0.05", "each": "order"}`),
	"total":                    doc("totals", `[{"on": "order", "code": "rounding", "family": "other", "round": {"to": "0.05"}}]`),
	"service":                  doc("service", `{"days": ["3", 5], "tracked": "yes"}`),
	"markup is text":           doc("title", `"<script>alert(1)</script>"`),
	"rows":                     rows(`{"from": "0 kg", "to": "10.0 kg", "price": "1"}, {"from": "10.00 kg", "price": "2"}`),
	"rows in different units":  rows(`{"from": "0 kg", "to": "1000 g", "price": "1"}, {"from": "1 kg", "to": "2 kg", "price": "2"}`),
	"rows from a minimum":      charge(`"on": "order", "each": "parcel", "price": {"of": "chargeable", "rows": [{"from": "1 kg", "price": "1"}]}`),
	"one row needs no edge":    priced(`{"of": "weight", "rows": [{"from": "0 kg", "to": "10 kg", "price": "1"}]}`),
	"rows by zone":             priced(`{"of": "weight", "edge": "lower", "by": [{"of": "zone", "in": ["1", "2"]}], "rows": [{"from": "0 kg", "to": "1 kg", "price": ["1", "2"]}, {"from": "1 kg", "price": ["3", "-"]}]}`),
	"table":                    priced(`{"by": [{"of": "weight", "upTo": ["1 kg", "more"]}, {"of": "zone", "in": ["1", "2"]}], "table": [["1", "2"], ["3", "-"]]}`),
	"bands":                    priced(`{"of": "weight", "bands": [{"upTo": "0.5 kg", "flat": "355"}, {"upTo": "10 kg", "each": "0.5 kg", "started": true, "price": "65"}, {"each": "kg", "price": "60"}]}`),
	"summands":                 priced(`[{"price": "5"}, {"per": "weight", "unit": "kg", "price": "1"}]`),
	"percent":                  charge(`"on": "order", "percent": "7.7%", "of": "ship"`),
	"percent table":            charge(`"on": "order", "percent": {"by": [{"of": "zone", "in": ["1", "2"]}], "table": ["0%", "5%"]}, "of": ["family:local_delivery"]`),
	"negative percent":         charge(`"on": "order", "credit": true, "percent": "-5%", "of": "ship"`),
	"dated":                    charge(`"on": "order", "of": "ship", "dated": [{"from": "2026-02-01", "percent": "2%", "max": "10"}, {"to": "2026-01-31", "percent": "1%"}]`),
	"bounds":                   charge(`"on": "order", "each": "parcel", "price": "1", "bounds": [{"each": "order", "min": "2", "max": "9"}]`),
	"postal ranges":            charge(`"on": "order", "price": "1", "when": {"postal_code": {"in": ["01000-19999", "20", "SW1-SW9", "010*-013*"], "not": ["18565"]}}`),
	"dates":                    charge(`"on": "order", "price": "1", "when": {"date": {"from": "2026-01-01", "yearly": [["10-01", "12-31"], ["02-29", "03-01"]]}}`),
	"conditions":               charge(`"on": "order", "price": "1", "when": {"country": {"not": "FR"}, "zone": "1", "weight": {"over": "1 kg", "upTo": "5 kg"}}`),
	"class at its level":       charge(`"on": "order", "each": "unit", "price": {"by": [{"of": "size", "in": ["small", "large"]}], "table": ["1", "2"]}`),
	"input of import":          charge(`"on": "import", "each": "line", "percent": "5%", "of": "goods"`),
	"duties":                   charge(`"on": "import", "each": "line", "given": "duties", "of": "goods"`),
	"minimum bill":             charge(`"on": "period", "top_up": {"to": "200", "of": ["family:storage", "ship"]}`),
	"stay":                     charge(`"on": "store", "each": "lot", "per": "volume", "unit": "m3", "time": {"per": "month", "days": "30"}, "price": {"by": [{"of": "age", "from": ["0", "31 days"]}], "table": ["0", "1"]}`),
	"rows along age":           charge(`"on": "store", "each": "lot", "time": {"per": "day"}, "price": {"of": "age", "edge": "lower", "rows": [{"from": "0", "to": "31", "price": "0"}, {"from": "31 days", "price": "3"}]}`),
	"weekly snapshot":          charge(`"on": "store", "per": "pieces", "time": {"per": "week", "basis": "snapshot", "on": "monday"}, "price": "1"`),
	"next break":               charge(`"on": "consign", "per": "weight", "unit": "kg", "price": {"nextBreak": true, "by": [{"of": "weight", "from": ["0 kg", "45 kg"]}], "table": ["5", "4"]}`),
	"amount":                   doc("amounts", `{"base": {"on": "order", "sum": ["ship", "declared"], "times": "11/12", "basis": "exact"}}`),
	"limit each carton":        charge(`"on": "consign", "price": "1", "limit": {"each": "carton", "weight": "31.5 kg", "longest": "120 cm"}`),
	"measure of counters":      doc("measures", `{"teu": [{"each": "consignment", "of": "pallet x 2", "less": "1"}], "by_volume": [{"each": "order", "of": "volume / 2 m3"}]}`),
	"steps":                    doc("measures", `{"m": [{"each": "parcel", "sides": {"to": "1 cm", "mode": "up", "min": "2 in"}, "of": "volume / 5000 cm3/kg", "excess": {"of": "weight", "share": "50%", "above": "100%"}, "plus": "25 g", "keep": {"to": "0.01 kg", "mode": "down"}, "up": "0.5 kg", "tolerance": "0.3 kg", "min": "1 kg", "max": "30 kg"}, {"sum": "order", "min": "2 kg"}]}`),
	"term with conditions":     doc("measures", `{"m": [{"each": "parcel", "greater": ["weight", {"of": "volume / 166 in3/lb", "when": {"volume": {"over": "1 ft3"}}, "share": "50%"}]}]}`),
	"unit of a stay":           doc("classes", `{"big": {"each": "unit", "first": [{"name": "yes", "when": {"volume": {"over": "1 m3"}}}, {"name": "no"}]}}`, "charges", `[`+fill+`, {"code": "s", "family": "storage", "on": "store", "each": "unit", "when": {"big": "yes"}, "price": "1"}]`),
	"measure of a measure":     doc("measures", `{"b": [{"sum": "order", "of": "a"}], "a": [{"each": "parcel", "of": "weight", "up": "1 kg"}]}`),
	"class by class":           doc("classes", `{"a": {"first": [{"name": "x", "when": {"b": "y"}}]}, "b": {"first": [{"name": "y"}]}}`),
	"sum of narrower quantity": charge(`"on": "order", "per": "chargeable", "unit": "kg", "price": "1"`),
}

const everyEvent = `{"code": "a", "on": "consign", "family": "first_leg", "per": "carton", "price": "1"},
{"code": "b", "on": "import", "family": "tariff", "per": "line", "price": "1"},
{"code": "c", "on": "receive", "family": ["handling", "other"], "per": "delivery", "price": "1"},
{"code": "d", "on": "store", "family": "storage", "per": "lot", "price": "1"},
{"code": "e", "on": "order", "family": "handling", "per": "unit", "price": "1"},
{"code": "f", "on": "return", "family": "handling", "per": "parcel", "price": "1"},
{"code": "g", "on": "remove", "family": "handling", "per": "unit", "price": "1"},
{"code": "h", "on": "period", "family": "other", "per": "period", "price": "1"}`

func TestParseAccepts(t *testing.T) {
	for name, data := range okCases {
		t.Run(name, func(t *testing.T) { parse(t, data) })
	}
}

// refusals have the problems that each document has, in order: "code path".
var refusals = []struct {
	name string
	doc  []byte
	want string
}{
	// header
	{"schema version", doc("schema", `"overseas/ratecard/99"`), "unsupported_version /schema"},
	{"no schema", doc("schema", ""), "missing_field /schema"},
	{"no id", doc("id", ""), "missing_field /id"},
	{"id", doc("id", `"Test card"`), "malformed /id"},
	{"blank provider", doc("provider", `" \u200b"`), "text_blank /provider"},
	{"unknown field", doc("currancy", `"EUR"`), "unknown_field /currancy"},
	{"standing", doc("standing", `"best"`), "unknown_value /standing"},
	{"tier without account", doc("standing", `"tier"`), "missing_field /account"},
	{"account of nobody", doc("account", `"gold"`), "fields_exclude /account"},
	{"country", doc("country", `"Narnia"`), "country_unknown /country"},
	{"countries twice", doc("country", `["DE", "FR", "DE"]`), "duplicate /country/2"},
	{"no countries", doc("country", `[]`), "tier_empty /country"},
	{"warehouse twice", doc("warehouses", `["A", "A"]`), "duplicate /warehouses/1"},
	{"no tax", doc("tax", ""), "missing_field /tax"},
	{"tax word", doc("tax", `"yes"`), "unknown_value /tax"},
	{"tax both", doc("tax", `{"included": "19%", "excluded": "19%"}`), "fields_exclude /tax/excluded"},
	{"tax rate", doc("tax", `{"included": "0.19"}`), "malformed /tax/included"},
	{"tax of nothing", doc("tax", `{}`), "missing_field /tax"},
	{"effective of nothing", doc("effective", `{"to": "2026-01-01"}`), "missing_field /effective"},
	{"effective reversed", doc("effective", `{"from": "2026-02-01", "to": "2026-01-31"}`), "date_order /effective/to"},
	{"no sources", doc("sources", `[]`), "tier_empty /sources"},
	{"source without url", doc("sources", `[{"note": "x"}]`), "missing_field /sources/0/url"},
	{"service days", doc("service", `{"days": ["5", "3"]}`), "min_over_max /service/days"},
	{"service day", doc("service", `{"days": ["3"]}`), "table_size /service/days"},
	{"rounding mode", doc("rounding", `{"mode": "nearest"}`), "unknown_value /rounding/mode"},
	{"rounding to nothing", doc("rounding", `{"to": "0"}`), "zero_not_allowed /rounding/to"},
	{"two totals", doc("totals", `[{"on": "order", "code": "a", "family": "other", "round": {}}, {"on": "order", "code": "b", "family": "other", "round": {}}]`), "duplicate /totals/1"},
	// inputs, classes, measures
	{"input of nothing", doc("inputs", `{"zone": {"text": "?"}}`), "missing_field /inputs/zone"},
	{"input of both", doc("inputs", `{"zone": {"values": ["1"], "kind": "count"}}`), "fields_exclude /inputs/zone/kind"},
	{"input without values", doc("inputs", `{"zone": {"values": []}}`), "tier_empty /inputs/zone/values"},
	{"values twice", doc("inputs", `{"zone": {"values": ["1", "1"]}}`), "duplicate /inputs/zone/values/1"},
	{"default", doc("inputs", `{"zone": {"values": ["1"], "default": "2"}}`), "unknown_value /inputs/zone/default"},
	{"default of a count", doc("inputs", `{"n": {"kind": "count", "default": "1.5"}}`), "not_integer /inputs/n/default"},
	{"name of a measure", doc("inputs", `{"weight": {"kind": "count"}}`), "name_taken /inputs/weight"},
	{"name of a level", doc("inputs", `{"parcel": {"kind": "count"}}`), "name_taken /inputs/parcel"},
	{"name of money", doc("inputs", `{"goods": {"kind": "money"}}`), "name_taken /inputs/goods"},
	{"name twice", doc("inputs", `{"size": {"kind": "count"}}`), "name_taken /classes/size"},
	{"name with a space", doc("inputs", `{"a b": {"kind": "count"}}`), "malformed /inputs/a b"},
	{"class without rows", doc("classes", `{"size": {"first": []}}`), "tier_empty /classes/size/first"},
	{"row without name", doc("classes", `{"size": {"first": [{}]}}`), "missing_field /classes/size/first/0/name"},
	{"level word", doc("classes", `{"size": {"each": "box", "first": [{"name": "a"}]}}`), "unknown_value /classes/size/each"},
	{"sides of an order", doc("classes", `{"size": {"first": [{"name": "a", "limit": {"longest": "1 m"}}]}}`), "level_mismatch /classes/size/first/0/limit/longest"},
	{"space before a number", doc("classes", `{"size": {"each": "parcel", "first": [{"name": "a", "limit": {"weight": " 20 kg"}}]}}`), "number_syntax /classes/size/first/0/limit/weight"},
	{"space in a number", doc("classes", `{"size": {"each": "parcel", "first": [{"name": "a", "limit": {"weight": "1 000 kg"}}]}}`), "number_syntax /classes/size/first/0/limit/weight"},
	{"space after a number", doc("classes", `{"size": {"each": "parcel", "first": [{"name": "a", "limit": {"weight": "20 "}}]}}`), "number_syntax /classes/size/first/0/limit/weight"},
	{"measure of nothing", doc("measures", `{"m": []}`), "tier_empty /measures/m"},
	{"step of nothing", doc("measures", `{"m": [{"min": "1 kg"}]}`), "missing_field /measures/m/0"},
	{"step of both", doc("measures", `{"m": [{"of": "weight", "greater": ["weight"]}]}`), "fields_exclude /measures/m/0/of"},
	{"step of none", doc("measures", `{"m": [{"greater": []}]}`), "tier_empty /measures/m/0/greater"},
	{"second step with terms", doc("measures", `{"m": [{"of": "weight"}, {"of": "volume"}]}`), "fields_exclude /measures/m/1/of"},
	{"step narrower", doc("measures", `{"m": [{"each": "parcel", "of": "weight"}, {"each": "item", "up": "1 kg"}]}`), "level_mismatch /measures/m/1"},
	{"sum of the same", doc("measures", `{"m": [{"each": "parcel", "of": "weight"}, {"sum": "parcel"}]}`), "level_mismatch /measures/m/1"},
	{"each and sum", doc("measures", `{"m": [{"each": "parcel", "sum": "order", "of": "weight"}]}`), "fields_exclude /measures/m/0/each"},
	{"kilograms and litres", doc("measures", `{"m": [{"greater": ["weight", "volume"]}]}`), "unit_mismatch /measures/m/0/greater/1"},
	{"divisor of length", doc("measures", `{"m": [{"of": "volume / 5000 cm/kg"}]}`), "unit_mismatch /measures/m/0/of"},
	{"density upside down", doc("measures", `{"m": [{"of": "volume x 167 m3/kg"}]}`), "unit_mismatch /measures/m/0/of"},
	{"divisor of nothing", doc("measures", `{"m": [{"of": "volume / 0 cm3/kg"}]}`), "zero_not_allowed /measures/m/0/of"},
	{"unknown unit", doc("measures", `{"m": [{"of": "volume x 167 kg/cbm"}]}`), "unit_unknown /measures/m/0/of"},
	{"an expression", doc("measures", `{"m": [{"of": "volume x 167 kg/m3 + weight"}]}`), "malformed /measures/m/0/of"},
	{"unknown measure", doc("measures", `{"m": [{"of": "wieght"}]}`), "name_unknown /measures/m/0/of"},
	{"choice as measure", doc("measures", `{"m": [{"of": "zone"}]}`), "name_unknown /measures/m/0/of"},
	{"minimum of another kind", doc("measures", `{"m": [{"of": "weight", "min": "1 m3"}]}`), "unit_mismatch /measures/m/0/min"},
	{"min over max", doc("measures", `{"m": [{"of": "weight", "min": "2 kg", "max": "1999 g"}]}`), "min_over_max /measures/m/0/max"},
	{"tolerance over step", doc("measures", `{"m": [{"of": "weight", "up": "1 kg", "tolerance": "1000 g"}]}`), "min_over_max /measures/m/0/tolerance"},
	{"tolerance of nothing", doc("measures", `{"m": [{"of": "weight", "tolerance": "0.3 kg"}]}`), "missing_field /measures/m/0/tolerance"},
	{"sides of an order's volume", doc("measures", `{"m": [{"sides": {"to": "1 cm", "mode": "up"}, "of": "volume"}]}`), "level_mismatch /measures/m/0/sides"},
	{"sides without mode", doc("measures", `{"m": [{"each": "parcel", "sides": {"to": "1 cm"}, "of": "volume"}]}`), "missing_field /measures/m/0/sides/mode"},
	{"measure of itself", doc("measures", `{"m": [{"of": "m"}]}`), "cycle /measures/m/0/of"},
	{"measures of each other", doc("measures", `{"m": [{"of": "n"}], "n": [{"of": "m"}]}`), "cycle /measures/n/0/of"},
	{"measure of a class of it", doc("measures", `{"m": [{"of": {"of": "weight", "when": {"c": "x"}}}]}`, "classes", `{"c": {"first": [{"name": "x", "when": {"m": {"over": "1 kg"}}}]}}`), "cycle /classes/c/first/0/when/m"},
	{"class of itself", doc("classes", `{"c": {"first": [{"name": "x"}, {"name": "y", "when": {"c": "x"}}]}}`), "cycle /classes/c/first/1/when/c"},
	{"term of a narrower measure", doc("measures", `{"a": [{"each": "item", "of": "weight"}], "b": [{"each": "order", "of": "a"}]}`), "level_mismatch /measures/b/0/of"},
	{"unit of two events", doc("classes", `{"big": {"each": "unit", "first": [{"name": "yes"}]}}`, "charges", `[`+fill+`, {"code": "s", "family": "storage", "on": "store", "each": "unit", "when": {"big": "yes"}, "price": "1"}, {"code": "o", "family": "handling", "on": "order", "each": "unit", "when": {"big": "yes"}, "price": "1"}]`), "unit_ambiguous /classes/big/each"},
	{"items of a stay", charge(`"on": "store", "each": "unit", "price": "1", "when": {"size": "small"}`), "level_mismatch /classes/size/each level_mismatch /charges/1/when/size"},
	// slots
	{"empty slot", doc("slots", `{"deliver": {"on": "order", "each": "parcel"}, "pick": {"on": "order"}}`), "slot_empty /slots/pick"},
	{"slot of another event", charge(`"on": "return", "slot": "deliver", "price": "1"`), "slot_mismatch /charges/1/slot"},
	{"slot of another level", charge(`"on": "order", "slot": "deliver", "each": "order", "price": "1"`), "slot_mismatch /charges/1/each"},
	{"unknown slot", charge(`"on": "order", "slot": "send", "price": "1"`), "name_unknown /charges/1/slot"},
	{"take", doc("slots", `{"deliver": {"on": "order", "each": "parcel", "take": "best"}}`), "unknown_value /slots/deliver/take"},
	// charges
	{"no charges", doc("charges", `[]`, "slots", ""), "tier_empty /charges"},
	{"code twice", charge(`"on": "order", "price": "1"}, {"code": "x", "family": "other", "on": "order", "price": "1"`), "duplicate /charges/2/code"},
	{"event", charge(`"on": "deliver", "price": "1"`), "unknown_value /charges/1/on"},
	{"no event", charge(`"price": "1"`), "missing_field /charges/1/on"},
	{"family", doc("charges", `[`+fill+`, {"code": "x", "on": "order", "family": "fees", "price": "1"}]`), "unknown_value /charges/1/family"},
	{"no family", doc("charges", `[`+fill+`, {"code": "x", "on": "order", "price": "1"}]`), "missing_field /charges/1/family"},
	{"level of another event", charge(`"on": "order", "each": "carton", "price": "1"`), "unknown_value /charges/1/each"},
	{"no price", charge(`"on": "order"`), "missing_field /charges/1"},
	{"price and percent", charge(`"on": "order", "price": "1", "percent": "1%", "of": "ship"`), "fields_exclude /charges/1/percent"},
	{"percent of nothing", charge(`"on": "order", "percent": "1%"`), "missing_field /charges/1"},
	{"percent per weight", charge(`"on": "order", "percent": "1%", "of": "ship", "per": "weight"`), "fields_exclude /charges/1/per"},
	{"percent of something unknown", charge(`"on": "order", "percent": "1%", "of": "shop"`), "name_unknown /charges/1/of"},
	{"percent of an unknown family", charge(`"on": "order", "percent": "1%", "of": "family:fees"`), "name_unknown /charges/1/of"},
	{"percent of a weight", charge(`"on": "order", "percent": "1%", "of": "weight"`), "unit_mismatch /charges/1/of"},
	{"percent of itself", charge(`"on": "order", "percent": "1%", "of": "x"`), "cycle /charges/1"},
	{"percents of each other", charge(`"on": "order", "percent": "1%", "of": "y"}, {"code": "y", "family": "other", "on": "order", "percent": "1%", "of": "x"`), "cycle /charges/2"},
	{"percent within a slot", charge(`"on": "order", "slot": "deliver", "percent": "1%", "basis": "exact", "of": "ship"`), "cycle /charges/1"},
	{"amounts of each other", doc("amounts", `{"a": {"on": "order", "sum": "b"}, "b": {"on": "order", "sum": "a"}}`), "cycle /amounts/b"},
	{"percent of another event", charge(`"on": "return", "percent": "1%", "of": "ship"`), "slot_mismatch /charges/1"},
	{"percent of a wider level", charge(`"on": "order", "each": "parcel", "percent": "1%", "of": "ship"`), "level_mismatch /charges/1"},
	{"of without percent", charge(`"on": "order", "price": "1", "of": "ship"`), "fields_exclude /charges/1/of"},
	{"unknown quantity", charge(`"on": "order", "per": "wieght", "price": "1"`), "name_unknown /charges/1/per"},
	{"kilograms of what", charge(`"on": "order", "per": "weight", "price": "1"`), "missing_field /charges/1/per"},
	{"unit of another kind", charge(`"on": "order", "per": "weight", "unit": "m3", "price": "1"`), "unit_mismatch /charges/1/unit"},
	{"unit that is none", charge(`"on": "order", "per": "weight", "unit": "stone", "price": "1"`), "unit_unknown /charges/1/unit"},
	{"unit of nothing", charge(`"on": "order", "per": "weight", "unit": "0 kg", "price": "1"`), "zero_not_allowed /charges/1/unit"},
	{"unit without quantity", charge(`"on": "order", "unit": "kg", "price": "1"`), "missing_field /charges/1/unit"},
	{"wider quantity", charge(`"on": "order", "each": "parcel", "per": "pallet", "price": "1"`), "level_mismatch /charges/1/per"},
	{"sides of an order", charge(`"on": "order", "per": "longest", "unit": "cm", "price": "1"`), "level_mismatch /charges/1/per"},
	{"condition of a part", charge(`"on": "order", "when": {"size": "small"}, "price": "1"`), "level_mismatch /charges/1/when/size"},
	{"weight of a period", charge(`"on": "period", "per": "weight", "unit": "kg", "price": "1"`), "name_unknown /charges/1/per"},
	{"time of an order", charge(`"on": "order", "time": {"per": "day"}, "price": "1"`), "fields_exclude /charges/1/time"},
	{"snapshot when", charge(`"on": "store", "time": {"per": "month", "basis": "snapshot"}, "price": "1"`), "missing_field /charges/1/time/on"},
	{"snapshot on the 31st", charge(`"on": "store", "time": {"per": "month", "basis": "snapshot", "on": "31"}, "price": "1"`), "number_range /charges/1/time/on"},
	{"snapshot of a day", charge(`"on": "store", "time": {"per": "day", "basis": "snapshot", "on": "1"}, "price": "1"`), "fields_exclude /charges/1/time/on"},
	{"age of an order", priced(`{"by": [{"of": "age", "from": ["0"]}], "table": ["1"]}`), "fields_exclude /charges/1/price/by/0/of"},
	{"rows along the age of an order", priced(`{"of": "age", "rows": [{"from": "0", "price": "1"}]}`), "fields_exclude /charges/1/price/of"},
	{"rows along the age of an account", charge(`"on": "store", "time": {"per": "day"}, "price": {"of": "age", "rows": [{"from": "0", "price": "1"}]}`), "level_mismatch /charges/1/price/of"},
	{"rows with mistakes", rows(`{"from": "0 kg", "to": "x", "price": "1"}, {"from": "9 m", "price": "2"}`), "number_syntax /charges/1/price/rows/0/to unit_mismatch /charges/1/price/rows/1/from"},
	{"pieces of an item", charge(`"on": "order", "each": "item", "per": "pieces", "price": "1"`), "level_mismatch /charges/1/per"},
	{"age of an account", charge(`"on": "store", "time": {"per": "day"}, "price": {"by": [{"of": "age", "from": ["0"]}], "table": ["1"]}`), "level_mismatch /charges/1/price/by/0/of"},
	{"min over max", charge(`"on": "order", "price": "1", "min": "5", "max": "4.99"`), "min_over_max /charges/1"},
	{"bound over bound", charge(`"on": "order", "each": "parcel", "price": "1", "bounds": [{"each": "order", "min": "5", "max": "4"}]`), "min_over_max /charges/1/bounds/0"},
	{"narrower bound", charge(`"on": "order", "price": "1", "bounds": [{"each": "parcel", "min": "5"}]`), "level_mismatch /charges/1/bounds/0/each"},
	{"bound of the same level", charge(`"on": "order", "price": "1", "bounds": [{"each": "order", "min": "5"}]`), "level_mismatch /charges/1/bounds/0/each"},
	{"bound of nothing", charge(`"on": "order", "each": "parcel", "price": "1", "bounds": [{"each": "order"}]`), "missing_field /charges/1/bounds/0"},
	{"narrower rounding", charge(`"on": "order", "price": "1", "round": {"each": "parcel"}`), "level_mismatch /charges/1/round/each"},
	{"dated overlap", charge(`"on": "order", "dated": [{"from": "2026-01-01", "price": "1"}, {"from": "2026-06-01", "price": "2"}]`), "period_overlap /charges/1/dated/1"},
	{"dated reversed", charge(`"on": "order", "dated": [{"from": "2026-01-02", "to": "2026-01-01", "price": "1"}]`), "date_order /charges/1/dated/0/to"},
	{"dated of nothing", charge(`"on": "order", "dated": []`), "tier_empty /charges/1/dated"},
	{"dated and not", charge(`"on": "order", "price": "1", "dated": [{"price": "1"}]`), "fields_exclude /charges/1/price"},
	{"duties of an order", charge(`"on": "order", "given": "duties", "of": "ship"`), "fields_exclude /charges/1/given"},
	{"top-up of an order", charge(`"on": "order", "top_up": {"to": "1"}`), "fields_exclude /charges/1/top_up"},
	{"top-up of something unknown", charge(`"on": "period", "top_up": {"to": "1", "of": ["shop"]}`), "name_unknown /charges/1/top_up/of/0"},
	{"amount times", doc("amounts", `{"a": {"on": "order", "sum": "ship", "times": "11/0"}}`), "malformed /amounts/a/times"},
	{"amount called like a charge", doc("amounts", `{"ship": {"on": "order", "sum": "declared"}}`), "duplicate /amounts/ship"},
	{"charge called like money", charge(`"on": "order", "price": "1"}, {"code": "goods", "family": "other", "on": "order", "price": "1"`), "name_taken /charges/2/code"},
	// conditions
	{"unknown subject", charge(`"on": "order", "price": "1", "when": {"colour": "red"}`), "name_unknown /charges/1/when/colour"},
	{"unknown value", charge(`"on": "order", "price": "1", "when": {"zone": "3"}`), "unknown_value /charges/1/when/zone"},
	{"country of another card", charge(`"on": "order", "price": "1", "when": {"country": "US"}`), "unknown_value /charges/1/when/country"},
	{"in nothing", charge(`"on": "order", "price": "1", "when": {"zone": []}`), "tier_empty /charges/1/when/zone"},
	{"neither in nor not", charge(`"on": "order", "price": "1", "when": {"zone": {}}`), "missing_field /charges/1/when/zone"},
	{"bounds of nothing", charge(`"on": "order", "price": "1", "when": {"weight": {}}`), "missing_field /charges/1/when/weight"},
	{"postal range of two shapes", charge(`"on": "order", "price": "1", "when": {"postal_code": "1000-19999"}`), "malformed /charges/1/when/postal_code"},
	{"postal range reversed", charge(`"on": "order", "price": "1", "when": {"postal_code": "20000-10000"}`), "tier_inverted /charges/1/when/postal_code"},
	{"postal range of two letters", charge(`"on": "order", "price": "1", "when": {"postal_code": "SW1-SE9"}`), "malformed /charges/1/when/postal_code"},
	{"postal small letters", charge(`"on": "order", "price": "1", "when": {"postal_code": "sw1"}`), "malformed /charges/1/when/postal_code"},
	{"30 February every year", charge(`"on": "order", "price": "1", "when": {"date": {"yearly": ["02-30", "03-01"]}}`), "date_invalid /charges/1/when/date/yearly/0"},
	{"limit of another kind", charge(`"on": "order", "price": "1", "limit": {"weight": "1 m"}`), "unit_mismatch /charges/1/limit/weight"},
	{"limit of nothing", charge(`"on": "order", "price": "1", "limit": {"weight": "0 kg"}`), "zero_not_allowed /charges/1/limit/weight"},
	{"limit of a bare number", charge(`"on": "order", "price": "1", "limit": {"weight": "31.5"}`), "unit_mismatch /charges/1/limit/weight"},
	{"limit of a wider level", charge(`"on": "order", "each": "parcel", "price": "1", "limit": {"each": "order", "weight": "1 kg"}`), "level_mismatch /charges/1/limit/each"},
	{"unknown unit", charge(`"on": "order", "price": "1", "limit": {"weight": "1 stone"}`), "unit_unknown /charges/1/limit/weight"},
	// tables
	{"table without axes", priced(`{"table": ["1"]}`), "missing_field /charges/1/price/by"},
	{"axes without table", priced(`{"by": [{"of": "zone", "in": ["1"]}]}`), "missing_field /charges/1/price"},
	{"table and bands", priced(`{"by": [{"of": "zone", "in": ["1"]}], "table": ["1"], "of": "weight", "bands": []}`), "fields_exclude /charges/1/price"},
	{"no axes", priced(`{"by": [], "table": []}`), "tier_empty /charges/1/price/by"},
	{"short row", priced(`{"by": [{"of": "weight", "upTo": ["1 kg", "2 kg"]}, {"of": "zone", "in": ["1", "2"]}], "table": [["1", "2"], ["3"]]}`), "table_size /charges/1/price/table/1"},
	{"short table", priced(`{"by": [{"of": "weight", "upTo": ["1 kg", "2 kg"]}, {"of": "zone", "in": ["1", "2"]}], "table": [["1", "2"]]}`), "table_size /charges/1/price/table"},
	{"short list", priced(`{"by": [{"of": "zone", "in": ["1", "2"]}], "table": ["1"]}`), "table_size /charges/1/price/table"},
	{"axis of nothing", priced(`{"by": [{"of": "weight"}], "table": ["1"]}`), "missing_field /charges/1/price/by/0"},
	{"axis of two edges", priced(`{"by": [{"of": "weight", "upTo": ["1 kg"], "from": ["0 kg"]}], "table": ["1"]}`), "fields_exclude /charges/1/price/by/0"},
	{"axis without edges", priced(`{"by": [{"of": "weight", "upTo": []}], "table": []}`), "tier_empty /charges/1/price/by/0/upTo"},
	{"edges unsorted", priced(`{"by": [{"of": "weight", "upTo": ["2 kg", "1 kg"]}], "table": ["1", "2"]}`), "tier_unsorted /charges/1/price/by/0/upTo/1"},
	{"edges equal in other units", priced(`{"by": [{"of": "weight", "upTo": ["1 kg", "1000 g"]}], "table": ["1", "2"]}`), "tier_unsorted /charges/1/price/by/0/upTo/1"},
	{"more in the middle", priced(`{"by": [{"of": "weight", "upTo": ["more", "1 kg"]}], "table": ["1", "2"]}`), "tier_unsorted /charges/1/price/by/0/upTo/0"},
	{"from later than zero", priced(`{"by": [{"of": "weight", "from": ["1 kg"]}], "table": ["1"]}`), "tier_gap /charges/1/price/by/0/from/0"},
	{"axis value unknown", priced(`{"by": [{"of": "zone", "in": ["1", "3"]}], "table": ["1", "2"]}`), "unknown_value /charges/1/price/by/0/in/1"},
	{"axis value twice", priced(`{"by": [{"of": "zone", "in": ["1", "1"]}], "table": ["1", "2"]}`), "duplicate /charges/1/price/by/0/in/1"},
	{"axis twice", priced(`{"by": [{"of": "zone", "in": ["1"]}, {"of": "zone", "in": ["2"]}], "table": [["1"]]}`), "duplicate /charges/1/price/by/1"},
	{"axis unknown", priced(`{"by": [{"of": "zoen", "in": ["1"]}], "table": ["1"]}`), "name_unknown /charges/1/price/by/0/of"},
	{"axis of a narrower class", priced(`{"by": [{"of": "size", "in": ["small", "large"]}], "table": ["1", "2"]}`), "level_mismatch /charges/1/price/by/0/of"},
	{"bands unsorted", priced(`{"of": "weight", "bands": [{"upTo": "2 kg", "flat": "1"}, {"upTo": "1 kg", "flat": "1"}]}`), "tier_unsorted /charges/1/price/bands/1/upTo"},
	{"band open in the middle", priced(`{"of": "weight", "bands": [{"flat": "1"}, {"upTo": "1 kg", "flat": "1"}]}`), "missing_field /charges/1/price/bands/0"},
	{"band of nothing", priced(`{"of": "weight", "bands": [{"upTo": "2 kg"}]}`), "missing_field /charges/1/price/bands/0"},
	{"band per what", priced(`{"of": "weight", "bands": [{"upTo": "2 kg", "price": "1"}]}`), "missing_field /charges/1/price/bands/0"},
	{"no bands", priced(`{"of": "weight", "bands": []}`), "tier_empty /charges/1/price/bands"},
	{"bands per weight", charge(`"on": "order", "per": "weight", "unit": "kg", "price": {"of": "weight", "bands": [{"flat": "1"}]}`), "fields_exclude /charges/1/per"},
	{"next break of nothing", priced(`{"nextBreak": true, "by": [{"of": "weight", "from": ["0 kg"]}], "table": ["1"]}`), "fields_exclude /charges/1/price/nextBreak"},
	{"negative price", priced(`"-1.00"`), "negative /charges/1/price"},
	{"negative cell", priced(`{"by": [{"of": "zone", "in": ["1", "2"]}], "table": ["1", "-0.01"]}`), "negative /charges/1/price/table/1"},
	{"percent in a price", priced(`"5%"`), "number_syntax /charges/1/price"},
	{"price as percent", charge(`"on": "order", "percent": "5", "of": "ship"`), "malformed /charges/1/percent"},
	{"list in a list", priced(`[{"price": [{"price": "1"}]}]`), "wrong_type /charges/1/price/0/price"},
	{"nothing to add", priced(`[]`), "tier_empty /charges/1/price"},
	// brackets with both ends
	{"rows: none", rows(``), "tier_empty /charges/1/price/rows"},
	{"rows: overlap", rows(`{"from": "0 kg", "to": "10 kg", "price": "1"}, {"from": "9 kg", "to": "20 kg", "price": "2"}`), "tier_overlap /charges/1/price/rows/1"},
	{"rows: gap", rows(`{"from": "0 kg", "to": "10 kg", "price": "1"}, {"from": "11 kg", "to": "20 kg", "price": "2"}`), "tier_gap /charges/1/price/rows/1"},
	{"rows: edge not said", priced(`{"of": "weight", "rows": [{"from": "0 kg", "to": "10 kg", "price": "1"}, {"from": "10 kg", "price": "2"}]}`), "edge_not_said /charges/1/price/rows"},
	{"rows: missing price", rows(`{"from": "0 kg"}`), "missing_field /charges/1/price/rows/0/price"},
	{"everything at once", doc("currency", `"EUX"`, "tax", `"yes"`, "charges", `[{"code": "x", "on": "order", "family": "other", "price": "1,50"}]`, "slots", ""), "currency_unknown /currency unknown_value /tax number_syntax /charges/0/price"},
}

// A charge of the whole event has no wider level; the problem ended with an empty list.
func TestLevelMismatchWithoutALevel(t *testing.T) {
	_, err := ratecard.Parse(doc("charges", `[{"code": "x", "on": "order", "family": "other", "price": "1", "bounds": [{"each": "order", "min": "5"}]}]`, "slots", ""))
	var ps problem.Problems
	if !errors.As(err, &ps) || len(ps) != 1 || ps[0].Code != problem.LevelMismatch {
		t.Fatal(err)
	}
	for _, tag := range []language.Tag{language.English, language.Chinese, language.German, language.Spanish, language.French, language.Italian, language.Russian, language.Indonesian} {
		if text := ps[0].Message(tag); strings.ContainsAny(text, ";:；：") {
			t.Errorf("%s: %s", tag, text)
		}
	}
}

// The problem named what the member needs as what it cannot stand together with.
func TestProblemNamesWhatIsInTheWay(t *testing.T) {
	for _, c := range []struct {
		name string
		doc  []byte
		want string
	}{
		{"age of an order", priced(`{"by": [{"of": "age", "from": ["0"]}], "table": ["1"]}`), `"age" cannot stand here together with on order`},
		{"rows along the age of an order", priced(`{"of": "age", "rows": [{"from": "0", "price": "1"}]}`), `"age" cannot stand here together with on order`},
		{"age without time", charge(`"on": "store", "each": "lot", "price": {"by": [{"of": "age", "from": ["0"]}], "table": ["1"]}`), `the field "time" is missing`},
		{"rows along an age without time", charge(`"on": "store", "each": "lot", "price": {"of": "age", "rows": [{"from": "0", "price": "1"}]}`), `the field "time" is missing`},
		{"account of nobody", doc("account", `"gold"`), `"account" cannot stand here together with standing published`},
		{"snapshot of a day", charge(`"on": "store", "time": {"per": "day", "basis": "snapshot", "on": "1"}, "price": "1"`), `"basis snapshot" cannot stand here together with per day`},
	} {
		_, err := ratecard.Parse(c.doc)
		var ps problem.Problems
		if !errors.As(err, &ps) || len(ps) != 1 {
			t.Errorf("%s: %v", c.name, err)
		} else if got := ps[0].Message(language.English); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	for _, c := range refusals {
		t.Run(c.name, func(t *testing.T) {
			card, err := ratecard.Parse(c.doc)
			if card != nil {
				t.Error("a card in spite of problems")
			}
			if got := strings.Join(found(err), " "); got != c.want {
				t.Errorf("got %s, want %s\n%v", got, c.want, err)
			}
			var ps problem.Problems
			errors.As(err, &ps)
			for _, p := range ps {
				if p.Line == 0 || p.Column == 0 {
					t.Errorf("%v has no line and column", p)
				}
			}
		})
	}
}
