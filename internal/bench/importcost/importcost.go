// Package importcost measures what importing a package costs: the size of a stripped program that uses it, and the time and
// memory of its initialisation, beyond those of the dependencies.
package importcost

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/overseaswarehouse/overseas/internal/bench/measure"
)

const (
	root = "github.com/overseaswarehouse/overseas"
	self = root + "/internal/bench"
)

// program is a main function, and the program whose cost is that of what it stands on.
type program struct {
	name    string
	beyond  string
	imports []string
	body    string
}

// programs use the entry points of each package, for what is not used is not linked.
var programs = []program{
	{"hello, world", "", []string{"fmt"}, `fmt.Println("hello")`},
	{"shopspring/decimal", "hello, world", []string{"fmt", "github.com/shopspring/decimal"}, decimals},
	{"x/text/language", "hello, world", []string{"fmt", "golang.org/x/text/language"}, languages},
	{"validator", "hello, world", []string{"fmt", "github.com/go-playground/validator/v10"}, validators},
	{"dependencies: decimal, language, json, big", "hello, world",
		[]string{"encoding/json", "fmt", "math/big", "github.com/shopspring/decimal", "golang.org/x/text/language"}, decimals + languages + documents},
	{"dependencies, and SHA-256", "hello, world",
		[]string{"crypto/sha256", "encoding/json", "fmt", "math/big", "github.com/shopspring/decimal", "golang.org/x/text/language"}, decimals + languages + documents + digests},
	{"dependencies, and width, encodings", "hello, world",
		[]string{"crypto/sha256", "encoding/json", "fmt", "io", "math/big", "os", "strings", "github.com/shopspring/decimal", "golang.org/x/text/encoding/simplifiedchinese", "golang.org/x/text/encoding/unicode", "golang.org/x/text/language", "golang.org/x/text/width"}, decimals + languages + documents + digests + encodings},
	{"dependencies, and validator", "hello, world",
		[]string{"encoding/json", "fmt", "math/big", "github.com/go-playground/validator/v10", "github.com/shopspring/decimal", "golang.org/x/text/language"}, decimals + languages + documents + validators},
	{"country", "dependencies: decimal, language, json, big", []string{"fmt", "golang.org/x/text/language", root + "/country"}, countries},
	{"country, with the customs facts", "dependencies: decimal, language, json, big", []string{"fmt", "golang.org/x/text/language", root + "/country"}, countries + `for f := range country.Facts(c) { fmt.Println(f) }
`},
	{"application", "dependencies, and validator", []string{"fmt", "os", root + "/application"}, `fmt.Println(application.Parse(os.Stdin))`},
	{"eligibility", "dependencies, and validator", []string{"fmt", "os", "golang.org/x/text/language", root + "/application", root + "/eligibility"}, `a, err := application.Parse(os.Stdin)
	if err == nil {
		d, err := eligibility.AliExpress().Assess(a)
		fmt.Println(d.Outcome(), err)
		for _, f := range d.Findings() { fmt.Println(f.Message(language.English)) }
		fmt.Println(d.Remedies())
	}`},
	{"fees/money", "dependencies, and SHA-256", []string{"encoding/json", "fmt", root + "/fees/money"}, `m, err := money.Parse("12.50 EUR")
	b, _ := json.Marshal(m)
	r, _ := money.NewRates()
	fmt.Println(m, err, string(b), r)`},
	{"fees/unit", "dependencies: decimal, language, json, big", []string{"encoding/json", "fmt", root + "/fees/unit"}, `w, err := unit.ParseWeight("2.5 kg")
	b, _ := json.Marshal(w)
	fmt.Println(w, err, string(b))`},
	{"fees: cards and quotes", "dependencies, and SHA-256", []string{"fmt", "os", root + "/country", root + "/fees"}, quotes},
	{"fees: with explanations and customs", "dependencies, and SHA-256", []string{"fmt", "os", root + "/country", root + "/fees"}, quotes + `x, err := calc.Explain(event)
	fmt.Println(x, err)
	c, err := fees.CustomsCard(country.Code{'D', 'E'})
	fmt.Println(c, err)
`},
	{"fees: with shards of files", "dependencies, and width, encodings", []string{"context", "fmt", "os", root + "/country", root + "/fees"}, quotes + `s, err := fees.QuoteShard(context.Background(), calc, fees.ShardPlan{}, os.Stdin, os.Stdout, os.Stderr)
	fmt.Println(s, err)
`},
	{"fees/batch", "dependencies, and SHA-256", []string{"fmt", root + "/fees/batch"}, `l, err := batch.New(batch.Options{})
	fmt.Println(l, err, l.Post(batch.Entry{}))`},
}

const (
	decimals = `d, err := decimal.NewFromString("12.50")
	fmt.Println(d.Mul(d).Round(2), err)
`
	languages = `_, n := language.MatchStrings(language.NewMatcher([]language.Tag{language.English, language.Chinese}), "zh-Hans")
	fmt.Println(n)
`
	validators = `fmt.Println(validator.New(validator.WithRequiredStructEnabled()).Struct(struct{ A string ` + "`validate:\"required\"`" + ` }{}))
`
	documents = `b, _ := json.Marshal(map[string]any{"a": new(big.Rat)})
	var back map[string]any
	fmt.Println(string(b), json.Unmarshal(b, &back))
`
	digests = `fmt.Println(sha256.Sum256(b))
`
	encodings = `fmt.Println(width.Fold.String("Ａ"))
	_, _ = io.Copy(os.Stdout, simplifiedchinese.GB18030.NewDecoder().Reader(strings.NewReader("a")))
	_, _ = io.Copy(simplifiedchinese.GB18030.NewEncoder().Writer(os.Stdout), unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder().Reader(os.Stdin))
`
	countries = `c, err := country.Parse("Germany")
	fmt.Println(c.Name(language.Chinese), err)
`
	quotes = `card, err := fees.ParseCard(os.Stdin)
	fmt.Println(err)
	calc, err := fees.Compile(card)
	fmt.Println(err)
	event, err := fees.ParseEvent(os.Stdin)
	fmt.Println(err)
	q, err := calc.Quote(event)
	fmt.Println(err)
	t, err := q.In(country.Currency{'E', 'U', 'R'}, nil)
	fmt.Println(t, err)
`
)

