package eligibility

import (
	"encoding/json"
	"fmt"
	"strings"

	"golang.org/x/text/language"

	"github.com/overseaswarehouse/overseas/internal/lang"
	"github.com/overseaswarehouse/overseas/internal/layout"
	"github.com/overseaswarehouse/overseas/internal/proof"
)

// DecisionSchema is the schema version of decisions in JSON.
const DecisionSchema = "overseas/decision/1"

func (h heading) in(tag language.Tag) string { return headings[h].of(lang.Of(tag)) }

// colon separates a heading from what it says.
func colon(tag language.Tag) string {
	switch lang.Of(tag) {
	case lang.ZhHans:
		return "："
	case lang.Fr:
		return " : "
	}
	return ": "
}

// comma separates the parts of a sentence.
func comma(l lang.Lang) string {
	if l == lang.ZhHans {
		return "，"
	}
	return ", "
}

// bracketed is a remark in brackets, with the space before it where a language has one.
func bracketed(l lang.Lang, text string) string {
	if l == lang.ZhHans {
		return "（" + text + "）"
	}
	return " (" + text + ")"
}

// listed joins the items of a list.
func listed(l lang.Lang, words []string) string {
	if l == lang.ZhHans {
		return strings.Join(words, "、")
	}
	return strings.Join(words, ", ")
}

func (o Outcome) heading() heading {
	switch o {
	case Approved:
		return headApproved
	case Rejected:
		return headRejected
	}
	return headUndetermined
}

// String is the decision as text in English.
func (d Decision) String() string { return d.Text(language.English) }

// Text is the decision as plain text in the language nearest to tag: outcome, edition, findings with their path and
// clause, what to do, advice, notes, and the parameters and overlays that differ from the shipped edition.
func (d Decision) Text(tag language.Tag) string { return d.print(tag, plainStyle) }

// Markdown is Text as Markdown. Everything that came from the application is escaped.
func (d Decision) Markdown(tag language.Tag) string { return d.print(tag, markdownStyle) }

// HTML is Text as a fragment of HTML: one section with headings and lists, without style, script or identifier, to be put
// into a page. All text is escaped.
func (d Decision) HTML(tag language.Tag) string { return d.print(tag, htmlStyle) }

// CSV is the findings and the advice as a sheet, a row each: the rule, its effect, the kind, where in the application, what
// was found and what would be right, the clause, who says so, the message and what to do. The first row names the columns
// in the language nearest to tag. A cell that a spreadsheet would take for a formula begins with an apostrophe.
func (d Decision) CSV(tag language.Tag) string {
	var b strings.Builder
	row := func(cells ...string) {
		for i, c := range cells {
			if i > 0 {
				b.WriteByte(',')
			}
			b.WriteString(proof.Cell(c))
		}
		b.WriteString("\r\n")
	}
	row(columnRule.in(tag), columnEffect.in(tag), columnKind.in(tag), columnPath.in(tag), columnValue.in(tag), columnWant.in(tag),
		headClause.in(tag), columnSource.in(tag), columnMessage.in(tag), columnRemedy.in(tag))
	for _, f := range append(d.Findings(), d.Advice()...) {
		row(f.Code, f.Effect.String(), f.Kind.String(), f.Path, shown(f.Value), shown(listed(lang.Of(tag), f.Want)), f.Clause, f.Provenance.String(),
			f.Message(tag), f.Advice(tag))
	}
	return b.String()
}

func (d Decision) print(tag language.Tag, s style) string {
	w := &printer{style: s, tag: tag}
	w.title(headDecision.in(tag) + colon(tag) + d.Outcome().heading().in(tag))
	if d.on == nil {
		return w.end()
	}
	w.line(headEdition.in(tag) + colon(tag) + d.on.policy.PlatformName(tag) + ", " + d.Edition() + d.filedIn(tag))
	w.findings(headReasons, d.Findings(), Finding.Message)
	if remedies, ok := d.Remedies(); len(remedies) > 0 {
		w.section(headRemedies)
		if !ok {
			w.line(headNoRemedy.in(tag))
		}
		for _, r := range remedies {
			w.item(w.safe(r.Message(tag)), classHeading(r.Class).in(tag), r.Path)
		}
	}
	w.findings(headAdvice, d.Advice(), Finding.Message)
	if paths := d.Declared(); len(paths) > 0 {
		w.section(headDeclared)
		w.item(strings.Join(paths, ", "))
	}
	if notes := d.Notes(); len(notes) > 0 {
		w.section(headNotes)
		for _, n := range notes {
			w.item(w.safe(n.Text(tag)), n.Clause)
		}
	}
	w.run(d.on.policy)
	return w.end()
}

func (d Decision) filedIn(tag language.Tag) string {
	if d.filed.IsZero() {
		return ""
	}
	return ", " + headFiled.in(tag) + " " + d.filed.String()
}

