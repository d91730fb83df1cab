package eligibility

import (
	"bytes"
	"io"
	"iter"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/language"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/internal/problem"
	"github.com/overseaswarehouse/overseas/internal/strict"
)

// OverlaySchema is the schema version of overlay documents.
const OverlaySchema = "overseas/policy-overlay/1"

// Applied is an overlay that a policy was changed with.
type Applied struct {
	Name   string // the overlay's own name
	Reason string // why
}

// Overlays lists the overlays that the policy was changed with, in order.
func (p *Policy) Overlays() []Applied {
	if p == nil {
		return nil
	}
	return slices.Clone(p.overlays)
}

// Parameter is an open point of a policy, with its value in a run.
type Parameter struct {
	Code       string
	Clause     string
	Form       string     // "switch", "count", "choice", "words"
	Options    []string   // of a choice; of words: all there are, empty for any
	Default    []string   // the document's value
	Words      []string   // the value of this run: "yes" or "no", a number or "none", one option, any words
	Provenance Provenance // of the value: the document's, or Set by the caller

	text text
}

// Text says in words what the parameter decides, in the language nearest to tag.
func (v Parameter) Text(tag language.Tag) string { return v.text.in(tag) }

// Value is the value as With takes it.
func (v Parameter) Value() string { return strings.Join(v.Words, ",") }

// Parameters lists the open points of the policy in the order of the document.
func (p *Policy) Parameters() []Parameter {
	if p == nil || p.doc == nil {
		return nil
	}
	out := make([]Parameter, len(p.doc.parameters))
	for i := range p.doc.parameters {
		q := &p.doc.parameters[i]
		out[i] = Parameter{
			Code: q.code, Clause: q.clause, Form: paramWords[q.form], Options: slices.Clone(q.options), Default: slices.Clone(q.preset),
			Words: slices.Clone(p.settings[i].words), Provenance: q.provenance, text: q.text,
		}
		if !p.settings[i].preset {
			out[i].Provenance = Set
		}
	}
	return out
}

// With is the policy with some parameters set for a run: "what if goods in transit do not count". A switch is "yes"
// or "no", a count a whole number or "none", a choice one of its options, words are joined by commas. Decisions
// record what was set. It fails with ErrUnknownValue or ErrMalformed, all problems at once.
func (p *Policy) With(values map[string]string) (*Policy, error) {
	if p == nil || p.doc == nil {
		return nil, problem.Problems{problem.New(problem.NoEdition, "")}
	}
	var list problem.List
	settings := slices.Clone(p.settings)
	names := make([]string, 0, len(values))
	for name := range values {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		i := slices.Index(p.doc.parameterCodes(), name)
		if i < 0 {
			list.Add(problem.New(problem.UnknownValue, name, p.doc.parameterCodes()...).At("/" + name))
			continue
		}
		words, bad, ok := p.doc.parameters[i].parse(values[name])
		if !ok {
			list.Add(bad.At("/" + name))
			continue
		}
		settings[i] = p.doc.parameters[i].setting(words)
	}
	if err := list.Err(); err != nil {
		return nil, err
	}
	return compile(p.doc, settings, p.overlays), nil
}

// parse reads a parameter's value as a caller writes it.
func (q *parameter) parse(s string) (words []string, bad problem.Problem, ok bool) {
	oneOf := func(s string, allowed ...string) ([]string, problem.Problem, bool) {
		if slices.Contains(allowed, s) {
			return []string{s}, problem.Problem{}, true
		}
		return nil, problem.New(problem.UnknownValue, s, allowed...), false
	}
	switch q.form {
	case switchParam:
		return oneOf(s, "yes", "no")
	case choiceParam:
		return oneOf(s, q.options...)
	case countParam:
		if s == "none" {
			return []string{s}, problem.Problem{}, true
		}
		n, err := strconv.ParseInt(s, 10, 64)
		if err != nil || n < 0 || strconv.FormatInt(n, 10) != s {
			return nil, problem.New(problem.Malformed, s, "0, 1, 2, …", "none"), false
		}
		return []string{s}, problem.Problem{}, true
	}
	words = []string{}
	if s == "" {
		return words, problem.Problem{}, true
	}
	for w := range strings.SplitSeq(s, ",") {
		switch {
		case strict.Blank(w) || len(w) > 64:
			return nil, problem.New(problem.Malformed, w), false
		case len(q.options) > 0 && !slices.Contains(q.options, w):
			return nil, problem.New(problem.UnknownValue, w, q.options...), false
		case slices.Contains(words, w):
			return nil, problem.New(problem.Duplicate, w), false
		}
		words = append(words, w)
	}
	return words, problem.Problem{}, true
}

