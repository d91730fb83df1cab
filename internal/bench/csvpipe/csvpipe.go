// Package csvpipe compares pricing a file of rows: QuoteShard, and encoding/csv with shopspring/decimal as a developer
// writes it. Both read the same file and write the same bytes.
package csvpipe

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"math/rand/v2"
	"runtime"
	"strconv"
	"time"

	"github.com/shopspring/decimal"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees"
	"github.com/overseaswarehouse/overseas/internal/bench/measure"
	"github.com/overseaswarehouse/overseas/internal/bench/quote"
)

var header = []string{"id", "weight", "length", "width", "height", "units", "arrived", "to", "items", "postal_code", "goods", "insurance"}

const (
	from = "2026-03-01"
	day  = 24 * time.Hour
)

var postals = []string{"01067", "10115", "20095", "30159", "44135", "60311", "70173", "80331"}

// rows makes the rows of a file as they are read, so that the file takes no memory.
type rows struct {
	dice    *rand.Rand
	n, made int
	rest    []byte
	watch   func()
}

func newRows(n int, watch func()) *rows {
	r := &rows{dice: rand.New(rand.NewPCG(7, 7)), n: n, watch: watch}
	for i, h := range header {
		if i > 0 {
			r.rest = append(r.rest, ',')
		}
		r.rest = append(r.rest, h...)
	}
	r.rest = append(r.rest, '\n')
	return r
}

func (r *rows) Read(b []byte) (int, error) {
	if r.watch != nil && r.made%2000 == 0 {
		r.watch()
	}
	for len(r.rest) < len(b) && r.made < r.n {
		r.made++
		r.row()
		if r.watch != nil && r.made%2000 == 0 {
			break
		}
	}
	n := copy(b, r.rest)
	r.rest = r.rest[:copy(r.rest, r.rest[n:])]
	if n == 0 {
		return 0, io.EOF
	}
	return n, nil
}

func (r *rows) row() {
	d := r.dice
	point := func(n int64, digits int) {
		x := decimal.New(n, -int32(digits))
		r.rest = append(r.rest, ',')
		r.rest = append(r.rest, x.StringFixed(int32(digits))...)
	}
	start, _ := time.Parse(time.DateOnly, from)
	date := func(days int64) {
		r.rest = append(r.rest, ',')
		r.rest = start.Add(time.Duration(days)*day).AppendFormat(r.rest, time.DateOnly)
	}
	r.rest = append(r.rest, 'S')
	r.rest = strconv.AppendInt(r.rest, int64(r.made), 10)
	point(1+d.Int64N(31_500), 3)
	point(100+d.Int64N(1200), 1)
	point(100+d.Int64N(900), 1)
	point(50+d.Int64N(600), 1)
	point(1+d.Int64N(500), 0)
	date(-d.Int64N(420))
	date(1 + d.Int64N(60))
	point(1+d.Int64N(9), 0)
	r.rest = append(append(r.rest, ','), postals[d.IntN(8)]...)
	point(1+d.Int64N(2_000_000), 2)
	point(1+d.Int64N(900), 2)
	r.rest = append(r.rest, '\n')
}

// shard is the library's way.
func shard(calc *fees.Calculator, plan fees.ShardPlan, in io.Reader, out io.Writer) error {
	sums, err := fees.QuoteShard(context.Background(), calc, plan, in, out, io.Discard)
	if err == nil && sums.Bad() > 0 {
		err = fmt.Errorf("%d bad rows", sums.Bad())
	}
	return err
}

func newPlan() (*fees.Calculator, fees.ShardPlan, error) {
	calc, rates, err := quote.Library()
	if err != nil {
		return nil, fees.ShardPlan{}, err
	}
	de := country.Code{'D', 'E'}
	start, err := country.ParseDate(from)
	plan := fees.ShardPlan{Currency: country.Currency{'U', 'S', 'D'}, Rates: rates, Echo: []string{"id"}}
	plan.Layout.Events = []fees.Event{
		&fees.Consignment{Date: start, Destination: de}, &fees.Stay{From: start, Country: de}, &fees.Order{Date: start, Country: de},
		&fees.Entry{Date: start, Destination: de, Lines: []fees.EntryLine{{Duties: fees.NoDuty()}}},
	}
	plan.Layout.Columns = append(plan.Layout.Columns, []fees.ShardColumn{
		{Field: "stay.lots.units", Column: "units"}, {Field: "stay.lots.arrived", Column: "arrived"}, {Field: "stay.to", Column: "to"},
		{Field: "order.parcels.units", Column: "items"}, {Field: "order.postal_code", Column: "postal_code"},
		{Field: "entry.lines.goods", Column: "goods", Unit: "EUR"}, {Field: "entry.lines.insurance", Column: "insurance", Unit: "EUR"},
	}...)
	for _, row := range []string{"consignment.cartons", "stay.lots", "order.parcels"} {
		plan.Layout.Columns = append(plan.Layout.Columns, fees.ShardColumn{Field: row + ".weight", Column: "weight", Unit: "kg"})
		for _, side := range []string{"length", "width", "height"} {
			plan.Layout.Columns = append(plan.Layout.Columns, fees.ShardColumn{Field: row + ".size." + side, Column: side, Unit: "cm"})
		}
	}
	return calc, plan, err
}

