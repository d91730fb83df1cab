package fees_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"golang.org/x/text/language"

	"github.com/overseaswarehouse/overseas/fees"
	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/internal/proof/prooftest"
)

// examinedEntry checks that the record of an entry's shares says what the result says, verifies, and is what the cards give
// again.
func examinedEntry(t testing.TB, res *fees.EntryResult, cards ...*fees.Card) *fees.Record {
	t.Helper()
	r := res.Record(language.English)
	if err := r.Verify(); err != nil {
		doc, _ := json.MarshalIndent(r.Lines, "", " ")
		t.Fatalf("%v\n%s", err, doc)
	}
	n := 0
	for range res.Quote().Lines() {
		n++
	}
	lines := r.Lines[n:]
	next := func(code string, m money.Money) {
		t.Helper()
		if m.IsZero() {
			return
		}
		for _, l := range lines {
			if l.Code == code && l.Proof.Value.Cmp(m.Decimal().Rat()) == 0 {
				return
			}
		}
		t.Errorf("no share of %s is %s", code, m)
	}
	for s := range res.Lines() {
		next("customs_value", s.CustomsValue)
		next("entry.cash_outlay", s.CashOutlay)
		next("entry.net_cost", s.NetCost)
		for _, list := range [][]fees.EntryCharge{s.Duties, s.Fees, s.Prepayments} {
			for _, c := range list {
				next(c.Code, c.Amount)
			}
		}
	}
	total := res.Total()
	for k, m := range []money.Money{total.CashOutlay, total.NetCost} {
		if got := r.Totals[len(r.Totals)-2+k].Value; got.Cmp(m.Decimal().Rat()) != 0 {
			t.Errorf("total %d is %s, proved %s", k, m, got)
		}
	}
	doc, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	back, err := fees.ParseRecord(bytes.NewReader(doc))
	if err != nil {
		t.Fatal(err)
	}
	if err := back.Verify(); err != nil {
		t.Fatalf("read back: %v\n%s", err, doc)
	}
	if len(cards) > 0 && r.Inputs != nil {
		if err := fees.VerifyAgainst(back, cards...); err != nil {
			t.Fatal("against the cards:", err)
		}
	}
	return r
}

// TestSharesOfAnEntryAreProved spreads an entry in two currencies over its lines.
func TestSharesOfAnEntryAreProved(t *testing.T) {
	card, err := fees.CustomsCard(land("DE"))
	if err != nil {
		t.Fatal(err)
	}
	calc, err := fees.Compile(card)
	if err != nil {
		t.Fatal(err)
	}
	e, err := fees.ParseEvent(strings.NewReader(goldenEntry))
	if err != nil {
		t.Fatal(err)
	}
	res, err := calc.Entry(e.(*fees.Entry))
	if err != nil {
		t.Fatal(err)
	}
	r := examinedEntry(t, res, card)
	if r.Of != "entry_shares" || len(r.Text) < 30 {
		t.Errorf("%s, %d texts", r.Of, len(r.Text))
	}
	for _, tag := range languages {
		if other := res.Record(tag); other.Fingerprint() != r.Fingerprint() || other.Verify() != nil {
			t.Errorf("%s: %v", tag, other.Verify())
		}
	}
	if made := prooftest.Remade(t, r, 1, (*fees.Record).Verify, nil); made < 40 || fees.VerifyAgainst(r, card) != nil {
		t.Errorf("%d steps, %v", made, fees.VerifyAgainst(r, card))
	}
	if r := (*fees.EntryResult)(nil).Record(language.English); r.Verify() != nil {
		t.Error("the record of nothing")
	}
}
