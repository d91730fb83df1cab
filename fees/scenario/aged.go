package scenario

import (
	"cmp"
	"maps"
	"slices"
	"strconv"

	"golang.org/x/text/language"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees"
	"github.com/overseaswarehouse/overseas/fees/batch"
	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/fees/unit"
	"github.com/overseaswarehouse/overseas/internal/fixed"
	"github.com/overseaswarehouse/overseas/internal/lang"
	"github.com/overseaswarehouse/overseas/internal/problem"
)

// Aged is one lot of stock that has lain for long, and what may be done about it. What a way needs is said at the way; a
// way that is left out is incomplete and names itself.
type Aged struct {
	Currency country.Currency
	Rates    *money.Rates // not needed where all is in Currency
	Ledger   *batch.Ledger
	Cards    *fees.Calculator // of the warehouse: storage, orders, removals
	Stock    batch.StayQuery  // warehouse, country, account, facts and goods; From is the day on which it is decided
	Batch    string
	SKU      string
	Price    money.Money // what buyers pay now for one unit, without tax; with Keep and Discount
	Order    *fees.Order // an order of one unit and no other goods, whose date is filled in; with Keep and Discount

	Keep     *unit.Fraction // units sold a day at that price
	Discount *Discount
	Move     *Move
	Remove   *Removed
	Destroy  *Destroyed
}

// Discount is a lower price and how fast goods sell at it.
type Discount struct {
	Off    *unit.Percent
	PerDay *unit.Fraction
}

// Move takes the goods to another place and sells them there.
type Move struct {
	Cards  *fees.Calculator
	Events []fees.Event    // what the way costs: removal, consignment, receipt; at least one
	Stock  batch.StayQuery // of the other place; From is the day on which the goods are there, not before that of the lot
	Price  money.Money
	Order  *fees.Order
	PerDay *unit.Fraction
}

// Removed takes the goods back, with what a unit is worth then.
type Removed struct {
	Facts fees.Facts
	Value money.Money // 0 is said by an amount of 0
}

// Destroyed has the goods destroyed.
type Destroyed struct{ Facts fees.Facts }

// Way is something that can be done about aged stock.
type Way uint8

// The ways.
const (
	Keep     Way = iota // "keep": sell on at the same price
	CutPrice            // "discount": sell on at a lower price
	MoveAway            // "move": sell at another place
	TakeBack            // "remove": take it back
	Destroy             // "destroy"
)

var wayWords = []string{"keep", "discount", "move", "remove", "destroy"}

// String is the name of the way, "" when it is none.
func (w Way) String() string { return word(wayWords, w) }

// Text says the way in the language nearest to tag.
func (w Way) Text(tag language.Tag) string { return say("aged."+w.String(), lang.Of(tag)) }

// AgedChoice is what one way of getting rid of aged stock comes to. What the goods have cost is spent in any case and no part
// of it.
type AgedChoice struct {
	Way      Way
	Status   Status
	Problems Problems     // of an incomplete one, which has no amounts
	Units    int64        // that are sold, removed or destroyed
	Until    country.Date // the first day on which none is left
	Proceeds money.Money
	Orders   money.Money // handling and delivery of what is sold
	Storage  money.Money // what storage costs more than if the goods were gone at once
	Fees     money.Money // removal, transport, destruction
	Net      money.Money // Proceeds less the three others
}

// Choices are all ways for a lot, the one with the greatest net first and those that are incomplete last, each in the
// order of the ways where they are equal. What is unsellable is removed or destroyed with the rest; it is neither sold nor
// moved to be sold, and stays where it is then, its storage counted in no way. The storage still to come is that of the
// calendar months until the last unit is gone, with all other stock of the account in its place: the bill with the lot
// less the bill without it, so that free volumes and minimum bills count as they will. Units leave as they sell, evenly:
// after n days the whole part of n times the pace.
func (a *Aged) Choices() []AgedChoice {
	if a == nil {
		a = &Aged{}
	}
	out := []AgedChoice{a.keep(), a.discount(), a.move(), a.remove(), a.destroy()}
	slices.SortStableFunc(out, func(x, y AgedChoice) int {
		switch {
		case x.Status == Incomplete || y.Status == Incomplete:
			return int(b2i(x.Status == Incomplete)) - int(b2i(y.Status == Incomplete))
		}
		c, _ := y.Net.Compare(x.Net)
		return c
	})
	return out
}

