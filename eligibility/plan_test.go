package eligibility_test

import (
	"bytes"
	"math/rand/v2"
	"os"
	"testing"

	"github.com/overseaswarehouse/overseas/eligibility"
)

// runs are the shipped policy under the parameters that change its rules.
func runs(t *testing.T) []*eligibility.Policy {
	t.Helper()
	p := eligibility.AliExpress().Latest()
	out := []*eligibility.Policy{p}
	for _, values := range []map[string]string{
		{"in_transit_counts": "no", "newspaper_days": "7", "minimum_stock": "3"},
		{"provider_name": "required", "vat_number": "yes"},
		{"closed_categories": "food,jewellery", "legal_forms": "company"},
		{"evidence": "verified", "provider_name": "ignored"},
	} {
		q, err := p.With(values)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, q)
	}
	return out
}

func TestPlanSaysYesOnlyWhenNoRuleFires(t *testing.T) {
	policies := runs(t)
	r := rand.New(rand.NewPCG(1, 2))
	yes, late := 0, 0
	for range 12000 {
		a := random(r)
		for _, p := range policies {
			declared, ok := p.Passes(a)
			_, found, want := p.Slow(a)
			switch {
			case ok && len(found) > 0:
				t.Fatalf("the plan passes what fires %s: %+v", found[0].Code, a)
			case ok && declared != want:
				t.Fatalf("declared %b, want %b: %+v", declared, want, a)
			case ok:
				yes++
			case len(found) == 0:
				late++
			}
		}
	}
	if yes < 5000 || late*10 > yes {
		t.Errorf("%d passed by the plan, %d only by the rules", yes, late)
	}
}

func TestMarketplacePlanSaysYesOnlyWhenNoRuleFires(t *testing.T) {
	text, err := os.ReadFile("../examples/marketplace/policy.json")
	if err != nil {
		t.Skip(err)
	}
	p, err := eligibility.ParsePolicy(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(3, 4))
	for range 20000 {
		a := random(r)
		a.Platform = p.Platform()
		if _, ok := p.Passes(a); ok {
			if _, found, _ := p.Slow(a); len(found) > 0 {
				t.Fatalf("the plan passes what fires %s: %+v", found[0].Code, a)
			}
		}
	}
}
