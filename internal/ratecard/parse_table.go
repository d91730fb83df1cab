package ratecard

import (
	"strings"

	"github.com/overseaswarehouse/overseas/internal/fixed"
	"github.com/overseaswarehouse/overseas/internal/problem"
	"github.com/overseaswarehouse/overseas/internal/strict"
)

// table reads the cells of a table: a flat list for one axis, a list of rows of the last axis for more.
func (p *parser) table(v strict.Value, by []Axis, percent, credit bool) []Cell {
	rows := 1
	for i := range by[:len(by)-1] {
		rows *= by[i].Len()
		if rows > MaxRows {
			p.tooMany(v, "rows", rows, MaxRows)
			return nil
		}
	}
	columns := by[len(by)-1].Len()
	if len(by) > 1 && columns > MaxColumns {
		p.tooMany(v, "columns", columns, MaxColumns)
		return nil
	}
	if p.cells += rows * columns; p.cells > MaxCells {
		p.tooMany(v, "cells", p.cells, MaxCells)
		return nil
	}
	if v.Kind() != strict.Array {
		v.Array()
		return nil
	}
	if len(by) == 1 {
		cells := make([]Cell, 0, columns)
		return p.row(v, columns, cells, percent, credit)
	}
	if v.Len() != rows {
		p.bad(v, problem.TableSize, itoa(v.Len()), itoa(rows))
		return nil
	}
	cells := make([]Cell, 0, rows*columns)
	for _, e := range v.Elements() {
		if p.full() {
			return nil
		}
		cells = p.row(e, columns, cells, percent, credit)
	}
	return cells
}

func (p *parser) row(v strict.Value, columns int, cells []Cell, percent, credit bool) []Cell {
	if v.Kind() != strict.Array {
		v.Array()
		return cells
	}
	if v.Len() != columns {
		p.bad(v, problem.TableSize, itoa(v.Len()), itoa(columns))
		return cells
	}
	for _, e := range v.Elements() {
		c, ok := p.cell(e, percent, credit)
		if !ok && p.full() {
			return cells
		}
		cells = append(cells, c)
	}
	return cells
}

// cell reads a price, a percentage, or "-" for none. What is plain is read without allocating.
func (p *parser) cell(v strict.Value, percent, credit bool) (Cell, bool) {
	raw := v.Raw()
	switch v.Kind() {
	case strict.String:
		raw = raw[1 : len(raw)-1]
		if len(raw) == 1 && raw[0] == '-' {
			return Cell{None: true}, true
		}
	case strict.Number:
		if percent {
			p.bad(v, problem.Malformed, string(raw[:min(len(raw), 64)]), "7.7%")
			return Cell{}, false
		}
	default:
		v.Number()
		return Cell{}, false
	}
	if percent && len(raw) > 0 && raw[len(raw)-1] == '%' {
		raw = raw[:len(raw)-1]
	} else if percent {
		raw = nil
	}
	d, code := fixed.ScanBytes(raw)
	if code == "" && (d.Coef >= 0 || credit) && (!percent || d.Scale <= fixed.MaxScale-2) {
		if percent {
			d.Scale += 2
		}
		return Cell{Value: d}, true
	}
	text, ok := v.Number()
	if !ok {
		return Cell{}, false
	}
	if percent {
		d, ok = p.fraction(v, text)
	} else {
		d, ok = p.scan(v, text)
	}
	if ok && d.Coef < 0 && !credit {
		p.bad(v, problem.Negative, strings.TrimSpace(text))
		ok = false
	}
	return Cell{Value: d}, ok
}
