package engine

import (
	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/internal/fixed"
	"github.com/overseaswarehouse/overseas/internal/ratecard"
	"github.com/overseaswarehouse/overseas/internal/units"
)

// Event is what a program is run on. Slices are the caller's and are not kept.
type Event struct {
	Kind       ratecard.Event
	Date       country.Date // the day whose prices count
	Country    country.Code
	Warehouse  string
	PostalCode string
	Facts      map[string]string
	From, To   int32 // of a stay: day numbers, To is the first day not billed
	Rows       []Row
	Items      []Item // of all rows, those of a row together
	Billed     []Bill // of a period: what was billed in it
}

// Row is a number of equal pieces: cartons, parcels, stored units, units of a declaration line.
type Row struct {
	Count              int64
	Weight             Quantity // of one piece
	Volume             Quantity // of one piece, where its sides are not given
	Length             [3]Quantity
	Value              fixed.Decimal // of one piece, in the card's currency
	HasValue           bool
	Units              int64 // of goods inside one piece
	HasUnits           bool
	FirstItem, NumItem int32
	Arrived, From, To  int32 // of a lot: day numbers, To is the first day not present
	Facts              map[string]string
	Money              [MoneyKinds]fixed.Decimal // of the whole row, in the card's currency, rounded to its minor unit
	Duties             []Duty
}

// undescribed reports whether there are goods in a row's pieces, or may be, and nothing is said of them.
func (r *Row) undescribed() bool { return r.NumItem == 0 && (!r.HasUnits || r.Units != 0) }

// Item is a number of equal units of goods inside one piece of a row.
type Item struct {
	Count    int64
	Weight   Quantity
	Volume   Quantity
	Length   [3]Quantity
	Value    fixed.Decimal
	HasValue bool
	Facts    map[string]string
}

// Quantity is a measured value with its unit; the zero Quantity is "not given".
type Quantity struct {
	Coef  int64
	Scale uint8
	Unit  units.Unit
}

// MoneyKind names a sum of money that an import event brings along, in the order of ratecard.MoneyNames.
type MoneyKind uint8

// The sums of a declaration line.
const (
	Goods MoneyKind = iota
	Packing
	OriginInland
	FreightToBorder
	Insurance
	FreightAfterBorder
	MoneyKinds
)

// Duty is one duty line of the caller's.
type Duty struct {
	Code    string
	Percent fixed.Decimal // a fraction of the customs value
}

// Bill is something billed in a period.
type Bill struct {
	Code     string
	Families []ratecard.Family
	Amount   fixed.Decimal // in the card's currency
}
