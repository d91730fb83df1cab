package fees

import (
	"errors"
	"iter"
	"slices"
	"sync"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/internal/engine"
	"github.com/overseaswarehouse/overseas/internal/problem"
	"github.com/overseaswarehouse/overseas/internal/ratecard"
)

// CustomsCard is what customs charge on the import of a batch into a country, as a card like any other: its charges come
// from the dated facts that package country holds, and what an entry costs from those of its date. Give it to [Compile]
// with the cards of a forwarder and a warehouse. Its id is "customs-" and the country's code in small letters.
//
// Overrides are facts of the caller's, for what the tables do not know or know otherwise; see [country.CustomsOn] for
// which facts they take the place of. A quote that rests on one has the caveat CaveatOverride, and one that rests on a
// fact whose end is not known, on a day after that fact was last confirmed, CaveatConfirmed.
//
// Quotes of entries fail with ErrUnknownAfter or ErrUnknownBefore on days of which a fact that they need is not known,
// and with the errors of [country.Customs.FeesFor] about the circumstances in Facts.
//
// The error, as [Problems]: ErrNoFacts when nothing is known about the country on any day, and what is wrong with an
// override.
func CustomsCard(c country.Code, overrides ...country.Fact) (*Card, error) {
	return customsCard(country.CustomsOn, country.Facts(c), country.CustomsInputs(), c, overrides)
}

// CustomsCardOf is CustomsCard with the facts of a set alone, such as one that [country.ParseFacts] has read.
func CustomsCardOf(set *country.FactSet, c country.Code, overrides ...country.Fact) (*Card, error) {
	return customsCard(set.CustomsOn, set.Facts(c), set.Inputs(), c, overrides)
}

// customsOn is country.CustomsOn, or the method of a set.
type customsOn func(country.Code, country.Date, ...country.Fact) (country.Customs, error)

// border is what a customs card prices imports by. Only CustomsCard and CustomsCardOf make one, a *customsBook: behind an
// interface it is not linked into a program that asks for neither. No method may name what leads to an explanation: types
// that lead from a quote to one with a String method would link all that explains.
type border interface {
	destination() country.Code
	answers() []country.Input // that it accepts
	needs() []Input           // that it asks for
	entry(f *filler, e *Entry, parcel bool) (*customsProgram, error)
	cheapest(c *Calculator, entries []*Entry) (int, error)
	changes(add func(country.Date)) // the days from which facts hold
	facts() string                  // on which it rests, for digests
}

// customsBook is the facts about imports into a country, by the days between which nothing changes.
type customsBook struct {
	country   country.Code
	id        string
	on        customsOn
	overrides []country.Fact
	inputs    []country.Input              // the circumstances that facts of the set depend on
	asked     []country.Input              // those that the facts about entries into this country depend on
	spans     []*customsSpan               // in the order of time, without gaps
	parcels   func() (*customsBook, error) // the same without fees of entries, and with the rules for parcels; nil there
}

// customsSpan is the days between two changes.
type customsSpan struct {
	period ratecard.Period
	load   func() (*customsEdition, error)
}

// customsEdition is what holds in a span. Its programs are made when they are first needed.
type customsEdition struct {
	book    *customsBook
	period  ratecard.Period
	customs country.Customs

	mu       sync.RWMutex
	programs map[string]*customsProgram
}

// customsProgram is an edition under the circumstances of an entry.
type customsProgram struct {
	program   *edition
	recovery  country.Recoverable
	confirmed country.Date // the earliest day on which a fact without an end was last seen to hold
	seen      string       // that day as text
	overrides []string     // the names of the caller's facts
	facts     []country.Used
}

func customsCard(on customsOn, facts iter.Seq[country.Fact], inputs []country.Input, c country.Code, overrides []country.Fact) (*Card, error) {
	b := newCustomsBook(on, facts, inputs, c, overrides, reckoned)
	b.parcels = sync.OnceValues(func() (*customsBook, error) {
		return newCustomsBook(on, facts, inputs, c, withoutFees(facts, c, overrides), func(k country.Key) bool {
			return k == country.KeyParcel || k != country.KeyFee && reckoned(k)
		}), nil
	})
	// the latest span of which enough is known stands for the card where no date chooses
	var first error
	for i := len(b.spans) - 1; i >= 0; i-- {
		ed, err := b.spans[i].load()
		if err == nil {
			var p *engine.Program
			if p, err = ed.sample(); err == nil {
				return &Card{p: p, customs: b}, nil
			}
		}
		if first == nil || errors.Is(first, problem.UnknownAfter) {
			first = err
		}
		if !errors.Is(err, problem.UnknownAfter) && !errors.Is(err, problem.UnknownBefore) {
			return nil, problems(err)
		}
	}
	return nil, problems(first)
}

