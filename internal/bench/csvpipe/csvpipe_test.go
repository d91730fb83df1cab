package csvpipe

import (
	"strings"
	"testing"
)

// TestSameBytes prices some rows both ways: Run refuses files that differ.
func TestSameBytes(t *testing.T) {
	var b strings.Builder
	if err := Run(&b, 1, 500); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(b.String(), "QuoteShard") || !strings.Contains(b.String(), "shopspring") {
		t.Error(b.String())
	}
}
