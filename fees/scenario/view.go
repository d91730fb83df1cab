package scenario

import (
	"encoding/json"
	"strconv"
	"strings"

	"golang.org/x/text/language"

	"github.com/overseaswarehouse/overseas/fees"
	"github.com/overseaswarehouse/overseas/fees/batch"
	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/internal/lang"
	"github.com/overseaswarehouse/overseas/internal/layout"
)

// Schema is the schema version of comparisons in JSON.
const Schema = "overseas/comparison/1"

func count(l lang.Lang, n int64) string { return layout.Number(l, strconv.FormatInt(n, 10)) }

// componentText is what a component is called in the language nearest to tag.
func componentText(c batch.Component, tag language.Tag) string {
	for f := fees.FirstLeg; f <= fees.Other; f++ {
		if batch.ComponentOf(f) == c {
			return fees.FamilyName(f, tag)
		}
	}
	return say(wPurchase, lang.Of(tag))
}

// row is one line of the table: what it says, in words and as data, by alternative.
type row struct {
	code, label string
	cells       []string // in words; "" where the alternative has no figures
	data        []string // plain: numbers and dates
}

// rows are the table of a comparison.
func (c *Comparison) rows(tag language.Tag) []row {
	l := lang.Of(tag)
	var out []row
	add := func(code, label string, words func(*Figures) string, data func(*Figures) string) {
		r := row{code: code, label: label}
		some := false
		for _, res := range c.results {
			w, d := "", ""
			if res.Figures != nil {
				w, d = words(res.Figures), data(res.Figures)
			}
			some = some || w != "" || d != ""
			r.cells, r.data = append(r.cells, w), append(r.data, d)
		}
		if some {
			out = append(out, r)
		}
	}
	amount := func(code, label string, m func(*Figures) money.Money) {
		add(code, label, func(f *Figures) string { return m(f).Format(tag) }, func(f *Figures) string { return plain(m(f)) })
	}
	status := row{code: wStatus, label: say(wStatus, l)}
	for _, r := range c.results {
		status.cells, status.data = append(status.cells, r.Status.Text(tag)), append(status.data, r.Status.String())
	}
	out = append(out, status)
	amount(wPerOrder, say(wPerOrder, l), func(f *Figures) money.Money { return f.PerOrder })
	amount(wPerUnit, say(wPerUnit, l), func(f *Figures) money.Money { return f.PerUnit })
	amount(wPerBatch, say(wPerBatch, l), func(f *Figures) money.Money { return f.PerBatch })
	amount(wPerMonth, say(wPerMonth, l), func(f *Figures) money.Money { return f.PerMonth })
	amount(wTotal, say(wTotal, l), func(f *Figures) money.Money { return f.Total })
	amount(wPurchase, say(wPurchase, l), func(f *Figures) money.Money { return f.Cost.Part(batch.Purchase) })
	for i, fam := 0, fees.FirstLeg; fam <= fees.Other; i, fam = i+1, fam+1 {
		if fam >= fees.Tax && !c.priced(i) {
			continue // no card has such a fee
		}
		add(fam.String(), fees.FamilyName(fam, tag), func(f *Figures) string {
			p := f.Families[i]
			if p.State == fees.Priced {
				return p.Amount.Format(tag)
			}
			return strings.TrimPrefix(p.Text(tag), fees.FamilyName(fam, tag)+colon(l))
		}, func(f *Figures) string {
			p := f.Families[i]
			if p.State == fees.Priced {
				return plain(p.Amount)
			}
			return strings.TrimPrefix(p.String(), fam.String()+": ")
		})
	}
	amount(wInterest, say(wInterest, l), func(f *Figures) money.Money { return f.Interest })
	tally := func(code string, t func(*Figures) Tally) {
		add(code, say(code, l), func(f *Figures) string {
			return say(wOrdersUnits, l, "orders", count(l, t(f).Orders), "units", count(l, t(f).Units))
		}, func(f *Figures) string { return strconv.FormatInt(t(f).Orders, 10) })
	}
	tally(wPlaced, func(f *Figures) Tally { return f.Placed })
	tally(wPaid, func(f *Figures) Tally { return f.Paid })
	add(wDelivery, say(wDelivery, l), func(f *Figures) string { return span(l, f.DaysMin, f.DaysMax) },
		func(f *Figures) string { return span(lang.En, f.DaysMin, f.DaysMax) })
	add(wLead, say(wLead, l), func(f *Figures) string { return count(l, int64(f.LeadDays)) }, func(f *Figures) string { return strconv.Itoa(f.LeadDays) })
	add(wTracking, say(wTracking, l), func(f *Figures) string { return say(f.Tracking.String(), l) }, func(f *Figures) string { return f.Tracking.String() })
	for _, fate := range [...]Fate{Refused, Lost, Damaged, SentBack} {
		add(fate.String(), fate.Text(tag), func(f *Figures) string {
			r := f.Fates[fate]
			if r.Orders == 0 {
				return "0"
			}
			return say(wOrdersCost, l, "orders", count(l, r.Orders), "amount", r.Cost.Sum().Format(tag))
		}, func(f *Figures) string { return strconv.FormatInt(f.Fates[fate].Orders, 10) })
	}
	add(wReturns, say(wReturns, l), func(f *Figures) string { return f.Returns.Text(tag) }, func(f *Figures) string { return f.Returns.String() })
	add(wPeak, say(wPeak, l), func(f *Figures) string { return f.peak(l) }, func(f *Figures) string { return plain(f.Peak) })
	add(wLeft, say(wLeft, l), func(f *Figures) string {
		if f.Left.Units == 0 {
			return "0"
		}
		return say(wUnitsCost, l, "units", count(l, f.Left.Units), "amount", f.Left.Cost.Sum().Format(tag))
	}, func(f *Figures) string { return strconv.FormatInt(f.Left.Units, 10) })
	if !c.uplifted() {
		return out
	}
	amount(wUplift, say(wUplift, l), func(f *Figures) money.Money { return f.Benefit.margin() })
	amount(wNet, say(wNet, l), func(f *Figures) money.Money { return f.net() })
	return out
}

