package batch

import (
	"math/big"
	"testing"

	"golang.org/x/text/language"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/fees/unit"
)

// Examined is what the tests of the package demand of a record.
func Examined(t testing.TB, r *Record) { examined(t, r) }

// landed is a batch with two currencies, all kinds of drivers and an estimate.
func landed(t testing.TB) *Landed {
	t.Helper()
	parse := func(s string) money.Money {
		m, err := money.Parse(s)
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	rate, err := money.ParseRate("1 EUR = 7.9 CNY")
	if err != nil {
		t.Fatal(err)
	}
	rate.Inverse, rate.Source, rate.Date = true, "a bank", day(t, "2026-11-02")
	usd, err := money.ParseRate("1 USD = 0.9 EUR")
	if err != nil {
		t.Fatal(err)
	}
	rates, err := money.NewRates(rate, usd)
	if err != nil {
		t.Fatal(err)
	}
	weight := func(s string) unit.Weight {
		w, err := unit.ParseWeight(s)
		if err != nil {
			t.Fatal(err)
		}
		return w
	}
	size, err := unit.ParseSize("40x30x20 cm")
	if err != nil {
		t.Fatal(err)
	}
	inches, err := unit.ParseSize("10x8x6 in")
	if err != nil {
		t.Fatal(err)
	}
	items := []Item{
		{SKU: "A1", HS: "9405", Units: 21, Value: parse("2040.00 CNY"), Weight: weight("0.9 kg"), Size: size, Chargeable: weight("30 kg"), Cartons: 3},
		{SKU: "B2", HS: "8516", Units: 4, Value: parse("600.00 EUR"), Weight: weight("4.5 lb"), Size: inches, Chargeable: weight("41 kg"), Cartons: 4},
		{SKU: "C3", HS: "9405", Units: 7, Value: parse("33.33 USD"), Weight: weight("700 g"), Size: size, Chargeable: weight("7 kg"), Cartons: 1},
	}
	thirds := []*big.Rat{big.NewRat(1, 3), big.NewRat(2, 7), nil}
	l, err := Land(country.Currency{'E', 'U', 'R'}, rates, items,
		Expense{ID: "sea", Component: FirstLeg, Amount: parse("1234.56 USD"), Spread: Spread{Driver: ByVolume}, Estimated: true},
		Expense{ID: "duty", Component: Tariff, Amount: parse("27.01 EUR"), Spread: Spread{Driver: ByValue, HS: "9405"}},
		Expense{ID: "trucking", Component: FirstLeg, Amount: parse("100.00 EUR"), Spread: Spread{Driver: ByWeight, Rule: Rule{Method: Running}}},
		Expense{ID: "unloading", Component: Handling, Amount: parse("35.00 EUR"), Spread: Spread{Driver: ByCartons, Rule: Rule{Method: RunningBack}}},
		Expense{ID: "credit", Component: Other, Amount: parse("-10.00 EUR"), Spread: Spread{Driver: ByUnits, Rule: Rule{Method: LargestLine}}},
		Expense{ID: "air", Component: FirstLeg, Amount: parse("77.77 EUR"), Spread: Spread{Driver: ByChargeable, Rule: Rule{Method: UpLast}}},
		Expense{ID: "inspection", Component: Other, Amount: parse("50.00 EUR"), Spread: Spread{Driver: Equally, Rule: Rule{Method: FirstLines}}},
		Expense{ID: "by hand", Component: Other, Amount: parse("10.00 EUR"), Spread: Spread{Driver: ByGiven, Weights: thirds, Rule: Rule{Method: LargestWeights}}},
	)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestLandedCostIsProved(t *testing.T) {
	l := landed(t)
	r := l.Record(language.English)
	judged(t, r)
	for i := range l.Len() {
		if r.Totals[i].Value.Cmp(ratOfMoney(l.Cost(i).Sum())) != 0 {
			t.Errorf("line %d costs %s, proved %s", i, l.Cost(i), r.Totals[i].Value)
		}
	}
	total, _ := l.Total()
	if n := l.Len(); r.Totals[n].Value.Cmp(ratOfMoney(total.Sum())) != 0 || r.Totals[n+1].Value.Sign() != 0 {
		t.Errorf("%s, proved %s", total, r.Totals[n].Value)
	}
	if r.Status != "estimated" || len(r.Reasons) != 1 || len(r.References) != 3 {
		t.Errorf("%s %v %v", r.Status, r.Reasons, r.References)
	}
	shares := map[string]money.Money{}
	for s := range l.Shares() {
		shares[s.Expense+" "+s.SKU] = s.Amount
	}
	for _, p := range r.Lines[l.Len():] {
		if s := shares[p.Code+" "+p.On]; p.Proof.Value.Cmp(ratOfMoney(s)) != 0 {
			t.Errorf("%s of %s is %s, proved %s", p.Code, p.On, s, p.Proof.Value)
		}
	}
}
