package scenario

import (
	"math/big"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"github.com/overseaswarehouse/overseas/fees"
	"github.com/overseaswarehouse/overseas/internal/fixed"
	"github.com/overseaswarehouse/overseas/internal/lang"
	"github.com/overseaswarehouse/overseas/internal/proof"
)

// Record is an explanation as a document of its own, which whoever holds it can recompute.
type Record = proof.Record

// Explain runs the comparison again and keeps where every figure comes from: each quoted line with its derivation by the
// card, its exchange rate and how often it happens, what parcels pay at the border as [fees.ParcelResult.Record] derives it,
// purchases, and what was tied up from when to when; from them the sums by family, interest, the cost of an order, and the
// recommendation. Leaves of the record are what the caller says, what cards, customs facts and rates state, how often an
// event happens, when payments are due, and what the ledger says: the cost of what is left at the end, what is tied up on a
// day, and how costs are shared among months and fates. It fails with the problems of the comparison when no alternative
// has figures.
func (c *Comparison) Explain(tag language.Tag) (*Record, error) {
	rec := &Record{Of: "comparison", Language: lang.Of(tag).String(), Status: c.Status().String()}
	if c == nil || c.best.Why == NoneComplete {
		var all Problems
		if c != nil {
			for _, r := range c.results {
				for _, p := range r.Problems {
					if !slices.ContainsFunc(all, func(q Problem) bool { return q.Error() == p.Error() }) {
						all = append(all, p)
					}
				}
			}
		}
		if len(all) == 0 {
			all = Problems{Problem{Code: ErrMissing, Path: "/alternatives", Text: "alternatives"}}
		}
		return nil, all
	}
	m := &memo{}
	add := func(d proof.Document) {
		if !slices.Contains(rec.Documents, d) {
			rec.Documents = append(rec.Documents, d)
		}
	}
	var nets []*proof.Node
	for i, r := range c.results {
		if r.Figures == nil {
			for _, p := range r.Problems {
				rec.Reasons = append(rec.Reasons, proof.Reason{Code: string(p.Code), Of: r.Name, Detail: p.Path, Text: p.Message(tag)})
			}
			continue
		}
		ev := &evidence{}
		again := evaluate(c.plan, c.alternatives, i, m, ev)
		for _, x := range again.Caveats {
			rec.Reasons = append(rec.Reasons, proof.Reason{Code: string(x.Code), Of: r.Name, Detail: x.Detail, Text: x.Text(tag)})
		}
		first := len(rec.Lines)
		lines, bears, err := ev.lines()
		if err != nil {
			return nil, err
		}
		rec.Lines = append(rec.Lines, lines...)
		totals, total := ev.totals(again.Figures, rec.Lines, bears, first)
		rec.Totals = append(rec.Totals, totals...)
		if again.Figures.Benefit != nil {
			var more []*proof.Node
			if total, more, err = ev.benefit(total, rec); err != nil {
				return nil, err
			}
			rec.Totals = append(rec.Totals, more...)
		}
		orders := proof.Leaf(proof.Stated, "paid_orders", new(big.Rat).SetInt64(again.Figures.Paid.Orders), "")
		nets = append(nets, proof.Make(proof.Quotient, ev.alternative+"/net_per_order", total.Unit, proof.AgainOf(total), orders))
		for card := range c.alternatives[i].Cards.Cards() {
			d := proof.Document{Kind: "card", ID: card.ID(), Edition: card.Edition(), Digest: card.Digest(), Seen: card.Seen().String()}
			from, to := card.Effective()
			d.From, d.To = from.String(), to.String()
			add(d)
		}
		for run := ev; run != nil; run = run.uplift {
			for _, d := range run.facts {
				add(d)
			}
		}
	}
	// The cheapest stands first, as the rule of a choice demands.
	slices.SortStableFunc(nets, func(a, b *proof.Node) int { return a.Value.Cmp(b.Value) })
	rec.Totals = append(rec.Totals, &proof.Node{
		Op: proof.Chosen, Name: "recommended", Word: "least", Value: nets[0].Value, Unit: nets[0].Unit, Args: nets,
	})
	if len(nets) > 1 {
		saves := proof.Make(proof.Minus, "", nets[0].Unit, proof.AgainOf(nets[1]), proof.AgainOf(nets[0]))
		digits := c.plan.Currency.Digits()
		rec.Totals = append(rec.Totals, proof.Rounded("saves_per_order", saves, proof.MinorUnit(nets[0].Unit, digits), fixed.HalfUp))
	}
	rec.Text = c.paragraphs(tag)
	return rec, rec.Seal()
}

// paragraphs are what [Comparison.Text] says, a paragraph a figure instead of a row of a table: with what each alternative
// has for it.
func (c *Comparison) paragraphs(tag language.Tag) []proof.Paragraph {
	l := lang.Of(tag)
	out := []proof.Paragraph{{Kind: proof.KindTitle, Text: say(wTitle, l)}}
	note := func(depth int, text string) {
		out = append(out, proof.Paragraph{Depth: depth, Kind: proof.KindNote, Text: text})
	}
	between := "; "
	if l == lang.ZhHans {
		between = "；"
	}
	for _, r := range c.rows(tag) {
		cells := make([]string, len(r.cells))
		for i, s := range r.cells {
			cells[i] = oneLine(c.results[i].Name) + " " + cell(s)
		}
		note(0, r.label+colon(l)+strings.Join(cells, between))
	}
	note(0, say(wRecommendation, l)+colon(l)+oneLine(c.best.Text(tag)))
	c.notes(tag, func(heading string, items []string) {
		note(0, heading)
		for _, s := range items {
			note(1, oneLine(s))
		}
	})
	return out
}

// benefit are the figures of the run with more orders, and the total less what it earns.
func (ev *evidence) benefit(total *proof.Node, rec *Record) (*proof.Node, []*proof.Node, error) {
	up := ev.uplift
	cur := ev.run.code()
	base := len(rec.Lines)
	lines, bears, err := up.lines()
	if err != nil {
		return nil, nil, err
	}
	rec.Lines = append(rec.Lines, lines...)
	g := up.run.result
	out, more := up.totals(g, rec.Lines, bears, base)
	before := proof.Total(ev.alternative+"/sales", cur, ev.run.sales()...)
	after := proof.Total(up.alternative+"/sales", cur, up.sold_...)
	sales := proof.Make(proof.Minus, "sales", cur, after, before)
	cost := proof.Make(proof.Minus, "cost", cur, proof.AgainOf(more), proof.AgainOf(total))
	margin := proof.Make(proof.Minus, ev.alternative+"/uplift_margin", cur, sales, cost)
	out = append(out, margin)
	left := proof.Make(proof.Minus, ev.alternative+"/total_less_uplift", cur, proof.AgainOf(total), proof.AgainOf(margin))
	return left, append(out, left), nil
}

// sales are what the paid orders of a run bring.
func (r *run) sales() []*proof.Node {
	ev := &evidence{run: r}
	_, _ = r.revenue(ev) // it was reckoned before without an error
	return ev.sold_
}

// Events are the events of an alternative that were priced, each once: give one to [fees.Calculator.Explain] of the
// alternative's cards to see where its lines come from. It is empty for an alternative without figures.
func (c *Comparison) Events(i int) []fees.Event {
	if c == nil || i < 0 || i >= len(c.results) || c.results[i].Figures == nil {
		return nil
	}
	ev := &evidence{}
	evaluate(c.plan, c.alternatives, i, &memo{}, ev)
	var out []fees.Event
	for k := range ev.events {
		if e := ev.events[k].event; e != nil {
			out = append(out, e)
		}
	}
	return out
}