func b2i(b bool) int8 {
	if b {
		return 1
	}
	return 0
}

// ager reckons one way.
type ager struct {
	*Aged
	checker
	digits uint8
	units  int64
	unfit  map[country.Date]int64 // units that cannot be sold and stay where they are, by day of arrival
	exact  bool
	choice AgedChoice
}

// worth checks an amount that buyers pay or that goods are worth: not negative.
func (g *ager) worth(m money.Money, name string) {
	g.need(!m.IsZero(), name)
	if m.Sign() < 0 {
		g.bad(problem.Negative, name, m.String(), "≥ 0")
	}
}

// single checks an order as which each unit is sold: of one unit, and of these goods where it says what is in it.
func (g *ager) single(o *fees.Order, name string) {
	g.need(o != nil, name)
	if o == nil {
		return
	}
	var units int64
	stated := false
	for i := range o.Parcels {
		p := &o.Parcels[i]
		path := name + "/parcels/" + strconv.Itoa(i)
		inside := int64(0)
		for k := range p.Goods {
			if sku := p.Goods[k].SKU; sku != g.SKU {
				g.bad(problem.UnknownValue, path+"/goods/"+strconv.Itoa(k)+"/sku", sku, g.SKU)
			}
			inside += max(p.Goods[k].Units, 1)
		}
		n := cmp.Or(p.Units, inside)
		stated = stated || n != 0
		if many := p.Count > 1 && n != 0; many || n > 1 || n < 0 || inside > 1 || p.Count < 0 {
			g.bad(problem.NumberRange, path+"/units", strconv.FormatInt(cmp.Or(n, p.Count), 10), "1")
			return
		}
		units += n
	}
	if stated && units != 1 {
		g.bad(problem.NumberRange, name+"/parcels", strconv.FormatInt(units, 10), "1")
	}
}

// sells reports whether a way sells the goods: what cannot be sold has no part in it.
func (w Way) sells() bool { return w <= MoveAway }

// begin checks what every way needs, and counts the units.
func (a *Aged) begin(w Way) *ager {
	g := &ager{Aged: a, exact: true, choice: AgedChoice{Way: w}}
	g.path = "/aged"
	g.need(!a.Currency.IsZero(), "currency")
	g.need(a.Ledger != nil, "ledger")
	g.need(a.Cards != nil, "cards")
	g.need(a.Batch != "", "batch")
	g.need(a.SKU != "", "sku")
	g.need(a.Stock.From.IsValid(), "stock/from", "YYYY-MM-DD")
	g.need(a.Stock.Warehouse != "", "stock/warehouse")
	if g.into.Len() > 0 {
		return g
	}
	g.digits = uint8(a.Currency.Digits())
	var unfit int64
	for _, b := range a.Ledger.Balances(a.Stock.From) {
		switch {
		case b.Batch != a.Batch || b.SKU != a.SKU || b.Warehouse != a.Stock.Warehouse:
		case b.Account == batch.Stock:
			g.units += b.Units
		case b.Account == batch.Unsellable:
			unfit += b.Units
		}
	}
	switch {
	case !w.sells():
		g.units += unfit
	case unfit > 0:
		g.unsellable()
	}
	if g.units == 0 {
		g.into.Add(problem.New(problem.StockShort, a.SKU+" "+a.Batch, "> 0").With("have", "0").At("/aged/batch"))
	}
	g.choice.Units = g.units
	zero := g.zero()
	g.choice.Proceeds, g.choice.Orders, g.choice.Storage, g.choice.Fees = zero, zero, zero, zero
	return g
}

