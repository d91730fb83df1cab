package fees

import (
	"math"
	"math/bits"
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
	odd    [ratecard.EventCount]lanes // the journeys whose event of a kind is not usual: each is priced by itself
	twice  lanes                      // TariffTwice
	linked bool                       // the freight of the entries is that of the consignments
	strips [ratecard.EventCount]*strip
}

// lanes is some journeys of a page, a bit each.
type lanes uint64

func (l lanes) has(i int) bool { return l>>(uint(i)%engine.Lanes)&1 != 0 }

// first is the first of them; there is one.
func (l lanes) first() int { return bits.TrailingZeros64(uint64(l)) % engine.Lanes }

// strip is the events of a kind on a page, in the order of their journeys.
type strip struct {
	block   engine.Block
	lanes   [engine.Lanes]uint8 // their journeys
	day     [engine.Lanes]int32 // as ordinal has them
	until   [engine.Lanes]int32 // the day number behind their stays; 0: they have none
	country [engine.Lanes]country.Code
	money   money.Money  // some of the entries, in the currency of all; zero where there is none
	rates   *money.Rates // of linked entries

	first, last int32 // of the days
	latest      int32 // of until
	local       bool  // all are in the country of the first
}

// pageKinds are the kinds of events of a journey, in the order in which they are priced.
var pageKinds = [...]Kind{OnConsign, OnImport, OnReceive, OnStore, OnOrder, OnReturn}

// fill fills in journeys, of which there are no more than lanes.
func (p *page) fill(js []*Journey) {
	p.n = len(js)
	p.allow(js)
	for _, kind := range pageKinds {
		p.read(kind, js)
	}
}

// allow keeps of each journey whether a tariff may be paid twice.
func (p *page) allow(js []*Journey) {
	p.twice = 0
	for i, j := range js {
		if j != nil && j.TariffTwice {
			p.twice |= 1 << i
		}
	}
}

// read fills in the events of a kind of the page's journeys.
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
		t = newStrip(kind)
		p.strips[kind] = t
	}
	var x pieces
	t.reset()
	odd, wrong := p.take(kind, js, 0, &x)
	for wrong != 0 { // once more, without them
		odd |= wrong
		var rest [engine.Lanes]*Journey
		for i, j := range js {
			if !odd.has(i) {
				rest[i] = j
			}
		}
		t.reset()
		_, wrong = p.take(kind, rest[:len(js)], 0, &x)
	}
	t.block.Grow(x.n)
	p.odd[kind] = odd
}

// pieces is what the usual events of some journeys are about, in their order: so each field is read of all of them in turn,
// and the processor waits for many of them at once.
type pieces struct {
	n      uint8
	weight [engine.Lanes]*unit.Weight
	size   [engine.Lanes]*unit.Size
	volume [engine.Lanes]*unit.Volume
	line   [engine.Lanes]*EntryLine
	sum    [engine.Lanes]*money.Money // one of the sums of the lines
	given  uint8                      // the sums that some line has, a bit each
}

func (x *pieces) add(w *unit.Weight, s *unit.Size, v *unit.Volume) {
	n := x.n % engine.Lanes
	x.weight[n], x.size[n], x.volume[n] = w, s, v
	x.n++
}

// take puts the events of a kind behind those that the strip has, those of journeys from a lane of the page on; it does not
// grow. Of those that are not usual it says whether that is for their structure, and then they were not put, or for their
// values, and then they were. What it takes of an event, and what it refuses, is what the event's method usual does.
func (p *page) take(kind Kind, js []*Journey, from uint8, x *pieces) (structure, values lanes) {
	t := p.strips[kind]
	x.n, x.given = 0, 0
	for i, j := range js {
		if j == nil {
			continue
		}
		i := from + uint8(i)
		ok := true
		switch kind {
		case OnConsign:
			if e := j.Consignment; e != nil {
				ok = t.carton(x, i, e.Date, e.Destination, e.PostalCode, e.one())
			}
		case OnImport:
			if e := j.Entry; e != nil {
				ok = p.link(t, x, j) && t.entry(x, i, e, e.one())
			}
		case OnReceive:
			if e := j.Receipt; e != nil {
				ok = t.carton(x, i, e.Date, e.Country, "", e.one())
			}
		case OnStore:
			if e := j.Stay; e != nil {
				ok = t.stay(x, i, e, e.one())
			}
		case OnOrder:
			if e := j.Order; e != nil {
				ok = t.parcel(x, i, e.Date, e.Country, e.PostalCode, e.one())
			}
		case OnReturn:
			if e := j.Return; e != nil {
				ok = t.parcel(x, i, e.Date, e.Country, e.PostalCode, e.one())
			}
		}
		if !ok {
			structure |= 1 << (i % engine.Lanes)
		}
	}
	if x.n == 0 {
		return structure, 0
	}
	values = t.heads(x)
	if kind == OnImport {
		return structure, values | t.declared(x)
	}
	return structure, values | t.pieces(x)
}

