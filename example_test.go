package overseas_test

import (
	"fmt"
	"log"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"github.com/overseaswarehouse/overseas/application"
	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/eligibility"
	"github.com/overseaswarehouse/overseas/fees"
	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/fees/scenario"
	"github.com/overseaswarehouse/overseas/fees/unit"
)

// document is an application for a third-party warehouse in Germany in which one screenshot is incomplete.
const document = `{
	"schema": "overseas/application/1", "platform": "aliexpress", "id": "90210", "submitted": "2026-11-23",
	"applicant": {"role": "main", "store": "lamp-store", "home": "CN"},
	"warehouse": {"kind": "third_party", "country": "DE"},
	"stock": [{"sku": "LAMP-01", "country": "DE", "onHand": 180}],
	"materials": [
		{"kind": "logistics_provider", "text": "IDEAL PACK"},
		{"kind": "customer_code", "text": "LMP-7731"},
		{"kind": "contract_photo", "shows": ["provider_name"], 
			"file": {"name": "contract.jpg", "sha256": "cc8321d6375c494d043fdd0260f21bc0ec51dacc9f6abb7f909cdcd3041b78bf"}},
		{"kind": "system_screenshot", "shows": ["inventory_query", {"part": "order_management_page", "state": "not_shown"}], 
			"file": {"name": "system.png", "sha256": "bbc5e661e106c6dcd8dc6dd186454c2fcba3c710fb4d8e71a60c93eaf077f073"}}
	]
}`

// warehouseList, carrierList and orderDocument are the smallest of their kinds.
const (
	warehouseList = `{
		"schema": "overseas/ratecard/1", "id": "hamburg-3pl", "provider": "Hamburg 3PL", "country": "DE", "currency": "EUR",
		"tax": "none", "effective": {"from": "2026-01-01"}, "sources": [{"url": "https://example.com", "note": "made up"}],
		"charges": [
			{"on": "store", "code": "space", "family": "storage", "each": "lot", "per": "volume", "unit": "m3", "price": "0.60", "time": {"per": "day"}},
			{"on": "order", "code": "pick_pack", "family": "handling", "price": "1.85"}
		]
	}`
	carrierList = `{
		"schema": "overseas/ratecard/1", "id": "parcel-de", "provider": "Parcel DE", "country": "DE", "currency": "EUR",
		"tax": "none", "effective": {"from": "2026-01-01"}, "sources": [{"url": "https://example.com", "note": "made up"}],
		"charges": [
			{"on": "order", "code": "home", "family": "local_delivery", "each": "parcel",
				"price": {"by": [{"of": "weight", "upTo": ["2 kg", "5 kg", "31.5 kg"]}], "table": ["4.10", "4.90", "7.30"]}}
		]
	}`
	orderDocument = `{
		"schema": "overseas/event/1", "event": "order", "reference": "8150-2291", "date": "2026-11-09", "country": "DE",
		"parcels": [{"weight": "2.4 kg"}]
	}`
)

var (
	eur      = country.Currency{'E', 'U', 'R'}
	rates, _ = money.NewRates() // every price is in euros already
)

func Example_mayI() {
	app, err := application.Parse(strings.NewReader(document))
	if err != nil {
		log.Fatal(err) // every problem of the document, with path, line and column
	}
	decision, err := eligibility.AliExpress().Assess(app) // under the edition of the day it was filed
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(decision.Outcome())
	for _, f := range decision.Findings() {
		fmt.Println(f.Code, f.Path, f.Message(language.English))
	}
	changes, ok := decision.Remedies() // the fewest changes after which it passes
	for _, c := range changes {
		fmt.Println(c.Class, c.Message(language.English))
	}
	fmt.Println(ok)
	// Output:
	// rejected
	// order_management_not_shown /materials/3/shows/1 screenshot of the provider's system does not show: order management page
	// correct replace screenshot of the provider's system by one that shows: order management page
	// true
}

