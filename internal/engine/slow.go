package engine

import (
	"math/big"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/overseaswarehouse/overseas/internal/fixed"
	"github.com/overseaswarehouse/overseas/internal/problem"
	"github.com/overseaswarehouse/overseas/internal/ratecard"
	"github.com/overseaswarehouse/overseas/internal/sorting"
	"github.com/overseaswarehouse/overseas/internal/units"
)

// whole is an integer of any size, held by shopspring/decimal with exponent 0.
type whole = decimal.Decimal

// wholeOf and wholeBig allocate, and are called in some fifty places: calls are smaller and no slower than in line.
//
//go:noinline
func wholeOf(n int64) whole { return decimal.New(n, 0) }

//go:noinline
func wholeBig(n *big.Int) whole { return decimal.NewFromBigInt(n, 0) }

func wholeTruth(b bool) whole     { return wholeOf(truth(b)) }
func clip(v whole) whole          { return larger(v, whole{}) }
func isTrue(v whole) bool         { return v.Sign() != 0 }
func position(v whole) int        { return int(v.IntPart()) }
func quo(a, b whole) (q, r whole) { return a.QuoRem(b, 0) }

func larger(a, b whole) whole {
	if b.Cmp(a) > 0 {
		return b
	}
	return a
}

func smaller(a, b whole) whole {
	if b.Cmp(a) < 0 {
		return b
	}
	return a
}

// holds reports whether a comparison that came out negative, zero or positive is what the step asks for.
func holds(o op, order int) bool {
	switch o {
	case opLess:
		return order < 0
	case opAtMost:
		return order <= 0
	case opMore:
		return order > 0
	case opAtLeast:
		return order >= 0
	}
	return order == 0
}

// slow evaluates a graph on demand. What no line needs is not asked for.
type slow struct {
	src     *graphResult
	bases   bases
	e       *Event
	memo    map[place]outcome
	into    *problem.List
	seen    []string // problems filed, by code, place and text
	failed  []place  // steps of memo that filed a problem, in order
	unsized bool
}

// place is a step in a row and item; -1 where the frame is wider.
type place struct {
	id        nodeID
	row, item int32
}

type outcome struct {
	v    whole
	many []whole
	ok   bool
}

func newSlow(src *graphResult, b bases, e *Event, into *problem.List) *slow {
	return &slow{src: src, bases: b, e: e, memo: map[place]outcome{}, into: into}
}

// file adds a problem once.
func (s *slow) file(p problem.Problem) {
	key := string(p.Code) + "\x00" + p.Path + "\x00" + p.Text
	if !slices.Contains(s.seen, key) {
		s.seen = append(s.seen, key)
		s.into.Add(p)
	}
}

// at evaluates a step; ok is false when a problem has been filed.
//
//go:noinline
func (s *slow) at(id nodeID, row, item int32) (whole, bool) {
	o := s.outcome(id, row, item)
	return o.v, o.ok
}

func (s *slow) outcome(id nodeID, row, item int32) outcome {
	n := s.src.graph.at(id)
	switch n.frame {
	case frEvent:
		row, item = -1, -1
	case frRow:
		item = -1
	}
	key := place{id, row, item}
	if o, ok := s.memo[key]; ok {
		return o
	}
	o := s.eval(n, row, item)
	s.memo[key] = o
	if !o.ok {
		s.failed = append(s.failed, key)
	}
	return o
}

