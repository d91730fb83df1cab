package scenario

import (
	"errors"
	"fmt"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees"
	"github.com/overseaswarehouse/overseas/fees/batch"
	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/fees/unit"
	"github.com/overseaswarehouse/overseas/internal/brief"
)

// naive runs a plan of one product the slow way: order by order and day by day, every event quoted on its own day, without
// a ledger. It is what the fast way is held to. Costs are sums over everything that was paid.
type naive struct {
	t     *testing.T
	p     *Plan
	a     *Alternative
	total [parts]*big.Rat
	paid  int64
	left  int64
	days  int
}

func (n *naive) price(e fees.Event, on country.Date) {
	q, err := n.a.Cards.Quote(e)
	if err != nil {
		n.t.Fatal(err)
	}
	total, err := q.In(n.p.Currency, n.p.Rates.On(on))
	if err != nil {
		n.t.Fatal(err)
	}
	for l := range total.Lines() {
		n.total[batch.ComponentOf(l.Family())].Add(n.total[batch.ComponentOf(l.Family())], amountRat(l.In))
	}
}

type lotOf struct {
	since country.Date
	units int64
}

func share(p *unit.Percent, n int64) int64 {
	if p == nil {
		return 0
	}
	v := new(big.Rat).Mul(ratOf2(p.Coef(), p.Scale()), big.NewRat(n, 100))
	return new(big.Int).Quo(v.Num(), v.Denom()).Int64()
}

func ratOf2(coef int64, scale uint8) *big.Rat {
	r := new(big.Rat).SetInt64(coef)
	for range scale {
		r.Quo(r, big.NewRat(10, 1))
	}
	return r
}

