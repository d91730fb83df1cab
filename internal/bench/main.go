// Bench prints how fast the library is beside its peers, and what it costs to import, as medians and ratios of one run.
//
//	cd internal/bench && go run .                    everything
//	cd internal/bench && go run . quote csv          some of quote, csv, policy, import
//	cd internal/bench && go run . -short             fewer passes, for a look
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"time"

	"github.com/overseaswarehouse/overseas/internal/bench/csvpipe"
	"github.com/overseaswarehouse/overseas/internal/bench/importcost"
	"github.com/overseaswarehouse/overseas/internal/bench/measure"
	"github.com/overseaswarehouse/overseas/internal/bench/policy"
	"github.com/overseaswarehouse/overseas/internal/bench/quote"
)

func main() {
	short := flag.Bool("short", false, "few and short passes")
	flag.Parse()
	if err := run(os.Stdout, *short, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// parts are what can be measured.
var parts = []struct {
	name string
	run  func(w io.Writer, passes int, slice time.Duration, short bool) error
}{
	{"quote", func(w io.Writer, passes int, slice time.Duration, short bool) error {
		edges := 2000
		if short {
			edges = 200
		}
		return quote.Run(w, passes, slice, edges)
	}},
	{"policy", func(w io.Writer, passes int, slice time.Duration, short bool) error {
		return policy.Run(w, passes, slice)
	}},
	{"csv", func(w io.Writer, passes int, slice time.Duration, short bool) error {
		rows := 20_000
		if short {
			rows = 1_000
		}
		return csvpipe.Run(w, passes, rows)
	}},
	{"import", func(w io.Writer, passes int, slice time.Duration, short bool) error {
		return importcost.Run(w, passes)
	}},
}

func run(w io.Writer, short bool, names []string) error {
	passes, slice := 15, measure.Slice
	if short {
		passes, slice = 3, measure.Slice/5
	}
	for _, n := range names {
		if !slices.ContainsFunc(parts, func(p struct {
			name string
			run  func(io.Writer, int, time.Duration, bool) error
		}) bool {
			return p.name == n
		}) {
			return fmt.Errorf("no part %q", n)
		}
	}
	fmt.Fprintf(w, "%s %s/%s, %d processors, medians of %d passes in turn\n", runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), passes)
	for _, p := range parts {
		if len(names) > 0 && !slices.Contains(names, p.name) {
			continue
		}
		if err := p.run(w, passes, slice, short); err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
	}
	return nil
}
