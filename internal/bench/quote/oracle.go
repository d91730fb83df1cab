package quote

import "math/big"

// oracle is the definition: the specification with rational numbers.
func oracle(s *shipment) (r result) {
	kg, vol := big.NewRat(s.grams, 1000), new(big.Rat).SetInt(product(s.l, s.w, s.h))
	volumetric := new(big.Rat).Quo(vol, big.NewRat(6_000_000, 1))
	chargeable := volumetric
	if kg.Cmp(chargeable) > 0 {
		chargeable = kg
	}
	chargeable = new(big.Rat).Quo(new(big.Rat).SetInt(ceil(new(big.Rat).Mul(chargeable, big.NewRat(2, 1)))), big.NewRat(2, 1))
	exact := new(big.Rat).Mul(chargeable, rat(freightRates[bracket(freightUpTo, chargeable)]))
	if least := big.NewRat(180, 1); exact.Cmp(least) < 0 {
		exact = least
	}
	r.lines[freight] = cents(exact)
	r.lines[freightFuel] = cents(new(big.Rat).Mul(exact, rat("0.125")))

	days := new(big.Rat)
	for day := s.age; day < s.age+s.days; day++ {
		band := 0
		for band+1 < len(storageFrom) && day >= storageFrom[band+1] {
			band++
		}
		days.Add(days, rat(storageRates[band]))
	}
	m3 := new(big.Rat).Quo(vol, big.NewRat(1_000_000_000, 1))
	r.lines[storage] = cents(days.Mul(days, m3.Mul(m3, big.NewRat(s.units, 1))))

	tier := bracket(handleUpTo, kg)
	more := new(big.Rat).Mul(rat(handleMore[tier]), big.NewRat(s.items-1, 1))
	r.lines[handling] = cents(more.Add(more, rat(handleBase[tier])))

	price := rat(parcelRates[bracket(parcelUpTo, kg)][s.zone])
	r.lines[parcel] = cents(price)
	r.lines[parcelFuel] = cents(price.Mul(price, rat("0.077")))

	sent := cents(new(big.Rat).Mul(big.NewRat(r.lines[freight]+r.lines[freightFuel], 100), rat(cnyEUR)))
	value := big.NewRat(s.goods+s.insurance+sent, 100)
	r.lines[duty] = cents(new(big.Rat).Mul(value, rat("0.065")))
	r.lines[fee] = min(65150, max(3358, cents(new(big.Rat).Mul(value, rat("0.003464")))))
	value.Add(value, big.NewRat(r.lines[duty]+r.lines[fee], 100))
	r.lines[vat] = cents(value.Mul(value, rat("0.19")))

	for i, c := range r.lines {
		switch currencies[i] {
		case "CNY":
			c = cents(new(big.Rat).Mul(big.NewRat(c, 100), rat(cnyUSD)))
		case "EUR":
			c = cents(new(big.Rat).Mul(big.NewRat(c, 100), rat(eurUSD)))
		}
		r.in[i] = c
		r.total += c
	}
	return r
}

func product(x ...int64) *big.Int {
	p := big.NewInt(1)
	for _, n := range x {
		p.Mul(p, big.NewInt(n))
	}
	return p
}

func rat(s string) *big.Rat {
	r, _ := new(big.Rat).SetString(s)
	return r
}

func bracket(upTo []string, x *big.Rat) int {
	for i, u := range upTo {
		if x.Cmp(rat(u)) <= 0 {
			return i
		}
	}
	return len(upTo)
}

func ceil(x *big.Rat) *big.Int {
	n := new(big.Int).Neg(x.Num())
	return n.Neg(n.Div(n, x.Denom())) // Div rounds down
}

// cents rounds half up.
func cents(x *big.Rat) int64 {
	y := new(big.Rat).Mul(x, big.NewRat(100, 1))
	y.Add(y, big.NewRat(1, 2))
	return new(big.Int).Div(y.Num(), y.Denom()).Int64()
}
