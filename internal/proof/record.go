package proof

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"slices"
	"strconv"

	"github.com/overseaswarehouse/overseas/internal/problem"
)

// Schema is the schema version of records.
const Schema = "overseas/explanation/1"

// Record is an explanation as a document of its own. Its members are those of its JSON form. A record that is read from a
// document is checked by [Record.Verify] only: reading does not. The digests are over the inputs as they are written: a store
// that orders the members of JSON objects anew breaks them, so keep the bytes.
type Record struct {
	Of         string      // what is explained: order, journey, unit, allocation, release, decision, comparison …
	Language   string      // of the texts
	References []Reference // the caller's: order number, SKU
	Status     string      // exact, estimated or incomplete
	Reasons    []Reason    // why it is not exact
	Documents  []Document  // the cards and policies that it rests on
	Inputs     []byte      // what was asked, as its JSON document; nil where there is none
	Lines      []LineProof
	Totals     []*Node // over the lines, and in other currencies
	Text       []Paragraph
	Digest     string // SHA-256 over all the rest, in hexadecimal
}

// Reference is something of the caller's, carried through.
type Reference struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// Reason says why a result is not exact, or what it is missing.
type Reason struct {
	Code   string `json:"code"`
	Of     string `json:"of,omitempty"`
	Detail string `json:"detail,omitempty"`
	Text   string `json:"text"`
}

// Document is a card or policy that a record rests on.
type Document struct {
	Kind    string `json:"kind"` // card, policy, facts
	ID      string `json:"id"`
	Edition string `json:"edition,omitempty"`
	Digest  string `json:"digest"`
	From    string `json:"from,omitempty"`
	To      string `json:"to,omitempty"`
	Seen    string `json:"seen,omitempty"`
}

// LineProof is one amount of a record with its derivation.
type LineProof struct {
	Card        string
	Code        string
	Title       string
	On          string
	Family      string
	Covers      []string
	Recoverable bool
	Prepayment  bool
	Proof       *Node
	Digest      string // of this line, to find the line that was changed
}

// Paragraph is one line of the explanation in words.
type Paragraph struct {
	Depth int    `json:"depth"`
	Kind  string `json:"kind"` // title, note, section, line or step
	Text  string `json:"text"`
}

// The kinds of paragraphs.
const (
	KindTitle   = "title"   // what is explained; the first one is that of the record
	KindNote    = "note"    // about the whole: totals, reasons, exchange rates
	KindSection = "section" // a part of it
	KindLine    = "line"    // a line with its amount
	KindStep    = "step"    // how an amount came about
)

// MarshalJSON writes the step with its value as a decimal, or as a fraction where its decimals do not end.
func (n *Node) MarshalJSON() ([]byte, error) { return n.append(nil), nil }

// append writes a tree in one pass.
func (n *Node) append(b []byte) []byte {
	if n == nil {
		return append(b, "null"...)
	}
	b = appendText(append(b, `{"op":`...), string(n.Op))
	for _, m := range [...]struct{ name, value string }{
		{`,"name":`, n.Name}, {`,"value":`, numberText(n.Value)}, {`,"unit":`, n.Unit}, {`,"word":`, n.Word}, {`,"from":`, n.From}, {`,"mode":`, n.Mode.String()},
	} {
		if m.value != "" {
			b = appendText(append(b, m.name...), m.value)
		}
	}
	for i, a := range n.Args {
		if i == 0 {
			b = append(b, `,"args":[`...)
		} else {
			b = append(b, ',')
		}
		b = a.append(b)
	}
	if len(n.Args) > 0 {
		b = append(b, ']')
	}
	return append(b, '}')
}

// appendText writes a text as a JSON string.
func appendText(b []byte, s string) []byte {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c > '~' || c == '"' || c == '\\' {
			quoted, _ := encode(s) // a string cannot fail
			return append(b, quoted...)
		}
	}
	b = append(b, '"')
	b = append(b, s...)
	return append(b, '"')
}

