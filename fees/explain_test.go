package fees_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/text/language"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees"
	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/fees/unit"
)

var update = flag.Bool("update", false, "write the golden files anew")

var languages = []language.Tag{
	language.English, language.SimplifiedChinese, language.German, language.Spanish, language.French, language.Italian, language.Russian, language.Indonesian,
}

func card(t testing.TB, path string) *fees.Card {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	c, err := fees.ParseCard(f)
	if err != nil {
		t.Fatalf("%s:\n%v", path, err)
	}
	return c
}

func ratecards(t testing.TB) []string {
	files, err := filepath.Glob("../examples/ratecards/*.json")
	if err != nil || len(files) < 10 {
		t.Fatalf("%d cards, %v", len(files), err)
	}
	return files
}

// maker makes events that a card may price.
type maker struct {
	*rand.Rand
	card                        *fees.Card
	countries, places, accounts []string
}

// newMaker reads off the document of a card where it holds and for whom.
func newMaker(t testing.TB, path string, seed uint64) *maker {
	var doc struct {
		Country    json.RawMessage
		Warehouses []string
		Account    string
	}
	data, err := os.ReadFile(path)
	if err == nil {
		err = json.Unmarshal(data, &doc)
	}
	if err != nil {
		t.Fatal(err)
	}
	m := &maker{Rand: rand.New(rand.NewPCG(seed, 11)), card: card(t, path), places: append(doc.Warehouses, "LAX", "FRA", "DTM1", "")}
	m.accounts = []string{doc.Account}
	if json.Unmarshal(doc.Country, &m.countries) != nil {
		m.countries = []string{strings.Trim(string(doc.Country), `"`)}
	}
	if len(doc.Country) == 0 {
		m.countries = []string{"DE", "US", "GB", "ES", "RU", "ID", "AU", "FR", "IT"}
	}
	return m
}

func one[T any](m *maker, of ...T) T { return of[m.IntN(len(of))] }

func (m *maker) weight() unit.Weight {
	w, err := unit.ParseWeight(one(m, "0.2 kg", "0.9 kg", "2.5 kg", "9.99 kg", "17 kg", "3 lb", "12.5 oz", "450 g"))
	must(err)
	return w
}

func (m *maker) size() unit.Size {
	s, err := unit.ParseSize(one(m, "10x10x5 cm", "30x20x10 cm", "40x35x30 cm", "12x9x6 in", "59 cm x 12 in x 80 mm"))
	must(err)
	return s
}

func (m *maker) value() money.Money {
	v, err := money.Of(int64(m.IntN(90_000)+100), 2, m.card.Currency())
	must(err)
	return v
}

func (m *maker) facts(k fees.Kind) fees.Facts {
	facts := fees.Facts{}
	for in := range m.card.Needs(k) {
		switch {
		case in.Default != "" && m.IntN(2) == 0:
		case len(in.Values) > 0:
			facts[in.Name] = one(m, in.Values...)
		case in.Type == "count":
			facts[in.Name] = strconv.Itoa(m.IntN(6))
		default:
			facts[in.Name] = strconv.Itoa(m.IntN(50)) + ".5"
		}
	}
	return facts
}

func (m *maker) date(from, to int) country.Date {
	d, err := country.NewDate(2026, 1, 1)
	must(err)
	d, err = d.AddDays(from + m.IntN(to-from))
	must(err)
	if start, end := m.card.Effective(); !start.IsZero() && d.Before(start) {
		d = start
	} else if !end.IsZero() && end.Before(d) {
		d = end
	}
	return d
}

