package main

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"github.com/overseaswarehouse/overseas/country"
)

func TestPageIsUpToDate(t *testing.T) {
	have, err := os.ReadFile("../../CUSTOMS.md")
	if err != nil {
		t.Fatal(err)
	}
	if want := page(); !bytes.Equal(have, want) {
		t.Error("CUSTOMS.md is stale: run go generate ./country")
	}
}

func TestPageShowsEveryFact(t *testing.T) {
	text := string(page())
	set, err := country.ParseFacts(country.CustomsSource())
	if err != nil {
		t.Fatal(err)
	}
	facts := 0
	for f := range set.All() {
		facts++
		if _, remark := f.Value.(country.Remark); !remark && !f.Unknown && describe(f.Value) == "" {
			t.Errorf("%v %s is not described", f.Country, f.Name())
		}
		for _, want := range []string{"| " + f.Name() + " |", escape.Replace(f.Source), escape.Replace(f.Note)} {
			if !strings.Contains(text, want) {
				t.Errorf("%v %s: no %q", f.Country, f.Name(), want)
			}
		}
	}
	if lines := strings.Count(text, "\n| "); lines < facts {
		t.Errorf("%d lines for %d facts", lines, facts)
	}
	for i, line := range strings.Split(text, "\n") {
		if strings.HasPrefix(line, "|") && !strings.HasSuffix(line, "|") {
			t.Errorf("line %d is broken: %s", i+1, line)
		}
	}
}
