package application

import (
	"io"
	"strconv"
	"strings"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/internal/problem"
	"github.com/overseaswarehouse/overseas/internal/strict"
)

// Schema is the schema version of application documents.
const Schema = "overseas/application/1"

// MaxDocument is the size, in bytes, that an application document may have.
const MaxDocument = 4 << 20

var limits = strict.Limits{Bytes: MaxDocument, Depth: 8, Nodes: 200000, Text: 1000}

// Parse reads one application from a JSON document:
//
//	{
//	  "schema": "overseas/application/1", "platform": "aliexpress", "id": "90210", "submitted": "2026-11-23",
//	  "applicant": {"role": "main", "store": "lamp-store", "home": "CN"},
//	  "warehouse": {"kind": "third_party", "country": "DE"},
//	  "stock": [{"sku": "LAMP-01", "country": "DE", "onHand": 180}],
//	  "materials": [
//	    {"kind": "logistics_provider", "text": "IDEAL PACK"},
//	    {"kind": "contract_photo", "shows": ["provider_name"], "file": {"name": "contract.jpg", "sha256": "cc83…"}}
//	  ]
//	}
//
// Kinds, parts and forms are words of the policy: its Checklist in package eligibility lists them, and the constants of
// this package spell those of AliExpress. [JSONSchema] says the document formally.
//
// The reading is strict: unknown field, duplicate key, wrong type, null, trailing data, broken UTF-8, control characters
// and everything that Validate reports are errors, all of them in one Problems with path, line and column. On error the
// application is nil.
func Parse(r io.Reader) (*Application, error) {
	var list problem.List
	v, ok := strict.Read(r, limits, &list)
	if !ok {
		return nil, list.Err()
	}
	a := readApplication(v, true)
	finish(a, v, &list)
	if err := list.Err(); err != nil {
		return nil, err
	}
	return a, nil
}

// UnmarshalJSON reads what MarshalJSON wrote, as strictly as Parse. On error a is unchanged.
func (a *Application) UnmarshalJSON(data []byte) error {
	p, err := Parse(strings.NewReader(string(data)))
	if err != nil {
		return err
	}
	*a = *p
	return nil
}

// finish adds the problems of shape to those of reading, at the place of the value, unless that place has one already.
func finish(a *Application, v strict.Value, list *problem.List) {
	seen := map[string]bool{}
	if ps, ok := list.Err().(problem.Problems); ok {
		for _, p := range ps {
			seen[p.Path] = true
		}
	}
	base, _, _ := v.Place()
	for _, p := range shapeProblems(a) {
		path := base + p.Path
		if reported(seen, base, path) {
			continue
		}
		if list.Len() < problem.Limit { // those beyond are counted only
			_, p.Line, p.Column = locate(v, p.Path).Place()
		}
		list.Add(p.At(path))
	}
}

// reported tells whether a place, or one that holds it, has a problem already.
func reported(seen map[string]bool, base, path string) bool {
	for len(path) > len(base) {
		if seen[path] {
			return true
		}
		path = path[:strings.LastIndexByte(path, '/')]
	}
	return seen[base]
}

// locate finds the value at a path below v, or the nearest value above it that is there.
func locate(v strict.Value, path string) strict.Value {
	for _, step := range strings.Split(strings.TrimPrefix(path, "/"), "/") {
		next, ok := child(v, step)
		if !ok {
			return v
		}
		v = next
	}
	return v
}

func child(v strict.Value, step string) (strict.Value, bool) {
	switch v.Kind() {
	case strict.ObjectKind:
		for _, field := range v.Members() {
			name, m := field.Name, field.Value
			if name == step {
				return m, true
			}
		}
	case strict.Array:
		n, err := strconv.Atoi(step)
		if err != nil {
			return v, false
		}
		for i, e := range v.Elements() {
			if i == n {
				return e, true
			}
		}
	}
	return v, false
}

// readApplication reads what it can; problems go to the list that v was parsed with. An application inside another
// document (a case, a filing) needs no schema version of its own.
func readApplication(v strict.Value, whole bool) *Application {
	a := &Application{}
	o, ok := v.Object("schema", "platform", "id", "submitted", "category", "applicant", "warehouse", "stock", "materials", "answers")
	if !ok {
		return a
	}
	if whole {
		readSchema(o, Schema)
	} else if s, ok := o.Get("schema"); ok {
		checkSchema(s, Schema)
	}
	a.Platform = text(o, "platform")
	a.ID = text(o, "id")
	a.Category = text(o, "category")
	a.Submitted = date(o, "submitted")
	if p, ok := o.Need("applicant"); ok {
		a.Applicant = readApplicant(p)
	}
	if w, ok := o.Need("warehouse"); ok {
		if wo, ok := w.Object("kind", "country"); ok {
			a.Warehouse = Warehouse{Kind: text(wo, "kind"), Country: code(wo, "country")}
		}
	}
	if s, ok := o.Get("stock"); ok {
		a.Stock = readStock(s)
	}
	if m, ok := o.Get("materials"); ok && few(m, MaxMaterials, "materials") {
		for _, e := range m.Elements() {
			a.Materials = append(a.Materials, readMaterial(e))
		}
	}
	if s, ok := o.Get("answers"); ok {
		for _, field := range s.Members() {
			name, m := field.Name, field.Value
			if value, ok := m.Text(); ok {
				a.Answers = append(a.Answers, Answer{Name: name, Value: value})
			}
		}
	}
	return a
}

