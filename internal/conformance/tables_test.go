package conformance

import (
	"errors"
	"regexp"
	"slices"
	"strings"

	"github.com/overseaswarehouse/overseas/fees"
)

// variable is what a table runs along: a weight with its unit, or a bare number.
type variable struct {
	r      *run
	symbol string // of the edges; "" for a bare number
	carton fees.Carton
	facts  fees.Facts
}

// along makes the variable for a value. A bare number answers an input; so does a weight of zero, which no parcel has.
func (r *run) along(value, symbol, edges string) *variable {
	if symbol == "" || rat(value).Sign() == 0 {
		return &variable{r: r, facts: fees.Facts{"x": value}}
	}
	return &variable{r: r, symbol: edges, carton: fees.Carton{Weight: r.weight(value, symbol)}}
}

func (v *variable) name() string {
	if v.symbol == "" {
		return "x"
	}
	return "weight"
}

func (v *variable) edge(number string) string {
	if v.symbol == "" {
		return number
	}
	return number + " " + v.symbol
}

func (v *variable) card(charges ...object) object {
	doc := card(charges...)
	if v.symbol == "" {
		doc["inputs"] = decimalInput("x")
	}
	return doc
}

func (v *variable) event() *fees.Consignment {
	c := consign(v.carton)
	c.Facts = v.facts
	return c
}

// charge is a charge of the variable's event.
func (v *variable) charge(more object) object {
	return with(object{"on": "consign", "code": "price", "family": "first_leg", "round": exact}, more)
}

// bracket is one row of a table; an empty edge is open.
type bracket struct{ lo, hi, price string }

// rows are brackets with both ends.
func (v *variable) rows(list []bracket) []object {
	var rows []object
	for _, b := range list {
		row := object{"from": v.edge(b.lo), "price": b.price}
		if b.hi != "" {
			row["to"] = v.edge(b.hi)
		}
		rows = append(rows, row)
	}
	if len(list) > 0 && rat(list[0].lo).Sign() > 0 { // a table has to say what it does not offer
		rows = append([]object{{"from": v.edge("0"), "to": v.edge(list[0].lo), "price": "-"}}, rows...)
	}
	return rows
}

// boundary says which ends of a bracket belong to it: "[min,max)", "(prev,upto]", "<= upto", "< upto".
func (r *run) boundary(text string) (lo, hi bool) {
	switch {
	case strings.HasPrefix(text, "<="):
		return false, true
	case strings.HasPrefix(text, "<"):
		return true, false
	case len(text) > 2 && strings.ContainsAny(text[:1], "[(") && strings.ContainsAny(text[len(text)-1:], "])"):
		return text[0] == '[', text[len(text)-1] == ']'
	}
	r.Fatalf("unknown boundary %q", text)
	return false, false
}

// brackets: which row of a table a value falls into.
func brackets(r *run) {
	list := r.in.objects("brackets")
	symbol, _ := r.in.optText("weight_unit")
	edges, ok := r.in.optText("unit")
	if !ok {
		edges = symbol
	}
	_, value := r.in.one("value", "weight", "qty")
	v := r.along(value, symbol, edges)
	want := r.want.result("price", "fee", "error")
	var table []bracket
	lo, hi := false, true
	text, said := r.in.optText("boundary")
	if said {
		lo, hi = r.boundary(text)
	}
	for i, b := range list {
		row := bracket{price: b.num("price")}
		switch {
		case b.has("above"):
			row.lo = b.num("above")
			if i+1 < len(list) {
				row.hi = list[i+1].num("above")
			}
		case b.has("upto"):
			if row.lo = "0"; i > 0 {
				row.lo = table[i-1].hi
			}
			row.hi = b.num("upto")
		default:
			_, row.lo = b.one("from", "min")
			if b.has("to") || b.has("max") {
				_, row.hi = b.one("to", "max")
			}
			b.info("to", "max")
			if !said && b.has("from") {
				lo, hi = true, true
			}
		}
		table = append(table, row)
	}
	if lo && hi && isNumber(want) {
		r.closed(v, table, want)
		return
	}
	edge := "upper"
	if !hi {
		edge = "lower"
	}
	doc := v.card(v.charge(object{"price": object{"of": v.name(), "rows": v.rows(table), "edge": edge}}))
	c, err := r.parse(doc)
	if err == nil {
		var calc *fees.Calculator
		if calc, err = fees.Compile(c); err != nil {
			r.Fatal(err)
		}
		_, err = calc.Quote(v.event())
	}
	if !isNumber(want) {
		r.fails(err, want)
		return
	}
	r.equal("price", r.sum(r.quote(doc, v.event())), want)
}

