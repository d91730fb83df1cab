package engine

import (
	"math/big"
	"strconv"

	"github.com/overseaswarehouse/overseas/internal/fixed"
	"github.com/overseaswarehouse/overseas/internal/problem"
	"github.com/overseaswarehouse/overseas/internal/ratecard"
	"github.com/overseaswarehouse/overseas/internal/units"
)

// bases are the units in which the measures of an event come in. The fast program uses those of the card, so that a
// weight is a small whole number; the slow one uses units fine enough for every quantity that can be written.
type bases struct{ weight, length, volume *big.Rat }

var (
	// a milligram and a millimetre: finer sides would leave less of 64 bits for the price of a volume over time
	metricWeight, metricLength = pow10(-3), pow10(0)
	// a ten-thousandth of an ounce and a hundredth of an inch
	imperialWeight = new(big.Rat).Mul(ratUnit(units.Ounce), pow10(-4))
	imperialLength = new(big.Rat).Mul(ratUnit(units.Inch), pow10(-2))
	// what both systems share, for events of the one on cards of the other: of these a gram and a hundredth of an ounce are
	// whole numbers, and of a hundredth of a millimetre an inch and its twentieth are
	sharedWeight = commonUnit(pow10(0), new(big.Rat).Mul(ratUnit(units.Ounce), pow10(-2)))
	sharedLength = pow10(-2)
	sharedBases  = bases{sharedWeight, sharedLength, cube(sharedLength)}
	fineBases    = bases{pow10(-21), pow10(-13), pow10(-39)}
)

func cube(r *big.Rat) *big.Rat {
	c := new(big.Rat).Mul(r, r)
	return c.Mul(c, r)
}

// ratUnit is the unit in the base of its dimension.
func ratUnit(u units.Unit) *big.Rat {
	if u == units.NoUnit {
		return ratOne
	}
	num, pow := u.Factor()
	return new(big.Rat).Mul(new(big.Rat).SetInt64(num), pow10(int(pow)))
}

// ratQuantity is a quantity of a card in the base of its dimension.
func ratQuantity(q ratecard.Quantity) *big.Rat {
	return new(big.Rat).Mul(ratOf(q.Value), ratUnit(q.Unit))
}

// compiler builds the graph of one event of one card.
type compiler struct {
	card     *ratecard.Card
	event    ratecard.Event
	bases    bases
	g        *graph
	measures map[measureKey]nodeID
	classes  map[measureKey]nodeID
	amounts  map[measureKey]nodeID
	charges  map[string]*compiled // charges done so far, by code
	answers  map[string]*answer
	tables   map[*ratecard.Cell]sharedCells
	building map[string]bool
	into     *problem.List
	checks   []nodeID
	gates    []season // the conditions on days of the charge being compiled, where it is priced by time
	mixed    bool     // some of its terms are priced by time and some are not
	when     nodeID   // the conditions of the charge being compiled
	code     string   // its code
	where    string   // path of the charge being compiled, for problems
}

type measureKey struct {
	name  string
	level ratecard.Level
}

// compiled is a charge's steps.
type compiled struct {
	charge  *ratecard.Charge
	applies nodeID // truth at the charge's level: its conditions hold and its slot is filled by it
	exact   nodeID // the amount at the charge's level before rounding
	level   ratecard.Level
	rounded nodeID // the amount after its rounding
	at      ratecard.Level
}

// frameOf is the frame in which values of a level live.
//
//go:noinline
func frameOf(l ratecard.Level) frame {
	switch l {
	case ratecard.LevelItem:
		return frItem
	case ratecard.LevelPiece, ratecard.LevelLine:
		return frRow
	}
	return frEvent
}

func (c *compiler) fail(code problem.Code, text string, want ...string) nodeID {
	c.into.Add(problem.New(code, text, want...).At(c.where))
	return 0
}

// sumTo brings an additive value from one level to another: sums upwards, as it stands downwards.
func (c *compiler) sumTo(id nodeID, from, to ratecard.Level) nodeID {
	if id == 0 || from == to {
		return id
	}
	n := *c.g.at(id)
	if from > to {
		return c.down(id, from, to)
	}
	switch from {
	case ratecard.LevelItem:
		id = c.g.add(&node{op: opSumItems, frame: frRow, args: []nodeID{id}, unit: n.unit, label: n.label})
		return c.sumTo(id, ratecard.LevelPiece, to)
	case ratecard.LevelPiece:
		id = c.g.add(&node{op: opTimesRow, frame: frRow, args: []nodeID{id}, unit: n.unit, label: n.label})
		return c.sumTo(id, ratecard.LevelLine, to)
	}
	return c.g.add(&node{op: opSumRows, frame: frEvent, args: []nodeID{id}, unit: n.unit, label: n.label})
}