func (n *naive) run() {
	p, a := n.p, n.a
	q := &p.Products[0]
	for i := range n.total {
		n.total[i] = new(big.Rat)
	}
	end := p.Start
	for range p.Months {
		end, _ = end.LastOfMonth().AddDays(1)
	}
	n.days = end.DaysSince(p.Start)
	has := func(s Stage) bool { return a.has(s) }
	add := func(d country.Date, k int) country.Date { d, _ = d.AddDays(k); return d }
	num := func(x *int) int {
		if x == nil {
			return 0
		}
		return *x
	}
	// orders by day, with a weighted round robin written down plainly
	behind := make([]int64, len(q.Orders))
	next := func() int {
		best := -1
		for i := range q.Orders {
			behind[i] += q.Orders[i].Share
			if best < 0 || behind[i] > behind[best] {
				best = i
			}
		}
		var all int64
		for i := range q.Orders {
			all += q.Orders[i].Share
		}
		behind[best] -= all
		return best
	}
	var orders [][]int
	cum, done := new(big.Rat), int64(0)
	pending := -1
	for d := range n.days {
		date := add(p.Start, d)
		r := ratOf2(q.Sales[0].Rate.Coef(), q.Sales[0].Rate.Scale())
		if q.Sales[0].Per == PerMonth {
			r.Quo(r, big.NewRat(int64(date.DaysInMonth()), 1))
		}
		cum.Add(cum, r)
		var today []int
		for {
			if pending < 0 {
				pending = next()
			}
			size := int64(1)
			if q.Sales[0].Count == UnitsSold {
				size = q.Orders[pending].Pieces
			}
			if cum.Cmp(big.NewRat(done+size, 1)) < 0 {
				break
			}
			done += size
			today = append(today, pending)
			pending = -1
		}
		// of one day the orders of one shape count one after the other, shapes as they come
		var grouped []int
		for _, i := range today {
			if slices.Contains(grouped, i) {
				continue
			}
			for _, k := range today {
				if k == i {
					grouped = append(grouped, k)
				}
			}
		}
		today = grouped
		orders = append(orders, today)
	}
	need := func(d int) (s int64) {
		for _, i := range orders[d] {
			s += q.Orders[i].Pieces
		}
		return s
	}
	// events, in any order: the days they are on decide
	arrivals, leave := map[int]int64{}, map[int]int64{} // by day: usable units of batches, units of orders
	type stored struct {
		since, until country.Date
		units        int64
	}
	var stays []stored
	var stock, refusedN, shippedN, shortN, shortHit, refusedHit int64
	comeBack := map[int][2]int64{} // by day: fit, unfit
	removed := map[country.Date]int64{}
	carton := int64(1)
	if has(Consign) {
		carton = q.Carton.Units
	}
	lead := 0
	if has(Consign) {
		lead += num(a.Days.Transit)
	}
	if has(Import) {
		lead += num(a.Days.Clearance)
	}
	putAway := 0
	if has(Receive) {
		putAway = num(a.Days.PutAway)
	}
	usable := func(units int64) (int64, int64, int64) {
		ref, sh := int64(0), int64(0)
		if has(Import) {
			ref = share(a.Risks.Refused, refusedN+units) - refusedHit
		}
		if has(Consign) {
			sh = share(a.Risks.Short, shortN+units-ref) - shortHit
		}
		return units - ref - sh, ref, sh
	}
	buys := map[int]int64{}
	arrive := func(d int, units int64) {
		u, ref, sh := usable(units)
		refusedN, refusedHit = refusedN+units, refusedHit+ref
		shortN, shortHit = shortN+units-ref, shortHit+sh
		shippedN += units
		buys[d-a.Batch.Ahead] += units
		stock += u
		arrivals[d-a.Batch.Ahead-putAway] += u
	}
	var counts [fateCount]int64 // how many orders each share was taken of
	var hits [fateCount]int64
	var back, unfitHit int64
	hit := func(f Fate, p *unit.Percent) bool {
		counts[f]++
		k := share(p, counts[f])
		yes := k > hits[f]
		hits[f] = k
		return yes
	}
	for d := range n.days {
		if e := a.Batch.Every; e > 0 && d%e == 0 {
			var sum int64
			for k := d; k < min(d+e, n.days); k++ {
				sum += need(k)
			}
			if sum > stock {
				units := int64(0)
				for u := int64(0); u < sum-stock; {
					units += carton
					u, _, _ = usable(units)
				}
				arrive(d, units)
			}
		}
		for e := a.Batch.Units; e > 0 && stock < need(d); {
			arrive(d, e)
		}
		date := add(p.Start, d)
		for _, i := range orders[d] {
			s := &q.Orders[i]
			leave[d] += s.Pieces
			stock -= s.Pieces
			parcels := func() []fees.Parcel {
				out := append([]fees.Parcel(nil), s.Parcels...)
				for j := range out {
					if out[j].Units == 0 {
						out[j].Units = s.Pieces
					}
					out[j].Goods = []fees.Goods{{SKU: q.SKU, Units: out[j].Units, Weight: q.Weight, Size: q.Size, Value: q.Cost}}
				}
				return out
			}
			n.price(&fees.Order{Date: date, Country: p.Market, PostalCode: s.PostalCode, Warehouse: a.Warehouse, Parcels: parcels(), Facts: s.Facts}, date)
			switch {
			case has(ParcelImport) && hit(Refused, a.Risks.Refused):
			case hit(Lost, a.Risks.Lost):
			case hit(Damaged, a.Risks.Damaged):
			case hit(SentBack, a.Risks.Returned):
				if a.Risks.Returns == ComeBack {
					k := d + *a.Days.DeliveryMax + *a.Days.Return
					on := add(p.Start, k)
					n.price(&fees.Return{Date: on, Country: p.Market, PostalCode: s.PostalCode, Warehouse: a.Warehouse, Parcels: parcels(), Facts: s.Facts}, on)
					back += s.Pieces
					bad := share(a.Risks.Unfit, back) - unfitHit
					unfitHit += bad
					b := comeBack[k]
					comeBack[k] = [2]int64{b[0] + s.Pieces - bad, b[1] + bad}
					if bad > 0 {
						removed[on.LastOfMonth()] += bad
						// it is stored until the end of its month
						stays = append(stays, stored{on, on.LastOfMonth(), bad})
					}
				}
			default:
				n.paid++
			}
		}
		stock += comeBack[d][0]
	}
	var shelf []lotOf // units that are there, the oldest first, with the day from which they are stored
	for d := -a.Batch.Ahead - putAway; d < n.days; d++ {
		date := add(p.Start, d)
		if u := arrivals[d]; u > 0 {
			shelf = append(shelf, lotOf{date, u})
		}
		for u := leave[d]; u > 0; { // the oldest leave first
			k := min(u, shelf[0].units)
			stays = append(stays, stored{shelf[0].since, date, k})
			shelf[0].units -= k
			u -= k
			if shelf[0].units == 0 {
				shelf = shelf[1:]
			}
		}
		if u := comeBack[d][0]; u > 0 {
			shelf = append(shelf, lotOf{date, u})
		}
	}
	for d, b := range comeBack {
		if d >= n.days {
			n.left += b[0]
		}
	}
	for _, l := range shelf {
		n.left += l.units
		stays = append(stays, stored{l.since, end, l.units})
	}
	for on, units := range removed {
		n.price(&fees.Removal{Date: on, Country: a.Country, Warehouse: a.Warehouse, Goods: []fees.Goods{{SKU: q.SKU, Units: units, Weight: q.Weight, Size: q.Size, Value: q.Cost}}}, on)
	}
	for d, units := range buys {
		ready := add(p.Start, d)
		arrived := add(ready, -putAway)
		departs := add(arrived, -lead)
		ordered := add(departs, -num(a.Days.Production))
		entered := departs
		if has(Consign) {
			entered = add(departs, num(a.Days.Transit))
		}
		value := must(q.Cost.WithAmount(q.Cost.Coef()*units, q.Cost.Scale()))
		in, _, err := p.Rates.On(ordered).Convert(value, p.Currency, 2, money.HalfUp)
		if err != nil {
			n.t.Fatal(err)
		}
		n.total[batch.Purchase].Add(n.total[batch.Purchase], amountRat(in))
		cartons := func() []fees.Carton {
			return []fees.Carton{{Count: units / q.Carton.Units, Weight: q.Carton.Weight, Size: q.Carton.Size,
				Goods: []fees.Goods{{SKU: q.SKU, Units: q.Carton.Units, Weight: q.Weight, Size: q.Size, Value: q.Cost}}}}
		}
		if has(Consign) {
			n.price(&fees.Consignment{Date: departs, Origin: a.Origin, Destination: a.Country, Warehouse: a.Warehouse, Cartons: cartons()}, departs)
		}
		if has(Import) {
			n.price(&fees.Entry{Date: entered, Destination: a.Country, Importer: fees.Importer{TaxRegistered: a.Registered}, Rates: a.CustomsRates,
				Lines: []fees.EntryLine{{SKU: q.SKU, HS: q.HS, Units: units, Weight: q.Weight, Goods: value, Duties: q.Duties[a.Country]}}}, entered)
		}
		if has(Receive) {
			n.price(&fees.Receipt{Date: arrived, Country: a.Country, Warehouse: a.Warehouse, Cartons: cartons()}, arrived)
		}
	}
	for first := add(p.Start, -40-a.Batch.Ahead).FirstOfMonth(); first.Before(end) && has(Store); {
		next := add(first.LastOfMonth(), 1)
		// lots that came and leave together are one
		lots := map[string]*fees.Lot{}
		var keys []string
		begin := next
		for _, s := range stays {
			if !s.since.Before(next) || !s.until.After(s.since) || !s.until.After(first) {
				continue
			}
			if s.since.Before(begin) {
				begin = s.since
			}
			until := s.until
			if !until.Before(next) {
				until = country.Date{}
			}
			k := s.since.String() + until.String()
			if lots[k] == nil {
				lots[k] = &fees.Lot{SKU: q.SKU, Arrived: s.since, From: s.since, To: until, Weight: q.Weight, Size: q.Size, Value: q.Cost}
				keys = append(keys, k)
			}
			lots[k].Units += s.units
		}
		if len(keys) > 0 {
			from := first
			if begin.After(from) {
				from = begin
			}
			stay := &fees.Stay{From: from, To: next, Country: a.Country, Warehouse: a.Warehouse}
			for _, k := range keys {
				stay.Lots = append(stay.Lots, *lots[k])
			}
			n.price(stay, from)
		}
		first = next
	}
	if has(Rent) {
		first := p.Start
		for d := range buys { // goods that are there before the plan lie somewhere
			if at := add(p.Start, d).FirstOfMonth(); at.Before(first) {
				first = at
			}
		}
		for ; first.Before(end); first = add(first.LastOfMonth(), 1) {
			n.price(&fees.Period{From: first, To: add(first.LastOfMonth(), 1), Country: a.Country, Warehouse: a.Warehouse, Billed: []*fees.Quote{}}, first)
		}
	}
}

