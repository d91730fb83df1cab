package engine

import (
	"fmt"
	"math"
	"math/big"
	"slices"
	"strings"
	"testing"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/internal/fixed"
	"github.com/overseaswarehouse/overseas/internal/fixed/fixedtest"
	"github.com/overseaswarehouse/overseas/internal/ratecard"
	"github.com/overseaswarehouse/overseas/internal/units"
)

// A finder gives the bracket that the search through the edges gives: on, before and behind every edge, for edges near
// and far, equal and negative, at the ends of the numbers, few and many.
func TestFinderIsTheSearch(t *testing.T) {
	d := diceOf(77)
	thin, wide := 0, 0
	for i := range 2000 {
		e := &edges{edge: one(d, ratecard.UpTo, ratecard.Below, ratecard.From, ratecard.Over), open: d.IntN(2) == 0}
		if e.edge == ratecard.From || e.edge == ratecard.Over {
			e.open = false
		}
		at := d.Int64N(3) - 1
		for range 1 + d.IntN(1+i%300) {
			e.k = append(e.k, at)
			if i%2 == 0 {
				at += int64(i) + d.Int64N(3) + 1 // about as far from one another
				continue
			}
			at += d.Int64N(int64(one(d, 1, 2, 3, 1000, 1<<20, 1<<40)) + 1)
		}
		if i%50 == 0 {
			e.k = append(e.k, math.MaxInt64-1, math.MaxInt64)
		}
		f := newFinder(e)
		if len(f.thin) > 0 {
			thin++
		} else {
			wide++
		}
		xs := []int64{math.MinInt64, -2, -1, 0, 1, 2, math.MaxInt64 - 1, math.MaxInt64}
		for _, k := range e.k {
			xs = append(xs, k-1, k, k+1, d.Int64N(max(k, 1)))
		}
		for _, x := range xs {
			if got, want := f.find(x), e.place(x); got != want {
				t.Fatalf("%d among %v %v open %v: %d, want %d", x, e.k, e.edge, e.open, got, want)
			}
		}
	}
	if thin < 200 || wide < 200 {
		t.Errorf("%d thin, %d wide", thin, wide)
	}
	if newFinder(&edges{edge: ratecard.From, k: []int64{math.MinInt64}}) != nil {
		t.Error("an edge below all numbers")
	}
}

// The row of a class by postal code is the first that matches.
func TestCodesAreTheRules(t *testing.T) {
	d := diceOf(78)
	text := func(n int) string {
		var b strings.Builder
		for range n {
			b.WriteByte("0123456789ABZ"[d.IntN(13)])
		}
		return b.String()
	}
	made := 0
	for range 3000 {
		var rows []*postal
		for range 1 + d.IntN(6) {
			p := &postal{}
			for range 1 + d.IntN(4) {
				r := ratecard.PostalRule{Prefix: text(1 + d.IntN(4))}
				if d.IntN(2) == 0 {
					from := text(1 + d.IntN(9))
					to := []byte(from)
					for i := range to {
						if '0' <= to[i] && to[i] <= '9' && d.IntN(2) == 0 {
							to[i] = '0' + byte(d.IntN(10))
						}
					}
					r = ratecard.PostalRule{From: min(from, string(to)), To: max(from, string(to)), Open: d.IntN(2) == 0}
				}
				p.in = append(p.in, r)
			}
			rows = append(rows, p)
		}
		rest := int64(-1)
		if d.IntN(3) == 0 {
			rest = int64(len(rows))
		}
		c := newCodes(rows, rest)
		if c == nil {
			continue
		}
		made++
		for range 30 {
			code := text(d.IntN(11))
			if p := one(d, rows...); d.IntN(2) == 0 { // near a rule
				r := one(d, p.in...)
				code = r.Prefix + r.From
				if d.IntN(2) == 0 {
					code = r.Prefix + r.To + text(d.IntN(2))
				}
			}
			switch d.IntN(8) {
			case 0:
				code = strings.ToLower(code)
			case 1:
				code = " " + code + "-" + text(1)
			case 2:
				code += "\x00"
			case 3:
				code += one(d, "é", "/", ":", "@", "[", "`", "{", "\x7f", "\xb0")
			}
			got, ok := c.find(code)
			want, given := rest, true
			for i, p := range rows {
				on, has := p.match(code)
				if given = has; on {
					want = int64(i)
					break
				}
			}
			if ok != given || ok && got != want {
				t.Fatalf("%q: row %d %v, want %d %v; rules %+v", code, got, ok, want, given, rows)
			}
		}
	}
	if made < 1000 {
		t.Errorf("only %d lists of rules as words", made)
	}
}

