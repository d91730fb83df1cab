package application

import (
	"bytes"
	"encoding/json"
)

type applicationJSON struct {
	Schema    string         `json:"schema,omitempty"`
	Platform  string         `json:"platform"`
	ID        string         `json:"id,omitempty"`
	Submitted string         `json:"submitted,omitempty"`
	Category  string         `json:"category,omitempty"`
	Applicant applicantJSON  `json:"applicant"`
	Warehouse warehouseJSON  `json:"warehouse"`
	Stock     []stockJSON    `json:"stock,omitzero"`
	Materials []materialJSON `json:"materials,omitempty"`
	Answers   orderedJSON    `json:"answers,omitempty"`
}

type applicantJSON struct {
	Role      string `json:"role,omitempty"`
	Store     string `json:"store"`
	Parent    string `json:"parent,omitempty"`
	Home      string `json:"home,omitempty"`
	LegalForm string `json:"legalForm,omitempty"`
}

type warehouseJSON struct {
	Kind    string `json:"kind,omitempty"`
	Country string `json:"country,omitempty"`
}

type stockJSON struct {
	SKU       string `json:"sku,omitempty"`
	Country   string `json:"country"`
	OnHand    int64  `json:"onHand"`
	InTransit int64  `json:"inTransit"`
}

type materialJSON struct {
	Kind    string    `json:"kind"`
	Text    string    `json:"text,omitempty"`
	Form    string    `json:"form,omitempty"`
	Country string    `json:"country,omitempty"`
	Dated   string    `json:"dated,omitempty"`
	Shows   []any     `json:"shows,omitempty"`
	File    *fileJSON `json:"file,omitempty"`
	Basis   string    `json:"basis,omitempty"`
}

type showingJSON struct {
	Part  string `json:"part"`
	State string `json:"state"`
	Basis string `json:"basis,omitempty"`
}

type fileJSON struct {
	Name   string `json:"name"`
	SHA256 string `json:"sha256"`
}

// orderedJSON writes answers as an object in their own order.
type orderedJSON []Answer

func (o orderedJSON) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, a := range o {
		if i > 0 {
			b.WriteByte(',')
		}
		name, err := json.Marshal(a.Name)
		if err != nil {
			return nil, err
		}
		value, err := json.Marshal(a.Value)
		if err != nil {
			return nil, err
		}
		b.Write(name)
		b.WriteByte(':')
		b.Write(value)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// MarshalJSON writes the document that Parse reads: the same application, the same bytes.
func (a Application) MarshalJSON() ([]byte, error) { return json.Marshal(a.document(Schema)) }

func (a *Application) document(schema string) applicationJSON {
	d := applicationJSON{
		Schema: schema, Platform: a.Platform, ID: a.ID, Submitted: day(a.Submitted), Category: a.Category,
		Applicant: applicantJSON{a.Applicant.Role, a.Applicant.Store, a.Applicant.Parent, a.Applicant.Home.String(), a.Applicant.LegalForm},
		Warehouse: warehouseJSON{a.Warehouse.Kind, a.Warehouse.Country.String()},
		Answers:   a.Answers,
	}
	if a.Stock != nil {
		d.Stock = make([]stockJSON, len(a.Stock))
		for i, s := range a.Stock {
			d.Stock[i] = stockJSON{s.SKU, s.Country.String(), s.OnHand, s.InTransit}
		}
	}
	for i := range a.Materials {
		d.Materials = append(d.Materials, a.Materials[i].document())
	}
	return d
}

func (m *Material) document() materialJSON {
	d := materialJSON{Kind: m.Kind, Text: m.Text, Form: m.Form, Country: m.Country.String(), Dated: day(m.Dated), Basis: m.Basis.document()}
	for _, s := range m.Shows {
		switch {
		case s.State == NotStated: // says nothing, like a part that is not listed
		case s.State == Shown && s.Basis == Declared:
			d.Shows = append(d.Shows, s.Part)
		default:
			d.Shows = append(d.Shows, showingJSON{s.Part, s.State.String(), s.Basis.document()})
		}
	}
	if !m.File.IsZero() {
		d.File = &fileJSON{m.File.Name, m.File.Sum()}
	}
	return d
}

// document is the basis as JSON says it: only the one that is not the default.
func (b Basis) document() string {
	if b == Verified {
		return b.String()
	}
	return ""
}
