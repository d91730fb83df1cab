package scenario

import (
	"cmp"
	"errors"
	"math/big"
	"slices"
	"strconv"

	"github.com/shopspring/decimal"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees"
	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/fees/unit"
	"github.com/overseaswarehouse/overseas/internal/fixed"
	"github.com/overseaswarehouse/overseas/internal/problem"
)

// Variation makes one input of a comparison a variable, in whole numbers of its last digit. Set changes copies of the plan
// and of the alternatives; what they point to is shared and is not to be changed, but replaced.
type Variation struct {
	Name string
	Set  func(p *Plan, alternatives []*Alternative, x int64) error
}

// OrdersPerMonth lets a product be ordered x times in every month of the plan.
func OrdersPerMonth(sku string) Variation {
	return Variation{"orders_per_month", func(p *Plan, _ []*Alternative, x int64) error {
		q, err := productOf(p, sku)
		if err != nil {
			return err
		}
		rate, err := unit.FractionOf(x, 0)
		if err != nil {
			return err
		}
		q.Sales = []Pace{{Rate: &rate, Count: OrdersPlaced, Per: PerMonth}}
		return nil
	}}
}

// BatchUnits lets an alternative order x units at once.
func BatchUnits(alternative string) Variation {
	return Variation{"batch_units", func(_ *Plan, list []*Alternative, x int64) error {
		a, err := alternativeOf(list, alternative)
		if err == nil {
			a.Batch.Units, a.Batch.Every = x, 0
		}
		return err
	}}
}

// BatchDays lets an alternative order every x days: the longer, the more is ordered at once, and the longer it lasts.
func BatchDays(alternative string) Variation {
	return Variation{"batch_days", func(_ *Plan, list []*Alternative, x int64) error {
		a, err := alternativeOf(list, alternative)
		if err == nil {
			a.Batch.Units, a.Batch.Every = 0, int(x)
		}
		return err
	}}
}

// StayDays lets goods stay x days before they are needed: every batch of an alternative can be sold so many days earlier, on
// top of the days that its units wait for one another.
func StayDays(alternative string) Variation {
	return Variation{"stay_days", func(_ *Plan, list []*Alternative, x int64) error {
		a, err := alternativeOf(list, alternative)
		if err == nil {
			a.Batch.Ahead = int(x)
		}
		return err
	}}
}

// ExchangeRate lets the plan's rate of a pair be x units of its last digit, with so many digits after the point, on all its
// dates, in the direction in which it is quoted: of 7.8512 CNY for 1 EUR, x is 78512 and digits is 4.
func ExchangeRate(base, quote country.Currency, digits uint8) Variation {
	return Variation{"exchange_rate", func(p *Plan, _ []*Alternative, x int64) error {
		var list []money.Rate
		found := false
		if p.Rates != nil {
			for r := range p.Rates.All() {
				if r.Base == base && r.Quote == quote {
					r.Value = decimal.New(x, -int32(digits))
					found = true
				}
				list = append(list, r)
			}
		}
		if !found {
			return problem.New(problem.RateMissing, base.String()+"/"+quote.String()).At("/rates")
		}
		rates, err := money.NewRates(list...)
		if err == nil {
			p.Rates = rates
		}
		return err
	}}
}

// CapitalRate lets capital cost x units of the last digit a year, with so many digits after the point.
func CapitalRate(digits uint8) Variation {
	return Variation{"capital", func(p *Plan, _ []*Alternative, x int64) error {
		c, err := unit.PercentOf(x, digits)
		p.Capital = &c
		return err
	}}
}

// CardPrice lets an alternative be priced by the cards that the caller makes for x: a first leg at x cents a kilogram.
func CardPrice(name, alternative string, cards func(x int64) (*fees.Calculator, error)) Variation {
	return Variation{name, func(_ *Plan, list []*Alternative, x int64) error {
		a, err := alternativeOf(list, alternative)
		if err == nil {
			a.Cards, err = cards(x)
		}
		return err
	}}
}

