package conformance

import (
	"fmt"
	"math/big"
	"regexp"
	"strconv"
	"strings"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees"
)

// topics says how the cases of a topic are run. What stands in brackets at the end of a topic does not matter.
var topics = map[string]translate{
	"duty on CIF":                                dutyOnCIF,
	"CIF, duty, VAT on":                          dutyOnCIF,
	"landed cost of a garment":                   garment,
	"inbound handling":                           inbound,
	"storage by place type":                      storageByPlace,
	"storage per cubic foot":                     storagePerVolume,
	"bins by volume":                             bins,
	"volumetric weight, rounding up to whole kg": wholeKilograms,
	"volumetric, tolerance rounding":             toleranceRounding,
	"density rule in sea LCL":                    densityRule,
	"warehouse charge list with minimums":        chargeList,
	"GoodCang daily storage record":              dailyRecord,
	"tax on a price, half-up to cents":           taxOnPrice,
	"outbound handling by chargeable weight":     publishedHandling,
	"weekly storage with unit and total minimum": publishedStorage,
	"zone and weight table":                      publishedZones,
	"UK FBA fee with 1.5 % surcharge":            publishedFBA,
	"first weight / continued weight":            publishedExpress,
	"table then a step for each started 500 g":   publishedBelts,
}

var inBrackets = regexp.MustCompile(`\s*\([^()]*\)$`)

// topic is the name under which a topic stands in the tables.
func topic(text string) string { return inBrackets.ReplaceAllString(text, "") }

// figure is a price or percentage without its currency or sign.
func (r *run) figure(text string) string {
	r.Helper()
	s := strings.Fields(text)
	if len(s) == 0 || !isNumber(s[0]) {
		r.Fatalf("not a figure: %q", text)
	}
	return s[0]
}

// month is a whole calendar month.
func month(lots ...fees.Lot) *fees.Stay {
	from := country.Date{Year: 2026, Month: 3, Day: 1}
	return &fees.Stay{From: from, To: country.Date{Year: 2026, Month: 4, Day: 1}, Country: germany, Lots: lots}
}

// inbound: a price for each of several things that are counted.
func inbound(r *run) {
	var charges []object
	inputs, facts := object{}, fees.Facts{}
	for _, name := range r.in.names() {
		thing, ok := strings.CutPrefix(name, "per_")
		if !ok {
			continue
		}
		_, n := r.in.one(thing+"s", thing, strings.TrimSuffix(thing, "y")+"ies")
		facts["n_"+thing], inputs["n_"+thing] = n, object{"kind": "count"}
		charges = append(charges, object{"on": "receive", "code": thing, "family": "handling", "per": "n_" + thing, "price": r.figure(r.in.text(name))})
	}
	q := r.quote(with(card(charges...), object{"inputs": inputs}), &fees.Receipt{Date: day, Country: germany, Facts: facts})
	r.equal("total", r.sum(q), r.want.num("total"))
	r.equal("printed total", r.sum(q), r.want.num("printed.total"))
}

// storageByPlace: a monthly rent by the kind of place.
func storageByPlace(r *run) {
	places, rates := []string{"pallet"}, []string{r.in.num("pallet_month")}
	lots := []fees.Lot{{Units: r.in.int("pallets"), Facts: fees.Facts{"place": "pallet"}}}
	prices := r.in.nums("shelf_rates")
	for i, n := range r.in.nums("shelf_places") {
		name := "shelf_" + strconv.Itoa(i+1)
		places, rates = append(places, name), append(rates, prices[i])
		lots = append(lots, fees.Lot{Units: rat(n).Num().Int64(), Facts: fees.Facts{"place": name}})
	}
	doc := with(card(object{"on": "store", "code": "rent", "family": "storage", "each": "lot", "per": "unit", "time": object{"per": "month"},
		"price": object{"by": []object{{"of": "place", "in": places}}, "table": rates}}),
		object{"inputs": object{"place": object{"values": places, "each": "lot"}}})
	total := r.sum(r.quote(doc, month(lots...)))
	r.equal("total", total, r.want.num("total"))
	r.equal("printed total", total, r.want.num("printed.total"))
}

var numerals = map[string]string{"1": "one", "10": "ten", "100": "hundred", "1000": "thousand"}

