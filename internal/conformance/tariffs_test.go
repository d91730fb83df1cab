package conformance

import (
	"errors"
	"math/big"
	"regexp"
	"strings"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees"
	"github.com/overseaswarehouse/overseas/fees/money"
)

// dutyTax is a published example of one country.
func dutyTax(r *run) {
	r.country = r.in.text("country")
	customs(r)
}

// entryOf prices one line on the customs of a country.
func (r *run) entryOf(code string, facts fees.Facts, overrides []country.Fact, line fees.EntryLine, rates ...money.Rate) *fees.EntryResult {
	r.Helper()
	calc, e := r.entryEvent(code, facts, overrides, line, rates...)
	res, err := calc.Entry(e)
	if err != nil {
		r.Fatal(err)
	}
	r.verify(calc, res.Explanation())
	verifyShares(r, res)
	return res
}

func (r *run) entryEvent(code string, facts fees.Facts, overrides []country.Fact, line fees.EntryLine, rates ...money.Rate) (*fees.Calculator, *fees.Entry) {
	r.Helper()
	c, err := country.Parse(code)
	if err != nil {
		r.Fatal(err)
	}
	card, err := fees.CustomsCard(c, overrides...)
	if err != nil {
		r.Fatal(err)
	}
	calc, err := fees.Compile(card)
	if err != nil {
		r.Fatal(err)
	}
	given, err := money.NewRates(rates...)
	if err != nil {
		r.Fatal(err)
	}
	return calc, &fees.Entry{Date: day, Destination: c, Lines: []fees.EntryLine{line}, Facts: facts, Rates: given}
}

func sumOf(charges []fees.EntryCharge) *big.Rat {
	sum := new(big.Rat)
	for _, c := range charges {
		sum.Add(sum, ratMoney(c.Amount))
	}
	return sum
}

// taxFact is an import tax that a country does not have.
func taxFact(r *run, code, name, rate string) country.Fact {
	c, _ := country.Parse(code)
	return country.Fact{Country: c, Value: country.ImportTax{Tax: name, Rate: r.fraction(rate).Decimal()}, Source: r.id, Confidence: country.FromMemory}
}

// line is goods with freight and insurance in pounds.
func (r *run) poundLine() fees.EntryLine {
	l := fees.EntryLine{Units: 1}
	for _, name := range []string{"goods", "shipping", "insurance", "customs_value"} {
		s, ok := r.in.optNum(name)
		if !ok {
			continue
		}
		m := r.money(s, "GBP")
		switch name {
		case "shipping":
			l.FreightToBorder = m
		case "insurance":
			l.Insurance = m
		default:
			l.Goods = m
		}
	}
	return l
}

// dutyPeer is a rate on goods with their freight, in a country that values so.
func dutyPeer(r *run) {
	r.in.info("basis")
	l := r.poundLine()
	l.Duties = []fees.Duty{{Code: "duty", Rate: r.percent(shift(r.in.num("pct"), -2))}}
	code, facts := "GB", fees.Facts(nil)
	if s, _ := r.in.optText("basis"); s == "FOB" {
		code, facts = "US", fees.Facts{"mode": "air"}
		l.Goods = r.money(l.Goods.Decimal().String(), "USD")
		if !l.FreightToBorder.IsZero() {
			l.FreightToBorder = r.money(l.FreightToBorder.Decimal().String(), "USD")
		}
	}
	t := r.entryOf(code, facts, nil, l).Total()
	r.equal("duty", sumOf(t.Duties), r.want.num("duty"))
	if want, ok := r.want.optNum("customs_value"); ok {
		r.equal("customs value", ratMoney(t.CustomsValue), want)
	}
}

