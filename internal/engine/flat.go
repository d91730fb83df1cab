package engine

import (
	"math/bits"

	"github.com/overseaswarehouse/overseas/internal/fixed"
	"github.com/overseaswarehouse/overseas/internal/units"
)

// flat is a schedule for events without goods inside their pieces: one file of at most 256 registers for all frames, so
// that no index needs a check, and the sequences that cards are made of fused into single steps. Like every schedule it
// gives up rather than guess; what it answers is what the steps of the graph come to.
//
// There are two of an event: one for a single row, whose values are the event's, and one that runs the middle stretch for
// every row and adds up.
type flat struct {
	src             *program // holds the tables of steps that are not fused
	pre, each, post []quick
	calls           []instr
	marks           [][]bool
	codes           []*codes
	lines           []lineReg
	totals          []totalReg
	plain           bool // every line has its charge's name, and there are no totals
}

// quick is one step of a flat program.
type quick struct {
	op           qop
	tie          fixed.Tie
	dst, a, b, c uint8
	x            uint16
	k0, k1, k2   int64
	by           fixed.Divider
	short        fixed.Short // by, of smaller numbers
	near         fixed.Near  // of numbers that are smaller yet
	of           *operand
	next         *quick
}

// operand is what a step looks things up in.
type operand struct {
	find             *finder
	cells            *cells
	most             uint64 // the bound of cells
	weights, lengths *unitTable
	ages             *ages
}

type qop uint8

const (
	qConst    qop = iota // k0
	qMulK                // a * k0
	qMul                 // a * b
	qMulAdd              // a * b + c
	qAdd                 // a + b
	qAddK                // a * k0 + b
	qSub                 // max(0, a - b)
	qSubK                // max(0, a - k0)
	qMax                 // max(a, b)
	qMin                 // min(a, b)
	qMaxK                // max(a, k0)
	qMinK                // min(a, k0)
	qClamp               // min(max(a, k0), k1)
	qMulClamp            // min(max(a * b, k0), k1)
	qClampK              // min(max(a * k2, k0), k1)
	qRound               // a * k0 over the divider, to the nearest
	qMulRound            // a * b over the divider, to the nearest
	qSumRound            // a * b + c over the divider, to the nearest
	qSteps               // started multiples of the divisor in a, a rest up to k1 dropped, times k2
	qStepsRow            // the same, times the pieces of the row
	qLess
	qAtMost
	qMore
	qAtLeast
	qIs
	qInSet // position a is marked in k0
	qAnd
	qNot
	qImplies
	qGate       // b ? a : 0
	qNeed       // a must hold
	qNeedIf     // a must hold where b does
	qNeedAtMost // a must be at most k0
	qFind       // bracket of a among the edges of find, which are one a bucket at most
	qFindCell   // the cell of the bracket of a
	qStride     // a * k0 + b, -1 if either is
	qCell       // cell a, 0 where a is -1
	qCellAt     // cell a
	qCell2      // cell a * k0 + b
	qWeight     // times k0
	qVolume     // from three sides in one unit
	qSize       // max(weight * k0, volume * k1), both of the row
	qUnits
	qUnitsRow // times the pieces of the row
	qMoney    // sum of money k0 with k1 decimals
	qAddMoney // a and a sum of money
	qCount    // pieces of the row times k0
	qTimesRow // a times the pieces of the row
	qSum      // dst + a
	qAny      // dst or a
	qStays    // the stay of the row, or of the event where b is 0, is not empty
	qAges     // what prices by age come to over the stay of the row, by the variant in a where b is not 0

	qCall   // the step calls[x] of the graph
	qLook   // bracket of a among any edges; without one the program gives up where c is not 0
	qMarks  // position a is in marks[x]
	qCellOK // cell a has a price
	qCode   // row of a class by the postal code; without one the program gives up where c is not 0
)

