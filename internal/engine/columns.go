package engine

import (
	"math"
	"math/bits"
)

// Columns are the registers of a program that runs on the events of a block together, each step on all of them. They are
// to be used by one goroutine at a time.
type Columns struct {
	r       [256][Lanes]int64
	most    [256]uint64 // the bounds of the registers
	bad     [Lanes]uint8
	unsized [Lanes]uint8
	heavy   [Lanes]int64
	one     quick // a step on its way through the events one by one
	scalar  Machine
	event   Event
	row     Row

	// Freight is the freight to the border of the events, instead of what their block says; nil: what it says.
	Freight *Sums
}

// money is a column of money of the events of a block.
func (c *Columns) money(b *Block, kind int64) *Sums {
	if c.Freight != nil && kind == int64(FreightToBorder) {
		return c.Freight
	}
	return b.money(MoneyKind(kind))
}

// RunBlock prices the events of a block; what it leaves in the columns stands in their order. Where [Columns.Bad] the program
// gave up on an event, and Run of the program has to be asked. plain is true where that is none of them, and
// [Columns.Unsized] is none either.
func (q Quick) RunBlock(c *Columns, b *Block) (plain bool) {
	clear(c.bad[:])
	clear(c.unsized[:])
	if b.n > 0 {
		q.f.columns(c, b)
	}
	return c.bad == [Lanes]uint8{} && c.unsized == [Lanes]uint8{}
}

// Bad reports whether the program gave up on the event at a place of the last run.
func (c *Columns) Bad(i int) bool { return c.bad[i%Lanes] != 0 }

// Unsized is [Machine.Unsized] of the event at a place of the last run.
func (c *Columns) Unsized(i int) bool { return c.unsized[i%Lanes] != 0 }

// At is the amounts of a line.
func (c *Columns) At(at Register) *[Lanes]int64 { return &c.r[at.amount] }

// Each reports whether each of the n events has the line.
func (c *Columns) Each(at Register, n int) bool {
	if at.always {
		return true
	}
	for _, v := range c.r[at.applies][:n] {
		if v == 0 {
			return false
		}
	}
	return true
}

// Most is what no amount of a line is above; ok is false where one may be negative.
func (c *Columns) Most(at Register) (most uint64, ok bool) {
	most = c.most[at.amount]
	return most, limited(most)
}

// Billed says of which events there is the line: of all of them where it is nil, else where it is not 0.
func (c *Columns) Billed(at Register) *[Lanes]int64 {
	if at.always {
		return nil
	}
	return &c.r[at.applies]
}

