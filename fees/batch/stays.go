package batch

import (
	"cmp"
	"slices"
	"strings"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees"
	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/fees/unit"
	"github.com/overseaswarehouse/overseas/internal/problem"
)

// Goods is what a storage price asks about one unit of a SKU.
type Goods struct {
	Weight unit.Weight
	Size   unit.Size
	Volume unit.Volume
	Value  money.Money
	Facts  fees.Facts
}

// StayQuery is the stock of one account in one warehouse over one billing period.
type StayQuery struct {
	Reference string
	Warehouse string
	Country   country.Code
	Account   string
	From, To  country.Date // the first day billed and the first day not billed
	Facts     fees.Facts
	Goods     map[string]Goods // by SKU

	// AsOf leaves out what was posted after this day, so that a period that was billed once bills the same again. Zero:
	// everything counts.
	AsOf country.Date
	// SoldBy is a what-if: the units that are still there leave on this day. Zero: they stay.
	SoldBy country.Date
}

// Stay is the lots of the query, by day of effect: those units of one batch that came in together and leave together are
// one lot, so that there are at most as many lots as movements. Units that are not sellable are stored as well. It fails
// with input_missing for a SKU that is there and not among the goods, and with date_order for a period that does not end
// after it begins.
func (l *Ledger) Stay(q StayQuery) (*fees.Stay, error) {
	l = l.orEmpty()
	leaving := 0 // in the period: about as many lots there will be, beside those that stay
	for i := range l.journal {
		if left := l.journal[i].to.left; left.After(q.From) && left.Before(q.To) && l.journal[i].units > 0 {
			leaving++
		}
	}
	lots, err := l.AppendLots(make([]fees.Lot, 0, leaving+leaving/8+16), q)
	if err != nil {
		return nil, err
	}
	return &fees.Stay{
		Reference: q.Reference, From: q.From, To: q.To, Country: q.Country, Warehouse: q.Warehouse, Account: q.Account, Facts: q.Facts,
		Lots: lots,
	}, nil
}

// AppendLots appends the lots of [Ledger.Stay] to those of other ledgers, for a bill that is for all of them. It fails as
// Stay does, and then returns what it was given.
func (l *Ledger) AppendLots(to []fees.Lot, q StayQuery) ([]fees.Lot, error) {
	l = l.orEmpty()
	if !q.From.IsValid() || !q.To.IsValid() || !q.From.Before(q.To) {
		return to, problem.New(problem.DateOrder, q.To.String(), q.From.String()).At("/to")
	}
	b := &stayBuilder{l: l, q: &q, lots: to, there: make([]int64, len(l.nodes)), last: make([]int32, len(l.nodes))}
	warehouse := l.names.number[q.Warehouse]
	var order []*node
	journal := l.until(q.AsOf)
	for i := range journal {
		p := &journal[i]
		if p.units == 0 {
			continue
		}
		if to := p.to; to.account.onShelf() && to.warehouse == warehouse && to.since.Before(q.To) {
			if b.there[to.index] == 0 {
				order = append(order, to)
			}
			b.there[to.index] += p.units
		}
		if from := p.from; from.account.onShelf() && from.warehouse == warehouse && from.since.Before(q.To) {
			left := p.to.left
			if left.IsZero() {
				left = later(p.effect, from.since)
			}
			if left.Before(q.To) {
				b.there[from.index] -= p.units
				b.add(from, left, p.units)
			}
		}
	}
	for _, n := range order {
		b.add(n, country.Date{}, b.there[n.index])
		b.there[n.index] = 0
	}
	if b.err != nil {
		return to, b.err
	}
	return b.lots, nil
}

// stayBuilder makes the lots of a stay.
type stayBuilder struct {
	l     *Ledger
	q     *StayQuery
	lots  []fees.Lot
	goods Goods   // of one SKU
	sku   int32   // 0: none
	there []int64 // by node: units that stay to the end of the period
	last  []int32 // by node: its last lot, counted from 1
	err   error
}

// add adds units that leave on a day, zero meaning not in the period.
func (b *stayBuilder) add(n *node, left country.Date, units int64) {
	q := b.q
	if b.err != nil || units <= 0 || !left.IsZero() && (!left.After(q.From) || !left.After(n.since)) {
		return
	}
	if left.IsZero() && !q.SoldBy.IsZero() && q.SoldBy.Before(q.To) {
		if left = later(q.SoldBy, n.since); !left.After(q.From) || left == n.since {
			return
		}
	}
	if i := b.last[n.index]; i > 0 && b.lots[i-1].To == left {
		b.lots[i-1].Units += units
		return
	}
	if n.sku != b.sku {
		sku := b.l.names.text[n.sku]
		g, ok := q.Goods[sku]
		if !ok {
			b.err = problem.New(problem.InputMissing, "goods", sku)
			return
		}
		b.goods, b.sku = g, n.sku
	}
	g := &b.goods
	b.lots = append(b.lots, fees.Lot{
		Batch: b.l.names.text[n.batch], SKU: b.l.names.text[n.sku], Arrived: n.arrived, From: later(n.since, q.From), To: left,
		Units: units, Weight: g.Weight, Size: g.Size, Volume: g.Volume, Value: g.Value, Facts: g.Facts,
	})
	b.last[n.index] = int32(len(b.lots))
}

func later(a, b country.Date) country.Date {
	if a.Before(b) {
		return b
	}
	return a
}

