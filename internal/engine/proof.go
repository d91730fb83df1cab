package engine

import (
	"math/big"
	"strconv"
	"strings"

	"github.com/overseaswarehouse/overseas/internal/fixed"
	"github.com/overseaswarehouse/overseas/internal/proof"
	"github.com/overseaswarehouse/overseas/internal/ratecard"
	"github.com/overseaswarehouse/overseas/internal/units"
)

// everyRow shows all rows of a sum.
const everyRow = int(^uint(0) >> 1)

// Prover turns the derivations of one trace into proofs. A step that several lines share is derived once; after that it is
// referred to.
type Prover struct {
	t    *Trace
	seen map[proved]*proof.Node
}

// proved is a step in a unit, by its place.
type proved struct {
	place Place
	form  Form
	unit  string
}

// Prover is ready to prove the lines of the trace.
func (t *Trace) Prover() *Prover { return &Prover{t, map[proved]*proof.Node{}} }

// Line is the proof of a line's amount down to what the event and the card say; nil where the trace has no such line.
func (p *Prover) Line(l *Line) *proof.Node {
	s := p.t.derive(l, everyRow, true)
	if s == nil {
		return nil
	}
	return p.node(s)
}

// Rows are the proofs of what the charge of a line comes to in each row, where it is billed by row; see
// [Trace.RowAmounts].
func (p *Prover) Rows(l *Line) []*proof.Node {
	for i := range p.t.src.lines {
		x := &p.t.src.lines[i]
		if l.Charge == nil || x.charge != l.Charge || x.perRow == 0 {
			continue
		}
		rows := make([]*proof.Node, len(p.t.event.Rows))
		for r := range rows {
			rows[r] = p.inRow(x.perRow, int32(r), want{dim: units.Money})
		}
		return rows
	}
	return nil
}

// Kept are the proofs of what an amount that the card keeps comes to in each row; nil where it has none. See [Trace.Kept].
func (p *Prover) Kept(name string) []*proof.Node {
	for _, k := range p.t.src.kept {
		if k.name != name || k.row == 0 {
			continue
		}
		rows := make([]*proof.Node, len(p.t.event.Rows))
		for r := range rows {
			rows[r] = p.inRow(k.row, int32(r), want{dim: units.Money})
		}
		return rows
	}
	return nil
}

func (p *Prover) currency() string { return p.t.Card().Currency.String() }

// unit is the unit of a step's value.
func (p *Prover) unit(s *Step) string {
	switch {
	case s.Percent:
		return ""
	case s.Dim == units.Money:
		return p.currency()
	}
	return s.Unit.String()
}

// stated is a number of the card.
func (p *Prover) stated(name string, v *big.Rat, unit string) *proof.Node {
	return proof.Leaf(proof.Stated, name, v, unit).At(p.t.Card().ID)
}

// quantity is a threshold as the card writes it, an amount where what it is held against is one.
func (p *Prover) quantity(name string, q ratecard.Quantity, dim units.Dim) *proof.Node {
	unit := q.Unit.String()
	if dim == units.Money {
		unit = p.currency()
	}
	return p.stated(name, ratOf(q.Value), unit)
}

func (p *Prover) node(s *Step) *proof.Node {
	key := proved{s.Place, s.Form, p.unit(s)}
	shared := s.Place.id > 0 && s.Slot == nil // steps of the graph itself
	if n := p.seen[key]; shared && n != nil && n.Value.Cmp(s.Value) == 0 {
		return proof.AgainOf(n).Called(s.Name)
	}
	n := p.made(s)
	if n.Name == "" {
		n.Name = s.Name
	}
	if shared && len(n.Args) > 0 {
		p.seen[key] = n
	}
	if s.Slot != nil {
		n = p.chosen(n, s)
	}
	return n
}

// chosen is a charge among those that could have been taken.
func (p *Prover) chosen(n *proof.Node, s *Step) *proof.Node {
	args := []*proof.Node{n}
	word := "one"
	if t := s.Slot; len(t.Fits) > 1 {
		word = map[ratecard.Take]string{ratecard.One: "one", ratecard.First: "first", ratecard.Greatest: "greatest", ratecard.Least: "least"}[t.Slot.Take]
		for i, other := range t.others {
			if other == nil || t.Fits[i] == t.Taken {
				continue
			}
			args = append(args, p.node(other).Called(t.Fits[i]))
		}
	}
	out := proof.Make(proof.Chosen, s.Slot.Slot.Name, n.Unit, args...).Saying(word)
	out.Value = n.Value
	return out
}

