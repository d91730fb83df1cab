package strict_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/overseaswarehouse/overseas/internal/problem"
	"github.com/overseaswarehouse/overseas/internal/strict"
)

// readCard reads a document the way a package of this library does, so that the rules that need a schema are seen too.
func readCard(v strict.Value) {
	o, ok := v.Object("schema", "currency", "effective_from", "minimum", "name", "tiers")
	if !ok {
		return
	}
	if s, ok := o.Need("schema"); ok {
		s.Text()
	}
	if c, ok := o.Need("currency"); ok {
		c.Name()
	}
	if d, ok := o.Need("effective_from"); ok {
		d.Text()
	}
	if n, ok := o.Get("name"); ok {
		n.Name()
	}
	if m, ok := o.Get("minimum"); ok {
		m.Number()
	}
	tiers, ok := o.Need("tiers")
	if !ok {
		return
	}
	for _, t := range tiers.Elements() {
		row, ok := t.Object("from", "to", "rate")
		if !ok {
			continue
		}
		for _, name := range []string{"from", "rate"} {
			if n, ok := row.Need(name); ok {
				n.Number()
			}
		}
	}
}

const okTiers = `[{"from":"0","to":"10","rate":"1.20"},{"from":"10","rate":"0.90"}]`

func card(fields string) string {
	return `{"schema":"ratecard/1","effective_from":"2026-01-01",` + fields + `}`
}

func withTiers(tiers string) string { return card(`"currency":"USD","tiers":` + tiers) }

func codesOf(list *problem.List) []problem.Code {
	var codes []problem.Code
	var all problem.Problems
	if errors.As(list.Err(), &all) {
		for _, p := range all {
			codes = append(codes, p.Code)
		}
	}
	return codes
}

func utf16le(s string) string {
	b := []byte{0xFF, 0xFE}
	for _, r := range s {
		b = append(b, byte(r), byte(r>>8))
	}
	return string(b)
}

