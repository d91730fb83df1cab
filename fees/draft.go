package fees

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/fees/unit"
	"github.com/overseaswarehouse/overseas/internal/problem"
	"github.com/overseaswarehouse/overseas/internal/ratecard"
)

// Answers are what a seller knows of a provider's prices, for a first card. The zero value of a field is no answer, but
// an amount of 0 in a currency is one: the provider asks nothing for it.
type Answers struct {
	ID       string // the card's identifier: small letters, digits, "_", "." and "-"
	Edition  string
	Title    string
	Provider string
	Source   string           // where the prices were read: an address, or who said them
	Country  country.Code     // of the warehouse, and of the buyers whose orders it delivers
	Currency country.Currency // of every price
	From     country.Date     // from when the prices hold
	Seen     country.Date     // when they were read; enough where nobody says from when they hold

	Tax     string       // "none", "included" or "excluded"
	TaxRate unit.Percent // where tax is included or excluded

	PerKg         money.Money // first leg: for a kilogram of chargeable weight
	Divisor       int64       // cm3 per kilogram: a carton counts as its volume by the divisor where that is more than its weight
	MinimumWeight unit.Weight // the chargeable weight of a consignment is at least this
	Minimum       money.Money // the freight of a consignment is at least this

	PerM3Day money.Money // storage: for a cubic metre and day
	FreeDays *int64      // days of a stay before storage is charged

	PerOrder money.Money // handling: for an order
	PerPiece money.Money // handling: for every piece of goods in an order

	Delivery []Bracket // for a parcel: one price without an edge, or prices by the parcel's weight, ascending
}

// Bracket is the price of parcels up to a weight, which is included.
type Bracket struct {
	UpTo  unit.Weight // zero: of any weight, in a list of one
	Price money.Money
}

// Draft makes a first card of a dozen answers: its document, indented, to be kept and edited. ParseCard reads it and Lint
// finds nothing in it. Only what was answered is on the card; a charge that was not answered is not priced, and unanswered
// names it, like every answer without which the card says less: "per_kg", "divisor", "minimum_weight", "minimum",
// "per_m3_day", "free_days", "per_order", "per_piece", "delivery", "tax", "tax_rate". Without a divisor the actual weight
// is charged, without free days storage is charged from the first day; without tax the card says unstated, and its quotes
// are estimated.
//
// The error is [Problems], with the answer as the path: what a card must have and is missing, amounts below zero or in
// another currency, answers that go with a price that was not answered, brackets that do not ascend in weight or whose
// prices fall.
func Draft(a Answers) (document []byte, unanswered []string, err error) {
	d := &draft{a: &a}
	d.head()
	d.firstLeg()
	d.storage()
	d.handling()
	d.delivery()
	if d.into.Len() == 0 && len(d.charges) == 0 {
		d.into.Add(problem.New(problem.MissingField, "per_kg, per_m3_day, per_order, per_piece, delivery"))
	}
	if err := d.into.Err(); err != nil {
		return nil, nil, err
	}
	document = d.document()
	card, err := ParseCard(bytes.NewReader(document))
	if err == nil {
		if odd := card.Lint(); len(odd) > 0 {
			err = odd
		}
	}
	if ps, ok := err.(Problems); ok { // of the head: its members are called as the answers
		for i := range ps {
			ps[i].Line, ps[i].Column = 0, 0
		}
		return nil, nil, ps
	}
	return document, d.unanswered, err
}

// draft is a card in the making.
type draft struct {
	a          *Answers
	into       problem.List
	unanswered []string
	members    []property
	measure    []object
	charges    []object
}

// object is a JSON object in the order in which it is to be read.
type object []property

type property struct {
	name  string
	value any // string, object, []string, []object
}

func (d *draft) bad(path string, p Problem) { d.into.Add(p.At("/" + path)) }

func (d *draft) missing(path string, want ...string) {
	d.bad(path, problem.New(problem.MissingField, path, want...))
}

// price is an amount in the card's currency as cards write it; "" where it was not answered.
func (d *draft) price(path string, m money.Money) string {
	switch {
	case m.IsZero():
		d.unanswered = append(d.unanswered, path)
		return ""
	case m.Currency() != d.a.Currency:
		d.bad(path, problem.New(problem.CurrencyMismatch, m.Currency().String(), d.a.Currency.String()))
	case m.Sign() < 0:
		d.bad(path, problem.New(problem.Negative, m.String(), "≥ 0"))
	}
	return string(m.AppendAmount(nil))
}

