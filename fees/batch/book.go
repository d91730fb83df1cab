package batch

import (
	"slices"
	"strconv"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/internal/fixed"
	"github.com/overseaswarehouse/overseas/internal/problem"
)

// mostUnits bounds the units of a ledger, so that units times days are a word.
const mostUnits = 1_000_000_000_000

// named is the names of an entry as numbers.
type named struct{ batch, sku, warehouse, to, order, ref, id int32 }

// book makes the postings of an entry. After an error some may be made; the caller takes them back.
func (l *Ledger) book(r *record) error {
	e := &r.entry
	n := r.names
	cost, err := l.partsOf(e.Cost)
	if err != nil {
		return err
	}
	if l.gross+cost.magnitude() > fixed.MaxCoef || cost.magnitude() > fixed.MaxCoef {
		return problem.New(problem.Overflow, e.Cost.String()).At("/cost")
	}
	if e.Units > mostUnits || l.units+max(e.Units, 0) > mostUnits {
		return problem.New(problem.NumberRange, strconv.FormatInt(e.Units, 10), strconv.Itoa(mostUnits)).At("/units")
	}
	switch e.Kind {
	case Opening:
		return l.opening(r, n, cost)
	case Ship:
		l.post(r, l.outside, l.node(place{account: Transit, sku: n.sku, batch: n.batch}), e.Units, cost)
		return nil
	case Receipt:
		return l.receipt(r, n, cost)
	case Transfer:
		return l.transfer(r, n, cost)
	case Invoice:
		l.always(r, l.outside, l.node(place{account: Invoiced, order: n.id}), 0, cost)
		return nil
	case Bill:
		return l.bill(r, n, cost)
	case Release:
		return l.release(r, n)
	case Return:
		return l.comeBack(r, n, cost)
	case Loss:
		return l.loss(r, n)
	case Damage:
		return l.damage(r, n)
	case Disposal:
		return l.disposal(r, n, cost)
	case Charge:
		return l.charge(r, n, cost)
	case Compensation:
		return l.compensation(r, n, cost)
	}
	return l.correction(r, n, cost)
}

// lot is the node of units that are in a warehouse since a day.
func (l *Ledger) lot(c Condition, sku, batch, warehouse int32, arrived, since country.Date) *node {
	return l.node(place{account: c.account(), sku: sku, batch: batch, warehouse: warehouse, arrived: arrived, since: since})
}

func (l *Ledger) opening(r *record, n named, cost parts) error {
	e := &r.entry
	arrived := e.Arrived
	if arrived.IsZero() {
		arrived = e.Effect
	}
	l.post(r, l.outside, l.lot(e.Condition, n.sku, n.batch, n.warehouse, arrived, e.Effect), e.Units, cost)
	l.fulfil(r, n.sku, n.warehouse)
	return nil
}

func (l *Ledger) receipt(r *record, n named, cost parts) error {
	e := &r.entry
	lot := l.lot(e.Condition, n.sku, n.batch, n.warehouse, e.Effect, e.Effect)
	if !e.Cost.IsZero() {
		l.post(r, l.outside, lot, e.Units, cost)
		l.fulfil(r, n.sku, n.warehouse)
		return nil
	}
	way := l.node(place{account: Transit, sku: n.sku, batch: n.batch})
	there := min(e.Units, way.units)
	if over := e.Units - there; over > 0 && (e.Difference != SpreadDifference || way.gross == 0) {
		return l.short(e, way.units, "transit")
	}
	l.move(r, way, lot, there)
	l.post(r, l.outside, lot, e.Units-there, parts{})
	if missing := way.units; e.Final && missing > 0 {
		gone := place{account: Lost, sku: n.sku, batch: n.batch, order: n.id, left: e.Effect}
		switch e.Difference {
		case RefuseDifference:
			return problem.New(problem.SumMismatch, strconv.FormatInt(e.Units, 10), strconv.FormatInt(e.Units+missing, 10)).At("/units")
		case LoseDifference:
			l.move(r, way, l.node(gone), missing)
		case SpreadDifference:
			// The cost first goes to those that arrived, then the units go without any.
			bearers := l.bearers(n.sku, n.batch, 0, e, false)
			if err := l.share(r, way, way.pool.parts, bearers); err != nil {
				return err
			}
			gone.account = Corrected
			l.post(r, way, l.node(gone), missing, parts{})
		}
	}
	l.fulfil(r, n.sku, n.warehouse)
	return nil
}

