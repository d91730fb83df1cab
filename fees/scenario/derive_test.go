package scenario

import (
	"bytes"
	"encoding/json"
	"errors"
	"math/big"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/text/language"

	"github.com/overseaswarehouse/overseas/fees"
	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/fees/unit"
	"github.com/overseaswarehouse/overseas/internal/brief"
	"github.com/overseaswarehouse/overseas/internal/problem"
	"github.com/overseaswarehouse/overseas/internal/proof"
	"github.com/overseaswarehouse/overseas/internal/proof/prooftest"
)

// twoProducts is a plan with a second product, of which orders are for one or three pieces, and that costs yuan.
func twoProducts() *Plan {
	p := small()
	q := lamp()
	q.SKU, q.Weight, q.Cost, q.Price = "SHADE", must(unit.ParseWeight("0.4 kg")), must(moneyOf("33.33 CNY")), eur("17.99")
	q.Size = must(unit.ParseSize("30x30x15 cm"))
	q.Carton = &Carton{Units: 12, Weight: must(unit.ParseWeight("5.5 kg")), Size: must(unit.ParseSize("60x60x45 cm"))}
	q.Sales = []Pace{{Rate: rate("1.7"), Count: UnitsSold, Per: PerDay}, {From: day("2026-02-11"), Rate: rate("0.9"), Count: UnitsSold, Per: PerDay}}
	three := q.Orders[0]
	three.Pieces, three.Share = 3, 2
	three.Parcels = []fees.Parcel{{Weight: must(unit.ParseWeight("1.6 kg")), Size: must(unit.ParseSize("40x40x40 cm"))}}
	q.Orders[0].Share = 3
	q.Orders = append(q.Orders, three)
	p.Products = append(p.Products, q)
	p.Rates = cny()
	return p
}

// barred are the comparisons whose every leaf is looked at: each has something that the others have not.
func barred(t testing.TB) map[string]*Comparison {
	t.Helper()
	de := must(fees.CustomsCard(nation("DE")))
	with := func(docs ...string) *fees.Calculator {
		cards := []*fees.Card{de}
		for _, d := range docs {
			cards = append(cards, must(fees.ParseCard(strings.NewReader(d))))
		}
		return must(fees.Compile(cards...))
	}
	risky := func(a *Alternative) *Alternative {
		a.Risks.Lost, a.Risks.Damaged, a.Risks.Returned = pct("3%"), pct("2.5%"), pct("10%")
		if a.Risks.Unfit != nil {
			a.Risks.Unfit, a.Risks.Short, a.Risks.Refused = pct("50%"), pct("4%"), pct("3%")
		}
		a.Batch = Batch{Every: 45}
		return a
	}
	out := map[string]*Comparison{"direct, third party, own": Compare(small(), direct(t), hamburg(t), own(t))}

	uplift := risky(hamburg(t))
	uplift.Uplift = &Uplift{Conversion: pct("15%"), Traffic: pct("3%")}
	out["risks and uplift"] = Compare(small(), risky(direct(t)), uplift, risky(own(t)))

	several := risky(hamburg(t))
	several.Uplift = &Uplift{Exposure: pct("20%")}
	fine := risky(hamburg(t))
	fine.Name = "fine"
	fine.Cards = compile(t, card("sea", firstLeg), card("wh", finer, `"rounding": {"mode": "half_up", "to": "0.0001"},`), card("dhl", delivery), card("customs", customs))
	list := []*Alternative{several, fine, risky(direct(t)), risky(own(t))}
	for _, a := range list {
		a.CustomsRates = cny()
	}
	out["several products and currencies"] = Compare(twoProducts(), list...)

	tax := risky(hamburg(t))
	tax.Cards, tax.Terms.TaxBack, tax.CustomsRates = with(card("sea", firstLeg), card("wh", warehouse), card("dhl", delivery)), of(45), cny()
	burdened := risky(hamburg(t))
	burdened.Name, burdened.Cards, burdened.CustomsRates, burdened.Registered = "burdened", tax.Cards, cny(), fees.No
	burdened.Terms.Orders, burdened.Terms.Purchase = of(40), of(120)
	p := twoProducts()
	for i := range p.Products {
		p.Products[i].Duties[nation("DE")] = []fees.Duty{{Code: "third_country", Rate: *pct([]string{"3.7%", "12%"}[i])}}
	}
	out["tax recovered, duties, long terms"] = Compare(p, tax, burdened)

	parcels := risky(direct(t))
	parcels.Cards, parcels.Stages = with(card("post", directCharges)), []Stage{Deliver, ParcelImport}
	parcels.Freight, parcels.DutyPaid, parcels.TaxAtSale, parcels.Risks.Refused = pct("50%"), fees.Yes, fees.No, pct("7%")
	minimum := own(t)
	minimum.Cards = compile(t, card("sea", firstLeg), card("dhl", delivery), card("customs", customs),
		card("own", `{"on": "period", "code": "least", "family": "other", "top_up": {"to": "400.00", "of": ["family:local_delivery"]}},
			{"on": "return", "code": "back", "family": "handling", "price": "0.00"}, {"on": "order", "code": "pack", "family": "handling", "price": "0.00"}`))
	out["parcels at customs, minimum bills"] = Compare(small(), parcels, minimum)
	return out
}

