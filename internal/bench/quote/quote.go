package quote

import (
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/overseaswarehouse/overseas/fees"
	"github.com/overseaswarehouse/overseas/internal/bench/measure"
)

// contender is a way to price, with what it made of the shipments before the clock starts.
type contender struct {
	name  string
	price func(i int) // shipment i
	check func(i int) (result, error)
	float bool // misses are counted, not refused
}

func contenders(all []shipment) ([]contender, error) {
	customs, err := ratesOf("1 CNY = " + cnyEUR + " EUR")
	if err != nil {
		return nil, err
	}
	lib, err := newLibrary()
	if err != nil {
		return nil, err
	}
	journeys := make([]*fees.Journey, len(all))
	shops, govs := make([]shopShipment, len(all)), make([]govShipment, len(all))
	apds, floats := make([]apdShipment, len(all)), make([]floatShipment, len(all))
	for i := range all {
		s := &all[i]
		if journeys[i], err = newJourney(s, customs); err != nil {
			return nil, err
		}
		shops[i], govs[i], apds[i], floats[i] = newShopShipment(s), newGovShipment(s), newAPDShipment(s), newFloatShipment(s)
	}
	inBlocks, err := newBlocks(journeys, false)
	if err != nil {
		return nil, err
	}
	readIn, err := newBlocks(journeys, true)
	if err != nil {
		return nil, err
	}
	h, natural, tuned, g, a, f := newHand(), newShop(false), newShop(true), newGov(), newAPD(), newFloat()
	var hr result
	var sr shopResult
	var gr govResult
	var ar apdResult
	var fr floatResult
	var wrong error
	return []contender{
		{name: "fixed point written by hand for this list", price: func(i int) { h.quote(&all[i], &hr) }, check: func(i int) (result, error) {
			if !h.quote(&all[i], &hr) {
				return hr, fmt.Errorf("overflow")
			}
			return hr, nil
		}},
		{name: "this library, public API, one by one", price: func(i int) { wrong = lib.quote(journeys[i]) }, check: func(i int) (result, error) {
			if err := lib.quote(journeys[i]); err != nil {
				return result{}, err
			}
			return figures(&lib.total)
		}},
		{name: "this library, public API, in blocks", price: func(i int) {
			if i%blockOf == 0 {
				wrong = inBlocks.quote(i)
			}
		}, check: inBlocks.check},
		{name: "this library, in blocks, the same 512 again", price: func(i int) {
			if i%blockOf == 0 {
				wrong = inBlocks.quote(0)
			}
		}, check: inBlocks.check},
		{name: "this library, public API, from a catalogue", price: func(i int) {
			if i%blockOf == 0 {
				wrong = readIn.quote(i)
			}
		}, check: readIn.check},
		{name: "float64", float: true, price: func(i int) { f.quote(&floats[i], &fr) }, check: func(i int) (result, error) {
			f.quote(&floats[i], &fr)
			return fr.cents(), nil
		}},
		{name: "govalues/decimal 0.1.36", price: func(i int) { g.quote(&govs[i], &gr) }, check: func(i int) (result, error) {
			g.quote(&govs[i], &gr)
			return gr.cents(), g.err
		}},
		{name: "cockroachdb/apd 3.2.3", price: func(i int) { a.quote(&apds[i], &ar) }, check: func(i int) (result, error) {
			a.quote(&apds[i], &ar)
			return ar.cents(), a.ed.Err()
		}},
		{name: "shopspring/decimal 1.6.0, no division", price: func(i int) { tuned.quote(&shops[i], &sr) }, check: func(i int) (result, error) {
			tuned.quote(&shops[i], &sr)
			return sr.cents(), nil
		}},
		{name: "shopspring/decimal 1.6.0, as it is written", price: func(i int) { natural.quote(&shops[i], &sr) }, check: func(i int) (result, error) {
			natural.quote(&shops[i], &sr)
			return sr.cents(), wrong
		}},
	}, nil
}

func newLibrary() (*library, error) {
	calc, rates, err := Library()
	return &library{calc: calc, rates: rates}, err
}

// verify holds every figure of a contender against the oracle and counts the shipments of which one is wrong.
func verify(c contender, want []result) (misses int, err error) {
	for i := range want {
		got, err := c.check(i)
		if err != nil {
			return misses, fmt.Errorf("%s: shipment %d: %w", c.name, i, err)
		}
		if got != want[i] {
			if !c.float {
				return misses, fmt.Errorf("%s: shipment %d: %v, wanted %v", c.name, i, got, want[i])
			}
			misses++
		}
	}
	return misses, nil
}

// Run verifies the contenders, times them and prints a table.
func Run(w io.Writer, passes int, slice time.Duration, edges int) error {
	all := shipments(edges)
	want := make([]result, len(all))
	for i := range all {
		want[i] = oracle(&all[i])
	}
	list, err := contenders(all)
	if err != nil {
		return err
	}
	var timed []measure.Contender
	for _, c := range list {
		misses, err := verify(c, want)
		if err != nil {
			return err
		}
		note := "all figures right"
		if c.float {
			note = fmt.Sprintf("WRONG on %d of %d shipments", misses, len(want))
		}
		timed = append(timed, measure.Contender{Name: c.name, Note: note, Run: func(i int) { c.price(i & (Shipments - 1)) }})
	}
	results := measure.Passes(timed, passes, slice)
	measure.Table(w, fmt.Sprintf("A quote in five parts, nine lines in three currencies, converted and summed. %d shipments checked, %d timed in turn.", len(all), Shipments), "quote", 0, results)

	return parallel(w, all[:Shipments], passes, slice)
}

// parallel times contenders on one processor and on two: they share nothing, so that two do twice the work of one where the
// machine has two to give, which the code written by hand shows.
func parallel(w io.Writer, all []shipment, passes int, slice time.Duration) error {
	customs, err := ratesOf("1 CNY = " + cnyEUR + " EUR")
	if err != nil {
		return err
	}
	journeys := func() []*fees.Journey {
		own := make([]*fees.Journey, len(all))
		for i := range own {
			own[i], _ = newJourney(&all[i], customs) // it was made before without an error
		}
		return own
	}
	fmt.Fprintf(w, "\n%-44s  %10s  %10s  %13s  %s\n", "quotes a second", "one worker", "two", "times as many", "best pass")
	for _, c := range []struct {
		name   string
		create func(worker int) func(i int)
	}{
		{"fixed point written by hand for this list", func(int) func(int) {
			h, own := newHand(), slices.Clone(all)
			r := &result{}
			return func(i int) { h.quote(&own[i&(Shipments-1)], r) }
		}},
		{"this library, public API, one by one", func(int) func(int) {
			lib, _ := newLibrary()
			own := journeys()
			return func(i int) { _ = lib.quote(own[i&(Shipments-1)]) }
		}},
		{"this library, public API, from a catalogue", func(int) func(int) {
			b, _ := newBlocks(journeys(), true)
			return func(i int) {
				if i%blockOf == 0 {
					_ = b.quote(i & (Shipments - 1))
				}
			}
		}},
	} {
		r := measure.Scale(2*passes, 4*slice, c.create)
		fmt.Fprintf(w, "%-44s  %10.0f  %10.0f  %13.2f  %9.2f\n", c.name, r.One, r.Two, r.Gain, r.Best)
	}
	return nil
}
