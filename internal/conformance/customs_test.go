package conformance

import (
	"errors"
	"maps"
	"math/big"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/language"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees"
	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/fees/unit"
)

// customs runs a case about the customs of a country: an entry of one line on the card that the library makes from its
// facts. A rate of tax or a fee in the inputs chooses the day on which the country has it; one that it never had is given
// as a fact.
func customs(r *run) {
	c := &customsCase{run: r, costs: map[string]money.Money{}, duties: map[string]string{}, facts: fees.Facts{}}
	c.country = "DE" // any of the union's
	if r.country != "EU" {
		c.country = r.country
	}
	c.home = map[string]string{"GB": "GBP", "US": "USD", "AU": "AUD", "RU": "RUB", "ID": "IDR"}[c.country]
	if c.home == "" {
		c.home = "EUR"
	}
	if r.in.has("parcel") {
		c.parcel()
		return
	}
	c.read()
	c.check()
}

type customsCase struct {
	*run
	country, home string
	date          string
	costs         map[string]money.Money
	order         []string // of the duties
	duties        map[string]string
	specific      []fees.Specific
	facts         fees.Facts
	rates         []money.Rate
	scale         *big.Rat // of results in a foreign currency for which no rate is given
	overrides     []country.Fact
	standard      fees.StandardCost
}

// synonyms are what inputs call the parts of a declaration.
var synonyms = map[string]string{
	"goods": "goods", "goods_ex_works": "goods", "entered_value": "goods", "customs_value": "goods", "total_customs_value": "goods", "fob": "goods",
	"cif": "goods", "cost": "goods", "vat_base": "goods", "invoice": "goods", "goods_value": "goods", "nilai_impor": "goods",
	"shipping": "freight", "freight": "freight", "freight_to_eu_border": "freight", "carriage": "freight", "freight_to_border": "freight",
	"insurance": "insurance", "freight_and_insurance": "freight", "packing": "packing",
	"freight_border_to_destination": "after", "vva": "after", "post_border": "after",
	"transport_insurance": "freight", "post_insurance": "freight", "ti": "freight",
}

var currencySuffix = regexp.MustCompile(`_(usd|eur|gbp|aud|idr|rub|cny)$`)

// amount is a sum of money under a name that may end in its currency: "goods_usd".
func (c *customsCase) amount(name string) (part string, m money.Money, ok bool) {
	base, currency := name, c.home
	if found := currencySuffix.FindStringSubmatch(name); found != nil {
		base, currency = strings.TrimSuffix(name, found[0]), strings.ToUpper(found[1])
	} else if s, ok := c.in.optText("currency"); ok {
		currency = s
	}
	part = synonyms[base]
	if part == "" {
		return "", m, false
	}
	text := c.in.text(name)
	if share, of, found := strings.Cut(text, " of "); found { // "0.05 of cost"
		for other := range synonyms {
			for _, full := range []string{other, other + "_usd"} {
				if other == of && c.in.has(full) {
					x := new(big.Rat).Mul(rat(share), rat(c.in.num(full)))
					_, m, _ = c.amount(full)
					return part, c.money(show(x), m.Currency().String()), true
				}
			}
		}
	}
	if text == "any" {
		text = "1000"
	}
	return part, c.money(text, currency), true
}

func (c *customsCase) rate(text string) {
	rate, err := money.ParseRate(text)
	if err != nil {
		c.Fatal(err)
	}
	c.rates = append(c.rates, rate)
	c.rates[len(c.rates)-1].Inverse = true
}

// additional are duties on top of the tariff.
var additional = regexp.MustCompile(`section|_(301|232|122)$|dumping|ieepa|fentanyl|reciprocal|safeguard|countervailing|additional|retaliatory`)

