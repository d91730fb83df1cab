package fees

import (
	"math/big"
	"strings"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/internal/engine"
	"github.com/overseaswarehouse/overseas/internal/layout"
	"github.com/overseaswarehouse/overseas/internal/proof"
	"github.com/overseaswarehouse/overseas/internal/ratecard"
	"github.com/overseaswarehouse/overseas/internal/units"
)

// quantity is a threshold as the card writes it, its number laid out.
func (x *explainer) quantity(q ratecard.Quantity) string {
	text := layout.Number(x.l, q.Value.String())
	if q.Unit != units.NoUnit {
		text += " " + x.unitName(q.Unit)
	}
	return text
}

func (x *explainer) unitName(u units.Unit) string {
	if u == units.Day {
		return called(x.l, "days")
	}
	return u.String()
}

// plain is a number in plain notation: all its decimals where it has at most twelve, cut and marked after six otherwise.
func plain(r *big.Rat) string { return proof.Decimal(r) }

func (x *explainer) number(r *big.Rat) string { return layout.Number(x.l, plain(r)) }

func (x *explainer) percent(r *big.Rat) string {
	return layout.Percent(x.l, plain(new(big.Rat).Mul(r, big.NewRat(100, 1))))
}

// money is an exact amount with at least the decimals of its minor unit.
func (x *explainer) money(r *big.Rat) string {
	text := plain(r)
	if digits := x.currency.Digits(); digits > 0 && !strings.HasSuffix(text, "…") {
		_, fraction, point := strings.Cut(text, ".")
		if !point {
			text += "."
		}
		text += strings.Repeat("0", max(0, digits-len(fraction)))
	}
	return layout.Money(x.l, text, x.currency.String())
}

// value is the value of a step with its unit.
func (x *explainer) value(s *engine.Step) string {
	switch {
	case s.Percent:
		return x.percent(s.Value)
	case s.Dim == units.Money:
		return x.money(s.Value)
	case s.Unit != units.NoUnit:
		return x.number(s.Value) + " " + x.unitName(s.Unit)
	}
	return x.number(s.Value)
}

func minorOf(c country.Currency) *big.Rat {
	return new(big.Rat).SetFrac(big.NewInt(1), new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(c.Digits())), nil))
}

func (x *explainer) rounded(mode texts, to *big.Rat) string {
	return x.say(phRounded, "mode", in(mode, x.l), "at", x.money(to))
}