// specificDuty is an amount by quantity.
func specificDuty(r *run) {
	l := fees.EntryLine{Units: 1, Goods: r.money("1000", "GBP")}
	if r.in.has("rate_pct_of_weight") { // an amount for each kilogram
		l.Units = r.in.int("qty")
		l.Weight = r.weight(r.in.num("unit_weight"), "kg")
		rate := r.money(shift(r.in.num("rate_pct_of_weight"), -2), "GBP")
		l.Duties = []fees.Duty{{Code: "duty", Specific: []fees.Specific{{Amount: rate, Per: "kg"}}}}
		r.equal("charge", sumOf(r.entryOf("GB", nil, nil, l).Total().Duties), r.want.num("charge"))
		return
	}
	found := regexp.MustCompile(`^([0-9.]+) ([A-Z]{3}) ?(?:per|/) ?(.+)$`).FindStringSubmatch(r.in.text("rate"))
	if found == nil {
		r.Fatalf("not understood: %q", r.in.text("rate"))
	}
	s := fees.Specific{Amount: r.money(found[1], found[2]), Per: found[3], Quantity: r.fraction(show(r.quantityOf()))}
	var rates []money.Rate
	for _, name := range r.in.names() { // what a foreign amount is in pounds
		if by := regexp.MustCompile(`^([a-z]{3})_to_gbp$|^rate_gbp_per_([a-z]{3})$`).FindStringSubmatch(name); by != nil {
			rate, err := money.ParseRate("1 " + strings.ToUpper(by[1]+by[2]) + " = " + r.in.num(name) + " GBP")
			if err != nil {
				r.Fatal(err)
			}
			rates = append(rates, rate)
		}
	}
	l.Duties = []fees.Duty{{Code: "duty", Excise: strings.Contains(s.Per, "%vol"), Specific: []fees.Specific{s}}}
	r.equal("duty", sumOf(r.entryOf("GB", nil, nil, l, rates...).Total().Duties), r.want.num("duty"))
}

// quantities are the names of quantities in the inputs of specific duties, and how many units of the tariff one of them is.
var quantities = map[string]*big.Rat{
	"hl": big.NewRat(1, 1), "liters": big.NewRat(1, 100), "litres": big.NewRat(1, 100), "abv_pct": big.NewRat(1, 1), "sucrose_pct": big.NewRat(1, 1),
	"dtn": big.NewRat(1, 1), "dtn_100kg": big.NewRat(1, 1), "kg": big.NewRat(1, 100), "net_kg": big.NewRat(1, 100), "tonnes": big.NewRat(1, 1),
}

// quantityOf multiplies the quantities of the inputs: hectolitres by their strength, 100 kg by their sugar.
func (r *run) quantityOf() *big.Rat {
	q := big.NewRat(1, 1)
	for name, unit := range quantities {
		if s, ok := r.in.optNum(name); ok {
			q.Mul(q, rat(s)).Mul(q, unit)
		}
	}
	return q
}

var expression = regexp.MustCompile(`^([0-9.]+)%(?: MIN ([0-9.]+) GBP/100kg)?(?: MAX ([0-9.]+) GBP/100kg(?: - ([0-9.]+) GBP/100kg)?)?$`)

