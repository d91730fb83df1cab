package ratecard_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/overseaswarehouse/overseas/internal/ratecard"
)

// many joins n texts made by f.
func many(n int, f func(int) string) string {
	parts := make([]string, n)
	for i := range parts {
		parts[i] = f(i)
	}
	return strings.Join(parts, ",")
}

// Each size is accepted at its limit and refused one beyond.
func TestSizeLimits(t *testing.T) {
	part := func(format string) func(int) string {
		return func(i int) string { return fmt.Sprintf(format, i) }
	}
	for _, c := range []struct {
		name string
		most int
		doc  func(n int) []byte
	}{
		{"charges", ratecard.MaxCharges, func(n int) []byte {
			return doc("slots", "", "charges", "["+many(n, part(`{"code":"c%d","on":"order","family":"other","price":"1"}`))+"]")
		}},
		{"inputs", ratecard.MaxParts, func(n int) []byte { return doc("inputs", "{"+many(n, part(`"i%d":{"kind":"count"}`))+"}") }},
		{"classes", ratecard.MaxParts, func(n int) []byte {
			return doc("classes", "{"+many(n, part(`"c%d":{"first":[{"name":"x"}]}`))+"}")
		}},
		{"measures", ratecard.MaxParts, func(n int) []byte { return doc("measures", "{"+many(n, part(`"m%d":[{"of":"weight"}]`))+"}") }},
		{"amounts", ratecard.MaxParts, func(n int) []byte {
			return doc("amounts", "{"+many(n, part(`"a%d":{"on":"order","sum":"ship"}`))+"}")
		}},
		{"values", ratecard.MaxValues, func(n int) []byte { return doc("inputs", `{"i":{"values":[`+many(n, part(`"v%d"`))+"]}}") }},
		{"warehouses", ratecard.MaxValues, func(n int) []byte { return doc("warehouses", "["+many(n, part(`"w%d"`))+"]") }},
		{"class rows", ratecard.MaxValues, func(n int) []byte {
			return doc("classes", `{"c":{"first":[`+many(n, part(`{"name":"r%d"}`))+"]}}")
		}},
		{"postal codes", ratecard.MaxValues, func(n int) []byte {
			return charge(`"on":"order","price":"1","when":{"postal_code":[` + many(n, part(`"%d"`)) + "]}")
		}},
		{"steps", ratecard.MaxSteps, func(n int) []byte {
			return doc("measures", `{"m":[{"of":"weight"}`+strings.Repeat(`,{"up":"1 kg"}`, n-1)+"]}")
		}},
		{"terms of a step", ratecard.MaxSteps, func(n int) []byte {
			return doc("measures", `{"m":[{"greater":[`+many(n, func(int) string { return `"weight"` })+"]}]}")
		}},
		{"summands", ratecard.MaxSteps, func(n int) []byte { return priced("[" + many(n, part(`{"price":"%d"}`)) + "]") }},
		{"conditions", ratecard.MaxSteps, func(n int) []byte {
			return doc("inputs", "{"+many(n, part(`"i%d":{"kind":"count"}`))+"}", "charges", "["+fill+`,{"code":"x","family":"other","on":"order","price":"1","when":{`+many(n, part(`"i%d":{"over":"1"}`))+"}}]")
		}},
		{"limits", ratecard.MaxSteps, func(n int) []byte {
			return doc("inputs", "{"+many(n, part(`"i%d":{"kind":"count"}`))+"}", "charges", "["+fill+`,{"code":"x","family":"other","on":"order","price":"1","limit":{`+many(n, part(`"i%d":"1"`))+"}}]")
		}},
		{"sources", ratecard.MaxSteps, func(n int) []byte { return doc("sources", "["+many(n, part(`{"url":"u%d"}`))+"]") }},
		{"rows", ratecard.MaxRows, func(n int) []byte { return rows(manyRows(n)) }},
		{"bands", ratecard.MaxRows, func(n int) []byte {
			return priced(`{"of":"weight","bands":[` + many(n, func(i int) string { return fmt.Sprintf(`{"upTo":"%d kg","flat":"1"}`, i+1) }) + "]}")
		}},
		{"brackets", ratecard.MaxRows, func(n int) []byte {
			return priced(`{"by":[{"of":"weight","from":[` + many(n, part(`"%d kg"`)) + `]}],"table":[` + many(n, part(`"%d"`)) + "]}")
		}},
		{"columns", ratecard.MaxColumns, func(n int) []byte {
			return priced(`{"by":[{"of":"zone","in":["1"]},{"of":"weight","from":[` + many(n, part(`"%d kg"`)) + `]}],"table":[[` + many(n, part(`"%d"`)) + "]]}")
		}},
		{"axes", 8, func(n int) []byte {
			axes := many(n, part(`{"of":"i%d","from":["0"]}`))
			table := `["1"]`
			if n > 1 {
				table = `[["1"]]`
			}
			return doc("inputs", "{"+many(n, part(`"i%d":{"kind":"count"}`))+"}", "charges", "["+fill+`,{"code":"x","family":"other","on":"order","price":{"by":[`+axes+`],"table":`+table+`}}]`)
		}},
		{"dated terms", ratecard.MaxParts, func(n int) []byte {
			return charge(`"on":"order","dated":[` + many(n, func(i int) string {
				return fmt.Sprintf(`{"from":"%d-01-01","to":"%d-12-31","price":"1"}`, 2000+i, 2000+i)
			}) + "]")
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			parse(t, c.doc(c.most))
			if _, err := ratecard.Parse(c.doc(c.most + 1)); err == nil || !strings.Contains(err.Error(), "[too_many]") {
				t.Errorf("one beyond %d: %v", c.most, err)
			}
		})
	}
}