// columns executes the steps, each on all events. A step says what exec says of one event; where it is not certain for all
// of them, and where it has no form for columns, exec is asked for each. Steps write to registers that they do not read, so
// that they can be executed twice. An event on which the program gives up is marked and stays with the others, with numbers
// of no meaning.
func (f *flat) columns(c *Columns, b *Block) {
	n := int(b.n)
	if n > Lanes {
		return
	}
	r := &c.r
	bad := c.bad[:n]
	for in := &f.pre[0]; in != nil; in = in.next {
		if most, ok := in.bounded(c, b); ok {
			c.most[in.dst] = most
			continue
		}
		x, y, d := r[in.a][:n], r[in.b][:n], r[in.dst][:n]
		var over uint64 // as in exec, for the step
		var sign int64
		switch in.op {
		case qConst:
			for i := range d {
				d[i] = in.k0
			}
		case qMulK:
			over, sign = mulColumn(d, x, in.k0)
		case qMul:
			over, sign = mulColumns(d, x, y)
		case qMulAdd:
			over, sign = mulColumns(d, x, y)
			sign |= plusColumn(d, r[in.c][:n])
		case qAdd:
			sign = addColumns(d, x, y)
		case qAddK:
			over, sign = mulColumn(d, x, in.k0)
			sign |= plusColumn(d, y)
		case qSub:
			sign = subColumns(d, x, y)
		case qSubK:
			sign = subColumn(d, x, in.k0)
		case qMax:
			maxColumns(d, x, y)
		case qMin:
			for i := range d {
				d[i] = min(x[i], y[i])
			}
		case qMaxK:
			clampColumn(d, x, in.k0, math.MaxInt64)
		case qMinK:
			clampColumn(d, x, math.MinInt64, in.k0)
		case qClamp:
			clampColumn(d, x, in.k0, in.k1)
		case qMulClamp:
			over, sign = mulClampColumns(d, x, y, in.k0, in.k1)
		case qClampK:
			over, sign = mulColumn(d, x, in.k2)
			clampColumn(d, d, in.k0, in.k1)
		case qRound:
			over, sign = mulColumn(d, x, in.k0)
			sign |= anyColumn(x) | in.halvesColumn(d)
		case qMulRound:
			over, sign = mulColumns(d, x, y)
			sign |= in.halvesColumn(d)
		case qSumRound:
			over, sign = mulColumns(d, x, y)
			sign |= plusColumn(d, r[in.c][:n]) | in.halvesColumn(d)
		case qSteps:
			over, sign = in.stepsColumn(d, x)
		case qStepsRow:
			over, sign = in.stepsColumn(d, x)
			if b.Count.several {
				o, s := mulColumns(d, d, b.Count.n[:n])
				over, sign = over|o, sign|s
			}
		case qLess:
			atMostColumn(d, x, in.k0-1)
			over = zero(in.k0 ^ math.MinInt64)
		case qAtMost:
			atMostColumn(d, x, in.k0)
		case qMore:
			atMostColumn(d, x, in.k0)
			notColumn(d, d)
		case qAtLeast:
			atMostColumn(d, x, in.k0-1)
			notColumn(d, d)
			over = zero(in.k0 ^ math.MinInt64)
		case qIs:
			for i := range d {
				d[i] = truth(x[i] == in.k0)
			}
		case qInSet:
			for i := range d {
				d[i] = truth(x[i] >= 0) & (in.k0 >> uint64(x[i]) & 1)
			}
		case qAnd:
			for i := range d {
				d[i] = x[i] & y[i]
			}
		case qNot:
			notColumn(d, x)
		case qImplies:
			for i := range d {
				d[i] = (x[i] ^ 1) | y[i]
			}
		case qGate:
			for i := range d {
				d[i] = x[i] & -y[i]
			}
		case qNeed:
			for i := range bad {
				bad[i] |= uint8(truth(x[i] == 0))
			}
		case qNeedIf:
			for i := range bad {
				bad[i] |= uint8(truth(x[i] == 0) & truth(y[i] != 0))
			}
		case qNeedAtMost:
			for i := range bad {
				bad[i] |= uint8(truth(x[i] > in.k0))
			}
		case qFind:
			in.findColumn(d, x, bad)
		case qFindCell:
			in.findColumn(d, x, bad)
			cellColumn(d, d, in.of.cells.k, bad)
		case qStride:
			for i := range d {
				if x[i] < 0 || y[i] < 0 {
					d[i] = -1
				} else {
					d[i] = x[i]*in.k0 + y[i]
				}
			}
		case qCell:
			k := in.of.cells.k
			for i := range d {
				v := int64(0)
				if p := uint64(x[i]); p < uint64(len(k)) {
					v = k[p]
				} else if x[i] >= 0 {
					bad[i] = 1
				}
				d[i] = v
			}
		case qCellAt:
			cellColumn(d, x, in.of.cells.k, bad)
		case qCell2:
			strideColumns(d, x, y, in.k0)
			cellColumn(d, d, in.of.cells.k, bad)
		case qWeight:
			over, sign = b.Weight.times(d, &in.of.weights.whole, in.k0)
		case qVolume:
			over, sign = b.Sides.times(d, in.of.lengths, 1)
		case qSize:
			over, sign = b.Sides.times(d, in.of.lengths, in.k1)
			w := &b.Weight
			var o uint64
			var s int64
			if !w.mixed {
				k := factor(&in.of.weights.whole, w.all, in.k0)
				o, s = heavierColumn(d, w.coef[:n], k)
				o |= zero(k)
			} else {
				heavy := c.heavy[:n]
				o, s = w.times(heavy, &in.of.weights.whole, in.k0)
				maxColumns(d, d, heavy)
			}
			over, sign = over|o, sign|s
		case qUnits:
			b.unitsOf(d, bad)
		case qUnitsRow:
			b.unitsOf(d, bad)
			if b.Count.several {
				over, sign = mulColumns(d, d, b.Count.n[:n])
			}
		case qMoney:
			m := c.money(b, in.k0)
			over = uint64(truth(!m.in(uint8(in.k1))))
			if m.some {
				copy(d, m.coef[:n])
			} else {
				clear(d)
			}
		case qAddMoney:
			m := c.money(b, in.k0)
			over = uint64(truth(!m.in(uint8(in.k1))))
			if m.some {
				sign = addColumns(d, x, m.coef[:n])
			} else {
				copy(d, x)
			}
		case qCount:
			over, sign = mulColumn(d, b.Count.n[:n], in.k0)
		case qTimesRow:
			over, sign = mulColumns(d, x, b.Count.n[:n])
			sign |= anyColumn(x)
		case qStays:
			from, to := b.from[:n], b.to[:n]
			if in.b == 0 {
				from, to = b.first[:n], b.end[:n]
			}
			over = uint64(truth(!b.stays))
			for i := range d {
				d[i] = truth(from[i] < to[i])
			}
		case qAges:
			over = in.agesColumn(d, x, b)
		case qCode:
			codes := f.codes[in.x]
			for i := range d {
				v, ok := int64(0), b.coded
				if key := b.postal[i]; ok && key != 0 {
					v = codes.row(key)
				} else if ok {
					v, ok = codes.find(b.code[i])
				}
				if !ok || v < 0 && in.c != 0 {
					v, bad[i] = 0, 1
				}
				d[i] = v
			}
		default:
			over = 1
		}
		if over != 0 || sign < 0 {
			f.lanewise(c, b, in)
			c.most[in.dst] = boundOf(d)
			continue
		}
		switch in.op {
		case qNeed, qNeedIf, qNeedAtMost: // which have no result
		case qLess, qAtMost, qMore, qAtLeast, qIs, qInSet, qAnd, qNot, qImplies, qStays:
			c.most[in.dst] = 1
		case qFindCell, qCell, qCellAt, qCell2:
			c.most[in.dst] = in.of.most
		case qFind, qStride, qCode: // positions, with which nothing is reckoned
			c.most[in.dst] = unbounded
		default:
			c.most[in.dst] = boundOf(d)
		}
	}
}