// compoundDuty joins a rate and amounts by quantity.
func compoundDuty(r *run) {
	l := fees.EntryLine{Goods: r.money(r.in.num("customs_value"), "GBP")}
	d := fees.Duty{Code: "duty"}
	kilos, _ := r.in.optNum("net_kg")
	for _, name := range []string{"qty", "quantity"} {
		if r.in.has(name) {
			l.Units = r.in.int(name)
		}
	}
	if text, ok := r.in.optText("expression"); ok {
		m := expression.FindStringSubmatch(text)
		if m == nil {
			r.Fatalf("not understood: %q", text)
		}
		q := r.fraction(r.in.num("dtn_100kg"))
		per := func(s, sign string) fees.Specific {
			return fees.Specific{Amount: r.money(sign+s, "GBP"), Per: "100 kg", Quantity: q}
		}
		d.Rate = r.percent(shift(m[1], -2))
		if m[2] != "" {
			d.Min = &fees.DutyBound{Specific: []fees.Specific{per(m[2], "")}}
		}
		if m[3] != "" {
			d.Max = &fees.DutyBound{Specific: []fees.Specific{per(m[3], "")}}
		}
		if m[4] != "" {
			d.Max.Specific = append(d.Max.Specific, per(m[4], "-"))
		}
	} else {
		if kilos != "" { // of all units
			each := new(big.Rat).Quo(rat(kilos), new(big.Rat).SetInt64(max(l.Units, 1)))
			l.Weight = r.weight(show(each), "kg")
		}
		var rates []money.Rate
		var part fees.DutyBound
		for _, p := range r.in.objects("parts") {
			if pct, ok := p.optNum("pct"); ok {
				d.Rate = r.percent(shift(pct, -2))
				continue
			}
			if least, ok := p.optNum("min"); ok {
				d.Min = &fees.DutyBound{Specific: []fees.Specific{{Amount: r.money(least, "GBP"), Per: p.text("per")}}}
				continue
			}
			if most, ok := p.optNum("max"); ok {
				d.Max = &fees.DutyBound{Specific: []fees.Specific{{Amount: r.money(most, "GBP"), Per: p.text("per")}}}
				continue
			}
			amount := r.money(p.num("amount"), "GBP")
			if currency, ok := p.optText("currency"); ok {
				rate, err := money.ParseRate("1 " + currency + " = " + show(new(big.Rat).Quo(rat(p.num("converted")), rat(p.num("amount")))) + " GBP")
				if err != nil {
					r.Fatal(err)
				}
				rates, amount = append(rates, rate), r.money(p.num("amount"), currency)
			}
			part.Specific = append(part.Specific, fees.Specific{Amount: amount, Per: p.text("per")})
		}
		if fallback, ok := r.in.optNum("fallback_pct"); ok && d.Rate.IsZero() {
			d.Rate = r.percent(shift(fallback, -2))
		}
		combine, _ := r.in.optText("combine")
		switch combine {
		case "":
			d.Specific = part.Specific
		case "max_of":
			d.Min = &part
		case "min_of":
			d.Max = &part
		default: // there is no field for any other way, and a document that has one is refused
			doc := `{"schema":"overseas/event/1","event":"entry","lines":[{"goods":"1 GBP","duties":[{"code":"duty","rate":"1%","` + combine + `":"1%"}]}]}`
			_, err := fees.ParseEvent(strings.NewReader(doc))
			if !errors.Is(err, fees.Code("unknown_field")) || !strings.Contains(r.want.text("error"), "unknown") {
				r.Errorf("%s: %v", combine, err)
			}
			return
		}
		l.Duties = []fees.Duty{d}
		if r.want.m["duty"] == nil { // what a quantity is missing for is an error that names it
			words := r.want.result("error")
			calc, e := r.entryEvent("GB", nil, nil, l, rates...)
			if _, err := calc.Entry(e); !errors.Is(err, fees.ErrMissing) || !strings.Contains(words, "missing") {
				r.Errorf("%v, want %s", err, words)
			}
			return
		}
		got := sumOf(r.entryOf("GB", nil, nil, l, rates...).Total().Duties)
		r.equal("duty", got, r.want.num("duty"))
		if want, ok := r.want.optNum("effective"); ok {
			r.equal("effective rate", got.Quo(got, rat(r.in.num("customs_value"))), want)
		}
		return
	}
	l.Duties = []fees.Duty{d}
	r.equal("duty", sumOf(r.entryOf("GB", nil, nil, l).Total().Duties), r.want.num("duty"))
}

