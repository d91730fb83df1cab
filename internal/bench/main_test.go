package main

import (
	"strings"
	"testing"
)

func TestPartsAreNamed(t *testing.T) {
	var b strings.Builder
	if err := run(&b, true, []string{"policy", "speed"}); err == nil || b.Len() > 0 {
		t.Errorf("a part that is none: %v %s", err, b.String())
	}
	if err := run(&b, true, []string{"policy"}); err != nil || !strings.Contains(b.String(), "medians of 3 passes") || strings.Contains(b.String(), "QuoteShard") {
		t.Errorf("%v\n%s", err, b.String())
	}
}
