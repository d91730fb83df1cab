package eligibility

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/language"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/internal/lang"
	"github.com/overseaswarehouse/overseas/internal/problem"
)

// Checklist is everything to gather for one kind of warehouse in one country, in the order of doing.
type Checklist struct {
	Platform string       `json:"platform"`
	Edition  string       `json:"edition"`
	Kind     Word         `json:"kind"`
	Country  Word         `json:"country"`
	Language string       `json:"language"`
	Items    []Item       `json:"items"`
	code     country.Code // of Country
	name     string
}

// Word is a word of a policy with its name in the checklist's language.
type Word struct {
	Code string `json:"code"`
	Name string `json:"name"`
}

// Item is one thing to gather or to do.
type Item struct {
	Class      RemedyClass   `json:"class"` // do_first, provide, or answer
	Code       string        `json:"code"`  // the material, the answer, or the member of the application
	Clause     string        `json:"clause"`
	Name       string        `json:"name"`
	Shows      []Requirement `json:"shows,omitempty"`      // what it has to show
	Forms      []Word        `json:"forms,omitempty"`      // the forms that are accepted
	OtherForms bool          `json:"otherForms,omitempty"` // the forms are examples
	Shapes     []string      `json:"shapes,omitempty"`     // of an answer: # is a digit, @ a capital letter, * either
	MaxDays    *int64        `json:"maxDays,omitempty"`    // how many days old it may be on the day of filing
	Example    string        `json:"example,omitempty"`
	Rules      []string      `json:"rules"` // the rules that ask for it
}

// Requirement is something that a material has to show: all of one part, or any one of several.
type Requirement struct {
	Parts   []Word `json:"parts"`
	Advised bool   `json:"advised,omitempty"` // better shown, but no reason for rejection
}

// Checklist lists what an application for a kind of warehouse in a country needs, in the language nearest to tag. It
// fails with ErrUnknownValue, naming what the policy has, for a kind that is not known or a country that is not open.
func (p *Policy) Checklist(kind string, c country.Code, tag language.Tag) (Checklist, error) {
	if p == nil || p.doc == nil {
		return Checklist{}, problem.Problems{problem.New(problem.NoEdition, "")}
	}
	d, l := p.doc, lang.Of(tag)
	var list problem.List
	k := d.kindIndex(kind)
	if k < 0 {
		list.Add(problem.New(problem.UnknownValue, kind, d.kindCodes()...).At("kind"))
	}
	if !d.isOpen(c) {
		list.Add(problem.New(problem.UnknownValue, c.String(), d.destinationCodes()...).At("country"))
	}
	if err := list.Err(); err != nil {
		return Checklist{}, err
	}
	out := Checklist{
		Platform: d.platform, Edition: d.edition, Kind: Word{kind, d.kinds[k].name.of(l)}, Country: Word{c.String(), countryName(c, l)},
		Language: l.String(), code: c, name: d.platformName.of(l),
	}
	b := builder{p: p, l: l, country: c, kind: kind}
	b.stock()
	for i := range d.materials {
		if m := &d.materials[i]; slices.Contains(d.kinds[k].needs, m.code) {
			b.material(m)
		}
	}
	for i := range d.answers {
		b.answer(&d.answers[i])
	}
	b.applicant()
	out.Items = b.items
	return out, nil
}

// builder collects the items of a checklist.
type builder struct {
	p       *Policy
	l       lang.Lang
	country country.Code
	kind    string
	items   []Item
}

// rules lists the active rules with one of the checks that concern this kind and country.
func (b *builder) rules(about string, cs ...check) []*rule {
	var out []*rule
	for i := range b.p.doc.rules {
		u := &b.p.doc.rules[i]
		if b.p.active[i] && slices.Contains(cs, u.check) && (about == "" || u.material == about || u.answer == about) &&
			(len(u.only.kinds) == 0 || slices.Contains(u.only.kinds, b.kind)) &&
			(len(u.only.countries) == 0 || slices.Contains(u.only.countries, b.country)) {
			out = append(out, u)
		}
	}
	return out
}

func (b *builder) add(item Item, from []*rule) {
	for _, u := range from {
		item.Rules = append(item.Rules, u.code)
	}
	if item.Clause == "" && len(from) > 0 {
		item.Clause = from[0].clause
	}
	b.items = append(b.items, item)
}

func (b *builder) stock() {
	rules := b.rules("", stockEnough)
	least, transit := int64(0), true
	for _, u := range rules {
		least = max(least, b.p.setting(u.parameter).count)
		transit = transit && b.p.setting(u.transit).on()
	}
	if least <= 0 {
		return
	}
	h := stepStock
	if transit {
		h = stepFile
	}
	name := expand(headings[h].of(b.l), func(name string) string {
		if name == "want" {
			return strconv.FormatInt(least, 10)
		}
		return countryName(b.country, b.l)
	})
	b.add(Item{Class: DoFirst, Code: "stock", Name: name}, rules)
}

