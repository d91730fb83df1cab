package fees

import (
	"iter"
	"maps"
	"math"
	"slices"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/fees/unit"
	"github.com/overseaswarehouse/overseas/internal/fixed"
	"github.com/overseaswarehouse/overseas/internal/problem"
)

// DirectParcel is a parcel from abroad to a consumer, for comparison with an order from stock. Rules for parcels of low
// value concern it, and never an Entry.
type DirectParcel struct {
	Date        country.Date
	Destination country.Code
	Lines       []EntryLine  // what is inside; Duties are those that apply where no rule for parcels does
	Rates       *money.Rates // the authority's exchange rates
	Facts       Facts        // {"origin": "cn"}; the importer is "private" unless it is said
	TaxAtSale   bool         // the seller collects the tax of the destination with the price, also where no rule makes it
}

// ParcelResult is what the destination asks for a direct parcel, in the currency in which its customs reckon. The fees of
// carriers and of the declaration are no part of it.
type ParcelResult struct {
	Value   money.Money // of the goods
	Duty    money.Money
	DutyBy  string        // "duty_relief" or "flat_duty", a rule for parcels; "tariff": the duties of the lines
	Tax     money.Money   // on import; nothing where it is collected at the sale
	TaxBy   string        // "tax_relief" or "tax_at_sale"; "import_tax": as on an entry; "none"
	SaleTax money.Money   // collected at the sale, on goods, freight and insurance
	Charges []EntryCharge // other charges on parcels
	Total   money.Money   // Duty, Tax, SaleTax and Charges
	rules   []country.Used
	by      *parcelReckoner // how it was reckoned, with a result of its own
}

// The rules for parcels, and what else an amount can follow.
const (
	dutyRelief = "duty_relief"
	flatDuty   = "flat_duty"
	taxRelief  = "tax_relief"
	taxAtSale  = "tax_at_sale"
	charged    = "charge"
	byTariff   = "tariff"
	byNothing  = "none"
)

// Rules are the rules for parcels that decided, with their dates and sources; LastConfirmed is as of the day of the parcel.
func (r *ParcelResult) Rules() iter.Seq[country.Used] {
	return func(yield func(country.Used) bool) {
		if r == nil {
			return
		}
		for _, u := range r.rules {
			if !yield(u) {
				return
			}
		}
	}
}

// Parcel reckons what the destination asks for a direct parcel by the facts of the calculator's card for it. A rule up to a
// value holds for that value; its limit is converted at the parcel's rates. The errors are those of [Calculator.Entry].
func (c *Calculator) Parcel(p *DirectParcel) (*ParcelResult, error) {
	if p == nil {
		return nil, Problems{problem.New(problem.InputMissing, "parcel")}
	}
	b, err := c.orEmpty().customsOf(p.Destination)
	if err != nil {
		return nil, err
	}
	return b.customs.(*customsBook).parcel(p)
}

func (b *customsBook) parcel(p *DirectParcel) (*ParcelResult, error) {
	b, err := b.parcels()
	if err != nil {
		return nil, err
	}
	ed, err := b.at(p.Date)
	if err != nil {
		return nil, err
	}
	facts := Facts{"importer": "private"}
	maps.Copy(facts, p.Facts)
	e := &Entry{Date: p.Date, Destination: p.Destination, Lines: slices.Clone(p.Lines), Rates: p.Rates, Facts: facts}
	own := *p
	own.Lines, own.Facts = slices.Clone(p.Lines), maps.Clone(p.Facts)
	r := &parcelReckoner{parcel: own, book: b, customs: &ed.customs, entry: e}
	if err := r.run(); err != nil {
		return nil, err
	}
	out := r.out
	out.Charges, out.by = slices.Clone(r.out.Charges), r
	return &out, nil
}

