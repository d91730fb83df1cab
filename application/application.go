package application

import (
	"slices"

	"github.com/overseaswarehouse/overseas/country"
)

// Application is one application for the overseas-warehouse permission of a platform.
//
// The words in it (platform, role, kind, form, part, category) are words of a policy; this package knows none of
// them. The zero Application is an empty draft: it may be filled in any order, and Validate says what is out of shape.
type Application struct {
	Platform  string       // the policy's word for the platform: "aliexpress"
	ID        string       // the enrolment id (报名ID) or store id that a photo may have to show; empty: not given
	Submitted country.Date // the day of filing; zero: not filed yet
	Category  string       // what the store sells, in the policy's words; empty: not stated
	Applicant Applicant
	Warehouse Warehouse
	Stock     []Stock    // nil: not stated; empty: none
	Materials []Material // the evidence, in any order
	Answers   []Answer   // what a policy asks beyond these
}

// Applicant says who applies.
type Applicant struct {
	Role      string       // "main", "sub", or a word of the policy
	Store     string       // the account that applies
	Parent    string       // of a sub-account: its main account
	Home      country.Code // where the seller is established; zero: not stated
	LegalForm string       // "company", "individual", or a word of the policy; empty: not stated
}

// Account is the account whose permission an approval opens: the main account of the applicant.
func (a Applicant) Account() string {
	if a.Parent != "" {
		return a.Parent
	}
	return a.Store
}

// Warehouse is the warehouse applied for. Its address is a material, because it has to be proved like one.
type Warehouse struct {
	Kind    string       // "third_party", "self_operated", or a word of the policy
	Country country.Code // zero: not stated
}

// Answer is the answer to a question that only some policies ask, such as a VAT number.
type Answer struct{ Name, Value string }

// Answer finds the answer with the given name; false when it was not given.
func (a *Application) Answer(name string) (string, bool) {
	if a == nil {
		return "", false
	}
	for i := range a.Answers {
		if a.Answers[i].Name == name {
			return a.Answers[i].Value, true
		}
	}
	return "", false
}

// Clone is a copy that shares nothing with a. Not stated stays not stated, none stays none.
func (a *Application) Clone() *Application {
	if a == nil {
		return nil
	}
	c := *a
	c.Stock = slices.Clone(a.Stock)
	c.Answers = slices.Clone(a.Answers)
	c.Materials = slices.Clone(a.Materials)
	for i := range c.Materials {
		c.Materials[i].Shows = slices.Clone(c.Materials[i].Shows)
	}
	return &c
}
