// Command batch carries one batch of three SKUs from Shenzhen to a warehouse in Germany and sells it in forty orders, with
// two returns and one loss. It prints what each order truly cost, all fees included, and that the batch ends at zero.
//
//	batch            the orders and the books at the end
//	batch order 5    every share of every cost of order 5
//
// What Amazon charges for fulfilment is handling and local delivery in one. The prices are those of the published lists
// in ../ratecards, as they were read; purchase prices and exchange rate are made up.
package main

import (
	_ "embed"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/examples/ratecards"
	"github.com/overseaswarehouse/overseas/fees"
	"github.com/overseaswarehouse/overseas/fees/batch"
	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/fees/unit"
)

//go:embed cards/de-customs.json
var customs string

const (
	warehouse = "DTM1"
	name      = "B-2026-02" // of the batch
	orders    = 40
)

var (
	euro    = country.Currency{'E', 'U', 'R'}
	germany = country.Code{'D', 'E'}
	china   = country.Code{'C', 'N'}
)

// product is one SKU of the batch.
type product struct {
	sku, hs, price, duty, weight, size string
	perCarton, cartons                 int64
	carton                             string // its weight when it is packed
}

var products = []product{
	{"LAMP", "940521", "38.00 CNY", "2.7%", "620 g", "24x14x9 cm", 10, 2, "7.1 kg"},
	{"CABLE", "854442", "6.50 CNY", "3.3%", "90 g", "16x11x2 cm", 21, 1, "2.8 kg"},
	{"BAG", "420292", "21.00 CNY", "3.7%", "310 g", "32x22x3 cm", 19, 1, "6.8 kg"},
}

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(args []string) error {
	s, err := newStory()
	if err != nil {
		return err
	}
	for _, chapter := range []func() error{s.bring, s.sell, s.store, s.finish} {
		if err := chapter(); err != nil {
			return err
		}
	}
	if len(args) == 2 && args[0] == "order" {
		s.explain("order-" + args[1])
		return nil
	}
	if len(args) > 0 {
		return errors.New("batch [order N]")
	}
	return s.print()
}

// story is the batch on its way.
type story struct {
	calc  *fees.Calculator
	rates *money.Rates
	book  *batch.Ledger
	goods map[string]batch.Goods
	sold  map[string]int64
}

func newStory() (*story, error) {
	var cards []*fees.Card
	for _, file := range []string{"firstleg-de-sea-hygj52.json", "de-amazon-fba.json"} {
		f, err := ratecards.Files.Open(file)
		if err != nil {
			return nil, err
		}
		card, err := fees.ParseCard(f)
		if err != nil {
			return nil, err
		}
		cards = append(cards, card)
	}
	card, err := fees.ParseCard(strings.NewReader(customs))
	if err != nil {
		return nil, err
	}
	s := &story{goods: map[string]batch.Goods{}, sold: map[string]int64{}}
	if s.calc, err = fees.Compile(append(cards, card)...); err != nil {
		return nil, err
	}
	rate, err := money.ParseRate("1 EUR = 7.85 CNY")
	if err != nil {
		return nil, err
	}
	rate.Inverse = true
	if s.rates, err = money.NewRates(rate); err != nil {
		return nil, err
	}
	s.book, err = batch.New(batch.Options{Currency: euro, Method: batch.FIFO})
	return s, err
}

// date is a day of 2026.
func date(month, day uint8) country.Date { return country.Date{Year: 2026, Month: month, Day: day} }

// post books entries.
func (s *story) post(entries ...batch.Entry) error {
	for _, e := range entries {
		if err := s.book.Post(e); err != nil {
			return fmt.Errorf("%s: %w", e.ID, err)
		}
	}
	return nil
}

// price quotes an event and brings it into euros.
func (s *story) price(e fees.Event) (*fees.Total, error) {
	q, err := s.calc.Quote(e)
	if err != nil {
		return nil, err
	}
	return q.In(euro, s.rates)
}