func (c *customsCase) read() {
	for _, name := range c.in.names() {
		if part, m, ok := c.amount(name); ok {
			if have, twice := c.costs[part]; twice {
				m, _ = have.Add(m)
			}
			c.costs[part] = m
			continue
		}
		if found := regexp.MustCompile(`^rate_([a-z]{3})_per_([a-z]{3})$|^([a-z]{3})_per_([a-z]{3})$`).FindStringSubmatch(name); found != nil {
			foreign, home := found[1]+found[3], found[2]+found[4]
			c.rate("1 " + strings.ToUpper(home) + " = " + c.in.num(name) + " " + strings.ToUpper(foreign))
			continue
		}
		switch name {
		case "rate":
			c.rate(c.in.text(name))
		case "kurs":
			c.rate("1 USD = " + c.in.num(name) + " " + c.home)
			c.rates[len(c.rates)-1].Inverse = false
		case "as_of", "entry_date", "date", "registration_date":
			c.date = c.in.text(name)
		case "mode":
			c.mode(c.in.text(name))
		case "lodgement", "entry", "declaration":
			c.facts[name] = c.in.text(name)
		case "contains_listed_radioelectronics":
			if c.in.boolean(name) {
				c.facts["goods"] = "listed_electronics"
			}
		case "duty_pct":
			c.duty("duty", shift(c.in.num(name), -2))
		case "duty_rate", "mfn", "bm", "bm_tambahan", "other_levy":
			c.duty(strings.TrimSuffix(name, "_rate"), c.in.num(name))
		case "duty", "duty_total", "specific_amount", "bm_raw":
			c.specific = append(c.specific, fees.Specific{Amount: c.money(c.in.num(name), c.home), Per: "line", Quantity: c.fraction("1")})
		case "ad_valorem":
			for i, rate := range c.in.nums(name) {
				c.duty("duty_"+string(rune('a'+i)), rate)
			}
		case "specific":
			s := c.in.object(name)
			per := map[string]string{"tonne": "t"}[s.text("per")]
			if per == "" {
				per = s.text("per")
			}
			c.specific = append(c.specific, fees.Specific{Amount: c.money(s.num("rate"), c.home), Per: per, Quantity: c.fraction(s.num("quantity"))})
		case "chargeable_kg":
			c.standard = fees.StandardCost{Code: "air_freight", Weight: c.weight(c.in.num(name), "kg")}
		case "loads", "full_loads", "containers":
			c.standard.Loads = c.in.int(name)
		case "ppn_raw": // the tax before it is rounded
			c.costs["goods"] = c.money(c.in.num(name), c.home)
			c.overrides = append(c.overrides, taxFact(c.run, c.country, "PPN", "1"))
			c.date = usualDay(c.country)
		case "gross_tonnes":
			c.standard = fees.StandardCost{Code: "surface_groupage", Weight: c.weight(c.in.num(name), "t")}
		case "vat_rate", "gst_rate", "ppn", "ppn_effective", "vat_pct", "gst_pct":
			rate := c.in.num(name)
			if strings.HasSuffix(name, "_pct") {
				rate = shift(rate, -2)
			}
			c.taxOf(rate)
		case "pph22", "pph22_api", "pph22_non_api":
			c.facts["importer"] = "api"
			if rat(c.in.num(name)).Cmp(rat("0.075")) == 0 {
				c.facts["importer"] = "non_api"
			}
		case "mpf":
			c.feeOf(c.in.object(name))
		case "origin", "country", "duty_base", "currency":
			c.in.info(name) // whose duties they are, which basis is meant: the inputs and the facts say so already
		default:
			if additional.MatchString(name) {
				c.duty(name, c.in.num(name))
			}
		}
	}
	if _, said := c.facts["mode"]; !said && (c.country == "US" || c.country == "AU") {
		c.facts["mode"] = "sea"
		if c.country == "US" {
			c.facts["mode"] = "air" // no harbour
		}
	}
	if _, said := c.facts["importer"]; !said && c.country == "ID" {
		c.facts["importer"] = "api"
	}
	if c.date == "" {
		c.date = usualDay(c.country)
		if c.country == "ID" && !c.in.has("bm_raw") { // before duties were rounded up
			c.date = "2022-03-01"
		}
	}
	if c.date < valuedSince[c.country] {
		c.valued()
	}
	for _, m := range c.costs {
		if s := m.Currency().String(); s != c.home && len(c.rates) == 0 {
			c.rate("1 " + s + " = 10000 " + c.home)
			c.rates[0].Inverse, c.scale = false, big.NewRat(10000, 1)
		}
	}
	if c.costs["goods"].IsZero() {
		c.costs["goods"] = c.money("1000", c.home)
	}
}

// usualDay is a day on which all facts about a country are known.
func usualDay(code string) string {
	if code == "AU" {
		return "2024-07-02"
	}
	return "2026-03-02"
}

func (c *customsCase) mode(word string) {
	switch word {
	case "ocean":
		word = "sea"
	case "surface_groupage", "surface_full_load":
		c.standard.Code = word
		return
	}
	c.facts["mode"] = word
	if c.country == "GB" && word == "air" {
		c.standard.Code = "air_freight"
	}
}

func (c *customsCase) duty(code, rate string) {
	c.order = append(c.order, code)
	c.duties[code] = rate
}

// shift moves the point of a number.
func shift(text string, by int) string {
	x := rat(text)
	for range -by {
		x = new(big.Rat).Quo(x, big.NewRat(10, 1))
	}
	for range by {
		x = new(big.Rat).Mul(x, big.NewRat(10, 1))
	}
	return show(x)
}