func readApplicant(v strict.Value) Applicant {
	o, ok := v.Object("role", "store", "parent", "home", "legalForm")
	if !ok {
		return Applicant{}
	}
	return Applicant{
		Role: text(o, "role"), Store: text(o, "store"), Parent: text(o, "parent"),
		Home: code(o, "home"), LegalForm: text(o, "legalForm"),
	}
}

func readStock(v strict.Value) []Stock {
	if !few(v, MaxStock, "stock") {
		return nil
	}
	rows := make([]Stock, 0, v.Len())
	for _, e := range v.Elements() {
		var s Stock
		if o, ok := e.Object("sku", "country", "onHand", "inTransit"); ok {
			s = Stock{SKU: text(o, "sku"), Country: code(o, "country")}
			hand, stated := o.Get("onHand")
			if stated {
				s.OnHand, _ = hand.Int()
			}
			transit, moving := o.Get("inTransit")
			if moving {
				s.InTransit, _ = transit.Int()
			}
			if !stated && !moving {
				e.Problem(problem.New(problem.MissingField, "onHand / inTransit"))
			}
		}
		rows = append(rows, s)
	}
	return rows
}

func readMaterial(v strict.Value) Material {
	o, ok := v.Object("kind", "text", "form", "country", "dated", "shows", "file", "basis")
	if !ok {
		return Material{}
	}
	m := Material{
		Kind: text(o, "kind"), Text: text(o, "text"), Form: text(o, "form"),
		Country: code(o, "country"), Dated: date(o, "dated"), Basis: readBasis(o),
	}
	if s, ok := o.Get("shows"); ok && few(s, MaxShows, "shows") {
		for _, e := range s.Elements() {
			m.Shows = append(m.Shows, readShowing(e))
		}
	}
	if f, ok := o.Get("file"); ok {
		m.File = readFile(f)
	}
	return m
}

// readShowing takes "house_number" for {"part": "house_number", "state": "shown"}.
func readShowing(v strict.Value) Showing {
	if v.Kind() == strict.String {
		part, _ := v.Name()
		return Showing{Part: part, State: Shown}
	}
	o, ok := v.Object("part", "state", "basis")
	if !ok {
		return Showing{}
	}
	s := Showing{Part: text(o, "part"), State: Shown, Basis: readBasis(o)}
	if st, ok := o.Get("state"); ok {
		word, _ := st.OneOf("shown", "not_shown")
		if word == "not_shown" {
			s.State = NotShown
		}
	}
	return s
}

func readBasis(o strict.Object) Basis {
	if b, ok := o.Get("basis"); ok {
		if word, _ := b.OneOf("declared", "verified"); word == "verified" {
			return Verified
		}
	}
	return Declared
}

func readFile(v strict.Value) File {
	o, ok := v.Object("name", "sha256")
	if !ok {
		return File{}
	}
	f := File{}
	if n, ok := o.Need("name"); ok {
		if n.Kind() != strict.String {
			_, _ = n.Text()
		} else if name, ok := n.Text(); ok {
			f.Name = name
		}
	}
	if s, ok := o.Need("sha256"); ok {
		if hex, ok := s.Text(); ok {
			sum, good := parseSum(hex)
			if !good {
				s.Problem(problem.New(problem.Malformed, hex, "64 hexadecimal digits"))
			}
			f.SHA256 = sum
		}
	}
	return f
}

func readSchema(o strict.Object, want string) {
	if s, ok := o.Need("schema"); ok {
		checkSchema(s, want)
	}
}

func checkSchema(s strict.Value, want string) {
	if got, ok := s.Text(); ok && got != want {
		s.Problem(problem.New(problem.UnsupportedVersion, got, want))
	}
}

// text reads an optional member; an empty or blank one is a problem, because it says nothing.
func text(o strict.Object, name string) string {
	v, ok := o.Get(name)
	if !ok {
		return ""
	}
	s, _ := v.Name()
	return s
}

func code(o strict.Object, name string) country.Code {
	v, ok := o.Get(name)
	if !ok {
		return country.Code{}
	}
	s, ok := v.Text()
	if !ok {
		return country.Code{}
	}
	c, err := country.Parse(s)
	v.Report(err)
	return c
}

func date(o strict.Object, name string) country.Date {
	v, ok := o.Get(name)
	if !ok {
		return country.Date{}
	}
	s, ok := v.Text()
	if !ok {
		return country.Date{}
	}
	d, err := country.ParseDate(s)
	v.Report(err)
	return d
}

func few(v strict.Value, most int, what string) bool {
	if v.Kind() != strict.Array {
		for range v.Elements() { // files the wrong type
		}
		return false
	}
	if v.Len() > most {
		v.Problem(problem.New(problem.TooMany, itoa(v.Len()), itoa(most)).With("what", what))
		return false
	}
	return true
}

func itoa(n int) string { return strconv.Itoa(n) }
