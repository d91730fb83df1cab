package batch

import (
	"math/big"
	"math/bits"
	"slices"
	"strconv"

	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/fees/unit"
	"github.com/overseaswarehouse/overseas/internal/fixed"
	"github.com/overseaswarehouse/overseas/internal/problem"
)

// Driver is what a charge is shared by.
type Driver uint8

// The drivers, by the name that [Driver.String] gives them.
const (
	ByValue      Driver = iota // "value": what the line is worth
	ByUnits                    // "units": number of units
	ByWeight                   // "weight": actual weight of all its units
	ByVolume                   // "volume": volume of all its units
	ByChargeable               // "chargeable": weight that the carrier charged for the line
	ByCartons                  // "cartons": number of cartons
	Equally                    // "equal": every line alike
	ByGiven                    // "given": the caller's weights
)

var driverNames = []string{"value", "units", "weight", "volume", "chargeable", "cartons", "equal", "given"}

// String is the name of the driver, "" when it is none.
func (d Driver) String() string {
	if int(d) < len(driverNames) {
		return driverNames[d]
	}
	return ""
}

// ParseDriver finds a driver by its name; any other text is unknown_value.
func ParseDriver(name string) (Driver, error) {
	if i := slices.Index(driverNames, name); i >= 0 {
		return Driver(i), nil
	}
	return 0, problem.New(problem.UnknownValue, name, slices.Clone(driverNames)...)
}

// Item is one line of a batch: units of one SKU. Two lines of one SKU stay two lines.
type Item struct {
	SKU        string
	HS         string // the tariff code, where duties are shared inside one
	Units      int64
	Value      money.Money // of all units; an amount of 0 is a value, the zero Money is not
	Weight     unit.Weight // of one unit
	Size       unit.Size   // of one unit
	Volume     unit.Volume // of one unit, where its sides are not known
	Chargeable unit.Weight // of all units, as the carrier charged it
	Cartons    int64       // of all units
}

// Spread is how one charge is shared among the lines of a batch.
type Spread struct {
	Driver  Driver
	Weights []*big.Rat // of ByGiven, one a line
	Lines   []int      // only these lines, by index; empty: all
	HS      string     // only lines of this tariff code; "": all
	Rule    Rule
}

// Share shares an amount among the lines: one share a line, in their order, 0 for a line that takes no part. The shares
// add up to the amount. It fails as [Allocate] does, with input_missing for a line that does not say what the driver
// needs, or when no line takes part, and with currency_mismatch when values are in different currencies.
func Share(amount money.Money, items []Item, s Spread) ([]money.Money, error) {
	if m := s.Rule.Method; m == Separate || m == SeparateBlocks {
		return nil, problem.New(problem.UnknownValue, m.String(), methodNames()...)
	}
	if s.Driver == ByGiven && len(s.Weights) != len(items) {
		return nil, problem.New(problem.InputMissing, "weights", strconv.Itoa(len(items)))
	}
	lines, err := s.lines(items)
	if err != nil {
		return nil, err
	}
	weights := make([]weight, len(lines))
	for k, i := range lines {
		if weights[k], err = s.weight(items, i, lines[0]); err != nil {
			return nil, err
		}
	}
	shares, err := allocateWeights(amount, weights, s.Rule)
	if err != nil {
		return nil, err
	}
	out := make([]money.Money, len(items))
	zero, err := amount.WithAmount(0, shares[0].Scale())
	if err != nil {
		return nil, err
	}
	for i := range out {
		out[i] = zero
	}
	for k, i := range lines {
		out[i] = shares[k]
	}
	return out, nil
}

// lines are the indices of the lines that take part, in order.
func (s Spread) lines(items []Item) ([]int, error) {
	var out []int
	for _, i := range s.Lines {
		if i < 0 || i >= len(items) {
			return nil, problem.New(problem.NameUnknown, strconv.Itoa(i), "0 … "+strconv.Itoa(len(items)-1))
		}
	}
	for i := range items {
		if (len(s.Lines) == 0 || slices.Contains(s.Lines, i)) && (s.HS == "" || items[i].HS == s.HS) {
			out = append(out, i)
		}
	}
	if len(out) == 0 {
		return nil, problem.New(problem.InputMissing, "lines", s.HS)
	}
	return out, nil
}