func TestTextLimits(t *testing.T) {
	for _, c := range []struct {
		name  string
		field string
		most  int
	}{{"id", "id", ratecard.MaxName}, {"title", "title", ratecard.MaxText}, {"edition", "edition", 4 * ratecard.MaxName}} {
		parse(t, doc(c.field, `"`+strings.Repeat("a", c.most)+`"`))
		if _, err := ratecard.Parse(doc(c.field, `"`+strings.Repeat("a", c.most+1)+`"`)); fmt.Sprint(found(err)) != "[text_too_long /"+c.field+"]" {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

// The order of the members of a document does not matter.
func TestOrderOfMembers(t *testing.T) {
	members := []string{}
	for i := len(base) - 1; i >= 0; i-- {
		members = append(members, fmt.Sprintf("%q: %s", base[i][0], base[i][1]))
	}
	a, b := parse(t, doc()), parse(t, []byte("{"+strings.Join(members, ",")+"}"))
	if d := ratecard.Diff(a, b); len(d) > 0 {
		t.Errorf("%v", d)
	}
	if a.Digest == b.Digest {
		t.Error("different documents have the same digest")
	}
}

func TestMembers(t *testing.T) {
	c := parse(t, doc("charges", `[`+fill+`, {"code": "a", "on": "order", "family": ["handling", "local_delivery"], "price": "1"}, {"code": "b", "on": "order", "family": "handling", "price": "1"}, {"code": "c", "on": "return", "family": "handling", "price": "1"}]`))
	for _, x := range []struct {
		name, self, want string
	}{
		{"family:handling", "b", "[1]"}, {"family:handling", "a", "[]"}, {"family:handling", "", "[1 2]"}, {"family:local_delivery", "", "[0]"},
		{"b", "a", "[2]"}, {"nothing", "", "[]"}, {"family:nothing", "", "[]"},
	} {
		if got := fmt.Sprint(c.Members(x.name, ratecard.Order, x.self)); got != x.want {
			t.Errorf("%s for %q: %s", x.name, x.self, got)
		}
	}
}
