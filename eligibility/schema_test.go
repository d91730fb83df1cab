package eligibility_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/overseaswarehouse/overseas/eligibility"
	"github.com/overseaswarehouse/overseas/internal/problem"
	"github.com/overseaswarehouse/overseas/internal/schematest"
)

// What a schema can say, wherever it is. A missing field or an unknown word can also be a matter of what the rest of
// the document says, so those count only where reading alone finds them.
var sayable = []error{problem.UnknownField, problem.WrongType, problem.NullNotAllowed, problem.UnsupportedVersion, problem.TextBlank, problem.Negative, problem.NotInteger}

func TestSchemasAndParsersAgree(t *testing.T) {
	p := eligibility.AliExpress().Latest()
	for _, d := range []struct {
		name, document string
		schema         []byte
		parse          func(string) error
		rounds         int
	}{
		{"policy", marketplace(t, "policy.json"), eligibility.PolicyJSONSchema(), func(s string) error { _, err := eligibility.Parse(strings.NewReader(s)); return err }, 600},
		{"overlay", overlay, eligibility.OverlayJSONSchema(), func(s string) error { _, err := p.Overlay(strings.NewReader(s)); return err }, 1500},
		{"cases", someCases, eligibility.CasesJSONSchema(), func(s string) error {
			_, err := eligibility.RunCases(eligibility.AliExpress(), strings.NewReader(s))
			return err
		}, 1500},
	} {
		t.Run(d.name, func(t *testing.T) {
			schema, err := schematest.New(d.schema)
			if err != nil {
				t.Fatal(err)
			}
			if err := errors.Join(schema.Judge([]byte(d.document)), d.parse(d.document)); err != nil {
				t.Fatal(err)
			}
			r := rand.New(rand.NewPCG(11, 12))
			refused := 0
			for range d.rounds {
				mutant := string(mutate(t, r, d.document))
				bySchema, byParser := schema.Judge([]byte(mutant)), d.parse(mutant)
				if bySchema != nil {
					refused++
					if byParser == nil {
						t.Fatalf("the schema refuses what the parser takes: %v", bySchema)
					}
					continue
				}
				for _, code := range sayable {
					var ps problem.Problems
					if errors.As(byParser, &ps) {
						for _, q := range ps {
							if q.Is(code) && d.name != "cases" && !ofTheWhole(q) {
								t.Fatalf("the parser refuses what the schema takes: %v", q)
							}
						}
					}
				}
			}
			if refused < d.rounds/4 {
				t.Errorf("only %d refused", refused)
			}
		})
	}
	for name, document := range map[string]string{"policy": shipped(), "cases": string(eligibility.AliExpressCases()), "market": marketplace(t, "cases.json")} {
		text := eligibility.CasesJSONSchema()
		if name == "policy" {
			text = eligibility.PolicyJSONSchema()
		}
		schema, err := schematest.New(text)
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Judge([]byte(document)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// ofTheWhole tells problems that reading one row does not show: an operand that the check does not take, or the
// value of a parameter of another form.
func ofTheWhole(q problem.Problem) bool {
	return q.Is(problem.UnknownField) && strings.HasPrefix(q.Path, "/rules/") || strings.HasSuffix(q.Path, "/options") ||
		strings.Contains(q.Path, "/name/") || strings.Contains(q.Path, "/text/") || strings.HasPrefix(q.Path, "/set/") || strings.Contains(q.Path, "/default") ||
		q.Is(problem.UnknownField) && slices.Contains([]string{"why"}, q.Text)
}

const someCases = `{"schema": "overseas/policy-cases/1", "about": "a few", "platform": "aliexpress", "edition": "nine-destinations",
 "applications": {"a": {"platform": "aliexpress", "submitted": "2026-11-23", "applicant": {"store": "s", "role": "main", "home": "CN"}, "warehouse": {"kind": "third_party", "country": "DE"}}},
 "cases": [
  {"name": "one", "about": "x", "of": "a", "set": {"/applicant/store": "t"}, "remove": ["/applicant/home"], "append": {}, "parameters": {"vat_number": true, "newspaper_days": 3, "closed_categories": ["x"]},
   "outcome": "rejected", "codes": ["x"], "advice": ["y"]},
  {"name": "two", "application": {"platform": "aliexpress", "submitted": "2026-11-23", "applicant": {"store": "s"}, "warehouse": {}}, "outcome": "undetermined"}
 ]}`

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
	for range 1 + r.IntN(5) {
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
	values := []any{nil, true, json.Number("5"), json.Number("-1"), json.Number("1.5"), "", "  ", "word", []any{}, map[string]any{}}
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
