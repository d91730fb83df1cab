package engine

import (
	"fmt"
	"math/big"
	"strings"
	"testing"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/internal/fixed"
	"github.com/overseaswarehouse/overseas/internal/ratecard"
	"github.com/overseaswarehouse/overseas/internal/units"
)

// Wrong arithmetic put into the oracle must show on the directed cases; otherwise the engine could be wrong in the same
// way and no test would say so.

// directed are cards of one charge with events at their edges.
func directed(t testing.TB) []struct {
	card *ratecard.Card
	e    *Event
} {
	var all []struct {
		card *ratecard.Card
		e    *Event
	}
	add := func(parts string, events ...*Event) {
		t.Helper()
		card := parsed(t, parts)
		for _, e := range events {
			all = append(all, struct {
				card *ratecard.Card
				e    *Event
			}{card, e})
		}
	}
	order := func(g int64, n int64) *Event {
		return &Event{Kind: ratecard.Order, Date: country.Date{Year: 2026, Month: 5, Day: 1}, Country: country.Code{'D', 'E'},
			Rows: []Row{{Count: n, Weight: Quantity{g, 3, units.Kilogram}, Units: 2, HasUnits: true}}}
	}
	edge := func() []*Event {
		var es []*Event
		for _, g := range []int64{499, 500, 501, 999, 1000, 1001, 1499, 1500, 1501, 1999, 2000, 2001, 4999, 5000, 5001} {
			es = append(es, order(g, 1), order(g, 3))
		}
		return es
	}
	for _, mode := range fixed.ModeNames() {
		for _, price := range []string{"0.005", "0.015", "0.025", "0.0049999", "0.0050001", "0.0149999", "0.01", "0", "0.0001", "123456789.995"} {
			for _, sign := range []string{"", "-"} {
				if price == "0" && sign == "-" {
					continue
				}
				add(fmt.Sprintf(`"rounding":{"mode":%q},"charges":[{"on":"order","code":"c","family":"other","credit":true,"price":"%s%s"}]`, mode, sign, price), order(1, 1))
			}
		}
		add(fmt.Sprintf(`"rounding":{"mode":%q,"to":"0.05"},"charges":[{"on":"order","code":"c","family":"other","per":"weight","unit":"kg","price":"0.025"}]`, mode), edge()...)
		add(fmt.Sprintf(`"charges":[{"on":"order","code":"c","family":"other","per":"m","unit":"kg","price":"1"}],"measures":{"m":[{"each":"parcel","of":"weight","keep":{"to":"0.5 kg","mode":%q}},{"sum":"order"}]}`, mode), edge()...)
	}
	for _, at := range []string{"upTo", "below", "from", "over"} {
		edges := `["0.5 kg","1 kg","2 kg","6 kg"]`
		if at == "from" || at == "over" {
			edges = `["0 kg","0.5 kg","1 kg","2 kg"]`
		}
		add(fmt.Sprintf(`"charges":[{"on":"order","code":"c","family":"other","each":"parcel","price":{"by":[{"of":"weight",%q:%s}],"table":["1","2","4","8"]}}]`, at, edges), edge()...)
		add(fmt.Sprintf(`"charges":[{"on":"order","code":"c","family":"other","each":"parcel","when":{"weight":{%q:"1 kg"}},"price":"1"}]`, at), edge()...)
	}
	add(`"charges":[{"on":"order","code":"c","family":"other","credit":true,"per":"weight","unit":"kg","price":"-0.015"}]`, edge()...)
	add(`"slots":{"s":{"on":"order","each":"parcel","take":"first"}},"charges":[
		{"on":"order","code":"a","family":"other","slot":"s","limit":{"weight":"1 kg"},"price":"1"},{"on":"order","code":"b","family":"other","slot":"s","price":"2"}]`, edge()...)
	add(`"charges":[{"on":"order","code":"c","family":"other","each":"parcel","per":"weight","unit":"0.5 kg","started":true,"price":"1"}]`, edge()...)
	add(`"charges":[{"on":"order","code":"c","family":"other","each":"parcel","price":{"of":"weight","bands":[{"upTo":"0.5 kg","flat":"3.55"},{"upTo":"2 kg","each":"0.5 kg","started":true,"price":"0.65"},{"each":"1 kg","price":"0.6"}]}}]`, edge()...)
	add(`"measures":{"m":[{"each":"parcel","of":"weight","less":"1 kg","up":"0.5 kg","tolerance":"0.3 kg"},{"sum":"order"}]},
		"charges":[{"on":"order","code":"c","family":"other","per":"m","unit":"kg","price":"1"}]`, edge()...)
	return all
}

