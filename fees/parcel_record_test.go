package fees_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/text/language"

	"github.com/shopspring/decimal"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees"
	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/fees/unit"
	"github.com/overseaswarehouse/overseas/internal/proof"
	"github.com/overseaswarehouse/overseas/internal/proof/prooftest"
	"github.com/overseaswarehouse/overseas/internal/schematest"
)

// parcelCase is a parcel with what decides about it, and facts of the caller's.
type parcelCase struct {
	name, to, day string
	facts         fees.Facts
	rates         []string
	atSale        bool
	own           []country.Fact
	lines         []fees.EntryLine
	by            string // duty by, tax by
	total         string
	golden        bool // its words are kept in files
}

func parcelRule(to, rule, upTo, amount, per, currency string) country.Fact {
	number := func(s string) decimal.Decimal {
		if s == "" {
			return decimal.Decimal{}
		}
		return decimal.RequireFromString(s)
	}
	v := country.Parcel{Rule: rule, UpTo: number(upTo), Amount: number(amount), Per: per}
	if currency != "" {
		v.Currency, _ = country.ParseCurrency(currency)
	}
	return country.Fact{Country: land(to), Value: v, Source: "made for a test", Confidence: country.FromMemory}
}

// parcelCases are parcels of every kind: each rule within and over its limit, limits and amounts in other currencies,
// amounts by item and by subheading, a charge without a limit, circumstances, taxes at import and at the sale.
func parcelCases() []parcelCase {
	one := func(goods string, more ...func(*fees.EntryLine)) fees.EntryLine {
		l := fees.EntryLine{HS: "9503.00", Units: 2, Goods: cash(goods), Duties: []fees.Duty{{Code: "mfn", Rate: pct("10%")}}}
		for _, f := range more {
			f(&l)
		}
		return l
	}
	freight := func(s string) func(*fees.EntryLine) { return func(l *fees.EntryLine) { l.FreightToBorder = cash(s) } }
	hs := func(s string) func(*fees.EntryLine) { return func(l *fees.EntryLine) { l.HS = s } }
	free := func(l *fees.EntryLine) { l.Duties, l.Units = nil, 0 }
	weight, _ := unit.ParseWeight("0.9 kg")
	bounded := func(l *fees.EntryLine) {
		l.Weight = weight
		l.Duties = append(l.Duties, fees.Duty{Code: "agri", Rate: pct("5%"), Specific: []fees.Specific{{Amount: cash("7.00 EUR"), Per: "100 kg"}},
			Min: &fees.DutyBound{Specific: []fees.Specific{{Amount: cash("0.70 EUR"), Per: "kg"}}}, Max: &fees.DutyBound{Rate: pct("8%")}})
	}
	lines := func(l ...fees.EntryLine) []fees.EntryLine { return l }
	other := fees.Facts{"origin": "other"}
	return []parcelCase{
		{name: "relief", to: "DE", day: "2026-06-30", lines: lines(one("150 EUR", free)), by: "duty_relief import_tax", total: "28.50 EUR"},
		{name: "over a relief", to: "DE", day: "2026-06-30", lines: lines(one("150.01 EUR", bounded)), by: "tariff import_tax", total: "55.43 EUR"},
		{name: "flat by subheading", to: "DE", day: "2026-07-01", rates: []string{"1 EUR = 1.1612 USD"},
			lines: lines(one("50 USD", hs("6206 10"), freight("10 USD")), one("40 EUR", hs("6206.10.00"), free), one("20 EUR", hs("6206 20"))), by: "flat_duty import_tax", total: "28.36 EUR"},
		{name: "over a flat duty", to: "DE", day: "2026-07-01", lines: lines(one("150.01 EUR")), by: "tariff import_tax", total: "46.35 EUR"},
		{name: "tax by the seller", to: "DE", day: "2026-07-01", atSale: true, lines: lines(one("50 EUR", freight("9.99 EUR"), func(l *fees.EntryLine) { l.Insurance = cash("1 EUR") })),
			by: "flat_duty tax_at_sale", total: "14.59 EUR"},
		{name: "charge by item without a limit", to: "FR", day: "2026-08-03", lines: lines(one("100 EUR"), one("10 EUR", free)), by: "flat_duty import_tax", total: "31.60 EUR"},
		{name: "over the limit that a charge has from another", to: "FR", day: "2026-08-03", lines: lines(one("200 EUR")), by: "tariff import_tax", total: "64.00 EUR"},
		{name: "charge by parcel", to: "IT", day: "2026-08-03", lines: lines(one("100 EUR")), by: "flat_duty import_tax", total: "27.66 EUR"},
		{name: "tax at the sale by a rule", to: "GB", day: "2026-07-01", lines: lines(one("135 GBP", free, freight("4 GBP"))), by: "duty_relief tax_at_sale", total: "27.80 GBP"},
		{name: "over the limit of a sale", to: "GB", day: "2026-07-01", lines: lines(one("135.01 GBP")), by: "tariff import_tax", total: "43.20 GBP"},
		{name: "over the limit of a sale, by the seller", to: "GB", day: "2026-07-01", atSale: true, lines: lines(one("135.01 GBP")), by: "tariff tax_at_sale", total: "40.50 GBP"},
		{name: "without a tax", to: "US", day: "2025-08-28", facts: other, lines: lines(one("800 USD")), by: "duty_relief none", total: "0.00 USD"},
		{name: "a relief that is none here", to: "US", day: "2025-08-28", facts: fees.Facts{"origin": "cn"}, lines: lines(one("100 USD")), by: "tariff none", total: "10.00 USD"},
		{name: "a limit in another currency", to: "RU", day: "2026-03-02", rates: []string{"1 EUR = 95.5 RUB"}, lines: lines(one("19100 RUB", free)), by: "duty_relief import_tax", total: "4202.00 RUB"},
		{name: "over a limit in another currency", to: "ID", day: "2026-03-02", rates: []string{"1 USD = 16000 IDR"}, facts: fees.Facts{"importer": "private"}, lines: lines(one("48001 IDR")), by: "tariff import_tax", total: ""},
		{name: "for consumers", to: "AU", day: "2026-03-02", lines: lines(one("1000 AUD", free)), by: "duty_relief tax_at_sale", total: "100.00 AUD"},
		{name: "facts of the caller's", to: "DE", day: "2026-08-03", rates: []string{"1 EUR = 1.1612 USD"}, own: []country.Fact{
			parcelRule("DE", "flat_duty", "175", "3.50", "item", "USD"), parcelRule("DE", "charge", "60", "1.25", "subheading", "USD"), parcelRule("DE", "tax_relief", "40", "", "", "USD")},
			lines: lines(one("20 EUR"), one("14 EUR", hs("620610"))), by: "flat_duty tax_relief", total: "14.20 EUR", golden: true},
		{name: "no limit anywhere", to: "US", day: "2026-12-01", facts: other, own: []country.Fact{parcelRule("US", "charge", "", "1.25", "parcel", ""), parcelRule("US", "duty_relief", "5000", "", "", "")},
			lines: lines(one("20 USD")), by: "duty_relief none", total: "1.25 USD"},
	}
}

