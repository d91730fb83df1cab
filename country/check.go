package country

import (
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/overseaswarehouse/overseas/internal/fixed"
	"github.com/overseaswarehouse/overseas/internal/problem"
	"github.com/overseaswarehouse/overseas/internal/strict"
)

// checks collects what is wrong with a fact that a caller has written. A fact out of a document passes the same checks.
type checks struct {
	list problem.List
	path string
}

func (c *checks) add(field string, p problem.Problem) { c.list.Add(p.At(c.path + "/" + field)) }

// amount checks a decimal before anything is computed with it.
func (c *checks) amount(field string, d decimal.Decimal) (fixed.Decimal, bool) {
	v, err := fixed.FromShopspring(d)
	switch {
	case err != nil:
		c.add(field, problem.New(codeOf(err), ""))
		return v, false
	case v.Sign() < 0:
		c.add(field, problem.New(problem.Negative, v.String()))
		return v, false
	}
	return v, true
}

// rate checks a fraction of an amount: more than 1000 % is a percentage taken for a fraction.
func (c *checks) rate(field string, d decimal.Decimal) {
	if v, ok := c.amount(field, d); ok && v.Cmp(fixed.Decimal{Coef: 10}) > 0 {
		c.add(field, problem.New(problem.NumberRange, v.String()))
	}
}

func (c *checks) currency(field string, m Currency) {
	if !m.IsZero() && !m.IsValid() {
		c.add(field, problem.New(problem.CurrencyUnknown, m.String(), currencyStandard))
	}
}

func (c *checks) word(field, s string) {
	if !isWord(s) {
		c.add(field, problem.New(problem.Malformed, s, wordForm))
	}
}

func (c *checks) optionalWord(field, s string) {
	if s != "" {
		c.word(field, s)
	}
}

func (c *checks) oneOf(field, s string, allowed ...string) {
	if !slices.Contains(allowed, s) {
		c.add(field, problem.New(problem.UnknownValue, s, allowed...))
	}
}

// parts checks a sum: each part once, and only those that can stand in it.
func (c *checks) parts(field string, list []Part, allowed ...Part) {
	if len(list) == 0 {
		c.add(field, problem.New(problem.MissingField, field))
	}
	for i, p := range list {
		at := field + "/" + strconv.Itoa(i)
		if !slices.Contains(allowed, p) {
			words := make([]string, len(allowed))
			for i, a := range allowed {
				words[i] = string(a)
			}
			c.add(at, problem.New(problem.UnknownValue, string(p), words...))
		}
		if slices.Contains(list[:i], p) {
			c.add(at, problem.New(problem.Duplicate, string(p)))
		}
	}
}

const wordForm = "a-z 0-9 _"

func isWord(s string) bool {
	for i := range len(s) {
		switch c := s[i]; {
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9', c == '_':
		default:
			return false
		}
	}
	return s != "" && len(s) <= 64
}

func codeOf(err error) problem.Code {
	if p, ok := err.(problem.Problem); ok {
		return p.Code
	}
	return problem.NumberSyntax
}

// text is a decimal within the limits in plain notation.
func text(d decimal.Decimal) string {
	v, err := fixed.FromShopspring(d)
	if err != nil {
		return ""
	}
	return v.String()
}

func itoa(n int64) string { return strconv.FormatInt(n, 10) }

func (v HomeCurrency) check(c *checks) {
	if v.Currency.IsZero() {
		c.add("currency", problem.New(problem.MissingField, "currency"))
	}
	c.currency("currency", v.Currency)
}

func (v Valuation) check(c *checks) {
	c.oneOf("basis", string(v.Basis), string(FOB), string(CIF))
	switch v.Basis {
	case CIF:
		c.word("border", v.Border)
	case FOB:
		if v.Border != "" {
			c.add("border", problem.New(problem.FieldsExclude, "border", string(FOB)))
		}
	}
	c.parts("sum", v.Sum, PartGoods, PartPacking, PartOriginInland, PartFreightToBorder, PartInsurance, PartAfterBorder)
}

func (v TaxBase) check(c *checks) {
	c.parts("sum", v.Sum, PartCustomsValue, PartDuty, PartExcise, PartPacking, PartOriginInland, PartFreightToBorder, PartInsurance, PartAfterBorder)
}

func (v ImportTax) check(c *checks) {
	if v.Tax == "" {
		c.add("tax", problem.New(problem.MissingField, "tax"))
	}
	c.rate("rate", v.Rate)
	if v.Share != (Fraction{}) && (v.Share.Num <= 0 || v.Share.Den <= 0 || v.Share.Num > v.Share.Den) {
		c.add("share", problem.New(problem.Malformed, v.Share.String(), "11/12"))
	}
}

func (v Fee) check(c *checks) {
	c.word("code", v.Code)
	c.optionalWord("per", v.Per)
	c.rate("rate", v.Rate)
	minimum, okMin := c.amount("min", v.Min)
	maximum, okMax := c.amount("max", v.Max)
	c.amount("amount", v.Amount)
	c.currency("currency", v.Currency)
	if okMin && okMax && !maximum.IsZero() && minimum.Cmp(maximum) > 0 {
		c.add("min", problem.New(problem.MinOverMax, minimum.String(), maximum.String()))
	}
	if len(v.Scale) > 0 && (!v.Rate.IsZero() || !v.Amount.IsZero() || !v.Min.IsZero() || !v.Max.IsZero()) {
		c.add("scale", problem.New(problem.FieldsExclude, "scale", "rate", "amount", "min", "max"))
	}
	var before fixed.Decimal
	for i, b := range v.Scale {
		at := "scale/" + strconv.Itoa(i)
		c.amount(at+"/amount", b.Amount)
		limit, ok := c.amount(at+"/up_to", b.Limit)
		switch {
		case !ok:
		case b.Edge > EdgeBelow:
			c.add(at, problem.New(problem.EdgeNotSaid, "", "up_to", "below"))
		case b.Edge == EdgeNone && i < len(v.Scale)-1:
			c.add(at, problem.New(problem.TierOverlap, itoa(int64(i+1))))
		case b.Edge != EdgeNone && i > 0 && limit.Cmp(before) <= 0:
			c.add(at, problem.New(problem.TierUnsorted, limit.String()))
		}
		before = limit
	}
}

