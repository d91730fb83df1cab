package engine

import (
	"math/big"

	"github.com/overseaswarehouse/overseas/internal/fixed"
	"github.com/overseaswarehouse/overseas/internal/ratecard"
	"github.com/overseaswarehouse/overseas/internal/units"
)

// Form says what a step of an explanation does with its arguments.
type Form uint8

// The forms.
const (
	FormGiven    Form = iota + 1 // what the event says; Written as it says it
	FormNotGiven                 // a size that the event does not say and that was left out
	FormFixed                    // an amount or number of the card
	FormNothing                  // 0, for its conditions do not hold
	FormCharge                   // another charge of the card, explained on its own line
	FormSum                      // the sum of the arguments
	FormSumRows                  // the sum over the rows of the event; Row tells which
	FormSumItems                 // the sum over the goods in a piece
	FormTimes                    // the argument times Count equal pieces
	FormProduct                  // the first argument times the second
	FormScaled                   // the argument times Factor
	FormRatio                    // the argument times, or over, the ratio of Term
	FormGreatest                 // the greatest of the arguments
	FormLess                     // the argument less At, or less the second argument, not below zero
	FormRaised                   // the argument raised to a minimum
	FormLowered                  // the argument lowered to a maximum
	FormStepped                  // the argument rounded up to a multiple of At, a rest up to Slack dropped
	FormRounded                  // the argument rounded to a multiple of To by Mode
	FormExcess                   // the first argument plus a share of what another exceeds it by
	FormPrice                    // a price of a table, found by Axes
	FormBands                    // a graduated price of the argument
	FormNext                     // a price of the argument, the next bracket's where that is cheaper
	FormOverTime                 // a price over Spans of time
	FormDuties                   // the caller's duty lines on the argument
	FormTopUp                    // what is missing from what was billed to At
)

// Step is one step of an explanation: the value of a step of the graph, in a unit that people read, with what it was made
// of. Steps that only change units do not show.
type Step struct {
	Form    Form
	Name    string   // of the measure, input, amount, charge or class
	Value   *big.Rat // exact, in Unit
	Unit    units.Unit
	Dim     units.Dim
	Percent bool // the value is a fraction that the card writes as a percentage
	Args    []*Step

	Written string // of FormGiven: the value with its unit as the event says it
	Row     int    // in a FormSumRows or FormSumItems: the row or item, from 0
	Count   int64  // equal pieces
	Rest    int    // rows that are summed up in the last argument
	Factor  *big.Rat
	Term    *ratecard.Term
	At      ratecard.Quantity // the threshold as the card writes it
	Slack   ratecard.Quantity
	To      *big.Rat
	Mode    fixed.Mode
	Share   *big.Rat
	Price   *ratecard.Price
	Axes    []AxisStep
	Spans   []SpanStep
	Bands   []BandStep
	Slot    *SlotStep
	Duties  []Duty
	Limit   *big.Rat // the minimum or maximum that decided, in Unit
	Place   Place
}

// Place tells equal steps apart: the same step in the same row and item has one Place.
type Place struct{ id, row, item int32 }

// Where is the row and item alone.
func (p Place) Where() Place { return Place{0, p.row, p.item} }

// Item reports whether the step is about goods inside a piece.
func (p Place) Item() bool { return p.item >= 0 }

// AxisStep is the place of an event on one axis of a table.
type AxisStep struct {
	Axis *ratecard.Axis
	Of   *Step  // the measured value; nil for a word
	Word string // the value of a choice, class, country or warehouse
	At   int    // the bracket or value of the axis
	Row  *ratecard.ClassRow
}

// SpanStep is a stretch of time at one price.
type SpanStep struct {
	From, To int32    // day numbers; To is the first day not in it
	Time     *big.Rat // in the price's unit of time
	Price    *big.Rat
	Quantity *big.Rat // of a price on all rows together: what was present, after free parts and minima
	Present  *big.Rat // the same before them
	Unit     units.Unit
	Axes     []AxisStep // the axes that change over time: stock age, season

	cell int
}

// BandStep is a stretch of a graduated price.
type BandStep struct {
	Band     *ratecard.Band
	From     *big.Rat // lower edge, in the unit of the measure
	Quantity *big.Rat // how much of the measure lies in it, or started multiples of the band's Each
	Price    *big.Rat
	Amount   *big.Rat
}

