package fees

import (
	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/fees/unit"
	"github.com/overseaswarehouse/overseas/internal/engine"
)

// Event is what a quote is asked for: a *Consignment, *Entry, *Receipt, *Stay, *Order, *Return, *Removal or *Period.
type Event interface {
	// Kind is the kind of the event.
	Kind() Kind
	fill(*filler)
	usual(*engine.Event, *engine.Row, *country.Currency) bool // fill for the usual event, false where it is none
}

// Facts answers what cards ask for, by name: {"battery": "no", "zone": "3", "pallet": "5"}. [Calculator.Needs] lists the
// names. An answer that no card asks for is an error, as is one that is missing and has no default on the card.
type Facts map[string]string

// Consignment is a batch of cartons on its way from the origin to a warehouse: the first leg.
type Consignment struct {
	Reference   string // the caller's, carried through
	Date        country.Date
	Origin      country.Code
	Destination country.Code
	Warehouse   string // the code by which cards know it
	PostalCode  string
	Account     string // with the provider: which agreement or tier applies
	Cartons     []Carton
	Facts       Facts
}

// Carton is a number of equal cartons.
type Carton struct {
	Count  int64       // 0 means 1
	Weight unit.Weight // gross, of one carton
	Size   unit.Size   // outer, of one carton; zero: not known, and then volumetric weight is not checked
	Volume unit.Volume // of one carton, where its sides are not known
	Value  money.Money // of the goods in one carton
	Goods  []Goods     // in one carton
	Facts  Facts       // what differs from the consignment
}

// Goods is a number of equal units of one SKU.
type Goods struct {
	SKU    string
	Units  int64 // 0 means 1
	Weight unit.Weight
	Size   unit.Size
	Volume unit.Volume
	Value  money.Money // of one unit
	Facts  Facts
}

// Receipt is cartons arriving at a warehouse.
type Receipt struct {
	Reference string
	Date      country.Date
	Country   country.Code // of the warehouse
	Warehouse string
	Account   string
	Cartons   []Carton
	Facts     Facts
}

// Stay is all stock of one account in one warehouse over one billing period. Free volumes and minimum bills belong to
// the period, so all lots are given together.
type Stay struct {
	Reference string
	From      country.Date // the first day billed
	To        country.Date // the first day not billed
	Country   country.Code // of the warehouse
	Warehouse string
	Account   string
	Lots      []Lot
	Facts     Facts
}

// Lot is units of one SKU that arrived together. Its age counts from Arrived; it is present on the days from From up to
// and not including To.
type Lot struct {
	Batch, SKU string
	Arrived    country.Date // zero: From
	From       country.Date // zero: the first day of the stay, or Arrived where that is later
	To         country.Date // zero: the end of the stay
	Units      int64
	Weight     unit.Weight // of one unit
	Size       unit.Size
	Volume     unit.Volume
	Value      money.Money
	Facts      Facts
}

// Order is an order that the warehouse packs and ships.
type Order struct {
	Reference  string
	Date       country.Date
	Country    country.Code // of the buyer
	PostalCode string
	Warehouse  string
	Account    string
	Parcels    []Parcel
	Facts      Facts
}

// Parcel is a number of equal parcels.
type Parcel struct {
	Count  int64 // 0 means 1
	Weight unit.Weight
	Size   unit.Size
	Volume unit.Volume
	Value  money.Money
	Units  int64   // of goods inside; 0: the sum of Goods, or not stated
	Goods  []Goods // for cards that price by unit
	Facts  Facts
}

// Return is parcels that come back to the warehouse.
type Return struct {
	Reference  string
	Date       country.Date
	Country    country.Code // of the buyer
	PostalCode string
	Warehouse  string
	Account    string
	Parcels    []Parcel
	Facts      Facts
}

// Removal is stock that is sent away from the warehouse or destroyed.
type Removal struct {
	Reference string
	Date      country.Date
	Country   country.Code // of the warehouse
	Warehouse string
	Account   string
	Goods     []Goods
	Facts     Facts
}

// Period is the end of a billing period: rent, account fees, minimum bills.
type Period struct {
	Reference string
	From      country.Date
	To        country.Date // the first day not in the period
	Country   country.Code
	Warehouse string
	Account   string
	Billed    []*Quote // what was billed in the period, for minimum bills
	Facts     Facts
}

// Entry is one commercial import declaration at the destination's customs.
type Entry struct {
	Reference   string
	Date        country.Date // the day whose rules count
	Destination country.Code
	Importer    Importer
	Rounding    EntryRounding
	Assumed     []country.Part // costs that are not known, for which customs take a share of the value
	AfterBorder StandardCost   // what customs accept for the costs after the border, instead of what the lines say
	Lines       []EntryLine
	Rates       *money.Rates // the authority's exchange rates into its currency, not those of the invoice; see [money.Rate] for one published the other way round
	Facts       Facts        // {"mode": "sea"}
}

// EntryLine is one line of a declaration. Money may be in any currency for which Entry has a rate; what is zero Money is
// no cost on this line.
type EntryLine struct {
	SKU, HS            string
	Units              int64
	Weight             unit.Weight // of one unit
	Goods              money.Money // value of the whole line
	Packing            money.Money
	OriginInland       money.Money
	FreightToBorder    money.Money
	Insurance          money.Money
	FreightAfterBorder money.Money
	Duties             []Duty       // at least one: no duty is said by NoDuty, not left out
	Options            []DutyOption // instead of Duties: ways to declare the line, of which the cheapest entry counts
}

// Kind is OnConsign.
func (*Consignment) Kind() Kind { return OnConsign }

// Kind is OnReceive.
func (*Receipt) Kind() Kind { return OnReceive }

// Kind is OnStore.
func (*Stay) Kind() Kind { return OnStore }

// Kind is OnOrder.
func (*Order) Kind() Kind { return OnOrder }

// Kind is OnReturn.
func (*Return) Kind() Kind { return OnReturn }

// Kind is OnRemove.
func (*Removal) Kind() Kind { return OnRemove }

// Kind is OnPeriod.
func (*Period) Kind() Kind { return OnPeriod }

// Kind is OnImport.
func (*Entry) Kind() Kind { return OnImport }
