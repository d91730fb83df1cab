package engine

import (
	"iter"
	"math/big"
	"sync"

	"github.com/overseaswarehouse/overseas/internal/problem"
	"github.com/overseaswarehouse/overseas/internal/ratecard"
	"github.com/overseaswarehouse/overseas/internal/units"
)

// Program is a compiled card. It is immutable and safe for concurrent use.
type Program struct {
	Card   *ratecard.Card
	events [ratecard.EventCount]*eventProgram
}

// eventProgram is what a card charges for one event: the graph that defines it, the fast schedule, and the finer graph
// that the slow evaluator reads, made on its first use.
type eventProgram struct {
	src  *graphResult
	fast *program // nil: a constant of the card does not fit 64 bits
	all  *program // fast with every step kept, for explanations
	fine func() *graphResult
	// shared is the program over units that both systems of measures share, made when an event first needs it; nil as fast
	shared func() *program

	byRow bool // a step looks at a row
}

// Line is what one charge comes to.
type Line struct {
	Charge *ratecard.Charge
	Total  *ratecard.Total // set instead of Charge on a rounding line
	Coef   int64           // the amount is Coef / 10^Scale in the card's currency
	Scale  uint8
}

// Trace is a run with its values kept, for explanations.
type Trace struct {
	src     *graphResult
	program *program
	m       *Machine
	slow    *slow
	event   *Event
	view    sync.Mutex // a slow run evaluates what a view asks for
}

// Compile compiles a card; problems of the card that only show then go into the list.
func Compile(card *ratecard.Card, into *problem.List) *Program {
	p := &Program{Card: card}
	b := basesOf(card)
	units := newUnitTables(b)
	before := into.Len()
	for ev := ratecard.Consign; ev < ratecard.EventCount; ev++ {
		src := compileEvent(card, ev, b, into)
		if src == nil || into.Len() > before {
			continue
		}
		src.card = card
		all := schedule(src, units)
		p.events[ev] = &eventProgram{
			src: src, fast: all.flattened(), all: all, byRow: src.byRow(),
			shared: sync.OnceValue(func() *program {
				var none problem.List
				src := compileEvent(card, ev, sharedBases, &none)
				src.card = card
				return schedule(src, newUnitTables(sharedBases)).flattened()
			}),
			fine: sync.OnceValue(func() *graphResult {
				var none problem.List
				fine := compileEvent(card, ev, fineBases, &none)
				fine.card = card
				return fine
			}),
		}
	}
	return p
}

// flattened is the program with what runs faster and keeps no steps.
func (p *program) flattened() *program {
	if p == nil {
		return nil
	}
	q := *p
	q.one, q.many = flatten(p.src, p, true), flatten(p.src, p, false)
	return &q
}

// Prices reports whether the card charges anything for an event.
func (p *Program) Prices(ev ratecard.Event) bool {
	return ev < ratecard.EventCount && p.events[ev] != nil
}

// byRow reports whether a step that is needed looks at a row.
func (r *graphResult) byRow() bool {
	for id, live := range reachable(r) {
		if live && r.graph.nodes[id].frame != frEvent {
			return true
		}
	}
	return false
}

// ByRow reports whether the program of an event has charges by its rows: parcels, cartons, goods.
func (p *Program) ByRow(ev ratecard.Event) bool { return p.Prices(ev) && p.events[ev].byRow }

// Run prices an event and appends its lines to out. unsized reports that a volume or side was not known and the
// comparison with it left out. The error is a problem.Problems.
func (p *Program) Run(m *Machine, e *Event, out []Line) (lines []Line, unsized bool, err error) {
	ep := p.events[e.Kind]
	if ep == nil {
		return out, false, nil
	}
	if out, ok := ep.fast.price(m, e, out); ok {
		return out, m.unsized, nil
	}
	if e.measured() {
		if out, ok := ep.shared().price(m, e, out); ok {
			return out, m.unsized, nil
		}
	}
	s, out, err := ep.slowly(e, out)
	return out, s.unsized, err
}

