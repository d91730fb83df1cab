package engine

import (
	"math/big"

	"github.com/overseaswarehouse/overseas/internal/fixed"
)

// instr is one step of the fast program: registers, constants and the index of a table of the step's kind.
type instr struct {
	op        op
	mode      fixed.Mode
	dst, a, b int32
	x         int32
	k0, k1    int64
}

// block is a stretch of the program that runs once, once a row, or once an item.
type block struct {
	frame frame
	code  []instr
}

// program is what a card charges for one event, as a schedule over 64-bit registers.
type program struct {
	src    *graphResult
	blocks []block
	size   [3]int // registers of each frame
	lines  []lineReg
	totals []totalReg

	edges   []*edges
	cells   []*cells
	marks   []*marks
	remaps  []*remap
	lists   []*names
	places  []*places
	postals []*postal
	days    []*days
	periods []*periods
	answers []*answer
	bands   []*bands
	nexts   []*nextTable
	slots   []*slot
	clocks  []*clock
	sweeps  []*sweepTable
	topUps  []*topUp
	levies  []*levy
	regs    [][]int32 // of steps with many arguments

	units *unitTables
	one   *flat // for events of one row; nil: the blocks
	many  *flat // for any other number of rows

	reg []int32 // of each step of the graph, for explanations
}

type lineReg struct {
	amount, applies int32 // applies -1: always
	perRow          int32 // in the row's frame; -1: none
}

type totalReg struct{ sum, rounded int32 }

// unitTables are those of the three dimensions in which pieces are measured.
type unitTables struct{ weight, length, volume unitTable }

func newUnitTables(b bases) *unitTables {
	t := &unitTables{}
	t.weight.fill(b.weight)
	t.length.fill(b.length)
	t.volume.fill(b.volume)
	return t
}

// unitTable turns a written quantity into a whole number of the program's unit: coef x num / den / 10^scale.
type unitTable struct {
	num, den [32]int64  // by unit; num 0: does not fit
	whole    [256]int64 // by unit x 8 + scale: num / den / 10^scale where that is a whole number, else 0
	cube     [256]int64 // the third powers of whole, where they fit
}

// schedule orders the graph into blocks. It is nil when a constant of the graph does not fit 64 bits; the card then
// runs on the slow evaluator only.
func schedule(src *graphResult, units *unitTables) *program {
	p := &program{src: src, units: units}
	g := src.graph
	live := reachable(src)
	reg := make([]int32, len(g.nodes))
	alias := func(id nodeID) int32 { return reg[id] }
	done := make([]bool, len(g.nodes)) // in an earlier block
	left := 0
	for id := 1; id < len(g.nodes); id++ {
		if !live[id] {
			continue
		}
		left++
		n := &g.nodes[id]
		if n.op == opRename {
			continue
		}
		width := 1
		if clk, ok := n.aux.(*clock); ok && n.op == opTimed && len(clk.alts) > 0 {
			width = 2 * len(clk.alts) // what each comes to, and whether it was taken
		}
		reg[id] = int32(p.size[n.frame])
		p.size[n.frame] += width
	}
	for left > 0 {
		before := left
		for _, f := range [...]frame{frItem, frRow, frEvent} {
			blk := block{frame: f}
			var now []nodeID
			here := make(map[nodeID]bool)
			for id := nodeID(1); int(id) < len(g.nodes); id++ {
				n := g.at(id)
				if !live[id] || done[id] || runsIn(g, n) != f {
					continue
				}
				ready := true
				for _, a := range n.args {
					if !done[a] && !(here[a] && g.at(a).frame == f) {
						ready = false
						break
					}
				}
				if !ready {
					continue
				}
				if n.op == opRename {
					reg[id] = reg[n.args[0]]
				} else if in, ok := p.encode(g, n, reg[id], alias); ok {
					blk.code = append(blk.code, in)
				} else {
					return nil
				}
				now = append(now, id)
				if !n.op.crossing() {
					here[id] = true
				}
			}
			for _, id := range now {
				done[id] = true
				left--
			}
			if len(blk.code) > 0 {
				p.blocks = append(p.blocks, blk)
			}
		}
		if left == before {
			return nil
		}
	}
	p.reg = reg
	for _, l := range src.lines {
		r := lineReg{amount: reg[l.amount], applies: -1, perRow: -1}
		if l.perRow != 0 {
			r.perRow = reg[l.perRow]
		}
		if l.applies != 0 {
			r.applies = reg[l.applies]
		}
		p.lines = append(p.lines, r)
	}
	for _, t := range src.totals {
		p.totals = append(p.totals, totalReg{reg[t.sum], reg[t.rounded]})
	}
	return p
}

// runsIn is the frame whose block executes a step.
func runsIn(g *graph, n *node) frame {
	if n.op.crossing() || n.op == opSweep {
		if n.op == opSweep {
			return frEvent
		}
		return g.at(n.args[0]).frame
	}
	return n.frame
}

// reachable marks the steps that lines, totals and checks need.
func reachable(src *graphResult) []bool {
	live := make([]bool, len(src.graph.nodes))
	var visit func(id nodeID)
	visit = func(id nodeID) {
		if id == 0 || live[id] {
			return
		}
		live[id] = true
		for _, a := range src.graph.at(id).args {
			visit(a)
		}
	}
	for _, l := range src.lines {
		visit(l.amount)
		visit(l.applies)
		visit(l.perRow)
	}
	for _, t := range src.totals {
		visit(t.of)
		visit(t.sum)
		visit(t.rounded)
	}
	for _, id := range src.checks {
		visit(id)
	}
	for _, k := range src.kept {
		visit(k.row)
		visit(k.sum)
	}
	return live
}