// run executes the program on the machine's registers.
func (f *flat) run(m *Machine, e *Event) bool {
	r := m.registers()
	if len(f.pre) > 0 {
		var row *Row
		if len(e.Rows) > 0 {
			row = &e.Rows[0]
		}
		if !f.exec(m, &f.pre[0], r, e, row) {
			return false
		}
	}
	if len(f.each) > 0 {
		for i := range e.Rows {
			if !f.exec(m, &f.each[0], r, e, &e.Rows[i]) {
				return false
			}
		}
	}
	return len(f.post) == 0 || f.exec(m, &f.post[0], r, e, nil)
}

// exec executes the steps from in on.
func (f *flat) exec(m *Machine, in *quick, r *[256]int64, e *Event, row *Row) bool {
	for {
		var ok bool
		if in, ok = exec(in, r, e, row); !ok {
			return false
		}
		if in == nil {
			return true
		}
		if !f.step(m, in, r, e, row) {
			return false
		}
		in = in.next
	}
}

// exec executes steps until the end or one that it has no short way for, which it returns; ok is false when the program
// gives up. Factors and what is rounded are not negative here: what is, and what does not fit, is gathered in two words
// and makes the program give up in the end. A negative factor shows in the product, whose upper word is not zero or whose
// highest bit is set, unless the other factor is zero. There are no calls here, so that the state stays in registers.
func exec(in *quick, r *[256]int64, e *Event, row *Row) (stop *quick, ok bool) {
	var over uint64 // the upper words of products
	var sign int64  // whose highest bit is set where something was negative or has overflowed
	_ = r[0]
loop:
	for ; in != nil; in = in.next {
		switch in.op {
		case qConst:
			r[in.dst] = in.k0
		case qMulK:
			hi, lo := bits.Mul64(uint64(r[in.a]), uint64(in.k0))
			over |= hi
			sign |= int64(lo)
			r[in.dst] = int64(lo)
		case qMul:
			hi, lo := bits.Mul64(uint64(r[in.a]), uint64(r[in.b]))
			over |= hi
			sign |= int64(lo)
			r[in.dst] = int64(lo)
		case qMulAdd:
			hi, lo := bits.Mul64(uint64(r[in.a]), uint64(r[in.b]))
			v := int64(lo) + r[in.c]
			over |= hi
			sign |= int64(lo) | r[in.c] | v
			r[in.dst] = v
		case qAdd:
			a, b := r[in.a], r[in.b]
			v := a + b
			sign |= (v ^ a) & (v ^ b)
			r[in.dst] = v
		case qAddK:
			hi, lo := bits.Mul64(uint64(r[in.a]), uint64(in.k0))
			v := int64(lo) + r[in.b]
			over |= hi
			sign |= int64(lo) | r[in.b] | v
			r[in.dst] = v
		case qSub:
			a, b := r[in.a], r[in.b]
			d := a - b
			sign |= (a ^ b) & (a ^ d)
			r[in.dst] = max(0, d)
		case qSubK:
			a := r[in.a]
			d := a - in.k0
			sign |= (a ^ in.k0) & (a ^ d)
			r[in.dst] = max(0, d)
		case qMax:
			r[in.dst] = max(r[in.a], r[in.b])
		case qMin:
			r[in.dst] = min(r[in.a], r[in.b])
		case qMaxK:
			r[in.dst] = max(r[in.a], in.k0)
		case qMinK:
			r[in.dst] = min(r[in.a], in.k0)
		case qClamp:
			r[in.dst] = min(max(r[in.a], in.k0), in.k1)
		case qMulClamp:
			hi, lo := bits.Mul64(uint64(r[in.a]), uint64(r[in.b]))
			over |= hi
			sign |= int64(lo)
			r[in.dst] = min(max(int64(lo), in.k0), in.k1)
		case qClampK:
			hi, lo := bits.Mul64(uint64(r[in.a]), uint64(in.k2))
			over |= hi
			sign |= int64(lo)
			r[in.dst] = min(max(int64(lo), in.k0), in.k1)
		case qRound:
			a := r[in.a]
			hi, lo := bits.Mul64(uint64(a), uint64(in.k0))
			if hi != 0 {
				break loop
			}
			sign |= a | int64(lo)
			q, rest := in.by.Quo(lo + uint64(in.k1))
			if in.tie != 0 {
				q -= in.tie.Odd(q, rest)
			}
			r[in.dst] = int64(q)
		case qMulRound:
			a, b := r[in.a], r[in.b]
			hi, lo := bits.Mul64(uint64(a), uint64(b))
			if hi != 0 {
				break loop
			}
			sign |= int64(lo)
			q, rest := in.by.Quo(lo + uint64(in.k1))
			if in.tie != 0 {
				q -= in.tie.Odd(q, rest)
			}
			r[in.dst] = int64(q)
		case qSumRound:
			a, b, c := r[in.a], r[in.b], r[in.c]
			hi, lo := bits.Mul64(uint64(a), uint64(b))
			lo, carry := bits.Add64(lo, uint64(c), 0)
			if hi|carry != 0 {
				break loop
			}
			sign |= c | int64(lo)
			q, rest := in.by.Quo(lo + uint64(in.k1))
			if in.tie != 0 {
				q -= in.tie.Odd(q, rest)
			}
			r[in.dst] = int64(q)
		case qSteps:
			a := r[in.a]
			q, rest := in.by.Quo(uint64(a))
			if rest > uint64(in.k1) {
				q++
			}
			hi, lo := bits.Mul64(q, uint64(in.k2))
			over |= hi
			sign |= a | int64(lo)
			r[in.dst] = int64(lo)
		case qStepsRow:
			a := r[in.a]
			q, rest := in.by.Quo(uint64(a))
			if rest > uint64(in.k1) {
				q++
			}
			h1, lo := bits.Mul64(q, uint64(in.k2))
			h2, lo := bits.Mul64(lo, uint64(row.Count))
			over |= h1 | h2
			sign |= a | int64(lo)
			r[in.dst] = int64(lo)
		case qLess:
			r[in.dst] = truth(r[in.a] < in.k0)
		case qAtMost:
			r[in.dst] = truth(r[in.a] <= in.k0)
		case qMore:
			r[in.dst] = truth(r[in.a] > in.k0)
		case qAtLeast:
			r[in.dst] = truth(r[in.a] >= in.k0)
		case qIs:
			r[in.dst] = truth(r[in.a] == in.k0)
		case qInSet:
			at := r[in.a]
			r[in.dst] = truth(at >= 0 && in.k0>>uint64(at)&1 == 1)
		case qAnd:
			r[in.dst] = r[in.a] & r[in.b]
		case qNot:
			r[in.dst] = r[in.a] ^ 1
		case qImplies:
			r[in.dst] = (r[in.a] ^ 1) | r[in.b]
		case qGate:
			r[in.dst] = r[in.a] & -r[in.b]
		case qNeed:
			if r[in.a] == 0 {
				return nil, false
			}
		case qNeedIf:
			if r[in.a] == 0 && r[in.b] != 0 {
				return nil, false
			}
		case qNeedAtMost:
			if r[in.a] > in.k0 {
				return nil, false
			}
		case qFind, qFindCell:
			x := r[in.a]
			fd := in.of.find
			var at int64
			if bucket := uint64(x) >> (fd.shift & 63); bucket < uint64(len(fd.thin)) {
				t := &fd.thin[bucket]
				at = t.at + truth(x > t.k)
			} else {
				at = fd.top
				sign |= x
			}
			if uint64(at) >= fd.size {
				if in.c != 0 {
					return nil, false
				}
				at = -1
			}
			if in.op == qFindCell { // which has a bracket or has given up
				at = in.of.cells.k[at]
			}
			r[in.dst] = at
		case qStride:
			if a, b := r[in.a], r[in.b]; a < 0 || b < 0 {
				r[in.dst] = -1
			} else {
				r[in.dst] = a*in.k0 + b
			}
		case qCell:
			if at := r[in.a]; at < 0 {
				r[in.dst] = 0
			} else {
				r[in.dst] = in.of.cells.k[at]
			}
		case qCellAt:
			r[in.dst] = in.of.cells.k[r[in.a]]
		case qCell2:
			r[in.dst] = in.of.cells.k[r[in.a]*in.k0+r[in.b]]
		case qWeight:
			q := &row.Weight
			if q.Scale >= scales {
				break loop
			}
			k := in.of.weights.whole[(q.Unit*scales + units.Unit(q.Scale))]
			if k == 0 {
				break loop
			}
			hi, lo := bits.Mul64(uint64(q.Coef), uint64(k))
			hi2, lo := bits.Mul64(lo, uint64(in.k0))
			over |= hi | hi2
			sign |= int64(lo)
			r[in.dst] = int64(lo)
		case qVolume:
			s := &row.Length
			if s[0].Scale != s[1].Scale || s[1].Scale != s[2].Scale || s[0].Unit != s[1].Unit || s[1].Unit != s[2].Unit || s[0].Scale >= scales {
				break loop
			}
			k := in.of.lengths.cube[(s[0].Unit*scales + units.Unit(s[0].Scale))]
			if k == 0 {
				break loop
			}
			h1, lo := bits.Mul64(uint64(s[0].Coef), uint64(s[1].Coef))
			h2, lo := bits.Mul64(lo, uint64(s[2].Coef))
			h3, lo := bits.Mul64(lo, uint64(k))
			over |= h1 | h2 | h3
			sign |= int64(lo)
			r[in.dst] = int64(lo)
		case qSize:
			q, s := &row.Weight, &row.Length
			if s[0].Scale != s[1].Scale || s[1].Scale != s[2].Scale || s[0].Unit != s[1].Unit || s[1].Unit != s[2].Unit || s[0].Scale >= scales || q.Scale >= scales {
				break loop
			}
			k, g := in.of.lengths.cube[(s[0].Unit*scales+units.Unit(s[0].Scale))], in.of.weights.whole[(q.Unit*scales+units.Unit(q.Scale))]
			if k == 0 || g == 0 {
				break loop
			}
			h1, lo := bits.Mul64(uint64(s[0].Coef), uint64(s[1].Coef))
			h2, lo := bits.Mul64(lo, uint64(s[2].Coef))
			h3, lo := bits.Mul64(lo, uint64(k))
			h4, lo := bits.Mul64(lo, uint64(in.k1))
			h5, w := bits.Mul64(uint64(q.Coef), uint64(g))
			h6, w := bits.Mul64(w, uint64(in.k0))
			over |= h1 | h2 | h3 | h4 | h5 | h6
			sign |= int64(lo) | int64(w)
			r[in.dst] = max(int64(lo), int64(w))
		case qUnits:
			if !row.HasUnits {
				return nil, false
			}
			r[in.dst] = row.Units
		case qUnitsRow:
			if !row.HasUnits {
				return nil, false
			}
			hi, lo := bits.Mul64(uint64(row.Units), uint64(row.Count))
			over |= hi
			sign |= int64(lo)
			r[in.dst] = int64(lo)
		case qMoney:
			d := &row.Money[in.k0]
			if d.Scale != uint8(in.k1) {
				break loop
			}
			r[in.dst] = d.Coef
		case qAddMoney:
			d := &row.Money[in.k0]
			if d.Scale != uint8(in.k1) {
				break loop
			}
			a := r[in.a]
			v := a + d.Coef
			sign |= (v ^ a) & (v ^ d.Coef)
			r[in.dst] = v
		case qCount:
			hi, lo := bits.Mul64(uint64(row.Count), uint64(in.k0))
			over |= hi
			sign |= int64(lo)
			r[in.dst] = int64(lo)
		case qTimesRow:
			a := r[in.a]
			hi, lo := bits.Mul64(uint64(a), uint64(row.Count))
			over |= hi
			sign |= a | int64(lo)
			r[in.dst] = int64(lo)
		case qSum:
			a, b := r[in.dst], r[in.a]
			v := a + b
			sign |= (v ^ a) & (v ^ b)
			r[in.dst] = v
		case qAny:
			r[in.dst] |= r[in.a]
		case qStays:
			if in.b == 0 {
				r[in.dst] = truth(e.From < e.To)
			} else {
				r[in.dst] = truth(row.From < row.To)
			}
		case qAges:
			base := int64(0)
			if in.b != 0 {
				base = r[in.a]
			}
			g := in.of.ages
			x, y := int64(row.From)-int64(row.Arrived), int64(row.To)-int64(row.Arrived)
			if x >= y || g.stride == 0 || x < g.first[0] || y > g.last || base < 0 {
				v, ok := int64(0), x >= y
				if !ok && base >= 0 && g.stride == 0 {
					v, ok = (y-x)*g.cells[base], true
				}
				if !ok {
					return nil, false
				}
				r[in.dst] = v
				continue
			}
			if x >= 0 && y < someAges && uint64(base) < uint64(g.stride) && len(g.sums) > 0 {
				of := g.sums[base*someAges:]
				r[in.dst] = of[y] - of[x]
				continue
			}
			break loop
		default:
			break loop
		}
	}
	return in, over == 0 && sign >= 0
}

