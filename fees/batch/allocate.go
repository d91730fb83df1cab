package batch

import (
	"math/big"
	"math/bits"
	"slices"
	"strconv"

	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/internal/fixed"
	"github.com/overseaswarehouse/overseas/internal/problem"
)

// Method says which lines bear what is left over when an amount does not divide evenly. All methods are odd in sign: the
// shares of -m are those of m with the other sign. A line of weight zero bears nothing by any of them.
type Method uint8

// The methods, by the name that [Method.String] gives them.
const (
	// LargestRemainder ("largest_remainder"): shares are cut to the smallest unit, and the units left go one each to the
	// lines that lost most, to the earliest of equals. No share is a whole unit away from the exact one.
	LargestRemainder Method = iota
	// LastLine ("last"): shares are rounded half up, and the last line bears the difference. With many lines that can be
	// much, and of the other sign.
	LastLine
	// LargestLine ("largest"): shares are rounded half up, and the line of the greatest weight, the earliest of equals,
	// bears the difference.
	LargestLine
	// FirstLines ("first"): shares are cut, and the units left go one each to the first lines.
	FirstLines
	// LargestWeights ("largest_ratio"): shares are cut, and the units left go one each to the lines of the greatest
	// weight, to the earliest of equals.
	LargestWeights
	// UpLast ("up_last"): shares are rounded up, and the last line bears the difference.
	UpLast
	// Running ("running"): each share is what is left by the weights left, rounded half up. Stock is drawn down so.
	Running
	// RunningBack ("running_back"): the same from the last line to the first, and cut.
	RunningBack
	// Separate ("separate"): shares are cut, and what is left is a further share behind those of the lines.
	Separate
	// SeparateBlocks ("separate_blocks"): only whole multiples of the weights, in their lowest terms, are shared; what is
	// left is a further share.
	SeparateBlocks
)

type rest uint8 // how what is left over is borne

const (
	byLoss rest = iota
	onLast
	onLargest
	eachFirst
	eachLargest
	apart
	blocks
	forward
	backward
)

var methods = []struct {
	name string
	base money.Mode // how a share is rounded first
	rest rest
}{
	LargestRemainder: {"largest_remainder", money.Down, byLoss},
	LastLine:         {"last", money.HalfUp, onLast},
	LargestLine:      {"largest", money.HalfUp, onLargest},
	FirstLines:       {"first", money.Down, eachFirst},
	LargestWeights:   {"largest_ratio", money.Down, eachLargest},
	UpLast:           {"up_last", money.Up, onLast},
	Running:          {"running", money.HalfUp, forward},
	RunningBack:      {"running_back", money.Down, backward},
	Separate:         {"separate", money.Down, apart},
	SeparateBlocks:   {"separate_blocks", money.Down, blocks},
}

// String is the name of the method, "" when it is none.
func (m Method) String() string {
	if int(m) < len(methods) {
		return methods[m].name
	}
	return ""
}

// ParseMethod finds a method by its name; any other text is unknown_value.
func ParseMethod(name string) (Method, error) {
	for i := range methods {
		if methods[i].name == name {
			return Method(i), nil
		}
	}
	return 0, problem.New(problem.UnknownValue, name, methodNames()...)
}

func methodNames() []string {
	names := make([]string, len(methods))
	for i := range methods {
		names[i] = methods[i].name
	}
	return names
}

// ZeroBasis says what happens when the weights add up to zero.
type ZeroBasis uint8

const (
	// RefuseZero fails with basis_zero.
	RefuseZero ZeroBasis = iota
	// ShareEqually gives every line the same weight instead.
	ShareEqually
)

// String is "refuse" or "equally".
func (z ZeroBasis) String() string {
	if z == ShareEqually {
		return "equally"
	}
	return "refuse"
}

// Rule is how an amount is shared. The zero Rule shares by largest remainder to the minor unit of the currency, and
// refuses weights that add up to zero.
type Rule struct {
	Method Method
	Zero   ZeroBasis
	// Unit is the smallest share, such as 0.05 CHF. Zero: one minor unit of the currency, or of the last decimal of the
	// amount where that is finer.
	Unit money.Money
}