// priced reports whether a family has an amount in any result, or is said to be included.
func (c *Comparison) priced(i int) bool {
	for _, r := range c.results {
		if r.Figures != nil && r.Figures.Families[i].State >= fees.Priced && r.Figures.Families[i].State != fees.Free {
			return true
		}
	}
	return false
}

// uplifted reports whether any alternative claims to sell more.
func (c *Comparison) uplifted() bool {
	for _, r := range c.results {
		if r.Figures != nil && r.Figures.Benefit != nil {
			return true
		}
	}
	return false
}

func span(l lang.Lang, from, to int) string {
	if from == to {
		return count(l, int64(from))
	}
	return say(wDays, l, "min", count(l, int64(from)), "max", count(l, int64(to)))
}

func (b *Benefit) margin() money.Money {
	if b == nil {
		return money.Money{}
	}
	return b.Margin
}

// net is the cost of a paid order less what an uplift earns, rounded half up.
func (f *Figures) net() money.Money {
	m, _ := f.Total.WithAmount(roundInt(f.exact.net), f.Total.Scale())
	return m
}

// cell is text in a column: "–" where there is nothing.
func cell(s string) string {
	if s == "" {
		return "–"
	}
	return s
}

// String is the comparison as text in English.
func (c *Comparison) String() string { return c.Text(language.English) }

