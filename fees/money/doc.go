// Package money holds exact amounts of money and the exchange rates between them.
//
// # Representation
//
// A [Money] is a small comparable value: a coefficient, a scale and a currency. It keeps the digits it was given, so
// 12.5 EUR and 12.50 EUR are equal in value ([Money.Compare], [Money.Equal]) and different under ==; [Money.Normal]
// makes the two agree. The zero Money is an amount of 0 in no currency and means "not given": it is no neutral element,
// and adding it to an amount is currency_mismatch, so that a price that nobody set cannot pass for a price of nothing.
//
// # Limits
//
// At most 18 digits, 12 of them after the point, whatever the currency: a price per unit may well have four decimals.
// Results that would be beyond are errors; nothing wraps and nothing is cut.
//
// The currency is one of ISO 4217. [Parse] and [ParseIn] accept the currencies of today; [ParseOn], amounts made from a
// currency, and amounts that are read back from JSON, text or a database may be in one that has been withdrawn.
//
// # Conversions
//
// Decimals of github.com/shopspring/decimal are bounded before the first operation and taken over with their scale.
// There are no floating-point numbers. None of the settings of package decimal changes any result or text.
//
// The text form is the number, one space and the currency, "12.50 EUR"; on input the space may be missing. JSON is
//
//	{"amount": "12.50", "currency": "EUR"}
//
// and the text form is accepted as well. Unknown and repeated members, missing ones and null are refused. A database
// column holds the text form. The zero Money is the empty text, and NULL in a database.
//
// # Exchange rates
//
// A [Rate] is a quotation as somebody published it: so many units of the quote currency for one or more units of the
// base currency, on a date, by a source. [Rates] converts by exactly the pairs it was given. It never inverts a rate
// and never goes through a third currency by itself, for both give other cents than the published rate; what is
// wanted is said: by [Rate.Inverse], a quotation is used in the other direction by an exact division, and by [Via], two
// quotations are used one after the other, with the rounding in between that a rule may demand. A pair may have rates
// of several dates.
//
// # Rounding
//
// Rounding is always named by a [Mode] and a number of decimals and happens once, on the exact value. Nothing else
// rounds.
//
// # Errors
//
// Errors are of type [Problem] or [Problems] and match one of the codes below with errors.Is. A missing rate is an
// error that names the pair and the pairs that are there.
package money
