package engine

import (
	"cmp"
	"math/bits"
	"slices"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/internal/fixed"
	"github.com/overseaswarehouse/overseas/internal/ratecard"
)

// Machine is the memory of a run. The zero Machine is ready; a Machine that has run once runs again without
// allocating. A Machine serves one run at a time.
type Machine struct {
	ev, row, item []int64
	unsized       bool // a volume or side was not known and its comparison left out
	marks         []mark
	flat          *[256]int64 // registers of a flat program
	ran           *flat       // the flat program that ran last; nil: the blocks
	code          string      // the last postal code
	key           uint64      // the same packed
}

// packed is a postal code packed, once for all rules.
func (m *Machine) packed(code string) uint64 {
	if m.code != code {
		m.code, m.key = code, packed(code)
	}
	return m.key
}

// registers are those of a flat program. What they hold is of no meaning.
func (m *Machine) registers() *[256]int64 {
	if m.flat == nil {
		m.flat = new([256]int64)
	}
	return m.flat
}

// mark is a day on which the stock of an account changes.
type mark struct {
	day  int32
	rows int32 // that come, less those that go
	by   int64
}

// sortMarks puts the marks of an account in order. On one day their order does not matter to the sums. The one sort that
// has a copy of its own in a program: it takes half the time of the shared one.
func sortMarks(m []mark) {
	slices.SortFunc(m, func(a, b mark) int { return cmp.Compare(a.day, b.day) })
}

// frame returns n registers, all zero, reusing s.
func zeroed(s []int64, n int) []int64 {
	if cap(s) < n {
		return make([]int64, n)
	}
	s = s[:n]
	clear(s)
	return s
}

// fast runs the program. It is false when anything stands in the way: the slow evaluator then finds the answer or says
// what is wrong.
func (p *program) fast(m *Machine, e *Event) bool {
	m.unsized = false
	if m.ran = p.many; len(e.Rows) == 1 {
		m.ran = p.one
	}
	if m.ran != nil {
		if m.ran.run(m, e) {
			return true
		}
		m.ran, m.unsized = nil, false // such as a credit, for which only the blocks have signs
	}
	nr, ni := p.size[frRow], p.size[frItem]
	m.ev = zeroed(m.ev, p.size[frEvent])
	m.row = zeroed(m.row, nr*len(e.Rows))
	m.item = zeroed(m.item, ni*len(e.Items))
	if ni > 0 {
		for i := range e.Rows {
			if e.Rows[i].undescribed() {
				return false
			}
		}
	}
	for i := range p.blocks {
		b := &p.blocks[i]
		switch b.frame {
		case frEvent:
			if !p.run(m, b.code, e, m.ev, nil, nil, nil, nil) {
				return false
			}
		case frRow:
			for r := range e.Rows {
				if !p.run(m, b.code, e, m.row[r*nr:r*nr+nr], &e.Rows[r], nil, m.ev, nil) {
					return false
				}
			}
		default:
			for r := range e.Rows {
				row := &e.Rows[r]
				for k := row.FirstItem; k < row.FirstItem+row.NumItem; k++ {
					at := int(k)
					if !p.run(m, b.code, e, m.item[at*ni:at*ni+ni], row, &e.Items[k], m.row[r*nr:r*nr+nr], m.row[r*nr:r*nr+nr]) {
						return false
					}
				}
			}
		}
	}
	return true
}

// signedOver is not zero when hi, lo is not the sign extension of lo.
func mul(a, b int64) (int64, uint64) {
	hi, lo := bits.Mul64(uint64(a), uint64(b))
	hi -= uint64((a >> 63) & b)
	hi -= uint64((b >> 63) & a)
	return int64(lo), hi ^ uint64(int64(lo)>>63)
}

