package fees_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees"
	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/fees/unit"
)

func euros(coef int64, scale uint8) money.Money {
	c, _ := country.ParseCurrency("EUR")
	m, err := money.Of(coef, scale, c)
	must(err)
	return m
}

func kilos(grams int64) unit.Weight {
	w, err := unit.WeightOf(grams, 3, unit.Kilogram)
	must(err)
	return w
}

// someAnswers are complete.
func someAnswers() fees.Answers {
	germany, _ := country.Parse("DE")
	euro, _ := country.ParseCurrency("EUR")
	days := int64(30)
	rate, _ := unit.ParsePercent("19%")
	return fees.Answers{
		ID: "first", Edition: "2026-11", Title: "Offer of November", Provider: "汉堡仓 <Hamburg> & Co", Source: "https://example.com/?a=1&b=2", Country: germany, Currency: euro,
		From: country.Date{Year: 2026, Month: 1, Day: 1}, Seen: country.Date{Year: 2026, Month: 11, Day: 22},
		Tax: "included", TaxRate: rate,
		PerKg: euros(130, 2), Divisor: 6000, MinimumWeight: kilos(12000), Minimum: euros(2500, 2),
		PerM3Day: euros(55, 2), FreeDays: &days, PerOrder: euros(120, 2), PerPiece: euros(35, 2),
		Delivery: []fees.Bracket{{UpTo: kilos(2000), Price: euros(410, 2)}, {UpTo: kilos(31500), Price: euros(730, 2)}},
	}
}

