package fees

import (
	"iter"
	"reflect"
	"slices"
	"strconv"

	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/internal/engine"
	"github.com/overseaswarehouse/overseas/internal/fixed"
	"github.com/overseaswarehouse/overseas/internal/problem"
	"github.com/overseaswarehouse/overseas/internal/ratecard"
)

// Quote is what an event, or the events of a journey, cost: lines, each in the currency of its card. The zero Quote is
// empty and ready for [Calculator.QuoteInto].
type Quote struct {
	calc    *Calculator
	lines   []Line
	used    []*ratecard.Card // that priced an event
	asked   uint16           // kinds of events, a bit each
	caveats []caveat
	options []string // of an entry with several: the one priced of each line
	missing Problems // why events of a partial journey are left out

	machine engine.Machine
	swift   *swift
	fill    filler
	entry   *legEntry // of journeys whose freight is that of the first leg; nil until there is one
	engine  []engine.Line
}

// Line is what one charge comes to.
type Line struct {
	*lineInfo
	levy      string // what a levy of the entry is called; the code otherwise
	coef      int64  // the amount is coef / 10^scale in the card's currency
	scale     uint8
	recovered bool
}

// Card is the id of the card that the line stands on.
func (l Line) Card() string {
	if l.lineInfo == nil {
		return ""
	}
	return l.card.ID
}

// Code is the charge's code on its card.
func (l Line) Code() string {
	if l.levy != "" || l.lineInfo == nil {
		return l.levy
	}
	return l.name
}

// Text is what the list calls the charge, its code where it does not say.
func (l Line) Text() string {
	if l.lineInfo != nil && l.charge != nil && l.charge.Text != "" {
		return l.charge.Text
	}
	return l.Code()
}

// Kind is the kind of event for which it is charged.
func (l Line) Kind() Kind {
	if l.lineInfo == nil {
		return 0
	}
	return l.kind
}

// Family is what the amount is for.
func (l Line) Family() Family {
	if l.lineInfo == nil || len(l.families) == 0 {
		return 0
	}
	return l.families[0]
}

// Covers are the other families that the amount includes.
func (l Line) Covers() []Family {
	if l.lineInfo == nil || len(l.families) < 2 {
		return nil
	}
	return append([]Family(nil), l.families[1:]...)
}

// Amount is what is charged, in the currency of the card. A credit is negative.
func (l Line) Amount() money.Money {
	if l.lineInfo == nil {
		return money.Money{}
	}
	m, _ := l.zero.WithAmount(l.coef, l.scale) // at most 18 digits
	return m
}

// set makes the amount another one in the same currency.
func (l *Line) set(m money.Money) { l.coef, l.scale = m.Coef(), m.Scale() }

// Recoverable reports whether an importer who is registered for the tax gets it back.
func (l Line) Recoverable() bool { return l.lineInfo != nil && l.recoverable }

// Recovered reports whether this importer gets the amount back: it is recoverable, and the importer is registered, or has
// not said whether it is and importers usually are.
func (l Line) Recovered() bool { return l.recovered }

// Prepayment reports whether the amount is set off against a later tax bill of the importer's.
func (l Line) Prepayment() bool { return l.lineInfo != nil && l.prepayment }

// Status says how far a quote can be relied on.
type Status uint8

const (
	// Exact: every figure follows from the cards and the event.
	Exact Status = iota
	// Estimated: there are reasons, in [Quote.Caveats], why a bill may differ.
	Estimated
	// Incomplete: something is missing, which [Quote.Missing] names. There is no sum.
	Incomplete
)

// String is "exact", "estimated" or "incomplete".
func (s Status) String() string {
	return [...]string{"exact", "estimated", "incomplete"}[min(s, Incomplete)]
}

// Caveat is a reason why a quote is estimated.
type Caveat struct {
	Code   CaveatCode
	Card   string // the card it is about
	Detail string // see the codes
}

// CaveatCode names a kind of caveat.
type CaveatCode string

const (
	// CaveatEmpty: the event holds no parcels, cartons or goods, and the card has charges by them, which came to nothing.
	CaveatEmpty CaveatCode = "empty"
	// CaveatUnsized: no size was given, so volumetric weight or size limits were not checked.
	CaveatUnsized CaveatCode = "unsized"
	// CaveatUndated: the list does not say from when it holds; Detail is the day it was read.
	CaveatUndated CaveatCode = "undated"
	// CaveatTax: the list does not say whether its prices include tax, or excludes it without a rate.
	CaveatTax CaveatCode = "tax_unstated"
	// CaveatConfirmed: customs facts of which no end is known are used after the day on which all of them were last seen
	// to hold; Detail is that day.
	CaveatConfirmed CaveatCode = "last_confirmed"
	// CaveatOverride: a customs fact of the caller's is used; Detail is its name.
	CaveatOverride CaveatCode = "fact_supplied"
	// CaveatAssumed: customs take a share of the value for a cost that is not known; Detail is the cost.
	CaveatAssumed CaveatCode = "cost_assumed"
	// CaveatOption: of several ways to declare, the cheapest is priced; Detail names the options, in the order of the lines.
	CaveatOption CaveatCode = "cheapest_option"
)

