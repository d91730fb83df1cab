package ratecard

import (
	"math/big"
	"slices"
	"strings"

	"github.com/overseaswarehouse/overseas/internal/fixed"
	"github.com/overseaswarehouse/overseas/internal/units"
)

// ChangeKind says what happened to a part of a card.
type ChangeKind uint8

const (
	Added ChangeKind = iota + 1
	Removed
	Changed
)

var changeWords = []string{Added: "added", Removed: "removed", Changed: "changed"}

// String is added, removed or changed.
func (k ChangeKind) String() string { return wordOf(changeWords, k) }

// MarshalText writes the word; the zero ChangeKind has none.
func (k ChangeKind) MarshalText() ([]byte, error) { return marshalWord(changeWords, k) }

// Part says which part of a card changed.
type Part string

// The parts. A price is one cell of a table, a bracket one edge or value of an axis.
const (
	PartCard      Part = "card" // id, edition, title, provider, standing, account, countries, warehouses, currency, service
	PartTax       Part = "tax"
	PartDates     Part = "dates"
	PartRounding  Part = "rounding"
	PartInput     Part = "input"
	PartClass     Part = "class"
	PartMeasure   Part = "measure"
	PartAmount    Part = "amount"
	PartSlot      Part = "slot"
	PartTotal     Part = "total"
	PartCharge    Part = "charge"
	PartEvent     Part = "event"
	PartFamily    Part = "family"
	PartLevel     Part = "level"
	PartCondition Part = "condition"
	PartLimit     Part = "limit"
	PartQuantity  Part = "quantity"
	PartTime      Part = "time"
	PartBracket   Part = "bracket"
	PartPrice     Part = "price"
	PartMinimum   Part = "minimum"
	PartMaximum   Part = "maximum"
	PartBound     Part = "bound"
	PartOther     Part = "other" // credit, recoverable, prepayment, top-up, given
)

// Coordinate is a place on an axis of a table.
type Coordinate struct{ Axis, Value string }

// Change is one difference between two cards.
type Change struct {
	Kind     ChangeKind
	Part     Part
	Name     string       // charge code, or the name of the input, class, measure, amount, slot, card field
	Term     int          // of a charge whose price is a sum: which summand, from 0
	Dated    Period       // of a dated price: when it holds
	At       []Coordinate // of a price: its cell
	Old, New string       // "" where there was or is none
}

// String is the change on one line: "parcel price at weight upTo 5 kg: 6.99 -> 7.69".
func (c Change) String() string {
	var b strings.Builder
	b.WriteString(strings.TrimSpace(c.Name + " " + string(c.Part)))
	if c.Dated != (Period{}) {
		b.WriteString(" of " + c.Dated.String())
	}
	for i, at := range c.At {
		b.WriteString([]string{" at ", ", "}[min(i, 1)] + at.Axis + " " + at.Value)
	}
	switch c.Kind {
	case Added:
		b.WriteString(" added: " + c.New)
	case Removed:
		b.WriteString(" removed: " + c.Old)
	default:
		b.WriteString(": " + c.Old + " -> " + c.New)
	}
	return b.String()
}

// Diff lists what changed from one card to another, in the order of the old card, additions after it. Values are
// compared, not their spelling: 1000 g and 1 kg are the same bracket, 5.5 and 5.50 the same price.
func Diff(old, new *Card) []Change {
	d := &differ{}
	d.header(old, new)
	parts(d, PartInput, old.Inputs, new.Inputs, func(x *Input) string { return x.Name }, inputText)
	parts(d, PartClass, old.Classes, new.Classes, func(x *Class) string { return x.Name }, classText)
	parts(d, PartMeasure, old.Measures, new.Measures, func(x *Measure) string { return x.Name }, func(x *Measure) string { return x.Text() })
	parts(d, PartAmount, old.Amounts, new.Amounts, func(x *Amount) string { return x.Name }, amountText)
	parts(d, PartSlot, old.Slots, new.Slots, func(x *Slot) string { return x.Name }, slotText)
	parts(d, PartTotal, old.Totals, new.Totals, func(x *Total) string { return x.Code }, func(x *Total) string {
		return x.On.String() + " " + x.Family.String() + " " + x.Round.Text()
	})
	d.charges(old, new)
	return d.found
}

type differ struct{ found []Change }

// text adds a change where two texts differ.
func (d *differ) text(part Part, name, old, new string) {
	d.change(Change{Part: part, Name: name, Old: old, New: new})
}

func (d *differ) change(c Change) {
	switch {
	case c.Old == c.New:
		return
	case c.Old == "":
		c.Kind = Added
	case c.New == "":
		c.Kind = Removed
	default:
		c.Kind = Changed
	}
	d.found = append(d.found, c)
}