// bring takes the batch to the warehouse: purchase, first leg as it was estimated, tariffs.
func (s *story) bring() error {
	consignment := &fees.Consignment{
		Date: date(1, 12), Origin: china, Destination: germany, Warehouse: warehouse,
		Facts: fees.Facts{"service": "sea_express", "battery": "no"},
	}
	entry := &fees.Entry{Date: date(2, 20), Destination: germany, Facts: fees.Facts{}, Rates: s.rates}
	var items []batch.Item
	for _, p := range products {
		price, err := money.Parse(p.price)
		if err != nil {
			return err
		}
		weight, err := unit.ParseWeight(p.weight)
		if err != nil {
			return err
		}
		size, err := unit.ParseSize(p.size)
		if err != nil {
			return err
		}
		duty, err := unit.ParsePercent(p.duty)
		if err != nil {
			return err
		}
		carton, err := unit.ParseSize("60x40x40 cm")
		if err != nil {
			return err
		}
		gross, err := unit.ParseWeight(p.carton)
		if err != nil {
			return err
		}
		units := p.perCarton * p.cartons
		value, err := price.WithAmount(price.Coef()*units, price.Scale())
		if err != nil {
			return err
		}
		consignment.Cartons = append(consignment.Cartons, fees.Carton{
			Count: p.cartons, Weight: gross, Size: carton, Goods: []fees.Goods{{SKU: p.sku, Units: p.perCarton, Weight: weight}},
		})
		entry.Lines = append(entry.Lines, fees.EntryLine{
			SKU: p.sku, HS: p.hs, Units: units, Goods: value, Duties: []fees.Duty{{Code: "third_country", Rate: duty}},
		})
		items = append(items, batch.Item{SKU: p.sku, HS: p.hs, Units: units, Value: value, Weight: weight, Size: size, Cartons: p.cartons})
		s.goods[p.sku] = batch.Goods{Weight: weight, Size: size, Facts: fees.Facts{"stored_as": "standard"}}
	}

	freight, err := s.calc.Quote(consignment)
	if err != nil {
		return err
	}
	sea, err := freight.Sum()
	if err != nil {
		return err
	}
	expenses := []batch.Expense{{ID: "freight", Component: batch.FirstLeg, Amount: sea, Spread: batch.Spread{Driver: batch.ByVolume}, Estimated: true}}
	for _, line := range entry.Lines { // duty is shared inside its tariff code
		one := *entry
		one.Lines = []fees.EntryLine{line}
		total, err := s.price(&one)
		if err != nil {
			return err
		}
		tariff, err := batch.CostOfTotal(total)
		if err != nil {
			return err
		}
		expenses = append(expenses, batch.Expense{ID: "duty-" + line.HS, Component: batch.Tariff, Amount: tariff.Sum(), Spread: batch.Spread{Driver: batch.ByValue, HS: line.HS}})
	}
	landed, err := batch.Land(euro, s.rates, items, expenses...)
	if err != nil {
		return err
	}
	if err := s.post(landed.Ship(name, date(1, 12))...); err != nil {
		return err
	}
	for _, p := range products {
		if err := s.post(batch.Entry{
			ID: "receive-" + p.sku, Kind: batch.Receipt, Effect: date(2, 23), Batch: name, SKU: p.sku, Warehouse: warehouse,
			Units: p.perCarton * p.cartons, Final: true,
		}); err != nil {
			return err
		}
	}
	for i, e := range expenses {
		if err := s.post(landed.Bills(name, e.ID, date(2, 24), false)...); err != nil {
			return fmt.Errorf("expense %d: %w", i, err)
		}
	}

	// In April the forwarder's bill arrives: the consignment was 80 CNY dearer than estimated.
	dearer, err := money.Parse("80 CNY")
	if err != nil {
		return err
	}
	more, err := sea.Add(dearer)
	if err != nil {
		return err
	}
	actual := expenses[0]
	actual.Amount, actual.Estimated = more, false
	billed, err := landed.Actual(actual)
	if err != nil {
		return err
	}
	return s.post(billed.Bills(name, "freight", date(4, 9), true)...)
}

// sell packs forty orders and takes two of them back; one bag is lost in the warehouse.
func (s *story) sell() error {
	for k := 1; k <= orders; k++ {
		p := products[k%len(products)]
		units := int64(1 + k%2)
		if err := s.order(k, p, units); err != nil {
			return err
		}
	}
	back, err := batch.Spend(batch.Handling, "2.90 EUR")
	if err != nil {
		return err
	}
	return s.post(
		batch.Entry{ID: "return-5", Kind: batch.Return, Effect: date(3, 20), Order: "order-5", SKU: products[2].sku, Warehouse: warehouse, Units: 1, Cost: back},
		batch.Entry{ID: "return-12", Kind: batch.Return, Effect: date(3, 30), Order: "order-12", SKU: products[0].sku, Warehouse: warehouse, Units: 1, Cost: back, Condition: batch.NotSellable},
		batch.Entry{ID: "loss-1", Kind: batch.Loss, Effect: date(4, 2), SKU: products[2].sku, Warehouse: warehouse, Units: 1},
	)
}