// encode turns a step into an instruction; false when a number of it needs more than 64 bits.
func (p *program) encode(g *graph, n *node, dst int32, reg func(nodeID) int32) (instr, bool) {
	in := instr{op: n.op, mode: n.mode, dst: dst}
	for i, k := range n.k {
		if k == nil {
			continue
		}
		if !k.IsInt64() {
			return in, false
		}
		if i == 0 {
			in.k0 = k.Int64()
		} else {
			in.k1 = k.Int64()
		}
	}
	if len(n.args) > 0 {
		in.a = reg(n.args[0])
	}
	if len(n.args) > 1 {
		in.b = reg(n.args[1])
	} else {
		in.b = -1
	}
	many := func() int32 {
		rs := make([]int32, len(n.args))
		for i, a := range n.args {
			rs[i] = reg(a)
		}
		p.regs = append(p.regs, rs)
		return int32(len(p.regs) - 1)
	}
	ok := true
	switch x := n.aux.(type) {
	case *edges:
		in.x, ok = put(&p.edges, x), x.fits
	case *cells:
		in.x, ok = put(&p.cells, x), x.fits || n.op == opCellOK
	case *marks:
		in.x = put(&p.marks, x)
		if len(x.in) <= 63 {
			in.x = -1
			for i, on := range x.in {
				if on {
					in.k0 |= 1 << i
				}
			}
		}
	case *remap:
		in.x = put(&p.remaps, x)
	case *names:
		in.x = put(&p.lists, x)
	case *places:
		in.x = put(&p.places, x)
	case *postal:
		in.x = put(&p.postals, x)
	case *days:
		in.x = put(&p.days, x)
	case *periods:
		in.x = put(&p.periods, x)
	case *answer:
		in.x = put(&p.answers, x)
	case *bands:
		in.x, ok = put(&p.bands, x), x.fits
	case *nextTable:
		in.x, ok = put(&p.nexts, x), x.edges.fits && x.cells.fits
	case *slot:
		in.x, in.a = put(&p.slots, x), many()
	case *clock:
		in.x = put(&p.clocks, x)
		ok = x.cells == nil || x.cells.fits
		if len(x.alts) > 0 {
			in.a = many()
			for _, a := range x.alts {
				ok = ok && a.cells.fits && a.mult.IsInt64()
			}
		} else if len(n.args) == 0 {
			in.a = -1
		}
	case *sweepTable:
		in.x, ok = put(&p.sweeps, x), x.fits && x.clock.cells.fits
	case *topUp:
		in.x, ok = put(&p.topUps, x), x.to.IsInt64()
	case *levy:
		in.x, ok = put(&p.levies, x), x.fits
	}
	switch n.op {
	case opFirst:
		in.a = many()
	case opPick:
		in.a += int32(in.k0)
	}
	return in, ok
}

// put appends x, a pointer, to a table once. It is compared as any so that all tables share one function.
//
//go:noinline
func put[T any](list *[]T, x T) int32 {
	for i, y := range *list {
		if any(x) == any(y) {
			return int32(i)
		}
	}
	*list = append(*list, x)
	return int32(len(*list) - 1)
}

func (t *unitTable) fill(unit *big.Rat) {
	for u := range t.num {
		t.num[u] = 0
	}
	if unit == nil {
		return
	}
	each(func(u int, r *big.Rat) {
		q := new(big.Rat).Quo(r, unit)
		if q.Num().IsInt64() && q.Denom().IsInt64() {
			t.num[u], t.den[u] = q.Num().Int64(), q.Denom().Int64()
		}
		for scale := range scales {
			if w := new(big.Rat).Mul(q, pow10(-scale)); w.IsInt() && w.Num().IsInt64() && u < 32 {
				k := w.Num().Int64()
				t.whole[u*scales+scale] = k
				if square, ok := fixed.Mul(k, k); ok {
					if cube, ok := fixed.Mul(square, k); ok {
						t.cube[u*scales+scale] = cube
					}
				}
			}
		}
	})
}

// scales are those of which unitTable.whole holds the factors, a power of two of them.
const scales = 8

// load turns a written quantity into the program's unit; false when it is no whole number of it.
func (t *unitTable) load(q *Quantity) (int64, bool) {
	if k := t.whole[uint8(q.Unit)*scales+q.Scale%scales]; k != 0 && q.Scale < scales && q.Unit < 32 {
		return fixed.Mul(q.Coef, k)
	}
	return t.divide(q)
}

func (t *unitTable) divide(q *Quantity) (int64, bool) {
	num, den := t.num[q.Unit&31], t.den[q.Unit&31]
	v, ok := fixed.Mul(q.Coef, num)
	if !ok || num == 0 {
		return 0, false
	}
	if q.Scale > 0 {
		pow := int64(fixed.Pow10(int(q.Scale)))
		if den != 1 {
			if den, ok = fixed.Mul(den, pow); !ok {
				return 0, false
			}
		} else {
			den = pow
		}
	}
	if den == 1 {
		return v, true
	}
	if v%den != 0 {
		return 0, false
	}
	return v / den, true
}
