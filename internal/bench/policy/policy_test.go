package policy

import (
	"slices"
	"testing"

	"github.com/overseaswarehouse/overseas/eligibility"
)

// What is compared has to say the same before its speed means anything.
func TestContendersAgree(t *testing.T) {
	all := Combinations()
	if len(all) != 49152 {
		t.Fatalf("%d combinations", len(all))
	}
	library, err := NewLibrary()
	if err != nil {
		t.Fatal(err)
	}
	programs, err := NewCEL()
	if err != nil {
		t.Fatal(err)
	}
	rego, err := NewOPA()
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(all); i += 101 { // a prime step visits every value of every dimension
		c := all[i]
		want := Oracle(c)
		for name, codes := range map[string]func(Combination) ([]string, error){"library": library.Codes, "cel-go": programs.Codes, "OPA": rego.Codes} {
			got, err := codes(c)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			slices.Sort(got)
			if !slices.Equal(got, want) {
				t.Fatalf("%s on %+v: %v, want %v", name, c, got, want)
			}
		}
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

// TestMeasure runs the measurement once and shows its table; a figure is no test.
func TestMeasure(t *testing.T) {
	r, err := Measure(3)
	if err != nil {
		t.Fatal(err)
	}
	if r.Library <= 0 || r.CEL <= 0 || r.OPA <= 0 {
		t.Errorf("nothing was measured: %+v", r)
	}
	t.Log("\n" + r.String())
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
