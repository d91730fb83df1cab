package eligibility_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"math/rand/v2"
	"strings"
	"testing"

	"golang.org/x/text/language"

	"github.com/overseaswarehouse/overseas/application"
	"github.com/overseaswarehouse/overseas/eligibility"
	"github.com/overseaswarehouse/overseas/internal/lang"
	"github.com/overseaswarehouse/overseas/internal/schematest"
)

var update = flag.Bool("update", false, "write the golden files")

// troubled has a reason, an open question, advice, and a declaration.
func troubled() *application.Application {
	a := selfOperated()
	a.Stock = []application.Stock{}
	a.Materials = append(a.Materials[:2:2], a.Materials[3].Lacks("local_newspaper"), application.CustomerCode("*C_1*"))
	a.Materials[1].Form = "<b>note</b>"
	a.Materials[2].Shows = a.Materials[2].Shows[1:]
	return a
}

func TestViews(t *testing.T) {
	d, err := eligibility.AliExpress().Assess(troubled())
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range lang.All() {
		golden(t, "decision."+l.String()+".txt", d.Text(l.Tag()))
	}
	golden(t, "decision.md", d.Markdown(language.English))
	raw, err := json.Marshal(d)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	_ = json.Indent(&b, raw, "", " ")
	golden(t, "decision.json", b.String()+"\n")
	p := eligibility.AliExpress().Latest()
	for _, kind := range p.Kinds() {
		for _, tag := range []language.Tag{language.English, language.Chinese} {
			list, err := p.Checklist(kind, code("GB"), tag)
			if err != nil {
				t.Fatal(err)
			}
			golden(t, "checklist."+kind+"."+lang.Of(tag).String()+".txt", list.Text())
			golden(t, "checklist."+kind+"."+lang.Of(tag).String()+".md", list.Markdown())
		}
	}
}

func TestMarkdownEscapesWhatTheApplicationSays(t *testing.T) {
	d, err := eligibility.AliExpress().Assess(troubled())
	if err != nil {
		t.Fatal(err)
	}
	if md := d.Markdown(language.English); strings.Contains(md, "<b>") || strings.Contains(md, "*C_1*") {
		t.Error(md)
	}
	a := thirdParty()
	a.Warehouse.Kind = "x\n\u202ey\x1b[31m"
	d, _ = eligibility.AliExpress().Assess(a)
	if text := d.Text(language.English); strings.ContainsAny(text, "\u202e\x1b") {
		t.Errorf("%q", text)
	}
}

func TestSameApplicationSameBytes(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 10))
	schema, err := schematest.New(eligibility.DecisionJSONSchema())
	if err != nil {
		t.Fatal(err)
	}
	e := eligibility.AliExpress()
	fresh, err := eligibility.Parse(bytes.NewReader(eligibility.AliExpressDocument()))
	if err != nil {
		t.Fatal(err)
	}
	for i := range 300 {
		a := random(r)
		if a.Submitted.IsZero() {
			continue
		}
		first, err := e.Assess(a)
		if err != nil {
			t.Fatal(err)
		}
		tag := lang.All()[i%8].Tag()
		want, err := first.JSON(tag)
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Judge(want); err != nil {
			t.Fatalf("%v\n%s", err, want)
		}
		text, _ := json.Marshal(a)
		var again application.Application
		if json.Unmarshal(text, &again) != nil {
			again = *a.Clone() // blank texts are an application that no document can hold
		}
		// What happens to the application afterwards does not change the decision.
		for i := range a.Materials {
			a.Materials[i] = application.Material{}
		}
		a.Stock, a.Warehouse = nil, application.Warehouse{}
		if got, _ := first.JSON(tag); !bytes.Equal(got, want) {
			t.Fatal("the decision changed with the application")
		}
		second, err := fresh.Assess(&again)
		if err != nil {
			t.Fatal(err)
		}
		if got, _ := second.JSON(tag); !bytes.Equal(got, want) {
			t.Fatalf("%s\n%s", want, got)
		}
	}
}

func TestReturnedValuesAreCopies(t *testing.T) {
	p := eligibility.AliExpress().Latest()
	a := troubled()
	d, _ := p.Assess(a)
	want := d.Text(language.English)
	for _, f := range d.Findings() {
		for i := range f.Want {
			f.Want[i] = "x"
		}
		for i := range f.Parts {
			f.Parts[i] = "x"
		}
	}
	remedies, _ := d.Remedies()
	for _, r := range remedies {
		for i := range r.Want {
			r.Want[i] = "x"
		}
		for i := range r.Parts {
			r.Parts[i] = "x"
		}
	}
	p.Destinations()[0] = code("CA")
	p.Kinds()[0] = "x"
	p.Materials("third_party")[0] = "x"
	p.Parameters()[0].Words[0] = "x"
	eligibility.AliExpressDocument()[0] = 'x'
	for r := range p.Rules() {
		for i := range r.Parts {
			r.Parts[i] = "x"
		}
	}
	again, err := p.Assess(a)
	if err != nil || again.Text(language.English) != want || d.Text(language.English) != want {
		t.Error("a caller changed the library")
	}
}

func TestChecklistAgreesWithItsSchema(t *testing.T) {
	schema, err := schematest.New(eligibility.ChecklistJSONSchema())
	if err != nil {
		t.Fatal(err)
	}
	market, err := eligibility.ParsePolicy(strings.NewReader(marketplace(t, "policy.json")))
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range []*eligibility.Policy{eligibility.AliExpress().Latest(), market} {
		for _, kind := range p.Kinds() {
			for _, c := range p.Destinations() {
				for _, l := range lang.All() {
					list, err := p.Checklist(kind, c, l.Tag())
					if err != nil {
						t.Fatal(err)
					}
					text, _ := json.Marshal(list)
					if err := schema.Judge(text); err != nil {
						t.Fatalf("%v\n%s", err, text)
					}
					if list.Items[0].Class != eligibility.DoFirst {
						t.Errorf("goods are not sent first: %v", list.Items[0])
					}
				}
			}
		}
	}
	if _, err := market.Checklist("third_party", code("ES"), language.English); err == nil {
		t.Error("a checklist for what the policy does not know")
	}
}

// A checklist that is followed to the letter leads to an approval.
func TestChecklistIsEnough(t *testing.T) {
	p := eligibility.AliExpress().Latest()
	for _, kind := range p.Kinds() {
		for _, c := range p.Destinations() {
			list, err := p.Checklist(kind, c, language.English)
			if err != nil {
				t.Fatal(err)
			}
			a := thirdParty()
			a.Warehouse.Kind, a.Warehouse.Country, a.Materials, a.Stock = kind, c, nil, nil
			for i, item := range list.Items {
				switch item.Class {
				case eligibility.DoFirst:
					a.Stock = []application.Stock{{Country: c, InTransit: 1}}
				case eligibility.Provide:
					m := application.Material{Kind: item.Code, Text: item.Example, File: file(item.Code), Dated: a.Submitted}
					for _, s := range item.Shows {
						m = m.WithShown(s.Parts[i%len(s.Parts)].Code)
					}
					a.Materials = append(a.Materials, m)
				}
			}
			if err := expect(p, a, eligibility.Approved); err != nil {
				t.Errorf("%s in %v: %v", kind, c, err)
			}
		}
	}
}
