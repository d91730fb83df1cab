package country

import (
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/overseaswarehouse/overseas/internal/fixed"
	"github.com/overseaswarehouse/overseas/internal/problem"
)

// Fact is one thing that the customs of a country do, with its period, source and confidence. It is what a row of a facts
// document says; a caller may also write one as a literal, to give CustomsOn what the tables do not know.
type Fact struct {
	Country Code

	// Value is what the fact says, one of the types whose Key method names them. It is never nil; in a fact that is
	// Unknown only the fields that name it (a fee's Code) are set.
	Value   Value
	Unknown bool

	// When lists the circumstances under which the fact holds; none: under all.
	When []Condition

	// From and To are the first and the last day on which the fact holds. A zero From means that the start is not known,
	// and the fact is used for any earlier day; a zero To, that no end is known.
	From, To Date

	// Begins says that there was nothing of the kind before From, and Ends, that there is nothing after To. Without them
	// nothing is known about those days.
	Begins, Ends bool

	Seen       Date // the day on which the fact was last confirmed
	Source     string
	Confidence Confidence
	Note       string
}

// Key is the kind of the fact.
func (f Fact) Key() Key {
	if !isValue(f.Value) {
		return ""
	}
	return f.Value.Key()
}

// Name is the key and what tells the fact from others of its kind: "fee/mpf", "import_tax".
func (f Fact) Name() string {
	if !isValue(f.Value) {
		return ""
	}
	if name := f.Value.name(); name != "" {
		return string(f.Key()) + "/" + name
	}
	return string(f.Key())
}

// Holds reports whether the fact is in force on the day, whatever the circumstances.
func (f Fact) Holds(on Date) bool {
	return (f.From.IsZero() || !on.Before(f.From)) && (f.To.IsZero() || !on.After(f.To))
}

// Condition restricts a fact to circumstances: the value of Input must be one of In.
type Condition struct {
	Input   string   // "mode", "lodgement", …: a name of Inputs
	In      []string // in the order of the document
	Default string   // the value taken when the caller gives none; "" means that the caller must give one
}

// Confidence says how a fact is known.
type Confidence uint8

// The degrees of confidence.
const (
	FromMemory    Confidence = iota + 1 // general knowledge; no source was read
	SeenSecondary                       // read with a broker, in the news, in another table
	SeenOfficial                        // read on an official site, in a statute, or in a copy of one
)

var confidences = [...]string{FromMemory: "memory", SeenSecondary: "secondary", SeenOfficial: "official"}

// String is the word that documents use: "official", "secondary", "memory"; "" for the zero Confidence.
func (c Confidence) String() string {
	if int(c) < len(confidences) {
		return confidences[c]
	}
	return ""
}

// Key names a kind of fact. Keys are literal and stable.
type Key string

// The kinds of facts, each with the type of its value.
const (
	KeyCurrency       Key = "currency"        // HomeCurrency
	KeyValuation      Key = "valuation"       // Valuation
	KeyTaxBase        Key = "import_tax_base" // TaxBase
	KeyImportTax      Key = "import_tax"      // ImportTax
	KeyFee            Key = "fee"             // Fee
	KeyFormalEntry    Key = "formal_entry"    // FormalEntry
	KeyRounding       Key = "rounding"        // Rounding
	KeyPrepayment     Key = "prepayment"      // Prepayment
	KeyAssumedCost    Key = "assumed_cost"    // AssumedCost
	KeyStandardCost   Key = "standard_cost"   // StandardCost
	KeyAdditionalDuty Key = "additional_duty" // AdditionalDuty
	KeyTerritory      Key = "territory"       // Territory
	KeyRecoverable    Key = "recoverable"     // Recoverable
	KeyExchangeRate   Key = "exchange_rate"   // ExchangeRate
	KeyParcel         Key = "parcel"          // Parcel
	KeyRemark         Key = "remark"          // Remark
)

// Value is what a fact says: one of the types of this package that the keys name.
type Value interface {
	// Key is the kind of fact that the type expresses.
	Key() Key
	name() string  // tells facts of one kind apart
	clone() Value  // shares nothing that could be changed
	check(*checks) // reports what a literal may have wrong
}

// Part is an amount that a declaration is made of.
type Part string

