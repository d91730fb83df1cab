package overseas_test

import (
	"fmt"
	"strings"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees"
	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/fees/scenario"
	"github.com/overseaswarehouse/overseas/fees/unit"
)

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