func productOf(p *Plan, sku string) (*Product, error) {
	i := slices.IndexFunc(p.Products, func(q Product) bool { return q.SKU == sku })
	if i < 0 {
		return nil, problem.New(problem.NameUnknown, sku).At("/products")
	}
	return &p.Products[i], nil
}

func alternativeOf(list []*Alternative, name string) (*Alternative, error) {
	i := slices.IndexFunc(list, func(a *Alternative) bool { return a.Name == name })
	if i < 0 {
		var known []string
		for _, a := range list {
			known = append(known, a.Name)
		}
		return nil, problem.New(problem.NameUnknown, name, known...).At("/alternatives")
	}
	return list[i], nil
}

// varied are copies of the plan and the alternatives with one input at a value.
func (c *Comparison) varied(v Variation, x int64) (*Plan, []*Alternative, error) {
	if c == nil || c.plan == nil || v.Set == nil {
		return nil, nil, problem.New(problem.InputMissing, "variation")
	}
	p := *c.plan
	p.Products = slices.Clone(p.Products)
	list := make([]*Alternative, len(c.alternatives))
	for i, a := range c.alternatives {
		one := Alternative{}
		if a != nil {
			one = *a
		}
		list[i] = &one
	}
	if err := v.Set(&p, list, x); err != nil {
		return nil, nil, err
	}
	return &p, list, nil
}

// With is the comparison with one input at another value, to look at a crossing and to explain it.
func (c *Comparison) With(v Variation, x int64) (*Comparison, error) {
	p, list, err := c.varied(v, x)
	if err != nil {
		return nil, err
	}
	return Compare(p, list...), nil
}

// netDigits are the decimals beyond those of the minor unit that the cost of an order is compared with.
const netDigits = 6

// Cost is what a paid order costs by the i-th alternative, interest included and what an uplift earns taken off, as a
// function of one input: what [Recommendation] compares, rounded half up to six decimals more than the minor unit has. It
// fails with the problems of an incomplete result.
func (c *Comparison) Cost(i int, v Variation) Cost {
	return func(x int64) (money.Money, error) {
		p, list, err := c.varied(v, x)
		if err != nil {
			return money.Money{}, err
		}
		if err := c.alternativeAt(i); err != nil {
			return money.Money{}, err
		}
		return netOf(p, list, i)
	}
}

// netOf is the cost of a paid order with its further decimals.
func netOf(p *Plan, list []*Alternative, i int) (money.Money, error) {
	r := evaluate(p, list, i, &memo{}, nil)
	if err := r.Err(); err != nil {
		return money.Money{}, err
	}
	f := r.Figures
	scale := min(int(f.Total.Scale())+netDigits, fixed.MaxScale)
	v := new(big.Rat).Mul(f.exact.net, new(big.Rat).SetInt(new(big.Int).SetUint64(fixed.Pow10(scale-int(f.Total.Scale())))))
	coef := fixed.HalfUp.RoundRat(v)
	if !coef.IsInt64() {
		return money.Money{}, problem.New(problem.Overflow, f.Total.String())
	}
	return f.Total.WithAmount(coef.Int64(), uint8(scale))
}

// Turns compares the i-th and the j-th alternative over the values of one input and finds every crossing of what a paid
// order costs, with both costs just before it and at it. The costs are those of really running the plan at each value; a
// value at which one of the two is incomplete is a gap that says why. It fails as [Crossings] does, and for alternatives
// that are not there, an input that does not find what it is about, and when every value is a gap, with why the first is.
func (c *Comparison) Turns(i, j int, v Variation, g Grid, p Promise) (*Course, error) {
	for _, k := range [...]int{i, j} {
		if err := c.alternativeAt(k); err != nil {
			return nil, err
		}
	}
	// Another error may be that of the one value: a gap.
	if _, _, err := c.varied(v, g.From); v.Set == nil || errors.Is(err, problem.NameUnknown) || errors.Is(err, problem.RateMissing) {
		return nil, err
	}
	course, err := Crossings(c.Cost(i, v), c.Cost(j, v), g, p)
	if err != nil || slices.ContainsFunc(course.stretches, func(s Stretch) bool { return s.Verdict.Priced() }) {
		return course, err
	}
	first := course.stretches[0].From
	return nil, cmp.Or(first.FirstErr, first.SecondErr)
}