// TestEveryEventByItself holds the fast way to the naive one over random plans: every component of everything that was paid
// is what the slow way adds up, order by order.
func TestEveryEventByItself(t *testing.T) {
	rnd := rand.New(rand.NewPCG(9, 9))
	pick := func(list ...string) string { return list[rnd.IntN(len(list))] }
	season := `{"on": "order", "code": "peak", "family": "local_delivery", "when": {"date": {"from": "2026-01-17", "to": "2026-02-20"}}, "price": "0.70"}`
	for i := range brief.Rounds(240) {
		p := small()
		p.Months = 1 + rnd.IntN(4)
		q := &p.Products[0]
		q.Sales[0].Rate = rate(pick("3", "17.5", "60", "111", "0.9", "4.25"))
		q.Sales[0].Count = []Count{UnitsSold, OrdersPlaced}[rnd.IntN(2)]
		if q.Sales[0].Per = PerMonth; q.Sales[0].Rate.Coef() < 1000 && rnd.IntN(2) == 0 {
			q.Sales[0].Per = PerDay
		}
		if rnd.IntN(2) == 0 {
			two := q.Orders[0]
			two.Share, two.Pieces = int64(1+rnd.IntN(3)), int64(2+rnd.IntN(2))
			two.Parcels = []fees.Parcel{{Weight: must(unit.ParseWeight("2.6 kg")), Size: must(unit.ParseSize("45x25x30 cm"))}}
			q.Orders = append(q.Orders, two)
			q.Orders[0].Share = int64(1 + rnd.IntN(4))
		}
		var a *Alternative
		switch rnd.IntN(3) {
		case 0:
			a = direct(t)
			a.Cards = compile(t, card("post", directCharges+","+season))
		case 1:
			a = hamburg(t)
			a.Cards = compile(t, card("sea", firstLeg), card("wh", warehouse), card("dhl", delivery+","+season), card("customs", customs))
		default:
			a = own(t)
		}
		if rnd.IntN(2) == 0 {
			a.Batch = Batch{Every: 7 + rnd.IntN(60)}
		} else {
			a.Batch = Batch{Units: int64(10 * (1 + rnd.IntN(12)))}
		}
		if rnd.IntN(2) == 0 {
			a.Batch.Ahead = rnd.IntN(70)
		}
		if a.has(Receive) && rnd.IntN(2) == 0 {
			a.Days.PutAway = of(0)
		}
		a.Risks.Lost, a.Risks.Damaged, a.Risks.Returned = pct(pick("0%", "1.5%", "10%")), pct(pick("0%", "3%")), pct(pick("0%", "7%", "25%"))
		if a.has(Consign) {
			a.Risks.Short, a.Risks.Refused, a.Risks.Unfit = pct(pick("0%", "2%", "11%")), pct(pick("0%", "5%")), pct(pick("0%", "30%", "100%"))
			a.Risks.Returns = []Returns{ComeBack, RefundAlone}[rnd.IntN(2)]
			a.Freight = pct("0%")
		}
		if rnd.IntN(3) == 0 { // the supplier is paid in another currency, at rates that change
			q.Cost = must(money.Parse("78.50 CNY"))
			first := must(money.ParseRate("1 EUR = 7.85 CNY"))
			first.Inverse = true
			second := first
			second.Date, second.Value = day("2026-01-09"), must(money.ParseRate("1 EUR = 8.02 CNY")).Value
			p.Rates = must(money.NewRates(first, second))
			a.CustomsRates = p.Rates
		}
		name := fmt.Sprintf("%d %s %s %v %d shapes", i, a.Name, q.Sales[0].Rate, a.Batch, len(q.Orders))
		r := Evaluate(p, a)
		if errors.Is(r.Err(), ErrNoOrders) {
			continue
		}
		if r.Err() != nil {
			t.Fatalf("%s: %v", name, r.Err())
		}
		f := r.Figures
		n := naive{t: t, p: p, a: a}
		n.run()
		if n.paid != f.Paid.Orders || n.left != f.Left.Units {
			t.Errorf("%s: %d paid and %d left instead of %d and %d", name, f.Paid.Orders, f.Left.Units, n.paid, n.left)
		}
		have, left := partsOf(f.Cost), partsOf(f.Left.Cost)
		for c := range parts {
			if got := big.NewRat(have[c]+left[c], 100); got.Cmp(n.total[c]) != 0 {
				t.Errorf("%s: %s is %s instead of %s", name, batch.Component(c), got.FloatString(2), n.total[c].FloatString(2))
			}
		}
		conserve(t, name, f)
	}
}

