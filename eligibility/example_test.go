package eligibility_test

import (
	"fmt"
	"strings"

	"golang.org/x/text/language"

	"github.com/overseaswarehouse/overseas/application"
	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/eligibility"
)

// lamps is an application in which several things are wrong.
const lamps = `{
  "schema": "overseas/application/1", "platform": "aliexpress", "id": "90210", "submitted": "2026-11-23",
  "applicant": {"role": "main", "store": "lamps", "home": "CN"},
  "warehouse": {"kind": "third_party", "country": "DE"},
  "stock": [],
  "materials": [
    {"kind": "logistics_provider", "text": "Winit"},
    {"kind": "customer_code", "text": "C-1001"},
    {"kind": "system_screenshot", "shows": ["inventory_query"],
     "file": {"name": "system.png", "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"}}
  ]
}`

func ExampleEditions_Assess() {
	app, err := application.Parse(strings.NewReader(lamps))
	if err != nil {
		fmt.Println(err)
		return
	}
	decision, err := eligibility.AliExpress().Assess(app)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(decision.Outcome())
	for _, f := range decision.Findings() {
		fmt.Println(f.Code, f.Path, f.Message(language.Chinese))
	}
	// Output:
	// rejected
	// no_overseas_stock /stock 德国没有足够的海外库存：在库 0，在途 0，计入 0，需要 1
	// contract_photo_missing /materials 缺少材料：与第三方物流商签订的合同照片
	// order_management_not_stated /materials/2/shows 未说明后台截图是否显示：订单管理页面
}

func ExampleDecision_Remedies() {
	app, _ := application.Parse(strings.NewReader(lamps))
	decision, _ := eligibility.AliExpress().Assess(app)
	remedies, ok := decision.Remedies()
	fmt.Println(ok)
	for _, r := range remedies {
		fmt.Println(r.Class, "-", r.Message(language.English))
	}
	// Output:
	// true
	// do_first - first send goods to Germany, then apply; needed: 1
	// provide - provide: photo of the contract signed with the provider
	// answer - check screenshot of the provider's system and say whether it shows: order management page
}

func ExamplePolicy_With() {
	app, _ := application.Parse(strings.NewReader(strings.Replace(lamps, `"stock": []`, `"stock": [{"country": "DE", "inTransit": 40}]`, 1)))
	policy, _ := eligibility.AliExpress().At(app.Submitted)
	strict, err := policy.With(map[string]string{"in_transit_counts": "no"})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, p := range []*eligibility.Policy{policy, strict} {
		decision, _ := p.Assess(app)
		fmt.Println(decision.Findings()[0].Code)
	}
	// Output:
	// contract_photo_missing
	// no_overseas_stock
}

