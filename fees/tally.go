package fees

import (
	"math"
	"slices"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/internal/engine"
	"github.com/overseaswarehouse/overseas/internal/ratecard"
)

// tally prices a block of journeys together: each card on all events of a kind, each line of it converted and added up as
// a column. A journey of which not all is usual, and certain, is bad: what the others of its block come to does not depend
// on it, and it is priced by itself.
type tally struct {
	calc    *Calculator
	ways    Total // for its exchanges
	known   []setting
	last    int // of known
	columns engine.Columns
	blocks  [ratecard.EventCount]*engine.Block

	n    int
	sums [ratecard.FamilyCount][engine.Lanes]int64
	bad  [engine.Lanes]bool
	// by lane: the kinds of its events, the legs that priced them, those of the last kind, and what the lines say
	asked   [engine.Lanes]uint16
	used    [engine.Lanes]uint64
	now     [engine.Lanes]uint64
	told    [engine.Lanes]tells
	nonzero [engine.Lanes]uint8
	unsized [engine.Lanes]bool
	digits  [ratecard.FamilyCount]uint8
	touched uint8 // the families that a line of the block is of

	own  [engine.Lanes]*Journey // instead of the caller's, where some are nil
	none Journey

	at, served []uint8 // lanes, in memory that is used again
	value      [engine.Lanes]int64
	in         [engine.Lanes]int64
}

// setting is what a journey says whatever it comes to: it follows of the kinds of its events, of the cards that priced them
// and of what the lines say.
type setting struct {
	of        outline
	state     [ratecard.FamilyCount]State
	tariff    uint8
	estimated bool
}

type outline struct {
	used    uint64
	asked   uint16
	nonzero uint8
	told    tells
}

const (
	// mostLines is how many lines a journey can have for its sums to fit whatever the lines are.
	mostLines = 512
	// sumBits are those of an amount of which mostLines sum to less than 10^18.
	sumBits = 49
	// mostSettings is how many settings are kept.
	mostSettings = 256
)

// begin is false where nothing can be priced in blocks.
func (w *tally) begin(c *Calculator, zero money.Money, rates *money.Rates) bool {
	if w.calc != c {
		w.calc, w.known, w.last = c, w.known[:0], 0
	}
	if x := &w.ways; x.currency != zero.Currency() || x.rates != rates {
		x.currency, x.digits, x.rates, x.exchanges = zero.Currency(), zero.Scale(), rates, x.exchanges[:0]
	}
	for f := range w.digits {
		w.digits[f] = zero.Scale()
	}
	if w.at == nil {
		w.at, w.served = make([]uint8, engine.Lanes), make([]uint8, engine.Lanes)
	}
	return c != nil && c.blocks && zero != money.Money{}
}

// price prices at most as many journeys as there are lanes.
func (w *tally) price(js []*Journey) {
	n := len(js)
	w.n = n
	clear(w.bad[:n])
	clear(w.asked[:n])
	clear(w.used[:n])
	clear(w.told[:n])
	clear(w.nonzero[:n])
	clear(w.unsized[:n])
	for f := range w.sums {
		if w.touched>>f&1 != 0 {
			clear(w.sums[f][:])
		}
	}
	w.touched = 0
	if slices.Contains(js, nil) {
		js = w.own[:copy(w.own[:], js)]
		for i, j := range js {
			if j == nil {
				w.bad[i], js[i] = true, &w.none
			}
		}
		defer clear(w.own[:])
	}
	for _, kind := range [...]Kind{OnConsign, OnImport, OnReceive, OnStore, OnOrder, OnReturn} {
		w.kind(kind, js)
	}
	if w.calc.covers {
		for i, j := range js {
			if w.bad[i] || j.TariffTwice {
				continue
			}
			w.bad[i] = w.setting(i).tariff == coversTariff|chargesTariff
		}
	}
}

// fill fills in the journeys' events of a kind and says which journeys have one. One with an event that is not usual is bad.
func (w *tally) fill(kind Kind, js []*Journey, b *engine.Block, only *country.Currency) []uint8 {
	at := w.at[:0:engine.Lanes]
	switch kind {
	case OnConsign:
		for i, j := range js {
			if e := j.Consignment; e != nil {
				at = w.take(at, i, e.usual(&b.Events[i], &b.Rows[i], only))
			}
		}
	case OnImport:
		for i, j := range js {
			if e := j.Entry; e != nil {
				at = w.take(at, i, e.usual(&b.Events[i], &b.Rows[i], only))
			}
		}
	case OnReceive:
		for i, j := range js {
			if e := j.Receipt; e != nil {
				at = w.take(at, i, e.usual(&b.Events[i], &b.Rows[i], only))
			}
		}
	case OnStore:
		for i, j := range js {
			if e := j.Stay; e != nil {
				at = w.take(at, i, e.usual(&b.Events[i], &b.Rows[i], only))
			}
		}
	case OnOrder:
		for i, j := range js {
			if e := j.Order; e != nil {
				at = w.take(at, i, e.usual(&b.Events[i], &b.Rows[i], only))
			}
		}
	case OnReturn:
		for i, j := range js {
			if e := j.Return; e != nil {
				at = w.take(at, i, e.usual(&b.Events[i], &b.Rows[i], only))
			}
		}
	}
	return at
}

