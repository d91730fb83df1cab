package fees

import (
	"fmt"
	"math/big"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/internal/engine"
	"github.com/overseaswarehouse/overseas/internal/fixed"
	"github.com/overseaswarehouse/overseas/internal/problem"
	"github.com/overseaswarehouse/overseas/internal/ratecard"
)

// customsBuilder writes the card of an edition under the circumstances of an entry.
type customsBuilder struct {
	*customsEdition
	shape *customsShape
	given map[string]string
	card  *ratecard.Card
	used  []country.Used
	into  problem.List
	costs map[country.Part]string // what stands for a part that is assumed; "" for one that another includes
}

// names of the amounts and charges of customs cards
const (
	customsValue = string(country.PartCustomsValue)
	taxBase      = string(country.PartTaxBase)
	taxable      = "taxable"
	importTax    = string(country.PartTax)
)

// build makes the program of an edition under circumstances.
func (ed *customsEdition) build(shape *customsShape, given map[string]string, standard string) (*customsProgram, error) {
	b := &customsBuilder{customsEdition: ed, shape: shape, given: given, costs: map[country.Part]string{}}
	c := &ed.customs
	b.card = &ratecard.Card{
		ID: ed.book.id, Title: "import into " + c.Country.Name(language.English), Provider: "customs",
		Countries: []country.Code{c.Country}, Currency: c.Currency, Tax: ratecard.Tax{Kind: ratecard.TaxNone}, Effective: ed.period,
		Rounding: ratecard.Rounding{Mode: fixed.HalfUp, To: minorStep(c.Currency), Each: ratecard.LevelEvent},
	}
	if shape.rounding == FullPrecision {
		b.card.MoneyDigits = uint8(c.Currency.Digits() + moreDigits)
	}
	b.use(c.Valuation.Used)
	b.assume()
	b.value()
	b.duties()
	b.tax()
	if !shape.parcel {
		b.prepayments()
		b.fees()
	}
	b.total()
	if standard != "" {
		for _, row := range c.StandardCosts {
			if row.Value.Code == standard {
				b.use(row.Used)
			}
		}
	}
	if err := b.into.Err(); err != nil {
		return nil, err
	}
	b.sources()
	program := engine.Compile(b.card, &b.into)
	if err := b.into.Err(); err != nil {
		return nil, err
	}
	p := &customsProgram{program: newEdition(program), recovery: c.Recoverable.Value, facts: b.used}
	for _, u := range b.used {
		if u.Override {
			p.overrides = append(p.overrides, u.Name())
		}
		if u.To.IsZero() && !u.Seen.IsZero() && (p.confirmed.IsZero() || u.Seen.Before(p.confirmed)) {
			p.confirmed, p.seen = u.Seen, u.Seen.String()
		}
	}
	return p, nil
}

// use notes a fact that the card rests on.
func (b *customsBuilder) use(u country.Used) {
	if !u.IsZero() {
		b.used = append(b.used, u)
	}
}

func (b *customsBuilder) number(d interface{ Rat() *big.Rat }) fixed.Decimal {
	n, ok := decimalOf(d.Rat())
	if !ok {
		b.into.Add(problem.New(problem.NumberRange, d.Rat().RatString()))
	}
	return n
}

func minorStep(c country.Currency) fixed.Decimal {
	return fixed.Decimal{Coef: 1, Scale: uint8(c.Digits())}
}

// rounding is the published rounding of a part, or that of the minor unit on each line. Exact tells that the part enters
// into further amounts unrounded.
func (b *customsBuilder) rounding(part country.Part) (r ratecard.Rounding, exact bool) {
	minor := minorStep(b.card.Currency)
	r = ratecard.Rounding{Mode: fixed.HalfUp, To: minor, Each: ratecard.LevelLine}
	for _, row := range b.customs.Roundings {
		v := row.Value
		if v.Of != part {
			continue
		}
		b.use(row.Used)
		if !v.Step.IsZero() {
			r.To = b.number(v.Step)
		}
		switch v.Mode {
		case "up":
			r.Mode = fixed.Up
		case "down":
			r.Mode = fixed.Down
		}
		if v.Per == "levy" || v.Per == "entry" {
			r.Each = ratecard.LevelEvent
		}
		exact = v.Exact
	}
	switch b.shape.rounding {
	case LineByLine:
		exact = false
	case FullPrecision:
		exact = exact || r.Mode == fixed.HalfUp && r.To.Cmp(minor) <= 0
	}
	if exact {
		r.Each = ratecard.LevelEvent
	}
	return r, exact
}

