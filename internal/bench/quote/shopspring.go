package quote

import "github.com/shopspring/decimal"

// shopShipment is a shipment in decimals: kilograms, centimetres, euros.
type shopShipment struct {
	kg, l, w, h, units, items, goods, insurance decimal.Decimal
	age, days                                   int64
	zone                                        int
}

// shopResult is the lines, the lines in USD, and the total.
type shopResult struct {
	lines, in [lines]decimal.Decimal
	total     decimal.Decimal
}

// shop prices with shopspring/decimal: as a developer writes it, with Div, or without any division.
type shop struct {
	tuned                                    bool
	apart                                    bool // the tariff is without the freight
	freightUpTo, freightRates, handleUpTo    []decimal.Decimal
	handleBase, handleMore, parcelUpTo, band []decimal.Decimal
	parcel                                   [][]decimal.Decimal
	cnyEUR, cnyUSD, eurUSD                   decimal.Decimal
	six, half, two, least, fuel, local, duty decimal.Decimal
	fee, feeLeast, feeMost, vat, million     decimal.Decimal
	perM3, perCarton                         decimal.Decimal
}

func shopList(list []string) []decimal.Decimal {
	out := make([]decimal.Decimal, len(list))
	for i, s := range list {
		out[i] = decimal.RequireFromString(s)
	}
	return out
}

func newShop(tuned bool) *shop {
	d := decimal.RequireFromString
	s := &shop{
		tuned: tuned, freightUpTo: shopList(freightUpTo), freightRates: shopList(freightRates), handleUpTo: shopList(handleUpTo), handleBase: shopList(handleBase),
		handleMore: shopList(handleMore), parcelUpTo: shopList(parcelUpTo), band: shopList(storageRates), cnyEUR: d(cnyEUR), cnyUSD: d(cnyUSD), eurUSD: d(eurUSD),
		six: d("6000"), half: d("0.5"), two: d("2"), least: d("180"), fuel: d("0.125"), local: d("0.077"), duty: d("0.065"), fee: d("0.003464"), feeLeast: d("33.58"),
		feeMost: d("651.50"), vat: d("0.19"), million: d("1000000"), perM3: d("0.000001"), perCarton: d("3000"),
	}
	for _, row := range parcelRates {
		s.parcel = append(s.parcel, shopList(row[:]))
	}
	return s
}

func newShopShipment(s *shipment) shopShipment {
	return shopShipment{
		kg: decimal.New(s.grams, -3), l: decimal.New(s.l, -1), w: decimal.New(s.w, -1), h: decimal.New(s.h, -1), units: decimal.NewFromInt(s.units),
		items: decimal.NewFromInt(s.items - 1), goods: decimal.New(s.goods, -2), insurance: decimal.New(s.insurance, -2), age: s.age, days: s.days, zone: s.zone,
	}
}

func shopBracket(upTo []decimal.Decimal, x decimal.Decimal) int {
	for i, u := range upTo {
		if x.LessThanOrEqual(u) {
			return i
		}
	}
	return len(upTo)
}

func (s *shop) quote(x *shopShipment, r *shopResult) {
	volume := x.l.Mul(x.w).Mul(x.h)
	var chargeable decimal.Decimal
	if s.tuned {
		halves, rest := volume.QuoRem(s.perCarton, 0)
		if !rest.IsZero() {
			halves = halves.Add(decimal.NewFromInt(1))
		}
		chargeable = decimal.Max(halves, x.kg.Mul(s.two).Ceil()).Mul(s.half)
	} else {
		chargeable = decimal.Max(x.kg, volume.Div(s.six)).Div(s.half).Ceil().Mul(s.half)
	}
	exact := decimal.Max(s.least, chargeable.Mul(s.freightRates[shopBracket(s.freightUpTo, chargeable)]))
	r.lines[freight] = exact.Round(2)
	r.lines[freightFuel] = exact.Mul(s.fuel).Round(2)

	var m3 decimal.Decimal
	if s.tuned {
		m3 = volume.Mul(s.perM3)
	} else {
		m3 = volume.Div(s.million)
	}
	stored := decimal.Zero
	for b := range s.band {
		from, to := max(x.age, storageFrom[b]), x.age+x.days
		if b+1 < len(storageFrom) {
			to = min(to, storageFrom[b+1])
		}
		if from < to && b > 0 {
			stored = stored.Add(s.band[b].Mul(decimal.NewFromInt(to - from)))
		}
	}
	r.lines[storage] = stored.Mul(m3).Mul(x.units).Round(2)

	t := shopBracket(s.handleUpTo, x.kg)
	r.lines[handling] = s.handleBase[t].Add(s.handleMore[t].Mul(x.items)).Round(2)
	r.lines[parcel] = s.parcel[shopBracket(s.parcelUpTo, x.kg)][x.zone]
	r.lines[parcelFuel] = r.lines[parcel].Mul(s.local).Round(2)

	sent := r.lines[freight].Add(r.lines[freightFuel]).Mul(s.cnyEUR).Round(2)
	if s.apart {
		sent = decimal.Zero
	}
	value := x.goods.Add(sent).Add(x.insurance)
	r.lines[duty] = value.Mul(s.duty).Round(2)
	r.lines[fee] = decimal.Min(s.feeMost, decimal.Max(s.feeLeast, value.Mul(s.fee).Round(2)))
	r.lines[vat] = value.Add(r.lines[duty]).Add(r.lines[fee]).Mul(s.vat).Round(2)

	r.total = decimal.Zero
	for i, l := range r.lines {
		switch {
		case i <= freightFuel:
			l = l.Mul(s.cnyUSD).Round(2)
		case i >= parcel:
			l = l.Mul(s.eurUSD).Round(2)
		}
		r.in[i] = l
		r.total = r.total.Add(l)
	}
}

func (r *shopResult) cents() (out result) {
	c := func(d decimal.Decimal) int64 { return d.Shift(2).IntPart() }
	for i := range r.lines {
		out.lines[i], out.in[i] = c(r.lines[i]), c(r.in[i])
	}
	out.total = c(r.total)
	return out
}

// Shop prices rows of a file with shopspring/decimal as a developer writes it. The tariff is on goods and insurance, for a
// row of a file does not say what another of its fees came to.
type Shop struct {
	shop *shop
	x    shopShipment
	r    shopResult
}

// NewShop is a Shop.
func NewShop() *Shop {
	s := &Shop{shop: newShop(false)}
	s.shop.apart = true
	return s
}

// Families are the amounts in USD of first leg, storage, handling, delivery and tariff, and the total.
func (s *Shop) Families(kg, l, w, h, units, items, goods, insurance decimal.Decimal, age, days int64, zone int) (amounts [5]decimal.Decimal, total decimal.Decimal) {
	s.x = shopShipment{kg, l, w, h, units, items.Sub(decimal.NewFromInt(1)), goods, insurance, age, days, zone}
	s.shop.quote(&s.x, &s.r)
	for i, f := range [lines]int{0, 0, 1, 2, 3, 3, 4, 4, 4} {
		amounts[f] = amounts[f].Add(s.r.in[i])
	}
	return amounts, s.r.total
}
