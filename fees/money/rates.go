package money

import (
	"cmp"
	"iter"
	"slices"
	"strconv"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/internal/fixed"
	"github.com/overseaswarehouse/overseas/internal/problem"
	"github.com/overseaswarehouse/overseas/internal/sorting"
)

// Rates is a set of exchange rates. It is immutable and safe for concurrent use. A nil *Rates has no rates.
//
// A pair may have rates of several dates. Without [Rates.On] the latest counts; the set never looks at a clock.
type Rates struct {
	rows []row        // by pair and date
	on   country.Date // zero: the latest
}

// row is a way from one currency to another: by one rate, or by two through a third currency.
type row struct {
	from, to country.Currency
	date     country.Date
	first    Rate
	one      leg
	via      *Via
}

// NewRates makes a set. All problems are reported at once, with the index of the rate in their path: an unknown
// currency, a rate between one currency, a value or a per that is not positive or is beyond 18 digits or 12 decimals,
// an invalid date, and two rates for the same pair, direction and date.
func NewRates(rates ...Rate) (*Rates, error) {
	var l problem.List
	rows := make([]row, 0, len(rates))
	for i, r := range rates {
		ps := r.problems()
		for _, p := range ps {
			l.Add(p.At("/" + strconv.Itoa(i) + p.Path))
		}
		if len(ps) == 0 {
			one, _ := r.leg()
			rows = append(rows, row{from: r.From(), to: r.To(), date: r.Date, first: r, one: one})
		}
	}
	return build(rows, &l)
}

// With is the set with further ways, each of which is two quotations for one pair; they are refused as in NewRates
// when the set has a rate or a way for their pair and date. The date of a way is the later of the dates of its rates.
// A selection by On is kept.
func (r *Rates) With(ways ...Via) (*Rates, error) {
	var l problem.List
	rows := slices.Clone(r.all())
	for i, v := range ways {
		ps := v.problems()
		for _, p := range ps {
			l.Add(p.At("/" + strconv.Itoa(i) + p.Path))
		}
		if len(ps) == 0 {
			rows = append(rows, row{from: v.First.From(), to: v.Second.To(), date: v.date(), via: &v})
		}
	}
	s, err := build(rows, &l)
	if err != nil {
		return nil, err
	}
	if r != nil {
		s.on = r.on
	}
	return s, nil
}

