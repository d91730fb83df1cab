package scenario

import (
	"math/big"
	"slices"
	"strconv"

	"golang.org/x/text/language"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees"
	"github.com/overseaswarehouse/overseas/fees/batch"
	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/internal/fixed"
	"github.com/overseaswarehouse/overseas/internal/proof"
)

// evidence is what a run keeps for its explanation: every quoted line with how often it happened, what was bought and
// sold, and what was tied up when.
type evidence struct {
	alternative string
	run         *run
	events      []evidenceEvent
	bought_     []*proof.Node
	sold_       []*proof.Node
	tied_       []*proof.Node
	facts       []proof.Document // rules for parcels that were looked at
	uplift      *evidence        // of the run with more orders
}

// evidenceEvent is one quoted event, or a parcel at customs.
type evidenceEvent struct {
	where string // the stage or the kind of event
	event fees.Event
	total *fees.Total
	times int64

	parcel  *fees.DirectParcel
	customs *fees.ParcelResult
	due     money.Conversion
}

// beside is the evidence of a further run of the same alternative.
func (ev *evidence) beside(name string) *evidence {
	ev.uplift = &evidence{alternative: name}
	return ev.uplift
}

func (ev *evidence) quoted(where string, e fees.Event, t *fees.Total, times int64) int {
	ev.events = append(ev.events, evidenceEvent{where: where, event: e, total: t, times: times})
	return len(ev.events)
}

func (ev *evidence) parcel(p *fees.DirectParcel, res *fees.ParcelResult, due money.Money, conv money.Conversion, times int64) int {
	ev.events = append(ev.events, evidenceEvent{where: ParcelImport.String(), parcel: p, customs: res, due: conv, times: times})
	return len(ev.events)
}

// happened counts events that were quoted before.
func (ev *evidence) happened(leafs []int, n int64) {
	for _, i := range leafs {
		if i > 0 {
			ev.events[i-1].times += n
		}
	}
}

func (ev *evidence) bought(id string, q *Product, units int64, conv money.Conversion, in money.Money) {
	ev.bought_ = append(ev.bought_, goodsNode("purchase", id+"/"+q.SKU, q.Cost, units, conv))
}

func (ev *evidence) sold(q *Product, units int64, conv money.Conversion, in money.Money) {
	ev.sold_ = append(ev.sold_, goodsNode("sales", q.SKU, q.Price, units, conv))
}

// tied keeps that fine units were tied up for so many days.
func (ev *evidence) tied(from country.Date, fine, days int64) {
	if fine <= 0 || days <= 0 {
		return
	}
	r := ev.run
	ev.tied_ = append(ev.tied_, proof.Make(proof.Product, from.String(), r.code(),
		proof.Leaf(proof.Stated, "tied_up", r.fineRat(fine), r.code()).At("ledger/"+from.String()), proof.Number("days", days)))
}

func (r *run) code() string { return r.plan.Currency.String() }

// fineRat is fine units as an amount.
func (r *run) fineRat(fine int64) *big.Rat {
	return new(big.Rat).SetFrac(big.NewInt(fine), new(big.Int).SetUint64(fixed.Pow10(int(r.digits)+fineDigits)))
}

func amountRat(m money.Money) *big.Rat { return ratOf(fixed.Decimal{Coef: m.Coef(), Scale: m.Scale()}) }

func amountNode(op proof.Op, name string, m money.Money) *proof.Node {
	return proof.Leaf(op, name, amountRat(m), m.Currency().String())
}

// goodsNode is units at their price, in the plan's currency.
func goodsNode(name, from string, each money.Money, units int64, conv money.Conversion) *proof.Node {
	cur := each.Currency().String()
	all := proof.Make(proof.Product, "", cur, proof.Leaf(proof.Given, "units", new(big.Rat).SetInt64(units), "").At(from), amountNode(proof.Given, "price", each).At(from))
	if conv.Rate != (money.Rate{}) {
		return conv.Steps(all).Called(name).At(from)
	}
	to := each.Currency()
	return proof.Rounded(name, all, proof.MinorUnit(cur, to.Digits()), fixed.HalfUp).At(from)
}

