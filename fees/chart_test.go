package fees_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/text/language"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees"
	"github.com/overseaswarehouse/overseas/fees/unit"
)

// chartTotal is what a consignment, a stay and an order come to at the prices of the examples.
func chartTotal(t testing.TB) *fees.Total {
	size, _ := unit.ParseSize("50x40x30 cm")
	weight, _ := unit.ParseWeight("20 kg")
	germany, _ := country.Parse("DE")
	day := func(text string) country.Date { d, _ := country.ParseDate(text); return d }
	quote, err := exampleCalculator().Journey(&fees.Journey{
		Consignment: &fees.Consignment{Date: day("2026-10-01"), Destination: germany, Cartons: []fees.Carton{{Count: 2, Weight: weight, Size: size, Goods: []fees.Goods{{SKU: "A1", Units: 10}}}}},
		Stay:        &fees.Stay{From: day("2026-11-01"), To: day("2026-12-01"), Country: germany, Lots: []fees.Lot{{SKU: "A1", Arrived: day("2026-11-01"), Units: 10, Size: size}}},
		Order:       exampleOrder(),
	})
	if err != nil {
		t.Fatal(err)
	}
	euro, _ := country.ParseCurrency("EUR")
	total, err := quote.In(euro, nil)
	if err != nil {
		t.Fatal(err)
	}
	return total
}

func TestChartOfEveryLanguage(t *testing.T) {
	total := chartTotal(t)
	for _, code := range []string{"en", "zh-Hans", "de", "es", "fr", "it", "ru", "id"} {
		tag := language.Make(code)
		var b bytes.Buffer
		if err := total.WriteSVG(&b, tag); err != nil {
			t.Fatal(err)
		}
		if err := xml.Unmarshal(b.Bytes(), new(struct{})); err != nil {
			t.Fatalf("%s: %v", code, err)
		}
		bars := regexp.MustCompile(`class="owc-bar"`).FindAll(b.Bytes(), -1)
		shown := 0
		for p := range total.Families() {
			name := fees.FamilyName(p.Family, tag)
			there := strings.Contains(b.String(), ">"+strings.ReplaceAll(name, "'", "&#39;")+"<")
			if want := p.Family != fees.Tax && p.Family != fees.Other; there != want {
				t.Errorf("%s: %s is there: %v\n%s", code, name, there, b.String())
			}
			if p.State == fees.Priced {
				shown++
				if !strings.Contains(b.String(), ">"+p.Amount.Format(tag)+"<") {
					t.Errorf("%s: %s is not there", code, p.Amount.Format(tag))
				}
			}
		}
		if len(bars) != shown || shown != 4 {
			t.Errorf("%s: %d bars, %d priced families", code, len(bars), shown)
		}
		if sum := total.Sum().Format(tag); !strings.Contains(b.String(), `owc-num" x="700" y="`) || !strings.Contains(b.String(), ">"+sum+"<") {
			t.Errorf("%s: the sum %s is not there", code, sum)
		}
		if code == "de" {
			golden(t, "chart_de.svg", b.String())
		}
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, io.ErrShortWrite }

func TestChartOfNothing(t *testing.T) {
	var b bytes.Buffer
	if err := (*fees.Total)(nil).WriteSVG(&b, language.Chinese); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(b.String(), "价卡未列价</text>"); n != 5 {
		t.Errorf("%d families are not priced, not 5\n%s", n, b.String())
	}
	if err := (&fees.Total{}).WriteSVG(full{}, language.German); !errors.Is(err, io.ErrShortWrite) {
		t.Error(err)
	}
}

func ExampleTotal_WriteSVG() {
	quote, err := exampleCalculator().Quote(exampleOrder())
	if err != nil {
		fmt.Println(err)
		return
	}
	euro, _ := country.ParseCurrency("EUR")
	total, err := quote.In(euro, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	var svg strings.Builder
	err = total.WriteSVG(&svg, language.German)
	fmt.Println(svg.String()[:4], strings.Contains(svg.String(), total.Sum().Format(language.German)), err)
	// Output: <svg true <nil>
}
