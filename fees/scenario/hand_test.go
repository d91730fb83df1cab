package scenario

import (
	"errors"
	"math/big"
	"slices"
	"strings"
	"testing"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees"
	"github.com/overseaswarehouse/overseas/fees/batch"
	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/fees/unit"
	"github.com/overseaswarehouse/overseas/internal/proof"
	"github.com/overseaswarehouse/overseas/internal/proof/prooftest"
)

func figures(t *testing.T, p *Plan, a *Alternative) *Figures {
	t.Helper()
	r := Evaluate(p, a)
	if r.Err() != nil {
		t.Fatal(r.Err())
	}
	return r.Figures
}

func same(t *testing.T, what, have, want string) {
	t.Helper()
	if have != want {
		t.Errorf("%s: %s instead of %s", what, have, want)
	}
}

// TestHamburgByHand: 60 lamps in January and 60 in February, in two batches of six cartons of 11 kg.
func TestHamburgByHand(t *testing.T) {
	f := figures(t, small(), hamburg(t))
	// Two consignments of 66 kg at 2.00; two entries at 20.00; two receipts of six cartons at 1.00; 120 orders at 1.50 and
	// 4.00; 120 lamps at 10.00. A lamp takes 0.01 m3; storage is 1.00 a day and m3, by lots, each rounded to the cent.
	same(t, "cost", f.Cost.String(), "2195.77 EUR (purchase 1200.00, first_leg 264.00, storage 19.77, handling 192.00, local_delivery 480.00, tariff 40.00)")
	same(t, "families", f.Families[0].String(), "first_leg: 264.00 EUR")
	same(t, "total", f.Total.String(), "2232.25 EUR")
	// 2232.25 / 120 = 18.602083…
	same(t, "order", f.PerOrder.String(), "18.60 EUR")
	same(t, "unit", f.PerUnit.String(), "18.60 EUR")
	same(t, "batch", f.PerBatch.String(), "1116.13 EUR") // 1116.125
	same(t, "month", f.PerMonth.String(), "1116.13 EUR")
	if f.Left.Units != 0 || f.Left.Cost.Sum().Sign() != 0 {
		t.Errorf("left: %+v", f.Left)
	}
	b := f.Batches[0]
	same(t, "ready", b.Ready.String(), "2026-01-01")
	same(t, "arrives", b.Arrives.String(), "2025-12-30") // two days to put away
	same(t, "departs", b.Departs.String(), "2025-11-22") // three to clear, 35 at sea
	same(t, "ordered", b.Ordered.String(), "2025-11-12") // ten to make
	same(t, "landed", b.Landed.String(), "758.00 EUR (purchase 600.00, first_leg 132.00, handling 6.00, tariff 20.00)")
	if f.LeadDays != 50 || f.DaysMin != 1 || f.DaysMax != 2 || f.Tracking != fees.Yes {
		t.Errorf("days %d, %d to %d, tracking %s", f.LeadDays, f.DaysMin, f.DaysMax, f.Tracking)
	}
}

// TestDirectByHand: what is sent from home costs purchase and postage and nothing else.
func TestDirectByHand(t *testing.T) {
	f := figures(t, small(), direct(t))
	same(t, "cost", f.Cost.String(), "2280.00 EUR (purchase 1200.00, local_delivery 1080.00)")
	same(t, "storage", f.Families[1].String(), "storage: not priced")
	if len(f.Batches) != 4 {
		t.Errorf("%d batches", len(f.Batches))
	}
}

// TestOwnByHand: rent and wages are the months', whatever is sold.
func TestOwnByHand(t *testing.T) {
	f := figures(t, small(), own(t))
	same(t, "cost", f.Cost.String(), "2984.00 EUR (purchase 1200.00, first_leg 264.00, storage 600.00, handling 400.00, local_delivery 480.00, tariff 40.00)")
	var paid []string
	for _, p := range f.Cash {
		if p.For == PayRent {
			paid = append(paid, p.Date.String()+" "+p.Amount.String())
		}
	}
	same(t, "rent", strings.Join(paid, ", "), "2026-01-01 500.00 EUR, 2026-02-01 500.00 EUR")
}

