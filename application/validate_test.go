package application

import (
	"errors"
	"math"
	"reflect"
	"strings"
	"testing"

	"github.com/overseaswarehouse/overseas/country"
)

// A misspelt tag of the validator panics at first use, and only where a value reaches it: every shape is validated
// zero and with every field filled.
func TestEveryTaggedStructValidates(t *testing.T) {
	seen := map[reflect.Type]bool{}
	var walk func(reflect.Type)
	walk = func(typ reflect.Type) {
		for typ.Kind() == reflect.Pointer || typ.Kind() == reflect.Slice {
			typ = typ.Elem()
		}
		if typ.Kind() != reflect.Struct || seen[typ] {
			return
		}
		seen[typ] = true
		for i := range typ.NumField() {
			walk(typ.Field(i).Type)
		}
	}
	walk(reflect.TypeFor[applicationShape]())
	if len(seen) != 8 {
		t.Errorf("%d shapes", len(seen))
	}
	for typ := range seen {
		zero, full := reflect.New(typ), reflect.New(typ)
		fill(full.Elem())
		for _, v := range []reflect.Value{zero, full} {
			_ = shapes().Struct(v.Interface())
		}
	}
}

func fill(v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		v.SetString("x")
	case reflect.Int64:
		v.SetInt(1)
	case reflect.Uint8:
		v.SetUint(1)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem())
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		fill(v.Index(0))
		fill(v.Index(1))
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i))
		}
	}
}

func TestEveryTagIsTranslated(t *testing.T) {
	long := strings.Repeat("x", 2000)
	a := &Application{
		Platform: "", ID: "\u200b", Submitted: country.Date{Year: 2026, Month: 2, Day: 30}, Category: long,
		Applicant: Applicant{Role: "a\nb", Store: "s", Home: country.Code{'X', 'X'}},
		Stock:     []Stock{{OnHand: -1, InTransit: math.MinInt64}, {Country: country.Code{'u', 's'}}},
		Materials: []Material{
			{Kind: "k", Text: "a\u202eb", Basis: 7, File: File{Name: "a/b"}},
			{Shows: []Showing{{Part: "p", State: 9}, {Part: "p"}}},
		},
		Answers: []Answer{{Name: "a", Value: "\xff"}, {Name: "a"}},
	}
	var ps Problems
	if err := a.Validate(); !errors.As(err, &ps) {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, p := range ps {
		got[p.Path] = string(p.Code)
	}
	for path, code := range map[string]string{
		"/platform": "missing_field", "/id": "text_blank", "/submitted": "date_invalid", "/category": "text_too_long", "/applicant/role": "control_character",
		"/applicant/home": "country_unknown", "/stock/0/country": "missing_field", "/stock/0/onHand": "negative", "/stock/0/inTransit": "negative",
		"/stock/1/country": "country_unknown", "/materials/0/text": "bidi_control", "/materials/0/basis": "unknown_value", "/materials/0/file/name": "file_name_unsafe",
		"/materials/0/file/sha256": "missing_field", "/materials/1/kind": "missing_field", "/materials/1/shows": "duplicate", "/answers": "duplicate",
	} {
		if got[path] != code {
			t.Errorf("%s: %q, want %q", path, got[path], code)
		}
	}
	if strings.Contains(ps.Error(), "validation") || strings.Contains(ps.Error(), "Shape") || len(ps.Error()) > 5000 {
		t.Error("the dependency shows through:", ps.Error())
	}
}

func TestTooManyRowsCostNothing(t *testing.T) {
	a := &Application{Platform: "p", Applicant: Applicant{Store: "s"}, Materials: make([]Material, 1_000_000)}
	var ps Problems
	if err := a.Validate(); !errors.As(err, &ps) || !errors.Is(err, ErrTooMany) {
		t.Error(err)
	}
}

func TestZeroValuesDoNotPanic(t *testing.T) {
	var a *Application
	_ = a.Validate()
	_ = a.Clone()
	_, _ = a.Answer("x")
	_, _ = a.Pieces(country.Code{})
	var f Filing
	_, _, _ = f.Stage(), f.Application(), f.History()
	_, err := f.Submit(country.Date{})
	if err == nil {
		t.Error("nothing was submitted")
	}
	if (Permission{}).At("s", country.Code{}, country.Date{}) {
		t.Error("the zero Permission opens something")
	}
	_ = Stage(99).String() + State(99).String() + Basis(99).String()
	if Stage(99).Next() != nil {
		t.Error("an unknown stage goes on")
	}
}
