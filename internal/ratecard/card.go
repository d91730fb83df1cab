package ratecard

import (
	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/internal/fixed"
)

// Card is one provider's price list, checked. It is immutable once Parse has returned it.
type Card struct {
	ID, Edition, Title, Provider string
	Standing                     Standing // whose price it is: published, tier, agreement
	Account                      string   // the account or tier name that an agreement or a tier is for
	Countries                    []country.Code
	Warehouses                   []string
	Currency                     country.Currency
	Tax                          Tax
	Effective                    Period
	Seen                         country.Date // when the list was read; set where no start was published
	Sources                      []Source
	Service                      Service
	Inputs                       []Input
	Classes                      []Class
	Measures                     []Measure
	Amounts                      []Amount
	Slots                        []Slot
	Charges                      []Charge
	Rounding                     Rounding // of every charge that names none
	Totals                       []Total
	Kept                         []string // amounts whose values a trace keeps although no line needs them
	MoneyDigits                  uint8    // decimals of the sums of money of an import event; 0: those of the currency
	Digest                       [32]byte // SHA-256 of the document

	at map[string]place // where charges, amounts, measures, classes and inputs stand in the document
}

// Standing orders cards that price the same thing: an agreement goes before a tier, a tier before the published list.
type Standing uint8

const (
	Published Standing = iota
	Tier
	Agreement
)

// Period is a span of civil dates, both ends included; a zero end is open.
type Period struct{ From, To country.Date }

// Contains reports whether d lies in the period.
func (p Period) Contains(d country.Date) bool {
	return (p.From.IsZero() || !d.Before(p.From)) && (p.To.IsZero() || !p.To.Before(d))
}

// Source says where a list was published and when it was read.
type Source struct {
	URL, Note string
	Seen      country.Date
}

// Service is what a buyer notices of a delivery.
type Service struct {
	MinDays, MaxDays int64 // 0, 0: not stated
	Tracked          Flag
}

// Flag is a fact that may be unstated.
type Flag uint8

const (
	Unstated Flag = iota
	No
	Yes
)

// Tax says how the card's prices stand to value added tax.
type Tax struct {
	Kind TaxKind
	Rate fixed.Decimal // a fraction: 0.19; zero when not stated
}

// TaxKind is the zero value "unstated" unless the card says more.
type TaxKind uint8

const (
	TaxUnstated TaxKind = iota
	TaxIncluded
	TaxExcluded
	TaxNone
)

// Event is when a fee is incurred.
type Event uint8

const (
	Consign Event = iota + 1
	Import
	Receive
	Store
	Order
	Return
	Remove
	PeriodEnd // "period" on cards
	EventCount
)

// Family is what a fee is for.
type Family uint8

const (
	FirstLeg Family = iota + 1
	Storage
	Handling
	LocalDelivery
	Tariff
	TaxFamily
	Other
	FamilyCount
)

// Level is the part of an event that a measure, a price, a bound or a rounding belongs to, narrow to wide.
type Level uint8

const (
	LevelItem  Level = iota + 1 // one unit of goods inside a parcel or carton
	LevelPiece                  // one carton, one parcel, one stored unit, one unit of a declaration line
	LevelLine                   // all pieces of one row: a carton row, a lot, a declaration line
	LevelEvent                  // the consignment, order, account-period, entry, delivery
)

// Input is a fact that the card asks the caller for.
type Input struct {
	Name    string
	Kind    InputKind
	Values  []string // of a Choice
	Default string   // "" when the caller must answer
	Each    Level    // LevelEvent, LevelLine or LevelItem: where the answer may differ
	Text    string   // the question, for people
}

// InputKind says what an answer looks like.
type InputKind uint8

const (
	Choice  InputKind = iota + 1 // one of Values
	Count                        // a whole number, not negative
	Decimal                      // a decimal number, not negative
	Amounts                      // an amount in the card's currency, not negative ("money" on cards)
)

// Class sorts an event, a piece or an item into one of a few names, by the first row that fits.
type Class struct {
	Name string
	Each Level
	Rows []ClassRow
}

// ClassRow fits when all of When holds and no limit is exceeded.
type ClassRow struct {
	Name  string
	When  []Test
	Limit []Limit
}

// Test is one condition on a subject.
type Test struct {
	Subject Subject
	In      []string     // for a choice, a class, a country (alpha-2), a warehouse
	Not     []string     // the same, excluded
	Postal  []PostalRule // for SubjectPostal: any of these
	PostNot []PostalRule // none of these
	Bounds  []Bound      // for a measure, all of them
	Dates   Period       // for SubjectDate
	Yearly  []YearlySpan // for SubjectDate: any of these
}

