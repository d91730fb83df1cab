package fees

import (
	"slices"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/internal/delimited"
	"github.com/overseaswarehouse/overseas/internal/engine"
	"github.com/overseaswarehouse/overseas/internal/fixed"
	"github.com/overseaswarehouse/overseas/internal/problem"
	"github.com/overseaswarehouse/overseas/internal/ratecard"
)

// often is how many rows are read between two looks at whether the caller wants no more. What is kept of them is written by
// then.
const often = engine.Lanes

const (
	// mostKept is how many bytes of rows are kept before they are written; the last of them may go beyond.
	mostKept = 32 << 10
	// longestRest is how many times so many rows are priced one by one at most before it is tried again to price them together.
	longestRest = 63
)

// shardBlock is rows of a file that are read and not yet written, and the usual ones among them as a page. A row that is not
// usual is read again when it is its turn, and priced by itself.
type shardBlock struct {
	kept  delimited.Kept
	lanes [often]int8         // where the rows are on the page; -1: nowhere
	wrong [often]problem.List // with them, none where nothing is
	page  page
	tally tally
	costs [engine.Lanes]cost
	zero  [ratecard.EventCount]money.Money // by kind of event, in the currency of its first card
	row   keptRow

	alone, rest, resting int // rows priced by themselves since the last look; how long to leave it at that

	codes struct { // of caveats, for rows of the same cards
		used, unsized uint64
		text          []byte
	}
}

// keptRow is a row that is kept.
type keptRow struct {
	kept *delimited.Kept
	row  int
}

// Field is a cell of the row.
func (r *keptRow) Field(i int) []byte { return r.kept.Field(r.row, i) }

// newShardBlock is nil where no row can be priced with others.
func (s *shard) newShardBlock() *shardBlock {
	if s.plan.Lines || !s.calc.blocks {
		return nil
	}
	b := &shardBlock{}
	for _, e := range s.events {
		kind := e.event.Kind()
		if !slices.Contains(pageKinds[:], kind) || len(s.calc.courses[kind].legs) == 0 {
			return nil
		}
		t := &strip{}
		if kind == OnImport {
			t.block.Money = new([engine.MoneyKinds]engine.Sums)
		}
		b.page.strips[kind] = t
		b.zero[kind] = s.calc.courses[kind].legs[0].ed.zero
	}
	zero, _ := money.Of(0, s.digits, s.plan.Currency)
	if !b.tally.begin(s.calc, zero, s.plan.Rates) {
		return nil
	}
	for i := range b.page.twice {
		b.page.twice[i] = s.journey.TariffTwice
	}
	b.tally.natives = &natives{}
	b.row.kept = &b.kept
	b.reset()
	return b
}

// reset empties the block.
func (b *shardBlock) reset() {
	b.kept.Reset()
	b.page.n = 0
	for kind, t := range b.page.strips {
		if t != nil {
			t.reset()
			t.money = b.zero[kind] // a row with money in another currency is not usual
		}
	}
}

// put adds a journey to the page; false, and the page is as it was, where one of its events is not usual.
func (p *page) put(j *Journey) bool {
	if e, t := j.Consignment, p.strips[OnConsign]; e != nil && !t.carton(e.Date, e.Destination, &e.PostalCode, e.one()) {
		return false
	}
	if e, t := j.Entry, p.strips[OnImport]; e != nil && !(p.link(t, j) && t.entry(e, e.one())) {
		return false
	}
	if e, t := j.Receipt, p.strips[OnReceive]; e != nil && !t.carton(e.Date, e.Country, nil, e.one()) {
		return false
	}
	if e, t := j.Stay, p.strips[OnStore]; e != nil && !t.stay(e, e.one()) {
		return false
	}
	if e, t := j.Order, p.strips[OnOrder]; e != nil && !t.parcel(e.Date, e.Country, &e.PostalCode, e.one()) {
		return false
	}
	if e, t := j.Return, p.strips[OnReturn]; e != nil && !t.parcel(e.Date, e.Country, &e.PostalCode, e.one()) {
		return false
	}
	for _, t := range p.strips {
		if t != nil {
			t.grow(p.n)
		}
	}
	p.n++
	return true
}

