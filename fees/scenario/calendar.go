package scenario

import (
	"slices"
	"strings"

	"golang.org/x/text/language"

	"github.com/overseaswarehouse/overseas/internal/lang"
	"github.com/overseaswarehouse/overseas/internal/layout"
)

// Calendar is what is paid when, by the i-th alternative, as a plain table in the language nearest to tag: a row a
// payment by its day, those for orders together by the month, on its last day with one. What comes back is below zero. Then
// the most that is tied up, and what capital costs. It is "" for an alternative without figures; [Figures].Cash has every
// payment by its day.
func (c *Comparison) Calendar(i int, tag language.Tag) string {
	if c == nil || i < 0 || i >= len(c.results) || c.results[i].Figures == nil {
		return ""
	}
	l := lang.Of(tag)
	f := c.results[i].Figures
	rows := [][3]string{{say(wDate, l), say(wFor, l), say(wAmount, l)}}
	for _, p := range byMonth(f.Cash) {
		what := p.For.Text(tag)
		if p.Ref != "" {
			what += " (" + p.Ref + ")"
		}
		rows = append(rows, [3]string{layout.Date(l, p.Date.String()), what, p.Amount.Format(tag)})
	}
	var widths [3]int
	for _, r := range rows {
		for n, s := range r {
			widths[n] = max(widths[n], width(s))
		}
	}
	var b strings.Builder
	b.WriteString(say(wCalendar, l) + colon(l) + oneLine(c.results[i].Name) + "\n\n")
	pad := func(n int, s string) string { return strings.Repeat(" ", widths[n]-width(s)) }
	for _, r := range rows {
		b.WriteString(r[0] + pad(0, r[0]) + "  " + r[1] + pad(1, r[1]) + "  " + pad(2, r[2]) + r[2] + "\n")
	}
	b.WriteString("\n" + say(wPeak, l) + colon(l) + f.peak(l) + "\n")
	b.WriteString(say(wInterest, l) + colon(l) + f.Interest.Format(tag) + "\n")
	return b.String()
}

// byMonth joins the payments for orders of each month, by its last day with one.
func byMonth(cash []Payment) []Payment {
	var out []Payment
	last := -1
	for _, p := range cash {
		if p.For == PayOrders && last >= 0 && out[last].Date.FirstOfMonth() == p.Date.FirstOfMonth() {
			if sum, err := out[last].Amount.Add(p.Amount); err == nil {
				out[last].Amount, out[last].Date = sum, p.Date
				continue
			}
		}
		out = append(out, p)
		if p.For == PayOrders {
			last = len(out) - 1
		}
	}
	slices.SortStableFunc(out, func(a, b Payment) int { return a.Date.Compare(b.Date) })
	return out
}

// peak says the most that is tied up, and when.
func (f *Figures) peak(l lang.Lang) string {
	if f.PeakDay.IsZero() {
		return f.Peak.Format(l.Tag())
	}
	return say(wOn, l, "amount", f.Peak.Format(l.Tag()), "date", layout.Date(l, f.PeakDay.String()))
}
