package fees

import (
	"slices"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/internal/ratecard"
)

// Changes lists the days after from, up to and including to, on which the cards may begin to price an equal event
// otherwise: where an edition or dated terms begin or have ended, a season turns, or a customs fact changes. Between two
// of them an event costs the same on every day, so that whoever plans a year of equal events quotes it once for each
// stretch. A day may be listed on which nothing changes for a certain event. The days are sorted, each once.
func (c *Calculator) Changes(from, to country.Date) []country.Date {
	d := changeDays{from: from, to: to}
	c = c.orEmpty()
	for i := range c.books {
		b := &c.books[i]
		if b.customs != nil {
			b.customs.changes(d.add)
			continue
		}
		for _, p := range b.editions {
			d.card(p.Card)
		}
	}
	slices.SortFunc(d.days, country.Date.Compare)
	return slices.Compact(d.days)
}

type changeDays struct {
	from, to country.Date
	days     []country.Date
}

func (d *changeDays) add(day country.Date) {
	if day.After(d.from) && !day.After(d.to) {
		d.days = append(d.days, day)
	}
}

func (d *changeDays) period(p ratecard.Period) {
	d.add(p.From)
	if next, err := p.To.AddDays(1); err == nil {
		d.add(next)
	}
}

func (d *changeDays) yearly(s ratecard.YearlySpan) {
	for y := int(d.from.Year); y <= int(d.to.Year); y++ {
		// a span may begin or end on the 29th of February: the days around it are all listed
		for _, at := range [...][2]uint8{{s.FromMonth, s.FromDay}, {s.ToMonth, s.ToDay}} {
			day, err := country.NewDate(y, int(at[0]), int(at[1]))
			if err != nil {
				if day, err = country.NewDate(y, int(at[0]), 28); err != nil {
					continue
				}
			}
			for range 2 {
				d.add(day)
				if day, err = day.AddDays(1); err != nil {
					break
				}
			}
		}
	}
}

func (d *changeDays) tests(tests []ratecard.Test) {
	for i := range tests {
		t := &tests[i]
		if t.Subject.Kind != ratecard.SubjectDate {
			continue
		}
		d.period(t.Dates)
		for _, s := range t.Yearly {
			d.yearly(s)
		}
	}
}

func (d *changeDays) card(c *ratecard.Card) {
	d.period(c.Effective)
	for i := range c.Classes {
		for j := range c.Classes[i].Rows {
			d.tests(c.Classes[i].Rows[j].When)
		}
	}
	for i := range c.Measures {
		for j := range c.Measures[i].Steps {
			s := &c.Measures[i].Steps[j]
			for k := range s.Terms {
				d.tests(s.Terms[k].When)
			}
			if s.Excess != nil {
				d.tests(s.Excess.Of.When)
			}
		}
	}
	for i := range c.Charges {
		d.tests(c.Charges[i].When)
		for j := range c.Charges[i].Dated {
			d.period(c.Charges[i].Dated[j].Period)
		}
	}
}

func (b *customsBook) changes(add func(country.Date)) {
	spans := b.spans
	if b.parcels != nil {
		if p, err := b.parcels(); err == nil {
			spans = append(slices.Clone(spans), p.spans...)
		}
	}
	for _, s := range spans {
		add(s.period.From)
	}
}
