package ratecard_test

import (
	"encoding"
	"slices"
	"testing"

	"github.com/overseaswarehouse/overseas/internal/ratecard"
)

// Every word of the vocabulary is written and read back, and nothing else is read.
func TestWords(t *testing.T) {
	check := func(name string, first, count int, value func(int) encoding.TextMarshaler, read func([]byte) (encoding.TextMarshaler, error)) {
		seen := map[string]bool{}
		for i := first; i < first+count; i++ {
			text, err := value(i).MarshalText()
			if err != nil || len(text) == 0 || seen[string(text)] {
				t.Errorf("%s %d: %q, %v", name, i, text, err)
			}
			seen[string(text)] = true
			if back, err := read(text); err != nil || back != value(i) {
				t.Errorf("%s %q reads as %v, %v", name, text, back, err)
			}
		}
		if text, err := value(first + count).MarshalText(); err == nil {
			t.Errorf("%s %d is written %q", name, first+count, text)
		}
		for _, text := range []string{"", "x", "ORDER"} {
			if back, err := read([]byte(text)); err == nil {
				t.Errorf("%s reads %q as %v", name, text, back)
			}
		}
	}
	check("standing", 0, 3, func(i int) encoding.TextMarshaler { return ratecard.Standing(i) }, func(b []byte) (encoding.TextMarshaler, error) {
		var v ratecard.Standing
		err := v.UnmarshalText(b)
		return v, err
	})
	check("tax", 0, 4, func(i int) encoding.TextMarshaler { return ratecard.TaxKind(i) }, func(b []byte) (encoding.TextMarshaler, error) {
		var v ratecard.TaxKind
		err := v.UnmarshalText(b)
		return v, err
	})
	check("flag", 0, 3, func(i int) encoding.TextMarshaler { return ratecard.Flag(i) }, func(b []byte) (encoding.TextMarshaler, error) {
		var v ratecard.Flag
		err := v.UnmarshalText(b)
		return v, err
	})
	check("event", 1, int(ratecard.EventCount)-1, func(i int) encoding.TextMarshaler { return ratecard.Event(i) }, func(b []byte) (encoding.TextMarshaler, error) {
		var v ratecard.Event
		err := v.UnmarshalText(b)
		return v, err
	})
	check("family", 1, int(ratecard.FamilyCount)-1, func(i int) encoding.TextMarshaler { return ratecard.Family(i) }, func(b []byte) (encoding.TextMarshaler, error) {
		var v ratecard.Family
		err := v.UnmarshalText(b)
		return v, err
	})
	check("level", 1, 4, func(i int) encoding.TextMarshaler { return ratecard.Level(i) }, func(b []byte) (encoding.TextMarshaler, error) {
		var v ratecard.Level
		err := v.UnmarshalText(b)
		return v, err
	})
	check("input", 1, 4, func(i int) encoding.TextMarshaler { return ratecard.InputKind(i) }, func(b []byte) (encoding.TextMarshaler, error) {
		var v ratecard.InputKind
		err := v.UnmarshalText(b)
		return v, err
	})
	check("edge", 1, 4, func(i int) encoding.TextMarshaler { return ratecard.Edge(i) }, func(b []byte) (encoding.TextMarshaler, error) {
		var v ratecard.Edge
		err := v.UnmarshalText(b)
		return v, err
	})
	check("basis", 0, 2, func(i int) encoding.TextMarshaler { return ratecard.Basis(i) }, func(b []byte) (encoding.TextMarshaler, error) {
		var v ratecard.Basis
		err := v.UnmarshalText(b)
		return v, err
	})
	check("take", 0, 4, func(i int) encoding.TextMarshaler { return ratecard.Take(i) }, func(b []byte) (encoding.TextMarshaler, error) {
		var v ratecard.Take
		err := v.UnmarshalText(b)
		return v, err
	})
	check("time unit", 1, 4, func(i int) encoding.TextMarshaler { return ratecard.TimeUnit(i) }, func(b []byte) (encoding.TextMarshaler, error) {
		var v ratecard.TimeUnit
		err := v.UnmarshalText(b)
		return v, err
	})
	check("time basis", 1, 3, func(i int) encoding.TextMarshaler { return ratecard.TimeBasis(i) }, func(b []byte) (encoding.TextMarshaler, error) {
		var v ratecard.TimeBasis
		err := v.UnmarshalText(b)
		return v, err
	})
}