// conserve holds that nothing is lost on the way: months add up to the cost, batches with rent to cost and stock.
func conserve(t *testing.T, name string, f *Figures) {
	t.Helper()
	var months, batches, fates amounts
	var orders int64
	for _, m := range f.Months {
		months.add(partsOf(m.Cost))
		orders += m.Orders
	}
	if months != partsOf(f.Cost) || orders != f.Paid.Orders {
		t.Errorf("%s: months add up to %v instead of %s", name, months, f.Cost)
	}
	var units int64
	for _, b := range f.Batches {
		batches.add(partsOf(b.Cost))
		units += b.Left.Units
	}
	for _, r := range f.Fates {
		fates.add(partsOf(r.Cost))
	}
	all := partsOf(f.Cost)
	all.add(partsOf(f.Left.Cost))
	for i := range all {
		all[i] -= batches[i]
	}
	var rent int64
	for _, p := range f.Cash {
		if p.For == PayRent {
			rent += p.Amount.Coef()
		}
	}
	if all.sum() != rent || units != f.Left.Units {
		t.Errorf("%s: batches miss %v of cost and stock, rent is %d", name, all, rent)
	}
	if sum := must(f.Cost.Sum().Add(f.Interest)); !sum.Equal(f.Total) {
		t.Errorf("%s: total %s", name, f.Total)
	}
	var paid int64
	for _, p := range f.Cash {
		paid += p.Amount.Coef()
	}
	if want := f.Cost.Sum().Coef() + f.Left.Cost.Sum().Coef(); paid != want {
		t.Errorf("%s: payments of %d for %d", name, paid, want)
	}
}
