package engine

import (
	"math"
	"slices"

	"github.com/overseaswarehouse/overseas/internal/fixed"
	"github.com/overseaswarehouse/overseas/internal/ratecard"
)

// step is a value on the way from the graph to a flat program: an instruction whose arguments are other steps.
type step struct {
	op      qop
	args    []int32
	k       [3]int64
	mode    fixed.Mode
	node    nodeID // of a step that is not fused
	find    *finder
	edges   *edges
	cells   *cells
	marks   *marks
	ages    *ages
	codes   *codes
	each    bool // runs once a row
	after   bool // needs what the rows add up to
	must    bool // the program gives up where there is no position
	width   int  // registers of its result; 0: it has none
	uses    int
	konst   bool // the value is k[0]
	natural bool // a position that is never -1
	reg     int32
}

// flattener turns the graph of an event into a flat program.
type flattener struct {
	src    *graphResult
	g      *graph
	p      *program
	single bool // for events of one row
	steps  []step
	at     []int32 // by node: its step
	sum    []int32 // by node: the step that adds it up over the rows
	known  []bool  // by node: it holds, or the program gives up
	placed []bool  // by node: a position that is not -1, or the program gives up
	tables map[scaledCells]*cells
	failed bool
}

type scaledCells struct {
	of *cells
	by int64
}

// flatten is the flat program of an event, nil where it has no such.
func flatten(src *graphResult, p *program, single bool) *flat {
	f := &flattener{
		src: src, g: src.graph, single: single, tables: map[scaledCells]*cells{},
		p:  &program{src: src, units: p.units},
		at: make([]int32, len(src.graph.nodes)), sum: make([]int32, len(src.graph.nodes)),
		known: make([]bool, len(src.graph.nodes)), placed: make([]bool, len(src.graph.nodes)),
	}
	live := quoted(src)
	for id, on := range live {
		if n := &f.g.nodes[id]; on && (n.frame == frItem || n.op == opSweep || n.op == opSumItems || n.op == opAnyItem) {
			return nil
		}
	}
	for _, id := range src.checks {
		f.check(id)
	}
	for id := nodeID(1); int(id) < len(f.g.nodes) && !f.failed; id++ {
		if live[id] {
			f.at[id] = f.build(id)
			if f.known[id] {
				f.at[id] = f.need(f.at[id], -1)
			}
		}
	}
	if f.failed {
		return nil
	}
	f.fuse()
	return f.lower()
}

// quoted marks the steps that lines, totals and checks need: those that only an explanation reads are left out.
func quoted(src *graphResult) []bool {
	part := *src
	part.kept = nil
	part.lines, part.totals = append([]lineNode(nil), src.lines...), append([]totalNode(nil), src.totals...)
	for i := range part.lines {
		part.lines[i].perRow = 0
	}
	for i := range part.totals {
		part.totals[i].of = part.totals[i].rounded
	}
	return reachable(&part)
}

// check notes what a check makes certain.
func (f *flattener) check(id nodeID) {
	n := f.g.at(id)
	switch {
	case n.op == opRequire && len(n.args) == 1:
		f.holds(n.args[0])
	case n.op == opSlot:
		if t := n.aux.(*slot); len(t.fits) == 1 && !t.slot.Optional {
			f.holds(t.fits[0])
		}
	}
}

// holds notes that a truth value holds, and what follows of it.
func (f *flattener) holds(id nodeID) {
	n := f.g.at(id)
	switch n.op {
	case opAnd:
		f.holds(n.args[0])
		f.holds(n.args[1])
		return
	case opToRow:
		f.holds(n.args[0])
		return
	case opAtLeast:
		if n.k[0].Sign() == 0 && f.place(n.args[0]) {
			return
		}
	}
	f.known[id] = true
}

// place notes that a position is not -1. It is false for a step of which that cannot be said.
func (f *flattener) place(id nodeID) bool {
	n := f.g.at(id)
	switch n.op {
	case opToRow:
		return f.place(n.args[0])
	case opBracket:
		f.placed[id] = true
		return true
	case opFirst:
		if rows, _ := f.postals(n); rows != nil {
			f.placed[id] = true
			return true
		}
	}
	return false
}

