package eligibility_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"flag"
	"io"
	"math/big"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/language"

	"github.com/overseaswarehouse/overseas/application"
	"github.com/overseaswarehouse/overseas/eligibility"
	"github.com/overseaswarehouse/overseas/internal/brief"
	"github.com/overseaswarehouse/overseas/internal/lang"
	"github.com/overseaswarehouse/overseas/internal/problem"
	"github.com/overseaswarehouse/overseas/internal/proof"
	"github.com/overseaswarehouse/overseas/internal/proof/prooftest"
	"github.com/overseaswarehouse/overseas/internal/schematest"
)

// recorded is the record of a decision, with everything checked that holds of any: it verifies, says what the decision
// says, survives JSON and is what the policy says again.
func recorded(t testing.TB, p *eligibility.Policy, a *application.Application, tag language.Tag) *eligibility.Record {
	t.Helper()
	d, err := p.Assess(a)
	if err != nil {
		t.Fatal(err)
	}
	r, err := d.Record(a, tag)
	if err != nil {
		t.Fatal(err)
	}
	if err := eligibility.Verify(r); err != nil {
		t.Fatalf("%v\n%s", err, proof.Plain(r.Text))
	}
	fired := map[string]int64{}
	for _, f := range append(d.Findings(), d.Advice()...) {
		fired[f.Code]++
	}
	for _, line := range r.Lines {
		if !line.Proof.Value.IsInt() || line.Proof.Value.Num().Int64() != fired[line.Code] {
			t.Fatalf("%s: %d findings, proved %s\n%s", line.Code, fired[line.Code], line.Proof.Value, proof.Plain(r.Text))
		}
	}
	if r.Status != d.Outcome().String() {
		t.Fatalf("%s: %s", r.Status, d.Outcome())
	}
	doc, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	back, err := eligibility.ParseRecord(bytes.NewReader(doc))
	if err != nil {
		t.Fatalf("%v\n%s", err, doc)
	}
	again, err := json.Marshal(back)
	if err != nil || !bytes.Equal(doc, again) {
		t.Fatalf("%v\n%s\n%s", err, doc, again)
	}
	if _, err := application.Parse(bytes.NewReader(r.Inputs)); err == nil {
		if err := eligibility.VerifyAgainst(back, p); err != nil {
			t.Fatalf("%v\n%s", err, proof.Plain(r.Text))
		}
	}
	return r
}

