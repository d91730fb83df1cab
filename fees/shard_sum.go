package fees

import (
	"math/bits"
	"strconv"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/internal/fixed"
)

// exchange is a rate as the lines of a shard use it: amounts of a scale are multiplied by num and divided by den.
type exchange struct {
	from  country.Currency
	scale uint8
	num   int64
	den   uint64
}

// convert is a line's amount in the currency of the sums, rounded half up, as [money.Rates.Convert] gives it. What a
// multiplication and a division of machine words do not reach is left to that.
func (p *shardParts) convert(m money.Money, plan *ShardPlan, digits uint8) (fixed.Decimal, error) {
	if m.Currency() == plan.Currency {
		return fixed.Decimal{Coef: m.Coef(), Scale: m.Scale()}, nil
	}
	for i := range p.known {
		x := &p.known[i]
		if x.from != m.Currency() || x.scale != m.Scale() {
			continue
		}
		if coef := m.Coef(); coef >= 0 {
			if hi, lo := bits.Mul64(uint64(coef), uint64(x.num)); hi == 0 && lo < 1<<63 { // so that the half does not wrap
				if c := (lo + x.den/2) / x.den; c <= fixed.MaxCoef {
					return fixed.Decimal{Coef: int64(c), Scale: digits}, nil
				}
			}
		}
		break
	}
	n, err := plan.Rates.Amount(m, plan.Currency, digits, money.HalfUp)
	if err != nil {
		return fixed.Decimal{}, err
	}
	p.learn(m, plan, digits)
	return fixed.Decimal{Coef: n.Coef(), Scale: n.Scale()}, nil
}

// learn keeps the rate of an amount where it is a multiplication and a division.
func (p *shardParts) learn(m money.Money, plan *ShardPlan, digits uint8) {
	rate, err := plan.Rates.Find(m.Currency(), plan.Currency)
	if err != nil || rate.Inverse || rate.Per > 1 || len(p.known) == 16 {
		return
	}
	value, err := fixed.FromShopspring(rate.Value)
	if down := int(value.Scale) + int(m.Scale()) - int(digits); err == nil && down >= 0 && down <= fixed.Pow10Max {
		p.known = append(p.known, exchange{m.Currency(), m.Scale(), value.Coef, fixed.Pow10(down)}) // a value is positive
	}
}

// running is the sums of a group while rows are priced: in machine words, which are emptied into the exact sums before they
// are full, and at the end.
type running struct {
	key    string
	group  *group
	digits uint8
	total  int64
	family [Other + 1]int64
	native []runningNative
}

type runningNative struct {
	currency country.Currency
	scale    uint8
	sum      int64
}

// add adds an amount to a word; false where the exact sum is too great.
func (r *running) add(word *int64, sum *exact, d fixed.Decimal) bool {
	if d.Scale != r.digits {
		return sum.add(d)
	}
	if next, ok := fixed.Add(*word, d.Coef); ok {
		*word = next
		sum.set = true
		return true
	}
	ok := sum.add(fixed.Decimal{Coef: *word, Scale: r.digits})
	*word = d.Coef
	return ok
}

func (r *running) addNative(m money.Money) bool {
	var n *runningNative
	for i := range r.native {
		if r.native[i].currency == m.Currency() && r.native[i].scale == m.Scale() {
			n = &r.native[i]
			break
		}
	}
	if n == nil {
		r.native = append(r.native, runningNative{m.Currency(), m.Scale(), 0})
		n = &r.native[len(r.native)-1]
	}
	if next, ok := fixed.Add(n.sum, m.Coef()); ok {
		n.sum = next
		return true
	}
	ok := r.group.in(n.currency).add(fixed.Decimal{Coef: n.sum, Scale: n.scale})
	n.sum = m.Coef()
	return ok
}

// finish empties the words; false where a sum is too great.
func (r *running) finish() bool {
	g := r.group
	ok := true
	empty := func(word *int64, sum *exact) {
		if *word != 0 {
			ok = sum.add(fixed.Decimal{Coef: *word, Scale: r.digits}) && ok
			*word = 0
		}
	}
	empty(&r.total, &g.total)
	for f := range r.family {
		empty(&r.family[f], &g.family[f])
	}
	for i := range r.native {
		n := &r.native[i]
		ok = g.in(n.currency).add(fixed.Decimal{Coef: n.sum, Scale: n.scale}) && ok
		n.sum = 0
	}
	return ok
}

// appendAmount is Decimal.Append, faster for cents.
func appendAmount(b []byte, d fixed.Decimal) []byte {
	if d.Scale != 2 || d.Coef < 0 {
		return d.Append(b)
	}
	b = strconv.AppendInt(b, d.Coef/100, 10)
	cents := byte(d.Coef % 100)
	return append(b, '.', '0'+cents/10, '0'+cents%10)
}
