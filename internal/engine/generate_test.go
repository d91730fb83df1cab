package engine

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/internal/fixed"
	"github.com/overseaswarehouse/overseas/internal/ratecard"
	"github.com/overseaswarehouse/overseas/internal/units"
)

// Random cards and events. Cards are written as JSON and go through Parse; events are directed at the card's own edges:
// its thresholds and one unit of the last digit beside them, powers of two and ten, and amounts that fit no int64.

// bytesSource deals the bytes of a fuzz input, then random ones that depend on it.
type bytesSource struct {
	data []byte
	rest *rand.PCG
}

func (s *bytesSource) Uint64() uint64 {
	if len(s.data) > 0 {
		var b [8]byte
		n := copy(b[:2], s.data)
		s.data = s.data[n:]
		// one choice per two bytes: the high bits decide small choices
		return binary.LittleEndian.Uint64(b[:])<<48 | s.rest.Uint64()>>16
	}
	return s.rest.Uint64()
}

// dice makes the choices of a generator.
type dice struct {
	*rand.Rand
	tame bool // of events: everything is said, in the card's own units, so that the fast path answers
}

func diceOf(seed uint64) dice { return dice{Rand: rand.New(rand.NewPCG(seed, 7))} }

func diceOfBytes(data []byte) dice {
	h := uint64(len(data))
	for _, b := range data {
		h = h*1099511628211 + uint64(b)
	}
	return dice{Rand: rand.New(&bytesSource{data, rand.NewPCG(h, 11)})}
}

func (d dice) once(in int) bool { return d.IntN(in) == 0 }

func one[T any](d dice, of ...T) T { return of[d.IntN(len(of))] }

// doc is a JSON object.
type doc = map[string]any

// dim is what a generated measure measures.
type genMeasure struct {
	name string
	dim  units.Dim
	each ratecard.Level
}

// cardMaker writes a card for one event.
type cardMaker struct {
	dice
	on       ratecard.Event
	measures []genMeasure
	inputs   []genMeasure // numbers
	choices  map[string]struct {
		each   ratecard.Level
		values []string
	}
	season  bool
	slotted bool // a charge of a slot that is filled day by day
	charges []string
	names   []string // amounts
	edges   map[units.Dim][]string
}

func (m *cardMaker) has(l ratecard.Level) bool { return m.on.HasLevel(l) }

func (m *cardMaker) level() ratecard.Level {
	for {
		if l := one(m.dice, ratecard.LevelItem, ratecard.LevelPiece, ratecard.LevelPiece, ratecard.LevelLine, ratecard.LevelEvent, ratecard.LevelEvent); m.has(l) {
			return l
		}
	}
}

func (m *cardMaker) wider(l ratecard.Level) ratecard.Level {
	return l + 1 + ratecard.Level(m.IntN(int(ratecard.LevelEvent-l)))
}

// number is a decimal text that is not zero.
func (m *cardMaker) number(whole int64, most int) string {
	scale := m.IntN(most + 1)
	n := 1 + m.Int64N(whole)
	text := strconv.FormatInt(n, 10)
	if scale > 0 {
		text += "." + fmt.Sprintf("%0*d", scale, m.Int64N(int64(fixed.Pow10(scale))))
	}
	if m.once(6) && scale == 0 {
		return "0.5"
	}
	return text
}

func (m *cardMaker) unit(d units.Dim) string {
	switch d {
	case units.Weight:
		return one(m.dice, "kg", "kg", "kg", "g", "lb", "oz", "t")
	case units.Length:
		return one(m.dice, "cm", "cm", "cm", "in", "mm", "m", "ft")
	case units.Volume:
		return one(m.dice, "m3", "l", "cm3", "ft3", "in3")
	}
	return ""
}

// quantity is a written quantity, remembered as an edge.
func (m *cardMaker) quantity(d units.Dim) string {
	u := m.unit(d)
	var text string
	switch u {
	case "t", "m3", "m", "ft", "ft3":
		text = m.number(5, 3)
	case "g", "mm", "l", "in3":
		text = m.number(3000, 0)
	case "cm3":
		text = m.number(90000, 0)
	default:
		text = m.number(60, 2)
	}
	if u != "" {
		text += " " + u
	}
	m.edges[d] = append(m.edges[d], text)
	return text
}

func parseQuantity(text string) ratecard.Quantity {
	number, symbol, _ := strings.Cut(text, " ")
	v, _ := fixed.Parse(number)
	u, _ := units.Parse(symbol)
	return ratecard.Quantity{Value: v, Unit: u, Set: true}
}

// ascending are n different quantities in order.
func (m *cardMaker) ascending(d units.Dim, n int) []string {
	var list []string
	for range n {
		list = append(list, m.quantity(d))
	}
	slices.SortFunc(list, func(a, b string) int { return parseQuantity(a).Cmp(parseQuantity(b)) })
	return slices.CompactFunc(list, func(a, b string) bool { return parseQuantity(a).Cmp(parseQuantity(b)) == 0 })
}

