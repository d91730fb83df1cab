package conformance

import (
	"fmt"
	"math/big"
	"regexp"
	"slices"
	"strings"

	"github.com/overseaswarehouse/overseas/fees"
)

// code is a name that a charge can have.
func code(name string) string {
	return strings.Map(func(c rune) rune {
		switch {
		case 'A' <= c && c <= 'Z':
			return c - 'A' + 'a'
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9':
			return c
		}
		return '_'
	}, name)
}

// clampFee: a percentage with a minimum and a maximum.
func clampFee(r *run) {
	charge := object{"on": "order", "code": "fee", "family": "handling", "of": "value", "percent": r.in.num("pct") + "%"}
	for _, name := range []string{"min", "max"} {
		if s, ok := r.in.optNum(name); ok {
			charge[name] = s
		}
	}
	rounding := object{}
	if r.in.has("scale") {
		rounding["to"] = smallest(int(r.in.int("scale")))
	}
	if s, ok := r.in.optText("mode"); ok {
		rounding["mode"] = s
	}
	charge["round"] = rounding
	var want string
	if r.want.m == nil {
		want = r.want.plain()
	} else {
		want = r.want.result("fee")
	}
	q := r.quote(card(charge), order(nil, fees.Parcel{Value: r.money(r.in.num("value"), "EUR")}))
	r.equal("fee", r.sum(q), want)
}

// values are parcels worth the given amounts.
func (r *run) values(amounts []string, currency string) []fees.Parcel {
	r.Helper()
	var parcels []fees.Parcel
	for _, a := range amounts {
		parcels = append(parcels, fees.Parcel{Value: r.money(a, currency)})
	}
	return parcels
}

// percentOfValue: a percentage of all lines, rounded as the currency is.
func percentOfValue(r *run) {
	currency := r.in.text("currency")
	if d := r.in.int("decimals"); int64(r.currency(currency).Digits()) != d {
		r.Fatalf("%s does not have %d decimals", currency, d)
	}
	doc := with(card(object{"on": "order", "code": "fee", "family": "handling", "of": "value", "percent": r.in.num("pct") + "%"}), object{"currency": currency})
	q := r.quote(doc, order(nil, r.values(r.in.nums("lines"), currency)...))
	r.equal("fee", r.sum(q), r.want.result("fee"))
}

// percentWithCap: a percentage of all lines up to a cap. The shares of a capped amount are for the allocation of costs.
func percentWithCap(r *run) {
	pct, cap := r.in.num("pct"), r.in.num("cap")
	amounts := r.in.nums("lines")
	digits := int(r.in.int("decimals"))
	doc := card(object{"on": "order", "code": "fee", "family": "handling", "of": "value", "percent": pct + "%", "max": cap, "round": to(digits)})
	total := r.sum(r.quote(doc, order(nil, r.values(amounts, "EUR")...)))
	r.equal("total", total, r.want.result("total"))
	r.want.info("shares", "largest_remainder")
	if total.Cmp(rat(cap)) >= 0 || !r.want.has("shares") {
		return
	}
	for i, want := range r.want.nums("shares") { // below the cap each line bears its own
		r.equal("share", r.sum(r.quote(doc, order(nil, r.values(amounts[i:i+1], "EUR")...))), want)
	}
}

var comparison = regexp.MustCompile(`^([a-z_]+) *(<=|>=|==|=|<|>) *([0-9.]+)$`)

// condition turns "weight <= 5" into a test of an input.
func (r *run) condition(text string) object {
	all := object{}
	for _, part := range regexp.MustCompile(`(?i) and `).Split(text, -1) {
		m := comparison.FindStringSubmatch(strings.TrimSpace(part))
		if m == nil {
			r.Fatalf("unknown condition %q", text)
		}
		within, _ := all["in_"+m[1]].(object)
		if within == nil {
			within = object{}
		}
		switch m[2] {
		case "<=":
			within["upTo"] = m[3]
		case "<":
			within["below"] = m[3]
		case ">=":
			within["from"] = m[3]
		case ">":
			within["over"] = m[3]
		default:
			within["from"], within["upTo"] = m[3], m[3]
		}
		all["in_"+m[1]] = within
	}
	return all
}

