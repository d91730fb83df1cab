package quote

import "github.com/govalues/decimal"

// gov prices with govalues/decimal. Its Round is half even alone, so half up is written on top.
type gov struct {
	freightUpTo, freightRates, handleUpTo    []decimal.Decimal
	handleBase, handleMore, parcelUpTo, band []decimal.Decimal
	parcel                                   [][]decimal.Decimal
	cnyEUR, cnyUSD, eurUSD                   decimal.Decimal
	two, half, least, fuel, local, duty      decimal.Decimal
	fee, feeLeast, feeMost, vat, cent        decimal.Decimal
	perCarton, perM3                         decimal.Decimal
	err                                      error
}

type govShipment struct {
	kg, l, w, h, units, items, goods, insurance decimal.Decimal
	age, days                                   int64
	zone                                        int
}

type govResult struct {
	lines, in [lines]decimal.Decimal
	total     decimal.Decimal
}

func govList(list []string) []decimal.Decimal {
	out := make([]decimal.Decimal, len(list))
	for i, s := range list {
		out[i] = decimal.MustParse(s)
	}
	return out
}

func newGov() *gov {
	d := decimal.MustParse
	g := &gov{
		freightUpTo: govList(freightUpTo), freightRates: govList(freightRates), handleUpTo: govList(handleUpTo), handleBase: govList(handleBase), handleMore: govList(handleMore),
		parcelUpTo: govList(parcelUpTo), band: govList(storageRates), cnyEUR: d(cnyEUR), cnyUSD: d(cnyUSD), eurUSD: d(eurUSD), two: d("2"), half: d("0.5"), least: d("180"),
		fuel: d("0.125"), local: d("0.077"), duty: d("0.065"), fee: d("0.003464"), feeLeast: d("33.58"), feeMost: d("651.50"), vat: d("0.19"), cent: d("0.005"),
		perCarton: d("3000"), perM3: d("0.000001"),
	}
	for _, row := range parcelRates {
		g.parcel = append(g.parcel, govList(row[:]))
	}
	return g
}

func newGovShipment(s *shipment) govShipment {
	return govShipment{
		kg: decimal.MustNew(s.grams, 3), l: decimal.MustNew(s.l, 1), w: decimal.MustNew(s.w, 1), h: decimal.MustNew(s.h, 1), units: decimal.MustNew(s.units, 0),
		items: decimal.MustNew(s.items-1, 0), goods: decimal.MustNew(s.goods, 2), insurance: decimal.MustNew(s.insurance, 2), age: s.age, days: s.days, zone: s.zone,
	}
}

func (g *gov) ok(d decimal.Decimal, err error) decimal.Decimal {
	if err != nil {
		g.err = err
	}
	return d
}

func (g *gov) mul(a, b decimal.Decimal) decimal.Decimal { return g.ok(a.Mul(b)) }
func (g *gov) add(a, b decimal.Decimal) decimal.Decimal { return g.ok(a.Add(b)) }

// round is half up to cents.
func (g *gov) round(a decimal.Decimal) decimal.Decimal { return g.add(a, g.cent).Trunc(2) }

func govBracket(upTo []decimal.Decimal, x decimal.Decimal) int {
	for i, u := range upTo {
		if x.Cmp(u) <= 0 {
			return i
		}
	}
	return len(upTo)
}

func (g *gov) quote(x *govShipment, r *govResult) {
	volume := g.mul(g.mul(x.l, x.w), x.h)
	halves := g.ok(volume.Quo(g.perCarton)).Ceil(0)
	chargeable := g.mul(halves.Max(g.mul(x.kg, g.two).Ceil(0)), g.half)
	exact := g.least.Max(g.mul(chargeable, g.freightRates[govBracket(g.freightUpTo, chargeable)]))
	r.lines[freight] = g.round(exact)
	r.lines[freightFuel] = g.round(g.mul(exact, g.fuel))

	stored := decimal.Zero
	for b := range g.band {
		from, to := max(x.age, storageFrom[b]), x.age+x.days
		if b+1 < len(storageFrom) {
			to = min(to, storageFrom[b+1])
		}
		if from < to && b > 0 {
			stored = g.add(stored, g.mul(g.band[b], decimal.MustNew(to-from, 0)))
		}
	}
	r.lines[storage] = g.round(g.mul(g.mul(stored, g.mul(volume, g.perM3)), x.units))

	t := govBracket(g.handleUpTo, x.kg)
	r.lines[handling] = g.round(g.add(g.handleBase[t], g.mul(g.handleMore[t], x.items)))
	r.lines[parcel] = g.parcel[govBracket(g.parcelUpTo, x.kg)][x.zone]
	r.lines[parcelFuel] = g.round(g.mul(r.lines[parcel], g.local))

	sent := g.round(g.mul(g.add(r.lines[freight], r.lines[freightFuel]), g.cnyEUR))
	value := g.add(g.add(x.goods, sent), x.insurance)
	r.lines[duty] = g.round(g.mul(value, g.duty))
	r.lines[fee] = g.feeMost.Min(g.feeLeast.Max(g.round(g.mul(value, g.fee))))
	r.lines[vat] = g.round(g.mul(g.add(g.add(value, r.lines[duty]), r.lines[fee]), g.vat))

	r.total = decimal.Zero
	for i, l := range r.lines {
		switch {
		case i <= freightFuel:
			l = g.round(g.mul(l, g.cnyUSD))
		case i >= parcel:
			l = g.round(g.mul(l, g.eurUSD))
		}
		r.in[i] = l
		r.total = g.add(r.total, l)
	}
}

func (r *govResult) cents() (out result) {
	c := func(d decimal.Decimal) int64 {
		d = d.Pad(2)
		return int64(d.Coef())
	}
	for i := range r.lines {
		out.lines[i], out.in[i] = c(r.lines[i]), c(r.in[i])
	}
	out.total = c(r.total)
	return out
}
