package fees

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/fees/unit"
	"github.com/overseaswarehouse/overseas/internal/brief"
	"github.com/overseaswarehouse/overseas/internal/engine"
	"github.com/overseaswarehouse/overseas/internal/problem"
	"github.com/overseaswarehouse/overseas/internal/ratecard"
)

// shardFile is a plan and a file for it, of which most rows are usual.
type shardFile struct {
	d     *rand.Rand
	plan  ShardPlan
	cells []func() string
	often int // one cell or row in so many is odd or hostile; 0: none is
}

// newShardFile makes a plan for rows that a calculator prices.
func newShardFile(d *rand.Rand, calc *Calculator, rates *money.Rates, to country.Currency) *shardFile {
	f := &shardFile{d: d, often: []int{0, 400, 40, 8}[d.IntN(4)]}
	f.plan = ShardPlan{Currency: to, Rates: rates, States: d.IntN(2) == 0, Lines: d.IntN(12) == 0}
	f.plan.Layout.TariffTwice = d.IntN(2) == 0
	f.plan.Layout.FreightFromLeg = d.IntN(3) == 0
	f.plan.Layout.IgnoreOthers = true
	f.plan.Output = ShardText{Delimiter: []byte{0, ';', '\t'}[d.IntN(3)], CRLF: d.IntN(3) == 0}
	f.plan.Input.Delimiter = []byte{0, 0, ';', '\t'}[d.IntN(4)]
	card := calc.books[d.IntN(len(calc.books))].editions[0].Card
	var events []*shardEvent
	for _, k := range append(d.Perm(int(ratecard.EventCount)), d.Perm(int(ratecard.EventCount))...) {
		kind := Kind(k)
		if slices.ContainsFunc(events, func(e *shardEvent) bool { return e.event.Kind() == kind }) || kind == 0 || kind == OnPeriod || len(calc.courses[kind].legs) == 0 && d.IntN(20) > 0 || len(calc.kinds[kind]) == 0 && d.IntN(10) > 0 || d.IntN(6) == 0 {
			continue
		}
		for range 8 {
			e := oddEvent(d, card, kind)
			own, p := newShardEvent(e)
			if p != nil || !calc.swift(new(Quote), e) && d.IntN(12) > 0 {
				continue
			}
			f.plan.Layout.Events, events = append(f.plan.Layout.Events, e), append(events, own)
			break
		}
	}
	for _, group := range []*[]string{&f.plan.Echo, &f.plan.GroupBy} {
		if d.IntN(3) > 0 {
			*group = append(*group, f.column(f.text(1+d.IntN(4))))
		}
	}
	names := slices.Sorted(maps.Keys(calc.inputs))
	for _, e := range events {
		prefix := ""
		if len(events) > 1 {
			prefix = eventName(e.event) + "."
		}
		for _, path := range e.paths() {
			if d.IntN(3) > 0 {
				continue
			}
			target := e.fields[path]
			in, cell := f.cell(target, card.Currency, e.event)
			if cell == nil || unusual(path, target) && d.IntN(40) > 0 {
				continue
			}
			column := f.column(cell)
			f.plan.Layout.Columns = append(f.plan.Layout.Columns, ShardColumn{Field: prefix + path, Column: column, Unit: in})
		}
		if len(names) > 0 && d.IntN(20) == 0 {
			name := names[d.IntN(len(names))]
			column := f.column(func() string { return []string{"", "", "1", "2", "yes"}[d.IntN(5)] })
			f.plan.Layout.Columns = append(f.plan.Layout.Columns, ShardColumn{Field: prefix + "facts." + name, Column: column})
		}
	}
	return f
}

// unusual reports whether a field makes an event that most cells of it fill an unusual or a bad one.
func unusual(path string, target any) bool {
	switch target := target.(type) {
	case currencyOf, *unit.Percent:
		return true
	case *string:
		return !strings.HasSuffix(path, "postal_code") || *target == ""
	case *country.Date:
		return target.IsZero()
	}
	return strings.Contains(path, ".goods.")
}