// TestInterestOfEightyFourAgainstTenDays holds the figures of the task: 40,000 tied up for 84 and for 10 days at 12%.
func TestInterestOfEightyFourAgainstTenDays(t *testing.T) {
	for days, want := range map[int]string{84: "1104.66 EUR", 10: "131.51 EUR", 0: "0.00 EUR"} {
		m, err := Interest(eur("40000.00"), *pct("12%"), days)
		if err != nil {
			t.Fatal(err)
		}
		same(t, "interest", m.String(), want)
		if days == 0 {
			continue
		}
		// The same by a plan: one batch, paid on the 28th of January, sold on the 31st, paid by the buyer so many days after
		// the first.
		p := small()
		p.Months = 4
		q := &p.Products[0]
		q.Cost = eur("40000.00")
		q.Sales = []Pace{{Rate: rate("1"), Count: OrdersPlaced, Per: PerMonth}, {From: day("2026-02-01"), Rate: rate("0"), Count: OrdersPlaced, Per: PerMonth}}
		a := direct(t)
		a.Cards = compile(t, card("post", strings.ReplaceAll(directCharges, "9.00", "0.00")))
		a.Batch = Batch{Units: 1}
		a.Days.DeliveryMin, a.Days.DeliveryMax, a.Terms.Payout = of(0), of(0), of(days-3)
		f := figures(t, p, a)
		same(t, "plan", f.Interest.String(), want)
		same(t, "peak", f.Peak.String()+" "+f.PeakDay.String(), "40000.00 EUR 2026-01-28")
		same(t, "total", f.Total.String(), must(eur("40000.00").Add(m)).String())
	}
	if _, err := Interest(eur("1.00"), *pct("12%"), -1); !errors.Is(err, ErrRange) {
		t.Error(err)
	}
	if _, err := Interest(money.Money{}, *pct("12%"), 1); err == nil {
		t.Error("no currency")
	}
}

// TestFailedOrdersAreBorneByThePaid: of 60 orders a month 5% are lost, then 10% of the rest broken, then 20% of the rest
// sent back, of which half of the units are not sellable again.
func TestFailedOrdersAreBorneByThePaid(t *testing.T) {
	a := hamburg(t)
	a.Risks.Lost, a.Risks.Damaged, a.Risks.Returned, a.Risks.Unfit = pct("5%"), pct("10%"), pct("20%"), pct("50%")
	f := figures(t, small(), a)
	// 120 x 5% = 6; 114 x 10% = 11.4: 11; 103 x 20% = 20.6: 20; 83 are paid
	for i, want := range []int64{83, 0, 6, 11, 20} {
		if f.Fates[i].Orders != want {
			t.Errorf("%s: %d orders instead of %d", f.Fates[i].Fate, f.Fates[i].Orders, want)
		}
	}
	// 20 returns at 3.00, 10 units scrapped at 0.25 each: a month's together, 120 orders at 1.50, cartons
	var cartons int64
	for _, b := range f.Batches {
		cartons += b.Units / 10
	}
	want := must(money.Of(20*300+10*25+120*150+cartons*100, 2, currency("EUR")))
	handling, _ := f.Cost.Add(f.Left.Cost) // what is left bears its receipt
	same(t, "handling", handling.Part(batch.Handling).String(), want.String())
	per := new(big.Rat).SetFrac64(f.Total.Coef(), 83)
	if per.Cmp(f.exact.perOrder) != 0 {
		t.Error("the cost of a paid order is not the total over 83")
	}
	lost := f.Fates[Lost].Cost
	if lost.Part(batch.Purchase).String() != "60.00 EUR" || lost.Part(batch.LocalDelivery).String() != "24.00 EUR" {
		t.Errorf("six lost parcels cost %s", lost)
	}
	// Bought are 120 less the 20 that came back, plus those that were not sellable; what is over is left.
	var bought int64
	for _, b := range f.Batches {
		bought += b.Units
	}
	if left := bought - 120 + 20 - 10; f.Left.Units != left {
		t.Errorf("%d units are left instead of %d", f.Left.Units, left)
	}
}

// TestReturnsWereSoldOnTheDayTheyCameBack: what comes back on a day can leave from the next one on. Where goods were in stock
// without a day of put-away the ledger missed them, and what came back on the day of its order was never sold again.
func TestReturnsWereSoldOnTheDayTheyCameBack(t *testing.T) {
	for _, days := range []int{0, 1, 5} {
		for _, units := range []int64{10, 20, 30, 70} {
			a := own(t)
			a.Batch.Units, a.Risks.Returned, a.Days.DeliveryMin, a.Days.DeliveryMax, a.Days.Return = units, pct("50%"), of(0), of(0), of(days)
			f := figures(t, small(), a)
			var bought int64
			for _, b := range f.Batches {
				bought += b.Units
			}
			// Of 120 orders 60 are kept. Stock is ordered when less is there than a day sells, which is 2 or 1.
			if left := bought - 60; f.Paid.Units != 60 || f.Left.Units != left || left > units+int64(days)+2 {
				t.Errorf("%d days, batches of %d: %d of %d units are left", days, units, f.Left.Units, bought)
			}
		}
	}
}

