package eligibility_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"reflect"
	"slices"
	"testing"

	"golang.org/x/text/language"

	"github.com/overseaswarehouse/overseas/application"
	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/eligibility"
	"github.com/overseaswarehouse/overseas/internal/brief"
)

type object = map[string]any

// policyMaker makes policies at random: words of all lengths, many of them alike, and rules of every check.
type policyMaker struct {
	*rand.Rand
	doc       object
	used      []string
	kinds     map[string][]string // to what each needs
	materials []object
	rules     []object
	kindWords map[string]string // of checks
	bare      bool              // of papers nothing but that they are there can be said, and no answer matters
}

func (m *policyMaker) chance(percent int) bool { return m.IntN(100) < percent }

func pickOf[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }

// word is a code that is not in use, often one letter away from another.
func (m *policyMaker) word() string {
	for {
		w := make([]byte, pickOf(m.Rand, []int{1, 2, 3, 4, 5, 7, 8, 9, 12, 15, 16, 17, 20, 24, 25, 31, 32, 33, 40, 48, 48}))
		for i := range w {
			w[i] = byte('a' + m.IntN(26))
		}
		switch {
		case m.chance(10):
			w = bytes.Repeat([]byte("a"), len(w)) // begins and ends as others of its kind
		case len(m.used) > 0 && m.chance(60):
			w = []byte(near(m.Rand, pickOf(m.Rand, m.used)))
		}
		if s := string(w); !slices.Contains(m.used, s) {
			m.used = append(m.used, s)
			return s
		}
	}
}

// near is a word that differs in one letter.
func near(r *rand.Rand, w string) string {
	b := []byte(w)
	i := r.IntN(len(b))
	b[i] = 'a' + (b[i]-'a'+byte(1+r.IntN(25)))%26
	return string(b)
}

func english(s string) object { return object{"en": s} }

func (m *policyMaker) named(n int) []object {
	out := []object{}
	for range n {
		w := m.word()
		out = append(out, object{"code": w, "name": english(w)})
	}
	return out
}

func codes(rows []object) []string {
	out := []string{}
	for _, r := range rows {
		out = append(out, r["code"].(string))
	}
	return out
}

func (m *policyMaker) some(words []string, least int) []string {
	words = slices.Clone(words)
	m.Shuffle(len(words), func(i, j int) { words[i], words[j] = words[j], words[i] })
	return words[:max(min(least, len(words)), m.IntN(len(words)+1))]
}

// rule adds a rule of a check with a few conditions; free says that it may be limited and need not reject.
func (m *policyMaker) rule(check string, free bool, more ...any) {
	r := object{
		"code": fmt.Sprintf("rule_%d", len(m.rules)), "clause": "X", "kind": m.kindWords[check], "check": check, "effect": "reject",
		"provenance": "stated", "remedy": eligibility.RemedyOf(check),
	}
	for i := 0; i < len(more); i += 2 {
		r[more[i].(string)] = more[i+1]
	}
	if free {
		r["effect"] = pickOf(m.Rand, []string{"reject", "undetermined", "advise"})
		if m.chance(6) {
			only := object{}
			if m.chance(40) {
				only["kinds"] = m.some(codes(m.doc["kinds"].([]object)), 1)
			}
			if m.chance(40) {
				only["roles"] = m.some(codes(m.doc["roles"].([]object)), 1)
			}
			if m.chance(40) {
				only["countries"] = m.some(m.doc["destinations"].([]string), 1)
			}
			r["only"] = only
		}
		if m.chance(25) {
			r["if"] = object{"parameter": "in_transit", "is": m.chance(50)}
		}
	}
	m.rules = append(m.rules, r)
}

func (m *policyMaker) parameter(code, form string, preset any, more ...any) {
	list, _ := m.doc["parameters"].([]object)
	m.doc["parameters"] = append(list, object{
		"code": code, "clause": "X", "form": form, "default": preset, "provenance": "assumed", "text": english(code),
	})
}