func (c *parcelCase) reckon(t testing.TB) (*fees.ParcelResult, *fees.Card) {
	t.Helper()
	card, err := fees.CustomsCard(land(c.to), c.own...)
	must(err)
	calc, err := fees.Compile(card)
	must(err)
	p := &fees.DirectParcel{Date: on(c.day), Destination: land(c.to), Facts: c.facts, TaxAtSale: c.atSale, Lines: c.lines}
	if len(c.rates) > 0 {
		var list []money.Rate
		for _, text := range c.rates {
			rate, err := money.ParseRate(text)
			must(err)
			rate.Date, rate.Source, rate.Inverse = on("2026-02-01"), "customs", rate.Base.String() == "EUR" && rate.Quote.String() == "USD"
			list = append(list, rate)
		}
		p.Rates, err = money.NewRates(list...)
		must(err)
	}
	res, err := calc.Parcel(p)
	if err != nil {
		t.Fatalf("%s: %v", c.name, err)
	}
	return res, card
}

// TestEveryParcelIsProved holds the record of each parcel against its result, the card and itself, in every language and
// view.
func TestEveryParcelIsProved(t *testing.T) {
	schema, err := schematest.New(fees.RecordJSONSchema())
	must(err)
	inputs, err := schematest.New(fees.DirectParcelJSONSchema())
	must(err)
	for _, c := range parcelCases() {
		res, card := c.reckon(t)
		if got := res.DutyBy + " " + res.TaxBy; got != c.by || c.total != "" && res.Total.String() != c.total {
			t.Errorf("%s: %s, %s", c.name, got, res.Total)
		}
		r := res.Record(language.English)
		if err := r.Verify(); err != nil {
			t.Fatalf("%s: %v\n%s", c.name, err, sheetText(r))
		}
		want := map[string]money.Money{"value": res.Value, "duty": res.Duty, "tax": res.Tax, "sale_tax": res.SaleTax}
		for _, charge := range res.Charges {
			want[charge.Code] = charge.Amount
		}
		for _, l := range r.Lines {
			m, ok := want[l.Code]
			if l.Proof.Value.Cmp(m.Decimal().Rat()) != 0 || l.Proof.Unit != res.Total.Currency().String() || l.Card != card.ID() {
				t.Errorf("%s: %s is %s, proved %s", c.name, l.Code, m, l.Proof.Value)
			}
			if delete(want, l.Code); !ok && l.Code != "charge" {
				t.Errorf("%s: a line %s", c.name, l.Code)
			}
		}
		if len(want) > 0 || len(r.Totals) != 1 || r.Totals[0].Value.Cmp(res.Total.Decimal().Rat()) != 0 {
			t.Errorf("%s: no proof of %v, total %s", c.name, want, r.Totals[0].Value)
		}
		doc, err := json.Marshal(r)
		must(err)
		if err := errors.Join(schema.Judge(doc), inputs.Judge(r.Inputs)); err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		back, err := fees.ParseRecord(bytes.NewReader(doc))
		must(err)
		if err := fees.VerifyAgainst(back, card); err != nil {
			t.Errorf("%s: against the card: %v", c.name, err)
		}
		grounded(t, c.name, back)
		for _, tag := range languages {
			other := res.Record(tag)
			if err := other.Verify(); err != nil || other.Fingerprint() != r.Fingerprint() {
				t.Errorf("%s in %s: %v", c.name, tag, err)
			}
			viewed(t, other)
			if c.golden {
				golden(t, "explain/parcel."+tag.String()+".txt", plainText(other))
			}
		}
	}
}

