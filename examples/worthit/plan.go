package main

import (
	"embed"
	"fmt"

	"golang.org/x/text/language"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/examples/ratecards"
	"github.com/overseaswarehouse/overseas/fees"
	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/fees/scenario"
	"github.com/overseaswarehouse/overseas/fees/unit"
)

//go:embed cards
var files embed.FS

// market is a plan with the ways to serve it.
type market struct {
	title        [2]string // in English and Chinese
	plan         *scenario.Plan
	alternatives []*scenario.Alternative
	rate         scenario.Moved // the exchange rate, for the sensitivity
}

// reader parses the texts of the example and keeps the first error.
type reader struct{ err error }

func read[T any](r *reader, parse func(string) (T, error), s string) T {
	v, err := parse(s)
	if err != nil && r.err == nil {
		r.err = fmt.Errorf("%q: %w", s, err)
	}
	return v
}

func (r *reader) percent(s string) *unit.Percent { return new(read(r, unit.ParsePercent, s)) }

// calc compiles cards of this example, or published ones of ../ratecards, and what customs of a country charge.
func (r *reader) calc(customs country.Code, names ...string) *fees.Calculator {
	var cards []*fees.Card
	for _, name := range names {
		f, err := files.Open("cards/" + name + ".json")
		var card *fees.Card
		if err == nil {
			card, err = fees.ParseCard(f)
			f.Close()
		} else {
			card, err = ratecards.Card(name)
		}
		if err != nil {
			r.err = fmt.Errorf("%s: %w", name, err)
			return nil
		}
		cards = append(cards, card)
	}
	if customs != (country.Code{}) {
		card, err := fees.CustomsCard(customs)
		if err != nil {
			r.err = err
			return nil
		}
		cards = append(cards, card)
	}
	calc, err := fees.Compile(cards...)
	if err != nil {
		r.err = err
	}
	return calc
}

// name picks the language of an alternative's name.
func name(tag language.Tag, en, zh string) string {
	if base, _ := tag.Base(); base.String() == "zh" {
		return zh
	}
	return en
}

var (
	china   = country.Code{'C', 'N'}
	germany = country.Code{'D', 'E'}
	states  = country.Code{'U', 'S'}
	euro    = country.Currency{'E', 'U', 'R'}
	dollar  = country.Currency{'U', 'S', 'D'}
	yuan    = country.Currency{'C', 'N', 'Y'}
)

const sku = "LAMP-01"

// lamp is the product: a desk lamp of 1.15 kg, of which 120 are ordered in a month, every fifth time two of them.
func (r *reader) lamp(price string) scenario.Product {
	parcel := func(weight, size string) []fees.Parcel {
		return []fees.Parcel{{Weight: read(r, unit.ParseWeight, weight), Size: read(r, unit.ParseSize, size)}}
	}
	return scenario.Product{
		SKU: sku, HS: "9405.21", Weight: read(r, unit.ParseWeight, "1.15 kg"), Size: read(r, unit.ParseSize, "24x18x15 cm"),
		Cost: read(r, money.Parse, "38.00 CNY"), Price: read(r, money.Parse, price),
		Carton: &scenario.Carton{Units: 12, Weight: read(r, unit.ParseWeight, "15.4 kg"), Size: read(r, unit.ParseSize, "50x40x40 cm")},
		Duties: map[country.Code][]fees.Duty{
			germany: {{Code: "third_country", Rate: *r.percent("2.7%")}},
			states:  {{Code: "mfn", Rate: *r.percent("3.9%")}, {Code: "additional", Rate: *r.percent("25%")}},
		},
		Sales: []scenario.Pace{{Rate: new(read(r, unit.ParseFraction, "120")), Count: scenario.OrdersPlaced, Per: scenario.PerMonth}},
		Orders: []scenario.Shape{
			{Share: 4, Pieces: 1, PostalCode: "10115", Parcels: parcel("1.3 kg", "26x20x17 cm")},
			{Share: 1, Pieces: 2, PostalCode: "10115", Parcels: parcel("2.6 kg", "34x26x20 cm")},
		},
	}
}

// terms are when money moves: at once to the supplier, fourteen days after the buyer has the goods from the platform.
func terms(a *scenario.Alternative) {
	a.Terms = scenario.Terms{
		Purchase: new(0), FirstLeg: new(7), Tariff: new(0), Receipt: new(15), Storage: new(15), Rent: new(0), Orders: new(15), Payout: new(14), TaxBack: new(60),
	}
}

// direct is the way of small parcels from China.
func (r *reader) direct(tag language.Tag, to country.Code, card string, min, max int) *scenario.Alternative {
	a := &scenario.Alternative{
		Name: name(tag, "direct parcels", "直发小包"), Cards: r.calc(to, card), Stages: []scenario.Stage{scenario.Deliver, scenario.ParcelImport},
		Origin: china, Facts: fees.Facts{"origin": "cn"}, Batch: scenario.Batch{Every: 7}, Tracking: fees.No,
		Days:    scenario.Days{Production: new(5), DeliveryMin: new(min), DeliveryMax: new(max)},
		Risks:   scenario.Risks{Refused: r.percent("0.5%"), Lost: r.percent("1.5%"), Damaged: r.percent("1%"), Returned: r.percent("4%"), Returns: scenario.RefundAlone},
		Freight: r.percent("100%"), DutyPaid: fees.Yes, TaxAtSale: fees.Yes,
	}
	terms(a)
	return a
}

