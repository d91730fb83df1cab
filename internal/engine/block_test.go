package engine

import (
	"math"
	"slices"
	"testing"

	"github.com/overseaswarehouse/overseas/internal/brief"
	"github.com/overseaswarehouse/overseas/internal/fixed"
	"github.com/overseaswarehouse/overseas/internal/ratecard"
)

// blockDisagreement prices events of one row each as a block, and one by one, and says where the two differ.
func blockDisagreement(p *Program, q Quick, c *Columns, list *[Lanes]Event, at []uint8, m *Machine) (priced, refused int, what string) {
	for i := range c.r {
		for j := range c.r[i] {
			c.r[i][j] = -1 << 60 // what another program may have left
		}
	}
	kind := list[at[0]].Kind
	b := blockOf(list, at)
	q.RunBlock(c, b)
	for i, lane := range at {
		e, row := &list[lane], &list[lane].Rows[0]
		ok := q.Run(m, e, row)
		if ok == c.Bad(i) {
			return 0, 0, "alone " + map[bool]string{true: "it is priced", false: "the program gives up"}[ok] + "\n" + shown(e)
		}
		if !ok {
			refused++
			continue
		}
		priced++
		if m.Unsized() != c.Unsized(i) {
			return 0, 0, "unsized\n" + shown(e)
		}
		line := 0
		for ch := range p.Lines(kind) {
			reg := q.Register(line)
			billed := c.Billed(reg) == nil || c.Billed(reg)[i] != 0
			if billed != m.Registers().Billed(reg) || billed && c.At(reg)[i] != m.Registers().At(reg) {
				return 0, 0, "line " + ch.Code + "\n" + shown(e)
			}
			line++
		}
	}
	return priced, refused, ""
}

// add appends an event, after one that is put and then left out.
func (b *Block) add(e *Event, row *Row) {
	n := b.n
	if b.Money == nil {
		b.Money = new([MoneyKinds]Sums)
	}
	b.put(&allOf, &Event{}, &Row{Count: 3, Weight: Quantity{1, 1, 1}, Length: [3]Quantity{{1, 0, 6}, {1, 0, 7}}})
	b.n = n
	b.PutPostal(n, e.PostalCode)
	b.put(&allOf, e, row)
}

// allOf has everything.
var allOf = Block{Money: new([MoneyKinds]Sums), counted: true, stays: true}

// blockOf is some of the events as a block, one half of the time picked from a block of all.
func blockOf(list *[Lanes]Event, at []uint8) *Block {
	b, all := &Block{}, &Block{}
	b.volume, b.Money = new([Lanes]Quantity), new([MoneyKinds]Sums)
	all.Money = new([MoneyKinds]Sums)
	for i := range b.volume { // what another block may have left
		b.volume[i], b.Money[0].coef[i], b.Money[0].scale[i], b.units[i] = Quantity{Coef: 7}, 7, 7, 7
	}
	if at[0]%2 == 0 {
		for _, lane := range at {
			b.add(&list[lane], &list[lane].Rows[0])
		}
		return b
	}
	for i := range list {
		all.add(&list[i], &list[i].Rows[0])
	}
	b.Pick(all, at)
	return b
}

// lanesOf is n different lanes, or all there are.
func lanesOf(d dice, n int) []uint8 {
	var at []uint8
	for _, lane := range d.Perm(Lanes)[:min(n, Lanes)] {
		at = append(at, uint8(lane))
	}
	return at
}

// fillEvents makes events of one row for the card of a maker, most of them tame.
func fillEvents(d dice, list *[Lanes]Event, card *ratecard.Card, maker *cardMaker, wild bool) {
	for i := range list {
		tame := d.IntN(8) > 0
		e := (&eventMaker{d.tamed(tame), card, maker.on, maker.edges, wild && !tame}).event()
		if len(e.Rows) == 0 {
			e.Rows = make([]Row, 1)
		}
		e.Rows = e.Rows[:1]
		list[i] = *e
	}
}

