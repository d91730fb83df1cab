package engine

import (
	"math/big"

	"github.com/overseaswarehouse/overseas/internal/problem"
	"github.com/overseaswarehouse/overseas/internal/ratecard"
)

// priced is what a price comes to: an amount, and the truth of there being a price.
type priced struct {
	amount nodeID
	ok     nodeID // 0: always
	rate   nodeID // of a timed price: the sum over time of the price, before the quantity
	per    nodeID // the quantity that rate is multiplied by; 0: one
}

// price compiles one price of a charge at a level.
func (c *compiler) price(ch *ratecard.Charge, p *ratecard.Price, at ratecard.Level) priced {
	l := label{role: rolePrice, name: ch.Code, src: p}
	if p.Time != nil {
		return c.timed(ch, p, at)
	}
	pos, ok := c.table(p.By, at, nil)
	if len(p.Bands) > 0 {
		return c.bands(ch, p, at, pos, ok)
	}
	var amount nodeID
	if p.NextBreak {
		return c.nextBreak(ch, p, at, pos, ok)
	}
	cell, has := c.cell(p.Cells, pos, frameOf(at), l)
	ok = c.and(ok, has)
	switch {
	case p.Percent:
		base := c.sum(ch, p.Of, p.Basis, at)
		if base == 0 {
			return priced{}
		}
		amount = c.g.product(base, cell, label{role: roleAmount, name: ch.Code, src: p})
	case p.Per == "":
		amount = cell
	default:
		q := c.quantity(p, at)
		if q == 0 {
			return priced{}
		}
		amount = c.g.product(q, cell, label{role: roleAmount, name: ch.Code, src: p})
	}
	return priced{amount: amount, ok: ok}
}

// quantity is how many of the price's unit there are.
func (c *compiler) quantity(p *ratecard.Price, at ratecard.Level) nodeID {
	return c.units(c.measure(p.Per, at, nil, false), p, label{role: roleQuantity, name: p.Per, at: p.Unit, src: p})
}

// units expresses a measure in the price's unit, started ones counted whole where the price says so.
func (c *compiler) units(q nodeID, p *ratecard.Price, l label) nodeID {
	if q == 0 {
		return 0
	}
	unit := ratOne
	if p.Unit.Set {
		unit = ratQuantity(p.Unit)
	}
	if p.Started {
		q = c.steps(q, unit, new(big.Rat), l)
	}
	return c.g.times(q, new(big.Rat).Inv(unit), nil)
}

// table is the position in a table of the axes that do not change over time; 0 for a table of one cell. skip tells
// which axes are left to the walk over time.
func (c *compiler) table(by []ratecard.Axis, at ratecard.Level, skip []bool) (pos, ok nodeID) {
	for i := range by {
		if skip != nil && skip[i] {
			continue
		}
		a := &by[i]
		p := c.axis(a, at)
		if p == 0 {
			return 0, 0
		}
		l := c.g.at(p).label
		ok = c.and(ok, c.g.compareInt(opAtLeast, p, 0, label{role: roleBracket, name: l.name}))
		if pos == 0 {
			pos = p
			continue
		}
		pos = c.g.add(&node{op: opStride, frame: c.g.at(p).frame, args: []nodeID{pos, p},
			k: [2]*big.Int{bigOf(int64(a.Len()))}, unit: ratOne, label: l})
	}
	return pos, ok
}

// compareInt is compare for positions.
func (g *graph) compareInt(o op, a nodeID, k int64, l label) nodeID {
	return g.add(&node{op: o, frame: g.at(a).frame, args: []nodeID{a}, k: [2]*big.Int{bigOf(k)}, label: l})
}