// Ahead is the storage still to come: the stays of the calendar months from q.From until the day on which the stock that
// is there then is sold. Each is a billing period of its own; q.To and q.SoldBy do not matter.
func (l *Ledger) Ahead(q StayQuery, soldBy country.Date) ([]*fees.Stay, error) {
	if !soldBy.IsValid() || !q.From.IsValid() || soldBy.Before(q.From) {
		return nil, problem.New(problem.DateOrder, soldBy.String(), q.From.String())
	}
	var out []*fees.Stay
	for q.SoldBy = soldBy; q.From.Before(soldBy); q.From = q.To {
		next, err := q.From.LastOfMonth().AddDays(1)
		if err != nil {
			return nil, err
		}
		if q.To = next; soldBy.Before(next) {
			q.To = soldBy
		}
		s, err := l.Stay(q)
		if err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return out, nil
}

// StorageShare is what the units of one SKU and batch bear of one line of a storage bill.
type StorageShare struct {
	Batch, SKU string
	Card, Code string
	Component  Component
	Amount     money.Money
}

// ShareStay shares a priced stay among its batches: minimum bills and free volumes belong to the account, and each batch
// bears of them as of the rest. The driver is one of [ByVolume], [ByWeight], [ByValue] and [ByUnits], each by days. Every
// line of the total is shared to its last cent by largest remainder. Lines that do not say so many days or measures fail
// with input_missing.
func ShareStay(t *fees.Total, stay *fees.Stay, by Driver) ([]StorageShare, error) {
	if t == nil || stay == nil {
		return nil, problem.New(problem.InputMissing, "stay")
	}
	groups, weights, err := stayWeights(stay, by)
	if err != nil {
		return nil, err
	}
	var out []StorageShare
	for line := range t.Lines() {
		if line.In.Sign() == 0 {
			continue
		}
		shares, err := allocateWeights(line.In, weights, Rule{})
		if err != nil {
			return nil, err
		}
		for i, s := range shares {
			if s.Sign() != 0 {
				out = append(out, StorageShare{groups[i].Batch, groups[i].SKU, line.Card(), line.Code(), ComponentOf(line.Family()), s})
			}
		}
	}
	return out, nil
}

// stayWeights is the measure of each SKU and batch times its days.
func stayWeights(stay *fees.Stay, by Driver) ([]fees.Lot, []weight, error) {
	type key struct {
		batch, sku string
		weight     unit.Weight
		size       unit.Size
		volume     unit.Volume
		value      money.Money
	}
	type group struct {
		key
		days int64
	}
	at := map[key]int{}
	var groups []group
	last := 0
	for i := range stay.Lots {
		lot := &stay.Lots[i]
		since := lot.From
		if since.IsZero() {
			since = later(stay.From, lot.Arrived)
		}
		k := key{lot.Batch, lot.SKU, lot.Weight, lot.Size, lot.Volume, lot.Value}
		if len(groups) == 0 || k != groups[last].key { // lots of one batch mostly follow one another
			var ok bool
			if last, ok = at[k]; !ok {
				last = len(groups)
				at[k] = last
				groups = append(groups, group{key: k})
			}
		}
		groups[last].days += lot.Units * int64(overlap(since, lot.To, stay.From, stay.To))
	}
	slices.SortStableFunc(groups, func(a, b group) int { return cmp.Or(strings.Compare(a.batch, b.batch), strings.Compare(a.sku, b.sku)) })
	lots := make([]fees.Lot, len(groups))
	weights := make([]weight, len(groups))
	for i := range groups {
		g := &groups[i]
		lots[i] = fees.Lot{Batch: g.batch, SKU: g.sku, Weight: g.weight, Size: g.size, Volume: g.volume, Value: g.value}
		item := [1]Item{{SKU: g.sku, Units: g.days, Weight: g.weight, Size: g.size, Volume: g.volume, Value: g.value}}
		var err error
		switch by {
		case ByValue:
			weights[i], err = Spread{Driver: ByValue}.weight(item[:], 0, 0)
			weights[i] = weights[i].times(g.days, 0)
		case ByVolume, ByWeight, ByUnits:
			weights[i], err = Spread{Driver: by}.weight(item[:], 0, 0)
		default:
			err = problem.New(problem.UnknownValue, by.String(), ByVolume.String(), ByWeight.String(), ByValue.String(), ByUnits.String())
		}
		if err != nil {
			return nil, nil, err
		}
	}
	return lots, weights, nil
}

// StorageBills is the ledger's entries for shares of a storage bill: one for each batch and SKU, for the period and the
// warehouse of the stay, booked on the given day. Their ids begin with id.
func StorageBills(id string, posting country.Date, stay *fees.Stay, shares []StorageShare) ([]Entry, error) {
	type key struct{ batch, sku string }
	at := make(map[key]int, len(shares))
	out := slices.Grow([]Entry(nil), len(shares))
	for _, s := range shares {
		k := key{s.Batch, s.SKU}
		i, ok := at[k]
		if !ok {
			i = len(out)
			at[k] = i
			out = append(out, Entry{
				ID: id + "/" + s.Batch + "/" + s.SKU, Kind: Bill, Effect: posting, Batch: s.Batch, SKU: s.SKU,
				Warehouse: stay.Warehouse, From: stay.From, Until: stay.To,
			})
		}
		var err error
		if out[i].Cost, err = out[i].Cost.Add(CostOf(s.Component, s.Amount)); err != nil {
			return nil, err
		}
	}
	return out, nil
}
