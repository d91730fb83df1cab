package scenario_test

import (
	"errors"
	"fmt"
	"strings"

	"golang.org/x/text/language"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees"
	"github.com/overseaswarehouse/overseas/fees/batch"
	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/fees/scenario"
	"github.com/overseaswarehouse/overseas/fees/unit"
)

// given panics on an error, which a text that stands in an example does not have.
func given[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// lists compiles price lists of these charges.
func lists(charges ...string) *fees.Calculator {
	var cards []*fees.Card
	for i, c := range charges {
		cards = append(cards, given(fees.ParseCard(strings.NewReader(fmt.Sprintf(`{"schema": "overseas/ratecard/1", "id": "list-%d",
			"provider": "made up", "currency": "EUR", "tax": "none", "effective": {"from": "2026-01-01"},
			"sources": [{"url": "https://example.com", "note": "made up"}], "charges": [%s]}`, i, c)))))
	}
	return given(fees.Compile(cards...))
}

// lamps are sold at ten a day in Germany for half a year.
func lamps() *scenario.Plan {
	capital := given(unit.ParsePercent("12%"))
	return &scenario.Plan{
		Currency: country.Currency{'E', 'U', 'R'}, Market: country.Code{'D', 'E'}, Start: country.Date{Year: 2026, Month: 3, Day: 1}, Months: 6, Capital: &capital,
		Products: []scenario.Product{{
			SKU: "LAMP", HS: "9405.21", Weight: given(unit.ParseWeight("1 kg")), Size: given(unit.ParseSize("24x18x15 cm")), Cost: given(money.Parse("5.00 EUR")),
			Carton: &scenario.Carton{Units: 12, Weight: given(unit.ParseWeight("13 kg")), Size: given(unit.ParseSize("50x40x40 cm"))},
			Duties: map[country.Code][]fees.Duty{{'D', 'E'}: fees.NoDuty()},
			Sales:  []scenario.Pace{{Rate: new(given(unit.ParseFraction("10"))), Count: scenario.OrdersPlaced, Per: scenario.PerDay}},
			Orders: []scenario.Shape{{Share: 1, Pieces: 1, Parcels: []fees.Parcel{{Weight: given(unit.ParseWeight("1.2 kg")), Size: given(unit.ParseSize("26x20x17 cm"))}}}},
		}},
	}
}

// ways are direct parcels, and a warehouse in Germany.
func ways() (direct, warehouse *scenario.Alternative) {
	percent := func(s string) *unit.Percent { return new(given(unit.ParsePercent(s))) }
	direct = &scenario.Alternative{
		Name: "direct", Stages: []scenario.Stage{scenario.Deliver}, Tracking: fees.No, Batch: scenario.Batch{Every: 7},
		Cards: lists(`{"on": "order", "code": "post", "family": "local_delivery", "per": "weight", "unit": "kg", "price": "9.00"}`),
		Days:  scenario.Days{Production: new(5), DeliveryMin: new(12), DeliveryMax: new(25)},
		Terms: scenario.Terms{Purchase: new(0), Orders: new(0), Payout: new(14)},
		Risks: scenario.Risks{Lost: percent("2%"), Damaged: percent("1%"), Returned: percent("4%"), Returns: scenario.RefundAlone},
	}
	warehouse = &scenario.Alternative{
		Name: "warehouse", Tracking: fees.Yes, Batch: scenario.Batch{Every: 30}, Origin: country.Code{'C', 'N'}, Country: country.Code{'D', 'E'},
		Stages: []scenario.Stage{scenario.Consign, scenario.Import, scenario.Receive, scenario.Store, scenario.Deliver},
		Cards: lists(`{"on": "consign", "code": "sea", "family": "first_leg", "each": "consignment", "per": "weight", "unit": "kg", "price": "1.40", "min": "140.00"},
			{"on": "import", "code": "clearance", "family": "tariff", "price": "45.00"}`,
			`{"on": "receive", "code": "in", "family": "handling", "each": "carton", "price": "1.20"},
			{"on": "store", "code": "space", "family": "storage", "each": "lot", "per": "volume", "unit": "m3", "price": "0.60", "time": {"per": "day"}},
			{"on": "order", "code": "pack", "family": "handling", "price": "1.85"}, {"on": "order", "code": "dhl", "family": "local_delivery", "price": "4.90"},
			{"on": "return", "code": "back", "family": "handling", "price": "2.40"}, {"on": "remove", "code": "scrap", "family": "handling", "price": "5.00"}`),
		Days:       scenario.Days{Production: new(15), Transit: new(35), Clearance: new(3), PutAway: new(2), DeliveryMin: new(1), DeliveryMax: new(3), Return: new(5)},
		Terms:      scenario.Terms{Purchase: new(0), FirstLeg: new(7), Tariff: new(0), Receipt: new(15), Storage: new(15), Orders: new(15), Payout: new(14)},
		Risks:      scenario.Risks{Short: percent("0.5%"), Refused: percent("0%"), Lost: percent("0.2%"), Damaged: percent("0.3%"), Returned: percent("6%"), Returns: scenario.ComeBack, Unfit: percent("25%")},
		Registered: fees.Yes, Freight: percent("100%"),
	}
	return direct, warehouse
}

func ExampleCompare() {
	direct, warehouse := ways()
	c := scenario.Compare(lamps(), direct, warehouse)
	for _, r := range c.Results() {
		f := r.Figures
		fmt.Println(r.Name, r.Status, f.PerOrder, "an order,", f.DaysMin, "to", f.DaysMax, "days,", f.Peak, "tied up on", f.PeakDay)
	}
	fmt.Println(c.Recommendation().Text(language.English))
	// Output:
	// direct exact 17.15 EUR an order, 12 to 25 days, 6301.20 EUR tied up on 2026-04-28
	// warehouse exact 14.65 EUR an order, 1 to 3 days, 6201.08 EUR tied up on 2026-06-04
	// warehouse: a paid order costs €2.50 less than by direct; its greatest advantage is local delivery: €6.35
}

// What is left out is named, and no number stands for it.
func ExampleCompare_missing() {
	direct, warehouse := ways()
	warehouse.Risks.Lost = nil
	c := scenario.Compare(lamps(), direct, warehouse)
	r := c.Results()[1]
	fmt.Println(r.Status, r.Figures == nil, errors.Is(r.Err(), scenario.ErrMissing))
	for _, p := range r.Problems {
		fmt.Println(p.Path)
	}
	fmt.Println(c.Recommendation().Text(language.English))
	// Output:
	// incomplete true true
	// /alternatives/1/risks/lost
	// direct: no other alternative has figures; left out, because something is missing: 1
}

// From how many orders a month on is the warehouse worth it?
func ExampleComparison_Turns() {
	direct, warehouse := ways()
	c := scenario.Compare(lamps(), direct, warehouse)
	course, err := c.Turns(0, 1, scenario.OrdersPerMonth("LAMP"), scenario.Grid{From: 1, To: 60}, scenario.Promise{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for x := range course.Crossings() {
		fmt.Println(x.Text(language.English, "direct", "warehouse"))
	}
	// Output:
	// from 47 on warehouse is cheaper: €17.00 against €17.07 by direct (at 46: €17.25 against €17.03)
	// from 48 on direct is cheaper: €17.05 against €17.06 by warehouse (at 47: €17.07 against €17.00)
	// from 49 on warehouse is cheaper: €16.82 against €17.03 by direct (at 48: €17.06 against €17.05)
}

// How many days may goods lie in the warehouse before they are needed?
func ExampleStayDays() {
	plan := lamps()
	plan.Start = country.Date{Year: 2027, Month: 6, Day: 1} // the prices hold from 2026 on
	direct, warehouse := ways()
	c := scenario.Compare(plan, direct, warehouse)
	course, err := c.Turns(0, 1, scenario.StayDays("warehouse"), scenario.Grid{From: 300, To: 400}, scenario.Promise{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for s := range course.Stretches() {
		fmt.Println(s.Text(language.English, "direct", "warehouse"))
	}
	// Output:
	// 300 to 376: warehouse is cheaper than direct
	// 377 to 400: direct is cheaper than warehouse
}

func ExampleComparison_Explain() {
	direct, warehouse := ways()
	record, err := scenario.Compare(lamps(), direct, warehouse).Explain(language.English)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(record.Verify() == nil, len(record.Lines) > 50)
	record.Lines[0].Proof.Value.SetInt64(1)
	fmt.Println(record.Verify() == nil)
	// Output:
	// true true
	// false
}

// Whoever has the plan can tell that a record is about it, and that no share in it was changed together with its digests.
func ExampleComparison_VerifyRecord() {
	direct, warehouse := ways()
	plan := lamps()
	plan.Months = 2
	c := scenario.Compare(plan, direct, warehouse)
	record, err := c.Explain(language.German)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(c.VerifyRecord(record))
	other := *warehouse
	other.Risks.Lost = new(given(unit.ParsePercent("2%")))
	fmt.Println(scenario.Compare(plan, direct, &other).VerifyRecord(record) == nil)
	// Output:
	// <nil>
	// false
}

// 40,000 tied up for 84 days at sea, or for ten in parcels.
func ExampleInterest() {
	amount, rate := given(money.Parse("40000.00 EUR")), given(unit.ParsePercent("12%"))
	sea, _ := scenario.Interest(amount, rate, 84)
	parcels, _ := scenario.Interest(amount, rate, 10)
	fmt.Println(sea, parcels)
	// Output: 1104.66 EUR 131.51 EUR
}

// What is best done about 40 lamps that have lain for half a year?
func ExampleAged_Choices() {
	book := given(batch.New(batch.Options{Currency: country.Currency{'E', 'U', 'R'}}))
	_ = book.Post(batch.Entry{
		ID: "1", Kind: batch.Receipt, Effect: country.Date{Year: 2026, Month: 1, Day: 5}, Batch: "B1", SKU: "LAMP", Warehouse: "HAM", Units: 40,
		Cost: given(batch.Spend(batch.Purchase, "280.00 EUR")),
	})
	_, warehouse := ways()
	lamp := lamps().Products[0]
	aged := scenario.Aged{
		Currency: country.Currency{'E', 'U', 'R'}, Ledger: book, Cards: warehouse.Cards, Batch: "B1", SKU: "LAMP", Price: given(money.Parse("19.00 EUR")),
		Stock: batch.StayQuery{Warehouse: "HAM", Country: country.Code{'D', 'E'}, From: country.Date{Year: 2026, Month: 7, Day: 1}, Goods: map[string]batch.Goods{"LAMP": {Weight: lamp.Weight, Size: lamp.Size}}},
		Order: &fees.Order{Country: country.Code{'D', 'E'}, Parcels: lamp.Orders[0].Parcels},
		Keep:  new(given(unit.ParseFraction("0.1"))), Discount: &scenario.Discount{Off: new(given(unit.ParsePercent("25%"))), PerDay: new(given(unit.ParseFraction("2")))},
		Destroy: &scenario.Destroyed{},
	}
	for _, c := range aged.Choices() {
		if c.Status == scenario.Incomplete {
			fmt.Println(c.Way, c.Problems[0].Path)
			continue
		}
		fmt.Println(c.Way, c.Net, "until", c.Until, "storage", c.Storage)
	}
	// Output:
	// keep 458.29 EUR until 2027-08-05 storage 31.71 EUR
	// discount 298.52 EUR until 2026-07-21 storage 1.48 EUR
	// destroy -5.00 EUR until 2026-07-01 storage 0.00 EUR
	// move /aged/move
	// remove /aged/remove
}