// axis is the position of the event on an axis, -1 where it has none.
func (c *compiler) axis(a *ratecard.Axis, at ratecard.Level) nodeID {
	l := label{role: roleBracket, name: a.Of.Name}
	remapped := func(pos nodeID, list []string, each ratecard.Level) nodeID {
		if pos == 0 {
			return 0
		}
		if frameOf(each) > frameOf(at) {
			return c.fail(problem.Malformed, a.Of.Name)
		}
		same := len(list) == len(a.Values)
		r := &remap{to: make([]int32, len(list))}
		for i, v := range list {
			r.to[i] = int32(indexOf(a.Values, v))
			same = same && r.to[i] == int32(i)
		}
		if !same {
			pos = c.g.add(&node{op: opRemap, frame: c.g.at(pos).frame, args: []nodeID{pos}, aux: r, unit: ratOne, label: l})
		}
		return c.down(pos, each, at)
	}
	switch a.Of.Kind {
	case ratecard.SubjectCountry, ratecard.SubjectWarehouse:
		return c.down(c.place(a.Of.Kind, a.Values, l), ratecard.LevelEvent, at)
	case ratecard.SubjectInput:
		in := c.card.Input(a.Of.Name)
		if in == nil {
			return c.fail(problem.UnknownValue, a.Of.Name)
		}
		if in.Kind == ratecard.Choice {
			return remapped(c.position(in), in.Values, in.Each)
		}
	case ratecard.SubjectClass:
		cl := c.card.Class(a.Of.Name)
		if cl == nil {
			return c.fail(problem.UnknownValue, a.Of.Name)
		}
		return remapped(c.class(cl), cl.RowNames(), cl.Each)
	}
	m := c.measure(a.Of.Name, at, nil, false)
	if m == 0 {
		return 0
	}
	return c.bracket(m, a, l)
}

// bracket is the position of a measure among an axis's edges.
func (c *compiler) bracket(m nodeID, a *ratecard.Axis, l label) nodeID {
	e := &edges{edge: a.Edge, open: a.Open, unit: c.g.at(m).unit, fits: true, quantities: a.Edges}
	for _, q := range a.Edges {
		at := ratQuantity(q)
		e.at = append(e.at, at)
		k := new(big.Rat).Quo(at, e.unit)
		n := new(big.Int).Quo(k.Num(), k.Denom())
		if !k.IsInt() && (a.Edge == ratecard.Below || a.Edge == ratecard.From) {
			n.Add(n, intOne) // the least whole number that is not below the edge
		}
		e.big = append(e.big, n)
		e.fits = e.fits && n.IsInt64()
		e.k = append(e.k, n.Int64())
	}
	return c.g.add(&node{op: opBracket, frame: c.g.at(m).frame, args: []nodeID{m}, aux: e, unit: ratOne, label: l})
}

// cell is the price at a position, in the finest unit that the table's prices need; has is 0 when every cell has one.
func (c *compiler) cell(list []ratecard.Cell, pos nodeID, f frame, l label) (cell, has nodeID) {
	t, unit := c.cellsOf(list)
	if pos == 0 {
		if t.none != nil {
			return c.g.constant(f, new(big.Rat), l), c.g.add(&node{op: opConst, frame: f, k: [2]*big.Int{new(big.Int)}, label: l})
		}
		return c.g.constant(f, ratOf(list[0].Value), l), 0
	}
	f = c.g.at(pos).frame
	cell = c.g.add(&node{op: opCell, frame: f, args: []nodeID{pos}, aux: t, unit: unit, label: l})
	if t.none != nil {
		has = c.g.add(&node{op: opCellOK, frame: f, args: []nodeID{pos}, aux: t, label: label{role: roleBracket, name: l.name}})
	}
	return cell, has
}

// cellsOf makes the table of a list of prices.
func (c *compiler) cellsOf(list []ratecard.Cell) (*cells, *big.Rat) {
	if len(list) > 0 {
		if t, ok := c.tables[&list[0]]; ok {
			return t.cells, t.unit
		}
	}
	scale := uint8(0)
	for i := range list {
		if !list[i].None {
			scale = max(scale, list[i].Value.Scale)
		}
	}
	t := &cells{k: make([]int64, len(list)), fits: true}
	unit := pow10(-int(scale))
	for i := range list {
		v := list[i].Value
		if list[i].None {
			if t.none == nil {
				t.none = make([]bool, len(list))
			}
			t.none[i] = true
			continue
		}
		k, ok := micros(v, scale)
		if t.k[i] = k; ok && t.big == nil {
			continue
		}
		if t.big == nil { // from here on, and for what came before, integers of any size
			t.fits, t.big = false, make([]*big.Int, len(list))
			for j := range i {
				t.big[j] = bigOf(t.k[j])
			}
		}
		t.big[i] = new(big.Int).Mul(bigOf(v.Coef), tens(int(scale-v.Scale)))
	}
	if len(list) > 0 {
		c.tables[&list[0]] = sharedCells{t, unit}
	}
	return t, unit
}

type sharedCells struct {
	cells *cells
	unit  *big.Rat
}

