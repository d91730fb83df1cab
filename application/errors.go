package application

import "github.com/overseaswarehouse/overseas/internal/problem"

// Problem is one thing wrong with an application's shape: code, path, place, offending text, what would be right.
type Problem = problem.Problem

// Problems is everything wrong with one application; errors.Is finds the code of each.
type Problems = problem.Problems

// The codes that this package reports, as errors for errors.Is.
const (
	ErrMissingField     = problem.MissingField
	ErrTextBlank        = problem.TextBlank
	ErrTextTooLong      = problem.TextTooLong
	ErrControlCharacter = problem.ControlCharacter
	ErrBidiControl      = problem.BidiControl
	ErrTooMany          = problem.TooMany
	ErrNegative         = problem.Negative
	ErrDuplicate        = problem.Duplicate
	ErrMalformed        = problem.Malformed
	ErrUnknownValue     = problem.UnknownValue
	ErrCountryUnknown   = problem.CountryUnknown
	ErrDateInvalid      = problem.DateInvalid
	ErrFileNameUnsafe   = problem.FileNameUnsafe
	ErrFileType         = problem.FileType
	ErrTransition       = problem.Transition
	ErrDateOrder        = problem.DateOrder
	ErrContradiction    = problem.Contradiction
)