// closed prices by brackets to which both ends belong: charges of one slot, of which two that fit are an error.
func (r *run) closed(v *variable, table []bracket, want string) {
	var charges []object
	for i, b := range table {
		within := object{"from": v.edge(b.lo)}
		if b.hi != "" {
			within["upTo"] = v.edge(b.hi)
		}
		charges = append(charges, v.charge(object{"code": "row" + string(rune('a'+i%26)) + strings.Repeat("z", i/26), "slot": "row",
			"when": object{v.name(): within}, "price": b.price}))
	}
	doc := with(v.card(charges...), object{"slots": object{"row": object{"on": "consign"}}})
	r.equal("price", r.sum(r.quote(doc, v.event())), want)
}

// bracketValidation: tables that have to be refused when they are built.
func bracketValidation(r *run) {
	v := &variable{r: r}
	var table []bracket
	for _, row := range r.in.list("brackets") {
		pair, _ := row.([]any)
		if len(pair) != 2 {
			r.Fatalf("not from and to: %v", row)
		}
		lo, ok := scalar(pair[0])
		if !ok || !isNumber(lo) {
			r.Fatalf("not a number: %v", pair[0])
		}
		hi, _ := scalar(pair[1])
		table = append(table, bracket{lo, hi, "1"})
	}
	slices.SortStableFunc(table, func(a, b bracket) int { return rat(a.lo).Cmp(rat(b.lo)) })
	_, err := r.parse(v.card(v.charge(object{"price": object{"of": "x", "rows": v.rows(table), "edge": "upper"}})))
	if words, ok := r.want.optText("error"); ok {
		r.fails(err, words)
		return
	}
	r.want.info("ok", "valid", "error")
	if err != nil {
		r.Error(err)
	}
}

// weightTiers: a price by weight, the unit in the names of the fields.
func weightTiers(r *run) {
	var symbol string
	for _, name := range r.in.names() {
		if s, ok := strings.CutPrefix(name, "tiers_"); ok {
			symbol = s
		}
	}
	_, hi := r.boundary(r.in.text("boundary"))
	kind, last := "upTo", "weight"
	if !hi {
		kind = "below"
	}
	var edges, prices []string
	for _, tier := range r.in.objects("tiers_" + symbol) {
		edge, ok := tier.optNum("upto")
		if edge += " " + symbol; !ok {
			edge = "more"
		}
		edges, prices = append(edges, edge), append(prices, tier.num("fee"))
	}
	doc := card(object{"on": "consign", "code": "fee", "family": "handling", "price": object{"by": []object{{"of": last, kind: edges}}, "table": prices}})
	q, err := r.try(doc, consign(fees.Carton{Weight: r.weight(r.in.num("weight_"+symbol), symbol)}))
	r.feeOrRefusal(q, err)
}

// thresholds are the keys of an object in the order of their numbers, with their values.
func (r *run) thresholds(f *fields) (keys, values []string) {
	keys = f.names()
	sortNumbers(keys)
	for _, k := range keys {
		values = append(values, f.num(k))
	}
	return keys, values
}

// tierWhole: a price for the whole by the highest threshold that the value reaches.
func tierWhole(r *run) {
	from, prices := r.thresholds(r.in.object("tiers"))
	from, prices = append([]string{"0"}, from...), append([]string{r.in.num("base")}, prices...)
	list, paid := r.currencies()
	doc := with(card(object{"on": "order", "code": "fee", "family": "handling",
		"price": object{"by": []object{{"of": "value", "from": from}}, "table": prices}}), object{"currency": list})
	q, err := r.try(doc, order(nil, fees.Parcel{Value: r.money(r.in.num("value"), paid)}))
	r.feeOrRefusal(q, err)
}

// percentTable is a percentage of the value by the value.
func percentTable(from, percents []string) object {
	cells := make([]string, len(percents))
	for i, p := range percents {
		cells[i] = p + "%"
	}
	return card(object{"on": "order", "code": "fee", "family": "handling", "of": "value", "round": exact,
		"percent": object{"by": []object{{"of": "value", "from": from}}, "table": cells}})
}

