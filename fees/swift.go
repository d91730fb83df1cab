package fees

import (
	"math"
	"slices"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/fees/unit"
	"github.com/overseaswarehouse/overseas/internal/engine"
	"github.com/overseaswarehouse/overseas/internal/fixed"
	"github.com/overseaswarehouse/overseas/internal/ratecard"
)

// course is the short way for the usual event of a kind: one carton, parcel, lot or line, without goods inside and without
// answers, on cards of one published edition each. Whatever is unusual, or wrong, is left to the long way, which the short
// one is a part of: it fills in the same rows and runs the same programs.
type course struct {
	slots bool  // two cards of it have lines in one slot
	local bool  // a card serves one country
	mixed bool  // the cards are in several currencies
	legs  []leg // in the order of the books; none: there is no short way
}

// leg is one card on the way.
type leg struct {
	ed       *edition
	sheet    *sheet
	program  engine.Quick
	out      []outcome
	from, to int32 // of its dates, both included, as ordinal has them
	until    int32 // day number of the first day after them
	country  country.Code
	anywhere bool // it serves every country
	dated    bool
	currency country.Currency

	bit    uint64 // of the calculator's legs; 0: it has too many for blocks
	always tells  // by its lines that there are always
}

// outcome is a line and where it stands when the program has run.
type outcome struct {
	engine.Register
	info   *lineInfo
	family Family
	tells  tells
}

// tells is what lines say whatever they come to, a bit a family.
type tells struct{ of, covers, tariff uint8 }

// The bits of tells.tariff.
const (
	coversTariff  = 1 << iota // a line of another event than the import is for the tariff, or covers it
	chargesTariff             // a line of the import is for the tariff
)

func (s *tells) add(t tells) {
	s.of, s.covers, s.tariff = s.of|t.of, s.covers|t.covers, s.tariff|t.tariff
}

// says is what a line says.
func (l *lineInfo) says() (f Family, s tells) {
	if len(l.families) > 0 {
		f = l.families[0]
		for _, also := range l.families[1:] {
			s.covers |= 1 << also
		}
	}
	s.of = 1 << f
	switch {
	case !l.tariff:
	case l.kind != OnImport:
		s.tariff = coversTariff
	case f == Tariff:
		s.tariff = chargesTariff
	}
	return f, s
}

// swift holds the event of each kind. What the short way never fills in stays empty, so that nothing has to be cleared.
type swift [ratecard.EventCount]blank

// blank is a usual event on its way.
type blank struct {
	ev  engine.Event
	row engine.Row
}

// courseOf is the course of a kind of event through the books that price it.
func courseOf(kind Kind, books []*book) (c course) {
	for _, b := range books {
		if b.customs != nil || len(b.editions) != 1 {
			return course{}
		}
		ed := b.editions[0]
		card, sh := ed.Card, &ed.sheets[kind]
		program, ok := ed.Quick(kind)
		if !ok || sh.topUp || sh.given || len(card.Countries) > 1 || len(card.Warehouses) > 0 || card.Standing != ratecard.Published {
			return course{}
		}
		l := leg{
			ed: ed, sheet: sh, program: program, until: ed.until, anywhere: len(card.Countries) == 0,
			dated: ed.dated && !b.always, currency: card.Currency,
		}
		if !l.anywhere {
			l.country = card.Countries[0]
		}
		if l.from, l.to = ordinal(card.Effective.From), ordinal(card.Effective.To); l.to == 0 {
			l.to = math.MaxInt32
		}
		for i := range sh.lines {
			o := outcome{Register: program.Register(i), info: &sh.lines[i]}
			o.family, o.tells = o.info.says()
			if o.Always() {
				l.always.add(o.tells)
			}
			c.slots = c.slots || c.fills(o.info.charge.Slot)
			l.out = append(l.out, o)
		}
		c.local = c.local || !l.anywhere
		c.mixed = c.mixed || len(c.legs) > 0 && l.currency != c.legs[0].currency
		c.legs = append(c.legs, l)
	}
	return c
}

// fills reports whether a leg has a line in a slot.
func (c *course) fills(slot string) bool {
	return slot != "" && slices.ContainsFunc(c.legs, func(l leg) bool {
		return slices.ContainsFunc(l.out, func(o outcome) bool { return o.info.charge.Slot == slot })
	})
}

// swift prices an event by the short way. It is false, and the quote is as before, where there is none for it.
func (c *Calculator) swift(q *Quote, e Event) bool {
	if e == nil {
		return false
	}
	kind := e.Kind()
	if int(kind) >= len(c.courses) || len(c.courses[kind].legs) == 0 {
		return false
	}
	if q.swift == nil {
		q.swift = newSwift()
	}
	w, at := &c.courses[kind], &q.swift[kind]
	if !e.usual(&at.ev, &at.row, &w.legs[0].currency) {
		return false
	}
	if d := at.ev.Date; !d.IsZero() && !d.IsValid() {
		return false
	}
	lines, used, caveats := len(q.lines), len(q.used), len(q.caveats)
	if !w.run(q, &at.ev, &at.row) {
		q.lines, q.used, q.caveats = q.lines[:lines], q.used[:used], q.caveats[:caveats]
		return false
	}
	q.asked |= 1 << kind
	return true
}

