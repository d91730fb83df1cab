package fees

import (
	"math"
	"slices"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/fees/unit"
	"github.com/overseaswarehouse/overseas/internal/engine"
	"github.com/overseaswarehouse/overseas/internal/ratecard"
)

// page is some journeys, as many as a block has lanes at most, as columns: the usual events of each kind. It says nothing of
// cards, so that any calculator can price it.
type page struct {
	n      int
	odd    [engine.Lanes]uint8 // the kinds of events that are not usual, a bit each: such a journey is priced by itself
	twice  [engine.Lanes]bool  // TariffTwice
	linked bool                // the freight of the entries is that of the consignments
	strips [ratecard.EventCount]*strip
}

// strip is the events of a kind on a page, in the order of their journeys.
type strip struct {
	block   engine.Block
	lanes   [engine.Lanes]uint8 // their journeys
	day     [engine.Lanes]int32 // as ordinal has them
	until   [engine.Lanes]int32 // the day number behind their stays; 0: they have none
	country [engine.Lanes]country.Code
	value   [engine.Lanes]bool // the row has a value
	money   money.Money        // some, in the currency of all; zero where there is none
	rates   *money.Rates       // of linked entries

	first, last int32        // of the days
	date        country.Date // of the event before, where it is known
	ordinal     int32        // of it
	number      int32        // its day number
	known       bool
	latest      int32 // of until
	local       bool  // all are in the country of the first
	valued      bool  // some row has a value
}

// pageKinds are the kinds of events of a journey, in the order in which they are priced.
var pageKinds = [...]Kind{OnConsign, OnImport, OnReceive, OnStore, OnOrder, OnReturn}

// fill fills in journeys, of which there are no more than lanes.
func (p *page) fill(js []*Journey) {
	p.n = len(js)
	clear(p.odd[:])
	p.allow(js)
	for _, kind := range pageKinds {
		p.read(kind, js)
	}
}

// allow keeps of each journey whether a tariff may be paid twice.
func (p *page) allow(js []*Journey) {
	for i, j := range js {
		p.twice[i%engine.Lanes] = j != nil && j.TariffTwice
	}
}

// read fills in the events of a kind of the page's journeys. What it takes of an event, and what it refuses, is what the
// event's method usual does.
func (p *page) read(kind Kind, js []*Journey) {
	js = js[:min(len(js), engine.Lanes)]
	if kind == OnImport {
		p.linked = false
	}
	t := p.strips[kind]
	if t == nil {
		if !slices.ContainsFunc(js, func(j *Journey) bool { return j.has(kind) }) {
			return
		}
		t = &strip{}
		if kind == OnImport {
			t.block.Money = new([engine.MoneyKinds]engine.Sums)
		}
		p.strips[kind] = t
	}
	t.reset()
	bit := uint8(1) << kind
	for i := range p.odd {
		p.odd[i] &^= bit
	}
	odd := func(i int, ok bool) {
		if !ok {
			p.odd[i%engine.Lanes] |= bit
		}
	}
	switch kind {
	case OnConsign:
		for i, j := range js {
			if j != nil && j.Consignment != nil {
				e := j.Consignment
				odd(i, t.carton(e.Date, e.Destination, &e.PostalCode, e.one()) && t.grow(i))
			}
		}
	case OnImport:
		for i, j := range js {
			if j != nil && j.Entry != nil {
				odd(i, p.link(t, j) && t.entry(j.Entry, j.Entry.one()) && t.grow(i))
			}
		}
	case OnReceive:
		for i, j := range js {
			if j != nil && j.Receipt != nil {
				e := j.Receipt
				odd(i, t.carton(e.Date, e.Country, nil, e.one()) && t.grow(i))
			}
		}
	case OnStore:
		for i, j := range js {
			if j != nil && j.Stay != nil {
				odd(i, t.stay(j.Stay, j.Stay.one()) && t.grow(i))
			}
		}
	case OnOrder:
		for i, j := range js {
			if j != nil && j.Order != nil {
				e := j.Order
				odd(i, t.parcel(e.Date, e.Country, &e.PostalCode, e.one()) && t.grow(i))
			}
		}
	case OnReturn:
		for i, j := range js {
			if j != nil && j.Return != nil {
				e := j.Return
				odd(i, t.parcel(e.Date, e.Country, &e.PostalCode, e.one()) && t.grow(i))
			}
		}
	}
}