func (m *maker) event(k fees.Kind) fees.Event {
	c, _ := country.Parse(one(m, m.countries...))
	place, account := one(m, m.places...), one(m, m.accounts...)
	postal := one(m, "20095", "01067", "35001", "90210", "10110", "SW1A 1AA", "10000", "190000")
	date := m.date(0, 320)
	var goods []fees.Goods
	for range 1 + m.IntN(2) {
		goods = append(goods, fees.Goods{SKU: one(m, "A1", "B2"), Units: int64(m.IntN(4)), Weight: m.weight(), Size: m.size(), Value: m.value()})
	}
	var cartons []fees.Carton
	var parcels []fees.Parcel
	for range 1 + m.IntN(3) {
		count := int64(m.IntN(4))
		cartons = append(cartons, fees.Carton{Count: count, Weight: m.weight(), Size: m.size(), Value: m.value(), Goods: goods})
		parcels = append(parcels, fees.Parcel{Count: count, Weight: m.weight(), Size: m.size(), Value: m.value(), Goods: goods})
	}
	switch k {
	case fees.OnConsign:
		return &fees.Consignment{Date: date, Destination: c, Warehouse: place, Account: account, PostalCode: postal, Cartons: cartons, Facts: m.facts(k)}
	case fees.OnReceive:
		return &fees.Receipt{Date: date, Country: c, Warehouse: place, Account: account, Cartons: cartons, Facts: m.facts(k)}
	case fees.OnStore:
		to, err := date.AddDays(1 + m.IntN(90))
		must(err)
		var lots []fees.Lot
		for range 1 + m.IntN(3) {
			lots = append(lots, fees.Lot{SKU: "A1", Arrived: m.date(-100, 1), Units: int64(m.IntN(500)), Weight: m.weight(), Size: m.size(), Value: m.value()})
		}
		return &fees.Stay{From: date, To: to, Country: c, Warehouse: place, Account: account, Lots: lots, Facts: m.facts(k)}
	case fees.OnOrder:
		return &fees.Order{Date: date, Country: c, Warehouse: place, Account: account, PostalCode: postal, Parcels: parcels, Facts: m.facts(k)}
	case fees.OnReturn:
		return &fees.Return{Date: date, Country: c, Warehouse: place, Account: account, PostalCode: postal, Parcels: parcels, Facts: m.facts(k)}
	case fees.OnRemove:
		return &fees.Removal{Date: date, Country: c, Warehouse: place, Account: account, Goods: goods, Facts: m.facts(k)}
	case fees.OnImport:
		duty, err := unit.ParsePercent("7.7%")
		must(err)
		return &fees.Entry{Date: date, Destination: c, Lines: []fees.EntryLine{{Units: 10, Goods: m.value(), Duties: []fees.Duty{{Code: "mfn", Rate: duty}}}}, Facts: m.facts(k)}
	}
	to, err := date.AddDays(30)
	must(err)
	return &fees.Period{From: date, To: to, Country: c, Warehouse: place, Account: account, Facts: m.facts(k)}
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

// written is a quote as text, for comparison.
func written(q *fees.Quote) string {
	var b strings.Builder
	for l := range q.Lines() {
		fmt.Fprintf(&b, "%s/%s %s %s\n", l.Card(), l.Code(), l.Family(), l.Amount())
	}
	for c := range q.Caveats() {
		fmt.Fprintln(&b, c)
	}
	return b.String()
}

// An explanation is of the very quote: the same lines, and each of them is derived to its amount.
func TestExplanationsAreOfTheQuote(t *testing.T) {
	for _, path := range ratecards(t) {
		name, m := filepath.Base(path), newMaker(t, path, 3)
		c := m.card
		calc, err := fees.Compile(c)
		if err != nil {
			t.Fatal(name, err)
		}
		kinds := map[fees.Kind]int{}
		for ch := range c.Charges() {
			kinds[ch.On()] += 0
		}
		for k := range kinds {
			var refused error
			for range 400 {
				e := m.event(k)
				q, err := calc.Quote(e)
				x, again := calc.Explain(e)
				if (err == nil) != (again == nil) || err != nil && err.Error() != again.Error() {
					t.Fatalf("%s: quote %v, explanation %v", name, err, again)
				}
				if err != nil {
					refused = err
					continue
				}
				if kinds[k]++; kinds[k] > 12 {
					break
				}
				if a, b := written(q), written(x.Quote()); a != b {
					t.Fatalf("%s: the quote is\n%sand its explanation\n%s", name, a, b)
				}
				if text := x.String(); text != x.String() {
					t.Fatalf("%s: explained twice, two texts", name)
				}
				for _, tag := range languages {
					var b bytes.Buffer
					if err := x.WriteText(&b, tag); err != nil {
						t.Fatal(err)
					}
					text := b.String()
					for l := range q.Lines() {
						if !strings.Contains(text, l.Amount().Format(tag)) || !strings.Contains(text, l.Card()+"/"+l.Code()) {
							t.Errorf("%s in %s: %s %s is not in\n%s", name, tag, l.Code(), l.Amount(), text)
						}
					}
					if strings.ContainsAny(text, "{}%!") && strings.Contains(text, "%!") || strings.ContainsAny(text, "{}\x00") || strings.Contains(text, "  =") {
						t.Errorf("%s in %s is not filled in:\n%s", name, tag, text)
					}
				}
			}
			if kinds[k] == 0 {
				t.Errorf("%s: no event of kind %s could be priced:\n%v", name, k, refused)
			}
		}
	}
}

// golden compares a text with a file beside the tests.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		must(os.MkdirAll(filepath.Dir(path), 0o755))
		must(os.WriteFile(path, []byte(got), 0o644))
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs (-update writes it anew):\n%s", path, got)
	}
}