// bands compiles a graduated price.
func (c *compiler) bands(ch *ratecard.Charge, p *ratecard.Price, at ratecard.Level, pos, ok nodeID) priced {
	l := label{role: rolePrice, name: ch.Code, src: p}
	x := c.measure(p.BandOf, at, nil, false)
	if x == 0 {
		return priced{}
	}
	// The measure's unit must divide every edge and every "each"; the amount's unit every price over every "each".
	ux := c.g.at(x).unit
	ua := (*big.Rat)(nil)
	use := func(r *big.Rat) {
		if r.Sign() == 0 {
			return
		}
		if ua == nil {
			ua = r
			return
		}
		ua = commonUnit(ua, r)
	}
	for i := range p.Bands {
		b := &p.Bands[i]
		if !b.Open {
			ux = commonUnit(ux, ratQuantity(b.UpTo))
		}
		if !b.Flat && b.Started {
			ux = commonUnit(ux, ratQuantity(b.Each))
		}
	}
	for i := range p.Bands {
		b := &p.Bands[i]
		for _, cell := range b.Cells {
			per := new(big.Rat).Abs(ratOf(cell.Value))
			if !b.Flat && !b.Started {
				per.Mul(per, new(big.Rat).Quo(ux, ratQuantity(b.Each)))
			}
			use(per)
		}
	}
	if ua == nil {
		ua = ratOne
	}
	x = c.g.rescale(x, ux)
	whole := func(r *big.Rat) *big.Int { return copied(r.Num()) }
	t := &bands{fits: true}
	lower := new(big.Int)
	var last nodeID
	for i := range p.Bands {
		b := &p.Bands[i]
		n := band{lower: copied(lower)}
		if !b.Open {
			n.upper = whole(new(big.Rat).Quo(ratQuantity(b.UpTo), ux))
			lower = n.upper
		}
		switch {
		case b.Flat:
			n.kind = bandFlat
		case b.Started:
			n.kind, n.each = bandStarted, whole(new(big.Rat).Quo(ratQuantity(b.Each), ux))
		default:
			n.kind = bandRate
		}
		for j, cell := range b.Cells {
			if cell.None {
				if t.none == nil {
					t.none = make([]bool, len(b.Cells))
				}
				t.none[j] = true
			}
			v := ratOf(cell.Value)
			if n.kind == bandRate {
				v.Mul(v, new(big.Rat).Quo(ux, ratQuantity(b.Each)))
			}
			n.price = append(n.price, whole(v.Quo(v, ua)))
		}
		t.list = append(t.list, n)
		if i == len(p.Bands)-1 && !b.Open {
			t.last = true
			last = c.g.compare(opAtMost, x, ratQuantity(b.UpTo), label{role: roleBracket, name: p.BandOf, at: b.UpTo})
		}
	}
	t.narrow()
	args := []nodeID{x}
	if pos != 0 {
		args = append(args, pos)
		if t.none != nil {
			has := c.g.add(&node{op: opCellOK, frame: c.g.at(pos).frame, args: []nodeID{pos}, aux: &cells{none: t.none}, label: label{role: roleBracket, name: ch.Code}})
			ok = c.and(ok, has)
		}
	}
	amount := c.g.add(&node{op: opBands, frame: c.g.at(x).frame, args: args, aux: t, unit: ua, label: l})
	return priced{amount: amount, ok: c.and(ok, last)}
}

// narrow fills the 64-bit forms.
func (t *bands) narrow() {
	set := func(k *int64, b *big.Int, open int64) {
		switch {
		case b == nil:
			*k = open
		case b.IsInt64():
			*k = b.Int64()
		default:
			t.fits = false
		}
	}
	for i := range t.list {
		b := &t.list[i]
		set(&b.k.lower, b.lower, 0)
		set(&b.k.upper, b.upper, 1<<63-1)
		set(&b.k.each, b.each, 1)
		b.kp = make([]int64, len(b.price))
		for j := range b.price {
			set(&b.kp[j], b.price[j], 0)
		}
	}
}

// nextTable is a rate by brackets of its own quantity.
type nextTable struct {
	cells *cells
	edges *edges // of the quantity, in its unit: the lower edge of bracket i+1
	inner int    // cells from one bracket to the next
	outer int    // brackets
}

