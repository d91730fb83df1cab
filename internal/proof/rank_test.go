package proof

import (
	"bytes"
	"errors"
	"math/big"
	"testing"

	"github.com/overseaswarehouse/overseas/internal/problem"
)

// amounts is the sum of amounts in cents.
func amounts(cents ...int64) *Node {
	var list []*Node
	for _, c := range cents {
		list = append(list, Leaf(Given, "", big.NewRat(c, 100), "EUR"))
	}
	return Total("", "EUR", list...)
}

func TestRank(t *testing.T) {
	for _, c := range []struct {
		cents []int64
		want  []int64
	}{
		{[]int64{5}, []int64{0}},
		{[]int64{3, 7, 5}, []int64{2, 0, 1}},
		{[]int64{4, 4, 4}, []int64{0, 1, 2}}, // the earlier of equals
		{[]int64{-1, 0, -1, 2}, []int64{2, 1, 3, 0}},
	} {
		for i, want := range c.want {
			n := Ranked(i, amounts(c.cents...))
			if n.Value == nil || n.Value.Cmp(big.NewRat(want, 1)) != 0 {
				t.Errorf("%d of %v: %v, want %d", i, c.cents, n.Value, want)
			}
			if err := n.Check(""); err != nil {
				t.Error(err)
			}
			n.Value = big.NewRat(want+1, 1)
			if err := n.Check(""); !errors.Is(err, problem.StepDiffers) {
				t.Errorf("another rank: %v", err)
			}
		}
	}
	mixed := amounts(1, 2)
	mixed.Args[1].Unit = "USD"
	for name, n := range map[string]*Node{
		"beyond the arguments": Ranked(2, amounts(1, 2)), "before them": Ranked(-1, amounts(1)), "of units that differ": Ranked(0, mixed),
		"of nothing": Ranked(0, amounts()),
	} {
		if n.Value != nil {
			t.Errorf("%s: %v", name, n.Value)
		}
		n.Value = new(big.Rat)
		if err := n.Check(""); err == nil {
			t.Errorf("%s verifies", name)
		}
	}
}

// TestRankOfAStepThatStandsBefore looks through the reference, in memory and read back; a step that is not in the record
// is none.
func TestRankOfAStepThatStandsBefore(t *testing.T) {
	sum := amounts(3, 7, 5)
	r := &Record{Of: "x", Language: "en", Status: "exact", Lines: []LineProof{{Code: "a", Proof: sum}, {Code: "b", Proof: Ranked(0, AgainOf(sum))}}}
	if err := r.Seal(); err != nil || r.Verify() != nil {
		t.Fatal(err, r.Verify())
	}
	doc, err := r.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	back, err := Read(bytes.NewReader(doc))
	if err != nil || back.Verify() != nil {
		t.Fatal(err, back.Verify())
	}
	back.Lines[0].Proof.Args[0].Value = big.NewRat(6, 100)
	back.Lines[0].Proof.Value = big.NewRat(18, 100)
	if err := back.Seal(); err != nil {
		t.Fatal(err)
	}
	if err := back.Verify(); !errors.Is(err, problem.StepDiffers) {
		t.Error("the rank is another:", err)
	}
	r.Lines = r.Lines[1:]
	if err := r.Seal(); !errors.Is(err, problem.StepMalformed) {
		t.Error("a step that stands for none is sealed:", err)
	}
	if r.Verify() == nil {
		t.Error("a step that stands for none verifies")
	}
}
