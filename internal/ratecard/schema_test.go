package ratecard_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/big"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// validator judges documents by the keywords that our schema uses, and fails on any other keyword.
type validator struct {
	root    map[string]any
	regexps map[string]*regexp.Regexp
}

func newValidator(schema []byte) (*validator, error) {
	root, err := decodeJSON(schema)
	if err != nil {
		return nil, err
	}
	return &validator{root.(map[string]any), map[string]*regexp.Regexp{}}, nil
}

func decodeJSON(data []byte) (any, error) {
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	var v any
	err := d.Decode(&v)
	return v, err
}

// check returns why v is not valid against s, "" when it is.
func (x *validator) check(s, v any, at string) string {
	if b, ok := s.(bool); ok {
		if b {
			return ""
		}
		return at + ": not allowed"
	}
	m := s.(map[string]any)
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	for _, k := range keys {
		if why := x.keyword(k, m, v, at); why != "" {
			return why
		}
	}
	return ""
}

func (x *validator) valid(s, v any) bool { return x.check(s, v, "") == "" }

func (x *validator) count(list any, v any) int {
	n := 0
	for _, s := range list.([]any) {
		if x.valid(s, v) {
			n++
		}
	}
	return n
}

func (x *validator) keyword(k string, m map[string]any, v any, at string) string {
	s := m[k]
	fail := func(format string, args ...any) string { return at + ": " + k + " " + fmt.Sprintf(format, args...) }
	object, isObject := v.(map[string]any)
	array, isArray := v.([]any)
	text, isText := v.(string)
	number, isNumber := v.(json.Number)
	switch k {
	case "$schema", "$id", "title", "description", "$defs", "then", "else":
	case "$ref":
		name := strings.TrimPrefix(s.(string), "#/$defs/")
		def, ok := x.root["$defs"].(map[string]any)[name]
		if !ok {
			return fail("unknown %s", name)
		}
		return x.check(def, v, at)
	case "type":
		types := []any{s}
		if l, ok := s.([]any); ok {
			types = l
		}
		if !slices.ContainsFunc(types, func(t any) bool { return isType(t.(string), v) }) {
			return fail("%v", s)
		}
	case "const":
		if v != s {
			return fail("%v", s)
		}
	case "enum":
		if !slices.ContainsFunc(s.([]any), func(e any) bool { return e == v }) {
			return fail("%v", v)
		}
	case "properties":
		for name, sub := range s.(map[string]any) {
			if e, ok := object[name]; ok {
				if why := x.check(sub, e, at+"/"+name); why != "" {
					return why
				}
			}
		}
	case "additionalProperties":
		known, _ := m["properties"].(map[string]any)
		for name, e := range object {
			if _, ok := known[name]; !ok {
				if why := x.check(s, e, at+"/"+name); why != "" {
					return why
				}
			}
		}
	case "propertyNames":
		for name := range object {
			if why := x.check(s, name, at+"/"+name); why != "" {
				return why
			}
		}
	case "required":
		for _, name := range s.([]any) {
			if _, ok := object[name.(string)]; isObject && !ok {
				return fail("%v", name)
			}
		}
	case "items":
		for i, e := range array {
			if why := x.check(s, e, fmt.Sprint(at, "/", i)); why != "" {
				return why
			}
		}
	case "minItems":
		if isArray && len(array) < atoi(s) {
			return fail("%v", s)
		}
	case "maxItems":
		if isArray && len(array) > atoi(s) {
			return fail("%v", s)
		}
	case "minProperties":
		if isObject && len(object) < atoi(s) {
			return fail("%v", s)
		}
	case "maxProperties":
		if isObject && len(object) > atoi(s) {
			return fail("%v", s)
		}
	case "minLength":
		if isText && utf8.RuneCountInString(text) < atoi(s) {
			return fail("%v", s)
		}
	case "maxLength":
		if isText && utf8.RuneCountInString(text) > atoi(s) {
			return fail("%v", s)
		}
	case "pattern":
		re := x.regexps[s.(string)]
		if re == nil {
			re = regexp.MustCompile(s.(string))
			x.regexps[s.(string)] = re
		}
		if isText && !re.MatchString(text) {
			return fail("%v", s)
		}
	case "minimum":
		if isNumber && ratOf(number).Cmp(ratOf(s.(json.Number))) < 0 {
			return fail("%v", s)
		}
	case "exclusiveMinimum":
		if isNumber && ratOf(number).Cmp(ratOf(s.(json.Number))) <= 0 {
			return fail("%v", s)
		}
	case "anyOf":
		if x.count(s, v) == 0 {
			return fail("none of %d", len(s.([]any)))
		}
	case "oneOf":
		if n := x.count(s, v); n != 1 {
			return fail("%d hold", n)
		}
	case "not":
		if x.valid(s, v) {
			return fail("holds")
		}
	case "if":
		branch := "then"
		if !x.valid(s, v) {
			branch = "else"
		}
		if sub, ok := m[branch]; ok {
			return x.check(sub, v, at)
		}
	default:
		return fail("is a keyword this validator does not know")
	}
	return ""
}

func isType(t string, v any) bool {
	switch v := v.(type) {
	case map[string]any:
		return t == "object"
	case []any:
		return t == "array"
	case string:
		return t == "string"
	case bool:
		return t == "boolean"
	case json.Number:
		return t == "number" || t == "integer" && ratOf(v).IsInt()
	}
	return t == "null"
}

func atoi(v any) int {
	n, _ := v.(json.Number).Int64()
	return int(n)
}

func ratOf(n json.Number) *big.Rat {
	r, ok := new(big.Rat).SetString(n.String())
	if !ok {
		return new(big.Rat)
	}
	return r
}