// unsellable finds when the units arrived that cannot be sold. A stay does not say which of its lots they are; the ledger's
// movements say since when they lie there, and of the lots since one day those that arrived first are they: goods that were
// damaged had arrived before.
func (g *ager) unsellable() {
	day := g.Stock.From
	since := map[country.Date]int64{}
	first := day
	q := batch.StayQuery{Warehouse: g.Stock.Warehouse, AsOf: day, Goods: map[string]batch.Goods{}}
	for m := range g.Ledger.Movements() {
		for _, side := range [...]struct {
			batch.Side
			units int64
		}{{m.From, -m.Units}, {m.To, m.Units}} {
			if !side.Since.IsZero() && side.Since.Before(first) {
				first = side.Since
			}
			q.Goods[side.SKU] = batch.Goods{}
			if side.Account == batch.Unsellable && side.Batch == g.Batch && side.SKU == g.SKU && side.Warehouse == g.Stock.Warehouse && !m.Date.After(day) {
				since[side.Since] += side.units
			}
		}
	}
	var err error
	q.From = first
	if q.To, err = day.AddDays(1); err == nil {
		var stay *fees.Stay
		if stay, err = g.Ledger.Stay(q); err == nil {
			g.unfit = map[country.Date]int64{}
			slices.SortStableFunc(stay.Lots, func(a, b fees.Lot) int { return a.Arrived.Compare(b.Arrived) })
			for _, l := range stay.Lots {
				if l.Batch == g.Batch && l.SKU == g.SKU && l.To.IsZero() {
					if n := min(l.Units, since[l.From]); n > 0 {
						since[l.From] -= n
						g.unfit[l.Arrived] += n
					}
				}
			}
		}
	}
	collect(&g.into, err, g.path)
}

// apart are the lots of an account without the goods in question, and those goods: what cannot be sold stays with the others.
func (g *ager) apart(lots []fees.Lot) (others, mine []fees.Lot) {
	unfit := maps.Clone(g.unfit)
	for _, l := range lots {
		if l.Batch != g.Batch || l.SKU != g.SKU {
			others = append(others, l)
			continue
		}
		if n := min(l.Units, unfit[l.Arrived]); n > 0 {
			unfit[l.Arrived] -= n
			stays := l
			stays.Units = n
			others = append(others, stays)
			l.Units -= n
		}
		if l.Units > 0 {
			mine = append(mine, l)
		}
	}
	return others, mine
}

func (g *ager) zero() money.Money {
	m, _ := money.Of(0, g.digits, g.Currency)
	return m
}

// sum adds to an amount.
func (g *ager) sum(to *money.Money, m money.Money) {
	s, err := to.Add(m)
	if err != nil {
		collect(&g.into, err, g.path)
		return
	}
	*to = s
}

// home is an amount in the currency of the answer, rounded half up.
func (g *ager) home(m money.Money, day country.Date) money.Money {
	_, conv, err := g.Rates.On(day).Convert(m, g.Currency, g.digits, money.HalfUp)
	if err == nil {
		m, err = conv.To.Round(g.digits, money.HalfUp)
	}
	if err != nil {
		collect(&g.into, err, g.path)
		return g.zero()
	}
	return m
}

// price quotes an event.
func (g *ager) price(c *fees.Calculator, e fees.Event, day country.Date) money.Money {
	q, err := c.Quote(e)
	if err == nil {
		var t *fees.Total
		if t, err = q.In(g.Currency, g.Rates.On(day)); err == nil {
			g.exact = g.exact && q.Status() == fees.Exact
			var m money.Money
			if m, err = t.Sum().Round(g.digits, money.HalfUp); err == nil {
				return m
			}
		}
	}
	collect(&g.into, err, g.path)
	return g.zero()
}

// leaving is the units that leave on each day, from the first.
func leaving(units int64, perDay unit.Fraction) []int64 {
	pace, ok := paceOf(perDay)
	if !ok || pace == 0 {
		return nil
	}
	var out []int64
	var cum, gone int64
	for gone < units {
		if len(out) > 100*366 {
			return nil
		}
		cum += pace
		n := min(cum/1_000_000, units) - gone
		gone += n
		out = append(out, n)
	}
	return out
}

// sell sells the units at a pace and a price, and bills the storage until then.
func (g *ager) sell(calc *fees.Calculator, stock batch.StayQuery, price money.Money, order *fees.Order, pace *unit.Fraction, there bool) {
	sold := leaving(g.units, *pace)
	if sold == nil {
		g.into.Add(problem.New(problem.NumberRange, pace.String(), "> 0").At(g.path + "/per_day"))
		return
	}
	day := stock.From
	for _, n := range sold {
		if n > 0 {
			o := *order
			o.Date = day
			one := g.price(calc, &o, day)
			g.sum(&g.choice.Orders, g.times(one, n))
			g.sum(&g.choice.Proceeds, g.home(g.times(price, n), day))
			if g.into.Len() > 0 {
				return
			}
		}
		day, _ = day.AddDays(1)
	}
	g.choice.Until = day
	g.store(calc, stock, sold, there)
}

