package country_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/internal/problem"
)

func day(t testing.TB, text string) country.Date {
	t.Helper()
	d, err := country.ParseDate(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func source(t testing.TB) string {
	t.Helper()
	b, err := io.ReadAll(country.CustomsSource())
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func embedded(t testing.TB) *country.FactSet {
	t.Helper()
	set, err := country.ParseFacts(country.CustomsSource())
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func TestEmbeddedFacts(t *testing.T) {
	set := embedded(t)
	var codes []string
	for _, c := range set.Countries() {
		codes = append(codes, c.String())
	}
	want := slices.Sorted(slices.Values(destinations))
	if !slices.Equal(codes, want) {
		t.Errorf("facts about %v", codes)
	}
	collected := day(t, "2026-11-22")
	total := 0
	for f := range set.All() {
		total++
		if f.Source == "" || f.Confidence.String() == "" || f.Seen != collected || !f.Country.IsValid() || f.Name() == "" {
			t.Errorf("%v %s: source %q, confidence %v, seen %v", f.Country, f.Name(), f.Source, f.Confidence, f.Seen)
		}
		if strings.Contains(f.Source, "no source") != (f.Confidence == country.FromMemory && f.Source == "no source read") {
			t.Errorf("%v %s: %v, but %q", f.Country, f.Name(), f.Confidence, f.Source)
		}
	}
	if total != 237 {
		t.Errorf("%d facts", total)
	}
	for _, c := range set.Countries() {
		keys := map[country.Key]bool{}
		for f := range country.Facts(c) {
			keys[f.Key()] = true
		}
		for _, k := range []country.Key{country.KeyCurrency, country.KeyValuation, country.KeyImportTax, country.KeyRounding, country.KeyParcel, country.KeyRecoverable, country.KeyExchangeRate} {
			if !keys[k] {
				t.Errorf("%v has no %s", c, k)
			}
		}
	}
}

// same tells whether two facts are one fact in two periods: the same name under the same conditions.
func same(f, g country.Fact) bool {
	return f.Country == g.Country && f.Name() == g.Name() && fmt.Sprint(f.When) == fmt.Sprint(g.When)
}

// The day before, the day, and the day after each start and end in the tables.
func TestEveryDatedFactOnItsDays(t *testing.T) {
	var all []country.Fact
	for f := range embedded(t).All() {
		all = append(all, f)
	}
	boundaries := 0
	for _, f := range all {
		var days []country.Date
		for _, d := range []country.Date{f.From, f.To} {
			if d.IsZero() {
				continue
			}
			boundaries++
			for n := -1; n <= 1; n++ {
				near, err := d.AddDays(n)
				if err != nil {
					t.Fatal(err)
				}
				days = append(days, near)
			}
		}
		for _, on := range days {
			expect(t, all, f, on)
		}
	}
	if boundaries < 150 {
		t.Errorf("only %d boundaries", boundaries)
	}
}

// expect checks what FactsOn and CustomsOn say about a fact on a day against a search through all rows.
func expect(t *testing.T, all []country.Fact, f country.Fact, on country.Date) {
	t.Helper()
	var holds, before, after *country.Fact
	for i := range all {
		g := &all[i]
		switch {
		case !same(f, *g):
		case (g.From.IsZero() || g.From.Compare(on) <= 0) && (g.To.IsZero() || g.To.Compare(on) >= 0):
			holds = g
		case g.Unknown:
		case !g.To.IsZero() && g.To.Before(on):
			if before == nil || before.To.Before(g.To) {
				before = g
			}
		case after == nil || g.From.Before(after.From):
			after = g
		}
	}
	name := fmt.Sprintf("%v %s %v on %v", f.Country, f.Name(), f.When, on)

	var listed []country.Fact
	for g := range country.FactsOn(f.Country, on) {
		if same(f, g) {
			listed = append(listed, g)
		}
	}
	switch {
	case holds != nil && !holds.Unknown:
		if len(listed) != 1 || !reflect.DeepEqual(listed[0], *holds) {
			t.Errorf("%s: FactsOn has %v", name, listed)
		}
	case len(listed) != 0:
		t.Errorf("%s: FactsOn has %v", name, listed)
	}

	c, err := country.CustomsOn(f.Country, on)
	var problems []country.Problem
	if err != nil {
		var ps country.Problems
		if !errors.As(err, &ps) {
			t.Fatal(err)
		}
		problems = ps
	} else {
		problems = c.Unknown
	}
	var code problem.Code
	var wants []string
	switch {
	case holds != nil && !holds.Unknown:
	case holds == nil && before == nil && (after == nil || after.Begins), holds == nil && before != nil && before.Ends:
	case before != nil:
		code, wants = problem.UnknownAfter, []string{before.To.String()}
	case holds != nil:
		code = problem.UnknownAfter
	default:
		code, wants = problem.UnknownBefore, []string{after.From.String()}
	}
	if code == "" {
		if err == nil {
			used := slices.ContainsFunc(c.Used, func(u country.Used) bool { return same(u.Fact, f) })
			if used != (holds != nil) {
				t.Errorf("%s: in use %v", name, used)
			}
		}
		return
	}
	if err != nil && !slices.ContainsFunc(problems, func(p country.Problem) bool { return p.Text == f.Name() }) {
		return // something that an entry needs is not known on that day, and this fact is none of it
	}
	if !slices.ContainsFunc(problems, func(p country.Problem) bool {
		return p.Code == code && p.Text == f.Name() && slices.Equal(p.Want, wants)
	}) {
		t.Errorf("%s: want %s %v, have %v", name, code, wants, problems)
	}
}

// No figure of customs stands in Go code: whatever row is changed, the result changes with it.
func TestAChangedRowChangesTheResult(t *testing.T) {
	text := source(t)
	tests := []struct {
		name, country, on string
		given             map[string]string
		old, new          string
		see               func(country.Customs) any
	}{
		{"valuation", "US", "2026-01-15", nil, `"basis": "fob", "sum": ["goods", "packing", "origin_inland"]}, "from": "1980`, `"basis": "cif", "border": "port", "sum": ["goods"]}, "from": "1980`,
			func(c country.Customs) any { return c.Valuation.Value }},
		{"tax base", "RU", "2026-01-15", nil, `"sum": ["customs_value", "duty", "excise"]}, "from": "2001-01-01"`, `"sum": ["customs_value"]}, "from": "2001-01-01"`,
			func(c country.Customs) any { return c.TaxBase.Value }},
		{"VAT", "DE", "2020-07-01", nil, `"rate": "0.16"}, "from": "2020-07-01"`, `"rate": "0.17"}, "from": "2020-07-01"`,
			func(c country.Customs) any { return c.Tax.Value.Rate.String() }},
		{"the day of a change", "FR", "2026-03-01", nil, `"from": "2026-03-01"`, `"from": "2026-03-02"`,
			func(c country.Customs) any { return len(c.Parcels) }},
		{"exact fraction", "ID", "2026-01-15", nil, `"share": "11/12"`, `"share": "10/12"`,
			func(c country.Customs) any { return c.Tax.Value.Share }},
		{"minimum", "US", "2026-01-15", map[string]string{"mode": "air"}, `"min": "33.58"`, `"min": "33.59"`, seeFee("mpf", "100")},
		{"maximum", "US", "2026-01-15", map[string]string{"mode": "air"}, `"max": "651.50"`, `"max": "651.51"`, seeFee("mpf", "900000")},
		{"only by sea", "US", "2026-01-15", map[string]string{"mode": "air"}, `"when": {"mode": ["sea"]}, "from": "1991-01-01"`, `"when": {"mode": ["sea", "air"]}, "from": "1991-01-01"`, seeFee("hmf", "10000")},
		{"band", "RU", "2026-01-15", nil, `"amount": "1231"`, `"amount": "1232"`, seeFee("clearance_fee", "200000")},
		{"edge", "RU", "2026-01-15", nil, `{"up_to": "200000", "amount": "1231"}`, `{"below": "200000", "amount": "1231"}`, seeFee("clearance_fee", "200000")},
		{"rounding", "ID", "2026-01-15", nil, `"step": "1000", "per": "levy"}, "from": "2023-01-13"`, `"step": "100", "per": "levy"}, "from": "2023-01-13"`,
			func(c country.Customs) any { return c.Roundings[0].Value.Step.String() }},
		{"recoverable", "GB", "2026-01-15", nil, `"usually": "yes", "how": "postponed"}, "from": "2021`, `"usually": "no"}, "from": "2021`,
			func(c country.Customs) any { return c.Recoverable.Value }},
		{"parcel", "DE", "2026-08-01", nil, `"amount": "3"`, `"amount": "4"`, func(c country.Customs) any { return fmt.Sprint(c.Parcels) }},
		{"currency", "GB", "2026-01-15", nil, `"currency": "GBP"`, `"currency": "EUR"`, func(c country.Customs) any { return c.Currency.String() }},
		{"threshold", "US", "2026-01-15", nil, `{"from": "2500"}`, `{"from": "800"}`, func(c country.Customs) any { return c.FormalEntry.Value.From.String() }},
		{"territory", "ES", "2026-01-15", nil, `"rate": "0.07"`, `"rate": "0.08"`, func(c country.Customs) any { return c.Territories[0].Value.Rate.String() }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if strings.Count(text, tt.old) == 0 {
				t.Fatalf("%s is not in the document", tt.old)
			}
			changed, err := country.ParseFacts(strings.NewReader(strings.ReplaceAll(text, tt.old, tt.new)))
			if err != nil {
				t.Fatal(err)
			}
			see := func(set *country.FactSet) any {
				c, err := set.CustomsOn(mustParse(t, tt.country), day(t, tt.on))
				if err != nil {
					t.Fatal(err)
				}
				if tt.given != nil {
					rows, err := c.FeesFor(tt.given)
					if err != nil {
						t.Fatal(err)
					}
					c.Fees = rows
				}
				return tt.see(c)
			}
			if before, after := see(embedded(t)), see(changed); reflect.DeepEqual(before, after) {
				t.Errorf("still %v", after)
			}
		})
	}
}

func seeFee(code, value string) func(country.Customs) any {
	return func(c country.Customs) any {
		for _, f := range c.Fees {
			if f.Value.Code == code && len(f.When) < 2 {
				v, _ := decimal.NewFromString(value)
				amount, err := f.Value.On(v)
				return fmt.Sprint(amount, err)
			}
		}
		return "none"
	}
}

func TestKnownEnds(t *testing.T) {
	us, au, de := mustParse(t, "US"), mustParse(t, "AU"), mustParse(t, "DE")
	tests := []struct {
		name    string
		country country.Code
		on      string
		code    error
		text    string
		want    []string
	}{
		{"last day of fiscal year 2026", us, "2026-09-30", nil, "", nil},
		{"fiscal year 2027", us, "2026-10-01", country.ErrUnknownAfter, "fee/mpf", []string{"2026-09-30"}},
		{"long after", us, "2040-01-01", country.ErrUnknownAfter, "fee/mpf", []string{"2026-09-30"}},
		{"biosecurity charge", au, "2025-07-01", country.ErrUnknownAfter, "fee/biosecurity_charge", []string{"2025-06-30"}},
		{"before the charge is known", au, "2015-11-30", country.ErrUnknownBefore, "fee/biosecurity_charge", []string{"2015-12-01"}},
		{"before the valuation is known", de, "2016-04-30", country.ErrUnknownBefore, "valuation", []string{"2016-05-01"}},
		{"no facts", mustParse(t, "CA"), "2026-01-01", country.ErrNoFacts, "CA", []string{"AU", "DE", "ES", "FR", "GB", "ID", "IT", "RU", "US"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c, err := country.CustomsOn(tt.country, day(t, tt.on))
			if tt.code == nil {
				if err != nil {
					t.Error(err)
				}
				return
			}
			var ps country.Problems
			if !errors.Is(err, tt.code) || !errors.As(err, &ps) || ps[0].Text != tt.text || !slices.Equal(ps[0].Want, tt.want) || !reflect.DeepEqual(c, country.Customs{}) {
				t.Errorf("%v", err)
			}
		})
	}
	if _, err := country.CustomsOn(us, country.Date{}); !errors.Is(err, country.ErrDateInvalid) {
		t.Error(err)
	}
	if _, err := country.CustomsOn(country.Code{}, day(t, "2026-01-01")); !errors.Is(err, country.ErrNoFacts) {
		t.Error(err)
	}
	c, err := country.CustomsOn(us, day(t, "2026-11-22"), mpf2027(t))
	if err != nil {
		t.Fatal(err)
	}
	if !c.LastConfirmed().IsZero() {
		t.Errorf("the day of collection counts as later: %v", c.LastConfirmed())
	}
	c, err = country.CustomsOn(us, day(t, "2026-11-23"), mpf2027(t))
	if err != nil || c.LastConfirmed() != day(t, "2026-11-22") || c.Valuation.LastConfirmed != day(t, "2026-11-22") {
		t.Errorf("%v, %v", c.LastConfirmed(), err)
	}
}

func mpf2027(t testing.TB) country.Fact {
	return country.Fact{
		Country: mustParse(t, "US"),
		Value:   country.Fee{Code: "mpf", Per: "entry", Rate: decimal.New(3464, -6), Min: decimal.New(3450, -2), Max: decimal.New(67000, -2)},
		From:    day(t, "2026-10-01"), To: day(t, "2027-09-30"), Source: "the caller",
	}
}

func TestOverrides(t *testing.T) {
	us := mustParse(t, "US")
	c, err := country.CustomsOn(us, day(t, "2026-10-01"), mpf2027(t))
	if err != nil {
		t.Fatal(err)
	}
	fees, err := c.FeesFor(map[string]string{"mode": "air"})
	if err != nil || len(fees) != 1 || !fees[0].Override || fees[0].Source != "the caller" {
		t.Fatalf("%v, %v", fees, err)
	}
	if amount, err := fees[0].Value.On(decimal.New(1000, 0)); err != nil || amount.String() != "34.5" {
		t.Error(amount, err)
	}
	used := 0
	for _, u := range c.Used {
		if u.Override {
			used++
		}
	}
	if used != 1 {
		t.Errorf("%d overrides are recorded", used)
	}

	// one with conditions leaves the others as they are
	informal := mpf2027(t)
	informal.Value = country.Fee{Code: "mpf", Amount: decimal.New(3, 0)}
	informal.When = []country.Condition{{Input: "entry", In: []string{"informal"}, Default: "formal"}}
	if _, err := country.CustomsOn(us, day(t, "2026-10-01"), informal); !errors.Is(err, country.ErrUnknownAfter) {
		t.Error(err)
	}
	c, err = country.CustomsOn(us, day(t, "2026-10-01"), informal, mpf2027(t))
	if err != nil {
		t.Fatal(err)
	}
	for entry, want := range map[string]string{"formal": "34.5", "informal": "3", "": "34.5"} {
		given := map[string]string{"mode": "air", "entry": entry}
		if entry == "" {
			delete(given, "entry")
		}
		fees, err := c.FeesFor(given)
		if err != nil || len(fees) != 1 {
			t.Fatal(fees, err)
		}
		if amount, err := fees[0].Value.On(decimal.New(1000, 0)); err != nil || amount.String() != want {
			t.Errorf("%s: %v, %v", entry, amount, err)
		}
	}

	// of another country or time: not used
	other := mpf2027(t)
	other.Country = mustParse(t, "DE")
	if _, err := country.CustomsOn(us, day(t, "2026-10-01"), other); !errors.Is(err, country.ErrUnknownAfter) {
		t.Error(err)
	}
	if _, err := country.CustomsOn(us, day(t, "2027-10-01"), mpf2027(t)); !errors.Is(err, country.ErrUnknownAfter) {
		t.Error(err)
	}
	if c, err := country.CustomsOn(us, day(t, "2026-09-30"), mpf2027(t)); err != nil || slices.ContainsFunc(c.Used, func(u country.Used) bool { return u.Override }) {
		t.Error(err)
	}
	if _, err := country.CustomsOn(us, day(t, "2026-10-01"), mpf2027(t), mpf2027(t)); !errors.Is(err, problem.PeriodOverlap) {
		t.Error(err)
	}
}

func TestOverridesThatAreWrong(t *testing.T) {
	us := mustParse(t, "US")
	fee := func(f country.Fee) country.Fact { return country.Fact{Country: us, Value: f} }
	tests := []struct {
		name string
		fact country.Fact
		code problem.Code
		path string
	}{
		{"nothing", country.Fact{}, problem.CountryUnknown, "/overrides/0/country"},
		{"no value", country.Fact{Country: us}, problem.MissingField, "/overrides/0/value"},
		{"a pointer", country.Fact{Country: us, Value: &country.Fee{Code: "x"}}, problem.MissingField, "/overrides/0/value"},
		{"a nil pointer", country.Fact{Country: us, Value: (*country.Fee)(nil)}, problem.MissingField, "/overrides/0/value"},
		{"huge exponent", fee(country.Fee{Code: "x", Rate: decimal.New(1, 100_000_000)}), problem.NumberRange, "/overrides/0/value/rate"},
		{"tiny exponent", fee(country.Fee{Code: "x", Amount: decimal.New(1, -100_000_000)}), problem.NumberPrecision, "/overrides/0/value/amount"},
		{"negative", fee(country.Fee{Code: "x", Amount: decimal.New(-1, 0)}), problem.Negative, "/overrides/0/value/amount"},
		{"percent for a fraction", fee(country.Fee{Code: "x", Rate: decimal.New(19, 0)}), problem.NumberRange, "/overrides/0/value/rate"},
		{"no code", fee(country.Fee{}), problem.Malformed, "/overrides/0/value/code"},
		{"bounds", fee(country.Fee{Code: "x", Min: decimal.New(2, 0), Max: decimal.New(1, 0)}), problem.MinOverMax, "/overrides/0/value/min"},
		{"bands", fee(country.Fee{Code: "x", Scale: []country.Band{{Limit: decimal.New(2, 0), Edge: country.EdgeUpTo}, {Limit: decimal.New(1, 0), Edge: country.EdgeUpTo}}}), problem.TierUnsorted, "/overrides/0/value/scale/1"},
		{"open band in the middle", fee(country.Fee{Code: "x", Scale: []country.Band{{}, {}}}), problem.TierOverlap, "/overrides/0/value/scale/0"},
		{"edge", fee(country.Fee{Code: "x", Scale: []country.Band{{Edge: 9}}}), problem.EdgeNotSaid, "/overrides/0/value/scale/0"},
		{"currency", fee(country.Fee{Code: "x", Currency: country.Currency{'x'}}), problem.CurrencyUnknown, "/overrides/0/value/currency"},
		{"share", country.Fact{Country: us, Value: country.ImportTax{Tax: "VAT", Share: country.Fraction{Num: 12, Den: 11}}}, problem.Malformed, "/overrides/0/value/share"},
		{"half a share", country.Fact{Country: us, Value: country.ImportTax{Tax: "VAT", Share: country.Fraction{Num: 1}}}, problem.Malformed, "/overrides/0/value/share"},
		{"basis", country.Fact{Country: us, Value: country.Valuation{Sum: []country.Part{country.PartGoods}}}, problem.UnknownValue, "/overrides/0/value/basis"},
		{"border", country.Fact{Country: us, Value: country.Valuation{Basis: country.CIF, Sum: []country.Part{country.PartGoods}}}, problem.Malformed, "/overrides/0/value/border"},
		{"duty in the customs value", country.Fact{Country: us, Value: country.Valuation{Basis: country.FOB, Sum: []country.Part{country.PartDuty}}}, problem.UnknownValue, "/overrides/0/value/sum/0"},
		{"a cost twice", country.Fact{Country: us, Value: country.Valuation{Basis: country.FOB, Sum: []country.Part{country.PartGoods, country.PartGoods}}}, problem.Duplicate, "/overrides/0/value/sum/1"},
		{"step", country.Fact{Country: us, Value: country.Rounding{Of: country.PartDuty}}, problem.ZeroNotAllowed, "/overrides/0/value/step"},
		{"parcel", country.Fact{Country: us, Value: country.Parcel{Rule: "free"}}, problem.UnknownValue, "/overrides/0/value/rule"},
		{"date", country.Fact{Country: us, Value: country.Remark{Topic: "x"}, From: country.Date{Year: 2026, Month: 2, Day: 30}}, problem.DateInvalid, "/overrides/0/from"},
		{"order", country.Fact{Country: us, Value: country.Remark{Topic: "x"}, From: day(t, "2026-01-02"), To: day(t, "2026-01-01")}, problem.DateOrder, "/overrides/0/to"},
		{"begins", country.Fact{Country: us, Value: country.Remark{Topic: "x"}, Begins: true}, problem.MissingField, "/overrides/0/begins"},
		{"condition", country.Fact{Country: us, Value: country.Remark{Topic: "x"}, When: []country.Condition{{Input: "mode"}}}, problem.MissingField, "/overrides/0/when/mode"},
		{"unknown", country.Fact{Country: us, Value: country.Remark{Topic: "x"}, Unknown: true}, problem.FieldsExclude, "/overrides/0/unknown"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			start := time.Now()
			c, err := country.CustomsOn(us, day(t, "2026-01-15"), tt.fact)
			if d := time.Since(start); d > 5*time.Second {
				t.Errorf("took %v", d)
			}
			var ps country.Problems
			if !errors.As(err, &ps) || ps[0].Code != tt.code || ps[0].Path != tt.path || !reflect.DeepEqual(c, country.Customs{}) {
				t.Errorf("%v", err)
			}
		})
	}
}

func TestFeeBands(t *testing.T) {
	n := func(s string) decimal.Decimal { d, _ := decimal.NewFromString(s); return d }
	fee := country.Fee{Code: "x", Scale: []country.Band{
		{Limit: n("1000"), Edge: country.EdgeUpTo, Amount: n("0")},
		{Limit: n("10000"), Edge: country.EdgeBelow, Amount: n("50")},
		{Limit: n("20000"), Edge: country.EdgeUpTo, Amount: n("152")},
	}}
	for value, want := range map[string]string{"0": "0", "1000": "0", "1000.00": "0", "1000.01": "50", "9999.99": "50", "10000": "152", "20000": "152"} {
		if got, err := fee.On(n(value)); err != nil || !got.Equal(n(want)) {
			t.Errorf("%s: %v, %v", value, got, err)
		}
	}
	for value, want := range map[string]problem.Code{"20000.01": problem.NoBracket, "-1": problem.Negative} {
		if got, err := fee.On(n(value)); !errors.Is(err, want) || !got.IsZero() {
			t.Errorf("%s: %v, %v", value, got, err)
		}
	}
	for _, d := range []decimal.Decimal{decimal.New(1, 100_000_000), decimal.New(1, 18)} {
		if _, err := fee.On(d); !errors.Is(err, problem.NumberRange) {
			t.Error(err)
		}
	}
	if _, err := (country.Fee{Code: "x", Rate: decimal.New(1, 100_000_000)}).On(n("1")); !errors.Is(err, problem.NumberRange) {
		t.Error(err)
	}
	rate := country.Fee{Code: "x", Rate: n("0.003464"), Amount: n("1"), Min: n("33.58"), Max: n("651.50")}
	for value, want := range map[string]string{"0": "33.58", "9694": "34.580016", "1000000": "651.50"} {
		if got, err := rate.On(n(value)); err != nil || !got.Equal(n(want)) {
			t.Errorf("%s: %v, %v", value, got, err)
		}
	}
}

func TestCircumstances(t *testing.T) {
	c, err := country.CustomsOn(mustParse(t, "US"), day(t, "2026-01-15"))
	if err != nil {
		t.Fatal(err)
	}
	codes := func(rows []country.Row[country.Fee]) (list []string) {
		for _, r := range rows {
			list = append(list, r.Value.Code)
		}
		return list
	}
	tests := []struct {
		name  string
		given map[string]string
		fees  []string
		code  problem.Code
	}{
		{"sea", map[string]string{"mode": "sea"}, []string{"mpf", "hmf"}, ""},
		{"air", map[string]string{"mode": "air"}, []string{"mpf"}, ""},
		{"defaults said", map[string]string{"mode": "air", "entry": "formal", "lodgement": "electronic"}, []string{"mpf"}, ""},
		{"informal", map[string]string{"mode": "air", "entry": "informal"}, []string{"mpf"}, ""},
		{"of no matter here", map[string]string{"mode": "air", "importer": "api"}, []string{"mpf"}, ""},
		{"not given", nil, nil, problem.InputMissing},
		{"misspelt value", map[string]string{"mode": "see"}, nil, problem.UnknownValue},
		{"misspelt name", map[string]string{"mode": "sea", "Mode": "air"}, nil, problem.InputUnknown},
		{"empty", map[string]string{"mode": ""}, nil, problem.UnknownValue},
		{"manual filing is not known this year", map[string]string{"mode": "air", "lodgement": "documentary"}, nil, problem.UnknownAfter},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			rows, err := c.FeesFor(tt.given)
			if tt.code == "" && (err != nil || !slices.Equal(codes(rows), tt.fees)) || tt.code != "" && (!errors.Is(err, tt.code) || rows != nil) {
				t.Errorf("%v, %v", codes(rows), err)
			}
		})
	}
	id, err := country.CustomsOn(mustParse(t, "ID"), day(t, "2026-01-15"))
	if err != nil {
		t.Fatal(err)
	}
	for goods, share := range map[string]string{"general": "11/12", "luxury": "1"} {
		if tax, err := id.TaxFor(map[string]string{"goods": goods}); err != nil || tax.Value.Share.String() != share || !tax.Value.Rate.Equal(decimal.New(12, -2)) {
			t.Errorf("%s: %v, %v", goods, tax.Value, err)
		}
	}
	for goods, rate := range map[string]string{"general": "0.025", "gold_bar": "0.0025", "soy_wheat_flour": "0.005", "pph_22_list_10": "0.1"} {
		rows, err := id.PrepaymentsFor(map[string]string{"goods": goods, "importer": "api"})
		if err != nil || len(rows) != 1 || rows[0].Value.Rate.String() != rate {
			t.Errorf("%s: %v, %v", goods, rows, err)
		}
	}
	if _, err := id.PrepaymentsFor(nil); !errors.Is(err, problem.InputMissing) {
		t.Error(err)
	}
	var names []string
	for _, in := range c.Inputs {
		names = append(names, in.Name)
	}
	if slices.Sort(names); !slices.Equal(names, []string{"entry", "mode", "origin"}) {
		t.Error(names)
	}
}

