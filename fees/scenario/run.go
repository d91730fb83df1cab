package scenario

import (
	"cmp"
	"errors"
	"math/big"
	"slices"
	"strconv"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees"
	"github.com/overseaswarehouse/overseas/fees/batch"
	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/fees/unit"
	"github.com/overseaswarehouse/overseas/internal/fixed"
	"github.com/overseaswarehouse/overseas/internal/problem"
)

// run is one alternative on its way through the days of a plan.
type run struct {
	pricer
	h         horizon
	supplies  []supply
	batches   []shipment
	rows      []BatchRow
	lead      int32           // days from the departure of a batch until it can be sold
	base      int32           // the first day on which anything happens, before the plan's start: not above 0
	rented    int32           // the first day for which rent is due: not above 0
	last      int32           // the day after the last one on which anything happens
	queues    [][]queued      // by product: what is to be booked
	releases  [][]release     // by product, by day
	booking   [][]int32       // by product: the queue's places in the order of booking, those that are booked left out
	books     []*batch.Ledger // by product: no cost ever goes from one to another
	booked    []int           // by product: entries
	ids       []string        // of the entries of a product, in their order
	warehouse string
	bySKU     map[string]int
	lots      []fees.Lot

	spans    []int32 // the days on which prices may change
	orders   map[orderKey]*orderPrice
	paid     []int64 // by day from base: fine units that leave
	got      []int64 // that are recovered
	ordered  []int64 // of those that leave, for orders
	payments map[payKey]int64
	moved    uint64 // the magnitude of all payments, in fine units

	extra  map[country.Date]*amounts // rent and whatever belongs to no batch, in minor units, by month
	billed map[int]*bills            // by month: for minimum bills
	fates  [fateCount]FateRow
	result *Figures
}

// release is units that leave for orders of a name on a day.
type release struct {
	day   int32
	name  string
	units int64
}

// queued is an entry with the day on which it is booked.
type queued struct {
	day   int32
	why   int32 // what its cost and units follow from, for an explanation
	entry batch.Entry
}

type orderKey struct {
	product, shape, span int32
	back                 bool
}

// orderPrice is what an order of a shape costs while prices do not change.
type orderPrice struct {
	cost  amounts // fine
	due   int64   // at customs, fine
	quote *fees.Quote
	leafs []int // of the order, and of what is due at customs
}

type payKey struct {
	day  int32
	what Payable
	ref  string
}

// ledgerWarehouse is the name of the one warehouse of a ledger where the alternative names none.
const ledgerWarehouse = "stock"

// simulate runs an alternative whose inputs are complete. sales are the demands of the products.
func simulate(p *Plan, a *Alternative, path string, sales [][]sale, ev *evidence) (*run, *Figures, error) {
	r := &run{
		pricer: pricer{plan: p, alt: a, path: path, digits: uint8(p.Currency.Digits()), ledger: ev},
		h:      horizonOf(p), orders: map[orderKey]*orderPrice{}, payments: map[payKey]int64{},
		extra: map[country.Date]*amounts{}, billed: map[int]*bills{}, bySKU: make(map[string]int, len(p.Products)),
		warehouse: cmp.Or(a.Warehouse, ledgerWarehouse),
	}
	if ev != nil {
		ev.run = r
	}
	for i := range p.Products {
		r.bySKU[p.Products[i].SKU] = i
		s := a.supplier(&p.Products[i])
		one, err := s.run(int32(i), &p.Products[i], sales[i], &r.h)
		if err != nil {
			collect(&r.into, err, path)
			return r, nil, r.into.Err()
		}
		r.supplies = append(r.supplies, one)
	}
	r.batches = shipments(r.supplies)
	for _, step := range []func() bool{r.calendar, r.prices, r.bring, r.sell, r.keep} {
		if !step() {
			return r, nil, r.into.Err()
		}
	}
	if r.covers != "" && r.tariffs != "" {
		r.into.Add(problem.New(problem.TariffTwice, r.covers, r.tariffs).At(path + "/stages"))
		return r, nil, r.into.Err()
	}
	if err := r.into.Err(); err != nil {
		return r, nil, err
	}
	r.result = r.figures()
	return r, r.result, r.into.Err()
}

func days(n *int) int32 {
	if n == nil {
		return 0
	}
	return int32(*n)
}

// stage is the days of a stage, none where the alternative does not have it.
func (r *run) stage(s Stage, n *int) int32 {
	if !r.alt.has(s) {
		return 0
	}
	return days(n)
}