// reset empties the quote and keeps its memory.
func (q *Quote) reset() {
	q.calc = nil
	q.lines = q.lines[:0]
	q.used = q.used[:0]
	q.caveats = q.caveats[:0]
	q.options = q.options[:0]
	q.missing = nil
	q.asked = 0
}

// take appends the engine's lines.
func (q *Quote) take(p *edition, kind Kind, unsized bool) {
	from := 0
	for i := range q.engine {
		l := &q.engine[i]
		var info *lineInfo
		info, from = p.info(kind, l, from)
		line := Line{lineInfo: info, coef: l.Coef, scale: l.Scale}
		if l.Charge != nil && l.Charge.Levy != 0 {
			line.levy = q.fill.ev.Name(l)
		}
		q.lines = append(q.lines, line)
	}
	q.rest(p, kind, unsized)
}

// takePriced is take for lines that are read off the machine. It is false, and nothing is taken, where an amount has more
// than 18 digits.
func (q *Quote) takePriced(p *edition, kind Kind, priced engine.Priced) bool {
	sh := &p.sheets[kind]
	n := len(q.lines)
	lines := slices.Grow(q.lines, len(sh.lines))[:n+len(sh.lines)]
	at := n
	for i := range sh.lines {
		coef, billed := priced.At(i)
		if !billed {
			continue
		}
		if !lines[at].from(&sh.lines[i], coef) {
			return false
		}
		at++
	}
	q.lines = lines[:at]
	q.rest(p, kind, q.machine.Unsized())
	return true
}

// from makes the line one of its sheet's. It is false for an amount of more than 18 digits.
func (l *Line) from(info *lineInfo, coef int64) bool {
	l.lineInfo, l.levy, l.coef, l.scale, l.recovered = info, "", coef, info.scale, false
	return uint64(coef+fixed.MaxCoef) <= 2*fixed.MaxCoef
}

// rest adds what a quote says beside its lines.
func (q *Quote) rest(p *edition, kind Kind, unsized bool) {
	c, sh := p.Card, &p.sheets[kind]
	used := false
	for _, u := range q.used {
		used = used || u == c
	}
	if !used {
		q.used = append(q.used, c)
	}
	if sh.byRow && len(q.fill.rows) == 0 && kind != OnStore {
		q.caveat(CaveatEmpty, c, "")
	}
	if unsized {
		q.caveat(CaveatUnsized, c, "")
	}
	for i := range sh.caveats {
		q.caveat(sh.caveats[i].code, c, sh.caveats[i].detail)
	}
}

// caveat is a Caveat before it is put into words.
type caveat struct {
	code   CaveatCode
	card   *ratecard.Card
	detail string
}

//go:noinline
func (q *Quote) caveat(code CaveatCode, card *ratecard.Card, detail string) {
	c := caveat{code, card, detail}
	if !ratecard.Any(len(q.caveats), func(i int) bool { return q.caveats[i] == c }) {
		q.caveats = append(q.caveats, c)
	}
}

// alone refuses a quote in which two cards fill the same slot: the event could be priced by either.
func (q *Quote) alone(first int) error {
	for i := first; i < len(q.lines); i++ {
		a := &q.lines[i]
		if a.charge == nil || a.charge.Slot == "" {
			continue
		}
		for j := first; j < i; j++ {
			b := &q.lines[j]
			if b.charge != nil && b.charge.Slot == a.charge.Slot && b.card != a.card {
				return Problems{problem.New(problem.Ambiguous, a.charge.Slot, b.card.ID+"/"+b.Code(), a.card.ID+"/"+a.Code())}
			}
		}
	}
	return nil
}

// Lines are the quote's lines, in the order of the events, cards and charges.
func (q *Quote) Lines() iter.Seq[Line] {
	return func(yield func(Line) bool) {
		if q == nil {
			return
		}
		for _, l := range q.lines {
			if !yield(l) {
				return
			}
		}
	}
}

// Len is the number of lines.
func (q *Quote) Len() int {
	if q == nil {
		return 0
	}
	return len(q.lines)
}

