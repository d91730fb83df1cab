package fees

import (
	"math/big"
	"strconv"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/internal/engine"
	"github.com/overseaswarehouse/overseas/internal/fixed"
	"github.com/overseaswarehouse/overseas/internal/problem"
)

// legEntry is room for the entry of a journey whose freight is that of its first leg.
type legEntry struct {
	entry Entry
	lines []EntryLine
	way   legWay
}

// home converts the freight of the only line as a card would, so that the entry can go the short way; it stays as it is where
// that cannot be said of all cards.
func (r *legEntry) home(cards []leg) {
	if len(r.lines) != 1 || len(cards) == 0 {
		return
	}
	to, digits, m := cards[0].currency, cards[0].ed.digits, &r.lines[0].FreightToBorder
	for i := range cards {
		if cards[i].currency != to || cards[i].ed.digits != digits {
			return
		}
	}
	if m.Sign() < 0 || m.Currency() == to || !r.lines[0].Goods.IsZero() && r.lines[0].Goods.Currency() != to {
		return
	}
	if x := r.way.find(r.entry.Rates, r.entry.Date, m.Currency(), to, digits); x != nil {
		if in, err := x.Convert(*m); err == nil {
			*m = in
		}
	}
}

// entryOf is the entry of a journey as it is priced, with the freight of the first leg, whose lines are given, where the journey
// says so.
func (q *Quote) entryOf(j *Journey, leg []Line) (*Entry, error) {
	if !j.FreightFromLeg {
		return j.Entry, nil
	}
	if q.entry == nil {
		q.entry = &legEntry{}
	}
	e, err := q.entry.priced(j, leg)
	if err == nil && q.calc != nil {
		q.entry.home(q.calc.courses[OnImport].legs)
	}
	return e, err
}

// priced is the entry of a journey with the freight of the consignment, whose lines are given.
func (r *legEntry) priced(j *Journey, leg []Line) (*Entry, error) {
	if j.Consignment == nil {
		return nil, Problems{problem.New(problem.InputMissing, "consignment")}
	}
	for i := range j.Entry.Lines {
		if !j.Entry.Lines[i].FreightToBorder.IsZero() {
			return nil, Problems{problem.New(problem.FieldsExclude, "freight_to_border", "freight_from_leg").At("/entry/lines/" + strconv.Itoa(i))}
		}
	}
	var freight money.Money
	for i := range leg {
		l := &leg[i]
		if l.Family() != FirstLeg {
			continue
		}
		if freight.IsZero() {
			freight = l.Amount()
			continue
		}
		sum, err := freight.Add(l.Amount())
		if err != nil {
			return nil, at(problems(err), "/consignment")
		}
		freight = sum
	}
	if freight.IsZero() {
		return nil, Problems{problem.New(problem.InputMissing, FirstLeg.String()).At("/consignment")}
	}
	r.entry, r.lines = *j.Entry, append(r.lines[:0], j.Entry.Lines...)
	r.entry.Lines = r.lines
	if len(r.lines) == 1 {
		r.lines[0].FreightToBorder = freight
		return &r.entry, nil
	}
	return &r.entry, r.share(freight)
}

// share puts a freight on the lines by the value of their goods: each has the difference of the running sums, cut off, so that
// the lines sum to the freight.
func (r *legEntry) share(freight money.Money) error {
	total, running := new(big.Rat), new(big.Rat)
	for i := range r.lines {
		g := r.lines[i].Goods
		if !g.SameCurrency(r.lines[0].Goods) {
			return Problems{problem.New(problem.CurrencyMismatch, g.String(), r.lines[0].Goods.Currency().String()).At("/entry/lines/" + strconv.Itoa(i))}
		}
		total.Add(total, ratOf(g))
	}
	if total.Sign() <= 0 {
		return Problems{problem.New(problem.InputMissing, "goods").At("/entry/lines")}
	}
	given, whole := int64(0), new(big.Rat).SetInt64(freight.Coef())
	for i := range r.lines {
		running.Add(running, ratOf(r.lines[i].Goods))
		part := new(big.Rat).Quo(running, total)
		part.Mul(part, whole)
		upTo := new(big.Int).Quo(part.Num(), part.Denom()).Int64() // at most the freight
		m, err := freight.WithAmount(upTo-given, freight.Scale())
		if err != nil {
			return problems(err)
		}
		r.lines[i].FreightToBorder, given = m, upTo
	}
	return nil
}

