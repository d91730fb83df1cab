package conformance

import (
	"encoding/json"
	"fmt"
	"math/big"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// record is a case as it stands in a file.
type record struct {
	id, kind, topic string
	inputs, want    *fields
	steps           *fields // intermediate values of a case with a topic
	cards           []string
	country         string // whose customs the case is about
}

// parts that every case may have and that do not change its result
var about = []string{"id", "kind", "topic", "source", "origin", "evidence", "verified", "licence", "note", "agrees", "country", "confidence", "arithmetic_rechecked"}

// load reads all files of testdata.
func load(t *testing.T) []record {
	t.Helper()
	names, err := filepath.Glob(filepath.Join("testdata", "*.json"))
	if err != nil || len(names) == 0 {
		t.Fatal("no cases", err)
	}
	var all []record
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var list []any
		switch v := decode(t, name, data).(type) {
		case []any:
			list = v
		case map[string]any:
			list, _ = v["cases"].([]any)
		}
		if len(list) == 0 {
			t.Errorf("%s: no cases", name)
		}
		for i, v := range list {
			c, err := newRecord(v)
			if err != nil {
				t.Errorf("%s, case %d: %v", name, i, err)
				continue
			}
			all = append(all, c)
		}
	}
	return all
}

func decode(t *testing.T, name string, data []byte) any {
	t.Helper()
	d := json.NewDecoder(strings.NewReader(string(data)))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return v
}

func newRecord(v any) (c record, err error) {
	m, ok := v.(map[string]any)
	if !ok {
		return c, fmt.Errorf("not an object")
	}
	text := func(name string) string { s, _ := m[name].(string); return s }
	c.id, c.kind, c.topic, c.country = text("id"), text("kind"), text("topic"), text("country")
	if c.country != "" {
		c.kind = "customs" // what stands there says how the case is known
	}
	object := func(name string) *fields { return newFields(name, m[name]) }
	known := slices.Clone(about)
	switch {
	case c.id == "" || (c.kind == "") == (c.topic == ""):
		return c, fmt.Errorf("id, and kind or topic")
	case c.kind != "":
		known = append(known, "inputs", "expected")
		c.inputs, c.want = object("inputs"), object("expected")
	default:
		known = append(known, "given", "cards", "steps", "result", "printed_result", "recomputed")
		c.inputs, c.steps, c.want = object("given"), object("steps"), object("result")
		if m["result"] == nil { // what is right goes over what is printed
			both := map[string]any{}
			for _, part := range []string{"printed_result", "recomputed"} {
				o, _ := m[part].(map[string]any)
				for k, x := range o {
					if part == "printed_result" {
						k = "printed." + k
					}
					both[k] = x
				}
			}
			c.want = newFields("recomputed", both)
		}
		list, _ := m["cards"].([]any)
		for _, x := range list {
			c.cards = append(c.cards, fmt.Sprint(x))
		}
	}
	for name := range m {
		if !slices.Contains(known, name) {
			return c, fmt.Errorf("%s: unknown field %q", c.id, name)
		}
	}
	return c, nil
}

// fields reads the members of an object by name and remembers which have been read.
type fields struct {
	path  string
	value any // what stands there when it is no object
	m     map[string]any
	read  map[string]bool
	under []*fields
	fail  func(format string, args ...any)
}

func newFields(path string, v any) *fields {
	m, _ := v.(map[string]any)
	return &fields{path: path, value: v, m: m, read: map[string]bool{}}
}

func (f *fields) child(path string, v any) *fields {
	c := newFields(f.path+"/"+path, v)
	c.fail = f.fail
	f.under = append(f.under, c)
	return c
}

// unread lists what no translator has looked at.
func (f *fields) unread() []string {
	if f == nil {
		return nil
	}
	var list []string
	for name := range f.m {
		if !f.read[name] {
			list = append(list, f.path+"/"+name)
		}
	}
	for _, c := range f.under {
		list = append(list, c.unread()...)
	}
	slices.Sort(list)
	return list
}

// has reports whether a member is there and not null.
func (f *fields) has(name string) bool { return f.m[name] != nil }

// get is a member; a null one counts as absent.
func (f *fields) get(name string) (any, bool) {
	if f.value == nil && f.m == nil {
		return nil, false
	}
	f.read[name] = true
	v := f.m[name]
	return v, v != nil
}

// info reads what is not compared.
func (f *fields) info(names ...string) {
	for name := range f.m {
		for _, pattern := range names {
			if ok, _ := filepath.Match(pattern, name); ok {
				f.read[name] = true
			}
		}
	}
}

func (f *fields) names() []string {
	var list []string
	for name := range f.m {
		list = append(list, name)
	}
	slices.Sort(list)
	return list
}

func scalar(v any) (string, bool) {
	switch v := v.(type) {
	case string:
		return v, true
	case json.Number:
		return v.String(), true
	}
	return "", false
}

func (f *fields) optText(name string) (string, bool) {
	v, ok := f.get(name)
	if !ok {
		return "", false
	}
	s, ok := scalar(v)
	if !ok {
		f.fail("%s/%s: not a text: %v", f.path, name, v)
	}
	return s, ok
}

func (f *fields) text(name string) string {
	s, ok := f.optText(name)
	if !ok {
		f.fail("%s/%s is missing", f.path, name)
	}
	return s
}