// lines are the record's lines of one run, each with the component that bears it; -1 is none. What a line comes from is
// the explanation of its event by the cards.
func (ev *evidence) lines() (lines []proof.LineProof, bears []int, err error) {
	r := ev.run
	for _, n := range ev.bought_ {
		lines = append(lines, proof.LineProof{Card: ev.alternative, Code: "purchase", On: n.From, Family: batch.Purchase.String(), Proof: n})
		bears = append(bears, int(batch.Purchase))
	}
	cur := r.code()
	add := func(e *evidenceEvent, card, code, text, on string, c batch.Component, x *proof.Node) *proof.LineProof {
		all := proof.Make(proof.Product, code, cur, proof.Leaf(proof.Stated, "times", new(big.Rat).SetInt64(e.times), "").At(e.where), x)
		lines = append(lines, proof.LineProof{Card: card, Code: code, Title: text, On: on, Family: c.String(), Proof: all})
		bears = append(bears, int(c))
		return &lines[len(lines)-1]
	}
	for i := range ev.events {
		e := &ev.events[i]
		if e.times == 0 {
			continue
		}
		if e.customs != nil {
			due, card := ev.parcelDue(e.customs)
			x := e.due.Steps(due)
			add(e, card, ParcelImport.String(), "", ev.alternative+"/"+ParcelImport.String()+"/"+e.parcel.Date.String(), batch.Tariff, x)
			continue
		}
		x, err := r.alt.Cards.Explain(e.event)
		if err != nil {
			return nil, nil, err // it was quoted before
		}
		derived := x.Record(language.English).Lines
		k := 0
		for l := range e.total.Lines() {
			x := l.Rate.Steps(derived[k].Proof)
			k++
			if l.In.Scale() > r.digits+fineDigits {
				x = proof.Rounded("", x, proof.MinorUnit(cur, int(r.digits)+fineDigits), fixed.HalfUp)
			}
			line := add(e, l.Card(), l.Code(), l.Text(), ev.alternative+"/"+e.where+"/"+reference(e.event), batch.ComponentOf(l.Family()), x)
			for _, f := range l.Covers() {
				line.Covers = append(line.Covers, f.String())
			}
			if l.Recovered() || l.Prepayment() {
				line.Recoverable, line.Prepayment = l.Recoverable(), l.Prepayment()
				bears[len(bears)-1] = -1
			}
		}
	}
	return lines, bears, nil
}

// parcelDue is what the border asks for a parcel and the seller pays there, down to its value, the rates and the rules, with
// the card that it is by. The tax that is collected at the sale is no part of it.
func (ev *evidence) parcelDue(res *fees.ParcelResult) (n *proof.Node, card string) {
	rec := res.Record(language.English)
	for _, d := range rec.Documents {
		if d.Kind != "card" && !slices.Contains(ev.facts, d) {
			ev.facts = append(ev.facts, d)
		}
	}
	var due []*proof.Node
	for _, l := range rec.Lines {
		if card = l.Card; l.Code != "value" && l.Code != "sale_tax" {
			due = append(due, l.Proof)
		}
	}
	return proof.Total("", res.Total.Currency().String(), proof.Apart(due...)...), card
}

// reference tells the events of one kind apart: the batch, the month, the product and shape with the day.
func reference(e fees.Event) string {
	switch e := e.(type) {
	case *fees.Consignment:
		return e.Reference
	case *fees.Entry:
		return e.Reference
	case *fees.Receipt:
		return e.Reference
	case *fees.Stay:
		return e.Reference
	case *fees.Period:
		return e.Reference
	case *fees.Order:
		return e.Reference + "/" + e.Date.String()
	case *fees.Return:
		return e.Reference + "/" + e.Date.String()
	case *fees.Removal:
		return e.Reference + "/" + e.Date.String()
	}
	return ""
}

