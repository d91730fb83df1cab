package money

import (
	"database/sql"
	"database/sql/driver"
	"encoding"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/internal/problem"
)

var (
	_ fmt.Stringer             = Money{}
	_ encoding.TextAppender    = Money{}
	_ encoding.TextMarshaler   = Money{}
	_ encoding.TextUnmarshaler = (*Money)(nil)
	_ json.Marshaler           = Money{}
	_ json.Unmarshaler         = (*Money)(nil)
	_ driver.Valuer            = Money{}
	_ sql.Scanner              = (*Money)(nil)
	_ json.Marshaler           = Rate{}
	_ json.Unmarshaler         = (*Rate)(nil)
)

var samples = []string{
	"", "0 EUR", "0.00 EUR", "12.50 EUR", "-12.5 USD", "5000 JPY", "999999.999999999999 KWD", "-999999999999999999 IDR",
	"0.000000000001 CNY", "7.53450 HRK",
}

func TestRoundTrips(t *testing.T) {
	for _, s := range samples {
		var m Money
		if err := m.UnmarshalText([]byte(s)); err != nil || m.String() != s {
			t.Fatalf("%q reads as %v, %v", s, m, err)
		}
		text, err := m.MarshalText()
		if err != nil || string(text) != s {
			t.Errorf("%q marshals to %q, %v", s, text, err)
		}
		appended, err := m.AppendText([]byte("x"))
		if err != nil || string(appended) != "x"+s {
			t.Errorf("%q appends %q, %v", s, appended, err)
		}
		data, err := json.Marshal(m)
		if err != nil {
			t.Fatal(err)
		}
		want := `""`
		if s != "" {
			amount, currency, _ := strings.Cut(s, " ")
			want = `{"amount":"` + amount + `","currency":"` + currency + `"}`
		}
		if string(data) != want {
			t.Errorf("%q is %s", s, data)
		}
		for _, form := range []string{string(data), `"` + s + `"`} {
			back := in(t, "1 GBP")
			if err := json.Unmarshal([]byte(form), &back); err != nil || back != m {
				t.Errorf("%s reads as %v, %v", form, back, err)
			}
		}
		v, err := m.Value()
		if err != nil || (v == nil) != (s == "") || !driver.IsValue(v) {
			t.Errorf("%q is the column %v, %v", s, v, err)
		}
		for _, column := range []any{v, []byte(s)} {
			back := in(t, "1 GBP")
			if err := back.Scan(column); err != nil || back != m {
				t.Errorf("the column %v reads as %v, %v", column, back, err)
			}
		}
	}
}

// The amounts of a structure, with the option that leaves out what is not given.
func TestMoneyInStructures(t *testing.T) {
	type line struct {
		Price Money            `json:"price"`
		Tax   Money            `json:"tax,omitzero"`
		By    map[string]Money `json:"by,omitempty"`
	}
	data, err := json.Marshal(line{Price: in(t, "1.00 EUR"), By: map[string]Money{"a": in(t, "2 USD")}})
	if err != nil || string(data) != `{"price":{"amount":"1.00","currency":"EUR"},"by":{"a":{"amount":"2","currency":"USD"}}}` {
		t.Errorf("%s, %v", data, err)
	}
	var l line
	if err := json.Unmarshal([]byte(`{"price":"3 EUR"}`), &l); err != nil || l.Price.String() != "3 EUR" || !l.Tax.IsZero() {
		t.Errorf("%v, %v", l, err)
	}
}