func build(rows []row, l *problem.List) (*Rates, error) {
	sorting.Stable(len(rows), func(i, j int) bool { return rows[i].compare(&rows[j]) < 0 }, func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
	for i := 1; i < len(rows); i++ {
		if rows[i-1].compare(&rows[i]) == 0 {
			l.Add(problem.New(problem.Duplicate, rows[i].name()))
		}
	}
	if err := l.Err(); err != nil {
		return nil, err
	}
	return &Rates{rows: rows}, nil
}

func (a *row) compare(b *row) int {
	return cmp.Or(comparePair(a, b.from, b.to), a.date.Compare(b.date))
}

func comparePair(a *row, from, to country.Currency) int {
	return cmp.Or(cmp.Compare(order(a.from), order(from)), cmp.Compare(order(a.to), order(to)))
}

// order is a number by which currencies are in the order of their codes.
func order(c country.Currency) uint32 {
	return uint32(c[0])<<16 | uint32(c[1])<<8 | uint32(c[2])
}

// name is the pair, and the date where it has one.
func (a row) name() string {
	s := pair(a.from, a.to)
	if !a.date.IsZero() {
		s += " " + a.date.String()
	}
	return s
}

//go:noinline
func pair(from, to country.Currency) string { return from.String() + "/" + to.String() }

func (r *Rates) all() []row {
	if r == nil {
		return nil
	}
	return r.rows
}

// On is the same set seen on a day: of each pair, the latest rate on or before the day counts, or the one without a
// date where there is no such. The zero Date is the latest again.
func (r *Rates) On(day country.Date) *Rates { return &Rates{rows: r.all(), on: day} }

// Len is the number of rates and ways of all dates.
func (r *Rates) Len() int { return len(r.all()) }

// All is the rates of all dates in the order of their pairs and dates; the ways of With are not among them.
func (r *Rates) All() iter.Seq[Rate] {
	return func(yield func(Rate) bool) {
		for _, w := range r.all() {
			if w.via == nil && !yield(w.first) {
				return
			}
		}
	}
}

// Append appends every rate and way of the set, a line each in the order of their pairs and dates, and the day of On. Sets
// that convert alike append the same, whatever the order in which they were given.
func (r *Rates) Append(b []byte) []byte {
	quotation := func(r Rate) {
		b = append(b, r.String()...)
		if r.Inverse {
			b = append(b, " inverse"...)
		}
	}
	for _, w := range r.all() {
		if w.via == nil {
			quotation(w.first)
		} else {
			quotation(w.via.First)
			b = append(b, ", "...)
			quotation(w.via.Second)
			b = append(b, ' ')
			b = strconv.AppendUint(b, uint64(w.via.Scale), 10)
			b = append(b, ' ')
			b = append(b, w.via.Mode.String()...)
		}
		b = append(b, ' ')
		b = append(b, w.date.String()...)
		b = append(b, '\n')
	}
	if r != nil && !r.on.IsZero() {
		b = append(b, "on "...)
		b = append(b, r.on.String()...)
		b = append(b, '\n')
	}
	return b
}

// Find is the rate that converts from one currency to the other. It fails with rate_missing, which names the pair and
// the pairs that are there; so it does for a way of With, which is not one rate.
func (r *Rates) Find(from, to country.Currency) (Rate, error) {
	w := r.find(from, to)
	if w == nil || w.via != nil {
		return Rate{}, r.missing(from, to)
	}
	return w.first, nil
}

// find is the row that counts, or nil.
func (r *Rates) find(from, to country.Currency) *row {
	rows := r.all()
	// The first row behind those of the pair, or behind those of the pair up to the day.
	low, high := 0, len(rows)
	for low < high {
		mid := int(uint(low+high) >> 1)
		c := comparePair(&rows[mid], from, to)
		if c == 0 && !r.on.IsZero() && rows[mid].date.Compare(r.on) > 0 {
			c = 1
		}
		if c <= 0 {
			low = mid + 1
		} else {
			high = mid
		}
	}
	if low == 0 || comparePair(&rows[low-1], from, to) != 0 {
		return nil
	}
	return &rows[low-1]
}

// missing says that there is no rate for a pair, and which there are: the dates of this pair where it is only too
// early, the pairs otherwise, those first that share a currency, and of them the pair the other way round.
func (r *Rates) missing(from, to country.Currency) error {
	var dates, near, far []string
	for _, w := range r.all() {
		name := pair(w.from, w.to)
		switch {
		case w.from == from && w.to == to:
			dates = append(dates, w.name())
		case w.from == to && w.to == from:
			near = append([]string{name + " (" + pair(from, to) + ": inverse)"}, near...)
		case w.from == from || w.to == to || w.from == to || w.to == from:
			near = append(near, name)
		default:
			far = append(far, name)
		}
	}
	want := dates
	if len(want) == 0 {
		want = append(slices.Compact(near), slices.Compact(far)...)
	}
	const most = 20
	if len(want) > most {
		want = append(want[:most:most], "…")
	}
	text := pair(from, to)
	if r != nil && !r.on.IsZero() {
		text += " " + r.on.String()
	}
	return problem.New(problem.RateMissing, text, want...)
}

// Via converts through a third currency by two quotations. The amount in between is rounded to Scale decimals by Mode,
// as the conversion between national currencies and the euro demanded; it stays exact when Mode is the zero Mode.
type Via struct {
	First, Second Rate  // First.To() is Second.From()
	Scale         uint8 // decimals of the amount in between
	Mode          Mode  // how it is rounded; zero: not at all
}

func (v Via) problems() Problems {
	var ps Problems
	for _, p := range v.First.problems() {
		ps = append(ps, p.At("/first"+p.Path))
	}
	for _, p := range v.Second.problems() {
		ps = append(ps, p.At("/second"+p.Path))
	}
	if len(ps) > 0 {
		return ps
	}
	if v.First.To() != v.Second.From() {
		ps = append(ps, problem.New(problem.CurrencyMismatch, v.Second.From().String(), v.First.To().String()).At("/second"))
	} else if v.First.From() == v.Second.To() {
		ps = append(ps, problem.New(problem.Malformed, pair(v.First.From(), v.Second.To())).At("/second"))
	}
	if v.Mode != 0 || v.Scale != 0 {
		if p, ok := roundable(v.Scale, v.Mode).(problem.Problem); ok {
			ps = append(ps, p.At("/scale"))
		}
	}
	return ps
}

func (v Via) date() country.Date {
	if v.First.Date.Compare(v.Second.Date) > 0 {
		return v.First.Date
	}
	return v.Second.Date
}

// Conversion is how an amount was converted.
type Conversion struct {
	From, To Money
	Rate     Rate  // the rate used, the first of two; the zero Rate where both currencies are one
	Then     Rate  // the second of two rates
	Between  Money // the rounded amount in the currency in between; zero where there is none
	Halfway  Mode  // how Between was rounded
	Mode     Mode  // how To was rounded
}

// Convert converts m to the currency to by the rate for exactly that pair, rounded once to scale decimals. An amount
// that is in that currency already is returned as it is. It fails with rate_missing, with overflow when the result has
// more than 18 digits, with currency_unknown for the zero Money, and as [Money.Round] does.
func (r *Rates) Convert(m Money, to country.Currency, scale uint8, mode Mode) (Money, Conversion, error) {
	if err := roundable(scale, mode); err != nil {
		return Money{}, Conversion{}, err
	}
	if m.cur == 0 {
		return Money{}, Conversion{}, noCurrency("")
	}
	from := m.Currency()
	if from == to {
		return m, Conversion{From: m, To: m}, nil
	}
	w := r.find(from, to)
	if w == nil {
		return Money{}, Conversion{}, r.missing(from, to)
	}
	if w.via != nil {
		return w.via.convert(m, scale, mode)
	}
	d, err := w.one.apply(m, scale, mode)
	if err != nil {
		return Money{}, Conversion{}, err
	}
	n := Money{d.Coef, d.Scale, lettersOf(to)}
	return n, Conversion{From: m, To: n, Rate: w.first, Mode: mode}, nil
}

// apply is the amount of m by the rate, rounded.
func (l leg) apply(m Money, scale uint8, mode Mode) (fixed.Decimal, error) {
	c, ok := fixed.MulDivPow10(m.coef, l.num, l.e-int(m.scale)+int(scale), l.den, mode)
	return l.result(c, ok, m, scale)
}

func (l leg) result(c int64, ok bool, m Money, scale uint8) (fixed.Decimal, error) {
	d := fixed.Decimal{Coef: c, Scale: scale}
	if !ok || !d.Valid() {
		return fixed.Decimal{}, problem.New(problem.Overflow, m.String())
	}
	return d, nil
}

// Convert converts m by the two rates, the second result rounded once to scale decimals. It fails as [Rates.Convert]
// and [Rates.With] do, and with currency_mismatch when m is not in the currency that the first rate converts from.
func (v Via) Convert(m Money, scale uint8, mode Mode) (Money, Conversion, error) {
	if err := roundable(scale, mode); err != nil {
		return Money{}, Conversion{}, err
	}
	if ps := v.problems(); len(ps) > 0 {
		return Money{}, Conversion{}, ps
	}
	if m.Currency() != v.First.From() {
		return Money{}, Conversion{}, problem.New(problem.CurrencyMismatch, m.cur.String(), v.First.From().String())
	}
	return v.convert(m, scale, mode)
}

func (v Via) convert(m Money, scale uint8, mode Mode) (Money, Conversion, error) {
	one, _ := v.First.leg()
	two, _ := v.Second.leg()
	c := Conversion{From: m, Rate: v.First, Then: v.Second, Mode: mode}
	var d fixed.Decimal
	var err error
	if v.Mode == 0 {
		q, ok := fixed.RoundRatio(m.coef < 0,
			[]uint64{fixed.Abs(m.coef), uint64(one.num), uint64(two.num)},
			one.e+two.e-int(m.scale)+int(scale),
			[]uint64{one.den, two.den}, mode)
		d, err = two.result(q, ok, m, scale)
	} else {
		if d, err = one.apply(m, v.Scale, v.Mode); err != nil {
			return Money{}, Conversion{}, err
		}
		c.Between, c.Halfway = Money{d.Coef, d.Scale, lettersOf(v.First.To())}, v.Mode
		d, err = two.apply(c.Between, scale, mode)
	}
	if err != nil {
		return Money{}, Conversion{}, err
	}
	c.To = Money{d.Coef, d.Scale, lettersOf(v.Second.To())}
	return c.To, c, nil
}
