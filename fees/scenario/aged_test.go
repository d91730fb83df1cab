package scenario

import (
	"errors"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/overseaswarehouse/overseas/fees"
	"github.com/overseaswarehouse/overseas/fees/batch"
	"github.com/overseaswarehouse/overseas/internal/problem"
)

// aged is 30 lamps of 0.01 m3 that have lain since March, with another lot of 100 beside them, on the first of June.
func aged(t testing.TB) *Aged {
	book := must(batch.New(batch.Options{Currency: currency("EUR"), Method: batch.Named}))
	for _, e := range []batch.Entry{
		{ID: "1", Kind: batch.Receipt, Effect: day("2026-03-01"), Batch: "old", SKU: "LAMP", Warehouse: "W", Units: 30, Cost: must(batch.Spend(batch.Purchase, "300.00 EUR"))},
		{ID: "2", Kind: batch.Receipt, Effect: day("2026-05-20"), Batch: "new", SKU: "LAMP", Warehouse: "W", Units: 100, Cost: must(batch.Spend(batch.Purchase, "1000.00 EUR"))},
	} {
		if err := book.Post(e); err != nil {
			t.Fatal(err)
		}
	}
	q := lamp()
	removal := `{"on": "remove", "code": "remove", "family": "handling", "each": "piece", "when": {"way": "back"}, "price": "0.80"},
		{"on": "remove", "code": "destroy", "family": "handling", "each": "piece", "when": {"way": "destroy"}, "price": "0.30"}`
	space := `{"on": "store", "code": "space", "family": "storage", "each": "lot", "per": "volume", "unit": "m3", "price": "10.00", "time": {"per": "day"}}`
	pick := `{"on": "order", "code": "pick", "family": "handling", "price": "5.50"}`
	calc := compile(t, card("wh", space+","+pick+","+removal, `"inputs": {"way": {"values": ["back", "destroy"]}},`))
	goods := map[string]batch.Goods{"LAMP": {Weight: q.Weight, Size: q.Size}}
	return &Aged{
		Currency: currency("EUR"), Ledger: book, Cards: calc, Batch: "old", SKU: "LAMP", Price: eur("20.00"),
		Stock: batch.StayQuery{Warehouse: "W", Country: nation("DE"), From: day("2026-06-01"), Goods: goods},
		Order: &fees.Order{Country: nation("DE"), Parcels: q.Orders[0].Parcels},
		Keep:  rate("0.5"), Discount: &Discount{Off: pct("30%"), PerDay: rate("3")},
		Move: &Move{
			Cards:  compile(t, card("other", space+","+pick+`, {"on": "remove", "code": "haul", "family": "handling", "price": "60.00"}`)),
			Events: []fees.Event{&fees.Removal{Date: day("2026-06-01"), Goods: []fees.Goods{{SKU: "LAMP", Units: 30}}}},
			Stock:  batch.StayQuery{Warehouse: "X", Country: nation("FR"), From: day("2026-06-06"), Goods: goods},
			Price:  eur("22.00"), Order: &fees.Order{Country: nation("FR"), Parcels: q.Orders[0].Parcels}, PerDay: rate("10"),
		},
		Remove:  &Removed{Facts: fees.Facts{"way": "back"}, Value: eur("4.00")},
		Destroy: &Destroyed{Facts: fees.Facts{"way": "destroy"}},
	}
}

// TestAgedByHand reckons each way by hand. A lamp costs 10.00 x 0.01 m3 = 0.10 a day.
func TestAgedByHand(t *testing.T) {
	want := map[Way][5]string{
		// half a lamp a day from June 1: the second day sells the first, the 60th the 30th, on July 30. Days of storage before
		// that: the k-th leaves on day 2k, after 2k-1 days: 30 x 30 = 900 lamp days at 0.10
		Keep: {"2026-07-31", "600.00", "165.00", "90.00", "345.00"},
		// three a day: on day k leave three after k-1 days: 3 x (0+...+9) = 135 lamp days; 14.00 each
		CutPrice: {"2026-06-11", "420.00", "165.00", "13.50", "241.50"},
		// ten a day from June 6: 10 x (0+1+2) = 30 lamp days; 60.00 to get there
		MoveAway: {"2026-06-09", "660.00", "165.00", "3.00", "432.00"},
		TakeBack: {"2026-06-01", "120.00", "0.00", "0.00", "96.00"},
		Destroy:  {"2026-06-01", "0.00", "0.00", "0.00", "-9.00"},
	}
	order := []Way{MoveAway, Keep, CutPrice, TakeBack, Destroy}
	for i, c := range aged(t).Choices() {
		if c.Problems != nil || c.Status != Exact || c.Units != 30 || c.Way != order[i] {
			t.Fatalf("%d: %+v", i, c)
		}
		have := [5]string{c.Until.String(), plain(c.Proceeds), plain(c.Orders), plain(c.Storage), plain(c.Net)}
		if have != want[c.Way] {
			t.Errorf("%s: %v instead of %v", c.Way, have, want[c.Way])
		}
	}
}

