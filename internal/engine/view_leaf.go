package engine

import (
	"math/big"

	"github.com/overseaswarehouse/overseas/internal/fixed"
	"github.com/overseaswarehouse/overseas/internal/ratecard"
	"github.com/overseaswarehouse/overseas/internal/units"
)

// leaf is what the event says, as it says it.
func (v *viewer) leaf(id nodeID, n *node, row, item int32, w want) *Step {
	var weight, volume Quantity
	var sides [3]Quantity
	switch {
	case item >= 0:
		it := &v.t.event.Items[item]
		weight, volume, sides = it.Weight, it.Volume, it.Length
	case row >= 0:
		r := &v.t.event.Rows[row]
		weight, volume, sides = r.Weight, r.Volume, r.Length
	}
	w.price = nil
	switch n.op {
	case opWeight:
		w.dim = units.Weight
	case opVolume:
		w.dim = units.Volume
	case opSide:
		w.dim = units.Length
		if w.unit.Dim() != units.Length {
			w.unit = sides[0].Unit
		}
	case opValue, opMoney:
		w.dim = units.Money
	case opUnits:
		w.dim = units.Number
	}
	s := v.made(id, row, item, w, FormGiven)
	s.Name = n.label.name
	switch n.op {
	case opWeight:
		s.Written = weight.String()
	case opVolume, opSide:
		switch {
		case sides[0].Unit != units.NoUnit && n.op == opVolume:
			s.Written = sizeText(sides)
		case volume.Unit != units.NoUnit && n.op == opVolume:
			s.Written = volume.String()
		case sides[0].Unit == units.NoUnit:
			s.Form = FormNotGiven
		}
	}
	return s
}

// String is the quantity as it was written.
func (q Quantity) String() string {
	if q.Unit == units.NoUnit {
		return ""
	}
	return fixed.Decimal{Coef: q.Coef, Scale: q.Scale}.String() + " " + q.Unit.String()
}

func sizeText(s [3]Quantity) string {
	return s[0].String() + " x " + s[1].String() + " x " + s[2].String()
}

// axes places the event on the axes of a price's table. skip tells which axes are those of time.
func (v *viewer) axes(p *ratecard.Price, pos nodeID, skip []bool, row, item int32) []AxisStep {
	if p == nil || pos == 0 {
		return nil
	}
	var nodes []nodeID
	if skip == nil {
		nodes = v.strides(pos)
	} else {
		for n := v.g.at(pos); n.op == opStride; n = v.g.at(n.args[1]) {
			nodes = append(nodes, n.args[0])
		}
	}
	var out []AxisStep
	for i := range p.By {
		if skip != nil && skip[i] {
			continue
		}
		if len(nodes) == 0 {
			break
		}
		out = append(out, v.axis(&p.By[i], nodes[0], row, item))
		nodes = nodes[1:]
	}
	return out
}

// strides lists the axes of a position in a table, in their order.
func (v *viewer) strides(pos nodeID) []nodeID {
	if n := v.g.at(pos); n.op == opStride {
		return append(v.strides(n.args[0]), n.args[1])
	}
	return []nodeID{pos}
}

func (v *viewer) axis(a *ratecard.Axis, id nodeID, row, item int32) AxisStep {
	out := AxisStep{Axis: a, At: v.index(id, row, item)}
	if out.At >= 0 && out.At < len(a.Values) {
		out.Word = a.Values[out.At]
	}
	n := v.g.at(id)
	for n.op == opToRow || n.op == opToItem || n.op == opRemap {
		id = n.args[0]
		n = v.g.at(id)
	}
	switch n.op {
	case opBracket:
		w := want{dim: units.Number}
		if found, ok := v.card.Find(a.Of.Name, v.t.event.Kind); ok {
			w.dim = found.Dim
		} else if v.card.Amount(a.Of.Name) != nil {
			w.dim = units.Money
		}
		if len(a.Edges) > 0 {
			w.unit = a.Edges[0].Unit
		}
		out.Of = v.step(n.args[0], row, item, w)
		if out.Of.Name == "" {
			out.Of.Name = a.Of.Name
		}
	case opFirst:
		if cl := v.card.Class(a.Of.Name); cl != nil {
			if at := v.index(id, row, item); at >= 0 && at < len(cl.Rows) {
				out.Row = &cl.Rows[at]
			}
		}
	}
	return out
}