// TestBlocksAreTheirEvents holds that a block says of each of its events what the program says of it alone, whatever the
// others are: on random cards with events at and beyond their edges, and on the five parts of a quote.
func TestBlocksAreTheirEvents(t *testing.T) {
	t.Parallel()
	cards := uint64(3000)
	if brief.On() {
		cards = 500
	}
	m, c, list := &Machine{}, &Columns{}, &[Lanes]Event{}
	priced, refused, mixed, programs := 0, 0, 0, 0
	try := func(p *Program, q Quick, at []uint8, text string) {
		t.Helper()
		n, bad, what := blockDisagreement(p, q, c, list, at, m)
		if what != "" {
			t.Fatalf("%s\n%s", what, text)
		}
		priced, refused = priced+n, refused+bad
		if n > 0 && bad > 0 {
			mixed++
		}
	}
	for seed := range cards {
		d := diceOf(seed + 1<<35)
		card, maker, text, err := randomCard(d)
		if err != nil {
			continue
		}
		p, err := compiled1(card)
		if err != nil {
			continue
		}
		q, ok := p.Quick(maker.on)
		if !ok {
			continue
		}
		programs++
		for round, n := range []int{1, Lanes - 1, Lanes, 1 + d.IntN(Lanes)} {
			fillEvents(d, list, card, maker, round == 3)
			try(p, q, lanesOf(d, n), string(text))
		}
	}
	random := priced
	d := diceOf(82)
	for _, part := range fiveParts {
		p := fivePart(t, part.name, one(d, "half_even", "half_up"))
		q, ok := p.Quick(part.on)
		if !ok {
			t.Fatalf("%s has no quick program", part.name)
		}
		for range 40 {
			for i := range list {
				e := shipment(d, d.IntN(3000))[part.name]
				e.Rows = slices.Clone(e.Rows[:1]) // the cards of an order share it
				list[i] = *e
				row := &e.Rows[0]
				switch d.IntN(40) {
				case 0:
					row.Weight = Quantity{}
				case 1:
					row.Count = 1 << d.IntN(63)
				case 2:
					row.Length[1].Coef = 1 << d.IntN(63)
				case 3:
					list[i].PostalCode = one(d, "", "99999", "x")
				case 4:
					row.Money[d.IntN(int(MoneyKinds))] = Row{}.Money[0]
				}
			}
			try(p, q, lanesOf(d, one(d, 1, 2, Lanes-1, Lanes)), part.name)
		}
	}
	t.Logf("%d programs; %d events priced, %d of random cards; %d refused; %d blocks with both", programs, priced, random, refused, mixed)
	if programs < int(cards/120) || random < 20*programs || refused < 200 || mixed < 50 {
		t.Errorf("%d programs; %d events priced, %d of random cards; %d refused; %d blocks with both", programs, priced, random, refused, mixed)
	}
}

// TestBlockAllocatesNothing pins the cost of a block.
func TestBlockAllocatesNothing(t *testing.T) {
	c, list, d := &Columns{}, &[Lanes]Event{}, diceOf(83)
	p := fivePart(t, "firstleg", "half_up")
	q, _ := p.Quick(fiveParts[0].on)
	for i := range list {
		list[i] = *shipment(d, i)["firstleg"]
	}
	list[5].Rows[0].Length[0].Scale++ // one of them the long way
	b := &Block{}
	if n := testing.AllocsPerRun(50, func() {
		b.Reset()
		for i := range list {
			b.add(&list[i], &list[i].Rows[0])
		}
		q.RunBlock(c, b)
	}); n != 0 {
		t.Errorf("a block allocates %v times", n)
	}
}

// BenchmarkBlock is BenchmarkFivePart's events in blocks: the time is that of one event.
func BenchmarkBlock(b *testing.B) {
	for _, part := range fiveParts {
		p := fivePart(b, part.name, "half_up")
		q, ok := p.Quick(part.on)
		if !ok {
			b.Fatal(part.name)
		}
		d := diceOf(11)
		blocks := make([]Block, 8)
		for i := range blocks {
			for range Lanes {
				e := plainShipment(d)[part.name]
				blocks[i].add(e, &e.Rows[0])
			}
		}
		c := &Columns{}
		b.Run(part.name, func(b *testing.B) {
			measured(b, func(i int) {
				if i%Lanes == 0 {
					q.RunBlock(c, &blocks[i/Lanes%len(blocks)])
				}
			})
		})
	}
}

