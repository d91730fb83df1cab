package eligibility_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/language"

	"github.com/overseaswarehouse/overseas/application"
	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/eligibility"
)

// A statement of the announcement, what follows from it, and how to break what expresses it: the check must hold for
// the shipped policy and fail for each broken one.
type statement struct {
	id     string
	check  func(*eligibility.Policy) error
	broken []func(*eligibility.Policy) *eligibility.Policy
}

func without(codes ...string) func(*eligibility.Policy) *eligibility.Policy {
	return func(p *eligibility.Policy) *eligibility.Policy { return p.Without(codes...) }
}

func changed(f func(*eligibility.Doc)) func(*eligibility.Policy) *eligibility.Policy {
	return func(p *eligibility.Policy) *eligibility.Policy { return p.Broken(f) }
}

// expect decides an application and compares outcome and codes.
func expect(p *eligibility.Policy, a *application.Application, outcome eligibility.Outcome, codes ...string) error {
	d, err := p.Assess(a)
	if err != nil {
		return err
	}
	var got []string
	for _, f := range d.Findings() {
		got = append(got, f.Code)
	}
	slices.Sort(got)
	slices.Sort(codes)
	if d.Outcome() != outcome || !slices.Equal(got, codes) {
		return fmt.Errorf("%v %v, want %v %v", d.Outcome(), got, outcome, codes)
	}
	return nil
}

func advise(p *eligibility.Policy, a *application.Application, code string) error {
	d, err := p.Assess(a)
	if err != nil {
		return err
	}
	if !d.Approved() || len(d.Advice()) != 1 || d.Advice()[0].Code != code {
		return fmt.Errorf("%v %v, want approved with advice %s", d.Outcome(), d.Advice(), code)
	}
	return nil
}

