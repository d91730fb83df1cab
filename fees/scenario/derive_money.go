package scenario

import (
	"math/big"
	"slices"
	"strconv"

	"github.com/overseaswarehouse/overseas/internal/fixed"
	"github.com/overseaswarehouse/overseas/internal/proof"
)

// dayOf is what is paid and recovered on a day, and how it is found to be that day.
type dayOf struct {
	paid, got []*proof.Node
	due       []*proof.Node
	known     map[string]bool
}

// term is days that the caller says.
type term struct {
	name string
	path string
	days int32
}

// dueDay is a day with what is added to and taken off it until money moves.
type dueDay struct {
	day         int32
	plus, minus []term
}

func (d *derivation) term(name string, n *int) term {
	return term{name, d.run.path + "/terms/" + name, days(n)}
}

func (d *derivation) deliveryMax() term {
	return term{"delivery_max", d.run.path + "/days/delivery_max", days(d.run.alt.Days.DeliveryMax)}
}

// on is what is known of the day on which money moves.
func (d *derivation) on(x dueDay) *dayOf {
	day := x.day
	key := strconv.Itoa(int(x.day))
	for _, t := range x.plus {
		day += t.days
		key += "+" + t.name
	}
	for _, t := range x.minus {
		day -= t.days
		key += "-" + t.name
	}
	out := d.days[day]
	if out == nil {
		out = &dayOf{known: map[string]bool{}}
		d.days[day] = out
	}
	if out.known[key] {
		return out
	}
	out.known[key] = true
	count := func(name string, n int32, from string) *proof.Node {
		return proof.Leaf(proof.Given, name, new(big.Rat).SetInt64(int64(n)), "").At(from)
	}
	first := count("plan.day", x.day, d.run.h.date(x.day).String())
	first.Op = proof.Stated
	list := func(first *proof.Node, of []term) *proof.Node {
		var args []*proof.Node
		if first != nil {
			args = append(args, first)
		}
		for _, t := range of {
			args = append(args, count("plan.term", t.days, t.path))
		}
		if len(args) == 1 {
			return args[0]
		}
		return proof.Total("", "", args...)
	}
	n := list(first, x.plus)
	if len(x.minus) > 0 {
		n = proof.Make(proof.Minus, "", "", n, list(nil, x.minus))
	}
	out.due = append(out.due, n)
	return out
}

// money keeps what is paid and recovered on each day.
func (d *derivation) money() {
	r := d.run
	t := &r.alt.Terms
	orders := d.term("orders", t.Orders)
	pay := func(due dueDay, what Payable, ref string, n *proof.Node) *dayOf {
		at := d.on(due)
		at.paid = append(at.paid, n)
		d.row(payKey{due.falls(), what, ref}, n)
		return at
	}
	for _, p := range d.ev.payments {
		if p.what == PayPurchase {
			i := d.at[p.ref]
			pay(d.before(&r.batches[i], 0, "purchase", t.Purchase), p.what, p.ref, d.loads[i][p.of].purchase)
			continue
		}
		due := d.due(p)
		if p.what != PayImportTax && p.what != PayTaxBack {
			if n := d.together("plan.payment", &d.once[p.of-1]); n != nil {
				pay(due, p.what, p.ref, n)
			}
			continue
		}
		var list []*proof.Node
		for _, q := range d.prices[p.of-1] {
			if q.component < 0 {
				list = append(list, q.all)
			}
		}
		n := d.line("plan.payment", "payments/"+PayImportTax.String()+"/"+p.ref, d.sum("plan.payment", d.cur, list...))
		if p.what == PayImportTax {
			pay(due, p.what, p.ref, n)
			continue
		}
		at := d.on(due)
		at.got = append(at.got, n)
		d.row(payKey{due.falls(), p.what, p.ref}, proof.Make(proof.Product, "", d.cur, proof.Number("share.sign", -1), proof.AgainOf(n)))
	}
	for p := range r.supplies {
		for j := range r.supplies[p].flows {
			f := &r.supplies[p].flows[j]
			price := r.orders[orderKey{f.product, f.shape, r.span(f.day), false}]
			if one := d.price(price, f.fate == Refused).all(d); one != nil {
				n := proof.Make(proof.Product, "plan.payment", d.cur, d.use(d.counts[p][j]), d.use(one))
				at := pay(dueDay{day: f.day, plus: []term{orders}}, PayOrders, "", n)
				if f.fate == Paid {
					at = d.on(dueDay{day: f.day, plus: []term{d.deliveryMax(), d.term("payout", t.Payout)}})
				}
				at.got = append(at.got, n)
			}
			back := d.returned[[2]int32{int32(p), int32(j)}]
			if back == nil {
				continue
			}
			if n := d.together("plan.payment", back); n != nil {
				due := dueDay{day: f.day, plus: []term{d.deliveryMax(), {"return", r.path + "/days/return", days(r.alt.Days.Return)}, orders}}
				at := pay(due, PayOrders, "", n)
				at.got = append(at.got, n)
			}
		}
	}
	for _, x := range d.ev.removals {
		if n := d.together("plan.payment", &d.once[x.leaf-1]); n != nil {
			at := pay(dueDay{day: int32(x.month.LastOfMonth().DaysSince(r.h.start)), plus: []term{orders}}, PayOrders, "", n)
			at.got = append(at.got, n)
		}
	}
	for _, x := range d.ev.aside {
		if n := d.together("plan.payment", &d.once[x.leaf-1]); n != nil {
			due := dueDay{day: x.day}
			if x.term {
				due.plus = []term{d.term("rent", t.Rent)}
			}
			at := d.on(due)
			at.got = append(at.got, n)
		}
	}
}