// run prints what of a run differs from the edition as it was published.
func (w *printer) run(p *Policy) {
	var set []string
	for _, v := range p.Parameters() {
		if v.Provenance == Set {
			set = append(set, v.Code+" = "+v.Value())
		}
	}
	if len(set) > 0 {
		w.section(headParameters)
		for _, s := range set {
			w.item(w.safe(s))
		}
	}
	if len(p.overlays) > 0 {
		w.section(headOverlays)
		for _, o := range p.overlays {
			w.item(w.safe(shown(o.Name) + ": " + shown(o.Reason)))
		}
	}
}

func (w *printer) findings(h heading, list []Finding, say func(Finding, language.Tag) string) {
	if len(list) == 0 {
		return
	}
	w.section(h)
	for _, f := range list {
		detail := []string{f.Code, f.Path, f.Clause}
		if f.Declared {
			detail = append(detail, headDeclared.in(w.tag))
		}
		w.item(w.safe(say(f, w.tag)), detail...)
	}
}

type style uint8

const (
	plainStyle style = iota
	markdownStyle
	htmlStyle
)

// printer writes the views: a title, sections, items with small print.
type printer struct {
	strings.Builder
	style style
	tag   language.Tag
	n     int
	list  bool // of HTML: a list is open
}

// end is what was printed.
func (w *printer) end() string {
	if w.style == htmlStyle {
		w.close()
		w.WriteString("</section>\n")
	}
	return w.String()
}

// close ends the list that is open.
func (w *printer) close() {
	if w.list {
		w.WriteString("</ul>\n")
		w.list = false
	}
}

func (w *printer) title(s string) {
	if w.style == htmlStyle {
		w.WriteString(`<section class="overseas-decision" lang="` + lang.Of(w.tag).String() + "\">\n<h2>" + layout.HTML(s) + "</h2>\n")
		return
	}
	if w.style == markdownStyle {
		s = "## " + s
	}
	w.WriteString(s + "\n")
	if w.style == markdownStyle {
		w.WriteByte('\n')
	}
}

func (w *printer) line(s string) {
	if w.style == htmlStyle {
		w.close()
		w.WriteString("<p>" + w.safe(s) + "</p>\n")
		return
	}
	w.WriteString(w.safe(s) + "\n")
	if w.style == markdownStyle {
		w.WriteByte('\n')
	}
}

func (w *printer) section(h heading) { w.head(h.in(w.tag)) }

func (w *printer) head(s string) {
	w.n = 0
	if w.style == htmlStyle {
		w.close()
		w.WriteString("<h3>" + layout.HTML(s) + "</h3>\n")
		return
	}
	if w.style == markdownStyle {
		w.WriteString("\n### " + s + "\n\n")
		return
	}
	w.WriteString("\n" + s + "\n")
}

func (w *printer) item(s string, small ...string) {
	var kept []string
	for _, x := range small {
		if x != "" {
			kept = append(kept, x)
		}
	}
	if w.style == htmlStyle {
		if !w.list {
			w.WriteString("<ul>\n")
			w.list = true
		}
		w.WriteString("<li>" + s)
		for _, x := range kept {
			w.WriteString(" <code>" + layout.HTML(x) + "</code>")
		}
		w.WriteString("</li>\n")
		return
	}
	if w.style == markdownStyle {
		w.WriteString("- " + s)
		for _, x := range kept {
			fmt.Fprintf(w, " `%s`", strings.ReplaceAll(x, "`", "'"))
		}
		w.WriteByte('\n')
		return
	}
	w.WriteString("  - " + s)
	if len(kept) > 0 {
		w.WriteString("  [" + strings.Join(kept, "; ") + "]")
	}
	w.WriteByte('\n')
}

