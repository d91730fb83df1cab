package conformance

import (
	"math/big"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees"
)

// files says in which file of examples/ratecards a published list stands, where its name is not that of the list.
var files = map[string]string{
	"us-usps-ground-advantage-retail-2025-10-05": "us-usps-ground-advantage",
	"uk-amazon-fba-2026":                         "uk-amazon-fba",
	"de-amazon-fba-2026":                         "de-amazon-fba",
	"us-amazon-fba-storage-2026":                 "us-amazon-fba-storage",
	"ru-pochta-posylka":                          "ru-pochta",
	"de-idealpack-blv":                           "de-idealpack",
	"us-52by-overseas-warehouse":                 "us-52by",
	"es-correos-canarias-2023":                   "es-correos-canarias",
	"fr-colissimo-2023":                          "fr-colissimo",
	"it-poste-delivery-standard":                 "it-poste",
	"us-efulfillmentservice-2021":                "us-efulfillment-2021",
}

// published is the one card that a case is about.
func (r *run) published() object {
	r.Helper()
	if len(r.cards) != 1 {
		r.Fatalf("cards %v", r.cards)
	}
	name := r.cards[0]
	if file, ok := files[name]; ok {
		name = file
	}
	data, err := os.ReadFile(filepath.Join("..", "..", "examples", "ratecards", name+".json"))
	if err != nil {
		r.Fatal(err)
	}
	doc, ok := decode(r.T, name, data).(map[string]any)
	if !ok {
		r.Fatalf("%s is no card", name)
	}
	return doc
}

// chargesOf are the charges of a published card for an event.
func chargesOf(doc object, on string) []object {
	var list []object
	all, _ := doc["charges"].([]any)
	for _, c := range all {
		if c, ok := c.(map[string]any); ok && c["on"] == on {
			list = append(list, c)
		}
	}
	return list
}

// edit is a card with its charges changed: rounded differently, and others added.
func edit(doc object, round object, more ...object) object {
	var charges []any
	all, _ := doc["charges"].([]any)
	for _, c := range all {
		o, _ := c.(map[string]any)
		if round != nil {
			o = with(o, object{"round": round})
		}
		charges = append(charges, o)
	}
	for _, c := range more {
		charges = append(charges, c)
	}
	return with(doc, object{"charges": charges})
}

// probe is a charge that shows the value of a measure of a published card.
func probe(on, measure, symbol string, more object) object {
	return with(object{"on": on, "code": "probe", "family": "other", "per": measure, "unit": symbol, "price": "1", "round": exact}, more)
}

// probed is what the probe shows.
func (r *run) probed(doc object, e fees.Event, p object) *big.Rat {
	r.Helper()
	_, by := lines(r.quote(edit(doc, nil, p), e))
	if by["probe"] == nil {
		return new(big.Rat)
	}
	return by["probe"]
}

func (r *run) date(text string) country.Date {
	r.Helper()
	d, err := country.ParseDate(text)
	if err != nil {
		r.Fatal(err)
	}
	return d
}

// place is where and when a card holds.
func (r *run) place(doc object) (c country.Code, warehouse string, on country.Date) {
	r.Helper()
	text, ok := doc["country"].(string)
	if list, isList := doc["country"].([]any); isList && len(list) > 0 {
		text, ok = list[0].(string)
	}
	if ok {
		var err error
		if c, err = country.Parse(text); err != nil {
			r.Fatal(err)
		}
	}
	if list, ok := doc["warehouses"].([]any); ok && len(list) > 0 {
		warehouse, _ = list[0].(string)
	}
	effective, _ := doc["effective"].(map[string]any)
	for _, name := range []string{"seen", "from"} {
		if s, ok := effective[name].(string); ok {
			on = r.date(s)
		}
	}
	return c, warehouse, on
}

