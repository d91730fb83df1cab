package fees_test

import (
	"encoding/json"
	"errors"
	"io"
	"math/big"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"golang.org/x/text/language"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees"
	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/fees/unit"
)

func cash(s string) money.Money {
	m, err := money.Parse(s)
	if err != nil {
		panic(err)
	}
	return m
}

func pct(s string) unit.Percent {
	p, err := unit.ParsePercent(s)
	if err != nil {
		panic(err)
	}
	return p
}

func on(s string) country.Date {
	d, err := country.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

func land(s string) country.Code {
	c, err := country.Parse(s)
	if err != nil {
		panic(err)
	}
	return c
}

// importing is a calculator for one country.
func importing(t testing.TB, code string, facts ...country.Fact) *fees.Calculator {
	t.Helper()
	card, err := fees.CustomsCard(land(code), facts...)
	if err != nil {
		t.Fatal(err)
	}
	calc, err := fees.Compile(card)
	if err != nil {
		t.Fatal(err)
	}
	return calc
}

// Every dated fact is priced on the day before it begins, its first and last days and the day after, under every
// circumstance that it asks for, as a plain calculation from the facts of that day has it.
func TestCustomsFollowTheirDates(t *testing.T) {
	priced, unknown := 0, 0
	for _, code := range []string{"AU", "DE", "ES", "FR", "GB", "ID", "IT", "RU", "US"} {
		c := land(code)
		home, _ := c.Currency()
		calc := importing(t, code)
		value, _ := money.Of(1_234_567_89, 2, home)
		seen := map[country.Date]bool{}
		for f := range country.Facts(c) {
			if f.Key() == country.KeyParcel || f.Key() == country.KeyRemark || f.Key() == country.KeyAdditionalDuty {
				continue
			}
			for _, d := range []country.Date{f.From, f.To} {
				for step := -1; step <= 1; step++ {
					day, err := d.AddDays(step)
					if d.IsZero() || err != nil || seen[day] {
						continue
					}
					seen[day] = true
					for _, given := range circumstances(c) {
						e := &fees.Entry{Date: day, Destination: c, Facts: given, Lines: []fees.EntryLine{{Goods: value, Duties: []fees.Duty{{Code: "mfn", Rate: pct("7.5%")}}}}}
						got, err := calc.Entry(e)
						want, wrong := plainly(c, day, given, value)
						switch {
						case (err == nil) != (wrong == nil):
							t.Fatalf("%s %s %v: %v, plainly %v", code, day, given, err, wrong)
						case err != nil:
							if errors.Is(wrong, fees.ErrUnknownAfter) != errors.Is(err, fees.ErrUnknownAfter) || !strings.Contains(err.Error(), day.String()) {
								t.Errorf("%s %s: %v, plainly %v", code, day, err, wrong)
							}
							unknown++
							continue
						}
						if priced++; priced%9 == 0 {
							examinedEntry(t, got)
						}
						if sum := got.Total().CashOutlay; ratio(sum).Cmp(want) != 0 {
							t.Errorf("%s %s %v: %s, plainly %s\n%s", code, day, given, sum, want.FloatString(4), got.Explanation())
						}
					}
				}
			}
		}
	}
	if priced < 500 || unknown < 20 {
		t.Errorf("%d priced, %d unknown", priced, unknown)
	}
}

func ratio(m money.Money) *big.Rat {
	r, _ := new(big.Rat).SetString(m.Decimal().String())
	return r
}

// circumstances are all answers to what the facts of a country ask.
func circumstances(c country.Code) []fees.Facts {
	all := []fees.Facts{{}}
	card, err := fees.CustomsCard(c)
	if err != nil {
		return nil
	}
	for in := range card.Needs(fees.OnImport) {
		if in.Name == "origin_zone" {
			continue
		}
		var next []fees.Facts
		for _, f := range all {
			for _, v := range in.Values {
				g := fees.Facts{in.Name: v}
				for k, w := range f {
					g[k] = w
				}
				next = append(next, g)
			}
		}
		all = next
	}
	return all
}

// plainly is what an entry of one line costs, reckoned step by step from the facts of a day.
func plainly(c country.Code, day country.Date, given fees.Facts, value money.Money) (*big.Rat, error) {
	customs, err := country.CustomsOn(c, day)
	if err != nil {
		return nil, err
	}
	tax, err := customs.TaxFor(given)
	if err != nil {
		return nil, err
	}
	ahead, err := customs.PrepaymentsFor(given)
	if err != nil {
		return nil, err
	}
	charges, err := customs.FeesFor(given)
	if err != nil {
		return nil, err
	}
	step := map[country.Part]country.Rounding{}
	for _, r := range customs.Roundings {
		step[r.Value.Of] = r.Value
	}
	round := func(x *big.Rat, of country.Part) *big.Rat {
		r := step[of]
		to := r.Step.Rat()
		if r.Step.IsZero() {
			to = big.NewRat(1, 100)
		}
		n := new(big.Rat).Quo(x, to)
		whole := new(big.Int).Quo(n.Num(), n.Denom())
		rest := new(big.Rat).Sub(n, new(big.Rat).SetInt(whole))
		if r.Mode == "up" && rest.Sign() > 0 || r.Mode != "up" && r.Mode != "down" && rest.Cmp(big.NewRat(1, 2)) >= 0 {
			whole.Add(whole, big.NewInt(1))
		}
		return new(big.Rat).Mul(new(big.Rat).SetInt(whole), to)
	}
	base := ratio(value)
	if _, ok := step[country.PartCustomsValue]; ok {
		base = round(base, country.PartCustomsValue)
	}
	exact := new(big.Rat).Mul(base, big.NewRat(75, 1000))
	duty := round(exact, country.PartDuty)
	sum := new(big.Rat).Set(duty)
	if step[country.PartDuty].Exact {
		duty = exact
	}
	taxed := new(big.Rat).Add(base, duty)
	part := new(big.Rat).Mul(taxed, tax.Value.Rate.Rat())
	if s := tax.Value.Share; !s.IsWhole() {
		part.Mul(part, big.NewRat(s.Num, s.Den))
	}
	if !tax.Value.Rate.IsZero() {
		sum.Add(sum, round(part, country.PartTax))
	}
	for _, p := range ahead {
		sum.Add(sum, round(new(big.Rat).Mul(taxed, p.Value.Rate.Rat()), country.PartPrepayment))
	}
	for _, f := range charges {
		amount, err := f.Value.On(decimalOf(base))
		if err != nil {
			return nil, err
		}
		sum.Add(sum, round(amount.Rat(), country.PartFee))
	}
	if step[country.PartTotal].Exact {
		sum = round(new(big.Rat).Add(new(big.Rat).Add(exact, part), new(big.Rat)), country.PartTotal)
	}
	return sum, nil
}

// A row decides, not the program: with another row the result is another.
func TestChangedRowChangesTheEntry(t *testing.T) {
	data, err := io.ReadAll(country.CustomsSource())
	if err != nil {
		t.Fatal(err)
	}
	entry := func(data string, code string, facts fees.Facts) fees.EntryShare {
		t.Helper()
		set, err := country.ParseFacts(strings.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		card, err := fees.CustomsCardOf(set, land(code))
		if err != nil {
			t.Fatal(err)
		}
		calc, err := fees.Compile(card)
		if err != nil {
			t.Fatal(err)
		}
		home, _ := land(code).Currency()
		goods, _ := money.Of(1000, 0, home)
		freight, _ := money.Of(100, 0, home)
		res, err := calc.Entry(&fees.Entry{Date: on("2026-03-02"), Destination: land(code), Facts: facts,
			Lines: []fees.EntryLine{{Goods: goods, FreightToBorder: freight, Duties: []fees.Duty{{Code: "mfn", Rate: pct("10.01%")}}}}})
		if err != nil {
			t.Fatal(err)
		}
		return res.Total()
	}
	same := string(data)
	for _, c := range []struct {
		name, code, old, new string
		facts                fees.Facts
		want                 string // of the cash outlay, before and after
	}{
		{"a rate of tax", "ES", `"rate": "0.21"`, `"rate": "0.25"`, nil, "364.23 EUR 412.64 EUR"},
		{"the valuation", "US", `"sum": ["goods", "packing", "origin_inland"]`, `"sum": ["goods", "packing", "origin_inland", "freight_to_border"]`, fees.Facts{"mode": "air"}, "133.68 USD 143.69 USD"},
		{"a minimum", "US", `"min": "33.58"`, `"min": "40"`, fees.Facts{"mode": "air"}, "133.68 USD 140.10 USD"},
		{"a fee by sea", "US", `"rate": "0.00125"`, `"rate": "0.01"`, fees.Facts{"mode": "sea"}, "134.93 USD 143.68 USD"},
		{"a fraction of the base", "ID", `"share": "11/12"`, `"share": "1/2"`, fees.Facts{"importer": "api"}, "1283.00 IDR 1178.00 IDR"},
	} {
		if !strings.Contains(same, c.old) {
			t.Errorf("%s: the document has no %s", c.name, c.old)
			continue
		}
		before := entry(same, c.code, c.facts).CashOutlay.String()
		after := entry(strings.ReplaceAll(same, c.old, c.new), c.code, c.facts).CashOutlay.String()
		if got := before + " " + after; got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

// Rules for parcels of low value never concern a batch, whatever its value.
func TestParcelRulesLeaveBatchesAlone(t *testing.T) {
	for _, code := range []string{"DE", "FR", "IT", "GB", "AU", "US"} {
		home, _ := land(code).Currency()
		goods, _ := money.Of(10, 0, home)
		line := fees.EntryLine{HS: "950300", Goods: goods, Duties: []fees.Duty{{Code: "mfn", Rate: pct("10%")}}}
		day := map[string]string{"US": "2025-08-01", "AU": "2025-03-02"}[code]
		if day == "" {
			day = "2026-08-01"
		}
		calc := importing(t, code)
		batch, err := calc.Entry(&fees.Entry{Date: on(day), Destination: land(code), Facts: fees.Facts{"mode": "air"}, Lines: []fees.EntryLine{line}})
		if err != nil {
			t.Fatal(err)
		}
		if d := batch.Total().Duties; len(d) != 1 || ratio(d[0].Amount).Cmp(big.NewRat(1, 1)) != 0 {
			t.Errorf("%s: a batch bears %v", code, d)
		}
		parcel, err := calc.Parcel(&fees.DirectParcel{Date: on(day), Destination: land(code), Facts: fees.Facts{"origin": "other"}, Lines: []fees.EntryLine{line}})
		if err != nil {
			t.Fatalf("%s: %v", code, err)
		}
		if parcel.DutyBy == "tariff" {
			t.Errorf("%s: a parcel bears the tariff: %s", code, parcel.Duty)
		}
	}
}

// The rules for parcels on the day before they change, and on the day.
func TestParcelRulesFollowTheirDates(t *testing.T) {
	for _, c := range []struct {
		code, day, value string
		facts            fees.Facts
		by, duty         string
	}{
		{"DE", "2026-06-30", "150 EUR", nil, "duty_relief", "0.00 EUR"},
		{"DE", "2026-07-01", "150 EUR", nil, "flat_duty", "3.00 EUR"},
		{"DE", "2026-07-01", "150.01 EUR", nil, "tariff", "15.00 EUR"},
		{"DE", "2026-06-30", "150.01 EUR", nil, "tariff", "15.00 EUR"},
		{"GB", "2026-07-01", "135 GBP", nil, "duty_relief", "0.00 GBP"},
		{"GB", "2026-07-01", "135.01 GBP", nil, "tariff", "13.50 GBP"},
		{"US", "2025-08-28", "800 USD", fees.Facts{"origin": "other"}, "duty_relief", "0.00 USD"},
		{"US", "2025-08-28", "800.01 USD", fees.Facts{"origin": "other"}, "tariff", "80.00 USD"},
		{"US", "2025-08-28", "100 USD", fees.Facts{"origin": "cn"}, "tariff", "10.00 USD"},
		{"US", "2025-05-01", "100 USD", fees.Facts{"origin": "cn"}, "duty_relief", "0.00 USD"},
		{"US", "2025-08-29", "800 USD", fees.Facts{"origin": "other"}, "tariff", "80.00 USD"},
		{"US", "2026-12-01", "800 USD", fees.Facts{"origin": "other"}, "tariff", "80.00 USD"}, // though the fees of entries are not known
		{"AU", "2026-12-01", "1000 AUD", nil, "duty_relief", "0.00 AUD"},
		{"AU", "2026-12-01", "1000.01 AUD", nil, "tariff", "100.00 AUD"},
	} {
		res, err := importing(t, c.code).Parcel(&fees.DirectParcel{Date: on(c.day), Destination: land(c.code), Facts: c.facts,
			Lines: []fees.EntryLine{{HS: "9503.00", Goods: cash(c.value), Duties: []fees.Duty{{Code: "mfn", Rate: pct("10%")}}}}})
		if err != nil {
			t.Errorf("%+v: %v", c, err)
			continue
		}
		if got := res.DutyBy + " " + res.Duty.String(); got != c.by+" "+c.duty {
			t.Errorf("%+v: %s", c, got)
		}
	}
}

// An entry with everything reads back from its document, and the schema takes it.
func TestCustomsDocumentRoundTrip(t *testing.T) {
	event, journey := validators(t)
	doc := `{"schema":"overseas/event/1","event":"entry","reference":"E-1","date":"2026-03-02","destination":"GB",
		"importer":{"tax_registered":"yes"},"rounding":"full_precision","assumed":["insurance"],"after_border":{"code":"air_freight","weight":"200 kg","loads":2},
		"lines":[{"units":3,"goods":"1000 GBP","duties":[{"code":"a","rate":"13.8%","min":{"specific":[{"amount":"13.00 GBP","per":"100 kg","quantity":"100"}]},
			"max":{"rate":"1%","specific":[{"amount":"15.00 GBP","per":"100 kg","quantity":100},{"amount":"-7.00 GBP","per":"100 kg","quantity":"100"}]}},
			{"code":"b","specific":[{"amount":"2 GBP","per":"piece"}],"excise":true}]},
		{"goods":"1 GBP","options":[{"name":"x","duties":[{"code":"none"}]},{"name":"y","duties":[{"code":"b","rate":"0%"}]}]}]}`
	if err := event.Judge([]byte(doc)); err != nil {
		t.Error(err)
	}
	e, err := fees.ParseEvent(strings.NewReader(doc))
	if err != nil {
		t.Fatal(err)
	}
	again(t, "entry", e)
	empty := func(path string, v reflect.Value) {
		for i := range v.NumField() {
			if name := v.Type().Field(i).Name; v.Field(i).IsZero() {
				t.Errorf("%s.%s is not read", path, name)
			}
		}
	}
	entry := e.(*fees.Entry)
	empty("Duty", reflect.ValueOf(fees.Duty{Code: "x", Rate: entry.Lines[0].Duties[0].Rate, Specific: entry.Lines[0].Duties[1].Specific,
		Min: entry.Lines[0].Duties[0].Min, Max: entry.Lines[0].Duties[0].Max, Excise: entry.Lines[0].Duties[1].Excise}))
	empty("Option", reflect.ValueOf(entry.Lines[1].Options[0]))
	empty("StandardCost", reflect.ValueOf(entry.AfterBorder))
	if entry.Importer.TaxRegistered != fees.Yes || entry.Rounding != fees.FullPrecision || !slices.Equal(entry.Assumed, []country.Part{country.PartInsurance}) {
		t.Errorf("%+v", entry)
	}
	j := `{"schema":"overseas/journey/1","tariff_twice":true}`
	var back fees.Journey
	if err := journey.Judge([]byte(j)); err != nil || json.Unmarshal([]byte(j), &back) != nil || !back.TariffTwice {
		t.Errorf("%v %+v", err, back)
	}
	if data, err := json.Marshal(back); err != nil || string(data) != j {
		t.Errorf("%s %v", data, err)
	}
	for _, c := range []struct{ old, new, code string }{
		{`"duties":[{"code":"none"}]`, `"duties":[]`, "input_missing"},
		{`"rounding":"full_precision"`, `"rounding":"none"`, "unknown_value"},
		{`"per":"piece"`, `"per":"0 kg"`, "malformed"},
		{`"quantity":100`, `"quantity":-1`, "negative"},
		{`"goods":"1 GBP",`, `"goods":"1 GBP","duties":[{"code":"none"}],`, "fields_exclude"},
		{`"assumed":["insurance"]`, `"assumed":["weight"]`, "unknown_value"},
	} {
		if _, err := fees.ParseEvent(strings.NewReader(strings.Replace(doc, c.old, c.new, 1))); !errors.Is(err, fees.Code(c.code)) {
			t.Errorf("%s: %v", c.new, err)
		}
	}
}

// What an entry may not say.
func TestCustomsRefuse(t *testing.T) {
	calc := importing(t, "GB")
	good := fees.Entry{Date: on("2026-03-02"), Destination: land("GB"), Lines: []fees.EntryLine{{Goods: cash("1000 GBP"), Duties: fees.NoDuty()}}}
	if _, err := calc.Entry(&good); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		change func(e *fees.Entry)
		code   fees.Code
	}{
		"no day":                {func(e *fees.Entry) { e.Date = country.Date{} }, fees.ErrMissing},
		"another country":       {func(e *fees.Entry) { e.Destination = land("FR") }, fees.ErrNoCard},
		"no duty left out":      {func(e *fees.Entry) { e.Lines[0].Duties = nil }, fees.ErrMissing},
		"a duty of none":        {func(e *fees.Entry) { e.Lines[0].Duties = []fees.Duty{{Code: "none", Rate: pct("1%")}} }, "fields_exclude"},
		"a duty without a name": {func(e *fees.Entry) { e.Lines[0].Duties = []fees.Duty{{Rate: pct("1%")}} }, "missing_field"},
		"a duty and an excise":  {func(e *fees.Entry) { e.Lines[0].Duties = []fees.Duty{{Code: "a"}, {Code: "a", Excise: true}} }, "duplicate"},
		"no quantity": {func(e *fees.Entry) {
			e.Lines[0].Duties = []fees.Duty{{Code: "a", Specific: []fees.Specific{{Amount: cash("1 GBP"), Per: "hl"}}}}
		}, fees.ErrMissing},
		"no rate of exchange":     {func(e *fees.Entry) { e.Lines[0].Insurance = cash("1 EUR") }, fees.ErrNoRate},
		"negative freight":        {func(e *fees.Entry) { e.Lines[0].FreightToBorder = cash("-1 GBP") }, "negative"},
		"an assumption unknown":   {func(e *fees.Entry) { e.Assumed = []country.Part{country.PartInsurance} }, fees.ErrValue},
		"a standard cost unknown": {func(e *fees.Entry) { e.AfterBorder.Code = "camel" }, fees.ErrValue},
		"loads below zero":        {func(e *fees.Entry) { e.AfterBorder = fees.StandardCost{Code: "surface_full_load", Loads: -1} }, "negative"},
		"loads where none count":  {func(e *fees.Entry) { e.AfterBorder = fees.StandardCost{Code: "air_freight", Loads: 2} }, "fields_exclude"},
		"a standard cost and own": {func(e *fees.Entry) {
			e.AfterBorder.Code = "surface_full_load"
			e.Lines[0].FreightAfterBorder = cash("1 GBP")
		}, "fields_exclude"},
		"a circumstance unknown":    {func(e *fees.Entry) { e.Facts = fees.Facts{"moon": "full"} }, fees.ErrUnknown},
		"options and duties":        {func(e *fees.Entry) { e.Lines[0].Options = []fees.DutyOption{{Name: "x", Duties: fees.NoDuty()}} }, "fields_exclude"},
		"a day before all is known": {func(e *fees.Entry) { e.Date = on("2020-12-31") }, fees.ErrUnknownBefore},
	} {
		e := good
		e.Lines = slices.Clone(good.Lines)
		c.change(&e)
		if _, err := calc.Entry(&e); !errors.Is(err, c.code) {
			t.Errorf("%s: %v, want %v", name, err, c.code)
		}
		if _, err := calc.Quote(&e); !errors.Is(err, c.code) {
			t.Errorf("%s: the quote says %v, want %v", name, err, c.code)
		}
	}
}

func decimalOf(r *big.Rat) decimal.Decimal { return decimal.NewFromBigRat(r, 6) }

// Weights in pounds by rates per 100 kg, kilograms by rates per pound and converted amounts have more decimals than numbers
// of the library; that was refused.
func TestSpecificDutyOfManyDecimals(t *testing.T) {
	calc := importing(t, "GB")
	rate, err := money.ParseRate("1 GBP = 1.16711 EUR")
	if err != nil {
		t.Fatal(err)
	}
	rate.Inverse = true
	rates, err := money.NewRates(rate)
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		weight, amount, per string
		units               int64
		want                string
	}{
		{"5.5 lb", "13.05 GBP", "100 kg", 1, "0.33 GBP"},      // 2.494758035 kg: 0.3255...
		{"12.34 oz", "13.05 GBP", "100 kg", 300, "13.70 GBP"}, // 104.9515347075 kg: 13.6961...
		{"10 kg", "1.50 GBP", "lb", 1, "33.07 GBP"},           // 22.0462... lb: 33.0693...
		{"123.456 kg", "35.10 EUR", "100 kg", 1, "37.13 GBP"}, // 30.07428606 GBP: 37.1285...
	} {
		weight, err := unit.ParseWeight(test.weight)
		if err != nil {
			t.Fatal(err)
		}
		specific := []fees.Specific{{Amount: cash(test.amount), Per: test.per}}
		e := &fees.Entry{Date: on("2026-03-02"), Destination: land("GB"), Rates: rates, Lines: []fees.EntryLine{
			{Units: test.units, Weight: weight, Goods: cash("1000 GBP"), Duties: []fees.Duty{{Code: "mfn", Specific: specific}}}}}
		res, err := calc.Entry(e)
		if err != nil {
			t.Errorf("%s by %s per %s: %v", test.weight, test.amount, test.per, err)
			continue
		}
		if got := res.Total().Duties[0].Amount; got != cash(test.want) {
			t.Errorf("%s by %s per %s: %s, want %s", test.weight, test.amount, test.per, got, test.want)
		}
		if err := res.Record(language.English).Verify(); err != nil {
			t.Error(err)
		}
	}
}

// The amount for a full load was charged once, however many there were.
func TestStandardCostOfEachLoad(t *testing.T) {
	calc := importing(t, "GB")
	for loads, want := range map[int64]string{0: "550.00 GBP", 1: "550.00 GBP", 3: "1650.00 GBP"} {
		e := &fees.Entry{Date: on("2026-03-02"), Destination: land("GB"), AfterBorder: fees.StandardCost{Code: "surface_full_load", Loads: loads},
			Lines: []fees.EntryLine{{Units: 1, Goods: cash("1000 GBP"), Duties: fees.NoDuty()}}}
		res, err := calc.Entry(e)
		if err != nil {
			t.Fatal(err)
		}
		total := res.Total()
		after, err := total.TaxBase.Sub(total.CustomsValue)
		if err != nil || after != cash(want) {
			t.Errorf("%d loads: %s, %v, want %s", loads, after, err, want)
		}
		if err := res.Record(language.English).Verify(); err != nil {
			t.Error(err)
		}
	}
}

// A charge on parcels had as many decimals as the facts write it with, unlike every other amount.
func TestParcelChargeHasItsCents(t *testing.T) {
	for code, want := range map[string]string{"FR": "12.00 EUR", "IT": "2.00 EUR"} {
		p := &fees.DirectParcel{Date: on("2026-03-02"), Destination: land(code)}
		for _, hs := range []string{"950300", "620610", "850440"} {
			p.Lines = append(p.Lines, fees.EntryLine{HS: hs, Units: 2, Goods: cash("50.00 EUR"), Duties: fees.NoDuty()})
		}
		res, err := importing(t, code).Parcel(p)
		if err != nil {
			t.Fatal(err)
		}
		if len(res.Charges) != 1 || res.Charges[0].Amount != cash(want) {
			t.Errorf("%s: %v, want %s", code, res.Charges, want)
		}
	}
}