// Allocate shares an amount by weights. The shares add up to it exactly; there is one for each weight, and a further one
// by the two methods that keep what is left apart. It fails with basis_zero when all weights are zero and the amount is
// not, unless the rule says otherwise; with negative for a negative weight; with input_missing when there are no weights;
// with not_multiple when the amount is no multiple of Rule.Unit; with currency_mismatch when that is in another currency.
func Allocate(amount money.Money, weights []int64, rule Rule) ([]money.Money, error) {
	ws := weighing{w: make([]uint64, len(weights))}
	negative, zero := -1, true
	var plus, minus, carry uint64
	for i, w := range weights {
		ws.w[i] = fixed.Abs(w)
		if w < 0 {
			negative = i
			minus, carry = bits.Add64(minus, ws.w[i], 0)
		} else {
			plus, carry = bits.Add64(plus, ws.w[i], 0)
		}
		if carry != 0 { // the sum does not fit a word
			return AllocateRatios(amount, rats(weights), rule)
		}
		zero = zero && w == 0
	}
	ws.sum = plus
	if negative >= 0 {
		if plus == minus {
			return nil, problem.New(problem.BasisZero, amount.String(), ShareEqually.String())
		}
		return nil, negativeWeight(negative, strconv.FormatInt(weights[negative], 10))
	}
	return allocate(amount, ws, zero, rule)
}

// AllocateRatios is [Allocate] for weights that are fractions, such as 1/3. A nil weight is zero.
func AllocateRatios(amount money.Money, weights []*big.Rat, rule Rule) ([]money.Money, error) {
	common, sum := big.NewInt(1), new(big.Rat)
	negative := -1
	for i, w := range weights {
		if w == nil {
			continue
		}
		if w.Sign() < 0 {
			negative = i
		}
		sum.Add(sum, w)
		g := new(big.Int).GCD(nil, nil, common, w.Denom())
		common.Mul(common, g.Quo(w.Denom(), g))
	}
	if negative >= 0 {
		if sum.Sign() == 0 {
			return nil, problem.New(problem.BasisZero, amount.String(), ShareEqually.String())
		}
		return nil, negativeWeight(negative, weights[negative].RatString())
	}
	ws := weighing{big: make([]*big.Int, len(weights)), bigSum: new(big.Int)}
	small := true
	for i, w := range weights {
		ws.big[i] = new(big.Int)
		if w != nil {
			ws.big[i].Mul(w.Num(), new(big.Int).Quo(common, w.Denom()))
		}
		ws.bigSum.Add(ws.bigSum, ws.big[i])
		small = small && ws.bigSum.IsUint64()
	}
	zero := ws.bigSum.Sign() == 0
	if small {
		ws = ws.words()
	}
	return allocate(amount, ws, zero, rule)
}

func rats(weights []int64) []*big.Rat {
	out := make([]*big.Rat, len(weights))
	for i, w := range weights {
		out[i] = new(big.Rat).SetInt64(w)
	}
	return out
}

func negativeWeight(i int, text string) error {
	return problem.New(problem.Negative, text, "≥ 0").At("/" + strconv.Itoa(i))
}

