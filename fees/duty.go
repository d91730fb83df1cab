package fees

import (
	"math/big"
	"strconv"
	"strings"

	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/fees/unit"
	"github.com/overseaswarehouse/overseas/internal/engine"
	"github.com/overseaswarehouse/overseas/internal/fixed"
	"github.com/overseaswarehouse/overseas/internal/problem"
	"github.com/overseaswarehouse/overseas/internal/units"
)

// Duty is one duty on a declaration line: a share of the customs value, amounts by quantity, or both added, within
// bounds, and never below zero. Duties of a line are added, all on the same customs value; those with one Code are one
// levy over all lines of the entry.
type Duty struct {
	Code     string       // "mfn", "section_301", …
	Rate     unit.Percent // ad valorem
	Specific []Specific
	Min, Max *DutyBound // the duty is raised to Min, then lowered to Max
	Excise   bool       // an excise or other charge that is no customs duty
}

// DutyBound is a share of the customs value and amounts by quantity, added.
type DutyBound struct {
	Rate     unit.Percent
	Specific []Specific
}

// Specific is an amount for each so much of a line's goods: 144.10 GBP per tonne.
type Specific struct {
	// Amount may be negative, to be taken off. One in a foreign currency is converted, at the entry's rates and with six
	// decimals more than the minor unit has, before it is multiplied. The product keeps at least as many.
	Amount money.Money

	// Per is a number and a unit: "kg", "100 kg", "t", "l", "piece", or a word of the tariff's: "% vol/hl".
	Per string

	// Quantity is how many of Per the line has. Zero: from the weight and number of the line's units where Per is of
	// weight, their number where it is "piece"; other units need it.
	Quantity unit.Fraction
}

// DutyOption is a way to declare a line: under a preference, within a quota, at the ordinary rate.
type DutyOption struct {
	Name   string // "third_country", "preference", …
	Duties []Duty
}

// Importer is what is known of who imports.
type Importer struct {
	TaxRegistered Answer // whether the import tax is got back; not stated: what is usual in the country
}

// Answer is a yes, a no, or nothing.
type Answer uint8

// The answers.
const (
	NotStated Answer = iota
	Yes
	No
)

var answerWords = []string{"", "yes", "no"}

// String is "yes", "no" or "".
func (a Answer) String() string { return answerWords[min(a, No)] }

// EntryRounding says what of an entry is rounded before it enters into further amounts.
type EntryRounding uint8

// The roundings. Steps that a law publishes (whole dollars, thousands of rupiah) and roundings up or down apply to each.
const (
	// ByCountry: as the country's authority does where that is known, and as LineByLine where it is not.
	ByCountry EntryRounding = iota
	// LineByLine: each converted cost and each duty and tax of each line is rounded to the minor unit.
	LineByLine
	// FullPrecision: nothing but the amounts shown and the total; converted costs keep six decimals more than the minor
	// unit has. Where the amounts shown do not sum to the total, the difference is a line of its own.
	FullPrecision
)

var roundingWords = []string{"", "line_by_line", "full_precision"}

// String is "line_by_line", "full_precision" or "".
func (r EntryRounding) String() string { return roundingWords[min(r, FullPrecision)] }

// StandardCost names a fixed amount that customs accept for the costs after the border: its code among the facts of the
// country, and the weight or the number of full loads that it is reckoned by, where it is.
type StandardCost struct {
	Code   string
	Weight unit.Weight
	Loads  int64 // 0: one
}

// NoDuty says that a line bears no duty. In a document it is [{"code": "none"}].
func NoDuty() []Duty { return []Duty{{Code: noDuty}} }

// noDuty is the code that says that a line bears no duty.
const noDuty = "none"

// moreDigits is how many decimals more than the minor unit has a converted amount keeps that is not yet a sum of money.
const moreDigits = 6

// duties fills in the duty lines of a declaration line.
func (f *filler) duties(l *EntryLine, rates *money.Rates, index int) []engine.Duty {
	if len(l.Duties) == 0 {
		f.bad(problem.New(problem.InputMissing, "duties", "NoDuty()"), "/lines", index)
	}
	start := len(f.dutyRows)
	for i := range l.Duties {
		d := &l.Duties[i]
		at := dutyPlace{index, i}
		switch {
		case strings.TrimSpace(d.Code) == "":
			at.bad(f, problem.New(problem.MissingField, "code"))
			continue
		case d.Code == noDuty && d.charges():
			at.bad(f, problem.New(problem.FieldsExclude, "rate", noDuty))
			continue
		}
		out := engine.Duty{Code: d.Code, Levy: f.levy(d, at), Part: f.part(d.Rate, d.Specific, l, rates, at)}
		if d.Min != nil {
			p := f.part(d.Min.Rate, d.Min.Specific, l, rates, at)
			out.Least = &p
		}
		if d.Max != nil {
			p := f.part(d.Max.Rate, d.Max.Specific, l, rates, at)
			out.Most = &p
		}
		f.dutyRows = append(f.dutyRows, out)
	}
	return f.dutyRows[start:len(f.dutyRows):len(f.dutyRows)]
}

