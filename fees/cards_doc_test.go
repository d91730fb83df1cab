package fees_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/overseaswarehouse/overseas/fees"
)

// TestCardsOfTheReferenceParse holds that the complete cards of CARDS.md are cards, and lint clean.
func TestCardsOfTheReferenceParse(t *testing.T) {
	page, err := os.ReadFile("CARDS.md")
	if err != nil {
		t.Fatal(err)
	}
	blocks := regexp.MustCompile("(?s)```json card\n(.*?)```").FindAllStringSubmatch(string(page), -1)
	if len(blocks) == 0 {
		t.Fatal("CARDS.md has no card")
	}
	for _, b := range blocks {
		card, err := fees.ParseCard(strings.NewReader(b[1]))
		if err != nil {
			t.Errorf("%v in\n%s", err, b[1])
			continue
		}
		for _, p := range card.Lint() {
			t.Error(p)
		}
	}
}