// postals is the rows of a class by postal code alone, and the row without conditions after them, -1.
func (f *flattener) postals(n *node) (rows []*postal, rest int64) {
	for i, a := range n.args {
		arg := f.g.at(a)
		if arg.op == opConst && arg.k[0].Sign() != 0 {
			return rows, int64(i)
		}
		p, ok := arg.aux.(*postal)
		if !ok || arg.op != opPostal {
			return nil, -1
		}
		rows = append(rows, p)
	}
	return rows, -1
}

// add appends a step.
func (f *flattener) add(s step) int32 {
	if s.op != qNeed && s.op != qNeedIf && s.op != qNeedAtMost && s.width == 0 {
		s.width = 1
	}
	for _, a := range s.args {
		s.each = s.each || f.steps[a].each
		s.after = s.after || f.steps[a].after
	}
	if s.each && s.after && !f.single { // rows that look at what rows add up to are run frame by frame
		f.failed = true
	}
	f.steps = append(f.steps, s)
	return int32(len(f.steps) - 1)
}

//go:noinline
func (f *flattener) constant(k int64) int32 {
	return f.add(step{op: qConst, k: [3]int64{k}, konst: true})
}

// is reports whether a step is the constant k.
func (f *flattener) is(at int32, k int64) bool { return f.steps[at].konst && f.steps[at].k[0] == k }

// need makes the program give up where a truth value does not hold and the other, if there is one, does. It returns what
// the value is from there on.
func (f *flattener) need(at, where int32) int32 {
	s := &f.steps[at]
	switch {
	case s.konst && s.k[0] != 0 || where >= 0 && f.is(where, 0):
		return at
	case where >= 0 && !f.steps[where].konst:
		f.add(step{op: qNeedIf, args: []int32{at, where}})
		return at
	case s.op == qAtMost:
		f.add(step{op: qNeedAtMost, args: s.args, k: s.k})
	default:
		f.add(step{op: qNeed, args: []int32{at}})
	}
	return f.constant(1)
}

// as adds a step under an operation.
//
//go:noinline
func (f *flattener) as(op qop, s *step) int32 {
	s.op = op
	return f.add(*s)
}

