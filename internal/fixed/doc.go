// Package fixed is the exact arithmetic below amounts, measures and rates: decimals of at most 18 digits as an int64
// coefficient with a scale, and rounding division over 128-bit intermediates.
//
// # Representation
//
// A [Decimal] is Coef / 10^Scale. Two decimals of the same value may differ in scale (2.5 and 2.50); [Decimal.Cmp]
// compares values, == compares representations, [Decimal.Normalize] makes the two agree.
//
// # Limits
//
// Values that come from outside have at most 18 digits and at most 12 of them after the point ([MaxCoef],
// [MaxScale]); [Decimal.Valid] tells. The functions on int64 words ([Mul], [MulDiv], ...) are exact for every int64
// and say so when a result does not fit: they never wrap, and they never divide by zero.
//
// # Rounding
//
// A [Mode] is always named; the zero Mode is no mode, and operations refuse it. Every function rounds once, on the
// exact value.
//
// # Errors
//
// Text and foreign decimals are refused with the codes number_syntax, number_format, number_too_long, number_range
// and number_precision. Arithmetic answers ok = false.
package fixed
