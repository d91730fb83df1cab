package ratecard_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/overseaswarehouse/overseas/internal/problem"
	"github.com/overseaswarehouse/overseas/internal/ratecard"
)

const published = "../../examples/ratecards"

// files reads the published cards, by file name.
func files(t testing.TB) map[string][]byte {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(published, "*.json"))
	if err != nil || len(names) < 18 {
		t.Fatalf("%d files, %v", len(names), err)
	}
	all := map[string][]byte{}
	for _, f := range names {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		all[strings.TrimSuffix(filepath.Base(f), ".json")] = data
	}
	return all
}

func parse(t testing.TB, data []byte) *ratecard.Card {
	t.Helper()
	c, err := ratecard.Parse(data)
	if err != nil {
		t.Fatalf("%v", err)
	}
	return c
}

func TestPublishedFiles(t *testing.T) {
	editions := map[string]string{}
	for name, data := range files(t) {
		t.Run(name, func(t *testing.T) {
			c := parse(t, data)
			if !strings.HasPrefix(name, c.ID) {
				t.Errorf("the file of card %s is called %s", c.ID, name)
			}
			if other, ok := editions[c.ID+" "+c.Edition]; ok {
				t.Errorf("%s has the id and edition of %s", name, other)
			}
			editions[c.ID+" "+c.Edition] = name
			if len(c.Sources) == 0 || !strings.Contains(c.Sources[0].Note, "test data, not a current price") {
				t.Error("the note does not say that this is test data")
			}
			for _, s := range c.Sources {
				if s.Seen.IsZero() && c.Effective.From.IsZero() {
					t.Errorf("source %s has no date", s.URL)
				}
			}
			if c.Digest == [32]byte{} {
				t.Error("no digest")
			}
		})
	}
}

// Where the lists of the providers fall, Lint says so; nothing else on them is odd.
func TestLintOfPublishedFiles(t *testing.T) {
	falling := map[string]int{"au-amazon-mcf": 1, "firstleg-au-sea": 1, "firstleg-de-sea-hygj52": 2, "id-jati-jakarta-solo": 1, "us-amazon-mcf": 5}
	for name, data := range files(t) {
		n := 0
		for _, p := range ratecard.Lint(parse(t, data)) {
			if p.Code != problem.PriceFalls {
				t.Errorf("%s: %v", name, p)
			}
			n++
		}
		if n != falling[name] {
			t.Errorf("%s: %d falls, want %d", name, n, falling[name])
		}
	}
}

// The IDEAL PACK card is to be read on one screen.
func TestIdealPackFitsOnAScreen(t *testing.T) {
	data := string(files(t)["de-idealpack"])
	if n := strings.Count(data, "\n"); n > 40 {
		t.Errorf("%d lines", n)
	}
	for i, line := range strings.Split(data, "\n") {
		if len([]rune(line)) > 200 {
			t.Errorf("line %d has %d characters", i+1, len([]rune(line)))
		}
	}
}