func plainText(r *fees.Record) string {
	var b strings.Builder
	must(r.WriteText(&b))
	return b.String()
}

// grounded checks what the leaves of a record stand on: a place of the inputs, the card, or a fact among the documents.
func grounded(t *testing.T, name string, r *fees.Record) {
	t.Helper()
	var inputs any
	must(json.Unmarshal(r.Inputs, &inputs))
	decided, words, facts := 0, 0, map[string]bool{}
	prooftest.Steps(r, func(at string, n *fees.Step) {
		from := strings.SplitN(n.From, "/", 3)
		switch n.Op {
		case "within":
			decided++
		case "word":
			facts, _ := inputs.(map[string]any)["facts"].(map[string]any)
			if said, ok := facts[n.Name]; ok != (n.From == "/facts/"+n.Name) || ok && said != n.Word {
				t.Errorf("%s: %s is %s from %q", name, at, n.Word, n.From)
			}
			words++
		case "given":
			v := inputs
			for _, part := range strings.Split(n.From, "/")[1:] {
				switch x := v.(type) {
				case map[string]any:
					v = x[part]
				case []any:
					i := slices.IndexFunc(x, func(d any) bool { return d.(map[string]any)["code"] == part }) // a duty
					if k, err := strconv.Atoi(part); err == nil {
						i = k
					}
					if v = nil; i >= 0 && i < len(x) {
						v = x[i]
					}
				}
			}
			if n.From == "" || v == nil && n.Value.Sign() != 0 {
				t.Errorf("%s: %s is from %q", name, at, n.From)
			}
		case "price", "stated":
			if n.Name == "minor_unit" || n.Name == "minimum" || n.Name == "parcel.tax_at_sale" && from[0] == "" {
				return
			}
			if from[0] != r.Documents[0].ID {
				t.Errorf("%s: %s is from %q", name, at, n.From)
			}
			if len(from) > 1 {
				facts[n.From] = true
			}
		}
	})
	for i, d := range r.Documents[1:] {
		if slices.Contains(r.Documents[1:1+i], d) || d.Kind != "facts" || d.Edition == "" || len(d.Digest) != 64 {
			t.Errorf("%s: %v", name, d)
		}
		delete(facts, d.ID)
	}
	for from := range facts {
		t.Errorf("%s: no document is %s", name, from)
	}
	if decided == 0 || words == 0 && strings.HasSuffix(name, "none here") {
		t.Errorf("%s: no comparison decided, or no circumstance", name)
	}
	charge := slices.ContainsFunc(r.Lines, func(l proof.LineProof) bool { return l.Code == "charge" })
	if charge != slices.ContainsFunc(r.Documents, func(d proof.Document) bool { return strings.HasSuffix(d.ID, "/parcel/charge") }) {
		t.Errorf("%s: a charge among the lines: %v", name, charge)
	}
}

