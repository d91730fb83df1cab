package scenario

import (
	"math/big"
	"slices"

	"golang.org/x/text/language"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees"
	"github.com/overseaswarehouse/overseas/fees/batch"
	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/internal/fixed"
	"github.com/overseaswarehouse/overseas/internal/proof"
)

// evidence is what a run keeps for its explanation: every quoted event, what was bought and sold, what the entries of the
// ledger follow from, and for what money moves. All methods that a run calls do nothing on nil.
type evidence struct {
	alternative string
	run         *run
	events      []evidenceEvent
	purchases   []goods
	sales       []goods
	whys        []why            // of entries, counted from 1
	entries     []map[string]int // by product and entry: its place among whys
	released    [][]string       // by product: the entries that release orders
	expenses    []expense
	entered     map[string]*fees.EntryResult // by batch
	storage     []storage
	removals    []removal
	aside       []aside
	payments    []payment
	facts       []proof.Document // rules for parcels that were looked at
	uplift      *evidence        // of the run with more orders
}

// evidenceEvent is one quoted event, or a parcel at customs.
type evidenceEvent struct {
	where string // the stage or the kind of event
	event fees.Event
	total *fees.Total
	once  bool // it happens once; otherwise for every order of its kind

	parcel  *fees.DirectParcel
	customs *fees.ParcelResult
	due     money.Conversion
}

// goods are units at their price: bought for a batch, or sold while exchange rates do not change.
type goods struct {
	product    int32
	span       int32
	from       string
	units      int64
	each       money.Money
	conversion money.Conversion
}

// whyKind says what an entry of the ledger follows from.
type whyKind uint8

const (
	whyBought  whyKind = iota + 1 // what a load is and costs
	whyArrived                    // what of it is not missing
	whyGone                       // what of it is
	whyShared                     // a share of an expense
	whyCharged                    // what orders cost
	whyBack                       // what comes back to be sold again
	whyUnfit                      // what comes back and is not
	whyRemoved
	whyStored // a share of a month's storage
)

// why is what an entry of the ledger follows from.
type why struct {
	kind     whyKind
	at, item int // of the shipment and load, the expense and item, the flow, the removal, the storage and its share
	key      chargeKey
}

// expense is an amount of an event that the goods of a batch share.
type expense struct {
	leaf, shipment int
	batch.Expense
	items []batch.Item
}

// storage is a month's bill with the batches that bear it.
type storage struct {
	leaf  int
	goods [][2]string // batch and SKU of each entry
}

// removal is what came back unfit in a month.
type removal struct {
	leaf    int
	product int32
	month   country.Date
}

// aside is a cost that belongs to a month and to no batch; it is recovered when it is paid, or on its day.
type aside struct {
	leaf  int
	month country.Date
	day   int32
	term  bool
}

// payment is money that moves for an event of a day, or for a load of a batch.
type payment struct {
	day  int32
	what Payable
	ref  string
	of   int
}

// beside is the evidence of a further run of the same alternative.
func (ev *evidence) beside(name string) *evidence {
	ev.uplift = &evidence{alternative: name}
	return ev.uplift
}

func (ev *evidence) quoted(where string, e fees.Event, t *fees.Total, times int64) int {
	ev.events = append(ev.events, evidenceEvent{where: where, event: e, total: t, once: times == 1})
	return len(ev.events)
}

func (ev *evidence) parcel(p *fees.DirectParcel, res *fees.ParcelResult, due money.Money, conv money.Conversion, times int64) int {
	ev.events = append(ev.events, evidenceEvent{where: ParcelImport.String(), parcel: p, customs: res, due: conv, once: times == 1})
	return len(ev.events)
}

func (ev *evidence) bought(id string, q *Product, units int64, conv money.Conversion) {
	ev.purchases = append(ev.purchases, goods{from: id + "/" + q.SKU, units: units, each: q.Cost, conversion: conv})
}

func (ev *evidence) sold(product, span int32, conv money.Conversion) {
	q := &ev.run.plan.Products[product]
	ev.sales = append(ev.sales, goods{product: product, span: span, from: q.SKU, each: q.Price, conversion: conv})
}

// because keeps what an entry that is to be booked follows from.
func (ev *evidence) because(w why) int32 {
	if ev == nil {
		return 0
	}
	ev.whys = append(ev.whys, w)
	return int32(len(ev.whys))
}

// posted keeps the name under which an entry was booked; those that have no reason release orders.
func (ev *evidence) posted(product int, id string, why int32) {
	if ev == nil {
		return
	}
	if ev.entries == nil {
		n := len(ev.run.plan.Products)
		ev.entries, ev.released = make([]map[string]int, n), make([][]string, n)
		for i := range n {
			ev.entries[i] = map[string]int{}
		}
	}
	if why == 0 {
		ev.released[product] = append(ev.released[product], id)
		return
	}
	ev.entries[product][id] = int(why)
}

func (ev *evidence) declared(id string, res *fees.EntryResult) {
	if ev == nil {
		return
	}
	if ev.entered == nil {
		ev.entered = map[string]*fees.EntryResult{}
	}
	ev.entered[id] = res
}

func (ev *evidence) shares(leaf, shipment int, e batch.Expense, items []batch.Item) int {
	if ev == nil {
		return 0
	}
	ev.expenses = append(ev.expenses, expense{leaf, shipment, e, items})
	return len(ev.expenses) - 1
}

func (ev *evidence) removes(leaf int, product int32, month country.Date) int {
	if ev == nil {
		return 0
	}
	ev.removals = append(ev.removals, removal{leaf, product, month})
	return len(ev.removals) - 1
}

func (ev *evidence) stays(leaf int) int {
	if ev == nil {
		return 0
	}
	ev.storage = append(ev.storage, storage{leaf: leaf})
	return len(ev.storage) - 1
}

func (ev *evidence) stored(at int, e *batch.Entry) int {
	if ev == nil {
		return 0
	}
	s := &ev.storage[at]
	s.goods = append(s.goods, [2]string{e.Batch, e.SKU})
	return len(s.goods) - 1
}

func (ev *evidence) sets(leaf int, month country.Date, day int32, term bool) {
	if ev != nil {
		ev.aside = append(ev.aside, aside{leaf, month, day, term})
	}
}

func (ev *evidence) pays(day int32, what Payable, ref string, of int) {
	if ev != nil {
		ev.payments = append(ev.payments, payment{day, what, ref, of})
	}
}

func (r *run) code() string { return r.plan.Currency.String() }

func amountRat(m money.Money) *big.Rat { return ratOf(fixed.Decimal{Coef: m.Coef(), Scale: m.Scale()}) }

func amountNode(op proof.Op, name string, m money.Money) *proof.Node {
	return proof.Leaf(op, name, amountRat(m), m.Currency().String())
}

// step is units at their price, in the plan's currency.
func (g *goods) step(name string, units *proof.Node) *proof.Node {
	cur := g.each.Currency().String()
	all := proof.Make(proof.Product, "", cur, units, amountNode(proof.Given, "price", g.each).At(g.from))
	if g.conversion.Rate != (money.Rate{}) {
		return g.conversion.Steps(all).Called(name).At(g.from)
	}
	return proof.Rounded(name, all, proof.MinorUnit(cur, g.each.Currency().Digits()), fixed.HalfUp).At(g.from)
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