func (g *ager) times(m money.Money, n int64) money.Money {
	coef, ok := fixed.Mul(m.Coef(), n)
	out, err := m.WithAmount(coef, m.Scale())
	if !ok || err != nil {
		g.into.Add(problem.New(problem.Overflow, m.String()).At(g.path))
		return m
	}
	return out
}

// store is what storage costs more for the units, which leave as they are sold from the first day on.
func (g *ager) store(calc *fees.Calculator, stock batch.StayQuery, sold []int64, there bool) {
	first := stock.From
	for stock.From.Before(g.choice.Until) {
		next, err := stock.From.LastOfMonth().AddDays(1)
		if err != nil {
			collect(&g.into, err, g.path)
			return
		}
		stock.To = next
		if g.choice.Until.Before(next) {
			stock.To = g.choice.Until
		}
		with, err := g.stay(stock, there)
		if err != nil {
			collect(&g.into, err, g.path)
			return
		}
		without := *with
		var mine []fees.Lot
		without.Lots, mine = g.apart(with.Lots)
		if !there {
			mine = []fees.Lot{g.arrived(stock, first)}
		}
		with.Lots = append(slices.Clone(without.Lots), g.thin(mine, sold, first, stock)...)
		bill := g.price(calc, with, stock.From)
		if len(without.Lots) > 0 {
			less := g.price(calc, &without, stock.From)
			if bill, err = bill.Sub(less); err != nil {
				collect(&g.into, err, g.path)
				return
			}
		}
		g.sum(&g.choice.Storage, bill)
		if g.into.Len() > 0 {
			return
		}
		stock.From = next
	}
}

// stay is the stock of the account in a month; at another place nothing else is known to be there.
func (g *ager) stay(stock batch.StayQuery, there bool) (*fees.Stay, error) {
	if there {
		return g.Ledger.Stay(stock)
	}
	return &fees.Stay{
		Reference: stock.Reference, From: stock.From, To: stock.To, Country: stock.Country, Warehouse: stock.Warehouse, Account: stock.Account, Facts: stock.Facts,
	}, nil
}

// arrived is the lot at another place.
func (g *ager) arrived(stock batch.StayQuery, first country.Date) fees.Lot {
	goods, ok := stock.Goods[g.SKU]
	if !ok {
		g.into.Add(problem.New(problem.InputMissing, "goods", g.SKU).At(g.path + "/stock/goods"))
	}
	return fees.Lot{
		Batch: g.Batch, SKU: g.SKU, Arrived: first, From: stock.From, Units: g.units, Weight: goods.Weight, Size: goods.Size, Volume: goods.Volume,
		Value: goods.Value, Facts: goods.Facts,
	}
}

// thin is lots of which units leave day by day: those that came first leave first.
func (g *ager) thin(lots []fees.Lot, sold []int64, first country.Date, stock batch.StayQuery) []fees.Lot {
	var out []fees.Lot
	sold = slices.Clone(sold)
	day := first
	var gone int64 // before the period
	i := 0
	for ; i < len(sold) && !stock.From.Before(day); i++ {
		gone += sold[i]
		day, _ = day.AddDays(1)
	}
	for _, l := range lots {
		left := l.Units
		cut := min(left, gone)
		left, gone = left-cut, gone-cut
		for k, d := i, day; left > 0 && k < len(sold) && d.Before(stock.To); k++ {
			n := min(left, sold[k])
			if n > 0 {
				part := l
				part.Units, part.To = n, d
				out = append(out, part)
				sold[k] -= n
				left -= n
			}
			d, _ = d.AddDays(1)
		}
		if left > 0 {
			l.Units = left
			out = append(out, l)
		}
	}
	return out
}

// done is the choice, without amounts when something is missing.
func (g *ager) done() AgedChoice {
	if ps, ok := g.into.Err().(Problems); ok {
		return AgedChoice{Way: g.choice.Way, Problems: ps}
	}
	c := g.choice
	c.Net = c.Proceeds
	for _, m := range [...]money.Money{c.Orders, c.Storage, c.Fees} {
		n, err := c.Net.Sub(m)
		if err != nil {
			collect(&g.into, err, g.path)
			return g.done()
		}
		c.Net = n
	}
	c.Status = Exact
	if !g.exact {
		c.Status = Estimated
	}
	return c
}