func (d *differ) header(old, new *Card) {
	for _, f := range []struct {
		part Part
		name string
		get  func(*Card) string
	}{
		{PartCard, "id", func(c *Card) string { return c.ID }},
		{PartCard, "edition", func(c *Card) string { return c.Edition }},
		{PartCard, "title", func(c *Card) string { return c.Title }},
		{PartCard, "provider", func(c *Card) string { return c.Provider }},
		{PartCard, "standing", func(c *Card) string { return c.Standing.String() }},
		{PartCard, "account", func(c *Card) string { return c.Account }},
		{PartCard, "country", countriesText},
		{PartCard, "warehouses", func(c *Card) string { return strings.Join(c.Warehouses, " ") }},
		{PartCard, "currency", func(c *Card) string { return c.Currency.String() }},
		{PartTax, "tax", func(c *Card) string { return c.Tax.Text() }},
		{PartDates, "effective", func(c *Card) string { return c.Effective.String() }},
		{PartDates, "seen", func(c *Card) string { return c.Seen.String() }},
		{PartCard, "days", func(c *Card) string { return daysText(c.Service) }},
		{PartCard, "tracked", func(c *Card) string { return c.Service.Tracked.String() }},
		{PartRounding, "rounding", func(c *Card) string { return roundingText(c.Rounding) }},
	} {
		d.text(f.part, f.name, f.get(old), f.get(new))
	}
}

func countriesText(c *Card) string {
	texts := make([]string, len(c.Countries))
	for i, k := range c.Countries {
		texts[i] = k.String()
	}
	return strings.Join(texts, " ")
}

func daysText(s Service) string {
	if s.MaxDays == 0 {
		return ""
	}
	return itoa(int(s.MinDays)) + "-" + itoa(int(s.MaxDays))
}

func roundingText(r Rounding) string {
	r.To = r.To.Normalize()
	return r.Text()
}

func inputText(x *Input) string {
	text := x.Kind.String() + " each " + x.Each.String()
	if len(x.Values) > 0 {
		text += ": " + strings.Join(x.Values, " ")
	}
	if x.Default != "" {
		text += ", default " + x.Default
	}
	return text
}

func classText(x *Class) string {
	rows := make([]string, len(x.Rows))
	for i, r := range x.Rows {
		rows[i] = r.Name
		if len(r.When) > 0 {
			rows[i] += " when " + testsText(r.When)
		}
		if len(r.Limit) > 0 {
			rows[i] += " limit " + limitsText(r.Limit)
		}
	}
	return "each " + x.Each.String() + ": " + strings.Join(rows, "; ")
}

func amountText(x *Amount) string {
	text := x.On.String() + " each " + x.Each.String() + " " + strings.Join(x.Sum, " ") + " " + x.Basis.String()
	if x.Num != x.Den {
		text += " x " + itoa(int(x.Num)) + "/" + itoa(int(x.Den))
	}
	if x.Round != nil {
		text += " " + roundingText(*x.Round)
	}
	return text
}

func slotText(x *Slot) string {
	text := x.On.String() + " each " + x.Each.String() + " " + x.Take.String()
	if x.Optional {
		text += " optional"
	}
	return text
}

// parts compares two lists of named parts by their texts.
func parts[T any](d *differ, part Part, old, new []T, name func(*T) string, text func(*T) string) {
	for i := range old {
		o := &old[i]
		if n := find(new, func(x *T) bool { return name(x) == name(o) }); n != nil {
			d.text(part, name(o), text(o), text(n))
		} else {
			d.text(part, name(o), text(o), "")
		}
	}
	for i := range new {
		n := &new[i]
		if find(old, func(x *T) bool { return name(x) == name(n) }) == nil {
			d.text(part, name(n), "", text(n))
		}
	}
}

func (d *differ) charges(old, new *Card) {
	for i := range old.Charges {
		o := &old.Charges[i]
		if n := new.Charge(o.Code); n != nil {
			d.charge(o, n)
		} else {
			d.text(PartCharge, o.Code, o.On.String()+" "+familiesText(o), "")
			d.prices(o, &Charge{Code: o.Code})
		}
	}
	for i := range new.Charges {
		n := &new.Charges[i]
		if old.Charge(n.Code) == nil {
			d.text(PartCharge, n.Code, "", n.On.String()+" "+familiesText(n))
			d.prices(&Charge{Code: n.Code}, n)
		}
	}
}

func familiesText(ch *Charge) string {
	texts := make([]string, len(ch.Families))
	for i, f := range ch.Families {
		texts[i] = f.String()
	}
	return strings.Join(texts, " ")
}

