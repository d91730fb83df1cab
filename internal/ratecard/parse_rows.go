package ratecard

import (
	"github.com/overseaswarehouse/overseas/internal/problem"
	"github.com/overseaswarehouse/overseas/internal/strict"
	"github.com/overseaswarehouse/overseas/internal/units"
)

// span is a row with both ends.
type span struct {
	from, to Quantity // to is not set on an open row
	price    strict.Value
	hasPrice bool
	at       strict.Value
}

// rows reads brackets that say where they begin and end, and puts them on an axis before the others.
func (p *parser) rows(v, of strict.Value, o strict.Object, pr *Price, sc *scope, ch *Charge, axesOK bool) {
	a, dim, ok := p.measureAxis(of, pr, sc, ch)
	if v.Kind() == strict.Array && v.Len() == 0 {
		p.bad(v, problem.TierEmpty, "")
		return
	}
	if !p.within(v, "rows", MaxRows) || v.Kind() != strict.Array || !ok {
		v.Array()
		return
	}
	field := "price"
	if pr.Percent {
		field = "percent"
	}
	spans := make([]span, 0, v.Len())
	for _, e := range v.Elements() {
		r, isObject := e.Object("from", "to", field)
		if !isObject {
			ok = false
			continue
		}
		s := span{at: e}
		if x, has := r.Need("from"); has {
			s.from, has = p.quantity(x, dim)
			ok = ok && has
		} else {
			ok = false
		}
		if x, has := r.Get("to"); has {
			s.to, has = p.quantity(x, dim)
			ok = ok && has
		}
		s.price, s.hasPrice = r.Need(field)
		spans = append(spans, s)
	}
	if ok {
		ok = p.contiguous(spans, &a)
	}
	p.edgeOf(v, o, spans, &a)
	var cells []Cell
	for _, s := range spans {
		switch {
		case !s.hasPrice:
		case len(pr.By) > 0 && axesOK:
			cells = append(cells, p.table(s.price, pr.By, pr.Percent, ch.Credit)...)
		default:
			c, _ := p.cell(s.price, pr.Percent, ch.Credit)
			cells = append(cells, c)
			if p.cells++; p.cells > MaxCells {
				p.tooMany(s.price, "cells", p.cells, MaxCells)
				return
			}
		}
	}
	if ok {
		pr.By, pr.Cells = append([]Axis{a}, pr.By...), cells
	}
}

// measureAxis reads the measure or age that rows and bands run along.
func (p *parser) measureAxis(of strict.Value, pr *Price, sc *scope, ch *Charge) (a Axis, dim Dim, ok bool) {
	name, ok := of.Text()
	if !ok {
		return a, dim, false
	}
	if word, isAge := parseWord[AgeAxis](ageWords, name); isAge {
		a.Age = word
		p.later = append(p.later, func() { p.aged(of, name, pr, sc, ch) })
		return a, units.Days, true
	}
	a.Of = Subject{SubjectMeasure, name}
	dim, ok = p.measureName(of, name, sc, anyWider)
	return a, dim, ok
}

// contiguous checks that each row begins where the one before ends.
func (p *parser) contiguous(spans []span, a *Axis) bool {
	good := true
	astray := false // the first row says nothing about where the brackets begin
	for i := range spans {
		s := &spans[i]
		if s.to.Set && s.to.Cmp(s.from) <= 0 {
			p.bad(s.at, problem.TierInverted, s.to.String(), s.from.String())
			good, astray = false, astray || i == 0
		}
		if i == 0 {
			continue
		}
		b := &spans[i-1]
		switch {
		case s.from.Cmp(b.from) < 0:
			p.bad(s.at, problem.TierUnsorted, s.from.String())
			astray = true
		case !b.to.Set || s.from.Cmp(b.to) < 0:
			p.bad(s.at, problem.TierOverlap, s.from.String())
		case s.from.Cmp(b.to) > 0:
			p.bad(s.at, problem.TierGap, s.from.String(), b.to.String())
		default:
			continue
		}
		good = false
	}
	if !astray && !p.starts(spans[0].from, a) {
		p.bad(spans[0].at, problem.TierGap, spans[0].from.String(), zeroOf(spans[0].from))
		good = false
	}
	return good
}

