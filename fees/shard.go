package fees

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/internal/delimited"
	"github.com/overseaswarehouse/overseas/internal/problem"
)

// The limits of a row of a shard. A row over them is a bad row.
const (
	MaxShardRow     = delimited.MaxRow     // bytes of UTF-8
	MaxShardColumns = delimited.MaxColumns // columns
)

// ShardPlan says how QuoteShard reads rows, and what it writes.
type ShardPlan struct {
	Layout   ShardLayout
	Currency country.Currency // of what is written and summed
	Rates    *money.Rates     // into Currency, used as by [Quote.In]
	Echo     []string         // columns of the file that are written in front of each row, as they are
	GroupBy  []string         // columns whose texts part the sums
	Lines    bool             // a row out for each line of a quote, instead of one with the amounts of its families
	States   bool             // behind the amount of each family a column with its state
	Input    ShardText
	Output   ShardText // of both files that are written
}

// ShardText is a form of text in rows. The zero ShardText is CSV with commas in UTF-8 with line feeds.
type ShardText struct {
	Delimiter byte          // ',', ';' or '\t'; 0 is ','
	Encoding  ShardEncoding // in the input, UTF8 and UTF8Mark are one: a byte order mark of UTF-8 or UTF-16 is understood
	CRLF      bool          // in the output; the input may have either
}

// ShardEncoding is how text is written as bytes. None is guessed: bytes that are not text in it are a problem.
type ShardEncoding = delimited.Encoding

// The encodings.
const (
	UTF8     = delimited.UTF8
	UTF8Mark = delimited.UTF8Mark // UTF-8 with a byte order mark in front, as Excel needs it
	GB18030  = delimited.GB18030  // includes GBK and GB 2312
)

// ShardLayout maps the columns of a file to the fields of the events that a row is.
//
// Each row fills Events anew, so that they hold what is not in the file: answers, warehouse, duties, an entry's exchange
// rates. They are of different types, at most one of each, with at most one carton, parcel, lot, line or goods, and one of
// goods inside; a row fills these. A file of one event a row has one, a row of five parts has a consignment, a stay, an
// order and an entry; they are priced in their order, and if one cannot be the row is bad.
//
// A field is named by its path in the documents that [ParseEvent] reads, without positions: "date", "parcels.weight",
// "parcels.size.length", "lots.arrived", "lines.duties.rate", "facts.zone"; where there are several events the name of the
// event stands in front: "order.parcels.weight". The currency of an amount may be in a column too, as
// "parcels.value.currency". One column may fill several fields. References, SKUs, batches and tariff codes are checked and
// not kept, for no card prices by them.
//
// Without Columns the header of the file decides: each of its cells is the path of a field, or one of the names that the
// trade has for it in Chinese or English where there is one event (毛重(kg), 国家, 邮编, "Zip code"). A column that fills
// nothing, and is neither written nor grouped by, is a problem unless IgnoreOthers says that it is none.
//
// Names in headers are compared without case, "_" and space being one, full-width forms as half-width ones, without "*",
// "(必填)" and line breaks.
type ShardLayout struct {
	Events       []Event
	Columns      []ShardColumn
	IgnoreOthers bool
	TariffTwice  bool // see Journey.TariffTwice

	FreightFromLeg bool // see Journey.FreightFromLeg; the consignment is then priced first
}

// ShardColumn is a column that fills a field. A cell is written as in a document, "2.5 kg", "40x30x20 cm", "12.50 EUR",
// "7.7%", "2026-11-01"; or a bare number in the unit or currency of the column. Nothing is trimmed, and an empty cell leaves
// what the event of the layout says.
type ShardColumn struct {
	Field    string
	Column   string // its header; "" is Field. The names that the trade has for one thing are one
	Unit     string // of bare numbers: "kg", "cm", "m3", "EUR", "%"; "" is what the header says: 毛重(kg), "length_cm"
	Optional bool   // the file may lack the column
}

