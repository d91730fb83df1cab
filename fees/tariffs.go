package fees

import (
	"iter"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/internal/engine"
	"github.com/overseaswarehouse/overseas/internal/problem"
	"github.com/overseaswarehouse/overseas/internal/ratecard"
)

// takeCustoms adds what a quote of an entry rests on.
func (q *Quote) takeCustoms(p *customsProgram, e *Entry) {
	card := p.program.Card
	if !p.confirmed.IsZero() && e.Date.After(p.confirmed) {
		q.caveat(CaveatConfirmed, card, p.seen)
	}
	for _, name := range p.overrides {
		q.caveat(CaveatOverride, card, name)
	}
	for _, part := range e.Assumed {
		q.caveat(CaveatAssumed, card, string(part))
	}
	if len(q.options) > 0 {
		named := slices.DeleteFunc(slices.Clone(q.options), func(name string) bool { return name == "" })
		q.caveat(CaveatOption, card, strings.Join(named, ", "))
	}
	if recovered, _ := p.recovers(e); !recovered {
		return
	}
	for i := range q.lines {
		if l := &q.lines[i]; l.card == card {
			l.recovered = l.recoverable
		}
	}
}

// recovers reports whether the importer gets import tax back, and whether that is only what is usual in the country.
func (p *customsProgram) recovers(e *Entry) (yes, usual bool) {
	if e.Importer.TaxRegistered != NotStated {
		return e.Importer.TaxRegistered == Yes, false
	}
	return p.recovery.Usually == "yes", true
}

// EntryResult is what customs charge for an entry, by line and in total, in the currency in which they reckon.
type EntryResult struct {
	explanation *Explanation
	entry       *Entry
	card        string
	currency    country.Currency
	lines       []EntryShare
	total       EntryShare
	options     []string
	recoverable RecoveredBy
	facts       []country.Used
	spreads     []spreading
}

// EntryShare is what of an entry falls on a line, or all of it. Shares of the lines sum to the total: what customs round or
// charge for the entry as a whole is spread over the lines by what it is taken of, the smallest parts of a cent going where
// the running sum passes one.
type EntryShare struct {
	SKU, HS, Option string
	CustomsValue    money.Money
	Duties          []EntryCharge // each levy, excises too
	TaxBase         money.Money   // zero Money in a country without a tax on imports
	Tax             money.Money   // on imports; zero Money in a country without
	Fees            []EntryCharge // and the rounding difference of an entry at full precision
	Prepayments     []EntryCharge // on account of other taxes of the importer's
	CashOutlay      money.Money   // all that is paid at the border
	NetCost         money.Money   // without the tax that is got back and without prepayments
}

// EntryCharge is an amount with the code of its line in the quote.
type EntryCharge struct {
	Code   string
	Amount money.Money
}

// RecoveredBy says whether the tax on imports counts as cost, and who said so.
type RecoveredBy struct {
	Recovered bool   // NetCost leaves the tax out
	Stated    bool   // by the entry; false: what is usual in the country
	Usually   string // "yes", "no", "not_applicable"; "" when that is not known
	How       string // "postponed", "deferred", "deducted"
}

// Entry prices an entry with the card of CustomsCard for its destination and says what it comes to, by line and in total.
// It fails as Quote does, and with ErrNoCard when the calculator has no such card.
func (c *Calculator) Entry(e *Entry) (*EntryResult, error) {
	if e == nil {
		return nil, Problems{problem.New(problem.InputMissing, "event")}
	}
	c = c.orEmpty()
	b, err := c.customsOf(e.Destination)
	if err != nil {
		return nil, err
	}
	var options, several []string
	if e.optional() {
		var compared bool
		if e, options, compared, err = c.cheapest(e); err != nil {
			return nil, err
		}
		if compared {
			several = options
		}
	}
	r := &EntryResult{entry: e, options: options}
	x := &Explanation{event: e, quote: &Quote{calc: c, options: several}}
	if err = c.explain(x.quote, e, &x.runs); err != nil {
		return nil, err
	}
	r.explanation = x
	for j := range x.runs {
		if t := x.runs[j].trace; t != nil && t.Card().ID == b.id {
			if err := r.reckon(&x.runs[j]); err != nil {
				return nil, err
			}
		}
	}
	customs, err := b.customs.entry(&x.quote.fill, e, false)
	if err != nil {
		return nil, err
	}
	r.facts = customs.facts
	yes, usual := customs.recovers(e)
	r.recoverable = RecoveredBy{yes, !usual, customs.recovery.Usually, customs.recovery.How}
	return r, r.net()
}

