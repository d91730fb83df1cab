package fees

import (
	"bytes"
	"encoding/json"
	"io"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/language"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/internal/engine"
	"github.com/overseaswarehouse/overseas/internal/lang"
	"github.com/overseaswarehouse/overseas/internal/problem"
	"github.com/overseaswarehouse/overseas/internal/proof"
)

// Record is an explanation as a document of its own: what was asked, the cards it was priced by with their digests, the
// proof of each amount as a tree of steps down to what the event, the cards and the exchange rates say, the same in words
// of one language, and digests over all of it. It can be written as JSON, text, Markdown, HTML or CSV, kept, read back with
// [ParseRecord], recomputed with [Record.Verify] by whoever holds it, and held against the cards with [VerifyAgainst].
type Record = proof.Record

// Step is one step of a record's proofs.
type Step = proof.Node

// RecordSchema is the schema version of records in JSON.
const RecordSchema = proof.Schema

// ParseRecord reads the JSON form of a record. The error is [Problems]. Whether it is right is for [Record.Verify] to say.
func ParseRecord(r io.Reader) (*Record, error) { return proof.Read(r) }

// RecordJSONSchema is the JSON Schema (2020-12) of the document that ParseRecord reads.
func RecordJSONSchema() []byte { return proof.JSONSchema() }

// Record is the explanation as a document of its own, with its texts in the language nearest to tag. Numbers, names and
// digests of documents do not depend on the language.
func (x *Explanation) Record(tag language.Tag) *Record {
	l := lang.Of(tag)
	r := &Record{Language: l.String(), Status: Exact.String()}
	if x == nil || x.quote == nil {
		_ = r.Seal() // there is nothing in it that could fail
		return r
	}
	b := newRecorder(r, l)
	b.write(x)
	r.Text = x.words(l)
	if err := r.Seal(); err != nil { // it cannot be: a record that is wrong by itself says so when it is verified
		r.Digest = ""
	}
	return r
}

// recorder puts an explanation into a record.
type recorder struct {
	r       *Record
	tag     language.Tag
	provers map[*engine.Trace]*engine.Prover
	steps   map[*engine.Line]*proof.Node // of the lines of runs
}

func newRecorder(r *Record, l lang.Lang) *recorder {
	return &recorder{r, l.Tag(), map[*engine.Trace]*engine.Prover{}, map[*engine.Line]*proof.Node{}}
}

// prover proves the lines of a trace; what it has proved once it refers to.
func (b *recorder) prover(t *engine.Trace) *engine.Prover {
	p := b.provers[t]
	if p == nil {
		p = t.Prover()
		b.provers[t] = p
	}
	return p
}

func (b *recorder) write(x *Explanation) {
	r, q := b.r, x.quote
	r.Of = x.subject()
	b.references(x)
	b.reasons(q)
	b.documents(x)
	r.Inputs = x.inputs()
	if x.event != nil {
		b.lines(x, nil)
	}
	for i := range x.parts {
		b.lines(x.parts[i].event, x.parts[i].shares)
	}
	b.totals(x)
}

// reasons are why a quote is not exact.
func (b *recorder) reasons(q *Quote) {
	b.r.Status = q.Status().String()
	for c := range q.Caveats() {
		b.r.Reasons = append(b.r.Reasons, proof.Reason{Code: string(c.Code), Of: c.Card, Detail: c.Detail, Text: c.Text(b.tag)})
	}
	for _, p := range q.missing {
		b.r.Reasons = append(b.r.Reasons, proof.Reason{Code: string(p.Code), Of: p.Path, Text: p.Message(b.tag)})
	}
}

// references are what the caller calls the events and the goods.
func (b *recorder) references(x *Explanation) {
	if x.sku != "" {
		b.r.References = append(b.r.References, proof.Reference{Name: "sku", Value: safe(x.sku)})
	}
	for e := range x.Events() {
		if reference, _ := headOf(e.event); reference != "" {
			b.r.References = append(b.r.References, proof.Reference{Name: eventName(e.event), Value: safe(reference)})
		}
	}
}

// documents are the cards that priced something.
func (b *recorder) documents(x *Explanation) {
	seen := map[string]bool{}
	for e := range x.Events() {
		for i := range e.runs {
			if e.runs[i].trace == nil {
				continue
			}
			rc := e.runs[i].trace.Card()
			digest := digestOf(rc)
			if seen[rc.ID+digest] {
				continue
			}
			seen[rc.ID+digest] = true
			b.r.Documents = append(b.r.Documents, proof.Document{
				Kind: "card", ID: rc.ID, Edition: rc.Edition, Digest: digest,
				From: dateText(rc.Effective.From), To: dateText(rc.Effective.To), Seen: dateText(rc.Seen),
			})
		}
	}
}