func TestUnmarshalJSON(t *testing.T) {
	digits := strings.Repeat("9", 1_000_000)
	tests := []struct {
		name, data, want string
		code             problem.Code
		path             string
	}{
		{"object", `{"amount":"12.50","currency":"EUR"}`, "12.50 EUR", "", ""},
		{"order and space", " { \"currency\" : \"EUR\" ,\n \"amount\" : \"-1\" } ", "-1 EUR", "", ""},
		{"number", `{"amount":12.50,"currency":"EUR"}`, "12.50 EUR", "", ""},
		{"number that no float holds", `{"amount":900719925474099.3,"currency":"EUR"}`, "900719925474099.3 EUR", "", ""},
		{"small letters", `{"amount":"1","currency":"eur"}`, "1 EUR", "", ""},
		{"string", `"12.50 EUR"`, "12.50 EUR", "", ""},
		{"escapes", `{"am\u006funt":"\u0031","currency":"EUR"}`, "1 EUR", "", ""},
		{"null", `null`, "", ErrNullNotAllowed, ""},
		{"bare number", `12.50`, "", ErrWrongType, ""},
		{"true", `true`, "", ErrWrongType, ""},
		{"array", `["12.50","EUR"]`, "", ErrWrongType, ""},
		{"null amount", `{"amount":null,"currency":"EUR"}`, "", ErrNullNotAllowed, "/amount"},
		{"null currency", `{"amount":"1","currency":null}`, "", ErrNullNotAllowed, "/currency"},
		{"missing amount", `{"currency":"EUR"}`, "", ErrMissingField, ""},
		{"missing currency", `{"amount":"1"}`, "", ErrMissingField, ""},
		{"empty object", `{}`, "", ErrMissingField, ""},
		{"unknown member", `{"amount":"1","currency":"EUR","tax":"1"}`, "", ErrUnknownField, "/tax"},
		{"member of another case", `{"Amount":"1","currency":"EUR"}`, "", ErrUnknownField, "/Amount"},
		{"member with a folding letter", `{"amount":"1","currency":"EUR","ſcale":1}`, "", ErrUnknownField, "/ſcale"},
		{"member twice", `{"amount":"1","amount":"2","currency":"EUR"}`, "", ErrDuplicateKey, "/amount"},
		{"member twice by an escape", `{"amount":"1","am\u006funt":"2","currency":"EUR"}`, "", ErrDuplicateKey, "/amount"},
		{"true amount", `{"amount":true,"currency":"EUR"}`, "", ErrWrongType, "/amount"},
		{"object amount", `{"amount":{},"currency":"EUR"}`, "", ErrWrongType, "/amount"},
		{"array amount", `{"amount":["1"],"currency":"EUR"}`, "", ErrWrongType, "/amount"},
		{"number currency", `{"amount":"1","currency":978}`, "", ErrWrongType, "/currency"},
		{"exponent", `{"amount":1e2,"currency":"EUR"}`, "", ErrNumberFormat, "/amount"},
		{"huge exponent", `{"amount":"1e1000000000","currency":"EUR"}`, "", ErrNumberRange, "/amount"},
		{"small exponent", `{"amount":1e-10000,"currency":"EUR"}`, "", ErrNumberPrecision, "/amount"},
		{"long number", `{"amount":0.1000000000000000055511151231257827,"currency":"EUR"}`, "", ErrNumberPrecision, "/amount"},
		{"thousand digits", `{"amount":"` + digits[:1000] + `","currency":"EUR"}`, "", ErrNumberRange, "/amount"},
		{"million digits", `{"amount":` + digits + `,"currency":"EUR"}`, "", ErrNumberTooLong, "/amount"},
		{"comma", `{"amount":"1,50","currency":"EUR"}`, "", ErrNumberSyntax, "/amount"},
		{"empty amount", `{"amount":"","currency":"EUR"}`, "", ErrNumberSyntax, "/amount"},
		{"empty currency", `{"amount":"1","currency":""}`, "", ErrCurrencyUnknown, "/currency"},
		{"unknown currency", `{"amount":"1","currency":"QQQ"}`, "", ErrCurrencyUnknown, "/currency"},
		{"control character", `{"amount":"1","currency":"US\u0000"}`, "", problem.ControlCharacter, "/currency"},
		{"control character in a string", `"1\u0000 EUR"`, "", problem.ControlCharacter, ""},
		{"lone surrogate", `{"amount":"1","currency":"US\ud800"}`, "", problem.Encoding, "/currency"},
		{"string of a number", `"12.50"`, "", ErrCurrencyUnknown, ""},
		{"string with a comma", `"1,5 EUR"`, "", ErrNumberSyntax, ""},
		{"two values", `"1 EUR" "2 EUR"`, "", problem.TrailingData, ""},
		{"no value", ` `, "", problem.JSONSyntax, ""},
		{"deep", strings.Repeat("[", 1000), "", problem.TooDeep, ""},
	}
	for _, tt := range tests {
		m := Money{}
		err := m.UnmarshalJSON([]byte(tt.data))
		if m.String() != tt.want || (err == nil) != (tt.code == "") {
			t.Errorf("%s: %v, %v, want %q %s", tt.name, m, err, tt.want, tt.code)
		}
		if err == nil {
			continue
		}
		ps, ok := err.(Problems)
		if !ok {
			ps = Problems{err.(Problem)}
		}
		if !slices.ContainsFunc(ps, func(p Problem) bool {
			return p.Code == tt.code && (tt.path == "" || p.Path == tt.path && p.Line == 1)
		}) {
			t.Errorf("%s: %v, want %s %s", tt.name, err, tt.path, tt.code)
		}
		kept := in(t, "1 GBP")
		if err := kept.UnmarshalJSON([]byte(tt.data)); err == nil || kept != in(t, "1 GBP") {
			t.Errorf("%s: %v is left, %v", tt.name, kept, err)
		}
		if len(err.Error()) > 1000 {
			t.Errorf("%s: an error of %d bytes", tt.name, len(err.Error()))
		}
	}
}