func (m *cardMaker) money() string {
	if m.once(12) {
		return m.number(999_999_999, 6)
	}
	return m.number(40, 3)
}

// of is a measure known at a level: exactly there, there or wider, or there or narrower.
func (m *cardMaker) of(at ratecard.Level, want func(each ratecard.Level) bool, inputs func(each ratecard.Level) bool) (string, units.Dim) {
	for range 20 {
		if len(m.measures) > 0 && m.once(2) {
			if x := one(m.dice, m.measures...); want(x.each) {
				return x.name, x.dim
			}
		}
		if len(m.inputs) > 0 && m.once(4) {
			if x := one(m.dice, m.inputs...); inputs(x.each) {
				return x.name, x.dim
			}
		}
		if m.once(3) && at <= ratecard.LevelPiece {
			return one(m.dice, "longest", "second", "third", "girth", "length_girth", "side_sum"), units.Length
		}
		if m.once(4) && m.on == ratecard.Import && at >= ratecard.LevelLine {
			return one(m.dice, "goods", "freight_to_border", "insurance"), units.Money
		}
		switch m.IntN(6) {
		case 0, 1:
			return "weight", units.Weight
		case 2:
			return "volume", units.Volume
		case 3:
			return "units", units.Number
		case 4:
			if at >= ratecard.LevelPiece {
				return "pieces", units.Number
			}
		default:
			if m.once(3) {
				return "value", units.Money
			}
		}
	}
	return "weight", units.Weight
}

func same(at ratecard.Level) func(ratecard.Level) bool {
	return func(l ratecard.Level) bool { return l == at }
}
func orWider(at ratecard.Level) func(ratecard.Level) bool {
	return func(l ratecard.Level) bool { return l >= at }
}
func orNarrower(at ratecard.Level) func(ratecard.Level) bool {
	return func(l ratecard.Level) bool { return l <= at }
}

// card writes a card; most of them are legal.
func (m *cardMaker) card() doc {
	m.edges = map[units.Dim][]string{}
	m.choices = map[string]struct {
		each   ratecard.Level
		values []string
	}{}
	c := doc{
		"schema": ratecard.Schema, "id": "made", "provider": "test", "currency": one(m.dice, "EUR", "USD", "JPY", "KWD"),
		"tax": "none", "effective": doc{"from": "2020-01-01"}, "sources": []any{doc{"url": "https://example.com"}},
	}
	if m.once(5) {
		c["tax"] = doc{"excluded": one(m.dice, "19%", "7.7%", "20%")}
	}
	if m.once(3) {
		c["rounding"] = doc{"mode": one(m.dice, fixed.ModeNames()...), "to": one(m.dice, "0.01", "0.05", "1", "0.5", "0.001")}
	}
	inputs := doc{}
	if m.once(2) {
		l := m.level()
		inputs["battery"] = withDefault(m, doc{"values": []string{"no", "yes"}, "each": l.String()}, "no")
		m.choices["battery"] = struct {
			each   ratecard.Level
			values []string
		}{l, []string{"no", "yes"}}
	}
	for _, kind := range []string{"count", "decimal", "money"} {
		if m.once(2) {
			l := m.level()
			inputs["n_"+kind] = withDefault(m, doc{"kind": kind, "each": l.String()}, "2")
			d := units.Number
			if kind == "money" {
				d = units.Money
			}
			m.inputs = append(m.inputs, genMeasure{"n_" + kind, d, l})
		}
	}
	if len(inputs) > 0 {
		c["inputs"] = inputs
	}
	if m.on != ratecard.PeriodEnd {
		measures := doc{}
		for i := range m.IntN(4) {
			name := "m" + strconv.Itoa(i)
			measures[name] = m.measure(name)
		}
		if len(measures) > 0 {
			c["measures"] = measures
		}
	}
	classes := doc{}
	for i := range m.IntN(3) {
		name := "c" + strconv.Itoa(i)
		classes[name] = m.class(name)
	}
	if m.on == ratecard.Store && m.once(2) {
		m.season = true
		classes["season"] = doc{"first": []any{
			doc{"name": "peak", "when": doc{"date": doc{"yearly": one(m.dice, []string{"10-01", "12-31"}, []string{"11-15", "02-14"}, []string{"02-29", "03-01"})}}},
			doc{"name": "off"},
		}}
	}
	if len(classes) > 0 {
		c["classes"] = classes
	}
	slots := doc{}
	var list []any
	n := 1 + m.IntN(5)
	for i := 0; i < n; i++ {
		if m.once(4) && len(slots) < 2 && m.on != ratecard.PeriodEnd {
			name := "s" + strconv.Itoa(i)
			each := m.level()
			if m.on == ratecard.Store && each > ratecard.LevelLine {
				each = ratecard.LevelLine
			}
			slots[name] = doc{"on": m.on.String(), "each": each.String(), "take": one(m.dice, "one", "first", "greatest", "least", "greatest"), "optional": m.once(2)}
			var time doc
			if m.on == ratecard.Store && m.once(2) {
				time = m.time()
			}
			for k := range 2 + m.IntN(2) {
				ch := m.charge("x"+strconv.Itoa(i)+"_"+strconv.Itoa(k), each, time, true)
				ch["slot"] = name
				list = append(list, ch)
			}
			continue
		}
		var time doc
		if (m.on == ratecard.Store || m.on == ratecard.PeriodEnd) && !m.once(3) {
			time = m.time()
		}
		list = append(list, m.charge("x"+strconv.Itoa(i), m.level(), time, false))
		if m.once(8) {
			m.amount(c)
		}
	}
	if m.on == ratecard.PeriodEnd && m.once(2) {
		t := doc{"code": "minimum", "on": "period", "family": "other", "top_up": doc{"to": m.money()}}
		if m.once(2) {
			t["top_up"].(doc)["of"] = one(m.dice, "family:storage", "family:handling")
		}
		list = append(list, t)
	}
	if m.on == ratecard.Import && m.once(2) {
		list = append(list, doc{"code": "duty", "on": "import", "family": "tariff", "each": one(m.dice, "line", "event"), "given": "duties", "of": one(m.dice, "goods", "insurance")})
		m.charges = append(m.charges, "duty")
	}
	if len(slots) > 0 {
		c["slots"] = slots
	}
	c["charges"] = list
	if m.once(5) {
		c["totals"] = []any{doc{"on": m.on.String(), "code": "total", "family": "other", "round": doc{"mode": one(m.dice, fixed.ModeNames()...), "to": one(m.dice, "0.05", "1", "0.1")}}}
	}
	return c
}

