package engine

import (
	"math"
	"math/bits"

	"github.com/overseaswarehouse/overseas/internal/ratecard"
)

// finder places a value among the edges of an axis. The upper bits of the value name a bucket. Where a bucket can be made
// so narrow that it holds one edge at most, one comparison is left; the edges within the bucket are searched otherwise.
type finder struct {
	k     []int64 // the greatest value on the near side of each edge
	shift uint8
	thin  []bucket // of one edge at most; empty where there would be too many
	first []uint32 // edges passed where a bucket begins, one more at the end; where thin is empty
	top   int64    // position behind all edges
	minus int64    // taken from the number of edges passed
	size  uint64   // positions from this on, and -1, are none
}

// bucket is what holds for the values of a bucket.
type bucket struct {
	k  int64 // the edge in it: a value beyond it is one position on
	at int64
}

// newFinder makes the finder of edges, which are in ascending order; nil where one of them is the least number there is.
func newFinder(e *edges) *finder {
	f := &finder{k: make([]int64, 0, len(e.k))}
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
	f.size = uint64(len(e.k))
	switch {
	case e.edge == ratecard.From || e.edge == ratecard.Over:
		f.minus = 1
	case e.open:
		f.size++
	}
	f.fill()
	return f
}

// fill makes the buckets.
func (f *finder) fill() {
	n := len(f.k)
	f.top = int64(n) - f.minus
	highest, gap := uint64(0), uint64(math.MaxInt64)
	for i, k := range f.k {
		if k >= 0 {
			highest = uint64(k)
			if i > 0 && f.k[i-1] >= 0 {
				gap = min(gap, uint64(k-f.k[i-1]))
			}
		}
	}
	if gap > 0 {
		f.shift = uint8(bits.Len64(gap) - 1) // no wider than the least gap
	}
	if most := uint64(16*min(n, 1<<14) + 4*n + 512); gap > 0 && highest>>f.shift < most {
		f.thin = make([]bucket, highest>>f.shift+1)
		passed := 0
		for i := range f.thin {
			for passed < n && (f.k[passed] < 0 || uint64(f.k[passed]) < uint64(i)<<f.shift) {
				passed++
			}
			f.thin[i] = bucket{math.MaxInt64, int64(passed) - f.minus}
			if passed < n {
				f.thin[i].k = f.k[passed]
			}
		}
		return
	}
	for highest>>f.shift > uint64(n/2) {
		f.shift++
	}
	f.first = make([]uint32, highest>>f.shift+2)
	passed := 0
	for i := range f.first {
		for passed < n && (f.k[passed] < 0 || uint64(f.k[passed]) < uint64(i)<<f.shift) {
			passed++
		}
		f.first[i] = uint32(passed)
	}
}

// find is the position of x, -1 where it has none.
func (f *finder) find(x int64) int64 {
	at := f.top
	switch i := uint64(x) >> (f.shift & 63); {
	case x < 0:
		at = f.within(0, int64(len(f.k)), x) - f.minus
	case i < uint64(len(f.thin)):
		b := &f.thin[i]
		at = b.at + truth(x > b.k)
	case i+1 < uint64(len(f.first)):
		at = f.within(int64(f.first[i]), int64(f.first[i+1]), x) - f.minus
	}
	if uint64(at) >= f.size {
		return -1
	}
	return at
}

// within is the number of edges that x has passed, at least low and at most high.
func (f *finder) within(low, high int64, x int64) int64 {
	for low < high {
		mid := int64(uint64(low+high) >> 1)
		if f.k[mid] < x {
			low = mid + 1
		} else {
			high = mid
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
	last   int64   // first age without a price, or one that no stock has
	sums   []int64 // by variant and age, below someAges, what all days before come to; empty where there are many variants
}

const (
	someAges     = 1 << 10 // ages of stock that are usual, in days
	someVariants = 4       // of which sums are kept by age
)

// place is the bracket of an age, which is not below the first.
func (a *ages) place(age int64) int64 {
	f := a.find
	if p := uint64(age) >> (f.shift & 63); p < uint64(len(f.thin)) {
		t := &f.thin[p]
		return t.at + truth(age > t.k)
	}
	return f.top
}

// until is what the days before an age come to, from the first on.
func (a *ages) until(base, age int64) int64 {
	j := a.place(age)
	q := base + j*a.stride
	return a.before[q] + (age-a.first[j])*a.cells[q]
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
	const most = 1 << 29 // ages beyond it are left to the walk
	a := &ages{cells: c.cells.k, stride: int64(t.stride), last: most, first: []int64{int64(t.ageFrom)}}
	if t.ageLast >= 0 {
		a.last = min(most, int64(t.ageLast))
	}
	for _, k := range a.cells {
		if k <= -1<<31 || k >= 1<<31 {
			return nil
		}
	}
	if t.stride == 0 {
		return a
	}
	f := &finder{}
	for _, first := range t.ages {
		if int64(first) < a.first[len(a.first)-1] || first > most {
			return nil
		}
		a.first = append(a.first, int64(first))
		f.k = append(f.k, int64(first)-1)
	}
	f.size = uint64(len(f.k)) + 1
	f.fill()
	if len(f.thin) == 0 {
		return nil
	}
	a.find = f
	a.before = make([]int64, len(a.cells))
	brackets, stride := len(a.first), t.stride
	for i := range a.cells {
		if b := i / stride % brackets; b > 0 {
			a.before[i] = a.before[i-stride] + (a.first[b]-a.first[b-1])*a.cells[i-stride]
		}
	}
	a.fill()
	return a
}

// fill makes the sums of usual ages.
func (a *ages) fill() {
	if a.stride > someVariants {
		return
	}
	a.sums = make([]int64, a.stride*someAges)
	for base := range a.stride {
		for age := max(0, a.first[0]); age < someAges && age <= a.last; age++ {
			a.sums[base*someAges+age] = a.until(base, age)
		}
	}
}
