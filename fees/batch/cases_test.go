package batch_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/language"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees"
	"github.com/overseaswarehouse/overseas/fees/batch"
	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/fees/unit"
)

// caseRow is a row of testdata/*.json; its fields are read as its kind needs them.
type caseRow struct {
	ID       string
	Kind     string
	Topic    string
	Inputs   map[string]any
	Given    map[string]any
	Expected any
	Result   map[string]any
	Printed  map[string]any `json:"printed_result"`
	Recomp   map[string]any `json:"recomputed"`
}

func cases(t *testing.T, name string) []caseRow {
	t.Helper()
	f, err := os.Open(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	d := json.NewDecoder(f)
	d.UseNumber()
	var rows []caseRow
	if err := d.Decode(&rows); err != nil {
		t.Fatal(name, err)
	}
	if len(rows) == 0 {
		t.Fatal(name, "is empty")
	}
	return rows
}

func str(v any) string {
	if v == nil {
		return ""
	}
	return fmt.Sprint(v)
}

func list(v any) []any {
	l, _ := v.([]any)
	return l
}

func texts(v any) []string {
	var out []string
	for _, x := range list(v) {
		out = append(out, str(x))
	}
	return out
}

func dict(v any) map[string]any {
	m, _ := v.(map[string]any)
	return m
}

func num(v any) *big.Rat {
	s := str(v)
	s, _, _ = strings.Cut(s, " ")
	r, ok := new(big.Rat).SetString(s)
	if !ok {
		return new(big.Rat)
	}
	return r
}

func whole(v any) int64 {
	r := num(v)
	return new(big.Int).Quo(r.Num(), r.Denom()).Int64()
}

// inEuro is an amount in euros: where the currency does not matter.
func inEuro(v any) money.Money { return amount(str(v), "EUR") }

func amount(s, currency string) money.Money {
	m, err := money.ParseIn(s, currency)
	if err != nil {
		panic(fmt.Sprint(s, currency, err))
	}
	return m
}

func rat(m money.Money) *big.Rat {
	r, _ := new(big.Rat).SetString(string(m.AppendAmount(nil)))
	return r
}

// unitOf is the smallest share of a number of decimals.
func unitOf(c country.Currency, decimals any) money.Money {
	if str(decimals) == "" {
		return money.Money{}
	}
	m, err := money.Of(1, uint8(whole(decimals)), c)
	if err != nil {
		panic(err)
	}
	return m
}

func sameAll(got []money.Money, want []string) bool {
	return len(got) == len(want) && !slices.ContainsFunc(seq(len(got)), func(i int) bool { return rat(got[i]).Cmp(num(want[i])) != 0 })
}

func seq(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}

var methods = []batch.Method{
	batch.LargestRemainder, batch.LastLine, batch.LargestLine, batch.FirstLines, batch.LargestWeights,
	batch.UpLast, batch.Running, batch.RunningBack, batch.Separate, batch.SeparateBlocks,
}

// byName finds what a case calls a remainder policy.
func byName(s string) (batch.Method, bool) {
	switch s {
	case "floor_separate":
		return batch.Separate, true
	case "block_separate":
		return batch.SeparateBlocks, true
	case "largest", "": // the largest remainder is the default
		return batch.LargestRemainder, s != ""
	}
	m, err := batch.ParseMethod(s)
	return m, err == nil
}

// tally counts by which policies numeric allocations come out.
type tally struct {
	all, largest int
	by           map[string][]string
}

// allocation runs a case by the policy it names, or by largest remainder, and where neither gives the expected shares
// finds the named policy that does.
func (c *tally) allocation(t *testing.T, id, named string, want []string, run func(batch.Rule) ([]money.Money, error)) {
	t.Helper()
	c.all++
	try := func(m batch.Method) bool {
		got, err := run(batch.Rule{Method: m, Zero: batch.ShareEqually})
		return err == nil && sameAll(got, want)
	}
	if try(batch.LargestRemainder) {
		c.largest++
		return
	}
	if m, ok := byName(named); ok && m != batch.LargestRemainder && try(m) {
		c.by[m.String()] = append(c.by[m.String()], id)
		return
	}
	for _, m := range methods {
		if try(m) {
			c.by[m.String()] = append(c.by[m.String()], id)
			return
		}
	}
	got, err := run(batch.Rule{Zero: batch.ShareEqually})
	t.Errorf("%s: no policy gives %v; largest remainder %v %v", id, want, got, err)
}

// items makes the lines of a case.
func items(rows []any) []batch.Item {
	var out []batch.Item
	for i, r := range rows {
		m := dict(r)
		it := batch.Item{SKU: str(m["id"]) + fmt.Sprint(i), Units: 1}
		if q := str(m["qty"]); q != "" {
			it.Units = whole(q)
		}
		if v := str(m["value"]); v != "" {
			it.Value = inEuro(v)
		} else if u := str(m["unit"]); u != "" {
			v := new(big.Rat).Mul(num(u), new(big.Rat).SetInt64(it.Units))
			it.Value = inEuro(v.FloatString(6))
		}
		for _, k := range []string{"unit_weight_kg", "unit_weight", "weight", "weight_kg"} {
			if w := str(m[k]); w != "" {
				it.Weight, _ = unit.ParseWeightIn(w, "kg")
			}
		}
		for _, k := range []string{"unit_volume_m3", "unit_volume", "volume"} {
			if v := str(m[k]); v != "" {
				it.Volume, _ = unit.ParseVolumeIn(v, "m3")
			}
		}
		it.Cartons = whole(m["cartons"])
		out = append(out, it)
	}
	return out
}

func driver(t *testing.T, method string) batch.Driver {
	switch method {
	case "by_quantity", "by_qty", "by_units":
		return batch.ByUnits
	case "by_weight":
		return batch.ByWeight
	case "by_volume":
		return batch.ByVolume
	case "by_cartons":
		return batch.ByCartons
	case "equal", "equally":
		return batch.Equally
	case "by_value", "":
		return batch.ByValue
	}
	t.Errorf("no driver for %q", method)
	return batch.ByValue
}

func fractions(v any) []*big.Rat {
	var out []*big.Rat
	for _, s := range texts(v) {
		out = append(out, num(s))
	}
	return out
}

func TestPeerCases(t *testing.T) {
	count := tally{by: map[string][]string{}}
	ran := map[string]int{}
	for _, c := range cases(t, "peers.json") {
		in, want := c.Inputs, dict(c.Expected)
		ran[c.Kind]++
		switch c.Kind {
		case "allocation":
			peerAllocation(t, &count, c, in, want)
		case "allocation_invariant":
			peerInvariant(t, c, in, want)
		case "manual_allocation":
			var given []money.Money
			for _, s := range texts(in["manual"]) {
				given = append(given, inEuro(s))
			}
			got, err := batch.Settle(inEuro(in["amount"]), given, inEuro("0.01"))
			if err != nil || !sameAll(got, texts(want["shares"])) {
				t.Errorf("%s: %v %v", c.ID, got, err)
			}
		case "draw_down":
			peerDrawDown(t, c, in, want)
		case "batch_release":
			peerRelease(t, c, in, want)
		case "release_already_sold":
			out, received := whole(in["already_out_qty"]), whole(in["received_qty"])
			for k, v := range dict(in["portions_on_batch"]) {
				l := book(t, batch.FIFO, "EUR")
				post(t, l, batch.Entry{ID: "in", Kind: batch.Receipt, Effect: on(1), Batch: "B", SKU: "A", Warehouse: "W", Units: received, Cost: purchase("0")},
					batch.Entry{ID: "out", Kind: batch.Release, Effect: on(2), SKU: "A", Warehouse: "W", Order: "1", Units: out},
					batch.Entry{ID: "bill", Kind: batch.Bill, Effect: on(3), Batch: "B", SKU: "A", Cost: batch.CostOf(batch.FirstLeg, inEuro(v))})
				if got := l.Costs(batch.Query{})[0].Total().Sum(); rat(got).Cmp(num(dict(want["already_out_part"])[k])) != 0 {
					t.Errorf("%s: %s: %s", c.ID, k, got)
				}
			}
		case "unit_release":
			rows, err := batch.UnitPrices(inEuro(in["amount"]), whole(in["units"]), uint8(whole(in["decimals"])))
			even, err2 := batch.EvenUnitPrices(inEuro(in["amount"]), whole(in["units"]), uint8(whole(in["decimals"])))
			match := func(rows []batch.UnitPrice) bool {
				expect := list(want["per_unit"])
				if len(rows) != len(expect) {
					return false
				}
				for i, r := range rows {
					e := list(expect[i])
					if rat(r.Price).Cmp(num(e[0])) != 0 || r.Units != whole(e[1]) {
						return false
					}
				}
				return true
			}
			if err != nil || err2 != nil || !match(rows) && !match(even) {
				t.Errorf("%s: %v %v", c.ID, rows, err)
			}
		case "landed_cost_valuation":
			peerValuation(t, c, in, want)
		case "landed_cost_quote":
			peerLandedQuote(t, c, in, want)
		case "claim_cap":
			peerClaims(t, c, in, want)
		case "markup":
			peerMarkup(t, c, in, want)
		case "percent_with_cap", "min_payable":
			peerBounded(t, &count, c, in, want)
		case "refund":
			// A line's value less its part of the order's adjustment, drawn down: all returns sum to the whole.
			line := num(in["line_unit"])
			qty := whole(in["line_qty"])
			line.Mul(line, new(big.Rat).SetInt64(qty)).Add(line, num(in["order_adjustment"]))
			rows, err := batch.UnitPrices(inEuro(line.FloatString(2)), qty, 2)
			if err != nil {
				t.Fatal(err)
			}
			diff := new(big.Rat).Sub(rat(rows[0].Price), num(want["refund"]))
			if diff.Abs(diff).Cmp(big.NewRat(1, 100)) >= 0 {
				t.Errorf("%s: %v", c.ID, rows)
			}
		case "breakdown_invariant":
			var lines []money.Money
			for _, s := range texts(in["lines"]) {
				lines = append(lines, inEuro(s))
			}
			if _, err := batch.Settle(inEuro(in["total"]), lines, money.Money{}); !errors.Is(err, batch.ErrSum) {
				t.Errorf("%s: %v", c.ID, err)
			}
		case "storage_age_tiers", "storage_weekly_min_volume", "storage_free_days":
			peerStorage(t, c, in, want)
		default:
			t.Errorf("%s: the test does not know the kind %q", c.ID, c.Kind)
		}
	}
	t.Logf("%v", ran)
	t.Logf("%d numeric allocations, %d by largest remainder, the others %v", count.all, count.largest, count.by)
	if count.all-count.largest > max(1, count.all/20) {
		t.Errorf("only %d of %d by largest remainder: %v", count.largest, count.all, count.by)
	}
}

func peerAllocation(t *testing.T, count *tally, c caseRow, in, want map[string]any) {
	euro := country.Currency{'E', 'U', 'R'}
	total := inEuro(in["amount"])
	unit := unitOf(euro, in["decimals"])
	if refused := str(want["error"]); refused != "" {
		_, err := batch.Share(total, items(list(in["lines"])), batch.Spread{Driver: driver(t, str(in["method"]))})
		if err == nil || strings.Contains(refused, "zero") && !errors.Is(err, batch.ErrBasisZero) {
			t.Errorf("%s: %v", c.ID, err)
		}
		return
	}
	if perLot := texts(want["shares_per_lot"]); len(perLot) > 0 { // shared among receipts, then inside each among its lots
		lines := list(in["lines"])
		outer, err := provedShare(t, total, items(lines), batch.Spread{Driver: driver(t, str(in["method"]))})
		if err != nil {
			t.Fatal(err)
		}
		var got []money.Money
		for i, line := range lines {
			lots := list(dict(line)["lots"])
			inner, err := batch.Allocate(outer[i], ones(len(lots)), batch.Rule{})
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, inner...)
			id, qty := str(dict(line)["id"]), num(dict(line)["qty"])
			each := new(big.Rat).Quo(rat(outer[i]), qty)
			each.Add(each, num(dict(line)["unit"]))
			if w := dict(want["unit_cost_after"])[id]; w != nil && each.Cmp(num(w)) != 0 {
				t.Errorf("%s: unit cost of %s is %s", c.ID, id, each)
			}
		}
		if !sameAll(got, perLot) {
			t.Errorf("%s: %v", c.ID, got)
		}
		return
	}
	shares := texts(want["shares"])
	if w := in["weights"]; w != nil {
		count.allocation(t, c.ID, str(in["remainder"]), shares, func(r batch.Rule) ([]money.Money, error) {
			r.Unit = unit
			return provedRatios(t, total, fractions(w), r)
		})
		return
	}
	lines := list(in["lines"])
	spread := batch.Spread{Driver: driver(t, str(in["method"]))}
	for i, l := range lines {
		if e, ok := dict(l)["eligible"].(bool); !ok || e {
			spread.Lines = append(spread.Lines, i)
		}
	}
	count.allocation(t, c.ID, str(in["remainder"]), shares, func(r batch.Rule) ([]money.Money, error) {
		r.Unit = unit
		spread.Rule = r
		return provedShare(t, total, items(lines), spread)
	})
}

