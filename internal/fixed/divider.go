package fixed

import "math/bits"

// Divider is a divisor with its reciprocal: what is divided by one number over and over is multiplied instead, exactly.
// The zero Divider divides nothing.
type Divider struct{ d, m uint64 }

// NewDivider is the divider by d, which is not zero.
func NewDivider(d uint64) Divider {
	if d == 0 {
		return Divider{}
	}
	return Divider{d, ^uint64(0) / d}
}

// Divisor is what v divides by.
func (v Divider) Divisor() uint64 { return v.d }

// Quo is the quotient and the rest of n by the divisor.
func (v Divider) Quo(n uint64) (q, r uint64) {
	q, _ = bits.Mul64(n, v.m)
	return corrected(q, n, v.d)
}

// corrected is the quotient of n by d with its rest, given the upper word of n times the greatest word over d: that is
// the quotient, or one less.
func corrected[W unsigned](q, n, d W) (W, W) {
	r := n - q*d
	if r >= d {
		q++
		r -= d
	}
	return q, r
}

// Nearest is a mode that rounds to the nearest, in the form that decides a tie without asking which mode it is.
type Nearest uint8

const (
	tieUp  Nearest = 1 << iota // away from zero
	tieOdd                     // away from an odd quotient
)

// Nearest is the mode's form; ok is false for a mode that does not round to the nearest.
func (m Mode) Nearest() (n Nearest, ok bool) {
	switch m {
	case HalfUp:
		return tieUp, true
	case HalfEven:
		return tieOdd, true
	case HalfDown:
		return 0, true
	}
	return 0, false
}

// Mode is the mode of which n is the form.
func (n Nearest) Mode() Mode {
	switch n {
	case tieUp:
		return HalfUp
	case tieOdd:
		return HalfEven
	}
	return HalfDown
}

// beyond is 1 when the quotient q with the rest r < d is rounded away from zero, and 0 otherwise. r + 1 is at most d, so
// nothing wraps.
func beyond[W unsigned](q, r, d, up, odd W) W {
	if r+(q&odd|up) > d-r {
		return 1
	}
	return 0
}

// Round is n over the divisor, rounded to the nearest. The result may be beyond an int64.
func (v Divider) Round(n uint64, by Nearest) uint64 {
	q, r := v.Quo(n)
	return q + beyond(q, r, v.d, uint64(by&tieUp), uint64(by>>1))
}

// MulRound is a x b / d rounded to the nearest whole number for the divider of d, as [MulDiv] does it; ok is false when
// the product does not fit in 64 bits, or the result in an int64: ask MulDiv then.
func (v Divider) MulRound(a, b int64, by Nearest) (q int64, ok bool) {
	sa, sb := a>>63, b>>63
	hi, lo := bits.Mul64(uint64((a^sa)-sa), uint64((b^sb)-sb))
	u := v.Round(lo, by)
	s := sa ^ sb
	return (int64(u) ^ s) - s, hi|u>>63 == 0
}