// The parts. The first six are what the importer pays for goods and transport, the others come out of the calculation.
const (
	PartGoods           Part = "goods"
	PartPacking         Part = "packing"
	PartOriginInland    Part = "origin_inland"        // transport in the country of export
	PartFreightToBorder Part = "freight_to_border"    // international transport, loading and handling up to the border
	PartInsurance       Part = "insurance"            // of that transport
	PartAfterBorder     Part = "freight_after_border" // transport, handling and other costs to the first destination
	PartCustomsValue    Part = "customs_value"        // what duties are charged on
	PartDuty            Part = "duty"                 // all customs duties, additional ones included
	PartExcise          Part = "excise"               // excise and other charges due on import, the tax itself left out
	PartTaxBase         Part = "tax_base"             // what the import tax is charged on
	PartTax             Part = "import_tax"
	PartFee             Part = "fee"
	PartPrepayment      Part = "prepayment"
	PartTotal           Part = "total"
)

var parts = []string{
	string(PartGoods), string(PartPacking), string(PartOriginInland), string(PartFreightToBorder), string(PartInsurance), string(PartAfterBorder),
	string(PartCustomsValue), string(PartDuty), string(PartExcise), string(PartTaxBase), string(PartTax), string(PartFee), string(PartPrepayment), string(PartTotal),
}

// HomeCurrency is the currency in which customs reckon.
type HomeCurrency struct{ Currency Currency }

// Key is KeyCurrency.
func (HomeCurrency) Key() Key { return KeyCurrency }

// Basis is a way to value goods.
type Basis string

// The ways to value goods.
const (
	FOB Basis = "fob" // without the transport from the country of export
	CIF Basis = "cif" // with transport and insurance up to Border
)

// Valuation is what the customs value consists of.
type Valuation struct {
	Basis  Basis
	Border string // up to where transport counts: "eu", "gb", "eaeu", "port"; "" for FOB
	Sum    []Part // the costs that make the customs value
}

// Key is KeyValuation.
func (Valuation) Key() Key { return KeyValuation }

// TaxBase is what the tax on imports is charged on.
type TaxBase struct{ Sum []Part }

// Key is KeyTaxBase.
func (TaxBase) Key() Key { return KeyTaxBase }

// ImportTax is the tax on imports. A country without one says so: Tax "none", rate 0.
type ImportTax struct {
	Tax   string          // "VAT", "GST", "PPN", "none"
	Rate  decimal.Decimal // a fraction: 0.19
	Share Fraction        // of the base that the rate applies to, exactly: 11/12
}

// Key is KeyImportTax.
func (ImportTax) Key() Key { return KeyImportTax }

// Fraction is an exact ratio. The zero Fraction stands for the whole.
type Fraction struct{ Num, Den int64 }

// String is the fraction as "11/12"; the whole is "1".
func (f Fraction) String() string {
	if f.IsWhole() {
		return "1"
	}
	return itoa(f.Num) + "/" + itoa(f.Den)
}

// IsWhole reports whether f is 1.
func (f Fraction) IsWhole() bool { return f.Num == f.Den }

// Fee is a charge of customs or of another authority at the border. It is Amount, or a band of Scale by customs value, or
// Rate of the customs value within Min and Max. An Amount of zero without the others says that nothing is charged.
type Fee struct {
	Code     string          // "mpf"
	Per      string          // "entry"
	Rate     decimal.Decimal // a fraction of the customs value
	Min, Max decimal.Decimal // bounds on the result; zero: none
	Amount   decimal.Decimal
	Scale    []Band
	Currency Currency // zero: the home currency
}

// Key is KeyFee.
func (Fee) Key() Key { return KeyFee }

// Band is a line of a scale: a customs value up to Limit pays Amount. Bands are in ascending order.
type Band struct {
	Limit  decimal.Decimal
	Edge   Edge
	Amount decimal.Decimal
}

// Edge says whether the limit of a band belongs to it.
type Edge uint8

// The edges.
const (
	EdgeNone  Edge = iota // the last band of a scale has no limit
	EdgeUpTo              // the limit belongs to the band
	EdgeBelow             // the limit belongs to the next band
)

