package fees

import (
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/fees/unit"
	"github.com/overseaswarehouse/overseas/internal/engine"
)

// destinations are the countries with customs facts.
var destinations = []string{"AU", "DE", "ES", "FR", "GB", "ID", "IT", "RU", "US"}

// The fast and the slow evaluator agree on generated cards, lines and roundings included.
func TestCustomsProgramsAgree(t *testing.T) {
	d := rand.New(rand.NewPCG(7, 11))
	slow, fast := 0, 0
	for _, name := range destinations {
		code, _ := country.Parse(name)
		card, err := CustomsCard(code)
		if err != nil {
			t.Fatal(err)
		}
		for range 150 {
			e := randomEntry(d, code)
			var f filler
			p, err := card.customs.entry(&f, e, d.IntN(5) == 0)
			if err != nil {
				continue
			}
			var m engine.Machine
			a, _, err := p.program.Run(&m, &f.ev, nil)
			b, err2 := p.program.Slow(&f.ev, nil)
			if (err == nil) != (err2 == nil) || !slices.Equal(a, b) {
				t.Fatalf("%s %+v: %v %v, slowly %v %v", name, e, a, err, b, err2)
			}
			if fast++; err != nil {
				slow++
			}
		}
	}
	if fast < 300 || slow > fast/10 {
		t.Errorf("%d priced, %d refused", fast, slow)
	}
}

func randomEntry(d *rand.Rand, code country.Code) *Entry {
	home, _ := code.Currency()
	m := func(most int64) money.Money {
		v, _ := money.Of(d.Int64N(most), uint8(home.Digits()), home)
		return v
	}
	e := &Entry{Date: country.Date{Year: int16(2019 + d.IntN(9)), Month: uint8(1 + d.IntN(12)), Day: uint8(1 + d.IntN(28))}, Destination: code, Rounding: EntryRounding(d.IntN(3)),
		Facts: Facts{"mode": []string{"sea", "air"}[d.IntN(2)], "importer": []string{"api", "non_api"}[d.IntN(2)]}}
	if d.IntN(2) == 0 {
		e.Facts["lodgement"] = []string{"electronic", "documentary"}[d.IntN(2)]
	}
	for range 1 + d.IntN(3) {
		l := EntryLine{Units: 1 + d.Int64N(50), Goods: m(50_000_000), FreightToBorder: m(500_000), Insurance: m(9_000), FreightAfterBorder: m(80_000)}
		l.Weight, _ = unit.ParseWeight("1.25 kg")
		for k := range 1 + d.IntN(3) {
			duty := Duty{Code: string(rune('a' + k)), Excise: k == 2}
			duty.Rate, _ = unit.PercentOf(d.Int64N(3000), 2)
			if d.IntN(3) == 0 {
				duty.Specific = []Specific{{Amount: m(500), Per: "kg"}}
			}
			if d.IntN(3) == 0 {
				duty.Max = &DutyBound{Specific: []Specific{{Amount: m(900), Per: "piece"}}}
			}
			if d.IntN(3) == 0 {
				duty.Min = &DutyBound{Rate: duty.Rate, Specific: []Specific{{Amount: m(90), Per: "10 kg"}}}
			}
			l.Duties = append(l.Duties, duty)
		}
		e.Lines = append(e.Lines, l)
	}
	return e
}

// An entry that is priced again into the same quote allocates nothing.
func TestCustomsQuoteAllocatesNothing(t *testing.T) {
	code, _ := country.Parse("US")
	card, err := CustomsCard(code)
	if err != nil {
		t.Fatal(err)
	}
	calc, err := Compile(card)
	if err != nil {
		t.Fatal(err)
	}
	goods, _ := money.Parse("50000 USD")
	rate, _ := unit.ParsePercent("6.2%")
	e := &Entry{Date: country.Date{Year: 2026, Month: 3, Day: 2}, Destination: code, Facts: Facts{"mode": "sea"},
		Lines: []EntryLine{{Goods: goods, Duties: []Duty{{Code: "mfn", Rate: rate}, {Code: "section_301", Rate: rate}}}}}
	var q Quote
	if n := testing.AllocsPerRun(100, func() {
		if err := calc.QuoteInto(&q, e); err != nil {
			t.Fatal(err)
		}
	}); n > 0 {
		t.Errorf("%v allocations", n)
	}
}

// What is cut off a number never changes how it is rounded afterwards.
func TestToldRoundsAsTheWhole(t *testing.T) {
	third, tiny := big.NewRat(1, 3), big.NewRat(1, 3_000_000_000_000_000)
	var list []*big.Rat
	for _, text := range []string{"0", "0.005", "1234.565", "1506882.5", "1507000", "99999999.995"} {
		x, _ := new(big.Rat).SetString(text)
		for _, by := range []*big.Rat{tiny, third} {
			list = append(list, new(big.Rat).Add(x, by), new(big.Rat).Sub(x, by))
		}
	}
	for _, x := range list {
		d, ok := told(x, 8)
		if !ok || d.Scale < 8 || !d.Valid() {
			t.Fatalf("%s gives %v, %v", x.FloatString(20), d, ok)
		}
		for scale := uint8(0); scale < 8; scale++ {
			for mode := money.HalfUp; mode <= money.Floor; mode++ {
				got, _ := money.Of(d.Coef, d.Scale, country.Currency{'E', 'U', 'R'})
				got, err := got.Round(scale, mode)
				want := roundRat(x, scale, mode)
				if err != nil || ratOf(got).Cmp(want) != 0 {
					t.Errorf("%s as %s is %s in %d decimals by %s, want %s", x.FloatString(20), d, got, scale, mode, want.RatString())
				}
			}
		}
	}
	if d, ok := told(new(big.Rat).Add(big.NewRat(10_000_000_000, 1), third), 8); ok {
		t.Errorf("eleven digits and eight decimals are %v", d)
	}
}

// roundRat rounds by the definition of the modes.
func roundRat(x *big.Rat, scale uint8, mode money.Mode) *big.Rat {
	tens := new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(scale)), nil))
	y := new(big.Rat).Mul(x, tens)
	low := new(big.Int).Div(y.Num(), y.Denom()) // downwards
	rest := y.Sub(y, new(big.Rat).SetInt(low))
	half := rest.Cmp(big.NewRat(1, 2))
	up := false
	switch mode {
	case money.HalfUp:
		up = half > 0 || half == 0 && x.Sign() > 0
	case money.HalfEven:
		up = half > 0 || half == 0 && low.Bit(0) == 1
	case money.HalfDown:
		up = half > 0 || half == 0 && x.Sign() < 0
	case money.Up:
		up = rest.Sign() > 0 && x.Sign() > 0
	case money.Down:
		up = rest.Sign() > 0 && x.Sign() < 0
	case money.Ceiling:
		up = rest.Sign() > 0
	case money.Floor:
	}
	if up {
		low.Add(low, big.NewInt(1))
	}
	return new(big.Rat).Quo(new(big.Rat).SetInt(low), tens)
}
