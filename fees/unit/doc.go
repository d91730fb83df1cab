// Package unit holds weights, lengths, volumes, sizes, percentages and fractions as they were written: a decimal with
// its unit. Nothing is converted until somebody asks, and comparing is exact: 15.999 oz is less than 1 lb, and 1 in is
// exactly 2.54 cm.
//
// # Representation
//
// A [Weight], a [Length] and a [Volume] are small comparable values of a coefficient, a scale and a unit. 2.5 kg,
// 2.50 kg and 2500 g are three values of one weight: == tells them apart, Compare does not. The zero value means "not
// given"; IsZero tells, and encoding/json leaves such a field out under the option omitzero. A weight or a length of 0
// is refused, so that absent and zero are never confused; a volume may be 0, for example a free allowance of 0 m3.
//
// A [Size] is three lengths; the zero Size means "not known".
//
// [Percent] and [Fraction] are different types: 7.7% and 0.077 are one number, and which of the two a figure is must
// be said. Both may be negative, and their zero value is 0.
//
// # Limits
//
// At most 18 digits, 12 of them after the point. Weights, lengths and volumes are not negative.
//
// # Units
//
//   - weight: g, kg, oz, lb, t (oz and lb are avoirdupois, t is 1000 kg)
//   - length: mm, cm, m, in, ft
//   - volume: cm3, l, m3, in3, ft3
//
// Symbols are matched exactly: no other spelling, case, plural or language. The factors are exact by the
// international yard and pound agreement of 1959: 1 lb = 0.45359237 kg, 1 in = 25.4 mm. [Unit.Factor] gives them as
// integers.
//
// # Conversions
//
// Decimals of github.com/shopspring/decimal are bounded before the first operation and taken over with their scale;
// none of the settings of package decimal changes any result or text. There are no floating-point numbers. JSON, text
// and database columns hold the text form:
//
// A quantity is a number and a unit with one space or nothing between them; it is written with one space: "12.5 lb".
// The number is in plain notation: no exponent, no plus sign, no leading zeros, a point and not a comma. A percentage
// is written "7.7%". A size is "40x30x20 cm", or "40 cm x 30 cm x 12 in" where units differ. A zero value that means
// "not given" is the empty text, and NULL in a database; JSON null is refused.
//
// # Rounding
//
// Only Round and In round, once, by the [Mode] they are given.
//
// # Errors
//
// Errors are of type [Problem] or [Problems] and match one of the codes below with errors.Is.
package unit