// finer are prices of a warehouse with more decimals than the currency.
const finer = `{"on": "receive", "code": "in", "family": "handling", "each": "carton", "price": "1.0101"},
	{"on": "store", "code": "space", "family": "storage", "each": "lot", "per": "volume", "unit": "m3", "price": "1.0007", "time": {"per": "day"}},
	{"on": "store", "code": "count", "family": "handling", "each": "lot", "price": "0.0123"},
	{"on": "order", "code": "pick", "family": "handling", "price": "1.5033"},
	{"on": "return", "code": "back", "family": "handling", "price": "3.0049"},
	{"on": "remove", "code": "scrap", "family": "handling", "each": "piece", "price": "0.2527"}`

// explained is the record of a comparison, which verifies.
func explained(t testing.TB, c *Comparison) *Record {
	t.Helper()
	for _, r := range c.Results() {
		if r.Err() != nil {
			t.Fatalf("%s: %v", r.Name, r.Err())
		}
	}
	rec, err := c.Explain(english)
	if err != nil {
		t.Fatal(err)
	}
	if err := rec.Verify(); err != nil {
		t.Fatal(err)
	}
	return rec
}

// leafRows are the only leaves that the record of a comparison may have. A name that ends with a star is a beginning; from is
// a pattern of where the leaf stands.
var leafRows = []struct{ op, name, from, why string }{
	// the caller
	{"given", "plan.share", `/alternatives/\d+/(risks/(refused|short|lost|damaged|returned|unfit)|freight)`, "share"},
	{"given", "plan.term", `/alternatives/\d+/terms/(purchase|first_leg|tariff|receipt|storage|rent|orders|payout|tax_back)`, "term"},
	{"given", "plan.term", `/alternatives/\d+/days/(production|transit|clearance|put_away|delivery_max|return)`, "days"},
	{"given", "plan.share", `/alternatives/\d+/uplift/(exposure|traffic|conversion)`, "share"},
	{"given", "plan.pace", `/products/\d+/sales/\d+/rate`, "pace"},
	{"given", "plan.pieces", `/products/\d+/orders/\d+/pieces`, "pieces"},
	{"given", "weight", `/products/\d+/weight`, "goods"},
	{"given", "price", `(batch-\d+/)?(LAMP|SHADE)`, "price"},
	{"given", "plan.capital", `/capital`, "capital"},
	{"given", "plan.months", `/months`, "months"},
	// what events say of goods, parcels and duties; values and freights that follow from other lines are none of these
	{"given", "*", `/(cartons|goods|lots|parcels)/\d+/(count|weight|size|volume|value|units)`, "event"},
	{"given", "*", `store/\d{4}-\d\d/lots/\d+/(size/(length|width|height)|volume)`, "goods"},
	{"given", "rate", `/lines/\d+/duties/third_country`, "duty"},
	{"given", "*", `/lines/\d+/(packing|origin_inland|insurance|freight_to_border|freight_after_border)`, "nothing"}, // not given, or no freight counts: 0
	// cards and rates
	{"price", "", `sea|wh|own|post|dhl|customs|customs-de`, "card"},
	{"stated", "*", `sea|wh|own|post|dhl|customs|customs-de`, "card"},
	{"word", "*", `.*`, "card"},
	{"rate", "rate", ``, "exchange rate"},
	// what customs ask for a direct parcel
	{"stated", "*", `customs-de/parcel/\w+`, "customs"},
	// counts
	{"stated", "plan.placed", `orders/\d{4}-\d\d-\d\d/SHADE/\d+`, "orders"}, // of several shapes
	{"stated", "plan.times", `consign|import|receive|store|rent|remove`, "events"},
	{"given", "units", `/alternatives/\d+/batch/units`, "size"},
	{"stated", "plan.times", `batch-\d+/(LAMP|SHADE)`, "ordered"},
	{"stated", "units", `batch-\d+/(LAMP|SHADE)`, "ordered"},
	{"given", "cost.taken", `ledger/(LAMP|SHADE)/\d+/units`, "lots"},
	{"given", "units", `store/\d{4}-\d\d/lots/\d+/units`, "lots"},
	{"stated", "plan.batches", ``, "batches"},
	// dates
	{"stated", "plan.day", `\d{4}-\d\d-\d\d`, "date"},
	{"span", "time", ``, "dates"},
	{"span", "plan.horizon", ``, "dates"},
	// constants
	{"stated", "minor_unit", ``, "constant"},
	{"stated", "share.position", ``, "constant"},
	{"stated", "share.sign", ``, "constant"},
	{"stated", "plan.year", ``, "constant"},
	{"stated", "plan.pace", ``, "constant"}, // its last decimal
	{"stated", "", ``, "one"},
	{"none", "*", ``, "nothing"},
	{"sum", "*", ``, "nothing"},
}

