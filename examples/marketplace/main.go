// Command marketplace runs the cases of a policy that is nothing but a file, and prints a checklist from it.
//
//	go run ./examples/marketplace
//	go run ./examples/marketplace -policy my-policy.json -cases my-cases.json
//	go run ./examples/marketplace -kind own -country PL -lang zh
//
// The policy beside it is made up: no marketplace of that name exists. It has other materials than AliExpress, takes
// companies only, asks for a minimum stock, a recent newspaper and, in two countries, a VAT number, closes categories,
// and opens Poland; all of it without a line of Go.
package main

import (
	_ "embed"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/text/language"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/eligibility"
)

var (
	//go:embed policy.json
	policy string
	//go:embed cases.json
	cases string
)

func main() {
	if err := run(os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(args []string, w io.Writer) error {
	flags := flag.NewFlagSet("marketplace", flag.ContinueOnError)
	policyPath := flags.String("policy", "", "policy document; the made-up marketplace if empty")
	casesPath := flags.String("cases", "", "case document; the cases of the made-up marketplace if empty")
	kind := flags.String("kind", "", "kind of warehouse of the checklist; the policy's first if empty")
	where := flags.String("country", "", "country of the checklist; the policy's first destination if empty")
	lang := flags.String("lang", "en", "language")
	if err := flags.Parse(args); err != nil {
		return err
	}
	tag, err := language.Parse(*lang)
	if err != nil {
		return fmt.Errorf("-lang: %w", err)
	}
	policyText, err := read(*policyPath, policy)
	if err != nil {
		return err
	}
	editions, err := eligibility.Parse(strings.NewReader(policyText))
	if err != nil {
		return err
	}
	edition := editions.Latest()
	fmt.Fprintf(w, "%s, %s\n", edition.PlatformName(tag), edition.Edition())
	for _, s := range edition.Sources() {
		fmt.Fprintln(w, s.Title)
	}

	list, err := checklist(edition, *kind, *where, tag)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "\n%s\n", list.Text())

	if *casesPath == "" && *policyPath != "" {
		return nil // a policy of one's own has no cases here
	}
	casesText, err := read(*casesPath, cases)
	if err != nil {
		return err
	}
	report, err := eligibility.RunCases(editions, strings.NewReader(casesText))
	if err != nil {
		return err
	}
	fmt.Fprint(w, report.Text(tag))
	if !report.OK() {
		return fmt.Errorf("%d of %d cases failed, %d rules are not covered", report.Failed(), len(report.Results), len(report.Uncovered()))
	}
	return nil
}

func read(path, otherwise string) (string, error) {
	if path == "" {
		return otherwise, nil
	}
	b, err := os.ReadFile(path)
	return string(b), err
}

func checklist(p *eligibility.Policy, kind, where string, tag language.Tag) (eligibility.Checklist, error) {
	c := p.Destinations()[0]
	if where != "" {
		var err error
		if c, err = country.Parse(where); err != nil {
			return eligibility.Checklist{}, err
		}
	}
	if kind == "" {
		kind = p.Kinds()[0]
	}
	return p.Checklist(kind, c, tag)
}