// rulePrice: the first rule that fits says a base price and one per unit of something.
func rulePrice(r *run) {
	facts := fees.Facts{}
	for _, name := range r.in.names() {
		if name != "rules" {
			facts["in_"+name] = r.in.num(name)
		}
	}
	if facts["in_weight"] != "" && facts["in_volume"] != "" { // some lists price by their product
		facts["in_wv"] = show(new(big.Rat).Mul(rat(facts["in_weight"]), rat(facts["in_volume"])))
	}
	var charges []object
	for i, rule := range r.in.objects("rules") {
		terms := []object{{"price": rule.num("base")}}
		per := rule.num("per")
		if factor, ok := rule.optText("factor"); ok {
			terms = append(terms, object{"per": "in_" + factor, "price": per})
		} else if rat(per).Sign() != 0 {
			r.Fatal("a price per what?")
		}
		charge := object{"on": "order", "code": fmt.Sprintf("rule_%d", i+1), "family": "local_delivery", "slot": "rule", "price": terms, "round": exact}
		if s, ok := rule.optText("if"); ok {
			charge["when"] = r.condition(s)
		}
		charges = append(charges, charge)
	}
	var names []string
	for name := range facts {
		names = append(names, name)
	}
	doc := with(card(charges...), object{"inputs": decimalInput(names...), "slots": object{"rule": object{"on": "order", "take": "first"}}})
	for name := range facts { // what no rule asks for is not answered
		if !strings.Contains(fmt.Sprint(charges), name) {
			delete(facts, name)
			delete(doc["inputs"].(object), name)
		}
	}
	q, err := r.try(doc, order(facts))
	want := r.want.result("price", "error")
	if !isNumber(want) {
		r.fails(err, want)
		return
	}
	if err != nil {
		r.Fatal(err)
	}
	r.equal("price", r.sum(q), want)
}

// marginAndFreeOver: a margin on the carrier's price, all of it given back from an order value on.
func marginAndFreeOver(r *run) {
	charges := []object{
		{"on": "order", "code": "carrier", "family": "local_delivery", "price": r.in.num("carrier_price")},
		{"on": "order", "code": "margin", "family": "local_delivery", "of": "carrier", "percent": r.in.num("margin_pct") + "%"},
	}
	if strings.HasPrefix(r.in.num("margin_pct"), "-") {
		charges[1]["credit"] = true
	}
	if s, ok := r.in.optOne("fixed_margin", "margin_fixed"); ok {
		delete(charges[1], "of")
		charges[1]["price"] = []object{{"percent": r.in.num("margin_pct") + "%", "of": []string{"carrier"}}, {"price": s}}
		delete(charges[1], "percent")
	}
	if s, ok := r.in.optNum("free_over"); ok {
		charges = append(charges, object{"on": "order", "code": "free", "family": "local_delivery", "credit": true, "of": []string{"carrier", "margin"},
			"percent": "-100%", "when": object{"value": object{"from": s}}})
	}
	q := r.quote(card(charges...), order(nil, r.values([]string{r.in.num("order_total_without_delivery")}, "EUR")...))
	_, by := lines(q)
	before := new(big.Rat).Set(by["carrier"])
	if by["margin"] != nil {
		before.Add(before, by["margin"])
	}
	if s, ok := r.want.optNum("carrier_price_after_margin"); ok {
		r.equal("price with margin", before, s)
	}
	r.equal("charged", r.sum(q), r.want.result("charged"))
}

var dozen = regexp.MustCompile(`^([0-9]+) ?(dozen|units?|pieces?)?$`)

