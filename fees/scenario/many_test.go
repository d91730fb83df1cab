package scenario

import (
	"strings"
	"testing"

	"github.com/overseaswarehouse/overseas/fees/batch"
	"github.com/overseaswarehouse/overseas/internal/brief"
	"github.com/overseaswarehouse/overseas/internal/lang"
	"github.com/overseaswarehouse/overseas/internal/proof"
	"github.com/overseaswarehouse/overseas/internal/proof/prooftest"
)

// TestManyProducts: of thirty products that share consignments, storage and rent nothing is lost, by any of four ways, and
// every figure comes from quoted lines without a difference.
func TestManyProducts(t *testing.T) {
	p := year(brief.Rounds(30))
	p.Months = 5
	list := four(t)
	c := Compare(p, list...)
	for _, r := range c.Results() {
		if r.Err() != nil {
			t.Fatal(r.Err())
		}
		conserve(t, r.Name, r.Figures)
		if r.Figures.Left.Cost.Sum().Sign() < 0 || r.Figures.Paid.Orders >= r.Figures.Placed.Orders {
			t.Errorf("%s: %+v", r.Name, r.Figures.Paid)
		}
	}
	rec, err := c.Explain(english)
	if err != nil {
		t.Fatal(err)
	}
	if err := rec.Verify(); err != nil {
		t.Fatal(err)
	}
	prooftest.Steps(rec, func(at string, n *proof.Node) {
		if n.Name == "plan.rounding" {
			t.Error("lines and books differ", at)
		}
	})
	// All products in one consignment pay its minimum once: alone each pays it.
	alone := *p
	alone.Products = p.Products[:1]
	one, all := Evaluate(&alone, list[1]).Figures, c.results[1].Figures
	if len(one.Batches) != len(all.Batches) {
		t.Errorf("%d batches of one product, %d of all", len(one.Batches), len(all.Batches))
	}
}

// TestLinesFinerThanACent: what a card charges in thousandths is summed up before it is rounded, once for the orders of a
// product, month and fate; the record says by how much the books differ.
func TestLinesFinerThanACent(t *testing.T) {
	a := direct(t)
	a.Cards = compile(t, card("post", `{"on": "order", "code": "parcel", "family": "local_delivery", "price": "0.0034", "round": {"to": "0.0001"}}`))
	c := Compare(small(), a)
	f := c.Results()[0].Figures
	if f == nil {
		t.Fatal(c)
	}
	// 60 x 0.0034 = 0.204, twice
	same(t, "cost", f.Cost.Part(batch.LocalDelivery).String(), "0.40 EUR")
	rec, err := c.Explain(english)
	if err != nil {
		t.Fatal(err)
	}
	if err := rec.Verify(); err != nil {
		t.Fatal(err)
	}
	said := ""
	prooftest.Steps(rec, func(at string, n *proof.Node) {
		if n.Name == "plan.rounding" {
			said = n.Value.FloatString(4)
		}
	})
	same(t, "rounding", said, "-0.0080")
}

// TestTextsOfTurns: crossings and charts speak every language.
func TestTextsOfTurns(t *testing.T) {
	a := hamburg(t)
	a.Batch = Batch{Every: 31}
	c := Compare(small(), direct(t), a)
	v, g := OrdersPerMonth("LAMP"), Grid{From: 20, To: 40}
	course, err := c.Turns(0, 1, v, g, Promise{})
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	seen := map[string]bool{}
	for x := range course.Crossings() {
		for _, l := range lang.All() {
			s := x.Text(l.Tag(), "first", "second")
			if strings.Contains(s, "{") || !strings.Contains(s, "first") || !strings.Contains(s, "second") {
				t.Errorf("%s: %s", l, s)
			}
			seen[s] = true
			n++
		}
	}
	if n == 0 || len(seen) < n {
		t.Errorf("%d texts, %d different", n, len(seen))
	}
	svg := map[string]bool{}
	for _, l := range lang.All() {
		var b strings.Builder
		if err := c.Chart("title", v, g, l.Tag()).WriteSVG(&b, l.Tag()); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(b.String(), v.Text(l.Tag())) || !strings.Contains(b.String(), "hamburg") {
			t.Errorf("%s", l)
		}
		svg[b.String()] = true
	}
	if len(svg) != lang.Count {
		t.Errorf("%d charts", len(svg))
	}
	if err := c.Chart("", v, Grid{From: 2, To: 1}, english).WriteSVG(&strings.Builder{}, english); err == nil {
		t.Error("a grid that ends before it begins")
	}
	if s := (Variation{Name: "cents a kilogram"}).Text(english); s != "cents a kilogram" {
		t.Error(s)
	}
}
