package eligibility

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"io"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/language"

	"github.com/overseaswarehouse/overseas/application"
	"github.com/overseaswarehouse/overseas/internal/problem"
	"github.com/overseaswarehouse/overseas/internal/strict"
)

// CasesSchema is the schema version of case documents.
const CasesSchema = "overseas/policy-cases/1"

// MaxCases is the number of cases that a document may have.
const MaxCases = 10000

var caseLimits = strict.Limits{Bytes: 32 << 20, Depth: 14, Nodes: 2000000, Text: 2000}

//go:embed aliexpress.cases.json
var aliExpressCases []byte

// AliExpressCases is the text of the case document that ships beside the AliExpress policy.
func AliExpressCases() []byte { return slices.Clone(aliExpressCases) }

// CaseResult is how one case came out.
type CaseResult struct {
	Name     string
	About    string
	Outcome  Outcome  // expected
	Codes    []string // expected among the findings
	Advice   []string // expected among the advice
	Decision Decision
	Faults   []string // how the decision differs from what was expected; empty: it does not
}

// Passed reports whether the decision is the one expected.
func (r CaseResult) Passed() bool { return len(r.Faults) == 0 }

// Report is how the cases of a document came out.
type Report struct {
	Platform string
	Results  []CaseResult
	fired    map[string]bool
	quiet    map[string]bool
	codes    []string
}

// OK reports whether every case passed and every rule has a case in which it fires and one in which it could and does not.
func (r Report) OK() bool { return r.Failed() == 0 && len(r.Uncovered()) == 0 }

// Failed counts the cases that did not pass.
func (r Report) Failed() int {
	n := 0
	for _, c := range r.Results {
		if !c.Passed() {
			n++
		}
	}
	return n
}

// Uncovered lists the rules, of every edition that the cases used, that no case makes fire or that fire in every case
// that they apply to.
func (r Report) Uncovered() []string {
	var out []string
	for _, code := range r.codes {
		if !r.fired[code] || !r.quiet[code] {
			out = append(out, code)
		}
	}
	return out
}

// Text is the report as plain text in the language nearest to tag.
func (r Report) Text(tag language.Tag) string {
	w := &printer{tag: tag}
	failed := r.Failed()
	w.title(headCases.in(tag) + colon(tag) + r.Platform + ", " + strconv.Itoa(len(r.Results)-failed) + " " + headPassed.in(tag) + ", " +
		strconv.Itoa(failed) + " " + headFailed.in(tag))
	for _, c := range r.Results {
		if !c.Passed() {
			w.head(headFailed.in(tag) + colon(tag) + shown(c.Name))
			for _, f := range c.Faults {
				w.item(f)
			}
		}
	}
	if codes := r.Uncovered(); len(codes) > 0 {
		w.section(headUncovered)
		for _, c := range codes {
			w.item(c)
		}
	}
	return w.String()
}

// RunCases decides every case of a document and compares the decision with what the case expects: outcome, codes of
// all findings, and of all advice. A case names an application of the document, or holds one, and may change it.
// The error is about the document: every problem with path, line and column.
func RunCases(e *Editions, r io.Reader) (Report, error) {
	var list problem.List
	v, ok := strict.Read(r, caseLimits, &list)
	if !ok {
		return Report{}, list.Err()
	}
	out := Report{fired: map[string]bool{}, quiet: map[string]bool{}}
	o, ok := v.Object("schema", "about", "platform", "edition", "applications", "cases")
	if !ok {
		return Report{}, list.Err()
	}
	readSchema(o, CasesSchema)
	nameIn(o, "about", false)
	out.Platform = nameIn(o, "platform", true)
	c := caseRunner{e: e, out: &out, bases: map[string]any{}, used: map[*document]bool{}}
	if ed, ok := o.Get("edition"); ok {
		id, _ := ed.Text()
		for p := range e.All() {
			if p.Edition() == id {
				c.fixed = p
			}
		}
		if c.fixed == nil {
			ed.Problem(problem.New(problem.NoEdition, id, e.spans()...))
		}
	}
	if b, ok := o.Get("applications"); ok {
		for _, field := range b.Members() {
			name, m := field.Name, field.Value
			c.bases[name] = tree(m)
			c.names = append(c.names, name)
		}
	}
	if cs, ok := o.Need("cases"); ok {
		seen := map[string]bool{}
		rows(cs, "cases", MaxCases, func(v strict.Value) { c.run(v, seen, &list) })
	}
	if err := list.Err(); err != nil {
		return Report{}, err
	}
	return out, nil
}