var leafPatterns = func() []*regexp.Regexp {
	var out []*regexp.Regexp
	for _, r := range leafRows {
		out = append(out, regexp.MustCompile("^(?:"+r.from+")$"))
	}
	return out
}()

// leafOf is why a step may be a leaf, "-" for one that is none, and "" for one that may not.
func leafOf(n *proof.Node) string {
	if len(n.Args) > 0 || n.Op == proof.Again {
		return "-"
	}
	for i, r := range leafRows {
		if r.op != string(n.Op) || r.name != "*" && r.name != n.Name || !leafPatterns[i].MatchString(n.From) {
			continue
		}
		switch {
		case r.why == "nothing" && n.Value.Sign() != 0, r.why == "one" && n.Value.Cmp(big.NewRat(1, 1)) != 0:
			continue
		case r.why == "dates" && strings.Count(n.Word, "-") < 4:
			continue
		}
		return r.why
	}
	return ""
}

// TestLeavesOfAComparison holds the bar: every figure follows from what the caller says, what cards and rates state, counts of
// the plan's events and dates. Nothing else is a leaf, and each kind is there.
func TestLeavesOfAComparison(t *testing.T) {
	seen := map[string]int{}
	from := map[string]int{}
	for name, c := range barred(t) {
		bad := 0
		prooftest.Steps(explained(t, c), func(at string, n *proof.Node) {
			why := leafOf(n)
			if seen[why]++; why == "share" || why == "term" || why == "days" {
				from[n.From[strings.LastIndexByte(n.From, '/')+1:]]++
			}
			if why == "" && bad < 5 {
				bad++
				t.Errorf("%s: %s: %s %q from %q in %q is a leaf", name, at, n.Op, n.Name, n.From, n.Unit)
			}
		})
	}
	for _, r := range leafRows {
		if seen[r.why] == 0 {
			t.Errorf("no leaf is there for %s", r.why)
		}
	}
	for _, input := range []string{
		"refused", "short", "lost", "damaged", "returned", "unfit", "freight", "purchase", "first_leg", "tariff", "receipt", "storage", "rent", "orders",
		"payout", "tax_back", "exposure", "traffic", "conversion", "production", "transit", "clearance", "put_away", "delivery_max", "return",
	} {
		if from[input] == 0 {
			t.Errorf("nothing rests on %s", input)
		}
	}
}

