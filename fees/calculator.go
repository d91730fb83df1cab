package fees

import (
	"iter"
	"slices"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/internal/engine"
	"github.com/overseaswarehouse/overseas/internal/problem"
	"github.com/overseaswarehouse/overseas/internal/ratecard"
	"github.com/overseaswarehouse/overseas/internal/sorting"
)

// Calculator prices the events of one or several cards. It is immutable and safe for concurrent use.
type Calculator struct {
	books   []book
	kinds   [ratecard.EventCount][]*book // those that price a kind of event
	courses [ratecard.EventCount]course
	inputs  map[string]bool
	covers  bool // a charge of another event than the import is for the tariff, or covers it
	slots   bool // some charges stand in slots
	blocks  bool // journeys can be priced in blocks
}

// book is all editions of one card.
type book struct {
	id       string
	editions []*edition // by standing, then from the latest
	always   bool       // the dates of the editions do not count
	customs  border     // of a generated customs card, whose only edition is a sample
	given    bool       // an edition has charges by the caller's duties
}

// Compile joins cards into a calculator. Editions of one list share an id: the event's date and account choose between
// them, an agreement before a tier before the published list. The error is [Problems]: every problem of every card.
func Compile(cards ...*Card) (*Calculator, error) {
	var into problem.List
	if len(cards) == 0 {
		into.Add(problem.New(problem.NoCard, ""))
	}
	c := &Calculator{inputs: map[string]bool{}}
	for _, card := range cards {
		rc := card.get()
		if rc.ID == "" {
			into.Add(problem.New(problem.MissingField, "card"))
			continue
		}
		p := card.p
		i := c.find(rc.ID)
		if i < 0 {
			c.books = append(c.books, book{id: rc.ID, customs: card.customs})
			i = len(c.books) - 1
		}
		for _, other := range c.books[i].editions {
			if clash(rc, other.Card) || card.customs != nil || c.books[i].customs != nil {
				into.Add(problem.New(problem.DuplicateCard, rc.ID, periodText(other.Card), periodText(rc)))
			}
		}
		c.books[i].editions = append(c.books[i].editions, newEdition(p))
		for j := range rc.Inputs {
			c.inputs[rc.Inputs[j].Name] = true
		}
		if card.customs != nil {
			for _, in := range card.customs.answers() {
				c.inputs[in.Name] = true
			}
		}
	}
	for i := range c.books {
		all := c.books[i].editions
		sorting.Stable(len(all), func(a, b int) bool {
			x, y := all[a].Card, all[b].Card
			if x.Standing != y.Standing {
				return x.Standing > y.Standing
			}
			return y.Effective.From.Before(x.Effective.From)
		}, func(a, b int) { all[a], all[b] = all[b], all[a] })
	}
	if err := into.Err(); err != nil {
		return nil, err
	}
	c.index()
	return c, nil
}

// clash reports whether two editions of a list could both hold for one event.
func clash(a, b *ratecard.Card) bool {
	if a.Standing != b.Standing || a.Account != b.Account || !overlap(a.Effective, b.Effective) {
		return false
	}
	return shares(a.Countries, b.Countries) && shares(a.Warehouses, b.Warehouses)
}

func shares[T comparable](a, b []T) bool {
	if len(a) == 0 || len(b) == 0 {
		return true
	}
	return slices.ContainsFunc(a, func(x T) bool { return slices.Contains(b, x) })
}

func overlap(a, b ratecard.Period) bool {
	before := func(to, from country.Date) bool { return !to.IsZero() && !from.IsZero() && to.Before(from) }
	return !before(a.To, b.From) && !before(b.To, a.From)
}

func periodText(c *ratecard.Card) string {
	return c.Effective.From.String() + ".." + c.Effective.To.String()
}

// find is where the book of a card is, -1 where there is none.
func (c *Calculator) find(id string) int {
	for i := range c.books {
		if c.books[i].id == id {
			return i
		}
	}
	return -1
}