// The rows of the corpus of hostile documents that concern structure, by their names.
func TestHostileDocuments(t *testing.T) {
	ok := withTiers(okTiers)
	long := strings.Repeat
	tests := []struct {
		name, input string
		want        []problem.Code // none: the document is fine
	}{
		{"json-ok-baseline", ok, nil},
		{"json-empty", "", codes(problem.JSONSyntax)},
		{"json-spaces", "  \n ", codes(problem.JSONSyntax)},
		{"json-top-null", "null", codes(problem.WrongType)},
		{"json-top-array", "[]", codes(problem.WrongType)},
		{"json-top-string", `"x"`, codes(problem.WrongType)},
		{"json-trailing-garbage", ok + "x", codes(problem.TrailingData)},
		{"json-trailing-second-doc", ok + ok, codes(problem.TrailingData)},
		{"json-trailing-nul", ok + "\x00", codes(problem.TrailingData)},
		{"json-truncated", ok[:len(ok)-30], codes(problem.JSONSyntax)},
		{"json-comment", "/* x */" + ok, codes(problem.JSONSyntax)},
		{"json-trailing-comma", withTiers(`[{"from":"0","rate":"1"},]`), codes(problem.JSONSyntax)},
		{"json-single-quotes", strings.ReplaceAll(ok, `"`, `'`), codes(problem.JSONSyntax)},
		{"json-bom", "\uFEFF" + ok, codes(problem.BOM)},
		{"json-utf16le", utf16le(ok), codes(problem.Encoding)},
		{"utf-16 without a mark", utf16le(ok)[2:], codes(problem.Encoding)},
		{"utf-16 big endian", "\xFE\xFF\x00{\x00}", codes(problem.Encoding)},
		{"json-dup-key", card(`"currency":"USD","tiers":` + okTiers + `,"currency":"EUR"`), codes(problem.DuplicateKey)},
		{"json-dup-key-case", card(`"currency":"USD","tiers":` + okTiers + `,"CURRENCY":"EUR"`), codes(problem.UnknownField)},
		{"json-dup-key-escaped", card(`"currency":"USD","tiers":` + okTiers + `,"\u0063urrency":"EUR"`), codes(problem.DuplicateKey)},
		{"json-dup-key-nested", withTiers(`[{"from":"0","rate":"1","rate":"0.01"}]`), codes(problem.DuplicateKey)},
		{"json-key-long-s", `{"ſchema":"ratecard/1","currency":"USD","effective_from":"2026-01-01","tiers":` + okTiers + `}`, codes(problem.MissingField, problem.UnknownField)},
		{"json-key-kelvin", withTiers(okTiers)[:len(ok)-1] + `,"marKup":"9"}`, codes(problem.UnknownField)},
		{"json-unknown-key", ok[:len(ok)-1] + `,"currancy":"EUR"}`, codes(problem.UnknownField)},
		{"json-unknown-key-nested", withTiers(`[{"from":"0","rate":"1","rat":"2"}]`), codes(problem.UnknownField)},
		{"json-key-proto", ok[:len(ok)-1] + `,"__proto__":{"x":1}}`, codes(problem.UnknownField)},
		{"json-key-empty", ok[:len(ok)-1] + `,"":"1"}`, codes(problem.UnknownField)},
		{"json-missing-currency", card(`"tiers":` + okTiers), codes(problem.MissingField)},
		{"json-null-currency", card(`"currency":null,"tiers":` + okTiers), codes(problem.NullNotAllowed)},
		{"json-null-rate", withTiers(`[{"from":"0","rate":null}]`), codes(problem.NullNotAllowed)},
		{"json-min-null", card(`"currency":"USD","minimum":null,"tiers":` + okTiers), codes(problem.NullNotAllowed)},
		{"json-missing-rate", withTiers(`[{"from":"0"}]`), codes(problem.MissingField)},
		{"json-deep-array", long("[", 100_000) + long("]", 100_000), codes(problem.TooDeep)},
		{"json-deep-9999", long("[", 9_999) + long("]", 9_999), codes(problem.TooDeep)},
		{"json-deep-object", long(`{"a":`, 20_000) + "1" + long("}", 20_000), codes(problem.TooDeep)},
		{"json-long-key", `{"` + long("k", 500_000) + `":1}`, codes(problem.MissingField, problem.MissingField, problem.MissingField, problem.MissingField, problem.UnknownField)},
		{"json-long-string", card(`"currency":"` + long("U", 300_000) + `","tiers":` + okTiers), codes(problem.TooLarge)},
		{"json-invalid-utf8", card(`"currency":"U` + "\xff" + `D","tiers":` + okTiers), codes(problem.Encoding)},
		{"json-overlong-utf8", card(`"currency":"U` + "\xc1\x93" + `D","tiers":` + okTiers), codes(problem.Encoding)},
		{"json-lone-surrogate", card(`"currency":"US\ud800","tiers":` + okTiers), codes(problem.Encoding)},
		{"lone low surrogate", card(`"currency":"US\udc00","tiers":` + okTiers), codes(problem.Encoding)},
		{"two low surrogates", card(`"currency":"US\udc00\udc00","tiers":` + okTiers), codes(problem.Encoding)},
		{"a pair the wrong way round", card(`"currency":"US\udc00\ud800","tiers":` + okTiers), codes(problem.Encoding)},
		{"high surrogate before another escape", card(`"currency":"\ud800\u0041","tiers":` + okTiers), codes(problem.Encoding)},
		{"surrogate in a name", ok[:len(ok)-1] + `,"\ud800":1}`, codes(problem.Encoding, problem.UnknownField)},
		{"surrogate encoded as UTF-8", card(`"currency":"` + "\xed\xa0\x80" + `","tiers":` + okTiers), codes(problem.Encoding)},
		{"json-nul-in-string", card(`"currency":"US\u0000D","tiers":` + okTiers), codes(problem.ControlCharacter)},
		{"json-raw-control", card(`"currency":"US` + "\x01" + `D","tiers":` + okTiers), codes(problem.JSONSyntax)},
		{"json-rtl-override", ok[:len(ok)-1] + `,"name":"fee ` + "\u202e" + `txt.exe"}`, codes(problem.BidiControl)},
		{"isolate, escaped", ok[:len(ok)-1] + `,"name":"fee \u2066txt.exe"}`, codes(problem.BidiControl)},
		{"line separator", ok[:len(ok)-1] + `,"name":"a\u2028b"}`, codes(problem.ControlCharacter)},
		{"line break", ok[:len(ok)-1] + `,"name":"a\nb"}`, codes(problem.ControlCharacter)},
		{"json-html-name", ok[:len(ok)-1] + `,"name":"<script>alert(1)</script>"}`, nil},
		{"json-zalgo", ok[:len(ok)-1] + `,"name":"a` + long("\u0301", 5_000) + `"}`, codes(problem.TextTooLong)},
		{"blank name", ok[:len(ok)-1] + `,"name":" \u200b\u3000"}`, codes(problem.TextBlank)},
		{"json-num-nan-literal", withTiers(`[{"from":"0","rate":NaN}]`), codes(problem.JSONSyntax)},
		{"json-num-bool", withTiers(`[{"from":"0","rate":true}]`), codes(problem.WrongType)},
		{"json-num-object", withTiers(`[{"from":"0","rate":{}}]`), codes(problem.WrongType)},
		{"json-num-array", withTiers(`[{"from":"0","rate":["1"]}]`), codes(problem.WrongType)},
		{"json-num-json-number", withTiers(`[{"from":"0","rate":0.1}]`), nil},
		{"json-date-int", `{"schema":"ratecard/1","currency":"USD","effective_from":20260101,"tiers":` + okTiers + `}`, codes(problem.WrongType)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var list problem.List
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			start := time.Now()
			v, parsed := strict.Parse([]byte(tt.input), strict.Limits{}, &list)
			if parsed {
				readCard(v)
			}
			elapsed := time.Since(start)
			runtime.ReadMemStats(&after)
			limit, memory := 50*time.Millisecond, uint64(16<<20)
			if len(tt.input) > 500_000 {
				limit, memory = 250*time.Millisecond, 8*uint64(len(tt.input))
			}
			if elapsed > limit*slack {
				t.Errorf("took %v, limit %v", elapsed, limit)
			}
			if used := after.TotalAlloc - before.TotalAlloc; used > memory {
				t.Errorf("allocated %d bytes, limit %d", used, memory)
			}
			got := codesOf(&list)
			slices.Sort(got)
			if !slices.Equal(got, tt.want) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
			if !parsed && v.IsValid() {
				t.Error("a document that cannot be read has a value")
			}
			if err := list.Err(); err != nil {
				for line := range strings.SplitSeq(err.Error(), "\n") {
					if utf8.RuneCountInString(line) > 600 {
						t.Errorf("an error repeats the input: %d characters", len(line))
					}
					if strings.ContainsAny(line, "\x00\x01\x1b\u202e\u2066") {
						t.Errorf("control character in %q", line)
					}
				}
			}
		})
	}
}

