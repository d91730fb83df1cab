package scenario

import (
	"slices"
	"strconv"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees"
	"github.com/overseaswarehouse/overseas/fees/unit"
	"github.com/overseaswarehouse/overseas/internal/fixed"
	"github.com/overseaswarehouse/overseas/internal/problem"
)

// bounds of a plan
const (
	mostMonths   = 120
	mostDays     = 3650 // of one step
	mostProducts = 100_000
	mostUnits    = 1_000_000_000 // of a batch
	mostBatches  = 1_000_000     // of a product
	paceScale    = 6
	mostPace     = 100_000
)

// checker collects what a plan and an alternative miss, and what is wrong with them.
type checker struct {
	into problem.List
	path string
}

func (c *checker) missing(name string, want ...string) {
	field := name[lastSlash(name)+1:]
	c.into.Add(problem.New(problem.InputMissing, field, want...).At(c.path + "/" + name))
}

func lastSlash(s string) int {
	for i := len(s) - 1; i >= 0; i-- {
		if s[i] == '/' {
			return i
		}
	}
	return -1
}

func (c *checker) bad(code problem.Code, name, text string, want ...string) {
	c.into.Add(problem.New(code, text, want...).At(c.path + "/" + name))
}

// need reports a field that is not there.
func (c *checker) need(there bool, name string, want ...string) {
	if !there {
		c.missing(name, want...)
	}
}

func (c *checker) days(n *int, name string, needed bool) {
	switch {
	case n == nil:
		c.need(!needed, name, "days")
	case *n < 0 || *n > mostDays:
		c.bad(problem.NumberRange, name, strconv.Itoa(*n), "0 … "+strconv.Itoa(mostDays))
	}
}

func (c *checker) share(p *unit.Percent, name string, needed bool) {
	switch {
	case p == nil:
		c.need(!needed, name, "%")
	case p.Sign() < 0 || p.Compare(hundred()) > 0:
		c.bad(problem.NumberRange, name, p.String(), "0% … 100%")
	}
}

// rate is a percentage that may be more than a hundred.
func (c *checker) rate(p *unit.Percent, name string, needed bool) {
	switch {
	case p == nil:
		c.need(!needed, name, "%")
	case p.Sign() < 0 || p.Compare(thousand()) > 0:
		c.bad(problem.NumberRange, name, p.String(), "0% … 1000%")
	}
}

func hundred() unit.Percent  { p, _ := unit.PercentOf(100, 0); return p }
func thousand() unit.Percent { p, _ := unit.PercentOf(1000, 0); return p }

// plan checks what a plan says of itself, for any alternative.
func (c *checker) plan(p *Plan) {
	c.path = ""
	if p == nil {
		p = &Plan{}
	}
	c.need(!p.Currency.IsZero(), "currency")
	if !p.Currency.IsZero() && !p.Currency.IsValid() {
		c.bad(problem.CurrencyUnknown, "currency", p.Currency.String(), "ISO 4217")
	}
	c.need(p.Market != country.Code{}, "market")
	switch {
	case p.Start.IsZero():
		c.missing("start", "YYYY-MM-01")
	case !p.Start.IsValid() || p.Start.Day != 1:
		c.bad(problem.DateInvalid, "start", p.Start.String(), "YYYY-MM-01")
	}
	switch {
	case p.Months == 0:
		c.missing("months")
	case p.Months < 0 || p.Months > mostMonths:
		c.bad(problem.NumberRange, "months", strconv.Itoa(p.Months), "1 … "+strconv.Itoa(mostMonths))
	}
	c.rate(p.Capital, "capital", true)
	switch n := len(p.Products); {
	case n == 0:
		c.missing("products")
	case n > mostProducts:
		c.bad(problem.NumberRange, "products", strconv.Itoa(n), strconv.Itoa(mostProducts))
	}
	seen := make(map[string]bool, len(p.Products))
	for i := range p.Products {
		c.path = "/products/" + strconv.Itoa(i)
		q := &p.Products[i]
		if seen[q.SKU] {
			c.bad(problem.Duplicate, "sku", q.SKU)
		}
		seen[q.SKU] = true
		c.product(p, q)
	}
}