// assume puts amounts in the place of costs that are not known.
func (b *customsBuilder) assume() {
	for _, part := range b.shape.assumed {
		if _, done := b.costs[part]; done {
			continue
		}
		found := false
		var known []string
		for _, row := range b.customs.AssumedCosts {
			v := row.Value
			for _, c := range v.Costs {
				known = append(known, string(c))
			}
			if !slices.Contains(v.Costs, part) || !b.fits(row.When) {
				continue
			}
			if i := slices.IndexFunc(v.Costs, func(c country.Part) bool { return !slices.Contains(b.shape.assumed, c) }); i >= 0 {
				b.into.Add(problem.New(problem.InputMissing, "assumed "+string(v.Costs[i])))
			}
			a := ratecard.Amount{Name: "assumed_" + string(v.Costs[0]), On: ratecard.Import, Each: ratecard.LevelLine, Basis: ratecard.Exact}
			fob := []string{string(country.PartGoods), string(country.PartPacking), string(country.PartOriginInland)}
			switch v.Of {
			case "fob":
				a.Sum = fob
			case "cfr":
				freight := string(country.PartFreightToBorder)
				if name := b.costs[country.PartFreightToBorder]; name != "" {
					freight = name
				} else if slices.Contains(b.shape.assumed, country.PartFreightToBorder) && part != country.PartFreightToBorder {
					freight = "assumed_" + freight
				}
				a.Sum = append(fob, freight)
			default:
				a.Sum = []string{v.Of}
			}
			rate := v.Rate.Rat()
			if !rate.Num().IsInt64() || !rate.Denom().IsInt64() {
				b.into.Add(problem.New(problem.NumberRange, rate.RatString()))
				continue
			}
			a.Num, a.Den = rate.Num().Int64(), rate.Denom().Int64()
			b.card.Amounts = append(b.card.Amounts, a)
			for i, c := range v.Costs {
				b.costs[c] = ""
				if i == 0 {
					b.costs[c] = a.Name
				}
			}
			b.use(row.Used)
			found = true
			break
		}
		if !found {
			b.into.Add(problem.New(problem.UnknownValue, string(part), known...).At("/assumed"))
		}
	}
}

// fits reports whether conditions hold under the circumstances; one that must be given and is not is a problem.
func (b *customsBuilder) fits(when []country.Condition) bool {
	for _, w := range when {
		v, ok := b.given[w.Input]
		if !ok {
			v = w.Default
		}
		if v == "" {
			b.into.Add(problem.New(problem.InputMissing, w.Input, w.In...))
			return false
		}
		if !slices.Contains(w.In, v) {
			return false
		}
	}
	return true
}

// parts are the names of what a fact sums; duties and excises are those of the charges.
func (b *customsBuilder) parts(sum []country.Part) (names []string) {
	for _, p := range sum {
		name, assumed := b.costs[p]
		switch {
		case assumed && name != "":
			names = append(names, name)
		case assumed:
		case p == country.PartDuty:
			for i := range b.shape.duties {
				names = append(names, levyCode(i+1))
			}
		case p == country.PartExcise:
			for i := range b.shape.excises {
				names = append(names, levyCode(b.shape.duties+i+1))
			}
		default:
			names = append(names, string(p))
		}
	}
	return names
}

func levyCode(n int) string { return "levy." + itoa(n) }

// value is the customs value of each line.
func (b *customsBuilder) value() {
	a := ratecard.Amount{Name: customsValue, On: ratecard.Import, Each: ratecard.LevelLine, Sum: b.parts(b.customs.Valuation.Value.Sum)}
	if slices.ContainsFunc(b.customs.Roundings, func(r country.Row[country.Rounding]) bool { return r.Value.Of == country.PartCustomsValue }) {
		if r, exact := b.rounding(country.PartCustomsValue); !exact {
			a.Round = &r
		}
	}
	b.card.Amounts = append(b.card.Amounts, a)
	b.card.Kept = append(b.card.Kept, customsValue)
}

