package fixedtest

import "math/big"

// Round is the definition that all arithmetic is held against: the whole number next to x by the words of the mode,
// which is given by its name. An unknown name is nil.
func Round(x *big.Rat, mode string) *big.Int {
	floor := new(big.Int).Div(x.Num(), x.Denom()) // Euclidean, the denominator is positive
	if x.IsInt() {
		return floor
	}
	above := new(big.Int).Add(floor, big.NewInt(1))
	rest := new(big.Rat).Sub(x, new(big.Rat).SetInt(floor))
	outer, inner := above, floor
	if x.Sign() < 0 {
		outer, inner = floor, above
	}
	nearest, tie := floor, false
	switch rest.Cmp(big.NewRat(1, 2)) {
	case 0:
		tie = true
	case 1:
		nearest = above
	}
	switch mode {
	case "ceiling":
		return above
	case "floor":
		return floor
	case "up":
		return outer
	case "down":
		return inner
	case "half_up":
		if tie {
			return outer
		}
		return nearest
	case "half_down":
		if tie {
			return inner
		}
		return nearest
	case "half_even":
		if tie && floor.Bit(0) == 1 {
			return above
		}
		return nearest
	}
	return nil
}
