package fees

import (
	"math/big"
	"strconv"
	"strings"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/fees/unit"
	"github.com/overseaswarehouse/overseas/internal/problem"
	"github.com/overseaswarehouse/overseas/internal/proof"
)

// Journey joins the events of goods from the origin to the buyer. Events that are nil are not asked about.
type Journey struct {
	Consignment *Consignment
	Entry       *Entry
	Receipt     *Receipt
	Stay        *Stay
	Order       *Order
	Return      *Return

	// SKU is the goods of which [Calculator.Unit] tells the cost of one unit.
	SKU string
	// ShareBy is how a charge on a whole event is shared among its goods. The zero Basis is the usual one of each event:
	// the entry by value, the stay by volume, all others by weight.
	ShareBy Basis

	// TariffTwice says that the entry is meant to be priced although a charge of another event covers the tariff, as that
	// of an all-in first leg does. Without it such a journey is refused with ErrTariffTwice.
	TariffTwice bool

	// FreightFromLeg says that the freight to the border of the entry's lines, which is part of the customs value, is what the
	// consignment comes to for the first leg: the sum of its lines of that family, in their currency, and for several lines
	// shared by the value of their goods. The lines may then not say it themselves. It is converted at the entry's rates as any
	// other amount of its lines; where those have dates, each new day takes a little memory, also of values that are used again.
	FreightFromLeg bool

	// Partial says that events which cannot be priced are left out. The quote is then [Incomplete]: it says what is missing,
	// and has lines but no sum.
	Partial bool
}

// Basis is what a shared charge is shared by.
type Basis uint8

// The bases.
const (
	ByDefault Basis = iota
	ByWeight        // weight of the goods
	ByVolume        // volume of the goods
	ByValue         // value of the goods
	ByUnits         // number of units
)

// String is "weight", "volume", "value", "units" or "default".
func (b Basis) String() string {
	return basisWords[min(b, ByUnits)]
}

var basisWords = []string{"default", "weight", "volume", "value", "units"}

// events lists the events of the journey that are asked about, with the usual basis of each.
func (j *Journey) events() []shared {
	var list []shared
	add := func(e Event, g func() []shareRow, b Basis) {
		if !isNil(e) {
			if j.ShareBy != ByDefault {
				b = j.ShareBy
			}
			list = append(list, shared{e, g, b})
		}
	}
	if j == nil {
		return nil
	}
	add(j.Consignment, func() []shareRow { return cartonRows(j.Consignment.Cartons) }, ByWeight)
	add(j.Entry, func() []shareRow { return entryRows(j.Entry.Lines) }, ByValue)
	add(j.Receipt, func() []shareRow { return cartonRows(j.Receipt.Cartons) }, ByWeight)
	add(j.Stay, func() []shareRow { return lotRows(j.Stay.Lots) }, ByVolume)
	add(j.Order, func() []shareRow { return parcelRows(j.Order.Parcels) }, ByWeight)
	add(j.Return, func() []shareRow { return parcelRows(j.Return.Parcels) }, ByWeight)
	return list
}

// Journey prices all events of a journey as wholes: the consignment, the entry, the stay, the order. The places of its problems
// begin with the name of the event: /order/parcels/0, and with the card's and the charge's behind it /order/card/charge.
func (c *Calculator) Journey(j *Journey) (*Quote, error) {
	q := &Quote{}
	if err := c.JourneyInto(q, j); err != nil {
		return nil, err
	}
	return q, nil
}

// JourneyInto is Journey into a value that the caller owns and may use again: once q has grown it allocates nothing. After
// an error q holds no lines.
func (c *Calculator) JourneyInto(q *Quote, j *Journey) error {
	if q == nil {
		q = &Quote{}
	}
	q.reset()
	q.calc = c
	if err := c.journey(q, j); err != nil {
		q.reset()
		return err
	}
	return nil
}