func TestDraftOfEverything(t *testing.T) {
	document, unanswered, err := fees.Draft(someAnswers())
	if err != nil || len(unanswered) > 0 {
		t.Fatal(unanswered, err)
	}
	path := filepath.Join("testdata", "draft.json")
	if *update {
		must(os.WriteFile(path, document, 0o644))
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(document, want) {
		t.Errorf("%s differs (-update writes it anew):\n%s", path, document)
	}
	if !json.Valid(document) {
		t.Error("not JSON")
	}
}

// half is r rounded half up to cents.
func half(r *big.Rat) *big.Rat {
	n := new(big.Rat).Mul(r, big.NewRat(100, 1))
	n.Add(n, big.NewRat(1, 2))
	return new(big.Rat).SetFrac(new(big.Int).Div(n.Num(), n.Denom()), big.NewInt(100))
}

func exact(m money.Money) *big.Rat {
	r, _ := new(big.Rat).SetString(m.Decimal().String())
	return r
}

// TestDraftsPriceByHand draws answers at random, prices events on the card that they give, and does the sums by hand.
func TestDraftsPriceByHand(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 12))
	maybe := func(n int) bool { return r.IntN(n) > 0 }
	priced, free, charged := 0, 0, 0
	for range 250 {
		a := someAnswers()
		a.PerKg, a.PerM3Day, a.PerOrder, a.PerPiece, a.Minimum = euros(r.Int64N(90000), 4), euros(r.Int64N(2000), 3), euros(r.Int64N(300), 2), euros(r.Int64N(900), 3), euros(r.Int64N(4000), 2)
		days := r.Int64N(40)
		a.FreeDays, a.Divisor, a.MinimumWeight = &days, 4000+r.Int64N(3)*1000, kilos(1+r.Int64N(60000))
		a.Delivery = nil
		edge, price := int64(0), r.Int64N(300)
		for range 1 + r.IntN(4) {
			edge, price = edge+1+r.Int64N(4000), price+r.Int64N(200)
			a.Delivery = append(a.Delivery, fees.Bracket{UpTo: kilos(edge), Price: euros(price, 2)})
		}
		if !maybe(4) {
			a.Delivery = []fees.Bracket{{Price: euros(price, 2)}}
		}
		a.Tax, a.TaxRate = "none", unit.Percent{}
		if !maybe(3) {
			a.Tax, a.TaxRate = "excluded", mustPercent(r.Int64N(2500)+1)
		}
		var none []string
		drop := func(name string, zero func()) {
			if !maybe(5) {
				zero()
				none = append(none, name)
			}
		}
		drop("divisor", func() { a.Divisor = 0 })
		drop("minimum_weight", func() { a.MinimumWeight = unit.Weight{} })
		drop("minimum", func() { a.Minimum = money.Money{} })
		drop("free_days", func() { a.FreeDays = nil })
		drop("per_order", func() { a.PerOrder = money.Money{} })
		drop("per_piece", func() { a.PerPiece = money.Money{} })
		drop("delivery", func() { a.Delivery = nil })

		document, unanswered, err := fees.Draft(a)
		if err != nil {
			t.Fatalf("%+v: %v", a, err)
		}
		slices.Sort(none)
		slices.Sort(unanswered)
		if !slices.Equal(none, unanswered) {
			t.Fatalf("unanswered %v, want %v", unanswered, none)
		}
		card, err := fees.ParseCard(bytes.NewReader(document))
		if err != nil || len(card.Lint()) > 0 {
			t.Fatalf("%v %v\n%s", err, card.Lint(), document)
		}
		calc, err := fees.Compile(card)
		must(err)
		quote := func(e fees.Event, want *big.Rat) {
			t.Helper()
			q, err := calc.Quote(e)
			if err != nil {
				t.Fatalf("%v\n%s", err, document)
			}
			if a.Tax == "excluded" && want.Sign() != 0 {
				rate, _ := new(big.Rat).SetString(strings.TrimSuffix(a.TaxRate.String(), "%"))
				tax := new(big.Rat).Mul(want, rate)
				want = new(big.Rat).Add(want, half(tax.Mul(tax, big.NewRat(1, 100))))
			}
			sum, err := q.Sum()
			if err != nil {
				t.Fatal(err)
			}
			if exact(sum).Cmp(want) != 0 {
				t.Fatalf("%v, want %s of %s\n%s", sum, want.FloatString(4), e.Kind(), document)
			}
			priced++
		}

		// A consignment of two kinds of cartons.
		day := country.Date{Year: 2026, Month: 11, Day: 22}
		c := &fees.Consignment{Date: day, Destination: a.Country}
		chargeable := new(big.Rat)
		for range 2 {
			grams, l, w, h, n := 1+r.Int64N(20000), 1+r.Int64N(60), 1+r.Int64N(60), 1+r.Int64N(60), 1+r.Int64N(5)
			size, err := unit.ParseSize(fmt.Sprintf("%dx%dx%d cm", l, w, h))
			must(err)
			c.Cartons = append(c.Cartons, fees.Carton{Count: n, Weight: kilos(grams), Size: size, Goods: []fees.Goods{{SKU: "A", Units: 1}}})
			weight := big.NewRat(grams, 1000)
			if a.Divisor > 0 {
				if volumetric := big.NewRat(l*w*h, a.Divisor); volumetric.Cmp(weight) > 0 {
					weight = volumetric
				}
			}
			chargeable.Add(chargeable, weight.Mul(weight, big.NewRat(n, 1)))
		}
		if !a.MinimumWeight.IsZero() {
			if least, _ := new(big.Rat).SetString(a.MinimumWeight.Decimal().String()); least.Cmp(chargeable) > 0 {
				chargeable = least
			}
		}
		freight := chargeable.Mul(chargeable, exact(a.PerKg))
		if !a.Minimum.IsZero() && exact(a.Minimum).Cmp(freight) > 0 {
			freight = exact(a.Minimum)
		}
		quote(c, half(freight))

		// A stay of one lot.
		stay, units := 1+r.Int64N(90), 1+r.Int64N(300)
		to := day
		for range stay {
			to, _ = to.AddDays(1)
		}
		size, _ := unit.ParseSize("50x40x30 cm")
		count := stay
		if a.FreeDays != nil {
			count = max(0, stay-*a.FreeDays)
		}
		if count == 0 {
			free++
		} else {
			charged++
		}
		storage := new(big.Rat).Mul(big.NewRat(60*units*count, 1000), exact(a.PerM3Day))
		quote(&fees.Stay{From: day, To: to, Country: a.Country, Lots: []fees.Lot{{SKU: "A", Arrived: day, Units: units, Size: size}}}, half(storage))

		// An order of one or two parcels.
		if a.PerOrder.IsZero() && a.PerPiece.IsZero() && len(a.Delivery) == 0 {
			continue
		}
		o := &fees.Order{Date: day, Country: a.Country}
		want, pieces := new(big.Rat), int64(0)
		if !a.PerOrder.IsZero() {
			want.Add(want, half(exact(a.PerOrder)))
		}
		delivery := new(big.Rat)
		for range 1 + r.IntN(2) {
			grams, n := 1+r.Int64N(edge), 1+r.Int64N(6)
			o.Parcels = append(o.Parcels, fees.Parcel{Weight: kilos(grams), Units: n})
			pieces += n
			for _, b := range a.Delivery {
				if b.UpTo.IsZero() || kilos(grams).Compare(b.UpTo) <= 0 {
					delivery.Add(delivery, exact(b.Price))
					break
				}
			}
		}
		if !a.PerPiece.IsZero() {
			want.Add(want, half(new(big.Rat).Mul(exact(a.PerPiece), big.NewRat(pieces, 1))))
		}
		quote(o, want.Add(want, half(delivery)))

		if n := len(a.Delivery); n > 0 && !a.Delivery[n-1].UpTo.IsZero() {
			o.Parcels = []fees.Parcel{{Weight: kilos(edge + 1), Units: 1}}
			if _, err := calc.Quote(o); !errors.Is(err, fees.ErrNotCarried) {
				t.Fatalf("a parcel beyond the last bracket: %v", err)
			}
		}
	}
	if priced < 600 || free < 30 || charged < 30 {
		t.Errorf("%d events, %d free stays, %d charged", priced, free, charged)
	}
}