func (p *Prover) args(s *Step) []*proof.Node {
	list := make([]*proof.Node, len(s.Args))
	for i, a := range s.Args {
		list[i] = p.node(a)
	}
	return list
}

// with is a step with the value that the run left, so that a check compares it with what its arguments give.
func (p *Prover) with(s *Step, op proof.Op, args ...*proof.Node) *proof.Node {
	return &proof.Node{Op: op, Name: s.Name, Value: s.Value, Unit: p.unit(s), Args: args}
}

// made is a step without its slot.
func (p *Prover) made(s *Step) *proof.Node {
	switch s.Form {
	case FormGiven:
		return p.given(s)
	case FormNotGiven, FormNothing:
		return p.with(s, proof.None)
	case FormFixed:
		return p.stated(s.Name, s.Value, p.unit(s))
	case FormSum, FormExcess:
		return p.with(s, proof.Sum, p.args(s)...)
	case FormSumRows, FormSumItems:
		if len(s.Args) == 1 && s.Args[0].Place == s.Place { // one row of it
			return p.node(s.Args[0])
		}
		return p.with(s, proof.Sum, p.args(s)...)
	case FormTimes:
		return p.with(s, proof.Product, p.node(s.Args[0]), proof.Leaf(proof.Given, "count", new(big.Rat).SetInt64(s.Count), "").At(p.row(s)+"/count"))
	case FormProduct:
		args := p.args(s)
		if s.Dim == units.Money && len(args) == 2 && s.Price != nil && !s.Args[1].Percent {
			args[0] = p.per(args[0], s.Price)
		}
		return p.with(s, proof.Product, args...)
	case FormScaled:
		return p.with(s, proof.Product, p.node(s.Args[0]), p.stated("factor", s.Factor, ""))
	case FormRatio:
		by := s.Term.By
		unit := by.Num.String()
		if by.Den != units.NoUnit {
			unit += "/" + by.Den.String()
		}
		op := proof.Product
		if s.Term.Op == ratecard.Over_ {
			op = proof.Quotient
		}
		return p.with(s, op, p.node(s.Args[0]), p.stated("ratio", ratOf(by.Value), unit))
	case FormGreatest:
		return p.with(s, proof.Greatest, p.args(s)...)
	case FormLess:
		args := p.args(s)
		if len(args) == 1 {
			args = append(args, p.quantity("less", s.At, s.Dim))
		}
		return p.with(s, proof.Less, args...)
	case FormRaised:
		return p.with(s, proof.Greatest, p.node(s.Args[0]), p.stated("minimum", s.Limit, p.unit(s)))
	case FormLowered:
		return p.with(s, proof.Least, p.node(s.Args[0]), p.stated("maximum", s.Limit, p.unit(s)))
	case FormStepped:
		arg := p.node(s.Args[0])
		step := p.stated("step", ratOne, arg.Unit)
		if s.At.Set {
			step = p.quantity("step", s.At, s.Dim)
		}
		args := []*proof.Node{arg, step}
		if s.Slack.Set {
			args = append(args, p.quantity("tolerance", s.Slack, s.Dim))
		}
		return p.with(s, proof.StepUp, args...)
	case FormRounded:
		n := p.with(s, proof.Round, p.node(s.Args[0]), p.stated("to", s.To, p.unit(s)))
		n.Mode = s.Mode
		return n
	case FormPrice:
		return p.price(s.Value, p.unit(s), s.Axes)
	case FormBands:
		return p.bands(s)
	case FormNext:
		return p.next(s)
	case FormOverTime:
		return p.overTime(s)
	case FormDuties:
		return p.duties(s)
	case FormTopUp:
		return p.with(s, proof.Less, p.stated("minimum", s.Limit, p.currency()), p.node(s.Args[0]))
	}
	return p.with(s, proof.Op("")) // no form: the check says so
}

// per is a quantity as a number of what the price is for.
func (p *Prover) per(q *proof.Node, price *ratecard.Price) *proof.Node {
	if price == nil || !price.Unit.Set {
		return q
	}
	unit := price.Unit.Unit.String()
	if unit == "" {
		unit = q.Unit // a number, or an amount of money
	}
	return proof.Make(proof.Quotient, "", "", q, p.stated("per", ratOf(price.Unit.Value), unit))
}

// price is a price with its place in the table.
func (p *Prover) price(v *big.Rat, unit string, axes []AxisStep) *proof.Node {
	n := p.stated("", v, unit)
	n.Op = proof.Price
	for i := range axes {
		n.Args = append(n.Args, p.axis(&axes[i]))
	}
	return n
}