// take appends a lane whose event is usual.
func (w *tally) take(at []uint8, i int, usual bool) []uint8 {
	if !usual {
		w.bad[i] = true
		return at
	}
	return append(at, uint8(i))
}

// span is what the events of a kind have in common.
type span struct {
	first, last int32 // of their days, as ordinal has them
	until       int32 // the day number behind their stays
	alike       bool  // they are in one country
	valued      bool  // some row has a value
}

// span looks at events for the cards of their course. It makes the journeys bad of those whose date is none.
func (w *tally) span(course *course, b *engine.Block, at []uint8) span {
	first, last := w.days(b, at)
	s := span{first: first, last: last, alike: true}
	if course.local {
		where := b.Events[at[0]%engine.Lanes].Country
		for _, lane := range at {
			s.alike = s.alike && b.Events[lane%engine.Lanes].Country == where
		}
	}
	if course.mixed {
		for _, lane := range at {
			s.valued = s.valued || b.Rows[lane%engine.Lanes].HasValue
		}
	}
	for _, lane := range at {
		s.until = max(s.until, b.Events[lane%engine.Lanes].To)
	}
	return s
}

// days are the first and the last, as ordinal has them.
func (w *tally) days(b *engine.Block, at []uint8) (first, last int32) {
	first = math.MaxInt32
	day, sound := int32(math.MinInt32), false
	for _, lane := range at {
		d := &b.Events[lane%engine.Lanes].Date
		if o := ordinal(*d); o != day {
			day = o
			first, last = min(first, day), max(last, day)
			sound = d.Day-1 < 28 && d.Month-1 < 12 && d.Year > 0 && d.Year <= 9999 || d.IsZero() || d.IsValid()
		}
		if !sound {
			w.bad[lane%engine.Lanes] = true
		}
	}
	return first, last
}

// kind prices the journeys' events of a kind.
func (w *tally) kind(kind Kind, js []*Journey) {
	course := &w.calc.courses[kind]
	only := &country.Currency{}
	if len(course.legs) > 0 {
		only = &course.legs[0].currency
	}
	b := w.blocks[kind]
	if b == nil {
		b = &engine.Block{}
		for i := range b.Events {
			b.Events[i].Kind = kind
		}
		w.blocks[kind] = b
	}
	at := w.fill(kind, js, b, only)
	if len(at) == 0 {
		return
	}
	all := w.span(course, b, at)
	for i := range course.legs {
		l := &course.legs[i]
		foreign := l.currency != *only && (all.valued || kind == OnImport)
		served := at
		switch {
		case !l.anywhere && all.alike && l.country != b.Events[at[0]].Country:
			continue
		case foreign, !l.anywhere && !all.alike, l.dated && (all.first == 0 || all.first < l.from || all.last > l.to || all.until > l.until):
			if served = w.serves(l, b, at, foreign); len(served) == 0 {
				continue
			}
		}
		w.leg(l, b, served)
	}
	for _, lane := range at {
		lane %= engine.Lanes
		one := w.now[lane]
		w.now[lane] = 0
		w.used[lane] |= one
		w.asked[lane] |= 1 << kind
		if one == 0 || one&(one-1) != 0 && course.slots {
			w.bad[lane] = true
		}
	}
}

// serves is the lanes whose events a card serves. It makes the journeys bad that it would have to refuse.
func (w *tally) serves(l *leg, b *engine.Block, at []uint8, foreign bool) []uint8 {
	served := w.served[:0]
	for _, lane := range at {
		ev := &b.Events[lane]
		switch {
		case !l.anywhere && l.country != ev.Country:
		case foreign && (b.Rows[lane].HasValue || ev.Kind == OnImport) || l.dated && !l.holds(ev, ordinal(ev.Date)):
			w.bad[lane] = true
		default:
			served = append(served, lane)
		}
	}
	return served
}

// leg prices the events of the lanes on one card.
func (w *tally) leg(l *leg, b *engine.Block, lanes []uint8) {
	plain := l.program.RunBlock(&w.columns, b, lanes)
	for _, lane := range lanes {
		w.now[lane%engine.Lanes] |= l.bit
	}
	if !plain {
		for i, lane := range lanes {
			w.bad[lane] = w.bad[lane] || w.columns.Bad(i)
			w.unsized[lane] = w.unsized[lane] || w.columns.Unsized(i)
		}
	}
	for i := range l.out {
		w.line(l, &l.out[i], lanes, plain)
	}
}

