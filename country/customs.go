package country

import (
	"slices"

	"github.com/overseaswarehouse/overseas/internal/problem"
)

// Customs is what the facts say about imports into one country on one day. What depends on circumstances (mode of
// transport, kind of entry) is in lists; FeesFor, TaxFor and PrepaymentsFor pick from them.
type Customs struct {
	Country  Code
	Date     Date
	Currency Currency // in which customs reckon

	Valuation Row[Valuation]
	TaxBase   Row[TaxBase] // zero where there is no tax on imports
	Tax       Row[ImportTax]

	Taxes          []Row[ImportTax]  // Tax, and other rates for other circumstances
	Fees           []Row[Fee]        // for all circumstances
	Prepayments    []Row[Prepayment] // for all circumstances
	Roundings      []Row[Rounding]
	AssumedCosts   []Row[AssumedCost]
	StandardCosts  []Row[StandardCost]
	AdditionalDuty []Row[AdditionalDuty] // to be listed, never applied
	Territories    []Row[Territory]
	Parcels        []Row[Parcel] // for parcels to consumers, never for a batch
	Remarks        []Row[Remark]

	FormalEntry  Row[FormalEntry]  // zero where there is no such threshold
	Recoverable  Row[Recoverable]  // zero where it is not known on the day
	ExchangeRate Row[ExchangeRate] // zero where it is not known on the day

	Used    []Used    // every fact in use, in the order of the document, the caller's last
	Inputs  []Input   // the circumstances that the facts in use depend on
	Unknown []Problem // facts that a batch does without, not known on the day: unknown_after, unknown_before

	gaps   []gap   // Unknown, with conditions
	inputs []Input // Inputs, and those of which no fact of this country knows
}

// LastConfirmed is the earliest day on which one of the facts without a known end, the parcel rules and remarks left out,
// was last seen to hold; the zero Date when all of them are known to hold on the day asked for.
func (c Customs) LastConfirmed() (day Date) {
	for _, u := range c.Used {
		if k := u.Key(); k == KeyParcel || k == KeyRemark || u.LastConfirmed.IsZero() {
			continue
		}
		if day.IsZero() || u.LastConfirmed.Before(day) {
			day = u.LastConfirmed
		}
	}
	return day
}

// Row is a fact in use, with its value in its own type. The zero Row says that there is none.
type Row[T Value] struct {
	Value T
	Used
}

// Used is a fact as a result uses it.
type Used struct {
	Fact
	Override bool // the caller has supplied it

	// LastConfirmed is set when no end of the fact is known and the day asked for is after the one on which the fact was
	// last seen to hold: that day.
	LastConfirmed Date
}

// IsZero reports whether there is no fact.
func (u Used) IsZero() bool { return u.Fact.Value == nil }

// CustomsOn is what is known about imports into a country on a day. Overrides are facts of the caller's (the amounts of a
// year that the tables do not reach, a correction, another country), written as literals or out of ParseFacts. One without
// conditions takes the place of all facts of the same Name; one with conditions, of those under the same conditions or
// narrower ones. An override that does not hold on the day, or belongs to another country, is not used.
//
// Nothing is extended beyond its period. Errors, all of them at once as Problems: ErrNoFacts when nothing is known about
// the country, its valuation or its tax; ErrUnknownAfter, with the last known day, and ErrUnknownBefore, with the first,
// when a fact that an ordinary entry needs (valuation, tax base, tax, fees) is not known on the day; ErrDateInvalid; and what
// is wrong with an override.
func CustomsOn(c Code, on Date, overrides ...Fact) (Customs, error) {
	return known().CustomsOn(c, on, overrides...)
}

