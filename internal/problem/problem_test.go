package problem

import (
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"

	"github.com/overseaswarehouse/overseas/internal/lang"
)

// declared reads the codes from the source, for constants cannot be listed at run time.
func declared(t *testing.T) map[string]Code {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "codes.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	codes := map[string]Code{}
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok || spec.Type == nil {
			return true
		}
		if id, ok := spec.Type.(*ast.Ident); !ok || id.Name != "Code" {
			return true
		}
		for i, name := range spec.Names {
			value := spec.Values[i].(*ast.BasicLit).Value
			codes[name.Name] = Code(strings.Trim(value, `"`))
		}
		return true
	})
	if len(codes) < 40 {
		t.Fatalf("found %d codes", len(codes))
	}
	return codes
}

func TestEveryCodeHasItsTexts(t *testing.T) {
	codes := declared(t)
	seen := map[Code]string{}
	for name, code := range codes {
		if other, ok := seen[code]; ok {
			t.Errorf("%s and %s are both %q", name, other, code)
		}
		seen[code] = name
		if strings.Trim(string(code), "abcdefghijklmnopqrstuvwxyz0123456789_") != "" || code == "" {
			t.Errorf("%s is %q", name, code)
		}
		if texts()[code] == "" {
			t.Errorf("%s has no text", name)
			continue
		}
		var text [lang.Count]string
		for _, l := range lang.All() {
			text[l] = textIn(code, l)
		}
		want := Placeholders(text[lang.En])
		slices.Sort(want)
		for _, l := range lang.All() {
			got := Placeholders(text[l])
			slices.Sort(got)
			if !slices.Equal(got, want) {
				t.Errorf("%s in %v uses %q, English %q", name, l, got, want)
			}
			if strings.TrimSpace(text[l]) != text[l] || text[l] == "" {
				t.Errorf("%s in %v: %q", name, l, text[l])
			}
			if strings.Count(text[l], "[") != strings.Count(text[l], "]") || strings.Count(text[l], "{") != strings.Count(text[l], "}") ||
				strings.Count(text[l], "[") != strings.Count(text[lang.En], "[") {
				t.Errorf("%s in %v: brackets of %q", name, l, text[l])
			}
			scripts := func(r *unicode.RangeTable) bool {
				return strings.ContainsFunc(text[l], func(c rune) bool { return unicode.Is(r, c) })
			}
			if scripts(unicode.Han) != (l == lang.ZhHans) || scripts(unicode.Cyrillic) != (l == lang.Ru) {
				t.Errorf("%s in %v is in another script: %q", name, l, text[l])
			}
			if l != lang.En && text[l] == text[lang.En] {
				t.Errorf("%s in %v is English", name, l)
			}
		}
	}
	for code := range texts() {
		if seen[code] == "" {
			t.Errorf("a text for %q, which is no code", code)
		}
	}
	for code := range translations() {
		if seen[code] == "" {
			t.Errorf("translations for %q, which is no code", code)
		}
	}
}

func TestMessagesWithoutValuesStandAlone(t *testing.T) {
	for code := range texts() {
		for _, l := range lang.All() {
			full := Problem{Code: code, Text: "x", Want: []string{"y"}}
			for _, name := range Placeholders(textIn(code, l)) {
				if name != "text" && name != "want" {
					full = full.With(name, "z")
				}
			}
			if m := full.Message(l.Tag()); strings.ContainsAny(m, "[]{}") || !utf8.ValidString(m) {
				t.Errorf("%s in %v: %q", code, l, m)
			}
			if m := (Problem{Code: code}).Message(l.Tag()); m == "" || strings.ContainsAny(m, "[]{}") {
				t.Errorf("%s in %v: %q", code, l, m)
			}
		}
	}
	if got := (Problem{Code: CurrencyWithdrawn, Text: "HRK", Want: []string{"EUR"}}).Message(language.English); got != `the currency "HRK" has been withdrawn; today: EUR` {
		t.Error(got)
	}
}

func TestProblemText(t *testing.T) {
	p := New(UnknownField, "a\x1b[31m\u202e\u2028\nb", "rate", "from")
	p.Path, p.Line, p.Column = "/tiers/0/a\x1b", 3, 14
	want := `/tiers/0/a\x1b (3:14): there is no field "a\x1b[31m\u202e\u2028\nb" here; known: rate, from [unknown_field]`
	if got := p.Error(); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	for _, tt := range []struct {
		p    Problem
		want string
	}{
		{Problem{Code: MissingField, Text: "rate", Path: "/x"}, `/x: the field "rate" is missing [missing_field]`},
		{Problem{Code: MissingField, Text: "rate", Line: 1, Column: 2}, `1:2: the field "rate" is missing [missing_field]`},
		{Problem{Code: MissingField, Text: "rate"}, `the field "rate" is missing [missing_field]`},
		{Problem{Code: "not_in_the_table"}, `not_in_the_table [not_in_the_table]`},
		{Problem{}, ` []`},
	} {
		if got := tt.p.Error(); got != tt.want {
			t.Errorf("got %q, want %q", got, tt.want)
		}
	}
	if got := p.Message(language.SimplifiedChinese); !strings.HasPrefix(got, "此处没有字段") {
		t.Error(got)
	}
}

