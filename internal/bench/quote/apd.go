package quote

import "github.com/cockroachdb/apd/v3"

// apdQuoter prices with cockroachdb/apd, 39 digits, and its ErrDecimal.
type apdQuoter struct {
	freightUpTo, freightRates, handleUpTo    []*apd.Decimal
	handleBase, handleMore, parcelUpTo, band []*apd.Decimal
	parcel                                   [][]*apd.Decimal
	cnyEUR, cnyUSD, eurUSD                   *apd.Decimal
	two, half, least, fuel, local, duty      *apd.Decimal
	fee, feeLeast, feeMost, vat              *apd.Decimal
	perCarton, perM3                         *apd.Decimal
	ed                                       apd.ErrDecimal
	a, b, volume, chargeable, exact, value   apd.Decimal
}

type apdShipment struct {
	kg, l, w, h, units, items, goods, insurance *apd.Decimal
	age, days                                   int64
	zone                                        int
}

type apdResult struct {
	lines, in [lines]apd.Decimal
	total     apd.Decimal
}

func apdOf(s string) *apd.Decimal {
	d, _, _ := apd.NewFromString(s)
	return d
}

func apdList(list []string) []*apd.Decimal {
	out := make([]*apd.Decimal, len(list))
	for i, s := range list {
		out[i] = apdOf(s)
	}
	return out
}

func newAPD() *apdQuoter {
	c := apd.BaseContext.WithPrecision(39)
	c.Rounding = apd.RoundHalfUp
	q := &apdQuoter{
		freightUpTo: apdList(freightUpTo), freightRates: apdList(freightRates), handleUpTo: apdList(handleUpTo), handleBase: apdList(handleBase), handleMore: apdList(handleMore),
		parcelUpTo: apdList(parcelUpTo), band: apdList(storageRates), cnyEUR: apdOf(cnyEUR), cnyUSD: apdOf(cnyUSD), eurUSD: apdOf(eurUSD), two: apdOf("2"), half: apdOf("0.5"),
		least: apdOf("180"), fuel: apdOf("0.125"), local: apdOf("0.077"), duty: apdOf("0.065"), fee: apdOf("0.003464"), feeLeast: apdOf("33.58"), feeMost: apdOf("651.50"),
		vat: apdOf("0.19"), perCarton: apdOf("3000"), perM3: apdOf("0.000001"), ed: apd.MakeErrDecimal(c),
	}
	for _, row := range parcelRates {
		q.parcel = append(q.parcel, apdList(row[:]))
	}
	return q
}

func newAPDShipment(s *shipment) apdShipment {
	return apdShipment{
		kg: apd.New(s.grams, -3), l: apd.New(s.l, -1), w: apd.New(s.w, -1), h: apd.New(s.h, -1), units: apd.New(s.units, 0), items: apd.New(s.items-1, 0),
		goods: apd.New(s.goods, -2), insurance: apd.New(s.insurance, -2), age: s.age, days: s.days, zone: s.zone,
	}
}

func apdBracket(upTo []*apd.Decimal, x *apd.Decimal) int {
	for i, u := range upTo {
		if x.Cmp(u) <= 0 {
			return i
		}
	}
	return len(upTo)
}

func (q *apdQuoter) quote(x *apdShipment, r *apdResult) {
	e := &q.ed
	e.Mul(&q.volume, x.l, x.w)
	e.Mul(&q.volume, &q.volume, x.h)
	e.Quo(&q.a, &q.volume, q.perCarton)
	e.Ceil(&q.a, &q.a)
	e.Mul(&q.b, x.kg, q.two)
	e.Ceil(&q.b, &q.b)
	if q.a.Cmp(&q.b) < 0 {
		q.a.Set(&q.b)
	}
	e.Mul(&q.chargeable, &q.a, q.half)
	e.Mul(&q.exact, &q.chargeable, q.freightRates[apdBracket(q.freightUpTo, &q.chargeable)])
	if q.exact.Cmp(q.least) < 0 {
		q.exact.Set(q.least)
	}
	e.Quantize(&r.lines[freight], &q.exact, -2)
	e.Mul(&q.a, &q.exact, q.fuel)
	e.Quantize(&r.lines[freightFuel], &q.a, -2)

	q.a.SetInt64(0)
	for b := range q.band {
		from, to := max(x.age, storageFrom[b]), x.age+x.days
		if b+1 < len(storageFrom) {
			to = min(to, storageFrom[b+1])
		}
		if from < to && b > 0 {
			q.b.SetInt64(to - from)
			e.Mul(&q.b, &q.b, q.band[b])
			e.Add(&q.a, &q.a, &q.b)
		}
	}
	e.Mul(&q.b, &q.volume, q.perM3)
	e.Mul(&q.a, &q.a, &q.b)
	e.Mul(&q.a, &q.a, x.units)
	e.Quantize(&r.lines[storage], &q.a, -2)

	t := apdBracket(q.handleUpTo, x.kg)
	e.Mul(&q.a, q.handleMore[t], x.items)
	e.Add(&q.a, &q.a, q.handleBase[t])
	e.Quantize(&r.lines[handling], &q.a, -2)
	r.lines[parcel].Set(q.parcel[apdBracket(q.parcelUpTo, x.kg)][x.zone])
	e.Mul(&q.a, &r.lines[parcel], q.local)
	e.Quantize(&r.lines[parcelFuel], &q.a, -2)

	e.Add(&q.a, &r.lines[freight], &r.lines[freightFuel])
	e.Mul(&q.a, &q.a, q.cnyEUR)
	e.Quantize(&q.a, &q.a, -2)
	e.Add(&q.value, x.goods, &q.a)
	e.Add(&q.value, &q.value, x.insurance)
	e.Mul(&q.a, &q.value, q.duty)
	e.Quantize(&r.lines[duty], &q.a, -2)
	e.Mul(&q.a, &q.value, q.fee)
	e.Quantize(&r.lines[fee], &q.a, -2)
	if r.lines[fee].Cmp(q.feeLeast) < 0 {
		r.lines[fee].Set(q.feeLeast)
	}
	if r.lines[fee].Cmp(q.feeMost) > 0 {
		r.lines[fee].Set(q.feeMost)
	}
	e.Add(&q.value, &q.value, &r.lines[duty])
	e.Add(&q.value, &q.value, &r.lines[fee])
	e.Mul(&q.a, &q.value, q.vat)
	e.Quantize(&r.lines[vat], &q.a, -2)

	r.total.SetInt64(0)
	for i := range r.lines {
		l := &r.in[i]
		switch {
		case i <= freightFuel:
			e.Mul(&q.a, &r.lines[i], q.cnyUSD)
			e.Quantize(l, &q.a, -2)
		case i >= parcel:
			e.Mul(&q.a, &r.lines[i], q.eurUSD)
			e.Quantize(l, &q.a, -2)
		default:
			l.Set(&r.lines[i])
		}
		e.Add(&r.total, &r.total, l)
	}
}

func (r *apdResult) cents() (out result) {
	c := func(d *apd.Decimal) int64 {
		x := *d
		x.Exponent += 2
		n, _ := x.Int64()
		return n
	}
	for i := range r.lines {
		out.lines[i], out.in[i] = c(&r.lines[i]), c(&r.in[i])
	}
	out.total = c(&r.total)
	return out
}
