package eligibility_test

import (
	"encoding/json"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/text/language"

	"github.com/overseaswarehouse/overseas/application"
	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/eligibility"
)

func TestZeroValuesDecideNothingAndDoNotPanic(t *testing.T) {
	var (
		d  eligibility.Decision
		nd *eligibility.Policy
		ne *eligibility.Editions
		f  eligibility.Finding
		r  eligibility.Remedy
		u  eligibility.Rule
		c  eligibility.Change
		df eligibility.Difference
	)
	_ = d.String() + d.Markdown(language.Chinese) + d.Platform() + d.Edition()
	if _, err := json.Marshal(d); err != nil {
		t.Error(err)
	}
	if d.Approved() || d.Findings() != nil || d.Advice() != nil || d.Declared() != nil || d.Notes() != nil || d.Policy() != nil {
		t.Error("the zero Decision says something")
	}
	if _, ok := d.Permission(day("2026-01-01")); ok {
		t.Error("the zero Decision permits something")
	}
	for _, p := range []*eligibility.Policy{nd, {}} {
		a := thirdParty()
		if d, err := p.Assess(a); err == nil || d.Approved() {
			t.Error("no policy approves")
		}
		_ = p.Platform() + p.PlatformName(language.English) + p.Edition() + p.Seen().String()
		_, _ = p.Period()
		_, _, _, _, _ = p.Destinations(), p.Languages(), p.Kinds(), p.Materials("x"), p.Sources()
		_, _, _ = p.Parameters(), p.Overlays(), p.Opens(code("DE"))
		_ = slices.Collect(p.Rules())
		_ = slices.Collect(p.Statements())
		if _, err := p.With(nil); err == nil {
			t.Error("no policy has parameters")
		}
		if _, err := p.Overlay(strings.NewReader("{}")); err == nil {
			t.Error("no policy takes overlays")
		}
		if _, err := p.Checklist("x", country.Code{}, language.English); err == nil {
			t.Error("no policy has a checklist")
		}
		_ = eligibility.Diff(p, p).Text(language.English)
	}
	for _, e := range []*eligibility.Editions{ne, {}} {
		if _, err := e.Assess(thirdParty()); err == nil {
			t.Error("no edition approves")
		}
		if _, err := e.Assess(nil); err == nil {
			t.Error("nothing is approved")
		}
		_ = e.Latest()
		_ = slices.Collect(e.All())
		_ = e.Permissions(application.Filing{})
		if _, err := eligibility.RunCases(e, strings.NewReader(someCases)); err == nil {
			t.Error("cases of no policy")
		}
		_, _ = e.With(nil)
		_, _ = e.Overlay(strings.NewReader("{}"))
	}
	_ = f.Message(language.English) + f.Advice(language.English) + f.ReasonText(language.English) + r.Message(language.English)
	_ = u.Message(language.English) + u.Advice(language.English) + c.Text(language.English) + df.Text(language.English) + df.Markdown(language.English)
	_, _ = json.Marshal(f)
	_, _ = json.Marshal(r)
	_, _ = json.Marshal(df)
	_ = r.Finding()
	if list, err := df.Affected(thirdParty()); err == nil || list != nil {
		t.Error("no difference affects somebody")
	}
	_, _ = eligibility.NewEditions(nil, nd)
	_ = eligibility.Report{}.Text(language.English)
	_ = eligibility.Checklist{}.Text() + eligibility.Checklist{}.Markdown()
	_ = eligibility.Note{}.Text(language.English) + eligibility.Statement{}.Text(language.English) + eligibility.Parameter{}.Text(language.English)
	_ = eligibility.Outcome(9).String() + eligibility.Kind(9).String() + eligibility.Effect(9).String() + eligibility.RemedyClass(9).String()
}

func TestConcurrentUse(t *testing.T) {
	var wg sync.WaitGroup
	want, _ := eligibility.AliExpress().Assess(troubled())
	text := want.Text(language.Russian)
	for range 16 {
		wg.Go(func() {
			a := troubled()
			for range 20 {
				d, err := eligibility.AliExpress().Assess(a)
				if err != nil || d.Text(language.Russian) != text {
					t.Error("differs", err)
				}
			}
		})
	}
	wg.Wait()
}
