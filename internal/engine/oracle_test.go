package engine

import (
	"fmt"
	"math/big"
	"slices"
	"strings"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/internal/fixed"
	"github.com/overseaswarehouse/overseas/internal/problem"
	"github.com/overseaswarehouse/overseas/internal/ratecard"
	"github.com/overseaswarehouse/overseas/internal/units"
)

// The oracle is the definition of what a card charges: the words of package ratecard evaluated with rational numbers,
// one part of the event and one day of a stay at a time. It shares no code with the engine.

type rat = big.Rat

// where is the part of an event, and on stays the day, for which something is evaluated. A row or item of -1 is all.
type where struct {
	row, item int
	day       int32
	timed     bool // only what is present on the day counts
}

// stop is why an event cannot be priced.
type stop struct{ code problem.Code }

func cannot(code problem.Code) { panic(stop{code}) }

// arithmetic is what seeded mutants of the oracle replace.
type arithmetic struct {
	round   func(v, to *rat, m fixed.Mode) *rat
	started func(q, unit *rat) *rat
	bracket func(e ratecard.Edge, v, at *rat) bool
	sum     func(v *rat, n int64) *rat
	floor   func(v *rat) *rat // of what is left after something was subtracted
}

func exactly() arithmetic {
	return arithmetic{
		round: func(v, to *rat, m fixed.Mode) *rat {
			return new(rat).Mul(to, new(rat).SetInt(roundWhole(new(rat).Quo(v, to), m)))
		},
		started: func(q, unit *rat) *rat { return new(rat).SetInt(roundWhole(new(rat).Quo(q, unit), fixed.Ceiling)) },
		bracket: func(e ratecard.Edge, v, at *rat) bool {
			switch c := v.Cmp(at); e {
			case ratecard.UpTo:
				return c <= 0
			case ratecard.Below:
				return c < 0
			case ratecard.From:
				return c >= 0
			default:
				return c > 0
			}
		},
		sum:   func(v *rat, n int64) *rat { return new(rat).Mul(v, integer(n)) },
		floor: func(v *rat) *rat { return ratMax(v, integer(0)) },
	}
}

// roundWhole rounds to a whole number.
func roundWhole(v *rat, m fixed.Mode) *big.Int {
	floor := new(big.Int).Div(v.Num(), v.Denom()) // Euclidean, so the floor: the denominator is positive
	rest := new(rat).Sub(v, new(rat).SetInt(floor))
	if rest.Sign() == 0 {
		return floor
	}
	up := new(big.Int).Add(floor, big.NewInt(1))
	outer, inner := up, floor // away from zero, towards zero
	if v.Sign() < 0 {
		outer, inner = floor, up
	}
	half := rest.Cmp(big.NewRat(1, 2))
	nearest := floor
	if half > 0 {
		nearest = up
	}
	switch m {
	case fixed.Up:
		return outer
	case fixed.Down:
		return inner
	case fixed.Ceiling:
		return up
	case fixed.Floor:
		return floor
	case fixed.HalfUp:
		if half == 0 {
			return outer
		}
	case fixed.HalfDown:
		if half == 0 {
			return inner
		}
	case fixed.HalfEven:
		if half == 0 && floor.Bit(0) == 1 {
			return up
		}
	}
	return nearest
}

func integer(n int64) *rat { return big.NewRat(n, 1) }

func ratMax(a, b *rat) *rat {
	if a.Cmp(b) < 0 {
		return b
	}
	return a
}

func ratMin(a, b *rat) *rat {
	if a.Cmp(b) > 0 {
		return b
	}
	return a
}

func decimalRat(d fixed.Decimal) *rat {
	if d.Scale <= 18 {
		return big.NewRat(d.Coef, int64(fixed.Pow10(int(d.Scale))))
	}
	return new(rat).SetFrac(big.NewInt(d.Coef), new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(d.Scale)), nil))
}

func unitOf(u units.Unit) *rat {
	if u == units.NoUnit {
		return integer(1)
	}
	n, p := u.Factor()
	if p < 0 {
		return big.NewRat(n, int64(fixed.Pow10(int(-p))))
	}
	return integer(n * int64(fixed.Pow10(int(p))))
}

// ofCard is a card's quantity in the base of its dimension.
func ofCard(q ratecard.Quantity) *rat { return new(rat).Mul(decimalRat(q.Value), unitOf(q.Unit)) }

func ofEvent(q Quantity) *rat {
	return new(rat).Mul(decimalRat(fixed.Decimal{Coef: q.Coef, Scale: q.Scale}), unitOf(q.Unit))
}

// memoKey is a measure that was asked for.
type memoKey struct {
	name    string
	at      ratecard.Level
	p       where
	sides   *ratecard.Sides
	lenient bool
}

type oracle struct {
	arithmetic
	card    *ratecard.Card
	e       *Event
	unsized bool
	memo    map[memoKey]*rat
}

// priceOracle evaluates a card on an event; code is "" when it can be priced.
func priceOracle(card *ratecard.Card, e *Event) (lines []Line, unsized bool, code problem.Code) {
	return priceWith(exactly(), card, e)
}

func priceWith(a arithmetic, card *ratecard.Card, e *Event) (lines []Line, unsized bool, code problem.Code) {
	o := &oracle{arithmetic: a, card: card, e: e, memo: map[memoKey]*rat{}}
	defer func() {
		if r := recover(); r != nil {
			s, ok := r.(stop)
			if !ok {
				panic(r)
			}
			lines, code = nil, s.code
		}
	}()
	return o.lines(), o.unsized, ""
}