func TestClip(t *testing.T) {
	tests := map[string]string{
		"":                              "",
		strings.Repeat("a", 64):         strings.Repeat("a", 64),
		strings.Repeat("a", 65):         strings.Repeat("a", 64) + "…",
		strings.Repeat("字", 64):         strings.Repeat("字", 64),
		strings.Repeat("字", 65):         strings.Repeat("字", 64) + "…",
		strings.Repeat("\xff", 1000):    strings.Repeat("\xff", 64) + "…",
		strings.Repeat("a", 10_000_000): strings.Repeat("a", 64) + "…",
	}
	for text, want := range tests {
		if got := Clip(text); got != want {
			t.Errorf("%.80q became %q", text, got)
		}
		if got := New(Malformed, text).With("x", text).Args[0].Value; got != want {
			t.Errorf("%.80q became %q", text, got)
		}
	}
}

func TestProblemIsItsCode(t *testing.T) {
	p := New(DateInvalid, "x")
	wrapped := fmt.Errorf("reading: %w", p)
	if !errors.Is(wrapped, DateInvalid) || errors.Is(wrapped, DateRange) || errors.Is(wrapped, errors.New("date_invalid")) {
		t.Error("Is")
	}
	var list List
	list.Add(p)
	list.Add(New(Negative, "-1"))
	err := fmt.Errorf("file: %w", list.Err())
	if !errors.Is(err, DateInvalid) || !errors.Is(err, Negative) || errors.Is(err, DateRange) {
		t.Error("Is does not look into Problems")
	}
	var one Problem
	var all Problems
	if !errors.As(err, &all) || len(all) != 2 || !errors.As(err, &one) || one.Code != DateInvalid {
		t.Error("As")
	}
}

func TestMarshalJSON(t *testing.T) {
	p := New(CurrencyWithdrawn, "HRK", "EUR").With("date", "2023-01-01").At("/currency")
	p.Line, p.Column = 2, 5
	got, err := json.Marshal(Problems{p, New(TextBlank, "")})
	want := `[{"code":"currency_withdrawn","path":"/currency","line":2,"column":5,"text":"HRK","want":["EUR"],"args":{"date":"2023-01-01"},` +
		`"message":"the currency \"HRK\" has been withdrawn since 2023-01-01; today: EUR"},{"code":"text_blank","message":"nothing is written here"}]`
	if err != nil || string(got) != want {
		t.Errorf("got  %s\nwant %s (%v)", got, want, err)
	}
}

func TestWithDoesNotChangeItsReceiver(t *testing.T) {
	p := New(OverLimit, "1").With("a", "1")
	q, r := p.With("b", "2"), p.With("c", "3")
	if len(p.Args) != 1 || q.Args[1].Name != "b" || r.Args[1].Name != "c" {
		t.Error(p.Args, q.Args, r.Args)
	}
}

func TestList(t *testing.T) {
	var list List
	if list.Err() != nil || list.Len() != 0 {
		t.Error("the zero List is not empty")
	}
	at := func(code Code, line, column int) Problem { return Problem{Code: code, Line: line, Column: column} }
	for _, p := range []Problem{at(Negative, 2, 1), {Code: Malformed, Path: "/b"}, at(WrongType, 1, 9), at(Duplicate, 1, 9), at(Overflow, 1, 10), {Code: Cycle, Path: "/a"}} {
		list.Add(p)
	}
	var got []Code
	for _, p := range list.Err().(Problems) {
		got = append(got, p.Code)
	}
	if want := []Code{Malformed, Cycle, Duplicate, WrongType, Overflow, Negative}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if list.found[0].Code != Negative {
		t.Error("Err reorders the list itself")
	}
	first := list.Err().(Problems)
	first[0].Code = "changed"
	if list.Err().(Problems)[0].Code != Malformed {
		t.Error("a caller's change reaches the list")
	}
}

func TestListIsCapped(t *testing.T) {
	var list List
	for i := range 1000 {
		list.Add(Problem{Code: Negative, Line: i + 1, Column: 1})
	}
	all := list.Err().(Problems)
	if len(all) != Limit+1 || list.Len() != 1000 {
		t.Fatal(len(all), list.Len())
	}
	if last := all[Limit]; last.Code != TooMany || last.Text != "1000" || last.Want[0] != "100" {
		t.Error(last)
	}
	if lines := strings.Count(list.Err().Error(), "\n"); lines != Limit {
		t.Error(lines)
	}
}

func TestExpand(t *testing.T) {
	value := func(name string) (string, bool) {
		return map[string]string{"a": "{b}", "": "empty"}[name], name != "x"
	}
	tests := map[string]string{
		"": "", "plain": "plain", "{a}": "{b}", "1{a}2{x}3": "1{b}2{x}3", "{": "{", "}{": "}{", "{}": "empty", "{a": "{a",
	}
	for template, want := range tests {
		if got := Expand(template, value); got != want {
			t.Errorf("%q became %q", template, got)
		}
	}
	if got := Placeholders("{a} {b} {a}"); !slices.Equal(got, []string{"a", "b"}) {
		t.Error(got)
	}
}

func TestOfSaysWhatAnErrorIsAbout(t *testing.T) {
	one, two := New(Negative, "-1"), New(Malformed, "x")
	for _, c := range []struct {
		err  error
		want Problems
	}{
		{nil, nil},
		{one, Problems{one}},
		{Problems{one, two}, Problems{one, two}},
		{Negative, Problems{New(Negative, "")}},
		{errors.New("other"), Problems{New(Malformed, "")}},
	} {
		if got := Of(c.err); !slices.EqualFunc(got, c.want, func(a, b Problem) bool { return a.Code == b.Code && a.Text == b.Text }) {
			t.Errorf("%v: %v", c.err, got)
		}
	}
}
