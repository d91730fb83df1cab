package fees

import (
	"bytes"
	_ "embed"
	"io"

	"github.com/overseaswarehouse/overseas/internal/problem"
	"github.com/overseaswarehouse/overseas/internal/strict"
)

// DirectParcelSchema is the version of the document that ParseDirectParcel reads.
const DirectParcelSchema = "overseas/direct_parcel/1"

//go:embed parcel.schema.json
var parcelSchema string

// DirectParcelJSONSchema is the JSON Schema (2020-12) of the document that ParseDirectParcel reads, as far as a schema can
// say it.
func DirectParcelJSONSchema() []byte { return []byte(parcelSchema) }

// ParseDirectParcel reads a document of a parcel from abroad, which a record of it holds as its inputs:
//
//	{"schema": "overseas/direct_parcel/1", "date": "2026-08-03", "destination": "DE", "tax_at_sale": true,
//	 "lines": [{"hs": "620610", "goods": "40.00 EUR", "duties": [{"code": "third_country", "rate": "12%"}]}],
//	 "rates": […], "facts": {"origin": "cn"}}
//
// Lines, rates and facts are those of an entry in [ParseEvent], but that a line may have no duties: a rule for parcels may
// make them unnecessary. It is strict and fails as ParseEvent does. [DirectParcelJSONSchema] says it formally.
func ParseDirectParcel(r io.Reader) (*DirectParcel, error) {
	var list problem.List
	v, ok := strict.Read(r, documentLimits, &list)
	if !ok {
		return nil, list.Err()
	}
	p := &eventParser{list: &list}
	parcel := p.directParcel(v)
	if err := list.Err(); err != nil {
		return nil, err
	}
	return parcel, nil
}

func (p *eventParser) directParcel(v strict.Value) *DirectParcel {
	o, ok := v.Object("schema", "date", "destination", "tax_at_sale", "lines", "rates", "facts")
	if !ok || !p.schema(o, DirectParcelSchema) {
		return nil
	}
	out := &DirectParcel{Date: p.date(o, "date"), Destination: p.country(o, "destination"),
		Lines: p.lines(o, p.parcelDuties), Rates: p.rates(o, "rates"), Facts: p.facts(o)}
	if v, ok := o.Get("tax_at_sale"); ok {
		out.TaxAtSale, _ = v.Bool()
	}
	return out
}

// parcelDuties are those of a line that may have none.
func (p *eventParser) parcelDuties(o strict.Object) []Duty {
	if _, ok := o.Get("duties"); !ok {
		return nil
	}
	return p.duties(o)
}

// MarshalJSON writes the document that ParseDirectParcel reads. A valid parcel reads back equal; absent is left out. It
// fails where the rates hold ways through a third currency ([money.Rates.With]), which a document has no form for.
func (p DirectParcel) MarshalJSON() ([]byte, error) {
	w := &jsonWriter{}
	w.open()
	w.text("schema", DirectParcelSchema)
	w.date("date", p.Date)
	w.text("destination", p.Destination.String())
	if p.TaxAtSale {
		w.flag("tax_at_sale")
	}
	list(w, "lines", p.Lines, func(l *EntryLine) {
		w.declared(l)
		if len(l.Duties)+len(l.Options) > 0 {
			w.dutiesOf(l)
		}
	})
	w.rates(p.Rates)
	w.facts(p.Facts)
	w.shut()
	return w.done()
}

// UnmarshalJSON is ParseDirectParcel. Nothing is changed when it fails.
func (p *DirectParcel) UnmarshalJSON(data []byte) error {
	read, err := ParseDirectParcel(bytes.NewReader(data))
	if err != nil {
		return err
	}
	*p = *read
	return nil
}