func tierPercentWhole(r *run) {
	from, percents := r.thresholds(r.in.object("tiers_pct"))
	from, percents = append([]string{"0"}, from...), append([]string{r.in.num("base_pct")}, percents...)
	list, paid := r.currencies()
	q, err := r.try(with(percentTable(from, percents), object{"currency": list}), order(nil, fees.Parcel{Value: r.money(r.in.num("value"), paid)}))
	r.feeOrRefusal(q, err)
}

// currencies are those of the card and of the order, where a case says them.
func (r *run) currencies() (list, paid string) {
	list = "EUR"
	if c, ok := r.in.optText("currency_of_card"); ok {
		list = c
	}
	paid = list
	if c, ok := r.in.optText("currency_of_order"); ok {
		paid = c
	}
	return list, paid
}

// feeOrRefusal compares a fee, or checks that there is none in the sense of the words that stand instead.
func (r *run) feeOrRefusal(q *fees.Quote, err error) {
	r.Helper()
	want := r.want.result("fee", "price", "error")
	if !isNumber(want) {
		r.fails(err, want)
		return
	}
	if err != nil {
		r.Fatal(err)
	}
	r.equal("fee", r.sum(q), want)
}

// tierValidation: percentages by thresholds that have to be refused when they are built.
func tierValidation(r *run) {
	words := r.want.result("error")
	from, percents := []string{"0"}, []string{r.in.numOr("base_pct", "0")}
	if v, _ := r.in.get("tiers_pct"); r.in.m["tiers_pct"] != nil {
		if _, ok := v.(map[string]any); !ok { // no table at all
			doc := percentTable(from, percents)
			doc["charges"].([]object)[0]["percent"] = v
			_, err := r.parse(doc)
			r.fails(err, words)
			return
		}
	}
	f := r.in.object("tiers_pct")
	keys := f.names()
	sortNumbers(keys)
	for _, k := range keys {
		from, percents = append(from, k), append(percents, f.text(k))
	}
	_, err := r.parse(percentTable(from, percents))
	if strings.Contains(words, "above 100") && err == nil {
		r.notHere("a discount of more than 100 %: a fee may be more than what it is a percentage of")
		return
	}
	r.fails(err, words)
}

// threshold: one price below a value, another from it on.
func threshold(r *run) {
	doc := card(object{"on": "order", "code": "fee", "family": "handling", "price": object{
		"by": []object{{"of": "value", "from": []string{"0", r.in.num("minimal")}}}, "table": []string{r.in.num("below"), r.in.num("at_or_above")}}})
	q := r.quote(doc, order(nil, fees.Parcel{Value: r.money(r.in.num("value"), "EUR")}))
	r.equal("fee", r.sum(q), r.want.result("fee"))
}

// tieredFee: the same tiers graduated, and on the whole.
func tieredFee(r *run) {
	_, hi := r.boundary(strings.ReplaceAll(r.in.text("bounds"), " ", ""))
	var bands []object
	var edges, prices []string
	for _, row := range r.in.list("tiers") {
		pair, _ := row.([]any)
		if len(pair) != 2 {
			r.Fatalf("not edge and price: %v", row)
		}
		price, ok := scalar(pair[1])
		if !ok {
			r.Fatalf("not a price: %v", pair[1])
		}
		band, edge := object{"price": price}, "more"
		if s, ok := scalar(pair[0]); ok {
			band["upTo"], edge = s, s
		}
		bands, edges, prices = append(bands, band), append(edges, edge), append(prices, price)
	}
	v := r.along(r.in.num("qty"), "", "")
	kind := "upTo"
	if !hi {
		kind = "below"
	}
	forms := map[string]object{
		"graduated": {"price": object{"of": "x", "bands": bands}},
		"volume":    {"per": "x", "price": object{"by": []object{{"of": "x", kind: edges}}, "table": prices}},
	}
	for _, name := range r.want.names() {
		form, ok := forms[name]
		if !ok {
			continue // nothing reads it: the case fails
		}
		want := r.want.num(name)
		doc := v.card(v.charge(with(form, object{"round": to(decimals(want))})))
		r.equal(name, r.sum(r.quote(doc, v.event())), want)
	}
}