// order releases units for one order, packs it and sends it.
func (s *story) order(k int, p product, units int64) error {
	day, err := date(2, 24).AddDays(2 * k)
	if err != nil {
		return err
	}
	g := s.goods[p.sku]
	total, err := s.price(&fees.Order{Date: day, Country: germany, Warehouse: warehouse, Parcels: []fees.Parcel{{
		Goods: []fees.Goods{{SKU: p.sku, Units: units, Weight: g.Weight, Size: g.Size}},
	}}})
	if err != nil {
		return err
	}
	cost, err := batch.CostOfTotal(total)
	if err != nil {
		return err
	}
	id := "order-" + strconv.Itoa(k)
	s.sold[p.sku] += units
	return s.post(
		batch.Entry{ID: "release-" + strconv.Itoa(k), Kind: batch.Release, Effect: day, Order: id, SKU: p.sku, Warehouse: warehouse, Units: units},
		batch.Entry{ID: "charge-" + strconv.Itoa(k), Kind: batch.Charge, Effect: day, Order: id, Cost: cost},
	)
}

// store bills the storage of each month and shares it among what was there.
func (s *story) store() error {
	for month := uint8(2); month <= 5; month++ {
		stay, err := s.book.Stay(batch.StayQuery{
			Warehouse: warehouse, Country: germany, From: date(month, 1), To: date(month+1, 1), Goods: s.goods,
		})
		if err != nil {
			return err
		}
		total, err := s.price(stay)
		if err != nil {
			return err
		}
		shares, err := batch.ShareStay(total, stay, batch.ByVolume)
		if err != nil {
			return err
		}
		bills, err := batch.StorageBills("storage-"+strconv.Itoa(int(month)), date(month+1, 1), stay, shares)
		if err != nil {
			return err
		}
		if err := s.post(bills...); err != nil {
			return err
		}
	}
	return nil
}

// finish destroys what cannot be sold, and closes the books.
func (s *story) finish() error {
	if err := s.post(batch.Entry{
		ID: "dispose-1", Kind: batch.Disposal, Effect: date(6, 10), SKU: products[0].sku, Warehouse: warehouse, Units: 1, Condition: batch.NotSellable,
	}); err != nil {
		return err
	}
	return s.book.Close(date(6, 30))
}

func (s *story) print() error {
	fmt.Printf("%-10s %5s %9s %9s %9s %9s %9s %9s  %s\n", "order", "units", "purchase", "firstleg", "tariff", "storage", "fulfilled", "total", "per unit")
	for k := 1; k <= orders; k++ {
		for _, c := range s.book.Costs(batch.Query{Order: "order-" + strconv.Itoa(k), Per: batch.PerOrder | batch.PerSKU}) {
			fmt.Printf("%-10s %5d", c.Order, c.Units)
			total := c.Total()
			for _, part := range []batch.Component{batch.Purchase, batch.FirstLeg, batch.Tariff, batch.Storage, batch.Handling} {
				fmt.Printf(" %9s", figure(total.Part(part)))
			}
			fmt.Printf(" %9s  %s\n", figure(total.Sum()), perUnit(c))
		}
	}
	fmt.Println()
	for _, sum := range s.book.Sums(country.Date{}) {
		if sum.Units != 0 || sum.Cost.Sum().Sign() != 0 {
			fmt.Printf("%-12s %4d units %s\n", sum.Account, sum.Units, sum.Cost.Sum())
		}
	}
	left := s.book.Balances(country.Date{})
	fmt.Printf("\nleft of batch %s: %d balances\n", name, len(left))
	for _, b := range left {
		fmt.Printf("%s %s: %d units, %s\n", b.Account, b.SKU, b.Units, b.Cost)
	}
	fmt.Println("sha256 of the entries:", s.book.Hash())
	return nil
}

// figure is an amount without its currency.
func figure(m money.Money) string { return string(m.AppendAmount(nil)) }

// perUnit is what the units of an order cost each.
func perUnit(c batch.OrderCost) string {
	if c.Units == 0 {
		return "all came back"
	}
	rows, err := c.PerUnit(2)
	if err != nil {
		return err.Error()
	}
	var parts []string
	for _, r := range rows {
		parts = append(parts, fmt.Sprintf("%d x %s", r.Units, figure(r.Price)))
	}
	return strings.Join(parts, ", ")
}

// explain prints every movement of cost of one order.
func (s *story) explain(order string) {
	for m := range s.book.Movements() {
		side, sign := m.To, ""
		if m.From.Order == order && (m.From.Account == batch.Sold || m.From.Account == batch.Charged) {
			side, sign = m.From, "-"
		} else if m.To.Order != order {
			continue
		}
		fmt.Printf("%s %-28s %-8s %s%d %s\n", m.Date, m.Entry, side.Account, sign, m.Units, m.Cost)
	}
	for _, c := range s.book.Costs(batch.Query{Order: order}) {
		fmt.Println("=", c.Units, "units", c.Total())
	}
}
