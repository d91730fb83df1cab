package fees

import (
	"math/big"
	"slices"
	"strconv"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/internal/engine"
	"github.com/overseaswarehouse/overseas/internal/fixed"
	"github.com/overseaswarehouse/overseas/internal/problem"
	"github.com/overseaswarehouse/overseas/internal/units"
)

func (e *Entry) fill(f *filler) {
	f.head(e.Date, e.Destination, "", "", "", e.Facts)
	if f.customs != nil && e.Rounding == FullPrecision {
		f.digits += moreDigits
	}
	f.priced = true
	duties := f.given || !e.dutyFree()
	for i := range e.Lines {
		l := &e.Lines[i]
		row := f.row()
		row.Count, row.Units, row.HasUnits = f.count(l.Units, "/lines", i), 1, true
		row.Weight = weight(&l.Weight)
		if l.Goods.IsZero() {
			f.bad(problem.New(problem.InputMissing, "goods"), "/lines", i)
		}
		for kind := range engine.MoneyKinds {
			m := l.sum(kind)
			switch {
			case *m == money.Money{}:
				continue
			case m.Sign() < 0:
				f.bad(problem.New(problem.Negative, m.String()), "/lines", i)
				continue
			case m.Currency() == f.currency:
				row.Money[kind] = fixed.Decimal{Coef: m.Coef(), Scale: m.Scale()}
			default:
				row.Money[kind] = f.converted(*m, e.Rates, i)
			}
			if len(e.Assumed) > 0 && slices.Contains(e.Assumed, country.Part(lineMoney[kind])) {
				f.bad(problem.New(problem.FieldsExclude, lineMoney[kind], "assumed"), "/lines", i)
			}
		}
		if duties {
			row.Duties = f.duties(l, e.Rates, i)
		}
	}
	if duties {
		f.levies()
	}
	if e.AfterBorder.Code == "" {
		return
	}
	if f.customs == nil {
		f.bad(problem.New(problem.UnknownValue, e.AfterBorder.Code), afterBorder, -1)
		return
	}
	f.customs.standardCost(f, e)
}

// afterBorder is where an entry says what stands for the costs after the border.
const afterBorder = "/after_border"

// standards are the costs that customs accept; only the edition of a customs card has them.
type standards interface {
	standardCost(f *filler, e *Entry)
}

// dutyFree reports whether it is said of every line that there is no duty.
func (e *Entry) dutyFree() bool {
	for i := range e.Lines {
		if d := e.Lines[i].Duties; len(d) != 1 || d[0].Code != noDuty || d[0].charges() || d[0].Excise {
			return false
		}
	}
	return true
}

// sum is one of a declaration line's sums, which lineMoney names.
func (l *EntryLine) sum(kind engine.MoneyKind) *money.Money {
	switch kind {
	case engine.Packing:
		return &l.Packing
	case engine.OriginInland:
		return &l.OriginInland
	case engine.FreightToBorder:
		return &l.FreightToBorder
	case engine.Insurance:
		return &l.Insurance
	case engine.FreightAfterBorder:
		return &l.FreightAfterBorder
	}
	return &l.Goods
}

// exchange is an amount in the card's currency at the authority's rate, rounded half up to a number of decimals.
func (f *filler) exchange(m money.Money, rates *money.Rates, digits uint8) (money.Money, error) {
	if m.Currency() == f.currency {
		return m, nil
	}
	c, _, err := rates.On(f.ev.Date).Convert(m, f.currency, digits, money.HalfUp)
	return c, err
}

// converted is a sum of a declaration line in the card's currency.
func (f *filler) converted(m money.Money, rates *money.Rates, index int) fixed.Decimal {
	if m.IsZero() {
		return fixed.Decimal{}
	}
	if m.Currency() == f.currency {
		return fixed.Decimal{Coef: m.Coef(), Scale: m.Scale()}
	}
	c, err := f.exchange(m, rates, f.digits)
	if err != nil {
		f.refuse(err, "/lines", index)
		return fixed.Decimal{}
	}
	return fixed.Decimal{Coef: c.Coef(), Scale: c.Scale()}
}

// refuse files what another package says is wrong.
func (f *filler) refuse(err error, path string, index int) {
	f.bad(problem.Of(err)[0], path, index)
}