// make makes a document.
func (m *policyMaker) make() {
	m.kinds, m.bare = map[string][]string{}, m.chance(30)
	m.doc = object{
		"schema": eligibility.PolicySchema, "platform": object{"code": m.word(), "name": english("platform")}, "edition": "random", "seen": "2026-11-22",
		"languages": []string{"en"}, "sources": []object{{"id": "s", "title": "none"}},
		"statements":   []object{{"id": "X", "text": english("random"), "standing": "stated", "source": "s"}},
		"destinations": m.some([]string{"DE", "US", "GB", "AZ", "ZA", "FR"}, 2), "permission": object{"opens": pickOf(m.Rand, []string{"family", "applicant"}), "clause": "X"},
		"notes": []object{{"code": "note", "clause": "X", "when": "declared", "text": english("declared")}},
	}
	roles := m.named(1 + m.IntN(4))
	if m.chance(5) {
		roles = m.named(70)
	}
	for _, r := range roles {
		r["parent"] = m.chance(40)
	}
	m.doc["roles"], m.doc["legalForms"], m.doc["categories"] = roles, m.named(m.IntN(3)), m.named(m.IntN(3))
	if m.chance(40) {
		m.doc["homes"] = []string{"CN", "HK"}[:1+m.IntN(2)]
	}
	for range 1 + m.IntN(7) {
		w := m.word()
		x := object{"code": w, "name": english(w), "clause": "X", "is": pickOf(m.Rand, []string{"text", "file"}), "onePaper": m.chance(30), "dated": m.chance(50)}
		x["parts"], x["forms"], x["otherForms"] = m.named(m.IntN(4)), m.named(m.IntN(3)), m.chance(30)
		if m.bare || m.chance(30) {
			x["parts"], x["forms"], x["dated"] = m.named(0), m.named(0), false
		}
		m.materials = append(m.materials, x)
	}
	m.doc["materials"] = m.materials
	kinds := m.named(1 + m.IntN(3))
	for _, k := range kinds {
		needs := m.some(codes(m.materials), 1)
		rest := slices.DeleteFunc(codes(m.materials), func(w string) bool { return slices.Contains(needs, w) })
		k["clause"], k["needs"], k["optional"] = "X", needs, m.some(rest, 0)
		m.kinds[k["code"].(string)] = append(slices.Clone(needs), k["optional"].([]string)...)
	}
	m.doc["kinds"] = kinds
	transit := m.chance(50)
	m.parameter("in_transit", "switch", transit)
	m.parameter("days", "count", m.IntN(40))
	m.doc["answers"] = []object{{"code": "number", "name": english("number"), "shapes": []string{"##"}}, {"code": "since", "name": english("since"), "is": "date"}}
	m.global(transit)
	for _, x := range m.materials {
		m.material(x)
	}
	m.Shuffle(len(m.rules), func(i, j int) { m.rules[i], m.rules[j] = m.rules[j], m.rules[i] })
	m.doc["rules"] = m.rules
}

// global adds rules that look at no paper.
func (m *policyMaker) global(transit bool) {
	for _, check := range []string{"role_known", "kind_known", "country_open"} {
		m.rule(check, false)
	}
	for _, check := range []string{"home_stated", "abroad", "submitted_stated", "stock_stated", "material_asked", "file_once"} {
		if m.chance(50) {
			m.rule(check, true)
		}
	}
	if m.doc["homes"] != nil {
		m.rule("home_accepted", true)
	}
	m.parameter("least", "count", m.IntN(4))
	m.rule("stock_enough", m.chance(50), "parameter", "least", "inTransit", "in_transit")
	if forms := m.doc["legalForms"].([]object); len(forms) > 0 {
		m.parameter("forms", "words", m.some(codes(forms), 1))
		m.rule("legal_form_stated", true, "parameter", "forms")
		m.rule("legal_form_accepted", true, "parameter", "forms")
	}
	if shut := m.doc["categories"].([]object); len(shut) > 0 {
		m.parameter("shut", "words", m.some(codes(shut), 0))
		m.rule("category_stated", true, "parameter", "shut")
		m.rule("category_open", true, "parameter", "shut")
	}
	if slices.ContainsFunc(m.doc["roles"].([]object), func(r object) bool { return r["parent"] == true }) {
		m.rule("parent_stated", m.chance(50))
	}
	m.rule("answer_age", false, "answer", "since", "parameter", "days", "if", object{"parameter": "in_transit", "is": transit == (!m.bare && m.chance(30))})
	if !m.bare && m.chance(30) {
		m.rule("answer_given", true, "answer", "number")
		m.rule("answer_form", true, "answer", "number")
	}
}

