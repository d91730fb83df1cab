package eligibility

import (
	"crypto/sha256"
	"slices"
	"strconv"

	"golang.org/x/text/language"

	"github.com/overseaswarehouse/overseas/application"
	"github.com/overseaswarehouse/overseas/country"
)

// Remedy is one change to an application.
type Remedy struct {
	Class    RemedyClass
	Code     string   // the rule that it settles
	Path     string   // where in the application
	Material string   // the material to provide or correct, if one is
	Parts    []string // what it has to show: the part, or several of which one will do
	Answer   string   // the answer to give, if one is
	Want     []string // the words, shapes, or the limit to choose from
	Value    string   // of a choice: the word that the other remedies take for granted

	finding Finding
}

// Message is the remedy in words, in the language nearest to tag.
func (r Remedy) Message(tag language.Tag) string { return r.finding.Advice(tag) }

// String is the place and the message in English.
func (r Remedy) String() string { return placed(r.Path, r.Message(language.English)) }

// Finding is what the remedy settles.
func (r Remedy) Finding() Finding { return r.finding.clone() }

func remedyOf(f Finding) Remedy {
	return Remedy{
		Class: f.Remedy, Code: f.Code, Path: f.Path, Material: f.Material, Parts: slices.Clone(f.Parts), Answer: f.Answer,
		Want: slices.Clone(f.Want), finding: f,
	}
}

// Remedies is an irredundant set of changes: after all of them the policy approves the application, after all but any
// one of them it does not. It is empty for an approved application.
//
// It is false when nothing that the applicant changes here can help: the country is not open, the applicant may not
// apply, time has to pass. The remedies then are what is known to be wrong, those of class Wait included.
//
// Where the application leaves a choice (the kind of warehouse is not stated, say), the remedies take the one that
// needs the fewest further changes for granted; Value says which.
func (d Decision) Remedies() ([]Remedy, bool) {
	if d.on == nil {
		return nil, false
	}
	if d.on.outcome == Approved {
		return nil, true
	}
	list, ok := solve(d.on.policy, d.on.application, 0)
	if !ok {
		list = list[:0]
		for _, f := range d.on.findings {
			if f.Effect != Advise {
				list = append(list, remedyOf(f))
			}
		}
		return list, false
	}
	return prune(d.on.policy, d.on.application, list), true
}

// solve finds changes that make a pass. It settles choices first, one at a time, because what else is wrong depends
// on them; everything else is settled as it is found. Settling may uncover what could not be judged before.
func solve(p *Policy, a *application.Application, depth int) ([]Remedy, bool) {
	found := newRun(p, a).all()
	var open []Finding
	for _, f := range found {
		if f.Effect != Advise {
			open = append(open, f)
		}
	}
	if len(open) == 0 {
		return nil, true
	}
	if depth > 8 || slices.ContainsFunc(open, func(f Finding) bool { return f.Remedy == Wait }) {
		return nil, false
	}
	if i := slices.IndexFunc(open, isChoice); i >= 0 {
		var best []Remedy
		for _, option := range options(p, a, open[i]) {
			r := remedyOf(open[i])
			r.Value = option
			b := a.Clone()
			amend(p, b, r)
			rest, ok := solve(p, b, depth+1)
			if ok && (best == nil || len(rest)+1 < len(best)) {
				best = append([]Remedy{r}, rest...)
			}
		}
		return best, best != nil
	}
	b := a.Clone()
	var list []Remedy
	for _, f := range open {
		r := remedyOf(f)
		amend(p, b, r)
		list = append(list, r)
	}
	rest, ok := solve(p, b, depth+1)
	return append(list, rest...), ok
}

func isChoice(f Finding) bool {
	switch f.rule.check {
	case roleStated, roleKnown, kindStated, kindKnown, countryStated:
		return true
	}
	return false
}

func options(p *Policy, a *application.Application, f Finding) []string {
	switch f.rule.check {
	case countryStated:
		// Countries where there is stock come first, so that goods that are there are not sent again.
		var with, without []string
		for _, c := range p.doc.destinations {
			if hand, transit := a.Pieces(c); hand > 0 || transit > 0 {
				with = append(with, c.String())
			} else {
				without = append(without, c.String())
			}
		}
		return append(with, without...)
	}
	return f.Want
}

// prune leaves out what turns out not to be needed: first what leaves a choice, because what settles it need not
// settle the others whichever is chosen.
func prune(p *Policy, a *application.Application, list []Remedy) []Remedy {
	for _, choice := range []bool{true, false} {
		for i := len(list) - 1; i >= 0; i-- {
			if (len(list[i].Parts) > 1) != choice {
				continue
			}
			b := a.Clone()
			for j, r := range list {
				if j != i {
					amend(p, b, r)
				}
			}
			if outcomeOf(newRun(p, b).all()) == Approved {
				list = slices.Delete(list, i, i+1)
			}
		}
	}
	return list
}

