package unit

import (
	"database/sql/driver"
	"strings"

	"github.com/overseaswarehouse/overseas/internal/fixed"
	"github.com/overseaswarehouse/overseas/internal/problem"
	"github.com/overseaswarehouse/overseas/internal/strict"
	"github.com/overseaswarehouse/overseas/internal/units"
)

// Size is length, width and height, in any order and in any units. The zero Size means "not known"; a Size of which
// only some sides are given is refused wherever it is used.
type Size struct{ L, W, H Length }

// NewSize is the size of three sides. It fails with missing_field when some but not all of them are given.
func NewSize(l, w, h Length) (Size, error) {
	s := Size{l, w, h}
	if err := s.check(); err != nil {
		return Size{}, err
	}
	return s, nil
}

// check is the problem with a size of which only some sides are given.
func (s Size) check() error {
	if s.IsZero() {
		return nil
	}
	for i, side := range s.sides() {
		if side.IsZero() {
			return problem.New(problem.MissingField, sideNames[i]).At("/" + sideNames[i])
		}
	}
	return nil
}

var sideNames = [3]string{"length", "width", "height"}

func (s Size) sides() [3]Length { return [3]Length{s.L, s.W, s.H} }

// IsZero reports whether no side is given: the size is not known.
func (s Size) IsZero() bool { return s == Size{} }

// ParseSize reads three sides with an x between them, the unit once at the end or after each number: "40x30x20 cm",
// "40 cm x 30 cm x 12 in". One space may stand on each side of an x and before a unit.
func ParseSize(s string) (Size, error) {
	part := strings.SplitN(s[:min(len(s), 8192)], "x", 4)
	if len(part) != 3 {
		return Size{}, problem.New(problem.Malformed, s, "40x30x20 cm")
	}
	for i := range part {
		if i > 0 {
			part[i] = strings.TrimPrefix(part[i], " ")
		}
		if i < 2 {
			part[i] = strings.TrimSuffix(part[i], " ")
		}
	}
	_, last := split(part[2])
	shared := !endsInLetter(part[0]) && !endsInLetter(part[1])
	var sides [3]Length
	for i, p := range part {
		var err error
		if shared && i < 2 {
			sides[i], err = ParseLengthIn(p, last)
		} else {
			sides[i], err = ParseLength(p)
		}
		if err != nil {
			return Size{}, at(err, i)
		}
	}
	return Size{sides[0], sides[1], sides[2]}, nil
}

func endsInLetter(s string) bool {
	if s == "" {
		return false
	}
	c := s[len(s)-1]
	return c >= 0x80 || 'a' <= c|0x20 && c|0x20 <= 'z'
}

// at says which side a problem of this package is about.
func at(err error, side int) error {
	p, _ := err.(problem.Problem)
	return p.At("/" + sideNames[side])
}

// Sorted is the sides from the longest to the shortest, compared exactly over mixed units. Sides of one length keep
// their order.
func (s Size) Sorted() [3]Length {
	a := s.sides()
	if a[0].Compare(a[1]) < 0 {
		a[0], a[1] = a[1], a[0]
	}
	if a[1].Compare(a[2]) < 0 {
		a[1], a[2] = a[2], a[1]
		if a[0].Compare(a[1]) < 0 {
			a[0], a[1] = a[1], a[0]
		}
	}
	return a
}

// Longest is the longest side.
func (s Size) Longest() Length { return s.Sorted()[0] }

// Second is the second longest side.
func (s Size) Second() Length { return s.Sorted()[1] }

// Third is the shortest side.
func (s Size) Third() Length { return s.Sorted()[2] }

// Volume is the exact product of the sides without trailing zeros: in m3, in3 or ft3 when all sides are in m, in or
// ft, in in3 when they mix in and ft, and in cm3 otherwise. The volume of a Size that is not known is not given. It
// fails with missing_field when only some sides are given, and with number_range or number_precision when the product
// has more than 18 digits or 12 decimals.
func (s Size) Volume() (Volume, error) {
	if err := s.check(); err != nil || s.IsZero() {
		return Volume{}, err
	}
	sides := s.sides()
	to := s.volumeUnit()
	den, by := to.Factor()
	num := []uint64{0, 0, 0, 1}
	e := -int(by)
	for i, side := range sides {
		n, pow := side.unit.Factor()
		num[i] = uint64(side.coef)
		num[3] *= uint64(n) // at most 3048^3
		e += int(pow) - int(side.scale)
	}
	below := []uint64{uint64(den)}
	for scale := range fixed.MaxScale + 1 {
		c, ok := fixed.RoundRatio(false, num, e+scale, below, fixed.Down)
		if !ok {
			break
		}
		if up, ok := fixed.RoundRatio(false, num, e+scale, below, fixed.Up); !ok || up != c {
			continue
		}
		q, err := volumes.of(fixed.Decimal{Coef: c, Scale: uint8(scale)}, to)
		return Volume{q}, err
	}
	if c, ok := fixed.RoundRatio(false, num, e, below, fixed.Down); ok && c <= fixed.MaxCoef {
		return Volume{}, fixed.Refuse(problem.NumberPrecision, s.String())
	}
	return Volume{}, fixed.Refuse(problem.NumberRange, s.String())
}

