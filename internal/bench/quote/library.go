package quote

import (
	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees"
	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/fees/unit"
	"github.com/overseaswarehouse/overseas/internal/engine/testdata/fivepart"
)

// Cards are the names of the five cards.
var Cards = []string{"firstleg", "storage", "handling", "delivery", "tariff"}

// Library compiles the cards, with the rates into USD.
func Library() (*fees.Calculator, *money.Rates, error) {
	var cards []*fees.Card
	for _, name := range Cards {
		f, err := fivepart.Files.Open(name + ".json")
		if err != nil {
			return nil, nil, err
		}
		card, err := fees.ParseCard(f)
		if err != nil {
			return nil, nil, err
		}
		cards = append(cards, card)
	}
	calc, err := fees.Compile(cards...)
	if err != nil {
		return nil, nil, err
	}
	rates, err := ratesOf("1 CNY = "+cnyUSD+" USD", "1 EUR = "+eurUSD+" USD")
	return calc, rates, err
}

func ratesOf(texts ...string) (*money.Rates, error) {
	var list []money.Rate
	for _, t := range texts {
		r, err := money.ParseRate(t)
		if err != nil {
			return nil, err
		}
		list = append(list, r)
	}
	return money.NewRates(list...)
}

var (
	usd   = country.Currency{'U', 'S', 'D'}
	euro  = country.Currency{'E', 'U', 'R'}
	de    = country.Code{'D', 'E'}
	start = country.Date{Year: 2026, Month: 3, Day: 1}
)

// newJourney is the four events of a shipment, of which the first leg's freight is part of the customs value.
func newJourney(s *shipment, customs *money.Rates) (*fees.Journey, error) {
	weight, err := unit.WeightOf(s.grams, 3, unit.Kilogram)
	if err != nil {
		return nil, err
	}
	side := func(mm int64) (l unit.Length) {
		if err == nil {
			l, err = unit.LengthOf(mm, 1, unit.Centimetre)
		}
		return l
	}
	size := unit.Size{L: side(s.l), W: side(s.w), H: side(s.h)}
	if err != nil {
		return nil, err
	}
	arrived, err := start.AddDays(-int(s.age))
	if err != nil {
		return nil, err
	}
	end, err := start.AddDays(int(s.days))
	if err != nil {
		return nil, err
	}
	goods, err := money.Of(s.goods, 2, euro)
	if err != nil {
		return nil, err
	}
	insurance, err := money.Of(s.insurance, 2, euro)
	return &fees.Journey{
		Consignment:    &fees.Consignment{Date: start, Destination: de, Cartons: []fees.Carton{{Weight: weight, Size: size}}},
		Stay:           &fees.Stay{From: start, To: end, Country: de, Lots: []fees.Lot{{Arrived: arrived, Units: s.units, Weight: weight, Size: size}}},
		Order:          &fees.Order{Date: start, Country: de, PostalCode: s.postal, Parcels: []fees.Parcel{{Weight: weight, Size: size, Units: s.items}}},
		Entry:          &fees.Entry{Date: start, Destination: de, Lines: []fees.EntryLine{{Goods: goods, Insurance: insurance, Duties: fees.NoDuty()}}, Rates: customs},
		FreightFromLeg: true,
	}, err
}

// library prices by the public API, one by one, with a quote and a total that are used again.
type library struct {
	calc  *fees.Calculator
	rates *money.Rates
	q     fees.Quote
	total fees.Total
}

func (l *library) quote(j *fees.Journey) error {
	if err := l.calc.JourneyInto(&l.q, j); err != nil {
		return err
	}
	return l.q.InInto(&l.total, usd, l.rates)
}

var lineOf = map[string]int{
	"fivepart-firstleg/freight": freight, "fivepart-firstleg/fuel": freightFuel, "fivepart-storage/storage": storage, "fivepart-handling/handling": handling,
	"fivepart-delivery/parcel": parcel, "fivepart-delivery/fuel": parcelFuel, "fivepart-tariff/duty": duty, "fivepart-tariff/fee": fee, "fivepart-tariff/vat": vat,
}
