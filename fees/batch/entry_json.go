package batch

import (
	"encoding/json"
	"strconv"
	"unicode/utf8"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/internal/fixed"
	"github.com/overseaswarehouse/overseas/internal/problem"
	"github.com/overseaswarehouse/overseas/internal/strict"
)

// ever is a day on which every currency that ISO 4217 has listed is accepted: what was stored must stay readable.
var ever = country.Date{Year: 1, Month: 1, Day: 1}

// longestName is how many characters an id, a SKU or another name of an entry has at most.
const longestName = 256

// clean says what is wrong with a name: nothing to be seen, control and bidirectional characters, text that is not UTF-8, too many characters.
func clean(s string) (problem.Problem, bool) {
	plain := len(s) <= longestName
	for i := 0; plain && i < len(s); i++ {
		plain = ' ' <= s[i] && s[i] < 0x7f
	}
	if plain && (s == "" || s[0] != ' ') {
		return problem.Problem{}, true
	}
	if s != "" && strict.Blank(s) {
		return problem.New(problem.TextBlank, s), false
	}
	if plain {
		return problem.Problem{}, true
	}
	if !utf8.ValidString(s) {
		return problem.New(problem.Encoding, s, "UTF-8"), false
	}
	var into problem.List
	if v, ok := strict.Parse(text(nil, s), strict.Limits{Text: longestName}, &into); ok {
		v.Text()
	}
	if ps, ok := into.Err().(problem.Problems); ok {
		return problem.Problem{Code: ps[0].Code, Text: ps[0].Text, Want: ps[0].Want}, false
	}
	return problem.Problem{}, true
}

// text appends a JSON string.
func text(b []byte, s string) []byte {
	plain := true
	for i := 0; plain && i < len(s); i++ {
		c := s[i]
		plain = ' ' <= c && c < 0x7f && c != '"' && c != '\\' && c != '<' && c != '>' && c != '&'
	}
	if plain {
		b = append(b, '"')
		b = append(b, s...)
		return append(b, '"')
	}
	j, _ := json.Marshal(s) // every string has a form
	return append(b, j...)
}

// MarshalJSON writes the currency and the components that are not 0 as decimal strings, {"currency":"EUR","purchase":
// "10.00"}; null for the zero Cost.
func (c Cost) MarshalJSON() ([]byte, error) {
	if c.IsZero() {
		return []byte("null"), nil
	}
	return c.append(nil), nil
}

func (c Cost) append(b []byte) []byte {
	b = append(b, `{"currency":"`...)
	b = append(b, c.currency[:]...)
	b = append(b, '"')
	some := false
	for i, v := range c.parts {
		if v != 0 || i == len(c.parts)-1 && !some {
			some = true
			b = append(b, ',', '"')
			b = append(b, componentNames[i]...)
			b = append(b, `":"`...)
			b = fixed.Decimal{Coef: v, Scale: c.scale}.Append(b)
			b = append(b, '"')
		}
	}
	return append(b, '}')
}

// UnmarshalJSON reads what MarshalJSON writes; amounts may be JSON numbers, which are read digit by digit. Nothing is
// changed when it fails.
func (c *Cost) UnmarshalJSON(data []byte) error {
	var into problem.List
	v, ok := strict.Parse(data, strict.Limits{}, &into)
	var out Cost
	if ok && v.Kind() != strict.Null {
		out = costFrom(v)
	}
	if err := into.Err(); err != nil {
		return err
	}
	*c = out
	return nil
}

var costFields = append([]string{"currency"}, componentNames[:]...)

func costFrom(v strict.Value) Cost {
	o, ok := v.Object(costFields...)
	if !ok {
		return Cost{}
	}
	var c Cost
	if f, ok := o.Need("currency"); ok {
		if s, ok := f.Text(); ok {
			cur, err := country.ParseCurrencyOn(s, ever)
			f.Report(err)
			c.currency = cur
		}
	}
	var amounts [components]fixed.Decimal
	for i, name := range componentNames {
		f, ok := o.Get(name)
		if !ok {
			continue
		}
		amounts[i] = decimalFrom(f)
		c.scale = max(c.scale, amounts[i].Scale)
	}
	var sum int64
	for i, d := range amounts {
		r, exact := d.Rescale(c.scale)
		s, fits := fixed.Add(sum, r.Coef)
		if !exact || !fits || fixed.Abs(s) > fixed.MaxCoef {
			v.Problem(problem.New(problem.Overflow, d.String()))
			return Cost{}
		}
		c.parts[i], sum = r.Coef, s
	}
	return c
}

func decimalFrom(v strict.Value) fixed.Decimal {
	s, ok := v.Number()
	if !ok {
		return fixed.Decimal{}
	}
	d, code := fixed.Scan(s)
	if code != "" {
		v.Problem(fixed.Refuse(code, s))
	}
	return d
}

