package fees

import (
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
	touched uint8 // the families that a line of the block is of

	at, served []uint8 // lanes, in memory that is used again
	value      [engine.Lanes]int64
	in         [engine.Lanes]int64
}

// setting is what follows of the kinds of events and the cards that priced them.
type setting struct {
	asked     uint16
	used      uint64
	state     [ratecard.FamilyCount]State // of families without lines
	estimated bool
}

const (
	// mostLines is how many lines a journey can have for its sums to fit whatever the lines are.
	mostLines = 512
	// sumBits are those of an amount of which mostLines sum to less than 10^18.
	sumBits = 49
	// writableBits are those of an amount that has at most 18 digits whatever it is.
	writableBits = 58
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
	for i, j := range js {
		w.bad[i] = j == nil
	}
	for _, kind := range [...]Kind{OnConsign, OnImport, OnReceive, OnStore, OnOrder, OnReturn} {
		w.kind(kind, js)
	}
	if w.calc.covers {
		for i, j := range js {
			if w.told[i].tariff == coversTariff|chargesTariff && j != nil && !j.TariffTwice {
				w.bad[i] = true
			}
		}
	}
}

// usual fills in the journey's event of a kind. asked is false where it has none, ok where the event is not a usual one.
func (j *Journey) usual(kind Kind, ev *engine.Event, row *engine.Row, only country.Currency) (asked, ok bool) {
	switch kind {
	case OnConsign:
		return j.Consignment != nil, j.Consignment.usual(ev, row, only)
	case OnImport:
		return j.Entry != nil, j.Entry.usual(ev, row, only)
	case OnReceive:
		return j.Receipt != nil, j.Receipt.usual(ev, row, only)
	case OnStore:
		return j.Stay != nil, j.Stay.usual(ev, row, only)
	case OnOrder:
		return j.Order != nil, j.Order.usual(ev, row, only)
	default:
		return j.Return != nil, j.Return.usual(ev, row, only)
	}
}

// kind prices the journeys' events of a kind.
func (w *tally) kind(kind Kind, js []*Journey) {
	course := &w.calc.courses[kind]
	var only country.Currency
	if len(course.legs) > 0 {
		only = course.legs[0].currency
	}
	b := w.blocks[kind]
	if b == nil {
		b = &engine.Block{}
		for i := range b.Events {
			b.Events[i].Kind = kind
		}
		w.blocks[kind] = b
	}
	at := w.at[:0]
	for i, j := range js {
		if w.bad[i] {
			continue
		}
		ev := &b.Events[i]
		asked, ok := j.usual(kind, ev, &b.Rows[i], only)
		if !asked {
			continue
		}
		if !ok || !ev.Date.IsZero() && !ev.Date.IsValid() {
			w.bad[i] = true
			continue
		}
		w.asked[i] |= 1 << kind
		w.now[i] = 0
		at = append(at, uint8(i))
	}
	if len(at) == 0 {
		return
	}
	for i := range course.legs {
		l := &course.legs[i]
		foreign := l.currency != only
		served := w.served[:0]
		for _, lane := range at {
			ev, row := &b.Events[lane], &b.Rows[lane]
			if !l.anywhere && l.country != ev.Country {
				continue
			}
			if foreign && (row.HasValue || kind == OnImport) || l.dated && !l.holds(ev, ordinal(ev.Date)) {
				w.bad[lane] = true
				continue
			}
			served = append(served, lane)
		}
		if len(served) > 0 {
			w.leg(l, b, served)
		}
	}
	for _, lane := range at {
		one := w.now[lane]
		if one == 0 || one&(one-1) != 0 && course.slots {
			w.bad[lane] = true
		}
		w.used[lane] |= one
	}
}

// leg prices the events of the lanes on one card.
func (w *tally) leg(l *leg, b *engine.Block, lanes []uint8) {
	l.program.RunBlock(&w.columns, b, lanes)
	certain := true
	for i, lane := range lanes {
		w.now[lane] |= l.bit
		w.told[lane].add(l.always)
		if w.columns.Bad(i) {
			w.bad[lane], certain = true, false
		}
		if w.columns.Unsized(i) {
			w.unsized[lane] = true
		}
	}
	for i := range l.out {
		w.line(l, &l.out[i], lanes, certain)
	}
}

// line adds what a line comes to.
func (w *tally) line(l *leg, o *outcome, lanes []uint8, certain bool) {
	n := len(lanes)
	values, billed := w.columns.At(o.Register)[:n], w.columns.Billed(o.Register)
	if billed != nil || !certain {
		own := w.value[:n]
		for i := range own {
			on := billed == nil || billed[i] != 0
			own[i] = 0
			if on && !w.columns.Bad(i) {
				own[i] = values[i]
				w.told[lanes[i]].add(o.tells)
			}
		}
		values = own
	}
	if wide(values, writableBits) {
		w.bar(lanes, values, writableBits)
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
	if wide(in, sumBits) {
		w.bar(lanes, in, sumBits)
	}
	w.touched |= 1 << o.family
	sum, bit := &w.sums[o.family], uint8(1)<<o.family
	for i, lane := range lanes {
		v := in[i]
		lane %= engine.Lanes
		sum[lane] += v
		if v != 0 {
			w.nonzero[lane] |= bit
		}
	}
}

// wide reports whether a column has amounts of more than so many bits and a sign.
func wide(column []int64, bits int) bool {
	var over uint64
	for _, v := range column {
		over |= uint64(v + 1<<bits)
	}
	return over>>(bits+1) != 0
}

// bar makes the journeys bad whose amounts have more.
func (w *tally) bar(lanes []uint8, column []int64, bits int) {
	for i, lane := range lanes {
		if uint64(column[i]+1<<bits)>>(bits+1) != 0 {
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
	s := w.setting(w.asked[i], w.used[i])
	digits := w.ways.digits
	out.err, out.status, out.state = nil, Exact, s.state
	if s.estimated || w.unsized[i] {
		out.status = Estimated
	}
	told, nonzero := w.told[i], w.nonzero[i]
	sum := int64(0)
	for f := range out.family {
		v := w.sums[f][i]
		sum += v
		out.family[f] = figure{v, digits}
		switch bit := uint8(1) << f; {
		case nonzero&bit != 0:
			out.state[f] = Priced
		case told.of&bit != 0:
			out.state[f] = Free
		case told.covers&bit != 0:
			out.state[f] = Included
		}
	}
	out.sum = figure{sum, digits}
	return true
}

// setting is what follows of the kinds of events and the legs that priced them, found once.
func (w *tally) setting(asked uint16, used uint64) *setting {
	if w.last < len(w.known) {
		if s := &w.known[w.last]; s.asked == asked && s.used == used {
			return s
		}
	}
	w.last = slices.IndexFunc(w.known, func(s setting) bool { return s.asked == asked && s.used == used })
	if w.last >= 0 {
		return &w.known[w.last]
	}
	if len(w.known) == mostSettings {
		w.known = w.known[:0]
	}
	s := setting{asked: asked, used: used}
	q := &Quote{calc: w.calc, asked: asked}
	for k := range w.calc.courses {
		for i := range w.calc.courses[k].legs {
			if l := &w.calc.courses[k].legs[i]; used&l.bit != 0 {
				q.used = append(q.used, l.ed.Card)
				s.estimated = s.estimated || len(l.sheet.caveats) > 0
			}
		}
	}
	for f := range s.state {
		s.state[f] = q.unasked(Family(f))
	}
	w.known = append(w.known, s)
	w.last = len(w.known) - 1
	return &w.known[w.last]
}
