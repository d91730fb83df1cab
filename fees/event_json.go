package fees

import (
	"bytes"
	"encoding/json"
	"slices"
	"strconv"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/fees/unit"
	"github.com/overseaswarehouse/overseas/internal/engine"
	"github.com/overseaswarehouse/overseas/internal/problem"
)

// MarshalJSON writes the document that ParseEvent reads. A valid event reads back equal; absent is left out.
func (c Consignment) MarshalJSON() ([]byte, error) { return marshalEvent("consignment", &c) }

// MarshalJSON writes the document that ParseEvent reads. A valid event reads back equal; absent is left out. It fails
// where the rates hold ways through a third currency ([money.Rates.With]), which a document has no form for.
func (e Entry) MarshalJSON() ([]byte, error) { return marshalEvent("entry", &e) }

// MarshalJSON writes the document that ParseEvent reads. A valid event reads back equal; absent is left out.
func (r Receipt) MarshalJSON() ([]byte, error) { return marshalEvent("receipt", &r) }

// MarshalJSON writes the document that ParseEvent reads. A valid event reads back equal; absent is left out.
func (s Stay) MarshalJSON() ([]byte, error) { return marshalEvent("stay", &s) }

// MarshalJSON writes the document that ParseEvent reads. A valid event reads back equal; absent is left out.
func (o Order) MarshalJSON() ([]byte, error) { return marshalEvent("order", &o) }

// MarshalJSON writes the document that ParseEvent reads. A valid event reads back equal; absent is left out.
func (r Return) MarshalJSON() ([]byte, error) { return marshalEvent("return", &r) }

// MarshalJSON writes the document that ParseEvent reads. A valid event reads back equal; absent is left out.
func (r Removal) MarshalJSON() ([]byte, error) { return marshalEvent("removal", &r) }

// MarshalJSON writes the document that ParseEvent reads; absent is left out. Of the quotes in Billed it writes what minimum
// bills look at: code, family and amount of each line.
func (p Period) MarshalJSON() ([]byte, error) { return marshalEvent("period", &p) }

// MarshalJSON writes the document that ParseJourney reads. A valid journey reads back equal; absent is left out. It fails
// as that of its Entry does.
func (j Journey) MarshalJSON() ([]byte, error) {
	w := &jsonWriter{}
	w.open()
	w.text("schema", JourneySchema)
	w.text("sku", j.SKU)
	if j.ShareBy != ByDefault {
		w.text("share_by", j.ShareBy.String())
	}
	if j.TariffTwice {
		w.flag("tariff_twice")
	}
	if j.FreightFromLeg {
		w.flag("freight_from_leg")
	}
	if j.Partial {
		w.flag("partial")
	}
	for _, e := range [...]struct {
		name  string
		event Event
	}{{"consignment", j.Consignment}, {"entry", j.Entry}, {"receipt", j.Receipt}, {"stay", j.Stay}, {"order", j.Order}, {"return", j.Return}} {
		if !isNil(e.event) {
			w.name(e.name)
			w.open()
			w.event(e.event)
			w.shut()
		}
	}
	w.shut()
	return w.done()
}

// UnmarshalJSON is ParseEvent for a consignment. Nothing is changed when it fails.
func (c *Consignment) UnmarshalJSON(data []byte) error { return unmarshalEvent(data, "consignment", c) }

// UnmarshalJSON is ParseEvent for an entry. Nothing is changed when it fails.
func (e *Entry) UnmarshalJSON(data []byte) error { return unmarshalEvent(data, "entry", e) }

// UnmarshalJSON is ParseEvent for a receipt. Nothing is changed when it fails.
func (r *Receipt) UnmarshalJSON(data []byte) error { return unmarshalEvent(data, "receipt", r) }

// UnmarshalJSON is ParseEvent for a stay. Nothing is changed when it fails.
func (s *Stay) UnmarshalJSON(data []byte) error { return unmarshalEvent(data, "stay", s) }