// valued is the journey with the freight of its first leg in its entry, where it says so. An entry of which the freight cannot
// be found is left out, and is an error unless it is the consignment that cannot be priced.
func (c *Calculator) valued(j *Journey) (*Journey, error) {
	if j == nil || !j.FreightFromLeg || j.Entry == nil {
		return j, nil
	}
	out := *j
	out.Entry, out.FreightFromLeg = nil, false
	q := &Quote{calc: c}
	if j.Consignment != nil && c.add(q, j.Consignment) != nil {
		return &out, nil
	}
	entry, err := new(legEntry).priced(j, q.lines)
	if err != nil {
		return &out, err
	}
	out.Entry = entry
	return &out, nil
}

// sent is what the first legs of the journeys of a page come to, for those whose freight it is.
type sent struct {
	amount   [engine.Lanes]int64
	currency country.Currency
	scale    uint8
	bound    uint64 // of the amounts
	known    bool   // each journey with a consignment has a line of the first leg
	odd      bool   // the journeys have to be priced by themselves

	freight engine.Sums
	coef    [engine.Lanes]int64
	way     legWay
}

// legWay is the way from the currency of a freight to that of a card, found once for many entries.
type legWay struct {
	rates    *money.Rates
	undated  bool // they have no dates
	day      country.Date
	from, to country.Currency
	digits   uint8
	exchange money.Exchange
}

// known is what holds of rates whatever is converted: that of entries on several days all have the same.
func (w *legWay) known(rates *money.Rates) {
	if w.rates == rates && rates != nil {
		return
	}
	*w = legWay{rates: rates, undated: true}
	for r := range rates.All() {
		w.undated = w.undated && r.Date.IsZero()
	}
}

// find is the exchange to a currency and so many decimals on a day; nil where there is none.
func (w *legWay) find(rates *money.Rates, day country.Date, from, to country.Currency, digits uint8) *money.Exchange {
	w.known(rates)
	if w.day != day && !w.undated || w.from != from || w.to != to || w.digits != digits || w.exchange == (money.Exchange{}) {
		x, err := rates.On(day).Exchange(from, to, digits, money.HalfUp)
		if err != nil {
			return nil
		}
		w.day, w.from, w.to, w.digits, w.exchange = day, from, to, digits, x
	}
	return &w.exchange
}

// begin is for a page without lines.
func (s *sent) begin() {
	clear(s.amount[:])
	s.bound, s.known, s.odd = 0, false, false
}

// add adds a line of the consignments of some lanes.
func (s *sent) add(l *leg, o *outcome, values []int64, lanes []uint8, bound uint64) {
	if s.bound == 0 && !s.known {
		s.currency, s.scale = l.currency, o.info.scale
	}
	s.known = s.known || o.Always()
	s.bound += bound
	if l.currency != s.currency || o.info.scale != s.scale || bound > fixed.MaxCoef || s.bound > fixed.MaxCoef {
		s.odd = true
		return
	}
	for i, v := range values {
		s.amount[lanes[i]%engine.Lanes] += v
	}
}

// of is the freight of the entries of a page in a currency and with so many decimals; nil where the journeys have to be priced
// by themselves: where entries of several days may have other rates, too.
func (s *sent) of(t *strip, to country.Currency, digits uint8) *engine.Sums {
	n := t.block.Len()
	if s.odd || !s.known {
		return nil
	}
	for i, lane := range t.lanes[:n] {
		s.coef[i] = s.amount[lane%engine.Lanes]
	}
	if s.currency == to {
		s.freight.Set(s.coef[:n], s.scale, s.bound)
		return &s.freight
	}
	if s.way.known(t.rates); t.first != t.last && !s.way.undated {
		return nil
	}
	x := s.way.find(t.rates, dated(t.last), s.currency, to, digits)
	if x == nil {
		return nil
	}
	most, ok := x.Coefs(s.coef[:n], s.coef[:n], s.scale, s.bound)
	if !ok {
		return nil
	}
	s.freight.Set(s.coef[:n], digits, most)
	return &s.freight
}
