package fees_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/overseaswarehouse/overseas/fees"
)

// TestMinimumBillFromADocument raises what a document says was billed; what it does not say is not taken for nothing.
func TestMinimumBillFromADocument(t *testing.T) {
	card := parse(t, `{"schema":"overseas/ratecard/1","id":"fra","title":"Warehouse","provider":"A warehouse","country":"DE","currency":"EUR","tax":"none",
		"effective":{"from":"2026-01-01"},"sources":[{"url":"https://example.com","note":"made for a test"}],
		"charges":[{"on":"period","code":"minimum","family":"storage","top_up":{"to":"100","of":["family:storage"]}}]}`)
	calc, err := fees.Compile(card)
	if err != nil {
		t.Fatal(err)
	}
	const head = `{"schema":"overseas/event/1","event":"period","from":"2026-11-01","to":"2026-12-01","country":"DE"`
	for _, c := range []struct{ billed, want string }{
		{`,"billed":[{"code":"space","family":"storage","amount":"60.10 EUR"},{"code":"pick","family":"handling","amount":"99.00 EUR"}]`, "39.90 EUR"},
		{`,"billed":[{"code":"space","family":"storage","amount":"160.10 EUR"}]`, "nothing"},
		{`,"billed":[]`, "100.00 EUR"},
		{``, ""},
	} {
		e, err := fees.ParseEvent(strings.NewReader(head + c.billed + "}"))
		if err != nil {
			t.Fatal(err)
		}
		x, err := calc.Explain(e)
		if c.want == "" {
			if !errors.Is(err, fees.ErrMissing) {
				t.Error("nothing is said of bills:", err)
			}
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		if c.want == "nothing" {
			if x.Quote().Len() != 0 {
				t.Errorf("%s: %d lines", c.billed, x.Quote().Len())
			}
		} else if sum, err := x.Quote().Sum(); err != nil || sum.String() != c.want {
			t.Errorf("%s: %s %v, want %s", c.billed, sum, err, c.want)
		}
		examined(t, x, card)
	}
	for _, bad := range []string{`,"billed":[{"amount":"1 EUR"}]`, `,"billed":[{"code":"x"}]`, `,"billed":[{"code":"x","amount":"1 EUR","family":"rent"}]`, `,"billed":null`} {
		if _, err := fees.ParseEvent(strings.NewReader(head + bad + "}")); err == nil {
			t.Errorf("%s is read", bad)
		}
	}
}

// TestTimes: a quote of many events is each of its lines as often, and none that a word cannot hold.
func TestTimes(t *testing.T) {
	card := parse(t, `{"schema":"overseas/ratecard/1","id":"many","title":"Warehouse","provider":"A warehouse","country":"DE","currency":"EUR","tax":"none",
		"effective":{"from":"2026-01-01"},"sources":[{"url":"https://example.com","note":"made for a test"}],
		"charges":[{"on":"period","code":"rent","family":"storage","price":"1.50"},{"on":"period","code":"post","family":"other","price":"0.20"}]}`)
	calc, err := fees.Compile(card)
	if err != nil {
		t.Fatal(err)
	}
	e, err := fees.ParseEvent(strings.NewReader(`{"schema":"overseas/event/1","event":"period","from":"2026-11-01","to":"2026-12-01","country":"DE"}`))
	if err != nil {
		t.Fatal(err)
	}
	one, err := calc.Quote(e)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		n    int64
		want string
	}{{0, "0.00 EUR"}, {1, "1.70 EUR"}, {3_100_000, "5270000.00 EUR"}} {
		q, err := one.Times(c.n)
		if err != nil {
			t.Fatal(err)
		}
		if sum, err := q.Sum(); err != nil || sum.String() != c.want || q.Len() != one.Len() {
			t.Errorf("%d times: %s, %v", c.n, sum, err)
		}
		for l := range q.Lines() {
			if l.Card() != "many" || l.Family() == 0 || l.Code() == "" {
				t.Errorf("%+v", l)
			}
		}
	}
	if sum, _ := one.Sum(); sum.String() != "1.70 EUR" {
		t.Error("the quote itself became", sum)
	}
	if _, err := one.Times(1 << 60); !errors.Is(err, fees.ErrOverflow) {
		t.Error(err)
	}
	if _, err := one.Times(-1); err == nil {
		t.Error("less than no events")
	}
	if q, err := (*fees.Quote)(nil).Times(2); q.Len() != 0 || err != nil {
		t.Error(q, err)
	}
}
