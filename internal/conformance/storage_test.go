package conformance

import (
	"math/big"

	"github.com/overseaswarehouse/overseas/fees"
)

// weekly charges a measure for each week, on the Mondays.
func weekly(price string) object {
	return object{"on": "store", "code": "storage", "family": "storage", "price": price, "round": exact,
		"time": object{"per": "week", "basis": "snapshot", "on": "monday"}}
}

// weeklyMinVolume: a least volume for the unit and one for the account.
func weeklyMinVolume(r *run) {
	stored := []object{{"each": "unit", "of": "volume"}, {"sum": "account"}}
	for i, name := range []string{"min_unit_cuft", "min_total_cuft"} {
		if least, ok := r.in.optNum(name); ok {
			stored[i]["min"] = least + " ft3"
		}
	}
	weeks := int(r.in.int("weeks"))
	lot := fees.Lot{Units: r.in.int("units"), Volume: r.volume(r.in.num("unit_volume_cuft"), "ft3")}
	doc := func(price string) object {
		return with(card(with(weekly(price), object{"per": "stored", "unit": "ft3"})), object{"measures": object{"stored": stored}})
	}
	billed := r.sum(r.quote(doc("1"), r.stay(7, lot)))
	r.equal("billed", billed, r.want.num("billed_cuft"))
	r.equal("fee", r.sum(r.quote(doc(r.in.num("rate_per_cuft_week")), r.stay(7*weeks, lot))), r.want.num("fee"))
}

// freeDays: nothing for the first days, a rate for each day after them.
func freeDays(r *run) {
	free := r.in.num("free_days")
	days := int(r.in.int("days"))
	steps := []object{{"sum": "lot", "of": "volume"}}
	if least, ok := r.in.optNum("min_cbm"); ok {
		steps[0]["min"] = least + " m3"
	}
	table := func(price string) object {
		return object{"by": []object{{"of": "day", "upTo": []string{free, "more"}}}, "table": []string{"0", price}}
	}
	lot := fees.Lot{Units: 1, Volume: r.volume(r.in.num("cbm"), "m3")}
	each := object{"on": "store", "code": "storage", "family": "storage", "each": "lot", "time": object{"per": "day"}, "round": exact}
	r.equal("billable days", r.sum(r.quote(card(with(each, object{"price": table("1")})), r.stay(days, lot))), r.want.num("billable_days"))
	doc := with(card(with(each, object{"price": table(r.in.num("rate_per_cbm_day")), "per": "stored", "unit": "m3"})), object{"measures": object{"stored": steps}})
	r.equal("fee", r.sum(r.quote(doc, r.stay(days, lot))), r.want.num("fee"))
}

// ageTiers: every day at the rate of its own age.
func ageTiers(r *run) {
	along := "day"
	if !r.in.optBool("marginal", true) {
		along = "stay" // every day at the rate of the whole stay
	}
	if s := r.in.text("unit"); s != "USD per CBM-day" {
		r.Fatalf("unknown unit %q", s)
	}
	var edges, prices []string
	for _, t := range r.in.objects("tiers") {
		edge, ok := t.optNum("to_day")
		if !ok {
			edge = "more"
		}
		edges, prices = append(edges, edge), append(prices, t.num("rate"))
	}
	doc := with(card(object{"on": "store", "code": "storage", "family": "storage", "each": "lot", "per": "volume", "unit": "m3", "time": object{"per": "day"},
		"price": object{"by": []object{{"of": along, "upTo": edges}}, "table": prices}}), object{"currency": "USD"})
	lot := fees.Lot{Units: 1, Volume: r.volume(r.in.num("cbm"), "m3")}
	days := int(r.in.int("days"))
	if along == "stay" {
		doc["inputs"] = object{"stay": object{"kind": "count", "each": "lot"}}
		lot.Facts = fees.Facts{"stay": r.in.num("days")}
	}
	if days == 0 {
		r.equal("fee", new(big.Rat), r.want.num("fee"))
		return
	}
	r.equal("fee", r.sum(r.quote(doc, r.stay(days, lot))), r.want.num("fee"))
}