// take reads the row's events in, and keeps the row or prices it.
func (s *shard) take() error {
	b := s.block
	if b == nil || b.resting > 0 {
		return s.settle(s.parse())
	}
	ok := s.parse()
	usual := ok && b.page.put(&s.journey)
	n := b.kept.Len()
	if !usual {
		b.alone++
		if n == 0 { // nothing has to be written before it
			return s.settle(ok)
		}
	}
	b.lanes[n], b.wrong[n] = -1, problem.List{}
	switch {
	case usual:
		b.lanes[n] = int8(b.page.n - 1)
	case !ok:
		b.wrong[n] = s.row
	}
	b.kept.Keep(s.in)
	if b.kept.Size() > mostKept {
		return s.flush()
	}
	return nil
}

// look flushes after so many rows, and finds out whether it is of use to keep the next ones.
func (s *shard) look() error {
	b := s.block
	if b == nil {
		return nil
	}
	if b.resting > 0 {
		b.resting--
		return nil
	}
	err := s.flush()
	if 2*b.alone > often {
		b.rest = min(2*b.rest+1, longestRest)
		b.resting = b.rest
	} else {
		b.rest = 0
	}
	b.alone = 0
	return err
}

// flush prices the rows that are kept and writes them in their order.
func (s *shard) flush() error {
	b := s.block
	if b == nil || b.kept.Len() == 0 {
		return nil
	}
	w := &b.tally
	if b.page.n > 0 {
		w.price(&b.page)
		w.costs(b.costs[:b.page.n], 0)
	}
	var run laneRun
	for i := range b.kept.Len() {
		lane := int(b.lanes[i])
		if lane < 0 || w.bad[lane] {
			if lane >= 0 {
				b.alone++
			}
			if err := s.addRun(&run); err != nil {
				return err
			}
			s.in.Recall(&b.kept, i)
			s.row = b.wrong[i]
			if err := s.settle(s.row.Len() == 0 && s.parse()); err != nil {
				return err
			}
			continue
		}
		b.row.row = i
		g, err := s.groupOf(&b.row)
		if g != run.group || err != nil { // a row between two of a run ends it, so that their lanes follow each other
			if err := s.addRun(&run); err != nil {
				return err
			}
			run = laneRun{g, lane, lane}
		}
		if err != nil {
			return err
		}
		run.to++
		s.writeCost(&b.row, &b.costs[lane], lane)
		if err := s.out.Err(); err != nil {
			if cause := s.addRun(&run); cause != nil {
				return cause
			}
			return err
		}
	}
	b.reset()
	return s.addRun(&run)
}

// laneRun is rows of one group that stand on the page one after another, and are not in the sums yet.
type laneRun struct {
	group    *running
	from, to int
}

// mostRun is an amount of which as many as there are lanes fit into a word.
const mostRun = 1 << 56

// addRun adds rows that were priced with others to the sums, and empties the run.
func (s *shard) addRun(run *laneRun) error {
	g, from, to := run.group, run.from, run.to
	*run = laneRun{}
	if from == to {
		return nil
	}
	w := &s.block.tally
	lines := uint8(0)
	for lane := from; lane < to; lane++ {
		if lane == from || w.varied {
			lines |= w.setting(lane).lines
		}
		if s.block.costs[lane].status == Estimated {
			s.sums.estimated++
		}
	}
	ok := g.add(&g.total, &g.group.total, fixed.Decimal{Scale: s.digits})
	for f := range w.sums {
		if lines>>f&1 == 0 {
			continue
		}
		rest := w.sums[f][from:to]
		for len(rest) > 0 {
			sum, n := sumOf(rest)
			rest = rest[n:]
			d := fixed.Decimal{Coef: sum, Scale: s.digits}
			ok = g.add(&g.total, &g.group.total, d) && g.add(&g.family[f], &g.group.family[f], d) && ok
		}
	}
	for i := range w.natives.list {
		n := &w.natives.list[i]
		if !n.whole && !slices.Contains(n.has[from:to], true) {
			continue
		}
		rest := n.sum[from:to]
		for len(rest) > 0 {
			sum, some := sumOf(rest)
			rest = rest[some:]
			ok = g.addNative(n.currency, n.scale, sum) && ok
		}
	}
	return s.count(g, ok, int64(to-from))
}

