package overseas_test

import (
	"fmt"
	"log"
	"strings"

	"golang.org/x/text/language"

	"github.com/overseaswarehouse/overseas/application"
	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/eligibility"
	"github.com/overseaswarehouse/overseas/fees"
	"github.com/overseaswarehouse/overseas/fees/money"
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
		log.Fatal(err) // "no price for weight 31.6 kg", "battery is missing: yes, no"; never a zero
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