// reckon takes the amounts of the customs card out of its run.
func (r *EntryResult) reckon(one *run) error {
	r.card, r.currency = one.trace.Card().ID, one.trace.Card().Currency
	r.lines = make([]EntryShare, len(r.entry.Lines))
	for i := range r.lines {
		r.lines[i].SKU, r.lines[i].HS = r.entry.Lines[i].SKU, r.entry.Lines[i].HS
		if i < len(r.options) {
			r.lines[i].Option = r.options[i]
		}
	}
	value, valueSum, _ := one.trace.Kept(customsValue)
	of := func(code, by string, l *engine.Line) spreading {
		return spreading{code: code, by: by, line: l, trace: one.trace}
	}
	if err := r.spread(of(customsValue, customsValue, nil), valueSum, value, value, func(s *EntryShare) *money.Money { return &s.CustomsValue }); err != nil {
		return err
	}
	base, baseSum, taxed := one.trace.Kept(taxBase)
	baseBy := taxBase
	if taxed {
		if base == nil { // reckoned for the entry as a whole
			if base = r.baseOfLines(one); base == nil {
				base, baseBy = value, customsValue
			}
		}
		if err := r.spread(of(taxBase, baseBy, nil), baseSum, base, value, func(s *EntryShare) *money.Money { return &s.TaxBase }); err != nil {
			return err
		}
	}
	for i := range one.lines {
		l := &one.lines[i]
		name := one.trace.Event().Name(l)
		amount, err := money.Of(l.Coef, l.Scale, r.currency)
		if err != nil {
			return err
		}
		weights, by := value, customsValue
		var at func(s *EntryShare) *money.Money
		list := func(of func(s *EntryShare) *[]EntryCharge) func(s *EntryShare) *money.Money {
			return func(s *EntryShare) *money.Money {
				charges := of(s)
				if n := len(*charges); n == 0 || (*charges)[n-1].Code != name {
					*charges = append(*charges, EntryCharge{Code: name})
				}
				return &(*charges)[len(*charges)-1].Amount
			}
		}
		switch {
		case l.Charge == nil:
			at = list(func(s *EntryShare) *[]EntryCharge { return &s.Fees })
		case l.Charge.Levy > 0:
			weights, _, _ = one.trace.Kept(l.Charge.Code)
			by = l.Charge.Code
			at = list(func(s *EntryShare) *[]EntryCharge { return &s.Duties })
		case l.Charge.Code == importTax:
			weights, by, at = base, baseBy, func(s *EntryShare) *money.Money { return &s.Tax }
		case l.Charge.Prepayment:
			weights, by, at = base, baseBy, list(func(s *EntryShare) *[]EntryCharge { return &s.Prepayments })
		default:
			at = list(func(s *EntryShare) *[]EntryCharge { return &s.Fees })
		}
		if rows := one.trace.RowAmounts(l.Charge); l.Charge != nil && rows != nil {
			by = ""
			weights = make([]*big.Rat, len(rows))
			for i, v := range rows {
				weights[i] = new(big.Rat).SetInt64(v)
			}
		}
		if err := r.spread(of(name, by, l), ratOf(amount), weights, value, at); err != nil {
			return err
		}
	}
	return nil
}

// baseOfLines is each line's part of a tax base that is reckoned for the whole entry: its customs value and its duties
// before they are rounded, and what else enters the base.
func (r *EntryResult) baseOfLines(one *run) []*big.Rat {
	rows := make([]*big.Rat, len(r.lines))
	for i := range rows {
		rows[i] = new(big.Rat)
	}
	card := one.trace.Card()
	base := card.Amount(taxBase)
	if base == nil {
		return nil
	}
	for _, name := range base.Sum {
		part, _, ok := one.trace.Kept(name)
		if !ok {
			kind := slices.Index(lineMoney, name)
			if kind < 0 {
				continue
			}
			for i := range one.trace.Event().Rows {
				d := one.trace.Event().Rows[i].Money[kind]
				rows[i].Add(rows[i], ratOf(decimalNumber{d.Coef, d.Scale}))
			}
			continue
		}
		for i, v := range part {
			rows[i].Add(rows[i], v)
		}
	}
	return rows
}

// spread puts an amount on the total, rounded to what it is shown with, and spreads it over the lines by weights, or by
// others where these sum to nothing.
func (r *EntryResult) spread(of spreading, exact *big.Rat, weights, others []*big.Rat, at func(s *EntryShare) *money.Money) error {
	total, err := toMinor(exact, r.currency)
	if err != nil {
		return err
	}
	*at(&r.total) = total
	sum := sumRat(weights)
	if sum.Sign() == 0 {
		weights, sum = others, sumRat(others)
		of.by = customsValue
	}
	of.exact, of.weights, of.scale = exact, weights, total.Scale()
	r.spreads = append(r.spreads, of)
	running, given := new(big.Rat), int64(0)
	for i := range r.lines {
		part := new(big.Rat)
		switch {
		case sum.Sign() == 0 && i == 0:
			running.SetInt64(1) // nothing to go by: the first line
		case sum.Sign() != 0 && i < len(weights):
			running.Add(running, part.Quo(weights[i], sum))
		}
		upTo := roundedShare(total.Coef(), running)
		if *at(&r.lines[i]), err = money.Of(upTo-given, total.Scale(), r.currency); err != nil {
			return err
		}
		given = upTo
	}
	return nil
}

