package batch

import (
	"bytes"
	"errors"
	"math"
	"math/rand/v2"
	"strconv"
	"testing"

	"github.com/overseaswarehouse/overseas/country"
)

// sequence makes random entries, most of which are possible.
type sequence struct {
	*rand.Rand
	day    int
	n      int
	orders []string
	bills  []Entry
	gone   []string
	first  country.Date
}

func newSequence(seed uint64) *sequence {
	return &sequence{Rand: rand.New(rand.NewPCG(seed, 6)), first: country.Date{Year: 2026, Month: 1, Day: 1}}
}

func (s *sequence) pick(names ...string) string { return names[s.IntN(len(names))] }

func (s *sequence) spend(most int64, cs ...Component) Cost {
	var c Cost
	for _, of := range cs {
		m := Cost{currency: euro, scale: 2}
		m.parts[of] = s.Int64N(most)
		c, _ = c.Add(m)
	}
	return c
}

func (s *sequence) next() Entry {
	s.n++
	if s.IntN(4) == 0 {
		s.day += s.IntN(3)
	}
	at := s.day
	if s.IntN(16) == 0 {
		at = max(0, at-s.IntN(5))
	}
	d, _ := s.first.AddDays(at)
	e := Entry{ID: "e" + strconv.Itoa(s.n), Effect: d, SKU: s.pick("A", "B"), Warehouse: s.pick("V", "W", "W", "W")}
	batch := s.pick("b1", "b2", "b3")
	units := 1 + s.Int64N(9)
	switch k := s.IntN(40); {
	case s.n < 4 || k < 2:
		e.Kind, e.Batch, e.Units = Opening, batch, 20+s.Int64N(100)
		e.Cost = s.spend(100000, Purchase, FirstLeg)
	case k < 4:
		e.Kind, e.Batch, e.Units, e.Warehouse = Ship, batch, 10+s.Int64N(50), ""
		e.Cost = s.spend(100000, Purchase)
	case k < 8:
		e.Kind, e.Batch, e.Units = Receipt, batch, 5+s.Int64N(30)
		e.Difference = Difference(s.IntN(3))
		e.Final = s.IntN(3) == 0
		if s.IntN(4) == 0 {
			e.Cost, e.Final, e.Difference = s.spend(50000, Purchase, Tariff), false, 0
		}
	case k < 10:
		e.Kind, e.Units = Transfer, units
		e.To = map[string]string{"V": "W", "W": "V"}[e.Warehouse]
		e.Cost = s.spend(999, FirstLeg)
	case k < 14:
		e.Kind, e.Batch, e.Warehouse = Bill, batch, ""
		e.Cost = s.spend(5000, Tariff, Handling)
		switch s.IntN(4) {
		case 0:
			e.Cost = e.Cost.Neg()
		case 1:
			e.Cost = s.spend(5000, Storage)
			e.Until, _ = d.AddDays(s.IntN(5) + 1)
			e.From, _ = s.first.AddDays(max(0, at-10))
		case 2:
			if len(s.bills) > 0 {
				old := s.bills[s.IntN(len(s.bills))]
				e.Batch, e.SKU, e.Ref = old.Batch, old.SKU, old.ID
			}
		}
		s.bills = append(s.bills, e)
	case k < 27:
		e.Kind, e.Units, e.Order = Release, units, "o"+strconv.Itoa(s.n)
		e.Pending = s.IntN(6) == 0
		if s.IntN(3) == 0 {
			e.Batch = batch
		}
		s.orders = append(s.orders, e.Order)
	case k < 31:
		e.Kind, e.Units = Return, 1+s.Int64N(3)
		e.Condition = Condition(s.IntN(2))
		if len(s.orders) > 0 {
			e.Order = s.orders[s.IntN(len(s.orders))]
		}
		if s.IntN(2) == 0 {
			e.Cost = s.spend(500, Handling)
		}
	case k < 33:
		e.Kind, e.Units = Loss, 1
		s.gone = append(s.gone, e.ID)
	case k < 34:
		e.Kind, e.Units = Damage, units
	case k < 35:
		e.Kind, e.Units, e.Condition = Disposal, 1, NotSellable
		e.Cost = s.spend(100, Handling)
		s.gone = append(s.gone, e.ID)
	case k < 38:
		e.Kind, e.SKU, e.Warehouse = Charge, "", ""
		e.Cost = s.spend(900, Handling, LocalDelivery)
		if len(s.orders) > 0 {
			e.Order = s.orders[s.IntN(len(s.orders))]
		}
	case k < 39:
		e.Kind, e.Batch, e.Warehouse = Compensation, batch, ""
		e.Cost = s.spend(900, Other)
		if len(s.gone) > 0 {
			e.Ref = s.gone[s.IntN(len(s.gone))]
		}
	default:
		e.Kind, e.Batch, e.Units = Correction, batch, s.Int64N(5)-3
	}
	return e
}

