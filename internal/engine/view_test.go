package engine

import (
	"fmt"
	"math/big"
	"testing"

	"github.com/overseaswarehouse/overseas/internal/fixed"
	"github.com/overseaswarehouse/overseas/internal/ratecard"
	"github.com/overseaswarehouse/overseas/internal/units"
)

func based(s *Step) *big.Rat { return new(big.Rat).Mul(s.Value, ratUnit(s.Unit)) }

// addsUp recomputes every step of a derivation from its arguments; "" when all agree.
func addsUp(s *Step) string {
	wrong := func(want *big.Rat) string {
		return fmt.Sprintf("form %d %s is %s, its arguments give %s", s.Form, s.Name, s.Value.RatString(), want.RatString())
	}
	for _, a := range s.Args {
		if a == nil || a.Value == nil {
			return fmt.Sprintf("form %d has an empty argument", s.Form)
		}
		if why := addsUp(a); why != "" {
			return why
		}
	}
	for _, a := range s.Axes {
		if a.At < 0 || a.At >= a.Axis.Len() {
			return fmt.Sprintf("place %d on an axis of %d", a.At, a.Axis.Len())
		}
		if a.Of != nil {
			if why := addsUp(a.Of); why != "" {
				return why
			}
			if !inBracket(based(a.Of), &a) {
				return fmt.Sprintf("%s is not in bracket %d of %v", based(a.Of).RatString(), a.At, a.Axis.Edges)
			}
		}
	}
	want := new(big.Rat)
	per := ratOne
	if s.Price != nil && s.Price.Unit.Set {
		per = ratQuantity(s.Price.Unit)
	}
	switch s.Form {
	case FormGiven, FormNotGiven, FormFixed, FormCharge:
		return ""
	case FormDuties:
		part := func(p DutyPart) *big.Rat {
			v := new(big.Rat).Mul(based(s.Args[0]), ratOf(p.Percent))
			return v.Add(v, ratOf(p.Amount))
		}
		for _, d := range s.Duties {
			v := part(d.Part)
			if d.Least != nil && v.Cmp(part(*d.Least)) < 0 {
				v = part(*d.Least)
			}
			if d.Most != nil && v.Cmp(part(*d.Most)) > 0 {
				v = part(*d.Most)
			}
			if v.Sign() > 0 {
				want.Add(want, v)
			}
		}
	case FormNothing:
	case FormSum, FormSumRows, FormSumItems, FormExcess:
		for _, a := range s.Args {
			want.Add(want, based(a))
		}
	case FormTimes:
		want.Mul(based(s.Args[0]), new(big.Rat).SetInt64(s.Count))
	case FormProduct:
		want.SetInt64(1)
		for _, a := range s.Args {
			want.Mul(want, based(a))
		}
		if s.Dim == units.Money && !s.Args[1].Percent {
			want.Quo(want, per)
		}
	case FormScaled:
		want.Mul(based(s.Args[0]), s.Factor)
	case FormRatio:
		by := ratOf(s.Term.By.Value)
		by.Mul(by, ratUnit(s.Term.By.Num))
		by.Quo(by, ratUnit(s.Term.By.Den))
		if s.Term.Op == ratecard.Over_ {
			by.Inv(by)
		}
		want.Mul(based(s.Args[0]), by)
	case FormGreatest:
		for i, a := range s.Args {
			if b := based(a); i == 0 || b.Cmp(want) > 0 {
				want = b
			}
		}
	case FormLess:
		want = based(s.Args[0])
		if len(s.Args) > 1 {
			want.Sub(want, based(s.Args[1]))
		} else {
			want.Sub(want, ratQuantity(s.At))
		}
		if want.Sign() < 0 {
			want.SetInt64(0)
		}
	case FormRaised, FormLowered:
		want = new(big.Rat).Mul(s.Limit, ratUnit(s.Unit))
		if c := based(s.Args[0]).Cmp(want); c == 0 || (c > 0) != (s.Form == FormLowered) {
			return fmt.Sprintf("%s was bounded by %s for nothing", based(s.Args[0]).RatString(), want.RatString())
		}
		if s.At.Set && ratQuantity(s.At).Cmp(want) != 0 {
			return wrong(ratQuantity(s.At))
		}
	case FormStepped:
		step, a := ratOne, based(s.Args[0])
		if s.At.Set {
			step = ratQuantity(s.At)
		}
		n := new(big.Rat).Quo(a, step)
		k := new(big.Int).Quo(n.Num(), n.Denom())
		rest := new(big.Rat).Sub(a, new(big.Rat).Mul(new(big.Rat).SetInt(k), step))
		if rest.Cmp(ratQuantity(s.Slack)) > 0 {
			k.Add(k, intOne)
		}
		want.Mul(new(big.Rat).SetInt(k), step)
	case FormRounded:
		to := new(big.Rat).Mul(s.To, ratUnit(s.Unit))
		want = new(big.Rat).Quo(based(s.Args[0]), to)
		want.Mul(new(big.Rat).SetInt(roundRat(want, s.Mode)), to)
	case FormPrice:
		at := 0
		for _, a := range s.Axes {
			at = at*a.Axis.Len() + a.At
		}
		if len(s.Axes) != len(s.Price.By) {
			return fmt.Sprintf("%d of %d axes", len(s.Axes), len(s.Price.By))
		}
		want = ratOf(s.Price.Cells[at].Value)
	case FormBands, FormNext:
		if len(s.Bands) == 0 && s.Value.Sign() != 0 {
			return fmt.Sprintf("form %d without a band: %s", s.Form, s.Value.RatString())
		}
		for i := range s.Bands {
			b := &s.Bands[i]
			want.Add(want, b.Amount)
			each := per
			if s.Form == FormBands && !b.Band.Flat {
				each = ratQuantity(b.Band.Each)
			}
			x := new(big.Rat).Mul(b.Quantity, b.Price)
			if s.Form == FormNext || !b.Band.Flat && !b.Band.Started {
				x.Mul(x, ratUnit(s.Args[0].Unit))
				x.Quo(x, each)
			}
			if x.Cmp(b.Amount) != 0 {
				return fmt.Sprintf("band %d gives %s, not %s", i, x.RatString(), b.Amount.RatString())
			}
		}
	case FormOverTime:
		for _, x := range s.Spans {
			v := new(big.Rat).Mul(x.Time, x.Price)
			if x.Quantity != nil {
				v.Mul(v, x.Quantity)
				v.Mul(v, ratUnit(x.Unit))
				v.Quo(v, per)
			}
			want.Add(want, v)
		}
		if len(s.Args) > 0 {
			want.Mul(want, based(s.Args[0]))
			want.Quo(want, per)
		}
	case FormTopUp:
		want.Sub(s.Limit, s.Args[0].Value)
		if want.Sign() < 0 {
			want.SetInt64(0)
		}
	default:
		return fmt.Sprintf("unknown form %d", s.Form)
	}
	if want.Cmp(based(s)) != 0 {
		return wrong(want)
	}
	return ""
}

