package batch

import (
	"cmp"
	"iter"
	"slices"
	"strings"

	"github.com/overseaswarehouse/overseas/country"
)

// Balance is units of one SKU and batch in one place, with their cost.
type Balance struct {
	Account   Account // Transit, Stock, Unsellable, or Awaiting: gone, but not valued yet
	Warehouse string
	SKU       string
	Batch     string
	Units     int64
	Cost      Cost
}

// Balances are what the ledger holds at the end of a day, by day of posting, in the order of SKU, batch, warehouse and
// account; the zero Date is the latest state. What is at zero is left out. Where batches share their cost (moving and month average) a
// batch has its units' part of it.
func (l *Ledger) Balances(on country.Date) []Balance {
	l = l.orEmpty()
	var out []Balance
	l.valued(on, func() { out = l.balances(on) })
	return out
}

// until is the journal up to and including a day.
func (l *Ledger) until(on country.Date) []posting {
	if on.IsZero() {
		return l.journal
	}
	next, err := on.AddDays(1)
	if err != nil {
		return l.journal
	}
	return l.journal[:l.firstOf(next)]
}

func (l *Ledger) balances(on country.Date) []Balance {
	journal := l.until(on)
	units := map[*node]int64{}
	costs := map[*pool]parts{}
	total := map[*pool]int64{}
	for i := range journal {
		p := &journal[i]
		for _, side := range [...]struct {
			n    *node
			sign int64
		}{{p.from, -1}, {p.to, 1}} {
			if !side.n.account.held() {
				continue
			}
			units[side.n] += side.sign * p.units
			total[side.n.pool] += side.sign * p.units
			if side.sign < 0 {
				costs[side.n.pool] = costs[side.n.pool].minus(p.parts)
			} else {
				costs[side.n.pool] = costs[side.n.pool].plus(p.parts)
			}
		}
	}
	nodes := make([]*node, 0, len(units))
	for n, u := range units {
		if u != 0 {
			nodes = append(nodes, n)
		}
	}
	slices.SortFunc(nodes, l.canonical)
	at := map[Balance]int{}
	var out []Balance
	for _, n := range nodes {
		p := costs[n.pool].draw(units[n], total[n.pool])
		costs[n.pool] = costs[n.pool].minus(p)
		total[n.pool] -= units[n]
		key := Balance{Account: n.account, Warehouse: l.names.text[n.warehouse], SKU: l.names.text[n.sku], Batch: l.names.text[n.batch]}
		i, ok := at[key]
		if !ok {
			i = len(out)
			at[key] = i
			out = append(out, key)
			out[i].Cost = l.cost(parts{})
		}
		out[i].Units += units[n]
		out[i].Cost.parts = out[i].Cost.parts.plus(p)
	}
	slices.SortFunc(out, func(a, b Balance) int {
		return cmp.Or(strings.Compare(a.SKU, b.SKU), strings.Compare(a.Batch, b.Batch),
			strings.Compare(a.Warehouse, b.Warehouse), cmp.Compare(a.Account, b.Account))
	})
	return out
}

// Movement is one line of the ledger's journal: units and cost that an entry took from one account to another.
type Movement struct {
	Entry    string // the entry; "" for the valuation of a month
	Date     country.Date
	Effect   country.Date
	From, To Side
	Units    int64
	Cost     Cost
}

// Side is one end of a movement.
type Side struct {
	Account   Account
	Warehouse string
	SKU       string
	Batch     string
	Order     string       // the order; of a loss, disposal or bill its entry
	Since     country.Date // of units in a warehouse, the day from which they are there
	Left      country.Date // of units that are gone, the day on which they left
}

// Movements is the journal: every share of every cost with the entry that it came from.
func (l *Ledger) Movements() iter.Seq[Movement] {
	l = l.orEmpty()
	return func(yield func(Movement) bool) {
		for i := range l.journal {
			p := &l.journal[i]
			if !yield(Movement{l.names.text[p.entry], p.date, p.effect, l.side(p.from), l.side(p.to), p.units, l.cost(p.parts)}) {
				return
			}
		}
	}
}

func (l *Ledger) side(n *node) Side {
	t := l.names.text
	return Side{n.account, t[n.warehouse], t[n.sku], t[n.batch], t[n.order], n.since, n.left}
}

// Waiting is units that were sold before they arrived.
type Waiting struct {
	Order, SKU, Batch, Warehouse string
	Since                        country.Date
	Units                        int64
}

// Pending are the releases that wait for units, in the order in which they will be served.
func (l *Ledger) Pending() []Waiting {
	l = l.orEmpty()
	var nodes []*node
	for _, list := range l.owed {
		for _, n := range list {
			if n.units > 0 {
				nodes = append(nodes, n)
			}
		}
	}
	slices.SortFunc(nodes, l.canonical)
	out := make([]Waiting, len(nodes))
	for i, n := range nodes {
		t := l.names.text
		out[i] = Waiting{t[n.order], t[n.sku], t[n.batch], t[n.warehouse], n.left, n.units}
	}
	return out
}

// Sum is units and cost of one account.
type Sum struct {
	Account Account
	Units   int64
	Cost    Cost
}

// Sums are all accounts at the end of a day, by day of posting; the zero Date is the latest state. Outside is the
// counterpart of all others, so that units and cost add up to zero.
func (l *Ledger) Sums(on country.Date) []Sum {
	l = l.orEmpty()
	out := make([]Sum, accounts)
	for a := range out {
		out[a] = Sum{Account: Account(a), Cost: l.cost(parts{})}
	}
	l.valued(on, func() {
		journal := l.until(on)
		for i := range journal {
			p := &journal[i]
			if a := p.from.account; !a.held() {
				out[a].Units -= p.units
				out[a].Cost.parts = out[a].Cost.parts.minus(p.parts)
			}
			if a := p.to.account; !a.held() {
				out[a].Units += p.units
				out[a].Cost.parts = out[a].Cost.parts.plus(p.parts)
			}
		}
		for _, b := range l.balances(on) {
			out[b.Account].Units += b.Units
			out[b.Account].Cost.parts = out[b.Account].Cost.parts.plus(b.Cost.parts)
		}
	})
	return out
}
