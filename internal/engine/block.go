package engine

import (
	"math"
	"math/bits"
)

// Lanes is how many events a block holds at most: so many that what a step costs whatever it does is spread thin, so few
// that the columns of a program stay in the cache next to the processor.
const Lanes = 64

// Block is events of one kind with their rows, one each, for who fills them in himself.
type Block struct {
	Events [Lanes]Event
	Rows   [Lanes]Row
}

// Columns are the registers of a program that runs on the events of a block together, each step on all of them. They are
// to be used by one goroutine at a time.
type Columns struct {
	r       [256][Lanes]int64
	bad     [Lanes]uint8
	unsized [Lanes]uint8
	heavy   [Lanes]int64
	one     quick // a step on its way through the events one by one
	scalar  Machine
}

// RunBlock prices the events of a block at the given lanes, at most Lanes of them. What it leaves in the columns stands in
// the order of at. Where [Columns.Bad] the program gave up on an event, and Run of the program has to be asked. plain is
// true where that is none of them, and [Columns.Unsized] is none either.
func (q Quick) RunBlock(c *Columns, b *Block, at []uint8) (plain bool) {
	at = at[:min(len(at), Lanes)]
	clear(c.bad[:])
	clear(c.unsized[:])
	if len(at) > 0 {
		q.f.columns(c, b, at)
	}
	return c.bad == [Lanes]uint8{} && c.unsized == [Lanes]uint8{}
}

// Bad reports whether the program gave up on the event at a place of the last run.
func (c *Columns) Bad(i int) bool { return c.bad[i%Lanes] != 0 }

// Unsized is [Machine.Unsized] of the event at a place of the last run.
func (c *Columns) Unsized(i int) bool { return c.unsized[i%Lanes] != 0 }

// At is the amounts of a line.
func (c *Columns) At(at Register) *[Lanes]int64 { return &c.r[at.amount] }

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
func (f *flat) columns(c *Columns, b *Block, at []uint8) {
	n := len(at)
	if n > Lanes {
		return
	}
	r, rows := &c.r, &b.Rows
	bad := c.bad[:n]
	for in := &f.pre[0]; in != nil; in = in.next {
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
			if in.tie != 0 {
				over, sign = mulColumn(d, x, in.k0)
				sign |= anyColumn(x) | in.evenColumn(d)
			} else {
				over, sign = in.roundColumn(d, x)
			}
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
			o, s := rowsColumn(d, d, at, rows)
			over, sign = over|o, sign|s
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
			over, sign = weightColumn(d, at, rows, &in.of.weights.whole, in.k0)
		case qVolume:
			over, sign = volumeColumn(d, at, rows, in.of.lengths, 1)
		case qSize:
			heavy := c.heavy[:n]
			over, sign = weightColumn(heavy, at, rows, &in.of.weights.whole, in.k0)
			o, s := volumeColumn(d, at, rows, in.of.lengths, in.k1)
			over, sign = over|o, sign|s
			maxColumns(d, d, heavy)
		case qUnits:
			unitsColumn(d, at, rows, bad)
		case qUnitsRow:
			unitsColumn(d, at, rows, bad)
			over, sign = rowsColumn(d, d, at, rows)
		case qMoney:
			over = moneyColumn(d, at, rows, in.k0, uint8(in.k1))
		case qAddMoney:
			over = moneyColumn(d, at, rows, in.k0, uint8(in.k1))
			sign = addColumns(d, d, x)
		case qCount:
			for i := range d {
				d[i] = in.k0
			}
			over, sign = rowsColumn(d, d, at, rows)
		case qTimesRow:
			over, sign = rowsColumn(d, x, at, rows)
			sign |= anyColumn(x)
		case qStays:
			for i := range d {
				if in.b == 0 {
					e := &b.Events[at[i]%Lanes]
					d[i] = truth(e.From < e.To)
				} else {
					row := &rows[at[i]%Lanes]
					d[i] = truth(row.From < row.To)
				}
			}
		case qAges:
			over = in.agesColumn(d, x, at, rows)
		case qCode:
			codes := f.codes[in.x]
			for i := range d {
				v, ok := codes.find(b.Events[at[i]%Lanes].PostalCode)
				if !ok || v < 0 && in.c != 0 {
					v, bad[i] = 0, 1
				}
				d[i] = v
			}
		default:
			over = 1
		}
		if over != 0 || sign < 0 {
			f.lanewise(c, b, at, in)
		}
	}
}

