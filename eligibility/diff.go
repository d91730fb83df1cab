package eligibility

import (
	"encoding/json"
	"strconv"
	"strings"

	"golang.org/x/text/language"

	"github.com/overseaswarehouse/overseas/application"
	"github.com/overseaswarehouse/overseas/internal/lang"
)

// ChangeType says what happened to a row.
type ChangeType uint8

// The types of changes. The zero ChangeType is none.
const (
	Added ChangeType = iota + 1
	Removed
	Changed
)

var changeWords = [...]string{"", "added", "removed", "changed"}

// String is the type's word in documents.
func (c ChangeType) String() string { return word(changeWords[:], int(c)) }

// MarshalText writes the word.
func (c ChangeType) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// Change is one difference between two policies.
type Change struct {
	Type    ChangeType `json:"type"`
	Section string     `json:"section"`         // of the policy document: "destinations", "rules"
	Code    string     `json:"code"`            // of the row
	Field   string     `json:"field,omitempty"` // of a changed row
	Old     string     `json:"old,omitempty"`
	New     string     `json:"new,omitempty"`

	from, to *Policy
}

// Text is the change in words, in the language nearest to tag.
func (c Change) Text(tag language.Tag) string {
	h := [...]heading{headNobody, headAdded, headRemoved, headChanged}[c.Type]
	s := h.in(tag) + colon(tag) + c.Section + "/" + c.Code
	if name := c.name(tag); name != "" && name != c.Code {
		s += " (" + name + ")"
	}
	if c.Type == Changed {
		s += " " + c.Field + ": " + shown(c.Old) + " → " + shown(c.New)
	}
	return s
}

// name is the name of the row, where rows of its section have one.
func (c Change) name(tag language.Tag) string {
	p := c.to
	if c.Type == Removed {
		p = c.from
	}
	if p == nil {
		return ""
	}
	d, l := p.doc, lang.Of(tag)
	switch c.Section {
	case "destinations":
		return d.word(countryOpen, "", c.Code, l)
	case "kinds":
		return d.word(kindKnown, "", c.Code, l)
	case "roles":
		return d.word(roleKnown, "", c.Code, l)
	case "categories":
		return d.word(categoryOpen, "", c.Code, l)
	case "materials":
		return d.materialName(c.Code, l)
	case "answers":
		if a := d.answer(c.Code); a != nil {
			return a.name.of(l)
		}
	case "parameters":
		if q := d.parameter(c.Code); q != nil {
			return q.text.of(l)
		}
	case "rules":
		if r, ok := p.Rule(c.Code); ok {
			return r.Message(tag)
		}
	}
	return ""
}

// Difference is what changed from one policy to another.
type Difference struct {
	from, to *Policy
	changes  []Change
}

// Diff compares two editions, or an edition with itself under other parameters or overlays, row by row.
func Diff(from, to *Policy) Difference {
	d := Difference{from: from, to: to}
	if from == nil || to == nil || from.doc == nil || to.doc == nil {
		return d
	}
	before, after := flatten(from), flatten(to)
	find := func(rows []flatRow, r flatRow) *flatRow {
		for i := range rows {
			if rows[i].section == r.section && rows[i].code == r.code {
				return &rows[i]
			}
		}
		return nil
	}
	add := func(c Change) {
		c.from, c.to = from, to
		d.changes = append(d.changes, c)
	}
	for _, r := range before {
		if find(after, r) == nil {
			add(Change{Type: Removed, Section: r.section, Code: r.code})
		}
	}
	for _, r := range after {
		old := find(before, r)
		if old == nil {
			add(Change{Type: Added, Section: r.section, Code: r.code})
			continue
		}
		for i, f := range r.fields {
			if old.fields[i].value != f.value {
				add(Change{Type: Changed, Section: r.section, Code: r.code, Field: f.name, Old: old.fields[i].value, New: f.value})
			}
		}
	}
	return d
}

// Changes lists the changes: what was removed first, then what was added or changed in the order of the newer document.
func (d Difference) Changes() []Change { return append([]Change(nil), d.changes...) }

// Text is the changes as plain text in the language nearest to tag.
func (d Difference) Text(tag language.Tag) string { return d.print(tag, plainStyle) }

// Markdown is the changes as Markdown in the language nearest to tag.
func (d Difference) Markdown(tag language.Tag) string { return d.print(tag, markdownStyle) }

func (d Difference) print(tag language.Tag, s style) string {
	w := &printer{style: s, tag: tag}
	w.title(headChanges.in(tag) + colon(tag) + d.from.Edition() + " → " + d.to.Edition())
	if len(d.changes) == 0 {
		w.line(headNoChanges.in(tag))
	}
	for _, c := range d.changes {
		w.item(w.safe(c.Text(tag)))
	}
	return w.String()
}

// MarshalJSON writes the editions and the changes.
func (d Difference) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		From    string   `json:"from"`
		To      string   `json:"to"`
		Changes []Change `json:"changes"`
	}{d.from.Edition(), d.to.Edition(), append([]Change{}, d.changes...)})
}

// Affect is an application whose decision changes.
type Affect struct {
	Index         int // in the arguments of Affected
	Before, After Decision
}