// scaleOf is the number of decimals that multiples of some amounts have, at least the currency's.
func (o *oracle) scaleOf(to ...fixed.Decimal) uint8 {
	scale := uint8(o.card.Currency.Digits())
	for _, d := range to {
		scale = max(scale, d.Normalize().Scale)
	}
	return scale
}

// coef is v in units of 10^-scale, which it is a multiple of.
func coef(v *rat, scale uint8) int64 {
	x := new(rat).Mul(v, decimalRat(fixed.Decimal{Coef: int64(fixed.Pow10(int(scale)))}))
	if !x.IsInt() {
		panic(fmt.Sprintf("%s is not a multiple of 10^-%d", v.RatString(), scale))
	}
	if new(rat).Abs(x).Cmp(new(rat).SetFrac(new(big.Int).Exp(big.NewInt(10), big.NewInt(18), nil), big.NewInt(1))) >= 0 {
		cannot(problem.Overflow)
	}
	return x.Num().Int64()
}

// lineScale is the number of decimals of a charge's lines: those of its rounding and of the bounds behind it.
func (o *oracle) lineScale(ch *ratecard.Charge) uint8 {
	scale := o.scaleOf(ch.Round.To)
	for _, b := range ch.Bounds {
		for _, at := range []*fixed.Decimal{b.Min, b.Max} {
			if at != nil && b.Each > ch.Round.Each {
				scale = max(scale, o.scaleOf(*at))
			}
		}
	}
	return scale
}

func (o *oracle) lines() []Line {
	all := where{-1, -1, -1, false}
	var out []Line
	sum := integer(0)
	finest := uint8(0)
	for i := range o.card.Charges {
		ch := &o.card.Charges[i]
		if ch.On != o.e.Kind {
			continue
		}
		finest = max(finest, o.lineScale(ch))
		v, applied := o.billed(ch, ratecard.LevelEvent, all, ratecard.Rounded)
		if !applied && (len(ch.When) > 0 || ch.Slot != "" || ch.TopUp != nil || o.allTimed(ch)) {
			continue
		}
		sum.Add(sum, v)
		scale := o.lineScale(ch)
		out = append(out, Line{Charge: ch, Coef: coef(v, scale), Scale: scale})
	}
	if t := o.card.Tax; t.Kind == ratecard.TaxExcluded && t.Rate.Sign() != 0 {
		r := o.card.Rounding
		v := o.round(new(rat).Mul(sum, decimalRat(t.Rate)), decimalRat(r.To), r.Mode)
		scale := o.scaleOf(r.To)
		finest = max(finest, scale)
		if sum.Sign() != 0 { // no tax on nothing
			out = append(out, Line{Charge: &ratecard.Charge{Code: "tax"}, Coef: coef(v, scale), Scale: scale})
		}
		sum.Add(sum, v)
	}
	for i := range o.card.Totals {
		t := &o.card.Totals[i]
		if t.On != o.e.Kind {
			continue
		}
		d := new(rat).Sub(o.round(sum, decimalRat(t.Round.To), t.Round.Mode), sum)
		if d.Sign() != 0 {
			scale := max(finest, o.scaleOf(t.Round.To))
			out = append(out, Line{Total: t, Coef: coef(d, scale), Scale: scale})
		}
	}
	return out
}

// levels of parts

// parts calls f for every part of a level inside p with the number of such equal parts.
func (o *oracle) parts(of, in ratecard.Level, p where, f func(p where, n int64)) {
	if of == in {
		f(p, 1)
		return
	}
	switch in {
	case ratecard.LevelEvent:
		for r := range o.e.Rows {
			row := &o.e.Rows[r]
			if p.timed && !(row.From <= p.day && p.day < row.To) {
				continue
			}
			q := p
			q.row = r
			o.parts(of, ratecard.LevelLine, q, f)
		}
	case ratecard.LevelLine:
		o.parts(of, ratecard.LevelPiece, p, func(q where, n int64) { f(q, n*o.e.Rows[p.row].Count) })
	case ratecard.LevelPiece:
		row := &o.e.Rows[p.row]
		if row.NumItem == 0 && !(row.HasUnits && row.Units == 0) {
			cannot(problem.InputMissing) // there are goods, but nothing is known of them
		}
		for k := row.FirstItem; k < row.FirstItem+row.NumItem; k++ {
			q := p
			q.item = int(k)
			f(q, o.e.Items[k].Count)
		}
	}
}

// upTo is the part of a wider level that p lies in.
func upTo(l ratecard.Level, p where) where {
	if l >= ratecard.LevelPiece {
		p.item = -1
	}
	if l == ratecard.LevelEvent {
		p.row = -1
	}
	return p
}

// summed is the sum over p, a part of the level in, of the values of the parts of a level.
func (o *oracle) summed(of, in ratecard.Level, p where, f func(where) *rat) *rat {
	total := integer(0)
	o.parts(of, in, p, func(q where, n int64) { total.Add(total, o.sum(f(q), n)) })
	return total
}

// missing values

// known runs f; it returns nil where the event does not say enough.
func known[T any](f func() T) (v T, why *stop) {
	defer func() {
		if r := recover(); r != nil {
			s, ok := r.(stop)
			if !ok {
				panic(r)
			}
			why = &s
		}
	}()
	return f(), nil
}

// precision is the number of decimals that answers, values and bills may have.
const precision = 6

// measures

// measure is a named measure of p, a part of the level at. Where it is lenient, a size that the event does not give counts
// as nothing, and the quote says so.
func (o *oracle) measure(name string, at ratecard.Level, p where, sides *ratecard.Sides, lenient bool) *rat {
	key := memoKey{name, at, p, sides, lenient}
	if v := o.memo[key]; v != nil {
		return v
	}
	v := o.measureNow(name, at, p, sides, lenient)
	o.memo[key] = v
	return v
}

