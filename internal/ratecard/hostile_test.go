package ratecard_test

import (
	"bytes"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/overseaswarehouse/overseas/internal/problem"
	"github.com/overseaswarehouse/overseas/internal/ratecard"
)

// rate is a document with brackets whose first price is the given JSON text.
func rate(price string) string {
	return string(rows(`{"from": "0 kg", "to": "10 kg", "price": ` + price + `}, {"from": "10 kg", "to": "30 kg", "price": "0.90"}`))
}

// and is the document with a further member.
func and(member string) string {
	d := string(doc())
	return d[:len(d)-1] + "," + member + "}"
}

func utf16le(text string) string {
	var b bytes.Buffer
	b.WriteString("\xff\xfe")
	for _, u := range utf16.Encode([]rune(text)) {
		b.WriteByte(byte(u))
		b.WriteByte(byte(u >> 8))
	}
	return b.String()
}

// manyRows is brackets of one kilogram each.
func manyRows(n int) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, `{"from": "%d kg", "to": "%d kg", "price": "1"}`, i, i+1)
	}
	return b.String()
}

// hostile has documents that others have swallowed. want lists the codes that are right, "" accepting the document.
var hostile = []struct{ name, doc, want string }{
	{"baseline", string(doc()), ""},
	{"empty", "", "json_syntax"},
	{"spaces", "  \n ", "json_syntax"},
	{"top null", "null", "wrong_type"},
	{"top array", "[]", "wrong_type"},
	{"top string", `"x"`, "wrong_type"},
	{"trailing garbage", string(doc()) + "x", "trailing_data"},
	{"trailing second document", string(doc()) + string(doc()), "trailing_data"},
	{"trailing NUL", string(doc()) + "\x00", "trailing_data"},
	{"truncated", string(doc())[:300], "json_syntax"},
	{"comment", "/* x */" + string(doc()), "json_syntax"},
	{"trailing comma", strings.TrimSuffix(string(doc()), "]}") + ",]}", "json_syntax"},
	{"single quotes", strings.ReplaceAll(string(doc()), `"`, `'`), "json_syntax"},
	{"byte order mark", "\ufeff" + string(doc()), "bom"},
	{"UTF-16", utf16le(string(doc())), "encoding"},
	{"duplicate key", and(`"currency": "EUR"`), "duplicate_key"},
	{"duplicate key in capitals", and(`"CURRENCY": "EUR"`), "unknown_field"},
	{"duplicate key escaped", and(`"\u0063urrency": "EUR"`), "duplicate_key"},
	{"duplicate key nested", string(rows(`{"from": "0 kg", "price": "1", "price": "0.01"}`)), "duplicate_key"},
	{"key with a long s", strings.Replace(string(doc()), `"schema"`, `"ſchema"`, 1), "missing_field unknown_field"},
	{"key with a Kelvin sign", and(`"mar\u212aup": "9"`), "unknown_field"},
	{"unknown key", and(`"currancy": "EUR"`), "unknown_field"},
	{"unknown key nested", string(rows(`{"from": "0 kg", "price": "1", "pric": "2"}`)), "unknown_field"},
	{"key __proto__", and(`"__proto__": {"x": 1}`), "unknown_field"},
	{"empty key", and(`"": "1"`), "unknown_field"},
	{"missing currency", string(doc("currency", "")), "missing_field"},
	{"null currency", string(doc("currency", "null")), "null_not_allowed"},
	{"null price", rate("null"), "null_not_allowed"},
	{"missing price", string(rows(`{"from": "0 kg"}`)), "missing_field"},
	{"unknown schema", string(doc("schema", `"overseas/ratecard/99"`)), "unsupported_version"},
	{"deep array", strings.Repeat("[", 100_000) + strings.Repeat("]", 100_000), "too_deep"},
	{"array of 9999", strings.Repeat("[", 9999) + strings.Repeat("]", 9999), "too_deep"},
	{"deep object", strings.Repeat(`{"a":`, 20_000) + "1" + strings.Repeat("}", 20_000), "too_deep"},
	{"long key", `{"` + strings.Repeat("k", 500_000) + `": 1}`, strings.Repeat("missing_field ", 8) + "unknown_field"},
	{"long string", string(doc("currency", `"`+strings.Repeat("U", 300_000)+`"`)), "too_large"},
	{"many brackets", string(rows(manyRows(20_001))), "too_many"},
	{"ten thousand brackets", string(rows(manyRows(10_000))), ""},
	{"invalid UTF-8", string(doc("currency", "\"U\xffD\"")), "encoding"},
	{"overlong UTF-8", string(doc("currency", "\"U\xc1\x93D\"")), "encoding"},
	{"lone surrogate", string(doc("currency", `"US\ud800"`)), "currency_unknown encoding"},
	{"NUL in a string", string(doc("currency", `"US\u0000D"`)), "control_character"},
	{"raw control character", string(doc("currency", "\"US\x01D\"")), "json_syntax"},
	{"right-to-left override", string(doc("title", `"fee \u202etxt.exe"`)), "bidi_control"},
	{"zero width", string(doc("currency", `"US\u200bD"`)), "currency_unknown"},
	{"homoglyph currency", string(doc("currency", `"UЅD"`)), "currency_unknown"},
	{"full-width currency", string(doc("currency", `"ＵＳＤ"`)), "currency_unknown"},
	{"currency in small letters", string(doc("currency", `"usd"`)), "either"},
	{"markup", string(doc("title", `"<script>alert(1)</script>"`)), ""},
	{"zalgo", string(doc("title", `"a`+strings.Repeat("\u0301", 5000)+`"`)), "text_too_long"},
	{"exponent 1e9", rate(`"1e1000000000"`), "number_range"},
	{"exponent 1e8", rate(`"1e100000000"`), "number_range"},
	{"exponent 1e4", rate(`"1e10000"`), "number_range"},
	{"exponent negative", rate(`"1e-10000"`), "number_precision"},
	{"exponent small", rate(`"1e2"`), "number_format"},
	{"exponent overflow", rate(`"1e99999999999"`), "number_range"},
	{"NaN", rate(`"NaN"`), "number_syntax"},
	{"infinity", rate(`"Infinity"`), "number_syntax"},
	{"negative infinity", rate(`"-Infinity"`), "number_syntax"},
	{"NaN literal", rate(`NaN`), "json_syntax"},
	{"negative", rate(`"-1.00"`), "negative"},
	{"negative zero", rate(`"-0"`), ""},
	{"Unicode minus", rate(`"−1"`), "number_syntax"},
	{"plus", rate(`"+1"`), "number_format"},
	{"leading zeros", rate(`"0001"`), "number_format"},
	{"point five", rate(`".5"`), "number_format"},
	{"five point", rate(`"5."`), "number_format"},
	{"point", rate(`"."`), "number_syntax"},
	{"two points", rate(`"1.2.3"`), "number_syntax"},
	{"point sign", rate(`".-5"`), "number_syntax"},
	{"decimal comma", rate(`"1,50"`), "number_syntax"},
	{"thousands", rate(`"1,000.00"`), "number_syntax"},
	{"thousands with points", rate(`"1.000,00"`), "number_syntax"},
	{"space", rate(`" 1"`), "number_syntax"},
	{"no-break space", rate("\"1\u00a0000\""), "number_syntax"},
	{"underscore", rate(`"1_000"`), "number_syntax"},
	{"hexadecimal", rate(`"0x10"`), "number_syntax"},
	{"Arabic digits", rate(`"١٢"`), "number_syntax"},
	{"full-width digits", rate(`"１２"`), "number_syntax"},
	{"currency sign", rate(`"$1"`), "number_syntax"},
	{"percent sign", rate(`"5%"`), "number_syntax"},
	{"empty number", rate(`""`), "number_syntax"},
	{"truth value", rate(`true`), "wrong_type"},
	{"object", rate(`{}`), "wrong_type"},
	{"array", rate(`["1"]`), "wrong_type"},
	{"JSON number", rate(`0.1`), ""},
	{"long JSON number", rate(`0.1000000000000000055511151231257827`), "number_precision"},
	{"a thousand digits", rate(`"` + strings.Repeat("9", 1000) + `"`), "number_range"},
	{"a million digits", rate(`"` + strings.Repeat("9", 1_000_000) + `"`), "number_too_long"},
	{"a hundred decimals", rate(`"0.` + strings.Repeat("0", 99) + `1"`), "number_precision"},
	{"greatest int64", rate(`"9223372036854775807"`), "number_range"},
	{"2^96", rate(`"79228162514264337593543950336"`), "number_range"},
	{"no brackets", string(rows(``)), "tier_empty"},
	{"overlap", string(rows(`{"from": "0 kg", "to": "10 kg", "price": "1"}, {"from": "9 kg", "to": "20 kg", "price": "2"}, {"from": "20 kg", "price": "3"}`)), "tier_overlap"},
	{"gap", string(rows(`{"from": "0 kg", "to": "10 kg", "price": "1"}, {"from": "11 kg", "to": "20 kg", "price": "2"}, {"from": "20 kg", "price": "3"}`)), "tier_gap"},
	{"tiny gap", string(rows(`{"from": "0 kg", "to": "10 kg", "price": "1"}, {"from": "10.0001 kg", "price": "2"}`)), "tier_gap"},
	{"unsorted", string(rows(`{"from": "10 kg", "price": "2"}, {"from": "0 kg", "to": "10 kg", "price": "1"}`)), "tier_unsorted"},
	{"same bracket twice", string(rows(`{"from": "0 kg", "to": "10 kg", "price": "1"}, {"from": "0 kg", "to": "10 kg", "price": "2"}, {"from": "10 kg", "price": "3"}`)), "tier_overlap"},
	{"inverted", string(rows(`{"from": "10 kg", "to": "0 kg", "price": "1"}`)), "tier_inverted"},
	{"zero width", string(rows(`{"from": "0 kg", "to": "0 kg", "price": "1"}, {"from": "0 kg", "price": "2"}`)), "tier_inverted"},
	{"not from zero", string(rows(`{"from": "1 kg", "price": "1"}`)), "tier_gap"},
	{"no open end", string(rows(`{"from": "0 kg", "to": "10 kg", "price": "1"}`)), ""},
	{"open in the middle", string(rows(`{"from": "0 kg", "price": "1"}, {"from": "10 kg", "price": "2"}`)), "tier_overlap"},
	{"negative start", string(rows(`{"from": "-5 kg", "price": "1"}`)), "negative"},
	{"equal edges written differently", string(rows(`{"from": "0 kg", "to": "10.0 kg", "price": "1"}, {"from": "10.00 kg", "price": "2"}`)), ""},
	{"30 February", string(doc("effective", `{"from": "2026-02-30"}`)), "date_invalid"},
	{"29 February 2025", string(doc("effective", `{"from": "2025-02-29"}`)), "date_invalid"},
	{"29 February 2024", string(doc("effective", `{"from": "2024-02-29"}`)), ""},
	{"slashes", string(doc("effective", `{"from": "01/02/2026"}`)), "date_invalid"},
	{"date and time", string(doc("effective", `{"from": "2026-01-01T00:00:00Z"}`)), "date_format"},
	{"year 0", string(doc("effective", `{"from": "0000-01-01"}`)), "date_range"},
	{"year 99999", string(doc("effective", `{"from": "99999-01-01"}`)), "date_invalid"},
	{"leap second", string(doc("effective", `{"from": "2016-12-31T23:59:60Z"}`)), "date_format"},
	{"date as a number", string(doc("effective", `{"from": 20260101}`)), "wrong_type"},
	{"Chinese date", string(doc("effective", `{"from": "2026年1月1日"}`)), "date_invalid"},
	{"minimum with exponent", string(charge(`"on": "order", "price": "1", "min": "1e3"`)), "number_format"},
	{"minimum null", string(charge(`"on": "order", "price": "1", "min": null`)), "null_not_allowed"},
	{"alias of a country", string(doc("country", `["UK"]`)), ""},
	{"two countries in one", string(doc("country", `"DE,FR"`)), "country_unknown"},
	{"region", string(doc("country", `"EU"`)), "not_a_country"},
	{"withdrawn currency", string(doc("currency", `"DEM"`)), "currency_withdrawn"},
	{"gold", string(doc("currency", `"XAU"`)), "currency_unknown"},
}

func TestHostileDocuments(t *testing.T) {
	for _, h := range hostile {
		t.Run(h.name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			start := time.Now()
			card, err := ratecard.Parse([]byte(h.doc))
			took := time.Since(start)
			runtime.ReadMemStats(&after)
			if limit := max(16<<20, 16*uint64(len(h.doc))); after.TotalAlloc-before.TotalAlloc > limit {
				t.Errorf("%d bytes allocated for %d", after.TotalAlloc-before.TotalAlloc, len(h.doc))
			}
			if took > hang {
				t.Errorf("took %v", took)
			}
			if (card == nil) == (err == nil) {
				t.Fatalf("card %v, error %v", card != nil, err)
			}
			var ps problem.Problems
			errors.As(err, &ps)
			codes := make([]string, len(ps))
			for i, p := range ps {
				codes[i] = string(p.Code)
			}
			if got := strings.Join(codes, " "); h.want != "either" && got != h.want {
				t.Errorf("got %q, want %q", got, h.want)
			}
			if err != nil && len(err.Error()) > 2000 {
				t.Errorf("the error has %d bytes", len(err.Error()))
			}
		})
	}
}