// 128 bits between a product and its rounding: against rationals, at ties and at the ends.
func TestSumRound(t *testing.T) {
	d := diceOf(79)
	modes := []fixed.Mode{fixed.HalfUp, fixed.HalfEven, fixed.HalfDown}
	ends := []int64{math.MinInt64, math.MinInt64 + 1, -1, 0, 1, 2, 1 << 31, 1 << 32, math.MaxInt64 - 1, math.MaxInt64}
	n := 0
	check := func(a, b, c int64, by uint64, m fixed.Mode) {
		t.Helper()
		if by == 0 || by > math.MaxInt64 {
			return
		}
		sum := new(big.Int).Mul(big.NewInt(a), big.NewInt(b))
		sum.Add(sum, big.NewInt(c))
		want := fixedtest.Round(new(big.Rat).SetFrac(sum, new(big.Int).SetUint64(by)), m.String())
		got, ok := sumRound(a, b, c, by, m)
		if ok != want.IsInt64() || ok && got != want.Int64() {
			t.Fatalf("(%d x %d + %d) / %d %v = %d %v, want %v", a, b, c, by, m, got, ok, want)
		}
		n++
		// a step says the same or gives up
		h, _ := m.Halves(by)
		r := new([256]int64)
		r[1], r[2], r[3] = a, b, c
		in := &quick{op: qSumRound, dst: 4, a: 1, b: 2, c: 3, k1: int64(h.Add), by: fixed.NewDivider(by), tie: h.Tie, x: uint16(m)}
		if stop, ok := exec(in, r, nil, nil); ok && stop == nil && (!want.IsInt64() || r[4] != want.Int64()) {
			t.Fatalf("step (%d x %d + %d) / %d %v = %d, want %v", a, b, c, by, m, r[4], want)
		}
		if c == 0 {
			in.op, in.c = qMulRound, 0
			if stop, ok := exec(in, r, nil, nil); ok && stop == nil && (!want.IsInt64() || r[4] != want.Int64()) {
				t.Fatalf("step %d x %d / %d %v = %d, want %v", a, b, by, m, r[4], want)
			}
			if in.op, in.k0 = qRound, b; b > 0 {
				if stop, ok := exec(in, r, nil, nil); ok && stop == nil && (!want.IsInt64() || r[4] != want.Int64()) {
					t.Fatalf("step %d x %d / %d %v = %d, want %v", a, b, by, m, r[4], want)
				}
			}
		}
	}
	for _, a := range ends {
		for _, b := range ends {
			for _, c := range ends {
				for _, by := range []uint64{1, 2, 3, 10, 1000, 1e18, math.MaxInt64 - 1, math.MaxInt64} {
					for _, m := range modes {
						check(a, b, c, by, m)
					}
				}
			}
		}
	}
	for range 100_000 {
		a, b, by := fixedtest.Product(d.Rand)
		m := one(d, modes...)
		check(a, b, 0, by, m)
		check(a, b, d.Int64N(1000)-500, by, m)
		check(a>>20, b>>40, a, by, m)
		if by > 3 && by < 1<<40 { // about a tie
			q := d.Int64N(1 << 20)
			check(q, int64(by), int64(by/2)+d.Int64N(3)-1, by, m)
		}
	}
	if n < 100_000 {
		t.Errorf("%d cases", n)
	}
}

// Day numbers count the days of the calendar, those of years before the first included.
func TestDayNumber(t *testing.T) {
	day := country.Date{Year: 1, Month: 1, Day: 1}
	n := DayNumber(day)
	for day.Year < 2500 {
		if got := DayNumber(day); got != n || DateOf(n) != day {
			t.Fatalf("%s is day %d, want %d, which is %s", day, got, n, DateOf(n))
		}
		day, _ = day.AddDays(1)
		n++
	}
	if got := DayNumber(country.Date{Year: 1970, Month: 1, Day: 1}); got != 0 {
		t.Errorf("1970 begins on day %d", got)
	}
	if a, b := DayNumber(country.Date{Year: 0, Month: 12, Day: 31}), DayNumber(country.Date{Year: 1, Month: 1, Day: 1}); a+1 != b {
		t.Errorf("%d, %d", a, b)
	}
}

