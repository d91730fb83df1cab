package fees_test

import (
	"bytes"
	"fmt"
	"runtime"
	"strconv"
	"testing"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees"
	"github.com/overseaswarehouse/overseas/fees/unit"
)

// bigCard is a carrier's list of rows brackets of 10 g by zones; the price of bracket r in zone z is r.zz.
func bigCard(rows, zones int) []byte {
	var b bytes.Buffer
	b.WriteString(`{"schema": "overseas/ratecard/1", "id": "big", "provider": "P", "country": "US", "currency": "USD", "tax": "none",
 "effective": {"from": "2026-01-01"}, "sources": [{"url": "https://example.com"}], "inputs": {"zone": {"values": [`)
	for z := range zones {
		if z > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, `"z%d"`, z)
	}
	b.WriteString(`]}}, "charges": [{"on": "order", "code": "parcel", "family": "local_delivery", "each": "parcel", "price": {"by": [{"of": "weight", "upTo": [`)
	for r := range rows {
		if r > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, `"%d g"`, 10*(r+1))
	}
	b.WriteString(`]}, {"of": "zone", "in": [`)
	for z := range zones {
		if z > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, `"z%d"`, z)
	}
	b.WriteString("]}],\n \"table\": [")
	for r := range rows {
		if r > 0 {
			b.WriteString(",\n")
		}
		b.WriteByte('[')
		for z := range zones {
			if z > 0 {
				b.WriteByte(',')
			}
			fmt.Fprintf(&b, `"%d.%02d"`, r+1, z)
		}
		b.WriteByte(']')
	}
	b.WriteString("]}}]}")
	return b.Bytes()
}

func parcelOf(t testing.TB, grams int64, zone string) *fees.Order {
	t.Helper()
	w, err := unit.WeightOf(grams, 0, unit.Gram)
	if err != nil {
		t.Fatal(err)
	}
	return &fees.Order{
		Date: country.Date{Year: 2026, Month: 3, Day: 1}, Country: country.Code{'U', 'S'},
		Parcels: []fees.Parcel{{Weight: w}}, Facts: fees.Facts{"zone": zone},
	}
}

// TestAMillionCells holds that a table of 10,000 brackets by 100 zones is read and compiled in memory of at most 16 times
// the document, and priced at its first, last and middle cells.
func TestAMillionCells(t *testing.T) {
	doc := bigCard(10_000, 100)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	card, err := fees.ParseCard(bytes.NewReader(doc))
	if err != nil {
		t.Fatal(err)
	}
	calc, err := fees.Compile(card)
	if err != nil {
		t.Fatal(err)
	}
	runtime.ReadMemStats(&after)
	if used := after.TotalAlloc - before.TotalAlloc; used > 16*uint64(len(doc)) {
		t.Errorf("%d MB were allocated for a document of %d MB", used>>20, len(doc)>>20)
	}
	for _, row := range []int64{1, 2, 4_999, 5_000, 10_000} {
		for _, zone := range []int{0, 57, 99} {
			want := fmt.Sprintf("%d.%02d USD", row, zone)
			for _, grams := range []int64{10*row - 9, 10 * row} {
				q, err := calc.Quote(parcelOf(t, grams, "z"+strconv.Itoa(zone)))
				if err != nil {
					t.Fatal(err)
				}
				if sum, err := q.Sum(); err != nil || sum.String() != want {
					t.Errorf("%d g to z%d: %v, %v; want %s", grams, zone, sum, err, want)
				}
			}
		}
	}
	if _, err := calc.Quote(parcelOf(t, 100_001, "z0")); err == nil {
		t.Error("a weight above the last bracket has a price")
	}
}

// TestQuoteIntoAllocatesNothing pins the cost of a warm quote.
func TestQuoteIntoAllocatesNothing(t *testing.T) {
	card, err := fees.ParseCard(bytes.NewReader(bigCard(50, 3)))
	if err != nil {
		t.Fatal(err)
	}
	calc, err := fees.Compile(card)
	if err != nil {
		t.Fatal(err)
	}
	var q fees.Quote
	order := parcelOf(t, 123, "z2")
	if n := testing.AllocsPerRun(100, func() {
		if err := calc.QuoteInto(&q, order); err != nil {
			t.Fatal(err)
		}
	}); n != 0 {
		t.Errorf("a warm quote allocates %v times", n)
	}
}

// BenchmarkParseAndCompile reads and compiles a million cells.
func BenchmarkParseAndCompile(b *testing.B) {
	doc := bigCard(10_000, 100)
	b.SetBytes(int64(len(doc)))
	for b.Loop() {
		card, err := fees.ParseCard(bytes.NewReader(doc))
		if err != nil {
			b.Fatal(err)
		}
		if _, err := fees.Compile(card); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkLookUp quotes one parcel from tables of 10 to 1,000,000 cells: the cost grows with the logarithm of the brackets
// at most.
func BenchmarkLookUp(b *testing.B) {
	for _, table := range [][2]int{{10, 1}, {100, 1}, {1_000, 1}, {10_000, 1}, {10_000, 10}, {10_000, 100}} {
		rows, zones := table[0], table[1]
		b.Run(strconv.Itoa(rows*zones), func(b *testing.B) {
			card, err := fees.ParseCard(bytes.NewReader(bigCard(rows, zones)))
			if err != nil {
				b.Fatal(err)
			}
			calc, err := fees.Compile(card)
			if err != nil {
				b.Fatal(err)
			}
			var q fees.Quote
			order := parcelOf(b, int64(rows)*7, "z0")
			b.ReportAllocs()
			for b.Loop() {
				if err := calc.QuoteInto(&q, order); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
