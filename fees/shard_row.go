package fees

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/language"

	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/internal/fixed"
	"github.com/overseaswarehouse/overseas/internal/problem"
	"github.com/overseaswarehouse/overseas/internal/ratecard"
)

func (s *shard) run(ctx context.Context) error {
	s.writeHeaders()
	for n := 1; s.in.Next(); n++ {
		if n%often == 1 {
			if err := ctx.Err(); err != nil {
				return err
			}
		}
		if n == s.singly+1 {
			s.block = s.newShardBlock()
		}
		if err := s.take(); err != nil {
			return err
		}
		if n%often == 0 {
			if err := s.look(); err != nil {
				return err
			}
		}
	}
	if err := s.flush(); err != nil {
		return err
	}
	if err := s.in.Err(); err != nil {
		return Problems{problem.New(problem.ReadFailed, err.Error())}
	}
	return ctx.Err()
}

// parse fills the row's events. It is false where something is wrong with it.
func (s *shard) parse() bool {
	if p, is := s.in.Bad(); is {
		s.row = problem.List{}
		s.row.Add(p)
		return false
	}
	if n, want := s.in.Len(), len(s.header.cells); n != want {
		s.row = problem.List{}
		s.file(problem.New(problem.RowWidth, strconv.Itoa(n), strconv.Itoa(want)), "")
		return false
	}
	bad := false
	for i := range s.fillers {
		f := &s.fillers[i]
		if err := f.set(s.in.Field(f.column)); err != nil {
			if !bad {
				s.row = problem.List{}
			}
			bad = true
			s.file(first(err), s.header.shown[f.column])
		}
	}
	return !bad
}

// settle prices a row by itself, whose events are filled in unless something is wrong with it, and writes it.
func (s *shard) settle(ok bool) error {
	if ok {
		ok = s.price()
	}
	if ok {
		if err := s.add(); err != nil {
			return err
		}
		s.write()
	} else {
		s.refuse()
	}
	if err := s.out.Err(); err != nil {
		return err
	}
	return s.bad.Err()
}

// file keeps a problem of the row.
func (s *shard) file(p problem.Problem, column string) {
	p.Line, p.Column = s.in.Line(), 1
	if p.Path == "" && column != "" {
		p.Path = "/" + column
	}
	s.row.Add(p)
}

// price quotes the events of the row and converts the lines; false where something is wrong with it.
func (s *shard) price() bool {
	q := &s.quote
	q.reset()
	q.calc = s.calc
	bad := false
	fail := func(err error) {
		if !bad {
			s.row = problem.List{}
		}
		bad = true
		var list problem.List
		collect(&list, err)
		if list.Len() == 0 {
			list.Add(first(err))
		}
		ps, _ := list.Err().(Problems)
		for _, p := range ps {
			s.file(p, "")
		}
	}
	sent, leg := true, 0
	for _, e := range s.events {
		event := e.event
		if event.Kind() == OnImport {
			entry, err := q.entryOf(&s.journey, q.lines[:leg])
			if err != nil {
				if sent { // else it is said of the consignment
					fail(err)
				}
				continue
			}
			event = entry
		}
		err := s.calc.add(q, event)
		if err != nil {
			fail(err)
		}
		if event.Kind() == OnConsign {
			sent, leg = err == nil, len(q.lines)
		}
	}
	if !bad && len(s.events) > 1 {
		if err := s.journey.once(q); err != nil {
			fail(err)
		}
	}
	if !bad {
		if err := s.parts.take(q, s.plan, s.digits); err != nil {
			fail(err)
		}
	}
	return !bad
}

// shardParts are a row's amounts in the currency of the sums, by line and by family.
type shardParts struct {
	lines   []fixed.Decimal
	family  [Other + 1]fixed.Decimal
	count   [Other + 1]int // of lines
	state   [Other + 1]State
	total   fixed.Decimal
	without unpriced
	known   []exchange
}

// unpriced are the states of families without lines. Rows are of the same events, so they depend on the cards alone that
// priced the row.
type unpriced struct {
	known bool
	used  []*ratecard.Card
	state [Other + 1]State
}

