// Package batch carries the cost of goods from a batch to the single order: it shares bills among lines without losing a
// cent, brings a batch to its landed cost, and draws that cost down unit by unit until it ends at exactly zero.
//
// # Representation
//
// A [Cost] is an amount in one currency with its components: the purchase, which is no fee, and the families of fees. A
// [Ledger] keeps costs in the smallest unit of its book currency as whole numbers. It is double-entry: every entry moves
// units and cost from one [Account] to another, and the sum over all accounts is always zero. The [Movement] lines of that
// journal are its whole state, and every figure it gives can be followed back to them.
//
// # Drivers
//
// A charge is shared by a [Driver]: value, units, actual weight, volume, chargeable weight, cartons, equally, or weights
// of the caller; each charge by its own, among all lines, some of them, or those of one tariff code ([Spread]). A line
// that does not say what the driver needs is an error, not zero.
//
// # Remainders
//
// Shares always add up to the amount. Which lines bear what is left over is said by a [Method]: by largest remainder
// unless another is named. Every method is odd in sign and gives a line of weight zero nothing. Weights that add up to
// zero are an error unless the [Rule] says otherwise.
//
// Units leave a batch with their share of what is left, rounded half up: 100.00 over three units leaves at 33.33, 33.34
// and 33.33. Components follow within one smallest unit of their exact share and end at zero with the last unit.
//
// # The ledger's entries
//
// Goods are shipped, received (whole, in parts, short or over), transferred, released to orders by first in first out, a
// named batch, the moving average or the average of the month, returned at the cost at which they left, lost, damaged,
// disposed of, and corrected by counts. Bills reach the units that are sold and those that are not; estimates are replaced
// by actual bills; charges go to orders, compensation to losses. The table at [Entry] says what each kind needs.
//
// An entry has an id: posted again with the same content it changes nothing. It has a day of effect, which says what
// was there, and a day of posting, which says when it counts; what is posted into a closed period counts on the first
// open day. Entries of the open period may be posted in any order that is possible: they count in a canonical one. A
// snapshot holds the closed periods as their journal and the open one as its entries; the same entries and the same
// closings give the same bytes.
//
// # Storage
//
// [Ledger.Stay] hands the stock of an account to the calculator of package fees as lots, so that one engine prices
// storage; [ShareStay] gives a bill, with its minimum and its free volume, back to the batches, and [StorageBills] makes
// entries of it. Work grows with lots and movements, not with days.
//
// # Explanations
//
// Every figure can be a [Record]: a document that whoever holds it can recompute. [ExplainShare] and [ExplainAllocation]
// say which line bears which cent and why, [Landed.Record] how a batch came to its cost, [Ledger.ExplainOrder] and
// [Ledger.ExplainMovement] from which balance, weights and entries an order has its cost. [Allocation.VerifyRecord],
// [Landed.VerifyRecord] and [Ledger.VerifyRecord] hold such a record against what it is of. [Ledger.Derive], [AllocateSteps]
// and [StaySteps] are for records that are about more than a ledger, such as those of comparisons. Nothing of it costs
// anything unless it is asked for.
//
// # Errors
//
// Errors are [Problem] or [Problems] and match one of the codes below with errors.Is. An entry that cannot be leaves the
// ledger as it was.
package batch