// link keeps whether the freight of the journey's entry is that of its consignment. It is false where that is not usual: where
// it is otherwise for other entries of the page, or at other rates, or where it cannot be.
func (p *page) link(t *strip, x *pieces, j *Journey) bool {
	if t.block.Next()+x.n == 0 {
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

func newStrip(kind Kind) *strip {
	t := &strip{}
	if kind == OnImport {
		t.block.Money = new([engine.MoneyKinds]engine.Sums)
	}
	return t
}

func (t *strip) reset() {
	if t == nil {
		return
	}
	t.block.Reset()
	t.money = money.Money{}
	t.first, t.last, t.latest = math.MaxInt32, 0, 0
	t.local = true
}

// head puts what every event has.
func (t *strip) head(at, lane uint8, d country.Date, c country.Code) {
	at %= engine.Lanes
	t.lanes[at], t.day[at], t.country[at] = lane, ordinal(d), c
}

// heads is what is to be said of the heads that were put; odd are those whose date is none.
func (t *strip) heads(x *pieces) (odd lanes) {
	at := t.block.Next() % engine.Lanes
	days, countries := t.day[at:][:x.n], t.country[at:][:x.n]
	first, last := t.first, t.last
	unusual, foreign, home := false, false, t.country[0]
	for i, day := range days {
		first, last = min(first, day), max(last, day)
		if !certain(day) {
			unusual = true
		}
		if countries[i] != home {
			foreign = true
		}
	}
	t.first, t.last, t.local = first, last, t.local && !foreign
	if unusual {
		for i, day := range days {
			if day != 0 && !isDay(dated(day)) {
				odd |= 1 << t.lanes[at+uint8(i)]
			}
		}
	}
	return odd
}

// carton puts what a block knows of an event of one carton where the next event is, but for what [strip.pieces] does. So do
// the others.
func (t *strip) carton(x *pieces, lane uint8, d country.Date, c country.Code, postal string, k *Carton) bool {
	at := t.block.Next() + x.n
	if k == nil || k.Count < 0 {
		return false
	}
	t.head(at, lane, d, c)
	t.block.PutPostal(at, postal)
	t.block.Count.Put(at, max(k.Count, 1)) // 0: not said
	x.add(&k.Weight, &k.Size, &k.Volume)
	return true
}

func (t *strip) parcel(x *pieces, lane uint8, d country.Date, c country.Code, postal string, k *Parcel) bool {
	at := t.block.Next() + x.n
	if k == nil || k.Count < 0 {
		return false
	}
	t.head(at, lane, d, c)
	t.block.PutPostal(at, postal)
	t.block.Count.Put(at, max(k.Count, 1))
	t.block.PutUnits(at, k.Units, k.Units > 0)
	x.add(&k.Weight, &k.Size, &k.Volume)
	return true
}

func (t *strip) stay(x *pieces, lane uint8, s *Stay, l *Lot) bool {
	at := t.block.Next() + x.n
	if l == nil || l.Units < 0 {
		return false
	}
	first, end := engine.DayNumber(s.From), engine.DayNumber(s.To)
	arrived, ok := l.arrived(first)
	if !ok {
		return false
	}
	t.head(at, lane, s.From, s.Country)
	t.block.Count.Put(at, l.Units) // none is none
	t.block.PutUnits(at, 1, true)
	t.block.PutStay(at, arrived, max(first, arrived), end, first, end)
	t.until[at%engine.Lanes], t.latest = end, max(t.latest, end)
	x.add(&l.Weight, &l.Size, &l.Volume)
	return true
}

func (t *strip) entry(x *pieces, lane uint8, e *Entry, l *EntryLine) bool {
	at := t.block.Next() + x.n
	if l == nil {
		return false
	}
	t.head(at, lane, e.Date, e.Destination)
	t.block.Count.Put(at, max(l.Units, 1))
	t.block.PutUnits(at, 1, true)
	x.weight[x.n%engine.Lanes], x.line[x.n%engine.Lanes] = &l.Weight, l
	x.given |= l.given()
	x.n++
	return true
}

// declared puts the weights and the sums of declaration lines.
func (t *strip) declared(x *pieces) (odd lanes) {
	t.weights(x)
	list, sums := x.line[:x.n], x.sum[:x.n]
	t.in(&list[0].Goods)
	for kind := range engine.MoneyKinds {
		if x.given>>kind&1 == 0 && !t.block.Money[kind].Some() {
			continue
		}
		for i, l := range list {
			sums[i] = l.sum(kind)
		}
		odd |= t.sums(x, kind)
	}
	return odd
}

// given says which of a declaration line's sums there are, a bit each.
func (l *EntryLine) given() uint8 {
	there := func(m *money.Money) uint8 {
		if m.IsZero() {
			return 0
		}
		return 1
	}
	return there(&l.Goods)<<engine.Goods | there(&l.Packing)<<engine.Packing | there(&l.OriginInland)<<engine.OriginInland |
		there(&l.FreightToBorder)<<engine.FreightToBorder | there(&l.Insurance)<<engine.Insurance | there(&l.FreightAfterBorder)<<engine.FreightAfterBorder
}

// sums puts one of the sums of declaration lines; odd are those in another currency or below zero.
func (t *strip) sums(x *pieces, kind engine.MoneyKind) (odd lanes) {
	list := x.sum[:x.n]
	at, column, common := t.block.Next(), &t.block.Money[kind], t.money
	coef := column.From(at)[:len(list)]
	scale, alike := list[0].Scale(), true
	var all int64
	for i, m := range list {
		v := m.Coef()
		coef[i] = v
		all |= v
		if m.Scale() != scale || !m.SameCurrency(common) {
			alike = false
		}
	}
	if alike && all > 0 && column.Written(at, uint64(all), scale) {
		return 0
	}
	for i, m := range list {
		column.Put(at+uint8(i), m.Coef(), m.Scale())
		if m.Coef() < 0 || !m.IsZero() && !m.SameCurrency(common) {
			odd |= 1 << t.lanes[at+uint8(i)]
		}
	}
	return odd
}

// freight sets the freight of the usual entry of journey i. An entry that is not usual stays so.
func (p *page) freight(i int, m money.Money) {
	t := p.strips[OnImport]
	if t == nil || p.odd[OnImport].has(i) {
		return
	}
	at := uint8(i)
	if t.lanes[i] != at || i >= t.block.Len() { // journeys before it have no entry
		at = uint8(slices.Index(t.lanes[:t.block.Len()], at))
	}
	if !t.sum(at, engine.FreightToBorder, &m) {
		p.odd[OnImport] |= 1 << i
	}
}

// sum puts a sum of a declaration line that may have been put before. It is false for one in another currency or below zero.
func (t *strip) sum(at uint8, kind engine.MoneyKind, m *money.Money) bool {
	t.block.Money[kind].Put(at, m.Coef(), m.Scale())
	return m.IsZero() || m.Coef() >= 0 && t.in(m)
}

// in reports whether an amount is in the currency of all money of the strip. The first amount says which that is.
func (t *strip) in(m *money.Money) bool {
	if t.money.IsZero() {
		t.money = *m
	}
	return m.SameCurrency(t.money)
}

// pieces puts what cartons, parcels and lots have in common, but for their values, which no quick program reads.
func (t *strip) pieces(x *pieces) (odd lanes) {
	t.weights(x)
	odd = t.sizes(x)
	list, voluminous := x.volume[:x.n], t.block.Voluminous()
	for _, v := range list {
		if v.Unit() != 0 {
			voluminous = true
		}
	}
	if voluminous {
		at := t.block.Next()
		for i, v := range list {
			t.block.PutVolume(at+uint8(i), volume(v))
		}
	}
	return odd
}

// weights puts the weights of pieces.
func (t *strip) weights(x *pieces) {
	list := x.weight[:x.n]
	at, column := t.block.Next(), &t.block.Weight
	coef := column.From(at)[:len(list)]
	first := weightKey(list[0])
	var all int64
	var other engine.Key
	for i, w := range list {
		v := w.Coef()
		coef[i] = v
		all |= v
		other |= weightKey(w) ^ first
	}
	if column.Written(at, uint64(all), first) && other == 0 {
		return
	}
	for i, w := range list {
		column.Vary(at+uint8(i), weightKey(w))
	}
}

// sizes puts the sides of pieces; odd are those of which some are given and others are not.
func (t *strip) sizes(x *pieces) (odd lanes) {
	list := x.size[:x.n]
	at, column := t.block.Next(), &t.block.Sides
	length, width, height := column.From(0, at)[:len(list)], column.From(1, at)[:len(list)], column.From(2, at)[:len(list)]
	first := lengthKey(&list[0].L)
	var l, w, h int64
	var other engine.Key
	for i, s := range list {
		v := s.L.Coef()
		length[i] = v
		l |= v
		v = s.W.Coef()
		width[i] = v
		w |= v
		v = s.H.Coef()
		height[i] = v
		h |= v
		other |= (lengthKey(&s.L) ^ first) | (lengthKey(&s.W) ^ first) | (lengthKey(&s.H) ^ first)
	}
	if column.Written(at, [...]uint64{uint64(l), uint64(w), uint64(h)}, first) && other == 0 {
		return 0
	}
	for i, s := range list {
		column.Vary(at+uint8(i), [...]engine.Key{lengthKey(&s.L), lengthKey(&s.W), lengthKey(&s.H)})
		if !whole(s) {
			odd |= 1 << t.lanes[at+uint8(i)]
		}
	}
	return odd
}

func weightKey(w *unit.Weight) engine.Key { return engine.KeyOf(w.Unit(), w.Scale()) }

func lengthKey(l *unit.Length) engine.Key { return engine.KeyOf(l.Unit(), l.Scale()) }
