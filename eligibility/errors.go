package eligibility

import "github.com/overseaswarehouse/overseas/internal/problem"

// Problem is one thing wrong with a document or a call: code, path, place, offending text, what would be right.
type Problem = problem.Problem

// Problems is everything wrong with one document; errors.Is finds the code of each.
type Problems = problem.Problems

// The codes that this package reports, as errors for errors.Is.
const (
	ErrMissingField    = problem.MissingField
	ErrUnknownPlatform = problem.UnknownPlatform
	ErrNoEdition       = problem.NoEdition
	ErrPeriodOverlap   = problem.PeriodOverlap
	ErrTooMany         = problem.TooMany
	ErrNegative        = problem.Negative
	ErrDuplicate       = problem.Duplicate
	ErrMalformed       = problem.Malformed
	ErrUnknownValue    = problem.UnknownValue
	ErrUnknownField    = problem.UnknownField
	ErrUnreachable     = problem.Unreachable
	ErrContradiction   = problem.Contradiction
	ErrUnlinked        = problem.Unlinked
	ErrTextMissing     = problem.TextMissing
	ErrPlaceholder     = problem.Placeholder
)
