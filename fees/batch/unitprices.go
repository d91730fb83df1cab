package batch

import (
	"strconv"

	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/internal/fixed"
	"github.com/overseaswarehouse/overseas/internal/problem"
)

// UnitPrice is a number of units at one price.
type UnitPrice struct {
	Units int64
	Price money.Money
}

// UnitPrices writes an amount for a number of units as unit prices with scale decimals that add up to it exactly, for
// systems that take nothing but a price per unit: one row where the amount divides evenly and two otherwise, which is the
// fewest there can be. All units but one are at the price rounded half up, and one at what is left; where that would be
// of the other sign, the price is cut instead.
//
// It fails with zero_not_allowed or negative for a quantity that is not positive, with number_precision when the amount
// has more than scale decimals or scale is over 12, and with overflow when a price has more than 18 digits.
func UnitPrices(amount money.Money, quantity int64, scale uint8) ([]UnitPrice, error) {
	a, err := perUnit(amount, quantity, scale)
	if err != nil {
		return nil, err
	}
	if a%quantity == 0 {
		return unitRows(amount, scale, quantity, a/quantity, 0, 0)
	}
	price, _ := fixed.MulDiv(a, 1, uint64(quantity), fixed.HalfUp) // at most a
	if p, ok := fixed.Mul(price, quantity-1); !ok || a < 0 && p < a || a > 0 && p > a {
		price = a / quantity
	}
	return unitRows(amount, scale, quantity-1, price, 1, a-price*(quantity-1))
}

// EvenUnitPrices is [UnitPrices] with prices that differ by no more than one in the last decimal: of 15.00 over 13 units,
// 8 at 1.15 and 5 at 1.16.
func EvenUnitPrices(amount money.Money, quantity int64, scale uint8) ([]UnitPrice, error) {
	a, err := perUnit(amount, quantity, scale)
	if err != nil {
		return nil, err
	}
	price, more := a/quantity, a%quantity
	if more < 0 {
		return unitRows(amount, scale, quantity+more, price, -more, price-1)
	}
	return unitRows(amount, scale, quantity-more, price, more, price+1)
}

// perUnit is the amount with scale decimals.
func perUnit(amount money.Money, quantity int64, scale uint8) (int64, error) {
	switch {
	case quantity == 0:
		return 0, problem.New(problem.ZeroNotAllowed, "0", "> 0")
	case quantity < 0:
		return 0, problem.New(problem.Negative, strconv.FormatInt(quantity, 10), "> 0")
	case scale > fixed.MaxScale:
		return 0, fixed.Refuse(problem.NumberPrecision, strconv.Itoa(int(scale)))
	}
	d := decimalOf(amount).Normalize()
	if d.Scale > scale {
		return 0, problem.New(problem.NumberPrecision, amount.String(), strconv.Itoa(int(scale)))
	}
	d, ok := d.Rescale(scale)
	if !ok {
		return 0, problem.New(problem.Overflow, amount.String())
	}
	return d.Coef, nil
}

// unitRows makes the rows that are not empty.
func unitRows(amount money.Money, scale uint8, n, price, m, other int64) ([]UnitPrice, error) {
	var rows []UnitPrice
	for _, r := range [...][2]int64{{n, price}, {m, other}} {
		if r[0] == 0 {
			continue
		}
		p, err := amount.WithAmount(r[1], scale)
		if err != nil {
			return nil, err
		}
		rows = append(rows, UnitPrice{r[0], p})
	}
	return rows, nil
}
