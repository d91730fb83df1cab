package scenario

import (
	"math/big"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/language"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees"
	"github.com/overseaswarehouse/overseas/fees/batch"
	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/internal/fixed"
	"github.com/overseaswarehouse/overseas/internal/proof"
)

// levied is what customs charge each line of an entry.
type levied struct{ levies, taxes []*proof.Node }

// explained are the lines of an event by the cards; of an entry at customs with more lines than one those that say what
// falls on each.
func (d *derivation) explained(e *evidenceEvent) ([]proof.LineProof, error) {
	if e.event.Kind() == fees.OnImport {
		if res := d.ev.entered[reference(e.event)]; res != nil {
			return res.Record(d.tag).Lines, nil
		}
	}
	x, err := d.run.alt.Cards.Explain(e.event)
	if err != nil {
		return nil, err
	}
	return x.Record(language.English).Lines, nil
}

// given says what an event is given that follows from other steps: the value of goods and their freight at customs, and what
// was billed in a month.
func (d *derivation) given(e *evidenceEvent, l fees.Line, n *proof.Node) {
	if len(n.Args) > 0 {
		for _, a := range n.Args {
			d.given(e, l, a)
		}
		return
	}
	if n.Op != proof.Given {
		return
	}
	var from *proof.Node
	switch p, period := e.event.(*fees.Period); {
	case period && n.From == "/billed":
		from = d.billed(p, l, n.Value)
	case e.event.Kind() == fees.OnImport:
		for k, load := range d.loads[d.at[reference(e.event)]] {
			switch n.From {
			case "/lines/" + strconv.Itoa(k) + "/goods":
				from = load.value
			case "/lines/" + strconv.Itoa(k) + "/freight_to_border":
				from = load.freight
			}
		}
	}
	if from != nil && from.Value != nil && from.Value.Cmp(n.Value) == 0 && from.Unit == n.Unit {
		n.Op, n.Args = proof.Sum, []*proof.Node{d.use(from)}
	}
}

// billed is what was billed in a month and counts for a minimum bill; nil where that is not the amount.
func (d *derivation) billed(p *fees.Period, l fees.Line, want *big.Rat) *proof.Node {
	r := d.run
	var charge fees.Charge
	for card := range r.alt.Cards.Cards() {
		for c := range card.Charges() {
			if card.ID() == l.Card() && c.Code() == l.Code() {
				charge = c
			}
		}
	}
	month := slices.Index(r.h.months, p.From)
	cur := l.Amount().Currency()
	var list []*proof.Node
	sum := new(big.Rat)
	add := func(leaf int, times *proof.Node) {
		for _, q := range d.prices[leaf-1] {
			if q.native != nil && q.line.Amount().Currency() == cur && charge.Counts(q.line) {
				n := proof.Make(proof.Product, "", cur.String(), proof.AgainOf(times), proof.AgainOf(q.native))
				list = append(list, n)
				sum.Add(sum, n.Value)
			}
		}
	}
	within := func(date country.Date) bool {
		day := int32(date.DaysSince(r.h.start))
		return day >= 0 && day < r.h.days && r.h.month(day) == month
	}
	for i := range d.ev.events {
		on := country.Date{}
		switch e := d.ev.events[i].event.(type) {
		case *fees.Receipt:
			on = e.Date
		case *fees.Stay:
			on, _ = e.To.AddDays(-1)
		default:
			continue
		}
		if within(on) {
			add(i+1, d.times[i])
		}
	}
	for _, key := range d.keys {
		if key.month == month {
			for _, b := range d.bundles[key] {
				add(b.price.leafs[0], b.n)
			}
		}
	}
	for p := range r.supplies {
		for j := range r.supplies[p].flows {
			if price := d.backPrice(p, j); price != nil && within(r.h.date(r.supplies[p].flows[j].back)) {
				add(price.leafs[0], d.counts[p][j])
			}
		}
	}
	if sum.Cmp(want) != 0 {
		return nil
	}
	return proof.Total("", cur.String(), list...)
}

// declare writes what of the freight of a batch counts at customs, for each product.
func (d *derivation) declare(e *evidenceEvent) error {
	r := d.run
	if e.event.Kind() != fees.OnImport || r.alt.Freight == nil || r.alt.Freight.Sign() == 0 {
		return nil
	}
	id := reference(e.event)
	shipment := d.at[id]
	for i := range d.ev.events {
		if c := &d.ev.events[i]; c.where != Consign.String() || reference(c.event) != id {
			continue
		}
		whole, cur := d.toBorder(i)
		if whole == nil {
			return nil
		}
		whole = d.line("freight_to_border", "import/"+id, whole)
		if len(d.loads[shipment]) == 1 {
			d.loads[shipment][0].freight = whole
			return nil
		}
		amount, err := money.Of(coefOf(whole, uint8(cur.Digits())), uint8(cur.Digits()), cur)
		if err != nil {
			return err
		}
		list, err := batch.AllocateSteps(amount, whole, d.heavy(shipment), batch.Rule{})
		if err != nil {
			return err // it was shared before
		}
		for k, n := range list {
			l := &r.batches[shipment].loads[k]
			d.loads[shipment][k].freight = d.line("freight_to_border", "import/"+id+"/"+r.plan.Products[l.product].SKU, n)
		}
		return nil
	}
	return nil
}