// sumOf is the sum of the first numbers of a column, and of how many: of all unless they are great.
func sumOf(column []int64) (sum int64, n int) {
	over := uint64(0)
	for _, v := range column {
		over |= uint64(v + mostRun)
		sum += v
	}
	if over < 2*mostRun {
		return sum, len(column)
	}
	return column[0], 1
}

// writeCost writes what a row that was priced with others costs.
func (s *shard) writeCost(row rowCells, c *cost, lane int) {
	s.echoes(row)
	comma := s.plan.Output.Delimiter
	b := s.out.Cell()
	for f := FirstLeg; f <= Other; f++ {
		state := c.state[f]
		if state == Priced || state == Free {
			b = appendAmount(b, fixed.Decimal{Coef: c.family[f], Scale: c.scales[f]})
		}
		b = append(b, comma)
		if s.plan.States {
			b = append(b, state.String()...)
			b = append(b, comma)
		}
	}
	b = append(appendAmount(b, fixed.Decimal{Coef: c.sum, Scale: c.scale}), comma)
	b = append(append(b, s.plan.Currency[:]...), comma)
	b = append(append(b, c.status.String()...), comma)
	if c.status == Estimated {
		b = append(b, s.caveats(lane)...)
	}
	s.out.Put(b)
	s.out.End()
}

// caveats is the codes of the caveats of a row on the page, as writeCaveats writes them.
func (s *shard) caveats(lane int) []byte {
	w, k := &s.block.tally, &s.block.codes
	used, unsized := w.used[lane]|w.all.used, w.unsized[lane]
	if used == k.used && unsized == k.unsized {
		return k.text
	}
	k.used, k.unsized, k.text = used, unsized, k.text[:0]
	var seen [8]CaveatCode
	codes := seen[:0]
	add := func(code CaveatCode) {
		if slices.Contains(codes, code) {
			return
		}
		if len(codes) > 0 {
			k.text = append(k.text, ' ')
		}
		codes = append(codes, code)
		k.text = append(k.text, code...)
	}
	for _, e := range s.events {
		legs := s.calc.courses[e.event.Kind()].legs
		for i := range legs {
			l := &legs[i]
			if used&l.bit == 0 {
				continue
			}
			if unsized&l.bit != 0 {
				add(CaveatUnsized)
			}
			for _, c := range l.sheet.caveats {
				add(c.code)
			}
		}
	}
	return k.text
}

// natives is what the lines of each journey of a page come to in their own currencies.
type natives struct{ list []nativeColumn }

// nativeColumn is the sums of the lines in a currency with so many decimals.
type nativeColumn struct {
	currency country.Currency
	scale    uint8
	whole    bool // every journey has such a line
	has      [engine.Lanes]bool
	sum      [engine.Lanes]int64
}

// begin is for a page without lines.
func (n *natives) begin() { n.list = n.list[:0] }

// add adds a line of the journeys of some lanes, of which those that are billed have it, all where it is nil. In order says
// that they are all journeys of the page.
func (n *natives) add(currency country.Currency, scale uint8, values []int64, lanes []uint8, billed *[engine.Lanes]int64, inOrder bool) {
	at := 0
	for at < len(n.list) && (n.list[at].currency != currency || n.list[at].scale != scale) {
		at++
	}
	if at == len(n.list) {
		n.list = append(n.list, nativeColumn{currency: currency, scale: scale})
	}
	c := &n.list[at]
	if billed == nil && inOrder {
		c.whole = true
		addAll(c.sum[:len(values)], values)
		return
	}
	for i, lane := range lanes {
		lane %= engine.Lanes
		c.sum[lane] += values[i]
		c.has[lane] = c.has[lane] || billed == nil || billed[i] != 0
	}
}
