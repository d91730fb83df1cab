package scenario

import (
	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees"
	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/fees/unit"
)

// Alternative is a way to bring a plan's goods to its buyers: direct parcels, a third-party warehouse, one's own, another
// country, another first leg. What differs is said by its stages, its cards and its figures. Only the fields that are
// marked so may be left out, and those of stages that the alternative does not have.
type Alternative struct {
	Name   string // of the caller's choice, each once
	Cards  *fees.Calculator
	Stages []Stage // what happens on the way, in any order

	Origin    country.Code // from which goods leave, in a consignment or as parcels
	Country   country.Code // of the warehouse; of direct parcels: not needed
	Warehouse string       // the code by which cards know it. Not needed where no card asks
	Account   string       // with the providers. Not needed where no card asks
	Facts     fees.Facts   // answers for the cards about the route. Not needed where no card asks

	Batch    Batch
	Days     Days
	Terms    Terms
	Risks    Risks
	Tracking fees.Answer // whether buyers can follow their parcels

	Registered   fees.Answer   // whether the importer gets the import tax back; needed with Import
	Freight      *unit.Percent // how much of the freight customs count as part of the value, up to the border; needed with Import and ParcelImport
	CustomsRates *money.Rates  // the authority's exchange rates. Not needed where values are in its currency
	DutyPaid     fees.Answer   // whether the seller pays what customs ask for a parcel; needed with ParcelImport
	TaxAtSale    fees.Answer   // whether the seller collects the tax of the destination with the price; needed with ParcelImport

	Uplift *Uplift // what more is sold this way. Not needed: then nothing is claimed
}

// Stage is something that happens on the way to the buyer.
type Stage uint8

// The stages.
const (
	Consign      Stage = iota + 1 // "consign": batches travel in cartons: the first leg
	Import                        // "import": a batch passes customs with a declaration of its own
	Receive                       // "receive": a warehouse takes cartons in
	Store                         // "store": stock is billed by time
	Rent                          // "rent": every month has charges of its own: rent, wages, account fees; months before the plan too in which batches lie ahead of it
	Deliver                       // "deliver": orders are packed and sent; every alternative has it
	ParcelImport                  // "parcel_import": every parcel passes customs by itself
	stages
)

var stageWords = [stages]string{"", "consign", "import", "receive", "store", "rent", "deliver", "parcel_import"}

// String is the name of the stage, "" when it is none.
func (s Stage) String() string { return word(stageWords[:], s) }

// Batch says how much is ordered at once: a number of units whenever stock runs out, or what sells in a number of days.
// Exactly one of the two is needed. Both say when a batch is needed: on the day on which the stock before it does not last,
// or so many days after the last one. It can be sold from that day on, or so many days earlier as Ahead says.
type Batch struct {
	Units int64 // of each product; whole cartons where goods travel in cartons
	Every int   // days from one batch to the next; each is rounded up to whole cartons
	Ahead int   // days from which a batch can be sold until it is needed: all of it stays so much longer. Not needed: 0 is the day itself
}

// Days are how long the steps take. Those of stages that the alternative has are needed, and those that are always
// needed; 0 is an answer.
type Days struct {
	Production  *int // from the order to the departure; always
	Transit     *int // with Consign
	Clearance   *int // with Import
	PutAway     *int // with Receive
	DeliveryMin *int // from the order of the buyer to the delivery; always
	DeliveryMax *int // always
	Return      *int // from the delivery until a return is back in stock, to be sold from the next day on; where returns come back
}

// Terms are how many days after it is due money moves. Those of stages that the alternative has are needed, and those that
// are always needed; 0 is an answer.
type Terms struct {
	Purchase *int // after the order to the supplier; always
	FirstLeg *int // after the departure; with Consign
	Tariff   *int // after the entry; with Import. What parcels pay at customs is paid with their delivery
	Receipt  *int // after the arrival; with Receive
	Storage  *int // after the end of the month; with Store
	Rent     *int // after the beginning of the month; with Rent
	Orders   *int // after the order: handling, delivery, returns; always
	Payout   *int // after the latest delivery, until the buyer's money is there; always
	TaxBack  *int // after the entry, until the import tax is got back; where there is any
}

// Risks are the shares of what goes wrong, as the caller expects them, from 0% to 100%. They become whole events: of a
// thousand orders of which 0.2% are lost, the 500th and the 1,000th are. Of one day's orders those of one shape count one
// after the other.
type Risks struct {
	Short    *unit.Percent // of the units of a batch that are not refused: lost or broken before they can be sold; with Consign
	Refused  *unit.Percent // refused at customs: of the units of a batch with Import, which are declared all the same; of orders with ParcelImport, which pay nothing there. They are gone
	Lost     *unit.Percent // of the orders that were not refused: lost on the way; always
	Damaged  *unit.Percent // of the orders that were not lost: arrive broken, and are refunded; always
	Returned *unit.Percent // of the orders that arrived whole: the buyer does not keep it; always
	Returns  Returns       // what becomes of those; always
	Unfit    *unit.Percent // of the units that come back: not sellable again, and removed; where returns come back
}

// Returns says what becomes of what buyers do not want to keep. The zero Returns is no answer.
type Returns uint8

// The ways.
const (
	ComeBack    Returns = iota + 1 // "come_back": to the warehouse, as a return that the cards price
	RefundAlone                    // "refund_alone": the buyer is refunded and keeps the goods
)

// String is "come_back", "refund_alone" or "".
func (r Returns) String() string { return word(returnWords, r) }

var returnWords = []string{"", "come_back", "refund_alone"}

// Uplift is what more is sold because goods are near the buyer, as the caller expects it. What several figures add to each
// other multiplies: 10% more exposure and 10% better conversion are 21% more orders. Its worth is what is earned more, at
// the price of the products and the costs of really selling more.
type Uplift struct {
	Exposure   *unit.Percent // platforms show goods near the buyer to more people
	Traffic    *unit.Percent // and more of those come
	Conversion *unit.Percent // and more of those buy
}
