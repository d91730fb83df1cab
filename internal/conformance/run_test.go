package conformance

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math/big"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/language"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees"
	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/fees/unit"
)

// need is the share of the applicable cases that have to run.
const need = 95

// translate runs a case through the library.
type translate func(r *run)

// run is a case that is being run.
type run struct {
	*testing.T
	record
	out     *tally
	in      *fields
	skipped bool
}

// tally counts what became of the cases.
type tally struct {
	kinds   map[string]*count
	skips   map[string]int // applicable, not run
	outside map[string]int // not about what this package covers
}

type count struct{ all, ran, failed int }

func TestConformance(t *testing.T) {
	out := &tally{kinds: map[string]*count{}, skips: map[string]int{}, outside: map[string]int{}}
	for _, c := range load(t) {
		name := c.kind + c.topic
		if out.kinds[name] == nil {
			out.kinds[name] = &count{}
		}
		n := out.kinds[name]
		n.all++
		if why, ok := c.elsewhere(); ok {
			out.outside[why]++
			continue
		}
		if why, ok := skipped[c.id]; ok {
			out.skips[why]++
			continue
		}
		f := kinds[c.kind]
		if c.topic != "" {
			f = topics[topic(c.topic)]
		}
		if f == nil {
			t.Errorf("%s: no translator for %q", c.id, name)
			n.ran++
			n.failed++
			continue
		}
		left := false
		ok := t.Run(c.id, func(t *testing.T) {
			r := &run{T: t, record: c, out: out, in: c.inputs}
			for _, p := range []*fields{c.inputs, c.want, c.steps} {
				if p != nil {
					p.fail = t.Fatalf
				}
			}
			f(r)
			left = r.skipped
			if left || t.Failed() {
				return
			}
			for _, p := range []*fields{c.inputs, c.want, c.steps} {
				for _, name := range p.unread() {
					t.Errorf("the translator of %q does not read %s", c.kind+c.topic, name)
				}
			}
		})
		if !left || !ok {
			n.ran++
		}
		if !ok {
			n.failed++
		}
	}
	out.report(t)
}

// leave says why a case cannot run. What the library does with it instead has been checked.
func (r *run) leave(why string) {
	r.skipped = true
	r.out.skips[why]++
}

// notHere says that a case is outside of what the library does, by a rule that is documented.
func (r *run) notHere(why string) {
	r.skipped = true
	r.out.outside[why]++
}

func (o *tally) report(t *testing.T) {
	var b strings.Builder
	ran, failed, skips, outside := 0, 0, 0, 0
	for _, name := range slices.Sorted(maps.Keys(o.kinds)) {
		n := o.kinds[name]
		ran, failed = ran+n.ran, failed+n.failed
		if n.ran > 0 {
			fmt.Fprintf(&b, "%5d of %4d run, %4d passed  %s\n", n.ran, n.all, n.ran-n.failed, name)
		}
	}
	reasons := func(title string, m map[string]int) (sum int) {
		for _, why := range slices.Sorted(maps.Keys(m)) {
			fmt.Fprintf(&b, "%5d %s: %s\n", m[why], title, why)
			sum += m[why]
		}
		return sum
	}
	skips = reasons("skipped", o.skips)
	outside = reasons("not applicable", o.outside)
	applicable := ran + skips
	fmt.Fprintf(&b, "%d cases, %d applicable: %d run, %d passed, %d failed, %d skipped; %d not applicable\n",
		applicable+outside, applicable, ran, ran-failed, failed, skips, outside)
	t.Log("\n" + b.String())
	if ran*100 < applicable*need {
		t.Errorf("%d of %d applicable cases run, fewer than %d %%", ran, applicable, need)
	}
}

// ---- cards and events

type object = map[string]any

// exact rounds so finely that the figures of the cases stay whole.
var exact = object{"mode": "half_up", "to": "0.000000001"}

func to(digits int) object { return object{"mode": "half_up", "to": smallest(digits)} }

// card is a rate card with charges.
func card(charges ...object) object {
	return object{
		"schema": "overseas/ratecard/1", "id": "case", "provider": "case", "currency": "EUR", "tax": "none",
		"effective": object{"from": "2000-01-01"}, "sources": []object{{"url": "https://example.org/case", "note": "made from a case"}},
		"charges": charges,
	}
}

// with adds members to an object.
func with(o object, more object) object {
	o = maps.Clone(o)
	maps.Copy(o, more)
	return o
}

// parse reads a card from its JSON text.
func (r *run) parse(doc object) (*fees.Card, error) {
	r.Helper()
	text, err := json.Marshal(doc)
	if err != nil {
		r.Fatal(err)
	}
	return fees.ParseCard(strings.NewReader(string(text)))
}

