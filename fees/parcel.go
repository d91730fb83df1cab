package fees

import (
	"iter"
	"slices"
	"strconv"

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
}

// Rules are the rules for parcels that decided, with their dates and sources.
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
	return b.customs.parcel(p)
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
	for name, v := range p.Facts {
		facts[name] = v
	}
	e := &Entry{Date: p.Date, Destination: p.Destination, Lines: slices.Clone(p.Lines), Rates: p.Rates, Facts: facts}
	r := &parcelReckoner{parcel: p, book: b, customs: &ed.customs, entry: e, out: &ParcelResult{}}
	return r.run()
}

type parcelReckoner struct {
	parcel  *DirectParcel
	book    *customsBook
	customs *country.Customs
	entry   *Entry
	out     *ParcelResult
	rules   map[string]country.Row[country.Parcel]
	limit   money.Money // the highest value that a rule names
	err     error
}

func (r *parcelReckoner) run() (*ParcelResult, error) {
	zero, err := money.Of(0, uint8(r.customs.Currency.Digits()), r.customs.Currency)
	if err != nil {
		return nil, problems(err)
	}
	out := r.out
	out.Value, out.Duty, out.Tax, out.SaleTax, out.Total = zero, zero, zero, zero, zero
	sent := zero // goods, freight and insurance
	for i := range r.entry.Lines {
		l := &r.entry.Lines[i]
		out.Value = r.sum(out.Value, l.Goods)
		for _, m := range [...]money.Money{l.Goods, l.FreightToBorder, l.Insurance} {
			sent = r.sum(sent, m)
		}
	}
	r.choose()
	if r.err != nil {
		return nil, problems(r.err)
	}
	out.DutyBy = "tariff"
	relief, relieved := r.holds("duty_relief")
	flat, flatly := r.holds("flat_duty")
	switch {
	case relieved && !relief.Value.UpTo.IsZero():
		r.decide(&out.DutyBy, relief)
		r.each(NoDuty())
	case flatly:
		r.decide(&out.DutyBy, flat)
		amount := r.times(flat)
		r.each(NoDuty())
		if len(r.entry.Lines) > 0 && r.err == nil {
			one, _ := unit.FractionOf(1, 0)
			r.entry.Lines[0].Duties = []Duty{{Code: "flat", Specific: []Specific{{Amount: amount, Per: "parcel", Quantity: one}}}}
		}
	}
	if r.err != nil {
		return nil, problems(r.err)
	}
	result, err := r.price()
	if err != nil {
		return nil, err
	}
	for _, d := range result.total.Duties {
		out.Duty = r.sum(out.Duty, d.Amount)
	}
	out.TaxBy = importTax
	free, none := r.holds("tax_relief")
	sale, sold := r.holds("tax_at_sale")
	switch {
	case result.total.Tax.IsZero():
		out.TaxBy = "none"
	case none && !free.Value.UpTo.IsZero():
		r.decide(&out.TaxBy, free)
	case sold || r.parcel.TaxAtSale:
		out.TaxBy = "tax_at_sale"
		if sold {
			r.decide(&out.TaxBy, sale)
		}
		rate, ok := decimalOf(r.customs.Tax.Value.Rate.Rat())
		if !ok {
			return nil, Problems{problem.New(problem.NumberRange, "rate")}
		}
		exact := ratOf(sent)
		out.SaleTax, err = toMinor(exact.Mul(exact, ratOf(decimalNumber{rate.Coef, rate.Scale})), r.customs.Currency)
		if err != nil {
			return nil, err
		}
	default:
		out.Tax = result.total.Tax
	}
	if charge, ok := r.holds("charge"); ok {
		amount := r.times(charge)
		out.Charges = append(out.Charges, EntryCharge{Code: "charge", Amount: amount})
		out.Total = r.sum(out.Total, amount)
		out.rules = append(out.rules, charge.Used)
	}
	for _, m := range [...]money.Money{out.Duty, out.Tax, out.SaleTax} {
		out.Total = r.sum(out.Total, m)
	}
	if r.err != nil {
		return nil, problems(r.err)
	}
	return out, nil
}