func (o *oracle) measureNow(name string, at ratecard.Level, p where, sides *ratecard.Sides, lenient bool) *rat {
	found, ok := o.card.Find(name, o.e.Kind)
	if !ok { // "unit" in a measure or class, which have no event of their own
		panic("no measure " + name)
	}
	switch found.Kind {
	case ratecard.OfEvent:
		return o.builtin(name, at, p, sides, lenient)
	case ratecard.OfCard:
		m := &o.card.Measures[found.Index]
		value := func(q where) *rat { return o.step(m, len(m.Steps)-1, q) }
		if m.Each >= at {
			return value(upTo(m.Each, p))
		}
		return o.summed(m.Each, at, p, value)
	case ratecard.OfInput:
		in := &o.card.Inputs[found.Index]
		text := o.answer(in, upTo(max(in.Each, at), p))
		d, err := fixed.Parse(text)
		if err != nil || d.Sign() < 0 || in.Kind == ratecard.Count && d.Normalize().Scale > 0 || d.Normalize().Scale > precision {
			cannot(problem.UnknownValue)
		}
		return decimalRat(d)
	case ratecard.OfMoney:
		kind := slices.Index(ratecard.MoneyNames(), name)
		return o.summed(ratecard.LevelLine, at, p, func(q where) *rat {
			d := o.e.Rows[q.row].Money[kind]
			if int(d.Normalize().Scale) > o.card.Currency.Digits() {
				cannot(problem.NumberPrecision)
			}
			return decimalRat(d)
		})
	default:
		if found.Each == ratecard.LevelItem && at > ratecard.LevelItem {
			return o.builtin("units", at, p, nil, false)
		}
		return o.summed(found.Each, at, p, func(where) *rat { return integer(1) })
	}
}

// part is what events say of one piece or item.
type part struct {
	weight, volume Quantity
	length         [3]Quantity
	value          fixed.Decimal
	hasValue       bool
}

func (o *oracle) part(p where) part {
	if p.item >= 0 {
		it := &o.e.Items[p.item]
		return part{it.Weight, it.Volume, it.Length, it.Value, it.HasValue}
	}
	row := &o.e.Rows[p.row]
	return part{row.Weight, row.Volume, row.Length, row.Value, row.HasValue}
}

// builtin is a measure that the event brings along, at any level.
func (o *oracle) builtin(name string, at ratecard.Level, p where, sides *ratecard.Sides, lenient bool) *rat {
	switch name {
	case "units":
		if o.e.Kind.UnitLevel() == ratecard.LevelPiece {
			return o.builtin("pieces", at, p, nil, false)
		}
	case "lines":
		return o.summed(ratecard.LevelLine, at, p, func(where) *rat { return integer(1) })
	case "pieces":
		return o.summed(ratecard.LevelPiece, at, p, func(where) *rat { return integer(1) })
	}
	if at > ratecard.LevelPiece {
		return o.summed(ratecard.LevelPiece, at, p, func(q where) *rat { return o.builtin(name, ratecard.LevelPiece, q, sides, lenient) })
	}
	if name == "units" {
		if at == ratecard.LevelItem {
			return integer(1)
		}
		row := &o.e.Rows[p.row]
		if !row.HasUnits {
			cannot(problem.InputMissing)
		}
		return integer(row.Units)
	}
	x := o.part(p)
	switch name {
	case "weight":
		if x.weight.Unit == units.NoUnit {
			cannot(problem.InputMissing)
		}
		return ofEvent(x.weight)
	case "value":
		if !x.hasValue {
			cannot(problem.InputMissing)
		}
		if x.value.Normalize().Scale > precision {
			cannot(problem.NumberPrecision)
		}
		return decimalRat(x.value)
	}
	var side [3]*rat
	for i, q := range x.length {
		if q.Unit == units.NoUnit {
			if name == "volume" && sides == nil && x.volume.Unit != units.NoUnit {
				return ofEvent(x.volume)
			}
			if lenient {
				o.unsized = true
				return integer(0)
			}
			cannot(problem.InputMissing)
		}
		side[i] = ofEvent(q)
		if sides != nil {
			if sides.To.Set {
				side[i] = o.round(side[i], ofCard(sides.To), sides.Mode)
			}
			if sides.Min.Set {
				side[i] = ratMax(side[i], ofCard(sides.Min))
			}
		}
	}
	if name == "volume" {
		v := new(rat).Mul(side[0], side[1])
		return v.Mul(v, side[2])
	}
	slices.SortFunc(side[:], func(a, b *rat) int { return b.Cmp(a) })
	add := func(xs ...*rat) *rat {
		total := integer(0)
		for _, x := range xs {
			total.Add(total, x)
		}
		return total
	}
	switch name {
	case "longest":
		return side[0]
	case "second":
		return side[1]
	case "third":
		return side[2]
	case "girth":
		return add(side[1], side[1], side[2], side[2])
	case "length_girth":
		return add(side[0], side[1], side[1], side[2], side[2])
	case "side_sum":
		return add(side[0], side[1], side[2])
	}
	panic("no measure " + name)
}

