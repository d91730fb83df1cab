package batch

import (
	"cmp"
	"iter"
	"maps"
	"slices"
	"strings"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/internal/fixed"
	"github.com/overseaswarehouse/overseas/internal/problem"
)

// Valuation says at which cost units leave the stock.
type Valuation uint8

// The valuations, by the name that [Valuation.String] gives them.
const (
	FIFO          Valuation = iota // "fifo": the batch that arrived first leaves first, at its own unit cost
	Named                          // "named": every release names its batch, and leaves at its unit cost
	MovingAverage                  // "moving_average": at the average of the SKU in the warehouse at that moment
	MonthAverage                   // "month_average": at the average of the month, known when the month has ended
)

var valuationNames = []string{"fifo", "named", "moving_average", "month_average"}

// String is the name of the valuation, "" when it is none.
func (v Valuation) String() string {
	if int(v) < len(valuationNames) {
		return valuationNames[v]
	}
	return ""
}

// ParseValuation finds a valuation by its name; any other text is unknown_value.
func ParseValuation(name string) (Valuation, error) {
	if i := slices.Index(valuationNames, name); i >= 0 {
		return Valuation(i), nil
	}
	return 0, problem.New(problem.UnknownValue, name, slices.Clone(valuationNames)...)
}

// pooled reports whether batches of a SKU share their cost.
func (v Valuation) pooled() bool { return v == MovingAverage || v == MonthAverage }

// Options are what a ledger is opened with.
type Options struct {
	Currency country.Currency // of the book
	Scale    uint8            // decimals of the book; 0: those of the minor unit
	Method   Valuation
}

// Ledger carries the cost of batches from their purchase to the orders. It belongs to one goroutine at a time.
type Ledger struct {
	options Options

	names   names
	nodes   map[place]*node
	pools   map[poolKey]*pool
	shelves map[shelfKey][]*node
	byBatch map[[2]int32][]*node // by SKU and batch: all units, held or gone
	byOrder map[int32][]*node
	owed    map[[2]int32][]*node // by SKU and warehouse
	outside *node
	fresh   []node // not in use yet

	journal []posting
	ids     map[int32]*record // by name
	spare   []record          // not in use yet
	open    []*record         // entries of the open period, in canonical order
	sealed  []*record         // entries of closed periods
	closed  country.Date      // the last closed day
	settled int               // journal of closed periods
	gross   int64             // magnitude of all cost that ever came from outside, which bounds every sum
	units   int64             // units that ever came from outside
	trace   *trace            // of a copy that is run to explain; nil otherwise
	digest  string            // of its entries, of such a copy

	taking  []taking // of the entry that is being run
	bearing []bearer
}

// record is an entry that was posted.
type record struct {
	entry  Entry
	name   int32
	names  named
	posted country.Date
	mark   int      // where its postings begin
	digest [32]byte // of a sealed entry, whose content is forgotten
	seal   bool
}

// New opens a ledger. It fails with currency_unknown for no currency, and with unknown_value and number_precision for
// options that are none.
func New(o Options) (*Ledger, error) {
	if !o.Currency.IsValid() {
		return nil, problem.New(problem.CurrencyUnknown, o.Currency.String(), "ISO 4217")
	}
	if o.Scale == 0 {
		o.Scale = uint8(o.Currency.Digits())
	}
	if o.Scale > fixed.MaxScale {
		return nil, fixed.Refuse(problem.NumberPrecision, "")
	}
	if int(o.Method) >= len(valuationNames) {
		return nil, problem.New(problem.UnknownValue, "", slices.Clone(valuationNames)...)
	}
	return newLedger(o), nil
}

func newLedger(o Options) *Ledger {
	l := &Ledger{
		options: o, names: newNames(), nodes: map[place]*node{}, pools: map[poolKey]*pool{}, shelves: map[shelfKey][]*node{},
		byBatch: map[[2]int32][]*node{}, byOrder: map[int32][]*node{}, owed: map[[2]int32][]*node{}, ids: map[int32]*record{},
	}
	l.outside = l.node(place{account: Outside})
	return l
}

// Options are the options of the ledger.
func (l *Ledger) Options() Options {
	l = l.orEmpty()
	return l.options
}

// Closed is the last closed day, zero when none is.
func (l *Ledger) Closed() country.Date {
	l = l.orEmpty()
	return l.closed
}

// Entries are the entries of the open period in the order in which they count: by the day of posting, inside a day by
// kind (what brings units before what takes them), then by the day of effect and the id. The date is the day of posting.
func (l *Ledger) Entries() iter.Seq2[country.Date, Entry] {
	l = l.orEmpty()
	return func(yield func(country.Date, Entry) bool) {
		for _, r := range l.open {
			if !yield(r.posted, r.entry) {
				return
			}
		}
	}
}

