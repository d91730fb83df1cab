package unit

import (
	"database/sql/driver"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/overseaswarehouse/overseas/internal/fixed"
	"github.com/overseaswarehouse/overseas/internal/problem"
	"github.com/overseaswarehouse/overseas/internal/strict"
	"github.com/overseaswarehouse/overseas/internal/units"
)

// Unit is a unit of weight, length or volume; the zero Unit is none. Its String is its symbol, and its Factor is its
// exact size in grams, millimetres or cubic millimetres as num x 10^pow.
type Unit = units.Unit

// The units.
const (
	Gram            = units.Gram            // g
	Kilogram        = units.Kilogram        // kg
	Ounce           = units.Ounce           // oz: 28.349523125 g
	Pound           = units.Pound           // lb: 453.59237 g
	Tonne           = units.Tonne           // t: 1000 kg
	Millimetre      = units.Millimetre      // mm
	Centimetre      = units.Centimetre      // cm
	Metre           = units.Metre           // m
	Inch            = units.Inch            // in: 25.4 mm
	Foot            = units.Foot            // ft: 12 in
	CubicCentimetre = units.CubicCentimetre // cm3
	Litre           = units.Litre           // l: 1000 cm3
	CubicMetre      = units.CubicMetre      // m3
	CubicInch       = units.CubicInch       // in3: 16.387064 cm3
	CubicFoot       = units.CubicFoot       // ft3: 1728 in3
)

// quantity is what weights, lengths and volumes have in common.
type quantity struct {
	coef  int64
	scale uint8
	unit  Unit
}

// IsZero reports whether the value is the zero value: not given.
func (q quantity) IsZero() bool { return q.unit == 0 }

// Coef is the number without its point: 125 of 12.5 kg.
func (q quantity) Coef() int64 { return q.coef }

// Scale is how many of the digits stand after the point: 1 of 12.5 kg.
func (q quantity) Scale() uint8 { return q.scale }

// Unit is the unit the value was written in, the zero Unit when it is not given.
func (q quantity) Unit() Unit { return q.unit }

// Decimal is the number, in the value's own unit.
func (q quantity) Decimal() decimal.Decimal { return q.number().Decimal() }

func (q quantity) number() fixed.Decimal { return fixed.Decimal{Coef: q.coef, Scale: q.scale} }

// String is the number as it was written and the symbol of the unit, "12.50 kg", or "" when not given.
func (q quantity) String() string {
	var b [32]byte
	return string(q.Append(b[:0]))
}

// Append appends what String returns. It does not allocate where b has room.
func (q quantity) Append(b []byte) []byte {
	if q.unit == 0 {
		return b
	}
	b = q.number().Append(b)
	b = append(b, ' ')
	return append(b, q.unit.String()...)
}

// AppendText is Append for [encoding.TextAppender]; the error is always nil.
func (q quantity) AppendText(b []byte) ([]byte, error) { return q.Append(b), nil }

// MarshalText is String as bytes.
func (q quantity) MarshalText() ([]byte, error) { return q.Append(nil), nil }

// MarshalJSON writes String as a JSON string.
func (q quantity) MarshalJSON() ([]byte, error) {
	return append(q.Append([]byte{'"'}), '"'), nil
}

// Value is String for a database, NULL when not given.
func (q quantity) Value() (driver.Value, error) {
	if q.unit == 0 {
		return nil, nil
	}
	return q.String(), nil
}

func (q quantity) compare(p quantity) int {
	if q.unit == p.unit {
		return q.number().Cmp(p.number())
	}
	nq, eq := q.unit.Factor()
	np, ep := p.unit.Factor()
	return fixed.CmpScaled(q.coef, uint64(nq), int(eq)-int(q.scale), p.coef, uint64(np), int(ep)-int(p.scale))
}

// kind is a dimension and what it demands of its values.
type kind struct {
	dim  units.Dim
	zero bool // whether 0 is a value
}

var (
	weights = kind{units.Weight, false}
	lengths = kind{units.Length, false}
	volumes = kind{units.Volume, true}
)

// of is the one constructor that all others end in.
func (k kind) of(d fixed.Decimal, u Unit) (quantity, error) {
	if code := d.Check(); code != "" {
		return quantity{}, fixed.Refuse(code, d.String())
	}
	switch {
	case d.Coef < 0:
		return quantity{}, problem.New(problem.Negative, d.String())
	case d.Coef == 0 && !k.zero:
		return quantity{}, problem.New(problem.ZeroNotAllowed, d.String())
	case u.Dim() != k.dim:
		return quantity{}, k.unknown(u.String())
	}
	return quantity{d.Coef, d.Scale, u}, nil
}

func (k kind) unknown(symbol string) error {
	return problem.New(problem.UnitUnknown, symbol, units.Symbols(k.dim)...)
}

