package quote

import (
	"math"
	"strconv"
)

// floatQuoter prices with float64, as is done and is wrong.
type floatQuoter struct {
	freightUpTo, freightRates, handleUpTo    []float64
	handleBase, handleMore, parcelUpTo, band []float64
	parcel                                   [][]float64
	cnyEUR, cnyUSD, eurUSD                   float64
}

type floatShipment struct {
	kg, l, w, h, units, items, goods, insurance float64
	age, days                                   int64
	zone                                        int
}

type floatResult struct {
	lines, in [lines]float64
	total     float64
}

func floatList(list []string) []float64 {
	out := make([]float64, len(list))
	for i, s := range list {
		out[i], _ = strconv.ParseFloat(s, 64)
	}
	return out
}

func newFloat() *floatQuoter {
	rates := floatList([]string{cnyEUR, cnyUSD, eurUSD})
	q := &floatQuoter{
		freightUpTo: floatList(freightUpTo), freightRates: floatList(freightRates), handleUpTo: floatList(handleUpTo), handleBase: floatList(handleBase),
		handleMore: floatList(handleMore), parcelUpTo: floatList(parcelUpTo), band: floatList(storageRates), cnyEUR: rates[0], cnyUSD: rates[1], eurUSD: rates[2],
	}
	for _, row := range parcelRates {
		q.parcel = append(q.parcel, floatList(row[:]))
	}
	return q
}

func newFloatShipment(s *shipment) floatShipment {
	return floatShipment{
		kg: float64(s.grams) / 1000, l: float64(s.l) / 10, w: float64(s.w) / 10, h: float64(s.h) / 10, units: float64(s.units), items: float64(s.items - 1),
		goods: float64(s.goods) / 100, insurance: float64(s.insurance) / 100, age: s.age, days: s.days, zone: s.zone,
	}
}

func floatRound(x float64) float64 { return math.Round(x*100) / 100 }

func floatBracket(upTo []float64, x float64) int {
	for i, u := range upTo {
		if x <= u {
			return i
		}
	}
	return len(upTo)
}

func (q *floatQuoter) quote(x *floatShipment, r *floatResult) {
	volume := x.l * x.w * x.h
	chargeable := math.Ceil(max(x.kg, volume/6000)/0.5) * 0.5
	exact := max(180, chargeable*q.freightRates[floatBracket(q.freightUpTo, chargeable)])
	r.lines[freight], r.lines[freightFuel] = floatRound(exact), floatRound(exact*0.125)
	stored := 0.0
	for b := range q.band {
		from, to := max(x.age, storageFrom[b]), x.age+x.days
		if b+1 < len(storageFrom) {
			to = min(to, storageFrom[b+1])
		}
		if from < to {
			stored += q.band[b] * float64(to-from)
		}
	}
	r.lines[storage] = floatRound(stored * volume / 1e6 * x.units)
	t := floatBracket(q.handleUpTo, x.kg)
	r.lines[handling] = floatRound(q.handleBase[t] + q.handleMore[t]*x.items)
	r.lines[parcel] = q.parcel[floatBracket(q.parcelUpTo, x.kg)][x.zone]
	r.lines[parcelFuel] = floatRound(r.lines[parcel] * 0.077)
	value := x.goods + floatRound((r.lines[freight]+r.lines[freightFuel])*q.cnyEUR) + x.insurance
	r.lines[duty] = floatRound(value * 0.065)
	r.lines[fee] = min(651.50, max(33.58, floatRound(value*0.003464)))
	r.lines[vat] = floatRound((value + r.lines[duty] + r.lines[fee]) * 0.19)
	r.total = 0
	for i, l := range r.lines {
		switch {
		case i <= freightFuel:
			l = floatRound(l * q.cnyUSD)
		case i >= parcel:
			l = floatRound(l * q.eurUSD)
		}
		r.in[i] = l
		r.total += l
	}
}

func (r *floatResult) cents() (out result) {
	c := func(x float64) int64 { return int64(math.Round(x * 100)) }
	for i := range r.lines {
		out.lines[i], out.in[i] = c(r.lines[i]), c(r.in[i])
	}
	out.total = c(r.total)
	return out
}
