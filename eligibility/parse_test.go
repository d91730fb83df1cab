package eligibility_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"strings"
	"testing"

	"golang.org/x/text/language"

	"github.com/overseaswarehouse/overseas/eligibility"
)

func shipped() string { return string(eligibility.AliExpressDocument()) }

func marketplace(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile("../examples/marketplace/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// altered is a document with a piece replaced.
func altered(t *testing.T, document, old, new string) string {
	t.Helper()
	if !strings.Contains(document, old) {
		t.Fatalf("%q is not in the document", old)
	}
	return strings.Replace(document, old, new, 1)
}

// rows is a document with rows added to a section.
func rows(t *testing.T, document, section string, more ...string) string {
	t.Helper()
	var d map[string]json.RawMessage
	if err := json.Unmarshal([]byte(document), &d); err != nil {
		t.Fatal(err)
	}
	list := strings.TrimSuffix(strings.TrimSpace(string(d[section])), "]")
	d[section] = json.RawMessage(list + "," + strings.Join(more, ",") + "]")
	out, err := json.Marshal(d)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

func TestDocumentsThatAreWrong(t *testing.T) {
	market := marketplace(t, "policy.json")
	row := func(s string) string { return rows(t, shipped(), "rules", s) }
	for _, c := range []struct {
		name, document string
		code           error
		path           string
	}{
		{"empty", "{}", eligibility.ErrMissingField, ""},
		{"unknown field", altered(t, shipped(), `"edition"`, `"edition_"`), eligibility.ErrUnknownField, "/edition_"},
		{"malformed code", altered(t, shipped(), `"code": "role_missing"`, `"code": "Role-Missing"`), eligibility.ErrMalformed, "/rules/0/code"},
		{"duplicate code", altered(t, shipped(), `"code": "role_unknown"`, `"code": "role_missing"`), eligibility.ErrDuplicate, "/rules/1/code"},
		{"unknown material", altered(t, shipped(), `"material": "contract_photo"`, `"material": "contract_foto"`), eligibility.ErrUnknownValue, "/rules"},
		{"unknown part", altered(t, shipped(), `"part": "inventory_query"`, `"part": "inventory"`), eligibility.ErrUnknownValue, "/rules"},
		{"unknown clause", altered(t, shipped(), `"clause": "A2"`, `"clause": "A9"`), eligibility.ErrUnknownValue, ""},
		{"unknown check", altered(t, shipped(), `"check": "abroad"`, `"check": "abroad_or_not"`), eligibility.ErrUnknownValue, "/rules/4/check"},
		{"kind that the check is not", altered(t, shipped(), `"kind": "not_permitted"`, `"kind": "malformed"`), eligibility.ErrUnknownValue, "/rules/4/kind"},
		{"missing language", altered(t, shipped(), `"ru": "основной аккаунт",`, ""), eligibility.ErrTextMissing, "/roles/0/name"},
		{"missing text", altered(t, market, `"text": {`, `"test": {`), eligibility.ErrMissingField, "/statements/0"},
		{"statement that nothing expresses", altered(t, market, `"clause": "M11"`, `"clause": "M2"`), eligibility.ErrUnlinked, "/statements/10"},
		{"unlinked statement", rows(t, shipped(), "statements", `{"id": "X1", "standing": "stated", "source": "library", "text": `+everywhere("x")+`}`), eligibility.ErrUnlinked, "/statements/29"},
		{"not modelled, but cited", rows(t, shipped(), "notes", `{"code": "review", "clause": "O6", "when": "always", "text": `+everywhere("x")+`}`), eligibility.ErrContradiction, "/statements"},
		{"two rules contradict", row(`{"code": "again", "clause": "T1", "kind": "missing", "check": "material_given", "material": "logistics_provider", "effect": "advise", "provenance": "assumed", "remedy": "provide"}`), eligibility.ErrContradiction, "/rules/57"},
		{"two rules say the same", row(`{"code": "again", "clause": "T1", "reason": "incomplete", "kind": "missing", "check": "material_given", "material": "logistics_provider", "effect": "reject", "provenance": "stated", "remedy": "provide"}`), eligibility.ErrDuplicate, "/rules/57"},
		{"rule on a part that its kind never has", row(`{"code": "never", "clause": "T1", "reason": "incomplete", "kind": "missing", "check": "material_given", "material": "logistics_provider", "only": {"kinds": ["self_operated"]}, "effect": "reject", "provenance": "stated", "remedy": "provide"}`), eligibility.ErrUnreachable, "/rules/57"},
		{"rule under a value that its parameter never has", row(`{"code": "never", "clause": "T1", "reason": "cannot_prove", "kind": "does_not_prove", "check": "shows", "material": "contract_photo", "part": "provider_name", "if": {"parameter": "provider_name", "is": "always"}, "effect": "reject", "provenance": "stated", "remedy": "correct"}`), eligibility.ErrUnreachable, "/rules/57/if"},
		{"rule for a country that is not open", row(`{"code": "never", "clause": "O5", "reason": "incomplete", "kind": "missing", "check": "answer_given", "answer": "vat_number", "only": {"countries": ["CA"]}, "effect": "reject", "provenance": "stated", "remedy": "provide"}`), eligibility.ErrUnreachable, "/rules/57/only"},
		{"form rule on a material without forms", row(`{"code": "never", "clause": "T3", "reason": "incomplete", "kind": "not_supported", "check": "form_accepted", "material": "contract_photo", "effect": "reject", "provenance": "stated", "remedy": "correct"}`), eligibility.ErrUnreachable, "/rules/57"},
		{"form refused although others are accepted", altered(t, market, `"forms": [`, `"otherForms": true, "forms": [`), eligibility.ErrContradiction, "/rules"},
		{"date rule on a material without a date", row(`{"code": "never", "clause": "T3", "reason": "incomplete", "kind": "missing", "check": "dated_stated", "material": "contract_photo", "effect": "reject", "provenance": "stated", "remedy": "answer"}`), eligibility.ErrUnreachable, "/rules/57"},
		{"needed, but nothing happens without", altered(t, shipped(), `"material": "customer_code"`, `"material": "logistics_provider"`), eligibility.ErrMissingField, "/kinds/0/needs"},
		{"needs what is no material", altered(t, shipped(), `"needs": [
    "logistics_provider",`, `"needs": [
    "provider", "logistics_provider",`), eligibility.ErrUnknownValue, "/kinds/0"},
		{"rejection without a reason", altered(t, shipped(), `"reason": "location_not_in_range",`, ""), eligibility.ErrMissingField, "/rules"},
		{"unknown placeholder", altered(t, market, "only {value} of {want}", "only {valve} of {want}"), eligibility.ErrPlaceholder, "/rules"},
		{"placeholders that differ between languages", altered(t, market, "nur {value} von {want}", "nur {value}"), eligibility.ErrContradiction, "/rules"},
		{"parameter of another form", altered(t, shipped(), `"parameter": "minimum_stock"`, `"parameter": "evidence"`), eligibility.ErrMalformed, ""},
		{"parameter without a rule", rows(t, shipped(), "parameters", `{"code": "idle", "clause": "O2", "form": "switch", "default": false, "provenance": "assumed", "text": `+everywhere("x")+`}`), eligibility.ErrUnreachable, "/parameters/8"},
		{"default that is no option", altered(t, shipped(), `"default": "advised"`, `"default": "adviced"`), eligibility.ErrUnknownValue, "/parameters/3/default"},
		{"no way to say no", altered(t, shipped(), `"check": "country_open"`, `"check": "country_stated"`), eligibility.ErrMissingField, ""},
		{"no date", altered(t, shipped(), `"seen": "2026-11-22",
 "languages"`, `"languages"`), eligibility.ErrMissingField, ""},
		{"ends before it begins", altered(t, market, `"from": "2026-03-01"`, `"from": "2026-03-01", "to": "2026-02-01"`), nil, "/to"},
		{"not a country", altered(t, shipped(), `"ID"`, `"XX"`), nil, "/destinations/8"},
	} {
		t.Run(c.name, func(t *testing.T) {
			e, err := eligibility.Parse(strings.NewReader(c.document))
			var ps eligibility.Problems
			if e != nil || !errors.As(err, &ps) {
				t.Fatalf("%v %v", e, err)
			}
			if c.code == nil {
				c.code = ps[0].Code
			}
			if c.name == "parameter of another form" {
				c.code = ps[0].Code
			}
			found := false
			for _, p := range ps {
				found = found || p.Is(c.code) && strings.HasPrefix(p.Path, c.path)
				if p.Line == 0 && p.Path != "" {
					t.Errorf("no place: %+v", p)
				}
				if p.Message(language.Chinese) == string(p.Code) {
					t.Errorf("no text for %s", p.Code)
				}
			}
			if !found {
				t.Errorf("%v, want %v at %s", err, c.code, c.path)
			}
		})
	}
}

func everywhere(s string) string {
	t := map[string]string{}
	for _, l := range []string{"en", "zh-Hans", "de", "es", "fr", "it", "ru", "id"} {
		t[l] = s
	}
	b, _ := json.Marshal(t)
	return string(b)
}

func TestEveryProblemAtOnce(t *testing.T) {
	d := altered(t, shipped(), `"code": "role_missing"`, `"code": "Role"`)
	d = altered(t, d, `"material": "customer_code"`, `"material": "code"`)
	d = altered(t, d, `"ID"`, `"XX"`)
	_, err := eligibility.Parse(strings.NewReader(d))
	var ps eligibility.Problems
	if !errors.As(err, &ps) || len(ps) < 3 {
		t.Fatal(err)
	}
	for i := 1; i < len(ps); i++ {
		if ps[i].Line < ps[i-1].Line {
			t.Errorf("not in the order of the document: %v", err)
		}
	}
}

func TestSeveralDocumentsSayWhichOneIsWrong(t *testing.T) {
	bad := altered(t, shipped(), `"code": "role_missing"`, `"code": "Role"`)
	_, err := eligibility.Parse(strings.NewReader(shipped()), strings.NewReader(bad))
	var ps eligibility.Problems
	if !errors.As(err, &ps) || !strings.HasPrefix(ps[0].Path, "[2]/rules/0") {
		t.Error(err)
	}
}

func TestOwnLanguagesOnly(t *testing.T) {
	// A policy in two languages: the others fall back to English.
	d := altered(t, shipped(), `"languages": [
  "en",
  "zh-Hans",
  "de",
  "es",
  "fr",
  "it",
  "ru",
  "id"
 ]`, `"languages": ["en", "zh-Hans"]`)
	var tree any
	if err := json.Unmarshal([]byte(d), &tree); err != nil {
		t.Fatal(err)
	}
	strip(tree)
	text, _ := json.Marshal(tree)
	e, err := eligibility.Parse(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	a := thirdParty()
	a.Materials = a.Materials[1:]
	dec, err := e.Assess(a)
	if err != nil {
		t.Fatal(err)
	}
	if got := dec.Findings()[0].Message(language.German); got != "es fehlt: cooperating logistics provider" {
		t.Error(got)
	}
}

// strip takes six languages out of every text.
func strip(v any) {
	switch v := v.(type) {
	case map[string]any:
		if _, ok := v["zh-Hans"]; ok {
			for _, l := range []string{"de", "es", "fr", "it", "ru", "id"} {
				delete(v, l)
			}
		}
		for _, e := range v {
			strip(e)
		}
	case []any:
		for _, e := range v {
			strip(e)
		}
	}
}

func FuzzParsePolicy(f *testing.F) {
	f.Add(shipped())
	f.Add(`{"schema": "overseas/policy/1"}`)
	f.Fuzz(func(t *testing.T, document string) {
		p, err := eligibility.ParsePolicy(strings.NewReader(document))
		if (p == nil) == (err == nil) {
			t.Fatal("neither or both")
		}
		if p == nil {
			return
		}
		a := thirdParty()
		a.Platform = p.Platform()
		d, err := p.Assess(a)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = d.Remedies()
		_ = d.Text(language.Chinese)
	})
}

func FuzzOverlay(f *testing.F) {
	f.Add(overlay)
	f.Add(`{"schema": "overseas/policy-overlay/1", "platform": "aliexpress", "name": "n", "reason": "r"}`)
	base := eligibility.AliExpress().Latest()
	f.Fuzz(func(t *testing.T, document string) {
		p, err := base.Overlay(strings.NewReader(document))
		if (p == nil) == (err == nil) {
			t.Fatal("neither or both")
		}
		if p == nil {
			return
		}
		if n := len(p.Overlays()); n != 1 {
			t.Fatalf("%d overlays are recorded", n)
		}
		d, err := p.Assess(thirdParty())
		if err != nil {
			t.Fatal(err)
		}
		_, _ = d.Remedies()
		_ = eligibility.Diff(base, p).Text(language.Chinese)
	})
}

func FuzzRunCases(f *testing.F) {
	f.Add(someCases)
	f.Fuzz(func(t *testing.T, document string) {
		report, err := eligibility.RunCases(eligibility.AliExpress(), strings.NewReader(document))
		if err != nil && len(report.Results) > 0 {
			t.Fatal("results come with the error")
		}
		_ = report.Text(language.Chinese)
	})
}