func (c *Calculator) journey(q *Quote, j *Journey) error {
	var into problem.List
	asked := 0
	add := func(e Event) bool {
		asked++
		err := c.add(q, e)
		collectOf(&into, e, err)
		return err == nil
	}
	if j != nil {
		sent := true
		first := len(q.lines)
		if j.Consignment != nil {
			sent = add(j.Consignment)
		}
		if j.Entry != nil {
			e, err := q.entryOf(j, q.lines[first:])
			switch {
			case err == nil:
				add(e)
			case sent || j.Consignment == nil: // else it is said of the consignment
				asked++
				collect(&into, err)
			}
		}
		if j.Receipt != nil {
			add(j.Receipt)
		}
		if j.Stay != nil {
			add(j.Stay)
		}
		if j.Order != nil {
			add(j.Order)
		}
		if j.Return != nil {
			add(j.Return)
		}
	}
	return j.joined(q, &into, asked)
}

// join is journey by way of the explanations of the events.
func (c *Calculator) join(j *Journey, q *Quote, price func(shared, *Quote) error) error {
	var into problem.List
	j, err := c.valued(j)
	if err != nil {
		collect(&into, err)
	}
	events := j.events()
	for _, s := range events {
		collectOf(&into, s.event, price(s, q))
	}
	return j.joined(q, &into, len(events)+into.Len())
}

// joined ends the pricing of so many events. What is wrong with any of them is the error, unless the journey may be
// partial: then the quote is incomplete.
func (j *Journey) joined(q *Quote, into *problem.List, events int) error {
	if events == 0 {
		return Problems{problem.New(problem.InputMissing, "event")}
	}
	if into.Len() > 0 {
		err := into.Err()
		ps, ok := err.(Problems)
		if !ok || !j.Partial {
			return err
		}
		q.missing = ps
	}
	return j.once(q)
}

// once refuses a journey in which the tariff is paid twice without its being said.
func (j *Journey) once(q *Quote) error {
	if j == nil || j.TariffTwice || q.calc != nil && !q.calc.covers {
		return nil
	}
	var covers, charges *Line
	for i := range q.lines {
		l := &q.lines[i]
		switch {
		case !l.tariff:
		case l.kind != OnImport && covers == nil:
			covers = l
		case l.kind == OnImport && charges == nil && l.Family() == Tariff:
			charges = l
		}
	}
	if covers == nil || charges == nil {
		return nil
	}
	return Problems{problem.New(problem.TariffTwice, covers.Card()+"/"+covers.Code(), charges.Card()+"/"+charges.Code()).At("/entry")}
}

// collectOf adds the problems of an event of a journey, whose name their places begin with.
func collectOf(into *problem.List, e Event, err error) {
	for _, p := range problem.Of(err) {
		place := strings.TrimPrefix(p.Path, "/")
		if p.Path = "/" + eventName(e); place != "" {
			p.Path += "/" + place
		}
		into.Add(p)
	}
}

// Unit prices one unit of the journey's SKU: its share of each event, as a quote whose lines are the shares. A charge
// that the cards round by row (a carton, a lot, a declaration line) is shared within the row, any other within the event,
// and a share is that of all units of the SKU divided by their number, rounded half up to the minor unit. An event in
// which no goods are named counts as that of the one unit. For shares that add up to the event's cent, spread a batch
// with package fees/batch.
func (c *Calculator) Unit(j *Journey) (*Quote, error) {
	x, err := c.ExplainUnit(j)
	if err != nil {
		return nil, err
	}
	return x.quote, nil
}

func rowAmounts(runs []run, l *Line) []int64 {
	for _, r := range runs {
		if r.trace != nil && l.charge != nil && r.trace.Card() == l.card {
			return r.trace.RowAmounts(l.charge)
		}
	}
	return nil
}

// shared is an event and the goods it is about.
type shared struct {
	event Event
	rows  func() []shareRow
	by    Basis
}

// shareRow is the goods of one row of an event.
type shareRow []sharePart

// sharePart is units of one SKU in a row.
type sharePart struct {
	sku    string
	units  int64
	weight unit.Weight // of one unit
	size   unit.Size
	volume unit.Volume
	value  money.Money
}

func named(rows []shareRow) bool {
	for _, r := range rows {
		for _, p := range r {
			if p.sku != "" {
				return true
			}
		}
	}
	return false
}