// Two facts that fit equally well are an error, not a choice.
func TestEquallyGoodFacts(t *testing.T) {
	us := mustParse(t, "US")
	fee := func(input, value string, amount int64) country.Fact {
		return country.Fact{Country: us, Value: country.Fee{Code: "x", Amount: decimal.New(amount, 0)}, When: []country.Condition{{Input: input, In: []string{value}}}}
	}
	c, err := country.CustomsOn(us, day(t, "2026-01-15"), fee("mode", "sea", 1), fee("goods", "luxury", 2))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.FeesFor(map[string]string{"mode": "sea", "goods": "luxury"}); !errors.Is(err, problem.Ambiguous) {
		t.Error(err)
	}
	rows, err := c.FeesFor(map[string]string{"mode": "air", "goods": "luxury"})
	if err != nil || len(rows) != 2 || rows[1].Value.Amount.String() != "2" {
		t.Errorf("%v, %v", rows, err)
	}
}

// A rule for parcels never becomes a fee of a batch.
func TestParcelRulesStayApart(t *testing.T) {
	for _, code := range destinations {
		for _, on := range []string{"2022-06-01", "2025-06-01", "2026-08-01"} {
			c, err := country.CustomsOn(mustParse(t, code), day(t, on))
			if err != nil {
				continue
			}
			for _, f := range c.Fees {
				if f.Key() != country.KeyFee || slices.ContainsFunc(c.Parcels, func(p country.Row[country.Parcel]) bool { return p.Value.Rule == f.Value.Code }) {
					t.Errorf("%s on %s: %s", code, on, f.Value.Code)
				}
			}
		}
	}
	rules := func(code, on, rule string) string {
		c, err := country.CustomsOn(mustParse(t, code), day(t, on))
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range c.Parcels {
			if p.Value.Rule == rule && len(p.When) == 0 {
				return p.Value.UpTo.String() + " " + p.Value.Amount.String() + " " + p.Value.Currency.String() + " " + p.Value.Per
			}
		}
		return ""
	}
	for _, tt := range [][4]string{
		{"DE", "2026-06-30", "duty_relief", "150 0 EUR "}, {"DE", "2026-07-01", "duty_relief", ""},
		{"DE", "2026-06-30", "flat_duty", ""}, {"DE", "2026-07-01", "flat_duty", "150 3 EUR subheading"},
		{"FR", "2026-02-28", "charge", ""}, {"FR", "2026-03-01", "charge", "0 2 EUR item"}, {"IT", "2026-01-01", "charge", "0 2 EUR parcel"},
		{"GB", "2026-01-01", "duty_relief", "135 0 GBP "}, {"GB", "2026-01-01", "tax_at_sale", "135 0 GBP "},
		{"US", "2025-08-28", "duty_relief", "800 0 USD person_day"}, {"US", "2025-08-29", "duty_relief", "0 0 USD person_day"},
		{"AU", "2025-01-01", "duty_relief", "1000 0 AUD "}, {"ID", "2026-01-01", "duty_relief", "3 0 USD "},
	} {
		if got := rules(tt[0], tt[1], tt[2]); got != tt[3] {
			t.Errorf("%s %s on %s: %q, want %q", tt[0], tt[2], tt[1], got, tt[3])
		}
	}
}