func ExamplePolicy_Overlay() {
	policy, err := eligibility.AliExpress().Latest().Overlay(strings.NewReader(`{
  "schema": "overseas/policy-overlay/1", "platform": "aliexpress",
  "name": "pilot", "reason": "the account manager opened Poland for us",
  "destinations": {"add": ["PL"]}
}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	poland, _ := country.Parse("PL")
	fmt.Println(policy.Opens(poland), policy.Overlays())
	for _, c := range eligibility.Diff(eligibility.AliExpress().Latest(), policy).Changes() {
		fmt.Println(c.Type, c.Section, c.Code)
	}
	// Output:
	// true [{pilot the account manager opened Poland for us}]
	// added destinations PL
	// added overlays pilot
}

func ExamplePolicy_Checklist() {
	uk, _ := country.Parse("UK")
	list, err := eligibility.AliExpress().Latest().Checklist(application.SelfOperated, uk, language.English)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, item := range list.Items {
		fmt.Println(item.Class, item.Code, item.Clause)
	}
	// Output:
	// do_first stock R1
	// provide warehouse_address S1
	// provide china_shipping_certificate S2
	// provide customs_clearance_certificate S3
	// provide warehouse_photo S4
	// answer role A1
	// answer parent A2
	// answer home B1
}

func ExampleParse() {
	_, err := eligibility.Parse(strings.NewReader(strings.Replace(
		string(eligibility.AliExpressDocument()), `"material": "contract_photo"`, `"material": "contract_foto"`, 1)))
	for _, p := range err.(eligibility.Problems) {
		fmt.Println(p.Path, p.Code, p.Text)
	}
	// Output:
	// /kinds/0/needs missing_field contract_photo
	// /rules/14/material unknown_value contract_foto
}

func ExampleRunCases() {
	report, err := eligibility.RunCases(eligibility.AliExpress(), strings.NewReader(`{
  "schema": "overseas/policy-cases/1", "platform": "aliexpress",
  "applications": {"draft": {"platform": "aliexpress", "submitted": "2026-11-23", "applicant": {"store": "lamps"}, "warehouse": {}}},
  "cases": [{"name": "an empty draft", "of": "draft", "outcome": "approved"}]
}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, r := range report.Results {
		fmt.Println(r.Name, r.Passed(), r.Decision.Outcome())
	}
	// Output: an empty draft false undetermined
}

func ExampleDecision_Permission() {
	app, _ := application.Parse(strings.NewReader(`{
  "schema": "overseas/application/1", "platform": "aliexpress", "submitted": "2026-11-23",
  "applicant": {"role": "sub", "store": "lamps-2", "parent": "lamps", "home": "CN"},
  "warehouse": {"kind": "third_party", "country": "DE"}, "stock": [{"country": "DE", "inTransit": 40}],
  "materials": [
    {"kind": "logistics_provider", "text": "Winit"}, {"kind": "customer_code", "text": "C-1001"},
    {"kind": "contract_photo", "file": {"name": "contract.jpg", "sha256": "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752"}},
    {"kind": "system_screenshot", "shows": ["inventory_query", "order_management_page"],
     "file": {"name": "system.png", "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"}}
  ]
}`))
	decision, _ := eligibility.AliExpress().Assess(app)
	opened, _ := country.ParseDate("2026-12-01")
	permission, ok := decision.Permission(opened)
	fmt.Println(ok, permission.At("lamps", app.Warehouse.Country, opened), permission.At("lamps-2", app.Warehouse.Country, opened))
	// Output: true true true
}

func ExampleDifference_Affected() {
	today := eligibility.AliExpress().Latest()
	tomorrow, err := today.Overlay(strings.NewReader(`{
  "schema": "overseas/policy-overlay/1", "platform": "aliexpress",
  "name": "what if", "reason": "made up, to see whom it would touch",
  "destinations": {"add": ["PL"], "remove": ["IT"]}
}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	in := func(code string) *application.Application {
		app, _ := application.Parse(strings.NewReader(partner))
		app.Warehouse.Country, _ = country.Parse(code)
		app.Stock[0].Country = app.Warehouse.Country
		return app
	}
	applications := []*application.Application{in("DE"), in("IT"), in("PL")}
	affected, err := eligibility.Diff(today, tomorrow).Affected(applications...)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, a := range affected {
		fmt.Println(applications[a.Index].Warehouse.Country, a.NowRefused(), a.NowPossible())
	}
	// Output:
	// IT true false
	// PL false true
}

func ExamplePolicy_Rules() {
	for r := range eligibility.AliExpress().Latest().Rules() {
		if r.Clause == "S4" && r.Active && r.Effect == eligibility.Reject {
			fmt.Println(r.Code, r.Provenance, r.Remedy, "-", r.Message(language.English))
		}
	}
	// Output:
	// warehouse_photo_missing stated provide - missing: warehouse photo
	// registration_number_not_shown stated correct - warehouse photo does not show: registration number on a slip of paper
	// newspaper_not_shown stated correct - warehouse photo does not show: most recent local newspaper
	// background_not_shown stated correct - warehouse photo does not show: house number / real scene of the warehouse
	// newspaper_not_local stated correct - warehouse photo names …, but the warehouse is in …
}

// What is printed as it is, is short and in English.
func ExampleFinding_String() {
	app, _ := application.Parse(strings.NewReader(lamps))
	decision, _ := eligibility.AliExpress().Assess(app)
	fmt.Println(decision.Policy())
	fmt.Println(decision.Findings()[1])
	remedies, _ := decision.Remedies()
	fmt.Println(remedies[1])
	fmt.Println(decision.Notes()[0])
	// Output:
	// aliexpress nine-destinations
	// /materials: missing: photo of the contract signed with the provider
	// /materials: provide: photo of the contract signed with the provider
	// the decision rests in part on what the applicant declares the papers to show
}
