// Package strict reads JSON documents the way a price list deserves: nothing is repaired, ignored or guessed.
//
// Parse checks the whole text once (UTF-8, syntax, depth, size, duplicate keys, trailing data) and leaves an index over
// it, 16 bytes a value, so that a table of a million cells costs little memory. Value is a cursor into that index. Its
// accessors check type, null, unknown and missing fields, control and bidirectional characters; they report what is
// wrong, with JSON pointer, line and column, into the problem.List given to Parse, and never stop at the first problem.
//
// # Limits
//
// A document has at most Limits.Bytes bytes, Limits.Nodes values and Limits.Depth nested objects and arrays; a string
// that is read as text has at most Limits.Text characters. Work and memory grow linearly with the document: Parse
// allocates less than 10 times its size, Read less than 16 times.
//
// # What is refused that encoding/json accepts
//
// Two members of one object with the same name, however it is escaped. Names that differ from the expected ones in case.
// Lone surrogates and bytes that are not UTF-8, which encoding/json replaces. A null where a value is expected.
package strict