// TestAgedIncomplete takes every field away: the ways that need it are incomplete, name something, and have no amounts.
func TestAgedIncomplete(t *testing.T) {
	a := aged(t)
	v := reflect.ValueOf(a).Elem()
	touched := 0
	for i := range v.NumField() {
		name := v.Type().Field(i).Name
		if name == "Rates" {
			continue
		}
		kept := reflect.New(v.Field(i).Type()).Elem()
		kept.Set(v.Field(i))
		v.Field(i).SetZero()
		some := false
		for _, c := range a.Choices() {
			if c.Status == Incomplete {
				some = true
				if len(c.Problems) == 0 || !c.Net.IsZero() || !c.Proceeds.IsZero() {
					t.Errorf("without %s: %+v", name, c)
				}
			}
		}
		if !some {
			t.Errorf("without %s everything is complete", name)
		}
		touched++
		v.Field(i).Set(kept)
	}
	if touched < 12 {
		t.Error(touched)
	}
	a.Discount = &Discount{Off: pct("10%")}
	for _, c := range a.Choices() {
		if c.Way == CutPrice && (!errors.Is(c.Problems, ErrMissing) || !strings.Contains(c.Problems.Error(), "/aged/discount/per_day")) {
			t.Error(c.Problems)
		}
	}
	a.Keep = rate("0")
	for _, c := range a.Choices() {
		if c.Way == Keep && !errors.Is(c.Problems, ErrRange) {
			t.Error(c.Problems)
		}
	}
}

// TestAgedStorageIsThatOfTheAccount: where a minimum bill is due in any case, keeping a little costs nothing more.
func TestAgedStorageIsThatOfTheAccount(t *testing.T) {
	a := aged(t)
	a.Cards = compile(t, card("wh", `{"on": "store", "code": "space", "family": "storage", "each": "event", "per": "volume", "unit": "m3", "price": "0.10", "min": "50.00", "time": {"per": "day"}},
		{"on": "order", "code": "pick", "family": "handling", "price": "5.50"}`))
	for _, c := range a.Choices() {
		if c.Way == Keep && (c.Status == Incomplete || plain(c.Storage) != "0.00") {
			t.Errorf("%+v", c)
		}
	}
}

// TestAgedSellsWhatCanBeSold: ten of the thirty are damaged on the day before. Only
// twenty are sold or moved to be sold; the ten are stored in any case, and removed or destroyed with the rest.
func TestAgedSellsWhatCanBeSold(t *testing.T) {
	a := aged(t)
	if err := a.Ledger.Post(batch.Entry{ID: "3", Kind: batch.Damage, Effect: day("2026-05-31"), Batch: "old", SKU: "LAMP", Warehouse: "W", Units: 10}); err != nil {
		t.Fatal(err)
	}
	want := map[Way][5]string{
		Keep:     {"20", "400.00", "110.00", "40.00", "250.00"}, // 20 x 20 = 400 lamp days at 0.10
		CutPrice: {"20", "280.00", "110.00", "5.70", "164.30"},  // 3 x (0+...+5) + 2 x 6 = 57
		MoveAway: {"20", "440.00", "110.00", "1.00", "269.00"},
		TakeBack: {"30", "120.00", "0.00", "0.00", "96.00"},
		Destroy:  {"30", "0.00", "0.00", "0.00", "-9.00"},
	}
	for _, c := range a.Choices() {
		have := [5]string{strconv.FormatInt(c.Units, 10), plain(c.Proceeds), plain(c.Orders), plain(c.Storage), plain(c.Net)}
		if c.Problems != nil || have != want[c.Way] {
			t.Errorf("%s: %v %v instead of %v", c.Way, have, c.Problems, want[c.Way])
		}
	}
	if err := a.Ledger.Post(batch.Entry{ID: "4", Kind: batch.Damage, Effect: day("2026-05-31"), Batch: "old", SKU: "LAMP", Warehouse: "W", Units: 20}); err != nil {
		t.Fatal(err)
	}
	for _, c := range a.Choices() {
		if sold := c.Way.sells(); sold != errors.Is(c.Problems, batch.ErrStock) {
			t.Errorf("%s of goods that cannot be sold: %v", c.Way, c.Problems)
		}
	}
}