// calendar finds the first and the last day and opens the books.
func (r *run) calendar() bool {
	d, t := &r.alt.Days, &r.alt.Terms
	r.lead = r.stage(Consign, d.Transit) + r.stage(Import, d.Clearance) + r.stage(Receive, d.PutAway)
	if len(r.batches) > 0 {
		r.base = min(0, r.batches[0].ready-r.lead-days(d.Production))
	}
	if _, err := r.h.start.AddDays(int(r.base)); err != nil {
		collect(&r.into, err, "/start")
		return false
	}
	if r.alt.has(Rent) && len(r.batches) > 0 {
		r.rented = r.h.first(min(0, r.h.month(r.batches[0].ready)))
		r.base = min(r.base, r.rented)
	}
	longest := int32(0)
	for _, n := range []*int{t.Purchase, t.FirstLeg, t.Tariff, t.Receipt, t.Storage, t.Rent, t.Orders, t.Payout, t.TaxBack} {
		longest = max(longest, days(n))
	}
	r.last = r.h.days + days(d.DeliveryMax) + days(d.Return) + longest + 70
	if _, err := r.h.start.AddDays(int(r.last)); err != nil {
		collect(&r.into, err, "/start")
		return false
	}
	n := int(r.last - r.base)
	r.paid, r.got = make([]int64, n+1), make([]int64, n+1)
	r.ordered = make([]int64, n+1)
	products := len(r.plan.Products)
	r.queues, r.releases, r.booked = make([][]queued, products), make([][]release, products), make([]int, products)
	for i := range r.plan.Products {
		book, err := batch.New(batch.Options{Currency: r.plan.Currency, Method: batch.FIFO})
		if err != nil {
			collect(&r.into, err, "/currency")
			return false
		}
		s := &r.supplies[i]
		entries := s.entries(r.alt, len(r.h.months))
		r.queues[i] = make([]queued, 0, entries)
		book.Grow(entries + s.days())
		r.books = append(r.books, book)
	}
	return true
}

// prices finds the days on which the price of an equal event may change.
func (r *run) prices() bool {
	from, to := r.h.date(0), r.h.date(r.last-1)
	dates := r.alt.Cards.Changes(from, to)
	for _, rates := range []*money.Rates{r.plan.Rates, r.alt.CustomsRates} {
		if rates == nil {
			continue
		}
		for rate := range rates.All() {
			if rate.Date.After(from) && !rate.Date.After(to) {
				dates = append(dates, rate.Date)
			}
		}
	}
	slices.SortFunc(dates, country.Date.Compare)
	for _, d := range slices.Compact(dates) {
		r.spans = append(r.spans, int32(d.DaysSince(r.h.start)))
	}
	return true
}

// span is the stretch of equal prices that a day is in.
func (r *run) span(day int32) int32 {
	n, found := slices.BinarySearch(r.spans, day)
	if found {
		n++
	}
	return int32(n)
}

// entry books an entry of a product on a day.
func (r *run) entry(product, day, why int32, e batch.Entry) {
	e.Effect = r.h.date(day)
	e.SKU = r.plan.Products[product].SKU
	r.queues[product] = append(r.queues[product], queued{day, why, e})
}

// pay notes that money moves: fine units, so many days after a day, for an event or, of a purchase, a product.
func (r *run) pay(day int32, after *int, what Payable, ref string, fine int64, of int) {
	if fine == 0 {
		return
	}
	r.ledger.pays(day, what, ref, of)
	day += days(after)
	r.moves(fine)
	r.paid[min(day, r.last)-r.base] += fine
	r.payments[payKey{day, what, ref}] += fine
}

// moves keeps the sum of all that is paid within what sums can hold.
func (r *run) moves(fine int64) {
	if r.moved += fixed.Abs(fine); r.moved > fixed.MaxCoef {
		r.moved = fixed.MaxCoef
		r.fail("payments", problem.New(problem.Overflow, ""))
	}
}

// payOrders notes what is paid for orders.
func (r *run) payOrders(day, after int32, fine int64) {
	r.moves(fine)
	i := min(day+after, r.last) - r.base
	r.paid[i] += fine
	r.ordered[i] += fine
}

// recover notes that money that was paid is there again.
func (r *run) recover(day int32, fine int64) { r.got[min(day, r.last)-r.base] += fine }

