package ratecard

import (
	"github.com/overseaswarehouse/overseas/internal/fixed"
	"github.com/overseaswarehouse/overseas/internal/units"
)

// Dim and Unit are those of package units.
type (
	Dim  = units.Dim
	Unit = units.Unit
)

// Quantity is a number of units as a card writes it: "31.5 kg", "120 cm", "3" pieces, "30 days".
// The zero Quantity means "not given"; Set tells it from a written zero.
type Quantity struct {
	Value fixed.Decimal
	Unit  Unit
	Set   bool
}

// String is the quantity as cards write it; "" when it is not given.
func (q Quantity) String() string {
	switch {
	case !q.Set:
		return ""
	case q.Unit == units.NoUnit:
		return q.Value.String()
	}
	return q.Value.String() + " " + q.Unit.String()
}

// Cmp compares two quantities of one dimension exactly, whatever their units: -1, 0 or 1.
func (q Quantity) Cmp(r Quantity) int {
	if q.Unit == r.Unit {
		return q.Value.Cmp(r.Value)
	}
	qn, qp := q.factor()
	rn, rp := r.factor()
	return fixed.CmpScaled(q.Value.Coef, qn, qp-int(q.Value.Scale), r.Value.Coef, rn, rp-int(r.Value.Scale))
}

func (q Quantity) factor() (num uint64, pow int) {
	if q.Unit == units.NoUnit {
		return 1, 0
	}
	n, p := q.Unit.Factor()
	return uint64(n), int(p)
}