type caseRunner struct {
	e     *Editions
	fixed *Policy
	out   *Report
	bases map[string]any
	names []string
	used  map[*document]bool
}

func (c *caseRunner) run(v strict.Value, seen map[string]bool, list *problem.List) {
	o, ok := v.Object("name", "about", "of", "application", "set", "remove", "append", "parameters", "outcome", "codes", "advice")
	if !ok {
		return
	}
	r := CaseResult{Name: nameIn(o, "name", true), About: nameIn(o, "about", false)}
	if seen[r.Name] {
		v.Problem(problem.New(problem.Duplicate, r.Name))
	}
	seen[r.Name] = true
	if w, ok := o.Need("outcome"); ok {
		s, _ := w.OneOf(outcomeWords[:]...)
		r.Outcome = Outcome(max(0, slices.Index(outcomeWords[:], s)))
	}
	r.Codes, r.Advice = wordsIn(o, "codes"), wordsIn(o, "advice")
	before := list.Len()
	a := c.application(v, o, list)
	values := map[string]string{}
	if m, ok := o.Get("parameters"); ok {
		for _, field := range m.Members() {
			name, w := field.Name, field.Value
			values[name] = parameterText(w)
		}
	}
	if list.Len() > before || a == nil {
		return
	}
	p, err := c.fixed, error(nil)
	if p == nil {
		p, err = c.e.At(a.Submitted)
		if err != nil && c.e.Latest() != nil && a.Submitted.IsZero() {
			p, err = c.e.Latest(), nil
		}
	}
	if err == nil && len(values) > 0 {
		p, err = p.With(values)
	}
	if err == nil {
		r.Decision, err = p.Assess(a)
	}
	if err != nil {
		misplaced(v, err, list)
		return
	}
	r.compare()
	c.cover(p, a, r.Decision)
	c.out.Results = append(c.out.Results, r)
}

// misplaced files the problems of something that a case was made into at the case's own place.
func misplaced(v strict.Value, err error, list *problem.List) {
	path, line, column := v.Place()
	ps, ok := err.(problem.Problems)
	if !ok {
		ps = problem.Problems{problem.New(problem.Malformed, err.Error())}
	}
	for _, p := range ps {
		p.Path, p.Line, p.Column = path+p.Path, line, column
		list.Add(p)
	}
}

func (c *caseRunner) application(v strict.Value, o strict.Object, list *problem.List) *application.Application {
	var base any
	of, named := o.Get("of")
	own, given := o.Get("application")
	switch {
	case named == given:
		v.Problem(problem.New(problem.MissingField, "of / application"))
		return nil
	case named:
		name, _ := of.Text()
		var ok bool
		if base, ok = c.bases[name]; !ok {
			of.Problem(problem.New(problem.UnknownValue, name, c.names...))
			return nil
		}
		base = copied(base)
	default:
		base = tree(own)
	}
	change := func(name string, f func(pointer string, m strict.Value) bool) {
		if m, ok := o.Get(name); ok {
			for _, field := range m.Members() {
				pointer, w := field.Name, field.Value
				if !f(pointer, w) {
					w.Problem(problem.New(problem.UnknownValue, pointer))
				}
			}
		}
	}
	if m, ok := o.Get("remove"); ok {
		for _, w := range m.Elements() {
			if pointer, ok := w.Text(); ok && !edit(&base, pointer, nil, false) {
				w.Problem(problem.New(problem.UnknownValue, pointer))
			}
		}
	}
	change("set", func(pointer string, w strict.Value) bool { return edit(&base, pointer, tree(w), false) })
	change("append", func(pointer string, w strict.Value) bool { return edit(&base, pointer, tree(w), true) })
	if m, ok := base.(map[string]any); ok && m["schema"] == nil {
		m["schema"] = application.Schema
	}
	text, err := json.Marshal(base)
	if err != nil {
		v.Problem(problem.New(problem.Malformed, ""))
		return nil
	}
	a, err := application.Parse(bytes.NewReader(text))
	if err != nil {
		misplaced(v, err, list)
		return nil
	}
	return a
}