func TestExpiring(t *testing.T) {
	list := func(before string) (names []string) {
		for _, f := range country.Expiring(day(t, before)) {
			names = append(names, f.Country.String()+" "+f.Name()+" "+f.To.String())
		}
		return names
	}
	if got := list("2026-09-30"); slices.Contains(got, "US fee/mpf 2026-09-30") {
		t.Error(got)
	}
	got := list("2030-01-01")
	for _, want := range []string{"US fee/mpf 2026-09-30", "AU fee/biosecurity_charge 2025-06-30", "FR parcel/flat_duty 2028-06-30", "GB parcel/duty_relief 2029-03-31"} {
		if !slices.Contains(got, want) {
			t.Errorf("%q is not among %q", want, got)
		}
	}
	for _, name := range got {
		if strings.Contains(name, "section_122") || strings.Contains(name, "import_tax") || strings.Contains(name, "duty_relief 2026-06-30") {
			t.Errorf("%s has a successor or has ended for good", name)
		}
	}
	if !slices.IsSortedFunc(country.Expiring(day(t, "2030-01-01")), func(a, b country.Fact) int { return a.To.Compare(b.To) }) {
		t.Error("not in order")
	}
}

// What a caller changes in a result changes nothing else.
func TestResultsAreCopies(t *testing.T) {
	us := mustParse(t, "US")
	on := day(t, "2026-01-15")
	read := func() string {
		c, err := country.CustomsOn(us, on)
		if err != nil {
			t.Fatal(err)
		}
		return fmt.Sprint(c, slices.Collect(country.Facts(us)), country.CustomsInputs())
	}
	before := read()
	c, _ := country.CustomsOn(us, on)
	spoil(c)
	rows, _ := c.FeesFor(map[string]string{"mode": "sea"})
	spoil(rows)
	for f := range country.Facts(us) {
		spoil(f)
	}
	for _, in := range country.CustomsInputs() {
		spoil(in)
	}
	if after := read(); after != before {
		t.Error("a caller's change reaches the tables")
	}
	ru := mustParse(t, "RU")
	c, _ = country.CustomsOn(ru, on)
	for i := range c.Fees {
		spoil(c.Fees[i].Value.Scale)
	}
	again, _ := country.CustomsOn(ru, on)
	if again.Fees[0].Value.Scale[0].Edge != country.EdgeUpTo {
		t.Error("a caller's change reaches a scale")
	}
}