// axisOf is the measure that the price of a charge runs along.
func (r *run) axisOf(charge object) string {
	r.Helper()
	price, _ := charge["price"].(map[string]any)
	by, _ := price["by"].([]any)
	for _, a := range by {
		if axis, ok := a.(map[string]any); ok && axis["in"] == nil {
			name, _ := axis["of"].(string)
			return name
		}
	}
	r.Fatalf("no measure in %v", charge)
	return ""
}

// priceOrRefusal checks a price, or that the card refuses in the sense of the words that stand instead.
func (r *run) priceOrRefusal(doc object, e fees.Event, want string) {
	r.Helper()
	q, err := r.try(doc, e)
	if !isNumber(want) {
		r.fails(err, want)
		return
	}
	if err != nil {
		r.Fatal(err)
	}
	r.equal("price", r.sum(q), want)
}

// publishedHandling: a unit's fee by its chargeable weight.
func publishedHandling(r *run) {
	doc := r.published()
	c, warehouse, on := r.place(doc)
	goods := fees.Goods{Units: 1, Size: r.size(r.in.nums("inches"), "in"), Weight: r.weight(r.in.num("actual_lb"), "lb")}
	e := &fees.Order{Date: on, Country: c, Warehouse: warehouse, Parcels: []fees.Parcel{{Goods: []fees.Goods{goods}}}}
	name := r.axisOf(chargesOf(doc, "order")[0])
	measured := with(doc, object{"charges": []object{probe("order", name, "lb", object{"each": "unit"})}})
	r.shown("chargeable", r.sum(r.quote(measured, e)), r.want.num("chargeable_lb"))
	if s, ok := r.steps.optNum("volumetric_lb"); ok {
		volume := r.sum(r.quote(with(doc, object{"charges": []object{probe("order", "v", "lb", object{"each": "unit"})},
			"measures": object{"v": []object{{"each": "item", "of": "volume / 139 in3/lb"}}}}), e))
		r.shown("volumetric", volume, s)
	}
	r.priceOrRefusal(doc, e, r.want.text("fee"))
}

// publishedStorage: a week of units of one size.
func publishedStorage(r *run) {
	doc := r.published()
	c, warehouse, _ := r.place(doc)
	e := r.stay(7, fees.Lot{Units: r.in.int("units"), Size: r.size(r.in.nums("inches"), "in")})
	e.Country, e.Warehouse = c, warehouse
	storage := chargesOf(doc, "store")[0]
	name, _ := storage["per"].(string)
	r.cut("volume", r.probed(doc, e, probe("store", name, "ft3", object{"time": storage["time"]})), r.want.num("ft3"))
	r.cut("exact fee", r.sum(r.quote(edit(doc, exact), e)), r.want.num("fee_exact"))
	r.equal("fee", r.sum(r.quote(doc, e)), r.want.num("fee_cents"))
}

// cut compares with a figure that is written out, or to four decimals where it has more.
func (r *run) cut(what string, got *big.Rat, want string) {
	r.Helper()
	if decimals(want) == 4 {
		r.shown(what, got, want)
	} else {
		r.equal(what, got, want)
	}
}

var bracketName = regexp.MustCompile(`^([0-9.]+) ?(oz|lb|kg|g)$`)

// publishedZones: a parcel by weight and zone, and the bracket into which it falls.
func publishedZones(r *run) {
	doc := r.published()
	c, warehouse, on := r.place(doc)
	facts := fees.Facts{"zone": r.in.text("zone")}
	at := func(number, symbol string) *fees.Order {
		return &fees.Order{Date: on, Country: c, Warehouse: warehouse, Facts: facts, Parcels: []fees.Parcel{{Weight: r.weight(number, symbol)}}}
	}
	name, weight := r.in.one("lb", "kg", "oz", "grams")
	want := r.want.text("price")
	r.priceOrRefusal(doc, at(weight, strings.Replace(name, "grams", "g", 1)), want)
	if s, ok := r.want.optText("bracket"); ok {
		m := bracketName.FindStringSubmatch(s)
		if m == nil {
			r.Fatalf("unknown bracket %q", s)
		}
		r.priceOrRefusal(doc, at(m[1], m[2]), want)
	}
}

