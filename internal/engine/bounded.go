package engine

import (
	"math"

	"github.com/overseaswarehouse/overseas/internal/fixed"
)

// Each register of a block has a bound that none of its values is above, where none is negative. What a step's results are
// bounded by follows from the bounds of its arguments, once for all events: where they fit, so does every one of them, and
// nothing has to be looked at event by event.

// unbounded is the bound of a register with a value that is negative, or may be.
const unbounded = math.MaxUint64

// limited reports whether a bound is one.
func limited(most uint64) bool { return most <= math.MaxInt64 }

// product is the bound of products.
func product(a, b uint64) (most uint64, ok bool) {
	if a == 0 || b == 0 {
		return 0, limited(a) && limited(b)
	}
	most = a * b
	return most, limited(a) && limited(b) && a <= math.MaxInt64/b
}

// sum is the bound of sums.
func sum(a, b uint64) (most uint64, ok bool) {
	return a + b, limited(a) && limited(b) && limited(a+b)
}

// boundOf is the bound of a column.
func boundOf(x []int64) (most uint64) {
	for _, v := range x {
		most |= uint64(v)
	}
	if !limited(most) {
		return unbounded
	}
	return most
}

// clamped is a bound between two numbers.
func clamped(most uint64, least, greatest int64) (uint64, bool) {
	if least > 0 {
		most = max(most, uint64(least))
	}
	if greatest < 0 {
		return 0, false
	}
	return min(most, uint64(greatest)), true
}