// dutyPlace is where a duty stands in the entry.
type dutyPlace struct{ line, duty int }

func (p dutyPlace) path() string { return linePath(p.line) + "/duties" }

func (p dutyPlace) bad(f *filler, what problem.Problem) { f.bad(what, p.path(), p.duty) }

func (d *Duty) charges() bool {
	return !d.Rate.IsZero() || len(d.Specific) > 0 || d.Min != nil || d.Max != nil
}

// part is a share of the customs value and amounts by quantity.
func (f *filler) part(rate unit.Percent, list []Specific, l *EntryLine, rates *money.Rates, at dutyPlace) (p engine.DutyPart) {
	fraction, err := rate.Fraction()
	switch {
	case err != nil:
		at.bad(f, problem.New(problem.NumberPrecision, rate.String()))
	case rate.Sign() < 0:
		at.bad(f, problem.New(problem.Negative, rate.String()))
	default:
		p.Percent = fixed.Decimal{Coef: fraction.Coef(), Scale: fraction.Scale()}
	}
	if len(list) == 0 {
		return p
	}
	sum := new(big.Rat)
	for i := range list {
		s := &list[i]
		quantity, bad := s.quantity(l)
		if bad != nil {
			at.bad(f, *bad)
			continue
		}
		if s.Amount.IsZero() {
			at.bad(f, problem.New(problem.InputMissing, "amount"))
			continue
		}
		each, err := f.exchange(s.Amount, rates, uint8(f.currency.Digits()+moreDigits))
		if err != nil {
			f.refuse(err, at.path(), at.duty)
			continue
		}
		sum.Add(sum, quantity.Mul(quantity, ratOf(each)))
	}
	amount, ok := decimalOf(sum)
	if !ok {
		amount, ok = told(sum, uint8(f.currency.Digits()+moreDigits))
	}
	if !ok {
		at.bad(f, problem.New(problem.NumberRange, plain(sum)))
	}
	p.Amount = amount
	return p
}

// told is a rational that is no decimal of twelve places, such as a weight in pounds by a rate per 100 kg, as one of as many
// as there is room for, and of no fewer than least. Its last digit is neither 0 nor 5, so that it tells of what was cut off:
// rounded to fewer places it goes the way of the whole.
func told(r *big.Rat, least uint8) (d fixed.Decimal, ok bool) {
	for scale := fixed.MaxScale; scale >= int(least); scale-- {
		tens := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(scale)), nil)
		n := tens.Mul(tens, r.Num())
		n, rest := n.QuoRem(n, r.Denom(), new(big.Int))
		if rest.Sign() != 0 && new(big.Int).Rem(n, big.NewInt(5)).Sign() == 0 {
			n.Add(n, big.NewInt(int64(r.Sign())))
		}
		if d = (fixed.Decimal{Coef: n.Int64(), Scale: uint8(scale)}); n.IsInt64() && d.Valid() {
			return d, true
		}
	}
	return fixed.Decimal{}, false
}

// decimalOf is a rational as a decimal of at most 12 decimals; false where it is none.
func decimalOf(r *big.Rat) (fixed.Decimal, bool) {
	text := r.FloatString(int(fixed.MaxScale))
	if back, ok := new(big.Rat).SetString(text); !ok || back.Cmp(r) != 0 {
		return fixed.Decimal{}, false
	}
	if strings.Contains(text, ".") {
		text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
	}
	d, code := fixed.Scan(text)
	return d, code == ""
}

// pieceWords are the units that count the goods of a line.
var pieceWords = []string{"piece", "pieces", "pcs", "item", "unit"}

// quantity is how many of Per the line has.
func (s *Specific) quantity(l *EntryLine) (*big.Rat, *problem.Problem) {
	fail := func(code Code, text string, want ...string) (*big.Rat, *problem.Problem) {
		p := problem.New(code, text, want...)
		return nil, &p
	}
	n, word, ok := perOf(s.Per)
	switch {
	case !ok:
		return fail(problem.Malformed, s.Per, "kg", "100 kg", "piece")
	case s.Quantity.Sign() < 0:
		return fail(problem.Negative, s.Quantity.String())
	case !s.Quantity.IsZero():
		return ratOf(s.Quantity), nil
	}
	u, known := units.Parse(word)
	switch {
	case known && u.Dim() == units.Weight && !l.Weight.IsZero():
		q := ratOf(l.Weight) // in the base unit, as the divisor
		q.Mul(q, new(big.Rat).SetInt64(max(l.Units, 1)))
		return q.Quo(q, ratOf(sized{n, u})), nil
	case contains(pieceWords, word) && l.Units > 0:
		return new(big.Rat).Quo(new(big.Rat).SetInt64(l.Units), ratOf(n)), nil
	}
	return fail(problem.InputMissing, "quantity "+s.Per)
}

