package fees_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"io"
	"math/big"
	"math/rand/v2"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/iotest"

	"golang.org/x/text/encoding/simplifiedchinese"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees"
	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/fees/unit"
	"github.com/overseaswarehouse/overseas/internal/engine/testdata/fivepart"
	"github.com/overseaswarehouse/overseas/internal/problem"
)

// fiveParts is a calculator of five cards in three currencies, and the rates into dollars.
func fiveParts(t testing.TB) (*fees.Calculator, *money.Rates) {
	t.Helper()
	var cards []*fees.Card
	for _, name := range []string{"firstleg", "storage", "handling", "delivery", "tariff"} {
		f, err := fivepart.Files.Open(name + ".json")
		if err != nil {
			t.Fatal(err)
		}
		card, err := fees.ParseCard(f)
		if err != nil {
			t.Fatal(err)
		}
		cards = append(cards, card)
	}
	calc, err := fees.Compile(cards...)
	if err != nil {
		t.Fatal(err)
	}
	var list []money.Rate
	for _, s := range []string{"1 EUR = 1.083519 USD", "1 CNY = 0.138512 USD"} {
		r, err := money.ParseRate(s)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, r)
	}
	rates, err := money.NewRates(list...)
	if err != nil {
		t.Fatal(err)
	}
	return calc, rates
}

// journeys is a plan of which each row is a journey of four events.
func journeys(rates *money.Rates) fees.ShardPlan {
	de := country.Code{'D', 'E'}
	day := country.Date{Year: 2026, Month: 3, Day: 1}
	plan := fees.ShardPlan{Currency: country.Currency{'U', 'S', 'D'}, Rates: rates, Echo: []string{"id"}, GroupBy: []string{"zone"}}
	plan.Layout = fees.ShardLayout{
		Events: []fees.Event{
			&fees.Consignment{Date: day, Destination: de}, &fees.Stay{Country: de, Lots: []fees.Lot{{Units: 1}}},
			&fees.Order{Date: day, Country: de}, &fees.Entry{Date: day, Destination: de, Lines: []fees.EntryLine{{Duties: fees.NoDuty()}}},
		},
	}
	for _, c := range []struct{ fields, column, unit string }{
		{"consignment.cartons.weight stay.lots.weight order.parcels.weight", "weight", "kg"},
		{"consignment.cartons.size.length stay.lots.size.length order.parcels.size.length", "length", "cm"},
		{"consignment.cartons.size.width stay.lots.size.width order.parcels.size.width", "width", "cm"},
		{"consignment.cartons.size.height stay.lots.size.height order.parcels.size.height", "height", "cm"},
		{"stay.from", "from", ""}, {"stay.to", "to", ""}, {"stay.lots.arrived", "arrived", ""},
		{"order.postal_code", "postal_code", ""}, {"order.parcels.units", "units", ""}, {"entry.lines.goods", "goods", "EUR"},
	} {
		for _, f := range strings.Fields(c.fields) {
			plan.Layout.Columns = append(plan.Layout.Columns, fees.ShardColumn{Field: f, Column: c.column, Unit: c.unit})
		}
	}
	return plan
}

const journeyHeader = "id,zone,weight,length,width,height,from,to,arrived,postal_code,units,goods\n"

// journeyRows writes rows, each of which has other figures.
func journeyRows(n int) string {
	b := []byte(journeyHeader)
	for i := range n {
		k := int64(i)
		for j, f := range []string{"J" + strconv.Itoa(i), strconv.Itoa(1 + i%8), strconv.FormatInt(1+k%30, 10) + "." + strconv.FormatInt(k%10, 10) + "5",
			strconv.FormatInt(10+k%50, 10), strconv.FormatInt(10+k*7%40, 10), strconv.FormatInt(5+k*3%30, 10) + ".5", "2026-03-01", "2026-03-21", "2026-01-" + strconv.Itoa(10+i%20),
			[]string{"20095", "10115", "80331", "01067"}[i%4], strconv.FormatInt(1+k%9, 10), strconv.FormatInt(20+k%300, 10) + ".90"} {
			if j > 0 {
				b = append(b, ',')
			}
			b = append(b, f...)
		}
		b = append(b, '\n')
	}
	return string(b)
}

func shard(t testing.TB, calc *fees.Calculator, plan fees.ShardPlan, in string) (*fees.Sums, string, string) {
	t.Helper()
	var out, bad bytes.Buffer
	sums, err := fees.QuoteShard(context.Background(), calc, plan, strings.NewReader(in), &out, &bad)
	if err != nil {
		t.Fatal(err)
	}
	return sums, out.String(), bad.String()
}

// TestShardEqualsQuotes holds every amount and state of every row against the quotes of the same events one by one.
func TestShardEqualsQuotes(t *testing.T) {
	calc, rates := fiveParts(t)
	plan := journeys(rates)
	plan.States = true
	in := journeyRows(400)
	_, out, bad := shard(t, calc, plan, in)
	got := records(t, out)
	rows := records(t, in)
	if len(got) != len(rows) || strings.Count(bad, "\n") != 1 {
		t.Fatalf("%d rows of %d, %s", len(got), len(rows), bad)
	}
	for i, r := range rows[1:] {
		total := journeyTotal(t, calc, rates, r)
		want := []string{r[0]}
		for part := range total.Families() {
			amount := ""
			if part.State == fees.Priced || part.State == fees.Free {
				amount = string(part.Amount.AppendAmount(nil))
			}
			want = append(want, amount, part.State.String())
		}
		want = append(want, string(total.Sum().AppendAmount(nil)), "USD", "exact", "")
		if !slices.Equal(got[i+1], want) {
			t.Fatalf("row %d: %q\nwanted %q", i, got[i+1], want)
		}
	}
}