// QuoteShard prices the rows of a file: a header, then a row for each. For each good row it writes to out, in the order of
// the input, the columns to echo and what the row costs; bad rows it writes to bad, with their line, the code and the place of their first
// problem, the text of all of them, and the row as it stands. It never stops at a row. The sums count every row and are
// exact, so that those of the shards of a file, merged, are those of the file.
//
// Amounts have the decimals of their currency: 19.90 stays 19.90. That of a family which has no lines is empty, and 0.00
// where it is free. Cells of text that a spreadsheet would take for a formula get an apostrophe in front; amounts are
// numbers and left alone.
//
// Rows whose events have one carton, parcel, lot or line each, without answers or goods inside, on cards of one published
// edition, are priced 64 at a time, as by [Calculator.TotalsInto], unless Lines is set; all others, and the first 64 of a file,
// one by one. What is written does not depend on it. So that they can be written in their order rows are kept until then: at
// most 64, and no more than 32 KiB of them with the places of their cells, but for the last. Whether ctx is done is looked at
// every 64 rows, when all rows before are written.
//
// Memory does not depend on the number of rows or on their length: a row over MaxShardRow, a quote that is never closed,
// text that is not in the encoding are bad rows, and reading goes on at the next line. It grows with the number of groups, of
// which there are at most MaxGroups.
//
// The error is [Problems] where the plan is wrong, where the file is not what it should be (XLSX or HTML under another
// name, another encoding, columns missing), or where in fails; it is that of out or bad where writing fails, and that of
// ctx when it is done. The sums are those of the rows until then, and the output is not whole.
func QuoteShard(ctx context.Context, calc *Calculator, plan ShardPlan, in io.Reader, out, bad io.Writer) (*Sums, error) {
	if ctx == nil {
		ctx = context.Background()
	}
	s, err := newShard(calc, plan, in, out, bad)
	if err != nil {
		return &Sums{}, err
	}
	return s.whole(ctx)
}

// whole prices all rows and ends both files.
func (s *shard) whole(ctx context.Context) (*Sums, error) {
	err := s.run(ctx)
	for _, g := range s.running {
		if !g.finish() && err == nil {
			err = Problems{problem.New(problem.Overflow, s.plan.Currency.String())}
		}
	}
	for _, w := range []*delimited.Writer{s.out, s.bad} {
		if cause := w.Close(); err == nil {
			err = cause
		}
	}
	return s.sums, err
}

// shard is a run of QuoteShard.
type shard struct {
	calc    *Calculator
	plan    *ShardPlan
	in      *delimited.Reader
	out     *delimited.Writer
	bad     *delimited.Writer
	header  *header
	events  []*shardEvent
	fillers []filled
	echo    []int
	groupBy []int
	journey Journey // of the events, with what the layout says of it

	quote   Quote
	parts   shardParts
	row     problem.List
	sums    *Sums
	running map[string]*running
	last    *running // of the row before
	key     []byte
	digits  uint8
	block   *shardBlock // nil: rows are priced one by one
	singly  int         // how many are, before there is a block
}

// filled is a column and what it fills.
type filled struct {
	column int
	set    setter
}

func newShard(calc *Calculator, plan ShardPlan, in io.Reader, out, bad io.Writer) (*shard, error) {
	var into problem.List
	s := &shard{calc: calc.orEmpty(), plan: &plan, digits: uint8(plan.Currency.Digits())}
	s.journey.TariffTwice, s.journey.FreightFromLeg = plan.Layout.TariffTwice, plan.Layout.FreightFromLeg
	if _, err := money.Of(0, 0, plan.Currency); err != nil {
		into.Add(first(err).At("/currency"))
	}
	for i, arg := range [...]any{in, out, bad} {
		if arg == nil {
			into.Add(problem.New(problem.InputMissing, [...]string{"in", "out", "bad"}[i]))
		}
	}
	for i, t := range []*ShardText{&plan.Input, &plan.Output} {
		path := [...]string{"/input", "/output"}[i]
		if t.Delimiter == 0 {
			t.Delimiter = ','
		}
		if !slices.Contains([]byte{',', ';', '\t'}, t.Delimiter) {
			into.Add(problem.New(problem.UnknownValue, string(rune(t.Delimiter)), ",", ";", `\t`).At(path + "/delimiter"))
		}
		if !t.Encoding.Valid() {
			into.Add(problem.New(problem.UnknownValue, strconv.Itoa(int(t.Encoding)), "UTF8", "UTF8Mark", "GB18030").At(path + "/encoding"))
		}
	}
	s.takeEvents(&into)
	if err := into.Err(); err != nil {
		return nil, err
	}
	var err error
	if s.in, err = delimited.NewReader(in, plan.Input.Delimiter, plan.Input.Encoding); err != nil {
		return nil, Problems{first(err)}
	}
	if err := s.takeHeader(); err != nil {
		return nil, err
	}
	s.out = delimited.NewWriter(out, plan.Output.Delimiter, plan.Output.Encoding, plan.Output.CRLF)
	s.bad = delimited.NewWriter(bad, plan.Output.Delimiter, plan.Output.Encoding, plan.Output.CRLF)
	s.sums = &Sums{fingerprint: s.calc.fingerprint(plan.Rates), currency: plan.Currency, reasons: map[Code]int64{}, groups: map[string]*group{}}
	s.running = map[string]*running{}
	s.singly = often // a file of few rows is not worth the memory
	return s, nil
}