func (b *builder) material(m *material) {
	item := Item{Class: Provide, Code: m.code, Clause: m.clause, Name: m.name.of(b.l), OtherForms: m.otherForms, Example: m.example.of(b.l)}
	from := b.rules(m.code, materialGiven, formAccepted, formStated, shows, showsStated, datedStated, datedNotFuture, datedRecent)
	for _, f := range m.forms {
		item.Forms = append(item.Forms, Word{f.code, f.name.of(b.l)})
	}
	seen := map[string]int{}
	for _, u := range b.rules(m.code, shows, showsStated) {
		key := sorted(u.parts)
		if i, ok := seen[key]; ok {
			item.Shows[i].Advised = item.Shows[i].Advised && u.effect == Advise
			continue
		}
		seen[key] = len(item.Shows)
		r := Requirement{Advised: u.effect == Advise}
		for _, part := range u.parts {
			r.Parts = append(r.Parts, Word{part, b.p.doc.partName(m.code, part, b.l)})
		}
		item.Shows = append(item.Shows, r)
	}
	for _, u := range b.rules(m.code, datedRecent) {
		if n := b.p.setting(u.parameter).count; n >= 0 && (item.MaxDays == nil || n < *item.MaxDays) {
			item.MaxDays = &n
		}
	}
	b.add(item, from)
}

func (b *builder) answer(a *answer) {
	if needed := b.rules(a.code, answerGiven); len(needed) > 0 {
		b.add(Item{
			Class: Answer, Code: a.code, Name: a.name.of(b.l), Shapes: a.shapes(b.country), Example: a.example.of(b.l),
		}, b.rules(a.code, answerGiven, answerForm, answerAge))
	}
}

func (b *builder) applicant() {
	d := b.p.doc
	if rules := b.rules("", roleStated, roleKnown); len(rules) > 0 {
		names := make([]string, len(d.roles))
		for i := range d.roles {
			names[i] = d.roles[i].name.of(b.l)
		}
		b.add(Item{Class: Answer, Code: "role", Name: headings[stepApplicant].of(b.l) + colon(b.l.Tag()) + strings.Join(names, " / ")}, rules)
	}
	if rules := b.rules("", parentStated); len(rules) > 0 {
		b.add(Item{Class: Answer, Code: "parent", Name: headings[itemMainAccount].of(b.l)}, rules)
	}
	if rules := b.rules("", legalFormStated, legalFormAccepted); len(rules) > 0 {
		words := b.p.setting(rules[0].parameter).words
		if len(missing(codesOf(d.legalForms), words)) > 0 {
			names := make([]string, len(words))
			for i, w := range words {
				names[i] = d.word(legalFormAccepted, "", w, b.l)
			}
			b.add(Item{Class: Answer, Code: "legalForm", Name: headings[itemLegalForm].of(b.l) + colon(b.l.Tag()) + strings.Join(names, " / ")}, rules)
		}
	}
	if rules := b.rules("", homeStated, homeAccepted, abroad); len(rules) > 0 {
		b.add(Item{Class: Answer, Code: "home", Name: expand(headings[itemHome].of(b.l), func(string) string { return countryName(b.country, b.l) })}, rules)
	}
	if rules := b.rules("", categoryStated, categoryOpen); len(rules) > 0 {
		if words := b.p.setting(rules[0].parameter).words; len(words) > 0 {
			names := make([]string, len(words))
			for i, w := range words {
				names[i] = d.word(categoryOpen, "", w, b.l)
			}
			b.add(Item{Class: Answer, Code: "category", Name: headings[itemCategory].of(b.l) + colon(b.l.Tag()) + listed(b.l, names)}, rules)
		}
	}
}

// Text is the checklist as plain text.
func (c Checklist) Text() string { return c.print(plainStyle) }

// Markdown is the checklist as Markdown.
func (c Checklist) Markdown() string { return c.print(markdownStyle) }

// String is Text.
func (c Checklist) String() string { return c.Text() }

func (c Checklist) print(s style) string {
	tag := language.Make(c.Language)
	w := &printer{style: s, tag: tag}
	w.title(headChecklist.in(tag) + colon(tag) + c.name + ", " + c.Kind.Name + ", " + c.Country.Name)
	w.line(headEdition.in(tag) + colon(tag) + c.Edition)
	for i, item := range c.Items {
		w.head(strconv.Itoa(i+1) + ". " + w.safe(item.Name) + " (" + classHeading(item.Class).in(tag) + ", " + headClause.in(tag) + " " + item.Clause + ")")
		for _, r := range item.Shows {
			h := headAllOf
			if len(r.Parts) > 1 {
				h = headOneOf
			}
			line := h.in(tag) + colon(tag) + namesOf(r.Parts)
			if r.Advised {
				line += " (" + headAdvice.in(tag) + ")"
			}
			w.item(w.safe(line))
		}
		if len(item.Forms) > 0 {
			line := headForms.in(tag) + colon(tag) + namesOf(item.Forms)
			if item.OtherForms {
				line += ", " + headings[itemOthers].in(tag)
			}
			w.item(w.safe(line))
		}
		if len(item.Shapes) > 0 {
			w.item(w.safe(headForms.in(tag) + colon(tag) + strings.Join(item.Shapes, ", ")))
		}
		if item.MaxDays != nil {
			w.item(w.safe(expand(wordings[datedRecent].remedy.in(tag), func(name string) string {
				if name == "want" {
					return strconv.FormatInt(*item.MaxDays, 10)
				}
				return item.Name
			})))
		}
		if item.Example != "" {
			w.item(w.safe(headExample.in(tag) + colon(tag) + item.Example))
		}
	}
	return w.String()
}

func namesOf(words []Word) string {
	names := make([]string, len(words))
	for i, w := range words {
		names[i] = w.Name
	}
	return strings.Join(names, " / ")
}

// ChecklistSchema is the schema version of checklists in JSON.
const ChecklistSchema = "overseas/checklist/1"

// MarshalJSON writes the checklist as a document of ChecklistSchema.
func (c Checklist) MarshalJSON() ([]byte, error) {
	type plain Checklist
	return json.Marshal(struct {
		Schema string `json:"schema"`
		plain
	}{ChecklistSchema, plain(c)})
}