func (s *slow) eval(n *node, row, item int32) outcome {
	one := func(v whole) outcome { return outcome{v: v, ok: true} }
	switch n.op {
	case opAnyRow:
		return s.settled(true, len(s.e.Rows), func(i int) (whole, bool) { return s.at(n.args[0], int32(i), -1) })
	case opSumRows:
		sum := whole{}
		for r := range s.e.Rows {
			v, ok := s.at(n.args[0], int32(r), -1)
			if !ok {
				return outcome{}
			}
			sum = sum.Add(v)
		}
		return one(sum)
	case opSumItems, opAnyItem:
		r := &s.e.Rows[row]
		if r.undescribed() {
			v, ok := s.missing("goods", row, -1)
			return outcome{v: v, ok: ok}
		}
		if n.op == opAnyItem {
			return s.settled(true, int(r.NumItem), func(i int) (whole, bool) { return s.at(n.args[0], row, r.FirstItem+int32(i)) })
		}
		sum := whole{}
		for k := r.FirstItem; k < r.FirstItem+r.NumItem; k++ {
			v, ok := s.at(n.args[0], row, k)
			if !ok {
				return outcome{}
			}
			sum = sum.Add(v.Mul(wholeOf(s.e.Items[k].Count)))
		}
		return one(sum)
	case opGate: // what is not asked for need not be known
		gate, ok := s.at(n.args[1], row, item)
		if !ok {
			return outcome{}
		}
		if !isTrue(gate) {
			return one(whole{})
		}
		v, ok := s.at(n.args[0], row, item)
		return outcome{v: v, ok: ok}
	case opAnd:
		return s.settled(false, len(n.args), func(i int) (whole, bool) { return s.at(n.args[i], row, item) })
	case opImplies:
		a, ok := s.at(n.args[0], row, item)
		if !ok || !isTrue(a) {
			return outcome{v: wholeOf(1), ok: ok}
		}
		return s.outcome(n.args[1], row, item)
	case opFirst:
		for i, a := range n.args {
			v, ok := s.at(a, row, item)
			if !ok {
				return outcome{}
			}
			if isTrue(v) {
				return one(wholeOf(int64(i)))
			}
		}
		return one(wholeOf(-1))
	case opRequire:
		if len(n.args) > 1 {
			v, ok := s.at(n.args[1], row, item)
			if !ok || !isTrue(v) {
				return outcome{v: wholeOf(1), ok: ok}
			}
		}
		v, ok := s.at(n.args[0], row, item)
		if ok && !isTrue(v) {
			s.refuse(n.label.name)
			s.explain(n.args[0], row, item, n.label.name)
			ok = false
		}
		return outcome{v: wholeOf(1), ok: ok}
	case opSlot:
		return s.slot(n, row, item)
	case opTimed:
		return s.timed(n, row)
	case opStays:
		var r *Row
		if row >= 0 {
			r = &s.e.Rows[row]
		}
		w := n.aux.(*clock).line.begin(s.e.span(r))
		return one(wholeTruth(w.next()))
	case opSweep:
		return s.sweep(n)
	}
	if n.op == opLevy {
		base, ok := s.at(n.args[0], row, -1)
		if !ok {
			return outcome{}
		}
		v, ok := s.levy(n.aux.(*levy), s.e.Rows[row].Duties, base)
		return outcome{v: v, ok: ok}
	}
	args := make([]whole, len(n.args))
	if n.op == opPick {
		o := s.outcome(n.args[0], row, item)
		if !o.ok {
			return outcome{}
		}
		return one(o.many[n.k[0].Int64()])
	}
	for i, a := range n.args {
		v, ok := s.at(a, row, item)
		if !ok {
			return outcome{}
		}
		args[i] = v
	}
	if v, ok := s.arithmetic(n, args, row); ok {
		return one(v)
	}
	v, ok := s.leaf(n, row, item)
	return outcome{v: v, ok: ok}
}

// settled joins n truth values, of which one that is by decides. What is not known does not matter then, whatever the
// order: its problems are withdrawn.
func (s *slow) settled(by bool, n int, at func(int) (whole, bool)) outcome {
	filed, seen, failed, unsized := *s.into, len(s.seen), len(s.failed), s.unsized
	known := true
	for i := range n {
		v, ok := at(i)
		if ok && isTrue(v) == by {
			*s.into, s.seen = filed, s.seen[:seen]
			for _, key := range s.failed[failed:] {
				delete(s.memo, key)
			}
			s.failed = s.failed[:failed]
			if !known {
				s.unsized = unsized
			}
			return outcome{v: wholeTruth(by), ok: true}
		}
		known = known && ok
	}
	return outcome{v: wholeTruth(!by), ok: known}
}

