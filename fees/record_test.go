package fees_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"flag"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/language"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees"
	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/fees/unit"
	"github.com/overseaswarehouse/overseas/internal/proof/prooftest"
	"github.com/overseaswarehouse/overseas/internal/schematest"
)

// examined checks everything that holds of any explanation: its record verifies, says what the quote says, survives JSON
// and is what the cards give again.
func examined(t *testing.T, x *fees.Explanation, cards ...*fees.Card) *fees.Record {
	t.Helper()
	r := x.Record(language.English)
	if err := r.Verify(); err != nil {
		t.Fatalf("%v\n%s", err, x)
	}
	i := 0
	for l := range x.Quote().Lines() {
		p := r.Lines[i]
		if p.Card != l.Card() || p.Code != l.Code() || p.Proof.Unit != l.Amount().Currency().String() || p.Proof.Value.Cmp(l.Amount().Decimal().Rat()) != 0 {
			t.Fatalf("line %d is %s/%s %s, the quote says %s %s", i, p.Card, p.Code, p.Proof.Value, l.Code(), l.Amount())
		}
		i++
	}
	if i != len(r.Lines) {
		t.Fatalf("%d lines of %d", len(r.Lines), i)
	}
	doc, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	back, err := fees.ParseRecord(bytes.NewReader(doc))
	if err != nil {
		t.Fatalf("%v\n%s", err, doc)
	}
	again, err := json.Marshal(back)
	if err != nil || !bytes.Equal(doc, again) {
		t.Fatalf("%v\n%s\n%s", err, doc, again)
	}
	if err := back.Verify(); err != nil {
		t.Fatal("read back:", err)
	}
	if r.Inputs != nil {
		if err := fees.VerifyAgainst(back, cards...); err != nil {
			t.Fatalf("against the cards: %v\n%s", err, x)
		}
	}
	return r
}

// TestRecordsOfAllCards examines explanations of every published list.
func TestRecordsOfAllCards(t *testing.T) {
	schema, err := schematest.New(fees.RecordJSONSchema())
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range ratecards(t) {
		m := newMaker(t, path, 5)
		calc, err := fees.Compile(m.card)
		if err != nil {
			t.Fatal(err)
		}
		kinds := map[fees.Kind]int{}
		for ch := range m.card.Charges() {
			kinds[ch.On()] = 0
		}
		for k := range kinds {
			for range 200 {
				x, err := calc.Explain(m.event(k))
				if err != nil {
					continue
				}
				if kinds[k]++; kinds[k] > 6 {
					break
				}
				r := examined(t, x, m.card)
				doc, _ := json.Marshal(r)
				if err := schema.Judge(doc); err != nil {
					t.Fatalf("%s: the schema refuses the record: %v", path, err)
				}
			}
			if kinds[k] == 0 {
				t.Errorf("%s: nothing of kind %s was explained", path, k)
			}
		}
	}
}

// journeyRecord is a record of one unit in euros, with an exchange, shares by row and as a whole.
func journeyRecord(t *testing.T, tag language.Tag) (*fees.Record, []*fees.Card) {
	t.Helper()
	cards := []*fees.Card{parse(t, forwarder), parse(t, warehouse), parse(t, customsList)}
	calc, err := fees.Compile(cards...)
	if err != nil {
		t.Fatal(err)
	}
	j, err := fees.ParseJourney(strings.NewReader(goldenJourney))
	if err != nil {
		t.Fatal(err)
	}
	e, err := fees.ParseEvent(strings.NewReader(goldenEntry))
	if err != nil {
		t.Fatal(err)
	}
	j.Entry, j.TariffTwice = e.(*fees.Entry), true
	x, err := calc.ExplainUnit(j)
	if err != nil {
		t.Fatal(err)
	}
	usd, err := money.ParseRate("1 EUR = 1.1612 USD")
	if err != nil {
		t.Fatal(err)
	}
	usd.Date, _ = country.ParseDate("2026-11-20")
	usd.Source = "a bank"
	rates, err := money.NewRates(usd)
	if err != nil {
		t.Fatal(err)
	}
	c, _ := country.ParseCurrency("USD")
	if x, err = x.In(c, rates); err != nil {
		t.Fatal(err)
	}
	return x.Record(tag), cards
}