// The cards of these tests do not change with the published lists.
const (
	forwarder = `{"schema":"overseas/ratecard/1","id":"sea","edition":"2026-02","title":"Sea freight","provider":"A forwarder","country":"DE","currency":"EUR","tax":"none",
		"effective":{"from":"2026-02-01","to":"2026-12-31"},"sources":[{"url":"https://example.com","note":"made for a test"}],
		"inputs":{"battery":{"values":["no","yes"],"default":"no"}},
		"measures":{"chargeable":[{"each":"carton","greater":["weight","volume x 167 kg/m3"],"min":"12 kg"},{"sum":"consignment","up":"0.5 kg","tolerance":"0.3 kg"}]},
		"charges":[
		 {"on":"consign","code":"freight","text":"sea freight","family":["first_leg","tariff"],"limit":{"each":"carton","weight":"31.5 kg"},"per":"chargeable","unit":"kg",
		  "price":{"by":[{"of":"chargeable","upTo":["50 kg","100 kg","more"]}],"table":["1.25","1.10","0.95"]},"min":"30"},
		 {"on":"consign","code":"fuel","text":"fuel surcharge","family":"first_leg","percent":"12.5%","of":["freight"]},
		 {"on":"consign","code":"battery","family":"first_leg","when":{"battery":"yes"},"each":"carton","price":"2.50"}]}`
	warehouse = `{"schema":"overseas/ratecard/1","id":"fra","edition":"7","title":"Warehouse","provider":"A warehouse","country":"DE","currency":"EUR","tax":{"excluded":"19%"},
		"effective":{"seen":"2026-11-22"},"sources":[{"url":"https://example.com","note":"made for a test"}],
		"slots":{"pick":{"on":"order","each":"parcel","take":"greatest"}},
		"charges":[
		 {"on":"store","code":"storage","family":"storage","each":"lot","per":"volume","unit":"m3","time":{"per":"day"},
		  "price":{"by":[{"of":"age","from":["0","31"]}],"table":["0.45","0.90"]}},
		 {"on":"order","code":"pick.weight","family":"handling","slot":"pick","price":{"bands":[{"upTo":"1 kg","flat":"0.80"},{"each":"1 kg","started":true,"price":"0.25"}],"of":"weight"}},
		 {"on":"order","code":"pick.units","family":"handling","slot":"pick","per":"units","price":"0.35"},
		 {"on":"order","code":"dhl","text":"parcel","family":"local_delivery","each":"parcel","price":{"by":[{"of":"weight","upTo":["2 kg","5 kg","10 kg"]}],"table":["4.19","5.19","7.19"]}}]}`
)

func parse(t testing.TB, doc string) *fees.Card {
	t.Helper()
	c, err := fees.ParseCard(strings.NewReader(doc))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

const goldenJourney = `{"schema":"overseas/journey/1","sku":"A1",
	"consignment":{"reference":"C-1","date":"2026-11-01","destination":"DE","warehouse":"FRA","facts":{"battery":"yes"},"cartons":[
	  {"count":2,"weight":"10 kg","size":"40x40x40 cm","goods":[{"sku":"A1","units":10,"weight":"0.9 kg"}]},
	  {"weight":"44 lb","size":"16x12x12 in","goods":[{"sku":"B2","units":4,"weight":"4.5 kg"},{"sku":"A1","units":1,"weight":"0.9 kg"}]}]},
	"stay":{"from":"2026-12-01","to":"2027-01-01","country":"DE","warehouse":"FRA","lots":[
	  {"batch":"b1","sku":"A1","arrived":"2026-11-20","units":21,"size":"20x20x10 cm"},{"batch":"b2","sku":"B2","arrived":"2026-10-01","units":4,"size":"40x20x10 cm"}]},
	"order":{"reference":"O-9","date":"2026-12-24","country":"DE","warehouse":"FRA","parcels":[{"weight":"2.2 kg","size":"30x20x10 cm","goods":[{"sku":"A1","units":2,"weight":"0.9 kg"}]}]}}`

func TestGoldenExplanations(t *testing.T) {
	calc, err := fees.Compile(parse(t, forwarder), parse(t, warehouse))
	if err != nil {
		t.Fatal(err)
	}
	j, err := fees.ParseJourney(strings.NewReader(goldenJourney))
	if err != nil {
		t.Fatal(err)
	}
	x, err := calc.ExplainUnit(j)
	if err != nil {
		t.Fatal(err)
	}
	for _, tag := range languages {
		var b bytes.Buffer
		if err := x.WriteText(&b, tag); err != nil {
			t.Fatal(err)
		}
		golden(t, "explain/journey."+tag.String()+".txt", b.String())
	}
	entry, err := fees.ParseEvent(strings.NewReader(strings.Replace(goodEvents["entry"], `"1 EUR = 1.083519 USD"`,
		`{"base":"EUR","quote":"USD","value":"1.083519","inverse":true,"source":"customs","date":"2026-10-21"}`, 1)))
	if err != nil {
		t.Fatal(err)
	}
	customs := parse(t, `{"schema":"overseas/ratecard/1","id":"customs","title":"Customs","provider":"A made-up authority","country":"DE","currency":"EUR","tax":"none",
		"effective":{"from":"2026-01-01"},"sources":[{"url":"https://example.com","note":"made for a test"}],"inputs":{"mode":{"values":["sea","air"]}},
		"amounts":{"customs_value":{"on":"import","each":"line","sum":["goods","packing","freight_to_border","insurance"],"times":"11/12"},
		           "vat_base":{"on":"import","each":"line","sum":["customs_value","duty","freight_after_border"],"basis":"rounded"}},
		"charges":[{"on":"import","code":"duty","family":"tariff","each":"line","given":"duties","of":["customs_value"],"round":{"mode":"down","to":"0.1","each":"line"}},
		           {"on":"import","code":"vat","family":"tax","each":"line","percent":"19%","of":["vat_base"],"recoverable":true}]}`)
	calc, err = fees.Compile(customs)
	if err != nil {
		t.Fatal(err)
	}
	e := entry.(*fees.Entry)
	e.Lines = e.Lines[:1]
	e.Lines[0].OriginInland = money.Money{}
	y, err := calc.Explain(e)
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "explain/entry.en.txt", y.String())
}

