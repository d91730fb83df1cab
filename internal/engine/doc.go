// Package engine turns a checked rate card into a flat program over integers and runs it.
//
// # One definition
//
// Compile builds a graph of small steps (a measure, a bracket, a price, a rounding). Every step's result is an integer
// times a unit, and the unit is an exact rational fixed when the card is compiled: milligrams, a fifth of a milligram,
// a 377,580th of a month, a ten-thousandth of a cent. Unit changes cost nothing at run time or are a multiplication by
// a constant; nothing is rounded but where the card rounds. Two evaluators read the graph:
//
//   - the fast one runs it as a schedule of instructions over int64 registers, with 128-bit products where a price is
//     rounded, without allocating. It gives up, never guesses, when a number does not fit, an input is missing or
//     nothing on the card fits. An event without goods inside its pieces runs as a flat program of fused steps; the
//     schedule that keeps every step is left for explanations, and for credits;
//   - the slow one walks the same graph on demand with shopspring/decimal integers of any size over finer units. It
//     answers whatever the fast one gave up on, or says exactly what is wrong.
//
// The definition of both is the rational evaluation of the card in the package's tests.
package engine