// On is the fee for a customs value in the currency of the fee, exact, before any rounding. Errors: the codes of package
// problem for numbers, when the value is negative, has more than 18 digits, or has no band.
func (f Fee) On(customsValue decimal.Decimal) (decimal.Decimal, error) {
	value, err := fixed.FromShopspring(customsValue)
	if err != nil {
		return decimal.Decimal{}, err
	}
	if value.Sign() < 0 {
		return decimal.Decimal{}, problem.New(problem.Negative, value.String())
	}
	var c checks
	f.check(&c)
	if err := c.list.Err(); err != nil {
		return decimal.Decimal{}, err
	}
	if len(f.Scale) > 0 {
		for _, b := range f.Scale {
			order := customsValue.Cmp(b.Limit)
			if b.Edge == EdgeNone || order < 0 || order == 0 && b.Edge == EdgeUpTo {
				return b.Amount, nil
			}
		}
		last := f.Scale[len(f.Scale)-1]
		return decimal.Decimal{}, problem.New(problem.NoBracket, value.String(), text(last.Limit)).With("name", f.Code)
	}
	fee := f.Amount
	if !f.Rate.IsZero() {
		fee = fee.Add(customsValue.Mul(f.Rate))
	}
	if fee.Cmp(f.Min) < 0 {
		fee = f.Min
	}
	if !f.Max.IsZero() && fee.Cmp(f.Max) > 0 {
		fee = f.Max
	}
	return fee, nil
}

// FormalEntry is the customs value from which a formal declaration is required.
type FormalEntry struct {
	From     decimal.Decimal
	Currency Currency // zero: the home currency
}

// Key is KeyFormalEntry.
func (FormalEntry) Key() Key { return KeyFormalEntry }

// Rounding is a published rule for rounding amounts.
type Rounding struct {
	Of    Part            // which amount
	Exact bool            // kept at full precision until it is shown; Step is then that of the display
	Mode  string          // "half_up", "up", "down"; "" when the rule is not published
	Step  decimal.Decimal // 0.01, 1, 1000
	Per   string          // "levy", "rate" (all goods at one rate), "entry"; "" when not published
}

// Key is KeyRounding.
func (Rounding) Key() Key { return KeyRounding }

// Prepayment is a payment on account of another tax, collected at import: no cost, but cash.
type Prepayment struct {
	Code string
	Rate decimal.Decimal // a fraction of Of
	Of   Part
}

// Key is KeyPrepayment.
func (Prepayment) Key() Key { return KeyPrepayment }

// AssumedCost is what customs take for a cost that the importer cannot show, or allows in its place.
type AssumedCost struct {
	Costs    []Part
	Rate     decimal.Decimal // a fraction of Of
	Of       string          // "fob", "cfr", "customs_value"
	Optional bool            // the importer may choose it
}

// Key is KeyAssumedCost.
func (AssumedCost) Key() Key { return KeyAssumedCost }

// StandardCost is a fixed amount that customs accept for the costs after the border in the tax base.
type StandardCost struct {
	Code     string
	Rate     decimal.Decimal // per unit of Per
	Per      string          // "kg" (chargeable), "tonne" (gross), "load" (a full one); "" when Rate is zero
	Plus     decimal.Decimal // added once
	Min      decimal.Decimal
	Currency Currency // zero: the home currency
}

// Key is KeyStandardCost.
func (StandardCost) Key() Key { return KeyStandardCost }

// AdditionalDuty is a duty on top of the tariff on lists of goods that these tables do not hold. It is here to be
// listed: no calculation applies it by itself, the duty lines of a declaration are the caller's.
type AdditionalDuty struct {
	Code string
	Rate decimal.Decimal // a fraction of the customs value
	Most decimal.Decimal // where the rate depends on the goods: the highest; otherwise zero
}

// Key is KeyAdditionalDuty.
func (AdditionalDuty) Key() Key { return KeyAdditionalDuty }

// Territory is a part of the country where its import tax does not apply as elsewhere.
type Territory struct {
	Place string
	Tax   string          // the tax there, when it has one
	Rate  decimal.Decimal // its general rate, when Tax is given
}

// Key is KeyTerritory.
func (Territory) Key() Key { return KeyTerritory }

