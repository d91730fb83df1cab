package scenario

import (
	"slices"
	"strconv"

	"github.com/overseaswarehouse/overseas/fees/unit"
	"github.com/overseaswarehouse/overseas/internal/fixed"
	"github.com/overseaswarehouse/overseas/internal/problem"
)

// Fate is what becomes of an order.
type Fate uint8

// The fates.
const (
	Paid     Fate = iota // "paid": it arrives and stays
	Refused              // "refused": at customs
	Lost                 // "lost": on the way
	Damaged              // "damaged": it arrives broken
	SentBack             // "sent_back": it arrives whole and is not kept
	fateCount
)

var fateWords = []string{"paid", "refused", "lost", "damaged", "sent_back"}

// String is the name of the fate, "" when it is none.
func (f Fate) String() string { return word(fateWords, f) }

// tally turns a share of what is counted into whole events: after n of them floor(share x n) have happened.
type tally struct {
	coef   int64
	den    uint64
	n, hit int64
}

func newTally(p *unit.Percent) tally {
	if p == nil {
		return tally{den: 1}
	}
	d := fixed.Decimal{Coef: p.Coef(), Scale: p.Scale()}.Normalize()
	return tally{coef: d.Coef, den: 100 * fixed.Pow10(int(d.Scale))}
}

// after is how many of the next n things are hit.
func (t *tally) after(n int64) int64 {
	q, _, _ := fixed.MulDivFloor(t.n+n, t.coef, t.den) // at most n: the share is at most 1
	return q - t.hit
}

// of counts n things more, and returns how many of them are hit.
func (t *tally) of(n int64) int64 {
	k := t.after(n)
	t.n += n
	t.hit += k
	return k
}

// flow is orders of one product, shape and fate that were sent on one day, or units that came back or were removed.
type flow struct {
	product int32
	day     int32 // on which it happens
	shape   int32
	fate    Fate
	orders  int64
	units   int64
	back    int32 // the day on which they are back; of SentBack that comes back
	unfit   int64 // units of those that are not sellable again
}

// load is units of one product in a batch.
type load struct {
	product        int32
	ready          int32 // the day on which they can be sold
	units          int64 // ordered
	refused, short int64 // of those
}

// supply is how one product is brought and sold.
type supply struct {
	loads []load
	flows []flow
}

// entries is about how many entries there are beside the orders that leave: of the batches and their bills, what comes back,
// and the charges and bills of each month.
func (s *supply) entries(a *Alternative, months int) int {
	n := len(s.loads) + 3*months/2
	if a.has(Consign) {
		n += 5 * len(s.loads)
	}
	if a.has(Store) {
		n += 2 * months
	}
	for i := range s.flows {
		if s.flows[i].back > 0 {
			n++
		}
	}
	return n
}

// days is on how many days orders of a fate leave.
func (s *supply) days() int {
	n := 0
	for i := range s.flows {
		if i == 0 || s.flows[i].day != s.flows[i-1].day || s.flows[i].fate != s.flows[i-1].fate {
			n++
		}
	}
	return n
}

// supplier runs a product's stock, without money, through the days of the plan: it orders batches so that no order has to
// wait, and says what becomes of each order.
type supplier struct {
	alt     *Alternative
	carton  int64 // units in one; 1 where goods do not travel in cartons
	short   tally
	refused tally // of batches
	fates   [fateCount]tally
	unfit   tally
}

func (a *Alternative) supplier(q *Product) supplier {
	s := supplier{alt: a, carton: 1, short: newTally(a.Risks.Short), unfit: newTally(a.Risks.Unfit)}
	if a.has(Consign) {
		s.carton = q.Carton.Units
	} else {
		s.short = newTally(nil)
	}
	s.refused = newTally(nil)
	if a.has(Import) {
		s.refused = newTally(a.Risks.Refused)
	}
	s.fates[Refused] = newTally(nil)
	if a.has(ParcelImport) {
		s.fates[Refused] = newTally(a.Risks.Refused)
	}
	s.fates[Lost], s.fates[Damaged], s.fates[SentBack] = newTally(a.Risks.Lost), newTally(a.Risks.Damaged), newTally(a.Risks.Returned)
	return s
}

// usable is how many of the next n units of a batch can be sold.
func (s *supplier) usable(n int64) int64 {
	left := n - s.refused.after(n)
	return left - s.short.after(left)
}

