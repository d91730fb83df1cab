package country

import (
	"cmp"
	_ "embed"
	"io"
	"iter"
	"slices"
	"sort"
	"strings"
	"sync"

	"github.com/overseaswarehouse/overseas/internal/problem"
)

// FactSet is the facts of a document: those that this package carries, or those that ParseFacts has read. It does not
// change and may be used by any number of goroutines. The zero FactSet holds nothing.
type FactSet struct {
	inputs    []Input
	facts     []Fact
	byCountry map[Code][]series
}

// Input is a circumstance that the conditions of facts ask for.
type Input struct {
	Name    string   // "mode"
	Values  []string // "sea", "air", …
	Default string   // taken when a caller says nothing; "" means that a caller must say
}

// series is the history of one fact under one set of circumstances, in the order of time.
type series struct {
	name  string
	facts []Fact
	order []int // where each stands in the document
}

//go:embed customs.json
var customsDocument string

// own is the document of this package once it has been read.
var own struct {
	once sync.Once
	set  *FactSet
}

// known is the document of this package. That it can be read is held by the tests. It is a function, not a variable with
// an initial value: a program that asks for no facts links neither the document nor what reads it.
func known() *FactSet {
	own.once.Do(func() {
		set, err := parseFacts(strings.NewReader(customsDocument), nil)
		if err != nil {
			set = &FactSet{}
		}
		own.set = set
	})
	return own.set
}

// Facts yields the customs facts that this package holds about a country, in the order of its document: all periods, and
// also those of which only is known that they are not known. It yields nothing for a country without facts.
func Facts(c Code) iter.Seq[Fact] { return known().Facts(c) }

// FactsOn yields the facts about a country that hold on a day.
func FactsOn(c Code, on Date) iter.Seq[Fact] { return known().FactsOn(c, on) }

// Expiring lists the facts of this package that run out before a day and for which nothing later is known, the earliest
// end first. A rule of which is known that nothing takes its place is not among them.
func Expiring(before Date) []Fact { return known().Expiring(before) }

// CustomsInputs lists the circumstances that the facts of this package depend on.
func CustomsInputs() []Input { return known().Inputs() }

// CustomsSource is the document of this package as it stands, for a caller who wants to change a row and read the result
// with ParseFacts.
func CustomsSource() io.Reader { return strings.NewReader(customsDocument) }

// Facts yields the facts about a country, in the order of the document.
func (s *FactSet) Facts(c Code) iter.Seq[Fact] {
	return s.filter(func(f Fact) bool { return f.Country == c })
}

// FactsOn yields the facts about a country that hold on a day, unknown ones left out.
func (s *FactSet) FactsOn(c Code, on Date) iter.Seq[Fact] {
	return s.filter(func(f Fact) bool { return f.Country == c && !f.Unknown && f.Holds(on) })
}

// All yields every fact, in the order of the document.
func (s *FactSet) All() iter.Seq[Fact] {
	return s.filter(func(Fact) bool { return true })
}

func (s *FactSet) filter(keep func(Fact) bool) iter.Seq[Fact] {
	return func(yield func(Fact) bool) {
		if s == nil {
			return
		}
		for _, f := range s.facts {
			if keep(f) && !yield(f.clone()) {
				return
			}
		}
	}
}

// Countries lists the countries with facts, in the order of their codes.
func (s *FactSet) Countries() []Code {
	var list []Code
	if s != nil {
		for c := range s.byCountry {
			list = append(list, c)
		}
	}
	slices.SortFunc(list, func(a, b Code) int { return cmp.Compare(a.String(), b.String()) })
	return list
}

// Inputs lists the circumstances that the facts depend on.
func (s *FactSet) Inputs() []Input {
	if s == nil {
		return nil
	}
	list := slices.Clone(s.inputs)
	for i := range list {
		list[i].Values = slices.Clone(list[i].Values)
	}
	return list
}

// Expiring lists the facts that run out before a day and for which nothing later is known, the earliest end first.
func (s *FactSet) Expiring(before Date) []Fact {
	var list []Fact
	for _, c := range s.Countries() {
		for _, row := range s.byCountry[c] {
			for i, f := range row.facts {
				later := slices.ContainsFunc(row.facts[i+1:], func(g Fact) bool { return !g.Unknown })
				if !later && !f.Unknown && !f.Ends && !f.To.IsZero() && f.To.Before(before) {
					list = append(list, f.clone())
				}
			}
		}
	}
	slices.SortStableFunc(list, func(a, b Fact) int { return a.To.Compare(b.To) })
	return list
}

// index groups facts into series and finds periods that overlap. The position of a fact in the document is told to report.
func (s *FactSet) index(report func(i int, p problem.Problem)) {
	s.byCountry = map[Code][]series{}
	type place struct {
		country Code
		n       int
	}
	at := map[string]place{}
	for i, f := range s.facts {
		key := f.Country.String() + " " + f.Name() + conditions(f.When)
		p, ok := at[key]
		if !ok {
			p = place{f.Country, len(s.byCountry[f.Country])}
			at[key] = p
			s.byCountry[f.Country] = append(s.byCountry[f.Country], series{name: f.Name()})
		}
		row := &s.byCountry[p.country][p.n]
		row.facts = append(row.facts, f)
		row.order = append(row.order, i)
	}
	for _, c := range s.Countries() {
		for _, row := range s.byCountry[c] {
			sort.Stable(row)
			for i := 1; i < len(row.facts); i++ {
				before, f := row.facts[i-1], row.facts[i]
				if before.To.IsZero() || !before.To.Before(f.From) {
					report(row.order[i], problem.New(problem.PeriodOverlap, f.From.String(), f.Name()+" "+period(before)))
				}
			}
		}
	}
}

// A series is sorted by the first days of its facts.
func (s series) Len() int           { return len(s.facts) }
func (s series) Less(i, j int) bool { return s.facts[i].From.Before(s.facts[j].From) }
func (s series) Swap(i, j int) {
	s.facts[i], s.facts[j] = s.facts[j], s.facts[i]
	s.order[i], s.order[j] = s.order[j], s.order[i]
}

// period is the days of a fact as "2020-01-01 … 2020-12-31", with nothing where an end is not known.
func period(f Fact) string { return f.From.String() + " … " + f.To.String() }

// conditions is the text by which two sets of circumstances are the same, whatever their order.
func conditions(when []Condition) string {
	words := make([]string, len(when))
	for i, w := range when {
		in := slices.Sorted(slices.Values(w.In))
		words[i] = w.Input + "=" + strings.Join(in, ",")
	}
	slices.Sort(words)
	return "[" + strings.Join(words, ";") + "]"
}
