package scenario

import (
	"slices"
	"strings"

	"golang.org/x/text/language"

	"github.com/overseaswarehouse/overseas/fees"
	"github.com/overseaswarehouse/overseas/internal/fixed"
	"github.com/overseaswarehouse/overseas/internal/lang"
	"github.com/overseaswarehouse/overseas/internal/problem"
	"github.com/overseaswarehouse/overseas/internal/proof"
)

// Record is an explanation as a document of its own, which whoever holds it can recompute.
type Record = proof.Record

// ofComparison is what the record of a comparison is of.
const ofComparison = "comparison"

// Explain runs the comparison again and keeps where every figure comes from, down to the cards and to what the caller says.
// Quoted lines follow from the explanation of their event by its card, exchange rates, and how often the event happens; what
// an event is given that follows from other lines (the freight in a customs value, the bills under a minimum) follows from
// those. The ledger is run again: what is bought, and the lines rounded half up to the minor unit as they are booked, are its
// entries, and every movement is a part of them, split by units or by units and days. Months, fates, batches and what is left
// are sums of movements. What is tied up on a day is what was the day before and the payments that are due, less what is
// recovered; each day follows from the caller's days and terms. From these follow interest, the cost of an order and the
// recommendation.
//
// Leaves of the record are what the caller says; what cards, rates and rules state; dates, with the days between them; the
// numbers that steps themselves need, such as a minor unit or a position; and counts of what happens in the plan: orders placed
// on a day, where those of a product are of several shapes; batches of the caller's size that are ordered at once, or the units
// of one that is to last some days; events that belong to no order; the units that an entry of the ledger takes from one of
// several lots, and those that a lot is stored with. Which order is of which shape, when a batch is needed and what is there
// follow by rules that are no arithmetic of a few steps. Orders of one shape are derived from the caller's paces; how many of
// any are lost, damaged, refused or sent back, and units missing or not sellable again, from the caller's shares. What customs
// ask for a direct parcel follows as [fees.ParcelResult.Record] derives it.
//
// The record grows with the movements of the ledgers: the doc of the package has figures. It fails with the problems of the
// comparison when no alternative has figures, and with step_differs should a derivation not come to its figure.
func (c *Comparison) Explain(tag language.Tag) (*Record, error) {
	rec := &Record{Of: ofComparison, Language: lang.Of(tag).String(), Status: c.Status().String()}
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
		d, err := ev.derive(rec, tag, nil)
		if err != nil {
			return nil, err
		}
		totals, total, err := d.totals(again.Figures)
		if err != nil {
			return nil, err
		}
		rec.Totals = append(rec.Totals, totals...)
		if again.Figures.Benefit != nil {
			if total, err = d.benefit(again.Figures.Benefit, total); err != nil {
				return nil, err
			}
		}
		nets = append(nets, proof.Make(proof.Quotient, ev.alternative+"/net_per_order", total.Unit, proof.AgainOf(total), proof.AgainOf(d.orders)))
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

// VerifyRecord checks that a record of [Comparison.Explain] is what this comparison says: it verifies the record, explains
// again in its language and compares the two step by step, and then what they say beside numbers. It fails as
// [Record.Verify] and Explain do, with step_differs at the first step or text that is another, and with unknown_value for the
// record of something else.
func (c *Comparison) VerifyRecord(r *Record) error {
	if err := r.Verify(); err != nil {
		return err
	}
	if r.Of != ofComparison {
		return problem.New(problem.UnknownValue, r.Of, ofComparison).At("/of")
	}
	l, _ := lang.ByCode(r.Language)
	again, err := c.Explain(l.Tag())
	if err != nil {
		return err
	}
	if err := r.Differs(again); err != nil {
		return err
	}
	return r.Contradicts(again)
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

// benefit writes the figures of the run with more orders, and is the total less what it earns.
func (d *derivation) benefit(b *Benefit, total *proof.Node) (*proof.Node, error) {
	up, err := d.ev.uplift.derive(d.rec, d.tag, d.run.plan)
	if err != nil {
		return nil, err
	}
	all, more, err := up.totals(up.run.result)
	if err != nil {
		return nil, err
	}
	before, after := d.sales(), up.sales()
	sales := proof.Make(proof.Minus, "sales", d.cur, after, before)
	cost := proof.Make(proof.Minus, "cost", d.cur, proof.AgainOf(more), proof.AgainOf(total))
	margin := proof.Make(proof.Minus, d.prefix+"uplift_margin", d.cur, sales, cost)
	if margin.Value.Cmp(amountRat(b.Margin)) != 0 {
		return nil, problem.New(problem.StepDiffers, margin.Value.RatString(), b.Margin.String()).At("/" + margin.Name)
	}
	left := proof.Make(proof.Minus, d.prefix+"total_less_uplift", d.cur, proof.AgainOf(total), proof.AgainOf(margin))
	orders := proof.Make(proof.Minus, d.prefix+"uplift_orders", "", proof.AgainOf(up.orders), proof.AgainOf(d.orders))
	d.rec.Totals = append(append(d.rec.Totals, all...), margin, left, orders)
	return left, nil
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