// storagePerVolume: a monthly rate per cubic foot, rounded once for all units.
func storagePerVolume(r *run) {
	size := r.size(r.in.nums("inches"), "in")
	charge := object{"on": "store", "code": "storage", "family": "storage", "per": "volume", "unit": "ft3",
		"price": r.figure(r.in.text("rate_ft3_month")), "time": object{"per": "month"}}
	for _, n := range r.in.nums("units") {
		name, ok := numerals[n]
		if !ok {
			r.Fatalf("no word for %s", n)
		}
		stay := month(fees.Lot{Units: rat(n).Num().Int64(), Size: size})
		fee := r.sum(r.quote(card(with(charge, object{"each": "account", "round": exact})), stay))
		if s, ok := r.want.optNum(name + "_exact"); ok {
			r.equal(name, fee, s)
		}
		if s, ok := r.want.optNum("printed." + name); ok {
			r.shown("printed "+name, fee, s)
		}
		if s, ok := r.want.optNum(name + "_half_up"); ok {
			r.equal(name+" half up", r.sum(r.quote(card(with(charge, object{"each": "account", "round": to(decimals(s))})), stay)), s)
		}
		if s, ok := r.want.optNum("wrong_if_unit_rounded_first"); ok && n != "1" {
			r.differs(name, fee, s)
			wrong := object{"each": "unit", "round": with(to(decimals(r.want.text("printed.one"))), object{"each": "unit"})}
			r.equal("each unit rounded", r.sum(r.quote(card(with(charge, wrong)), stay)), s)
		}
	}
}

// bins: a monthly price for each started bin.
func bins(r *run) {
	volume := big.NewRat(1, 1)
	for _, s := range r.in.nums("bin_inches") {
		volume.Mul(volume, rat(s))
	}
	size := r.size(r.in.nums("item_inches"), "in")
	price := r.figure(r.in.text("per_bin_month"))
	doc := with(card(object{"on": "store", "code": "bins", "family": "storage", "per": "stored", "unit": show(volume) + " in3", "started": true, "price": price,
		"time": object{"per": "month", "basis": "snapshot", "on": "15"}}),
		object{"measures": object{"stored": []object{{"each": "unit", "of": "volume"}, {"sum": "account"}}}})
	fee := func(n int64) *big.Rat { return r.sum(r.quote(doc, month(fees.Lot{Units: n, Size: size}))) }
	for _, name := range r.want.names() {
		if n, ok := strings.CutPrefix(name, "fee_"); ok {
			r.equal(name, fee(rat(n).Num().Int64()), r.want.num(name))
		}
	}
	full := r.want.int("items_per_bin")
	r.equal("a full bin", fee(full), price)
	r.equal("one more", fee(full+1), show(new(big.Rat).Mul(rat(price), big.NewRat(2, 1))))
	r.want.info("printed.*")
}

// arrow is what stands behind "->" in a worked example.
func arrow(text string) string {
	_, after, _ := strings.Cut(text, "->")
	return strings.TrimSpace(after)
}

// wholeKilograms: volumetric weight in full, by half of its excess, or not at all, up to the kilogram.
func wholeKilograms(r *run) {
	carton := fees.Carton{Size: r.size(r.in.nums("cm"), "cm"), Weight: r.weight(r.in.num("actual_kg"), "kg")}
	term := "volume / " + r.in.num("divisor") + " cm3/kg"
	whole := func(o object) *big.Rat {
		return r.measure("kg", exact, []object{with(o, object{"each": "carton", "up": "1 kg"})}, carton)
	}
	volumetric := r.measure("kg", exact, []object{{"each": "carton", "of": term}}, carton)
	full := whole(object{"greater": []string{"weight", term}})
	half := whole(object{"of": "weight", "excess": object{"of": term, "share": "50%"}})
	free := whole(object{"of": "weight"})
	for _, name := range r.want.names() {
		switch strings.TrimPrefix(name, "printed.") {
		case "volumetric":
			r.shown(name, volumetric, r.want.num(name))
		case "full", "charged":
			r.equal(name, full, r.want.num(name))
		case "half":
			r.equal(name, half, r.want.num(name))
		case "half_throw":
			r.equal(name, half, arrow(r.want.text(name)))
		case "free_throw", "free":
			r.equal(name, free, r.want.num(name))
		}
	}
}

// toleranceRounding: up to the kilogram, but for a rest that is let go. The examples say how large it may be.
func toleranceRounding(r *run) {
	let := new(big.Rat)
	examples := map[string]string{}
	for _, s := range r.in.texts("rounding") {
		from, _, _ := strings.Cut(s, "->")
		from, to := strings.TrimSpace(from), arrow(s)
		examples[from] = to
		if rest := new(big.Rat).Sub(rat(from), rat(to)); rest.Cmp(let) > 0 {
			let = rest
		}
	}
	term := "volume / " + r.in.num("divisor") + " cm3/kg"
	step := object{"each": "carton", "greater": []string{"weight", term}, "up": "1 kg"}
	if let.Sign() > 0 {
		step["tolerance"] = show(let) + " kg"
	}
	for from, to := range examples {
		r.equal(from, r.measure("kg", exact, []object{step}, fees.Carton{Weight: r.weight(from, "kg")}), to)
	}
	carton := fees.Carton{Size: r.size(r.in.nums("cm"), "cm"), Weight: r.weight(r.in.num("actual_kg"), "kg")}
	r.shown("volumetric", r.measure("kg", exact, []object{{"each": "carton", "of": term}}, carton), r.want.num("volumetric"))
	charged := r.measure("kg", exact, []object{step}, carton)
	r.equal("charged", charged, r.want.num("charged"))
	r.equal("printed", charged, r.want.num("printed.charged"))
}