// takeEvents copies the events that rows fill.
func (s *shard) takeEvents(into *problem.List) {
	if len(s.plan.Layout.Events) == 0 {
		into.Add(problem.New(problem.InputMissing, "event").At("/layout/events"))
	}
	for i, e := range s.plan.Layout.Events {
		path := "/layout/events/" + strconv.Itoa(i)
		if isNil(e) {
			into.Add(problem.New(problem.InputMissing, "event").At(path))
			continue
		}
		own, p := newShardEvent(e)
		if p != nil {
			into.Add(p.At(path))
			continue
		}
		if slices.ContainsFunc(s.events, func(o *shardEvent) bool { return o.event.Kind() == e.Kind() }) {
			into.Add(problem.New(problem.Duplicate, eventName(e)).At(path))
		}
		s.events = append(s.events, own)
		s.journey.take(own.event)
	}
	if s.journey.FreightFromLeg {
		if i := slices.IndexFunc(s.events, func(e *shardEvent) bool { return e.event.Kind() == OnConsign }); i > 0 {
			e := s.events[i]
			s.events = slices.Insert(slices.Delete(s.events, i, i+1), 0, e)
		}
	}
}

// take makes an event one of the journey's. A removal is in none.
func (j *Journey) take(e Event) {
	switch e := e.(type) {
	case *Consignment:
		j.Consignment = e
	case *Entry:
		j.Entry = e
	case *Receipt:
		j.Receipt = e
	case *Stay:
		j.Stay = e
	case *Order:
		j.Order = e
	case *Return:
		j.Return = e
	}
}

// takeHeader reads the header and finds the columns in it.
func (s *shard) takeHeader() error {
	if !s.in.Next() {
		if err := s.in.Err(); err != nil {
			return Problems{problem.New(problem.ReadFailed, err.Error())}
		}
		return Problems{problem.New(problem.TextBlank, "", "header")}
	}
	if p, is := s.in.Bad(); is {
		return Problems{p}
	}
	cells := make([]string, s.in.Len())
	for i := range cells {
		cells[i] = string(s.in.Field(i))
	}
	var into problem.List
	line := s.in.Line()
	file := func(p problem.Problem) {
		p.Line, p.Column = line, 1
		into.Add(p)
	}
	s.header = newHeader(cells)
	cols, prefixed := s.plan.Layout.Columns, len(s.events) > 1
	if len(cols) == 0 {
		cols = s.header.columns(s.events, prefixed)
	}
	s.bind(cols, prefixed, file)
	for _, list := range []struct {
		names []string
		into  *[]int
	}{{s.plan.Echo, &s.echo}, {s.plan.GroupBy, &s.groupBy}} {
		for _, name := range list.names {
			i, p := s.header.find(name)
			switch {
			case p != nil:
				file(*p)
			case i < 0:
				file(problem.New(problem.MissingField, name).At("/" + name))
			default:
				s.header.taken[i] = true
				*list.into = append(*list.into, i)
			}
		}
	}
	for _, i := range s.groupBy { // a key travels as text
		s.fillers = append(s.fillers, filled{i, checkText})
	}
	if !s.plan.Layout.IgnoreOthers {
		for i, taken := range s.header.taken {
			if taken {
				continue
			}
			if other := s.otherDelimiter(cells); other != "" {
				file(problem.New(problem.UnknownValue, string(rune(s.plan.Input.Delimiter)), other).At("/input/delimiter"))
				continue
			}
			file(problem.New(problem.UnknownField, cells[i], s.known()...))
		}
	}
	return into.Err()
}