// take converts the lines of a quote, as Quote.In does, and adds them up by family.
func (p *shardParts) take(q *Quote, plan *ShardPlan, digits uint8) error {
	p.lines = p.lines[:0]
	zero := fixed.Decimal{Scale: digits}
	p.total = zero
	for f := range p.family {
		p.family[f] = zero
	}
	p.count, p.state = [Other + 1]int{}, [Other + 1]State{}
	for i := range q.lines {
		l := &q.lines[i]
		d, err := p.convert(l, plan, digits)
		if err != nil {
			return err
		}
		f := l.main()
		if sum, ok := fixed.Add(p.family[f].Coef, d.Coef); ok && d.Scale == p.family[f].Scale && fixed.Abs(sum) <= fixed.MaxCoef {
			p.family[f].Coef = sum
		} else if p.family[f], ok = p.family[f].Add(d); !ok {
			return Problems{problem.New(problem.Overflow, l.Amount().String())}
		}
		p.lines = append(p.lines, d)
		p.count[f]++
		switch {
		case d.Coef != 0:
			p.state[f] = Priced
		case p.state[f] != Priced:
			p.state[f] = Free
		}
		if len(l.families) > 1 {
			for _, also := range l.families[1:] {
				if p.state[also] == NotPriced {
					p.state[also] = Included
				}
			}
		}
	}
	same := p.same(q)
	for f, n := range p.count {
		ok := true
		switch {
		case n > 0:
			p.total, ok = p.total.Add(p.family[f])
		case p.state[f] == NotPriced:
			p.state[f] = same.state[f]
		}
		if !ok {
			return Problems{problem.New(problem.Overflow, plan.Currency.String())}
		}
	}
	return nil
}

// same is the states of families without lines by the cards that priced a quote.
func (p *shardParts) same(q *Quote) *unpriced {
	u := &p.without
	if !u.known || !slices.Equal(u.used, q.used) {
		u.known, u.used = true, append(u.used[:0], q.used...)
		for f := FirstLeg; f <= Other; f++ {
			u.state[f] = q.unasked(f)
		}
	}
	return u
}

// main is the line's Family, without a copy of the line.
func (l *Line) main() Family {
	if len(l.families) == 0 {
		return 0
	}
	return l.families[0]
}

// rowCells is a row by its cells.
type rowCells interface{ Field(i int) []byte }

// groupOf is the running sums of the group of a row.
func (s *shard) groupOf(row rowCells) (*running, error) {
	s.key = s.key[:0]
	for _, i := range s.groupBy {
		f := row.Field(i)
		s.key = strconv.AppendInt(s.key, int64(len(f)), 10)
		s.key = append(s.key, ':')
		s.key = append(s.key, f...)
	}
	g := s.last
	if g == nil || g.key != string(s.key) {
		g = s.running[string(s.key)]
	}
	if g == nil {
		if len(s.running) == MaxGroups {
			return nil, Problems{tooMany(MaxGroups+1, MaxGroups, "groups").At("/group_by")}
		}
		g = &running{key: string(s.key), group: &group{}, digits: s.digits}
		for _, i := range s.groupBy {
			g.group.key = append(g.group.key, string(row.Field(i)))
		}
		s.running[g.key] = g
		s.sums.groups[g.key] = g.group
	}
	s.last = g
	return g, nil
}

// add adds the row to the sums.
func (s *shard) add() error {
	g, err := s.groupOf(s.in)
	if err != nil {
		return err
	}
	ok := g.add(&g.total, &g.group.total, s.parts.total)
	for f, n := range s.parts.count {
		if n > 0 {
			ok = g.add(&g.family[f], &g.group.family[f], s.parts.family[f]) && ok
		}
	}
	for i := range s.quote.lines {
		l := &s.quote.lines[i]
		ok = g.addNative(l.card.Currency, l.scale, l.coef) && ok
	}
	if s.quote.Status() == Estimated {
		s.sums.estimated++
	}
	return s.count(g, ok, 1)
}

// count counts good rows of a group, whose sums are not too great.
func (s *shard) count(g *running, ok bool, rows int64) error {
	if !ok { // more than 10^26 of a currency
		return Problems{problem.New(problem.Overflow, s.plan.Currency.String())}
	}
	g.group.rows += rows
	s.sums.good += rows
	return nil
}

// badColumns are the columns of the bad rows' file.
var badColumns = []string{"line", "code", "place", "message", "row"}

