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
	"github.com/overseaswarehouse/overseas/internal/brief"
	"github.com/overseaswarehouse/overseas/internal/lang"
	"github.com/overseaswarehouse/overseas/internal/problem"
	"github.com/overseaswarehouse/overseas/internal/proof"
	"github.com/overseaswarehouse/overseas/internal/proof/prooftest"
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
			if i%53 == int(seed) && (i%4 == 0 || !brief.On()) {
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
	out := map[string]*Record{"landed": landed(t).Record(tag), "allocation": allocated(t, "-100.01", 3).Record(tag)}
	for _, v := range []Valuation{FIFO, MovingAverage, MonthAverage} {
		var err error
		if out["order."+v.String()], err = trade(t, v).ExplainOrder("o2", tag); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

// allocated is an amount shared by units, of which the first line has so many.
func allocated(t testing.TB, amount string, units int64) *Allocation {
	t.Helper()
	a, err := ExplainShare(eur(t, amount), []Item{{SKU: "A", Units: units}, {SKU: "B", Units: 5}, {SKU: "C"}, {SKU: "D", Units: 4}}, Spread{Driver: ByUnits})
	if err != nil {
		t.Fatal(err)
	}
	return a
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

// TestAnyChangeOfARecordIsFound changes what the records say, one thing at a time, then the values that follow from others
// with the digests made anew, as one would who means it; of long records one in every few.
func TestAnyChangeOfARecordIsFound(t *testing.T) {
	for name, r := range records(t, language.English) {
		judged(t, r)
		every, few := 1, 1
		if len(r.Text) > 60 {
			every, few = 23, 5
		}
		if n := prooftest.Altered(t, r, every, (*Record).Verify); n < 100 {
			t.Errorf("%s: only %d changes", name, n)
		}
		if n := prooftest.Remade(t, r, few, (*Record).Verify, nil); n < 15 {
			t.Errorf("%s: only %d steps", name, n)
		}
	}
}

// TestRecordsAgainstWhatTheyAreOf holds the records of an allocation and a landed cost against what they were made of, in
// every language, and against others; whoever changes a leaf or what stands beside the steps, and makes the digests anew,
// is found.
func TestRecordsAgainstWhatTheyAreOf(t *testing.T) {
	dearer, err := landed(t).Actual(Expense{ID: "sea", Component: FirstLeg, Amount: eur(t, "1000.00"), Spread: Spread{Driver: ByVolume}})
	if err != nil {
		t.Fatal(err)
	}
	type of interface {
		Record(language.Tag) *Record
		VerifyRecord(*Record) error
	}
	for name, c := range map[string]struct {
		of     of
		others []of
	}{
		"allocation": {allocated(t, "-100.01", 3), []of{allocated(t, "100.01", 3), allocated(t, "-100.02", 3), allocated(t, "-100.01", 2), (*Allocation)(nil)}},
		"landed":     {landed(t), []of{dearer, (*Landed)(nil)}},
	} {
		for _, l := range lang.All() {
			r := c.of.Record(l.Tag())
			if err := c.of.VerifyRecord(r); err != nil {
				t.Fatalf("%s in %s: %v", name, l, err)
			}
			for i, other := range c.others {
				if err := other.VerifyRecord(r); !errors.Is(err, problem.StepDiffers) {
					t.Errorf("%s against another, %d: %v", name, i, err)
				}
			}
		}
		r := c.of.Record(language.English)
		leaves := 0
		prooftest.Remade(t, r, 1, (*Record).Verify, func(at string, n *proof.Node) {
			if leaves++; !errors.Is(c.of.VerifyRecord(r), problem.StepDiffers) {
				t.Errorf("%s: %s (%s) is not what was asked, and nobody noticed", name, at, n.Op)
			}
		})
		if leaves == 0 {
			t.Errorf("%s: every leaf matters to the steps", name)
		}
		for what, change := range map[string]func(r *Record){
			"place": func(r *Record) {
				prooftest.Steps(r, func(_ string, n *proof.Node) {
					if n.Op == proof.Given {
						n.From = "/elsewhere"
					}
				})
			},
			"status":   func(r *Record) { r.Status = "incomplete" },
			"language": func(r *Record) { r.Language = "de" },
			"inputs": func(r *Record) {
				r.Inputs = bytes.Replace(r.Inputs, []byte(`"units":5`), []byte(`"units":6`), 1)
				r.Inputs = bytes.Replace(r.Inputs, []byte(`"units":21`), []byte(`"units":22`), 1)
			},
			"reference": func(r *Record) { r.References[0].Value = "Z" },
			"text":      func(r *Record) { r.Text[0].Text = "nothing was shared" },
			"line":      func(r *Record) { r.Lines = r.Lines[:len(r.Lines)-1] },
			"code":      func(r *Record) { r.Lines[0].Code = "Z" },
			"family":    func(r *Record) { r.Lines[0].Family = "other" },
			"total":     func(r *Record) { r.Totals = r.Totals[:len(r.Totals)-1] },
		} {
			r := c.of.Record(language.English)
			change(r)
			if r.Seal() != nil || r.Verify() != nil {
				if what == "line" || what == "total" {
					continue // a step that is left stands for one of them
				}
				t.Fatalf("%s: the change of the %s is caught by the record alone: %v", name, what, r.Verify())
			}
			if err := c.of.VerifyRecord(r); !errors.Is(err, problem.StepDiffers) {
				t.Errorf("%s: another %s: %v", name, what, err)
			}
		}
		if err := c.of.VerifyRecord(nil); !errors.Is(err, problem.StepMalformed) {
			t.Errorf("%s: no record: %v", name, err)
		}
		order, _ := trade(t, FIFO).ExplainOrder("o2", language.English)
		if err := c.of.VerifyRecord(order); !errors.Is(err, ErrUnknown) {
			t.Errorf("%s: the record of something else: %v", name, err)
		}
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
		prooftest.Steps(&Record{Lines: r.Lines[i : i+1]}, func(_ string, n *proof.Node) {
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