// Subject is what a test looks at.
type Subject struct {
	Kind SubjectKind
	Name string // of the input, class or measure
}

// SubjectKind says where a subject's value comes from.
type SubjectKind uint8

const (
	SubjectCountry SubjectKind = iota + 1
	SubjectWarehouse
	SubjectPostal
	SubjectDate
	SubjectInput
	SubjectClass
	SubjectMeasure
)

// Bound compares a measure with a quantity.
type Bound struct {
	Edge Edge
	At   Quantity
}

// Edge says on which side of a threshold its own value lies.
type Edge uint8

const (
	UpTo  Edge = iota + 1 // x <= at
	Below                 // x < at
	From                  // x >= at
	Over                  // x > at
)

// Limit is what a charge or class carries at most: x <= At for every part of the level Each, which is not wider than
// the level of the charge or class.
type Limit struct {
	Measure string
	At      Quantity
	Each    Level
}

// YearlySpan is a span of days of the year, both included, that may cross the year's end.
type YearlySpan struct{ FromMonth, FromDay, ToMonth, ToDay uint8 }

// Contains reports whether d's day of the year lies in the span.
func (s YearlySpan) Contains(d country.Date) bool {
	at := uint16(d.Month)<<8 | uint16(d.Day)
	from, to := uint16(s.FromMonth)<<8|uint16(s.FromDay), uint16(s.ToMonth)<<8|uint16(s.ToDay)
	if from <= to {
		return from <= at && at <= to
	}
	return at >= from || at <= to
}

// Measure is a named chain of steps, narrow to wide.
type Measure struct {
	Name  string
	Dim   Dim   // of the result
	Each  Level // of the result: the level of the last step
	Steps []Step
}

// Step is one step of a measure. The parts apply in the order of the fields.
type Step struct {
	Each      Level
	Sum       bool   // the step begins with the sum, over Each, of the step before
	Sides     *Sides // how sides are taken before volumes and lengths of this step
	Terms     []Term // the greatest of these (one: just it); empty on a step that continues the one before
	Excess    *Excess
	Less      Quantity // subtracted, never below zero
	Plus      Quantity // added
	Keep      *KeepDigits
	Up        Quantity // rounded up to a multiple of this ("step" of the trade)
	Tolerance Quantity // a rest up to and including this is dropped instead of rounded up
	Min, Max  Quantity
}

// Sides prepares the sides of a piece: each is rounded, then raised to a least side.
type Sides struct {
	To   Quantity // rounded to a multiple of this; zero: not rounded
	Mode fixed.Mode
	Min  Quantity // each side at least this
}

// Excess adds a share of what another term exceeds the value by.
type Excess struct {
	Of    Term
	Share fixed.Decimal // a fraction: 0.5
	Above fixed.Decimal // applies where Of is over this multiple of the value; 1 when not given
}

// KeepDigits rounds a value to a multiple of To before the step.
type KeepDigits struct {
	To   Quantity
	Mode fixed.Mode
}

// Term is a measure, or a measure times a density, or over a divisor, counted only when its conditions hold.
type Term struct {
	Of    string // a built-in measure, an input, or a measure named before
	Op    Op
	By    Ratio
	When  []Test
	Share fixed.Decimal // the fraction of the value that counts; zero: all
}

// Op joins a measure with a ratio.
type Op uint8

const (
	Plain Op = iota
	Times
	Over_ // divided by
)

// Ratio is a number of units over units: 167 kg/m3, 5000 cm3/kg. A plain number has no units.
type Ratio struct {
	Value    fixed.Decimal
	Num, Den Unit
}

// Amount is a named sum that is not payable.
type Amount struct {
	Name  string
	On    Event
	Each  Level
	Sum   []string // charges, amounts, money of the event, "family:…"
	Num   int64    // the sum times Num/Den, exact; 1/1 when not given
	Den   int64
	Basis Basis     // of the charges it sums
	Round *Rounding // nil: exact; at the amount's own level unless it says another
}

// Basis says whether a sum or a percentage takes charges as computed or as billed.
type Basis uint8

const (
	Rounded Basis = iota
	Exact
)

// Slot is filled by exactly one of its charges.
type Slot struct {
	Name     string
	On       Event
	Each     Level
	Take     Take
	Optional bool // nothing fits: no charge, instead of not carried
}

// Take says which of the charges that fit fills a slot.
type Take uint8

const (
	One      Take = iota // more than one that fits is an error
	First                // in the order of the card
	Greatest             // by exact amount, ties to the first
	Least
)

