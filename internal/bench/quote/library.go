package quote

import (
	"bytes"
	"fmt"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees"
	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/fees/unit"
	"github.com/overseaswarehouse/overseas/internal/engine"
	"github.com/overseaswarehouse/overseas/internal/engine/testdata/fivepart"
	"github.com/overseaswarehouse/overseas/internal/fixed"
	"github.com/overseaswarehouse/overseas/internal/problem"
	"github.com/overseaswarehouse/overseas/internal/ratecard"
	"github.com/overseaswarehouse/overseas/internal/units"
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

// core prices by the engine, on events that are prepared, and converts by the arithmetic under the rates.
type core struct {
	programs               [5]*engine.Program
	machine                engine.Machine
	rows                   []engine.Line
	cnyEUR, cnyUSD, eurUSD int64
	lines, in              [lines]int64
	total                  int64
}

func newCore() (*core, error) {
	c := &core{cnyEUR: int64(whole(cnyEUR, 6)), cnyUSD: int64(whole(cnyUSD, 6)), eurUSD: int64(whole(eurUSD, 6))}
	for i, name := range Cards {
		data, err := fivepart.Files.ReadFile(name + ".json")
		if err != nil {
			return nil, err
		}
		card, err := ratecard.Read(bytes.NewReader(data))
		if err != nil {
			return nil, err
		}
		var into problem.List
		c.programs[i] = engine.Compile(card, &into)
		if err := into.Err(); err != nil {
			return nil, err
		}
	}
	return c, nil
}

// coreEvents are the events of a shipment as the engine takes them, by the card.
type coreEvents [5]engine.Event

func newCoreEvents(s *shipment) *coreEvents {
	kg := engine.Quantity{Coef: s.grams, Scale: 3, Unit: units.Kilogram}
	side := func(mm int64) engine.Quantity { return engine.Quantity{Coef: mm, Scale: 1, Unit: units.Centimetre} }
	box := [3]engine.Quantity{side(s.l), side(s.w), side(s.h)}
	day := engine.DayNumber(start)
	piece := engine.Row{Count: 1, Weight: kg, Length: box}
	lot := engine.Row{Count: s.units, Weight: kg, Length: box, Units: 1, HasUnits: true, Arrived: day - int32(s.age), From: day, To: day + int32(s.days)}
	parcel := piece
	parcel.Units, parcel.HasUnits = s.items, true
	entry := engine.Row{Count: 1, Units: 1, HasUnits: true}
	entry.Money[engine.Goods], entry.Money[engine.Insurance] = fixed.Decimal{Coef: s.goods, Scale: 2}, fixed.Decimal{Coef: s.insurance, Scale: 2}
	order := engine.Event{Kind: ratecard.Order, Date: start, Country: de, PostalCode: s.postal, Rows: []engine.Row{parcel}}
	return &coreEvents{
		{Kind: ratecard.Consign, Date: start, Country: de, Rows: []engine.Row{piece}},
		{Kind: ratecard.Store, Date: start, Country: de, From: lot.From, To: lot.To, Rows: []engine.Row{lot}},
		order, order,
		{Kind: ratecard.Import, Date: start, Country: de, Rows: []engine.Row{entry}},
	}
}

// first is the first line of each card's lines.
var firstLine = [5]int{freight, storage, handling, parcel, duty}

func (c *core) quote(e *coreEvents) error {
	for i := range c.programs {
		if i == 4 {
			sent, ok := fixed.MulDiv(c.lines[freight]+c.lines[freightFuel], c.cnyEUR, 1_000_000, fixed.HalfUp)
			if !ok {
				return fmt.Errorf("overflow")
			}
			e[4].Rows[0].Money[engine.FreightToBorder] = fixed.Decimal{Coef: sent, Scale: 2}
		}
		var err error
		if c.rows, _, err = c.programs[i].Run(&c.machine, &e[i], c.rows[:0]); err != nil {
			return err
		}
		for j := range c.rows {
			c.lines[firstLine[i]+j] = c.rows[j].Coef
		}
	}
	c.total = 0
	for i, l := range c.lines {
		ok := true
		switch {
		case i <= freightFuel:
			l, ok = fixed.MulDiv(l, c.cnyUSD, 1_000_000, fixed.HalfUp)
		case i >= parcel:
			l, ok = fixed.MulDiv(l, c.eurUSD, 1_000_000, fixed.HalfUp)
		}
		if !ok {
			return fmt.Errorf("overflow")
		}
		c.in[i] = l
		c.total += l
	}
	return nil
}
