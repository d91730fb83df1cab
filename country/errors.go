package country

import "github.com/overseaswarehouse/overseas/internal/problem"

type (
	// Problem is one thing wrong with an input: code, place, offending text and what would be right.
	Problem = problem.Problem
	// Problems is everything wrong with one document, in its order.
	Problems = problem.Problems
)

// The errors of this package, for errors.Is.
const (
	ErrCountryUnknown    = problem.CountryUnknown    // no code or name of a country
	ErrCountryAmbiguous  = problem.CountryAmbiguous  // a former code whose territory several countries share
	ErrNotACountry       = problem.NotACountry       // a region, a union, a part of a country, a reserved code
	ErrCurrencyUnknown   = problem.CurrencyUnknown   // no code of ISO 4217 that is money
	ErrCurrencyWithdrawn = problem.CurrencyWithdrawn // a code of ISO 4217 that another one has replaced
	ErrDateInvalid       = problem.DateInvalid       // no day of the calendar, or not written YYYY-MM-DD
	ErrDateFormat        = problem.DateFormat        // a day with a time of day
	ErrDateRange         = problem.DateRange         // outside the years 1 to 9999
	ErrTextBlank         = problem.TextBlank         // nothing given
	ErrNoFacts           = problem.NoFacts           // no customs facts about the country, or not the ones that are needed
	ErrUnknownAfter      = problem.UnknownAfter      // a customs fact of which the value after a day is not known
	ErrUnknownBefore     = problem.UnknownBefore     // a customs fact of which the value before a day is not known
)