func withDefault(m *cardMaker, d doc, text string) doc {
	if !m.once(3) {
		d["default"] = text
	}
	return d
}

func (m *cardMaker) amount(c doc) {
	if len(m.charges) == 0 {
		return
	}
	amounts, _ := c["amounts"].(doc)
	if amounts == nil {
		amounts = doc{}
		c["amounts"] = amounts
	}
	name := "a" + strconv.Itoa(len(amounts))
	a := doc{"on": m.on.String(), "sum": []string{one(m.dice, m.charges...)}, "times": one(m.dice, "11/12", "1", "3/7"), "basis": one(m.dice, "exact", "rounded")}
	if m.once(2) {
		a["round"] = doc{"to": one(m.dice, "0.01", "0.1"), "mode": "half_even"}
	}
	amounts[name] = a
	m.names = append(m.names, name)
}

func (m *cardMaker) measure(name string) []any {
	l := m.level()
	d := one(m.dice, units.Weight, units.Weight, units.Volume, units.Number)
	first := doc{"each": l.String()}
	if m.once(4) && l > ratecard.LevelPiece {
		delete(first, "each")
		first["sum"] = l.String()
	}
	term := func() any {
		var of string
		switch d {
		case units.Weight:
			of = one(m.dice, "weight", "volume x 167 kg/m3", "volume / 5000 cm3/kg", "volume / 139 in3/lb", "volume / 6000 cm3/kg", "weight x 1.5")
		case units.Volume:
			of = one(m.dice, "volume", "weight / 363 kg/m3", "volume x 1.1")
		default:
			of = one(m.dice, "units", "units x 2", "units / 3")
			if m.once(6) {
				of = "units"
			}
		}
		for _, x := range m.measures {
			if x.dim == d && x.each == l && m.once(4) {
				of = x.name
			}
		}
		if m.once(5) {
			t := doc{"of": of}
			if m.once(2) {
				t["share"] = one(m.dice, "50%", "33.3%")
			}
			if m.once(2) {
				t["when"] = doc{"weight": m.bounds(units.Weight)}
			}
			return t
		}
		return of
	}
	if m.once(2) {
		first["of"] = term()
	} else {
		first["greater"] = []any{term(), term()}
	}
	if l <= ratecard.LevelPiece && first["sum"] == nil && m.once(3) {
		s := doc{}
		if m.once(2) {
			s["to"], s["mode"] = one(m.dice, "1 cm", "1 in", "0.5 cm"), one(m.dice, fixed.ModeNames()...)
		}
		if len(s) == 0 || m.once(3) {
			s["min"] = one(m.dice, "2 in", "10 cm")
		}
		first["sides"] = s
	}
	if m.once(6) && m.on != ratecard.Store {
		first["excess"] = doc{"of": term(), "share": "50%", "above": one(m.dice, "100%", "150%", "200%")}
	}
	m.parts(first, d)
	steps := []any{first}
	for l < ratecard.LevelEvent && m.once(2) {
		l = m.wider(l)
		s := doc{"sum": l.String()}
		m.parts(s, d)
		steps = append(steps, s)
	}
	m.measures = append(m.measures, genMeasure{name, d, l})
	return steps
}

