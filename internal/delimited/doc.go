// Package delimited reads and writes rows of delimited text, such as CSV, in memory that does not depend on the number of
// rows or on their length.
//
// [Reader] finds a row with a few looks at its bytes and falls back on the rules of RFC 4180 where a row has quotes. It
// reads what encoding/csv reads, and a row that encoding/csv refuses is a row with a problem here: reading goes on behind
// its first line, so that a quote that is never closed costs one row and not the rest of the file.
//
// # Limits
//
// A row has at most MaxRow bytes of UTF-8 and MaxColumns fields. Control characters are refused, but for tabs, and line
// breaks between quotes.
//
// # Encodings
//
// Text is UTF-8, or UTF-16 where a byte order mark says so; GB18030 only where the caller says so. Bytes that are not text
// in that encoding are a problem of their row, as is U+FFFD in UTF-16 or GB18030, for a decoder puts it for what it cannot
// read.
package delimited