// dutyVatFull is all that an entry costs.
func dutyVatFull(r *run) {
	if r.in.has("CIF") {
		l := fees.EntryLine{Units: 1, Goods: r.money(r.in.num("CIF"), "IDR"), Duties: []fees.Duty{{Code: "bm", Rate: r.percent(shift(r.in.num("bm_pct"), -2))}}}
		facts := fees.Facts{"importer": "api"}
		switch pct := r.in.num("pph22_pct"); {
		case rat(pct).Cmp(rat("7.5")) == 0:
			facts["importer"] = "non_api"
		case rat(pct).Cmp(rat("10")) == 0:
			facts["goods"] = "pph_22_list_10"
		}
		// anti-dumping duty stands beside the import value in this program: it enters no base
		anti := new(big.Rat).Mul(rat(r.in.num("CIF")), rat(shift(r.in.numOr("ad_pct", "0"), -2)))
		res := r.entryOf("ID", facts, []country.Fact{taxFact(r, "ID", "PPN", shift(r.in.num("ppn_pct"), -2))}, l)
		t := res.Total()
		r.equal("bm", sumOf(t.Duties), r.want.num("bm"))
		r.equal("ppn", ratMoney(t.Tax), r.want.num("ppn"))
		r.equal("pph22", sumOf(t.Prepayments), r.want.num("pph22"))
		if want, ok := r.want.optNum("anti_dumping"); ok {
			r.equal("anti-dumping", anti, want)
		}
		total := new(big.Rat).Add(ratMoney(t.CashOutlay), anti)
		r.equal("total", total, r.want.num("total_tax"))
		r.equal("landed", total.Add(total, rat(r.in.num("CIF"))), r.want.num("landed"))
		if net := ratMoney(t.NetCost); net.Cmp(sumOf(t.Duties)) != 0 {
			r.Errorf("net cost %s is not the duty", show(net))
		}
		return
	}
	l := r.poundLine()
	if pct := r.in.num("vat_pct"); pct != "20" {
		r.Fatalf("VAT of %s", pct)
	}
	a := r.in.object("anti_dumping")
	l.Duties = []fees.Duty{{Code: "ordinary", Rate: r.percent(shift(r.in.num("duty_pct"), -2))},
		{Code: "anti_dumping", Specific: []fees.Specific{{Amount: r.money(a.num("per_tonne"), "GBP"), Per: "t", Quantity: r.fraction(a.num("tonnes"))}}}}
	for _, name := range []string{"safeguard", "additional"} {
		if pct, ok := r.in.optNum(name + "_pct"); ok {
			l.Duties = append(l.Duties, fees.Duty{Code: name, Rate: r.percent(shift(pct, -2))})
		}
	}
	t := r.entryOf("GB", nil, nil, l).Total()
	r.equal("duty", ratMoney(t.Duties[0].Amount), r.want.num("duty"))
	r.equal("VAT base", ratMoney(t.TaxBase), r.want.num("vat_base"))
	r.equal("VAT", ratMoney(t.Tax), r.want.num("vat"))
	r.equal("total", ratMoney(t.CashOutlay), r.want.num("total"))
}

// optionChoice keeps the British duty within a tolerance: a rule of Northern Ireland that a caller applies to what the
// options come to.
func optionChoice(r *run) {
	value := r.in.num("customs_value")
	l := fees.EntryLine{Goods: r.money(value, "GBP")}
	for _, name := range []string{"uk", "eu"} {
		amount := r.money(r.in.num(name+"_duty"), "GBP")
		l.Options = append(l.Options, fees.DutyOption{Name: name, Duties: []fees.Duty{{Code: name, Specific: []fees.Specific{{Amount: amount, Per: "line", Quantity: r.fraction("1")}}}}})
	}
	calc, e := r.entryEvent("GB", nil, nil, l)
	list, err := calc.EntryOptions(e)
	if err != nil {
		r.Fatal(err)
	}
	by := map[string]*big.Rat{}
	for _, o := range list {
		by[o.Names[0]] = sumOf(o.Result.Total().Duties)
	}
	choice := "uk"
	diff := new(big.Rat).Sub(by["eu"], by["uk"])
	if diff.Cmp(new(big.Rat).Mul(rat(value), rat(shift(r.in.num("tolerance_pct"), -2)))) > 0 {
		choice = "eu"
	}
	if want := r.want.text("choose"); choice != want {
		r.Errorf("chose %s, want %s", choice, want)
	}
	if list[0].Names[0] != "uk" {
		r.Errorf("the cheapest is %v", list[0].Names)
	}
}