// MarshalJSON writes the line with its derivation.
func (l LineProof) MarshalJSON() ([]byte, error) { return l.append(nil), nil }

// append writes the line in one pass.
func (l *LineProof) append(b []byte) []byte {
	comma := byte('{')
	text := func(name, value string, always bool) {
		if value != "" || always {
			b = append(append(append(b, comma, '"'), name...), `":`...)
			b, comma = appendText(b, value), ','
		}
	}
	text("card", l.Card, false)
	text("code", l.Code, true)
	text("title", l.Title, false)
	text("on", l.On, false)
	text("family", l.Family, false)
	for i, c := range l.Covers {
		if i == 0 {
			b = append(b, `,"covers":[`...)
		} else {
			b = append(b, ',')
		}
		b = appendText(b, c)
	}
	if len(l.Covers) > 0 {
		b = append(b, ']')
	}
	if l.Recoverable {
		b = append(b, `,"recoverable":true`...)
	}
	if l.Prepayment {
		b = append(b, `,"prepayment":true`...)
	}
	b = l.Proof.append(append(b, `,"proof":`...))
	text("digest", l.Digest, false)
	return append(b, '}')
}

type recordJSON struct {
	Schema      string          `json:"schema"`
	Of          string          `json:"of"`
	Language    string          `json:"language"`
	References  []Reference     `json:"references,omitempty"`
	Status      string          `json:"status"`
	Reasons     []Reason        `json:"reasons,omitempty"`
	Documents   []Document      `json:"documents,omitempty"`
	Inputs      json.RawMessage `json:"inputs,omitempty"`
	Lines       []LineProof     `json:"lines"`
	Totals      []*Node         `json:"totals,omitempty"`
	Text        []Paragraph     `json:"text"`
	Fingerprint string          `json:"fingerprint,omitempty"`
	Digest      string          `json:"digest,omitempty"`
}

// encode is JSON that leaves signs such as < as they are.
func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

func (r *Record) document(fingerprint, digest string) recordJSON {
	lines := r.Lines
	if lines == nil {
		lines = []LineProof{}
	}
	text := r.Text
	if text == nil {
		text = []Paragraph{}
	}
	return recordJSON{Schema, r.Of, r.Language, r.References, r.Status, r.Reasons, r.Documents, r.Inputs, lines, r.Totals, text, fingerprint, digest}
}

// MarshalJSON writes the record as a document that [Read] reads back.
func (r *Record) MarshalJSON() ([]byte, error) {
	if r == nil {
		return []byte("null"), nil
	}
	return encode(r.document(r.Fingerprint(), r.Digest))
}

// WriteJSON writes the record as an indented document. The error is that of the writer.
func (r *Record) WriteJSON(w io.Writer) error {
	r = r.orEmpty()
	raw, err := r.MarshalJSON()
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := json.Indent(&b, raw, "", "  "); err != nil {
		return err
	}
	b.WriteByte('\n')
	_, err = w.Write(b.Bytes())
	return err
}

// Seal gives steps that stand for others their places and makes the digests of a record anew. Inputs are written without
// white space. It fails with step_malformed for a step that stands for one which is not before it in the record.
func (r *Record) Seal() error {
	if r == nil {
		return problem.New(problem.StepMalformed, "", "a record")
	}
	places := map[*Node]string{}
	var lost error
	r.walk(func(at string, n *Node) {
		if n.Op == Again && n.of != nil {
			if n.From = places[n.of]; n.From == "" && lost == nil {
				lost = problem.New(problem.StepMalformed, n.Name, "a step that stands before").At(at)
			}
		}
		places[n] = at
	})
	if lost != nil {
		return lost
	}
	if r.Inputs != nil {
		var b bytes.Buffer
		if err := json.Compact(&b, r.Inputs); err != nil {
			return problem.New(problem.JSONSyntax, "").At("/inputs")
		}
		r.Inputs = b.Bytes()
	}
	for i := range r.Lines {
		d, err := r.Lines[i].digest()
		if err != nil {
			return err
		}
		r.Lines[i].Digest = d
	}
	d, err := r.digest()
	r.Digest = d
	return err
}

