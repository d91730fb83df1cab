package fees

import (
	"slices"
	"strconv"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/internal/fixed"
)

// convert is a line's amount in the currency of the sums, rounded half up, as [Quote.In] gives it.
func (p *shardParts) convert(l *Line, plan *ShardPlan, digits uint8) (fixed.Decimal, error) {
	from := l.card.Currency
	if from == plan.Currency {
		return fixed.Decimal{Coef: l.coef, Scale: l.scale}, nil
	}
	i := slices.IndexFunc(p.known, func(x exchange) bool { return x.from == from })
	if i < 0 {
		x, err := plan.Rates.Exchange(from, plan.Currency, digits, money.HalfUp)
		if err != nil {
			return fixed.Decimal{}, err
		}
		p.known = append(p.known, exchange{from, x})
		i = len(p.known) - 1
	}
	x := &p.known[i]
	if c, ok := x.Coef(l.coef, l.scale); ok {
		return fixed.Decimal{Coef: c, Scale: digits}, nil
	}
	n, err := x.Convert(l.Amount())
	if err != nil {
		return fixed.Decimal{}, err
	}
	return fixed.Decimal{Coef: n.Coef(), Scale: n.Scale()}, nil
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

// addNative adds an amount in its own currency.
func (r *running) addNative(currency country.Currency, scale uint8, coef int64) bool {
	var n *runningNative
	for i := range r.native {
		if r.native[i].currency == currency && r.native[i].scale == scale {
			n = &r.native[i]
			break
		}
	}
	if n == nil {
		r.native = append(r.native, runningNative{currency, scale, 0})
		n = &r.native[len(r.native)-1]
	}
	if next, ok := fixed.Add(n.sum, coef); ok {
		n.sum = next
		return true
	}
	ok := r.group.in(n.currency).add(fixed.Decimal{Coef: n.sum, Scale: n.scale})
	n.sum = coef
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