// bands is a graduated price, band by band.
func (v *viewer) bands(id nodeID, n *node, row, item int32, w want) *Step {
	p, _ := n.label.src.(*ratecard.Price)
	t := n.aux.(*bands)
	s := v.made(id, row, item, w, FormBands)
	if p == nil {
		return s
	}
	x := want{dim: units.Number}
	if found, ok := v.card.Find(p.BandOf, v.t.event.Kind); ok {
		x.dim = found.Dim
	}
	for i := range p.Bands {
		if x.unit == units.NoUnit {
			x.unit = p.Bands[i].UpTo.Unit
		}
		if x.unit == units.NoUnit {
			x.unit = p.Bands[i].Each.Unit
		}
	}
	of := v.step(n.args[0], row, item, x)
	if of.Name == "" {
		of.Name = p.BandOf
	}
	s.Args, s.Price = []*Step{of}, p
	variant := 0
	if len(n.args) > 1 {
		s.Axes = v.axes(p, n.args[1], nil, row, item)
		variant = v.index(n.args[1], row, item)
	}
	value, unit := v.t.whole(n.args[0], row, item), v.g.at(n.args[0]).unit
	for i := range t.list {
		b := &t.list[i]
		if value.Cmp(b.lower) <= 0 || variant < 0 || variant >= len(b.price) {
			break
		}
		part := new(big.Int).Set(value)
		if b.upper != nil && part.Cmp(b.upper) > 0 {
			part.Set(b.upper)
		}
		part.Sub(part, b.lower)
		band := &p.Bands[i]
		out := BandStep{Band: band, Price: ratOf(band.Cells[min(variant, len(band.Cells)-1)].Value)}
		out.From, _ = v.in(new(big.Rat).Mul(new(big.Rat).SetInt(b.lower), unit), x)
		count := new(big.Int).Set(part)
		switch b.kind {
		case bandFlat:
			count.SetInt64(1)
			out.Quantity = big.NewRat(1, 1)
		case bandStarted:
			rest := new(big.Int)
			count.QuoRem(part, b.each, rest)
			if rest.Sign() > 0 {
				count.Add(count, intOne)
			}
			out.Quantity = new(big.Rat).SetInt(count)
		default:
			out.Quantity, _ = v.in(new(big.Rat).Mul(new(big.Rat).SetInt(part), unit), x)
		}
		out.Amount = new(big.Rat).SetInt(count.Mul(count, b.price[variant]))
		out.Amount.Mul(out.Amount, n.unit)
		s.Bands = append(s.Bands, out)
	}
	return s
}

// next is a price on the whole where the next bracket may be cheaper.
func (v *viewer) next(id nodeID, n *node, row, item int32, w want) *Step {
	p, _ := n.label.src.(*ratecard.Price)
	s := v.made(id, row, item, w, FormNext)
	if p == nil {
		return s
	}
	t := n.aux.(*nextTable)
	q := want{dim: units.Number, unit: p.Unit.Unit}
	if found, ok := v.card.Find(p.Per, v.t.event.Kind); ok {
		q.dim = found.Dim
	}
	quantity := v.step(n.args[0], row, item, q)
	if quantity.Name == "" {
		quantity.Name = p.Per
	}
	s.Args, s.Price, s.Axes = []*Step{quantity}, p, v.axes(p, n.args[1], nil, row, item)
	// which bracket gave the amount, and on what quantity
	cell := v.index(n.args[1], row, item)
	value, amount := v.t.whole(n.args[0], row, item), v.t.whole(id, row, item)
	unit := v.g.at(n.args[0]).unit
	for i := cell / t.inner % t.outer; i < t.outer; i++ {
		edge := new(big.Int).Set(value)
		if i > cell/t.inner%t.outer {
			k := i
			if t.edges.edge == ratecard.UpTo || t.edges.edge == ratecard.Below {
				k = i - 1
			}
			if t.edges.big[k].Cmp(edge) > 0 {
				edge.Set(t.edges.big[k])
			}
		}
		at := cell + (i-cell/t.inner%t.outer)*t.inner
		if t.cells.none != nil && t.cells.none[at] {
			continue
		}
		price := t.cells.at(at).BigInt()
		if new(big.Int).Mul(edge, price).Cmp(amount) != 0 {
			continue
		}
		charged, _ := v.in(new(big.Rat).Mul(new(big.Rat).SetInt(edge), unit), q)
		s.Bands = []BandStep{{Quantity: charged, Price: ratOf(p.Cells[at].Value), Amount: s.Value}}
		break
	}
	return s
}

