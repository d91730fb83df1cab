package money_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"golang.org/x/text/language"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees/money"
)

// The golden file holds what ICU 78 with CLDR 48 writes (Intl.NumberFormat of Node.js 24), in the amount's own decimals.
func TestFormatIsThatOfCLDR(t *testing.T) {
	data, err := os.ReadFile("testdata/format.golden")
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(string(data), "\n"), "\n")
	if len(lines) < 800 {
		t.Fatalf("only %d rows", len(lines))
	}
	for _, line := range lines {
		f := strings.Split(line, "\t")
		m, err := money.Parse(f[1])
		if err != nil {
			t.Fatal(err)
		}
		if got := m.Format(language.MustParse(f[0])); got != f[2] {
			t.Errorf("%s in %s: %q, want %q", f[1], f[0], got, f[2])
		}
	}
}

func TestFormatEdges(t *testing.T) {
	if got := (money.Money{}).Format(language.German); got != "" {
		t.Errorf("zero Money: %q", got)
	}
	most, err := money.Of(-999_999_999_999_999_999, 0, country.Currency{'E', 'U', 'R'})
	if err != nil {
		t.Fatal(err)
	}
	if got := most.Format(language.English); got != "-€999,999,999,999,999,999" {
		t.Errorf("18 digits: %q", got)
	}
	m, _ := money.Parse("1234.50 EUR")
	for _, same := range [][2]string{{"zh-CN", "zh-Hans"}, {"de-AT", "de"}, {"ja", "en"}} {
		if a, b := m.Format(language.MustParse(same[0])), m.Format(language.MustParse(same[1])); a != b {
			t.Errorf("%s %q, %s %q", same[0], a, same[1], b)
		}
	}
}

func ExampleMoney_Format() {
	m, _ := money.Parse("1234.50 EUR")
	fmt.Println(m.Format(language.English))
	fmt.Println(strings.ReplaceAll(m.Format(language.German), "\u00A0", " "))
	// Output:
	// €1,234.50
	// 1.234,50 €
}
