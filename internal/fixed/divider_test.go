package fixed

import (
	"math"
	"testing"

	"github.com/overseaswarehouse/overseas/internal/fixed/fixedtest"
)

// Every word, every divisor and every mode to the nearest at 8 bits: the quotient, the rest and the rounding.
func TestDividerExhaustivelyAtEightBits(t *testing.T) {
	for d := 1; d < 256; d++ {
		m := 255 / d
		for n := range 256 {
			q, r := corrected(uint8(n*m>>8), uint8(n), uint8(d))
			if int(q) != n/d || int(r) != n%d {
				t.Fatalf("%d/%d = %d rest %d", n, d, q, r)
			}
		}
		for n := range 128 {
			for _, mode := range allModes {
				add, odd, ok := halves(uint8(d), mode)
				if !ok || int(add) > 127 {
					continue
				}
				sum := n + int(add)
				q, r := corrected(uint8(sum*m>>8), uint8(sum), uint8(d))
				if got, want := int(q-tooMany(q, r, odd)), rounded8(n, d, mode); got != want {
					t.Fatalf("%d/%d %v = %d, want %d", n, d, mode, got, want)
				}
			}
		}
	}
}

// The modes that round to the nearest are those that have halves, and no others.
func TestHalvesModes(t *testing.T) {
	for _, m := range append(allModes, 0, modes) {
		if _, ok := m.Halves(10); ok != (m == HalfUp || m == HalfEven || m == HalfDown) {
			t.Errorf("%v: %v", m, ok)
		}
	}
}

// rounded is n over d by a divider, as its users do it; ok is false beyond what they may ask.
func rounded(n, d uint64, m Mode) (uint64, bool) {
	h, ok := m.Halves(d)
	if !ok || d == 0 || n>>63 != 0 || d>>63 != 0 {
		return 0, false
	}
	q, r := NewDivider(d).Quo(n + h.Add)
	return q - h.Tie.Odd(q, r), true
}

// Where a divider answers it answers as DivRound128 does.
func TestDividerAgainstDivRound(t *testing.T) {
	r := seeded()
	answered := 0
	check := func(n, d uint64) {
		t.Helper()
		for _, m := range allModes[:3] {
			got, ok := rounded(n, d, m)
			if !ok {
				continue
			}
			answered++
			if want, fits := DivRound128(0, n, d, false, m); !fits || uint64(want) != got {
				t.Fatalf("%d / %d %v = %d, DivRound128 says %d, %v", n, d, m, got, want, fits)
			}
		}
		if d != 0 {
			if q, rest := NewDivider(d).Quo(n); q != n/d || rest != n%d {
				t.Fatalf("%d / %d = %d rest %d", n, d, q, rest)
			}
		}
	}
	for range trials {
		a, b, d := fixedtest.Product(r)
		check(Abs(a), d)
		check(Abs(b), d)
		_, lo, d := fixedtest.Division(r)
		check(lo, d)
		check(lo>>1, d)
		check(lo>>1, d>>1)
		if q := lo % 1000; d != 0 { // around a tie
			check(q*(d>>12)+(d>>13), d>>12)
			check(q*(d>>12)+(d>>13)+1, d>>12)
			check(q*(d>>12)+(d>>13)-1, d>>12)
		}
	}
	edges := []uint64{0, 1, 2, 3, 1<<31 - 1, 1 << 31, 1 << 32, math.MaxInt64 - 1, math.MaxInt64, 1 << 63, 1<<63 + 1, math.MaxUint64 - 1, math.MaxUint64, 1e18, 1e19, 10, 1000}
	for _, n := range edges {
		for _, d := range edges {
			check(n, d)
			check(n-1, d)
			check(n/2, d)
			check(n, d+1)
		}
	}
	if answered < 5*trials {
		t.Errorf("%d answered: the generator is not directed", answered)
	}
}

func FuzzDivider(f *testing.F) {
	f.Add(uint64(math.MaxInt64), uint64(1), uint8(1))
	f.Add(uint64(25), uint64(10), uint8(2))
	f.Fuzz(func(t *testing.T, n, d uint64, mode uint8) {
		m := allModes[mode%3]
		got, ok := rounded(n, d, m)
		if want, fits := DivRound128(0, n, d, false, m); ok && (!fits || uint64(want) != got) {
			t.Fatalf("%d / %d %v = %d, DivRound128 says %d, %v", n, d, m, got, want, fits)
		}
	})
}

// Numbers below 2^63 over every kind of divisor: on, before and behind multiples, and at the ends.
func TestShortAgainstQuo(t *testing.T) {
	r := seeded()
	divisors := []uint64{1, 2, 3, 5, 7, 10, 100, 1 << 31, 1<<32 - 1, 1<<32 + 1, 1e18, 1<<62 - 1, 1 << 62, 1<<62 + 1, 1<<63 - 1, 1 << 63, 1<<63 + 1, math.MaxUint64}
	for range 3000 {
		divisors = append(divisors, r.Uint64()>>r.IntN(64)|1, max(1, r.Uint64()>>r.IntN(64)))
	}
	for _, d := range divisors {
		s := NewDivider(d).Short()
		check := func(n uint64) {
			if n > math.MaxInt64 {
				return
			}
			if got := s.Quo(n); got != n/d {
				t.Fatalf("%d/%d = %d, want %d", n, d, got, n/d)
			}
		}
		for _, n := range []uint64{0, 1, d - 1, d, d + 1, 2*d - 1, 2 * d, math.MaxInt64 - 1, math.MaxInt64, math.MaxInt64 / d * d, math.MaxInt64/d*d - 1} {
			check(n)
		}
		for range 20 {
			n := r.Uint64() >> (1 + r.IntN(63))
			check(n)
			check(n / d * d)
			check(n/d*d - 1)
		}
	}
	if (Divider{}).Short() != (Short{}) {
		t.Error("a divider of nothing")
	}
}

// TestNearAgainstQuo holds Near against Quo: at its end, at multiples and next to them, and on random numbers up to it.
func TestNearAgainstQuo(t *testing.T) {
	d := seeded()
	divisors := []uint64{2, 3, 5, 7, 10, 20, 100, 1000, 1_000_000, 100_000_000_000, 1<<32 - 1, 1 << 32, 1<<32 + 1, 1 << 63, 1<<63 + 1, 1<<64 - 1}
	for range 2000 {
		divisors = append(divisors, 2+d.Uint64()>>d.IntN(64))
	}
	for _, by := range divisors {
		if by < 2 {
			continue
		}
		v := NewDivider(by)
		n := v.Near()
		try := func(x uint64) {
			if want, _ := v.Quo(x); x <= n.Most() && n.Quo(x) != want {
				t.Fatalf("%d / %d = %d, wanted %d", x, by, n.Quo(x), want)
			}
		}
		last, _ := v.Quo(n.Most())
		for _, x := range []uint64{0, 1, by - 1, by, by + 1, n.Most(), n.Most() - 1, last * by, last*by - 1} {
			try(x)
		}
		for range 50 {
			q := d.Uint64N(last + 1 | 1)
			try(q * by)
			try(q*by - 1)
			try(d.Uint64N(max(n.Most(), 1)))
		}
	}
	for _, by := range []uint64{10, 20, 100, 160, 200, 1000, 125_000, 1_000_000} { // those of price lists are worth it
		if n := NewDivider(by).Near(); n.Most() < 1<<40 {
			t.Errorf("%d: up to %d only", by, n.Most())
		}
	}
	if (Divider{}).Near() != (Near{}) || NewDivider(1).Near() != (Near{}) {
		t.Error("a divisor that has no such form")
	}
}
