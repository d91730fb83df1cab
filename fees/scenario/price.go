package scenario

import (
	"slices"
	"strconv"
	"strings"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees"
	"github.com/overseaswarehouse/overseas/fees/batch"
	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/internal/fixed"
	"github.com/overseaswarehouse/overseas/internal/problem"
)

// The parts of a cost: the purchase, then the families of fees, as the ledger has them.
const parts = int(batch.Other) + 1

// fineDigits are the decimals, beyond those of the minor unit, that lines are summed up with.
const fineDigits = 2

// amounts are a cost by component, in the smallest unit of a scale.
type amounts [parts]int64

// priced is what one event costs, in fine units of the plan's currency.
type priced struct {
	cost  amounts
	taxed int64       // paid at the border and got back
	quote *fees.Quote // with total: until the next event is priced, unless the pricer keeps them
	total *fees.Total
	leaf  int // its place among the lines of a record, from 1
}

// pricer prices the events of an alternative and keeps what is known of the families.
type pricer struct {
	plan     *Plan
	alt      *Alternative
	path     string
	into     problem.List
	digits   uint8
	families [fees.Other + 1]fees.Part
	caveats  []fees.Caveat
	needs    map[fees.Kind]map[string]bool
	ledger   *evidence // of an explanation; nil otherwise
	failed   map[string]bool
	quote    fees.Quote // of the last event, where they are not kept
	total    fees.Total

	covers, tariffs string // a charge of another event that covers the tariff, and one of customs
}

// keeps reports whether quotes are needed later: to be explained, or for the minimum bills of a month.
func (r *pricer) keeps() bool { return r.ledger != nil || r.alt.has(Rent) }

// price quotes an event at the exchange rates of its day.
func (r *pricer) price(where string, e fees.Event, day country.Date, times int64) (priced, bool) {
	q, t := &r.quote, &r.total
	if r.keeps() {
		q, t = &fees.Quote{}, &fees.Total{}
	}
	if err := r.alt.Cards.QuoteInto(q, e); err != nil {
		r.fail(where, err)
		return priced{}, false
	}
	if err := q.InInto(t, r.plan.Currency, r.plan.Rates.On(day)); err != nil {
		r.fail(where, err)
		return priced{}, false
	}
	out := priced{quote: q, total: t}
	for l := range t.Lines() {
		c, ok := r.fine(l.In)
		switch {
		case e.Kind() == fees.OnImport:
			if l.Family() == fees.Tariff {
				r.tariffs = l.Card() + "/" + l.Code()
			}
		case slices.Contains(l.Covers(), fees.Tariff):
			r.covers = l.Card() + "/" + l.Code()
		}
		switch {
		case !ok:
			r.fail(where, problem.New(problem.Overflow, l.In.String()))
			return priced{}, false
		case l.Recovered() || l.Prepayment():
			out.taxed += c
		default:
			out.cost[batch.ComponentOf(l.Family())] += c
		}
		// each line and each sum so far is below a tenth of what a word holds
		if max(fixed.Abs(out.taxed), fixed.Abs(out.cost[batch.ComponentOf(l.Family())])) > fixed.MaxCoef {
			r.fail(where, problem.New(problem.Overflow, t.Sum().String()))
			return priced{}, false
		}
	}
	for p := range t.Families() {
		r.family(p)
	}
	for c := range q.Caveats() {
		if !slices.Contains(r.caveats, c) {
			r.caveats = append(r.caveats, c)
		}
	}
	if r.ledger != nil {
		out.leaf = r.ledger.quoted(where, e, t, times)
	}
	return out, true
}

// family joins what a quote says of a family with what others said: an amount beats free, free beats included, and that
// beats that nobody prices it.
func (r *pricer) family(p fees.Part) {
	rank := func(s fees.State) int {
		switch s {
		case fees.Priced:
			return 4
		case fees.Included:
			return 3
		case fees.Free:
			return 2
		case fees.NotAsked:
			return 1
		}
		return 0
	}
	if have := &r.families[p.Family]; have.Family == 0 || rank(p.State) > rank(have.State) {
		*have = p
	}
}

// fail notes why a stage or a kind of event cannot be priced, once: later failures are mostly the same.
func (r *pricer) fail(where string, err error) {
	if r.failed == nil {
		r.failed = map[string]bool{}
	}
	if r.failed[where] {
		return
	}
	r.failed[where] = true
	collect(&r.into, err, r.path+"/"+where)
}

