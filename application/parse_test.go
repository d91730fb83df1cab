package application_test

import (
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"

	"golang.org/x/text/language"

	"github.com/overseaswarehouse/overseas/application"
	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/internal/problem"
)

func TestParseReadsEveryMember(t *testing.T) {
	a, err := application.Parse(strings.NewReader(full))
	if err != nil {
		t.Fatal(err)
	}
	gb, _ := country.Parse("GB")
	if a.Warehouse.Country != gb || a.Applicant.Parent != "store-0" || a.Applicant.Account() != "store-0" || len(a.Stock) != 2 || a.Stock[0].OnHand != 40 {
		t.Errorf("%+v", a)
	}
	photo := a.Materials[1]
	if s, b := photo.Part("house_number"); s != application.Shown || b != application.Declared {
		t.Error("house number", s, b)
	}
	if s, b := photo.Part("real_scene"); s != application.NotShown || b != application.Verified {
		t.Error("real scene", s, b)
	}
	if s, _ := photo.Part("local_newspaper"); s != application.NotStated {
		t.Error("a part that nothing is said about is", s)
	}
	if v, ok := a.Answer("vat_number"); !ok || v != "GB123456789" {
		t.Error("answer", v, ok)
	}
	if hand, transit := a.Pieces(gb); hand != 40 || transit != 3 {
		t.Error("pieces", hand, transit)
	}
}

func TestJSONRoundTrip(t *testing.T) {
	first, err := application.Parse(strings.NewReader(full))
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(first)
	if err != nil {
		t.Fatal(err)
	}
	second, err := application.Parse(strings.NewReader(string(text)))
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(first, second) {
		t.Errorf("%+v\n%+v", first, second)
	}
	var third application.Application
	if err := json.Unmarshal(text, &third); err != nil || !reflect.DeepEqual(first, &third) {
		t.Error(err)
	}
}

func TestStockNotStatedNoneAndSomeAreThreeThings(t *testing.T) {
	for stock, want := range map[string]int{``: -1, `"stock": [],`: 0, `"stock": [{"country": "DE", "onHand": 0}],`: 1} {
		a, err := application.Parse(strings.NewReader(`{"schema": "overseas/application/1", "platform": "p", ` + stock + `"applicant": {"store": "s"}, "warehouse": {}}`))
		if err != nil {
			t.Fatal(err)
		}
		text, _ := json.Marshal(a)
		b, err := application.Parse(strings.NewReader(string(text)))
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range []*application.Application{a, b, a.Clone()} {
			got := len(x.Stock)
			if x.Stock == nil {
				got = -1
			}
			if got != want {
				t.Errorf("%q: %d, want %d", stock, got, want)
			}
		}
	}
}

// edit is the full document with a piece replaced.
func edit(old, new string) string {
	if !strings.Contains(full, old) {
		panic(old)
	}
	return strings.Replace(full, old, new, 1)
}