func (a *record) compare(b *record) int {
	if c := a.posted.Compare(b.posted); c != 0 {
		return c
	}
	if c := cmp.Compare(a.entry.rank(), b.entry.rank()); c != 0 {
		return c
	}
	if c := a.entry.Effect.Compare(b.entry.Effect); c != 0 {
		return c
	}
	return strings.Compare(a.entry.ID, b.entry.ID)
}

// Post books an entry. The result does not depend on the order in which the entries of the open period are posted: each
// takes its place in the canonical order, and what comes after it is run again. An id that is there already with the same
// content changes nothing. An entry of a closed period is booked on the first open day.
//
// An error leaves the ledger as it was: [Problems] for an entry that is wrong by itself; stock_short when the units are
// not there on the day of effect; name_unknown for an order, bill, invoice or loss that is not there; entry_changed for
// an id with other content; entry_blocks, naming it, when a later entry would become impossible; currency_mismatch,
// number_precision and overflow for a cost that the book cannot hold.
func (l *Ledger) Post(e Entry) error {
	if err := e.check(); err != nil {
		return err
	}
	if old := l.ids[l.names.of(e.ID)]; old != nil {
		if old.same(&e) {
			return nil
		}
		return problem.New(problem.EntryChanged, e.ID)
	}
	r := l.record(&e)
	if err := l.dated(r); err != nil {
		return err
	}
	at := len(l.open)
	if at > 0 && r.compare(l.open[at-1]) < 0 {
		at, _ = slices.BinarySearchFunc(l.open, r, (*record).compare)
	}
	if err := l.insert(r, at); err != nil {
		return err
	}
	l.ids[r.name] = r
	return nil
}

// mostRoom bounds the entries for which room is made at once.
const mostRoom = 1 << 16

// Grow makes room for so many more entries, at most 65,536 at once: a ledger of which it is known about how many are to come
// books them faster. Nothing else depends on it, and a number below 1 makes no room.
func (l *Ledger) Grow(entries int) {
	if entries < 1 || l == nil || l.names.number == nil {
		return
	}
	entries = min(entries, mostRoom)
	l.open = slices.Grow(l.open, entries)
	l.journal = slices.Grow(l.journal, entries*5/2) // bills are of several movements
	l.names.text = slices.Grow(l.names.text, entries)
	if len(l.spare) < entries {
		l.spare = make([]record, entries)
	}
	if len(l.ids) > 0 {
		return
	}
	l.ids = make(map[int32]*record, entries)
	l.names.number, l.nodes = roomFor(l.names.number, entries), roomFor(l.nodes, entries)
}

// roomFor is a map with room for n more.
func roomFor[K comparable, V any](m map[K]V, n int) map[K]V {
	out := make(map[K]V, len(m)+n)
	maps.Copy(out, m)
	return out
}

// record is an entry with its names as numbers.
func (l *Ledger) record(e *Entry) *record {
	if len(l.spare) == 0 {
		l.spare = make([]record, 1)
	}
	r := &l.spare[0]
	l.spare = l.spare[1:]
	r.entry, r.name = *e, l.names.of(e.ID)
	r.names = named{
		l.names.of(e.Batch), l.names.of(e.SKU), l.names.of(e.Warehouse), l.names.of(e.To), l.names.of(e.Order), l.names.of(e.Ref), r.name,
	}
	return r
}

// same reports whether the record was made of an entry.
func (r *record) same(e *Entry) bool {
	if r.seal {
		return r.digest == digestOf(e)
	}
	return r.entry == *e
}

// dated sets the day of posting.
func (l *Ledger) dated(r *record) error {
	r.posted = r.entry.Posting
	if r.posted.IsZero() {
		r.posted = r.entry.Effect
	}
	if !l.closed.IsZero() && !r.posted.After(l.closed) {
		next, err := l.closed.AddDays(1)
		if err != nil {
			return err
		}
		r.posted = next
	}
	return nil
}

// insert runs a record at its place among the open ones, and those behind it again.
func (l *Ledger) insert(r *record, at int) error {
	later := l.open[at:]
	mark := len(l.journal)
	if len(later) > 0 {
		mark = later[0].mark
	}
	before := slices.Clone(l.journal[mark:])
	marks := make([]int, len(later))
	for i, r := range later {
		marks[i] = r.mark
	}
	l.undo(mark)
	err := l.run(r)
	for i := 0; err == nil && i < len(later); i++ {
		if why := l.run(later[i]); why != nil {
			err = problem.New(problem.EntryBlocks, later[i].entry.ID, why.Error())
		}
	}
	if err == nil {
		l.open = slices.Insert(l.open, at, r)
		return nil
	}
	l.undo(mark)
	for i := range before {
		l.journal = append(l.journal, before[i])
		l.apply(&before[i], 1)
	}
	for i, r := range later {
		r.mark = marks[i]
	}
	return err
}

