package fees_test

import (
	"bytes"
	"context"
	"strconv"
	"strings"
	"testing"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees"
	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/internal/engine/testdata/fivepart"
)

// fiveParts is a calculator of five cards in three currencies, and the rates into dollars.
func fiveParts(t testing.TB) (*fees.Calculator, *money.Rates) {
	t.Helper()
	var cards []*fees.Card
	for _, name := range []string{"firstleg", "storage", "handling", "delivery", "tariff"} {
		f, err := fivepart.Files.Open(name + ".json")
		if err != nil {
			t.Fatal(err)
		}
		card, err := fees.ParseCard(f)
		if err != nil {
			t.Fatal(err)
		}
		cards = append(cards, card)
	}
	calc, err := fees.Compile(cards...)
	if err != nil {
		t.Fatal(err)
	}
	var list []money.Rate
	for _, s := range []string{"1 EUR = 1.083519 USD", "1 CNY = 0.138512 USD"} {
		r, err := money.ParseRate(s)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, r)
	}
	rates, err := money.NewRates(list...)
	if err != nil {
		t.Fatal(err)
	}
	return calc, rates
}

// journeys is a plan of which each row is a journey of four events.
func journeys(rates *money.Rates) fees.ShardPlan {
	de := country.Code{'D', 'E'}
	day := country.Date{Year: 2026, Month: 3, Day: 1}
	plan := fees.ShardPlan{Currency: country.Currency{'U', 'S', 'D'}, Rates: rates, Echo: []string{"id"}, GroupBy: []string{"zone"}}
	plan.Layout = fees.ShardLayout{
		Events: []fees.Event{
			&fees.Consignment{Date: day, Destination: de}, &fees.Stay{Country: de, Lots: []fees.Lot{{Units: 1}}},
			&fees.Order{Date: day, Country: de}, &fees.Entry{Date: day, Destination: de, Lines: []fees.EntryLine{{Duties: fees.NoDuty()}}},
		},
	}
	for _, c := range []struct{ fields, column, unit string }{
		{"consignment.cartons.weight stay.lots.weight order.parcels.weight", "weight", "kg"},
		{"consignment.cartons.size.length stay.lots.size.length order.parcels.size.length", "length", "cm"},
		{"consignment.cartons.size.width stay.lots.size.width order.parcels.size.width", "width", "cm"},
		{"consignment.cartons.size.height stay.lots.size.height order.parcels.size.height", "height", "cm"},
		{"stay.from", "from", ""}, {"stay.to", "to", ""}, {"stay.lots.arrived", "arrived", ""},
		{"order.postal_code", "postal_code", ""}, {"order.parcels.units", "units", ""}, {"entry.lines.goods", "goods", "EUR"},
	} {
		for _, f := range strings.Fields(c.fields) {
			plan.Layout.Columns = append(plan.Layout.Columns, fees.ShardColumn{Field: f, Column: c.column, Unit: c.unit})
		}
	}
	return plan
}

const journeyHeader = "id,zone,weight,length,width,height,from,to,arrived,postal_code,units,goods\n"

// journeyRows writes rows, each of which has other figures.
func journeyRows(n int) string {
	b := []byte(journeyHeader)
	for i := range n {
		k := int64(i)
		for j, f := range []string{"J" + strconv.Itoa(i), strconv.Itoa(1 + i%8), strconv.FormatInt(1+k%31, 10) + "." + strconv.FormatInt(k%10, 10) + "5",
			strconv.FormatInt(10+k%50, 10), strconv.FormatInt(10+k*7%40, 10), strconv.FormatInt(5+k*3%30, 10) + ".5", "2026-03-01", "2026-03-21", "2026-01-" + strconv.Itoa(10+i%20),
			[]string{"20095", "10115", "80331", "01067"}[i%4], strconv.FormatInt(1+k%9, 10), strconv.FormatInt(20+k%300, 10) + ".90"} {
			if j > 0 {
				b = append(b, ',')
			}
			b = append(b, f...)
		}
		b = append(b, '\n')
	}
	return string(b)
}

func shard(t testing.TB, calc *fees.Calculator, plan fees.ShardPlan, in string) (*fees.Sums, string, string) {
	t.Helper()
	var out, bad bytes.Buffer
	sums, err := fees.QuoteShard(context.Background(), calc, plan, strings.NewReader(in), &out, &bad)
	if err != nil {
		t.Fatal(err)
	}
	return sums, out.String(), bad.String()
}

func TestSmoke(t *testing.T) {
	calc, rates := fiveParts(t)
	sums, out, bad := shard(t, calc, journeys(rates), journeyRows(4)+"x,1,2\n")
	j, err := sums.MarshalJSON()
	t.Logf("\n%s\n%s\n%s %v", out, bad, j, err)
}

func BenchmarkShard(b *testing.B) {
	calc, rates := fiveParts(b)
	plan := journeys(rates)
	const rows = 20000
	in := journeyRows(rows)
	b.ReportAllocs()
	for b.Loop() {
		var out, bad bytes.Buffer
		out.Grow(4 << 20)
		sums, err := fees.QuoteShard(context.Background(), calc, plan, strings.NewReader(in), &out, &bad)
		if err != nil || sums.Good() != rows {
			b.Fatal(err, bad.String()[:200])
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/rows, "ns/row")
}