func (l LineProof) digest() (string, error) {
	l.Digest = ""
	return digestBytes(l.append(nil)), nil
}

// digest is that of the document without its own digest, in which each line stands by its digest.
func (r *Record) digest() (string, error) {
	d := r.document("", "")
	d.Lines = []LineProof{}
	lines := make([]string, len(r.Lines))
	for i := range r.Lines {
		lines[i] = r.Lines[i].Digest
	}
	return digestOf(struct {
		Record recordJSON `json:"record"`
		Lines  []string   `json:"lines"`
	}{d, lines})
}

func digestOf(v any) (string, error) {
	b, err := encode(v)
	if err != nil {
		return "", err
	}
	return digestBytes(b), nil
}

func digestBytes(b []byte) string {
	d := sha256.Sum256(b)
	return hex.EncodeToString(d[:])
}

// Fingerprint is a short name of the record to quote in a message, three groups of eight hexadecimal digits: the
// documents it rests on, what was asked, and what came out. Two records of which a group is the same agree in that part,
// whatever the language of their texts.
func (r *Record) Fingerprint() string {
	r = r.orEmpty()
	group := func(v any) string {
		d, err := digestOf(v)
		if err != nil {
			return "00000000"
		}
		return d[:8]
	}
	var documents []string
	for _, d := range r.Documents {
		documents = append(documents, d.Kind+" "+d.ID+" "+d.Digest)
	}
	slices.Sort(documents)
	type amount struct{ Card, Code, Value, Unit string }
	var amounts []amount
	add := func(card, code string, n *Node) {
		if n != nil {
			amounts = append(amounts, amount{card, code, numberText(n.Value), n.Unit})
		}
	}
	for _, l := range r.Lines {
		add(l.Card, l.Code, l.Proof)
	}
	for _, t := range r.Totals {
		add("", t.Name, t)
	}
	return group(documents) + "-" + group(r.Inputs) + "-" + group(amounts)
}

// Verify recomputes every step of the record from its leaves and checks its digests. The error is a [problem.Problem] at
// the first place that does not agree: step_differs where a value does not follow from those below it, digest_differs
// where a text or leaf was changed, step_malformed where something is missing. The digest is no signature: it does not say
// who made the record. That prices are those of the cards is not checked here, nor what the steps are said to mean: see
// VerifyAgainst in package fees, and for decisions Verify and VerifyAgainst in package eligibility.
func (r *Record) Verify() error {
	if r == nil {
		return problem.New(problem.StepMalformed, "", "a record")
	}
	var loose error // a step that stands for one that is not in the record
	r.walk(func(at string, n *Node) {
		if n.Op == Again && n.From == "" && loose == nil {
			loose = problem.New(problem.StepMalformed, string(n.Op), "a step that stands before").At(at)
		}
	})
	if loose != nil {
		return loose
	}
	done := checked{}
	for i := range r.Lines {
		if err := r.Lines[i].Proof.check(linePlace(i)+"/proof", done); err != nil {
			return err
		}
	}
	for i, t := range r.Totals {
		if err := t.check("/totals/"+strconv.Itoa(i), done); err != nil {
			return err
		}
	}
	differs := func(have, want, at string) error {
		return problem.New(problem.DigestDiffers, have, want).At(at)
	}
	for i, l := range r.Lines {
		d, err := l.digest()
		if err != nil {
			return err
		}
		if d != l.Digest {
			return differs(l.Digest, d, linePlace(i))
		}
	}
	d, err := r.digest()
	if err != nil {
		return err
	}
	if d != r.Digest {
		return differs(r.Digest, d, "/digest")
	}
	return nil
}