// viewed checks that every view of a record holds all of it and is well-formed.
func viewed(t *testing.T, r *fees.Record) {
	t.Helper()
	var md, html, sheet, text bytes.Buffer
	must(errors.Join(r.WriteMarkdown(&md), r.WriteHTML(&html), r.WriteCSV(&sheet), r.WriteText(&text)))
	d, items := xml.NewDecoder(&html), 0
	for {
		tok, err := d.Token()
		if err == io.EOF {
			break
		}
		must(err)
		if s, ok := tok.(xml.StartElement); ok && (s.Name.Local == "li" || s.Name.Local[0] == 'h') {
			items++
		}
	}
	rows, err := csv.NewReader(&sheet).ReadAll()
	must(err)
	steps := 1
	prooftest.Steps(r, func(string, *fees.Step) { steps++ })
	if items != len(r.Text) || len(rows) != steps || strings.Count(text.String(), "\n") < len(r.Text) || md.Len() == 0 || len(r.Text) < 12 {
		t.Errorf("%d of %d texts, %d of %d rows", items, len(r.Text), len(rows), steps)
	}
	for _, p := range r.Text {
		if strings.Contains(p.Text, "parcel.") || strings.Contains(p.Text, "{") {
			t.Errorf("a name without words: %s", p.Text)
		}
	}
}

// TestAnyChangeOfAParcelsRecordIsFound changes everything that a record says, then every value with the digests made anew:
// what follows from others fails at its step, and every leaf against the card.
func TestAnyChangeOfAParcelsRecordIsFound(t *testing.T) {
	for _, c := range parcelCases() {
		res, card := c.reckon(t)
		r := res.Record(language.English)
		if n := prooftest.Altered(t, r, 1, (*fees.Record).Verify); n < 250 {
			t.Errorf("%s: only %d changes", c.name, n)
		}
		leaves := 0
		made := prooftest.Remade(t, r, 1, (*fees.Record).Verify, func(at string, n *fees.Step) {
			if leaves++; fees.VerifyAgainst(r, card) == nil {
				t.Errorf("%s: %s (%s) is not what was asked or what the facts say, and nobody noticed", c.name, at, n.Op)
			}
		})
		if made < 12 || leaves > 40 {
			t.Errorf("%s: %d steps, %d leaves that do not matter", c.name, made, leaves)
		}
	}
}