func TestMutants(t *testing.T) {
	exact := exactly()
	modeAs := func(from, as fixed.Mode) func(*arithmetic) {
		return func(a *arithmetic) {
			a.round = func(v, to *rat, m fixed.Mode) *rat {
				if m == from {
					m = as
				}
				return exact.round(v, to, m)
			}
		}
	}
	edgeAs := func(from, as ratecard.Edge) func(*arithmetic) {
		return func(a *arithmetic) {
			a.bracket = func(e ratecard.Edge, v, at *rat) bool {
				if e == from {
					e = as
				}
				return exact.bracket(e, v, at)
			}
		}
	}
	half := big.NewRat(1, 2)
	mutants := map[string]func(*arithmetic){
		"half up loses ties":     modeAs(fixed.HalfUp, fixed.HalfDown),
		"half up as half even":   modeAs(fixed.HalfUp, fixed.HalfEven),
		"half even as half up":   modeAs(fixed.HalfEven, fixed.HalfUp),
		"half even as half down": modeAs(fixed.HalfEven, fixed.HalfDown),
		"half down as half up":   modeAs(fixed.HalfDown, fixed.HalfUp),
		"half down as half even": modeAs(fixed.HalfDown, fixed.HalfEven),
		"up as ceiling":          modeAs(fixed.Up, fixed.Ceiling),
		"down as floor":          modeAs(fixed.Down, fixed.Floor),
		"ceiling as up":          modeAs(fixed.Ceiling, fixed.Up),
		"floor as down":          modeAs(fixed.Floor, fixed.Down),
		"up as half up":          modeAs(fixed.Up, fixed.HalfUp),
		"up to is below":         edgeAs(ratecard.UpTo, ratecard.Below),
		"below is up to":         edgeAs(ratecard.Below, ratecard.UpTo),
		"from is over":           edgeAs(ratecard.From, ratecard.Over),
		"over is from":           edgeAs(ratecard.Over, ratecard.From),
		"half up towards infinity": func(a *arithmetic) {
			a.round = func(v, to *rat, m fixed.Mode) *rat {
				if m == fixed.HalfUp {
					v = new(rat).Add(new(rat).Quo(v, to), half)
					return exact.round(new(rat).Mul(v, to), to, fixed.Floor)
				}
				return exact.round(v, to, m)
			}
		},
		"half even keeps the odd": func(a *arithmetic) {
			a.round = func(v, to *rat, m fixed.Mode) *rat {
				if m == fixed.HalfEven {
					one := new(rat).Set(to)
					return one.Sub(exact.round(new(rat).Add(v, one), to, m), one)
				}
				return exact.round(v, to, m)
			}
		},
		"rounded twice": func(a *arithmetic) {
			a.round = func(v, to *rat, m fixed.Mode) *rat {
				return exact.round(exact.round(v, new(rat).Quo(to, integer(100)), fixed.HalfUp), to, m)
			}
		},
		"up adds to whole numbers": func(a *arithmetic) {
			a.round = func(v, to *rat, m fixed.Mode) *rat {
				if m == fixed.Up && v.Sign() > 0 {
					return new(rat).Add(exact.round(v, to, fixed.Down), to)
				}
				return exact.round(v, to, m)
			}
		},
		"a full unit starts the next": func(a *arithmetic) {
			a.started = func(q, unit *rat) *rat {
				return new(rat).Add(exact.round(new(rat).Quo(q, unit), integer(1), fixed.Floor), integer(1))
			}
		},
		"started units to the nearest": func(a *arithmetic) {
			a.started = func(q, unit *rat) *rat { return exact.round(new(rat).Quo(q, unit), integer(1), fixed.HalfUp) }
		},
		"started units cut off": func(a *arithmetic) {
			a.started = func(q, unit *rat) *rat { return exact.round(new(rat).Quo(q, unit), integer(1), fixed.Down) }
		},
		"a row is one piece": func(a *arithmetic) { a.sum = func(v *rat, _ int64) *rat { return v } },
		"one piece more": func(a *arithmetic) {
			a.sum = func(v *rat, n int64) *rat { return exact.sum(v, n+1) }
		},
		"less goes below nothing": func(a *arithmetic) { a.floor = func(v *rat) *rat { return v } },
	}
	cases := directed(t)
	var lines []string
	for _, c := range cases {
		p, err := compiled1(c.card)
		if err != nil {
			t.Fatal(err)
		}
		var n tally
		if what := disagreement(p, &Machine{}, c.e, &n); what != "" || n.fast == 0 {
			t.Fatalf("%s (%+v)\n%s", what, n, shown(c.e))
		}
		got, _, _ := p.Run(&Machine{}, c.e, nil)
		lines = append(lines, written(got))
	}
	for name, mutate := range sorted(mutants) {
		killed := 0
		for i, c := range cases {
			a := exactly()
			mutate(&a)
			if got, _, code := priceWith(a, c.card, c.e); code != "" || written(got) != lines[i] {
				killed++
			}
		}
		if killed == 0 {
			t.Errorf("no directed case tells %q from the right arithmetic", name)
		}
	}
	if len(mutants) < 25 || !strings.Contains(lines[0], "c=") {
		t.Errorf("%d mutants, first line %q", len(mutants), lines[0])
	}
}
