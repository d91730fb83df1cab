package fixed

import "math/bits"

// wide is an unsigned integer of 640 bits, least word first: room for five words times 10^97, which is all that
// [RoundRatio] and [CmpScaled] ever need.
type wide [10]uint64

// mul multiplies x by w and reports whether the product fits.
func (x *wide) mul(w uint64) bool {
	var carry uint64
	for i, v := range x {
		hi, lo := bits.Mul64(v, w)
		var c uint64
		x[i], c = bits.Add64(lo, carry, 0)
		carry = hi + c // hi is at most 2^64 - 2
	}
	return carry == 0
}

// mulPow10 multiplies x by 10^n and reports whether the product fits.
func (x *wide) mulPow10(n int) bool {
	for ; n > 0; n -= Pow10Max {
		if !x.mul(pow10[min(n, Pow10Max)]) {
			return false
		}
	}
	return true
}

// add adds the word w. Callers know that the sum fits.
func (x *wide) add(w uint64) {
	for i := range x {
		x[i], w = bits.Add64(x[i], w, 0)
	}
}

// div divides x by w, which is not zero, and returns the rest.
func (x *wide) div(w uint64) (rest uint64) {
	for i := len(x) - 1; i >= 0; i-- {
		x[i], rest = bits.Div64(rest, x[i], w)
	}
	return rest
}

// cmp compares two values.
func (x *wide) cmp(y *wide) int {
	for i := len(x) - 1; i >= 0; i-- {
		switch {
		case x[i] < y[i]:
			return -1
		case x[i] > y[i]:
			return 1
		}
	}
	return 0
}

// word is x and whether it fits in one word.
func (x *wide) word() (uint64, bool) {
	var rest uint64
	for _, v := range x[1:] {
		rest |= v
	}
	return x[0], rest == 0
}

// RoundRatio is the product of num times 10^e over the product of den, negative when neg, rounded to a whole number:
// exact for every e, up to five factors above and three below. ok is false when a factor below is zero, when there are
// more factors, when the result does not fit in an int64, or when m is not a mode. It is the slow form of [MulDiv].
func RoundRatio(neg bool, num []uint64, e int, den []uint64, m Mode) (q int64, ok bool) {
	if len(num) > 5 || len(den) > 3 || !m.Valid() {
		return 0, false
	}
	x := wide{1}
	for _, w := range num {
		x.mul(w)
	}
	for _, w := range den {
		if w == 0 {
			return 0, false
		}
	}
	if x == (wide{}) {
		return 0, true
	}
	if e > 0 && !x.mulPow10(min(e, 1000)) {
		return 0, false // beyond 2^640, over three words at most
	}
	const enough = 98 // five words are less than 10^97
	var by [3 + (enough+Pow10Max-1)/Pow10Max]uint64
	n := copy(by[:], den)
	for p := max(e, -enough); p < 0; p += Pow10Max {
		by[n] = pow10[min(-p, Pow10Max)]
		n++
	}
	// Dividing by one factor after the other leaves the quotient of their product, and rests r0 + b0 (r1 + b1 (...)).
	var rests [len(by)]uint64
	for i, w := range by[:n] {
		rests[i] = x.div(w)
	}
	u, fits := x.word()
	if !fits {
		return 0, false
	}
	var rest wide
	d := wide{1}
	for i := n - 1; i >= 0; i-- {
		rest.mul(by[i])
		rest.add(rests[i])
		d.mul(by[i])
	}
	var half int8 // the rest against one half of the divisor, as words for away: 0 of 4, 1, 2 or 3 quarters
	if rest != (wide{}) {
		rest.mul(2)
		half = 2 + int8(rest.cmp(&d))
	}
	return settle[int64](u, away(u, uint64(half), 4, neg, m), neg)
}

// CmpScaled compares a x num(a) x 10^e(a) with b x num(b) x 10^e(b) exactly, for every exponent. It orders values of
// one dimension that are written in different units.
func CmpScaled(a int64, numA uint64, ea int, b int64, numB uint64, eb int) int {
	ua, na := magnitude[uint64](a)
	ub, nb := magnitude[uint64](b)
	x, y := wide{ua}, wide{ub}
	x.mul(numA)
	y.mul(numB)
	zx, zy := x == (wide{}), y == (wide{})
	switch {
	case zx && zy:
		return 0
	case zx:
		return sign(!nb)
	case zy:
		return sign(na)
	case na != nb:
		return sign(na)
	}
	// Two words are less than 10^39, so an exponent ahead by more than that decides.
	const enough = 40
	if ea >= eb {
		x.mulPow10(ahead(ea, eb, enough))
	} else {
		y.mulPow10(ahead(eb, ea, enough))
	}
	c := x.cmp(&y)
	if na {
		c = -c
	}
	return c
}

// ahead is the lead of a over b <= a, at most most. The difference of two ints may not fit, so it is taken unsigned.
func ahead(a, b, most int) int { return int(min(uint(a)-uint(b), uint(most))) }

// sign is -1 when the first of two values is the lesser, and 1 otherwise.
func sign(less bool) int {
	if less {
		return -1
	}
	return 1
}

// MulDivPow10 is a x b x 10^e / d rounded to a whole number, exact for every e; ok is as for [MulDiv], which it is
// where 10^e goes into a word together with b or d.
func MulDivPow10(a, b int64, e int, d uint64, m Mode) (q int64, ok bool) {
	if e >= 0 && e <= MaxDigits {
		if s, ok := Mul(b, int64(pow10[e])); ok {
			return MulDiv(a, s, d, m)
		}
	}
	if e < 0 && e >= -Pow10Max {
		if hi, lo := bits.Mul64(d, pow10[-e]); hi == 0 {
			return MulDiv(a, b, lo, m)
		}
	}
	ua, na := magnitude[uint64](a)
	ub, nb := magnitude[uint64](b)
	return RoundRatio(na != nb, []uint64{ua, ub}, e, []uint64{d}, m)
}
