package quote

import (
	"math/bits"
	"strconv"
	"strings"
)

// hand is fixed point as one would write it for this list alone, and the yardstick of the comparison: tables with an index
// for each step, whole numbers of 64 bits, products of 128 whose high words are gathered in one word, which is looked at
// once.
type hand struct {
	freightTier            [601]uint8   // by half kilograms
	freightRate            [6]uint64    // CNY x 1000
	storageSum             [1024]uint64 // USD x 10^4 a day, of all days below an age
	handleTier             [31]uint8    // by 500 g begun
	base, more             [5]uint64    // USD x 1000
	parcelTier             [127]uint8   // by 250 g begun
	rate                   [20][8]uint64
	cnyEUR, cnyUSD, eurUSD uint64 // x 10^6
}

// whole is a decimal as a whole number of 10^-digits.
func whole(s string, digits int) uint64 {
	a, b, _ := strings.Cut(s, ".")
	n, _ := strconv.ParseUint(a+b+strings.Repeat("0", digits-len(b)), 10, 64)
	return n
}

func newHand() *hand {
	h := &hand{cnyEUR: whole(cnyEUR, 6), cnyUSD: whole(cnyUSD, 6), eurUSD: whole(eurUSD, 6)}
	index := func(table []uint8, upTo []string, grams uint64) {
		for i := range table {
			for _, u := range upTo {
				if uint64(i)*grams > whole(u, 3) {
					table[i]++
				}
			}
		}
	}
	index(h.freightTier[:], freightUpTo, 500)
	index(h.handleTier[:], handleUpTo, 500)
	index(h.parcelTier[:], parcelUpTo, 250)
	for i, s := range freightRates {
		h.freightRate[i] = whole(s, 3)
	}
	for i := range h.base {
		h.base[i], h.more[i] = whole(handleBase[i], 3), whole(handleMore[i], 3)
	}
	for i := range parcelRates {
		for j, s := range parcelRates[i] {
			h.rate[i][j] = whole(s, 2)
		}
	}
	for day := 1; day < len(h.storageSum); day++ {
		band := 0
		for band+1 < len(storageFrom) && int64(day-1) >= storageFrom[band+1] {
			band++
		}
		h.storageSum[day] = h.storageSum[day-1] + whole(storageRates[band], 4)
	}
	return h
}

// quote prices a shipment; false where a number is too great.
func (h *hand) quote(s *shipment, r *result) bool {
	var over uint64
	grams := uint64(s.grams)
	hi, volume := bits.Mul64(uint64(s.l)*uint64(s.w), uint64(s.h))
	over |= hi
	halves := max((grams+499)/500, (volume+2_999_999)/3_000_000)
	tier := 5
	if halves < uint64(len(h.freightTier)) {
		tier = int(h.freightTier[halves])
	}
	hi, exact := bits.Mul64(halves, h.freightRate[tier]) // CNY / 2000
	over |= hi
	exact = max(exact, 180*2000)
	freightCents, fuelCents := (exact+10)/20, (exact+80)/160

	from, to := uint64(s.age), uint64(s.age+s.days)
	if to >= uint64(len(h.storageSum)) || grams > 31_500 {
		return false
	}
	hi, lot := bits.Mul64(volume, uint64(s.units))
	over |= hi
	hi, stored := bits.Mul64(lot, h.storageSum[to]-h.storageSum[from])
	if hi >= 100_000_000_000 {
		return false
	}
	if hi == 0 {
		stored = (stored + 50_000_000_000) / 100_000_000_000
	} else {
		var rest uint64
		if stored, rest = bits.Div64(hi, stored, 100_000_000_000); rest >= 50_000_000_000 {
			stored++
		}
	}

	t := 4
	if n := (grams + 499) / 500; n < uint64(len(h.handleTier)) {
		t = int(h.handleTier[n])
	}
	handled := (h.base[t] + uint64(s.items-1)*h.more[t] + 5) / 10

	price := h.rate[h.parcelTier[(grams+249)/250]][s.zone]
	fuel := (price*77 + 500) / 1000

	hi, sent := bits.Mul64(freightCents+fuelCents, h.cnyEUR)
	over |= hi
	value := uint64(s.goods) + uint64(s.insurance) + (sent+500_000)/1_000_000
	hi, d := bits.Mul64(value, 65)
	over |= hi
	d = (d + 500) / 1000
	hi, f := bits.Mul64(value, 3464)
	over |= hi
	f = min(65150, max(3358, (f+500_000)/1_000_000))
	hi, v := bits.Mul64(value+d+f, 19)
	over |= hi
	v = (v + 50) / 100

	over |= (freightCents | fuelCents | stored | handled | d | f | v) >> 58
	r.lines = [lines]int64{int64(freightCents), int64(fuelCents), int64(stored), int64(handled), int64(price), int64(fuel), int64(d), int64(f), int64(v)}
	r.in[freight] = h.convert(freightCents, h.cnyUSD, &over)
	r.in[freightFuel] = h.convert(fuelCents, h.cnyUSD, &over)
	r.in[storage], r.in[handling] = int64(stored), int64(handled)
	r.in[parcel] = h.convert(price, h.eurUSD, &over)
	r.in[parcelFuel] = h.convert(fuel, h.eurUSD, &over)
	r.in[duty] = h.convert(d, h.eurUSD, &over)
	r.in[fee] = h.convert(f, h.eurUSD, &over)
	r.in[vat] = h.convert(v, h.eurUSD, &over)
	r.total = r.in[0] + r.in[1] + r.in[2] + r.in[3] + r.in[4] + r.in[5] + r.in[6] + r.in[7] + r.in[8]
	return over == 0
}

func (h *hand) convert(cents, rate uint64, over *uint64) int64 {
	hi, lo := bits.Mul64(cents, rate)
	*over |= hi
	return int64((lo + 500_000) / 1_000_000)
}