// timed is a price over the stay of a row, or of the event.
func (v *viewer) timed(id nodeID, n *node, row, item int32, w want) *Step {
	pick := -1
	at := id
	if n.op == opPick {
		pick, at = int(n.k[0].Int64()), n.args[0]
		n = v.g.at(at)
	}
	clk := n.aux.(*clock)
	if pick >= len(clk.alts) { // whether it was taken
		pick -= len(clk.alts)
	}
	s := v.made(id, row, item, w, FormOverTime)
	var r *Row
	if row >= 0 {
		r = &v.t.event.Rows[row]
	}
	arrived, from, to := v.t.event.span(r)
	walk := clk.line.begin(arrived, from, to)
	if pick < 0 {
		p, _ := n.label.src.(*ratecard.Price)
		s.Price = p
		base := 0
		if len(n.args) > 0 {
			base = v.index(n.args[0], row, item)
			s.Axes = v.axes(p, n.args[0], clk.skip, row, item)
		}
		for walk.next() {
			s.span(&walk, clk.line, p, clk.skip, base+walk.cell, nil)
		}
		return s
	}
	// the best of the alternatives, stretch by stretch: those in which this one was it
	args := make([]*big.Int, len(n.args))
	for i, a := range n.args {
		args[i] = v.t.whole(a, row, item)
	}
	mine := &clk.alts[pick]
	s.Price = mine.price
	s.Axes = v.axes(mine.price, n.args[3*pick+2], mine.skip, row, item)
	for walk.next() {
		best, won := new(big.Int), -1
		for i := range clk.alts {
			a := &clk.alts[i]
			if args[3*i].Sign() == 0 {
				continue
			}
			cell, base := a.line.cellOn(walk.start, walk.arrived), int(args[3*i+2].Int64())
			if cell < 0 || base < 0 || a.cells.none != nil && a.cells.none[base+cell] {
				continue
			}
			x := new(big.Int).Mul(args[3*i+1], a.cells.at(base+cell).BigInt())
			x.Mul(x, a.mult)
			if clk.beats(x.Cmp(best), won) {
				best, won = x, i
			}
		}
		if won == pick {
			s.span(&walk, mine.line, mine.price, mine.skip, int(args[3*pick+2].Int64())+mine.line.cellOn(walk.start, walk.arrived), nil)
		}
	}
	q := want{dim: units.Number}
	if p := mine.price; p != nil {
		q.unit = p.Unit.Unit
		if found, ok := v.card.Find(p.Per, v.t.event.Kind); ok {
			q.dim = found.Dim
		}
		per := v.step(n.args[3*pick+1], row, item, q)
		if per.Name == "" {
			per.Name = p.Per
		}
		s.Args = []*Step{per}
	}
	return s
}

