package engine

import (
	"math/big"

	"github.com/overseaswarehouse/overseas/internal/problem"
	"github.com/overseaswarehouse/overseas/internal/ratecard"
	"github.com/overseaswarehouse/overseas/internal/units"
)

// refuse files that a charge or slot carries nothing like this; the reasons follow.
func (s *slow) refuse(name string) {
	s.file(problem.New(problem.NotCarried, name).At(s.src.card.ID))
}

// because files a reason under a name of the card's.
func (s *slow) because(code problem.Code, at, name, text string, want ...string) {
	s.file(problem.New(code, text, want...).With("name", name).At(at))
}

// explain files why a truth value does not hold: the first thing in it that does not.
func (s *slow) explain(id nodeID, row, item int32, charge string) {
	n := s.src.graph.at(id)
	at := s.src.card.ID + "/" + charge
	switch n.op {
	case opAnd:
		for _, a := range n.args {
			if v, ok := s.at(a, row, item); ok && !isTrue(v) {
				s.explain(a, row, item, charge)
				return
			}
		}
	case opNot:
		s.counter(n.args[0], row, item, charge)
	case opToRow, opToItem, opImplies:
		s.explain(n.args[len(n.args)-1], row, item, charge)
	case opAtMost, opLess, opAtLeast, opMore:
		arg := s.src.graph.at(n.args[0])
		if n.label.role == roleBracket && n.label.at.Set { // beyond the last band
			s.because(problem.NoBracket, at, n.label.name, s.show(n.args[0], row, item, n.label.at.Unit), n.label.at.String())
			return
		}
		if n.op == opLess && n.label.role == roleCondition { // excluded by name
			switch arg.op {
			case opCountryPos:
				s.because(problem.ConditionUnmet, at, n.label.name, s.e.Country.String(), "≠ "+s.e.Country.String())
				return
			case opPlacePos:
				s.because(problem.ConditionUnmet, at, n.label.name, s.e.Warehouse, "≠ "+s.e.Warehouse)
				return
			}
		}
		if arg.unit != nil && n.label.role == roleBracket || isPosition(arg.op) {
			s.explainPosition(n.args[0], row, item, at)
			return
		}
		code := problem.ConditionUnmet
		if n.label.role == roleLimit {
			code = problem.OverLimit
		}
		u := n.label.at.Unit
		s.because(code, at, n.label.name, s.show(n.args[0], row, item, u), n.label.at.String())
	case opCellOK:
		s.file(problem.New(problem.NotOffered, charge).At(at))
	case opPostal:
		s.because(problem.ConditionUnmet, at, n.label.name, s.e.PostalCode)
	case opDate:
		s.because(problem.ConditionUnmet, at, n.label.name, s.e.Date.String())
	case opInSet:
		s.because(problem.ConditionUnmet, at, n.label.name, s.word(n.args[0], row, item))
	default:
		s.because(problem.ConditionUnmet, at, n.label.name, "")
	}
}

// counter files the first row or item in which the negation of a truth value holds.
func (s *slow) counter(id nodeID, row, item int32, charge string) {
	n := s.src.graph.at(id)
	switch n.op {
	case opNot:
		s.explain(n.args[0], row, item, charge)
	case opAnyRow:
		for r := range s.e.Rows {
			if v, ok := s.at(n.args[0], int32(r), -1); ok && isTrue(v) {
				s.counter(n.args[0], int32(r), -1, charge)
				return
			}
		}
	case opAnyItem:
		r := &s.e.Rows[row]
		for k := r.FirstItem; k < r.FirstItem+r.NumItem; k++ {
			if v, ok := s.at(n.args[0], row, k); ok && isTrue(v) {
				s.counter(n.args[0], row, k, charge)
				return
			}
		}
	}
}

func isPosition(o op) bool {
	switch o {
	case opBracket, opRemap, opStride, opFirst, opInputPos, opCountryPos, opPlacePos, opDatePos:
		return true
	}
	return false
}

// explainPosition files why the event has no place on an axis.
func (s *slow) explainPosition(id nodeID, row, item int32, at string) {
	n := s.src.graph.at(id)
	switch n.op {
	case opToRow, opToItem:
		s.explainPosition(n.args[0], row, item, at)
	case opStride:
		for _, a := range n.args {
			if v, ok := s.at(a, row, item); ok && v.Sign() < 0 {
				s.explainPosition(a, row, item, at)
				return
			}
		}
	case opBracket:
		e := n.aux.(*edges)
		u := units.NoUnit
		want := ""
		if len(e.quantities) > 0 {
			q := e.quantities[len(e.quantities)-1]
			if e.edge == ratecard.From || e.edge == ratecard.Over {
				q = e.quantities[0]
			}
			u, want = q.Unit, q.String()
		}
		s.because(problem.NoBracket, at, n.label.name, s.show(n.args[0], row, item, u), want)
	case opRemap:
		s.because(problem.NotServed, at, n.label.name, s.word(n.args[0], row, item))
	case opFirst:
		s.file(problem.New(problem.NoClass, n.label.name).At(at))
	case opCountryPos:
		list := n.aux.(*places).list
		want := make([]string, len(list))
		for i, c := range list {
			want[i] = c.String()
		}
		s.because(problem.NotServed, at, "country", s.e.Country.String(), want...)
	case opPlacePos:
		s.because(problem.NotServed, at, "warehouse", s.e.Warehouse, n.aux.(*names).list...)
	case opDatePos:
		list := n.aux.(*periods).list
		want := make([]string, len(list))
		for i, p := range list {
			want[i] = p.From.String() + ".." + p.To.String()
		}
		s.file(problem.New(problem.UnknownOn, s.e.Date.String(), want...).At(at))
	default:
		s.because(problem.NotServed, at, n.label.name, "")
	}
}

// word is the value that a position stands for.
func (s *slow) word(id nodeID, row, item int32) string {
	n := s.src.graph.at(id)
	v, ok := s.at(id, row, item)
	if !ok {
		return ""
	}
	at := position(v)
	switch n.op {
	case opToRow, opToItem:
		return s.word(n.args[0], row, item)
	case opInputPos:
		if in := n.aux.(*answer).input; at >= 0 && at < len(in.Values) {
			return in.Values[at]
		}
	case opFirst:
		if cl := s.src.card.Class(n.label.name); cl != nil && at >= 0 && at < len(cl.Rows) {
			return cl.Rows[at].Name
		}
	}
	return ""
}

// show writes a value in a unit, exactly where it has at most 12 decimals and cut there otherwise.
func (s *slow) show(id nodeID, row, item int32, u units.Unit) string {
	v, ok := s.at(id, row, item)
	n := s.src.graph.at(id)
	if !ok || n.unit == nil {
		return ""
	}
	r := new(big.Rat).SetInt(v.BigInt())
	r.Mul(r, n.unit)
	r.Quo(r, ratUnit(u))
	text := trimZeros(r.FloatString(12))
	if u != units.NoUnit {
		text += " " + u.String()
	}
	return text
}

// trimZeros drops the zeros that end a decimal's fraction.
func trimZeros(s string) string {
	for i := 0; i < len(s); i++ {
		if s[i] == '.' {
			for s[len(s)-1] == '0' {
				s = s[:len(s)-1]
			}
			if s[len(s)-1] == '.' {
				s = s[:len(s)-1]
			}
			return s
		}
	}
	return s
}