// CustomsOn is the function CustomsOn on the facts of this set alone.
func (s *FactSet) CustomsOn(c Code, on Date, overrides ...Fact) (Customs, error) {
	var into problem.List
	if !on.IsValid() {
		into.Add(problem.New(problem.DateInvalid, on.String(), dateFormat).At("/date"))
	}
	own := s.overrides(c, on, overrides, &into)
	var rows []series
	if s != nil {
		rows = s.byCountry[c]
	}
	if len(rows) == 0 && len(own) == 0 {
		p := problem.New(problem.NoFacts, c.String())
		for _, c := range s.Countries() {
			p.Want = append(p.Want, c.String())
		}
		into.Add(p)
	}
	if err := into.Err(); err != nil {
		return Customs{}, err
	}

	result := Customs{Country: c, Date: on}
	var used []Used
	for _, row := range rows {
		f, p := row.on(on)
		replaced := slices.ContainsFunc(own, func(o Fact) bool { return o.covers(row.facts[0]) })
		switch {
		case replaced:
		case p != nil && needed(row.facts[0]):
			into.Add(*p)
		case p != nil:
			result.Unknown = append(result.Unknown, *p)
			result.gaps = append(result.gaps, gap{row.facts[0].Key(), row.facts[0].When, *p})
		case f != nil:
			u := Used{Fact: f.clone()}
			if f.To.IsZero() && on.After(f.Seen) {
				u.LastConfirmed = f.Seen
			}
			used = append(used, u)
		}
	}
	for _, o := range own {
		u := Used{Fact: o.clone(), Override: true}
		if o.To.IsZero() && !o.Seen.IsZero() && on.After(o.Seen) {
			u.LastConfirmed = o.Seen
		}
		used = append(used, u)
	}
	for _, u := range used {
		result.add(Used{Fact: u.Fact.clone(), Override: u.Override, LastConfirmed: u.LastConfirmed})
	}
	result.Used = used
	result.Inputs = s.inputsOf(used)
	result.inputs = slices.Clone(result.Inputs)
	for _, in := range s.Inputs() {
		if !slices.ContainsFunc(result.inputs, func(o Input) bool { return o.Name == in.Name }) {
			result.inputs = append(result.inputs, in)
		}
	}
	result.complete(&into)
	if err := into.Err(); err != nil {
		return Customs{}, err
	}
	return result, nil
}

// overrides checks the caller's facts and keeps those for the country and the day.
func (s *FactSet) overrides(c Code, on Date, list []Fact, into *problem.List) (own []Fact) {
	for i, f := range list {
		found := checks{path: "/overrides/" + itoa(int64(i))}
		f.check(&found)
		if f.Unknown {
			found.add("unknown", problem.New(problem.FieldsExclude, "unknown", "overrides"))
		}
		if problems, bad := found.list.Err().(problem.Problems); bad {
			for _, p := range problems {
				into.Add(p)
			}
			continue
		}
		if f.Country != c || !f.Holds(on) {
			continue
		}
		for _, o := range own {
			if o.Name() == f.Name() && conditions(o.When) == conditions(f.When) {
				into.Add(problem.New(problem.PeriodOverlap, on.String(), f.Name()).At(found.path))
			}
		}
		own = append(own, f)
	}
	return own
}

// covers reports whether an override takes the place of a fact: the same fact, under circumstances that include its own.
func (f Fact) covers(other Fact) bool {
	if f.Name() != other.Name() {
		return false
	}
	for _, w := range f.When {
		i := slices.IndexFunc(other.When, func(o Condition) bool { return o.Input == w.Input })
		if i < 0 || slices.ContainsFunc(other.When[i].In, func(v string) bool { return !slices.Contains(w.In, v) }) {
			return false
		}
	}
	return true
}

// on is the fact of a series that holds on the day, or the problem that it is not known then, or neither when there is
// nothing of the kind on that day.
func (s series) on(day Date) (*Fact, *problem.Problem) {
	var last *Fact // the last known one that ended before the day
	for i := range s.facts {
		f := &s.facts[i]
		switch {
		case f.Unknown && f.Holds(day):
			return nil, s.unknown(day, last)
		case f.Holds(day):
			return f, nil
		case f.Unknown:
		case !f.From.IsZero() && day.Before(f.From):
			if last == nil && f.Begins || last != nil && last.Ends {
				return nil, nil
			}
			if last == nil {
				p := problem.New(problem.UnknownBefore, s.name, f.From.String()).With("date", day.String())
				return nil, &p
			}
			return nil, s.unknown(day, last)
		default:
			last = f
		}
	}
	if last == nil || last.Ends {
		return nil, nil
	}
	return nil, s.unknown(day, last)
}

func (s series) unknown(day Date, last *Fact) *problem.Problem {
	p := problem.New(problem.UnknownAfter, s.name).With("date", day.String())
	if last != nil {
		p.Want = []string{last.To.String()}
	}
	return &p
}

// needed reports whether an ordinary entry of a batch cannot be reckoned without the fact: what it is about, and whether
// its conditions can hold when the caller says no more than he must.
func needed(f Fact) bool {
	switch f.Key() {
	case KeyValuation, KeyTaxBase, KeyImportTax, KeyFee:
	default:
		return false
	}
	return !slices.ContainsFunc(f.When, func(w Condition) bool { return w.Default != "" && !slices.Contains(w.In, w.Default) })
}

