package batch

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees"
	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/fees/unit"
)

func litres(t testing.TB, s string) Goods {
	t.Helper()
	v, err := unit.ParseVolumeIn(s, "l")
	if err != nil {
		t.Fatal(err)
	}
	return Goods{Volume: v}
}

func lots(s *fees.Stay) string {
	var b strings.Builder
	for _, x := range s.Lots {
		fmt.Fprintf(&b, "%s/%s %s %s..%s %d\n", x.SKU, x.Batch, x.Arrived, x.From, x.To, x.Units)
	}
	return b.String()
}

func TestStay(t *testing.T) {
	l := ledger(t, FIFO,
		"i receipt 2026-01-10 batch=B sku=A warehouse=W units=10 purchase=10",
		"a release 2026-01-15 order=1 sku=A warehouse=W units=2",
		"b release 2026-01-15 order=2 sku=A warehouse=W units=1",
		"x transfer 2026-01-20 sku=A warehouse=W to=V units=3",
		"d damage 2026-01-25 sku=A warehouse=W units=1",
		"r return 2026-02-03 order=1 sku=A warehouse=W units=1",
		"c release 2026-03-01 order=3 sku=A warehouse=W units=2",
	)
	q := StayQuery{Warehouse: "W", Country: country.Code{'D', 'E'}, From: day(t, "2026-01-01"), To: day(t, "2026-02-01"), Goods: map[string]Goods{"A": litres(t, "1")}}
	for _, c := range []struct {
		name string
		set  func(*StayQuery)
		want string
	}{
		{"the first month", func(q *StayQuery) {},
			"A/B 2026-01-10 2026-01-10..2026-01-15 3\nA/B 2026-01-10 2026-01-10..2026-01-20 3\nA/B 2026-01-10 2026-01-10..2026-01-25 1\nA/B 2026-01-10 2026-01-10.. 3\nA/B 2026-01-10 2026-01-25.. 1\n"},
		{"a later month", func(q *StayQuery) { q.From, q.To = day(t, "2026-02-01"), day(t, "2026-03-02") },
			"A/B 2026-01-10 2026-02-01..2026-03-01 2\nA/B 2026-01-10 2026-02-01.. 1\nA/B 2026-01-10 2026-02-01.. 1\nA/B 2026-02-03 2026-02-03.. 1\n"},
		{"as it was known in January", func(q *StayQuery) {
			q.From, q.To, q.AsOf = day(t, "2026-02-01"), day(t, "2026-03-02"), day(t, "2026-01-31")
		}, "A/B 2026-01-10 2026-02-01.. 3\nA/B 2026-01-10 2026-02-01.. 1\n"},
		{"sold by a day", func(q *StayQuery) {
			q.From, q.To, q.SoldBy = day(t, "2026-03-01"), day(t, "2026-04-01"), day(t, "2026-03-11")
		}, "A/B 2026-01-10 2026-03-01..2026-03-11 1\nA/B 2026-01-10 2026-03-01..2026-03-11 1\nA/B 2026-02-03 2026-03-01..2026-03-11 1\n"},
		{"the other warehouse", func(q *StayQuery) { q.Warehouse = "V" }, "A/B 2026-01-20 2026-01-20.. 3\n"},
	} {
		query := q
		c.set(&query)
		s, err := l.Stay(query)
		if err != nil {
			t.Fatal(err)
		}
		if got := lots(s); got != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
	// The lots of several ledgers stand on one bill.
	other := ledger(t, FIFO, "h receipt 2026-01-04 batch=C sku=A warehouse=W units=3 purchase=10", "i receipt 2026-01-05 batch=C sku=B warehouse=W units=4 purchase=10")
	both := q
	both.Goods = map[string]Goods{"A": litres(t, "1"), "B": litres(t, "2")}
	all, err := l.AppendLots(nil, both)
	if err == nil {
		all, err = other.AppendLots(all, both)
	}
	first, _ := l.Stay(q)
	if want := lots(first) + "A/C 2026-01-04 2026-01-04.. 3\nB/C 2026-01-05 2026-01-05.. 4\n"; err != nil || lots(&fees.Stay{Lots: all}) != want || all[6].Volume != litres(t, "2").Volume {
		t.Errorf("%v:\n%s\nwant\n%s", err, lots(&fees.Stay{Lots: all}), want)
	}
	if again, err := other.AppendLots(all, q); !errors.Is(err, ErrNoLines) || len(again) != len(all) {
		t.Error(len(again), err)
	}
	if _, err := l.Stay(StayQuery{Warehouse: "W", From: q.From, To: q.To}); !errors.Is(err, ErrNoLines) {
		t.Error(err)
	}
	if _, err := l.Stay(StayQuery{Warehouse: "W", From: q.To, To: q.From}); !errors.Is(err, ErrOrder) {
		t.Error(err)
	}
	if s, err := (*Ledger)(nil).Stay(q); err != nil || len(s.Lots) > 0 {
		t.Error(s, err)
	}
	ahead, err := l.Ahead(StayQuery{Warehouse: "W", From: day(t, "2026-03-05"), Goods: q.Goods}, day(t, "2026-05-10"))
	if err != nil || len(ahead) != 3 || ahead[2].To != day(t, "2026-05-10") {
		t.Error(ahead, err)
	}
}

// TestShareStay spreads a minimum bill of the account over the batches and books it.
func TestShareStay(t *testing.T) {
	l := ledger(t, FIFO,
		"i receipt 2026-01-01 batch=B sku=A warehouse=W units=10 purchase=10",
		"j receipt 2026-01-16 batch=C sku=A warehouse=W units=20 purchase=20",
		"a release 2026-01-17 order=1 sku=A warehouse=W units=5")
	s, err := l.Stay(StayQuery{Warehouse: "W", Country: country.Code{'U', 'S'}, From: day(t, "2026-01-01"), To: day(t, "2026-02-01"), Goods: map[string]Goods{"A": litres(t, "1")}})
	if err != nil {
		t.Fatal(err)
	}
	calc, err := fees.Compile(storageCard(t, `"measures": {"stored": [{"sum": "account", "of": "volume", "min": "1 m3"}]},
		"charges": [{"on": "store", "code": "storage", "family": "storage", "per": "stored", "unit": "m3", "time": {"per": "month"}, "price": "33.33"}]`))
	if err != nil {
		t.Fatal(err)
	}
	quote, err := calc.Quote(s)
	if err != nil {
		t.Fatal(err)
	}
	total, err := quote.In(euro, nil)
	if err != nil {
		t.Fatal(err)
	}
	shares, err := ShareStay(total, s, ByVolume)
	if err != nil {
		t.Fatal(err)
	}
	var sum money.Money = eur(t, "0.00")
	for _, x := range shares {
		if sum, err = sum.Add(x.Amount); err != nil {
			t.Fatal(err)
		}
	}
	if !sum.Equal(total.Sum()) || len(shares) != 2 {
		t.Errorf("shares %v of %s", shares, total.Sum())
	}
	bills, err := StorageBills("storage/2026-01", day(t, "2026-02-01"), s, shares)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range bills {
		if err := l.Post(e); err != nil {
			t.Fatal(err)
		}
	}
	again, err := l.Stay(StayQuery{Warehouse: "W", Country: country.Code{'U', 'S'}, From: day(t, "2026-01-01"), To: day(t, "2026-02-01"), Goods: map[string]Goods{"A": litres(t, "1")}})
	if err != nil || lots(again) != lots(s) {
		t.Errorf("billed twice: %s", lots(again))
	}
	conserved(t, l)
	if got := l.Costs(Query{})[0].Goods.Part(Storage); got.Sign() <= 0 {
		t.Errorf("the units that were sold bear %s of the storage", got)
	}
	if _, err := ShareStay(total, s, ByCartons); !errors.Is(err, ErrUnknown) {
		t.Error(err)
	}
}

func storageCard(t testing.TB, rest string) *fees.Card {
	t.Helper()
	c, err := fees.ParseCard(strings.NewReader(`{"schema": "overseas/ratecard/1", "id": "storage", "title": "storage", "provider": "test", "country": "US",
		"currency": "EUR", "tax": "none", "effective": {"from": "2020-01-01"},
		"sources": [{"url": "https://example.org/", "seen": "2026-01-01", "note": "test data"}], ` + rest + `}`))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// busy makes a ledger of batches, each of a SKU of its own and each released from on many days spread over the year, so
// that no two movements end in one lot.
func busy(t testing.TB, batches, movements int) *Ledger {
	t.Helper()
	l, err := New(Options{Currency: euro, Method: FIFO})
	if err != nil {
		t.Fatal(err)
	}
	first := country.Date{Year: 2026, Month: 1, Day: 1}
	per := movements/batches - 1
	id := 0
	post := func(e Entry) {
		id++
		e.ID = fmt.Sprintf("m%08d", id)
		if err := l.Post(e); err != nil {
			t.Fatal(err)
		}
	}
	cost := CostOf(Purchase, eur(t, "1000.00"))
	for b := range batches {
		post(Entry{Kind: Receipt, Effect: first, Batch: fmt.Sprintf("B%05d", b), SKU: fmt.Sprintf("S%05d", b), Warehouse: "W", Units: int64(per) + 10, Cost: cost})
	}
	for k := range per {
		date, _ := first.AddDays(1 + k*363/per)
		for b := range batches {
			post(Entry{Kind: Release, Effect: date, SKU: fmt.Sprintf("S%05d", b), Warehouse: "W", Units: 1, Order: fmt.Sprintf("o%08d", id)})
		}
	}
	return l
}

// year bills the storage of twelve months and returns the number of lots.
func year(t testing.TB, l *Ledger, calc *fees.Calculator, goods map[string]Goods) int {
	n := 0
	var q fees.Quote
	from := country.Date{Year: 2026, Month: 1, Day: 1}
	for range 12 {
		next, _ := from.LastOfMonth().AddDays(1)
		s, err := l.Stay(StayQuery{Warehouse: "W", Country: country.Code{'U', 'S'}, From: from, To: next, Goods: goods})
		if err != nil {
			t.Fatal(err)
		}
		if err := calc.QuoteInto(&q, s); err != nil {
			t.Fatal(err)
		}
		n += len(s.Lots)
		from = next
	}
	return n
}

func storageOfUS(t testing.TB) (*fees.Calculator, map[string]Goods) {
	t.Helper()
	f, err := os.Open("../../examples/ratecards/us-52by.json")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	card, err := fees.ParseCard(f)
	if err != nil {
		t.Fatal(err)
	}
	calc, err := fees.Compile(card)
	if err != nil {
		t.Fatal(err)
	}
	goods := map[string]Goods{}
	for i := range 10_000 {
		goods[fmt.Sprintf("S%05d", i)] = litres(t, "2.5")
	}
	return calc, goods
}

// TestYearOfStorage holds that the cost of a year's bills grows with the movements; the benchmark has the full size.
func TestYearOfStorage(t *testing.T) {
	if testing.Short() {
		t.Skip()
	}
	calc, goods := storageOfUS(t)
	took := func(movements int) time.Duration {
		l := busy(t, 200, movements)
		best := time.Hour
		for range 3 {
			start := time.Now()
			year(t, l, calc, goods)
			best = min(best, time.Since(start))
		}
		return best
	}
	small, large := took(5_000), took(20_000)
	t.Logf("5,000 movements %s, 20,000 movements %s", small, large)
	if large > 12*small+time.Second {
		t.Errorf("four times the movements take %s instead of %s", large, small)
	}
}

// BenchmarkYearOfStorage is a year's storage bills, month by month, over 10,000 batches and 1,000,000 movements.
func BenchmarkYearOfStorage(b *testing.B) {
	calc, goods := storageOfUS(b)
	l := busy(b, 10_000, 1_000_000)
	b.ReportAllocs()
	for b.Loop() {
		b.ReportMetric(float64(year(b, l, calc, goods)), "lots")
	}
}

// BenchmarkPost is entries posted in order.
func BenchmarkPost(b *testing.B) {
	for b.Loop() {
		busy(b, 100, 10_000)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/10_100, "ns/entry")
}