// toBorder is what of the lines of an event counts as freight at customs, nil where it has none.
func (d *derivation) toBorder(event int) (*proof.Node, country.Currency) {
	var native, in []*proof.Node
	for _, q := range d.prices[event] {
		native, in = append(native, q.native), append(in, q.one)
	}
	if len(native) == 0 || d.run.alt.Freight == nil {
		return nil, country.Currency{}
	}
	cur := d.prices[event][0].line.Amount().Currency()
	if slices.ContainsFunc(native, func(n *proof.Node) bool { return n == nil || n.Unit != native[0].Unit }) {
		native, cur = in, d.run.plan.Currency
	}
	all := proof.Make(proof.Product, "", cur.String(), d.sum("", cur.String(), again(native)...), shareStep(d.run.alt.Freight, d.run.path+"/freight"))
	return proof.Rounded("freight_to_border", all, proof.MinorUnit(cur.String(), cur.Digits()), fixed.HalfUp), cur
}

// declared puts into what customs ask for a parcel from where it has the value of its goods and their freight: the price of the
// pieces, and the lines of its delivery, which is the event before it.
func (d *derivation) declared(event int, due *proof.Node) {
	line := &d.ev.events[event].parcel.Lines[0]
	p := d.run.bySKU[line.SKU]
	q := &d.run.plan.Products[p]
	shape := slices.IndexFunc(q.Orders, func(s Shape) bool { return s.Pieces == line.Units })
	cur := q.Price.Currency().String()
	goods := proof.Make(proof.Product, "", cur, amountNode(proof.Given, "price", q.Price).At(q.SKU), number(proof.Given, "plan.pieces", line.Units, piecesAt(p, int32(shape))))
	freight, _ := d.toBorder(event - 1)
	var put func(n *proof.Node)
	put = func(n *proof.Node) {
		var from *proof.Node
		switch {
		case n.Op != proof.Given:
		case n.From == "/lines/0/goods":
			from = goods
		case n.From == "/lines/0/freight_to_border":
			from = freight
		}
		if from != nil && from.Value.Cmp(n.Value) == 0 && from.Unit == n.Unit {
			n.Op, n.Args = proof.Sum, []*proof.Node{d.use(from)}
			return
		}
		for _, a := range n.Args {
			put(a)
		}
	}
	put(due)
}

// heavy is the weight of each product of a shipment.
func (d *derivation) heavy(i int) []*proof.Node {
	var out []*proof.Node
	for k, l := range d.run.batches[i].loads {
		w := d.run.plan.Products[l.product].Weight
		one := proof.Leaf(proof.Given, "weight", ratOf(fixed.Decimal{Coef: w.Coef(), Scale: w.Scale()}), w.Unit().String()).At("/products/" + strconv.Itoa(int(l.product)) + "/weight")
		out = append(out, proof.Make(proof.Product, "weight", one.Unit, proof.AgainOf(d.loads[i][k].ordered), one))
	}
	return out
}

// levied writes what customs charge each line of an entry, by which the goods of a batch share it.
func (d *derivation) levied(e *evidenceEvent, on string, lines []proof.LineProof) {
	id := reference(e.event)
	res := d.ev.entered[id]
	if e.event.Kind() != fees.OnImport || res == nil {
		return
	}
	shares := slices.Collect(res.Lines())
	var kept []proof.LineProof
	for _, l := range lines {
		if strings.HasPrefix(l.Code, "entry.") { // sums over them
			continue
		}
		l.On = on + "/" + l.On
		d.given(e, fees.Line{}, l.Proof)
		d.placed[l.Proof] = true
		kept = append(kept, l)
	}
	d.rec.Lines = append(d.rec.Lines, kept...)
	var w levied
	for i := range shares {
		codes := map[string]bool{}
		for _, list := range [...][]fees.EntryCharge{shares[i].Duties, shares[i].Fees} {
			for _, c := range list {
				codes[c.Code] = true
			}
		}
		var levies, taxes []*proof.Node
		for k := i; k < len(kept); k += len(shares) { // the lines of the entry stand one after the other, amount by amount
			switch {
			case codes[kept[k].Code]:
				levies = append(levies, kept[k].Proof)
			case kept[k].Code == string(country.PartTax):
				taxes = append(taxes, kept[k].Proof)
			}
		}
		cur := res.Total().CashOutlay.Currency().String()
		w.levies = append(w.levies, d.line("cost.tariff", on[len(d.prefix):]+"/"+shares[i].SKU, d.sum("cost.tariff", cur, levies...)))
		w.taxes = append(w.taxes, d.line("cost.tax", on[len(d.prefix):]+"/"+shares[i].SKU, d.sum("cost.tax", cur, taxes...)))
	}
	d.weights[id] = w
}
