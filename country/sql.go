package country

import (
	"database/sql/driver"
	"time"

	"github.com/overseaswarehouse/overseas/internal/problem"
)

// unmarshal reads text with parse into target. Empty text is the zero value, and so is the target after an error.
func unmarshal[T any, S string | []byte](target *T, text S, parse func(string) (T, error)) error {
	if target == nil {
		return problem.New(problem.NullNotAllowed, "")
	}
	var zero T
	*target = zero
	if len(text) == 0 {
		return nil
	}
	v, err := parse(string(text))
	if err == nil {
		*target = v
	}
	return err
}

// scan is the Scan method of the types of this package: NULL and "" are the zero value.
func scan[T any](target *T, src any, parse func(string) (T, error)) error {
	switch src := src.(type) {
	case nil:
		return unmarshal(target, "", parse)
	case string:
		return unmarshal(target, src, parse)
	case []byte:
		return unmarshal(target, src, parse)
	}
	if err := unmarshal(target, "", parse); err != nil {
		return err
	}
	return problem.New(problem.WrongType, "", "string")
}

// value is the Value method: NULL for a zero value, text for all others.
func value(text []byte, err error) (driver.Value, error) {
	if err != nil || len(text) == 0 {
		return nil, err
	}
	return string(text), nil
}

// Scan reads a database value: text as ParseDate takes it, or a time.Time, of which the day on its own clock counts. NULL
// and "" are the zero Date.
func (d *Date) Scan(src any) error {
	if t, ok := src.(time.Time); ok {
		if err := unmarshal(d, "", ParseDate); err != nil {
			return err
		}
		year, month, day := t.Date()
		v, err := NewDate(year, int(month), day)
		if err == nil {
			*d = v
		}
		return err
	}
	return scan(d, src, ParseDate)
}

// Value is the date as text for a database, NULL for the zero Date.
func (d Date) Value() (driver.Value, error) { return value(d.MarshalText()) }

// Scan reads a database value as Parse does. NULL and "" are the zero Code.
func (c *Code) Scan(src any) error { return scan(c, src, Parse) }

// Value is the alpha-2 code for a database, NULL for the zero Code.
func (c Code) Value() (driver.Value, error) { return value(c.MarshalText()) }

// Scan reads a database value as ParseCurrency does. NULL and "" are the zero Currency. A currency that has been
// withdrawn is refused.
func (c *Currency) Scan(src any) error { return scan(c, src, ParseCurrency) }

// Value is the code for a database, NULL for the zero Currency.
func (c Currency) Value() (driver.Value, error) { return value(c.MarshalText()) }