// eligibility: the goods of a parcel against the carrier's weight limit.
func eligibility(r *run) {
	text := r.in.text("qty")
	m := dozen.FindStringSubmatch(text)
	if m == nil {
		r.Fatalf("unknown quantity %q", text)
	}
	n := rat(m[1]).Num().Int64()
	if m[2] == "dozen" {
		n *= 12
	}
	doc := with(card(object{"on": "order", "code": "parcel", "family": "local_delivery", "slot": "deliver", "price": "1",
		"limit": object{"load": r.in.num("carrier_max_weight") + " kg"}}), object{
		"slots":    object{"deliver": object{"on": "order", "each": "parcel"}},
		"measures": object{"load": []object{{"each": "unit", "of": "weight"}, {"sum": "parcel"}}},
	})
	parcel := fees.Parcel{Goods: []fees.Goods{{Units: n, Weight: r.weight(r.in.num("product_weight"), "kg")}}}
	r.offered(doc, order(nil, parcel), r.want.boolean("available"))
}

// estimatedVsReal: what has not been asked about is not known; it is not free.
func estimatedVsReal(r *run) {
	if s := r.in.text("invoice_policy"); s != "real" {
		r.Fatalf("unknown policy %q", s)
	}
	doc := card(object{"on": "order", "code": "shipment", "family": "local_delivery", "price": r.in.num("fixed_price")},
		object{"on": "receive", "code": "received", "family": "handling", "price": "1"})
	before := r.quote(doc, &fees.Receipt{Date: day, Country: germany})
	total, err := before.In(eur, nil)
	if err != nil {
		r.Fatal(err)
	}
	if part := total.Family(fees.LocalDelivery); part.State != fees.NotAsked || !strings.Contains(r.want.text("before_shipping"), "not free") {
		r.Errorf("before shipping: %v", part)
	}
	sum := new(big.Rat)
	for range r.in.int("shipments") {
		sum.Add(sum, r.sum(r.quote(doc, order(nil))))
	}
	r.equal("after shipping", sum, r.want.num("after_first_shipment"))
}

// perPackage: fees for each package; the price of the delivery is for the first shipment of an order.
func perPackage(r *run) {
	var counts []int64
	if r.in.has("shipments") {
		for _, s := range r.in.objects("shipments") {
			counts = append(counts, s.int("packages"))
		}
	} else {
		counts = []int64{r.in.int("packages")}
	}
	var charges []object
	delivery, delivered := r.in.optNum("delivery")
	if delivered {
		charges = append(charges, object{"on": "order", "code": "delivery", "family": "local_delivery", "price": delivery, "when": object{"first": "yes"}})
	}
	for i, f := range r.in.objects("fees") {
		charges = append(charges, object{"on": "order", "code": fmt.Sprintf("package_%d", i+1), "family": "handling",
			"each": "parcel", "price": f.num("per_package")})
	}
	doc := with(card(charges...), object{"inputs": object{"first": object{"values": []string{"yes", "no"}, "default": "no"}}})
	if !delivered {
		delete(doc, "inputs")
	}
	var got []string
	packages := new(big.Rat)
	for i, n := range counts {
		var facts fees.Facts
		if i == 0 && delivered {
			facts = fees.Facts{"first": "yes"}
		}
		var parcels []fees.Parcel
		if n > 0 {
			parcels = []fees.Parcel{{Count: n}}
		}
		codes, by := lines(r.quote(doc, order(facts, parcels...)))
		for _, c := range codes {
			got = append(got, show(by[c]))
			if strings.HasPrefix(c, "package_") {
				packages.Add(packages, by[c])
			}
		}
	}
	r.equal("fees", packages, r.want.num("fees_total"))
	if want := r.want.nums("lines"); !slices.EqualFunc(got, want, func(a, b string) bool { return rat(a).Cmp(rat(b)) == 0 }) {
		r.Errorf("lines %v, want %v", got, want)
	}
}

