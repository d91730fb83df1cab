package strict_test

import (
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/overseaswarehouse/overseas/internal/problem"
	"github.com/overseaswarehouse/overseas/internal/strict"
)

func parse(t *testing.T, text string) (strict.Value, *problem.List) {
	t.Helper()
	list := new(problem.List)
	v, ok := strict.Parse([]byte(text), strict.Limits{}, list)
	if !ok {
		t.Fatal(list.Err())
	}
	return v, list
}

func TestInt(t *testing.T) {
	tests := []struct {
		text string
		want int64
		code problem.Code
	}{
		{"0", 0, ""}, {"-0", 0, ""}, {"7", 7, ""}, {"-12", -12, ""},
		{"9223372036854775807", 9223372036854775807, ""}, {"-9223372036854775808", -9223372036854775808, ""},
		{"9223372036854775808", 0, problem.NumberRange}, {"-9223372036854775809", 0, problem.NumberRange},
		{"1" + strings.Repeat("0", 100_000), 0, problem.NumberRange},
		{"1.0", 0, problem.NotInteger}, {"1e3", 0, problem.NotInteger}, {"1E3", 0, problem.NotInteger},
		{`"1"`, 0, problem.WrongType}, {"true", 0, problem.WrongType}, {"[1]", 0, problem.WrongType},
	}
	for _, tt := range tests {
		v, list := parse(t, tt.text)
		got, ok := v.Int()
		if got != tt.want || ok != (tt.code == "") {
			t.Errorf("%.20s: %d, %v", tt.text, got, ok)
		}
		if tt.code != "" && !errors.Is(list.Err(), tt.code) {
			t.Errorf("%.20s: %v, want %s", tt.text, list.Err(), tt.code)
		}
	}
}

func TestAccessorsReportTheWrongType(t *testing.T) {
	accessors := map[string]struct {
		call  func(strict.Value) bool
		right []string
	}{
		"Object": {func(v strict.Value) bool { _, ok := v.Object(); return ok }, []string{"object"}},
		"Members": {func(v strict.Value) bool {
			n := 0
			for range v.Members() {
				n++
			}
			return n > 0
		}, []string{"object"}},
		"Elements": {func(v strict.Value) bool {
			n := 0
			for range v.Elements() {
				n++
			}
			return n > 0
		}, []string{"array"}},
		"Text":   {func(v strict.Value) bool { _, ok := v.Text(); return ok }, []string{"string"}},
		"Name":   {func(v strict.Value) bool { _, ok := v.Name(); return ok }, []string{"string"}},
		"OneOf":  {func(v strict.Value) bool { _, ok := v.OneOf("a"); return ok }, []string{"string"}},
		"Bool":   {func(v strict.Value) bool { _, ok := v.Bool(); return ok }, []string{"boolean"}},
		"Number": {func(v strict.Value) bool { _, ok := v.Number(); return ok }, []string{"number", "string"}},
		"Int":    {func(v strict.Value) bool { _, ok := v.Int(); return ok }, []string{"number"}},
	}
	values := map[string]string{"object": `{}`, "array": `[1]`, "string": `"a"`, "boolean": `true`, "number": `1`, "null": `null`}
	for name, a := range accessors {
		for kind, text := range values {
			if kind == "object" && name == "Members" {
				text = `{"a":1}`
			}
			if kind == "object" && name == "Object" {
				text = `{}`
			}
			v, list := parse(t, `[`+text+`]`)
			for _, e := range v.Elements() {
				v = e
			}
			if v.Kind().String() != kind {
				t.Errorf("%s is a %v", text, v.Kind())
			}
			got := a.call(v)
			if right := slices.Contains(a.right, kind); got != right {
				t.Errorf("%s of %s: %v", name, text, got)
			} else if right {
				if list.Len() != 0 {
					t.Errorf("%s of %s: %v", name, text, list.Err())
				}
				continue
			}
			want := problem.WrongType
			if kind == "null" {
				want = problem.NullNotAllowed
			}
			var all problem.Problems
			if !errors.As(list.Err(), &all) || len(all) != 1 || all[0].Code != want || !slices.Equal(all[0].Want, a.right) || all[0].Path != "/0" {
				t.Errorf("%s of %s: %v", name, text, list.Err())
			}
			if a.call(strict.Value{}) {
				t.Errorf("%s of the zero Value is true", name)
			}
		}
	}
}

func TestOneOf(t *testing.T) {
	v, list := parse(t, `["sea","Sea","\u0073ea"]`)
	var got []string
	for _, e := range v.Elements() {
		s, _ := e.OneOf("air", "sea")
		got = append(got, s)
	}
	if !slices.Equal(got, []string{"sea", "", "sea"}) {
		t.Error(got)
	}
	var all problem.Problems
	errors.As(list.Err(), &all)
	if len(all) != 1 || all[0].Code != problem.UnknownValue || !slices.Equal(all[0].Want, []string{"air", "sea"}) {
		t.Error(all)
	}
}

