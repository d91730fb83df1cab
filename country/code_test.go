package country_test

import (
	"encoding/json"
	"errors"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/internal/lang"
)

var destinations = []string{"US", "GB", "DE", "ES", "FR", "IT", "RU", "AU", "ID"}

func mustParse(t testing.TB, text string) country.Code {
	t.Helper()
	c, err := country.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestCountryTable(t *testing.T) {
	var all []country.Code
	alpha3, numeric := map[string]bool{}, map[string]bool{}
	for c := range country.All() {
		all = append(all, c)
		if !regexp.MustCompile(`^[A-Z]{2} [A-Z]{3} [0-9]{3}$`).MatchString(c.String() + " " + c.Alpha3() + " " + c.Numeric()) {
			t.Errorf("%v %s %s", c, c.Alpha3(), c.Numeric())
		}
		alpha3[c.Alpha3()], numeric[c.Numeric()] = true, true
		for _, text := range []string{c.String(), strings.ToLower(c.String()), c.Alpha3(), strings.ToLower(c.Alpha3()), c.Numeric()} {
			if got, err := country.Parse(text); err != nil || got != c {
				t.Errorf("%q: %v, %v", text, got, err)
			}
		}
		if !c.IsValid() {
			t.Errorf("%v is not valid", c)
		}
		if currency, ok := c.Currency(); ok != currency.IsValid() {
			t.Errorf("%v: currency %q", c, currency)
		}
		// x/text knows the three codes too
		region, err := language.ParseRegion(c.String())
		if err != nil || region.ISO3() != c.Alpha3() || !region.IsCountry() {
			t.Errorf("%v: x/text says %v %s", c, err, region.ISO3())
		}
		if m49 := "00" + itoa(region.M49()); m49[len(m49)-3:] != c.Numeric() {
			t.Errorf("%v: %s, x/text says %d", c, c.Numeric(), region.M49())
		}
	}
	if len(all) != 249 || len(alpha3) != 249 || len(numeric) != 249 {
		t.Errorf("%d countries, %d alpha-3, %d numeric", len(all), len(alpha3), len(numeric))
	}
	if !slices.IsSortedFunc(all, func(a, b country.Code) int { return strings.Compare(a.String(), b.String()) }) {
		t.Error("not in order")
	}
	n := 0
	for range country.All() {
		if n++; n == 3 {
			break
		}
	}
	if n != 3 {
		t.Error("All does not stop")
	}
}

func itoa(n int) string {
	b, _ := json.Marshal(n)
	return string(b)
}

func TestCountryCurrencies(t *testing.T) {
	tests := map[string]string{
		"US": "USD", "GB": "GBP", "DE": "EUR", "ES": "EUR", "FR": "EUR", "IT": "EUR", "RU": "RUB", "AU": "AUD", "ID": "IDR",
		"CN": "CNY", "BG": "EUR", "HR": "EUR", "CW": "XCG", "SL": "SLE", "VE": "VES", "ZW": "ZWG", "PA": "PAB", "SV": "USD",
		"AQ": "", "GS": "", "PS": "",
	}
	for code, want := range tests {
		currency, ok := mustParse(t, code).Currency()
		if currency.String() != want || ok != (want != "") {
			t.Errorf("%s: %q, %v", code, currency, ok)
		}
	}
}

// Names are CLDR's: x/text carries them too, in a package that this library does not want to pay for.
func TestNamesAreThoseOfCLDR(t *testing.T) {
	for _, code := range append([]string{"CN"}, destinations...) {
		c := mustParse(t, code)
		region := language.MustParseRegion(code)
		for _, l := range lang.All() {
			got, want := c.Name(l.Tag()), display.Regions(l.Tag()).Name(region)
			if got != want {
				t.Errorf("%s in %v: %q, x/text says %q", code, l, got, want)
			}
			if back, err := country.Parse(got); err != nil || back != c {
				t.Errorf("%q: %v, %v", got, back, err)
			}
		}
	}
}

func TestNameFallsBack(t *testing.T) {
	us := mustParse(t, "US")
	for tag, want := range map[string]string{"zh-CN": "美国", "zh": "美国", "pt-BR": "United States", "ja": "United States", "de-AT": "Vereinigte Staaten", "ru-KZ": "Соединенные Штаты"} {
		if got := us.Name(language.MustParse(tag)); got != want {
			t.Errorf("%s: %q", tag, got)
		}
	}
	if got := mustParse(t, "BY").Name(language.Chinese); got != "BY" {
		t.Error(got)
	}
	if got := (country.Code{}).Name(language.Chinese); got != "" {
		t.Error(got)
	}
}

func TestCodesThatAreNone(t *testing.T) {
	for _, c := range []country.Code{{}, {'U', 'K'}, {'X', 'K'}, {'u', 's'}, {0xFF, 0}, {'Z', 'Z'}} {
		currency, ok := c.Currency()
		if c.IsValid() || c.Alpha3() != "" || c.Numeric() != "" || ok || !currency.IsZero() || c.IsZero() != (c == country.Code{}) {
			t.Errorf("%q is a country", c.String())
		}
		if text, err := c.MarshalText(); (err == nil) != c.IsZero() || len(text) > 0 {
			t.Errorf("%q: %s, %v", c.String(), text, err)
		}
	}
}

func TestCodeText(t *testing.T) {
	type document struct {
		To    country.Code         `json:"to"`
		Stock map[country.Code]int `json:"stock"`
	}
	var d document
	if err := json.Unmarshal([]byte(`{"to":"UK","stock":{"deu":1,"":2}}`), &d); err != nil {
		t.Fatal(err)
	}
	if got, err := json.Marshal(d); err != nil || string(got) != `{"to":"GB","stock":{"":2,"DE":1}}` {
		t.Errorf("%s, %v", got, err)
	}
	err := json.Unmarshal([]byte(`{"to":"EU"}`), &d)
	if !errors.Is(err, country.ErrNotACountry) || !d.To.IsZero() {
		t.Errorf("%v, %v", d.To, err)
	}
}

func TestScanAndValue(t *testing.T) {
	var c country.Code
	var m country.Currency
	var d country.Date
	type scanner interface{ Scan(any) error }
	day := time.Date(2026, 8, 1, 23, 59, 0, 0, time.FixedZone("far east", 14*3600))
	good := []struct {
		into scanner
		src  any
		want any
	}{
		{&c, "DE", "DE"}, {&c, []byte("uk"), "GB"}, {&c, nil, nil}, {&c, "", nil},
		{&m, "EUR", "EUR"}, {&m, []byte("idr"), "IDR"}, {&m, nil, nil},
		{&d, "2026-08-01", "2026-08-01"}, {&d, []byte("2024-02-29"), "2024-02-29"}, {&d, day, "2026-08-01"}, {&d, nil, nil}, {&d, "", nil},
	}
	for _, tt := range good {
		if err := tt.into.Scan(tt.src); err != nil {
			t.Errorf("%v: %v", tt.src, err)
		}
		var got any
		var err error
		switch v := tt.into.(type) {
		case *country.Code:
			got, err = v.Value()
		case *country.Currency:
			got, err = v.Value()
		case *country.Date:
			got, err = v.Value()
		}
		if err != nil || got != tt.want {
			t.Errorf("%v became %v, %v", tt.src, got, err)
		}
	}
	c, m, d = mustParse(t, "DE"), country.Currency{'E', 'U', 'R'}, country.Date{Year: 2026, Month: 1, Day: 1}
	for _, src := range []any{7, "XK", "2026-02-30", true, 1.5, []byte("ZZZ"), time.Date(12026, 1, 1, 0, 0, 0, 0, time.UTC)} {
		for _, into := range []scanner{&c, &m, &d} {
			if err := into.Scan(src); err == nil {
				t.Errorf("%T takes %v", into, src)
			}
		}
		if !c.IsZero() || !m.IsZero() || !d.IsZero() {
			t.Errorf("%v left %v %v %v", src, c, m, d)
		}
	}
	for _, into := range []scanner{(*country.Code)(nil), (*country.Currency)(nil), (*country.Date)(nil)} {
		for _, src := range []any{nil, "", "DE", 7, day} {
			if into.Scan(src) == nil {
				t.Errorf("a nil %T is scanned into", into)
			}
		}
	}
	for _, v := range []interface{ UnmarshalText([]byte) error }{(*country.Code)(nil), (*country.Currency)(nil), (*country.Date)(nil)} {
		if v.UnmarshalText([]byte("DE")) == nil {
			t.Errorf("a nil %T is read into", v)
		}
	}
}

// The tables of names alone are 2.4 MB in a program that imports the display package.
func TestImports(t *testing.T) {
	files, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if !strings.HasSuffix(f.Name(), ".go") || strings.HasSuffix(f.Name(), "_test.go") {
			continue
		}
		text, err := os.ReadFile(f.Name())
		if err != nil {
			t.Fatal(err)
		}
		for _, bad := range []string{`language/display"`, `"os"`, `"net`, "math/rand", "time.Now", "validator", "text/currency", "func init("} {
			if strings.Contains(string(text), bad) {
				t.Errorf("%s has %s", f.Name(), bad)
			}
		}
	}
}
