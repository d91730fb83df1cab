package country_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/overseaswarehouse/overseas/country"
)

func ExampleCustomsOn() {
	de, _ := country.Parse("DE")
	on, _ := country.ParseDate("2026-08-01")
	c, err := country.CustomsOn(de, on)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(c.Valuation.Value.Basis, "to", c.Valuation.Value.Border, c.Valuation.Value.Sum)
	fmt.Println(c.Tax.Value.Tax, c.Tax.Value.Rate, "on", c.TaxBase.Value.Sum)
	fmt.Println("since", c.Tax.From, "says", c.Tax.Source)
	// Output:
	// cif to eu [goods packing origin_inland freight_to_border insurance]
	// VAT 0.19 on [customs_value duty excise freight_after_border]
	// since 2021-01-01 says kdeldycke/vat-rates; invopop/gobl; node-sales-tax
}

func ExampleCustomsOn_unknown() {
	us, _ := country.Parse("US")
	on, _ := country.ParseDate("2026-10-01")
	_, err := country.CustomsOn(us, on)
	fmt.Println(errors.Is(err, country.ErrUnknownAfter))
	fmt.Println(err)

	// The caller has read the notice of the year.
	mpf := country.Fact{Country: us, Value: country.Fee{
		Code: "mpf", Per: "entry", Rate: decimal.New(3464, -6), Min: decimal.New(3450, -2), Max: decimal.New(67000, -2),
	}}
	c, err := country.CustomsOn(us, on, mpf)
	fmt.Println(err)
	fees, _ := c.FeesFor(map[string]string{"mode": "air"})
	amount, _ := fees[0].Value.On(decimal.New(5000, 0))
	fmt.Println(fees[0].Value.Code, amount.StringFixed(2), "supplied by the caller:", fees[0].Override)
	// Output:
	// true
	// "fee/mpf" is not known on 2026-10-01; last known day: 2026-09-30 [unknown_after]
	// <nil>
	// mpf 34.50 supplied by the caller: true
}

func ExampleCustoms_FeesFor() {
	us, _ := country.Parse("US")
	on, _ := country.ParseDate("2026-08-01")
	c, _ := country.CustomsOn(us, on)
	fees, err := c.FeesFor(map[string]string{"mode": "sea"})
	for _, f := range fees {
		amount, _ := f.Value.On(decimal.New(50_000, 0))
		fmt.Println(f.Value.Code, amount, f.Value.Currency)
	}
	fmt.Println(err)
	_, err = c.FeesFor(nil)
	fmt.Println(err)
	// Output:
	// mpf 173.2 USD
	// hmf 62.5 USD
	// <nil>
	// "mode" is missing: sea, air, post, road, rail [input_missing]
}

func ExampleCustoms_TaxFor() {
	id, _ := country.Parse("ID")
	on, _ := country.ParseDate("2026-08-01")
	c, _ := country.CustomsOn(id, on)
	for _, goods := range []string{"general", "luxury"} {
		tax, _ := c.TaxFor(map[string]string{"goods": goods})
		fmt.Println(goods, tax.Value.Tax, tax.Value.Rate, "of", tax.Value.Share)
	}
	// Output:
	// general PPN 0.12 of 11/12
	// luxury PPN 0.12 of 1
}

func ExampleCustoms_LastConfirmed() {
	gb, _ := country.Parse("GB")
	on, _ := country.ParseDate("2027-01-01")
	c, _ := country.CustomsOn(gb, on)
	fmt.Println(c.LastConfirmed())
	// Output: 2026-11-22
}

func ExampleFee_On() {
	ru, _ := country.Parse("RU")
	on, _ := country.ParseDate("2026-08-01")
	c, _ := country.CustomsOn(ru, on)
	fees, _ := c.FeesFor(nil)
	for _, value := range []string{"200000.00", "200000.01"} {
		v, _ := decimal.NewFromString(value)
		amount, _ := fees[0].Value.On(v)
		fmt.Println(value, amount, fees[0].Value.Currency)
	}
	// Output:
	// 200000.00 1231 RUB
	// 200000.01 2462 RUB
}

func ExampleFactsOn() {
	fr, _ := country.Parse("FR")
	on, _ := country.ParseDate("2026-08-01")
	for f := range country.FactsOn(fr, on) {
		if p, ok := f.Value.(country.Parcel); ok {
			fmt.Println(f.Name(), p.UpTo, p.Amount, p.Per, "from", f.From, f.Confidence)
		}
	}
	// Output:
	// parcel/flat_duty 150 3 subheading from 2026-07-01 secondary
	// parcel/tax_relief 0 0  from 2021-07-01 secondary
	// parcel/charge 0 2 item from 2026-03-01 secondary
}

func ExampleFacts() {
	de, _ := country.Parse("DE")
	for f := range country.Facts(de) {
		if tax, ok := f.Value.(country.ImportTax); ok {
			fmt.Println(tax.Rate, f.From, f.To)
		}
	}
	// Output:
	// 0.15 1993-01-01 1998-03-31
	// 0.16 1998-04-01 2006-12-31
	// 0.19 2007-01-01 2020-06-30
	// 0.16 2020-07-01 2020-12-31
	// 0.19 2021-01-01
}

func ExampleExpiring() {
	before, _ := country.ParseDate("2027-01-01")
	for _, f := range country.Expiring(before) {
		if len(f.When) == 1 && f.When[0].Input != "lodgement" {
			fmt.Println(f.To, f.Country, f.Name(), f.When[0].In)
		}
	}
	// Output:
	// 2025-06-30 AU fee/biosecurity_charge [air]
	// 2025-06-30 AU fee/biosecurity_charge [sea]
	// 2026-09-30 US fee/mpf [formal]
	// 2026-09-30 US fee/mpf [informal]
}

func ExampleParseFacts() {
	set, err := country.ParseFacts(strings.NewReader(`{
		"schema": "overseas/customs/1", "collected": "2026-05-01", "facts": [
		{"countries": ["CA"], "key": "valuation", "value": {"basis": "fob", "sum": ["goods", "packing"]}, "source": "broker", "confidence": "secondary"},
		{"countries": ["CA"], "key": "import_tax_base", "value": {"sum": ["customs_value", "duty"]}, "source": "broker", "confidence": "secondary"},
		{"countries": ["CA"], "key": "import_tax", "value": {"tax": "GST", "rate": "0.05"}, "from": "2008-01-01", "source": "broker", "confidence": "secondary"}]}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	ca, _ := country.Parse("CA")
	on, _ := country.ParseDate("2026-04-01")
	c, err := country.CustomsOn(ca, on, slices.Collect(set.Facts(ca))...)
	fmt.Println(c.Tax.Value.Tax, c.Tax.Value.Rate, c.Currency, err)
	// Output: GST 0.05 CAD <nil>
}

func ExampleParseFacts_problems() {
	_, err := country.ParseFacts(strings.NewReader(`{"schema": "overseas/customs/1", "collected": "2026-05-01", "facts": [
 {"countries": ["UK"], "key": "import_tax", "value": {"tax": "VAT", "rate": "20%"}, "source": "x", "confidence": "official"},
 {"countries": ["EU"], "key": "remark", "value": {"topic": "x"}, "source": "x", "confidence": "official"}]}`))
	fmt.Println(err)
	// Output:
	// /facts/0/value/rate (2:77): "20%" is not a number [number_syntax]
	// /facts/1/countries/0 (3:17): "EU" is a region or a part of a country, not a country; expected ISO 3166-1 [not_a_country]
}