// firstNext: a price for the first weight, another for each started step after it.
func firstNext(r *run) {
	carton := fees.Carton{Weight: r.weight(r.in.num("weight"), "kg")}
	doc := card(object{"on": "consign", "code": "freight", "family": "first_leg", "price": object{"of": "weight", "bands": []object{
		{"upTo": r.in.num("first") + " kg", "flat": r.in.num("first_fee")},
		{"each": r.in.num("step") + " kg", "started": true, "price": r.in.num("step_fee")},
	}}})
	r.equal("fee", r.sum(r.quote(doc, consign(carton))), r.want.plain())
}

// freightStep: a rate per kilogram on the whole weight by bracket, with a minimum.
func freightStep(r *run) {
	var edges, prices []string
	measure, symbol := "weight", "kg"
	for _, s := range r.in.objects("steps") {
		per, price := s.one("per_kg", "per_m3", "per_cbm")
		if per != "per_kg" {
			measure, symbol = "volume", "m3"
		}
		edge, ok := s.optNum("upto")
		if edge += " " + symbol; !ok {
			edge = "more"
		}
		edges, prices = append(edges, edge), append(prices, price)
	}
	if policy, ok := r.want.optText("policy"); ok {
		if !regexp.MustCompile(`(?i)highest step used`).MatchString(policy) {
			r.Fatalf("unknown policy %q", policy)
		}
		edges, prices = append(edges, "more"), append(prices, prices[len(prices)-1])
	}
	charge := object{"on": "consign", "code": "freight", "family": "first_leg", "per": measure, "unit": symbol,
		"price": object{"by": []object{{"of": measure, "upTo": edges}}, "table": prices}}
	for _, name := range []string{"min", "max"} {
		if s, ok := r.in.optNum(name + "_charge"); ok {
			charge[name] = s
		}
	}
	if s, ok := r.in.optOne("price_rounding", "rounding"); ok {
		charge["round"] = object{"mode": "half_up", "to": s}
	}
	var carton fees.Carton
	if measure == "weight" {
		carton.Weight = r.weight(r.in.num("qty"), "kg")
	} else {
		carton.Volume = r.volume(r.in.num("qty"), "m3")
	}
	q, err := r.try(card(charge), consign(carton))
	r.feeOrRefusal(q, err)
}

// valueRange: whether a method is offered for a value.
func valueRange(r *run) {
	lo, hi := r.boundary(r.in.text("boundary"))
	value := r.in.num("value")
	name, symbol := "value", ""
	var parcel fees.Parcel
	var facts fees.Facts
	switch by := r.in.text("by"); {
	case strings.HasPrefix(by, "order price"):
		parcel.Value = r.money(value, "EUR")
	case strings.HasPrefix(by, "weight "):
		name, symbol = "weight", " "+strings.TrimPrefix(by, "weight ")
		if rat(value).Sign() == 0 { // no parcel weighs nothing: a number that is asked for
			name, symbol, facts = "x", "", fees.Facts{"x": value}
			break
		}
		parcel.Weight = r.weight(value, symbol[1:])
	default:
		r.Fatalf("unknown subject %q", by)
	}
	words := map[bool][2]string{true: {"from", "upTo"}, false: {"over", "below"}}
	within := object{}
	if s, ok := r.in.optNum("min"); ok {
		within[words[lo][0]] = s + symbol
	}
	if s, ok := r.in.optNum("max"); ok {
		within[words[hi][1]] = s + symbol
	}
	charge := object{"on": "order", "code": "method", "family": "local_delivery", "slot": "deliver", "price": "1"}
	if len(within) > 0 {
		charge["when"] = object{name: within}
	}
	doc := with(card(charge), object{"slots": object{"deliver": object{"on": "order"}}})
	if facts != nil {
		doc["inputs"] = decimalInput("x")
		if len(within) == 0 {
			facts = nil
		}
	}
	r.offered(doc, order(facts, parcel), r.want.boolean("applicable"))
}

// offered checks whether a card carries an order.
func (r *run) offered(doc object, e fees.Event, want bool) {
	r.Helper()
	_, err := r.try(doc, e)
	if err != nil && !errors.Is(err, fees.ErrNotCarried) {
		r.Fatal(err)
	}
	if offered := err == nil; offered != want {
		r.Errorf("offered is %v, want %v (%v)", offered, want, err)
	}
}
