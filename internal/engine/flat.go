package engine

import (
	"math/bits"

	"github.com/overseaswarehouse/overseas/internal/fixed"
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
	finds           []*finder
	cells           [][]int64
	none            [][]bool
	marks           [][]bool
	ages            []*ages
	codes           []*codes
	lines           []lineReg
	totals          []totalReg
}

// quick is one step of a flat program.
type quick struct {
	op           qop
	near         fixed.Nearest
	dst, a, b, c uint8
	x            uint16
	k0, k1, k2   int64
	by           fixed.Divider
}

type qop uint8

const (
	qCall qop = iota // the step calls[x] of the graph
	qConst
	qMulK     // a * k0
	qMul      // a * b
	qMulAdd   // a * b + c
	qAdd      // a + b
	qAddK     // a * k0 + b
	qSub      // max(0, a - b)
	qSubK     // max(0, a - k0)
	qMax      // max(a, b)
	qMin      // min(a, b)
	qMaxK     // max(a, k0)
	qMinK     // min(a, k0)
	qClamp    // min(max(a, k0), k1)
	qRound    // a * k0 over the divider, to the nearest
	qMulRound // a * b over the divider, to the nearest
	qSumRound // a * b + c over the divider, to the nearest
	qSteps    // started multiples of the divisor in a, a rest up to k1 dropped, times k2
	qLess
	qAtMost
	qMore
	qAtLeast
	qIs
	qInSet // position a is marked in k0 or marks[x]
	qAnd
	qNot
	qImplies
	qGate       // b ? a : 0
	qNeed       // a must hold
	qNeedIf     // a must hold where b does
	qNeedAtMost // a must be at most k0
	qFind       // bracket of a in finds[x]; without one the program gives up where c is not 0
	qStride     // a * k0 + b, -1 if either is
	qCell       // cell a of cells[x], 0 where a is -1
	qCellAt     // cell a of cells[x]
	qCell2      // cell a * k0 + b of cells[x]
	qCellOK     // none[x] is not so of a
	qWeight     // times k0
	qVolume     // k0: may be left out
	qUnits
	qMoney    // sum of money k0 with k1 decimals
	qAddMoney // a and a sum of money
	qCount    // pieces of the row times k0
	qTimesRow // a times the pieces of the row
	qSum      // dst + a
	qAny      // dst or a
	qAges     // what ages[x] comes to over the stay of the row, by the variant in a where b is not 0
	qStays    // the stay of the row, or of the event where b is 0, is not empty
	qCode     // row of a class by the postal code; without one the program gives up where c is not 0
)

// run executes the program on the machine's registers.
func (f *flat) run(m *Machine, e *Event) bool {
	r := m.registers()
	if len(f.pre) > 0 {
		var row *Row
		if len(e.Rows) > 0 {
			row = &e.Rows[0]
		}
		if !f.exec(m, f.pre, r, e, row) {
			return false
		}
	}
	if len(f.each) > 0 {
		for i := range e.Rows {
			if !f.exec(m, f.each, r, e, &e.Rows[i]) {
				return false
			}
		}
	}
	return len(f.post) == 0 || f.exec(m, f.post, r, e, nil)
}

// flip is the magnitude of v, given the word that is all ones when v is negative, and back.
func flip(v, sign int64) int64 { return (v ^ sign) - sign }