// linePlace is where a line stands in a record.
func linePlace(i int) string { return "/lines/" + strconv.Itoa(i) }

// walk visits every step of the record with its place, arguments before what is made of them.
func (r *Record) walk(visit func(at string, n *Node)) {
	var tree func(at string, n *Node)
	tree = func(at string, n *Node) {
		if n == nil {
			return
		}
		for i, a := range n.Args {
			tree(at+"/args/"+strconv.Itoa(i), a)
		}
		visit(at, n)
	}
	for i := range r.Lines {
		tree(linePlace(i)+"/proof", r.Lines[i].Proof)
	}
	for i, t := range r.Totals {
		tree("/totals/"+strconv.Itoa(i), t)
	}
}

// orEmpty is r, or an empty record for nil.
func (r *Record) orEmpty() *Record {
	if r == nil {
		return &Record{}
	}
	return r
}

// Differs is the first place in which two records say different things of their numbers: lines, steps, totals. Texts,
// digests and languages do not count.
func (r *Record) Differs(s *Record) error {
	r, s = r.orEmpty(), s.orEmpty()
	if len(r.Lines) != len(s.Lines) {
		return problem.New(problem.StepDiffers, strconv.Itoa(len(r.Lines)), strconv.Itoa(len(s.Lines))).At("/lines")
	}
	for i := range r.Lines {
		a, b := r.Lines[i], s.Lines[i]
		if err := a.Proof.differs(b.Proof, linePlace(i)+"/proof"); err != nil {
			return err
		}
		if a.Card != b.Card || a.Code != b.Code {
			return problem.New(problem.StepDiffers, a.Card+"/"+a.Code, b.Card+"/"+b.Code).At(linePlace(i))
		}
	}
	if len(r.Totals) != len(s.Totals) {
		return problem.New(problem.StepDiffers, strconv.Itoa(len(r.Totals)), strconv.Itoa(len(s.Totals))).At("/totals")
	}
	for i := range r.Totals {
		if err := r.Totals[i].differs(s.Totals[i], "/totals/"+strconv.Itoa(i)); err != nil {
			return err
		}
	}
	return nil
}

// Contradicts is the first place, beside the numbers that [Record.Differs] compares, in which two records say different
// things: what they are of, status, reasons, documents, references, what lines are for, and last the words.
func (r *Record) Contradicts(s *Record) error {
	r, s = r.orEmpty(), s.orEmpty()
	other := func(at, have, want string) error { return problem.New(problem.StepDiffers, have, want).At(at) }
	text := func(v any) string {
		b, err := encode(v)
		if err != nil {
			return ""
		}
		return string(b)
	}
	for _, m := range []struct {
		at   string
		a, b any
	}{
		{"/of", r.Of, s.Of}, {"/language", r.Language, s.Language}, {"/status", r.Status, s.Status}, {"/references", r.References, s.References},
		{"/reasons", r.Reasons, s.Reasons}, {"/documents", r.Documents, s.Documents}, {"/inputs", string(r.Inputs), string(s.Inputs)},
	} {
		if a, b := text(m.a), text(m.b); a != b {
			return other(m.at, a, b)
		}
	}
	for i := range r.Lines {
		a, b := r.Lines[i], s.Lines[i]
		a.Proof, a.Digest, b.Proof, b.Digest = nil, "", nil, ""
		if a, b := text(a), text(b); a != b {
			return other(linePlace(i), a, b)
		}
	}
	for i := range max(len(r.Text), len(s.Text)) {
		var a, b Paragraph
		if i < len(r.Text) {
			a = r.Text[i]
		}
		if i < len(s.Text) {
			b = s.Text[i]
		}
		if a != b {
			return other("/text/"+strconv.Itoa(i), a.Text, b.Text)
		}
	}
	return nil
}
