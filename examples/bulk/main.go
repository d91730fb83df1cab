// Command bulk prices files of orders, a row an order, as an ERP does when a price list changes. A file is a shard: files are
// priced apart, on as many processes or machines as there are, and what they came to is merged exactly.
//
//	bulk -plan plan.json shards/1.csv shards/2.csv      a report of both as JSON
//	bulk -plan plan.json -dir priced shards/1.csv       and priced/1.csv with the amounts, priced/1.bad.csv with the bad rows
//	bulk -plan plan.json -rows < shards/1.csv           amounts to standard output, bad rows to standard error
//	ls shards/*.csv | xargs -P4 -n1 bulk -plan plan.json -dir priced | bulk -merge
//
// Files are written under another name and renamed when they are whole, so that a run can be broken off and repeated. The
// prices are those of the published list in ../ratecards, as they were read; orders and exchange rate are made up.
package main

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"strings"

	"github.com/overseaswarehouse/overseas/fees"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr); err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, in io.Reader, out, errs io.Writer) error {
	set := flag.NewFlagSet("bulk", flag.ContinueOnError)
	set.SetOutput(errs)
	planFile := set.String("plan", "plan.json", "how rows are read and priced")
	dir := set.String("dir", "", "where amounts and bad rows are written; nothing is written where it is not given")
	merge := set.Bool("merge", false, "read reports from standard input and print one of all")
	rows := set.Bool("rows", false, "write the amounts of one file, or of standard input, to standard output")
	show := set.Int("show", 5, "how many bad rows of a file the report shows")
	if err := set.Parse(args); err != nil {
		return err
	}
	if *merge {
		whole, err := mergeReports(in)
		return errors.Join(err, print(out, whole))
	}
	calc, plan, err := readPlan(*planFile)
	if err != nil {
		return err
	}
	if *rows {
		if set.NArg() > 0 {
			f, err := os.Open(set.Arg(0))
			if err != nil {
				return err
			}
			defer f.Close()
			in = f
		}
		_, err := fees.QuoteShard(ctx, calc, plan, in, out, errs)
		return err
	}
	whole := report{}
	for _, name := range set.Args() {
		one, err := price(ctx, calc, plan, name, *dir, *show)
		if err == nil {
			err = whole.add(one)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return print(out, whole)
}

// report is what an import came to.
type report struct {
	Files []fileReport `json:"files"`
	Sums  fees.Sums    `json:"sums"`
}

// fileReport is what a file came to, with its first bad rows.
type fileReport struct {
	Name string   `json:"name"`
	Good int64    `json:"good"`
	Bad  int64    `json:"bad"`
	Show []string `json:"show,omitempty"`
}

func (r *report) add(more report) error {
	r.Files = append(r.Files, more.Files...)
	return r.Sums.Merge(&more.Sums)
}

func mergeReports(in io.Reader) (report, error) {
	whole := report{}
	for dec := json.NewDecoder(in); ; {
		var one report
		switch err := dec.Decode(&one); {
		case err == io.EOF:
			return whole, nil
		case err != nil:
			return whole, err
		}
		if err := whole.add(one); err != nil {
			return whole, err
		}
	}
}

func print(out io.Writer, r report) error {
	e := json.NewEncoder(out)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(r)
}

// price prices a file.
func price(ctx context.Context, calc *fees.Calculator, plan fees.ShardPlan, name, dir string, show int) (report, error) {
	in, err := os.Open(name)
	if err != nil {
		return report{}, err
	}
	defer in.Close()
	base := strings.TrimSuffix(filepath.Base(name), ".csv")
	out, err := create(dir, base+".csv")
	if err != nil {
		return report{}, err
	}
	defer out.drop()
	bad, err := create(dir, base+".bad.csv")
	if err != nil {
		return report{}, err
	}
	defer bad.drop()
	// plain text for the report, whatever is written to the file
	reader, writer := io.Pipe()
	shown := make(chan []string)
	go func() { shown <- firstRows(reader, plan, show) }()
	sums, err := fees.QuoteShard(ctx, calc, plan, in, out, io.MultiWriter(bad, writer))
	writer.CloseWithError(io.EOF)
	rows := <-shown
	if err == nil {
		err = errors.Join(out.keep(), bad.keep())
	}
	if err != nil {
		return report{}, err
	}
	return report{[]fileReport{{filepath.Base(name), sums.Good(), sums.Bad(), rows}}, *sums}, nil
}

// firstRows reads bad rows to their end and returns the line and the reasons of the first.
func firstRows(r io.Reader, plan fees.ShardPlan, most int) (rows []string) {
	defer io.Copy(io.Discard, r) //nolint:errcheck // what is left is of no interest
	if plan.Output.Encoding == fees.GB18030 {
		return nil
	}
	c := csv.NewReader(r)
	if plan.Output.Delimiter != 0 {
		c.Comma = rune(plan.Output.Delimiter)
	}
	for header := true; len(rows) < most; header = false {
		row, err := c.Read()
		if err != nil {
			return rows
		}
		if !header {
			rows = append(rows, "line "+row[0]+": "+row[3])
		}
	}
	return rows
}

// file is written under another name until it is kept; without a directory it is nothing.
type file struct {
	*os.File
	name string
}

func create(dir, name string) (*file, error) {
	if dir == "" {
		return &file{}, nil
	}
	f, err := os.CreateTemp(dir, name+".*.part")
	return &file{f, filepath.Join(dir, name)}, err
}

func (f *file) Write(b []byte) (int, error) {
	if f.File == nil {
		return len(b), nil
	}
	return f.File.Write(b)
}

func (f *file) keep() error {
	if f.File == nil {
		return nil
	}
	if err := f.Close(); err != nil {
		return err
	}
	return os.Rename(f.File.Name(), f.name)
}

func (f *file) drop() {
	if f.File != nil {
		f.Close()
		os.Remove(f.File.Name()) // where it was not renamed
	}
}
