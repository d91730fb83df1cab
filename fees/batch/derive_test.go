package batch

import (
	"math/big"
	"testing"

	"golang.org/x/text/language"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees"
	"github.com/overseaswarehouse/overseas/internal/brief"
	"github.com/overseaswarehouse/overseas/internal/proof"
	"github.com/overseaswarehouse/overseas/internal/proof/prooftest"
)

// derived puts the derivation of a ledger into a record whose first lines are what its entries say, and verifies it.
func derived(t testing.TB, l *Ledger) (*Record, *Derivation) {
	t.Helper()
	r := &Record{Of: "movement", Language: "en", Status: "exact"}
	type key struct {
		entry string
		of    Component
	}
	costs, units := map[key]*fees.Step{}, map[string]*fees.Step{}
	line := func(n *fees.Step) *fees.Step {
		r.Lines = append(r.Lines, proof.LineProof{Code: "entry", Proof: n})
		return n
	}
	for _, e := range l.Entries() {
		for c, m := range e.Cost.Parts() {
			costs[key{e.ID, c}] = line(m.Step("amount"))
		}
		if e.Units > 0 {
			units[e.ID] = line(proof.Leaf(proof.Given, "pieces", new(big.Rat).SetInt64(e.Units), ""))
		}
	}
	d, err := l.Derive(Source{Place: "ledger/", Cost: func(entry string, of Component) *fees.Step { return costs[key{entry, of}] },
		Units: func(entry string) *fees.Step { return units[entry] }}, language.English)
	if err != nil {
		t.Fatal(err)
	}
	r.Lines = append(r.Lines, d.Lines...)
	for _, left := range d.Left {
		r.Totals = append(r.Totals, left.Cost)
	}
	if err := r.Seal(); err != nil {
		t.Fatal(err)
	}
	if err := r.Verify(); err != nil {
		t.Fatal(err)
	}
	return r, d
}

// TestDerivationOfALedger derives random ledgers: every movement comes to the cost that is in the journal and what is left
// to the balances, by any valuation.
func TestDerivationOfALedger(t *testing.T) {
	for seed := range uint64(max(4, brief.Rounds(16))) {
		s := newSequence(seed)
		l, _ := New(Options{Currency: euro, Method: Valuation(seed % 4)})
		for range 250 {
			_ = l.Post(s.next())
		}
		_, d := derived(t, l)
		i, some := 0, 0
		for m := range l.Movements() {
			switch n := d.Costs[i]; {
			case n == nil:
				if m.Cost.Sum().Sign() != 0 {
					t.Fatalf("seed %d: movement %d of %s has no cost", seed, i, m.Cost)
				}
			case n.Value.Cmp(ratOfMoney(m.Cost.Sum())) != 0:
				t.Fatalf("seed %d: movement %d is %s, derived %s", seed, i, m.Cost, n.Value.FloatString(3))
			default:
				some++
			}
			i++
		}
		var left [components]*big.Rat
		for c := range left {
			left[c] = new(big.Rat)
		}
		for _, n := range d.Left {
			left[n.Component].Add(left[n.Component], n.Cost.Value)
		}
		for _, b := range l.Balances(country.Date{}) {
			for c, m := range b.Cost.Parts() {
				left[c].Sub(left[c], ratOfMoney(m))
			}
		}
		for c := range left {
			if left[c].Sign() != 0 {
				t.Errorf("seed %d: what is left of %s differs by %s", seed, Component(c), left[c].FloatString(3))
			}
		}
		if some < 100 {
			t.Errorf("seed %d: %d movements", seed, some)
		}
	}
}

// TestDerivationEndsAtTheSource: of a ledger whose entries all follow from steps of the record nothing is a leaf but the
// numbers of the rule and how long units were there.
func TestDerivationEndsAtTheSource(t *testing.T) {
	l := ledger(t, FIFO,
		"s1 ship 2026-01-01 batch=B1 sku=A units=10 purchase=100.00",
		"b1 bill 2026-01-02 batch=B1 sku=A first_leg=33.33 tariff=7.77",
		"r1 receipt 2026-01-05 batch=B1 sku=A warehouse=W units=10",
		"r2 receipt 2026-01-06 batch=B2 sku=A warehouse=W units=7 purchase=77.77",
		"o1 release 2026-01-08 order=o1 sku=A warehouse=W units=4",
		"st bill 2026-01-20 batch=B1 sku=A from=2026-01-05 until=2026-01-19 storage=9.99",
		"c1 charge 2026-01-22 order=o1 handling=1.50 local_delivery=4.49",
		"x1 return 2026-02-02 order=o1 sku=A warehouse=W units=2 handling=0.75",
		"o2 release 2026-02-03 order=o2 sku=A warehouse=W units=9",
	)
	r, _ := derived(t, l)
	spans, split := 0, 0
	for _, line := range r.Lines {
		if line.Code == "entry" {
			continue
		}
		prooftest.Steps(&Record{Lines: []proof.LineProof{line}}, func(at string, n *proof.Node) {
			switch {
			case len(n.Args) > 0 || n.Op == proof.Again:
			case n.Op == proof.Stated && (n.Name == "minor_unit" || n.Name == "share.position" || n.Name == ""):
			case n.Op == proof.Span:
				spans++
			case n.Op == proof.Given && n.Name == "cost.taken" && n.From == "ledger/o2/units": // o2 takes from two batches
				split++
			case n.Op == proof.Given && n.Name == "cost.taken" && n.From == "ledger/x1/units": // what came back bears its return
			default:
				t.Errorf("%s %s%s is a leaf: %s %q from %q", line.Code, line.Title, at, n.Op, n.Name, n.From)
			}
		})
	}
	if spans == 0 || split == 0 {
		t.Errorf("%d spans, %d counts", spans, split)
	}
}

// TestEmptyDerivation: a ledger without movements has no steps.
func TestEmptyDerivation(t *testing.T) {
	for _, l := range []*Ledger{nil, ledger(t, FIFO)} {
		d, err := l.Derive(Source{}, language.English)
		if err != nil || len(d.Lines)+len(d.Costs)+len(d.Left) != 0 {
			t.Errorf("%v %v", d, err)
		}
	}
}

// TestStepsOfNothing: what has no step or value is refused, not divided by.
func TestStepsOfNothing(t *testing.T) {
	m := eur(t, "10.00")
	whole := m.Step("amount")
	for i, list := range [][]*fees.Step{nil, {nil}, {{}}, {proof.Number("", 0)}} {
		if _, err := AllocateSteps(m, whole, list, Rule{Method: SeparateBlocks}); err == nil {
			t.Errorf("%d: shares of nothing", i)
		}
	}
	if _, err := AllocateSteps(m, nil, []*fees.Step{whole}, Rule{}); err == nil {
		t.Error("no amount")
	}
	if _, err := StaySteps(nil, nil, nil, ByVolume, ""); err == nil {
		t.Error("no stay")
	}
}
