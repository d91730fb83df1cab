package fees_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"

	"golang.org/x/text/language"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees"
	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/fees/unit"
)

// The price lists of the examples: a forwarder's and a warehouse's.
const (
	seaCard = `{"schema": "overseas/ratecard/1", "id": "sea", "edition": "2026-02", "title": "Sea to Germany", "provider": "A forwarder",
  "country": "DE", "currency": "EUR", "tax": "none", "effective": {"from": "2026-02-01"}, "sources": [{"url": "https://example.com/sea", "seen": "2026-02-03"}],
  "measures": {"chargeable": [{"each": "carton", "greater": ["weight", "volume x 167 kg/m3"], "min": "2.4 kg"}, {"sum": "consignment"}]},
  "charges": [{"on": "consign", "code": "freight", "text": "sea freight, duty paid", "family": ["first_leg", "tariff"], "per": "chargeable", "unit": "kg", "price": "1.30"}]}`
	fraCard = `{"schema": "overseas/ratecard/1", "id": "fra", "title": "Frankfurt", "provider": "A warehouse",
  "country": "DE", "currency": "EUR", "tax": "none", "effective": {"seen": "2026-11-22"}, "sources": [{"url": "https://example.com/fra"}],
  "inputs": {"label": {"values": ["no", "yes"], "default": "no", "text": "shall the parcel be relabelled?"}, "zone": {"values": ["1", "2"]}},
  "charges": [
    {"on": "store", "code": "storage", "family": "storage", "each": "lot", "per": "volume", "unit": "m3", "time": {"per": "day"}, "price": "0.50"},
    {"on": "order", "code": "pick", "text": "pick and pack", "family": "handling", "price": "1.20"},
    {"on": "order", "code": "label", "family": "handling", "when": {"label": "yes"}, "price": "0.15"},
    {"on": "order", "code": "delivery", "family": "local_delivery", "each": "parcel",
     "price": {"by": [{"of": "zone", "in": ["1", "2"]}, {"of": "weight", "upTo": ["2 kg", "10 kg"]}], "table": [["4.19", "6.90"], ["5.19", "8.90"]]}}]}`
)

func exampleCalculator() *fees.Calculator {
	sea, err := fees.ParseCard(strings.NewReader(seaCard))
	if err != nil {
		panic(err)
	}
	fra, err := fees.ParseCard(strings.NewReader(fraCard))
	if err != nil {
		panic(err)
	}
	calc, err := fees.Compile(sea, fra)
	if err != nil {
		panic(err)
	}
	return calc
}

func exampleOrder() *fees.Order {
	e, err := fees.ParseEvent(strings.NewReader(`{"schema": "overseas/event/1", "event": "order", "reference": "O-1001",
  "date": "2026-11-22", "country": "DE", "parcels": [{"weight": "1.8 kg", "size": "30x20x10 cm"}], "facts": {"zone": "2"}}`))
	if err != nil {
		panic(err)
	}
	return e.(*fees.Order)
}

func Example() {
	calc := exampleCalculator()
	quote, err := calc.Quote(exampleOrder())
	if err != nil {
		fmt.Println(err)
		return
	}
	for line := range quote.Lines() {
		fmt.Println(line.Text(), line.Amount())
	}
	sum, _ := quote.Sum()
	fmt.Println("=", sum, quote.Status())
	// Output:
	// pick and pack 1.20 EUR
	// delivery 5.19 EUR
	// = 6.39 EUR estimated
}

func ExampleParseCard() {
	card, err := fees.ParseCard(strings.NewReader(seaCard))
	if err != nil {
		fmt.Println(err)
		return
	}
	from, to := card.Effective()
	fmt.Println(card.ID(), card.Edition(), card.Title(), card.Provider(), card.Currency())
	fmt.Println(from, to.IsZero(), card.Seen().IsZero(), len(card.Digest()))
	fmt.Println(len(card.Lint()), len(fees.CardJSONSchema()) > 1000)

	_, err = fees.ParseCard(strings.NewReader(`{"schema": "overseas/ratecard/9"}`))
	fmt.Println(err)
	// Output:
	// sea 2026-02 Sea to Germany A forwarder EUR
	// 2026-02-01 true true 64
	// 0 true
	// /schema (1:12): the document is of the kind "overseas/ratecard/9"; this version reads overseas/ratecard/1 [unsupported_version]
}