// axis is where on an axis of a table the event stands.
func (p *Prover) axis(a *AxisStep) *proof.Node {
	name := a.Axis.Of.Name
	switch a.Axis.Of.Kind {
	case ratecard.SubjectCountry:
		name = "country"
	case ratecard.SubjectWarehouse:
		name = "warehouse"
	}
	var edges []*proof.Node
	edge := func(i int, word string) {
		if i >= 0 && i < len(a.Axis.Edges) {
			q := a.Axis.Edges[i]
			unit := q.Unit.String()
			if a.Of != nil && a.Of.Dim == units.Money {
				unit = p.currency()
			}
			edges = append(edges, p.stated(word, ratOf(q.Value), unit))
		}
	}
	switch a.Axis.Edge {
	case ratecard.UpTo:
		edge(a.At-1, proof.EdgeOver)
		edge(a.At, proof.EdgeUpTo)
	case ratecard.Below:
		edge(a.At-1, proof.EdgeFrom)
		edge(a.At, proof.EdgeBelow)
	case ratecard.From:
		edge(a.At, proof.EdgeFrom)
		edge(a.At+1, proof.EdgeBelow)
	case ratecard.Over:
		edge(a.At, proof.EdgeOver)
		edge(a.At+1, proof.EdgeUpTo)
	}
	if a.Of != nil {
		return proof.Bracket(name, a.At, p.node(a.Of), edges...)
	}
	switch a.Axis.Age {
	case ratecard.Age:
		name = "age"
	case ratecard.Day:
		name = "day"
	}
	word := a.Word
	if word == "" { // an age: its bracket in days
		var parts []string
		for _, e := range edges {
			parts = append(parts, e.Name+" "+e.Value.RatString())
		}
		word = strings.Join(parts, ", ")
	}
	if word == "" {
		word = strconv.Itoa(a.At)
	}
	return proof.Text(name, word)
}

// given is what the event says, in the unit in which it says so.
func (p *Prover) given(s *Step) *proof.Node {
	leaf := func(name, path string, q Quantity) *proof.Node {
		return proof.Leaf(proof.Given, name, ratOf(fixed.Decimal{Coef: q.Coef, Scale: q.Scale}), q.Unit.String()).At(path)
	}
	unit := p.unit(s)
	at := p.row(s)
	same := func(name, path string, q Quantity) *proof.Node {
		n := leaf(name, path, q)
		if n.Unit == unit {
			return n
		}
		return p.with(s, proof.Same, n)
	}
	if s.Place.id <= 0 || s.Written == "" {
		return proof.Leaf(proof.Given, s.Name, s.Value, unit).At(p.path(s))
	}
	weight, volume, sides := p.measured(s)
	n := p.t.src.graph.at(nodeID(s.Place.id))
	switch n.op {
	case opWeight:
		return same("weight", at+"/weight", weight)
	case opVolume:
		if sides[0].Unit == units.NoUnit {
			return same("volume", at+"/volume", volume)
		}
		return p.with(s, proof.Product, leaf("length", at+"/size", sides[0]), leaf("width", at+"/size", sides[1]), leaf("height", at+"/size", sides[2]))
	case opSide:
		l := []*proof.Node{leaf("length", at+"/size", sides[0]), leaf("width", at+"/size", sides[1]), leaf("height", at+"/size", sides[2])}
		switch n.k[0].Int64() {
		case 0:
			return p.with(s, proof.Greatest, l...)
		case 2:
			return p.with(s, proof.Least, l...)
		}
		two := proof.Make(proof.Minus, "", l[0].Unit, proof.Make(proof.Sum, "", l[0].Unit, l...), proof.Make(proof.Greatest, "", l[0].Unit, l...))
		return p.with(s, proof.Minus, two, proof.Make(proof.Least, "", l[0].Unit, l...))
	}
	return proof.Leaf(proof.Given, s.Name, s.Value, unit).At(p.path(s)).Saying(s.Written)
}

// measured is what the event says of the row or item of a step.
func (p *Prover) measured(s *Step) (weight, volume Quantity, sides [3]Quantity) {
	e := p.t.event
	switch {
	case s.Place.item >= 0 && int(s.Place.item) < len(e.Items):
		it := &e.Items[s.Place.item]
		return it.Weight, it.Volume, it.Length
	case s.Place.row >= 0 && int(s.Place.row) < len(e.Rows):
		r := &e.Rows[s.Place.row]
		return r.Weight, r.Volume, r.Length
	}
	return
}