func dateText(d country.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.String()
}

// inputs is the document of the event or the journey; nil where it has none, because its rates go through a third currency.
func (x *Explanation) inputs() []byte {
	var v any = x.event
	if x.event == nil {
		v = x.journey
	}
	doc, err := json.Marshal(v)
	if err != nil {
		return nil
	}
	return doc
}

// lines adds the lines of an event, or the shares in them.
func (b *recorder) lines(x *Explanation, shares []Share) {
	fractions := map[*proof.Node]bool{}
	once := func(n *proof.Node) *proof.Node {
		if fractions[n] {
			return proof.AgainOf(n)
		}
		fractions[n] = true
		return n
	}
	n := 0
	entry, _ := x.event.(*Entry)
	var charges []explainedLine
	for l, from := range x.explained() {
		if from.line.Total == nil {
			charges = append(charges, from)
		}
		var node *proof.Node
		if n < len(shares) && shares[n].sharing != nil && shares[n].ByRow { // the line as a whole is not in the record
			rows := b.prover(from.trace).Rows(from.line)
			for _, row := range rows {
				b.exchanged(row, from, entry)
			}
			node = shares[n].ofRows(rows, once)
		} else {
			node = b.proved(l, from, entry)
			if from.line.Total != nil {
				node = b.difference(l, node, from, charges, entry)
			}
			if n < len(shares) && shares[n].sharing != nil {
				node = shares[n].ofWhole(node, once)
			}
		}
		line := proof.LineProof{
			Card: l.Card(), Code: safe(l.Code()), Title: l.Text(), On: l.kind.String(), Family: l.Family().String(),
			Recoverable: l.recoverable, Prepayment: l.prepayment, Proof: node,
		}
		for _, f := range l.Covers() {
			line.Covers = append(line.Covers, f.String())
		}
		b.r.Lines = append(b.r.Lines, line)
		b.steps[from.line] = node
		n++
	}
}

// proved is the proof of a line of an event.
func (b *recorder) proved(l Line, from explainedLine, entry *Entry) *proof.Node {
	n := b.prover(from.trace).Line(from.line)
	if n == nil {
		return proof.Leaf(proof.Stated, l.Code(), ratOf(l.Amount()), l.Amount().Currency().String())
	}
	b.exchanged(n, from, entry)
	return n
}

// difference is the line that rounds the sum of the other lines of its card: what the rounded sum has more than they.
func (b *recorder) difference(l Line, rounded *proof.Node, from explainedLine, charges []explainedLine, entry *Entry) *proof.Node {
	var billed []*proof.Node
	for _, c := range charges {
		if c.trace != from.trace {
			continue
		}
		n := b.prover(c.trace).Line(c.line)
		if n == nil {
			return proof.Leaf(proof.Stated, l.Code(), ratOf(l.Amount()), rounded.Unit)
		}
		b.exchanged(n, c, entry)
		billed = append(billed, n)
	}
	n := proof.Make(proof.Minus, l.Code(), rounded.Unit, rounded, proof.Total("", rounded.Unit, billed...))
	n.Value = ratOf(l.Amount()) // a check compares it with what the lines give
	return n
}

// exchanged puts the exchange of a declaration's money into a step of one of its lines; entry is nil for another event.
func (b *recorder) exchanged(n *proof.Node, from explainedLine, entry *Entry) {
	if entry != nil {
		card := from.trace.Card()
		exchanged(n, entry, card.Currency, int(card.MoneyDigits))
	}
}

// ofWhole is what one unit bears of a line.
func (s *Share) ofWhole(whole *proof.Node, once func(*proof.Node) *proof.Node) *proof.Node {
	return s.rounded(proof.Make(proof.Product, "", whole.Unit, whole, once(s.sharing.event)))
}

// ofRows is what one unit bears of a line of which each row's part is shared within the row.
func (s *Share) ofRows(rows []*proof.Node, once func(*proof.Node) *proof.Node) *proof.Node {
	unit := s.Amount.Currency().String()
	var parts []*proof.Node
	for i, row := range rows {
		parts = append(parts, proof.Make(proof.Product, "", unit, row, once(s.sharing.rows[i])))
	}
	return s.rounded(proof.Total("", unit, parts...))
}

func (s *Share) rounded(share *proof.Node) *proof.Node {
	c := s.Amount.Currency()
	return &proof.Node{Op: proof.Round, Name: "share", Value: ratOf(s.Amount), Unit: c.String(), Mode: money.HalfUp,
		Args: []*proof.Node{share, proof.MinorUnit(c.String(), c.Digits())}}
}