// amend makes the change that a remedy stands for, with stand-ins for what only the applicant has.
func amend(p *Policy, a *application.Application, r Remedy) {
	f, d := r.finding, p.doc
	paper := func() *application.Material {
		if f.paper >= 0 && f.paper < len(a.Materials) {
			return &a.Materials[f.paper]
		}
		return &application.Material{}
	}
	switch f.rule.check {
	case roleStated, roleKnown:
		a.Applicant.Role = r.Value
	case parentStated:
		a.Applicant.Parent = "main account"
	case legalFormStated, legalFormAccepted:
		a.Applicant.LegalForm = first(r.Want)
	case homeStated:
		a.Applicant.Home = someHome(d, a.Warehouse.Country)
	case kindStated, kindKnown:
		a.Warehouse.Kind = r.Value
	case countryStated:
		a.Warehouse.Country, _ = country.Parse(r.Value)
	case categoryStated:
		a.Category = someCategory(d, p.setting(f.rule.parameter).words)
	case submittedStated:
		a.Submitted = someDay(p, a)
	case stockStated, stockEnough:
		a.Stock = append(a.Stock[:len(a.Stock):len(a.Stock)], application.Stock{Country: a.Warehouse.Country, OnHand: max(1, needed(p))})
	case materialGiven:
		m := somePaper(p, a, d.material(f.Material))
		if f.paper >= 0 && f.paper < len(a.Materials) {
			a.Materials[f.paper] = m
		} else {
			a.Materials = append(a.Materials, m)
		}
	case formStated, formAccepted:
		paper().Form = first(r.Want)
	case shows, showsStated, showsVerified:
		say(paper(), first(r.Parts))
	case datedStated, datedNotFuture, datedRecent:
		if paper().Dated = a.Submitted; a.Submitted.IsZero() {
			paper().Dated = d.start()
		}
	case localPaper:
		paper().Country = a.Warehouse.Country
	case materialAsked:
		a.Materials = slices.DeleteFunc(a.Materials, func(m application.Material) bool { return m.Kind == f.Value })
	case fileOnce:
		paper().File = someFile(a, f.paper)
	case answerGiven, answerForm:
		answered(a, f.Answer, someAnswer(p, a, d.answer(f.Answer)))
	}
}

func first(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}

func say(m *application.Material, part string) {
	for i := range m.Shows {
		if m.Shows[i].Part == part {
			m.Shows[i].State, m.Shows[i].Basis = application.Shown, application.Verified
			return
		}
	}
	m.Shows = append(m.Shows[:len(m.Shows):len(m.Shows)], application.Showing{Part: part, State: application.Shown, Basis: application.Verified})
}

// needed is the greatest stock that a rule of the run asks for.
func needed(p *Policy) int64 {
	var n int64
	for i := range p.doc.rules {
		if u := &p.doc.rules[i]; u.check == stockEnough && p.active[i] {
			n = max(n, p.setting(u.parameter).count)
		}
	}
	return n
}

func someHome(d *document, not country.Code) country.Code {
	for _, c := range append(slices.Clone(d.homes), country.Code{'C', 'N'}, country.Code{'U', 'S'}) {
		if c != not && (len(d.homes) == 0 || slices.Contains(d.homes, c)) {
			return c
		}
	}
	return country.Code{}
}

func someCategory(d *document, closed []string) string {
	for _, n := range d.categories {
		if !slices.Contains(closed, n.code) {
			return n.code
		}
	}
	return "—"
}

// someDay is a day of filing not before any date of the papers and the start of the edition.
func someDay(p *Policy, a *application.Application) country.Date {
	day := p.doc.start()
	for i := range a.Materials {
		if d := a.Materials[i].Dated; day.Before(d) {
			day = d
		}
	}
	return day
}

// somePaper is a paper that satisfies every rule about its material.
func somePaper(p *Policy, a *application.Application, m *material) application.Material {
	paper := application.Material{Kind: m.code, Basis: application.Verified}
	if m.file {
		paper.File = someFile(a, len(a.Materials))
	} else {
		paper.Text = "—."
	}
	if len(m.forms) > 0 {
		paper.Form = m.forms[0].code
	}
	if m.dated {
		if paper.Dated = a.Submitted; a.Submitted.IsZero() {
			paper.Dated = p.doc.start()
		}
	}
	for _, n := range m.parts {
		paper.Shows = append(paper.Shows, application.Showing{Part: n.code, State: application.Shown, Basis: application.Verified})
	}
	return paper
}

func someFile(a *application.Application, i int) application.File {
	name := "new-" + strconv.Itoa(i)
	return application.File{Name: name, SHA256: sha256.Sum256([]byte(name))}
}

func someAnswer(p *Policy, a *application.Application, q *answer) string {
	if q == nil {
		return ""
	}
	if q.date {
		return "0001-01-01"
	}
	if shapes := q.shapes(a.Warehouse.Country); len(shapes) > 0 {
		return fill(shapes[0])
	}
	return "—."
}

func answered(a *application.Application, name, value string) {
	for i := range a.Answers {
		if a.Answers[i].Name == name {
			a.Answers[i].Value = value
			return
		}
	}
	a.Answers = append(a.Answers[:len(a.Answers):len(a.Answers)], application.Answer{Name: name, Value: value})
}