// alternativeAt reports that there is no alternative with a number.
func (c *Comparison) alternativeAt(i int) error {
	n := 0
	if c != nil {
		n = len(c.alternatives)
	}
	if i >= 0 && i < n {
		return nil
	}
	return problem.New(problem.NumberRange, strconv.Itoa(i), "0 … "+strconv.Itoa(n-1)).At("/alternatives")
}

// Holds finds the values of one input next to the one given at which the recommendation stays the same; see [Hold].
func (c *Comparison) Holds(v Variation, value int64, r Range) (*Held, error) {
	var list []Choice
	if c != nil {
		for i, res := range c.results {
			if res.Figures != nil {
				list = append(list, Choice{res.Name, c.Cost(i, v)})
			}
		}
	}
	return Hold(list, Variable{Name: v.Name, Value: value, Range: &r}, Promise{})
}

// Moved is an input that may be other than it is.
type Moved struct {
	Variation Variation
	Value     int64  // as it is
	Range     *Range // what it may be; nil: nobody said how far, and it is listed as not varied
}

// Moves says how far each input moves what a paid order costs by the i-th alternative while the others stay as they are,
// the one that moves it most first; see [Sensitivity]. Inputs of one name fail with duplicate, and a Value at which an order
// costs something else than by the plan as it is with contradiction: it is not the plan's. An input that does not find what
// it is about fails, as does one of which no other value of the range has a result, with why the first has none.
func (c *Comparison) Moves(i int, inputs ...Moved) (*Sensitivities, error) {
	if err := c.alternativeAt(i); err != nil {
		return nil, err
	}
	is, err := netOf(c.plan, c.alternatives, i)
	if err != nil {
		return nil, err
	}
	var into problem.List
	variables := make([]Variable, len(inputs))
	for k, in := range inputs {
		variables[k] = Variable{Name: in.Variation.Name, Value: in.Value, Range: in.Range}
		path := "/variables/" + strconv.Itoa(k) + "/value"
		m, err := c.Cost(i, in.Variation)(in.Value)
		switch {
		case ends(err):
			return nil, err
		case err != nil:
			collect(&into, err, path)
		case !m.Equal(is):
			into.Add(problem.New(problem.Contradiction, strconv.FormatInt(in.Value, 10)+": "+m.String(), is.String()).At(path))
		}
	}
	if err := into.Err(); err != nil {
		return nil, err
	}
	out, err := Sensitivity(func(values map[string]int64) (money.Money, error) {
		at := c
		for _, in := range inputs {
			if x := values[in.Variation.Name]; x != in.Value {
				p, list, err := at.varied(in.Variation, x)
				if err != nil {
					return money.Money{}, err
				}
				at = &Comparison{plan: p, alternatives: list}
			}
		}
		if at == c {
			return is, nil
		}
		return netOf(at.plan, at.alternatives, i)
	}, variables)
	if err != nil {
		return nil, err
	}
	for _, w := range out.Swings {
		k := slices.IndexFunc(variables, func(v Variable) bool { return v.Name == w.Name })
		others := 0
		for x := range variables[k].values {
			if x != w.Value {
				others++
			}
		}
		if others > 0 && others == len(w.Unpriced) {
			collect(&into, w.Unpriced[0].Err, "/variables/"+strconv.Itoa(k)+"/"+strconv.FormatInt(w.Unpriced[0].X, 10))
		}
	}
	if err := into.Err(); err != nil {
		return nil, err
	}
	return out, nil
}

// Remember is a cost that is asked for once at each value and kept, for several searches over the same values. It belongs
// to one goroutine at a time.
func Remember(c Cost) Cost {
	type answer struct {
		m   money.Money
		err error
	}
	known := map[int64]answer{}
	return func(x int64) (money.Money, error) {
		a, ok := known[x]
		if !ok {
			a.m, a.err = c(x)
			known[x] = a
		}
		return a.m, a.err
	}
}