// safe is text as it may stand in the view: in Markdown and HTML nothing in it is markup.
func (w *printer) safe(s string) string {
	if w.style == htmlStyle {
		return layout.HTML(s)
	}
	if w.style != markdownStyle {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		switch r {
		case '\\', '`', '*', '_', '[', ']', '<', '>', '|', '#', '~', '!', '&':
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

type decisionJSON struct {
	Schema      string          `json:"schema"`
	Language    string          `json:"language"`
	Platform    string          `json:"platform"`
	Edition     string          `json:"edition"`
	From        string          `json:"from,omitempty"`
	Seen        string          `json:"seen,omitempty"`
	Application *subjectJSON    `json:"application,omitempty"`
	Outcome     Outcome         `json:"outcome"`
	Findings    []findingJSON   `json:"findings"`
	Advice      []findingJSON   `json:"advice"`
	Remedies    remediesJSON    `json:"remedies"`
	Declared    []string        `json:"declared"`
	Parameters  []parameterJSON `json:"parameters"`
	Overlays    []overlayJSON   `json:"overlays"`
	Notes       []noteJSON      `json:"notes"`
}

type subjectJSON struct {
	ID        string `json:"id,omitempty"`
	Store     string `json:"store,omitempty"`
	Role      string `json:"role,omitempty"`
	Kind      string `json:"kind,omitempty"`
	Country   string `json:"country,omitempty"`
	Submitted string `json:"submitted,omitempty"`
}

type findingJSON struct {
	Code       string      `json:"code"`
	Kind       Kind        `json:"kind"`
	Effect     Effect      `json:"effect"`
	Path       string      `json:"path"`
	Clause     string      `json:"clause"`
	Reason     string      `json:"reason,omitempty"`
	Provenance Provenance  `json:"provenance"`
	Remedy     RemedyClass `json:"remedy"`
	Material   string      `json:"material,omitempty"`
	Parts      []string    `json:"parts,omitempty"`
	Answer     string      `json:"answer,omitempty"`
	Value      string      `json:"value,omitempty"`
	Want       []string    `json:"want,omitempty"`
	Declared   bool        `json:"declared,omitempty"`
	Message    string      `json:"message"`
	ReasonText string      `json:"reasonText,omitempty"`
	Advice     string      `json:"advice"`
}

type remediesJSON struct {
	OK      bool         `json:"ok"`
	Changes []remedyJSON `json:"changes"`
}

type remedyJSON struct {
	Class    RemedyClass `json:"class"`
	Code     string      `json:"code"`
	Path     string      `json:"path"`
	Material string      `json:"material,omitempty"`
	Parts    []string    `json:"parts,omitempty"`
	Answer   string      `json:"answer,omitempty"`
	Want     []string    `json:"want,omitempty"`
	Value    string      `json:"value,omitempty"`
	Message  string      `json:"message"`
}

type parameterJSON struct {
	Code       string     `json:"code"`
	Clause     string     `json:"clause"`
	Value      []string   `json:"value"`
	Provenance Provenance `json:"provenance"`
}

type overlayJSON struct {
	Name   string `json:"name"`
	Reason string `json:"reason"`
}

type noteJSON struct {
	Code   string `json:"code"`
	Clause string `json:"clause,omitempty"`
	Text   string `json:"text"`
}

// MarshalJSON is JSON in English.
func (d Decision) MarshalJSON() ([]byte, error) { return d.JSON(language.English) }

// JSON writes the decision as a document of DecisionSchema, with its texts in the language nearest to tag. The same
// application under the same edition, parameters and overlays gives the same bytes.
func (d Decision) JSON(tag language.Tag) ([]byte, error) {
	doc := decisionJSON{
		Schema: DecisionSchema, Language: lang.Of(tag).String(), Platform: d.Platform(), Edition: d.Edition(), Outcome: d.Outcome(),
		Findings: findingsJSON(d.Findings(), tag), Advice: findingsJSON(d.Advice(), tag),
		Remedies: remediesJSON{Changes: []remedyJSON{}}, Declared: append([]string{}, d.Declared()...),
		Parameters: []parameterJSON{}, Overlays: []overlayJSON{}, Notes: []noteJSON{},
	}
	if d.on == nil {
		return json.Marshal(doc)
	}
	p := d.on.policy
	if from, _ := p.Period(); !from.IsZero() {
		doc.From = from.String()
	} else {
		doc.Seen = p.Seen().String()
	}
	role := d.on.role
	if d.role > 0 {
		role = p.doc.roles[d.role-1].code
	}
	doc.Application = &subjectJSON{ID: d.id, Store: d.store, Role: role, Kind: d.on.kind, Country: d.country.String(), Submitted: dateText(d.filed)}
	remedies, ok := d.Remedies()
	doc.Remedies.OK = ok
	for _, r := range remedies {
		doc.Remedies.Changes = append(doc.Remedies.Changes, remedyJSON{
			r.Class, r.Code, r.Path, r.Material, r.Parts, r.Answer, r.Want, r.Value, r.Message(tag),
		})
	}
	for _, v := range p.Parameters() {
		doc.Parameters = append(doc.Parameters, parameterJSON{v.Code, v.Clause, append([]string{}, v.Words...), v.Provenance})
	}
	for _, o := range p.overlays {
		doc.Overlays = append(doc.Overlays, overlayJSON(o))
	}
	for _, n := range d.Notes() {
		doc.Notes = append(doc.Notes, noteJSON{n.Code, n.Clause, n.Text(tag)})
	}
	return json.Marshal(doc)
}

func findingsJSON(list []Finding, tag language.Tag) []findingJSON {
	out := make([]findingJSON, len(list))
	for i, f := range list {
		out[i] = findingJSON{
			f.Code, f.Kind, f.Effect, f.Path, f.Clause, f.Reason, f.Provenance, f.Remedy, f.Material, f.Parts, f.Answer,
			f.Value, f.Want, f.Declared, f.Message(tag), f.ReasonText(tag), f.Advice(tag),
		}
	}
	return out
}

// MarshalJSON writes a finding as it stands in a decision, in English.
func (f Finding) MarshalJSON() ([]byte, error) {
	return json.Marshal(findingsJSON([]Finding{f}, language.English)[0])
}

// MarshalJSON writes a remedy as it stands in a decision, in English.
func (r Remedy) MarshalJSON() ([]byte, error) {
	return json.Marshal(remedyJSON{r.Class, r.Code, r.Path, r.Material, r.Parts, r.Answer, r.Want, r.Value, r.Message(language.English)})
}
