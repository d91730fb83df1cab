package batch

import "github.com/overseaswarehouse/overseas/internal/problem"

type (
	// Problem is one thing wrong with an input: a stable code, the place, the offending text and what would be right.
	Problem = problem.Problem
	// Problems is everything wrong with one input. errors.Is and errors.As look at each.
	Problems = problem.Problems
	// Code names a kind of problem; it is an error that errors.Is finds.
	Code = problem.Code
)

// The codes that errors of this package match.
const (
	ErrBasisZero   = problem.BasisZero          // the weights add up to zero
	ErrNoLines     = problem.InputMissing       // nothing to share among, or a line without what the driver needs
	ErrNegative    = problem.Negative           // a negative weight, quantity or scale
	ErrNotMultiple = problem.NotMultiple        // an amount that is no multiple of the smallest share
	ErrSum         = problem.SumMismatch        // shares given by hand that miss the amount
	ErrCurrency    = problem.CurrencyMismatch   // an amount that is not in the book currency
	ErrNoRate      = problem.RateMissing        // no exchange rate into the book currency
	ErrPrecision   = problem.NumberPrecision    // an amount with more decimals than the book has
	ErrOverflow    = problem.Overflow           // more than 18 digits
	ErrUnknown     = problem.UnknownValue       // no such method, kind, driver, component
	ErrStock       = problem.StockShort         // fewer units there than are needed
	ErrChanged     = problem.EntryChanged       // an id that is there already with other content
	ErrBlocks      = problem.EntryBlocks        // a later entry would become impossible
	ErrReference   = problem.NameUnknown        // an order, bill, batch or invoice that is not there
	ErrDuplicate   = problem.Duplicate          // an estimate that was replaced before
	ErrLimit       = problem.OverLimit          // more than an invoice has left
	ErrField       = problem.UnknownField       // a field that the kind of entry does not have
	ErrMissing     = problem.MissingField       // a field that the kind of entry needs
	ErrDate        = problem.DateInvalid        // a day that does not exist
	ErrOrder       = problem.DateOrder          // a period that ends before it begins, a day that is closed already
	ErrVersion     = problem.UnsupportedVersion // a snapshot of another schema
	ErrSnapshot    = problem.Malformed          // a snapshot whose content does not fit its hash
)