// otherDelimiter is what stands between the names of a header that is one cell; "" where nothing does.
func (s *shard) otherDelimiter(cells []string) string {
	if len(cells) == 1 {
		for _, d := range []string{";", "\t", ","} {
			if d[0] != s.plan.Input.Delimiter && strings.Contains(cells[0], d) {
				return d
			}
		}
	}
	return ""
}

// known are the columns that the layout has.
func (s *shard) known() []string {
	var names []string
	for _, c := range s.plan.Layout.Columns {
		names = append(names, c.name())
	}
	if len(names) == 0 {
		for _, e := range s.events {
			for _, path := range e.paths() {
				if len(s.events) > 1 {
					path = eventName(e.event) + "." + path
				}
				names = append(names, path)
			}
		}
	}
	names = slices.Compact(names)
	if len(names) > 20 {
		names = append(names[:20:20], "…")
	}
	return names
}

func (c ShardColumn) name() string {
	if c.Column == "" {
		return c.Field
	}
	return c.Column
}

// bind makes a setter for each column of the layout, those of currencies first, for an amount needs its currency.
func (s *shard) bind(cols []ShardColumn, prefixed bool, file func(problem.Problem)) {
	made := newCells()
	seen := map[string]bool{}
	for _, currencies := range []bool{true, false} {
		for _, c := range cols {
			target, ok := s.target(c.Field, prefixed)
			if _, is := target.(currencyOf); is != currencies {
				continue
			}
			at := "/" + c.name()
			switch {
			case !ok:
				file(problem.New(problem.UnknownField, c.Field, s.fieldNames()...).At(at))
				continue
			case seen[c.Field]:
				file(problem.New(problem.Duplicate, c.Field).At(at))
				continue
			}
			seen[c.Field] = true
			column, p := s.header.find(c.name())
			if p != nil {
				file(*p)
				continue
			}
			if column < 0 {
				if !c.Optional {
					file(problem.New(problem.MissingField, c.name()).At(at))
				}
				continue
			}
			in := c.Unit
			if in == "" {
				in = s.header.units[column]
			} else if said := s.header.units[column]; said != "" && said != in {
				file(problem.New(problem.UnitMismatch, said, in).At(at))
				continue
			}
			set, err := made.setter(column, target, in)
			if err != nil {
				file(first(err).At(at))
				continue
			}
			s.header.taken[column] = true
			if set != nil {
				s.fillers = append(s.fillers, filled{column, set})
			}
		}
	}
}

func (s *shard) fieldNames() []string {
	var names []string
	for _, e := range s.events {
		names = append(names, e.paths()...)
	}
	return names
}

// target is what a field is filled in.
func (s *shard) target(path string, prefixed bool) (any, bool) {
	for _, e := range s.events {
		rest := path
		if prefixed {
			name := eventName(e.event) + "."
			if len(path) <= len(name) || path[:len(name)] != name {
				continue
			}
			rest = path[len(name):]
		}
		if target, ok := e.field(rest); ok {
			return target, true
		}
	}
	return nil, false
}

// fingerprint is the SHA-256 of the digests of the cards, the customs facts of all days, and the rates.
func (c *Calculator) fingerprint(rates *money.Rates) string {
	var lines []string
	for card := range c.Cards() {
		line := card.ID() + " " + card.Digest()
		if card.customs != nil {
			line += card.customs.facts()
		}
		lines = append(lines, line)
	}
	slices.Sort(lines)
	h := sha256.New()
	for _, l := range lines {
		h.Write([]byte(l))
		h.Write([]byte{'\n'})
	}
	h.Write(rates.Append(nil))
	return hex.EncodeToString(h.Sum(nil))
}

// facts writes what a generated customs card rests on, for its document is of one day only.
func (b *customsBook) facts() string {
	var text strings.Builder
	for _, span := range b.spans {
		fmt.Fprintf(&text, " %v", span.period)
		ed, err := span.load()
		if err != nil { // nothing is priced on these days, for this reason
			text.WriteString(" " + err.Error())
			continue
		}
		for _, u := range ed.customs.Used {
			fmt.Fprintf(&text, " %s %v %v %v %v %v", u.Name(), u.Value, u.When, u.From, u.To, u.Source)
		}
	}
	return text.String()
}