// allocate shares by weights that are not negative.
func allocate(amount money.Money, ws weighing, zero bool, rule Rule) ([]money.Money, error) {
	if int(rule.Method) >= len(methods) {
		return nil, problem.New(problem.UnknownValue, strconv.Itoa(int(rule.Method)), methodNames()...)
	}
	if ws.len() == 0 {
		return nil, problem.New(problem.InputMissing, "weights", "1, 2, …")
	}
	n, unit, err := rule.units(amount)
	if err != nil {
		return nil, err
	}
	if zero && n != 0 {
		if rule.Zero != ShareEqually {
			return nil, problem.New(problem.BasisZero, amount.String(), ShareEqually.String())
		}
		ws = equal(ws.len())
	} else if zero {
		ws = equal(ws.len()) // nothing is shared, so nobody is favoured
	}
	shares := ws.shares(fixed.Abs(n), rule.Method)
	out := make([]money.Money, len(shares))
	for i, s := range shares {
		if n < 0 {
			s = -s
		}
		c, ok := fixed.Mul(s, unit.Coef())
		if !ok {
			return nil, problem.New(problem.Overflow, amount.String())
		}
		if out[i], err = unit.WithAmount(c, unit.Scale()); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// units is the amount as a number of smallest shares, and the smallest share.
func (r Rule) units(amount money.Money) (int64, money.Money, error) {
	unit := r.Unit
	if unit.IsZero() {
		u, err := amount.WithAmount(1, max(uint8(amount.Currency().Digits()), amount.Normal().Scale()))
		if err != nil {
			return 0, money.Money{}, err
		}
		unit = u
	}
	if unit.Currency() != amount.Currency() {
		return 0, money.Money{}, problem.New(problem.CurrencyMismatch, unit.Currency().String(), amount.Currency().String())
	}
	if unit.Sign() <= 0 {
		return 0, money.Money{}, problem.New(problem.ZeroNotAllowed, unit.String(), "> 0")
	}
	d, exact := decimalOf(amount).Normalize().Rescale(unit.Scale())
	if !exact || d.Coef%unit.Coef() != 0 {
		if _, fits := decimalOf(amount).Round(unit.Scale(), fixed.Down); !fits {
			return 0, money.Money{}, problem.New(problem.Overflow, amount.String())
		}
		return 0, money.Money{}, problem.New(problem.NotMultiple, amount.String(), unit.String())
	}
	return d.Coef / unit.Coef(), unit, nil
}

func decimalOf(m money.Money) fixed.Decimal { return fixed.Decimal{Coef: m.Coef(), Scale: m.Scale()} }

// weighing is weights as words whose sum is a word, or as big integers.
type weighing struct {
	w      []uint64
	sum    uint64
	big    []*big.Int
	bigSum *big.Int
}

func equal(n int) weighing {
	w := weighing{w: make([]uint64, n), sum: uint64(n)}
	for i := range w.w {
		w.w[i] = 1
	}
	return w
}

// words is the same weights as words; the sum fits one.
func (ws weighing) words() weighing {
	out := weighing{w: make([]uint64, len(ws.big)), sum: ws.bigSum.Uint64()}
	for i, b := range ws.big {
		out.w[i] = b.Uint64()
	}
	return out
}

func (ws weighing) len() int { return max(len(ws.w), len(ws.big)) }

func (ws weighing) positive(i int) bool {
	if ws.big != nil {
		return ws.big[i].Sign() > 0
	}
	return ws.w[i] > 0
}

func (ws weighing) compare(i, j int) int {
	if ws.big != nil {
		return ws.big[i].Cmp(ws.big[j])
	}
	switch {
	case ws.w[i] < ws.w[j]:
		return -1
	case ws.w[i] > ws.w[j]:
		return 1
	}
	return 0
}

// part is a share cut to a whole number, with what was cut off over the sum of the weights.
type part struct {
	q   int64
	r   uint64
	big *big.Int
}

// cut is a x w[i] / sum. The quotient is at most a, which has at most 18 digits.
func (ws weighing) cut(a uint64, i int) part {
	if ws.big != nil {
		x := new(big.Int).SetUint64(a)
		q, r := x.QuoRem(x.Mul(x, ws.big[i]), ws.bigSum, new(big.Int))
		return part{q: q.Int64(), big: r}
	}
	hi, lo := bits.Mul64(a, ws.w[i])
	if hi == 0 && lo == 0 {
		return part{}
	}
	q, r := bits.Div64(hi, lo, ws.sum) // the product is at most a x sum, and a is less than 2^63
	return part{q: int64(q), r: r}
}

// round is the part rounded by a mode for values that are not negative.
func (ws weighing) round(p part, m money.Mode) int64 {
	up := false
	switch {
	case m == money.Down:
	case p.big != nil:
		up = m == money.Up && p.big.Sign() > 0 ||
			m == money.HalfUp && new(big.Int).Lsh(p.big, 1).Cmp(ws.bigSum) >= 0
	default:
		up = m == money.Up && p.r > 0 || m == money.HalfUp && p.r >= ws.sum-p.r
	}
	if up {
		return p.q + 1
	}
	return p.q
}

func (p part) compare(o part) int {
	if p.big != nil {
		return p.big.Cmp(o.big)
	}
	switch {
	case p.r < o.r:
		return -1
	case p.r > o.r:
		return 1
	}
	return 0
}

// shares splits a into whole numbers. The sum of the weights is not zero.
func (ws weighing) shares(a uint64, m Method) []int64 {
	row := methods[m]
	n := ws.len()
	out := make([]int64, n, n+1)
	switch row.rest {
	case forward, backward:
		ws.run(a, row.base, row.rest == backward, out)
		return out
	case blocks:
		return ws.blocks(a, out)
	}
	left := int64(a)
	parts := make([]part, n)
	for i := range parts {
		parts[i] = ws.cut(a, i)
		out[i] = ws.round(parts[i], row.base)
		left -= out[i]
	}
	switch row.rest {
	case apart:
		return append(out, left)
	case onLast:
		for i := n - 1; i >= 0; i-- {
			if ws.positive(i) {
				out[i] += left
				break
			}
		}
	case onLargest:
		best := 0
		for i := range out {
			if ws.compare(i, best) > 0 {
				best = i
			}
		}
		out[best] += left
	default:
		step := int64(1)
		if left < 0 {
			step = -1
		}
		for _, i := range ws.order(parts, row.rest) {
			if left == 0 {
				break
			}
			if ws.positive(i) {
				out[i] += step
				left -= step
			}
		}
	}
	return out
}

// order is the lines in the order in which they take a unit each.
func (ws weighing) order(parts []part, by rest) []int {
	index := make([]int, len(parts))
	for i := range index {
		index[i] = i
	}
	switch by {
	case byLoss:
		slices.SortStableFunc(index, func(i, j int) int { return parts[j].compare(parts[i]) })
	case eachLargest:
		slices.SortStableFunc(index, func(i, j int) int { return ws.compare(j, i) })
	}
	return index
}

// run shares what is left by the weights left, line by line.
func (ws weighing) run(a uint64, mode money.Mode, back bool, out []int64) {
	if ws.bigSum != nil {
		ws.bigSum = new(big.Int).Set(ws.bigSum)
	}
	for k := range out {
		i := k
		if back {
			i = len(out) - 1 - k
		}
		if !ws.positive(i) {
			continue
		}
		out[i] = ws.round(ws.cut(a, i), mode)
		a -= uint64(out[i])
		if ws.big != nil {
			ws.bigSum.Sub(ws.bigSum, ws.big[i])
		} else {
			ws.sum -= ws.w[i]
		}
	}
}

// blocks shares whole multiples of the weights in their lowest terms.
func (ws weighing) blocks(a uint64, out []int64) []int64 {
	g, sum := new(big.Int), new(big.Int)
	weight := func(i int) *big.Int {
		if ws.big != nil {
			return ws.big[i]
		}
		return new(big.Int).SetUint64(ws.w[i])
	}
	for i := range out {
		g.GCD(nil, nil, g, weight(i))
		sum.Add(sum, weight(i))
	}
	times := new(big.Int).SetUint64(a)
	times.Quo(times.Mul(times, g), sum)
	left := int64(a)
	for i := range out {
		w := new(big.Int).Quo(weight(i), g)
		out[i] = w.Mul(w, times).Int64()
		left -= out[i]
	}
	return append(out, left)
}

// Settle makes shares that were given by hand add up to the amount: a difference of at most tolerance is put on the share
// of the greatest magnitude, the earliest of equals. A greater difference is sum_mismatch. A tolerance of the zero Money
// is none.
func Settle(amount money.Money, shares []money.Money, tolerance money.Money) ([]money.Money, error) {
	if len(shares) == 0 {
		return nil, problem.New(problem.InputMissing, "shares", amount.String())
	}
	sum, err := money.Sum(shares[0], shares[1:]...)
	if err != nil {
		return nil, err
	}
	off, err := amount.Sub(sum)
	if err != nil {
		return nil, err
	}
	out := slices.Clone(shares)
	if off.Sign() == 0 {
		return out, nil
	}
	within := -1
	if !tolerance.IsZero() {
		if within, err = tolerance.Compare(off.Abs()); err != nil {
			return nil, err
		}
	}
	if within < 0 {
		return nil, problem.New(problem.SumMismatch, sum.String(), amount.String())
	}
	best := 0
	for i := range out {
		if c, err := out[i].Abs().Compare(out[best].Abs()); err == nil && c > 0 {
			best = i
		}
	}
	if out[best], err = out[best].Add(off); err != nil {
		return nil, err
	}
	return out, nil
}
