// Package conformance runs the collected cases in testdata through the public API of the library.
//
// A case is a fact: what somebody published or what another program's test says, with its source. Each is turned into
// what a user of the library would write (a rate card as JSON text, an event, an amount of money, a quantity, a country)
// and its result compared by value.
//
// # Adding cases
//
// Put a file with the ending .json into testdata: a list of cases, or an object whose "cases" is one. Cases have one of
// two shapes:
//
//	{"id": "…", "source": "…", "kind": "bracket", "inputs": {…}, "expected": {…}, "note": "…"}
//	{"id": "…", "source": "…", "topic": "volumetric weight …", "given": {…}, "result": {…}}
//
// A case with a "country" is about its customs, whatever its kind says about how it is known. The shape with a topic may say "cards", the published lists of examples/ratecards that price it, and instead of
// "result" a "printed_result" with what the source prints and "recomputed" with what is right.
//
// The kind or topic chooses a translator, in the tables kinds and topics. A translator reads fields by name and builds
// the card from them; it does not look at the id, but for the language that the id of a country's name says (cc-name-it-US).
// A field that it does not read fails the case, so that a new field cannot
// be passed over; so does a kind without a translator. Figures are decimal strings or JSON numbers.
//
// Where another program is wrong the case says so and the right value counts: "correct…" before "exact" before "wanted"
// before the plain result. "peer…" is what another program gives, "wrong…" and "not" are what must not come out.
//
// # Leaving cases out
//
// The table elsewhere names the kinds and topics that are not about fees, with the reason. A translator may leave a case
// out by what it asks for (a number beyond the documented limits, a language that the library does not speak), and has to
// check then that the library refuses it. The table skipped names single cases by id, each with its reason. The test
// prints how many ran and why the others did not, and fails when fewer than 95 % of the applicable cases run.
package conformance