func (a *Aged) keep() AgedChoice {
	g := a.begin(Keep)
	g.worth(a.Price, "price")
	g.single(a.Order, "order")
	g.need(a.Keep != nil, "keep", "units a day")
	if g.into.Len() == 0 {
		g.path = "/aged/keep"
		g.sell(a.Cards, a.Stock, a.Price, a.Order, a.Keep, true)
	}
	return g.done()
}

func (a *Aged) discount() AgedChoice {
	g := a.begin(CutPrice)
	g.worth(a.Price, "price")
	g.single(a.Order, "order")
	g.need(a.Discount != nil, "discount")
	if d := a.Discount; d != nil {
		g.share(d.Off, "discount/off", true)
		g.need(d.PerDay != nil, "discount/per_day", "units a day")
	}
	if g.into.Len() == 0 {
		g.path = "/aged/discount"
		off, err := portion(a.Price, a.Discount.Off)
		var price money.Money
		if err == nil {
			price, err = a.Price.Sub(off)
		}
		if err != nil {
			collect(&g.into, err, g.path)
			return g.done()
		}
		g.sell(a.Cards, a.Stock, price, a.Order, a.Discount.PerDay, true)
	}
	return g.done()
}

func (a *Aged) move() AgedChoice {
	g := a.begin(MoveAway)
	m := a.Move
	g.need(m != nil, "move")
	if m != nil {
		g.need(m.Cards != nil, "move/cards")
		g.need(len(m.Events) > 0, "move/events")
		g.need(m.Stock.From.IsValid(), "move/stock/from", "YYYY-MM-DD")
		if m.Stock.From.IsValid() && m.Stock.From.Before(a.Stock.From) {
			g.bad(problem.DateOrder, "move/stock/from", m.Stock.From.String(), a.Stock.From.String())
		}
		g.worth(m.Price, "move/price")
		g.single(m.Order, "move/order")
		g.need(m.PerDay != nil, "move/per_day", "units a day")
	}
	if g.into.Len() == 0 {
		g.path = "/aged/move"
		for _, e := range m.Events {
			g.sum(&g.choice.Fees, g.price(m.Cards, e, a.Stock.From))
		}
		g.sell(m.Cards, m.Stock, m.Price, m.Order, m.PerDay, false)
	}
	return g.done()
}

// removal is the event of taking all units out of the warehouse.
func (g *ager) removal(facts fees.Facts) *fees.Removal {
	goods, ok := g.Stock.Goods[g.SKU]
	if !ok {
		g.into.Add(problem.New(problem.InputMissing, "goods", g.SKU).At("/aged/stock/goods"))
	}
	return &fees.Removal{
		Reference: g.Batch + "/" + g.SKU, Date: g.Stock.From, Country: g.Stock.Country, Warehouse: g.Stock.Warehouse, Account: g.Stock.Account, Facts: facts,
		Goods: []fees.Goods{{SKU: g.SKU, Units: g.units, Weight: goods.Weight, Size: goods.Size, Volume: goods.Volume, Value: goods.Value}},
	}
}

func (a *Aged) remove() AgedChoice {
	g := a.begin(TakeBack)
	g.need(a.Remove != nil, "remove")
	if a.Remove != nil {
		g.worth(a.Remove.Value, "remove/value")
	}
	if g.into.Len() == 0 {
		g.path = "/aged/remove"
		g.choice.Until = a.Stock.From
		g.sum(&g.choice.Fees, g.price(a.Cards, g.removal(a.Remove.Facts), a.Stock.From))
		g.sum(&g.choice.Proceeds, g.home(g.times(a.Remove.Value, g.units), a.Stock.From))
	}
	return g.done()
}

func (a *Aged) destroy() AgedChoice {
	g := a.begin(Destroy)
	g.need(a.Destroy != nil, "destroy")
	if g.into.Len() == 0 {
		g.path = "/aged/destroy"
		g.choice.Until = a.Stock.From
		g.sum(&g.choice.Fees, g.price(a.Cards, g.removal(a.Destroy.Facts), a.Stock.From))
	}
	return g.done()
}