// arithmetic evaluates the steps that look only at their arguments.
func (s *slow) arithmetic(n *node, a []whole, row int32) (whole, bool) {
	var k [2]whole
	for i, c := range n.k {
		if c != nil {
			k[i] = wholeBig(c)
		}
	}
	switch n.op {
	case opConst:
		return k[0], true
	case opRename, opToRow, opToItem:
		return a[0], true
	case opMulK:
		return a[0].Mul(k[0]), true
	case opMul:
		return a[0].Mul(a[1]), true
	case opAdd:
		return a[0].Add(a[1]), true
	case opSub:
		return clip(a[0].Sub(a[1])), true
	case opSubK:
		return clip(a[0].Sub(k[0])), true
	case opMax:
		return larger(a[0], a[1]), true
	case opMin:
		return smaller(a[0], a[1]), true
	case opMaxK:
		return larger(a[0], k[0]), true
	case opMinK:
		return smaller(a[0], k[0]), true
	case opRound:
		return roundQuo(a[0].Mul(k[0]), k[1], n.mode), true
	case opSteps:
		return started(a[0], k[0], k[1]), true
	case opLess, opAtMost, opMore, opAtLeast, opIs:
		return wholeTruth(holds(n.op, a[0].Cmp(k[0]))), true
	case opNot:
		return wholeTruth(!isTrue(a[0])), true
	case opInSet:
		in := n.aux.(*marks).in
		at := position(a[0])
		return wholeTruth(at >= 0 && at < len(in) && in[at]), true
	case opBracket:
		return wholeOf(n.aux.(*edges).placeBig(a[0])), true
	case opRemap:
		if at := position(a[0]); at >= 0 {
			return wholeOf(int64(n.aux.(*remap).to[at])), true
		}
		return wholeOf(-1), true
	case opStride:
		if a[0].Sign() < 0 || a[1].Sign() < 0 {
			return wholeOf(-1), true
		}
		return a[0].Mul(k[0]).Add(a[1]), true
	case opCell:
		if at := position(a[0]); at >= 0 {
			return n.aux.(*cells).at(at), true
		}
		return whole{}, true
	case opCellOK:
		at := position(a[0])
		return wholeTruth(at >= 0 && !n.aux.(*cells).none[at]), true
	case opBands:
		at := 0
		if len(a) > 1 {
			at = position(a[1])
		}
		return n.aux.(*bands).slow(a[0], at), true
	case opNext:
		return n.aux.(*nextTable).slow(a[0], position(a[1])), true
	case opTimesRow:
		return a[0].Mul(wholeOf(s.e.Rows[row].Count)), true
	}
	return whole{}, false
}

// roundQuo is a / b rounded to a whole number.
func roundQuo(a, b whole, mode fixed.Mode) whole {
	q, r := quo(a, b)
	if r.Sign() == 0 {
		return q
	}
	sign := int64(a.Sign())
	half := r.Abs().Mul(wholeOf(2)).Cmp(b)
	away := false
	switch mode {
	case fixed.HalfUp:
		away = half >= 0
	case fixed.HalfDown:
		away = half > 0
	case fixed.HalfEven:
		_, odd := quo(q, wholeOf(2))
		away = half > 0 || half == 0 && odd.Sign() != 0
	case fixed.Up:
		away = true
	case fixed.Ceiling:
		away = sign > 0
	case fixed.Floor:
		away = sign < 0
	}
	if away {
		q = q.Add(wholeOf(sign))
	}
	return q
}

func started(a, step, tolerance whole) whole {
	q, r := quo(a, step)
	if r.Cmp(tolerance) > 0 {
		q = q.Add(wholeOf(1))
	}
	return q
}