// withoutFees are overrides by which no fee of an entry is charged: parcels bear none, and need not know them.
func withoutFees(facts iter.Seq[country.Fact], c country.Code, overrides []country.Fact) []country.Fact {
	var list []country.Fact
	for _, f := range overrides {
		if f.Key() != country.KeyFee {
			list = append(list, f)
		}
	}
	seen := map[string]bool{}
	for f := range facts {
		fee, ok := f.Value.(country.Fee)
		if !ok || f.Country != c || seen[fee.Code] {
			continue
		}
		seen[fee.Code] = true
		list = append(list, country.Fact{Country: c, Value: country.Fee{Code: fee.Code, Per: fee.Per}, Source: f.Source, Confidence: f.Confidence, Seen: f.Seen})
	}
	return list
}

// newCustomsBook finds the days on which facts of the kinds that are kept change.
func newCustomsBook(on customsOn, facts iter.Seq[country.Fact], inputs []country.Input, c country.Code, overrides []country.Fact, keep func(country.Key) bool) *customsBook {
	b := &customsBook{country: c, id: "customs-" + lower(c), on: on, inputs: inputs, overrides: slices.Clone(overrides)}
	var days []country.Date // the first days of spans
	add := func(d country.Date, ok bool) {
		if ok && d.IsValid() && !slices.Contains(days, d) {
			days = append(days, d)
		}
	}
	look := func(f country.Fact) {
		if f.Country != c || !keep(f.Key()) {
			return
		}
		add(f.From, !f.From.IsZero())
		if next, err := f.To.AddDays(1); err == nil {
			add(next, !f.To.IsZero())
		}
		for _, w := range f.When {
			b.ask(w)
		}
	}
	for f := range facts {
		look(f)
	}
	for _, f := range overrides {
		look(f)
	}
	slices.SortFunc(days, country.Date.Compare)
	from := country.Date{}
	for i := 0; i <= len(days); i++ {
		s := &customsSpan{period: ratecard.Period{From: from}}
		if i < len(days) {
			s.period.To, _ = days[i].AddDays(-1)
			from = days[i]
		}
		s.load = sync.OnceValues(func() (*customsEdition, error) { return b.edition(s.period) })
		b.spans = append(b.spans, s)
	}
	return b
}

// reckoned reports whether facts of a kind enter into an entry.
func reckoned(k country.Key) bool {
	switch k {
	case country.KeyCurrency, country.KeyValuation, country.KeyTaxBase, country.KeyImportTax, country.KeyFee, country.KeyRounding,
		country.KeyPrepayment, country.KeyAssumedCost, country.KeyStandardCost, country.KeyRecoverable:
		return true
	}
	return false
}

// ask adds what a condition asks for to what the card asks for.
func (b *customsBook) ask(w country.Condition) {
	i := slices.IndexFunc(b.asked, func(in country.Input) bool { return in.Name == w.Input })
	if i < 0 {
		in := country.Input{Name: w.Input, Default: w.Default}
		if n := slices.IndexFunc(b.inputs, func(in country.Input) bool { return in.Name == w.Input }); n >= 0 {
			in = b.inputs[n]
			in.Values = slices.Clone(in.Values)
		} else {
			b.inputs = append(slices.Clip(b.inputs), in)
		}
		b.asked = append(b.asked, in)
		i = len(b.asked) - 1
	}
	for _, v := range w.In {
		if !slices.Contains(b.asked[i].Values, v) {
			b.asked[i].Values = append(b.asked[i].Values, v)
		}
	}
}

func (b *customsBook) destination() country.Code { return b.country }

func (b *customsBook) answers() []country.Input { return b.inputs }

// edition loads what holds in a period.
func (b *customsBook) edition(p ratecard.Period) (*customsEdition, error) {
	day := p.From
	switch {
	case !day.IsZero():
	case !p.To.IsZero():
		day = p.To
	default:
		day = anyDay // nothing ever changes
	}
	customs, err := b.on(b.country, day, b.overrides...)
	if err != nil {
		return nil, err
	}
	return &customsEdition{book: b, period: p, customs: customs, programs: map[string]*customsProgram{}}, nil
}

// anyDay stands for all days where nothing depends on the day.
var anyDay = country.Date{Year: 2000, Month: 1, Day: 1}