// deMinimis is a threshold for parcels.
func deMinimis(r *run) {
	r.in.info("basis")
	code, threshold, home := "DE", "", "EUR"
	var rates []money.Rate
	if r.in.has("rows") { // a fact that nobody vouches for is not given to the library
		official := r.in.optBool("official_only", false)
		for _, row := range r.in.objects("rows") {
			source := row.text("source")
			if source == "official" || !official && threshold == "" {
				threshold = row.text("value")
			}
			official = official || source == "official" // what others say does not count beside it
			row.info("value")
		}
	} else {
		threshold = r.in.text("threshold")
		converted := strings.Fields(r.in.text("converted"))
		amount := strings.Fields(threshold)
		home = converted[1]
		if home == "GBP" {
			code = "GB"
		}
		rate, err := money.ParseRate("1 " + amount[1] + " = " + show(new(big.Rat).Quo(rat(converted[0]), rat(amount[0]))) + " " + home)
		if err != nil {
			r.Fatal(err)
		}
		rates = append(rates, rate)
	}
	c, _ := country.Parse(code)
	fact := country.Fact{Country: c, Value: country.Parcel{Rule: "duty_relief"}, Source: r.id, Confidence: country.FromMemory}
	if threshold != "" {
		amount := strings.Fields(threshold)
		currency, err := country.ParseCurrency(amount[1])
		if err != nil {
			r.Fatal(err)
		}
		fact.Value = country.Parcel{Rule: "duty_relief", UpTo: r.fraction(amount[0]).Decimal(), Currency: currency}
	}
	card, err := fees.CustomsCard(c, fact)
	if err != nil {
		r.Fatal(err)
	}
	calc, err := fees.Compile(card)
	if err != nil {
		r.Fatal(err)
	}
	given, err := money.NewRates(rates...)
	if err != nil {
		r.Fatal(err)
	}
	l := fees.EntryLine{HS: "950300", Goods: r.money(r.in.num("goods"), home), Duties: []fees.Duty{{Code: "mfn", Rate: r.percent("0.1")}}}
	if s, ok := r.in.optNum("freight"); ok && rat(s).Sign() > 0 {
		l.FreightToBorder = r.money(s, home)
	}
	res, err := calc.Parcel(&fees.DirectParcel{Date: day, Destination: c, Rates: given, Lines: []fees.EntryLine{l}})
	if err != nil {
		r.Fatal(err)
	}
	verifyParcel(r, res, card)
	if under := res.DutyBy == "duty_relief"; under != r.want.boolean("under") {
		r.Errorf("duty by %s, %s", res.DutyBy, res.Duty)
	}
	r.want.info("reason")
}

// goodsCard is a card on which an import is priced as a case has it.
func goodsCard(amounts object, charges ...object) object {
	for _, c := range charges {
		c["on"] = "import"
		if c["family"] == nil {
			c["family"] = "tariff"
		}
	}
	return with(card(charges...), object{"amounts": amounts})
}

func (r *run) goods(amount string, duties ...fees.Duty) *fees.Entry {
	if len(duties) == 0 {
		duties = fees.NoDuty()
	}
	return &fees.Entry{Date: day, Destination: germany, Lines: []fees.EntryLine{{Units: 1, Goods: r.money(amount, "EUR"), Duties: duties}}}
}

// prepayment is a share of an invoice paid ahead, and of what is added to it.
func prepayment(r *run) {
	value := new(big.Rat).Mul(rat(r.in.num("qty")), rat(r.in.num("unit")))
	e := r.goods(show(value))
	base := object{"code": "base", "percent": "100%", "of": []string{"goods"}, "round": exact}
	if pct, ok := r.in.optNum("adjustment_pct"); ok {
		base["percent"] = pct + "%"
	}
	if fixed, ok := r.in.optNum("adjustment_fixed"); ok {
		delete(base, "percent")
		delete(base, "of")
		base["price"] = fixed
	}
	doc := goodsCard(object{}, base, object{"code": "ahead", "percent": r.in.num("pct") + "%", "of": []string{"base"}, "prepayment": true, "round": exact})
	_, by := lines(r.quote(doc, e))
	r.equal("amount", by["ahead"], r.want.num("amount"))
}