// TestShortAndRefusedBatches: of a batch of 60, 10% are refused at customs and 5% of the other 54 are broken: 6 and 2.
func TestShortAndRefusedBatches(t *testing.T) {
	a := hamburg(t)
	a.Risks.Refused, a.Risks.Short = pct("10%"), pct("5%")
	f := figures(t, small(), a)
	if b := f.Batches[0]; b.Units != 60 || b.Missing != 8 {
		t.Errorf("%d of %d are missing", b.Missing, b.Units)
	}
	if len(f.Batches) != 3 { // 52, 104 and then more for 120
		t.Errorf("%d batches", len(f.Batches))
	}
	if f.Cost.Part(batch.Purchase).Compare(eur("1200.00")); f.Cost.Part(batch.Purchase).Coef() <= 120000 {
		t.Errorf("units that never arrive cost nothing: %s", f.Cost)
	}
}

// TestMinimumOfAConsignment: a batch of one carton pays the minimum of 50.00, not 22.00.
func TestMinimumOfAConsignment(t *testing.T) {
	a := hamburg(t)
	a.Batch = Batch{Units: 10}
	f := figures(t, small(), a)
	if n := len(f.Batches); n != 12 {
		t.Fatalf("%d batches", n)
	}
	same(t, "first leg", f.Cost.Part(batch.FirstLeg).String(), "600.00 EUR")
}

// TestEveryRoundsUpToCartons: 30 days of January's pace are 58 lamps: six cartons.
func TestEveryRoundsUpToCartons(t *testing.T) {
	a := hamburg(t)
	a.Batch = Batch{Every: 30}
	f := figures(t, small(), a)
	if f.Batches[0].Units != 60 {
		t.Errorf("%d units", f.Batches[0].Units)
	}
}

// TestParcelsPayAtTheBorder: by the facts of the customs of Germany every parcel pays duty, and no tax that the seller
// collects.
func TestParcelsPayAtTheBorder(t *testing.T) {
	customs, err := fees.CustomsCard(nation("DE"))
	if err != nil {
		t.Fatal(err)
	}
	c, err := fees.ParseCard(strings.NewReader(card("post", directCharges)))
	if err != nil {
		t.Fatal(err)
	}
	calc, err := fees.Compile(c, customs)
	if err != nil {
		t.Fatal(err)
	}
	p := small()
	p.Products[0].Price = eur("200.00")
	p.Products[0].Duties[nation("DE")] = []fees.Duty{{Code: "third_country", Rate: *pct("10%")}}
	a := direct(t)
	a.Cards, a.Stages = calc, []Stage{Deliver, ParcelImport}
	a.Freight, a.DutyPaid, a.TaxAtSale, a.Risks.Refused = pct("0%"), fees.Yes, fees.No, pct("1%")
	f := figures(t, p, a)
	parcel, err := calc.Parcel(&fees.DirectParcel{
		Date: day("2026-01-05"), Destination: nation("DE"),
		Lines: []fees.EntryLine{{SKU: "LAMP", HS: "940521", Units: 1, Weight: must(unit.ParseWeight("1 kg")), Goods: eur("200.00"), Duties: p.Products[0].Duties[nation("DE")]}},
	})
	if err != nil {
		t.Fatal(err)
	}
	due := must(parcel.Total.Sub(parcel.SaleTax))
	if due.Sign() <= 0 {
		t.Fatalf("nothing is due: %+v", parcel)
	}
	// of 120 parcels the hundredth is refused, and pays nothing
	same(t, "tariff", f.Cost.Part(batch.Tariff).String(), must(due.WithAmount(due.Coef()*119, due.Scale())).String())
	if f.Fates[Refused].Orders != 1 {
		t.Errorf("%d of 120 are refused", f.Fates[Refused].Orders)
	}
	rec, err := Compare(p, a).Explain(english)
	if err != nil {
		t.Fatal(err)
	}
	if err := rec.Verify(); err != nil {
		t.Fatal(err)
	}
	if !slices.ContainsFunc(rec.Totals, func(n *proof.Node) bool {
		return n.Name == "direct/tariff" && n.Value.Cmp(amountRat(f.Cost.Part(batch.Tariff))) == 0
	}) {
		t.Error("the tariff of parcels is not explained")
	}
	grounded(t, rec, "given price LAMP 200", "given plan.pieces /products/0/orders/0/pieces 1", "given rate /lines/0/duties/third_country 1/10", "price  customs-de 19/100", "stated over customs-de/parcel/duty_relief 150")
	// 10% of 200.00 for all but the one that is refused, and no tax: that is collected with the price
	a.TaxAtSale = fees.Yes
	same(t, "duty", figures(t, p, a).Cost.Part(batch.Tariff).String(), "2380.00 EUR")
	if rec, err = Compare(p, a).Explain(english); err != nil {
		t.Fatal(err)
	}
	grounded(t, rec, "word parcel.tax_at_sale /tax_at_sale yes", "price parcel.tax_at_sale  0")
	a.DutyPaid = fees.No
	if f = figures(t, p, a); f.Cost.Part(batch.Tariff).Sign() != 0 {
		t.Error("the seller pays what the buyer pays")
	}
	// a parcel that owes nothing is explained too
	p.Products[0].Duties[nation("DE")], a.DutyPaid = fees.NoDuty(), fees.Yes
	if err := must(Compare(p, a).Explain(english)).Verify(); err != nil {
		t.Fatal(err)
	}
}