const customsList = `{"schema":"overseas/ratecard/1","id":"customs","title":"Customs","provider":"A made-up authority","country":"DE","currency":"EUR","tax":"none",
	"effective":{"from":"2026-01-01"},"sources":[{"url":"https://example.com","note":"made for a test"}],"inputs":{"mode":{"values":["sea","air"]}},
	"amounts":{"customs_value":{"on":"import","each":"line","sum":["goods","packing","freight_to_border","insurance"]},
	           "vat_base":{"on":"import","each":"line","sum":["customs_value","duty","freight_after_border"],"basis":"rounded"}},
	"charges":[{"on":"import","code":"duty","family":"tariff","each":"line","given":"duties","of":["customs_value"],"round":{"mode":"down","to":"0.1","each":"line"}},
	           {"on":"import","code":"vat","family":"tax","each":"line","percent":"19%","of":["vat_base"],"recoverable":true}]}`

const goldenEntry = `{"schema":"overseas/event/1","event":"entry","reference":"26DE-1","date":"2026-11-20","destination":"DE","facts":{"mode":"sea"},
	"rates":[{"base":"EUR","quote":"USD","value":"1.1612","inverse":true,"date":"2026-11-01","source":"customs"}],
	"lines":[{"sku":"A1","hs":"94052190","units":21,"weight":"0.9 kg","goods":"2040.00 USD","freight_to_border":"113.86 EUR","insurance":"14.00 USD","duties":[{"code":"third_country","rate":"3.7%"}]},
	         {"sku":"B2","hs":"94052190","units":4,"weight":"4.5 kg","goods":"600.00 EUR","duties":[{"code":"third_country","rate":"3.7%","min":{"rate":"0%","specific":[{"amount":"0.70 EUR","per":"kg"}]}}]}]}`

func TestRecordOfAUnit(t *testing.T) {
	r, cards := journeyRecord(t, language.English)
	if err := r.Verify(); err != nil {
		t.Fatal(err)
	}
	if err := fees.VerifyAgainst(r, cards...); err != nil {
		t.Fatal(err)
	}
	// A step once stood for one that was not in the record, which only shows when it is read back.
	doc, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	if back, err := fees.ParseRecord(bytes.NewReader(doc)); err != nil || back.Verify() != nil {
		t.Fatal(err, back.Verify())
	}
	ops := map[string]int{}
	prooftest.Steps(r, func(_ string, n *fees.Step) { ops[string(n.Op)]++ })
	for _, op := range []string{"rate", "round", "again", "quotient", "given", "price", "greatest"} {
		if ops[op] == 0 {
			t.Errorf("no step %s", op)
		}
	}
	if r.Of != "unit" || len(r.References) != 4 || len(r.Documents) != 3 || r.Totals[0].Name != "total" {
		t.Errorf("%s %v %v", r.Of, r.References, r.Documents)
	}
	for _, tag := range languages {
		other, _ := journeyRecord(t, tag)
		if other.Fingerprint() != r.Fingerprint() {
			t.Errorf("the fingerprint in %s is %s, not %s", tag, other.Fingerprint(), r.Fingerprint())
		}
		if other.Digest == r.Digest != (tag == language.English) {
			t.Errorf("the digest in %s", tag)
		}
	}
}

// TestAnyChangeOfARecordIsFound changes everything that a record says, one thing at a time.
func TestAnyChangeOfARecordIsFound(t *testing.T) {
	r, _ := journeyRecord(t, language.English)
	if changes := prooftest.Altered(t, r, 1, (*fees.Record).Verify); changes < 1500 {
		t.Errorf("only %d changes", changes)
	}
}

