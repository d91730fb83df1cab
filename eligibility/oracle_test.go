package eligibility_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/overseaswarehouse/overseas/application"
	"github.com/overseaswarehouse/overseas/eligibility"
)

// combination is one of 2 kinds x 256 sets of materials x 4 states of stock x 12 countries x 2 applicants.
type combination struct {
	kind      int
	materials int // a bit for each of T1-T4, S1-S4
	stock     int // not stated, none, in transit, on hand
	country   int
	applicant int
}

var (
	comboKinds     = []string{application.ThirdParty, application.SelfOperated}
	comboCountries = []string{"US", "GB", "DE", "ES", "FR", "IT", "RU", "AU", "ID", "CA", "PL", "CN"}
	comboRoles     = []string{application.MainAccount, application.SubAccount}
)

func combinations(yield func(combination, *application.Application)) {
	all := slices.Concat(thirdParty().Materials, selfOperated().Materials)
	for kind := range comboKinds {
		for set := range 256 {
			var papers []application.Material
			for i := range all {
				if set>>i&1 == 1 {
					papers = append(papers, all[i])
				}
			}
			for stock := range 4 {
				for c := range comboCountries {
					for role := range comboRoles {
						a := thirdParty()
						a.Warehouse.Kind, a.Warehouse.Country, a.Materials = comboKinds[kind], code(comboCountries[c]), papers
						a.Applicant.Role, a.Applicant.Parent = comboRoles[role], "store-0"
						a.Stock = [][]application.Stock{
							nil, {}, {{Country: a.Warehouse.Country, InTransit: 1}}, {{Country: a.Warehouse.Country, OnHand: 1}},
						}[stock]
						yield(combination{kind, set, stock, c, role}, a)
					}
				}
			}
		}
	}
}

// oracle is the policy written down a second time, in the most obvious way, from its statements.
func oracle(c combination) (outcome eligibility.Outcome, codes []string, advice bool) {
	country := comboCountries[c.country]
	if country == "CN" { // the home country of every applicant here, and not open either
		codes = append(codes, "warehouse_at_home")
	}
	if !strings.Contains("US GB DE ES FR IT RU AU ID", country) {
		codes = append(codes, "country_not_open")
	}
	undetermined := false
	switch c.stock {
	case 0:
		codes = append(codes, "stock_not_stated")
		undetermined = true
	case 1:
		codes = append(codes, "no_overseas_stock")
	}
	missing := []string{
		"provider_missing", "customer_code_missing", "contract_photo_missing", "system_screenshot_missing",
		"address_missing", "shipping_certificate_missing", "clearance_certificate_missing", "warehouse_photo_missing",
	}
	for i, code := range missing {
		asked := i/4 == c.kind
		given := c.materials>>i&1 == 1
		if asked && !given {
			codes = append(codes, code)
		}
		if !asked && given {
			advice = true
		}
	}
	slices.Sort(codes)
	switch {
	case len(codes) == 0:
		return eligibility.Approved, nil, advice
	case undetermined && len(codes) == 1:
		return eligibility.Undetermined, codes, advice
	}
	return eligibility.Rejected, codes, advice
}

func TestEveryCombinationAgreesWithTheOracle(t *testing.T) {
	p := eligibility.AliExpress().Latest()
	n, approved := 0, 0
	combinations(func(c combination, a *application.Application) {
		n++
		d, err := p.Assess(a)
		if err != nil {
			t.Fatal(err)
		}
		var codes []string
		for _, f := range d.Findings() {
			codes = append(codes, f.Code)
		}
		slices.Sort(codes)
		outcome, want, advice := oracle(c)
		if d.Outcome() != outcome || !slices.Equal(codes, want) || (len(d.Advice()) > 0) != advice {
			t.Fatalf("%+v: %v %v, want %v %v", c, d.Outcome(), codes, outcome, want)
		}
		if outcome == eligibility.Approved {
			approved++
		}
		slow, found, _ := p.Slow(a)
		if slow != outcome {
			t.Fatalf("%+v: the rules one by one say %v", c, slow)
		}
		if _, ok := p.Passes(a); ok != (len(found) == 0) {
			t.Fatalf("%+v: plan says %v, %d findings", c, ok, len(found))
		}
	})
	if n != 49152 {
		t.Errorf("%d combinations", n)
	}
	if approved != 2*16*2*9*2 { // kinds, sets that hold all four asked for, stock, open countries, applicants
		t.Errorf("%d approved", approved)
	}
}
