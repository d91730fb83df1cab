package fees_test

import (
	"syscall"
	"testing"
	"time"

	"github.com/overseaswarehouse/overseas/fees"
)

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

// BenchmarkFivePart quotes the four events of 2,048 shipments in turn: each kind alone, all of them, journeys one by one and
// in blocks.
func BenchmarkFivePart(b *testing.B) {
	calc := fiveCards(b)
	shipments := fiveShipments(b, 2048)
	events := make([][4]fees.Event, len(shipments))
	for i := range shipments {
		events[i] = shipments[i].all()
	}
	var q fees.Quote
	for at, name := range []string{"consignment", "stay", "order", "entry"} {
		b.Run(name, func(b *testing.B) {
			measured(b, func(i int) {
				if err := calc.QuoteInto(&q, events[i%len(events)][at]); err != nil {
					b.Fatal(err)
				}
			})
		})
	}
	b.Run("all", func(b *testing.B) {
		measured(b, func(i int) {
			for _, e := range events[i%len(events)] {
				if err := calc.QuoteInto(&q, e); err != nil {
					b.Fatal(err)
				}
			}
		})
	})
	journeys := make([]fees.Journey, len(shipments))
	for i := range shipments {
		journeys[i] = shipments[i].journey()
	}
	var total fees.Total
	rates := fiveRates(b)
	b.Run("journey", func(b *testing.B) {
		measured(b, func(i int) {
			if err := calc.JourneyInto(&q, &journeys[i%len(journeys)]); err != nil {
				b.Fatal(err)
			}
		})
	})
	b.Run("total", func(b *testing.B) {
		measured(b, func(i int) {
			if err := calc.JourneyInto(&q, &journeys[i%len(journeys)]); err != nil {
				b.Fatal(err)
			}
			if err := q.InInto(&total, usdOf, rates); err != nil {
				b.Fatal(err)
			}
		})
	})
	many := make([]*fees.Journey, len(journeys))
	for i := range journeys {
		many[i] = &journeys[i]
	}
	var totals fees.Totals
	b.Run("totals", func(b *testing.B) { // of 512 journeys at a time; the time is that of one
		measured(b, func(i int) {
			if i%512 == 0 {
				calc.TotalsInto(&totals, many[i%len(many):][:512], usdOf, rates)
			}
		})
	})
}