func (l *Ledger) transfer(r *record, n named, cost parts) error {
	e := &r.entry
	taken, err := l.take(e, n, e.Condition.account())
	if err != nil {
		return err
	}
	var to []bearer
	for _, t := range taken {
		lot := l.lot(e.Condition, n.sku, t.from.batch, n.to, e.Effect, e.Effect)
		l.move(r, t.from, lot, t.units)
		to = append(to, bearer{lot, t.units})
	}
	l.spread(r, l.outside, cost, to)
	l.fulfil(r, n.sku, n.to)
	return nil
}

func (l *Ledger) release(r *record, n named) error {
	e := &r.entry
	if l.options.Method == Named && e.Batch == "" {
		return problem.New(problem.MissingField, "batch").At("/batch")
	}
	var taken []taking
	var left int64
	if e.Pending {
		taken, left = l.available(e, n, Stock)
	} else {
		var err error
		if taken, err = l.take(e, n, Stock); err != nil {
			return err
		}
	}
	for _, t := range taken {
		l.leave(r, t.from, Sold, n.order, t.units)
	}
	if left > 0 {
		owed := l.node(place{account: Owed, sku: n.sku, batch: n.batch, warehouse: n.warehouse, order: n.order, left: e.Effect})
		l.post(r, l.node(place{account: Short, sku: n.sku, batch: n.batch, warehouse: n.warehouse}), owed, left, parts{})
	}
	return nil
}

// leave takes units out of a lot for good: at their cost, or under [MonthAverage] to wait for it.
func (l *Ledger) leave(r *record, from *node, to Account, order int32, units int64) {
	at := place{
		account: to, sku: from.sku, batch: from.batch, warehouse: from.warehouse, order: order,
		arrived: from.arrived, since: from.since, left: r.entry.Effect,
	}
	if at.left.Before(at.since) {
		at.left = at.since
	}
	if l.options.Method == MonthAverage && from.account == Stock {
		at.account, at.becomes = Awaiting, to
	}
	l.move(r, from, l.node(at), units)
}

// fulfil gives what arrived to the orders that were sold before.
func (l *Ledger) fulfil(r *record, sku, warehouse int32) {
	owed := l.owed[[2]int32{sku, warehouse}]
	if len(owed) == 0 {
		return
	}
	slices.SortFunc(owed, l.canonical)
	for _, o := range owed {
		for o.units > 0 {
			shelf := l.shelves[shelfKey{Stock, sku, warehouse, o.batch}]
			if len(shelf) == 0 {
				break
			}
			units := min(o.units, shelf[0].units)
			l.leave(r, shelf[0], Sold, o.order, units)
			l.post(r, o, l.node(place{account: Short, sku: sku, batch: o.batch, warehouse: warehouse}), units, parts{})
		}
	}
}

// comeBack returns units of an order, those that left first at first, at the cost at which they left.
func (l *Ledger) comeBack(r *record, n named, cost parts) error {
	e := &r.entry
	left := e.Units
	var have int64
	var from []bearer
	lines, err := l.linesOf(e, n)
	if err != nil {
		return err
	}
	for _, line := range lines {
		if line.account == Owed || line.left.After(e.Effect) {
			continue
		}
		have += line.units
		if u := min(left, line.units); u > 0 {
			from = append(from, bearer{line, u})
			left -= u
		}
	}
	if left > 0 {
		return l.short(e, have, e.Order)
	}
	for _, b := range from {
		l.move(r, b.node, l.lot(e.Condition, n.sku, b.node.batch, n.warehouse, e.Effect, e.Effect), b.weight)
	}
	l.spread(r, l.outside, cost, l.charged(from))
	l.fulfil(r, n.sku, n.warehouse)
	return nil
}

// linesOf are the lines of an order, with the SKU and batch of the entry where it names them.
func (l *Ledger) linesOf(e *Entry, n named) ([]*node, error) {
	lines := l.byOrder[n.order]
	out := make([]*node, 0, len(lines))
	known := false
	for _, line := range lines {
		known = known || line.gross > 0
		if line.gross > 0 && (e.SKU == "" || line.sku == n.sku) && (e.Batch == "" || line.batch == n.batch) {
			out = append(out, line)
		}
	}
	if !known {
		return nil, problem.New(problem.NameUnknown, e.Order, "order").At("/order")
	}
	slices.SortFunc(out, l.canonical)
	return out, nil
}