// TestUplift: a tenth more exposure and a tenth better conversion are 21% more orders, at their real costs.
func TestUplift(t *testing.T) {
	p, a := small(), hamburg(t)
	a.Uplift = &Uplift{Exposure: pct("10%"), Conversion: pct("10%")}
	a.Batch = Batch{Every: 60}
	f := figures(t, p, a)
	b := f.Benefit
	if b.Orders != 25 { // 72.6 x 2 = 145.2
		t.Errorf("%d orders more", b.Orders)
	}
	same(t, "sales", b.Sales.String(), "1000.00 EUR")
	p.Products[0].Sales = []Pace{{Rate: rate("72.6"), Count: OrdersPlaced, Per: PerMonth}}
	a.Uplift = nil
	g := figures(t, p, a)
	same(t, "cost", b.Cost.String(), must(g.Total.Sub(f.Total)).String())
	same(t, "margin", b.Margin.String(), must(b.Sales.Sub(b.Cost)).String())
}

// TestImportTaxIsTiedUpAndNoCost: VAT on import is paid with the entry and got back later.
func TestImportTaxIsTiedUpAndNoCost(t *testing.T) {
	de, err := fees.CustomsCard(nation("DE"))
	if err != nil {
		t.Fatal(err)
	}
	var cards []*fees.Card
	for _, d := range []string{card("sea", firstLeg), card("wh", warehouse), card("dhl", delivery)} {
		cards = append(cards, must(fees.ParseCard(strings.NewReader(d))))
	}
	a := hamburg(t)
	a.Cards = must(fees.Compile(append(cards, de)...))
	p := small()
	c := Compare(p, a)
	if err := c.Results()[0].Err(); !errors.Is(err, ErrMissing) || !strings.Contains(err.Error(), "/terms/tax_back") {
		t.Fatalf("without a term for the tax: %v", err)
	}
	a.Terms.TaxBack = of(45)
	r := Compare(p, a).Results()[0]
	if r.Err() != nil {
		t.Fatal(r.Err())
	}
	var out, back int64
	for _, m := range r.Figures.Cash {
		switch m.For {
		case PayImportTax:
			out += m.Amount.Coef()
		case PayTaxBack:
			back += m.Amount.Coef()
		}
	}
	// (600.00 goods + 132.00 freight) x 19% = 139.08, twice
	if out != 27816 || back != -27816 {
		t.Errorf("%d out, %d back", out, back)
	}
	if r.Figures.Cost.Part(batch.Tariff).Sign() != 0 {
		t.Errorf("tax is a cost: %s", r.Figures.Cost)
	}
	a.Registered = fees.No
	r = Compare(p, a).Results()[0]
	same(t, "tariff", r.Figures.Cost.Part(batch.Tariff).String(), "278.16 EUR")
}