// column adds a column and tells its name.
func (f *shardFile) column(cell func() string) string {
	f.cells = append(f.cells, cell)
	return "c" + strconv.Itoa(len(f.cells))
}

func (f *shardFile) odd() bool { return f.often > 0 && f.d.IntN(f.often) == 0 }

// text makes texts of so many kinds, some of which have to be written with care.
func (f *shardFile) text(kinds int) func() string {
	return func() string {
		s := "x" + strconv.Itoa(f.d.IntN(kinds))
		if f.odd() {
			s = []string{"=1+1", "-", "a;b,c\td", `say "no"`, "", " ", "two\nlines", "海外仓", "＝1", "@", "long " + strings.Repeat("z", 3000)}[f.d.IntN(11)]
		}
		return s
	}
}

// cell makes cells for a field, and says the unit of its bare numbers; nil where the field is left alone.
func (f *shardFile) cell(target any, currency country.Currency, e Event) (in string, cell func() string) {
	d := f.d
	pick := func(n int64, digits int, odd ...string) func() string {
		return func() string {
			if f.odd() {
				odd := append(odd, "", "0", "-1", "x", "1,5", "99999999999999999999", "1.2345678901234", "999999999999999999", "0.0001")
				return odd[d.IntN(len(odd))]
			}
			x := must(money.Of(1+d.Int64N(n), uint8(digits), currency))
			return string(x.AppendAmount(nil))
		}
	}
	switch target := target.(type) {
	case label:
		return "", f.text(3)
	case *string:
		base, text := *target, f.text(3)
		return "", func() string {
			if f.odd() {
				return text()
			}
			return []string{"", base, base, "10115"}[d.IntN(4)]
		}
	case *country.Date:
		base := *target
		if base.IsZero() {
			base = country.Date{Year: 2026, Month: 5, Day: 5}
		}
		return "", func() string {
			if f.odd() {
				return []string{"", "2026-02-30", "1990-01-01", "tomorrow", "2026-1-1"}[d.IntN(5)]
			}
			day, _ := base.AddDays(d.IntN(5))
			return day.String()
		}
	case *country.Code:
		base := target.String()
		return "", func() string {
			if f.odd() {
				return []string{"FR", "", "Atlantis", "日本"}[d.IntN(4)]
			}
			return base
		}
	case *int64, stock:
		return "", pick(9, 0, "2.0")
	case *unit.Weight:
		return "kg", pick(9_000, 3, "2.5 lb", "800 g", "1.5")
	case *unit.Length:
		return "cm", pick(900, 1, "12 in", "100 mm", "7")
	case *unit.Volume:
		return "m3", pick(90, 3, "2 cbft", "800 cm3")
	case *unit.Size:
		return "", func() string { return strconv.Itoa(1+d.IntN(60)) + "x20x" + strconv.Itoa(1+d.IntN(30)) + " cm" }
	case *unit.Percent:
		return "%", pick(90, 1, "6.5%")
	case currencyOf:
		return "", func() string { return []string{"", currency.String(), "PLN"}[d.IntN(3)] }
	case *money.Money:
		if _, entry := e.(*Entry); !entry && d.IntN(2) == 0 {
			return "", nil
		}
		amount := pick(90_000, 2, "12.50 PLN", "12.5", "12.3456")
		some := []int{1, 1, 2, 12}[d.IntN(4)] // one row of so many has it
		return currency.String(), func() string {
			if d.IntN(some) > 0 {
				return ""
			}
			return amount()
		}
	}
	return "", nil
}

