package money

import (
	"database/sql/driver"
	"strings"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/internal/fixed"
	"github.com/overseaswarehouse/overseas/internal/problem"
	"github.com/overseaswarehouse/overseas/internal/strict"
)

// Parse reads a number and a currency with one space or nothing between them, such as "12.50 EUR". The number is in
// plain notation: an optional minus, no exponent, no plus sign, no grouping, a point and not a comma. The currency must
// be one of today: a withdrawn one fails with currency_withdrawn, which names its successor.
func Parse(s string) (Money, error) { return ParseOn(s, country.Date{}) }

// ParseOn is Parse for a text of the given day, on which a currency that has been withdrawn since was in use.
func ParseOn(s string, day country.Date) (Money, error) {
	number, code := split(s)
	return read(number, code, s, day)
}

// ParseIn is Parse for a number and a currency that stand apart.
func ParseIn(number, currency string) (Money, error) {
	return read(number, currency, number, country.Date{})
}

// read makes an amount of the parts of the text whole, which is shown when the number is refused.
func read(number, code, whole string, day country.Date) (Money, error) {
	d, wrong := fixed.Scan(number)
	if wrong != "" {
		return Money{}, fixed.Refuse(wrong, whole)
	}
	if code == "" {
		return Money{}, problem.New(problem.CurrencyUnknown, whole, number+" EUR")
	}
	c, err := currency(code, day)
	if err != nil {
		return Money{}, err
	}
	return Money{d.Coef, d.Scale, lettersOf(c)}, nil
}

// split parts a text into a number and what follows it. The number is up to the last space where there is one, for
// then a malformed number is seen whole.
func split(s string) (number, rest string) {
	const most = 4096 // no text of this length is an amount, and the number is refused for its length
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

// String is the amount with all its decimals and the currency, "12.50 EUR", or "" for the zero Money.
func (m Money) String() string {
	var b [32]byte
	return string(m.Append(b[:0]))
}

// Append appends what String returns. It does not allocate where b has room.
func (m Money) Append(b []byte) []byte {
	if m.IsZero() {
		return b
	}
	b = m.number().Append(b)
	b = append(b, ' ')
	c := m.Currency()
	return append(b, c[:]...)
}

// AppendAmount appends the amount with all its decimals and without the currency.
func (m Money) AppendAmount(b []byte) []byte { return m.number().Append(b) }

// AppendText is Append for [encoding.TextAppender]; the error is always nil.
func (m Money) AppendText(b []byte) ([]byte, error) { return m.Append(b), nil }

// MarshalText is String as bytes.
func (m Money) MarshalText() ([]byte, error) { return m.Append(nil), nil }

// UnmarshalText reads what MarshalText writes, in a currency that has been withdrawn since as well; empty text is the
// zero Money.
func (m *Money) UnmarshalText(text []byte) error { return m.set(clip(text)) }

func (m *Money) set(s string) error {
	var v Money
	if s != "" {
		var err error
		if v, err = ParseOn(s, ever); err != nil {
			return err
		}
	}
	*m = v
	return nil
}

// MarshalJSON writes {"amount":"12.50","currency":"EUR"}, and "" for the zero Money.
func (m Money) MarshalJSON() ([]byte, error) {
	if m.IsZero() {
		return []byte(`""`), nil
	}
	b := append(make([]byte, 0, 64), `{"amount":"`...)
	b = m.AppendAmount(b)
	b = append(b, `","currency":"`...)
	c := m.Currency()
	b = append(b, c[:]...)
	return append(b, `"}`...), nil
}

// UnmarshalJSON reads what MarshalJSON writes and the text form as a JSON string. The amount may be a JSON number,
// which is read digit by digit, and the currency may have been withdrawn since. Nothing is changed when it fails.
func (m *Money) UnmarshalJSON(data []byte) error {
	var l problem.List
	v, ok := document(data, &l)
	if !ok {
		return l.Err()
	}
	if v.Kind() == strict.String {
		s, ok := v.Text()
		if !ok {
			return l.Err()
		}
		return m.set(s)
	}
	var a Money
	if o, ok := v.Object("amount", "currency"); ok {
		d := numberField(o, "amount")
		a = Money{d.Coef, d.Scale, lettersOf(currencyField(o, "currency"))}
	}
	if err := l.Err(); err != nil {
		return err
	}
	*m = a
	return nil
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

// numberField is a member that is a number or a string that holds one.
func numberField(o strict.Object, name string) fixed.Decimal {
	if v, ok := o.Need(name); ok {
		if s, ok := v.Number(); ok {
			d, code := fixed.Scan(s)
			if code == "" {
				return d
			}
			v.Problem(fixed.Refuse(code, s))
		}
	}
	return fixed.Decimal{}
}

// currencyField is a member that is a currency.
func currencyField(o strict.Object, name string) country.Currency {
	if v, ok := o.Need(name); ok {
		if s, ok := v.Text(); ok {
			c, err := currency(s, ever)
			if err == nil {
				return c
			}
			file(v, err)
		}
	}
	return country.Currency{}
}

// file reports a problem at the place of the value it is about.
func file(v strict.Value, err error) {
	if p, ok := err.(problem.Problem); ok {
		v.Problem(p)
	}
}

// Value is the text form for a database, NULL for the zero Money.
func (m Money) Value() (driver.Value, error) {
	if m.IsZero() {
		return nil, nil
	}
	return m.String(), nil
}

// Scan reads a text column as UnmarshalText does; NULL is the zero Money. A column that is a number is refused, for it has no currency.
func (m *Money) Scan(src any) error {
	switch v := src.(type) {
	case nil:
		*m = Money{}
		return nil
	case string:
		return m.set(v)
	case []byte:
		return m.set(clip(v))
	}
	return problem.New(problem.WrongType, "", "string")
}

// clip is text as a string, cut where it is too long to be accepted anyway.
func clip(text []byte) string { return string(text[:min(len(text), 8192)]) }