// nextBreak compiles a rate on the whole where the next bracket may be cheaper.
func (c *compiler) nextBreak(ch *ratecard.Charge, p *ratecard.Price, at ratecard.Level, pos, ok nodeID) priced {
	q := c.measure(p.Per, at, nil, false)
	if q == 0 {
		return priced{}
	}
	on := -1
	inner := 1
	for i := range p.By {
		if p.By[i].Of.Kind == ratecard.SubjectMeasure && p.By[i].Of.Name == p.Per {
			on = i
		}
	}
	if on < 0 || pos == 0 {
		return priced{amount: c.fail(problem.Malformed, "nextBreak")}
	}
	for i := on + 1; i < len(p.By); i++ {
		inner *= p.By[i].Len()
	}
	unit := ratOne
	if p.Unit.Set {
		unit = ratQuantity(p.Unit)
	}
	a := &p.By[on]
	if p.Started {
		q = c.steps(q, unit, new(big.Rat), label{role: roleQuantity, name: p.Per, at: p.Unit, src: p})
	}
	u := c.g.at(q).unit
	for _, e := range a.Edges {
		if !p.Started {
			u = commonUnit(u, ratQuantity(e))
		}
	}
	q = c.g.rescale(q, u)
	e := &edges{edge: a.Edge, unit: u, fits: true}
	for _, edge := range a.Edges {
		r := new(big.Rat).Quo(ratQuantity(edge), u)
		k := new(big.Int).Quo(r.Num(), r.Denom())
		if !r.IsInt() { // a started unit
			k.Add(k, intOne)
		}
		e.big = append(e.big, k)
		e.fits = e.fits && k.IsInt64()
		e.k = append(e.k, k.Int64())
	}
	t, cu := c.cellsOf(p.Cells)
	_, has := c.cell(p.Cells, pos, frameOf(at), label{role: rolePrice, name: ch.Code})
	amount := c.g.add(&node{op: opNext, frame: c.g.at(q).frame, args: []nodeID{q, pos},
		aux:  &nextTable{t, e, inner, a.Len()},
		unit: new(big.Rat).Mul(new(big.Rat).Quo(u, unit), cu), label: label{role: rolePrice, name: ch.Code, src: p}})
	return priced{amount: amount, ok: c.and(ok, has)}
}

// sum is the total of named charges, amounts and money of the event, at a level.
func (c *compiler) sum(user *ratecard.Charge, of []string, basis ratecard.Basis, at ratecard.Level) nodeID {
	var total nodeID
	add := func(id nodeID) {
		switch {
		case id == 0:
		case total == 0:
			total = id
		default:
			total = c.g.binary(opAdd, total, id, label{role: roleAmount, name: ""})
		}
	}
	for _, name := range of {
		if f, ok := ratecard.FamilyOf(name); ok {
			for i := range c.card.Charges {
				ch := &c.card.Charges[i]
				if ch == user {
					break
				}
				if ch.On == c.event && ch.Families[0] == f {
					add(c.chargeAt(ch, basis, at))
				}
			}
			continue
		}
		if a := c.card.Amount(name); a != nil {
			add(c.amount(a, at))
			continue
		}
		if ch := c.card.Charge(name); ch != nil {
			add(c.chargeAt(ch, basis, at))
			continue
		}
		add(c.measure(name, at, nil, false))
	}
	if total == 0 {
		return c.g.constant(frameOf(at), new(big.Rat), label{role: roleAmount, name: ""})
	}
	return total
}

// chargeAt is what a charge comes to at a level, as computed or as billed.
func (c *compiler) chargeAt(ch *ratecard.Charge, basis ratecard.Basis, at ratecard.Level) nodeID {
	done := c.charge(ch)
	if done == nil {
		return 0
	}
	if done.level > at || basis == ratecard.Rounded && c.roundAt(ch) > at {
		return c.fail(problem.Malformed, ch.Code)
	}
	return c.g.name(c.climb(done, at, basis), nameCharge, ch.Code)
}

// amount is a named sum at its own level or a wider one. It is rounded at the level of its rounding.
func (c *compiler) amount(a *ratecard.Amount, at ratecard.Level) nodeID {
	if a.Each > at {
		return c.fail(problem.Malformed, a.Name)
	}
	key := measureKey{a.Name, at}
	if id, ok := c.amounts[key]; ok {
		return id
	}
	from := a.Each
	id := c.sum(nil, a.Sum, a.Basis, a.Each)
	if a.Num != 0 && a.Den != 0 {
		id = c.g.times(id, big.NewRat(a.Num, a.Den), scaled{})
	}
	if a.Round != nil && a.Round.Each <= at {
		from = max(a.Each, a.Round.Each)
		id = c.sumTo(id, a.Each, from)
		to, mode := c.rounding(*a.Round)
		id = c.g.round(id, to, mode, label{role: roleRounding, name: a.Name})
	}
	id = c.sumTo(id, from, at)
	c.amounts[key] = c.g.name(id, nameAmount, a.Name)
	return id
}
