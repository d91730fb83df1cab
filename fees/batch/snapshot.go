package batch

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"strconv"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/internal/fixed"
	"github.com/overseaswarehouse/overseas/internal/problem"
	"github.com/overseaswarehouse/overseas/internal/strict"
)

// Schema is the version of the document that [Ledger.Snapshot] writes.
const Schema = "overseas/ledger/1"

var snapshotFields = []string{
	"schema", "currency", "scale", "method", "closed", "sealed", "places", "journal", "open", "entries_sha256", "sha256",
}

func digestOf(e *Entry) [32]byte { return sha256.Sum256(e.append(nil)) }

// chain is the hash of all entries in canonical order: the SHA-256 of the hash of those before and the digest of the next.
func (l *Ledger) chain() [32]byte {
	var sum [32]byte
	link := func(digest [32]byte) {
		var both [64]byte
		copy(both[:32], sum[:])
		copy(both[32:], digest[:])
		sum = sha256.Sum256(both[:])
	}
	for _, r := range l.sealed {
		link(r.digest)
	}
	for _, r := range l.open {
		link(digestOf(&r.entry))
	}
	return sum
}

// Hash identifies what the ledger was made of: it is a SHA-256 over all its entries in canonical order, in hexadecimal.
func (l *Ledger) Hash() string {
	l = l.orEmpty()
	sum := l.chain()
	return hex.EncodeToString(sum[:])
}

// Snapshot writes the ledger as a JSON document: of closed periods the journal and a digest of each entry, of the open
// period the entries. It carries the hash of all entries and one of itself. The same ledger gives the same bytes, however
// it came about.
func (l *Ledger) Snapshot() []byte {
	l = l.orEmpty()
	b := append([]byte(nil), `{"schema":"`+Schema+`","currency":"`...)
	b = append(b, l.options.Currency.String()...)
	b = append(b, `","scale":`...)
	b = strconv.AppendInt(b, int64(l.options.Scale), 10)
	b = append(b, `,"method":"`...)
	b = append(b, l.options.Method.String()...)
	b = append(b, `","closed":"`...)
	b = append(b, l.closed.String()...)
	b = append(b, "\",\n\"sealed\":["...)
	index := map[int32]int{}
	for i, r := range l.sealed {
		index[r.name] = i
		b = row(b, i)
		b = append(b, '[')
		b = text(b, r.entry.ID)
		b = append(b, `,"`...)
		b = hex.AppendEncode(b, r.digest[:])
		b = append(b, `"]`...)
	}
	b = append(b, "],\n\"places\":["...)
	places := map[*node]int{}
	for i := range l.journal[:l.settled] {
		for _, n := range [...]*node{l.journal[i].from, l.journal[i].to} {
			if _, ok := places[n]; ok {
				continue
			}
			b = row(b, len(places))
			b = l.appendPlace(b, n)
			places[n] = len(places)
		}
	}
	b = append(b, "],\n\"journal\":["...)
	for i := range l.journal[:l.settled] {
		p := &l.journal[i]
		entry := -1
		if p.entry != 0 {
			entry = index[p.entry]
		}
		b = row(b, i)
		b = append(b, '[')
		b = strconv.AppendInt(b, int64(entry), 10)
		b = append(b, `,"`...)
		b = append(b, p.date.String()...)
		b = append(b, `","`...)
		b = append(b, p.effect.String()...)
		b = append(b, `",`...)
		b = strconv.AppendInt(b, int64(places[p.from]), 10)
		b = append(b, ',')
		b = strconv.AppendInt(b, int64(places[p.to]), 10)
		b = append(b, ',')
		b = strconv.AppendInt(b, p.units, 10)
		for c, v := range p.parts {
			if v != 0 {
				b = append(b, `,"`...)
				b = append(b, componentNames[c]...)
				b = append(b, `","`...)
				b = fixed.Decimal{Coef: v, Scale: l.options.Scale}.Append(b)
				b = append(b, '"')
			}
		}
		b = append(b, ']')
	}
	b = append(b, "],\n\"open\":["...)
	for i, r := range l.open {
		b = row(b, i)
		b = r.entry.append(b)
	}
	sum := l.chain()
	b = append(b, "],\n\"entries_sha256\":\""...)
	b = hex.AppendEncode(b, sum[:])
	sum = sha256.Sum256(b)
	b = append(b, "\",\n\"sha256\":\""...)
	b = hex.AppendEncode(b, sum[:])
	return append(b, "\"}\n"...)
}

// row begins a row of a list.
func row(b []byte, i int) []byte {
	if i > 0 {
		b = append(b, ',')
	}
	return append(b, '\n')
}