func mustPercent(hundredths int64) unit.Percent {
	p, err := unit.PercentOf(hundredths, 2)
	must(err)
	return p
}

// TestDraftOfSomeCharges holds that what was not answered is not priced.
func TestDraftOfSomeCharges(t *testing.T) {
	full := someAnswers()
	for _, c := range []struct {
		name       string
		keep       func(*fees.Answers)
		family     fees.Family
		unanswered string
	}{
		{"first leg", func(a *fees.Answers) { a.PerKg = full.PerKg }, fees.FirstLeg, "divisor minimum_weight minimum per_m3_day free_days per_order per_piece delivery"},
		{"storage", func(a *fees.Answers) { a.PerM3Day = full.PerM3Day }, fees.Storage, "per_kg divisor minimum_weight minimum free_days per_order per_piece delivery"},
		{"handling", func(a *fees.Answers) { a.PerPiece = euros(0, 2) }, fees.Handling, "per_kg divisor minimum_weight minimum per_m3_day free_days per_order delivery"},
		{"delivery", func(a *fees.Answers) { a.Delivery = full.Delivery[:1] }, fees.LocalDelivery, "per_kg divisor minimum_weight minimum per_m3_day free_days per_order per_piece"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := fees.Answers{ID: full.ID, Provider: full.Provider, Source: full.Source, Country: full.Country, Currency: full.Currency, Seen: full.Seen, Tax: "excluded"}
			c.keep(&a)
			document, unanswered, err := fees.Draft(a)
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.Join(unanswered, " "); got != "tax_rate "+c.unanswered {
				t.Errorf("unanswered: %s", got)
			}
			card, err := fees.ParseCard(bytes.NewReader(document))
			if err != nil {
				t.Fatal(err)
			}
			n := 0
			for ch := range card.Charges() {
				if n++; !slices.Equal(ch.Families(), []fees.Family{c.family}) {
					t.Errorf("%s is of %v", ch.Code(), ch.Families())
				}
			}
			if n != 1 {
				t.Errorf("%d charges\n%s", n, document)
			}
		})
	}
}