// run books one entry at the end of the journal.
func (l *Ledger) run(r *record) error {
	mark := len(l.journal)
	r.mark = mark
	l.month(r.posted)
	if err := l.book(r); err != nil {
		l.undo(mark)
		return err
	}
	return nil
}

// Close closes all days up to and including the given one: entries of that time can no longer be changed, and what is
// posted into it later is booked on the day after. Under [MonthAverage] months that have ended are valued. It fails with
// date_order for a day before one that is closed already.
func (l *Ledger) Close(through country.Date) error {
	if !through.IsValid() || through == (country.Date{Year: 9999, Month: 12, Day: 31}) {
		return problem.New(problem.DateInvalid, through.String(), "YYYY-MM-DD")
	}
	if through.Before(l.closed) {
		return problem.New(problem.DateOrder, through.String(), l.closed.String())
	}
	n := 0
	for n < len(l.open) && !l.open[n].posted.After(through) {
		n++
	}
	later := slices.Clone(l.open[n:])
	if len(later) > 0 {
		l.undo(later[0].mark)
	}
	if next, err := through.AddDays(1); err == nil {
		l.month(next)
	}
	l.settled = len(l.journal)
	for _, r := range l.open[:n] {
		r.digest, r.seal = digestOf(&r.entry), true
		l.sealed = append(l.sealed, r)
		r.entry = Entry{ID: r.entry.ID}
	}
	l.open = l.open[n:]
	l.closed = through
	for _, r := range later {
		if err := l.run(r); err != nil { // the same postings as before: the month was only valued earlier
			return err
		}
	}
	return nil
}

// month values the last month of the journal when a day of a later one has come.
func (l *Ledger) month(day country.Date) {
	if l.options.Method != MonthAverage || len(l.journal) == 0 {
		return
	}
	last := l.journal[len(l.journal)-1].date
	if first := last.FirstOfMonth(); !first.Before(day.FirstOfMonth()) {
		return
	}
	end := &record{posted: last.LastOfMonth(), entry: Entry{Effect: last.LastOfMonth()}}
	for i := l.firstOf(last.FirstOfMonth()); i < len(l.journal); i++ {
		n := l.journal[i].to
		if n.account != Awaiting || n.units <= 0 {
			continue
		}
		to := n.place
		to.account, to.becomes = n.becomes, 0
		l.move(end, n, l.node(to), n.units)
	}
}

// firstOf is the index of the first posting on or after a day.
func (l *Ledger) firstOf(day country.Date) int {
	i, _ := slices.BinarySearchFunc(l.journal, day, func(p posting, d country.Date) int { return p.date.Compare(d) })
	return i
}

// valued runs read with the months valued that have ended on the given day.
func (l *Ledger) valued(on country.Date, read func()) {
	mark := len(l.journal)
	if next, err := on.AddDays(1); err == nil && !on.IsZero() {
		l.month(next)
	}
	read()
	l.undo(mark)
}

// money is a number of smallest units of the book.
func (l *Ledger) money(v int64) money.Money {
	m, _ := money.Of(v, l.options.Scale, l.options.Currency)
	return m
}

// cost is components in smallest units of the book.
func (l *Ledger) cost(p parts) Cost { return Cost{l.options.Currency, l.options.Scale, p} }

// partsOf is a cost in smallest units of the book.
func (l *Ledger) partsOf(c Cost) (parts, error) {
	if c.IsZero() {
		return parts{}, nil
	}
	if c.currency != l.options.Currency {
		return parts{}, problem.New(problem.CurrencyMismatch, c.currency.String(), l.options.Currency.String()).At("/cost")
	}
	p, exact := c.rescale(l.options.Scale)
	if !exact {
		if c.scale > l.options.Scale {
			return parts{}, problem.New(problem.NumberPrecision, c.String(), l.money(1).String()).At("/cost")
		}
		return parts{}, problem.New(problem.Overflow, c.String()).At("/cost")
	}
	return p, nil
}

// orEmpty is l, or an empty one for nil.
func (l *Ledger) orEmpty() *Ledger {
	if l == nil {
		return &Ledger{}
	}
	return l
}