// parts adds what a step does to its value.
func (m *cardMaker) parts(s doc, d units.Dim) {
	if m.once(5) {
		s["less"] = m.quantity(d)
	}
	if m.once(5) {
		s["plus"] = m.quantity(d)
	}
	if m.once(5) {
		s["keep"] = doc{"to": m.quantity(d), "mode": one(m.dice, fixed.ModeNames()...)}
	}
	if m.once(3) {
		s["up"] = m.quantity(d)
		if m.once(2) {
			if t := m.quantity(d); parseQuantity(t).Cmp(parseQuantity(s["up"].(string))) < 0 {
				s["tolerance"] = t
			}
		}
	}
	if m.once(4) {
		s["min"] = m.quantity(d)
	}
	if m.once(6) {
		t := m.quantity(d)
		if least, ok := s["min"].(string); !ok || parseQuantity(least).Cmp(parseQuantity(t)) <= 0 {
			s["max"] = t
		}
	}
}

func (m *cardMaker) bounds(d units.Dim) doc {
	return doc{one(m.dice, "upTo", "below", "from", "over"): m.quantity(d)}
}

func (m *cardMaker) class(name string) doc {
	l := m.level()
	var rows []any
	var values []string
	for i := range 1 + m.IntN(3) {
		r := doc{"name": name + "_" + strconv.Itoa(i)}
		values = append(values, name+"_"+strconv.Itoa(i))
		switch m.IntN(4) {
		case 0:
			r["when"] = doc{"country": one(m.dice, "DE", "FR", "US")}
		case 1:
			r["when"] = doc{"postal_code": doc{"in": one(m.dice, []string{"01000-19999", "20"}, []string{"010*-198*", "2*-3*"}, []string{"SW1A0AA-SW1A2ZZ"}[:0:0], []string{"9"}), "not": []string{"18565"}}}
			if len(r["when"].(doc)["postal_code"].(doc)["in"].([]string)) == 0 {
				delete(r["when"].(doc)["postal_code"].(doc), "in")
			}
		default:
			if m.on == ratecard.PeriodEnd {
				break
			}
			if of, d := m.of(l, orWider(l), orWider(l)); m.once(2) {
				r["limit"] = doc{of: m.quantity(d)}
			} else {
				r["when"] = doc{of: m.bounds(d)}
			}
		}
		rows = append(rows, r)
	}
	if m.once(2) {
		rows = append(rows, doc{"name": name + "_rest"})
		values = append(values, name+"_rest")
	}
	m.choices[name] = struct {
		each   ratecard.Level
		values []string
	}{l, values}
	return doc{"each": l.String(), "first": rows}
}

func (m *cardMaker) time() doc {
	t := doc{"per": one(m.dice, "day", "week", "month", "month", "year")}
	per := t["per"].(string)
	switch m.IntN(5) {
	case 0:
		t["basis"] = "started"
	case 1:
		if per == "week" {
			t["basis"], t["on"] = "snapshot", one(m.dice, "monday", "sunday", "thursday")
		} else if per == "month" {
			t["basis"], t["on"] = "snapshot", one(m.dice, "1", "15", "28")
		}
	}
	if (per == "month" || per == "year") && t["basis"] != "snapshot" && m.once(3) {
		t["days"] = one(m.dice, "30", "31", "365")
	}
	return t
}

// conditions of a charge.
func (m *cardMaker) when(l ratecard.Level, timed bool) doc {
	w := doc{}
	if m.once(3) {
		w["country"] = one[any](m.dice, "DE", []string{"DE", "FR"}, doc{"not": []string{"FR"}})
	}
	if m.once(6) {
		w["warehouse"] = one[any](m.dice, "LAX", doc{"not": "LAX"})
	}
	if m.once(4) {
		w["date"] = one(m.dice, doc{"yearly": []string{"10-01", "12-31"}}, doc{"yearly": []string{"11-15", "02-14"}}, doc{"from": "2026-03-10", "to": "2026-11-05"})
	}
	for name, c := range sorted(m.choices) {
		if c.each >= l && m.once(3) {
			w[name] = one[any](m.dice, one(m.dice, c.values...), doc{"not": one(m.dice, c.values...)})
		}
	}
	if m.season && m.once(4) {
		w["season"] = one(m.dice, "peak", "off")
	}
	if m.once(4) && m.on != ratecard.PeriodEnd && !(timed && l == ratecard.LevelEvent) {
		of, d := m.of(l, m.axisWants(l, timed), orWider(l))
		w[of] = m.bounds(d)
	}
	return w
}

// axisWants is at or above a level; what is priced by time does not look at the sum of an account, which changes daily.
func (m *cardMaker) axisWants(l ratecard.Level, timed bool) func(ratecard.Level) bool {
	if timed {
		return func(x ratecard.Level) bool { return x >= l && x < ratecard.LevelEvent }
	}
	return orWider(l)
}