// down brings a value of a wider level into a narrower one unchanged.
func (c *compiler) down(id nodeID, from, to ratecard.Level) nodeID {
	n := *c.g.at(id)
	f, t := frameOf(from), frameOf(to)
	if f == frEvent && t != frEvent {
		id = c.g.add(&node{op: opToRow, frame: frRow, args: []nodeID{id}, unit: n.unit, label: n.label})
		f = frRow
	}
	if f == frRow && t == frItem {
		id = c.g.add(&node{op: opToItem, frame: frItem, args: []nodeID{id}, unit: n.unit, label: n.label})
	}
	return id
}

// anyTo brings a truth value to another level: upwards it holds when it holds anywhere.
func (c *compiler) anyTo(id nodeID, from, to ratecard.Level) nodeID {
	if id == 0 || frameOf(from) == frameOf(to) {
		return id
	}
	if from > to {
		return c.down(id, from, to)
	}
	l := c.g.at(id).label
	if from == ratecard.LevelItem {
		id = c.g.add(&node{op: opAnyItem, frame: frRow, args: []nodeID{id}, label: l})
		if frameOf(to) == frRow {
			return id
		}
	}
	return c.g.add(&node{op: opAnyRow, frame: frEvent, args: []nodeID{id}, label: l})
}

// truth is a constant truth value; 0 stands for "always" in c.and.
func (c *compiler) and(a, b nodeID) nodeID {
	switch {
	case a == 0:
		return b
	case b == 0 || a == b:
		return a
	}
	return c.g.add(&node{op: opAnd, frame: c.g.at(a).frame, args: []nodeID{a, b}, label: c.g.at(b).label})
}

// moneyDigits is how many decimals the sums of money of an import event have.
func (c *compiler) moneyDigits() int {
	return max(c.card.Currency.Digits(), int(c.card.MoneyDigits))
}

// minor is the unit of rounding where neither charge nor card says one.
func (c *compiler) minor() *big.Rat { return pow10(-c.card.Currency.Digits()) }

// rounding is the rounding of a charge or amount, the card's where it names none.
func (c *compiler) rounding(r ratecard.Rounding) (to *big.Rat, mode fixed.Mode) {
	to = ratOf(r.To)
	if to.Sign() == 0 {
		to = ratOf(c.card.Rounding.To)
	}
	if to.Sign() == 0 {
		to = c.minor()
	}
	mode = r.Mode
	if mode == 0 {
		mode = c.card.Rounding.Mode
	}
	if mode == 0 {
		mode = fixed.HalfUp
	}
	return to, mode
}

// program compiles what the card charges for an event; nil when it charges nothing for it.
func (c *compiler) program() *graphResult {
	out := &graphResult{graph: c.g}
	for i := range c.card.Charges {
		ch := &c.card.Charges[i]
		if ch.On != c.event {
			continue
		}
		done := c.charge(ch)
		if done == nil {
			continue
		}
		at := c.g.name(c.sumTo(done.rounded, done.at, ratecard.LevelEvent), nameCharge, ch.Code)
		out.lines = append(out.lines, lineNode{
			charge: ch, amount: at,
			applies: c.anyTo(done.applies, done.level, ratecard.LevelEvent),
			perRow:  c.perRow(done),
		})
	}
	c.tax(out)
	for i := range c.card.Totals {
		t := &c.card.Totals[i]
		if t.On != c.event || len(out.lines) == 0 {
			continue
		}
		sum := out.lines[0].amount
		for _, l := range out.lines[1:] {
			sum = c.g.binary(opAdd, sum, l.amount, label{role: roleAmount, name: t.Code})
		}
		of := sum
		if t.Basis == ratecard.Exact {
			of = c.unrounded(t)
		}
		to, mode := c.rounding(t.Round)
		out.totals = append(out.totals, totalNode{total: t, of: of, sum: sum, rounded: c.g.round(of, to, mode, label{role: roleRounding, name: t.Code})})
	}
	if len(out.lines) == 0 {
		return nil
	}
	c.keep(out)
	out.checks = c.checks
	digits := uint8(c.card.Currency.Digits()) // amounts are written with the currency's decimals at least
	for i := range out.lines {
		l := &out.lines[i]
		l.scale = max(scaleOf(c.g.at(l.amount).unit), digits)
		l.amount = c.g.rescale(l.amount, pow10(-int(l.scale)))
		if l.perRow != 0 {
			l.perRow = c.g.rescale(l.perRow, pow10(-int(l.scale)))
		}
	}
	for i := range out.totals {
		t := &out.totals[i]
		u := commonUnit(c.g.at(t.sum).unit, c.g.at(t.rounded).unit)
		t.scale = max(scaleOf(u), digits)
		for i := range out.lines {
			t.scale = max(t.scale, out.lines[i].scale)
		}
		t.sum = c.g.rescale(t.sum, pow10(-int(t.scale)))
		t.rounded = c.g.rescale(t.rounded, pow10(-int(t.scale)))
	}
	return out
}

