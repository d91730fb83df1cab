package engine

import "testing"

// FuzzProgram makes a card and an event of the input: both evaluators and the oracle agree on them.
// Run it with -fuzzminimizetime=5x: nearly every input is new, and making one smaller says little.
func FuzzProgram(f *testing.F) {
	for seed := range uint64(24) {
		d := diceOf(seed)
		data := make([]byte, 64+d.IntN(200))
		for i := range data {
			data[i] = byte(d.Uint32())
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 4096 {
			return
		}
		d := diceOfBytes(data)
		card, maker, text, err := randomCard(d)
		if err != nil {
			return
		}
		p, err := compiled1(card)
		if err != nil {
			return
		}
		var n tally
		m := &Machine{}
		for i := range 3 {
			e := (&eventMaker{d.tamed(i == 0), card, maker.on, maker.edges, i == 2}).event()
			if what := disagreement(p, m, e, &n); what != "" {
				t.Fatalf("%s\n%s\n%s", what, text, shown(e))
			}
		}
	})
}
