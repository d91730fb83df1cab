package quote

import (
	"strings"
	"testing"
	"time"
)

// TestAllAgree holds every contender against the oracle; float64 is known to be wrong.
func TestAllAgree(t *testing.T) {
	all := shipments(600)
	all = append(all[:900:900], all[Shipments:]...)
	want := make([]result, len(all))
	for i := range all {
		want[i] = oracle(&all[i])
	}
	list, err := contenders(all)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range list {
		if misses, err := verify(c, want); err != nil || c.float && misses == 0 {
			t.Errorf("%s: %v, %d wrong", c.name, err, misses)
		}
	}
	all[7].goods++
	if _, err := verify(list[0], want); err == nil {
		t.Error("a figure that is wrong is not noticed")
	}
}

func TestTable(t *testing.T) {
	if testing.Short() {
		t.Skip("it checks all shipments")
	}
	var b strings.Builder
	if err := Run(&b, 1, time.Millisecond, 10); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"this library, public API", "shopspring", "WRONG on", "quotes a second"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %q in\n%s", want, b.String())
		}
	}
}
