package chart

import "math/big"

// Axis is one side of a chart of lines.
type Axis struct {
	Name  string
	Tick  func(*big.Rat) string // what is written at a value; nil: the value itself
	Whole bool                  // only whole numbers have a meaning
	High  *big.Rat              // of the upright axis: lines are cut off above it; nil: it holds all
}

func (a *Axis) label(v *big.Rat) string {
	if a.Tick == nil {
		return v.RatString()
	}
	return a.Tick(v)
}

// nice is the least of 1, 2 and 5 times a power of ten that is not under r, which is over zero.
func nice(r *big.Rat) *big.Rat {
	ten := big.NewRat(10, 1)
	digits := len(r.Num().Text(10)) - len(r.Denom().Text(10))
	p := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(max(digits-1, 1-digits))), nil)
	step := new(big.Rat).SetInt(p)
	if digits < 1 {
		step.Inv(step)
	}
	for {
		for _, m := range [...]int64{1, 2, 5} {
			if s := new(big.Rat).Mul(step, big.NewRat(m, 1)); s.Cmp(r) >= 0 {
				return s
			}
		}
		step.Mul(step, ten)
	}
}

// ticks are the multiples of a round step in which about n steps cover low to high: those that lie between them, or with
// the nearest outside of them.
func (a *Axis) ticks(low, high *big.Rat, n int, outside bool) []*big.Rat {
	span := new(big.Rat).Sub(high, low)
	if span.Sign() == 0 {
		return []*big.Rat{low}
	}
	step := nice(span.Quo(span, big.NewRat(int64(n), 1)))
	if one := big.NewRat(1, 1); a.Whole && step.Cmp(one) < 0 {
		step = one
	}
	first := new(big.Rat).SetInt(floor(new(big.Rat).Quo(low, step)))
	first.Mul(first, step)
	if !outside && first.Cmp(low) < 0 {
		first.Add(first, step)
	}
	var list []*big.Rat
	for v := first; ; v = new(big.Rat).Add(v, step) {
		if c := v.Cmp(high); c > 0 && (!outside || list[len(list)-1].Cmp(high) >= 0) {
			return list
		}
		list = append(list, v)
	}
}
