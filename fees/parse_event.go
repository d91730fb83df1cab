package fees

import (
	"io"
	"strings"

	"github.com/overseaswarehouse/overseas/internal/problem"
	"github.com/overseaswarehouse/overseas/internal/strict"
)

// The versions of the documents that ParseEvent and ParseJourney read.
const (
	EventSchema   = "overseas/event/1"
	JourneySchema = "overseas/journey/1"
)

// The size limits of a document of an event or journey. What is over them is refused with too_many, text_too_long or
// too_large.
const (
	MaxEventBytes = 64 << 20 // of the document
	MaxEventRows  = 100_000  // cartons, parcels, lots, lines and goods, all together
	MaxEventFacts = 200      // answers of one object
	MaxEventList  = 10_000   // exchange rates; duties of one line
	MaxEventText  = 1_000    // characters of a text
)

// eventNames are what documents call the types of events.
var eventNames = []string{"consignment", "entry", "receipt", "stay", "order", "return", "removal", "period"}

// ParseEvent reads a document of an event:
//
//	{
//	  "schema": "overseas/event/1", "event": "order", "reference": "A-1001",
//	  "date": "2026-11-01", "country": "DE", "postal_code": "20095",
//	  "parcels": [{"weight": "2.5 kg", "size": "40x30x20 cm", "goods": [{"sku": "A1", "units": 2, "value": "12.50 EUR"}]}],
//	  "facts": {"battery": "no"}
//	}
//
// The event is one of "consignment", "entry", "receipt", "stay", "order", "return", "removal" and "period"; its members
// are the fields of the type, in small letters with underscores. Weights, volumes, sizes, money, percentages and dates
// are strings in the notation of their types; a count is a whole number of at least 1, and a fact is a string or a
// number. A line of an entry has duties, or options of which each has; a duty has a rate, specific amounts, or both, and may
// have min and max. The exchange rates of an entry, into the currency of its customs, are a list of quotations,
// "1 CNY = 0.128 EUR" or the JSON of [money.Rate], where "inverse" uses one the other way round:
// {"base": "EUR", "quote": "CNY", "value": "7.81", "inverse": true}. [EventJSONSchema] says it formally.
//
// The document is read strictly: unknown and repeated members, null, other types, text after the end and bytes that are
// not UTF-8 are refused. The error is [Problems]: everything wrong with the document, each with path, line and column.
// See MaxEventRows and its neighbours for what is too large.
func ParseEvent(r io.Reader) (Event, error) {
	var list problem.List
	v, ok := strict.Read(r, documentLimits, &list)
	if !ok {
		return nil, list.Err()
	}
	p := &eventParser{list: &list}
	e := p.document(v)
	if err := list.Err(); err != nil {
		return nil, err
	}
	return e, nil
}

// ParseJourney reads a document of a journey:
//
//	{"schema": "overseas/journey/1", "sku": "A1", "share_by": "volume",
//	 "consignment": {…}, "entry": {…}, "receipt": {…}, "stay": {…}, "order": {…}, "return": {…}, "rates": […]}
//
// Each event is as in [ParseEvent], without schema and event. Rates are the exchange rates of the entry, which may hold
// them itself instead. ShareBy is "weight", "volume", "value" or "units", the usual basis of each event when it is left
// out. It is strict and fails as ParseEvent does. [JourneyJSONSchema] says it formally.
func ParseJourney(r io.Reader) (*Journey, error) {
	var list problem.List
	v, ok := strict.Read(r, documentLimits, &list)
	if !ok {
		return nil, list.Err()
	}
	p := &eventParser{list: &list}
	j := p.journey(v)
	if err := list.Err(); err != nil {
		return nil, err
	}
	return j, nil
}

var documentLimits = strict.Limits{Bytes: MaxEventBytes, Text: MaxEventText}

// eventParser reads one document.
type eventParser struct {
	list *problem.List
	rows int
}

// document reads an event with its schema and the name of its type.
func (p *eventParser) document(v strict.Value) Event {
	if v.Kind() != strict.ObjectKind {
		v.Object()
		return nil
	}
	all := fieldsOf("")
	o, _ := v.Object(all...)
	if !p.schema(o, EventSchema) {
		return nil
	}
	name, ok := p.need(o, "event").OneOf(eventNames...)
	if !ok {
		return nil
	}
	p.only(o, name)
	return p.event(o, name)
}