func (e *edges) placeBig(x whole) int64 {
	strict := e.edge == ratecard.UpTo || e.edge == ratecard.Over
	lo, hi := 0, len(e.big)
	for lo < hi {
		mid := (lo + hi) / 2
		c := wholeBig(e.big[mid]).Cmp(x)
		if c < 0 || !strict && c == 0 {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return e.bracketOf(lo)
}

func (t *cells) at(i int) whole {
	if t.big != nil && t.big[i] != nil {
		return wholeBig(t.big[i])
	}
	return wholeOf(t.k[i])
}

func (t *bands) slow(x whole, variant int) whole {
	sum := whole{}
	if variant < 0 {
		return sum
	}
	for i := range t.list {
		b := &t.list[i]
		lower := wholeBig(b.lower)
		if x.Cmp(lower) <= 0 {
			break
		}
		n := wholeOf(1)
		if b.kind != bandFlat {
			n = x
			if b.upper != nil {
				n = smaller(n, wholeBig(b.upper))
			}
			n = n.Sub(lower)
		}
		if b.kind == bandStarted {
			n = started(n, wholeBig(b.each), whole{})
		}
		sum = sum.Add(n.Mul(wholeBig(b.price[variant])))
	}
	return sum
}

func (t *nextTable) slow(q whole, at int) whole {
	if at < 0 {
		return whole{}
	}
	best := q.Mul(t.cells.at(at))
	for i := at/t.inner%t.outer + 1; i < t.outer; i++ {
		at += t.inner
		edge := i
		if t.edges.edge == ratecard.UpTo || t.edges.edge == ratecard.Below {
			edge = i - 1
		}
		if t.cells.none != nil && t.cells.none[at] {
			continue
		}
		best = smaller(best, larger(q, wholeBig(t.edges.big[edge])).Mul(t.cells.at(at)))
	}
	return best
}

// leaf evaluates what the event says.
func (s *slow) leaf(n *node, row, item int32) (whole, bool) {
	var r *Row
	var it *Item
	if row >= 0 {
		r = &s.e.Rows[row]
	}
	if item >= 0 {
		it = &s.e.Items[item]
	}
	optional := n.k[1] != nil && n.op != opRound && n.op != opSteps
	switch n.op {
	case opWeight:
		q := &r.Weight
		if it != nil {
			q = &it.Weight
		}
		if q.Unit == units.NoUnit {
			return s.missing("weight", row, item)
		}
		return s.load(q, s.bases.weight), true
	case opVolume:
		sides, volume := &r.Length, &r.Volume
		if it != nil {
			sides, volume = &it.Length, &it.Volume
		}
		switch {
		case sides[0].Unit != units.NoUnit:
			v := wholeOf(1)
			for i := range sides {
				v = v.Mul(s.load(&sides[i], s.bases.length))
			}
			return v, true
		case volume.Unit != units.NoUnit:
			return s.load(volume, s.bases.volume), true
		case optional:
			s.unsized = true
			return whole{}, true
		}
		return s.missing("size", row, item)
	case opSide:
		sides := &r.Length
		if it != nil {
			sides = &it.Length
		}
		if sides[0].Unit == units.NoUnit {
			if optional {
				s.unsized = true
				return whole{}, true
			}
			return s.missing("size", row, item)
		}
		var v [3]whole
		for i := range sides {
			v[i] = s.load(&sides[i], s.bases.length)
		}
		for _, pair := range [...][2]int{{0, 1}, {1, 2}, {0, 1}} {
			if a, b := pair[0], pair[1]; v[a].Cmp(v[b]) < 0 {
				v[a], v[b] = v[b], v[a]
			}
		}
		return v[n.k[0].Int64()], true
	case opUnits:
		if !r.HasUnits {
			return s.missing("units", row, item)
		}
		return wholeOf(r.Units), true
	case opValue:
		d, ok := r.Value, r.HasValue
		if it != nil {
			d, ok = it.Value, it.HasValue
		}
		if !ok {
			return s.missing("value", row, item)
		}
		return s.scaled(d, 6, "value")
	case opMoney:
		return s.scaled(r.Money[n.k[0].Int64()], uint8(n.k[1].Int64()), n.label.name)
	case opInputNum:
		return s.number(n.aux.(*answer), r, it)
	case opInputPos:
		in := n.aux.(*answer).input
		text, ok := s.e.answer(in, r, it)
		if !ok {
			s.file(problem.New(problem.InputMissing, in.Name, in.Values...).At(s.src.card.ID))
			return whole{}, false
		}
		at := indexOf(in.Values, text)
		if at < 0 {
			s.file(problem.New(problem.UnknownValue, text, in.Values...).At(s.src.card.ID + "/" + in.Name))
			return whole{}, false
		}
		return wholeOf(int64(at)), true
	case opCountryPos:
		if s.e.Country.String() == "" {
			return s.missing("country", -1, -1)
		}
		return wholeOf(n.aux.(*places).find(s.e.Country)), true
	case opPlacePos:
		if s.e.Warehouse == "" {
			return s.missing("warehouse", -1, -1)
		}
		return wholeOf(int64(indexOf(n.aux.(*names).list, s.e.Warehouse))), true
	case opPostal:
		on, ok := n.aux.(*postal).match(s.e.PostalCode)
		if !ok {
			return s.missing("postal_code", -1, -1)
		}
		return wholeTruth(on), true
	case opDate:
		if s.e.Date.IsZero() {
			return s.missing("date", -1, -1)
		}
		return wholeTruth(n.aux.(*days).holds(s.e.Date)), true
	case opDatePos:
		if s.e.Date.IsZero() {
			return s.missing("date", -1, -1)
		}
		return wholeOf(n.aux.(*periods).find(s.e)), true
	case opTopUp:
		t := n.aux.(*topUp)
		sum := whole{}
		for i := range s.e.Billed {
			if t.counts(&s.e.Billed[i]) {
				v, ok := s.scaled(s.e.Billed[i].Amount, t.scale, "billed")
				if !ok {
					return whole{}, false
				}
				sum = sum.Add(v)
			}
		}
		return clip(wholeBig(t.to).Sub(sum)), true
	}
	return whole{}, false
}

// rowWords are what events call their rows.
var rowWords = [ratecard.EventCount]string{
	ratecard.Consign: "cartons", ratecard.Import: "lines", ratecard.Receive: "cartons", ratecard.Store: "lots",
	ratecard.Order: "parcels", ratecard.Return: "parcels", ratecard.Remove: "goods", ratecard.PeriodEnd: "rows",
}

// missing files what the event does not say.
func (s *slow) missing(what string, row, item int32) (whole, bool) {
	at := s.src.card.ID
	if row >= 0 {
		at += "/" + rowWords[s.e.Kind] + "/" + itoa(int(row))
	}
	if item >= 0 {
		at += "/goods/" + itoa(int(item-s.e.Rows[row].FirstItem))
	}
	s.file(problem.New(problem.InputMissing, what).At(at))
	return whole{}, false
}

// load expresses a written quantity in a unit fine enough for all of them.
func (s *slow) load(q *Quantity, unit *big.Rat) whole {
	r := new(big.Rat).Mul(new(big.Rat).SetInt64(q.Coef), pow10(-int(q.Scale)))
	r.Mul(r, ratUnit(q.Unit))
	r.Quo(r, unit)
	return wholeBig(r.Num())
}

// scaled is a decimal as a whole number of 10^-scale; more decimals than that are refused.
func (s *slow) scaled(d fixed.Decimal, scale uint8, what string) (whole, bool) {
	v, ok := micros(d, scale)
	if ok {
		return wholeOf(v), true
	}
	if d.Scale <= scale {
		return wholeOf(d.Coef).Mul(wholeBig(tens(int(scale - d.Scale)))), true
	}
	s.file(problem.New(problem.NumberPrecision, d.String(), itoa(int(scale))).At(s.src.card.ID + "/" + what))
	return whole{}, false
}

// levy is what duty lines come to on a base.
func (s *slow) levy(t *levy, duties []Duty, base whole) (sum whole, ok bool) {
	part := func(p *DutyPart) whole {
		rate, ok1 := s.scaled(p.Percent, t.rate, "duties")
		amount, ok2 := s.scaled(p.Amount, t.amount, "duties")
		ok = ok && ok1 && ok2
		return base.Mul(rate).Add(amount.Mul(wholeBig(t.mult)))
	}
	ok = true
	for i := range duties {
		d := &duties[i]
		if t.pos != 0 && d.Levy != t.pos {
			continue
		}
		v := part(&d.Part)
		if d.Least != nil {
			v = larger(v, part(d.Least))
		}
		if d.Most != nil {
			v = smaller(v, part(d.Most))
		}
		sum = sum.Add(clip(v))
	}
	return sum, ok
}

func (s *slow) number(a *answer, r *Row, it *Item) (whole, bool) {
	text, ok := s.e.answer(a.input, r, it)
	at := s.src.card.ID + "/" + a.input.Name
	if !ok {
		s.file(problem.New(problem.InputMissing, a.input.Name, a.input.Kind.String()).At(s.src.card.ID))
		return whole{}, false
	}
	d, code := fixed.Scan(text)
	switch {
	case code != "":
		s.file(problem.New(code, text, a.input.Kind.String()).At(at))
		return whole{}, false
	case d.Coef < 0:
		s.file(problem.New(problem.Negative, text, a.input.Kind.String()).At(at))
		return whole{}, false
	case a.input.Kind == ratecard.Count && d.Normalize().Scale > 0:
		s.file(problem.New(problem.NotInteger, text, a.input.Kind.String()).At(at))
		return whole{}, false
	}
	return s.scaled(d, a.decimal, a.input.Name)
}

func (s *slow) slot(n *node, row, item int32) outcome {
	t := n.aux.(*slot)
	best := -1
	var amount whole
	var fitting []string
	for i, fit := range t.fits {
		v, ok := s.at(fit, row, item)
		if !ok {
			return outcome{}
		}
		if !isTrue(v) {
			continue
		}
		fitting = append(fitting, t.charges[i].Code)
		switch t.slot.Take {
		case ratecard.Greatest, ratecard.Least:
			a, ok := s.at(t.amounts[i], row, item)
			if !ok {
				return outcome{}
			}
			c := a.Cmp(amount)
			if best < 0 || t.slot.Take == ratecard.Greatest && c > 0 || t.slot.Take == ratecard.Least && c < 0 {
				best, amount = i, a
			}
		default:
			if best < 0 {
				best = i
			}
		}
		if t.slot.Take == ratecard.First {
			break // what follows need not be known
		}
	}
	if t.slot.Take == ratecard.One && len(fitting) > 1 {
		s.file(problem.New(problem.Ambiguous, t.slot.Name, fitting...).At(s.src.card.ID))
		return outcome{}
	}
	if best < 0 && !t.slot.Optional {
		s.refuse(t.slot.Name)
		for i, fit := range t.fits {
			s.explain(fit, row, item, t.charges[i].Code)
		}
		return outcome{}
	}
	return outcome{v: wholeOf(int64(best)), ok: true}
}

func (s *slow) timed(n *node, row int32) outcome {
	clk := n.aux.(*clock)
	var r *Row
	if row >= 0 {
		r = &s.e.Rows[row]
	}
	arrived, from, to := s.e.span(r)
	w := clk.line.begin(arrived, from, to)
	out := outcome{ok: true}
	if len(clk.alts) > 0 {
		return s.joint(n, clk, &w, row)
	}
	base, known := 0, len(n.args) == 0
	for w.next() {
		if !known {
			v, ok := s.at(n.args[0], row, -1)
			if !ok {
				return outcome{}
			}
			base, known = position(v), true
		}
		if base < 0 || w.cell < 0 || clk.cells.none != nil && clk.cells.none[base+w.cell] {
			return s.noPriceOn(clk, &w)
		}
		out.v = out.v.Add(wholeOf(w.n).Mul(clk.cells.at(base + w.cell)))
	}
	return out
}

// joint fills a slot stretch by stretch.
func (s *slow) joint(n *node, clk *clock, w *walk, row int32) outcome {
	alts := len(clk.alts)
	out := outcome{ok: true, many: make([]whole, 2*alts)}
	for w.next() {
		at := -1
		var best whole
		fitting := 0
		for i := range clk.alts {
			a := &clk.alts[i]
			cell := a.line.cellOn(w.start, w.arrived)
			if cell < 0 {
				continue
			}
			fit, ok := s.at(n.args[3*i], row, -1)
			if !ok {
				return outcome{}
			}
			if !isTrue(fit) {
				continue
			}
			base, ok := s.at(n.args[3*i+2], row, -1)
			if !ok {
				return outcome{}
			}
			if base.Sign() < 0 || a.cells.none != nil && a.cells.none[position(base)+cell] {
				continue
			}
			per, ok := s.at(n.args[3*i+1], row, -1)
			if !ok {
				return outcome{}
			}
			v := per.Mul(a.cells.at(position(base) + cell)).Mul(wholeBig(a.mult)).Mul(wholeOf(w.n))
			if clk.beats(v.Cmp(best), at) {
				best, at = v, i
			}
			fitting++
			if clk.slot.Take == ratecard.First {
				break
			}
		}
		switch {
		case fitting > 1 && clk.slot.Take == ratecard.One:
			s.file(problem.New(problem.Ambiguous, clk.slot.Name).At(s.src.card.ID))
			return outcome{}
		case at < 0 && clk.slot.Optional:
		case at < 0:
			return s.noPriceOn(clk, w)
		default:
			out.many[at] = out.many[at].Add(best)
			out.many[alts+at] = wholeOf(1)
		}
	}
	return out
}

func (s *slow) noPriceOn(clk *clock, w *walk) outcome {
	s.refuse(clk.charge.Code)
	s.file(problem.New(problem.NoBracket, itoa(int(w.start-w.arrived))+" days").With("name", "age").At(s.src.card.ID + "/" + clk.charge.Code))
	return outcome{}
}

func (s *slow) sweep(n *node) outcome {
	t := n.aux.(*sweepTable)
	type change struct {
		day  int32
		rows int // that come, less those that go
		by   whole
	}
	var changes []change
	for i := range s.e.Rows {
		row := &s.e.Rows[i]
		from, to := max(row.From, s.e.From), min(row.To, s.e.To)
		if w := t.clock.line.begin(s.e.From, from, to); w.next() && row.Count > 0 {
			v, ok := s.at(n.args[0], int32(i), -1)
			if !ok {
				return outcome{}
			}
			changes = append(changes, change{from, 1, v}, change{to, -1, v.Neg()})
		}
	}
	changes = append(changes, change{day: s.e.To})
	sorting.Stable(len(changes), func(i, j int) bool { return changes[i].day < changes[j].day }, func(i, j int) { changes[i], changes[j] = changes[j], changes[i] })
	base := 0
	if len(n.args) > 1 {
		v, ok := s.at(n.args[1], -1, -1)
		if !ok {
			return outcome{}
		}
		base = position(v)
	}
	total, present, rows := whole{}, whole{}, 0
	day := s.e.From
	for _, c := range changes {
		if c.day > day {
			v := whole{}
			if rows > 0 { // there is no minimum on nothing
				v = t.afterBig(present)
			}
			w := t.clock.line.begin(s.e.From, day, c.day)
			for w.next() {
				if base < 0 || w.cell < 0 || t.clock.cells.none != nil && t.clock.cells.none[base+w.cell] {
					return s.noPriceOn(t.clock, &w)
				}
				total = total.Add(wholeOf(w.n).Mul(t.clock.cells.at(base + w.cell)).Mul(v))
			}
			day = c.day
		}
		present = present.Add(c.by)
		rows += c.rows
	}
	return outcome{v: total, ok: true}
}

func (t *sweepTable) afterBig(v whole) whole {
	for i := range t.post {
		s := &t.post[i]
		switch s.kind {
		case postLess:
			v = clip(v.Sub(wholeBig(s.n)))
		case postPlus:
			v = v.Add(wholeBig(s.n))
		case postKeep:
			v = roundQuo(v, wholeBig(s.n), s.mode).Mul(wholeBig(s.n))
		case postUp:
			v = started(v, wholeBig(s.n), wholeBig(s.m)).Mul(wholeBig(s.n))
		case postMin:
			v = larger(v, wholeBig(s.n))
		default:
			v = smaller(v, wholeBig(s.n))
		}
	}
	return v
}