// TestPaces: a pace by the month is met by its end; units make orders as they fit.
func TestPaces(t *testing.T) {
	p := small()
	p.Months = 3
	q := &p.Products[0]
	count := func() (orders, units int64, byMonth []int64) {
		h := horizonOf(p)
		byMonth = make([]int64, p.Months)
		for _, s := range demand(p, q, &h) {
			m := 0
			for s.day >= h.ends[m] {
				m++
			}
			byMonth[m] += s.orders
			orders += s.orders
			units += s.orders * q.Orders[s.shape].Pieces
		}
		return
	}
	for _, n := range []string{"1", "7", "30", "31", "100", "997"} {
		q.Sales = []Pace{{Rate: rate(n), Count: OrdersPlaced, Per: PerMonth}}
		if _, _, by := count(); by[0] != by[1] || by[1] != by[2] || must(unit.ParseFraction(n)).Coef() != by[0] {
			t.Errorf("%s a month: %v", n, by)
		}
	}
	two := q.Orders[0]
	two.Pieces, two.Share = 3, 1
	q.Orders = []Shape{q.Orders[0], two}
	q.Orders[0].Share = 2
	q.Sales = []Pace{{Rate: rate("2.5"), Count: UnitsSold, Per: PerDay}}
	if orders, units, _ := count(); units != 225 || orders != 135 { // 90 days; 5 units make 3 orders
		t.Errorf("%d orders of %d units", orders, units)
	}
	q.Sales = append(q.Sales, Pace{From: day("2026-02-01"), Rate: rate("0"), Count: UnitsSold, Per: PerDay})
	if _, units, _ := count(); units != 76 { // 77.5 in January, of which an order of three does not fit the last
		t.Errorf("%d units", units)
	}
}

// TestPaceThatCountsOtherwise: what half an order was left over is no unit of the next pace.
func TestPaceThatCountsOtherwise(t *testing.T) {
	p := small()
	q := &p.Products[0]
	q.Sales = []Pace{{Rate: rate("0.05"), Count: OrdersPlaced, Per: PerDay}, {From: day("2026-02-01"), Rate: rate("0.5"), Count: UnitsSold, Per: PerDay}}
	h := horizonOf(p)
	var days []int32
	for _, s := range demand(p, q, &h) {
		for range s.orders {
			days = append(days, s.day)
		}
	}
	// the 20th day of January; then every second one of February from its second day on
	want := []int32{19}
	for d := int32(32); d < 59; d += 2 {
		want = append(want, d)
	}
	if !slices.Equal(days, want) {
		t.Errorf("%v instead of %v", days, want)
	}
}

func TestDutiesAreThoseOfTheDestination(t *testing.T) {
	p := small()
	p.Products[0].Duties = map[country.Code][]fees.Duty{nation("FR"): fees.NoDuty()}
	if err := Evaluate(p, hamburg(t)).Err(); !errors.Is(err, ErrMissing) || !strings.Contains(err.Error(), "/products/0/duties/DE") {
		t.Error(err)
	}
}

// TestTariffIsNotPaidTwice: a first leg with the duties in it and an entry beside it are refused, not added up.
func TestTariffIsNotPaidTwice(t *testing.T) {
	a := hamburg(t)
	a.Cards = compile(t, card("sea", strings.ReplaceAll(firstLeg, `"first_leg"`, `["first_leg", "tariff"]`)), card("wh", warehouse), card("dhl", delivery), card("customs", customs))
	if r := Evaluate(small(), a); r.Figures != nil || !errors.Is(r.Err(), fees.ErrTariffTwice) {
		t.Error(r.Problems)
	}
	a.Stages = []Stage{Consign, Receive, Store, Deliver}
	f := figures(t, small(), a)
	same(t, "tariff", f.Families[4].String(), "tariff: included in sea/sea")
	for _, text := range []string{Compare(small(), a).Text(english), Compare(small(), a).CSV(english)} {
		if !strings.Contains(text, "included in sea/sea") {
			t.Error(text)
		}
	}
}