// Charge is one priced line of a card.
type Charge struct {
	Code                    string
	Text                    string // for people
	On                      Event
	Families                []Family // the first carries the amount, the others are included in it
	Slot                    string
	Each                    Level // where it is measured, priced and bounded
	When                    []Test
	Limit                   []Limit
	Terms                   []Price // summed; empty when Dated is used
	Dated                   []Dated // terms by date
	Min, Max                *fixed.Decimal
	Bounds                  []LevelBound // on sums of wider levels
	Round                   Rounding
	Credit                  bool
	Recoverable, Prepayment bool
	TopUp                   *TopUp
	Given                   string // "duties": the caller's duty lines
	Levy                    int    // of Given: the position of the levy among those of the event, from 1; 0: all together
}

// Dated holds the terms of one period.
type Dated struct {
	Period   Period
	Terms    []Price
	Min, Max *fixed.Decimal
}

// LevelBound bounds a charge's sum over a level wider than its own.
type LevelBound struct {
	Each     Level
	Min, Max *fixed.Decimal
}

// TopUp raises what was billed to an amount: the minimum bill.
type TopUp struct {
	To fixed.Decimal
	Of []string // names in the period's bill: charge codes, "family:storage"; empty: everything billed
}

// Counts reports whether a line of the period's bill counts: by its code, or by the first of its families.
func (t *TopUp) Counts(code string, families []Family) bool {
	for _, name := range t.Of {
		if f, ok := FamilyOf(name); name == code || ok && len(families) > 0 && families[0] == f {
			return true
		}
	}
	return len(t.Of) == 0
}

// Price is a quantity times a price, or a percentage of amounts.
type Price struct {
	Per       string   // measure; "" is one per instance of the level
	Unit      Quantity // the price is for this much of Per
	Started   bool     // every started Unit counts whole
	Time      *Time
	By        []Axis
	Cells     []Cell // row-major over By; one cell when By is empty
	Bands     []Band // instead of Cells: along BandOf
	BandOf    string
	Percent   bool     // cells are fractions of Of
	Of        []string // charges, amounts, money of the event, "family:…"
	Basis     Basis
	NextBreak bool // a later bracket's price at its own lower edge, where that is cheaper
}

// Cell is a price, or says that there is none.
type Cell struct {
	Value fixed.Decimal
	None  bool // not offered
}

// Band is one stretch of a graduated price.
type Band struct {
	UpTo    Quantity // inclusive upper edge
	Open    bool     // no upper edge
	Flat    bool     // cells are amounts for the whole band, due as soon as it is entered
	Each    Quantity // else cells are for this much of the measure
	Started bool     // every started Each counts whole
	Cells   []Cell   // row-major over By
}

// Axis is one dimension of a table.
type Axis struct {
	Of     Subject
	Age    AgeAxis    // AgeNone unless the axis is the age of stock
	Edge   Edge       // of a measure or age axis
	Edges  []Quantity // ascending
	Open   bool       // UpTo, Below: a last bracket without an edge follows Edges
	Values []string   // of a choice, class, country or warehouse axis
}

// AgeAxis counts the days of stock in the warehouse.
type AgeAxis uint8

const (
	AgeNone AgeAxis = iota
	Age             // full days since arrival: 0 on the day of arrival
	Day             // day of the stay: 1 on the day of arrival
)

// Len is the number of brackets or values.
func (a *Axis) Len() int {
	if len(a.Values) > 0 {
		return len(a.Values)
	}
	if a.Open {
		return len(a.Edges) + 1
	}
	return len(a.Edges)
}

// Time says how the length of a stay enters a price.
type Time struct {
	Per   TimeUnit
	Basis TimeBasis
	Days  int64 // days of the month or year; 0: as the calendar has them
	On    int64 // snapshot: day of the month 1..28, or weekday 1 (Monday) .. 7
}

// TimeUnit is the unit of time that a price is for.
type TimeUnit uint8

const (
	PerDay TimeUnit = iota + 1
	PerWeek
	PerMonth
	PerYear
)

// TimeBasis says how a stay is counted.
type TimeBasis uint8

const (
	Daily    TimeBasis = iota + 1 // every day present, over the days of the unit (a month's average)
	Snapshot                      // whole units of what is present on the day On
	Started                       // every started unit counts whole, from the first day of the stay
)

// Rounding rounds an amount to a multiple of To at a level.
type Rounding struct {
	Mode fixed.Mode
	To   fixed.Decimal
	Each Level
}

// Total rounds the sum of an event's lines; the difference is a line of its own.
type Total struct {
	On     Event
	Code   string
	Family Family
	Round  Rounding
	Basis  Basis // Exact: the sum of the lines before they are rounded
}
