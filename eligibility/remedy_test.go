package eligibility_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/text/language"

	"github.com/overseaswarehouse/overseas/application"
	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/eligibility"
)

// follow does what remedies say, reading nothing but what a caller can read: path, material, parts, answer, words.
func follow(p *eligibility.Policy, a *application.Application, remedies ...eligibility.Remedy) *application.Application {
	a = a.Clone()
	// Choices first: where and what the warehouse is decides what the other remedies mean.
	slices.SortStableFunc(remedies, func(x, y eligibility.Remedy) int { return rank(x) - rank(y) })
	for i, r := range remedies {
		steps := strings.Split(strings.TrimPrefix(r.Path, "/"), "/")
		paper := -1
		if steps[0] == "materials" && len(steps) > 1 {
			paper, _ = strconv.Atoi(steps[1])
		}
		if r.Class == eligibility.Provide && r.Material != "" {
			m := application.Material{Kind: r.Material, Text: "something", File: file(fmt.Sprint("provided-", i)), Dated: a.Submitted}
			if len(r.Want) > 0 {
				m.Form = r.Want[0]
			}
			list, _ := p.Checklist(a.Warehouse.Kind, a.Warehouse.Country, language.English)
			for _, item := range list.Items {
				if item.Code == r.Material {
					for _, s := range item.Shows {
						m.Shows = append(m.Shows, application.Showing{Part: s.Parts[0].Code, State: application.Shown, Basis: application.Verified})
					}
				}
			}
			if paper >= 0 {
				a.Materials[paper] = m
			} else {
				a.Materials = append(a.Materials, m)
			}
			continue
		}
		switch {
		case steps[0] == "submitted":
			a.Submitted = day("2027-06-01")
		case steps[0] == "category":
			a.Category = "something else"
		case steps[0] == "stock":
			n := int64(1)
			if len(r.Want) > 0 {
				n, _ = strconv.ParseInt(r.Want[0], 10, 64)
			}
			for _, v := range p.Parameters() {
				if v.Code == "minimum_stock" {
					n, _ = strconv.ParseInt(v.Value(), 10, 64)
				}
			}
			a.Stock = append(slices.Clone(a.Stock), application.Stock{Country: a.Warehouse.Country, OnHand: n})
		case steps[0] == "answers":
			value := "2001-01-01"
			if len(r.Want) > 0 && r.Want[0] != "YYYY-MM-DD" {
				value = strings.NewReplacer("#", "7", "@", "Q", "*", "7").Replace(r.Want[0])
			}
			a.Answers = []application.Answer{{Name: steps[1], Value: value}}
		case r.Path == "/applicant/role":
			a.Applicant.Role = r.Value
		case r.Path == "/applicant/parent":
			a.Applicant.Parent = "the main one"
		case r.Path == "/applicant/home":
			a.Applicant.Home = code("CN")
		case r.Path == "/applicant/legalForm":
			a.Applicant.LegalForm = r.Want[0]
		case r.Path == "/warehouse/kind":
			a.Warehouse.Kind = r.Value
		case r.Path == "/warehouse/country":
			a.Warehouse.Country, _ = country.Parse(r.Value)
		case paper >= 0 && steps[2] == "shows":
			m := a.Materials[paper]
			m = m.WithShown(r.Parts[0])
			for j := range m.Shows {
				if m.Shows[j].Part == r.Parts[0] {
					m.Shows[j].Basis = application.Verified
				}
			}
			a.Materials[paper] = m
		case paper >= 0 && steps[2] == "dated":
			a.Materials[paper].Dated = a.Submitted
		case paper >= 0 && steps[2] == "form":
			a.Materials[paper].Form = r.Want[0]
		case paper >= 0 && steps[2] == "country":
			a.Materials[paper].Country = a.Warehouse.Country
		}
	}
	return a
}

func rank(r eligibility.Remedy) int {
	switch r.Path {
	case "/warehouse/kind", "/warehouse/country", "/applicant/role":
		return 0
	case "/submitted":
		return 1
	}
	return 2
}

func TestRemediesAreEnoughAndNoneIsTooMany(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	helped, helpless, most := 0, 0, 0
	for _, p := range runs(t) {
		for range 400 {
			a := random(r)
			d, err := p.Assess(a)
			if err != nil {
				t.Fatal(err)
			}
			remedies, ok := d.Remedies()
			if d.Approved() {
				if len(remedies) != 0 || !ok {
					t.Fatalf("an approved application gets %d remedies", len(remedies))
				}
				continue
			}
			if waits := slices.ContainsFunc(remedies, func(r eligibility.Remedy) bool { return r.Class == eligibility.Wait }); waits == ok {
				t.Fatalf("ok %v with %v", ok, remedies)
			}
			if !ok {
				helpless++
				continue
			}
			helped++
			most = max(most, len(remedies))
			if after, err := p.Assess(follow(p, a, slices.Clone(remedies)...)); err != nil || !after.Approved() {
				t.Fatalf("not approved after all remedies (%v): %s\n%s", err, after.Text(language.English), d.Text(language.English))
			}
			for i := range remedies {
				fewer := slices.Concat(remedies[:i], remedies[i+1:])
				if after, err := p.Assess(follow(p, a, fewer...)); err != nil || after.Approved() {
					t.Fatalf("approved without %s: %s", remedies[i].Code, d.Text(language.English))
				}
			}
		}
	}
	if helped < 500 || helpless < 100 || most < 5 {
		t.Errorf("%d with remedies, %d without, at most %d at once", helped, helpless, most)
	}
}

func TestNothingHelpsWhereThePlatformIsClosed(t *testing.T) {
	a := thirdParty()
	a.Warehouse.Country, a.Stock = code("CA"), nil
	d, err := eligibility.AliExpress().Assess(a)
	if err != nil {
		t.Fatal(err)
	}
	remedies, ok := d.Remedies()
	if ok || !slices.ContainsFunc(remedies, func(r eligibility.Remedy) bool { return r.Class == eligibility.Wait && r.Code == "country_not_open" }) {
		t.Errorf("%v %v", ok, remedies)
	}
	if (eligibility.Decision{}).Outcome() != eligibility.Undetermined {
		t.Error("the zero Decision decides something")
	}
	if list, ok := (eligibility.Decision{}).Remedies(); ok || list != nil {
		t.Error("the zero Decision promises a remedy")
	}
}

// Two rules that one change settles get one remedy.
func TestARemedyThatSettlesTwoFindingsStandsOnce(t *testing.T) {
	p, err := eligibility.AliExpress().Latest().Overlay(strings.NewReader(`{
  "schema": "overseas/policy-overlay/1", "platform": "aliexpress", "name": "stricter", "reason": "a test",
  "rules": {"add": [{"code": "no_mark", "clause": "S4", "reason": "cannot_prove", "kind": "does_not_prove", "check": "shows", "material": "warehouse_photo",
    "anyOf": ["registration_number", "real_scene"], "effect": "reject", "provenance": "assumed", "remedy": "correct"}]}
}`))
	if err != nil {
		t.Fatal(err)
	}
	a := selfOperated()
	a.Materials[3] = a.Materials[3].Lacks("registration_number", "real_scene")
	d, err := p.Assess(a)
	if err != nil || len(d.Findings()) != 2 {
		t.Fatal(err, d)
	}
	if remedies, ok := d.Remedies(); !ok || len(remedies) != 1 || remedies[0].Code != "registration_number_not_shown" {
		t.Errorf("%v %v", ok, remedies)
	}
}