// TestRecordsOfRandomApplications examines decisions of the shipped policy, of it with other parameters, and of another
// platform.
func TestRecordsOfRandomApplications(t *testing.T) {
	schema, err := schematest.New(eligibility.RecordJSONSchema())
	if err != nil {
		t.Fatal(err)
	}
	p := eligibility.AliExpress().Latest()
	set, err := p.With(map[string]string{"stock_in_transit_counts": "no"})
	if err != nil {
		set = p
		for _, v := range p.Parameters() {
			if v.Form == "switch" {
				other := map[string]string{"yes": "no", "no": "yes"}[v.Value()]
				if set, err = p.With(map[string]string{v.Code: other}); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	r := rand.New(rand.NewPCG(17, 4))
	outcomes := map[string]int{}
	for i := range brief.Rounds(400) {
		policy := []*eligibility.Policy{p, set}[i%2]
		rec := recorded(t, policy, random(r), lang.All()[i%8].Tag())
		outcomes[rec.Status]++
		if i%20 == 0 {
			doc, _ := json.Marshal(rec)
			if err := schema.Judge(doc); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, o := range []string{"approved", "rejected", "undetermined"} {
		if outcomes[o] < 5 {
			t.Errorf("%d %s", outcomes[o], o)
		}
	}
}

// TestRecordsOfCases examines the decisions of every case that comes with a policy.
func TestRecordsOfCases(t *testing.T) {
	for _, files := range [][2]string{{"aliexpress.json", "aliexpress.cases.json"}, {marketplacePath("policy.json"), marketplacePath("cases.json")}} {
		doc, err := os.ReadFile(files[0])
		if err != nil {
			t.Fatal(err)
		}
		p, err := eligibility.ParsePolicy(bytes.NewReader(doc))
		if err != nil {
			t.Fatal(err)
		}
		text, err := os.Open(files[1])
		if err != nil {
			t.Fatal(err)
		}
		defer text.Close()
		e, err := eligibility.NewEditions(p)
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		if err := eligibility.CaseApplications(e, text, func(p *eligibility.Policy, a *application.Application) {
			recorded(t, p, a, language.English)
			n++
		}); err != nil {
			t.Fatal(err)
		}
		if n < 20 {
			t.Errorf("%s: only %d applications", files[1], n)
		}
	}
}

func marketplacePath(name string) string { return filepath.Join("..", "examples", "marketplace", name) }

// short has too little stock and an old photo, so that counts and days are among the steps.
func short() *application.Application {
	a := troubled()
	a.Stock = []application.Stock{{SKU: "A1", Country: code("FR"), OnHand: 40}}
	return a
}

// TestAnyChangeOfARecordIsFound changes everything that a record says, one thing at a time, and then every value with
// the digests made anew.
func TestAnyChangeOfARecordIsFound(t *testing.T) {
	p := eligibility.AliExpress().Latest()
	r := recorded(t, p, short(), language.English)
	if changes := prooftest.Altered(t, r, 1, eligibility.Verify); changes < 600 {
		t.Errorf("only %d changes", changes)
	}
	// One who means it makes the digests anew: what follows from the rest fails at its step, and what the application or
	// the policy says fails against the policy.
	reseal := func(what string, alone error, change, back func()) {
		t.Helper()
		change()
		if err := r.Seal(); err != nil {
			t.Fatal(err)
		}
		if err := eligibility.Verify(r); alone != nil && !errors.Is(err, alone) {
			t.Errorf("%s: %v", what, err)
		}
		if err := eligibility.VerifyAgainst(r, p); err == nil {
			t.Errorf("%s: the policy agrees", what)
		}
		back()
	}
	prooftest.Steps(r, func(at string, n *eligibility.Step) {
		v := n.Value
		if v == nil {
			return
		}
		var want error
		if len(n.Args) > 0 {
			want = problem.StepDiffers
		}
		reseal(at, want, func() { n.Value = new(big.Rat).Add(v, big.NewRat(1, 1)) }, func() { n.Value = v })
	})
	status := r.Status
	reseal("status", problem.StepDiffers, func() { r.Status = "approved" }, func() { r.Status = status })
	in := bytes.Clone(r.Inputs)
	reseal("inputs", problem.DigestDiffers, func() { r.Inputs = bytes.Replace(in, []byte(`"FR"`), []byte(`"DE"`), 1) }, func() { r.Inputs = in })
	family := r.Lines[0].Family
	reseal("effect", problem.StepDiffers, func() { r.Lines[0].Family = "advise" }, func() { r.Lines[0].Family = family })
	covers := r.Lines[0].Covers[0]
	reseal("kind", nil, func() { r.Lines[0].Covers[0] = "kind=x" }, func() { r.Lines[0].Covers[0] = covers })
	digest := r.Documents[0].Digest
	reseal("policy", nil, func() { r.Documents[0].Digest = digest[1:] + "0" }, func() { r.Documents[0].Digest = digest })
	if err := r.Seal(); err != nil || eligibility.VerifyAgainst(r, p) != nil {
		t.Error("changed back:", eligibility.VerifyAgainst(r, p))
	}
}

// TestVerifyAgainstNamesWhatWasChanged changes what no step holds and makes the digests anew: the policy is not to blame.
func TestVerifyAgainstNamesWhatWasChanged(t *testing.T) {
	p := eligibility.AliExpress().Latest()
	for at, change := range map[string]func(r *eligibility.Record){
		"/text/3/text":         func(r *eligibility.Record) { r.Text[3].Text += "x" },
		"/text/9/depth":        func(r *eligibility.Record) { r.Text[9].Depth++ },
		"/text/12/kind":        func(r *eligibility.Record) { r.Text[12].Kind = proof.KindTitle },
		"/text":                func(r *eligibility.Record) { r.Text = r.Text[:len(r.Text)-1] },
		"/lines/2/title":       func(r *eligibility.Record) { r.Lines[2].Title = "" },
		"/lines/2/recoverable": func(r *eligibility.Record) { r.Lines[2].Recoverable = true },
		"/lines/2/prepayment":  func(r *eligibility.Record) { r.Lines[2].Prepayment = true },
		"/lines/3/on":          func(r *eligibility.Record) { r.Lines[3].On += "x" },
		"/lines/3/covers":      func(r *eligibility.Record) { r.Lines[3].Covers = []string{strings.Join(r.Lines[3].Covers, ", ")} },
		"/references/0/name":   func(r *eligibility.Record) { r.References[0].Name = "x" },
		"/references/0/value":  func(r *eligibility.Record) { r.References[0].Value = "x" },
		"/references":          func(r *eligibility.Record) { r.References = append(r.References, proof.Reference{Name: "x"}) },
		"/reasons/1/code":      func(r *eligibility.Record) { r.Reasons[1].Code = "x" },
		"/reasons/1/of":        func(r *eligibility.Record) { r.Reasons[1].Of = "x" },
		"/reasons/1/detail":    func(r *eligibility.Record) { r.Reasons[1].Detail = "x" },
		"/reasons/1/text":      func(r *eligibility.Record) { r.Reasons[1].Text = "x" },
		"/reasons":             func(r *eligibility.Record) { r.Reasons = r.Reasons[:1] },
		"/documents/0/seen":    func(r *eligibility.Record) { r.Documents[0].Seen = "2026-01-01" },
		"/documents/0/from":    func(r *eligibility.Record) { r.Documents[0].From = "2026-01-01" },
		"/documents/0/to":      func(r *eligibility.Record) { r.Documents[0].To = "2029-01-01" },
		"/documents/1/id":      func(r *eligibility.Record) { r.Documents[1].ID = "x" },
		"/documents/1/edition": func(r *eligibility.Record) { r.Documents[1].Edition = "x" },
		"/documents":           func(r *eligibility.Record) { r.Documents = append(r.Documents, proof.Document{Kind: "x"}) },
	} {
		r := recorded(t, p, short(), language.English)
		change(r)
		if err := r.Seal(); err != nil {
			t.Fatal(err)
		}
		err := eligibility.VerifyAgainst(r, p)
		var found eligibility.Problem
		if !errors.Is(err, problem.StepDiffers) || !errors.As(err, &found) || found.Path != at || len(found.Want) > 0 && found.Text == found.Want[0] {
			t.Errorf("%s: %v", at, err)
		}
	}
}

// TestVerifyAgainstOtherPolicies names the edition that is missing and the rule that finds something else.
func TestVerifyAgainstOtherPolicies(t *testing.T) {
	p := eligibility.AliExpress().Latest()
	r := recorded(t, p, short(), language.English)
	if err := eligibility.VerifyAgainst(r); !errors.Is(err, eligibility.ErrNoEdition) {
		t.Error(err)
	}
	market, err := eligibility.ParsePolicy(strings.NewReader(marketplace(t, "policy.json")))
	if err != nil {
		t.Fatal(err)
	}
	if err := eligibility.VerifyAgainst(r, nil, &eligibility.Policy{}, market); !errors.Is(err, eligibility.ErrNoEdition) {
		t.Error(err)
	}
	if err := eligibility.VerifyAgainst(r, market, p); err != nil {
		t.Error(err)
	}
	for code := range map[string]bool{r.Lines[0].Code: true, r.Lines[len(r.Lines)-1].Code: true} {
		if err := eligibility.VerifyAgainst(r, p.Without(code)); !errors.Is(err, problem.StepDiffers) {
			t.Errorf("%s: %v", code, err)
		}
	}
	shut := p.Broken(func(d *eligibility.Doc) { d.Destinations = d.Destinations[:1] })
	if err := eligibility.VerifyAgainst(r, shut); err == nil {
		t.Error("another list of countries")
	}
	other := p.Broken(func(d *eligibility.Doc) { d.Family = !d.Family })
	if err := eligibility.VerifyAgainst(r, other); !errors.Is(err, problem.DigestDiffers) {
		t.Error("decides alike, but is another document:", err)
	}
	if p.Digest() == other.Digest() || p.Digest() == "" || p.Digest() != eligibility.AliExpress().Latest().Digest() {
		t.Error("digests of policies")
	}
}

// TestRecordRefusesAnotherApplication holds the decision against the application.
func TestRecordRefusesAnotherApplication(t *testing.T) {
	p := eligibility.AliExpress().Latest()
	d, err := p.Assess(short())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.Record(thirdParty(), language.English); !errors.Is(err, problem.StepDiffers) {
		t.Error(err)
	}
	if _, err := d.Record(nil, language.English); !errors.Is(err, eligibility.ErrMissingField) {
		t.Error(err)
	}
	if _, err := (eligibility.Decision{}).Record(short(), language.English); !errors.Is(err, eligibility.ErrNoEdition) {
		t.Error(err)
	}
	if err := eligibility.Verify(nil); err == nil {
		t.Error("no record verifies")
	}
	if err := eligibility.Verify(&eligibility.Record{}); err == nil {
		t.Error("the zero record verifies")
	}
	if (eligibility.Decision{}).Fingerprint() != "" || len(d.Fingerprint()) != 17 {
		t.Error(d.Fingerprint())
	}
	// A record of something else whose arithmetic is right is no decision.
	r := recorded(t, p, short(), language.English)
	r.Of = "order"
	if err := r.Seal(); err != nil {
		t.Fatal(err)
	}
	if err := eligibility.Verify(r); !errors.Is(err, eligibility.ErrUnknownValue) {
		t.Error(err)
	}
	r.Of, r.Totals = "decision", nil
	if err := r.Seal(); err != nil {
		t.Fatal(err)
	}
	if err := eligibility.Verify(r); err == nil {
		t.Error("a decision without an outcome verifies")
	}
}

// TestViewsOfARecord holds the views in every language against golden files.
func TestViewsOfARecord(t *testing.T) {
	p := eligibility.AliExpress().Latest()
	d, err := p.Assess(short())
	if err != nil {
		t.Fatal(err)
	}
	english := recorded(t, p, short(), language.English)
	for _, l := range lang.All() {
		r := recorded(t, p, short(), l.Tag())
		if r.Fingerprint() != english.Fingerprint() {
			t.Errorf("the fingerprint in %s is another", l)
		}
		golden(t, "record."+l.String()+".txt", proof.Plain(r.Text))
		rows, err := csv.NewReader(strings.NewReader(d.CSV(l.Tag()))).ReadAll()
		if err != nil || len(rows) != 1+len(d.Findings())+len(d.Advice()) {
			t.Errorf("%s: %d rows, %v", l, len(rows), err)
		}
		x := xml.NewDecoder(strings.NewReader(d.HTML(l.Tag())))
		items := 0
		for {
			tok, err := x.Token()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v\n%s", l, err, d.HTML(l.Tag()))
			}
			if s, ok := tok.(xml.StartElement); ok && s.Name.Local == "li" {
				items++
			}
		}
		if text := strings.Count(d.Text(l.Tag()), "\n  - "); items != text {
			t.Errorf("%s: %d items, the text has %d", l, items, text)
		}
	}
	golden(t, "decision.html", d.HTML(language.English))
	golden(t, "decision.csv", strings.ReplaceAll(d.CSV(language.German), "\r\n", "\n"))
	a := troubled()
	a.Warehouse.Kind = "=<script>alert(1)</script>"
	d, _ = p.Assess(a)
	if html := d.HTML(language.English); strings.Contains(html, "<script") {
		t.Error(html)
	}
	if sheet := d.CSV(language.English); strings.Contains(sheet, ",=") || !strings.Contains(sheet, "'=<script") {
		t.Error(sheet)
	}
}

var isoDay = regexp.MustCompile(`\d{4}-\d\d-\d\d`)

// TestRecordTextsAreInTheirLanguage finds words of documents, days as documents write them and the punctuation of another
// language in the texts of records. Codes of rules and parameters, clauses and places stand as they are.
func TestRecordTextsAreInTheirLanguage(t *testing.T) {
	p := eligibility.AliExpress().Latest()
	words := map[string]bool{"shown": true, "not_shown": true, "declared": true, "verified": true}
	p.DocumentTexts(func(name string, _ [8]string) {
		kind, code, _ := strings.Cut(name, " ")
		switch kind {
		case "role", "word", "kind", "material", "part":
			words[code[strings.LastIndexByte(code, ' ')+1:]] = true
		}
	})
	if len(words) < 25 {
		t.Fatalf("only %d words", len(words))
	}
	late := troubled()
	late.Materials[2].Dated = day("2026-11-25")
	verified := selfOperated()
	for i := range verified.Materials {
		for k := range verified.Materials[i].Shows {
			verified.Materials[i].Shows[k].Basis = application.Verified
		}
	}
	sub := short()
	sub.Applicant.Role, sub.Applicant.LegalForm = "sub", "company"
	for _, l := range lang.All() {
		seen := map[string]bool{}
		for _, a := range []*application.Application{short(), thirdParty(), selfOperated(), late, verified, sub} {
			r := recorded(t, p, a, l.Tag())
			for _, x := range r.Text {
				text := x.Text
				if isoDay.MatchString(text) {
					t.Errorf("%s: %s", l, text)
				}
				if strings.HasPrefix(text, "/") && x.Kind == proof.KindStep {
					_, text, _ = strings.Cut(text, " ") // the place
				} else if x.Kind == proof.KindLine {
					_, text, _ = strings.Cut(text, "]")
				}
				if strings.Contains(text, " = ") {
					continue // the setting of a parameter, or arithmetic
				}
				for _, w := range strings.FieldsFunc(text, func(r rune) bool { return r != '_' && !unicode.IsLetter(r) }) {
					if words[w] && (l != lang.En || strings.Contains(w, "_")) {
						t.Errorf("%s: %q in %s", l, w, x.Text)
					}
					seen[w] = true
				}
				if l == lang.ZhHans && strings.ContainsAny(text, "(),;") && !strings.Contains(text, "Hafenstraße") {
					t.Errorf("%s: %s", l, x.Text)
				}
			}
			for _, reason := range r.Reasons {
				if isoDay.MatchString(reason.Text) {
					t.Errorf("%s: %s", l, reason.Text)
				}
			}
			for _, line := range r.Lines {
				if isoDay.MatchString(line.Title) {
					t.Errorf("%s: %s", l, line.Title)
				}
			}
		}
		if len(seen) < 20 && l != lang.ZhHans {
			t.Errorf("%s: only %d words", l, len(seen))
		}
	}
}

var release = flag.String("release", "", "make the records of a version, once")

// wording are the places of texts in a record.
var wording = regexp.MustCompile(`^(/reasons/\d+/text|/lines/\d+/title|/text(/\d+/(text|kind|depth))?)$`)

// TestReleasedRecords verifies the records that released versions made. -update never writes them.
func TestReleasedRecords(t *testing.T) {
	p := eligibility.AliExpress().Latest()
	if *release != "" {
		dir := filepath.Join("testdata", "records", *release)
		if err := os.Mkdir(dir, 0o755); err != nil {
			t.Fatal(err)
		}
		for name, a := range map[string]*application.Application{"approved": thirdParty(), "rejected": short(), "self_operated": selfOperated()} {
			var b bytes.Buffer
			if err := recorded(t, p, a, language.English).WriteJSON(&b); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(dir, name+".json"), b.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	paths, err := filepath.Glob("testdata/records/*/*.json")
	if err != nil || len(paths) < 3 {
		t.Fatalf("%d records, %v", len(paths), err)
	}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		r, err := eligibility.ParseRecord(bytes.NewReader(data))
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		if err := eligibility.Verify(r); err != nil {
			t.Errorf("%s: %v", path, err)
		}
		// The edition still says so, if in other words.
		var at eligibility.Problem
		if err := eligibility.VerifyAgainst(r, p); err != nil && (!errors.As(err, &at) || !wording.MatchString(at.Path)) {
			t.Errorf("%s: %v", path, err)
		}
		r.Lines[0].Proof.Value.Add(r.Lines[0].Proof.Value, big.NewRat(1, 1))
		if err := eligibility.Verify(r); err == nil {
			t.Errorf("%s: a changed count verifies", path)
		}
	}
}

// TestStockIsCountedInTheRecord counts goods on hand and in transit, which count or do not.
func TestStockIsCountedInTheRecord(t *testing.T) {
	r := recorded(t, eligibility.AliExpress().Latest(), short(), language.English)
	found := false
	prooftest.Steps(r, func(_ string, n *eligibility.Step) {
		if n.Name == "decision.short" {
			found = true
			if n.Value.Cmp(big.NewRat(1, 1)) != 0 {
				t.Error(n.Value)
			}
		}
	})
	if !found {
		t.Error("no count of stock")
	}
}

// resealed is a record in which the arithmetic follows the lines again and the digests were made anew, as by one who
// means it.
func resealed(t testing.TB, r *eligibility.Record) *eligibility.Record {
	t.Helper()
	r.Totals = eligibility.OutcomeSteps(r.Lines)
	if err := r.Seal(); err != nil {
		t.Fatal(err)
	}
	doc, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	back, err := eligibility.ParseRecord(bytes.NewReader(doc))
	if err != nil {
		t.Fatal(err)
	}
	return back
}

// TestRecordOfPartsOfFindings puts what is no count of findings in place of one.
func TestRecordOfPartsOfFindings(t *testing.T) {
	p := eligibility.AliExpress().Latest()
	for _, family := range []string{"reject", "undetermined"} {
		for _, value := range []*big.Rat{big.NewRat(3, 10), big.NewRat(-1, 1), big.NewRat(-7, 2), big.NewRat(17, 10)} {
			r := recorded(t, p, thirdParty(), language.English)
			for i := range r.Lines {
				if r.Lines[i].Family == family {
					r.Lines[i].Proof = proof.Leaf(proof.Given, "", value, "")
					break
				}
			}
			r = resealed(t, r)
			for _, err := range []error{eligibility.Verify(r), eligibility.VerifyAgainst(r, p)} {
				var at eligibility.Problem
				if !errors.Is(err, problem.StepMalformed) || !errors.As(err, &at) || !strings.HasPrefix(at.Path, "/lines/") {
					t.Errorf("%s of %s: %v", family, value, err)
				}
			}
		}
	}
}

// FuzzVerifyRecord cuts bytes out of real records and puts others there, and takes what it puts alone for a record. Each is
// judged as it is and with the arithmetic and the digests made anew: whatever it says, nothing panics.
func FuzzVerifyRecord(f *testing.F) {
	p := eligibility.AliExpress().Latest()
	paths, err := filepath.Glob("testdata/records/*/*.json")
	if err != nil || len(paths) < 3 {
		f.Fatalf("%d records, %v", len(paths), err)
	}
	var docs [][]byte
	for i, path := range paths {
		doc, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		docs = append(docs, doc)
		f.Add(uint8(i), uint32(0), uint16(0), "")
		for _, pair := range [][2]string{
			{`"value": "1"`, `"value": "0.3"`}, {`"value": "1"`, `"value": "-1"`}, {`"value": "0"`, `"value": "-5"`}, {`"value": "0",`, ``},
			{`"op": "given"`, `"op": "word"`}, {`"op": "sum"`, `"op": "given"`}, {`"op": "none"`, `"op": "again"`}, {`"family": "advise"`, `"family": "reject"`},
			{`"value": "0"`, `"value": "0", "unit": "EUR"`}, {`"kind": "policy"`, `"kind": "x"`}, {`"inputs": {`, `"inputs": {"x": 1,`}, {`"inputs": {`, `"x": {`},
		} {
			for _, at := range []int{bytes.Index(doc, []byte(pair[0])), bytes.LastIndex(doc, []byte(pair[0]))} {
				if at >= 0 {
					f.Add(uint8(i), uint32(at), uint16(len(pair[0])), pair[1])
				}
			}
		}
		// The first rule found a part of something.
		from := bytes.Index(doc, []byte(`"proof": `))
		to := from + bytes.Index(doc[from:], []byte("\n      },"))
		for _, value := range []string{"0.3", "1.7", "-1", "99"} {
			f.Add(uint8(i), uint32(from), uint16(to-from), `"proof": {"op": "given", "value": "`+value+`"`)
		}
	}
	f.Add(uint8(255), uint32(0), uint16(0), `{"schema":"`+eligibility.RecordSchema+`","of":"decision","language":"en","status":"approved","lines":[],"text":[],"digest":"0"}`)
	f.Fuzz(func(t *testing.T, which uint8, at uint32, cut uint16, put string) {
		doc := []byte(put)
		if int(which) < len(docs) {
			was := docs[which]
			from := min(int(at), len(was))
			to := min(from+int(cut), len(was))
			doc = append(append(bytes.Clone(was[:from]), put...), was[to:]...)
		}
		r, err := eligibility.ParseRecord(bytes.NewReader(doc))
		if err != nil {
			return
		}
		judge := func() {
			alone, against := eligibility.Verify(r), eligibility.VerifyAgainst(r, p)
			if alone != nil && against == nil {
				t.Fatalf("the policy agrees with what does not verify: %v", alone)
			}
		}
		judge()
		if r.Seal() != nil {
			return
		}
		judge()
		for i := range r.Lines {
			if r.Lines[i].Proof == nil || r.Lines[i].Proof.Value == nil {
				return
			}
		}
		r.Totals = eligibility.OutcomeSteps(r.Lines)
		if r.Seal() == nil {
			judge()
		}
	})
}
