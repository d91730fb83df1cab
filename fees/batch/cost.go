package batch

import (
	"iter"
	"slices"
	"strings"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees"
	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/internal/fixed"
	"github.com/overseaswarehouse/overseas/internal/problem"
)

// Component is what a part of a cost is for: the purchase of the goods, which is no fee, or one of the families of fees.
type Component uint8

// The components, by the name that [Component.String] gives them.
const (
	Purchase      Component = iota // "purchase"
	FirstLeg                       // "first_leg"
	Storage                        // "storage"
	Handling                       // "handling"
	LocalDelivery                  // "local_delivery"
	Tariff                         // "tariff"
	Tax                            // "tax"
	Other                          // "other"
	components
)

var componentNames = [components]string{"purchase", "first_leg", "storage", "handling", "local_delivery", "tariff", "tax", "other"}

// String is the name of the component, "" when it is none.
func (c Component) String() string {
	if c < components {
		return componentNames[c]
	}
	return ""
}

// ParseComponent finds a component by its name; any other text is unknown_value.
func ParseComponent(name string) (Component, error) {
	if i := slices.Index(componentNames[:], name); i >= 0 {
		return Component(i), nil
	}
	return 0, problem.New(problem.UnknownValue, name, componentNames[:]...)
}

// ComponentOf is the component of a family of fees.
func ComponentOf(f fees.Family) Component {
	switch f {
	case fees.FirstLeg:
		return FirstLeg
	case fees.Storage:
		return Storage
	case fees.Handling:
		return Handling
	case fees.LocalDelivery:
		return LocalDelivery
	case fees.Tariff:
		return Tariff
	case fees.Tax:
		return Tax
	}
	return Other
}

// parts is a cost in smallest units of the book, a number a component.
type parts [components]int64

func (p parts) sum() int64 {
	var s int64
	for _, v := range p {
		s += v
	}
	return s
}

// magnitude is the sum without signs.
func (p parts) magnitude() int64 {
	var s int64
	for _, v := range p {
		s += max(v, -v)
	}
	return s
}

func (p parts) plus(o parts) parts {
	for i, v := range o {
		p[i] += v
	}
	return p
}

func (p parts) minus(o parts) parts {
	for i, v := range o {
		p[i] -= v
	}
	return p
}

// draw is what leaves with q of n units: the whole rounded half up, each component within one unit of its exact share,
// so that all of them are at zero when the last unit leaves. 0 <= q <= n, n > 0.
func (p parts) draw(q, n int64) parts {
	switch q {
	case 0:
		return parts{}
	case n:
		return p
	}
	var out parts
	var rest [components]uint64
	total, _ := fixed.MulDiv(p.sum(), q, uint64(n), fixed.HalfUp) // at most the sum
	for i, v := range p {
		if v == 0 {
			continue
		}
		out[i], rest[i], _ = fixed.MulDivFloor(v, q, uint64(n))
		total -= out[i]
	}
	for ; total > 0; total-- {
		best := 0
		for i, r := range rest {
			if r > rest[best] {
				best = i
			}
		}
		out[best]++
		rest[best] = 0
	}
	return out
}

// Cost is an amount in one currency with its components. The zero Cost is none: nothing was given. Costs are comparable.
type Cost struct {
	currency country.Currency
	scale    uint8
	parts    parts
}

// CostOf is a cost of one component.
func CostOf(c Component, m money.Money) Cost {
	if c >= components {
		c = Other
	}
	if m.IsZero() {
		return Cost{}
	}
	out := Cost{currency: m.Currency(), scale: m.Scale()}
	out.parts[c] = m.Coef()
	return out
}

// CostOfTotal is the lines of a quote that was converted to one currency, each in the component of its family.
// Recoverable lines and prepayments are left out: they are no cost.
func CostOfTotal(t *fees.Total) (Cost, error) {
	var sum Cost
	if t == nil {
		return sum, nil
	}
	for l := range t.Lines() {
		if l.Recoverable() || l.Prepayment() {
			continue
		}
		var err error
		if sum, err = sum.Add(CostOf(ComponentOf(l.Family()), l.In)); err != nil {
			return Cost{}, err
		}
	}
	return sum, nil
}