func inBracket(x *big.Rat, a *AxisStep) bool {
	e := a.Axis.Edges
	edge := func(i int) int { // x against edge i
		return x.Cmp(ratQuantity(e[i]))
	}
	switch a.Axis.Edge {
	case ratecard.UpTo:
		return (a.At == 0 || edge(a.At-1) > 0) && (a.At == len(e) || edge(a.At) <= 0)
	case ratecard.Below:
		return (a.At == 0 || edge(a.At-1) >= 0) && (a.At == len(e) || edge(a.At) < 0)
	case ratecard.From:
		return edge(a.At) >= 0 && (a.At == len(e)-1 || edge(a.At+1) < 0)
	}
	return edge(a.At) > 0 && (a.At == len(e)-1 || edge(a.At+1) <= 0)
}

func roundRat(r *big.Rat, mode fixed.Mode) *big.Int {
	return roundQuo(wholeBig(r.Num()), wholeBig(r.Denom()), mode).BigInt()
}

// views checks the derivation of every line of an event, as the fast and as the slow evaluator left it.
func views(t *testing.T, p *Program, e *Event, forms map[Form]int) {
	t.Helper()
	for _, slowly := range []bool{false, true} {
		var trace *Trace
		var lines []Line
		var err error
		if slowly {
			var s *slow
			s, lines, err = p.events[e.Kind].slowly(e, nil)
			trace = &Trace{src: s.src, slow: s, event: e}
		} else {
			trace, lines, _, err = p.Explain(e, nil)
		}
		if err != nil {
			return
		}
		for i := range lines {
			for _, rows := range []int{1, 20} {
				s := trace.View(&lines[i], rows)
				if s == nil {
					t.Fatalf("no derivation of line %d", i)
				}
				if why := addsUp(s); why != "" {
					code := ""
					if lines[i].Charge != nil {
						code = lines[i].Charge.Code
					}
					t.Fatalf("%s of %s, slow %v, %d rows: %s\n%s", code, p.Card.ID, slowly, rows, why, shown(e))
				}
				count(s, forms)
				amount := new(big.Rat).Mul(new(big.Rat).SetInt64(lines[i].Coef), pow10(-int(lines[i].Scale)))
				if lines[i].Total == nil && s.Value.Cmp(amount) != 0 {
					t.Fatalf("the derivation gives %s, the line %s", s.Value.RatString(), amount.RatString())
				}
			}
		}
	}
}

func count(s *Step, forms map[Form]int) {
	forms[s.Form]++
	for _, a := range s.Args {
		count(a, forms)
	}
	for _, a := range s.Axes {
		if a.Of != nil {
			count(a.Of, forms)
		}
	}
}

// TestViewsAddUp recomputes the derivations of example and random cards step by step.
func TestViewsAddUp(t *testing.T) {
	forms := map[Form]int{}
	for name, card := range sorted(exampleCards(t)) {
		p, err := compiled1(card)
		if err != nil {
			t.Fatal(name, err)
		}
		edges := edgesOf(card)
		for on := ratecard.Consign; on < ratecard.EventCount; on++ {
			if !p.Prices(on) {
				continue
			}
			for i := range 60 {
				e := (&eventMaker{diceOf(uint64(i)*64 + uint64(on)), card, on, edges, i%4 == 0}).event()
				if len(card.Countries) > 0 {
					e.Country = card.Countries[i%len(card.Countries)]
				}
				views(t, p, e, forms)
			}
		}
	}
	for seed := range uint64(500) {
		card, m, _, err := randomCard(diceOf(seed))
		if err != nil {
			continue
		}
		p, err := compiled1(card)
		if err != nil || !p.Prices(m.on) {
			continue
		}
		edges := edgesOf(card)
		for i := range 6 {
			views(t, p, (&eventMaker{diceOf(seed*100 + uint64(i)), card, m.on, edges, false}).event(), forms)
		}
	}
	for f := FormGiven; f <= FormTopUp; f++ {
		if forms[f] == 0 {
			t.Errorf("no derivation had a step of form %d", f)
		}
	}
}
