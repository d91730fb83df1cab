package batch

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees/money"
)

func day(t testing.TB, s string) country.Date {
	t.Helper()
	d, err := country.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func eur(t testing.TB, s string) money.Money {
	t.Helper()
	m, err := money.ParseIn(s, "EUR")
	if err != nil {
		t.Fatal(err)
	}
	return m
}

var euro = country.Currency{'E', 'U', 'R'}

// entry reads a line such as "r1 receipt 2026-01-02 batch=B sku=A warehouse=W units=3 purchase=10.00".
func entry(t testing.TB, line string) Entry {
	t.Helper()
	f := strings.Fields(line)
	kind, err := ParseKind(f[1])
	if err != nil {
		t.Fatal(err)
	}
	e := Entry{ID: f[0], Kind: kind, Effect: day(t, f[2])}
	for _, kv := range f[3:] {
		k, v, _ := strings.Cut(kv, "=")
		switch k {
		case "posting":
			e.Posting = day(t, v)
		case "batch":
			e.Batch = v
		case "sku":
			e.SKU = v
		case "warehouse":
			e.Warehouse = v
		case "to":
			e.To = v
		case "order":
			e.Order = v
		case "ref":
			e.Ref = v
		case "invoice":
			e.Invoice = v
		case "units":
			if _, err := fmt.Sscan(v, &e.Units); err != nil {
				t.Fatal(err)
			}
		case "arrived":
			e.Arrived = day(t, v)
		case "from":
			e.From = day(t, v)
		case "until":
			e.Until = day(t, v)
		case "pending":
			e.Pending = true
		case "final":
			e.Final = true
		case "spread":
			e.Difference = SpreadDifference
		case "lose":
			e.Difference = LoseDifference
		case "unsellable":
			e.Condition = NotSellable
		default:
			c, err := ParseComponent(k)
			if err != nil {
				t.Fatal(line, err)
			}
			if e.Cost, err = e.Cost.Add(CostOf(c, eur(t, v))); err != nil {
				t.Fatal(err)
			}
		}
	}
	return e
}

func ledger(t testing.TB, v Valuation, lines ...string) *Ledger {
	t.Helper()
	l, err := New(Options{Currency: euro, Method: v})
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range lines {
		if err := l.Post(entry(t, line)); err != nil {
			t.Fatalf("%s: %v", line, err)
		}
	}
	return l
}

// state is the balances and the accounts of a ledger in a few words.
func state(l *Ledger, on country.Date) string {
	var b strings.Builder
	for _, x := range l.Balances(on) {
		fmt.Fprintf(&b, "%s %s/%s@%s %d %s\n", x.Account, x.SKU, x.Batch, x.Warehouse, x.Units, x.Cost)
	}
	for _, s := range l.Sums(on) {
		if s.Account != Outside && (s.Account > Awaiting || s.Account < Transit) && (s.Units != 0 || s.Cost.Sum().Sign() != 0) {
			fmt.Fprintf(&b, "%s %d %s\n", s.Account, s.Units, s.Cost.Sum())
		}
	}
	return b.String()
}

func orderCosts(l *Ledger) string {
	var b strings.Builder
	for _, c := range l.Costs(Query{Per: PerOrder}) {
		fmt.Fprintf(&b, "%s %d %s\n", c.Order, c.Units, c.Total().Sum())
	}
	return b.String()
}

func TestLedgerEntries(t *testing.T) {
	const in = "i receipt 2026-01-01 batch=B sku=A warehouse=W units=3 purchase=60 first_leg=40"
	for _, c := range []struct {
		name  string
		v     Valuation
		lines []string
		on    string
		want  string
	}{
		{"a batch draws down to zero", FIFO, []string{in,
			"a release 2026-01-02 order=1 sku=A warehouse=W units=1", "b release 2026-01-03 order=2 sku=A warehouse=W units=1",
			"c release 2026-01-04 order=3 sku=A warehouse=W units=1"}, "",
			"sold 3 100.00 EUR\n1 1 33.33 EUR\n2 1 33.34 EUR\n3 1 33.33 EUR\n"},
		{"the oldest batch leaves first", FIFO, []string{in, "j receipt 2026-01-02 batch=C sku=A warehouse=W units=3 purchase=30",
			"a release 2026-01-03 order=1 sku=A warehouse=W units=4"}, "",
			"stock A/C@W 2 20.00 EUR (purchase 20.00)\nsold 4 110.00 EUR\n1 4 110.00 EUR\n"},
		{"a named batch", Named, []string{in, "j receipt 2026-01-02 batch=C sku=A warehouse=W units=3 purchase=30",
			"a release 2026-01-03 order=1 sku=A batch=C warehouse=W units=1"}, "",
			"stock A/B@W 3 100.00 EUR (purchase 60.00, first_leg 40.00)\nstock A/C@W 2 20.00 EUR (purchase 20.00)\nsold 1 10.00 EUR\n1 1 10.00 EUR\n"},
		{"the moving average", MovingAverage, []string{in, "j receipt 2026-01-02 batch=C sku=A warehouse=W units=2 purchase=30",
			"a release 2026-01-03 order=1 sku=A warehouse=W units=1", "k receipt 2026-01-04 batch=D sku=A warehouse=W units=4 purchase=4",
			"b release 2026-01-05 order=2 sku=A warehouse=W units=4"}, "",
			"stock A/D@W 4 54.00 EUR (purchase 38.00, first_leg 16.00)\nsold 5 80.00 EUR\n1 1 26.00 EUR\n2 4 54.00 EUR\n"},
		{"the average of the month waits for its end", MonthAverage, []string{in,
			"a release 2026-01-03 order=1 sku=A warehouse=W units=1", "k receipt 2026-01-20 batch=D sku=A warehouse=W units=1 purchase=100"}, "2026-01-30",
			"stock A/B@W 2 100.00 EUR (purchase 80.00, first_leg 20.00)\nawaiting A/B@W 1 50.00 EUR (purchase 40.00, first_leg 10.00)\nstock A/D@W 1 50.00 EUR (purchase 40.00, first_leg 10.00)\n"},
		{"the average of the month when it has ended", MonthAverage, []string{in,
			"a release 2026-01-03 order=1 sku=A warehouse=W units=1", "k receipt 2026-01-20 batch=D sku=A warehouse=W units=1 purchase=100",
			"z release 2026-02-01 order=2 sku=A warehouse=W units=1"}, "2026-01-31",
			"stock A/B@W 2 100.00 EUR (purchase 80.00, first_leg 20.00)\nstock A/D@W 1 50.00 EUR (purchase 40.00, first_leg 10.00)\nsold 1 50.00 EUR\n"},
		{"a late bill reaches sold and unsold units", FIFO, []string{in, "a release 2026-01-02 order=1 sku=A warehouse=W units=1",
			"l bill 2026-01-05 batch=B sku=A tariff=10"}, "",
			"stock A/B@W 2 73.34 EUR (purchase 40.00, first_leg 26.67, tariff 6.67)\nbilled 0 -10.00 EUR\nsold 1 36.66 EUR\n1 1 36.66 EUR\n"},
		{"an estimate is replaced", FIFO, []string{in, "e bill 2026-01-02 batch=B sku=A tariff=9", "a release 2026-01-03 order=1 sku=A warehouse=W units=1",
			"f bill 2026-01-05 batch=B sku=A tariff=12 ref=e"}, "",
			"stock A/B@W 2 74.67 EUR (purchase 40.00, first_leg 26.67, tariff 8.00)\nbilled 0 -12.00 EUR\nsold 1 37.33 EUR\n1 1 37.33 EUR\n"},
		{"a bill for a period is for the units of that time", FIFO, []string{in, "a release 2026-01-11 order=1 sku=A warehouse=W units=1",
			"l bill 2026-02-01 batch=B sku=A storage=5.00 from=2026-01-11 until=2026-01-21", "m bill 2026-02-02 batch=B sku=A storage=5.00 from=2026-01-01 until=2026-01-21"}, "",
			"stock A/B@W 2 75.67 EUR (purchase 40.00, first_leg 26.67, storage 9.00)\nbilled 0 -10.00 EUR\nsold 1 34.33 EUR\n1 1 34.33 EUR\n"},
		{"parts, and what is short is lost", FIFO, []string{"s ship 2026-01-01 batch=B sku=A units=10 purchase=100", "r receipt 2026-01-10 batch=B sku=A warehouse=W units=4",
			"q receipt 2026-01-12 batch=B sku=A warehouse=W units=5 final lose"}, "",
			"stock A/B@W 9 90.00 EUR (purchase 90.00)\nlost 1 10.00 EUR\n"},
		{"parts, and what is short is borne by the rest", FIFO, []string{"s ship 2026-01-01 batch=B sku=A units=10 purchase=100", "r receipt 2026-01-10 batch=B sku=A warehouse=W units=4",
			"a release 2026-01-11 order=1 sku=A warehouse=W units=1", "q receipt 2026-01-12 batch=B sku=A warehouse=W units=4 final spread"}, "",
			"stock A/B@W 7 87.50 EUR (purchase 87.50)\nsold 1 12.50 EUR\ncorrected 2 0.00 EUR\n1 1 12.50 EUR\n"},
		{"over", FIFO, []string{"s ship 2026-01-01 batch=B sku=A units=10 purchase=100", "r receipt 2026-01-10 batch=B sku=A warehouse=W units=12 spread"}, "",
			"stock A/B@W 12 100.00 EUR (purchase 100.00)\n"},
		{"a transfer with its freight", FIFO, []string{in, "x transfer 2026-01-05 sku=A warehouse=W to=V units=2 first_leg=5"}, "",
			"stock A/B@V 2 71.67 EUR (purchase 40.00, first_leg 31.67)\nstock A/B@W 1 33.33 EUR (purchase 20.00, first_leg 13.33)\n"},
		{"a return at its own cost", FIFO, []string{in, "a release 2026-01-02 order=1 sku=A warehouse=W units=2", "l bill 2026-01-03 batch=B sku=A tariff=3",
			"b return 2026-01-09 order=1 sku=A warehouse=W units=1 handling=2.50", "c return 2026-01-10 order=1 sku=A warehouse=W units=1 unsellable"}, "",
			"stock A/B@W 2 68.67 EUR (purchase 40.00, first_leg 26.67, tariff 2.00)\nunsellable A/B@W 1 34.33 EUR (purchase 20.00, first_leg 13.33, tariff 1.00)\nbilled 0 -3.00 EUR\ncharged 0 2.50 EUR\n1 0 2.50 EUR\n"},
		{"loss, damage, disposal, compensation, correction", FIFO, []string{"i receipt 2026-01-01 batch=B sku=A warehouse=W units=10 purchase=100",
			"a loss 2026-01-02 sku=A warehouse=W units=1", "b damage 2026-01-02 sku=A warehouse=W units=2", "c disposal 2026-01-03 sku=A warehouse=W units=1 unsellable handling=0.50",
			"d compensation 2026-01-04 batch=B sku=A ref=a other=7", "e correction 2026-01-05 batch=B sku=A warehouse=W units=-1", "f correction 2026-01-06 batch=B sku=A warehouse=W units=2"}, "",
			"stock A/B@W 8 60.00 EUR (purchase 60.00)\nunsellable A/B@W 1 10.00 EUR (purchase 10.00)\nlost 1 10.00 EUR\ndisposed 1 10.50 EUR\ncorrected 1 10.00 EUR\ncompensated 0 -7.00 EUR\n"},
		{"a sale before the receipt, by name", FIFO, []string{"a release 2026-01-01 order=1 sku=A warehouse=W units=2 pending", "b release 2026-01-01 order=2 sku=A warehouse=W units=2 pending",
			"i receipt 2026-01-05 batch=B sku=A warehouse=W units=3 purchase=30"}, "",
			"sold 3 30.00 EUR\nowed 1 0.00 EUR\nshort -1 0.00 EUR\n1 2 20.00 EUR\n2 1 10.00 EUR\n"},
		{"an invoice is claimed by bills", FIFO, []string{in, "inv invoice 2026-01-01 first_leg=1000", "x bill 2026-01-02 batch=B sku=A invoice=inv first_leg=400",
			"y bill 2026-01-02 batch=B sku=A invoice=inv first_leg=600", "z bill 2026-01-03 batch=B sku=A invoice=inv first_leg=-400"}, "",
			"stock A/B@W 3 700.00 EUR (purchase 60.00, first_leg 640.00)\ninvoiced 0 400.00 EUR\nbilled 0 -600.00 EUR\n"},
		{"charges of an order", FIFO, []string{in, "a release 2026-01-02 order=1 sku=A warehouse=W units=2", "b charge 2026-01-02 order=1 handling=1.83 local_delivery=5.50"}, "",
			"stock A/B@W 1 33.33 EUR (purchase 20.00, first_leg 13.33)\nsold 2 66.67 EUR\ncharged 0 7.33 EUR\n1 2 74.00 EUR\n"},
		{"opening stock", FIFO, []string{"o opening 2026-01-01 batch=B sku=A warehouse=W units=5 purchase=50 arrived=2025-06-01"}, "",
			"stock A/B@W 5 50.00 EUR (purchase 50.00)\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := ledger(t, c.v, c.lines...)
			on := country.Date{}
			if c.on != "" {
				on = day(t, c.on)
			}
			got := state(l, on)
			if c.on == "" {
				got += orderCosts(l)
			}
			if got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
			conserved(t, l)
			// In any other order of posting, and with a snapshot between, the bytes are the same.
			want := l.Snapshot()
			back := ledger(t, c.v)
			for i := len(c.lines) - 1; i >= 0; i-- {
				if err := back.Post(entry(t, c.lines[i])); err != nil {
					return // not every order is possible
				}
			}
			if !bytes.Equal(back.Snapshot(), want) {
				t.Errorf("posted backwards:\n%s\nwant\n%s", back.Snapshot(), want)
			}
		})
	}
}