// exchanged puts the exchange of a declaration's money in place of the converted sums.
func exchanged(n *proof.Node, e *Entry, to country.Currency, digits int) {
	for i, a := range n.Args {
		if a.Op != proof.Given {
			exchanged(a, e, to, digits)
			continue
		}
		parts := strings.Split(a.From, "/")
		if len(parts) != 4 || parts[1] != "lines" {
			continue
		}
		row, err := strconv.Atoi(parts[2])
		if err != nil || row < 0 || row >= len(e.Lines) {
			continue
		}
		for kind := range engine.MoneyKinds {
			name, m := lineMoney[kind], e.Lines[row].sum(kind)
			if name != parts[3] || m.IsZero() || m.Currency() == to {
				continue
			}
			in, how, err := e.Rates.On(e.Date).Convert(*m, to, uint8(max(to.Digits(), digits)), money.HalfUp)
			if err == nil && ratOf(in).Cmp(a.Value) == 0 {
				n.Args[i] = how.Steps(m.Step(name).At(a.From)).Called(name)
			}
		}
	}
}

// totals are the sums of the lines by currency, and the whole in one currency where it was asked for.
func (b *recorder) totals(x *Explanation) {
	r := b.r
	if x.quote.Status() == Incomplete {
		return
	}
	if x.total == nil {
		var order []string
		by := map[string][]*proof.Node{}
		for i := range r.Lines {
			n := r.Lines[i].Proof
			if by[n.Unit] == nil {
				order = append(order, n.Unit)
			}
			by[n.Unit] = append(by[n.Unit], proof.AgainOf(n))
		}
		for _, c := range order {
			r.Totals = append(r.Totals, proof.Total("total", c, by[c]...))
		}
		return
	}
	c := x.total.currency.String()
	families := map[Family][]*proof.Node{}
	i := 0
	for t := range x.total.Lines() {
		n := t.Rate.Steps(proof.AgainOf(r.Lines[i].Proof)).Called(r.Lines[i].Code)
		families[t.Family()] = append(families[t.Family()], n)
		i++
	}
	var parts []*proof.Node
	for f := FirstLeg; f <= Other; f++ {
		if len(families[f]) > 0 {
			parts = append(parts, proof.Total(f.String(), c, families[f]...))
		}
	}
	sum := proof.Total("total", c, parts...)
	sum.Value = new(big.Rat).Set(ratOf(x.total.sum)) // a check compares it with what its parts give
	r.Totals = append(r.Totals, sum)
}

// VerifyAgainst is [Record.Verify], and checks that the record is the one that these cards give: it prices what the record says
// was asked, at the exchange rates that it names, and compares everything: every price, threshold and rounding, the totals,
// status and reasons, and the words. It is for the records of events, journeys, units, entries and direct parcels, whose inputs
// can be priced again. The cards are those that the record names, customs cards included; others do no harm as long as they
// do not price what was asked.
//
// It fails as Verify does; with ErrValue for a record of another kind, ErrMissing for one without inputs, ErrNoCard for a card
// that is not given; with ErrStepDiffers at the first place where this version of the library, with these cards, says
// something else; with ErrCardDiffers for a card with the same prices that is another document; and as [Calculator.Quote]
// does. Words are compared last: an older version may have said the same differently.
func VerifyAgainst(r *Record, cards ...*Card) error {
	if err := r.Verify(); err != nil {
		return err
	}
	if r.Inputs == nil {
		return Problems{problem.New(problem.InputMissing, "inputs").At("/inputs")}
	}
	for i, d := range r.Documents {
		if d.Kind == "card" && !slices.ContainsFunc(cards, func(c *Card) bool { return c.ID() == d.ID }) {
			return Problems{problem.New(problem.NoCard, d.ID, cardIDs(cards)...).At("/documents/" + strconv.Itoa(i))}
		}
	}
	calc, err := Compile(cards...)
	if err != nil {
		return err
	}
	again, err := calc.again(r)
	if err != nil {
		return err
	}
	if err := r.Differs(again); err != nil {
		return err
	}
	for i, d := range r.Documents {
		j := slices.IndexFunc(again.Documents, func(e proof.Document) bool { return e.ID == d.ID })
		if j < 0 || again.Documents[j].Digest != d.Digest {
			return Problems{problem.New(problem.CardDiffers, d.ID, d.Digest).At("/documents/" + strconv.Itoa(i))}
		}
	}
	return r.Contradicts(again)
}

func cardIDs(cards []*Card) (ids []string) {
	for _, c := range cards {
		ids = append(ids, c.ID())
	}
	return ids
}

