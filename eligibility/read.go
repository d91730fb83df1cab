package eligibility

import (
	"slices"
	"strconv"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/internal/lang"
	"github.com/overseaswarehouse/overseas/internal/problem"
	"github.com/overseaswarehouse/overseas/internal/strict"
)

// Limits of a policy document. A policy has tens of rows; these keep a hostile one cheap.
const (
	MaxPolicyBytes = 4 << 20 // of the document
	MaxMaterials   = 64      // materials of a policy
	MaxParts       = 64      // parts of all materials together
	MaxRules       = 1000    // rules
	MaxRows        = 1000    // rows of any other section
)

var policyLimits = strict.Limits{Bytes: MaxPolicyBytes, Depth: 10, Nodes: 200000, Text: 2000}

// sections are the parts of a policy document that an overlay may change row by row.
var sections = []string{
	"sources", "statements", "reasons", "parameters", "roles", "legalForms", "kinds", "materials",
	"destinations", "categories", "answers", "notes", "rules",
}

// reader reads rows; problems go to the list that the document was parsed with.
type reader struct{ languages []string }

func readDocument(v strict.Value) *document {
	d := &document{at: v}
	o, ok := v.Object("schema", "platform", "edition", "from", "to", "seen", "languages", "sources", "statements",
		"reasons", "parameters", "roles", "legalForms", "homes", "kinds", "materials", "destinations", "categories",
		"answers", "permission", "notes", "rules")
	if !ok {
		return d
	}
	readSchema(o, PolicySchema)
	var r reader
	if l, ok := o.Need("languages"); ok {
		r.languages = readWords(l, codesOfLanguages()...)
		if len(r.languages) == 0 && l.Kind() == strict.Array && l.Len() == 0 {
			l.Problem(problem.New(problem.MissingField, "en"))
		}
	}
	if len(r.languages) == 0 {
		r.languages = []string{lang.En.String()}
	}
	d.languages = r.languages
	if p, ok := o.Need("platform"); ok {
		n := r.named(p)
		d.platform, d.platformName = n.code, n.name
	}
	if e, ok := o.Need("edition"); ok {
		d.edition, _ = e.Name()
	}
	d.from, d.to, d.seen = readDate(o, "from"), readDate(o, "to"), readDate(o, "seen")
	if _, given := o.Get("from"); !given {
		if _, seen := o.Get("seen"); !seen {
			v.Problem(problem.New(problem.MissingField, "from / seen"))
		}
	}
	if !d.from.IsZero() && !d.to.IsZero() && d.to.Before(d.from) {
		t, _ := o.Get("to")
		t.Problem(problem.New(problem.DateOrder, d.to.String(), d.from.String()))
	}
	each(o, "sources", true, MaxRows, func(v strict.Value) { d.sources = append(d.sources, r.source(v)) })
	each(o, "statements", true, MaxRows, func(v strict.Value) { d.statements = append(d.statements, r.statement(v)) })
	each(o, "reasons", false, MaxRows, func(v strict.Value) { d.reasons = append(d.reasons, r.reason(v)) })
	each(o, "parameters", false, MaxRows, func(v strict.Value) { d.parameters = append(d.parameters, r.parameter(v)) })
	each(o, "roles", true, MaxRows, func(v strict.Value) { d.roles = append(d.roles, r.role(v)) })
	each(o, "legalForms", false, MaxRows, func(v strict.Value) { d.legalForms = append(d.legalForms, r.named(v)) })
	each(o, "homes", false, MaxRows, func(v strict.Value) { d.homes = append(d.homes, readCountry(v)) })
	each(o, "kinds", true, MaxRows, func(v strict.Value) { d.kinds = append(d.kinds, r.warehouseKind(v)) })
	each(o, "materials", true, MaxMaterials, func(v strict.Value) { d.materials = append(d.materials, r.material(v)) })
	each(o, "destinations", true, MaxRows, func(v strict.Value) { d.destinations = append(d.destinations, readCountry(v)) })
	each(o, "categories", false, MaxRows, func(v strict.Value) { d.categories = append(d.categories, r.named(v)) })
	each(o, "answers", false, MaxRows, func(v strict.Value) { d.answers = append(d.answers, r.answer(v)) })
	each(o, "notes", false, MaxRows, func(v strict.Value) { d.notes = append(d.notes, r.note(v)) })
	each(o, "rules", true, MaxRules, func(v strict.Value) { d.rules = append(d.rules, r.rule(v)) })
	if p, ok := o.Need("permission"); ok {
		d.opens = readOpening(p)
	}
	return d
}

func codesOfLanguages() []string {
	var codes []string
	for _, l := range lang.All() {
		codes = append(codes, l.String())
	}
	return codes
}