func TestUnmarshalJSONReportsEverything(t *testing.T) {
	err := new(Money).UnmarshalJSON([]byte(`{"amount":"1,5","currency":"QQQ","rate":1}`))
	ps, ok := err.(Problems)
	if !ok || len(ps) != 3 {
		t.Fatalf("%v", err)
	}
	for i, want := range []problem.Code{ErrNumberSyntax, ErrCurrencyUnknown, ErrUnknownField} {
		if ps[i].Code != want {
			t.Errorf("%d: %v, want %s", i, ps[i], want)
		}
	}
}

func TestScanRefuses(t *testing.T) {
	for _, column := range []any{12.5, int64(12), true, country.Date{}} {
		m := in(t, "1 GBP")
		if err := m.Scan(column); code(t, err) != ErrWrongType || m != in(t, "1 GBP") {
			t.Errorf("%v: %v, %v", column, m, err)
		}
	}
	for _, column := range []any{"12.50", "1,5 EUR", []byte("x")} {
		m := in(t, "1 GBP")
		if err := m.Scan(column); err == nil || m != in(t, "1 GBP") {
			t.Errorf("%v: %v, %v", column, m, err)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range samples {
		f.Add(s)
	}
	f.Add("1e2 EUR")
	f.Add("1EUR")
	f.Add("١ EUR")
	f.Fuzz(func(t *testing.T, s string) {
		m, err := Parse(s)
		if err != nil {
			if m != (Money{}) || code(t, err) == "" {
				t.Fatalf("%q: %v, %v", s, m, err)
			}
			return
		}
		text := m.String()
		if back, err := Parse(text); err != nil || back != m {
			t.Fatalf("%q is written %q and read %v, %v", s, text, back, err)
		}
		if len(text) > 1+18+1+1+3+1 {
			t.Fatalf("%q is written %q", s, text)
		}
		data, err := m.MarshalJSON()
		if err != nil {
			t.Fatal(err)
		}
		var back Money
		if err := back.UnmarshalJSON(data); err != nil || back != m {
			t.Fatalf("%s reads as %v, %v", data, back, err)
		}
		if again, err := New(m.Decimal(), m.Currency()); err != nil || again != m {
			t.Fatalf("%v through its decimal is %v, %v", m, again, err)
		}
	})
}

func FuzzUnmarshalJSON(f *testing.F) {
	f.Add([]byte(`{"amount":"12.50","currency":"EUR"}`))
	f.Add([]byte(`"12.50 EUR"`))
	f.Add([]byte(`{"amount":1e9,"currency":"HRK","x":null}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var m Money
		if err := m.UnmarshalJSON(data); err != nil {
			if m != (Money{}) || code(t, err) == "" {
				t.Fatalf("%q: %v, %v", data, m, err)
			}
			return
		}
		if !json.Valid(data) {
			t.Fatalf("%q is no JSON and reads as %v", data, m)
		}
		out, err := m.MarshalJSON()
		if err != nil {
			t.Fatal(err)
		}
		var back Money
		if err := back.UnmarshalJSON(out); err != nil || back != m {
			t.Fatalf("%s reads as %v, %v", out, back, err)
		}
	})
}