// at is the edition of a day. Where it is not known it fails as country.CustomsOn does on that day.
func (b *customsBook) at(day country.Date) (*customsEdition, error) {
	if day.IsZero() {
		return nil, Problems{problem.New(problem.InputMissing, "date").At("/date")}
	}
	if !day.IsValid() {
		return nil, Problems{problem.New(problem.DateInvalid, day.String(), "YYYY-MM-DD").At("/date")}
	}
	i, found := slices.BinarySearchFunc(b.spans, day, func(s *customsSpan, d country.Date) int {
		switch {
		case !s.period.To.IsZero() && s.period.To.Before(d):
			return -1
		case d.Before(s.period.From):
			return 1
		}
		return 0
	})
	if !found {
		return nil, Problems{problem.New(problem.NoFacts, b.country.String())}
	}
	ed, err := b.spans[i].load()
	if err != nil {
		if _, there := b.on(b.country, day, b.overrides...); there != nil {
			err = there // with the day asked for
		}
		return nil, problems(err)
	}
	return ed, nil
}

// problems is an error as Problems, which every error of this package is.
func problems(err error) error {
	if err == nil {
		return nil
	}
	return problem.Of(err)
}

// given are the answers that customs ask for.
func (b *customsBook) given(facts Facts) map[string]string {
	given := map[string]string{}
	for _, in := range b.inputs {
		if v, ok := facts[in.Name]; ok {
			given[in.Name] = v
		}
	}
	return given
}

// entry prepares the program of an entry. The filler holds the entry when it returns without an error.
func (b *customsBook) entry(f *filler, e *Entry, parcel bool) (*customsProgram, error) {
	ed, err := b.at(e.Date)
	if err != nil {
		return nil, err
	}
	f.begin(OnImport, ed.customs.Currency, uint8(ed.customs.Currency.Digits()))
	f.customs = ed
	e.fill(f)
	if err := f.done(); err != nil {
		return nil, err
	}
	shape := customsShape{duties: levySlots(len(f.dutyCodes)), excises: levySlots(len(f.exciseCodes)), rounding: e.Rounding, assumed: e.Assumed, parcel: parcel}
	f.key = ed.key(f.key[:0], shape, e.Facts)
	ed.mu.RLock()
	p := ed.programs[string(f.key)]
	ed.mu.RUnlock()
	if p != nil {
		return p, nil
	}
	made := shape
	p, err = ed.build(&made, b.given(e.Facts), e.AfterBorder.Code)
	if err != nil {
		if errors.Is(err, problem.UnknownAfter) || errors.Is(err, problem.UnknownBefore) {
			if there, fail := b.on(b.country, e.Date, b.overrides...); fail == nil {
				other := &customsEdition{book: b, period: ed.period, customs: there}
				if _, fail = other.build(&made, b.given(e.Facts), e.AfterBorder.Code); fail != nil {
					err = fail // with the day asked for
				}
			}
		}
		return nil, problems(err)
	}
	ed.mu.Lock()
	ed.programs[string(f.key)] = p
	ed.mu.Unlock()
	return p, nil
}

// customsShape is what the program of an entry depends on but for the circumstances.
type customsShape struct {
	duties, excises int
	rounding        EntryRounding
	assumed         []country.Part
	parcel          bool // a parcel to a consumer: no fees of entries and no prepayments
}

// key appends what tells the programs of an edition apart. Answers that are none of the known ones have keys of their
// own, under which there is no program.
func (ed *customsEdition) key(b []byte, s customsShape, facts Facts) []byte {
	b = append(b, byte(s.duties), byte(s.excises), byte(s.rounding), 0)
	if s.parcel {
		b[3] = 1
	}
	for _, p := range s.assumed {
		b = append(append(b, p...), ' ')
	}
	for _, in := range ed.book.inputs {
		b = append(append(b, 0), facts[in.Name]...)
	}
	return b
}

// needs lists what a customs card asks for.
func (b *customsBook) needs() []Input {
	list := make([]Input, len(b.asked))
	for i, in := range b.asked {
		list[i] = Input{Name: in.Name, Type: ratecard.Choice.String(), Values: slices.Clone(in.Values), Default: in.Default}
	}
	return list
}

// sample is a program that stands for the edition where no entry chooses: that of an ordinary entry.
func (ed *customsEdition) sample() (*engine.Program, error) {
	given := map[string]string{}
	for _, in := range ed.customs.Inputs {
		if in.Default == "" && len(in.Values) > 0 {
			given[in.Name] = in.Values[0]
		}
	}
	p, err := ed.build(&customsShape{duties: 1}, given, "")
	if err != nil {
		return nil, err
	}
	return p.program.Program, nil
}

// lower is a country's code in small letters.
func lower(c country.Code) string {
	b := []byte(c.String())
	for i := range b {
		if b[i] >= 'A' && b[i] <= 'Z' {
			b[i] += 'a' - 'A'
		}
	}
	return string(b)
}