// abroad is the way of a batch to a warehouse and of orders from there.
func (r *reader) abroad(name string, to country.Code, every, transit int, facts fees.Facts, stages []scenario.Stage, cards ...string) *scenario.Alternative {
	a := &scenario.Alternative{
		Name: name, Cards: r.calc(to, cards...), Stages: append([]scenario.Stage{scenario.Consign, scenario.Import, scenario.Deliver}, stages...),
		Origin: china, Country: to, Facts: facts, Batch: scenario.Batch{Every: every}, Tracking: fees.Yes, Registered: fees.Yes, Freight: r.percent("100%"),
		Days: scenario.Days{
			Production: new(15), Transit: new(transit), Clearance: new(3), PutAway: new(2), DeliveryMin: new(1), DeliveryMax: new(3), Return: new(6),
		},
		Risks: scenario.Risks{
			Short: r.percent("0.5%"), Refused: r.percent("0%"), Lost: r.percent("0.2%"), Damaged: r.percent("0.4%"), Returned: r.percent("6%"),
			Returns: scenario.ComeBack, Unfit: r.percent("30%"),
		},
	}
	terms(a)
	return a
}

// markets are Germany and the United States, half a year from March 2026 on.
func markets(tag language.Tag) ([]market, error) {
	r := &reader{}
	start := country.Date{Year: 2026, Month: 3, Day: 1}
	rate := func(quotation string) (*money.Rates, money.Rate) {
		q := read(r, money.ParseRate, quotation)
		q.Inverse = true
		rates, err := money.NewRates(q)
		if err != nil && r.err == nil {
			r.err = err
		}
		return rates, q
	}
	warehouse := []scenario.Stage{scenario.Receive, scenario.Store}
	forward := fees.Facts{"service": "sea_express", "battery": "no", "address": "private"}

	de := market{title: [2]string{"Germany", "德国"}}
	rates, _ := rate("1 EUR = 7.85 CNY")
	de.plan = &scenario.Plan{Currency: euro, Rates: rates, Market: germany, Start: start, Months: 6, Capital: r.percent("12%"), Products: []scenario.Product{r.lamp("34.00 EUR")}}
	own := r.abroad(name(tag, "own warehouse, sea", "自营海外仓（海运）"), germany, 30, 35, forward, []scenario.Stage{scenario.Rent}, "firstleg-de-sea-hygj52", "own-hamburg", "de-dhl-paket-2025-01-01")
	own.Days.PutAway = nil
	de.alternatives = []*scenario.Alternative{
		r.direct(tag, germany, "direct-de", 12, 20),
		r.abroad(name(tag, "third party, sea", "第三方海外仓（海运）"), germany, 30, 35, forward, warehouse, "firstleg-de-sea-hygj52", "hamburg-3pl", "de-dhl-paket-2025-01-01"),
		r.abroad(name(tag, "third party, air", "第三方海外仓（空运）"), germany, 14, 8, nil, warehouse, "air-de", "hamburg-3pl", "de-dhl-paket-2025-01-01"),
		own,
	}
	de.rate = scenario.Moved{Variation: scenario.ExchangeRate(euro, yuan, 2), Value: 785, Range: &scenario.Range{Low: 740, High: 830}}

	us := market{title: [2]string{"United States", "美国"}}
	rates, _ = rate("1 USD = 7.10 CNY")
	us.plan = &scenario.Plan{Currency: dollar, Rates: rates, Market: states, Start: start, Months: 6, Capital: r.percent("12%"), Products: []scenario.Product{r.lamp("36.00 USD")}}
	for i := range us.plan.Products[0].Orders {
		us.plan.Products[0].Orders[i].PostalCode = "94103"
		us.plan.Products[0].Orders[i].Facts = fees.Facts{"zone": "4"}
	}
	loose := fees.Facts{"mode": "sea"}
	us.alternatives = []*scenario.Alternative{
		r.direct(tag, states, "direct-us", 10, 18),
		r.abroad(name(tag, "third party, sea", "第三方海外仓（海运）"), states, 30, 30, loose, warehouse, "sea-us", "us-52by", "la-orders", "us-usps-ground-advantage"),
		r.abroad(name(tag, "third party, air", "第三方海外仓（空运）"), states, 14, 8, fees.Facts{"mode": "air"}, warehouse, "air-us", "us-52by", "la-orders", "us-usps-ground-advantage"),
	}
	us.rate = scenario.Moved{Variation: scenario.ExchangeRate(dollar, yuan, 2), Value: 710, Range: &scenario.Range{Low: 670, High: 750}}
	for _, m := range []market{de, us} {
		for _, a := range m.alternatives {
			a.CustomsRates = m.plan.Rates // the example takes the bank's rate for that of customs
		}
	}
	return []market{de, us}, r.err
}
