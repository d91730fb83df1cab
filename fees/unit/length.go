package unit

import (
	"github.com/shopspring/decimal"

	"github.com/overseaswarehouse/overseas/internal/fixed"
)

// Length is a length in the unit it was written in: mm, cm, m, in and ft. It is never 0. The zero Length means "not given".
type Length struct{ quantity }

// NewLength is the length of d units u. It fails when it is 0 or negative, when d has more than 18 digits or 12
// decimals, and with unit_unknown when u is no unit of length.
func NewLength(d decimal.Decimal, u Unit) (Length, error) {
	q, err := lengths.from(d, u)
	return Length{q}, err
}

// LengthOf is NewLength for the number coef / 10^scale.
func LengthOf(coef int64, scale uint8, u Unit) (Length, error) {
	q, err := lengths.of(fixed.Decimal{Coef: coef, Scale: scale}, u)
	return Length{q}, err
}

// ParseLength reads a number and a symbol with one space or nothing between them, such as "40.5 cm".
func ParseLength(s string) (Length, error) {
	q, err := lengths.parse(s)
	return Length{q}, err
}

// ParseLengthIn is ParseLength for a number and a symbol that stand apart.
func ParseLengthIn(number, symbol string) (Length, error) {
	q, err := lengths.parseIn(number, symbol)
	return Length{q}, err
}

// Compare is -1, 0 or 1, exact over all units. A length that is not given counts as 0.
func (x Length) Compare(y Length) int { return x.compare(y.quantity) }

// Round is the length rounded to scale decimals of its own unit. It fails when the result is not a length.
func (x Length) Round(scale uint8, m Mode) (Length, error) {
	q, err := lengths.round(x.quantity, scale, m)
	return Length{q}, err
}

// In is the length in the unit u, rounded once to scale decimals. It is exact when it compares equal. It fails when the
// result is not a length.
func (x Length) In(u Unit, scale uint8, m Mode) (Length, error) {
	q, err := lengths.in(x.quantity, u, scale, m)
	return Length{q}, err
}

// UnmarshalText reads what MarshalText writes; empty text is not given.
func (x *Length) UnmarshalText(text []byte) error {
	q, err := lengths.text(clip(text))
	if err == nil {
		x.quantity = q
	}
	return err
}

// UnmarshalJSON reads a JSON string such as "40.5 cm"; the empty string is not given, null is refused.
func (x *Length) UnmarshalJSON(data []byte) error {
	q, err := lengths.json(data)
	if err == nil {
		x.quantity = q
	}
	return err
}

// Scan reads a text column; NULL is not given.
func (x *Length) Scan(src any) error {
	q, err := lengths.scan(src)
	if err == nil {
		x.quantity = q
	}
	return err
}