// volumeUnit is the unit that Volume answers in.
func (s Size) volumeUnit() Unit {
	u := s.L.unit
	same := u == s.W.unit && u == s.H.unit
	switch {
	case same && u == units.Metre:
		return CubicMetre
	case same && u == units.Foot:
		return CubicFoot
	case u.Imperial() && s.W.unit.Imperial() && s.H.unit.Imperial():
		return CubicInch
	}
	return CubicCentimetre
}

// String is "40x30x20 cm" when all sides have one unit, "40 cm x 30 cm x 12 in" otherwise, and "" when the size is not
// known. A side that is missing shows as "?".
func (s Size) String() string { return string(s.Append(nil)) }

// Append appends what String returns. It does not allocate where b has room.
func (s Size) Append(b []byte) []byte {
	if s.IsZero() {
		return b
	}
	same := s.L.unit == s.W.unit && s.L.unit == s.H.unit
	for i, side := range s.sides() {
		switch {
		case side.IsZero():
			b = append(b, '?')
		case same && i < 2:
			b = side.number().Append(b)
		default:
			b = side.Append(b)
		}
		if i < 2 && same {
			b = append(b, 'x')
		} else if i < 2 {
			b = append(b, " x "...)
		}
	}
	return b
}

// AppendText is Append for [encoding.TextAppender]. It fails with missing_field when only some sides are given.
func (s Size) AppendText(b []byte) ([]byte, error) {
	if err := s.check(); err != nil {
		return b, err
	}
	return s.Append(b), nil
}

// MarshalText is AppendText to a new slice.
func (s Size) MarshalText() ([]byte, error) { return s.AppendText(nil) }

// UnmarshalText reads what MarshalText writes; empty text is not known.
func (s *Size) UnmarshalText(text []byte) error { return s.set(clip(text)) }

func (s *Size) set(text string) error {
	if text == "" {
		*s = Size{}
		return nil
	}
	v, err := ParseSize(text)
	if err == nil {
		*s = v
	}
	return err
}

// MarshalJSON writes String as a JSON string. It fails with missing_field when only some sides are given.
func (s Size) MarshalJSON() ([]byte, error) {
	b, err := s.AppendText([]byte{'"'})
	if err != nil {
		return nil, err
	}
	return append(b, '"'), nil
}

// UnmarshalJSON reads a JSON string such as "40x30x20 cm", or an object of the three sides:
//
//	{"length": "40 cm", "width": "30 cm", "height": "12 in"}
//
// The empty string is not known; null is refused.
func (s *Size) UnmarshalJSON(data []byte) error {
	var l problem.List
	v, ok := document(data, &l)
	if !ok {
		return l.Err()
	}
	if v.Kind() == strict.String {
		text, ok := v.Text()
		if !ok {
			return l.Err()
		}
		return s.set(text)
	}
	o, ok := v.Object(sideNames[:]...)
	if !ok {
		return l.Err()
	}
	var sides [3]Length
	for i, name := range sideNames {
		side, ok := o.Need(name)
		if !ok {
			continue
		}
		text, ok := side.Text()
		if !ok {
			continue
		}
		var err error
		if sides[i], err = ParseLength(text); err != nil {
			p, _ := err.(problem.Problem)
			side.Problem(p)
		}
	}
	if err := l.Err(); err != nil {
		return err
	}
	*s = Size{sides[0], sides[1], sides[2]}
	return nil
}

// Value is String for a database, NULL when not known. It fails with missing_field when only some sides are given.
func (s Size) Value() (driver.Value, error) {
	if err := s.check(); err != nil || s.IsZero() {
		return nil, err
	}
	return s.String(), nil
}

// Scan reads a text column; NULL is not known.
func (s *Size) Scan(src any) error {
	if src == nil {
		*s = Size{}
		return nil
	}
	text, err := column(src)
	if err != nil {
		return err
	}
	return s.set(text)
}