// NowRefused reports that the application was approved and no longer is.
func (a Affect) NowRefused() bool {
	return a.Before.Outcome() == Approved && a.After.Outcome() != Approved
}

// NowPossible reports that the application was not approved and now is.
func (a Affect) NowPossible() bool {
	return a.Before.Outcome() != Approved && a.After.Outcome() == Approved
}

// Affected decides each application under both policies and returns those whose outcome changes, in their order: who
// would now be refused, and who could now apply. It fails as Policy.Assess does.
func (d Difference) Affected(applications ...*application.Application) ([]Affect, error) {
	var out []Affect
	for i, a := range applications {
		before, err := d.from.Assess(a)
		if err != nil {
			return nil, err
		}
		after, err := d.to.Assess(a)
		if err != nil {
			return nil, err
		}
		if before.Outcome() != after.Outcome() {
			out = append(out, Affect{i, before, after})
		}
	}
	return out, nil
}

// flatRow is a row of a policy as names and values, always in the same order within a section.
type flatRow struct {
	section, code string
	fields        []flatField
}

type flatField struct{ name, value string }

func flatten(p *Policy) []flatRow {
	d := p.doc
	var out []flatRow
	row := func(section, code string, fields ...flatField) { out = append(out, flatRow{section, code, fields}) }
	texts := func(name string, t text) []flatField {
		fields := make([]flatField, 0, lang.Count)
		for _, l := range lang.All() {
			fields = append(fields, flatField{name + "." + l.String(), t[l]})
		}
		return fields
	}
	f := func(name, value string) flatField { return flatField{name, value} }
	row("platform", d.platform, append(texts("name", d.platformName), f("from", dateText(d.from)), f("to", dateText(d.to)), f("seen", dateText(d.seen)),
		f("homes", joined(codesOfCountries(d.homes))))...)
	for _, c := range d.destinations {
		row("destinations", c.String())
	}
	for _, r := range d.roles {
		row("roles", r.code, append(texts("name", r.name), f("parent", strconv.FormatBool(r.parent)))...)
	}
	for _, n := range d.legalForms {
		row("legalForms", n.code, texts("name", n.name)...)
	}
	for _, k := range d.kinds {
		row("kinds", k.code, append(texts("name", k.name), f("clause", k.clause), f("needs", joined(k.needs)), f("optional", joined(k.optional)))...)
	}
	for _, m := range d.materials {
		is := "text"
		if m.file {
			is = "file"
		}
		row("materials", m.code, append(append(texts("name", m.name), texts("example", m.example)...), f("clause", m.clause), f("is", is),
			f("onePaper", strconv.FormatBool(m.onePaper)), f("dated", strconv.FormatBool(m.dated)), f("parts", joined(codesOf(m.parts))),
			f("forms", joined(codesOf(m.forms))), f("otherForms", strconv.FormatBool(m.otherForms)))...)
	}
	for _, n := range d.categories {
		row("categories", n.code, texts("name", n.name)...)
	}
	for _, a := range d.answers {
		shapes := joined(a.masks)
		for c := range sortedCountries(a.local) {
			shapes += " " + c.String() + ": " + joined(a.local[c])
		}
		row("answers", a.code, append(texts("name", a.name), f("date", strconv.FormatBool(a.date)), f("shapes", shapes))...)
	}
	for i, q := range d.parameters {
		row("parameters", q.code, append(texts("text", q.text), f("clause", q.clause), f("form", paramWords[q.form]), f("options", joined(q.options)),
			f("default", joined(q.preset)), f("value", joined(p.settings[i].words)), f("provenance", q.provenance.String()))...)
	}
	for _, r := range d.reasons {
		row("reasons", r.code, append(texts("text", r.text), f("clause", r.clause))...)
	}
	opens := "applicant"
	if d.opens.family {
		opens = "family"
	}
	row("permission", "permission", f("opens", opens), f("clause", d.opens.clause))
	for _, n := range d.notes {
		row("notes", n.code, append(texts("text", n.text), f("clause", n.clause), f("when", n.when))...)
	}
	for _, s := range d.statements {
		row("statements", s.id, append(texts("text", s.text), f("standing", s.standing.String()), f("source", s.source), f("marked", s.marked))...)
	}
	for _, r := range d.rules {
		row("rules", r.code, append(append(texts("message", r.message), texts("remedyText", r.remedyText)...), f("clause", r.clause), f("reason", r.reason),
			f("kind", r.kind.String()), f("check", r.check.String()), f("effect", r.effect.String()), f("provenance", r.provenance.String()),
			f("remedy", r.remedy.String()), f("material", r.material), f("parts", joined(r.parts)), f("answer", r.answer), f("parameter", r.parameter),
			f("inTransit", r.transit), f("kinds", joined(r.only.kinds)), f("roles", joined(r.only.roles)),
			f("countries", joined(codesOfCountries(r.only.countries))), f("if", strings.TrimSuffix(r.given.parameter+"="+r.given.is, "=")))...)
	}
	for _, o := range p.overlays {
		row("overlays", o.Name, f("reason", o.Reason))
	}
	return out
}

func joined(words []string) string { return strings.Join(words, ", ") }