func (l *Ledger) appendPlace(b []byte, n *node) []byte {
	t := l.names.text
	b = append(b, `["`...)
	b = append(b, n.account.String()...)
	b = append(b, `","`...)
	b = append(b, n.becomes.String()...)
	b = append(b, '"')
	for _, s := range [...]string{
		t[n.sku], t[n.batch], t[n.warehouse], t[n.order], n.arrived.String(), n.since.String(), n.left.String(),
	} {
		b = append(b, ',')
		b = text(b, s)
	}
	return append(b, ']')
}

// Resume reads what [Ledger.Snapshot] wrote and carries on from there: the ledger that it returns answers as the one
// that wrote it did. It fails with [Problems] for a document that is not one, with unsupported_version for another
// schema, and with malformed when the content does not fit its hash.
func Resume(r io.Reader) (*Ledger, error) {
	var into problem.List
	v, ok := strict.Read(r, strict.Limits{Bytes: 1 << 30, Nodes: 1<<24 - 1, Text: longestName}, &into)
	var l *Ledger
	var sum string
	if ok {
		l, sum = resume(v, &into)
	}
	if err := into.Err(); err != nil {
		return nil, err
	}
	written := l.Snapshot()
	const tail = len("\"}\n") + 64
	if sum != string(written[len(written)-tail:len(written)-len("\"}\n")]) {
		return nil, Problems{problem.New(problem.Malformed, sum, "sha256").At("/sha256")}
	}
	return l, nil
}

func resume(v strict.Value, into *problem.List) (*Ledger, string) {
	o, ok := v.Object(snapshotFields...)
	if !ok {
		return nil, ""
	}
	var opt Options
	if f, ok := o.Need("schema"); ok {
		if s, ok := f.Text(); ok && s != Schema {
			f.Problem(problem.New(problem.UnsupportedVersion, s, Schema))
			return nil, ""
		}
	}
	if f, ok := o.Need("currency"); ok {
		if s, ok := f.Text(); ok {
			cur, err := country.ParseCurrencyOn(s, ever)
			f.Report(err)
			opt.Currency = cur
		}
	}
	if f, ok := o.Need("scale"); ok {
		if n, ok := f.Int(); ok && n >= 0 && n <= fixed.MaxScale {
			opt.Scale = uint8(n)
		} else if ok {
			f.Problem(fixed.Refuse(problem.NumberPrecision, strconv.FormatInt(n, 10)))
		}
	}
	if f, ok := o.Need("method"); ok {
		if s, ok := f.OneOf(valuationNames...); ok {
			opt.Method, _ = ParseValuation(s)
		}
	}
	if into.Len() > 0 {
		return nil, ""
	}
	l := newLedger(opt)
	if f, ok := o.Need("closed"); ok {
		if s, ok := f.Text(); ok && s != "" {
			l.closed = dateFrom(f)
		}
	}
	l.readSealed(o)
	places := l.readPlaces(o)
	if into.Len() > 0 {
		return nil, ""
	}
	l.readJournal(o, places, into)
	if into.Len() > 0 {
		return nil, ""
	}
	l.settled = len(l.journal)
	if f, ok := o.Need("open"); ok {
		l.readOpen(f, into)
	}
	o.Need("entries_sha256") // compared with the whole
	sum := ""
	if f, ok := o.Need("sha256"); ok {
		sum, _ = f.Text()
	}
	return l, sum
}

func (l *Ledger) readSealed(o strict.Object) {
	f, ok := o.Need("sealed")
	if !ok {
		return
	}
	for _, v := range f.Elements() {
		r := &record{seal: true}
		for i, c := range v.Elements() {
			s, ok := c.Text()
			switch {
			case !ok:
			case i == 0:
				if l.ids[l.names.number[s]] != nil || s == "" {
					c.Problem(problem.New(problem.Duplicate, s))
				}
				r.entry.ID = s
			case i == 1:
				if n, err := hex.Decode(r.digest[:], []byte(clip64(s))); err != nil || n != len(r.digest) {
					c.Problem(problem.New(problem.Malformed, s, "SHA-256"))
				}
			}
		}
		if v.Len() != 2 {
			v.Problem(problem.New(problem.Malformed, "", "id, SHA-256"))
		}
		r.name = l.names.of(r.entry.ID)
		l.sealed = append(l.sealed, r)
		l.ids[r.name] = r
	}
}

func clip64(s string) string { return s[:min(len(s), 64)] }

