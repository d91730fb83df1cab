package scenario

import (
	"maps"
	"math/big"
	"slices"
	"strconv"

	"github.com/overseaswarehouse/overseas/fees"
	"github.com/overseaswarehouse/overseas/fees/batch"
	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/internal/problem"
)

// Comparison is a plan by several alternatives, side by side. It holds the plan and the alternatives, which must not be
// changed as long as it is used.
type Comparison struct {
	plan         *Plan
	alternatives []*Alternative
	results      []*Result
	best         Recommendation
}

// Why says why an alternative is recommended.
type Why uint8

// The reasons. The zero Why is none.
const (
	NoneComplete Why = iota // "none_complete": no alternative has figures, so none is recommended
	OnlyOne                 // "only_one": no other has figures
	LowestCost              // "lowest_cost": an order costs less than by every other
	Equal                   // "equal": another costs as much; the first is named
)

var whyWords = []string{"none_complete", "only_one", "lowest_cost", "equal"}

// String is the name of the reason, "" when it is none.
func (w Why) String() string { return word(whyWords, w) }

// Recommendation is the alternative by which a paid order costs least, interest included and what an uplift earns taken
// off, before anything is rounded. Alternatives without figures are left out of it.
type Recommendation struct {
	Why        Why
	Name       string      // of the alternative
	Over       string      // the next cheapest, where there is one
	Saves      money.Money // an order, against that one, rounded half up
	Mostly     batch.Component
	MostlyBy   money.Money // what of a paid order's difference comes from that component, rounded half up
	Interest   bool        // it comes from the interest instead
	Incomplete int         // alternatives that are left out
	index      int
	over       int
}

// Compare runs a plan by alternatives and puts them side by side. What one of them misses keeps only that one from having
// figures; what the plan misses keeps all of them.
func Compare(p *Plan, alternatives ...*Alternative) *Comparison {
	c := &Comparison{plan: p, alternatives: slices.Clone(alternatives)}
	m := &memo{}
	for i, a := range c.alternatives {
		r := evaluate(p, c.alternatives, i, m, nil)
		var into problem.List
		for _, found := range r.Problems {
			into.Add(found)
		}
		for k := range i {
			if b := c.alternatives[k]; a != nil && b != nil && a.Name == b.Name && a.Name != "" {
				into.Add(problem.New(problem.Duplicate, a.Name).At("/alternatives/" + strconv.Itoa(i) + "/name"))
			}
		}
		if ps, ok := into.Err().(Problems); ok {
			r = &Result{Name: r.Name, Problems: ps}
		}
		c.results = append(c.results, r)
	}
	c.recommend()
	return c
}

// asked are the names of what the cards of any alternative ask for.
func asked(alternatives []*Alternative) map[string]bool {
	names := map[string]bool{"origin": true, "importer": true}
	for _, a := range alternatives {
		if a == nil {
			continue
		}
		for _, k := range [...]fees.Kind{fees.OnConsign, fees.OnImport, fees.OnReceive, fees.OnStore, fees.OnOrder, fees.OnReturn, fees.OnRemove, fees.OnPeriod} {
			for in := range a.Cards.Needs(k) {
				names[in.Name] = true
			}
		}
	}
	return names
}

// unasked reports answers that no card of any alternative asks for: mostly a name that is misspelt. Those of the plan
// concern every alternative, those of an alternative only that one.
func (c *checker) unasked(p *Plan, a *Alternative, path string, names func() map[string]bool) {
	look := func(f fees.Facts, path string) {
		for _, name := range slices.Sorted(maps.Keys(f)) {
			if known := names(); !known[name] {
				c.into.Add(problem.New(problem.InputUnknown, name, slices.Sorted(maps.Keys(known))...).At(path + "/facts/" + name))
			}
		}
	}
	for i := range p.Products {
		path := "/products/" + strconv.Itoa(i)
		look(p.Products[i].Facts, path)
		for k := range p.Products[i].Orders {
			look(p.Products[i].Orders[k].Facts, path+"/orders/"+strconv.Itoa(k))
		}
	}
	look(a.Facts, path)
}

// Results are those of the alternatives, in their order.
func (c *Comparison) Results() []*Result {
	if c == nil {
		return nil
	}
	out := make([]*Result, len(c.results))
	for i, r := range c.results {
		out[i] = r.clone()
	}
	return out
}

// clone is a copy that shares nothing with the result.
func (r *Result) clone() *Result {
	out := *r
	out.Problems, out.Caveats = slices.Clone(r.Problems), slices.Clone(r.Caveats)
	if r.Figures != nil {
		f := *r.Figures
		f.Families, f.Fates, f.Months = slices.Clone(f.Families), slices.Clone(f.Fates), slices.Clone(f.Months)
		f.Batches, f.Cash = slices.Clone(f.Batches), slices.Clone(f.Cash)
		if f.Benefit != nil {
			b := *f.Benefit
			f.Benefit = &b
		}
		out.Figures = &f
	}
	return &out
}

// Recommendation says by which alternative a paid order costs least, and why.
func (c *Comparison) Recommendation() Recommendation {
	if c == nil {
		return Recommendation{}
	}
	return c.best
}

// Status is the best status that any result has: without figures there is nothing to compare.
func (c *Comparison) Status() Status {
	if c == nil {
		return Incomplete
	}
	var s Status
	for _, r := range c.results {
		switch {
		case r.Status == Incomplete:
		case s == Incomplete || r.Status < s:
			s = r.Status
		}
	}
	return s
}

// recommend finds the cheapest alternative and the next.
func (c *Comparison) recommend() {
	first, second := -1, -1
	cost := func(i int) *big.Rat { return c.results[i].Figures.exact.net }
	for i, r := range c.results {
		switch {
		case r.Figures == nil:
			c.best.Incomplete++
		case first < 0 || cost(i).Cmp(cost(first)) < 0:
			first, second = i, first
		case second < 0 || cost(i).Cmp(cost(second)) < 0:
			second = i
		}
	}
	b := &c.best
	b.index, b.over = first, second
	if first < 0 {
		return
	}
	b.Name = c.results[first].Name
	if second < 0 {
		b.Why = OnlyOne
		return
	}
	b.Over = c.results[second].Name
	f, g := c.results[first].Figures, c.results[second].Figures
	b.Why = LowestCost
	diff := new(big.Rat).Sub(cost(second), cost(first))
	if diff.Sign() == 0 {
		b.Why = Equal
	}
	b.Saves, _ = f.Total.WithAmount(roundInt(diff), f.Total.Scale())
	p, q := partsOf(f.Cost), partsOf(g.Cost)
	best := new(big.Rat)
	consider := func(x, y int64) bool {
		d := new(big.Rat).Sub(big.NewRat(y, g.Paid.Orders), big.NewRat(x, f.Paid.Orders))
		if d.Cmp(best) <= 0 {
			return false
		}
		best.Set(d)
		return true
	}
	for i := range p {
		if consider(p[i], q[i]) {
			b.Mostly = batch.Component(i)
		}
	}
	b.Interest = consider(f.Interest.Coef(), g.Interest.Coef())
	b.MostlyBy, _ = f.Total.WithAmount(roundInt(best), f.Total.Scale())
}