// A layout that says that the freight of the entry is that of the first leg priced the entry without it.
func TestShardFreightFromLeg(t *testing.T) {
	calc, rates := fiveParts(t)
	plan := journeys(rates)
	plan.Layout.FreightFromLeg = true
	slices.Reverse(plan.Layout.Events) // whatever their order
	customs, err := money.ParseRate("1 CNY = 0.127835 EUR")
	if err != nil {
		t.Fatal(err)
	}
	entryRates, err := money.NewRates(customs)
	if err != nil {
		t.Fatal(err)
	}
	entry := plan.Layout.Events[0].(*fees.Entry)
	entry.Rates = entryRates
	in := journeyRows(100)
	without := journeys(rates)
	_, other, _ := shard(t, calc, without, in)
	_, out, bad := shard(t, calc, plan, in)
	got := records(t, out)
	if len(got) != 101 || out == other {
		t.Fatalf("%d rows, %s", len(got), bad)
	}
	for i, r := range records(t, in)[1:] {
		j := journeyOf(t, r)
		j.FreightFromLeg, j.Entry.Rates = true, entryRates
		q, err := calc.Journey(j)
		if err != nil {
			t.Fatal(err)
		}
		total, err := q.In(plan.Currency, rates)
		if err != nil {
			t.Fatal(err)
		}
		if want := string(total.Sum().AppendAmount(nil)); got[i+1][8] != want {
			t.Fatalf("row %d: %q, wanted %s", i, got[i+1], want)
		}
	}
	entry.Lines[0].FreightToBorder, _ = money.Parse("1 EUR")
	if sums, _, bad := shard(t, calc, plan, in); sums.Bad() != 100 || strings.Count(bad, "fields_exclude") != 100 {
		t.Errorf("freight that is said: %s", bad)
	}
	plan.Layout.Events = plan.Layout.Events[:3]
	plan.Layout.IgnoreOthers = true
	var columns []fees.ShardColumn
	for _, c := range plan.Layout.Columns {
		if !strings.HasPrefix(c.Field, "consignment.") {
			columns = append(columns, c)
		}
	}
	plan.Layout.Columns = columns
	if sums, _, bad := shard(t, calc, plan, in); sums.Bad() != 100 || strings.Count(bad, "input_missing") != 100 {
		t.Errorf("no consignment: %s", bad)
	}
}