// line adds what a line comes to.
func (w *tally) line(l *leg, o *outcome, lanes []uint8, plain bool) {
	n := len(lanes)
	values, billed := w.columns.At(o.Register)[:n], w.columns.Billed(o.Register)
	if billed != nil || !plain {
		own := w.value[:n]
		for i := range own {
			own[i] = 0
			if (billed == nil || billed[i] != 0) && !w.columns.Bad(i) {
				own[i] = values[i]
				w.told[lanes[i]].add(o.tells)
			}
		}
		values = own
	}
	in := values
	if l.currency != w.ways.currency {
		in = w.in[:n]
		w.convert(in, values, l, o, lanes)
	} else if o.info.scale != w.ways.digits { // the sum may have other decimals
		for _, lane := range lanes {
			w.bad[lane] = true
		}
	}
	w.touched |= 1 << o.family
	if addUp(&w.sums[o.family], &w.nonzero, lanes, in, 1<<o.family)>>(sumBits+1) != 0 {
		w.bar(lanes, in)
	}
}

// addUp adds amounts and marks those that are not zero. over has a bit from sumBits + 1 on where one has more than sumBits.
//
//go:noinline
func addUp(sum *[engine.Lanes]int64, nonzero *[engine.Lanes]uint8, lanes []uint8, in []int64, bit uint8) (over uint64) {
	in = in[:len(lanes)]
	for i, lane := range lanes {
		v := in[i]
		lane %= engine.Lanes
		over |= uint64(v + 1<<sumBits)
		sum[lane] += v
		if v != 0 {
			nonzero[lane] |= bit
		}
	}
	return over
}

// bar makes the journeys bad whose amounts have more than sumBits.
func (w *tally) bar(lanes []uint8, column []int64) {
	for i, lane := range lanes {
		if uint64(column[i]+1<<sumBits)>>(sumBits+1) != 0 {
			w.bad[lane] = true
		}
	}
}

// convert converts a line.
func (w *tally) convert(in, values []int64, l *leg, o *outcome, lanes []uint8) {
	x, err := w.ways.exchange(l.currency)
	if err == nil && x.Coefs(in, values, o.info.scale) {
		return
	}
	for i, lane := range lanes {
		in[i] = 0
		if values[i] == 0 && err == nil {
			continue
		}
		if err != nil {
			w.bad[lane] = true
			continue
		}
		m, err := o.info.zero.WithAmount(values[i], o.info.scale)
		if err == nil {
			m, err = x.Convert(m)
		}
		if in[i] = m.Coef(); err != nil {
			w.bad[lane] = true
		}
	}
}

// cost says what journey i of the block costs; false where it is bad.
func (w *tally) cost(i int, out *cost) bool {
	if w.bad[i] || w.asked[i] == 0 {
		return false
	}
	s := w.setting(i)
	out.err, out.status = nil, Exact
	if s.estimated || w.unsized[i] {
		out.status = Estimated
	}
	out.state, out.scales, out.scale = s.state, w.digits, w.digits[0]
	out.sum = 0
	for f := range out.family {
		v := w.sums[f][i]
		out.sum += v
		out.family[f] = v
	}
	return true
}

// setting is that of journey i, found once.
func (w *tally) setting(i int) *setting {
	of := outline{w.used[i], w.asked[i], w.nonzero[i], w.told[i]}
	if w.last < len(w.known) {
		if s := &w.known[w.last]; s.of == of {
			return s
		}
	}
	w.last = slices.IndexFunc(w.known, func(s setting) bool { return s.of == of })
	if w.last >= 0 {
		return &w.known[w.last]
	}
	if len(w.known) == mostSettings {
		w.known = w.known[:0]
	}
	s := setting{of: of}
	told := of.told
	q := &Quote{calc: w.calc, asked: of.asked}
	for k := range w.calc.courses {
		for i := range w.calc.courses[k].legs {
			if l := &w.calc.courses[k].legs[i]; of.used&l.bit != 0 {
				q.used = append(q.used, l.ed.Card)
				s.estimated = s.estimated || len(l.sheet.caveats) > 0
				told.add(l.always)
			}
		}
	}
	s.tariff = told.tariff
	for f := range s.state {
		switch bit := uint8(1) << f; {
		case of.nonzero&bit != 0:
			s.state[f] = Priced
		case told.of&bit != 0:
			s.state[f] = Free
		case told.covers&bit != 0:
			s.state[f] = Included
		default:
			s.state[f] = q.unasked(Family(f))
		}
	}
	w.known = append(w.known, s)
	w.last = len(w.known) - 1
	return &w.known[w.last]
}
