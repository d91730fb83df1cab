package batch

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"math/big"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/language"

	"github.com/overseaswarehouse/overseas/fees"
	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/internal/lang"
	"github.com/overseaswarehouse/overseas/internal/problem"
	"github.com/overseaswarehouse/overseas/internal/proof"
	"github.com/overseaswarehouse/overseas/internal/schematest"
)

// examined checks what holds of any record: it verifies, and does so after it was written and read.
func examined(t testing.TB, r *Record) {
	t.Helper()
	if err := r.Verify(); err != nil {
		doc, _ := json.MarshalIndent(r, "", " ")
		t.Fatalf("%v\n%s", err, doc)
	}
	doc, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	back, err := fees.ParseRecord(bytes.NewReader(doc))
	if err != nil {
		t.Fatalf("%v\n%s", err, doc)
	}
	again, err := json.Marshal(back)
	if err != nil || !bytes.Equal(doc, again) {
		t.Fatalf("%v\n%s\n%s", err, doc, again)
	}
	if err := back.Verify(); err != nil {
		t.Fatalf("read back: %v\n%s", err, proof.Plain(r.Text))
	}
}

// judged is examined, and the schema accepts the record.
func judged(t testing.TB, r *Record) {
	t.Helper()
	examined(t, r)
	schema, err := schematest.New(fees.RecordJSONSchema())
	if err != nil {
		t.Fatal(err)
	}
	doc, _ := json.Marshal(r)
	if err := schema.Judge(doc); err != nil {
		t.Fatal(err)
	}
}

func ratOfMoney(m money.Money) *big.Rat { return ratOf(m.Coef(), m.Scale()) }

// TestEveryShareIsProved shares random amounts by random weights and all methods: the proofs come to what AllocateRatios
// says.
func TestEveryShareIsProved(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 7))
	proved := map[Method]int{}
	for n := range 700 {
		weights := make([]*big.Rat, 1+r.IntN(7))
		for i := range weights {
			switch r.IntN(6) {
			case 0:
			case 1:
				weights[i] = big.NewRat(r.Int64N(5), 1+r.Int64N(6))
			default:
				weights[i] = big.NewRat(r.Int64N(4), 1)
			}
		}
		m, _ := money.Of(r.Int64N(300)-60, 2, euro)
		rule := Rule{Method: Method(n % len(methods)), Zero: ZeroBasis(r.IntN(2))}
		if r.IntN(5) == 0 {
			rule.Unit, _ = money.Of(5, 2, euro)
		}
		a, err := ExplainAllocation(m, weights, rule)
		if err != nil {
			continue
		}
		proved[rule.Method]++
		rec := a.Record(language.English)
		examined(t, rec)
		shares := a.Shares()
		if len(rec.Lines) != len(shares) {
			t.Fatalf("%d lines of %d", len(rec.Lines), len(shares))
		}
		for k, line := range rec.Lines {
			i := k
			if rule.Method == RunningBack {
				i = len(shares) - 1 - k
			}
			if line.Proof.Value.Cmp(ratOfMoney(shares[i])) != 0 {
				t.Fatalf("%s of %s by %v: share %d is %s, proved %s\n%s", rule.Method, m, weights, i, shares[i], line.Proof.Value.FloatString(2), rec.Text[0].Text)
			}
		}
		if rec.Totals[1].Value.Sign() != 0 {
			t.Fatal("not all is shared")
		}
	}
	for i := range methods {
		if proved[Method(i)] < 50 {
			t.Errorf("%s: %d", Method(i), proved[Method(i)])
		}
	}
}

// explained explains every stride-th order of a ledger: the records verify, add up to what Costs says, and their lines to
// the journal.
func explained(t testing.TB, l *Ledger, stride int) {
	t.Helper()
	for i, c := range l.Costs(Query{Per: PerOrder}) {
		if i%stride != 0 || c.Order == "" {
			continue
		}
		r, err := l.ExplainOrder(c.Order, language.English)
		if err != nil {
			t.Fatalf("%s: %v", c.Order, err)
		}
		examined(t, r)
		for k, want := range []money.Money{c.Goods.Sum(), c.Charges.Sum(), c.Total().Sum()} {
			if r.Totals[k].Value.Cmp(ratOfMoney(want)) != 0 {
				t.Fatalf("%s: %s is %s, the ledger says %s\n%s", c.Order, r.Totals[k].Name, r.Totals[k].Value.FloatString(2), want, text(nil, r.Text[0].Text))
			}
		}
		if err := l.VerifyRecord(r); err != nil {
			t.Fatal(err)
		}
	}
}