func codes(c ...problem.Code) []problem.Code { return c }

func TestPlaces(t *testing.T) {
	tests := []struct {
		name, input  string
		code         problem.Code
		path         string
		line, column int
		text         string
	}{
		{"unknown field", "{\n  \"a/b\": {\"x~y\": [0, {\"z\": 1}]}\n}", problem.UnknownField, "/a~1b/x~0y/1/z", 2, 23, "z"},
		{"duplicate", `{"a":{"b":1,"b":2}}`, problem.DuplicateKey, "/a/b", 1, 13, "b"},
		{"columns are characters", `{"空":"é","空":1}`, problem.DuplicateKey, "/空", 1, 10, "空"},
		{"surrogate in an open array", "[[],[{}],[1,\n \"\\ud800\"", problem.Encoding, "/2/1", 2, 3, `\ud800`},
		{"syntax", "[1,\n2,,3]", problem.JSONSyntax, "", 2, 3, ","},
		{"end", "[1", problem.JSONSyntax, "", 1, 3, ""},
		{"trailing", "[1]\n\n x", problem.TrailingData, "", 3, 2, "x"},
		{"carriage returns", "[1]\r\n\r\n x", problem.TrailingData, "", 3, 2, "x"},
		{"depth", "[[[[1]]]]", problem.TooDeep, "", 1, 4, "4"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var list problem.List
			v, ok := strict.Parse([]byte(tt.input), strict.Limits{Depth: map[bool]int{true: 3}[tt.name == "depth"]}, &list)
			if ok {
				var walk func(v strict.Value)
				walk = func(v strict.Value) {
					switch v.Kind() {
					case strict.Array:
						for _, e := range v.Elements() {
							walk(e)
						}
					case strict.ObjectKind:
						if v.Len() == 1 && strings.Contains(string(v.Raw()), `"z"`) && !strings.Contains(string(v.Raw()), "[") {
							v.Object()
							return
						}
						for _, e := range v.Members() {
							walk(e.Value)
						}
					}
				}
				walk(v)
			}
			var all problem.Problems
			if !errors.As(list.Err(), &all) {
				t.Fatal("no problem")
			}
			p := all[0]
			if p.Code != tt.code || p.Path != tt.path || p.Line != tt.line || p.Column != tt.column || p.Text != tt.text {
				t.Errorf("got %s %q %d:%d %q", p.Code, p.Path, p.Line, p.Column, p.Text)
			}
		})
	}
}

