package ratecard_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/overseaswarehouse/overseas/internal/ratecard"
)

// Whatever the document: no panic, the same answer twice, a card or an error but not both, and a card that Lint, Diff
// and its own look-ups can work with.
func FuzzParse(f *testing.F) {
	for _, data := range files(f) {
		if len(data) < 8000 {
			f.Add(data)
		}
	}
	for _, data := range okCases {
		f.Add(data)
	}
	for _, r := range refusals {
		f.Add(r.doc)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		before := bytes.Clone(data)
		card, err := ratecard.Parse(data)
		if !bytes.Equal(before, data) {
			t.Fatal("the document was changed")
		}
		again, err2 := ratecard.Parse(data)
		if (card == nil) == (err == nil) || !reflect.DeepEqual(card, again) || fmt.Sprint(err) != fmt.Sprint(err2) {
			t.Fatalf("parsed twice: %v, %v", err, err2)
		}
		if card == nil {
			return
		}
		ratecard.Lint(card)
		if d := ratecard.Diff(card, again); len(d) > 0 {
			t.Fatalf("differs from itself: %v", d[0])
		}
		checkCard(t, card)
	})
}

// checkCard fails where a card breaks a promise that the engine relies on.
func checkCard(t *testing.T, c *ratecard.Card) {
	t.Helper()
	known := func(name string, on ratecard.Event) {
		if name != "" {
			if _, ok := c.Find(name, on); !ok {
				t.Errorf("%s on %s is not known", name, on)
			}
		}
	}
	tests := func(ts []ratecard.Test, on ratecard.Event) {
		for _, x := range ts {
			switch x.Subject.Kind {
			case ratecard.SubjectInput:
				if in := c.Input(x.Subject.Name); in == nil || in.Kind != ratecard.Choice {
					t.Errorf("%s is no choice", x.Subject.Name)
				}
			case ratecard.SubjectClass:
				if c.Class(x.Subject.Name) == nil {
					t.Errorf("%s is no class", x.Subject.Name)
				}
			case ratecard.SubjectMeasure:
				known(x.Subject.Name, on)
			case 0:
				t.Error("a condition without subject")
			}
		}
	}
	for i := range c.Measures {
		m := &c.Measures[i]
		if m.Dim == 0 || m.Each == 0 || len(m.Steps) == 0 || len(m.Steps[0].Terms) == 0 || m.Each != m.Steps[len(m.Steps)-1].Each {
			t.Errorf("measure %s: %v", m.Name, m)
		}
		for _, s := range m.Steps {
			for _, term := range s.Terms {
				if term.Of == m.Name {
					t.Errorf("measure %s of itself", m.Name)
				}
				if k := c.Measure(term.Of); k != nil && !before(c, k.Name, m.Name) {
					t.Errorf("measure %s stands before %s, which it uses", m.Name, k.Name)
				}
			}
		}
	}
	for i := range c.Charges {
		ch := &c.Charges[i]
		if ch.Code == "" || ch.On == 0 || !ch.On.HasLevel(ch.Each) || len(ch.Families) == 0 || ch.Round.Each < ch.Each || !ch.Round.Mode.Valid() || ch.Round.To.Sign() <= 0 {
			t.Errorf("charge %s: %+v", ch.Code, ch)
		}
		if s := c.Slot(ch.Slot); ch.Slot != "" && (s == nil || s.On != ch.On || s.Each != ch.Each) {
			t.Errorf("charge %s in slot %s", ch.Code, ch.Slot)
		}
		tests(ch.When, ch.On)
		for _, l := range ch.Limit {
			known(l.Measure, ch.On)
			if l.Each == 0 || l.Each > ch.Each {
				t.Errorf("charge %s: limit %v", ch.Code, l)
			}
		}
		terms := ch.Terms
		for _, d := range ch.Dated {
			terms = append(terms[:len(terms):len(terms)], d.Terms...)
		}
		for _, p := range terms {
			known(p.Per, ch.On)
			known(p.BandOf, ch.On)
			size := 1
			for k := range p.By {
				size *= p.By[k].Len()
			}
			if ch.Given == "" && len(p.Bands) == 0 && len(p.Cells) != size {
				t.Errorf("charge %s: %d cells, want %d", ch.Code, len(p.Cells), size)
			}
			for _, b := range p.Bands {
				if len(b.Cells) != size || !b.Flat && !b.Each.Set {
					t.Errorf("charge %s: band %+v", ch.Code, b)
				}
			}
		}
	}
}

