package ratecard

import (
	"crypto/sha256"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/internal/fixed"
	"github.com/overseaswarehouse/overseas/internal/problem"
	"github.com/overseaswarehouse/overseas/internal/strict"
)

// Schema is the version of the document that Parse reads.
const Schema = "overseas/ratecard/1"

// The size limits of a card. What is over them is refused with too_many (too_large for bytes, text_too_long for text).
const (
	MaxBytes   = 64 << 20  // of a document
	MaxRows    = 10_000    // of a table, brackets of an axis, rows of a list
	MaxColumns = 1_000     // of a table
	MaxCells   = 1_000_000 // of all tables of a card together
	MaxCharges = 1_000
	MaxParts   = 200   // inputs, classes, measures, amounts, slots, totals: of each
	MaxValues  = 1_000 // allowed values of an input, rows of a class, values of a list
	MaxSteps   = 64    // of a measure; also terms, bounds, sources
	MaxText    = 2_000 // characters of a text
	MaxName    = 64    // characters of a name or code
)

// Parse reads a rate card and checks all of it. The error is problem.Problems: everything that is wrong with the
// document, each with path, line and column, in document order. On error the card is nil.
func Parse(data []byte) (*Card, error) {
	var list problem.List
	doc, ok := strict.Parse(data, strict.Limits{Bytes: MaxBytes, Text: MaxText}, &list)
	if !ok {
		return nil, list.Err()
	}
	p := &parser{list: &list, card: &Card{}, defs: map[string]*def{}, codes: map[string]codeUse{}, slots: map[string]*slotUse{}}
	p.document(doc)
	if err := list.Err(); err != nil {
		return nil, err
	}
	p.finish()
	p.card.Digest = sha256.Sum256(data)
	return p.card, nil
}

// Read is Parse on what r holds; a reader that fails is read_failed, one that holds more than MaxBytes too_large.
func Read(r io.Reader) (*Card, error) {
	if r == nil {
		return nil, problem.Problems{problem.New(problem.ReadFailed, "")}
	}
	data, err := io.ReadAll(io.LimitReader(r, MaxBytes+1))
	if err != nil {
		return nil, problem.Problems{problem.New(problem.ReadFailed, "")}
	}
	return Parse(data)
}

// parser builds one card. References between measures and classes are followed as they are met; what depends on the
// levels of measures, which depend on the charges that use them, waits in later.
type parser struct {
	list    *problem.List
	card    *Card
	defs    map[string]*def
	built   []*def // measures and classes, each after what it uses
	codes   map[string]codeUse
	slots   map[string]*slotUse
	charges []*chargeUse
	sums    []sumUse
	later   []func()
	cells   int
	doc     strict.Object
}

// full reports whether enough problems were found: what a later one would cost is not worth it.
func (p *parser) full() bool { return p.list.Len() > problem.Limit }

func (p *parser) bad(v strict.Value, code problem.Code, text string, want ...string) {
	if code == problem.MissingField && text == "" {
		text, want = strings.Join(want, " or "), nil
	}
	p.file(v, problem.New(code, text, want...))
}

func (p *parser) file(v strict.Value, pr problem.Problem) {
	if p.full() {
		p.list.Add(pr)
		return
	}
	v.Problem(pr)
}

// refuse files an error of another package at v.
func (p *parser) refuse(v strict.Value, err error) {
	first := problem.Of(err)[0]
	p.file(v, problem.Problem{Code: first.Code, Text: first.Text, Want: first.Want, Args: first.Args})
}

// tooMany files a count over a limit.
func (p *parser) tooMany(v strict.Value, what string, n, most int) {
	p.file(v, problem.New(problem.TooMany, strconv.Itoa(n), strconv.Itoa(most)).With("what", what))
}

// within reports whether an array or object has at most so many members, and says so where it has more.
func (p *parser) within(v strict.Value, what string, most int) bool {
	if n := v.Len(); n > most {
		p.tooMany(v, what, n, most)
		return false
	}
	return true
}

