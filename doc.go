// Package overseas is the front door of a library for sellers who keep stock in overseas warehouses. It holds no code of
// its own; import the package that answers your question. All of them work offline, from documents that you can read,
// date and replace, and none reads a clock, a network or a database.
//
// # May I?
//
// A platform opens the use of overseas warehouses on application. Package
// [github.com/overseaswarehouse/overseas/application] is what a seller files: applicant, warehouse, stock, materials.
// Package [github.com/overseaswarehouse/overseas/eligibility] holds policies as dated documents, AliExpress's among them,
// and decides: approved, rejected or undetermined, with every finding, its clause and what would fix it.
//
// # What does it cost?
//
// Package [github.com/overseaswarehouse/overseas/fees] turns providers' price lists into a calculator for first-leg
// freight, storage, handling, local delivery and tariffs, to the cent, with the reason of each cent. Its subpackages
// [github.com/overseaswarehouse/overseas/fees/money] and [github.com/overseaswarehouse/overseas/fees/unit] hold exact
// amounts, exchange rates, weights and sizes.
//
// # Is it worth it?
//
// Package [github.com/overseaswarehouse/overseas/fees/scenario] runs a seller's plan by several alternatives, direct parcels
// among them, through the calculator and the ledger of [github.com/overseaswarehouse/overseas/fees/batch], and says which
// costs least per order, what money is tied up, and where the answer turns.
//
// # Where, and when?
//
// Package [github.com/overseaswarehouse/overseas/country] knows every ISO 3166-1 country and ISO 4217 currency, the
// civil dates that everything else is dated with, and what customs of nine destinations charge on an import, with source
// and date.
//
// The directory examples holds programs that embed the library; go run ./examples/quickstart does the main job on real
// price lists.
package overseas