// TestAParcelAgainstOtherFacts holds records against cards with other facts than they were made with.
func TestAParcelAgainstOtherFacts(t *testing.T) {
	cases := parcelCases()
	res, card := cases[2].reckon(t) // a flat duty
	r := res.Record(language.German)
	for name, c := range map[string]struct {
		own  []country.Fact
		want error
	}{
		"another amount":   {[]country.Fact{parcelRule("DE", "flat_duty", "150", "4", "subheading", "")}, fees.ErrStepDiffers},
		"another limit":    {[]country.Fact{parcelRule("DE", "flat_duty", "151", "3", "subheading", "")}, fees.ErrStepDiffers},
		"a relief before":  {[]country.Fact{parcelRule("DE", "duty_relief", "140", "", "", "")}, fees.ErrStepDiffers},
		"the same but own": {[]country.Fact{parcelRule("DE", "flat_duty", "150", "3", "subheading", "")}, fees.ErrCardDiffers},
	} {
		other, err := fees.CustomsCard(land("DE"), c.own...)
		must(err)
		if err := fees.VerifyAgainst(r, other); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	gb, err := fees.CustomsCard(land("GB"))
	must(err)
	if err := fees.VerifyAgainst(r, gb); !errors.Is(err, fees.ErrNoCard) {
		t.Error("without its card:", err)
	}
	if err := fees.VerifyAgainst(r, card, gb); err != nil {
		t.Error("with another card:", err)
	}
	r.Inputs = bytes.Replace(r.Inputs, []byte(`"goods":"50 USD"`), []byte(`"goods":"51 USD"`), 1)
	must(r.Seal())
	if err := fees.VerifyAgainst(r, card); r.Verify() != nil || !errors.Is(err, fees.ErrStepDiffers) {
		t.Error("other goods:", err)
	}
	r.Inputs = []byte(goldenEntry)
	must(r.Seal())
	if err := fees.VerifyAgainst(r, card); err == nil {
		t.Error("an entry instead")
	}
}

// TestAParcelsRecordIsOfWhatWasReckoned changes the result and the parcel after the fact.
func TestAParcelsRecordIsOfWhatWasReckoned(t *testing.T) {
	calc := importing(t, "FR")
	p := &fees.DirectParcel{Date: on("2026-08-03"), Destination: land("FR"), Facts: fees.Facts{"origin": "cn"}, Lines: []fees.EntryLine{{HS: "950300", Goods: cash("100 EUR")}}}
	res, err := calc.Parcel(p)
	must(err)
	was := res.Record(language.English)
	res.Duty, res.Charges[0].Amount, res.DutyBy = cash("0 EUR"), cash("0 EUR"), "tariff"
	p.Lines[0].Goods, p.Facts["origin"], p.Date = cash("1 EUR"), "other", on("2025-01-01")
	if now := res.Record(language.English); now.Digest != was.Digest || now.Verify() != nil {
		t.Error("another record")
	}
	for _, r := range []*fees.ParcelResult{nil, {}, {DutyBy: "tariff"}} {
		if rec := r.Record(language.Russian); rec.Verify() != nil || rec.Of != "direct_parcel" || len(rec.Lines) != 0 {
			t.Errorf("the record of nothing: %v", rec)
		}
	}
}

// TestAParcelSaysHowFarItCanBeReliedOn: a rule that was confirmed before the day of the parcel, and one of the caller's, were
// taken for certain.
func TestAParcelSaysHowFarItCanBeReliedOn(t *testing.T) {
	c := parcelCase{to: "AU", day: "2026-11-22", lines: []fees.EntryLine{{Goods: cash("100 AUD")}}}
	seen := func(c parcelCase) (status, rule string, reasons []string) {
		res, _ := c.reckon(t)
		r := res.Record(language.English)
		for _, x := range r.Reasons {
			reasons = append(reasons, x.Code+" "+x.Detail)
		}
		for u := range res.Rules() {
			rule = u.LastConfirmed.String()
		}
		return r.Status, rule, reasons
	}
	if status, rule, reasons := seen(c); status != "exact" || rule != (country.Date{}).String() || len(reasons) != 0 {
		t.Errorf("on the day it was seen: %s %s %q", status, rule, reasons)
	}
	c.day = "2026-11-23"
	if status, rule, reasons := seen(c); status != "estimated" || rule != "2026-11-22" || strings.Join(reasons, ", ") != "last_confirmed 2026-11-22" {
		t.Errorf("a day later: %s %s %q", status, rule, reasons)
	}
	early := parcelRule("AU", "duty_relief", "1000", "", "", "")
	early.Seen = on("2026-01-02")
	c.own = []country.Fact{early}
	if status, _, reasons := seen(c); status != "estimated" || strings.Join(reasons, ", ") != "last_confirmed 2026-01-02, fact_supplied parcel/duty_relief" {
		t.Errorf("%s %q", status, reasons)
	}
}

// TestParcelOfTooManyItems: an amount for more items than a sum of money holds was that for one.
func TestParcelOfTooManyItems(t *testing.T) {
	card, err := fees.CustomsCard(land("DE"), parcelRule("DE", "flat_duty", "150", "3.00", "item", ""))
	must(err)
	calc, err := fees.Compile(card)
	must(err)
	for _, units := range [][]int64{{1e17}, {1<<63 - 1, 2}, {1<<63 - 1, 1<<63 - 1, 5}} {
		p := &fees.DirectParcel{Date: on("2026-08-03"), Destination: land("DE")}
		for _, n := range units {
			p.Lines = append(p.Lines, fees.EntryLine{HS: "950300", Units: n, Goods: cash("10 EUR")})
		}
		if res, err := calc.Parcel(p); !errors.Is(err, fees.ErrOverflow) {
			t.Errorf("%v: %+v %v", units, res, err)
		}
	}
}

// A parcel's value through a third currency has a record that verifies, but no document to reckon it again from.
func TestParcelThroughAThirdCurrency(t *testing.T) {
	first, _ := money.ParseRate("1 USD = 7.2 CNY")
	second, _ := money.ParseRate("1 EUR = 1.16 USD")
	first.Inverse, second.Inverse = true, true
	rates, err := (*money.Rates)(nil).With(money.Via{First: first, Second: second, Scale: 4, Mode: money.HalfUp})
	must(err)
	calc := importing(t, "DE")
	res, err := calc.Parcel(&fees.DirectParcel{Date: on("2026-08-03"), Destination: land("DE"), Rates: rates, Lines: []fees.EntryLine{{HS: "950300", Goods: cash("300 CNY")}}})
	must(err)
	r := res.Record(language.English)
	if r.Inputs != nil || r.Verify() != nil || r.Lines[0].Proof.Value.Cmp(big.NewRat(3592, 100)) != 0 {
		t.Errorf("%s %v %s", r.Inputs, r.Verify(), r.Lines[0].Proof.Value)
	}
}