// spoil overwrites everything that is reachable through slices.
func spoil(v any) { spoilValue(reflect.ValueOf(v)) }

func spoilValue(v reflect.Value) {
	switch v.Kind() {
	case reflect.Interface:
		spoilValue(v.Elem())
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				spoilValue(v.Field(i))
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			spoilValue(v.Index(i))
			if v.Index(i).CanSet() {
				v.Index(i).SetZero()
			}
		}
	}
}

func TestCustomsFromManyGoroutines(t *testing.T) {
	var wg sync.WaitGroup
	for i := range 16 {
		wg.Go(func() {
			for n, code := range destinations {
				c, err := country.CustomsOn(mustParse(t, code), day(t, "2025-01-15"))
				if err != nil {
					t.Error(err)
					return
				}
				if i == n {
					spoil(c)
				}
			}
		})
	}
	wg.Wait()
}

func TestFactsOfAnotherCountry(t *testing.T) {
	set, err := country.ParseFacts(strings.NewReader(canada))
	if err != nil {
		t.Fatal(err)
	}
	ca := mustParse(t, "CA")
	c, err := country.CustomsOn(ca, day(t, "2026-08-01"), slices.Collect(set.Facts(ca))...)
	if err != nil {
		t.Fatal(err)
	}
	if c.Valuation.Value.Basis != country.FOB || c.Tax.Value.Tax != "GST" || c.Currency.String() != "CAD" || !c.Tax.Override || c.Tax.LastConfirmed.String() != "2026-05-01" {
		t.Errorf("%+v", c)
	}
	alone, err := set.CustomsOn(ca, day(t, "2026-08-01"))
	if err != nil || alone.Tax.Override || alone.Tax.Value.Rate.String() != "0.05" {
		t.Errorf("%+v, %v", alone.Tax, err)
	}
	if _, err := set.CustomsOn(mustParse(t, "US"), day(t, "2026-08-01")); !errors.Is(err, country.ErrNoFacts) {
		t.Error(err)
	}
	var none country.FactSet
	for range none.All() {
		t.Error("the zero FactSet has facts")
	}
	if _, err := none.CustomsOn(ca, day(t, "2026-08-01")); !errors.Is(err, country.ErrNoFacts) {
		t.Error(err)
	}
	if _, err := (*country.FactSet)(nil).CustomsOn(ca, day(t, "2026-08-01"), slices.Collect(set.Facts(ca))...); err != nil {
		t.Error(err)
	}
}