// UnmarshalJSON is ParseEvent for an order. Nothing is changed when it fails.
func (o *Order) UnmarshalJSON(data []byte) error { return unmarshalEvent(data, "order", o) }

// UnmarshalJSON is ParseEvent for a return. Nothing is changed when it fails.
func (r *Return) UnmarshalJSON(data []byte) error { return unmarshalEvent(data, "return", r) }

// UnmarshalJSON is ParseEvent for a removal. Nothing is changed when it fails.
func (r *Removal) UnmarshalJSON(data []byte) error { return unmarshalEvent(data, "removal", r) }

// UnmarshalJSON is ParseEvent for a period. Nothing is changed when it fails.
func (p *Period) UnmarshalJSON(data []byte) error { return unmarshalEvent(data, "period", p) }

// UnmarshalJSON is ParseJourney. Nothing is changed when it fails.
func (j *Journey) UnmarshalJSON(data []byte) error {
	read, err := ParseJourney(bytes.NewReader(data))
	if err != nil {
		return err
	}
	*j = *read
	return nil
}

func unmarshalEvent[T any](data []byte, name string, into *T) error {
	e, err := ParseEvent(bytes.NewReader(data))
	if err != nil {
		return err
	}
	read, ok := any(e).(*T)
	if !ok {
		return Problems{problem.New(problem.UnknownValue, eventName(e), name).At("/event")}
	}
	*into = *read
	return nil
}

// eventName is what documents call the type of an event.
func eventName(e Event) string {
	switch e.(type) {
	case *Consignment:
		return "consignment"
	case *Entry:
		return "entry"
	case *Receipt:
		return "receipt"
	case *Stay:
		return "stay"
	case *Order:
		return "order"
	case *Return:
		return "return"
	case *Removal:
		return "removal"
	}
	return "period"
}

func marshalEvent(name string, e Event) ([]byte, error) {
	w := &jsonWriter{}
	w.open()
	w.text("schema", EventSchema)
	w.text("event", name)
	w.event(e)
	w.shut()
	return w.done()
}

// jsonWriter writes objects whose absent members are left out.
type jsonWriter struct {
	b   []byte
	err error
}

func (w *jsonWriter) done() ([]byte, error) {
	if w.err != nil {
		return nil, w.err
	}
	return w.b, nil
}

func (w *jsonWriter) comma() {
	if n := len(w.b); n > 0 && w.b[n-1] != '{' && w.b[n-1] != '[' && w.b[n-1] != ':' {
		w.b = append(w.b, ',')
	}
}

func (w *jsonWriter) open() { w.comma(); w.b = append(w.b, '{') }
func (w *jsonWriter) shut() { w.b = append(w.b, '}') }

func (w *jsonWriter) string(s string) {
	b, err := json.Marshal(s)
	if err != nil {
		w.err = err
	}
	w.b = append(w.b, b...)
}

func (w *jsonWriter) name(s string) {
	w.comma()
	w.string(s)
	w.b = append(w.b, ':')
}

func (w *jsonWriter) text(name, s string) {
	if s != "" {
		w.name(name)
		w.string(s)
	}
}

func (w *jsonWriter) count(name string, n int64) {
	if n != 0 {
		w.name(name)
		w.b = strconv.AppendInt(w.b, n, 10)
	}
}

func (w *jsonWriter) date(name string, d country.Date) {
	if !d.IsZero() {
		w.text(name, d.String())
	}
}

func (w *jsonWriter) size(s unit.Size) {
	text, err := s.MarshalText()
	if err != nil {
		w.err = err
	}
	w.text("size", string(text))
}

// measures are the members that cartons, parcels, goods and lots share.
func (w *jsonWriter) measures(weight unit.Weight, size unit.Size, volume unit.Volume, value money.Money) {
	w.text("weight", weight.String())
	w.size(size)
	w.text("volume", volume.String())
	w.text("value", value.String())
}

