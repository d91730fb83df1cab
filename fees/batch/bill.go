package batch

import (
	"slices"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/internal/problem"
)

// bearer is a node that bears a part of a cost, by weight.
type bearer struct {
	node   *node
	weight int64
}

// bill books a cost of a batch. Its counterpart is an account of its own, which holds what the bill came to until an
// actual one replaces it.
func (l *Ledger) bill(r *record, n named, cost parts) error {
	e := &r.entry
	own := l.node(place{account: Billed, sku: n.sku, batch: n.batch, order: n.id})
	l.always(r, l.outside, own, 0, parts{})
	delta := cost
	if e.Ref != "" {
		old, ok := l.nodes[place{account: Billed, sku: n.sku, batch: n.batch, order: n.ref}]
		if !ok || old.booked == 0 {
			return problem.New(problem.NameUnknown, e.Ref, "bill "+e.Batch+" "+e.SKU).At("/ref")
		}
		if old.replaced > 0 {
			return problem.New(problem.Duplicate, e.Ref).At("/ref")
		}
		was := parts{}.minus(old.pool.parts)
		delta = cost.minus(was)
		l.always(r, own, old, 0, was)
	}
	if e.Invoice != "" {
		invoice, ok := l.nodes[place{account: Invoiced, order: l.names.of(e.Invoice)}]
		if !ok || invoice.booked == 0 {
			return problem.New(problem.NameUnknown, e.Invoice, "invoice").At("/invoice")
		}
		if left := invoice.pool.parts.sum(); left < delta.sum() {
			return problem.New(problem.OverLimit, l.money(delta.sum()).String(), l.money(left).String()).
				With("name", e.Invoice).At("/cost")
		}
		l.post(r, invoice, l.outside, 0, delta)
	}
	to := l.bearers(n.sku, n.batch, n.warehouse, e, true)
	l.trace.byDays(!e.From.IsZero())
	if len(to) == 0 { // those that were there have moved on: the batch bears it
		whole := *e
		whole.From, whole.Until = country.Date{}, country.Date{}
		to = l.bearers(n.sku, n.batch, 0, &whole, true)
		l.trace.byDays(false)
	}
	return l.share(r, own, delta, to)
}

// before reports whether the entry of an id comes before a record.
func (l *Ledger) before(id string, r *record) bool {
	other := l.ids[l.names.number[id]]
	return other != nil && other != r && (other.seal || other.compare(r) < 0)
}

// bearers are the units of a batch that bear a cost, in one warehouse where it is named: all of them, or with a period
// those that were in a warehouse in it, by units and days.
func (l *Ledger) bearers(sku, batch, warehouse int32, e *Entry, transit bool) []bearer {
	out := l.bearing[:0]
	for _, n := range l.byBatch[[2]int32{sku, batch}] {
		if n.units <= 0 || warehouse != 0 && n.warehouse != warehouse || n.account == Transit && !transit {
			continue
		}
		w := n.units
		if !e.From.IsZero() {
			if n.since.IsZero() {
				continue // never in a warehouse
			}
			w *= int64(overlap(n.since, n.left, e.From, e.Until))
		}
		if w > 0 {
			out = append(out, bearer{n, w})
		}
	}
	if len(out) > 1 {
		slices.SortFunc(out, func(a, b bearer) int { return l.canonical(a.node, b.node) })
	}
	l.bearing = out
	return out
}

// overlap is the days from since up to and not including left, a zero left meaning for ever, that are in a period.
func overlap(since, left, from, until country.Date) int {
	if from.Before(since) {
		from = since
	}
	if !left.IsZero() && left.Before(until) {
		until = left
	}
	return max(0, until.DaysSince(from))
}

// share splits a cost between the units that are gone and those that are held, the first rounded half up, and each of
// the two among its bearers.
func (l *Ledger) share(r *record, from *node, cost parts, to []bearer) error {
	var all, gone int64
	sorted := make([]bearer, 0, len(to))
	for _, b := range to {
		all += b.weight
		if b.node.account.gone() {
			gone += b.weight
			sorted = append(sorted, b)
		}
	}
	n := len(sorted)
	for _, b := range to {
		if !b.node.account.gone() {
			sorted = append(sorted, b)
		}
	}
	left, kept := sorted[:n:n], sorted[n:]
	if all == 0 {
		l.trace.whole()
		if cost == (parts{}) {
			return nil
		}
		return problem.New(problem.BasisZero, l.money(cost.sum()).String()).At("/cost")
	}
	out := cost.draw(gone, all)
	l.trace.splits(from, cost, gone, all, to)
	l.spread(r, from, out, left)
	l.trace.rest()
	l.spread(r, from, cost.minus(out), kept)
	l.trace.whole()
	return nil
}

// spread shares a cost among its bearers, each by what is left and the weights left.
func (l *Ledger) spread(r *record, from *node, cost parts, to []bearer) {
	var weights int64
	for _, b := range to {
		weights += b.weight
	}
	s := l.trace.split(from, cost, to)
	for i, b := range to {
		p := cost.draw(b.weight, weights)
		l.trace.follows(origin{split: s, at: i})
		l.post(r, from, b.node, 0, p)
		cost, weights = cost.minus(p), weights-b.weight
	}
}
