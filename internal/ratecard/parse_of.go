package ratecard

import (
	"slices"
	"strings"

	"github.com/overseaswarehouse/overseas/internal/problem"
	"github.com/overseaswarehouse/overseas/internal/strict"
	"github.com/overseaswarehouse/overseas/internal/units"
)

// ofNames reads what a percentage is taken of.
func (p *parser) ofNames(v strict.Value, sc *scope, ch *Charge) []string {
	var names []string
	seen := make(map[string]bool, min(v.Len(), MaxValues))
	for _, e := range p.oneOrMore(v, "names") {
		text, ok := e.Text()
		if !ok {
			continue
		}
		if seen[text] {
			p.bad(e, problem.Duplicate, text)
			continue
		}
		seen[text] = true
		if p.ofName(e, text, sc) {
			names = append(names, text)
		}
	}
	return names
}

// ofName checks one name of a sum: a family, a charge, an amount, or money.
func (p *parser) ofName(v strict.Value, text string, sc *scope) bool {
	if strings.HasPrefix(text, "family:") {
		if _, ok := FamilyOf(text); !ok {
			p.bad(v, problem.NameUnknown, text, p.billNames()...)
			return false
		}
		return true
	}
	if _, ok := p.codes[text]; ok {
		return true // event and level are checked when all charges are read
	}
	_, builtin := FindBuiltin(text)
	d := p.defs[text]
	if !builtin && (d == nil || d.kind == defClass) && !slices.Contains(moneyNames, text) {
		p.bad(v, problem.NameUnknown, text, p.billNames()...)
		return false
	}
	dim, ok := p.measureName(v, text, sc, summed)
	if ok && dim != units.Money && dim != units.None {
		p.bad(v, problem.UnitMismatch, dim.String(), units.Money.String())
		return false
	}
	return ok
}
