package eligibility

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/language"

	"github.com/overseaswarehouse/overseas/application"
	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/internal/lang"
	"github.com/overseaswarehouse/overseas/internal/layout"
	"github.com/overseaswarehouse/overseas/internal/problem"
	"github.com/overseaswarehouse/overseas/internal/proof"
)

// Record is a decision as a document of its own: the application, the policy with its edition and digest, each rule with
// what it looked at and what it found, the outcome as steps that can be recomputed, the same in words of one language, and
// digests over all of it. It can be written as JSON, text, Markdown, HTML or CSV, kept, read back with [ParseRecord],
// recomputed with [Verify] by whoever holds it, and held against policies with [VerifyAgainst].
type Record = proof.Record

// Step is one step of a record's proofs.
type Step = proof.Node

// RecordSchema is the schema version of records in JSON.
const RecordSchema = proof.Schema

// ParseRecord reads the JSON form of a record. The error is [Problems]. Whether it is right is for [Verify] to say.
func ParseRecord(r io.Reader) (*Record, error) { return proof.Read(r) }

// RecordJSONSchema is the JSON Schema (2020-12) of the document that ParseRecord reads.
func RecordJSONSchema() []byte { return proof.JSONSchema() }

// Digest is a SHA-256 over everything that the policy says, with the parameters and overlays of the run, in hexadecimal.
// Policies of one digest decide alike and in the same words.
func (p *Policy) Digest() string {
	if p == nil || p.doc == nil {
		return ""
	}
	var b []byte
	add := func(words ...string) {
		for _, w := range words {
			b = strconv.AppendInt(b, int64(len(w)), 10)
			b = append(append(b, ':'), w...)
		}
		b = append(b, '\n')
	}
	add(p.doc.platform, p.doc.edition)
	for _, row := range flatten(p) {
		add(row.section, row.code)
		for _, f := range row.fields {
			add(f.name, f.value)
		}
	}
	for _, m := range p.doc.materials {
		for _, n := range append(slices.Clone(m.parts), m.forms...) {
			add(append([]string{m.code, n.code}, n.name[:]...)...)
		}
	}
	for _, s := range p.doc.sources {
		add(s.id, s.title, s.address, dateText(s.seen), dateText(s.published))
	}
	for _, s := range p.doc.statements {
		add(s.why[:]...)
	}
	for _, a := range p.doc.answers {
		add(a.example[:]...)
	}
	return hexSum(b)
}

