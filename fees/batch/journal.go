package batch

import (
	"cmp"
	"slices"
	"strings"

	"github.com/overseaswarehouse/overseas/country"
)

// place is one account in full: which units of which batch are where, and since when. Names are numbers of the ledger's
// table.
type place struct {
	account, becomes      Account // becomes: of Awaiting, where the units go
	sku, batch, warehouse int32
	order                 int32 // of Sold, Charged and Owed the order; of others the entry or invoice
	arrived, since, left  country.Date
}

// node is a place with its units. Its cost is in the pool that it shares with others of one unit cost.
type node struct {
	place
	index int32 // its number among the nodes
	units int64
	gross int64 // units that ever came in
	// Of a bill or invoice: whether it is booked, and whether another bill has replaced it.
	booked, replaced int32
	pool             *pool
	own              pool // that of a node that shares its cost with no other
}

// pool is cost with the units that bear it.
type pool struct {
	units int64
	parts parts
}

// poolKey tells pools of stock apart.
type poolKey struct {
	account               Account
	sku, batch, warehouse int32
}

// posting moves units and cost from one account to another. The journal of postings is the whole state of a ledger:
// everything else is an index over it.
type posting struct {
	entry        int32 // name of the entry, 0 for the valuation of a month
	date, effect country.Date
	from, to     *node
	units        int64
	parts        parts
}

// shelfKey is the units of a SKU in one condition in one warehouse; batch 0 stands for those of all batches.
type shelfKey struct {
	account               Account
	sku, warehouse, batch int32
}

// names numbers the texts of a ledger.
type names struct {
	number map[string]int32
	text   []string
}

func newNames() names { return names{number: map[string]int32{"": 0}, text: []string{""}} }

func (n *names) of(s string) int32 {
	if s == "" {
		return 0
	}
	i, ok := n.number[s]
	if !ok {
		i = int32(len(n.text))
		n.number[s] = i
		n.text = append(n.text, s)
	}
	return i
}

// node finds or makes the node of a place.
func (l *Ledger) node(at place) *node {
	if n, ok := l.nodes[at]; ok {
		return n
	}
	if len(l.fresh) == 0 {
		l.fresh = make([]node, max(4, min(len(l.nodes), 64)))
	}
	n := &l.fresh[0]
	l.fresh = l.fresh[1:]
	n.place, n.index = at, int32(len(l.nodes))
	if at.account.held() {
		key := poolKey{at.account, at.sku, at.batch, at.warehouse}
		if at.account == Awaiting {
			key.account = Stock
		}
		if l.options.Method.pooled() && at.account != Transit {
			key.batch = 0
		}
		p := l.pools[key]
		if p == nil {
			p = &pool{}
			l.pools[key] = p
		}
		n.pool = p
	} else {
		n.pool = &n.own
	}
	l.nodes[at] = n
	switch {
	case at.account.held() || at.account.gone():
		key := [2]int32{at.sku, at.batch}
		l.byBatch[key] = append(l.byBatch[key], n)
	case at.account == Owed:
		key := [2]int32{at.sku, at.warehouse}
		l.owed[key] = append(l.owed[key], n)
	}
	if at.account == Sold || at.account == Owed || at.account == Awaiting && at.becomes == Sold {
		l.byOrder[at.order] = append(l.byOrder[at.order], n)
	}
	return n
}

// apply books a posting, forwards or, with sign -1, back.
func (l *Ledger) apply(p *posting, sign int64) {
	from, to := p.from, p.to
	if p.units != 0 {
		u := sign * p.units
		l.count(from, -u)
		l.count(to, u)
		to.gross += u
	}
	if a := to.account; a == Billed || a == Invoiced {
		switch from.account {
		case Outside:
			to.booked += int32(sign)
		case Billed:
			to.replaced += int32(sign)
		}
	}
	if from.account == Outside || from.account == Billed {
		l.gross += sign * p.parts.magnitude()
	}
	if from.account == Outside {
		l.units += sign * p.units
	}
	if sign > 0 {
		from.pool.parts, to.pool.parts = from.pool.parts.minus(p.parts), to.pool.parts.plus(p.parts)
	} else {
		from.pool.parts, to.pool.parts = from.pool.parts.plus(p.parts), to.pool.parts.minus(p.parts)
	}
}

// count changes the units of a node and keeps the shelves: they list the nodes that have units.
func (l *Ledger) count(n *node, units int64) {
	before := n.units
	n.units += units
	n.pool.units += units
	if !n.account.onShelf() || (before > 0) == (n.units > 0) {
		return
	}
	for _, batch := range [...]int32{0, n.batch} {
		key := shelfKey{n.account, n.sku, n.warehouse, batch}
		shelf := l.shelves[key]
		i, found := slices.BinarySearchFunc(shelf, n, l.older)
		switch {
		case found && n.units <= 0:
			shelf = slices.Delete(shelf, i, i+1)
		case !found && n.units > 0:
			shelf = slices.Insert(shelf, i, n)
		}
		l.shelves[key] = shelf
	}
}

// older orders units of one shelf: first in, first out, and by the name of the batch where they came in together.
func (l *Ledger) older(a, b *node) int {
	if c := cmp.Or(a.arrived.Compare(b.arrived), a.since.Compare(b.since)); c != 0 || a.batch == b.batch {
		return c
	}
	return strings.Compare(l.names.text[a.batch], l.names.text[b.batch])
}

// canonical orders any nodes, whatever the order in which they were made.
func (l *Ledger) canonical(a, b *node) int {
	if a == b {
		return 0
	}
	if c := cmp.Compare(a.account, b.account); c != 0 {
		return c
	}
	if a.becomes != b.becomes {
		return cmp.Compare(a.becomes, b.becomes)
	}
	if a.left != b.left {
		return a.left.Compare(b.left)
	}
	if a.arrived != b.arrived {
		return a.arrived.Compare(b.arrived)
	}
	if a.since != b.since {
		return a.since.Compare(b.since)
	}
	for _, x := range [...][2]int32{{a.warehouse, b.warehouse}, {a.order, b.order}, {a.batch, b.batch}, {a.sku, b.sku}} {
		if x[0] != x[1] {
			return strings.Compare(l.names.text[x[0]], l.names.text[x[1]])
		}
	}
	return 0
}

// post appends a posting of the entry that is being run.
func (l *Ledger) post(r *record, from, to *node, units int64, p parts) {
	if units == 0 && p == (parts{}) {
		l.trace.follows(origin{})
		return
	}
	l.always(r, from, to, units, p)
}

// always is post for what must be in the journal even when it moves nothing.
func (l *Ledger) always(r *record, from, to *node, units int64, p parts) {
	l.trace.posted()
	l.journal = append(l.journal, posting{r.name, r.posted, r.entry.Effect, from, to, units, p})
	l.apply(&l.journal[len(l.journal)-1], 1)
}

// move takes units with their share of the cost from one node to another.
func (l *Ledger) move(r *record, from, to *node, units int64) {
	var p parts
	if from.pool != to.pool && units > 0 {
		p = from.pool.parts.draw(units, from.pool.units)
		l.trace.follows(origin{units: units, of: from.pool.units})
	}
	l.post(r, from, to, units, p)
}

// undo takes back the postings from mark on.
func (l *Ledger) undo(mark int) {
	for i := len(l.journal) - 1; i >= mark; i-- {
		l.apply(&l.journal[i], -1)
		l.journal[i] = posting{}
	}
	l.journal = l.journal[:mark]
}
