package fees_test

import (
	"strings"
	"testing"

	"golang.org/x/text/language"

	"github.com/overseaswarehouse/overseas/fees"
)

// benchmarked is an order of the golden journey and what prices it.
func benchmarked(b *testing.B) (*fees.Calculator, *fees.Order) {
	b.Helper()
	calc, err := fees.Compile(parse(b, forwarder), parse(b, warehouse))
	if err != nil {
		b.Fatal(err)
	}
	j, err := fees.ParseJourney(strings.NewReader(goldenJourney))
	if err != nil {
		b.Fatal(err)
	}
	return calc, j.Order
}

// BenchmarkExplain compares a quote with its explanation, and with the record and the words of it.
func BenchmarkExplain(b *testing.B) {
	calc, order := benchmarked(b)
	b.Run("quote", func(b *testing.B) {
		q := &fees.Quote{}
		measured(b, func(int) {
			if err := calc.QuoteInto(q, order); err != nil {
				b.Fatal(err)
			}
		})
	})
	b.Run("explain", func(b *testing.B) {
		measured(b, func(int) {
			if _, err := calc.Explain(order); err != nil {
				b.Fatal(err)
			}
		})
	})
	x, err := calc.Explain(order)
	if err != nil {
		b.Fatal(err)
	}
	b.Run("record", func(b *testing.B) {
		for b.Loop() {
			x.Record(language.English)
		}
	})
	r := x.Record(language.English)
	b.Run("verify", func(b *testing.B) {
		for b.Loop() {
			if err := r.Verify(); err != nil {
				b.Fatal(err)
			}
		}
	})
}