// TestEveryMovementIsProved explains the movements of random ledgers: each comes to the cost that is in the journal.
func TestEveryMovementIsProved(t *testing.T) {
	for seed := range uint64(8) {
		s := newSequence(seed)
		l, _ := New(Options{Currency: euro, Method: Valuation(seed % 4)})
		for range 250 {
			_ = l.Post(s.next())
			if s.n == 150 && seed >= 4 {
				through, _ := s.first.AddDays(s.day - 8)
				_ = l.Close(through)
			}
		}
		i := 0
		for m := range l.Movements() {
			if i%53 == int(seed) {
				r, err := l.ExplainMovement(i, language.English)
				if err != nil {
					t.Fatal(err)
				}
				examined(t, r)
				if r.Totals[0].Value.Cmp(ratOfMoney(m.Cost.Sum())) != 0 {
					t.Fatalf("seed %d, movement %d is %s, proved %s\n%s", seed, i, m.Cost, r.Totals[0].Value.FloatString(2), proof.Plain(r.Text))
				}
			}
			i++
		}
	}
}

// records are those that the views and released records are made of, by name.
func records(t testing.TB, tag language.Tag) map[string]*Record {
	t.Helper()
	out := map[string]*Record{"landed": landed(t).Record(tag)}
	items := []Item{{SKU: "A", Units: 3}, {SKU: "B", Units: 5}, {SKU: "C"}, {SKU: "D", Units: 4}}
	a, err := ExplainShare(eur(t, "-100.01"), items, Spread{Driver: ByUnits})
	if err != nil {
		t.Fatal(err)
	}
	out["allocation"] = a.Record(tag)
	for _, v := range []Valuation{FIFO, MovingAverage, MonthAverage} {
		l := trade(t, v)
		if out["order."+v.String()], err = l.ExplainOrder("o2", tag); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

// trade is a ledger with an order that touches everything: two batches, a transfer, a late bill for a period, an estimate
// and its actual bill, a charge, a return with a cost, and the end of a month.
func trade(t testing.TB, v Valuation) *Ledger {
	return ledger(t, v,
		"s1 ship 2026-01-01 batch=B1 sku=A units=10 purchase=100.00",
		"est bill 2026-01-02 batch=B1 sku=A first_leg=33.33",
		"r1 receipt 2026-01-05 batch=B1 sku=A warehouse=V units=10",
		"r2 receipt 2026-01-06 batch=B2 sku=A warehouse=W units=7 purchase=77.77 tariff=5.01",
		"t1 transfer 2026-01-07 sku=A batch=B1 warehouse=V to=W units=6 first_leg=1.99",
		"o1 release 2026-01-08 order=o1 sku=A warehouse=W units=4",
		"o2 release 2026-01-10 order=o2 sku=A warehouse=W units=5",
		"st bill 2026-01-20 batch=B1 sku=A from=2026-01-05 until=2026-01-19 storage=9.99",
		"act bill 2026-01-21 batch=B1 sku=A ref=est first_leg=40.01",
		"c1 charge 2026-01-22 order=o2 handling=1.50 local_delivery=4.49",
		"x1 return 2026-02-02 order=o2 sku=A warehouse=W units=2 handling=0.75",
		"o3 release 2026-02-03 order=o3 sku=A warehouse=W units=1",
	)
}

// TestAnyChangeOfARecordIsFound changes every value, word and text of the records, one at a time; then every value that
// follows from others with the digests made anew, as one would who means it.
func TestAnyChangeOfARecordIsFound(t *testing.T) {
	for name, r := range records(t, language.English) {
		judged(t, r)
		changes, made := 0, 0
		try := func(what string, change, back func()) {
			t.Helper()
			change()
			if err := r.Verify(); err == nil {
				t.Errorf("%s: %s was changed and nobody noticed", name, what)
			}
			back()
			changes++
		}
		word := func(what string, s *string) {
			was := *s
			try(what, func() { *s += "x" }, func() { *s = was })
		}
		// Of long records one member of every third step in turn, of the others all.
		long, k := len(r.Text) > 20, 0
		turn := func(member, of int) bool { return !long || k%of == member }
		eachStep(r, func(at string, n *proof.Node) {
			if v := n.Value; v != nil && turn(0, 15) {
				try(at, func() { n.Value = new(big.Rat).Add(v, big.NewRat(1, 100)) }, func() { n.Value = v })
			}
			for i, s := range []*string{&n.Name, &n.Unit, &n.Word, &n.From} {
				if turn(3*i+3, 15) {
					word(at, s)
				}
			}
			k++
		})
		for i := range r.Text {
			if k++; turn(0, 9) {
				word("text", &r.Text[i].Text)
			}
		}
		for i := range r.References {
			word("reference", &r.References[i].Value)
		}
		for i := range r.Lines {
			for _, s := range []*string{&r.Lines[i].Code, &r.Lines[i].Title, &r.Lines[i].On, &r.Lines[i].Family} {
				word("line", s)
			}
		}
		try("inputs", func() { r.Inputs[len(r.Inputs)-3] ^= 1 }, func() { r.Inputs[len(r.Inputs)-3] ^= 1 })
		eachStep(r, func(at string, n *proof.Node) {
			if n.Value == nil || len(n.Args) == 0 && n.Op != proof.Again || made > 20 {
				return
			}
			v := n.Value
			n.Value = new(big.Rat).Add(v, big.NewRat(1, 1000))
			defer func() { n.Value = v }()
			if err := r.Seal(); err != nil {
				t.Fatal(err)
			}
			var p Problem
			if err := r.Verify(); !errors.As(err, &p) || p.Code != problem.StepDiffers || p.Path != at {
				t.Errorf("%s: %s (%s): %v", name, at, n.Op, err)
			}
			made++
		})
		if err := r.Seal(); err != nil || r.Verify() != nil {
			t.Errorf("%s: changed back: %v", name, err)
		}
		if changes < 60 || made < 15 {
			t.Errorf("%s: only %d changes, %d steps", name, changes, made)
		}
	}
}

// eachStep visits the steps of a record.
func eachStep(r *Record, visit func(at string, n *proof.Node)) {
	var tree func(at string, n *proof.Node)
	tree = func(at string, n *proof.Node) {
		visit(at, n)
		for i, a := range n.Args {
			tree(at+"/args/"+itoa(i), a)
		}
	}
	for i := range r.Lines {
		tree("/lines/"+itoa(i)+"/proof", r.Lines[i].Proof)
	}
	for i, n := range r.Totals {
		tree("/totals/"+itoa(i), n)
	}
}

var update = flag.Bool("update", false, "write the golden files")

// TestViewsOfRecords holds the views in every language against golden files, and the fingerprint against the language.
func TestViewsOfRecords(t *testing.T) {
	english := records(t, language.English)
	for _, l := range lang.All() {
		for name, r := range records(t, l.Tag()) {
			if r.Fingerprint() != english[name].Fingerprint() {
				t.Errorf("%s: the fingerprint in %s is another", name, l)
			}
			if name == "order.moving_average" || name == "order.month_average" && l != lang.En {
				continue
			}
			golden(t, name+"."+l.String()+".txt", proof.Plain(r.Text))
		}
	}
	var md, html, csv bytes.Buffer
	for _, err := range []error{english["allocation"].WriteMarkdown(&md), english["allocation"].WriteHTML(&html), english["allocation"].WriteCSV(&csv)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	golden(t, "allocation.md", md.String())
	golden(t, "allocation.html", html.String())
	golden(t, "allocation.csv", strings.ReplaceAll(csv.String(), "\r\n", "\n"))
}

// golden compares text with a file; -update writes it.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", "explain", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(want) != got {
		t.Errorf("%s differs (run with -update and look):\n%s", name, got)
	}
}

// TestReleasedRecords verifies the records that released versions made. -update never writes them; a missing directory of
// the version to come is made with -release.
func TestReleasedRecords(t *testing.T) {
	if *release != "" {
		dir := filepath.Join("testdata", "records", *release)
		if err := os.Mkdir(dir, 0o755); err != nil {
			t.Fatal(err)
		}
		for name, r := range records(t, language.English) {
			var b bytes.Buffer
			if err := r.WriteJSON(&b); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(dir, name+".json"), b.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	paths, err := filepath.Glob("testdata/records/*/*.json")
	if err != nil || len(paths) < 5 {
		t.Fatalf("%d records, %v", len(paths), err)
	}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		r, err := fees.ParseRecord(bytes.NewReader(data))
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		if err := r.Verify(); err != nil {
			t.Errorf("%s: %v", path, err)
		}
		r.Lines[0].Proof.Value.Add(r.Lines[0].Proof.Value, big.NewRat(1, 100))
		if err := r.Verify(); err == nil {
			t.Errorf("%s: a changed amount verifies", path)
		}
	}
}

var release = flag.String("release", "", "make the records of a version, once")

// TestExplainRefuses names what is not there and what has changed since.
func TestExplainRefuses(t *testing.T) {
	l := trade(t, FIFO)
	for _, name := range []string{"", "nothing", "B1"} {
		if _, err := l.ExplainOrder(name, language.English); !errors.Is(err, ErrReference) {
			t.Errorf("%q: %v", name, err)
		}
	}
	for _, i := range []int{-1, 1 << 20} {
		if _, err := l.ExplainMovement(i, language.English); !errors.Is(err, problem.NumberRange) {
			t.Errorf("%d: %v", i, err)
		}
	}
	r, err := l.ExplainOrder("o2", language.English)
	if err != nil {
		t.Fatal(err)
	}
	if err := l.VerifyRecord(r); err != nil {
		t.Error(err)
	}
	if err := l.Post(entry(t, "late bill 2026-02-04 batch=B1 sku=A tariff=7.00")); err != nil {
		t.Fatal(err)
	}
	if err := l.VerifyRecord(r); !errors.Is(err, problem.StepDiffers) {
		t.Error("a bill was posted since:", err)
	}
	if err := l.VerifyRecord(landed(t).Record(language.English)); !errors.Is(err, ErrUnknown) {
		t.Error(err)
	}
	// A leaf that was changed by one who means it verifies by itself, but is not what the ledger says.
	r, _ = l.ExplainOrder("o2", language.English)
	for i := range r.Lines {
		eachStep(&Record{Lines: r.Lines[i : i+1]}, func(_ string, n *proof.Node) {
			if n.Op == proof.Given && n.From == "" {
				n.From = "/entries/0"
			}
		})
	}
	_ = r.Seal()
	if err := r.Verify(); err != nil {
		t.Fatal(err)
	}
	if err := l.VerifyRecord(r); !errors.Is(err, problem.StepDiffers) {
		t.Error(err)
	}
}

// TestOrdersThatWait says what has no cost yet.
func TestOrdersThatWait(t *testing.T) {
	l := trade(t, MonthAverage)
	r, err := l.ExplainOrder("o3", language.Chinese)
	if err != nil {
		t.Fatal(err)
	}
	if r.Status != "incomplete" || len(r.Reasons) != 1 || r.Reasons[0].Code != "awaiting_month" || r.Verify() != nil {
		t.Errorf("%s %v %v", r.Status, r.Reasons, r.Verify())
	}
	e := entry(t, "p release 2026-02-05 order=o9 sku=Z warehouse=W units=3 pending")
	if err := l.Post(e); err != nil {
		t.Fatal(err)
	}
	if r, err = l.ExplainOrder("o9", language.German); err != nil || r.Reasons[0].Code != "awaiting_units" || r.Verify() != nil {
		t.Errorf("%v %v", r, err)
	}
	// What was posted into a closed period is taken as it was booked, and the record says so.
	if err := l.Close(day(t, "2026-02-28")); err != nil {
		t.Fatal(err)
	}
	if r, err = l.ExplainOrder("o2", language.English); err != nil || len(r.Reasons) == 0 || r.Reasons[0].Code != "closed" {
		t.Errorf("%v %v", r, err)
	}
	examined(t, r)
}

// TestEveryTextInEveryLanguage checks the words of explanations mechanically.
func TestEveryTextInEveryLanguage(t *testing.T) {
	check := func(where string, all texts) {
		want := problem.Placeholders(all[lang.En])
		slices.Sort(want)
		for _, l := range lang.All() {
			have := problem.Placeholders(all[l])
			slices.Sort(have)
			bare := problem.Expand(all[l], func(string) (string, bool) { return "", true })
			letters := strings.ContainsFunc(bare, unicode.IsLetter)
			switch {
			case all[l] == "":
				t.Errorf("%s has no text in %s", where, l)
			case !slices.Equal(have, want):
				t.Errorf("%s in %s names %v, not %v", where, l, have, want)
			case l == lang.ZhHans && letters && !strings.ContainsFunc(bare, func(r rune) bool { return unicode.Is(unicode.Han, r) }):
				t.Errorf("%s is not Chinese: %q", where, all[l])
			case l == lang.ZhHans && strings.ContainsAny(bare, ",;?!:"):
				t.Errorf("%s has the punctuation of another script: %q", where, all[l])
			case l == lang.Ru && letters && !strings.ContainsFunc(bare, func(r rune) bool { return unicode.Is(unicode.Cyrillic, r) }):
				t.Errorf("%s is not Russian: %q", where, all[l])
			}
		}
	}
	for i, p := range phraseTexts {
		check("phrase "+itoa(i), p)
	}
	for d := ByValue; int(d) < len(driverNames); d++ {
		check("driver "+d.String(), driverTexts[d])
	}
	for m := LargestRemainder; int(m) < len(methods); m++ {
		check("method "+m.String(), methodTexts[m])
	}
	for a := Outside; a < accounts; a++ {
		check("account "+a.String(), accountTexts[a])
	}
	for _, c := range []struct{ got, want string }{
		{driverTexts[ByChargeable][lang.ZhHans], "计费重"}, {driverTexts[ByValue][lang.ZhHans], "货值"}, {accountTexts[Transit][lang.ZhHans], "在途"},
		{accountTexts[Stock][lang.ZhHans], "在库"}, {proof.Called(lang.ZhHans, "cost.first_leg"), "头程运费"}, {proof.Called(lang.ZhHans, "cost.storage"), "仓储费"},
		{proof.Called(lang.ZhHans, "cost.local_delivery"), "尾程派送费"}, {proof.Called(lang.ZhHans, "cost.handling"), "操作费"},
	} {
		if c.got != c.want {
			t.Errorf("%q, the trade says %q", c.got, c.want)
		}
	}
}

// TestRecordsOfNamesWithQuotes explains and verifies orders whose names are escaped where they are shown.
func TestRecordsOfNamesWithQuotes(t *testing.T) {
	for _, name := range []string{`a"b`, `a\b`, `"a"`, `\`, "单 \u00a0 1"} {
		l := ledger(t, FIFO, "r1 receipt 2026-01-05 batch=B1 sku=A warehouse=V units=10 purchase=100.00")
		e := entry(t, "o1 release 2026-01-08 order=o sku=A warehouse=V units=4")
		e.ID, e.Order = name, name
		if err := l.Post(e); err != nil {
			t.Fatal(err)
		}
		r, err := l.ExplainOrder(name, language.English)
		if err != nil {
			t.Fatal(err)
		}
		m, err := l.ExplainMovement(len(l.journal)-1, language.English)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range []*Record{r, m} {
			judged(t, r)
			doc, _ := json.Marshal(r)
			back, err := fees.ParseRecord(bytes.NewReader(doc))
			if err != nil {
				t.Fatal(err)
			}
			if err := l.VerifyRecord(back); err != nil {
				t.Errorf("%s: %v", name, err)
			}
			for _, ref := range []proof.Reference{{Name: "order", Value: name}, {Name: "entry", Value: name}} {
				if !slices.Contains(back.References, ref) {
					t.Errorf("%s: %v", name, back.References)
				}
			}
			if name == `a"b` && !strings.Contains(proof.Plain(r.Text), `"a\"b"`) {
				t.Error(proof.Plain(r.Text))
			}
		}
	}
}

// TestExplainMovementOfNothing says that there is no movement.
func TestExplainMovementOfNothing(t *testing.T) {
	for _, l := range []*Ledger{nil, {}, ledger(t, FIFO)} {
		for _, i := range []int{-1, 0} {
			_, err := l.ExplainMovement(i, language.English)
			if !errors.Is(err, problem.NumberRange) || !strings.Contains(err.Error(), "movements: 0") || strings.Contains(err.Error(), "…") {
				t.Error(err)
			}
		}
	}
}