// material adds rules that look at the papers of one material. One that no kind asks for has none.
func (m *policyMaker) material(x object) {
	code := x["code"].(string)
	needed, asked := false, false
	for _, k := range m.doc["kinds"].([]object) {
		needed = needed || slices.Contains(k["needs"].([]string), code)
		asked = asked || slices.Contains(m.kinds[k["code"].(string)], code)
	}
	if needed {
		m.rule("material_given", false, "material", code)
	}
	if !asked {
		return
	}
	on := func(check string, more ...any) {
		if m.chance(30) {
			m.rule(check, true, append([]any{"material", code}, more...)...)
		}
	}
	on("local")
	if x["dated"] == true {
		on("dated_stated")
		on("dated_not_future")
		on("dated_recent", "parameter", "days")
	}
	if len(x["forms"].([]object)) > 0 {
		on("form_stated")
		if x["otherForms"] == false {
			on("form_accepted")
		}
	}
	parts := codes(x["parts"].([]object))
	for _, check := range []string{"shows", "shows_stated", "shows_verified"} {
		for _, w := range parts {
			on(check, "part", w)
		}
		if len(parts) > 1 {
			on(check, "anyOf", parts[len(parts)-2:])
		}
	}
}

// randomPolicy is a policy of which the maker still knows the words. Some documents are refused: a rule can be limited to where
// it cannot fire.
func randomPolicy(r *rand.Rand) (*policyMaker, *eligibility.Policy, error) {
	m := &policyMaker{Rand: r, kindWords: map[string]string{}}
	for c := range eligibility.Checks() {
		m.kindWords[c.Word] = c.Kinds[0].String()
	}
	m.make()
	text, err := json.Marshal(m.doc)
	if err != nil {
		return nil, nil, err
	}
	p, err := eligibility.ParsePolicy(bytes.NewReader(text))
	return m, p, err
}

// application is one that the policy should pass, with a few things changed.
func (m *policyMaker) application() *application.Application {
	today := day("2026-11-23")
	kind := pickOf(m.Rand, codes(m.doc["kinds"].([]object)))
	a := &application.Application{
		Platform: m.doc["platform"].(object)["code"].(string), ID: "7", Submitted: today,
		Applicant: application.Applicant{Role: pickOf(m.Rand, codes(m.doc["roles"].([]object))), Store: "store-1", Parent: "store-0", Home: code("CN")},
		Warehouse: application.Warehouse{Kind: kind, Country: code(pickOf(m.Rand, m.doc["destinations"].([]string)))},
		Answers:   []application.Answer{{Name: "number", Value: "12"}, {Name: "since", Value: "2020-01-01"}},
	}
	a.Stock = []application.Stock{{Country: a.Warehouse.Country, OnHand: int64(m.IntN(3)), InTransit: int64(m.IntN(3))}, {Country: code("JP"), OnHand: 9}, {Country: a.Warehouse.Country, OnHand: 3}}
	if forms := m.doc["legalForms"].([]object); len(forms) > 0 {
		a.Applicant.LegalForm = pickOf(m.Rand, codes(forms))
	}
	if m.chance(50) {
		a.Category = "other"
	}
	for _, w := range m.kinds[kind] {
		i := slices.IndexFunc(m.materials, func(x object) bool { return x["code"] == w })
		a.Materials = append(a.Materials, m.paper(m.materials[i], a))
	}
	if m.chance(10) { // nothing is said of any paper
		for i := range a.Materials {
			p := &a.Materials[i]
			p.Form, p.Dated, p.Country, p.Shows = "", country.Date{}, country.Code{}, nil
		}
	}
	for range m.IntN(3) {
		m.disturb(a)
	}
	return a
}