// fill is the smallest number of whole cartons of which so many units can be sold; 0 where none is.
func (s *supplier) fill(need int64) int64 {
	n := (need + s.carton - 1) / s.carton * s.carton
	for n <= mostUnits {
		have := s.usable(n)
		if have >= need {
			return n
		}
		more := (need - have + s.carton - 1) / s.carton * s.carton
		if have == 0 {
			more = max(more, n)
		}
		n += more
	}
	return 0
}

// load orders a number of units that are needed on a day.
func (s *supplier) load(product, day int32, n int64) (load, int64) {
	l := load{product: product, ready: day - int32(s.alt.Batch.Ahead), units: n, refused: s.refused.of(n)}
	l.short = s.short.of(n - l.refused)
	return l, n - l.refused - l.short
}

// run is the supply of one product.
func (s *supplier) run(product int32, q *Product, sales []sale, h *horizon) (supply, error) {
	var out supply
	out.flows = make([]flow, 0, len(sales)+len(sales)/8)
	sold := make([]int64, h.days+1) // pieces before each day
	for _, o := range sales {
		sold[o.day+1] += o.orders * q.Orders[o.shape].Pieces
	}
	for i := int32(0); i < h.days; i++ {
		sold[i+1] += sold[i]
	}
	a := s.alt
	back := make([]int64, h.days) // units that come back to be sold again, from the next day on
	comeBack := a.Risks.Returns == ComeBack
	lag := int32(0)
	if comeBack {
		lag = int32(*a.Days.DeliveryMax + *a.Days.Return)
	}
	var stock int64
	i, batches := 0, 0
	refuse := func(n int64) error {
		return problem.New(problem.NumberRange, strconv.FormatInt(n, 10), "> 0").At("/batch")
	}
	for day := range h.days {
		if e := int32(a.Batch.Every); e > 0 && day%e == 0 {
			if need := sold[min(day+e, h.days)] - sold[day] - stock; need > 0 {
				n := s.fill(need)
				if n == 0 {
					return out, refuse(need)
				}
				l, usable := s.load(product, day, n)
				out.loads = append(out.loads, l)
				stock += usable
			}
		}
		need := sold[day+1] - sold[day]
		for e := a.Batch.Units; e > 0 && stock < need; {
			l, usable := s.load(product, day, e)
			if batches++; usable <= 0 || batches > mostBatches {
				return out, refuse(e)
			}
			if n := len(out.loads); n > 0 && out.loads[n-1].ready == l.ready { // one consignment a day
				last := &out.loads[n-1]
				last.units, last.refused, last.short = last.units+l.units, last.refused+l.refused, last.short+l.short
			} else {
				out.loads = append(out.loads, l)
			}
			stock += usable
		}
		stock -= need
		for ; i < len(sales) && sales[i].day == day; i++ {
			o := &sales[i]
			pieces := q.Orders[o.shape].Pieces
			left := o.orders
			var n [fateCount]int64
			for _, f := range [...]Fate{Refused, Lost, Damaged, SentBack} {
				n[f] = s.fates[f].of(left)
				left -= n[f]
			}
			n[Paid] = left
			for f, k := range n {
				if k == 0 {
					continue
				}
				fl := flow{product: product, day: day, shape: o.shape, fate: Fate(f), orders: k, units: k * pieces}
				if Fate(f) == SentBack && comeBack {
					fl.back = day + lag
					fl.unfit = s.unfit.of(fl.units)
					if fl.back < h.days {
						back[fl.back] += fl.units - fl.unfit
					}
				}
				out.flows = append(out.flows, fl)
			}
		}
		stock += back[day]
	}
	return out, nil
}

// shipment is the loads that are ready on one day.
type shipment struct {
	id    string
	ready int32
	loads []load
}

// shipments joins the loads of all products that are ready on the same day.
func shipments(all []supply) []shipment {
	var days []int32
	by := map[int32][]load{}
	for i := range all {
		for _, l := range all[i].loads {
			if _, ok := by[l.ready]; !ok {
				days = append(days, l.ready)
			}
			by[l.ready] = append(by[l.ready], l)
		}
	}
	slices.Sort(days)
	out := make([]shipment, len(days))
	for i, d := range days {
		out[i] = shipment{id: "batch-" + pad(i+1), ready: d, loads: by[d]}
	}
	return out
}

// pad is a number with leading zeros, so that names sort as numbers do.
func pad(n int) string {
	s := strconv.Itoa(n)
	for len(s) < 3 {
		s = "0" + s
	}
	return s
}