// build is the step of a node whose arguments have theirs.
func (f *flattener) build(id nodeID) int32 {
	n := f.g.at(id)
	var k [3]int64
	for i, v := range n.k {
		if v != nil {
			if !v.IsInt64() {
				f.failed = true
				return 0
			}
			k[i] = v.Int64()
		}
	}
	args := make([]int32, len(n.args))
	for i, a := range n.args {
		args[i] = f.at[a]
	}
	row := n.frame == frRow
	arg := func(i int) *step { return &f.steps[args[i]] }
	plain := step{args: args, k: k, each: row}
	folded := func(v bool) int32 { return f.constant(truth(v)) }
	switch n.op {
	case opRename, opToRow:
		return args[0]
	case opConst:
		return f.constant(k[0])
	case opMulK:
		return f.timesK(args[0], k[0])
	case opMul:
		for i := range args {
			if arg(i).konst {
				return f.timesK(args[1-i], arg(i).k[0])
			}
		}
		return f.as(qMul, &plain)
	case opAdd:
		for i := range args {
			if f.is(args[i], 0) {
				return args[1-i]
			}
		}
		return f.as(qAdd, &plain)
	case opSub:
		return f.as(qSub, &plain)
	case opSubK:
		return f.as(qSubK, &plain)
	case opMax, opMin:
		op := map[op]qop{opMax: qMax, opMin: qMin}[n.op]
		return f.as(op, &plain)
	case opMaxK:
		return f.as(qMaxK, &plain)
	case opMinK:
		return f.as(qMinK, &plain)
	case opRound:
		if _, ok := n.mode.Halves(1); ok && k[0] > 0 && k[1] > 0 {
			return f.add(step{op: qRound, args: args, k: k, mode: n.mode, each: row})
		}
	case opSteps:
		if k[0] > 0 && k[1] >= 0 {
			plain.k[2] = 1
			return f.as(qSteps, &plain)
		}
	case opLess, opAtMost, opMore, opAtLeast, opIs:
		if a := arg(0); a.konst {
			v := a.k[0]
			return folded(n.op == opLess && v < k[0] || n.op == opAtMost && v <= k[0] || n.op == opMore && v > k[0] ||
				n.op == opAtLeast && v >= k[0] || n.op == opIs && v == k[0])
		} else if n.op == opAtLeast && k[0] <= 0 && a.natural {
			return folded(true)
		}
		return f.as([...]qop{opLess: qLess, opAtMost: qAtMost, opMore: qMore, opAtLeast: qAtLeast, opIs: qIs}[n.op], &plain)
	case opInSet:
		return f.add(step{op: qInSet, args: args, marks: n.aux.(*marks), each: row})
	case opAnd:
		for i := range args {
			switch {
			case f.is(args[i], 1):
				return args[1-i]
			case f.is(args[i], 0):
				return args[i]
			}
		}
		return f.as(qAnd, &plain)
	case opNot:
		switch a := arg(0); {
		case a.konst:
			return folded(a.k[0] == 0)
		case a.op == qNot:
			return a.args[0]
		}
		return f.as(qNot, &plain)
	case opImplies:
		switch {
		case f.is(args[0], 0) || f.is(args[1], 1):
			return folded(true)
		case f.is(args[0], 1):
			return args[1]
		}
		return f.as(qImplies, &plain)
	case opGate:
		switch {
		case f.is(args[1], 1) || f.is(args[0], 0):
			return args[0]
		case f.is(args[1], 0):
			return f.constant(0)
		}
		return f.as(qGate, &plain)
	case opRequire:
		where := int32(-1)
		if len(args) > 1 {
			where = args[1]
		}
		f.need(args[0], where)
		return f.constant(1)
	case opSlot:
		if t := n.aux.(*slot); len(t.fits) == 1 && !t.slot.Optional {
			f.need(args[0], -1)
			return f.constant(0)
		}
	case opBracket:
		return f.bracket(args[0], n.aux.(*edges), f.placed[id])
	case opFirst:
		if rows, rest := f.postals(n); rows != nil {
			if c := newCodes(rows, rest); c != nil {
				return f.add(step{op: qCode, codes: c, must: f.placed[id], natural: f.placed[id] || rest >= 0})
			}
			if f.placed[id] {
				at := f.call(id, args)
				f.steps[at].natural = true
				f.need(f.add(step{op: qAtLeast, args: []int32{at}}), -1)
				return at
			}
		}
	case opStride:
		return f.add(step{op: qStride, args: args, k: k, each: row, natural: arg(0).natural && arg(1).natural && k[0] >= 0})
	case opCell:
		if t := n.aux.(*cells); t.fits && len(t.k) > 0 {
			op := qCell
			if arg(0).natural {
				op = qCellAt
			}
			return f.add(step{op: op, args: args, cells: t, each: row})
		}
		f.failed = true
	case opCellOK:
		return f.add(step{op: qCellOK, args: args, cells: n.aux.(*cells), each: row})
	case opWeight:
		return f.add(step{op: qWeight, k: [3]int64{1}, each: true})
	case opVolume:
		return f.add(step{op: qVolume, k: [3]int64{k[1]}, each: true})
	case opUnits:
		return f.add(step{op: qUnits, each: true})
	case opMoney:
		return f.add(step{op: qMoney, k: k, each: true})
	case opTimed:
		clk := n.aux.(*clock)
		if a := clk.ages(); a != nil && clk.row && row {
			return f.add(step{op: qAges, args: args, ages: a, each: true})
		}
	case opStays:
		clk := n.aux.(*clock)
		if clk.line.time.Basis == ratecard.Daily && len(clk.line.gates) == 0 && clk.row == row {
			return f.add(step{op: qStays, k: [3]int64{truth(row)}, each: row})
		}
	case opTimesRow:
		if a := arg(0); a.konst {
			return f.add(step{op: qCount, k: a.k, each: true})
		}
		return f.add(step{op: qTimesRow, args: args, each: true})
	case opSumRows, opAnyRow:
		return f.overRows(n.op, args[0])
	}
	if n.op.crossing() {
		f.failed = true
		return 0
	}
	return f.call(id, args)
}

