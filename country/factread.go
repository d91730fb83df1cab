package country

import (
	"io"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/overseaswarehouse/overseas/internal/fixed"
	"github.com/overseaswarehouse/overseas/internal/problem"
	"github.com/overseaswarehouse/overseas/internal/strict"
)

// FactsSchema is the version of documents that ParseFacts reads.
const FactsSchema = "overseas/customs/1"

const mostFacts = 10_000

// ParseFacts reads a document of customs facts: the one of this package, or a user's with facts about other countries or
// corrections, which then go to CustomsOn. Nothing is repaired: what is wrong comes back all at once as Problems, each with
// its place. A document has at most 10,000 facts.
//
//	{"schema": "overseas/customs/1", "collected": "2026-11-22",
//	 "inputs": {"mode": {"values": ["sea", "air"]}},
//	 "facts": [{"countries": ["US"], "key": "fee", "value": {"code": "hmf", "rate": "0.00125", "per": "entry"},
//	   "when": {"mode": ["sea"]}, "from": "1991-01-01", "source": "26 USC 4461", "confidence": "official"}]}
//
// A document without inputs uses those of this package. Amounts and rates are decimal strings, rates are fractions.
func ParseFacts(r io.Reader) (*FactSet, error) { return parseFacts(r, known().inputs) }

// parseFacts reads a document that uses the given inputs unless it has its own.
func parseFacts(r io.Reader, inputs []Input) (*FactSet, error) {
	var into problem.List
	root, ok := strict.Read(r, strict.Limits{Bytes: 16 << 20, Depth: 8}, &into)
	if !ok {
		return nil, into.Err()
	}
	reader := factReader{into: &into, set: FactSet{inputs: slices.Clip(inputs)}}
	reader.document(root)
	if err := into.Err(); err != nil {
		return nil, err
	}
	return &reader.set, nil
}

type factReader struct {
	into  *problem.List
	set   FactSet
	rows  []strict.Value // where each fact stands
	group Date           // the day on which the facts of the document were collected
}

func (r *factReader) document(root strict.Value) {
	o, ok := root.Object("schema", "collected", "about", "inputs", "facts")
	if !ok {
		return
	}
	if v, ok := o.Need("schema"); ok {
		if s, ok := v.Text(); ok && s != FactsSchema {
			v.Problem(problem.New(problem.UnsupportedVersion, s, FactsSchema))
			return
		}
	}
	if v, ok := o.Get("about"); ok {
		v.Text()
	}
	r.group = r.date(o, "collected", true)
	if v, ok := o.Get("inputs"); ok {
		r.set.inputs = nil
		r.inputs(v)
	}
	facts, ok := o.Need("facts")
	if !ok {
		return
	}
	if n := facts.Len(); n > mostFacts {
		facts.Problem(problem.New(problem.TooMany, itoa(int64(n)), itoa(mostFacts)).With("what", "facts"))
		return
	}
	for _, row := range facts.Elements() {
		r.fact(row)
	}
	if r.into.Len() > 0 {
		return
	}
	r.set.index(func(i int, p problem.Problem) { r.rows[i].Problem(p) })
}

func (r *factReader) inputs(v strict.Value) {
	for _, field := range v.Members() {
		name, v := field.Name, field.Value
		if !isWord(name) {
			v.Problem(problem.New(problem.Malformed, name, wordForm))
			continue
		}
		o, ok := v.Object("values", "default")
		if !ok {
			continue
		}
		in := Input{Name: name}
		if v, ok := o.Need("values"); ok {
			for _, e := range v.Elements() {
				s, ok := e.Name()
				switch {
				case !ok:
				case !isWord(s):
					e.Problem(problem.New(problem.Malformed, s, wordForm))
				case slices.Contains(in.Values, s):
					e.Problem(problem.New(problem.Duplicate, s))
				default:
					in.Values = append(in.Values, s)
				}
			}
		}
		if v, ok := o.Get("default"); ok {
			in.Default, _ = v.OneOf(in.Values...)
		}
		r.set.inputs = append(r.set.inputs, in)
	}
}