// perOf splits "100 kg" into its number, which is 1 where none is written, and its unit.
func perOf(per string) (n decimalNumber, unit string, ok bool) {
	n = decimalNumber{1, 0}
	if number, rest, cut := strings.Cut(per, " "); cut {
		if d, code := fixed.Scan(number); code == "" {
			n, per = decimalNumber{d.Coef, d.Scale}, rest
		}
	}
	return n, per, n.coef > 0 && strings.TrimSpace(per) != ""
}

type decimalNumber struct {
	coef  int64
	scale uint8
}

func (n decimalNumber) Coef() int64  { return n.coef }
func (n decimalNumber) Scale() uint8 { return n.scale }

// sized is a number of a unit.
type sized struct {
	decimalNumber
	unit unit.Unit
}

func (s sized) Unit() unit.Unit { return s.unit }

// levy is the position of a duty among the levies of the entry, from 1; excises stand after duties.
func (f *filler) levy(d *Duty, at dutyPlace) int {
	list, other := &f.dutyCodes, f.exciseCodes
	if d.Excise {
		list, other = &f.exciseCodes, f.dutyCodes
	}
	if contains(other, d.Code) && d.Code != noDuty {
		at.bad(f, problem.New(problem.Duplicate, d.Code, "excise"))
		return 0
	}
	n := -1
	for i, code := range *list {
		if code == d.Code {
			n = i
		}
	}
	if n < 0 {
		if len(*list) == mostLevies {
			at.bad(f, problem.New(problem.TooMany, strconv.Itoa(len(*list)+1), strconv.Itoa(mostLevies)).With("what", "duties"))
			return 0
		}
		n = len(*list)
		*list = append(*list, d.Code)
	}
	if d.Excise {
		return -n - 1 // until the number of duties is known
	}
	return n + 1
}

// mostLevies is how many different duties, and excises, an entry may have.
const mostLevies = 64

// levies names the levies of the entry by position. The programs of customs cards have a number of duties that is a power
// of two, and excises after them.
func (f *filler) levies() {
	duties, excises := levySlots(len(f.dutyCodes)), levySlots(len(f.exciseCodes))
	f.levyNames = f.levyNames[:0]
	for i := range duties + excises {
		name := ""
		switch {
		case i < len(f.dutyCodes):
			name = f.named("duty.", f.dutyCodes[i])
		case i >= duties && i-duties < len(f.exciseCodes):
			name = f.named("excise.", f.exciseCodes[i-duties])
		}
		f.levyNames = append(f.levyNames, name)
	}
	for i := range f.rows { // their duties may lie in an earlier array than dutyRows
		for j := range f.rows[i].Duties {
			if d := &f.rows[i].Duties[j]; d.Levy < 0 {
				d.Levy = duties - d.Levy
			}
		}
	}
	f.ev.Levies = f.levyNames
}

// levySlots is the least power of two that is not below n; 0 for 0.
func levySlots(n int) int {
	if n == 0 {
		return 0
	}
	slots := 1
	for slots < n {
		slots *= 2
	}
	return slots
}

// named is the name of a line, which is kept for the next entry.
func (f *filler) named(prefix, code string) string {
	key := levyKey{prefix, code}
	if name, ok := f.names[key]; ok {
		return name
	}
	if f.names == nil || len(f.names) >= 4*mostLevies {
		f.names = map[levyKey]string{}
	}
	name := prefix + code
	f.names[key] = name
	return name
}

type levyKey struct{ prefix, code string }

// text is a duty of a line in the notation of tariffs, with its quantities: "13.8% MIN 13.00 GBP/100 kg x 12".
func (d *Duty) text(l *EntryLine) string {
	text := partText(d.Rate, d.Specific, l)
	if d.Min != nil {
		text += " MIN " + partText(d.Min.Rate, d.Min.Specific, l)
	}
	if d.Max != nil {
		text += " MAX " + partText(d.Max.Rate, d.Max.Specific, l)
	}
	return text
}

func partText(rate unit.Percent, list []Specific, l *EntryLine) string {
	var parts []string
	if !rate.IsZero() || len(list) == 0 {
		parts = append(parts, rate.String())
	}
	for _, s := range list {
		part := s.Amount.String() + "/" + s.Per
		if q, bad := s.quantity(l); bad == nil {
			part += times + plain(q)
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, " + ")
}
