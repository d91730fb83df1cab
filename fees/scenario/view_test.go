package scenario

import (
	"encoding/csv"
	"encoding/json"
	"math/big"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/language"

	"github.com/overseaswarehouse/overseas/fees"
	"github.com/overseaswarehouse/overseas/fees/batch"
	"github.com/overseaswarehouse/overseas/internal/lang"
	"github.com/overseaswarehouse/overseas/internal/problem"
	"github.com/overseaswarehouse/overseas/internal/proof"
)

var english = language.English

// TestWordsAreComplete: every word stands in every language with the same placeholders, and every enumerated value has one.
func TestWordsAreComplete(t *testing.T) {
	for id, texts := range wordTexts {
		want := problem.Placeholders(texts[lang.En])
		slices.Sort(want)
		for i, text := range texts {
			have := problem.Placeholders(text)
			slices.Sort(have)
			if strings.TrimSpace(text) == "" || !slices.Equal(have, want) {
				t.Errorf("%s in %s: %q", id, lang.Lang(i), text)
			}
		}
	}
	for _, l := range lang.All() {
		tag := l.Tag()
		var texts []string
		for s := range Status(len(statusWords)) {
			texts = append(texts, s.Text(tag))
		}
		for f := range fateCount {
			texts = append(texts, f.Text(tag))
		}
		for p := PayPurchase; int(p) < len(payWords); p++ {
			texts = append(texts, p.Text(tag))
		}
		for w := range Way(len(wayWords)) {
			texts = append(texts, w.Text(tag))
		}
		for r := ComeBack; int(r) < len(returnWords); r++ {
			texts = append(texts, r.Text(tag))
		}
		for w := range Why(len(whyWords)) {
			texts = append(texts, Recommendation{Why: w, Name: "x", Over: "y", Saves: eur("1.00"), MostlyBy: eur("1.00")}.Text(tag))
		}
		for c := batch.Purchase; c <= batch.Other; c++ {
			texts = append(texts, componentText(c, tag))
		}
		for v := range Verdict(len(verdictWords)) {
			texts = append(texts, v.Text(tag))
		}
		for _, v := range []Variation{OrdersPerMonth("x"), BatchUnits("x"), BatchDays("x"), StayDays("x"), ExchangeRate(currency("EUR"), currency("CNY"), 2), CapitalRate(0)} {
			if texts = append(texts, v.Text(tag)); v.Text(tag) == v.Name {
				t.Errorf("%s: %s has no text", l, v.Name)
			}
		}
		for i, s := range texts {
			if s == "" {
				t.Errorf("%s: text %d is empty", l, i)
			}
		}
	}
}

// TestChineseIsThatOfTheField holds the words that bills and pages of the field use.
func TestChineseIsThatOfTheField(t *testing.T) {
	c := Compare(small(), direct(t), hamburg(t), own(t)).Text(language.Chinese)
	for _, word := range []string{"头程运费", "仓储费", "操作费", "尾程派送费", "关税", "采购成本", "清关被拒", "退货", "物流跟踪"} {
		if !strings.Contains(c, word) {
			t.Errorf("%s is not there:\n%s", word, c)
		}
	}
	if s := PayStorage.Text(language.Chinese); s != "仓租" {
		t.Error(s)
	}
	if s := Destroy.Text(language.Chinese); s != "销毁" {
		t.Error(s)
	}
}