// taxPeer is tax on a price, or the tax in one.
func taxPeer(r *run) {
	if mode, ok := r.in.optText("rounding"); ok && mode != "half_up" {
		r.Fatalf("rounding %s", mode)
	}
	rate := rat(r.in.num("rate"))
	round := object{"mode": "half_up", "to": smallest(int(r.in.int("decimals")))}
	amounts := object{"taxed": object{"on": "import", "sum": []string{"goods"}}}
	percent := shift(r.in.num("rate"), 2) + "%"
	if r.in.boolean("included") {
		with := new(big.Rat).Add(rate, big.NewRat(1, 1))
		part := new(big.Rat).Quo(rate, with)
		amounts["taxed"] = object{"on": "import", "sum": []string{"goods"}, "times": part.RatString()}
		percent = "100%"
	}
	doc := goodsCard(amounts, object{"code": "tax", "family": "tax", "percent": percent, "of": []string{"taxed"}, "round": round})
	_, by := lines(r.quote(doc, r.goods(r.in.num("amount"))))
	r.equal("tax", by["tax"], r.want.num("tax"))
}

// taxMap takes one tax out of a price and adds another.
func taxMap(r *run) {
	with := new(big.Rat).Add(rat(shift(r.in.num("included_tax_pct"), -2)), big.NewRat(1, 1))
	doc := goodsCard(object{"net": object{"on": "import", "sum": []string{"goods"}, "times": with.Inv(with).RatString()}},
		object{"code": "net_price", "percent": "100%", "of": []string{"net"}, "family": "other"},
		object{"code": "tax", "percent": r.in.num("mapped_to_excluded_tax_pct") + "%", "of": []string{"net"}, "family": "tax"})
	q := r.quote(doc, r.goods(r.in.num("gross")))
	_, by := lines(q)
	r.equal("net", by["net_price"], r.want.num("net"))
	r.equal("total", r.sum(q), r.want.num("total"))
}

// taxEffectiveDate asks for a tax before its first day. Other programs say 0; here it is an error.
func taxEffectiveDate(r *run) {
	r.in.info("starts_at", "expires_at", "as_of")
	tomorrow, _ := day.AddDays(1)
	later, _ := day.AddDays(2)
	doc := goodsCard(object{}, object{"code": "tax", "family": "tax",
		"dated": []object{{"from": tomorrow.String(), "to": later.String(), "percent": shift(r.in.num("rate"), 2) + "%", "of": []string{"goods"}}}})
	if _, err := r.try(doc, r.goods(r.in.num("amount"))); err == nil {
		r.Error("a tax before its first day is free")
	}
	fact := taxFact(r, "DE", "VAT", r.in.num("rate"))
	fact.From, fact.To = tomorrow, later
	r.want.info("tax")
}

