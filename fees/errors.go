package fees

import "github.com/overseaswarehouse/overseas/internal/problem"

type (
	// Problem is one thing wrong with an input: Code (stable, an error of its own), Path, Line and Column in a document,
	// Text (the offending text), Want (what would be right). Message says it in one of eight languages.
	Problem = problem.Problem
	// Problems is everything wrong with one input. errors.Is and errors.As look at each.
	Problems = problem.Problems
	// Code names a kind of problem; it is an error that errors.Is finds.
	Code = problem.Code
)

// The problems of quotes.
const (
	ErrMissing       = problem.InputMissing     // the event does not say what a card needs
	ErrUnknown       = problem.InputUnknown     // the event answers what no card asks
	ErrValue         = problem.UnknownValue     // an answer is none of those that the card knows
	ErrNotCarried    = problem.NotCarried       // no charge fits: the reasons follow it
	ErrAmbiguous     = problem.Ambiguous        // more than one charge fits
	ErrUnknownOn     = problem.UnknownOn        // a list that serves the event has no price on its date
	ErrDateOrder     = problem.DateOrder        // an end before its beginning
	ErrCountMismatch = problem.CountMismatch    // units that contradict the goods inside
	ErrNoCard        = problem.NoCard           // no card prices the event there and then
	ErrDuplicateCard = problem.DuplicateCard    // two editions of a card hold on one day
	ErrNoRate        = problem.RateMissing      // no exchange rate for a pair of currencies
	ErrCurrency      = problem.CurrencyMismatch // amounts of different currencies
	ErrOverflow      = problem.Overflow         // an amount of more than 18 digits

	ErrIncomplete    = problem.Incomplete    // something is missing, so there is no sum
	ErrStepDiffers   = problem.StepDiffers   // a value of a record that does not follow from those below it
	ErrStepMalformed = problem.StepMalformed // a step of a record that cannot be recomputed
	ErrDigestDiffers = problem.DigestDiffers // a record that was changed
	ErrCardDiffers   = problem.CardDiffers   // a card that is not the one a record names

	ErrNoFacts       = problem.NoFacts       // no customs facts about a country
	ErrUnknownAfter  = problem.UnknownAfter  // a customs fact that is known up to an earlier day only
	ErrUnknownBefore = problem.UnknownBefore // a customs fact that is known from a later day on only
	ErrTariffTwice   = problem.TariffTwice   // a charge covers the tariff that an entry is priced for as well

	ErrNotCSV    = problem.NotCSV       // a file of another kind, by its content
	ErrCSV       = problem.CSVSyntax    // a row that breaks the rules of CSV
	ErrRowWidth  = problem.RowWidth     // a row with more or fewer columns than the header
	ErrEncoding  = problem.Encoding     // bytes that are not text in the encoding that was said
	ErrNumber    = problem.NumberSyntax // a cell that is not a number: how it would be right stands in Want
	ErrRowLength = problem.TooLarge     // a row that is too long
	ErrMixed     = problem.Mixed        // sums that rest on different cards, rates or currencies
)