func TestDraftProblems(t *testing.T) {
	dollar, _ := country.ParseCurrency("USD")
	minus := int64(-1)
	for _, c := range []struct {
		name   string
		change func(*fees.Answers)
		path   string
		code   fees.Code
	}{
		{"nothing", func(a *fees.Answers) { *a = fees.Answers{} }, "/currency", "missing_field"},
		{"no charge", func(a *fees.Answers) {
			*a = fees.Answers{ID: a.ID, Provider: a.Provider, Source: a.Source, Country: a.Country, Currency: a.Currency, From: a.From}
		}, "", "missing_field"},
		{"no id", func(a *fees.Answers) { a.ID = "" }, "/id", "missing_field"},
		{"an id with a space", func(a *fees.Answers) { a.ID = "a b" }, "/id", "malformed"},
		{"no provider", func(a *fees.Answers) { a.Provider = "" }, "/provider", "missing_field"},
		{"a blank provider", func(a *fees.Answers) { a.Provider = " " }, "/provider", "text_blank"},
		{"a provider that is no text", func(a *fees.Answers) { a.Provider = "a\xff" }, "/provider", "encoding"},
		{"no source", func(a *fees.Answers) { a.Source = "" }, "/source", "missing_field"},
		{"no country", func(a *fees.Answers) { a.Country = country.Code{} }, "/country", "missing_field"},
		{"no date", func(a *fees.Answers) { a.From, a.Seen = country.Date{}, country.Date{} }, "/from", "missing_field"},
		{"a day that is none", func(a *fees.Answers) { a.From.Day = 77 }, "/effective/from", "date_invalid"},
		{"a tax of another kind", func(a *fees.Answers) { a.Tax = "yes" }, "/tax", "unknown_value"},
		{"a rate of no tax", func(a *fees.Answers) { a.Tax = "none" }, "/tax_rate", "fields_exclude"},
		{"a rate without tax", func(a *fees.Answers) { a.Tax = "" }, "/tax_rate", "fields_exclude"},
		{"a rate below zero", func(a *fees.Answers) { a.TaxRate = mustPercent(-1) }, "/tax_rate", "negative"},
		{"a divisor without a price", func(a *fees.Answers) { a.PerKg, a.Minimum = money.Money{}, money.Money{} }, "/per_kg", "missing_field"},
		{"a minimum without a price", func(a *fees.Answers) { a.PerKg, a.Divisor, a.MinimumWeight = money.Money{}, 0, unit.Weight{} }, "/per_kg", "missing_field"},
		{"a divisor below zero", func(a *fees.Answers) { a.Divisor = -1 }, "/divisor", "negative"},
		{"a divisor out of all bounds", func(a *fees.Answers) { a.Divisor = 1_000_001 }, "/divisor", "number_range"},
		{"free days without a price", func(a *fees.Answers) { a.PerM3Day = money.Money{} }, "/per_m3_day", "missing_field"},
		{"free days below zero", func(a *fees.Answers) { a.FreeDays = &minus }, "/free_days", "negative"},
		{"a price below zero", func(a *fees.Answers) { a.PerPiece = euros(-1, 2) }, "/per_piece", "negative"},
		{"another currency", func(a *fees.Answers) { a.PerOrder, _ = money.Of(1, 2, dollar) }, "/per_order", "currency_mismatch"},
		{"a bracket of another currency", func(a *fees.Answers) { a.Delivery[1].Price, _ = money.Of(999, 2, dollar) }, "/delivery/1/price", "currency_mismatch"},
		{"a bracket without a price", func(a *fees.Answers) { a.Delivery[1].Price = money.Money{} }, "/delivery/1/price", "missing_field"},
		{"a bracket without an edge", func(a *fees.Answers) { a.Delivery[0].UpTo = unit.Weight{} }, "/delivery/0/up_to", "missing_field"},
		{"brackets that do not ascend", func(a *fees.Answers) { a.Delivery[1].UpTo = a.Delivery[0].UpTo }, "/delivery/1/up_to", "tier_unsorted"},
		{"prices that fall", func(a *fees.Answers) { a.Delivery[1].Price = euros(409, 2) }, "/delivery/1/price", "price_falls"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := someAnswers()
			c.change(&a)
			document, unanswered, err := fees.Draft(a)
			var ps fees.Problems
			if document != nil || unanswered != nil || !errors.As(err, &ps) {
				t.Fatalf("%s %v %v", document, unanswered, err)
			}
			if !slices.ContainsFunc(ps, func(p fees.Problem) bool { return p.Path == c.path && p.Code == c.code && p.Line == 0 }) || c.name != "nothing" && len(ps) != 1 {
				t.Errorf("%v, want %s %s", err, c.path, c.code)
			}
		})
	}
}