// price reckons the parcel as an entry without fees.
func (r *parcelReckoner) price() (*EntryResult, error) {
	var f filler
	p, err := r.book.entry(&f, r.entry, true)
	if err != nil {
		return nil, err
	}
	trace, lines, _, err := p.program.Explain(f.keep())
	if err != nil {
		return nil, err
	}
	result := &EntryResult{entry: r.entry}
	return result, result.reckon(&run{trace, lines})
}

// choose picks the rules that fit the circumstances: of those of one name, that with the most conditions.
func (r *parcelReckoner) choose() {
	r.rules = map[string]country.Row[country.Parcel]{}
	b := customsBuilder{given: r.entry.Facts}
	for _, row := range r.customs.Parcels {
		if !b.fits(row.When) {
			continue
		}
		if have, ok := r.rules[row.Value.Rule]; !ok || len(row.When) >= len(have.When) {
			r.rules[row.Value.Rule] = row
		}
		if limit, ok := r.upTo(row); ok && (r.limit.IsZero() || ratOf(r.limit).Cmp(ratOf(limit)) < 0) {
			r.limit = limit
		}
	}
	if err := b.into.Err(); err != nil {
		r.err = err
	}
}

// holds is a rule where the value of the parcel is within it. A rule without a limit holds where some other does.
func (r *parcelReckoner) holds(rule string) (country.Row[country.Parcel], bool) {
	row, ok := r.rules[rule]
	if !ok {
		return row, false
	}
	limit, limited := r.upTo(row)
	if !limited {
		limit = r.limit
	}
	if limit.IsZero() {
		return row, true
	}
	order, err := r.out.Value.Compare(limit)
	if err != nil {
		r.err = err
	}
	return row, err == nil && order <= 0
}

// upTo is the limit of a rule in the currency of customs.
func (r *parcelReckoner) upTo(row country.Row[country.Parcel]) (money.Money, bool) {
	if row.Value.UpTo.IsZero() && row.Value.Rule != "charge" {
		zero, _ := money.Of(0, uint8(r.customs.Currency.Digits()), r.customs.Currency)
		return zero, true
	}
	if row.Value.UpTo.IsZero() {
		return money.Money{}, false
	}
	return r.money(row.Value.UpTo, row.Value.Currency), true
}

func (r *parcelReckoner) money(d interface{ String() string }, c country.Currency) money.Money {
	n, code := fixed.Scan(d.String())
	if code != "" {
		r.err = problem.New(code, d.String())
		return money.Money{}
	}
	m, err := money.Of(n.Coef, n.Scale, c)
	if err != nil {
		r.err = err
		return money.Money{}
	}
	return r.home(m)
}

// home is an amount in the currency of customs.
func (r *parcelReckoner) home(m money.Money) money.Money {
	if m.IsZero() || m.Currency() == r.customs.Currency {
		return m
	}
	m, _, err := r.parcel.Rates.On(r.parcel.Date).Convert(m, r.customs.Currency, uint8(r.customs.Currency.Digits()), money.HalfUp)
	if err != nil {
		r.err = err
	}
	return m
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
	switch row.Value.Per {
	case "item":
		n = 0
		for _, l := range r.entry.Lines {
			n += max(l.Units, 1)
		}
	case "subheading":
		var seen []string
		for i, l := range r.entry.Lines {
			code := subheading(l.HS)
			if code == "" {
				r.err = problem.New(problem.InputMissing, "hs").At("/lines/" + strconv.Itoa(i))
				return money.Money{}
			}
			if !slices.Contains(seen, code) {
				seen = append(seen, code)
			}
		}
		n = int64(len(seen))
	}
	one := r.money(row.Value.Amount, row.Value.Currency)
	coef, ok := fixed.Mul(one.Coef(), n)
	if r.err != nil || !ok {
		return one
	}
	m, err := one.WithAmount(coef, one.Scale())
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
	r.out.rules = append(r.out.rules, row.Used)
}