// charged are the accounts of orders' costs that belong to lines.
func (l *Ledger) charged(lines []bearer) []bearer {
	l.trace.charges(lines)
	out := make([]bearer, 0, len(lines))
	for _, b := range lines {
		out = append(out, bearer{l.node(place{account: Charged, sku: b.node.sku, batch: b.node.batch, order: b.node.order}), b.weight})
	}
	return out
}

func (l *Ledger) charge(r *record, n named, cost parts) error {
	lines, err := l.linesOf(&r.entry, n)
	if err != nil {
		return err
	}
	var to []bearer
	for _, line := range lines {
		switch line.account {
		case Owed:
			to = append(to, bearer{line, line.units})
		case Awaiting: // when it is valued its units become those of a sold line
			to = append(to, bearer{line, line.units})
		default:
			to = append(to, bearer{line, line.gross})
		}
	}
	return l.share(r, l.outside, cost, l.charged(to))
}

func (l *Ledger) loss(r *record, n named) error {
	e := &r.entry
	if e.Warehouse == "" {
		way := l.node(place{account: Transit, sku: n.sku, batch: n.batch})
		if way.units < e.Units {
			return l.short(e, way.units, "transit")
		}
		l.move(r, way, l.node(place{account: Lost, sku: n.sku, batch: n.batch, order: n.id, left: e.Effect}), e.Units)
		return nil
	}
	taken, err := l.take(e, n, e.Condition.account())
	if err != nil {
		return err
	}
	for _, t := range taken {
		l.leave(r, t.from, Lost, n.id, t.units)
	}
	return nil
}

func (l *Ledger) damage(r *record, n named) error {
	e := &r.entry
	taken, err := l.take(e, n, Stock)
	if err != nil {
		return err
	}
	for _, t := range taken {
		l.move(r, t.from, l.lot(NotSellable, n.sku, t.from.batch, n.warehouse, t.from.arrived, e.Effect), t.units)
	}
	return nil
}

func (l *Ledger) disposal(r *record, n named, cost parts) error {
	e := &r.entry
	taken, err := l.take(e, n, e.Condition.account())
	if err != nil {
		return err
	}
	var to []bearer
	for _, t := range taken {
		l.leave(r, t.from, Disposed, n.id, t.units)
		fee := place{account: Disposed, sku: n.sku, batch: t.from.batch, warehouse: n.warehouse, order: n.id, left: e.Effect}
		to = append(to, bearer{l.node(fee), t.units})
	}
	l.spread(r, l.outside, cost, to)
	return nil
}

func (l *Ledger) compensation(r *record, n named, cost parts) error {
	e := &r.entry
	if !l.before(e.Ref, r) {
		return problem.New(problem.NameUnknown, e.Ref, "loss, damage, disposal").At("/ref")
	}
	l.post(r, l.outside, l.node(place{account: Compensated, sku: n.sku, batch: n.batch, order: n.ref}), 0, parts{}.minus(cost))
	return nil
}

func (l *Ledger) correction(r *record, n named, cost parts) error {
	e := &r.entry
	if e.Units > 0 {
		return l.opening(r, n, cost)
	}
	missing := *e
	missing.Units = -e.Units
	taken, err := l.take(&missing, n, e.Condition.account())
	if err != nil {
		return err
	}
	for _, t := range taken {
		l.leave(r, t.from, Corrected, n.id, t.units)
	}
	return nil
}

// taking is units of a lot.
type taking struct {
	from  *node
	units int64
}

// take finds the units that an entry takes from a warehouse, the oldest first.
func (l *Ledger) take(e *Entry, n named, from Account) ([]taking, error) {
	taken, left := l.available(e, n, from)
	if left > 0 {
		return nil, l.short(e, e.Units-left, e.Warehouse)
	}
	return taken, nil
}

// available finds as many of the units as there are on the day of effect, and how many are missing.
func (l *Ledger) available(e *Entry, n named, from Account) (taken []taking, left int64) {
	left = e.Units
	taken = l.taking[:0]
	for _, lot := range l.shelves[shelfKey{from, n.sku, n.warehouse, n.batch}] {
		if left == 0 {
			break
		}
		if lot.since.After(e.Effect) {
			continue
		}
		units := min(left, lot.units)
		taken = append(taken, taking{lot, units})
		left -= units
	}
	l.taking = taken
	return taken, left
}

// short says that units are not there.
func (l *Ledger) short(e *Entry, have int64, where string) error {
	what := e.SKU + " " + e.Batch + " " + where + " " + e.Effect.String()
	return problem.New(problem.StockShort, what, strconv.FormatInt(e.Units, 10)).
		With("have", strconv.FormatInt(have, 10)).At("/units")
}
