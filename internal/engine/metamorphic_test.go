package engine

import (
	"slices"
	"strings"
	"testing"

	"github.com/overseaswarehouse/overseas/internal/fixed"
	"github.com/overseaswarehouse/overseas/internal/ratecard"
	"github.com/overseaswarehouse/overseas/internal/units"
)

// What must not change a price, on random cards: the order of rows, how equal pieces are grouped into rows, and the
// units and digits in which a value is written.

// answered is what a card says to an event: lines, or that it cannot be priced.
func answered(p *Program, e *Event) string {
	lines, _, err := p.Run(&Machine{}, e, nil)
	if err != nil {
		return "refused"
	}
	return written(lines)
}

// unchanged runs random cards on an event and on what change makes of it; change says where it has nothing to change.
func unchanged(t *testing.T, usable func(m *cardMaker, text string) bool, change func(d dice, e *Event) bool) {
	t.Helper()
	changed, priced := 0, 0
	for seed := range uint64(500) {
		d := diceOf(seed + 1<<32)
		card, maker, text, err := randomCard(d)
		if err != nil || !usable(maker, string(text)) {
			continue
		}
		p, err := compiled1(card)
		if err != nil {
			continue
		}
		for i := range 3 {
			e := (&eventMaker{d.tamed(i > 0), card, maker.on, maker.edges, false}).event()
			before := answered(p, e)
			if !change(d, e) {
				continue
			}
			changed++
			after := answered(p, e)
			if before != after {
				t.Fatalf("card %d: before %s\nafter  %s\n%s\n%s", seed, before, after, text, shown(e))
			}
			if before != "refused" {
				priced++
			}
		}
	}
	if changed < 100 || priced < 50 {
		t.Errorf("only %d events changed, %d of them priced", changed, priced)
	}
}

func anyCard(*cardMaker, string) bool { return true }

func TestOrderOfRowsDoesNotMatter(t *testing.T) {
	unchanged(t, anyCard, func(d dice, e *Event) bool {
		if len(e.Rows) < 2 {
			return false
		}
		slices.Reverse(e.Rows)
		d.Shuffle(len(e.Rows), func(i, j int) { e.Rows[i], e.Rows[j] = e.Rows[j], e.Rows[i] })
		return true
	})
}

func TestGroupingOfPiecesDoesNotMatter(t *testing.T) {
	// where nothing on the card is said of a line, and no sum of money belongs to one
	pieces := func(m *cardMaker, text string) bool {
		return m.on != ratecard.Import && !strings.Contains(text, `line`)
	}
	unchanged(t, pieces, func(d dice, e *Event) bool {
		for i := range e.Rows {
			if n := e.Rows[i].Count; n > 1 {
				part := e.Rows[i]
				part.Count = 1 + d.Int64N(n-1)
				e.Rows[i].Count = n - part.Count
				e.Rows = append(e.Rows, part)
				return true
			}
		}
		return false
	})
}

// rewritten is the same quantity in other digits or another unit.
func rewritten(d dice, q Quantity) Quantity {
	times := func(n int64, scale uint8, u units.Unit) Quantity {
		if c, ok := fixed.Mul(q.Coef, n); ok && fixed.Abs(c) <= fixed.MaxCoef && q.Scale+scale <= fixed.MaxScale {
			return Quantity{c, q.Scale + scale, u}
		}
		return q
	}
	if q.Unit == units.NoUnit || d.once(3) {
		return times(10, 1, q.Unit)
	}
	switch q.Unit {
	case units.Kilogram:
		return times(1000, 0, units.Gram)
	case units.Gram:
		return times(1, 3, units.Kilogram)
	case units.Pound:
		return times(16, 0, units.Ounce)
	case units.Centimetre:
		return times(10, 0, units.Millimetre)
	case units.Millimetre:
		return times(1, 1, units.Centimetre)
	case units.Foot:
		return times(12, 0, units.Inch)
	case units.Inch:
		return times(254, 2, units.Centimetre)
	case units.CubicMetre:
		return times(1000, 0, units.Litre)
	case units.Litre:
		return times(1000, 0, units.CubicCentimetre)
	case units.CubicFoot:
		return times(1728, 0, units.CubicInch)
	}
	return q
}

func TestWritingOfQuantitiesDoesNotMatter(t *testing.T) {
	unchanged(t, anyCard, func(d dice, e *Event) bool {
		change := func(weight, volume *Quantity, sides *[3]Quantity, value *fixed.Decimal) {
			*weight, *volume = rewritten(d, *weight), rewritten(d, *volume)
			for i := range sides {
				sides[i] = rewritten(d, sides[i])
			}
			if v, ok := value.Rescale(value.Scale + 1); ok {
				*value = v
			}
		}
		for i := range e.Rows {
			r := &e.Rows[i]
			change(&r.Weight, &r.Volume, &r.Length, &r.Value)
		}
		for i := range e.Items {
			it := &e.Items[i]
			change(&it.Weight, &it.Volume, &it.Length, &it.Value)
		}
		return len(e.Rows) > 0
	})
}

// TestDearerIsNotCheaper raises what the monotone parts of the quote are measured by.
func TestDearerIsNotCheaper(t *testing.T) {
	sum := func(lines []Line) (n int64) {
		for _, l := range lines {
			n += l.Coef
		}
		return n
	}
	raise := map[string]func(d dice, e *Event){
		"delivery": func(d dice, e *Event) { e.Rows[0].Weight.Coef += d.Int64N(900) },
		"handling": func(d dice, e *Event) { e.Rows[0].Weight.Coef += d.Int64N(900); e.Rows[0].Units += d.Int64N(2) },
		"storage":  func(d dice, e *Event) { e.Rows[0].Count += d.Int64N(3); e.Rows[0].Arrived -= int32(d.IntN(40)) },
		"tariff":   func(d dice, e *Event) { e.Rows[0].Money[Goods].Coef += d.Int64N(900) },
	}
	for name, more := range sorted(raise) {
		p := fivePart(t, name, "half_up")
		d := diceOf(77)
		m := &Machine{}
		compared := 0
		for i := range 400 {
			e := shipment(d, i)[name]
			before, _, err := p.Run(m, e, nil)
			if err != nil {
				continue
			}
			was := shown(e)
			more(d, e)
			after, _, err := p.Run(m, e, nil)
			if err != nil {
				continue
			}
			compared++
			if sum(after) < sum(before) {
				t.Fatalf("%s: %s then %s\n%s\n%s", name, written(before), written(after), was, shown(e))
			}
		}
		if compared < 200 {
			t.Errorf("%s: only %d compared", name, compared)
		}
	}
}
