package eligibility

import (
	"cmp"
	"slices"
	"strings"

	"github.com/overseaswarehouse/overseas/application"
	"github.com/overseaswarehouse/overseas/country"
)

// Permissions is what the approved filings opened, one for each, by account, country and date. Each opens on the
// day of its approval for the accounts that the edition of its decision names, and closes with the day before a later
// edition begins that no longer opens its country; it stays closed when a still later edition opens the country
// again. Filings that are not approved, or are of another platform, open nothing.
func (e *Editions) Permissions(filings ...application.Filing) []application.Permission {
	var out []application.Permission
	for _, f := range filings {
		if p, ok := e.permission(f); ok {
			out = append(out, p)
		}
	}
	slices.SortStableFunc(out, func(a, b application.Permission) int {
		return cmp.Or(strings.Compare(a.Account, b.Account), strings.Compare(a.Country.String(), b.Country.String()), a.From.Compare(b.From))
	})
	return out
}

func (e *Editions) permission(f application.Filing) (application.Permission, bool) {
	a := f.Application()
	if f.Stage() != application.Approved || a == nil || e == nil || len(e.list) == 0 || a.Platform != e.list[0].doc.platform {
		return application.Permission{}, false
	}
	history := f.History()
	approval := history[len(history)-1]
	i := slices.IndexFunc(e.list, func(p *Policy) bool { return p.doc.edition == approval.Edition })
	if i < 0 {
		return application.Permission{}, false
	}
	p := application.Permission{
		Platform: a.Platform, Account: a.Applicant.Account(), Applicant: a.Applicant.Store, Kind: a.Warehouse.Kind,
		Country: a.Warehouse.Country, From: approval.On, Edition: approval.Edition, Family: e.list[i].doc.opens.family,
	}
	for _, later := range e.list[i+1:] {
		if !later.doc.isOpen(p.Country) {
			p.ClosedBy = later.doc.edition
			if p.To = dayBefore(later.doc.start()); p.To.Before(p.From) {
				return application.Permission{}, false // closed before it was approved
			}
			break
		}
	}
	return p, true
}

func dayBefore(d country.Date) country.Date {
	if b, err := d.AddDays(-1); err == nil {
		return b
	}
	return d
}