// call is a step that is not fused.
func (f *flattener) call(id nodeID, args []int32) int32 {
	n := f.g.at(id)
	s := step{op: qCall, args: args, node: id, each: n.frame == frRow, width: 1, natural: n.op == opInputPos}
	if clk, ok := n.aux.(*clock); ok && n.op == opTimed && len(clk.alts) > 0 {
		s.width = 2 * len(clk.alts)
	}
	return f.add(s)
}

// overRows is a sum over the rows, or whether something holds in one: the value itself where there is one row.
func (f *flattener) overRows(o op, a int32) int32 {
	if f.single {
		return a
	}
	op := qSum
	if o == opAnyRow {
		op = qAny
	}
	f.steps = append(f.steps, step{op: op, args: []int32{a}, width: 1, after: true})
	if f.steps[a].after {
		f.failed = true
	}
	return int32(len(f.steps) - 1)
}

// timesK multiplies by a constant.
func (f *flattener) timesK(a int32, k int64) int32 {
	s := &f.steps[a]
	if s.konst {
		v, ok := fixed.Mul(s.k[0], k)
		f.failed = f.failed || !ok
		return f.constant(v)
	}
	if k == 1 {
		return a
	}
	return f.add(step{op: qMulK, args: []int32{a}, k: [3]int64{k}})
}

// bracket is one step for equal edges on one value.
func (f *flattener) bracket(a int32, e *edges, must bool) int32 {
	for i := range f.steps {
		if s := &f.steps[i]; s.op == qFind && s.args[0] == a && s.edges.edge == e.edge && s.edges.open == e.open && slices.Equal(s.edges.k, e.k) {
			s.must = s.must || must
			s.natural = s.natural || must
			return int32(i)
		}
	}
	if !e.fits {
		f.failed = true
		return 0
	}
	if e.find == nil {
		e.find = newFinder(e)
	}
	if e.find == nil {
		f.failed = true
		return 0
	}
	return f.add(step{op: qFind, args: []int32{a}, edges: e, find: e.find, must: must, natural: must})
}

// count counts what uses each step.
func (f *flattener) count() {
	for i := range f.steps {
		f.steps[i].uses = 0
	}
	for _, l := range f.src.lines {
		f.steps[f.at[l.amount]].uses++
		if l.applies != 0 && !f.is(f.at[l.applies], 1) {
			f.steps[f.at[l.applies]].uses++
		}
	}
	for _, t := range f.src.totals {
		f.steps[f.at[t.sum]].uses++
		f.steps[f.at[t.rounded]].uses++
	}
	for i := len(f.steps) - 1; i >= 0; i-- {
		s := &f.steps[i]
		if s.uses == 0 && s.width != 0 && !(s.op == qFind && s.must) && !(s.op == qCode && s.must) {
			continue
		}
		for _, a := range s.args {
			f.steps[a].uses++
		}
	}
}