func (r *run) fraction(text string) unit.Fraction {
	r.Helper()
	f, err := unit.ParseFraction(text)
	if err != nil {
		r.Fatal(err)
	}
	return f
}

func (r *run) percent(fraction string) unit.Percent {
	r.Helper()
	p, err := unit.ParsePercent(shift(fraction, 2) + "%")
	if err != nil {
		r.Fatal(err)
	}
	return p
}

// taxOf finds the day from which a country last had a rate of tax.
func (c *customsCase) taxOf(rate string) {
	want := rat(rate)
	code, _ := country.Parse(c.country)
	latest := country.Fact{}
	for f := range country.Facts(code) {
		tax, ok := f.Value.(country.ImportTax)
		if !ok || f.Unknown || len(f.When) > 0 {
			continue
		}
		have := rat(tax.Rate.String())
		if !tax.Share.IsWhole() {
			have = new(big.Rat).Mul(have, big.NewRat(tax.Share.Num, tax.Share.Den))
		}
		if have.Cmp(want) == 0 && !f.From.Before(latest.From) {
			latest = f
		}
	}
	switch {
	case latest.Value == nil:
		var tax country.Fact
		for f := range country.Facts(code) {
			if _, ok := f.Value.(country.ImportTax); ok && len(f.When) == 0 {
				tax = f
			}
		}
		v := tax.Value.(country.ImportTax)
		v.Rate, v.Share = c.fraction(rate).Decimal(), country.Fraction{}
		tax.Value, tax.From, tax.To, tax.Begins, tax.Ends, tax.Source = v, country.Date{}, country.Date{}, false, false, c.id
		c.overrides = append(c.overrides, tax)
	case c.date == "":
		usual, _ := country.ParseDate(usualDay(c.country))
		switch {
		case latest.Holds(usual):
			c.date = usual.String()
		case latest.To.IsZero():
			c.date = latest.From.String()
		default:
			c.date = latest.To.String()
		}
		for _, key := range []string{"as_of", "entry_date", "date", "registration_date"} {
			if s, ok := c.in.optText(key); ok {
				c.date = s
			}
		}
	}
}

// valuedSince is the day from which it is known what the customs value is.
var valuedSince = map[string]string{"GB": "2021-01-01", "DE": "2016-05-01", "FR": "2016-05-01", "ES": "2016-05-01", "IT": "2016-05-01"}

// valued gives the customs value and the base of the tax of a day for which no source says them: as they are today.
func (c *customsCase) valued() {
	code, _ := country.Parse(c.country)
	for f := range country.Facts(code) {
		if k := f.Key(); k == country.KeyValuation || k == country.KeyTaxBase {
			f.From = country.Date{}
			c.overrides = append(c.overrides, f)
		}
	}
}

// feeOf finds a day on which a fee had a rate and bounds.
func (c *customsCase) feeOf(f *fields) {
	code, _ := country.Parse(c.country)
	for fact := range country.Facts(code) {
		fee, ok := fact.Value.(country.Fee)
		same := func(name, have string) bool { s, ok := f.optNum(name); return !ok || rat(s).Cmp(rat(have)) == 0 }
		if ok && same("rate", fee.Rate.String()) && same("min", fee.Min.String()) && same("max", fee.Max.String()) {
			c.date = fact.From.String()
			return
		}
	}
	c.Fatalf("%s never had this fee", c.country)
}

// entry is the declaration that the inputs describe.
func (c *customsCase) entry() (*fees.Calculator, *fees.Entry) {
	code, err := country.Parse(c.country)
	if err != nil {
		c.Fatal(err)
	}
	date, err := country.ParseDate(c.date)
	if err != nil {
		c.Fatal(err)
	}
	rates, err := money.NewRates(c.rates...)
	if err != nil {
		c.Fatal(err)
	}
	line := fees.EntryLine{Units: 1, Goods: c.costs["goods"], Packing: c.costs["packing"], FreightToBorder: c.costs["freight"],
		Insurance: c.costs["insurance"], FreightAfterBorder: c.costs["after"]}
	for _, name := range c.order {
		line.Duties = append(line.Duties, fees.Duty{Code: name, Rate: c.percent(c.duties[name])})
	}
	for _, s := range c.specific {
		line.Duties = append(line.Duties, fees.Duty{Code: "specific", Specific: []fees.Specific{s}})
	}
	if len(line.Duties) == 0 {
		line.Duties = fees.NoDuty()
	}
	card, err := fees.CustomsCard(code, c.overrides...)
	if err != nil {
		c.Fatal(err)
	}
	calc, err := fees.Compile(card)
	if err != nil {
		c.Fatal(err)
	}
	return calc, &fees.Entry{Date: date, Destination: code, AfterBorder: c.standard, Lines: []fees.EntryLine{line}, Rates: rates, Facts: c.facts}
}