func (w *jsonWriter) facts(f Facts) {
	if len(f) == 0 {
		return
	}
	names := make([]string, 0, len(f))
	for n := range f {
		names = append(names, n)
	}
	slices.Sort(names)
	w.name("facts")
	w.open()
	for _, n := range names {
		w.name(n)
		w.string(f[n])
	}
	w.shut()
}

// list writes a list whose elements are objects.
func list[T any](w *jsonWriter, name string, xs []T, each func(*T)) {
	w.name(name)
	w.b = append(w.b, '[')
	for i := range xs {
		w.open()
		each(&xs[i])
		w.shut()
	}
	w.b = append(w.b, ']')
}

func (w *jsonWriter) goods(g *Goods) {
	w.text("sku", g.SKU)
	w.count("units", g.Units)
	w.measures(g.Weight, g.Size, g.Volume, g.Value)
	w.facts(g.Facts)
}

func (w *jsonWriter) inside(goods []Goods) {
	if len(goods) > 0 {
		list(w, "goods", goods, w.goods)
	}
}

func (w *jsonWriter) carton(c *Carton) {
	w.count("count", c.Count)
	w.measures(c.Weight, c.Size, c.Volume, c.Value)
	w.inside(c.Goods)
	w.facts(c.Facts)
}

func (w *jsonWriter) parcel(p *Parcel) {
	w.count("count", p.Count)
	w.measures(p.Weight, p.Size, p.Volume, p.Value)
	w.count("units", p.Units)
	w.inside(p.Goods)
	w.facts(p.Facts)
}

func (w *jsonWriter) lot(l *Lot) {
	w.text("batch", l.Batch)
	w.text("sku", l.SKU)
	w.date("arrived", l.Arrived)
	w.date("from", l.From)
	w.date("to", l.To)
	w.name("units")
	w.b = strconv.AppendInt(w.b, l.Units, 10)
	w.measures(l.Weight, l.Size, l.Volume, l.Value)
	w.facts(l.Facts)
}

func (w *jsonWriter) line(l *EntryLine) {
	w.declared(l)
	w.dutiesOf(l)
}

// declared are the members of a declaration line before its duties.
func (w *jsonWriter) declared(l *EntryLine) {
	w.text("sku", l.SKU)
	w.text("hs", l.HS)
	w.count("units", l.Units)
	w.text("weight", l.Weight.String())
	for kind := range engine.MoneyKinds {
		w.text(lineMoney[kind], l.sum(kind).String())
	}
}

func (w *jsonWriter) dutiesOf(l *EntryLine) {
	if len(l.Options) == 0 {
		list(w, "duties", l.Duties, w.duty)
		return
	}
	list(w, "options", l.Options, func(o *DutyOption) {
		w.text("name", o.Name)
		list(w, "duties", o.Duties, w.duty)
	})
}

func (w *jsonWriter) duty(d *Duty) {
	w.text("code", d.Code)
	part := func(rate unit.Percent, specific []Specific, none bool) {
		if !rate.IsZero() || len(specific) == 0 && !none {
			w.text("rate", rate.String())
		}
		if len(specific) > 0 {
			list(w, "specific", specific, func(s *Specific) {
				w.text("amount", s.Amount.String())
				w.text("per", s.Per)
				if !s.Quantity.IsZero() {
					w.text("quantity", s.Quantity.String())
				}
			})
		}
	}
	part(d.Rate, d.Specific, d.Code == noDuty)
	for i, b := range [...]*DutyBound{d.Min, d.Max} {
		if b != nil {
			w.name([...]string{"min", "max"}[i])
			w.open()
			part(b.Rate, b.Specific, false)
			w.shut()
		}
	}
	if d.Excise {
		w.flag("excise")
	}
}

// flag writes a member that is true.
func (w *jsonWriter) flag(name string) {
	w.name(name)
	w.b = append(w.b, "true"...)
}