var documentFields = []string{"schema", "id", "edition", "title", "provider", "standing", "account", "country", "warehouses",
	"currency", "tax", "effective", "sources", "service", "inputs", "classes", "measures", "amounts", "slots", "charges",
	"rounding", "totals"}

func (p *parser) document(v strict.Value) {
	o, ok := v.Object(documentFields...)
	if !ok {
		return
	}
	p.doc = o
	if s, ok := o.Need("schema"); ok {
		text, isText := s.Text()
		if isText && text != Schema {
			p.bad(s, problem.UnsupportedVersion, text, Schema)
			return
		}
	}
	p.header(o)
	p.inputs(o)
	p.declare(o, "measures", defMeasure)
	p.declare(o, "classes", defClass)
	p.slotsOf(o)
	p.collectCodes(o)
	p.buildAll()
	p.amounts(o)
	p.chargesOf(o)
	p.totals(o)
	p.resolve()
}

func (p *parser) header(o strict.Object) {
	c := p.card
	if v, ok := o.Need("id"); ok {
		c.ID, _ = p.name(v)
	}
	if v, ok := o.Get("edition"); ok {
		c.Edition, _ = p.short(v)
	}
	if v, ok := o.Get("title"); ok {
		c.Title, _ = v.Name()
	}
	if v, ok := o.Need("provider"); ok {
		c.Provider, _ = v.Name()
	}
	if v, ok := o.Get("standing"); ok {
		if w, ok := v.OneOf(standingWords...); ok {
			c.Standing, _ = ParseStanding(w)
		}
	}
	if v, ok := o.Get("account"); ok {
		c.Account, _ = v.Name()
		if c.Standing == Published {
			p.bad(v, problem.FieldsExclude, "account", "standing "+c.Standing.String())
		}
	} else if c.Standing != Published {
		o.Need("account")
	}
	if v, ok := o.Get("country"); ok {
		for _, e := range p.oneOrMore(v, "countries") {
			if code, ok := p.country(e); ok {
				if slices.Contains(c.Countries, code) {
					p.bad(e, problem.Duplicate, code.String())
				}
				c.Countries = append(c.Countries, code)
			}
		}
	}
	if v, ok := o.Get("warehouses"); ok && p.within(v, "warehouses", MaxValues) {
		if v.Len() == 0 && v.Kind() == strict.Array {
			p.bad(v, problem.TierEmpty, "")
		}
		for _, e := range v.Elements() {
			if w, ok := p.short(e); ok {
				if slices.Contains(c.Warehouses, w) {
					p.bad(e, problem.Duplicate, w)
				}
				c.Warehouses = append(c.Warehouses, w)
			}
		}
	}
	minor := fixed.Decimal{Coef: 1, Scale: 2}
	if v, ok := o.Need("currency"); ok {
		if text, ok := v.Text(); ok {
			cur, err := country.ParseCurrency(text)
			if err != nil {
				p.refuse(v, err)
			} else {
				c.Currency = cur
				minor.Scale = uint8(cur.Digits())
			}
		}
	}
	if v, ok := o.Need("tax"); ok {
		c.Tax = p.tax(v)
	}
	if v, ok := o.Need("effective"); ok {
		p.effective(v)
	}
	if v, ok := o.Need("sources"); ok {
		p.sources(v)
	}
	if v, ok := o.Get("service"); ok {
		c.Service = p.service(v)
	}
	c.Rounding = Rounding{Mode: fixed.HalfUp, To: minor, Each: LevelEvent}
	if v, ok := o.Get("rounding"); ok {
		c.Rounding = p.rounding(v, c.Rounding, 0)
	}
}

func (p *parser) tax(v strict.Value) Tax {
	if v.Kind() == strict.String {
		w, _ := v.OneOf(taxWords...)
		k, _ := ParseTaxKind(w)
		return Tax{Kind: k}
	}
	o, ok := v.Object("included", "excluded")
	if !ok {
		return Tax{}
	}
	in, hasIn := o.Get("included")
	out, hasOut := o.Get("excluded")
	switch {
	case hasIn && hasOut:
		p.bad(out, problem.FieldsExclude, "excluded", "included")
	case hasIn:
		rate, _ := p.percent(in)
		return Tax{TaxIncluded, rate}
	case hasOut:
		rate, _ := p.percent(out)
		return Tax{TaxExcluded, rate}
	default:
		p.bad(v, problem.MissingField, "", "included", "excluded")
	}
	return Tax{}
}