func before(c *ratecard.Card, first, second string) bool {
	for i := range c.Measures {
		switch c.Measures[i].Name {
		case first:
			return true
		case second:
			return false
		}
	}
	return false
}

func TestCardsKeepPromises(t *testing.T) {
	for name, data := range files(t) {
		t.Run(name, func(t *testing.T) { checkCard(t, parse(t, data)) })
	}
	for name, data := range okCases {
		t.Run(name, func(t *testing.T) { checkCard(t, parse(t, data)) })
	}
}

// bigCard is a card with a table of rows x zones.
func bigCard(rows, zones int) []byte {
	var b strings.Builder
	list := func(n int, each func(int)) {
		b.WriteByte('[')
		for i := range n {
			if i > 0 {
				b.WriteByte(',')
			}
			each(i)
		}
		b.WriteByte(']')
	}
	zone := func(i int) { fmt.Fprintf(&b, `"%d"`, i) }
	b.WriteString(`{"of":"zone","in":`)
	list(zones, zone)
	b.WriteString(`}], "table":`)
	list(rows, func(i int) {
		list(zones, func(j int) { fmt.Fprintf(&b, `"%d.%02d"`, i, j%100) })
	})
	cells := b.String()
	b.Reset()
	list(rows, func(i int) { fmt.Fprintf(&b, `"%d g"`, (i+1)*100) })
	edges := b.String()
	b.Reset()
	b.WriteString(`{"zone":{"values":`)
	list(zones, zone)
	b.WriteString(`}}`)
	inputs := b.String()
	return doc("inputs", inputs, "classes", "", "measures", "", "charges",
		`[`+fill+`, {"code":"x","family":"other","on":"order","price":{"by":[{"of":"weight","upTo":`+edges+`},`+cells+`}}]`)
}

func TestMillionCells(t *testing.T) {
	if testing.Short() {
		t.Skip("a million cells")
	}
	data := bigCard(10_000, 100)
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	card, err := ratecard.Parse(data)
	runtime.ReadMemStats(&after)
	if err != nil {
		t.Fatal(err)
	}
	if n := len(card.Charges[1].Terms[0].Cells); n != 1_000_000 {
		t.Errorf("%d cells", n)
	}
	if used := after.TotalAlloc - before.TotalAlloc; used > 16*uint64(len(data)) {
		t.Errorf("%d bytes allocated for a document of %d", used, len(data))
	}
	t.Logf("%d bytes, %d bytes allocated", len(data), after.TotalAlloc-before.TotalAlloc)
	if _, err := ratecard.Parse(bigCard(10_000, 101)); err == nil || !strings.Contains(err.Error(), "too_many") {
		t.Errorf("a million and more cells: %v", err)
	}
}

// hang is how long a document may take on a busy machine under the race detector before it counts as hanging.
const hang = 30 * time.Second

// A document of nothing but mistakes costs no more than one of prices.
func TestManyMistakesAreCheap(t *testing.T) {
	data := bytes.ReplaceAll(bigCard(2_000, 100), []byte(`.0`), []byte(`,0`))
	start := time.Now()
	_, err := ratecard.Parse(data)
	if took := time.Since(start); err == nil || took > hang {
		t.Errorf("%v, %v", took, err)
	}
}

func TestReaderAndJSON(t *testing.T) {
	card, err := ratecard.Read(bytes.NewReader(doc()))
	if err != nil || !reflect.DeepEqual(card, parse(t, doc())) {
		t.Errorf("%v, %v", card, err)
	}
	if _, err := ratecard.Read(failing{}); fmt.Sprint(found(err)) != "[read_failed ]" {
		t.Errorf("%v", err)
	}
	if !json.Valid(ratecard.JSONSchema()) {
		t.Error("the schema is not JSON")
	}
	s := ratecard.JSONSchema()
	s[0] = 'x'
	if ratecard.JSONSchema()[0] != '{' {
		t.Error("the schema can be changed from outside")
	}
}

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, fmt.Errorf("disk on fire") }

func BenchmarkParse(b *testing.B) {
	for name, data := range map[string][]byte{"idealpack": files(b)["de-idealpack"], "usps": files(b)["us-usps-ground-advantage"], "million": bigCard(10_000, 100)} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := ratecard.Parse(data); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