// Only is a calculator with just the cards of the given ids, for events that several cards could price. It fails with
// ErrNoCard for an id that is not among the cards.
func (c *Calculator) Only(ids ...string) (*Calculator, error) {
	c = c.orEmpty()
	out := &Calculator{inputs: c.inputs}
	var into problem.List
	for _, id := range ids {
		i := c.find(id)
		if i < 0 {
			into.Add(problem.New(problem.NoCard, id, c.ids()...))
			continue
		}
		out.books = append(out.books, c.books[i])
	}
	if err := into.Err(); err != nil {
		return nil, err
	}
	out.index()
	return out, nil
}

// orEmpty is c, or a calculator without cards for nil.
func (c *Calculator) orEmpty() *Calculator {
	if c == nil {
		return &Calculator{}
	}
	return c
}

// customsOf is the first card of CustomsCard for a destination.
func (c *Calculator) customsOf(to country.Code) (*book, error) {
	for i := range c.books {
		if b := &c.books[i]; b.customs != nil && b.customs.destination() == to {
			return b, nil
		}
	}
	return nil, Problems{problem.New(problem.NoCard, OnImport.String()+" "+to.String(), c.ids()...)}
}

func (c *Calculator) ids() []string {
	ids := make([]string, len(c.books))
	for i := range c.books {
		ids[i] = c.books[i].id
	}
	return ids
}

// Cards lists the cards of the calculator.
func (c *Calculator) Cards() iter.Seq[*Card] {
	return func(yield func(*Card) bool) {
		c := c.orEmpty()
		for i := range c.books {
			for _, p := range c.books[i].editions {
				if !yield(&Card{p.Program, c.books[i].customs}) {
					return
				}
			}
		}
	}
}

// Needs lists what the cards ask the caller for when they price an event of the kind, each name once.
func (c *Calculator) Needs(k Kind) iter.Seq[Input] {
	return func(yield func(Input) bool) {
		seen := map[string]bool{}
		for card := range c.Cards() {
			for in := range card.Needs(k) {
				if seen[in.Name] {
					continue
				}
				seen[in.Name] = true
				if !yield(in) {
					return
				}
			}
		}
	}
}

// Quote prices an event in the currencies of the cards. The error is [Problems].
func (c *Calculator) Quote(e Event) (*Quote, error) {
	q := &Quote{}
	if err := c.QuoteInto(q, e); err != nil {
		return nil, err
	}
	return q, nil
}

// QuoteInto is Quote into a value that the caller owns and may use again: once q has grown it allocates nothing. After
// an error q holds no lines.
func (c *Calculator) QuoteInto(q *Quote, e Event) error {
	if q == nil {
		q = &Quote{}
	}
	q.reset()
	q.calc = c
	if err := c.add(q, e); err != nil {
		q.reset()
		return err
	}
	return nil
}

// add appends the lines of an event to a quote.
func (c *Calculator) add(q *Quote, e Event) error {
	if c != nil && c.swift(q, e) {
		return nil
	}
	return c.price(q, e, nil)
}

// runner runs a program over the event that the quote's filler holds, and leaves the lines in the quote.
type runner func(p *edition, entry *Entry) (unsized bool, err error)

// run is what one card did with an event, with the values of every step kept.
type run struct {
	trace *engine.Trace
	lines []engine.Line
}

// explain is add with the values of every step kept, a run a card.
func (c *Calculator) explain(q *Quote, e Event, runs *[]run) error {
	return c.price(q, e, func(p *edition, entry *Entry) (unsized bool, err error) {
		ev := q.fill.keep()
		if entry != nil {
			entry.describe(ev)
		}
		var t *engine.Trace
		t, q.engine, unsized, err = p.Explain(ev)
		*runs = append(*runs, run{t, q.engine})
		q.lines = slices.Grow(q.lines, len(q.engine))
		return unsized, err
	})
}