func sumRat(list []*big.Rat) *big.Rat {
	sum := new(big.Rat)
	for _, v := range list {
		sum.Add(sum, v)
	}
	return sum
}

// roundedShare is a share of a whole number, rounded half up.
func roundedShare(n int64, share *big.Rat) int64 {
	x := new(big.Rat).Mul(new(big.Rat).SetInt64(n), share)
	neg := x.Sign() < 0
	x.Abs(x).Add(x, big.NewRat(1, 2))
	q := new(big.Int).Quo(x.Num(), x.Denom()).Int64()
	if neg {
		return -q
	}
	return q
}

// net sums up what is paid and what of it is cost.
func (r *EntryResult) net() error {
	for _, s := range append(r.pointers(), &r.total) {
		zero, err := money.Of(0, uint8(r.currency.Digits()), r.currency)
		if err != nil {
			return err
		}
		s.CashOutlay, s.NetCost = zero, zero
		add := func(m money.Money, cost bool) {
			if m.IsZero() || err != nil {
				return
			}
			if s.CashOutlay, err = s.CashOutlay.Add(m); err == nil && cost {
				s.NetCost, err = s.NetCost.Add(m)
			}
		}
		for _, c := range s.Duties {
			add(c.Amount, true)
		}
		add(s.Tax, !r.recoverable.Recovered)
		for _, c := range s.Fees {
			add(c.Amount, true)
		}
		for _, c := range s.Prepayments {
			add(c.Amount, false)
		}
		if err != nil {
			return problems(err)
		}
	}
	return nil
}

func (r *EntryResult) pointers() []*EntryShare {
	list := make([]*EntryShare, len(r.lines), len(r.lines)+1)
	for i := range r.lines {
		list[i] = &r.lines[i]
	}
	return list
}

// Total is the entry as a whole.
func (r *EntryResult) Total() EntryShare {
	if r == nil {
		return EntryShare{}
	}
	return r.total.clone()
}

// Lines are the lines of the entry, in their order.
func (r *EntryResult) Lines() iter.Seq[EntryShare] {
	return func(yield func(EntryShare) bool) {
		if r == nil {
			return
		}
		for i := range r.lines {
			if !yield(r.lines[i].clone()) {
				return
			}
		}
	}
}

func (s EntryShare) clone() EntryShare {
	s.Duties, s.Fees, s.Prepayments = slices.Clone(s.Duties), slices.Clone(s.Fees), slices.Clone(s.Prepayments)
	return s
}

// Quote is the entry's quote, with other cards' charges for it.
func (r *EntryResult) Quote() *Quote {
	if r == nil {
		return &Quote{}
	}
	return r.explanation.Quote()
}

// Explanation is the entry's quote with its reasons.
func (r *EntryResult) Explanation() *Explanation {
	if r == nil {
		return &Explanation{}
	}
	return r.explanation
}

// Recovered says whether the tax on imports counts as cost, and who said so.
func (r *EntryResult) Recovered() RecoveredBy {
	if r == nil {
		return RecoveredBy{}
	}
	return r.recoverable
}

// Facts are the facts that the result rests on, the caller's marked as overrides.
func (r *EntryResult) Facts() iter.Seq[country.Used] {
	return func(yield func(country.Used) bool) {
		if r == nil {
			return
		}
		for _, u := range r.facts {
			if !yield(confirmed(u, r.entry.Date)) {
				return
			}
		}
	}
}

// confirmed is a fact as it is used on a day, whatever the day for which it was looked up.
func confirmed(u country.Used, on country.Date) country.Used {
	u.LastConfirmed = country.Date{}
	if u.To.IsZero() && !u.Seen.IsZero() && on.After(u.Seen) {
		u.LastConfirmed = u.Seen
	}
	return u
}

// EntryOption is one way to declare an entry whose lines have options.
type EntryOption struct {
	Names  []string // the option of each line; "" for a line without options
	Entry  *Entry   // with the duties of these options
	Result *EntryResult
}

// mostOptions is how many ways to declare an entry are compared.
const mostOptions = 1000

