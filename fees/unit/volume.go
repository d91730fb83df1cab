package unit

import (
	"github.com/shopspring/decimal"

	"github.com/overseaswarehouse/overseas/internal/fixed"
)

// Volume is a volume in the unit it was written in: cm3, l, m3, in3 and ft3. It may be 0. The zero Volume means "not given".
type Volume struct{ quantity }

// NewVolume is the volume of d units u. It fails when it is negative, when d has more than 18 digits or 12
// decimals, and with unit_unknown when u is no unit of volume.
func NewVolume(d decimal.Decimal, u Unit) (Volume, error) {
	q, err := volumes.from(d, u)
	return Volume{q}, err
}

// VolumeOf is NewVolume for the number coef / 10^scale.
func VolumeOf(coef int64, scale uint8, u Unit) (Volume, error) {
	q, err := volumes.of(fixed.Decimal{Coef: coef, Scale: scale}, u)
	return Volume{q}, err
}

// ParseVolume reads a number and a symbol with one space or nothing between them, such as "0.36 m3".
func ParseVolume(s string) (Volume, error) {
	q, err := volumes.parse(s)
	return Volume{q}, err
}

// ParseVolumeIn is ParseVolume for a number and a symbol that stand apart.
func ParseVolumeIn(number, symbol string) (Volume, error) {
	q, err := volumes.parseIn(number, symbol)
	return Volume{q}, err
}

// Compare is -1, 0 or 1, exact over all units. A volume that is not given counts as 0.
func (x Volume) Compare(y Volume) int { return x.compare(y.quantity) }

// Round is the volume rounded to scale decimals of its own unit. It fails when the result is not a volume.
func (x Volume) Round(scale uint8, m Mode) (Volume, error) {
	q, err := volumes.round(x.quantity, scale, m)
	return Volume{q}, err
}

// In is the volume in the unit u, rounded once to scale decimals. It is exact when it compares equal. It fails when the
// result is not a volume.
func (x Volume) In(u Unit, scale uint8, m Mode) (Volume, error) {
	q, err := volumes.in(x.quantity, u, scale, m)
	return Volume{q}, err
}

// UnmarshalText reads what MarshalText writes; empty text is not given.
func (x *Volume) UnmarshalText(text []byte) error {
	q, err := volumes.text(clip(text))
	if err == nil {
		x.quantity = q
	}
	return err
}

// UnmarshalJSON reads a JSON string such as "0.36 m3"; the empty string is not given, null is refused.
func (x *Volume) UnmarshalJSON(data []byte) error {
	q, err := volumes.json(data)
	if err == nil {
		x.quantity = q
	}
	return err
}

// Scan reads a text column; NULL is not given.
func (x *Volume) Scan(src any) error {
	q, err := volumes.scan(src)
	if err == nil {
		x.quantity = q
	}
	return err
}
