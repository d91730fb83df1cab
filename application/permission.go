package application

import "github.com/overseaswarehouse/overseas/country"

// Permission is what an approval opened: warehouses of one kind in one country, for one account or its whole family.
// The zero Permission opens nothing.
type Permission struct {
	Platform  string
	Account   string // the main account
	Applicant string // the account that applied
	Kind      string // of warehouse
	Country   country.Code
	From      country.Date // the first day; zero: nothing is open
	To        country.Date // the last day; zero: it has no end that is known
	Edition   string       // of the policy that the approval rests on
	ClosedBy  string       // the edition that closed the country, if one did
	Family    bool         // it opens the main account and every sub-account at the same time
	Subs      []string     // the sub-accounts of the main account, as far as the caller names them
}

// At reports whether the permission is open to a store in a country on a day. A store is the main account, the
// account that applied, or one of the sub-accounts named; a family opens and closes as one.
func (p Permission) At(store string, c country.Code, day country.Date) bool {
	if p.From.IsZero() || day.IsZero() || c.IsZero() || c != p.Country || day.Before(p.From) || !p.To.IsZero() && p.To.Before(day) {
		return false
	}
	return p.opensFor(store)
}

func (p Permission) opensFor(store string) bool {
	if store == "" {
		return false
	}
	if !p.Family {
		return store == p.Applicant
	}
	if store == p.Account || store == p.Applicant {
		return true
	}
	for _, s := range p.Subs {
		if s == store {
			return true
		}
	}
	return false
}

// With is the permission with the sub-accounts of the main account named.
func (p Permission) With(subs ...string) Permission {
	p.Subs = append(p.Subs[:len(p.Subs):len(p.Subs)], subs...)
	return p
}