func newSwift() *swift {
	s := new(swift)
	for k := range s {
		s[k].ev.Kind = Kind(k)
	}
	return s
}

// piece fills in what rows of most kinds have in common, but for values, which no quick program reads. It is false for what is
// unusual.
func piece(row *engine.Row, n int64, w *unit.Weight, v *unit.Volume, s *unit.Size) bool {
	if n == 0 {
		n = 1 // count not said
	}
	row.Count, row.Weight, row.Volume = n, weight(w), volume(v)
	row.Length[0], row.Length[1], row.Length[2] = length(&s.L), length(&s.W), length(&s.H)
	return n > 0 && whole(s)
}

func (c *Consignment) usual(ev *engine.Event, row *engine.Row, _ *country.Currency) bool {
	k := c.one()
	if k == nil {
		return false
	}
	ev.Date, ev.Country, ev.Warehouse, ev.PostalCode = c.Date, c.Destination, c.Warehouse, c.PostalCode
	return k.usual(row)
}

// one is the only carton of the usual consignment, nil where it is not usual.
func (c *Consignment) one() *Carton {
	if c == nil || len(c.Facts) > 0 {
		return nil
	}
	return oneCarton(c.Cartons)
}

func (r *Receipt) usual(ev *engine.Event, row *engine.Row, _ *country.Currency) bool {
	k := r.one()
	if k == nil {
		return false
	}
	ev.Date, ev.Country, ev.Warehouse = r.Date, r.Country, r.Warehouse
	return k.usual(row)
}

func (r *Receipt) one() *Carton {
	if r == nil || len(r.Facts) > 0 {
		return nil
	}
	return oneCarton(r.Cartons)
}

func oneCarton(list []Carton) *Carton {
	if len(list) != 1 || len(list[0].Facts) > 0 || len(list[0].Goods) > 0 {
		return nil
	}
	return &list[0]
}

func (c *Carton) usual(row *engine.Row) bool {
	return piece(row, c.Count, &c.Weight, &c.Volume, &c.Size)
}

func (o *Order) usual(ev *engine.Event, row *engine.Row, _ *country.Currency) bool {
	p := o.one()
	if p == nil {
		return false
	}
	ev.Date, ev.Country, ev.Warehouse, ev.PostalCode = o.Date, o.Country, o.Warehouse, o.PostalCode
	return p.usual(row)
}

func (o *Order) one() *Parcel {
	if o == nil || len(o.Facts) > 0 {
		return nil
	}
	return oneParcel(o.Parcels)
}

func (r *Return) usual(ev *engine.Event, row *engine.Row, _ *country.Currency) bool {
	p := r.one()
	if p == nil {
		return false
	}
	ev.Date, ev.Country, ev.Warehouse, ev.PostalCode = r.Date, r.Country, r.Warehouse, r.PostalCode
	return p.usual(row)
}

func (r *Return) one() *Parcel {
	if r == nil || len(r.Facts) > 0 {
		return nil
	}
	return oneParcel(r.Parcels)
}

func oneParcel(list []Parcel) *Parcel {
	if len(list) != 1 || list[0].Units < 0 || len(list[0].Facts) > 0 || len(list[0].Goods) > 0 {
		return nil
	}
	return &list[0]
}

func (p *Parcel) usual(row *engine.Row) bool {
	row.Units, row.HasUnits = p.Units, p.Units > 0
	return piece(row, p.Count, &p.Weight, &p.Volume, &p.Size)
}

func (r *Removal) usual(ev *engine.Event, row *engine.Row, _ *country.Currency) bool {
	if r == nil || len(r.Facts) > 0 || len(r.Goods) != 1 {
		return false
	}
	g := &r.Goods[0]
	ev.Date, ev.Country, ev.Warehouse = r.Date, r.Country, r.Warehouse
	row.Units, row.HasUnits = 1, true
	return len(g.Facts) == 0 && piece(row, g.Units, &g.Weight, &g.Volume, &g.Size)
}

func (s *Stay) usual(ev *engine.Event, row *engine.Row, _ *country.Currency) bool {
	l := s.one()
	if l == nil {
		return false
	}
	ev.Date, ev.Country, ev.Warehouse = s.From, s.Country, s.Warehouse
	ev.From, ev.To = engine.DayNumber(s.From), engine.DayNumber(s.To)
	arrived, ok := l.arrived(ev.From)
	if !ok || !piece(row, l.Units, &l.Weight, &l.Volume, &l.Size) {
		return false
	}
	row.Arrived, row.From, row.To = arrived, max(ev.From, arrived), ev.To
	row.Count, row.Units, row.HasUnits = l.Units, 1, true // none is none
	return true
}

// one is the only lot of the usual stay, which says no more of time than when it arrived; nil where the stay is not usual.
func (s *Stay) one() *Lot {
	if s == nil || len(s.Facts) > 0 || len(s.Lots) != 1 {
		return nil
	}
	if from, to := ordinal(s.From), ordinal(s.To); from >= to || !certain(from) && !s.From.IsValid() || !certain(to) && !s.To.IsValid() {
		return nil
	}
	l := &s.Lots[0]
	if len(l.Facts) > 0 || !l.From.IsZero() || !l.To.IsZero() {
		return nil
	}
	return l
}

