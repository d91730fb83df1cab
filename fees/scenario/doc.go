// Package scenario answers whether a warehouse abroad is worth it: what a plan of sales costs by one route and by
// another, and where the answer turns.
//
// # Plans
//
// A [Plan] is what a seller has: products, expected sales, the mix of orders. An [Alternative] is a way to bring them to
// the buyers: direct parcels, a third-party warehouse, one's own, another place, another first leg. All are of one type;
// its stages say what happens on the way. [Evaluate] runs a plan by an alternative through the calculator of package fees
// and the ledger of package batch: batches are ordered, leave, arrive and are stored, orders are released day by day, some
// are lost, damaged, refused or come back. Every event is priced as itself, so that minima, brackets and steps of the
// cards count; events that are equal are quoted once.
//
// # Nothing is guessed
//
// There is no default number: no rate of loss, no days, no cost of capital. A field that is left out is missing, and 0 is
// said by 0. Only [Batch].Ahead may be left out: that a batch is there on the day on which it is needed is what its other
// fields say, not a guess of how long something takes. A result that misses something has the status [Incomplete], names
// each missing input by its path, and has no figures. So has one whose events no card prices.
//
// # Figures
//
// Costs are exact sums of quoted lines in the plan's currency, each line converted and rounded half up to the minor unit
// as [fees.Quote.In] does. What is divided (the cost of an order, of a unit) and interest are exact fractions, rounded half up
// to the minor unit where they are shown. The tax on imports is no cost where the importer gets it back; it is tied up
// until then. The tax that a seller collects with the price passes through and is none either.
//
// An order is paid when it arrives and stays: the costs of parcels that are refused, lost, damaged or sent back are borne
// by those that are paid. So a lost parcel costs its goods and all that was spent on them.
//
// # Money tied up
//
// What is paid is tied up until it is recovered: the cost of a paid order when the buyer's money arrives, that of an order
// that fails on the day it was sent. Interest is act/365 on what is tied up at the end of each day, up to the end of the
// horizon; supplier's credit earns none.
//
// # Where the answer turns
//
// [Crossings] compares two costs over a range of one variable: orders a month, days of stay, a price per kilogram or an
// exchange rate in steps of its last digit, the size of a batch. Real costs are steps, so that two of them may cross many
// times: every crossing is found, with both costs just before it and at it; ties and places without a price are said.
// Nothing is sampled. [Comparison.Turns] does so for two alternatives of a plan.
//
// # Explanations
//
// [Comparison.Explain] derives every figure: through payments, days and the movements of the ledger down to quoted lines, and
// through those to cards, rates and what the caller says. Its doc names what is a leaf, and why. Whoever holds the record
// recomputes it with [Record.Verify]; whoever has the plan holds it against that with [Comparison.VerifyRecord].
//
// A record grows with the movements of the ledgers, each with about 30 steps and 3 KB of JSON. One product for a year by four
// alternatives, an order a day, has 14 MB and takes a second; 20 products have 18,700 movements and 50 MB, take 2.5 s
// to explain and as long to verify, and hold 140 MB. Documents over 64 MiB or of more than four million values are not read
// back: a plan of many products is explained a few products at a time, but for what they share, such as the minimum of a
// consignment. A plan of 1,000 has about 900,000 movements and would take gigabytes. Running and comparing needs none of it.
//
// # Errors
//
// Problems are those of package fees, with the path in the plan or the alternative; [ErrMissing] is matched by
// errors.Is where an input is missing.
package scenario
