package fees

import (
	"slices"

	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/internal/engine"
	"github.com/overseaswarehouse/overseas/internal/ratecard"
)

// tally prices a page of journeys together: each card on all events of a kind, each line of it converted and added up as
// a column. A journey of which not all is usual, and certain, is bad: what the others of its page come to does not depend
// on it, and it is priced by itself.
type tally struct {
	calc    *Calculator
	ways    Total // for its exchanges
	known   []setting
	last    int // of known
	columns engine.Columns
	picked  engine.Block

	n    int
	sums [ratecard.FamilyCount][engine.Lanes]int64
	bad  [engine.Lanes]bool
	// by lane: the kinds of its events, the legs that priced them, those of the last kind, and what the lines say
	asked   [engine.Lanes]uint16
	used    [engine.Lanes]uint64
	now     [engine.Lanes]uint64
	told    [engine.Lanes]tells
	nonzero [engine.Lanes]uint8
	unsized [engine.Lanes]uint64 // the legs that say so
	digits  [ratecard.FamilyCount]uint8
	touched uint8   // the families that a line of the page is of
	all     outline // what holds for every journey
	varied  bool    // and what does not
	sent    *sent   // what the first legs come to, on a page where that is the entries' freight
	legs    sent
	natives *natives // where they are asked for

	own    page    // for journeys that are on none
	places []uint8 // in memory that is used again
	value  [engine.Lanes]int64
	in     [engine.Lanes]int64
}

// setting is what a journey says whatever it comes to: it follows of the kinds of its events, of the cards that priced them
// and of what the lines say.
type setting struct {
	of        outline
	state     [ratecard.FamilyCount]State
	lines     uint8 // the families that have a line, a bit each
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
	if w.places == nil {
		w.places = make([]uint8, engine.Lanes)
	}
	return c != nil && c.blocks && zero != money.Money{}
}

// price prices the journeys of a page.
func (w *tally) price(p *page) {
	n := p.n
	w.n = n
	var odd lanes
	for _, of := range p.odd {
		odd |= of
	}
	for i := range w.bad {
		w.bad[i] = odd.has(i)
	}
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
	w.touched, w.all, w.varied = 0, outline{}, false
	if w.natives != nil {
		w.natives.begin()
	}
	w.sent = nil
	if t := p.strips[OnImport]; t != nil && t.block.Len() > 0 && p.linked {
		w.sent = &w.legs
		w.sent.begin()
	}
	for _, kind := range pageKinds {
		if t := p.strips[kind]; t != nil && t.block.Len() > 0 {
			w.kind(kind, t)
		}
	}
	if w.calc.covers {
		for i := range n {
			if w.bad[i] || p.twice.has(i) {
				continue
			}
			w.bad[i] = w.setting(i).tariff == coversTariff|chargesTariff
		}
	}
}

// kind prices the journeys' events of a kind.
func (w *tally) kind(kind Kind, t *strip) {
	course := &w.calc.courses[kind]
	lanes := t.lanes[:t.block.Len()]
	if len(course.legs) == 0 || !t.money.IsZero() && t.money.Currency() != course.legs[0].currency {
		w.refuse(lanes)
		return
	}
	var freight *engine.Sums
	if w.sent != nil && kind == OnImport {
		if freight = w.sent.of(t, course.legs[0].currency, course.legs[0].ed.digits); freight == nil || len(course.legs) > 1 {
			w.refuse(lanes)
			return
		}
	}
	whole, picked := uint64(0), false // the legs that price all of the events; others price some
	for i := range course.legs {
		l := &course.legs[i]
		foreign := kind == OnImport && l.currency != course.legs[0].currency
		switch {
		case !l.anywhere && t.local && t.country[0] != l.country:
		case !foreign && (l.anywhere || t.local) && (!l.dated || l.holds(t.first, t.last, t.latest)):
			whole |= l.bit
			w.columns.Freight = freight
			w.leg(l, &t.block, lanes)
			w.columns.Freight = nil
		default:
			places := w.serves(l, t, foreign)
			if len(places) == 0 {
				continue
			}
			if picked = true; w.sent != nil && (kind == OnConsign || kind == OnImport) { // places of the freight would be others
				w.refuse(lanes)
				continue
			}
			w.picked.Pick(&t.block, places)
			for i, place := range places { // lanes, from here on
				places[i] = lanes[place]
				w.now[lanes[place]%engine.Lanes] |= l.bit
			}
			w.leg(l, &w.picked, places)
		}
	}
	if len(lanes) == w.n && !picked && whole != 0 && (whole&(whole-1) == 0 || !course.slots) {
		w.all.used |= whole
		w.all.asked |= 1 << kind
		return
	}
	w.varied = true
	for _, lane := range lanes {
		lane %= engine.Lanes
		one := w.now[lane] | whole
		w.now[lane] = 0
		w.used[lane] |= one
		w.asked[lane] |= 1 << kind
		if one == 0 || one&(one-1) != 0 && course.slots {
			w.bad[lane] = true
		}
	}
}