// bring orders the batches and takes them to the place from which they are sold.
func (r *run) bring() bool {
	a := r.alt
	for i := range r.batches {
		s := &r.batches[i]
		departs := s.ready - r.lead
		ordered := departs - days(a.Days.Production)
		entered := departs + r.stage(Consign, a.Days.Transit)
		arrived := entered + r.stage(Import, a.Days.Clearance)
		row := BatchRow{
			ID: s.id, Ordered: r.h.date(ordered), Departs: r.h.date(departs), Arrives: r.h.date(arrived), Ready: r.h.date(s.ready),
		}
		items := make([]batch.Item, len(s.loads))
		for k, l := range s.loads {
			q := &r.plan.Products[l.product]
			row.Units += l.units
			row.Missing += l.refused + l.short
			all, ok := fixed.Mul(q.Cost.Coef(), l.units)
			if !ok {
				r.fail(Consign.String(), problem.New(problem.Overflow, q.Cost.String()))
				return false
			}
			value, err := q.Cost.WithAmount(all, q.Cost.Scale())
			if err == nil {
				var conv money.Conversion
				if _, conv, err = r.plan.Rates.On(row.Ordered).Convert(value, r.plan.Currency, r.digits, money.HalfUp); err == nil {
					value, err = conv.To.Round(r.digits, money.HalfUp)
					if r.ledger != nil && err == nil {
						r.ledger.bought(s.id, q, l.units, conv)
					}
				}
			}
			if err != nil {
				collect(&r.into, err, "/products/"+strconv.Itoa(int(l.product))+"/cost")
				return false
			}
			items[k] = batch.Item{SKU: q.SKU, HS: q.HS, Units: l.units, Value: value, Weight: q.Weight, Size: q.Size, Volume: q.Volume}
			fine, ok := r.fine(value)
			if !ok {
				r.fail("payments", problem.New(problem.Overflow, value.String()))
				return false
			}
			r.pay(ordered, a.Terms.Purchase, PayPurchase, s.id, fine, k)
		}
		var expenses []batch.Expense
		when := map[string]occasion{}
		expense := func(stage Stage, e fees.Event, day int32, spread func(batch.Component) batch.Spread, after *int, what Payable) (priced, bool) {
			p, ok := r.price(stage.String(), e, r.h.date(day), 1)
			if !ok {
				return p, false
			}
			cost := p.cost.minor()
			for c, v := range cost {
				if v == 0 {
					continue
				}
				id := stage.String() + "/" + batch.Component(c).String()
				when[id] = occasion{day, p.leaf}
				expenses = append(expenses, batch.Expense{ID: id, Component: batch.Component(c), Amount: r.money(v), Spread: spread(batch.Component(c))})
			}
			r.pay(day, after, what, s.id, cost.sum()*fineUnit, p.leaf)
			if p.taxed != 0 {
				if a.Terms.TaxBack == nil {
					r.into.Add(problem.New(problem.InputMissing, "tax_back", "days").At(r.path + "/terms/tax_back"))
					return p, false
				}
				r.pay(day, after, PayImportTax, s.id, p.taxed, p.leaf)
				r.pay(day, a.Terms.TaxBack, PayTaxBack, s.id, -p.taxed, p.leaf)
			}
			return p, true
		}
		var freight priced
		ok := true
		if a.has(Consign) {
			freight, ok = expense(Consign, &fees.Consignment{
				Reference: s.id, Date: row.Departs, Origin: a.Origin, Destination: a.Country, Warehouse: a.Warehouse, Account: a.Account,
				Cartons: r.cartons(fees.OnConsign, s), Facts: r.facts(fees.OnConsign, a.Facts),
			}, departs, by(batch.ByWeight), a.Terms.FirstLeg, PayFirstLeg)
		}
		if ok && a.has(Import) {
			var e *fees.Entry
			if e, ok = r.declare(s, r.h.date(entered), freight); ok {
				var spread func(batch.Component) batch.Spread
				if spread, ok = r.byLine(e); ok {
					_, ok = expense(Import, e, entered, spread, a.Terms.Tariff, PayTariff)
				}
			}
		}
		if ok && a.has(Receive) {
			var p priced
			if p, ok = expense(Receive, &fees.Receipt{
				Reference: s.id, Date: r.h.date(arrived), Country: a.Country, Warehouse: a.Warehouse, Account: a.Account,
				Cartons: r.cartons(fees.OnReceive, s), Facts: r.facts(fees.OnReceive, a.Facts),
			}, arrived, by(batch.ByWeight), a.Terms.Receipt, PayReceipt); ok {
				r.bill(arrived, p.quote, 1)
			}
		}
		if !ok {
			return false
		}
		if err := r.ship(s, items, expenses, when, departs, arrived, &row); err != nil {
			collect(&r.into, err, r.path+"/batch")
			return false
		}
		r.rows = append(r.rows, row)
	}
	return true
}

// by shares every component of a bill by one driver.
func by(d batch.Driver) func(batch.Component) batch.Spread {
	return func(batch.Component) batch.Spread { return batch.Spread{Driver: d} }
}