// unrounded is the sum of an event's charges before they are rounded.
func (c *compiler) unrounded(t *ratecard.Total) (sum nodeID) {
	for i := range c.card.Charges {
		ch := &c.card.Charges[i]
		if done := c.charges[ch.Code]; ch.On == c.event && done != nil {
			id := c.climb(done, ratecard.LevelEvent, ratecard.Exact)
			if sum == 0 {
				sum = id
			} else {
				sum = c.g.binary(opAdd, sum, id, label{role: roleAmount, name: t.Code})
			}
		}
	}
	return sum
}

// keep compiles the amounts that a trace keeps.
func (c *compiler) keep(out *graphResult) {
	for _, name := range c.card.Kept {
		a := c.card.Amount(name)
		if a == nil || a.On != c.event {
			continue
		}
		k := kept{name: name, sum: c.amount(a, ratecard.LevelEvent)}
		if a.Each <= ratecard.LevelLine && (a.Round == nil || a.Round.Each <= ratecard.LevelLine) {
			k.row = c.amount(a, ratecard.LevelLine)
		}
		out.kept = append(out.kept, k)
	}
	for i := range c.card.Charges {
		ch := &c.card.Charges[i]
		if done := c.charges[ch.Code]; len(c.card.Kept) > 0 && ch.On == c.event && done != nil && done.level <= ratecard.LevelLine {
			out.kept = append(out.kept, kept{name: ch.Code, row: c.climb(done, ratecard.LevelLine, ratecard.Exact)})
		}
	}
}

// perRow is what a charge comes to in one row, as billed; 0 for a charge that is only billed for the whole event.
func (c *compiler) perRow(done *compiled) nodeID {
	if done.at > ratecard.LevelLine {
		return 0
	}
	return c.sumTo(done.rounded, done.at, ratecard.LevelLine)
}

// taxCode is the code of the line that a card with prices excluding tax adds.
const taxCode = "tax"

// tax adds the tax on the sum of an event's lines where the card says that its prices exclude it, and at which rate.
func (c *compiler) tax(out *graphResult) {
	t := c.card.Tax
	if t.Kind != ratecard.TaxExcluded || t.Rate.Coef == 0 || len(out.lines) == 0 {
		return
	}
	var sum nodeID
	for i, l := range out.lines {
		if i == 0 {
			sum = l.amount
			continue
		}
		sum = c.g.binary(opAdd, sum, l.amount, label{role: roleAmount, name: taxCode})
	}
	rate := c.g.constant(frEvent, ratOf(t.Rate), label{role: rolePrice, name: taxCode})
	to, mode := c.rounding(ratecard.Rounding{})
	amount := c.g.round(c.g.product(sum, rate, label{role: roleAmount, name: taxCode, src: &c.card.Tax}), to, mode, label{role: roleRounding, name: taxCode})
	none := c.g.compareInt(opIs, sum, 0, label{role: roleCondition, name: taxCode})
	some := c.g.add(&node{op: opNot, frame: frEvent, args: []nodeID{none}, label: label{role: roleCondition, name: taxCode}})
	charge := &ratecard.Charge{Code: taxCode, On: c.event, Families: []ratecard.Family{ratecard.TaxFamily}, Each: ratecard.LevelEvent}
	out.lines = append(out.lines, lineNode{charge: charge, amount: amount, applies: some})
}