// step is the value of a measure after one of its steps.
func (o *oracle) step(m *ratecard.Measure, i int, p where) *rat {
	s := &m.Steps[i]
	var v *rat
	switch {
	case i == 0:
		v = o.greatest(s, p)
	case s.Sum:
		v = o.summed(m.Steps[i-1].Each, s.Each, p, func(q where) *rat { return o.step(m, i-1, q) })
	default:
		v = o.step(m, i-1, p)
	}
	if x := s.Excess; x != nil {
		of, counts := o.term(&x.Of, s, p, true)
		if counts && of.Cmp(v) > 0 && of.Cmp(new(rat).Mul(v, decimalRat(x.Above))) > 0 {
			more := new(rat).Sub(of, v)
			v = new(rat).Add(v, more.Mul(more, decimalRat(x.Share)))
		}
	}
	if s.Less.Set {
		v = o.floor(new(rat).Sub(v, ofCard(s.Less)))
	}
	if s.Plus.Set {
		v = new(rat).Add(v, ofCard(s.Plus))
	}
	if s.Keep != nil {
		v = o.round(v, ofCard(s.Keep.To), s.Keep.Mode)
	}
	if s.Up.Set {
		up := ofCard(s.Up)
		down := o.round(v, up, fixed.Floor)
		rest := new(rat).Sub(v, down)
		if s.Tolerance.Set && rest.Cmp(ofCard(s.Tolerance)) <= 0 {
			v = down
		} else {
			v = new(rat).Mul(o.started(v, up), up)
		}
	}
	if s.Min.Set {
		v = ratMax(v, ofCard(s.Min))
	}
	if s.Max.Set {
		v = ratMin(v, ofCard(s.Max))
	}
	return v
}

// greatest is the greatest of a step's terms, 0 where none counts.
func (o *oracle) greatest(s *ratecard.Step, p where) *rat {
	best := integer(0)
	for i := range s.Terms {
		if v, counts := o.term(&s.Terms[i], s, p, len(s.Terms) > 1); counts {
			best = ratMax(best, v)
		}
	}
	return best
}

// term is a measure times or over a ratio; counts is false when its conditions do not hold.
func (o *oracle) term(t *ratecard.Term, s *ratecard.Step, p where, lenient bool) (v *rat, counts bool) {
	if !o.tests(t.When, s.Each, p, lenient) {
		return nil, false
	}
	v = o.measure(t.Of, s.Each, p, s.Sides, lenient)
	by := decimalRat(t.By.Value)
	switch t.Op {
	case ratecard.Times: // kilograms for each cubic metre
		v = new(rat).Quo(v, unitOf(t.By.Den))
		v.Mul(v, by).Mul(v, unitOf(t.By.Num))
	case ratecard.Over_: // a kilogram for every 5000 cubic centimetres
		v = new(rat).Quo(v, unitOf(t.By.Num))
		v.Quo(v, by).Mul(v, unitOf(t.By.Den))
	}
	if !t.Share.IsZero() {
		v = new(rat).Mul(v, decimalRat(t.Share))
	}
	return v, true
}

// inputs, classes and conditions

// answer is what the event says of an input: its part first, then what the part lies in, then the card's default.
func (o *oracle) answer(in *ratecard.Input, p where) string {
	text, ok := "", false
	if p.item >= 0 && in.Each == ratecard.LevelItem {
		text, ok = o.e.Items[p.item].Facts[in.Name]
	}
	if !ok && p.row >= 0 && in.Each <= ratecard.LevelLine {
		text, ok = o.e.Rows[p.row].Facts[in.Name]
	}
	if !ok {
		text, ok = o.e.Facts[in.Name]
	}
	if !ok {
		text, ok = in.Default, in.Default != ""
	}
	if !ok {
		cannot(problem.InputMissing)
	}
	if in.Kind == ratecard.Choice && !slices.Contains(in.Values, text) {
		cannot(problem.UnknownValue)
	}
	return text
}

// class is the name of the first row that fits p; none fits: "".
func (o *oracle) class(name string, p where) string {
	c := o.card.Class(name)
	p = upTo(c.Each, p)
	for i := range c.Rows {
		r := &c.Rows[i]
		if o.all(func() bool { return o.tests(r.When, c.Each, p, false) }, func() bool { return o.within(r.Limit, c.Each, p, false) }) {
			return r.Name
		}
	}
	return ""
}

// all reports whether all conditions hold. What is not known does not matter where another one fails.
func (o *oracle) all(conditions ...func() bool) bool {
	var why *stop
	for _, f := range conditions {
		ok, bad := known(f)
		switch {
		case bad != nil && why == nil:
			why = bad
		case bad == nil && !ok:
			return false
		}
	}
	if why != nil {
		panic(*why)
	}
	return true
}

// tests reports whether all conditions hold. Where it is lenient, a size that is not known counts as nothing.
func (o *oracle) tests(tests []ratecard.Test, at ratecard.Level, p where, lenient bool) bool {
	var all []func() bool
	for i := range tests {
		all = append(all, func() bool { return o.test(&tests[i], at, p, lenient) })
	}
	return o.all(all...)
}

func (o *oracle) test(t *ratecard.Test, at ratecard.Level, p where, lenient bool) bool {
	choice := func(v string) bool {
		if t.Subject.Kind == ratecard.SubjectClass && v == "" {
			return false // it is in no class
		}
		return (len(t.In) == 0 || slices.Contains(t.In, v)) && !slices.Contains(t.Not, v)
	}
	switch t.Subject.Kind {
	case ratecard.SubjectPostal:
		code := o.e.PostalCode
		if code == "" {
			cannot(problem.InputMissing)
		}
		any := func(rules []ratecard.PostalRule) bool {
			return slices.ContainsFunc(rules, func(r ratecard.PostalRule) bool { return onPostalList(r, code) })
		}
		return (len(t.Postal) == 0 || any(t.Postal)) && !any(t.PostNot)
	case ratecard.SubjectDate:
		d := o.date(p)
		if !t.Dates.Contains(d) {
			return false
		}
		return len(t.Yearly) == 0 || slices.ContainsFunc(t.Yearly, func(s ratecard.YearlySpan) bool {
			day := int(d.Month)*100 + int(d.Day)
			from, to := int(s.FromMonth)*100+int(s.FromDay), int(s.ToMonth)*100+int(s.ToDay)
			if from <= to {
				return from <= day && day <= to
			}
			return day >= from || day <= to
		})
	case ratecard.SubjectMeasure:
		v := o.measure(t.Subject.Name, at, p, nil, lenient)
		for _, b := range t.Bounds {
			if !o.bracket(b.Edge, v, ofCard(b.At)) {
				return false
			}
		}
		return true
	}
	return choice(o.choice(t.Subject, p))
}

