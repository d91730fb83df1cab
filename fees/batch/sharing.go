package batch

import (
	"math/big"
	"strconv"

	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/fees/unit"
	"github.com/overseaswarehouse/overseas/internal/proof"
)

// sharing proves the shares of an amount: each follows from the amount, the weights and how what is left over is borne.
type sharing struct {
	written
	currency string
	amount   *proof.Node
	weights  []*proof.Node // of the lines that take part
	smallest *proof.Node   // share
	method   Method

	back   *proof.Node // -1, where the amount is negative
	size   *proof.Node // the amount without its sign
	total  *proof.Node // of the weights
	cuts   []*proof.Node
	exacts []*proof.Node
	rest   *proof.Node // what is left over
}

// written knows the steps that stand in the record already.
type written map[*proof.Node]bool

// once is a step where it is written first, and what stands for it afterwards.
func (w written) once(n *proof.Node) *proof.Node {
	if w[n] {
		return proof.AgainOf(n)
	}
	w[n] = true
	return n
}

// shareStep is a share with its proof.
type shareStep struct {
	line  int // -1: what is kept apart
	proof *proof.Node
}

// newSharing shares an amount, whose step may stand elsewhere in the record, by weights. Where they add up to zero every
// line has the same.
func newSharing(w written, m money.Money, amount *proof.Node, weights []*proof.Node, rule Rule) (*sharing, error) {
	_, unit, err := rule.units(m)
	if err != nil {
		return nil, err
	}
	s := &sharing{written: w, currency: m.Currency().String(), amount: amount, weights: weights, method: rule.Method}
	s.smallest = proof.Leaf(proof.Stated, "minor_unit", ratOf(unit.Coef(), unit.Scale()), s.currency)
	if !rule.Unit.IsZero() {
		s.smallest.Op, s.smallest.From = proof.Given, "/rule/unit"
	}
	zero := true
	for _, w := range weights {
		zero = zero && w.Value.Sign() == 0
	}
	if zero {
		s.weights = make([]*proof.Node, len(weights))
		for i := range weights {
			s.weights[i] = proof.Number("share.given", 1)
		}
	}
	s.cuts, s.exacts = make([]*proof.Node, len(weights)), make([]*proof.Node, len(weights))
	if amount.Value.Sign() < 0 {
		s.back = proof.Number("share.sign", -1)
	}
	return s, nil
}

// whole is the amount without its sign.
func (s *sharing) whole() *proof.Node {
	if s.back == nil {
		return s.once(s.amount)
	}
	if s.size == nil {
		s.size = proof.Make(proof.Product, "share.magnitude", s.currency, s.once(s.back), s.once(s.amount))
	}
	return s.once(s.size)
}

// sum is the sum of the weights.
func (s *sharing) sum() *proof.Node {
	if s.total == nil {
		parts := make([]*proof.Node, len(s.weights))
		for i, w := range s.weights {
			parts[i] = s.once(w)
		}
		s.total = proof.Total("share.weights", parts[0].Unit, parts...)
	}
	return s.once(s.total)
}

// exact is the part of a line before it is rounded.
func (s *sharing) exact(i int) *proof.Node {
	if s.exacts[i] == nil {
		whole := s.whole()
		weight := s.once(s.weights[i])
		s.exacts[i] = proof.Make(proof.Product, "share.exact", s.currency, whole, proof.Make(proof.Quotient, "", "", weight, s.sum()))
	}
	return s.once(s.exacts[i])
}

// cut is the part of a line as it is rounded first.
func (s *sharing) cut(i int) *proof.Node {
	if s.cuts[i] == nil {
		s.cuts[i] = proof.Rounded("share.cut", s.exact(i), s.once(s.smallest), methods[s.method].base)
	}
	return s.once(s.cuts[i])
}

// remainder is what the rounded parts leave over: what all lines lost.
func (s *sharing) remainder() *proof.Node {
	if s.rest == nil {
		parts := make([]*proof.Node, len(s.weights))
		for i := range parts {
			exact := s.exact(i)
			parts[i] = proof.Make(proof.Minus, "share.lost", s.currency, exact, s.cut(i))
		}
		s.rest = proof.Total("share.remainder", s.currency, parts...)
	}
	return s.once(s.rest)
}

