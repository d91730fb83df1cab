package main

import (
	"bytes"
	"encoding/json"
	"io"
	"strings"
	"testing"

	"golang.org/x/text/language"

	"github.com/overseaswarehouse/overseas/fees"
	"github.com/overseaswarehouse/overseas/fees/scenario"
)

func TestEveryLanguageAndFormat(t *testing.T) {
	for _, lang := range languages {
		for _, format := range []string{"markdown", "csv", "json"} {
			var b bytes.Buffer
			if err := run([]string{"-lang", lang, "-format", format}, &b); err != nil {
				t.Errorf("%s %s: %v", lang, format, err)
			}
			if format == "json" {
				for _, line := range strings.Split(strings.TrimSpace(b.String()), "\n") {
					if !json.Valid([]byte(line)) {
						t.Errorf("%s: not JSON", lang)
					}
				}
			}
		}
	}
}

// TestWhyVerifies holds that what -why writes is a record that can be read back and recomputed.
func TestWhyVerifies(t *testing.T) {
	var b bytes.Buffer
	if err := run([]string{"-why", "us"}, &b); err != nil {
		t.Fatal(err)
	}
	rec, err := fees.ParseRecord(&b)
	if err != nil {
		t.Fatal(err)
	}
	if err := rec.Verify(); err != nil {
		t.Fatal(err)
	}
}

// TestLeavingAnAnswerOut takes one answer away and expects no number of that alternative.
func TestLeavingAnAnswerOut(t *testing.T) {
	list, err := markets(language.English)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range list {
		m.alternatives[1].Risks.Lost = nil
		r := scenario.Compare(m.plan, m.alternatives...).Results()
		if r[1].Figures != nil || r[0].Figures == nil {
			t.Errorf("%s: %s, %s", m.title[0], r[0].Status, r[1].Status)
		}
	}
}

func TestWrongArguments(t *testing.T) {
	for _, args := range [][]string{{"x"}, {"-lang", "xx"}, {"-format", "pdf"}, {"-chart", "fr"}, {"-without", "all"}, {"-nothing"}} {
		if err := run(args, io.Discard); err == nil {
			t.Errorf("%v is accepted", args)
		}
	}
}
