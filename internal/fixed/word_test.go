package fixed

import "testing"

// The same generic code that runs on 64-bit words, with the products and quotients of 8-bit words.
func mulDiv8(a, b int8, d uint8, m Mode) (int8, bool) {
	ua, na := magnitude[uint8](a)
	ub, nb := magnitude[uint8](b)
	x := uint16(ua) * uint16(ub)
	return divRound8(uint8(x>>8), uint8(x), d, na != nb, m)
}

func divRound8(hi, lo, d uint8, neg bool, m Mode) (int8, bool) {
	if hi >= d || !m.Valid() {
		return 0, false
	}
	x := uint16(hi)<<8 | uint16(lo)
	q, r := uint8(x/uint16(d)), uint8(x%uint16(d))
	return settle[int8](q, away(q, r, d, neg, m), neg)
}

// rounded8 rounds x/d in plain ints, by other formulas than the code: floors of shifted dividends.
func rounded8(x, d int, m Mode) int {
	floor := func(n, d int) int {
		q := n / d
		if n%d < 0 {
			q--
		}
		return q
	}
	up, down := -floor(-x, d), floor(x, d)
	nearUp, nearDown := floor(2*x+d, 2*d), -floor(d-2*x, 2*d) // a tie upwards, a tie downwards
	switch m {
	case Ceiling:
		return up
	case Floor:
		return down
	case HalfEven:
		if nearUp%2 == 0 {
			return nearUp
		}
		return nearDown
	}
	if x < 0 {
		up, down, nearUp, nearDown = down, up, nearDown, nearUp
	}
	switch m {
	case HalfUp:
		return nearUp
	case HalfDown:
		return nearDown
	case Up:
		return up
	}
	return down
}

// Every dividend of two words, every divisor, both signs and all modes: 234,881,024 cases, of which half are refused
// for the size of the quotient without a look at sign and mode.
func TestDivRoundExhaustivelyAtEightBits(t *testing.T) {
	step := 1
	if testing.Short() {
		step = 7
	}
	for d := 0; d < 256; d++ {
		for x := 0; x < 1<<16; x += step {
			hi, lo := uint8(x>>8), uint8(x)
			if int(hi) >= d {
				if q, ok := divRound8(hi, lo, uint8(d), false, HalfUp); ok || q != 0 {
					t.Fatalf("%d/%d = %d, want a refusal", x, d, q)
				}
				continue
			}
			for _, m := range allModes {
				for _, signed := range [2]int{x, -x} {
					want := rounded8(signed, d, m)
					q, ok := divRound8(hi, lo, uint8(d), signed < 0, m)
					if ok != (-128 <= want && want <= 127) || ok && int(q) != want || !ok && q != 0 {
						t.Fatalf("%d/%d %v = %d, %v, want %d", signed, d, m, q, ok, want)
					}
				}
			}
		}
	}
}

func TestMulDivExhaustivelyOverBothFactorsAtEightBits(t *testing.T) {
	for a := -128; a < 128; a++ {
		for b := -128; b < 128; b++ {
			for _, d := range []int{0, 1, 2, 3, 4, 5, 7, 10, 100, 127, 128, 129, 254, 255} {
				for _, m := range allModes {
					q, ok := mulDiv8(int8(a), int8(b), uint8(d), m)
					if d == 0 {
						if ok {
							t.Fatalf("%d*%d/0 = %d", a, b, q)
						}
						continue
					}
					want := rounded8(a*b, d, m)
					if ok != (-128 <= want && want <= 127) || ok && int(q) != want {
						t.Fatalf("%d*%d/%d %v = %d, %v, want %d", a, b, d, m, q, ok, want)
					}
				}
			}
		}
	}
}

func TestSumsAndProductsExhaustivelyAtEightBits(t *testing.T) {
	fits := func(n int) bool { return -128 <= n && n <= 127 }
	for a := -128; a < 128; a++ {
		if u, neg := magnitude[uint8](int8(a)); int(u) != max(a, -a) || neg != (a < 0) {
			t.Fatalf("magnitude(%d) = %d, %v", a, u, neg)
		}
		for b := -128; b < 128; b++ {
			if s, ok := add(int8(a), int8(b)); ok != fits(a+b) || ok && int(s) != a+b {
				t.Fatalf("%d+%d = %d, %v", a, b, s, ok)
			}
			if s, ok := sub(int8(a), int8(b)); ok != fits(a-b) || ok && int(s) != a-b {
				t.Fatalf("%d-%d = %d, %v", a, b, s, ok)
			}
			x := uint16(uint8(a)) * uint16(uint8(b))
			if p, ok := product(uint8(x>>8), uint8(x), int8(a), int8(b)); ok != fits(a*b) || ok && int(p) != a*b {
				t.Fatalf("%d*%d = %d, %v", a, b, p, ok)
			}
		}
	}
}