// byBlocks prices an event by the schedule that keeps every step.
func byBlocks(ep *eventProgram, m *Machine, e *Event) (string, bool) {
	if !ep.all.fast(m, e) {
		return "", false
	}
	lines, ok := ep.all.collect(m, e, nil)
	return written(lines), ok
}

// TestFlatIsTheBlocks holds that flat programs and the schedule that explanations are read from say the same wherever
// both answer, that this is nearly everywhere, and that a flat program leaves nothing behind for the next event.
func TestFlatIsTheBlocks(t *testing.T) {
	t.Parallel()
	both, alone, one, many := 0, 0, 0, 0
	m, n := &Machine{}, &Machine{}
	try := func(p *Program, e *Event, text string) {
		t.Helper()
		ep := p.events[e.Kind]
		if ep == nil || ep.fast == nil {
			return
		}
		want, ok := byBlocks(ep, m, e)
		f := ep.fast.many
		if len(e.Rows) == 1 {
			f = ep.fast.one
		}
		if f == nil {
			return
		}
		for i := range n.registers() {
			n.flat[i] = -1 << 60 // what another program may have left
		}
		got := f.run(n, e)
		switch {
		case !got:
			if ok {
				alone++
			}
			return
		case len(e.Rows) == 1:
			one++
		default:
			many++
		}
		n.ran = f
		lines, fits := ep.fast.collect(n, e, nil)
		if fits && ok {
			both++
			if written(lines) != want {
				t.Fatalf("flat %s\nblocks %s\n%s\n%s", written(lines), want, text, shown(e))
			}
		}
		if q, plain := p.Quick(e.Kind); plain && len(e.Rows) == 1 {
			if !q.Run(n, e, &e.Rows[0]) {
				t.Fatalf("quick gave up\n%s", shown(e))
			}
			var short []string
			i := 0
			for ch, scale := range p.Lines(e.Kind) {
				if at := q.Register(i); n.Registers().Billed(at) {
					short = append(short, fmt.Sprintf("%s=%de-%d ", ch.Code, n.Registers().At(at), scale))
				}
				i++
			}
			if strings.Join(short, "") != written(lines) {
				t.Fatalf("quick %s\nflat %s", short, written(lines))
			}
		}
	}
	for seed := range uint64(1500) {
		d := diceOf(seed + 1<<33)
		card, maker, text, err := randomCard(d)
		if err != nil {
			continue
		}
		p, err := compiled1(card)
		if err != nil {
			continue
		}
		for range 4 {
			e := (&eventMaker{d.tamed(true), card, maker.on, maker.edges, false}).event()
			try(p, e, string(text))
			if len(e.Rows) > 1 {
				e.Rows = e.Rows[:1]
				e.Items = e.Items[:min(len(e.Items), int(e.Rows[0].FirstItem+e.Rows[0].NumItem))]
				try(p, e, string(text))
			}
		}
	}
	d := diceOf(81)
	for _, part := range fiveParts {
		p := fivePart(t, part.name, "half_even")
		for i := range 600 {
			try(p, shipment(d, i)[part.name], part.name)
		}
	}
	t.Logf("%d answered by both, %d by the blocks alone; %d of one row, %d of others", both, alone, one, many)
	if one < 500 || many < 200 || both < 1000 || alone > both/2 {
		t.Errorf("%d answered by both, %d by the blocks alone; %d of one row, %d of others", both, alone, one, many)
	}
}

// A gated product that is rounded, and looked at exactly besides, keeps its own value.
func TestSharedGateStaysItself(t *testing.T) {
	card := parsed(t, `"charges":[{"on":"store","code":"c","family":"storage","each":"lot","per":"volume","unit":"m3","time":{"per":"day"},"price":"0.0333"},
		{"on":"store","code":"f","family":"storage","percent":"12.5%","of":["c"],"basis":"exact"}]`)
	p, err := compiled1(card)
	if err != nil {
		t.Fatal(err)
	}
	var n tally
	m := &Machine{}
	for i := range int32(40) {
		e := &Event{Kind: ratecard.Store, From: 100, To: 200, Rows: []Row{{Count: 3, Units: 1, HasUnits: true,
			Volume: Quantity{1234567 + int64(i), 0, units.CubicCentimetre}, Arrived: 100, From: 100, To: 100 + i}}}
		if what := disagreement(p, m, e, &n); what != "" {
			t.Fatalf("%s\n%s", what, shown(e))
		}
	}
	if n.fast != 40 {
		t.Error(n)
	}
}

