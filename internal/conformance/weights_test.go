package conformance

import (
	"math/big"
	"regexp"
	"slices"
	"strings"

	"github.com/overseaswarehouse/overseas/fees"
	"github.com/overseaswarehouse/overseas/fees/unit"
)

// system is the units of sides, volume and weight that belong together.
type system struct{ side, volume, weight string }

func (r *run) system(text string) system {
	r.Helper()
	side, weight, ok := strings.Cut(text, "/")
	if !ok || !slices.Contains([]string{"in", "ft", "cm", "m"}, side) {
		r.Fatalf("unknown units %q", text)
	}
	return system{side, side + "3", weight}
}

var sideModes = map[string]string{"ceil": "up", "up": "up", "nearest": "half_up", "floor": "down", "down": "down"}

// chargeableWeight: volumetric weight by a divisor, its step, and what is billed.
func chargeableWeight(r *run) {
	s := r.system(r.in.text("unit"))
	carton := fees.Carton{Size: r.size(r.in.nums("dims"), s.side)}
	term := "volume / " + r.in.num("divisor") + " " + s.volume + "/" + s.weight
	first := object{"each": "carton"}
	if word := r.in.text("dim_rounding"); word != "none" {
		mode, ok := sideModes[word]
		if !ok {
			r.Fatalf("unknown rounding of sides %q", word)
		}
		first["sides"] = object{"to": "1 " + s.side, "mode": mode}
	}
	step := func(o object) object { return o }
	if by, ok := r.in.optNum("weight_step"); ok {
		step = func(o object) object { return with(o, object{"up": by + " " + s.weight}) }
	}
	if r.want.has("volumetric_exact") {
		want, ok := new(big.Rat).SetString(r.want.text("volumetric_exact"))
		if !ok {
			r.Fatal("not a fraction")
		}
		got := r.measure(s.weight, exact, []object{with(first, object{"of": term})}, carton)
		if got.Cmp(halfUp(want, 9)) != 0 {
			r.Errorf("volumetric weight is %s, want %s", show(got), want)
		}
	}
	r.equal("volumetric weight", r.measure(s.weight, exact, []object{step(with(first, object{"of": term}))}, carton), r.want.num("volumetric"))
	actual, weighed := r.in.optNum("actual")
	if !weighed {
		r.want.info("billable")
		if r.want.has("billable") {
			r.Error("what is billed without an actual weight?")
		}
		return
	}
	carton.Weight = r.weight(actual, s.weight)
	got := r.measure(s.weight, exact, []object{step(with(first, object{"greater": []string{"weight", term}}))}, carton)
	r.equal("billable weight", got, r.want.num("billable"))
}

// divisor: a tariff's divisor, written with its units, makes a box of that volume weigh one.
func divisor(r *run) {
	units := "in/lb"
	if strings.Contains(r.in.text("tariff"), "cm") {
		units = "cm/kg"
	}
	if said, ok := r.in.optText("unit"); ok {
		units = said
	}
	s := r.system(units)
	d := r.want.num("divisor")
	box := fees.Carton{Size: r.size([]string{d, "1", "1"}, s.side)}
	got := r.measure(s.weight, exact, []object{{"each": "carton", "of": "volume / " + d + " " + s.volume + "/" + s.weight}}, box)
	r.equal("volumetric weight", got, "1")
}

var leastSide = regexp.MustCompile(`^min_(width|height|length)_(in|cm)$`)

// sideRule: sides are taken as at least so long before the volume.
func sideRule(r *run) {
	r.in.text("tariff")
	for _, name := range r.want.names() {
		m := leastSide.FindStringSubmatch(name)
		if m == nil {
			r.Fatalf("no translator for the rule %q", name)
		}
		least := r.want.num(name)
		long := new(big.Rat).Add(rat(least), big.NewRat(8, 1)).FloatString(0)
		box := fees.Carton{Size: r.size([]string{long, "0.5", "1"}, m[2])}
		got := r.measure(m[2]+"3", exact, []object{{"each": "carton", "of": "volume", "sides": object{"min": least + " " + m[2]}}}, box)
		want := new(big.Rat).Mul(rat(long), new(big.Rat).Mul(rat(least), rat(least)))
		r.equal("volume", got, want.FloatString(9))
	}
}

