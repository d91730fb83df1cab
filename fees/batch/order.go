package batch

import (
	"cmp"
	"slices"
	"strings"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/fees/unit"
	"github.com/overseaswarehouse/overseas/internal/fixed"
	"github.com/overseaswarehouse/overseas/internal/problem"
)

// Grain says what [Ledger.Costs] tells apart. Grains are added: PerOrder | PerMonth.
type Grain uint8

// The grains.
const (
	PerOrder Grain = 1 << iota
	PerSKU
	PerBatch
	PerMonth // of the day of posting
)

// Query says which costs are asked for. Its zero value asks for all that was sold, in one sum.
type Query struct {
	Per        Grain
	Of         []Account    // which accounts; empty: Sold and Charged, that is what orders cost
	Order      string       // only of this order; "": all
	SKU        string       // only of this SKU; "": all
	Batch      string       // only of this batch; "": all
	From, Upto country.Date // only what was posted on these days, both included; zero: from the beginning, to the end
}

// OrderCost is what an order, or whatever else was asked for, cost over all families.
type OrderCost struct {
	Order, SKU, Batch string
	Month             country.Date // its first day
	Units             int64        // sold and not returned
	Goods             Cost         // the released cost of the units: purchase, first leg, tariffs, storage so far
	Charges           Cost         // what was charged to the order: handling, delivery, return; less what others paid
}

// Total is goods and charges.
func (c OrderCost) Total() Cost {
	t := c.Goods
	t.parts = t.parts.plus(c.Charges.parts)
	return t
}

// PerUnit is the total as unit prices with scale decimals that add up to it exactly.
func (c OrderCost) PerUnit(scale uint8) ([]UnitPrice, error) {
	return UnitPrices(c.Total().Sum(), c.Units, scale)
}

// Costs are what was sold, or lost, or disposed of, cost: one row for each order, SKU, batch or month as the query asks,
// sorted by them. Later bills and returns are in the rows; their month is that in which they were posted. Under
// [MonthAverage] goods are in the rows when their month has ended.
func (l *Ledger) Costs(q Query) []OrderCost {
	l = l.orEmpty()
	of := [accounts]bool{Sold: true, Charged: true}
	if len(q.Of) > 0 {
		of = [accounts]bool{}
		for _, a := range q.Of {
			if a < accounts {
				of[a] = true
			}
		}
	}
	var out []OrderCost
	at := map[OrderCost]int{}
	add := func(n *node, date country.Date, sign, units int64, p parts) {
		t := l.names.text
		if !of[n.account] || q.Order != "" && t[n.order] != q.Order || q.SKU != "" && t[n.sku] != q.SKU || q.Batch != "" && t[n.batch] != q.Batch {
			return
		}
		var key OrderCost
		if q.Per&PerOrder != 0 {
			key.Order = t[n.order]
		}
		if q.Per&PerSKU != 0 {
			key.SKU = t[n.sku]
		}
		if q.Per&PerBatch != 0 {
			key.Batch = t[n.batch]
		}
		if q.Per&PerMonth != 0 {
			key.Month = date.FirstOfMonth()
		}
		i, ok := at[key]
		if !ok {
			i = len(out)
			at[key] = i
			out = append(out, key)
			out[i].Goods, out[i].Charges = l.cost(parts{}), l.cost(parts{})
		}
		c := &out[i].Goods
		if n.account == Charged || n.account == Compensated {
			c = &out[i].Charges
		}
		if sign < 0 {
			c.parts = c.parts.minus(p)
		} else {
			c.parts = c.parts.plus(p)
		}
		out[i].Units += sign * units
	}
	l.valued(q.Upto, func() {
		for _, p := range l.until(q.Upto) {
			if p.date.Before(q.From) {
				continue
			}
			add(p.from, p.date, -1, p.units, p.parts)
			add(p.to, p.date, 1, p.units, p.parts)
		}
	})
	slices.SortFunc(out, func(a, b OrderCost) int {
		return cmp.Or(strings.Compare(a.Order, b.Order), strings.Compare(a.SKU, b.SKU), strings.Compare(a.Batch, b.Batch),
			a.Month.Compare(b.Month))
	})
	return out
}