// fine is an amount in fine units, rounded half up where it has more decimals.
func (r *pricer) fine(m money.Money) (int64, bool) {
	d, ok := fixed.Decimal{Coef: m.Coef(), Scale: m.Scale()}.Round(r.digits+fineDigits, fixed.HalfUp)
	return d.Coef, ok
}

// minor are fine units in minor ones, rounded half up.
func minor(fine int64) int64 {
	q, _ := fixed.MulDiv(fine, 1, fineUnit, fixed.HalfUp)
	return q
}

const fineUnit = 100

// money is an amount of minor units.
func (r *pricer) money(coef int64) money.Money {
	m, _ := money.Of(coef, r.digits, r.plan.Currency)
	return m
}

// cost is amounts in minor units as a cost.
func (r *pricer) cost(a amounts) batch.Cost {
	sum := batch.CostOf(batch.Purchase, r.money(a[0]))
	for c := 1; c < parts; c++ {
		if a[c] != 0 {
			if s, err := sum.Add(batch.CostOf(batch.Component(c), r.money(a[c]))); err == nil {
				sum = s
			}
		}
	}
	return sum
}

func (a amounts) sum() int64 {
	var s int64
	for _, v := range a {
		s += v
	}
	return s
}

func (a *amounts) add(o amounts) {
	for i, v := range o {
		a[i] += v
	}
}

// times is an event that happens n times.
func (a amounts) times(n int64) (amounts, bool) {
	for i, v := range a {
		var ok bool
		if a[i], ok = fixed.Mul(v, n); !ok || fixed.Abs(a[i]) > fixed.MaxCoef {
			return a, false
		}
	}
	return a, true
}

func (a amounts) minor() amounts {
	for i, v := range a {
		a[i] = minor(v)
	}
	return a
}

// partsOf are the components of a cost in minor units.
func partsOf(c batch.Cost) (a amounts) {
	for i, m := range c.Parts() {
		a[i] = m.Coef()
	}
	return a
}

// facts are those answers that the cards ask for at a kind of event; the later ones go before the earlier.
func (r *pricer) facts(k fees.Kind, of ...fees.Facts) fees.Facts {
	asked, ok := r.needs[k]
	if !ok {
		asked = map[string]bool{}
		for in := range r.alt.Cards.Needs(k) {
			asked[in.Name] = true
		}
		if r.needs == nil {
			r.needs = map[fees.Kind]map[string]bool{}
		}
		r.needs[k] = asked
	}
	var out fees.Facts
	for _, f := range of {
		for name, v := range f {
			if asked[name] {
				if out == nil {
					out = fees.Facts{}
				}
				out[name] = v
			}
		}
	}
	return out
}

// goods is units of a product inside a carton or parcel.
func (r *pricer) goods(k fees.Kind, q *Product, units int64) []fees.Goods {
	return []fees.Goods{{SKU: q.SKU, Units: units, Weight: q.Weight, Size: q.Size, Volume: q.Volume, Value: q.Cost, Facts: r.facts(k, q.Facts)}}
}

// cartons are the cartons of a shipment, a row a product.
func (r *pricer) cartons(k fees.Kind, s *shipment) []fees.Carton {
	rows := make([]fees.Carton, 0, len(s.loads))
	for _, l := range s.loads {
		q := &r.plan.Products[l.product]
		rows = append(rows, fees.Carton{
			Count: l.units / q.Carton.Units, Weight: q.Carton.Weight, Size: q.Carton.Size,
			Goods: r.goods(k, q, q.Carton.Units), Facts: r.facts(k, q.Facts),
		})
	}
	return rows
}

// parcels are the parcels of an order with what is in them.
func (r *pricer) parcels(k fees.Kind, q *Product, s *Shape) []fees.Parcel {
	rows := slices.Clone(s.Parcels)
	for i := range rows {
		units := rows[i].Units
		if units == 0 {
			units = s.Pieces
		}
		rows[i].Units = units
		rows[i].Goods = r.goods(k, q, units)
	}
	return rows
}