// With is every edition with the parameters set; an edition that lacks one of them is an error.
func (e *Editions) With(values map[string]string) (*Editions, error) {
	return e.each(func(p *Policy) (*Policy, error) { return p.With(values) })
}

func (e *Editions) each(change func(*Policy) (*Policy, error)) (*Editions, error) {
	if e == nil {
		return nil, problem.Problems{problem.New(problem.NoEdition, "")}
	}
	out := &Editions{}
	for _, p := range e.list {
		q, err := change(p)
		if err != nil {
			return nil, err
		}
		out.list = append(out.list, q)
	}
	return out, nil
}

// Overlay is the policy changed by an overlay document: rows of its sections added, replaced or removed by their
// code, parameters given another default, all for a reason that decisions record. The result is checked as a whole,
// as ParsePolicy checks a document, and every problem comes back in one Problems.
func (p *Policy) Overlay(r io.Reader) (*Policy, error) {
	if p == nil || p.doc == nil {
		return nil, problem.Problems{problem.New(problem.NoEdition, "")}
	}
	var list problem.List
	v, ok := strict.Read(r, policyLimits, &list)
	if !ok {
		return nil, list.Err()
	}
	d, applied := p.doc.overlaid(v)
	if list.Len() == 0 {
		link(d, &list)
	}
	if err := list.Err(); err != nil {
		return nil, err
	}
	settings := defaults(d)
	for i := range d.parameters {
		// What the caller set for the run stays set.
		for j := range p.doc.parameters {
			if p.doc.parameters[j].code == d.parameters[i].code && !p.settings[j].preset {
				settings[i] = p.settings[j]
			}
		}
	}
	return compile(d, settings, append(slices.Clone(p.overlays), applied)), nil
}

func (d *document) overlaid(v strict.Value) (*document, Applied) {
	out := *d
	var applied Applied
	o, ok := v.Object(append([]string{"schema", "platform", "edition", "name", "reason", "set"}, sections...)...)
	if !ok {
		return &out, applied
	}
	readSchema(o, OverlaySchema)
	if m, ok := o.Need("platform"); ok {
		if s, ok := m.Text(); ok && s != d.platform {
			m.Problem(problem.New(problem.UnknownPlatform, s, d.platform))
		}
	}
	if m, ok := o.Get("edition"); ok {
		if s, ok := m.Text(); ok && s != d.edition {
			m.Problem(problem.New(problem.NoEdition, s, d.edition))
		}
	}
	applied.Name, applied.Reason = nameIn(o, "name", true), nameIn(o, "reason", true)
	r := reader{languages: d.languages}
	out.sources = patch(o, "sources", d.sources, r.source, func(s *source) string { return s.id })
	out.statements = patch(o, "statements", d.statements, r.statement, func(s *statement) string { return s.id })
	out.reasons = patch(o, "reasons", d.reasons, r.reason, func(x *reason) string { return x.code })
	out.parameters = patch(o, "parameters", d.parameters, r.parameter, func(x *parameter) string { return x.code })
	out.roles = patch(o, "roles", d.roles, r.role, func(x *role) string { return x.code })
	out.legalForms = patch(o, "legalForms", d.legalForms, r.named, func(x *named) string { return x.code })
	out.kinds = patch(o, "kinds", d.kinds, r.warehouseKind, func(x *kind) string { return x.code })
	out.materials = patch(o, "materials", d.materials, r.material, func(x *material) string { return x.code })
	out.destinations = patch(o, "destinations", d.destinations, readCountry, func(c *country.Code) string { return c.String() })
	out.categories = patch(o, "categories", d.categories, r.named, func(x *named) string { return x.code })
	out.answers = patch(o, "answers", d.answers, r.answer, func(x *answer) string { return x.code })
	out.notes = patch(o, "notes", d.notes, r.note, func(x *note) string { return x.code })
	out.rules = patch(o, "rules", d.rules, r.rule, func(x *rule) string { return x.code })
	if s, ok := o.Get("set"); ok {
		out.parameters = slices.Clone(out.parameters)
		for _, field := range s.Members() {
			name, m := field.Name, field.Value
			i := slices.Index(out.parameterCodes(), name)
			if i < 0 {
				m.Problem(problem.New(problem.UnknownValue, name, out.parameterCodes()...))
				continue
			}
			out.parameters[i].preset = out.parameters[i].value(m)
		}
	}
	return &out, applied
}

