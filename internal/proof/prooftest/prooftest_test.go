package prooftest

import (
	"math/big"
	"testing"

	"github.com/overseaswarehouse/overseas/internal/brief"
	"github.com/overseaswarehouse/overseas/internal/proof"
)

// counted counts the errors of a test.
type counted struct {
	testing.TB
	errors int
}

func (c *counted) Helper()               {}
func (c *counted) Error(...any)          { c.errors++ }
func (c *counted) Errorf(string, ...any) { c.errors++ }

// TestAChangeThatNobodyFindsIsAnError alters a record that is right, with a check that finds everything and one that finds
// nothing.
func TestAChangeThatNobodyFindsIsAnError(t *testing.T) {
	if brief.On() {
		t.Skip("every change is counted")
	}
	one := proof.Leaf(proof.Given, "one", big.NewRat(1, 1), "EUR").At("/one")
	all := proof.Total("all", "EUR", one, proof.AgainOf(one))
	none := proof.Leaf(proof.None, "none", new(big.Rat), "EUR")
	r := &proof.Record{
		Of: "test", Language: "en", Status: "exact", Inputs: []byte(`{"one":"1 EUR"}`),
		References: []proof.Reference{{Name: "a", Value: "b"}}, Reasons: []proof.Reason{{Code: "c", Text: "d"}}, Documents: []proof.Document{{Kind: "card", ID: "e"}},
		Lines:  []proof.LineProof{{Code: "all", Covers: []string{"f"}, Proof: all}, {Code: "none", Proof: none}},
		Totals: []*proof.Node{proof.Make(proof.Minus, "left", "EUR", proof.AgainOf(all), proof.AgainOf(none))},
		Text:   []proof.Paragraph{{Kind: proof.KindTitle, Text: "g"}},
	}
	if err := r.Seal(); err != nil {
		t.Fatal(err)
	}
	digest, nothing := r.Digest, func(*proof.Record) error { return nil }
	c := &counted{TB: t}
	changes, made, leaves := Altered(c, r, 1, (*proof.Record).Verify), Remade(c, r, 1, (*proof.Record).Verify, func(string, *proof.Node) { t.Error("a leaf that does not matter") }), 0
	if c.errors > 0 || changes < 80 || made != 6 {
		t.Errorf("%d errors, %d changes, %d steps", c.errors, changes, made)
	}
	if n := Altered(c, r, 1, nothing); n != changes || c.errors != changes {
		t.Errorf("%d errors of %d changes", c.errors, n)
	}
	if n := Altered(c, r, 7, nothing); n != changes/7 {
		t.Errorf("every seventh of %d changes: %d", changes, n)
	}
	c.errors = 0
	if Remade(c, r, 1, nothing, func(string, *proof.Node) { leaves++ }); c.errors != made || leaves != 1 {
		t.Errorf("%d errors of %d steps, %d leaves", c.errors, made, leaves)
	}
	if r.Digest != digest || r.Verify() != nil {
		t.Error("the record is another:", r.Verify())
	}
}