// records reads CSV that is right.
func records(t testing.TB, text string) [][]string {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// journeyTotal prices a row of journeyRows by the public API, without a shard.
func journeyTotal(t testing.TB, calc *fees.Calculator, rates *money.Rates, r []string) *fees.Total {
	t.Helper()
	q, err := calc.Journey(journeyOf(t, r))
	if err != nil {
		t.Fatal(err)
	}
	total, err := q.In(country.Currency{'U', 'S', 'D'}, rates)
	if err != nil {
		t.Fatal(err)
	}
	return total
}

// journeyOf is a row of journeyRows as a journey.
func journeyOf(t testing.TB, r []string) *fees.Journey {
	t.Helper()
	size := `"` + r[3] + "x" + r[4] + "x" + r[5] + ` cm"`
	j, err := fees.ParseJourney(strings.NewReader(`{"schema": "overseas/journey/1",
	"consignment": {"date": "2026-03-01", "destination": "DE", "cartons": [{"weight": "` + r[2] + ` kg", "size": ` + size + `}]},
	"stay": {"from": "` + r[6] + `", "to": "` + r[7] + `", "country": "DE", "lots": [{"arrived": "` + r[8] + `", "units": 1, "weight": "` + r[2] + ` kg", "size": ` + size + `}]},
	"order": {"date": "2026-03-01", "country": "DE", "postal_code": "` + r[9] + `", "parcels": [{"weight": "` + r[2] + ` kg", "size": ` + size + `, "units": ` + r[10] + `}]},
	"entry": {"date": "2026-03-01", "destination": "DE", "lines": [{"goods": "` + r[11] + ` EUR", "duties": [{"code": "none"}]}]}}`))
	if err != nil {
		t.Fatal(err)
	}
	return j
}

// TestShardOfEachEvent prices a file of each type of event, whose header holds paths, and the same event as a document.
func TestShardOfEachEvent(t *testing.T) {
	card, err := fees.ParseCard(strings.NewReader(`{"schema": "overseas/ratecard/1", "id": "all", "provider": "made for the tests", "currency": "EUR", "tax": "none",
	"effective": {"from": "2026-01-01"}, "sources": [{"url": "https://example.com"}],
	"inputs": {"zone": {"values": ["1", "2"], "default": "1"}},
	"charges": [
	{"on": "consign", "code": "freight", "family": "first_leg", "each": "carton", "per": "weight", "unit": "kg", "price": "3.10"},
	{"on": "receive", "code": "unload", "family": "handling", "each": "carton", "price": "0.75"},
	{"on": "store", "code": "space", "family": "storage", "each": "lot", "per": "volume", "unit": "m3", "time": {"per": "day"}, "price": "0.60"},
	{"on": "order", "code": "send", "family": "local_delivery", "each": "parcel", "price": {"by": [{"of": "zone", "in": ["1", "2"]}, {"of": "weight", "upTo": ["2 kg", "10 kg"]}], "table": [["4.19", "6.90"], ["5.19", "8.90"]]}},
	{"on": "return", "code": "back", "family": "handling", "each": "parcel", "price": "2.50"},
	{"on": "remove", "code": "out", "family": "handling", "each": "piece", "price": "0.35"},
	{"on": "import", "code": "duty", "family": "tariff", "each": "line", "percent": "6.5%", "of": ["goods"]}]}`))
	if err != nil {
		t.Fatal(err)
	}
	calc, err := fees.Compile(card)
	if err != nil {
		t.Fatal(err)
	}
	day := country.Date{Year: 2026, Month: 3, Day: 1}
	for name, c := range map[string]struct {
		event    fees.Event
		csv      string
		document string
	}{
		"consignment": {&fees.Consignment{}, "reference,date,destination,cartons.count,cartons.weight,cartons.size,cartons.value\nC-1,2026-03-01,DE,3,7.25 kg,40x30x20 cm,12.50 EUR\n",
			`"date": "2026-03-01", "destination": "DE", "cartons": [{"count": 3, "weight": "7.25 kg", "size": "40x30x20 cm"}]`},
		"receipt": {&fees.Receipt{Date: day}, "country,cartons.count,cartons.goods.sku,cartons.goods.units\nDE,3,A1,4\n",
			`"date": "2026-03-01", "country": "DE", "cartons": [{"count": 3, "goods": [{"sku": "A1", "units": 4}]}]`},
		"stay": {&fees.Stay{Country: country.Code{'D', 'E'}}, "from,to,lots.arrived,lots.units,lots.volume_m3,warehouse,account\n2026-03-01,2026-03-21,2026-02-01,40,0.024,W1,A\n",
			`"from": "2026-03-01", "to": "2026-03-21", "country": "DE", "lots": [{"arrived": "2026-02-01", "units": 40, "volume": "0.024 m3"}]`},
		"order": {&fees.Order{Date: day, Parcels: []fees.Parcel{{Count: 2}}}, "country,postal_code,parcels.weight (g),parcels.size.length_cm,parcels.size.width_cm,parcels.size.height_in,facts.zone\nGermany,20095,1800,40,30,12,2\n",
			`"date": "2026-03-01", "country": "DE", "postal_code": "20095", "parcels": [{"count": 2, "weight": "1.8 kg", "size": "40 cm x 30 cm x 12 in"}], "facts": {"zone": "2"}`},
		"return": {&fees.Return{Date: day, Country: country.Code{'D', 'E'}}, "parcels.count,parcels.value,parcels.value.currency\n2,12.50,USD\n",
			`"date": "2026-03-01", "country": "DE", "parcels": [{"count": 2, "value": "12.50 USD"}]`},
		"removal": {&fees.Removal{Date: day, Country: country.Code{'D', 'E'}}, "goods.sku,goods.units\nA1,12\n",
			`"date": "2026-03-01", "country": "DE", "goods": [{"sku": "A1", "units": 12}]`},
		"entry": {&fees.Entry{Date: day}, "destination,lines.hs,lines.goods (EUR),lines.duties.code,lines.duties.rate\nDE,940521,1234.56,mfn,2.7%\n",
			`"date": "2026-03-01", "destination": "DE", "lines": [{"goods": "1234.56 EUR", "duties": [{"code": "mfn", "rate": "2.7%"}]}]`},
	} {
		plan := fees.ShardPlan{Currency: country.Currency{'E', 'U', 'R'}, Layout: fees.ShardLayout{Events: []fees.Event{c.event}}}
		sums, _, bad := shard(t, calc, plan, c.csv)
		event, err := fees.ParseEvent(strings.NewReader(`{"schema": "overseas/event/1", "event": "` + name + `", ` + c.document + `}`))
		if err != nil {
			t.Fatal(name, err)
		}
		q, err := calc.Quote(event)
		if err != nil {
			t.Fatal(name, err)
		}
		want, _ := q.Sum()
		if got, _ := sums.Total(); sums.Good() != 1 || want.Sign() <= 0 || got != string(want.AppendAmount(nil)) {
			t.Errorf("%s: %s, wanted %s\n%s", name, got, want, bad)
		}
	}
}

// TestShardOfCustoms prices a file of declarations by the facts of a country, costs in two currencies.
func TestShardOfCustoms(t *testing.T) {
	card, err := fees.CustomsCard(country.Code{'D', 'E'})
	if err != nil {
		t.Fatal(err)
	}
	calc, err := fees.Compile(card)
	if err != nil {
		t.Fatal(err)
	}
	rate, err := money.ParseRate("1 USD = 0.922919 EUR")
	if err != nil {
		t.Fatal(err)
	}
	rates, err := money.NewRates(rate)
	if err != nil {
		t.Fatal(err)
	}
	plan := fees.ShardPlan{Currency: country.Currency{'E', 'U', 'R'}, Echo: []string{"单号"}}
	plan.Layout = fees.ShardLayout{
		Events: []fees.Event{&fees.Entry{Destination: country.Code{'D', 'E'}, Rates: rates}},
		Columns: []fees.ShardColumn{
			{Field: "date"}, {Field: "lines.hs", Column: "海关编码"}, {Field: "lines.goods", Column: "货值"}, {Field: "lines.goods.currency", Column: "币种"},
			{Field: "lines.freight_to_border", Column: "境外运费", Unit: "EUR"}, {Field: "lines.duties.rate", Column: "关税率", Unit: "%"}, {Field: "lines.duties.code", Column: "duty"},
			{Field: "reference", Column: "单号"},
		},
	}
	in := "单号,日期,海关编码,货值,币种,境外运费,关税率,duty\nE-1,2026-09-07,847989,10000,EUR,1200,2,third_country\nE-2,2026-09-08,940521,2500.50,USD,,2.7%,third_country\nE-3,2026-09-08,940521,2500.50,JPY,,2.7%,third_country\n"
	sums, out, bad := shard(t, calc, plan, in)
	rows := records(t, out)
	if sums.Good() != 2 || sums.Bad() != 1 || !strings.Contains(bad, "rate_missing") {
		t.Fatalf("%s%s", out, bad)
	}
	for i, doc := range []string{
		`"date": "2026-09-07", "lines": [{"goods": "10000 EUR", "freight_to_border": "1200 EUR", "duties": [{"code": "third_country", "rate": "2%"}]}]`,
		`"date": "2026-09-08", "lines": [{"goods": "2500.50 USD", "duties": [{"code": "third_country", "rate": "2.7%"}]}]`,
	} {
		e, err := fees.ParseEvent(strings.NewReader(`{"schema": "overseas/event/1", "event": "entry", "destination": "DE", "rates": ["1 USD = 0.922919 EUR"], ` + doc + `}`))
		if err != nil {
			t.Fatal(err)
		}
		q, err := calc.Quote(e)
		if err != nil {
			t.Fatal(err)
		}
		if want, _ := q.Sum(); rows[i+1][8] != string(want.AppendAmount(nil)) {
			t.Errorf("%q, wanted %v", rows[i+1], want)
		}
	}
	// other facts are other prices, and do not merge
	n, _ := unit.ParseFraction("0.20")
	fact := country.Fact{Country: country.Code{'D', 'E'}, From: country.Date{Year: 2026, Month: 1, Day: 1}, Source: "made up", Confidence: country.SeenOfficial,
		Value: country.ImportTax{Tax: "VAT", Rate: n.Decimal()}}
	own, err := fees.CustomsCard(country.Code{'D', 'E'}, fact)
	if err != nil {
		t.Fatal(err)
	}
	changed, err := fees.Compile(own)
	if err != nil {
		t.Fatal(err)
	}
	other, _, _ := shard(t, changed, plan, in)
	if err := sums.Merge(other); !errors.Is(err, fees.ErrMixed) {
		t.Errorf("sums by other facts: %v", err)
	}
	fact.From, fact.To = country.Date{Year: 2021, Month: 1, Day: 1}, country.Date{Year: 2021, Month: 2, Day: 1}
	var past [2]*fees.Sums
	for i, rate := range []string{"0.20", "0.21"} {
		n, _ := unit.ParseFraction(rate)
		fact.Value = country.ImportTax{Tax: "VAT", Rate: n.Decimal()}
		if own, err = fees.CustomsCard(country.Code{'D', 'E'}, fact); err != nil {
			t.Fatal(err)
		}
		if changed, err = fees.Compile(own); err != nil {
			t.Fatal(err)
		}
		past[i], _, _ = shard(t, changed, plan, in)
	}
	if err := past[0].Merge(past[1]); !errors.Is(err, fees.ErrMixed) {
		t.Errorf("sums by facts that differ on other days: %v", err)
	}
	again, err := fees.CustomsCard(country.Code{'D', 'E'})
	if err != nil {
		t.Fatal(err)
	}
	if calc, err = fees.Compile(again); err != nil {
		t.Fatal(err)
	}
	if same, _, _ := shard(t, calc, plan, in); same.Fingerprint() != sums.Fingerprint() {
		t.Error("the same facts have two fingerprints")
	}
}

// orders is a plan for a file of orders whose header decides.
func orders() fees.ShardPlan {
	return fees.ShardPlan{Currency: country.Currency{'E', 'U', 'R'}, Layout: fees.ShardLayout{
		Events: []fees.Event{&fees.Order{Date: country.Date{Year: 2026, Month: 11, Day: 22}, Country: country.Code{'D', 'E'}, Facts: fees.Facts{"zone": "1"}}},
	}}
}

func TestShardHeaders(t *testing.T) {
	calc := exampleCalculator()
	for _, header := range []string{
		"parcels.weight_kg", "Parcels.Weight (kg)", "weight_kg", "Gross Weight (KG)", "*毛重（KG）\n（必填）", "重量(千克)", "实重［kg］", "ＷＥＩＧＨＴ（ｋｇ）", "重量 kg", "毛重（公斤）（选填）",
	} {
		sums, _, bad := shard(t, calc, orders(), "\""+header+"\"\n1.8\n")
		if got, _ := sums.Total(); got != "5.39" {
			t.Errorf("%q: %q %s", header, got, bad)
		}
	}
	in := "订单号,下单日期,目的国,邮编,重量（g）,长（cm）,宽（cm）,高（cm）,申报价值,申报币种,数量,facts.zone\nO-1,2026-11-22,德国,20095,1800,40,30,20,12.50,USD,2,2\n"
	sums, _, bad := shard(t, calc, orders(), in)
	if got, _ := sums.Total(); got != "6.39" {
		t.Errorf("a file in Chinese: %q %s", got, bad)
	}
	for name, c := range map[string]struct {
		header string
		layout []fees.ShardColumn
		code   error
		text   string
	}{
		"nothing":                 {"", nil, problem.TextBlank, ""},
		"a column twice":          {"weight_kg,weight_kg\n", nil, problem.Duplicate, "weight_kg"},
		"two names for a thing":   {"weight_kg,重量(kg)\n", []fees.ShardColumn{{Field: "parcels.weight", Column: "gross weight"}}, problem.Duplicate, "weight_kg"},
		"a column that is absent": {"date\n", []fees.ShardColumn{{Field: "parcels.weight", Column: "重量"}}, problem.MissingField, "重量"},
		"a column nobody knows":   {"weight_kg,weigth\n", nil, problem.UnknownField, "weigth"},
		"a net weight":            {"净重(kg)\n", nil, problem.UnknownField, "净重(kg)"},
		"no such field":           {"a\n", []fees.ShardColumn{{Field: "parcels.mass", Column: "a"}}, problem.UnknownField, "parcels.mass"},
		"another unit":            {"weight (g)\n", []fees.ShardColumn{{Field: "parcels.weight", Column: "weight", Unit: "kg"}}, problem.UnitMismatch, "g"},
		"a unit of length":        {"a\n", []fees.ShardColumn{{Field: "parcels.weight", Column: "a", Unit: "cm"}}, problem.UnitUnknown, "cm"},
		"a currency that is none": {"a\n", []fees.ShardColumn{{Field: "parcels.value", Column: "a", Unit: "EURO"}}, problem.CurrencyUnknown, "EURO"},
		"a field twice":           {"a,b\n", []fees.ShardColumn{{Field: "parcels.weight", Column: "a"}, {Field: "parcels.weight", Column: "b"}}, problem.Duplicate, "parcels.weight"},
		"carriage returns":        {"weight_kg\r1.8\r", nil, problem.CSVSyntax, `\r`},
		"a login page":            {"<html><body>Login</body></html>", nil, problem.NotCSV, "HTML"},
		"JSON":                    {"{\"a\":1}", nil, problem.CSVSyntax, `"`},
		"semicolons":              {"weight_kg;date\n", nil, problem.UnknownValue, ","},
		"tabs":                    {"weight_kg\tdate\n", nil, problem.UnknownValue, ","},
		"two marks":               {"\ufeff\ufeffweight_kg\n", nil, problem.UnknownField, "\ufeffweight_kg"},
	} {
		plan := orders()
		plan.Layout.Columns = c.layout
		_, err := fees.QuoteShard(context.Background(), calc, plan, strings.NewReader(c.header), io.Discard, io.Discard)
		var p fees.Problem
		if !errors.Is(err, c.code) || !errors.As(err, &p) || p.Text != c.text {
			t.Errorf("%s: %v, %q", name, err, p.Text)
		}
	}
}

func TestShardPlanProblems(t *testing.T) {
	calc := exampleCalculator()
	for name, c := range map[string]struct {
		change func(*fees.ShardPlan)
		code   error
	}{
		"no currency":      {func(p *fees.ShardPlan) { p.Currency = country.Currency{} }, problem.CurrencyUnknown},
		"no event":         {func(p *fees.ShardPlan) { p.Layout.Events = nil }, problem.InputMissing},
		"a nil event":      {func(p *fees.ShardPlan) { p.Layout.Events = []fees.Event{(*fees.Order)(nil)} }, problem.InputMissing},
		"an event twice":   {func(p *fees.ShardPlan) { p.Layout.Events = []fees.Event{&fees.Order{}, &fees.Order{}} }, problem.Duplicate},
		"a period":         {func(p *fees.ShardPlan) { p.Layout.Events = []fees.Event{&fees.Period{}} }, problem.UnknownValue},
		"two parcels":      {func(p *fees.ShardPlan) { p.Layout.Events = []fees.Event{&fees.Order{Parcels: make([]fees.Parcel, 2)}} }, problem.TooMany},
		"a delimiter":      {func(p *fees.ShardPlan) { p.Input.Delimiter = 'x' }, problem.UnknownValue},
		"an encoding":      {func(p *fees.ShardPlan) { p.Output.Encoding = 9 }, problem.UnknownValue},
		"echo that is not": {func(p *fees.ShardPlan) { p.Echo = []string{"id"} }, problem.MissingField},
	} {
		plan := orders()
		c.change(&plan)
		sums, err := fees.QuoteShard(context.Background(), calc, plan, strings.NewReader("weight_kg\n1.8\n"), io.Discard, io.Discard)
		if !errors.Is(err, c.code) || sums == nil || sums.Good() != 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := fees.QuoteShard(context.Background(), calc, orders(), nil, nil, nil); !errors.Is(err, problem.InputMissing) {
		t.Errorf("nothing to read or write: %v", err)
	}
}

// TestShardCells tells what is wrong with a cell, and what would be right.
func TestShardCells(t *testing.T) {
	calc := exampleCalculator()
	weight, err := unit.ParseWeight("1.5 kg")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ column, cell, code, want string }{
		{"weight_kg", "1,234", "number_syntax", "1234, 1.234"},
		{"weight_kg", "12,5", "number_syntax", "12.5"},
		{"weight_kg", "1.234,50", "number_syntax", "1234.50"},
		{"weight_kg", "1,234,567.5", "number_syntax", "1234567.5"},
		{"weight_kg", "1.2E+12", "number_format", "1200000000000"},
		{"weight_kg", "1.25e-1", "number_format", "0.125"},
		{"weight_kg", "１.８", "number_syntax", "1.8"},
		{"weight_kg", " 1.8", "number_syntax", "1.8"},
		{"weight_kg", "+1.8", "number_format", "1.8"},
		{"weight_kg", "1 000", "number_syntax", "1000"},
		{"weight_kg", "NaN", "number_syntax", ""},
		{"weight_kg", "十", "number_syntax", ""},
		{"weight_kg", "0", "zero_not_allowed", ""},
		{"weight_kg", "-1", "negative", ""},
		{"weight_kg", "99999999999999999999", "number_range", ""},
		{"weight_kg", "1.2345678901234", "number_precision", ""},
		{"weight_kg", "", "input_missing", ""},
		{"weight_kg", "1.8 stone", "unit_unknown", "kg"},
		{"weight", "1.8", "unit_unknown", "kg"},
		{"weight", "1,8 kg", "number_syntax", "1.8 kg"},
		{"weight", strings.Repeat("9", 3000), "number_too_long", ""},
		{"units", "1.5", "not_integer", ""},
		{"units", "1e3", "number_format", "1000"},
		{"units", "0", "zero_not_allowed", ""},
		{"units", "10个", "number_syntax", ""},
		{"units", "-2", "negative", ""},
		{"country", "Atlantis", "country_unknown", ""},
		{"date", "22.11.2026", "date_invalid", "YYYY-MM-DD"},
		{"date", "2026-02-30", "date_invalid", "YYYY-MM-DD"},
		{"date", "2026-11-22 10:00", "date_format", "YYYY-MM-DD"},
		{"value", "12.50", "currency_unknown", "12.50 EUR"},
		{"value", "12.50 EURO", "currency_unknown", ""},
		{"value_", "12,50 EUR", "number_syntax", "12.50 EUR"},
		{"value (USD)", "12.50 EUR", "currency_mismatch", "USD"},
		{"size", "40x30", "malformed", ""},
		{"warehouse", strings.Repeat("x", 1001), "text_too_long", ""},
		{"warehouse", "a\tb", "control_character", ""},
		{"warehouse", "a\u202eb", "bidi_control", ""},
		{"warehouse", "\u200b", "text_blank", ""},
		{"facts.zone", "3", "unknown_value", "1"},
		{"facts.colour", "red", "input_unknown", ""},
	} {
		plan := orders()
		plan.Layout.IgnoreOthers = true
		if !strings.HasPrefix(c.column, "weight") {
			plan.Layout.Events[0].(*fees.Order).Parcels = []fees.Parcel{{Weight: weight}}
		}
		in := csvText([]string{c.column, "other"}, []string{c.cell, "x"})
		sums, out, bad := shard(t, calc, plan, in)
		rows := records(t, bad)
		if sums.Good() != 0 || sums.Bad() != 1 || len(rows) != 2 || strings.Count(out, "\n") != 1 {
			t.Errorf("%s %.40q: %d good\n%s", c.column, c.cell, sums.Good(), out)
			continue
		}
		if r := rows[1]; r[0] != "2" || r[1] != c.code || !strings.Contains(r[3], c.want) {
			t.Errorf("%s %.40q: %q, wanted %s with %q", c.column, c.cell, r, c.code, c.want)
		}
		for code, n := range sums.Reasons() {
			if string(code) != c.code || n != 1 {
				t.Errorf("%s %.40q: %d %s", c.column, c.cell, n, code)
			}
		}
	}
}

// TestShardEmptyCells holds that an empty cell is what the layout says, whatever the row before it held.
func TestShardEmptyCells(t *testing.T) {
	calc, rates := fiveParts(t)
	plan := journeys(rates)
	plan.Lines = true
	plan.Echo, plan.Layout.IgnoreOthers = nil, true
	row := strings.Split(strings.Split(journeyRows(1), "\n")[1], ",")
	other := "x,1,7.5,60,50,40,2026-04-01,2026-06-01,2026-01-01,80331,7,250.00\n"
	_, want, _ := shard(t, calc, plan, journeyHeader+strings.Join(row, ",")+"\n")
	_, want, _ = strings.Cut(want, "\n")
	weight, _ := unit.ParseWeight(row[2] + " kg")
	size, _ := unit.ParseSize(row[3] + "x" + row[4] + "x" + row[5] + " cm")
	from, _ := country.ParseDate(row[6])
	to, _ := country.ParseDate(row[7])
	arrived, _ := country.ParseDate(row[8])
	goods, _ := money.Parse(row[11] + " EUR")
	e := plan.Layout.Events
	e[0].(*fees.Consignment).Cartons = []fees.Carton{{Weight: weight, Size: size}}
	stay, order := e[1].(*fees.Stay), e[2].(*fees.Order)
	stay.From, stay.To = from, to
	stay.Lots[0].Arrived, stay.Lots[0].Weight, stay.Lots[0].Size = arrived, weight, size
	units, _ := strconv.ParseInt(row[10], 10, 64)
	order.PostalCode, order.Parcels = row[9], []fees.Parcel{{Weight: weight, Size: size, Units: units}}
	e[3].(*fees.Entry).Lines[0].Goods = goods
	_, out, bad := shard(t, calc, plan, journeyHeader+other+"y,1,,,,,,,,,,\n"+other)
	if _, rest, _ := strings.Cut(out, "\n"); strings.Count(out, want) != 1 || strings.HasPrefix(rest, want) || strings.HasSuffix(rest, want) {
		t.Errorf("an empty row:\n%s\nwanted\n%s\n%s", out, want, bad)
	}
	// an answer that a row does not give is not that of the row before
	orders := orders()
	orders.Layout.Events[0].(*fees.Order).Facts = nil
	sums, _, _ := shard(t, exampleCalculator(), orders, "weight_kg,facts.zone,facts.label\n1.5,2,yes\n1.5,,\n1.5,1,\n")
	if total, _ := sums.Total(); sums.Good() != 2 || total != "11.93" {
		t.Errorf("%d good: %s", sums.Good(), total)
	}
}

// TestShardScales holds that amounts of more decimals than the currency has are written and summed in full.
func TestShardScales(t *testing.T) {
	var cards []*fees.Card
	for _, c := range []struct{ id, to, price string }{{"fine", "0.001", "1.005"}, {"cents", "0.01", "2.35"}} {
		card, err := fees.ParseCard(strings.NewReader(`{"schema": "overseas/ratecard/1", "id": "` + c.id + `", "provider": "made for the tests", "currency": "EUR", "tax": "none",
		"effective": {"from": "2026-01-01"}, "sources": [{"url": "https://example.com"}], "rounding": {"mode": "half_up", "to": "` + c.to + `"},
		"charges": [{"on": "order", "code": "pick", "family": "handling", "each": "parcel", "price": "` + c.price + `"}]}`))
		if err != nil {
			t.Fatal(err)
		}
		cards = append(cards, card)
	}
	calc, err := fees.Compile(cards...)
	if err != nil {
		t.Fatal(err)
	}
	plan := orders()
	plan.Layout.Events[0].(*fees.Order).Facts = nil
	sums, out, bad := shard(t, calc, plan, "weight_kg,parcels.count\n1.5,1\n1.5,3\n")
	if total, _ := sums.Total(); total != "13.42" || !strings.Contains(out, ",3.355,") || !strings.Contains(out, ",10.065,") {
		t.Errorf("%s\n%s%s", total, out, bad)
	}
	plan.Lines = true
	if _, out, _ = shard(t, calc, plan, "weight_kg\n1.5\n"); !strings.Contains(out, "1.005,EUR,1.005,EUR") || !strings.Contains(out, "2.35,EUR,2.35,EUR") {
		t.Error(out)
	}
}

func csvText(rows ...[]string) string {
	var b strings.Builder
	w := csv.NewWriter(&b)
	_ = w.WriteAll(rows)
	return b.String()
}

// TestShardOfHostileFiles feeds files that pretend, break off and overflow.
func TestShardOfHostileFiles(t *testing.T) {
	calc := exampleCalculator()
	plan := orders()
	plan.Echo = []string{"ref"}
	plan.Layout.IgnoreOthers = true
	many := strings.Repeat("X,1.5\n", 30_000)
	for name, c := range map[string]struct {
		in        string
		good, bad int64
		codes     string
	}{
		"CRLF":                         {"ref,weight_kg\r\nA,1.5\r\n", 1, 0, ""},
		"a quoted break":               {"ref,weight_kg\n\"A\n1\",1.5\n", 1, 0, ""},
		"no last break":                {"ref,weight_kg\nA,1.5", 1, 0, ""},
		"a mark":                       {"\ufeffref,weight_kg\nA,1.5\n", 1, 0, ""},
		"a header alone":               {"ref,weight_kg\n", 0, 0, ""},
		"rows of other widths":         {"ref,weight_kg\nA\nA,1.5,9\nB,1.5\n", 1, 2, "row_width"},
		"a bare quote":                 {"ref,weight_kg\nA\"1,1.5\nB,1.5\n", 1, 1, "csv_syntax"},
		"a quote that is never shut":   {"ref,weight_kg\n\"A,1.5\n" + many, 30_000, 1, "csv_syntax"},
		"NUL":                          {"ref,weight_kg\nA\x001,1.5\nB,1.5\n", 1, 1, "control_character"},
		"GBK":                          {"ref,weight_kg\n\xba\xa3\xcd\xe2,1.5\nB,1.5\n", 1, 1, "encoding"},
		"a long field":                 {"ref,weight_kg\n" + strings.Repeat("A", 500_000) + ",1.5\nB,1.5\n", 1, 1, "too_large"},
		"a wide row":                   {"ref,weight_kg\n" + strings.Repeat(",", 20_000) + "\nB,1.5\n", 1, 1, "too_many"},
		"blank lines":                  {"ref,weight_kg\n\n\n\nA,1.5\n\n", 1, 0, ""},
		"a formula":                    {"ref,weight_kg\n\"=cmd|'/c calc'!A1\",1.5\n", 1, 0, ""},
		"weights without end":          {"ref,weight_kg\nA,9223372036854775807\nB,1.5\n", 1, 1, "number_range"},
		"rows that are the same":       {"ref,weight_kg\nA,1.5\nA,1.5\n", 2, 0, ""},
		"a second header":              {"ref,weight_kg\nref,weight_kg\nA,1.5\n", 1, 1, "number_syntax"},
		"a carriage return in a row":   {"ref,weight_kg\nA\r,1.5\nB,1.5\n", 1, 1, "csv_syntax"},
		"over the last weight bracket": {"ref,weight_kg\nA,10.001\nB,10\n", 1, 1, "no_bracket"},
	} {
		sums, out, bad := shard(t, calc, plan, c.in)
		if sums.Good() != c.good || sums.Bad() != c.bad {
			t.Errorf("%s: %d good, %d bad\n%.300s", name, sums.Good(), sums.Bad(), bad)
		}
		for code := range sums.Reasons() {
			if string(code) != c.codes {
				t.Errorf("%s: %s, wanted %s", name, code, c.codes)
			}
		}
		for _, text := range []string{out, bad} {
			for _, r := range records(t, text) {
				for _, cell := range r {
					if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
						t.Errorf("%s: a cell that is a formula: %q", name, cell)
					}
				}
			}
		}
		if got := int64(len(records(t, out))) - 1; got != c.good {
			t.Errorf("%s: %d rows out", name, got)
		}
		if got := int64(len(records(t, bad))) - 1; got != c.bad {
			t.Errorf("%s: %d bad rows out", name, got)
		}
	}
}