// choice is the value of a country, warehouse, input or class; "" where no row of the class fits.
func (o *oracle) choice(s ratecard.Subject, p where) string {
	switch s.Kind {
	case ratecard.SubjectCountry:
		if o.e.Country.IsZero() {
			cannot(problem.InputMissing)
		}
		return o.e.Country.String()
	case ratecard.SubjectWarehouse:
		if o.e.Warehouse == "" {
			cannot(problem.InputMissing)
		}
		return o.e.Warehouse
	case ratecard.SubjectInput:
		return o.answer(o.card.Input(s.Name), p)
	}
	return o.class(s.Name, p)
}

func onPostalList(r ratecard.PostalRule, code string) bool {
	if r.Prefix != "" {
		return strings.HasPrefix(code, r.Prefix)
	}
	if r.Open && len(code) > len(r.From) {
		code = code[:len(r.From)]
	}
	shape := func(s string) string {
		return strings.Map(func(c rune) rune {
			if '0' <= c && c <= '9' {
				return '0'
			}
			return c
		}, s)
	}
	number := func(s string) *big.Int {
		n := new(big.Int)
		for _, c := range s {
			if '0' <= c && c <= '9' {
				n.Mul(n, big.NewInt(10)).Add(n, big.NewInt(int64(c-'0')))
			}
		}
		return n
	}
	return shape(code) == shape(r.From) && number(r.From).Cmp(number(code)) <= 0 && number(code).Cmp(number(r.To)) <= 0
}

func (o *oracle) date(p where) country.Date {
	d := o.e.Date
	if p.timed {
		d, _ = country.Date{Year: 1970, Month: 1, Day: 1}.AddDays(int(p.day))
	}
	if d.IsZero() {
		cannot(problem.InputMissing)
	}
	return d
}

// within reports whether no limit is exceeded by any part. A charge is not held up by a size that is not known; a class is.
func (o *oracle) within(limits []ratecard.Limit, at ratecard.Level, p where, lenient bool) bool {
	var all []func() bool
	for i := range limits {
		l := &limits[i]
		all = append(all, func() bool {
			var each []func() bool
			inside := func(at ratecard.Level, p where) {
				o.parts(l.Each, at, p, func(q where, n int64) {
					each = append(each, func() bool {
						return o.bracket(ratecard.UpTo, o.measure(l.Measure, l.Each, q, nil, lenient), ofCard(l.At))
					})
				})
			}
			if at == ratecard.LevelEvent && l.Each < ratecard.LevelLine {
				// what is not known of one row does not matter where another is over the limit
				var rows []func() bool
				o.parts(ratecard.LevelLine, at, p, func(q where, _ int64) {
					rows = append(rows, func() bool {
						each = nil
						inside(ratecard.LevelLine, q)
						return o.all(each...)
					})
				})
				return o.all(rows...)
			}
			inside(at, p)
			return o.all(each...)
		})
	}
	return o.all(all...)
}

// prices

// notOffered is the panic of a price that the card does not have.
var notOffered = stop{problem.NotOffered}

// offered runs what a price is made of. One part that the card has no price for decides, whatever is not known of others.
func (o *oracle) offered(steps ...func()) {
	var why *stop
	for _, f := range steps {
		if _, bad := known(func() bool { f(); return true }); bad != nil && (why == nil || *bad == notOffered) {
			why = bad
		}
	}
	if why != nil {
		panic(*why)
	}
}

// index is the place of p on an axis.
func (o *oracle) index(a *ratecard.Axis, at ratecard.Level, p where) int {
	if len(a.Values) > 0 {
		if i := slices.Index(a.Values, o.choice(a.Of, p)); i >= 0 {
			return i
		}
		panic(notOffered)
	}
	var v *rat
	switch a.Age {
	case ratecard.Age:
		v = integer(int64(p.day - o.e.Rows[p.row].Arrived))
	case ratecard.Day:
		v = integer(int64(p.day-o.e.Rows[p.row].Arrived) + 1)
	default:
		v = o.measure(a.Of.Name, at, p, nil, false)
	}
	return o.bracketOf(a, v)
}

func (o *oracle) bracketOf(a *ratecard.Axis, v *rat) int {
	if a.Edge == ratecard.UpTo || a.Edge == ratecard.Below {
		for i, q := range a.Edges {
			if o.bracket(a.Edge, v, ofCard(q)) {
				return i
			}
		}
		if a.Open {
			return len(a.Edges)
		}
		panic(notOffered)
	}
	for i := len(a.Edges) - 1; i >= 0; i-- {
		if o.bracket(a.Edge, v, ofCard(a.Edges[i])) {
			return i
		}
	}
	panic(notOffered)
}

func cellAt(cells []ratecard.Cell, i int) *rat {
	if cells[i].None {
		panic(notOffered)
	}
	return decimalRat(cells[i].Value)
}