// Text is the comparison as a plain table in the language nearest to tag: a row a figure, a column an alternative, then
// the recommendation with its reason, what is missing, and why bills may differ.
func (c *Comparison) Text(tag language.Tag) string {
	if c == nil {
		return ""
	}
	l := lang.Of(tag)
	var b strings.Builder
	b.WriteString(say(wTitle, l) + "\n\n")
	head := row{}
	for _, r := range c.results {
		head.cells = append(head.cells, oneLine(r.Name))
	}
	rows := append([]row{head}, c.rows(tag)...)
	widths := make([]int, len(c.results)+1)
	for _, r := range rows {
		widths[0] = max(widths[0], width(r.label))
		for i, s := range r.cells {
			widths[i+1] = max(widths[i+1], width(cell(s)))
		}
	}
	for _, r := range rows {
		line := r.label + strings.Repeat(" ", widths[0]-width(r.label))
		for i, s := range r.cells {
			s = cell(s)
			line += "  " + strings.Repeat(" ", widths[i+1]-width(s)) + s
		}
		b.WriteString(strings.TrimRight(line, " ") + "\n")
	}
	b.WriteString("\n" + say(wRecommendation, l) + colon(l) + oneLine(c.best.Text(tag)) + "\n")
	c.notes(tag, func(heading string, items []string) {
		b.WriteString("\n" + heading + "\n")
		for _, s := range items {
			b.WriteString("  - " + oneLine(s) + "\n")
		}
	})
	return b.String()
}

// Markdown is Text as Markdown; names of the caller's are escaped.
func (c *Comparison) Markdown(tag language.Tag) string {
	if c == nil {
		return ""
	}
	l := lang.Of(tag)
	var b strings.Builder
	b.WriteString("## " + say(wTitle, l) + "\n\n|")
	for _, r := range c.results {
		b.WriteString(" | " + escape(r.Name))
	}
	b.WriteString(" |\n|:--")
	for range c.results {
		b.WriteString(" | --:")
	}
	b.WriteString(" |\n")
	for _, r := range c.rows(tag) {
		b.WriteString("| " + escape(r.label))
		for _, s := range r.cells {
			b.WriteString(" | " + escape(cell(s)))
		}
		b.WriteString(" |\n")
	}
	b.WriteString("\n**" + say(wRecommendation, l) + "**" + colon(l) + escape(c.best.Text(tag)) + "\n")
	c.notes(tag, func(heading string, items []string) {
		b.WriteString("\n### " + escape(heading) + "\n\n")
		for _, s := range items {
			b.WriteString("- " + escape(s) + "\n")
		}
	})
	return b.String()
}