// price appends the lines of an event; false, and out as it was, where the program gives up.
func (p *program) price(m *Machine, e *Event, out []Line) ([]Line, bool) {
	if p == nil || !p.fast(m, e) {
		return out, false
	}
	n := len(out)
	out, ok := p.collect(m, e, out)
	if !ok {
		return out[:n], false
	}
	return out, true
}

// measured reports whether something in an event is weighed or measured.
func (e *Event) measured() bool {
	for i := range e.Rows {
		if r := &e.Rows[i]; r.Weight.Unit != units.NoUnit || r.Volume.Unit != units.NoUnit || r.Length[0].Unit != units.NoUnit {
			return true
		}
	}
	for i := range e.Items {
		if it := &e.Items[i]; it.Weight.Unit != units.NoUnit || it.Volume.Unit != units.NoUnit || it.Length[0].Unit != units.NoUnit {
			return true
		}
	}
	return false
}

// Priced is what the lines of an event come to, in the order of [Program.Lines]. It is read off a machine, whose next run
// ends it.
type Priced struct {
	lines []lineReg
	r     *[256]int64
}

// At is what line i comes to, in its scale; billed is false where the event has no such line. The amount may have more
// than 18 digits: [Program.Run] says what is to be said then.
func (p Priced) At(i int) (coef int64, billed bool) {
	l := &p.lines[i]
	return p.r[uint8(l.amount)], l.applies < 0 || p.r[uint8(l.applies)] != 0
}

// Price is Run for the usual event, without a list of lines: ok is false where Run has to be asked.
func (p *Program) Price(m *Machine, e *Event) (lines Priced, ok bool) {
	ep := p.events[e.Kind]
	if ep == nil || ep.fast == nil {
		return Priced{}, false
	}
	f := ep.fast.many
	if len(e.Rows) == 1 {
		f = ep.fast.one
	}
	if f == nil || !f.plain {
		return Priced{}, false
	}
	m.unsized, m.ran = false, f
	return Priced{f.lines, m.registers()}, f.run(m, e)
}

// Quick is the program of an event of one row without goods inside, for who fills in that row himself. It runs nothing but
// the short way of [Program.Price]. It reads no values of goods and no facts: a program that does has none.
type Quick struct{ f *flat }

// Quick is the quick program of an event; ok is false where it has none.
func (p *Program) Quick(ev ratecard.Event) (q Quick, ok bool) {
	if !p.Prices(ev) || p.events[ev].fast == nil {
		return Quick{}, false
	}
	f := p.events[ev].fast.one
	if f == nil || !f.plain || len(f.pre) == 0 || f.calls != nil {
		return Quick{}, false
	}
	return Quick{f}, true
}

// Run prices the event, whose only row is given apart. It is false where Run of the program has to be asked.
func (q Quick) Run(m *Machine, e *Event, row *Row) bool {
	m.unsized = false
	r := m.registers()
	in, ok := exec(&q.f.pre[0], r, e, row)
	if in != nil && ok {
		return q.f.step(m, in, r, e, row) && (in.next == nil || q.f.exec(m, in.next, r, e, row))
	}
	return ok
}

// Register is where line i stands after a run.
func (q Quick) Register(i int) Register {
	l := &q.f.lines[i]
	return Register{uint8(l.amount), uint8(max(l.applies, 0)), l.applies < 0}
}

// Register is where an amount stands after a run, and the truth of there being one.
type Register struct {
	amount, applies uint8
	always          bool
}

// Always reports whether there always is the line.
func (at Register) Always() bool { return at.always }

// Registers are those of the last run of a [Quick].
func (m *Machine) Registers() Registers { return Registers{m.flat} }

// Registers are what a run leaves behind. The next one ends them.
type Registers struct{ r *[256]int64 }

// At is the amount of a line.
func (r Registers) At(at Register) int64 { return r.r[at.amount] }

// Billed reports whether there is the line.
func (r Registers) Billed(at Register) bool { return at.always || r.r[at.applies] != 0 }

