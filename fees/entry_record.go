package fees

import (
	"math/big"
	"strconv"

	"golang.org/x/text/language"

	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/internal/engine"
	"github.com/overseaswarehouse/overseas/internal/lang"
	"github.com/overseaswarehouse/overseas/internal/proof"
)

// ofEntryShares is what the record of an entry with the shares of its lines is of.
const ofEntryShares = "entry_shares"

// spreading is an amount of an entry that is spread over its lines.
type spreading struct {
	code    string
	by      string // the amount of the card whose rows are the weights; "" for what the charge comes to in each
	line    *engine.Line
	trace   *engine.Trace
	exact   *big.Rat
	weights []*big.Rat
	scale   uint8
}

// Record is the record of the entry's [EntryResult.Explanation], with its texts in the language nearest to tag, and what
// falls on each line of the entry: of the customs value, each duty, the tax base, the tax, each fee and prepayment, what is
// paid at the border and what of it is cost. A share is what the running sum of the weights comes to with the line, rounded
// half up, less what it came to before. Such lines have the code of the amount and are on the SKU or the number of the line,
// counted from 1. The last totals are those of the entry.
func (r *EntryResult) Record(tag language.Tag) *Record {
	l := lang.Of(tag)
	out := &Record{Of: ofEntryShares, Language: l.String(), Status: Exact.String()}
	if r == nil || r.explanation == nil {
		_ = out.Seal() // nothing in it can fail
		return out
	}
	b := newRecorder(out, l)
	b.write(r.explanation)
	out.Of = ofEntryShares
	out.Text = r.explanation.words(l)
	s := &entryShares{recorder: b, result: r, l: l, written: map[*proof.Node]bool{}, weights: map[string][]*proof.Node{},
		outlay: make([][]*proof.Node, len(r.lines)), cost: make([][]*proof.Node, len(r.lines))}
	for i := range r.spreads {
		s.spread(&r.spreads[i])
	}
	s.sums()
	_ = out.Seal() // the inputs are a document that was just written
	return out
}

// entryShares adds the shares of an entry's lines to a record.
type entryShares struct {
	*recorder
	result       *EntryResult
	l            lang.Lang
	written      map[*proof.Node]bool
	weights      map[string][]*proof.Node
	outlay, cost [][]*proof.Node // of each line
}

func (s *entryShares) once(n *proof.Node) *proof.Node {
	if n.Op == proof.Again {
		return n
	}
	if s.written[n] {
		return proof.AgainOf(n)
	}
	s.written[n] = true
	return n
}

func (s *entryShares) currency() string { return s.result.currency.String() }

// on is the line of an entry.
func (s *entryShares) on(i int) string {
	if sku := s.result.lines[i].SKU; sku != "" {
		return safe(sku)
	}
	return strconv.Itoa(i + 1)
}

// by are the steps of the weights: what the card's amount, or the charge, comes to in each line.
func (s *entryShares) by(of *spreading) []*proof.Node {
	key := of.by
	if key == "" {
		key = "/" + of.code
	}
	if list := s.weights[key]; list != nil {
		return list
	}
	var rows []*proof.Node
	if of.by == "" && of.line != nil {
		rows = s.prover(of.trace).Rows(of.line)
	} else {
		rows = s.prover(of.trace).Kept(of.by)
		for i, n := range rows {
			if i >= len(of.weights) || n.Value == nil || n.Value.Cmp(of.weights[i]) != 0 {
				rows = nil
				break
			}
		}
	}
	if rows == nil { // reckoned for the entry as a whole: what of it is in each line
		for i, w := range of.weights {
			rows = append(rows, proof.Leaf(proof.Stated, of.by, w, s.currency()).At("/lines/"+strconv.Itoa(i)))
		}
	}
	card := of.trace.Card()
	for _, n := range rows {
		exchanged(n, s.result.entry, card.Currency, int(card.MoneyDigits))
	}
	s.weights[key] = rows
	return rows
}

