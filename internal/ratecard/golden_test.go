package ratecard_test

import (
	"flag"
	"fmt"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/overseaswarehouse/overseas/internal/ratecard"
)

var update = flag.Bool("update", false, "write the golden files")

// dump writes every value that is not zero, one member a line for the parts of a card.
func dump(v reflect.Value) string {
	for v.Kind() == reflect.Pointer {
		if v.IsNil() {
			return ""
		}
		v = v.Elem()
	}
	if v.Kind() != reflect.Struct || v.NumField() <= 3 || v.Type() == reflect.TypeFor[ratecard.PostalRule]() { // small values and words
		switch s := v.Interface().(type) {
		case fmt.Stringer:
			return s.String()
		case interface{ Text() string }:
			return s.Text()
		}
	}
	var parts []string
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			f := v.Type().Field(i)
			if f.IsExported() && !v.Field(i).IsZero() {
				parts = append(parts, f.Name+":"+dump(v.Field(i)))
			}
		}
		return "{" + strings.Join(parts, " ") + "}"
	case reflect.Slice:
		for i := range v.Len() {
			parts = append(parts, dump(v.Index(i)))
		}
		return "[" + strings.Join(parts, " ") + "]"
	}
	return fmt.Sprint(v.Interface())
}

// dumpCard lists the parts in which a card is not like base.
func dumpCard(c, base *ratecard.Card) string {
	var b strings.Builder
	v, w := reflect.ValueOf(*c), reflect.ValueOf(*base)
	for i := range v.NumField() {
		name := v.Type().Field(i).Name
		if !v.Type().Field(i).IsExported() || name == "Digest" || base != c && reflect.DeepEqual(v.Field(i).Interface(), w.Field(i).Interface()) {
			continue
		}
		if v.Field(i).Kind() != reflect.Slice {
			fmt.Fprintf(&b, "%s %s\n", name, dump(v.Field(i)))
			continue
		}
		for k := range v.Field(i).Len() {
			if base == c || k >= w.Field(i).Len() || !reflect.DeepEqual(v.Field(i).Index(k).Interface(), w.Field(i).Index(k).Interface()) {
				fmt.Fprintf(&b, "%s[%d] %s\n", name, k, dump(v.Field(i).Index(k)))
			}
		}
	}
	return b.String()
}

// What a document says is what the card holds.
func TestCardGolden(t *testing.T) {
	base := parse(t, doc())
	var b strings.Builder
	b.WriteString("# base\n" + dumpCard(base, base))
	names := make([]string, 0, len(okCases))
	for name := range okCases {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		b.WriteString("# " + name + "\n" + dumpCard(parse(t, okCases[name]), base))
	}
	const file = "testdata/cards.golden"
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	got := strings.Split(b.String(), "\n")
	for i, line := range strings.Split(string(want), "\n") {
		if i >= len(got) || got[i] != line {
			t.Fatalf("line %d: got\n%s\nwant\n%s", i+1, strings.Join(got[min(i, len(got)):min(i+1, len(got))], ""), line)
		}
	}
	if len(got) != strings.Count(string(want), "\n")+1 {
		t.Error("more lines than in the golden file")
	}
}