func (k kind) from(d decimal.Decimal, u Unit) (quantity, error) {
	v, err := fixed.FromShopspring(d)
	if err != nil {
		return quantity{}, err
	}
	return k.of(v, u)
}

func (k kind) parseIn(number, symbol string) (quantity, error) {
	return k.read(number, symbol, number)
}

func (k kind) parse(s string) (quantity, error) {
	number, symbol := split(s)
	return k.read(number, symbol, s)
}

// read makes a quantity of the parts of the text whole, which is shown when the number is refused.
func (k kind) read(number, symbol, whole string) (quantity, error) {
	d, code := fixed.Scan(number)
	if code != "" {
		return quantity{}, fixed.Refuse(code, whole)
	}
	u, _ := units.Parse(symbol)
	if u.Dim() != k.dim && (symbol != "" || !d.IsZero()) {
		return quantity{}, k.unknown(symbol)
	}
	return k.of(d, u) // a bare 0 is refused as a zero, where zero is refused
}

// split parts a text into a number and what follows it, with one space or nothing between. The number is up to the
// last space where there is one, for then a malformed number is shown whole.
func split(s string) (number, rest string) {
	const most = 4096 // no text of this length is a quantity, and the number is refused for its length
	if len(s) > most {
		return s, ""
	}
	if i := strings.LastIndexByte(s, ' '); i >= 0 {
		return s[:i], s[i+1:]
	}
	i := 0
	for i < len(s) && strings.IndexByte("+-.,0123456789", s[i]) >= 0 {
		i++
	}
	return s[:i], s[i:]
}

// text reads what MarshalText writes.
func (k kind) text(s string) (quantity, error) {
	if s == "" {
		return quantity{}, nil
	}
	return k.parse(s)
}

// json reads what MarshalJSON writes.
func (k kind) json(data []byte) (quantity, error) {
	s, err := jsonText(data)
	if err != nil {
		return quantity{}, err
	}
	return k.text(s)
}

// scan reads what Value writes.
func (k kind) scan(src any) (quantity, error) {
	if src == nil {
		return quantity{}, nil
	}
	s, err := column(src)
	if err != nil {
		return quantity{}, err
	}
	return k.text(s)
}

func (k kind) round(q quantity, scale uint8, m Mode) (quantity, error) {
	if err := roundable(m); err != nil || q.unit == 0 {
		return quantity{}, err
	}
	if scale > fixed.MaxScale {
		return quantity{}, fixed.Refuse(problem.NumberPrecision, q.String())
	}
	d, ok := q.number().Round(scale, m)
	if !ok {
		return quantity{}, fixed.Refuse(problem.NumberRange, q.String())
	}
	return k.of(d, q.unit)
}

func (k kind) in(q quantity, u Unit, scale uint8, m Mode) (quantity, error) {
	if u == q.unit {
		return k.round(q, scale, m)
	}
	if err := roundable(m); err != nil {
		return quantity{}, err
	}
	if u.Dim() != k.dim {
		return quantity{}, k.unknown(u.String())
	}
	if q.unit == 0 {
		return quantity{}, nil
	}
	if scale > fixed.MaxScale {
		return quantity{}, fixed.Refuse(problem.NumberPrecision, q.String())
	}
	num, pow := q.unit.Factor()
	den, by := u.Factor()
	c, ok := fixed.RoundRatio(false, []uint64{uint64(q.coef), uint64(num)}, int(pow)-int(by)-int(q.scale)+int(scale), []uint64{uint64(den)}, m)
	if !ok {
		return quantity{}, fixed.Refuse(problem.NumberRange, q.String())
	}
	return k.of(fixed.Decimal{Coef: c, Scale: scale}, u)
}

// document reads a JSON value; null is refused as the field that it is, for these types are fields of documents.
func document(data []byte, l *problem.List) (strict.Value, bool) {
	v, ok := strict.Parse(data, strict.Limits{}, l)
	if ok && v.Kind() == strict.Null {
		v.Problem(problem.New(problem.NullNotAllowed, "null"))
		return v, false
	}
	return v, ok
}

// jsonText is the text of a JSON string.
func jsonText(data []byte) (string, error) {
	var l problem.List
	var s string
	if v, ok := document(data, &l); ok {
		s, _ = v.Text()
	}
	return s, l.Err()
}

// column is the text of a database column.
func column(src any) (string, error) {
	switch v := src.(type) {
	case string:
		return v, nil
	case []byte:
		return clip(v), nil
	case nil:
		return "", problem.New(problem.NullNotAllowed, "")
	}
	return "", problem.New(problem.WrongType, "", "string")
}

// clip is text as a string, cut where it is too long to be accepted anyway.
func clip(text []byte) string { return string(text[:min(len(text), 8192)]) }