// signed gives a share the sign of the amount.
func (s *sharing) signed(n *proof.Node) *proof.Node {
	if s.back == nil {
		return n.Called("share")
	}
	return proof.Make(proof.Product, "share", s.currency, n, s.once(s.back))
}

// steps are the shares in the order in which they are made: that of the lines, but the other way round by [RunningBack].
func (s *sharing) steps() []shareStep {
	var out []shareStep
	add := func(line int, n *proof.Node) { out = append(out, shareStep{line, s.signed(n)}) }
	switch methods[s.method].rest {
	case forward:
		s.running(false, add)
	case backward:
		s.running(true, add)
	case blocks:
		s.blocks(add)
	case apart:
		for i := range s.weights {
			add(i, proof.Total("", s.currency, s.cut(i)))
		}
		add(-1, proof.Total("", s.currency, s.remainder()))
	case eachFirst:
		s.first(add)
	default:
		last := len(s.weights) - 1
		for last > 0 && s.weights[last].Value.Sign() == 0 {
			last--
		}
		for i := range s.weights {
			cut := s.cut(i)
			switch methods[s.method].rest {
			case onLast:
				if i != last {
					add(i, proof.Total("", s.currency, cut))
					continue
				}
				add(i, proof.Total("", s.currency, cut, s.remainder()))
			case onLargest: // rank 0 takes it all, the others nothing
				rank := proof.Ranked(i, s.once(s.sumWritten()))
				mine := proof.Make(proof.Less, "", "", proof.Number("", 1), rank)
				add(i, proof.Total("", s.currency, cut, proof.Make(proof.Product, "share.extra", s.currency, mine, s.remainder())))
			default: // a unit for each whose rank is below the number of units left over
				rest := s.remainder()
				many := proof.Make(proof.Quotient, "", "", rest, s.once(s.smallest))
				among := s.rest
				if methods[s.method].rest == eachLargest {
					among = s.total
				}
				mine := proof.Make(proof.Less, "", "", many, proof.Ranked(i, s.once(among)))
				one := proof.Make(proof.Least, "", "", mine, proof.Number("", 1))
				add(i, proof.Total("", s.currency, cut, proof.Make(proof.Product, "share.extra", s.currency, one, s.once(s.smallest))))
			}
		}
	}
	return out
}

// sumWritten is the sum of the weights, which the first part has written.
func (s *sharing) sumWritten() *proof.Node {
	if s.total == nil {
		s.sum()
	}
	return s.total
}

// first gives a unit each to the first lines that bear anything.
func (s *sharing) first(add func(int, *proof.Node)) {
	var left *proof.Node
	for i := range s.weights {
		cut := s.cut(i)
		if s.weights[i].Value.Sign() == 0 {
			add(i, proof.Total("", s.currency, cut))
			continue
		}
		if left == nil {
			s.remainder()
			s.written[s.rest] = false
			left = s.rest
		}
		before := left
		extra := proof.Make(proof.Least, "share.extra", s.currency, s.once(before), s.once(s.smallest))
		add(i, proof.Total("", s.currency, cut, s.once(extra)))
		left = proof.Make(proof.Minus, "share.left", s.currency, proof.AgainOf(before), proof.AgainOf(extra))
	}
}

// running gives each line its part of what is left, by the weights left.
func (s *sharing) running(backwards bool, add func(int, *proof.Node)) {
	var left, weights *proof.Node
	for k := range s.weights {
		i := k
		if backwards {
			i = len(s.weights) - 1 - k
		}
		if s.weights[i].Value.Sign() == 0 {
			add(i, proof.Total("", s.currency, s.exact(i)))
			continue
		}
		var have *proof.Node
		if left == nil {
			have = s.whole()
			left = have.Original()
		} else {
			have = s.once(left)
		}
		weight := s.once(s.weights[i])
		var of *proof.Node
		if weights == nil {
			of = s.sum()
			weights = s.total
		} else {
			of = s.once(weights)
		}
		exact := proof.Make(proof.Product, "share.exact", s.currency, have, proof.Make(proof.Quotient, "", "", weight, of))
		share := proof.Rounded("share.cut", exact, s.once(s.smallest), methods[s.method].base)
		s.written[share] = true
		add(i, proof.Total("", s.currency, share))
		left = proof.Make(proof.Minus, "share.left", s.currency, proof.AgainOf(left), proof.AgainOf(share))
		weights = proof.Make(proof.Minus, "share.weights", weights.Unit, proof.AgainOf(weights), proof.AgainOf(s.weights[i]))
	}
}