// every is the first error of several checks.
func every(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func with(p *eligibility.Policy, code, value string) *eligibility.Policy {
	q, err := p.With(map[string]string{code: value})
	if err != nil {
		panic(err)
	}
	return q
}

func change(a *application.Application, f func(*application.Application)) *application.Application {
	f(a)
	return a
}

// lacking is an application without its i-th paper, and one whose i-th paper is empty.
func lacking(base func() *application.Application, i int) (gone, empty *application.Application) {
	gone, empty = base(), base()
	gone.Materials = slices.Delete(gone.Materials, i, i+1)
	empty.Materials[i] = application.Material{Kind: empty.Materials[i].Kind, Text: " \u200b"}
	return gone, empty
}

func missing(base func() *application.Application, i int, code string) func(*eligibility.Policy) error {
	return func(p *eligibility.Policy) error {
		gone, empty := lacking(base, i)
		return every(expect(p, base(), eligibility.Approved), expect(p, gone, eligibility.Rejected, code), expect(p, empty, eligibility.Rejected, code))
	}
}

func shows(base func() *application.Application, i int, parts []string, notShown, notStated string) func(*eligibility.Policy) error {
	return func(p *eligibility.Policy) error {
		no := change(base(), func(a *application.Application) { a.Materials[i] = a.Materials[i].Lacks(parts...) })
		open := change(base(), func(a *application.Application) {
			a.Materials[i].Shows = slices.DeleteFunc(a.Materials[i].Shows, func(s application.Showing) bool { return slices.Contains(parts, s.Part) })
		})
		return every(expect(p, no, eligibility.Rejected, notShown), expect(p, open, eligibility.Undetermined, notStated))
	}
}

func both(checks ...func(*eligibility.Policy) error) func(*eligibility.Policy) error {
	return func(p *eligibility.Policy) error {
		for _, c := range checks {
			if err := c(p); err != nil {
				return err
			}
		}
		return nil
	}
}

func one(f func(*eligibility.Policy) *eligibility.Policy) []func(*eligibility.Policy) *eligibility.Policy {
	return []func(*eligibility.Policy) *eligibility.Policy{f}
}

func rules(codes ...string) (out []func(*eligibility.Policy) *eligibility.Policy) {
	for _, c := range codes {
		out = append(out, without(c))
	}
	return out
}

var statements = []statement{
	{"B1", func(p *eligibility.Policy) error {
		atHome := change(thirdParty(), func(a *application.Application) { a.Applicant.Home = a.Warehouse.Country })
		unknown := change(thirdParty(), func(a *application.Application) { a.Applicant.Home = country.Code{} })
		other := change(thirdParty(), func(a *application.Application) { a.Warehouse.Kind = "bonded" })
		none := change(thirdParty(), func(a *application.Application) { a.Warehouse.Kind = "" })
		return every(
			expect(p, thirdParty(), eligibility.Approved), expect(p, selfOperated(), eligibility.Approved),
			expect(p, atHome, eligibility.Rejected, "warehouse_at_home"), expect(p, unknown, eligibility.Undetermined, "home_missing"),
			expect(p, other, eligibility.Rejected, "kind_unknown"), expect(p, none, eligibility.Undetermined, "kind_missing"),
			advise(p, change(thirdParty(), func(a *application.Application) {
				a.Materials = append(a.Materials, application.WarehouseAddress("Hamburg")) // asked for with the other kind only
			}), "material_not_asked"))
	}, rules("warehouse_at_home", "home_missing", "kind_unknown", "kind_missing", "material_not_asked")},
	{"A1", func(p *eligibility.Policy) error {
		sub := change(thirdParty(), func(a *application.Application) { a.Applicant.Role, a.Applicant.Parent = "sub", "store-0" })
		guest := change(thirdParty(), func(a *application.Application) { a.Applicant.Role = "guest" })
		none := change(thirdParty(), func(a *application.Application) { a.Applicant.Role = "" })
		return every(expect(p, thirdParty(), eligibility.Approved), expect(p, sub, eligibility.Approved),
			expect(p, guest, eligibility.Rejected, "role_unknown"), expect(p, none, eligibility.Undetermined, "role_missing"))
	}, append(rules("role_unknown", "role_missing"),
		changed(func(d *eligibility.Doc) { d.DropRoles = []string{"sub"} }), changed(func(d *eligibility.Doc) { d.DropRoles = []string{"main"} }))},
	{"A2", func(p *eligibility.Policy) error {
		sub := change(thirdParty(), func(a *application.Application) { a.Applicant.Role, a.Applicant.Parent = "sub", "" })
		if err := expect(p, sub, eligibility.Undetermined, "main_account_missing"); err != nil {
			return err
		}
		sub.Applicant.Parent = "store-0"
		d, err := p.Assess(sub)
		if err != nil {
			return err
		}
		opened, ok := d.Permission(day("2026-12-01"))
		opened = opened.With("store-2")
		for _, store := range []string{"store-0", "store-1", "store-2"} {
			if !ok || !opened.At(store, code("DE"), day("2026-12-01")) {
				return fmt.Errorf("not open for %s", store)
			}
		}
		if opened.At("store-0", code("DE"), day("2026-11-30")) || opened.At("store-9", code("DE"), day("2026-12-01")) || opened.At("store-0", code("FR"), day("2026-12-01")) {
			return fmt.Errorf("open too early, for a stranger, or elsewhere")
		}
		return nil
	}, append(rules("main_account_missing"), changed(func(d *eligibility.Doc) { d.Family = false }))},
	{"T1", missing(thirdParty, 0, "provider_missing"), append(rules("provider_missing"), changed(func(d *eligibility.Doc) { d.DropNeeds = []string{"logistics_provider"} }))},
	{"T2", missing(thirdParty, 1, "customer_code_missing"), append(rules("customer_code_missing"), changed(func(d *eligibility.Doc) { d.DropNeeds = []string{"customer_code"} }))},
	{"T3", missing(thirdParty, 2, "contract_photo_missing"), append(rules("contract_photo_missing"), changed(func(d *eligibility.Doc) { d.DropNeeds = []string{"contract_photo"} }))},
	{"T4", both(missing(thirdParty, 3, "system_screenshot_missing"),
		shows(thirdParty, 3, []string{"inventory_query"}, "inventory_query_not_shown", "inventory_query_not_stated"),
		shows(thirdParty, 3, []string{"order_management_page"}, "order_management_not_shown", "order_management_not_stated")),
		rules("system_screenshot_missing", "inventory_query_not_shown", "inventory_query_not_stated", "order_management_not_shown", "order_management_not_stated")},
	{"S1", both(missing(selfOperated, 0, "address_missing"), func(p *eligibility.Policy) error {
		return advise(p, change(selfOperated(), func(a *application.Application) { a.Materials[0].Country = code("FR") }), "address_elsewhere")
	}), rules("address_missing", "address_elsewhere")},
	{"S2", both(missing(selfOperated, 1, "shipping_certificate_missing"), func(p *eligibility.Policy) error {
		for _, form := range []string{application.FormShippingReceipt, application.FormShippingPhoto, application.FormTrackingScreenshot, ""} {
			if err := expect(p, change(selfOperated(), func(a *application.Application) { a.Materials[1].Form = form }), eligibility.Approved); err != nil {
				return err
			}
		}
		return advise(p, change(selfOperated(), func(a *application.Application) { a.Materials[1].Form = "delivery_note" }), "shipping_certificate_other_form")
	}), rules("shipping_certificate_missing", "shipping_certificate_other_form")},
	{"S3", both(missing(selfOperated, 2, "clearance_certificate_missing"), func(p *eligibility.Policy) error {
		return every(
			advise(p, change(selfOperated(), func(a *application.Application) { a.Materials[2].Form = "release_note" }), "clearance_certificate_other_form"),
			advise(p, change(selfOperated(), func(a *application.Application) { a.Materials[2].Country = code("FR") }), "clearance_elsewhere"))
	}), rules("clearance_certificate_missing", "clearance_certificate_other_form", "clearance_elsewhere")},
	{"S4", both(missing(selfOperated, 3, "warehouse_photo_missing"),
		shows(selfOperated, 3, []string{"registration_number"}, "registration_number_not_shown", "registration_number_not_stated"),
		shows(selfOperated, 3, []string{"local_newspaper"}, "newspaper_not_shown", "newspaper_not_stated"),
		shows(selfOperated, 3, []string{"house_number", "real_scene"}, "background_not_shown", "background_not_stated"),
		func(p *eligibility.Policy) error {
			scene := change(selfOperated(), func(a *application.Application) {
				a.Materials[3] = a.Materials[3].Lacks("house_number").WithShown("real_scene")
			})
			abroad := change(selfOperated(), func(a *application.Application) { a.Materials[3].Country = code("FR") })
			return every(expect(p, scene, eligibility.Approved), expect(p, abroad, eligibility.Rejected, "newspaper_not_local"))
		}),
		rules("warehouse_photo_missing", "registration_number_not_shown", "registration_number_not_stated", "newspaper_not_shown", "newspaper_not_stated",
			"background_not_shown", "background_not_stated", "newspaper_not_local")},
	{"R1", func(p *eligibility.Policy) error {
		stock := func(s ...application.Stock) *application.Application {
			return change(thirdParty(), func(a *application.Application) { a.Stock = s })
		}
		return every(
			expect(p, stock(), eligibility.Undetermined, "stock_not_stated"), // a nil list: nothing is stated
			expect(p, change(thirdParty(), func(a *application.Application) { a.Stock = []application.Stock{} }), eligibility.Rejected, "no_overseas_stock"),
			expect(p, stock(application.Stock{Country: code("DE")}), eligibility.Rejected, "no_overseas_stock"),
			expect(p, stock(application.Stock{Country: code("CN"), OnHand: 9}), eligibility.Rejected, "no_overseas_stock"),
			expect(p, stock(application.Stock{Country: code("FR"), OnHand: 9}), eligibility.Rejected, "no_overseas_stock"),
			expect(p, stock(application.Stock{Country: code("DE"), OnHand: 1}), eligibility.Approved),
			expect(p, stock(application.Stock{Country: code("DE"), InTransit: 1}), eligibility.Approved))
	}, rules("no_overseas_stock", "stock_not_stated")},
	{"R2", func(p *eligibility.Policy) error {
		incomplete, _ := lacking(thirdParty, 1)
		proof := change(thirdParty(), func(a *application.Application) { a.Materials[3] = a.Materials[3].Lacks("inventory_query") })
		for a, want := range map[*application.Application][2]string{incomplete: {"missing", "incomplete"}, proof: {"does_not_prove", "cannot_prove"}} {
			d, err := p.Assess(a)
			if err != nil {
				return err
			}
			if f := d.Findings(); len(f) != 1 || f[0].Kind.String() != want[0] || f[0].Reason != want[1] || f[0].ReasonText(language.Chinese) == "" {
				return fmt.Errorf("%v, want %v", f, want)
			}
		}
		return advise(p, change(thirdParty(), func(a *application.Application) { a.Materials[3].File = a.Materials[2].File }), "same_file_twice")
	}, rules("customer_code_missing", "inventory_query_not_shown", "same_file_twice")},
	{"R3", func(p *eligibility.Policy) error {
		a := change(thirdParty(), func(a *application.Application) { a.Warehouse.Country, a.Stock[0].Country = code("CA"), code("CA") })
		d, err := p.Assess(a)
		if err != nil {
			return err
		}
		f := d.Findings()
		if len(f) != 1 || f[0].Reason != "location_not_in_range" || f[0].Kind != eligibility.NotSupported || len(f[0].Want) != 9 {
			return fmt.Errorf("%v", f)
		}
		return nil
	}, rules("country_not_open")},
	{"D1", func(p *eligibility.Policy) error {
		open := strings.Fields("US UK DE ES FR IT RU AU ID")
		n := 0
		for c := range country.All() {
			a := change(thirdParty(), func(a *application.Application) {
				a.Warehouse.Country, a.Stock[0].Country, a.Applicant.Home = c, c, code("HK")
			})
			if c == code("HK") {
				continue
			}
			err := expect(p, a, eligibility.Rejected, "country_not_open")
			if slices.ContainsFunc(open, func(s string) bool { return code(s) == c }) {
				n++
				err = expect(p, a, eligibility.Approved)
			}
			if err != nil {
				return fmt.Errorf("%v: %w", c, err)
			}
		}
		none := change(thirdParty(), func(a *application.Application) { a.Warehouse.Country = country.Code{} })
		if n != 9 || len(p.Destinations()) != 9 {
			return fmt.Errorf("%d open", n)
		}
		return expect(p, none, eligibility.Undetermined, "country_missing")
	}, append(rules("country_missing"),
		changed(func(d *eligibility.Doc) { d.Destinations = d.Destinations[1:] }),
		changed(func(d *eligibility.Doc) { d.Destinations = append(d.Destinations, code("PL")) }))},
	{"D2", func(p *eligibility.Policy) error {
		// The list is data of a dated edition: a later one closes and opens countries without a line of Go.
		if p.Seen().IsZero() {
			return fmt.Errorf("the edition is not dated")
		}
		for s := range p.Statements() {
			if s.ID == "D2" && s.Marked == "background" {
				return nil
			}
		}
		return fmt.Errorf("the statement is not marked")
	}, one(changed(func(d *eligibility.Doc) { d.Unmark = "D2" }))},
	{"O1", func(p *eligibility.Policy) error {
		a := func() *application.Application {
			return change(thirdParty(), func(a *application.Application) { a.Stock[0].OnHand, a.Stock[0].InTransit = 0, 7 })
		}
		return every(expect(p, a(), eligibility.Approved), expect(with(p, "in_transit_counts", "no"), a(), eligibility.Rejected, "no_overseas_stock"))
	}, rules("no_overseas_stock")},
	{"O2", func(p *eligibility.Policy) error {
		dated := func(s string) *application.Application {
			return change(selfOperated(), func(a *application.Application) { a.Materials[3].Dated = day(s) })
		}
		week := with(p, "newspaper_days", "7")
		return every(
			expect(p, dated("2026-11-23"), eligibility.Approved), expect(p, dated("2026-11-24"), eligibility.Rejected, "newspaper_in_future"),
			expect(p, dated("2001-01-01"), eligibility.Approved),
			expect(week, dated("2026-11-16"), eligibility.Approved), expect(week, dated("2026-11-15"), eligibility.Rejected, "newspaper_too_old"),
			expect(p, change(selfOperated(), func(a *application.Application) { a.Materials[3].Dated = country.Date{} }), eligibility.Undetermined, "newspaper_undated"),
			expect(p, change(selfOperated(), func(a *application.Application) { a.Submitted = country.Date{} }), eligibility.Undetermined, "filing_date_missing"))
	}, rules("newspaper_in_future", "newspaper_too_old", "newspaper_undated", "filing_date_missing")},
	{"O3", func(p *eligibility.Policy) error {
		for i, name := range map[int]string{2: "contract", 3: "screenshot"} {
			hidden := func() *application.Application {
				return change(thirdParty(), func(a *application.Application) { a.Materials[i] = a.Materials[i].Lacks("provider_name") })
			}
			open := change(thirdParty(), func(a *application.Application) {
				a.Materials[i].Shows = slices.DeleteFunc(a.Materials[i].Shows, func(s application.Showing) bool { return s.Part == "provider_name" })
			})
			err := every(
				advise(p, hidden(), name+"_without_provider_name_advice"),
				expect(with(p, "provider_name", "required"), hidden(), eligibility.Rejected, name+"_without_provider_name"),
				expect(with(p, "provider_name", "required"), open, eligibility.Undetermined, name+"_provider_name_not_stated"),
				expect(with(p, "provider_name", "ignored"), hidden(), eligibility.Approved))
			if err != nil {
				return err
			}
		}
		return nil
	}, rules("contract_without_provider_name_advice", "contract_without_provider_name", "contract_provider_name_not_stated",
		"screenshot_without_provider_name_advice", "screenshot_without_provider_name", "screenshot_provider_name_not_stated")},
	{"O4", func(p *eligibility.Policy) error {
		sells := func(c string) *application.Application {
			return change(thirdParty(), func(a *application.Application) { a.Category = c })
		}
		shut := with(p, "closed_categories", "food,jewellery")
		return every(expect(p, sells("food"), eligibility.Approved), expect(shut, sells("food"), eligibility.Rejected, "category_closed"),
			expect(shut, sells("toys"), eligibility.Approved), expect(shut, sells(""), eligibility.Undetermined, "category_missing"))
	}, rules("category_closed", "category_missing")},
	{"O5", func(p *eligibility.Policy) error {
		in := func(c, vat string) *application.Application {
			return change(thirdParty(), func(a *application.Application) {
				a.Warehouse.Country, a.Stock[0].Country, a.Answers = code(c), code(c), []application.Answer{{Name: "vat_number", Value: vat}}
			})
		}
		on := with(p, "vat_number", "yes")
		return every(expect(p, in("DE", ""), eligibility.Approved), expect(on, in("DE", ""), eligibility.Rejected, "vat_number_missing"),
			expect(on, in("GB", ""), eligibility.Rejected, "vat_number_missing"), expect(on, in("FR", ""), eligibility.Approved),
			expect(on, in("DE", "DE123456789"), eligibility.Approved), expect(on, in("GB", "GB123456789"), eligibility.Approved),
			expect(on, in("DE", "DE12345678X"), eligibility.Rejected, "vat_number_malformed"))
	}, rules("vat_number_missing", "vat_number_malformed")},
	{"O6", func(p *eligibility.Policy) error {
		for s := range p.Statements() {
			if s.ID == "O6" && s.Marked == "not_modelled" && len(s.Rows) == 0 && s.Why(language.Chinese) != "" {
				return nil
			}
		}
		return fmt.Errorf("O6 is modelled, or not marked")
	}, one(changed(func(d *eligibility.Doc) { d.Unmark = "O6" }))},
	{"O7", func(p *eligibility.Policy) error {
		as := func(form string) *application.Application {
			return change(thirdParty(), func(a *application.Application) { a.Applicant.LegalForm = form })
		}
		only := with(p, "legal_forms", "company")
		return every(expect(p, as("individual"), eligibility.Approved), expect(p, as("company"), eligibility.Approved), expect(p, as(""), eligibility.Approved),
			expect(only, as("company"), eligibility.Approved), expect(only, as("individual"), eligibility.Rejected, "legal_form_not_accepted"),
			expect(only, as(""), eligibility.Undetermined, "legal_form_missing"))
	}, rules("legal_form_not_accepted", "legal_form_missing")},
	{"O8", func(p *eligibility.Policy) error {
		d, err := p.Assess(thirdParty())
		if err != nil {
			return err
		}
		for _, n := range d.Notes() {
			if n.Clause == "O8" && strings.Contains(d.Text(language.Chinese), n.Text(language.Chinese)) {
				return nil
			}
		}
		return fmt.Errorf("an approval does not say that it is no promise")
	}, one(changed(func(d *eligibility.Doc) { d.DropNotes = []string{"no_promise"} }))},
	{"O9", func(p *eligibility.Policy) error {
		d, err := p.Assess(thirdParty())
		if err != nil {
			return err
		}
		if !slices.Equal(d.Declared(), []string{"/materials/2", "/materials/3"}) || !strings.Contains(d.Text(language.English), "declares the papers to show") {
			return fmt.Errorf("declared: %v", d.Declared())
		}
		verified := func(base func() *application.Application) *application.Application {
			return change(base(), func(a *application.Application) {
				for i := range a.Materials {
					a.Materials[i] = a.Materials[i].AsVerified()
				}
			})
		}
		if d, _ := p.Assess(verified(thirdParty)); len(d.Declared()) != 0 {
			return fmt.Errorf("verified papers rest on declarations")
		}
		no := change(thirdParty(), func(a *application.Application) { a.Materials[3] = a.Materials[3].Lacks("inventory_query") })
		if d, _ := p.Assess(no); !d.Findings()[0].Declared {
			return fmt.Errorf("a finding does not say that it rests on a declaration")
		}
		strict := with(p, "evidence", "verified")
		return every(
			expect(strict, thirdParty(), eligibility.Undetermined, "inventory_query_not_verified", "order_management_not_verified"),
			expect(strict, selfOperated(), eligibility.Undetermined, "registration_number_not_verified", "newspaper_not_verified", "background_not_verified"),
			expect(strict, verified(thirdParty), eligibility.Approved), expect(strict, verified(selfOperated), eligibility.Approved))
	}, append(rules("inventory_query_not_verified", "order_management_not_verified", "registration_number_not_verified", "newspaper_not_verified", "background_not_verified"),
		changed(func(d *eligibility.Doc) { d.DropNotes = []string{"declared_only"} }))},
}

// background are the statements that no rule can express; the package documentation explains them.
var background = []string{"B2", "B3", "B4", "B5"}

func TestStatements(t *testing.T) {
	p := eligibility.AliExpress().Latest()
	for _, s := range statements {
		t.Run(s.id, func(t *testing.T) {
			if err := s.check(p); err != nil {
				t.Error(err)
			}
			for i, broken := range s.broken {
				if failsToFail(s, broken(p)) {
					t.Errorf("holds although the policy is broken (%d)", i)
				}
			}
		})
	}
}

// failsToFail reports that a check holds for a broken policy. A check that cannot even run has noticed.
func failsToFail(s statement, p *eligibility.Policy) (holds bool) {
	defer func() {
		if recover() != nil {
			holds = false
		}
	}()
	return s.check(p) == nil
}

func TestEveryStatementHasATest(t *testing.T) {
	want := strings.Fields("A1 A2 T1 T2 T3 T4 S1 S2 S3 S4 R1 R2 R3 D1 D2 O1 O2 O3 O4 O5 O6 O7 O8 O9 B1 B2 B3 B4 B5")
	var have, inDocument []string
	for _, s := range statements {
		if len(s.broken) == 0 {
			t.Errorf("%s: nothing shows that its test can fail", s.id)
		}
		have = append(have, s.id)
	}
	have = append(have, background...)
	for s := range eligibility.AliExpress().Latest().Statements() {
		inDocument = append(inDocument, s.ID)
	}
	for name, list := range map[string][]string{"tests": have, "document": inDocument} {
		slices.Sort(list)
		sorted := slices.Sorted(slices.Values(want))
		if !slices.Equal(list, sorted) {
			t.Errorf("%s: %v, want %v", name, list, sorted)
		}
	}
	doc, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range background {
		if !strings.Contains(string(doc), id+" ") && !strings.Contains(string(doc), id+",") {
			t.Errorf("doc.go does not explain %s", id)
		}
	}
}

func TestEveryRuleIsNamedByAStatement(t *testing.T) {
	p := eligibility.AliExpress().Latest()
	for r := range p.Rules() {
		noticed := false
		for _, s := range statements {
			noticed = noticed || !failsToFail(s, p.Without(r.Code))
		}
		if !noticed {
			t.Errorf("no statement's test notices that %s is gone", r.Code)
		}
	}
}
