package fees_test

import (
	"errors"
	"math/big"
	"strings"
	"testing"

	"github.com/overseaswarehouse/overseas/fees"
	"github.com/overseaswarehouse/overseas/fees/money"
)

// TestValuesOfSeveralCurrenciesAreNotAddedUp: 2040 USD and 600 EUR are no 2640 of anything. A declaration brings its own
// rates; other events are refused.
func TestValuesOfSeveralCurrenciesAreNotAddedUp(t *testing.T) {
	calc, err := fees.Compile(parse(t, forwarder), parse(t, customsList))
	if err != nil {
		t.Fatal(err)
	}
	e, err := fees.ParseEvent(strings.NewReader(goldenEntry))
	if err != nil {
		t.Fatal(err)
	}
	entry := e.(*fees.Entry)
	for i := range entry.Lines { // a charge on the entry as a whole: shared by value
		entry.Lines[i].Duties = fees.NoDuty()
	}
	x, err := calc.ExplainUnit(&fees.Journey{Entry: entry, SKU: "A1"})
	if err != nil {
		t.Fatal(err)
	}
	if err := x.Verify(); err != nil {
		t.Error(err)
	}
	// 2040 USD at 1.1612 are 1756.80 EUR, of 2356.80 in all, over 21 units
	want := big.NewRat(175680, 235680*21)
	shared := 0
	for s := range x.Shares() {
		if s.Line.Code() != "vat" {
			continue
		}
		shared++
		if exact := new(big.Rat).Mul(want, s.Line.Amount().Decimal().Rat()); s.ByRow || s.Exact().Cmp(exact) != 0 {
			t.Errorf("one unit bears %s of %s, not %s", s.Exact().FloatString(6), s.Line.Amount(), exact.FloatString(6))
		}
	}
	if shared != 1 {
		t.Errorf("%d shares of the tax", shared)
	}
	c := &fees.Consignment{Destination: entry.Destination, Date: entry.Date}
	a, _ := money.Parse("10 EUR")
	b, _ := money.Parse("10 USD")
	goods := entry.Lines[0].Weight
	c.Cartons = []fees.Carton{{Weight: goods, Goods: []fees.Goods{{SKU: "A1", Units: 1, Value: a}, {SKU: "B2", Units: 1, Value: b}}}}
	_, err = calc.Unit(&fees.Journey{Consignment: c, SKU: "A1", ShareBy: fees.ByValue})
	if !errors.Is(err, fees.ErrCurrency) {
		t.Error("a carton of goods in two currencies:", err)
	}
}