// fuse makes single steps of sequences whose values in between nothing else looks at.
func (f *flattener) fuse() {
	f.count()
	for i := range f.steps {
		s := &f.steps[i]
		if s.uses == 0 && s.width != 0 {
			continue
		}
		once := func(a int32, op qop) bool { return f.steps[a].op == op && f.steps[a].uses == 1 }
		switch s.op {
		case qMulK:
			f.fuseMulK(s)
		case qAdd:
			for j, a := range s.args {
				other := s.args[1-j]
				t := &f.steps[a]
				switch {
				case once(a, qMoney) && (f.single || t.each == s.each):
					s.op, s.args, s.k = qAddMoney, []int32{other}, t.k
				case once(a, qMul):
					s.op, s.args = qMulAdd, []int32{t.args[0], t.args[1], other}
				case once(a, qMulK):
					s.op, s.args, s.k = qAddK, []int32{t.args[0], other}, t.k
				default:
					continue
				}
				break
			}
		case qMaxK, qMinK:
			f.fuseBound(s, once)
		case qMax:
			f.fuseSize(s, once)
		case qTimesRow:
			a := s.args[0]
			switch t := &f.steps[a]; {
			case once(a, qSteps):
				s.op, s.args, s.k = qStepsRow, t.args, t.k
			case once(a, qUnits):
				s.op, s.args = qUnitsRow, nil
			}
		case qRound:
			f.fuseRound(s, once)
		case qCellAt:
			switch t := &f.steps[s.args[0]]; {
			case once(s.args[0], qStride) && t.natural:
				s.op, s.args, s.k = qCell2, t.args, t.k
			case once(s.args[0], qFind) && t.must && len(t.find.thin) > 0:
				s.op, s.args, s.find, s.must = qFindCell, t.args, t.find, true
				t.must = false
			}
		}
	}
	f.count()
}

func (f *flattener) fuseMulK(s *step) {
	a := s.args[0]
	t := &f.steps[a]
	if t.uses != 1 {
		return
	}
	merge := func() {
		uses, each := s.uses, s.each
		*s = *t
		s.uses, s.each = uses, each
		t.uses = 0
	}
	k := s.k[0]
	switch t.op {
	case qMulK, qWeight:
		if k, ok := fixed.Mul(t.k[0], k); ok {
			merge()
			s.k[0] = k
		}
	case qSteps:
		if k, ok := fixed.Mul(t.k[2], k); ok {
			merge()
			s.k[2] = k
		}
	case qCell, qCellAt, qCell2:
		if by := f.scaled(t.cells, k); by != nil {
			merge()
			s.cells = by
		}
	}
}

// scaled is a table times a constant, nil for a big one and where a price does not fit.
func (f *flattener) scaled(t *cells, by int64) *cells {
	if len(t.k) > 1<<12 {
		return nil
	}
	key := scaledCells{t, by}
	if c, ok := f.tables[key]; ok {
		return c
	}
	c := &cells{k: make([]int64, len(t.k)), none: t.none, fits: true}
	for i, k := range t.k {
		v, ok := fixed.Mul(k, by)
		if !ok {
			c = nil
			break
		}
		c.k[i] = v
	}
	f.tables[key] = c
	return c
}

// fuseBound makes one step of a product or value and its bounds.
func (f *flattener) fuseBound(s *step, once func(int32, qop) bool) {
	a := s.args[0]
	t := &f.steps[a]
	least, most := int64(math.MinInt64), int64(math.MaxInt64)
	if s.op == qMaxK {
		least = s.k[0]
	} else {
		most = s.k[0]
	}
	open := most != math.MaxInt64 && t.k[1] == math.MaxInt64
	switch {
	case once(a, qMul):
		s.op, s.args, s.k = qMulClamp, t.args, [3]int64{least, most}
	case once(a, qMulK) && t.k[0] > 0:
		s.op, s.args, s.k = qClampK, t.args, [3]int64{least, most, t.k[0]}
	case once(a, qMaxK) && most != math.MaxInt64:
		s.op, s.args, s.k = qClamp, t.args, [3]int64{t.k[0], most}
	case (once(a, qMulClamp) || once(a, qClampK)) && open:
		s.op, s.args, s.k = t.op, t.args, [3]int64{t.k[0], most, t.k[2]}
	}
}

// fuseSize makes one step of the greater of a row's weight and its volume.
func (f *flattener) fuseSize(s *step, once func(int32, qop) bool) {
	for i, w := range s.args {
		v := s.args[1-i]
		factor := int64(1)
		t := &f.steps[v]
		if once(v, qMulK) && t.k[0] > 0 {
			factor, v = t.k[0], t.args[0]
		}
		if once(w, qWeight) && once(v, qVolume) {
			s.op, s.args, s.k = qSize, nil, [3]int64{f.steps[w].k[0], factor, f.steps[v].k[0]}
			return
		}
	}
}