// head writes who asks for what, where and from when.
func (d *draft) head() {
	a := d.a
	d.add("schema", ratecard.Schema)
	for _, t := range [...]struct {
		name, text string
		needed     bool
	}{{"id", a.ID, true}, {"edition", a.Edition, false}, {"title", a.Title, false}, {"provider", a.Provider, true}} {
		d.text(t.name, t.text)
		switch {
		case t.text != "":
			d.add(t.name, t.text)
		case t.needed:
			d.missing(t.name)
		}
	}
	if a.Country == (country.Code{}) {
		d.missing("country")
	}
	d.add("country", a.Country.String())
	if a.Currency == (country.Currency{}) {
		d.missing("currency")
	}
	d.add("currency", a.Currency.String())
	d.tax()
	var source object
	if d.text("source", a.Source); a.Source == "" {
		d.missing("source")
	}
	source = append(source, property{"url", a.Source})
	if !a.Seen.IsZero() {
		source = append(source, property{"seen", a.Seen.String()})
	}
	switch {
	case !a.From.IsZero():
		d.add("effective", object{{"from", a.From.String()}})
	case !a.Seen.IsZero():
		d.add("effective", object{{"seen", a.Seen.String()}})
	default:
		d.missing("from", "from", "seen")
	}
	d.add("sources", []object{source})
}

// text holds that a text is one.
func (d *draft) text(path, text string) {
	if valid := strings.ToValidUTF8(text, "\uFFFD"); valid != text {
		d.bad(path, problem.New(problem.Encoding, text, "UTF-8"))
	}
}

func (d *draft) tax() {
	a := d.a
	switch a.Tax {
	case "":
		d.unanswered = append(d.unanswered, "tax")
		d.add("tax", "unstated")
	case "none":
		d.add("tax", "none")
	case "included", "excluded":
		if a.TaxRate.IsZero() {
			d.unanswered = append(d.unanswered, "tax_rate")
			d.add("tax", a.Tax)
			return
		}
		d.add("tax", object{{a.Tax, a.TaxRate.String()}})
		if a.TaxRate.Sign() < 0 {
			d.bad("tax_rate", problem.New(problem.Negative, a.TaxRate.String(), "≥ 0%"))
		}
		return
	default:
		d.bad("tax", problem.New(problem.UnknownValue, a.Tax, "none", "included", "excluded"))
		return
	}
	if !a.TaxRate.IsZero() {
		d.bad("tax_rate", problem.New(problem.FieldsExclude, "tax_rate", "tax "+a.Tax))
	}
}

// given lists an answer that was not.
func (d *draft) given(path string, given bool) bool {
	if !given {
		d.unanswered = append(d.unanswered, path)
	}
	return given
}

// count holds that a number of days or of cubic centimetres is one.
func (d *draft) count(path string, n int64) {
	const most = 1_000_000
	switch text := strconv.FormatInt(n, 10); {
	case n < 0:
		d.bad(path, problem.New(problem.Negative, text, "≥ 0"))
	case n > most:
		d.bad(path, problem.New(problem.NumberRange, text, "≤ "+strconv.Itoa(most)))
	}
}

func (d *draft) firstLeg() {
	a := d.a
	price := d.price("per_kg", a.PerKg)
	divisor := d.given("divisor", a.Divisor != 0)
	weight := d.given("minimum_weight", !a.MinimumWeight.IsZero())
	minimum := d.price("minimum", a.Minimum)
	if price == "" && (divisor || weight || minimum != "") {
		d.missing("per_kg")
	}
	d.count("divisor", a.Divisor)
	if price == "" {
		return
	}
	per := "weight"
	last := object{{"sum", "consignment"}}
	if divisor {
		d.measure = append(d.measure, object{{"each", "carton"}, {"greater", []string{"weight", "volume / " + strconv.FormatInt(a.Divisor, 10) + " cm3/kg"}}})
	} else {
		last = object{{"each", "consignment"}, {"of", "weight"}}
	}
	if weight {
		last = append(last, property{"min", a.MinimumWeight.String()})
	}
	if divisor || weight {
		per, d.measure = "chargeable", append(d.measure, last)
	}
	charge := object{{"on", "consign"}, {"code", "freight"}, {"family", "first_leg"}, {"per", per}, {"unit", "kg"}, {"price", price}}
	if minimum != "" {
		charge = append(charge, property{"min", minimum})
	}
	d.charges = append(d.charges, charge)
}