// natural is encoding/csv and shopspring/decimal.
func natural(in io.Reader, out io.Writer) error {
	r, w := csv.NewReader(in), csv.NewWriter(out)
	r.ReuseRecord = true
	if _, err := r.Read(); err != nil {
		return err
	}
	if err := w.Write([]string{"id", "first_leg", "storage", "handling", "local_delivery", "tariff", "tax", "other", "total", "currency", "status", "caveats"}); err != nil {
		return err
	}
	start, err := time.Parse(time.DateOnly, from)
	if err != nil {
		return err
	}
	zones := map[string]int{}
	for i, p := range postals {
		zones[p[:2]] = i
	}
	shop := quote.NewShop()
	record := make([]string, 12)
	for {
		row, err := r.Read()
		if err == io.EOF {
			w.Flush()
			return w.Error()
		}
		if err != nil {
			return err
		}
		var x [12]decimal.Decimal
		for _, i := range []int{1, 2, 3, 4, 5, 8, 10, 11} {
			if x[i], err = decimal.NewFromString(row[i]); err != nil {
				return err
			}
		}
		arrived, err := time.Parse(time.DateOnly, row[6])
		if err != nil {
			return err
		}
		to, err := time.Parse(time.DateOnly, row[7])
		if err != nil {
			return err
		}
		amounts, total := shop.Families(x[1], x[2], x[3], x[4], x[5], x[8], x[10], x[11], int64(start.Sub(arrived)/day), int64(to.Sub(start)/day), zones[row[9][:2]])
		record[0] = row[0]
		for i, a := range amounts {
			record[1+i] = a.StringFixed(2)
		}
		record[6], record[7], record[8], record[9], record[10], record[11] = "", "", total.StringFixed(2), "USD", "exact", ""
		if err := w.Write(record); err != nil {
			return err
		}
	}
}

// read is encoding/csv reading alone.
func read(in io.Reader, _ io.Writer) error {
	r := csv.NewReader(in)
	r.ReuseRecord = true
	for {
		if _, err := r.Read(); err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
	}
}

// peak is the most memory in use while a file of so many rows is priced.
func peak(n int, price func(io.Reader, io.Writer) error) (uint64, error) {
	var most uint64
	runtime.GC()
	err := price(newRows(n, func() {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		most = max(most, m.HeapAlloc)
	}), io.Discard)
	return most, err
}

// Run holds that both write the same, times them and prints a table.
func Run(w io.Writer, passes, n int) error {
	calc, plan, err := newPlan()
	if err != nil {
		return err
	}
	file, err := io.ReadAll(newRows(n, nil))
	if err != nil {
		return err
	}
	ours := func(in io.Reader, out io.Writer) error { return shard(calc, plan, in, out) }
	ways := []struct {
		name string
		run  func(io.Reader, io.Writer) error
	}{{"this library, QuoteShard", ours}, {"encoding/csv, shopspring/decimal 1.6.0", natural}, {"encoding/csv, reading alone", read}}
	var outs [2]bytes.Buffer
	for i := range outs {
		if err := ways[i].run(bytes.NewReader(file), &outs[i]); err != nil {
			return fmt.Errorf("%s: %w", ways[i].name, err)
		}
	}
	if !bytes.Equal(outs[0].Bytes(), outs[1].Bytes()) {
		return fmt.Errorf("the files differ: %.300q %.300q", outs[0].Bytes(), outs[1].Bytes())
	}
	times, allocs := make([][]float64, len(ways)), make([]float64, len(ways))
	for range passes {
		for i, way := range ways {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			cpu := measure.CPU(func() { err = way.run(bytes.NewReader(file), io.Discard) })
			runtime.ReadMemStats(&after)
			if err != nil {
				return err
			}
			times[i] = append(times[i], float64(cpu.Nanoseconds())/float64(n))
			allocs[i] = float64(after.Mallocs-before.Mallocs) / float64(n)
		}
	}
	fmt.Fprintf(w, "\nA file of %d rows of 12 columns, %d bytes a row, to 12 columns: the same bytes out of both.\n", n, len(file)/n)
	fmt.Fprintf(w, "%-40s %12s %12s %8s %16s %16s\n", "", "cpu-ns/row", "allocs/row", "ratio", "heap, 1x rows", "heap, 20x rows")
	for i, way := range ways {
		least, err := peak(n, way.run)
		if err != nil {
			return err
		}
		most, err := peak(20*n, way.run)
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "%-40s %12.0f %12.2f %8.2f %12d KiB %12d KiB\n", way.name, measure.Median(times[i]), allocs[i], measure.Median(times[i])/measure.Median(times[0]), least>>10, most>>10)
	}
	return nil
}
