package eligibility_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/language"

	"github.com/overseaswarehouse/overseas/application"
	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/eligibility"
)

// edition is the shipped document under another id, with other dates and destinations. It is history made up for a
// test: no earlier or later edition is known.
func edition(t *testing.T, id, from, to string, destinations ...string) string {
	t.Helper()
	var d map[string]any
	if err := json.Unmarshal([]byte(shipped()), &d); err != nil {
		t.Fatal(err)
	}
	delete(d, "seen")
	d["edition"], d["from"] = id, from
	if to != "" {
		d["to"] = to
	}
	if len(destinations) > 0 {
		d["destinations"] = destinations
		// Rules for countries that are closed could never fire.
		d["rules"] = slices.DeleteFunc(d["rules"].([]any), func(r any) bool { return r.(map[string]any)["only"] != nil && r.(map[string]any)["answer"] != nil })
		d["answers"] = []any{}
		d["parameters"] = slices.DeleteFunc(d["parameters"].([]any), func(r any) bool { return r.(map[string]any)["code"] == "vat_number" })
		d["statements"] = slices.DeleteFunc(d["statements"].([]any), func(r any) bool { return r.(map[string]any)["id"] == "O5" })
	}
	out, err := json.Marshal(d)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

func history(t *testing.T, documents ...string) *eligibility.Editions {
	t.Helper()
	e, err := tryHistory(documents...)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func tryHistory(documents ...string) (*eligibility.Editions, error) {
	var list []*eligibility.Policy
	for _, d := range documents {
		p, err := eligibility.ParsePolicy(strings.NewReader(d))
		if err != nil {
			return nil, err
		}
		list = append(list, p)
	}
	return eligibility.NewEditions(list...)
}

var sevenAndNine = [2][]string{{"US", "GB", "DE", "ES", "RU", "AU", "ID"}, {"US", "GB", "DE", "ES", "RU", "AU", "ID", "FR", "IT"}}

func TestTheDateOfFilingPicksTheEdition(t *testing.T) {
	e := history(t,
		edition(t, "nine", "2027-04-01", "2027-12-31", sevenAndNine[1]...),
		edition(t, "seven", "2027-01-01", "", sevenAndNine[0]...))
	for filed, want := range map[string]string{
		"2026-12-31": "", "2027-01-01": "seven", "2027-03-31": "seven", "2027-04-01": "nine", "2027-12-31": "nine", "2028-01-01": "",
	} {
		a := thirdParty()
		a.Submitted = day(filed)
		d, err := e.Assess(a)
		if want == "" {
			if !errors.Is(err, eligibility.ErrNoEdition) || !strings.Contains(err.Error(), "nine (2027-04-01") {
				t.Errorf("%s: %v", filed, err)
			}
			continue
		}
		if err != nil || d.Edition() != want {
			t.Errorf("%s: %s %v, want %s", filed, d.Edition(), err, want)
		}
	}
	paris := thirdParty()
	paris.Warehouse.Country, paris.Stock[0].Country = code("FR"), code("FR")
	for filed, want := range map[string]eligibility.Outcome{"2027-03-31": eligibility.Rejected, "2027-04-01": eligibility.Approved} {
		paris.Submitted = day(filed)
		if d, err := e.Assess(paris); err != nil || d.Outcome() != want {
			t.Errorf("Paris on %s: %v %v", filed, d.Outcome(), err)
		}
	}
	if e.Latest().Edition() != "nine" || len(slices.Collect(e.All())) != 2 {
		t.Error("order")
	}
}

func TestAStartThatNobodyPublished(t *testing.T) {
	e := eligibility.AliExpress()
	codes := func(filed string) (out []string) {
		a := thirdParty()
		a.Submitted = day(filed)
		d, err := e.Assess(a)
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range d.Notes() {
			if n.Text(language.Chinese) == "" || strings.Contains(n.Text(language.English), "{") {
				t.Errorf("%+v", n)
			}
			out = append(out, n.Code)
		}
		return out
	}
	if got := codes("2026-11-22"); !slices.Contains(got, "start_not_published") || slices.Contains(got, "filed_before_seen") {
		t.Error(got)
	}
	if got := codes("2026-11-21"); !slices.Contains(got, "filed_before_seen") {
		t.Error(got)
	}
}

func TestEditionsThatDoNotFit(t *testing.T) {
	nine := edition(t, "nine", "2027-04-01", "")
	for name, c := range map[string]struct {
		other string
		want  error
	}{
		"same start":      {edition(t, "other", "2027-04-01", ""), eligibility.ErrPeriodOverlap},
		"ends too late":   {edition(t, "other", "2027-01-01", "2027-04-01"), eligibility.ErrPeriodOverlap},
		"same id":         {edition(t, "nine", "2027-01-01", ""), eligibility.ErrDuplicate},
		"other platform":  {marketplace(t, "policy.json"), eligibility.ErrUnknownPlatform},
		"ends day before": {edition(t, "other", "2027-01-01", "2027-03-31"), nil},
	} {
		e, err := eligibility.Parse(strings.NewReader(nine), strings.NewReader(c.other))
		if !errors.Is(err, c.want) || (err == nil) != (e != nil) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
	if _, err := eligibility.Parse(); err == nil {
		t.Error("a history of nothing")
	}
}

func TestPlatformsAreNotGuessed(t *testing.T) {
	for _, name := range []string{"alixpress", "AliExpress", "", "aliexpress "} {
		a := thirdParty()
		a.Platform = name
		d, err := eligibility.AliExpress().Assess(a)
		if !errors.Is(err, eligibility.ErrUnknownPlatform) || d.Approved() {
			t.Errorf("%q: %v", name, err)
		}
	}
	a := thirdParty()
	a.Submitted = country.Date{}
	if _, err := eligibility.AliExpress().Assess(a); !errors.Is(err, eligibility.ErrMissingField) {
		t.Error(err)
	}
	if d, err := eligibility.AliExpress().Latest().Assess(a); err != nil || !d.Approved() {
		t.Error("a draft cannot be tried", err)
	}
	if _, err := eligibility.AliExpress().Assess(nil); !errors.Is(err, eligibility.ErrMissingField) {
		t.Error(err)
	}
	a = thirdParty()
	a.Stock[0].InTransit = -1
	if _, err := eligibility.AliExpress().Assess(a); !errors.Is(err, eligibility.ErrNegative) {
		t.Error(err)
	}
	a.Stock, a.Materials = nil, make([]application.Material, 65)
	if _, err := eligibility.AliExpress().Latest().Assess(a); !errors.Is(err, eligibility.ErrTooMany) {
		t.Error(err)
	}
}

func TestDiffBothWays(t *testing.T) {
	e := history(t, edition(t, "seven", "2027-01-01", "", sevenAndNine[0]...), edition(t, "nine", "2027-04-01", "", sevenAndNine[1]...))
	all := slices.Collect(e.All())
	wider, narrower := eligibility.Diff(all[0], all[1]), eligibility.Diff(all[1], all[0])
	var got []string
	for _, c := range wider.Changes() {
		if c.Section == "destinations" {
			got = append(got, c.Type.String()+" "+c.Code)
		}
	}
	if !slices.Equal(got, []string{"added FR", "added IT"}) {
		t.Error(got)
	}
	if s := wider.Text(language.Chinese); !strings.Contains(s, "新增") || !strings.Contains(s, "法国") {
		t.Error(s)
	}
	if n := len(eligibility.Diff(all[0], all[0]).Changes()); n != 0 {
		t.Errorf("%d changes from an edition to itself", n)
	}
	what, err := all[1].With(map[string]string{"in_transit_counts": "no"})
	if err != nil {
		t.Fatal(err)
	}
	if c := eligibility.Diff(all[1], what).Changes(); len(c) != 1 || c[0].Field != "value" || c[0].Old != "yes" || c[0].New != "no" {
		t.Errorf("%+v", c)
	}
	paris, berlin := thirdParty(), thirdParty()
	paris.Warehouse.Country, paris.Stock[0].Country = code("FR"), code("FR")
	open, err := wider.Affected(berlin, paris)
	if err != nil || len(open) != 1 || open[0].Index != 1 || !open[0].NowPossible() || open[0].NowRefused() {
		t.Errorf("%+v %v", open, err)
	}
	shut, err := narrower.Affected(berlin, paris)
	if err != nil || len(shut) != 1 || !shut[0].NowRefused() || shut[0].NowPossible() {
		t.Errorf("%+v %v", shut, err)
	}
	text, err := json.Marshal(wider)
	if err != nil || !bytes.Contains(text, []byte(`{"type":"added","section":"destinations","code":"FR"}`)) {
		t.Errorf("%s %v", text, err)
	}
}

func TestPermissionsCloseWithALaterEdition(t *testing.T) {
	e := history(t,
		edition(t, "nine", "2027-01-01", "", sevenAndNine[1]...),
		edition(t, "seven", "2027-06-01", "", sevenAndNine[0]...),
		edition(t, "nine again", "2027-09-01", "", sevenAndNine[1]...))
	file := func(where, filed, approved, edition string) application.Filing {
		a := thirdParty()
		a.Applicant.Role, a.Applicant.Parent = "sub", "store-0"
		a.Warehouse.Country = code(where)
		f, err := application.NewFiling(a, day(filed))
		if err == nil {
			f, err = f.Submit(day(filed))
		}
		if err == nil && approved != "" {
			f, err = f.Approve(day(approved), edition)
		}
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
	list := e.Permissions(
		file("FR", "2027-02-01", "2027-02-10", "nine"), file("DE", "2027-02-01", "2027-02-10", "nine"),
		file("IT", "2027-02-01", "", ""), file("FR", "2027-09-02", "2027-09-03", "nine again"), file("IT", "2027-02-01", "2027-07-01", "nine"))
	if len(list) != 3 {
		t.Fatalf("%+v", list)
	}
	open := func(store, where, on string) bool {
		return slices.ContainsFunc(list, func(p application.Permission) bool { return p.At(store, code(where), day(on)) })
	}
	for _, c := range []struct {
		store, where, on string
		want             bool
	}{
		{"store-0", "FR", "2027-02-09", false}, {"store-0", "FR", "2027-02-10", true}, {"store-1", "FR", "2027-02-10", true},
		{"store-0", "FR", "2027-05-31", true}, {"store-0", "FR", "2027-06-01", false}, {"store-0", "FR", "2027-09-01", false},
		{"store-0", "FR", "2027-09-03", true}, {"store-0", "DE", "2027-06-01", true}, {"store-0", "DE", "2029-01-01", true}, {"store-0", "IT", "2027-07-02", false},
	} {
		if got := open(c.store, c.where, c.on); got != c.want {
			t.Errorf("%s in %s on %s: %v", c.store, c.where, c.on, got)
		}
	}
	if list[1].ClosedBy != "seven" || list[1].To != day("2027-05-31") {
		t.Errorf("%+v", list[1])
	}
}

const overlay = `{"schema": "overseas/policy-overlay/1", "platform": "aliexpress", "edition": "nine-destinations", "name": "our pilot", "reason": "the account manager opened Poland for us",
 "destinations": {"add": ["PL"], "remove": ["RU"]},
 "set": {"newspaper_days": 30, "closed_categories": ["food"]},
 "rules": {"remove": ["same_file_twice"]}}`

func TestOverlaysAndParametersAreRecorded(t *testing.T) {
	e, err := eligibility.AliExpress().Overlay(strings.NewReader(overlay))
	if err != nil {
		t.Fatal(err)
	}
	e, err = e.With(map[string]string{"in_transit_counts": "no"})
	if err != nil {
		t.Fatal(err)
	}
	a := thirdParty()
	a.Warehouse.Country, a.Stock[0].Country, a.Category = code("PL"), code("PL"), "toys"
	a.Materials[3].File = a.Materials[2].File
	d, err := e.Assess(a)
	if err != nil || !d.Approved() || len(d.Advice()) != 0 {
		t.Fatalf("%v %v", err, d)
	}
	text, _ := json.Marshal(d)
	for _, want := range []string{
		`"overlays":[{"name":"our pilot","reason":"the account manager opened Poland for us"}]`,
		`{"code":"in_transit_counts","clause":"O1","value":["no"],"provenance":"set"}`, `{"code":"newspaper_days","clause":"O2","value":["30"],"provenance":"assumed"}`,
	} {
		if !strings.Contains(string(text), want) {
			t.Errorf("%s is not in %s", want, text)
		}
	}
	if s := d.Text(language.English); !strings.Contains(s, "our pilot: the account manager opened Poland for us") || !strings.Contains(s, "in_transit_counts = no") {
		t.Error(s)
	}
	a.Warehouse.Country, a.Stock[0].Country = code("RU"), code("RU")
	if err := expect(e.Latest(), a, eligibility.Rejected, "country_not_open"); err != nil {
		t.Error(err)
	}
	if p, _ := eligibility.AliExpress().At(day("2026-11-23")); p.Opens(code("PL")) || !p.Opens(code("RU")) {
		t.Error("the overlay changed the shipped policy")
	}
}

func TestOverlaysThatAreWrong(t *testing.T) {
	p := eligibility.AliExpress().Latest()
	for name, c := range map[string]struct {
		document string
		want     error
	}{
		"without a reason":                 {altered(t, overlay, `"reason"`, `"raison"`), eligibility.ErrMissingField},
		"of another edition":               {altered(t, overlay, "nine-destinations", "ten"), eligibility.ErrNoEdition},
		"of another policy":                {altered(t, overlay, "aliexpress", "temu"), eligibility.ErrUnknownPlatform},
		"removes what is not there":        {altered(t, overlay, "same_file_twice", "same_file_thrice"), eligibility.ErrUnknownValue},
		"sets what is not there":           {altered(t, overlay, "newspaper_days", "newspaper_weeks"), eligibility.ErrUnknownValue},
		"adds what is there":               {altered(t, overlay, `"PL"`, `"US"`), eligibility.ErrDuplicate},
		"makes a rule unreachable":         {altered(t, overlay, `"RU"`, `"DE"`), eligibility.ErrUnreachable},
		"leaves a material without a rule": {altered(t, overlay, "same_file_twice", "provider_missing"), eligibility.ErrMissingField},
	} {
		q, err := p.Overlay(strings.NewReader(c.document))
		if !errors.Is(err, c.want) || q != nil {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
	for name, values := range map[string]map[string]string{
		"no such parameter": {"in_transit": "no"}, "no such option": {"provider_name": "maybe"}, "no number": {"newspaper_days": "-1"}, "no switch": {"vat_number": "true"},
		"not a legal form": {"legal_forms": "company,club"}, "twice": {"legal_forms": "company,company"}, "nothing": {"closed_categories": "food,,toys"}, "padded": {"newspaper_days": "007"},
	} {
		if q, err := p.With(values); err == nil || q != nil {
			t.Errorf("%s: taken", name)
		}
	}
}

// Every rule of both policies is noticed by their cases when it is gone.
func TestCasesNoticeEveryMissingRule(t *testing.T) {
	for name, c := range map[string][2]string{
		"aliexpress": {shipped(), string(eligibility.AliExpressCases())}, "marketplace": {marketplace(t, "policy.json"), marketplace(t, "cases.json")},
	} {
		p, err := eligibility.ParsePolicy(strings.NewReader(c[0]))
		if err != nil {
			t.Fatal(err)
		}
		report, err := eligibility.RunCases(eligibility.EditionsOf(p), strings.NewReader(c[1]))
		if err != nil || !report.OK() {
			t.Fatalf("%s: %v\n%s", name, err, report.Text(language.English))
		}
		for r := range p.Rules() {
			report, err := eligibility.RunCases(eligibility.EditionsOf(p.Without(r.Code)), strings.NewReader(c[1]))
			if err != nil {
				t.Fatal(err)
			}
			if report.Failed() == 0 {
				t.Errorf("%s: no case notices that %s is gone", name, r.Code)
			}
		}
	}
}

func TestCasesThatAreWrong(t *testing.T) {
	cases := string(eligibility.AliExpressCases())
	e := eligibility.AliExpress()
	fails := altered(t, cases, `"outcome": "approved"`, `"outcome": "rejected"`)
	report, err := eligibility.RunCases(e, strings.NewReader(fails))
	if err != nil || report.Failed() != 1 || report.OK() || !strings.Contains(report.Text(language.English), "rejected ≠ approved") {
		t.Errorf("%v %s", err, report.Text(language.English))
	}
	for name, document := range map[string]string{
		"unknown application": altered(t, cases, `"of": "third_party"`, `"of": "third_arty"`),
		"unknown pointer": altered(t, cases, `"remove": [
    "/applicant/role"`, `"remove": [
    "/applicant/rolle"`),
		"same name twice":    altered(t, cases, `"name": "role not stated"`, `"name": "kind not stated"`),
		"broken application": altered(t, cases, `"onHand": 40`, `"onHand": -40`),
		"unknown parameter":  altered(t, cases, `"in_transit_counts"`, `"in_transit_count"`),
	} {
		var ps eligibility.Problems
		if _, err := eligibility.RunCases(e, strings.NewReader(document)); !errors.As(err, &ps) || ps[0].Line == 0 || !strings.HasPrefix(ps[0].Path, "/cases/") {
			t.Errorf("%s: %v", name, err)
		}
	}
	one := `{"schema": "overseas/policy-cases/1", "platform": "aliexpress", "edition": "nine-destinations", "cases": []}`
	if report, err := eligibility.RunCases(e, strings.NewReader(one)); err != nil || !report.OK() {
		t.Error(err)
	}
}

func TestAnOverlayMayNameItsEdition(t *testing.T) {
	e := history(t, edition(t, "seven", "2027-01-01", "", sevenAndNine[0]...), edition(t, "nine", "2027-04-01", "", sevenAndNine[1]...))
	pilot := `{"schema": "overseas/policy-overlay/1", "platform": "aliexpress", "edition": "seven", "name": "pilot", "reason": "France early", "destinations": {"add": ["FR"]}}`
	e, err := e.Overlay(strings.NewReader(pilot))
	if err != nil {
		t.Fatal(err)
	}
	for p := range e.All() {
		if !p.Opens(code("FR")) || (len(p.Overlays()) == 1) != (p.Edition() == "seven") {
			t.Errorf("%s: %v", p.Edition(), p.Overlays())
		}
	}
	if _, err := e.Overlay(strings.NewReader(altered(t, pilot, `"seven"`, `"eight"`))); !errors.Is(err, eligibility.ErrNoEdition) {
		t.Error(err)
	}
}
