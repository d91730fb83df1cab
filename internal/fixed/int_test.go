package fixed

import (
	"math"
	"math/big"
	"math/bits"
	"math/rand/v2"
	"testing"

	"github.com/overseaswarehouse/overseas/internal/fixed/fixedtest"
)

const trials = 60_000

func seeded() *rand.Rand { return rand.New(rand.NewPCG(20261122, 4)) }

func TestDivRoundAgainstRationals(t *testing.T) {
	r := seeded()
	for range trials {
		hi, lo, d := fixedtest.Division(r)
		m := allModes[r.IntN(len(allModes))]
		neg := r.IntN(2) == 0
		checkDivRound(t, hi, lo, d, neg, m)
	}
}

func checkDivRound(t *testing.T, hi, lo, d uint64, neg bool, m Mode) {
	t.Helper()
	q, ok := DivRound128(hi, lo, d, neg, m)
	w, fits := oracleDivRound(hi, lo, d, neg, m)
	if q != w || ok != fits {
		t.Fatalf("DivRound128(%d, %d, %d, %v, %v) = %d, %v, want %d, %v", hi, lo, d, neg, m, q, ok, w, fits)
	}
}

func oracleDivRound(hi, lo, d uint64, neg bool, m Mode) (int64, bool) {
	if d == 0 || !m.Valid() {
		return 0, false
	}
	x := ratio(bigWords(hi, lo), new(big.Int).SetUint64(d))
	if neg {
		x.Neg(x)
	}
	return want(x, m)
}

func TestMulDivAgainstRationals(t *testing.T) {
	r := seeded()
	ties := 0
	for range trials {
		a, b, d := fixedtest.Product(r)
		m := allModes[r.IntN(len(allModes))]
		if checkMulDiv(t, a, b, d, m) {
			ties++
		}
	}
	if ties < trials/100 {
		t.Errorf("only %d ties: the generator is not directed", ties)
	}
}

// checkMulDiv compares everything that multiplies and divides, and reports whether the quotient was a tie.
func checkMulDiv(t *testing.T, a, b int64, d uint64, m Mode) (tie bool) {
	t.Helper()
	product := new(big.Int).Mul(big.NewInt(a), big.NewInt(b))
	if p, ok := Mul(a, b); ok != product.IsInt64() || ok && p != product.Int64() {
		t.Fatalf("Mul(%d, %d) = %d, %v, want %d", a, b, p, ok, product)
	}
	if s, ok := Add(a, b); ok != new(big.Int).Add(big.NewInt(a), big.NewInt(b)).IsInt64() || ok && s-b != a {
		t.Fatalf("Add(%d, %d) = %d, %v", a, b, s, ok)
	}
	if s, ok := Sub(a, b); ok != new(big.Int).Sub(big.NewInt(a), big.NewInt(b)).IsInt64() || ok && s+b != a {
		t.Fatalf("Sub(%d, %d) = %d, %v", a, b, s, ok)
	}
	q, ok := MulDiv(a, b, d, m)
	if d == 0 {
		if ok || q != 0 {
			t.Fatalf("MulDiv(%d, %d, 0) = %d, %v", a, b, q, ok)
		}
		return false
	}
	divisor := new(big.Int).SetUint64(d)
	x := ratio(product, divisor)
	if w, fits := want(x, m); q != w || ok != fits {
		t.Fatalf("MulDiv(%d, %d, %d, %v) = %d, %v, want %d, %v", a, b, d, m, q, ok, w, fits)
	}
	if q, ok := MulDiv(a, b, d, Ceiling); true {
		if w, fits := want(x, Ceiling); q != w || ok != fits {
			t.Fatalf("MulDiv(%d, %d, %d, ceiling) = %d, %v, want %d, %v", a, b, d, q, ok, w, fits)
		}
	}
	floor, rest := new(big.Int).DivMod(product, divisor, new(big.Int))
	f, r, ok := MulDivFloor(a, b, d)
	if ok != floor.IsInt64() || ok && (f != floor.Int64() || r != rest.Uint64()) || !ok && (f != 0 || r != 0) {
		t.Fatalf("MulDivFloor(%d, %d, %d) = %d, %d, %v, want %d, %d", a, b, d, f, r, ok, floor, rest)
	}
	return x.Denom().IsInt64() && x.Denom().Int64() == 2
}