func TestHostileDocuments(t *testing.T) {
	for _, c := range []struct {
		name, document string
		code           error
		path           string
	}{
		{"empty", "", problem.JSONSyntax, ""},
		{"null at the top", "null", problem.WrongType, ""},
		{"array", "[]", problem.WrongType, ""},
		{"trailing garbage", full + "x", problem.TrailingData, ""},
		{"second document", full + full, problem.TrailingData, ""},
		{"duplicate key", edit(`"id": "90210"`, `"id": "1", "id": "2"`), problem.DuplicateKey, "/id"},
		{"duplicate key, escaped", edit(`"id": "90210"`, `"id": "1", "\u0069d": "2"`), problem.DuplicateKey, "/id"},
		{"other case", edit(`"id": "90210"`, `"ID": "1"`), problem.UnknownField, "/ID"},
		{"unknown field", edit(`"sku"`, `"skew"`), problem.UnknownField, "/stock/0/skew"},
		{"null", edit(`"90210"`, `null`), problem.NullNotAllowed, "/id"},
		{"broken UTF-8", edit("Winit", "Win\xffit"), problem.Encoding, ""},
		{"half a surrogate pair", edit("Winit", `\ud800`), problem.Encoding, "/materials/0/text"},
		{"NUL", edit("Winit", `\u0000`), problem.ControlCharacter, "/materials/0/text"},
		{"right-to-left override", edit("photo.jpg", `photo\u202egpj.exe`), problem.BidiControl, "/materials/1/file/name"},
		{"schema of the future", edit("application/1", "application/99"), problem.UnsupportedVersion, "/schema"},
		{"two countries", edit(`"UK"`, `"US,DE"`), problem.CountryUnknown, "/warehouse/country"},
		{"long s", edit(`"UK"`, `"u\u017f"`), problem.CountryUnknown, "/warehouse/country"},
		{"negative stock", edit(`"onHand": 40`, `"onHand": -1`), problem.Negative, "/stock/0/onHand"},
		{"half a piece", edit(`"onHand": 40`, `"onHand": 1.5`), problem.NotInteger, "/stock/0/onHand"},
		{"too many pieces", edit(`"onHand": 40`, `"onHand": 99999999999999999999`), problem.NumberRange, "/stock/0/onHand"},
		{"stock of nothing", edit(`{"country": "GB", "inTransit": 1}`, `{"country": "GB"}`), problem.MissingField, "/stock/1"},
		{"blank code", edit(`"Winit"`, `" \u200b"`), problem.TextBlank, "/materials/0/text"},
		{"blank kind", edit(`"kind": "third_party"`, `"kind": ""`), problem.TextBlank, "/warehouse/kind"},
		{"bad sum", edit(`"CC83`, `"XX83`), problem.Malformed, "/materials/1/file/sha256"},
		{"no date", edit(`"dated": "2026-11-22"`, `"dated": ""`), problem.DateInvalid, "/materials/1/dated"},
		{"30 February", edit(`"dated": "2026-11-22"`, `"dated": "2026-02-30"`), problem.DateInvalid, "/materials/1/dated"},
		{"date with a time", edit(`"2026-11-23"`, `"2026-11-23T00:00:00Z"`), problem.DateFormat, "/submitted"},
		{"part said twice", edit(`"house_number"`, `"house_number", "house_number"`), problem.Duplicate, "/materials/1/shows"},
		{"deep", strings.Repeat("[", 100000), problem.TooDeep, ""},
		{"ten thousand papers", edit(`"materials": [`, `"materials": [`+strings.Repeat(`{"kind": "x"},`, 10000)), problem.TooMany, "/materials"},
		{"combining marks", edit("Winit", "a"+strings.Repeat("\u0301", 5000)), problem.TextTooLong, "/materials/0/text"},
		{"long id", edit("90210", strings.Repeat("9", 129)), problem.TextTooLong, "/id"},
		{"store missing", edit(`"store": "store-1", `, ""), problem.MissingField, "/applicant"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, err := application.Parse(strings.NewReader(c.document))
			if a != nil {
				t.Error("an application comes with the error")
			}
			var ps application.Problems
			if !errors.As(err, &ps) || !errors.Is(err, c.code) {
				t.Fatalf("%v, want %v", err, c.code)
			}
			found := false
			for _, p := range ps {
				found = found || p.Is(c.code) && strings.HasPrefix(p.Path, c.path)
				if p.Line < 1 || p.Column < 1 || len(p.Error()) > 1000 {
					t.Errorf("place or length: %+v", p)
				}
				if p.Message(language.Chinese) == string(p.Code) {
					t.Errorf("no Chinese text for %s", p.Code)
				}
			}
			if !found {
				t.Errorf("%v, want it at %s", err, c.path)
			}
		})
	}
}

func TestAllProblemsAtOnceInDocumentOrder(t *testing.T) {
	_, err := application.Parse(strings.NewReader(`{
  "platfrom": "aliexpress",
  "submitted": "2026-02-30",
  "applicant": {"role": "main"},
  "warehouse": {"kind": " ", "country": "Atlantis"},
  "stock": [{"country": "DE", "onHand": -4}],
  "materials": [{"kind": "contract_photo", "file": {"name": "../a.jpg", "sha256": "12"}}]
}`))
	var got []string
	var ps application.Problems
	if !errors.As(err, &ps) {
		t.Fatal(err)
	}
	for _, p := range ps {
		got = append(got, p.Path+" "+string(p.Code))
	}
	for _, want := range []string{
		"/platfrom unknown_field", "/submitted date_invalid", "/warehouse/kind text_blank", "/warehouse/country country_unknown",
		"/stock/0/onHand negative", "/materials/0/file/name file_name_unsafe", "/materials/0/file/sha256 malformed",
	} {
		if !strings.Contains(strings.Join(got, "\n"), want) {
			t.Errorf("%q is missing in\n%s", want, strings.Join(got, "\n"))
		}
	}
	if _, err := application.Parse(strings.NewReader("null")); strings.Contains(err.Error(), "platform") {
		t.Error("what is no object is said to lack members:", err)
	}
	line := 0
	for _, p := range ps {
		if p.Line < line {
			t.Errorf("not in the order of the document: %v", ps)
		}
		line = p.Line
	}
}

func FuzzParse(f *testing.F) {
	f.Add(full)
	f.Add(`{}`)
	f.Add(edit(`"90210"`, `null`))
	f.Fuzz(func(t *testing.T, document string) {
		a, err := application.Parse(strings.NewReader(document))
		if (a == nil) == (err == nil) {
			t.Fatal("neither or both")
		}
		if err != nil {
			return
		}
		if err := a.Validate(); err != nil {
			t.Fatalf("Parse takes what Validate refuses: %v", err)
		}
		text, err := json.Marshal(a)
		if err != nil {
			t.Fatal(err)
		}
		b, err := application.Parse(strings.NewReader(string(text)))
		if err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		again, _ := json.Marshal(b)
		if string(text) != string(again) {
			t.Fatalf("%s\n%s", text, again)
		}
	})
}
