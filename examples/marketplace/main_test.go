package main

import (
	"bytes"
	"flag"
	"os"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden files")

func TestOutput(t *testing.T) {
	for name, args := range map[string][]string{
		"default.txt": nil,
		"own.zh.txt":  {"-kind", "own", "-country", "PL", "-lang", "zh"},
		"policy.txt":  {"-policy", "../../eligibility/aliexpress.json", "-cases", "../../eligibility/aliexpress.cases.json", "-country", "UK", "-lang", "de"},
	} {
		var b bytes.Buffer
		if err := run(args, &b); err != nil {
			t.Fatal(name, err)
		}
		path := "golden/" + name
		if *update {
			if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(want, b.Bytes()) {
			t.Errorf("%s differs (run with -update and look):\n%s", name, b.String())
		}
	}
}

func TestFailures(t *testing.T) {
	for name, args := range map[string][]string{
		"no such file": {"-policy", "nowhere.json"}, "not open": {"-country", "ES"}, "no country": {"-country", "Atlantis"},
		"no kind": {"-kind", "third_party"}, "no language": {"-lang", "!"}, "cases of another policy": {"-cases", "../../eligibility/aliexpress.cases.json"},
	} {
		var b bytes.Buffer
		if err := run(args, &b); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestItSaysThatItIsMadeUp(t *testing.T) {
	var b bytes.Buffer
	if err := run(nil, &b); err != nil || !strings.Contains(b.String(), "Made up for this example") || !strings.Contains(b.String(), "(made up)") {
		t.Error(err, b.String())
	}
}