func (d *differ) charge(o, n *Charge) {
	for _, f := range []struct {
		part Part
		get  func(*Charge) string
	}{
		{PartEvent, func(c *Charge) string { return c.On.String() }},
		{PartFamily, familiesText},
		{PartSlot, func(c *Charge) string { return c.Slot }},
		{PartLevel, func(c *Charge) string { return c.Each.String() }},
		{PartCondition, func(c *Charge) string { return testsText(c.When) }},
		{PartLimit, func(c *Charge) string { return limitsText(c.Limit) }},
		{PartMinimum, func(c *Charge) string { return boundText(c.Min) }},
		{PartMaximum, func(c *Charge) string { return boundText(c.Max) }},
		{PartBound, boundsText},
		{PartRounding, func(c *Charge) string { return roundingText(c.Round) }},
		{PartOther, otherText},
	} {
		d.text(f.part, o.Code, f.get(o), f.get(n))
	}
	d.prices(o, n)
}

func boundText(x *fixed.Decimal) string {
	if x == nil {
		return ""
	}
	return x.Normalize().String()
}

func boundsText(c *Charge) string {
	var texts []string
	for _, b := range c.Bounds {
		text := "each " + b.Each.String()
		if b.Min != nil {
			text += " min " + boundText(b.Min)
		}
		if b.Max != nil {
			text += " max " + boundText(b.Max)
		}
		texts = append(texts, text)
	}
	return strings.Join(texts, ", ")
}

func otherText(c *Charge) string {
	var texts []string
	for _, f := range []struct {
		has  bool
		word string
	}{{c.Credit, "credit"}, {c.Recoverable, "recoverable"}, {c.Prepayment, "prepayment"}, {c.Given != "", "given " + c.Given}} {
		if f.has {
			texts = append(texts, f.word)
		}
	}
	if t := c.TopUp; t != nil {
		texts = append(texts, strings.TrimSpace("top up to "+t.To.Normalize().String()+" "+strings.Join(t.Of, " ")))
	}
	return strings.Join(texts, ", ")
}

// prices compares the terms of a charge, the dated ones by their first day.
func (d *differ) prices(o, n *Charge) {
	d.terms(o.Code, Period{}, o.Terms, n.Terms)
	for i := range o.Dated {
		a := &o.Dated[i]
		b := find(n.Dated, func(x *Dated) bool { return x.Period.From == a.Period.From })
		if b == nil {
			b = &Dated{}
		}
		old, new := datedText(a), datedText(b)
		d.change(Change{Part: PartDates, Name: o.Code, Dated: a.Period, Old: old, New: new})
		d.terms(o.Code, a.Period, a.Terms, b.Terms)
	}
	for i := range n.Dated {
		b := &n.Dated[i]
		if find(o.Dated, func(x *Dated) bool { return x.Period.From == b.Period.From }) == nil {
			d.change(Change{Part: PartDates, Name: o.Code, Dated: b.Period, New: datedText(b)})
			d.terms(o.Code, b.Period, nil, b.Terms)
		}
	}
}

func datedText(d *Dated) string {
	if d.Terms == nil {
		return ""
	}
	text := d.Period.String()
	if d.Min != nil {
		text += " min " + boundText(d.Min)
	}
	if d.Max != nil {
		text += " max " + boundText(d.Max)
	}
	return text
}

func (d *differ) terms(code string, in Period, old, new []Price) {
	for i := range max(len(old), len(new)) {
		base := Change{Name: code, Term: i, Dated: in}
		var o, n Price
		if i < len(old) {
			o = old[i]
		}
		if i < len(new) {
			n = new[i]
		}
		d.part(base, PartQuantity, o.Quantity(), n.Quantity())
		d.part(base, PartTime, o.Time.Text(), n.Time.Text())
		if i < len(old) && i < len(new) && !sameAxes(o.By, n.By) {
			d.part(base, PartBracket, axesText(o.By), axesText(n.By))
			o1, n1 := o, n
			d.cells(base, &o1, &Price{})
			d.cells(base, &Price{}, &n1)
			continue
		}
		d.brackets(base, &o, &n)
		d.cells(base, &o, &n)
		d.bands(base, &o, &n)
	}
}

func (d *differ) part(c Change, part Part, old, new string) {
	c.Part, c.Old, c.New = part, old, new
	d.change(c)
}

func axesText(by []Axis) string {
	if len(by) == 0 {
		return "one price"
	}
	names := make([]string, len(by))
	for i := range by {
		names[i] = by[i].Name()
	}
	return "by " + strings.Join(names, ", ")
}

// sameAxes reports whether two tables have the same axes in the same order.
func sameAxes(a, b []Axis) bool {
	return slices.EqualFunc(a, b, func(x, y Axis) bool { return x.Name() == y.Name() && x.Edge == y.Edge })
}

// key is a bracket or value such that equal ones have equal keys.
func (a *Axis) key(i int) string {
	if len(a.Values) > 0 {
		return a.Values[i]
	}
	if i == len(a.Edges) {
		return "more"
	}
	return a.Edges[i].key()
}