func (c *checker) product(p *Plan, q *Product) {
	c.need(q.SKU != "", "sku")
	c.need(!q.Weight.IsZero(), "weight")
	c.need(!q.Size.IsZero() || !q.Volume.IsZero(), "size")
	if !q.Size.IsZero() {
		if _, err := unit.NewSize(q.Size.L, q.Size.W, q.Size.H); err != nil {
			c.bad(problem.MissingField, "size", q.Size.String(), "length, width, height")
		}
	}
	c.need(!q.Cost.IsZero(), "cost")
	if q.Cost.Sign() < 0 {
		c.bad(problem.Negative, "cost", q.Cost.String())
	}
	if q.Price.Sign() < 0 {
		c.bad(problem.Negative, "price", q.Price.String())
	}
	c.need(len(q.Sales) > 0, "sales")
	base := c.path
	for i := range q.Sales {
		c.path = base + "/sales/" + strconv.Itoa(i)
		s := &q.Sales[i]
		switch {
		case i > 0 && s.From.IsZero():
			c.missing("from")
		case !s.From.IsZero() && !s.From.IsValid():
			c.bad(problem.DateInvalid, "from", s.From.String(), "YYYY-MM-DD")
		case i == 0 && s.From.After(p.Start), i > 0 && !q.Sales[i-1].From.Before(s.From):
			c.bad(problem.DateOrder, "from", s.From.String())
		}
		c.need(s.Rate != nil, "rate")
		if s.Rate != nil {
			if _, ok := paceOf(*s.Rate); !ok {
				c.bad(problem.NumberRange, "rate", s.Rate.String(), "0 … "+strconv.Itoa(mostPace))
			}
		}
		c.need(s.Count.String() != "", "count", countWords[1:]...)
		c.need(s.Per.String() != "", "per", spanWords[1:]...)
	}
	c.path = base
	c.need(len(q.Orders) > 0, "orders")
	for i := range q.Orders {
		c.path = base + "/orders/" + strconv.Itoa(i)
		c.shape(&q.Orders[i])
	}
	c.path = base
}

func (c *checker) shape(s *Shape) {
	const most = 1_000_000
	count := func(n int64, name string) {
		switch {
		case n == 0:
			c.missing(name)
		case n < 0 || n > most:
			c.bad(problem.NumberRange, name, strconv.FormatInt(n, 10), "1 … "+strconv.Itoa(most))
		}
	}
	count(s.Share, "share")
	count(s.Pieces, "pieces")
	c.need(len(s.Parcels) > 0, "parcels")
	base := c.path
	var units int64
	stated := true
	for i := range s.Parcels {
		c.path = base + "/parcels/" + strconv.Itoa(i)
		p := &s.Parcels[i]
		c.need(!p.Weight.IsZero(), "weight")
		c.need(!p.Size.IsZero() || !p.Volume.IsZero(), "size")
		n := max(p.Count, 1)
		if p.Count < 0 || p.Count > most || p.Units < 0 || p.Units > most {
			c.bad(problem.NumberRange, "count", strconv.FormatInt(p.Count, 10), "1 … "+strconv.Itoa(most))
			stated = false
			continue
		}
		if p.Units == 0 && (len(s.Parcels) > 1 || n > 1) {
			c.missing("units")
			stated = false
		}
		units += n * p.Units
	}
	c.path = base
	if stated && units > 0 && units != s.Pieces && s.Pieces > 0 {
		c.bad(problem.CountMismatch, "parcels", strconv.FormatInt(s.Pieces, 10), strconv.FormatInt(units, 10))
	}
}

