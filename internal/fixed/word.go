package fixed

// The decisions of the arithmetic are written once for words of any size, so that the same code that runs on 64 bits
// is walked through every case of 8 bits in the tests.
type (
	unsigned interface{ uint8 | uint64 }
	signed   interface{ int8 | int64 }
)

// add is a + b and whether it fits.
func add[S signed](a, b S) (S, bool) {
	s := a + b
	return s, (s^a)&(s^b) >= 0
}

// sub is a - b and whether it fits.
func sub[S signed](a, b S) (S, bool) {
	s := a - b
	return s, (a^b)&(a^s) >= 0
}

// product is the signed product a x b, given the product (hi, lo) of the same bits taken as unsigned words, and
// whether it fits in one word.
func product[W unsigned, S signed](hi, lo W, a, b S) (S, bool) {
	s := S(hi)
	if a < 0 {
		s -= b
	}
	if b < 0 {
		s -= a
	}
	if S(lo) < 0 {
		s++ // all ones when the low word is the whole negative product
	}
	return S(lo), s == 0
}

// magnitude is |a| and whether a is negative. The least int64 has a magnitude as well.
func magnitude[W unsigned, S signed](a S) (W, bool) {
	if a < 0 {
		return -W(a), true
	}
	return W(a), false
}

// away reports whether the quotient q with remainder r < d of a value of the given sign is rounded away from zero.
// The half is found by comparing r with d - r, for 2r may not fit and d may be odd.
func away[W unsigned](q, r, d W, neg bool, m Mode) bool {
	switch m {
	case HalfUp:
		return r >= d-r
	case HalfEven:
		return r > d-r || r == d-r && q&1 == 1
	case HalfDown:
		return r > d-r
	case Up:
		return r != 0
	case Ceiling:
		return r != 0 && !neg
	case Floor:
		return r != 0 && neg
	}
	return false
}

// settle is the magnitude q, one more when up, with its sign, and whether that fits. The limit is compared before the
// step, so nothing wraps.
func settle[S signed, W unsigned](q W, up, neg bool) (S, bool) {
	limit := ^W(0) >> 1
	if neg {
		limit++
	}
	if q > limit || up && q == limit {
		return 0, false
	}
	if up {
		q++
	}
	if neg {
		q = -q
	}
	return S(q), true
}