func Example_whatDoesItCost() {
	warehouse, err := fees.ParseCard(strings.NewReader(warehouseList)) // a price list as JSON
	if err != nil {
		log.Fatal(err)
	}
	carrier, err := fees.ParseCard(strings.NewReader(carrierList))
	if err != nil {
		log.Fatal(err)
	}
	calc, err := fees.Compile(warehouse, carrier)
	if err != nil {
		log.Fatal(err)
	}
	order, err := fees.ParseEvent(strings.NewReader(orderDocument))
	if err != nil {
		log.Fatal(err)
	}
	quote, err := calc.Quote(order)
	if err != nil {
		log.Fatal(err) // there is no price for weight "31.6 kg"; "battery" is missing: yes, no; never a zero
	}
	total, err := quote.In(eur, rates) // your exchange rates, dated; nothing is inverted or crossed
	if err != nil {
		log.Fatal(err)
	}
	for family := range total.Families() {
		fmt.Println(family) // "storage: not asked", never a silent zero
	}
	fmt.Println(total.Sum())
	// Output:
	// first_leg: not priced
	// storage: not asked
	// handling: 1.85 EUR
	// local_delivery: 4.90 EUR
	// tariff: not priced
	// tax: not priced
	// other: not priced
	// 6.75 EUR
}

func Example_whyThisMuch() {
	calc, order := hamburg() // the price lists and the order from above
	why, err := calc.Explain(order)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Print(why) // or WriteMarkdown, WriteHTML, WriteCSV, in eight languages

	record := why.Record(language.English) // a document to keep or to send
	fmt.Println(record.Verify())           // recomputed from its leaves, without the price lists
	err = fees.VerifyAgainst(record, slices.Collect(calc.Cards())...)
	fmt.Println(err) // and its prices are those of the lists

	_, heavier := hamburg()
	heavier.Parcels[0].Weight, _ = unit.ParseWeight("5.2 kg")
	more, err := calc.Explain(heavier)
	if err != nil {
		log.Fatal(err)
	}
	differences, err := why.Diff(more) // which input, card or exchange rate, and how much each
	if err != nil {
		log.Fatal(err)
	}
	fmt.Print(differences)
	// Output:
	// order Nov 9, 2026 8150-2291
	// total: €6.75 (exact)
	//
	// hamburg-3pl/pick_pack: €1.85
	//   handling
	//   card hamburg-3pl: published price, in force from Jan 1, 2026; event of Nov 9, 2026
	//   €1.85 per order
	//
	// parcel-de/home: €4.90
	//   local delivery
	//   card parcel-de: published price, in force from Jan 1, 2026; event of Nov 9, 2026
	//   weight 2.4 kg (over 2 kg up to 5 kg) → €4.90 per parcel
	// <nil>
	// <nil>
	// €6.75 → €9.15
	//   +€2.40: input /parcels/0/weight: 2.4 kg → 5.2 kg
	//     parcel-de/home: weight over 2 kg, up to 5 kg → over 5 kg, up to 31.5 kg
	//     parcel-de/home: €4.90 → €7.30
}

func Example_isItWorthIt() {
	plan := lampPlan()        // what is sold, at which pace
	direct, stocked := ways() // parcels from the factory, or a warehouse in Hamburg
	c := scenario.Compare(plan, direct, stocked)
	for _, r := range c.Results() {
		if r.Status == scenario.Incomplete {
			log.Fatal(r.Err()) // names each missing input; there is no number then
		}
		fmt.Println(r.Name, r.Figures.PerOrder, "an order,", r.Figures.Peak, "tied up")
	}
	fmt.Println(c.Recommendation().Text(language.English))

	course, err := c.Turns(0, 1, scenario.OrdersPerMonth("LAMP"), scenario.Grid{From: 1, To: 60}, scenario.Promise{})
	if err != nil {
		log.Fatal(err)
	}
	for x := range course.Crossings() { // every one: real prices are steps
		fmt.Println(x.Text(language.English, "direct", "warehouse"))
	}
	// Output:
	// direct 17.15 EUR an order, 6301.20 EUR tied up
	// warehouse 14.65 EUR an order, 6201.08 EUR tied up
	// warehouse: a paid order costs €2.50 less than by direct; its greatest advantage is local delivery: €6.35
	// from 47 on warehouse is cheaper: €17.00 against €17.07 by direct (at 46: €17.25 against €17.03)
	// from 48 on direct is cheaper: €17.05 against €17.06 by warehouse (at 47: €17.07 against €17.00)
	// from 49 on warehouse is cheaper: €16.82 against €17.03 by direct (at 48: €17.06 against €17.05)
}

