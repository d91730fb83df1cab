package fees

import (
	"slices"
	"strconv"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/fees/unit"
	"github.com/overseaswarehouse/overseas/internal/engine"
	"github.com/overseaswarehouse/overseas/internal/fixed"
	"github.com/overseaswarehouse/overseas/internal/problem"
)

// filler turns an event into what the engine runs on, for one card's currency. Its slices are reused.
type filler struct {
	ev       engine.Event
	rows     []engine.Row
	items    []engine.Item
	bills    []engine.Bill
	account  string
	currency country.Currency
	into     problem.List
	foreign  money.Money // a value that is not in the card's currency and was left out

	customs                *country.Customs // of a generated customs card
	digits                 uint8            // decimals of a declaration's money
	dutyRows               []engine.Duty
	dutyCodes, exciseCodes []string
	levyNames              []string
	names                  map[levyKey]string
	key                    []byte
}

// begin clears the filler for an event and a currency.
func (f *filler) begin(kind Kind, c country.Currency) {
	f.rows, f.items, f.bills = f.rows[:0], f.items[:0], f.bills[:0]
	f.ev = engine.Event{Kind: kind}
	f.account = ""
	f.currency = c
	f.into = problem.List{}
	f.foreign = money.Money{}
	f.customs, f.digits = nil, uint8(c.Digits())
	f.dutyRows, f.dutyCodes, f.exciseCodes = f.dutyRows[:0], f.dutyCodes[:0], f.exciseCodes[:0]
}

// done hands the rows to the event and says what is wrong with it.
func (f *filler) done() error {
	f.ev.Rows, f.ev.Items, f.ev.Billed = f.rows, f.items, f.bills
	return f.into.Err()
}

// copy is the event with rows and items of its own, for a trace that outlives the filler's use.
func (f *filler) copy() *engine.Event {
	ev := f.ev
	ev.Rows, ev.Items, ev.Billed = slices.Clone(ev.Rows), slices.Clone(ev.Items), slices.Clone(ev.Billed)
	ev.Levies = slices.Clone(ev.Levies)
	for i := range ev.Rows {
		ev.Rows[i].Duties = slices.Clone(ev.Rows[i].Duties)
	}
	return &ev
}

func (f *filler) bad(p problem.Problem, path string, index int) {
	if index >= 0 {
		path += "/" + strconv.Itoa(index)
	}
	f.into.Add(p.At(path))
}

func (f *filler) head(d country.Date, c country.Code, warehouse, postal, account string, facts Facts) {
	f.ev.Date, f.ev.Country, f.ev.Warehouse, f.ev.PostalCode, f.ev.Facts = d, c, warehouse, postal, facts
	f.account = account
	if !d.IsZero() && !d.IsValid() {
		f.bad(problem.New(problem.DateInvalid, d.String(), "YYYY-MM-DD"), "/date", -1)
	}
}

// count is a number of equal things, of which 0 means one.
func (f *filler) count(n int64, path string, index int) int64 {
	switch {
	case n == 0:
		return 1
	case n < 0:
		f.bad(problem.New(problem.Negative, strconv.FormatInt(n, 10)), path, index)
		return 1
	}
	return n
}

func sides(s unit.Size) [3]engine.Quantity {
	return [3]engine.Quantity{quantity(s.L), quantity(s.W), quantity(s.H)}
}

type measured interface {
	Coef() int64
	Scale() uint8
	Unit() unit.Unit
}

func quantity[T measured](q T) engine.Quantity {
	return engine.Quantity{Coef: q.Coef(), Scale: q.Scale(), Unit: q.Unit()}
}

// size checks that a size is given whole or not at all.
func (f *filler) size(s unit.Size, path string, index int) [3]engine.Quantity {
	n := 0
	for _, l := range [...]unit.Length{s.L, s.W, s.H} {
		if !l.IsZero() {
			n++
		}
	}
	if n != 0 && n != 3 {
		f.bad(problem.New(problem.MissingField, s.String(), "length, width, height"), path, index)
		return [3]engine.Quantity{}
	}
	return sides(s)
}

// value is an amount in the card's currency; one in another currency is left out and remembered.
func (f *filler) value(m money.Money) (fixed.Decimal, bool) {
	if m.IsZero() {
		return fixed.Decimal{}, false
	}
	if m.Currency() != f.currency {
		f.foreign = m
		return fixed.Decimal{}, false
	}
	return fixed.Decimal{Coef: m.Coef(), Scale: m.Scale()}, true
}

func (f *filler) goods(gs []Goods, row *engine.Row, path string, index int) {
	row.FirstItem, row.NumItem = int32(len(f.items)), int32(len(gs))
	units := int64(0)
	for i := range gs {
		g := &gs[i]
		it := engine.Item{
			Count:  f.count(g.Units, path, index),
			Weight: quantity(g.Weight), Volume: quantity(g.Volume), Length: f.size(g.Size, path, index),
			Facts: g.Facts,
		}
		it.Value, it.HasValue = f.value(g.Value)
		f.items = append(f.items, it)
		sum, ok := fixed.Add(units, it.Count)
		if !ok {
			f.bad(problem.New(problem.Overflow, strconv.FormatInt(it.Count, 10)), path, index)
			return
		}
		units = sum
	}
	switch {
	case len(gs) == 0:
	case !row.HasUnits:
		row.Units, row.HasUnits = units, true
	case row.Units != units:
		f.bad(problem.New(problem.CountMismatch, strconv.FormatInt(row.Units, 10), strconv.FormatInt(units, 10)), path, index)
	}
}

