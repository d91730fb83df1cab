package importcost

import (
	"strings"
	"testing"
)

// TestRun measures the two smallest programs.
func TestRun(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds programs")
	}
	var b strings.Builder
	if err := run(&b, 1, []program{programs[0], programs[1]}); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(b.String(), "beyond: hello, world") {
		t.Error(b.String())
	}
}

// TestProgramsThatQuoteLinkNeitherExplanationsNorCustoms guards against types that lead from a quote to everything that has
// a String method: a signature in an interface is enough.
func TestProgramsThatQuoteLinkNeitherExplanationsNorCustoms(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds programs")
	}
	for _, p := range programs {
		with := p.name == "fees: with explanations and customs"
		if !with && p.name != "fees: cards and quotes" {
			continue
		}
		binary, err := p.build(t.TempDir(), "")
		if err != nil {
			t.Fatal(err)
		}
		symbols, err := command("go", "tool", "nm", binary)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range []string{"fees.(*explainer).", "fees.(*customsBook)."} {
			if strings.Contains(symbols, s) != with {
				t.Errorf("%s: %s is linked: %v", p.name, s, !with)
			}
		}
	}
}

func TestReadTrace(t *testing.T) {
	c, err := readTrace("init runtime @0.1 ms, 0.25 ms clock, 0 bytes, 3 allocs\ninit " + root + "/fees @0.2 ms, 0.5 ms clock, 64 bytes, 2 allocs\nother\n")
	if err != nil || c.init != 0.75 || c.ours != 0.5 || c.allocs != 5 || c.ourAllocs != 2 {
		t.Errorf("%+v %v", c, err)
	}
	if _, err := readTrace("nothing"); err == nil {
		t.Error("a trace without a line")
	}
	for _, p := range programs {
		if p.beyond != "" && !known(p.beyond) {
			t.Errorf("%s stands on %s, which is none of the programs", p.name, p.beyond)
		}
	}
}

func known(name string) bool {
	for _, p := range programs {
		if p.name == name {
			return true
		}
	}
	return false
}
