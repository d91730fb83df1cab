package eligibility

import (
	"slices"

	"golang.org/x/text/language"

	"github.com/overseaswarehouse/overseas/country"
)

// Finding is one thing that a rule found.
type Finding struct {
	Code       string      // the rule's code: literal, stable, never reused
	Kind       Kind        // missing, malformed, does not prove, not supported, not permitted
	Effect     Effect      // reject, undetermined, advise
	Path       string      // where in the application: an RFC 6901 JSON pointer
	Clause     string      // the statement of the announcement that the rule expresses
	Reason     string      // the platform's reason for rejection that it comes under; empty: none
	Provenance Provenance  // who says so
	Remedy     RemedyClass // what kind of thing would help
	Material   string      // the material concerned, if one is
	Parts      []string    // the part concerned, or several of which one will do
	Answer     string      // the answer concerned, if one is
	Value      string      // what was found there; empty when nothing was
	Want       []string    // what would be right: the supported words, shapes, or a limit
	Declared   bool        // it rests on what the applicant declared, which nobody verified

	policy            *Policy
	rule              *rule
	country           country.Code
	paper             int
	onHand, inTransit int64
}

// Message is the finding in words, in the language nearest to tag.
func (f Finding) Message(tag language.Tag) string { return f.words(tag, false) }

// String is the place and the message in English.
func (f Finding) String() string { return placed(f.Path, f.Message(language.English)) }

func placed(path, text string) string {
	if path == "" {
		return text
	}
	return path + ": " + text
}

// Advice says in words what would help, in the language nearest to tag.
func (f Finding) Advice(tag language.Tag) string { return f.words(tag, true) }

// ReasonText is the platform's reason in words, or "" when the rule comes under none.
func (f Finding) ReasonText(tag language.Tag) string {
	if f.policy == nil {
		return ""
	}
	if r := f.policy.doc.reason(f.Reason); r != nil {
		return r.text.in(tag)
	}
	return ""
}

func (f Finding) clone() Finding {
	f.Parts, f.Want = slices.Clone(f.Parts), slices.Clone(f.Want)
	return f
}