func TestLevels(t *testing.T) {
	for _, c := range []struct {
		event ratecard.Event
		word  string
		level ratecard.Level
	}{
		{ratecard.Consign, "carton", ratecard.LevelPiece}, {ratecard.Consign, "unit", ratecard.LevelItem}, {ratecard.Consign, "line", ratecard.LevelLine}, {ratecard.Consign, "consignment", ratecard.LevelEvent},
		{ratecard.Store, "unit", ratecard.LevelPiece}, {ratecard.Store, "lot", ratecard.LevelLine}, {ratecard.Store, "account", ratecard.LevelEvent}, {ratecard.Store, "item", 0},
		{ratecard.Order, "parcel", ratecard.LevelPiece}, {ratecard.Order, "carton", 0}, {ratecard.Order, "order", ratecard.LevelEvent}, {ratecard.Order, "event", ratecard.LevelEvent},
		{ratecard.Return, "return", ratecard.LevelEvent}, {ratecard.Remove, "unit", ratecard.LevelPiece}, {ratecard.Import, "entry", ratecard.LevelEvent}, {ratecard.Import, "unit", ratecard.LevelPiece},
		{ratecard.Receive, "delivery", ratecard.LevelEvent}, {ratecard.PeriodEnd, "period", ratecard.LevelEvent}, {ratecard.PeriodEnd, "piece", 0}, {0, "unit", 0}, {0, "lot", ratecard.LevelLine},
	} {
		if l, ok := ratecard.ParseLevel(c.word, c.event); l != c.level || ok != (c.level != 0) {
			t.Errorf("%s on %v: %v", c.word, c.event, l)
		}
	}
	for e := ratecard.Consign; e < ratecard.EventCount; e++ {
		for l := ratecard.LevelItem; l <= ratecard.LevelEvent; l++ {
			word := l.Word(e)
			if back, ok := ratecard.ParseLevel(word, e); ok != e.HasLevel(l) || ok && back != l {
				t.Errorf("%v %v: %q reads as %v", e, l, word, back)
			}
			if e.HasLevel(l) != slices.Contains(ratecard.LevelWords(e), word) {
				t.Errorf("%v: %q", e, word)
			}
		}
	}
}

func TestFind(t *testing.T) {
	c := parse(t, doc())
	for name, kind := range map[string]ratecard.MeasureKind{"weight": ratecard.OfEvent, "parcel": ratecard.OfLevel, "pallet": ratecard.OfInput, "chargeable": ratecard.OfCard, "goods": ratecard.OfMoney, "zone": 0, "carton": ratecard.OfLevel} {
		if f, _ := c.Find(name, 0); f.Kind != kind {
			t.Errorf("%s is %d", name, f.Kind)
		}
	}
	if _, ok := c.Find("carton", ratecard.Order); ok {
		t.Error("an order has no cartons")
	}
	if _, ok := c.Find("weight", ratecard.PeriodEnd); ok {
		t.Error("a period has no weight")
	}
	for _, b := range ratecard.Builtins() {
		for l := ratecard.LevelItem; l <= ratecard.LevelEvent; l++ {
			has := l <= ratecard.LevelPiece || !b.Sides
			has = has && (b.Name != "pieces" || l >= ratecard.LevelPiece) && (b.Name != "lines" || l >= ratecard.LevelLine)
			if b.HasLevel(l) != has {
				t.Errorf("%s at level %v: %t", b.Name, l, !has)
			}
		}
		if f, ok := c.Find(b.Name, ratecard.Order); !ok || f.Dim != b.Dim || b.Dim == 0 {
			t.Errorf("%s: %+v", b.Name, f)
		}
	}
}