// The shares of one unit are those of Unit, and add up to the event where all goods are one unit each.
func TestExplainUnitIsUnit(t *testing.T) {
	calc, err := fees.Compile(parse(t, forwarder), parse(t, warehouse))
	if err != nil {
		t.Fatal(err)
	}
	j, err := fees.ParseJourney(strings.NewReader(goldenJourney))
	if err != nil {
		t.Fatal(err)
	}
	q, err := calc.Unit(j)
	if err != nil {
		t.Fatal(err)
	}
	x, err := calc.ExplainUnit(j)
	if err != nil {
		t.Fatal(err)
	}
	if a, b := written(q), written(x.Quote()); a != b {
		t.Errorf("unit\n%sexplained\n%s", a, b)
	}
	events := 0
	for e := range x.Events() {
		events += min(1, e.Quote().Len())
	}
	shares := 0
	for s := range x.Shares() {
		shares++
		if s.By == fees.ByDefault && !s.Amount.Equal(s.Line.Amount()) || s.Exact().Sign() < 0 {
			t.Errorf("share %+v", s)
		}
	}
	if events != 3 || shares != q.Len() || shares == 0 {
		t.Errorf("%d events, %d shares, %d lines", events, shares, q.Len())
	}
	if _, err := calc.ExplainUnit(nil); !errors.Is(err, fees.ErrMissing) {
		t.Error("a nil journey:", err)
	}
	var none *fees.Explanation
	if none.String() != "" || none.Quote().Len() != 0 {
		t.Error("a nil explanation says something")
	}
}

// Twenty rows are derived one by one and the rest together.
func TestExplanationOfManyRowsIsShort(t *testing.T) {
	calc, err := fees.Compile(parse(t, forwarder))
	if err != nil {
		t.Fatal(err)
	}
	w, _ := unit.ParseWeight("10 kg")
	c := &fees.Consignment{Cartons: make([]fees.Carton, 5000)}
	c.Destination, _ = country.Parse("DE")
	c.Date, _ = country.ParseDate("2026-11-01")
	for i := range c.Cartons {
		c.Cartons[i].Weight = w
	}
	x, err := calc.Explain(c)
	if err != nil {
		t.Fatal(err)
	}
	text := x.String()
	if len(text) > 20_000 || !strings.Contains(text, "4,980 more together") {
		t.Errorf("%d bytes:\n%s", len(text), text[:min(len(text), 3000)])
	}
}

// What a caller writes into an event cannot forge a line of an explanation.
func TestExplanationEscapesTheCallersText(t *testing.T) {
	calc, err := fees.Compile(parse(t, warehouse))
	if err != nil {
		t.Fatal(err)
	}
	e, err := fees.ParseEvent(strings.NewReader(`{"schema":"overseas/event/1","event":"order","date":"2026-11-30","country":"DE","parcels":[{"weight":"1 kg","units":1}]}`))
	if err != nil {
		t.Fatal(err)
	}
	o := e.(*fees.Order)
	o.Reference = "A\ntotal: €0.00\u202E"
	x, err := calc.Explain(o)
	if err != nil {
		t.Fatal(err)
	}
	if text := x.String(); strings.Contains(text, "\ntotal: €0.00") || strings.Contains(text, "\u202E") || !strings.Contains(text, `"A\ntotal: €0.00\u202e"`) {
		t.Errorf("%s", text)
	}
}