func sorted[T any](in map[string]T) func(yield func(string, T) bool) {
	return func(yield func(string, T) bool) {
		var names []string
		for n := range in {
			names = append(names, n)
		}
		slices.Sort(names)
		for _, n := range names {
			if !yield(n, in[n]) {
				return
			}
		}
	}
}

func (m *cardMaker) charge(code string, l ratecard.Level, time doc, slot bool) doc {
	ch := doc{"code": code, "on": m.on.String(), "each": l.String(), "family": one(m.dice, "handling", "storage", "local_delivery")}
	if w := m.when(l, time != nil); len(w) > 0 && m.once(2) {
		ch["when"] = w
	}
	if m.once(4) && m.on != ratecard.PeriodEnd && !(time != nil && l == ratecard.LevelEvent) {
		limit := doc{}
		at := l
		if m.once(3) {
			if at = m.level(); at <= l {
				limit["each"] = at.String()
			} else {
				at = l
			}
		}
		of, d := m.of(at, m.axisWants(at, time != nil), orWider(at))
		limit[of] = m.quantity(d)
		ch["limit"] = limit
	}
	if m.once(4) && !(slot && time != nil) {
		ch["min"] = m.money()
	}
	if m.once(8) && ch["min"] == nil && !(slot && time != nil) {
		ch["max"] = m.money()
	}
	if m.once(5) && l < ratecard.LevelEvent {
		b := doc{"each": m.wider(l).String()}
		b[one(m.dice, "min", "max")] = m.money()
		ch["bounds"] = []any{b}
	}
	if m.once(2) {
		r := doc{"mode": one(m.dice, fixed.ModeNames()...), "to": one(m.dice, "0.01", "0.01", "0.05", "1", "0.001", "0.5", "2.5")}
		if m.once(2) {
			if at := m.level(); at >= l {
				r["each"] = at.String()
			}
		}
		ch["round"] = r
	}
	switch n := m.IntN(12); {
	case slot && time != nil:
		m.slotted = true
		m.term(ch, l, time)
		m.slotted = false
	case n == 0 && time == nil && len(m.charges) > 0:
		ch["percent"] = one(m.dice, "12.5%", "0.3464%", "19%")
		of := []string{one(m.dice, m.charges...)}
		if len(m.names) > 0 && m.once(3) {
			of = []string{one(m.dice, m.names...)}
		}
		if m.once(4) {
			of = []string{"family:storage"}
		}
		ch["of"], ch["basis"] = of, one(m.dice, "exact", "rounded")
	case n == 1 && time == nil:
		ch["dated"] = []any{
			doc{"to": "2026-05-31", "price": m.money(), "min": m.money()},
			doc{"from": "2026-07-01", "price": m.money()},
		}
	case n == 2:
		ch["price"] = []any{m.term(doc{}, l, time), m.term(doc{}, l, nil)}
	default:
		m.term(ch, l, time)
	}
	m.charges = append(m.charges, code)
	return ch
}

// term fills per, unit, started, time and price.
func (m *cardMaker) term(t doc, l ratecard.Level, time doc) doc {
	if time != nil {
		t["time"] = time
	}
	hasPer := m.on != ratecard.PeriodEnd && !m.once(4)
	if m.on == ratecard.PeriodEnd && len(m.inputs) > 0 && m.once(2) {
		x := one(m.dice, m.inputs...)
		t["per"] = x.name
	}
	per, d := "", units.None
	if hasPer {
		per, d = m.of(l, orNarrower(l), same(l))
		t["per"] = per
		if d == units.Weight || d == units.Length || d == units.Volume || m.once(4) {
			t["unit"] = m.quantity(d)
			t["started"] = m.once(3)
		}
	}
	switch m.IntN(6) {
	case 0:
		t["price"] = m.money()
	case 1:
		if m.on == ratecard.PeriodEnd || time != nil && l == ratecard.LevelEvent || m.slotted {
			t["price"] = m.money()
			break
		}
		delete(t, "per")
		delete(t, "unit")
		delete(t, "started")
		t["price"] = m.bands(l, time != nil)
	default:
		t["price"] = m.table(l, per, d, time)
	}
	return t
}

func (m *cardMaker) bands(l ratecard.Level, timed bool) doc {
	of, d := m.of(l, m.axisWants(l, timed), orWider(l))
	var bands []any
	tops := m.ascending(d, 1+m.IntN(3))
	for i, top := range tops {
		b := doc{"upTo": top}
		if i == len(tops)-1 && m.once(2) {
			delete(b, "upTo")
		}
		if m.once(3) {
			b["flat"] = m.money()
		} else {
			b["price"] = m.money()
			b["each"] = m.quantity(d)
			b["started"] = m.once(2)
		}
		bands = append(bands, b)
	}
	return doc{"of": of, "bands": bands}
}