// blocks shares whole multiples of the weights in their lowest terms.
func (s *sharing) blocks(add func(int, *proof.Node)) {
	common := new(big.Rat)
	for _, w := range s.weights {
		common = divisor(common, w.Value)
	}
	measure := proof.Leaf(proof.Stated, "share.measure", common, s.weights[0].Unit)
	whole := s.whole()
	terms := proof.Make(proof.Quotient, "", "", s.sum(), s.once(measure))
	block := proof.Make(proof.Product, "", s.currency, terms, s.once(s.smallest))
	times := proof.Rounded("share.times", proof.Make(proof.Quotient, "", "", whole, block), proof.Number("", 1), methods[s.method].base)
	var shares []*proof.Node
	for i := range s.weights {
		many := s.once(times)
		lowest := proof.Make(proof.Quotient, "", "", s.once(s.weights[i]), s.once(measure))
		n := proof.Make(proof.Product, "share.cut", s.currency, many, lowest, s.once(s.smallest))
		s.written[n] = true
		shares = append(shares, proof.AgainOf(n))
		add(i, proof.Total("", s.currency, n))
	}
	add(-1, proof.Make(proof.Minus, "", s.currency, s.whole(), proof.Total("", s.currency, shares...)))
}

// divisor is the greatest fraction of which both are whole multiples.
func divisor(a, b *big.Rat) *big.Rat {
	if a.Sign() == 0 {
		return b
	}
	if b.Sign() == 0 {
		return a
	}
	x, y := new(big.Int).Mul(a.Num(), b.Denom()), new(big.Int).Mul(b.Num(), a.Denom())
	return new(big.Rat).SetFrac(new(big.Int).GCD(nil, nil, x, y), new(big.Int).Mul(a.Denom(), b.Denom()))
}

// weightStep is the weight of a line with what it follows from; at is the place of the line. The weight is there: it was
// shared by.
func (s Spread) weightStep(items []Item, i int, at string) *proof.Node {
	units := proof.Leaf(proof.Given, "units", new(big.Rat).SetInt64(items[i].Units), "").At(at + "/units")
	return s.weightStepOf(items, i, at, units)
}

// weightStepOf is weightStep of units that are a step already.
func (s Spread) weightStepOf(items []Item, i int, at string, units *proof.Node) *proof.Node {
	it := &items[i]
	switch s.Driver {
	case ByValue:
		return it.Value.Step("value").At(at + "/value")
	case ByUnits:
		return units
	case ByWeight:
		return proof.Make(proof.Product, "weight", it.Weight.Unit().String(), units, quantityStep("weight", it.Weight).At(at+"/weight"))
	case ByVolume:
		if it.Size.IsZero() {
			return proof.Make(proof.Product, "volume", it.Volume.Unit().String(), units, quantityStep("volume", it.Volume).At(at+"/volume"))
		}
		in := unit.CubicCentimetre
		if it.Size.L.Unit() == unit.Inch || it.Size.L.Unit() == unit.Foot {
			in = unit.CubicInch
		}
		return proof.Make(proof.Product, "volume", in.String(), units, quantityStep("length", it.Size.L).At(at+"/size/length"),
			quantityStep("width", it.Size.W).At(at+"/size/width"), quantityStep("height", it.Size.H).At(at+"/size/height"))
	case ByChargeable:
		return quantityStep("share.chargeable", it.Chargeable).At(at + "/chargeable")
	case ByCartons:
		return proof.Leaf(proof.Given, "carton", new(big.Rat).SetInt64(it.Cartons), "").At(at + "/cartons")
	case ByGiven:
		w := new(big.Rat)
		if s.Weights[i] != nil {
			w.Set(s.Weights[i])
		}
		return proof.Leaf(proof.Given, "share.given", w, "").At("/weights/" + strconv.Itoa(i))
	}
	return proof.Number("share.given", 1)
}

// quantityStep is a measured value as a step that is given.
func quantityStep(name string, q interface {
	Coef() int64
	Scale() uint8
	Unit() unit.Unit
}) *proof.Node {
	return proof.Leaf(proof.Given, name, ratOf(q.Coef(), q.Scale()), q.Unit().String())
}