func (r *run) compile(docs ...object) *fees.Calculator {
	r.Helper()
	var cards []*fees.Card
	for _, doc := range docs {
		c, err := r.parse(doc)
		if err != nil {
			text, _ := json.Marshal(doc)
			r.Fatalf("the card is refused: %v\n%s", err, clip(text))
		}
		cards = append(cards, c)
	}
	calc, err := fees.Compile(cards...)
	if err != nil {
		r.Fatalf("the cards are refused: %v", err)
	}
	return calc
}

// try prices an event. The explained quote has to be the same.
func (r *run) try(doc object, e fees.Event) (*fees.Quote, error) {
	r.Helper()
	calc := r.compile(doc)
	q, err := calc.Quote(e)
	x, err2 := calc.Explain(e)
	switch {
	case (err == nil) != (err2 == nil):
		r.Fatalf("Quote says %v, Explain %v", err, err2)
	case err != nil:
		return nil, err
	}
	same := func(a, b fees.Line) bool { return a.Code() == b.Code() && a.Amount() == b.Amount() }
	if !slices.EqualFunc(slices.Collect(q.Lines()), slices.Collect(x.Quote().Lines()), same) {
		r.Fatalf("Quote and Explain differ")
	}
	r.verify(calc, x)
	return q, nil
}

// verify recomputes an explanation, and prices what it says was asked anew by the cards.
func (r *run) verify(calc *fees.Calculator, x *fees.Explanation) {
	r.Helper()
	record := x.Record(language.English)
	if err := record.Verify(); err != nil {
		doc, _ := json.MarshalIndent(record.Lines, "", " ")
		r.Fatalf("the explanation does not verify: %v\n%s", err, doc)
	}
	if record.Inputs == nil { // exchange rates through a third currency have no document
		return
	}
	if err := fees.VerifyAgainst(record, slices.Collect(calc.Cards())...); err != nil {
		r.Fatalf("the explanation is not what the cards give: %v", err)
	}
}

func (r *run) quote(doc object, e fees.Event) *fees.Quote {
	r.Helper()
	q, err := r.try(doc, e)
	if err != nil {
		text, _ := json.Marshal(doc)
		r.Fatalf("no quote: %v\n%s", err, clip(text))
	}
	return q
}

// sum is the total of all lines.
func (r *run) sum(q *fees.Quote) *big.Rat {
	r.Helper()
	s, err := q.Sum()
	if err != nil {
		r.Fatal(err)
	}
	return ratMoney(s)
}

// lines are the amounts of the lines by code, without those that come to nothing.
func lines(q *fees.Quote) (codes []string, by map[string]*big.Rat) {
	by = map[string]*big.Rat{}
	for l := range q.Lines() {
		if l.Amount().Sign() != 0 {
			codes = append(codes, l.Code())
			by[l.Code()] = ratMoney(l.Amount())
		}
	}
	return codes, by
}

func ratMoney(m money.Money) *big.Rat {
	ten := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(m.Scale())), nil)
	return new(big.Rat).SetFrac(big.NewInt(m.Coef()), ten)
}

// equal compares by value.
func (r *run) equal(what string, got *big.Rat, want string) {
	r.Helper()
	w, ok := ratOf(want)
	if !ok {
		r.Fatalf("%s: not a number: %q", what, want)
	}
	if got.Cmp(w) != 0 {
		r.Errorf("%s is %s, want %s", what, show(got), want)
	}
}

// shown compares as many decimals as are shown.
func (r *run) shown(what string, got *big.Rat, want string) {
	r.Helper()
	r.equal(what, halfUp(got, decimals(want)), want)
}

func (r *run) differs(what string, got *big.Rat, wrong string) {
	r.Helper()
	if got.Cmp(rat(wrong)) == 0 {
		r.Errorf("%s is %s, which is wrong", what, wrong)
	}
}

func show(x *big.Rat) string {
	s := x.FloatString(12)
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}

// fails checks that an error is what the words of a case mean.
func (r *run) fails(err error, words string) {
	r.Helper()
	if err == nil {
		r.Errorf("nothing is refused, want: %s", words)
		return
	}
	for _, m := range meanings {
		if !m.words.MatchString(words) {
			continue
		}
		for _, code := range m.codes {
			if errors.Is(err, code) {
				return
			}
		}
		r.Errorf("refused with %v, want %v: %s", err, m.codes, words)
		return
	}
	var p fees.Problem
	if !regexp.MustCompile(`(?i)error|refuse|reject`).MatchString(words) || !errors.As(err, &p) {
		r.Fatalf("no meaning is known for the expected error %q (here: %v)", words, err)
	}
}