// duties are the levies of the caller's duty lines, excises after duties.
func (b *customsBuilder) duties() {
	r, _ := b.rounding(country.PartDuty)
	for i := range b.shape.duties + b.shape.excises {
		b.charge(ratecard.Charge{Code: levyCode(i + 1), Each: ratecard.LevelLine, Given: "duties", Levy: i + 1, Round: r,
			Terms: []ratecard.Price{{Percent: true, Of: []string{customsValue}, Basis: ratecard.Exact}}})
	}
}

// charge adds a charge of the tariff family.
func (b *customsBuilder) charge(c ratecard.Charge) {
	c.On, c.Families = ratecard.Import, []ratecard.Family{ratecard.Tariff}
	b.card.Charges = append(b.card.Charges, c)
}

// tax is the tax base and the tax on imports.
func (b *customsBuilder) tax() {
	base := b.customs.TaxBase
	row, err := b.customs.TaxFor(b.given)
	if err != nil {
		collect(&b.into, err)
		return
	}
	b.use(row.Used)
	if base.IsZero() {
		return
	}
	b.use(base.Used)
	each, basis := ratecard.LevelLine, ratecard.Rounded
	r, exact := b.rounding(country.PartDuty)
	switch {
	case exact:
		basis = ratecard.Exact
	case r.Each == ratecard.LevelEvent:
		each = ratecard.LevelEvent // a duty that is rounded for the entry has no line
	}
	b.card.Amounts = append(b.card.Amounts, ratecard.Amount{Name: taxBase, On: ratecard.Import, Each: each, Sum: b.parts(base.Value.Sum), Basis: basis})
	b.card.Kept = append(b.card.Kept, taxBase)
	if row.Value.Rate.IsZero() {
		return
	}
	of := taxBase
	if s := row.Value.Share; !s.IsWhole() {
		b.card.Amounts = append(b.card.Amounts, ratecard.Amount{Name: taxable, On: ratecard.Import, Each: each, Sum: []string{taxBase}, Num: s.Num, Den: s.Den})
		b.card.Kept = append(b.card.Kept, taxable)
		of = taxable
	}
	round, _ := b.rounding(country.PartTax)
	round.Each = max(round.Each, each)
	b.charge(ratecard.Charge{Code: importTax, Text: row.Value.Tax, Each: each, Recoverable: true, Round: round, When: b.when(row.When),
		Terms: []ratecard.Price{{Percent: true, Cells: []ratecard.Cell{{Value: b.number(row.Value.Rate)}}, Of: []string{of}, Basis: basis}}})
}

// when are the conditions of a fact as those of a charge, for explanations: the facts that do not fit are not on the card.
func (b *customsBuilder) when(conditions []country.Condition) (tests []ratecard.Test) {
	for _, w := range conditions {
		tests = append(tests, ratecard.Test{Subject: ratecard.Subject{Kind: ratecard.SubjectInput, Name: w.Input}, In: slices.Clone(w.In)})
		if b.card.Input(w.Input) != nil {
			continue
		}
		in := ratecard.Input{Name: w.Input, Kind: ratecard.Choice, Default: w.Default, Each: ratecard.LevelEvent}
		for _, known := range b.customs.Inputs {
			if known.Name == w.Input {
				in.Values, in.Default = slices.Clone(known.Values), known.Default
			}
		}
		for _, v := range w.In {
			if !slices.Contains(in.Values, v) {
				in.Values = append(in.Values, v)
			}
		}
		b.card.Inputs = append(b.card.Inputs, in)
	}
	return tests
}

// prepayments are collected at import on account of other taxes.
func (b *customsBuilder) prepayments() {
	rows, err := b.customs.PrepaymentsFor(b.given)
	if err != nil {
		collect(&b.into, err)
		return
	}
	for _, row := range rows {
		b.use(row.Used)
		of := string(row.Value.Of)
		a := b.card.Amount(of)
		if a == nil {
			b.into.Add(problem.New(problem.NoFacts, b.customs.Country.String()+" "+of))
			continue
		}
		round, _ := b.rounding(country.PartPrepayment)
		round.Each = max(round.Each, a.Each)
		b.charge(ratecard.Charge{Code: row.Value.Code, Each: a.Each, Prepayment: true, Round: round, When: b.when(row.When),
			Terms: []ratecard.Price{{Percent: true, Cells: []ratecard.Cell{{Value: b.number(row.Value.Rate)}}, Of: []string{of}, Basis: a.Basis}}})
	}
}