func (l *Ledger) readPlaces(o strict.Object) []*node {
	f, ok := o.Need("places")
	if !ok {
		return nil
	}
	const columns = 9
	var out []*node
	for _, v := range f.Elements() {
		var at place
		if v.Len() != columns {
			v.Problem(problem.New(problem.Malformed, "", strconv.Itoa(columns)))
			continue
		}
		for i, c := range v.Elements() {
			switch i {
			case 0, 1:
				s, ok := c.OneOf(accountNames[:]...)
				if !ok {
					continue
				}
				a, _ := ParseAccount(s)
				if i == 0 {
					at.account = a
				} else {
					at.becomes = a
				}
			case 6, 7, 8:
				if s, ok := c.Text(); ok && s != "" {
					*[...]*country.Date{&at.arrived, &at.since, &at.left}[i-6] = dateFrom(c)
				}
			default:
				if s, ok := c.Text(); ok {
					*[...]*int32{&at.sku, &at.batch, &at.warehouse, &at.order}[i-2] = l.names.of(s)
				}
			}
		}
		out = append(out, l.node(at))
	}
	return out
}

func (l *Ledger) readJournal(o strict.Object, places []*node, into *problem.List) {
	f, ok := o.Need("journal")
	if !ok {
		return
	}
	const columns = 6
	for _, v := range f.Elements() {
		var p posting
		component := -1
		if v.Len() < columns || (v.Len()-columns)%2 != 0 {
			v.Problem(problem.New(problem.Malformed, "", strconv.Itoa(columns)))
			return
		}
		for i, c := range v.Elements() {
			switch {
			case i == 1:
				p.date = dateFrom(c)
			case i == 2:
				p.effect = dateFrom(c)
			case i < columns:
				n, ok := c.Int()
				low, high := int64(0), int64(mostUnits)
				switch i {
				case 0:
					low, high = -1, int64(len(l.sealed))-1
				case 3, 4:
					high = int64(len(places)) - 1
				}
				if !ok || n < low || n > high {
					c.Problem(problem.New(problem.NumberRange, strconv.FormatInt(n, 10), strconv.FormatInt(high, 10)))
					return
				}
				switch i {
				case 0:
					if n >= 0 {
						p.entry = l.sealed[n].name
					}
				case 3:
					p.from = places[n]
				case 4:
					p.to = places[n]
				default:
					p.units = n
				}
			case (i-columns)%2 == 0:
				if s, ok := c.OneOf(componentNames[:]...); ok {
					of, _ := ParseComponent(s)
					component = int(of)
				}
			case component >= 0:
				d, exact := decimalFrom(c).Rescale(l.options.Scale)
				if !exact {
					c.Problem(problem.New(problem.NumberPrecision, "", strconv.Itoa(int(l.options.Scale))))
				}
				p.parts[component] = d.Coef
			}
		}
		if into.Len() > 0 {
			return
		}
		if !l.sound(&p) {
			v.Problem(problem.New(problem.Malformed, p.date.String(), "sha256"))
			return
		}
		l.journal = append(l.journal, p)
		l.apply(&p, 1)
	}
}

// sound reports whether a posting that was read can be booked: days in order, units that are there, amounts in range.
func (l *Ledger) sound(p *posting) bool {
	if n := len(l.journal); n > 0 && p.date.Before(l.journal[n-1].date) || p.date.After(l.closed) {
		return false
	}
	if a := p.from.account; (a.held() || a.gone() || a == Owed) && p.from.units < p.units {
		return false
	}
	if p.from.account == Outside && l.units+p.units > mostUnits {
		return false
	}
	total := uint64(0)
	for i, v := range p.parts {
		total += fixed.Abs(v)
		for _, held := range [...]int64{p.from.pool.parts[i], p.to.pool.parts[i]} {
			if fixed.Abs(held)+fixed.Abs(v) > fixed.MaxCoef {
				return false
			}
		}
	}
	if p.from.account == Outside || p.from.account == Billed {
		total += uint64(l.gross)
	}
	return total <= fixed.MaxCoef
}

func (l *Ledger) readOpen(f strict.Value, into *problem.List) {
	var records []*record
	for _, v := range f.Elements() {
		e := entryFrom(v)
		r := l.record(&e)
		if into.Len() > 0 {
			return
		}
		err := r.entry.check()
		if err == nil {
			err = l.dated(r)
		}
		if err == nil && l.ids[r.name] != nil {
			err = problem.New(problem.Duplicate, r.entry.ID)
		}
		if err == nil && len(records) > 0 && records[len(records)-1].compare(r) >= 0 {
			err = problem.New(problem.Malformed, r.entry.ID, "canonical order")
		}
		if err != nil {
			report(v, err)
			return
		}
		l.ids[r.name] = r
		records = append(records, r)
	}
	for _, r := range records {
		if err := l.run(r); err != nil {
			report(f, err)
			return
		}
		l.open = append(l.open, r)
	}
}

// report files what an error holds.
func report(v strict.Value, err error) {
	switch e := err.(type) {
	case problem.Problem:
		v.Problem(e)
	case problem.Problems:
		for _, p := range e {
			v.Problem(p)
		}
	}
}
