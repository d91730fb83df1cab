package scenario_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/text/language"

	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/fees/scenario"
)

var update = flag.Bool("update", false, "write the golden files anew")

// ours is a warehouse of one's own: rent, and a clerk for every 400 orders.
func ours(orders int64) (money.Money, error) {
	return money.Of(90000+350*orders+20000*((orders+399)/400), 2, euro)
}

// someChart is the costs of an order by three ways.
func someChart() *scenario.Chart {
	high, _ := money.Of(2000, 2, euro)
	return &scenario.Chart{
		Title: "What an order costs", Variable: "orders a month", Amount: "per order", Each: true, High: high,
		Choices: []scenario.Choice{{Name: "direct parcels", Cost: direct}, {Name: "a warehouse for hire", Cost: warehouse}, {Name: "a warehouse of our own", Cost: ours}},
		Grid:    scenario.Grid{From: 0, To: 800},
	}
}

func chartOf(t *testing.T, c *scenario.Chart, tag language.Tag) string {
	t.Helper()
	var b bytes.Buffer
	if err := c.WriteSVG(&b, tag); err != nil {
		t.Fatal(err)
	}
	if err := xml.Unmarshal(b.Bytes(), new(struct{})); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestChart(t *testing.T) {
	got := chartOf(t, someChart(), language.English)
	path := filepath.Join("testdata", "orders.svg")
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs; see it with -update", path)
	}
	if again := chartOf(t, someChart(), language.English); again != got {
		t.Error("drawn twice, it differs")
	}
}

// TestChartMarksEveryTurn compares the marks of two lines with their crossings.
func TestChartMarksEveryTurn(t *testing.T) {
	var steps []string
	first := func(x int64) (money.Money, error) { return cents(1000 + 70*(x/10)) }
	second := func(x int64) (money.Money, error) { return cents(1007 + 7*x - 7*(x%3)) }
	g := scenario.Grid{From: 1, To: 120}
	course, err := scenario.Crossings(first, second, g, scenario.Promise{})
	if err != nil {
		t.Fatal(err)
	}
	cheapest := scenario.FirstCheaper
	for s := range course.Stretches() {
		if v := s.Verdict; v != scenario.Tie && v != cheapest {
			cheapest = v
			steps = append(steps, fmt.Sprint("x ", s.From.X, ": "))
		}
	}
	if len(steps) < 5 {
		t.Fatalf("only %d turns", len(steps))
	}
	svg := chartOf(t, &scenario.Chart{Variable: "x", Choices: []scenario.Choice{{"first", first}, {"second", second}}, Grid: g}, language.English)
	var marks []string
	for _, m := range regexp.MustCompile(`>(x \d+: )[fs]`).FindAllStringSubmatch(svg, -1) {
		marks = append(marks, m[1])
	}
	if n := min(len(steps), 24); fmt.Sprint(marks) != fmt.Sprint(steps[:n]) {
		t.Errorf("marks %v, want %v", marks, steps)
	}
}

func TestChartOfRates(t *testing.T) {
	// An exchange rate in ticks of 0.0001, amounts that differ by less than a cent, a line that ends.
	invoice := func(x int64) (money.Money, error) { return money.Of(x*5, 4, euro) }
	local := func(x int64) (money.Money, error) {
		if x > 10900 {
			return money.Money{}, errBeyond
		}
		return money.Of(54_003, 4, euro)
	}
	svg := chartOf(t, &scenario.Chart{Title: "汇率", Variable: "USD", Decimals: 4, Choices: []scenario.Choice{{"发票", invoice}, {"本地", local}}, Grid: scenario.Grid{From: 10700, To: 11000}}, language.German)
	for _, text := range []string{"USD 1,0801: 本地 5,4003\u00a0€, 发票 5,4005\u00a0€", "USD 1,0901: 发票 5,45\u00a0€"} {
		if !strings.Contains(svg, ">"+text+"<") {
			t.Errorf("%q is not there\n%s", text, svg)
		}
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, io.ErrShortWrite }

func TestChartErrors(t *testing.T) {
	dollars := func(x int64) (money.Money, error) { return money.Of(500, 2, dollar) }
	for _, c := range []struct {
		name   string
		change func(*scenario.Chart)
		want   error
	}{
		{"two currencies", func(c *scenario.Chart) { c.Choices[2].Cost = dollars }, money.ErrCurrencyMismatch},
		{"a limit of another", func(c *scenario.Chart) { c.High, _ = dollars(1) }, money.ErrCurrencyMismatch},
		{"no cost", func(c *scenario.Chart) { c.Choices[1].Cost = nil }, money.ErrMissingField},
		{"no amount", func(c *scenario.Chart) {
			c.Choices[1].Cost = func(int64) (money.Money, error) { return money.Money{}, nil }
		}, scenario.ErrNoAmount},
		{"a grid that goes back", func(c *scenario.Chart) { c.Grid.To = -1 }, scenario.ErrGrid},
		{"too many values", func(c *scenario.Chart) { c.Grid.To = 1 << 40 }, scenario.ErrTooMany},
	} {
		chart := someChart()
		c.change(chart)
		var b bytes.Buffer
		if err := chart.WriteSVG(&b, language.English); !errors.Is(err, c.want) || b.Len() > 0 {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	if err := someChart().WriteSVG(full{}, language.English); !errors.Is(err, io.ErrShortWrite) {
		t.Error(err)
	}
	if err := new(scenario.Chart).WriteSVG(io.Discard, language.English); err != nil {
		t.Error(err)
	}
}

func ExampleChart() {
	c := &scenario.Chart{
		Title: "What an order costs", Variable: "orders a month", Amount: "per order", Each: true,
		Choices: []scenario.Choice{{Name: "direct", Cost: direct}, {Name: "warehouse", Cost: warehouse}},
		Grid:    scenario.Grid{From: 20, To: 500},
	}
	var svg strings.Builder
	if err := c.WriteSVG(&svg, language.English); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(svg.String()[:4], strings.Contains(svg.String(), "orders a month 86: warehouse €7.77, direct €7.80"))
	// Output: <svg true
}