const canada = `{"schema": "overseas/customs/1", "collected": "2026-05-01", "facts": [
  {"countries": ["CA"], "key": "valuation", "value": {"basis": "fob", "sum": ["goods", "packing"]}, "source": "customs broker", "confidence": "secondary"},
  {"countries": ["CA"], "key": "import_tax_base", "value": {"sum": ["customs_value", "duty"]}, "source": "customs broker", "confidence": "secondary"},
  {"countries": ["CA"], "key": "import_tax", "value": {"tax": "GST", "rate": "0.05"}, "from": "2008-01-01", "source": "customs broker", "confidence": "secondary"}
]}`

// Between two periods nothing is known, unless the first has ended for good.
func TestBetweenTwoPeriods(t *testing.T) {
	ca := mustParse(t, "CA")
	for ends, want := range map[string]problem.Code{"": country.ErrUnknownAfter, `"ends": true, `: ""} {
		row := func(period string) string {
			return `, {"countries": ["CA"], "key": "fee", "value": {"code": "x", "amount": "1"}, ` + period + `"source": "x", "confidence": "memory"}`
		}
		text := strings.TrimSuffix(strings.TrimSpace(canada), "]}") + row(`"from": "2026-03-01", `) + row(`"from": "2026-01-01", "to": "2026-01-31", `+ends) + "]}"
		set, err := country.ParseFacts(strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		c, err := set.CustomsOn(ca, day(t, "2026-02-15"))
		if want == "" && (err != nil || len(c.Fees) != 0) || want != "" && !errors.Is(err, want) {
			t.Errorf("%q: %v, %v", ends, c.Fees, err)
		}
		if c, err := set.CustomsOn(ca, day(t, "2026-03-01")); err != nil || len(c.Fees) != 1 {
			t.Errorf("%v, %v", c.Fees, err)
		}
	}
}

func TestParseFactsReportsEverything(t *testing.T) {
	row := func(fields string) string {
		return `{"schema":"overseas/customs/1","collected":"2026-05-01","facts":[{"countries":["CA"],"source":"x","confidence":"memory",` + fields + `}]}`
	}
	tests := []struct {
		name, text string
		code       problem.Code
		path       string
	}{
		{"no JSON", `{`, problem.JSONSyntax, ""},
		{"null", `null`, problem.WrongType, ""},
		{"version", `{"schema":"overseas/customs/9","collected":"2026-05-01","facts":[]}`, problem.UnsupportedVersion, "/schema"},
		{"no schema", `{"collected":"2026-05-01","facts":[]}`, problem.MissingField, "/schema"},
		{"no day", `{"schema":"overseas/customs/1","facts":[]}`, problem.MissingField, "/collected"},
		{"no facts", `{"schema":"overseas/customs/1","collected":"2026-05-01"}`, problem.MissingField, "/facts"},
		{"key", row(`"key":"duty","value":{}`), problem.UnknownValue, "/facts/0/key"},
		{"value", row(`"key":"fee"`), problem.MissingField, "/facts/0/value"},
		{"null value", row(`"key":"fee","value":null`), problem.NullNotAllowed, "/facts/0/value"},
		{"unknown field", row(`"key":"fee","value":{"code":"x","amount":"1","amuont":"2"}`), problem.UnknownField, "/facts/0/value/amuont"},
		{"fee without an amount", row(`"key":"fee","value":{"code":"x"}`), problem.MissingField, "/facts/0/value"},
		{"null amount", row(`"key":"fee","value":{"code":"x","amount":null}`), problem.NullNotAllowed, "/facts/0/value/amount"},
		{"exponent", row(`"key":"fee","value":{"code":"x","amount":"1e9"}`), problem.NumberFormat, "/facts/0/value/amount"},
		{"comma", row(`"key":"fee","value":{"code":"x","amount":"1,5"}`), problem.NumberSyntax, "/facts/0/value/amount"},
		{"long number", row(`"key":"fee","value":{"code":"x","amount":1e1000000000}`), problem.NumberRange, "/facts/0/value/amount"},
		{"negative", row(`"key":"fee","value":{"code":"x","amount":"-1"}`), problem.Negative, "/facts/0/value/amount"},
		{"percent", row(`"key":"import_tax","value":{"tax":"VAT","rate":"19"}`), problem.NumberRange, "/facts/0/value/rate"},
		{"no rate", row(`"key":"import_tax","value":{"tax":"VAT"}`), problem.MissingField, "/facts/0/value/rate"},
		{"share", row(`"key":"import_tax","value":{"tax":"VAT","rate":"0.1","share":"0.9"}`), problem.Malformed, "/facts/0/value/share"},
		{"share above one", row(`"key":"import_tax","value":{"tax":"VAT","rate":"0.1","share":"12/11"}`), problem.Malformed, "/facts/0/value/share"},
		{"share of zero", row(`"key":"import_tax","value":{"tax":"VAT","rate":"0.1","share":"0/0"}`), problem.Malformed, "/facts/0/value/share"},
		{"part", row(`"key":"valuation","value":{"basis":"fob","sum":["good"]}`), problem.UnknownValue, "/facts/0/value/sum/0"},
		{"wrong part", row(`"key":"valuation","value":{"basis":"fob","sum":["goods","import_tax"]}`), problem.UnknownValue, "/facts/0/value/sum/1"},
		{"two edges", row(`"key":"fee","value":{"code":"x","scale":[{"up_to":"1","below":"1","amount":"1"}]}`), problem.FieldsExclude, "/facts/0/value/scale/0"},
		{"unsorted bands", row(`"key":"fee","value":{"code":"x","scale":[{"up_to":"2","amount":"1"},{"up_to":"1","amount":"1"}]}`), problem.TierUnsorted, "/facts/0/value/scale/1"},
		{"no bands", row(`"key":"fee","value":{"code":"x","scale":[]}`), problem.TierEmpty, "/facts/0/value/scale"},
		{"scale and rate", row(`"key":"fee","value":{"code":"x","rate":"0.1","scale":[{"amount":"1"}]}`), problem.FieldsExclude, "/facts/0/value/scale"},
		{"condition", row(`"key":"remark","value":{"topic":"x"},"when":{"mod":["sea"]}`), problem.InputUnknown, "/facts/0/when/mod"},
		{"condition value", row(`"key":"remark","value":{"topic":"x"},"when":{"mode":["see"]}`), problem.UnknownValue, "/facts/0/when/mode/0"},
		{"condition twice", row(`"key":"remark","value":{"topic":"x"},"when":{"mode":["sea","sea"]}`), problem.Duplicate, "/facts/0/when/mode/1"},
		{"empty condition", row(`"key":"remark","value":{"topic":"x"},"when":{"mode":[]}`), problem.MissingField, "/facts/0/when/mode"},
		{"date", row(`"key":"remark","value":{"topic":"x"},"from":"2026-02-30"`), problem.DateInvalid, "/facts/0/from"},
		{"order", row(`"key":"remark","value":{"topic":"x"},"from":"2026-02-02","to":"2026-02-01"`), problem.DateOrder, "/facts/0/to"},
		{"ends", row(`"key":"remark","value":{"topic":"x"},"ends":true`), problem.MissingField, "/facts/0/ends"},
		{"note", row(`"key":"remark","value":{"topic":"x"},"note":"a\u202eb"`), problem.BidiControl, "/facts/0/note"},
		{"topic", row(`"key":"remark","value":{"topic":"Two Words"}`), problem.Malformed, "/facts/0/value/topic"},
		{"country", `{"schema":"overseas/customs/1","collected":"2026-05-01","facts":[{"countries":["EU"],"key":"remark","value":{"topic":"x"},"source":"x","confidence":"memory"}]}`, problem.NotACountry, "/facts/0/countries/0"},
		{"no country", `{"schema":"overseas/customs/1","collected":"2026-05-01","facts":[{"countries":[],"key":"remark","value":{"topic":"x"},"source":"x","confidence":"memory"}]}`, problem.TierEmpty, "/facts/0/countries"},
		{"country twice", `{"schema":"overseas/customs/1","collected":"2026-05-01","facts":[{"countries":["CA","CAN"],"key":"remark","value":{"topic":"x"},"source":"x","confidence":"memory"}]}`, problem.Duplicate, "/facts/0/countries/1"},
		{"no source", `{"schema":"overseas/customs/1","collected":"2026-05-01","facts":[{"countries":["CA"],"key":"remark","value":{"topic":"x"},"confidence":"memory"}]}`, problem.MissingField, "/facts/0/source"},
		{"confidence", `{"schema":"overseas/customs/1","collected":"2026-05-01","facts":[{"countries":["CA"],"key":"remark","value":{"topic":"x"},"source":"x","confidence":"sure"}]}`, problem.UnknownValue, "/facts/0/confidence"},
		{"overlap", strings.Replace(canada, `"from": "2008-01-01", "source": "customs broker", "confidence": "secondary"}`,
			`"to": "2008-01-01", "source": "x", "confidence": "memory"}, {"countries": ["CA"], "key": "import_tax", "value": {"tax": "GST", "rate": "0.06"}, "from": "2008-01-01", "source": "x", "confidence": "memory"}`, 1),
			problem.PeriodOverlap, "/facts/3"},
		{"input default", `{"schema":"overseas/customs/1","collected":"2026-05-01","inputs":{"mode":{"values":["sea"],"default":"air"}},"facts":[]}`, problem.UnknownValue, "/inputs/mode/default"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			set, err := country.ParseFacts(strings.NewReader(tt.text))
			var ps country.Problems
			if set != nil || !errors.As(err, &ps) {
				t.Fatal(err)
			}
			if len(ps) != 1 || ps[0].Code != tt.code || ps[0].Path != tt.path || ps[0].Line == 0 {
				t.Errorf("%v", err)
			}
		})
	}
	_, err := country.ParseFacts(strings.NewReader(`{"schema":"overseas/customs/1","collected":"26-05-01","facts":[
		{"countries":["EU"],"key":"fee","value":{"code":"x","amount":"-"},"source":"","confidence":"memory"},
		{"countries":["CA"],"key":"import_tax","value":{"tax":"VAT","rate":null},"source":"x","confidence":"memory","extra":1}]}`))
	var ps country.Problems
	if !errors.As(err, &ps) || len(ps) != 6 {
		t.Errorf("%v", err)
	}
}

