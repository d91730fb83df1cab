package scenario

import (
	"cmp"
	"math/big"
	"slices"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees"
	"github.com/overseaswarehouse/overseas/fees/batch"
	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/fees/unit"
	"github.com/overseaswarehouse/overseas/internal/fixed"
	"github.com/overseaswarehouse/overseas/internal/problem"
)

// gone reports whether what is in an account has left for good.
func gone(a batch.Account) bool {
	switch a {
	case batch.Sold, batch.Charged, batch.Lost, batch.Disposed, batch.Corrected, batch.Compensated:
		return true
	}
	return false
}

// figures reads the books.
func (r *run) figures() *Figures {
	f := &Figures{
		From: r.h.start, Until: r.h.date(r.h.days), Batches: r.rows,
		DaysMin: *r.alt.Days.DeliveryMin, DaysMax: *r.alt.Days.DeliveryMax, Tracking: r.alt.Tracking, Returns: r.alt.Risks.Returns,
		LeadDays: int(r.lead + days(r.alt.Days.Production)),
	}
	months := map[country.Date]*amounts{}
	month := func(d country.Date) *amounts {
		d = d.FirstOfMonth()
		if months[d] == nil {
			months[d] = &amounts{}
		}
		return months[d]
	}
	for _, m := range r.h.months {
		month(m)
	}
	var total amounts
	var fates [fateCount]amounts
	byBatch := map[string]*amounts{}
	for _, b := range f.Batches {
		byBatch[b.ID] = &amounts{}
	}
	payout := days(r.alt.Days.DeliveryMax) + days(r.alt.Terms.Payout)
	var sum, borne *amounts // of the month and the batch of the movement before
	var first country.Date
	var batchID string
	add := func(s *batch.Side, m *batch.Movement, cost amounts, outside bool) {
		total.add(cost)
		if d := m.Effect.FirstOfMonth(); d != first {
			first, sum = d, month(d)
		}
		sum.add(cost)
		if s.Batch != batchID {
			batchID, borne = s.Batch, byBatch[s.Batch]
		}
		if borne != nil {
			borne.add(cost)
		}
		fate, ok := fateOf(s.Order)
		ordered := ok && (s.Account == batch.Sold || s.Account == batch.Charged)
		if ordered {
			fates[fate].add(cost)
		}
		if outside { // what was charged to an order, and is recovered with it
			return
		}
		day := int32(m.Effect.DaysSince(r.h.start))
		if ordered && fate == Paid {
			day += payout
		}
		r.recover(day, cost.sum()*fineUnit)
	}
	for _, book := range r.books {
		for m := range book.Movements() {
			from, to := gone(m.From.Account), gone(m.To.Account)
			if !from && !to {
				continue
			}
			cost := partsOf(m.Cost)
			outside := m.From.Account == batch.Outside
			if to {
				add(&m.To, &m, cost, outside)
			}
			if from {
				for i, v := range cost {
					cost[i] = -v
				}
				add(&m.From, &m, cost, outside)
			}
		}
	}
	var aside amounts
	for m, cost := range r.extra {
		aside.add(*cost)
		month(m).add(*cost)
	}
	total.add(aside)
	for i := range r.fates {
		row := r.fates[i]
		row.Fate, row.Cost = Fate(i), r.cost(fates[i])
		f.Fates = append(f.Fates, row)
		f.Placed.Orders += row.Orders
		f.Placed.Units += row.Units
	}
	f.Paid = Tally{f.Fates[Paid].Orders, f.Fates[Paid].Units}
	if f.Paid.Orders == 0 {
		where := r.path + "/risks" // every one is refused, lost or sent back
		if f.Placed.Orders == 0 {
			where = "/products" // nobody orders anything
		}
		r.into.Add(problem.New(problem.NoOrders, "").At(where))
		return nil
	}
	tallies := map[country.Date]Tally{}
	for i := range r.supplies {
		for _, fl := range r.supplies[i].flows {
			if fl.fate == Paid {
				m := r.h.months[r.h.month(fl.day)]
				t := tallies[m]
				t.Orders += fl.orders
				t.Units += fl.units
				tallies[m] = t
			}
		}
	}
	for m, cost := range months {
		f.Months = append(f.Months, MonthRow{m, tallies[m].Orders, tallies[m].Units, r.cost(*cost)})
	}
	slices.SortFunc(f.Months, func(a, b MonthRow) int { return a.Month.Compare(b.Month) })
	zero := r.cost(amounts{})
	f.Left.Cost = zero
	at := map[string]int{}
	for i := range f.Batches {
		at[f.Batches[i].ID] = i
		f.Batches[i].Cost = r.cost(*byBatch[f.Batches[i].ID])
		f.Batches[i].Left.Cost = zero
	}
	for _, book := range r.books {
		for _, b := range book.Balances(country.Date{}) {
			f.Left.Units += b.Units
			f.Left.Cost, _ = f.Left.Cost.Add(b.Cost) // within what was booked
			if i, ok := at[b.Batch]; ok {
				row := &f.Batches[i]
				row.Left.Units += b.Units
				row.Left.Cost, _ = row.Left.Cost.Add(b.Cost)
				row.Cost, _ = row.Cost.Add(b.Cost)
			}
		}
	}
	f.Cost = r.cost(total)
	r.parts(f, total)
	r.cash(f)
	return r.totals(f, total.sum())
}

