package fixed

import "math/bits"

// Add is a + b; ok is false when the sum does not fit in an int64.
func Add(a, b int64) (sum int64, ok bool) { return add(a, b) }

// Sub is a - b; ok is false when the difference does not fit in an int64.
func Sub(a, b int64) (difference int64, ok bool) { return sub(a, b) }

// Mul is a x b; ok is false when the product does not fit in an int64.
func Mul(a, b int64) (p int64, ok bool) {
	hi, lo := bits.Mul64(uint64(a), uint64(b))
	return product(hi, lo, a, b)
}

// Abs is the magnitude of a, which for the least int64 is one more than the greatest.
func Abs(a int64) uint64 {
	u, _ := magnitude[uint64](a)
	return u
}

// MulDiv is a x b / d rounded to a whole number, exact for all a, b and d; ok is false when d is zero, when the result
// does not fit in an int64, or when m is not a mode.
func MulDiv(a, b int64, d uint64, m Mode) (q int64, ok bool) {
	ua, na := magnitude[uint64](a)
	ub, nb := magnitude[uint64](b)
	hi, lo := bits.Mul64(ua, ub)
	return DivRound128(hi, lo, d, na != nb, m)
}

// DivRound128 is the value with magnitude hi x 2^64 + lo, negative when neg, divided by d and rounded to a whole
// number; ok is as for [MulDiv].
func DivRound128(hi, lo, d uint64, neg bool, m Mode) (q int64, ok bool) {
	if hi >= d || !m.Valid() { // a zero d as well
		return 0, false
	}
	u, r := bits.Div64(hi, lo, d)
	return settle[int64](u, away(u, r, d, neg, m), neg)
}

// MulDivFloor is the quotient q = floor(a x b / d) with the rest r, 0 <= r < d: a x b = q x d + r. ok is as for
// [MulDiv].
func MulDivFloor(a, b int64, d uint64) (q int64, r uint64, ok bool) {
	ua, na := magnitude[uint64](a)
	ub, nb := magnitude[uint64](b)
	hi, lo := bits.Mul64(ua, ub)
	if hi >= d {
		return 0, 0, false
	}
	u, r := bits.Div64(hi, lo, d)
	neg := na != nb
	up := neg && r != 0
	if up {
		r = d - r
	}
	if q, ok = settle[int64](u, up, neg); !ok {
		return 0, 0, false
	}
	return q, r, true
}

// Pow10Max is the greatest n for which 10^n fits in a uint64.
const Pow10Max = 19

var pow10 = [Pow10Max + 1]uint64{
	1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
}

// Pow10 is 10^n for n from 0 to [Pow10Max], and 0 for every other n.
func Pow10(n int) uint64 {
	if uint(n) < uint(len(pow10)) {
		return pow10[n]
	}
	return 0
}