func (m *cardMaker) table(l ratecard.Level, per string, perDim units.Dim, time doc) any {
	var by []any
	var lens []int
	used := map[string]bool{}
	next := false
	for range 1 + m.IntN(3) {
		switch m.IntN(5) {
		case 0:
			if used["country"] {
				continue
			}
			used["country"] = true
			by, lens = append(by, doc{"of": "country", "in": []string{"FR", "DE", "US"}}), append(lens, 3)
		case 1:
			for name, c := range sorted(m.choices) {
				if c.each >= l && !used[name] && m.once(2) {
					used[name] = true
					values := slices.Clone(c.values)
					m.Shuffle(len(values), func(i, j int) { values[i], values[j] = values[j], values[i] })
					if m.once(4) && len(values) > 1 {
						values = values[1:]
					}
					by, lens = append(by, doc{"of": name, "in": values}), append(lens, len(values))
					break
				}
			}
		case 2:
			if time == nil || l > ratecard.LevelLine && m.once(2) || used["age"] {
				continue
			}
			used["age"] = true
			a := one(m.dice,
				doc{"of": "age", "upTo": []string{"30", "60", "more"}}, doc{"of": "age", "from": []string{"0", "91"}},
				doc{"of": "day", "upTo": []string{"30", "60.0", "900"}}, doc{"of": "day", "from": []string{"1", "31", "91"}},
				doc{"of": "age", "below": []string{"14.5", "60", "more"}}, doc{"of": "day", "over": []string{"0", "7.5"}})
			n := 0
			for _, x := range a {
				if list, ok := x.([]string); ok {
					n = len(list)
				}
			}
			by, lens = append(by, a), append(lens, n)
		case 3:
			if m.season && time != nil && !used["season"] {
				used["season"] = true
				by, lens = append(by, doc{"of": "season", "in": []string{"off", "peak"}}), append(lens, 2)
			}
		default:
			if m.on == ratecard.PeriodEnd || time != nil && l == ratecard.LevelEvent {
				continue
			}
			of, d := m.of(l, m.axisWants(l, time != nil), orWider(l))
			if per != "" && m.once(2) && time == nil {
				of, d = per, perDim
			}
			if used[of] {
				continue
			}
			used[of] = true
			edges := m.ascending(d, 1+m.IntN(4))
			n := len(edges)
			edge := one(m.dice, "upTo", "below", "from", "over", "upTo")
			switch edge {
			case "upTo", "below":
				if m.once(2) {
					edges = append(edges, "more")
					n++
				}
			default:
				zero := "0"
				if u := m.unit(d); u != "" {
					zero += " " + u
				}
				edges = append([]string{zero}, edges...)
				n++
			}
			next = next || of == per && m.once(2) && time == nil
			by, lens = append(by, doc{"of": of, edge: edges}), append(lens, n)
		}
		if len(by) == 2 && m.once(2) {
			break
		}
	}
	if len(by) == 0 {
		return m.money()
	}
	rows := 1
	for _, n := range lens[:len(lens)-1] {
		rows *= n
	}
	row := func() []string {
		var r []string
		for range lens[len(lens)-1] {
			if m.once(25) {
				r = append(r, "-")
			} else {
				r = append(r, m.money())
			}
		}
		return r
	}
	out := doc{"by": by}
	if len(lens) == 1 {
		out["table"] = row()
	} else {
		var t []any
		for range rows {
			t = append(t, row())
		}
		out["table"] = t
	}
	if next {
		out["nextBreak"] = true
	}
	return out
}

// randomCard is a legal card with its text; nil when the dice made an illegal one.
func randomCard(d dice) (*ratecard.Card, *cardMaker, []byte, error) {
	m := &cardMaker{dice: d, on: one(d, ratecard.Consign, ratecard.Order, ratecard.Order, ratecard.Store, ratecard.Store, ratecard.Store,
		ratecard.Import, ratecard.Receive, ratecard.Return, ratecard.Remove, ratecard.PeriodEnd)}
	text, err := json.Marshal(m.card())
	if err != nil {
		return nil, nil, nil, err
	}
	card, err := ratecard.Parse(text)
	return card, m, text, err
}

// events

// eventMaker makes events for a card.
type eventMaker struct {
	dice
	card  *ratecard.Card
	on    ratecard.Event
	edges map[units.Dim][]string
	wild  bool // huge and tiny quantities too
}

// tamed makes the dice of tame events.
func (d dice) tamed(yes bool) dice {
	d.tame = yes
	return d
}

