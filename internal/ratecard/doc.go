// Package ratecard reads price lists of warehouses, carriers and forwarders: the document "overseas/ratecard/1", checked
// and resolved into a Card that can be compiled without further questions.
//
// # The document
//
// Numbers are strings in plain notation (JSON numbers are accepted), quantities a number and a unit ("31.5 kg"),
// percentages end in "%". Nothing is null. Schema and parser are in step: JSONSchema is the schema.
//
//   - inputs are the facts a card asks for: a choice of values, a count, a decimal, an amount of money.
//   - measures are chains of steps, narrow to wide, each at a level: terms such as "volume x 167 kg/m3", the greatest of
//     which counts, then excess, less, plus, keep, up with tolerance, min, max. "sum" adds up what the step before gave,
//     or takes its terms as sums.
//   - classes sort by first fit: zones, size tiers, seasons.
//   - charges have an event, a family, a price and a level (each). A price is one number, a table by axes, brackets with
//     both ends, a graduated price in bands, a percentage of named amounts, or a list of such that is added up.
//   - slots are filled by exactly one of their charges; amounts are named sums that nobody pays.
//
// # Levels
//
// An event has items (units of goods inside a parcel or carton), pieces (cartons, parcels, stored units), lines (rows of
// equal pieces, lots, declaration lines) and itself. Each event has words of its own for them: see LevelWords. "unit" is
// an item where goods lie in parcels or cartons, and a piece in a stay, a removal and a declaration; in a class,
// measure or input it means what it means to the events that use it.
//
// What a condition or an axis looks at belongs to the level of its charge or a wider one. A quantity (per) belongs to
// that level or a narrower one, whose sum it then is. A limit holds for every part of its level (each).
//
// # What is refused
//
// Parse reports everything at once: unknown words, names, units and values, quantities of the wrong dimension, gaps and
// overlaps of brackets, tables of the wrong size, levels that do not fit, minima over maxima, overlapping dates, empty
// slots, and whatever depends on itself. What is legal but odd, Lint tells.
package ratecard