func TestMulDivAtTheEdges(t *testing.T) {
	const least, most = math.MinInt64, math.MaxInt64
	tests := []struct {
		a, b int64
		d    uint64
		m    Mode
		q    int64
		ok   bool
	}{
		{least, 1, 1, HalfUp, least, true},
		{least, -1, 1, HalfUp, 0, false},
		{least, least, 1 << 63, HalfUp, 0, false},
		{least, most, 1 << 63, HalfUp, -most, true},
		{most, most, most, Down, most, true},
		{most, 2, 2, Floor, most, true},
		{most, 3, 3, Ceiling, most, true},
		{most, math.MaxInt64, math.MaxUint64, HalfUp, 4611686018427387903, true},
		{5, 1, 2, HalfUp, 3, true},
		{5, 1, 2, HalfEven, 2, true},
		{5, 1, 2, HalfDown, 2, true},
		{-5, 1, 2, HalfUp, -3, true},
		{-5, 1, 2, Ceiling, -2, true},
		{-5, 1, 2, Floor, -3, true},
		{7, 1, 0, HalfUp, 0, false},
		{7, 1, 2, 0, 0, false},
		{7, 1, 2, modes, 0, false},
		{7, 1, 2, 255, 0, false},
	}
	for _, tt := range tests {
		if q, ok := MulDiv(tt.a, tt.b, tt.d, tt.m); q != tt.q || ok != tt.ok {
			t.Errorf("MulDiv(%d, %d, %d, %v) = %d, %v, want %d, %v", tt.a, tt.b, tt.d, tt.m, q, ok, tt.q, tt.ok)
		}
	}
	if _, _, ok := MulDivFloor(1, 1, 0); ok {
		t.Error("MulDivFloor divides by zero")
	}
}

// A product of 24 digits that libraries of 19 digits round to a tie first, and then up.
func TestProductsAreRoundedOnce(t *testing.T) {
	// 4608881428.57 x 1.083519000007 = 4993810596.63499999999999
	if q, _ := MulDiv(460888142857, 1083519000007, 1e12, HalfUp); q != 499381059663 {
		t.Errorf("got %d", q)
	}
}