func TestPlaceOfEveryValue(t *testing.T) {
	// long enough for several chunks of the index and several marks of the line count
	var b strings.Builder
	b.WriteString(`{"rows":[`)
	for i := range 20_000 {
		if i > 0 {
			b.WriteString(",\n")
		}
		b.WriteString(`{"é":"x","n":` + strconv.Itoa(i) + `}`)
	}
	b.WriteString(`]}`)
	var list problem.List
	v, ok := strict.Parse([]byte(b.String()), strict.Limits{}, &list)
	if !ok {
		t.Fatal(list.Err())
	}
	o, _ := v.Object("rows")
	rows, _ := o.Need("rows")
	for i, row := range rows.Elements() {
		if i%997 != 0 {
			continue
		}
		r, _ := row.Object("é", "n")
		n, _ := r.Need("n")
		path, line, column := n.Place()
		wantColumn := 14
		if i == 0 {
			wantColumn += len(`{"rows":[`)
		}
		if path != "/rows/"+strconv.Itoa(i)+"/n" || line != i+1 || column != wantColumn {
			t.Errorf("row %d: %s %d:%d", i, path, line, column)
		}
	}
	if err := list.Err(); err != nil {
		t.Error(err)
	}
}

func TestColumnsOfOneLongLine(t *testing.T) {
	for _, n := range []int{1<<16 - 3, 1<<16 - 2, 1<<16 - 1, 1 << 16, 3<<16 + 5} {
		text := `["` + strings.Repeat("é", n/2) + strings.Repeat("x", n%2) + `",` + "7]"
		v, list := parse(t, text)
		for _, e := range v.Elements() {
			if e.Kind() == strict.Number {
				if _, line, column := e.Place(); line != 1 || column != n/2+n%2+5 {
					t.Errorf("%d bytes: %d:%d", n, line, column)
				}
			}
		}
		if list.Len() != 0 {
			t.Error(list.Err())
		}
	}
}