// provedRatios is AllocateRatios, with its explanation examined.
func provedRatios(t testing.TB, m money.Money, weights []*big.Rat, rule batch.Rule) ([]money.Money, error) {
	t.Helper()
	a, err := batch.ExplainAllocation(m, weights, rule)
	return proved(t, a, err)
}

// provedShare is Share, with its explanation examined.
func provedShare(t testing.TB, m money.Money, items []batch.Item, s batch.Spread) ([]money.Money, error) {
	t.Helper()
	a, err := batch.ExplainShare(m, items, s)
	return proved(t, a, err)
}

func proved(t testing.TB, a *batch.Allocation, err error) ([]money.Money, error) {
	t.Helper()
	if err != nil {
		return nil, err
	}
	batch.Examined(t, a.Record(language.English))
	return a.Shares(), nil
}

func ones(n int) []int64 {
	w := make([]int64, n)
	for i := range w {
		w[i] = 1
	}
	return w
}

func peerInvariant(t *testing.T, c caseRow, in, want map[string]any) {
	cur := country.Currency{'E', 'U', 'R'}
	if s := str(in["currency"]); s != "" {
		cur, _ = country.ParseCurrency(s)
	}
	total := amount(str(in["amount"]), cur.String())
	weights := fractions(in["weights"])
	if n := whole(in["units"]); n > 0 {
		for range n {
			weights = append(weights, big.NewRat(1, 1))
		}
	}
	unit := unitOf(cur, in["decimals"])
	of := func(m batch.Method) []money.Money {
		got, err := provedRatios(t, total, weights, batch.Rule{Method: m, Unit: unit})
		if err != nil {
			t.Errorf("%s: %v", c.ID, err)
		}
		return got
	}
	got := of(batch.LargestRemainder)
	sum := new(big.Rat)
	for _, g := range got {
		sum.Add(sum, rat(g))
	}
	for _, k := range []string{"sum", "wanted_sum"} {
		if w := want[k]; w != nil && sum.Cmp(num(w)) != 0 {
			t.Errorf("%s: the sum is %s", c.ID, sum)
		}
	}
	for k, m := range map[string]batch.Method{"largest_remainder": batch.LargestRemainder, "half_up_remainder_on_last": batch.LastLine, "pr_result": batch.UpLast} {
		if w := texts(want[k]); len(w) > 0 && !sameAll(of(m), w) {
			t.Errorf("%s: %s gives %v, want %v", c.ID, m, of(m), w)
		}
	}
	for _, k := range []string{"multiset", "shares_any_order"} {
		if w := texts(want[k]); len(w) > 0 {
			sorted := slices.Clone(got)
			slices.SortFunc(sorted, func(a, b money.Money) int { return rat(a).Cmp(rat(b)) })
			slices.SortFunc(w, func(a, b string) int { return num(a).Cmp(num(b)) })
			if !sameAll(sorted, w) {
				t.Errorf("%s: %v, want %v", c.ID, sorted, w)
			}
		}
	}
}