type parcelReckoner struct {
	parcel  DirectParcel
	book    *customsBook
	customs *country.Customs
	entry   *Entry
	result  *EntryResult // of the parcel as an entry
	out     ParcelResult
	sent    money.Money // goods, freight and insurance
	rules   map[string]country.Row[country.Parcel]
	asked   []string    // the rules among them that were looked at, in this order
	limit   money.Money // the highest value that a rule names
	err     error
}

func (r *parcelReckoner) run() error {
	zero, err := money.Of(0, uint8(r.customs.Currency.Digits()), r.customs.Currency)
	if err != nil {
		return problems(err)
	}
	out := &r.out
	out.Value, out.Duty, out.Tax, out.SaleTax, out.Total, r.sent = zero, zero, zero, zero, zero, zero
	for i := range r.entry.Lines {
		l := &r.entry.Lines[i]
		out.Value = r.sum(out.Value, l.Goods)
		for _, m := range l.sentBy() {
			r.sent = r.sum(r.sent, m)
		}
	}
	r.choose()
	if r.err != nil {
		return problems(r.err)
	}
	out.DutyBy = byTariff
	if relief, ok := r.holds(dutyRelief); ok {
		r.decide(&out.DutyBy, relief)
		r.each(NoDuty())
	} else if flat, ok := r.holds(flatDuty); ok {
		r.decide(&out.DutyBy, flat)
		amount := r.times(flat)
		r.each(NoDuty())
		if len(r.entry.Lines) > 0 && r.err == nil {
			one, _ := unit.FractionOf(1, 0)
			r.entry.Lines[0].Duties = []Duty{{Code: "flat", Specific: []Specific{{Amount: amount, Per: "parcel", Quantity: one}}}}
		}
	}
	if r.err != nil {
		return problems(r.err)
	}
	if err := r.price(); err != nil {
		return err
	}
	for _, d := range r.result.total.Duties {
		out.Duty = r.sum(out.Duty, d.Amount)
	}
	if err := r.tax(); err != nil {
		return err
	}
	if charge, ok := r.holds(charged); ok {
		amount := r.times(charge)
		out.Charges = append(out.Charges, EntryCharge{Code: charged, Amount: amount})
		out.Total = r.sum(out.Total, amount)
		out.rules = append(out.rules, confirmed(charge.Used, r.parcel.Date))
	}
	for _, m := range [...]money.Money{out.Duty, out.Tax, out.SaleTax} {
		out.Total = r.sum(out.Total, m)
	}
	r.caveats()
	return problems(r.err)
}

// caveats adds why the facts beside those of an entry may be others by now.
func (r *parcelReckoner) caveats() {
	q, card := r.result.explanation.quote, r.result.explanation.runs[0].trace.Card()
	for u := range r.facts() {
		if u.Override {
			q.caveat(CaveatOverride, card, u.Name())
		}
		if u.LastConfirmed.IsZero() {
			continue
		}
		i := slices.IndexFunc(q.caveats, func(c caveat) bool { return c.code == CaveatConfirmed })
		switch day := u.LastConfirmed.String(); {
		case i < 0:
			q.caveat(CaveatConfirmed, card, day)
		case day < q.caveats[i].detail:
			q.caveats[i].detail = day
		}
	}
}

// facts are the rules that were looked at, and the tax that is collected at the sale.
func (r *parcelReckoner) facts() iter.Seq[country.Used] {
	return func(yield func(country.Used) bool) {
		for _, rule := range r.asked {
			if !yield(confirmed(r.rules[rule].Used, r.parcel.Date)) {
				return
			}
		}
		if r.out.TaxBy == taxAtSale {
			yield(confirmed(r.customs.Tax.Used, r.parcel.Date))
		}
	}
}