func ExampleCharge() {
	card, err := fees.ParseCard(strings.NewReader(seaCard))
	if err != nil {
		fmt.Println(err)
		return
	}
	for c := range card.Charges() {
		fmt.Println(c.Code(), "/", c.Text(), "/", c.On(), c.Families())
	}
	// Output: freight / sea freight, duty paid / consign [first_leg tariff]
}

// A minimum bill counts some of what was billed in its period.
func ExampleCharge_Counts() {
	card, err := fees.ParseCard(strings.NewReader(`{"schema": "overseas/ratecard/1", "id": "wh", "provider": "made up", "currency": "EUR", "tax": "none",
		"effective": {"from": "2026-01-01"}, "sources": [{"url": "https://example.com", "note": "made up"}], "charges": [
		{"on": "order", "code": "pick", "family": "handling", "price": "1.50"},
		{"on": "period", "code": "least", "family": "other", "top_up": {"to": "400.00", "of": ["family:handling"]}}]}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	calc, err := fees.Compile(card)
	if err != nil {
		fmt.Println(err)
		return
	}
	quote, err := calc.Quote(&fees.Order{Date: country.Date{Year: 2026, Month: 3, Day: 2}, Parcels: []fees.Parcel{{}}})
	if err != nil {
		fmt.Println(err)
		return
	}
	for line := range quote.Lines() {
		for c := range card.Charges() {
			fmt.Println(c.Code(), c.Counts(line), c.Counts(fees.Line{}))
		}
	}
	// Output:
	// pick false false
	// least true false
}

func ExampleSource() {
	card, err := fees.ParseCard(strings.NewReader(seaCard))
	if err != nil {
		fmt.Println(err)
		return
	}
	for s := range card.Sources() {
		fmt.Println(s.URL, s.Seen, s.Note)
	}
	// Output: https://example.com/sea 2026-02-03
}

func ExampleCompile() {
	card, err := fees.ParseCard(strings.NewReader(fraCard))
	if err != nil {
		fmt.Println(err)
		return
	}
	_, err = fees.Compile(card, card)
	fmt.Println(errors.Is(err, fees.ErrDuplicateCard), fees.ErrDuplicateCard == fees.Code("duplicate_card"))
	// Output: true true
}

func ExampleInput() {
	for in := range exampleCalculator().Needs(fees.OnOrder) {
		fmt.Printf("%s: %s of %v, %q when not answered. %s\n", in.Name, in.Type, in.Values, in.Default, in.Text)
	}
	// Output:
	// label: choice of [no yes], "no" when not answered. shall the parcel be relabelled?
	// zone: choice of [1 2], "" when not answered.
}

func ExampleCard_Needs() {
	card, err := fees.ParseCard(strings.NewReader(fraCard))
	if err != nil {
		fmt.Println(err)
		return
	}
	for in := range card.Needs(fees.OnStore) {
		fmt.Println(in.Name)
	}
	// Output:
}

func ExampleCalculator_Only() {
	calc, err := exampleCalculator().Only("fra")
	for card := range calc.Cards() {
		fmt.Println(card.ID(), err)
	}
	_, err = calc.Only("sea")
	fmt.Println(errors.Is(err, fees.ErrNoCard))
	// Output:
	// fra <nil>
	// true
}

func ExampleCalculator_QuoteInto() {
	calc, quote := exampleCalculator(), &fees.Quote{} // used again and again
	for _, weight := range []string{"1.8 kg", "2.4 kg"} {
		order := exampleOrder()
		order.Parcels[0].Weight, _ = unit.ParseWeight(weight)
		err := calc.QuoteInto(quote, order)
		sum, _ := quote.Sum()
		fmt.Println(weight, sum, quote.Len(), err)
	}
	// Output:
	// 1.8 kg 6.39 EUR 2 <nil>
	// 2.4 kg 10.10 EUR 2 <nil>
}

// A journey is priced and converted over and over without allocating, once its quote and its total have grown.
func ExampleCalculator_JourneyInto() {
	calc, rates := exampleCalculator(), exampleRates()
	var quote fees.Quote
	var total fees.Total
	for _, weight := range []string{"1.8 kg", "2.4 kg"} {
		order := exampleOrder()
		order.Parcels[0].Weight, _ = unit.ParseWeight(weight)
		if err := calc.JourneyInto(&quote, &fees.Journey{Order: order}); err != nil {
			fmt.Println(err)
			return
		}
		err := quote.InInto(&total, country.Currency{'U', 'S', 'D'}, rates)
		fmt.Println(weight, quote.Len(), total.Sum(), err)
	}
	// Output:
	// 1.8 kg 2 6.92 USD <nil>
	// 2.4 kg 2 10.94 USD <nil>
}

// The cost of many parcels to many buyers, each in one currency. One that cannot be priced says why, and the others are as
// they are without it.
func ExampleCalculator_TotalsInto() {
	calc, rates := exampleCalculator(), exampleRates()
	var journeys []*fees.Journey
	for _, weight := range []string{"1.8 kg", "2.4 kg", "80 kg"} {
		order := exampleOrder()
		order.Parcels[0].Weight, _ = unit.ParseWeight(weight)
		journeys = append(journeys, &fees.Journey{Order: order})
	}
	var totals fees.Totals
	calc.TotalsInto(&totals, journeys, country.Currency{'U', 'S', 'D'}, rates)
	for i := range totals.Len() {
		if err := totals.Err(i); err != nil {
			fmt.Println(totals.Status(i), errors.Is(err, fees.ErrNotCarried))
			continue
		}
		delivery, state := totals.Family(i, fees.LocalDelivery)
		fmt.Println(totals.Sum(i), totals.Status(i), delivery, state)
	}
	// Output:
	// 6.92 USD estimated 5.62 USD priced
	// 10.94 USD estimated 9.64 USD priced
	// incomplete true
}

// A catalogue is read in once and priced many times: in one currency and another, by the cards of one warehouse and another.
func ExampleCatalogue() {
	var journeys []*fees.Journey
	for _, weight := range []string{"1.8 kg", "2.4 kg"} {
		order := exampleOrder()
		order.Parcels[0].Weight, _ = unit.ParseWeight(weight)
		journeys = append(journeys, &fees.Journey{Order: order})
	}
	catalogue := fees.NewCatalogue(journeys)
	calc, rates := exampleCalculator(), exampleRates()
	eur, usd := country.Currency{'E', 'U', 'R'}, country.Currency{'U', 'S', 'D'}
	var totals fees.Totals
	for _, to := range []country.Currency{eur, usd} {
		calc.CatalogueInto(&totals, catalogue, 0, catalogue.Len(), to, rates)
		for i := range totals.Len() {
			fmt.Println(totals.Sum(i), totals.Err(i))
		}
	}

	journeys[0].Order.Parcels[0].Weight, _ = unit.ParseWeight("2.4 kg")
	catalogue.Refresh(fees.OnOrder, 0, 1) // the order of journey 0 is another
	calc.CatalogueInto(&totals, catalogue, 0, 1, usd, rates)
	fmt.Println(totals.Sum(0), totals.Err(0))
	// Output:
	// 6.39 EUR <nil>
	// 10.10 EUR <nil>
	// 6.92 USD <nil>
	// 10.94 USD <nil>
	// 10.94 USD <nil>
}

// What the first leg costs is part of the customs value: of a journey that says so, or as the caller says.
func ExampleJourney_freightFromLeg() {
	calc := exampleDuties()
	euros := func(text string) money.Money { m, _ := money.Parse(text); return m }
	journey := &fees.Journey{
		Consignment:    &fees.Consignment{Date: country.Date{Year: 2026, Month: 3, Day: 1}, Cartons: []fees.Carton{{Count: 40}}},
		Entry:          &fees.Entry{Date: country.Date{Year: 2026, Month: 4, Day: 1}, Lines: []fees.EntryLine{{Goods: euros("1000 EUR"), Duties: fees.NoDuty()}}},
		FreightFromLeg: true,
	}
	quote, err := calc.Journey(journey)
	if err != nil {
		fmt.Println(err)
		return
	}
	for line := range quote.Lines() {
		fmt.Println(line.Code(), line.Amount())
	}

	journey.FreightFromLeg = false
	catalogue := fees.NewCatalogue([]*fees.Journey{journey})
	if err := catalogue.SetFreight(0, euros("300 EUR")); err != nil {
		fmt.Println(err)
		return
	}
	var totals fees.Totals
	calc.CatalogueInto(&totals, catalogue, 0, 1, country.Currency{'E', 'U', 'R'}, nil)
	duty, _ := totals.Family(0, fees.Tariff)
	fmt.Println(duty)
	// Output:
	// freight 250.00 EUR
	// duty 58.75 EUR
	// 61.10 EUR
}

// exampleDuties has a first leg by the carton and a duty on goods and freight.
func exampleDuties() *fees.Calculator {
	card, err := fees.ParseCard(strings.NewReader(`{"schema": "overseas/ratecard/1", "id": "sea", "provider": "Example", "currency": "EUR",
		"tax": "none", "effective": {"from": "2026-01-01"}, "sources": [{"url": "https://example.com/sea"}], "charges": [
		{"on": "consign", "code": "freight", "family": "first_leg", "each": "carton", "per": "piece", "price": "6.25"},
		{"on": "import", "code": "duty", "family": "tariff", "each": "line", "percent": "4.7%", "of": ["goods", "freight_to_border"]}]}`))
	if err != nil {
		panic(err)
	}
	calc, err := fees.Compile(card)
	if err != nil {
		panic(err)
	}
	return calc
}

// exampleRates has the one rate that the examples convert at.
func exampleRates() *money.Rates {
	rate, err := money.ParseRate("1 EUR = 1.083519 USD")
	if err != nil {
		panic(err)
	}
	rates, err := money.NewRates(rate)
	if err != nil {
		panic(err)
	}
	return rates
}

func ExampleCaveat() {
	quote, err := exampleCalculator().Quote(exampleOrder())
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(quote.Status() == fees.Estimated, quote.Status() == fees.Exact)
	for c := range quote.Caveats() {
		for _, code := range []fees.CaveatCode{fees.CaveatUndated, fees.CaveatEmpty, fees.CaveatUnsized, fees.CaveatTax} {
			fmt.Println(code, c.Code == code)
		}
		fmt.Println(c.Card, c.Detail)
		fmt.Println(c.Text(language.English))
		fmt.Println(c.Text(language.Chinese))
	}
	// Output:
	// true false
	// undated true
	// empty false
	// unsized false
	// tax_unstated false
	// fra 2026-11-22
	// fra: the list does not say from when it holds; it was read on Nov 22, 2026
	// fra：价卡未注明生效日期，查阅于 2026年11月22日
}

func ExampleStay() {
	size, _ := unit.ParseSize("50x40x5 cm")
	germany, _ := country.Parse("DE")
	day := func(text string) country.Date { d, _ := country.ParseDate(text); return d }
	quote, err := exampleCalculator().Quote(&fees.Stay{From: day("2026-11-01"), To: day("2026-12-01"), Country: germany, Lots: []fees.Lot{
		{SKU: "A1", Arrived: day("2026-09-12"), Units: 100, Size: size},
		{SKU: "B2", Arrived: day("2026-11-16"), Units: 20, Size: size},
	}})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(quote.Sum()) // 1 m3 for 30 days and 0.2 m3 for 15, at 0.50 EUR a day
	// Output: 16.50 EUR <nil>
}

func ExampleParcel() {
	weight, _ := unit.ParseWeight("1.5 kg")
	order := exampleOrder()
	order.Parcels = []fees.Parcel{{Count: 3, Weight: weight}}
	quote, err := exampleCalculator().Quote(order)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(quote.Sum()) // one picking, three deliveries
	// Output: 16.77 EUR <nil>
}

func ExampleProblems() {
	calc, order := exampleCalculator(), exampleOrder()
	order.Facts = nil // the card needs the zone
	_, err := calc.Quote(order)
	fmt.Println(errors.Is(err, fees.ErrMissing), errors.Is(err, fees.ErrOverflow))

	order.Facts = fees.Facts{"zone": "9"}
	_, err = calc.Quote(order)
	fmt.Println(errors.Is(err, fees.ErrValue))

	order.Facts = fees.Facts{"zone": "2", "colour": "red"} // nobody asked
	_, err = calc.Quote(order)
	fmt.Println(errors.Is(err, fees.ErrUnknown))

	order = exampleOrder()
	order.Parcels[0].Weight, _ = unit.ParseWeight("10.5 kg")
	_, err = calc.Quote(order)
	fmt.Println(errors.Is(err, fees.ErrNotCarried), errors.Is(err, fees.ErrAmbiguous))
	var problems fees.Problems
	if errors.As(err, &problems) {
		var p fees.Problem = problems[len(problems)-1]
		fmt.Println(p.Code, p.Path, p.Text, p.Want)
		fmt.Println(p.Message(language.German))
	}
	// Output:
	// true false
	// true
	// true
	// true false
	// no_bracket fra/delivery 10.5 kg [10 kg]
	// für weight "10.5 kg" gibt es keinen Preis; die Staffel endet bei 10 kg
}

func ExampleConverted() {
	quote, err := exampleCalculator().Quote(exampleOrder())
	if err != nil {
		fmt.Println(err)
		return
	}
	yuan, _ := country.ParseCurrency("CNY")
	_, err = quote.In(yuan, nil)
	fmt.Println(errors.Is(err, fees.ErrNoRate), errors.Is(err, fees.ErrCurrency))

	rate, _ := money.ParseRate("1 EUR = 7.81 CNY")
	rates, _ := money.NewRates(rate)
	total, err := quote.In(yuan, rates)
	if err != nil {
		fmt.Println(err)
		return
	}
	for line := range total.Lines() {
		fmt.Println(line.Code(), line.Amount(), line.In, line.Rate.Rate)
	}
	fmt.Println(total.Sum(), total.Currency())
	fmt.Println(total.Family(fees.Handling).Text(language.Chinese))
	// Output:
	// true false
	// pick 1.20 EUR 9.37 CNY 1 EUR = 7.81 CNY
	// delivery 5.19 EUR 40.53 CNY 1 EUR = 7.81 CNY
	// 49.90 CNY CNY
	// 操作费：¥9.37
}

func ExampleTotal_Families() {
	calc := exampleCalculator()
	weight, _ := unit.ParseWeight("20 kg")
	germany, _ := country.Parse("DE")
	quote, err := calc.Quote(&fees.Consignment{Date: country.Date{Year: 2026, Month: 11, Day: 1}, Destination: germany,
		Cartons: []fees.Carton{{Count: 2, Weight: weight, Goods: []fees.Goods{{SKU: "A1", Units: 10}}}}})
	if err != nil {
		fmt.Println(err)
		return
	}
	euro, _ := country.ParseCurrency("EUR")
	total, err := quote.In(euro, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	for part := range total.Families() { // never a silent zero
		fmt.Println(part)
	}
	// Output:
	// first_leg: 52.00 EUR
	// storage: not asked
	// handling: not asked
	// local_delivery: not asked
	// tariff: included in sea/freight
	// tax: not priced
	// other: not priced
}

func ExampleState() {
	for _, s := range []fees.State{fees.Priced, fees.Free, fees.Included, fees.NotPriced, fees.NotAsked} {
		fmt.Println(s, "/", s.Text(language.Chinese))
	}
	part := fees.Part{Family: fees.Tariff, State: fees.Included, By: "sea/freight"}
	fmt.Println(part, "/", part.Text(language.French))
	// Output:
	// priced / 已计价
	// free / 免费
	// included / 已包含
	// not priced / 价卡未列价
	// not asked / 未询价
	// tariff: included in sea/freight / droits de douane : inclus dans sea/freight
}

func ExampleStatus() {
	fmt.Println(fees.Exact, fees.Estimated, fees.Estimated.Text(language.Russian))
	// Output: exact estimated ориентировочно
}

func ExampleFamilyName() {
	for _, f := range []fees.Family{fees.FirstLeg, fees.Storage, fees.Handling, fees.LocalDelivery, fees.Tariff, fees.Tax, fees.Other} {
		fmt.Println(f, fees.FamilyName(f, language.Chinese), "/", fees.FamilyName(f, language.German))
	}
	// Output:
	// first_leg 头程运费 / Vorlauf
	// storage 仓储费 / Lagerung
	// handling 操作费 / Abwicklung
	// local_delivery 尾程派送费 / Zustellung
	// tariff 关税 / Einfuhrabgaben
	// tax 税费 / Steuer
	// other 其它费用 / Sonstiges
}

func ExampleKindName() {
	for _, e := range []fees.Event{&fees.Consignment{}, &fees.Entry{}, &fees.Receipt{}, &fees.Stay{}, &fees.Order{}, &fees.Return{}, &fees.Removal{}, &fees.Period{}} {
		var k fees.Kind = e.Kind()
		fmt.Println(k, fees.KindName(k, language.Chinese))
	}
	fmt.Println(fees.OnConsign, fees.OnImport, fees.OnReceive, fees.OnStore, fees.OnOrder, fees.OnReturn, fees.OnRemove, fees.OnPeriod)
	// Output:
	// consign 头程发货
	// import 进口报关
	// receive 入库
	// store 在库仓储
	// order 订单
	// return 退货
	// remove 移除
	// period 结算周期
	// consign import receive store order return remove period
}

func ExampleParseEvent() {
	event, err := fees.ParseEvent(strings.NewReader(`{"schema": "overseas/event/1", "event": "order",
  "date": "2026-11-22", "country": "Germany", "parcels": [{"count": 2, "weight": "1.8 kg", "size": "30x20x10 cm", "value": "25.00 EUR"}]}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	order := event.(*fees.Order)
	fmt.Println(order.Country, order.Parcels[0].Count, order.Parcels[0].Weight, order.Parcels[0].Size)

	_, err = fees.ParseEvent(strings.NewReader(`{"schema": "overseas/event/1", "event": "order",
  "date": "30.11.2026", "parcels": [{"weight": "1.8", "hight": "3 cm"}]}`))
	fmt.Println(err)
	// Output:
	// DE 2 1.8 kg 30x20x10 cm
	// /date (2:11): "30.11.2026" is not a day of the calendar; expected YYYY-MM-DD [date_invalid]
	// /parcels/0/weight (2:48): "" is not a unit known here: g, kg, oz, lb, t [unit_unknown]
	// /parcels/0/hight (2:55): there is no field "hight" here; known: weight, count, size, volume, value, units, goods, facts [unknown_field]
}

func ExampleOrder_MarshalJSON() {
	data, err := json.Marshal(exampleOrder())
	fmt.Println(string(data), err)
	var order fees.Order
	fmt.Println(json.Unmarshal(data, &order), order.Reference)
	// Output:
	// {"schema":"overseas/event/1","event":"order","reference":"O-1001","date":"2026-11-22","country":"DE","parcels":[{"weight":"1.8 kg","size":"30x20x10 cm"}],"facts":{"zone":"2"}} <nil>
	// <nil> O-1001
}

func ExampleEventJSONSchema() {
	var schema struct {
		ID string `json:"$id"`
	}
	for _, data := range [][]byte{fees.EventJSONSchema(), fees.JourneyJSONSchema()} {
		err := json.Unmarshal(data, &schema)
		fmt.Println(schema.ID, schema.ID == fees.EventSchema, schema.ID == fees.JourneySchema, err)
	}
	fmt.Println("at most", fees.MaxEventRows, "rows,", fees.MaxEventBytes>>20, "MiB,", fees.MaxEventFacts, "facts of an object,",
		fees.MaxEventList, "rates,", fees.MaxEventText, "characters of a text")
	// Output:
	// overseas/event/1 true false <nil>
	// overseas/journey/1 false true <nil>
	// at most 100000 rows, 64 MiB, 200 facts of an object, 10000 rates, 1000 characters of a text
}

const journeyDocument = `{"schema": "overseas/journey/1", "sku": "A1",
  "consignment": {"date": "2026-09-01", "destination": "DE", "cartons": [{"count": 4, "weight": "20 kg", "goods": [{"sku": "A1", "units": 10, "weight": "1.8 kg"}]}]},
  "stay": {"from": "2026-11-01", "to": "2026-12-01", "country": "DE", "lots": [{"sku": "A1", "units": 40, "size": "30x20x10 cm"}]},
  "order": {"date": "2026-11-22", "country": "DE", "parcels": [{"weight": "1.8 kg"}], "facts": {"zone": "2"}}}`

func ExampleCalculator_Unit() {
	journey, err := fees.ParseJourney(strings.NewReader(journeyDocument))
	if err != nil {
		fmt.Println(err)
		return
	}
	calc := exampleCalculator()
	whole, err := calc.Journey(journey)
	if err != nil {
		fmt.Println(err)
		return
	}
	one, err := calc.Unit(journey)
	if err != nil {
		fmt.Println(err)
		return
	}
	for line := range whole.Lines() {
		fmt.Println(line.Card(), line.Code(), line.Kind(), line.Family(), line.Covers(), line.Amount(), line.Recoverable(), line.Prepayment())
	}
	a, _ := whole.Sum()
	b, _ := one.Sum()
	fmt.Println(a, "in all,", b, "for one unit")
	// Output:
	// sea freight consign first_leg [tariff] 104.00 EUR false false
	// fra storage store storage [] 3.60 EUR false false
	// fra pick order handling [] 1.20 EUR false false
	// fra delivery order local_delivery [] 5.19 EUR false false
	// 113.99 EUR in all, 9.08 EUR for one unit
}

func ExampleJourney() {
	journey, err := fees.ParseJourney(strings.NewReader(journeyDocument))
	if err != nil {
		fmt.Println(err)
		return
	}
	journey.ShareBy = fees.ByUnits // instead of the usual basis of each event
	for _, b := range []fees.Basis{fees.ByDefault, fees.ByWeight, fees.ByVolume, fees.ByValue, journey.ShareBy} {
		fmt.Println(b, "/", b.Text(language.Spanish))
	}
	data, _ := json.Marshal(journey)
	var back fees.Journey
	fmt.Println(json.Unmarshal(data, &back), back.ShareBy, back.Stay.Lots[0].Units)
	// Output:
	// default / base habitual
	// weight / peso
	// volume / volumen
	// value / valor
	// units / número de unidades
	// <nil> units 40
}

func ExampleNoDuty() {
	rate, _ := unit.ParsePercent("4.7%")
	goods, _ := money.Parse("1000.00 EUR")
	entry := &fees.Entry{Lines: []fees.EntryLine{
		{SKU: "A1", Goods: goods, Duties: []fees.Duty{{Code: "mfn", Rate: rate}}},
		{SKU: "B2", Goods: goods, Duties: fees.NoDuty()}, // said, not left out
	}}
	data, err := json.Marshal(entry)
	fmt.Println(string(data), err)
	// Output:
	// {"schema":"overseas/event/1","event":"entry","lines":[{"sku":"A1","goods":"1000.00 EUR","duties":[{"code":"mfn","rate":"4.7%"}]},{"sku":"B2","goods":"1000.00 EUR","duties":[{"code":"none"}]}]} <nil>
}

func ExamplePeriod() {
	quote, err := exampleCalculator().Quote(exampleOrder())
	if err != nil {
		fmt.Println(err)
		return
	}
	period := &fees.Period{From: country.Date{Year: 2026, Month: 11, Day: 1}, To: country.Date{Year: 2026, Month: 12, Day: 1}, Billed: []*fees.Quote{quote}}
	_, err = exampleCalculator().Quote(period)
	fmt.Println(errors.Is(err, fees.ErrNoCard)) // no card of the example charges for a period
	// Output: true
}

func ExampleCalculator_Explain() {
	explanation, err := exampleCalculator().Explain(exampleOrder())
	if err != nil {
		fmt.Println(err)
		return
	}
	sum, _ := explanation.Quote().Sum()
	fmt.Println(sum)
	fmt.Print(explanation)
	// Output:
	// 6.39 EUR
	// order Nov 22, 2026 O-1001
	// total: €6.39 (estimated)
	//   fra: the list does not say from when it holds; it was read on Nov 22, 2026
	//
	// pick and pack (fra/pick): €1.20
	//   handling
	//   card fra: published price, undated, read on Nov 22, 2026; event of Nov 22, 2026
	//   €1.20 per order
	//
	// fra/delivery: €5.19
	//   local delivery
	//   card fra: published price, undated, read on Nov 22, 2026; event of Nov 22, 2026
	//   zone 2, weight 1.8 kg (up to 2 kg) → €5.19 per parcel
}

func ExampleExplanation_WriteText() {
	explanation, err := exampleCalculator().Explain(exampleOrder())
	if err != nil {
		fmt.Println(err)
		return
	}
	if err := explanation.WriteText(os.Stdout, language.Chinese); err != nil {
		fmt.Println(err)
	}
	// Output:
	// 订单 2026年11月22日 O-1001
	// 合计：€6.39（预估）
	//   fra：价卡未注明生效日期，查阅于 2026年11月22日
	//
	// pick and pack（fra/pick）：€1.20
	//   操作费
	//   价卡 fra：公布价，未注明生效日期，查阅于 2026年11月22日；业务日期 2026年11月22日
	//   €1.20/订单
	//
	// fra/delivery：€5.19
	//   尾程派送费
	//   价卡 fra：公布价，未注明生效日期，查阅于 2026年11月22日；业务日期 2026年11月22日
	//   zone 2，实重 1.8 kg（不超过 2 kg） → €5.19/包裹
}

func ExampleShare() {
	journey, err := fees.ParseJourney(strings.NewReader(journeyDocument))
	if err != nil {
		fmt.Println(err)
		return
	}
	explanation, err := exampleCalculator().ExplainUnit(journey)
	if err != nil {
		fmt.Println(err)
		return
	}
	for share := range explanation.Shares() {
		fmt.Println(share.Line.Code(), share.Line.Amount(), share.By, share.ByRow, share.Exact().RatString(), share.Amount)
	}
	for event := range explanation.Events() {
		fmt.Println(event.Quote().Len())
	}
	sum, _ := explanation.Quote().Sum()
	fmt.Println(sum, strings.HasPrefix(explanation.String(), "one unit of A1"))
	fmt.Println(explanation.WriteText(&strings.Builder{}, language.Italian))
	// Output:
	// freight 104.00 EUR weight false 13/5 2.60 EUR
	// storage 3.60 EUR volume false 9/100 0.09 EUR
	// pick 1.20 EUR default false 6/5 1.20 EUR
	// delivery 5.19 EUR default false 519/100 5.19 EUR
	// 1
	// 1
	// 2
	// 9.08 EUR true
	// <nil>
}

func ExampleCalculator_ExplainUnit() {
	journey, err := fees.ParseJourney(strings.NewReader(journeyDocument))
	if err != nil {
		fmt.Println(err)
		return
	}
	journey.Stay, journey.Order = nil, nil // the first leg alone
	explanation, err := exampleCalculator().ExplainUnit(journey)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(explanation)
	// Output:
	// one unit of A1
	// total: €2.60 (estimated)
	//   sea: no size was given, so volumetric weight and size limits were not checked
	//   consignment
	//     sea/freight: €2.60
	//       one unit of A1 bears 1/40 of €104.00 by weight
	//
	// consignment Sep 1, 2026
	// total: €104.00 (estimated)
	//   sea: no size was given, so volumetric weight and size limits were not checked
	//
	// sea freight, duty paid (sea/freight): €104.00
	//   first-leg freight; also covers tariff
	//   card sea, edition 2026-02: published price, in force from Feb 1, 2026; event of Sep 1, 2026
	//   chargeable 80 kg × €1.30 per kg = €104.00
	//     chargeable: weight 20 kg; volume not given, left out; × 4 cartons → 80 kg
}

func ExampleDiff_edition() {
	was, err := fees.ParseCard(strings.NewReader(seaCard))
	if err != nil {
		fmt.Println(err)
		return
	}
	is, err := fees.ParseCard(strings.NewReader(strings.Replace(seaCard, `"1.30"`, `"1.45"`, 1)))
	if err != nil {
		fmt.Println(err)
		return
	}
	var changes []fees.Change = fees.Diff(was, is)
	for _, c := range changes {
		fmt.Println(c.Name, c.Old, c.New)
	}
	journey, err := fees.ParseJourney(strings.NewReader(journeyDocument))
	if err != nil {
		fmt.Println(err)
		return
	}
	var impact fees.Impact
	for impact = range fees.DiffImpact(was, is, journey.Consignment) {
		more, ok := impact.Change()
		fmt.Println(impact.Old, impact.New, more, ok)
	}
	// Output:
	// freight 1.30 1.45
	// 104.00 EUR 116.00 EUR 12.00 EUR true
}

// A month's minimum bill is held against what 250 equal orders cost.
func ExampleQuote_Times() {
	quote, err := exampleCalculator().Quote(exampleOrder())
	if err != nil {
		fmt.Println(err)
		return
	}
	all, err := quote.Times(250)
	if err != nil {
		fmt.Println(err)
		return
	}
	for line := range all.Lines() {
		fmt.Println(line.Text(), line.Amount())
	}
	month := &fees.Period{From: country.Date{Year: 2026, Month: 11, Day: 1}, To: country.Date{Year: 2026, Month: 12, Day: 1}, Billed: []*fees.Quote{all}}
	fmt.Println(len(month.Billed), "bill")
	// Output:
	// pick and pack 300.00 EUR
	// delivery 1297.50 EUR
	// 1 bill
}