func (r *factReader) fact(row strict.Value) {
	o, ok := row.Object("countries", "key", "value", "unknown", "when", "from", "to", "begins", "ends", "seen", "source", "confidence", "note")
	if !ok {
		return
	}
	before := r.into.Len()
	f := Fact{
		From: r.date(o, "from", false), To: r.date(o, "to", false), Seen: r.date(o, "seen", false),
		Unknown: r.yes(o, "unknown"), Begins: r.yes(o, "begins"), Ends: r.yes(o, "ends"), Note: r.words(o, "note", false),
	}
	if f.Seen.IsZero() {
		f.Seen = r.group
	}
	f.Source = r.words(o, "source", true)
	f.Confidence = r.confidence(o)
	f.When = r.when(o)
	if v, ok := o.Need("value"); ok {
		f.Value = r.value(o, v, f.Unknown)
	}
	codes := r.countries(o)
	if r.into.Len() > before {
		return
	}
	for _, c := range codes {
		f.Country = c
		var found checks
		f.check(&found)
		r.file(row, &found)
		r.set.facts = append(r.set.facts, f.clone())
		r.rows = append(r.rows, row)
	}
}

// file reports what the checks of a fact have found at the places in its row.
func (r *factReader) file(row strict.Value, found *checks) {
	problems, _ := found.list.Err().(problem.Problems)
	for _, p := range problems {
		at := row
		for _, step := range steps(p.Path) {
			at = child(at, step)
		}
		at.Problem(p)
	}
}

func (r *factReader) countries(o strict.Object) (list []Code) {
	v, ok := o.Need("countries")
	if !ok {
		return nil
	}
	for _, e := range v.Elements() {
		s, ok := e.Name()
		if !ok {
			continue
		}
		c, err := Parse(s)
		if p, bad := err.(problem.Problem); bad {
			e.Problem(p)
		} else if slices.Contains(list, c) {
			e.Problem(problem.New(problem.Duplicate, s))
		}
		list = append(list, c)
	}
	if v.Kind() == strict.Array && v.Len() == 0 {
		v.Problem(problem.New(problem.TierEmpty, ""))
	}
	return list
}

func (r *factReader) when(o strict.Object) (list []Condition) {
	v, ok := o.Get("when")
	if !ok {
		return nil
	}
	for _, field := range v.Members() {
		name, v := field.Name, field.Value
		i := slices.IndexFunc(r.set.inputs, func(in Input) bool { return in.Name == name })
		if i < 0 {
			p := problem.New(problem.InputUnknown, name)
			for _, in := range r.set.inputs {
				p.Want = append(p.Want, in.Name)
			}
			v.Problem(p)
			continue
		}
		in := r.set.inputs[i]
		w := Condition{Input: name, Default: in.Default}
		for _, e := range v.Elements() {
			if s, ok := e.OneOf(in.Values...); ok {
				if slices.Contains(w.In, s) {
					e.Problem(problem.New(problem.Duplicate, s))
				}
				w.In = append(w.In, s)
			}
		}
		list = append(list, w)
	}
	return list
}

func (r *factReader) confidence(o strict.Object) Confidence {
	if v, ok := o.Need("confidence"); ok {
		if s, ok := v.OneOf(confidences[1:]...); ok {
			return Confidence(slices.Index(confidences[:], s))
		}
	}
	return 0
}

func (r *factReader) date(o strict.Object, name string, must bool) Date {
	v, ok := r.member(o, name, must)
	if !ok {
		return Date{}
	}
	s, ok := v.Text()
	if !ok {
		return Date{}
	}
	d, err := ParseDate(s)
	if p, bad := err.(problem.Problem); bad {
		v.Problem(p)
	}
	return d
}

func (r *factReader) member(o strict.Object, name string, must bool) (strict.Value, bool) {
	if must {
		return o.Need(name)
	}
	return o.Get(name)
}

func (r *factReader) words(o strict.Object, name string, must bool) string {
	v, ok := r.member(o, name, must)
	if !ok {
		return ""
	}
	s, _ := v.Name()
	return s
}

func (r *factReader) yes(o strict.Object, name string) bool {
	v, ok := o.Get(name)
	if !ok {
		return false
	}
	b, _ := v.Bool()
	return b
}