// customs are the members of an entry about how customs reckon.
func (w *jsonWriter) customs(e *Entry) {
	if e.Importer.TaxRegistered != NotStated {
		w.name("importer")
		w.open()
		w.text("tax_registered", e.Importer.TaxRegistered.String())
		w.shut()
	}
	w.text("rounding", e.Rounding.String())
	if len(e.Assumed) > 0 {
		w.name("assumed")
		w.b = append(w.b, '[')
		for _, p := range e.Assumed {
			w.comma()
			w.string(string(p))
		}
		w.b = append(w.b, ']')
	}
	if e.AfterBorder.Code != "" {
		w.name("after_border")
		w.open()
		w.text("code", e.AfterBorder.Code)
		w.text("weight", e.AfterBorder.Weight.String())
		w.count("loads", e.AfterBorder.Loads)
		w.shut()
	}
}

func (w *jsonWriter) rates(r *money.Rates) {
	if r.Len() == 0 {
		return
	}
	w.name("rates")
	w.b = append(w.b, '[')
	n := 0
	for rate := range r.All() {
		b, err := rate.MarshalJSON()
		if err != nil {
			w.err = err
		}
		w.comma()
		w.b = append(w.b, b...)
		n++
	}
	w.b = append(w.b, ']')
	if n != r.Len() {
		w.err = Problems{problem.New(problem.Malformed, "money.Via").At("/rates")}
	}
}

// event writes the members of an event after schema and event.
func (w *jsonWriter) event(e Event) {
	head := func(reference string, date country.Date) {
		w.text("reference", reference)
		w.date("date", date)
	}
	place := func(c country.Code, postal, warehouse, account string) {
		w.text("country", c.String())
		w.text("postal_code", postal)
		w.text("warehouse", warehouse)
		w.text("account", account)
	}
	span := func(from, to country.Date) {
		w.date("from", from)
		w.date("to", to)
	}
	switch e := e.(type) {
	case *Consignment:
		head(e.Reference, e.Date)
		w.text("origin", e.Origin.String())
		w.text("destination", e.Destination.String())
		w.text("warehouse", e.Warehouse)
		w.text("postal_code", e.PostalCode)
		w.text("account", e.Account)
		list(w, "cartons", e.Cartons, w.carton)
	case *Entry:
		head(e.Reference, e.Date)
		w.text("destination", e.Destination.String())
		w.customs(e)
		list(w, "lines", e.Lines, w.line)
		w.rates(e.Rates)
	case *Receipt:
		head(e.Reference, e.Date)
		place(e.Country, "", e.Warehouse, e.Account)
		list(w, "cartons", e.Cartons, w.carton)
	case *Stay:
		w.text("reference", e.Reference)
		span(e.From, e.To)
		place(e.Country, "", e.Warehouse, e.Account)
		list(w, "lots", e.Lots, w.lot)
	case *Order:
		head(e.Reference, e.Date)
		place(e.Country, e.PostalCode, e.Warehouse, e.Account)
		list(w, "parcels", e.Parcels, w.parcel)
	case *Return:
		head(e.Reference, e.Date)
		place(e.Country, e.PostalCode, e.Warehouse, e.Account)
		list(w, "parcels", e.Parcels, w.parcel)
	case *Removal:
		head(e.Reference, e.Date)
		place(e.Country, "", e.Warehouse, e.Account)
		list(w, "goods", e.Goods, w.goods)
	case *Period:
		w.text("reference", e.Reference)
		span(e.From, e.To)
		place(e.Country, "", e.Warehouse, e.Account)
		if e.Billed != nil {
			var lines []Line
			for _, q := range e.Billed {
				lines = slices.AppendSeq(lines, q.Lines())
			}
			list(w, "billed", lines, func(l *Line) {
				w.text("code", l.Code())
				if f := l.Family(); f != 0 {
					w.text("family", f.String())
				}
				w.text("amount", l.Amount().String())
			})
		}
	}
	w.facts(factsOf(e))
}