// EntryOptions prices every combination of the options of an entry's lines and sorts them by what the whole entry comes
// to: by net cost, then by cash outlay, then in the order given. An entry without options is the only one. It fails as
// [Calculator.Entry] does, and with too_many for more than 1,000 combinations.
func (c *Calculator) EntryOptions(e *Entry) ([]EntryOption, error) {
	if e == nil {
		return nil, Problems{problem.New(problem.InputMissing, "event")}
	}
	entries, names, err := e.combinations()
	if err != nil {
		return nil, err
	}
	results, err := c.results(entries)
	if err != nil {
		return nil, err
	}
	list := make([]EntryOption, len(entries))
	for i, r := range results {
		list[i] = EntryOption{Names: names[i], Entry: entries[i], Result: r}
		for j := range r.lines {
			r.lines[j].Option = names[i][j]
		}
	}
	slices.SortStableFunc(list, func(a, b EntryOption) int { return a.Result.compare(b.Result) })
	return list, nil
}

// results prices ways to declare an entry.
func (c *Calculator) results(entries []*Entry) ([]*EntryResult, error) {
	list := make([]*EntryResult, len(entries))
	var into problem.List
	for i := range entries {
		var err error
		if list[i], err = c.Entry(entries[i]); err != nil {
			collect(&into, err)
		}
	}
	return list, into.Err()
}

// compare orders results by net cost, then by cash outlay.
func (r *EntryResult) compare(other *EntryResult) int {
	order, _ := r.total.NetCost.Compare(other.total.NetCost)
	if order == 0 {
		order, _ = r.total.CashOutlay.Compare(other.total.CashOutlay)
	}
	return order
}

// optional reports whether a line has options.
func (e *Entry) optional() bool {
	for i := range e.Lines {
		if len(e.Lines[i].Options) > 0 {
			return true
		}
	}
	return false
}

// cheapest is the entry with the options that come to the least, their names, and whether there was a choice.
func (c *Calculator) cheapest(e *Entry) (best *Entry, names []string, several bool, err error) {
	entries, all, err := e.combinations()
	if err != nil {
		return nil, nil, false, err
	}
	if len(entries) == 1 {
		return entries[0], all[0], false, nil
	}
	b, err := c.customsOf(e.Destination)
	if err != nil {
		var into problem.List
		for range entries { // what speaks against each
			collect(&into, err)
		}
		return nil, nil, false, into.Err()
	}
	i, err := b.customs.cheapest(c, entries)
	if err != nil {
		return nil, nil, false, err
	}
	return entries[i], all[i], true, nil
}

// cheapest is the first of the ways to declare an entry that come to the least.
func (b *customsBook) cheapest(c *Calculator, entries []*Entry) (int, error) {
	results, err := c.results(entries)
	if err != nil {
		return 0, err
	}
	best := 0
	for i, r := range results {
		if r.compare(results[best]) < 0 {
			best = i
		}
	}
	return best, nil
}

// combinations are the entry with every combination of its lines' options.
func (e *Entry) combinations() (entries []*Entry, names [][]string, err error) {
	var into problem.List
	n := 1
	for i := range e.Lines {
		l := &e.Lines[i]
		if len(l.Options) == 0 {
			continue
		}
		if len(l.Duties) > 0 {
			into.Add(problem.New(problem.FieldsExclude, "duties", "options").At(linePath(i)))
		}
		for j := range l.Options {
			if ratecard.Any(j, func(k int) bool { return l.Options[k].Name == l.Options[j].Name }) {
				into.Add(problem.New(problem.Duplicate, l.Options[j].Name).At(linePath(i) + "/options/" + strconv.Itoa(j)))
			}
		}
		if n *= len(l.Options); n > mostOptions {
			into.Add(problem.New(problem.TooMany, strconv.Itoa(n), strconv.Itoa(mostOptions)).With("what", "options").At(linePath(i)))
			break
		}
	}
	if err := into.Err(); err != nil {
		return nil, nil, err
	}
	pick := make([]int, len(e.Lines))
	for {
		one := *e
		one.Lines = slices.Clone(e.Lines)
		words := make([]string, len(e.Lines))
		for i := range one.Lines {
			if o := one.Lines[i].Options; len(o) > 0 {
				one.Lines[i].Duties, one.Lines[i].Options, words[i] = o[pick[i]].Duties, nil, o[pick[i]].Name
			}
		}
		entries, names = append(entries, &one), append(names, words)
		i := len(pick) - 1
		for ; i >= 0; i-- {
			if pick[i]++; pick[i] < len(e.Lines[i].Options) {
				break
			}
			pick[i] = 0
		}
		if i < 0 {
			return entries, names, nil
		}
	}
}

func linePath(i int) string { return "/lines/" + strconv.Itoa(i) }