// The mistakes that fixed-point arithmetic is written with. Each must be seen by the directed trials; most are not
// seen by millions of uniform ones.
func TestDirectedTrialsSeeSeededMistakes(t *testing.T) {
	type division func(hi, lo, d uint64, neg bool, m Mode) (int64, bool)
	// mutate divides with replaced parts.
	mutate := func(up func(hi, lo, q, r, d uint64, neg bool, m Mode) bool, end func(q uint64, up, neg bool) (int64, bool)) division {
		return func(hi, lo, d uint64, neg bool, m Mode) (int64, bool) {
			if hi >= d {
				return 0, false
			}
			q, r := bits.Div64(hi, lo, d)
			return end(q, up(hi, lo, q, r, d, neg, m), neg)
		}
	}
	right := func(_, _, q, r, d uint64, neg bool, m Mode) bool { return away(q, r, d, neg, m) }
	settled := settle[int64, uint64]
	half := func(tie func(r, d uint64) bool) func(_, _, q, r, d uint64, neg bool, m Mode) bool {
		return func(_, _, q, r, d uint64, neg bool, m Mode) bool {
			if m == HalfUp {
				return tie(r, d)
			}
			return away(q, r, d, neg, m)
		}
	}
	mistakes := []struct {
		name   string
		mutant division
	}{
		{"the quotient wraps when it is raised", mutate(right, func(q uint64, up, neg bool) (int64, bool) {
			if up {
				q++
			}
			return settle[int64](q, false, neg)
		})},
		{"twice the rest overflows", mutate(half(func(r, d uint64) bool { return 2*r >= d }), settled)},
		{"half of an odd divisor", mutate(half(func(r, d uint64) bool { return r >= d/2 }), settled)},
		{"parity of the wrong word", mutate(func(hi, lo, q, r, d uint64, neg bool, m Mode) bool {
			if m == HalfEven {
				return away(lo, r, d, neg, m)
			}
			return away(q, r, d, neg, m)
		}, settled)},
		{"half is added and its carry dropped", func(hi, lo, d uint64, neg bool, m Mode) (int64, bool) {
			if m != HalfUp || hi >= d {
				return DivRound128(hi, lo, d, neg, m)
			}
			q, _ := bits.Div64(hi, lo+d/2, d)
			return settle[int64](q, false, neg)
		}},
		{"a tie goes down", mutate(half(func(r, d uint64) bool { return r > d-r }), settled)},
		{"a tie just missed goes up", mutate(half(func(r, d uint64) bool { return r+1 >= d-r }), settled)},
		{"ceiling as away from zero", mutate(func(_, _, q, r, d uint64, neg bool, m Mode) bool {
			if m == Ceiling {
				m = Up
			}
			return away(q, r, d, neg, m)
		}, settled)},
		{"floor as towards zero", mutate(func(_, _, q, r, d uint64, neg bool, m Mode) bool {
			return m != Floor && away(q, r, d, neg, m)
		}, settled)},
		{"the least int64 is refused", mutate(right, func(q uint64, up, neg bool) (int64, bool) {
			s, ok := settle[int64](q, up, neg)
			if s == math.MinInt64 {
				return 0, false
			}
			return s, ok
		})},
		{"one more than the greatest int64 is let through", mutate(right, func(q uint64, up, neg bool) (int64, bool) {
			if !neg && up && q == math.MaxInt64 {
				return math.MinInt64, true
			}
			return settle[int64](q, up, neg)
		})},
		{"2^63 passes for a positive result", mutate(right, func(q uint64, up, neg bool) (int64, bool) {
			if !neg && !up && q == 1<<63 {
				return math.MinInt64, true
			}
			return settle[int64](q, up, neg)
		})},
	}
	for _, mistake := range mistakes {
		t.Run(mistake.name, func(t *testing.T) {
			r := seeded()
			for n := 1; n <= trials; n++ {
				hi, lo, d := fixedtest.Division(r)
				m := allModes[r.IntN(len(allModes))]
				neg := r.IntN(2) == 0
				q, ok := mistake.mutant(hi, lo, d, neg, m)
				if w, fits := oracleDivRound(hi, lo, d, neg, m); q != w || ok != fits {
					t.Logf("seen at trial %d", n)
					return
				}
			}
			t.Error("not seen")
		})
	}
}

func TestPow10(t *testing.T) {
	for n := range Pow10Max + 1 {
		if w := bigPow10(n); Pow10(n) != w.Uint64() || !w.IsUint64() {
			t.Errorf("Pow10(%d) = %d", n, Pow10(n))
		}
	}
	for _, n := range []int{-1, Pow10Max + 1, math.MaxInt, math.MinInt} {
		if Pow10(n) != 0 {
			t.Errorf("Pow10(%d) = %d", n, Pow10(n))
		}
	}
}

func FuzzMulDiv(f *testing.F) {
	f.Add(int64(5), int64(1), uint64(2), uint8(HalfUp))
	f.Add(int64(math.MinInt64), int64(-1), uint64(1), uint8(Up))
	f.Add(int64(460888142857), int64(1083519000007), uint64(1e12), uint8(HalfEven))
	f.Fuzz(func(t *testing.T, a, b int64, d uint64, mode uint8) {
		m := Mode(mode)
		if !m.Valid() {
			if q, ok := MulDiv(a, b, d, m); ok || q != 0 {
				t.Fatalf("mode %d: %d", mode, q)
			}
			return
		}
		checkMulDiv(t, a, b, d, m)
	})
}

func FuzzDivRound128(f *testing.F) {
	f.Add(uint64(1), uint64(0), uint64(2), true, uint8(HalfUp))
	f.Fuzz(func(t *testing.T, hi, lo, d uint64, neg bool, mode uint8) {
		checkDivRound(t, hi, lo, d, neg, Mode(mode))
	})
}

func BenchmarkMulDiv(b *testing.B) {
	for _, m := range []Mode{HalfUp, HalfEven, Ceiling} {
		b.Run(m.String(), func(b *testing.B) {
			b.ReportAllocs()
			x := int64(123456789)
			for b.Loop() {
				q, _ := MulDiv(x, 1083519, 1000000, m)
				x += q & 1
			}
		})
	}
}

func BenchmarkMul(b *testing.B) {
	x := int64(123456789)
	for b.Loop() {
		p, _ := Mul(x, 1083519)
		x += p & 1
	}
}