// IsZero reports whether the cost is the zero Cost: not given. A cost of 0 in a currency is not.
func (c Cost) IsZero() bool { return c.currency.IsZero() }

// Currency is the currency of the cost.
func (c Cost) Currency() country.Currency { return c.currency }

// Part is the amount of one component, the zero Money for the zero Cost.
func (c Cost) Part(of Component) money.Money {
	if of >= components || c.IsZero() {
		return money.Money{}
	}
	m, _ := money.Of(c.parts[of], c.scale, c.currency)
	return m
}

// Sum is the whole cost, the zero Money for the zero Cost.
func (c Cost) Sum() money.Money {
	if c.IsZero() {
		return money.Money{}
	}
	m, _ := money.Of(c.parts.sum(), c.scale, c.currency) // Add bounds the sum
	return m
}

// Parts are the components that are not 0.
func (c Cost) Parts() iter.Seq2[Component, money.Money] {
	return func(yield func(Component, money.Money) bool) {
		for i, v := range c.parts {
			if v != 0 && !yield(Component(i), c.Part(Component(i))) {
				return
			}
		}
	}
}

// Add is the sum, exact, with the greater scale of the two. It fails with currency_mismatch and overflow.
func (c Cost) Add(o Cost) (Cost, error) {
	switch {
	case c.IsZero():
		return o, nil
	case o.IsZero():
		return c, nil
	case c.currency != o.currency:
		return Cost{}, problem.New(problem.CurrencyMismatch, o.currency.String(), c.currency.String())
	}
	out := Cost{currency: c.currency, scale: max(c.scale, o.scale)}
	x, okX := c.rescale(out.scale)
	y, okY := o.rescale(out.scale)
	ok := okX && okY
	var sum int64
	for i := range out.parts {
		var okI, okS bool
		out.parts[i], okI = fixed.Add(x[i], y[i])
		sum, okS = fixed.Add(sum, out.parts[i])
		ok = ok && okI && okS && fixed.Abs(out.parts[i]) <= fixed.MaxCoef
	}
	if !ok || fixed.Abs(sum) > fixed.MaxCoef {
		return Cost{}, problem.New(problem.Overflow, c.String()+" + "+o.String())
	}
	return out, nil
}

// Sub is the difference; it fails as Add does.
func (c Cost) Sub(o Cost) (Cost, error) { return c.Add(o.Neg()) }

// Neg is the cost with the other sign.
func (c Cost) Neg() Cost {
	for i := range c.parts {
		c.parts[i] = -c.parts[i]
	}
	return c
}

// Equal reports whether two costs have the same currency and the same components by value.
func (c Cost) Equal(o Cost) bool {
	if c.currency != o.currency {
		return false
	}
	for i := range c.parts {
		x, y := fixed.Decimal{Coef: c.parts[i], Scale: c.scale}, fixed.Decimal{Coef: o.parts[i], Scale: o.scale}
		if x.Cmp(y) != 0 {
			return false
		}
	}
	return true
}

// rescale is the components with another scale; exact is false when digits would be lost or there are too many.
func (c Cost) rescale(scale uint8) (p parts, exact bool) {
	for i, v := range c.parts {
		d, ok := fixed.Decimal{Coef: v, Scale: c.scale}.Rescale(scale)
		if !ok {
			return parts{}, false
		}
		p[i] = d.Coef
	}
	return p, true
}

// String is "12.50 EUR (purchase 10.00, tariff 2.50)", the sum alone where all components are 0, "" for the zero Cost.
func (c Cost) String() string {
	if c.IsZero() {
		return ""
	}
	var b strings.Builder
	b.WriteString(c.Sum().String())
	n := 0
	for of, m := range c.Parts() {
		if n++; n == 1 {
			b.WriteString(" (")
		} else {
			b.WriteString(", ")
		}
		b.WriteString(of.String())
		b.WriteByte(' ')
		b.Write(m.AppendAmount(nil))
	}
	if n > 0 {
		b.WriteByte(')')
	}
	return b.String()
}
