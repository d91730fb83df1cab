// Package prooftest alters records, for tests that every change of one is found.
package prooftest

import (
	"errors"
	"math/big"
	"slices"
	"strconv"
	"testing"

	"github.com/overseaswarehouse/overseas/internal/brief"
	"github.com/overseaswarehouse/overseas/internal/fixed"
	"github.com/overseaswarehouse/overseas/internal/problem"
	"github.com/overseaswarehouse/overseas/internal/proof"
)

// Verify checks a record by itself, or against what it was made of.
type Verify func(*proof.Record) error

// Steps visits the steps of a record with their places, each before its arguments.
func Steps(r *proof.Record, visit func(at string, n *proof.Node)) {
	var tree func(at string, n *proof.Node)
	tree = func(at string, n *proof.Node) {
		visit(at, n)
		for i, a := range n.Args {
			tree(at+"/args/"+strconv.Itoa(i), a)
		}
	}
	for i := range r.Lines {
		tree("/lines/"+strconv.Itoa(i)+"/proof", r.Lines[i].Proof)
	}
	for i, n := range r.Totals {
		tree("/totals/"+strconv.Itoa(i), n)
	}
}

// Altered changes everything that a record says, one thing at a time: each member of each step, text, line, document,
// reference and reason, the inputs and the head. Of long records only one change in every so many is made; all kinds get
// their turn where the number is prime. A change that verify lets pass is an error of the test. The record is as it was
// afterwards. It returns how many changes were made; in brief only one in five of them is.
func Altered(t testing.TB, r *proof.Record, every int, verify Verify) (made int) {
	t.Helper()
	turn := 0
	try := func(what string, change, back func()) {
		t.Helper()
		if turn++; turn%every != 0 {
			return
		}
		if made++; brief.On() && made%5 != 0 {
			return
		}
		change()
		if verify(r) == nil {
			t.Errorf("%s was changed and nobody noticed", what)
		}
		back()
	}
	words := func(what string, members ...*string) {
		t.Helper()
		for i, s := range members {
			was := *s
			try(what+" member "+strconv.Itoa(i), func() { *s += "x" }, func() { *s = was })
		}
	}
	flip := func(what string, b *bool) {
		t.Helper()
		try(what, func() { *b = !*b }, func() { *b = !*b })
	}
	Steps(r, func(at string, n *proof.Node) {
		if v := n.Value; v != nil {
			try(at+" value", func() { n.Value = new(big.Rat).Add(v, big.NewRat(1, 100)) }, func() { n.Value = v })
		}
		words(at, &n.Name, &n.Unit, &n.Word, &n.From, (*string)(&n.Op))
		mode := n.Mode
		try(at+" mode", func() { n.Mode = mode%fixed.Floor + 1 }, func() { n.Mode = mode })
		if args := n.Args; len(args) > 0 {
			try(at+" args", func() { n.Args = args[:len(args)-1] }, func() { n.Args = args })
		}
	})
	for i := range r.Text {
		p := &r.Text[i]
		words("text "+strconv.Itoa(i), &p.Text, &p.Kind)
		try("depth "+strconv.Itoa(i), func() { p.Depth++ }, func() { p.Depth-- })
	}
	for i := range r.Lines {
		l := &r.Lines[i]
		what := "line " + strconv.Itoa(i)
		words(what, &l.Card, &l.Code, &l.Title, &l.On, &l.Family, &l.Digest)
		for k := range l.Covers {
			words(what+" covers", &l.Covers[k])
		}
		flip(what+" recoverable", &l.Recoverable)
		flip(what+" prepayment", &l.Prepayment)
	}
	for i := range r.Documents {
		d := &r.Documents[i]
		words("document "+strconv.Itoa(i), &d.Kind, &d.ID, &d.Edition, &d.Digest, &d.From, &d.To, &d.Seen)
	}
	for i := range r.References {
		words("reference "+strconv.Itoa(i), &r.References[i].Name, &r.References[i].Value)
	}
	for i := range r.Reasons {
		c := &r.Reasons[i]
		words("reason "+strconv.Itoa(i), &c.Code, &c.Of, &c.Detail, &c.Text)
	}
	words("record", &r.Of, &r.Language, &r.Status, &r.Digest)
	if k := len(r.Inputs) - 3; k >= 0 {
		try("inputs", func() { r.Inputs[k] ^= 1 }, func() { r.Inputs[k] ^= 1 })
	}
	if err := verify(r); err != nil {
		t.Error("changed back:", err)
	}
	return made
}

// Remade changes the value of each step of a record, or of one in every so many, and makes the digests anew, as one would who
// means it. A value that follows from others must then fail with step_differs at that very step, or it is an error of the
// test; leaf, where it is not nil, is called with each other one that verify lets pass. The record is as it was afterwards.
// It returns how many values that follow from others were changed.
func Remade(t testing.TB, r *proof.Record, every int, verify Verify, leaf func(at string, n *proof.Node)) (made int) {
	t.Helper()
	places := map[*proof.Node][]string{} // a step may stand in several
	Steps(r, func(at string, n *proof.Node) { places[n] = append(places[n], at) })
	turn := 0
	Steps(r, func(at string, n *proof.Node) {
		v := n.Value
		if v == nil || n.Op == proof.Within { // its number is that of the table
			return
		}
		if turn++; turn%every != 0 {
			return
		}
		follows := len(n.Args) > 0 && n.Op != proof.Price || n.Op == proof.Again || n.Op == proof.None
		if follows && brief.On() {
			if made++; made%5 != 0 {
				return
			}
			made--
		}
		n.Value = new(big.Rat).Add(v, big.NewRat(1, 1000))
		defer func() { n.Value = v }()
		if err := r.Seal(); err != nil {
			t.Fatal(err)
		}
		err := verify(r)
		var p problem.Problem
		switch {
		case !follows && err == nil && leaf != nil:
			leaf(at, n)
		case !follows:
		case !errors.As(err, &p) || p.Code != problem.StepDiffers || !slices.Contains(places[n], p.Path):
			t.Errorf("%s (%s): %v", at, n.Op, err)
		default:
			made++
		}
	})
	if err := r.Seal(); err != nil || verify(r) != nil {
		t.Error("changed back:", verify(r))
	}
	return made
}
