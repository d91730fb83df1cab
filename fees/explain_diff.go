package fees

import (
	"bytes"
	"encoding/json"
	"io"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/language"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/internal/lang"
	"github.com/overseaswarehouse/overseas/internal/layout"
	"github.com/overseaswarehouse/overseas/internal/problem"
	"github.com/overseaswarehouse/overseas/internal/proof"
	"github.com/overseaswarehouse/overseas/internal/ratecard"
)

// Differences say why two totals differ. Old plus the changes of all causes is New, to the cent.
type Differences struct {
	Old    money.Money `json:"old"`
	New    money.Money `json:"new"`
	Causes []Cause     `json:"causes"` // in the order in which they were substituted
}

// Cause is one thing in which two explanations differ, or several that only make sense together, and what it changes.
type Cause struct {
	Kind   CauseKind     `json:"kind"`
	Names  []string      `json:"names"` // the card's id; the places in the document of the event or journey; the pair of currencies
	Old    []string      `json:"old"`   // of each name: the edition, the value, the rate; "" where there is none
	New    []string      `json:"new"`
	Change money.Money   `json:"change"` // what it adds to the total
	Lines  []LineChange  `json:"lines,omitempty"`
	Places []PlaceChange `json:"places,omitempty"`
	Prices []Change      `json:"prices,omitempty"` // of a card: what changed on it in charges whose lines changed
}

// CauseKind says what differs.
type CauseKind string

// The kinds of causes, in the order in which they are substituted.
const (
	CauseCard  CauseKind = "card"  // a card, or the edition of one
	CauseInput CauseKind = "input" // something the event says
	CauseRate  CauseKind = "rate"  // an exchange rate of the total
)

// LineChange is a line whose amount a cause changes, in the line's currency; zero Money where there is no such line.
type LineChange struct {
	Card string      `json:"card"`
	Code string      `json:"code"`
	Old  money.Money `json:"old,omitzero"`
	New  money.Money `json:"new,omitzero"`
}

// PlaceChange is a place on a price's table that a cause changes: a zone, a weight bracket, the edition that holds.
type PlaceChange struct {
	Card string `json:"card"`
	Code string `json:"code,omitempty"`
	Name string `json:"name"` // the axis; "edition" for the card as a whole
	Old  string `json:"old"`
	New  string `json:"new"`
}

// Diff says which cards, inputs and exchange rates make the total of one explanation differ from that of another, and by
// how much each. It turns the first into the second step by step: first the cards in the order of their ids, then the
// inputs in the order of the document, then the exchange rates by currency, and lets the calculator price every step; what
// a step adds to the total is its change. Another order would share out differently what two causes do together. Inputs
// between which no event can be priced are one cause.
//
// Both explanations are of one kind of thing, and both in one currency or neither ([Explanation.In]); without a currency
// their lines must be in one. It fails with ErrValue for explanations of different things, with ErrCurrency, with ErrMissing
// where an event has no document, and as Quote does.
func (x *Explanation) Diff(y *Explanation) (*Differences, error) {
	a, err := x.side()
	if err != nil {
		return nil, err
	}
	b, err := y.side()
	if err != nil {
		return nil, err
	}
	if x.subject() != y.subject() {
		return nil, Problems{problem.New(problem.UnknownValue, y.subject(), x.subject())}
	}
	if (x.total == nil) != (y.total == nil) || x.total != nil && x.total.currency != y.total.currency {
		return nil, Problems{problem.New(problem.CurrencyMismatch, y.currencyText(), x.currencyText())}
	}
	d := &differ{subject: x.subject(), state: a}
	if d.now, err = d.price(); err != nil {
		return nil, err
	}
	out := &Differences{Old: d.now.total}
	for _, sub := range substitutions(a, b) {
		if err := d.try(sub); err != nil {
			return nil, err
		}
	}
	if d.err != nil {
		return nil, d.err
	}
	out.Causes, out.New = d.causes, d.now.total
	return out, nil
}

func (x *Explanation) currencyText() string {
	if x == nil || x.total == nil {
		return ""
	}
	return x.total.currency.String()
}

