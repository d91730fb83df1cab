package scenario

import (
	"math/big"
	"strconv"

	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/fees/unit"
	"github.com/overseaswarehouse/overseas/internal/fixed"
	"github.com/overseaswarehouse/overseas/internal/problem"
)

// Evaluate runs a plan by an alternative. A result that misses something is [Incomplete], with everything that it misses
// at once; one whose events cannot be priced names the stage and the reason. It never has figures then. An answer of the plan
// or the alternative that none of its cards asks for is mostly misspelt, and an error; [Compare] takes those of all cards.
func Evaluate(p *Plan, a *Alternative) *Result {
	return evaluate(p, []*Alternative{a}, 0, &memo{}, nil)
}

// memo keeps what alternatives have in common.
type memo struct {
	checked bool
	plan    Problems
	sales   [][]sale
	asked   map[string]bool // what any card asks for
}

// demands are the sales of a plan that is complete.
func (m *memo) demands(p *Plan) [][]sale {
	if m.sales == nil {
		h := horizonOf(p)
		for i := range p.Products {
			m.sales = append(m.sales, demand(p, &p.Products[i], &h))
		}
	}
	return m.sales
}

// evaluate is Evaluate of one of several alternatives, with the evidence kept where there is a place for it.
func evaluate(p *Plan, all []*Alternative, i int, m *memo, ev *evidence) *Result {
	a := all[i]
	path := "/alternatives/" + strconv.Itoa(i)
	if p == nil {
		p = &Plan{}
	}
	if a == nil {
		a = &Alternative{}
	}
	out := &Result{Name: a.Name}
	if !m.checked {
		var c checker
		c.plan(p)
		m.plan, _ = c.into.Err().(Problems)
		m.checked = true
	}
	c := checker{}
	for _, found := range m.plan {
		c.into.Add(found)
	}
	c.alternative(p, a, path)
	c.unasked(p, a, path, func() map[string]bool {
		if m.asked == nil {
			m.asked = asked(all)
		}
		return m.asked
	})
	if ps, ok := c.into.Err().(Problems); ok {
		out.Problems = ps
		return out
	}
	if ev != nil {
		ev.alternative = a.Name
	}
	r, f, err := simulate(p, a, path, m.demands(p), ev)
	if err == nil && a.Uplift != nil {
		f.Benefit, err = r.benefit(f, ev)
	}
	if err != nil {
		out.Problems, _ = err.(Problems)
		return out
	}
	out.Figures, out.Caveats = f, r.caveats
	out.Status = Exact
	if len(r.caveats) > 0 {
		out.Status = Estimated
	}
	return out
}

// benefit runs the plan again with the orders that an uplift adds.
func (r *run) benefit(f *Figures, ev *evidence) (*Benefit, error) {
	var into problem.List
	more, err := uplifted(r.plan, r.alt.Uplift)
	if err != nil {
		return nil, err
	}
	if ev != nil {
		ev = ev.beside(r.alt.Name + " + uplift")
	}
	s, g, err := simulate(more, r.alt, r.path, (&memo{}).demands(more), ev)
	if err != nil {
		return nil, err
	}
	b := &Benefit{Orders: g.Paid.Orders - f.Paid.Orders}
	var before, after money.Money
	if before, err = r.revenue(nil); err == nil {
		after, err = s.revenue(ev)
	}
	if err == nil {
		b.Sales, err = after.Sub(before)
	}
	if err == nil {
		b.Cost, err = g.Total.Sub(f.Total)
	}
	if err == nil {
		b.Margin, err = b.Sales.Sub(b.Cost)
	}
	if err == nil {
		f.exact.net, err = net(f, b)
	}
	collect(&into, err, r.path+"/uplift")
	return b, into.Err()
}

// net is the cost of an order less what the uplift earns.
func net(f *Figures, b *Benefit) (*big.Rat, error) {
	left, err := f.Total.Sub(b.Margin)
	if err != nil {
		return nil, err
	}
	return big.NewRat(left.Coef(), f.Paid.Orders), nil
}

// revenue is what the paid orders bring at the price of the products, converted at the rates of each day, once for each
// product and stretch of equal rates.
func (r *run) revenue(ev *evidence) (money.Money, error) {
	sum := r.money(0)
	for i := range r.supplies {
		q := &r.plan.Products[i]
		units := map[int32]int64{}
		var spans []int32
		first := map[int32]int32{}
		for _, fl := range r.supplies[i].flows {
			if fl.fate != Paid {
				continue
			}
			s := r.span(fl.day)
			if units[s] == 0 {
				spans = append(spans, s)
				first[s] = fl.day
			}
			units[s] += fl.units
		}
		for _, s := range spans {
			coef, ok := fixed.Mul(q.Price.Coef(), units[s])
			if !ok {
				return sum, problem.New(problem.Overflow, q.Price.String())
			}
			all, err := q.Price.WithAmount(coef, q.Price.Scale())
			if err != nil {
				return sum, err
			}
			_, conv, err := r.plan.Rates.On(r.h.date(first[s])).Convert(all, r.plan.Currency, r.digits, money.HalfUp)
			if err != nil {
				return sum, err
			}
			in, err := conv.To.Round(r.digits, money.HalfUp)
			if err != nil {
				return sum, err
			}
			if ev != nil {
				ev.sold(int32(i), s, conv)
			}
			if sum, err = sum.Add(in); err != nil {
				return sum, err
			}
		}
	}
	return sum, nil
}

// uplifted is a plan with more sales: each pace times the uplift, rounded half up to six decimals.
func uplifted(p *Plan, u *Uplift) (*Plan, error) {
	factor := ratOf(fixed.Decimal{Coef: 1})
	for _, x := range []*unit.Percent{u.Exposure, u.Traffic, u.Conversion} {
		if x == nil {
			continue
		}
		share := ratOf(fixed.Decimal{Coef: x.Coef(), Scale: x.Scale()})
		share.Quo(share, ratOf(fixed.Decimal{Coef: 100}))
		factor.Mul(factor, share.Add(share, ratOf(fixed.Decimal{Coef: 1})))
	}
	out := *p
	out.Products = append([]Product(nil), p.Products...)
	for i := range out.Products {
		q := &out.Products[i]
		q.Sales = append([]Pace(nil), q.Sales...)
		for k := range q.Sales {
			rate, _ := paceOf(*q.Sales[k].Rate)
			v := ratOf(fixed.Decimal{Coef: rate})
			f, err := unit.FractionOf(roundInt(v.Mul(v, factor)), paceScale)
			if err != nil || f.Coef() > mostPace*1_000_000 {
				return nil, Problems{problem.New(problem.NumberRange, f.String(), strconv.Itoa(mostPace)).At("/products/" + strconv.Itoa(i) + "/sales/" + strconv.Itoa(k) + "/rate")}
			}
			q.Sales[k].Rate = &f
		}
	}
	return &out, nil
}