// byLine shares what customs charge among the goods of an entry as they charge it: duties and fees by what they come to for
// each line, the tax likewise. Without a customs card, which says that, they are shared by value.
func (r *run) byLine(e *fees.Entry) (func(batch.Component) batch.Spread, bool) {
	if len(e.Lines) < 2 {
		return by(batch.ByValue), true
	}
	res, err := r.alt.Cards.Entry(e)
	switch {
	case errors.Is(err, fees.ErrNoCard):
		return by(batch.ByValue), true
	case err != nil:
		r.fail(Import.String(), err)
		return nil, false
	}
	r.ledger.declared(e.Reference, res)
	var levies, taxes []*big.Rat
	for l := range res.Lines() {
		sum := new(big.Rat)
		for _, list := range [...][]fees.EntryCharge{l.Duties, l.Fees} {
			for _, c := range list {
				sum.Add(sum, c.Amount.Decimal().Rat())
			}
		}
		levies, taxes = append(levies, sum), append(taxes, l.Tax.Decimal().Rat())
	}
	return func(c batch.Component) batch.Spread {
		weights := levies
		if c == batch.Tax {
			weights = taxes
		}
		if !slices.ContainsFunc(weights, func(w *big.Rat) bool { return w.Sign() > 0 }) {
			return batch.Spread{Driver: batch.ByValue} // what is charged is no customs' charge
		}
		return batch.Spread{Driver: batch.ByGiven, Weights: weights}
	}, true
}

// occasion is the day of an expense, and its event among those of an explanation.
type occasion struct {
	day  int32
	leaf int
}

// ship makes the ledger's entries for a batch.
func (r *run) ship(s *shipment, items []batch.Item, expenses []batch.Expense, when map[string]occasion, departs, arrived int32, row *BatchRow) error {
	landed, err := batch.Land(r.plan.Currency, nil, items, expenses...)
	if err != nil {
		return err
	}
	if row.Landed, err = landed.Total(); err != nil {
		return err
	}
	consigned := r.alt.has(Consign)
	for k, l := range s.loads {
		cost := batch.CostOf(batch.Purchase, items[k].Value)
		because := func(kind whyKind) int32 { return r.ledger.because(why{kind: kind, at: len(r.rows), item: k}) }
		if !consigned {
			r.entry(l.product, s.ready, because(whyBought), batch.Entry{Kind: batch.Receipt, Batch: s.id, Warehouse: r.warehouse, Units: l.units, Cost: cost})
			continue
		}
		r.entry(l.product, departs, because(whyBought), batch.Entry{Kind: batch.Ship, Batch: s.id, Units: l.units, Cost: cost})
		gone := l.refused + l.short
		if n := l.units - gone; n > 0 {
			r.entry(l.product, arrived, because(whyArrived), batch.Entry{Kind: batch.Receipt, Batch: s.id, Warehouse: r.warehouse, Units: n})
		}
		if gone > 0 {
			r.entry(l.product, arrived, because(whyGone), batch.Entry{Kind: batch.Loss, Batch: s.id, Units: gone})
		}
	}
	for _, e := range expenses {
		k := 0
		on := when[e.ID]
		shared := r.ledger.shares(on.leaf, len(r.rows), e, items)
		for _, entry := range landed.Bills(s.id, e.ID, r.h.date(on.day), false) {
			for items[k].SKU != entry.SKU { // bills are in the order of the items
				k++
			}
			r.entry(s.loads[k].product, on.day, r.ledger.because(why{kind: whyShared, at: shared, item: k}), entry)
		}
	}
	return nil
}

// declare is the entry of a batch at customs.
func (r *run) declare(s *shipment, day country.Date, freight priced) (*fees.Entry, bool) {
	a := r.alt
	e := &fees.Entry{
		Reference: s.id, Date: day, Destination: a.Country, Importer: fees.Importer{TaxRegistered: a.Registered}, Rates: a.CustomsRates,
		Facts: r.facts(fees.OnImport, a.Facts),
	}
	items := make([]batch.Item, len(s.loads))
	for k, l := range s.loads {
		q := &r.plan.Products[l.product]
		all, ok := fixed.Mul(q.Cost.Coef(), l.units)
		value, err := q.Cost.WithAmount(all, q.Cost.Scale())
		if !ok || err != nil {
			r.fail(Import.String(), problem.New(problem.Overflow, q.Cost.String()))
			return nil, false
		}
		items[k] = batch.Item{SKU: q.SKU, Units: l.units, Weight: q.Weight}
		e.Lines = append(e.Lines, fees.EntryLine{SKU: q.SKU, HS: q.HS, Units: l.units, Weight: q.Weight, Goods: value, Duties: q.Duties[a.Country]})
	}
	to, err := r.toBorder(freight)
	if err == nil && to.Sign() != 0 {
		var shares []money.Money
		if shares, err = batch.Share(to, items, batch.Spread{Driver: batch.ByWeight}); err == nil {
			for k := range shares {
				e.Lines[k].FreightToBorder = shares[k]
			}
		}
	}
	if err != nil {
		r.fail(Import.String(), err)
		return nil, false
	}
	return e, true
}

// toBorder is the part of a freight that customs count, rounded half up: in the currency of the cards where it is one.
func (r *run) toBorder(freight priced) (money.Money, error) {
	if freight.quote == nil || freight.quote.Len() == 0 {
		return money.Money{}, nil
	}
	all, err := freight.quote.Sum()
	if err != nil {
		all = freight.total.Sum()
	}
	return portion(all, r.alt.Freight)
}