// lanewise executes one step event by event.
func (f *flat) lanewise(c *Columns, b *Block, at []uint8, in *quick) {
	c.one = *in
	c.one.next = nil
	m := &c.scalar
	s := m.registers()
	for i, lane := range at {
		s[in.a], s[in.b], s[in.c] = c.r[in.a][i], c.r[in.b][i], c.r[in.c][i]
		e, row := &b.Events[lane], &b.Rows[lane]
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

// roundColumn multiplies by a number and divides to the nearest, a half upwards or downwards.
//
//go:noinline
func (in *quick) roundColumn(d, x []int64) (over uint64, sign int64) {
	by, add, k := in.by.Short(), uint64(in.k1), uint64(in.k0)
	x = x[:len(d)]
	for i := range d {
		hi, lo := bits.Mul64(uint64(x[i]), k)
		over |= hi
		v := lo + add
		sign |= x[i] | int64(lo) | int64(v)
		d[i] = int64(by.Quo(v))
	}
	return over, sign
}

// halvesColumn divides to the nearest.
//
//go:noinline
func (in *quick) halvesColumn(d []int64) (sign int64) {
	if in.tie != 0 {
		return in.evenColumn(d)
	}
	by, add := in.by.Short(), uint64(in.k1)
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
	by, k := in.by.Short(), uint64(in.k2)
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

// rowsColumn multiplies by the pieces of each row.
//
//go:noinline
func rowsColumn(d, x []int64, at []uint8, rows *[Lanes]Row) (over uint64, sign int64) {
	x, at = x[:len(d)], at[:len(d)]
	for i := range d {
		hi, lo := bits.Mul64(uint64(x[i]), uint64(rows[at[i]%Lanes].Count))
		over |= hi
		sign |= int64(lo)
		d[i] = int64(lo)
	}
	return over, sign
}

// key is the unit and the scale of a quantity as one number.
func (q *Quantity) key() uint16 { return uint16(q.Scale) | uint16(q.Unit)<<8 }

// factor is what a table makes of a unit and a scale, times a number; 0 where it is not known or does not fit.
func factor(table *[256]int64, key uint16, by int64) int64 {
	scale, unit := uint8(key), uint8(key>>8)
	if scale >= scales || unit >= 32 {
		return 0
	}
	hi, lo := bits.Mul64(uint64(table[unit*scales+scale]), uint64(by))
	if hi != 0 || int64(lo) < 0 {
		return 0
	}
	return int64(lo)
}

// weightColumn is the weights of the rows. Those next to one another are usually written alike.
//
//go:noinline
func weightColumn(d []int64, at []uint8, rows *[Lanes]Row, whole *[256]int64, by int64) (over uint64, sign int64) {
	at = at[:len(d)]
	last, k := ^uint16(0), int64(0)
	for i := range d {
		q := &rows[at[i]%Lanes].Weight
		if key := q.key(); key != last {
			last, k = key, factor(whole, key, by)
			over |= zero(k)
		}
		hi, lo := bits.Mul64(uint64(q.Coef), uint64(k))
		over |= hi
		sign |= int64(lo)
		d[i] = int64(lo)
	}
	return over, sign
}

//go:noinline
func volumeColumn(d []int64, at []uint8, rows *[Lanes]Row, lengths *unitTable, by int64) (over uint64, sign int64) {
	at = at[:len(d)]
	last, k := ^uint16(0), int64(0)
	for i := range d {
		s := &rows[at[i]%Lanes].Length
		key := s[0].key()
		if s[1].key() != key || s[2].key() != key {
			v, o := s[0].times(&s[1], &s[2], &lengths.whole, by)
			over |= o
			sign |= v
			d[i] = v
			continue
		}
		if key != last {
			last, k = key, factor(&lengths.cube, key, by)
			over |= zero(k)
		}
		h1, lo := bits.Mul64(uint64(s[0].Coef), uint64(s[1].Coef))
		h2, lo := bits.Mul64(lo, uint64(s[2].Coef))
		h3, lo := bits.Mul64(lo, uint64(k))
		over |= h1 | h2 | h3
		sign |= int64(lo)
		d[i] = int64(lo)
	}
	return over, sign
}

// times is the product of three sides that are not written alike; over is not 0 where it is not certain.
func (q *Quantity) times(r, s *Quantity, whole *[256]int64, by int64) (v int64, over uint64) {
	v = by
	for _, side := range [...]*Quantity{q, r, s} {
		k := factor(whole, side.key(), 1)
		h1, lo := bits.Mul64(uint64(side.Coef), uint64(k))
		h2, lo := bits.Mul64(uint64(v), lo)
		over |= zero(k) | h1 | h2 | lo>>63
		v = int64(lo)
	}
	return v, over
}

//go:noinline
func unitsColumn(d []int64, at []uint8, rows *[Lanes]Row, bad []uint8) {
	at, bad = at[:len(d)], bad[:len(d)]
	for i := range d {
		row := &rows[at[i]%Lanes]
		bad[i] |= uint8(truth(!row.HasUnits))
		d[i] = row.Units
	}
}

//go:noinline
func moneyColumn(d []int64, at []uint8, rows *[Lanes]Row, kind int64, scale uint8) (over uint64) {
	at = at[:len(d)]
	kind = int64(uint64(kind) % uint64(MoneyKinds))
	for i := range d {
		m := &rows[at[i]%Lanes].Money[kind]
		over |= uint64(m.Scale ^ scale)
		d[i] = m.Coef
	}
	return over
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
func (in *quick) agesColumn(d, x []int64, at []uint8, rows *[Lanes]Row) (over uint64) {
	g := in.of.ages
	if g.stride == 0 {
		return 1
	}
	f := g.find
	thin, shift := f.thin, f.shift&63
	place := func(age int64) int64 {
		if p := uint64(age) >> shift; p < uint64(len(thin)) {
			t := &thin[p]
			return t.at + truth(age > t.k)
		}
		return f.top
	}
	x, at = x[:len(d)], at[:len(d)]
	for i := range d {
		row := &rows[at[i]%Lanes]
		base := int64(0)
		if in.b != 0 {
			base = x[i]
		}
		from, to := int64(row.From)-int64(row.Arrived), int64(row.To)-int64(row.Arrived)
		if from >= to || from < g.first[0] || to > g.last || base < 0 {
			return 1
		}
		j, k := place(from), place(to)
		p, q := base+j*g.stride, base+k*g.stride
		d[i] = g.before[q] - g.before[p] + (to-g.first[k])*g.cells[q] - (from-g.first[j])*g.cells[p]
	}
	return 0
}