// hamburg compiles the price lists and reads the order.
func hamburg() (*fees.Calculator, *fees.Order) {
	calc := given(fees.Compile(given(fees.ParseCard(strings.NewReader(warehouseList))), given(fees.ParseCard(strings.NewReader(carrierList)))))
	return calc, given(fees.ParseEvent(strings.NewReader(orderDocument))).(*fees.Order)
}

// The plan of the front page: lamps sold at ten orders a day in Germany, out of parcels from the factory or out of a warehouse
// there. Every figure is the seller's; what is left out is missing and is never guessed.

func given[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func prices(id, charges string) *fees.Card {
	return given(fees.ParseCard(strings.NewReader(fmt.Sprintf(`{"schema": "overseas/ratecard/1", "id": %q, "provider": "made up", "currency": "EUR",
		"tax": "none", "effective": {"from": "2026-01-01"}, "sources": [{"url": "https://example.com", "note": "made up"}], "charges": [%s]}`, id, charges))))
}

// lampPlan says what is sold: lamps at ten a day in Germany for half a year.
func lampPlan() *scenario.Plan {
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
func ways() (direct, stocked *scenario.Alternative) {
	percent := func(s string) *unit.Percent { return new(given(unit.ParsePercent(s))) }
	direct = &scenario.Alternative{
		Name: "direct", Stages: []scenario.Stage{scenario.Deliver}, Tracking: fees.No, Batch: scenario.Batch{Every: 7},
		Cards: given(fees.Compile(prices("post", `{"on": "order", "code": "post", "family": "local_delivery", "per": "weight", "unit": "kg", "price": "9.00"}`))),
		Days:  scenario.Days{Production: new(5), DeliveryMin: new(12), DeliveryMax: new(25)},
		Terms: scenario.Terms{Purchase: new(0), Orders: new(0), Payout: new(14)},
		Risks: scenario.Risks{Lost: percent("2%"), Damaged: percent("1%"), Returned: percent("4%"), Returns: scenario.RefundAlone},
	}
	stocked = &scenario.Alternative{
		Name: "warehouse", Tracking: fees.Yes, Batch: scenario.Batch{Every: 30}, Origin: country.Code{'C', 'N'}, Country: country.Code{'D', 'E'},
		Stages: []scenario.Stage{scenario.Consign, scenario.Import, scenario.Receive, scenario.Store, scenario.Deliver},
		Cards: given(fees.Compile(prices("sea", `{"on": "consign", "code": "sea", "family": "first_leg", "each": "consignment", "per": "weight", "unit": "kg", "price": "1.40", "min": "140.00"},
			{"on": "import", "code": "clearance", "family": "tariff", "price": "45.00"}`), prices("hamburg", `{"on": "receive", "code": "in", "family": "handling", "each": "carton", "price": "1.20"},
			{"on": "store", "code": "space", "family": "storage", "each": "lot", "per": "volume", "unit": "m3", "price": "0.60", "time": {"per": "day"}},
			{"on": "order", "code": "pack", "family": "handling", "price": "1.85"}, {"on": "order", "code": "dhl", "family": "local_delivery", "price": "4.90"},
			{"on": "return", "code": "back", "family": "handling", "price": "2.40"}, {"on": "remove", "code": "scrap", "family": "handling", "price": "5.00"}`))),
		Days:       scenario.Days{Production: new(15), Transit: new(35), Clearance: new(3), PutAway: new(2), DeliveryMin: new(1), DeliveryMax: new(3), Return: new(5)},
		Terms:      scenario.Terms{Purchase: new(0), FirstLeg: new(7), Tariff: new(0), Receipt: new(15), Storage: new(15), Orders: new(15), Payout: new(14)},
		Risks:      scenario.Risks{Short: percent("0.5%"), Refused: percent("0%"), Lost: percent("0.2%"), Damaged: percent("0.3%"), Returned: percent("6%"), Returns: scenario.ComeBack, Unfit: percent("25%")},
		Registered: fees.Yes, Freight: percent("100%"),
	}
	return direct, stocked
}