// chargeablePeer: the same question in the words of other collections: sides by unit, actual weight that may be unknown.
func chargeablePeer(r *run) {
	var carton fees.Carton
	var term, weightUnit string
	switch {
	case r.in.has("cbm"):
		r.in.text("mode")
		carton.Volume = r.volume(r.in.num("cbm"), "m3")
		term, weightUnit = "volume x "+r.in.num("kg_per_cbm")+" kg/m3", "kg"
	case r.in.has("dims_cm"):
		carton.Size = r.size(r.in.nums("dims_cm"), "cm")
		term, weightUnit = "volume / "+r.in.num("divisor")+" cm3/kg", "kg"
	case r.in.has("dims_in"):
		carton.Size = r.size(r.in.nums("dims_in"), "in")
		term, weightUnit = "volume / "+r.in.num("divisor")+" in3/lb", "lb"
	default:
		r.Fatal("neither sides nor volume")
	}
	if s, ok := r.in.optText("divisor_unit"); ok && s != "cm3/kg" && s != "in3/lb" {
		r.Fatalf("unknown divisor unit %q", s)
	}
	step := object{"each": "carton", "of": term}
	volumetric := r.measure(weightUnit, exact, []object{step}, carton)
	for _, name := range []string{"volumetric_" + weightUnit, "correct_" + weightUnit} {
		if s, ok := r.want.optNum(name); ok {
			r.shown(name, volumetric, s)
		}
	}
	for _, name := range r.want.names() {
		if strings.HasPrefix(name, "peer_") {
			r.differs("volumetric weight", volumetric, r.want.num(name))
		}
	}
	terms := []string{term}
	if s, ok := r.in.optNum("actual_" + weightUnit); ok {
		carton.Weight = r.weight(s, weightUnit)
		terms = []string{"weight", term}
	}
	step = object{"each": "carton", "greater": terms}
	if words, ok := r.in.optText("round"); ok {
		by := regexp.MustCompile(`^up to (?:the )?(?:next )?([0-9.]*) ?(lb|kg)$`).FindStringSubmatch(words)
		if by == nil {
			r.Fatalf("unknown rounding %q", words)
		}
		if by[1] == "" {
			by[1] = "1"
		}
		step["up"] = by[1] + " " + by[2]
	}
	if s, ok := r.want.optNum("chargeable_" + weightUnit); ok {
		r.equal("chargeable weight", r.measure(weightUnit, exact, []object{step}, carton), s)
	}
}

// inCubic is a divisor in a unit of volume that cards have: cubic millimetres become cubic centimetres.
func inCubic(r *run, number, side string) (string, string) {
	switch side {
	case "cm", "m", "in", "ft":
		return number, side + "3"
	case "mm":
		return new(big.Rat).Quo(rat(number), big.NewRat(1000, 1)).FloatString(decimals(number) + 3), "cm3"
	}
	r.Fatalf("no volume of %q", side)
	return "", ""
}

