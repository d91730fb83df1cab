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

// Halves is how a mode rounds to the nearest with a division that cuts off: what is added before it, and what the mode
// looks at after it.
type Halves struct {
	Add uint64
	Tie Tie
}

// Tie says what a rounding looks at where a value lies in the middle: with 1 an odd quotient is one too many there.
type Tie uint8

// Halves is how the mode rounds quotients by d; ok is false for a mode that does not round to the nearest.
//
// With h, the half of d cut off, n + h over d is n over d rounded to the nearest, a half upwards, whether d is odd, where
// there is no half, or even.
func (m Mode) Halves(d uint64) (h Halves, ok bool) {
	add, odd, ok := halves(d, m)
	return Halves{add, Tie(odd)}, ok
}

func halves[W unsigned](d W, m Mode) (add W, odd W, ok bool) {
	even := 1 - d&1
	switch m {
	case HalfUp:
		return d / 2, 0, true
	case HalfEven:
		return d / 2, even, true
	case HalfDown:
		return d/2 - even, 0, true
	}
	return 0, 0, false
}

// Odd is 1 when the quotient q, with the rest r, is one too many: it is odd and the value was in the middle.
func (t Tie) Odd(q, r uint64) uint64 { return tooMany(q, r, uint64(t)) }

func tooMany[W unsigned](q, r, odd W) W {
	if r == 0 {
		return q & odd
	}
	return 0
}

// Short is a divisor of numbers below 2^63, which need no correction. The zero Short makes 0 of all of them.
type Short struct {
	m     uint64
	shift uint8
}

// Short is the divisor for numbers below 2^63. With l, the bits that hold all numbers below d, m is 2^(63+l) over d, cut off,
// and one more: it is too great by e/d with e in 1..2^l, so that n m / 2^(63+l) is too great by less than 1/d.
func (v Divider) Short() Short {
	if v.d == 0 || v.d > 1<<63 {
		return Short{}
	}
	l := bits.Len64(v.d - 1)
	m := uint64(1) << 63 // of 1
	if l > 0 {
		m, _ = bits.Div64(1<<(l-1), 0, v.d)
	}
	return Short{m + 1, uint8(l)}
}

// Quo is the quotient of n, below 2^63.
func (s Short) Quo(n uint64) uint64 {
	q, _ := bits.Mul64(n<<1, s.m)
	return q >> (s.shift & 63)
}

// Near is a divisor of small numbers, whose quotient is the upper word of one product. The zero Near divides nothing but 0.
type Near struct {
	m    uint64
	most uint64
}

// Near is the divisor for numbers up to Most. m is 2^64 over d, rounded up: it is too great by e/d, so that n m / 2^64 is too
// great by n e / (d 2^64), which is less than the 1/d that n over d is below the next whole number where n e is below 2^64.
func (v Divider) Near() Near {
	if v.d < 2 {
		return Near{}
	}
	m := ^uint64(0)/v.d + 1
	e := m * v.d // less 2^64
	if e == 0 {
		return Near{m, ^uint64(0)}
	}
	return Near{m, ^uint64(0) / e}
}

// Most is up to where Quo is the quotient.
func (n Near) Most() uint64 { return n.most }

// Quo is the quotient of a number up to Most.
func (n Near) Quo(x uint64) uint64 {
	q, _ := bits.Mul64(x, n.m)
	return q
}