// system are the units that a card of a dimension counts in.
func (m *eventMaker) system(d units.Dim) []units.Unit {
	if m.tame {
		b := basesOf(m.card)
		switch d {
		case units.Weight:
			if b.weight == imperialWeight {
				return []units.Unit{units.Pound, units.Ounce}
			}
			return []units.Unit{units.Kilogram, units.Gram}
		case units.Length:
			if b.length == imperialLength {
				return []units.Unit{units.Inch}
			}
			return []units.Unit{units.Centimetre, units.Millimetre}
		}
	}
	return map[units.Dim][]units.Unit{
		units.Weight: {units.Kilogram, units.Kilogram, units.Gram, units.Pound, units.Ounce},
		units.Length: {units.Centimetre, units.Centimetre, units.Inch, units.Millimetre},
		units.Volume: {units.Litre, units.CubicMetre, units.CubicFoot, units.CubicCentimetre},
	}[d]
}

// rarely is once in n, but never where everything is to be said.
func (m *eventMaker) rarely(n int) bool { return !m.tame && m.once(n) }

// edgesOf collects the thresholds of any card.
func edgesOf(card *ratecard.Card) map[units.Dim][]string {
	all := map[units.Dim][]string{}
	add := func(q ratecard.Quantity) {
		if q.Set {
			all[q.Unit.Dim()] = append(all[q.Unit.Dim()], q.String())
		}
	}
	for _, m := range card.Measures {
		for _, s := range m.Steps {
			for _, q := range []ratecard.Quantity{s.Less, s.Plus, s.Up, s.Tolerance, s.Min, s.Max} {
				add(q)
			}
		}
	}
	for _, c := range card.Classes {
		for _, r := range c.Rows {
			for _, l := range r.Limit {
				add(l.At)
			}
		}
	}
	for i := range card.Charges {
		for _, l := range card.Charges[i].Limit {
			add(l.At)
		}
		for _, p := range pricesOf(&card.Charges[i]) {
			for _, a := range p.By {
				for _, q := range a.Edges {
					add(q)
				}
			}
			for _, b := range p.Bands {
				add(b.UpTo)
				add(b.Each)
			}
		}
	}
	return all
}

// near is a quantity of a dimension: at an edge of the card, one last digit beside it, or anywhere.
func (m *eventMaker) near(d units.Dim) Quantity {
	all := m.edges[d]
	if len(all) > 0 && m.once(2) {
		q := parseQuantity(one(m.dice, all...))
		v := q.Value
		if m.once(2) && !m.tame { // finer, so that the step beside it is small
			if finer, ok := v.Rescale(v.Scale + uint8(m.IntN(4))); ok {
				v = finer
			}
		}
		v.Coef += int64(m.IntN(3) - 1)
		v.Coef = max(v.Coef, 1)
		u := q.Unit
		if u.Dim() == d && (!m.tame || slices.Contains(m.system(d), u)) {
			return Quantity{v.Coef, v.Scale, u}
		}
	}
	u := one(m.dice, m.system(d)...)
	if m.wild && m.once(6) {
		k := m.IntN(59)
		v := int64(1)<<k + int64(m.IntN(3)-1)
		if m.once(2) {
			v = int64(fixed.Pow10(m.IntN(18))) + int64(m.IntN(3)-1)
		}
		return Quantity{max(1, min(v, fixed.MaxCoef)), uint8(m.IntN(13)), u}
	}
	if m.tame {
		return Quantity{1 + m.Int64N(900), uint8(m.IntN(2)), u}
	}
	return Quantity{1 + m.Int64N(9000), uint8(1 + m.IntN(3)), u}
}

func (m *eventMaker) decimal() fixed.Decimal {
	if m.wild && m.once(8) {
		return fixed.Decimal{Coef: fixed.MaxCoef - m.Int64N(3), Scale: uint8(m.IntN(7))}
	}
	return fixed.Decimal{Coef: m.Int64N(100000), Scale: uint8(m.IntN(4))}
}

func (m *eventMaker) facts(at ratecard.Level) map[string]string {
	var f map[string]string
	for i := range m.card.Inputs {
		in := &m.card.Inputs[i]
		if in.Each != at && !(in.Each == ratecard.LevelPiece && at == ratecard.LevelLine) || m.rarely(12) {
			continue
		}
		if f == nil {
			f = map[string]string{}
		}
		switch in.Kind {
		case ratecard.Choice:
			f[in.Name] = one(m.dice, in.Values...)
			if m.rarely(60) {
				f[in.Name] = "maybe"
			}
		case ratecard.Count:
			f[in.Name] = strconv.Itoa(m.IntN(40))
			if m.rarely(20) {
				f[in.Name] = one(m.dice, "2.5", "2.0", "-1", "x")
			}
		default:
			f[in.Name] = m.decimal().String()
			if m.rarely(40) {
				f[in.Name] = "0.1234567"
			}
		}
	}
	return f
}

