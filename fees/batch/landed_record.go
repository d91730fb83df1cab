package batch

import (
	"encoding/json"
	"strconv"

	"golang.org/x/text/language"

	"github.com/overseaswarehouse/overseas/fees"
	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/internal/lang"
	"github.com/overseaswarehouse/overseas/internal/proof"
)

// Record is the landed cost as a document of its own, with its texts in the language nearest to tag: for each line of the
// batch its purchase value in the book currency, with rate, day and source, and its share of each expense, as
// [Allocation.Record] proves shares. The code of a line is "purchase" or the id of the expense, what it is on the SKU or
// the number of the line, its family the component. The totals are the cost of each line, all of it, and what of values
// and expenses was not shared, which is nothing. With an estimated expense the status is estimated.
func (l *Landed) Record(tag language.Tag) *Record {
	l = l.orEmpty()
	lg := lang.Of(tag)
	r := &Record{Of: "landed", Language: lg.String(), Status: fees.Exact.String(), Inputs: l.inputs()}
	w := written{}
	cur := l.currency.String()
	costs := make([][]*proof.Node, len(l.items))
	var whole []*proof.Node // values and expenses
	values := make([]*proof.Node, len(l.items))
	line := func(i int, of string, c Component, n *proof.Node) {
		sku := codeOf(l.items, i)
		r.Lines = append(r.Lines, proof.LineProof{Code: safe(of), On: sku, Title: sku + " · " + proof.Called(lg, calledOf(of)), Family: c.String(), Proof: n})
		costs[i] = append(costs[i], proof.AgainOf(n))
	}
	for i, v := range l.values {
		at := "/items/" + strconv.Itoa(i)
		values[i] = v.Steps(v.From.Step("value").At(at + "/value")).Called("cost.purchase")
		w[values[i]] = true
		line(i, Purchase.String(), Purchase, values[i])
		whole = append(whole, proof.AgainOf(values[i]))
		if sku := l.items[i].SKU; sku != "" {
			r.References = append(r.References, proof.Reference{Name: "sku", Value: safe(sku)})
		}
	}
	for k, e := range l.expenses {
		at := "/expenses/" + strconv.Itoa(k)
		conversion := l.converted(k)
		amount := conversion.Steps(e.Amount.Step("amount").At(at + "/amount").Saying(safe(e.ID)))
		if amount.Name == "" {
			amount.Called("amount")
		}
		lines, err := e.Spread.lines(l.items)
		if err != nil {
			return r // it was shared by the same lines
		}
		weights := make([]*proof.Node, len(lines))
		for j, i := range lines {
			if weights[j] = values[i]; e.Spread.Driver != ByValue {
				weights[j] = e.Spread.weightStep(l.items, i, "/items/"+strconv.Itoa(i))
			}
			if e.Spread.Driver == ByGiven {
				weights[j].At(at + "/weights/" + strconv.Itoa(i))
			}
		}
		steps, err := e.Spread.sharesBy(w, conversion.To, amount, len(l.items), lines, weights)
		if err != nil {
			return r // it was shared by the same rule
		}
		for _, s := range steps {
			line(s.line, e.ID, e.Component, s.proof)
		}
		if !w[amount] { // no line bears any of it
			continue
		}
		whole = append(whole, proof.AgainOf(amount))
		if e.Estimated {
			r.Status = fees.Estimated.String()
			r.Reasons = append(r.Reasons, proof.Reason{Code: "estimated", Of: safe(e.ID), Text: say(lg, phEstimated, "name", safe(e.ID))})
		}
	}
	var all []*proof.Node
	for i := range costs {
		n := proof.Total(codeOf(l.items, i), cur, costs[i]...)
		r.Totals = append(r.Totals, n)
		all = append(all, proof.AgainOf(n))
	}
	total := proof.Total("total", cur, all...)
	unshared := proof.Make(proof.Minus, "share.unshared", cur, proof.Total("cost.expenses", cur, whole...), proof.AgainOf(total))
	r.Totals = append(r.Totals, total, unshared)
	l.words(r, lg, total)
	_ = r.Seal() // the inputs are a document that was just written
	return r
}

// VerifyRecord checks that a record of [Landed.Record] is what this landed cost says, such as one that [Land] made anew of
// the lines, expenses and rates: it verifies the record, explains again in its language and compares everything, the words
// last. A bill that has replaced an estimate since makes it another. It fails as [Record.Verify] does, with step_differs at
// the first place that is another, and with unknown_value for the record of something else.
func (l *Landed) VerifyRecord(r *Record) error { return verifyRecord(r, "landed", l.Record) }

// calledOf is the name of the purchase value among the names of steps; an expense has its own.
func calledOf(of string) string {
	if of == Purchase.String() {
		return "cost.purchase"
	}
	return safe(of)
}

// converted is how an expense came into the book currency.
func (l *Landed) converted(k int) money.Conversion { return l.shares[k*len(l.items)].Of }

// words writes the record in words.
func (l *Landed) words(r *Record, lg lang.Lang, total *proof.Node) {
	note := func(kind string, depth int, text string) {
		r.Text = append(r.Text, proof.Paragraph{Depth: depth, Kind: kind, Text: text})
	}
	note(proof.KindTitle, 0, say(lg, phLanded, "amount", proof.Shown(lg, total)))
	for k, e := range l.expenses {
		note(proof.KindNote, 0, say(lg, phExpense, "name", safe(e.ID), "amount", l.converted(k).To.Format(lg.Tag()),
			"driver", driverTexts[e.Spread.Driver][lg], "method", methodTexts[e.Spread.Rule.Method][lg]))
	}
	for _, reason := range r.Reasons {
		note(proof.KindNote, 1, reason.Text)
	}
	for _, n := range r.Totals {
		note(proof.KindNote, 0, proof.Steps(lg, n, 0)[0].Text)
	}
	lineTexts(r, lg, 0)
}

type expenseJSON struct {
	ID        string `json:"id"`
	Component string `json:"component"`
	Estimated bool   `json:"estimated,omitempty"`
	allocationJSON
}

type landedJSON struct {
	Currency string        `json:"currency"`
	Items    []itemJSON    `json:"items"`
	Expenses []expenseJSON `json:"expenses"`
}

// inputs is what was asked, as a document; the rates stand in the steps.
func (l *Landed) inputs() []byte {
	items := append([]Item(nil), l.items...)
	for i := range items {
		items[i].Value = l.values[i].From
	}
	doc := landedJSON{Currency: l.currency.String(), Items: itemsJSON(items), Expenses: []expenseJSON{}}
	for _, e := range l.expenses {
		x := expenseJSON{ID: e.ID, Component: e.Component.String(), Estimated: e.Estimated, allocationJSON: allocationJSON{Amount: e.Amount.String()}}
		x.fill(e.Spread)
		doc.Expenses = append(doc.Expenses, x)
	}
	b, _ := json.Marshal(doc) // texts and numbers only
	return b
}
