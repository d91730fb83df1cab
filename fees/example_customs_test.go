package fees_test

import (
	"errors"
	"fmt"
	"strings"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees"
	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/fees/unit"
)

// customsOf compiles the customs of a country.
func customsOf(c country.Code, facts ...country.Fact) *fees.Calculator {
	card, err := fees.CustomsCard(c, facts...)
	if err != nil {
		fmt.Println(err)
	}
	calc, err := fees.Compile(card)
	if err != nil {
		fmt.Println(err)
	}
	return calc
}

func ExampleCustomsCard() {
	calc := customsOf(land("DE"))
	var r *fees.EntryResult
	r, err := calc.Entry(&fees.Entry{
		Date: on("2026-09-07"), Destination: land("DE"),
		Lines: []fees.EntryLine{{
			SKU: "A1", HS: "8479 89", Goods: cash("10000 EUR"), FreightToBorder: cash("1200 EUR"), FreightAfterBorder: cash("300 EUR"),
			Duties: []fees.Duty{{Code: "third_country", Rate: pct("2%")}},
		}},
	})
	if err != nil {
		fmt.Println(err)
	}
	var t fees.EntryShare = r.Total()
	fmt.Println("customs value", t.CustomsValue)
	for _, d := range t.Duties {
		var c fees.EntryCharge = d
		fmt.Println(c.Code, c.Amount)
	}
	fmt.Println("tax", t.Tax, "on", t.TaxBase)
	fmt.Println("paid", t.CashOutlay, "cost", t.NetCost)
	var by fees.RecoveredBy = r.Recovered()
	fmt.Printf("tax recovered %t, stated %t, usually %s\n", by.Recovered, by.Stated, by.Usually)
	for l := range r.Lines() {
		fmt.Println(l.SKU, l.CashOutlay)
	}
	for f := range r.Facts() {
		fmt.Println(f.Name(), f.From)
		break
	}
	fmt.Println(r.Quote().Len(), r.Explanation().Quote().Len())
	// Output:
	// customs value 11200.00 EUR
	// duty.third_country 224.00 EUR
	// tax 2227.56 EUR on 11724.00 EUR
	// paid 2451.56 EUR cost 224.00 EUR
	// tax recovered true, stated false, usually yes
	// A1 2451.56 EUR
	// valuation 2016-05-01
	// 2 2
}

func ExampleCustomsCard_unknown() {
	e := &fees.Entry{Date: on("2026-12-01"), Destination: land("US"), Facts: fees.Facts{"mode": "sea"},
		Importer: fees.Importer{TaxRegistered: fees.No},
		Lines:    []fees.EntryLine{{Goods: cash("50000 USD"), Duties: []fees.Duty{{Code: "mfn", Rate: pct("6.2%")}}}}}
	_, err := customsOf(land("US")).Quote(e)
	fmt.Println(errors.Is(err, fees.ErrUnknownAfter), err)

	// the caller knows the fee of the new fiscal year
	n := func(s string) unit.Fraction { f, _ := unit.ParseFraction(s); return f }
	fee := country.Fact{Country: land("US"), From: on("2026-10-01"), Source: "Federal Register", Confidence: country.SeenOfficial,
		Value: country.Fee{Code: "mpf", Per: "entry", Rate: n("0.003464").Decimal(), Min: n("34.50").Decimal(), Max: n("669").Decimal()}}
	q, err := customsOf(land("US"), fee).Quote(e)
	fmt.Println(err)
	for l := range q.Lines() {
		fmt.Println(l.Code(), l.Amount(), l.Recovered())
	}
	for c := range q.Caveats() {
		fmt.Println(c.Code == fees.CaveatConfirmed, c.Code == fees.CaveatOverride, c.Detail)
	}
	_, err = customsOf(land("US")).Quote(&fees.Entry{Date: on("1979-12-31"), Destination: land("US"), Lines: e.Lines})
	fmt.Println(errors.Is(err, fees.ErrUnknownBefore))
	_, err = fees.CustomsCard(land("NZ"))
	fmt.Println(errors.Is(err, fees.ErrNoFacts))
	// Output:
	// true "fee/mpf" is not known on 2026-12-01; last known day: 2026-09-30 [unknown_after]
	// <nil>
	// duty.mfn 3100.00 USD false
	// hmf 62.50 USD false
	// mpf 173.20 USD false
	// true false 2026-11-22
	// false true fee/mpf
	// true
	// true
}