// price is one term of a charge for p, without its time.
func (o *oracle) price(t *ratecard.Price, ch *ratecard.Charge, p where) *rat {
	at := 0
	steps := make([]func(), len(t.By))
	for i := range t.By {
		steps[i] = func() { at = at*t.By[i].Len() + o.index(&t.By[i], ch.Each, p) }
	}
	o.offered(steps...)
	if len(t.Bands) > 0 {
		return o.bands(t, at, ch, p)
	}
	cell := cellAt(t.Cells, at)
	switch {
	case t.Percent:
		return new(rat).Mul(cell, o.base(t.Of, t.Basis, ch.On, ch.Each, p, ch.Code))
	case t.Per == "":
		return cell
	}
	q := o.measure(t.Per, ch.Each, p, nil, false)
	if p.timed && ch.Each == ratecard.LevelEvent && o.ofStock(t.Per) && o.nothingThere(p) {
		return integer(0) // no minimum on nothing
	}
	counted := func(q *rat) *rat {
		if t.Started {
			return o.started(q, ofCard(t.Unit))
		}
		return new(rat).Quo(q, ofCard(t.Unit))
	}
	v := new(rat).Mul(counted(q), cell)
	if t.NextBreak { // as if it were as much as a later bracket begins with, where that is cheaper
		i := slices.IndexFunc(t.By, func(a ratecard.Axis) bool { return a.Of.Kind == ratecard.SubjectMeasure && a.Of.Name == t.Per })
		a := &t.By[i]
		stride := 1
		for _, b := range t.By[i+1:] {
			stride *= b.Len()
		}
		for here := o.index(a, ch.Each, p) + 1; here < a.Len(); here++ {
			edge := here // of from and over: the bracket begins at its own edge
			if a.Edge == ratecard.UpTo || a.Edge == ratecard.Below {
				edge = here - 1
			}
			at += stride
			if next := t.Cells[at]; !next.None {
				v = ratMin(v, new(rat).Mul(counted(ratMax(q, ofCard(a.Edges[edge]))), decimalRat(next.Value)))
			}
		}
	}
	return v
}

// ofStock reports whether a measure is a sum over what is in stock, and not something that the event says itself.
func (o *oracle) ofStock(name string) bool {
	found, _ := o.card.Find(name, o.e.Kind)
	if found.Kind != ratecard.OfCard {
		return found.Kind == ratecard.OfEvent
	}
	return slices.ContainsFunc(o.card.Measures[found.Index].Steps, func(s ratecard.Step) bool {
		return slices.ContainsFunc(s.Terms, func(t ratecard.Term) bool { return o.ofStock(t.Of) })
	})
}

func (o *oracle) nothingThere(p where) bool {
	return !slices.ContainsFunc(o.e.Rows, func(r Row) bool { return r.From <= p.day && p.day < r.To && r.Count > 0 })
}

// bands is a graduated price: each band for what lies in it.
func (o *oracle) bands(t *ratecard.Price, at int, ch *ratecard.Charge, p where) *rat {
	x := o.measure(t.BandOf, ch.Each, p, nil, false)
	total, lower := integer(0), integer(0)
	for i := range t.Bands {
		b := &t.Bands[i]
		if x.Cmp(lower) <= 0 {
			return total
		}
		upper := x
		if !b.Open {
			upper = ratMin(x, ofCard(b.UpTo))
		}
		cell := cellAt(b.Cells, at)
		if b.Flat {
			total.Add(total, cell)
		} else {
			part := new(rat).Sub(upper, lower)
			if b.Started {
				part = o.started(part, ofCard(b.Each))
			} else {
				part.Quo(part, ofCard(b.Each))
			}
			total.Add(total, part.Mul(part, cell))
		}
		if b.Open {
			return total
		}
		lower = ofCard(b.UpTo)
	}
	if x.Cmp(lower) > 0 {
		panic(notOffered)
	}
	return total
}

// base is the sum of names that a percentage or an amount is taken of, for p.
func (o *oracle) base(names []string, basis ratecard.Basis, on ratecard.Event, at ratecard.Level, p where, self string) *rat {
	total := integer(0)
	for _, name := range names {
		if a := o.card.Amount(name); a != nil {
			total.Add(total, o.amount(a, at, p))
			continue
		}
		members := o.card.Members(name, on, self)
		if _, isFamily := ratecard.FamilyOf(name); !isFamily && len(members) == 0 {
			total.Add(total, o.measure(name, at, p, nil, false))
		}
		for _, i := range members {
			v, _ := o.billed(&o.card.Charges[i], at, p, basis)
			total.Add(total, v)
		}
	}
	return total
}

// amount is a named sum for p, a part of the level at.
func (o *oracle) amount(a *ratecard.Amount, at ratecard.Level, p where) *rat {
	return o.climb(a.Each, at, p, func(q where) *rat {
		v := o.base(a.Sum, a.Basis, a.On, a.Each, q, "")
		return new(rat).Mul(v, big.NewRat(a.Num, a.Den))
	}, func(l ratecard.Level, v *rat) *rat {
		if a.Round != nil && a.Round.Each == l {
			return o.round(v, decimalRat(a.Round.To), a.Round.Mode)
		}
		return v
	})
}

// climb sums from one level to a wider one and settles the sum at every level on the way.
func (o *oracle) climb(from, to ratecard.Level, p where, value func(where) *rat, settle func(ratecard.Level, *rat) *rat) *rat {
	if from >= to {
		return settle(from, value(p))
	}
	narrower := to - 1
	v := o.summed(narrower, to, p, func(q where) *rat { return o.climb(from, narrower, q, value, settle) })
	return settle(to, v)
}

// charges

