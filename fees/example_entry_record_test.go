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