// TestArithmeticIsRecomputed changes the values that follow from others and makes the digests anew, as one would who
// means it: the check then fails at the very step. A leaf that did not matter is what the cards know better.
func TestArithmeticIsRecomputed(t *testing.T) {
	r, cards := journeyRecord(t, language.English)
	leaves := 0
	made := prooftest.Remade(t, r, 1, (*fees.Record).Verify, func(at string, n *fees.Step) {
		if leaves++; fees.VerifyAgainst(r, cards...) == nil && !strings.HasPrefix(at, "/totals") { // no card has exchange rates
			t.Errorf("%s (%s) is not what was asked or what the card says, and nobody noticed", at, n.Op)
		}
	})
	if made < 100 {
		t.Errorf("only %d steps", made)
	}
	if leaves > 60 {
		t.Errorf("%d leaves do not matter", leaves)
	}
}

// TestVerifyAgainstOtherCards holds a record against cards that are not those it names.
func TestVerifyAgainstOtherCards(t *testing.T) {
	r, cards := journeyRecord(t, language.English)
	for _, c := range []struct {
		from, to string
		want     error
	}{
		{`"1.25"`, `"1.26"`, fees.ErrStepDiffers},             // the price that was taken
		{`"12 kg"`, `"12.5 kg"`, fees.ErrStepDiffers},         // a minimum
		{`"12.5%"`, `"12.4%"`, fees.ErrStepDiffers},           // a percentage
		{`Sea freight`, `Ocean freight`, fees.ErrCardDiffers}, // another document with the same prices
		{`"id":"sea"`, `"id":"ocean"`, fees.ErrNoCard},
		{`"to":"2026-12-31"`, `"to":"2026-10-31"`, fees.ErrUnknownOn},
	} {
		other := append([]*fees.Card{parse(t, strings.Replace(forwarder, c.from, c.to, 1))}, cards[1:]...)
		if err := fees.VerifyAgainst(r, other...); !errors.Is(err, c.want) {
			t.Errorf("%s for %s: %v", c.to, c.from, err)
		}
	}
	if err := fees.VerifyAgainst(r, cards[1:]...); !errors.Is(err, fees.ErrNoCard) {
		t.Error("without a card:", err)
	}
	if err := fees.VerifyAgainst(nil); err == nil {
		t.Error("no record")
	}
	r.Inputs = nil
	must(r.Seal())
	if err := fees.VerifyAgainst(r, cards...); !errors.Is(err, fees.ErrMissing) {
		t.Error("without inputs:", err)
	}
}

// TestVerifyAgainstCatchesWhatADigestCannot changes a record with its digests made anew: the replay says something else.
func TestVerifyAgainstCatchesWhatADigestCannot(t *testing.T) {
	for name, change := range map[string]func(r *fees.Record){
		"total": func(r *fees.Record) {
			r.Totals = []*fees.Step{{Op: "stated", Name: "total", Value: big.NewRat(1, 1), Unit: "USD"}}
		},
		"a line left out of the total": func(r *fees.Record) {
			f := r.Totals[0].Args[0]
			f.Args = f.Args[:len(f.Args)-1]
			sum := new(big.Rat)
			for _, a := range f.Args {
				sum.Add(sum, a.Value)
			}
			was := f.Value
			f.Value = sum
			r.Totals[0].Value = new(big.Rat).Sub(r.Totals[0].Value, new(big.Rat).Sub(was, sum))
		},
		"no total":    func(r *fees.Record) { r.Totals = nil },
		"status":      func(r *fees.Record) { r.Status = "exact" },
		"reasons":     func(r *fees.Record) { r.Reasons = nil },
		"family":      func(r *fees.Record) { r.Lines[0].Family = "storage" },
		"recoverable": func(r *fees.Record) { r.Lines[0].Recoverable = true },
		"title":       func(r *fees.Record) { r.Lines[0].Title = "a gift" },
		"documents":   func(r *fees.Record) { r.Documents = nil },
		"edition":     func(r *fees.Record) { r.Documents[0].Edition = "none" },
		"references":  func(r *fees.Record) { r.References[0].Value = "B2" },
		"kind":        func(r *fees.Record) { r.Of = "journey" },
		"no kind":     func(r *fees.Record) { r.Of = "poem" },
		"words":       func(r *fees.Record) { r.Text[1].Text = "total: $0.01" },
	} {
		r, cards := journeyRecord(t, language.English)
		if err := fees.VerifyAgainst(r, cards...); err != nil {
			t.Fatal(err)
		}
		change(r)
		must(r.Seal())
		if err := r.Verify(); err != nil {
			t.Fatalf("%s: the change is caught without the cards, which this test is not about: %v", name, err)
		}
		if err := fees.VerifyAgainst(r, cards...); err == nil {
			t.Errorf("%s: nobody noticed", name)
		}
	}
}