func goodsRow(gs []Goods, count int64) shareRow {
	var row shareRow
	for i := range gs {
		g := &gs[i]
		row = append(row, sharePart{g.SKU, max(g.Units, 1) * max(count, 1), g.Weight, g.Size, g.Volume, g.Value})
	}
	return row
}

func cartonRows(cs []Carton) []shareRow {
	rows := make([]shareRow, len(cs))
	for i := range cs {
		rows[i] = goodsRow(cs[i].Goods, cs[i].Count)
	}
	return rows
}

func parcelRows(ps []Parcel) []shareRow {
	rows := make([]shareRow, len(ps))
	for i := range ps {
		rows[i] = goodsRow(ps[i].Goods, ps[i].Count)
	}
	return rows
}

func lotRows(ls []Lot) []shareRow {
	rows := make([]shareRow, len(ls))
	for i := range ls {
		l := &ls[i]
		rows[i] = shareRow{{l.SKU, l.Units, l.Weight, l.Size, l.Volume, l.Value}}
	}
	return rows
}

func entryRows(ls []EntryLine) []shareRow {
	rows := make([]shareRow, len(ls))
	for i := range ls {
		l := &ls[i]
		// The value of a line is that of all its units, so a unit's is not needed exactly: the line is one part.
		rows[i] = shareRow{{sku: l.SKU, units: max(l.Units, 1), weight: l.Weight, value: l.Goods}}
	}
	return rows
}

// sharing is what one unit of a SKU bears of an event, as steps that can be recomputed.
type sharing struct {
	rows  []*proof.Node // of each row
	event *proof.Node   // of the whole event
}

// newSharing shares an event among its goods. Values are made to be in one currency by exchange; without it they have to be
// already.
func newSharing(rows []shareRow, sku string, by Basis, kind Kind, exchange func(money.Money) (*proof.Node, error)) (*sharing, error) {
	s := &sharing{}
	unit := ""
	var total, mine []*proof.Node
	var units []*sharePart // of the SKU
	count := func() *proof.Node {
		var list []*proof.Node
		for _, p := range units {
			list = append(list, p.counted())
		}
		return proof.Total("units", "", list...)
	}
	for i, r := range rows {
		var rowTotal, rowMine []*proof.Node
		for j := range r {
			p := &r[j]
			for _, of := range []struct{ mine, all *[]*proof.Node }{{&rowMine, &rowTotal}, {&mine, &total}} {
				b := proof.Number("the_only_goods", 1)
				if one := len(rows) == 1 && len(r) == 1; !one {
					var err error
					if b, err = p.basis(by, kind, exchange); err == nil && by == ByValue && unit != "" && b.Unit != unit {
						err = Problems{problem.New(problem.CurrencyMismatch, p.value.String(), unit)}
					}
					if err != nil {
						return nil, at(err, "/"+kind.String()+"/rows/"+strconv.Itoa(i))
					}
					unit = b.Unit
				}
				if p.sku == sku {
					*of.mine = append(*of.mine, b)
					b = proof.AgainOf(b)
				}
				*of.all = append(*of.all, b)
			}
			if p.sku == sku {
				units = append(units, p)
			}
		}
		s.rows = append(s.rows, quotient(rowMine, rowTotal))
	}
	if count().Value.Sign() == 0 {
		return nil, Problems{problem.New(problem.InputMissing, "SKU "+sku).At("/" + kind.String())}
	}
	s.event = quotient(mine, total)
	if s.event.Value == nil {
		return nil, Problems{problem.New(problem.DivisionByZero, by.String()).At("/" + kind.String())}
	}
	s.event = proof.Make(proof.Quotient, "share", "", s.event, count())
	for i, r := range s.rows {
		if r.Value == nil { // goods that weigh, fill or are worth nothing bear nothing
			r = proof.Make(proof.None, "", "")
		}
		s.rows[i] = proof.Make(proof.Quotient, "share", "", r, count())
	}
	return s, nil
}

// quotient is what some of the goods are of all; without a value where all are nothing.
func quotient(some, all []*proof.Node) *proof.Node {
	unit := ""
	if len(all) > 0 {
		unit = all[0].Unit
	}
	return proof.Make(proof.Quotient, "", "", proof.Total("", unit, some...), proof.Total("", unit, all...))
}