// refuse makes journeys bad.
func (w *tally) refuse(lanes []uint8) {
	for _, lane := range lanes {
		w.bad[lane%engine.Lanes] = true
	}
}

// serves is the places of the events that a card serves. It makes the journeys bad that it would have to refuse.
func (w *tally) serves(l *leg, t *strip, foreign bool) []uint8 {
	served := w.places[:0]
	for i := range t.block.Len() {
		switch {
		case !l.anywhere && l.country != t.country[i]:
		case foreign || l.dated && !l.holds(t.day[i], t.day[i], t.until[i]):
			w.bad[t.lanes[i]%engine.Lanes] = true
		default:
			served = append(served, uint8(i))
		}
	}
	return served
}

// leg prices the events of a block, those of the lanes, on one card.
func (w *tally) leg(l *leg, b *engine.Block, lanes []uint8) {
	plain := l.program.RunBlock(&w.columns, b)
	if !plain {
		for i, lane := range lanes {
			w.bad[lane] = w.bad[lane] || w.columns.Bad(i)
			if w.columns.Unsized(i) {
				w.unsized[lane] |= l.bit
			}
		}
	}
	for i := range l.out {
		w.line(l, &l.out[i], lanes, plain)
	}
}

// line adds what a line comes to.
func (w *tally) line(l *leg, o *outcome, lanes []uint8, plain bool) {
	n := len(lanes)
	whole := n == w.n // every journey, in order
	values, bound := w.columns.At(o.Register)[:n], uint64(money.Unbounded)
	if most, ok := w.columns.Most(o.Register); ok {
		bound = most
	}
	switch {
	case plain && o.Always():
	case plain && whole && w.columns.Each(o.Register, n):
		w.all.told.add(o.tells)
	default:
		values = w.some(o, values, lanes)
	}
	if w.natives != nil {
		if bound>>sumBits != 0 {
			w.bar(lanes, values)
		}
		w.natives.add(l.currency, o.info.scale, values, lanes, w.columns.Billed(o.Register), whole)
	}
	if w.sent != nil && o.family == FirstLeg && o.info.kind == OnConsign {
		w.sent.add(l, o, values, lanes, bound)
	}
	in := values
	if l.currency != w.ways.currency {
		in = w.in[:n]
		bound = w.convert(in, values, l, o, lanes, bound)
	} else if o.info.scale != w.ways.digits { // the sum may have other decimals
		for _, lane := range lanes {
			w.bad[lane] = true
		}
	}
	if bound>>sumBits != 0 {
		w.bar(lanes, in)
	}
	bit := uint8(1) << o.family
	w.touched |= bit
	switch {
	case !whole:
		w.varied = true
		addUp(&w.sums[o.family], &w.nonzero, lanes, in, bit)
	case addAll(w.sums[o.family][:n], in):
		w.varied = true
		markAll(w.nonzero[:n], in, bit)
	default:
		w.all.nonzero |= bit
	}
}