// key is the quantity in the base of its dimension, as text.
func (q Quantity) key() string {
	num, pow := q.factor()
	c := new(big.Int).Mul(big.NewInt(q.Value.Coef), new(big.Int).SetUint64(num))
	e := pow - int(q.Value.Scale)
	if c.Sign() == 0 {
		return "0"
	}
	ten, rest := big.NewInt(10), new(big.Int)
	for {
		quo, _ := new(big.Int).QuoRem(c, ten, rest)
		if rest.Sign() != 0 {
			break
		}
		c = quo
		e++
	}
	return c.String() + "e" + itoa(e)
}

// brackets compares the edges and values of axes.
func (d *differ) brackets(base Change, o, n *Price) {
	for i := range max(len(o.By), len(n.By)) {
		if i >= len(o.By) || i >= len(n.By) {
			continue // a table that came or went as a whole
		}
		a, b := &o.By[i], &n.By[i]
		base.At = []Coordinate{{Axis: a.Name()}}
		for _, x := range missing(a, b) {
			d.part(base, PartBracket, a.Label(x), "")
		}
		for _, x := range missing(b, a) {
			d.part(base, PartBracket, "", b.Label(x))
		}
	}
}

// missing lists what a has and b has not.
func missing(a, b *Axis) []int {
	in := map[string]bool{}
	for i := range b.Len() {
		in[b.key(i)] = true
	}
	var out []int
	for i := range a.Len() {
		if !in[a.key(i)] {
			out = append(out, i)
		}
	}
	return out
}

// cells compares the cells of two tables over the same axes, matched by bracket and value.
func (d *differ) cells(base Change, o, n *Price) {
	position := n.index()
	for i, c := range o.Cells {
		at, key := o.at(i)
		change := base
		change.Part, change.At, change.Old = PartPrice, at, o.cellText(c)
		if j, ok := position[key]; ok {
			if c == n.Cells[j] || c.None == n.Cells[j].None && c.Value.Cmp(n.Cells[j].Value) == 0 && o.Percent == n.Percent {
				continue
			}
			change.New = n.cellText(n.Cells[j])
		}
		d.change(change)
	}
	old := o.index()
	for j, c := range n.Cells {
		at, key := n.at(j)
		if _, ok := old[key]; !ok {
			change := base
			change.Part, change.At, change.New = PartPrice, at, n.cellText(c)
			d.change(change)
		}
	}
}

// index finds a cell by the keys of its brackets.
func (p *Price) index() map[string]int {
	m := make(map[string]int, len(p.Cells))
	for i := range p.Cells {
		_, key := p.at(i)
		m[key] = i
	}
	return m
}

// at says where a cell of a table stands.
func (p *Price) at(cell int) ([]Coordinate, string) {
	at := make([]Coordinate, len(p.By))
	keys := make([]string, len(p.By))
	for i := len(p.By) - 1; i >= 0; i-- {
		a := &p.By[i]
		n := a.Len()
		at[i] = Coordinate{a.Name(), a.Label(cell % n)}
		keys[i] = a.key(cell % n)
		cell /= n
	}
	return at, strings.Join(keys, "\x00")
}

// bands compares graduated prices band by band.
func (d *differ) bands(base Change, o, n *Price) {
	d.part(base, PartBracket, o.BandOf, n.BandOf)
	for i := range max(len(o.Bands), len(n.Bands)) {
		var a, b Band
		if i < len(o.Bands) {
			a = o.Bands[i]
		}
		if i < len(n.Bands) {
			b = n.Bands[i]
		}
		c := base
		c.At = []Coordinate{{Axis: "band", Value: itoa(i + 1)}}
		d.part(c, PartBracket, bandText(&a, i < len(o.Bands)), bandText(&b, i < len(n.Bands)))
		x := Price{By: o.By, Cells: a.Cells}
		y := Price{By: n.By, Cells: b.Cells}
		before := len(d.found)
		d.cells(c, &x, &y)
		for k := before; k < len(d.found); k++ {
			d.found[k].At = append(slices.Clone(c.At), d.found[k].At...)
		}
	}
}

func bandText(b *Band, has bool) string {
	if !has {
		return ""
	}
	text := "more"
	if !b.Open {
		q := b.UpTo
		q.Value = q.Value.Normalize()
		text = "upTo " + q.String()
	}
	switch {
	case b.Flat:
		text += " flat"
	case b.Each.Unit != units.NoUnit || b.Each.Value.Coef != 1:
		text += " each " + b.Each.String()
	}
	if b.Started {
		text += " started"
	}
	return text
}

// find is the first of a list of which something holds; nil when there is none. The elements are big: they are not copied.
func find[T any](all []T, is func(*T) bool) *T {
	for i := range all {
		if is(&all[i]) {
			return &all[i]
		}
	}
	return nil
}
