package eligibility

import (
	"bytes"
	_ "embed"
	"io"
	"iter"
	"slices"
	"strconv"
	"sync"

	"github.com/overseaswarehouse/overseas/application"
	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/internal/problem"
)

// Editions is the history of one platform's policy: its editions in the order of time. It is immutable and safe for
// concurrent use. The zero Editions knows no edition.
type Editions struct{ list []*Policy }

//go:embed aliexpress.json
var aliExpress []byte

var aliExpressEditions = sync.OnceValue(func() *Editions {
	e, err := Parse(bytes.NewReader(aliExpress))
	if err != nil {
		return &Editions{} // a test fails first: the document is part of the library
	}
	return e
})

// AliExpress is the policy of AliExpress as it ships with the library: a document read by the same code as any
// other, on first use. Its start was never published, so it is dated by the day on which it was seen.
func AliExpress() *Editions { return aliExpressEditions() }

// AliExpressDocument is the text of the shipped document, to read, copy or change.
func AliExpressDocument() []byte { return slices.Clone(aliExpress) }

// Parse reads the editions of one platform, each a policy document as ParsePolicy reads it, in any order. Every
// problem of every document comes back in one Problems; with several documents a path begins with the number of its
// document, "[2]/rules/0/code". Editions that overlap, or are of different platforms, are problems.
func Parse(documents ...io.Reader) (*Editions, error) {
	var all problem.List
	docs := make([]*document, 0, len(documents))
	for i, r := range documents {
		var list problem.List
		if d := parseDocument(r, &list); d != nil {
			docs = append(docs, d)
		}
		if ps, ok := list.Err().(problem.Problems); ok {
			for _, p := range ps {
				if len(documents) > 1 {
					p.Path = "[" + strconv.Itoa(i+1) + "]" + p.Path
				}
				all.Add(p)
			}
		}
	}
	if len(documents) == 0 {
		all.Add(problem.New(problem.MissingField, "policy"))
	}
	if err := all.Err(); err != nil {
		return nil, err
	}
	list := make([]*Policy, len(docs))
	for i, d := range docs {
		list[i] = compile(d, defaults(d), nil)
	}
	return NewEditions(list...)
}

// NewEditions joins editions of one platform, in any order. It fails when two of them are of different platforms
// (ErrUnknownPlatform), have the same id (ErrDuplicate) or hold on the same day (ErrPeriodOverlap). An edition
// without an end holds until the next one begins.
func NewEditions(list ...*Policy) (*Editions, error) {
	var all problem.List
	sorted := make([]*Policy, 0, len(list))
	for _, p := range list {
		if p == nil || p.doc == nil {
			all.Add(problem.New(problem.MissingField, "policy"))
			continue
		}
		sorted = append(sorted, p)
	}
	slices.SortStableFunc(sorted, func(a, b *Policy) int { return a.doc.start().Compare(b.doc.start()) })
	for i, p := range sorted {
		report := func(field string, q problem.Problem) {
			(&linker{d: p.doc, list: &all}).report(p.doc.at, field, q)
		}
		if p.doc.platform != sorted[0].doc.platform {
			report("platform", problem.New(problem.UnknownPlatform, p.doc.platform, sorted[0].doc.platform))
		}
		for _, q := range sorted[:i] {
			if q.doc.edition == p.doc.edition {
				report("edition", problem.New(problem.Duplicate, p.doc.edition))
			}
		}
		if i == 0 {
			continue
		}
		before := sorted[i-1].doc
		if end := before.to; before.start() == p.doc.start() || !end.IsZero() && !end.Before(p.doc.start()) {
			field := "from"
			if p.doc.from.IsZero() {
				field = "seen"
			}
			report(field, problem.New(problem.PeriodOverlap, p.doc.start().String(), before.edition))
		}
	}
	if err := all.Err(); err != nil {
		return nil, err
	}
	return &Editions{list: sorted}, nil
}

// All yields the editions in the order of time.
func (e *Editions) All() iter.Seq[*Policy] {
	return func(yield func(*Policy) bool) {
		if e == nil {
			return
		}
		for _, p := range e.list {
			if !yield(p) {
				return
			}
		}
	}
}

// Latest is the edition that begins last, or nil when there is none.
func (e *Editions) Latest() *Policy {
	if e == nil || len(e.list) == 0 {
		return nil
	}
	return e.list[len(e.list)-1]
}

// At is the edition that holds on a day. Where nobody published when the first edition began it stands for the days
// before it was seen as well, and decisions say so. It fails with ErrNoEdition, naming the editions known.
func (e *Editions) At(day country.Date) (*Policy, error) {
	if e != nil && !day.IsZero() {
		for i := len(e.list) - 1; i >= 0; i-- {
			d := e.list[i].doc
			if day.Before(d.start()) && (i > 0 || !d.from.IsZero()) {
				continue
			}
			if !d.to.IsZero() && d.to.Before(day) {
				break
			}
			return e.list[i], nil
		}
	}
	return nil, problem.Problems{problem.New(problem.NoEdition, day.String(), e.spans()...)}
}

func (e *Editions) spans() []string {
	var out []string
	for p := range e.All() {
		s := p.doc.edition + " (" + p.doc.start().String() + "…"
		if !p.doc.to.IsZero() {
			s += p.doc.to.String()
		}
		out = append(out, s+")")
	}
	return out
}

// Assess applies the edition of the application's day of filing. It fails as Policy.Assess does, with
// ErrMissingField when the day of filing is not given, and with ErrNoEdition when no edition is known for it. To try
// a draft, take an edition with At or Latest and use its Assess.
func (e *Editions) Assess(a *application.Application) (Decision, error) {
	switch {
	case a == nil:
		return Decision{}, problem.Problems{problem.New(problem.MissingField, "application")}
	case e != nil && len(e.list) > 0 && a.Platform != e.list[0].doc.platform:
		return Decision{}, e.list[0].unfit(a)
	case a.Submitted.IsZero():
		return Decision{}, problem.Problems{problem.New(problem.MissingField, "submitted").At("/submitted")}
	}
	p, err := e.At(a.Submitted)
	if err != nil {
		return Decision{}, err
	}
	return p.Assess(a)
}
