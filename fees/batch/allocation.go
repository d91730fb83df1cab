package batch

import (
	"encoding/json"
	"math/big"

	"golang.org/x/text/language"

	"github.com/overseaswarehouse/overseas/fees"
	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/internal/lang"
	"github.com/overseaswarehouse/overseas/internal/problem"
	"github.com/overseaswarehouse/overseas/internal/proof"
)

// Record is an explanation as a document of its own: see Record in package fees.
type Record = fees.Record

// Allocation is an amount that was shared, with what each share follows from. It is immutable.
type Allocation struct {
	amount money.Money
	items  []Item
	spread Spread
	lines  []int // that take part
	shares []money.Money
}

// ExplainShare is [Share] with its reasons. It fails as Share does.
func ExplainShare(amount money.Money, items []Item, s Spread) (*Allocation, error) {
	shares, err := Share(amount, items, s)
	if err != nil {
		return nil, err
	}
	lines, err := s.lines(items)
	if err != nil {
		return nil, err
	}
	return &Allocation{amount, append([]Item(nil), items...), s.copied(), lines, shares}, nil
}

// ExplainAllocation is [AllocateRatios] with its reasons. It fails as AllocateRatios does.
func ExplainAllocation(amount money.Money, weights []*big.Rat, rule Rule) (*Allocation, error) {
	shares, err := AllocateRatios(amount, weights, rule)
	if err != nil {
		return nil, err
	}
	lines := make([]int, len(weights))
	for i := range lines {
		lines[i] = i
	}
	return &Allocation{amount, make([]Item, len(weights)), Spread{Driver: ByGiven, Weights: weights, Rule: rule}.copied(), lines, shares}, nil
}

// copied is the spread with its own weights.
func (s Spread) copied() Spread {
	weights := make([]*big.Rat, len(s.Weights))
	for i, w := range s.Weights {
		weights[i] = new(big.Rat)
		if w != nil {
			weights[i].Set(w)
		}
	}
	s.Weights, s.Lines = weights, append([]int(nil), s.Lines...)
	return s
}

// Shares are those of Share or AllocateRatios.
func (a *Allocation) Shares() []money.Money {
	if a == nil {
		return nil
	}
	return append([]money.Money(nil), a.shares...)
}

// Record is the allocation as a document of its own, with its texts in the language nearest to tag: a line for each share,
// which follows from the amount, the weights and how what is left over is borne. Lines are in the order in which the shares
// are made, which [RunningBack] does from the last. The code of a line is its SKU or, without one, its number from 1; the
// two methods that keep what is left apart add one called "remainder".
func (a *Allocation) Record(tag language.Tag) *Record {
	l := lang.Of(tag)
	r := &Record{Of: "allocation", Language: l.String(), Status: fees.Exact.String()}
	if a == nil {
		_ = r.Seal() // nothing in it can fail
		return r
	}
	r.Inputs = a.inputs()
	w := written{}
	steps, err := a.spread.shares(w, a.amount, a.amount.Step("amount").At("/amount"), a.items, a.lines, "/items/")
	if err != nil {
		return r // it was shared by the same rule
	}
	var sum []*proof.Node
	for _, s := range steps {
		line := proof.LineProof{Code: "remainder", On: a.spread.Driver.String(), Proof: s.proof}
		if s.line >= 0 {
			line.Code = codeOf(a.items, s.line)
		}
		r.Lines = append(r.Lines, line)
		sum = append(sum, proof.AgainOf(s.proof))
	}
	c := a.amount.Currency().String()
	total := proof.Total("total", c, sum...)
	whole := a.amount.Step("amount").At("/amount")
	r.Totals = []*proof.Node{total, proof.Make(proof.Minus, "share.unshared", c, whole, proof.AgainOf(total))}
	for i := range a.items {
		if sku := a.items[i].SKU; sku != "" {
			r.References = append(r.References, proof.Reference{Name: "sku", Value: safe(sku)})
		}
	}
	r.Text = append(r.Text, proof.Paragraph{Kind: proof.KindTitle, Text: say(l, phShared, "amount", a.amount.Format(l.Tag()),
		"driver", driverTexts[a.spread.Driver][l], "method", methodTexts[a.spread.Rule.Method][l])})
	lineTexts(r, l, 0)
	_ = r.Seal() // the inputs are a document that was just written
	return r
}

// VerifyRecord checks that a record of [Allocation.Record] is what this allocation says, such as one that [ExplainShare] made
// anew of the amount, lines and spread: it verifies the record, explains again in its language and compares everything, the
// words last. It fails as [Record.Verify] does, with step_differs at the first place that is another, and with unknown_value
// for the record of something else.
func (a *Allocation) VerifyRecord(r *Record) error { return verifyRecord(r, "allocation", a.Record) }

// verifyRecord holds a record against the one of its kind that is made again.
func verifyRecord(r *Record, of string, again func(language.Tag) *Record) error {
	if err := r.Verify(); err != nil {
		return err
	}
	if r.Of != of {
		return problem.New(problem.UnknownValue, r.Of, of).At("/of")
	}
	l, _ := lang.ByCode(r.Language)
	s := again(l.Tag())
	if err := r.Differs(s); err != nil {
		return err
	}
	return r.Contradicts(s)
}

