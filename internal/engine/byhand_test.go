package engine

import (
	"math/bits"
	"testing"

	"github.com/overseaswarehouse/overseas/internal/ratecard"
)

// What the five parts of a quote cost when a program is written by hand for just these prices: the floor for
// BenchmarkFivePart. Products have 128 bits, tables are indexed, and whatever does not fit is gathered in one word.

// handMade is a shipment as such a program would take it.
type handMade struct {
	grams, long, wide, high  int64 // of a piece; sides in mm
	cartons, stored, units   int64
	days                     int32
	zone                     uint8
	goods, freight, insuring int64 // cents
}

var handTables = func() (t struct {
	first  [513]uint8 // tier of half kilograms
	parcel [127]uint8 // bracket of quarter kilograms
	pack   [32]uint8  // tier of half kilograms
	zones  [20][8]int64
}) {
	for i := range t.first {
		for _, e := range []int{41, 90, 140, 199, 600} {
			if i > e {
				t.first[i]++
			}
		}
	}
	for i := range t.pack {
		for _, e := range []int{1, 4, 10, 30} {
			if i > e {
				t.pack[i]++
			}
		}
	}
	for i := range t.parcel {
		for _, e := range []int{1, 2, 3, 4, 6, 8, 12, 16, 20, 24, 28, 32, 40, 48, 60, 72, 80, 88, 100} {
			if i > e {
				t.parcel[i]++
			}
		}
	}
	return t
}()

var (
	handFirst = [6]int64{52800, 47350, 44100, 41620, 38475, 36990}
	handBase  = [5]int64{1150, 1450, 1950, 2850, 4600}
	handExtra = [5]int64{125, 175, 255, 405, 755}
)

// nearest is a*b/d, rounded half up, with what did not fit.
func handRound(a, b, d uint64, over *uint64) uint64 {
	hi, lo := bits.Mul64(a, b)
	*over |= hi
	q, r := lo/d, lo%d
	if r >= d-r {
		q++
	}
	*over |= q >> 58
	return q
}

// quote is the nine lines, converted to USD, and their sum in cents; false where something did not fit.
func (s *handMade) quote(out *[19]int64) bool {
	var over uint64
	volume := uint64(s.long) * uint64(s.wide) * uint64(s.high) // each below 2^17
	mg6 := max(uint64(s.grams)*6000, volume)
	half := (mg6 + 2_999_999) / 3_000_000 * uint64(s.cartons)
	tier := uint64(5)
	if half < uint64(len(handTables.first)) {
		tier = uint64(handTables.first[half])
	} else if half <= 600 {
		tier = 4
	}
	raw := max(half*uint64(handFirst[tier]), 360_000) // of 0.0005
	freight := handRound(raw, 1, 20, &over)
	fuel := handRound(raw, 1, 160, &over)

	d := int64(s.days)
	sum := min(max(d-30, 0), 60)*4525 + min(max(d-90, 0), 90)*7875 + min(max(d-180, 0), 185)*13333 + max(d-365, 0)*28125
	stored := handRound(volume*uint64(s.stored), uint64(sum), 100_000_000_000, &over)

	pack := uint64(4)
	if h := (s.grams + 499) / 500; h < int64(len(handTables.pack)) {
		pack = uint64(handTables.pack[h])
	}
	handling := handRound(uint64(handBase[pack]+handExtra[pack]*(s.units-1)), 1, 10, &over)

	bracket := (s.grams + 249) / 250
	if uint64(bracket) >= uint64(len(handTables.parcel)) {
		return false
	}
	parcel := uint64(handTables.zones[handTables.parcel[bracket]%20][s.zone&7])
	fuel2 := handRound(parcel, 77, 1000, &over)

	value := uint64(s.goods + s.freight + s.insuring)
	duty := handRound(value, 13, 200, &over)
	fee := handRound(min(max(value*433, 419_750_000), 8_143_750_000), 1, 125_000, &over)
	vat := handRound(value+duty+fee, 19, 100, &over)

	const cny, eur = 139_215, 1_083_519
	total := int64(0)
	put := func(i int, v, rate uint64) {
		out[i] = int64(v)
		if rate != 0 {
			v = handRound(v, rate, 1_000_000, &over)
		}
		out[9+i] = int64(v)
		total += int64(v)
	}
	put(0, freight, cny)
	put(1, fuel, cny)
	put(2, stored, 0)
	put(3, handling, 0)
	put(4, parcel, eur)
	put(5, fuel2, eur)
	put(6, duty, eur)
	put(7, fee, eur)
	put(8, vat, eur)
	out[18] = total
	return over == 0
}

// byHand is the shipment of the events of plainShipment.
func byHand(events map[string]*Event) *handMade {
	o, s, c := &events["handling"].Rows[0], &events["storage"].Rows[0], &events["firstleg"].Rows[0]
	l := &events["tariff"].Rows[0]
	zones := map[byte]uint8{'0': 0, '1': 1, '2': 2, '3': 3, '4': 4, '6': 5, '7': 6, '8': 7}
	return &handMade{
		grams: o.Weight.Coef, long: o.Length[0].Coef, wide: o.Length[1].Coef, high: o.Length[2].Coef,
		cartons: c.Count, stored: s.Count, units: o.Units, days: s.To - s.From, zone: zones[events["delivery"].PostalCode[0]],
		goods: l.Money[Goods].Coef, freight: l.Money[FreightToBorder].Coef, insuring: l.Money[Insurance].Coef,
	}
}

// TestByHand holds that the program written by hand and the cards say the same, to the cent.
func TestByHand(t *testing.T) {
	var programs [len5]*Program
	for i := range fiveParts {
		programs[i] = fivePart(t, fiveParts[i].name, "half_up")
	}
	handPrices(programs[3])
	d := diceOf(11)
	m := &Machine{}
	var lines []Line
	for range 3000 {
		events := plainShipment(d)
		lines = lines[:0]
		for i, p := range programs {
			var err error
			if lines, _, err = p.Run(m, events[fiveParts[i].name], lines); err != nil {
				t.Fatal(err)
			}
			if m.ran != p.events[fiveParts[i].on].fast.one || m.ran == nil {
				t.Fatalf("%s is not a flat program", fiveParts[i].name)
			}
		}
		var out [19]int64
		if !byHand(events).quote(&out) {
			t.Fatal("by hand: it does not fit")
		}
		at := 0
		for _, l := range lines {
			if l.Coef != out[at] {
				t.Fatalf("line %d is %d, by hand %d\n%v", at, l.Coef, out[at], out)
			}
			at++
		}
	}
}

// handPrices takes the zone table from the card, as it is too long to write twice.
func handPrices(p *Program) {
	cells := p.events[ratecard.Order].fast.cells[0].k
	for i := range handTables.zones {
		copy(handTables.zones[i][:], cells[8*i:8*i+8])
	}
}

func BenchmarkByHand(b *testing.B) {
	handPrices(fivePart(b, "delivery", "half_up"))
	d := diceOf(11)
	shipments := make([]handMade, 2048)
	for i := range shipments {
		shipments[i] = *byHand(plainShipment(d))
	}
	var out [19]int64
	measured(b, func(i int) {
		if !shipments[i%len(shipments)].quote(&out) {
			b.Fatal("it does not fit")
		}
	})
}
