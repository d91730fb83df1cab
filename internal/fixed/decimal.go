package fixed

import (
	"math/bits"

	"github.com/shopspring/decimal"

	"github.com/overseaswarehouse/overseas/internal/problem"
)

// Limits of a decimal that comes from outside.
const (
	MaxDigits = 18
	MaxScale  = 12
	MaxCoef   = 1_000_000_000_000_000_000 - 1
)

// Decimal is the number Coef / 10^Scale. The zero Decimal is 0. Every operation is defined for every Coef and Scale;
// results of operations that can fail are within the limits of [Decimal.Valid].
type Decimal struct {
	Coef  int64
	Scale uint8
}

// Valid reports whether d has at most 18 digits and 12 decimals.
func (d Decimal) Valid() bool {
	return d.Scale <= MaxScale && d.Coef <= MaxCoef && d.Coef >= -MaxCoef
}

// Check is "" for a valid d, number_precision for too many decimals and number_range for too many digits.
func (d Decimal) Check() problem.Code {
	switch {
	case d.Scale > MaxScale:
		return problem.NumberPrecision
	case !d.Valid():
		return problem.NumberRange
	}
	return ""
}

// checked is d, and false with the zero Decimal when d is not valid.
func (d Decimal) checked(ok bool) (Decimal, bool) {
	if !ok || !d.Valid() {
		return Decimal{}, false
	}
	return d, true
}

// Sign is -1, 0 or 1.
func (d Decimal) Sign() int {
	switch {
	case d.Coef < 0:
		return -1
	case d.Coef > 0:
		return 1
	}
	return 0
}

// IsZero reports whether the value is 0, whatever the scale.
func (d Decimal) IsZero() bool { return d.Coef == 0 }

// Neg is -d; ok is false only for the least int64, which no valid Decimal has.
func (d Decimal) Neg() (Decimal, bool) {
	c, ok := sub(0, d.Coef)
	if !ok {
		return Decimal{}, false
	}
	return Decimal{c, d.Scale}, true
}

// Cmp compares the values of d and e, exactly: -1, 0 or 1.
func (d Decimal) Cmp(e Decimal) int {
	if d.Scale == e.Scale {
		switch {
		case d.Coef < e.Coef:
			return -1
		case d.Coef > e.Coef:
			return 1
		}
		return 0
	}
	if d.Scale < e.Scale {
		return cmpShifted(d.Coef, int(e.Scale-d.Scale), e.Coef)
	}
	return -cmpShifted(e.Coef, int(d.Scale-e.Scale), d.Coef)
}

// cmpShifted compares a x 10^n with b for n > 0.
func cmpShifted(a int64, n int, b int64) int {
	ua, na := magnitude[uint64](a)
	ub, nb := magnitude[uint64](b)
	if n > Pow10Max || ua == 0 || ub == 0 || na != nb {
		return CmpScaled(a, 1, n, b, 1, 0)
	}
	hi, lo := bits.Mul64(ua, pow10[n])
	switch {
	case hi == 0 && lo == ub:
		return 0
	case hi == 0 && lo < ub:
		return sign(!na)
	}
	return sign(na)
}

// Add is the exact sum with the greater scale of the two; ok is false when it is not valid.
func (d Decimal) Add(e Decimal) (Decimal, bool) {
	if d.Scale != e.Scale {
		var ok bool
		if d.Scale < e.Scale {
			d, ok = d.Rescale(e.Scale)
		} else {
			e, ok = e.Rescale(d.Scale)
		}
		if !ok {
			return Decimal{}, false
		}
	}
	c, ok := add(d.Coef, e.Coef)
	return Decimal{c, d.Scale}.checked(ok)
}

// Sub is the exact difference with the greater scale of the two; ok is false when it is not valid.
func (d Decimal) Sub(e Decimal) (Decimal, bool) {
	e, ok := e.Neg()
	if !ok {
		return Decimal{}, false
	}
	return d.Add(e)
}

// Rescale is the same value with another scale; exact is false when digits other than zeros would be lost or the
// result is not valid.
func (d Decimal) Rescale(scale uint8) (r Decimal, exact bool) {
	if scale >= d.Scale {
		p := Pow10(int(scale - d.Scale))
		hi, lo := bits.Mul64(Abs(d.Coef), p)
		if hi != 0 || lo > MaxCoef || p == 0 {
			return Decimal{}, false
		}
		c, _ := settle[int64](lo, false, d.Coef < 0)
		return Decimal{c, scale}.checked(true)
	}
	if n := int(d.Scale - scale); n <= MaxDigits {
		p := int64(pow10[n])
		return Decimal{d.Coef / p, scale}.checked(d.Coef%p == 0)
	}
	return Decimal{0, scale}.checked(d.Coef == 0)
}

// Round is d rounded to scale digits after the point, padded with zeros where d has fewer; ok is false when the
// result is not valid or m is not a mode.
func (d Decimal) Round(scale uint8, m Mode) (r Decimal, ok bool) {
	if !m.Valid() {
		return Decimal{}, false
	}
	if scale >= d.Scale {
		return d.Rescale(scale)
	}
	neg := d.Coef < 0
	if n := int(d.Scale - scale); n <= Pow10Max {
		c, ok := DivRound128(0, Abs(d.Coef), pow10[n], neg, m)
		return Decimal{c, scale}.checked(ok)
	}
	// Less than one tenth of the last place is left.
	var rest uint64
	if d.Coef != 0 {
		rest = 1
	}
	c, ok := settle[int64](uint64(0), away(0, rest, 10, neg, m), neg)
	return Decimal{c, scale}.checked(ok)
}

// Normalize is d without trailing zeros after the point. Decimals of one value normalise to the same Decimal.
func (d Decimal) Normalize() Decimal {
	if d.Coef == 0 {
		return Decimal{}
	}
	for d.Scale > 0 && d.Coef%10 == 0 {
		d.Coef /= 10
		d.Scale--
	}
	return d
}

// Decimal is d as a decimal of package shopspring/decimal, with the exponent -Scale.
func (d Decimal) Decimal() decimal.Decimal { return decimal.New(d.Coef, -int32(d.Scale)) }

// String is d in plain notation with all its decimals: "-12.50". Zero has no sign.
//
//go:noinline
func (d Decimal) String() string {
	var b [24]byte
	return string(d.Append(b[:0]))
}

// Append appends what String returns.
func (d Decimal) Append(b []byte) []byte {
	u := Abs(d.Coef)
	if d.Coef < 0 {
		b = append(b, '-')
	}
	var digits [20]byte
	i := len(digits)
	for u > 0 {
		i--
		digits[i] = byte('0' + u%10)
		u /= 10
	}
	whole := len(digits) - i - int(d.Scale)
	if whole <= 0 {
		b = append(b, '0')
	} else {
		b = append(b, digits[i:i+whole]...)
		i += whole
	}
	if d.Scale == 0 {
		return b
	}
	b = append(b, '.')
	for ; whole < 0; whole++ {
		b = append(b, '0')
	}
	return append(b, digits[i:]...)
}

// AppendText is Append for encoding.TextAppender; the error is always nil.
func (d Decimal) AppendText(b []byte) ([]byte, error) { return d.Append(b), nil }

// MarshalText is String as bytes.
func (d Decimal) MarshalText() ([]byte, error) { return d.Append(nil), nil }

// UnmarshalText is [Parse] on text.
func (d *Decimal) UnmarshalText(text []byte) error {
	v, code := ScanBytes(text)
	if code != "" {
		return Refuse(code, string(text[:min(len(text), 256)]))
	}
	*d = v
	return nil
}
