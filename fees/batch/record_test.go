package batch

import (
	"bytes"
	"encoding/json"
	"math/big"
	"math/rand/v2"
	"testing"

	"golang.org/x/text/language"

	"github.com/overseaswarehouse/overseas/fees"
	"github.com/overseaswarehouse/overseas/fees/money"
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
	for n := range 1500 {
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