// lanewise executes one step event by event.
func (f *flat) lanewise(c *Columns, b *Block, in *quick) {
	c.one = *in
	c.one.next = nil
	m := &c.scalar
	s := m.registers()
	e, row := &c.event, &c.row
	for i := range int(b.n) {
		s[in.a], s[in.b], s[in.c] = c.r[in.a][i], c.r[in.b][i], c.r[in.c][i]
		b.load(i, e, row)
		if c.Freight != nil {
			row.Money[FreightToBorder] = c.Freight.at(i)
		}
		m.unsized = false
		stop, ok := exec(&c.one, s, e, row)
		if stop != nil && ok {
			ok = f.step(m, stop, s, e, row)
		}
		if !ok {
			c.bad[i], s[in.dst] = 1, 0
		}
		c.unsized[i] |= uint8(truth(m.unsized))
		c.r[in.dst][i] = s[in.dst]
	}
}

// zero is 1 for nothing.
func zero(k int64) uint64 { return uint64(truth(k == 0)) }

// The columns of a step are of one length. They are written in functions of their own, so that what a loop needs stays in
// registers.
//
//go:noinline
func mulColumn(d, x []int64, k int64) (over uint64, sign int64) {
	x = x[:len(d)]
	for i := range d {
		hi, lo := bits.Mul64(uint64(x[i]), uint64(k))
		over |= hi
		sign |= int64(lo)
		d[i] = int64(lo)
	}
	return over, sign
}

//go:noinline
func mulColumns(d, x, y []int64) (over uint64, sign int64) {
	x, y = x[:len(d)], y[:len(d)]
	for i := range d {
		hi, lo := bits.Mul64(uint64(x[i]), uint64(y[i]))
		over |= hi
		sign |= int64(lo)
		d[i] = int64(lo)
	}
	return over, sign
}

//go:noinline
func mulClampColumns(d, x, y []int64, least, most int64) (over uint64, sign int64) {
	x, y = x[:len(d)], y[:len(d)]
	for i := range d {
		hi, lo := bits.Mul64(uint64(x[i]), uint64(y[i]))
		over |= hi
		sign |= int64(lo)
		d[i] = min(max(int64(lo), least), most)
	}
	return over, sign
}

// plusColumn adds to products: neither may be negative.
//
//go:noinline
func plusColumn(d, x []int64) (sign int64) {
	x = x[:len(d)]
	for i := range d {
		v := d[i] + x[i]
		sign |= x[i] | v
		d[i] = v
	}
	return sign
}

//go:noinline
func addColumns(d, x, y []int64) (sign int64) {
	x, y = x[:len(d)], y[:len(d)]
	for i := range d {
		a, b := x[i], y[i]
		v := a + b
		sign |= (v ^ a) & (v ^ b)
		d[i] = v
	}
	return sign
}

