package batch_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"math/big"
	"strings"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees"
	"github.com/overseaswarehouse/overseas/fees/batch"
	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/fees/unit"
)

// must is for examples: a program handles its errors.
func must[T any](v T, err error) T {
	if err != nil {
		log.Fatal(err)
	}
	return v
}

func euros(s string) money.Money    { return must(money.ParseIn(s, "EUR")) }
func spend(s string) batch.Cost     { return must(batch.Spend(batch.Purchase, s+" EUR")) }
func january(d uint8) country.Date  { return country.Date{Year: 2026, Month: 1, Day: d} }
func february(d uint8) country.Date { return country.Date{Year: 2026, Month: 2, Day: d} }

var eur = must(country.ParseCurrency("EUR"))

// opened is a ledger with three units of one batch, which cost 100.00 EUR.
func opened(method batch.Valuation) *batch.Ledger {
	l := must(batch.New(batch.Options{Currency: eur, Method: method}))
	for _, e := range []batch.Entry{
		{ID: "receipt", Kind: batch.Receipt, Effect: january(5), Batch: "B1", SKU: "LAMP", Warehouse: "DE1", Units: 3, Cost: spend("60.00")},
		{ID: "freight", Kind: batch.Bill, Effect: january(5), Batch: "B1", SKU: "LAMP", Cost: batch.CostOf(batch.FirstLeg, euros("40.00"))},
	} {
		if err := l.Post(e); err != nil {
			log.Fatal(err)
		}
	}
	return l
}

func ExampleAllocate() {
	fmt.Println(batch.Allocate(euros("10.00"), []int64{1, 1, 1}, batch.Rule{}))
	fmt.Println(batch.Allocate(euros("-10.00"), []int64{1, 1, 0}, batch.Rule{}))
	_, err := batch.Allocate(euros("10.00"), []int64{0, 0}, batch.Rule{})
	fmt.Println(errors.Is(err, batch.ErrBasisZero))
	// Output:
	// [3.34 EUR 3.33 EUR 3.33 EUR] <nil>
	// [-5.00 EUR -5.00 EUR 0.00 EUR] <nil>
	// true
}

func ExampleAllocateRatios() {
	fmt.Println(batch.AllocateRatios(euros("100.00"), []*big.Rat{big.NewRat(1, 3), big.NewRat(2, 7)}, batch.Rule{}))
	// Output: [53.85 EUR 46.15 EUR] <nil>
}

func ExampleRule() {
	francs := must(money.Parse("100.00 CHF"))
	rule := batch.Rule{Method: batch.LastLine, Zero: batch.ShareEqually, Unit: must(money.Parse("0.05 CHF"))}
	fmt.Println(batch.Allocate(francs, []int64{1, 1, 1}, rule))
	// Output: [33.35 CHF 33.35 CHF 33.30 CHF] <nil>
}

func ExampleMethod() {
	for _, m := range []batch.Method{
		batch.LargestRemainder, batch.LastLine, batch.LargestLine, batch.FirstLines, batch.LargestWeights, batch.UpLast,
		batch.Running, batch.RunningBack, batch.Separate, batch.SeparateBlocks,
	} {
		shares := must(batch.Allocate(euros("1.00"), []int64{2, 3, 1}, batch.Rule{Method: m}))
		fmt.Println(m, shares)
	}
	// Output:
	// largest_remainder [0.33 EUR 0.50 EUR 0.17 EUR]
	// last [0.33 EUR 0.50 EUR 0.17 EUR]
	// largest [0.33 EUR 0.50 EUR 0.17 EUR]
	// first [0.34 EUR 0.50 EUR 0.16 EUR]
	// largest_ratio [0.33 EUR 0.51 EUR 0.16 EUR]
	// up_last [0.34 EUR 0.50 EUR 0.16 EUR]
	// running [0.33 EUR 0.50 EUR 0.17 EUR]
	// running_back [0.34 EUR 0.50 EUR 0.16 EUR]
	// separate [0.33 EUR 0.50 EUR 0.16 EUR 0.01 EUR]
	// separate_blocks [0.32 EUR 0.48 EUR 0.16 EUR 0.04 EUR]
}