// results are what an entry comes to by the names that cases use.
func (c *customsCase) results(res *fees.EntryResult, e *fees.Entry) map[string]*big.Rat {
	t := res.Total()
	m := map[string]*big.Rat{"customs_value": ratMoney(t.CustomsValue), "total": ratMoney(t.CashOutlay), "net_cost": ratMoney(t.NetCost)}
	duty := new(big.Rat)
	for _, d := range t.Duties {
		duty.Add(duty, ratMoney(d.Amount))
		name := strings.TrimPrefix(d.Code, "duty.")
		m[name], m[name+"_duty"] = ratMoney(d.Amount), ratMoney(d.Amount)
		if strings.HasSuffix(name, "_301") {
			m[strings.TrimSuffix(name, "_301")+"_duty"] = ratMoney(d.Amount)
		}
		if strings.HasPrefix(name, "section301") {
			m["section301_duty"] = ratMoney(d.Amount)
		}
	}
	m["duty"] = duty
	if _, ok := m["bm"]; !ok {
		m["bm"] = duty
	}
	for _, name := range []string{"cif", "cif_usd", "cif_idr", "entered_value"} {
		m[name] = m["customs_value"]
	}
	if kurs, ok := c.in.optNum("kurs"); ok {
		m["cif_usd"] = new(big.Rat).Quo(m["customs_value"], rat(kurs))
	}
	if !t.TaxBase.IsZero() {
		for _, name := range []string{"vat_base", "voti", "nilai_impor", "vat_value", "gst_base"} {
			m[name] = ratMoney(t.TaxBase)
		}
		after := new(big.Rat).Sub(ratMoney(t.TaxBase), m["customs_value"])
		m["vat_value_adjustment"] = after.Sub(after, duty)
	}
	if !t.Tax.IsZero() {
		for _, name := range []string{"vat", "gst", "ppn"} {
			m[name] = ratMoney(t.Tax)
		}
		m["duty_plus_gst"] = new(big.Rat).Add(duty, ratMoney(t.Tax))
		m["duty_plus_vat"] = m["duty_plus_gst"]
	}
	names := map[string]string{"import_processing_charge": "ipc", "biosecurity_charge": "biosecurity_fid", "pph_22": "pph22"}
	for _, list := range [][]fees.EntryCharge{t.Fees, t.Prepayments} {
		for _, f := range list {
			m[f.Code] = ratMoney(f.Amount)
			if short := names[f.Code]; short != "" {
				m[short] = ratMoney(f.Amount)
			}
		}
	}
	rates, _ := money.NewRates(c.rates...)
	for part, cost := range c.costs { // what each cost is in the currency of customs
		if in, _, err := rates.Convert(cost, t.CustomsValue.Currency(), 2, money.HalfUp); err == nil {
			word := map[string]string{"freight": "freight", "goods": "goods", "insurance": "insurance"}[part]
			m[word+"_"+strings.ToLower(c.home)] = ratMoney(in)
			if part == "freight" {
				m["transport_insurance"], m["ti"] = ratMoney(in), ratMoney(in)
			}
		}
	}
	if c.scale != nil {
		for k, v := range m {
			m[k] = new(big.Rat).Quo(v, c.scale)
		}
	}
	return m
}

// bases are results that are no payments.
var bases = []string{"customs_value", "vat_base", "voti", "nilai_impor", "vat_value", "cif", "cif_usd", "cif_idr", "transport_insurance", "ti", "duty_plus_gst", "vat_value_adjustment"}