// volumetric: sides in one unit, the divisor for another, the weight shown in a third.
func volumetric(r *run) {
	for _, side := range []string{"cm", "in"} {
		if r.in.has("dims_" + side) {
			chargeablePeer(r)
			return
		}
	}
	dims, side := r.in.nums("dims"), r.in.text("dim_unit")
	size, err := unit.ParseSize(strings.Join(dims, "x") + " " + side)
	if words, ok := r.want.optText("error"); ok {
		for _, name := range []string{"weight_unit", "to_weight_unit"} {
			if symbol, ok := r.in.optText(name); ok && err == nil {
				_, err = unit.ParseWeightIn("1", symbol)
			}
		}
		r.in.info("weight_unit", "to_dim_unit", "to_weight_unit", "divisor", "precision")
		r.fails(err, words)
		return
	}
	if err != nil {
		r.Fatal(err)
	}
	by, volume := inCubic(r, r.in.num("divisor"), r.in.text("to_dim_unit"))
	term := "volume / " + by + " " + volume + "/" + r.in.text("weight_unit")
	digits := int(r.in.int("precision"))
	weight := r.in.text("to_weight_unit")
	got := r.measure(weight, to(digits), []object{{"each": "carton", "of": term}}, fees.Carton{Size: size})
	right := new(big.Rat).Quo(r.factor(r.in.text("weight_unit")), r.factor(weight))
	for _, d := range dims {
		right.Mul(right, rat(d))
		right.Mul(right, r.factor(side))
		right.Quo(right, r.factor(r.in.text("to_dim_unit")))
	}
	right.Quo(right, rat(r.in.num("divisor")))
	r.equal("weight", got, halfUp(right, digits).FloatString(digits))
	// The peer's factors are cut after some digits; what it gives is right as far as they go.
	peer := rat(r.want.result("weight"))
	off := new(big.Rat).Sub(peer, right)
	room := new(big.Rat).Quo(new(big.Rat).Abs(right), big.NewRat(1_000_000_000, 1))
	if room.Add(room, rat(smallest(digits))); off.Abs(off).Cmp(room) > 0 {
		r.Errorf("weight is %s, want %s", show(got), show(peer))
	}
}

// factor is a unit in metres or kilograms.
func (r *run) factor(symbol string) *big.Rat {
	r.Helper()
	f, ok := map[string]string{"mm": "0.001", "cm": "0.01", "m": "1", "in": "0.0254", "ft": "0.3048",
		"g": "0.001", "kg": "1", "t": "1000", "lb": "0.45359237", "oz": "0.028349523125"}[symbol]
	if !ok {
		r.Fatalf("unknown unit %q", symbol)
	}
	return rat(f)
}

// lclWM: revenue tons by weight or measurement, and the charge for them.
func lclWM(r *run) {
	density := r.in.num("kg_per_cbm") + " kg/m3"
	carton := fees.Carton{Volume: r.volume(r.in.num("cbm"), "m3"), Weight: r.weight(r.in.num("gross_kg"), "kg")}
	step := object{"sum": "consignment", "greater": []string{"volume", "weight / " + density}}
	if least, ok := r.in.optNum("minimum"); ok {
		step["min"] = least + " m3"
	}
	r.equal("revenue tons", r.measure("m3", exact, []object{step}, carton), r.want.num("revenue_tons"))
	rate, ok := r.in.optNum("rate_per_rt")
	if want, wanted := r.want.optNum("charge"); wanted && ok {
		doc := with(card(object{"on": "consign", "code": "freight", "family": "first_leg", "per": "rt", "unit": "m3", "price": rate, "round": exact}),
			object{"measures": object{"rt": []object{step}}})
		r.equal("charge", r.sum(r.quote(doc, consign(carton))), want)
	} else if wanted {
		r.Error("what is charged without a rate?")
	}
}

// firstLegLCL: several charges per revenue ton and one for the documents.
func firstLegLCL(r *run) {
	carton := fees.Carton{Volume: r.volume(r.in.num("cbm"), "m3"), Weight: r.weight(r.in.num("tonnes"), "t")}
	steps := []object{{"sum": "consignment", "greater": []string{"volume", "weight / 1 t/m3"}}}
	for _, name := range []string{"minimum", "minimum_rt", "min_rt"} {
		if s, ok := r.in.optNum(name); ok {
			steps[0]["min"] = s + " m3"
		}
	}
	r.equal("revenue tons", r.measure("m3", exact, steps, carton), r.want.num("revenue_tons"))
	var charges []object
	for _, name := range r.in.names() {
		if code, ok := strings.CutSuffix(name, "_per_rt"); ok && r.in.has(name) {
			charges = append(charges, object{"on": "consign", "code": code, "family": "first_leg", "per": "rt", "unit": "m3", "price": r.in.num(name)})
		}
	}
	if price, ok := r.in.optNum("documents"); ok {
		charges = append(charges, object{"on": "consign", "code": "documents", "family": "first_leg", "price": price})
	}
	if len(charges) == 0 {
		r.Fatal("no price")
	}
	doc := with(card(charges...), object{"measures": object{"rt": steps}})
	r.equal("total", r.sum(r.quote(doc, consign(carton))), r.want.num("total"))
}