// patch applies {"add": […], "replace": […], "remove": ["code"]} to the rows of a section.
func patch[T any](o strict.Object, name string, base []T, read func(strict.Value) T, key func(*T) string) []T {
	v, ok := o.Get(name)
	if !ok {
		return base
	}
	s, ok := v.Object("add", "replace", "remove")
	if !ok {
		return base
	}
	out := slices.Clone(base)
	index := func(code string) int {
		return slices.IndexFunc(out, func(x T) bool { return key(&x) == code && code != "" })
	}
	keys := make([]string, len(base))
	for i := range base {
		keys[i] = key(&base[i])
	}
	if m, ok := s.Get("remove"); ok {
		for _, e := range m.Elements() {
			code, ok := e.Text()
			if !ok {
				continue
			}
			if c, err := country.Parse(code); err == nil && name == "destinations" {
				code = c.String()
			}
			if i := index(code); i >= 0 {
				out = slices.Delete(out, i, i+1)
			} else {
				e.Problem(problem.New(problem.UnknownValue, code, keys...))
			}
		}
	}
	if m, ok := s.Get("replace"); ok {
		rows(m, name, MaxRows, func(e strict.Value) {
			row := read(e)
			if i := index(key(&row)); i >= 0 {
				out[i] = row
			} else {
				e.Problem(problem.New(problem.UnknownValue, key(&row), keys...))
			}
		})
	}
	if m, ok := s.Get("add"); ok {
		rows(m, name, MaxRows, func(e strict.Value) { out = append(out, read(e)) })
	}
	return out
}

// Overlay is every edition changed by the overlay documents, in their order; an overlay that names an edition changes
// that one only. It fails as Policy.Overlay does, and with ErrNoEdition when the edition it names is none of these.
func (e *Editions) Overlay(documents ...io.Reader) (*Editions, error) {
	for _, r := range documents {
		text, err := io.ReadAll(io.LimitReader(r, MaxPolicyBytes+1))
		if err != nil {
			return nil, err
		}
		name := overlaidEdition(text)
		if !slices.ContainsFunc(slices.Collect(e.All()), func(p *Policy) bool { return p.doc.edition == name }) {
			name = "" // none, or one that Policy.Overlay refuses by name
		}
		e, err = e.each(func(p *Policy) (*Policy, error) {
			if name != "" && p.doc.edition != name {
				return p, nil
			}
			return p.Overlay(bytes.NewReader(text))
		})
		if err != nil {
			return nil, err
		}
	}
	return e, nil
}

// overlaidEdition is the edition that an overlay names, "" when it names none or cannot be read.
func overlaidEdition(text []byte) string {
	var list problem.List
	v, ok := strict.Parse(text, policyLimits, &list)
	if !ok || v.Kind() != strict.ObjectKind {
		return ""
	}
	for _, field := range v.Members() {
		name, m := field.Name, field.Value
		if name == "edition" && m.Kind() == strict.String {
			s, _ := m.Text()
			return s
		}
	}
	return ""
}

// Statement is a sentence of the announcement and what expresses it.
type Statement struct {
	ID       string
	Standing Standing
	Source   string   // the title of the source
	Marked   string   // "background", "not_modelled", or empty
	Rows     []string // what cites it: "rules/provider_missing", "parameters/newspaper_days"

	text, why text
}

// Text is the statement in the language nearest to tag.
func (s Statement) Text(tag language.Tag) string { return s.text.in(tag) }

// Why says why a marked statement has no rule, in the language nearest to tag.
func (s Statement) Why(tag language.Tag) string { return s.why.in(tag) }

// Statements yields the announcement sentence by sentence, each with the rows that express it.
func (p *Policy) Statements() iter.Seq[Statement] {
	return func(yield func(Statement) bool) {
		if p == nil || p.doc == nil {
			return
		}
		rows := map[string][]string{}
		p.doc.citing(func(section, code, clause string, _ strict.Value) {
			rows[clause] = append(rows[clause], section+"/"+code)
		})
		for _, s := range p.doc.statements {
			out := Statement{ID: s.id, Standing: s.standing, Marked: s.marked, Rows: rows[s.id], text: s.text, why: s.why}
			for _, src := range p.doc.sources {
				if src.id == s.source {
					out.Source = src.title
				}
			}
			if !yield(out) {
				return
			}
		}
	}
}

// Source is a source of a policy document.
type Source struct {
	ID, Title, Address string
	Seen, Published    country.Date
}

// Sources lists where the policy was read.
func (p *Policy) Sources() []Source {
	if p == nil || p.doc == nil {
		return nil
	}
	out := make([]Source, len(p.doc.sources))
	for i, s := range p.doc.sources {
		out[i] = Source{s.id, s.title, s.address, s.seen, s.published}
	}
	return out
}

func dateText(d country.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.String()
}