// TestAStepCannotRestOnItself makes a sum out of itself.
func TestAStepCannotRestOnItself(t *testing.T) {
	r, _ := journeyRecord(t, language.English)
	n := r.Totals[0]
	again := &fees.Step{Op: "again", Name: n.Name, Value: n.Value, Unit: n.Unit, From: "/totals/0"}
	n.Args = []*fees.Step{again}
	must(r.Seal())
	if err := r.Verify(); !errors.Is(err, fees.ErrStepMalformed) {
		t.Error(err)
	}
}

var release = flag.String("release", "", "write the records of a new version")

// kept are the records that a new version keeps.
func kept(t *testing.T) map[string]*fees.Record {
	t.Helper()
	unit, cards := journeyRecord(t, language.English)
	calc, err := fees.Compile(cards...)
	must(err)
	j, err := fees.ParseJourney(strings.NewReader(goldenJourney))
	must(err)
	entry, err := fees.ParseEvent(strings.NewReader(goldenEntry))
	must(err)
	of := func(e fees.Event, tag language.Tag) *fees.Record {
		x, err := calc.Explain(e)
		must(err)
		return x.Record(tag)
	}
	journey, err := calc.ExplainJourney(j)
	must(err)
	parcel, _ := parcelCases()[2].reckon(t)
	return map[string]*fees.Record{
		"unit.en": unit, "order.zh-Hans": of(j.Order, language.SimplifiedChinese), "stay.de": of(j.Stay, language.German),
		"entry.ru": of(entry, language.Russian), "journey.id": journey.Record(language.Indonesian),
		"direct_parcel.es": parcel.Record(language.Spanish),
	}
}

// TestReleasedRecords verifies the records that earlier versions wrote: what was once explained stays verifiable. The files
// are never written anew; -release adds those of a new version.
func TestReleasedRecords(t *testing.T) {
	if *release != "" {
		dir := filepath.Join("testdata", "records", *release)
		must(os.Mkdir(dir, 0o755))
		for name, r := range kept(t) {
			var b bytes.Buffer
			must(r.WriteJSON(&b))
			must(os.WriteFile(filepath.Join(dir, name+".json"), b.Bytes(), 0o644))
		}
	}
	files, err := filepath.Glob("testdata/records/*/*.json")
	if err != nil || len(files) < 3 {
		t.Fatalf("%d records, %v", len(files), err)
	}
	for _, path := range files {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		r, err := fees.ParseRecord(bytes.NewReader(data))
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		if err := r.Verify(); err != nil {
			t.Errorf("%s: %v", path, err)
		}
		r.Lines[0].Proof.Value.Add(r.Lines[0].Proof.Value, big.NewRat(1, 100))
		if err := r.Verify(); err == nil {
			t.Errorf("%s: a changed amount verifies", path)
		}
	}
}

