package fees_test

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees"
	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/fees/unit"
)

// addsUp checks that the changes of all causes make up the difference.
func addsUp(t *testing.T, d *fees.Differences) {
	t.Helper()
	sum := d.Old
	for _, c := range d.Causes {
		var err error
		if sum, err = sum.Add(c.Change); err != nil {
			t.Fatal(err)
		}
		if len(c.Names) == 0 || len(c.Names) != len(c.Old) || len(c.Names) != len(c.New) {
			t.Errorf("%+v", c)
		}
	}
	if !sum.Equal(d.New) {
		t.Errorf("%s and the changes make %s, not %s\n%s", d.Old, sum, d.New, d)
	}
}

// TestDiffOfRandomEvents holds what Diff says of pairs of random events of every published list against their totals.
func TestDiffOfRandomEvents(t *testing.T) {
	pairs := 0
	for _, path := range ratecards(t) {
		m := newMaker(t, path, 9)
		calc, err := fees.Compile(m.card)
		if err != nil {
			t.Fatal(err)
		}
		for ch := range m.card.Charges() {
			var last *fees.Explanation
			n := 0
			for range 60 {
				x, err := calc.Explain(m.event(ch.On()))
				if err != nil {
					continue
				}
				if last != nil {
					d, err := last.Diff(x)
					if err != nil {
						t.Fatalf("%s: %v", filepath.Base(path), err)
					}
					addsUp(t, d)
					a, _ := last.Quote().Sum()
					b, _ := x.Quote().Sum()
					if last.Quote().Len() > 0 && !d.Old.Equal(a) || x.Quote().Len() > 0 && !d.New.Equal(b) {
						t.Errorf("%s: from %s to %s, the quotes say %s and %s", filepath.Base(path), d.Old, d.New, a, b)
					}
					if same, err := x.Diff(x); err != nil || len(same.Causes) != 0 {
						t.Errorf("an explanation and itself: %v %v", same, err)
					}
					pairs++
				}
				last = x
				if n++; n > 2 {
					break
				}
			}
			break
		}
	}
	if pairs < 40 {
		t.Errorf("only %d pairs", pairs)
	}
}

// TestDiffNamesTheCause changes one thing at a time.
func TestDiffNamesTheCause(t *testing.T) {
	later := strings.NewReplacer(`"edition":"7"`, `"edition":"8"`, `"4.19","5.19","7.19"`, `"4.19","5.49","7.19"`)
	newer := parse(t, later.Replace(warehouse))
	order := func() *fees.Order {
		j, err := fees.ParseJourney(strings.NewReader(goldenJourney))
		must(err)
		return j.Order
	}
	explain := func(o fees.Event, cards ...*fees.Card) *fees.Explanation {
		t.Helper()
		calc, err := fees.Compile(cards...)
		if err != nil {
			t.Fatal(err)
		}
		x, err := calc.Explain(o)
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
	old := parse(t, warehouse)
	base := explain(order(), old)

	o := order()
	o.Parcels[0].Weight, _ = unit.ParseWeight("6 kg")
	d, err := base.Diff(explain(o, old))
	if err != nil {
		t.Fatal(err)
	}
	addsUp(t, d)
	if c := d.Causes; len(c) != 1 || c[0].Kind != fees.CauseInput || c[0].Names[0] != "/parcels/0/weight" || c[0].Old[0] != "2.2 kg" || c[0].New[0] != "6 kg" ||
		len(c[0].Places) == 0 || c[0].Places[0].Old != "over 2 kg, up_to 5 kg" || c[0].Places[0].New != "over 5 kg, up_to 10 kg" {
		t.Errorf("a heavier parcel:\n%s%+v", d, c)
	}

	d, err = base.Diff(explain(order(), newer))
	if err != nil {
		t.Fatal(err)
	}
	addsUp(t, d)
	if c := d.Causes; len(c) != 1 || c[0].Kind != fees.CauseCard || c[0].Names[0] != "fra" || c[0].Old[0] != "7" || c[0].New[0] != "8" ||
		len(c[0].Prices) != 1 || c[0].Prices[0].Name != "dhl" || len(c[0].Lines) == 0 || c[0].Lines[0].Code != "dhl" {
		t.Errorf("a dearer edition:\n%s%+v", d, c)
	}

	// two things at once, in one currency
	usd, _ := country.ParseCurrency("USD")
	in := func(x *fees.Explanation, rate string) *fees.Explanation {
		t.Helper()
		r, err := money.ParseRate(rate)
		must(err)
		rates, err := money.NewRates(r)
		must(err)
		y, err := x.In(usd, rates)
		if err != nil {
			t.Fatal(err)
		}
		return y
	}
	d, err = in(base, "1 EUR = 1.10 USD").Diff(in(explain(o, newer), "1 EUR = 1.20 USD"))
	if err != nil {
		t.Fatal(err)
	}
	addsUp(t, d)
	var kinds []string
	for _, c := range d.Causes {
		kinds = append(kinds, string(c.Kind))
	}
	if strings.Join(kinds, " ") != "card input rate" || d.Causes[2].Names[0] != "EUR/USD" || d.Causes[2].Old[0] != "1 EUR = 1.1 USD" && d.Causes[2].Old[0] != "1 EUR = 1.10 USD" {
		t.Errorf("%v\n%s", kinds, d)
	}
	for _, tag := range languages {
		var b strings.Builder
		must(d.WriteText(&b, tag))
		golden(t, "explain/diff."+tag.String()+".txt", b.String())
	}

	// what cannot stand alone is one cause
	o = order()
	o.Parcels[0].Weight, _ = unit.ParseWeight("31 kg") // nobody carries it
	o.Parcels[0].Count = 2
	heavy := parse(t, strings.Replace(warehouse, `"10 kg"]}],"table":["4.19","5.19","7.19"]`, `"10 kg","40 kg"]}],"table":["4.19","5.19","7.19","19.00"]`, 1))
	if d, err = base.Diff(explain(o, heavy)); err != nil {
		t.Fatal(err)
	}
	addsUp(t, d)
	if d, err = explain(o, heavy).Diff(base); err != nil { // back: the old card cannot price the heavy parcel
		t.Fatal(err)
	}
	addsUp(t, d)
	if len(d.Causes[0].Names) < 2 {
		t.Errorf("%s", d)
	}

	if _, err := base.Diff(in(base, "1 EUR = 1.10 USD")); !errors.Is(err, fees.ErrCurrency) {
		t.Error("one in a currency:", err)
	}
	if _, err := base.Diff(nil); !errors.Is(err, fees.ErrMissing) {
		t.Error("none:", err)
	}
	if s := fmt.Sprint((*fees.Differences)(nil)); s != "" {
		t.Errorf("%q", s)
	}
}