// portion is a share of an amount, rounded half up to the minor unit.
func portion(m money.Money, p *unit.Percent) (money.Money, error) {
	if p == nil || m.IsZero() {
		return money.Money{}, nil
	}
	digits := uint8(m.Currency().Digits())
	d := fixed.Decimal{Coef: p.Coef(), Scale: p.Scale()}.Normalize()
	den := []uint64{100, fixed.Pow10(int(m.Scale())), fixed.Pow10(int(d.Scale))}
	coef, ok := fixed.RoundRatio(m.Sign() < 0, []uint64{fixed.Abs(m.Coef()), uint64(d.Coef), fixed.Pow10(int(digits))}, 0, den, fixed.HalfUp)
	if !ok {
		return money.Money{}, problem.New(problem.Overflow, m.String())
	}
	return m.WithAmount(coef, digits)
}

// bill notes a quote for the minimum bills of a month.
func (r *run) bill(day int32, q *fees.Quote, times int64) {
	if !r.alt.has(Rent) || day < r.rented || day >= r.h.days {
		return
	}
	m := r.h.month(day)
	if r.billed[m] == nil {
		r.billed[m] = &bills{times: map[*fees.Quote]int64{}}
	}
	r.billed[m].add(q, times)
}

// bills are quotes and how often each was billed, in the order in which they first were: orders that cost the same have one
// quote, and there may be millions of them.
type bills struct {
	quotes []*fees.Quote
	times  map[*fees.Quote]int64
}

func (b *bills) add(q *fees.Quote, times int64) {
	if b.times[q] == 0 {
		b.quotes = append(b.quotes, q)
	}
	b.times[q] += times
}

// all are the bills as quotes, one for all that are alike; not nil, which would say that nobody knows.
func (b *bills) all() ([]*fees.Quote, error) {
	out := []*fees.Quote{}
	if b == nil {
		return out, nil
	}
	for _, q := range b.quotes {
		if n := b.times[q]; n != 1 {
			var err error
			if q, err = q.Times(n); err != nil {
				return nil, err
			}
		}
		out = append(out, q)
	}
	return out, nil
}

// priceOf is what an order of a shape, or a return of one, costs on a day.
func (r *run) priceOf(product, shape, day int32, back bool) (*orderPrice, bool) {
	key := orderKey{product, shape, r.span(day), back}
	if p, ok := r.orders[key]; ok {
		return p, p != nil
	}
	r.orders[key] = nil
	q := &r.plan.Products[product]
	date := r.h.date(day)
	var p priced
	var ok bool
	if back {
		p, ok = r.price(fees.OnReturn.String(), r.back(q, int(shape), date), date, 0)
	} else {
		p, ok = r.price(Deliver.String(), r.order(q, int(shape), date), date, 0)
	}
	if !ok {
		return nil, false
	}
	out := &orderPrice{cost: p.cost, leafs: []int{p.leaf}}
	if r.keeps() {
		out.quote = p.quote
	}
	if !back && r.alt.has(ParcelImport) {
		freight, err := r.toBorder(p)
		if err != nil {
			r.fail(ParcelImport.String(), err)
			return nil, false
		}
		due, leaf, ok := r.customs(q, int(shape), date, freight, 0)
		if !ok {
			return nil, false
		}
		out.due = due
		out.leafs = append(out.leafs, leaf)
	}
	r.orders[key] = out
	return out, true
}

// chargeKey is the orders of one product and month that have one fate.
type chargeKey struct {
	product int32
	month   int
	fate    Fate
}

// orderName names the orders of one product, month and fate in the ledger.
func (r *run) orderName(k chargeKey) string {
	return k.fate.String() + "/" + r.h.months[k.month].String()[:7] + "/" + r.plan.Products[k.product].SKU
}