// TestRandomPlansExplainThemselves: whatever the risks, days, terms and batches, every figure of a plan of two products comes
// out of its derivation: Explain refuses one that does not, and the record verifies.
func TestRandomPlansExplainThemselves(t *testing.T) {
	rnd := rand.New(rand.NewPCG(4, 2))
	pick := func(list ...string) string { return list[rnd.IntN(len(list))] }
	n := func(most int) *int { return of(rnd.IntN(most)) }
	de := must(fees.CustomsCard(nation("DE")))
	season := `,{"on": "order", "code": "peak", "family": "local_delivery", "when": {"date": {"from": "2026-01-17", "to": "2026-02-20"}}, "price": "0.70"}`
	found := 0
	for i := range brief.Rounds(30) {
		p := twoProducts()
		p.Months = 1 + rnd.IntN(3)
		if p.Months == 1 {
			p.Products[1].Sales = p.Products[1].Sales[:1]
		}
		if rnd.IntN(3) == 0 {
			p.Products = p.Products[:1]
		}
		q := &p.Products[0]
		q.Sales[0].Rate, q.Sales[0].Count = rate(pick("3", "17.5", "60", "111")), Count(1+rnd.IntN(2))
		q.Orders[0].Pieces = int64(1 + rnd.IntN(2))
		if from := day(pick("2026-01-10", "2026-02-01", "2026-02-17")); rnd.IntN(2) == 0 && (p.Months > 1 || from.Month == 1) {
			q.Sales = append(q.Sales, Pace{From: from, Rate: rate(pick("0", "1.25", "2")), Count: Count(1 + rnd.IntN(2)), Per: PerDay})
		}
		for k := range p.Products {
			p.Products[k].Duties[nation("DE")] = []fees.Duty{{Code: "third_country", Rate: *pct(pick("0%", "3.7%", "12%"))}}
		}
		var a *Alternative
		switch rnd.IntN(4) {
		case 0:
			a = direct(t)
		case 1:
			a = own(t)
		default:
			a = hamburg(t)
			a.Terms.FirstLeg, a.Terms.Tariff, a.Terms.Receipt, a.Terms.Storage = n(40), n(40), n(40), n(40)
			wh := warehouse
			switch rnd.IntN(3) {
			case 0:
				wh = finer
			case 1: // mostly less than a cent
				wh = strings.NewReplacer(`"1.0`, `"0.0`, `"1.5`, `"0.0`, `"3.0`, `"0.0`).Replace(finer)
			}
			docs := []string{card("sea", firstLeg), card("wh", wh, `"rounding": {"mode": "half_up", "to": "0.0001"},`), card("dhl", delivery+season)}
			if rnd.IntN(2) == 0 {
				a.Cards = compile(t, append(docs, card("customs", customs))...)
			} else {
				cards := []*fees.Card{de}
				for _, d := range docs {
					cards = append(cards, must(fees.ParseCard(strings.NewReader(d))))
				}
				a.Cards = must(fees.Compile(cards...))
				a.Terms.TaxBack = n(80)
				a.Registered = []fees.Answer{fees.Yes, fees.No}[rnd.IntN(2)]
			}
			a.Freight = pct(pick("0%", "60%", "100%"))
		}
		a.CustomsRates = cny()
		if a.Batch = (Batch{Every: 7 + rnd.IntN(60)}); rnd.IntN(2) == 0 {
			a.Batch = Batch{Units: 60 * int64(1+rnd.IntN(5))}
		}
		a.Terms.Purchase, a.Terms.Orders, a.Terms.Payout = n(90), n(60), n(20)
		a.Risks.Lost, a.Risks.Damaged, a.Risks.Returned = pct(pick("0%", "1.5%", "10%")), pct(pick("0%", "3%")), pct(pick("0%", "7%", "25%"))
		if a.has(Consign) {
			a.Risks.Short, a.Risks.Refused, a.Risks.Unfit = pct(pick("0%", "2%", "11%")), pct(pick("0%", "5%")), pct(pick("0%", "30%", "100%"))
		}
		if rnd.IntN(4) == 0 {
			a.Uplift = &Uplift{Traffic: pct("12.5%")}
		}
		c := Compare(p, a)
		if c.Results()[0].Figures == nil { // what comes back on a day is not there yet when the day's orders leave
			continue
		}
		found++
		rec := explained(t, c)
		prooftest.Steps(rec, func(at string, s *proof.Node) {
			if why := leafOf(s); why == "" {
				t.Fatalf("plan %d: %s: %s %q from %q, %q", i, at, s.Op, s.Name, s.From, s.Word)
			}
		})
	}
	if found < brief.Rounds(30)*4/5 {
		t.Errorf("%d plans", found)
	}
}