func TestEveryProblemInOnePass(t *testing.T) {
	var list problem.List
	v, ok := strict.Parse([]byte(`{"schema":1,"currency":"\ud800","currency":"EUR","tiers":[{"rat":1},{"from":null,"rate":"1"},7],"x":0}`), strict.Limits{}, &list)
	if !ok {
		t.Fatal(list.Err())
	}
	readCard(v)
	got := codesOf(&list)
	want := codes(problem.MissingField, problem.WrongType, problem.Encoding, problem.DuplicateKey,
		problem.MissingField, problem.MissingField, problem.UnknownField, problem.NullNotAllowed, problem.WrongType, problem.UnknownField)
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestProblemsAreCappedAndCheap(t *testing.T) {
	var b strings.Builder
	b.WriteString("{")
	for i := range 200_000 {
		if i > 0 {
			b.WriteString(",")
		}
		b.WriteString(`"k` + strconv.Itoa(i) + `":null`)
	}
	b.WriteString("}")
	var list problem.List
	start := time.Now()
	v, _ := strict.Parse([]byte(b.String()), strict.Limits{}, &list)
	v.Object("a", "b")
	for _, m := range v.Members() {
		m.Text()
	}
	if d := time.Since(start); d > 500*time.Millisecond*slack {
		t.Errorf("took %v", d)
	}
	if list.Len() != 400_000 {
		t.Errorf("counted %d problems", list.Len())
	}
	if n := len(codesOf(&list)); n != problem.Limit+1 {
		t.Errorf("reported %d", n)
	}
}

func TestUnknownFieldNamesTheNearestFirst(t *testing.T) {
	tests := map[string]string{
		"currancy": "currency", "Currency": "currency", "rat": "rate", "form": "from", "xyz": "schema",
	}
	for name, want := range tests {
		var list problem.List
		v, _ := strict.Parse([]byte(`{"`+name+`":1}`), strict.Limits{}, &list)
		v.Object("schema", "currency", "rate", "from")
		var all problem.Problems
		errors.As(list.Err(), &all)
		if len(all) != 1 || all[0].Want[0] != want || len(all[0].Want) != 4 {
			t.Errorf("%s: %v", name, all)
		}
	}
}

func TestManyDuplicates(t *testing.T) {
	// past the size up to which names are compared in pairs, with escapes among them
	for _, n := range []int{2, 12, 13, 40, 5_000} {
		var b strings.Builder
		for i := range n {
			b.WriteString(`"k` + strconv.Itoa(i) + `":1,`)
		}
		for _, again := range []string{`"k0"`, `"\u006b1"`, `"\u006B1"`} {
			var list problem.List
			_, ok := strict.Parse([]byte(`{`+b.String()+again+`:2}`), strict.Limits{}, &list)
			if got := codesOf(&list); !ok || !slices.Equal(got, codes(problem.DuplicateKey)) {
				t.Errorf("%d names and %s: %q", n, again, got)
			}
		}
		var list problem.List
		strict.Parse([]byte(`{`+b.String()+`"K0":2}`), strict.Limits{}, &list)
		if list.Len() != 0 {
			t.Errorf("%d names: %v", n, list.Err())
		}
	}
}

func TestMillionCells(t *testing.T) {
	documents := map[string]func(i int) string{
		"strings": func(i int) string { return `"` + strconv.Itoa(1_000_000+i) + `"` },
		"digits":  func(i int) string { return strconv.Itoa(i % 10) },
		"rows":    func(i int) string { return `{"a":` + strconv.Itoa(i%10) + `}` },
		"arrays":  func(int) string { return `[]` },
	}
	for name, cell := range documents {
		t.Run(name, func(t *testing.T) {
			cells := 1_000_000
			if name == "rows" || name == "arrays" { // the others are the promise
				cells = 200_000
			}
			data := []byte{'['}
			for i := range cells {
				if i > 0 {
					data = append(data, ',')
				}
				data = append(data, cell(i)...)
			}
			data = append(data, ']')
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			start := time.Now()
			var list problem.List
			v, ok := strict.Read(struct{ *bytes.Reader }{bytes.NewReader(data)}, strict.Limits{}, &list)
			elapsed := time.Since(start)
			runtime.ReadMemStats(&after)
			if !ok || v.Len() != cells {
				t.Fatal(v.Len(), list.Err())
			}
			used := float64(after.TotalAlloc-before.TotalAlloc) / float64(len(data))
			t.Logf("%d bytes in %v, %.1f x the input", len(data), elapsed, used)
			if used > 16 {
				t.Errorf("allocated %.1f times the input", used)
			}
			if elapsed > time.Second*slack {
				t.Errorf("took %v", elapsed)
			}
		})
	}
}

func TestLimits(t *testing.T) {
	tests := []struct {
		name, input string
		limits      strict.Limits
		want        []problem.Code
	}{
		{"bytes fit", `[1]`, strict.Limits{Bytes: 3}, nil},
		{"bytes", `[1 ]`, strict.Limits{Bytes: 3}, codes(problem.TooLarge)},
		{"depth fits", `[[1]]`, strict.Limits{Depth: 2}, nil},
		{"depth", `[[[]]]`, strict.Limits{Depth: 2}, codes(problem.TooDeep)},
		{"default depth fits", strings.Repeat("[", 32) + strings.Repeat("]", 32), strict.Limits{}, nil},
		{"default depth", strings.Repeat("[", 33) + strings.Repeat("]", 33), strict.Limits{}, codes(problem.TooDeep)},
		{"nodes fit", `[1,{"a":2}]`, strict.Limits{Nodes: 4}, nil},
		{"nodes", `[1,{"a":2},3]`, strict.Limits{Nodes: 4}, codes(problem.TooMany)},
		{"text fits", `"日本語"`, strict.Limits{Text: 3}, nil},
		{"text", `"日本語x"`, strict.Limits{Text: 3}, codes(problem.TextTooLong)},
		{"text of escapes fits", `"\u65e5\u672c\u8a9e"`, strict.Limits{Text: 3}, nil},
		{"negative limits are the defaults", `[[1]]`, strict.Limits{Bytes: -1, Depth: -1, Nodes: -1, Text: -1}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for _, read := range []bool{false, true} {
				var list problem.List
				var v strict.Value
				if read {
					v, _ = strict.Read(strings.NewReader(tt.input), tt.limits, &list)
				} else {
					v, _ = strict.Parse([]byte(tt.input), tt.limits, &list)
				}
				if v.Kind() == strict.String {
					v.Text()
				}
				if got := codesOf(&list); !slices.Equal(got, tt.want) {
					t.Errorf("got %q, want %q", got, tt.want)
				}
			}
		})
	}
}

