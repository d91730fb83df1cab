package application

import (
	"math"

	"github.com/overseaswarehouse/overseas/country"
)

// Stock is a number of pieces of one article in one country, on hand and on the way there. Quantities are not negative.
//
// In an Application a nil list means that the stock was not stated, an empty one that there is none.
type Stock struct {
	SKU       string       // the seller's article number; empty: all articles together
	Country   country.Code // where the goods are, or are going
	OnHand    int64        // pieces in the warehouse (在库)
	InTransit int64        // pieces on the way, not yet received (在途)
}

// Pieces adds up the stock in one country: on hand, and in transit apart. A sum beyond the range of int64 stays at
// its greatest value; a negative quantity counts as nothing.
func (a *Application) Pieces(c country.Code) (onHand, inTransit int64) {
	if a == nil {
		return 0, 0
	}
	for i := range a.Stock {
		if s := &a.Stock[i]; s.Country == c {
			onHand = add(onHand, s.OnHand)
			inTransit = add(inTransit, s.InTransit)
		}
	}
	return onHand, inTransit
}

func add(sum, n int64) int64 {
	switch {
	case n <= 0:
		return sum
	case sum > math.MaxInt64-n:
		return math.MaxInt64
	}
	return sum + n
}
