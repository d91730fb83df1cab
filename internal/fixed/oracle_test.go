package fixed

import (
	"math/big"

	"github.com/overseaswarehouse/overseas/internal/fixed/fixedtest"
)

var allModes = []Mode{HalfUp, HalfEven, HalfDown, Up, Down, Ceiling, Floor}

func roundRat(x *big.Rat, m Mode) *big.Int { return fixedtest.Round(x, m.String()) }

// want is the oracle's answer as an int64, and whether it is one.
func want(x *big.Rat, m Mode) (int64, bool) {
	q := roundRat(x, m)
	if !q.IsInt64() {
		return 0, false
	}
	return q.Int64(), true
}

func ratio(num, den *big.Int) *big.Rat { return new(big.Rat).SetFrac(num, den) }

func bigWords(hi, lo uint64) *big.Int {
	x := new(big.Int).SetUint64(hi)
	x.Lsh(x, 64)
	return x.Or(x, new(big.Int).SetUint64(lo))
}

func bigPow10(n int) *big.Int { return new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil) }

// ratPow10 is 10^e for e of either sign.
func ratPow10(e int) *big.Rat {
	if e < 0 {
		return ratio(big.NewInt(1), bigPow10(-e))
	}
	return new(big.Rat).SetInt(bigPow10(e))
}

func (d Decimal) rat() *big.Rat {
	return new(big.Rat).Mul(new(big.Rat).SetInt64(d.Coef), ratPow10(-int(d.Scale)))
}