// counted is the number of units of the part.
func (p *sharePart) counted() *proof.Node {
	return proof.Leaf(proof.Given, "units", new(big.Rat).SetInt64(p.units), "").At(p.sku)
}

// quantified is a value with its unit.
type quantified interface {
	Coef() int64
	Scale() uint8
	Unit() unit.Unit
}

// basis is what all units of the part weigh, fill or are worth. A declaration line's value is that of the line.
func (p *sharePart) basis(by Basis, kind Kind, exchange func(money.Money) (*proof.Node, error)) (*proof.Node, error) {
	var each *proof.Node
	given := func(name string, q quantified) *proof.Node {
		return proof.Leaf(proof.Given, name, ratOf(decimalNumber{q.Coef(), q.Scale()}), q.Unit().String()).At(p.sku)
	}
	switch by {
	case ByUnits:
		return p.counted(), nil
	case ByValue:
		if p.value.IsZero() {
			return nil, Problems{problem.New(problem.InputMissing, "value")}
		}
		each = p.value.Step("value").At(p.sku)
		if exchange != nil {
			var err error
			if each, err = exchange(p.value); err != nil {
				return nil, problems(err)
			}
		}
		if kind == OnImport {
			return each, nil
		}
	case ByVolume:
		switch {
		case !p.size.IsZero():
			each = proof.Make(proof.Product, "volume", "m3", given("length", p.size.L), given("width", p.size.W), given("height", p.size.H))
		case !p.volume.IsZero():
			each = given("volume", p.volume)
		default:
			return nil, Problems{problem.New(problem.InputMissing, "size")}
		}
	default:
		if p.weight.IsZero() {
			return nil, Problems{problem.New(problem.InputMissing, "weight")}
		}
		each = given("weight", p.weight)
	}
	return proof.Make(proof.Product, by.String(), each.Unit, each, p.counted()), nil
}

// of is the exact share of an amount, given what of it each row bears where that is known.
func (s *sharing) of(amount money.Money, rows []int64) (share *big.Rat, byRow bool) {
	share = new(big.Rat)
	byRow = rows != nil && len(rows) == len(s.rows)
	if byRow {
		for i, v := range rows {
			share.Add(share, new(big.Rat).Mul(new(big.Rat).SetInt64(v), s.rows[i].Value))
		}
	} else {
		share.Mul(new(big.Rat).SetInt64(amount.Coef()), s.event.Value)
	}
	ten := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(amount.Scale())), nil)
	return share.Quo(share, new(big.Rat).SetInt(ten)), byRow
}

// toMinor rounds an exact amount half up to the minor unit.
func toMinor(exact *big.Rat, c country.Currency) (money.Money, error) {
	digits := c.Digits()
	ten := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(digits)), nil)
	sum := new(big.Rat).Mul(exact, new(big.Rat).SetInt(ten))
	neg := sum.Sign() < 0
	sum.Abs(sum).Add(sum, big.NewRat(1, 2))
	n := new(big.Int).Quo(sum.Num(), sum.Denom())
	if neg {
		n.Neg(n)
	}
	if !n.IsInt64() {
		return money.Money{}, Problems{problem.New(problem.Overflow, c.String())}
	}
	return money.Of(n.Int64(), uint8(digits), c)
}

// ratOf is a measured value in the base of its dimension, or an amount of money.
func ratOf(q interface {
	Coef() int64
	Scale() uint8
}) *big.Rat {
	r := new(big.Rat).SetFrac(big.NewInt(q.Coef()), new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(q.Scale())), nil))
	if m, ok := q.(interface{ Unit() unit.Unit }); ok {
		num, pow := m.Unit().Factor()
		r.Mul(r, new(big.Rat).SetInt64(num))
		ten := new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(max(pow, -pow))), nil))
		if pow >= 0 {
			r.Mul(r, ten)
		} else {
			r.Quo(r, ten)
		}
	}
	return r
}

// at sets the place of every problem of an error.
func at(err error, path string) error {
	var into problem.List
	collect(&into, err)
	ps, _ := into.Err().(Problems)
	for i := range ps {
		ps[i].Path = path
	}
	return ps
}