func (f *filler) cartons(cs []Carton) {
	for i := range cs {
		c := &cs[i]
		row := engine.Row{
			Count:  f.count(c.Count, "/cartons", i),
			Weight: quantity(c.Weight), Volume: quantity(c.Volume), Length: f.size(c.Size, "/cartons", i),
			Facts: c.Facts,
		}
		row.Value, row.HasValue = f.value(c.Value)
		f.goods(c.Goods, &row, "/cartons", i)
		f.rows = append(f.rows, row)
	}
}

func (f *filler) parcels(ps []Parcel) {
	for i := range ps {
		p := &ps[i]
		row := engine.Row{
			Count:  f.count(p.Count, "/parcels", i),
			Weight: quantity(p.Weight), Volume: quantity(p.Volume), Length: f.size(p.Size, "/parcels", i),
			Facts: p.Facts, Units: p.Units, HasUnits: p.Units > 0,
		}
		if p.Units < 0 {
			f.bad(problem.New(problem.Negative, strconv.FormatInt(p.Units, 10)), "/parcels", i)
		}
		row.Value, row.HasValue = f.value(p.Value)
		f.goods(p.Goods, &row, "/parcels", i)
		f.rows = append(f.rows, row)
	}
}

func (c *Consignment) fill(f *filler) {
	f.head(c.Date, c.Destination, c.Warehouse, c.PostalCode, c.Account, c.Facts)
	f.cartons(c.Cartons)
}

func (r *Receipt) fill(f *filler) {
	f.head(r.Date, r.Country, r.Warehouse, "", r.Account, r.Facts)
	f.cartons(r.Cartons)
}

func (o *Order) fill(f *filler) {
	f.head(o.Date, o.Country, o.Warehouse, o.PostalCode, o.Account, o.Facts)
	f.parcels(o.Parcels)
}

func (r *Return) fill(f *filler) {
	f.head(r.Date, r.Country, r.Warehouse, r.PostalCode, r.Account, r.Facts)
	f.parcels(r.Parcels)
}

func (r *Removal) fill(f *filler) {
	f.head(r.Date, r.Country, r.Warehouse, "", r.Account, r.Facts)
	for i := range r.Goods {
		g := &r.Goods[i]
		row := engine.Row{
			Count:  f.count(g.Units, "/goods", i),
			Weight: quantity(g.Weight), Volume: quantity(g.Volume), Length: f.size(g.Size, "/goods", i),
			Facts: g.Facts, Units: 1, HasUnits: true,
		}
		row.Value, row.HasValue = f.value(g.Value)
		f.rows = append(f.rows, row)
	}
}

// span checks a stretch of time whose end is not part of it.
func (f *filler) span(from, to country.Date, path string, index int) bool {
	switch {
	case !from.IsValid() || !to.IsValid():
		f.bad(problem.New(problem.InputMissing, "from, to"), path, index)
	case !from.Before(to):
		next, _ := from.AddDays(1)
		f.bad(problem.New(problem.DateOrder, to.String(), next.String()), path, index)
	default:
		return true
	}
	return false
}

func (s *Stay) fill(f *filler) {
	f.head(s.From, s.Country, s.Warehouse, "", s.Account, s.Facts)
	if !f.span(s.From, s.To, "", -1) {
		return
	}
	f.ev.From, f.ev.To = engine.DayNumber(s.From), engine.DayNumber(s.To)
	for i := range s.Lots {
		l := &s.Lots[i]
		row := engine.Row{
			Count: l.Units, Units: 1, HasUnits: true,
			Weight: quantity(l.Weight), Volume: quantity(l.Volume), Length: f.size(l.Size, "/lots", i),
			Facts: l.Facts,
			From:  f.ev.From, To: f.ev.To,
		}
		if l.Units < 0 {
			f.bad(problem.New(problem.Negative, strconv.FormatInt(l.Units, 10)), "/lots", i)
		}
		if !l.From.IsZero() {
			row.From = max(row.From, f.day(l.From, i))
		}
		if !l.To.IsZero() {
			row.To = min(row.To, f.day(l.To, i))
			for _, first := range [...]country.Date{l.From, l.Arrived} {
				if l.To.Before(first) {
					f.bad(problem.New(problem.DateOrder, l.To.String(), first.String()), "/lots", i)
				}
			}
		}
		row.Arrived = row.From
		if !l.Arrived.IsZero() {
			row.Arrived = f.day(l.Arrived, i)
			if !l.From.IsZero() && l.From.Before(l.Arrived) {
				f.bad(problem.New(problem.DateOrder, l.From.String(), l.Arrived.String()), "/lots", i)
			}
			row.From = max(row.From, row.Arrived)
		} else if !l.From.IsZero() {
			row.Arrived = f.day(l.From, i)
		}
		row.Value, row.HasValue = f.value(l.Value)
		f.rows = append(f.rows, row)
	}
}

func (f *filler) day(d country.Date, index int) int32 {
	if !d.IsValid() {
		f.bad(problem.New(problem.DateInvalid, d.String(), "YYYY-MM-DD"), "/lots", index)
		return 0
	}
	return engine.DayNumber(d)
}

func (p *Period) fill(f *filler) {
	f.head(p.From, p.Country, p.Warehouse, "", p.Account, p.Facts)
	if !f.span(p.From, p.To, "", -1) {
		return
	}
	f.ev.From, f.ev.To = engine.DayNumber(p.From), engine.DayNumber(p.To)
	for _, q := range p.Billed {
		for _, l := range q.lines {
			if l.amount.Currency() != f.currency || l.code == "" {
				continue
			}
			f.bills = append(f.bills, engine.Bill{Code: l.code, Families: l.families,
				Amount: fixed.Decimal{Coef: l.amount.Coef(), Scale: l.amount.Scale()}})
		}
	}
}
