package money

import (
	"math/bits"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/internal/fixed"
)

// Exchange is the way from one currency to another at one scale and rounding, found once for many amounts. It converts to
// the same amounts as [Rates.Convert]. It is immutable; the zero Exchange converts nothing.
type Exchange struct {
	rates    *Rates
	from, to letters
	scale    uint8
	mode     Mode

	// amounts of the usual scale by one rate are a product over a divider
	at    uint8 // that scale
	num   uint64
	by    fixed.Divider // by zero: there is no such way
	short fixed.Short   // by, of smaller numbers
	near  fixed.Near    // of numbers that are smaller yet
	add   uint64
	tie   fixed.Tie
}

// Exchange is the way of the rates from one currency to the other. It fails as [Rates.Convert] does with an amount in the
// currency from.
func (r *Rates) Exchange(from, to country.Currency, scale uint8, mode Mode) (Exchange, error) {
	if _, _, err := r.Convert(Money{cur: lettersOf(from)}, to, scale, mode); err != nil {
		return Exchange{}, err
	}
	x := Exchange{rates: r, from: lettersOf(from), to: lettersOf(to), scale: scale, mode: mode, at: uint8(from.Digits())}
	w := r.find(from, to)
	if from == to || w == nil || w.via != nil {
		return x, nil
	}
	num, den, ok := w.one.ratio(int(scale) - int(x.at))
	if h, nearest := mode.Halves(den); ok && nearest && den>>63 == 0 {
		x.num, x.by, x.add, x.tie = num, fixed.NewDivider(den), h.Add, h.Tie
		x.short, x.near = x.by.Short(), x.by.Near()
	}
	return x, nil
}

// ratio is the rate times 10^e as a fraction of two words; ok is false where they do not hold it.
func (l leg) ratio(e int) (num, den uint64, ok bool) {
	num, den = uint64(l.num), l.den
	e += l.e
	if e >= 0 {
		hi, lo := bits.Mul64(num, fixed.Pow10(e))
		return lo, den, hi == 0 && lo != 0
	}
	hi, lo := bits.Mul64(den, fixed.Pow10(-e))
	return num, lo, hi == 0 && lo != 0
}

// Coef is the coefficient of a converted amount coef / 10^scale: what [Exchange.Convert] gives, for the usual amounts; ok
// is false where Convert has to be asked.
func (x *Exchange) Coef(coef int64, scale uint8) (c int64, ok bool) {
	hi, lo := bits.Mul64(uint64(coef), x.num)
	q, rest := x.by.Quo(lo + x.add)
	q -= x.tie.Odd(q, rest)
	return int64(q), hi|lo>>63|uint64(coef)>>63 == 0 && q <= fixed.MaxCoef && scale == x.at && x.num != 0
}

// Coefs is Coef of each of a column of coefficients with one scale, for as many as both columns hold. ok is false where Coef
// has to be asked for each, and then what is in to has no meaning. bound is what no coefficient is above, none being negative,
// or [Unbounded]; next is that of the converted ones.
func (x *Exchange) Coefs(to, from []int64, scale uint8, bound uint64) (next uint64, ok bool) {
	to = to[:min(len(to), len(from))]
	from = from[:len(to)]
	if scale != x.at || x.num == 0 || x.tie != 0 {
		return 0, false
	}
	hi, most := bits.Mul64(bound, x.num)
	if most += x.add; hi == 0 && most <= min(x.near.Most(), fixed.MaxCoef) && most >= x.add { // so is the quotient
		divided(to, from, x.num, x.add, x.near)
		q, _ := x.by.Quo(most)
		return q, true
	}
	return Unbounded, x.coefs(to, from)
}

// Unbounded is the bound of coefficients of which nothing is known.
const Unbounded = ^uint64(0)

// divided is the products of a column and a number, and one more, by a divisor for which none is too great.
//
//go:noinline
func divided(to, from []int64, num, more uint64, by fixed.Near) {
	from = from[:len(to)]
	for i := range to {
		to[i] = int64(by.Quo(uint64(from[i])*num + more))
	}
}

// coefs is Coefs for amounts of any size.
//
//go:noinline
func (x *Exchange) coefs(to, from []int64) bool {
	by, num, add := x.short, x.num, x.add
	var over, most uint64
	var sign int64
	from = from[:len(to)]
	for i, c := range from {
		hi, lo := bits.Mul64(uint64(c), num)
		v := lo + add
		over |= hi
		sign |= c | int64(lo) | int64(v)
		q := by.Quo(v)
		most |= q | uint64(c)
		to[i] = int64(q)
	}
	return over == 0 && sign >= 0 && most <= fixed.MaxCoef
}

// Convert converts an amount in the currency that the exchange is from. It fails as [Rates.Convert] does, and with
// currency_mismatch for an amount in another currency.
func (x *Exchange) Convert(m Money) (Money, error) {
	if m.cur != x.from {
		return Money{}, m.same(Money{cur: x.from})
	}
	if c, ok := x.Coef(m.coef, m.scale); ok {
		return Money{c, x.scale, x.to}, nil
	}
	n, _, err := x.rates.Convert(m, x.to.currency(), x.scale, x.mode)
	return n, err
}
