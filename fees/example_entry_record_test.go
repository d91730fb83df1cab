package fees_test

import (
	"fmt"
	"strings"

	"golang.org/x/text/language"

	"github.com/overseaswarehouse/overseas/fees"
)

func ExampleEntryResult_Record() {
	germany, err := fees.CustomsCard(land("DE"))
	must(err)
	calc, err := fees.Compile(germany)
	must(err)
	entry, err := fees.ParseEvent(strings.NewReader(goldenEntry))
	must(err)
	result, err := calc.Entry(entry.(*fees.Entry))
	must(err)
	var record *fees.Record = result.Record(language.English)
	for _, line := range record.Lines {
		if line.On == "A1" {
			fmt.Println(line.Title, line.Proof.Value.FloatString(2), line.Proof.Unit)
		}
	}
	fmt.Println(record.Verify(), fees.VerifyAgainst(record, germany))
	// Output:
	// A1 · customs_value 1882.72 EUR
	// A1 · tax_base 1952.38 EUR
	// A1 · duty.third_country 69.66 EUR
	// A1 · import_tax 370.95 EUR
	// A1 · paid at the border 440.61 EUR
	// A1 · net cost 69.66 EUR
	// <nil> <nil>
}

func ExampleParcelResult_Record() {
	germany, err := fees.CustomsCard(land("DE"))
	must(err)
	calc, err := fees.Compile(germany)
	must(err)
	parcel, err := fees.ParseDirectParcel(strings.NewReader(`{"schema": "` + fees.DirectParcelSchema + `", "date": "2026-08-03", "destination": "DE",
		"lines": [{"hs": "6206 10", "goods": "40.00 EUR"}, {"hs": "6206 20", "goods": "60.00 EUR"}]}`))
	must(err)
	result, err := calc.Parcel(parcel)
	must(err)
	record := result.Record(language.English)
	for _, line := range record.Lines {
		fmt.Println(line.Title, line.Proof.Value.FloatString(2), line.Proof.Unit)
	}
	for _, d := range record.Documents { // the card, and each rule that was looked at
		fmt.Println(d.Kind, d.ID, d.From)
	}
	fmt.Println(record.Verify(), fees.VerifyAgainst(record, germany), len(fees.DirectParcelJSONSchema()) > 1000)
	// Output:
	// value 100.00 EUR
	// duty · flat duty 6.00 EUR
	// tax at the import · tax on imports 20.14 EUR
	// tax at the sale 0.00 EUR
	// card customs-de 2026-07-01
	// facts customs-de/parcel/flat_duty 2026-07-01
	// facts customs-de/parcel/tax_relief 2021-07-01
	// <nil> <nil> true
}