// Risks are the shares that the caller expects of what happens to goods between origin and buyer. All are of the units
// that were shipped but Return, which is of those sold.
type Risks struct {
	Loss     unit.Percent // gone on the way or in the warehouse
	Damage   unit.Percent // arrives or becomes unsellable, and brings nothing
	Return   unit.Percent // comes back from the buyer
	Unfit    unit.Percent // of what comes back, not sellable again
	PerUnit  Cost         // what a return of one unit costs: delivery back, handling
	Refunded bool         // the buyer gets the delivery back, so that it is lost with the return
}

// Expectation is what one unit sold costs when the expected risks are borne by the units that are sold.
type Expectation struct {
	Goods    Cost // of the unit itself
	Delivery Cost // handling and delivery of its order
	Loss     Cost // its part of units that are lost
	Damage   Cost // its part of units that are damaged
	Return   Cost // its part of returns: their cost, the delivery where it is refunded, and units that are not sellable again
}

// Total is the sum of the parts.
func (x Expectation) Total() (Cost, error) {
	sum := x.Goods
	for _, c := range [...]Cost{x.Delivery, x.Loss, x.Damage, x.Return} {
		var err error
		if sum, err = sum.Add(c); err != nil {
			return Cost{}, err
		}
	}
	return sum, nil
}

// Expect is the expected cost of one unit sold, from its landed cost and the charges of its order. Of n units shipped
// n x (1 - loss - damage) are sold, so each of them bears loss / (1 - loss - damage) of a lost unit, and so for damage;
// and return x (cost of a return + unfit x landed cost) of returns. Each figure is rounded half up to the scale of its
// component. It fails with number_range for a share below 0% or over 100%, or when nothing would be left to sell, and as
// [Cost.Add] does.
func (r Risks) Expect(goods, delivery Cost) (Expectation, error) {
	hundred := fixed.Decimal{Coef: 100}
	shares := [...]struct {
		name string
		p    unit.Percent
	}{{"loss", r.Loss}, {"damage", r.Damage}, {"return", r.Return}, {"unfit", r.Unfit}}
	for _, s := range shares {
		d := fixed.Decimal{Coef: s.p.Coef(), Scale: s.p.Scale()}
		if d.Sign() < 0 || d.Cmp(hundred) > 0 {
			return Expectation{}, problem.New(problem.NumberRange, s.p.String(), "0% … 100%").At("/" + s.name)
		}
	}
	// In millionths of a millionth of a percent the shares are whole numbers.
	const whole = 100_000_000_000_000
	at := func(p unit.Percent) (int64, bool) {
		d, ok := fixed.Decimal{Coef: p.Coef(), Scale: p.Scale()}.Rescale(fixed.MaxScale)
		return d.Coef, ok
	}
	loss, ok1 := at(r.Loss)
	damage, ok2 := at(r.Damage)
	back, ok3 := at(r.Return)
	unfit, ok4 := at(r.Unfit)
	sold := int64(whole) - loss - damage
	if !ok1 || !ok2 || !ok3 || !ok4 || sold <= 0 {
		return Expectation{}, problem.New(problem.NumberRange, r.Loss.String()+" + "+r.Damage.String(), "< 100%").At("/loss")
	}
	x := Expectation{Goods: goods, Delivery: delivery}
	var err error
	if x.Loss, err = goods.times(loss, sold, 1, 1); err != nil {
		return Expectation{}, err
	}
	if x.Damage, err = goods.times(damage, sold, 1, 1); err != nil {
		return Expectation{}, err
	}
	add := func(c Cost, num2 int64) {
		if err != nil || c.IsZero() {
			return
		}
		var part Cost
		if part, err = c.times(back, whole, num2, whole); err == nil {
			x.Return, err = x.Return.Add(part)
		}
	}
	add(r.PerUnit, whole)
	add(goods, unfit)
	if r.Refunded {
		add(delivery, whole)
	}
	if err != nil {
		return Expectation{}, err
	}
	return x, nil
}

// times is the cost by two fractions, each component rounded half up.
func (c Cost) times(num, den, num2, den2 int64) (Cost, error) {
	out := c
	for i, v := range c.parts {
		p, ok := fixed.RoundRatio(v < 0, []uint64{fixed.Abs(v), uint64(num), uint64(num2)}, 0, []uint64{uint64(den), uint64(den2)}, money.HalfUp)
		if !ok || fixed.Abs(p) > fixed.MaxCoef {
			return Cost{}, problem.New(problem.Overflow, c.String())
		}
		out.parts[i] = p
	}
	return out, nil
}