// few is a plan of a handful of orders, with everything that can go wrong.
func few(t testing.TB) *Comparison {
	p := small()
	p.Months = 1
	p.Products[0].Sales[0].Rate = rate("3")
	a := hamburg(t)
	a.Batch = Batch{Units: 10}
	a.Risks.Lost, a.Risks.Returned, a.Risks.Unfit, a.Risks.Short = pct("34%"), pct("50%"), pct("100%"), pct("15%")
	return Compare(p, direct(t), a)
}

// TestAnyChangeOfAComparisonIsFound changes every step of a record, and what lines and texts say, one at a time.
func TestAnyChangeOfAComparisonIsFound(t *testing.T) {
	r := explained(t, few(t))
	changes := 0
	turn := 0
	try := func(what string, change, back func()) {
		if turn++; brief.On() && turn%6 != 0 {
			return
		}
		change()
		if r.Verify() == nil {
			t.Errorf("%s was changed and nobody noticed", what)
		}
		back()
		changes++
	}
	word := func(what string, s *string) {
		was := *s
		try(what, func() { *s += "x" }, func() { *s = was })
	}
	k := 0
	prooftest.Steps(r, func(at string, n *proof.Node) {
		if v := n.Value; v != nil {
			try(at+" value", func() { n.Value = new(big.Rat).Add(v, big.NewRat(1, 100)) }, func() { n.Value = v })
		}
		switch members := []*string{&n.Name, &n.Unit, &n.Word, &n.From}; k % 12 { // of every second step one thing more
		case 4:
			op := n.Op
			try(at+" op", func() { n.Op = "word" + op }, func() { n.Op = op })
		case 5:
			if args := n.Args; len(args) > 0 {
				try(at+" args", func() { n.Args = args[:len(args)-1] }, func() { n.Args = args })
			}
		case 0, 1, 2, 3:
			word(at, members[k%12])
		}
		k++
	})
	for i := range r.Text {
		word("text", &r.Text[i].Text)
	}
	for i := range r.Lines {
		l := &r.Lines[i]
		for _, s := range []*string{&l.Card, &l.Code, &l.Title, &l.On, &l.Family, &l.Digest} {
			word("line", s)
		}
	}
	for i := range r.Documents {
		word("document", &r.Documents[i].Digest)
	}
	if err := r.Verify(); err != nil || changes < brief.Rounds(1500) {
		t.Errorf("changed back: %v, %d changes", err, changes)
	}
}

// TestArithmeticOfAComparisonIsRecomputed changes every value that follows from others and makes the digests anew, as one
// would who means it: the check then fails at the very step. A leaf that is changed so is found where something rests on it,
// and otherwise by the comparison itself.
func TestArithmeticOfAComparisonIsRecomputed(t *testing.T) {
	c := few(t)
	r := explained(t, c)
	made, loose, turn := 0, 0, 0
	prooftest.Steps(r, func(at string, n *proof.Node) {
		v := n.Value
		if turn++; v == nil || n.Op == proof.Within || brief.On() && turn%6 != 0 {
			return
		}
		n.Value = new(big.Rat).Add(v, big.NewRat(1, 1000))
		defer func() { n.Value = v }()
		if err := r.Seal(); err != nil {
			t.Fatal(err)
		}
		err := r.Verify()
		var p Problem
		switch {
		case len(n.Args) > 0 && n.Op != proof.Price || n.Op == proof.Again:
			if made++; !errors.As(err, &p) || p.Code != problem.StepDiffers || p.Path != at {
				t.Fatalf("%s (%s): %v", at, n.Op, err)
			}
		case err == nil:
			if loose++; c.VerifyRecord(r) == nil {
				t.Errorf("%s (%s %s) can be altered", at, n.Op, n.Name)
			}
		}
	})
	if must(0, r.Seal()); r.Verify() != nil || made < brief.Rounds(600) || loose > made/10 {
		t.Errorf("%d steps, %d leaves on which nothing rests", made, loose)
	}
}