// again is the record of what a record is of, explained by these cards.
func (c *Calculator) again(r *Record) (*Record, error) {
	l, _ := lang.ByCode(r.Language)
	if r.Of == ofEntryShares {
		e, err := ParseEvent(bytes.NewReader(r.Inputs))
		if err != nil {
			return nil, err
		}
		entry, ok := e.(*Entry)
		if !ok {
			return nil, Problems{problem.New(problem.UnknownValue, eventName(e), "entry").At("/inputs/event")}
		}
		res, err := c.Entry(entry)
		if err != nil {
			return nil, err
		}
		return res.Record(l.Tag()), nil
	}
	if r.Of == ofDirectParcel {
		p, err := ParseDirectParcel(bytes.NewReader(r.Inputs))
		if err != nil {
			return nil, err
		}
		res, err := c.Parcel(p)
		if err != nil {
			return nil, err
		}
		return res.Record(l.Tag()), nil
	}
	if known := append(slices.Clone(eventNames), "journey", "unit", ofEntryShares, ofDirectParcel); !slices.Contains(known, r.Of) {
		return nil, Problems{problem.New(problem.UnknownValue, r.Of, known...).At("/of")}
	}
	x, err := c.replay(r.Of, r.Inputs)
	if err != nil {
		return nil, err
	}
	currency, rates, err := exchangeRates(r)
	if err == nil && !currency.IsZero() {
		x, err = x.In(currency, rates)
	}
	if err != nil {
		return nil, err
	}
	return x.Record(l.Tag()), nil
}

// exchangeRates are the currency of a record's total and the rates that it names; no currency where the lines stand in their
// own.
func exchangeRates(r *Record) (c country.Currency, rates *money.Rates, err error) {
	if len(r.Totals) != 1 || r.Totals[0].Op != proof.Sum || slices.ContainsFunc(r.Totals[0].Args, func(n *proof.Node) bool { return n.Op != proof.Sum }) {
		return c, nil, nil
	}
	if c, err = country.ParseCurrency(r.Totals[0].Unit); err != nil {
		return c, nil, problems(err)
	}
	var ones []money.Rate
	var ways []money.Via
	for _, family := range r.Totals[0].Args {
		for _, n := range family.Args {
			way, ok := wayOf(n)
			switch {
			case !ok:
				continue // in the currency already, or no way: the comparison says so
			case way.Second == (money.Rate{}) && !slices.ContainsFunc(ones, func(o money.Rate) bool { return sameRate(o, way.First) }):
				ones = append(ones, way.First)
			case way.Second != (money.Rate{}) && !slices.ContainsFunc(ways, func(w money.Via) bool { return sameRate(w.First, way.First) && sameRate(w.Second, way.Second) }):
				ways = append(ways, way)
			}
		}
	}
	if rates, err = money.NewRates(ones...); err == nil && len(ways) > 0 {
		rates, err = rates.With(ways...)
	}
	return c, rates, problems(err)
}

func sameRate(a, b money.Rate) bool {
	return a.String() == b.String() && a.Inverse == b.Inverse && a.Date == b.Date && a.Source == b.Source
}

// wayOf reads the exchange off a converted line; ok is false where it is none.
func wayOf(n *proof.Node) (way money.Via, ok bool) {
	var rates []money.Rate
	for n.Op != proof.Again {
		switch {
		case n.Op == proof.Round && len(n.Args) == 2:
			if len(rates) == 1 { // in between
				scale := 0
				for v := n.Args[1].Value; !new(big.Rat).Mul(v, new(big.Rat).SetInt(pow10Int(scale))).IsInt() && scale < 18; {
					scale++
				}
				way.Scale, way.Mode = uint8(scale), n.Mode
			}
		case (n.Op == proof.Product || n.Op == proof.Quotient) && len(n.Args) == 2 && n.Args[1].Op == proof.Rate:
			words := strings.SplitN(n.Args[1].Word, "; ", 3)
			rate, err := money.ParseRate(words[0])
			if err != nil {
				return way, false
			}
			if len(words) > 1 {
				if day, err := country.ParseDate(words[1]); err == nil {
					rate.Date, words = day, words[1:]
				}
				rate.Source = strings.Join(words[1:], "; ")
			}
			rate.Inverse = n.Op == proof.Quotient
			rates = append(rates, rate)
		default:
			return way, false
		}
		n = n.Args[0]
	}
	switch len(rates) {
	case 1:
		return money.Via{First: rates[0]}, true
	case 2:
		way.First, way.Second = rates[1], rates[0]
		return way, true
	}
	return way, false
}

func pow10Int(n int) *big.Int { return new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil) }
