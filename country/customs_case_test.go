package country_test

import (
	"encoding/json"
	"math/big"
	"os"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/overseaswarehouse/overseas/country"
)

// customsCase is a published example, or one derived from a published rule: what the facts make of given costs.
type customsCase struct {
	ID, Source, Country, Date, Skip string
	Given                           map[string]string
	Costs                           map[country.Part]string
	Duties                          []string          // rates on the customs value
	DutyAmounts                     []string          `json:"duty_amounts"`
	TaxRate                         string            `json:"tax_rate"` // instead of the country's
	Additional                      map[string]string // additional duties in force, "" for not in force
	Standard                        struct{ Code, Quantity string }
	Parcel                          struct {
		Rule  string
		Times int64
	}
	Round struct{ Of, Amount string }
	Want  map[string]string
}

func rat(t *testing.T, s string) *big.Rat {
	t.Helper()
	r, ok := new(big.Rat).SetString(s)
	if !ok {
		t.Fatalf("%q is no number", s)
	}
	return r
}

func ratOf(d decimal.Decimal) *big.Rat { return d.Rat() }

func TestCustomsCases(t *testing.T) {
	data, err := os.ReadFile("testdata/customs_cases.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases []customsCase
	if err := json.Unmarshal(data, &cases); err != nil {
		t.Fatal(err)
	}
	skipped := 0
	for _, tt := range cases {
		t.Run(tt.ID, func(t *testing.T) {
			if tt.Skip != "" {
				skipped++
				t.Skip(tt.Skip)
			}
			for name, got := range evaluate(t, tt) {
				if want, ok := tt.Want[name]; ok && got.FloatString(2) != want {
					t.Errorf("%s is %s, want %s", name, got.FloatString(2), want)
				}
				delete(tt.Want, name)
			}
			for name := range tt.Want {
				t.Errorf("%s was not computed", name)
			}
		})
	}
	if len(cases) != 56 || skipped != 1 {
		t.Errorf("%d cases, %d skipped", len(cases), skipped)
	}
}

// evaluate is a plain exact reading of the facts, rounded only when it is shown.
func evaluate(t *testing.T, tt customsCase) map[string]*big.Rat {
	t.Helper()
	on, err := country.ParseDate(tt.Date)
	if err != nil {
		t.Fatal(err)
	}
	code := mustParse(t, tt.Country)
	var overrides []country.Fact
	if tt.TaxRate != "" {
		rate, _ := decimal.NewFromString(tt.TaxRate)
		overrides = append(overrides, country.Fact{Country: code, Value: country.ImportTax{Tax: "VAT", Rate: rate}})
	}
	c, err := country.CustomsOn(code, on, overrides...)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]*big.Rat{}
	values := map[country.Part]*big.Rat{}
	for part, amount := range tt.Costs {
		values[part] = rat(t, amount)
	}
	sum := func(parts []country.Part) *big.Rat {
		total := new(big.Rat)
		for _, p := range parts {
			if v := values[p]; v != nil {
				total.Add(total, v)
			}
		}
		return total
	}
	customsValue := sum(c.Valuation.Value.Sum)
	duty := new(big.Rat)
	for _, rate := range tt.Duties {
		duty.Add(duty, new(big.Rat).Mul(customsValue, rat(t, rate)))
	}
	for _, amount := range tt.DutyAmounts {
		duty.Add(duty, rat(t, amount))
	}
	values[country.PartCustomsValue], values[country.PartDuty] = customsValue, duty
	base := sum(c.TaxBase.Value.Sum)
	tax := new(big.Rat).Mul(base, ratOf(c.Tax.Value.Rate))
	if share := c.Tax.Value.Share; !share.IsWhole() {
		tax.Mul(tax, big.NewRat(share.Num, share.Den))
	}
	got["customs_value"], got["duty"], got["tax_base"], got["import_tax"] = customsValue, duty, base, tax
	total := new(big.Rat).Add(duty, tax)

	if tt.Given != nil || tt.Country != "US" && tt.Country != "AU" {
		fees, err := c.FeesFor(tt.Given)
		if err != nil {
			t.Fatal(err)
		}
		all := new(big.Rat)
		for _, f := range fees {
			value := decimal.NewFromBigInt(new(big.Int).Mul(customsValue.Num(), new(big.Int).Quo(big.NewInt(1_000_000), customsValue.Denom())), -6)
			amount, err := f.Value.On(value)
			if err != nil {
				t.Fatal(err)
			}
			got[f.Value.Code] = ratOf(amount)
			all.Add(all, ratOf(amount))
		}
		got["fees"] = all
		total.Add(total, all)
	}
	got["total"] = total

	if tt.Given["importer"] != "" {
		rows, err := c.PrepaymentsFor(tt.Given)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range rows {
			if p.Value.Of != country.PartTaxBase {
				t.Errorf("%s of %s", p.Value.Code, p.Value.Of)
			}
			got[p.Value.Code] = new(big.Rat).Mul(base, ratOf(p.Value.Rate))
		}
	}
	for name, rate := range tt.Additional {
		found := ""
		for _, d := range c.AdditionalDuty {
			if d.Value.Code == name {
				found = ratOf(d.Value.Rate).FloatString(3)
			}
		}
		if rate != "" {
			rate = rat(t, rate).FloatString(3)
		}
		if found != rate {
			t.Errorf("%s is %q, want %q", name, found, rate)
		}
	}
	for _, s := range c.StandardCosts {
		if s.Value.Code != tt.Standard.Code {
			continue
		}
		v := new(big.Rat).Mul(ratOf(s.Value.Rate), rat(t, tt.Standard.Quantity))
		v.Add(v, ratOf(s.Value.Plus))
		if least := ratOf(s.Value.Min); v.Cmp(least) < 0 {
			v = least
		}
		got["standard"] = v
	}
	for _, p := range c.Parcels {
		if p.Value.Rule == tt.Parcel.Rule {
			got["parcel"] = new(big.Rat).Mul(ratOf(p.Value.Amount), big.NewRat(tt.Parcel.Times, 1))
		}
	}
	for _, r := range c.Roundings {
		if string(r.Value.Of) != tt.Round.Of {
			continue
		}
		if r.Value.Mode != "up" || r.Value.Per != "levy" {
			t.Errorf("rounded %s per %s", r.Value.Mode, r.Value.Per)
		}
		steps := new(big.Rat).Quo(rat(t, tt.Round.Amount), ratOf(r.Value.Step))
		whole := new(big.Int).Quo(new(big.Int).Add(steps.Num(), new(big.Int).Sub(steps.Denom(), big.NewInt(1))), steps.Denom())
		got["rounded"] = new(big.Rat).Mul(new(big.Rat).SetInt(whole), ratOf(r.Value.Step))
	}
	return got
}