// densityRule: goods heavier than the density count by weight.
func densityRule(r *run) {
	carton := fees.Carton{Volume: r.volume(r.in.num("volume_m3"), "m3"), Weight: r.weight(r.in.num("weight_kg"), "kg")}
	got := r.measure("m3", exact, []object{{"each": "carton", "greater": []string{"volume", "weight / " + r.in.num("kg_per_m3") + " kg/m3"}}}, carton)
	r.equal("charged", got, r.want.num("charged_m3"))
	r.equal("printed", got, r.want.num("printed.charged_m3"))
}

var (
	chargeLine = regexp.MustCompile(`^([a-z ]+) ([0-9.]+)(?:/([0-9.]*) ?(lb|kg|RT))?(?: MIN ([0-9.]+))?(?: = ([0-9.]+))?$`)
	countLine  = regexp.MustCompile(`^([0-9]+) ([a-z]+) x ([0-9.]+)(?: = ([0-9.]+))?$`)
)

// chargeList: lines in the words of a price list, with the minimums that they name and without.
func chargeList(r *run) {
	carton := fees.Carton{Volume: r.volume(r.in.num("volume_m3"), "m3")}
	inputs, facts := object{}, fees.Facts{}
	var plain, bounded []object
	for i, line := range r.in.texts("lines") {
		charge := object{"on": "receive", "code": fmt.Sprintf("line_%d", i+1), "family": "handling", "text": line}
		least := ""
		if m := countLine.FindStringSubmatch(line); m != nil {
			name := "n_" + m[2]
			inputs[name], facts[name] = object{"kind": "count"}, m[1]
			charge["per"], charge["price"] = name, m[3]
		} else if m := chargeLine.FindStringSubmatch(line); m != nil {
			charge["price"], least = m[2], m[5]
			per := m[3]
			if per == "" {
				per = "1"
			}
			switch m[4] {
			case "RT":
				charge["per"], charge["unit"] = "rt", per+" m3"
			case "lb", "kg":
				charge["per"], charge["unit"] = "weight", per+" "+m[4]
				if m[6] != "" { // the list leaves the weight to its own example
					w := new(big.Rat).Mul(new(big.Rat).Quo(rat(m[6]), rat(m[2])), rat(per))
					carton.Weight = r.weight(show(w), m[4])
				}
			}
		} else {
			r.Fatalf("unknown line %q", line)
		}
		plain = append(plain, charge)
		if least != "" {
			charge = with(charge, object{"min": least})
		}
		bounded = append(bounded, charge)
	}
	total := func(charges []object) *big.Rat {
		doc := with(card(charges...), object{"inputs": inputs,
			"measures": object{"rt": []object{{"sum": "delivery", "greater": []string{"volume", "weight / 1 t/m3"}}}}})
		return r.sum(r.quote(doc, &fees.Receipt{Date: day, Country: germany, Cartons: []fees.Carton{carton}, Facts: facts}))
	}
	r.equal("as printed", total(plain), r.want.num("sum_as_printed"))
	r.equal("as printed", total(plain), r.want.num("printed.total"))
	r.equal("with the minimums", total(bounded), r.want.num("sum_if_minimums_applied"))
}

// dailyRecord: one day's storage at the rate that the record implies.
func dailyRecord(r *run) {
	printed := r.figure(r.want.text("printed.amount"))
	rate := r.want.num("implied_per_m3_day")
	doc := card(object{"on": "store", "code": "storage", "family": "storage", "per": "volume", "unit": "m3", "price": rate,
		"time": object{"per": "day"}, "round": to(decimals(printed))})
	r.equal("amount", r.sum(r.quote(doc, r.stay(1, fees.Lot{Units: 1, Volume: r.volume(r.in.num("volume_m3"), "m3")}))), printed)
}

// taxOnPrice: a percentage of each of several prices, to the cent.
func taxOnPrice(r *run) {
	doc := card(object{"on": "order", "code": "tax", "family": "tax", "percent": r.figure(r.in.text("rate")) + "%", "of": "value"})
	right, printed := r.want.nums("tax"), r.want.nums("printed.tax")
	for i, net := range r.in.nums("net") {
		got := r.sum(r.quote(doc, order(nil, r.values([]string{net}, "EUR")...)))
		r.equal(net, got, right[i])
		r.equal(net+" as printed", got, printed[i])
	}
}
