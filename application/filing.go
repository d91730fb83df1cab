package application

import (
	"encoding/json"
	"io"
	"slices"
	"strings"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/internal/problem"
	"github.com/overseaswarehouse/overseas/internal/strict"
)

// Stage is where an application stands in its life.
type Stage uint8

// The states. The zero Stage is none: the zero Filing holds no application.
const (
	Draft Stage = iota + 1
	Submitted
	Approved
	Rejected
	Amended // changed after a rejection, not yet filed again
	Withdrawn
)

var stageWords = [...]string{"", "draft", "submitted", "approved", "rejected", "amended", "withdrawn"}

// String is the state's word in documents.
func (s Stage) String() string {
	if int(s) < len(stageWords) {
		return stageWords[s]
	}
	return ""
}

// MarshalText writes the word.
func (s Stage) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// next lists the states that may follow each state.
var next = [...][]Stage{
	0:         {Draft},
	Draft:     {Submitted, Withdrawn},
	Submitted: {Approved, Rejected, Withdrawn},
	Approved:  {},
	Rejected:  {Amended, Withdrawn},
	Amended:   {Submitted, Withdrawn},
	Withdrawn: {},
}

// Next lists the states that may follow s, in a fixed order; none follows Approved and Withdrawn.
func (s Stage) Next() []Stage {
	if int(s) < len(next) {
		return slices.Clone(next[s])
	}
	return nil
}

// Step is one entry in the history of an application.
type Step struct {
	Stage   Stage
	On      country.Date // the caller's date
	Edition string       // of a decision: the policy edition it was made under
	Codes   []string     // of a rejection: the codes or reasons given

	application *Application // of a draft or an amendment
}

// Filing is an application and its life: drafted, submitted, approved or rejected, amended and submitted again, or
// withdrawn. It is a value: each step returns a new Filing and leaves the old one as it was. The dates are the
// caller's and never run backwards.
type Filing struct {
	application *Application
	history     []Step
}

// NewFiling starts the life of an application as a draft. It fails with ErrMissingField without an application or a date.
func NewFiling(a *Application, on country.Date) (Filing, error) {
	if a == nil {
		return Filing{}, problem.Problems{problem.New(problem.MissingField, "application")}
	}
	return Filing{}.step(Step{Stage: Draft, On: on, application: a.Clone()})
}

// Stage is where the application stands.
func (f Filing) Stage() Stage {
	if len(f.history) == 0 {
		return 0
	}
	return f.history[len(f.history)-1].Stage
}

// Application is a copy of the application as it stands, filed on the day of its last submission.
func (f Filing) Application() *Application { return f.application.Clone() }

// History is a copy of the steps so far.
func (f Filing) History() []Step {
	out := slices.Clone(f.history)
	for i := range out {
		out[i].Codes = slices.Clone(out[i].Codes)
		out[i].application = nil
	}
	return out
}

// Submit files a draft, or an amended application again.
func (f Filing) Submit(on country.Date) (Filing, error) {
	return f.step(Step{Stage: Submitted, On: on})
}

// Approve records that the platform approved the application under a policy edition.
func (f Filing) Approve(on country.Date, edition string) (Filing, error) {
	return f.step(Step{Stage: Approved, On: on, Edition: edition})
}

// Reject records that the platform rejected the application under a policy edition, and the codes or reasons it gave.
func (f Filing) Reject(on country.Date, edition string, codes ...string) (Filing, error) {
	return f.step(Step{Stage: Rejected, On: on, Edition: edition, Codes: slices.Clone(codes)})
}

// Amend replaces a rejected application by a changed one of the same store on the same platform.
func (f Filing) Amend(on country.Date, a *Application) (Filing, error) {
	if a == nil {
		return Filing{}, problem.Problems{problem.New(problem.MissingField, "application")}
	}
	return f.step(Step{Stage: Amended, On: on, application: a.Clone()})
}

// Withdraw ends the life of an application that is not decided, or was rejected.
func (f Filing) Withdraw(on country.Date) (Filing, error) {
	return f.step(Step{Stage: Withdrawn, On: on})
}

// step appends a step when it is legal: ErrTransition when the state may not follow, ErrMissingField without a date or
// without the edition of a decision, ErrDateOrder when the date is before that of the last step, ErrContradiction
// when an amendment is of another store or platform.
func (f Filing) step(s Step) (Filing, error) {
	if ps := f.check(s); len(ps) > 0 {
		return Filing{}, ps
	}
	g := Filing{application: f.application, history: append(f.history[:len(f.history):len(f.history)], s)}
	switch {
	case s.application != nil:
		g.application = s.application
	case s.Stage == Submitted:
		g.application = f.application.Clone()
		g.application.Submitted = s.On
	}
	return g, nil
}