// rows writes a header and rows.
func (f *shardFile) rows(n int) string {
	d, comma := f.d, string(rune(f.plan.Input.Delimiter))
	if f.plan.Input.Delimiter == 0 {
		comma = ","
	}
	var b strings.Builder
	for i := range f.cells {
		b.WriteString("c" + strconv.Itoa(i+1) + comma)
	}
	b.WriteString("more\n")
	for range n {
		if f.odd() {
			b.WriteString([]string{"x\n", "\"open" + comma + "\n", "\xff" + comma + "\n", "\n\r\n", strings.Repeat(comma, 1200) + "\n", strings.Repeat("y", 70_000) + "\n", "a\x00b\n", "a\rb\n", strings.Repeat(comma, len(f.cells)+1) + "\n"}[d.IntN(9)])
		}
		for _, cell := range f.cells {
			s := cell()
			if strings.ContainsAny(s, "\",;\t\n") || f.odd() {
				s = `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
			}
			b.WriteString(s + comma)
		}
		b.WriteString([]string{"\n", "\r\n"}[min(d.IntN(10), 1)])
	}
	text := b.String()
	if d.IntN(8) == 0 {
		text = strings.TrimSuffix(text, "\n")
	}
	return text
}

// broken is a reader and two writers that fail, or call off the whole, at some time.
type broken struct {
	in                     io.Reader
	step                   int // bytes read at once
	failRead               int // in so many reads; 0: never
	cancelRead             int
	failWrite, cancelWrite [2]int
	cancel                 func()
	reads                  int
	out                    [2]brokenWriter
}

type brokenWriter struct {
	*broken
	which, writes int
	got           bytes.Buffer
}

var (
	errRead  = errors.New("cannot be read")
	errWrite = errors.New("cannot be written")
)

func (b *broken) Read(p []byte) (int, error) {
	if b.reads++; b.reads == b.cancelRead {
		b.cancel()
	}
	if b.reads == b.failRead {
		return 0, errRead
	}
	return b.in.Read(p[:min(len(p), b.step)])
}

func (w *brokenWriter) Write(p []byte) (int, error) {
	if w.writes++; w.writes == w.cancelWrite[w.which] {
		w.cancel()
	}
	if w.writes == w.failWrite[w.which] {
		n := len(p) / 2
		w.got.Write(p[:n])
		return n, errWrite
	}
	return w.got.Write(p)
}

// run is one run of a file, of which so many rows are priced one by one before there are blocks, all where it is negative: what
// was written, the sums, the error.
func (b broken) run(t testing.TB, calc *Calculator, plan ShardPlan, in string, singly int) (out [2]string, sums string, s *shard, err error) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	b.cancel, b.in = cancel, strings.NewReader(in)
	for i := range b.out {
		b.out[i] = brokenWriter{broken: &b, which: i}
	}
	s, err = newShard(calc, plan, &b, &b.out[0], &b.out[1])
	if err != nil {
		return out, "", nil, err
	}
	s.singly = singly
	got, err := s.whole(ctx)
	text, wrong := got.MarshalJSON()
	if wrong != nil {
		t.Fatal(wrong)
	}
	return [2]string{b.out[0].got.String(), b.out[1].got.String()}, string(text), s, err
}

// together reports whether some rows were priced in a block.
func (s *shard) together() bool { return s.block != nil && len(s.block.tally.known) > 0 }

// TestShardTogetherIsOneByOne holds that rows which are priced in blocks are written, and summed, to the byte as if each had
// been priced by itself, in files of every layout, of usual, odd and hostile rows, when all goes well and when it does not.
func TestShardTogetherIsOneByOne(t *testing.T) {
	d := rand.New(rand.NewPCG(12, 3))
	usd, eur := country.Currency{'U', 'S', 'D'}, country.Currency{'E', 'U', 'R'}
	var list []money.Rate
	for _, text := range []string{"1 CNY = 0.139215 USD", "1 EUR = 1.083519 USD", "1 GBP = 1.270001 USD", "1 CAD = 0.7 USD", "1 PLN = 0.25 USD"} {
		list = append(list, must(money.ParseRate(text)))
	}
	rates := must(money.NewRates(list...))
	rounds := 16
	if brief.On() {
		rounds = 4
	}
	lengths := []int{0, 1, 2, 62, 63, 64, 65, 127, 128, 129, 192, 193, 300, 1200}
	refused := map[string]int{}
	var files, blocks, good, bad, stopped int
	calcs := append(swiftCalculators(t), oddCards(t))
	for range 2 { // the cards that price most kinds of events, more often
		calcs = append(calcs, calcs[len(calcs)-2:]...)
	}
	for c, calc := range calcs {
		rounds := rounds
		if !slices.ContainsFunc(calc.courses[:], func(c course) bool { return len(c.legs) > 0 }) {
			rounds = 2 // nothing is ever usual
		}
		for range rounds {
			to := usd
			if d.IntN(4) == 0 {
				to = []country.Currency{eur, {'J', 'P', 'Y'}, {'G', 'B', 'P'}}[d.IntN(3)]
			}
			f := newShardFile(d, calc, rates, to)
			for range 40 { // mostly plans by which something can be priced, and in blocks
				often := f.often
				f.often = 0
				_, _, s, _ := broken{step: 1 << 20}.run(t, calc, f.plan, f.rows(8), 0)
				f.often = often
				if s != nil && s.sums.good > 0 && (s.together() || d.IntN(20) == 0) || d.IntN(150) == 0 {
					break
				}
				f = newShardFile(d, calc, rates, to)
			}
			n := lengths[d.IntN(len(lengths))]
			in := f.rows(n)
			b := broken{step: []int{1 << 20, 1, 700, 5000}[d.IntN(4)]}
			if some := func(n int) int { return 1 + d.IntN(n) }; d.IntN(3) == 0 {
				switch d.IntN(4) {
				case 0:
					b.failRead = 1 + some(1+len(in)/b.step)
				case 1:
					b.cancelRead = 1 + some(1+len(in)/b.step)
				case 2:
					b.failWrite = [2]int{some(4), some(4)}
				case 3:
					b.cancelWrite = [2]int{some(3), some(3)}
				}
			}
			what := fmt.Sprintf("calculator %d, %d rows, %+v, %+v", c, n, f.plan.Layout, b)
			out, sums, s, err := b.run(t, calc, f.plan, in, []int{0, 0, often}[d.IntN(3)])
			want, wantSums, one, wantErr := b.run(t, calc, f.plan, in, -1)
			if out != want || sums != wantSums || !reflect.DeepEqual(err, wantErr) {
				for i := range out {
					for k, line := range strings.Split(out[i], "\n") {
						if lines := strings.Split(want[i], "\n"); k >= len(lines) || lines[k] != line {
							t.Errorf("file %d, line %d: %.2000q, one by one %.2000q", i, k, line, lines[min(k, len(lines)-1)])
							break
						}
					}
				}
				t.Fatalf("%s:\n%s %v\none by one %s %v", what, sums, err, wantSums, wantErr)
			}
			if s == nil {
				refused[err.Error()]++
				continue
			}
			files++
			good, bad = good+int(one.sums.good), bad+int(one.sums.bad)
			if s.together() {
				blocks++
			}
			if f.often == 0 {
				for r, n := range one.sums.reasons {
					refused[string(r)] += int(n)
				}
			}
			if err != nil {
				stopped++
			}
		}
	}
	for err, n := range refused {
		t.Log(n, "refused:", err)
	}
	t.Logf("%d files, %d in blocks, %d stopped; %d good rows, %d bad", files, blocks, stopped, good, bad)
	if blocks < files/3 || stopped < files/10 || good < 40*files || bad < good/4 {
		t.Errorf("%d files, %d in blocks, %d stopped; %d good rows, %d bad", files, blocks, stopped, good, bad)
	}
}

// plainOrders is a calculator and a plan for a file of orders, all of which are usual; the first column is echoed and grouped by.
func plainOrders(t testing.TB) (*Calculator, ShardPlan) {
	t.Helper()
	card, err := ParseCard(strings.NewReader(`{"schema": "overseas/ratecard/1", "id": "plain", "provider": "P", "currency": "EUR", "tax": "none",
		"effective": {"from": "2026-01-01"}, "sources": [{"url": "https://example.com"}],
		"charges": [{"on": "order", "code": "pick", "family": "handling", "each": "parcel", "per": "weight", "unit": "kg", "price": "1.15"}]}`))
	if err != nil {
		t.Fatal(err)
	}
	calc, err := Compile(card)
	if err != nil {
		t.Fatal(err)
	}
	plan := ShardPlan{Currency: country.Currency{'E', 'U', 'R'}, Echo: []string{"shop"}, GroupBy: []string{"shop"}}
	plan.Layout.Events = []Event{&Order{Date: country.Date{Year: 2026, Month: 5, Day: 5}, Country: country.Code{'D', 'E'}}}
	plan.Layout.Columns = []ShardColumn{{Field: "parcels.weight", Column: "weight", Unit: "kg"}}
	return calc, plan
}

// TestShardTogetherOfTooManyGroups holds that the rows before the group that is one too many are written and summed.
func TestShardTogetherOfTooManyGroups(t *testing.T) {
	if brief.On() {
		t.Skip("it has as many rows as groups are counted")
	}
	calc, plan := plainOrders(t)
	text := []byte("shop,weight\n")
	for i := range MaxGroups + 100 {
		text = append(strconv.AppendInt(text, int64(i), 10), ",1.5\n"...)
	}
	b := broken{step: 1 << 20}
	out, sums, s, err := b.run(t, calc, plan, string(text), often)
	want, wantSums, _, wantErr := b.run(t, calc, plan, string(text), -1)
	if !s.together() || s.sums.good != MaxGroups || !errors.Is(err, problem.TooMany) || !reflect.DeepEqual(err, wantErr) || out != want || sums != wantSums {
		t.Errorf("%d good, %v, wanted %v", s.sums.good, err, wantErr)
	}
}

// TestShardTogetherOfGreatAmounts holds that sums of columns are exact where a word is too small for them.
func TestShardTogetherOfGreatAmounts(t *testing.T) {
	calc, plan := plainOrders(t)
	plan.GroupBy = nil
	text := "shop,weight\n"
	for i := range 1000 {
		text += "A," + []string{"4000000000000", "4800000000000", "0.001", "480000000000", "5000000000000000"}[min(i%7, 4)*min(i/200, 1)] + "\n"
	}
	b := broken{step: 1 << 20}
	out, sums, s, err := b.run(t, calc, plan, text, 0)
	want, wantSums, _, wantErr := b.run(t, calc, plan, text, -1)
	if !s.together() || !reflect.DeepEqual(err, wantErr) || out != want || sums != wantSums {
		t.Errorf("%s %v, wanted %s %v", sums, err, wantSums, wantErr)
	}
	var column [engine.Lanes]int64
	copy(column[:], []int64{mostRun - 1, 1, mostRun, -mostRun, -mostRun - 1, 5, 1 << 58})
	for of, want := range map[lanes][]int64{
		0b0000001: {mostRun - 1}, 0b0101011: {5}, 0b0100010: {6}, 0b0000011: {mostRun}, 0b0000111: {mostRun - 1, 1, mostRun},
		0b0110000: {-mostRun - 1, 5}, 0b1100010: {1, 5, 1 << 58}, 0: {0},
	} {
		if got := slices.Collect(sumsOf(&column, of)); !slices.Equal(got, want) {
			t.Errorf("lanes %b come to %d, wanted %d", of, got, want)
		}
	}
	if got := slices.Collect(sumsOf(&[engine.Lanes]int64{1 << 58, 1 << 58, 1 << 58}, ^lanes(0))); len(got) != engine.Lanes {
		t.Errorf("a sum that does not fit is %d", got)
	}
}

// TestShardKeepsLittle holds that rows which are long are not kept until there are many of them.
func TestShardKeepsLittle(t *testing.T) {
	calc, plan := plainOrders(t)
	plan.GroupBy, plan.Layout.IgnoreOthers = nil, true
	for _, row := range []string{strings.Repeat("x", 60_000) + ",1.5\n", `"` + strings.Repeat(`""`, 30_000) + `",1.5` + "\n", "x,1.5\n"} {
		s, err := newShard(calc, plan, strings.NewReader("shop,weight\n"+strings.Repeat(row, 200)), io.Discard, io.Discard)
		if err != nil {
			t.Fatal(err)
		}
		s.block = s.newShardBlock()
		most, rows := 0, 0
		for s.in.Next() {
			if err := s.take(); err != nil {
				t.Fatal(err)
			}
			most, rows = max(most, s.block.kept.Size()), max(rows, s.block.kept.Len())
			if rows == often {
				break
			}
		}
		if long := len(row) > 10_000; long != (rows < 2) || most > mostKept {
			t.Errorf("%d rows of %d bytes are kept, %d bytes", rows, len(row), most)
		}
	}
}

// TestShardTogetherStops holds that what is written and summed of a file that cannot be read or written to its end, or is called
// off, is what it would be row by row, wherever that happens.
func TestShardTogetherStops(t *testing.T) {
	calc, plan := plainOrders(t)
	text := []byte("shop,weight\n")
	for i := range 9000 {
		weight := ",1.5\n"
		if i%3 == 1 || i%1000 > 900 {
			weight = ",no weight\n"
		}
		text = append(strconv.AppendInt(append(text, "shop "...), int64(i%50), 10), weight...)
	}
	stops := map[string]int{}
	for n := 1; n <= 6; n++ {
		for name, b := range map[string]broken{
			"out fails": {failWrite: [2]int{n, 0}}, "bad fails": {failWrite: [2]int{0, n}}, "out cancels": {cancelWrite: [2]int{n, 0}},
			"bad cancels": {cancelWrite: [2]int{0, n}}, "in fails": {failRead: 3 * n}, "in cancels": {cancelRead: 2 * n},
		} {
			b.step = 10_000 + n
			out, sums, s, err := b.run(t, calc, plan, string(text), []int{0, often}[n%2])
			want, wantSums, _, wantErr := b.run(t, calc, plan, string(text), -1)
			if !reflect.DeepEqual(err, wantErr) || out != want || sums != wantSums {
				t.Errorf("%s, %d: %.300s %v, wanted %.300s %v", name, n, sums, err, wantSums, wantErr)
			}
			if err != nil && (s.together() || s.sums.good < 200) {
				stops[name]++
			}
		}
	}
	for _, name := range []string{"out fails", "bad fails", "out cancels", "bad cancels", "in fails", "in cancels"} {
		if stops[name] < 2 {
			t.Error(name, "stops", stops[name], "times")
		}
	}
}

// TestShardTogetherOfCaveats holds that the codes of caveats stand in the order of the events of the layout, whatever says them,
// and that a currency in which no row of a group has a line is not one of its sums.
func TestShardTogetherOfCaveats(t *testing.T) {
	var cards []*Card
	for _, text := range []string{
		`"id": "leg", "currency": "EUR", "tax": "unstated", "effective": {"seen": "2026-05-01"},
		"measures": {"chargeable": [{"each": "carton", "greater": ["weight", "volume / 6000 cm3/kg"]}]},
		"charges": [{"on": "consign", "code": "freight", "family": "first_leg", "each": "carton", "per": "chargeable", "unit": "kg", "price": "3.10"}]`,
		`"id": "send", "currency": "USD", "tax": "unstated", "effective": {"from": "2026-01-01"},
		"measures": {"chargeable": [{"each": "parcel", "greater": ["weight", "volume / 5000 cm3/kg"]}]},
		"charges": [{"on": "order", "code": "send", "family": "local_delivery", "each": "parcel", "per": "chargeable", "unit": "kg", "price": "1.10", "when": {"weight": {"upTo": "2 kg"}}}]`,
	} {
		card, err := ParseCard(strings.NewReader(`{"schema": "overseas/ratecard/1", "provider": "P", "sources": [{"url": "https://example.com"}], ` + text + `}`))
		if err != nil {
			t.Fatal(err)
		}
		cards = append(cards, card)
	}
	calc, err := Compile(cards...)
	if err != nil {
		t.Fatal(err)
	}
	day, de := country.Date{Year: 2026, Month: 5, Day: 5}, country.Code{'D', 'E'}
	plan := ShardPlan{Currency: country.Currency{'E', 'U', 'R'}, Rates: must(money.NewRates(must(money.ParseRate("1 USD = 0.9 EUR")))), GroupBy: []string{"shop"}, States: true}
	plan.Layout.Columns = []ShardColumn{
		{Field: "consignment.cartons.weight", Column: "weight", Unit: "kg"}, {Field: "order.parcels.weight", Column: "weight", Unit: "kg"},
		{Field: "consignment.cartons.size", Column: "carton"}, {Field: "order.parcels.size", Column: "parcel"},
	}
	text := "shop,weight,carton,parcel\n"
	for i := range 1000 {
		row := []string{"light,1.5", "heavy,7.5"}[i/7%2]
		for _, bit := range []int{1, 2} {
			if size := ",40x30x20 cm"; i/100&bit == 0 && i%5 > 0 {
				row += size
			} else {
				row += ","
			}
		}
		text += row + "\n"
	}
	seen := map[string]bool{}
	for _, events := range [][]Event{
		{&Consignment{Date: day, Destination: de}, &Order{Date: day, Country: de}}, {&Order{Date: day, Country: de}, &Consignment{Date: day, Destination: de}},
	} {
		plan.Layout.Events = events
		all := plan
		all.GroupBy, all.Layout.IgnoreOthers = nil, true
		alike(t, calc, all, text)
		b := broken{step: 1 << 20}
		out, sums, s, err := b.run(t, calc, plan, text, 0)
		want, wantSums, _, wantErr := b.run(t, calc, plan, text, -1)
		if !s.together() || err != nil || wantErr != nil || out != want || sums != wantSums || s.sums.estimated != 1000 || s.block.alone > 0 {
			t.Fatalf("%s %v %.2000s\nwanted %s %v %.2000s", sums, err, out, wantSums, wantErr, want)
		}
		if heavy := s.sums.groups["5:heavy"]; len(heavy.native) != 1 {
			t.Errorf("heavy rows have lines in %v", heavy.native)
		}
		for _, line := range strings.Split(out[0], "\n")[1:] {
			seen[line[strings.LastIndexByte(line, ',')+1:]] = true
		}
	}
	if len(seen) < 5 {
		t.Errorf("caveats %v", slices.Sorted(maps.Keys(seen)))
	}
	t.Log(slices.Sorted(maps.Keys(seen)))
}

// alike holds that a file priced in blocks is one priced row by row, and hands the run in blocks back.
func alike(t *testing.T, calc *Calculator, plan ShardPlan, text string) *shard {
	t.Helper()
	b := broken{step: 1 << 20}
	out, sums, s, err := b.run(t, calc, plan, text, 0)
	want, wantSums, _, wantErr := b.run(t, calc, plan, text, -1)
	if !reflect.DeepEqual(err, wantErr) || out != want || sums != wantSums {
		t.Errorf("%s %v %.2000s\none by one %s %v %.2000s", sums, err, out, wantSums, wantErr, want)
	}
	return s
}

// TestShardTogetherTariffTwice holds that rows whose tariff is paid twice are refused unless the layout says that it may be.
func TestShardTogetherTariffTwice(t *testing.T) {
	calcs := oddCards(t)
	day, de := country.Date{Year: 2026, Month: 5, Day: 5}, country.Code{'D', 'E'}
	calc := must(calcs.Only("credits", "entry"))
	plan := ShardPlan{Currency: country.Currency{'E', 'U', 'R'}}
	plan.Layout.Events = []Event{&Order{Date: day, Country: de}, &Entry{Date: day, Destination: de, Lines: []EntryLine{{Duties: NoDuty()}}}}
	plan.Layout.Columns = []ShardColumn{{Field: "order.parcels.weight", Column: "weight", Unit: "kg"}, {Field: "entry.lines.goods", Column: "goods", Unit: "EUR"}}
	text := "weight,goods\n" + strings.Repeat("1.5,20\n2.5,30.10\n", 100)
	if s := alike(t, calc, plan, text); s.sums.bad != 200 {
		t.Errorf("%d bad", s.sums.bad)
	}
	plan.Layout.TariffTwice = true
	if s := alike(t, calc, plan, text); s.sums.good != 200 || !s.together() {
		t.Errorf("%d good", s.sums.good)
	}
}

// TestShardTogetherOfSumsInSomeRows holds that a sum which begins late on a page is nothing for the rows before, whatever stood
// there on the page before.
func TestShardTogetherOfSumsInSomeRows(t *testing.T) {
	_, plan := plainOrders(t)
	card, err := ParseCard(strings.NewReader(`{"schema": "overseas/ratecard/1", "id": "entry", "provider": "P", "currency": "EUR", "tax": "none",
		"effective": {"from": "2026-01-01"}, "sources": [{"url": "https://example.com"}],
		"charges": [{"on": "import", "code": "fee", "family": "tariff", "each": "line", "percent": "10%", "of": ["goods", "packing"]}]}`))
	if err != nil {
		t.Fatal(err)
	}
	plan.Layout.Events = []Event{&Entry{Date: country.Date{Year: 2026, Month: 5, Day: 5}, Destination: country.Code{'D', 'E'}, Lines: []EntryLine{{Duties: NoDuty()}}}}
	plan.Layout.Columns = []ShardColumn{{Field: "lines.goods", Column: "goods", Unit: "EUR"}, {Field: "lines.packing", Column: "packing", Unit: "EUR"}}
	text, rows := "shop,goods,packing\n", 10*often
	for i := range rows {
		text += "A," + strconv.Itoa(100+i) + ","
		if i%often == 5+7*(i/often)%often {
			text += "25.5"
		}
		text += "\n"
	}
	if s := alike(t, must(Compile(card)), plan, text); s.sums.good != int64(rows) || !s.together() {
		t.Errorf("%d good", s.sums.good)
	}
}

// TestShardTogetherOfGreatNatives holds that lines whose own currency has so many of it that they do not fit into a word are
// summed right, although what they are converted to does.
func TestShardTogetherOfGreatNatives(t *testing.T) {
	_, plan := plainOrders(t)
	var charges []string
	for i := range 12 {
		charges = append(charges, fmt.Sprintf(`{"on": "order", "code": "c%d", "family": "handling", "price": "9000000000000000"}`, i))
	}
	card, err := ParseCard(strings.NewReader(`{"schema": "overseas/ratecard/1", "id": "great", "provider": "P", "currency": "USD", "tax": "none",
		"effective": {"from": "2026-01-01"}, "sources": [{"url": "https://example.com"}], "charges": [` + strings.Join(charges, ", ") + `]}`))
	if err != nil {
		t.Fatal(err)
	}
	calc := must(Compile(card))
	plan.Rates = must(money.NewRates(must(money.ParseRate("1 USD = 0.0000001 EUR"))))
	if s := alike(t, calc, plan, "shop,weight\n"+strings.Repeat("A,1.5\n", 100)); s.sums.good != 100 {
		t.Errorf("%d good", s.sums.good)
	}
}
