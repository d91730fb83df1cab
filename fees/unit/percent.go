package unit

import (
	"database/sql/driver"

	"github.com/shopspring/decimal"

	"github.com/overseaswarehouse/overseas/internal/fixed"
	"github.com/overseaswarehouse/overseas/internal/problem"
)

// Percent is a number of hundredths, written with its sign: 7.7%. It may be negative. The zero Percent is 0%.
type Percent struct{ number }

// Fraction is a number of wholes: 0.077 is 7.7%. It may be negative. The zero Fraction is 0.
type Fraction struct{ number }

// number is what Percent and Fraction have in common.
type number struct {
	coef  int64
	scale uint8
}

// IsZero reports whether the number is 0.
func (n number) IsZero() bool { return n.coef == 0 }

// Sign is -1, 0 or 1.
func (n number) Sign() int { return n.fixed().Sign() }

// Coef is the number without its point.
func (n number) Coef() int64 { return n.coef }

// Scale is how many of the digits stand after the point.
func (n number) Scale() uint8 { return n.scale }

// Decimal is the number as it is written: 7.7 for 7.7%, 0.077 for 0.077.
func (n number) Decimal() decimal.Decimal { return n.fixed().Decimal() }

func (n number) fixed() fixed.Decimal { return fixed.Decimal{Coef: n.coef, Scale: n.scale} }

// from is the number d where it is within the limits.
func from(d fixed.Decimal) (number, error) {
	if code := d.Check(); code != "" {
		return number{}, fixed.Refuse(code, d.String())
	}
	return number{d.Coef, d.Scale}, nil
}

// NewPercent is d percent. It fails when d has more than 18 digits or 12 decimals.
func NewPercent(d decimal.Decimal) (Percent, error) {
	v, err := fixed.FromShopspring(d)
	return Percent{number{v.Coef, v.Scale}}, err
}

// PercentOf is coef / 10^scale percent, with the limits of NewPercent.
func PercentOf(coef int64, scale uint8) (Percent, error) {
	n, err := from(fixed.Decimal{Coef: coef, Scale: scale})
	return Percent{n}, err
}

// ParsePercent reads a number and a percent sign with one space or nothing between them: "7.7%". Without the sign the
// text is malformed, for nobody knows whether 0.077 or 7.7 was meant.
func ParsePercent(s string) (Percent, error) {
	text, sign := split(s)
	d, code := fixed.Scan(text)
	if code != "" {
		return Percent{}, fixed.Refuse(code, s)
	}
	if sign != "%" {
		return Percent{}, problem.New(problem.Malformed, s, "7.7%")
	}
	return Percent{number{d.Coef, d.Scale}}, nil
}

// Fraction is the same number in wholes. It fails with number_precision when that has more than 12 decimals.
func (p Percent) Fraction() (Fraction, error) {
	d := p.fixed()
	d.Scale += 2
	if d.Scale > fixed.MaxScale {
		var exact bool
		if d, exact = d.Rescale(fixed.MaxScale); !exact {
			return Fraction{}, fixed.Refuse(problem.NumberPrecision, p.String())
		}
	}
	return Fraction{number{d.Coef, d.Scale}}, nil
}

// Compare is -1, 0 or 1.
func (p Percent) Compare(q Percent) int { return p.fixed().Cmp(q.fixed()) }

// String is the number with a percent sign: "7.70%".
func (p Percent) String() string { return string(p.Append(nil)) }

// Append appends what String returns. It does not allocate where b has room.
func (p Percent) Append(b []byte) []byte { return append(p.fixed().Append(b), '%') }

// AppendText is Append for [encoding.TextAppender]; the error is always nil.
func (p Percent) AppendText(b []byte) ([]byte, error) { return p.Append(b), nil }

// MarshalText is String as bytes.
func (p Percent) MarshalText() ([]byte, error) { return p.Append(nil), nil }

// UnmarshalText is ParsePercent on text.
func (p *Percent) UnmarshalText(text []byte) error {
	v, err := ParsePercent(clip(text))
	if err == nil {
		*p = v
	}
	return err
}