// conserved checks that nothing came from nothing.
func conserved(t testing.TB, l *Ledger) {
	t.Helper()
	var units int64
	var p parts
	for _, s := range l.Sums(country.Date{}) {
		units += s.Units
		p = p.plus(s.Cost.parts)
	}
	if units != 0 || p != (parts{}) {
		t.Fatalf("%d units and %v appeared", units, p)
	}
	for _, b := range l.Balances(country.Date{}) {
		if b.Units < 0 {
			t.Fatalf("%d units in %s", b.Units, b.Account)
		}
	}
	for k, p := range l.pools {
		if p.units == 0 && p.parts != (parts{}) {
			t.Fatalf("pool %v has cost %v and no units", k, p.parts)
		}
	}
}

func TestImpossibleEntries(t *testing.T) {
	base := []string{"i receipt 2026-01-05 batch=B sku=A warehouse=W units=3 purchase=30", "s ship 2026-01-05 batch=S sku=A units=10 purchase=10",
		"a release 2026-01-06 order=1 sku=A warehouse=W units=2", "e bill 2026-01-06 batch=B sku=A tariff=1", "f bill 2026-01-07 batch=B sku=A tariff=2 ref=e",
		"inv invoice 2026-01-07 other=5"}
	for _, c := range []struct {
		line string
		want error
	}{
		{"x release 2026-01-06 order=2 sku=A warehouse=W units=2", ErrStock},
		{"x release 2026-01-04 order=2 sku=A warehouse=W units=1", ErrStock},
		{"x release 2026-01-04 posting=2026-01-08 order=2 sku=A warehouse=W units=1", ErrStock},
		{"x return 2026-01-05 posting=2026-01-08 order=1 sku=A warehouse=W units=1", ErrStock},
		{"x correction 2026-01-08 batch=B sku=A warehouse=W units=-2", ErrStock},
		{"x loss 2026-01-05 sku=A warehouse=W units=2", ErrBlocks},
		{"x damage 2026-01-05 sku=A warehouse=W units=2", ErrBlocks},
		{"x damage 2026-01-05 sku=A warehouse=W units=4", ErrStock},
		{"x return 2026-01-07 order=1 sku=A warehouse=W units=3", ErrStock},
		{"x return 2026-01-07 order=9 sku=A warehouse=W units=1", ErrReference},
		{"x charge 2026-01-07 order=9 handling=1", ErrReference},
		{"x bill 2026-01-08 batch=B sku=A tariff=2 ref=e", ErrDuplicate},
		{"x bill 2026-01-08 batch=B sku=A tariff=2 ref=q", ErrReference},
		{"x bill 2026-01-08 batch=Q sku=A tariff=2", ErrBasisZero},
		{"x bill 2026-01-08 batch=B sku=A other=5.01 invoice=inv", ErrLimit},
		{"x bill 2026-01-08 batch=B sku=A other=5 invoice=q", ErrReference},
		{"x bill 2026-01-08 batch=B sku=A other=5.001", ErrPrecision},
		{"x compensation 2026-01-08 batch=B sku=A other=5 ref=q", ErrReference},
		{"x receipt 2026-01-08 batch=S sku=A warehouse=W units=11", ErrStock},
		{"x receipt 2026-01-08 batch=S sku=A warehouse=W units=9 final", ErrSum},
		{"x receipt 2026-01-08 batch=Q sku=A warehouse=W units=9 spread", ErrStock},
		{"x transfer 2026-01-08 sku=A warehouse=V to=W units=1", ErrStock},
		{"x opening 2026-01-08 sku=A warehouse=W units=1", ErrMissing},
		{"x opening 2026-01-08 batch=B sku=A warehouse=W units=1 order=1", ErrField},
		{"x opening 2026-01-08 batch=B sku=A warehouse=W units=-1", ErrNegative},
		{"i receipt 2026-01-05 batch=B sku=A warehouse=W units=4 purchase=30", ErrChanged},
	} {
		l := ledger(t, FIFO, base...)
		before := l.Snapshot()
		journal := fmt.Sprint(state(l, country.Date{}), orderCosts(l))
		err := l.Post(entry(t, c.line))
		if !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.line, err, c.want)
		}
		if !bytes.Equal(l.Snapshot(), before) || fmt.Sprint(state(l, country.Date{}), orderCosts(l)) != journal {
			t.Errorf("%s changed the ledger", c.line)
		}
		conserved(t, l)
	}
	// A count at the end of a day comes after what left on it.
	l := ledger(t, FIFO, "i receipt 2026-01-05 batch=B sku=A warehouse=W units=1 purchase=30", "c correction 2026-01-06 batch=B sku=A warehouse=W units=-1")
	if err := l.Post(entry(t, "a release 2026-01-06 order=1 sku=A warehouse=W units=1")); !errors.Is(err, ErrBlocks) {
		t.Error(err)
	}
	usd := Entry{ID: "x", Kind: Invoice, Effect: day(t, "2026-01-01")}
	usd.Cost, _ = Spend(Other, "1.00 USD")
	if err := ledger(t, FIFO).Post(usd); !errors.Is(err, ErrCurrency) {
		t.Error(err)
	}
}
