// Package units is the one table of the units that cards and events use, with exact factors to a base per dimension.
package units

// Dim is what a quantity measures.
type Dim uint8

// The dimensions. A number of pieces, pallets or days has no unit but has a dimension of its own, so that kilograms
// are never compared with parcels.
const (
	None Dim = iota
	Weight
	Length
	Volume
	Number // pieces, units, counters
	Money  // in the currency of the card
	Days
)

// String is the word for the dimension in messages.
func (d Dim) String() string {
	switch d {
	case Weight:
		return "weight"
	case Length:
		return "length"
	case Volume:
		return "volume"
	case Number:
		return "number"
	case Money:
		return "money"
	case Days:
		return "days"
	}
	return "none"
}

// Unit is a unit of weight, length or volume. The zero Unit is "no unit".
type Unit uint8

// The units, by their usual symbols.
const (
	NoUnit Unit = iota
	Gram
	Kilogram
	Ounce
	Pound
	Tonne
	Millimetre
	Centimetre
	Metre
	Inch
	Foot
	CubicCentimetre
	Litre
	CubicMetre
	CubicInch
	CubicFoot
	Day
	count
)

var table = [count]struct {
	symbol string
	dim    Dim
	num    int64 // the unit is num x 10^pow grams, millimetres, cubic millimetres or days
	pow    int8
}{
	Gram:            {"g", Weight, 1, 0},
	Kilogram:        {"kg", Weight, 1, 3},
	Ounce:           {"oz", Weight, 28349523125, -9},
	Pound:           {"lb", Weight, 45359237, -5},
	Tonne:           {"t", Weight, 1, 6},
	Millimetre:      {"mm", Length, 1, 0},
	Centimetre:      {"cm", Length, 1, 1},
	Metre:           {"m", Length, 1, 3},
	Inch:            {"in", Length, 254, -1},
	Foot:            {"ft", Length, 3048, -1},
	CubicCentimetre: {"cm3", Volume, 1, 3},
	Litre:           {"l", Volume, 1, 6},
	CubicMetre:      {"m3", Volume, 1, 9},
	CubicInch:       {"in3", Volume, 16387064, -3},
	CubicFoot:       {"ft3", Volume, 28316846592, -3},
	Day:             {"days", Days, 1, 0},
}

// String is the symbol: kg, in, m3.
func (u Unit) String() string {
	if u < count {
		return table[u].symbol
	}
	return ""
}

// Dim is what the unit measures.
func (u Unit) Dim() Dim {
	if u < count {
		return table[u].dim
	}
	return None
}

// Factor is the unit in the base of its dimension (gram, millimetre, cubic millimetre, day), as num x 10^pow exactly.
func (u Unit) Factor() (num int64, pow int8) {
	if u < count {
		return table[u].num, table[u].pow
	}
	return 0, 0
}

// Imperial reports whether the unit is one of oz, lb, in, ft, in3, ft3.
func (u Unit) Imperial() bool {
	switch u {
	case Ounce, Pound, Inch, Foot, CubicInch, CubicFoot:
		return true
	}
	return false
}

// Parse finds a unit by its exact symbol; "day" is accepted for "days".
//
//go:noinline
func Parse(symbol string) (Unit, bool) {
	if symbol == "day" {
		return Day, true
	}
	for u := Gram; u < count; u++ {
		if table[u].symbol == symbol {
			return u, true
		}
	}
	return NoUnit, false
}

// Symbols lists the symbols of a dimension, or of all when d is None.
//
//go:noinline
func Symbols(d Dim) []string {
	var s []string
	for u := Gram; u < count; u++ {
		if d == None || table[u].dim == d {
			s = append(s, table[u].symbol)
		}
	}
	return s
}