// scaleOf is the number of decimals that write every multiple of a rounding unit.
func scaleOf(unit *big.Rat) uint8 {
	for s := 0; s <= 12; s++ {
		if new(big.Rat).Quo(unit, pow10(-s)).IsInt() {
			return uint8(s)
		}
	}
	return 12
}

// graphResult is the graph of an event with its lines.
type graphResult struct {
	card   *ratecard.Card
	graph  *graph
	lines  []lineNode
	checks []nodeID // must hold wherever they are; their rows and items are visited
	totals []totalNode
	kept   []kept
}

// kept is an amount, or a charge before it is rounded, that a trace can tell.
type kept struct {
	name     string
	row, sum nodeID // 0: has no value there
}

type lineNode struct {
	charge  *ratecard.Charge
	amount  nodeID
	applies nodeID // 0: always
	perRow  nodeID // the amount of one row, where the charge is rounded by row or narrower; 0 otherwise
	scale   uint8
}

type totalNode struct {
	total   *ratecard.Total
	of      nodeID // what is rounded: sum, or the sum of the lines before they are rounded
	sum     nodeID // of the lines
	rounded nodeID
	scale   uint8
}

// compileEvent builds the graph of one event of a card over the given units.
func compileEvent(card *ratecard.Card, ev ratecard.Event, b bases, into *problem.List) *graphResult {
	c := &compiler{
		card: card, event: ev, bases: b, g: newGraph(), into: into,
		measures: map[measureKey]nodeID{}, classes: map[measureKey]nodeID{}, amounts: map[measureKey]nodeID{},
		charges: map[string]*compiled{}, building: map[string]bool{},
		answers: map[string]*answer{}, tables: map[*ratecard.Cell]sharedCells{},
	}
	return c.program()
}

// basesOf chooses the units of the fast program from those that the card is written in.
func basesOf(card *ratecard.Card) bases {
	b := bases{metricWeight, metricLength, cube(metricLength)}
	walkUnits(card, func(u units.Unit) {
		if !u.Imperial() {
			return
		}
		if u.Dim() == units.Weight {
			b.weight = imperialWeight
		} else {
			b.length, b.volume = imperialLength, cube(imperialLength)
		}
	})
	return b
}

// walkUnits calls yield with every unit on the card.
func walkUnits(card *ratecard.Card, yield func(units.Unit)) {
	tests := func(ts []ratecard.Test) {
		for i := range ts {
			for j := range ts[i].Bounds {
				yield(ts[i].Bounds[j].At.Unit)
			}
		}
	}
	limits := func(ls []ratecard.Limit) {
		for i := range ls {
			yield(ls[i].At.Unit)
		}
	}
	term := func(t *ratecard.Term) {
		yield(t.By.Num)
		yield(t.By.Den)
		tests(t.When)
	}
	prices := func(ps []ratecard.Price) {
		for i := range ps {
			p := &ps[i]
			yield(p.Unit.Unit)
			for j := range p.By {
				for _, e := range p.By[j].Edges {
					yield(e.Unit)
				}
			}
			for j := range p.Bands {
				yield(p.Bands[j].UpTo.Unit)
				yield(p.Bands[j].Each.Unit)
			}
		}
	}
	for i := range card.Measures {
		for j := range card.Measures[i].Steps {
			s := &card.Measures[i].Steps[j]
			for k := range s.Terms {
				term(&s.Terms[k])
			}
			if s.Excess != nil {
				term(&s.Excess.Of)
			}
			if s.Sides != nil {
				yield(s.Sides.To.Unit)
				yield(s.Sides.Min.Unit)
			}
			for _, q := range []ratecard.Quantity{s.Less, s.Plus, s.Up, s.Min, s.Max} {
				yield(q.Unit)
			}
		}
	}
	for i := range card.Classes {
		for _, r := range card.Classes[i].Rows {
			tests(r.When)
			limits(r.Limit)
		}
	}
	for i := range card.Charges {
		ch := &card.Charges[i]
		tests(ch.When)
		limits(ch.Limit)
		prices(ch.Terms)
		for _, d := range ch.Dated {
			prices(d.Terms)
		}
	}
}

func itoa(n int) string { return strconv.Itoa(n) }

// each calls yield with every unit and its value in the base of its dimension.
func each(yield func(u int, r *big.Rat)) {
	for u := units.Gram; u.Dim() != units.None; u++ {
		yield(int(u), ratUnit(u))
	}
}
