package engine

import (
	"bytes"
	"math"
	"os"
	"path/filepath"
	"testing"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/internal/brief"
	"github.com/overseaswarehouse/overseas/internal/fixed"
	"github.com/overseaswarehouse/overseas/internal/ratecard"
	"github.com/overseaswarehouse/overseas/internal/units"
)

// The five parts of a quote, one card each, on 10,000 shipments and on the edges of every table.

var fiveParts = []struct {
	name string
	on   ratecard.Event
}{
	{"firstleg", ratecard.Consign}, {"storage", ratecard.Store}, {"handling", ratecard.Order}, {"delivery", ratecard.Order}, {"tariff", ratecard.Import},
}

// fivePart compiles one of the cards with a rounding mode.
func fivePart(t testing.TB, name, mode string) *Program {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "fivepart", name+".json"))
	if err != nil {
		t.Fatal(err)
	}
	card, err := ratecard.Parse(bytes.ReplaceAll(data, []byte("half_up"), []byte(mode)))
	if err != nil {
		t.Fatal(err)
	}
	p, err := compiled1(card)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// shipment makes the events of one shipment. Every third is directed at an edge of the tables.
func shipment(d dice, i int) map[string]*Event {
	directed := i%3 == 0
	grams := 1 + d.Int64N(31500)
	if directed {
		grams = int64(one(d, 250, 500, 1000, 2000, 5000, 15000, 20500, 31500, 45000, 70000, 99500, 300000)) + int64(d.IntN(3)-1)
	}
	kg := func(g int64) Quantity { return Quantity{g, 3, units.Kilogram} }
	cm := func() Quantity {
		if directed {
			return Quantity{int64(one(d, 10, 20, 30, 60, 100)), 0, units.Centimetre}
		}
		return Quantity{10 + d.Int64N(1200), 1, units.Centimetre}
	}
	box := [3]Quantity{cm(), cm(), cm()}
	day := DayNumber(country.Date{Year: 2026, Month: 3, Day: 1}) + int32(d.IntN(200))
	date := DateOf(day)
	de := country.Code{'D', 'E'}
	money := func(most int64) fixed.Decimal {
		if directed { // a tie of the cent at one of the percentages
			return fixed.Decimal{Coef: (2*d.Int64N(most/100)+1)*50 + int64(d.IntN(3)-1), Scale: 2}
		}
		return fixed.Decimal{Coef: 1 + d.Int64N(most), Scale: 2}
	}
	postal := one(d, "01067", "10115", "12000", "20095", "30159", "44135", "60311", "80331", "99084", "04999", "05000", "19999")
	stay := &Event{Kind: ratecard.Store, Date: date, Country: de, From: day, To: day + int32(1+d.IntN(9))}
	for range 1 + (i+1)%2 {
		age := int32(d.IntN(420))
		if directed {
			age = int32(one(d, 0, 1, 29, 30, 31, 89, 90, 179, 180, 364, 365))
		}
		to := max(stay.From, stay.To-int32(d.IntN(3)))
		stay.Rows = append(stay.Rows, Row{Count: 1 + d.Int64N(500), Length: box, Weight: kg(grams), Arrived: day - age, From: day, To: to, Units: 1, HasUnits: true})
	}
	parcel := Row{Count: 1, Weight: kg(min(grams, 31501)), Length: box, Units: 1 + d.Int64N(9), HasUnits: true}
	order := &Event{Kind: ratecard.Order, Date: date, Country: de, PostalCode: postal, Rows: []Row{parcel}}
	if i%5 == 0 {
		order.Rows = append(order.Rows, parcel)
	}
	entry := Row{Count: 1, Units: 1, HasUnits: true}
	entry.Money[Goods], entry.Money[FreightToBorder], entry.Money[Insurance] = money(2_000_000), money(40_000), money(900)
	if directed && i%2 == 0 { // the fee's minimum and maximum
		entry.Money = [MoneyKinds]fixed.Decimal{}
		entry.Money[Goods] = fixed.Decimal{Coef: int64(one(d, 969399, 18807737)) + int64(d.IntN(5)-2), Scale: 2}
	}
	return map[string]*Event{
		"firstleg": {Kind: ratecard.Consign, Date: date, Country: de, Rows: []Row{{Count: 1 + d.Int64N(3), Weight: kg(grams), Length: box}}},
		"storage":  stay, "handling": order, "delivery": order,
		"tariff": {Kind: ratecard.Import, Date: date, Country: de, Rows: []Row{entry}},
	}
}