func ExampleParseMethod() {
	m, err := batch.ParseMethod("largest_remainder")
	fmt.Println(m == batch.LargestRemainder, err)
	_, err = batch.ParseMethod("biggest")
	fmt.Println(errors.Is(err, batch.ErrUnknown))
	// Output:
	// true <nil>
	// true
}

func ExampleZeroBasis() {
	fmt.Println(batch.Allocate(euros("10.00"), []int64{0, 0}, batch.Rule{Zero: batch.ShareEqually}))
	fmt.Println(batch.RefuseZero, batch.ShareEqually)
	// Output:
	// [5.00 EUR 5.00 EUR] <nil>
	// refuse equally
}

func ExampleSettle() {
	fmt.Println(batch.Settle(euros("100.00"), []money.Money{euros("100.01"), euros("0.00")}, euros("0.01")))
	_, err := batch.Settle(euros("100.00"), []money.Money{euros("60.00"), euros("30.00")}, euros("0.01"))
	fmt.Println(errors.Is(err, batch.ErrSum))
	// Output:
	// [100.00 EUR 0.00 EUR] <nil>
	// true
}

func ExampleUnitPrices() {
	fmt.Println(batch.UnitPrices(euros("15.00"), 13, 2))
	fmt.Println(batch.UnitPrices(euros("15.00"), 12, 2))
	// Output:
	// [{12 1.15 EUR} {1 1.20 EUR}] <nil>
	// [{12 1.25 EUR}] <nil>
}

func ExampleEvenUnitPrices() {
	fmt.Println(batch.EvenUnitPrices(euros("15.00"), 13, 2))
	// Output: [{8 1.15 EUR} {5 1.16 EUR}] <nil>
}

// goods are two lines of a batch.
func goods() []batch.Item {
	return []batch.Item{
		{SKU: "FRIDGE", HS: "841810", Units: 5, Value: euros("500"), Weight: must(unit.ParseWeight("10 kg")), Volume: must(unit.ParseVolume("1 m3")), Cartons: 5},
		{SKU: "OVEN", HS: "851660", Units: 10, Value: euros("1000"), Weight: must(unit.ParseWeight("20 kg")), Volume: must(unit.ParseVolume("1.5 m3")), Cartons: 10},
	}
}

func ExampleShare() {
	fmt.Println(batch.Share(euros("250"), goods(), batch.Spread{Driver: batch.ByWeight}))
	fmt.Println(batch.Share(euros("33.33"), goods(), batch.Spread{Driver: batch.ByValue, HS: "851660"}))
	_, err := batch.Share(euros("1"), goods(), batch.Spread{Driver: batch.ByChargeable})
	fmt.Println(err)
	// Output:
	// [50.00 EUR 200.00 EUR] <nil>
	// [0.00 EUR 33.33 EUR] <nil>
	// /0: "chargeable" is missing: FRIDGE [input_missing]
}

func ExampleDriver() {
	for _, d := range []batch.Driver{batch.ByValue, batch.ByUnits, batch.ByWeight, batch.ByVolume, batch.ByCartons, batch.Equally} {
		fmt.Println(d, must(batch.Share(euros("20.00"), goods(), batch.Spread{Driver: d})))
	}
	given := batch.Spread{Driver: batch.ByGiven, Weights: []*big.Rat{big.NewRat(1, 4), big.NewRat(3, 4)}}
	fmt.Println(batch.ByGiven, must(batch.Share(euros("20.00"), goods(), given)))
	// Output:
	// value [6.67 EUR 13.33 EUR]
	// units [6.67 EUR 13.33 EUR]
	// weight [4.00 EUR 16.00 EUR]
	// volume [5.00 EUR 15.00 EUR]
	// cartons [6.67 EUR 13.33 EUR]
	// equal [10.00 EUR 10.00 EUR]
	// given [5.00 EUR 15.00 EUR]
}

func ExampleParseDriver() {
	fmt.Println(batch.ParseDriver("chargeable"))
	// Output: chargeable <nil>
}

