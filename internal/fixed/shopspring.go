package fixed

import (
	"math/big"
	"sync"

	"github.com/shopspring/decimal"

	"github.com/overseaswarehouse/overseas/internal/problem"
)

// FromShopspring takes over a decimal with its scale. The exponent is looked at first and the size of the coefficient
// second, so a hostile value such as 1e100000000 is refused at once. Where the scale or the digits are over the limit
// because of trailing zeros, as package decimal leaves them after a division, as many of those zeros are dropped as it
// takes.
//
// The error is a problem with the code number_range (more than 18 digits) or number_precision (more than 12 decimals).
func FromShopspring(d decimal.Decimal) (Decimal, error) {
	e := d.Exponent()
	if -MaxScale <= e && e <= 0 {
		// Comparing decimals of one exponent compares their coefficients, without a copy.
		if l := &limits()[-e]; d.Cmp(l.over) < 0 && d.Cmp(l.under) > 0 {
			return Decimal{d.CoefficientInt64(), uint8(-e)}, nil
		}
	}
	return fromOdd(d)
}

// limit is plus and minus 10^18 as coefficients of one exponent.
type limit struct{ over, under decimal.Decimal }

var limits = sync.OnceValue(func() *[MaxScale + 1]limit {
	var t [MaxScale + 1]limit
	for n := range t {
		t[n] = limit{decimal.New(MaxCoef+1, -int32(n)), decimal.New(-MaxCoef-1, -int32(n))}
	}
	return &t
})

// fromOdd is FromShopspring for decimals that are not within the limits as they stand.
func fromOdd(d decimal.Decimal) (Decimal, error) {
	const most = 36 // trailing zeros that may be dropped, and twice the digits that may remain
	e := d.Exponent()
	if d.Sign() == 0 {
		return Decimal{0, uint8(min(max(-int64(e), 0), MaxScale))}, nil
	}
	switch {
	case e > MaxDigits:
		return Decimal{}, Refuse(problem.NumberRange, "")
	case e < -most:
		return Decimal{}, Refuse(problem.NumberPrecision, "")
	}
	// The size of the coefficient, by comparison again: Coefficient would copy megabytes first.
	bound := decimal.NewFromBigInt(new(big.Int).Lsh(big.NewInt(1), 128), e)
	if d.Cmp(bound) >= 0 || d.Cmp(bound.Neg()) <= 0 {
		return Decimal{}, Refuse(problem.NumberRange, "")
	}
	c := d.Coefficient()
	ten, over, rest := big.NewInt(10), big.NewInt(MaxCoef+1), new(big.Int)
	for ; e > 0; e-- {
		c.Mul(c, ten)
	}
	for e < -MaxScale || e < 0 && c.CmpAbs(over) >= 0 {
		if c.QuoRem(c, ten, rest); rest.Sign() != 0 {
			if e < -MaxScale {
				return Decimal{}, Refuse(problem.NumberPrecision, "")
			}
			return Decimal{}, Refuse(problem.NumberRange, "")
		}
		e++
	}
	if c.CmpAbs(over) >= 0 {
		return Decimal{}, Refuse(problem.NumberRange, "")
	}
	return Decimal{c.Int64(), uint8(-e)}, nil
}