// cost is what a program costs.
type cost struct {
	bytes             int64
	init, ours        float64 // milliseconds on the clock: all packages, those of the library
	allocs, ourAllocs int
}

// Run builds the programs, runs each some times and prints a table.
func Run(w io.Writer, runs int) error { return run(w, runs, programs) }

func run(w io.Writer, runs int, list []program) error {
	dir, err := os.MkdirTemp("", "importcost")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	costs := map[string]cost{}
	fmt.Fprintf(w, "\nWhat importing costs: stripped programs, -trimpath; initialisation, medians of %d runs.\n", runs)
	fmt.Fprintf(w, "%-44s %9s %12s %10s %12s %14s\n", "", "KiB", "beyond, KiB", "init, ms", "library, ms", "library allocs")
	for _, p := range list {
		c, err := p.measure(dir, runs)
		if err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
		costs[p.name] = c
		beyond := ""
		if base, ok := costs[p.beyond]; ok {
			beyond = strconv.FormatInt((c.bytes-base.bytes)>>10, 10)
		}
		fmt.Fprintf(w, "%-44s %9d %12s %10.3f %12.3f %14d  %s\n", p.name, c.bytes>>10, beyond, c.init, c.ours, c.ourAllocs, since(p.beyond))
	}
	return nil
}

func since(base string) string {
	if base == "" {
		return ""
	}
	return "beyond: " + base
}

// build builds the program in this module, where its source stands for the build alone, and returns the binary.
func (p program) build(dir, linker string) (string, error) {
	var source bytes.Buffer
	source.WriteString("package main\n\nimport (\n")
	for _, i := range p.imports {
		fmt.Fprintf(&source, "\t%q\n", i)
	}
	fmt.Fprintf(&source, ")\n\nfunc main() {\n\t%s\n}\n", p.body)
	module, err := command("go", "list", "-m", "-f", "{{.Dir}}", self)
	if err != nil {
		return "", err
	}
	module = strings.TrimSpace(module)
	file := filepath.Join(dir, "main.go")
	if err := os.WriteFile(file, source.Bytes(), 0o600); err != nil {
		return "", err
	}
	overlay, err := json.Marshal(map[string]any{"Replace": map[string]string{filepath.Join(module, "importcost", "measured", "main.go"): file}})
	if err != nil {
		return "", err
	}
	if err := os.WriteFile(filepath.Join(dir, "overlay.json"), overlay, 0o600); err != nil {
		return "", err
	}
	binary := filepath.Join(dir, "program")
	if _, err := command("go", "build", "-C", module, "-trimpath", "-ldflags", linker, "-overlay", filepath.Join(dir, "overlay.json"), "-o", binary, "./importcost/measured"); err != nil {
		return "", err
	}
	return binary, nil
}

func (p program) measure(dir string, runs int) (c cost, err error) {
	binary, err := p.build(dir, "-s -w")
	if err != nil {
		return c, err
	}
	info, err := os.Stat(binary)
	if err != nil {
		return c, err
	}
	c.bytes = info.Size()
	var all, ours []float64
	for range max(runs, 1) {
		run := exec.Command(binary)
		run.Env = append(os.Environ(), "GODEBUG=inittrace=1")
		var trace bytes.Buffer
		run.Stderr = &trace
		if err := run.Run(); err != nil {
			return c, err
		}
		one, err := readTrace(trace.String())
		if err != nil {
			return c, err
		}
		all, ours = append(all, one.init), append(ours, one.ours)
		c.allocs, c.ourAllocs = one.allocs, one.ourAllocs
	}
	c.init, c.ours = measure.Median(all), measure.Median(ours)
	return c, nil
}

// readTrace adds up lines such as "init internal/bytealg @0.008 ms, 0.001 ms clock, 0 bytes, 0 allocs".
func readTrace(text string) (c cost, err error) {
	found := false
	for line := range strings.Lines(text) {
		fields := strings.Fields(line)
		if len(fields) != 11 || fields[0] != "init" {
			continue
		}
		found = true
		ms, err := strconv.ParseFloat(fields[4], 64)
		if err != nil {
			return c, err
		}
		n, err := strconv.Atoi(fields[9])
		if err != nil {
			return c, err
		}
		c.init += ms
		c.allocs += n
		if strings.HasPrefix(fields[1], root) {
			c.ours += ms
			c.ourAllocs += n
		}
	}
	if !found {
		return c, fmt.Errorf("no trace in %q", text)
	}
	return c, nil
}

func command(name string, args ...string) (string, error) {
	out, err := exec.Command(name, args...).Output()
	if exit, ok := err.(*exec.ExitError); ok {
		err = fmt.Errorf("%s %s: %w: %s", name, strings.Join(args, " "), err, exit.Stderr)
	}
	return string(out), err
}