// link keeps whether the freight of the journey's entry is that of its consignment. It is false where that is not usual: where
// it is otherwise for other entries of the page, or at other rates, or where it cannot be.
func (p *page) link(t *strip, j *Journey) bool {
	if t.block.Len() == 0 {
		p.linked, t.rates = j.FreightFromLeg, j.Entry.Rates
	}
	if j.FreightFromLeg != p.linked {
		return false
	}
	return !p.linked || j.Consignment != nil && j.Entry.Rates == t.rates && len(j.Entry.Lines) == 1 && j.Entry.Lines[0].FreightToBorder.IsZero()
}

// has reports whether the journey has an event of a kind.
func (j *Journey) has(kind Kind) bool {
	if j == nil {
		return false
	}
	switch kind {
	case OnConsign:
		return j.Consignment != nil
	case OnImport:
		return j.Entry != nil
	case OnReceive:
		return j.Receipt != nil
	case OnStore:
		return j.Stay != nil
	case OnOrder:
		return j.Order != nil
	case OnReturn:
		return j.Return != nil
	}
	return false
}

func (t *strip) reset() {
	if t == nil {
		return
	}
	t.block.Reset()
	t.money = money.Money{}
	t.first, t.last, t.latest = math.MaxInt32, 0, 0
	t.local, t.valued = true, false
	t.known = false
}

// head takes what every event has. It is false for a date that is none.
func (t *strip) head(at uint8, d country.Date, c country.Code) bool {
	if (d != t.date || !t.known) && !t.dated(d) {
		return false
	}
	at %= engine.Lanes
	t.day[at], t.until[at], t.country[at], t.value[at] = t.ordinal, 0, c, false
	t.local = t.local && c == t.country[0]
	return true
}

// dated is head for a date that is not that of the event before.
//
//go:noinline
func (t *strip) dated(d country.Date) bool {
	if !d.IsZero() && !d.IsValid() {
		return false
	}
	t.date, t.ordinal, t.number, t.known = d, ordinal(d), engine.DayNumber(d), true
	t.first, t.last = min(t.first, t.ordinal), max(t.last, t.ordinal)
	return true
}

// grow adds the event that was put, of journey i.
func (t *strip) grow(i int) bool {
	t.lanes[t.block.Next()%engine.Lanes] = uint8(i)
	t.block.Grow()
	return true
}

// carton puts what a block knows of an event of one carton where the next event is; it does not grow.
func (t *strip) carton(d country.Date, c country.Code, postal *string, k *Carton) bool {
	at := t.block.Next()
	if k == nil || !t.head(at, d, c) || !t.piece(at, k.Count, &k.Weight, &k.Volume, &k.Size, &k.Value) {
		return false
	}
	if postal != nil {
		t.block.PutPostal(at, *postal)
	}
	return true
}

func (t *strip) parcel(d country.Date, c country.Code, postal *string, k *Parcel) bool {
	at := t.block.Next()
	if k == nil || !t.head(at, d, c) || !t.piece(at, k.Count, &k.Weight, &k.Volume, &k.Size, &k.Value) {
		return false
	}
	t.block.PutPostal(at, *postal)
	t.block.PutUnits(at, k.Units, k.Units > 0)
	return true
}