// step executes a step that calls something, or one that exec has no short way for.
func (f *flat) step(m *Machine, in *quick, r *[256]int64, e *Event, row *Row) bool {
	v, ok := int64(0), true
	switch in.op {
	case qCall:
		of := row
		if in.c == 0 { // in the frame of the event
			of = nil
		}
		return f.src.run(m, f.calls[in.x:in.x+1], e, r[:], of, nil, nil, nil)
	case qLook:
		if v = in.of.find.find(r[in.a]); v < 0 && in.c != 0 {
			return false
		}
	case qMarks:
		set, at := f.marks[in.x], r[in.a]
		v = truth(uint64(at) < uint64(len(set)) && set[at])
	case qCellOK:
		at := r[in.a]
		v = truth(at >= 0 && !in.of.cells.none[at])
	case qCode:
		v, ok = f.codes[in.x].find(e.PostalCode)
		ok = ok && (v >= 0 || in.c == 0)
	case qRound:
		v, ok = fixed.MulDiv(r[in.a], in.k0, in.by.Divisor(), fixed.Mode(in.x))
	case qMulRound:
		v, ok = fixed.MulDiv(r[in.a], r[in.b], in.by.Divisor(), fixed.Mode(in.x))
	case qSumRound:
		v, ok = sumRound(r[in.a], r[in.b], r[in.c], in.by.Divisor(), fixed.Mode(in.x))
	case qWeight:
		if v, ok = in.of.weights.load(&row.Weight); ok {
			v, ok = fixed.Mul(v, in.k0)
		}
	case qVolume:
		v, ok = f.src.loadVolume(m, row, nil, in.k0 != 0)
	case qSize:
		w, ok1 := in.of.weights.load(&row.Weight)
		v, ok = f.src.loadVolume(m, row, nil, in.k2 != 0)
		w, ok2 := fixed.Mul(w, in.k0)
		v, ok3 := fixed.Mul(v, in.k1)
		v, ok = max(v, w), ok && ok1 && ok2 && ok3
		if ok {
			r[in.dst] = v
		}
		return ok
	case qAges:
		base := int64(0)
		if in.b != 0 {
			base = r[in.a]
		}
		g, age := in.of.ages, int64(row.Arrived)
		v = g.until(base, int64(row.To)-age) - g.until(base, int64(row.From)-age)
	case qMoney:
		v, ok = micros(row.Money[in.k0], uint8(in.k1))
	case qAddMoney:
		if v, ok = micros(row.Money[in.k0], uint8(in.k1)); ok {
			v, ok = fixed.Add(r[in.a], v)
		}
	default:
		return false
	}
	r[in.dst] = v
	return ok
}

// sumRound is a x b + c over d, rounded, with 128 bits in between.
func sumRound(a, b, c int64, d uint64, mode fixed.Mode) (int64, bool) {
	// The product in two's complement, and c added with its sign extended: at most 2^126 either way.
	hi, lo := bits.Mul64(uint64(a), uint64(b))
	hi -= uint64((a >> 63) & b)
	hi -= uint64((b >> 63) & a)
	lo, carry := bits.Add64(lo, uint64(c), 0)
	hi += uint64(c>>63) + carry
	neg := int64(hi) < 0
	if neg {
		var borrow uint64
		lo, borrow = bits.Sub64(0, lo, 0)
		hi, _ = bits.Sub64(0, hi, borrow)
	}
	return fixed.DivRound128(hi, lo, d, neg, mode)
}