func (f *flattener) fuseRound(s *step, once func(int32, qop) bool) {
	if t := &f.steps[s.args[0]]; t.op == qMulK && t.k[0] > 0 {
		num, ok := fixed.Mul(s.k[0], t.k[0])
		if !ok {
			return
		}
		if g := gcd(num, s.k[1]); g > 1 {
			num, s.k[1] = num/g, s.k[1]/g
		}
		s.k[0] = num
		s.args = t.args
		if t.uses--; t.uses > 0 {
			f.steps[t.args[0]].uses++
		}
		return
	}
	if s.k[0] != 1 {
		return
	}
	a := s.args[0]
	t := &f.steps[a]
	switch {
	case once(a, qMul):
		s.op, s.args = qMulRound, t.args
	case once(a, qMulAdd):
		s.op, s.args = qSumRound, t.args
	case once(a, qGate) && once(t.args[0], qMul):
		product := &f.steps[t.args[0]]
		s.op, s.args = qMulRound, []int32{a, product.args[1]}
		t.args = []int32{product.args[0], t.args[1]}
	}
}

func gcd(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

// assign gives the results of steps registers; false where there are too few. A step of a program that runs once, from its
// first step to its last, may have the register of one whose result nothing looks at any more, but never of its own arguments:
// steps can be executed twice.
func (f *flattener) assign(live func(*step) bool) bool {
	uses := make([]int, len(f.steps))
	for i := range f.steps {
		if s := &f.steps[i]; live(s) {
			for _, a := range s.args {
				uses[a]++
			}
		}
	}
	keep := func(id nodeID) { uses[f.at[id]]++ } // to the end
	for _, l := range f.src.lines {
		keep(l.amount)
		if l.applies != 0 {
			keep(l.applies)
		}
	}
	for _, t := range f.src.totals {
		keep(t.sum)
		keep(t.rounded)
	}
	regs := int32(0)
	var free []int32
	for pass := range 2 { // as the steps are executed
		for i := range f.steps {
			s := &f.steps[i]
			if !live(s) || s.konst != (pass == 0) {
				continue
			}
			if n := len(free); s.width == 1 && n > 0 {
				s.reg, free = free[n-1], free[:n-1]
			} else {
				s.reg = regs
				regs += int32(s.width)
			}
			if !f.single {
				continue
			}
			for _, a := range s.args {
				if uses[a]--; uses[a] == 0 && f.steps[a].width == 1 {
					free = append(free, f.steps[a].reg)
				}
			}
		}
	}
	return regs <= 256
}

// lower gives steps registers and writes the program; nil where there are too many.
func (f *flattener) lower() *flat {
	out := &flat{src: f.p}
	live := func(s *step) bool {
		return s.uses > 0 || s.width == 0 || s.must
	}
	if !f.assign(live) {
		return nil
	}
	code := [3]*[]quick{&out.pre, &out.each, &out.post}
	for pass := range 2 { // constants and empty sums come first
		for i := range f.steps {
			s := &f.steps[i]
			if !live(s) || (s.konst || s.op == qSum || s.op == qAny) != (pass == 0) {
				continue
			}
			if s.op == qSum || s.op == qAny {
				out.pre = append(out.pre, quick{op: qConst, dst: uint8(s.reg)})
				continue
			}
			in, ok := f.encode(out, s)
			if !ok {
				return nil
			}
			section := 0
			if !f.single {
				switch {
				case s.each:
					section = 1
				case s.after:
					section = 2
				}
			}
			*code[section] = append(*code[section], in)
		}
	}
	if !f.single {
		for i := range f.steps {
			if s := &f.steps[i]; live(s) && (s.op == qSum || s.op == qAny) {
				out.each = append(out.each, quick{op: s.op, dst: uint8(s.reg), a: uint8(f.steps[s.args[0]].reg)})
			}
		}
	}
	for _, stretch := range code {
		for i := range *stretch {
			if i > 0 {
				(*stretch)[i-1].next = &(*stretch)[i]
			}
		}
	}
	reg := func(id nodeID) int32 { return f.steps[f.at[id]].reg }
	for _, l := range f.src.lines {
		r := lineReg{amount: reg(l.amount), applies: -1, perRow: -1}
		if l.applies != 0 && !f.is(f.at[l.applies], 1) {
			r.applies = reg(l.applies)
		}
		out.lines = append(out.lines, r)
	}
	for _, t := range f.src.totals {
		out.totals = append(out.totals, totalReg{reg(t.sum), reg(t.rounded)})
	}
	out.plain = len(out.totals) == 0 && !ratecard.Any(len(f.src.lines), func(i int) bool { return f.src.lines[i].charge.Levy != 0 })
	return out
}

// index is where x is in a table, which it is appended to once.
func index[T any](list *[]T, same func(T) bool, x T) (uint16, bool) {
	at := slices.IndexFunc(*list, same)
	if at < 0 {
		*list = append(*list, x)
		at = len(*list) - 1
	}
	return uint16(at), at <= math.MaxUint16
}

// divide makes a divisor of a number.
func (in *quick) divide(by uint64) {
	in.by = fixed.NewDivider(by)
	in.short, in.near = in.by.Short(), in.by.Near()
}

// encode writes a step.
func (f *flattener) encode(out *flat, s *step) (in quick, ok bool) {
	in = quick{op: s.op, dst: uint8(s.reg), k0: s.k[0], k1: s.k[1], k2: s.k[2]}
	for i, a := range s.args {
		r := uint8(f.steps[a].reg)
		switch i {
		case 0:
			in.a = r
		case 1:
			in.b = r
		case 2:
			in.c = r
		}
	}
	ok = true
	switch s.op {
	case qCall:
		n := f.g.at(s.node)
		call, fits := f.p.encode(f.g, n, s.reg, func(id nodeID) int32 { return f.steps[f.at[id]].reg })
		if !fits || len(out.calls) > math.MaxUint16 {
			return in, false
		}
		in = quick{op: qCall, x: uint16(len(out.calls)), c: uint8(truth(n.frame == frRow))}
		out.calls = append(out.calls, call)
	case qRound, qMulRound, qSumRound:
		h, _ := s.mode.Halves(uint64(s.k[1]))
		in.divide(uint64(s.k[1]))
		in.k1, in.tie, in.x = int64(h.Add), h.Tie, uint16(s.mode)
	case qSteps, qStepsRow:
		in.divide(uint64(s.k[0]))
	case qInSet:
		if set := s.marks.in; len(set) <= 63 {
			for i, on := range set {
				if on {
					in.k0 |= 1 << i
				}
			}
		} else {
			in.op = qMarks
			in.x, ok = index(&out.marks, func(m []bool) bool { return &m[0] == &set[0] }, set)
		}
	case qFind:
		in.of, in.c = &operand{find: s.find}, uint8(truth(s.must))
		if len(s.find.thin) == 0 {
			in.op = qLook
		}
	case qFindCell:
		in.of, in.c = &operand{find: s.find, cells: s.cells, most: boundOf(s.cells.k)}, 1
	case qCell, qCellAt, qCell2, qCellOK:
		in.of = &operand{cells: s.cells, most: boundOf(s.cells.k)}
	case qWeight, qVolume, qSize:
		in.of = &operand{weights: &f.p.units.weight, lengths: &f.p.units.length}
	case qAges:
		in.of = &operand{ages: s.ages}
		in.b = uint8(len(s.args))
	case qStays:
		in.b = uint8(s.k[0])
	case qCode:
		in.x, ok = index(&out.codes, func(x *codes) bool { return x == s.codes }, s.codes)
		in.c = uint8(truth(s.must))
	}
	return in, ok
}