func TestManyFactsAreReadInTime(t *testing.T) {
	var b strings.Builder
	b.WriteString(`{"schema":"overseas/customs/1","collected":"2026-05-01","facts":[`)
	for i := range 10_000 {
		if i > 0 {
			b.WriteString(",")
		}
		b.WriteString(`{"countries":["CA"],"key":"import_tax","value":{"tax":"GST","rate":"0.05"},"source":"x","confidence":"memory"}`)
	}
	one := b.String()
	start := time.Now()
	_, err := country.ParseFacts(strings.NewReader(one + `]}`))
	if d := time.Since(start); d > 40*time.Second || !errors.Is(err, problem.PeriodOverlap) {
		t.Errorf("%v", d)
	}
	if _, err := country.ParseFacts(strings.NewReader(one + `,{}]}`)); !errors.Is(err, problem.TooMany) {
		t.Error("10,001 facts")
	}
}

func FuzzParseFacts(f *testing.F) {
	f.Add([]byte(canada))
	text := source(f)
	f.Add([]byte(text))
	for _, line := range strings.Split(text, "\n") {
		if strings.Contains(line, `"key": "fee"`) && len(line) < 900 {
			f.Add([]byte(`{"schema":"overseas/customs/1","collected":"2026-05-01","facts":[` + strings.TrimSuffix(strings.TrimSpace(line), ",") + `]}`))
		}
	}
	on := country.Date{Year: 2026, Month: 1, Day: 15}
	f.Fuzz(func(t *testing.T, data []byte) {
		set, err := country.ParseFacts(strings.NewReader(string(data)))
		if (err == nil) == (set == nil) {
			t.Fatal(set, err)
		}
		if err != nil {
			_ = err.Error()
			return
		}
		if !json.Valid(data) {
			t.Fatal("accepted what encoding/json refuses")
		}
		for _, c := range set.Countries() {
			customs, err := set.CustomsOn(c, on)
			if err != nil {
				continue
			}
			if _, err := customs.TaxFor(nil); err == nil {
				for _, fee := range customs.Fees {
					if _, err := fee.Value.On(decimal.New(12345, -2)); err != nil && !errors.Is(err, problem.NoBracket) {
						t.Fatal(err)
					}
				}
			}
			if _, err := country.CustomsOn(c, on, slices.Collect(set.Facts(c))...); err != nil {
				_ = err.Error()
			}
		}
		set.Expiring(on)
	})
}