// bounded executes the step on all events where the bounds say that all its results fit, and says what they are bounded by.
// It is false, and the step has to be executed in another way, for all other steps.
func (in *quick) bounded(c *Columns, b *Block) (most uint64, ok bool) {
	n := int(b.n)
	if n > Lanes {
		return 0, false
	}
	x, y, d := c.r[in.a][:n], c.r[in.b][:n], c.r[in.dst][:n]
	mx, my := c.most[in.a], c.most[in.b]
	switch in.op {
	case qMulK:
		if most, ok = product(mx, uint64(in.k0)); ok {
			scale(d, x, in.k0)
		}
	case qMul:
		if most, ok = product(mx, my); ok {
			multiply(d, x, y)
		}
	case qMulAdd:
		if most, ok = product(mx, my); !ok {
			return 0, false
		}
		if most, ok = sum(most, c.most[in.c]); ok {
			multiplyAdd(d, x, y, c.r[in.c][:n])
		}
	case qAdd:
		if most, ok = sum(mx, my); ok {
			add(d, x, y)
		}
	case qAddK:
		if most, ok = product(mx, uint64(in.k0)); !ok {
			return 0, false
		}
		if most, ok = sum(most, my); ok {
			scaleAdd(d, x, y, in.k0)
		}
	case qSub:
		if most, ok = mx, limited(mx) && limited(my); ok {
			subtract(d, x, y)
		}
	case qSubK:
		if most, ok = mx, limited(mx) && in.k0 >= 0; ok {
			lower(d, x, in.k0)
		}
	case qMax:
		if most, ok = max(mx, my), limited(mx) && limited(my); ok {
			maxColumns(d, x, y)
		}
	case qMaxK, qMinK, qClamp:
		least, greatest := in.limits()
		if most, ok = clamped(mx, least, greatest); ok && limited(mx) {
			clampColumn(d, x, least, greatest)
		}
		ok = ok && limited(mx)
	case qMulClamp:
		if most, ok = product(mx, my); !ok {
			return 0, false
		}
		if most, ok = clamped(most, in.k0, in.k1); ok {
			multiplyClamp(d, x, y, in.k0, in.k1)
		}
	case qClampK:
		if most, ok = product(mx, uint64(in.k2)); !ok {
			return 0, false
		}
		if most, ok = clamped(most, in.k0, in.k1); ok {
			scaleClamp(d, x, in.k2, in.k0, in.k1)
		}
	case qRound:
		if most, ok = product(mx, uint64(in.k0)); !ok {
			return 0, false
		}
		if near, ok := in.near, in.fits(most); ok {
			scaleRound(d, x, in.k0, uint64(in.k1), near)
			return in.rounded(most), true
		}
		scale(d, x, in.k0)
		return in.halves(d, most)
	case qMulRound:
		if most, ok = product(mx, my); !ok {
			return 0, false
		}
		if in.fits(most) {
			multiplyRound(d, x, y, uint64(in.k1), in.near)
			return in.rounded(most), true
		}
		multiply(d, x, y)
		return in.halves(d, most)
	case qSumRound:
		if most, ok = product(mx, my); !ok {
			return 0, false
		}
		if most, ok = sum(most, c.most[in.c]); !ok {
			return 0, false
		}
		if in.fits(most) {
			multiplyAddRound(d, x, y, c.r[in.c][:n], uint64(in.k1), in.near)
			return in.rounded(most), true
		}
		multiplyAdd(d, x, y, c.r[in.c][:n])
		return in.halves(d, most)
	case qSteps, qStepsRow:
		more := max(0, int64(in.by.Divisor())-1-in.k1)
		if most, ok = sum(mx, uint64(more)); !ok || most > in.near.Most() {
			return 0, false
		}
		q, _ := in.by.Quo(most)
		if most, ok = product(q, uint64(in.k2)); !ok {
			return 0, false
		}
		rows := in.op == qStepsRow && b.Count.several
		if rows {
			if most, ok = product(most, b.Count.most); !ok {
				return 0, false
			}
		}
		stepUp(d, x, uint64(more), in.near, in.k2)
		if rows {
			multiply(d, d, b.Count.n[:n])
		}
	case qGate:
		most, ok = mx, limited(mx)
		if ok {
			for i := range d {
				d[i] = x[i] & -y[i]
			}
		}
	case qWeight:
		w := &b.Weight
		if most, ok = product(w.most, uint64(factor(&in.of.weights.whole, w.all, in.k0))); ok && most > 0 && !w.mixed {
			scale(d, w.coef[:n], factor(&in.of.weights.whole, w.all, in.k0))
			return most, true
		}
		return 0, false
	case qVolume:
		return b.Sides.bounded(d, in.of.lengths, 1)
	case qSize:
		w := &b.Weight
		k := factor(&in.of.weights.whole, w.all, in.k0)
		heavy, ok := product(w.most, uint64(k))
		if !ok || k == 0 || w.mixed {
			return 0, false
		}
		if most, ok = b.Sides.bounded(d, in.of.lengths, in.k1); !ok {
			return 0, false
		}
		heavier(d, w.coef[:n], k)
		return max(most, heavy), true
	case qMoney:
		m := c.money(b, in.k0)
		if !m.in(uint8(in.k1)) {
			return 0, false
		}
		if !m.some {
			clear(d)
			return 0, true
		}
		copy(d, m.coef[:n])
		return m.most, limited(m.most)
	case qAddMoney:
		m := c.money(b, in.k0)
		switch {
		case !limited(mx) || !m.in(uint8(in.k1)):
			return 0, false
		case !m.some:
			copy(d, x)
			return mx, true
		}
		if most, ok = sum(mx, m.most); ok {
			add(d, x, m.coef[:n])
		}
	case qCount:
		if most, ok = product(b.Count.most, uint64(in.k0)); ok {
			scale(d, b.Count.n[:n], in.k0)
		}
	case qTimesRow:
		if most, ok = product(mx, b.Count.most); ok {
			multiply(d, x, b.Count.n[:n])
		}
	}
	return most, ok
}

// limits are those of a step that has no more.
func (in *quick) limits() (least, greatest int64) {
	switch in.op {
	case qMaxK:
		return in.k0, math.MaxInt64
	case qMinK:
		return math.MinInt64, in.k0
	}
	return in.k0, in.k1
}

// fits reports whether what is rounded, up to most, is small enough for the short division.
func (in *quick) fits(most uint64) bool {
	return in.tie == 0 && most <= in.near.Most() && uint64(in.k1) <= in.near.Most()-most
}

// rounded is the bound of what is rounded.
func (in *quick) rounded(most uint64) uint64 {
	q, _ := in.by.Quo(most + uint64(in.k1))
	return q
}