// packingByWeight: as many packages as the weight needs.
func packingByWeight(r *run) {
	var carton fees.Carton
	for _, row := range r.in.list("items") {
		pair, _ := row.([]any)
		if len(pair) != 2 {
			r.Fatalf("not units and weight: %v", row)
		}
		n, ok1 := scalar(pair[0])
		w, ok2 := scalar(pair[1])
		if !ok1 || !ok2 || !isNumber(n) {
			r.Fatalf("not units and weight: %v", row)
		}
		carton.Goods = append(carton.Goods, fees.Goods{Units: rat(n).Num().Int64(), Weight: r.weight(w, "kg")})
	}
	steps := []object{{"each": "unit", "of": "weight / " + r.in.num("max_weight_kg") + " kg"}, {"sum": "consignment", "up": "1"}}
	r.equal("packages", r.measure("", exact, steps, carton), r.want.num("packages"))
}

// firstAdditional: a price for the first unit and one for each further unit. What the largest number means is said.
func firstAdditional(r *run) {
	qty, first, additional, most := r.in.num("qty"), r.in.num("first"), r.in.num("additional"), r.in.int("max_items")
	semantics := r.in.text("max_semantics")
	in := object{"qty": object{"kind": "count"}}
	var more []object
	measures := object{"further": []object{{"each": "order", "of": "qty", "less": "1"}}}
	terms := []object{
		{"price": object{"by": []object{{"of": "qty", "from": []string{"0", "1"}}}, "table": []string{"0", first}}},
		{"per": "further", "price": additional},
	}
	switch {
	case most == 0: // no largest number
	case semantics == "cap": // units above it are free
		measures["further"] = []object{{"each": "order", "of": "qty", "max": fmt.Sprint(most)}, {"less": "1"}}
		if most == 1 {
			terms = terms[:1]
			delete(measures, "further")
		}
	case semantics == "repeat group": // it begins anew: every unit the further price, every started group the rest of the first
		rest := new(big.Rat).Sub(rat(first), rat(additional)).FloatString(max(decimals(first), decimals(additional)))
		delete(measures, "further")
		terms = []object{{"per": "qty", "price": additional}}
		group := object{"on": "order", "code": "group", "family": "handling",
			"per": "qty", "unit": fmt.Sprint(most), "started": true, "price": rest, "round": exact}
		if strings.HasPrefix(rest, "-") { // the first is the cheaper one
			group["credit"] = true
		}
		more = append(more, group)
	default:
		r.Fatalf("unknown meaning %q", semantics)
	}
	doc := with(card(append(more, object{"on": "order", "code": "handling", "family": "handling", "price": terms, "round": exact})...), object{"inputs": in})
	if len(measures) > 0 {
		doc["measures"] = measures
	}
	r.equal("fee", r.sum(r.quote(doc, order(fees.Facts{"qty": qty}))), r.want.result("fee"))
}

// limits: services with weight limits; one that does not carry a parcel does not hide the others.
func limits(r *run) {
	prices := map[string]object{}
	for _, s := range r.in.objects("services") {
		charge := object{"on": "order", "code": "parcel", "family": "local_delivery", "slot": "deliver", "price": s.num("price")}
		for _, symbol := range []string{"lb", "kg"} {
			if most, ok := s.optNum("max_weight_" + symbol); ok {
				charge["limit"] = object{"weight": most + " " + symbol}
			}
		}
		prices[s.text("code")] = with(card(charge), object{"id": code(s.text("code")), "slots": object{"deliver": object{"on": "order", "each": "parcel"}}})
	}
	var docs []object
	for _, doc := range prices {
		docs = append(docs, doc)
	}
	calc := r.compile(docs...)
	name, weight := r.in.one("weight_lb", "weight_kg")
	e := order(nil, fees.Parcel{Weight: r.weight(weight, strings.TrimPrefix(name, "weight_"))})
	for _, service := range r.in.texts("requested") {
		only, err := calc.Only(code(service))
		if err != nil {
			r.Fatal(err)
		}
		q, err := only.Quote(e)
		if words, ok := r.want.optText("error"); ok { // of all that are asked for
			r.fails(err, words)
			continue
		}
		if v, _ := r.want.get(service); v != nil {
			if want, ok := scalar(v); ok {
				if err != nil {
					r.Errorf("%s: %v", service, err)
				} else {
					r.equal(service, r.sum(q), want)
				}
				continue
			}
		}
		r.fails(err, r.want.object(service).text("error"))
	}
}

