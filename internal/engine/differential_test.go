package engine

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/overseaswarehouse/overseas/internal/brief"
	"github.com/overseaswarehouse/overseas/internal/fixed"
	"github.com/overseaswarehouse/overseas/internal/problem"
	"github.com/overseaswarehouse/overseas/internal/ratecard"
)

// compiled1 compiles a card for the tests; the error is what Compile found.
func compiled1(card *ratecard.Card) (*Program, error) {
	var into problem.List
	p := Compile(card, &into)
	return p, into.Err()
}

// written is a list of lines as text, representation included.
func written(lines []Line) string {
	var b strings.Builder
	for _, l := range lines {
		code := ""
		if l.Charge != nil {
			code = l.Charge.Code
		} else {
			code = "total " + l.Total.Code
		}
		fmt.Fprintf(&b, "%s=%de-%d ", code, l.Coef, l.Scale)
	}
	return b.String()
}

// tally counts how the events of a test went, so that a test that tests nothing shows.
type tally struct{ fast, slow, refused int }

// disagreement runs an event on both evaluators and the oracle and says where they differ; "" when they do not.
func disagreement(p *Program, m *Machine, e *Event, n *tally) string {
	ep := p.events[e.Kind]
	want, _, code := priceOracle(p.Card, e)
	_, slow, err := ep.slowly(e, nil)
	switch {
	case (err != nil) != (code != ""):
		return fmt.Sprintf("oracle says %q %s\nslow says %v %s", code, written(want), err, written(slow))
	case err != nil:
		n.refused++
	case written(slow) != written(want):
		return fmt.Sprintf("oracle %s\nslow   %s", written(want), written(slow))
	default:
		n.slow++
	}
	for _, f := range []*program{ep.fast, ep.shared(), ep.all} {
		if f == nil || !f.fast(m, e) {
			continue
		}
		if got, ok := f.collect(m, e, nil); ok {
			if f == ep.fast {
				n.fast++
			}
			switch {
			case code != "":
				return fmt.Sprintf("oracle says %q, fast %s", code, written(got))
			case written(got) != written(want):
				return fmt.Sprintf("oracle %s\nfast   %s", written(want), written(got))
			}
		}
	}
	return ""
}

// shown is an event for a failure message.
func shown(e *Event) string {
	q := func(q Quantity) string {
		return fixed.Decimal{Coef: q.Coef, Scale: q.Scale}.String() + " " + q.Unit.String()
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s %s %s %s %v %d..%d", e.Kind, e.Date, e.Country, e.Warehouse, e.PostalCode, e.Facts, e.From, e.To)
	for i := range e.Rows {
		r := &e.Rows[i]
		fmt.Fprintf(&b, "\n %d pieces of %s, %s or %s x %s x %s, value %s %v, units %d %v, stay %d: %d..%d, %v, money %v, duties %v", r.Count, q(r.Weight), q(r.Volume),
			q(r.Length[0]), q(r.Length[1]), q(r.Length[2]), r.Value, r.HasValue, r.Units, r.HasUnits, r.Arrived, r.From, r.To, r.Facts, r.Money, r.Duties)
		for _, it := range e.Items[r.FirstItem : r.FirstItem+r.NumItem] {
			fmt.Fprintf(&b, "\n  %d items of %s, %s or %s x %s x %s, value %s %v, %v", it.Count, q(it.Weight), q(it.Volume),
				q(it.Length[0]), q(it.Length[1]), q(it.Length[2]), it.Value, it.HasValue, it.Facts)
		}
	}
	for _, x := range e.Billed {
		fmt.Fprintf(&b, "\n billed %s %v %s", x.Code, x.Families, x.Amount)
	}
	return b.String()
}

func exampleCards(t testing.TB) map[string]*ratecard.Card {
	files, err := filepath.Glob("../../examples/ratecards/*.json")
	if err != nil || len(files) == 0 {
		t.Fatalf("no cards: %v", err)
	}
	cards := map[string]*ratecard.Card{}
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		card, err := ratecard.Parse(data)
		if err != nil {
			t.Logf("%s: %v", f, err)
			continue
		}
		cards[filepath.Base(f)] = card
	}
	return cards
}

// TestDifferentialExamples runs every example card on generated events.
func TestDifferentialExamples(t *testing.T) {
	t.Parallel()
	for name, card := range sorted(exampleCards(t)) {
		t.Run(name, func(t *testing.T) {
			p, err := compiled1(card)
			if err != nil {
				t.Fatal(err)
			}
			var n tally
			m := &Machine{}
			edges := edgesOf(card)
			for on := ratecard.Consign; on < ratecard.EventCount; on++ {
				if !p.Prices(on) {
					continue
				}
				for i := range 60 {
					em := &eventMaker{diceOf(uint64(i)*64 + uint64(on)).tamed(i%4 > 1), card, on, edges, i%4 == 0}
					e := em.event()
					if len(card.Countries) > 0 && i%8 > 0 {
						e.Country = card.Countries[i%len(card.Countries)]
					}
					if d := disagreement(p, m, e, &n); d != "" {
						t.Fatalf("%s\n%s", d, shown(e))
					}
				}
			}
			if n.slow == 0 {
				t.Errorf("no event could be priced: %+v", n)
			}
		})
	}
}

// TestDifferentialRandom runs random cards on events that are directed at their edges.
func TestDifferentialRandom(t *testing.T) {
	t.Parallel()
	cards := 2500
	if brief.On() {
		cards = 300
	}
	var n tally
	legal, compiled := 0, 0
	m := &Machine{}
	failed := 0
	for seed := range uint64(cards) {
		d := diceOf(seed)
		card, maker, text, err := randomCard(d)
		if err != nil {
			continue
		}
		legal++
		p, err := compiled1(card)
		if err != nil {
			continue
		}
		compiled++
		for i := range 4 {
			em := &eventMaker{d.tamed(i < 2), card, maker.on, maker.edges, i == 3}
			e := em.event()
			if what := disagreement(p, m, e, &n); what != "" {
				t.Errorf("card %d: %s\n%s\n%s", seed, what, text, shown(e))
				if failed++; failed > 3 {
					t.FailNow()
				}
				break
			}
		}
	}
	t.Logf("%d cards, %d legal, %d compiled; %+v", cards, legal, compiled, n)
	if legal < cards/3 || compiled < legal*8/10 || 3*n.fast < n.slow || n.slow-n.fast < 20 || n.refused > 2*n.slow {
		t.Errorf("the generator is off: %d cards, %d legal, %d compiled; %+v", cards, legal, compiled, n)
	}
}