func ExampleCost() {
	c := must(must(batch.Spend(batch.Purchase, "10.00 EUR")).Add(batch.CostOf(batch.Tariff, euros("2.50"))))
	fmt.Println(c)
	fmt.Println(c.Sum(), c.Part(batch.Tariff), c.Currency(), c.IsZero())
	for of, m := range c.Parts() {
		fmt.Println(of, m)
	}
	less := must(c.Sub(batch.CostOf(batch.Tariff, euros("2.5"))))
	fmt.Println(less, less.Equal(must(batch.Spend(batch.Purchase, "10 EUR"))), less.Neg())
	fmt.Println(string(must(json.Marshal(c))))
	var back batch.Cost
	fmt.Println(json.Unmarshal([]byte(`{"currency":"EUR","tariff":2.50}`), &back), back)
	// Output:
	// 12.50 EUR (purchase 10.00, tariff 2.50)
	// 12.50 EUR 2.50 EUR EUR false
	// purchase 10.00 EUR
	// tariff 2.50 EUR
	// 10.00 EUR (purchase 10.00) true -10.00 EUR (purchase -10.00)
	// {"currency":"EUR","purchase":"10.00","tariff":"2.50"}
	// <nil> 2.50 EUR (tariff 2.50)
}

func ExampleComponent() {
	for _, c := range []batch.Component{
		batch.Purchase, batch.FirstLeg, batch.Storage, batch.Handling, batch.LocalDelivery, batch.Tariff, batch.Tax, batch.Other,
	} {
		fmt.Print(c, " ")
	}
	fmt.Println(batch.ComponentOf(fees.Storage) == batch.Storage)
	fmt.Println(batch.ParseComponent("tariff"))
	// Output:
	// purchase first_leg storage handling local_delivery tariff tax other true
	// tariff <nil>
}

func ExampleLand() {
	rates := must(money.NewRates(must(money.ParseRate("1 CNY = 0.125 EUR"))))
	items := goods()
	items[0].Value, items[1].Value = must(money.Parse("4000 CNY")), must(money.Parse("8000 CNY"))
	landed := must(batch.Land(eur, rates, items,
		batch.Expense{ID: "sea", Component: batch.FirstLeg, Amount: must(money.Parse("2000 CNY")), Spread: batch.Spread{Driver: batch.ByVolume}, Estimated: true},
		batch.Expense{ID: "duty", Component: batch.Tariff, Amount: euros("27.00"), Spread: batch.Spread{Driver: batch.ByValue, HS: "851660"}},
	))
	for i := range landed.Len() {
		fmt.Println(landed.Item(i).SKU, landed.Cost(i), must(landed.UnitCost(i, 2)))
	}
	for s := range landed.Shares() {
		fmt.Println(s.Expense, s.SKU, s.Amount, "of", s.Of.From, "by", s.Driver)
	}
	for v := range landed.Values() {
		fmt.Println(v.From, "at", v.Rate)
	}

	actual := must(landed.Actual(batch.Expense{ID: "sea", Component: batch.FirstLeg, Amount: euros("260.00"), Spread: batch.Spread{Driver: batch.ByVolume}}))
	fmt.Println(actual.Total())
	fmt.Println(len(actual.Ship("B1", january(5))), actual.Bills("B1", "sea", january(9), true)[0].Ref)
	// Output:
	// FRIDGE 562.50 EUR (purchase 500.00, first_leg 62.50) [{5 112.50 EUR}]
	// OVEN 1214.50 EUR (purchase 1000.00, first_leg 187.50, tariff 27.00) [{10 121.45 EUR}]
	// sea FRIDGE 62.50 EUR of 2000 CNY by volume
	// sea OVEN 187.50 EUR of 2000 CNY by volume
	// duty FRIDGE 0.00 EUR of 27.00 EUR by value
	// duty OVEN 27.00 EUR of 27.00 EUR by value
	// 4000 CNY at 1 CNY = 0.125 EUR
	// 8000 CNY at 1 CNY = 0.125 EUR
	// 1787.00 EUR (purchase 1500.00, first_leg 260.00, tariff 27.00) <nil>
	// 2 B1/sea/0
}

func ExampleLedger() {
	l := opened(batch.FIFO)
	for day := uint8(6); day <= 8; day++ {
		order := fmt.Sprintf("order-%d", day)
		if err := l.Post(batch.Entry{ID: "release-" + order, Kind: batch.Release, Effect: january(day), Order: order, SKU: "LAMP", Warehouse: "DE1", Units: 1}); err != nil {
			log.Fatal(err)
		}
		fmt.Println(order, l.Costs(batch.Query{Order: order})[0].Goods)
	}
	fmt.Println(len(l.Balances(country.Date{})), "balances")
	// Output:
	// order-6 33.33 EUR (purchase 20.00, first_leg 13.33)
	// order-7 33.34 EUR (purchase 20.00, first_leg 13.34)
	// order-8 33.33 EUR (purchase 20.00, first_leg 13.33)
	// 0 balances
}