// weight is the weight of a line; first is the line whose currency values must have.
func (s Spread) weight(items []Item, i, first int) (weight, error) {
	it := &items[i]
	missing := func(what string) error {
		return problem.New(problem.InputMissing, what, it.SKU).At("/" + strconv.Itoa(i))
	}
	if it.Units < 0 || it.Cartons < 0 {
		return weight{}, problem.New(problem.Negative, it.SKU).At("/" + strconv.Itoa(i))
	}
	switch s.Driver {
	case ByValue:
		if it.Value.IsZero() {
			return weight{}, missing("value")
		}
		if c := items[first].Value.Currency(); it.Value.Currency() != c {
			return weight{}, problem.New(problem.CurrencyMismatch, it.Value.Currency().String(), c.String()).At("/" + strconv.Itoa(i))
		}
		return weight{n: it.Value.Coef(), ten: -int(it.Value.Scale())}, nil
	case ByUnits:
		return weight{n: it.Units}, nil
	case ByWeight:
		if it.Weight.IsZero() {
			return weight{}, missing("weight")
		}
		return measured(weight{n: it.Units}, it.Weight), nil
	case ByVolume:
		switch {
		case !it.Size.IsZero():
			w := weight{n: it.Units}
			for _, l := range [...]unit.Length{it.Size.L, it.Size.W, it.Size.H} {
				if l.IsZero() {
					return weight{}, missing("size")
				}
				w = measured(w, l)
			}
			return w, nil
		case !it.Volume.IsZero():
			return measured(weight{n: it.Units}, it.Volume), nil
		}
		return weight{}, missing("volume")
	case ByChargeable:
		if it.Chargeable.IsZero() {
			return weight{}, missing("chargeable")
		}
		return measured(weight{n: 1}, it.Chargeable), nil
	case ByCartons:
		return weight{n: it.Cartons}, nil
	case Equally:
		return weight{n: 1}, nil
	case ByGiven:
		return weight{fraction: s.Weights[i]}, nil
	}
	return weight{}, problem.New(problem.UnknownValue, strconv.Itoa(int(s.Driver)), slices.Clone(driverNames)...)
}

// measured is a weight times a measured value in the base of its dimension: grams, millimetres, cubic millimetres.
func measured[Q interface {
	Coef() int64
	Scale() uint8
	Unit() unit.Unit
}](w weight, q Q) weight {
	num, pow := q.Unit().Factor()
	return w.times(q.Coef(), -int(q.Scale())).times(num, int(pow))
}

// weight is n x 10^ten, or a fraction where a word does not hold n. The zero weight is 0.
type weight struct {
	n        int64
	ten      int
	fraction *big.Rat // in place of both where it is not nil
}

// times is the weight by n x 10^ten.
func (w weight) times(n int64, ten int) weight {
	if w.fraction == nil {
		if p, ok := fixed.Mul(w.n, n); ok {
			return weight{n: p, ten: w.ten + ten}
		}
	}
	return weight{fraction: new(big.Rat).Mul(w.rat(), weight{n: n, ten: ten}.rat())}
}

// rat is the weight as a fraction, which is not to be changed.
func (w weight) rat() *big.Rat {
	if w.fraction != nil {
		return w.fraction
	}
	r := new(big.Rat).SetInt64(w.n)
	ten := new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(max(w.ten, -w.ten))), nil))
	if w.ten < 0 {
		return r.Quo(r, ten)
	}
	return r.Mul(r, ten)
}

// allocateWeights is [AllocateRatios] without fractions where words hold the weights.
func allocateWeights(amount money.Money, weights []weight, rule Rule) ([]money.Money, error) {
	if ws, ok := inWords(weights); ok {
		return allocate(amount, ws, ws.sum == 0, rule)
	}
	ratios := make([]*big.Rat, len(weights))
	for i, w := range weights {
		ratios[i] = w.rat()
	}
	return AllocateRatios(amount, ratios, rule)
}

// inWords is weights as whole numbers of one size; false where one is negative or a fraction, or their sum is no word.
func inWords(weights []weight) (weighing, bool) {
	least := 0
	for _, w := range weights {
		least = min(least, w.ten)
	}
	ws := weighing{w: make([]uint64, len(weights))}
	for i, w := range weights {
		hi, lo := bits.Mul64(uint64(w.n), fixed.Pow10(w.ten-least))
		sum, carry := bits.Add64(ws.sum, lo, 0)
		if w.fraction != nil || w.n < 0 || w.ten-least > fixed.Pow10Max || hi|carry != 0 {
			return weighing{}, false
		}
		ws.w[i], ws.sum = lo, sum
	}
	return ws, true
}

func ratOf(coef int64, scale uint8) *big.Rat { return weight{n: coef, ten: -int(scale)}.rat() }