// billed is a charge for p, a part of the level at: as billed, or exactly as computed. A charge that did not apply is 0.
func (o *oracle) billed(ch *ratecard.Charge, at ratecard.Level, p where, basis ratecard.Basis) (v *rat, applied bool) {
	var climb func(to ratecard.Level, p where) (*rat, bool)
	climb = func(to ratecard.Level, p where) (*rat, bool) {
		var v *rat
		applied := false
		if to <= ch.Each {
			v, applied = o.charge(ch, p)
		} else {
			v = integer(0)
			o.parts(to-1, to, p, func(q where, n int64) {
				x, on := climb(to-1, q)
				applied = applied || on
				v.Add(v, o.sum(x, n))
			})
		}
		if !applied {
			return integer(0), false
		}
		for _, b := range ch.Bounds {
			if b.Each == to {
				v = bounded(v, b.Min, b.Max)
			}
		}
		if ch.Round.Each == to && basis == ratecard.Rounded {
			v = o.round(v, decimalRat(ch.Round.To), ch.Round.Mode)
		}
		return v, true
	}
	return climb(at, p)
}

func bounded(v *rat, least, most *fixed.Decimal) *rat {
	if least != nil {
		v = ratMax(v, decimalRat(*least))
	}
	if most != nil {
		v = ratMin(v, decimalRat(*most))
	}
	return v
}

// charge is what a charge comes to for one part of its own level.
func (o *oracle) charge(ch *ratecard.Charge, p where) (v *rat, applied bool) {
	if ch.TopUp != nil {
		if !o.tests(ch.When, ch.Each, p, true) {
			return integer(0), false
		}
		v := bounded(o.topUp(ch), ch.Min, ch.Max)
		return v, v.Sign() > 0
	}
	if ch.Given != "" {
		return o.duties(ch, p)
	}
	v = integer(0)
	var least, most = ch.Min, ch.Max
	for _, at := range o.moments(ch, p) {
		if !o.chosen(ch, at) {
			continue
		}
		applied = true
		terms, lo, hi := o.terms(ch)
		least, most = lo, hi
		for _, t := range terms {
			if (t.Time != nil) == at.timed {
				v.Add(v, o.timed(ch, t, at))
			}
		}
	}
	if !applied {
		return integer(0), false
	}
	return bounded(v, least, most), true
}

// moments are the event itself, and for a charge with a time every day of the stay that it is billed on.
func (o *oracle) moments(ch *ratecard.Charge, p where) []where {
	var all []where
	timed, untimed := false, false
	for _, t := range pricesOf(ch) {
		if t.Time != nil {
			timed = true
		} else {
			untimed = true
		}
	}
	if untimed {
		all = append(all, p)
	}
	if timed {
		from, to := o.span(p)
		for d := from; d < to; d++ {
			q := p
			q.day, q.timed = d, true
			if slices.ContainsFunc(pricesOf(ch), func(t *ratecard.Price) bool { return t.Time != nil && o.share(t.Time, q).Sign() > 0 }) {
				all = append(all, q)
			}
		}
	}
	return all
}

func (o *oracle) span(p where) (from, to int32) {
	if p.row >= 0 {
		return o.e.Rows[p.row].From, o.e.Rows[p.row].To
	}
	return o.e.From, o.e.To
}

func pricesOf(ch *ratecard.Charge) []*ratecard.Price {
	var all []*ratecard.Price
	for i := range ch.Terms {
		all = append(all, &ch.Terms[i])
	}
	for i := range ch.Dated {
		for j := range ch.Dated[i].Terms {
			all = append(all, &ch.Dated[i].Terms[j])
		}
	}
	return all
}

// terms are those of the event's date, the day whose prices count; a stay has to end within them.
func (o *oracle) terms(ch *ratecard.Charge) (terms []*ratecard.Price, least, most *fixed.Decimal) {
	if len(ch.Dated) == 0 {
		return pricesOf(ch), ch.Min, ch.Max
	}
	d := o.date(where{})
	for i := range ch.Dated {
		if ch.Dated[i].Period.Contains(d) {
			if e := o.e; e.From < e.To && !ch.Dated[i].Period.Contains(DateOf(e.To-1)) {
				panic(notOffered)
			}
			for j := range ch.Dated[i].Terms {
				terms = append(terms, &ch.Dated[i].Terms[j])
			}
			return terms, ch.Dated[i].Min, ch.Dated[i].Max
		}
	}
	panic(notOffered)
}

// timed is a term at a moment: a day's share of the unit of time, or a whole unit on the day that it is billed.
func (o *oracle) timed(ch *ratecard.Charge, t *ratecard.Price, p where) *rat {
	if t.Time == nil {
		return o.price(t, ch, p)
	}
	share := o.share(t.Time, p)
	if share.Sign() == 0 {
		return share
	}
	return new(rat).Mul(share, o.price(t, ch, p))
}