// span adds a stretch of time, to the one before where nothing but the calendar lies between.
func (s *Step) span(w *walk, line *timeline, p *ratecard.Price, skip []bool, cell int, quantity *SpanStep) {
	x := SpanStep{From: w.start, To: w.end, Price: ratOne, cell: cell}
	if p == nil || cell < 0 {
		return
	}
	if len(p.Bands) == 0 {
		x.Price = ratOf(p.Cells[min(cell, len(p.Cells)-1)].Value)
	}
	if line.time.Basis == ratecard.Snapshot || line.time.Basis == ratecard.Started {
		x.To = w.start + 1
	}
	x.Time = new(big.Rat).Mul(new(big.Rat).SetInt64(w.n), line.perUnit())
	if quantity != nil {
		x.Quantity, x.Present, x.Unit = quantity.Quantity, quantity.Present, quantity.Unit
	}
	if k := len(s.Spans) - 1; k >= 0 {
		last := &s.Spans[k]
		same := last.cell == x.cell && (x.Quantity == nil || last.Quantity.Cmp(x.Quantity) == 0 && last.Present.Cmp(x.Present) == 0)
		if same {
			last.To = x.To
			last.Time = new(big.Rat).Add(last.Time, x.Time)
			return
		}
	}
	inner := 1
	for i := len(p.By) - 1; i >= 0; i-- {
		a := &p.By[i]
		if i < len(skip) && skip[i] {
			at := AxisStep{Axis: a, At: cell / inner % a.Len()}
			if at.At < len(a.Values) {
				at.Word = a.Values[at.At]
			}
			x.Axes = append([]AxisStep{at}, x.Axes...)
		}
		inner *= a.Len()
	}
	s.Spans = append(s.Spans, x)
}

// sweep is a price over time on what all rows together give.
func (v *viewer) sweep(id nodeID, n *node, w want) *Step {
	t := n.aux.(*sweepTable)
	p, _ := n.label.src.(*ratecard.Price)
	s := v.made(id, -1, -1, w, FormOverTime)
	s.Price = p
	if p == nil {
		return s
	}
	base := 0
	if len(n.args) > 1 {
		base = v.index(n.args[1], -1, -1)
		s.Axes = v.axes(p, n.args[1], t.clock.skip, -1, -1)
	}
	q := want{dim: units.Number, unit: p.Unit.Unit}
	if found, ok := v.card.Find(p.Per, v.t.event.Kind); ok {
		q.dim = found.Dim
	}
	unit := v.g.at(n.args[0]).unit
	type change struct {
		day int32
		by  *big.Int
	}
	e := v.t.event
	days := map[int32]*big.Int{}
	rows := map[int32]int{}
	for i := range e.Rows {
		from, to := max(e.Rows[i].From, e.From), min(e.Rows[i].To, e.To)
		if from >= to {
			continue
		}
		x := v.t.whole(n.args[0], int32(i), -1)
		for _, c := range [...]change{{from, x}, {to, new(big.Int).Neg(x)}} {
			if days[c.day] == nil {
				days[c.day] = new(big.Int)
			}
			days[c.day].Add(days[c.day], c.by)
		}
		if e.Rows[i].Count > 0 {
			rows[from]++
			rows[to]--
		}
	}
	present, there := new(big.Int), 0
	for day := e.From; day < e.To; {
		if by := days[day]; by != nil {
			present.Add(present, by)
		}
		there += rows[day]
		end := day + 1
		for end < e.To && (days[end] == nil || days[end].Sign() == 0) && rows[end] == 0 {
			end++
		}
		after := new(big.Int)
		if there > 0 { // there is no minimum on nothing
			after = t.afterBig(wholeBig(present)).BigInt()
		}
		at := &SpanStep{}
		at.Present, at.Unit = v.in(new(big.Rat).Mul(new(big.Rat).SetInt(present), unit), q)
		at.Quantity, _ = v.in(new(big.Rat).Mul(new(big.Rat).SetInt(after), unit), q)
		for w := t.clock.line.begin(e.From, day, end); w.next(); {
			s.span(&w, t.clock.line, p, t.clock.skip, base+w.cell, at)
		}
		day = end
	}
	return s
}
