package money

import (
	"github.com/overseaswarehouse/overseas/internal/fixed"
	"github.com/overseaswarehouse/overseas/internal/problem"
)

// Problem is one thing wrong with an input; Problems is several.
type (
	Problem  = problem.Problem
	Problems = problem.Problems
)

// The codes that errors of this package match.
const (
	ErrCurrencyUnknown   = problem.CurrencyUnknown   // no currency, or none that ISO 4217 lists as money
	ErrCurrencyWithdrawn = problem.CurrencyWithdrawn // a currency of the past in a text of today
	ErrCurrencyMismatch  = problem.CurrencyMismatch  // two currencies where one is needed
	ErrRateMissing       = problem.RateMissing       // no rate for this pair, or none so early
	ErrRateNotPositive   = problem.RateNotPositive   // a rate of 0 or less
	ErrDuplicate         = problem.Duplicate         // two rates for one pair and date
	ErrOverflow          = problem.Overflow          // a result of more than 18 digits
	ErrMalformed         = problem.Malformed         // a text that is not a rate, a rate between one currency
	ErrWrongType         = problem.WrongType         // a JSON or database value of another type
	ErrNullNotAllowed    = problem.NullNotAllowed    // JSON null
	ErrMissingField      = problem.MissingField      // a JSON object without amount or currency
	ErrUnknownField      = problem.UnknownField      // a JSON object with another member
	ErrDuplicateKey      = problem.DuplicateKey      // a JSON object with a member twice
	ErrDateInvalid       = problem.DateInvalid       // a rate of a day that does not exist
	ErrDateFormat        = problem.DateFormat        // a rate of a day with a time of day
	ErrDateRange         = problem.DateRange         // a rate of a day outside the years 1 to 9999
	ErrUnknownValue      = problem.UnknownValue      // not a rounding mode
	ErrNumberSyntax      = problem.NumberSyntax      // not a number
	ErrNumberFormat      = problem.NumberFormat      // a number in a notation that is not accepted
	ErrNumberTooLong     = problem.NumberTooLong     // a text that is too long to be a number
	ErrNumberRange       = problem.NumberRange       // more than 18 digits
	ErrNumberPrecision   = problem.NumberPrecision   // more than 12 decimals
)

// Mode says how a value is rounded; the zero Mode is none and is refused.
type Mode = fixed.Mode

// The rounding modes. All but Ceiling and Floor treat both signs alike.
const (
	HalfUp   = fixed.HalfUp   // half_up: to the nearest, a tie away from zero
	HalfEven = fixed.HalfEven // half_even: to the nearest, a tie to the even neighbour
	HalfDown = fixed.HalfDown // half_down: to the nearest, a tie towards zero
	Up       = fixed.Up       // up: away from zero
	Down     = fixed.Down     // down: towards zero
	Ceiling  = fixed.Ceiling  // ceiling: towards positive infinity
	Floor    = fixed.Floor    // floor: towards negative infinity
)

// ParseMode finds a mode by its name, such as "half_even"; any other text is unknown_value.
func ParseMode(name string) (Mode, error) {
	var m Mode
	if name == "" {
		return 0, roundable(0, 0)
	}
	err := m.UnmarshalText([]byte(name))
	return m, err
}

// roundable is the problem with a number of decimals or a mode to round by, or nil.
func roundable(scale uint8, m Mode) error {
	if !m.Valid() {
		return problem.New(problem.UnknownValue, m.String(), fixed.ModeNames()...)
	}
	if scale > fixed.MaxScale {
		return fixed.Refuse(problem.NumberPrecision, "")
	}
	return nil
}