func (f Filing) check(s Step) problem.Problems {
	var ps problem.Problems
	now := f.Stage()
	if !slices.Contains(next[now], s.Stage) {
		want := make([]string, len(next[now]))
		for i, n := range next[now] {
			want[i] = n.String()
		}
		if len(want) == 0 {
			want = []string{"—"}
		}
		ps = append(ps, problem.New(problem.Transition, s.Stage.String(), want...).With("state", now.String()).At("/state"))
	}
	switch last := f.last(); {
	case s.On.IsZero():
		ps = append(ps, problem.New(problem.MissingField, "on").At("/on"))
	case s.On.Before(last):
		ps = append(ps, problem.New(problem.DateOrder, s.On.String(), last.String()).At("/on"))
	}
	if (s.Stage == Approved || s.Stage == Rejected) && Blank(s.Edition) {
		ps = append(ps, problem.New(problem.MissingField, "edition").At("/edition"))
	}
	if a := s.application; s.Stage == Amended && f.application != nil {
		if a.Platform != f.application.Platform {
			ps = append(ps, problem.New(problem.Contradiction, a.Platform, f.application.Platform).At("/application/platform"))
		}
		if a.Applicant.Store != f.application.Applicant.Store {
			ps = append(ps, problem.New(problem.Contradiction, a.Applicant.Store, f.application.Applicant.Store).At("/application/applicant/store"))
		}
	}
	return ps
}

func (f Filing) last() country.Date {
	if len(f.history) == 0 {
		return country.Date{}
	}
	return f.history[len(f.history)-1].On
}

// FilingSchema is the schema version of filing documents.
const FilingSchema = "overseas/filing/1"

type filingJSON struct {
	Schema  string     `json:"schema"`
	History []stepJSON `json:"history"`
}

type stepJSON struct {
	Stage       Stage            `json:"state"`
	On          string           `json:"on"`
	Edition     string           `json:"edition,omitempty"`
	Codes       []string         `json:"codes,omitempty"`
	Application *applicationJSON `json:"application,omitempty"`
}

// MarshalJSON writes the document that ParseFiling reads.
func (f Filing) MarshalJSON() ([]byte, error) {
	d := filingJSON{Schema: FilingSchema, History: []stepJSON{}}
	for _, s := range f.history {
		j := stepJSON{Stage: s.Stage, On: day(s.On), Edition: s.Edition, Codes: s.Codes}
		if s.application != nil {
			a := s.application.document("")
			j.Application = &a
		}
		d.History = append(d.History, j)
	}
	return json.Marshal(d)
}

// UnmarshalJSON reads what MarshalJSON wrote, as strictly as ParseFiling. On error f is unchanged.
func (f *Filing) UnmarshalJSON(data []byte) error {
	g, err := ParseFiling(strings.NewReader(string(data)))
	if err != nil {
		return err
	}
	*f = g
	return nil
}

// MaxSteps is the length that a history may have.
const MaxSteps = 1000

// ParseFiling reads a filing by taking its steps again, so that a history which could not have happened is an error.
// Every problem comes back in one Problems; after an illegal step the later ones are not judged.
func ParseFiling(r io.Reader) (Filing, error) {
	var list problem.List
	lim := limits
	lim.Depth += 4
	v, ok := strict.Read(r, lim, &list)
	if !ok {
		return Filing{}, list.Err()
	}
	var f Filing
	if o, ok := v.Object("schema", "history"); ok {
		readSchema(o, FilingSchema)
		if h, ok := o.Need("history"); ok && few(h, MaxSteps, "history") {
			for _, e := range h.Elements() {
				s := readStep(e, &list)
				if list.Len() > 0 {
					continue
				}
				ps := f.check(s)
				for _, p := range ps {
					path, _, _ := e.Place()
					at := locate(e, p.Path)
					p.Path = path + p.Path
					_, p.Line, p.Column = at.Place()
					list.Add(p)
				}
				if len(ps) == 0 {
					f, _ = f.step(s)
				}
			}
		}
	}
	if err := list.Err(); err != nil {
		return Filing{}, err
	}
	return f, nil
}

func readStep(v strict.Value, list *problem.List) Step {
	o, ok := v.Object("state", "on", "edition", "codes", "application")
	if !ok {
		return Step{}
	}
	s := Step{On: date(o, "on"), Edition: text(o, "edition")}
	if w, ok := o.Need("state"); ok {
		word, _ := w.OneOf(stageWords[1:]...)
		s.Stage = Stage(max(0, slices.Index(stageWords[:], word)))
	}
	if c, ok := o.Get("codes"); ok && few(c, MaxSteps, "codes") {
		for _, e := range c.Elements() {
			code, _ := e.Name()
			s.Codes = append(s.Codes, code)
		}
	}
	a, given := o.Get("application")
	switch opens := s.Stage == Draft || s.Stage == Amended; {
	case given && opens:
		s.application = readApplication(a, false)
		finish(s.application, a, list)
	case given:
		a.Problem(problem.New(problem.UnknownField, "application"))
	case opens:
		v.Problem(problem.New(problem.MissingField, "application"))
	}
	return s
}
