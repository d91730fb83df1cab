package eligibility

import (
	"math/bits"
	"slices"
	"strconv"

	"golang.org/x/text/language"

	"github.com/overseaswarehouse/overseas/application"
	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/internal/lang"
	"github.com/overseaswarehouse/overseas/internal/layout"
)

// Decision is what one edition of a policy says to one application. It is a value: it keeps nothing of the
// application that a caller could change. The zero Decision is undetermined and approves nothing.
//
// Approved means that nothing stated speaks against the application. It is not a promise: a platform may have
// reasons that it did not publish.
type Decision struct {
	on                *ground
	declared          uint64 // papers that rest on the applicant's word
	id, store, parent string
	filed             country.Date
	country           country.Code
	role              uint16 // 1 + its number in the policy; 0: the ground says it
}

// ground is what a decision rests on. Applications of one kind of warehouse that no rule speaks against share theirs.
type ground struct {
	policy      *Policy
	outcome     Outcome
	kind, role  string
	findings    []Finding
	application *application.Application // of the library's own, for remedies; nil where there are no findings
}

// Outcome is approved, rejected, or undetermined.
func (d Decision) Outcome() Outcome {
	if d.on == nil {
		return Undetermined
	}
	return d.on.outcome
}

// Approved reports whether the outcome is Approved.
func (d Decision) Approved() bool { return d.Outcome() == Approved }

// Findings lists everything that speaks against the application and everything that is open, reasons for rejection
// first, in the order of the policy. Advice is apart.
func (d Decision) Findings() []Finding { return d.pick(func(e Effect) bool { return e != Advise }) }

// Advice lists what the policy advises; none of it changes the outcome.
func (d Decision) Advice() []Finding { return d.pick(func(e Effect) bool { return e == Advise }) }

func (d Decision) pick(keep func(Effect) bool) []Finding {
	if d.on == nil {
		return nil
	}
	var out []Finding
	for _, f := range d.on.findings {
		if keep(f.Effect) {
			out = append(out, f.clone())
		}
	}
	return out
}

// Declared lists the papers, as paths, of which something that the policy looks at rests on the applicant's word:
// nobody said that it was verified.
func (d Decision) Declared() []string {
	var paths []string
	for set := d.declared; set != 0; set &= set - 1 {
		paths = append(paths, "/materials/"+strconv.Itoa(bits.TrailingZeros64(set)))
	}
	return paths
}

// Policy is the edition that decided, with the parameters and overlays of the run; nil for the zero Decision.
func (d Decision) Policy() *Policy {
	if d.on == nil {
		return nil
	}
	return d.on.policy
}

// Platform is the policy's word for the platform.
func (d Decision) Platform() string { return d.Policy().Platform() }

// Edition is the id of the edition that decided.
func (d Decision) Edition() string { return d.Policy().Edition() }

// Filed is the application's day of filing; zero when it was not given.
func (d Decision) Filed() country.Date { return d.filed }

// Permission is what the application opens once the platform has approved it, from a day on; false when this
// decision does not approve it.
func (d Decision) Permission(from country.Date) (application.Permission, bool) {
	if d.on == nil || d.on.outcome != Approved {
		return application.Permission{}, false
	}
	doc := d.on.policy.doc
	p := application.Permission{
		Platform: doc.platform, Account: application.Applicant{Store: d.store, Parent: d.parent}.Account(), Applicant: d.store, Kind: d.on.kind, Country: d.country,
		From: from, Edition: doc.edition, Family: doc.opens.family,
	}
	return p, true
}

// Note is something to know about a decision that is neither a finding nor advice.
type Note struct {
	Code   string // stable
	Clause string // the statement it comes from; empty: the library's own
	text   text
	args   map[string]string
}

// Text is the note in the language nearest to tag.
func (n Note) Text(tag language.Tag) string {
	return expand(n.text.in(tag), func(name string) string { return n.args[name] })
}

// String is the text in English.
func (n Note) String() string { return n.Text(language.English) }

// laid is the text with days as the language writes them.
func (n Note) laid(l lang.Lang) string {
	return expand(n.text.of(l), func(name string) string { return layout.Date(l, n.args[name]) })
}

// Notes lists what to know about the decision: that approval is no promise, that papers rest on declarations, that
// nobody published when the edition began, or that the application was filed before the edition was first seen.
func (d Decision) Notes() []Note {
	if d.on == nil {
		return nil
	}
	doc := d.on.policy.doc
	var notes []Note
	for _, n := range doc.notes {
		if n.when == "always" || n.when == "approved" && d.on.outcome == Approved || n.when == "declared" && d.declared != 0 {
			notes = append(notes, Note{Code: n.code, Clause: n.clause, text: n.text})
		}
	}
	if doc.from.IsZero() {
		args := map[string]string{"date": doc.seen.String()}
		notes = append(notes, Note{Code: "start_not_published", text: headings[noteStart], args: args})
		if !d.filed.IsZero() && d.filed.Before(doc.seen) {
			notes = append(notes, Note{Code: "filed_before_seen", text: headings[noteEarly], args: args})
		}
	}
	return slices.Clip(notes)
}