// exec executes a stretch of steps.
func (f *flat) exec(m *Machine, code []quick, r *[256]int64, e *Event, row *Row) bool {
	var over uint64 // not zero once something did not fit
	for i := range code {
		in := &code[i]
		switch in.op {
		case qCall:
			of := row
			if in.c == 0 { // in the frame of the event
				of = nil
			}
			if !f.src.run(m, f.calls[in.x:in.x+1], e, r[:], of, nil, nil, nil) {
				return false
			}
		case qConst:
			r[in.dst] = in.k0
		case qMulK:
			v, o := mul(r[in.a], in.k0)
			over |= o
			r[in.dst] = v
		case qMul:
			v, o := mul(r[in.a], r[in.b])
			over |= o
			r[in.dst] = v
		case qMulAdd:
			v, o := mul(r[in.a], r[in.b])
			s, p := plus(v, r[in.c])
			over |= o | p
			r[in.dst] = s
		case qAdd:
			v, o := plus(r[in.a], r[in.b])
			over |= o
			r[in.dst] = v
		case qAddK:
			v, o := mul(r[in.a], in.k0)
			s, p := plus(v, r[in.b])
			over |= o | p
			r[in.dst] = s
		case qSub:
			a, b := r[in.a], r[in.b]
			d := a - b
			over |= uint64((a^b)&(a^d)) >> 63
			r[in.dst] = max(0, d)
		case qSubK:
			a := r[in.a]
			d := a - in.k0
			over |= uint64((a^in.k0)&(a^d)) >> 63
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
		case qRound:
			a := r[in.a]
			sign := a >> 63
			hi, lo := bits.Mul64(uint64(flip(a, sign)), uint64(in.k0))
			q := in.by.Round(lo, in.near)
			if hi|q>>63 != 0 {
				v, ok := fixed.MulDiv(a, in.k0, in.by.Divisor(), in.near.Mode())
				if !ok {
					return false
				}
				r[in.dst] = v
				continue
			}
			r[in.dst] = flip(int64(q), sign)
		case qMulRound:
			a, b := r[in.a], r[in.b]
			sa, sb := a>>63, b>>63
			hi, lo := bits.Mul64(uint64(flip(a, sa)), uint64(flip(b, sb)))
			q := in.by.Round(lo, in.near)
			if hi|q>>63 != 0 {
				v, ok := fixed.MulDiv(a, b, in.by.Divisor(), in.near.Mode())
				if !ok {
					return false
				}
				r[in.dst] = v
				continue
			}
			r[in.dst] = flip(int64(q), sa^sb)
		case qSumRound:
			v, ok := sumRound(r[in.a], r[in.b], r[in.c], in)
			if !ok {
				return false
			}
			r[in.dst] = v
		case qSteps:
			a := r[in.a]
			if a < 0 {
				return false
			}
			q, rest := in.by.Quo(uint64(a))
			if rest > uint64(in.k1) {
				q++
			}
			v, o := mul(int64(q), in.k2)
			over |= o
			r[in.dst] = v
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
			if in.b == 0 {
				r[in.dst] = truth(at >= 0 && in.k0>>uint64(at)&1 == 1)
			} else {
				set := f.marks[in.x]
				r[in.dst] = truth(uint64(at) < uint64(len(set)) && set[at])
			}
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
				return false
			}
		case qNeedIf:
			if r[in.a] == 0 && r[in.b] != 0 {
				return false
			}
		case qNeedAtMost:
			if r[in.a] > in.k0 {
				return false
			}
		case qFind:
			at := f.finds[in.x].find(r[in.a])
			if at < 0 && in.c != 0 {
				return false
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
				r[in.dst] = f.cells[in.x][at]
			}
		case qCellAt:
			r[in.dst] = f.cells[in.x][r[in.a]]
		case qCell2:
			r[in.dst] = f.cells[in.x][r[in.a]*in.k0+r[in.b]]
		case qCellOK:
			at := r[in.a]
			r[in.dst] = truth(at >= 0 && !f.none[in.x][at])
		case qWeight:
			v, ok := f.src.units.weight.load(&row.Weight)
			if !ok {
				return false
			}
			v, o := mul(v, in.k0)
			over |= o
			r[in.dst] = v
		case qVolume:
			v, ok := f.src.loadVolume(m, row, nil, in.k0 != 0)
			if !ok {
				return false
			}
			r[in.dst] = v
		case qUnits:
			if !row.HasUnits {
				return false
			}
			r[in.dst] = row.Units
		case qMoney:
			d := row.Money[in.k0]
			v, ok := d.Coef, d.Scale == uint8(in.k1)
			if !ok {
				if v, ok = micros(d, uint8(in.k1)); !ok {
					return false
				}
			}
			r[in.dst] = v
		case qAddMoney:
			d := row.Money[in.k0]
			v, ok := d.Coef, d.Scale == uint8(in.k1)
			if !ok {
				if v, ok = micros(d, uint8(in.k1)); !ok {
					return false
				}
			}
			v, o := plus(r[in.a], v)
			over |= o
			r[in.dst] = v
		case qCount:
			v, o := mul(row.Count, in.k0)
			over |= o
			r[in.dst] = v
		case qTimesRow:
			v, o := mul(r[in.a], row.Count)
			over |= o
			r[in.dst] = v
		case qSum:
			v, o := plus(r[in.dst], r[in.a])
			over |= o
			r[in.dst] = v
		case qAny:
			r[in.dst] |= r[in.a]
		case qAges:
			base := int64(0)
			if in.b != 0 {
				base = r[in.a]
			}
			from, to, arrived := row.From, row.To, row.Arrived
			v, ok := f.ages[in.x].sum(base, arrived, from, to)
			if !ok {
				return false
			}
			r[in.dst] = v
		case qStays:
			if in.b == 0 {
				r[in.dst] = truth(e.From < e.To)
			} else {
				r[in.dst] = truth(row.From < row.To)
			}
		case qCode:
			at, ok := f.codes[in.x].find(e.PostalCode)
			if !ok || at < 0 && in.c != 0 {
				return false
			}
			r[in.dst] = at
		default:
			return false
		}
	}
	return over == 0
}

// sumRound is a x b + c over the divider of a step, with 128 bits in between.
func sumRound(a, b, c int64, in *quick) (int64, bool) {
	// The product in two's complement, and c added with its sign extended. |a x b| is at most 2^126.
	hi, lo := bits.Mul64(uint64(a), uint64(b))
	hi -= uint64((a >> 63) & b)
	hi -= uint64((b >> 63) & a)
	lo, carry := bits.Add64(lo, uint64(c), 0)
	hi += uint64(c>>63) + carry
	neg := int64(hi) < 0
	if neg {
		lo = -lo
		hi = ^hi
		if lo == 0 {
			hi++
		}
	}
	if hi == 0 {
		if q := in.by.Round(lo, in.near); q>>63 == 0 {
			if neg {
				return -int64(q), true
			}
			return int64(q), true
		}
	}
	return fixed.DivRound128(hi, lo, in.by.Divisor(), neg, in.near.Mode())
}

// plus is a + b, and not zero where that does not fit.
func plus(a, b int64) (int64, uint64) {
	s := a + b
	return s, uint64((s^a)&(s^b)) >> 63
}