func (t *strip) stay(s *Stay, l *Lot) bool {
	at := t.block.Next()
	if l == nil || !t.head(at, s.From, s.Country) {
		return false
	}
	first, end := t.number, engine.DayNumber(s.To)
	arrived, ok := l.arrived(first)
	if !ok || !t.piece(at, l.Units, &l.Weight, &l.Volume, &l.Size, &l.Value) {
		return false
	}
	if l.Units == 0 {
		t.block.Count.Put(at, 0) // none is none
	}
	t.block.PutUnits(at, 1, true)
	t.block.PutStay(at, arrived, max(first, arrived), end, first, end)
	t.until[at%engine.Lanes], t.latest = end, max(t.latest, end)
	return true
}

func (t *strip) entry(e *Entry, l *EntryLine) bool {
	at := t.block.Next()
	if l == nil || !t.head(at, e.Date, e.Destination) {
		return false
	}
	t.block.Count.Put(at, max(l.Units, 1))
	t.block.PutUnits(at, 1, true)
	t.block.Weight.Put(at, l.Weight.Coef(), weightKey(&l.Weight))
	return t.sum(at, engine.Goods, &l.Goods) && t.sum(at, engine.Packing, &l.Packing) &&
		t.sum(at, engine.OriginInland, &l.OriginInland) && t.sum(at, engine.FreightToBorder, &l.FreightToBorder) &&
		t.sum(at, engine.Insurance, &l.Insurance) && t.sum(at, engine.FreightAfterBorder, &l.FreightAfterBorder)
}

// sum is amount for a column.
func (t *strip) sum(at uint8, kind engine.MoneyKind, m *money.Money) bool {
	if m.IsZero() {
		t.block.Money[kind].PutNone(at)
		return true
	}
	return t.amount(at, kind, *m)
}

// freight sets the freight of the usual entry of journey i. An entry that is not usual stays so.
func (p *page) freight(i int, m money.Money) {
	t := p.strips[OnImport]
	if t == nil || p.odd[i]>>OnImport&1 != 0 {
		return
	}
	at := uint8(i)
	if t.lanes[i] != at || i >= t.block.Len() { // journeys before it have no entry
		at = uint8(slices.Index(t.lanes[:t.block.Len()], at))
	}
	if !t.sum(at, engine.FreightToBorder, &m) {
		p.odd[i] |= 1 << OnImport
	}
}

func (t *strip) amount(at uint8, kind engine.MoneyKind, m money.Money) bool {
	t.block.Money[kind].Put(at, m.Coef(), m.Scale())
	return m.Coef() >= 0 && t.in(m)
}

// in reports whether an amount is in the currency of all money of the strip. The first amount says which that is.
func (t *strip) in(m money.Money) bool {
	if t.money.IsZero() {
		t.money = m
	}
	return m.SameCurrency(t.money)
}

// piece takes what rows of most kinds have in common. It is false for what is unusual.
func (t *strip) piece(at uint8, n int64, w *unit.Weight, v *unit.Volume, s *unit.Size, value *money.Money) bool {
	b := &t.block
	if n == 0 {
		n = 1 // count not said
	}
	b.Count.Put(at, n)
	b.Weight.Put(at, w.Coef(), weightKey(w))
	l, m, h := lengthKey(&s.L), lengthKey(&s.W), lengthKey(&s.H)
	if l == m && m == h {
		b.Sides.Put(at, s.L.Coef(), s.W.Coef(), s.H.Coef(), l)
	} else if b.Sides.PutEach(at, [...]int64{s.L.Coef(), s.W.Coef(), s.H.Coef()}, [...]engine.Key{l, m, h}); !whole(s) {
		return false
	}
	if v.Unit() != 0 || b.Voluminous() {
		b.PutVolume(at, volume(v))
	}
	if v := *value; !v.IsZero() {
		t.value[at%engine.Lanes], t.valued = true, true
		return n > 0 && t.in(v)
	}
	return n > 0
}

func weightKey(w *unit.Weight) engine.Key { return engine.KeyOf(w.Unit(), w.Scale()) }

func lengthKey(l *unit.Length) engine.Key { return engine.KeyOf(l.Unit(), l.Scale()) }
