package batch_test

import (
	"bytes"
	"fmt"
	"math/big"
	"os"

	"golang.org/x/text/language"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees"
	"github.com/overseaswarehouse/overseas/fees/batch"
	"github.com/overseaswarehouse/overseas/fees/money"
)

func ExampleExplainAllocation() {
	thirds := []*big.Rat{big.NewRat(1, 1), big.NewRat(1, 1)}
	a := must(batch.ExplainAllocation(euros("0.03"), thirds, batch.Rule{Method: batch.Running}))
	fmt.Println(a.Shares())
	must(0, a.Record(language.English).WriteText(os.Stdout))
	// Output:
	// [0.02 EUR 0.01 EUR]
	// €0.03 shared by given weights; what is left over: each line its part of what is left
	//
	// 1: €0.02
	//   share: €0.02 (rounded share) = €0.02
	//     rounded share: rounded (half up): €0.015 (exact share); €0.01 (minor unit) = €0.02
	//       exact share: €0.03 (amount) × (1 (weight given by the caller) ÷ 2 (sum of the weights)) = €0.015
	//         sum of the weights: 1 (weight given by the caller) + 1 (weight given by the caller) = 2
	//
	// 2: €0.01
	//   share: €0.01 (rounded share) = €0.01
	//     rounded share: rounded (half up): €0.01 (exact share); €0.01 (minor unit) = €0.01
	//       exact share: €0.01 (left) × (1 (weight given by the caller) ÷ 1 (sum of the weights)) = €0.01
	//         left: €0.03 (amount) − €0.02 (rounded share) = €0.01
	//         sum of the weights: 2 (sum of the weights) − 1 (weight given by the caller) = 1
}

func ExampleExplainShare() {
	var a *batch.Allocation = must(batch.ExplainShare(euros("250.00"), goods(), batch.Spread{Driver: batch.ByWeight}))
	var r *batch.Record = a.Record(language.Chinese)
	fmt.Println(r.Text[0].Text)
	fmt.Println(r.Verify(), a.VerifyRecord(r)) // recomputed, and held against what was shared
	r.Lines[0].Proof.Value = big.NewRat(1, 1)
	fmt.Println(r.Verify() != nil)
	fmt.Println(batch.ByWeight.Text(language.German), "/", batch.Running.Text(language.French))
	// Output:
	// €250.00 按实重分摊；尾差：逐分归于取整损失最大的行
	// <nil> <nil>
	// true
	// Gewicht / chaque ligne sa part de ce qui reste
}

func ExampleLanded_Record() {
	rates := must(money.NewRates(must(money.ParseRate("1 CNY = 0.125 EUR"))))
	landed := must(batch.Land(eur, rates, goods()[:1],
		batch.Expense{ID: "sea", Component: batch.FirstLeg, Amount: must(money.Parse("2000 CNY")), Spread: batch.Spread{Driver: batch.ByUnits}, Estimated: true}))
	r := landed.Record(language.English)
	fmt.Println(r.Status, r.Reasons[0].Text)
	for _, line := range r.Lines {
		fmt.Println(line.Title, line.Proof.Value.FloatString(2), line.Proof.Unit)
	}
	fmt.Println(r.Verify(), landed.VerifyRecord(r))
	// Output:
	// estimated sea is an estimate, to be replaced by the actual bill
	// FRIDGE · purchase 500.00 EUR
	// FRIDGE · sea 250.00 EUR
	// <nil> <nil>
}

func ExampleLedger_ExplainOrder() {
	l := opened(batch.FIFO)
	must(0, l.Post(batch.Entry{ID: "r1", Kind: batch.Release, Effect: january(9), SKU: "LAMP", Warehouse: "DE1", Units: 1, Order: "o1"}))
	r := must(l.ExplainOrder("o1", language.English))
	for _, p := range r.Text {
		if p.Kind != "step" {
			fmt.Println(p.Text)
		}
	}
	// Whoever holds the document can recompute it; whoever holds the ledger can hold it against that.
	var doc bytes.Buffer
	must(0, r.WriteJSON(&doc))
	kept := must(fees.ParseRecord(&doc))
	fmt.Println(kept.Verify(), l.VerifyRecord(kept))
	// Output:
	// Order o1: €33.33
	// goods: (€33.33 (cost)) − (0) = €33.33
	// charges: (0) − (0) = €0.00
	// total: €33.33 (goods) + €0.00 (charges) = €33.33
	// 2026-01-09 r1: 1 × LAMP / B1, stock DE1 → sold DE1 o1: €33.33
	// What it rests on
	// 2026-01-05 receipt: 3 × LAMP / B1, outside → stock DE1: €60.00
	// 2026-01-05 freight: cost of LAMP / B1, billed freight → stock DE1: €40.00
	// <nil> <nil>
}

func ExampleLedger_ExplainMovement() {
	l := opened(batch.MovingAverage)
	i := 0
	for m := range l.Movements() {
		r := must(l.ExplainMovement(i, language.English))
		fmt.Println(m.Entry, r.Totals[0].Value.FloatString(2), r.Verify())
		i++
	}
	fmt.Println(batch.Stock.Text(language.Italian), batch.Awaiting.Text(language.Chinese))
	// Output:
	// receipt 60.00 <nil>
	// freight 0.00 <nil>
	// freight 40.00 <nil>
	// giacenza 待计价
}

// A record of one's own, of which a line says where a cost comes from, goes on with what the ledger makes of it.
func ExampleLedger_Derive() {
	l := must(batch.New(batch.Options{Currency: country.Currency{'E', 'U', 'R'}}))
	day := func(d uint8) country.Date { return country.Date{Year: 2026, Month: 3, Day: d} }
	must(0, l.Post(batch.Entry{ID: "in", Kind: batch.Receipt, Effect: day(2), Batch: "B1", SKU: "A", Warehouse: "W", Units: 3, Cost: must(batch.Spend(batch.Purchase, "10.00 EUR"))}))
	must(0, l.Post(batch.Entry{ID: "out", Kind: batch.Release, Effect: day(5), Order: "o1", SKU: "A", Warehouse: "W", Units: 1}))
	bought := euros("10.00").Step("goods")
	r := &batch.Record{Of: "release", Language: "en"}
	d := must(l.Derive(batch.Source{Place: "ledger/", Cost: func(entry string, of batch.Component) *fees.Step { return bought }}, language.English))
	line := d.Lines[0]
	line.Proof = bought
	r.Lines = append(r.Lines, line)
	r.Lines = append(r.Lines, d.Lines...)
	must(0, r.Seal())
	fmt.Println(r.Verify(), d.Costs[1].Value.FloatString(2), d.Left[0].Component, d.Left[0].Cost.Value.FloatString(2))
	bought.Value.SetInt64(11)
	fmt.Println(r.Verify() == nil)
	// Output:
	// <nil> 3.33 purchase 6.67
	// false
}
