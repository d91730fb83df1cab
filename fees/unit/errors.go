package unit

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
	ErrUnitUnknown     = problem.UnitUnknown     // no unit, or none of this kind; Want lists the accepted ones
	ErrNegative        = problem.Negative        // a negative weight, length or volume
	ErrZeroNotAllowed  = problem.ZeroNotAllowed  // a weight or a length of 0
	ErrMissingField    = problem.MissingField    // a size with some of its sides
	ErrMalformed       = problem.Malformed       // a text that is not a size or a percentage
	ErrWrongType       = problem.WrongType       // a JSON or database value of another type
	ErrNullNotAllowed  = problem.NullNotAllowed  // JSON null, or NULL where 0 is a value
	ErrUnknownValue    = problem.UnknownValue    // not a rounding mode
	ErrNumberSyntax    = problem.NumberSyntax    // not a number
	ErrNumberFormat    = problem.NumberFormat    // a number in a notation that is not accepted
	ErrNumberTooLong   = problem.NumberTooLong   // a text that is too long to be a number
	ErrNumberRange     = problem.NumberRange     // more than 18 digits
	ErrNumberPrecision = problem.NumberPrecision // more than 12 decimals
)

// Mode says how a value is rounded; the zero Mode is none and is refused.
type Mode = fixed.Mode

// The rounding modes. All but Ceiling and Floor treat both signs alike.
const (
	HalfUp   = fixed.HalfUp   // to the nearest, a tie away from zero
	HalfEven = fixed.HalfEven // to the nearest, a tie to the even neighbour
	HalfDown = fixed.HalfDown // to the nearest, a tie towards zero
	Up       = fixed.Up       // away from zero
	Down     = fixed.Down     // towards zero
	Ceiling  = fixed.Ceiling  // towards positive infinity
	Floor    = fixed.Floor    // towards negative infinity
)

// roundable is the problem with a mode that is none, or nil.
func roundable(m Mode) error {
	if m.Valid() {
		return nil
	}
	return problem.New(problem.UnknownValue, m.String(), fixed.ModeNames()...)
}