// halves divides a column to the nearest whose values are bounded.
func (in *quick) halves(d []int64, most uint64) (uint64, bool) {
	if !limited(most + uint64(in.k1)) {
		return 0, false
	}
	in.halvesColumn(d)
	return in.rounded(most), true
}

// bounded is the products of the sides in the unit of a table, times a number, where they fit.
func (c *Sides) bounded(d []int64, lengths *unitTable, by int64) (most uint64, ok bool) {
	k := factor(&lengths.cube, c.all, by)
	if c.mixed || k == 0 {
		return 0, false
	}
	most = uint64(k)
	for _, m := range c.most {
		if most, ok = product(most, m); !ok {
			return 0, false
		}
	}
	cubes(d, c.coef[0][:len(d)], c.coef[1][:len(d)], c.coef[2][:len(d)], k)
	return most, true
}

// The columns of a step are of one length. Each is written in a function of its own, so that what its loop needs stays in
// registers.

//go:noinline
func scale(d, x []int64, k int64) {
	x = x[:len(d)]
	for i := range d {
		d[i] = x[i] * k
	}
}

//go:noinline
func multiply(d, x, y []int64) {
	x, y = x[:len(d)], y[:len(d)]
	for i := range d {
		d[i] = x[i] * y[i]
	}
}

//go:noinline
func multiplyAdd(d, x, y, z []int64) {
	x, y, z = x[:len(d)], y[:len(d)], z[:len(d)]
	for i := range d {
		d[i] = x[i]*y[i] + z[i]
	}
}

//go:noinline
func add(d, x, y []int64) {
	x, y = x[:len(d)], y[:len(d)]
	for i := range d {
		d[i] = x[i] + y[i]
	}
}

//go:noinline
func scaleAdd(d, x, y []int64, k int64) {
	x, y = x[:len(d)], y[:len(d)]
	for i := range d {
		d[i] = x[i]*k + y[i]
	}
}

//go:noinline
func subtract(d, x, y []int64) {
	x, y = x[:len(d)], y[:len(d)]
	for i := range d {
		d[i] = max(0, x[i]-y[i])
	}
}

//go:noinline
func lower(d, x []int64, k int64) {
	x = x[:len(d)]
	for i := range d {
		d[i] = max(0, x[i]-k)
	}
}

//go:noinline
func multiplyClamp(d, x, y []int64, least, most int64) {
	x, y = x[:len(d)], y[:len(d)]
	for i := range d {
		d[i] = min(max(x[i]*y[i], least), most)
	}
}

//go:noinline
func scaleClamp(d, x []int64, k, least, most int64) {
	x = x[:len(d)]
	for i := range d {
		d[i] = min(max(x[i]*k, least), most)
	}
}

//go:noinline
func scaleRound(d, x []int64, k int64, more uint64, by fixed.Near) {
	x = x[:len(d)]
	for i := range d {
		d[i] = int64(by.Quo(uint64(x[i]*k) + more))
	}
}

//go:noinline
func multiplyRound(d, x, y []int64, more uint64, by fixed.Near) {
	x, y = x[:len(d)], y[:len(d)]
	for i := range d {
		d[i] = int64(by.Quo(uint64(x[i]*y[i]) + more))
	}
}

//go:noinline
func multiplyAddRound(d, x, y, z []int64, more uint64, by fixed.Near) {
	x, y, z = x[:len(d)], y[:len(d)], z[:len(d)]
	for i := range d {
		d[i] = int64(by.Quo(uint64(x[i]*y[i]+z[i]) + more))
	}
}

//go:noinline
func stepUp(d, x []int64, more uint64, by fixed.Near, k int64) {
	x = x[:len(d)]
	for i := range d {
		d[i] = int64(by.Quo(uint64(x[i])+more)) * k
	}
}

//go:noinline
func cubes(d, x, y, z []int64, k int64) {
	x, y, z = x[:len(d)], y[:len(d)], z[:len(d)]
	for i := range d {
		d[i] = x[i] * y[i] * z[i] * k
	}
}

//go:noinline
func heavier(d, x []int64, k int64) {
	x = x[:len(d)]
	for i := range d {
		d[i] = max(d[i], x[i]*k)
	}
}
