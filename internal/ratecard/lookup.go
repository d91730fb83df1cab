package ratecard

import (
	"slices"
	"strings"

	"github.com/overseaswarehouse/overseas/internal/units"
)

// Builtin is a measure that events bring along.
type Builtin struct {
	Name   string
	Dim    Dim
	Sides  bool // of the sides of one piece or item: it has no sum
	levels levelSet
}

// HasLevel reports whether the measure has a value at the level.
func (b Builtin) HasLevel(l Level) bool { return b.levels.has(l) }

const sideLevel levelSet = 1<<LevelItem | 1<<LevelPiece

// builtins are the measures of every event but the period, which has none.
var builtins = []Builtin{
	{"weight", units.Weight, false, fromItem},
	{"volume", units.Volume, false, fromItem},
	{"longest", units.Length, true, sideLevel},
	{"second", units.Length, true, sideLevel},
	{"third", units.Length, true, sideLevel},
	{"girth", units.Length, true, sideLevel},        // 2 x (second + third)
	{"length_girth", units.Length, true, sideLevel}, // longest + girth
	{"side_sum", units.Length, true, sideLevel},     // longest + second + third
	{"units", units.Number, false, fromItem},        // of goods inside
	{"pieces", units.Number, false, fromPiece},
	{"lines", units.Number, false, fromLine},
	{"value", units.Money, false, fromItem},
}

// MoneyNames are the sums of money that an import event brings along, per declaration line.
func MoneyNames() []string { return slices.Clone(moneyNames) }

var moneyNames = []string{"goods", "packing", "origin_inland", "freight_to_border", "insurance", "freight_after_border"}

// Builtins lists the measures that events bring along.
func Builtins() []Builtin { return slices.Clone(builtins) }

// FindBuiltin finds a built-in measure by its name.
func FindBuiltin(name string) (Builtin, bool) {
	for _, b := range builtins {
		if b.Name == name {
			return b, true
		}
	}
	return Builtin{}, false
}

// MeasureKind says where the value of a measure name comes from.
type MeasureKind uint8

const (
	OfEvent MeasureKind = iota + 1 // a built-in measure
	OfLevel                        // a level word: the number of such parts
	OfInput                        // an input of kind count, decimal or money
	OfCard                         // a measure of the card
	OfMoney                        // a sum of money of an import event
)

// Found is what a measure name means.
type Found struct {
	Kind  MeasureKind
	Dim   Dim
	Each  Level // of a level word, an input, a card's measure, money: the level it belongs to; 0 for a built-in measure
	Index int   // into Measures or Inputs
}

// Find says what a measure name means for an event; an event of zero accepts what any event knows, but not "unit".
func (c *Card) Find(name string, on Event) (Found, bool) {
	if b, ok := FindBuiltin(name); ok && on != PeriodEnd {
		return Found{Kind: OfEvent, Dim: b.Dim}, true
	}
	for i := range c.Measures {
		if m := &c.Measures[i]; m.Name == name {
			return Found{OfCard, m.Dim, m.Each, i}, true
		}
	}
	for i := range c.Inputs {
		if in := &c.Inputs[i]; in.Name == name && in.Kind.dim() != units.None {
			return Found{OfInput, in.Kind.dim(), in.Each, i}, true
		}
	}
	if (on == Import || on == 0) && slices.Contains(moneyNames, name) {
		return Found{Kind: OfMoney, Dim: units.Money, Each: LevelLine}, true
	}
	if l, ok := ParseLevel(name, on); ok {
		return Found{Kind: OfLevel, Dim: units.Number, Each: l}, true
	}
	return Found{}, false
}

func (k InputKind) dim() Dim {
	switch k {
	case Count, Decimal:
		return units.Number
	case Amounts:
		return units.Money
	}
	return units.None
}

// Input finds an input by its name; nil when there is none.
//
//go:noinline
func (c *Card) Input(name string) *Input {
	for i := range c.Inputs {
		if x := &c.Inputs[i]; x.Name == name {
			return x
		}
	}
	return nil
}

// Class finds a class by its name; nil when there is none.
//
//go:noinline
func (c *Card) Class(name string) *Class {
	for i := range c.Classes {
		if x := &c.Classes[i]; x.Name == name {
			return x
		}
	}
	return nil
}

// Measure finds a measure of the card by its name; nil when there is none.
//
//go:noinline
func (c *Card) Measure(name string) *Measure {
	for i := range c.Measures {
		if x := &c.Measures[i]; x.Name == name {
			return x
		}
	}
	return nil
}

// Amount finds an amount by its name; nil when there is none.
//
//go:noinline
func (c *Card) Amount(name string) *Amount {
	for i := range c.Amounts {
		if x := &c.Amounts[i]; x.Name == name {
			return x
		}
	}
	return nil
}

// Slot finds a slot by its name; nil when there is none.
//
//go:noinline
func (c *Card) Slot(name string) *Slot {
	for i := range c.Slots {
		if x := &c.Slots[i]; x.Name == name {
			return x
		}
	}
	return nil
}

// Charge finds a charge by its code; nil when there is none.
//
//go:noinline
func (c *Card) Charge(code string) *Charge {
	for i := range c.Charges {
		if x := &c.Charges[i]; x.Code == code {
			return x
		}
	}
	return nil
}

// Any reports whether something holds for one of n.
func Any(n int, is func(i int) bool) bool {
	for i := range n {
		if is(i) {
			return true
		}
	}
	return false
}

// Names lists the distinct names of a class's rows in the order of the card.
func (c *Class) Names() []string {
	var names []string
	for i := range c.Rows {
		if !slices.Contains(names, c.Rows[i].Name) {
			names = append(names, c.Rows[i].Name)
		}
	}
	return names
}

// RowNames lists the name of every row; rows may share one.
func (c *Class) RowNames() []string {
	names := make([]string, len(c.Rows))
	for i := range c.Rows {
		names[i] = c.Rows[i].Name
	}
	return names
}

// FamilyOf splits "family:storage" into its family.
func FamilyOf(name string) (Family, bool) {
	word, ok := strings.CutPrefix(name, "family:")
	if !ok {
		return 0, false
	}
	return ParseFamily(word)
}

// Members lists the charges that a name in Of or Sum stands for, by index: the charge of that code, or with "family:…"
// the charges of the event whose first family it is. A charge sees those that stand before it on the card; an amount,
// which gives a self of "", sees all. Amounts and money have no members.
func (c *Card) Members(name string, on Event, self string) []int {
	var at []int
	family, isFamily := FamilyOf(name)
	for i := range c.Charges {
		ch := &c.Charges[i]
		if isFamily && self != "" && ch.Code == self {
			break
		}
		if isFamily && ch.On == on && ch.Families[0] == family || !isFamily && ch.Code == name {
			at = append(at, i)
		}
	}
	return at
}