// TestViewsOfARecord checks that each view holds every text or step, in every language, and that it is well-formed.
func TestViewsOfARecord(t *testing.T) {
	for _, tag := range languages {
		r, _ := journeyRecord(t, tag)
		var md, html, sheet, text bytes.Buffer
		must(r.WriteMarkdown(&md))
		must(r.WriteHTML(&html))
		must(r.WriteCSV(&sheet))
		must(r.WriteText(&text))
		if n := strings.Count(md.String(), "\n- ") + strings.Count(md.String(), "\n  - ") + strings.Count(md.String(), "#"); n < 40 {
			t.Errorf("%s: %d items of Markdown", tag, n)
		}
		d := xml.NewDecoder(&html)
		items := 0
		for {
			tok, err := d.Token()
			if err != nil {
				if err.Error() != "EOF" {
					t.Fatalf("%s: %v", tag, err)
				}
				break
			}
			if s, ok := tok.(xml.StartElement); ok && (s.Name.Local == "li" || s.Name.Local[0] == 'h') {
				items++
			}
		}
		if items != len(r.Text) {
			t.Errorf("%s: %d items of HTML for %d texts", tag, items, len(r.Text))
		}
		rows, err := csv.NewReader(&sheet).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		steps := 0
		prooftest.Steps(r, func(string, *fees.Step) { steps++ })
		if len(rows) != steps+1 {
			t.Errorf("%s: %d rows for %d steps", tag, len(rows), steps)
		}
		for _, row := range rows {
			for _, cell := range row {
				if cell != "" && strings.ContainsRune("=+@", rune(cell[0])) {
					t.Errorf("a formula: %q", cell)
				}
			}
		}
		if tag == language.English {
			golden(t, "explain/record.md", md.String())
			golden(t, "explain/record.csv", strings.ReplaceAll(sheetText(r), "\r\n", "\n"))
		}
		if tag == language.German {
			var b bytes.Buffer
			must(r.WriteHTML(&b))
			golden(t, "explain/record.de.html", b.String())
			golden(t, "explain/record.de.csv", strings.ReplaceAll(sheetText(r), "\r\n", "\n"))
		}
		if text.Len() == 0 {
			t.Error("no text")
		}
	}
}

func sheetText(r *fees.Record) string {
	var b strings.Builder
	must(r.WriteCSV(&b))
	return b.String()
}

// TestPartialJourney says what is missing, and gives no sum.
func TestPartialJourney(t *testing.T) {
	calc, err := fees.Compile(parse(t, forwarder), parse(t, warehouse))
	if err != nil {
		t.Fatal(err)
	}
	j, err := fees.ParseJourney(strings.NewReader(goldenJourney))
	if err != nil {
		t.Fatal(err)
	}
	j.Order.Parcels[0].Weight, err = unit.ParseWeight("31 kg")
	must(err)
	if _, err := calc.Journey(j); err == nil {
		t.Fatal("a parcel that nobody carries")
	}
	j.Partial = true
	q, err := calc.Journey(j)
	if err != nil || q.Status() != fees.Incomplete || len(q.Missing()) == 0 || q.Len() == 0 {
		t.Fatalf("%v %v %v", err, q.Status(), q.Missing())
	}
	if _, err := q.Sum(); !errors.Is(err, fees.ErrIncomplete) {
		t.Error("a sum:", err)
	}
	eur, _ := country.ParseCurrency("EUR")
	if _, err := q.In(eur, nil); !errors.Is(err, fees.ErrIncomplete) {
		t.Error("a total:", err)
	}
	x, err := calc.ExplainUnit(j)
	if err != nil {
		t.Fatal(err)
	}
	r := x.Record(language.Chinese)
	if err := r.Verify(); err != nil || r.Status != "incomplete" || len(r.Totals) != 0 || len(r.Reasons) == 0 {
		t.Errorf("%v %s %v", err, r.Status, r.Reasons)
	}
	back, err := json.Marshal(j)
	if err != nil {
		t.Fatal(err)
	}
	if read, err := fees.ParseJourney(bytes.NewReader(back)); err != nil || !read.Partial {
		t.Errorf("%v", err)
	}
}

