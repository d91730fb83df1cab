package fees

import (
	"strings"

	"github.com/overseaswarehouse/overseas/internal/ratecard"
)

// tests puts conditions into words.
func (x *explainer) tests(ts []ratecard.Test) []string {
	var out []string
	for i := range ts {
		t := &ts[i]
		name := t.Subject.Name
		switch t.Subject.Kind {
		case ratecard.SubjectCountry:
			name = "country"
		case ratecard.SubjectWarehouse:
			name = "warehouse"
		case ratecard.SubjectPostal:
			name = "postal_code"
		case ratecard.SubjectDate:
			name = "date"
		}
		name = called(x.l, name)
		add := func(list []string, not bool) {
			if len(list) == 0 {
				return
			}
			const most = 8
			if len(list) > most {
				list = append(append([]string(nil), list[:most]...), "…")
			}
			text := strings.Join(list, in(phrases[phOr], x.l))
			if not {
				text = x.say(phNot, "list", text)
			}
			out = append(out, name+" "+text)
		}
		add(t.In, false)
		add(t.Not, true)
		add(postalTexts(t.Postal), false)
		add(postalTexts(t.PostNot), true)
		for _, b := range t.Bounds {
			out = append(out, name+" "+x.edge(b.Edge, b.At))
		}
		if d := x.dates(t.Dates); d != "" {
			out = append(out, name+" "+d)
		}
		var spans []string
		for _, y := range t.Yearly {
			spans = append(spans, x.say(phSpan, "from", dayOfYear(y.FromMonth, y.FromDay), "to", dayOfYear(y.ToMonth, y.ToDay)))
		}
		add(spans, false)
	}
	return out
}

func dayOfYear(month, day uint8) string {
	two := func(n uint8) string { return string([]byte{'0' + n/10, '0' + n%10}) }
	return two(month) + "-" + two(day)
}

func postalTexts(rules []ratecard.PostalRule) []string {
	var out []string
	for _, r := range rules {
		switch {
		case r.Prefix != "":
			out = append(out, r.Prefix+"…")
		case r.Open:
			out = append(out, r.From+"… - "+r.To+"…")
		default:
			out = append(out, r.From+"-"+r.To)
		}
	}
	return out
}

func (x *explainer) limits(ls []ratecard.Limit) []string {
	var out []string
	for _, l := range ls {
		out = append(out, called(x.l, l.Measure)+" "+x.edge(ratecard.UpTo, l.At))
	}
	return out
}

func (x *explainer) edge(e ratecard.Edge, at ratecard.Quantity) string {
	q := x.quantity(at)
	switch e {
	case ratecard.UpTo:
		return x.say(phUpTo, "to", q)
	case ratecard.Below:
		return x.say(phBelow, "to", q)
	case ratecard.From:
		return x.say(phFrom, "from", q)
	}
	return x.say(phOver, "from", q)
}

// bracket says between which edges of an axis a value lies.
func (x *explainer) bracket(a *ratecard.Axis, at int) string {
	has := func(i int) bool { return i >= 0 && i < len(a.Edges) }
	q := func(i int) string { return x.quantity(a.Edges[i]) }
	lower, upper := at-1, at
	if a.Edge == ratecard.From || a.Edge == ratecard.Over {
		lower, upper = at, at+1
	}
	closed := a.Edge == ratecard.UpTo || a.Edge == ratecard.Over // the upper edge belongs to the bracket
	switch {
	case has(lower) && has(upper) && closed:
		return x.say(phOverUpTo, "from", q(lower), "to", q(upper))
	case has(lower) && has(upper):
		return x.say(phFromBelow, "from", q(lower), "to", q(upper))
	case has(upper):
		return x.edge(map[bool]ratecard.Edge{true: ratecard.UpTo, false: ratecard.Below}[closed], a.Edges[upper])
	case has(lower):
		return x.edge(map[bool]ratecard.Edge{true: ratecard.Over, false: ratecard.From}[closed], a.Edges[lower])
	}
	return ""
}