// multiParcel: a price for each parcel.
func multiParcel(r *run) {
	doc := card(object{"on": "order", "code": "parcel", "family": "local_delivery", "each": "parcel", "price": r.in.num("price_per_parcel")})
	r.equal("total", r.sum(r.quote(doc, order(nil, fees.Parcel{Count: r.in.int("parcels")}))), r.want.num("total"))
}

// surcharges on a base price, each a line of its own.
func surcharges(r *run) {
	digits := int(r.in.int("decimals"))
	charges := []object{{"on": "order", "code": "base", "family": "local_delivery", "price": r.in.num("base"), "round": to(digits)}}
	for i, s := range r.in.objects("surcharges") {
		charge := object{"on": "order", "code": fmt.Sprintf("surcharge_%d", i+1), "family": "local_delivery", "round": to(digits)}
		if of := s.text("of"); of != "base" {
			r.Fatalf("a surcharge on %q", of)
		}
		switch t := s.text("type"); t {
		case "pct", "percent", "percentage":
			charge["percent"], charge["of"] = s.num("amount")+"%", "base"
		case "fixed", "amount":
			charge["price"] = s.num("amount")
		default:
			r.Fatalf("unknown surcharge %q", t)
		}
		charges = append(charges, charge)
	}
	q := r.quote(card(charges...), order(nil))
	r.equal("total", r.sum(q), r.want.num("total"))
	if r.want.has("lines") {
		codes, by := lines(q)
		var got []string
		for _, c := range codes {
			got = append(got, show(by[c]))
		}
		if want := r.want.nums("lines"); !slices.EqualFunc(got, want, func(a, b string) bool { return rat(a).Cmp(rat(b)) == 0 }) {
			r.Errorf("lines %v, want %v", got, want)
		}
	}
}

// markup: an amount or a percentage on top, for some carriers or services only.
func markup(r *run) {
	m := r.in.object("markup")
	charge := object{"on": "order", "code": "markup", "family": "local_delivery"}
	switch t := m.text("type"); t {
	case "pct", "percent", "percentage":
		charge["percent"], charge["of"] = m.num("value")+"%", "total"
	case "amount", "fixed":
		charge["price"] = m.num("value")
	default:
		r.Fatalf("unknown markup %q", t)
	}
	if strings.HasPrefix(m.num("value"), "-") {
		charge["credit"] = true
	}
	doc := card()
	facts := fees.Facts{}
	when, inputs := object{}, object{}
	for _, name := range m.names() {
		subject, ok := strings.CutPrefix(name, "only_")
		if !ok {
			continue
		}
		subject = strings.TrimSuffix(subject, "s")
		only := m.texts(name)
		is, answered := r.in.optText(subject)
		if !answered {
			is = "other"
		}
		values := slices.Clone(only)
		if !slices.Contains(values, is) {
			values = append(values, is)
		}
		inputs[subject], when[subject], facts[subject] = object{"values": values}, only, is
	}
	r.in.info("carrier", "service", "connection")
	if len(when) > 0 {
		charge["when"], doc["inputs"] = when, inputs
	}
	doc["charges"] = []object{{"on": "order", "code": "total", "family": "local_delivery", "price": r.in.num("total")}, charge}
	if !m.optBool("active", true) { // a list does not have what is switched off
		doc["charges"] = doc["charges"].([]object)[:1]
		delete(doc, "inputs")
		facts = nil
	}
	r.equal("total", r.sum(r.quote(doc, order(facts))), r.want.num("total"))
}

