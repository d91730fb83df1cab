package country_test

import (
	"encoding/json"
	"errors"
	"os"
	"slices"
	"testing"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/internal/problem"
)

// spellings are the cases of testdata/spellings.json: what lists and judgement say that a text means.
type spellings struct {
	About   string
	Aliases []struct {
		ID, Text, Source, Country, Skip string
		Ambiguous                       []string
	}
	Inputs []struct{ ID, Text, Country, Error, Want string }
	Near   []struct {
		ID, A, B string
		ACountry string `json:"a_country"`
		BCountry string `json:"b_country"`
	}
	MinorUnits []struct {
		Code   string
		Digits int
		Skip   string
	} `json:"minor_units"`
	Currencies []struct{ Text, Currency, Error, Want, Withdrawn, Note string }
}

func readSpellings(t *testing.T) (s spellings) {
	t.Helper()
	data, err := os.ReadFile("testdata/spellings.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &s); err != nil {
		t.Fatal(err)
	}
	if s.About == "" {
		t.Error("no source")
	}
	return s
}

func TestAliases(t *testing.T) {
	skipped := 0
	for _, tt := range readSpellings(t).Aliases {
		t.Run(tt.ID, func(t *testing.T) {
			got, err := country.Parse(tt.Text)
			if tt.Skip != "" {
				skipped++
				if err == nil && got.String() == tt.Country {
					t.Errorf("%q is accepted: the reason to skip it is gone", tt.Text)
				}
				t.Skip(tt.Skip)
			}
			if tt.Ambiguous != nil {
				var p country.Problem
				if !errors.Is(err, country.ErrCountryAmbiguous) || !errors.As(err, &p) || !slices.Equal(p.Want, tt.Ambiguous) {
					t.Errorf("%q: %v, %v", tt.Text, got, err)
				}
				return
			}
			if err != nil || got.String() != tt.Country {
				t.Errorf("%q: %v, %v", tt.Text, got, err)
			}
		})
	}
	if skipped != 89 {
		t.Errorf("%d skipped", skipped)
	}
}

func TestCountryInputs(t *testing.T) {
	for _, tt := range readSpellings(t).Inputs {
		t.Run(tt.ID, func(t *testing.T) {
			got, err := country.Parse(tt.Text)
			check(t, tt.Text, got.String(), err, tt.Country, tt.Error, tt.Want)
		})
	}
}

func check(t *testing.T, text, got string, err error, want, code, right string) {
	t.Helper()
	if code == "" {
		if err != nil || got != want {
			t.Errorf("%+q: %q, %v", text, got, err)
		}
		return
	}
	var p country.Problem
	if !errors.Is(err, problem.Code(code)) || got != "" || !errors.As(err, &p) || len(p.Want) == 0 {
		t.Errorf("%+q: %q, %v, want %s", text, got, err, code)
	} else if right != "" && p.Want[0] != right {
		t.Errorf("%+q: %v, want %s", text, err, right)
	}
}

// Names that differ in one letter and mean different countries: neither is ever read as the other.
func TestNoFuzzyNames(t *testing.T) {
	for _, tt := range readSpellings(t).Near {
		for text, codes := range map[string][2]string{tt.A: {tt.ACountry, tt.BCountry}, tt.B: {tt.BCountry, tt.ACountry}} {
			got, err := country.Parse(text)
			if err == nil && got.String() != codes[0] {
				t.Errorf("%s: %q is %v", tt.ID, text, got)
			}
			var p country.Problem
			if errors.As(err, &p) && slices.Contains(p.Want, codes[1]) {
				t.Errorf("%s: %q is told to be %v", tt.ID, text, p.Want)
			}
		}
	}
}

func TestMinorUnits(t *testing.T) {
	for _, tt := range readSpellings(t).MinorUnits {
		t.Run(tt.Code, func(t *testing.T) {
			if tt.Skip != "" {
				t.Skip(tt.Skip)
			}
			c := country.Currency([]byte(tt.Code))
			_, _, withdrawn := c.Withdrawn()
			if c.Digits() != tt.Digits || c.IsValid() == withdrawn {
				t.Errorf("%d, want %d (valid %v, withdrawn %v)", c.Digits(), tt.Digits, c.IsValid(), withdrawn)
			}
		})
	}
}

func TestCurrencyInputs(t *testing.T) {
	for _, tt := range readSpellings(t).Currencies {
		t.Run(tt.Text, func(t *testing.T) {
			got, err := country.ParseCurrency(tt.Text)
			check(t, tt.Text, got.String(), err, tt.Currency, tt.Error, tt.Want)
			if tt.Withdrawn != "" {
				on, _, ok := country.Currency([]byte(tt.Text)).Withdrawn()
				if !ok || on.String() != tt.Withdrawn {
					t.Errorf("withdrawn on %v", on)
				}
			}
		})
	}
}

func TestOtherSpellings(t *testing.T) {
	tests := []struct{ text, country, code, want string }{
		{"yu", "", "country_ambiguous", "RS"},
		{"AN", "", "country_ambiguous", "CW"},
		{"200", "", "country_ambiguous", "CZ"},
		{"EU", "", "not_a_country", ""},
		{"XK", "", "not_a_country", ""},
		{"QZ", "", "not_a_country", ""},
		{"xa", "", "not_a_country", ""},
		{"IC", "", "not_a_country", "ES"},
		{"ZR", "", "country_unknown", "CD"},
		{"INA", "", "country_unknown", "ID"},
		{"ATF", "TF", "", ""},
		{"999", "", "country_unknown", ""},
		{"germany", "", "country_unknown", "DE"},
		{"Germany ", "", "country_unknown", "DE"},
		{"ГЕРМАНИЯ", "", "country_unknown", "DE"},
		{"Россия", "RU", "", ""},
		{"D", "", "country_unknown", ""},
		{"USAA", "", "country_unknown", ""},
		{"US,GB", "", "country_unknown", ""},
		{"US/GB", "", "country_unknown", ""},
		{"YU/YUG", "", "country_unknown", ""},
		{"/", "", "country_unknown", ""},
		{"\u200b", "", "text_blank", ""},
		{"ＵＳ", "", "country_unknown", ""},
		{"U$", "", "country_unknown", ""},
		{"\xffS", "", "country_unknown", ""},
	}
	for _, tt := range tests {
		got, err := country.Parse(tt.text)
		check(t, tt.text, got.String(), err, tt.country, tt.code, tt.want)
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"US", "uk", "276", "172", "俄罗斯联邦", "EU", "United States\u200b", "uſ", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		c, err := country.Parse(text)
		if (err == nil) != c.IsValid() {
			t.Fatalf("%q: %v, %v", text, c, err)
		}
		if err != nil {
			var p country.Problem
			if !errors.As(err, &p) || len(p.Want) == 0 || len(p.Error()) > 2000 {
				t.Fatalf("%q: %v", text, err)
			}
		}
		m, err := country.ParseCurrency(text)
		if (err == nil) != m.IsValid() {
			t.Fatalf("%q: %v, %v", text, m, err)
		}
	})
}