// number is a decimal member; one that is absent is zero.
func (r *factReader) number(o strict.Object, name string, must bool) decimal.Decimal {
	v, ok := r.member(o, name, must)
	if !ok {
		return decimal.Decimal{}
	}
	s, ok := v.Number()
	if !ok {
		return decimal.Decimal{}
	}
	d, code := fixed.Scan(s)
	if code != "" {
		v.Problem(fixed.Refuse(code, s))
	}
	return d.Decimal()
}

func (r *factReader) currency(o strict.Object, must bool) Currency {
	v, ok := r.member(o, "currency", must)
	if !ok {
		return Currency{}
	}
	s, ok := v.Text()
	if !ok {
		return Currency{}
	}
	c, err := ParseCurrency(s)
	if p, bad := err.(problem.Problem); bad {
		v.Problem(p)
	}
	return c
}

func (r *factReader) parts(o strict.Object, name string) (list []Part) {
	v, ok := o.Need(name)
	if !ok {
		return nil
	}
	for _, e := range v.Elements() {
		if s, ok := e.OneOf(parts...); ok {
			list = append(list, Part(s))
		}
	}
	return list
}

func (r *factReader) fraction(o strict.Object, name string) Fraction {
	v, ok := o.Get(name)
	if !ok {
		return Fraction{}
	}
	s, ok := v.Text()
	if !ok {
		return Fraction{}
	}
	num, rest, ok := digitsBefore(s)
	if ok && rest != "" && rest[0] == '/' {
		den, rest, ok := digitsBefore(rest[1:])
		if ok && rest == "" {
			return Fraction{num, den}
		}
	}
	v.Problem(problem.New(problem.Malformed, s, "11/12"))
	return Fraction{}
}

// digitsBefore reads a whole number of at most nine digits at the start of s.
func digitsBefore(s string) (n int64, rest string, ok bool) {
	i := 0
	for ; i < len(s) && i < 9 && '0' <= s[i] && s[i] <= '9'; i++ {
		n = 10*n + int64(s[i]-'0')
	}
	return n, s[i:], i > 0 && s[0] != '0'
}