// FuzzBlock makes a card and a block of events of the input: together they are priced as alone.
func FuzzBlock(f *testing.F) {
	for seed := range uint64(24) {
		d := diceOf(seed + 7)
		data := make([]byte, 64+d.IntN(200))
		for i := range data {
			data[i] = byte(d.Uint32())
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 4096 {
			return
		}
		d := diceOfBytes(data)
		card, maker, text, err := randomCard(d)
		if err != nil {
			return
		}
		p, err := compiled1(card)
		if err != nil {
			return
		}
		q, ok := p.Quick(maker.on)
		if !ok {
			return
		}
		list := &[Lanes]Event{}
		fillEvents(d, list, card, maker, true)
		if _, _, what := blockDisagreement(p, q, &Columns{}, list, lanesOf(d, 1+d.IntN(Lanes)), &Machine{}); what != "" {
			t.Fatalf("%s\n%s", what, text)
		}
	})
}

// TestColumnsAreTheStep holds that a step on columns says of each lane what it says of one event, with numbers at the ends
// among usual ones.
func TestColumnsAreTheStep(t *testing.T) {
	d := diceOf(84)
	ends := []int64{math.MinInt64, -1, 0, 1, 2, 1 << 31, 1 << 32, 1 << 61, 1<<62 + 1, math.MaxInt64 - 1, math.MaxInt64}
	number := func(usual bool) int64 {
		if usual {
			return d.Int64N(1 << (1 + d.IntN(30)))
		}
		return one(d, ends...) - int64(one(d, 0, 0, 1))
	}
	c, m := &Columns{}, &Machine{}
	ops := []qop{qConst, qMulK, qMul, qMulAdd, qAdd, qAddK, qSub, qSubK, qMax, qMin, qMaxK, qMinK, qClamp, qMulClamp, qClampK, qRound, qMulRound,
		qSumRound, qSteps, qStepsRow, qLess, qAtMost, qMore, qAtLeast, qIs, qCount, qTimesRow, qNeed, qNeedIf, qNeedAtMost, qMoney, qAddMoney}
	priced, refused := 0, 0
	for i := range 8000 {
		op := ops[i%len(ops)]
		by, mode := 1+d.Uint64N(1<<(1+d.IntN(40))), one(d, fixed.HalfUp, fixed.HalfEven, fixed.HalfDown)
		in := quick{op: op, dst: 4, a: 1, b: 2, c: 3, k0: number(d.IntN(4) > 0), k1: number(true), k2: number(true)}
		in.divide(by)
		switch op {
		case qRound, qMulRound, qSumRound:
			h, _ := mode.Halves(by)
			in.k0, in.k1, in.tie, in.x = max(1, in.k0), int64(h.Add), h.Tie, uint16(mode)
		case qMoney, qAddMoney:
			in.k0, in.k1 = d.Int64N(int64(MoneyKinds)), 2
		case qNeed, qNeedIf, qNeedAtMost:
			in.dst = 0
		}
		f := &flat{pre: []quick{in}}
		bits := op == qNeed || op == qNeedIf
		b, rows := &Block{}, make([]Row, 1+d.IntN(Lanes))
		sometimes := d.IntN(3)
		for lane := range rows {
			row := &rows[lane]
			if row.Count = 1; sometimes > 0 {
				row.Count = number(d.IntN(20) > 0)
			}
			if sometimes < 2 && d.IntN(8) > 0 {
				m := &row.Money[in.k0&3]
				if *m = (fixed.Decimal{Coef: number(d.IntN(9) > 0), Scale: 2}); d.IntN(100) == 0 {
					m.Coef, m.Scale = d.Int64N(1000), one[uint8](d, 0, 1, 3)
				}
			}
			b.add(&Event{Kind: ratecard.Import}, row)
			for r := range 3 {
				if c.r[r+1][lane] = number(d.IntN(30) > 0); bits {
					c.r[r+1][lane] &= 1
				}
			}
		}
		clear(c.bad[:])
		for r := range 3 {
			c.most[r+1] = boundOf(c.r[r+1][:len(rows)])
		}
		f.columns(c, b)
		for j := range rows {
			r := m.registers()
			for k := range 3 {
				r[k+1] = c.r[k+1][j]
			}
			ok := f.exec(m, &f.pre[0], r, &Event{}, &rows[j])
			if ok == c.Bad(j) || ok && in.dst != 0 && r[4] != c.r[4][j] {
				t.Fatalf("step %d of %d %d %d, k %d %d %d by %d: %d %v, in the column %d %v", op, r[1], r[2], r[3], in.k0, in.k1, in.k2, by, r[4], ok, c.r[4][j], !c.Bad(j))
			}
			if ok {
				priced++
			} else {
				refused++
			}
		}
	}
	if priced < 100_000 || refused < 5000 {
		t.Error(priced, refused)
	}
}