// TestTiedUpByHand: two lamps of 36,500.00 are bought at once on the 13th of January and sold on the 16th and the 31st; what
// each of them cost and its postage of 365.00 are tied up until the buyer's money is there, four days after the order. A
// day of 365.00 at 10% costs 0.10.
func TestTiedUpByHand(t *testing.T) {
	p := small()
	p.Months, p.Capital = 2, pct("10%")
	q := &p.Products[0]
	q.Cost = eur("36500.00")
	q.Sales = []Pace{{Rate: rate("2"), Count: OrdersPlaced, Per: PerMonth}, {From: day("2026-02-01"), Rate: rate("0"), Count: OrdersPlaced, Per: PerMonth}}
	a := direct(t)
	a.Cards = compile(t, card("post", strings.ReplaceAll(directCharges, "9.00", "365.00")))
	a.Batch = Batch{Units: 2}
	a.Days.DeliveryMin, a.Days.DeliveryMax, a.Terms.Payout = of(1), of(1), of(3)
	f := figures(t, p, a)
	// 13th to 31st: 73,000; from the 16th 365 more; on the 20th the first is back; on the 31st 365 more; on the 4th of
	// February all is back. 3 x 73,000 + 4 x 73,365 + 11 x 36,500 + 4 x 36,865 = 1,061,420; at 10% / 365 a day 290.80
	same(t, "interest", f.Interest.String(), "290.80 EUR")
	same(t, "peak", f.Peak.String()+" "+f.PeakDay.String(), "73365.00 EUR 2026-01-16")
	var calendar []string
	for _, m := range f.Cash {
		calendar = append(calendar, m.Date.String()+" "+m.For.String()+" "+plain(m.Amount))
	}
	same(t, "calendar", strings.Join(calendar, ", "), "2026-01-13 purchase 73000.00, 2026-01-16 orders 365.00, 2026-01-31 orders 365.00")
	// An order that is lost is written off on its day.
	a.Risks.Lost = pct("50%") // the second
	f = figures(t, p, a)
	same(t, "interest of a lost order", f.Interest.String(), new(big.Rat).SetFrac64(3*73000+4*73365+11*36500, 3650).FloatString(2)+" EUR")
	// Whoever pays the supplier after the buyer has paid has nothing tied up, and earns nothing.
	a.Terms.Purchase, a.Terms.Orders, a.Risks.Lost = of(60), of(60), pct("0%")
	f = figures(t, p, a)
	same(t, "interest of credit", f.Interest.String()+" "+f.Peak.String()+f.PeakDay.String(), "0.00 EUR 0.00 EUR")
}

// TestMinimumBill: a month's minimum is held against what was really billed in it, order by order.
func TestMinimumBill(t *testing.T) {
	a := own(t)
	a.Cards = compile(t, card("sea", firstLeg), card("dhl", delivery), card("customs", customs),
		card("own", `{"on": "period", "code": "least", "family": "other", "top_up": {"to": "400.00", "of": ["family:local_delivery"]}}, {"on": "return", "code": "back", "family": "handling", "price": "0.00"},
			{"on": "order", "code": "pack", "family": "handling", "price": "0.00"}`))
	f := figures(t, small(), a)
	// 60 orders at 4.00 are 240.00 a month
	same(t, "minimum", f.Cost.Part(batch.Other).String(), "320.00 EUR")
}

// grounded checks that what parcels pay at the border comes from such leaves, and from no amount that is only stated, and
// that each rule is a document.
func grounded(t *testing.T, rec *Record, want ...string) {
	t.Helper()
	if err := rec.Verify(); err != nil {
		t.Fatal(err)
	}
	leaves, rules := map[string]bool{}, map[string]bool{}
	for _, l := range rec.Lines {
		if l.Code != ParcelImport.String() {
			continue
		}
		if l.Card != "customs-de" {
			t.Errorf("a parcel by the card %s", l.Card)
		}
		prooftest.Steps(&Record{Lines: []proof.LineProof{l}}, func(_ string, n *proof.Node) {
			value := n.Word
			if n.Value != nil {
				value = n.Value.RatString()
			}
			if n.Op == proof.Stated && n.From == "" && n.Name != "minor_unit" {
				t.Errorf("%s %s is stated, and nobody says where", n.Name, value)
			}
			if strings.Contains(n.From, "/parcel/") {
				rules[n.From] = true
			}
			leaves[string(n.Op)+" "+n.Name+" "+n.From+" "+value] = true
		})
	}
	for _, s := range want {
		if !leaves[s] {
			t.Errorf("no leaf is %q", s)
		}
	}
	for _, d := range rec.Documents {
		delete(rules, d.ID)
	}
	if len(rules) > 0 {
		t.Errorf("no documents are %v", rules)
	}
}