// each reads the rows of a section.
func each(o strict.Object, name string, needed bool, most int, row func(strict.Value)) {
	var v strict.Value
	var ok bool
	if needed {
		v, ok = o.Need(name)
	} else {
		v, ok = o.Get(name)
	}
	if ok {
		rows(v, name, most, row)
	}
}

func rows(v strict.Value, name string, most int, row func(strict.Value)) {
	if v.Kind() == strict.Array && v.Len() > most {
		v.Problem(problem.New(problem.TooMany, strconv.Itoa(v.Len()), strconv.Itoa(most)).With("what", name))
		return
	}
	for _, e := range v.Elements() {
		row(e)
	}
}

func readSchema(o strict.Object, want string) {
	if s, ok := o.Need("schema"); ok {
		if got, ok := s.Text(); ok && got != want {
			s.Problem(problem.New(problem.UnsupportedVersion, got, want))
		}
	}
}

func readDate(o strict.Object, name string) country.Date {
	v, ok := o.Get(name)
	if !ok {
		return country.Date{}
	}
	s, ok := v.Text()
	if !ok {
		return country.Date{}
	}
	d, err := country.ParseDate(s)
	v.Report(err)
	return d
}

func readCountry(v strict.Value) country.Code {
	s, ok := v.Text()
	if !ok {
		return country.Code{}
	}
	c, err := country.Parse(s)
	v.Report(err)
	return c
}

// codeIn reads a literal code: lower-case ASCII letters, digits and underscores, a letter first, at most 48.
func codeIn(o strict.Object, name string) string {
	v, ok := o.Need(name)
	if !ok {
		return ""
	}
	return readCode(v)
}

func readCode(v strict.Value) string {
	s, ok := v.Text()
	if !ok {
		return ""
	}
	if !isCode(s) {
		v.Problem(problem.New(problem.Malformed, s, "a-z, 0-9, _"))
		return ""
	}
	return s
}