//go:noinline
func subColumns(d, x, y []int64) (sign int64) {
	x, y = x[:len(d)], y[:len(d)]
	for i := range d {
		a, b := x[i], y[i]
		v := a - b
		sign |= (a ^ b) & (a ^ v)
		d[i] = max(0, v)
	}
	return sign
}

//go:noinline
func subColumn(d, x []int64, k int64) (sign int64) {
	x = x[:len(d)]
	for i := range d {
		a := x[i]
		v := a - k
		sign |= (a ^ k) & (a ^ v)
		d[i] = max(0, v)
	}
	return sign
}

//go:noinline
func maxColumns(d, x, y []int64) {
	x, y = x[:len(d)], y[:len(d)]
	for i := range d {
		d[i] = max(x[i], y[i])
	}
}

//go:noinline
func strideColumns(d, x, y []int64, k int64) {
	x, y = x[:len(d)], y[:len(d)]
	for i := range d {
		d[i] = x[i]*k + y[i]
	}
}

//go:noinline
func clampColumn(d, x []int64, least, most int64) {
	x = x[:len(d)]
	for i := range d {
		d[i] = min(max(x[i], least), most)
	}
}

//go:noinline
func atMostColumn(d, x []int64, k int64) {
	x = x[:len(d)]
	for i := range d {
		d[i] = truth(x[i] <= k)
	}
}

//go:noinline
func notColumn(d, x []int64) {
	x = x[:len(d)]
	for i := range d {
		d[i] = x[i] ^ 1
	}
}

// anyColumn is negative where one of the column is.
//
//go:noinline
func anyColumn(x []int64) (sign int64) {
	for _, v := range x {
		sign |= v
	}
	return sign
}

// halvesColumn divides to the nearest.
//
//go:noinline
func (in *quick) halvesColumn(d []int64) (sign int64) {
	if in.tie != 0 {
		return in.evenColumn(d)
	}
	by, add := in.short, uint64(in.k1)
	for i := range d {
		v := uint64(d[i]) + add
		sign |= int64(v)
		d[i] = int64(by.Quo(v))
	}
	return sign
}

// evenColumn is halvesColumn for modes that look at the middle.
//
//go:noinline
func (in *quick) evenColumn(d []int64) (sign int64) {
	by, add, tie := in.by, uint64(in.k1), in.tie
	for i := range d {
		v := uint64(d[i]) + add
		sign |= int64(v)
		q, rest := by.Quo(v)
		d[i] = int64(q - tie.Odd(q, rest))
	}
	return sign
}

// stepsColumn is started multiples: one more than the whole ones where the rest is beyond k1.
//
//go:noinline
func (in *quick) stepsColumn(d, x []int64) (over uint64, sign int64) {
	by, k := in.short, uint64(in.k2)
	add := uint64(max(0, int64(in.by.Divisor())-1-in.k1))
	x = x[:len(d)]
	for i := range d {
		v := uint64(x[i]) + add
		hi, lo := bits.Mul64(by.Quo(v), k)
		over |= hi
		sign |= x[i] | int64(v) | int64(lo)
		d[i] = int64(lo)
	}
	return over, sign
}

// factor is what a table makes of a unit and a scale, times a number; 0 where it is not known or does not fit.
func factor(table *[256]int64, key Key, by int64) int64 {
	scale, unit := key.scale(), uint8(key.unit())
	if scale >= scales || unit >= 32 {
		return 0
	}
	hi, lo := bits.Mul64(uint64(table[unit*scales+scale]), uint64(by))
	if hi != 0 || int64(lo) < 0 {
		return 0
	}
	return int64(lo)
}

// times is the quantities in the unit of a table, times a number.
//
//go:noinline
func (c *Quantities) times(d []int64, whole *[256]int64, by int64) (over uint64, sign int64) {
	if !c.mixed {
		k := factor(whole, c.all, by)
		over, sign = mulColumn(d, c.coef[:len(d)], k)
		return over | zero(k), sign
	}
	coef, keys := c.coef[:len(d)], c.key[:len(d)]
	last, k := ^Key(0), int64(0)
	for i := range d {
		if key := keys[i]; key != last {
			last, k = key, factor(whole, key, by)
			over |= zero(k)
		}
		hi, lo := bits.Mul64(uint64(coef[i]), uint64(k))
		over |= hi
		sign |= int64(lo)
		d[i] = int64(lo)
	}
	return over, sign
}