// only refuses members that another type of event has.
func (p *eventParser) only(o strict.Object, name string) {
	own := fieldsOf(name)
	for _, m := range o.Value().Members() {
		if !contains(own, m.Name) && contains(fieldsOf(""), m.Name) {
			m.Problem(problem.New(problem.UnknownField, m.Name, own...))
		}
	}
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

// schema checks the version of a document; false when it is another one.
func (p *eventParser) schema(o strict.Object, want string) bool {
	v := p.need(o, "schema")
	text, ok := v.Text()
	if ok && text != want {
		v.Problem(problem.New(problem.UnsupportedVersion, text, want))
		return false
	}
	return ok || !v.IsValid()
}

func (p *eventParser) need(o strict.Object, name string) strict.Value {
	v, _ := o.Need(name)
	return v
}

func (p *eventParser) journey(v strict.Value) *Journey {
	o, ok := v.Object("schema", "sku", "share_by", "consignment", "entry", "receipt", "stay", "order", "return", "rates", "tariff_twice", "freight_from_leg", "partial")
	if !ok || !p.schema(o, JourneySchema) {
		return nil
	}
	j := &Journey{SKU: p.text(o, "sku")}
	if v, ok := o.Get("share_by"); ok {
		if word, ok := v.OneOf(basisWords[1:]...); ok {
			for i, w := range basisWords {
				if w == word {
					j.ShareBy = Basis(i)
				}
			}
		}
	}
	if v, ok := o.Get("tariff_twice"); ok {
		j.TariffTwice, _ = v.Bool()
	}
	if v, ok := o.Get("freight_from_leg"); ok {
		j.FreightFromLeg, _ = v.Bool()
	}
	if v, ok := o.Get("partial"); ok {
		j.Partial, _ = v.Bool()
	}
	j.Consignment = part[*Consignment](p, o, "consignment")
	j.Entry = part[*Entry](p, o, "entry")
	j.Receipt = part[*Receipt](p, o, "receipt")
	j.Stay = part[*Stay](p, o, "stay")
	j.Order = part[*Order](p, o, "order")
	j.Return = part[*Return](p, o, "return")
	if v, ok := o.Get("rates"); ok {
		rates := p.rates(o, "rates")
		switch {
		case j.Entry == nil:
			v.Problem(problem.New(problem.MissingField, "entry"))
		case j.Entry.Rates != nil:
			v.Problem(problem.New(problem.FieldsExclude, "rates", "entry/rates"))
		default:
			j.Entry.Rates = rates
		}
	}
	return j
}

// part reads one event of a journey; nil where there is none.
func part[E Event](p *eventParser, o strict.Object, name string) (e E) {
	if v, ok := o.Get(name); ok {
		if inner, ok := v.Object(fieldsOf(name)[2:]...); ok {
			e, _ = p.event(inner, name).(E)
		}
	}
	return e
}

// fieldsOf are the members of an event's document, schema and event first; of all types for "".
func fieldsOf(name string) []string {
	fields := "schema event reference "
	switch name {
	case "consignment":
		return strings.Fields(fields + "date origin destination warehouse postal_code account cartons facts")
	case "entry":
		return strings.Fields(fields + "date destination importer rounding assumed after_border lines rates facts")
	case "receipt":
		return strings.Fields(fields + "date country warehouse account cartons facts")
	case "stay":
		return strings.Fields(fields + "from to country warehouse account lots facts")
	case "order", "return":
		return strings.Fields(fields + "date country postal_code warehouse account parcels facts")
	case "removal":
		return strings.Fields(fields + "date country warehouse account goods facts")
	case "period":
		return strings.Fields(fields + "from to country warehouse account billed facts")
	}
	var all []string
	for _, n := range eventNames {
		for _, f := range fieldsOf(n) {
			if !contains(all, f) {
				all = append(all, f)
			}
		}
	}
	return all
}

// event reads the members of a type of event.
func (p *eventParser) event(o strict.Object, name string) Event {
	switch name {
	case "consignment":
		return &Consignment{Reference: p.text(o, "reference"), Date: p.date(o, "date"),
			Origin: p.country(o, "origin"), Destination: p.country(o, "destination"),
			Warehouse: p.text(o, "warehouse"), PostalCode: p.text(o, "postal_code"), Account: p.text(o, "account"),
			Cartons: p.cartons(o), Facts: p.facts(o)}
	case "entry":
		return &Entry{Reference: p.text(o, "reference"), Date: p.date(o, "date"), Destination: p.country(o, "destination"),
			Importer: p.importer(o), Rounding: p.rounding(o), Assumed: p.assumed(o), AfterBorder: p.afterBorder(o),
			Lines: p.lines(o, p.duties), Rates: p.rates(o, "rates"), Facts: p.facts(o)}
	case "receipt":
		return &Receipt{Reference: p.text(o, "reference"), Date: p.date(o, "date"), Country: p.country(o, "country"),
			Warehouse: p.text(o, "warehouse"), Account: p.text(o, "account"),
			Cartons: p.cartons(o), Facts: p.facts(o)}
	case "stay":
		from, to := p.span(o)
		return &Stay{Reference: p.text(o, "reference"), From: from, To: to, Country: p.country(o, "country"),
			Warehouse: p.text(o, "warehouse"), Account: p.text(o, "account"),
			Lots: p.lots(o), Facts: p.facts(o)}
	case "order":
		return &Order{Reference: p.text(o, "reference"), Date: p.date(o, "date"), Country: p.country(o, "country"),
			PostalCode: p.text(o, "postal_code"), Warehouse: p.text(o, "warehouse"), Account: p.text(o, "account"),
			Parcels: p.parcels(o), Facts: p.facts(o)}
	case "return":
		return &Return{Reference: p.text(o, "reference"), Date: p.date(o, "date"), Country: p.country(o, "country"),
			PostalCode: p.text(o, "postal_code"), Warehouse: p.text(o, "warehouse"), Account: p.text(o, "account"),
			Parcels: p.parcels(o), Facts: p.facts(o)}
	case "removal":
		return &Removal{Reference: p.text(o, "reference"), Date: p.date(o, "date"), Country: p.country(o, "country"),
			Warehouse: p.text(o, "warehouse"), Account: p.text(o, "account"),
			Goods: p.allGoods(o), Facts: p.facts(o)}
	}
	from, to := p.span(o)
	return &Period{Reference: p.text(o, "reference"), From: from, To: to, Country: p.country(o, "country"),
		Warehouse: p.text(o, "warehouse"), Account: p.text(o, "account"), Billed: p.billed(o), Facts: p.facts(o)}
}