// rowNames are what documents call the rows of an event.
var rowNames = map[ratecard.Event]string{
	ratecard.Consign: "cartons", ratecard.Receive: "cartons", ratecard.Order: "parcels", ratecard.Return: "parcels",
	ratecard.Store: "lots", ratecard.Remove: "goods", ratecard.Import: "lines",
}

// row is the place of a step's row or item in the document of the event; "" for the event as a whole.
func (p *Prover) row(s *Step) string {
	e := p.t.event
	if s.Place.row < 0 || int(s.Place.row) >= len(e.Rows) {
		return ""
	}
	at := "/" + rowNames[e.Kind] + "/" + strconv.Itoa(int(s.Place.row))
	if s.Place.item >= 0 {
		at += "/goods/" + strconv.Itoa(int(s.Place.item-e.Rows[s.Place.row].FirstItem))
	}
	return at
}

// path is where in the document of the event a value stands.
func (p *Prover) path(s *Step) string {
	at := p.row(s)
	if s.Place.id > 0 {
		if n := p.t.src.graph.at(nodeID(s.Place.id)); n.op == opInputNum || n.op == opInputPos {
			name := n.aux.(*answer).input.Name
			e := p.t.event
			if s.Place.item >= 0 {
				if _, own := e.Items[s.Place.item].Facts[name]; own {
					return at + "/facts/" + name
				}
				at = "/" + rowNames[e.Kind] + "/" + strconv.Itoa(int(s.Place.row))
			}
			if s.Place.row >= 0 {
				if _, own := e.Rows[s.Place.row].Facts[name]; own {
					return at + "/facts/" + name
				}
			}
			return "/facts/" + name
		}
	}
	if s.Name == "" {
		return at
	}
	return at + "/" + s.Name
}

// bands is a graduated price as the sum of what each band comes to.
func (p *Prover) bands(s *Step) *proof.Node {
	var parts []*proof.Node
	for i := range s.Bands {
		b := &s.Bands[i]
		if b.Band.Flat {
			parts = append(parts, p.price(b.Price, p.currency(), s.Axes))
			continue
		}
		x := p.node(s.Args[0])
		if !b.Band.Open {
			x = proof.Make(proof.Least, "", x.Unit, x, p.quantity("up_to", b.Band.UpTo, s.Args[0].Dim))
		}
		if b.From.Sign() != 0 {
			x = proof.Make(proof.Less, "", x.Unit, x, p.stated("over", b.From, x.Unit))
		}
		each := p.quantity("each", b.Band.Each, s.Args[0].Dim)
		if b.Band.Started {
			x = proof.Make(proof.StepUp, "", x.Unit, x, each)
		}
		n := &proof.Node{Op: proof.Product, Value: b.Amount, Unit: p.currency(), Args: []*proof.Node{proof.Make(proof.Quotient, "", "", x, each), p.price(b.Price, p.currency(), s.Axes)}}
		parts = append(parts, n)
	}
	return p.with(s, proof.Sum, parts...)
}

// next is a price on the quantity, or on the next bracket's where that is cheaper.
func (p *Prover) next(s *Step) *proof.Node {
	if len(s.Bands) == 0 {
		return p.with(s, proof.None)
	}
	b := &s.Bands[0]
	q := p.node(s.Args[0])
	if b.Quantity.Cmp(s.Args[0].Value) != 0 {
		q = proof.Make(proof.Greatest, "", q.Unit, q, p.stated("next", b.Quantity, q.Unit))
	}
	return p.with(s, proof.Product, p.per(q, s.Price), p.price(b.Price, p.currency(), s.Axes))
}

// overTime is a price over stretches of time.
func (p *Prover) overTime(s *Step) *proof.Node {
	var whole *proof.Node
	if len(s.Args) > 0 {
		whole = p.per(p.node(s.Args[0]), s.Price)
	}
	var parts []*proof.Node
	swept := p.sweeping(s)
	for i := range s.Spans {
		x := &s.Spans[i]
		var args []*proof.Node
		if x.Quantity != nil && swept != nil {
			args = append(args, p.per(swept.on(x), s.Price))
		}
		last := max(x.From, x.To-1)
		args = append(args, proof.Leaf(proof.Span, "time", x.Time, "").Saying(DateOf(x.From).String()+".."+DateOf(last).String()))
		if s.Dim == units.Money {
			args = append(args, p.price(x.Price, p.currency(), append(s.Axes[:len(s.Axes):len(s.Axes)], x.Axes...)))
		}
		parts = append(parts, proof.Make(proof.Product, "", p.unit(s), args...))
	}
	if whole == nil {
		return p.with(s, proof.Sum, parts...)
	}
	return p.with(s, proof.Product, whole, proof.Make(proof.Sum, "", p.unit(s), parts...))
}