// num is a decimal number as it is written.
func (f *fields) num(name string) string {
	s := f.text(name)
	f.isNumber(name, s)
	return s
}

func (f *fields) optNum(name string) (string, bool) {
	s, ok := f.optText(name)
	if ok {
		f.isNumber(name, s)
	}
	return s, ok
}

func (f *fields) isNumber(name, s string) {
	if _, ok := ratOf(s); !ok {
		f.fail("%s/%s: not a number: %q", f.path, name, s)
	}
}

func (f *fields) numOr(name, other string) string {
	if s, ok := f.optNum(name); ok {
		return s
	}
	return other
}

func (f *fields) int(name string) int64 {
	s := f.num(name)
	r, _ := ratOf(s)
	if !r.IsInt() || !r.Num().IsInt64() {
		f.fail("%s/%s: not a whole number: %q", f.path, name, s)
	}
	return r.Num().Int64()
}

func (f *fields) boolean(name string) bool {
	v, _ := f.get(name)
	b, ok := v.(bool)
	if !ok {
		f.fail("%s/%s: not true or false: %v", f.path, name, v)
	}
	return b
}

func (f *fields) optBool(name string, other bool) bool {
	if !f.has(name) {
		f.get(name)
		return other
	}
	return f.boolean(name)
}

func (f *fields) list(name string) []any {
	v, ok := f.get(name)
	list, isList := v.([]any)
	if !ok || !isList {
		f.fail("%s/%s: not a list: %v", f.path, name, v)
	}
	return list
}

func (f *fields) texts(name string) []string {
	var all []string
	for _, v := range f.list(name) {
		s, ok := scalar(v)
		if !ok {
			f.fail("%s/%s: not a text: %v", f.path, name, v)
		}
		all = append(all, s)
	}
	return all
}

func (f *fields) nums(name string) []string {
	all := f.texts(name)
	for _, s := range all {
		f.isNumber(name, s)
	}
	return all
}

// objects is a list of objects.
func (f *fields) objects(name string) []*fields {
	var all []*fields
	for i, v := range f.list(name) {
		c := f.child(fmt.Sprintf("%s/%d", name, i), v)
		if c.m == nil {
			f.fail("%s: not an object: %v", c.path, v)
		}
		all = append(all, c)
	}
	return all
}

func (f *fields) object(name string) *fields {
	v, _ := f.get(name)
	c := f.child(name, v)
	if c.m == nil {
		f.fail("%s: not an object: %v", c.path, v)
	}
	return c
}

// one is the first of the names that is there, with its name.
func (f *fields) one(names ...string) (name, text string) {
	for _, name := range names {
		if s, ok := f.optText(name); ok {
			return name, s
		}
	}
	f.fail("%s: none of %v in %v", f.path, names, f.names())
	return "", ""
}

// optOne is one with names that may all be absent.
func (f *fields) optOne(names ...string) (text string, ok bool) {
	for _, name := range names {
		if text, ok = f.optNum(name); ok {
			return text, true
		}
	}
	return "", false
}

// ratOf reads a plain decimal.
func ratOf(s string) (*big.Rat, bool) {
	for i := 0; i < len(s); i++ {
		if c := s[i]; (c < '0' || c > '9') && c != '.' && !(i == 0 && c == '-') {
			return nil, false
		}
	}
	return new(big.Rat).SetString(s)
}

func isNumber(s string) bool { _, ok := ratOf(s); return ok }

func rat(s string) *big.Rat {
	r, ok := ratOf(s)
	if !ok {
		return new(big.Rat)
	}
	return r
}

// decimals is how many digits a number has after its point.
func decimals(s string) int {
	if i := strings.IndexByte(s, '.'); i >= 0 {
		return len(s) - i - 1
	}
	return 0
}

// halfUp rounds to a number of decimals.
func halfUp(r *big.Rat, digits int) *big.Rat {
	ten := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(digits)), nil)
	x := new(big.Rat).Mul(new(big.Rat).Abs(r), new(big.Rat).SetInt(ten))
	x.Add(x, big.NewRat(1, 2))
	n := new(big.Int).Quo(x.Num(), x.Denom())
	if r.Sign() < 0 {
		n.Neg(n)
	}
	return new(big.Rat).SetFrac(n, ten)
}

// smallest is one unit of the last of so many decimals: "0.01".
func smallest(digits int) string {
	if digits == 0 {
		return "1"
	}
	return "0." + strings.Repeat("0", digits-1) + "1"
}

func sortNumbers(list []string) {
	slices.SortFunc(list, func(a, b string) int { return rat(a).Cmp(rat(b)) })
}

// plain is the text or number that stands where an object could stand.
func (f *fields) plain() string {
	s, ok := scalar(f.value)
	if !ok {
		f.fail("%s: not a text: %v", f.path, f.value)
	}
	return s
}

// result is what has to come out: the right value where the case gives more than one. What other programs do is noted.
func (f *fields) result(names ...string) (text string) {
	found := false
	all := append([]string{"correct", "exact", "wanted"}, names...)
	for _, name := range all {
		if s, ok := f.optText(name); ok && !found {
			text, found = s, true
		}
	}
	if _, said := f.m[names[0]]; said && !found { // null: there is no such price
		text, found = "no match", true
	}
	f.info("peer", "peer_*")
	if !found {
		f.fail("%s: none of %v in %v", f.path, all, f.names())
	}
	return text
}
