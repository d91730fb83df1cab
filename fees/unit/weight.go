package unit

import (
	"github.com/shopspring/decimal"

	"github.com/overseaswarehouse/overseas/internal/fixed"
)

// Weight is a weight in the unit it was written in: g, kg, oz, lb and t. It is never 0. The zero Weight means "not given".
type Weight struct{ quantity }

// NewWeight is the weight of d units u. It fails when it is 0 or negative, when d has more than 18 digits or 12
// decimals, and with unit_unknown when u is no unit of weight.
func NewWeight(d decimal.Decimal, u Unit) (Weight, error) {
	q, err := weights.from(d, u)
	return Weight{q}, err
}

// WeightOf is NewWeight for the number coef / 10^scale.
func WeightOf(coef int64, scale uint8, u Unit) (Weight, error) {
	q, err := weights.of(fixed.Decimal{Coef: coef, Scale: scale}, u)
	return Weight{q}, err
}

// ParseWeight reads a number and a symbol with one space or nothing between them, such as "12.5 lb".
func ParseWeight(s string) (Weight, error) {
	q, err := weights.parse(s)
	return Weight{q}, err
}

// ParseWeightIn is ParseWeight for a number and a symbol that stand apart.
func ParseWeightIn(number, symbol string) (Weight, error) {
	q, err := weights.parseIn(number, symbol)
	return Weight{q}, err
}

// Compare is -1, 0 or 1, exact over all units. A weight that is not given counts as 0.
func (x Weight) Compare(y Weight) int { return x.compare(y.quantity) }

// Round is the weight rounded to scale decimals of its own unit. It fails when the result is not a weight.
func (x Weight) Round(scale uint8, m Mode) (Weight, error) {
	q, err := weights.round(x.quantity, scale, m)
	return Weight{q}, err
}

// In is the weight in the unit u, rounded once to scale decimals. It is exact when it compares equal. It fails when the
// result is not a weight.
func (x Weight) In(u Unit, scale uint8, m Mode) (Weight, error) {
	q, err := weights.in(x.quantity, u, scale, m)
	return Weight{q}, err
}

// UnmarshalText reads what MarshalText writes; empty text is not given.
func (x *Weight) UnmarshalText(text []byte) error {
	q, err := weights.text(clip(text))
	if err == nil {
		x.quantity = q
	}
	return err
}

// UnmarshalJSON reads a JSON string such as "2.5 kg"; the empty string is not given, null is refused.
func (x *Weight) UnmarshalJSON(data []byte) error {
	q, err := weights.json(data)
	if err == nil {
		x.quantity = q
	}
	return err
}

// Scan reads a text column; NULL is not given.
func (x *Weight) Scan(src any) error {
	q, err := weights.scan(src)
	if err == nil {
		x.quantity = q
	}
	return err
}