// slack widens time limits where the machine is shared or the race detector slows it down.
const slack = 50

func FuzzParse(f *testing.F) {
	for _, s := range []string{
		``, `null`, `[]`, `{"a":[1,-2.5e+3,true,"\u00e9\ud83d\ude00\n"],"b":{}}`, `{"a":1,"\u0061":2}`, "\uFEFF[]", `"\ud800"`, `[1,]`,
		`{"k":"` + strings.Repeat("x", 70) + `"}`, "\xff\xfe[\x00]\x00", `[[[[[[[]]]]]]]`, `{"":{"~/":0}}`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var list problem.List
		v, ok := strict.Parse(data, strict.Limits{}, &list)
		if !ok && list.Len() == 0 {
			t.Fatal("refused without a problem")
		}
		if !ok {
			return
		}
		if !bytes.HasPrefix(data, []byte("\uFEFF")) && !json.Valid(data) {
			t.Fatal("accepted what encoding/json refuses")
		}
		if list.Len() > 0 {
			_ = list.Err().Error()
			return
		}
		var want any
		decoder := json.NewDecoder(bytes.NewReader(data))
		decoder.UseNumber()
		if err := decoder.Decode(&want); err != nil {
			t.Fatal(err)
		}
		compare(t, v, want)
	})
}

// compare checks that v holds what encoding/json reads.
func compare(t *testing.T, v strict.Value, want any) {
	path, line, column := v.Place()
	if line < 1 || column < 1 {
		t.Fatalf("%q at %d:%d", path, line, column)
	}
	switch want := want.(type) {
	case nil:
		if v.Kind() != strict.Null {
			t.Fatal(path, v.Kind())
		}
	case bool:
		if b, ok := v.Bool(); !ok || b != want {
			t.Fatal(path, b, ok)
		}
	case json.Number:
		if n, ok := v.Number(); !ok || n != want.String() {
			t.Fatal(path, n, ok)
		}
	case string:
		if s, ok := v.Number(); !ok || s != want { // Number decodes a string without judging it
			t.Fatalf("%s: %q, want %q", path, s, want)
		}
		if s, ok := v.Text(); ok && s != want {
			t.Fatalf("%s: %q, want %q", path, s, want)
		}
	case []any:
		count := 0
		for i, e := range v.Elements() {
			compare(t, e, want[i])
			count++
		}
		if count != len(want) || v.Len() != count {
			t.Fatal(path, count)
		}
	case map[string]any:
		for name, member := range want {
			o, _ := v.Object(name)
			m, ok := o.Get(name)
			if !ok {
				t.Fatalf("%s: no member %q", path, name)
			}
			compare(t, m, member)
		}
		if v.Len() != len(want) {
			t.Fatal(path, v.Len())
		}
	}
}

// FuzzText holds that a string survives being written by encoding/json and read here.
func FuzzText(f *testing.F) {
	for _, s := range []string{"", "a", "é漢字😀", "\u2028</script>", `\"`, "\x7f\x00", "\u202e"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) || len(text) > 4096 {
			return
		}
		written, err := json.Marshal(map[string]string{text: text})
		if err != nil {
			t.Fatal(err)
		}
		var list problem.List
		v, ok := strict.Parse(written, strict.Limits{}, &list)
		if !ok {
			t.Fatal(list.Err())
		}
		o, _ := v.Object(text)
		m, ok := o.Need(text)
		if !ok {
			t.Fatalf("%q is not found", text)
		}
		if got, ok := m.Text(); ok && got != text {
			t.Fatalf("%q became %q", text, got)
		}
	})
}
