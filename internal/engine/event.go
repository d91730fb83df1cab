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
	Items      []Item   // of all rows, those of a row together
	Billed     []Bill   // of a period: what was billed in it
	Levies     []string // of an import event: the names of its levies, by position
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
	Money              [MoneyKinds]fixed.Decimal // of the whole row, in the card's currency, with the card's MoneyDigits
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

// nameOf is what a charge is called in an event: a levy by its name there, any other charge by the code given.
func (e *Event) nameOf(ch *ratecard.Charge, code string) string {
	if ch != nil && ch.Levy > 0 && ch.Levy <= len(e.Levies) {
		return e.Levies[ch.Levy-1]
	}
	return code
}

// bears reports whether a charge is for the event: a levy that it does not have is not.
func (e *Event) bears(ch *ratecard.Charge) bool {
	return ch.Levy == 0 || ch.Levy <= len(e.Levies) && e.Levies[ch.Levy-1] != ""
}

// Name is what a line of the event is called.
func (e *Event) Name(l *Line) string {
	switch {
	case l.Total != nil:
		return l.Total.Code
	case l.Charge != nil:
		return e.nameOf(l.Charge, l.Charge.Code)
	}
	return ""
}

// Duty is one duty line of the caller's. It is not below zero.
type Duty struct {
	Code        string
	Levy        int // position among the event's Levies, from 1; 0: none
	Part        DutyPart
	Least, Most *DutyPart // bounds, the lower one first
	Text        string    // as the caller writes it, for explanations
}

// DutyPart is a share of the base and an amount, added.
type DutyPart struct {
	Percent fixed.Decimal // a fraction of the base
	Amount  fixed.Decimal // for the whole row, in the card's currency; may be negative
}

// Bill is something billed in a period.
type Bill struct {
	Code     string
	Families []ratecard.Family
	Amount   fixed.Decimal // in the card's currency
}
