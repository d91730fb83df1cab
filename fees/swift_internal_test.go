package fees

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/fees/unit"
	"github.com/overseaswarehouse/overseas/internal/brief"
	"github.com/overseaswarehouse/overseas/internal/ratecard"
)

// swiftCalculators are the five parts of a quote together, each of them alone, and every example card.
func swiftCalculators(t testing.TB) (list []*Calculator) {
	t.Helper()
	var five []*Card
	for _, dir := range []string{"../internal/engine/testdata/fivepart/*.json", "../examples/ratecards/*.json"} {
		files, err := filepath.Glob(dir)
		if err != nil || len(files) == 0 {
			t.Fatal(dir, err)
		}
		for _, name := range files {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			card, err := ParseCard(bytes.NewReader(data))
			if err != nil {
				continue // of other documents
			}
			if len(list) < 5 {
				five = append(five, card)
			}
			calc, err := Compile(card)
			if err != nil {
				t.Fatal(err)
			}
			list = append(list, calc)
		}
	}
	calc, err := Compile(five...)
	if err != nil {
		t.Fatal(err)
	}
	return append(list, calc)
}

// oddEvent makes an event of a kind for a card. Most are usual; every oddity that the short way has to know comes up.
func oddEvent(d *rand.Rand, c *ratecard.Card, kind Kind) Event {
	rarely := func() bool { return d.IntN(16) == 0 }
	pick := func(n int64) int64 { return 1 + d.Int64N(n) }
	weight := func() unit.Weight {
		w, _ := unit.WeightOf(pick(30_000), 3, unit.Kilogram)
		switch d.IntN(16) {
		case 0:
			return unit.Weight{}
		case 1, 2:
			w, _ = unit.WeightOf(pick(40_000), uint8(d.IntN(6)), []unit.Unit{unit.Kilogram, unit.Gram, unit.Pound, unit.Ounce}[d.IntN(4)])
		}
		return w
	}
	length := func() unit.Length {
		l, _ := unit.LengthOf(pick(900), 1, unit.Centimetre)
		if d.IntN(32) == 0 {
			l, _ = unit.LengthOf(pick(2000), uint8(d.IntN(3)), []unit.Unit{unit.Centimetre, unit.Millimetre, unit.Inch}[d.IntN(3)])
		}
		return l
	}
	size := func() (s unit.Size) {
		s = unit.Size{L: length(), W: length(), H: length()}
		if rarely() {
			s.W = unit.Length{}
		}
		if rarely() {
			s = unit.Size{}
		}
		return s
	}
	volume := func() (v unit.Volume) {
		if rarely() {
			v, _ = unit.VolumeOf(pick(1e6), 0, unit.CubicCentimetre)
		}
		return v
	}
	value := func() (m money.Money) {
		switch {
		case rarely():
			m, _ = money.Of(pick(1e6), 2, country.Currency{'P', 'L', 'N'})
		case d.IntN(4) == 0:
			m, _ = money.Of(pick(1e6), 2, c.Currency)
		}
		return m
	}
	sum := func() money.Money {
		m, _ := money.Of(pick(1e7), 2, c.Currency)
		if rarely() {
			m, _ = money.Of(pick(1e7)-5e6, uint8(d.IntN(5)), c.Currency)
		}
		if rarely() {
			m = value()
		}
		return m
	}
	count := func() int64 {
		if rarely() {
			return d.Int64N(3) - 1
		}
		return pick(20)
	}
	facts := func() (f Facts) {
		if rarely() {
			f = Facts{"zone": "1"}
		}
		return f
	}
	goods := func() (g []Goods) {
		if rarely() {
			g = []Goods{{Units: count(), Weight: weight(), Size: size(), Volume: volume(), Value: value()}}
		}
		return g
	}
	date := country.Date{Year: 2026, Month: uint8(pick(12)), Day: uint8(pick(28))}
	switch {
	case rarely():
		date = country.Date{Year: int16(2020 + d.IntN(12)), Month: uint8(d.IntN(14)), Day: uint8(d.IntN(33))}
	case rarely():
		date = country.Date{}
	}
	at := country.Code{'D', 'E'}
	if len(c.Countries) > 0 {
		at = c.Countries[d.IntN(len(c.Countries))]
	}
	if rarely() {
		at = country.Code{'J', 'P'}
	}
	warehouse := ""
	if len(c.Warehouses) > 0 {
		warehouse = c.Warehouses[0]
	}
	postal := []string{"10115", "90210", "", "SW1A 1AA", "00000", "abc-123-def"}[d.IntN(6)]
	several := func() int {
		if rarely() {
			return d.IntN(3)
		}
		return 1
	}
	var cartons []Carton
	var parcels []Parcel
	for range several() {
		cartons = append(cartons, Carton{Count: count(), Weight: weight(), Size: size(), Volume: volume(), Value: value(), Goods: goods(), Facts: facts()})
		parcels = append(parcels, Parcel{Count: count(), Weight: weight(), Size: size(), Volume: volume(), Value: value(), Units: count(), Goods: goods(), Facts: facts()})
	}
	end, _ := date.AddDays(d.IntN(500) - 10)
	switch kind {
	case OnConsign:
		return &Consignment{Date: date, Destination: at, Warehouse: warehouse, PostalCode: postal, Cartons: cartons, Facts: facts()}
	case OnReceive:
		return &Receipt{Date: date, Country: at, Warehouse: warehouse, Cartons: cartons, Facts: facts()}
	case OnOrder:
		return &Order{Date: date, Country: at, PostalCode: postal, Warehouse: warehouse, Parcels: parcels, Facts: facts()}
	case OnReturn:
		return &Return{Date: date, Country: at, PostalCode: postal, Warehouse: warehouse, Parcels: parcels, Facts: facts()}
	case OnRemove:
		e := &Removal{Date: date, Country: at, Warehouse: warehouse, Facts: facts()}
		for range several() {
			e.Goods = append(e.Goods, Goods{Units: count(), Weight: weight(), Size: size(), Volume: volume(), Value: value(), Facts: facts()})
		}
		return e
	case OnStore:
		e := &Stay{From: date, To: end, Country: at, Warehouse: warehouse, Facts: facts()}
		for range several() {
			l := Lot{Units: count(), Weight: weight(), Size: size(), Volume: volume(), Value: value(), Facts: facts()}
			if d.IntN(3) == 0 {
				l.Arrived, _ = date.AddDays(d.IntN(400) - 300)
			}
			if rarely() {
				l.From, _ = date.AddDays(d.IntN(10) - 2)
			}
			if rarely() {
				l.To, _ = date.AddDays(d.IntN(10) - 2)
			}
			if rarely() {
				l.Arrived = country.Date{Year: 2026, Month: 2, Day: 30}
			}
			e.Lots = append(e.Lots, l)
		}
		return e
	case OnImport:
		e := &Entry{Date: date, Destination: at, Facts: facts()}
		for range several() {
			l := EntryLine{Units: count(), Weight: weight(), Goods: sum(), FreightToBorder: sum(), Insurance: sum(), Duties: NoDuty()}
			if rarely() {
				l.Packing, l.OriginInland, l.FreightAfterBorder = sum(), sum(), sum()
			}
			if rarely() {
				l.Duties = []Duty{{Code: "general", Rate: must(unit.PercentOf(65, 1))}}
			}
			if rarely() {
				l.Duties = nil
			}
			e.Lines = append(e.Lines, l)
		}
		if rarely() {
			e.Rounding = FullPrecision
		}
		return e
	}
	return &Period{From: date, To: end, Country: at, Warehouse: warehouse, Facts: facts()}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// said is all that a quote holds.
func said(q *Quote) string {
	text := fmt.Sprint(q.asked, q.options)
	for l := range q.Lines() {
		text += fmt.Sprintf("\n%s %s %s %v %v %v %d %v %v %v", l.Card(), l.Code(), l.Text(), l.Kind(), l.Family(), l.Covers(), l.Amount().Scale(), l.Amount(), l.Recovered(), l.charge)
	}
	for c := range q.Caveats() {
		text += fmt.Sprint("\n", c)
	}
	for _, c := range q.used {
		text += "\n" + c.ID
	}
	return text
}

// TestShortWayIsTheLongWay holds that what the short way prices the long way prices alike, on usual and on odd events of
// every card and kind, with quotes that have been used before.
func TestShortWayIsTheLongWay(t *testing.T) {
	d := rand.New(rand.NewPCG(5, 9))
	n := 200
	if brief.On() {
		n = 40
	}
	short, long, failed := [ratecard.EventCount]int{}, 0, 0
	var swift, slow Quote
	for _, calc := range swiftCalculators(t) {
		for i := range calc.books {
			card := calc.books[i].editions[0].Card
			for kind := OnConsign; kind < ratecard.EventCount; kind++ {
				if !calc.books[i].prices(kind) {
					continue
				}
				for range n {
					e := oddEvent(d, card, kind)
					swift.reset()
					slow.reset()
					took := calc.swift(&swift, e)
					err := calc.price(&slow, e, nil)
					switch {
					case took && err != nil:
						t.Fatalf("%s %v: the short way priced what fails with %v\n%+v", card.ID, kind, err, e)
					case took && said(&swift) != said(&slow):
						t.Fatalf("%s %v: short %s\nlong %s\n%+v", card.ID, kind, said(&swift), said(&slow), e)
					case took:
						short[kind]++
					case err == nil:
						long++
						fallthrough
					default:
						failed++
						if swift.Len() > 0 || len(swift.used)+len(swift.caveats) > 0 || swift.asked != 0 {
							t.Fatalf("%s %v: the short way left something behind: %s", card.ID, kind, said(&swift))
						}
					}
				}
			}
		}
	}
	t.Log("short", short, "long", long, "failed", failed-long)
	for _, kind := range []Kind{OnConsign, OnStore, OnOrder, OnImport} {
		if short[kind] < n/2 {
			t.Errorf("%v: only %d events went the short way", kind, short[kind])
		}
	}
}
