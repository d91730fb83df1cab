package scenario

import (
	"strings"
	"testing"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees"
	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/fees/unit"
)

// of is a pointer to a value, so that 0 can be given.
func of[T any](v T) *T { return &v }

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func eur(s string) money.Money           { return must(money.Parse(s + " EUR")) }
func pct(s string) *unit.Percent         { return of(must(unit.ParsePercent(s))) }
func rate(s string) *unit.Fraction       { return of(must(unit.ParseFraction(s))) }
func day(s string) country.Date          { return must(country.ParseDate(s)) }
func nation(s string) country.Code       { return must(country.Parse(s)) }
func currency(s string) country.Currency { return must(country.ParseCurrency(s)) }

// card is a price list with made-up prices and these charges.
func card(id, charges string, more ...string) string {
	return `{"schema": "overseas/ratecard/1", "id": "` + id + `", "provider": "made up", "currency": "EUR", "tax": "none",
		"effective": {"from": "2025-01-01"}, "sources": [{"url": "https://example.com", "note": "made up"}],` + strings.Join(more, "") + `
		"charges": [` + charges + `]}`
}

func compile(t testing.TB, docs ...string) *fees.Calculator {
	t.Helper()
	var cards []*fees.Card
	for _, d := range docs {
		c, err := fees.ParseCard(strings.NewReader(d))
		if err != nil {
			t.Fatal(err)
		}
		cards = append(cards, c)
	}
	calc, err := fees.Compile(cards...)
	if err != nil {
		t.Fatal(err)
	}
	return calc
}

const (
	directCharges = `{"on": "order", "code": "parcel", "family": "local_delivery", "price": "9.00"}`
	firstLeg      = `{"on": "consign", "code": "sea", "family": "first_leg", "each": "consignment", "per": "weight", "unit": "kg", "price": "2.00", "min": "50.00"}`
	warehouse     = `{"on": "receive", "code": "in", "family": "handling", "each": "carton", "price": "1.00"},
		{"on": "store", "code": "space", "family": "storage", "each": "lot", "per": "volume", "unit": "m3", "price": "1.00", "time": {"per": "day"}},
		{"on": "order", "code": "pick", "family": "handling", "price": "1.50"},
		{"on": "return", "code": "back", "family": "handling", "price": "3.00"},
		{"on": "remove", "code": "scrap", "family": "handling", "each": "piece", "price": "0.25"}`
	delivery = `{"on": "order", "code": "dhl", "family": "local_delivery", "price": "4.00"}`
	customs  = `{"on": "import", "code": "duty", "family": "tariff", "price": "20.00"}`
	rent     = `{"on": "period", "code": "rent", "family": "storage", "price": "300.00"},
		{"on": "period", "code": "wages", "family": "handling", "price": "200.00"}`
)

// lamp is a product of which 60 are sold in each month, one an order.
func lamp() Product {
	return Product{
		SKU: "LAMP", HS: "940521", Weight: must(unit.ParseWeight("1 kg")), Size: must(unit.ParseSize("20x20x25 cm")), Cost: eur("10.00"), Price: eur("40.00"),
		Carton: &Carton{Units: 10, Weight: must(unit.ParseWeight("11 kg")), Size: must(unit.ParseSize("60x40x50 cm"))},
		Duties: map[country.Code][]fees.Duty{nation("DE"): fees.NoDuty()},
		Sales:  []Pace{{Rate: rate("60"), Count: OrdersPlaced, Per: PerMonth}},
		Orders: []Shape{{Share: 1, Pieces: 1, Parcels: []fees.Parcel{{Weight: must(unit.ParseWeight("1.2 kg")), Size: must(unit.ParseSize("25x25x30 cm"))}}}},
	}
}

func small() *Plan {
	return &Plan{
		Currency: currency("EUR"), Market: nation("DE"), Start: day("2026-01-01"), Months: 2, Capital: pct("12%"), Products: []Product{lamp()},
	}
}

// direct sends every order from home.
func direct(t testing.TB) *Alternative {
	return &Alternative{
		Name: "direct", Cards: compile(t, card("post", directCharges)), Stages: []Stage{Deliver}, Origin: nation("CN"),
		Batch: Batch{Units: 30}, Tracking: fees.No,
		Days:  Days{Production: of(3), DeliveryMin: of(15), DeliveryMax: of(30)},
		Terms: Terms{Purchase: of(0), Orders: of(0), Payout: of(7)},
		Risks: Risks{Lost: pct("0%"), Damaged: pct("0%"), Returned: pct("0%"), Returns: RefundAlone},
	}
}

// hamburg sells from a third party's warehouse.
func hamburg(t testing.TB) *Alternative {
	return &Alternative{
		Name: "hamburg", Cards: compile(t, card("sea", firstLeg), card("wh", warehouse), card("dhl", delivery), card("customs", customs)),
		Stages: []Stage{Consign, Import, Receive, Store, Deliver}, Origin: nation("CN"), Country: nation("DE"), Batch: Batch{Units: 60},
		Days:     Days{Production: of(10), Transit: of(35), Clearance: of(3), PutAway: of(2), DeliveryMin: of(1), DeliveryMax: of(2), Return: of(5)},
		Terms:    Terms{Purchase: of(0), FirstLeg: of(0), Tariff: of(0), Receipt: of(0), Storage: of(0), Orders: of(0), Payout: of(7)},
		Risks:    Risks{Short: pct("0%"), Refused: pct("0%"), Lost: pct("0%"), Damaged: pct("0%"), Returned: pct("0%"), Returns: ComeBack, Unfit: pct("0%")},
		Tracking: fees.Yes, Registered: fees.Yes, Freight: pct("100%"),
	}
}

// own is the same with a warehouse of one's own.
func own(t testing.TB) *Alternative {
	a := hamburg(t)
	a.Name = "own"
	a.Cards = compile(t, card("sea", firstLeg), card("own", rent+`, {"on": "return", "code": "back", "family": "handling", "price": "0.00"}, {"on": "remove", "code": "scrap", "family": "handling", "price": "0.00"}`), card("dhl", delivery), card("customs", customs))
	a.Stages = []Stage{Consign, Import, Deliver, Rent}
	a.Days.PutAway, a.Terms.Receipt, a.Terms.Storage, a.Terms.Rent = nil, nil, nil, of(0)
	return a
}

func moneyOf(s string) (money.Money, error) { return money.Parse(s) }

// cny are rates by which the supplier is paid.
func cny() *money.Rates {
	r := must(money.ParseRate("1 EUR = 7.85 CNY"))
	r.Inverse = true
	return must(money.NewRates(r))
}