// TestFivePartQuote checks the cents of all five cards in both modes, and that the fast path gave them.
func TestFivePartQuote(t *testing.T) {
	t.Parallel()
	shipments := 10_000
	if brief.On() {
		shipments = 500
	}
	for _, mode := range []string{"half_up", "half_even"} {
		programs := map[string]*Program{}
		for _, part := range fiveParts {
			programs[part.name] = fivePart(t, part.name, mode)
		}
		d := diceOf(5)
		m := &Machine{}
		var lines []Line
		var n tally
		for i := range shipments {
			for name, e := range sorted(shipment(d, i)) {
				p := programs[name]
				want, _, code := priceOracle(p.Card, e)
				if code == "" {
					f := p.events[e.Kind].fast
					if !f.fast(m, e) {
						t.Fatalf("%s %s: the fast path gave up\n%s", mode, name, shown(e))
					}
					n.fast++
				}
				var err error
				lines, _, err = p.Run(m, e, lines[:0])
				if (err != nil) != (code != "") || err == nil && written(lines) != written(want) {
					t.Fatalf("%s %s: %v %s\noracle %q %s\n%s", mode, name, err, written(lines), code, written(want), shown(e))
				}
				if i%50 == 0 {
					_, slow, err := p.events[e.Kind].slowly(e, nil)
					if (err != nil) != (code != "") || err == nil && written(slow) != written(want) {
						t.Fatalf("%s %s: slow %v %s\noracle %q %s\n%s", mode, name, err, written(slow), code, written(want), shown(e))
					}
				}
			}
		}
		if n.fast < shipments*9/2 {
			t.Errorf("%s: only %d of %d parts could be priced", mode, n.fast, 5*shipments)
		}
	}
}

// TestFivePartAllocates proves that a quote in five parts allocates nothing once the machine is warm.
func TestFivePartAllocates(t *testing.T) {
	events := shipment(diceOf(8), 1)
	for _, part := range fiveParts {
		p, e, m := fivePart(t, part.name, "half_even"), events[part.name], &Machine{}
		lines, _, err := p.Run(m, e, nil)
		if err != nil || len(lines) == 0 {
			t.Fatalf("%s: %v, %d lines", part.name, err, len(lines))
		}
		got := testing.AllocsPerRun(100, func() { lines, _, _ = p.Run(m, e, lines[:0]) })
		if got != 0 {
			t.Errorf("%s allocates %v times", part.name, got)
		}
	}
}

// TestFivePartByHand prices one shipment with the formulas of a price list, without a card.
func TestFivePartByHand(t *testing.T) {
	cents := func(x float64) int64 { return int64(math.Round(x * 100)) }
	box := [3]Quantity{{40, 0, units.Centimetre}, {30, 0, units.Centimetre}, {25, 0, units.Centimetre}}
	day := DayNumber(country.Date{Year: 2026, Month: 3, Day: 1})
	entry := Row{Count: 1, Units: 1, HasUnits: true}
	entry.Money[Goods], entry.Money[FreightToBorder], entry.Money[Insurance] = fixed.Decimal{Coef: 1000000, Scale: 2}, fixed.Decimal{Coef: 50000, Scale: 2}, fixed.Decimal{Coef: 1000, Scale: 2}
	parcel := Row{Count: 1, Weight: Quantity{4, 0, units.Kilogram}, Length: box, Units: 3, HasUnits: true}
	for _, c := range []struct {
		name string
		e    *Event
		want []int64
	}{
		// 30 l / 6000 = 5 kg over 4.2 kg, 5 cartons: 25 kg at 47.35, and 12.5 % of it
		{"firstleg", &Event{Kind: ratecard.Consign, Rows: []Row{{Count: 5, Weight: Quantity{42, 1, units.Kilogram}, Length: box}}}, []int64{cents(25 * 47.35), cents(25 * 47.35 * 0.125)}},
		// 100 x 0.03 m3, ages 20 to 39: 10 days free, 10 at 0.4525
		{"storage", &Event{Kind: ratecard.Store, From: day, To: day + 20, Rows: []Row{{Count: 100, Length: box, Arrived: day - 20, From: day, To: day + 20}}}, []int64{cents(3 * 10 * 0.4525)}},
		{"handling", &Event{Kind: ratecard.Order, Rows: []Row{parcel}}, []int64{cents(1.95 + 2*0.255)}},
		{"tariff", &Event{Kind: ratecard.Import, Rows: []Row{entry}}, []int64{cents(10510 * 0.065), cents(10510 * 0.003464), cents((10510 + 683.15 + 36.41) * 0.19)}},
	} {
		p := fivePart(t, c.name, "half_up")
		lines, _, err := p.Run(&Machine{}, c.e, nil)
		if err != nil || len(lines) != len(c.want) {
			t.Fatalf("%s: %v %s", c.name, err, written(lines))
		}
		for i, l := range lines {
			if l.Coef != c.want[i] || l.Scale != 2 {
				t.Errorf("%s: %s, wanted %d", c.name, written(lines), c.want)
			}
		}
	}
}
