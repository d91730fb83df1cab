package scenario

import (
	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees"
	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/fees/unit"
)

// Plan is what a seller has and expects to sell. It says nothing about how the goods get to the buyers: that is an
// [Alternative]. Only the fields that are marked so may be left out.
type Plan struct {
	Currency country.Currency // of every figure
	Rates    *money.Rates     // of the seller's bank; each amount is converted at the rate of its day. Not needed where all is in Currency
	Market   country.Code     // where the buyers are
	Start    country.Date     // the first day on which goods are sold: the first of a month
	Months   int              // how many calendar months are planned, at most 120
	Capital  *unit.Percent    // what capital costs a year
	Products []Product
}

// Product is one SKU of a plan.
type Product struct {
	SKU    string
	HS     string                       // tariff code; needed where goods pass customs
	Weight unit.Weight                  // of one unit as it is stored and packed
	Size   unit.Size                    // of one unit; needed unless Volume is given
	Volume unit.Volume                  // of one unit, where its sides are not known
	Cost   money.Money                  // what one unit costs at the supplier's
	Price  money.Money                  // what buyers pay for one unit, without tax; needed for parcels through customs and for Uplift
	Carton *Carton                      // needed where goods travel in cartons
	Duties map[country.Code][]fees.Duty // by destination; needed where goods pass customs. No duty is said by fees.NoDuty
	Sales  []Pace                       // in the order of their first days
	Orders []Shape                      // the mix of orders
	Facts  fees.Facts                   // answers for the cards about this product. Not needed where no card asks
}

// Carton is how a product is packed for the first leg.
type Carton struct {
	Units  int64       // in one carton
	Weight unit.Weight // of the full carton
	Size   unit.Size   // outer
}

// Pace is how fast a product sells from a day on, evenly over the days. The first one holds from the first day of the plan.
type Pace struct {
	From  country.Date   // zero, in the first one: the plan's first day
	Rate  *unit.Fraction // at most 100,000, with at most 6 decimals
	Count Count
	Per   Span
}

// Count says what a pace counts. The zero Count is none.
type Count uint8

// The counts.
const (
	UnitsSold    Count = iota + 1 // "units"
	OrdersPlaced                  // "orders"
)

// String is "units", "orders" or "".
func (c Count) String() string { return word(countWords, c) }

var countWords = []string{"", "units", "orders"}

// Span is a length of time. The zero Span is none.
type Span uint8

// The spans.
const (
	PerDay   Span = iota + 1 // "day"
	PerMonth                 // "month": a calendar month, whatever its length
)

// String is "day", "month" or "".
func (s Span) String() string { return word(spanWords, s) }

var spanWords = []string{"", "day", "month"}

// Shape is one kind of order in the mix: so many of Share, and all alike. Orders follow one another in the mix's
// proportions as evenly as they can.
type Shape struct {
	Share      int64         // weight in the mix, from 1
	Pieces     int64         // units of the product in one order
	Country    country.Code  // of the buyer; zero: the plan's market
	PostalCode string        // not needed where no card asks
	Parcels    []fees.Parcel // what is sent: weight and size of each. Goods and units are filled in; with several parcels Units says how many are in each
	Facts      fees.Facts    // answers for the cards, such as the zone. Not needed where no card asks
}

// word is the name of a value, "" for one that is none.
func word[T ~uint8](words []string, v T) string {
	if int(v) < len(words) {
		return words[v]
	}
	return ""
}
