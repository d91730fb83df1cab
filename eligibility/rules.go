package eligibility

import (
	"iter"
	"slices"

	"golang.org/x/text/language"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/internal/lang"
)

// Rule is one rule of a policy, to read without running it.
type Rule struct {
	Code       string
	Clause     string
	Reason     string
	Kind       Kind
	Check      string // what it looks at, in the vocabulary of policy documents
	Effect     Effect
	Provenance Provenance
	Remedy     RemedyClass
	Material   string
	Parts      []string
	Answer     string
	Parameter  string         // the parameter that it compares with
	Kinds      []string       // of warehouse that it is limited to; empty: all
	Roles      []string       // of applicants that it is limited to; empty: all
	Countries  []country.Code // of warehouses that it is limited to; empty: all
	If, Is     string         // the parameter that switches it, and the value it takes
	Active     bool           // under the parameters of this run

	policy *Policy
	rule   *rule
}

// Rules yields the rules in the order of the document.
func (p *Policy) Rules() iter.Seq[Rule] {
	return func(yield func(Rule) bool) {
		if p == nil || p.doc == nil {
			return
		}
		for i := range p.doc.rules {
			u := &p.doc.rules[i]
			if !yield(Rule{
				Code: u.code, Clause: u.clause, Reason: u.reason, Kind: u.kind, Check: u.check.String(), Effect: u.effect,
				Provenance: u.provenance, Remedy: u.remedy, Material: u.material, Parts: slices.Clone(u.parts), Answer: u.answer,
				Parameter: u.parameter, Kinds: slices.Clone(u.only.kinds), Roles: slices.Clone(u.only.roles),
				Countries: slices.Clone(u.only.countries), If: u.given.parameter, Is: u.given.is, Active: p.active[i], policy: p, rule: u,
			}) {
				return
			}
		}
	}
}

// Rule finds a rule by its code.
func (p *Policy) Rule(code string) (Rule, bool) {
	for r := range p.Rules() {
		if r.Code == code {
			return r, true
		}
	}
	return Rule{}, false
}

// Message is what the rule says when it fires, in the language nearest to tag; what only an application can tell is
// shown as an ellipsis.
func (r Rule) Message(tag language.Tag) string { return r.words(tag, false) }

// Advice is what the rule proposes, in the language nearest to tag.
func (r Rule) Advice(tag language.Tag) string { return r.words(tag, true) }

func (r Rule) words(tag language.Tag, remedy bool) string {
	if r.policy == nil {
		return r.Code
	}
	f := Finding{Code: r.Code, Material: r.Material, Parts: r.Parts, Answer: r.Answer, policy: r.policy, rule: r.rule}
	t := wordings[r.rule.check].message
	if own := r.rule.message; !own.isZero() {
		t = own
	}
	if remedy {
		t = wordings[r.rule.check].remedy
		if own := r.rule.remedyText; !own.isZero() {
			t = own
		}
	}
	l := lang.Of(tag)
	return expand(t.of(l), func(name string) string {
		switch name {
		case "material", "parts", "answer":
			return f.placeholder(name, l)
		}
		return "…"
	})
}

// Check is one word of the vocabulary that rules choose from.
type Check struct {
	Word  string   // as in policy documents
	About string   // when it fires
	Kinds []Kind   // of finding that it may be
	Takes []string // the operands it needs
}

// Checks yields the vocabulary of checks. A policy composes rules from these and cannot add to them.
func Checks() iter.Seq[Check] {
	return func(yield func(Check) bool) {
		for c := checkNone + 1; c < checkCount; c++ {
			s := &checks[c]
			out := Check{Word: s.word, About: s.about, Kinds: slices.Clone(s.kinds)}
			for _, o := range []struct {
				bit  operand
				name string
			}{{onMaterial, "material"}, {onParts, "part"}, {onAnswer, "answer"}, {onParameter, "parameter"}, {onTransit, "inTransit"}} {
				if s.takes&o.bit != 0 {
					out.Takes = append(out.Takes, o.name)
				}
			}
			if !yield(out) {
				return
			}
		}
	}
}
