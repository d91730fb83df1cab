package engine

import (
	"math"
	"math/bits"
	"slices"

	"github.com/overseaswarehouse/overseas/internal/ratecard"
)

// finder places a value among the edges of an axis. The upper bits of the value name a bucket; what is passed on the way
// to the bucket is in a table, so that at most the edges within the bucket are compared.
type finder struct {
	k     []int64  // the greatest value on the near side of each edge, and one that nothing passes
	first []uint32 // edges passed where a bucket begins; one more at the end
	shift uint8
	thin  bool  // no bucket holds more than one edge
	minus int64 // taken from the number of edges passed
	last  int64 // passed as often as this, a value has no bracket; -1: it always has one
}

// newFinder makes the finder of edges, which are in ascending order.
func newFinder(e *edges) *finder {
	f := &finder{k: make([]int64, 0, len(e.k)+1), last: -1}
	strict := e.edge == ratecard.UpTo || e.edge == ratecard.Over // a value on the edge has not passed it
	for _, k := range e.k {
		if !strict {
			if k == math.MinInt64 {
				return nil
			}
			k--
		}
		f.k = append(f.k, k)
	}
	switch {
	case e.edge == ratecard.From || e.edge == ratecard.Over:
		f.minus = 1
	case !e.open:
		f.last = int64(len(e.k))
	}
	f.fill()
	return f
}

// fill makes the buckets. There are at most four times as many as edges, and 64.
func (f *finder) fill() {
	n := len(f.k)
	top := uint64(0)
	gap := uint64(math.MaxInt64)
	for i, k := range f.k {
		if k >= 0 {
			top = uint64(k)
			if i > 0 && f.k[i-1] >= 0 {
				gap = min(gap, uint64(k-f.k[i-1]))
			}
		}
	}
	most := uint64(4*n + 64)
	if n > 1<<12 {
		most = uint64(n/2 + 1)
	}
	if gap > 0 {
		f.shift = uint8(bits.Len64(gap) - 1) // buckets no wider than the least gap hold one edge at most
	}
	for top>>f.shift >= most {
		f.shift++
	}
	buckets := top>>f.shift + 1
	f.first = make([]uint32, buckets+1)
	for i := range f.first {
		start := uint64(i) << f.shift
		at, _ := slices.BinarySearchFunc(f.k, start, func(k int64, start uint64) int {
			if k < 0 || uint64(k) < start {
				return -1
			}
			return 1
		})
		f.first[i] = uint32(at)
	}
	f.first[buckets] = uint32(n)
	f.thin = true
	for i := range buckets {
		f.thin = f.thin && f.first[i+1]-f.first[i] <= 1
	}
	f.k = append(f.k, math.MaxInt64)
}

// find is the bracket of x, -1 where it has none.
func (f *finder) find(x int64) int64 {
	passed := int64(0)
	at := uint64(x) >> f.shift
	if at+1 < uint64(len(f.first)) {
		low := int64(f.first[at])
		if f.thin {
			passed = low + truth(f.k[low] < x)
		} else {
			passed = f.within(low, int64(f.first[at+1]), x)
		}
	} else if x >= 0 {
		passed = int64(len(f.k) - 1)
	} else {
		passed = f.within(0, int64(len(f.k)-1), x)
	}
	if passed == f.last {
		return -1
	}
	return passed - f.minus
}

// within is the number of edges that x has passed, at least low and at most high.
func (f *finder) within(low, high int64, x int64) int64 {
	k := f.k
	for n := high - low; n > 0; {
		half := (n + 1) >> 1
		if k[low+half-1] < x {
			low += half
			n -= half
		} else {
			n = half - 1
		}
	}
	return low
}

// ages sums a price by stock age over a stay by differences of sums from the first age on.
type ages struct {
	find   *finder
	first  []int64 // first age of each bracket
	cells  []int64
	before []int64 // what all brackets before a cell's come to
	stride int64   // of the brackets among the cells; 0: the price does not depend on the age
	last   int64   // first age without a price; -1: open
}

// ages is the sums of a clock's prices by age, made once.
func (c *clock) ages() *ages {
	if !c.summed {
		c.summed, c.sums = true, newAges(c)
	}
	return c.sums
}

// newAges is nil where the price depends on more than the age, or a sum could be beyond 62 bits.
func newAges(c *clock) *ages {
	t := c.line
	if len(c.alts) > 0 || t.time.Basis != ratecard.Daily || t.calendar() || len(t.seasons)+len(t.gates)+len(t.changes) > 0 ||
		c.cells.none != nil || !c.cells.fits || len(c.cells.k) > 1<<14 {
		return nil
	}
	a := &ages{cells: c.cells.k, stride: int64(t.stride), last: int64(t.ageLast)}
	const most = 1 << 29 // no wider age is looked at, for a price of less than 2^31
	for _, k := range a.cells {
		if k <= -1<<31 || k >= 1<<31 {
			return nil
		}
	}
	if t.stride == 0 {
		return a
	}
	a.first = append(a.first, int64(t.ageFrom))
	f := &finder{last: -1}
	for _, first := range t.ages {
		if int64(first) < a.first[len(a.first)-1] || first > most {
			return nil
		}
		a.first = append(a.first, int64(first))
		f.k = append(f.k, int64(first)-1)
	}
	f.fill()
	a.find = f
	a.before = make([]int64, len(a.cells))
	brackets, stride := len(a.first), t.stride
	for i := range a.cells {
		if b := i / stride % brackets; b > 0 {
			a.before[i] = a.before[i-stride] + (a.first[b]-a.first[b-1])*a.cells[i-stride]
		}
	}
	return a
}

// sum is what a stay comes to by the variant of the table that begins at base; false where a day of it has no price.
func (a *ages) sum(base int64, arrived, from, to int32) (int64, bool) {
	if from >= to {
		return 0, true
	}
	if base < 0 {
		return 0, false
	}
	if a.stride == 0 {
		return (int64(to) - int64(from)) * a.cells[base], true
	}
	x, y := int64(from)-int64(arrived), int64(to)-int64(arrived)
	if x < a.first[0] || a.last >= 0 && y > a.last || y >= 1<<30 {
		return 0, false
	}
	i, j := a.find.find(x), a.find.find(y)
	k, l := base+i*a.stride, base+j*a.stride
	start := a.before[k] + (x-a.first[i])*a.cells[k]
	return a.before[l] + (y-a.first[j])*a.cells[l] - start, true
}
