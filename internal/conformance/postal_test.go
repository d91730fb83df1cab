package conformance

import (
	"strings"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees"
)

// postalCard offers a delivery where a test of the postal code holds.
func postalCard(test any) object {
	charge := object{"on": "order", "code": "parcel", "family": "local_delivery", "slot": "deliver", "price": "1"}
	if test != nil {
		charge["when"] = object{"postal_code": test}
	}
	return with(card(charge), object{"slots": object{"deliver": object{"on": "order"}}})
}

func to_(c country.Code, postal string) *fees.Order {
	return &fees.Order{Date: day, Country: c, PostalCode: postal}
}

// hyphens stand between the ends of a range, so they are left out of its codes.
func ruleCode(s string) string { return strings.ReplaceAll(s, "-", "") }

// last is the greatest code of the shape of another: an open range ends there. Letters that name an area stay.
func last(s string) string {
	head, tail, inParts := strings.Cut(s, " ")
	nines := func(c rune) rune {
		if '0' <= c && c <= '9' {
			return '9'
		}
		return c
	}
	if !inParts {
		return strings.Map(nines, s)
	}
	return strings.Map(nines, head) + " " + strings.Map(func(c rune) rune {
		if 'A' <= c && c <= 'Z' {
			return 'Z'
		}
		return nines(c)
	}, tail)
}

// postalRange: whether a code lies in a range.
func postalRange(r *run) {
	c, err := country.Parse(r.in.text("country"))
	if err != nil {
		r.Fatal(err)
	}
	from := ruleCode(r.in.text("from"))
	to, ok := r.in.optText("to")
	if to = ruleCode(to); !ok || to == "" {
		to = last(from)
	}
	doc, code, want := postalCard([]string{from + "-" + to}), r.in.text("postal"), r.want.boolean("match")
	if _, err := r.parse(doc); err != nil && !want { // ends that are no range match nothing
		return
	}
	r.offered(doc, to_(c, code), want)
}

// zoneZip: codes of different lengths are no range, so that none of the answers by text comparison can come out.
func zoneZip(r *run) {
	from, to, zip := r.in.text("zip_from"), r.in.text("zip_to"), r.in.text("zip")
	r.want.info("peer_*")
	doc := postalCard([]string{from + "-" + to})
	if len(from) != len(to) || len(from) < 4 { // the latter would be beginnings of codes
		if _, err := r.parse(doc); err == nil {
			r.Errorf("%s-%s is accepted", from, to)
		}
		return
	}
	want := len(zip) == len(from) && from <= zip && zip <= to
	r.offered(doc, to_(country.Code{'U', 'S'}, zip), want)
}

// postalRules: none is everywhere; those that include let in, those that exclude keep out and win.
func postalRules(r *run) {
	const code = "123456789012"
	test := map[string][]string{}
	for i, rule := range r.in.objects("rules") {
		prefix := code[:i+1]
		if !rule.boolean("matched") {
			prefix = "9" + prefix[:i]
		}
		switch t := rule.text("type"); t {
		case "include":
			test["in"] = append(test["in"], prefix)
		case "exclude":
			test["not"] = append(test["not"], prefix)
		default:
			r.Fatalf("unknown rule %q", t)
		}
	}
	var t any
	if len(test) > 0 {
		t = test
	}
	r.offered(postalCard(t), to_(germany, code), r.want.boolean("applicable"))
}