// sell releases the orders, charges what they cost and takes back what comes back.
func (r *run) sell() bool {
	a := r.alt
	payout := days(a.Days.DeliveryMax) + days(a.Terms.Payout)
	type removal struct {
		product int32
		month   country.Date
	}
	unfit := map[removal]int64{}
	var removals []removal
	type charged struct {
		amounts
		name string
	}
	charges := map[chargeKey]*charged{}
	var keys []chargeKey
	total := true
	for i := range r.supplies {
		flows := r.supplies[i].flows
		r.releases[i] = make([]release, 0, len(flows))
		for j := 0; j < len(flows); {
			f := &flows[j]
			key := chargeKey{f.product, r.h.month(f.day), f.fate}
			sum := charges[key]
			if sum == nil {
				sum = &charged{name: r.orderName(key)}
				charges[key] = sum
				keys = append(keys, key)
			}
			units := int64(0)
			day := f.day
			for ; j < len(flows) && flows[j].day == day && flows[j].fate == key.fate; j++ {
				f := &flows[j]
				cost, ok := r.happen(f, f.day, false)
				if !ok {
					return false
				}
				sum.add(cost)
				units += f.units
				r.fates[f.fate].Orders += f.orders
				r.fates[f.fate].Units += f.units
				fine := cost.sum()
				r.payOrders(f.day, days(a.Terms.Orders), fine)
				if f.fate == Paid {
					r.recover(f.day+payout, fine)
				} else {
					r.recover(max(f.day, f.day+days(a.Terms.Orders)), fine)
				}
				if f.back > 0 || f.fate == SentBack && a.Risks.Returns == ComeBack {
					total = r.comeBack(f, j, sum.name) && total
					if f.unfit > 0 {
						k := removal{f.product, r.h.date(f.back).FirstOfMonth()}
						if unfit[k] == 0 {
							removals = append(removals, k)
						}
						unfit[k] += f.unfit
					}
				}
			}
			r.releases[i] = append(r.releases[i], release{day, sum.name, units})
		}
	}
	for _, k := range keys {
		if cost := charges[k].minor(); cost != (amounts{}) {
			r.entry(k.product, r.h.ends[k.month]-1, r.ledger.because(why{kind: whyCharged, key: k}), batch.Entry{Kind: batch.Charge, Order: charges[k].name, Cost: r.cost(cost)})
		}
	}
	for _, k := range removals {
		total = r.remove(k.product, k.month, unfit[k]) && total
	}
	return total
}

// happen prices the orders of a flow, or their returns, on a day, in fine units.
func (r *run) happen(f *flow, day int32, back bool) (amounts, bool) {
	p, ok := r.priceOf(f.product, f.shape, day, back)
	if !ok {
		return amounts{}, false
	}
	one := p.cost
	if f.fate != Refused { // what is not let in pays nothing
		one[batch.Tariff] += p.due
	}
	cost, ok := one.times(f.orders)
	if !ok {
		r.fail(Deliver.String(), problem.New(problem.Overflow, strconv.FormatInt(f.orders, 10)))
		return amounts{}, false
	}
	r.bill(day, p.quote, f.orders)
	return cost, true
}

// comeBack takes the units of a flow, the i-th of its product, back into stock, from the orders of a name.
func (r *run) comeBack(f *flow, i int, name string) bool {
	cost, ok := r.happen(f, f.back, true)
	if !ok {
		return false
	}
	cost = cost.minor()
	fine := cost.sum() * fineUnit
	r.payOrders(f.back, days(r.alt.Terms.Orders), fine)
	r.recover(f.back+days(r.alt.Terms.Orders), fine)
	e := batch.Entry{Kind: batch.Return, Order: name, Warehouse: r.warehouse}
	if cost != (amounts{}) {
		e.Cost = r.cost(cost)
	}
	if n := f.units - f.unfit; n > 0 {
		e.Units = n
		r.entry(f.product, f.back, r.ledger.because(why{kind: whyBack, at: i}), e)
		e.Cost = batch.Cost{}
	}
	if f.unfit > 0 {
		e.Units, e.Condition = f.unfit, batch.NotSellable
		r.entry(f.product, f.back, r.ledger.because(why{kind: whyUnfit, at: i}), e)
	}
	return true
}

// remove takes what came back unfit out of the stock at the end of the month.
func (r *run) remove(product int32, month country.Date, units int64) bool {
	a, q := r.alt, &r.plan.Products[product]
	date := month.LastOfMonth()
	day := int32(date.DaysSince(r.h.start))
	p, ok := r.price(fees.OnRemove.String(), &fees.Removal{
		Reference: q.SKU, Date: date, Country: a.Country, Warehouse: a.Warehouse, Account: a.Account,
		Goods: r.goods(fees.OnRemove, q, units), Facts: r.facts(fees.OnRemove, a.Facts, q.Facts),
	}, date, 1)
	if !ok {
		return false
	}
	cost := p.cost.minor()
	fine := cost.sum() * fineUnit
	r.payOrders(day, days(a.Terms.Orders), fine)
	r.recover(day+days(a.Terms.Orders), fine)
	e := batch.Entry{Kind: batch.Disposal, Warehouse: r.warehouse, Units: units, Condition: batch.NotSellable}
	if cost != (amounts{}) {
		e.Cost = r.cost(cost)
	}
	r.entry(product, day, r.ledger.because(why{kind: whyRemoved, at: r.ledger.removes(p.leaf, product, month)}), e)
	return true
}

// rank orders the entries of a day as the ledger does.
func rank(k batch.Kind) int {
	switch k {
	case batch.Ship:
		return 1
	case batch.Receipt:
		return 3
	case batch.Bill:
		return 6
	case batch.Release:
		return 9
	case batch.Return:
		return 10
	case batch.Loss:
		return 11
	case batch.Disposal:
		return 13
	}
	return 14
}