// Unsized reports whether a volume or side was not known in the machine's last run and the comparison with it left out.
func (m *Machine) Unsized() bool { return m.unsized }

// Lines yields the charges that an event can have, each with the scale of its amounts, in the order of the lines of
// [Program.Price].
func (p *Program) Lines(ev ratecard.Event) iter.Seq2[*ratecard.Charge, uint8] {
	return func(yield func(*ratecard.Charge, uint8) bool) {
		if !p.Prices(ev) {
			return
		}
		for _, l := range p.events[ev].src.lines {
			if !yield(l.charge, l.scale) {
				return
			}
		}
	}
}

// Slow is Run by the slow evaluator alone, to check that both agree.
func (p *Program) Slow(e *Event, out []Line) ([]Line, error) {
	ep := p.events[e.Kind]
	if ep == nil {
		return out, nil
	}
	_, out, err := ep.slowly(e, out)
	return out, err
}

// Explain is Run with the values of every step kept.
func (p *Program) Explain(e *Event) (*Trace, []Line, bool, error) {
	ep := p.events[e.Kind]
	if ep == nil {
		return nil, nil, false, nil
	}
	if f := ep.all; f != nil {
		t := f.trace(e)
		if f.fast(t.m, e) {
			if lines, ok := f.collect(t.m, e, make([]Line, 0, len(f.lines)+len(f.totals))); ok {
				return t, lines, t.m.unsized, nil
			}
		}
	}
	s, out, err := ep.slowly(e, nil)
	return &Trace{src: s.src, slow: s, event: e}, out, s.unsized, err
}

// trace is an empty one of the event, with a machine whose registers are one piece of memory.
func (p *program) trace(e *Event) *Trace {
	room := &struct {
		Trace
		Machine
	}{}
	n, rows := p.size[frEvent], p.size[frRow]*len(e.Rows)
	all := make([]int64, n+rows+p.size[frItem]*len(e.Items))
	room.ev, room.row, room.item = all[:0:n], all[n:n:n+rows], all[n+rows:n+rows]
	room.src, room.program, room.m, room.event = p.src, p, &room.Machine, e
	return &room.Trace
}

// Card is the card whose program ran.
func (t *Trace) Card() *ratecard.Card { return t.src.card }

// RowAmounts lists what the charge of a line comes to in each row, in the line's scale; nil when it is billed for the
// event as a whole.
func (t *Trace) RowAmounts(ch *ratecard.Charge) []int64 {
	for i := range t.src.lines {
		l := &t.src.lines[i]
		if l.charge != ch || l.perRow == 0 {
			continue
		}
		out := make([]int64, len(t.event.Rows))
		for r := range out {
			if t.program != nil {
				out[r] = t.m.row[r*t.program.size[frRow]+int(t.program.lines[i].perRow)]
				continue
			}
			v, ok := t.slow.at(l.perRow, int32(r), -1)
			if !ok || !v.BigInt().IsInt64() {
				return nil
			}
			out[r] = v.IntPart()
		}
		return out
	}
	return nil
}

// Kept is what an amount that the card keeps comes to, exactly: in each row, nil where it has no value there, and for the
// event as a whole. A charge that the card keeps by its code comes in before it is rounded. ok is false where the card
// keeps no such amount.
func (t *Trace) Kept(name string) (rows []*big.Rat, sum *big.Rat, ok bool) {
	t.view.Lock()
	defer t.view.Unlock()
	for _, k := range t.src.kept {
		if k.name != name {
			continue
		}
		value := func(id nodeID, row int32) *big.Rat {
			r := new(big.Rat).SetInt(t.whole(id, row, -1))
			return r.Mul(r, t.src.graph.at(id).unit)
		}
		sum = new(big.Rat)
		if k.row != 0 {
			rows = make([]*big.Rat, len(t.event.Rows))
			for i := range rows {
				rows[i] = value(k.row, int32(i))
				sum.Add(sum, rows[i])
			}
		}
		if k.sum != 0 {
			sum = value(k.sum, -1)
		}
		return rows, sum, true
	}
	return nil, nil, false
}