// The line that rounds a sum was proved as the whole sum, so that the total of a record was twice that of its quote.
func TestRecordOfARoundedSum(t *testing.T) {
	card, err := fees.ParseCard(strings.NewReader(`{"schema":"overseas/ratecard/1","id":"c","provider":"P","currency":"EUR","tax":{"excluded":"19%"},
		"effective":{"from":"2026-01-01"},"sources":[{"url":"https://example.com"}],
		"totals":[{"on":"order","code":"sum","family":"other","round":{"mode":"half_up","to":"0.05"}}],
		"charges":[{"on":"order","code":"parcel","family":"local_delivery","each":"parcel","per":"weight","unit":"kg","price":"1.017"},
		           {"on":"order","code":"pick","family":"handling","per":"unit","price":"0.33"},
		           {"on":"order","code":"fuel","family":"local_delivery","percent":"7.5%","of":["parcel"]}]}`))
	if err != nil {
		t.Fatal(err)
	}
	calc, err := fees.Compile(card)
	if err != nil {
		t.Fatal(err)
	}
	kg := func(s string) unit.Weight { w, _ := unit.ParseWeight(s); return w }
	order := &fees.Order{Date: on("2026-03-02"), Country: land("DE"), Parcels: []fees.Parcel{
		{Weight: kg("1.31 kg"), Goods: []fees.Goods{{SKU: "A", Units: 2, Weight: kg("0.4 kg")}}},
		{Weight: kg("2.7 kg"), Goods: []fees.Goods{{SKU: "A", Units: 1, Weight: kg("0.4 kg")}, {SKU: "B", Units: 3, Weight: kg("0.6 kg")}}}}}
	x, err := calc.Explain(order)
	if err != nil {
		t.Fatal(err)
	}
	sum, err := x.Quote().Sum()
	if err != nil {
		t.Fatal(err)
	}
	r := examined(t, x, card)
	if r.Totals[0].Value.Cmp(sum.Decimal().Rat()) != 0 || r.Lines[len(r.Lines)-1].Code != "sum" {
		t.Errorf("the total is %s, the quote's %s; %d lines", r.Totals[0].Value, sum, len(r.Lines))
	}
	rate, err := money.ParseRate("1 EUR = 1.083519 USD")
	if err != nil {
		t.Fatal(err)
	}
	rates, err := money.NewRates(rate)
	if err != nil {
		t.Fatal(err)
	}
	for _, explain := range []func(*fees.Journey) (*fees.Explanation, error){calc.ExplainJourney, calc.ExplainUnit} {
		x, err := explain(&fees.Journey{Order: order, SKU: "A"})
		if err != nil {
			t.Fatal(err)
		}
		examined(t, x, card)
		if x, err = x.In(country.Currency{'U', 'S', 'D'}, rates); err != nil {
			t.Fatal(err)
		}
		examined(t, x, card)
	}
}

// So was what an entry comes to where what is shown does not sum to the rounded total.
func TestRecordOfAnEntryWithARoundedSum(t *testing.T) {
	card, err := fees.CustomsCard(land("GB"))
	if err != nil {
		t.Fatal(err)
	}
	calc, err := fees.Compile(card)
	if err != nil {
		t.Fatal(err)
	}
	rate, err := money.ParseRate("1 EUR = 0.8571 GBP")
	if err != nil {
		t.Fatal(err)
	}
	rates, err := money.NewRates(rate)
	if err != nil {
		t.Fatal(err)
	}
	rounded := 0
	for cents := range 40 {
		goods, _ := money.Of(int64(100_000+7*cents), 2, country.Currency{'E', 'U', 'R'})
		lines := []fees.EntryLine{{SKU: "A", Units: 3, Goods: goods, Duties: []fees.Duty{{Code: "mfn", Rate: pct("2.7%")}}},
			{SKU: "B", Units: 2, Goods: cash("250.89 GBP"), Duties: []fees.Duty{{Code: "mfn", Rate: pct("6.5%")}, {Code: "safeguard", Rate: pct("25%")}}}}
		res, err := calc.Entry(&fees.Entry{Date: on("2026-03-02"), Destination: land("GB"), Rates: rates, Lines: lines})
		if err != nil {
			t.Fatal(err)
		}
		examined(t, res.Explanation(), card)
		r, total := res.Record(language.English), res.Total()
		if err := fees.VerifyAgainst(r, card); err != nil {
			t.Fatal(err)
		}
		for i, want := range []money.Money{total.CashOutlay, total.CashOutlay, total.NetCost} {
			if got := r.Totals[i]; got.Value.Cmp(want.Decimal().Rat()) != 0 {
				t.Errorf("%s: %s is %s, want %s", goods, got.Name, got.Value.FloatString(2), want)
			}
		}
		for _, l := range r.Lines {
			if l.Code == "rounding" {
				rounded++
				break
			}
		}
	}
	if rounded == 0 {
		t.Error("no sum was rounded")
	}
}
