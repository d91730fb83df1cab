package scenario

import (
	"encoding/json"
	"fmt"
	"syscall"
	"testing"
	"time"

	"github.com/overseaswarehouse/overseas/fees"
	"github.com/overseaswarehouse/overseas/fees/unit"
	"github.com/overseaswarehouse/overseas/internal/proof"
	"github.com/overseaswarehouse/overseas/internal/proof/prooftest"
)

// year is a plan of a year with so many products, a tenth of which make most of the sales: those are ordered once to twice a
// day, the others between once in a month and once in four days. A fifth of the orders are for two pieces.
func year(products int) *Plan {
	p := small()
	p.Months = 12
	p.Products = nil
	for i := range products {
		q := lamp()
		q.SKU = fmt.Sprintf("SKU-%04d", i)
		r := must(unit.FractionOf(int64(30+i*i%97*2), 3))
		if i%10 == 0 {
			r = must(unit.FractionOf(int64(1000+i%1000), 3))
		}
		q.Sales = []Pace{{Rate: &r, Count: OrdersPlaced, Per: PerDay}}
		two := q.Orders[0]
		two.Pieces, two.Share = 2, 1
		q.Orders[0].Share = 4
		two.Parcels = []fees.Parcel{{Weight: must(unit.ParseWeight("2.3 kg")), Size: must(unit.ParseSize("45x25x30 cm"))}}
		q.Orders = append(q.Orders, two)
		p.Products = append(p.Products, q)
	}
	return p
}

// four are alternatives of which one has no stock abroad.
func four(t testing.TB) []*Alternative {
	var out []*Alternative
	for i, a := range []*Alternative{direct(t), hamburg(t), own(t), hamburg(t)} {
		a.Name = fmt.Sprint(i, a.Name)
		a.Batch = Batch{Every: 60}
		a.Risks.Lost, a.Risks.Returned = pct("0.5%"), pct("4%")
		if a.Risks.Unfit != nil {
			a.Risks.Unfit = pct("20%")
		}
		out = append(out, a)
	}
	out[3].Days.Transit = of(12)
	return out
}

func cpu() time.Duration {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// BenchmarkYearOfThousand compares four alternatives for a year of 1,000 SKUs. The bar is 5 s on one core: see cpu-s.
func BenchmarkYearOfThousand(b *testing.B) {
	plan, list := year(1000), four(b)
	var orders int64
	start := cpu()
	b.ReportAllocs()
	for b.Loop() {
		c := Compare(plan, list...)
		if c.Status() == Incomplete {
			b.Fatal(c)
		}
		orders = c.results[1].Figures.Placed.Orders
	}
	b.ReportMetric((cpu()-start).Seconds()/float64(b.N), "cpu-s/op")
	b.ReportMetric(float64(orders), "orders")
}

// BenchmarkRecordOfAYear explains a comparison of four alternatives for a year of 20 SKUs, per movement of the ledgers.
func BenchmarkRecordOfAYear(b *testing.B) {
	c := Compare(year(20), four(b)...)
	movements := 0
	for i := range c.alternatives {
		ev := &evidence{}
		evaluate(c.plan, c.alternatives, i, &memo{}, ev)
		for _, book := range ev.run.books {
			for range book.Movements() {
				movements++
			}
		}
	}
	var explain, verify time.Duration
	steps, size := 0, 0
	b.ReportAllocs()
	for b.Loop() {
		start := cpu()
		r := must(c.Explain(english))
		explained := cpu()
		if err := r.Verify(); err != nil {
			b.Fatal(err)
		}
		explain, verify = explain+explained-start, verify+cpu()-explained
		b.StopTimer()
		steps = 0
		prooftest.Steps(r, func(string, *proof.Node) { steps++ })
		size = len(must(json.Marshal(r)))
		b.StartTimer()
	}
	per := func(v float64) float64 { return v / float64(movements) }
	b.ReportMetric(float64(movements), "movements")
	b.ReportMetric(per(float64(steps)), "steps/movement")
	b.ReportMetric(per(float64(size)), "JSON-B/movement")
	b.ReportMetric(per(float64(explain.Microseconds())/float64(b.N)), "explain-µs/movement")
	b.ReportMetric(per(float64(verify.Microseconds())/float64(b.N)), "verify-µs/movement")
}
