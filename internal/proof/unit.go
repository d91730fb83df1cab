package proof

import (
	"math/big"
	"strings"

	"github.com/overseaswarehouse/overseas/internal/units"
)

// dims are the powers of the base dimensions and currencies of a unit.
type dims map[string]int

func (d dims) add(name string, n int) {
	if d[name] += n; d[name] == 0 {
		delete(d, name)
	}
}

// measure reads a unit: "", "kg", "EUR", "kg/m3", "USD/EUR". ok is false for what is none.
func measure(unit string) (factor *big.Rat, d dims, ok bool) {
	factor, d = big.NewRat(1, 1), dims{}
	over, under, ratio := strings.Cut(unit, "/")
	if !part(over, 1, factor, d) || ratio && (under == "" || !part(under, -1, factor, d)) {
		return nil, nil, false
	}
	return factor, d, true
}

// part multiplies a simple unit into a factor and its dimensions, or divides by it.
func part(unit string, sign int, factor *big.Rat, d dims) bool {
	if unit == "" {
		return true
	}
	if u, ok := units.Parse(unit); ok {
		num, pow := u.Factor()
		f := new(big.Rat).SetInt64(num)
		ten := new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(max(pow, -pow))), nil))
		if pow < 0 {
			ten.Inv(ten)
		}
		f.Mul(f, ten)
		if sign < 0 {
			f.Inv(f)
		}
		factor.Mul(factor, f)
		switch u.Dim() {
		case units.Length:
			d.add("length", sign)
		case units.Volume:
			d.add("length", 3*sign)
		default:
			d.add(u.Dim().String(), sign)
		}
		return true
	}
	if len(unit) != 3 || strings.Trim(unit, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
		return false
	}
	d.add(unit, sign)
	return true
}

func (d dims) equal(e dims) bool {
	if len(d) != len(e) {
		return false
	}
	for name, n := range d {
		if e[name] != n {
			return false
		}
	}
	return true
}

// base is a value in the base of its dimensions.
func base(v *big.Rat, factor *big.Rat) *big.Rat { return new(big.Rat).Mul(v, factor) }
