package fixed

import "math/big"

// RoundRat rounds a fraction to a whole number. It is the definition of the mode in the plainest words, for what need not
// be fast. A mode that is none rounds towards zero.
func (m Mode) RoundRat(r *big.Rat) *big.Int {
	q, rest := new(big.Int).QuoRem(r.Num(), r.Denom(), new(big.Int))
	if rest.Sign() == 0 {
		return q
	}
	half := rest.Lsh(rest.Abs(rest), 1).Cmp(r.Denom())
	away := false
	switch m {
	case HalfUp:
		away = half >= 0
	case HalfDown:
		away = half > 0
	case HalfEven:
		away = half > 0 || half == 0 && q.Bit(0) == 1
	case Up:
		away = true
	case Ceiling:
		away = r.Sign() > 0
	case Floor:
		away = r.Sign() < 0
	}
	if away {
		q.Add(q, big.NewInt(int64(r.Sign())))
	}
	return q
}