// notes are what is missing and why bills may differ, an alternative at a time.
func (c *Comparison) notes(tag language.Tag, section func(heading string, items []string)) {
	l := lang.Of(tag)
	for _, r := range c.results {
		var items []string
		for _, p := range r.Problems {
			items = append(items, p.Path+colon(l)+p.Message(tag))
		}
		if len(items) > 0 {
			section(say(wMissing, l)+colon(l)+oneLine(r.Name), items)
		}
	}
	var seen []string
	for _, r := range c.results {
		for _, x := range r.Caveats {
			if s := x.Text(tag); !contains(seen, s) {
				seen = append(seen, s)
			}
		}
	}
	if len(seen) > 0 {
		section(say(wCaveats, l), seen)
	}
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

// CSV is the comparison as comma-separated values with plain numbers: a row a figure with its code and its name in the
// language nearest to tag, a column an alternative. A cell that a spreadsheet would take for a formula begins with an
// apostrophe.
func (c *Comparison) CSV(tag language.Tag) string {
	if c == nil {
		return ""
	}
	var b strings.Builder
	line := func(cells ...string) {
		for i, s := range cells {
			if i > 0 {
				b.WriteByte(',')
			}
			b.WriteString(quoted(s))
		}
		b.WriteString("\r\n")
	}
	currency := ""
	if c.plan != nil {
		currency = c.plan.Currency.String()
	}
	head := []string{"code", currency}
	for _, r := range c.results {
		head = append(head, r.Name)
	}
	line(head...)
	for _, r := range c.rows(tag) {
		line(append([]string{r.code, r.label}, r.data...)...)
	}
	return b.String()
}

// quoted is a cell of a CSV file.
func quoted(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		if strings.Trim(s, "-.0123456789") != "" {
			s = "'" + s
		}
	}
	if strings.ContainsAny(s, ",\"\r\n") {
		return `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
	}
	return s
}

// oneLine keeps a caller's text from breaking a table.
func oneLine(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r == '\u2028' || r == '\u2029' || r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069' {
			return ' '
		}
		return r
	}, s)
}

// escape keeps Markdown from reading a text as markup.
func escape(s string) string {
	var b strings.Builder
	for _, r := range oneLine(s) {
		if strings.ContainsRune("\\`*_{}[]<>#|~&", r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// width is how many columns a text takes where Chinese letters take two.
func width(s string) int {
	n := 0
	for _, r := range s {
		switch {
		case r == '\u202f' || r == '\u00a0':
			n++
		case r >= 0x1100 && (r <= 0x115f || r >= 0x2e80 && r <= 0xa4cf || r >= 0xac00 && r <= 0xd7a3 || r >= 0xf900 && r <= 0xfaff ||
			r >= 0xfe30 && r <= 0xfe6f || r >= 0xff00 && r <= 0xff60 || r >= 0xffe0 && r <= 0xffe6):
			n += 2
		default:
			n++
		}
	}
	return n
}

type figuresJSON struct {
	From         string        `json:"from"`
	Until        string        `json:"until"`
	PerOrder     string        `json:"per_order"`
	PerUnit      string        `json:"per_unit"`
	PerBatch     string        `json:"per_batch,omitempty"`
	PerMonth     string        `json:"per_month"`
	Total        string        `json:"total"`
	Cost         batch.Cost    `json:"cost"`
	Interest     string        `json:"interest"`
	Families     []fees.Part   `json:"families"`
	Placed       tallyJSON     `json:"placed"`
	Paid         tallyJSON     `json:"paid"`
	Fates        []fateJSON    `json:"fates"`
	DeliveryDays [2]int        `json:"delivery_days"`
	LeadDays     int           `json:"lead_days"`
	Tracking     string        `json:"tracking"`
	Returns      string        `json:"returns"`
	Peak         string        `json:"peak"`
	PeakDay      string        `json:"peak_day,omitempty"`
	Left         stockJSON     `json:"left"`
	Benefit      *benefitJSON  `json:"benefit,omitempty"`
	NetPerOrder  string        `json:"net_per_order"`
	Months       []monthJSON   `json:"months"`
	Batches      []batchJSON   `json:"batches"`
	Cash         []paymentJSON `json:"cash"`
}

type tallyJSON struct {
	Orders int64 `json:"orders"`
	Units  int64 `json:"units"`
}

type fateJSON struct {
	Fate   string     `json:"fate"`
	Orders int64      `json:"orders"`
	Units  int64      `json:"units"`
	Cost   batch.Cost `json:"cost"`
}

type stockJSON struct {
	Units int64      `json:"units"`
	Cost  batch.Cost `json:"cost"`
}

type benefitJSON struct {
	Orders int64  `json:"orders"`
	Sales  string `json:"sales"`
	Cost   string `json:"cost"`
	Margin string `json:"margin"`
}

type monthJSON struct {
	Month  string     `json:"month"`
	Orders int64      `json:"orders"`
	Units  int64      `json:"units"`
	Cost   batch.Cost `json:"cost"`
}

type batchJSON struct {
	ID      string     `json:"id"`
	Units   int64      `json:"units"`
	Missing int64      `json:"missing"`
	Ordered string     `json:"ordered"`
	Departs string     `json:"departs"`
	Arrives string     `json:"arrives"`
	Ready   string     `json:"ready"`
	Landed  batch.Cost `json:"landed"`
	Cost    batch.Cost `json:"cost"`
	Left    stockJSON  `json:"left"`
}

type paymentJSON struct {
	Date   string `json:"date"`
	For    string `json:"for"`
	Ref    string `json:"ref,omitempty"`
	Amount string `json:"amount"`
}

// plain is an amount without its currency, "" where there is none.
func plain(m money.Money) string {
	if m.IsZero() {
		return ""
	}
	return string(m.AppendAmount(nil))
}

func (f *Figures) document() *figuresJSON {
	if f == nil {
		return nil
	}
	out := &figuresJSON{
		From: f.From.String(), Until: f.Until.String(), PerOrder: plain(f.PerOrder), PerUnit: plain(f.PerUnit), PerMonth: plain(f.PerMonth),
		Total: plain(f.Total), Cost: f.Cost, Interest: plain(f.Interest), Families: f.Families, Placed: tallyJSON(f.Placed), Paid: tallyJSON(f.Paid),
		DeliveryDays: [2]int{f.DaysMin, f.DaysMax}, LeadDays: f.LeadDays, Tracking: f.Tracking.String(), Returns: f.Returns.String(),
		Peak: plain(f.Peak), PeakDay: f.PeakDay.String(), Left: stockJSON(f.Left), NetPerOrder: plain(f.net()),
	}
	if !f.PerBatch.IsZero() {
		out.PerBatch = plain(f.PerBatch)
	}
	if b := f.Benefit; b != nil {
		out.Benefit = &benefitJSON{b.Orders, plain(b.Sales), plain(b.Cost), plain(b.Margin)}
	}
	for _, r := range f.Fates {
		out.Fates = append(out.Fates, fateJSON{r.Fate.String(), r.Orders, r.Units, r.Cost})
	}
	for _, m := range f.Months {
		out.Months = append(out.Months, monthJSON{m.Month.String()[:7], m.Orders, m.Units, m.Cost})
	}
	for _, b := range f.Batches {
		out.Batches = append(out.Batches, batchJSON{
			b.ID, b.Units, b.Missing, b.Ordered.String(), b.Departs.String(), b.Arrives.String(), b.Ready.String(), b.Landed, b.Cost, stockJSON(b.Left),
		})
	}
	for _, p := range f.Cash {
		out.Cash = append(out.Cash, paymentJSON{p.Date.String(), p.For.String(), p.Ref, plain(p.Amount)})
	}
	return out
}

type resultJSON struct {
	Name     string       `json:"name"`
	Status   string       `json:"status"`
	Problems Problems     `json:"problems,omitempty"`
	Caveats  []caveatJSON `json:"caveats,omitempty"`
	Figures  *figuresJSON `json:"figures,omitempty"`
}

type caveatJSON struct {
	Code   string `json:"code"`
	Card   string `json:"card,omitempty"`
	Detail string `json:"detail,omitempty"`
}

type recommendationJSON struct {
	Why        string `json:"why"`
	Name       string `json:"name,omitempty"`
	Over       string `json:"over,omitempty"`
	Saves      string `json:"saves_per_order,omitempty"`
	Mostly     string `json:"mostly,omitempty"`
	MostlyBy   string `json:"mostly_by,omitempty"`
	Incomplete int    `json:"incomplete,omitempty"`
}

// MarshalJSON writes the comparison with schema version, recommendation, and every figure of every result as decimal
// strings in the plan's currency. A result that is incomplete has problems and no figures.
func (c *Comparison) MarshalJSON() ([]byte, error) {
	if c == nil {
		return []byte("null"), nil
	}
	doc := struct {
		Schema         string             `json:"schema"`
		Currency       string             `json:"currency"`
		Status         string             `json:"status"`
		Recommendation recommendationJSON `json:"recommendation"`
		Results        []resultJSON       `json:"results"`
	}{Schema: Schema, Status: c.Status().String(), Results: []resultJSON{}}
	if c.plan != nil {
		doc.Currency = c.plan.Currency.String()
	}
	b := c.best
	doc.Recommendation = recommendationJSON{Why: b.Why.String(), Name: b.Name, Over: b.Over, Incomplete: b.Incomplete}
	if b.Over != "" {
		doc.Recommendation.Saves = plain(b.Saves)
		if b.MostlyBy.Sign() > 0 {
			doc.Recommendation.Mostly, doc.Recommendation.MostlyBy = b.Mostly.String(), plain(b.MostlyBy)
			if b.Interest {
				doc.Recommendation.Mostly = wInterest
			}
		}
	}
	for _, r := range c.results {
		one := resultJSON{Name: r.Name, Status: r.Status.String(), Problems: r.Problems, Figures: r.Figures.document()}
		for _, x := range r.Caveats {
			one.Caveats = append(one.Caveats, caveatJSON{string(x.Code), x.Card, x.Detail})
		}
		doc.Results = append(doc.Results, one)
	}
	return json.Marshal(doc)
}