func (m *policyMaker) paper(x object, a *application.Application) application.Material {
	p := application.Material{Kind: x["code"].(string), Basis: application.Basis(m.IntN(2))}
	if x["is"] == "file" {
		p.File = file(p.Kind)
	} else {
		p.Text = "text"
	}
	if forms := codes(x["forms"].([]object)); len(forms) > 0 && m.chance(80) {
		p.Form = pickOf(m.Rand, forms)
	}
	if x["dated"] == true && m.chance(80) {
		p.Dated = a.Submitted
	}
	if m.chance(30) {
		p.Country = a.Warehouse.Country
	}
	for _, w := range codes(x["parts"].([]object)) {
		if m.chance(90) {
			p.Shows = append(p.Shows, application.Showing{Part: w, State: application.Shown, Basis: application.Basis(m.IntN(2))})
		}
	}
	return p
}

// disturb changes one thing.
func (m *policyMaker) disturb(a *application.Application) {
	word := func(w *string) {
		switch {
		case *w != "" && m.chance(60):
			*w = near(m.Rand, *w)
		case m.chance(30):
			*w = pickOf(m.Rand, []string{"", " ", "\u200b", "é", "x"})
		default:
			*w = pickOf(m.Rand, m.used)
		}
	}
	switch m.IntN(20) {
	case 0:
		word(&a.Applicant.Role)
	case 1:
		word(&a.Warehouse.Kind)
	case 2:
		word(&a.Applicant.Parent)
	case 3:
		word(pickOf(m.Rand, []*string{&a.Applicant.LegalForm, &a.Category, &a.Platform}))
	case 4:
		a.Applicant.Home = pickOf(m.Rand, []country.Code{{}, {'c', 'n'}, {'C', 'N' + 32}, {'@', '['}, code("HK"), a.Warehouse.Country})
	case 5:
		a.Warehouse.Country = pickOf(m.Rand, []country.Code{{}, {a.Warehouse.Country[0] | 32, a.Warehouse.Country[1]}, {a.Warehouse.Country[1], a.Warehouse.Country[0]}, code("DE"), code("PL")})
	case 6:
		a.Submitted = pickOf(m.Rand, []country.Date{{}, {Month: 1}, day("2026-10-01"), day("2026-12-24")})
	case 7:
		const most = 1<<63 - 1
		a.Stock = pickOf(m.Rand, [][]application.Stock{
			nil, {}, {{Country: a.Warehouse.Country, OnHand: most, InTransit: most}, {Country: a.Warehouse.Country, OnHand: most}},
			{{Country: a.Warehouse.Country, InTransit: 2}}, {{Country: code("JP"), OnHand: 5}}, append(slices.Clone(a.Stock), application.Stock{OnHand: -1}), append(slices.Clone(a.Stock), application.Stock{InTransit: -1}),
		})
	case 8:
		a.Answers = a.Answers[m.IntN(len(a.Answers)+1):]
		a.Answers = append(a.Answers, application.Answer{Name: "since", Value: "2026-11-20"}, application.Answer{Name: "number", Value: "1x"})
	case 9:
		m.Shuffle(len(a.Materials), func(i, j int) { a.Materials[i], a.Materials[j] = a.Materials[j], a.Materials[i] })
	case 10:
		a.Materials = append(a.Materials, m.paper(pickOf(m.Rand, m.materials), a))
	case 11:
		if m.chance(20) {
			for len(a.Materials) < application.MaxMaterials+m.IntN(2) {
				a.Materials = append(a.Materials, application.Material{Kind: "unknown"})
			}
		} else if m.chance(2) {
			a.Stock = append(a.Stock, make([]application.Stock, application.MaxStock)...)
		} else if n := len(a.Materials); n > 0 {
			i := m.IntN(n)
			a.Materials = slices.Delete(a.Materials, i, i+1)
		}
	default:
		if len(a.Materials) > 0 {
			m.disturbPaper(&a.Materials[m.IntN(len(a.Materials))], a, word)
		}
	}
}