// SlotStep is the choice of a charge for a slot.
type SlotStep struct {
	Slot   *ratecard.Slot
	Fits   []string // the charges that fit, in the order of the card
	Amount []*big.Rat
	Taken  string // the charge that was taken

	others []*Step // what each of them comes to, where derivations are whole
}

// Event is what ran.
func (t *Trace) Event() *Event { return t.event }

// View is the derivation of a line; nil where the trace has no such line. At most rows rows of a sum are shown one by
// one, and the rest together.
func (t *Trace) View(l *Line, rows int) *Step {
	return t.derive(l, rows, false)
}

// derive is View; whole derives other charges where they are used, too.
func (t *Trace) derive(l *Line, rows int, whole bool) *Step {
	t.view.Lock()
	defer t.view.Unlock()
	v := t.viewer(rows, whole)
	if l.Total != nil {
		for i := range t.src.totals {
			x := &t.src.totals[i]
			if x.total != l.Total {
				continue
			}
			v.base = !v.whole
			sum := v.money(x.of, -1, -1)
			to, mode := (&compiler{card: v.card}).rounding(l.Total.Round)
			return &Step{Form: FormRounded, Dim: units.Money, Name: l.Total.Code, Args: []*Step{sum}, To: to, Mode: mode,
				Value: v.rat(x.rounded, -1, -1)}
		}
		return nil
	}
	for i := range t.src.lines {
		if x := &t.src.lines[i]; x.charge == l.Charge {
			return v.money(x.amount, -1, -1)
		}
	}
	return nil
}

// whole is the value of a step as the run left it.
func (t *Trace) whole(id nodeID, row, item int32) *big.Int {
	if t.program == nil {
		v, _ := t.slow.at(id, row, item)
		return v.BigInt()
	}
	r := int(t.program.reg[id])
	switch t.src.graph.at(id).frame {
	case frEvent:
		return big.NewInt(t.m.ev[r])
	case frRow:
		return big.NewInt(t.m.row[int(row)*t.program.size[frRow]+r])
	}
	return big.NewInt(t.m.item[int(item)*t.program.size[frItem]+r])
}

// viewer walks the graph of a trace from a line down to what the event says.
type viewer struct {
	t      *Trace
	g      *graph
	card   *ratecard.Card
	most   int
	prefer [units.Days + 1]units.Unit // the unit in which a dimension shows where nothing says more
	base   bool                       // other charges are named, not derived
	whole  bool                       // they are derived wherever they are used
}

func (t *Trace) viewer(rows int, whole bool) *viewer {
	v := &viewer{t: t, g: t.src.graph, card: t.src.card, most: max(rows, 1), whole: whole}
	v.prefer = v.units()
	return v
}

// want is how a value shows: its dimension and the unit of whoever uses it.
type want struct {
	dim   units.Dim
	unit  units.Unit
	price *ratecard.Price
}

// units chooses the unit of each dimension: that of the card, the first it uses.
func (v *viewer) units() (p [units.Days + 1]units.Unit) {
	walkUnits(v.card, func(u units.Unit) {
		if d := u.Dim(); d != units.None && p[d] == units.NoUnit {
			p[d] = u
		}
	})
	for d, u := range map[units.Dim]units.Unit{units.Weight: units.Kilogram, units.Length: units.Centimetre, units.Volume: units.CubicMetre} {
		if p[d] == units.NoUnit {
			p[d] = u
		}
	}
	p[units.Days] = units.Day
	return p
}

func (v *viewer) rat(id nodeID, row, item int32) *big.Rat {
	r := new(big.Rat).SetInt(v.t.whole(id, row, item))
	if u := v.g.at(id).unit; u != nil {
		r.Mul(r, u)
	}
	return r
}

func (v *viewer) holds(id nodeID, row, item int32) bool { return v.t.whole(id, row, item).Sign() != 0 }

func (v *viewer) index(id nodeID, row, item int32) int {
	n := v.t.whole(id, row, item)
	if !n.IsInt64() {
		return -1
	}
	return int(n.Int64())
}

func (v *viewer) money(id nodeID, row, item int32) *Step {
	return v.step(id, row, item, want{dim: units.Money})
}

// in expresses a value in base units in the unit of a want.
func (v *viewer) in(r *big.Rat, w want) (*big.Rat, units.Unit) {
	u := w.unit
	if u == units.NoUnit || u.Dim() != w.dim {
		u = v.prefer[w.dim]
	}
	if u == units.NoUnit {
		return r, u
	}
	return new(big.Rat).Quo(r, ratUnit(u)), u
}