func dateFrom(v strict.Value) country.Date {
	s, ok := v.Text()
	if !ok {
		return country.Date{}
	}
	d, err := country.ParseDate(s)
	v.Report(err)
	return d
}

// entryFields are the members of an entry in JSON, in their order.
var entryFields = []string{
	"id", "kind", "effect", "posting", "batch", "sku", "warehouse", "to", "order", "ref", "invoice", "units", "cost",
	"condition", "arrived", "from", "until", "pending", "final", "difference",
}

// MarshalJSON writes the fields that are set:
//
//	{"id":"r1","kind":"receipt","effect":"2026-03-01","batch":"B1","sku":"A","warehouse":"DE1","units":100}
func (e Entry) MarshalJSON() ([]byte, error) { return e.append(nil), nil }

func (e *Entry) append(b []byte) []byte {
	b = append(b, '{')
	key := func(name string) {
		if b[len(b)-1] != '{' {
			b = append(b, ',')
		}
		b = append(b, '"')
		b = append(b, name...)
		b = append(b, `":`...)
	}
	word := func(name, s string) {
		if s != "" {
			key(name)
			b = text(b, s)
		}
	}
	day := func(name string, d country.Date) {
		if !d.IsZero() {
			word(name, d.String())
		}
	}
	yes := func(name string, set bool) {
		if set {
			key(name)
			b = append(b, "true"...)
		}
	}
	word("id", e.ID)
	word("kind", e.Kind.String())
	day("effect", e.Effect)
	day("posting", e.Posting)
	word("batch", e.Batch)
	word("sku", e.SKU)
	word("warehouse", e.Warehouse)
	word("to", e.To)
	word("order", e.Order)
	word("ref", e.Ref)
	word("invoice", e.Invoice)
	if e.Units != 0 {
		key("units")
		b = strconv.AppendInt(b, e.Units, 10)
	}
	if !e.Cost.IsZero() {
		key("cost")
		b = e.Cost.append(b)
	}
	if e.Condition != 0 {
		word("condition", e.Condition.String())
	}
	day("arrived", e.Arrived)
	day("from", e.From)
	day("until", e.Until)
	yes("pending", e.Pending)
	yes("final", e.Final)
	if e.Difference != 0 {
		word("difference", e.Difference.String())
	}
	return append(b, '}')
}

// UnmarshalJSON reads what MarshalJSON writes, strictly: unknown, missing and malformed fields are reported all at once
// with their place. What the kind of entry needs is checked by [Ledger.Post]. Nothing is changed when it fails.
func (e *Entry) UnmarshalJSON(data []byte) error {
	var into problem.List
	v, ok := strict.Parse(data, strict.Limits{Text: longestName}, &into)
	var out Entry
	if ok {
		out = entryFrom(v)
	}
	if err := into.Err(); err != nil {
		return err
	}
	*e = out
	return nil
}

func entryFrom(v strict.Value) Entry {
	var e Entry
	o, ok := v.Object(entryFields...)
	if !ok {
		return e
	}
	word := func(name string, to *string) {
		if f, ok := o.Get(name); ok {
			*to, _ = f.Name()
		}
	}
	day := func(name string, to *country.Date) {
		if f, ok := o.Get(name); ok {
			*to = dateFrom(f)
		}
	}
	yes := func(name string, to *bool) {
		if f, ok := o.Get(name); ok {
			*to, _ = f.Bool()
		}
	}
	if f, ok := o.Need("id"); ok {
		e.ID, _ = f.Name()
	}
	if f, ok := o.Need("kind"); ok {
		if s, ok := f.OneOf(kindNames()...); ok {
			e.Kind, _ = ParseKind(s)
		}
	}
	if f, ok := o.Need("effect"); ok {
		e.Effect = dateFrom(f)
	}
	day("posting", &e.Posting)
	word("batch", &e.Batch)
	word("sku", &e.SKU)
	word("warehouse", &e.Warehouse)
	word("to", &e.To)
	word("order", &e.Order)
	word("ref", &e.Ref)
	word("invoice", &e.Invoice)
	if f, ok := o.Get("units"); ok {
		e.Units, _ = f.Int()
	}
	if f, ok := o.Get("cost"); ok {
		e.Cost = costFrom(f)
	}
	if f, ok := o.Get("condition"); ok {
		if s, ok := f.OneOf("sellable", "unsellable"); ok && s == "unsellable" {
			e.Condition = NotSellable
		}
	}
	day("arrived", &e.Arrived)
	day("from", &e.From)
	day("until", &e.Until)
	yes("pending", &e.Pending)
	yes("final", &e.Final)
	if f, ok := o.Get("difference"); ok {
		if s, ok := f.OneOf(differenceNames...); ok {
			for i, name := range differenceNames {
				if name == s {
					e.Difference = Difference(i)
				}
			}
		}
	}
	return e
}