func ExampleLedger_Post() {
	l := opened(batch.FIFO)
	sale := batch.Entry{ID: "s1", Kind: batch.Release, Effect: january(6), Order: "1", SKU: "LAMP", Warehouse: "DE1", Units: 4}
	fmt.Println(l.Post(sale))
	sale.Pending = true // what is missing is taken when it arrives
	fmt.Println(l.Post(sale), l.Post(sale), l.Pending())
	sale.Units = 1
	fmt.Println(errors.Is(l.Post(sale), batch.ErrChanged))
	// Output:
	// /units: of "LAMP  DE1 2026-01-06" there are 3, and 4 are needed [stock_short]
	// <nil> <nil> [{1 LAMP  DE1 2026-01-06 1}]
	// true
}

func ExampleLedger_Close() {
	l := opened(batch.FIFO)
	fmt.Println(l.Close(january(31)), l.Closed())
	late := batch.Entry{ID: "duty", Kind: batch.Bill, Effect: january(20), Batch: "B1", SKU: "LAMP", Cost: batch.CostOf(batch.Tariff, euros("5.00"))}
	fmt.Println(l.Post(late))
	for posted, e := range l.Entries() {
		fmt.Println(e.ID, "of", e.Effect, "counts on", posted)
	}
	fmt.Println(l.Balances(january(31))[0].Cost.Sum(), l.Balances(february(1))[0].Cost.Sum())
	// Output:
	// <nil> 2026-01-31
	// <nil>
	// duty of 2026-01-20 counts on 2026-02-01
	// 100.00 EUR 105.00 EUR
}

func ExampleLedger_Snapshot() {
	l := opened(batch.FIFO)
	if err := l.Close(january(31)); err != nil {
		log.Fatal(err)
	}
	written := l.Snapshot()
	again := must(batch.Resume(bytes.NewReader(written)))
	fmt.Println(bytes.Equal(again.Snapshot(), written), again.Hash() == l.Hash(), bytes.Contains(written, []byte(batch.Schema)))
	_, err := batch.Resume(strings.NewReader(strings.Replace(string(written), `"60.00"`, `"61.00"`, 1)))
	fmt.Println(errors.Is(err, batch.ErrSnapshot))
	// Output:
	// true true true
	// true
}

func ExampleLedger_Movements() {
	for m := range opened(batch.FIFO).Movements() {
		fmt.Println(m.Date, m.Entry, m.From.Account, "->", m.To.Account, m.Units, m.Cost.Sum())
	}
	// Output:
	// 2026-01-05 receipt outside -> stock 3 60.00 EUR
	// 2026-01-05 freight outside -> billed 0 0.00 EUR
	// 2026-01-05 freight billed -> stock 0 40.00 EUR
}

func ExampleLedger_Sums() {
	for _, s := range opened(batch.MovingAverage).Sums(january(5)) {
		if s.Units != 0 || s.Cost.Sum().Sign() != 0 {
			fmt.Println(s.Account, s.Units, s.Cost.Sum())
		}
	}
	// Output:
	// outside -3 -60.00 EUR
	// billed 0 -40.00 EUR
	// stock 3 100.00 EUR
}