// times is the products of the sides in the unit of a table, times a number.
//
//go:noinline
func (c *Sides) times(d []int64, lengths *unitTable, by int64) (over uint64, sign int64) {
	n := len(d)
	r, s, t := c.coef[0][:n], c.coef[1][:n], c.coef[2][:n]
	if !c.mixed {
		k := factor(&lengths.cube, c.all, by)
		for i := range d {
			h1, lo := bits.Mul64(uint64(r[i]), uint64(s[i]))
			h2, lo := bits.Mul64(lo, uint64(t[i]))
			h3, lo := bits.Mul64(lo, uint64(k))
			over |= h1 | h2 | h3
			sign |= int64(lo)
			d[i] = int64(lo)
		}
		return over | zero(k), sign
	}
	rk, sk, tk := c.key[0][:n], c.key[1][:n], c.key[2][:n]
	for i := range d {
		v := by
		for _, side := range [...]struct {
			coef int64
			key  Key
		}{{r[i], rk[i]}, {s[i], sk[i]}, {t[i], tk[i]}} {
			k := factor(&lengths.whole, side.key, 1)
			h1, lo := bits.Mul64(uint64(side.coef), uint64(k))
			h2, lo := bits.Mul64(uint64(v), lo)
			over |= zero(k) | h1 | h2 | lo>>63
			v = int64(lo)
		}
		sign |= v
		d[i] = v
	}
	return over, sign
}

// heavierColumn is the greater of what stands there and a product.
//
//go:noinline
func heavierColumn(d, x []int64, k int64) (over uint64, sign int64) {
	x = x[:len(d)]
	for i := range d {
		hi, lo := bits.Mul64(uint64(x[i]), uint64(k))
		over |= hi
		sign |= int64(lo)
		d[i] = max(d[i], int64(lo))
	}
	return over, sign
}

// unitsOf is the units in a piece of each row. The program gives up where they are not said.
//
//go:noinline
func (b *Block) unitsOf(d []int64, bad []uint8) {
	u, said, bad := b.units[:len(d)], b.said[:len(d)], bad[:len(d)]
	for i := range d {
		if !b.counted {
			bad[i] = 1
			continue
		}
		bad[i] |= uint8(truth(!said[i]))
		d[i] = u[i]
	}
}

// cellColumn reads cells. A position that is none is that of an event on which the program has given up.
//
//go:noinline
func cellColumn(d, x, k []int64, bad []uint8) {
	x, bad = x[:len(d)], bad[:len(d)]
	for i := range d {
		p := uint64(x[i])
		if p >= uint64(len(k)) {
			d[i], bad[i] = 0, 1
			continue
		}
		d[i] = k[p]
	}
}

// findColumn finds brackets.
//
//go:noinline
func (in *quick) findColumn(d, x []int64, bad []uint8) {
	f, must := in.of.find, in.c != 0
	thin, shift, top, size := f.thin, f.shift&63, f.top, f.size
	x, bad = x[:len(d)], bad[:len(d)]
	for i := range d {
		v := x[i]
		at := top
		if p := uint64(v) >> shift; p < uint64(len(thin)) {
			t := &thin[p]
			at = t.at + truth(v > t.k)
		} else if v < 0 {
			bad[i] = 1
		}
		if uint64(at) >= size {
			at = -1
			if must {
				at, bad[i] = 0, 1
			}
		}
		d[i] = at
	}
}

// agesColumn sums prices by stock age over the stays of the rows; it is not 0 where one is not the usual stay.
//
//go:noinline
func (in *quick) agesColumn(d, x []int64, b *Block) (over uint64) {
	g := in.of.ages
	if g.stride == 0 || !b.stays {
		return 1
	}
	sums, least, most := g.sums, max(0, g.first[0]), min(g.last, someAges-1)
	x = x[:len(d)]
	arrived, first, end := b.arrived[:len(d)], b.from[:len(d)], b.to[:len(d)]
	for i := range d {
		base := int64(0)
		if in.b != 0 {
			base = x[i]
		}
		from, to := int64(first[i])-int64(arrived[i]), int64(end[i])-int64(arrived[i])
		if from >= least && from < to && to <= most && uint64(base) < uint64(g.stride) && len(sums) > 0 {
			of := sums[base*someAges:]
			d[i] = of[to] - of[from]
			continue
		}
		if from >= to || from < g.first[0] || to > g.last || base < 0 {
			return 1
		}
		d[i] = g.until(base, to) - g.until(base, from)
	}
	return 0
}