func hexSum(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// Fingerprint is a short name of the decision to quote in a message: of the policy, and of whom, what and why it decided.
// It does not depend on the language. That of the [Decision.Record] stands for the whole application as well, of which a
// decision keeps only what its findings need.
func (d Decision) Fingerprint() string {
	doc, err := d.JSON(language.English)
	if err != nil || d.on == nil {
		return ""
	}
	return d.on.policy.Digest()[:8] + "-" + hexSum(doc)[:8]
}

// Record is the decision as a document of its own, with its texts in the language nearest to tag. A decision keeps nothing
// of an application that it approves, so that a is needed again: the application that was decided. It fails with
// step_differs when the decision about a is another one, with no_edition for the zero Decision, and as [Policy.Assess].
func (d Decision) Record(a *application.Application, tag language.Tag) (*Record, error) {
	p := d.Policy()
	again, err := p.Assess(a)
	if err != nil {
		return nil, err
	}
	mine, err := d.JSON(language.English)
	if err != nil {
		return nil, err
	}
	other, err := again.JSON(language.English)
	if err != nil {
		return nil, err
	}
	if !bytes.Equal(mine, other) {
		return nil, problem.New(problem.StepDiffers, d.on.outcome.String(), again.on.outcome.String()).At("/application")
	}
	inputs, err := json.Marshal(a)
	if err != nil {
		return nil, err
	}
	l := lang.Of(tag)
	b := &recorder{d: d, p: p, l: l, tag: l.Tag(), run: newRun(p, a.Clone()), texts: map[*proof.Node]string{}}
	b.r = &Record{Of: "decision", Language: l.String(), Status: d.on.outcome.String(), Inputs: inputs}
	b.write()
	return b.r, b.r.Seal()
}

// recorder puts a decision into a record.
type recorder struct {
	d   Decision
	p   *Policy
	l   lang.Lang
	tag language.Tag
	run *run
	r   *Record

	texts map[*proof.Node]string // the words of steps in the language; steps themselves hold the same in all languages
}

func (b *recorder) write() {
	r, p := b.r, b.p
	for _, ref := range []proof.Reference{{Name: "application", Value: b.d.id}, {Name: "store", Value: b.d.store}, {Name: "parent", Value: b.d.parent}} {
		if ref.Value != "" {
			ref.Value = shown(ref.Value)
			r.References = append(r.References, ref)
		}
	}
	from, to := p.Period()
	var compact bytes.Buffer
	_ = json.Compact(&compact, r.Inputs) // a document that was just written
	r.Documents = []proof.Document{
		{Kind: "policy", ID: p.Platform(), Edition: p.Edition(), Digest: p.Digest(), From: dateText(from), To: dateText(to), Seen: dateText(p.Seen())},
		{Kind: "application", ID: shown(b.d.id), Edition: dateText(b.d.filed), Digest: hexSum(compact.Bytes())},
	}
	for _, o := range p.overlays {
		r.Documents = append(r.Documents, proof.Document{Kind: "overlay", ID: shown(o.Name), Edition: shown(o.Reason), Digest: p.Digest()})
	}
	for _, v := range p.Parameters() {
		if v.Provenance == Set {
			r.Reasons = append(r.Reasons, proof.Reason{Code: "parameter_set", Of: v.Code, Detail: v.Value(), Text: v.Text(b.tag) + colon(b.tag) + v.Value()})
		}
	}
	for _, n := range b.d.Notes() {
		r.Reasons = append(r.Reasons, proof.Reason{Code: n.Code, Of: n.Clause, Text: n.laid(b.l)})
	}
	if paths := b.d.Declared(); len(paths) > 0 {
		r.Reasons = append(r.Reasons, proof.Reason{Code: "rests_on_declaration", Detail: strings.Join(paths, ", "), Text: headDeclared.in(b.tag) + colon(b.tag) + listed(b.l, paths)})
	}
	for i := range p.doc.rules {
		b.rule(i)
	}
	r.Totals = outcomeSteps(r.Lines)
	b.words()
}

// outcomeSteps are the reasons to reject, the open questions and the advice that the rules found, and the outcome: 2 with a
// reason to reject, otherwise 1 with an open question, otherwise 0.
func outcomeSteps(lines []proof.LineProof) []*proof.Node {
	sum := func(name string, e Effect) *proof.Node {
		var found []*proof.Node
		for i := range lines {
			if lines[i].Family == e.String() {
				found = append(found, proof.AgainOf(lines[i].Proof).At("/lines/"+strconv.Itoa(i)+"/proof"))
			}
		}
		return proof.Total(name, "", found...)
	}
	reject, unclear, advice := sum("decision.rejecting", Reject), sum("decision.unclear", Unclear), sum("decision.advice", Advise)
	one := func(n *proof.Node, at string) *proof.Node {
		return proof.Make(proof.Least, "", "", proof.AgainOf(n).At(at), proof.Number("", 1))
	}
	outcome := proof.Make(proof.Greatest, "decision.outcome", "", proof.Make(proof.Product, "", "", proof.Number("", 2), one(reject, "/totals/0")), one(unclear, "/totals/1"))
	return []*proof.Node{reject, unclear, advice, outcome}
}

// rule adds a rule with what it found.
func (b *recorder) rule(i int) {
	u := &b.p.doc.rules[i]
	line := proof.LineProof{Card: u.clause, Code: u.code, On: u.check.String(), Family: u.effect.String()}
	for _, word := range []struct{ name, value string }{
		{"kind", u.kind.String()}, {"provenance", u.provenance.String()}, {"remedy", u.remedy.String()}, {"reason", u.reason}, {"material", u.material},
		{"parts", strings.Join(u.parts, ",")}, {"answer", u.answer}, {"parameter", u.parameter}, {"in_transit", u.transit},
	} {
		if word.value != "" {
			line.Covers = append(line.Covers, word.name+"="+word.value)
		}
	}
	for _, code := range []string{u.parameter, u.transit} {
		if code != "" {
			line.Covers = append(line.Covers, code+"="+strings.Join(b.p.setting(code).words, ","))
		}
	}
	if row, ok := b.p.Rule(u.code); ok {
		line.Title = row.Message(b.tag)
	}
	switch {
	case !b.p.active[i]:
		line.Proof = notApplied("decision.not_active", u.given.parameter+" = "+strings.Join(b.p.setting(u.given.parameter).words, ","))
	case !b.run.applies(u):
		line.Proof = notApplied("decision.other_scope", strings.Join(slices.Concat(u.only.kinds, u.only.roles, codesOfCountries(u.only.countries)), ", "))
		b.texts[line.Proof] = b.others(u.only)
	case u.material != "" && (b.run.kind < 0 || !b.run.asked(u.material)):
		line.Proof = notApplied("decision.other_scope", shown(b.run.a.Warehouse.Kind))
		var asking scope
		for _, k := range b.p.doc.kinds {
			if slices.Contains(k.needs, u.material) || slices.Contains(k.optional, u.material) {
				asking.kinds = append(asking.kinds, k.code)
			}
		}
		b.texts[line.Proof] = b.others(asking)
	default:
		before := len(b.run.found)
		b.run.rule(i)
		found := b.run.found[before:]
		if len(found) > 0 {
			line.Title = found[0].laid(b.l)
		}
		line.Proof = b.steps(u, found)
	}
	b.r.Lines = append(b.r.Lines, line)
}

// nothing stands for what is not there.
const nothing = "∅"

func notApplied(name, why string) *proof.Node {
	return proof.Leaf(proof.None, name, new(big.Rat), "").Saying(why)
}

// steps are how many findings a rule made: of counts and days by arithmetic, of others one for each place where it found
// something and none for each where it looked in vain.
func (b *recorder) steps(u *rule, found []Finding) *proof.Node {
	var n *proof.Node
	switch u.check {
	case stockEnough:
		n = b.stock(u)
	case datedRecent, datedNotFuture:
		n = b.dated(u)
	case answerAge:
		n = b.age(u)
	}
	if n != nil {
		return n
	}
	var list []*proof.Node
	for _, f := range found {
		said, text := shown(f.Value), b.called(u, f.Value)
		if said == "" {
			said, text = nothing, nothing
		}
		if len(f.Want) > 0 {
			said += " → " + shown(joined(f.Want))
			names := make([]string, len(f.Want))
			for i, w := range f.Want {
				names[i] = b.called(u, w)
			}
			text += " → " + listed(b.l, names)
		}
		if f.Declared {
			said += " (" + application.Declared.String() + ")"
			text += bracketed(b.l, wordDeclared.in(b.tag))
		}
		n := seen(1, f.Path, said)
		b.texts[n] = text
		list = append(list, n)
	}
	if len(found) == 0 {
		for _, at := range b.looked(u) {
			n := seen(0, at.path, shown(at.value))
			if b.texts[n] = at.text; at.text == "" {
				b.texts[n] = b.called(u, at.value)
			}
			list = append(list, n)
		}
	}
	return proof.Total("decision.found", "", list...)
}

// called is a word of the application or of the policy at which a rule looks, as people read it.
func (b *recorder) called(u *rule, w string) string {
	switch u.check {
	case shows, showsStated, showsVerified:
		return b.p.doc.partName(u.material, w, b.l)
	case submittedStated, datedStated, datedNotFuture, datedRecent, answerAge:
		return layout.Date(b.l, shown(w))
	case answerGiven, answerForm:
		if a := b.p.doc.answer(u.answer); a != nil && a.date {
			return layout.Date(b.l, shown(w))
		}
	}
	return b.p.doc.word(u.check, u.material, w, b.l)
}

// others are the applications to which a rule is limited, in words.
func (b *recorder) others(s scope) string {
	var names []string
	for _, k := range s.kinds {
		names = append(names, b.p.doc.word(kindKnown, "", k, b.l))
	}
	for _, r := range s.roles {
		names = append(names, b.p.doc.word(roleKnown, "", r, b.l))
	}
	for _, c := range s.countries {
		names = append(names, countryName(c, b.l))
	}
	return listed(b.l, names)
}

// days is a number of days between two, which are laid out in its text.
func (b *recorder) days(from, to country.Date, at string) *proof.Node {
	n := number("decision.days", proof.Span, daysFrom(from, to)).At(at).Saying(from.String() + " … " + to.String())
	b.texts[n] = layout.Date(b.l, from.String()) + " … " + layout.Date(b.l, to.String())
	return n
}

// inWords is a tree with the words of its steps in the language.
func (b *recorder) inWords(n *proof.Node) *proof.Node {
	if n == nil {
		return nil
	}
	c := *n
	if text, ok := b.texts[n]; ok {
		c.Word = text
	}
	c.Args = make([]*proof.Node, len(n.Args))
	for i, a := range n.Args {
		c.Args[i] = b.inWords(a)
	}
	return &c
}

// seen is a place where a rule looked, with how many findings it made there.
func seen(n int64, path, value string) *proof.Node {
	return proof.Leaf(proof.Given, "", new(big.Rat).SetInt64(n), "").At(path).Saying(value)
}

func number(name string, op proof.Op, n int64) *proof.Node {
	return proof.Leaf(op, name, new(big.Rat).SetInt64(n), "")
}

// once is 1 for any number above 0.
func once(name string, n *proof.Node) *proof.Node {
	return proof.Make(proof.Least, name, "", n, proof.Number("", 1))
}

// stock counts the pieces that count against those that are needed; nil where the rule does not look.
func (b *recorder) stock(u *rule) *proof.Node {
	a := b.run.a
	if a.Stock == nil || a.Warehouse.Country.IsZero() {
		return nil
	}
	var hand, transit []*proof.Node
	for i := range a.Stock {
		s := &a.Stock[i]
		if s.Country != a.Warehouse.Country {
			continue
		}
		at := "/stock/" + strconv.Itoa(i)
		hand = append(hand, number("decision.on_hand", proof.Given, s.OnHand).At(at+"/onHand").Saying(shown(s.SKU)))
		transit = append(transit, number("decision.in_transit", proof.Given, s.InTransit).At(at+"/inTransit").Saying(shown(s.SKU)))
	}
	counted := proof.Total("decision.on_hand", "", hand...)
	if b.p.setting(u.transit).on() {
		counted = proof.Total("decision.counted", "", counted, proof.Total("decision.in_transit", "", transit...))
	} else {
		counted = proof.Total("decision.counted", "", counted)
	}
	need := number("decision.need", proof.Stated, b.p.setting(u.parameter).count).Saying(u.parameter)
	return once("decision.found", proof.Make(proof.Less, "decision.short", "", need, counted))
}

// dated counts the days between the dates of papers and the filing; nil where there are none.
func (b *recorder) dated(u *rule) *proof.Node {
	r, a := b.run, b.run.a
	most := int64(0)
	if u.check == datedRecent {
		most = b.p.setting(u.parameter).count
	}
	if most < 0 || a.Submitted.IsZero() || r.kind < 0 || !r.asked(u.material) {
		return nil
	}
	m := b.p.doc.material(u.material)
	papers := r.papers(m)
	if m.onePaper && len(papers) > 1 {
		papers = papers[r.best(m, papers):][:1]
	}
	var bad []*proof.Node
	for _, i := range papers {
		p := &a.Materials[i]
		if p.Dated.IsZero() {
			continue
		}
		days := b.days(p.Dated, a.Submitted, at(i, "dated"))
		limit := number("decision.limit", proof.Stated, most).Saying(u.parameter)
		if u.check == datedRecent {
			bad = append(bad, once("", proof.Make(proof.Less, "", "", days, limit)))
		} else {
			bad = append(bad, once("", proof.Make(proof.Less, "", "", limit, days)))
		}
	}
	if len(bad) == 0 {
		return nil
	}
	return proof.Make(proof.Least, "decision.found", "", bad...) // one good paper is enough
}

// age counts the days from a date that was answered to the filing; nil where there is none.
func (b *recorder) age(u *rule) *proof.Node {
	a := b.run.a
	value, _ := a.Answer(u.answer)
	least := b.p.setting(u.parameter).count
	since, err := country.ParseDate(value)
	if err != nil || least < 0 || a.Submitted.IsZero() {
		return nil
	}
	days := b.days(since, a.Submitted, "/answers/"+u.answer)
	limit := number("decision.limit", proof.Stated, least).Saying(u.parameter)
	return once("decision.found", proof.Make(proof.Less, "", "", limit, days))
}

// place is where a rule looks, with what stands there and, where that is made of several words, the same in words of the
// language.
type place struct{ path, value, text string }

// looked are the places at which a rule looks.
func (b *recorder) looked(u *rule) []place {
	a := b.run.a
	one := func(path, value string) []place { return []place{{path: path, value: value}} }
	switch u.check {
	case roleStated, roleKnown:
		return one("/applicant/role", a.Applicant.Role)
	case parentStated:
		return one("/applicant/parent", a.Applicant.Parent)
	case legalFormStated, legalFormAccepted:
		return one("/applicant/legalForm", a.Applicant.LegalForm)
	case homeStated, homeAccepted:
		return one("/applicant/home", a.Applicant.Home.String())
	case abroad:
		return append(one("/applicant/home", a.Applicant.Home.String()), one("/warehouse/country", a.Warehouse.Country.String())...)
	case kindStated, kindKnown:
		return one("/warehouse/kind", a.Warehouse.Kind)
	case countryStated, countryOpen:
		return one("/warehouse/country", a.Warehouse.Country.String())
	case categoryStated, categoryOpen:
		return one("/category", a.Category)
	case submittedStated:
		return one("/submitted", dateText(a.Submitted))
	case stockStated, stockEnough:
		return one("/stock", strconv.Itoa(len(a.Stock)))
	case answerGiven, answerForm, answerAge:
		value, _ := a.Answer(u.answer)
		return one("/answers/"+u.answer, value)
	case fileOnce, materialAsked:
		var out []place
		for i := range a.Materials {
			value := a.Materials[i].Kind
			if u.check == fileOnce {
				if !hasFile(&a.Materials[i]) {
					continue
				}
				value = a.Materials[i].File.Sum()
			}
			out = append(out, place{path: "/materials/" + strconv.Itoa(i), value: value})
		}
		return out
	}
	return b.papers(u)
}

// papers are the papers of a rule's material, with what they say of what it asks.
func (b *recorder) papers(u *rule) []place {
	a, m := b.run.a, b.p.doc.material(u.material)
	if m == nil {
		return nil
	}
	var out []place
	for _, i := range b.run.papers(m) {
		p := &a.Materials[i]
		path, value, text := "/materials/"+strconv.Itoa(i), "", ""
		switch u.check {
		case materialGiven:
			if value = p.Text; m.file {
				value = p.File.Sum()
			}
		case formStated, formAccepted:
			path, value = at(i, "form"), p.Form
		case datedStated, datedNotFuture, datedRecent:
			path, value = at(i, "dated"), dateText(p.Dated)
		case localPaper:
			path, value = at(i, "country"), p.Country.String()
		default:
			var said, texts []string
			for _, part := range u.parts {
				state, basis := p.Part(part)
				said = append(said, strings.TrimSpace(part+" "+state.String()+" "+basis.String()))
				texts = append(texts, b.called(u, part)+colon(b.tag)+b.standing(state, basis))
			}
			path, value, text = at(i, "shows"), joined(said), listed(b.l, texts)
		}
		out = append(out, place{path, value, text})
	}
	return out
}

// standing is whether a part can be seen and on whose word, in words.
func (b *recorder) standing(state application.State, basis application.Basis) string {
	h := wordNotShown
	switch state {
	case application.NotStated:
		return wordNotStated.in(b.tag)
	case application.Shown:
		h = wordShown
	}
	whose := wordDeclared
	if basis == application.Verified {
		whose = wordVerified
	}
	return h.in(b.tag) + bracketed(b.l, whose.in(b.tag))
}

// words writes the record in words.
func (b *recorder) words() {
	r, tag := b.r, b.tag
	note := func(kind string, depth int, text string) {
		r.Text = append(r.Text, proof.Paragraph{Depth: depth, Kind: kind, Text: text})
	}
	note(proof.KindTitle, 0, headDecision.in(tag)+colon(tag)+b.d.on.outcome.heading().in(tag))
	note(proof.KindNote, 0, headEdition.in(tag)+colon(tag)+b.p.PlatformName(tag)+comma(b.l)+b.why())
	for _, n := range r.Totals {
		note(proof.KindNote, 0, proof.Called(b.l, n.Name)+colon(tag)+proof.Shown(b.l, n))
	}
	for _, reason := range r.Reasons {
		note(proof.KindNote, 1, reason.Text)
	}
	for _, d := range r.Documents {
		if d.Kind == "overlay" {
			note(proof.KindNote, 1, headOverlays.in(tag)+colon(tag)+d.ID+colon(tag)+d.Edition)
		}
	}
	for _, found := range []bool{true, false} {
		said := false
		for i := range r.Lines {
			p := &r.Lines[i]
			if (p.Proof.Value.Sign() > 0) != found {
				continue
			}
			if !said {
				said = true
				note(proof.KindSection, 0, map[bool]heading{true: headReasons, false: headRules}[found].in(tag))
			}
			note(proof.KindLine, 1, p.Code+" ["+p.Card+"]"+colon(tag)+b.state(p))
			if p.Proof.Op == proof.None {
				continue
			}
			for _, n := range p.Proof.Args {
				if n.Op == proof.Given && n.From != "" {
					note(proof.KindStep, 2, strings.TrimSpace(n.From+" "+b.inWords(n).Word))
				}
			}
			if p.Proof.Op != proof.Sum {
				r.Text = append(r.Text, proof.Steps(b.l, b.inWords(p.Proof), 2)...)
			}
		}
	}
}

// state says what became of a rule.
func (b *recorder) state(p *proof.LineProof) string {
	fill := func(h heading, value string) string {
		return expand(headings[h].of(b.l), func(string) string { return value })
	}
	switch {
	case p.Proof.Op == proof.None && p.Proof.Name == "decision.not_active":
		return fill(headNotActive, p.Proof.Word)
	case p.Proof.Op == proof.None:
		return fill(headOtherScope, b.texts[p.Proof])
	case p.Proof.Value.Sign() == 0:
		return headNothing.in(b.tag)
	}
	return fill(headFound, p.Title)
}

// why says why this edition decided.
func (b *recorder) why() string {
	h, from := headUndated, b.p.doc.seen
	if !b.p.doc.from.IsZero() {
		h, from = headDated, b.p.doc.from
	}
	if b.d.filed.IsZero() {
		return b.p.Edition()
	}
	text := expand(headings[h].of(b.l), func(name string) string {
		switch name {
		case "edition":
			return b.p.Edition()
		case "from":
			return layout.Date(b.l, from.String())
		}
		return layout.Date(b.l, b.d.filed.String())
	})
	if to := b.p.doc.to; !to.IsZero() {
		text += comma(b.l) + expand(headings[headUntil].of(b.l), func(string) string { return layout.Date(b.l, to.String()) })
	}
	return text
}

// Verify recomputes what can be recomputed from the record alone: every step, the counts of stock and days, how many
// reasons and questions the rules found, the outcome that follows from them, and all digests, that of the application too.
// The error is a [Problem] at the first place that does not agree: step_differs, digest_differs or step_malformed. The
// digest is no signature: it does not say who made the record. Whether the policy says so is for [VerifyAgainst].
func Verify(r *Record) error {
	if err := r.Verify(); err != nil {
		return err
	}
	if r.Of != "decision" {
		return problem.New(problem.UnknownValue, r.Of, "decision").At("/of")
	}
	for i := range r.Lines {
		if n := r.Lines[i].Proof; n.Value == nil || !n.Value.IsInt() || n.Value.Sign() < 0 {
			return problem.New(problem.StepMalformed, proof.Shown(lang.En, n), "0, 1, 2 …").At("/lines/" + strconv.Itoa(i) + "/proof")
		}
	}
	if err := r.Differs(&Record{Lines: r.Lines, Totals: outcomeSteps(r.Lines)}); err != nil {
		return err
	}
	last := len(r.Totals) - 1
	outcomes := [...]Outcome{Approved, Undetermined, Rejected}
	code := r.Totals[last].Value
	if !code.IsInt() || code.Sign() < 0 || code.Cmp(big.NewRat(int64(len(outcomes)), 1)) >= 0 {
		return problem.New(problem.StepMalformed, code.RatString(), "0 … 2").At("/totals/" + strconv.Itoa(last))
	}
	outcome := outcomes[code.Num().Int64()]
	if r.Status != outcome.String() {
		return problem.New(problem.StepDiffers, r.Status, outcome.String()).At("/status")
	}
	for i, d := range r.Documents {
		if d.Kind == "application" && d.Digest != hexSum(r.Inputs) {
			return problem.New(problem.DigestDiffers, d.Digest, hexSum(r.Inputs)).At("/documents/" + strconv.Itoa(i) + "/digest")
		}
	}
	return nil
}

// VerifyAgainst is [Verify], and checks that the policy says so: it assesses the application of the record again by the
// edition that the record names and compares the two rule by rule and finding by finding. The policies are editions as they
// were used, with the parameters and overlays of the run; others do no harm. It fails as Verify does, with no_edition when
// the edition is not among them, with step_differs at the first rule that finds something else and at the first text or
// other member that is not what the decision says, with digest_differs for a policy that decides alike and is another
// document, and as application.Parse for an application that cannot be read. Texts are compared with those that this
// version writes, after all else: the record of a version that worded them otherwise fails at its first other text.
func VerifyAgainst(r *Record, policies ...*Policy) error {
	if err := Verify(r); err != nil {
		return err
	}
	i := slices.IndexFunc(r.Documents, func(d proof.Document) bool { return d.Kind == "policy" })
	if i < 0 {
		return problem.Problems{problem.New(problem.NoEdition, "").At("/documents")}
	}
	named := r.Documents[i]
	var p *Policy
	var have []string
	for _, q := range policies {
		if q == nil || q.doc == nil {
			continue
		}
		have = append(have, q.Platform()+" "+q.Edition())
		if q.Platform() == named.ID && q.Edition() == named.Edition && (p == nil || q.Digest() == named.Digest) {
			p = q
		}
	}
	if p == nil {
		return problem.Problems{problem.New(problem.NoEdition, named.ID+" "+named.Edition, have...).At("/documents/" + strconv.Itoa(i))}
	}
	a, err := application.Parse(bytes.NewReader(r.Inputs))
	if err != nil {
		return err
	}
	d, err := p.Assess(a)
	if err != nil {
		return err
	}
	tag := language.English
	if l, ok := lang.ByCode(r.Language); ok {
		tag = l.Tag()
	}
	again, err := d.Record(a, tag)
	if err != nil {
		return err
	}
	if err := r.Differs(again); err != nil {
		return err
	}
	if r.Digest == again.Digest {
		return nil
	}
	return unlike(r, again, "/documents/"+strconv.Itoa(i)+"/digest", named.Digest, p.Digest())
}

// unlike is the first member in which two records differ that come to the same: what the rules are, the policy, everything
// else that depends on no wording, and the texts.
func unlike(r, again *Record, policy, named, used string) error {
	var first error
	same := func(at, have, want string) {
		if have != want && first == nil {
			first = problem.New(problem.StepDiffers, have, want).At(at)
		}
	}
	rows := func(at string, have, want int, one func(i int, at string)) {
		for i := range min(have, want) {
			one(i, at+"/"+strconv.Itoa(i))
		}
		same(at, strconv.Itoa(have), strconv.Itoa(want))
	}
	rows("/lines", len(r.Lines), len(again.Lines), func(i int, at string) {
		x, y := &r.Lines[i], &again.Lines[i]
		same(at+"/on", x.On, y.On)
		same(at+"/family", x.Family, y.Family)
		same(at+"/covers", joined(x.Covers), joined(y.Covers))
		same(at+"/covers", strconv.Itoa(len(x.Covers)), strconv.Itoa(len(y.Covers)))
	})
	if first == nil && named != used {
		return problem.New(problem.DigestDiffers, named, used).At(policy)
	}
	same("/language", r.Language, again.Language)
	rows("/references", len(r.References), len(again.References), func(i int, at string) {
		x, y := r.References[i], again.References[i]
		same(at+"/name", x.Name, y.Name)
		same(at+"/value", x.Value, y.Value)
	})
	rows("/reasons", len(r.Reasons), len(again.Reasons), func(i int, at string) {
		x, y := r.Reasons[i], again.Reasons[i]
		same(at+"/code", x.Code, y.Code)
		same(at+"/of", x.Of, y.Of)
		same(at+"/detail", x.Detail, y.Detail)
	})
	rows("/documents", len(r.Documents), len(again.Documents), func(i int, at string) {
		x, y := r.Documents[i], again.Documents[i]
		same(at+"/kind", x.Kind, y.Kind)
		same(at+"/id", x.ID, y.ID)
		same(at+"/edition", x.Edition, y.Edition)
		same(at+"/from", x.From, y.From)
		same(at+"/to", x.To, y.To)
		same(at+"/seen", x.Seen, y.Seen)
		same(at+"/digest", x.Digest, y.Digest)
	})
	same("/inputs", string(r.Inputs), string(again.Inputs))
	rows("/lines", len(r.Lines), len(again.Lines), func(i int, at string) {
		x, y := &r.Lines[i], &again.Lines[i]
		same(at+"/recoverable", strconv.FormatBool(x.Recoverable), strconv.FormatBool(y.Recoverable))
		same(at+"/prepayment", strconv.FormatBool(x.Prepayment), strconv.FormatBool(y.Prepayment))
	})
	rows("/reasons", len(r.Reasons), len(again.Reasons), func(i int, at string) {
		same(at+"/text", r.Reasons[i].Text, again.Reasons[i].Text)
	})
	rows("/lines", len(r.Lines), len(again.Lines), func(i int, at string) {
		same(at+"/title", r.Lines[i].Title, again.Lines[i].Title)
	})
	rows("/text", len(r.Text), len(again.Text), func(i int, at string) {
		x, y := r.Text[i], again.Text[i]
		same(at+"/kind", x.Kind, y.Kind)
		same(at+"/depth", strconv.Itoa(x.Depth), strconv.Itoa(y.Depth))
		same(at+"/text", x.Text, y.Text)
	})
	same("/digest", r.Digest, again.Digest)
	return first
}