// TestRecordOfAnotherComparison: a record that verifies by itself is held against the comparison: by its steps, by what its
// lines and texts say, and by what it is of.
func TestRecordOfAnotherComparison(t *testing.T) {
	c := few(t)
	for _, tag := range []language.Tag{english, language.Chinese, language.Russian} {
		r := must(c.Explain(tag))
		doc := must(json.Marshal(r))
		back := must(fees.ParseRecord(bytes.NewReader(doc)))
		if err := c.VerifyRecord(back); err != nil {
			t.Errorf("%s: %v", tag, err)
		}
	}
	for name, change := range map[string]func(r *Record){
		"a leaf": func(r *Record) {
			prooftest.Steps(r, func(_ string, n *proof.Node) {
				if n.Op == proof.Given && n.Name == "plan.share" {
					n.Word = "half"
				}
			})
		},
		"a title":  func(r *Record) { r.Lines[0].Title = "a gift" },
		"a text":   func(r *Record) { r.Text[1].Text = "free" },
		"status":   func(r *Record) { r.Status = "estimated" },
		"document": func(r *Record) { r.Documents = r.Documents[1:] },
		"a line": func(r *Record) {
			r.Lines = append(r.Lines, proof.LineProof{Code: "gift", Proof: proof.Number("", 1)})
		},
	} {
		r := must(c.Explain(english))
		change(r)
		must(0, r.Seal())
		if err := r.Verify(); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if err := c.VerifyRecord(r); !errors.Is(err, problem.StepDiffers) {
			t.Errorf("%s: %v", name, err)
		}
	}
	other := few(t)
	other.plan.Products[0].Price = eur("41.00")
	other.alternatives[1].Risks.Lost = pct("25%")
	if err := other.VerifyRecord(must(c.Explain(english))); !errors.Is(err, problem.StepDiffers) {
		t.Error("another plan:", err)
	}
	r := must(c.Explain(english))
	r.Of = "unit"
	must(0, r.Seal())
	if err := c.VerifyRecord(r); !errors.Is(err, problem.UnknownValue) {
		t.Error(err)
	}
	if err := c.VerifyRecord(nil); !errors.Is(err, problem.StepMalformed) {
		t.Error(err)
	}
	if err := (&Comparison{}).VerifyRecord(must(c.Explain(english))); !errors.Is(err, ErrMissing) {
		t.Error(err)
	}
}

// TestEveryFigureIsInTheRecord: each amount of the figures is a total of the record, under the name of the alternative.
func TestEveryFigureIsInTheRecord(t *testing.T) {
	for name, c := range barred(t) {
		rec := explained(t, c)
		totals := map[string]*proof.Node{}
		for _, n := range rec.Totals {
			if totals[n.Name] != nil && n.Name != "recommended" {
				t.Errorf("%s: %s is there twice", name, n.Name)
			}
			totals[n.Name] = n
		}
		for _, r := range c.Results() {
			f := r.Figures
			is := func(name string, m money.Money) {
				if n := totals[r.Name+"/"+name]; n == nil || n.Value.Cmp(amountRat(m)) != 0 {
					t.Errorf("%s/%s: %v instead of %s", r.Name, name, n, m)
				}
			}
			for _, x := range []struct {
				name string
				m    money.Money
			}{{"total", f.Total}, {"interest", f.Interest}, {"per_order", f.PerOrder}, {"per_unit", f.PerUnit}, {"per_batch", f.PerBatch}, {"per_month", f.PerMonth}, {"peak", f.Peak}} {
				is(x.name, x.m)
			}
			for part, m := range f.Cost.Parts() {
				is(part.String(), m)
			}
			for _, row := range f.Fates {
				if row.Orders > 0 {
					is(row.Fate.String(), row.Cost.Sum())
				}
			}
			for _, m := range f.Months {
				is(m.Month.String()[:7], m.Cost.Sum())
			}
			if f.Left.Cost.Sum().Sign() != 0 {
				is("left", f.Left.Cost.Sum())
			}
			for _, b := range f.Batches {
				is(b.ID, b.Cost.Sum())
				is(b.ID+"/landed", b.Landed.Sum())
				if b.Left.Cost.Sum().Sign() != 0 {
					is(b.ID+"/left", b.Left.Cost.Sum())
				}
			}
			for _, p := range f.Cash {
				is(strings.TrimSuffix("payments/"+p.Date.String()+"/"+p.For.String()+"/"+p.Ref, "/"), p.Amount)
			}
			if f.Benefit != nil {
				is("uplift_margin", f.Benefit.Margin)
				if n := totals[r.Name+"/uplift_orders"]; n == nil || n.Value.Cmp(big.NewRat(f.Benefit.Orders, 1)) != 0 {
					t.Errorf("%s: %v more orders", r.Name, n)
				}
			}
		}
	}
}
