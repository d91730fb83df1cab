// Package country is the ground floor of the library: countries, currencies, civil dates, and what customs of the
// destinations charge.
//
// # Countries
//
// A [Code] is an ISO 3166-1 country. [Parse] reads alpha-2, alpha-3 and numeric codes, the "UK" of the platforms, and the
// names of the nine destinations (US GB DE ES FR IT RU AU ID) and of China in eight languages. It refuses everything else
// with what would be right: codes that several countries share, regions, unions, misspelt names. Codes are folded in ASCII
// only, names are compared exactly. Whether a country is open for a warehouse is a matter of a policy, not of this package.
//
// # Names
//
// [Code.Name] gives the CLDR name of the ten named countries in English, simplified Chinese, German, Spanish, French,
// Italian, Russian and Indonesian, and the code for every other country. The tables of golang.org/x/text/language/display,
// which would add megabytes to a program, are used in the tests only.
//
// # Currencies
//
// A [Currency] is an ISO 4217 code with its number of decimals; the rupiah has two. Withdrawn codes are refused by
// [ParseCurrency] with the currency that took their place, and accepted by [ParseCurrencyOn] for a document of their time.
// Metals, test codes and XXX are no money.
//
// # Dates
//
// A [Date] is a day without clock and zone, the only kind of date in this library. It compares with ==, reads and writes
// YYYY-MM-DD only, and runs from 0001-01-01 to 9999-12-31. The zero Date means "not given".
//
// # Customs facts
//
// [CustomsOn] answers for a country and a day what the customs value consists of, what import tax is charged on and at which
// rate, which fixed fees stand beside it, and how amounts are rounded. The facts are rows of a document with period, source
// and confidence ([Facts], and the page CUSTOMS.md), none of them is Go code. Past the known end of a fact the answer is
// [ErrUnknownAfter] with the last known day, unless the caller supplies the fact; a fact without a known end is used and
// marked with the day on which it was last confirmed. Facts about other countries, and corrections, come from the caller's
// own document through [ParseFacts]. Rates of the tariff are not here: they are the caller's.
//
// # Text and databases
//
// Code, Currency and Date marshal to text (and so to JSON, also as keys) and to SQL. The zero value is written as an empty
// text, and as NULL to a database, and is read back from both. After an error the target is the zero value.
//
// # Errors
//
// An error is a [Problem] or, for documents, [Problems]: errors.Is finds the codes of this package in it, errors.As the
// offending text and what would be right, and Message says it in eight languages.
//
// # Sources
//
// [TablesSource] and [TablesDate] tell where the codes come from and up to which day changes of the standards are in them.
// Each customs fact names its own source.
package country

//go:generate go run ./internal/factsdoc CUSTOMS.md