// landedCost is a card with duty, tax and fees.
func landedCost(r *run) {
	r.in.info("qty", "weight_kg", "note", "incoterm", "mode")
	duty := fees.Duty{Code: "duty", Rate: r.percent(shift(r.in.num("duty_pct"), -2))}
	e := r.goods(r.in.num("goods"), duty)
	e.Lines[0].FreightToBorder = r.money(r.in.num("freight"), "EUR")
	if r.in.optBool("vat_collected_at_checkout", false) {
		r.in.info("scheme", "vat_base")
		card, err := fees.CustomsCard(country.Code{'F', 'R'}) // 20 %
		if err != nil || r.in.num("vat_pct") != "20" {
			r.Fatal(err)
		}
		calc, err := fees.Compile(card)
		if err != nil {
			r.Fatal(err)
		}
		e.Lines[0].HS = "950300"
		res, err := calc.Parcel(&fees.DirectParcel{Date: day, Destination: country.Code{'F', 'R'}, Lines: e.Lines, TaxAtSale: true})
		if err != nil {
			r.Fatal(err)
		}
		verifyParcel(r, res, card)
		r.equal("tax at the sale", ratMoney(res.SaleTax), r.want.num("checkout_vat"))
		r.equal("tax on import", ratMoney(res.Tax), r.want.num("import_vat"))
		return
	}
	base := []string{"cif"}
	if r.in.text("vat_base") == "CIF+DUTY" {
		base = append(base, "duty")
	}
	doc := func(fees ...object) object {
		charges := []object{{"code": "duty", "each": "line", "given": "duties", "of": []string{"cif"}, "round": object{"mode": "half_up", "to": "0.01", "each": "line"}},
			{"code": "vat", "percent": r.in.num("vat_pct") + "%", "of": base, "recoverable": true}}
		return goodsCard(object{"cif": object{"on": "import", "each": "line", "sum": []string{"goods", "freight_to_border"}}}, append(charges, fees...)...)
	}
	var list []object
	inputs, answers := object{}, fees.Facts{}
	unknown := []string{}
	for i, f := range r.in.objects("fees") {
		ch := object{"code": "fee_" + string(rune('a'+i)), "family": "other"}
		for _, name := range f.names() {
			switch name {
			case "fixed":
				if !f.has("converted") {
					ch["price"] = f.num(name)
				}
			case "currency": // in the currency of the card, as the forwarder has converted it
				f.text(name)
			case "converted":
				f.text("fixed")
				ch["price"] = f.num(name)
			case "pct_of":
				ch["of"] = []string{map[string]string{"CIF": "cif", "DUTY": "duty", "FOB": "goods"}[f.text(name)]}
			case "pct":
				ch["percent"] = f.num(name) + "%"
			case "raw": // a bare number is refused
				ch["percent"] = f.num(name)
				if _, err := r.parse(doc(ch)); err == nil {
					r.Error("a percentage without its sign is read")
				}
				ch["percent"] = f.num(name) + "%"
			case "min", "max":
				ch[name] = f.num(name)
			default:
				what, ok := strings.CutPrefix(name, "per_")
				if !ok {
					r.Fatalf("not understood: %s", name)
				}
				if of, known := map[string]string{"unit": "qty", "kg": "weight_kg"}[what]; known { // what the case says of the goods
					what = of
					inputs[what], answers[what] = object{"kind": "decimal"}, r.in.num(of)
					ch["per"], ch["price"] = what, f.num(name)
					continue
				}
				inputs[what] = object{"kind": "decimal"}
				ch["per"], ch["price"] = what, f.num(name)
				if given, ok := r.in.optNum(what + "s"); ok {
					answers[what] = given
				} else {
					unknown = append(unknown, what)
				}
			}
		}
		list = append(list, ch)
	}
	if len(unknown) > 0 { // what is not known is an error that names it, not a fee of nothing
		_, err := r.try(with(doc(list...), object{"inputs": inputs}), e)
		for _, name := range unknown {
			if !errors.Is(err, fees.ErrMissing) || !strings.Contains(err.Error(), name) {
				r.Errorf("%s: %v", name, err)
			}
		}
		list, inputs = nil, object{}
		r.want.info("not_modelled", "confidence")
	}
	e.Facts = answers
	q := r.quote(with(doc(list...), object{"inputs": inputs}), e)
	codes, by := lines(q)
	sum := new(big.Rat)
	for _, code := range codes {
		if strings.HasPrefix(code, "fee_") {
			sum.Add(sum, by[code])
		}
	}
	cif := new(big.Rat).Add(rat(r.in.num("goods")), rat(r.in.num("freight")))
	for _, name := range r.want.names() {
		got, ok := map[string]*big.Rat{"CIF": cif, "duty": by["duty"], "vat": by["vat"], "fees": sum, "total": new(big.Rat).Add(cif, r.sum(q))}[name]
		if got == nil {
			got = new(big.Rat) // no line
		}
		if ok {
			r.equal(name, got, r.want.num(name))
		}
	}
	r.want.info("wanted")
}

