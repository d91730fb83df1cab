package fixed

import (
	"math"
	"math/bits"
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
			for _, mode := range allModes {
				near, ok := mode.Nearest()
				if !ok {
					continue
				}
				up := beyond(q, r, uint8(d), uint8(near&tieUp), uint8(near>>1))
				if got, want := int(q)+int(up), rounded8(n, d, mode); got != want {
					t.Fatalf("%d/%d %v = %d, want %d", n, d, mode, got, want)
				}
			}
		}
	}
}

// The modes that round to the nearest are those that have the form, and no others.
func TestNearestModes(t *testing.T) {
	for _, m := range append(allModes, 0, modes) {
		n, ok := m.Nearest()
		if ok != (m == HalfUp || m == HalfEven || m == HalfDown) {
			t.Errorf("%v: %v", m, ok)
		}
		if back := n.Mode(); ok && back != m {
			t.Errorf("%v is the form of %v", back, m)
		}
	}
}

// Where a divider answers it answers as MulDiv does, and it gives up only on products and results beyond a word.
func TestDividerAgainstMulDiv(t *testing.T) {
	r := seeded()
	answered, gaveUp := 0, 0
	check := func(a, b int64, d uint64, m Mode) {
		t.Helper()
		near, ok := m.Nearest()
		if !ok || d == 0 {
			return
		}
		want, fits := MulDiv(a, b, d, m)
		got, ok := NewDivider(d).MulRound(a, b, near)
		switch {
		case ok && (!fits || got != want):
			t.Fatalf("%d x %d / %d %v = %d, MulDiv says %d, %v", a, b, d, m, got, want, fits)
		case ok:
			answered++
		default:
			gaveUp++
			hi, _ := bits.Mul64(Abs(a), Abs(b))
			if fits && hi == 0 && want != math.MinInt64 {
				t.Fatalf("%d x %d / %d %v: gave up on %d", a, b, d, m, want)
			}
		}
	}
	for range trials {
		a, b, d := fixedtest.Product(r)
		m := allModes[r.IntN(3)]
		check(a, b, d, m)
		check(a, 1, d, m)
		check(int64(r.Uint64()>>1), 1-2*r.Int64N(2), d, m)
	}
	edges := []int64{math.MinInt64, math.MinInt64 + 1, -1, 0, 1, 2, 3, 1<<31 - 1, 1 << 31, 1 << 32, math.MaxInt64 - 1, math.MaxInt64}
	for _, a := range edges {
		for _, b := range edges {
			for _, d := range append(edges[4:], 1<<62, 1e18, 10, 1000) {
				for _, m := range allModes {
					check(a, b, uint64(d), m)
					check(a, b, uint64(d)<<1|1, m)
					check(a, b, ^uint64(d), m)
				}
			}
		}
	}
	if answered < trials/2 || gaveUp < trials/20 {
		t.Errorf("%d answered, %d gave up: the generator is not directed", answered, gaveUp)
	}
}

func FuzzDivider(f *testing.F) {
	f.Add(int64(math.MaxInt64), int64(1), uint64(1), uint8(1))
	f.Add(int64(25), int64(-1), uint64(10), uint8(2))
	f.Fuzz(func(t *testing.T, a, b int64, d uint64, mode uint8) {
		m := allModes[mode%3]
		near, ok := m.Nearest()
		if !ok || d == 0 {
			return
		}
		got, ok := NewDivider(d).MulRound(a, b, near)
		if want, fits := MulDiv(a, b, d, m); ok && (!fits || got != want) {
			t.Fatalf("%d x %d / %d %v = %d, MulDiv says %d, %v", a, b, d, m, got, want, fits)
		}
	})
}