// tax says where the tax is collected, if it is, and how much of it.
func (r *parcelReckoner) tax() error {
	out := &r.out
	if out.TaxBy = byNothing; r.result.total.Tax.IsZero() {
		return nil
	}
	if free, ok := r.holds(taxRelief); ok {
		r.decide(&out.TaxBy, free)
		return nil
	}
	sale, sold := r.holds(taxAtSale)
	if !sold && !r.parcel.TaxAtSale {
		out.TaxBy, out.Tax = importTax, r.result.total.Tax
		return nil
	}
	out.TaxBy = taxAtSale
	if sold {
		r.decide(&out.TaxBy, sale)
	}
	rate, ok := decimalOf(r.customs.Tax.Value.Rate.Rat())
	if !ok {
		return Problems{problem.New(problem.NumberRange, "rate")}
	}
	var err error
	exact := ratOf(r.sent)
	out.SaleTax, err = toMinor(exact.Mul(exact, ratOf(decimalNumber{rate.Coef, rate.Scale})), r.customs.Currency)
	return err
}

// sentBy is what the tax at a sale is taken of, in the order of lineMoney.
func (l *EntryLine) sentBy() [3]money.Money {
	return [...]money.Money{l.Goods, l.FreightToBorder, l.Insurance}
}

// price reckons the parcel as an entry without fees.
func (r *parcelReckoner) price() error {
	x := &Explanation{event: r.entry, quote: &Quote{}}
	p, err := r.book.entry(&x.quote.fill, r.entry, true)
	if err != nil {
		return err
	}
	trace, lines, unsized, err := p.program.Explain(x.quote.fill.keep())
	if err != nil {
		return err
	}
	x.quote.engine, x.runs = lines, []run{{trace, lines}}
	x.quote.take(p.program, OnImport, unsized)
	x.quote.takeCustoms(p, r.entry)
	r.result = &EntryResult{entry: r.entry, explanation: x}
	return r.result.reckon(&x.runs[0])
}

// choose picks the rules that fit the circumstances: of those of one name, that with the most conditions.
func (r *parcelReckoner) choose() {
	r.rules = map[string]country.Row[country.Parcel]{}
	for row := range r.fitting() {
		if have, ok := r.rules[row.Value.Rule]; !ok || len(row.When) >= len(have.When) {
			r.rules[row.Value.Rule] = row
		}
		if limit, ok := r.upTo(row); ok && (r.limit.IsZero() || ratOf(r.limit).Cmp(ratOf(limit)) < 0) {
			r.limit = limit
		}
	}
}

// fitting are the rules that fit the circumstances.
func (r *parcelReckoner) fitting() iter.Seq[country.Row[country.Parcel]] {
	return func(yield func(country.Row[country.Parcel]) bool) {
		b := customsBuilder{given: r.entry.Facts}
		for _, row := range r.customs.Parcels {
			if b.fits(row.When) && !yield(row) {
				return
			}
		}
		if err := b.into.Err(); err != nil {
			r.err = err
		}
	}
}

// holds is a rule where the value of the parcel is within it.
func (r *parcelReckoner) holds(rule string) (country.Row[country.Parcel], bool) {
	row, ok := r.rules[rule]
	if !ok {
		return row, false
	}
	r.asked = append(r.asked, rule)
	if relieves(row) && row.Value.UpTo.IsZero() {
		return row, false
	}
	limit, limited := r.upTo(row)
	if !limited { // where some other holds
		limit = r.limit
	}
	if limit.IsZero() || r.err != nil {
		return row, r.err == nil
	}
	order, err := r.out.Value.Compare(limit)
	if err != nil {
		r.err = err
	}
	return row, err == nil && order <= 0
}

// relieves reports whether a rule is a relief. One of nothing is none.
func relieves(row country.Row[country.Parcel]) bool {
	return row.Value.Rule == dutyRelief || row.Value.Rule == taxRelief
}

// upTo is the limit of a rule in the currency of customs; a charge may have none.
func (r *parcelReckoner) upTo(row country.Row[country.Parcel]) (money.Money, bool) {
	switch {
	case !row.Value.UpTo.IsZero():
		return r.money(row.Value.UpTo, row.Value.Currency), true
	case row.Value.Rule == charged:
		return money.Money{}, false
	}
	zero, _ := money.Of(0, uint8(r.customs.Currency.Digits()), r.customs.Currency)
	return zero, true
}