func ExampleCustomsCardOf() {
	set, err := country.ParseFacts(strings.NewReader(`{"schema": "overseas/customs/1", "collected": "2026-11-22", "facts": [
		{"countries": ["NZ"], "key": "valuation", "value": {"basis": "fob", "sum": ["goods"]}, "seen": "2026-11-22", "source": "made up", "confidence": "memory"},
		{"countries": ["NZ"], "key": "import_tax_base", "value": {"sum": ["customs_value", "duty"]}, "seen": "2026-11-22", "source": "made up", "confidence": "memory"},
		{"countries": ["NZ"], "key": "import_tax", "value": {"tax": "GST", "rate": "0.15"}, "seen": "2026-11-22", "source": "made up", "confidence": "memory"}]}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	card, err := fees.CustomsCardOf(set, land("NZ"))
	fmt.Println(card.ID(), err)
	// Output: customs-nz <nil>
}

func ExampleCalculator_EntryOptions() {
	goods := func(options ...fees.DutyOption) *fees.Entry {
		return &fees.Entry{Date: on("2026-03-02"), Destination: land("GB"), Lines: []fees.EntryLine{
			{Goods: cash("1000 GBP"), FreightToBorder: cash("250.89 GBP"), Insurance: cash("10 GBP"), Options: options}}}
	}
	two, _ := unit.ParseFraction("2")
	dumping := fees.Duty{Code: "anti_dumping", Specific: []fees.Specific{{Amount: cash("144.10 GBP"), Per: "t", Quantity: two}}}
	additional := fees.Duty{Code: "additional", Rate: pct("25%")}
	e := goods(
		fees.DutyOption{Name: "preference", Duties: []fees.Duty{{Code: "ordinary"}, {Code: "safeguard", Rate: pct("25%")}, additional, dumping}},
		fees.DutyOption{Name: "quota", Duties: []fees.Duty{{Code: "ordinary", Rate: pct("20%")}, additional, dumping}},
	)
	calc := customsOf(land("GB"))
	list, err := calc.EntryOptions(e)
	if err != nil {
		fmt.Println(err)
	}
	for _, o := range list {
		var option fees.EntryOption = o
		fmt.Println(option.Names, option.Result.Total().CashOutlay)
	}
	q, _ := calc.Quote(e)
	for c := range q.Caveats() {
		fmt.Println(c.Code == fees.CaveatOption, c.Detail)
	}
	// Output:
	// [quota] 1278.90 GBP
	// [preference] 1354.55 GBP
	// true quota
}

func ExampleDuty() {
	q, _ := unit.ParseFraction("100")
	per := func(amount string) fees.Specific {
		return fees.Specific{Amount: cash(amount), Per: "100 kg", Quantity: q}
	}
	// 13.8 % MIN 13.00 GBP/100 kg MAX 15.00 GBP/100 kg - 7.00 GBP/100 kg
	d := fees.Duty{Code: "mfn", Rate: pct("13.8%"), Min: &fees.DutyBound{Specific: []fees.Specific{per("13 GBP")}},
		Max: &fees.DutyBound{Specific: []fees.Specific{per("15 GBP"), per("-7 GBP")}}}
	r, err := customsOf(land("GB")).Entry(&fees.Entry{Date: on("2026-03-02"), Destination: land("GB"), Lines: []fees.EntryLine{{Goods: cash("1200 GBP"), Duties: []fees.Duty{d}}}})
	fmt.Println(r.Total().Duties[0].Amount, err)
	// Output: 800.00 GBP <nil>
}

func ExampleEntryRounding() {
	for _, basis := range []fees.EntryRounding{fees.ByCountry, fees.LineByLine, fees.FullPrecision} {
		two, _ := unit.ParseFraction("2")
		r, err := customsOf(land("GB")).Entry(&fees.Entry{Date: on("2026-03-02"), Destination: land("GB"), Rounding: basis,
			Importer: fees.Importer{TaxRegistered: fees.NotStated},
			Lines: []fees.EntryLine{{Goods: cash("1000 GBP"), FreightToBorder: cash("250.89 GBP"), Insurance: cash("10 GBP"), Duties: []fees.Duty{
				{Code: "third_country", Rate: pct("2.7%")}, {Code: "safeguard", Rate: pct("25%")}, {Code: "additional", Rate: pct("25%")},
				{Code: "anti_dumping", Specific: []fees.Specific{{Amount: cash("144.10 GBP"), Per: "t", Quantity: two}}},
			}}}})
		fmt.Printf("%q %s %v\n", basis, r.Total().CashOutlay, err)
	}
	// Output:
	// "" 1395.40 GBP <nil>
	// "line_by_line" 1395.39 GBP <nil>
	// "full_precision" 1395.40 GBP <nil>
}

func ExampleStandardCost() {
	weight, _ := unit.ParseWeight("200 kg")
	r, err := customsOf(land("GB")).Entry(&fees.Entry{Date: on("2026-03-02"), Destination: land("GB"),
		AfterBorder: fees.StandardCost{Code: "air_freight", Weight: weight},
		Lines:       []fees.EntryLine{{Goods: cash("1000 GBP"), Duties: fees.NoDuty()}}})
	fmt.Println(r.Total().TaxBase, err)

	// freight and insurance to Australia that an importer does not know
	var registered fees.Answer = fees.Yes
	q, err := customsOf(land("AU")).Quote(&fees.Entry{Date: on("2024-07-02"), Destination: land("AU"), Importer: fees.Importer{TaxRegistered: registered},
		Assumed: []country.Part{country.PartFreightToBorder, country.PartInsurance}, Facts: fees.Facts{"mode": "sea"},
		Lines: []fees.EntryLine{{Goods: cash("10000 AUD"), Duties: fees.NoDuty()}}})
	for l := range q.Lines() {
		fmt.Println(l.Code(), l.Amount())
	}
	for c := range q.Caveats() {
		fmt.Println(c.Code == fees.CaveatAssumed, c.Detail)
	}
	fmt.Println(err)
	// Output:
	// 1100.00 GBP <nil>
	// duty.none 0.00 AUD
	// import_tax 1100.00 AUD
	// import_processing_charge 152.00 AUD
	// biosecurity_charge 66.00 AUD
	// true freight_to_border
	// true insurance
	// <nil>
}

func ExampleCalculator_Parcel() {
	p := &fees.DirectParcel{Date: on("2026-08-03"), Destination: land("DE"), Rates: &money.Rates{}, TaxAtSale: true, Lines: []fees.EntryLine{
		{HS: "6206 10", Goods: cash("40 EUR"), FreightToBorder: cash("5 EUR"), Duties: []fees.Duty{{Code: "third_country", Rate: pct("12%")}}},
		{HS: "6206 20", Units: 2, Goods: cash("60 EUR"), Duties: []fees.Duty{{Code: "third_country", Rate: pct("12%")}}},
	}}
	var r *fees.ParcelResult
	r, err := customsOf(land("DE")).Parcel(p)
	fmt.Println(r.Value, r.DutyBy, r.Duty, r.TaxBy, r.Tax, r.SaleTax, len(r.Charges), r.Total, err)
	for u := range r.Rules() {
		fmt.Println(u.Name(), u.From, u.To)
	}
	// Output:
	// 100.00 EUR flat_duty 6.00 EUR tax_at_sale 0.00 EUR 19.95 EUR 0 25.95 EUR <nil>
	// parcel/flat_duty 2026-07-01 2028-06-30
}

func ExampleJourney_tariffTwice() {
	card, err := fees.ParseCard(strings.NewReader(`{"schema": "overseas/ratecard/1", "id": "ddp", "provider": "example", "currency": "EUR", "tax": "none",
		"effective": {"from": "2026-01-01"}, "sources": [{"url": "https://example.org", "note": "example"}],
		"charges": [{"on": "consign", "code": "all_in", "family": ["first_leg", "tariff"], "per": "weight", "unit": "1 kg", "price": "9.80"}]}`))
	if err != nil {
		fmt.Println(err)
	}
	customs, _ := fees.CustomsCard(land("DE"))
	calc, _ := fees.Compile(card, customs)
	weight, _ := unit.ParseWeight("10 kg")
	j := &fees.Journey{
		Consignment: &fees.Consignment{Date: on("2026-03-02"), Destination: land("DE"), Cartons: []fees.Carton{{Weight: weight}}},
		Entry: &fees.Entry{Date: on("2026-03-02"), Destination: land("DE"),
			Lines: []fees.EntryLine{{Goods: cash("100 EUR"), Duties: []fees.Duty{{Code: "third_country", Rate: pct("2%")}}}}},
	}
	_, err = calc.Journey(j)
	fmt.Println(errors.Is(err, fees.ErrTariffTwice))
	j.TariffTwice = true
	q, err := calc.Journey(j)
	fmt.Println(q.Len(), err)
	j.Entry = nil
	q, _ = calc.Journey(j)
	euro, _ := country.ParseCurrency("EUR")
	total, _ := q.In(euro, nil)
	fmt.Println(total.Family(fees.Tariff))
	// Output:
	// true
	// 3 <nil>
	// tariff: included in ddp/all_in
}