func TestMembersKeepTheirOrder(t *testing.T) {
	v, list := parse(t, `{"b":1,"a":2,"\u0063":3}`)
	var got []string
	for _, field := range v.Members() {
		got = append(got, field.Name+string(field.Raw()))
		if field.Name == "\u0063" {
			break
		}
	}
	if !slices.Equal(got, []string{"b1", "a2", "c3"}) || list.Len() != 0 {
		t.Error(got, list.Err())
	}
	v, list = parse(t, `{"a\u0000":1,"`+strings.Repeat("k", 257)+`":2,"ok":3}`)
	got = nil
	for _, field := range v.Members() {
		got = append(got, field.Name)
	}
	if !slices.Equal(got, []string{"ok"}) || !slices.Equal(codesOf(list), codes(problem.ControlCharacter, problem.TextTooLong)) {
		t.Error(got, list.Err())
	}
}

func TestMissingFieldPointsAtTheMemberThatShouldBeThere(t *testing.T) {
	v, list := parse(t, "{\n \"a\": {}}")
	o, _ := v.Object("a")
	a, _ := o.Get("a")
	inner, _ := a.Object("x/y")
	if _, ok := inner.Need("x/y"); ok {
		t.Error("found")
	}
	var all problem.Problems
	errors.As(list.Err(), &all)
	if p := all[0]; p.Path != "/a/x~1y" || p.Line != 2 || p.Column != 7 || p.Text != "x/y" {
		t.Error(p)
	}
}

func TestZeroValuesAreHarmless(t *testing.T) {
	var v strict.Value
	var o strict.Object
	v.Problem(problem.New(problem.Malformed, ""))
	v.Place()
	v.Raw()
	v.Len()
	if _, ok := o.Get("a"); ok || o.Value().IsValid() {
		t.Error("the zero Object has members")
	}
	if _, ok := o.Need("a"); ok {
		t.Error("the zero Object has members")
	}
	if _, ok := strict.Parse([]byte(`[`), strict.Limits{}, nil); ok {
		t.Error("accepted")
	}
}

type stuck struct{}

func (stuck) Read([]byte) (int, error) { return 0, nil }

type liar struct{}

func (liar) Read(p []byte) (int, error) { return len(p) + 1, nil }

type endless struct{ read int }

func (e *endless) Read(p []byte) (int, error) { e.read += len(p); return len(p), nil }

func TestRead(t *testing.T) {
	readers := map[string]struct {
		r    io.Reader
		want problem.Code
	}{
		"nil":     {nil, problem.ReadFailed},
		"error":   {iotest.ErrReader(errors.New("disk on fire")), problem.ReadFailed},
		"timeout": {iotest.TimeoutReader(iotest.OneByteReader(strings.NewReader("[1]"))), problem.ReadFailed},
		"stuck":   {stuck{}, problem.ReadFailed},
		"liar":    {liar{}, problem.ReadFailed},
		"endless": {new(endless), problem.TooLarge},
		"bytes":   {iotest.OneByteReader(strings.NewReader("[1]")), ""},
		"eof":     {iotest.DataErrReader(strings.NewReader("[1]")), ""},
	}
	for name, tt := range readers {
		var list problem.List
		_, ok := strict.Read(tt.r, strict.Limits{Bytes: 1000}, &list)
		if ok != (tt.want == "") || tt.want != "" && !errors.Is(list.Err(), tt.want) {
			t.Errorf("%s: %v", name, list.Err())
		}
		if e, ok := tt.r.(*endless); ok && e.read > 1001 {
			t.Errorf("read %d bytes of 1000", e.read)
		}
	}
}

func TestBlank(t *testing.T) {
	for _, s := range []string{"", " ", "\u3000", "\u200b\u200d", "\ufeff", "\u3164", "\u2800", "\u115f\u1160", "\ufe0f", "\u00ad", "\u180e"} {
		if !strict.Blank(s) {
			t.Errorf("%+q is not blank", s)
		}
	}
	for _, s := range []string{"a", " 中 ", "\u0301", "-", "\u200b.", "😀"} {
		if strict.Blank(s) {
			t.Errorf("%+q is blank", s)
		}
	}
}

func TestMemberFindsByNameAndFilesNothing(t *testing.T) {
	v, list := parse(t, `{"a\u0000":1,"b":[{"c":2}]}`)
	b, ok := v.Member("b")
	if !ok || b.Len() != 1 {
		t.Error(string(b.Raw()), ok)
	}
	if c, ok := b.Elements()[0].Member("c"); !ok || string(c.Raw()) != "2" {
		t.Error(string(c.Raw()), ok)
	}
	for _, none := range []strict.Value{v, b, {}} {
		if m, ok := none.Member("c"); ok {
			t.Error(string(m.Raw()))
		}
	}
	if list.Len() != 0 {
		t.Error(list.Err())
	}
}
