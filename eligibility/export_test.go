package eligibility

import (
	"io"
	"slices"

	"github.com/overseaswarehouse/overseas/application"
	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/internal/problem"
	"github.com/overseaswarehouse/overseas/internal/strict"
)

// Without is the policy with some rules broken: they never fire. The plan knows nothing of them either.
func (p *Policy) Without(codes ...string) *Policy {
	d := *p.doc
	d.rules = slices.DeleteFunc(slices.Clone(d.rules), func(r rule) bool { return slices.Contains(codes, r.code) })
	return compile(&d, p.settings, p.overlays)
}

// Broken is the policy with its document changed behind the back of every check.
func (p *Policy) Broken(change func(*Doc)) *Policy {
	d := *p.doc
	x := Doc{Destinations: slices.Clone(d.destinations), Family: d.opens.family}
	change(&x)
	d.destinations, d.opens.family = x.Destinations, x.Family
	d.notes = slices.DeleteFunc(slices.Clone(d.notes), func(n note) bool { return slices.Contains(x.DropNotes, n.code) })
	d.statements = slices.Clone(d.statements)
	for i := range d.statements {
		if d.statements[i].id == x.Unmark {
			d.statements[i].marked = ""
		}
	}
	d.roles = slices.DeleteFunc(slices.Clone(d.roles), func(r role) bool { return slices.Contains(x.DropRoles, r.code) })
	d.kinds = slices.Clone(d.kinds)
	for i := range d.kinds {
		d.kinds[i].needs = slices.DeleteFunc(slices.Clone(d.kinds[i].needs), func(m string) bool { return slices.Contains(x.DropNeeds, m) })
	}
	return compile(&d, p.settings, p.overlays)
}

// Doc is what Broken lets a test change.
type Doc struct {
	Destinations                    []country.Code
	Family                          bool
	DropNotes, DropRoles, DropNeeds []string
	Unmark                          string
}

// EditionsOf joins policies without any check.
func EditionsOf(list ...*Policy) *Editions { return &Editions{list: list} }

// Passes is what the plan says.
func (p *Policy) Passes(a *application.Application) (declared uint64, ok bool) {
	at, _, declared := p.passes(a)
	return declared, at != nil
}

// Complete is the decision of the rules, applied one by one.
func (p *Policy) Complete(a *application.Application) (Decision, error) { return p.judge(a) }

// RemedyOf is a remedy that a rule of a check may have.
func RemedyOf(word string) string {
	for i := range checks {
		if checks[i].word == word {
			return checks[i].class[0].String()
		}
	}
	return ""
}

// Slow is what the rules say, applied one by one.
func (p *Policy) Slow(a *application.Application) (Outcome, []Finding, uint64) {
	found := newRun(p, a).all()
	return outcomeOf(found), found, declaredPapers(p, a)
}

// Texts yields every text of the library's own: checks and headings.
func Texts(yield func(name string, languages [8]string)) {
	for c := checkNone + 1; c < checkCount; c++ {
		yield(c.String()+" message", wordings[c].message)
		yield(c.String()+" remedy", wordings[c].remedy)
	}
	for h := range headings {
		yield("heading", headings[h])
	}
}

// DocumentTexts yields every text of a policy document.
func (p *Policy) DocumentTexts(yield func(name string, languages [8]string)) {
	d := p.doc
	yield("platform", d.platformName)
	for _, s := range d.statements {
		yield("statement "+s.id, s.text)
		if s.marked != "" {
			yield("why "+s.id, s.why)
		}
	}
	for _, r := range d.reasons {
		yield("reason "+r.code, r.text)
	}
	for _, q := range d.parameters {
		yield("parameter "+q.code, q.text)
	}
	for _, n := range d.notes {
		yield("note "+n.code, n.text)
	}
	for _, r := range d.roles {
		yield("role "+r.code, r.name)
	}
	for _, n := range append(slices.Clone(d.legalForms), d.categories...) {
		yield("word "+n.code, n.name)
	}
	for _, k := range d.kinds {
		yield("kind "+k.code, k.name)
	}
	for _, a := range d.answers {
		yield("answer "+a.code, a.name)
	}
	for _, m := range d.materials {
		yield("material "+m.code, m.name)
		if !m.example.isZero() {
			yield("example "+m.code, m.example)
		}
		for _, n := range append(slices.Clone(m.parts), m.forms...) {
			yield("part "+m.code+" "+n.code, n.name)
		}
	}
	for _, r := range d.rules {
		for _, t := range []text{r.message, r.remedyText} {
			if !t.isZero() {
				yield("rule "+r.code, t)
			}
		}
	}
}

// CaseApplications yields the application of every case of a document with the policy that decides it.
func CaseApplications(e *Editions, r io.Reader, yield func(*Policy, *application.Application)) error {
	var list problem.List
	v, ok := strict.Read(r, caseLimits, &list)
	if !ok {
		return list.Err()
	}
	o, _ := v.Object("schema", "about", "platform", "edition", "applications", "cases")
	c := caseRunner{e: e, out: &Report{}, bases: map[string]any{}}
	if b, ok := o.Get("applications"); ok {
		for _, field := range b.Members() {
			name, m := field.Name, field.Value
			c.bases[name] = tree(m)
			c.names = append(c.names, name)
		}
	}
	cases, _ := o.Get("cases")
	for _, v := range cases.Elements() {
		o, _ := v.Object("name", "about", "of", "application", "set", "remove", "append", "parameters", "outcome", "codes", "advice")
		values := map[string]string{}
		if m, ok := o.Get("parameters"); ok {
			for _, field := range m.Members() {
				name, w := field.Name, field.Value
				values[name] = parameterText(w)
			}
		}
		a := c.application(v, o, &list)
		if a == nil {
			continue
		}
		p, err := e.At(a.Submitted)
		if err != nil {
			p = e.Latest()
		}
		if p, err = p.With(values); err != nil {
			return err
		}
		yield(p, a)
	}
	return list.Err()
}

// OutcomeSteps are the totals that follow from lines.
var OutcomeSteps = outcomeSteps