// price runs an event through every card that prices it, as instead says where it is not nil.
func (c *Calculator) price(q *Quote, e Event, instead runner) error {
	if isNil(e) {
		return Problems{problem.New(problem.InputMissing, "event")}
	}
	c = c.orEmpty()
	kind := e.Kind()
	if kind >= ratecard.EventCount {
		return Problems{c.unpriced(q, kind)}
	}
	q.asked |= 1 << kind
	if err := c.answers(e); err != nil {
		return err
	}
	entry, _ := e.(*Entry)
	if entry != nil && entry.optional() {
		best, names, several, err := c.cheapest(entry)
		if err != nil {
			return err
		}
		entry, e = best, best
		if several {
			q.options = append(q.options[:0], names...)
		}
	}
	var into problem.List
	priced, reckons := 0, false
	first := len(q.lines)
	q.fill.ready = false
	for _, b := range c.kinds[kind] {
		p, customs, err := b.program(&q.fill, e, kind)
		if err != nil {
			return err
		}
		if p == nil {
			continue
		}
		priced++
		if p.sheets[kind].topUp {
			if err := billed(p.Card, e); err != nil {
				collect(&into, err)
				continue
			}
		}
		if instead == nil {
			if lines, ok := p.Price(&q.machine, &q.fill.ev); ok && q.takePriced(p, kind, lines) {
				continue
			}
		}
		var unsized bool
		if instead == nil {
			q.engine, unsized, err = p.Run(&q.machine, &q.fill.ev, q.engine[:0])
		} else {
			unsized, err = instead(p, entry)
		}
		if err != nil {
			collect(&into, err)
			if f := q.fill.foreign; !f.IsZero() {
				into.Add(problem.New(problem.CurrencyMismatch, f.String(), p.Card.Currency.String()).At(p.Card.ID))
			}
			continue
		}
		q.take(p, kind, unsized)
		if customs != nil {
			reckons = true
			q.takeCustoms(customs, entry)
		}
	}
	if err := into.Err(); err != nil {
		return err
	}
	if priced == 0 {
		return Problems{c.unpriced(q, kind)}
	}
	if entry != nil && !reckons {
		if name := entry.customsOnly(); name != "" {
			return Problems{problem.New(problem.InputUnknown, name, "CustomsCard").At("/" + name)}
		}
	}
	if priced == 1 || !c.slots {
		return nil
	}
	return q.alone(first)
}

// program is the edition that prices an event, which the filler holds then; nil where the book does not price it. That
// of a customs card comes with what it rests on.
func (b *book) program(f *filler, e Event, kind Kind) (*edition, *customsProgram, error) {
	if b.customs != nil {
		if entry, ok := e.(*Entry); ok {
			f.ready = false
			if entry.Destination != b.customs.destination() {
				f.begin(OnImport, country.Currency{}, 0)
				f.head(entry.Date, entry.Destination, "", "", "", entry.Facts)
				return nil, nil, nil
			}
			customs, err := b.customs.entry(f, entry, false)
			if err != nil {
				return nil, nil, err
			}
			return customs.program, customs, nil
		}
	}
	if err := b.fill(f, e, kind, b.editions[0]); err != nil {
		return nil, nil, err
	}
	p, err := b.choose(f)
	if p == nil || p.Card.Currency == f.currency {
		return p, nil, err
	}
	return p, nil, b.fill(f, e, kind, p)
}

// fill fills the event in for an edition's currency, unless the filler holds it already: one that holds no money is the
// same in every currency.
func (b *book) fill(f *filler, e Event, kind Kind, ed *edition) error {
	if given := ed.sheets[kind].given; f.ready && (!f.priced || f.currency == ed.Card.Currency && (f.given || !given)) {
		f.currency = ed.Card.Currency
		return nil
	}
	f.begin(kind, ed.Card.Currency, ed.digits)
	f.given = b.given
	e.fill(f)
	err := f.done()
	f.ready = err == nil
	return err
}