// edgeOf reads on which side of an edge its own value lies and fills the axis.
func (p *parser) edgeOf(v strict.Value, o strict.Object, spans []span, a *Axis) {
	edge := UpTo
	if e, ok := o.Get("edge"); ok {
		if w, ok := e.OneOf("upper", "lower"); ok && w == "lower" {
			edge = Below
		}
	} else if len(spans) > 1 {
		p.bad(v, problem.EdgeNotSaid, "", "upper", "lower")
	}
	a.Edge = edge
	for i := range spans {
		if spans[i].to.Set {
			a.Edges = append(a.Edges, spans[i].to)
		} else {
			a.Open = true
		}
	}
	if len(a.Edges) == 0 { // one open row
		a.Edge, a.Open = From, false
		a.Edges = []Quantity{{Value: whole(0), Unit: spans[0].from.Unit, Set: true}}
	}
}

// bands reads a graduated price.
func (p *parser) bands(v, of strict.Value, pr *Price, sc *scope, ch *Charge, axesOK bool) {
	name, ok := of.Text()
	if !ok {
		return
	}
	pr.BandOf = name
	dim, _ := p.measureName(of, name, sc, anyWider)
	if v.Kind() == strict.Array && v.Len() == 0 {
		p.bad(v, problem.TierEmpty, "")
	}
	if !p.within(v, "bands", MaxRows) {
		return
	}
	var before Quantity
	for i, e := range v.Elements() {
		o, ok := e.Object("upTo", "flat", "each", "started", "price")
		if !ok {
			continue
		}
		var b Band
		if x, has := o.Get("upTo"); has {
			b.UpTo, ok = p.above(x, dim)
			if ok && before.Set && b.UpTo.Cmp(before) <= 0 {
				p.bad(x, problem.TierUnsorted, b.UpTo.String())
			}
			if ok {
				before = b.UpTo
			}
		} else {
			b.Open = true
			if i < v.Len()-1 {
				p.bad(e, problem.MissingField, "", "upTo")
			}
		}
		p.bandPrice(o, &b, dim, pr, ch, axesOK)
		pr.Bands = append(pr.Bands, b)
	}
}

func (p *parser) bandPrice(o strict.Object, b *Band, dim Dim, pr *Price, ch *Charge, axesOK bool) {
	flat, hasFlat := o.Get("flat")
	price, hasPrice := o.Get("price")
	each, hasEach := o.Get("each")
	started, hasStarted := o.Get("started")
	if hasStarted {
		b.Started, _ = started.Bool()
	}
	switch {
	case hasFlat && hasPrice:
		p.bad(price, problem.FieldsExclude, "price", "flat")
		return
	case !hasFlat && !hasPrice:
		p.bad(o.Value(), problem.MissingField, "", "flat", "price")
		return
	case hasFlat:
		b.Flat = true
		price = flat
		if hasEach {
			p.bad(each, problem.FieldsExclude, "each", "flat")
		}
		if hasStarted {
			p.bad(started, problem.FieldsExclude, "started", "flat")
		}
	case hasEach:
		b.Each, _ = p.unitQuantity(each, dim)
	case dim == units.Number || dim == units.Money:
		b.Each = Quantity{Value: whole(1), Set: true}
	case dim != units.None:
		p.bad(o.Value(), problem.MissingField, "each", units.Symbols(dim)...)
	}
	if len(pr.By) > 0 {
		if axesOK {
			b.Cells = p.table(price, pr.By, false, ch.Credit)
		}
		return
	}
	c, _ := p.cell(price, false, ch.Credit)
	b.Cells = []Cell{c}
	p.cells++
}

// aged refuses an age where nothing has one: outside a stay, without time, and of all lots together.
func (p *parser) aged(of strict.Value, name string, pr *Price, sc *scope, ch *Charge) {
	switch {
	case ch.On != Store:
		p.bad(of, problem.FieldsExclude, name, "on "+ch.On.String())
	case pr.Time == nil:
		p.bad(of, problem.MissingField, "time")
	case *sc.each > LevelLine:
		p.bad(of, problem.LevelMismatch, name, LevelPiece.Word(Store), LevelLine.Word(Store))
	}
}
