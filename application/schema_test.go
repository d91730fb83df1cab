package application_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/overseaswarehouse/overseas/application"
	"github.com/overseaswarehouse/overseas/internal/problem"
	"github.com/overseaswarehouse/overseas/internal/schematest"
)

// full has every member that an application document can have.
const full = `{
 "schema": "overseas/application/1", "platform": "aliexpress", "id": "90210", "submitted": "2026-11-23", "category": "toys",
 "applicant": {"role": "sub", "store": "store-1", "parent": "store-0", "home": "CN", "legalForm": "company"},
 "warehouse": {"kind": "third_party", "country": "UK"},
 "stock": [{"sku": "A1", "country": "GB", "onHand": 40, "inTransit": 2}, {"country": "GB", "inTransit": 1}],
 "materials": [
  {"kind": "logistics_provider", "text": "Winit"},
  {"kind": "warehouse_photo", "form": "picture", "country": "GB", "dated": "2026-11-22",
   "shows": ["house_number", {"part": "real_scene", "state": "not_shown", "basis": "verified"}],
   "file": {"name": "photo.jpg", "sha256": "CC8321d6375c4a2b6a8e1f0000000000000000000000000000000000000000ff"}, "basis": "verified"}
 ],
 "answers": {"vat_number": "GB123456789"}
}`

const fullFiling = `{"schema": "overseas/filing/1", "history": [
 {"state": "draft", "on": "2026-11-01", "application": {"platform": "aliexpress", "applicant": {"store": "s"}, "warehouse": {}}},
 {"state": "submitted", "on": "2026-11-02"},
 {"state": "rejected", "on": "2026-11-09", "edition": "e1", "codes": ["R1"]},
 {"state": "amended", "on": "2026-11-10", "application": {"platform": "aliexpress", "applicant": {"store": "s"}, "warehouse": {}}},
 {"state": "submitted", "on": "2026-11-11"},
 {"state": "approved", "on": "2026-11-20", "edition": "e1"}
]}`

// sayable are the problems that a schema can say too, wherever they are.
var sayable = []error{problem.UnknownField, problem.WrongType, problem.NullNotAllowed, problem.UnsupportedVersion, problem.MissingField, problem.TextBlank, problem.Negative, problem.UnknownValue, problem.NotInteger}

func TestSchemaAndParserAgree(t *testing.T) {
	for _, d := range []struct {
		name, document string
		schema         []byte
		parse          func(string) error
	}{
		{"application", full, application.JSONSchema(), func(s string) error { _, err := application.Parse(strings.NewReader(s)); return err }},
		{"filing", fullFiling, application.FilingJSONSchema(), func(s string) error { _, err := application.ParseFiling(strings.NewReader(s)); return err }},
	} {
		t.Run(d.name, func(t *testing.T) {
			schema, err := schematest.New(d.schema)
			if err != nil {
				t.Fatal(err)
			}
			if err := errors.Join(schema.Judge([]byte(d.document)), d.parse(d.document)); err != nil {
				t.Fatal(err)
			}
			r := rand.New(rand.NewPCG(7, 8))
			refused := 0
			for range 3000 {
				mutant := string(mutate(t, r, d.document))
				bySchema, byParser := schema.Judge([]byte(mutant)), d.parse(mutant)
				if bySchema != nil {
					refused++
				}
				if bySchema != nil && byParser == nil {
					t.Fatalf("the schema refuses (%v) what the parser takes:\n%s", bySchema, mutant)
				}
				for _, code := range sayable {
					if bySchema == nil && errors.Is(byParser, code) {
						t.Fatalf("the parser refuses (%v) what the schema takes:\n%s", byParser, mutant)
					}
				}
			}
			if refused < 1000 {
				t.Errorf("only %d refused", refused)
			}
		})
	}
}

// mutate changes one random value of a document: removes it, renames it, or replaces it by something of another type.
func mutate(t *testing.T, r *rand.Rand, document string) []byte {
	t.Helper()
	var tree any
	d := json.NewDecoder(strings.NewReader(document))
	d.UseNumber()
	if err := d.Decode(&tree); err != nil {
		t.Fatal(err)
	}
	at := &tree
	var parent map[string]any
	var key string
	for range 1 + r.IntN(6) {
		switch x := (*at).(type) {
		case map[string]any:
			names := make([]string, 0, len(x))
			for n := range x {
				names = append(names, n)
			}
			if len(names) == 0 {
				continue
			}
			slices.Sort(names)
			parent, key = x, names[r.IntN(len(names))]
			v := x[key]
			at = &v
		case []any:
			if len(x) > 0 {
				parent = nil
				at = &x[r.IntN(len(x))]
			}
		}
	}
	values := []any{nil, true, json.Number("5"), json.Number("-1"), json.Number("1.5"), "", "  ", "word", []any{}, map[string]any{}, "2026-11-22"}
	v := values[r.IntN(len(values))]
	switch {
	case parent == nil:
		*at = v
	case r.IntN(4) == 0:
		delete(parent, key)
	case r.IntN(4) == 0:
		parent[key+"x"] = parent[key]
	default:
		parent[key] = v
	}
	out, err := json.Marshal(tree)
	if err != nil {
		t.Fatal(err)
	}
	return bytes.TrimSpace(out)
}