// feeDependency: percentages on the goods and on each other. One that overrides takes the place of those before it; what
// depends on one that does not apply takes its own base.
func feeDependency(r *run) {
	base := []string{r.in.num("goods")}
	basis := r.in.text("basis")
	for _, name := range []string{"shipping", "freight", "insurance"} {
		if s, ok := r.in.optNum(name); ok && basis == "CIF" {
			base = append(base, s)
		}
	}
	if basis != "FOB" && basis != "CIF" {
		r.Fatalf("unknown basis %q", basis)
	}
	rules := r.in.objects("rules")
	slices.SortStableFunc(rules, func(a, b *fields) int { return rat(b.numOr("priority", "0")).Cmp(rat(a.numOr("priority", "0"))) })
	var charges []object
	var only object
	for _, rule := range rules {
		of := []string{"value"}
		if rule.has("base_includes") {
			of = append(of, rule.texts("base_includes")...)
		}
		charge := object{"on": "order", "code": rule.text("id"), "family": "tariff", "percent": rule.num("pct") + "%", "of": of}
		stacking, said := rule.optText("stacking")
		switch {
		case !said || stacking == "add":
			charges = append(charges, charge)
		case stacking == "override":
			charge["slot"] = "one"
			for _, c := range charges {
				c["slot"] = "one"
			}
			charges = slices.Insert(charges, 0, charge)
		case stacking == "exclusive": // the only one
			only = charge
		default:
			r.Fatalf("unknown stacking %q", stacking)
		}
	}
	if only != nil {
		charges = []object{only}
	}
	doc := card(charges...)
	if strings.Contains(fmt.Sprint(charges), "slot:one") {
		doc["slots"] = object{"one": object{"on": "order", "take": "first"}}
	}
	if words, ok := r.want.optText("error"); ok {
		_, err := r.parse(doc)
		r.fails(err, words)
		return
	}
	total := r.sum(r.quote(doc, order(nil, r.values(base, "EUR")...)))
	r.equal("total", total, r.want.result("total"))
	if s, ok := r.want.optNum("not"); ok {
		r.differs("total", total, s)
	}
}

// chargeOnCharge: a percentage of each of several charges, each a line with a name of its own.
func chargeOnCharge(r *run) {
	f := r.in.object("charges")
	on := r.in.texts("vat_on")
	pct := r.in.num("vat_pct") + "%"
	var charges []object
	for _, name := range f.names() {
		charges = append(charges, object{"on": "order", "code": code(name), "family": "other", "price": f.num(name), "round": exact})
		if !slices.ContainsFunc(on, func(s string) bool { return name == s || strings.HasPrefix(name, s+"On") }) {
			continue
		}
		charges = append(charges, object{"on": "order", "code": "vat." + code(name), "family": "tax", "percent": pct, "of": code(name), "round": exact})
	}
	_, by := lines(r.quote(card(charges...), order(nil)))
	for _, name := range r.want.names() {
		want := r.want.num(name)
		of := strings.TrimPrefix(name, "VatOn")
		for _, c := range f.names() {
			if c == of || strings.HasPrefix(c, of+"On") {
				of = c
				break
			}
		}
		got := by["vat."+code(of)]
		if got == nil {
			got = new(big.Rat) // no line
		}
		r.equal(name, got, want)
	}
}

// minCollectible: nothing is asked for below a sum.
func minCollectible(r *run) {
	doc := percentTable([]string{"0", r.in.num("minimum")}, []string{"0", "100"})
	r.equal("total", r.sum(r.quote(doc, order(nil, r.values(r.in.nums("charges"), "EUR")...))), r.want.num("total"))
}