// share is how much of a unit of time the day of p is charged with.
func (o *oracle) share(t *ratecard.Time, p where) *rat {
	d := o.date(p)
	switch t.Basis {
	case ratecard.Daily:
		switch {
		case t.Per == ratecard.PerDay:
			return integer(1)
		case t.Per == ratecard.PerWeek:
			return big.NewRat(1, 7)
		case t.Days > 0:
			return big.NewRat(1, t.Days)
		case t.Per == ratecard.PerMonth:
			return big.NewRat(1, int64(d.DaysInMonth()))
		case d.IsLeap():
			return big.NewRat(1, 366)
		}
		return big.NewRat(1, 365)
	case ratecard.Snapshot:
		on := int64(d.Day)
		if t.Per == ratecard.PerWeek {
			on = int64(d.Weekday()+6)%7 + 1
		}
		if on == t.On {
			return integer(1)
		}
		return integer(0)
	}
	arrived := o.e.From
	if p.row >= 0 {
		arrived = o.e.Rows[p.row].Arrived
	}
	days := int32(t.Days)
	switch {
	case t.Per == ratecard.PerDay:
		days = 1
	case t.Per == ratecard.PerWeek:
		days = 7
	}
	if days > 0 {
		if (p.day-arrived)%days == 0 {
			return integer(1)
		}
		return integer(0)
	}
	first, _ := country.Date{Year: 1970, Month: 1, Day: 1}.AddDays(int(arrived))
	anniversary := int(d.Day) == min(int(first.Day), d.DaysInMonth())
	if t.Per == ratecard.PerYear {
		anniversary = anniversary && d.Month == first.Month
	}
	if anniversary {
		return integer(1)
	}
	return integer(0)
}

// chosen reports whether a charge is due at p: its conditions hold, and where it stands in a slot it is the one taken.
func (o *oracle) chosen(ch *ratecard.Charge, p where) bool {
	if ch.Slot == "" {
		if !o.tests(ch.When, ch.Each, p, true) {
			return false
		}
		if !o.within(ch.Limit, ch.Each, p, true) {
			cannot(problem.NotCarried)
		}
		return true
	}
	slot := o.card.Slot(ch.Slot)
	var fits []*ratecard.Charge
	for i := range o.card.Charges {
		c := &o.card.Charges[i]
		if c.Slot != slot.Name || p.timed != o.isTimed(c) {
			continue
		}
		if o.fits(c, p) {
			fits = append(fits, c)
			if slot.Take == ratecard.First {
				break
			}
		}
	}
	if len(fits) == 0 {
		if slot.Optional {
			return false
		}
		cannot(problem.NotCarried)
	}
	switch slot.Take {
	case ratecard.One:
		if len(fits) > 1 {
			cannot(problem.Ambiguous)
		}
	case ratecard.Greatest, ratecard.Least:
		best := fits[0]
		for _, c := range fits[1:] {
			d := o.alone(c, p).Cmp(o.alone(best, p))
			if slot.Take == ratecard.Greatest && d > 0 || slot.Take == ratecard.Least && d < 0 {
				best = c
			}
		}
		return best == ch
	}
	return fits[0] == ch
}

// allTimed reports whether a charge is due on days only.
func (o *oracle) allTimed(ch *ratecard.Charge) bool {
	all := pricesOf(ch)
	return len(all) > 0 && !slices.ContainsFunc(all, func(t *ratecard.Price) bool { return t.Time == nil })
}

func (o *oracle) isTimed(ch *ratecard.Charge) bool {
	return slices.ContainsFunc(pricesOf(ch), func(t *ratecard.Price) bool { return t.Time != nil })
}

// fits reports whether a charge of a slot could be taken: its conditions and limits hold and it has a price.
func (o *oracle) fits(ch *ratecard.Charge, p where) bool {
	return o.all(
		func() bool { return o.tests(ch.When, ch.Each, p, true) },
		func() bool { return o.within(ch.Limit, ch.Each, p, true) },
		func() bool {
			_, bad := known(func() *rat { return o.alone(ch, p) })
			if bad != nil && *bad != notOffered {
				panic(*bad)
			}
			return bad == nil
		},
	)
}

// alone is what a charge of a slot would come to at p.
func (o *oracle) alone(ch *ratecard.Charge, p where) *rat {
	terms, least, most := o.terms(ch)
	v := integer(0)
	var steps []func()
	for _, t := range terms {
		steps = append(steps, func() { v.Add(v, o.timed(ch, t, p)) })
	}
	o.offered(steps...)
	if p.timed {
		return v
	}
	return bounded(v, least, most)
}

// topUp raises what was billed in the period.
func (o *oracle) topUp(ch *ratecard.Charge) *rat {
	v := decimalRat(ch.TopUp.To)
	for _, b := range o.e.Billed {
		if b.Amount.Normalize().Scale > precision {
			cannot(problem.NumberPrecision)
		}
		for _, name := range ch.TopUp.Of {
			if f, ok := ratecard.FamilyOf(name); name == b.Code || ok && len(b.Families) > 0 && b.Families[0] == f {
				v.Sub(v, decimalRat(b.Amount))
				break
			}
		}
		if len(ch.TopUp.Of) == 0 {
			v.Sub(v, decimalRat(b.Amount))
		}
	}
	return ratMax(v, integer(0))
}

// duties are the caller's rates on what the charge is taken of.
func (o *oracle) duties(ch *ratecard.Charge, p where) (*rat, bool) {
	if !o.tests(ch.When, ch.Each, p, true) {
		return integer(0), false
	}
	t := &ch.Terms[0]
	at := min(ch.Each, ratecard.LevelLine)
	v := o.summed(at, ch.Each, p, func(q where) *rat {
		base := o.base(t.Of, t.Basis, ch.On, at, q, ch.Code)
		part := func(p DutyPart) *rat {
			v := decimalRat(p.Percent)
			return v.Add(v.Mul(v, base), decimalRat(p.Amount))
		}
		sum := integer(0)
		for _, d := range o.e.Rows[q.row].Duties {
			if ch.Levy != 0 && ch.Levy != d.Levy {
				continue
			}
			v := part(d.Part)
			if d.Least != nil {
				v = ratMax(v, part(*d.Least))
			}
			if d.Most != nil {
				v = ratMin(v, part(*d.Most))
			}
			sum.Add(sum, ratMax(v, integer(0)))
		}
		return sum
	})
	return bounded(v, ch.Min, ch.Max), true
}