func truth(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

// run executes a block on the registers r. wide are the registers of the frame around it, out those in which crossing
// steps leave their sums.
func (p *program) run(m *Machine, code []instr, e *Event, r []int64, row *Row, item *Item, wide, out []int64) bool {
	if out == nil {
		out = wide
	}
	var over uint64
	for i := range code {
		in := &code[i]
		switch in.op {
		case opConst:
			r[in.dst] = in.k0
		case opMulK:
			v, o := mul(r[in.a], in.k0)
			over |= o
			r[in.dst] = v
		case opMul:
			v, o := mul(r[in.a], r[in.b])
			over |= o
			r[in.dst] = v
		case opAdd:
			v, ok := fixed.Add(r[in.a], r[in.b])
			if !ok {
				return false
			}
			r[in.dst] = v
		case opSub:
			r[in.dst] = max(0, r[in.a]-r[in.b])
		case opSubK:
			r[in.dst] = max(0, r[in.a]-in.k0)
		case opMax:
			r[in.dst] = max(r[in.a], r[in.b])
		case opMin:
			r[in.dst] = min(r[in.a], r[in.b])
		case opMaxK:
			r[in.dst] = max(r[in.a], in.k0)
		case opMinK:
			r[in.dst] = min(r[in.a], in.k0)
		case opRound:
			v, ok := fixed.MulDiv(r[in.a], in.k0, uint64(in.k1), in.mode)
			if !ok {
				return false
			}
			r[in.dst] = v
		case opSteps:
			a := r[in.a]
			q := a / in.k0
			if a-q*in.k0 > in.k1 {
				q++
			}
			r[in.dst] = q
		case opLess:
			r[in.dst] = truth(r[in.a] < in.k0)
		case opAtMost:
			r[in.dst] = truth(r[in.a] <= in.k0)
		case opMore:
			r[in.dst] = truth(r[in.a] > in.k0)
		case opAtLeast:
			r[in.dst] = truth(r[in.a] >= in.k0)
		case opIs:
			r[in.dst] = truth(r[in.a] == in.k0)
		case opInSet:
			at := r[in.a]
			if in.x < 0 {
				r[in.dst] = truth(at >= 0 && in.k0>>uint64(at)&1 == 1)
			} else {
				in := p.marks[in.x].in
				r[code[i].dst] = truth(at >= 0 && int(at) < len(in) && in[at])
			}
		case opAnd:
			r[in.dst] = r[in.a] & r[in.b]
		case opNot:
			r[in.dst] = r[in.a] ^ 1
		case opImplies:
			r[in.dst] = (r[in.a] ^ 1) | r[in.b]
		case opRequire:
			if r[in.a] == 0 && (in.b < 0 || r[in.b] != 0) {
				return false
			}
			r[in.dst] = 1
		case opFirst:
			r[in.dst] = -1
			for k, a := range p.regs[in.a] {
				if r[a] != 0 {
					r[in.dst] = int64(k)
					break
				}
			}
		case opBracket:
			r[in.dst] = p.edges[in.x].place(r[in.a])
		case opRemap:
			if at := r[in.a]; at < 0 {
				r[in.dst] = -1
			} else {
				r[in.dst] = int64(p.remaps[in.x].to[at])
			}
		case opStride:
			if a, b := r[in.a], r[in.b]; a < 0 || b < 0 {
				r[in.dst] = -1
			} else {
				r[in.dst] = a*in.k0 + b
			}
		case opCell:
			if at := r[in.a]; at < 0 {
				r[in.dst] = 0
			} else {
				r[in.dst] = p.cells[in.x].k[at]
			}
		case opCellOK:
			at := r[in.a]
			r[in.dst] = truth(at >= 0 && !p.cells[in.x].none[at])
		case opBands:
			v := int64(0)
			if in.b >= 0 {
				v = r[in.b]
			}
			sum, ok := p.bands[in.x].fast(r[in.a], v)
			if !ok {
				return false
			}
			r[in.dst] = sum
		case opNext:
			v, ok := p.nexts[in.x].fast(r[in.a], r[in.b])
			if !ok {
				return false
			}
			r[in.dst] = v
		case opGate:
			r[in.dst] = r[in.a] & -r[in.b]
		case opSlot:
			v, ok := p.slots[in.x].fast(r, p.regs[in.a])
			if !ok {
				return false
			}
			r[in.dst] = v
		case opTimed:
			if !p.timed(in, e, row, r) {
				return false
			}
		case opStays:
			w := p.clocks[in.x].line.begin(e.span(row))
			r[in.dst] = truth(w.next())
		case opPick:
			r[in.dst] = r[in.a]
		case opSweep:
			if !p.sweep(m, in, e, r) {
				return false
			}
		case opTopUp:
			v, ok := p.topUps[in.x].fast(e)
			if !ok {
				return false
			}
			r[in.dst] = v

		case opWeight:
			q := &row.Weight
			if item != nil {
				q = &item.Weight
			}
			v, ok := p.units.weight.load(q)
			if !ok {
				return false
			}
			r[in.dst] = v
		case opVolume:
			v, ok := p.loadVolume(m, row, item, in.k1 != 0)
			if !ok {
				return false
			}
			r[in.dst] = v
		case opSide:
			v, ok := p.loadSide(m, row, item, in.k0, in.k1 != 0)
			if !ok {
				return false
			}
			r[in.dst] = v
		case opUnits:
			if !row.HasUnits {
				return false
			}
			r[in.dst] = row.Units
		case opValue:
			d, ok := row.Value, row.HasValue
			if item != nil {
				d, ok = item.Value, item.HasValue
			}
			if !ok {
				return false
			}
			v, ok := micros(d, 6)
			if !ok {
				return false
			}
			r[in.dst] = v
		case opMoney:
			v, ok := micros(row.Money[in.k0], uint8(in.k1))
			if !ok {
				return false
			}
			r[in.dst] = v
		case opLevy:
			v, ok := p.levies[in.x].fast(row.Duties, r[in.a])
			if !ok {
				return false
			}
			r[in.dst] = v
		case opInputNum:
			a := p.answers[in.x]
			text, ok := e.answer(a.input, row, item)
			if !ok {
				return false
			}
			d, code := fixed.Scan(text)
			if code != "" || d.Coef < 0 {
				return false
			}
			v, ok := micros(d, a.decimal)
			if !ok {
				return false
			}
			r[in.dst] = v
		case opInputPos:
			text, ok := e.answer(p.answers[in.x].input, row, item)
			at := -1
			if ok {
				at = indexOf(p.answers[in.x].input.Values, text)
			}
			if at < 0 {
				return false
			}
			r[in.dst] = int64(at)
		case opCountryPos:
			if e.Country.IsZero() {
				return false
			}
			r[in.dst] = p.places[in.x].find(e.Country)
		case opPlacePos:
			if e.Warehouse == "" {
				return false
			}
			r[in.dst] = int64(indexOf(p.lists[in.x].list, e.Warehouse))
		case opPostal:
			rules := p.postals[in.x]
			if key := m.packed(e.PostalCode); key != 0 && rules.packed {
				r[in.dst] = truth(rules.matchPacked(key))
				continue
			}
			v, ok := rules.match(e.PostalCode)
			if !ok {
				return false
			}
			r[in.dst] = truth(v)
		case opDate:
			if e.Date.IsZero() {
				return false
			}
			r[in.dst] = truth(p.days[in.x].holds(e.Date))
		case opDatePos:
			if e.Date.IsZero() {
				return false
			}
			r[in.dst] = p.periods[in.x].find(e)

		case opSumRows:
			v, ok := fixed.Add(out[in.dst], r[in.a])
			if !ok {
				return false
			}
			out[in.dst] = v
		case opAnyRow, opAnyItem:
			out[in.dst] |= r[in.a]
		case opSumItems:
			v, o := mul(r[in.a], item.Count)
			over |= o
			v, ok := fixed.Add(out[in.dst], v)
			if !ok {
				return false
			}
			out[in.dst] = v
		case opTimesRow:
			v, o := mul(r[in.a], row.Count)
			over |= o
			r[in.dst] = v
		case opToRow, opToItem:
			r[in.dst] = wide[in.a]
		default:
			return false
		}
	}
	return over == 0
}

// micros is a decimal as a whole number of 10^-scale.
func micros(d fixed.Decimal, scale uint8) (int64, bool) {
	if d.Scale == scale {
		return d.Coef, true
	}
	if scale > d.Scale+18 { // a power of ten that does not fit
		return 0, d.Coef == 0
	}
	if d.Scale < scale {
		return fixed.Mul(d.Coef, int64(fixed.Pow10(int(scale-d.Scale))))
	}
	pow := int64(fixed.Pow10(int(d.Scale - scale)))
	if pow <= 0 { // more decimals than an int64 has digits
		return 0, d.Coef == 0
	}
	return d.Coef / pow, d.Coef%pow == 0
}

// answer is what the event, or the row or item within it, says to an input of the card.
func (e *Event) answer(in *ratecard.Input, row *Row, item *Item) (string, bool) {
	if item != nil && in.Each == ratecard.LevelItem {
		if v, ok := item.Facts[in.Name]; ok {
			return v, true
		}
	}
	if row != nil && in.Each < ratecard.LevelEvent {
		if v, ok := row.Facts[in.Name]; ok {
			return v, true
		}
	}
	if v, ok := e.Facts[in.Name]; ok {
		return v, true
	}
	return in.Default, in.Default != ""
}

func (p *places) find(c country.Code) int64 {
	for i, x := range p.list {
		if x == c {
			return int64(i)
		}
	}
	return -1
}

// find is the position of the terms that hold on the event's date and, of a stay, on its last day too, -1 where there
// are none: a stay that runs over a change of terms has to be asked about in parts.
func (p *periods) find(e *Event) int64 {
	for i := range p.list {
		if !p.list[i].Contains(e.Date) {
			continue
		}
		if e.From < e.To && !p.list[i].Contains(DateOf(e.To-1)) {
			return -1
		}
		return int64(i)
	}
	return -1
}

func (p *program) loadVolume(m *Machine, row *Row, item *Item, optional bool) (int64, bool) {
	sides, volume := &row.Length, &row.Volume
	if item != nil {
		sides, volume = &item.Length, &item.Volume
	}
	if sides[0].Unit != 0 {
		v := int64(1)
		var over uint64
		for i := range sides {
			s, ok := p.units.length.load(&sides[i])
			if !ok {
				return 0, false
			}
			var o uint64
			v, o = mul(v, s)
			over |= o
		}
		return v, over == 0
	}
	if volume.Unit != 0 {
		return p.units.volume.load(volume)
	}
	m.unsized = m.unsized || optional
	return 0, optional
}

func (p *program) loadSide(m *Machine, row *Row, item *Item, k int64, optional bool) (int64, bool) {
	sides := &row.Length
	if item != nil {
		sides = &item.Length
	}
	if sides[0].Unit == 0 {
		m.unsized = m.unsized || optional
		return 0, optional
	}
	a, ok1 := p.units.length.load(&sides[0])
	b, ok2 := p.units.length.load(&sides[1])
	c, ok3 := p.units.length.load(&sides[2])
	if !ok1 || !ok2 || !ok3 {
		return 0, false
	}
	if a < b {
		a, b = b, a
	}
	if b < c {
		b, c = c, b
	}
	if a < b {
		a, b = b, a
	}
	return [3]int64{a, b, c}[k], true
}

// place finds the bracket of x: a binary search for the first edge on the far side of x.
func (e *edges) place(x int64) int64 {
	lo, hi := 0, len(e.k)
	strict := e.edge == ratecard.UpTo || e.edge == ratecard.Over // count the edges below x, else those up to x
	for lo < hi {
		mid := int(uint(lo+hi) >> 1)
		if e.k[mid] < x || !strict && e.k[mid] == x {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return e.bracketOf(lo)
}

// bracketOf turns the number of edges passed into a position.
func (e *edges) bracketOf(passed int) int64 {
	switch e.edge {
	case ratecard.From, ratecard.Over:
		return int64(passed) - 1
	}
	if passed == len(e.k) && !e.open {
		return -1
	}
	return int64(passed)
}

func (t *bands) fast(x, variant int64) (int64, bool) {
	if variant < 0 {
		return 0, true
	}
	sum := int64(0)
	var over uint64
	for i := range t.list {
		b := &t.list[i]
		if x <= b.k.lower {
			break
		}
		n := int64(1)
		switch b.kind {
		case bandRate:
			n = min(x, b.k.upper) - b.k.lower
		case bandStarted:
			part := min(x, b.k.upper) - b.k.lower
			if n = part / b.k.each; n*b.k.each < part {
				n++
			}
		}
		v, o := mul(n, b.kp[variant])
		over |= o
		s, ok := fixed.Add(sum, v)
		if !ok {
			return 0, false
		}
		sum = s
	}
	return sum, over == 0
}

func (t *nextTable) fast(q, at int64) (int64, bool) {
	if at < 0 {
		return 0, true
	}
	best, over := mul(q, t.cells.k[at])
	bracket := int(at) / t.inner % t.outer
	for i := bracket + 1; i < t.outer; i++ {
		at += int64(t.inner)
		edge := i // the lower edge of bracket i
		if t.edges.edge == ratecard.UpTo || t.edges.edge == ratecard.Below {
			edge = i - 1
		}
		if t.cells.none != nil && t.cells.none[at] {
			continue
		}
		v, o := mul(max(q, t.edges.k[edge]), t.cells.k[at])
		over |= o
		best = min(best, v)
	}
	return best, over == 0
}

func (t *slot) fast(r []int64, regs []int32) (int64, bool) {
	n := len(t.fits)
	best := int64(-1)
	for i := range n {
		if r[regs[i]] == 0 {
			continue
		}
		switch {
		case best < 0:
			best = int64(i)
			if t.slot.Take == ratecard.First {
				return best, true
			}
		case t.slot.Take == ratecard.One:
			return 0, false
		case t.slot.Take == ratecard.Greatest && r[regs[n+i]] > r[regs[n+int(best)]],
			t.slot.Take == ratecard.Least && r[regs[n+i]] < r[regs[n+int(best)]]:
			best = int64(i)
		}
	}
	return best, best >= 0 || t.slot.Optional
}

// span is the stay that a timed step runs over.
func (e *Event) span(row *Row) (arrived, from, to int32) {
	if row != nil {
		return row.Arrived, row.From, row.To
	}
	return e.From, e.From, e.To
}

func (p *program) timed(in *instr, e *Event, row *Row, r []int64) bool {
	clk := p.clocks[in.x]
	arrived, from, to := e.span(row)
	w := clk.line.begin(arrived, from, to)
	if len(clk.alts) > 0 {
		return clk.joint(&w, p.regs[in.a], r, in.dst)
	}
	base := 0
	if in.a >= 0 {
		base = int(r[in.a])
	}
	sum := int64(0)
	var over uint64
	for w.next() {
		if base < 0 || w.cell < 0 || clk.cells.none != nil && clk.cells.none[base+w.cell] {
			return false
		}
		v, o := mul(w.n, clk.cells.k[base+w.cell])
		over |= o
		s, ok := fixed.Add(sum, v)
		if !ok {
			return false
		}
		sum = s
	}
	r[in.dst] = sum
	return over == 0
}

// joint sums, stretch by stretch, what the slot takes into the register of its alternative, and marks those taken.
func (c *clock) joint(w *walk, regs []int32, r []int64, dst int32) bool {
	n := int32(len(c.alts))
	for i := range 2 * n {
		r[dst+i] = 0
	}
	var over uint64
	for w.next() {
		best, at := int64(0), -1
		for i := range c.alts {
			a := &c.alts[i]
			if r[regs[3*i]] == 0 {
				continue
			}
			cell := a.line.cellOn(w.start, w.arrived)
			base := r[regs[3*i+2]]
			if cell < 0 || base < 0 || a.cells.none != nil && a.cells.none[int(base)+cell] {
				continue
			}
			if at >= 0 && c.slot.Take == ratecard.One {
				return false
			}
			v, o := mul(r[regs[3*i+1]], a.cells.k[int(base)+cell])
			over |= o
			v, o = mul(v, a.k)
			over |= o
			v, o = mul(v, w.n)
			over |= o
			if c.beats(cmp.Compare(v, best), at) {
				best, at = v, i
			}
		}
		if at < 0 {
			if c.slot.Optional {
				continue
			}
			return false
		}
		s, ok := fixed.Add(r[int(dst)+at], best)
		if !ok {
			return false
		}
		r[int(dst)+at] = s
		r[int(dst+n)+at] = 1
	}
	return over == 0
}

// after applies what happens to the sum of all rows on a day.
func (t *sweepTable) after(v int64) (int64, bool) {
	ok := true
	for i := range t.post {
		s := &t.post[i]
		switch s.kind {
		case postLess:
			v = max(0, v-s.k)
		case postPlus:
			v, ok = fixed.Add(v, s.k)
		case postKeep:
			if v, ok = fixed.MulDiv(v, 1, uint64(s.k), s.mode); ok {
				v, ok = fixed.Mul(v, s.k)
			}
		case postUp:
			q := v / s.k
			if v-q*s.k > s.l {
				q++
			}
			v, ok = fixed.Mul(q, s.k)
		case postMin:
			v = max(v, s.k)
		default:
			v = min(v, s.k)
		}
		if !ok {
			return 0, false
		}
	}
	return v, true
}

// sweep goes over the days on which stock changes, in order, with the sum of what is present.
func (p *program) sweep(m *Machine, in *instr, e *Event, r []int64) bool {
	t := p.sweeps[in.x]
	nr := p.size[frRow]
	m.marks = m.marks[:0]
	for i := range e.Rows {
		row := &e.Rows[i]
		from, to := max(row.From, e.From), min(row.To, e.To)
		if from < to && row.Count > 0 {
			v := m.row[i*nr+int(in.a)]
			m.marks = append(m.marks, mark{from, 1, v}, mark{to, -1, -v})
		}
	}
	sortMarks(m.marks)
	base := 0
	if in.b >= 0 {
		base = int(r[in.b])
	}
	present, total, rows := int64(0), int64(0), int32(0)
	day := e.From
	var over uint64
	stretch := func(to int32) bool {
		w := t.clock.line.begin(e.From, day, to)
		v, ok := int64(0), true
		if rows > 0 { // there is no minimum on nothing
			v, ok = t.after(present)
		}
		if !ok {
			return false
		}
		for w.next() {
			if base < 0 || w.cell < 0 || t.clock.cells.none != nil && t.clock.cells.none[base+w.cell] {
				return false
			}
			n, o := mul(w.n, t.clock.cells.k[base+w.cell])
			over |= o
			n, o = mul(n, v)
			over |= o
			s, ok := fixed.Add(total, n)
			if !ok {
				return false
			}
			total = s
		}
		day = to
		return true
	}
	for _, c := range m.marks {
		if c.day > day && !stretch(c.day) {
			return false
		}
		s, ok := fixed.Add(present, c.by)
		if !ok {
			return false
		}
		present = s
		rows += c.rows
	}
	if day < e.To && !stretch(e.To) {
		return false
	}
	r[in.dst] = total
	return over == 0
}

func (t *levy) fast(duties []Duty, base int64) (int64, bool) {
	sum := int64(0)
	for i := range duties {
		d := &duties[i]
		if t.pos != 0 && d.Levy != t.pos {
			continue
		}
		v, ok := t.part(&d.Part, base)
		if d.Least != nil && ok {
			var w int64
			w, ok = t.part(d.Least, base)
			v = max(v, w)
		}
		if d.Most != nil && ok {
			var w int64
			w, ok = t.part(d.Most, base)
			v = min(v, w)
		}
		if !ok {
			return 0, false
		}
		if sum, ok = fixed.Add(sum, max(v, 0)); !ok {
			return 0, false
		}
	}
	return sum, true
}

func (t *levy) part(p *DutyPart, base int64) (int64, bool) {
	rate, ok := micros(p.Percent, t.rate)
	if !ok {
		return 0, false
	}
	amount, ok := micros(p.Amount, t.amount)
	if !ok {
		return 0, false
	}
	v, over := mul(base, rate)
	amount, more := mul(amount, t.k)
	if over|more != 0 {
		return 0, false
	}
	return fixed.Add(v, amount)
}

func (t *topUp) fast(e *Event) (int64, bool) {
	sum := int64(0)
	for i := range e.Billed {
		if !t.counts(&e.Billed[i]) {
			continue
		}
		v, ok := micros(e.Billed[i].Amount, t.scale)
		if !ok {
			return 0, false
		}
		if sum, ok = fixed.Add(sum, v); !ok {
			return 0, false
		}
	}
	v, ok := fixed.Sub(t.k, sum)
	return max(0, v), ok
}

// counts reports whether a bill counts towards the amount.
func (t *topUp) counts(b *Bill) bool {
	return t.charge.TopUp.Counts(b.Code, b.Families)
}