// Recoverable tells whether a business usually gets the import tax back. Whether this importer does is a matter of its
// registration, which only the caller knows.
type Recoverable struct {
	Usually string // "yes", "no", "not_applicable"
	How     string // "postponed", "deferred", "deducted", …
}

// Key is KeyRecoverable.
func (Recoverable) Key() Key { return KeyRecoverable }

// ExchangeRate tells whose exchange rates customs use, and those of which day.
type ExchangeRate struct {
	By     string // "hmrc_monthly", "central_bank", …
	Day    string // "export", "registration", …; "" when not known
	Method string // "divide": the foreign amount is divided by the rate; "" when not known
}

// Key is KeyExchangeRate.
func (ExchangeRate) Key() Key { return KeyExchangeRate }

// Parcel is a rule for parcels of low value sent to consumers. No such rule ever concerns a batch for a warehouse.
type Parcel struct {
	Rule     string          // "duty_relief", "tax_relief", "flat_duty", "charge", "tax_at_sale"
	UpTo     decimal.Decimal // the value up to which the rule holds, inclusive; a relief of zero is none
	Amount   decimal.Decimal // of a flat duty or charge
	Per      string          // "parcel", "item", "subheading", "person_day"; "" where it makes no difference
	Currency Currency        // zero: the home currency
}

// Key is KeyParcel.
func (Parcel) Key() Key { return KeyParcel }

// Remark is a fact without figures: its text is the Note.
type Remark struct{ Topic string }

// Key is KeyRemark.
func (Remark) Key() Key { return KeyRemark }

func (HomeCurrency) name() string     { return "" }
func (Valuation) name() string        { return "" }
func (TaxBase) name() string          { return "" }
func (ImportTax) name() string        { return "" }
func (v Fee) name() string            { return v.Code }
func (FormalEntry) name() string      { return "" }
func (v Rounding) name() string       { return string(v.Of) }
func (v Prepayment) name() string     { return v.Code }
func (v AssumedCost) name() string    { return joinParts(v.Costs, "+") }
func (v StandardCost) name() string   { return v.Code }
func (v AdditionalDuty) name() string { return v.Code }
func (v Territory) name() string      { return v.Place }
func (Recoverable) name() string      { return "" }
func (ExchangeRate) name() string     { return "" }
func (v Parcel) name() string         { return v.Rule }
func (v Remark) name() string         { return v.Topic }

func (v HomeCurrency) clone() Value   { return v }
func (v Valuation) clone() Value      { v.Sum = slices.Clone(v.Sum); return v }
func (v TaxBase) clone() Value        { v.Sum = slices.Clone(v.Sum); return v }
func (v ImportTax) clone() Value      { return v }
func (v Fee) clone() Value            { v.Scale = slices.Clone(v.Scale); return v }
func (v FormalEntry) clone() Value    { return v }
func (v Rounding) clone() Value       { return v }
func (v Prepayment) clone() Value     { return v }
func (v AssumedCost) clone() Value    { v.Costs = slices.Clone(v.Costs); return v }
func (v StandardCost) clone() Value   { return v }
func (v AdditionalDuty) clone() Value { return v }
func (v Territory) clone() Value      { return v }
func (v Recoverable) clone() Value    { return v }
func (v ExchangeRate) clone() Value   { return v }
func (v Parcel) clone() Value         { return v }
func (v Remark) clone() Value         { return v }

// clone is a copy of the fact that shares nothing with it.
func (f Fact) clone() Fact {
	if isValue(f.Value) {
		f.Value = f.Value.clone()
	}
	f.When = slices.Clone(f.When)
	for i := range f.When {
		f.When[i].In = slices.Clone(f.When[i].In)
	}
	return f
}

// isValue reports whether v is one of the types and not a pointer to one, which Go would let pass as a Value.
func isValue(v Value) bool {
	switch v.(type) {
	case HomeCurrency, Valuation, TaxBase, ImportTax, Fee, FormalEntry, Rounding, Prepayment, AssumedCost, StandardCost,
		AdditionalDuty, Territory, Recoverable, ExchangeRate, Parcel, Remark:
		return true
	}
	return false
}

func joinParts(list []Part, by string) string {
	words := make([]string, len(list))
	for i, p := range list {
		words[i] = string(p)
	}
	return strings.Join(words, by)
}