func ExampleLedger_Costs() {
	l := opened(batch.FIFO)
	for _, e := range []batch.Entry{
		{ID: "r", Kind: batch.Release, Effect: january(6), Order: "1", SKU: "LAMP", Warehouse: "DE1", Units: 2},
		{ID: "c", Kind: batch.Charge, Effect: january(6), Order: "1", Cost: must(batch.Spend(batch.LocalDelivery, "5.50 EUR"))},
		{ID: "b", Kind: batch.Return, Effect: february(2), Order: "1", SKU: "LAMP", Warehouse: "DE1", Units: 1, Condition: batch.NotSellable},
		{ID: "l", Kind: batch.Loss, Effect: february(3), SKU: "LAMP", Warehouse: "DE1", Units: 1},
	} {
		if err := l.Post(e); err != nil {
			log.Fatal(err)
		}
	}
	for _, c := range l.Costs(batch.Query{Per: batch.PerOrder | batch.PerSKU | batch.PerBatch | batch.PerMonth}) {
		fmt.Println(c.Month, c.Order, c.SKU, c.Batch, c.Units, c.Total())
	}
	for _, c := range l.Costs(batch.Query{Order: "1"}) {
		fmt.Println(c.Units, c.Goods.Sum(), c.Charges.Sum(), must(c.PerUnit(2)))
	}
	fmt.Println("lost", l.Costs(batch.Query{Of: []batch.Account{batch.Lost}})[0].Goods.Sum())
	// Output:
	// 2026-01-01 1 LAMP B1 2 72.17 EUR (purchase 40.00, first_leg 26.67, local_delivery 5.50)
	// 2026-02-01 1 LAMP B1 -1 -33.34 EUR (purchase -20.00, first_leg -13.34)
	// 1 33.33 EUR 5.50 EUR [{1 38.83 EUR}]
	// lost 33.33 EUR
}

func ExampleRisks() {
	risks := batch.Risks{
		Loss: must(unit.ParsePercent("1%")), Damage: must(unit.ParsePercent("1%")), Return: must(unit.ParsePercent("5%")),
		Unfit: must(unit.ParsePercent("20%")), PerUnit: must(batch.Spend(batch.Handling, "3.00 EUR")), Refunded: true,
	}
	x := must(risks.Expect(spend("49.00"), must(batch.Spend(batch.LocalDelivery, "6.00 EUR"))))
	fmt.Println(x.Goods.Sum(), x.Delivery.Sum(), x.Loss.Sum(), x.Damage.Sum(), x.Return)
	fmt.Println(x.Total())
	// Output:
	// 49.00 EUR 6.00 EUR 0.50 EUR 0.50 EUR 0.94 EUR (purchase 0.49, handling 0.15, local_delivery 0.30)
	// 56.94 EUR (purchase 50.49, handling 0.15, local_delivery 6.30) <nil>
}

func ExampleLedger_Stay() {
	l := opened(batch.FIFO)
	if err := l.Post(batch.Entry{ID: "r", Kind: batch.Release, Effect: january(20), Order: "1", SKU: "LAMP", Warehouse: "DE1", Units: 2}); err != nil {
		log.Fatal(err)
	}
	query := batch.StayQuery{
		Warehouse: "DE1", Country: country.Code{'D', 'E'}, From: january(1), To: february(1),
		Goods: map[string]batch.Goods{"LAMP": {Volume: must(unit.ParseVolume("30 l"))}},
	}
	stay := must(l.Stay(query))
	for _, lot := range stay.Lots {
		fmt.Println(lot.SKU, lot.Units, "from", lot.From, "leaves", !lot.To.IsZero())
	}
	calc := must(fees.Compile(must(fees.ParseCard(strings.NewReader(`{
		"schema": "overseas/ratecard/1", "id": "shelf", "title": "Shelf", "provider": "Shelf", "country": "DE", "currency": "EUR",
		"tax": "none", "effective": {"from": "2026-01-01"},
		"sources": [{"url": "https://example.org/", "seen": "2026-01-01", "note": "made up"}],
		"charges": [{"on": "store", "code": "storage", "family": "storage", "each": "lot", "per": "volume", "unit": "m3",
			"time": {"per": "day"}, "price": "1.00"}]}`)))))
	total := must(must(calc.Quote(stay)).In(eur, nil))
	shares := must(batch.ShareStay(total, stay, batch.ByVolume))
	fmt.Println(shares[0].Batch, shares[0].SKU, shares[0].Code, shares[0].Amount)
	bills := must(batch.StorageBills("storage-1", february(1), stay, shares))
	fmt.Println(bills[0].ID, l.Post(bills[0]))
	fmt.Println(l.Costs(batch.Query{Order: "1"})[0].Goods.Part(batch.Storage), "of it is borne by the order")

	ahead := must(l.Ahead(batch.StayQuery{Warehouse: "DE1", Country: query.Country, From: february(1), Goods: query.Goods}, february(21)))
	fmt.Println("sold by", ahead[0].To, must(must(calc.Quote(ahead[0])).Sum()))
	// Output:
	// LAMP 2 from 2026-01-05 leaves true
	// LAMP 1 from 2026-01-05 leaves false
	// B1 LAMP storage 1.71 EUR
	// storage-1/B1/LAMP <nil>
	// 0.90 EUR of it is borne by the order
	// sold by 2026-02-21 0.60 EUR
}