// on is a day of January 2026.
func on(d int) country.Date { return country.Date{Year: 2026, Month: 1, Day: uint8(d)} }

func book(t *testing.T, v batch.Valuation, currency string) *batch.Ledger {
	t.Helper()
	cur, err := country.ParseCurrency(currency)
	if err != nil {
		t.Fatal(err)
	}
	l, err := batch.New(batch.Options{Currency: cur, Method: v})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func post(t *testing.T, l *batch.Ledger, entries ...batch.Entry) {
	t.Helper()
	for _, e := range entries {
		if err := l.Post(e); err != nil {
			t.Fatalf("%s: %v", e.ID, err)
		}
	}
}

func purchase(s string) batch.Cost { return batch.CostOf(batch.Purchase, inEuro(s)) }

func peerDrawDown(t *testing.T, c caseRow, in, want map[string]any) {
	l := book(t, batch.FIFO, "EUR")
	post(t, l, batch.Entry{ID: "in", Kind: batch.Receipt, Effect: on(1), Batch: "B", SKU: "A", Warehouse: "W", Units: whole(in["units"]), Cost: purchase(str(in["total_value"]))})
	var got []money.Money
	for i, q := range list(in["draws"]) {
		order := fmt.Sprint(i)
		post(t, l, batch.Entry{ID: "out" + order, Kind: batch.Release, Effect: on(2 + i), SKU: "A", Warehouse: "W", Order: order, Units: whole(q)})
		got = append(got, l.Costs(batch.Query{Order: order})[0].Total().Sum())
	}
	left := new(big.Rat)
	for _, b := range l.Balances(country.Date{}) {
		left.Add(left, rat(b.Cost.Sum()))
	}
	if !sameAll(got, texts(want["draws"])) || left.Cmp(num(want["remaining"])) != 0 {
		t.Errorf("%s: %v, %s left", c.ID, got, left)
	}
}

func peerRelease(t *testing.T, c caseRow, in, want map[string]any) {
	v := map[string]batch.Valuation{"FIFO": batch.FIFO, "AVCO": batch.MovingAverage}[str(in["method"])]
	l := book(t, v, "EUR")
	received := map[string]int64{}
	unitOf := map[string]*big.Rat{}
	for i, ev := range list(in["events"]) {
		for k, x := range dict(ev) {
			m := dict(x)
			e := batch.Entry{ID: fmt.Sprint("e", i), Effect: on(1 + i), Batch: str(m["batch"]), SKU: "A", Warehouse: "W", Units: whole(m["qty"])}
			value := func(u *big.Rat, n int64) batch.Cost {
				return purchase(new(big.Rat).Mul(u, new(big.Rat).SetInt64(n)).FloatString(2))
			}
			switch k {
			case "in":
				e.Kind, e.Cost = batch.Receipt, value(num(m["unit"]), e.Units)
				received[e.Batch], unitOf[e.Batch] = e.Units, num(m["unit"])
			case "out":
				e.Kind, e.Order = batch.Release, fmt.Sprint("o", i)
				e.Pending, _ = m["oversold"].(bool)
			case "landed_cost":
				e.Kind, e.Units, e.Warehouse, e.Cost = batch.Bill, 0, "", batch.CostOf(batch.FirstLeg, inEuro(m["amount"]))
			case "correct_received":
				e.Kind, e.Units = batch.Correction, e.Units-received[e.Batch]
				e.Cost = value(unitOf[e.Batch], e.Units)
			default:
				t.Fatalf("%s: the test does not know the event %q", c.ID, k)
			}
			post(t, l, e)
		}
	}
	var units int64
	cost := new(big.Rat)
	for _, b := range l.Balances(country.Date{}) {
		units += b.Units
		cost.Add(cost, rat(b.Cost.Sum()))
	}
	if units != whole(want["qty_left"]) || cost.Cmp(num(want["value_left"])) != 0 {
		t.Errorf("%s: %d units, %s", c.ID, units, cost)
	}
}

func peerValuation(t *testing.T, c caseRow, in, want map[string]any) {
	euro := country.Currency{'E', 'U', 'R'}
	currency, rates := euro, (*money.Rates)(nil)
	var lines []batch.Item
	if unit := str(in["unit_eur"]); unit != "" { // bought in euros, kept in a base currency
		currency = country.Currency{'P', 'Y', 'G'}
		rate, err := money.ParseRate("1 EUR = " + str(in["fx_eur_to_base"]) + " PYG")
		if err != nil {
			t.Fatal(err)
		}
		if rates, err = money.NewRates(rate); err != nil {
			t.Fatal(err)
		}
		value := new(big.Rat).Mul(num(unit), num(in["qty"]))
		lines = []batch.Item{{SKU: "0", Units: whole(in["qty"]), Value: inEuro(value.FloatString(2))}}
		in["charge"] = in["charge_base"]
	} else {
		lines = items(list(in["lines"]))
	}
	var expenses []batch.Expense
	switch {
	case in["manual"] != nil:
		for i, m := range texts(in["manual"]) {
			expenses = append(expenses, batch.Expense{ID: fmt.Sprint("m", i), Component: batch.FirstLeg, Amount: inEuro(m), Spread: batch.Spread{Driver: batch.Equally, Lines: []int{i}}})
		}
	case str(in["then"]) != "cancel":
		expenses = append(expenses, batch.Expense{ID: "charge", Component: batch.FirstLeg, Amount: amount(str(in["charge"]), currency.String()), Spread: batch.Spread{Driver: driver(t, str(in["method"]))}})
	default:
		estimate := batch.Expense{ID: "charge", Component: batch.FirstLeg, Amount: inEuro(in["charge"]), Estimated: true}
		with, err := batch.Land(currency, rates, lines, estimate)
		if err != nil {
			t.Fatal(err)
		}
		estimate.Amount = inEuro("0")
		estimate.Estimated = false
		without, err := with.Actual(estimate)
		if err != nil {
			t.Fatal(err)
		}
		checkValuation(t, c, without, want)
		return
	}
	l, err := batch.Land(currency, rates, lines, expenses...)
	if err != nil {
		t.Errorf("%s: %v", c.ID, err)
		return
	}
	if per := want["per_unit_charge"]; per != nil {
		for s := range l.Shares() {
			if each := new(big.Rat).Quo(rat(s.Amount), new(big.Rat).SetInt64(l.Item(s.Item).Units)); each.Cmp(num(per)) != 0 {
				t.Errorf("%s: %s a unit", c.ID, each)
			}
		}
	}
	checkValuation(t, c, l, want)
}

func checkValuation(t *testing.T, c caseRow, l *batch.Landed, want map[string]any) {
	total, err := l.Total()
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range []string{"total", "value_after"} {
		if w := want[k]; w != nil && rat(total.Sum()).Cmp(num(w)) != 0 {
			t.Errorf("%s: %s", c.ID, total)
		}
	}
	r := l.Record(language.English)
	batch.Examined(t, r)
	if n := l.Len(); r.Totals[n].Value.Cmp(rat(total.Sum())) != 0 {
		t.Errorf("%s: proved %s", c.ID, r.Totals[n].Value)
	}
	after := texts(want["unit_after"])
	if len(after) == 0 && want["unit_after"] != nil {
		after = []string{str(want["unit_after"])}
	}
	for i, w := range after {
		rows, err := l.UnitCost(i, uint8(max(2, 0)))
		if err != nil || len(rows) != 1 || rat(rows[0].Price).Cmp(num(w)) != 0 {
			t.Errorf("%s: line %d is %v %v, want %s", c.ID, i, rows, err, w)
		}
	}
}

func peerClaims(t *testing.T, c caseRow, in, want map[string]any) {
	l := book(t, batch.FIFO, "EUR")
	post(t, l, batch.Entry{ID: "in", Kind: batch.Receipt, Effect: on(1), Batch: "B", SKU: "A", Warehouse: "W", Units: 10, Cost: purchase("0")},
		batch.Entry{ID: "inv", Kind: batch.Invoice, Effect: on(1), Cost: batch.CostOf(batch.FirstLeg, inEuro(in["invoice_amount"]))})
	n := 0
	claim := func(s string) error {
		n++
		return l.Post(batch.Entry{ID: fmt.Sprint("c", n), Kind: batch.Bill, Effect: on(2 + n), Batch: "B", SKU: "A", Invoice: "inv", Cost: batch.CostOf(batch.FirstLeg, inEuro(s))})
	}
	for _, s := range texts(in["claims_in_order"]) {
		if err := claim(s); err != nil {
			t.Fatal(c.ID, err)
		}
	}
	if s := str(in["then_cancel"]); s != "" {
		if err := claim("-" + s); err != nil {
			t.Fatal(c.ID, err)
		}
	}
	left := l.Sums(country.Date{})[batch.Invoiced].Cost.Sum()
	if rat(left).Cmp(num(want["claimable_after"])) != 0 {
		t.Errorf("%s: %s left", c.ID, left)
	}
	claimed := new(big.Rat).Sub(num(in["invoice_amount"]), rat(left))
	if w := want["claimed"]; w != nil && claimed.Cmp(num(w)) != 0 {
		t.Errorf("%s: %s claimed", c.ID, claimed)
	}
	for k, w := range want {
		if s, ok := strings.CutPrefix(k, "next_claim_"); ok && str(w) == "error" {
			if err := claim(s); !errors.Is(err, batch.ErrLimit) {
				t.Errorf("%s: %v", c.ID, err)
			}
		}
	}
}

// peerMarkup prices a markup on a total by a card: an input says for whom it is.
func peerMarkup(t *testing.T, c caseRow, in, want map[string]any) {
	m := dict(in["markup"])
	when := ""
	facts := fees.Facts{}
	inputs := []string{}
	for _, k := range []string{"carrier", "service", "connection"} {
		only := texts(m["only_"+k+"s"])
		if len(only) == 0 {
			continue
		}
		values := slices.Clone(only)
		if v := str(in[k]); !slices.Contains(values, v) {
			values = append(values, v)
		}
		list, _ := json.Marshal(values)
		onlyList, _ := json.Marshal(only)
		inputs = append(inputs, fmt.Sprintf(`%q: {"values": %s}`, k, list))
		when = fmt.Sprintf(`"when": {%q: %s},`, k, onlyList)
		facts[k] = str(in[k])
	}
	price := fmt.Sprintf(`"price": %q`, str(m["value"]))
	if p := str(m["type"]); p == "pct" || p == "percent" || p == "percentage" {
		price = fmt.Sprintf(`"percent": "%s%%", "of": ["base"]`, str(m["value"]))
	}
	calc := card(t, fmt.Sprintf(`"inputs": {%s}, "charges": [
		{"on": "order", "code": "base", "family": "local_delivery", "price": %q},
		{"on": "order", "code": "markup", "family": "other", %s %s}]`, strings.Join(inputs, ","), str(in["total"]), when, price))
	q, err := calc.Quote(&fees.Order{Date: on(1), Country: country.Code{'D', 'E'}, Parcels: []fees.Parcel{{}}, Facts: facts})
	if err != nil {
		t.Errorf("%s: %v", c.ID, err)
		return
	}
	if sum, _ := q.Sum(); rat(sum).Cmp(num(want["total"])) != 0 {
		t.Errorf("%s: %s", c.ID, sum)
	}
}

// card compiles a card in euros from its inputs and charges.
func card(t *testing.T, rest string) *fees.Calculator {
	t.Helper()
	c, err := fees.ParseCard(strings.NewReader(`{"schema": "overseas/ratecard/1", "id": "case", "title": "case", "provider": "case", "country": "DE",
		"currency": "EUR", "tax": "none", "effective": {"from": "2020-01-01"},
		"sources": [{"url": "https://example.org/", "seen": "2026-01-01", "note": "test data"}], ` + rest + `}`))
	if err != nil {
		t.Fatalf("%v\n%s", err, rest)
	}
	calc, err := fees.Compile(c)
	if err != nil {
		t.Fatal(err)
	}
	return calc
}

// peerBounded shares a bounded charge among the lines that it is for.
func peerBounded(t *testing.T, count *tally, c caseRow, in, want map[string]any) {
	var lines []string
	total := new(big.Rat)
	switch c.Kind {
	case "percent_with_cap":
		lines = texts(in["lines"])
		for _, l := range lines {
			total.Add(total, num(l))
		}
		total.Mul(total, num(in["pct"])).Quo(total, big.NewRat(100, 1))
		if limit := num(in["cap"]); total.Cmp(limit) > 0 {
			total = limit
		}
	default:
		for _, l := range append(texts(in["charges"]), texts(in["charges_on_first_line"])...) {
			total.Add(total, num(l))
		}
		if low := num(in["minimum"]); total.Cmp(low) < 0 {
			total = low
		}
		for range whole(in["line_values_equal"]) {
			lines = append(lines, "1")
		}
	}
	if total.Cmp(num(want["total"])) != 0 {
		t.Errorf("%s: total %s", c.ID, total.FloatString(2))
	}
	run := func(r batch.Rule) ([]money.Money, error) {
		var weights []*big.Rat
		for _, l := range lines {
			weights = append(weights, num(l))
		}
		return provedRatios(t, inEuro(total.FloatString(2)), weights, r)
	}
	for _, k := range []string{"shares", "per_line"} {
		if w := texts(want[k]); len(w) > 0 {
			if lr := texts(want["largest_remainder"]); len(lr) > 0 { // the peer differs, by a policy with a name
				if got, err := run(batch.Rule{}); err != nil || !sameAll(got, lr) {
					t.Errorf("%s: %v %v", c.ID, got, err)
				}
				if got, err := run(batch.Rule{Method: batch.FirstLines}); err != nil || !sameAll(got, w) {
					t.Errorf("%s: %v %v", c.ID, got, err)
				}
				continue
			}
			count.allocation(t, c.ID, "", w, run)
		}
	}
}

func TestOracleCases(t *testing.T) {
	count := tally{by: map[string][]string{}}
	for _, c := range cases(t, "oracles.json") {
		in := c.Inputs
		cur := country.Currency{'E', 'U', 'R'}
		if s := str(in["currency"]); s != "" {
			cur, _ = country.ParseCurrency(s)
		}
		weights := fractions(in["weights"])
		for range whole(in["parts"]) {
			weights = append(weights, big.NewRat(1, 1))
		}
		var total, unit money.Money
		switch {
		case in["total_minor"] != nil:
			total, _ = money.Of(whole(in["total_minor"]), 2, cur)
		default:
			total = amount(str(in["amount"]), cur.String())
		}
		switch {
		case str(in["unit"]) != "": // a fraction of the unit: 1/20 is 0.05
			unit = amount(num(in["unit"]).FloatString(2), cur.String())
		case in["scale"] != nil:
			unit = unitOf(cur, in["scale"])
		}
		run := func(r batch.Rule) ([]money.Money, error) {
			r.Unit = unit
			return provedRatios(t, total, weights, r)
		}
		switch c.Kind {
		case "allocate.error":
			r := batch.Rule{}
			if got, err := run(r); err == nil {
				t.Errorf("%s: %v", c.ID, got)
			}
		case "allocate.divergence":
			for name, w := range dict(c.Expected) {
				m, err := batch.ParseMethod(name)
				if err != nil {
					t.Error(c.ID, err)
				}
				if got, err := run(batch.Rule{Method: m}); err != nil || !sameAll(got, minor(w)) {
					t.Errorf("%s: %s gives %v %v", c.ID, name, got, err)
				}
			}
		case "allocate":
			want := minor(c.Expected)
			if name := str(in["algorithm"]); name != "" {
				m, ok := byName(name)
				got, err := run(batch.Rule{Method: m})
				if !ok || err != nil || !sameAll(got, want) {
					t.Errorf("%s: %s gives %v %v, want %v", c.ID, name, got, err, want)
				}
				continue
			}
			count.allocation(t, c.ID, "", want, run)
		default:
			t.Errorf("%s: the test does not know the kind %q", c.ID, c.Kind)
		}
	}
	t.Logf("%d without a named policy, %d by largest remainder, the others %v", count.all, count.largest, count.by)
}

// minor reads expected shares: whole cents, or texts such as "USD 0.34".
func minor(v any) []string {
	var out []string
	for _, x := range list(v) {
		s := str(x)
		if i := strings.IndexByte(s, ' '); i >= 0 {
			out = append(out, s[i+1:])
		} else if strings.Contains(s, ".") {
			out = append(out, s)
		} else {
			out = append(out, new(big.Rat).Quo(num(s), big.NewRat(100, 1)).FloatString(2))
		}
	}
	return out
}

// storageFee carries units through a ledger and prices their stay by a card.
func storageFee(t *testing.T, id string, calc *fees.Calculator, units int64, g batch.Goods, days int, warehouse string) money.Money {
	t.Helper()
	l := book(t, batch.FIFO, "EUR")
	post(t, l, batch.Entry{ID: "in", Kind: batch.Receipt, Effect: on(5), Batch: "B", SKU: "A", Warehouse: warehouse, Units: units, Cost: purchase("0")})
	to, err := on(5).AddDays(days)
	if err != nil {
		t.Fatal(err)
	}
	code := country.Code{'D', 'E'}
	if warehouse == "LAX" {
		code = country.Code{'U', 'S'}
	}
	s, err := l.Stay(batch.StayQuery{Warehouse: warehouse, Country: code, From: on(5), To: to, Goods: map[string]batch.Goods{"A": g}})
	if err != nil {
		t.Fatal(id, err)
	}
	q, err := calc.Quote(s)
	if err != nil {
		t.Errorf("%s: %v", id, err)
		return money.Money{}
	}
	sum, err := q.Sum()
	if err != nil {
		t.Fatal(id, err)
	}
	return sum
}

func volume(t *testing.T, v any, symbol string) batch.Goods {
	x, err := unit.ParseVolumeIn(str(v), symbol)
	if err != nil {
		t.Fatal(err)
	}
	return batch.Goods{Volume: x}
}

func peerStorage(t *testing.T, c caseRow, in, want map[string]any) {
	var got money.Money
	switch c.Kind {
	case "storage_age_tiers":
		var to, rates []string
		for _, tier := range list(in["tiers"]) {
			m := dict(tier)
			if m["to_day"] == nil {
				to = append(to, `"more"`)
			} else {
				to = append(to, fmt.Sprintf("%q", str(m["to_day"])))
			}
			rates = append(rates, fmt.Sprintf("%q", str(m["rate"])))
		}
		calc := card(t, fmt.Sprintf(`"charges": [{"on": "store", "code": "storage", "family": "storage", "each": "lot", "per": "volume", "unit": "m3",
			"time": {"per": "day"}, "price": {"by": [{"of": "day", "upTo": [%s]}], "table": [%s]}}]`, strings.Join(to, ","), strings.Join(rates, ",")))
		got = storageFee(t, c.ID, calc, 1, volume(t, in["cbm"], "m3"), int(whole(in["days"])), "W")
	case "storage_weekly_min_volume":
		calc := card(t, fmt.Sprintf(`"measures": {"stored": [{"each": "piece", "of": "volume", "min": "%s ft3"}, {"sum": "account", "min": "%s ft3"}]},
			"charges": [{"on": "store", "code": "storage", "family": "storage", "per": "stored", "unit": "ft3",
			"time": {"per": "week", "basis": "snapshot", "on": "monday"}, "price": %q, "round": {"mode": "half_up", "to": "0.0001"}}]`, str(in["min_unit_cuft"]), str(in["min_total_cuft"]), str(in["rate_per_cuft_week"])))
		got = storageFee(t, c.ID, calc, whole(in["units"]), volume(t, in["unit_volume_cuft"], "ft3"), 7*int(whole(in["weeks"])), "W")
	case "storage_free_days":
		calc := card(t, fmt.Sprintf(`"measures": {"stored": [{"sum": "account", "of": "volume", "min": "%s m3"}]},
			"charges": [{"on": "store", "code": "storage", "family": "storage", "each": "lot", "per": "volume", "unit": "m3",
			"time": {"per": "day"}, "price": {"by": [{"of": "day", "upTo": ["%s", "more"]}], "table": ["0", %q]}}]`, str(in["min_cbm"]), str(in["free_days"]), str(in["rate_per_cbm_day"])))
		got = storageFee(t, c.ID, calc, 1, volume(t, in["cbm"], "m3"), int(whole(in["days"])), "W")
	}
	if rat(got).Cmp(num(want["fee"])) != 0 {
		t.Errorf("%s: %s, want %s", c.ID, got, want["fee"])
	}
}

func TestPublishedStorage(t *testing.T) {
	f, err := os.Open("../../examples/ratecards/us-360fbz-lax.json")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lax, err := fees.ParseCard(f)
	if err != nil {
		t.Fatal(err)
	}
	fbz, err := fees.Compile(lax)
	if err != nil {
		t.Fatal(err)
	}
	inches := func(v any) batch.Goods {
		s, err := unit.ParseSize(strings.Join(texts(v), "x") + " in")
		if err != nil {
			t.Fatal(err)
		}
		return batch.Goods{Size: s}
	}
	for _, c := range cases(t, "fees.json") {
		in := c.Given
		check := func(got money.Money, want any) {
			t.Helper()
			if rat(got).Cmp(num(want)) != 0 {
				t.Errorf("%s: %s, want %v", c.ID, got, want)
			}
		}
		switch {
		case c.Result["fee_cents"] != nil:
			check(storageFee(t, c.ID, fbz, whole(in["units"]), inches(in["inches"]), 7, "LAX"), c.Result["fee_cents"])
		case in["rate_ft3_month"] != nil:
			calc := card(t, fmt.Sprintf(`"charges": [{"on": "store", "code": "storage", "family": "storage", "per": "volume", "unit": "ft3",
				"time": {"per": "month"}, "price": %q, "round": {"mode": "half_up", "to": "0.00000001"}}]`, strings.Fields(str(in["rate_ft3_month"]))[0]))
			for i, k := range []string{"one_exact", "thousand_exact"} {
				check(monthFee(t, calc, whole(list(in["units"])[i]), inches(in["inches"]), nil), c.Recomp[k])
			}
		case in["pallets"] != nil:
			sum := new(big.Rat)
			place := func(n int64, rate string) {
				calc := card(t, fmt.Sprintf(`"charges": [{"on": "store", "code": "place", "family": "storage", "each": "lot", "per": "unit",
					"time": {"per": "month"}, "price": %q}]`, rate))
				sum.Add(sum, rat(monthFee(t, calc, n, batch.Goods{}, nil)))
			}
			place(whole(in["pallets"]), str(in["pallet_month"]))
			for i, n := range list(in["shelf_places"]) {
				place(whole(n), str(list(in["shelf_rates"])[i]))
			}
			if sum.Cmp(num(c.Recomp["total"])) != 0 {
				t.Errorf("%s: %s", c.ID, sum)
			}
		case c.Recomp["implied_per_m3_day"] != nil:
			// Amounts with three decimals: the published price, rounded there.
			calc := card(t, fmt.Sprintf(`"charges": [{"on": "store", "code": "day", "family": "storage", "each": "lot", "per": "volume", "unit": "m3",
				"time": {"per": "day"}, "price": %q, "round": {"mode": "half_up", "to": "0.001"}}]`, str(c.Recomp["implied_per_m3_day"])))
			check(storageFee(t, c.ID, calc, 1, volume(t, in["volume_m3"], "m3"), 1, "W"), c.Printed["amount"])
		default:
			t.Errorf("%s: the test does not know what is given: %v", c.ID, in)
		}
	}
}

// monthFee is the price of one whole month.
func monthFee(t *testing.T, calc *fees.Calculator, units int64, g batch.Goods, facts fees.Facts) money.Money {
	t.Helper()
	l := book(t, batch.FIFO, "EUR")
	post(t, l, batch.Entry{ID: "in", Kind: batch.Receipt, Effect: on(1), Batch: "B", SKU: "A", Warehouse: "W", Units: units, Cost: purchase("0")})
	s, err := l.Stay(batch.StayQuery{Warehouse: "W", Country: country.Code{'D', 'E'}, From: on(1), To: country.Date{Year: 2026, Month: 2, Day: 1}, Goods: map[string]batch.Goods{"A": g}, Facts: facts})
	if err != nil {
		t.Fatal(err)
	}
	q, err := calc.Quote(s)
	if err != nil {
		t.Fatal(err)
	}
	sum, err := q.Sum()
	if err != nil {
		t.Fatal(err)
	}
	return sum
}

// peerLandedQuote prices an import by a card made of the case: duty on the value up to the border, VAT, and fees.
func peerLandedQuote(t *testing.T, c caseRow, in, want map[string]any) {
	base := `"customs_value", "duty"`
	if str(in["vat_base"]) == "CIF" {
		base = `"customs_value"`
	}
	charges := []string{`{"on": "import", "code": "duty", "family": "tariff", "each": "line", "given": "duties", "of": ["customs_value"]}`}
	vat := fmt.Sprintf(`{"on": "import", "code": "vat", "family": "tariff", "each": "line", "percent": "%s%%", "of": ["vat_base"]}`, str(in["vat_pct"]))
	if collected, _ := in["vat_collected_at_checkout"].(bool); collected {
		vat = fmt.Sprintf(`{"on": "import", "code": "checkout_vat", "family": "tariff", "each": "line", "percent": "%s%%", "of": ["customs_value"]}`, str(in["vat_pct"]))
	}
	charges = append(charges, vat)
	var unmodelled []string
	for i, x := range list(in["fees"]) {
		f := dict(x)
		charge := fmt.Sprintf(`{"on": "import", "code": "fee%d", "family": "other"`, i)
		pct := str(f["pct"])
		if pct == "" {
			pct = str(f["raw"]) // a percentage says so: there is no bare number that could be one or the other
		}
		switch {
		case str(f["converted"]) != "":
			charge += fmt.Sprintf(`, "price": %q`, str(f["converted"]))
		case str(f["fixed"]) != "":
			charge += fmt.Sprintf(`, "price": %q`, str(f["fixed"]))
		case str(f["pct_of"]) == "CIF":
			charge += fmt.Sprintf(`, "percent": "%s%%", "of": ["customs_value"]`, pct)
		case str(f["pct_of"]) == "DUTY":
			charge += fmt.Sprintf(`, "percent": "%s%%", "of": ["duty"]`, pct)
		case str(f["per_liter"]) != "":
			charge += fmt.Sprintf(`, "per": "litre", "price": %q`, str(f["per_liter"]))
		default:
			for k := range f {
				unmodelled = append(unmodelled, strings.TrimPrefix(k, "per_"))
			}
			continue
		}
		for _, k := range []string{"min", "max"} {
			if v := str(f[k]); v != "" {
				charge += fmt.Sprintf(`, %q: %q`, k, v)
			}
		}
		charges = append(charges, charge+"}")
	}
	inputs, facts := "", fees.Facts{}
	if l := str(in["liters"]); l != "" {
		inputs = `"inputs": {"litre": {"kind": "decimal"}},`
		facts["litre"] = l
	}
	calc := card(t, inputs+`"rounding": {"mode": "half_up", "to": "0.0001", "each": "line"}, "amounts": {
			"customs_value": {"on": "import", "each": "line", "sum": ["goods", "freight_to_border"]},
			"vat_base": {"on": "import", "each": "line", "sum": [`+base+`]}},
		"charges": [`+strings.Join(charges, ",")+`]`)
	rate, err := unit.ParsePercent(str(in["duty_pct"]) + "%")
	if err != nil {
		t.Fatal(err)
	}
	q, err := calc.Quote(&fees.Entry{Date: on(1), Destination: country.Code{'D', 'E'}, Facts: facts, Lines: []fees.EntryLine{{
		SKU: "A", HS: "950300", Units: max(1, whole(in["qty"])), Goods: inEuro(in["goods"]), FreightToBorder: inEuro(in["freight"]),
		Duties: []fees.Duty{{Code: "mfn", Rate: rate}},
	}}})
	if err != nil {
		t.Errorf("%s: %v", c.ID, err)
		return
	}
	got := map[string]*big.Rat{"fees": new(big.Rat), "CIF": new(big.Rat).Add(num(in["goods"]), num(in["freight"])), "import_vat": new(big.Rat)}
	sum := new(big.Rat).Set(got["CIF"])
	for l := range q.Lines() {
		v := rat(l.Amount())
		sum.Add(sum, v)
		if strings.HasPrefix(l.Code(), "fee") {
			got["fees"].Add(got["fees"], v)
		} else {
			got[l.Code()] = v
		}
	}
	got["total"] = sum
	for k, w := range want {
		switch k {
		case "confidence", "wanted":
		case "not_modelled":
			for _, name := range texts(w) {
				if !slices.ContainsFunc(unmodelled, func(u string) bool { return strings.EqualFold(u, name) }) {
					t.Errorf("%s: %s is not named", c.ID, name)
				}
			}
		default:
			if got[k] == nil || got[k].Cmp(num(w)) != 0 {
				t.Errorf("%s: %s is %v, want %v", c.ID, k, got[k], w)
			}
		}
	}
}