// step is the view of a graph step in a row and item.
func (v *viewer) step(id nodeID, row, item int32, w want) *Step {
	n := v.g.at(id)
	switch n.frame {
	case frEvent:
		row, item = -1, -1
	case frRow:
		item = -1
	}
	named := v.g.names[id]
	if named.kind == nameCharge && v.base {
		s := v.made(id, row, item, w, FormCharge)
		s.Name = v.t.event.nameOf(v.card.Charge(named.name), named.name)
		return s
	}
	s := v.form(id, n, row, item, w)
	if named.kind == nameMeasure || named.kind == nameAmount {
		if s.Name == "" || s.Form != FormGiven {
			s.Name = named.name
		}
	}
	return s
}

// made is a step with its value in the unit wanted.
func (v *viewer) made(id nodeID, row, item int32, w want, f Form, args ...*Step) *Step {
	s := &Step{Form: f, Dim: w.dim, Args: args, Price: w.price, Place: Place{int32(id), row, item}}
	s.Value, s.Unit = v.in(v.rat(id, row, item), w)
	return s
}

func (v *viewer) form(id nodeID, n *node, row, item int32, w want) *Step {
	made := func(f Form, args ...*Step) *Step { return v.made(id, row, item, w, f, args...) }
	arg := func(i int) *Step { return v.step(n.args[i], row, item, w) }
	switch n.op {
	case opMulK, opToRow, opToItem, opRequire:
		return arg(0)
	case opRename:
		return v.rename(id, n, row, item, w)
	case opConst:
		if w.price != nil {
			return v.price(id, row, item, w, nil)
		}
		return made(FormFixed)
	case opCell:
		p, _ := n.label.src.(*ratecard.Price)
		if w.price == nil {
			w.price = p
		}
		return v.price(id, row, item, w, v.axes(p, n.args[0], nil, row, item))
	case opMul:
		return v.product(id, n, row, item, w)
	case opAdd:
		if e, ok := n.label.src.(*ratecard.Excess); ok {
			s := made(FormExcess, arg(0), arg(1))
			s.Share = ratOf(e.Share)
			return s
		}
		args := v.flat(id, opAdd, row, item, w)
		if len(args) == 1 {
			return args[0]
		}
		return made(FormSum, args...)
	case opMax:
		return made(FormGreatest, v.flat(id, opMax, row, item, w)...)
	case opSub:
		return made(FormLess, arg(0), arg(1))
	case opSubK:
		s := made(FormLess, arg(0))
		s.At = n.label.at
		return s
	case opMaxK, opMinK:
		return v.bounded(id, n, row, item, w)
	case opRound:
		s := made(FormRounded, arg(0))
		s.To, _ = v.in(n.unit, w)
		s.Mode, s.At = n.mode, n.label.at
		return s
	case opSteps:
		s := made(FormStepped, arg(0))
		s.At = n.label.at
		switch src := n.label.src.(type) {
		case *ratecard.Step:
			s.Slack = src.Tolerance
		case *ratecard.Price:
			s.Price = src
		}
		return s
	case opGate:
		if !v.holds(n.args[1], row, item) {
			return made(FormNothing)
		}
		s := arg(0)
		v.slot(s, n.args[1], row, item)
		return s
	case opSumRows, opSumItems:
		return v.sum(id, n, row, w)
	case opTimesRow:
		s := arg(0)
		count := v.t.event.Rows[row].Count
		if count == 1 {
			return s
		}
		s = made(FormTimes, s)
		s.Count = count
		return s
	case opLevy:
		s := made(FormDuties, v.money(n.args[0], row, item))
		s.Name = n.label.name
		t := n.aux.(*levy)
		for _, d := range v.t.event.Rows[row].Duties {
			if t.pos == 0 || t.pos == d.Levy {
				s.Duties = append(s.Duties, d)
			}
		}
		return s
	case opBands:
		return v.bands(id, n, row, item, w)
	case opNext:
		return v.next(id, n, row, item, w)
	case opTimed, opPick:
		return v.timed(id, n, row, item, w)
	case opSweep:
		return v.sweep(id, n, w)
	case opTopUp:
		t := n.aux.(*topUp)
		s := made(FormTopUp)
		s.Limit = ratOf(t.charge.TopUp.To)
		s.Args = []*Step{{Form: FormGiven, Name: "billed", Dim: units.Money, Value: v.billed(t)}}
		return s
	}
	return v.leaf(id, n, row, item, w)
}

