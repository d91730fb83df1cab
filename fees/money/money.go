package money

import (
	"github.com/shopspring/decimal"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/internal/fixed"
	"github.com/overseaswarehouse/overseas/internal/problem"
)

// Money is an exact amount in one currency. The zero Money is 0 in no currency: not given.
type Money struct {
	coef  int64
	scale uint8
	cur   letters
}

// letters is a currency as one number, the first letter of its code in the highest place; 0 for none.
type letters uint32

func lettersOf(c country.Currency) letters {
	return letters(c[0])<<16 | letters(c[1])<<8 | letters(c[2])
}

func (l letters) currency() country.Currency {
	return country.Currency{byte(l >> 16), byte(l >> 8), byte(l)}
}

func (l letters) String() string { return l.currency().String() }

// New is the amount d in currency c, with the scale of d. It fails with number_range or number_precision when d has
// more than 18 digits or 12 decimals, and with currency_unknown when c never was a currency. A withdrawn one is accepted,
// for amounts of the past are amounts.
func New(d decimal.Decimal, c country.Currency) (Money, error) {
	v, err := fixed.FromShopspring(d)
	if err != nil {
		return Money{}, err
	}
	return of(v, c)
}

// Of is the amount coef / 10^scale in currency c; it fails as New does.
func Of(coef int64, scale uint8, c country.Currency) (Money, error) {
	d := fixed.Decimal{Coef: coef, Scale: scale}
	if code := d.Check(); code != "" {
		return Money{}, fixed.Refuse(code, d.String())
	}
	return of(d, c)
}

func of(d fixed.Decimal, c country.Currency) (Money, error) {
	if err := known(c); err != nil {
		return Money{}, err
	}
	return Money{d.Coef, d.Scale, lettersOf(c)}, nil
}

// WithAmount is the amount coef / 10^scale in the currency of m. It fails as Of does, without looking the currency up.
func (m Money) WithAmount(coef int64, scale uint8) (Money, error) {
	if m.cur == 0 || scale > fixed.MaxScale || uint64(coef+fixed.MaxCoef) > 2*fixed.MaxCoef {
		return m.refuse(coef, scale)
	}
	return Money{coef, scale, m.cur}, nil
}

// refuse says why the amount coef / 10^scale in the currency of m is none.
func (m Money) refuse(coef int64, scale uint8) (Money, error) {
	if m.cur == 0 {
		return Money{}, noCurrency("")
	}
	d := fixed.Decimal{Coef: coef, Scale: scale}
	return Money{}, fixed.Refuse(d.Check(), d.String())
}

// Decimal is the amount, with the scale of m.
func (m Money) Decimal() decimal.Decimal { return m.number().Decimal() }

// Currency is the currency, the zero Currency for the zero Money.
func (m Money) Currency() country.Currency { return m.cur.currency() }

// Coef is the amount without its point: 1250 of 12.50 EUR.
func (m Money) Coef() int64 { return m.coef }

// Scale is how many of the digits stand after the point: 2 of 12.50 EUR.
func (m Money) Scale() uint8 { return m.scale }

// Sign is -1, 0 or 1.
func (m Money) Sign() int { return m.number().Sign() }

// IsZero reports whether m is the zero Money: not given. An amount of 0 in a currency is not; its Sign is 0.
func (m Money) IsZero() bool { return m.cur == 0 } // no other Money is in no currency

func (m Money) number() fixed.Decimal { return fixed.Decimal{Coef: m.coef, Scale: m.scale} }

func (m Money) with(d fixed.Decimal) Money { return Money{d.Coef, d.Scale, m.cur} }

// Neg is -m.
func (m Money) Neg() Money {
	m.coef = -m.coef // a Money never has the least int64
	return m
}

// Abs is m without its sign.
func (m Money) Abs() Money {
	if m.coef < 0 {
		return m.Neg()
	}
	return m
}

// Add is m + n, exact, with the greater scale of the two. It fails with currency_mismatch, and with overflow when the
// sum with that scale has more than 18 digits.
func (m Money) Add(n Money) (Money, error) {
	if err := m.same(n); err != nil {
		return Money{}, err
	}
	d, ok := m.number().Add(n.number())
	if !ok {
		return Money{}, problem.New(problem.Overflow, m.String()+" + "+n.String())
	}
	return m.with(d), nil
}

// Sub is m - n; it fails as Add does.
func (m Money) Sub(n Money) (Money, error) {
	if err := m.same(n); err != nil {
		return Money{}, err
	}
	d, ok := m.number().Sub(n.number())
	if !ok {
		return Money{}, problem.New(problem.Overflow, m.String()+" - "+n.String())
	}
	return m.with(d), nil
}

// Sum is the sum of one or more amounts; it fails as Add does.
func Sum(first Money, more ...Money) (Money, error) {
	total := first
	for _, m := range more {
		var err error
		if total, err = total.Add(m); err != nil {
			return Money{}, err
		}
	}
	return total, nil
}

// Compare is -1, 0 or 1 by value; it fails with currency_mismatch.
func (m Money) Compare(n Money) (int, error) {
	if err := m.same(n); err != nil {
		return 0, err
	}
	return m.number().Cmp(n.number()), nil
}

// Equal reports whether m and n have one value and one currency.
func (m Money) Equal(n Money) bool {
	return m.cur == n.cur && m.number().Cmp(n.number()) == 0
}

// SameCurrency reports whether m and n are in one currency. The zero Money is in none, as another zero Money is.
func (m Money) SameCurrency(n Money) bool { return m.cur == n.cur }

func (m Money) same(n Money) error {
	if m.cur != n.cur {
		return problem.New(problem.CurrencyMismatch, n.cur.String(), m.cur.String())
	}
	return nil
}

// Normal is m without trailing zeros after the point, so that amounts of one value are == as well.
func (m Money) Normal() Money { return m.with(m.number().Normalize()) }

// Round is m rounded to scale decimals, padded with zeros where m has fewer. It fails with number_precision when scale
// is over 12, with overflow when the result has more than 18 digits, and with unknown_value when mode is none. The zero
// Money stays what it is.
func (m Money) Round(scale uint8, mode Mode) (Money, error) {
	if err := roundable(scale, mode); err != nil {
		return Money{}, err
	}
	if m.IsZero() {
		return m, nil
	}
	d, ok := m.number().Round(scale, mode)
	if !ok {
		return Money{}, problem.New(problem.Overflow, m.String())
	}
	return m.with(d), nil
}

// RoundToMinor is Round to the minor unit of the currency: cents for EUR, whole yen for JPY, two decimals for IDR.
func (m Money) RoundToMinor(mode Mode) (Money, error) {
	return m.Round(uint8(m.Currency().Digits()), mode)
}