// arrived is the day number of the lot's arrival, that of the first day where it is not said.
func (l *Lot) arrived(first int32) (day int32, ok bool) {
	if l.Arrived.IsZero() {
		return first, true
	}
	return engine.DayNumber(l.Arrived), isDay(l.Arrived)
}

// A period is never usual: what was billed in it is a list.
func (*Period) usual(*engine.Event, *engine.Row, *country.Currency) bool { return false }

func (e *Entry) usual(ev *engine.Event, row *engine.Row, only *country.Currency) bool {
	l := e.one()
	if l == nil {
		return false
	}
	ev.Date, ev.Country = e.Date, e.Destination
	row.Count, row.Units, row.HasUnits, row.Weight = max(l.Units, 1), 1, true, weight(&l.Weight)
	return l.amounts(row, only)
}

// one is the only line of the usual entry, nil where it is not usual.
func (e *Entry) one() *EntryLine {
	if e == nil || len(e.Facts) > 0 || len(e.Lines) != 1 || e.customsOnly() != "" || !e.dutyFree() {
		return nil
	}
	l := &e.Lines[0]
	if l.Units < 0 || len(l.Options) > 0 || l.Goods.IsZero() {
		return nil
	}
	return l
}

// amounts fills in the money of a line in a currency. It is false where some is in another, or negative.
func (l *EntryLine) amounts(row *engine.Row, c *country.Currency) bool {
	return amount(&row.Money[engine.Goods], &l.Goods, c) && amount(&row.Money[engine.Packing], &l.Packing, c) &&
		amount(&row.Money[engine.OriginInland], &l.OriginInland, c) && amount(&row.Money[engine.FreightToBorder], &l.FreightToBorder, c) &&
		amount(&row.Money[engine.Insurance], &l.Insurance, c) && amount(&row.Money[engine.FreightAfterBorder], &l.FreightAfterBorder, c)
}

// amount fills in an amount in a currency, or none. It is false for one in another currency or below zero.
func amount(to *fixed.Decimal, m *money.Money, c *country.Currency) bool {
	v := *m
	if v.IsZero() {
		*to = fixed.Decimal{}
		return true
	}
	to.Coef, to.Scale = v.Coef(), v.Scale()
	return v.Coef() >= 0 && v.Currency() == *c
}

// ordinal is a number that grows with the date, 0 for none.
func ordinal(d country.Date) int32 { return int32(d.Year)<<16 | int32(d.Month)<<8 | int32(d.Day) }

// isDay is IsValid of a date, in less time for most.
func isDay(d country.Date) bool { return certain(ordinal(d)) || d.IsValid() }

// certain reports whether an ordinal is that of a day, for any but some at the end of February.
func certain(n int32) bool {
	return uint32(n)-1<<16 < 9999<<16 && uint8(n)-1 < shortest[n>>8&15] && n>>12&15 == 0
}

// shortest is how many days each month has at least.
var shortest = [16]uint8{0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}

// dated is the date of an ordinal.
func dated(n int32) country.Date {
	return country.Date{Year: int16(n >> 16), Month: uint8(n >> 8), Day: uint8(n)}
}

// holds reports whether the card is in force from one day on, to another, and until a stay ends.
func (l *leg) holds(first, last, until int32) bool {
	return first != 0 && first >= l.from && last <= l.to && until <= l.until
}

// run prices the event on every card of the course that serves it.
func (c *course) run(q *Quote, ev *engine.Event, row *engine.Row) bool {
	first, priced, day, until := len(q.lines), 0, ordinal(ev.Date), int32(0)
	if ev.From < ev.To {
		until = ev.To
	}
	for i := range c.legs {
		l := &c.legs[i]
		if !l.anywhere && l.country != ev.Country {
			continue
		}
		if ev.Kind == OnImport && l.currency != c.legs[0].currency {
			return false
		}
		if l.dated && !l.holds(day, day, until) {
			return false
		}
		if !l.program.Run(&q.machine, ev, row) {
			return false
		}
		priced++
		sh := l.sheet
		n := len(q.lines)
		if cap(q.lines)-n < len(l.out) {
			q.lines = slices.Grow(q.lines, len(l.out))
		}
		r, lines := q.machine.Registers(), q.lines[n:n+len(l.out)]
		at := 0
		for i := range l.out {
			o := &l.out[i]
			if !r.Billed(o.Register) {
				continue
			}
			if !lines[at].from(o.info, r.At(o.Register)) {
				return false
			}
			at++
		}
		q.lines = q.lines[:n+at]
		q.used = append(q.used, l.ed.Card)
		if q.machine.Unsized() {
			q.caveat(CaveatUnsized, l.ed.Card, "")
		}
		for i := range sh.caveats {
			q.caveat(sh.caveats[i].code, l.ed.Card, sh.caveats[i].detail)
		}
	}
	return priced == 1 || priced > 1 && (!c.slots || q.alone(first) == nil)
}
