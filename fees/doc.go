// Package fees turns published price lists into a calculator and a shipment into a breakdown.
//
// # The five families
//
// Stock in an overseas warehouse costs first-leg freight, storage, package handling, local delivery and the tariffs of
// the destination's customs. A provider's price list is a [Card]: a JSON document in which charges belong to an event
// (a consignment leaves, an entry is declared, goods are received, stay, are ordered, come back, are removed, a period
// ends) and to one or more families. [Compile] joins a forwarder's, a warehouse's and a carrier's cards into a
// [Calculator], which prices events. CARDS.md beside this file is the reference of the card vocabulary.
//
// # Customs
//
// [CustomsCard] makes a card of what customs charge on an import from the dated facts of package country: valuation, tax base
// and tax, fees, prepayments and roundings. The duties are those that an [Entry] states for its lines. [Calculator.Entry]
// says what an entry comes to by line and in total, cash outlay and net cost apart, and [Calculator.EntryOptions] compares
// ways to declare by all that they cost. Rules for parcels of low value concern [Calculator.Parcel] alone.
//
// # Exactness
//
// Nothing is rounded but where a card rounds: a measure's steps, a charge's amount. Amounts have at most 18 digits, 12
// of them after the point. Sums of lines are exact; [Quote.In] converts line by line and sums the converted lines.
//
// # No silent zero
//
// What no card prices, no bracket reaches, no input answers or no exchange rate converts is an error that names it.
// Each family of a [Total] has a [State] beside its amount: priced, free, included in another charge, not priced by
// these cards, not asked. A quote has a [Status]: exact, estimated with the reasons, or incomplete, where a journey may be
// partial: it then says what is missing and has no sum.
//
// # Documents
//
// Cards, events and journeys are read from JSON by [ParseCard], [ParseEvent] and [ParseJourney], strictly and with every
// problem at once; events and journeys are written as the documents that are read. JSON Schemas say the documents
// formally.
//
// # Many events
//
// [Calculator.TotalsInto] gives the totals of many journeys by family and in one currency, [Calculator.CatalogueInto] those
// of a [Catalogue], which is read in once to be priced by many cards and at many rates; [Calculator.QuoteAll] prices a
// sequence of events, [QuoteShard] the rows of a file: CSV as sellers' systems write it, its
// columns mapped to fields of events by a [ShardLayout], amounts and bad rows written apart, totals exact. A file may be cut
// into shards and priced by as many processes as there are, for [Sums] merge in any order and travel as JSON, text or bytes.
// Memory does not depend on the number of rows or on their length.
//
// # Explanations
//
// [Calculator.Explain] runs the program of a quote with the values of every step kept; [Calculator.ExplainJourney] does so for
// a journey, [Calculator.ExplainUnit] for one unit's shares in it. It says for each line which card and why, and derives the
// amount from what the event says: measures and their steps, brackets and prices, minima and roundings. Texts are in English,
// Chinese, German, Spanish, French, Italian, Russian and Indonesian, and so are the names of families, kinds, states and
// caveats; what a card calls its charges and measures stays in the card's words.
//
// [Explanation.Record] makes a [Record] of it: a document that [Record.Verify] recomputes without the cards and the
// calculator, and [VerifyAgainst] holds against the cards. [EntryResult.Record] and [ParcelResult.Record] do so for what falls
// on the lines of an entry and for what customs ask for a direct parcel. [Explanation.Diff] says which card, input or exchange
// rate makes two totals differ, and by how much each.
//
// # Errors
//
// Errors are [Problems]: each [Problem] has a stable code, a place, the offending text and what would be right, and a
// message in eight languages. A code such as [ErrNotCarried] is itself an error, for errors.Is.
//
// # Concurrency
//
// Cards and calculators are immutable and safe for concurrent use. A [Quote], a [Total]
// and a [Sums] belong to one goroutine at a time.
package fees