// Stays of every length at every age by prices of few and many ages, with free days, days without a price and other axes.
func TestAgesAreTheWalk(t *testing.T) {
	t.Parallel()
	d := diceOf(82)
	day := DayNumber(country.Date{Year: 2026, Month: 1, Day: 1})
	summed := 0
	for i := range 30 {
		var edges, prices []string
		edge := one(d, "below", "upTo", "from", "over")
		at := d.IntN(3)
		if edge == "from" || edge == "over" {
			at = 0
		}
		for range 1 + d.IntN(12) {
			edges = append(edges, fmt.Sprintf("%q", itoa(at)))
			prices = append(prices, fmt.Sprintf("%q", fixed.Decimal{Coef: d.Int64N(1e6), Scale: 4}.String()))
			at += 1 + d.IntN(60)
		}
		if edge == "below" || edge == "upTo" {
			if edges[0] == `"0"` {
				edges[0] = `"0.5"`
			}
			if d.IntN(2) == 0 {
				edges[len(edges)-1] = `"more"`
			}
			if len(edges) == 1 && edges[0] == `"more"` {
				continue
			}
		}
		per := one(d, "day", "week")
		text := fmt.Sprintf(`"charges":[{"on":"store","code":"c","family":"storage","each":"lot","per":"volume","unit":"m3","time":{"per":%q},"price":{"by":[{"of":"age",%q:[%s]}],"table":[%s]}}]`,
			per, edge, strings.Join(edges, ","), strings.Join(prices, ","))
		if i%3 == 0 {
			rows := make([]string, len(prices))
			for k := range prices {
				rows[k] = fmt.Sprintf(`[%s, %q]`, prices[k], fixed.Decimal{Coef: d.Int64N(1e6), Scale: 3}.String())
			}
			text = fmt.Sprintf(`"charges":[{"on":"store","code":"c","family":"storage","each":"lot","per":"volume","unit":"m3","time":{"per":%q},"price":{"by":[{"of":"age",%q:[%s]},{"of":"weight","upTo":["2 kg","more"]}],"table":[%s]}}]`,
				per, edge, strings.Join(edges, ","), strings.Join(rows, ","))
		}
		card := parsed(t, text)
		p, err := compiled1(card)
		if err != nil {
			t.Fatal(err, text)
		}
		if f := p.events[ratecard.Store].fast.one; f == nil || !slices.ContainsFunc(f.pre, func(in quick) bool { return in.op == qAges }) {
			t.Fatalf("not summed: %s", text)
		}
		var n tally
		m := &Machine{}
		for range 40 {
			from := day + int32(d.IntN(40))
			to := from + int32(d.IntN(500))
			if d.IntN(3) == 0 { // about where the ages end
				to = from + int32(at) + int32(d.IntN(5)-3)
			}
			e := &Event{Kind: ratecard.Store, Date: DateOf(from), Country: country.Code{'D', 'E'}, From: from, To: to + 1,
				Rows: []Row{{Count: 1 + d.Int64N(9), Units: 1, HasUnits: true, Weight: Quantity{1 + d.Int64N(4), 0, units.Kilogram},
					Volume: Quantity{1 + d.Int64N(1e6), 0, units.CubicCentimetre}, Arrived: from - int32(d.IntN(3)*d.IntN(300)), From: from, To: to}}}
			if what := disagreement(p, m, e, &n); what != "" {
				t.Fatalf("%s\n%s\n%s", what, text, shown(e))
			}
		}
		summed += n.fast
	}
	if summed < 400 {
		t.Errorf("only %d stays were summed", summed)
	}
}