func FuzzDraft(f *testing.F) {
	f.Add("first", "a provider", "https://example.com", "included", int64(130), int64(6000), int64(30), int64(12000), int64(410), int64(730))
	f.Fuzz(func(t *testing.T, id, provider, source, tax string, price, divisor, days, grams, first, second int64) {
		a := someAnswers()
		a.ID, a.Provider, a.Source, a.Tax, a.Divisor, a.FreeDays = id, provider, source, tax, divisor, &days
		a.PerKg, _ = money.Of(price, 4, a.Currency)
		a.Delivery[0].UpTo, _ = unit.WeightOf(grams, 3, unit.Kilogram)
		a.Delivery[0].Price, _ = money.Of(first, 2, a.Currency)
		a.Delivery[1].Price, _ = money.Of(second, 2, a.Currency)
		document, _, err := fees.Draft(a)
		if err != nil {
			var ps fees.Problems
			if !errors.As(err, &ps) {
				t.Fatalf("%T %v", err, err)
			}
			return
		}
		card, err := fees.ParseCard(bytes.NewReader(document))
		if err != nil || len(card.Lint()) > 0 {
			t.Fatalf("%v\n%s", err, document)
		}
		if card.ID() != id || card.Provider() != provider {
			t.Fatalf("%q %q\n%s", id, provider, document)
		}
	})
}

func ExampleDraft() {
	germany, _ := country.Parse("DE")
	euro, _ := country.ParseCurrency("EUR")
	price := func(text string) money.Money { m, _ := money.Parse(text); return m }
	edge := func(text string) unit.Weight { w, _ := unit.ParseWeight(text); return w }
	free := int64(30)
	document, unanswered, err := fees.Draft(fees.Answers{
		ID: "hamburg", Provider: "Hamburg 3PL", Source: "offer by e-mail", Country: germany, Currency: euro, Seen: country.Date{Year: 2026, Month: 11, Day: 22},
		Tax: "none", PerKg: price("1.30 EUR"), Divisor: 6000, PerM3Day: price("0.55 EUR"), FreeDays: &free, PerOrder: price("1.20 EUR"),
		Delivery: []fees.Bracket{{UpTo: edge("2 kg"), Price: price("4.10 EUR")}, {UpTo: edge("31.5 kg"), Price: price("7.30 EUR")}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(string(document))
	fmt.Println("not answered:", unanswered)
	_, err = fees.ParseCard(bytes.NewReader(document)) // edited or not, it is a card like any other
	fmt.Println(err)
	// Output:
	// {
	//   "schema": "overseas/ratecard/1",
	//   "id": "hamburg",
	//   "provider": "Hamburg 3PL",
	//   "country": "DE",
	//   "currency": "EUR",
	//   "tax": "none",
	//   "effective": {"seen": "2026-11-22"},
	//   "sources": [{"url": "offer by e-mail", "seen": "2026-11-22"}],
	//   "measures": {
	//     "chargeable": [{"each": "carton", "greater": ["weight", "volume / 6000 cm3/kg"]}, {"sum": "consignment"}]
	//   },
	//   "charges": [
	//     {"on": "consign", "code": "freight", "family": "first_leg", "per": "chargeable", "unit": "kg", "price": "1.30"},
	//     {"on": "store", "code": "storage", "family": "storage", "each": "lot", "per": "volume", "unit": "m3", "time": {"per": "day"}, "price": {"by": [{"of": "day", "upTo": ["30", "more"]}], "table": ["0", "0.55"]}},
	//     {"on": "order", "code": "order", "family": "handling", "price": "1.20"},
	//     {"on": "order", "code": "delivery", "family": "local_delivery", "each": "parcel", "price": {"by": [{"of": "weight", "upTo": ["2 kg", "31.5 kg"]}], "table": ["4.10", "7.30"]}}
	//   ]
	// }
	// not answered: [minimum_weight minimum per_piece]
	// <nil>
}