func (r *parcelReckoner) money(d interface{ String() string }, c country.Currency) money.Money {
	m, err := moneyOf(d, c)
	if err != nil {
		r.err = err
		return money.Money{}
	}
	return r.home(m)
}

// moneyOf is a number of a fact as an amount.
func moneyOf(d interface{ String() string }, c country.Currency) (money.Money, error) {
	n, code := fixed.Scan(d.String())
	if code != "" {
		return money.Money{}, problem.New(code, d.String())
	}
	return money.Of(n.Coef, n.Scale, c)
}

// home is an amount in the currency of customs.
func (r *parcelReckoner) home(m money.Money) money.Money {
	in, _, err := r.convert(m)
	if err != nil {
		r.err = err
	}
	return in
}

// convert is an amount in the currency of customs and how it was converted, if it was.
func (r *parcelReckoner) convert(m money.Money) (money.Money, money.Conversion, error) {
	if m.IsZero() || m.Currency() == r.customs.Currency {
		return m, money.Conversion{}, nil
	}
	return r.parcel.Rates.On(r.parcel.Date).Convert(m, r.customs.Currency, uint8(r.customs.Currency.Digits()), money.HalfUp)
}

func (r *parcelReckoner) sum(a, b money.Money) money.Money {
	if b = r.home(b); b.IsZero() || r.err != nil {
		return a
	}
	s, err := a.Add(b)
	if err != nil {
		r.err = err
	}
	return s
}

// times is the amount of a rule for all that it is charged for.
func (r *parcelReckoner) times(row country.Row[country.Parcel]) money.Money {
	n := int64(1)
	overflow := false
	switch row.Value.Per {
	case "item":
		n = 0
		for _, l := range r.entry.Lines {
			more := max(l.Units, 1)
			overflow = overflow || n > math.MaxInt64-more
			n += more
		}
	case "subheading":
		var seen []string
		for i, l := range r.entry.Lines {
			code := subheading(l.HS)
			if code == "" {
				r.err = problem.New(problem.InputMissing, "hs").At(linePath(i))
				return money.Money{}
			}
			if !slices.Contains(seen, code) {
				seen = append(seen, code)
			}
		}
		n = int64(len(seen))
	}
	one := r.money(row.Value.Amount, row.Value.Currency)
	if r.err != nil {
		return one
	}
	coef, ok := fixed.Mul(one.Coef(), n)
	if !ok || overflow {
		r.err = problem.New(problem.Overflow, one.String())
		return one
	}
	m, err := one.WithAmount(coef, one.Scale())
	if digits := uint8(m.Currency().Digits()); err == nil && m.Scale() < digits { // "2" in the facts is 2.00 EUR, as all other amounts
		m, err = m.Round(digits, money.HalfUp)
	}
	if err != nil {
		r.err = err
	}
	return m
}

// subheading is the first six digits of a tariff code, whatever stands between them; "" where there are fewer.
func subheading(hs string) string {
	var digits []byte
	for i := 0; i < len(hs) && len(digits) < 6; i++ {
		if hs[i] >= '0' && hs[i] <= '9' {
			digits = append(digits, hs[i])
		}
	}
	if len(digits) < 6 {
		return ""
	}
	return string(digits)
}

// each puts the same duties on every line.
func (r *parcelReckoner) each(duties []Duty) {
	for i := range r.entry.Lines {
		r.entry.Lines[i].Duties, r.entry.Lines[i].Options = duties, nil
	}
}

// decide notes the rule that an amount follows.
func (r *parcelReckoner) decide(by *string, row country.Row[country.Parcel]) {
	*by = row.Value.Rule
	r.out.rules = append(r.out.rules, confirmed(row.Used, r.parcel.Date))
}