// totals are the figures of a run over the record's lines, of which those of the run begin at an index.
func (ev *evidence) totals(f *Figures, lines []proof.LineProof, bears []int, first int) (all []*proof.Node, total *proof.Node) {
	r := ev.run
	cur := r.code()
	prefix := ev.alternative + "/"
	left := partsOf(f.Left.Cost)
	cost := partsOf(f.Cost)
	sums := make([]*proof.Node, 0, parts+1)
	for c := range parts {
		name := batch.Component(c).String()
		var args []*proof.Node
		have := new(big.Rat)
		for i := range bears {
			if bears[i] == c {
				n := proof.AgainOf(lines[first+i].Proof)
				args = append(args, n)
				have.Add(have, n.Value)
			}
		}
		// what charges are rounded to the minor unit by, month by month, where cards have finer lines
		booked := new(big.Rat).SetFrac(big.NewInt(cost[c]+left[c]), new(big.Int).SetUint64(fixed.Pow10(int(r.digits))))
		if diff := booked.Sub(booked, have); diff.Sign() != 0 {
			args = append(args, proof.Leaf(proof.Stated, "rounding", diff, cur).At("ledger"))
		}
		if len(args) == 0 && left[c] == 0 {
			continue
		}
		n := proof.Total(prefix+name, cur, args...)
		if left[c] != 0 {
			rest := amountNode(proof.Stated, "left", r.money(left[c])).At("ledger/left")
			n = proof.Make(proof.Minus, prefix+name, cur, n.Called("booked"), rest)
		}
		sums = append(sums, n)
	}
	rate := proof.Make(proof.Quotient, "a_day", "", proof.Leaf(proof.Given, "capital", ratOf(fixed.Decimal{Coef: r.plan.Capital.Coef(), Scale: r.plan.Capital.Scale()}), "").At("/capital").Saying(r.plan.Capital.String()), proof.Number("percent_x_365", 36500))
	tied := proof.Total("tied_up_days", cur, ev.tied_...)
	interest := proof.Rounded(prefix+"interest", proof.Make(proof.Product, "", cur, tied, rate), proof.MinorUnit(cur, int(r.digits)), fixed.HalfUp)
	all = append(all, sums...)
	all = append(all, interest)
	again := make([]*proof.Node, 0, len(all))
	for _, n := range all {
		again = append(again, proof.AgainOf(n))
	}
	total = proof.Total(prefix+"total", cur, again...)
	all = append(all, total)
	orders := proof.Leaf(proof.Stated, "paid_orders", new(big.Rat).SetInt64(f.Paid.Orders), "").At("orders/" + strconv.FormatInt(f.Placed.Orders, 10))
	units := proof.Leaf(proof.Stated, "paid_units", new(big.Rat).SetInt64(f.Paid.Units), "").At("orders/" + strconv.FormatInt(f.Placed.Orders, 10))
	over := func(name string, n *proof.Node) *proof.Node {
		return proof.Rounded(prefix+name, proof.Make(proof.Quotient, "", cur, proof.AgainOf(total), n), proof.MinorUnit(cur, int(r.digits)), fixed.HalfUp)
	}
	all = append(all, over("per_order", orders), over("per_unit", units))
	if n := int64(len(f.Batches)); n > 0 {
		all = append(all, over("per_batch", proof.Number("batches", n)))
	}
	all = append(all, over("per_month", proof.Leaf(proof.Given, "months", new(big.Rat).SetInt64(int64(r.plan.Months)), "").At("/months")))
	all = append(all, ev.books(f)...)
	return all, total
}

// books are the figures that the ledger shares out: what became of orders, months, and the most that is tied up.
func (ev *evidence) books(f *Figures) []*proof.Node {
	r := ev.run
	cur := r.code()
	prefix := ev.alternative + "/"
	shares := func(name, place string, cost batch.Cost) *proof.Node {
		var args []*proof.Node
		for c, m := range cost.Parts() {
			args = append(args, amountNode(proof.Stated, c.String(), m).At(place))
		}
		return proof.Total(name, cur, args...)
	}
	var all []*proof.Node
	for _, row := range f.Fates {
		if row.Orders > 0 {
			all = append(all, shares(prefix+row.Fate.String(), "ledger/"+row.Fate.String(), row.Cost))
		}
	}
	for _, m := range f.Months {
		month := m.Month.String()[:7]
		all = append(all, shares(prefix+month, "ledger/"+month, m.Cost))
	}
	if f.PeakDay.IsZero() {
		return all
	}
	var paid []*proof.Node
	recovered := new(big.Rat).Neg(amountRat(f.Peak))
	for _, p := range f.Cash {
		if p.Date.After(f.PeakDay) {
			break
		}
		n := amountNode(proof.Stated, p.For.String(), p.Amount).At("payments/" + p.Date.String() + "/" + p.Ref)
		recovered.Add(recovered, n.Value)
		paid = append(paid, n)
	}
	return append(all, proof.Make(proof.Minus, prefix+"peak", cur, proof.Total("paid", cur, paid...),
		proof.Leaf(proof.Stated, "recovered", recovered, cur).At("ledger/"+f.PeakDay.String())))
}