// fees are what customs and other authorities charge for the entry.
func (b *customsBuilder) fees() {
	rows, err := b.customs.FeesFor(b.given)
	if err != nil {
		collect(&b.into, err)
		return
	}
	for _, row := range rows {
		b.use(row.Used)
		v := row.Value
		if v.Currency != b.card.Currency {
			b.into.Add(problem.New(problem.CurrencyMismatch, v.Currency.String(), b.card.Currency.String()).At("/" + row.Name()))
			continue
		}
		if len(v.Scale) == 0 && v.Rate.IsZero() && v.Amount.IsZero() && v.Min.IsZero() {
			continue // it says that there is none
		}
		ch := ratecard.Charge{Code: v.Code, Each: ratecard.LevelEvent, When: b.when(row.When)}
		ch.Round, _ = b.rounding(country.PartFee)
		ch.Round.Each = ratecard.LevelEvent
		if len(v.Scale) > 0 {
			ch.Terms = []ratecard.Price{b.scale(v)}
		} else {
			if !v.Amount.IsZero() || v.Rate.IsZero() {
				ch.Terms = append(ch.Terms, ratecard.Price{Cells: []ratecard.Cell{{Value: b.number(v.Amount)}}})
			}
			if !v.Rate.IsZero() {
				ch.Terms = append(ch.Terms, ratecard.Price{Percent: true, Cells: []ratecard.Cell{{Value: b.number(v.Rate)}}, Of: []string{customsValue}})
			}
			if !v.Min.IsZero() {
				n := b.number(v.Min)
				ch.Min = &n
			}
			if !v.Max.IsZero() {
				n := b.number(v.Max)
				ch.Max = &n
			}
		}
		b.charge(ch)
	}
}

// scale is a fee by bands of the customs value.
func (b *customsBuilder) scale(v country.Fee) ratecard.Price {
	class := ratecard.Class{Name: v.Code + "_scale", Each: ratecard.LevelEvent}
	var p ratecard.Price
	for i, band := range v.Scale {
		row := ratecard.ClassRow{Name: itoa(i + 1)}
		if band.Edge != country.EdgeNone {
			bound := ratecard.Bound{Edge: ratecard.UpTo, At: ratecard.Quantity{Value: b.number(band.Limit), Set: true}}
			if band.Edge == country.EdgeBelow {
				bound.Edge = ratecard.Below
			}
			row.When = []ratecard.Test{{Subject: ratecard.Subject{Kind: ratecard.SubjectMeasure, Name: customsValue}, Bounds: []ratecard.Bound{bound}}}
		}
		class.Rows = append(class.Rows, row)
		p.Cells = append(p.Cells, ratecard.Cell{Value: b.number(band.Amount)})
	}
	b.card.Classes = append(b.card.Classes, class)
	p.By = []ratecard.Axis{{Of: ratecard.Subject{Kind: ratecard.SubjectClass, Name: class.Name}, Values: class.Names()}}
	return p
}

// total adds the line in which the amounts shown differ from what the unrounded ones come to.
func (b *customsBuilder) total() {
	if _, exact := b.rounding(country.PartTotal); !exact {
		return
	}
	b.card.Totals = append(b.card.Totals, ratecard.Total{On: ratecard.Import, Code: "rounding", Family: ratecard.Tariff, Basis: ratecard.Exact,
		Round: ratecard.Rounding{Mode: fixed.HalfUp, To: minorStep(b.card.Currency)}})
}

// sources names where the facts in use come from, each once, and seals the card with them.
func (b *customsBuilder) sources() {
	b.used = slices.CompactFunc(b.used, func(a, c country.Used) bool { return a.Name() == c.Name() && a.From == c.From })
	var text strings.Builder
	fmt.Fprintf(&text, "%s %s %d %d %v %v\n", b.card.ID, b.period, b.shape.duties, b.shape.excises, b.shape.rounding, b.shape.assumed)
	for _, u := range b.used {
		text.WriteString(factText(u))
		s := ratecard.Source{Note: u.Source, Seen: u.Seen}
		if !slices.Contains(b.card.Sources, s) {
			b.card.Sources = append(b.card.Sources, s)
		}
	}
	b.card.Digest = ratecard.Digest(text.String())
}

// factText is what a fact says, for digests.
func factText(u country.Used) string {
	return fmt.Sprintf("%s %v %v %v %v %v\n", u.Name(), u.Value, u.When, u.From, u.To, u.Source)
}