// whole is the amount that is spread.
func (s *entryShares) whole(of *spreading, weights []*proof.Node, minor *proof.Node) *proof.Node {
	var exact *proof.Node
	if of.line != nil && s.steps[of.line] != nil {
		exact = proof.AgainOf(s.steps[of.line])
	} else {
		exact = proof.Leaf(proof.Stated, of.code, of.exact, s.currency()).At(of.trace.Card().ID)
		if of.by == of.code && len(weights) > 0 && sumRat(of.weights).Cmp(of.exact) == 0 {
			parts := make([]*proof.Node, len(weights))
			for i, w := range weights {
				parts[i] = s.once(w)
			}
			exact = proof.Total(of.code, s.currency(), parts...)
		}
	}
	return proof.Rounded(of.code, exact, s.once(minor), money.HalfUp)
}

// spread adds the shares of one amount.
func (s *entryShares) spread(of *spreading) {
	cur := s.currency()
	zero := sumRat(of.weights).Sign() == 0
	var weights []*proof.Node
	if !zero {
		weights = s.by(of)
	}
	minor := proof.MinorUnit(cur, int(of.scale))
	whole := s.whole(of, weights, minor)
	var all, running, before *proof.Node
	for i := range s.result.lines {
		var share *proof.Node
		switch {
		case zero && i == 0: // nothing to go by: the first line
			share = proof.Total(of.code, cur, s.once(whole))
		case zero || i >= len(weights):
			share = proof.Leaf(proof.None, of.code, new(big.Rat), cur)
		default:
			amount := s.once(whole)
			if all == nil {
				running = proof.Total("entry.running", weights[0].Unit, s.once(weights[0]))
			} else {
				last := proof.AgainOf(running)
				running = proof.Total("entry.running", weights[0].Unit, last, s.once(weights[i]))
			}
			run := s.once(running)
			if all == nil {
				parts := make([]*proof.Node, len(weights))
				for k, w := range weights {
					parts[k] = s.once(w)
				}
				all = proof.Total("share.weights", weights[0].Unit, parts...)
			}
			part := proof.Make(proof.Product, "", cur, amount, proof.Make(proof.Quotient, "", "", run, s.once(all)))
			upTo := proof.Rounded("entry.up_to", part, s.once(minor), money.HalfUp)
			s.written[upTo] = true
			if before == nil {
				share = proof.Total(of.code, cur, upTo)
			} else {
				share = proof.Make(proof.Minus, of.code, cur, upTo, proof.AgainOf(before))
			}
			before = upTo
		}
		s.line(i, of.code, share)
		if of.code == customsValue || of.code == taxBase {
			continue
		}
		s.outlay[i] = append(s.outlay[i], proof.AgainOf(share))
		if s.isCost(of) {
			s.cost[i] = append(s.cost[i], proof.AgainOf(share))
		}
	}
}

// isCost reports whether an amount is part of the net cost.
func (s *entryShares) isCost(of *spreading) bool {
	if of.line == nil || of.line.Charge == nil {
		return true
	}
	if of.line.Charge.Code == importTax {
		return !s.result.recoverable.Recovered
	}
	return !of.line.Charge.Prepayment
}

func (s *entryShares) line(i int, code string, n *proof.Node) {
	title := s.on(i) + " · " + proof.Called(s.l, code)
	s.r.Lines = append(s.r.Lines, proof.LineProof{Card: s.result.card, Code: safe(code), Title: title, On: s.on(i), Proof: n})
	s.r.Text = append(s.r.Text, proof.Paragraph{Kind: proof.KindLine, Text: (&explainer{l: s.l}).colon(title, proof.Shown(s.l, n))})
	s.r.Text = append(s.r.Text, proof.Steps(s.l, n, 1)...)
}

// sums adds what is paid and what of it is cost, by line and for the entry.
func (s *entryShares) sums() {
	for _, kind := range []struct {
		name string
		of   [][]*proof.Node
	}{{"entry.cash_outlay", s.outlay}, {"entry.net_cost", s.cost}} {
		var all []*proof.Node
		for i := range s.result.lines {
			n := proof.Total(kind.name, s.currency(), kind.of[i]...)
			s.line(i, kind.name, n)
			all = append(all, proof.AgainOf(n))
		}
		s.r.Totals = append(s.r.Totals, proof.Total(kind.name, s.currency(), all...))
	}
}
