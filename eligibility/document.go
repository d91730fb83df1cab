package eligibility

import (
	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/internal/strict"
)

// document is a policy document as read: rows with the place they stand at. It is immutable once read; an overlay
// makes a new one from the rows of two.
type document struct {
	platform     string
	platformName text
	edition      string
	from, to     country.Date
	seen         country.Date
	languages    []string
	sources      []source
	statements   []statement
	reasons      []reason
	parameters   []parameter
	roles        []role
	legalForms   []named
	homes        []country.Code // where applicants may be established; empty: anywhere
	kinds        []kind
	materials    []material
	destinations []country.Code
	categories   []named
	answers      []answer
	notes        []note
	opens        opening
	rules        []rule
	at           strict.Value
}

type source struct {
	id, title, address string
	seen, published    country.Date
	at                 strict.Value
}

// statement is one sentence of the announcement: rules, parameters and other rows cite its id as their clause.
type statement struct {
	id       string
	text     text
	standing Standing
	source   string
	marked   string // "background" or "not_modelled"; empty: rows must cite it
	why      text
	at       strict.Value
}

type reason struct {
	code, clause string
	text         text
	at           strict.Value
}

type parameter struct {
	code, clause string
	form         paramForm
	options      []string // of a choice; of words: the universe, empty for any word
	preset       []string // the default
	provenance   Provenance
	text         text
	at           strict.Value
}

// paramForm is the shape of a parameter's value.
type paramForm uint8

const (
	switchParam paramForm = iota + 1 // yes, no
	countParam                       // a whole number, or "none"
	choiceParam                      // one of options
	wordsParam                       // any number of words
)

type named struct {
	code string
	name text
	at   strict.Value
}

type role struct {
	named
	parent bool // the role acts for another account, which has to be named
}

type kind struct {
	named
	clause   string
	needs    []string
	optional []string
}

type material struct {
	named
	clause     string
	file       bool // a file, otherwise a text
	onePaper   bool // one paper must show everything, otherwise several may share it
	dated      bool
	parts      []named
	forms      []named
	otherForms bool // the forms are examples: "or the like"
	example    text
}

type answer struct {
	named
	date    bool
	masks   []string                  // accepted shapes: # a digit, @ a letter, * either; empty: any text
	local   map[country.Code][]string // shapes by destination, before masks
	example text
}

type note struct {
	code, clause string
	when         string // "always", "approved", "declared"
	text         text
	at           strict.Value
}

// opening says which accounts an approval opens.
type opening struct {
	family bool // the main account and all its sub-accounts, otherwise the applicant alone
	clause string
	at     strict.Value
}

type rule struct {
	code, clause, reason string
	kind                 Kind
	check                check
	effect               Effect
	provenance           Provenance
	remedy               RemedyClass
	material             string
	parts                []string // one part, or any of several
	answer               string
	parameter            string // the value that the check compares with
	transit              string // of stock: the switch that lets goods in transit count
	only                 scope
	given                condition
	message, remedyText  text
	at                   strict.Value
}

// scope limits a rule; empty lists limit nothing.
type scope struct {
	kinds, roles []string
	countries    []country.Code
}

func (s scope) isZero() bool { return len(s.kinds)+len(s.roles)+len(s.countries) == 0 }

// condition switches a rule by a parameter's value.
type condition struct{ parameter, is string }