func TestViews(t *testing.T) {
	broken := hamburg(t)
	broken.Name, broken.Risks.Lost = "=cmd|' /C calc'!A0 *x*\n| y", nil
	c := Compare(small(), direct(t), hamburg(t), broken)
	rows, err := csv.NewReader(strings.NewReader(c.CSV(english))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if rows[0][1] != "EUR" || rows[0][4][0] != '\'' {
		t.Errorf("%q", rows[0])
	}
	seen := map[string][]string{}
	for _, r := range rows {
		if len(r) != 5 {
			t.Errorf("%q", r)
		}
		seen[r[0]] = r[2:]
	}
	if !slices.Equal(seen["total"], []string{"2302.71", "2232.25", ""}) || !slices.Equal(seen["status"], []string{"exact", "exact", "incomplete"}) {
		t.Errorf("%q, %q", seen["total"], seen["status"])
	}
	for _, l := range lang.All() {
		md := c.Markdown(l.Tag())
		if strings.Contains(md, " *x*") || strings.Contains(md, "\n| y") {
			t.Errorf("a name is markup:\n%s", md)
		}
		for _, line := range strings.Split(md, "\n") {
			if strings.HasPrefix(line, "| ") && strings.Count(strings.ReplaceAll(line, `\|`, ""), "|") != 5 {
				t.Errorf("%s: %s", l, line)
			}
		}
		text := strings.Split(c.Text(l.Tag()), "\n")
		if width(text[3]) != width(text[4]) {
			t.Errorf("%s: the table is crooked:\n%s\n%s", l, text[3], text[4])
		}
	}
	data, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Schema         string
		Recommendation struct{ Why, Name, Over, Saves string }
		Results        []struct {
			Status   string
			Problems []struct{ Code, Path string }
			Figures  *struct {
				Total string
				Cash  []struct{ Date, For, Amount string }
			}
		}
	}
	if err := json.Unmarshal(data, &doc); err != nil {
		t.Fatal(err)
	}
	if doc.Schema != Schema || doc.Recommendation.Name != "hamburg" || doc.Results[1].Figures.Total != "2232.25" || doc.Results[2].Figures != nil ||
		doc.Results[2].Problems[0].Path != "/alternatives/2/risks/lost" {
		t.Errorf("%s", data)
	}
}

// altered calls f with every leaf of a tree.
func altered(n *proof.Node, f func(*proof.Node)) {
	if len(n.Args) == 0 {
		f(n)
	}
	for _, a := range n.Args {
		altered(a, f)
	}
}

// TestEveryFigureExplainsItself: the record recomputes, its totals are the figures, and no leaf can be altered unseen.
func TestEveryFigureExplainsItself(t *testing.T) {
	p := small()
	a, b := hamburg(t), own(t)
	a.Risks.Lost, a.Risks.Returned, a.Risks.Unfit, a.Batch = pct("3%"), pct("10%"), pct("50%"), Batch{Every: 45}
	a.Uplift = &Uplift{Conversion: pct("15%")}
	c := Compare(p, direct(t), a, b)
	rec, err := c.Explain(english)
	if err != nil {
		t.Fatal(err)
	}
	if err := rec.Verify(); err != nil {
		t.Fatal(err)
	}
	totals := map[string]*proof.Node{}
	for _, n := range rec.Totals {
		totals[n.Name] = n
	}
	for _, r := range c.Results() {
		f := r.Figures
		for name, m := range map[string]interface {
			Coef() int64
			Scale() uint8
		}{"total": f.Total, "per_order": f.PerOrder, "per_unit": f.PerUnit, "per_month": f.PerMonth, "per_batch": f.PerBatch, "interest": f.Interest,
			"peak": f.Peak, "paid": f.Fates[Paid].Cost.Sum(), f.Months[len(f.Months)-1].Month.String()[:7]: f.Months[len(f.Months)-1].Cost.Sum(),
			"local_delivery": f.Cost.Part(batch.LocalDelivery), "purchase": f.Cost.Part(batch.Purchase)} {
			n := totals[r.Name+"/"+name]
			if n == nil || n.Value.Cmp(ratOf2(m.Coef(), m.Scale())) != 0 {
				t.Errorf("%s/%s: %v instead of %v", r.Name, name, n, m)
			}
		}
	}
	if f := c.Results()[1].Figures; totals["hamburg/uplift_margin"].Value.Cmp(ratOf2(f.Benefit.Margin.Coef(), 2)) != 0 {
		t.Error("the margin of the uplift")
	}
	if totals["recommended"].Value.Cmp(new(big.Rat).Quo(c.results[c.best.index].Figures.exact.net, big.NewRat(100, 1))) != 0 {
		t.Error("the recommendation")
	}
	leaves := 0
	check := func(n *proof.Node) {
		leaves++
		if n.Value == nil {
			return // a word
		}
		if leaves%307 != 1 { // verifying takes a while
			return
		}
		kept := n.Value
		n.Value = new(big.Rat).Add(kept, big.NewRat(1, 100))
		if rec.Verify() == nil {
			t.Errorf("%s %s can be altered", n.Op, n.Name)
		}
		n.Value = kept
	}
	for i := range rec.Lines {
		altered(rec.Lines[i].Proof, check)
	}
	for _, n := range rec.Totals {
		altered(n, check)
	}
	if leaves < 100 {
		t.Errorf("%d leaves", leaves)
	}
	if err := rec.Verify(); err != nil {
		t.Fatal(err)
	}
	// Every event that stands behind a line is there to be explained by the cards.
	for i, alt := range c.alternatives {
		events := c.Events(i)
		if len(events) < 1 {
			t.Errorf("%s has no events", alt.Name)
		}
		for _, e := range events[:1] {
			if _, err := alt.Cards.Explain(e); err != nil {
				t.Error(err)
			}
		}
	}
	// Currencies: each rate is a leaf with its quotation.
	p, a = small(), hamburg(t)
	p.Products[0].Cost, p.Rates = must(moneyOf("78.50 CNY")), cny()
	a.CustomsRates = p.Rates
	rec, err = Compare(p, a).Explain(english)
	if err != nil {
		t.Fatal(err)
	}
	if err := rec.Verify(); err != nil {
		t.Fatal(err)
	}
	var said bool
	altered(rec.Lines[0].Proof, func(n *proof.Node) { said = said || n.Op == proof.Rate && strings.Contains(n.Word, "1 EUR = 7.85 CNY") })
	if !said {
		t.Error("the exchange rate is not said")
	}
}