// TestShardForms writes and reads the same rows in all forms of text.
func TestShardForms(t *testing.T) {
	calc := exampleCalculator()
	plan := orders()
	plan.Echo = []string{"订单号"}
	in := "订单号,重量(kg)\n甲㐀,1.5\n乙,x\n"
	_, want, wantBad := shard(t, calc, plan, in)
	gb := func(s string) string {
		out, err := simplifiedchinese.GB18030.NewEncoder().String(s)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	plan.Input.Encoding, plan.Output = fees.GB18030, fees.ShardText{Encoding: fees.GB18030, CRLF: true}
	_, out, bad := shard(t, calc, plan, gb(in))
	if out != gb(strings.ReplaceAll(want, "\n", "\r\n")) || bad != gb(strings.ReplaceAll(wantBad, "\n", "\r\n")) {
		t.Errorf("GB18030: %q\n%q", out, bad)
	}
	plan.Input, plan.Output = fees.ShardText{Delimiter: '\t'}, fees.ShardText{Delimiter: ';', Encoding: fees.UTF8Mark}
	_, out, _ = shard(t, calc, plan, strings.ReplaceAll(in, ",", "\t"))
	if out != "\ufeff"+strings.ReplaceAll(want, ",", ";") {
		t.Errorf("tabs in, semicolons out: %q", out)
	}
}

func TestShardLines(t *testing.T) {
	calc, rates := fiveParts(t)
	plan := journeys(rates)
	plan.Lines = true
	sums, out, _ := shard(t, calc, plan, journeyRows(50))
	got := new(big.Rat)
	rows := records(t, out)
	for _, r := range rows[1:] {
		x, ok := new(big.Rat).SetString(r[7])
		if !ok || r[8] != "USD" || r[9] != "exact" || r[1] == "" || r[2] == "" || r[4] == "" {
			t.Fatalf("%q", r)
		}
		got.Add(got, x)
	}
	if want, _ := sums.Total(); got.FloatString(2) != want || len(rows) < 300 {
		t.Errorf("the lines sum to %s, not %s, in %d rows", got.FloatString(2), want, len(rows))
	}
}

// TestShardsMerge holds that shards of a file, merged in any order, are the file.
func TestShardsMerge(t *testing.T) {
	calc, rates := fiveParts(t)
	plan := journeys(rates)
	whole := strings.SplitAfter(journeyRows(300), "\n")
	for i := 10; i < 300; i += 17 {
		whole[i] = []string{"x,1,2\n", "\"x\n", strings.Replace(whole[i], ".", ",", 1), "\xff\n"}[i%4]
	}
	want, wantOut, wantBad := shard(t, calc, plan, strings.Join(whole, ""))
	if want.Good() == 0 || want.Bad() == 0 || want.Good()+want.Bad() != 300 {
		t.Fatalf("%d good, %d bad", want.Good(), want.Bad())
	}
	d := rand.New(rand.NewPCG(3, 4))
	for range 20 {
		var parts []*fees.Sums
		out, bad := "", int64(0)
		for at := 1; at < len(whole); {
			n := min(1+d.IntN(90), len(whole)-at)
			sums, o, b := shard(t, calc, plan, whole[0]+strings.Join(whole[at:at+n], ""))
			_, o, _ = strings.Cut(o, "\n")
			out += o
			bad += int64(len(records(t, b)) - 1)
			parts = append(parts, sums)
			at += n
		}
		d.Shuffle(len(parts), func(i, j int) { parts[i], parts[j] = parts[j], parts[i] })
		for len(parts) > 1 { // as a tree, not a list
			i := d.IntN(len(parts) - 1)
			if err := parts[i].Merge(parts[i+1]); err != nil {
				t.Fatal(err)
			}
			parts = slices.Delete(parts, i+1, i+2)
		}
		if form(t, parts[0]) != form(t, want) || bad != want.Bad() {
			t.Fatalf("merged %s\nwanted %s", form(t, parts[0]), form(t, want))
		}
		if _, rest, _ := strings.Cut(wantOut, "\n"); rest != out {
			t.Fatal("the rows of the shards are not those of the file")
		}
	}
	if n := int64(len(records(t, wantBad)) - 1); n != want.Bad() {
		t.Errorf("%d bad rows written", n)
	}
}

func form(t testing.TB, s *fees.Sums) string {
	t.Helper()
	text, err := s.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestShardInPieces holds that the bytes written do not depend on how the input arrives.
func TestShardInPieces(t *testing.T) {
	calc, rates := fiveParts(t)
	plan := journeys(rates)
	in := strings.ReplaceAll(journeyRows(500), "20095", "\"200\n95\"") + "\"open\n" + journeyRows(3)
	want, wantOut, wantBad := shard(t, calc, plan, in)
	for _, r := range []io.Reader{iotest.OneByteReader(strings.NewReader(in)), iotest.HalfReader(strings.NewReader(in)), iotest.DataErrReader(strings.NewReader(in))} {
		var out, bad bytes.Buffer
		sums, err := fees.QuoteShard(context.Background(), calc, plan, r, &out, &bad)
		if err != nil || out.String() != wantOut || bad.String() != wantBad || form(t, sums) != form(t, want) {
			t.Errorf("%v: other bytes", err)
		}
	}
}

func TestShardStops(t *testing.T) {
	calc := exampleCalculator()
	ctx, cancel := context.WithCancel(context.Background())
	endless := &rowsWithoutEnd{row: "1.5\n", after: 3, then: cancel}
	sums, err := fees.QuoteShard(ctx, calc, orders(), io.MultiReader(strings.NewReader("weight_kg\n"), endless), io.Discard, io.Discard)
	if !errors.Is(err, context.Canceled) || sums.Good() == 0 {
		t.Errorf("cancelled: %v", err)
	}
	broken := errors.New("broken")
	in := "weight_kg\n" + strings.Repeat("1.5\n", 10_000)
	if _, err := fees.QuoteShard(context.Background(), calc, orders(), strings.NewReader(in), failing{broken}, io.Discard); !errors.Is(err, broken) {
		t.Errorf("a writer that fails: %v", err)
	}
	if _, err := fees.QuoteShard(context.Background(), calc, orders(), strings.NewReader("weight_kg\nx\n"), io.Discard, failing{broken}); !errors.Is(err, broken) {
		t.Errorf("a writer of bad rows that fails: %v", err)
	}
	sums, err = fees.QuoteShard(context.Background(), calc, orders(), io.MultiReader(strings.NewReader("weight_kg\n1.5\n1."), iotest.ErrReader(broken)), io.Discard, io.Discard)
	if !errors.Is(err, problem.ReadFailed) || sums.Good() != 1 || sums.Bad() != 0 {
		t.Errorf("a reader that fails: %v, %d good, %d bad", err, sums.Good(), sums.Bad())
	}
}

type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }

// rowsWithoutEnd repeats a row and calls then after some reads.
type rowsWithoutEnd struct {
	row   string
	at    int
	after int
	then  func()
}

func (r *rowsWithoutEnd) Read(b []byte) (int, error) {
	if r.after--; r.after == 0 {
		r.then()
	}
	for i := range b {
		b[i] = r.row[r.at]
		r.at = (r.at + 1) % len(r.row)
	}
	return len(b), nil
}

// TestShardGroups holds that more groups than there may be are an error, and that no key is taken that cannot travel.
func TestShardGroups(t *testing.T) {
	calc := exampleCalculator()
	plan := orders()
	plan.GroupBy = []string{"shop"}
	plan.Layout.IgnoreOthers = true
	var b strings.Builder
	b.WriteString("shop,weight_kg\n")
	for i := range fees.MaxGroups + 1 {
		b.WriteString(strconv.Itoa(i) + ",1.5\n")
	}
	sums, err := fees.QuoteShard(context.Background(), calc, plan, strings.NewReader(b.String()), io.Discard, io.Discard)
	if !errors.Is(err, problem.TooMany) || sums.Good() != fees.MaxGroups {
		t.Errorf("%v, %d rows", err, sums.Good())
	}
	sums, _, bad := shard(t, calc, plan, "shop,weight_kg\n\"a\tb\",1.5\nc,1.5\n")
	if sums.Good() != 1 || !strings.Contains(bad, "control_character") {
		t.Errorf("a key that cannot travel: %s", bad)
	}
}

// TestShardAllocates bounds the allocations a row: the texts of a file repeat, numbers are read where they stand.
func TestShardAllocates(t *testing.T) {
	calc, rates := fiveParts(t)
	plan := journeys(rates)
	const rows = 5000
	few, many := journeyRows(1), journeyRows(rows+1)
	count := func(in string) float64 {
		return testing.AllocsPerRun(2, func() {
			if _, err := fees.QuoteShard(context.Background(), calc, plan, strings.NewReader(in), io.Discard, io.Discard); err != nil {
				t.Fatal(err)
			}
		})
	}
	if a, b := count(few), count(many); (b-a)/rows > 0.05 {
		t.Errorf("%v allocations a row", (b-a)/rows)
	}
}

// TestShardMemory holds that memory in use does not grow with the number of rows, or with what is wrong with them.
func TestShardMemory(t *testing.T) {
	calc, rates := fiveParts(t)
	plan := journeys(rates)
	peak := func(rows int) uint64 {
		r := &generated{rows: rows}
		var out, bad weighed
		sums, err := fees.QuoteShard(context.Background(), calc, plan, r, &out, &bad)
		if err != nil || sums.Good()+sums.Bad() < int64(rows) || sums.Bad() == 0 {
			t.Fatalf("%v, %d good, %d bad", err, sums.Good(), sums.Bad())
		}
		return r.peak
	}
	small, large := peak(2_000), peak(40_000)
	if large > small+1<<20 {
		t.Errorf("%d bytes in use for 2,000 rows, %d for 40,000", small, large)
	}
}

type weighed struct{ n int }

func (w *weighed) Write(b []byte) (int, error) { w.n += len(b); return len(b), nil }

// generated makes rows as they are read, and looks at the heap now and then.
type generated struct {
	rows, made int
	rest       []byte
	peak       uint64
}

func (g *generated) Read(b []byte) (int, error) {
	if len(g.rest) == 0 && g.made%500 == 0 {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		g.peak = max(g.peak, m.HeapAlloc)
	}
	if len(g.rest) == 0 {
		if g.made > g.rows {
			return 0, io.EOF
		}
		if g.made == 0 {
			g.rest = []byte(journeyHeader)
		} else {
			i := strconv.Itoa(g.made)
			g.rest = append(g.rest[:0], "J"+i+","+strconv.Itoa(g.made%8)+",2.5,40,30,25,2026-03-01,2026-03-21,2026-01-10,20"+i+",2,19.90\n"...)
			if g.made%1000 == 7 {
				g.rest = append(append(g.rest, bytes.Repeat([]byte("x"), 200_000)...), "\n\"open\n"...)
			}
		}
		g.made++
	}
	n := copy(b, g.rest)
	g.rest = g.rest[n:]
	return n, nil
}

func FuzzQuoteShard(f *testing.F) {
	calc := exampleCalculator()
	plan := orders()
	plan.Echo, plan.GroupBy = []string{"ref"}, []string{"shop"}
	for _, s := range []string{"A,x,1.5,2,2\nB,y,1,5,\n", "\"A\nB\",\"x\"\"\",1.5,,1\n\"", "=1,@,10,9,2", "\xff,,,,\n", "A,x,1.5 kg,1e3,1\r\n"} {
		f.Add(s, 3)
	}
	f.Fuzz(func(t *testing.T, rows string, cut int) {
		header := "ref,shop,weight_kg,units,facts.zone\n"
		want, out, bad := shard(t, calc, plan, header+rows)
		if got := int64(len(records(t, out)) - 1); got != want.Good() {
			t.Fatalf("%d rows out, %d good", got, want.Good())
		}
		if got := int64(len(records(t, bad)) - 1); got != want.Bad() {
			t.Fatalf("%d bad rows out, %d bad", got, want.Bad())
		}
		var back fees.Sums
		if err := back.UnmarshalJSON([]byte(form(t, want))); err != nil || form(t, &back) != form(t, want) {
			t.Fatalf("sums do not travel: %v %s", err, form(t, want))
		}
		// cut at a line break outside of quotes, the parts sum to the whole
		at := strings.IndexByte(rows[min(uint(cut), uint(len(rows))):], '\n')
		if at < 0 || strings.Contains(rows, `"`) {
			return
		}
		at += int(min(uint(cut), uint(len(rows)))) + 1
		one, _, _ := shard(t, calc, plan, header+rows[:at])
		two, _, _ := shard(t, calc, plan, header+rows[at:])
		if err := two.Merge(one); err != nil || form(t, two) != form(t, want) {
			t.Fatalf("%v: %s and %s are not %s", err, form(t, one), form(t, two), form(t, want))
		}
	})
}

func BenchmarkShard(b *testing.B) {
	calc, rates := fiveParts(b)
	plan := journeys(rates)
	const rows = 20000
	in := journeyRows(rows)
	b.ReportAllocs()
	for b.Loop() {
		var out, bad bytes.Buffer
		out.Grow(4 << 20)
		sums, err := fees.QuoteShard(context.Background(), calc, plan, strings.NewReader(in), &out, &bad)
		if err != nil || sums.Good() != rows {
			b.Fatal(err, bad.String()[:200])
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/rows, "ns/row")
}