// order is an order of a shape.
func (r *pricer) order(q *Product, i int, day country.Date) *fees.Order {
	s := &q.Orders[i]
	return &fees.Order{
		Reference: q.SKU + "/" + strconv.Itoa(i), Date: day, Country: r.buyer(s), PostalCode: s.PostalCode,
		Warehouse: r.alt.Warehouse, Account: r.alt.Account, Parcels: r.parcels(fees.OnOrder, q, s),
		Facts: r.facts(fees.OnOrder, r.alt.Facts, q.Facts, s.Facts),
	}
}

func (r *pricer) back(q *Product, i int, day country.Date) *fees.Return {
	s := &q.Orders[i]
	return &fees.Return{
		Reference: q.SKU + "/" + strconv.Itoa(i), Date: day, Country: r.buyer(s), PostalCode: s.PostalCode,
		Warehouse: r.alt.Warehouse, Account: r.alt.Account, Parcels: r.parcels(fees.OnReturn, q, s),
		Facts: r.facts(fees.OnReturn, r.alt.Facts, q.Facts, s.Facts),
	}
}

func (r *pricer) buyer(s *Shape) country.Code {
	if s.Country == (country.Code{}) {
		return r.plan.Market
	}
	return s.Country
}

// customs is what a parcel of a shape pays at the border, where the seller pays it. Tax that is collected with the price
// is no cost.
func (r *pricer) customs(q *Product, i int, day country.Date, freight money.Money, times int64) (int64, int, bool) {
	s := &q.Orders[i]
	coef, ok := fixed.Mul(q.Price.Coef(), s.Pieces)
	value, err := q.Price.WithAmount(coef, q.Price.Scale())
	if !ok || err != nil {
		r.fail(ParcelImport.String(), problem.New(problem.Overflow, q.Price.String()))
		return 0, 0, false
	}
	to := r.buyer(s)
	line := fees.EntryLine{
		SKU: q.SKU, HS: q.HS, Units: s.Pieces, Weight: q.Weight, Goods: value, FreightToBorder: freight, Duties: q.Duties[to],
	}
	p := &fees.DirectParcel{Date: day, Destination: to, Lines: []fees.EntryLine{line}, Rates: r.alt.CustomsRates, Facts: r.parcelFacts(q, s), TaxAtSale: r.alt.TaxAtSale == fees.Yes}
	res, err := r.alt.Cards.Parcel(p)
	if err != nil {
		r.fail(ParcelImport.String(), err)
		return 0, 0, false
	}
	for u := range res.Rules() {
		c := fees.Caveat{Code: fees.CaveatConfirmed, Card: "customs-" + strings.ToLower(to.String()), Detail: u.LastConfirmed.String()}
		switch {
		case u.Override:
			c.Code, c.Detail = fees.CaveatOverride, u.Name()
		case u.LastConfirmed.IsZero():
			continue
		}
		if !slices.Contains(r.caveats, c) {
			r.caveats = append(r.caveats, c)
		}
	}
	if r.alt.DutyPaid == fees.No {
		return 0, 0, true
	}
	due := res.Total
	if res.SaleTax.Sign() != 0 {
		if due, err = due.Sub(res.SaleTax); err != nil {
			r.fail(ParcelImport.String(), err)
			return 0, 0, false
		}
	}
	in, conv, err := r.plan.Rates.On(day).Convert(due, r.plan.Currency, r.digits, money.HalfUp)
	if err != nil {
		r.fail(ParcelImport.String(), err)
		return 0, 0, false
	}
	c, ok := r.fine(in)
	if !ok {
		r.fail(ParcelImport.String(), problem.New(problem.Overflow, in.String()))
	}
	if due.Sign() != 0 {
		r.tariffs = "customs-" + to.String()
	}
	r.families[fees.Tariff] = fees.Part{Family: fees.Tariff, State: fees.Priced, Amount: in}
	leaf := 0
	if r.ledger != nil {
		leaf = r.ledger.parcel(p, res, due, conv, times)
	}
	return c, leaf, ok
}

// parcelFacts are the circumstances that customs ask about a parcel.
func (r *pricer) parcelFacts(q *Product, s *Shape) fees.Facts {
	f := r.facts(fees.OnImport, r.alt.Facts, q.Facts, s.Facts)
	for _, of := range []fees.Facts{r.alt.Facts, s.Facts} {
		for _, name := range []string{"origin", "importer"} {
			if v, ok := of[name]; ok {
				if f == nil {
					f = fees.Facts{}
				}
				f[name] = v
			}
		}
	}
	return f
}