// billed refuses a period whose bills a minimum bill of the card cannot be held against: they are not given, or in
// another currency.
func billed(c *ratecard.Card, e Event) error {
	period, ok := e.(*Period)
	if !ok {
		return nil
	}
	if period.Billed == nil {
		return Problems{problem.New(problem.InputMissing, "billed").At(c.ID)}
	}
	for _, q := range period.Billed {
		for l := range q.Lines() {
			if l.card.Currency != c.Currency {
				return Problems{problem.New(problem.CurrencyMismatch, l.Amount().String(), c.Currency.String()).At(c.ID)}
			}
		}
	}
	return nil
}

// answers refuses what no card asks for.
func (c *Calculator) answers(e Event) error {
	facts := factsOf(e)
	if len(facts) == 0 {
		return nil
	}
	for name := range facts {
		if !c.inputs[name] {
			known := make([]string, 0, len(c.inputs))
			for n := range c.inputs {
				known = append(known, n)
			}
			slices.Sort(known)
			return Problems{problem.New(problem.InputUnknown, name, known...)}
		}
	}
	return nil
}

// unpriced says why no card prices an event.
func (c *Calculator) unpriced(q *Quote, kind Kind) problem.Problem {
	ev := &q.fill.ev
	want := make([]string, 0, len(c.books))
	for i := range c.books {
		for _, p := range c.books[i].editions {
			if p.Prices(kind) {
				want = append(want, describe(p.Card))
			}
		}
	}
	if len(want) == 0 {
		return problem.New(problem.NoCard, kind.String(), c.ids()...)
	}
	if ev.Country == (country.Code{}) {
		return problem.New(problem.InputMissing, "country", want...)
	}
	at := kind.String()
	if s := ev.Country.String(); s != "" {
		at += " " + s
	}
	if ev.Warehouse != "" {
		at += " " + ev.Warehouse
	}
	if !ev.Date.IsZero() {
		at += " " + ev.Date.String()
	}
	return problem.New(problem.NoCard, at, want...)
}

// describe is a card with what it serves and when.
func describe(c *ratecard.Card) string {
	s := c.ID
	for _, x := range c.Countries {
		s += " " + x.String()
	}
	for _, w := range c.Warehouses {
		s += " " + w
	}
	if c.Account != "" {
		s += " " + c.Account
	}
	if p := c.Effective; !p.From.IsZero() || !p.To.IsZero() {
		s += " " + periodText(c)
	}
	return s
}

func (b *book) prices(k Kind) bool {
	return ratecard.Any(len(b.editions), func(i int) bool { return b.editions[i].Prices(k) })
}

// choose finds the edition that holds for an event: of those that serve its country, warehouse and account on its date,
// the first by standing. It is nil where the list serves other countries or warehouses. A list that serves the event but
// has no edition in force is an error, as is a stay that begins under one edition and ends under another.
func (b *book) choose(f *filler) (*edition, error) {
	var late []string
	for _, p := range b.editions {
		c := p.Card
		if !p.Prices(f.ev.Kind) || c.Standing != ratecard.Published && c.Account != f.account ||
			len(c.Countries) > 0 && c.Countries[0] != f.ev.Country && !slices.Contains(c.Countries, f.ev.Country) ||
			len(c.Warehouses) > 0 && !slices.Contains(c.Warehouses, f.ev.Warehouse) {
			continue
		}
		dated := !b.always && p.dated
		switch {
		case !dated:
			return p, nil
		case f.ev.Date.IsZero():
			return nil, Problems{problem.New(problem.InputMissing, "date").At(b.id)}
		case !c.Effective.Contains(f.ev.Date):
			late = append(late, periodText(c))
			continue
		}
		if f.ev.From < f.ev.To && f.ev.To > p.until {
			return nil, Problems{problem.New(problem.UnknownOn, engine.DateOf(f.ev.To-1).String(), periodText(c)).At(b.id)}
		}
		return p, nil
	}
	if len(late) > 0 {
		return nil, Problems{problem.New(problem.UnknownOn, f.ev.Date.String(), late...).At(b.id)}
	}
	return nil, nil
}

// collect adds the problems of an error.
func collect(into *problem.List, err error) {
	for _, p := range problem.Of(err) {
		into.Add(p)
	}
}
