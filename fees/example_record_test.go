package fees_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees"
	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/fees/unit"
)

func ExampleExplanation_Record() {
	calc := exampleCalculator()
	explanation, err := calc.Explain(exampleOrder())
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(explanation.Verify(), len(explanation.Fingerprint()))

	record := explanation.Record(language.German) // a document of its own
	fmt.Println(record.Of, record.References, record.Status, record.Documents[0].ID)
	var file bytes.Buffer
	if err := record.WriteJSON(&file); err != nil {
		fmt.Println(err)
		return
	}

	// Somebody else, later, without the library's calculator:
	var kept *fees.Record
	if kept, err = fees.ParseRecord(&file); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(kept.Verify(), kept.Fingerprint() == explanation.Fingerprint(), fees.RecordSchema, len(fees.RecordJSONSchema()) > 1000)
	fmt.Println(fees.VerifyAgainst(kept, slices.Collect(calc.Cards())...)) // the prices are those of the cards

	var step *fees.Step = kept.Lines[1].Proof // the delivery
	step.Value = big.NewRat(1, 1)
	err = kept.Verify()
	fmt.Println(errors.Is(err, fees.ErrStepDiffers) || errors.Is(err, fees.ErrStepMalformed) || errors.Is(err, fees.ErrDigestDiffers))
	fmt.Println(errors.Is(fees.VerifyAgainst(record), fees.ErrCardDiffers), errors.Is(fees.VerifyAgainst(record), fees.ErrNoCard))
	// Output:
	// <nil> 26
	// order [{order O-1001}] estimated fra
	// <nil> true overseas/explanation/1 true
	// <nil>
	// true
	// false true
}

func ExampleExplanation_WriteMarkdown() {
	explanation, err := exampleCalculator().Explain(exampleOrder())
	if err != nil {
		fmt.Println(err)
		return
	}
	var page, sheet, document strings.Builder
	if err := errors.Join(explanation.WriteHTML(&page, language.French), explanation.WriteCSV(&sheet, language.English), explanation.WriteJSON(&document, language.English)); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(strings.Contains(page.String(), "<li"), json.Valid([]byte(document.String())))
	fmt.Println(strings.Split(sheet.String(), "\r\n")[5])
	var text strings.Builder
	if err := explanation.WriteMarkdown(&text, language.English); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(text.String()[:strings.Index(text.String(), "### fra/delivery")])
	// Output:
	// true true
	// 2.2.1,fra/delivery,given,weight,1.8,kg,1.8,/parcels/0/weight
	// ## order Nov 22, 2026 O-1001
	//
	// - total: €6.39 (estimated)
	//   - fra: the list does not say from when it holds; it was read on Nov 22, 2026
	//
	// ### pick and pack (fra/pick): €1.20
	//
	// - handling
	// - card fra: published price, undated, read on Nov 22, 2026; event of Nov 22, 2026
	// - €1.20 per order
}

func ExampleCalculator_ExplainJourney() {
	journey, err := fees.ParseJourney(strings.NewReader(journeyDocument))
	if err != nil {
		fmt.Println(err)
		return
	}
	calc := exampleCalculator()
	explanation, err := calc.ExplainJourney(journey)
	if err != nil {
		fmt.Println(err)
		return
	}
	rate, _ := money.ParseRate("1 EUR = 1.10 USD")
	rates, _ := money.NewRates(rate)
	usd, _ := country.ParseCurrency("USD")
	inDollars, err := explanation.In(usd, rates)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(inDollars.Total().Sum(), inDollars.Verify())

	// An event that cannot be priced makes the journey fail, unless it may be partial.
	journey.Order.Parcels[0].Weight, _ = unit.ParseWeight("31 kg")
	_, err = calc.Journey(journey)
	fmt.Println(errors.Is(err, fees.ErrNotCarried), err)
	journey.Partial = true
	quote, err := calc.Journey(journey)
	if err != nil {
		fmt.Println(err)
		return
	}
	_, err = quote.Sum()
	fmt.Println(quote.Status() == fees.Incomplete, quote.Len(), len(quote.Missing()), errors.Is(err, fees.ErrIncomplete))
	// Output:
	// 125.39 USD <nil>
	// true /order/fra: "delivery" does not carry this [not_carried]
	// /order/fra/delivery: there is no price for weight "31 kg"; the brackets end at 10 kg [no_bracket]
	// true 2 2 true
}

func ExampleExplanation_Diff() {
	calc := exampleCalculator()
	before, err := calc.Explain(exampleOrder())
	if err != nil {
		fmt.Println(err)
		return
	}
	order := exampleOrder()
	order.Facts = fees.Facts{"zone": "1"}
	order.Parcels[0].Weight, _ = unit.ParseWeight("2.3 kg")
	after, err := calc.Explain(order)
	if err != nil {
		fmt.Println(err)
		return
	}
	var differences *fees.Differences
	if differences, err = before.Diff(after); err != nil {
		fmt.Println(err)
		return
	}
	for _, cause := range differences.Causes {
		var c fees.Cause = cause
		fmt.Println(c.Kind == fees.CauseInput, c.Kind == fees.CauseCard, c.Kind == fees.CauseRate, c.Names, c.Change)
		var line fees.LineChange = c.Lines[0]
		var place fees.PlaceChange = c.Places[0]
		fmt.Println(line.Code, line.Old, line.New, place.Name, place.Old, place.New)
	}
	var kind fees.CauseKind = differences.Causes[0].Kind
	fmt.Println(kind, differences.WriteText(&strings.Builder{}, language.Russian))
	fmt.Print(differences)
	// Output:
	// true false false [/parcels/0/weight] 3.71 EUR
	// delivery 5.19 EUR 8.90 EUR weight up_to 2 kg over 2 kg, up_to 10 kg
	// true false false [/facts/zone] -2.00 EUR
	// delivery 8.90 EUR 6.90 EUR zone 2 1
	// input <nil>
	// €6.39 → €8.10
	//   +€3.71: input /parcels/0/weight: 1.8 kg → 2.3 kg
	//     fra/delivery: weight up to 2 kg → over 2 kg, up to 10 kg
	//     fra/delivery: €5.19 → €8.90
	//   -€2.00: input /facts/zone: 2 → 1
	//     fra/delivery: zone 2 → 1
	//     fra/delivery: €8.90 → €6.90
}