// Missing is why events of a journey that may be partial could not be priced; empty where nothing is missing.
func (q *Quote) Missing() Problems {
	if q == nil {
		return nil
	}
	return slices.Clone(q.missing)
}

// complete fails with ErrIncomplete where something is missing.
func (q *Quote) complete() error {
	if q == nil || len(q.missing) == 0 {
		return nil
	}
	var what []string
	for _, p := range q.missing {
		what = append(what, p.Error())
	}
	return Problems{problem.New(problem.Incomplete, Incomplete.String(), what...)}
}

// append adds the lines of another quote, and what is said about it.
func (q *Quote) append(p *Quote) {
	q.lines = append(q.lines, p.lines...)
	q.asked |= p.asked
	for _, c := range p.used {
		if !slices.Contains(q.used, c) {
			q.used = append(q.used, c)
		}
	}
	for _, c := range p.caveats {
		q.caveat(c.code, c.card, c.detail)
	}
}

// Times is the quote of n such events: each line n times its amount, with its code, families and everything else. It is what
// a Period's Billed needs of many events that cost the same. It fails with number_range for less than none, and with
// ErrOverflow where an amount has more than 18 digits.
func (q *Quote) Times(n int64) (*Quote, error) {
	if n < 0 {
		return nil, Problems{problem.New(problem.NumberRange, strconv.FormatInt(n, 10), "≥ 0")}
	}
	if q == nil {
		return nil, nil
	}
	out := q.keep()
	out.missing = slices.Clone(q.missing)
	for i := range out.lines {
		l := &out.lines[i]
		coef, ok := fixed.Mul(l.coef, n)
		if !ok || fixed.Abs(coef) > fixed.MaxCoef { // there may be room without trailing zeros
			d := fixed.Decimal{Coef: l.coef, Scale: l.scale}.Normalize()
			if coef, ok = fixed.Mul(d.Coef, n); !ok || fixed.Abs(coef) > fixed.MaxCoef {
				return nil, Problems{problem.New(problem.Overflow, l.Amount().String()+" × "+strconv.FormatInt(n, 10)).At(l.Card() + "/" + l.Code())}
			}
			l.scale = d.Scale
		}
		l.coef = coef
	}
	return out, nil
}

// Sum is the total of all lines. It fails with ErrCurrency when they are in more than one currency: use [Quote.In]; and
// with ErrIncomplete where something is missing.
func (q *Quote) Sum() (money.Money, error) {
	if err := q.complete(); err != nil {
		return money.Money{}, err
	}
	var sum money.Money
	first := true
	for l := range q.Lines() {
		if first {
			sum, first = l.Amount(), false
			continue
		}
		s, err := sum.Add(l.Amount())
		if err != nil {
			return money.Money{}, err
		}
		sum = s
	}
	return sum, nil
}

// Status is Exact, Estimated with the reasons in Caveats, or Incomplete with what is missing in Missing.
func (q *Quote) Status() Status {
	if q != nil && len(q.missing) > 0 {
		return Incomplete
	}
	if q != nil && len(q.caveats) > 0 {
		return Estimated
	}
	return Exact
}

// Caveats are the reasons why a bill may differ.
func (q *Quote) Caveats() iter.Seq[Caveat] {
	return func(yield func(Caveat) bool) {
		if q == nil {
			return
		}
		for _, c := range q.caveats {
			if !yield(Caveat{Code: c.code, Card: c.card.ID, Detail: c.detail}) {
				return
			}
		}
	}
}

// isNil reports whether e is nil or a nil pointer.
func isNil(e Event) bool {
	switch e := e.(type) {
	case nil:
		return true
	case *Consignment:
		return e == nil
	case *Receipt:
		return e == nil
	case *Stay:
		return e == nil
	case *Order:
		return e == nil
	case *Return:
		return e == nil
	case *Removal:
		return e == nil
	case *Period:
		return e == nil
	case *Entry:
		return e == nil
	}
	v := reflect.ValueOf(e) // a type that embeds one of ours
	return v.Kind() == reflect.Pointer && v.IsNil()
}

// factsOf are the answers that an event gives as a whole.
func factsOf(e Event) Facts {
	switch e := e.(type) {
	case *Consignment:
		return e.Facts
	case *Receipt:
		return e.Facts
	case *Stay:
		return e.Facts
	case *Order:
		return e.Facts
	case *Return:
		return e.Facts
	case *Removal:
		return e.Facts
	case *Period:
		return e.Facts
	case *Entry:
		return e.Facts
	}
	return nil
}