// Every step that multiplies or adds, against integers of any size: it says what they say or gives up, and it answers where
// everything is small. Operands are money-sized, wide, about powers of two and at the ends.
func TestStepsAgainstIntegers(t *testing.T) {
	d := diceOf(83)
	wide := func() int64 {
		switch d.IntN(6) {
		case 0:
			return one(d, int64(0), 1, -1, math.MaxInt64, math.MinInt64, math.MaxInt64-1)
		case 1:
			return int64(1)<<d.IntN(63) + d.Int64N(3) - 1
		case 2:
			return int64(d.Uint64())
		case 3:
			return -d.Int64N(1000)
		}
		return d.Int64N(1 << (1 + d.IntN(40)))
	}
	tables := newUnitTables(bases{metricWeight, metricLength, cube(metricLength)})
	b := func(v int64) *big.Int { return big.NewInt(v) }
	mul := func(xs ...*big.Int) *big.Int {
		p := b(1)
		for _, x := range xs {
			p.Mul(p, x)
		}
		return p
	}
	add := func(x, y *big.Int) *big.Int { return new(big.Int).Add(x, y) }
	most := func(x, y *big.Int) *big.Int {
		if x.Cmp(y) < 0 {
			return y
		}
		return x
	}
	least := func(x, y *big.Int) *big.Int {
		if x.Cmp(y) > 0 {
			return y
		}
		return x
	}
	started := func(a, step, slack int64) *big.Int {
		q, rest := new(big.Int).QuoRem(b(a), b(step), new(big.Int))
		if rest.Cmp(b(slack)) > 0 {
			q.Add(q, b(1))
		}
		return q
	}
	type operands struct {
		x, y, z, k0, k1, k2 int64
		row                 *Row
	}
	steps := map[qop]func(o *operands) *big.Int{
		qMulK:     func(o *operands) *big.Int { return mul(b(o.x), b(o.k0)) },
		qMul:      func(o *operands) *big.Int { return mul(b(o.x), b(o.y)) },
		qMulAdd:   func(o *operands) *big.Int { return add(mul(b(o.x), b(o.y)), b(o.z)) },
		qAdd:      func(o *operands) *big.Int { return add(b(o.x), b(o.y)) },
		qAddK:     func(o *operands) *big.Int { return add(mul(b(o.x), b(o.k0)), b(o.y)) },
		qSub:      func(o *operands) *big.Int { return most(b(0), add(b(o.x), new(big.Int).Neg(b(o.y)))) },
		qSubK:     func(o *operands) *big.Int { return most(b(0), add(b(o.x), new(big.Int).Neg(b(o.k0)))) },
		qMax:      func(o *operands) *big.Int { return most(b(o.x), b(o.y)) },
		qMin:      func(o *operands) *big.Int { return least(b(o.x), b(o.y)) },
		qMaxK:     func(o *operands) *big.Int { return most(b(o.x), b(o.k0)) },
		qMinK:     func(o *operands) *big.Int { return least(b(o.x), b(o.k0)) },
		qClamp:    func(o *operands) *big.Int { return least(most(b(o.x), b(o.k0)), b(o.k1)) },
		qMulClamp: func(o *operands) *big.Int { return least(most(mul(b(o.x), b(o.y)), b(o.k0)), b(o.k1)) },
		qClampK:   func(o *operands) *big.Int { return least(most(mul(b(o.x), b(o.k2)), b(o.k0)), b(o.k1)) },
		qSteps:    func(o *operands) *big.Int { return mul(started(o.x, 500, o.k1), b(o.k2)) },
		qStepsRow: func(o *operands) *big.Int { return mul(started(o.x, 500, o.k1), b(o.k2), b(o.row.Count)) },
		qWeight:   func(o *operands) *big.Int { return mul(b(o.row.Weight.Coef), b(1000), b(o.k0)) },
		qVolume: func(o *operands) *big.Int {
			return mul(b(o.row.Length[0].Coef), b(o.row.Length[1].Coef), b(o.row.Length[2].Coef), b(1000))
		},
		qSize: func(o *operands) *big.Int {
			v := mul(b(o.row.Length[0].Coef), b(o.row.Length[1].Coef), b(o.row.Length[2].Coef), b(1000), b(o.k1))
			return most(v, mul(b(o.row.Weight.Coef), b(1000), b(o.k0)))
		},
		qUnitsRow: func(o *operands) *big.Int { return mul(b(o.row.Units), b(o.row.Count)) },
		qUnits:    func(o *operands) *big.Int { return b(o.row.Units) },
		qMoney:    func(o *operands) *big.Int { return b(o.row.Money[Goods].Coef) },
		qAddMoney: func(o *operands) *big.Int { return add(b(o.x), b(o.row.Money[Goods].Coef)) },
		qCount:    func(o *operands) *big.Int { return mul(b(o.row.Count), b(o.k0)) },
		qTimesRow: func(o *operands) *big.Int { return mul(b(o.x), b(o.row.Count)) },
		qSum:      func(o *operands) *big.Int { return add(b(o.z), b(o.x)) },
	}
	for op, formula := range steps {
		answered := 0
		for i := range 20_000 {
			at := wide
			if i%4 == 0 { // all small
				at = func() int64 { return d.Int64N(200) }
			}
			positive := func() int64 { return max(at(), 1) & math.MaxInt64 }
			o := &operands{x: at(), y: at(), z: at(), k0: at(), k1: at(), k2: positive(), row: &Row{Count: at(), Units: at(), HasUnits: true}}
			o.row.Weight = Quantity{at(), 3, units.Kilogram}
			for k := range o.row.Length {
				o.row.Length[k] = Quantity{at(), 0, units.Centimetre}
			}
			o.row.Money[Goods] = fixed.Decimal{Coef: at(), Scale: 2}
			switch op {
			case qMulK, qAddK, qWeight, qCount: // factors of the card
				o.k0 = positive()
			case qSteps, qStepsRow:
				o.k1 = d.Int64N(500)
			case qSize:
				o.k0, o.k1, o.k2 = positive(), positive(), 0
			case qMoney, qAddMoney:
				o.k0, o.k1 = int64(Goods), 2
			case qVolume:
				o.k0 = 0
			}
			r := new([256]int64)
			r[1], r[2], r[3] = o.x, o.y, o.z
			in := &quick{op: op, dst: 4, a: 1, b: 2, c: 3, k0: o.k0, k1: o.k1, k2: o.k2, by: fixed.NewDivider(500),
				of: &operand{weights: &tables.weight, lengths: &tables.length}}
			if op == qSum {
				in.dst, r[4] = 4, o.z
			}
			stop, ok := exec(in, r, &Event{}, o.row)
			if !ok || stop != nil {
				if i%4 == 0 {
					t.Fatalf("step %d gave up on %+v", op, o)
				}
				continue
			}
			answered++
			if v := formula(o); !v.IsInt64() || v.Int64() != r[4] {
				t.Fatalf("step %d is %d, want %v: %+v %+v", op, r[4], v, o, o.row)
			}
		}
		if answered < 5000 {
			t.Errorf("step %d answered %d times", op, answered)
		}
	}
}