// TestRandomSequences posts random sequences of 200 entries that the ledger accepts, with days closed now and then, and
// checks that nothing appears or vanishes, that a refused entry leaves no trace, and that a ledger that was resumed from a
// snapshot somewhere on the way, which one in twenty is, ends with the same bytes.
func TestRandomSequences(t *testing.T) {
	sequences := 10_000
	if testing.Short() {
		sequences = 300
	}
	const groups = 8
	for group := range groups {
		t.Run(strconv.Itoa(group), func(t *testing.T) {
			t.Parallel()
			for seed := group; seed < sequences; seed += groups {
				if !runSequence(t, uint64(seed)) {
					t.Fatalf("sequence %d", seed)
				}
			}
		})
	}
}

func runSequence(t *testing.T, seed uint64) bool {
	s := newSequence(seed)
	l, err := New(Options{Currency: euro, Method: Valuation(seed / 2 % 4)})
	if err != nil {
		t.Fatal(err)
	}
	cut := s.IntN(200)
	var other *Ledger
	if seed%40 >= 2 { // the others only keep their books
		cut = -1
	}
	refused := 0
	for accepted := 0; accepted < 200; {
		if accepted == cut && other == nil {
			if other, err = Resume(bytes.NewReader(l.Snapshot())); err != nil {
				t.Error(err)
				return false
			}
		}
		if s.IntN(120) == 0 && s.day > 8 {
			through, _ := s.first.AddDays(s.day - 8)
			if through.After(l.Closed()) {
				e1 := l.Close(through)
				if other != nil {
					if e2 := other.Close(through); e2 != nil {
						t.Error(e2)
						return false
					}
				}
				if e1 != nil {
					t.Error(e1)
					return false
				}
			}
		}
		e := s.next()
		mark, open := len(l.journal), len(l.open)
		err := l.Post(e)
		if other != nil {
			if err2 := other.Post(e); (err == nil) != (err2 == nil) {
				t.Errorf("%s: %v, resumed %v", e.ID, err, err2)
				return false
			}
		}
		if err == nil {
			accepted++
			continue
		}
		if refused++; refused > 5000 {
			t.Errorf("too many refused: %v", err)
			return false
		}
		if len(l.journal) != mark || len(l.open) != open {
			t.Errorf("%s left %d postings: %v", e.ID, len(l.journal)-mark, err)
			return false
		}
		if errors.Is(err, ErrOverflow) {
			t.Error(err)
			return false
		}
	}
	conserved(t, l)
	if other != nil && !bytes.Equal(l.Snapshot(), other.Snapshot()) {
		t.Error("resumed: other bytes")
		return false
	}
	return !t.Failed()
}

// TestReplay posts the entries of an open period in another order where that is possible.
func TestReplay(t *testing.T) {
	for seed := range uint64(8) {
		s := newSequence(seed)
		l, _ := New(Options{Currency: euro, Method: Valuation(seed % 4)})
		for range 300 {
			_ = l.Post(s.next())
		}
		again, _ := New(Options{Currency: euro, Method: Valuation(seed % 4)})
		// Room that is made, at first or on the way, changes nothing.
		again.Grow(int(seed * 10))
		if seed == 7 {
			again.Grow(math.MaxInt)
		}
		for _, e := range l.Entries() {
			if err := again.Post(e); err != nil {
				t.Fatal(seed, err)
			}
			if s.IntN(20) == 0 {
				again.Grow(s.IntN(8) - 1)
			}
		}
		if !bytes.Equal(l.Snapshot(), again.Snapshot()) {
			t.Fatalf("%d: replayed: other bytes", seed)
		}
		if state(l, country.Date{}) != state(again, country.Date{}) || orderCosts(l) != orderCosts(again) {
			t.Fatalf("%d: replayed: other state\n%s\n%s", seed, state(l, country.Date{}), state(again, country.Date{}))
		}
		explained(t, l, 70)
		// What was closed on the way, or not, makes no difference to what things cost.
		end, _ := s.first.AddDays(s.day)
		if err := again.Close(end); err != nil {
			t.Fatal(err)
		}
		back, err := Resume(bytes.NewReader(again.Snapshot()))
		if err != nil {
			t.Fatal(err)
		}
		explained(t, back, 70)
		if state(l, end) != state(back, end) {
			t.Fatalf("%d: closed: other state\n%s\n%s", seed, state(l, end), state(back, end))
		}
	}
}