func (m *policyMaker) disturbPaper(p *application.Material, a *application.Application, word func(*string)) {
	switch m.IntN(12) {
	case 0:
		word(&p.Kind)
	case 1:
		word(&p.Text)
	case 2:
		word(&p.Form)
	case 3:
		p.Country = pickOf(m.Rand, []country.Code{{}, code("PL"), {'d', 'e'}})
	case 4:
		p.Dated = pickOf(m.Rand, []country.Date{{}, {Day: 1}, day("2026-11-24"), day("2026-11-01"), day("2025-01-01")})
	case 5:
		p.File.SHA256 = [32]byte{}
		if m.chance(50) {
			p.File = pickOf(m.Rand, a.Materials).File
		} else if i := m.IntN(33); i < 32 {
			p.File.SHA256[i] = byte(1 + m.IntN(2))
		}
	case 6:
		p.Basis = application.Basis(m.IntN(3))
	case 7: // one paper as two that share what it shows
		other := *p
		n := m.IntN(len(p.Shows) + 1)
		p.Shows, other.Shows = slices.Clone(p.Shows[:n]), slices.Clone(p.Shows[n:])
		a.Materials = append(a.Materials, other)
	default:
		if len(p.Shows) == 0 {
			p.Shows = append(p.Shows, application.Showing{Part: pickOf(m.Rand, m.used), State: application.Shown})
			return
		}
		switch m.IntN(5) {
		case 0:
			p.Shows = append(p.Shows, pickOf(m.Rand, p.Shows))
		case 1:
			p.Shows = nil
			return
		}
		s := &p.Shows[m.IntN(len(p.Shows))]
		switch m.IntN(4) {
		case 0:
			word(&s.Part)
		case 1:
			s.State = application.State(m.IntN(4))
		case 2:
			s.Basis = application.Basis(m.IntN(3))
		default:
			m.Shuffle(len(p.Shows), func(i, j int) { p.Shows[i], p.Shows[j] = p.Shows[j], p.Shows[i] })
		}
	}
}

// all is everything that a decision says.
func all(d eligibility.Decision, err error) string {
	if err != nil {
		return "error: " + err.Error()
	}
	text, err := d.JSON(language.English)
	opened, ok := d.Permission(day("2026-12-01"))
	return fmt.Sprint(d.Outcome(), d.Platform(), d.Edition(), d.Filed(), d.Declared(), opened, ok, string(text), err)
}

func TestRandomPoliciesDecideAsTheirRulesOneByOne(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 12))
	policies, passed, late := 0, 0, 0
	for range brief.Rounds(1500) {
		m, p, err := randomPolicy(r)
		if err != nil {
			continue
		}
		policies++
		for range 40 {
			a := m.application()
			before := a.Clone()
			fast, err := p.Assess(a)
			slow, want := p.Complete(a)
			if !reflect.DeepEqual(a, before) {
				t.Fatalf("%+v was changed", before)
			}
			_, ok := p.Passes(a)
			if ok || m.chance(2) {
				if got, want := all(fast, err), all(slow, want); got != want {
					text, _ := json.Marshal(m.doc)
					t.Fatalf("%+v under %s\nthe plan: %s\nthe rules: %s", a, text, got, want)
				}
			}
			switch {
			case ok:
				passed++
			case want == nil && len(slow.Findings())+len(slow.Advice()) == 0:
				late++
			}
		}
	}
	t.Logf("%d policies, %d applications passed by the plan, %d only by the rules", policies, passed, late)
	if policies < brief.Rounds(1500)/3 || passed < 5*policies || late > 2*passed {
		t.Errorf("%d policies, %d passed by the plan, %d only by the rules", policies, passed, late)
	}
}

func TestRolesBeyondSixtyFourHaveToNameTheirMainAccount(t *testing.T) {
	text, err := os.ReadFile("aliexpress.json")
	if err != nil {
		t.Fatal(err)
	}
	var doc object
	if err := json.Unmarshal(text, &doc); err != nil {
		t.Fatal(err)
	}
	roles := doc["roles"].([]any)
	sub := roles[len(roles)-1].(object)
	for i := range 70 {
		roles = append(roles, object{"code": fmt.Sprintf("sub_%d", i), "name": sub["name"], "parent": true})
	}
	doc["roles"] = roles
	if text, err = json.Marshal(doc); err != nil {
		t.Fatal(err)
	}
	p, err := eligibility.ParsePolicy(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	a := thirdParty()
	a.Applicant.Role = "sub_69"
	if d, err := p.Assess(a); err != nil || d.Approved() {
		t.Errorf("%v %v without a main account", d.Outcome(), err)
	}
	a.Applicant.Parent = "store-0"
	if d, err := p.Assess(a); err != nil || !d.Approved() {
		t.Errorf("%v %v with one", d.Outcome(), err)
	}
}