// side is what an explanation was made of.
func (x *Explanation) side() (side, error) {
	if x == nil || x.quote == nil || x.quote.calc == nil {
		return side{}, Problems{problem.New(problem.InputMissing, "explanation")}
	}
	s := side{calc: x.quote.calc, switched: map[country.Currency]*money.Rates{}}
	raw := x.inputs()
	if raw == nil {
		return side{}, Problems{problem.New(problem.InputMissing, "inputs")}
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	if err := d.Decode(&s.doc); err != nil {
		return side{}, Problems{problem.New(problem.JSONSyntax, "")}
	}
	if x.total != nil {
		s.currency, s.rates = x.total.currency, x.total.rates
		for l := range x.total.Lines() {
			if c := l.Amount().Currency(); c != s.currency {
				s.used = append(s.used, c)
			}
		}
	}
	return s, nil
}

// side is one of the two, or a mixture: cards, the document, exchange rates by the currency they convert from.
type side struct {
	calc     *Calculator
	doc      any
	currency country.Currency // zero: that of the lines
	rates    *money.Rates
	used     []country.Currency                // that were converted
	switched map[country.Currency]*money.Rates // the other side's, for amounts in a currency
}

// differ turns one side into the other.
type differ struct {
	subject string
	state   side
	now     mixture
	causes  []Cause
	waiting Cause // what was substituted since, but could not be priced
	err     error // why
}

// mixture is what a mixture comes to.
type mixture struct {
	total  money.Money
	quote  *Quote
	record *Record
}

// price prices the mixture.
func (d *differ) price() (mixture, error) {
	s := &d.state
	doc, err := json.Marshal(s.doc)
	if err != nil {
		return mixture{}, Problems{problem.New(problem.JSONSyntax, "")}
	}
	x, err := s.calc.replay(d.subject, doc)
	if err != nil {
		return mixture{}, err
	}
	p := mixture{quote: x.quote, record: x.Record(language.English)}
	if s.currency.IsZero() {
		p.total, err = x.quote.Sum()
		return p, err
	}
	if err := x.quote.complete(); err != nil {
		return p, err
	}
	if p.total, err = money.Of(0, uint8(s.currency.Digits()), s.currency); err != nil {
		return p, err
	}
	for l := range x.quote.Lines() {
		in := l.Amount()
		if from := in.Currency(); from != s.currency {
			rates := s.rates
			if r, ok := s.switched[from]; ok {
				rates = r
			}
			if in, _, err = rates.Convert(in, s.currency, uint8(s.currency.Digits()), money.HalfUp); err != nil {
				return p, err
			}
		}
		if p.total, err = p.total.Add(in); err != nil {
			return p, err
		}
	}
	return p, nil
}

// try substitutes one thing. What leaves an event that cannot be priced waits for the next.
func (d *differ) try(sub substitution) error {
	d.state = sub.apply(d.state)
	c := &d.waiting
	if c.Kind == "" || sub.kind != c.Kind {
		c.Kind = sub.kind
	}
	c.Names, c.Old, c.New = append(c.Names, sub.name), append(c.Old, sub.old), append(c.New, sub.new)
	c.Prices = append(c.Prices, sub.prices...)
	p, err := d.price()
	if d.err = err; err != nil {
		return nil
	}
	if c.Change, err = p.total.Sub(d.now.total); err != nil {
		return err
	}
	c.Lines = lineChanges(d.now.quote, p.quote)
	c.Places = placeChanges(d.now.record, p.record)
	c.Prices = slices.DeleteFunc(c.Prices, func(ch Change) bool { // of other charges, or about the card as a document
		switch ch.Part {
		case ratecard.PartCard, ratecard.PartDates:
			return true
		case ratecard.PartTax, ratecard.PartRounding, ratecard.PartInput, ratecard.PartClass, ratecard.PartMeasure, ratecard.PartAmount, ratecard.PartSlot, ratecard.PartTotal:
			return false
		}
		return !slices.ContainsFunc(c.Lines, func(l LineChange) bool { return l.Code == ch.Name })
	})
	d.causes, d.waiting, d.now = append(d.causes, *c), Cause{}, p
	return nil
}

// replay explains a document of an event, a journey or a unit.
func (c *Calculator) replay(subject string, doc []byte) (*Explanation, error) {
	switch subject {
	case "unit", "journey":
		j, err := ParseJourney(bytes.NewReader(doc))
		if err != nil {
			return nil, err
		}
		if subject == "unit" {
			return c.ExplainUnit(j)
		}
		return c.ExplainJourney(j)
	}
	e, err := ParseEvent(bytes.NewReader(doc))
	if err != nil {
		return nil, err
	}
	return c.Explain(e)
}

// substitution is one difference between two sides.
type substitution struct {
	kind           CauseKind
	name, old, new string
	prices         []Change
	apply          func(side) side
}

// substitutions lists in what two sides differ, in the order in which Diff substitutes.
func substitutions(a, b side) []substitution {
	return slices.Concat(cardSubstitutions(a, b), inputSubstitutions(a.doc, b.doc), rateSubstitutions(a, b))
}

func (c *Calculator) book(id string) *book {
	if i := slices.IndexFunc(c.books, func(b book) bool { return b.id == id }); i >= 0 {
		return &c.books[i]
	}
	return nil
}

// editionsText names the editions of a book, by digest where they have no other name.
func (b *book) editionsText() (names, digests string) {
	if b == nil {
		return "", ""
	}
	var list, sums []string
	for _, p := range b.editions {
		name := p.Card.Edition
		if name == "" {
			name = digestOf(p.Card)[:8]
		}
		list, sums = append(list, name), append(sums, digestOf(p.Card))
	}
	return strings.Join(list, ", "), strings.Join(sums, " ")
}

func cardSubstitutions(a, b side) []substitution {
	ids := append(a.calc.ids(), b.calc.ids()...)
	slices.Sort(ids)
	var out []substitution
	for _, id := range slices.Compact(ids) {
		from, to := a.calc.book(id), b.calc.book(id)
		was, oldDigests := from.editionsText()
		is, newDigests := to.editionsText()
		if oldDigests == newDigests {
			continue
		}
		sub := substitution{kind: CauseCard, name: id, old: was, new: is, apply: func(s side) side {
			var cards []*Card
			for card := range s.calc.Cards() {
				if card.ID() != id {
					cards = append(cards, card)
				}
			}
			for card := range b.calc.Cards() {
				if card.ID() == id {
					cards = append(cards, card)
				}
			}
			next, err := Compile(cards...)
			if err != nil { // no card is left
				next = &Calculator{}
			}
			s.calc = next
			return s
		}}
		if from != nil && to != nil {
			sub.prices = ratecard.Diff(from.editions[0].Card, to.editions[0].Card)
		}
		out = append(out, sub)
	}
	return out
}

// inputSubstitutions lists in what two documents differ.
func inputSubstitutions(a, b any) []substitution {
	var out []substitution
	var walk func(path []string, a, b any)
	add := func(path []string, a, b any) {
		path = slices.Clone(path)
		out = append(out, substitution{kind: CauseInput, name: pointer(path), old: valueText(a), new: valueText(b), apply: func(s side) side {
			s.doc = replaced(s.doc, path, b)
			return s
		}})
	}
	walk = func(path []string, a, b any) {
		switch x := a.(type) {
		case map[string]any:
			y, ok := b.(map[string]any)
			if !ok {
				break
			}
			keys := slices.Collect(maps.Keys(x))
			keys = slices.AppendSeq(keys, maps.Keys(y))
			slices.SortFunc(keys, memberOrder)
			for _, k := range slices.Compact(keys) {
				walk(append(path, k), valueIn(x, k), valueIn(y, k))
			}
			return
		case []any:
			y, ok := b.([]any)
			if !ok {
				break
			}
			for i := range min(len(x), len(y)) {
				walk(append(path, strconv.Itoa(i)), x[i], y[i])
			}
			for i := len(x); i < len(y); i++ {
				add(append(path, strconv.Itoa(i)), absent{}, y[i])
			}
			for i := len(x) - 1; i >= len(y); i-- { // from the end, so that the places of the others stay
				add(append(path, strconv.Itoa(i)), x[i], absent{})
			}
			return
		}
		if !reflect.DeepEqual(a, b) {
			add(path, a, b)
		}
	}
	walk(nil, a, b)
	return out
}

// absent stands for a member or element that is not there.
type absent struct{}

func valueIn(m map[string]any, k string) any {
	if v, ok := m[k]; ok {
		return v
	}
	return absent{}
}

// memberOrder is that of the documents: when and where before what, facts last, everything else by name.
func memberOrder(a, b string) int {
	rank := func(s string) int {
		order := []string{"schema", "event", "sku", "share_by", "tariff_twice", "freight_from_leg", "partial", "consignment", "entry", "receipt", "stay", "order", "return",
			"reference", "date", "from", "to", "origin", "destination", "country", "postal_code", "warehouse", "account",
			"cartons", "parcels", "lots", "lines", "goods", "count", "units", "weight", "size", "volume", "value"}
		if i := slices.Index(order, s); i >= 0 {
			return i
		}
		if s == "facts" {
			return len(order) + 1
		}
		return len(order)
	}
	if d := rank(a) - rank(b); d != 0 {
		return d
	}
	return strings.Compare(a, b)
}

// replaced is a document with the value at a path replaced; absent takes it away.
func replaced(doc any, path []string, v any) any {
	if len(path) == 0 {
		return v
	}
	switch x := doc.(type) {
	case map[string]any:
		out := maps.Clone(x)
		next := replaced(valueIn(x, path[0]), path[1:], v)
		if next == (absent{}) {
			delete(out, path[0])
		} else {
			out[path[0]] = next
		}
		return out
	case []any:
		i, _ := strconv.Atoi(path[0])
		out := slices.Clone(x)
		for len(out) <= i {
			out = append(out, absent{})
		}
		out[i] = replaced(out[i], path[1:], v)
		for len(out) > 0 && out[len(out)-1] == (absent{}) {
			out = out[:len(out)-1]
		}
		return out
	}
	return v
}

// pointer is a path as a JSON pointer.
func pointer(path []string) string {
	var b strings.Builder
	for _, p := range path {
		b.WriteString("/" + strings.NewReplacer("~", "~0", "/", "~1").Replace(p))
	}
	return b.String()
}

// valueText is a value of a document in a few words.
func valueText(v any) string {
	switch x := v.(type) {
	case absent:
		return ""
	case string:
		return safe(x)
	}
	doc, err := json.Marshal(v)
	if err != nil {
		return ""
	}
	return problem.Clip(string(doc))
}

// rateSubstitutions lists the currencies of which the exchange rates differ.
func rateSubstitutions(a, b side) []substitution {
	if a.currency.IsZero() {
		return nil
	}
	var from []country.Currency
	for _, s := range [...]side{a, b} {
		for r := range s.rates.All() {
			if r.To() == a.currency {
				from = append(from, r.From())
			}
		}
		from = append(from, s.used...)
	}
	slices.SortFunc(from, func(a, b country.Currency) int { return strings.Compare(a.String(), b.String()) })
	var out []substitution
	for _, c := range slices.Compact(from) {
		text := func(r *money.Rates) string {
			one, err := money.Of(1_000_000, 0, c)
			if err != nil {
				return ""
			}
			_, how, err := r.Convert(one, a.currency, uint8(a.currency.Digits()), money.HalfUp)
			if err != nil {
				return ""
			}
			return rateWords(how)
		}
		was, is := text(a.rates), text(b.rates)
		out = append(out, substitution{kind: CauseRate, name: c.String() + "/" + a.currency.String(), old: was, new: is, apply: func(s side) side {
			s.switched = maps.Clone(s.switched)
			s.switched[c] = b.rates
			return s
		}})
	}
	return slices.DeleteFunc(out, func(s substitution) bool { return s.old == s.new })
}

type lineKey struct {
	card, code string
	on         Kind
	n          int // of equal ones
}

func keyed(q *Quote) (keys []lineKey, by map[lineKey]money.Money) {
	by = map[lineKey]money.Money{}
	for l := range q.Lines() {
		k := lineKey{l.Card(), l.Code(), l.Kind(), 0}
		for {
			if _, taken := by[k]; !taken {
				break
			}
			k.n++
		}
		keys = append(keys, k)
		by[k] = l.Amount()
	}
	return keys, by
}

// lineChanges lists the lines of which the amount changed.
func lineChanges(a, b *Quote) []LineChange {
	keys, was := keyed(a)
	more, is := keyed(b)
	for _, k := range more {
		if _, ok := was[k]; !ok {
			keys = append(keys, k)
		}
	}
	var out []LineChange
	for _, k := range keys {
		if was[k] != is[k] {
			out = append(out, LineChange{k.card, k.code, was[k], is[k]})
		}
	}
	return out
}

// placeChanges lists the places on tables, and the editions, that changed.
func placeChanges(a, b *Record) []PlaceChange {
	var out []PlaceChange
	was, order := places(a)
	is, more := places(b)
	for _, k := range more {
		if _, ok := was[k]; !ok {
			order = append(order, k)
		}
	}
	for _, k := range order {
		x, y := strings.Join(was[k], "; "), strings.Join(is[k], "; ")
		if x != y && x != "" && y != "" {
			out = append(out, PlaceChange{k.card, k.code, k.name, x, y})
		}
	}
	return out
}

type placeKey struct{ card, code, name string }

// places are where on the axes of tables the prices of a record stand.
func places(r *Record) (by map[placeKey][]string, order []placeKey) {
	by = map[placeKey][]string{}
	add := func(k placeKey, text string) {
		if by[k] == nil {
			order = append(order, k)
		}
		if !slices.Contains(by[k], text) {
			by[k] = append(by[k], text)
		}
	}
	for _, d := range r.Documents {
		edition := d.Edition
		if edition == "" {
			edition = d.Digest[:8]
		}
		add(placeKey{d.ID, "", "edition"}, edition)
	}
	var walk func(l *proof.LineProof, n *proof.Node)
	walk = func(l *proof.LineProof, n *proof.Node) {
		for _, a := range n.Args {
			switch {
			case n.Op == proof.Price && a.Op == proof.Word:
				add(placeKey{l.Card, l.Code, a.Name}, a.Word)
			case n.Op == proof.Price && a.Op == proof.Within:
				var edges []string
				for _, e := range a.Args[1:] {
					edges = append(edges, e.Name+" "+strings.TrimSpace(proof.Decimal(e.Value)+" "+e.Unit))
				}
				add(placeKey{l.Card, l.Code, a.Name}, strings.Join(edges, ", "))
			}
			walk(l, a)
		}
	}
	for i := range r.Lines {
		walk(&r.Lines[i], r.Lines[i].Proof)
	}
	return by, order
}

// WriteText writes the differences in the language nearest to tag, a line a cause with what it changed below. The error is
// that of the writer.
func (d *Differences) WriteText(w io.Writer, tag language.Tag) error {
	if d == nil {
		return nil
	}
	x := &explainer{l: lang.Of(tag), tag: tag}
	x.para(proof.KindTitle, 0, d.Old.Format(tag)+then+d.New.Format(tag))
	for i := range d.Causes {
		c := &d.Causes[i]
		var what []string
		for k, name := range c.Names {
			text := in(causeTexts[c.Kind], x.l) + " " + name
			if c.Old[k] != "" || c.New[k] != "" {
				text = x.colon(text, x.stated(c.Old[k])+then+x.stated(c.New[k]))
			}
			what = append(what, text)
		}
		sign := ""
		if c.Change.Sign() > 0 {
			sign = "+"
		}
		x.para(proof.KindSection, 1, x.colon(sign+c.Change.Format(tag), strings.Join(what, x.say(phSemicolon))))
		for _, p := range c.Places {
			at := strings.TrimSuffix(p.Card+"/"+p.Code, "/")
			x.line(2, x.colon(at, called(x.l, p.Name)+" "+x.place(p.Old)+then+x.place(p.New)))
		}
		for _, p := range c.Prices {
			part := string(p.Part)
			if t, ok := partTexts[p.Part]; ok {
				part = in(t, x.l)
			}
			at := ""
			for _, c := range p.At {
				at += x.say(phComma) + called(x.l, c.Axis) + " " + c.Value
			}
			x.line(2, x.colon(strings.TrimSpace(p.Name+" "+part)+at, orNone(p.Old)+then+orNone(p.New)))
		}
		for _, l := range c.Lines {
			was, is := orNone(""), orNone("")
			if !l.Old.Currency().IsZero() {
				was = l.Old.Format(tag)
			}
			if !l.New.Currency().IsZero() {
				is = l.New.Format(tag)
			}
			x.line(2, x.colon(l.Card+"/"+l.Code, was+then+is))
		}
	}
	_, err := io.WriteString(w, proof.Plain(x.text))
	return err
}

// place is a place on a table with the edges of its bracket in words.
func (x *explainer) place(text string) string {
	edges := map[string]phrase{proof.EdgeOver: phOver, proof.EdgeFrom: phFrom, proof.EdgeBelow: phBelow, proof.EdgeUpTo: phUpTo}
	parts := strings.Split(text, ", ")
	for i, p := range parts {
		word, rest, _ := strings.Cut(p, " ")
		ph, ok := edges[word]
		if !ok {
			return text
		}
		number, unit, _ := strings.Cut(rest, " ")
		q := layout.Number(x.l, number)
		if unit != "" {
			q += " " + unit
		}
		parts[i] = x.say(ph, "from", q, "to", q)
	}
	return strings.Join(parts, x.say(phComma))
}

// rateWords is an exchange rate with its day and source, in no language.
func rateWords(how money.Conversion) string {
	var parts []string
	for _, r := range [...]money.Rate{how.Rate, how.Then} {
		if r == (money.Rate{}) {
			continue
		}
		parts = append(parts, r.String())
		if !r.Date.IsZero() {
			parts = append(parts, r.Date.String())
		}
		if r.Source != "" {
			parts = append(parts, safe(r.Source))
		}
	}
	return strings.Join(parts, "; ")
}

// stated is a value, or an exchange rate, with its numbers and days laid out.
func (x *explainer) stated(text string) string {
	if text == "" {
		return orNone("")
	}
	parts := strings.Split(text, "; ")
	for i, p := range parts {
		parts[i] = layout.Date(x.l, x.numbers(p))
	}
	return strings.Join(parts, x.say(phSemicolon))
}

func orNone(s string) string {
	if s == "" {
		return "—"
	}
	return s
}

// String is the differences in English, as WriteText writes them.
func (d *Differences) String() string {
	var b strings.Builder
	_ = d.WriteText(&b, language.English) // a builder does not fail
	return b.String()
}

// causeTexts are the kinds of causes in words.
var causeTexts = map[CauseKind]texts{
	CauseCard:  {"card", "价卡", "Preisliste", "tarifa", "tarif", "listino", "прейскурант", "daftar tarif"},
	CauseInput: {"input", "输入", "Angabe", "dato", "donnée", "dato", "данные", "masukan"},
	CauseRate:  {"exchange rate", "汇率", "Wechselkurs", "tipo de cambio", "taux de change", "tasso di cambio", "обменный курс", "kurs"},
}

// partTexts are the parts of a card in words.
var partTexts = map[ratecard.Part]texts{
	ratecard.PartTax:       {"tax", "税费", "Steuer", "impuestos", "taxe", "imposta", "налог", "pajak"},
	ratecard.PartRounding:  {"rounding", "取整", "Rundung", "redondeo", "arrondi", "arrotondamento", "округление", "pembulatan"},
	ratecard.PartInput:     {"input", "输入", "Angabe", "dato", "donnée", "dato", "данные", "masukan"},
	ratecard.PartClass:     {"class", "类别", "Klasse", "clase", "classe", "classe", "класс", "kelas"},
	ratecard.PartMeasure:   {"measure", "计量", "Maß", "medida", "mesure", "misura", "мера", "ukuran"},
	ratecard.PartAmount:    {"amount", "金额", "Betrag", "importe", "montant", "importo", "сумма", "jumlah"},
	ratecard.PartSlot:      {"slot", "选项组", "Auswahl", "grupo", "choix", "gruppo", "группа", "pilihan"},
	ratecard.PartTotal:     {"total", "合计", "Summe", "total", "total", "totale", "итог", "total"},
	ratecard.PartCharge:    {"charge", "收费项", "Posten", "cargo", "poste", "voce", "позиция", "pos biaya"},
	ratecard.PartEvent:     {"event", "业务", "Vorgang", "operación", "opération", "operazione", "операция", "kejadian"},
	ratecard.PartFamily:    {"family", "费用类别", "Kostenart", "familia", "famille", "famiglia", "вид расходов", "kelompok"},
	ratecard.PartLevel:     {"level", "计费层级", "Ebene", "nivel", "niveau", "livello", "уровень", "tingkat"},
	ratecard.PartCondition: {"condition", "条件", "Bedingung", "condición", "condition", "condizione", "условие", "syarat"},
	ratecard.PartLimit:     {"limit", "限制", "Grenze", "límite", "limite", "limite", "предел", "batas"},
	ratecard.PartQuantity:  {"quantity", "计费数量", "Menge", "cantidad", "quantité", "quantità", "количество", "kuantitas"},
	ratecard.PartTime:      {"time", "时间", "Zeit", "tiempo", "durée", "tempo", "время", "waktu"},
	ratecard.PartBracket:   {"bracket", "区间", "Stufe", "tramo", "tranche", "scaglione", "ступень", "jenjang"},
	ratecard.PartPrice:     {"price", "单价", "Preis", "precio", "prix", "prezzo", "цена", "harga"},
	ratecard.PartMinimum:   {"minimum", "最低", "Minimum", "mínimo", "minimum", "minimo", "минимум", "minimum"},
	ratecard.PartMaximum:   {"maximum", "最高", "Maximum", "máximo", "maximum", "massimo", "максимум", "maksimum"},
	ratecard.PartBound:     {"bound", "界限", "Schranke", "cota", "borne", "limite", "граница", "batasan"},
	ratecard.PartOther:     {"other", "其它", "Sonstiges", "otros", "autre", "altro", "прочее", "lainnya"},
}