func isCode(s string) bool {
	if s == "" || len(s) > 48 || s[0] < 'a' || s[0] > 'z' {
		return false
	}
	for i := range len(s) {
		if c := s[i]; (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '_' {
			return false
		}
	}
	return true
}

// clauseIn reads the id of a statement: letters, digits, dots and hyphens.
func clauseIn(o strict.Object, name string, needed bool) string {
	v, ok := o.Get(name)
	if needed {
		v, ok = o.Need(name)
	}
	if !ok {
		return ""
	}
	s, ok := v.Name()
	if ok && len(s) > 32 {
		v.Problem(problem.New(problem.TextTooLong, s, "32"))
	}
	return s
}

func nameIn(o strict.Object, name string, needed bool) string {
	v, ok := o.Get(name)
	if needed {
		v, ok = o.Need(name)
	}
	if !ok {
		return ""
	}
	s, _ := v.Name()
	return s
}

func boolIn(o strict.Object, name string) bool {
	if v, ok := o.Get(name); ok {
		b, _ := v.Bool()
		return b
	}
	return false
}

// readWords reads a list of different words, each one of allowed if any are given.
func readWords(v strict.Value, allowed ...string) []string {
	var words []string
	for _, e := range v.Elements() {
		var s string
		var ok bool
		if len(allowed) > 0 {
			s, ok = e.OneOf(allowed...)
		} else {
			s, ok = e.Name()
		}
		if !ok {
			continue
		}
		if slices.Contains(words, s) {
			e.Problem(problem.New(problem.Duplicate, s))
			continue
		}
		words = append(words, s)
	}
	return words
}

func wordsIn(o strict.Object, name string) []string {
	if v, ok := o.Get(name); ok {
		return readWords(v)
	}
	return nil
}

func countriesIn(o strict.Object, name string) []country.Code {
	var list []country.Code
	if v, ok := o.Get(name); ok {
		for _, e := range v.Elements() {
			if c := readCountry(e); !c.IsZero() {
				if slices.Contains(list, c) {
					e.Problem(problem.New(problem.Duplicate, c.String()))
				}
				list = append(list, c)
			}
		}
	}
	return list
}

// oneOf reads one of the words of an enumeration and returns its number; 0 when it is not there or none of them.
func oneOf(o strict.Object, name string, words []string) int {
	v, ok := o.Need(name)
	if !ok {
		return 0
	}
	w, ok := v.OneOf(words[1:]...)
	if !ok {
		return 0
	}
	return slices.Index(words, w)
}

// text reads a text, which has to be there in every language that the document promises.
func (r reader) text(v strict.Value) text {
	var t text
	o, ok := v.Object(r.languages...)
	if !ok {
		return t
	}
	var missing []string
	var names []string
	for i, code := range r.languages {
		m, ok := o.Get(code)
		if !ok {
			missing = append(missing, code)
			continue
		}
		s, ok := m.Name()
		if !ok {
			continue
		}
		l, _ := lang.ByCode(code)
		t[l] = s
		used := problem.Placeholders(s)
		slices.Sort(used)
		if i == 0 {
			names = used
		} else if !slices.Equal(names, used) {
			m.Problem(problem.New(problem.Contradiction, s, r.languages[0]))
		}
	}
	if len(missing) > 0 {
		v.Problem(problem.New(problem.TextMissing, "", missing...))
	}
	return t
}

func (r reader) textIn(o strict.Object, name string, needed bool) text {
	v, ok := o.Get(name)
	if needed {
		v, ok = o.Need(name)
	}
	if !ok {
		return text{}
	}
	return r.text(v)
}

func (r reader) named(v strict.Value) named {
	o, ok := v.Object("code", "name")
	if !ok {
		return named{at: v}
	}
	return r.namedOf(v, o)
}

func (r reader) namedOf(v strict.Value, o strict.Object) named {
	return named{code: codeIn(o, "code"), name: r.textIn(o, "name", true), at: v}
}

func (r reader) source(v strict.Value) source {
	o, ok := v.Object("id", "title", "address", "seen", "published")
	if !ok {
		return source{at: v}
	}
	return source{
		id: nameIn(o, "id", true), title: nameIn(o, "title", true), address: nameIn(o, "address", false),
		seen: readDate(o, "seen"), published: readDate(o, "published"), at: v,
	}
}

func (r reader) statement(v strict.Value) statement {
	o, ok := v.Object("id", "text", "standing", "source", "marked", "why")
	if !ok {
		return statement{at: v}
	}
	s := statement{
		id: clauseIn(o, "id", true), text: r.textIn(o, "text", true),
		standing: Standing(oneOf(o, "standing", standingWords[:])), source: nameIn(o, "source", true), at: v,
	}
	if m, ok := o.Get("marked"); ok {
		s.marked, _ = m.OneOf("background", "not_modelled")
		s.why = r.textIn(o, "why", true)
	} else if w, ok := o.Get("why"); ok {
		w.Problem(problem.New(problem.UnknownField, "why", "marked"))
	}
	return s
}

func (r reader) reason(v strict.Value) reason {
	o, ok := v.Object("code", "clause", "text")
	if !ok {
		return reason{at: v}
	}
	return reason{code: codeIn(o, "code"), clause: clauseIn(o, "clause", true), text: r.textIn(o, "text", true), at: v}
}

var paramWords = []string{"", "switch", "count", "choice", "words"}

func (r reader) parameter(v strict.Value) parameter {
	o, ok := v.Object("code", "clause", "form", "options", "default", "provenance", "text")
	if !ok {
		return parameter{at: v}
	}
	p := parameter{
		code: codeIn(o, "code"), clause: clauseIn(o, "clause", true), form: paramForm(oneOf(o, "form", paramWords)),
		options: wordsIn(o, "options"), provenance: Provenance(oneOf(o, "provenance", provenanceWords[:Set])),
		text: r.textIn(o, "text", true), at: v,
	}
	if p.form == choiceParam && len(p.options) < 2 {
		v.Problem(problem.New(problem.MissingField, "options"))
	}
	if opt, ok := o.Get("options"); ok && (p.form == switchParam || p.form == countParam) {
		opt.Problem(problem.New(problem.UnknownField, "options"))
	}
	if d, ok := o.Need("default"); ok {
		p.preset = p.value(d)
	}
	return p
}

// value reads a value of the parameter from a document.
func (p *parameter) value(v strict.Value) []string {
	switch p.form {
	case switchParam:
		if b, ok := v.Bool(); ok {
			return []string{yesNo(b)}
		}
	case countParam:
		if v.Kind() == strict.String {
			s, _ := v.OneOf("none")
			return []string{s}
		}
		if n, ok := v.Int(); ok {
			if n < 0 {
				v.Problem(problem.New(problem.Negative, strconv.FormatInt(n, 10)))
			}
			return []string{strconv.FormatInt(n, 10)}
		}
	case choiceParam:
		if s, ok := v.OneOf(p.options...); ok {
			return []string{s}
		}
	case wordsParam:
		return readWords(v, p.options...)
	}
	return nil
}

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

func (r reader) role(v strict.Value) role {
	o, ok := v.Object("code", "name", "parent")
	if !ok {
		return role{named: named{at: v}}
	}
	return role{named: r.namedOf(v, o), parent: boolIn(o, "parent")}
}

func (r reader) warehouseKind(v strict.Value) kind {
	o, ok := v.Object("code", "name", "clause", "needs", "optional")
	if !ok {
		return kind{named: named{at: v}}
	}
	return kind{
		named: r.namedOf(v, o), clause: clauseIn(o, "clause", true), needs: wordsIn(o, "needs"), optional: wordsIn(o, "optional"),
	}
}

func (r reader) material(v strict.Value) material {
	o, ok := v.Object("code", "name", "clause", "is", "onePaper", "dated", "parts", "forms", "otherForms", "example")
	if !ok {
		return material{named: named{at: v}}
	}
	m := material{
		named: r.namedOf(v, o), clause: clauseIn(o, "clause", true), onePaper: boolIn(o, "onePaper"), dated: boolIn(o, "dated"),
		otherForms: boolIn(o, "otherForms"), example: r.textIn(o, "example", false),
	}
	m.file = oneOf(o, "is", []string{"", "text", "file"}) == 2
	each(o, "parts", false, MaxParts, func(v strict.Value) { m.parts = append(m.parts, r.named(v)) })
	each(o, "forms", false, MaxParts, func(v strict.Value) { m.forms = append(m.forms, r.named(v)) })
	return m
}

func (r reader) answer(v strict.Value) answer {
	o, ok := v.Object("code", "name", "is", "shapes", "shapesIn", "example")
	if !ok {
		return answer{named: named{at: v}}
	}
	a := answer{named: r.namedOf(v, o), masks: wordsIn(o, "shapes"), example: r.textIn(o, "example", false)}
	if _, ok := o.Get("is"); ok {
		a.date = oneOf(o, "is", []string{"", "text", "date"}) == 2
	}
	if s, ok := o.Get("shapesIn"); ok {
		for _, field := range s.Members() {
			name, m := field.Name, field.Value
			c, err := country.Parse(name)
			m.Report(err)
			if err == nil {
				if a.local == nil {
					a.local = map[country.Code][]string{}
				}
				a.local[c] = readWords(m)
			}
		}
	}
	return a
}

func (r reader) note(v strict.Value) note {
	o, ok := v.Object("code", "clause", "when", "text")
	if !ok {
		return note{at: v}
	}
	n := note{code: codeIn(o, "code"), clause: clauseIn(o, "clause", true), text: r.textIn(o, "text", true), at: v}
	if w, ok := o.Need("when"); ok {
		n.when, _ = w.OneOf("always", "approved", "declared")
	}
	return n
}

func readOpening(v strict.Value) opening {
	o, ok := v.Object("opens", "clause")
	if !ok {
		return opening{at: v}
	}
	return opening{family: oneOf(o, "opens", []string{"", "applicant", "family"}) == 2, clause: clauseIn(o, "clause", true), at: v}
}

func checkWords() []string {
	words := make([]string, checkCount)
	for i := range checks {
		words[i] = checks[i].word
	}
	return words
}

func (r reader) rule(v strict.Value) rule {
	o, ok := v.Object("code", "clause", "reason", "kind", "check", "effect", "provenance", "remedy", "material", "part", "anyOf",
		"answer", "parameter", "inTransit", "only", "if", "message", "remedyText")
	if !ok {
		return rule{at: v}
	}
	u := rule{
		code: codeIn(o, "code"), clause: clauseIn(o, "clause", true), reason: nameIn(o, "reason", false),
		kind: Kind(oneOf(o, "kind", kindWords[:])), check: check(oneOf(o, "check", checkWords())),
		effect: Effect(oneOf(o, "effect", effectWords[:])), provenance: Provenance(oneOf(o, "provenance", provenanceWords[:Set])),
		remedy: RemedyClass(oneOf(o, "remedy", remedyWords[:])), material: nameIn(o, "material", false),
		answer: nameIn(o, "answer", false), parameter: nameIn(o, "parameter", false), transit: nameIn(o, "inTransit", false),
		message: r.textIn(o, "message", false), remedyText: r.textIn(o, "remedyText", false), at: v,
	}
	if p := nameIn(o, "part", false); p != "" {
		u.parts = []string{p}
	}
	if a, ok := o.Get("anyOf"); ok {
		if len(u.parts) > 0 {
			a.Problem(problem.New(problem.Contradiction, "anyOf", "part"))
		}
		u.parts = readWords(a)
		if len(u.parts) < 2 && a.Kind() == strict.Array {
			a.Problem(problem.New(problem.Malformed, "anyOf", "part"))
		}
	}
	if s, ok := o.Get("only"); ok {
		if so, ok := s.Object("kinds", "roles", "countries"); ok {
			u.only = scope{kinds: wordsIn(so, "kinds"), roles: wordsIn(so, "roles"), countries: countriesIn(so, "countries")}
		}
	}
	if c, ok := o.Get("if"); ok {
		if co, ok := c.Object("parameter", "is"); ok {
			u.given = condition{parameter: nameIn(co, "parameter", true)}
			if is, ok := co.Need("is"); ok {
				if is.Kind() == strict.Bool {
					b, _ := is.Bool()
					u.given.is = yesNo(b)
				} else {
					u.given.is, _ = is.Name()
				}
			}
		}
	}
	return u
}