// keep books all entries, day by day, and bills storage and rent as the months end.
func (r *run) keep() bool {
	storageDone := r.h.start
	if first := r.firstArrival(); first.Before(storageDone) {
		storageDone = first
	}
	goods := map[string]batch.Goods{}
	if r.alt.has(Store) {
		for i := range r.plan.Products {
			q := &r.plan.Products[i]
			goods[q.SKU] = batch.Goods{Weight: q.Weight, Size: q.Size, Volume: q.Volume, Value: q.Cost, Facts: r.facts(fees.OnStore, q.Facts)}
		}
	}
	r.booking = make([][]int32, len(r.queues))
	for i, queue := range r.queues {
		order := make([]int32, len(queue), len(queue)+2*len(r.h.months)+2)
		for k := range order {
			order[k] = int32(k)
		}
		slices.SortFunc(order, func(a, b int32) int {
			x, y := &queue[a], &queue[b]
			return cmp.Or(cmp.Compare(x.day, y.day), cmp.Compare(rank(x.entry.Kind), rank(y.entry.Kind)), cmp.Compare(a, b))
		})
		r.booking[i] = order
	}
	end := r.h.date(r.h.days)
	if r.alt.has(Store) {
		for storageDone.Before(end) {
			next, err := storageDone.LastOfMonth().AddDays(1)
			if err != nil || !r.post(int32(next.DaysSince(r.h.start))) || !r.store(storageDone, next, goods) {
				collect(&r.into, err, "/start")
				return false
			}
			storageDone = next
		}
	}
	if !r.post(r.last) {
		return false
	}
	if r.alt.has(Rent) {
		for m := r.h.month(r.rented); m < len(r.h.months); m++ {
			if !r.rent(m) {
				return false
			}
		}
	}
	return true
}

// firstArrival is the day on which the first goods are in the warehouse.
func (r *run) firstArrival() country.Date {
	if len(r.rows) == 0 {
		return r.h.start
	}
	return r.rows[0].Arrives
}

// post books the entries and releases of all products up to a day, in the order in which the ledger counts them.
func (r *run) post(until int32) bool {
	for i, queue := range r.queues {
		order, leave := r.booking[i], r.releases[i]
		sku := r.plan.Products[i].SKU
		for {
			var e batch.Entry
			var why int32
			entry := len(order) > 0 && queue[order[0]].day < until
			out := len(leave) > 0 && leave[0].day < until
			if entry && out {
				q := &queue[order[0]]
				entry = q.day < leave[0].day || q.day == leave[0].day && rank(q.entry.Kind) < rank(batch.Release)
			}
			switch {
			case entry:
				e, why = queue[order[0]].entry, queue[order[0]].why
				order = order[1:]
			case out:
				e = batch.Entry{Kind: batch.Release, Effect: r.h.date(leave[0].day), SKU: sku, Warehouse: r.warehouse, Order: leave[0].name, Units: leave[0].units}
				leave = leave[1:]
			}
			if e.Kind == 0 {
				break
			}
			if r.booked[i] == len(r.ids) {
				r.ids = append(r.ids, entryID(len(r.ids)+1))
			}
			e.ID = r.ids[r.booked[i]]
			r.booked[i]++
			if err := r.books[i].Post(e); err != nil {
				collect(&r.into, err, r.path+"/ledger")
				return false
			}
			r.ledger.posted(i, e.ID, why)
		}
		r.booking[i], r.releases[i] = order, leave
	}
	return true
}

// entryID is a name that sorts as its number does.
func entryID(n int) string {
	var b [6]byte
	for i := len(b) - 1; i >= 0; i-- {
		b[i] = '0' + byte(n%10)
		n /= 10
	}
	return string(b[:])
}