// alternative checks what an alternative says, and what its stages need of the plan.
func (c *checker) alternative(p *Plan, a *Alternative, path string) {
	c.path = path
	c.need(a.Name != "", "name")
	c.need(a.Cards != nil, "cards")
	c.need(len(a.Stages) > 0, "stages", stageWords[1:]...)
	for i, s := range a.Stages {
		switch {
		case s.String() == "":
			c.bad(problem.UnknownValue, "stages/"+strconv.Itoa(i), strconv.Itoa(int(s)), stageWords[1:]...)
		case slices.Contains(a.Stages[:i], s):
			c.bad(problem.Duplicate, "stages/"+strconv.Itoa(i), s.String())
		}
	}
	has := a.has
	if len(a.Stages) > 0 && !has(Deliver) {
		c.missing("stages", Deliver.String())
	}
	if (has(Import) || has(Receive)) && !has(Consign) {
		c.missing("stages", Consign.String())
	}
	if has(Import) && has(ParcelImport) {
		c.bad(problem.FieldsExclude, "stages", Import.String(), ParcelImport.String())
	}
	if has(Consign) || has(ParcelImport) {
		c.need(a.Origin != country.Code{}, "origin")
	}
	if has(Consign) || has(Receive) || has(Store) || has(Rent) {
		c.need(a.Country != country.Code{}, "country")
	}
	switch b := a.Batch; {
	case b.Units == 0 && b.Every == 0:
		c.missing("batch", "units, every")
	case b.Units != 0 && b.Every != 0:
		c.bad(problem.FieldsExclude, "batch", "units", "every")
	case b.Units < 0 || b.Units > mostUnits:
		c.bad(problem.NumberRange, "batch/units", strconv.FormatInt(b.Units, 10), "1 … "+strconv.Itoa(mostUnits))
	case b.Every < 0 || b.Every > mostDays:
		c.bad(problem.NumberRange, "batch/every", strconv.Itoa(b.Every), "1 … "+strconv.Itoa(mostDays))
	}
	c.days(&a.Batch.Ahead, "batch/ahead", false)
	back := a.Risks.Returns == ComeBack
	for _, d := range [...]struct {
		n      *int
		name   string
		needed bool
	}{
		{a.Days.Production, "days/production", true}, {a.Days.Transit, "days/transit", has(Consign)},
		{a.Days.Clearance, "days/clearance", has(Import)}, {a.Days.PutAway, "days/put_away", has(Receive)},
		{a.Days.DeliveryMin, "days/delivery_min", true}, {a.Days.DeliveryMax, "days/delivery_max", true},
		{a.Days.Return, "days/return", back},
		{a.Terms.Purchase, "terms/purchase", true}, {a.Terms.FirstLeg, "terms/first_leg", has(Consign)},
		{a.Terms.Tariff, "terms/tariff", has(Import)}, {a.Terms.Receipt, "terms/receipt", has(Receive)},
		{a.Terms.Storage, "terms/storage", has(Store)}, {a.Terms.Rent, "terms/rent", has(Rent)},
		{a.Terms.Orders, "terms/orders", true}, {a.Terms.Payout, "terms/payout", true}, {a.Terms.TaxBack, "terms/tax_back", false},
	} {
		c.days(d.n, d.name, d.needed)
	}
	if lo, hi := a.Days.DeliveryMin, a.Days.DeliveryMax; lo != nil && hi != nil && *lo > *hi {
		c.bad(problem.MinOverMax, "days/delivery_max", strconv.Itoa(*lo), strconv.Itoa(*hi))
	}
	r := &a.Risks
	c.share(r.Short, "risks/short", has(Consign))
	c.share(r.Refused, "risks/refused", has(Import) || has(ParcelImport))
	c.share(r.Lost, "risks/lost", true)
	c.share(r.Damaged, "risks/damaged", true)
	c.share(r.Returned, "risks/returned", true)
	c.need(r.Returns.String() != "", "risks/returns", returnWords[1:]...)
	c.share(r.Unfit, "risks/unfit", back)
	c.need(a.Tracking == fees.Yes || a.Tracking == fees.No, "tracking", "yes, no")
	if has(Import) {
		c.need(a.Registered == fees.Yes || a.Registered == fees.No, "registered", "yes, no")
	}
	c.share(a.Freight, "freight", has(Import) || has(ParcelImport))
	if has(ParcelImport) {
		c.need(a.DutyPaid == fees.Yes || a.DutyPaid == fees.No, "duty_paid", "yes, no")
		c.need(a.TaxAtSale == fees.Yes || a.TaxAtSale == fees.No, "tax_at_sale", "yes, no")
	}
	if u := a.Uplift; u != nil {
		c.rate(u.Exposure, "uplift/exposure", false)
		c.rate(u.Traffic, "uplift/traffic", false)
		c.rate(u.Conversion, "uplift/conversion", false)
		if u.Exposure == nil && u.Traffic == nil && u.Conversion == nil {
			c.missing("uplift", "exposure, traffic, conversion")
		}
	}
	c.demands(p, a, path)
}

// demands checks what the stages of an alternative need of the products.
func (c *checker) demands(p *Plan, a *Alternative, path string) {
	if p == nil {
		return
	}
	has := a.has
	for i := range p.Products {
		q := &p.Products[i]
		c.path = "/products/" + strconv.Itoa(i)
		switch {
		case q.Carton == nil:
			c.need(!has(Consign) && !has(Receive), "carton")
		default:
			c.need(q.Carton.Units != 0, "carton/units")
			c.need(!q.Carton.Weight.IsZero(), "carton/weight")
			c.need(!q.Carton.Size.IsZero(), "carton/size")
			if q.Carton.Units < 0 || q.Carton.Units > mostUnits {
				c.bad(problem.NumberRange, "carton/units", strconv.FormatInt(q.Carton.Units, 10), "1 … "+strconv.Itoa(mostUnits))
			} else if q.Carton.Units > 0 && has(Consign) && a.Batch.Units%q.Carton.Units != 0 {
				c.path = path
				c.bad(problem.NotMultiple, "batch/units", strconv.FormatInt(a.Batch.Units, 10), strconv.FormatInt(q.Carton.Units, 10))
				c.path = "/products/" + strconv.Itoa(i)
			}
		}
		if has(Import) {
			c.need(len(q.Duties[a.Country]) > 0 || a.Country == (country.Code{}), "duties/"+a.Country.String())
			c.need(q.HS != "", "hs")
		}
		if has(ParcelImport) {
			c.need(len(q.Duties[p.Market]) > 0 || p.Market == (country.Code{}), "duties/"+p.Market.String())
			c.need(q.HS != "", "hs")
			for k := range q.Orders {
				if to := q.Orders[k].Country; to != (country.Code{}) && to != p.Market {
					c.need(len(q.Duties[to]) > 0, "duties/"+to.String())
				}
			}
		}
		if has(ParcelImport) || a.Uplift != nil {
			c.need(!q.Price.IsZero(), "price")
		}
	}
}

func (a *Alternative) has(s Stage) bool { return slices.Contains(a.Stages, s) }

// paceOf is a pace in millionths.
func paceOf(f unit.Fraction) (int64, bool) {
	d, ok := fixed.Decimal{Coef: f.Coef(), Scale: f.Scale()}.Rescale(paceScale)
	return d.Coef, ok && d.Coef >= 0 && d.Coef <= mostPace*1_000_000
}
