package batch

import "slices"

// trace says of each posting what its cost follows from. Only a copy of the ledger that is run to explain has one: all
// methods do nothing on nil. It keeps nothing of the memory that the ledger uses again.
type trace struct {
	origins []origin
	next    origin
	days    bool // weights are units times days
	under   *halves
	kept    bool // the second of the halves
	by      []bearer
}

// origin is what the cost of a posting follows from. The zero origin is a cost that was given.
type origin struct {
	units, of int64 // so many units of so many that share a cost
	split     *split
	at        int // which part of the split
}

// split is a cost that is shared among bearers, by what is left and the weights left.
type split struct {
	from  *node // where the cost is
	cost  parts
	to    []bearer
	days  bool
	units []int64  // of each bearer
	by    []bearer // of charges, the lines by whose units orders bear them; nil: the bearers themselves
	under *halves
	kept  bool
}

// halves are the part of a cost that units bear that are gone, and the rest.
type halves struct {
	from      *node
	cost      parts
	gone, all int64
	to        []bearer
	units     []int64 // of each bearer
	days      bool
}

// follows says what the next posting follows from.
func (t *trace) follows(o origin) {
	if t != nil {
		t.next = o
	}
}

// posted keeps it with the posting.
func (t *trace) posted() {
	if t != nil {
		t.origins = append(t.origins, t.next)
		t.next = origin{}
	}
}

func (t *trace) byDays(days bool) {
	if t != nil {
		t.days = days
	}
}

func (t *trace) splits(from *node, cost parts, gone, all int64, to []bearer) {
	if t != nil {
		t.under, t.kept = &halves{from, cost, gone, all, slices.Clone(to), unitsOf(to), t.days}, false
	}
}

func (t *trace) rest() {
	if t != nil {
		t.kept = true
	}
}

func (t *trace) whole() {
	if t != nil {
		t.under, t.kept, t.days = nil, false, false
	}
}

func (t *trace) split(from *node, cost parts, to []bearer) *split {
	if t == nil {
		return nil
	}
	s := &split{from: from, cost: cost, to: to, units: unitsOf(to), days: t.days, under: t.under, kept: t.kept}
	if len(t.by) == len(to) {
		s.by, t.by = t.by, nil
	}
	return s
}

// charges says by which lines orders bear what comes next.
func (t *trace) charges(lines []bearer) {
	if t != nil {
		t.by = slices.Clone(lines)
	}
}

// unitsOf are the units that bearers have.
func unitsOf(to []bearer) []int64 {
	units := make([]int64, len(to))
	for i, b := range to {
		units[i] = b.node.units
	}
	return units
}

// replay is a copy of the ledger, made by running it again, that knows what each posting follows from. How the costs of
// closed periods were split is forgotten: they are taken as they were booked.
func (l *Ledger) replay() (*Ledger, error) {
	c := newLedger(l.options)
	c.names, c.ids, c.closed = l.names, l.ids, l.closed
	c.outside = c.node(place{account: Outside})
	c.trace, c.digest = &trace{}, l.Hash()
	for i := range l.journal[:l.settled] {
		p := l.journal[i]
		p.from, p.to = c.node(p.from.place), c.node(p.to.place)
		if a := p.from.account; p.units > 0 && p.from.pool != p.to.pool && (a.held() || a.gone()) {
			c.trace.follows(origin{units: p.units, of: p.from.pool.units})
		}
		c.trace.posted()
		c.journal = append(c.journal, p)
		c.apply(&c.journal[i], 1)
	}
	c.settled = l.settled
	for _, r := range l.open {
		again := *r
		if err := c.run(&again); err != nil {
			return nil, err // the same postings as before
		}
	}
	return c, nil
}