// swept proves what is present on a day in a price on all rows together.
type swept struct {
	p     *Prover
	row   nodeID
	dim   units.Dim
	unit  *big.Rat // of the table's numbers
	table *sweepTable
	was   map[string]*proof.Node // by the value present and charged
}

// sweeping is nil for a price that is not on all rows together.
func (p *Prover) sweeping(s *Step) *swept {
	if s.Place.id <= 0 {
		return nil
	}
	n := p.t.src.graph.at(nodeID(s.Place.id))
	t, ok := n.aux.(*sweepTable)
	if !ok {
		return nil
	}
	dim := units.Number
	if found, ok := p.t.Card().Find(s.Price.Per, p.t.event.Kind); ok {
		dim = found.Dim
	}
	return &swept{p, n.args[0], dim, p.t.src.graph.at(n.args[0]).unit, t, map[string]*proof.Node{}}
}

// on is what is charged in a stretch: the sum of the rows that are present, after free parts and minima.
func (w *swept) on(x *SpanStep) *proof.Node {
	var rows []*proof.Node
	key := ""
	e := w.p.t.event
	there := false
	for i := range e.Rows {
		from, to := max(e.Rows[i].From, e.From), min(e.Rows[i].To, e.To)
		if from > x.From || to <= x.From || from >= to {
			continue
		}
		there = there || e.Rows[i].Count > 0
		key += strconv.Itoa(i) + ","
		rows = append(rows, w.p.inRow(w.row, int32(i), want{dim: w.dim, unit: x.Unit}))
	}
	if n := w.was[key]; n != nil {
		return proof.AgainOf(n)
	}
	unit := x.Unit.String()
	if w.dim == units.Money {
		unit = w.p.currency()
	}
	n := &proof.Node{Op: proof.Sum, Name: "present", Value: x.Present, Unit: unit, Args: rows}
	post := w.table.post
	if !there {
		n, post = proof.Make(proof.None, "present", unit), nil
	}
	k := func(name string, v *big.Int) *proof.Node {
		value := new(big.Rat).Mul(new(big.Rat).SetInt(v), w.unit)
		return w.p.stated(name, value.Quo(value, ratUnit(x.Unit)), unit)
	}
	for i := range post {
		s := &post[i]
		switch s.kind {
		case postLess:
			n = proof.Make(proof.Less, "", unit, n, k("free", s.n))
		case postPlus:
			n = proof.Make(proof.Sum, "", unit, n, k("plus", s.n))
		case postKeep:
			n = proof.Rounded("", n, k("to", s.n), s.mode)
		case postUp:
			n = proof.Make(proof.StepUp, "", unit, n, k("step", s.n), k("tolerance", s.m))
		case postMin:
			n = proof.Make(proof.Greatest, "", unit, n, k("minimum", s.n))
		default:
			n = proof.Make(proof.Least, "", unit, n, k("maximum", s.n))
		}
	}
	w.was[key] = n
	return n
}

// inRow is the proof of a step of the graph in one row.
func (p *Prover) inRow(id nodeID, row int32, w want) *proof.Node {
	p.t.view.Lock()
	v := p.t.viewer(everyRow, true)
	s := v.step(id, row, -1, w)
	p.t.view.Unlock()
	return p.node(s)
}

// duties are the caller's duty lines on a customs value.
func (p *Prover) duties(s *Step) *proof.Node {
	at := p.row(s) + "/duties/"
	money := p.currency()
	part := func(d *DutyPart, from string) *proof.Node {
		rate := proof.Make(proof.Product, "", money, p.node(s.Args[0]), proof.Leaf(proof.Given, "rate", ratOf(d.Percent), "").At(from))
		if d.Amount.Coef == 0 {
			return rate
		}
		return proof.Make(proof.Sum, "", money, rate, proof.Leaf(proof.Given, "amount", ratOf(d.Amount), money).At(from))
	}
	zero := p.stated("minimum", new(big.Rat), money)
	var args []*proof.Node
	for i := range s.Duties {
		d := &s.Duties[i]
		from := at + d.Code
		n := part(&d.Part, from)
		if d.Least != nil {
			n = proof.Make(proof.Greatest, "", money, n, part(d.Least, from))
		}
		if d.Most != nil {
			n = proof.Make(proof.Least, "", money, n, part(d.Most, from))
		}
		if n.Value == nil || n.Value.Sign() < 0 {
			n = proof.Make(proof.Greatest, "", money, n, zero)
		}
		args = append(args, n.Called(d.Code))
	}
	return p.with(s, proof.Sum, args...)
}