// ddp is duty and tax in one bill with its fee.
func ddp(r *run) {
	one := func(name string) string { return strings.Fields(r.in.text(name))[0] }
	e := r.goods(one("goods"), fees.Duty{Code: "duty", Rate: r.percent(shift(r.in.num("duty_pct"), -2))})
	e.Lines[0].FreightToBorder = r.money(one("shipping"), "EUR")
	e.Lines[0].Duties[0].Code = "duty"
	doc := goodsCard(object{"cif": object{"on": "import", "each": "line", "sum": []string{"goods", "freight_to_border"}}},
		object{"code": "duty", "each": "line", "given": "duties", "of": []string{"cif"}},
		object{"code": "vat", "percent": r.in.num("vat_pct") + "%", "of": []string{"cif", "duty"}},
		object{"code": "fee", "price": r.in.num("fee"), "family": "other"})
	_, by := lines(r.quote(doc, e))
	for _, name := range []string{"duty", "vat"} {
		got := by[name]
		if got == nil {
			got = new(big.Rat) // no line
		}
		r.equal(name, got, strings.Fields(r.want.text(name))[0])
	}
	if len(by) > 3 {
		r.Errorf("%d charges", len(by))
	}
}

// dutyOnCIF is duty and tax on goods with their freight and insurance.
func dutyOnCIF(r *run) {
	l := fees.EntryLine{Units: 1}
	goods := ""
	if r.in.has("unit_value") {
		l.Units = r.in.int("units")
		x := new(big.Rat).Mul(rat(r.in.num("units")), rat(r.figure(r.in.text("unit_value"))))
		goods = show(x)
	} else {
		goods = r.in.num("product")
	}
	l.Goods = r.money(goods, "GBP")
	landed := rat(goods)
	for _, name := range []string{"freight_and_insurance", "shipping", "insurance"} {
		text, ok := r.in.optText(name)
		if !ok {
			continue
		}
		if name == "insurance" {
			l.Insurance = r.money(r.figure(text), "GBP")
		} else {
			l.FreightToBorder = r.money(r.figure(text), "GBP")
		}
		landed = new(big.Rat).Add(landed, rat(r.figure(text)))
	}
	_, rate := r.in.one("duty_rate", "duty")
	l.Duties = []fees.Duty{{Code: "duty", Rate: r.percent(shift(r.figure(rate), -2))}}
	var overrides []country.Fact
	vat, taxed := r.in.optText("vat")
	if taxed {
		overrides = append(overrides, taxFact(r, "GB", "VAT", shift(r.figure(vat), -2)))
	}
	t := r.entryOf("GB", nil, overrides, l).Total()
	r.want.info("printed.*")
	r.equal("CIF", ratMoney(t.CustomsValue), r.want.num("cif"))
	r.equal("duty", sumOf(t.Duties), r.want.num("duty"))
	total := new(big.Rat).Add(landed, sumOf(t.Duties))
	if taxed {
		r.equal("VAT", ratMoney(t.Tax), r.want.num("vat"))
		total.Add(total, ratMoney(t.Tax))
	}
	r.equal("total", total, r.want.num("total"))
}

// garment is a duty on FOB, of which the rounding is the card's.
func garment(r *run) {
	e := r.goods(r.figure(r.in.text("fob")), fees.Duty{Code: "duty", Rate: r.percent(shift(r.figure(r.in.text("duty")), -2))})
	duty := func(round object) *big.Rat {
		_, by := lines(r.quote(goodsCard(object{}, object{"code": "duty", "each": "line", "given": "duties", "of": []string{"goods"}, "round": with(round, object{"each": "line"})}), e))
		return by["duty"]
	}
	down := duty(object{"mode": "down", "to": "0.01"})
	r.equal("duty", duty(exact), r.want.num("duty_exact"))
	r.equal("duty half up", duty(to(2)), r.want.num("duty_half_up"))
	r.equal("duty down", down, r.want.num("printed.duty"))
	landed := new(big.Rat).Add(rat(r.in.num("fob")), down)
	landed.Add(landed, rat(r.in.num("freight")))
	landed.Add(landed, rat(r.in.num("clearance_inland")))
	r.equal("landed", landed, r.want.num("ldp_with_1.34"))
	r.equal("landed", landed, r.want.num("printed.ldp"))
}
