package eligibility

import (
	"io"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/language"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/internal/problem"
	"github.com/overseaswarehouse/overseas/internal/strict"
)

// PolicySchema is the schema version of policy documents.
const PolicySchema = "overseas/policy/1"

// Policy is one edition of one platform's policy, checked and compiled, with the parameters and overlays of a run.
// It is immutable and safe for concurrent use. The zero Policy is the policy of no platform: it decides nothing.
type Policy struct {
	doc      *document
	settings []setting // one for each parameter of the document
	overlays []Applied
	active   []bool // per rule: its condition holds under the settings
	plan     plan
}

// setting is the value of a parameter in a run.
type setting struct {
	words  []string
	count  int64 // of a count: its value, -1 for none
	preset bool  // the document's default
}

// Platform is the policy's word for its platform.
func (p *Policy) Platform() string {
	if p == nil || p.doc == nil {
		return ""
	}
	return p.doc.platform
}

// PlatformName is the platform's name in the language nearest to tag.
func (p *Policy) PlatformName(tag language.Tag) string {
	if p == nil || p.doc == nil {
		return ""
	}
	return p.doc.platformName.in(tag)
}

// Edition is the edition's id.
func (p *Policy) Edition() string {
	if p == nil || p.doc == nil {
		return ""
	}
	return p.doc.edition
}

// String is the platform and the edition.
func (p *Policy) String() string { return strings.TrimSpace(p.Platform() + " " + p.Edition()) }

// Period is the span of days for which the edition is published: its first and its last day, each zero when nobody
// published it.
func (p *Policy) Period() (from, to country.Date) {
	if p == nil || p.doc == nil {
		return
	}
	return p.doc.from, p.doc.to
}

// Seen is the day on which the edition was read, or zero when the document does not say.
func (p *Policy) Seen() country.Date {
	if p == nil || p.doc == nil {
		return country.Date{}
	}
	return p.doc.seen
}

// start is the first day from which the edition is known to hold.
func (d *document) start() country.Date {
	if !d.from.IsZero() {
		return d.from
	}
	return d.seen
}

// Destinations are the countries that the edition opens, in its own order.
func (p *Policy) Destinations() []country.Code {
	if p == nil || p.doc == nil {
		return nil
	}
	return slices.Clone(p.doc.destinations)
}

// Opens reports whether the edition opens warehouses in c.
func (p *Policy) Opens(c country.Code) bool { return p != nil && p.doc != nil && p.doc.isOpen(c) }

// Languages are the languages in which the document's author gave every text.
func (p *Policy) Languages() []string {
	if p == nil || p.doc == nil {
		return nil
	}
	return slices.Clone(p.doc.languages)
}

// ParsePolicy reads one policy document. Every problem of the document comes back in one Problems with path, line
// and column: malformed and duplicate codes, unknown words, missing texts, statements that nothing expresses, rules
// that can never fire, and rules that contradict one another.
func ParsePolicy(r io.Reader) (*Policy, error) {
	var list problem.List
	d := parseDocument(r, &list)
	if err := list.Err(); err != nil {
		return nil, err
	}
	return compile(d, defaults(d), nil), nil
}

func parseDocument(r io.Reader, list *problem.List) *document {
	v, ok := strict.Read(r, policyLimits, list)
	if !ok {
		return nil
	}
	d := readDocument(v)
	// Links are looked at even when rows have problems of their own, so that one pass reports everything; a row
	// that could not be read has no code and is left out of them.
	link(d, list)
	return d
}

func defaults(d *document) []setting {
	s := make([]setting, len(d.parameters))
	for i := range d.parameters {
		s[i] = d.parameters[i].setting(d.parameters[i].preset)
		s[i].preset = true
	}
	return s
}

// setting is the compiled form of a value that has been checked.
func (p *parameter) setting(words []string) setting {
	s := setting{words: words, count: -1}
	if p.form == countParam && len(words) == 1 && words[0] != "none" {
		s.count, _ = strconv.ParseInt(words[0], 10, 64)
	}
	return s
}

// setting finds the value of a parameter; the zero setting for a code that is none.
func (p *Policy) setting(code string) setting {
	for i := range p.doc.parameters {
		if p.doc.parameters[i].code == code {
			return p.settings[i]
		}
	}
	return setting{count: -1}
}

// on reports whether a switch is on.
func (s setting) on() bool { return len(s.words) == 1 && s.words[0] == "yes" }

// compile makes a policy that runs. It cannot fail: what it gets has been checked.
func compile(d *document, settings []setting, overlays []Applied) *Policy {
	p := &Policy{doc: d, settings: settings, overlays: overlays}
	p.active = make([]bool, len(d.rules))
	for i := range d.rules {
		c := d.rules[i].given
		p.active[i] = c.parameter == "" || slices.Contains(p.setting(c.parameter).words, c.is)
	}
	p.plan = makePlan(p)
	return p
}

// Kinds are the policy's words for the kinds of warehouse, in its own order.
func (p *Policy) Kinds() []string {
	if p == nil || p.doc == nil {
		return nil
	}
	return p.doc.kindCodes()
}

// Materials are the policy's words for the materials that a kind of warehouse needs; nil for a kind that it does not know.
func (p *Policy) Materials(kind string) []string {
	if p == nil || p.doc == nil {
		return nil
	}
	if i := p.doc.kindIndex(kind); i >= 0 {
		return slices.Clone(p.doc.kinds[i].needs)
	}
	return nil
}
