package fees

import (
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
	kept     *engine.Event // by a trace
	spare    *engine.Event // room for the next that is
	account  string
	currency country.Currency
	into     problem.List
	foreign  money.Money // a value that is not in the card's currency and was left out
	priced   bool        // the event holds money, so that what it comes to depends on the currency
	given    bool        // the card takes the caller's duties
	ready    bool        // it holds the event that is priced

	customs                standards // of a generated customs card
	digits                 uint8     // decimals of a declaration's money
	dutyRows               []engine.Duty
	dutyCodes, exciseCodes []string
	levyNames              []string
	names                  map[levyKey]string
	key                    []byte
}

// begin clears the filler for an event and a currency of so many decimals.
func (f *filler) begin(kind Kind, c country.Currency, digits uint8) {
	if f.kept != nil {
		f.release()
	}
	f.rows, f.items, f.bills = f.rows[:0], f.items[:0], f.bills[:0]
	// The date and all else that every event has is filled in by head.
	f.ev.Kind, f.ev.From, f.ev.To = kind, 0, 0
	f.ev.Rows, f.ev.Items, f.ev.Billed, f.ev.Levies = nil, nil, nil, nil
	f.currency = c
	if f.into.Len() > 0 {
		f.into = problem.List{}
	}
	f.foreign, f.priced = money.Money{}, false
	f.customs, f.digits, f.given = nil, digits, true
	f.dutyRows, f.dutyCodes, f.exciseCodes = f.dutyRows[:0], f.dutyCodes[:0], f.exciseCodes[:0]
}

// done hands the rows to the event and says what is wrong with it.
func (f *filler) done() error {
	f.ev.Rows, f.ev.Items, f.ev.Billed = f.rows, f.items, f.bills
	if f.into.Len() == 0 {
		return nil
	}
	return f.into.Err()
}

// keep is the event for a trace that outlives the filler's use: its rows are not used again.
func (f *filler) keep() *engine.Event {
	if f.kept == nil {
		f.kept, f.spare = f.spare, nil
		if f.kept == nil {
			f.kept = new(engine.Event)
		}
		*f.kept = f.ev
	}
	return f.kept
}

// release leaves rows that are kept to their trace.
func (f *filler) release() {
	f.rows, f.items, f.bills, f.dutyRows, f.levyNames, f.kept = nil, nil, nil, nil, nil, nil
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
	if n <= 0 {
		return f.one(n, path, index)
	}
	return n
}

func (f *filler) one(n int64, path string, index int) int64 {
	if n < 0 {
		f.bad(problem.New(problem.Negative, strconv.FormatInt(n, 10)), path, index)
	}
	return 1
}

// row is a further row, empty, that is to be filled in its place: rows are big.
func (f *filler) row() *engine.Row {
	n := len(f.rows)
	if n == cap(f.rows) {
		return f.grown()
	}
	f.rows = f.rows[:n+1]
	row := &f.rows[n]
	*row = engine.Row{}
	return row
}

//go:noinline
func (f *filler) grown() *engine.Row {
	f.rows = append(f.rows, engine.Row{})
	return &f.rows[len(f.rows)-1]
}

func weight(w *unit.Weight) engine.Quantity {
	return engine.Quantity{Coef: w.Coef(), Scale: w.Scale(), Unit: w.Unit()}
}

func length(l *unit.Length) engine.Quantity {
	return engine.Quantity{Coef: l.Coef(), Scale: l.Scale(), Unit: l.Unit()}
}

func volume(v *unit.Volume) engine.Quantity {
	return engine.Quantity{Coef: v.Coef(), Scale: v.Scale(), Unit: v.Unit()}
}

// whole reports whether a size is given whole or not at all.
func whole(s *unit.Size) bool {
	l, w, h := s.L.IsZero(), s.W.IsZero(), s.H.IsZero()
	return l == w && w == h
}

