package money

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/internal/fixed"
	"github.com/overseaswarehouse/overseas/internal/fixed/fixedtest"
	"github.com/overseaswarehouse/overseas/internal/problem"
)

func rate(t testing.TB, s string) Rate {
	t.Helper()
	r, err := ParseRate(s)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// dated is a rate with a date written YYYY-MM-DD.
func dated(t testing.TB, s, day string) Rate {
	t.Helper()
	r := rate(t, s)
	d, err := country.ParseDate(day)
	if err != nil {
		t.Fatal(err)
	}
	r.Date = d
	return r
}

func inverse(r Rate) Rate {
	r.Inverse = true
	return r
}

func rates(t testing.TB, rs ...Rate) *Rates {
	t.Helper()
	set, err := NewRates(rs...)
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// The open conversion cases and those of peers, with their sources. None is skipped: amounts and results beyond the
// limits of Money are checked on the arithmetic beneath, and that Money refuses them.
func TestConversionCases(t *testing.T) {
	data, err := os.ReadFile("testdata/fx.json")
	if err != nil {
		t.Fatal(err)
	}
	type inputs struct {
		Amount, Rate, R1, R2, To, Currency string
		From_                              string
		DivideBy                           string `json:"divide_by"`
		RateExpressedAs                    string `json:"rate_expressed_as"`
		Scale, Decimals                    uint8
		Mode                               Mode
	}
	var cases []struct {
		ID, Kind string
		Inputs   inputs
		Expected json.RawMessage
	}
	if err := json.Unmarshal(data, &cases); err != nil {
		t.Fatal(err)
	}
	seen := map[string]int{}
	for _, c := range cases {
		seen[c.Kind]++
		i := c.Inputs
		var text string
		var named map[string]string
		if json.Unmarshal(c.Expected, &text) != nil {
			if err := json.Unmarshal(c.Expected, &named); err != nil {
				t.Fatal(err)
			}
		}
		var got Money
		var err error
		want := text + " USD"
		switch c.Kind {
		case "fx.multiply":
			got, _, err = rates(t, rate(t, "1 EUR = "+i.Rate+" USD")).Convert(in(t, i.Amount+" EUR"), usd, i.Scale, i.Mode)
		case "fx.divide":
			if beyondMoney(t, c.ID, i.Amount, i.Rate, i.Scale, i.Mode, text) {
				continue
			}
			got, _, err = rates(t, inverse(rate(t, "1 USD = "+i.Rate+" EUR"))).Convert(in(t, i.Amount+" EUR"), usd, i.Scale, i.Mode)
		case "fx.triangulate":
			v := Via{First: inverse(rate(t, "1 EUR = "+i.R1+" "+i.From_)), Second: rate(t, "1 EUR = "+i.R2+" "+i.To)}
			got, _, err = v.Convert(in(t, i.Amount+" "+i.From_), i.Scale, i.Mode)
			if want := named["unrounded_intermediate"] + " " + i.To; err != nil || got.String() != want {
				t.Errorf("%s: %v, %v, want %s", c.ID, got, err, want)
			}
			v.Scale, v.Mode = 3, HalfUp
			got, _, err = v.Convert(in(t, i.Amount+" "+i.From_), i.Scale, i.Mode)
			want = named["intermediate_3"] + " " + i.To
		case "fx": // of peers: half up to the decimals given, or to whole units
			r := Rate{Base: usd, Quote: eur, Value: decimal.New(2, 0), Inverse: true} // odoo: 2 EUR = 1 USD
			amount := in(t, i.Amount+" EUR")
			if i.DivideBy != "" {
				r, amount = inverse(rate(t, "1 USD = "+i.DivideBy+" "+i.Currency)), in(t, i.Amount+" "+i.Currency)
			} else if i.Rate != "" {
				r, amount = rate(t, "1 "+i.Currency+" = "+i.Rate+" USD"), in(t, i.Amount+" "+i.Currency)
			}
			got, _, err = rates(t, r).Convert(amount, usd, i.Decimals, HalfUp)
			want = strings.TrimSuffix(named["amount"], " USD") + " USD"
		case "rounding":
			got, err = in(t, i.Amount+" GBP").Round(i.Decimals, i.Mode)
			want = named["amount"] + " GBP"
		default:
			t.Fatalf("%s: unknown kind %s", c.ID, c.Kind)
		}
		if err != nil || got.String() != want {
			t.Errorf("%s: %v, %v, want %s", c.ID, got, err, want)
		}
	}
	if fmt.Sprint(seen) != "map[fx:3 fx.divide:51 fx.multiply:6 fx.triangulate:2 rounding:1]" {
		t.Errorf("ran %v", seen)
	}
}

// beyondMoney reports whether a case has more decimals than a Money, and checks it on integers then.
func beyondMoney(t *testing.T, id, amount, by string, scale uint8, mode Mode, want string) bool {
	decimals := func(s string) int {
		_, f, _ := strings.Cut(s, ".")
		return len(f)
	}
	if decimals(amount) <= fixed.MaxScale && scale <= fixed.MaxScale {
		return false
	}
	if decimals(amount) > fixed.MaxScale {
		if _, err := ParseOn(amount+" EUR", ever); code(t, err) != ErrNumberPrecision {
			t.Errorf("%s: %v", id, err)
		}
	} else if _, err := in(t, amount+" EUR").Round(scale, mode); code(t, err) != ErrNumberPrecision {
		t.Errorf("%s: %v", id, err)
	}
	whole := func(s string) int64 {
		n, err := strconv.ParseInt(strings.Replace(s, ".", "", 1), 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	e := int(scale) - decimals(amount) + decimals(by)
	q, ok := fixed.MulDivPow10(whole(amount), 1, e, uint64(whole(by)), mode)
	if got := (fixed.Decimal{Coef: q, Scale: scale}).String(); !ok || got != want {
		t.Errorf("%s: %s, want %s", id, got, want)
	}
	return true
}

// The euro's change-over rates, Council Regulation 1103/97: a published figure is divided by and never inverted, and
// the amount between two national currencies is rounded to not less than three decimals.
func TestPublishedRatesAreNotInverted(t *testing.T) {
	r := rates(t, inverse(rate(t, "1 EUR = 7.53450 HRK")))
	got, c, err := r.Convert(in(t, "1000000 HRK"), eur, 2, HalfUp)
	if err != nil || got.String() != "132722.81 EUR" {
		t.Errorf("%v, %v", got, err)
	}
	if c.Rate.String() != "1 EUR = 7.53450 HRK" || !c.Rate.Inverse || c.From.String() != "1000000 HRK" || c.To != got || c.Mode != HalfUp || !c.Between.IsZero() {
		t.Errorf("%+v", c)
	}
	if _, _, err := r.Convert(got, hrk, 2, HalfUp); code(t, err) != ErrRateMissing {
		t.Errorf("an inverse that nobody gave: %v", err)
	}
	via := Via{First: inverse(rate(t, "1 EUR = 1.95583 DEM")), Second: rate(t, "1 EUR = 6.55957 FRF"), Scale: 3, Mode: HalfUp}
	francs, c, err := via.Convert(in(t, "100 DEM"), 2, HalfUp)
	if err != nil || francs.String() != "335.38 FRF" || c.Between.String() != "51.129 EUR" || c.Then.String() != "1 EUR = 6.55957 FRF" {
		t.Errorf("%v, %+v, %v", francs, c, err)
	}
	via.Scale, via.Mode = 0, 0
	francs, c, err = via.Convert(in(t, "100 DEM"), 2, HalfUp)
	if err != nil || francs.String() != "335.39 FRF" || !c.Between.IsZero() {
		t.Errorf("%v, %+v, %v", francs, c, err)
	}
}

func TestConvert(t *testing.T) {
	set := rates(t,
		rate(t, "1 EUR = 1.083519 USD"),
		rate(t, "100 JPY = 4.7512 CNY"),
		rate(t, "1 IDR = 0.000061538462 USD"),
		rate(t, "1 USD = 16250.123456789012 IDR"),
		inverse(rate(t, "1000 JPY = 6.1 EUR")),
	)
	tests := []struct {
		from  string
		to    country.Currency
		scale uint8
		mode  Mode
		want  string
		code  problem.Code
	}{
		{"100 EUR", usd, 2, HalfUp, "108.35 USD", ""},
		{"-100 EUR", usd, 2, Floor, "-108.36 USD", ""},
		{"0 EUR", usd, 4, Up, "0.0000 USD", ""},
		{"250 JPY", cny, 4, HalfUp, "11.8780 CNY", ""},
		{"16250 IDR", usd, 6, HalfUp, "1.000000 USD", ""},
		{"5675878.13 USD", idr, 2, HalfEven, "92233720338.19 IDR", ""},
		{"6.10 EUR", jpy, 0, HalfUp, "1000 JPY", ""},
		{"999999999999999999 EUR", usd, 0, Down, "", ErrOverflow},
		{"9999999999999999.99 USD", idr, 12, Down, "", ErrOverflow},
		{"0.000000000001 EUR", usd, 12, Down, "0.000000000001 USD", ""},
		{"0.000000000001 IDR", usd, 12, Up, "0.000000000001 USD", ""},
		{"1 USD", eur, 2, HalfUp, "", ErrRateMissing},
		{"1 CNY", jpy, 2, HalfUp, "", ErrRateMissing},
		{"1 EUR", country.Currency{}, 2, HalfUp, "", ErrRateMissing},
		{"1 EUR", usd, 13, HalfUp, "", ErrNumberPrecision},
		{"1 EUR", usd, 2, 0, "", ErrUnknownValue},
		{"1.2345 EUR", eur, 2, HalfUp, "1.2345 EUR", ""},
	}
	for _, tt := range tests {
		got, c, err := set.Convert(in(t, tt.from), tt.to, tt.scale, tt.mode)
		if got.String() != tt.want || code(t, err) != tt.code {
			t.Errorf("%s to %v: %v, %v, want %q %s", tt.from, tt.to, got, err, tt.want, tt.code)
		}
		if err != nil && (got != Money{} || c.From != Money{}) {
			t.Errorf("%s to %v: %v beside an error", tt.from, tt.to, got)
		}
		if err == nil && (c.From != in(t, tt.from) || c.To != got) {
			t.Errorf("%s to %v: %+v", tt.from, tt.to, c)
		}
	}
	if _, c, _ := set.Convert(in(t, "1 EUR"), eur, 2, HalfUp); c.Rate.String() != "1  = 0 " || c.Mode != 0 {
		t.Errorf("an identity with a rate: %+v", c)
	}
	if _, _, err := set.Convert(Money{}, usd, 2, HalfUp); code(t, err) != ErrCurrencyUnknown {
		t.Errorf("the zero Money: %v", err)
	}
	var none *Rates
	if _, _, err := none.Convert(in(t, "1 EUR"), usd, 2, HalfUp); code(t, err) != ErrRateMissing || none.Len() != 0 {
		t.Errorf("no rates: %v", err)
	}
	if m, _, err := none.Convert(in(t, "1 EUR"), eur, 2, HalfUp); err != nil || m.String() != "1 EUR" {
		t.Errorf("no rate needed: %v, %v", m, err)
	}
	if none.On(country.Date{Year: 2026, Month: 1, Day: 1}).Len() != 0 {
		t.Error("no rates on a day")
	}
}

func TestConversionsAgainstRationals(t *testing.T) {
	r := rand.New(rand.NewPCG(20261122, 2))
	modes := []Mode{HalfUp, HalfEven, HalfDown, Up, Down, Ceiling, Floor}
	amount := func() (int64, uint8) { return fixedtest.Int(r) % (fixed.MaxCoef + 1), uint8(r.IntN(13)) }
	rat := func(c int64, s uint8) *big.Rat {
		return new(big.Rat).SetFrac(big.NewInt(c), new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(s)), nil))
	}
	anyRate := func(base, quote country.Currency) (Rate, *big.Rat) {
		c, s := amount()
		c = max(c, -c, 1)
		per := max(int64(fixedtest.Word(r)%1_000_000), 1)
		q := Rate{Base: base, Quote: quote, Value: decimal.New(c, -int32(s)), Per: per, Inverse: r.IntN(2) == 0}
		f := rat(c, s)
		f.Quo(f, new(big.Rat).SetInt64(per))
		if q.Inverse {
			q.Base, q.Quote = q.Quote, q.Base
			f.Inv(f)
		}
		return q, f
	}
	fits := 0
	for range 5000 {
		c, s := amount()
		m, err := Of(c, s, eur)
		if err != nil {
			t.Fatal(err)
		}
		one, f1 := anyRate(eur, usd)
		two, f2 := anyRate(usd, cny)
		scale, mode := uint8(r.IntN(13)), modes[r.IntN(len(modes))]
		set, err := rates(t, one).With(Via{First: one, Second: two})
		if err != nil {
			t.Fatal(err)
		}
		for to, f := range map[country.Currency]*big.Rat{usd: f1, cny: new(big.Rat).Mul(f1, f2)} {
			exact := rat(c, s)
			exact.Mul(exact, f)
			got, _, err := set.Convert(m, to, scale, mode)
			steps := new(big.Rat).Quo(exact, rat(1, scale))
			want := fixedtest.Round(steps, mode.String())
			if err != nil {
				if code(t, err) != ErrOverflow || want.CmpAbs(big.NewInt(fixed.MaxCoef)) <= 0 {
					t.Fatalf("%v by %v and %v to %d %v: %v", m, one, two, scale, mode, err)
				}
				continue
			}
			fits++
			if big.NewInt(got.coef).Cmp(want) != 0 || got.scale != scale || got.Currency() != to {
				t.Fatalf("%v by %v and %v to %d %v: %v, want %v", m, one, two, scale, mode, got, want)
			}
		}
	}
	if fits < 1000 {
		t.Errorf("only %d conversions fit", fits)
	}
}

func TestRatesOfSeveralDates(t *testing.T) {
	set := rates(t,
		dated(t, "1 EUR = 1.20 USD", "2026-03-01"),
		rate(t, "1 EUR = 1.00 USD"),
		dated(t, "1 EUR = 1.10 USD", "2026-02-01"),
		dated(t, "1 EUR = 160 JPY", "2026-02-01"),
	)
	day := func(s string) country.Date {
		d, err := country.ParseDate(s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	for on, want := range map[string]string{
		"": "1.20", "2026-01-31": "1.00", "2026-02-01": "1.10", "2026-02-02": "1.10", "2026-02-28": "1.10", "2026-03-01": "1.20", "9999-12-31": "1.20",
	} {
		view := set
		if on != "" {
			view = set.On(day(on))
		}
		r, err := view.Find(eur, usd)
		if err != nil || r.Value.StringFixed(2) != want {
			t.Errorf("on %s: %v, %v", on, r, err)
		}
		if m, _, err := view.Convert(in(t, "1 EUR"), usd, 2, HalfUp); err != nil || m.String() != want+" USD" {
			t.Errorf("on %s: %v, %v", on, m, err)
		}
	}
	if r, err := set.On(day("2026-01-01")).On(country.Date{}).Find(eur, usd); err != nil || r.Value.StringFixed(2) != "1.20" {
		t.Errorf("the latest again: %v, %v", r, err)
	}
	_, err := set.On(day("2026-01-31")).Find(eur, jpy)
	var p Problem
	if !errors.As(err, &p) || p.Code != ErrRateMissing || p.Text != "EUR/JPY 2026-01-31" || !slices.Equal(p.Want, []string{"EUR/JPY 2026-02-01"}) {
		t.Errorf("too early: %#v", err)
	}
	var all []string
	for r := range set.All() {
		all = append(all, r.String())
	}
	if got := strings.Join(all, "; "); got != "1 EUR = 160 JPY; 1 EUR = 1.00 USD; 1 EUR = 1.10 USD; 1 EUR = 1.20 USD" || set.Len() != 4 {
		t.Errorf("all: %s", got)
	}
	for range set.All() {
		break
	}
}

func TestMissingRatesNameWhatIsThere(t *testing.T) {
	_, _, err := rates(t, rate(t, "1 GBP = 9 CNY"), rate(t, "1 EUR = 1.1 USD"), dated(t, "1 EUR = 1.2 USD", "2026-01-01"), rate(t, "1 CNY = 0.1 EUR")).
		Convert(in(t, "1 USD"), eur, 2, HalfUp)
	var p Problem
	if !errors.As(err, &p) || p.Text != "USD/EUR" || !slices.Equal(p.Want, []string{"EUR/USD (USD/EUR: inverse)", "CNY/EUR", "GBP/CNY"}) {
		t.Errorf("%#v", p)
	}
	var many []Rate
	for c := range country.AllCurrencies() {
		if c != eur {
			many = append(many, Rate{Base: eur, Quote: c, Value: decimal.New(1, 0)})
		}
	}
	if _, err := rates(t, many...).Find(usd, cny); !errors.As(err, &p) || len(p.Want) != 21 || p.Want[20] != "…" {
		t.Errorf("%#v", p)
	}
	if _, err := rates(t, many[:20]...).Find(usd, cny); !errors.As(err, &p) || len(p.Want) != 20 || p.Want[19] == "…" {
		t.Errorf("%#v", p)
	}
}

func TestNewRatesReportsEverything(t *testing.T) {
	_, err := NewRates(
		rate(t, "1 EUR = 1.1 USD"),
		Rate{Base: eur, Quote: eur, Value: decimal.New(1, 0)},
		Rate{Base: country.Currency{}, Quote: country.Currency{'Q', 'Q', 'Q'}, Value: decimal.New(0, 0), Per: -1, Date: country.Date{Year: 2026, Month: 2, Day: 30}},
		Rate{Base: eur, Quote: usd, Value: decimal.New(-1, 0), Per: 1_000_000_000_000_000_000},
		Rate{Base: eur, Quote: usd, Value: decimal.New(1, -13)},
		Rate{Base: usd, Quote: eur, Value: decimal.New(2, 0), Inverse: true},
		dated(t, "1 EUR = 1.3 USD", "2026-01-01"),
	)
	ps, ok := err.(Problems)
	if !ok {
		t.Fatalf("%v", err)
	}
	var got []string
	for _, p := range ps {
		got = append(got, p.Path+" "+string(p.Code)+" "+p.Text)
	}
	want := []string{
		"/1/quote malformed EUR", "/2/base currency_unknown ", "/2/quote currency_unknown QQQ", "/2/value rate_not_positive 0",
		"/2/per rate_not_positive -1", "/2/date date_invalid 2026-02-30", "/3/value rate_not_positive -1",
		"/3/per number_range 1000000000000000000", "/4/value number_precision ", " duplicate EUR/USD",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	// A rate and its inverse, and the same pair on other days, are different things.
	if _, err := NewRates(rate(t, "1 EUR = 1.1 USD"), inverse(rate(t, "1 EUR = 1.1 USD")), dated(t, "1 EUR = 1.1 USD", "2026-01-01")); err != nil {
		t.Error(err)
	}
	if _, err := NewRates(dated(t, "1 EUR = 1.1 USD", "2026-01-01"), dated(t, "1 EUR = 1.2 USD", "2026-01-01")); code(t, err) != ErrDuplicate || !strings.Contains(err.Error(), "duplicate") {
		t.Error(err)
	}
	if set, err := NewRates(); err != nil || set.Len() != 0 {
		t.Errorf("no rates: %v", err)
	}
}

func TestWays(t *testing.T) {
	first, second := inverse(dated(t, "1 EUR = 1.95583 DEM", "1999-01-01")), dated(t, "1 EUR = 6.55957 FRF", "1999-01-02")
	base := rates(t, first)
	set, err := base.With(Via{First: first, Second: second, Scale: 3, Mode: HalfUp})
	if err != nil {
		t.Fatal(err)
	}
	francs := second.To()
	m, c, err := set.Convert(in(t, "100 DEM"), francs, 2, HalfUp)
	if err != nil || m.String() != "335.38 FRF" || c.Between.String() != "51.129 EUR" {
		t.Errorf("%v, %+v, %v", m, c, err)
	}
	if base.Len() != 1 || set.Len() != 2 {
		t.Error("the set was changed")
	}
	if _, err := set.Find(first.From(), francs); code(t, err) != ErrRateMissing {
		t.Errorf("a way is not a rate: %v", err)
	}
	n := 0
	for range set.All() {
		n++
	}
	if n != 1 {
		t.Errorf("%d rates", n)
	}
	day := country.Date{Year: 1999, Month: 1, Day: 1}
	if _, _, err := set.On(day).Convert(in(t, "100 DEM"), francs, 2, HalfUp); code(t, err) != ErrRateMissing {
		t.Errorf("before the later of both dates: %v", err)
	}
	swapped := Via{First: inverse(dated(t, "1 EUR = 1.95583 DEM", "1999-01-03")), Second: second}
	if d := swapped.date(); d != swapped.First.Date {
		t.Errorf("the later date is %v", d)
	}
	if kept, err := set.On(day).With(); err != nil || kept.on != day || kept.Len() != 2 {
		t.Errorf("%v, %v", kept, err)
	}
	var none *Rates
	if set, err := none.With(Via{First: first, Second: second}); err != nil || set.Len() != 1 {
		t.Errorf("%v, %v", set, err)
	}
	overflow := Via{First: rate(t, "1 EUR = 999999 USD"), Second: rate(t, "1 USD = 999999 CNY"), Scale: 2, Mode: HalfUp}
	for _, amount := range []string{"9999999999999999 EUR", "99999999999 EUR"} {
		if _, _, err := overflow.Convert(in(t, amount), 2, HalfUp); code(t, err) != ErrOverflow {
			t.Errorf("%s: %v", amount, err)
		}
	}
	bad := []struct {
		name string
		via  Via
		code problem.Code
		path string
	}{
		{"no rates", Via{}, ErrCurrencyUnknown, "/0/first/base"},
		{"no second rate", Via{First: first}, ErrCurrencyUnknown, "/0/second/base"},
		{"rates that do not meet", Via{First: first, Second: rate(t, "1 USD = 2 EUR")}, ErrCurrencyMismatch, "/0/second"},
		{"there and back", Via{First: rate(t, "1 USD = 2 EUR"), Second: rate(t, "1 EUR = 1.1 USD")}, ErrMalformed, "/0/second"},
		{"a scale without a mode", Via{First: first, Second: second, Scale: 3}, ErrUnknownValue, "/0/scale"},
		{"an unknown mode", Via{First: first, Second: second, Mode: 99}, ErrUnknownValue, "/0/scale"},
		{"13 decimals", Via{First: first, Second: second, Scale: 13, Mode: Up}, ErrNumberPrecision, "/0/scale"},
	}
	for _, tt := range bad {
		_, err := none.With(tt.via)
		if ps, ok := err.(Problems); !ok || ps[0].Code != tt.code || ps[0].Path != tt.path {
			t.Errorf("%s: %v", tt.name, err)
		}
		if _, _, err := tt.via.Convert(in(t, "1 DEM"), 2, HalfUp); !errors.Is(err, tt.code) {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
	good := Via{First: first, Second: second}
	if _, err := set.With(good); code(t, err) != ErrDuplicate {
		t.Errorf("a second way: %v", err)
	}
	if _, _, err := good.Convert(in(t, "1 USD"), 2, HalfUp); code(t, err) != ErrCurrencyMismatch {
		t.Errorf("another currency: %v", err)
	}
	if _, _, err := good.Convert(in(t, "1 DEM"), 2, 0); code(t, err) != ErrUnknownValue {
		t.Errorf("no mode: %v", err)
	}
}

func TestParseRate(t *testing.T) {
	for _, s := range []string{"1 EUR = 1.083519 USD", "100 JPY = 4.7512 CNY", "1 EUR = 7.53450 HRK"} {
		r := rate(t, s)
		if r.String() != s || r.Inverse || !r.Date.IsZero() || r.From() != r.Base || r.To() != r.Quote {
			t.Errorf("%q is %#v", s, r)
		}
		if i := inverse(r); i.String() != s || i.From() != r.Quote || i.To() != r.Base {
			t.Errorf("%q inverted is %#v", s, i)
		}
	}
	for s, want := range map[string]problem.Code{
		"":                        ErrMalformed,
		"EUR/USD 1.08":            ErrMalformed,
		"1 EUR=1.08 USD":          ErrMalformed,
		"1.0 EUR = 1.08 USD":      ErrMalformed,
		"0 EUR = 1.08 USD":        ErrRateNotPositive,
		"-1 EUR = 1.08 USD":       ErrRateNotPositive,
		"1 EUR = 0.00 USD":        ErrRateNotPositive,
		"1 EUR = -1.08 USD":       ErrRateNotPositive,
		"1 EUR = 1,08 USD":        ErrNumberSyntax,
		"x EUR = 1.08 USD":        ErrNumberSyntax,
		"1 EUR = 1.08 QQQ":        ErrCurrencyUnknown,
		"1 EUR = 1.08 EUR":        ErrMalformed,
		"1 EUR = 1.08 USD = 2 Y":  ErrNumberSyntax,
		strings.Repeat("=", 9999): ErrMalformed,
	} {
		if r, err := ParseRate(s); code(t, err) != want || !r.Value.IsZero() {
			t.Errorf("%.40q: %v, %v, want %s", s, r, err, want)
		}
	}
	if s := (Rate{Base: eur, Quote: usd, Value: decimal.New(1, 100_000_000)}).String(); s != "1 EUR = ? USD" {
		t.Errorf("got %s", s)
	}
}

func TestRatesInJSON(t *testing.T) {
	full := inverse(dated(t, "100 EUR = 753.450 HRK", "2022-12-31"))
	full.Source = "Council <of the> \"EU\" 欧盟"
	for _, r := range []Rate{rate(t, "1 EUR = 1.10 USD"), full} {
		data, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		var back Rate
		if err := json.Unmarshal(data, &back); err != nil {
			t.Fatalf("%s: %v", data, err)
		}
		again, err := json.Marshal(back)
		if err != nil || string(again) != string(data) || back.Source != r.Source || back.Date != r.Date || back.String() != r.String() {
			t.Errorf("%s, then %s, %v", data, again, err)
		}
	}
	if data, _ := json.Marshal(rate(t, "1 EUR = 1.10 USD")); string(data) != `{"base":"EUR","quote":"USD","value":"1.10"}` {
		t.Errorf("%s", data)
	}
	if data, err := (Rate{Base: eur, Quote: usd}).MarshalJSON(); code(t, err) != ErrRateNotPositive || data != nil {
		t.Errorf("%s, %v", data, err)
	}
	const ok = `"base":"EUR","quote":"USD","value":"1.1"`
	for data, want := range map[string]problem.Code{
		`null`:                                         ErrNullNotAllowed,
		`"1 EUR = 1.1 USD"`:                            ErrWrongType,
		`{`:                                            problem.JSONSyntax,
		`{}`:                                           ErrMissingField,
		`{` + ok + `,"rate":1}`:                        ErrUnknownField,
		`{` + ok + `,"base":"EUR"}`:                    ErrDuplicateKey,
		`{` + ok + `,"per":0}`:                         ErrRateNotPositive,
		`{` + ok + `,"per":-5}`:                        ErrRateNotPositive,
		`{` + ok + `,"per":1.5}`:                       problem.NotInteger,
		`{` + ok + `,"per":"x"}`:                       ErrWrongType,
		`{` + ok + `,"inverse":1}`:                     ErrWrongType,
		`{` + ok + `,"date":20260101}`:                 ErrWrongType,
		`{` + ok + `,"date":"2026-13"}`:                ErrDateInvalid,
		`{` + ok + `,"source":null}`:                   ErrNullNotAllowed,
		`{` + ok + `,"source":"\u0000"}`:               problem.ControlCharacter,
		`{"base":"EUR","quote":"QQQ","value":"1"}`:     ErrCurrencyUnknown,
		`{"base":"EUR","quote":"USD","value":null}`:    ErrNullNotAllowed,
		`{"base":"EUR","quote":"USD","value":"0"}`:     ErrRateNotPositive,
		`{"base":"EUR","quote":"EUR","value":"1"}`:     ErrMalformed,
		`{"base":"EUR","quote":"USD","value":"1e400"}`: ErrNumberRange,
		`{` + ok + `,"per":9000000000000000000}`:       ErrNumberRange,
	} {
		r := rate(t, "1 EUR = 2 USD")
		if err := r.UnmarshalJSON([]byte(data)); !errors.Is(err, want) || r.String() != "1 EUR = 2 USD" {
			t.Errorf("%s: %v, %v, want %s", data, r, err, want)
		}
	}
}

func TestRatesAreSafeForConcurrentUse(t *testing.T) {
	set, err := rates(t, rate(t, "1 EUR = 1.10 USD")).With(Via{First: rate(t, "1 USD = 7 CNY"), Second: rate(t, "1 CNY = 20 JPY")})
	if err != nil {
		t.Fatal(err)
	}
	one, hundred := in(t, "1 EUR"), in(t, "1 USD")
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			for range 200 {
				a, _, err1 := set.Convert(one, usd, 2, HalfUp)
				b, _, err2 := set.On(country.Date{Year: 2026, Month: 1, Day: 1}).Convert(hundred, jpy, 0, HalfUp)
				if err1 != nil || err2 != nil || a.String() != "1.10 USD" || b.String() != "140 JPY" {
					t.Errorf("%v, %v, %v, %v", a, b, err1, err2)
					return
				}
			}
		})
	}
	wait.Wait()
}

func FuzzParseRate(f *testing.F) {
	f.Add("1 EUR = 1.083519 USD")
	f.Add("100 JPY = 4.7512 CNY")
	f.Fuzz(func(t *testing.T, s string) {
		r, err := ParseRate(s)
		if err != nil {
			if code(t, err) == "" {
				t.Fatal(err)
			}
			return
		}
		text := r.String()
		back, err := ParseRate(text)
		if err != nil || back.String() != text {
			t.Fatalf("%q is written %q and read %v, %v", s, text, back, err)
		}
		set := rates(t, r, inverse(r))
		to, _, err := set.Convert(Money{cur: lettersOf(r.Base), coef: 1}, r.Quote, 12, Floor)
		if err != nil && code(t, err) != ErrOverflow {
			t.Fatal(err)
		}
		if err == nil && to.Sign() < 0 {
			t.Fatalf("one unit by %v is %v", r, to)
		}
	})
}

func FuzzUnmarshalRate(f *testing.F) {
	f.Add([]byte(`{"base":"EUR","quote":"HRK","value":"7.53450","per":100,"inverse":true,"date":"2022-12-31","source":"EU"}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var r Rate
		if r.UnmarshalJSON(data) != nil {
			return
		}
		out, err := r.MarshalJSON()
		if err != nil {
			t.Fatal(err)
		}
		var back Rate
		if err := back.UnmarshalJSON(out); err != nil {
			t.Fatalf("%s: %v", out, err)
		}
	})
}

func BenchmarkConvert(b *testing.B) {
	set, err := NewRates(Rate{Base: eur, Quote: usd, Value: decimal.New(1083519, -6)})
	if err != nil {
		b.Fatal(err)
	}
	m := in(b, "1234.56 EUR")
	b.ReportAllocs()
	for b.Loop() {
		_, _, _ = set.Convert(m, usd, 2, HalfUp)
	}
}

// TestRatesAppend holds that sets that convert otherwise are written otherwise, and one set the same in any order.
func TestRatesAppend(t *testing.T) {
	rate := func(text string, inverse bool, day country.Date) Rate {
		r, err := ParseRate(text)
		if err != nil {
			t.Fatal(err)
		}
		r.Inverse, r.Date = inverse, day
		return r
	}
	day := country.Date{Year: 2026, Month: 3, Day: 1}
	eur, jpy := rate("1 EUR = 1.083519 USD", false, country.Date{}), rate("100 JPY = 4.7512 CNY", false, country.Date{})
	set := func(rates ...Rate) *Rates {
		r, err := NewRates(rates...)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	via := func(scale uint8, mode Mode) *Rates {
		v := Via{First: rate("1 EUR = 1.95583 DEM", true, country.Date{}), Second: rate("1 EUR = 6.55957 FRF", false, country.Date{}), Scale: scale, Mode: mode}
		r, err := set(eur).With(v)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	if a, b := set(eur, jpy).Append(nil), set(jpy, eur).Append(nil); string(a) != string(b) || len(a) == 0 {
		t.Errorf("%s is not %s", a, b)
	}
	seen := map[string]int{}
	for i, r := range []*Rates{
		nil, set(eur), set(eur).On(day), set(jpy), set(eur, jpy), set(rate("1 EUR = 1.083519 USD", true, country.Date{})), set(rate("1 EUR = 1.083519 USD", false, day)),
		set(rate("10 EUR = 1.083519 USD", false, country.Date{})), via(3, HalfUp), via(4, HalfUp), via(3, HalfEven), via(0, 0),
	} {
		text := string(r.Append(nil))
		if j, taken := seen[text]; taken {
			t.Errorf("sets %d and %d are written alike: %q", i, j, text)
		}
		seen[text] = i
	}
}