// TestAgedStorageByAge: what is damaged keeps its own age where a list charges by age.
func TestAgedStorageByAge(t *testing.T) {
	a := aged(t)
	for _, e := range []batch.Entry{
		{ID: "3", Kind: batch.Receipt, Effect: day("2026-05-30"), Batch: "old", SKU: "LAMP", Warehouse: "W", Units: 20, Cost: must(batch.Spend(batch.Purchase, "200.00 EUR"))},
		{ID: "4", Kind: batch.Damage, Effect: day("2026-05-30"), Batch: "old", SKU: "LAMP", Warehouse: "W", Units: 30},
	} {
		if err := a.Ledger.Post(e); err != nil {
			t.Fatal(err)
		}
	}
	g := a.begin(Keep)
	if len(g.unfit) != 1 || g.unfit[day("2026-03-01")] != 30 || g.units != 20 {
		t.Errorf("%v, %d", g.unfit, g.units)
	}
	q := a.Stock
	q.To = day("2026-07-01")
	stay := must(a.Ledger.Stay(q))
	others, mine := g.apart(stay.Lots)
	if len(mine) != 1 || mine[0].Arrived != day("2026-05-30") || mine[0].Units != 20 || len(others) != 2 {
		t.Errorf("%v beside %v", mine, others)
	}
}

// TestAgedThatMakesNoSense: amounts below nothing, goods that are there before they leave, and orders of something else.
func TestAgedThatMakesNoSense(t *testing.T) {
	parcels := func(a *Aged, change func(p *fees.Parcel)) *fees.Order {
		o := *a.Order
		o.Parcels = slices.Clone(o.Parcels)
		change(&o.Parcels[0])
		return &o
	}
	for _, c := range []struct {
		name   string
		change func(*Aged)
		want   error
		ways   map[Way]string
	}{
		{"negative price", func(a *Aged) { a.Price = eur("-1.00") }, problem.Negative, map[Way]string{Keep: "/aged/price", CutPrice: "/aged/price"}},
		{"negative price there", func(a *Aged) { a.Move.Price = eur("-1.00") }, problem.Negative, map[Way]string{MoveAway: "/aged/move/price"}},
		{"negative value", func(a *Aged) { a.Remove.Value = eur("-1.00") }, problem.Negative, map[Way]string{TakeBack: "/aged/remove/value"}},
		{"there before it leaves", func(a *Aged) { a.Move.Stock.From = day("2026-05-31") }, problem.DateOrder, map[Way]string{MoveAway: "/aged/move/stock/from"}},
		{"other goods", func(a *Aged) {
			a.Order = parcels(a, func(p *fees.Parcel) { p.Goods = []fees.Goods{{SKU: "VASE", Units: 1}} })
		}, problem.UnknownValue, map[Way]string{Keep: "/aged/order/parcels/0/goods/0/sku", CutPrice: "/aged/order/parcels/0/goods/0/sku"}},
		{"two units", func(a *Aged) { a.Order = parcels(a, func(p *fees.Parcel) { p.Units = 2 }) }, ErrRange,
			map[Way]string{Keep: "/aged/order/parcels/0/units", CutPrice: "/aged/order/parcels/0/units"}},
		{"two units by goods", func(a *Aged) {
			a.Move.Order = parcels(a, func(p *fees.Parcel) { p.Goods = []fees.Goods{{SKU: "LAMP"}, {SKU: "LAMP"}} })
		}, ErrRange, map[Way]string{MoveAway: "/aged/move/order/parcels/0/units"}},
		{"two parcels of one", func(a *Aged) { a.Order = parcels(a, func(p *fees.Parcel) { p.Count, p.Units = 2, 1 }) }, ErrRange,
			map[Way]string{Keep: "/aged/order/parcels/0/units", CutPrice: "/aged/order/parcels/0/units"}},
		{"a unit in each of two parcels", func(a *Aged) {
			o := parcels(a, func(p *fees.Parcel) { p.Units = 1 })
			o.Parcels = append(o.Parcels, o.Parcels[0])
			a.Order = o
		}, ErrRange, map[Way]string{Keep: "/aged/order/parcels", CutPrice: "/aged/order/parcels"}},
		{"one unit that is said", func(a *Aged) {
			a.Order = parcels(a, func(p *fees.Parcel) { p.Units, p.Goods = 1, []fees.Goods{{SKU: "LAMP", Units: 1}} })
		}, nil, nil},
		{"worth nothing", func(a *Aged) { a.Remove.Value, a.Price = eur("0.00"), eur("0.00") }, nil, nil},
	} {
		a := aged(t)
		c.change(a)
		for _, got := range a.Choices() {
			path, bad := c.ways[got.Way]
			switch {
			case !bad && got.Status == Incomplete:
				t.Errorf("%s: %s %v", c.name, got.Way, got.Problems)
			case bad && (!errors.Is(got.Problems, c.want) || !strings.Contains(got.Problems.Error(), path+": ")):
				t.Errorf("%s: %s %v", c.name, got.Way, got.Problems)
			}
		}
	}
}