// publishedFBA: a unit's fulfilment before and after a surcharge begins.
func publishedFBA(r *run) {
	doc := r.published()
	c, warehouse, _ := r.place(doc)
	goods := fees.Goods{Units: 1, Size: r.size(r.in.nums("cm"), "cm"), Weight: r.weight(r.in.num("grams"), "g")}
	at := func(day string) *fees.Order {
		return &fees.Order{Date: r.date(day), Country: c, Warehouse: warehouse, Parcels: []fees.Parcel{{Goods: []fees.Goods{goods}}}}
	}
	days := r.in.texts("dates")
	tier := code(r.in.text("tier"))
	first := at(days[0])
	isTier := object{"on": "order", "code": "probe", "family": "other", "each": "unit", "price": "1", "when": object{"size": tier}}
	_, by := lines(r.quote(edit(doc, nil, isTier), first))
	if by["probe"] == nil {
		r.Errorf("the unit is not a %s", tier)
	}
	for _, ch := range chargesOf(doc, "order") { // what the tier is billed by
		when, _ := ch["when"].(map[string]any)
		if when["size"] != tier {
			continue
		}
		billed := "billable"
		if price, _ := ch["price"].(map[string]any); price["by"] != nil {
			billed = r.axisOf(ch)
		}
		r.equal("billable", r.probed(doc, first, probe("order", billed, "g", object{"each": "unit"})), r.steps.num("billable_g"))
	}
	volume := with(doc, object{"charges": []object{probe("order", "v", "g", object{"each": "unit"})}, "classes": object{}, "slots": object{},
		"measures": object{"v": []object{{"each": "item", "of": "volume / 5000 cm3/kg"}}}})
	if s, ok := r.steps.optNum("dimensional_g"); ok {
		r.equal("dimensional", r.sum(r.quote(volume, first)), s)
	}
	r.equal("fee", r.sum(r.quote(doc, first)), r.steps.num("fee"))
	for _, d := range days {
		name := "total_" + strings.ReplaceAll(d, "-", "_")
		if s, ok := r.want.optNum(name); ok {
			r.equal(name, r.sum(r.quote(doc, at(d))), s)
		}
		if s, ok := r.want.optNum(name + "_exact"); ok {
			q := r.quote(edit(doc, exact), at(d))
			r.equal(name, r.sum(q), s)
			_, by := lines(q)
			if s, ok := r.steps.optNum("surcharge_exact"); ok {
				got := new(big.Rat).Sub(r.sum(q), rat(r.steps.text("fee")))
				r.equal("surcharge", got, s)
				if len(by) != 2 {
					r.Errorf("%d lines, want the fee and the surcharge", len(by))
				}
			}
		}
	}
	r.equal("total", r.sum(r.quote(doc, at(days[len(days)-1]))), r.want.num("total_half_up"))
}

// publishedExpress: a consignment by its first weight and each further started step.
func publishedExpress(r *run) {
	doc := r.published()
	c, warehouse, on := r.place(doc)
	e := &fees.Consignment{Date: on, Destination: c, Warehouse: warehouse, Cartons: []fees.Carton{{Weight: r.weight(r.in.num("kg"), "kg")}}}
	r.equal("rounded", r.probed(doc, e, probe("consign", "chargeable", "kg", nil)), r.steps.num("rounded_kg"))
	r.priceOrRefusal(doc, e, r.want.text("price_cny"))
}

// publishedBelts: a parcel by weight and distance belt.
func publishedBelts(r *run) {
	doc := r.published()
	c, warehouse, on := r.place(doc)
	e := &fees.Order{Date: on, Country: c, Warehouse: warehouse, Facts: fees.Facts{"belt": r.in.text("belt")},
		Parcels: []fees.Parcel{{Weight: r.weight(r.in.num("grams"), "g")}}}
	r.priceOrRefusal(doc, e, r.want.text("price_rub"))
}