// standardCost puts what customs accept for the costs after the border on the lines, by the value of their goods.
func (ed *customsEdition) standardCost(f *filler, e *Entry) {
	const path = afterBorder
	var cost *country.StandardCost
	var known []string
	for i := range ed.customs.StandardCosts {
		v := &ed.customs.StandardCosts[i].Value
		if v.Code == e.AfterBorder.Code {
			cost = v
		}
		known = append(known, v.Code)
	}
	if cost == nil {
		f.bad(problem.New(problem.UnknownValue, e.AfterBorder.Code, known...), path, -1)
		return
	}
	for i := range e.Lines {
		if !e.Lines[i].FreightAfterBorder.IsZero() {
			f.bad(problem.New(problem.FieldsExclude, "freight_after_border", "after_border"), "/lines", i)
		}
	}
	if !cost.Currency.IsZero() && cost.Currency != f.currency {
		f.bad(problem.New(problem.CurrencyMismatch, cost.Currency.String(), f.currency.String()), path, -1)
		return
	}
	sum, bad := reckonStandard(cost, e.AfterBorder)
	if bad != nil {
		f.bad(*bad, path, -1)
		return
	}
	amount, err := toMinor(sum, f.currency)
	if err != nil {
		f.bad(problem.New(problem.Overflow, cost.Code), path, -1)
		return
	}
	total := new(big.Int)
	for i := range f.rows {
		total.Add(total, goodsOf(&f.rows[i]))
	}
	if total.Sign() == 0 {
		f.bad(problem.New(problem.InputMissing, "goods"), path, -1)
		return
	}
	// each line the difference of the rounded running sums, so that the lines sum to the amount
	running, given := new(big.Int), int64(0)
	for i := range f.rows {
		running.Add(running, goodsOf(&f.rows[i]))
		part := new(big.Int).Mul(running, big.NewInt(amount.Coef()))
		upTo := part.Quo(part, total).Int64()
		f.rows[i].Money[engine.FreightAfterBorder] = fixed.Decimal{Coef: upTo - given, Scale: amount.Scale()}
		given = upTo
	}
}

// goodsOf is the value of a row's goods in one unit for all rows.
func goodsOf(r *engine.Row) *big.Int {
	d := r.Money[engine.Goods]
	n := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(fixed.MaxScale-d.Scale)), nil)
	return n.Mul(n, big.NewInt(d.Coef))
}

// describe writes how the caller states each duty, for explanations.
func (e *Entry) describe(ev *engine.Event) {
	for i := range ev.Rows {
		for j := range ev.Rows[i].Duties {
			if i < len(e.Lines) && j < len(e.Lines[i].Duties) {
				ev.Rows[i].Duties[j].Text = e.Lines[i].Duties[j].text(&e.Lines[i])
			}
		}
	}
}

// reckonStandard is the amount of a standard cost.
func reckonStandard(cost *country.StandardCost, s StandardCost) (*big.Rat, *problem.Problem) {
	sum := cost.Plus.Rat()
	switch {
	case s.Loads < 0:
		p := problem.New(problem.Negative, strconv.FormatInt(s.Loads, 10))
		return nil, &p
	case cost.Per == "load":
		loads := new(big.Rat).SetInt64(max(s.Loads, 1))
		sum = new(big.Rat).Add(sum, loads.Mul(loads, cost.Rate.Rat()))
	case s.Loads > 0:
		p := problem.New(problem.FieldsExclude, "loads", cost.Code)
		return nil, &p
	case cost.Per != "":
		name := cost.Per
		if name == "tonne" {
			name = "t"
		}
		u, ok := units.Parse(name)
		if !ok || u.Dim() != units.Weight {
			p := problem.New(problem.UnitUnknown, cost.Per, units.Symbols(units.Weight)...)
			return nil, &p
		}
		if s.Weight.IsZero() {
			p := problem.New(problem.InputMissing, "weight")
			return nil, &p
		}
		q := ratOf(s.Weight)
		q.Quo(q, ratOf(sized{decimalNumber{1, 0}, u}))
		sum = new(big.Rat).Add(sum, q.Mul(q, cost.Rate.Rat()))
	}
	if least := cost.Min.Rat(); sum.Cmp(least) < 0 {
		sum = least
	}
	return sum, nil
}

// customsOnly names a member of the entry that only generated customs cards heed, "" where it has none.
func (e *Entry) customsOnly() string {
	switch {
	case e.Rounding != ByCountry:
		return "rounding"
	case len(e.Assumed) > 0:
		return "assumed"
	case e.AfterBorder.Code != "":
		return "after_border"
	}
	return ""
}