// measure fills in how heavy and how big a piece is.
func (f *filler) measure(row *engine.Row, w *unit.Weight, v *unit.Volume, s *unit.Size, path string, index int) {
	row.Weight, row.Volume = weight(w), volume(v)
	if !whole(s) {
		f.partial(s, path, index)
		return
	}
	row.Length[0], row.Length[1], row.Length[2] = length(&s.L), length(&s.W), length(&s.H)
}

// partial refuses a size of one or two sides.
func (f *filler) partial(s *unit.Size, path string, index int) {
	f.bad(problem.New(problem.MissingField, s.String(), "length, width, height"), path, index)
}

// value is an amount in the card's currency; one in another currency is left out and remembered.
func (f *filler) value(m *money.Money) (fixed.Decimal, bool) {
	if *m == (money.Money{}) {
		return fixed.Decimal{}, false
	}
	return f.valued(*m)
}

func (f *filler) valued(m money.Money) (fixed.Decimal, bool) {
	f.priced = true
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
			Weight: weight(&g.Weight), Volume: volume(&g.Volume),
			Facts: g.Facts,
		}
		if whole(&g.Size) {
			it.Length = [3]engine.Quantity{length(&g.Size.L), length(&g.Size.W), length(&g.Size.H)}
		} else {
			f.partial(&g.Size, path, index)
		}
		it.Value, it.HasValue = f.value(&g.Value)
		f.items = append(f.items, it)
		sum, ok := fixed.Add(units, it.Count)
		if !ok {
			f.bad(problem.New(problem.Overflow, strconv.FormatInt(it.Count, 10)), path, index)
			return
		}
		units = sum
	}
	switch {
	case !row.HasUnits:
		row.Units, row.HasUnits = units, true
	case row.Units != units:
		f.bad(problem.New(problem.CountMismatch, strconv.FormatInt(row.Units, 10), strconv.FormatInt(units, 10)), path, index)
	}
}

func (f *filler) cartons(cs []Carton) {
	for i := range cs {
		c := &cs[i]
		row := f.row()
		row.Count = f.count(c.Count, "/cartons", i)
		f.measure(row, &c.Weight, &c.Volume, &c.Size, "/cartons", i)
		row.Facts = c.Facts
		row.Value, row.HasValue = f.value(&c.Value)
		if len(c.Goods) > 0 {
			f.goods(c.Goods, row, "/cartons", i)
		}
	}
}

func (f *filler) parcels(ps []Parcel) {
	for i := range ps {
		p := &ps[i]
		row := f.row()
		row.Count, row.Units, row.HasUnits = f.count(p.Count, "/parcels", i), p.Units, p.Units > 0
		f.measure(row, &p.Weight, &p.Volume, &p.Size, "/parcels", i)
		row.Facts = p.Facts
		if p.Units < 0 {
			f.bad(problem.New(problem.Negative, strconv.FormatInt(p.Units, 10)), "/parcels", i)
		}
		row.Value, row.HasValue = f.value(&p.Value)
		if len(p.Goods) > 0 {
			f.goods(p.Goods, row, "/parcels", i)
		}
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
		row := f.row()
		row.Count, row.Units, row.HasUnits = f.count(g.Units, "/goods", i), 1, true
		f.measure(row, &g.Weight, &g.Volume, &g.Size, "/goods", i)
		row.Facts = g.Facts
		row.Value, row.HasValue = f.value(&g.Value)
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
		row := f.row()
		row.Count, row.Units, row.HasUnits = l.Units, 1, true
		f.measure(row, &l.Weight, &l.Volume, &l.Size, "/lots", i)
		row.Facts = l.Facts
		row.From, row.To = f.ev.From, f.ev.To
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
		row.Value, row.HasValue = f.value(&l.Value)
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
	f.priced = true
	for _, q := range p.Billed {
		for _, l := range q.lines {
			if l.card.Currency != f.currency || l.Code() == "" {
				continue
			}
			f.bills = append(f.bills, engine.Bill{Code: l.Code(), Families: l.families,
				Amount: fixed.Decimal{Coef: l.coef, Scale: l.scale}})
		}
	}
}