// billed is what counts towards a minimum bill.
func (v *viewer) billed(t *topUp) *big.Rat {
	sum := new(big.Rat)
	for i := range v.t.event.Billed {
		if b := &v.t.event.Billed[i]; t.counts(b) {
			sum.Add(sum, ratOf(b.Amount))
		}
	}
	return sum
}

// rename is a factor of the card, or a mere change of unit, which does not show.
func (v *viewer) rename(id nodeID, n *node, row, item int32, w want) *Step {
	switch src := n.label.src.(type) {
	case *ratecard.Term:
		inner := want{dim: w.dim}
		if found, ok := v.card.Find(src.Of, v.t.event.Kind); ok {
			inner.dim = found.Dim
		}
		if src.Op == ratecard.Times {
			inner.unit = src.By.Den
		} else {
			inner.unit = src.By.Num
		}
		if w.unit == units.NoUnit {
			if src.Op == ratecard.Times {
				w.unit = src.By.Num
			} else {
				w.unit = src.By.Den
			}
		}
		s := v.made(id, row, item, w, FormRatio, v.step(n.args[0], row, item, inner))
		s.Term = src
		return s
	case scaled:
		s := v.made(id, row, item, w, FormScaled, v.step(n.args[0], row, item, w))
		s.Factor = new(big.Rat).Quo(n.unit, v.g.at(n.args[0]).unit)
		return s
	}
	return v.step(n.args[0], row, item, w)
}

// product is a quantity times a price, an amount times a percentage, or a size.
func (v *viewer) product(id nodeID, n *node, row, item int32, w want) *Step {
	made := func(args ...*Step) *Step { return v.made(id, row, item, w, FormProduct, args...) }
	var a, b *Step
	switch src := n.label.src.(type) {
	case *ratecard.Price:
		w.price = src
		priced := want{dim: units.Money, price: src}
		if src.Percent {
			a, b = v.ofBase(n.args[0], row, item), v.step(n.args[1], row, item, priced)
			break
		}
		if len(src.Bands) > 0 { // a graduated price per time
			a, b = v.money(n.args[0], row, item), v.step(n.args[1], row, item, want{dim: units.Number})
			break
		}
		q := want{dim: units.Number, unit: src.Unit.Unit}
		if found, ok := v.card.Find(src.Per, v.t.event.Kind); ok {
			q.dim = found.Dim
		}
		a, b = v.step(n.args[0], row, item, q), v.step(n.args[1], row, item, priced)
		if a.Name == "" {
			a.Name = src.Per
		}
	case *ratecard.Tax:
		a = v.ofBase(n.args[0], row, item)
		b = v.step(n.args[1], row, item, want{dim: units.Number})
		b.Percent = true
	case *ratecard.Charge:
		a, b = v.ofBase(n.args[0], row, item), v.step(n.args[1], row, item, want{dim: units.Number})
		b.Percent = true
	default: // sides of a volume
		l := want{dim: units.Length}
		if w.unit != units.NoUnit {
			l.unit = lengthOf(w.unit)
		}
		s := made()
		v.sides(s, id, row, item, l)
		return s
	}
	return made(a, b)
}

// ofBase is what a percentage is of: charges in it are named, for they have lines of their own.
func (v *viewer) ofBase(id nodeID, row, item int32) *Step {
	was := v.base
	v.base = !v.whole
	s := v.money(id, row, item)
	v.base = was
	return s
}

// sides collects the factors of a volume.
func (v *viewer) sides(s *Step, id nodeID, row, item int32, l want) {
	n := v.g.at(id)
	if n.op == opMul {
		v.sides(s, n.args[0], row, item, l)
		v.sides(s, n.args[1], row, item, l)
		return
	}
	s.Args = append(s.Args, v.step(id, row, item, l))
}

// lengthOf is the unit of length whose cube people think of with a volume.
func lengthOf(u units.Unit) units.Unit {
	switch u {
	case units.CubicInch:
		return units.Inch
	case units.CubicFoot:
		return units.Foot
	}
	return units.Centimetre
}