// parts are the families with their amounts over the horizon.
func (r *run) parts(f *Figures, total amounts) {
	for i := fees.FirstLeg; i <= fees.Other; i++ {
		p := r.pricer.families[i]
		p.Family = i
		p.Amount = r.money(total[batch.ComponentOf(i)])
		switch {
		case p.Amount.Sign() != 0:
			p.State, p.By = fees.Priced, ""
		case p.State == fees.Priced:
			p.State = fees.Free
		}
		f.Families = append(f.Families, p)
	}
}

// cash is the calendar of payments and what is tied up.
func (r *run) cash(f *Figures) {
	for k, fine := range r.payments {
		f.Cash = append(f.Cash, Payment{r.h.date(k.day), k.what, k.ref, r.money(minor(fine))})
	}
	for i, fine := range r.ordered {
		if fine != 0 {
			f.Cash = append(f.Cash, Payment{r.h.date(r.base + int32(i)), PayOrders, "", r.money(minor(fine))})
		}
	}
	slices.SortFunc(f.Cash, func(a, b Payment) int {
		return cmp.Or(a.Date.Compare(b.Date), cmp.Compare(a.For, b.For), cmp.Compare(a.Ref, b.Ref))
	})
	var tied, peak int64
	peakDay := int32(0)
	until := r.h.days - r.base
	sum := new(big.Int) // of what is tied up at the end of each day, in fine units
	var run, from int64
	flush := func(day int64) {
		if run > 0 {
			sum.Add(sum, new(big.Int).Mul(big.NewInt(run), big.NewInt(day-from)))
		}
		from = day
	}
	for i := range until {
		tied += r.paid[i] - r.got[i]
		if tied > peak {
			peak, peakDay = tied, i
		}
		if tied != run {
			flush(int64(i))
			run = tied
		}
	}
	flush(int64(until))
	f.Peak = r.money(minor(peak))
	if peak > 0 {
		f.PeakDay = r.h.date(r.base + peakDay)
	}
	days := new(big.Rat).SetFrac(sum, big.NewInt(fineUnit))
	interest := fixed.HalfUp.RoundRat(days.Mul(days, yearly(r.plan.Capital)))
	if !interest.IsInt64() || fixed.Abs(interest.Int64()) > fixed.MaxCoef/2 {
		r.fail("interest", problem.New(problem.Overflow, interest.String()))
		return
	}
	f.Interest = r.money(interest.Int64())
}

// yearly is a percentage a year as a share a day, act/365.
func yearly(p *unit.Percent) *big.Rat {
	return big.NewRat(1, 36500).Mul(big.NewRat(1, 36500), ratOf(fixed.Decimal{Coef: p.Coef(), Scale: p.Scale()}))
}

func ratOf(d fixed.Decimal) *big.Rat {
	den := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(d.Scale)), nil)
	return new(big.Rat).SetFrac(big.NewInt(d.Coef), den)
}

// roundInt rounds half up to a whole number.
func roundInt(v *big.Rat) int64 { return fixed.HalfUp.RoundRat(v).Int64() }

// totals are the figures that are asked for first.
func (r *run) totals(f *Figures, cost int64) *Figures {
	all := cost + f.Interest.Coef()
	f.Total = r.money(all)
	over := func(n int64) (*big.Rat, money.Money) {
		if n == 0 {
			return new(big.Rat), money.Money{}
		}
		exact := big.NewRat(all, n)
		return exact, r.money(roundInt(exact))
	}
	f.exact.perOrder, f.PerOrder = over(f.Paid.Orders)
	f.exact.perUnit, f.PerUnit = over(f.Paid.Units)
	f.exact.net = f.exact.perOrder
	_, f.PerBatch = over(int64(len(f.Batches)))
	_, f.PerMonth = over(int64(r.plan.Months))
	return f
}

// Interest is what an amount costs that is tied up for so many days at so much a year, act/365, rounded half up to the
// minor unit: 40,000.00 EUR for 84 days at 12% are 1,104.66 EUR. It fails with number_range for a negative number of days,
// with currency_unknown for the zero Money and with overflow.
func Interest(amount money.Money, yearlyRate unit.Percent, days int) (money.Money, error) {
	if days < 0 {
		return money.Money{}, problem.New(problem.NumberRange, big.NewInt(int64(days)).String(), "≥ 0").At("/days")
	}
	if amount.IsZero() {
		return money.Money{}, problem.New(problem.CurrencyUnknown, "").At("/amount")
	}
	digits := uint8(amount.Currency().Digits())
	v := ratOf(fixed.Decimal{Coef: amount.Coef(), Scale: amount.Scale()})
	v.Mul(v, yearly(&yearlyRate))
	v.Mul(v, new(big.Rat).SetInt64(int64(days)))
	v.Mul(v, new(big.Rat).SetInt(new(big.Int).SetUint64(fixed.Pow10(int(digits)))))
	coef := fixed.HalfUp.RoundRat(v)
	if !coef.IsInt64() {
		return money.Money{}, problem.New(problem.Overflow, amount.String())
	}
	return amount.WithAmount(coef.Int64(), digits)
}
