package main

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
)

var update = flag.Bool("update", false, "write the golden files")

// TestGolden runs the commands of golden/commands and compares what they print.
func TestGolden(t *testing.T) {
	commands(t, func(t *testing.T, file string, out []byte) {
		if *update {
			if err := os.WriteFile(file, out, 0o644); err != nil {
				t.Fatal(err)
			}
			return
		}
		same(t, file, out)
	})
}

// TestDeafToTheHostsSettings holds that a host that changes every package setting of shopspring/decimal changes nothing.
func TestDeafToTheHostsSettings(t *testing.T) {
	before := []any{
		decimal.DivisionPrecision, decimal.PowPrecisionNegativeExponent, decimal.MarshalJSONWithoutQuotes,
		decimal.TrimTrailingZeros, decimal.UseScientificNotation, decimal.ExpMaxIterations, decimal.MaxDecodeExponent,
	}
	defer func() {
		decimal.DivisionPrecision, decimal.PowPrecisionNegativeExponent = before[0].(int), before[1].(int)
		decimal.MarshalJSONWithoutQuotes, decimal.TrimTrailingZeros = before[2].(bool), before[3].(bool)
		decimal.UseScientificNotation, decimal.ExpMaxIterations = before[4].(bool), before[5].(int)
		decimal.MaxDecodeExponent = before[6].(int)
	}()
	decimal.DivisionPrecision, decimal.PowPrecisionNegativeExponent = 1, 1
	decimal.MarshalJSONWithoutQuotes, decimal.TrimTrailingZeros = true, !decimal.TrimTrailingZeros
	decimal.UseScientificNotation, decimal.ExpMaxIterations = true, 1
	decimal.MaxDecodeExponent = 3
	commands(t, same)
}

func commands(t *testing.T, check func(t *testing.T, file string, out []byte)) {
	list, err := os.ReadFile(filepath.Join("golden", "commands"))
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for line := range strings.Lines(string(list)) {
		words := strings.Fields(line)
		if len(words) == 0 {
			continue
		}
		n++
		t.Run(words[0], func(t *testing.T) {
			var out bytes.Buffer
			if err := run(words[1:], &out); err != nil {
				t.Fatal(err)
			}
			check(t, filepath.Join("golden", words[0]), out.Bytes())
		})
	}
	if n == 0 {
		t.Fatal("no command")
	}
}

func same(t *testing.T, file string, out []byte) {
	t.Helper()
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(out, want) {
		t.Errorf("the output differs from %s", file)
	}
}