// falls is the day on which money moves.
func (x *dueDay) falls() int32 {
	day := x.day
	for _, t := range x.plus {
		day += t.days
	}
	for _, t := range x.minus {
		day -= t.days
	}
	return day
}

// before is the day of a stage of a batch that can be sold on a day, with a term: 0 is the order to the supplier.
func (d *derivation) before(s *shipment, stage Stage, name string, n *int) dueDay {
	a := d.run.alt
	out := dueDay{day: s.ready, plus: []term{d.term(name, n)}}
	for _, x := range []struct {
		after Stage // the stage that comes behind it
		name  string
		days  *int
	}{{Receive, "put_away", a.Days.PutAway}, {Import, "clearance", a.Days.Clearance}, {Consign, "transit", a.Days.Transit}, {0, "production", a.Days.Production}} {
		if x.after < stage {
			break
		}
		if x.after == 0 || a.has(x.after) {
			out.minus = append(out.minus, term{x.name, d.run.path + "/days/" + x.name, days(x.days)})
		}
	}
	return out
}

// due is the day on which an event is paid, or the tax of it got back.
func (d *derivation) due(p payment) dueDay {
	r := d.run
	t := &r.alt.Terms
	name, n, stage := "storage", t.Storage, Stage(0)
	switch d.ev.events[p.of-1].where {
	case Consign.String():
		name, n, stage = "first_leg", t.FirstLeg, Consign
	case Import.String():
		name, n, stage = "tariff", t.Tariff, Import
	case Receive.String():
		name, n, stage = "receipt", t.Receipt, Receive
	case Rent.String():
		name, n = "rent", t.Rent
	}
	if p.what == PayTaxBack {
		name, n = "tax_back", t.TaxBack
	}
	if stage != 0 {
		return d.before(&r.batches[d.at[p.ref]], stage, name, n)
	}
	return dueDay{day: p.day, plus: []term{d.term(name, n)}}
}

// row keeps a payment of the figures.
func (d *derivation) row(key payKey, n *proof.Node) {
	d.rows[key] = append(d.rows[key], n)
}

// interest is what is tied up at the end of each day on which that changes, and the interest on it, from the day to the next.
func (d *derivation) interest() (ties []*proof.Node, interest *proof.Node) {
	r := d.run
	var days []int32
	for day := range d.days {
		if day < r.h.days {
			days = append(days, day)
		}
	}
	slices.Sort(days)
	dated := make([]*proof.Node, len(days)+1)
	for i, day := range days {
		if dated[i] = d.days[day].due[0]; len(d.days[day].due) > 1 { // they are all the same day
			dated[i] = proof.Make(proof.Least, "plan.due", "", d.days[day].due...)
		}
	}
	end := proof.Leaf(proof.Span, "plan.horizon", new(big.Rat).SetInt64(int64(r.h.days)), "")
	dated[len(days)] = end.Saying(r.h.start.String() + " … " + r.h.date(r.h.days).String())
	var parts []*proof.Node
	var tied *proof.Node
	for i, day := range days {
		at := d.days[day]
		var plus []*proof.Node
		if tied != nil {
			plus = append(plus, tied)
		}
		plus = d.uses(append(plus, at.paid...))
		if len(at.got) == 0 {
			tied = proof.Total("plan.tied_up", d.cur, plus...)
		} else {
			tied = proof.Make(proof.Minus, "plan.tied_up", d.cur, proof.Total("", d.cur, plus...), proof.Total("", d.cur, d.uses(at.got)...))
		}
		ties = append(ties, tied)
		amount := d.use(tied)
		if tied.Value.Sign() < 0 { // the supplier's credit earns nothing
			amount = proof.Make(proof.Greatest, "", d.cur, amount, proof.Leaf(proof.None, "", new(big.Rat), d.cur))
		}
		span := proof.Make(proof.Minus, "plan.days", "", d.use(dated[i+1]), d.use(dated[i]))
		parts = append(parts, proof.Make(proof.Product, r.h.date(day).String(), d.cur, amount, span))
	}
	rate := proof.Make(proof.Quotient, "plan.daily", "", proof.Leaf(proof.Given, "plan.capital", ratOf(fixed.Decimal{Coef: r.plan.Capital.Coef(), Scale: r.plan.Capital.Scale()}), "").At("/capital").Saying(r.plan.Capital.String()), proof.Number("plan.year", 36500))
	all := proof.Total("plan.tied_up_days", d.cur, parts...)
	return ties, proof.Rounded(d.prefix+"interest", proof.Make(proof.Product, "", d.cur, all, rate), d.minor(), fixed.HalfUp)
}

// sales is what the paid orders bring.
func (d *derivation) sales() *proof.Node {
	r := d.run
	ev := &evidence{run: r}
	_, _ = r.revenue(ev) // it was reckoned before without an error
	var list []*proof.Node
	for i := range ev.sales {
		g := &ev.sales[i]
		var units []*proof.Node
		for j := range r.supplies[g.product].flows {
			if f := &r.supplies[g.product].flows[j]; f.fate == Paid && r.span(f.day) == g.span {
				units = append(units, d.units[g.product][j])
			}
		}
		list = append(list, g.step("sales", d.use(d.sum("units", "", units...))))
	}
	return proof.Total(d.prefix+"sales", d.cur, list...)
}