// lineTexts writes each line from one on with its steps.
func lineTexts(r *Record, l lang.Lang, from int) {
	for i := from; i < len(r.Lines); i++ {
		p := &r.Lines[i]
		name := p.Title
		if name == "" {
			name = p.Code
		}
		r.Text = append(r.Text, proof.Paragraph{Kind: proof.KindLine, Text: say(l, phOf, "name", name, "amount", proof.Shown(l, p.Proof))})
		r.Text = append(r.Text, proof.Steps(l, p.Proof, 1)...)
	}
}

// codeOf is the SKU of a line, or its number.
func codeOf(items []Item, i int) string {
	if i < len(items) && items[i].SKU != "" {
		return safe(items[i].SKU)
	}
	return itoa(i + 1)
}

// shares proves the shares of all lines, those that take no part as well.
func (s Spread) shares(w written, m money.Money, amount *proof.Node, items []Item, lines []int, at string) ([]shareStep, error) {
	weights := make([]*proof.Node, len(lines))
	for k, i := range lines {
		weights[k] = s.weightStep(items, i, at+itoa(i))
	}
	return s.sharesBy(w, m, amount, len(items), lines, weights)
}

// sharesBy is shares with the steps of the weights.
func (s Spread) sharesBy(w written, m money.Money, amount *proof.Node, n int, lines []int, weights []*proof.Node) ([]shareStep, error) {
	sharing, err := newSharing(w, m, amount, weights, s.Rule)
	if err != nil {
		return nil, err
	}
	taken := map[int]bool{}
	out := sharing.steps()
	for k := range out {
		if i := out[k].line; i >= 0 {
			out[k].line = lines[i]
			taken[lines[i]] = true
		}
	}
	for i := range n {
		if !taken[i] {
			out = append(out, shareStep{i, proof.Leaf(proof.None, "share", new(big.Rat), m.Currency().String())})
		}
	}
	return out, nil
}

type itemJSON struct {
	SKU        string   `json:"sku,omitempty"`
	HS         string   `json:"hs,omitempty"`
	Units      int64    `json:"units,omitempty"`
	Value      string   `json:"value,omitempty"`
	Weight     string   `json:"weight,omitempty"`
	Size       *sidesOf `json:"size,omitempty"`
	Volume     string   `json:"volume,omitempty"`
	Chargeable string   `json:"chargeable,omitempty"`
	Cartons    int64    `json:"cartons,omitempty"`
}

type sidesOf struct {
	Length string `json:"length"`
	Width  string `json:"width"`
	Height string `json:"height"`
}

type ruleJSON struct {
	Method string `json:"method"`
	Zero   string `json:"zero"`
	Unit   string `json:"unit,omitempty"`
}

type allocationJSON struct {
	Amount  string     `json:"amount"`
	Driver  string     `json:"driver"`
	Rule    ruleJSON   `json:"rule"`
	Lines   []int      `json:"lines,omitempty"`
	HS      string     `json:"hs,omitempty"`
	Weights []string   `json:"weights,omitempty"`
	Items   []itemJSON `json:"items,omitempty"`
}

// inputs is what was asked, as a document.
func (a *Allocation) inputs() []byte {
	doc := allocationJSON{Amount: a.amount.String()}
	doc.fill(a.spread)
	if a.spread.Driver != ByGiven || a.named() {
		doc.Items = itemsJSON(a.items)
	}
	b, _ := json.Marshal(doc) // texts and numbers only
	return b
}

func (a *Allocation) named() bool {
	for i := range a.items {
		if a.items[i] != (Item{}) {
			return true
		}
	}
	return false
}

// fill says how an amount is shared.
func (d *allocationJSON) fill(s Spread) {
	d.Driver, d.Lines, d.HS = s.Driver.String(), s.Lines, s.HS
	d.Rule = ruleJSON{Method: s.Rule.Method.String(), Zero: s.Rule.Zero.String()}
	if !s.Rule.Unit.IsZero() {
		d.Rule.Unit = s.Rule.Unit.String()
	}
	for _, w := range s.Weights {
		text := "0"
		if w != nil {
			text = w.RatString()
		}
		d.Weights = append(d.Weights, text)
	}
}

func itemsJSON(items []Item) []itemJSON {
	out := make([]itemJSON, len(items))
	for i, it := range items {
		j := itemJSON{SKU: it.SKU, HS: it.HS, Units: it.Units, Cartons: it.Cartons}
		for _, q := range []struct {
			zero bool
			text func() string
			to   *string
		}{
			{it.Value.IsZero(), it.Value.String, &j.Value}, {it.Weight.IsZero(), it.Weight.String, &j.Weight},
			{it.Volume.IsZero(), it.Volume.String, &j.Volume}, {it.Chargeable.IsZero(), it.Chargeable.String, &j.Chargeable},
		} {
			if !q.zero {
				*q.to = q.text()
			}
		}
		if !it.Size.IsZero() {
			j.Size = &sidesOf{it.Size.L.String(), it.Size.W.String(), it.Size.H.String()}
		}
		out[i] = j
	}
	return out
}