// minPayable: at least a sum is asked for. How it is spread over lines is for the allocation of costs.
func minPayable(r *run) {
	var charges []string
	for _, name := range r.in.names() {
		if name == "charges" || strings.HasPrefix(name, "charges_on_") {
			charges = append(charges, r.in.nums(name)...)
		}
	}
	r.in.info("line_values*")
	r.want.info("per_line")
	doc := card(object{"on": "order", "code": "due", "family": "tariff", "of": "value", "percent": "100%", "min": r.in.num("minimum")})
	r.equal("total", r.sum(r.quote(doc, order(nil, r.values(charges, "EUR")...))), r.want.num("total"))
}

// weightOrMeasurement: the greater of a price by weight, a price by volume and a minimum; volume does not count where the
// parcel has been weighed and the list says so.
func weightOrMeasurement(r *run) {
	byWeight, byVolume := "weight_fee", "volume_fee"
	if r.in.has("price_per_weight") {
		byWeight, byVolume = "price_per_weight", "price_per_volume"
	}
	volume := object{"on": "order", "code": "by_volume", "family": "local_delivery", "slot": "deliver",
		"per": "volume", "unit": "m3", "price": r.in.num(byVolume)}
	weight := object{"on": "order", "code": "by_weight", "family": "local_delivery", "slot": "deliver",
		"per": "weight", "unit": "kg", "price": r.in.num(byWeight)}
	doc := with(card(weight, volume), object{"slots": object{"deliver": object{"on": "order", "take": "greatest"}}})
	if least, ok := r.in.optNum("min_payment"); ok {
		weight["min"], volume["min"] = least, least
	}
	var facts fees.Facts
	if r.in.has("weighed") {
		answer := map[bool]string{true: "yes", false: "no"}[r.in.boolean("weighed")]
		facts = fees.Facts{"weighed": answer}
		doc["inputs"] = object{"weighed": object{"values": []string{"yes", "no"}}}
		volume["when"] = object{"weighed": "no"}
	}
	parcel := fees.Parcel{Weight: r.weight(r.in.num("weight"), "kg"), Volume: r.volume(r.in.num("volume"), "m3")}
	r.equal("fee", r.sum(r.quote(doc, order(facts, parcel))), r.want.result("fee"))
}

// importValidation: a card with a member missing, or with a word that is none of those it may be.
func importValidation(r *run) {
	doc := card(object{"on": "order", "code": "fee", "family": "handling", "price": "1"})
	charge := doc["charges"].([]object)[0]
	columns := map[string]string{"rate": "price", "price": "price", "service": "code", "service_code": "code", "code": "code", "shipment_type": "on"}
	heads := map[string]string{"carrier": "provider", "carrier_name": "provider", "carrier_id": "provider", "effective_date": "effective"}
	words := r.want.text("error")
	for _, name := range r.in.names() {
		value := r.in.text(name)
		if head, ok := heads[value]; ok && name == "missing_column" {
			value = head
		}
		if name == "missing_column" {
			if field, ok := columns[value]; ok {
				delete(charge, field)
			} else if _, ok := doc[value]; ok {
				delete(doc, value)
			} else {
				r.Fatalf("cards have no %q", value)
			}
			continue
		}
		if field, ok := columns[name]; ok {
			charge[field] = value
		} else if _, ok := doc[name]; ok {
			doc[name] = value
		} else {
			r.Fatalf("cards have no %q", name)
		}
	}
	_, err := r.parse(doc)
	r.fails(err, words)
}

// breakdown: the total of a quote is the sum of its lines, whatever a document says.
func breakdown(r *run) {
	var charges []object
	for i, s := range r.in.nums("lines") {
		charge := object{"on": "order", "code": fmt.Sprintf("line_%d", i+1), "family": "other", "price": s}
		if strings.HasPrefix(s, "-") {
			charge["credit"] = true
		}
		charges = append(charges, charge)
	}
	q := r.quote(card(charges...), order(nil))
	r.equal("sum of lines", r.sum(q), r.want.num("sum_of_lines"))
	if strings.HasPrefix(r.want.text("wanted"), "error") {
		r.differs("total", r.sum(q), r.in.num("total"))
	} else {
		r.equal("total", r.sum(q), r.in.num("total"))
	}
}
