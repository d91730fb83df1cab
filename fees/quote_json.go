package fees

import (
	"encoding/json"

	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/internal/problem"
)

type lineJSON struct {
	Card        string       `json:"card"`
	Code        string       `json:"code"`
	On          Kind         `json:"on"`
	Family      Family       `json:"family"`
	Covers      []Family     `json:"covers,omitempty"`
	Amount      money.Money  `json:"amount"`
	Recoverable bool         `json:"recoverable,omitempty"`
	Prepayment  bool         `json:"prepayment,omitempty"`
	In          *money.Money `json:"in,omitempty"`
	Rates       []money.Rate `json:"rates,omitempty"`
}

type caveatJSON struct {
	Code   CaveatCode `json:"code"`
	Card   string     `json:"card"`
	Detail string     `json:"detail,omitempty"`
}

type partJSON struct {
	Family Family       `json:"family"`
	State  string       `json:"state"`
	Amount *money.Money `json:"amount,omitempty"`
	By     string       `json:"by,omitempty"`
}

func (l Line) document() lineJSON {
	return lineJSON{
		Card: l.Card(), Code: l.Code(), On: l.kind, Family: l.Family(), Covers: l.Covers(), Amount: l.Amount(),
		Recoverable: l.recoverable, Prepayment: l.prepayment,
	}
}

func (q *Quote) caveatDocuments() []caveatJSON {
	out := []caveatJSON{}
	for c := range q.Caveats() {
		out = append(out, caveatJSON(c))
	}
	return out
}

// UnmarshalJSON fails: a quote is computed, and what it was computed from is not in its JSON. Keep the event and the cards
// to quote again.
func (q *Quote) UnmarshalJSON([]byte) error {
	return Problems{problem.New(problem.Malformed, "quote")}
}

// MarshalJSON writes the lines, the status and its reasons.
func (q Quote) MarshalJSON() ([]byte, error) {
	lines := []lineJSON{}
	for l := range q.Lines() {
		lines = append(lines, l.document())
	}
	return json.Marshal(struct {
		Status  string       `json:"status"`
		Caveats []caveatJSON `json:"caveats"`
		Lines   []lineJSON   `json:"lines"`
	}{q.Status().String(), q.caveatDocuments(), lines})
}

// MarshalJSON writes a family's state, and its amount where there is one.
func (p Part) MarshalJSON() ([]byte, error) {
	out := partJSON{Family: p.Family, State: p.State.String(), By: p.By}
	if p.State == Priced {
		out.Amount = &p.Amount
	}
	return json.Marshal(out)
}

// MarshalJSON writes the sum, the families with their states, and the converted lines.
func (t Total) MarshalJSON() ([]byte, error) {
	var parts []Part
	for p := range t.Families() {
		parts = append(parts, p)
	}
	lines := []lineJSON{}
	for c := range t.Lines() {
		l := c.Line.document()
		for _, r := range [...]money.Rate{c.Rate.Rate, c.Rate.Then} {
			if r != (money.Rate{}) {
				l.In, l.Rates = &c.In, append(l.Rates, r)
			}
		}
		lines = append(lines, l)
	}
	return json.Marshal(struct {
		Sum      money.Money  `json:"sum"`
		Status   string       `json:"status"`
		Caveats  []caveatJSON `json:"caveats"`
		Families []Part       `json:"families"`
		Lines    []lineJSON   `json:"lines"`
	}{t.sum, t.quote.Status().String(), t.quote.caveatDocuments(), parts, lines})
}