// some is the amounts of a line that not every event has, 0 for those that do not.
func (w *tally) some(o *outcome, values []int64, lanes []uint8) []int64 {
	w.varied = true
	billed, own := w.columns.Billed(o.Register), w.value[:len(values)]
	for i, v := range values {
		own[i] = 0
		if (billed == nil || billed[i] != 0) && !w.columns.Bad(i) {
			own[i] = v
			w.told[lanes[i]%engine.Lanes].add(o.tells)
		}
	}
	return own
}

// addAll adds amounts and reports whether one of them is 0, or may be: where one is below.
//
//go:noinline
func addAll(sum, in []int64) (none bool) {
	in = in[:len(sum)]
	var least int64
	for i, v := range in {
		least |= v - 1
		sum[i] += v
	}
	return least < 0
}

// markAll marks the journeys whose amount is not 0.
func markAll(nonzero []uint8, in []int64, bit uint8) {
	in = in[:len(nonzero)]
	for i, v := range in {
		if v != 0 {
			nonzero[i] |= bit
		}
	}
}

// addUp is addAll and markAll for some journeys.
//
//go:noinline
func addUp(sum *[engine.Lanes]int64, nonzero *[engine.Lanes]uint8, lanes []uint8, in []int64, bit uint8) {
	in = in[:len(lanes)]
	for i, lane := range lanes {
		v := in[i]
		lane %= engine.Lanes
		sum[lane] += v
		if v != 0 {
			nonzero[lane] |= bit
		}
	}
}

// bar makes the journeys bad whose amounts have more than sumBits.
func (w *tally) bar(lanes []uint8, column []int64) {
	for i, lane := range lanes {
		if uint64(column[i]+1<<sumBits)>>(sumBits+1) != 0 {
			w.bad[lane] = true
		}
	}
}

// convert converts a line whose amounts have a bound, and says that of what they are converted to.
func (w *tally) convert(in, values []int64, l *leg, o *outcome, lanes []uint8, bound uint64) (next uint64) {
	x, err := w.ways.exchange(l.currency)
	if err == nil {
		if next, ok := x.Coefs(in, values, o.info.scale, bound); ok {
			return next
		}
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
	return money.Unbounded
}

// The families of a cost are written out one by one.
var _ = [1]bool{}[ratecard.FamilyCount-8]

// costs says what the journeys of the page cost, from a lane on. Those that are bad are left out, and marked.
func (w *tally) costs(out []cost, lane int) {
	var s *setting
	last := uint(lane) % engine.Lanes // whose setting it is
	digits, scale := w.digits, w.digits[0]
	for k := range out {
		i := uint(lane+k) % engine.Lanes
		if w.asked[i]|w.all.asked == 0 {
			w.bad[i] = true
		}
		if w.bad[i] {
			continue
		}
		if s == nil || w.varied && (w.used[i] != w.used[last] || w.asked[i] != w.asked[last] || w.nonzero[i] != w.nonzero[last] || w.told[i] != w.told[last]) {
			s, last = w.setting(int(i)), i
		}
		c := &out[k]
		if c.err != nil {
			c.err = nil
		}
		c.status = Exact
		if s.estimated || w.unsized[i] != 0 {
			c.status = Estimated
		}
		c.state, c.scales, c.scale = s.state, digits, scale
		v, f := &w.sums, &c.family // written out, for a loop takes as long again as all else
		f[0], f[1], f[2], f[3] = v[0][i], v[1][i], v[2][i], v[3][i]
		f[4], f[5], f[6], f[7] = v[4][i], v[5][i], v[6][i], v[7][i]
		c.sum = f[0] + f[1] + f[2] + f[3] + f[4] + f[5] + f[6] + f[7]
	}
}

// setting is that of journey i, found once.
func (w *tally) setting(i int) *setting {
	of := outline{w.used[i] | w.all.used, w.asked[i] | w.all.asked, w.nonzero[i] | w.all.nonzero, w.told[i]}
	of.told.add(w.all.told)
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
	s.lines, s.tariff = told.of, told.tariff
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