// collect reads the lines off the registers.
func (p *program) collect(m *Machine, e *Event, out []Line) ([]Line, bool) {
	r, list, sums := m.ev, p.lines, p.totals
	if m.ran != nil {
		r, list, sums = m.flat[:], m.ran.lines, m.ran.totals
	}
	for i := range list {
		l := &list[i]
		if l.applies >= 0 && r[l.applies] == 0 {
			continue
		}
		v := r[l.amount]
		if !writable(v) {
			return out, false
		}
		ch := p.src.lines[i].charge
		if !e.bears(ch) {
			continue
		}
		out = append(out, Line{Charge: ch, Coef: v, Scale: p.src.lines[i].scale})
	}
	for i, t := range sums {
		d := r[t.rounded] - r[t.sum]
		if d == 0 {
			continue
		}
		if !writable(d) {
			return out, false
		}
		out = append(out, Line{Total: p.src.totals[i].total, Coef: d, Scale: p.src.totals[i].scale})
	}
	return out, true
}

// writable reports whether an amount has at most 18 digits.
func writable(v int64) bool { return -1e18 < v && v < 1e18 }

// slowly evaluates on demand; the error holds everything that is wrong with the event.
func (ep *eventProgram) slowly(e *Event, out []Line) (*slow, []Line, error) {
	src := ep.fine()
	var into problem.List
	s := newSlow(src, fineBases, e, &into)
	for _, id := range src.checks {
		s.everywhere(id)
	}
	for i := range src.lines {
		l := &src.lines[i]
		if !e.bears(l.charge) {
			continue
		}
		if l.applies != 0 {
			on, ok := s.at(l.applies, -1, -1)
			if !ok || !isTrue(on) {
				continue
			}
		}
		v, ok := s.at(l.amount, -1, -1)
		if !ok {
			continue
		}
		if !v.BigInt().IsInt64() || !writable(v.IntPart()) {
			s.file(problem.New(problem.Overflow, l.charge.Code).At(src.card.ID + "/" + l.charge.Code))
			continue
		}
		out = append(out, Line{Charge: l.charge, Coef: v.IntPart(), Scale: l.scale})
	}
	for i := range src.totals {
		t := &src.totals[i]
		sum, ok := s.at(t.sum, -1, -1)
		if !ok {
			continue
		}
		rounded, ok := s.at(t.rounded, -1, -1)
		if !ok {
			continue
		}
		if d := rounded.Sub(sum); d.Sign() != 0 {
			if !d.BigInt().IsInt64() {
				s.file(problem.New(problem.Overflow, t.total.Code).At(src.card.ID))
				continue
			}
			out = append(out, Line{Total: t.total, Coef: d.IntPart(), Scale: t.scale})
		}
	}
	return s, out, into.Err()
}

// everywhere evaluates a check in every row and item that it looks at.
func (s *slow) everywhere(id nodeID) {
	switch s.src.graph.at(id).frame {
	case frEvent:
		s.at(id, -1, -1)
	case frRow:
		for r := range s.e.Rows {
			s.at(id, int32(r), -1)
		}
	default:
		for r := range s.e.Rows {
			row := &s.e.Rows[r]
			for k := row.FirstItem; k < row.FirstItem+row.NumItem; k++ {
				s.at(id, int32(r), k)
			}
		}
	}
}

// Inputs lists the inputs that the program of an event reads, in the order of the card.
func (p *Program) Inputs(ev ratecard.Event) []*ratecard.Input {
	if !p.Prices(ev) {
		return nil
	}
	src := p.events[ev].src
	used := map[*ratecard.Input]bool{}
	for id, live := range reachable(src) {
		if a, ok := src.graph.nodes[id].aux.(*answer); live && ok {
			used[a.input] = true
		}
	}
	var list []*ratecard.Input
	for i := range p.Card.Inputs {
		if in := &p.Card.Inputs[i]; used[in] {
			list = append(list, in)
		}
	}
	return list
}