// Kilograms and centimetres on a card in ounces and inches, and pounds and inches on one in kilograms, do not need the slow
// evaluator.
func TestOtherUnitsAreFast(t *testing.T) {
	card := func(weight, length string) *Program {
		p, err := compiled1(parsed(t, fmt.Sprintf(`"measures":{"m":[{"each":"parcel","greater":["weight","volume / 5000 cm3/kg"],"up":"1 %s"},{"sum":"order"}]},
			"charges":[{"on":"order","code":"c","family":"other","per":"m","unit":%q,"price":"1.2345","round":{"to":"0.01"}}],"classes":{"big":{"each":"parcel","first":[{"name":"yes","when":{"longest":{"over":"20 %s"}}},{"name":"no"}]}}`, weight, weight, length)))
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	us, eu := card("oz", "in"), card("kg", "cm")
	m := &Machine{}
	for i := range int64(50) {
		metric := Row{Count: 2, Weight: Quantity{1234 + i, 3, units.Kilogram}, Length: [3]Quantity{{305 + i, 1, units.Centimetre}, {20, 0, units.Centimetre}, {99, 0, units.Millimetre}}}
		imperial := Row{Count: 3, Weight: Quantity{123 + i, 2, units.Pound}, Length: [3]Quantity{{125 + 5*i, 1, units.Inch}, {7, 0, units.Inch}, {475, 2, units.Inch}}}
		for _, c := range []struct {
			p   *Program
			row Row
		}{{us, metric}, {eu, imperial}} {
			e := &Event{Kind: ratecard.Order, Rows: []Row{c.row}}
			ep := c.p.events[ratecard.Order]
			lines, ok := ep.fast.price(m, e, nil)
			if !ok {
				if lines, ok = ep.shared().price(m, e, nil); !ok {
					t.Fatalf("only the slow evaluator has an answer\n%s", shown(e))
				}
			}
			want, _, code := priceOracle(c.p.Card, e)
			if code != "" || written(lines) != written(want) {
				t.Fatalf("%s, want %s %q\n%s", written(lines), written(want), code, shown(e))
			}
		}
	}
}
