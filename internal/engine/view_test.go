package engine

import (
	"encoding/json"
	"errors"
	"math/big"
	"strconv"
	"strings"
	"testing"

	"github.com/overseaswarehouse/overseas/internal/problem"
	"github.com/overseaswarehouse/overseas/internal/proof"
	"github.com/overseaswarehouse/overseas/internal/ratecard"
)

// views recomputes the proof of every line of an event, as the fast and as the slow evaluator left it.
func views(t *testing.T, p *Program, e *Event, forms map[Form]int, ops map[proof.Op]int) {
	t.Helper()
	for _, slowly := range []bool{false, true} {
		var trace *Trace
		var lines []Line
		var err error
		if slowly {
			var s *slow
			s, lines, err = p.events[e.Kind].slowly(e, nil)
			trace = &Trace{src: s.src, slow: s, event: e}
		} else {
			trace, lines, _, err = p.Explain(e)
		}
		if err != nil {
			return
		}
		record := &proof.Record{}
		prover := trace.Prover()
		for i := range lines {
			code := ""
			if lines[i].Charge != nil {
				code = lines[i].Charge.Code
			}
			for _, rows := range []int{1, 20} {
				s := trace.View(&lines[i], rows)
				if s == nil {
					t.Fatalf("no derivation of line %d", i)
				}
				count(s, forms)
			}
			n := prover.Line(&lines[i])
			amount := new(big.Rat).Mul(new(big.Rat).SetInt64(lines[i].Coef), pow10(-int(lines[i].Scale)))
			if lines[i].Total == nil && (n.Value == nil || n.Value.Cmp(amount) != 0) {
				t.Fatalf("%s of %s: the proof gives %v, the line %s", code, p.Card.ID, n.Value, amount.RatString())
			}
			record.Lines = append(record.Lines, proof.LineProof{Card: p.Card.ID, Code: code, Proof: n})
		}
		if err := record.Seal(); err != nil {
			t.Fatal(err)
		}
		if err := record.Verify(); err != nil {
			t.Fatalf("%s, slow %v: %v\n%s\n%s", p.Card.ID, slowly, err, shown(e), stepAt(record, err))
		}
		for i := range record.Lines {
			countOps(record.Lines[i].Proof, ops)
		}
	}
}

// stepAt is the step that an error is about, as JSON.
func stepAt(r *proof.Record, err error) []byte {
	var p problem.Problem
	if !errors.As(err, &p) {
		return nil
	}
	parts := strings.Split(p.Path, "/")[2:]
	i, _ := strconv.Atoi(parts[0])
	n := r.Lines[i].Proof
	for k := 3; k < len(parts); k += 2 {
		i, _ := strconv.Atoi(parts[k])
		n = n.Args[i]
	}
	doc, _ := json.MarshalIndent(n, "", " ")
	return doc
}

func countOps(n *proof.Node, ops map[proof.Op]int) {
	ops[n.Op]++
	for _, a := range n.Args {
		countOps(a, ops)
	}
}

func count(s *Step, forms map[Form]int) {
	forms[s.Form]++
	for _, a := range s.Args {
		count(a, forms)
	}
	for _, a := range s.Axes {
		if a.Of != nil {
			count(a.Of, forms)
		}
	}
}

// TestViewsAddUp recomputes the derivations of example and random cards step by step.
func TestViewsAddUp(t *testing.T) {
	t.Parallel()
	forms, ops := map[Form]int{}, map[proof.Op]int{}
	for name, card := range sorted(exampleCards(t)) {
		p, err := compiled1(card)
		if err != nil {
			t.Fatal(name, err)
		}
		edges := edgesOf(card)
		for on := ratecard.Consign; on < ratecard.EventCount; on++ {
			if !p.Prices(on) {
				continue
			}
			for i := range 60 {
				e := (&eventMaker{diceOf(uint64(i)*64 + uint64(on)), card, on, edges, i%4 == 0}).event()
				if len(card.Countries) > 0 {
					e.Country = card.Countries[i%len(card.Countries)]
				}
				views(t, p, e, forms, ops)
			}
		}
	}
	for seed := range uint64(500) {
		card, m, _, err := randomCard(diceOf(seed))
		if err != nil {
			continue
		}
		p, err := compiled1(card)
		if err != nil || !p.Prices(m.on) {
			continue
		}
		edges := edgesOf(card)
		for i := range 6 {
			views(t, p, (&eventMaker{diceOf(seed*100 + uint64(i)), card, m.on, edges, false}).event(), forms, ops)
		}
	}
	for f := FormGiven; f <= FormTopUp; f++ {
		if forms[f] == 0 {
			t.Errorf("no derivation had a step of form %d", f)
		}
	}
	for _, op := range proof.Ops() {
		if ops[op] == 0 && op != proof.Rate && op != proof.Minus && op != proof.Rank { // of amounts in other currencies, of differences, of shares
			t.Errorf("no proof had a step %s", op)
		}
	}
}