func ExampleEntry() {
	var e batch.Entry
	err := json.Unmarshal([]byte(`{"id": "r1", "kind": "receipt", "effect": "2026-01-05", "batch": "B1", "sku": "LAMP",
		"warehouse": "DE1", "units": 3, "cost": {"currency": "EUR", "purchase": "60.00"}}`), &e)
	fmt.Println(e.Kind, e.Units, e.Cost, err)
	fmt.Println(string(must(json.Marshal(e))))
	fmt.Println(json.Unmarshal([]byte(`{"id": "r1", "kind": "reciept", "effect": "2026-01-05"}`), &e))
	// Output:
	// receipt 3 60.00 EUR (purchase 60.00) <nil>
	// {"id":"r1","kind":"receipt","effect":"2026-01-05","batch":"B1","sku":"LAMP","warehouse":"DE1","units":3,"cost":{"currency":"EUR","purchase":"60.00"}}
	// /kind (1:22): "reciept" is not one of the values possible here: opening, ship, receipt, transfer, invoice, bill, release, return, loss, damage, disposal, charge, compensation, correction [unknown_value]
}

func ExampleKind() {
	for _, k := range []batch.Kind{
		batch.Opening, batch.Ship, batch.Receipt, batch.Transfer, batch.Invoice, batch.Bill, batch.Release, batch.Return, batch.Loss,
		batch.Damage, batch.Disposal, batch.Charge, batch.Compensation, batch.Correction,
	} {
		fmt.Print(k, " ")
	}
	fmt.Println(batch.ParseKind("bill"))
	// Output: opening ship receipt transfer invoice bill release return loss damage disposal charge compensation correction bill <nil>
}

func ExampleValuation() {
	for _, v := range []batch.Valuation{batch.FIFO, batch.Named, batch.MovingAverage, batch.MonthAverage} {
		fmt.Print(v, " ")
	}
	fmt.Println(batch.ParseValuation("fifo"))
	fmt.Println(opened(batch.MonthAverage).Options().Method)
	// Output:
	// fifo named moving_average month_average fifo <nil>
	// month_average
}

func ExampleAccount() {
	for _, a := range []batch.Account{
		batch.Outside, batch.Invoiced, batch.Billed, batch.Transit, batch.Stock, batch.Unsellable, batch.Awaiting, batch.Sold,
		batch.Charged, batch.Lost, batch.Disposed, batch.Corrected, batch.Compensated, batch.Owed, batch.Short,
	} {
		fmt.Print(a, " ")
	}
	fmt.Println(batch.ParseAccount("stock"))
	// Output: outside invoiced billed transit stock unsellable awaiting sold charged lost disposed corrected compensated owed short stock <nil>
}

func ExampleDifference() {
	fmt.Println(batch.RefuseDifference, batch.SpreadDifference, batch.LoseDifference)
	fmt.Println(batch.Sellable, batch.NotSellable)
	// Output:
	// refuse spread lose
	// sellable unsellable
}

func ExampleCostOfTotal() {
	calc := must(fees.Compile(must(fees.ParseCard(strings.NewReader(`{
		"schema": "overseas/ratecard/1", "id": "pack", "title": "Pack", "provider": "Pack", "country": "DE", "currency": "EUR",
		"tax": "none", "effective": {"from": "2026-01-01"},
		"sources": [{"url": "https://example.org/", "seen": "2026-01-01", "note": "made up"}],
		"charges": [{"on": "order", "code": "pick", "family": "handling", "price": "1.83"}, {"on": "order", "code": "post", "family": "local_delivery", "price": "5.50"}]}`)))))
	total := must(must(calc.Quote(&fees.Order{Date: january(6), Country: country.Code{'D', 'E'}, Parcels: []fees.Parcel{{}}})).In(eur, nil))
	fmt.Println(batch.CostOfTotal(total))
	// Output: 7.33 EUR (handling 1.83, local_delivery 5.50) <nil>
}