// lineColumns are the columns of a line of a quote.
var lineColumns = []string{"card", "code", "event", "family", "amount", "currency", "converted", "into", "status"}

func (s *shard) writeHeaders() {
	for _, name := range badColumns {
		s.bad.String(name)
	}
	s.bad.End()
	for _, i := range s.echo {
		s.out.String(s.header.cells[i])
	}
	if s.plan.Lines {
		for _, name := range lineColumns {
			s.out.String(name)
		}
		s.out.End()
		return
	}
	for f := FirstLeg; f <= Other; f++ {
		s.out.String(f.String())
		if s.plan.States {
			s.out.String(f.String() + "_state")
		}
	}
	for _, name := range []string{"total", "currency", "status", "caveats"} {
		s.out.String(name)
	}
	s.out.End()
}

// mostMessages is how many problems of a row are told in words.
const mostMessages = 5

// refuse counts and writes a bad row.
func (s *shard) refuse() {
	ps, _ := s.row.Err().(Problems)
	code, place := problem.Malformed, ""
	var text strings.Builder
	for i := range ps {
		if i == 0 {
			code, place = ps[i].Code, ps[i].Path
		}
		if i == mostMessages {
			text.WriteString("; …")
			break
		}
		if i > 0 {
			text.WriteString("; ")
		}
		if ps[i].Path != "" {
			text.WriteString(ps[i].Path + ": ")
		}
		text.WriteString(ps[i].Message(language.English))
	}
	s.sums.bad++
	s.sums.reasons[code]++
	s.bad.Put(strconv.AppendInt(s.bad.Cell(), int64(s.in.Line()), 10))
	s.bad.String(string(code))
	s.bad.Text([]byte(place))
	s.bad.Text([]byte(text.String()))
	raw := s.in.Raw()
	if !utf8.Valid(raw) {
		raw = []byte(strings.ToValidUTF8(string(raw), "\uFFFD"))
	}
	s.bad.Text(raw)
	s.bad.End()
}

// write writes what a good row costs.
func (s *shard) write() {
	if s.plan.Lines {
		for i := range s.quote.lines {
			s.echoes(s.in)
			s.writeLine(&s.quote.lines[i], s.parts.lines[i])
		}
		return
	}
	s.echoes(s.in)
	w := s.out
	for f := FirstLeg; f <= Other; f++ {
		b := w.Cell()
		state := s.parts.state[f]
		if state == Priced || state == Free {
			b = appendAmount(b, s.parts.family[f])
		}
		w.Put(b)
		if s.plan.States {
			w.String(state.String())
		}
	}
	w.Put(appendAmount(w.Cell(), s.parts.total))
	w.Put(append(w.Cell(), s.plan.Currency[:]...))
	w.Put(append(w.Cell(), s.quote.Status().String()...))
	s.writeCaveats()
	w.End()
}

// writeCaveats writes the codes of the quote's caveats, each once.
func (s *shard) writeCaveats() {
	b := s.out.Cell()
	begun := false
	for i, c := range s.quote.caveats {
		if slices.ContainsFunc(s.quote.caveats[:i], func(o caveat) bool { return o.code == c.code }) {
			continue
		}
		if begun {
			b = append(b, ' ')
		}
		begun = true
		b = append(b, c.code...)
	}
	s.out.Put(b)
}

func (s *shard) echoes(row rowCells) {
	for _, i := range s.echo {
		s.out.Text(row.Field(i))
	}
}

func (s *shard) writeLine(l *Line, in fixed.Decimal) {
	w := s.out
	w.String(l.Card())
	w.String(l.Code())
	w.String(l.kind.String())
	w.String(l.Family().String())
	w.Put(padded(l.Amount(), uint8(l.card.Currency.Digits())).Append(w.Cell()))
	w.String(l.card.Currency.String())
	if more, ok := in.Rescale(max(in.Scale, s.digits)); ok {
		in = more
	}
	w.Put(in.Append(w.Cell()))
	w.String(s.plan.Currency.String())
	w.String(s.quote.Status().String())
	w.End()
}

// padded is an amount with at least the decimals of its currency.
func padded(m money.Money, digits uint8) fixed.Decimal {
	d := fixed.Decimal{Coef: m.Coef(), Scale: m.Scale()}
	if more, ok := d.Rescale(max(d.Scale, digits)); ok {
		return more
	}
	return d
}
