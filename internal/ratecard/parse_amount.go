package ratecard

import (
	"strconv"
	"strings"

	"github.com/overseaswarehouse/overseas/internal/problem"
	"github.com/overseaswarehouse/overseas/internal/strict"
)

// amounts reads the named sums. What they sum is checked when all charges are read.
func (p *parser) amounts(o strict.Object) {
	v, ok := o.Get("amounts")
	if !ok || !p.within(v, "amounts", MaxParts) {
		return
	}
	p.card.Amounts = make([]Amount, 0, v.Len()) // levels point into it
	for _, field := range v.Members() {
		name, e := field.Name, field.Value
		if !p.checkName(e, name) {
			continue
		}
		p.card.Amounts = append(p.card.Amounts, Amount{Name: name, Each: LevelEvent, Num: 1, Den: 1})
		p.amount(e, &p.card.Amounts[len(p.card.Amounts)-1])
	}
}

func (p *parser) amount(v strict.Value, a *Amount) {
	o, ok := v.Object("on", "each", "sum", "times", "basis", "round")
	if !ok {
		return
	}
	if x, ok := o.Need("on"); ok {
		a.On = p.event(x)
	}
	if u, ok := p.codes[a.Name]; ok {
		u.sum = a
		p.codes[a.Name] = u
	}
	if a.On == 0 {
		return
	}
	if x, ok := o.Get("each"); ok {
		if l, ok := p.levelOf(x, a.On); ok {
			a.Each = l
		}
	}
	if x, ok := o.Need("sum"); ok {
		uses := new([]*def)
		sc := &scope{event: a.On, uses: uses, each: &a.Each}
		a.Sum = p.ofNames(x, sc, nil)
		p.sums = append(p.sums, sumUse{on: a.On, uses: uses})
	}
	if x, ok := o.Get("times"); ok {
		p.factor(x, a)
	}
	if x, ok := o.Get("basis"); ok {
		if w, ok := x.OneOf(basisWords...); ok {
			a.Basis, _ = parseWord[Basis](basisWords, w)
		}
	}
	if x, ok := o.Get("round"); ok {
		own := p.card.Rounding
		own.Each = a.Each
		r := p.rounding(x, own, a.On)
		if r.Each < a.Each {
			r.Each = a.Each
		}
		a.Round = &r
	}
}

// sumUse is what an amount uses of inputs and measures.
type sumUse struct {
	on   Event
	uses *[]*def
}

// factor reads "11/12".
func (p *parser) factor(v strict.Value, a *Amount) {
	text, ok := v.Text()
	if !ok {
		return
	}
	num, den, isFraction := strings.Cut(text, "/")
	n, okNum := smallNumber(num)
	d, okDen := smallNumber(den)
	if !isFraction {
		d, okDen = 1, true
	}
	if !okNum || !okDen {
		p.bad(v, problem.Malformed, text, "11/12")
		return
	}
	a.Num, a.Den = n, d
}

// smallNumber reads a whole number from 1 to 999,999,999 without signs and leading zeros.
func smallNumber(text string) (int64, bool) {
	if len(text) == 0 || len(text) > 9 || text[0] == '0' {
		return 0, false
	}
	for i := 0; i < len(text); i++ {
		if !isDigit(text[i]) {
			return 0, false
		}
	}
	n, err := strconv.ParseInt(text, 10, 64)
	return n, err == nil
}

// sumNodes checks the events and levels of what charges and amounts are taken of, and that nothing depends on itself.
func (p *parser) sumNodes() {
	g := &sumGraph{p: p, state: map[string]uint8{}}
	for i := range p.card.Amounts {
		a := &p.card.Amounts[i]
		if u := p.codes[a.Name]; u.sum == a {
			p.sumLevels(u.amount, a.Name, a.On, a.Each, a.Sum, a.Basis)
			g.visit("amount " + a.Name)
		}
	}
	for i, u := range p.charges {
		ch := &p.card.Charges[i]
		for _, pr := range ch.prices() {
			if pr.Percent {
				p.sumLevels(u.at, ch.Code, ch.On, ch.Each, pr.Of, pr.Basis)
			}
		}
		g.visit(ch.node())
	}
}

// prices yields the terms of a charge, dated ones too.
//
//go:noinline
func (ch *Charge) prices() []*Price {
	var all []*Price
	for i := range ch.Terms {
		all = append(all, &ch.Terms[i])
	}
	for i := range ch.Dated {
		for j := range ch.Dated[i].Terms {
			all = append(all, &ch.Dated[i].Terms[j])
		}
	}
	return all
}

// node names a charge in the graph of sums; the charges of a slot are decided together.
func (ch *Charge) node() string {
	if ch.Slot != "" {
		return "slot " + ch.Slot
	}
	return "charge " + ch.Code
}

// sumLevels checks that what is summed for one part of an event is known for that part.
func (p *parser) sumLevels(v strict.Value, user string, on Event, each Level, of []string, basis Basis) {
	for _, name := range of {
		if a := p.codes[name].sum; a != nil {
			p.sumMember(v, name, a.On, a.Each, on, each)
			continue
		}
		for _, i := range p.members(name, on, user) {
			ch := &p.card.Charges[i]
			level := ch.Round.Each
			if basis == Exact {
				level = ch.Each
			}
			p.sumMember(v, ch.Code, ch.On, level, on, each)
		}
	}
}

// members is Card.Members by the index of codes.
func (p *parser) members(name string, on Event, self string) []int {
	if u, ok := p.codes[name]; ok {
		if u.charge < 0 {
			return nil
		}
		return []int{u.charge}
	}
	if _, ok := FamilyOf(name); !ok {
		return nil
	}
	return p.card.Members(name, on, self)
}

func (p *parser) sumMember(v strict.Value, name string, memberOn Event, level Level, on Event, each Level) {
	switch {
	case memberOn == 0:
	case memberOn != on:
		p.bad(v, problem.SlotMismatch, name+" on "+memberOn.String(), "on "+on.String())
	case level > each:
		p.bad(v, problem.LevelMismatch, name, level.Word(on), "basis exact")
	}
}

// sumGraph finds sums that depend on themselves.
type sumGraph struct {
	p     *parser
	state map[string]uint8 // 1 on the way, 2 done
}

func (g *sumGraph) visit(node string) bool {
	switch g.state[node] {
	case 1:
		return false
	case 2:
		return true
	}
	g.state[node] = 1
	defer func() { g.state[node] = 2 }()
	kind, name, _ := strings.Cut(node, " ")
	if kind == "amount" {
		u := g.p.codes[name]
		return g.follow(u.amount, name, "", u.sum.On, u.sum.Sum)
	}
	ok := true
	for i := range g.p.charges {
		ch := &g.p.card.Charges[i]
		if ch.node() != node {
			continue
		}
		for _, pr := range ch.prices() {
			if pr.Percent {
				ok = g.follow(g.p.charges[i].at, ch.Code, ch.Code, ch.On, pr.Of) && ok
			}
		}
	}
	return ok
}

func (g *sumGraph) follow(v strict.Value, name, self string, on Event, of []string) bool {
	var next []string
	seen := map[string]bool{}
	add := func(node string) {
		if !seen[node] {
			seen[node] = true
			next = append(next, node)
		}
	}
	for _, n := range of {
		if g.p.codes[n].sum != nil {
			add("amount " + n)
			continue
		}
		for _, i := range g.p.members(n, on, self) {
			add(g.p.card.Charges[i].node())
		}
	}
	for _, n := range next {
		if !g.visit(n) {
			g.p.bad(v, problem.Cycle, name)
			return true // said once
		}
	}
	return true
}