func (v FormalEntry) check(c *checks) {
	c.amount("from", v.From)
	c.currency("currency", v.Currency)
}

func (v Rounding) check(c *checks) {
	c.oneOf("of", string(v.Of), parts...)
	if v.Mode != "" {
		c.oneOf("mode", v.Mode, fixed.ModeNames()...)
	}
	if step, ok := c.amount("step", v.Step); ok && step.IsZero() {
		c.add("step", problem.New(problem.ZeroNotAllowed, step.String()))
	}
	c.optionalWord("per", v.Per)
}

func (v Prepayment) check(c *checks) {
	c.word("code", v.Code)
	c.rate("rate", v.Rate)
	c.oneOf("of", string(v.Of), string(PartCustomsValue), string(PartTaxBase))
}

func (v AssumedCost) check(c *checks) {
	c.parts("costs", v.Costs, PartPacking, PartOriginInland, PartFreightToBorder, PartInsurance, PartAfterBorder)
	c.rate("rate", v.Rate)
	c.oneOf("of", v.Of, "fob", "cfr", "customs_value")
}

func (v StandardCost) check(c *checks) {
	c.word("code", v.Code)
	c.amount("rate", v.Rate)
	c.amount("plus", v.Plus)
	c.amount("min", v.Min)
	c.currency("currency", v.Currency)
	if v.Per != "" || !v.Rate.IsZero() {
		c.oneOf("per", v.Per, "kg", "tonne", "load")
	}
}

func (v AdditionalDuty) check(c *checks) {
	c.word("code", v.Code)
	c.rate("rate", v.Rate)
	c.rate("most", v.Most)
}

func (v Territory) check(c *checks) {
	if v.Place == "" {
		c.add("place", problem.New(problem.MissingField, "place"))
	}
	c.rate("rate", v.Rate)
}

func (v Recoverable) check(c *checks) {
	c.oneOf("usually", v.Usually, "yes", "no", "not_applicable")
	c.optionalWord("how", v.How)
}

func (v ExchangeRate) check(c *checks) {
	c.word("by", v.By)
	c.optionalWord("day", v.Day)
	c.optionalWord("method", v.Method)
}

func (v Parcel) check(c *checks) {
	c.oneOf("rule", v.Rule, "duty_relief", "tax_relief", "flat_duty", "charge", "tax_at_sale")
	c.amount("up_to", v.UpTo)
	c.amount("amount", v.Amount)
	c.optionalWord("per", v.Per)
	c.currency("currency", v.Currency)
}

func (v Remark) check(c *checks) { c.word("topic", v.Topic) }

// check reports what is wrong with the fact as a whole.
func (f Fact) check(c *checks) {
	if !f.Country.IsValid() {
		c.add("country", problem.New(problem.CountryUnknown, f.Country.String(), standard))
	}
	if !isValue(f.Value) {
		c.add("value", problem.New(problem.MissingField, "value"))
		return
	}
	for _, d := range []struct {
		field string
		day   Date
	}{{"from", f.From}, {"to", f.To}, {"seen", f.Seen}} {
		if !d.day.IsZero() && !d.day.IsValid() {
			c.add(d.field, problem.New(problem.DateInvalid, d.day.String(), dateFormat))
		}
	}
	if !f.From.IsZero() && !f.To.IsZero() && f.To.Before(f.From) {
		c.add("to", problem.New(problem.DateOrder, f.To.String(), f.From.String()))
	}
	if f.Begins && f.From.IsZero() {
		c.add("begins", problem.New(problem.MissingField, "from"))
	}
	if f.Ends && f.To.IsZero() {
		c.add("ends", problem.New(problem.MissingField, "to"))
	}
	for i, w := range f.When {
		at := "when/" + w.Input
		c.word("when", w.Input)
		if len(w.In) == 0 {
			c.add(at, problem.New(problem.MissingField, w.Input))
		}
		if slices.ContainsFunc(f.When[:i], func(o Condition) bool { return o.Input == w.Input }) {
			c.add(at, problem.New(problem.Duplicate, w.Input))
		}
	}
	if f.Unknown {
		return
	}
	path := c.path
	c.path += "/value"
	f.Value.check(c)
	c.path = path
}

// steps takes a path of checks apart: "/value/scale/0" is value, scale, 0.
func steps(path string) []string {
	return strings.Split(strings.TrimPrefix(path, "/"), "/")
}

// child is the member or element of v that a step names, and v itself where there is none.
func child(v strict.Value, step string) strict.Value {
	switch v.Kind() {
	case strict.ObjectKind:
		for _, field := range v.Members() {
			name, m := field.Name, field.Value
			if name == step {
				return m
			}
		}
	case strict.Array:
		for i, e := range v.Elements() {
			if strconv.Itoa(i) == step {
				return e
			}
		}
	}
	return v
}
