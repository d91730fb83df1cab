// Quickstart does the main job on real input: it decides two applications for the overseas-warehouse permission, and
// tells what one unit costs from the factory to the buyer, through a German and an American warehouse.
//
//	go run ./examples/quickstart            # in English, as text
//	go run ./examples/quickstart -lang zh   # in Chinese (or de, es, fr, it, ru, id)
//	go run ./examples/quickstart -why       # with the derivation of every line
//	go run ./examples/quickstart -json      # for programs
//	go run ./examples/quickstart -as md     # the German unit with its derivation as Markdown (or html, csv, svg, record)
//	go run ./examples/quickstart -verify F  # recompute a record that -as record wrote
//
// Everything it reads lies beside it: applications, journeys and exchange rates as JSON, price lists in ../ratecards. What
// customs charge follows from the facts of package country. The price lists are published ones, with source and date in the
// file, and not current prices.
package main

import (
	"embed"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"github.com/overseaswarehouse/overseas/application"
	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/eligibility"
	"github.com/overseaswarehouse/overseas/examples/ratecards"
	"github.com/overseaswarehouse/overseas/fees"
	"github.com/overseaswarehouse/overseas/fees/money"
)

//go:embed applications journeys rates.json
var files embed.FS

func main() {
	switch err := run(os.Args[1:], os.Stdout); {
	case errors.Is(err, flag.ErrHelp):
	case err != nil:
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// costing is one journey with the price lists that price it.
type costing struct {
	title    [2]string // in English and Chinese
	journey  string
	lists    []string // in ../ratecards
	customs  string   // the country whose customs the goods pass; "" for none
	currency string
}

var costings = []costing{
	{
		[2]string{"Germany: by sea to IDEAL PACK, delivered by DHL", "德国：海运至 IDEAL PACK 海外仓，DHL 派送"},
		"de", []string{"firstleg-de-sea-hygj52", "de-idealpack"}, "DE", "EUR",
	},
	{
		[2]string{"United States: a 40' container to Los Angeles, delivered by USPS", "美国：40 尺高柜至洛杉矶，USPS 派送"},
		"us", []string{"firstleg-us-fcl-globalshippingauto", "us-360fbz-lax", "us-usps-ground-advantage"}, "US", "USD",
	},
	{
		[2]string{"United States: from stock at Amazon, which delivers too", "美国：亚马逊仓发货并派送"},
		"us-mcf", []string{"us-amazon-fba-storage", "us-amazon-mcf"}, "", "USD",
	},
}

var languages = []string{"en", "zh", "de", "es", "fr", "it", "ru", "id"}

// report is what -json prints.
type report struct {
	Decisions []eligibility.Decision `json:"decisions"`
	Costs     []cost                 `json:"costs"`
}

type cost struct {
	Title string      `json:"title"`
	SKU   string      `json:"sku"`
	Total *fees.Total `json:"total"`
}

func run(args []string, out io.Writer) error {
	flags := flag.NewFlagSet("quickstart", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	lang := flags.String("lang", "en", "language: en, zh, de, es, fr, it, ru or id")
	asJSON := flags.Bool("json", false, "print JSON")
	why := flags.Bool("why", false, "explain every line")
	as := flags.String("as", "", "print the German unit as md, html, csv, svg or record")
	verify := flags.String("verify", "", "recompute the record in this `file`")
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

	switch {
	case *verify != "":
		return check(out, *verify)
	case *as != "":
		return costings[0].write(out, *as, tag)
	}

	var r report
	for _, name := range []string{"passes", "several-things-wrong"} {
		d, err := decide(name)
		if err != nil {
			return err
		}
		r.Decisions = append(r.Decisions, d)
		if !*asJSON {
			fmt.Fprintln(out, d.Text(tag))
		}
	}
	for _, c := range costings {
		journey, calc, err := c.load()
		if err != nil {
			return err
		}
		total, err := c.total(calc, journey)
		if err != nil {
			return err
		}
		title := c.title[0]
		if base, _ := tag.Base(); base.String() == "zh" {
			title = c.title[1]
		}
		r.Costs = append(r.Costs, cost{title, journey.SKU, total})
		if *asJSON {
			continue
		}
		table(out, tag, title, journey.SKU, total)
		if *why {
			x, err := calc.ExplainUnit(journey)
			if err != nil {
				return err
			}
			if err := x.WriteText(out, tag); err != nil {
				return err
			}
			fmt.Fprintln(out)
		}
	}
	if *asJSON {
		enc := json.NewEncoder(out)
		enc.SetIndent("", "  ")
		enc.SetEscapeHTML(false)
		return enc.Encode(r)
	}
	return nil
}

// check recomputes a record of one of the journeys, from its leaves and then by the price lists.
func check(out io.Writer, path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	record, err := fees.ParseRecord(f)
	if err != nil {
		return err
	}
	if err := record.Verify(); err != nil {
		return err
	}
	_, calc, err := costings[0].load()
	if err != nil {
		return err
	}
	if err := fees.VerifyAgainst(record, slices.Collect(calc.Cards())...); err != nil {
		return err
	}
	_, err = fmt.Fprintln(out, record.Fingerprint(), "follows from its leaves, and its prices are those of the lists")
	return err
}

// write prints what one unit costs, in one currency and with its derivation, in one of several forms.
func (c costing) write(out io.Writer, form string, tag language.Tag) error {
	journey, calc, err := c.load()
	if err != nil {
		return err
	}
	x, err := calc.ExplainUnit(journey)
	if err != nil {
		return err
	}
	rates, err := exchange()
	if err != nil {
		return err
	}
	currency, err := country.ParseCurrency(c.currency)
	if err != nil {
		return err
	}
	if x, err = x.In(currency, rates); err != nil {
		return err
	}
	switch form {
	case "md":
		return x.WriteMarkdown(out, tag)
	case "html":
		return x.WriteHTML(out, tag)
	case "csv":
		return x.WriteCSV(out, tag)
	case "svg":
		return x.Total().WriteSVG(out, tag)
	case "record":
		return x.WriteJSON(out, tag)
	}
	return fmt.Errorf("-as %q is none of md, html, csv, svg, record", form)
}

// decide reads an application and assesses it under the edition of the day on which it was filed.
func decide(name string) (eligibility.Decision, error) {
	f, err := files.Open("applications/" + name + ".json")
	if err != nil {
		return eligibility.Decision{}, err
	}
	defer f.Close()
	app, err := application.Parse(f)
	if err != nil {
		return eligibility.Decision{}, err
	}
	return eligibility.AliExpress().Assess(app)
}

// load compiles the price lists and reads the journey.
func (c costing) load() (*fees.Journey, *fees.Calculator, error) {
	var cards []*fees.Card
	for _, name := range c.lists {
		card, err := ratecards.Card(name)
		if err != nil {
			return nil, nil, fmt.Errorf("%s: %w", name, err)
		}
		cards = append(cards, card)
	}
	if c.customs != "" {
		destination, err := country.Parse(c.customs)
		if err != nil {
			return nil, nil, err
		}
		card, err := fees.CustomsCard(destination)
		if err != nil {
			return nil, nil, fmt.Errorf("%s: %w", c.customs, err)
		}
		cards = append(cards, card)
	}
	calc, err := fees.Compile(cards...)
	if err != nil {
		return nil, nil, err
	}
	f, err := files.Open("journeys/" + c.journey + ".json")
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	journey, err := fees.ParseJourney(f)
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", c.journey, err)
	}
	return journey, calc, nil
}

// total prices one unit of the journey's goods in one currency.
func (c costing) total(calc *fees.Calculator, j *fees.Journey) (*fees.Total, error) {
	quote, err := calc.Unit(j)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", c.journey, err)
	}
	rates, err := exchange()
	if err != nil {
		return nil, err
	}
	currency, err := country.ParseCurrency(c.currency)
	if err != nil {
		return nil, err
	}
	return quote.In(currency, rates)
}

// exchange reads the exchange rates.
func exchange() (*money.Rates, error) {
	data, err := files.ReadFile("rates.json")
	if err != nil {
		return nil, err
	}
	var rates []money.Rate
	if err := json.Unmarshal(data, &rates); err != nil {
		return nil, fmt.Errorf("rates.json: %w", err)
	}
	return money.NewRates(rates...)
}

// table prints a breakdown by family. Amounts stand first, so that they align whatever the width of the letters is.
func table(out io.Writer, tag language.Tag, title, sku string, t *fees.Total) {
	fmt.Fprintf(out, "%s\n1 × %s\n\n", title, sku)
	for p := range t.Families() {
		if p.Family >= fees.Tax && p.State != fees.Priced {
			continue // no card has such a fee
		}
		if p.State == fees.Priced {
			fmt.Fprintf(out, "%14s  %s: %s\n", p.Amount.Format(tag), fees.FamilyName(p.Family, tag), lines(tag, t, p.Family))
		} else {
			fmt.Fprintf(out, "%14s  %s\n", "–", p.Text(tag))
		}
	}
	fmt.Fprintf(out, "%14s  Σ (%s)\n", t.Sum().Format(tag), t.Quote().Status().Text(tag))
	for c := range t.Quote().Caveats() {
		fmt.Fprintf(out, "%14s  · %s\n", "", c.Text(tag))
	}
	fmt.Fprintln(out)
}

// lines lists the charges of a family with their amounts.
func lines(tag language.Tag, t *fees.Total, f fees.Family) string {
	var parts []string
	for l := range t.Lines() {
		if l.Family() == f && l.In.Sign() != 0 {
			parts = append(parts, l.Text()+" "+l.In.Format(tag))
		}
	}
	return strings.Join(parts, ", ")
}
