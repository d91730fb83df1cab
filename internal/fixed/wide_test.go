package fixed

import (
	"cmp"
	"math"
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/overseaswarehouse/overseas/internal/fixed/fixedtest"
)

func checkRoundRatio(t *testing.T, neg bool, num []uint64, e int, den []uint64, m Mode) {
	t.Helper()
	x := ratPow10(e)
	for _, w := range num {
		x.Mul(x, new(big.Rat).SetInt(new(big.Int).SetUint64(w)))
	}
	zero := !m.Valid()
	for _, w := range den {
		if w == 0 {
			zero = true
			continue
		}
		x.Quo(x, new(big.Rat).SetInt(new(big.Int).SetUint64(w)))
	}
	if neg {
		x.Neg(x)
	}
	var w int64
	var fits bool
	if !zero {
		w, fits = want(x, m)
	}
	if q, ok := RoundRatio(neg, num, e, den, m); q != w || ok != fits {
		t.Fatalf("RoundRatio(%v, %v, %d, %v, %v) = %d, %v, want %d, %v", neg, num, e, den, m, q, ok, w, fits)
	}
}

func words(r *rand.Rand, n int) []uint64 {
	w := make([]uint64, n)
	for i := range w {
		w[i] = fixedtest.Word(r)
	}
	return w
}

func TestRoundRatioAgainstRationals(t *testing.T) {
	r := seeded()
	for range trials / 10 {
		num, den := words(r, r.IntN(6)), words(r, r.IntN(4))
		if len(num) > 1 && len(den) > 0 && r.IntN(2) == 0 { // a quotient and a rest at their edges
			q, d := fixedtest.Word(r)>>32, max(fixedtest.Word(r)>>32, 1)
			num, den = []uint64{q*d + fixedtest.Rest(r, d), 7, 1000}, []uint64{d, 7}
		}
		e := r.IntN(60) - 45
		if r.IntN(20) == 0 {
			e *= 4
		}
		checkRoundRatio(t, r.IntN(2) == 0, num, e, den, allModes[r.IntN(len(allModes))])
	}
}

func TestRoundRatioAtTheEdges(t *testing.T) {
	const most = math.MaxUint64
	five := []uint64{most, most, most, most, most}
	for _, m := range append(allModes, 0) {
		for _, neg := range []bool{false, true} {
			for _, e := range []int{-400, -117, -98, -97, -96, -39, -38, -20, -19, -1, 0, 1, 19, 97, 98, 193, 300} {
				checkRoundRatio(t, neg, five, e, nil, m)
				checkRoundRatio(t, neg, five, e, []uint64{most, most, most}, m)
				checkRoundRatio(t, neg, nil, e, []uint64{most}, m)
				checkRoundRatio(t, neg, []uint64{0}, e, []uint64{3}, m)
				checkRoundRatio(t, neg, []uint64{1}, e, []uint64{1, 0}, m)
				checkRoundRatio(t, neg, []uint64{5}, e, []uint64{1}, m)
				checkRoundRatio(t, neg, []uint64{1 << 63}, e, []uint64{1}, m)
			}
		}
	}
	for _, e := range []int{math.MinInt, math.MaxInt} {
		q, ok := RoundRatio(false, []uint64{1}, e, nil, Up)
		if e < 0 && (q != 1 || !ok) || e > 0 && ok {
			t.Errorf("10^%d rounded up is %d, %v", e, q, ok)
		}
	}
	if _, ok := RoundRatio(false, make([]uint64, 6), 0, nil, Up); ok {
		t.Error("six factors are accepted")
	}
	if _, ok := RoundRatio(false, nil, 0, []uint64{1, 1, 1, 1}, Up); ok {
		t.Error("four divisors are accepted")
	}
}

func TestMulDivPow10AgainstRationals(t *testing.T) {
	r := seeded()
	for range trials / 10 {
		a, b, d := fixedtest.Product(r)
		e := r.IntN(70) - 45
		m := allModes[r.IntN(len(allModes))]
		var w int64
		var fits bool
		if d != 0 {
			x := ratio(new(big.Int).Mul(big.NewInt(a), big.NewInt(b)), new(big.Int).SetUint64(d))
			w, fits = want(x.Mul(x, ratPow10(e)), m)
		}
		if q, ok := MulDivPow10(a, b, e, d, m); q != w || ok != fits {
			t.Fatalf("MulDivPow10(%d, %d, %d, %d, %v) = %d, %v, want %d, %v", a, b, e, d, m, q, ok, w, fits)
		}
	}
}

func TestCmpScaledAgainstRationals(t *testing.T) {
	r := seeded()
	check := func(a int64, na uint64, ea int, b int64, nb uint64, eb int) {
		t.Helper()
		side := func(c int64, n uint64, e int) *big.Rat {
			x := new(big.Rat).SetInt(new(big.Int).Mul(big.NewInt(c), new(big.Int).SetUint64(n)))
			return x.Mul(x, ratPow10(e))
		}
		if c, w := CmpScaled(a, na, ea, b, nb, eb), side(a, na, ea).Cmp(side(b, nb, eb)); c != w {
			t.Fatalf("CmpScaled(%d, %d, %d, %d, %d, %d) = %d, want %d", a, na, ea, b, nb, eb, c, w)
		}
	}
	for range trials / 10 {
		a, b := fixedtest.Int(r), fixedtest.Int(r)
		na, nb := fixedtest.Word(r), fixedtest.Word(r)
		ea, eb := r.IntN(90)-45, r.IntN(90)-45
		check(a, na, ea, b, nb, eb)
		// The same value spelt twice, and one more than it.
		small := a >> 40
		check(small, 1000, ea, small*1000, 1, ea)
		check(small, 1, ea+3, small*1000+1, 1, ea)
		check(small, 1, ea+3, small*1000, 1, ea)
	}
	if c := CmpScaled(1, 1, math.MaxInt, 1, 1, math.MinInt); c != 1 {
		t.Errorf("got %d", c)
	}
	if c := CmpScaled(-1, 1, math.MinInt, -1, 1, math.MaxInt); c != 1 {
		t.Errorf("got %d", c)
	}
}

func FuzzDecimalCmp(f *testing.F) {
	f.Add(int64(25), uint8(1), int64(250), uint8(2))
	f.Add(int64(math.MinInt64), uint8(255), int64(-1), uint8(0))
	f.Fuzz(func(t *testing.T, a int64, sa uint8, b int64, sb uint8) {
		x, y := Decimal{a, sa}, Decimal{b, sb}
		if c, w := x.Cmp(y), x.rat().Cmp(y.rat()); c != w || y.Cmp(x) != -w {
			t.Fatalf("%v against %v: %d, want %d", x, y, c, w)
		}
		if cmp.Compare(x.Cmp(y), 0) == 0 && x.Normalize() != y.Normalize() {
			t.Fatalf("%v and %v are equal and normalise differently", x, y)
		}
	})
}
