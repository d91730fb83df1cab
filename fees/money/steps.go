package money

import (
	"math/big"
	"strings"

	"github.com/overseaswarehouse/overseas/internal/proof"
)

// Step is one step of an explanation that can be recomputed: see Record in package fees.
type Step = proof.Node

// Step is the amount as a step that is given, under a name.
func (m Money) Step(name string) *Step { return proof.Leaf(proof.Given, name, m.rat(), m.cur.String()) }

func (m Money) rat() *big.Rat {
	ten := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(m.scale)), nil)
	return new(big.Rat).SetFrac(big.NewInt(m.coef), ten)
}

// Steps is how the conversion came about, from the step of the amount that was converted: by which rate, of which day and
// whose, and how the result was rounded. Without a rate it is that step.
func (c Conversion) Steps(amount *Step) *Step {
	if c.Rate == (Rate{}) {
		return amount
	}
	n := c.Rate.step(amount)
	if c.Then != (Rate{}) {
		if !c.Between.IsZero() {
			n = proof.Rounded("", n, proof.MinorUnit(c.Between.cur.String(), int(c.Between.scale)), c.Halfway)
		}
		n = c.Then.step(n)
	}
	return proof.Rounded("", n, proof.MinorUnit(c.To.cur.String(), int(c.To.scale)), c.Mode)
}

// step multiplies an amount by the rate, or divides it by an inverse one.
func (r Rate) step(amount *Step) *Step {
	value := r.Value.Rat()
	value.Quo(value, new(big.Rat).SetInt64(max(r.Per, 1)))
	words := []string{r.String()}
	if !r.Date.IsZero() {
		words = append(words, r.Date.String())
	}
	if r.Source != "" {
		words = append(words, r.Source)
	}
	rate := proof.Leaf(proof.Rate, "rate", value, r.Quote.String()+"/"+r.Base.String()).Saying(strings.Join(words, "; "))
	op := proof.Product
	if r.Inverse {
		op = proof.Quotient
	}
	return proof.Make(op, "", r.To().String(), amount, rate)
}
