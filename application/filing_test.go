package application_test

import (
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"

	"github.com/overseaswarehouse/overseas/application"
	"github.com/overseaswarehouse/overseas/country"
)

func on(s string) country.Date {
	d, err := country.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

func TestEveryTransition(t *testing.T) {
	a := &application.Application{Platform: "p", Applicant: application.Applicant{Store: "s"}}
	reach := map[application.Stage]application.Filing{}
	must := func(f application.Filing, err error) application.Filing {
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
	day := on("2026-11-23")
	reach[application.Draft] = must(application.NewFiling(a, day))
	reach[application.Submitted] = must(reach[application.Draft].Submit(day))
	reach[application.Approved] = must(reach[application.Submitted].Approve(day, "e"))
	reach[application.Rejected] = must(reach[application.Submitted].Reject(day, "e", "R1"))
	reach[application.Amended] = must(reach[application.Rejected].Amend(day, a))
	reach[application.Withdrawn] = must(reach[application.Draft].Withdraw(day))
	steps := map[application.Stage]func(application.Filing) (application.Filing, error){
		application.Submitted: func(f application.Filing) (application.Filing, error) { return f.Submit(day) },
		application.Approved:  func(f application.Filing) (application.Filing, error) { return f.Approve(day, "e") },
		application.Rejected:  func(f application.Filing) (application.Filing, error) { return f.Reject(day, "e") },
		application.Amended:   func(f application.Filing) (application.Filing, error) { return f.Amend(day, a) },
		application.Withdrawn: func(f application.Filing) (application.Filing, error) { return f.Withdraw(day) },
	}
	legal := map[string]bool{
		"draft submitted": true, "draft withdrawn": true, "submitted approved": true, "submitted rejected": true, "submitted withdrawn": true,
		"rejected amended": true, "rejected withdrawn": true, "amended submitted": true, "amended withdrawn": true,
	}
	for from, f := range reach {
		for to, step := range steps {
			g, err := step(f)
			if legal[from.String()+" "+to.String()] {
				if err != nil || g.Stage() != to {
					t.Errorf("%v to %v: %v", from, to, err)
				}
				continue
			}
			if !errors.Is(err, application.ErrTransition) || g.Stage() != 0 {
				t.Errorf("%v to %v: %v, %v", from, to, err, g.Stage())
			}
		}
	}
}

func TestALifeWithARejection(t *testing.T) {
	a := &application.Application{Platform: "p", Applicant: application.Applicant{Store: "s"}}
	f, err := application.NewFiling(a, on("2026-11-01"))
	if err != nil {
		t.Fatal(err)
	}
	a.Platform = "changed behind its back"
	submitted, err := f.Submit(on("2026-11-02"))
	if err != nil {
		t.Fatal(err)
	}
	if got := submitted.Application(); got.Submitted != on("2026-11-02") || got.Platform != "p" || f.Stage() != application.Draft {
		t.Errorf("%+v, %v", got, f.Stage())
	}
	if _, err := submitted.Approve(on("2026-11-01"), "e1"); !errors.Is(err, application.ErrDateOrder) {
		t.Error("time runs backwards:", err)
	}
	if _, err := submitted.Reject(country.Date{}, ""); !errors.Is(err, application.ErrMissingField) {
		t.Error("no date, no edition:", err)
	}
	rejected, err := submitted.Reject(on("2026-11-09"), "e1", "no_overseas_inventory")
	if err != nil {
		t.Fatal(err)
	}
	other := &application.Application{Platform: "p", Applicant: application.Applicant{Store: "another"}}
	if _, err := rejected.Amend(on("2026-11-10"), other); !errors.Is(err, application.ErrContradiction) {
		t.Error("another store's application:", err)
	}
	amended, err := rejected.Amend(on("2026-11-10"), rejected.Application())
	if err != nil {
		t.Fatal(err)
	}
	again, err := amended.Submit(on("2026-11-11"))
	if err != nil {
		t.Fatal(err)
	}
	approved, err := again.Approve(on("2026-11-20"), "e2")
	if err != nil {
		t.Fatal(err)
	}
	var stages, editions []string
	for _, s := range approved.History() {
		stages, editions = append(stages, s.Stage.String()), append(editions, s.Edition)
	}
	if strings.Join(stages, " ") != "draft submitted rejected amended submitted approved" || strings.Join(editions, ",") != ",,e1,,,e2" {
		t.Error(stages, editions)
	}
	text, err := json.Marshal(approved)
	if err != nil {
		t.Fatal(err)
	}
	back, err := application.ParseFiling(strings.NewReader(string(text)))
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(back.History(), approved.History()) || !reflect.DeepEqual(back.Application(), approved.Application()) {
		t.Errorf("%s", text)
	}
}

func TestAHistoryThatCannotHaveHappened(t *testing.T) {
	bad := strings.Replace(fullFiling, `{"state": "submitted", "on": "2026-11-02"},`, ``, 1)
	_, err := application.ParseFiling(strings.NewReader(bad))
	var ps application.Problems
	if !errors.As(err, &ps) || !errors.Is(err, application.ErrTransition) || ps[0].Path != "/history/1/state" || ps[0].Line == 0 {
		t.Error(err)
	}
	bad = strings.Replace(fullFiling, "2026-11-09", "2026-10-09", 1)
	if _, err = application.ParseFiling(strings.NewReader(bad)); !errors.Is(err, application.ErrDateOrder) {
		t.Error(err)
	}
}

func TestPermissionAt(t *testing.T) {
	de, _ := country.Parse("DE")
	fr, _ := country.Parse("FR")
	p := application.Permission{Account: "main", Applicant: "sub-1", Country: de, From: on("2026-11-20"), Family: true}.With("sub-2")
	closed := p
	closed.To = on("2026-12-31")
	alone := p
	alone.Family = false
	for _, c := range []struct {
		name  string
		p     application.Permission
		store string
		c     country.Code
		day   string
		want  bool
	}{
		{"main account", p, "main", de, "2026-11-20", true},
		{"the sub-account that applied, the same day", p, "sub-1", de, "2026-11-20", true},
		{"another sub-account, the same day", p, "sub-2", de, "2026-11-20", true},
		{"the day before", p, "main", de, "2026-11-19", false},
		{"a stranger", p, "else", de, "2026-11-20", false},
		{"no store", p, "", de, "2026-11-20", false},
		{"another country", p, "main", fr, "2026-11-20", false},
		{"the last day", closed, "sub-2", de, "2026-12-31", true},
		{"the day after", closed, "sub-2", de, "2027-01-01", false},
		{"where only the applicant is opened", alone, "sub-1", de, "2026-11-20", true},
		{"where only the applicant is opened, the main account", alone, "main", de, "2026-11-20", false},
	} {
		if got := c.p.At(c.store, c.c, on(c.day)); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}

func FuzzParseFiling(f *testing.F) {
	f.Add(fullFiling)
	f.Add(`{"schema": "overseas/filing/1", "history": []}`)
	f.Fuzz(func(t *testing.T, document string) {
		filing, err := application.ParseFiling(strings.NewReader(document))
		if err != nil {
			if !reflect.DeepEqual(filing, application.Filing{}) {
				t.Fatal("a filing comes with the error")
			}
			return
		}
		text, err := json.Marshal(filing)
		if err != nil {
			t.Fatal(err)
		}
		again, err := application.ParseFiling(strings.NewReader(string(text)))
		if err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		if second, _ := json.Marshal(again); string(second) != string(text) || again.Stage() != filing.Stage() {
			t.Fatalf("%s\n%s", text, second)
		}
	})
}