// tree is a value of the document as maps, slices and literals that can be changed.
func tree(v strict.Value) any {
	d := json.NewDecoder(bytes.NewReader(v.Raw()))
	d.UseNumber()
	var out any
	if d.Decode(&out) != nil {
		return nil
	}
	return out
}

func copied(x any) any {
	switch x := x.(type) {
	case map[string]any:
		m := make(map[string]any, len(x))
		for k, v := range x {
			m[k] = copied(v)
		}
		return m
	case []any:
		s := make([]any, len(x))
		for i, v := range x {
			s[i] = copied(v)
		}
		return s
	}
	return x
}

// edit sets, appends to, or (with a nil value) removes what an RFC 6901 pointer names; false when it names nothing.
func edit(at *any, pointer string, value any, extend bool) bool {
	if pointer == "" {
		if extend {
			list, ok := (*at).([]any)
			if ok {
				*at = append(list, value)
			}
			return ok
		}
		*at = value
		return value != nil
	}
	step, rest, _ := strings.Cut(strings.TrimPrefix(pointer, "/"), "/")
	if rest != "" {
		rest = "/" + rest
	}
	if pointer[0] != '/' {
		return false
	}
	step = strings.NewReplacer("~1", "/", "~0", "~").Replace(step)
	switch x := (*at).(type) {
	case map[string]any:
		child, ok := x[step]
		if rest == "" && value == nil {
			delete(x, step)
			return ok
		}
		if !ok && rest != "" {
			child = map[string]any{}
		}
		if !edit(&child, rest, value, extend) {
			return false
		}
		x[step] = child
		return true
	case []any:
		i, err := strconv.Atoi(step)
		if err != nil || i < 0 || i >= len(x) {
			return false
		}
		if rest == "" && value == nil {
			*at = slices.Delete(x, i, i+1)
			return true
		}
		return edit(&x[i], rest, value, extend)
	}
	return false
}

// parameterText is a parameter's value as With takes it.
func parameterText(v strict.Value) string {
	switch v.Kind() {
	case strict.Bool:
		b, _ := v.Bool()
		return yesNo(b)
	case strict.Array:
		return strings.Join(readWords(v), ",")
	case strict.Number:
		s, _ := v.Number()
		return s
	}
	s, _ := v.Text()
	return s
}

func (r *CaseResult) compare() {
	fault := func(what, want, got string) {
		if want != got {
			r.Faults = append(r.Faults, what+": "+want+" ≠ "+got)
		}
	}
	fault("outcome", r.Outcome.String(), r.Decision.Outcome().String())
	fault("codes", sorted(r.Codes), sorted(ruleCodes(r.Decision.Findings())))
	fault("advice", sorted(r.Advice), sorted(ruleCodes(r.Decision.Advice())))
}

// ruleCodes lists the codes of findings, each once.
func ruleCodes(list []Finding) []string {
	var out []string
	for _, f := range list {
		if !slices.Contains(out, f.Code) {
			out = append(out, f.Code)
		}
	}
	return out
}

// cover notes which rules fired, and which had something to look at and did not.
func (c *caseRunner) cover(p *Policy, a *application.Application, d Decision) {
	fired := map[string]bool{}
	if d.on != nil {
		for _, f := range d.on.findings {
			fired[f.Code] = true
		}
	}
	if !c.used[p.doc] {
		c.used[p.doc] = true
		for i := range p.doc.rules {
			if code := p.doc.rules[i].code; !slices.Contains(c.out.codes, code) {
				c.out.codes = append(c.out.codes, code)
			}
		}
	}
	r := newRun(p, a)
	for i := range p.doc.rules {
		u := &p.doc.rules[i]
		switch {
		case fired[u.code]:
			c.out.fired[u.code] = true
		case r.looks(i):
			c.out.quiet[u.code] = true
		}
	}
}

// looks reports whether a rule has something to look at in the application: it is active and in scope, and what it
// is about is there.
func (r *run) looks(i int) bool {
	u := &r.p.doc.rules[i]
	if !r.p.active[i] || !r.applies(u) {
		return false
	}
	if m := r.p.doc.material(u.material); m != nil {
		return r.kind >= 0 && r.asked(u.material) && len(r.papers(m)) > 0
	}
	return true
}