// meanings says which problems the words of a case stand for; the first that matches counts.
var meanings = []struct {
	words *regexp.Regexp
	codes []fees.Code
}{
	{regexp.MustCompile(`(?i)overlap|more than one open`), []fees.Code{"tier_overlap"}},
	{regexp.MustCompile(`(?i)\bgap\b`), []fees.Code{"tier_gap"}},
	{regexp.MustCompile(`(?i)greater than to|less than from|from value|inverted|min.*max`), []fees.Code{"tier_inverted", "min_over_max"}},
	{regexp.MustCompile(`(?i)currency mismatch`), []fees.Code{"currency_mismatch"}},
	{regexp.MustCompile(`(?i)^missing|missing required`), []fees.Code{"missing_field"}},
	{regexp.MustCompile(`(?i)unknown .*unit`), []fees.Code{"unit_unknown"}},
	{regexp.MustCompile(`(?i)not a (positive )?number|not numeric|between 0 and 100|must be a hash`), []fees.Code{"number_syntax", "number_format", "negative", "malformed", "tier_unsorted", "wrong_type"}},
	{regexp.MustCompile(`(?i)^negative`), []fees.Code{"negative"}},
	{regexp.MustCompile(`(?i)^zero|is zero|must not be zero`), []fees.Code{"zero_not_allowed"}},
	{regexp.MustCompile(`(?i)above|highest|over |exceed|not carried|not on the card|no match|explicit policy|below`),
		[]fees.Code{"not_carried", "no_bracket", "over_limit", "not_offered"}},
	{regexp.MustCompile(`(?i)cycle|circular`), []fees.Code{"cycle"}},
	{regexp.MustCompile(`(?i)reference`), []fees.Code{"name_unknown"}},
	{regexp.MustCompile(`(?i)invalid|unknown`),
		[]fees.Code{"unknown_value", "currency_unknown", "country_unknown", "malformed", "number_syntax", "wrong_type"}},
}

// ---- quantities

var (
	day     = country.Date{Year: 2026, Month: 3, Day: 2} // a Monday
	germany = country.Code{'D', 'E'}
)

func (r *run) weight(number, symbol string) unit.Weight {
	r.Helper()
	w, err := unit.ParseWeightIn(number, symbol)
	if err != nil {
		r.Fatal(err)
	}
	return w
}

func (r *run) volume(number, symbol string) unit.Volume {
	r.Helper()
	v, err := unit.ParseVolumeIn(number, symbol)
	if err != nil {
		r.Fatal(err)
	}
	return v
}

func (r *run) size(dims []string, symbol string) unit.Size {
	r.Helper()
	s, err := unit.ParseSize(strings.Join(dims, "x") + " " + symbol)
	if err != nil {
		r.Fatal(err)
	}
	return s
}

func (r *run) money(number, code string) money.Money {
	r.Helper()
	m, err := money.ParseIn(number, code)
	if err != nil {
		r.Fatal(err)
	}
	return m
}

func consign(cartons ...fees.Carton) *fees.Consignment {
	return &fees.Consignment{Date: day, Destination: germany, Cartons: cartons}
}

func order(facts fees.Facts, parcels ...fees.Parcel) *fees.Order {
	return &fees.Order{Date: day, Country: germany, Parcels: parcels, Facts: facts}
}

// stay is lots for a number of days.
func (r *run) stay(days int, lots ...fees.Lot) *fees.Stay {
	r.Helper()
	end, err := day.AddDays(days)
	if err != nil {
		r.Fatal(err)
	}
	return &fees.Stay{From: day, To: end, Country: germany, Lots: lots}
}

// measure is what a chain of steps comes to for cartons, in a unit ("" for a plain number).
func (r *run) measure(symbol string, round object, steps []object, cartons ...fees.Carton) *big.Rat {
	r.Helper()
	charge := object{"on": "consign", "code": "measured", "family": "first_leg", "per": "m", "price": "1", "round": round}
	if symbol != "" {
		charge["unit"] = symbol
	}
	return r.sum(r.quote(with(card(charge), object{"measures": object{"m": steps}}), consign(cartons...)))
}

// decimalInput is an input that takes any number, and a fact that answers it.
func decimalInput(names ...string) object {
	in := object{}
	for _, name := range names {
		in[name] = object{"kind": "decimal"}
	}
	return in
}

// clip keeps what a message shows of a document short.
func clip(text []byte) []byte { return text[:min(len(text), 2000)] }