func (p *parser) effective(v strict.Value) {
	o, ok := v.Object("from", "to", "seen")
	if !ok {
		return
	}
	c := p.card
	c.Effective = p.period(o)
	if s, ok := o.Get("seen"); ok {
		c.Seen, _ = p.date(s)
	}
	_, hasFrom := o.Get("from")
	_, hasSeen := o.Get("seen")
	if !hasFrom && !hasSeen {
		p.bad(v, problem.MissingField, "", "from", "seen")
	}
}

// period reads from and to of an object.
func (p *parser) period(o strict.Object) Period {
	var d Period
	if v, ok := o.Get("from"); ok {
		d.From, _ = p.date(v)
	}
	if v, ok := o.Get("to"); ok {
		d.To, _ = p.date(v)
		if !d.From.IsZero() && !d.To.IsZero() && d.To.Before(d.From) {
			p.bad(v, problem.DateOrder, d.To.String(), d.From.String())
		}
	}
	return d
}

func (p *parser) sources(v strict.Value) {
	if v.Kind() == strict.Array && v.Len() == 0 {
		p.bad(v, problem.TierEmpty, "")
	}
	if !p.within(v, "sources", MaxSteps) {
		return
	}
	for _, e := range v.Elements() {
		o, ok := e.Object("url", "note", "seen")
		if !ok {
			continue
		}
		var s Source
		if u, ok := o.Need("url"); ok {
			s.URL, _ = u.Name()
		}
		if n, ok := o.Get("note"); ok {
			s.Note, _ = n.Text()
		}
		if d, ok := o.Get("seen"); ok {
			s.Seen, _ = p.date(d)
		}
		p.card.Sources = append(p.card.Sources, s)
	}
}

func (p *parser) service(v strict.Value) (s Service) {
	o, ok := v.Object("days", "tracked")
	if !ok {
		return s
	}
	if d, ok := o.Get("days"); ok {
		var n [2]int64
		if d.Kind() == strict.Array && d.Len() != 2 {
			p.bad(d, problem.TableSize, strconv.Itoa(d.Len()), "2")
			return s
		}
		whole := true
		for i, e := range d.Elements() {
			var ok bool
			n[i], ok = p.count(e, 1, 1000)
			whole = whole && ok
		}
		if whole && n[0] > n[1] {
			p.bad(d, problem.MinOverMax, strconv.FormatInt(n[0], 10), strconv.FormatInt(n[1], 10))
		}
		s.MinDays, s.MaxDays = n[0], n[1]
	}
	if t, ok := o.Get("tracked"); ok {
		if w, ok := t.OneOf("yes", "no"); ok {
			s.Tracked, _ = parseWord[Flag](flagWords, w)
		}
	}
	return s
}

func (p *parser) totals(o strict.Object) {
	v, ok := o.Get("totals")
	if !ok || !p.within(v, "totals", MaxParts) {
		return
	}
	for _, e := range v.Elements() {
		t, ok := e.Object("on", "code", "family", "round")
		if !ok {
			continue
		}
		var total Total
		if x, ok := t.Need("on"); ok {
			total.On = p.event(x)
		}
		if x, ok := t.Need("code"); ok {
			total.Code, _ = p.name(x)
		}
		if x, ok := t.Need("family"); ok {
			if w, ok := x.OneOf(listed(familyWords)...); ok {
				total.Family, _ = ParseFamily(w)
			}
		}
		total.Round = p.card.Rounding
		if x, ok := t.Need("round"); ok {
			total.Round = p.rounding(x, p.card.Rounding, total.On)
			total.Round.Each = LevelEvent
		}
		for _, other := range p.card.Totals {
			if other.On == total.On && total.On != 0 {
				p.bad(e, problem.Duplicate, total.On.String())
				break
			}
		}
		p.card.Totals = append(p.card.Totals, total)
	}
}
