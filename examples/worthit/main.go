// Worthit asks whether a warehouse abroad is worth it for one product, a desk lamp, in Germany and in the United States:
// against direct parcels, with a third party or of one's own, by sea or by air. It prints the comparison, from how many
// orders a month which way is the cheaper one, and which input moves the answer most.
//
//	go run ./examples/worthit                    # in English, as text
//	go run ./examples/worthit -lang zh           # in Chinese (or de, es, fr, it, ru, id)
//	go run ./examples/worthit -format markdown   # or csv, json
//	go run ./examples/worthit -chart de          # SVG: the cost of an order against the orders of a month (de or us)
//	go run ./examples/worthit -cash de           # what is paid when
//	go run ./examples/worthit -why us            # every figure down to its card, as JSON
//	go run ./examples/worthit -without lost      # leave an answer out, and see that no number is made up for it
//
// Price lists are published ones of ../ratecards where they fit, with source and date in the file, and otherwise made-up
// ones in cards, which say so. All rates of loss and return, days and terms are made up too: they are the caller's.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/language"

	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/fees/scenario"
)

func main() {
	switch err := run(os.Args[1:], os.Stdout); {
	case errors.Is(err, flag.ErrHelp):
	case err != nil:
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

var languages = []string{"en", "zh", "de", "es", "fr", "it", "ru", "id"}

// most is up to how many orders a month the break-even is looked for.
const most = 160

func run(args []string, out io.Writer) error {
	flags := flag.NewFlagSet("worthit", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	lang := flags.String("lang", "en", "language: en, zh, de, es, fr, it, ru or id")
	format := flags.String("format", "text", "text, markdown, csv or json")
	svg := flags.String("chart", "", "draw the chart of a market: de or us")
	cash := flags.String("cash", "", "what is paid when in a market, by the recommended way: de or us")
	why := flags.String("why", "", "explain every figure of a market as JSON: de or us")
	without := flags.String("without", "", "leave an answer out: lost")
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			flags.SetOutput(out)
			flags.PrintDefaults()
		}
		return err
	}
	if flags.NArg() > 0 {
		return fmt.Errorf("unexpected argument %q; see -h", flags.Arg(0))
	}
	tag, err := language.Parse(*lang)
	if err != nil || !slices.Contains(languages, *lang) {
		return fmt.Errorf("-lang %q is none of %s", *lang, strings.Join(languages, ", "))
	}
	list, err := markets(tag)
	if err != nil {
		return err
	}
	if *without == "lost" {
		for _, m := range list {
			m.alternatives[1].Risks.Lost = nil
		}
	} else if *without != "" {
		return fmt.Errorf("-without %q is not lost", *without)
	}
	for _, of := range []string{*svg, *why, *cash} {
		if of == "" {
			continue
		}
		i := slices.Index([]string{"de", "us"}, of)
		if i < 0 {
			return fmt.Errorf("%q is no market: de or us", of)
		}
		c := scenario.Compare(list[i].plan, list[i].alternatives...)
		if of == *cash {
			i := slices.IndexFunc(c.Results(), func(r *scenario.Result) bool { return r.Name == c.Recommendation().Name })
			fmt.Fprint(out, c.Calendar(i, tag))
			return nil
		}
		if of == *why {
			rec, err := c.Explain(tag)
			if err != nil {
				return err
			}
			if err := rec.Verify(); err != nil {
				return err
			}
			return rec.WriteJSON(out)
		}
		return draw(out, tag, &list[i], c)
	}
	for _, m := range list {
		c := scenario.Compare(m.plan, m.alternatives...)
		title := m.title[0]
		if base, _ := tag.Base(); base.String() == "zh" {
			title = m.title[1]
		}
		switch *format {
		case "text":
			fmt.Fprintf(out, "%s\n\n%s\n", title, c.Text(tag))
		case "markdown":
			fmt.Fprintf(out, "# %s\n\n%s\n", title, c.Markdown(tag))
			continue
		case "csv":
			fmt.Fprint(out, c.CSV(tag))
			continue
		case "json":
			b, err := c.MarshalJSON()
			if err != nil {
				return err
			}
			fmt.Fprintf(out, "%s\n", b)
			continue
		default:
			return fmt.Errorf("-format %q is none of text, markdown, csv, json", *format)
		}
		if *without != "" {
			continue
		}
		if err := turns(out, tag, &m, c); err != nil {
			return err
		}
	}
	return nil
}

// costs are what an order costs by each alternative, for each number of orders a month: each is reckoned once.
func costs(c *scenario.Comparison) []scenario.Cost {
	var out []scenario.Cost
	for i := range c.Results() {
		out = append(out, scenario.Remember(c.Cost(i, scenario.OrdersPerMonth(sku))))
	}
	return out
}

// words of the example's own
var words = map[string][2]string{
	"turns":  {"From how many orders a month", "盈亏平衡：每月订单数"},
	"always": {"%s is cheaper than %s at any number up to %d", "%[3]d 单以内，%[1]s始终比%[2]s便宜"},
	"moves":  {"What moves the cost of an order by %s most", "对%s每单成本影响最大的因素"},
	"swing":  {"%s from %s to %s: %s to %s", "%s 由 %s 到 %s：%s 到 %s"},
	"holds":  {"The recommendation stays the same from %d to %d orders a month", "每月 %d 至 %d 单，建议不变"},
	"chart":  {"%s: cost of an order against orders a month", "%s：每单成本与每月订单数"},
}

func say(tag language.Tag, id string) string {
	if base, _ := tag.Base(); base.String() == "zh" {
		return words[id][1]
	}
	return words[id][0]
}

// cents is an amount as people read it.
func cents(tag language.Tag, m money.Money) string {
	if m, err := m.RoundToMinor(money.HalfUp); err == nil {
		return m.Format(tag)
	}
	return m.String()
}

// turns prints every crossing of the direct parcels with the other ways, where the recommendation holds, and what moves
// the cost of an order by the recommended one.
func turns(out io.Writer, tag language.Tag, m *market, c *scenario.Comparison) error {
	fmt.Fprintln(out, say(tag, "turns"))
	all := costs(c)
	grid := scenario.Grid{From: 1, To: most}
	for i := 1; i < len(all); i++ {
		course, err := scenario.Crossings(all[i], all[0], grid, scenario.Promise{})
		if err != nil {
			return err
		}
		there, here := m.alternatives[i].Name, m.alternatives[0].Name
		if course.Always(scenario.FirstCheaper) {
			fmt.Fprintf(out, "  - "+say(tag, "always")+"\n", there, here, most)
		}
		if course.Always(scenario.SecondCheaper) {
			fmt.Fprintf(out, "  - "+say(tag, "always")+"\n", here, there, most)
		}
		for x := range course.Crossings() {
			fmt.Fprintf(out, "  - %s\n", x.Text(tag, there, here))
		}
	}
	var choices []scenario.Choice
	best := 0
	for i, a := range m.alternatives {
		choices = append(choices, scenario.Choice{Name: a.Name, Cost: all[i]})
		if a.Name == c.Recommendation().Name {
			best = i
		}
	}
	held, err := scenario.Hold(choices, scenario.Variable{Name: "orders", Value: 120, Range: &scenario.Range{Low: 1, High: most, Step: 1}}, scenario.Promise{})
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "  - "+say(tag, "holds")+"\n\n", held.From, held.To)

	fmt.Fprintf(out, say(tag, "moves")+"\n", m.alternatives[best].Name)
	moved := []scenario.Moved{
		m.rate,
		{Variation: scenario.CapitalRate(0), Value: 12, Range: &scenario.Range{Low: 4, High: 24}},
		{Variation: scenario.OrdersPerMonth(sku), Value: 120, Range: &scenario.Range{Low: 80, High: 160}},
		{Variation: scenario.BatchDays(m.alternatives[best].Name), Value: int64(m.alternatives[best].Batch.Every), Range: &scenario.Range{Low: 7, High: 60}},
		{Variation: scenario.StayDays(m.alternatives[best].Name), Value: 0, Range: &scenario.Range{Low: 0, High: 30}},
	}
	s, err := c.Moves(best, moved...)
	if err != nil {
		return err
	}
	for _, w := range s.Swings {
		low, high := strconv.FormatInt(w.Low.X, 10), strconv.FormatInt(w.High.X, 10)
		switch w.Name {
		case "exchange_rate":
			low, high = low[:1]+"."+low[1:], high[:1]+"."+high[1:]
		case "capital":
			low, high = low+"%", high+"%"
		}
		fmt.Fprintf(out, "  - "+say(tag, "swing")+"\n", scenario.Variation{Name: w.Name}.Text(tag), low, high, cents(tag, w.Low.Amount), cents(tag, w.High.Amount))
	}
	fmt.Fprintln(out)
	return nil
}

// draw draws the cost of an order against the orders of a month, with every crossing.
func draw(out io.Writer, tag language.Tag, m *market, c *scenario.Comparison) error {
	title := m.title[0]
	if base, _ := tag.Base(); base.String() == "zh" {
		title = m.title[1]
	}
	return c.Chart(fmt.Sprintf(say(tag, "chart"), title), scenario.OrdersPerMonth(sku), scenario.Grid{From: 1, To: most}, tag).WriteSVG(out, tag)
}
