package batch

import (
	"iter"
	"slices"
	"strconv"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/internal/problem"
)

// Expense is one bill for a batch: its first leg, its tariffs, an inspection.
type Expense struct {
	ID        string
	Component Component
	Amount    money.Money // in any currency for which there is a rate
	Spread    Spread
	Estimated bool // to be replaced by the actual bill
}

// Landed is a batch with what it cost to bring it to the warehouse, in one currency. It is immutable.
type Landed struct {
	currency country.Currency
	rates    *money.Rates
	items    []Item // values in the book currency
	values   []money.Conversion
	expenses []Expense
	shares   []LandedShare
	costs    []Cost
}

// LandedShare is what one line bears of one expense, with everything it follows from.
type LandedShare struct {
	Expense   string
	Component Component
	Item      int
	SKU       string
	Amount    money.Money      // in the book currency
	Of        money.Conversion // of the whole expense into the book currency
	Driver    Driver
	Method    Method
	Estimated bool
}

// Land brings the purchase value of the lines and their expenses into the book currency, each amount once, rounded half up
// to the minor unit, and shares the expenses. Shares add up to their expense, and costs to values and expenses, exactly.
// It fails with rate_missing, with input_missing for a line without a value, with duplicate for two expenses of one id,
// and as [Share] does; the path is that of the line or expense.
func Land(currency country.Currency, rates *money.Rates, items []Item, expenses ...Expense) (*Landed, error) {
	l := &Landed{currency: currency, rates: rates, items: slices.Clone(items)}
	digits := uint8(currency.Digits())
	for i := range l.items {
		it := &l.items[i]
		path := "/items/" + strconv.Itoa(i)
		if it.Value.IsZero() {
			return nil, problem.New(problem.InputMissing, "value", it.SKU).At(path)
		}
		_, c, err := rates.Convert(it.Value, currency, digits, money.HalfUp)
		if err != nil {
			return nil, under(err, path)
		}
		it.Value = c.To
		l.values = append(l.values, c)
		l.costs = append(l.costs, CostOf(Purchase, c.To))
	}
	for i, e := range expenses {
		if err := l.add(e); err != nil {
			return nil, under(err, "/expenses/"+strconv.Itoa(i))
		}
	}
	return l, nil
}

// add shares one more expense.
func (l *Landed) add(e Expense) error {
	if slices.ContainsFunc(l.expenses, func(o Expense) bool { return o.ID == e.ID }) {
		return problem.New(problem.Duplicate, e.ID)
	}
	_, c, err := l.rates.Convert(e.Amount, l.currency, uint8(l.currency.Digits()), money.HalfUp)
	if err != nil {
		return err
	}
	shares, err := Share(c.To, l.items, e.Spread)
	if err != nil {
		return err
	}
	for i, s := range shares {
		if l.costs[i], err = l.costs[i].Add(CostOf(e.Component, s)); err != nil {
			return err
		}
		l.shares = append(l.shares, LandedShare{
			e.ID, e.Component, i, l.items[i].SKU, s, c, e.Spread.Driver, e.Spread.Rule.Method, e.Estimated,
		})
	}
	l.expenses = append(l.expenses, e)
	return nil
}

// under sets the path of a problem that has none, or puts it before.
func under(err error, path string) error {
	if p, ok := err.(problem.Problem); ok {
		return p.At(path + p.Path)
	}
	return err
}

// Actual is the batch with an estimated expense replaced by the actual one of the same id. It fails with name_unknown when
// no estimate has the id, and as [Land] does.
func (l *Landed) Actual(e Expense) (*Landed, error) {
	l = l.orEmpty()
	i := slices.IndexFunc(l.expenses, func(o Expense) bool { return o.ID == e.ID && o.Estimated })
	if i < 0 {
		var known []string
		for _, o := range l.expenses {
			if o.Estimated {
				known = append(known, o.ID)
			}
		}
		return nil, problem.New(problem.NameUnknown, e.ID, known...)
	}
	expenses := slices.Clone(l.expenses)
	expenses[i] = e
	items := slices.Clone(l.items)
	for k := range items {
		items[k].Value = l.values[k].From
	}
	return Land(l.currency, l.rates, items, expenses...)
}

// Len is the number of lines.
func (l *Landed) Len() int {
	l = l.orEmpty()
	return len(l.items)
}

// Item is a line, with its value in the book currency.
func (l *Landed) Item(i int) Item {
	l = l.orEmpty()
	if i < 0 || i >= len(l.items) {
		return Item{}
	}
	return l.items[i]
}

// Cost is what all units of a line cost, by component.
func (l *Landed) Cost(i int) Cost {
	l = l.orEmpty()
	if i < 0 || i >= len(l.costs) {
		return Cost{}
	}
	return l.costs[i]
}

// UnitCost is what the units of a line cost, as unit prices with scale decimals that add up to the cost exactly.
func (l *Landed) UnitCost(i int, scale uint8) ([]UnitPrice, error) {
	l = l.orEmpty()
	return UnitPrices(l.Cost(i).Sum(), l.Item(i).Units, scale)
}

// Total is what the batch cost.
func (l *Landed) Total() (Cost, error) {
	l = l.orEmpty()
	var sum Cost
	for _, c := range l.costs {
		var err error
		if sum, err = sum.Add(c); err != nil {
			return Cost{}, err
		}
	}
	return sum, nil
}

// Shares are the shares of all expenses, expense by expense.
func (l *Landed) Shares() iter.Seq[LandedShare] {
	l = l.orEmpty()
	return slices.Values(slices.Clone(l.shares))
}

// Values are how the purchase values came into the book currency, a conversion a line.
func (l *Landed) Values() iter.Seq[money.Conversion] {
	l = l.orEmpty()
	return slices.Values(slices.Clone(l.values))
}

// Ship is the ledger's entries for the departure of the batch: its units at their purchase value, an entry a line. Their
// ids are "batch/ship/0" and so on.
func (l *Landed) Ship(batch string, effect country.Date) []Entry {
	l = l.orEmpty()
	var out []Entry
	for i, it := range l.items {
		out = append(out, Entry{
			ID: batch + "/ship/" + strconv.Itoa(i), Kind: Ship, Effect: effect, Batch: batch, SKU: it.SKU, Units: it.Units,
			Cost: CostOf(Purchase, it.Value),
		})
	}
	return out
}

// Bills is the ledger's entries for one expense, one for each line that bears of it, or may do so when an estimate is
// replaced. Their ids are "batch/expense/0" and so
// on for an estimate, and "batch/expense/0/actual" otherwise; those of an actual one name the estimate that they replace
// when replaces is set.
func (l *Landed) Bills(batch, expense string, effect country.Date, replaces bool) []Entry {
	l = l.orEmpty()
	var out []Entry
	for _, s := range l.shares {
		if s.Expense != expense || s.Amount.Sign() == 0 && !s.Estimated && !replaces {
			continue
		}
		e := Entry{
			ID: batch + "/" + expense + "/" + strconv.Itoa(s.Item), Kind: Bill, Effect: effect, Batch: batch, SKU: s.SKU,
			Cost: CostOf(s.Component, s.Amount),
		}
		if replaces {
			e.Ref = e.ID
		}
		if !s.Estimated {
			e.ID += "/actual"
		}
		out = append(out, e)
	}
	return out
}

// orEmpty is l, or an empty one for nil.
func (l *Landed) orEmpty() *Landed {
	if l == nil {
		return &Landed{}
	}
	return l
}
