package fees

import (
	"iter"
	"math/bits"
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
	kept   delimited.Kept
	lanes  [often]int8         // where the rows are on the page; -1: nowhere
	wrong  [often]problem.List // with them, none where nothing is
	page   page
	pieces pieces
	tally  tally
	costs  [engine.Lanes]cost
	zero   [ratecard.EventCount]money.Money // by kind of event, in the currency of its first card
	row    keptRow
	runs   []laneRun // of the rows on the page

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
		b.page.strips[kind] = newStrip(kind)
		b.zero[kind] = s.calc.courses[kind].legs[0].ed.zero
	}
	zero, _ := money.Of(0, s.digits, s.plan.Currency)
	if !b.tally.begin(s.calc, zero, s.plan.Rates) {
		return nil
	}
	if s.journey.TariffTwice {
		b.page.twice = ^lanes(0)
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

// put adds a row's journey to the page; false, and the page is as it was, where one of its events is not usual.
func (b *shardBlock) put(j *Journey) bool {
	p, one := &b.page, [...]*Journey{j}
	for kind, t := range p.strips {
		if t == nil {
			continue
		}
		if structure, values := p.take(Kind(kind), one[:], uint8(p.n), &b.pieces); structure|values != 0 {
			return false
		}
	}
	for _, t := range p.strips {
		if t != nil {
			t.block.Grow(1)
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
	usual := ok && b.put(&s.journey)
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
	for i := range b.kept.Len() {
		lane := int(b.lanes[i])
		if lane < 0 || w.bad[lane] {
			if lane >= 0 {
				b.alone++
			}
			if err := s.addRuns(); err != nil {
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
		if err == nil {
			err = s.addLater(g, lane)
		}
		if err == nil {
			s.writeCost(&b.row, &b.costs[lane], lane)
			err = s.out.Err()
		}
		if err != nil {
			if cause := s.addRuns(); cause != nil {
				return cause
			}
			return err
		}
	}
	err := s.addRuns()
	b.reset()
	return err
}

// laneRun is rows of one group that stand on the page and are not in the sums yet.
type laneRun struct {
	group *running
	lanes lanes
}

// mostRuns is how many groups are kept apart before their rows are added to the sums.
const mostRuns = 16

// addLater notes that a row on the page is to be added to the sums of a group.
func (s *shard) addLater(g *running, lane int) error {
	b := s.block
	at := slices.IndexFunc(b.runs, func(r laneRun) bool { return r.group == g })
	if at < 0 {
		if len(b.runs) == mostRuns {
			if err := s.addRuns(); err != nil {
				return err
			}
		}
		at = len(b.runs)
		b.runs = append(b.runs, laneRun{group: g})
	}
	b.runs[at].lanes |= 1 << lane
	return nil
}

// addRuns adds the rows that are noted to the sums, those of all groups even where the sums of one are too small for them.
func (s *shard) addRuns() (err error) {
	b := s.block
	for _, run := range b.runs {
		if cause := s.addRun(run.group, run.lanes); err == nil {
			err = cause
		}
	}
	b.runs = b.runs[:0]
	return err
}

// mostRun is an amount of which as many as there are lanes fit into a word.
const mostRun = 1 << 56

// addRun adds rows that were priced with others to the sums.
func (s *shard) addRun(g *running, of lanes) error {
	w := &s.block.tally
	lines, first := uint8(0), true
	for rest := of; rest != 0; rest &= rest - 1 {
		lane := rest.first()
		if first || w.varied {
			lines, first = lines|w.setting(lane).lines, false
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
		for sum := range sumsOf(&w.sums[f], of) {
			d := fixed.Decimal{Coef: sum, Scale: s.digits}
			ok = g.add(&g.total, &g.group.total, d) && g.add(&g.family[f], &g.group.family[f], d) && ok
		}
	}
	for i := range w.natives.list {
		n := &w.natives.list[i]
		if !n.whole && n.has&of == 0 {
			continue
		}
		for sum := range sumsOf(&n.sum, of) {
			ok = g.addNative(n.currency, n.scale, sum) && ok
		}
	}
	return s.count(g, ok, int64(bits.OnesCount64(uint64(of))))
}

// sumsOf yields what the numbers of some lanes of a column come to: their sum, or where they are great each by itself.
func sumsOf(column *[engine.Lanes]int64, of lanes) iter.Seq[int64] {
	return func(yield func(int64) bool) {
		sum, over := int64(0), uint64(0)
		for rest := of; rest != 0; rest &= rest - 1 {
			v := column[rest.first()]
			over |= uint64(v + mostRun)
			sum += v
		}
		if over < 2*mostRun {
			yield(sum)
			return
		}
		for rest := of; rest != 0; rest &= rest - 1 {
			if !yield(column[rest.first()]) {
				return
			}
		}
	}
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
	has      lanes
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
		if billed == nil || billed[i] != 0 {
			c.has |= 1 << lane
		}
	}
}