func (d *draft) storage() {
	a := d.a
	price := d.price("per_m3_day", a.PerM3Day)
	free := d.given("free_days", a.FreeDays != nil)
	if price == "" && free {
		d.missing("per_m3_day")
	}
	if free {
		d.count("free_days", *a.FreeDays)
	}
	if price == "" {
		return
	}
	charge := object{{"on", "store"}, {"code", "storage"}, {"family", "storage"}, {"each", "lot"}, {"per", "volume"}, {"unit", "m3"}, {"time", object{{"per", "day"}}}}
	if free && *a.FreeDays > 0 {
		days := strconv.FormatInt(*a.FreeDays, 10)
		charge = append(charge, property{"price", object{{"by", []object{{{"of", "day"}, {"upTo", []string{days, "more"}}}}}, {"table", []string{"0", price}}}})
	} else {
		charge = append(charge, property{"price", price})
	}
	d.charges = append(d.charges, charge)
}

func (d *draft) handling() {
	if price := d.price("per_order", d.a.PerOrder); price != "" {
		d.charges = append(d.charges, object{{"on", "order"}, {"code", "order"}, {"family", "handling"}, {"price", price}})
	}
	if price := d.price("per_piece", d.a.PerPiece); price != "" {
		d.charges = append(d.charges, object{{"on", "order"}, {"code", "piece"}, {"family", "handling"}, {"per", "units"}, {"price", price}})
	}
}

func (d *draft) delivery() {
	list := d.a.Delivery
	if len(list) == 0 {
		d.unanswered = append(d.unanswered, "delivery")
		return
	}
	charge := object{{"on", "order"}, {"code", "delivery"}, {"family", "local_delivery"}, {"each", "parcel"}}
	var edges, prices []string
	for i, b := range list {
		path := "delivery/" + strconv.Itoa(i)
		if b.Price.IsZero() {
			d.missing(path + "/price")
			continue
		}
		prices = append(prices, d.price(path+"/price", b.Price))
		if b.UpTo.IsZero() {
			if len(list) > 1 {
				d.missing(path + "/up_to")
			}
			continue
		}
		edges = append(edges, b.UpTo.String())
		if i == 0 || list[i-1].UpTo.IsZero() {
			continue
		}
		before := list[i-1]
		if b.UpTo.Compare(before.UpTo) <= 0 {
			d.bad(path+"/up_to", problem.New(problem.TierUnsorted, b.UpTo.String(), "> "+before.UpTo.String()))
		}
		if c, err := b.Price.Compare(before.Price); err == nil && c < 0 {
			d.bad(path+"/price", problem.New(problem.PriceFalls, b.Price.String()).With("from", before.Price.String()).With("to", b.Price.String()).
				With("axis", "weight").With("at", b.UpTo.String()))
		}
	}
	if len(edges) == 0 && len(prices) == 1 {
		charge = append(charge, property{"price", prices[0]})
	} else {
		charge = append(charge, property{"price", object{{"by", []object{{{"of", "weight"}, {"upTo", edges}}}}, {"table", prices}}})
	}
	d.charges = append(d.charges, charge)
}

func (d *draft) add(name string, value any) { d.members = append(d.members, property{name, value}) }

// document writes a member a line, and a charge a line.
func (d *draft) document() []byte {
	var b bytes.Buffer
	b.WriteString("{")
	for i, m := range d.members {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString("\n  ")
		writeJSON(&b, m.name)
		b.WriteString(": ")
		writeJSON(&b, m.value)
	}
	if len(d.measure) > 0 {
		b.WriteString(",\n  \"measures\": {\n    \"chargeable\": ")
		writeJSON(&b, d.measure)
		b.WriteString("\n  }")
	}
	b.WriteString(",\n  \"charges\": [")
	for i, c := range d.charges {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString("\n    ")
		writeJSON(&b, c)
	}
	b.WriteString("\n  ]\n}\n")
	return b.Bytes()
}

// writeJSON writes a value on one line, with spaces after colons and commas.
func writeJSON(b *bytes.Buffer, value any) {
	switch v := value.(type) {
	case string:
		e := json.NewEncoder(b)
		e.SetEscapeHTML(false)
		_ = e.Encode(v) // a string is always written
		b.Truncate(b.Len() - 1)
	case object:
		b.WriteByte('{')
		for i, m := range v {
			if i > 0 {
				b.WriteString(", ")
			}
			writeJSON(b, m.name)
			b.WriteString(": ")
			writeJSON(b, m.value)
		}
		b.WriteByte('}')
	case []string:
		writeList(b, v)
	case []object:
		writeList(b, v)
	}
}

func writeList[T any](b *bytes.Buffer, list []T) {
	b.WriteByte('[')
	for i, v := range list {
		if i > 0 {
			b.WriteString(", ")
		}
		writeJSON(b, v)
	}
	b.WriteByte(']')
}