// TestCalendar: the rows of the calendar add up to all payments, in every language, and those of orders stand by the month.
func TestCalendar(t *testing.T) {
	c := Compare(small(), direct(t), hamburg(t))
	for _, l := range lang.All() {
		s := c.Calendar(1, l.Tag())
		lines := strings.Split(s, "\n")
		if len(lines) != 2+1+2*4+3+2+1+1+2 || width(lines[2]) != width(lines[3]) {
			t.Errorf("%d lines: %s", len(lines), s)
		}
	}
	var sum, all int64
	for _, p := range byMonth(c.results[1].Figures.Cash) {
		sum += p.Amount.Coef()
	}
	for _, p := range c.results[1].Figures.Cash {
		all += p.Amount.Coef()
	}
	if sum != all || all == 0 {
		t.Errorf("%d instead of %d", sum, all)
	}
	if !strings.Contains(c.Calendar(1, english), "Jan 31, 2026  handling and delivery") || c.Calendar(2, english) != "" {
		t.Error(c.Calendar(1, english))
	}
}

// TestSameBytes: the same plan gives the same bytes.
func TestSameBytes(t *testing.T) {
	one, _ := json.Marshal(Compare(small(), direct(t), hamburg(t)))
	two, _ := json.Marshal(Compare(small(), direct(t), hamburg(t)))
	if string(one) != string(two) {
		t.Error("two runs differ")
	}
}

// TestRecordIsText: the words of a record are sentences with a figure of every alternative, not rows of a table that only a
// font of equal widths keeps together.
func TestRecordIsText(t *testing.T) {
	b := hamburg(t)
	b.Tracking = fees.NotStated
	b.Name = "Lyon | <b>\nx"
	c := Compare(small(), direct(t), hamburg(t), b)
	rec := must(c.Explain(english))
	if err := rec.Verify(); err != nil {
		t.Fatal(err)
	}
	f, g := c.results[0].Figures, c.results[1].Figures
	cost := "cost per paid order: direct " + f.PerOrder.Format(english) + "; hamburg " + g.PerOrder.Format(english) + "; Lyon | <b> x –"
	found := false
	for i, p := range rec.Text {
		found = found || p.Text == cost
		if p.Text == "" || strings.Contains(p.Text, "  ") || strings.HasPrefix(p.Text, " ") || strings.HasPrefix(p.Text, "-") || strings.Contains(p.Text, "\n") {
			t.Errorf("%d: %q", i, p.Text)
		}
	}
	if !found || len(rec.Text) < 1+len(c.rows(english))+3 {
		t.Errorf("no %q in %v", cost, rec.Text)
	}
	var out strings.Builder
	if err := rec.WriteMarkdown(&out); err != nil || !strings.Contains(out.String(), "\n- status: direct exact; hamburg exact; Lyon \\| \\<b\\> x incomplete\n") {
		t.Errorf("%v %s", err, out.String())
	}
	out.Reset()
	if err := rec.WriteHTML(&out); err != nil || !strings.Contains(out.String(), `<li class="note">status: direct exact; hamburg exact; Lyon | &lt;b&gt; x incomplete`) ||
		!strings.Contains(out.String(), `<li class="note">/alternatives/2/tracking: `) {
		t.Errorf("%v %s", err, out.String())
	}
}
