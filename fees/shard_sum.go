package fees

import (
	"slices"

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

// pairs is the numbers below 100 with two digits each.
const pairs = "0001020304050607080910111213141516171819" +
	"2021222324252627282930313233343536373839" +
	"4041424344454647484950515253545556575859" +
	"6061626364656667686970717273747576777879" +
	"8081828384858687888990919293949596979899"

// appendAmount is Decimal.Append, faster for cents.
func appendAmount(b []byte, d fixed.Decimal) []byte {
	if d.Scale != 2 || d.Coef < 0 {
		return d.Append(b)
	}
	var text [24]byte
	at := len(text) - 3
	n := uint64(d.Coef)
	rest := n / 100
	text[at], text[at+1], text[at+2] = '.', pairs[n%100*2], pairs[n%100*2+1]
	for rest >= 10 {
		n, rest = rest, rest/100
		at -= 2
		text[at], text[at+1] = pairs[n%100*2], pairs[n%100*2+1]
	}
	if rest > 0 || at == len(text)-3 {
		at--
		text[at] = '0' + byte(rest)
	}
	return append(b, text[at:]...)
}