func (c *customsCase) check() {
	calc, e := c.entry()
	for _, name := range c.want.names() {
		if text, _ := c.want.m[name].(string); strings.Contains(text, "unknown") || name == "error" {
			c.want.info(name)
			_, err := calc.Entry(e)
			if !errors.Is(err, fees.ErrUnknownAfter) && !errors.Is(err, fees.ErrUnknownBefore) {
				c.Errorf("%s: got %v, want %s", name, err, text)
			}
			return
		}
	}
	res, err := calc.Entry(e)
	if err != nil {
		c.Fatal(err)
	}
	c.verify(calc, res.Explanation())
	verifyShares(c, res)
	got := c.results(res, e)
	paid, parts := new(big.Rat), 0
	for _, name := range c.want.names() {
		short := strings.TrimSuffix(name, "_display")
		if name == "duties_display" {
			for i, want := range c.want.nums(name) {
				c.equal(name, ratMoney(res.Total().Duties[i].Amount), want)
			}
			continue
		}
		if short == "total" {
			continue
		}
		v, ok := got[short]
		if !ok && rat(c.want.num(name)).Sign() == 0 {
			v = new(big.Rat)
		} else if !ok {
			c.Fatalf("nothing is known of %s in %v", name, slices.Sorted(maps.Keys(got)))
		}
		c.equal(name, v, c.want.num(name))
		if !slices.Contains(bases, short) && !strings.HasSuffix(short, "_"+strings.ToLower(c.home)) {
			paid.Add(paid, v)
			parts++
		}
	}
	for _, name := range []string{"total", "total_display"} {
		if want, ok := c.want.optNum(name); ok {
			if parts == 0 || name == "total_display" {
				paid = got["total"]
			}
			c.equal(name, paid, want)
			c.both(calc, e, name, want)
		}
	}
}

// both runs a total that is known at full precision line by line as well: the note of the case says where they differ.
func (c *customsCase) both(calc *fees.Calculator, e *fees.Entry, name, want string) {
	if name != "total_display" {
		return
	}
	for _, basis := range []fees.EntryRounding{fees.FullPrecision, fees.LineByLine} {
		e.Rounding = basis
		res, err := calc.Entry(e)
		if err != nil {
			c.Fatal(err)
		}
		diff := new(big.Rat).Sub(c.results(res, e)["total"], rat(want))
		if basis == fees.FullPrecision && diff.Sign() != 0 || diff.Abs(diff).Cmp(big.NewRat(1, 100)) > 0 {
			c.Errorf("%s: %s off by %s", name, basis, show(diff))
		}
	}
}

// parcel is a rule for parcels of low value, at its flat amount.
func (c *customsCase) parcel() {
	code, _ := country.Parse(c.country)
	flat := c.in.num("flat")
	p := &fees.DirectParcel{Destination: code}
	for f := range country.Facts(code) {
		if v, ok := f.Value.(country.Parcel); ok && v.Rule == "flat_duty" && rat(v.Amount.String()).Cmp(rat(flat)) == 0 {
			p.Date = f.From
		}
	}
	for i, text := range c.in.texts("parcel") {
		name, count, _ := strings.Cut(text, " x")
		units, _ := ratOf(count)
		p.Lines = append(p.Lines, fees.EntryLine{SKU: name, HS: "6206." + string(rune('1'+i)) + "0", Units: units.Num().Int64(), Goods: c.money("20", c.home),
			Duties: []fees.Duty{{Code: "third_country", Rate: c.percent("0.12")}}})
	}
	card, err := fees.CustomsCard(code)
	if err != nil {
		c.Fatal(err)
	}
	calc, err := fees.Compile(card)
	if err != nil {
		c.Fatal(err)
	}
	res, err := calc.Parcel(p)
	if err != nil {
		c.Fatal(err)
	}
	c.equal("duty", ratMoney(res.Duty), c.want.num("duty"))
	verifyParcel(c, res, card)
	// a batch of the same goods on the same day bears the tariff
	batch, err := calc.Entry(&fees.Entry{Date: p.Date, Destination: code, Lines: p.Lines})
	if err != nil {
		c.Fatal(err)
	}
	if d := batch.Total().Duties; len(d) != 1 || d[0].Code != "duty.third_country" {
		c.Errorf("a batch bears %v", d)
	}
}

// verifyShares checks that the shares of an entry's lines are proved, and sum up to what the entry comes to.
func verifyShares(t testing.TB, res *fees.EntryResult) {
	t.Helper()
	r := res.Record(language.English)
	if err := r.Verify(); err != nil {
		t.Fatal(err)
	}
	total := res.Total()
	for i, m := range []money.Money{total.CashOutlay, total.NetCost} {
		if n := r.Totals[len(r.Totals)-2+i]; n.Value.Cmp(ratMoney(m)) != 0 {
			t.Errorf("%s is %s, proved %s", n.Name, m, n.Value)
		}
	}
}

// verifyParcel checks that what customs ask for a parcel is proved, and what the card gives again.
func verifyParcel(t testing.TB, res *fees.ParcelResult, card *fees.Card) {
	t.Helper()
	r := res.Record(language.English)
	if err := fees.VerifyAgainst(r, card); err != nil {
		t.Fatal(err)
	}
	if n := r.Totals[0]; n.Value.Cmp(ratMoney(res.Total)) != 0 {
		t.Errorf("the total is %s, proved %s", res.Total, n.Value)
	}
}
