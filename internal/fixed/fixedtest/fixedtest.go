// Package fixedtest makes the operands on which exact arithmetic goes wrong. Uniform and money-shaped random numbers
// practically never do: they miss ties, wrapping quotients and dropped carries for millions of trials.
package fixedtest

import (
	"math/bits"
	"math/rand/v2"
)

// Word is a word near a power of two or of ten, a small one, or any.
func Word(r *rand.Rand) uint64 {
	near := uint64(r.IntN(5)) - 2 // -2 to 2, wrapping at 0
	switch r.IntN(6) {
	case 0:
		return 1<<r.UintN(64) + near
	case 1:
		return pow10(r.IntN(20)) + near
	case 2:
		return r.Uint64N(20)
	case 3:
		return r.Uint64() >> r.UintN(64)
	case 4:
		return near
	}
	return r.Uint64()
}

// Int is Word as a signed word.
func Int(r *rand.Rand) int64 { return int64(Word(r)) }

func pow10(n int) uint64 {
	p := uint64(1)
	for range n {
		p *= 10
	}
	return p
}

// Division is a dividend of two words and a divisor: often so that the quotient is at 2^63 or 2^64, or that the rest is
// at nothing, at one half or at the whole of the divisor, give or take one.
func Division(r *rand.Rand) (hi, lo, d uint64) {
	d = Word(r)
	if r.IntN(8) == 0 || d == 0 {
		return Word(r), Word(r), d
	}
	q := Word(r)
	if r.IntN(3) == 0 {
		q = 1<<63 + uint64(r.IntN(5)) - 2
	}
	rest := Rest(r, d)
	hi, lo = bits.Mul64(q, d)
	lo, carry := bits.Add64(lo, rest, 0)
	return hi + carry, lo, d
}

// Rest is a rest of a division by d > 0, often at its edges and its half.
func Rest(r *rand.Rand, d uint64) uint64 {
	var rest uint64
	switch r.IntN(4) {
	case 0:
		rest = uint64(r.IntN(2))
	case 1:
		rest = d - 1 - uint64(r.IntN(2))
	case 2:
		rest = d/2 + uint64(r.IntN(5)) - 2
	default:
		rest = r.Uint64()
	}
	return rest % d
}

// Product is a x b / d with the quotients and rests of Division: a and d share out a division, and b and d a factor.
func Product(r *rand.Rand) (a, b int64, d uint64) {
	if r.IntN(4) == 0 {
		return Int(r), Int(r), Word(r)
	}
	part := max(r.Uint64()>>r.UintN(64), 1) // d without the factor that it shares with b
	g := uint64(1)
	if room := bits.LeadingZeros64(part); room > 1 {
		g = r.Uint64()>>(64-r.UintN(uint(room))) | 1
	}
	q := Word(r) >> bits.Len64(part)
	a, b, d = int64(q*part+Rest(r, part)), int64(g), g*part
	if r.IntN(2) == 0 {
		a = -a
	}
	if r.IntN(2) == 0 {
		b = -b
	}
	return a, b, d
}