func (c *Customs) add(u Used) {
	switch v := u.Fact.Value.(type) {
	case HomeCurrency:
		c.Currency = v.Currency
	case Valuation:
		c.Valuation = Row[Valuation]{v, u}
	case TaxBase:
		c.TaxBase = Row[TaxBase]{v, u}
	case ImportTax:
		c.Taxes = append(c.Taxes, Row[ImportTax]{v, u})
		if len(u.When) == 0 {
			c.Tax = Row[ImportTax]{v, u}
		}
	case Fee:
		c.Fees = append(c.Fees, Row[Fee]{v, u})
	case Prepayment:
		c.Prepayments = append(c.Prepayments, Row[Prepayment]{v, u})
	case Rounding:
		c.Roundings = append(c.Roundings, Row[Rounding]{v, u})
	case AssumedCost:
		c.AssumedCosts = append(c.AssumedCosts, Row[AssumedCost]{v, u})
	case StandardCost:
		c.StandardCosts = append(c.StandardCosts, Row[StandardCost]{v, u})
	case AdditionalDuty:
		c.AdditionalDuty = append(c.AdditionalDuty, Row[AdditionalDuty]{v, u})
	case Territory:
		c.Territories = append(c.Territories, Row[Territory]{v, u})
	case Parcel:
		c.Parcels = append(c.Parcels, Row[Parcel]{v, u})
	case Remark:
		c.Remarks = append(c.Remarks, Row[Remark]{v, u})
	case FormalEntry:
		c.FormalEntry = Row[FormalEntry]{v, u}
	case Recoverable:
		c.Recoverable = Row[Recoverable]{v, u}
	case ExchangeRate:
		c.ExchangeRate = Row[ExchangeRate]{v, u}
	}
}

// complete fills in the currency and reports what every country must have.
func (c *Customs) complete(into *problem.List) {
	if c.Currency.IsZero() {
		c.Currency, _ = c.Country.Currency()
	}
	home := func(m *Currency) {
		if m.IsZero() {
			*m = c.Currency
		}
	}
	for i := range c.Fees {
		home(&c.Fees[i].Value.Currency)
	}
	for i := range c.StandardCosts {
		home(&c.StandardCosts[i].Value.Currency)
	}
	for i := range c.Parcels {
		home(&c.Parcels[i].Value.Currency)
	}
	if !c.FormalEntry.IsZero() {
		home(&c.FormalEntry.Value.Currency)
	}
	if into.Len() > 0 {
		return
	}
	missing := func(none bool, key Key) {
		if none {
			into.Add(problem.New(problem.NoFacts, c.Country.String()+" "+string(key)))
		}
	}
	missing(c.Currency.IsZero(), KeyCurrency)
	missing(c.Valuation.IsZero(), KeyValuation)
	missing(c.Tax.IsZero(), KeyImportTax)
	missing(c.TaxBase.IsZero() && !c.Tax.Value.Rate.IsZero(), KeyTaxBase)
}

// inputsOf lists the circumstances that the facts depend on: those of the set, and those that only overrides know.
func (s *FactSet) inputsOf(used []Used) (list []Input) {
	var all []Input
	if s != nil {
		all = s.inputs
	}
	for _, u := range used {
		for _, w := range u.When {
			i := slices.IndexFunc(list, func(in Input) bool { return in.Name == w.Input })
			if i < 0 {
				in := Input{Name: w.Input, Default: w.Default}
				if n := slices.IndexFunc(all, func(in Input) bool { return in.Name == w.Input }); n >= 0 {
					in = all[n]
					in.Values = slices.Clone(in.Values)
				}
				list = append(list, in)
				i = len(list) - 1
			}
			for _, v := range w.In {
				if !slices.Contains(list[i].Values, v) {
					list[i].Values = append(list[i].Values, v)
				}
			}
		}
	}
	return list
}

// FeesFor are the fees under the given circumstances ({"mode": "sea"}), one for each code: where several facts with one
// code fit, the one with the most conditions counts. A circumstance that is not given has its default. Errors, as Problems:
// input_missing when one without a default is not given, input_unknown and unknown_value for one that no facts know of,
// ambiguous when two facts fit equally well, ErrUnknownAfter or ErrUnknownBefore when the fee under these circumstances is
// among Unknown.
func (c Customs) FeesFor(given map[string]string) ([]Row[Fee], error) {
	return pick(c, KeyFee, c.Fees, given)
}

// PrepaymentsFor are the prepayments under the given circumstances, with the rules and errors of FeesFor.
func (c Customs) PrepaymentsFor(given map[string]string) ([]Row[Prepayment], error) {
	return pick(c, KeyPrepayment, c.Prepayments, given)
}

// TaxFor is the tax on imports under the given circumstances ({"goods": "luxury"}), with the rules and errors of FeesFor.
func (c Customs) TaxFor(given map[string]string) (Row[ImportTax], error) {
	rows, err := pick(c, KeyImportTax, c.Taxes, given)
	if err != nil || len(rows) == 0 {
		return Row[ImportTax]{}, err
	}
	return rows[0], nil
}
