package scenario

import (
	"math/big"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees"
	"github.com/overseaswarehouse/overseas/fees/batch"
	"github.com/overseaswarehouse/overseas/fees/money"
)

// Status says how far a result can be relied on.
type Status uint8

// The statuses. The zero Status is Incomplete: a result that was never made has no figures.
const (
	Incomplete Status = iota // "incomplete": something is missing; there are no figures
	Estimated                // "estimated": there are reasons why bills may differ
	Exact                    // "exact": every figure follows from the cards and the plan
)

var statusWords = []string{"incomplete", "estimated", "exact"}

// String is the name of the status, "" when it is none.
func (s Status) String() string { return word(statusWords, s) }

// Result is what a plan comes to by one alternative.
type Result struct {
	Name     string
	Status   Status
	Problems Problems      // what is missing, or why an event has no price; of an incomplete result only
	Caveats  []fees.Caveat // why bills may differ; of an estimated result
	Figures  *Figures      // nil where the result is incomplete
}

// Err is the problems of an incomplete result, nil otherwise.
func (r *Result) Err() error {
	if r == nil || len(r.Problems) == 0 {
		return nil
	}
	return r.Problems
}

// Figures are what a plan comes to. All amounts are in the plan's currency, with the decimals of its minor unit.
type Figures struct {
	From, Until country.Date // the horizon: its first day and the first day after it
	Families    []fees.Part  // of the seven families what is known of each: its amount, or why there is none

	Placed, Paid Tally // orders that were placed, and those that were paid
	Fates        []FateRow
	Months       []MonthRow
	Batches      []BatchRow

	Cost     batch.Cost  // of all that was sold or lost, over all families, the purchase apart
	Interest money.Money // on what is tied up, rounded once
	Total    money.Money // Cost and Interest
	PerOrder money.Money // Total over the paid orders, rounded half up
	PerUnit  money.Money // Total over the units of the paid orders, rounded half up
	PerBatch money.Money // Total over the batches, rounded half up
	PerMonth money.Money // Total over the months of the horizon, rounded half up

	Left Stock // what is not sold at the end, which is no part of Cost

	DaysMin, DaysMax int // from the order to the buyer
	LeadDays         int // from the order to the supplier until a batch can be sold
	Tracking         fees.Answer
	Returns          Returns

	Cash    []Payment
	Peak    money.Money  // the most that is tied up at the end of a day
	PeakDay country.Date // the first such day; zero where nothing ever is

	Benefit *Benefit // of the caller's Uplift; nil where none was given

	exact exactFigures
}

// exactFigures are the figures before they are rounded.
type exactFigures struct {
	perOrder, perUnit, net *big.Rat
}

// Tally counts orders and their units.
type Tally struct{ Orders, Units int64 }

// FateRow is what became of a part of the orders, and what those cost: goods, handling, delivery, tariff, return.
type FateRow struct {
	Fate          Fate
	Orders, Units int64
	Cost          batch.Cost
}

// MonthRow is one calendar month. Costs are in the month in which goods leave, orders are sent, storage and rent are for.
type MonthRow struct {
	Month  country.Date // its first day
	Orders int64        // paid
	Units  int64        // of those
	Cost   batch.Cost
}

// BatchRow is one batch.
type BatchRow struct {
	ID                               string
	Units                            int64 // ordered
	Missing                          int64 // of those, refused at customs, lost or broken before they could be sold
	Ordered, Departs, Arrives, Ready country.Date
	Landed                           batch.Cost // purchase, first leg, tariff, receipt
	Cost                             batch.Cost // and storage, handling, delivery of what was sold of it, returns
	Left                             Stock      // of it at the end
}

// Stock is units with their cost.
type Stock struct {
	Units int64
	Cost  batch.Cost
}

// Payable says what a payment is for.
type Payable uint8

// What payments are for.
const (
	PayPurchase  Payable = iota + 1 // "purchase"
	PayFirstLeg                     // "first_leg"
	PayTariff                       // "tariff"
	PayImportTax                    // "import_tax": that is got back
	PayTaxBack                      // "tax_back": the import tax, got back
	PayReceipt                      // "receipt"
	PayStorage                      // "storage"
	PayRent                         // "rent"
	PayOrders                       // "orders": handling, delivery, customs of parcels, returns, removal
)

var payWords = []string{"", "purchase", "first_leg", "tariff", "import_tax", "tax_back", "receipt", "storage", "rent", "orders"}

// String is the name of what is paid for, "" when it is none.
func (p Payable) String() string { return word(payWords, p) }

// Payment is money that moves on a day: what is paid is above 0, what comes back below.
type Payment struct {
	Date   country.Date
	For    Payable
	Ref    string // the batch, or the month
	Amount money.Money
}

// Benefit is what a caller's uplift is worth: the plan is run again with more orders.
type Benefit struct {
	Orders int64       // more that are paid
	Sales  money.Money // what those bring at the price of the products
	Cost   money.Money // what the plan costs more, interest included
	Margin money.Money // Sales less Cost
}
