package engine

import (
	"fmt"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/internal/fixed"
	"github.com/overseaswarehouse/overseas/internal/ratecard"
	"github.com/overseaswarehouse/overseas/internal/units"
)

// plainShipment is the events of a shipment of one carton, lot, parcel and declaration line, as a quote in five parts
// is mostly asked for: weights in kilograms with three decimals, sides in whole millimetres, stays of up to 400 days.
func plainShipment(d dice) map[string]*Event {
	kg := Quantity{1 + d.Int64N(31_499), 3, units.Kilogram}
	side := func() Quantity { return Quantity{50 + d.Int64N(1150), 1, units.Centimetre} }
	box := [3]Quantity{side(), side(), side()}
	day := DayNumber(country.Date{Year: 2026, Month: 3, Day: 1}) + int32(d.IntN(200))
	date := DateOf(day)
	de := country.Code{'D', 'E'}
	end := day + 1 + int32(d.IntN(400))
	var line Row
	line.Count, line.Units, line.HasUnits = 1, 1, true
	money := func(most int64) fixed.Decimal { return fixed.Decimal{Coef: 1 + d.Int64N(most), Scale: 2} }
	line.Money[Goods], line.Money[FreightToBorder], line.Money[Insurance] = money(2_000_000), money(40_000), money(900)
	order := &Event{Kind: ratecard.Order, Date: date, Country: de, PostalCode: one(d, "01067", "10115", "20095", "30159", "44135", "60311", "70173", "80331"),
		Rows: []Row{{Count: 1, Weight: kg, Length: box, Units: 1 + d.Int64N(9), HasUnits: true}}}
	return map[string]*Event{
		"firstleg": {Kind: ratecard.Consign, Date: date, Country: de, Rows: []Row{{Count: 1 + d.Int64N(3), Weight: kg, Length: box}}},
		"storage": {Kind: ratecard.Store, Date: date, Country: de, From: day, To: end,
			Rows: []Row{{Count: 1 + d.Int64N(500), Length: box, Weight: kg, Arrived: day, From: day, To: end, Units: 1, HasUnits: true}}},
		"handling": order, "delivery": order,
		"tariff": {Kind: ratecard.Import, Date: date, Country: de, Rows: []Row{line}},
	}
}

// cpuTime is the processor time that the process has used, garbage collection included.
func cpuTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// measured runs a benchmark's body b.N times and reports the processor time of one.
func measured(b *testing.B, body func(i int)) {
	b.Helper()
	b.ReportAllocs()
	b.ResetTimer()
	start := cpuTime()
	for i := range b.N {
		body(i)
	}
	b.ReportMetric(float64(cpuTime()-start)/float64(b.N), "cpu-ns/op")
}

// BenchmarkFivePart prices the five parts of thousands of shipments in turn, each alone and all together.
func BenchmarkFivePart(b *testing.B) {
	const shipments = 2048 // a power of two
	d := diceOf(11)
	events := make([][len5]*Event, shipments)
	for i := range events {
		for k, e := range plainShipment(d) {
			for at := range fiveParts {
				if fiveParts[at].name == k {
					events[i][at] = e
				}
			}
		}
	}
	var programs [len5]*Program
	for i := range fiveParts {
		programs[i] = fivePart(b, fiveParts[i].name, "half_up")
	}
	m := &Machine{}
	var lines []Line
	run := func(b *testing.B, at int, e *Event) {
		var err error
		if lines, _, err = programs[at].Run(m, e, lines); err != nil {
			b.Fatal(err)
		}
	}
	for at := range fiveParts {
		b.Run(fiveParts[at].name, func(b *testing.B) {
			measured(b, func(i int) {
				lines = lines[:0]
				run(b, at, events[i%shipments][at])
			})
		})
	}
	b.Run("quick", func(b *testing.B) { // without a list of lines: the sum of what stands in the registers
		var quick [len5]Quick
		var regs [len5][]Register
		for at, p := range programs {
			q, ok := p.Quick(fiveParts[at].on)
			if !ok {
				b.Fatal(fiveParts[at].name)
			}
			quick[at] = q
			for i := range q.f.lines {
				regs[at] = append(regs[at], q.Register(i))
			}
		}
		sum := int64(0)
		measured(b, func(i int) {
			for at := range quick {
				e := events[i%shipments][at]
				if !quick[at].Run(m, e, &e.Rows[0]) {
					b.Fatal("it gave up")
				}
				for _, r := range regs[at] {
					sum += m.Registers().At(r)
				}
			}
		})
	})
	b.Run("all", func(b *testing.B) {
		measured(b, func(i int) {
			lines = lines[:0]
			for at := range programs {
				run(b, at, events[i%shipments][at])
			}
		})
	})
}

const len5 = 5

// BenchmarkParallel prices the five parts on two processors, a machine each: twice one processor's number less what they
// share.
func BenchmarkParallel(b *testing.B) {
	var programs [len5]*Program
	for i := range fiveParts {
		programs[i] = fivePart(b, fiveParts[i].name, "half_up")
	}
	b.ReportAllocs()
	start := cpuTime()
	defer func() { b.ReportMetric(float64(cpuTime()-start)/float64(b.N), "cpu-ns/op") }()
	b.RunParallel(func(pb *testing.PB) {
		d := diceOf(11)
		events := make([][len5]*Event, 256)
		for i := range events {
			for k, e := range plainShipment(d) {
				for at := range fiveParts {
					if fiveParts[at].name == k {
						events[i][at] = e
					}
				}
			}
		}
		m := &Machine{}
		var lines []Line
		for i := 0; pb.Next(); i++ {
			lines = lines[:0]
			for at, p := range programs {
				var err error
				if lines, _, err = p.Run(m, events[i%len(events)][at], lines); err != nil {
					b.Error(err)
					return
				}
			}
		}
	})
}

// BenchmarkCharges prices an order by cards of 1 to 256 charges: the time for a charge does not grow with their number.
func BenchmarkCharges(b *testing.B) {
	for n := 1; n <= 256; n *= 4 {
		b.Run(itoa(n), func(b *testing.B) {
			var text strings.Builder
			text.WriteString(`"charges":[`)
			for i := range n {
				if i > 0 {
					text.WriteString(",")
				}
				fmt.Fprintf(&text, `{"on":"order","code":"c%d","family":"other","each":"parcel","per":"weight","unit":"kg","price":"%d.25"}`, i, i+1)
			}
			text.WriteString(`]`)
			p, err := compiled1(parsed(b, text.String()))
			if err != nil {
				b.Fatal(err)
			}
			e := plainShipment(diceOf(3))["delivery"]
			m := &Machine{}
			var lines []Line
			measured(b, func(int) {
				if lines, _, err = p.Run(m, e, lines[:0]); err != nil {
					b.Fatal(err)
				}
			})
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*n), "ns/charge")
		})
	}
}
