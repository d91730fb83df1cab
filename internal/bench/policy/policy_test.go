package policy

import (
	"strings"
	"testing"
	"time"

	"github.com/overseaswarehouse/overseas/eligibility"
)

// What is compared has to say the same before its speed means anything.
func TestContendersAgree(t *testing.T) {
	all := Combinations()
	if len(all) != 49152 {
		t.Fatalf("%d combinations", len(all))
	}
	e, err := newEngines()
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(all); i += 101 {
		if err := e.agree(all[i]); err != nil {
			t.Fatal(err)
		}
	}
	wrong := all[5]
	wrong.Country = "de"
	if err := e.agree(wrong); err == nil {
		t.Error("a difference is not noticed") // the library takes small letters, the others do not
	}
}

func TestAssessDoesNotAllocateWhenAnApplicationPasses(t *testing.T) {
	library, err := NewLibrary()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range Passing() {
		a := c.Application()
		if n := testing.AllocsPerRun(1000, func() {
			if d, err := library.policy.Assess(a); err != nil || d.Outcome() != eligibility.Approved {
				t.Fatal(err)
			}
		}); n != 0 {
			t.Errorf("%v allocations", n)
		}
	}
}

// TestRun runs the measurement once; a figure is no test.
func TestRun(t *testing.T) {
	var b strings.Builder
	if err := Run(&b, 1, time.Millisecond); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"the twelve rules", "cel-go", "OPA", "expr", "validator"} {
		if !strings.Contains(b.String(), name) {
			t.Errorf("no %s in\n%s", name, b.String())
		}
	}
}

func BenchmarkAssess(b *testing.B) {
	library, err := NewLibrary()
	if err != nil {
		b.Fatal(err)
	}
	for _, c := range Passing() {
		a := c.Application()
		b.Run(c.Kind, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if d, err := library.policy.Assess(a); err != nil || d.Outcome() != eligibility.Approved {
					b.Fatal(err)
				}
			}
		})
	}
}
