package fixed

import (
	"math/big"
	"testing"
)

// TestRoundRatAgreesWithMulDiv holds the two roundings of the package to each other on every mode, sign and tie.
func TestRoundRatAgreesWithMulDiv(t *testing.T) {
	n := 0
	for m := HalfUp; m < modes; m++ {
		for a := int64(-60); a <= 60; a++ {
			for d := int64(1); d <= 12; d++ {
				want, ok := MulDiv(a, 1, uint64(d), m)
				if got := m.RoundRat(big.NewRat(a, d)); !ok || got.Int64() != want {
					t.Fatalf("%s of %d/%d is %s, not %d", m, a, d, got, want)
				}
				n++
			}
		}
	}
	if n == 0 {
		t.Fatal("nothing was compared")
	}
}
