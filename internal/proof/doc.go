// Package proof is how every part of the library explains a number: a tree of steps in which each value follows from the
// values below it, down to what the caller said and what a card, a policy or an exchange rate states. A tree carries all it
// needs, so that it can be recomputed by whoever holds it, without the card, the event or this library's calculator.
//
// # Values and units
//
// The value of a step is an exact fraction in the unit that the step names: a unit of weight, length, volume or days, the
// code of a currency, none for a plain number, or a ratio of two such as kg/m3 or USD/EUR. Nothing is rounded but by a step
// [Round], which says how and to what.
//
// # Records
//
// A [Record] is an explanation as a document of its own: the inputs, the documents they were priced by, a line with its
// proof for each amount, the same in words, and digests. [Record.Verify] recomputes every step and checks the digests. A
// digest shows that nothing was changed by accident or in passing; it is no signature, for whoever changes a record can
// also make its digests anew.
package proof