// flat lists the arguments of a chain of equal steps. What does not apply is left out where something else does.
func (v *viewer) flat(id nodeID, o op, row, item int32, w want) []*Step {
	var all []*Step
	var walk func(nodeID)
	walk = func(id nodeID) {
		n := v.g.at(id)
		switch _, named := v.g.names[id]; {
		case n.op == opMulK:
			if in := v.g.at(n.args[0]); in.op == o && in.label.src == nil {
				walk(n.args[0])
				return
			}
		case n.op == o && (n.label.src == nil || o == opMax) && !named:
			walk(n.args[0])
			walk(n.args[1])
			return
		}
		all = append(all, v.step(id, row, item, w))
	}
	n := v.g.at(id)
	walk(n.args[0])
	walk(n.args[1])
	var some []*Step
	for _, s := range all {
		if s.Form != FormNothing {
			some = append(some, s)
		}
	}
	if len(some) == 0 {
		return all[:1]
	}
	return some
}

// bounded is a value raised to a minimum or lowered to a maximum; the step shows only where the bound decided.
func (v *viewer) bounded(id nodeID, n *node, row, item int32, w want) *Step {
	s := v.step(n.args[0], row, item, w)
	if v.t.whole(id, row, item).Cmp(v.t.whole(n.args[0], row, item)) == 0 {
		return s
	}
	f := FormRaised
	if n.op == opMinK {
		f = FormLowered
	}
	s = v.made(id, row, item, w, f, s)
	s.At = n.label.at
	s.Limit = s.Value
	return s
}

// sum is a sum over rows or items; a single one shows as itself.
func (v *viewer) sum(id nodeID, n *node, row int32, w want) *Step {
	f, first, last := FormSumRows, int32(0), int32(len(v.t.event.Rows))
	if n.op == opSumItems {
		r := &v.t.event.Rows[row]
		f, first, last = FormSumItems, r.FirstItem, r.FirstItem+r.NumItem
	}
	at := func(i int32) *Step {
		if f == FormSumRows {
			return v.step(n.args[0], i, -1, w)
		}
		s := v.step(n.args[0], row, i, w)
		if count := v.t.event.Items[i].Count; count != 1 {
			r, u := v.in(v.rat(n.args[0], row, i), w)
			s = &Step{Form: FormTimes, Dim: w.dim, Args: []*Step{s}, Count: count, Value: r.Mul(r, new(big.Rat).SetInt64(count)), Unit: u,
				Place: Place{-int32(n.args[0]), row, i}} // no step of the graph
		}
		return s
	}
	if last-first == 1 {
		return at(first)
	}
	s := v.made(id, row, -1, w, f)
	shown := new(big.Rat)
	for i := first; i < last; i++ {
		if len(s.Args) == v.most {
			s.Rest = int(last - i)
			break
		}
		x := at(i)
		if x.Form == FormNothing {
			continue
		}
		shown.Add(shown, x.Value)
		s.Args = append(s.Args, &Step{Form: f, Row: int(i - first), Args: []*Step{x}, Value: x.Value, Unit: x.Unit, Dim: x.Dim, Place: x.Place})
	}
	switch {
	case s.Rest > 0:
		s.Args = append(s.Args, &Step{Form: FormFixed, Dim: w.dim, Unit: s.Unit, Value: shown.Sub(s.Value, shown)})
	case len(s.Args) == 0:
		s.Form = FormNothing
	}
	return s
}

// price is a price or a percentage of the card.
func (v *viewer) price(id nodeID, row, item int32, w want, axes []AxisStep) *Step {
	s := v.made(id, row, item, w, FormPrice)
	s.Axes = axes
	s.Percent = w.price != nil && w.price.Percent
	return s
}

// slot tells which charges of a slot could have been taken.
func (v *viewer) slot(s *Step, gate nodeID, row, item int32) {
	n := v.g.at(gate)
	if n.op != opIs || n.label.role != roleSlot {
		return
	}
	pick := v.g.at(n.args[0])
	t, ok := pick.aux.(*slot)
	if !ok {
		return
	}
	out := &SlotStep{Slot: t.slot}
	if at := v.index(n.args[0], row, item); at >= 0 && at < len(t.charges) {
		out.Taken = t.charges[at].Code
	}
	for i, fit := range t.fits {
		if v.holds(fit, row, item) {
			out.Fits = append(out.Fits, t.charges[i].Code)
			if len(t.amounts) > 0 {
				out.Amount = append(out.Amount, v.rat(t.amounts[i], row, item))
				if v.whole {
					out.others = append(out.others, v.money(t.amounts[i], row, item))
				}
			}
		}
	}
	s.Slot = out
}