// store bills the storage of a month, or of the part of one, and gives it back to the batches.
func (r *run) store(from, to country.Date, goods map[string]batch.Goods) bool {
	a := r.alt
	query := batch.StayQuery{
		Reference: from.String()[:7], Warehouse: r.warehouse, Country: a.Country, Account: a.Account, From: from, To: to,
		Facts: r.facts(fees.OnStore, a.Facts), Goods: goods,
	}
	stay := &fees.Stay{
		Reference: query.Reference, From: from, To: to, Country: a.Country, Warehouse: a.Warehouse, Account: a.Account, Facts: query.Facts, Lots: r.lots[:0],
	}
	for _, book := range r.books {
		var err error
		if stay.Lots, err = book.AppendLots(stay.Lots, query); err != nil {
			collect(&r.into, err, r.path+"/store")
			return false
		}
	}
	if r.ledger == nil { // nobody keeps the stay
		r.lots = stay.Lots
	}
	p, ok := r.price(Store.String(), stay, from, 1)
	if !ok {
		return false
	}
	last, _ := to.AddDays(-1)
	day := int32(last.DaysSince(r.h.start))
	r.bill(day, p.quote, 1)
	if len(stay.Lots) == 0 { // a minimum although nothing is there
		cost := p.cost.minor()
		r.pay(day+1, a.Terms.Storage, PayStorage, stay.Reference, cost.sum()*fineUnit, p.leaf)
		r.recover(day+1, cost.sum()*fineUnit)
		r.ledger.sets(p.leaf, from.FirstOfMonth(), day+1, false)
		r.aside(from.FirstOfMonth(), cost)
		return true
	}
	shares, err := batch.ShareStay(p.total, stay, batch.ByVolume)
	if err == nil {
		shares, err = r.toMinor(shares)
	}
	if err != nil {
		collect(&r.into, err, r.path+"/store")
		return false
	}
	kept := r.ledger.stays(p.leaf)
	var sum int64
	there := *stay
	there.Warehouse = r.warehouse
	bills, err := batch.StorageBills("", to, &there, shares)
	if err != nil {
		collect(&r.into, err, r.path+"/store")
		return false
	}
	for _, e := range bills {
		e.Effect, e.Posting = last, to
		sum += e.Cost.Sum().Coef()
		i := r.bySKU[e.SKU]
		queue, order := r.queues[i], r.booking[i]
		k := 0 // behind what comes in on that day
		for k < len(order) && queue[order[k]].day == day+1 && rank(queue[order[k]].entry.Kind) <= rank(batch.Bill) {
			k++
		}
		r.booking[i] = slices.Insert(order, k, int32(len(queue)))
		r.queues[i] = append(queue, queued{day + 1, r.ledger.because(why{kind: whyStored, at: kept, item: r.ledger.stored(kept, &e)}), e})
	}
	r.pay(day+1, a.Terms.Storage, PayStorage, stay.Reference, sum*fineUnit, p.leaf)
	return true
}

// toMinor rounds shares with more decimals than the minor unit has, so that each component adds up to its sum rounded
// half up.
func (r *run) toMinor(shares []batch.StorageShare) ([]batch.StorageShare, error) {
	finer := func(s batch.StorageShare) bool { return s.Amount.Scale() > r.digits }
	if !slices.ContainsFunc(shares, finer) {
		return shares, nil
	}
	var out []batch.StorageShare
	for c := batch.Purchase; c <= batch.Other; c++ {
		var list []batch.StorageShare
		var sum money.Money
		for _, s := range shares {
			if s.Component != c {
				continue
			}
			list = append(list, s)
			if sum.IsZero() {
				sum = s.Amount
				continue
			}
			var err error
			if sum, err = sum.Add(s.Amount); err != nil {
				return nil, err
			}
		}
		if len(list) == 0 {
			continue
		}
		rounded, err := sum.Round(r.digits, money.HalfUp)
		if err != nil {
			return nil, err
		}
		weights := make([]int64, len(list))
		for i, s := range list {
			m, err := s.Amount.Round(sum.Scale(), money.HalfUp)
			if err != nil {
				return nil, err
			}
			weights[i] = m.Coef()
		}
		parts, err := batch.Allocate(rounded, weights, batch.Rule{})
		if err != nil {
			return nil, err
		}
		for i := range list {
			list[i].Amount = parts[i]
			out = append(out, list[i])
		}
	}
	return out, nil
}

// rent is what a month costs whatever is sold: it belongs to no batch.
func (r *run) rent(m int) bool {
	a := r.alt
	day := r.h.first(m)
	first := r.h.date(day)
	billed, err := r.billed[m].all()
	if err != nil {
		r.fail(Rent.String(), err)
		return false
	}
	p, ok := r.price(Rent.String(), &fees.Period{
		Reference: first.String()[:7], From: first, To: r.h.date(r.h.first(m + 1)), Country: a.Country, Warehouse: a.Warehouse, Account: a.Account,
		Billed: billed, Facts: r.facts(fees.OnPeriod, a.Facts),
	}, first, 1)
	if !ok {
		return false
	}
	cost := p.cost.minor()
	fine := cost.sum() * fineUnit
	r.pay(day, a.Terms.Rent, PayRent, first.String()[:7], fine, p.leaf)
	r.recover(day+days(a.Terms.Rent), fine)
	r.ledger.sets(p.leaf, first, day, true)
	r.aside(first, cost)
	return true
}

// aside is a cost that belongs to a month and to no batch.
func (r *run) aside(month country.Date, cost amounts) {
	sum := r.extra[month]
	if sum == nil {
		sum = &amounts{}
		r.extra[month] = sum
	}
	sum.add(cost)
}

// fateOf is the fate of the orders of a name.
func fateOf(order string) (Fate, bool) {
	for f, w := range fateWords {
		if len(order) > len(w) && order[len(w)] == '/' && order[:len(w)] == w {
			return Fate(f), true
		}
	}
	return 0, false
}