// warehouses are those that the card speaks of, and two others.
func (m *eventMaker) warehouses() []string {
	all := []string{"LAX", "HAM"}
	for i := range m.card.Charges {
		ch := &m.card.Charges[i]
		for _, t := range ch.When {
			if t.Subject.Kind == ratecard.SubjectWarehouse {
				all = append(all, t.In...)
			}
		}
		for _, p := range pricesOf(ch) {
			for _, a := range p.By {
				if a.Of.Kind == ratecard.SubjectWarehouse {
					all = append(all, a.Values...)
				}
			}
		}
	}
	return all
}

func (m *eventMaker) event() *Event {
	first := DayNumber(country.Date{Year: 2026, Month: 1, Day: 1})
	e := &Event{Kind: m.on, Country: one(m.dice, country.Code{'D', 'E'}, country.Code{'F', 'R'}, country.Code{'U', 'S'}, country.Code{'D', 'E'}),
		Warehouse: one(m.dice, m.warehouses()...), PostalCode: one(m.dice, "01000", "19999", "20000", "18565", "00999", "9", "SW1A1AA"), Facts: m.facts(ratecard.LevelEvent)}
	e.From = first + int32(m.IntN(800)-100)
	e.To = e.From + int32(one(m.dice, 0, 1, 7, 31, 31, 90, 120))
	e.Date = DateOf(e.From)
	if m.rarely(30) {
		e.Country = country.Code{}
	}
	if m.rarely(30) {
		e.Warehouse = ""
	}
	if m.rarely(30) {
		e.PostalCode = ""
	}
	if m.on == ratecard.PeriodEnd {
		for range m.IntN(4) {
			e.Billed = append(e.Billed, Bill{one(m.dice, "x0", "y"), []ratecard.Family{one(m.dice, ratecard.Storage, ratecard.Handling)}, m.decimal()})
		}
		return e
	}
	n := 1 + m.IntN(3)
	if m.rarely(40) {
		n = 0
	}
	for range n {
		row := Row{Count: 1 + m.Int64N(4), Weight: m.near(units.Weight), Value: m.decimal(), HasValue: !m.rarely(10), Facts: m.facts(ratecard.LevelLine)}
		if m.wild && m.once(12) {
			row.Count = 1 << m.IntN(62)
		}
		switch m.IntN(12) {
		case 0:
			if m.tame {
				row.Volume = m.near(units.Volume)
			}
		case 1, 2:
			row.Volume = m.near(units.Volume)
		default:
			row.Length = [3]Quantity{m.near(units.Length), m.near(units.Length), m.near(units.Length)}
		}
		if m.rarely(30) {
			row.Weight = Quantity{}
		}
		row.HasUnits, row.Units = true, 1+m.Int64N(5)
		if m.on.HasLevel(ratecard.LevelItem) && !m.rarely(8) {
			row.FirstItem = int32(len(e.Items))
			row.Units = 0
			for range 1 + m.IntN(3) {
				it := Item{Count: 1 + m.Int64N(4), Weight: m.near(units.Weight), Value: m.decimal(), HasValue: !m.rarely(10), Facts: m.facts(ratecard.LevelItem)}
				if !m.rarely(10) {
					it.Length = [3]Quantity{m.near(units.Length), m.near(units.Length), m.near(units.Length)}
				}
				e.Items = append(e.Items, it)
				row.NumItem++
				row.Units += it.Count
			}
		}
		if !m.on.HasLevel(ratecard.LevelItem) {
			row.Units = 1
		}
		if m.rarely(30) {
			row.HasUnits, row.Units = false, 0
		}
		if m.on == ratecard.Store {
			row.From, row.To = e.From, e.To
			if m.once(2) && e.To > e.From {
				row.From += int32(m.IntN(int(e.To - e.From)))
			}
			if m.once(2) && row.To > row.From {
				row.To -= int32(m.IntN(int(row.To - row.From)))
			}
			row.Arrived = row.From
			if row.From == e.From && m.once(2) {
				row.Arrived -= int32(m.IntN(400))
			}
		}
		if m.on == ratecard.Import {
			digits := m.card.Currency.Digits()
			for k := range row.Money {
				row.Money[k] = fixed.Decimal{Coef: m.Int64N(1000000), Scale: uint8(digits)}
			}
			for range m.IntN(3) {
				row.Duties = append(row.Duties, m.duty())
			}
		}
		e.Rows = append(e.Rows, row)
	}
	return e
}

// duty is a duty line of any shape.
func (m *eventMaker) duty() Duty {
	part := func() (p DutyPart) {
		if !m.rarely(3) {
			p.Percent = fixed.Decimal{Coef: m.Int64N(9999), Scale: uint8(5 + m.IntN(3))}
		}
		if m.once(3) {
			p.Amount = fixed.Decimal{Coef: m.Int64N(200000) - 50000, Scale: uint8(m.IntN(7))}
		}
		return p
	}
	d := Duty{Code: "a", Part: part()}
	if m.once(4) {
		p := part()
		d.Least = &p
	}
	if m.once(4) {
		p := part()
		d.Most = &p
	}
	return d
}