// value reads the value of a row by its key. Of an unknown fact only what names it is asked for.
func (r *factReader) value(row strict.Object, v strict.Value, unknown bool) Value {
	k, ok := row.Need("key")
	if !ok {
		return nil
	}
	key, ok := k.OneOf(keyNames...)
	if !ok {
		return nil
	}
	must := !unknown
	object := func(fields ...string) (strict.Object, bool) {
		if unknown {
			fields = fields[:min(1, len(fields))]
		}
		return v.Object(fields...)
	}
	switch Key(key) {
	case KeyCurrency:
		if o, ok := v.Object("currency"); ok {
			return HomeCurrency{r.currency(o, must)}
		}
	case KeyValuation:
		if o, ok := v.Object("basis", "border", "sum"); ok && must {
			return Valuation{Basis(r.words(o, "basis", true)), r.words(o, "border", false), r.parts(o, "sum")}
		}
		return Valuation{}
	case KeyTaxBase:
		if o, ok := v.Object("sum"); ok && must {
			return TaxBase{r.parts(o, "sum")}
		}
		return TaxBase{}
	case KeyImportTax:
		if o, ok := v.Object("tax", "rate", "share"); ok && must {
			return ImportTax{r.words(o, "tax", true), r.number(o, "rate", true), r.fraction(o, "share")}
		}
		return ImportTax{}
	case KeyFee:
		if o, ok := object("code", "per", "rate", "min", "max", "amount", "scale", "currency"); ok {
			return r.fee(o, must)
		}
	case KeyFormalEntry:
		if o, ok := v.Object("from", "currency"); ok && must {
			return FormalEntry{r.number(o, "from", true), r.currency(o, false)}
		}
		return FormalEntry{}
	case KeyRounding:
		if o, ok := object("of", "exact", "mode", "step", "per"); ok {
			return Rounding{Part(r.words(o, "of", true)), r.yes(o, "exact"), r.words(o, "mode", false), r.number(o, "step", must), r.words(o, "per", false)}
		}
	case KeyPrepayment:
		if o, ok := object("code", "rate", "of"); ok {
			return Prepayment{r.words(o, "code", true), r.number(o, "rate", must), Part(r.words(o, "of", must))}
		}
	case KeyAssumedCost:
		if o, ok := object("costs", "rate", "of", "optional"); ok {
			return AssumedCost{r.parts(o, "costs"), r.number(o, "rate", must), r.words(o, "of", must), r.yes(o, "optional")}
		}
	case KeyStandardCost:
		if o, ok := object("code", "rate", "per", "plus", "min", "currency"); ok {
			return StandardCost{r.words(o, "code", true), r.number(o, "rate", false), r.words(o, "per", false), r.number(o, "plus", false), r.number(o, "min", false), r.currency(o, false)}
		}
	case KeyAdditionalDuty:
		if o, ok := object("code", "rate", "most"); ok {
			return AdditionalDuty{r.words(o, "code", true), r.number(o, "rate", must), r.number(o, "most", false)}
		}
	case KeyTerritory:
		if o, ok := object("place", "tax", "rate"); ok {
			return Territory{r.words(o, "place", true), r.words(o, "tax", false), r.number(o, "rate", false)}
		}
	case KeyRecoverable:
		if o, ok := v.Object("usually", "how"); ok && must {
			return Recoverable{r.words(o, "usually", true), r.words(o, "how", false)}
		}
		return Recoverable{}
	case KeyExchangeRate:
		if o, ok := v.Object("by", "day", "method"); ok && must {
			return ExchangeRate{r.words(o, "by", true), r.words(o, "day", false), r.words(o, "method", false)}
		}
		return ExchangeRate{}
	case KeyParcel:
		if o, ok := object("rule", "up_to", "amount", "per", "currency"); ok {
			return Parcel{r.words(o, "rule", true), r.number(o, "up_to", false), r.number(o, "amount", false), r.words(o, "per", false), r.currency(o, false)}
		}
	case KeyRemark:
		if o, ok := object("topic"); ok {
			return Remark{r.words(o, "topic", true)}
		}
	}
	return nil
}

var keyNames = []string{
	string(KeyCurrency), string(KeyValuation), string(KeyTaxBase), string(KeyImportTax), string(KeyFee), string(KeyFormalEntry),
	string(KeyRounding), string(KeyPrepayment), string(KeyAssumedCost), string(KeyStandardCost), string(KeyAdditionalDuty),
	string(KeyTerritory), string(KeyRecoverable), string(KeyExchangeRate), string(KeyParcel), string(KeyRemark),
}

func (r *factReader) fee(o strict.Object, must bool) Fee {
	f := Fee{Code: r.words(o, "code", true)}
	if !must {
		return f
	}
	f.Per = r.words(o, "per", false)
	f.Rate, f.Min, f.Max = r.number(o, "rate", false), r.number(o, "min", false), r.number(o, "max", false)
	f.Amount = r.number(o, "amount", false)
	f.Currency = r.currency(o, false)
	_, rate := o.Get("rate")
	_, amount := o.Get("amount")
	scale, bands := o.Get("scale")
	if !rate && !amount && !bands {
		o.Value().Problem(problem.New(problem.MissingField, "amount", "amount", "rate", "scale"))
	}
	if bands {
		f.Scale = r.scale(scale)
	}
	return f
}

func (r *factReader) scale(v strict.Value) (bands []Band) {
	for _, e := range v.Elements() {
		o, ok := e.Object("up_to", "below", "amount")
		if !ok {
			continue
		}
		b := Band{Amount: r.number(o, "amount", true)}
		_, upTo := o.Get("up_to")
		_, below := o.Get("below")
		switch {
		case upTo && below:
			e.Problem(problem.New(problem.FieldsExclude, "up_to", "below"))
		case upTo:
			b.Limit, b.Edge = r.number(o, "up_to", true), EdgeUpTo
		case below:
			b.Limit, b.Edge = r.number(o, "below", true), EdgeBelow
		}
		bands = append(bands, b)
	}
	if v.Kind() == strict.Array && v.Len() == 0 {
		v.Problem(problem.New(problem.TierEmpty, ""))
	}
	return bands
}
