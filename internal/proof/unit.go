package proof

import (
	"math/big"
	"strings"
	"sync"

	"github.com/overseaswarehouse/overseas/internal/units"
)

// dims are the powers of the base dimensions and currencies of a unit, in the order of their names.
type dims struct {
	n   int
	dim [6]power
}

type power struct {
	name string
	pow  int
}

// add multiplies by a dimension to a power. More than six different ones are no unit: n is then too great.
func (d *dims) add(name string, pow int) {
	if d.n > len(d.dim) {
		return
	}
	i := 0
	for i < d.n && d.dim[i].name < name {
		i++
	}
	switch {
	case i < d.n && d.dim[i].name == name:
		if d.dim[i].pow += pow; d.dim[i].pow == 0 {
			copy(d.dim[i:], d.dim[i+1:d.n])
			d.n--
			d.dim[d.n] = power{}
		}
	case d.n == len(d.dim):
		d.n++
	default:
		copy(d.dim[i+1:d.n+1], d.dim[i:d.n])
		d.dim[i] = power{name, pow}
		d.n++
	}
}

func (d *dims) equal(e *dims) bool { return d.n <= len(d.dim) && *d == *e }

// one is the factor of what is in base units. It is never changed.
var one = big.NewRat(1, 1)

// known are the units of the library, by their symbols: factor and dimension. They are made when they are first asked for,
// and not by the initial value of a variable, which every program would hold that quotes and explains nothing.
var known struct {
	once  sync.Once
	scale map[string]scale
}

func learn() {
	all := map[string]scale{"": {factor: one}}
	for _, symbol := range append(units.Symbols(units.None), "day") {
		u, _ := units.Parse(symbol)
		num, pow := u.Factor()
		f := new(big.Rat).SetInt64(num)
		ten := new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(max(pow, -pow))), nil))
		if pow < 0 {
			ten.Inv(ten)
		}
		s := scale{factor: f.Mul(f, ten)}
		switch u.Dim() {
		case units.Length:
			s.dims.add("length", 1)
		case units.Volume:
			s.dims.add("length", 3)
		default:
			s.dims.add(u.Dim().String(), 1)
		}
		all[symbol] = s
	}
	known.scale = all
}

// scale is what a unit measures and its factor to the base of that.
type scale struct {
	factor *big.Rat
	dims   dims
}

// measure reads a unit: "", "kg", "EUR", "kg/m3", "USD/EUR". ok is false for what is none. The factor must not be changed.
func measure(unit string) (factor *big.Rat, d dims, ok bool) {
	over, under, ratio := strings.Cut(unit, "/")
	s, ok := simple(over)
	if !ratio || !ok {
		return s.factor, s.dims, ok
	}
	t, ok := simple(under)
	if !ok || under == "" {
		return nil, d, false
	}
	for _, p := range t.dims.dim[:t.dims.n] {
		s.dims.add(p.name, -p.pow)
	}
	if t.factor == one {
		return s.factor, s.dims, true
	}
	return new(big.Rat).Quo(s.factor, t.factor), s.dims, true
}

// simple is a unit that is no ratio: one of the library's, or a currency.
func simple(unit string) (scale, bool) {
	known.once.Do(learn)
	if s, ok := known.scale[unit]; ok {
		return s, true
	}
	if len(unit) != 3 || strings.Trim(unit, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
		return scale{}, false
	}
	s := scale{factor: one}
	s.dims.add(unit, 1)
	return s, true
}

// base is a value in the base of its dimensions. It must not be changed.
func base(v *big.Rat, factor *big.Rat) *big.Rat {
	if factor == one {
		return v
	}
	return new(big.Rat).Mul(v, factor)
}