// MarshalJSON writes String as a JSON string.
func (p Percent) MarshalJSON() ([]byte, error) { return append(p.Append([]byte{'"'}), '"'), nil }

// UnmarshalJSON reads a JSON string such as "7.7%". A JSON number is refused, for it does not say what it counts.
func (p *Percent) UnmarshalJSON(data []byte) error {
	s, err := jsonText(data)
	if err != nil {
		return err
	}
	v, err := ParsePercent(s)
	if err == nil {
		*p = v
	}
	return err
}

// Value is String for a database.
func (p Percent) Value() (driver.Value, error) { return p.String(), nil }

// Scan reads a text column; NULL is refused.
func (p *Percent) Scan(src any) error {
	s, err := column(src)
	if err != nil {
		return err
	}
	v, err := ParsePercent(s)
	if err == nil {
		*p = v
	}
	return err
}

// NewFraction is the fraction d. It fails when d has more than 18 digits or 12 decimals.
func NewFraction(d decimal.Decimal) (Fraction, error) {
	v, err := fixed.FromShopspring(d)
	return Fraction{number{v.Coef, v.Scale}}, err
}

// FractionOf is the fraction coef / 10^scale, with the limits of NewFraction.
func FractionOf(coef int64, scale uint8) (Fraction, error) {
	n, err := from(fixed.Decimal{Coef: coef, Scale: scale})
	return Fraction{n}, err
}

// ParseFraction reads a plain number: "0.077". A percent sign is number_syntax.
func ParseFraction(s string) (Fraction, error) {
	d, err := fixed.Parse(s)
	return Fraction{number{d.Coef, d.Scale}}, err
}

// Percent is the same number in hundredths. It fails with number_range when that has more than 18 digits.
func (f Fraction) Percent() (Percent, error) {
	d := f.fixed()
	if d.Scale >= 2 {
		d.Scale -= 2
		return Percent{number{d.Coef, d.Scale}}, nil
	}
	d, exact := d.Rescale(2)
	if !exact {
		return Percent{}, fixed.Refuse(problem.NumberRange, f.String())
	}
	return Percent{number{d.Coef, 0}}, nil
}

// Compare is -1, 0 or 1.
func (f Fraction) Compare(g Fraction) int { return f.fixed().Cmp(g.fixed()) }

// String is the number as it was written: "0.0770".
func (f Fraction) String() string { return f.fixed().String() }

// Append appends what String returns. It does not allocate where b has room.
func (f Fraction) Append(b []byte) []byte { return f.fixed().Append(b) }

// AppendText is Append for [encoding.TextAppender]; the error is always nil.
func (f Fraction) AppendText(b []byte) ([]byte, error) { return f.Append(b), nil }

// MarshalText is String as bytes.
func (f Fraction) MarshalText() ([]byte, error) { return f.Append(nil), nil }

// UnmarshalText is ParseFraction on text.
func (f *Fraction) UnmarshalText(text []byte) error {
	v, err := ParseFraction(clip(text))
	if err == nil {
		*f = v
	}
	return err
}

// MarshalJSON writes String as a JSON string.
func (f Fraction) MarshalJSON() ([]byte, error) { return append(f.Append([]byte{'"'}), '"'), nil }

// UnmarshalJSON reads a JSON string or a JSON number, digit by digit.
func (f *Fraction) UnmarshalJSON(data []byte) error {
	var l problem.List
	v, ok := document(data, &l)
	if !ok {
		return l.Err()
	}
	s, ok := v.Number()
	if !ok {
		return l.Err()
	}
	d, err := ParseFraction(s)
	if err == nil {
		*f = d
	}
	return err
}

// Value is String for a database.
func (f Fraction) Value() (driver.Value, error) { return f.String(), nil }

// Scan reads a text or integer column; NULL is refused, and so are floating-point columns.
func (f *Fraction) Scan(src any) error {
	if n, ok := src.(int64); ok {
		v, err := FractionOf(n, 0)
		if err == nil {
			*f = v
		}
		return err
	}
	s, err := column(src)
	if err != nil {
		return err
	}
	v, err := ParseFraction(s)
	if err == nil {
		*f = v
	}
	return err
}
