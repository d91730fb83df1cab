package fees

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"math/big"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/internal/lang"
	"github.com/overseaswarehouse/overseas/internal/layout"
	"github.com/overseaswarehouse/overseas/internal/proof"
	"github.com/overseaswarehouse/overseas/internal/ratecard"
)

// ofDirectParcel is what the record of a direct parcel is of.
const ofDirectParcel = "direct_parcel"

// The codes of the lines of a parcel's record.
const (
	parcelValue   = "value"
	parcelDuty    = "duty"
	parcelTax     = "tax"
	parcelSaleTax = "sale_tax"
)

// Record is how the result was reckoned as a document of its own, with its texts in the language nearest to tag: a line for
// each of value, duty, tax, sale_tax and charge, and the total of all but the value. What is due by the tariff and as tax is
// derived as on an entry. Each rule for parcels that was looked at stands with its limit, in the currency of customs, and on
// which side of it the value is; documents of the kind facts name it, with its source as the edition. It is of what was
// reckoned, whatever became of the fields of the result since; the duties of the parcel's lines must not be changed as long as
// the result is used. [VerifyAgainst] holds it against the customs card of the destination.
func (r *ParcelResult) Record(tag language.Tag) *Record {
	l := lang.Of(tag)
	out := &Record{Of: ofDirectParcel, Language: l.String(), Status: Exact.String()}
	if r != nil && r.by != nil {
		p := &parcelProof{recorder: newRecorder(out, l), of: r.by, limits: map[string]*proof.Node{}, sides: map[string]*proof.Node{}}
		p.write()
		p.words(l)
	}
	_ = out.Seal() // the inputs are a document that was just written
	return out
}

// parcelProof puts how a parcel was reckoned into a record.
type parcelProof struct {
	*recorder
	of     *parcelReckoner
	value  *proof.Node
	limits map[string]*proof.Node // of rules, in the currency of customs
	sides  map[string]*proof.Node // of them, on which the value is
	flat   *proof.Node            // what the rule of a flat duty comes to
}

func (p *parcelProof) write() {
	of, x := p.of, p.of.result.explanation
	p.reasons(x.quote)
	p.documents(x)
	if doc, err := json.Marshal(of.parcel); err == nil { // rates may go through a third currency
		p.r.Inputs = doc
	}
	var goods []*proof.Node
	for i := range of.parcel.Lines {
		if m := of.parcel.Lines[i].Goods; !m.IsZero() {
			goods = append(goods, p.home(m, m.Step(lineMoney[0]).At(linePath(i)+"/"+lineMoney[0])))
		}
	}
	p.value = proof.Total(parcelValue, p.currency(), goods...)
	p.line(parcelValue, "", "", p.value, of.out.Value)
	p.line(parcelDuty, of.out.DutyBy, Tariff.String(), p.duty(), of.out.Duty)
	p.line(parcelTax, of.out.TaxBy, Tax.String(), p.tax(), of.out.Tax)
	p.line(parcelSaleTax, "", Tax.String(), p.saleTax(goods), of.out.SaleTax)
	for _, c := range of.out.Charges {
		p.line(charged, "", Tariff.String(), p.amount(of.rules[charged]), c.Amount)
	}
	if _, ok := of.rules[charged]; ok && !p.holds(charged) {
		p.line(charged, "", Tariff.String(), p.factor(charged, false, p.currency()), money.Money{})
	}
	var due []*proof.Node
	for i := range p.r.Lines[1:] {
		due = append(due, proof.AgainOf(p.r.Lines[i+1].Proof))
	}
	p.r.Totals = append(p.r.Totals, proof.Total("total", p.currency(), due...))
	p.r.Totals[0].Value = ratOf(of.out.Total)
}

// line adds a figure with the value that was reckoned, so that a check compares it with what its steps give.
func (p *parcelProof) line(code, by, family string, n *proof.Node, amount money.Money) {
	n.Value = ratOf(amount)
	l, _ := lang.ByCode(p.r.Language)
	title := proof.Called(l, p.named(code))
	if by != "" {
		title += " · " + proof.Called(l, p.named(by))
	}
	p.r.Lines = append(p.r.Lines, proof.LineProof{Card: p.of.book.id, Code: code, Title: title, On: OnImport.String(), Family: family, Proof: n})
}

// named is the name of a figure or a rule, which no card has.
func (p *parcelProof) named(word string) string {
	if word == parcelValue {
		return word
	}
	return "parcel." + word
}

func (p *parcelProof) currency() string { return p.of.customs.Currency.String() }

// fact is where a fact stands: among those of the customs card. It becomes one of the documents.
func (p *parcelProof) fact(u country.Used) string {
	d := proof.Document{Kind: "facts", ID: p.of.book.id + "/" + u.Name(), Edition: u.Source, Digest: factDigest(u),
		From: dateText(u.From), To: dateText(u.To), Seen: dateText(u.Seen)}
	if !slices.Contains(p.r.Documents, d) {
		p.r.Documents = append(p.r.Documents, d)
	}
	return d.ID
}

// home is the step of an amount in the currency of customs.
func (p *parcelProof) home(m money.Money, step *proof.Node) *proof.Node {
	_, how, err := p.of.convert(m)
	if err != nil { // it was converted before
		return step
	}
	return how.Steps(step).Called(step.Name)
}

// holds reports whether a rule decided.
func (p *parcelProof) holds(rule string) bool {
	return slices.ContainsFunc(p.of.out.rules, func(u country.Used) bool { return u.Name() == p.of.rules[rule].Name() })
}

// stated is a rule's own amount of money as a step.
func (p *parcelProof) stated(op proof.Op, name string, m money.Money, u country.Used) *proof.Node {
	return proof.Leaf(op, name, ratOf(m), m.Currency().String()).At(p.fact(u))
}

// conditions are why a rule was looked at: the circumstances that it is for, and on which side of its limit the value is.
func (p *parcelProof) conditions(rule string) (args []*proof.Node) {
	row := p.of.rules[rule]
	for _, w := range row.When {
		word, said := p.of.entry.Facts[w.Input]
		n := proof.Text(w.Input, word)
		if !said {
			n.Word = w.Default
		}
		if _, said = p.of.parcel.Facts[w.Input]; said {
			n.From = "/facts/" + w.Input
		}
		args = append(args, n)
	}
	limit := p.limit(row)
	if limit == nil {
		return args
	}
	position, edge := 0, proof.EdgeUpTo
	if p.value.Value.Cmp(limit.Value) > 0 {
		position, edge = 1, proof.EdgeOver
	}
	side := proof.Bracket(parcelValue, position, proof.AgainOf(p.value), limit.Called(edge))
	if p.sides[rule] == nil {
		p.sides[rule] = side
	}
	return append(args, side)
}

// limit is the value up to which a rule holds, derived where it is first used; nil where no limit decided.
func (p *parcelProof) limit(row country.Row[country.Parcel]) *proof.Node {
	if n := p.limits[row.Value.Rule]; n != nil {
		return proof.AgainOf(n)
	}
	n := p.ownLimit(row)
	switch _, limited := p.of.upTo(row); {
	case relieves(row) && row.Value.UpTo.IsZero() && p.value.Value.Sign() <= 0:
		return nil // a relief of nothing is none
	case !limited && p.of.limit.IsZero():
		return nil
	case !limited:
		var all []*proof.Node
		for r := range p.of.fitting() {
			if _, limited := p.of.upTo(r); limited {
				all = append(all, p.ownLimit(r).Called(p.named(r.Value.Rule)))
			}
		}
		n = proof.Make(proof.Greatest, "", p.currency(), all...)
	}
	p.limits[row.Value.Rule] = n
	return n
}

// ownLimit is the value up to which a rule says that it holds; 0 where it says nothing.
func (p *parcelProof) ownLimit(row country.Row[country.Parcel]) *proof.Node {
	if row.Value.UpTo.IsZero() {
		return proof.Leaf(proof.Stated, "", new(big.Rat), p.currency()).At(p.fact(row.Used))
	}
	m, _ := moneyOf(row.Value.UpTo, row.Value.Currency) // it was read before
	return p.home(m, p.stated(proof.Stated, "", m, row.Used))
}

// factor is 1 where what a rule is about is due, and 0 where it is not, with why.
func (p *parcelProof) factor(rule string, due bool, unit string) *proof.Node {
	n := proof.Leaf(proof.Price, p.named(rule), new(big.Rat), unit).At(p.fact(p.of.rules[rule].Used))
	if due {
		n.Value.SetInt64(1)
	}
	n.Args = p.conditions(rule)
	return n
}

// amount is what a rule comes to for all that it is charged for.
func (p *parcelProof) amount(row country.Row[country.Parcel]) *proof.Node {
	name := p.named(row.Value.Rule)
	m, _ := moneyOf(row.Value.Amount, row.Value.Currency) // it was read before
	price := p.stated(proof.Price, "amount", m, row.Used)
	price.Args = p.conditions(row.Value.Rule)
	one := p.home(m, price)
	if count := p.count(row.Value.Per); count != nil {
		return proof.Make(proof.Product, name, p.currency(), one, count)
	}
	return proof.Total(name, p.currency(), one)
}

// count is how many items or subheadings are in the parcel; nil where a rule does not count them.
func (p *parcelProof) count(per string) *proof.Node {
	var all []*proof.Node
	seen := map[string]bool{}
	for i := range p.of.parcel.Lines {
		l := &p.of.parcel.Lines[i]
		switch per {
		case "item":
			n := proof.Leaf(proof.Given, "units", new(big.Rat).SetInt64(l.Units), "").At(linePath(i) + "/units")
			if l.Units < 1 { // not said
				n = proof.Make(proof.Greatest, "units", "", n, proof.Number("minimum", 1))
			}
			all = append(all, n)
		case "subheading":
			n, code := proof.Leaf(proof.Given, "parcel.subheading", big.NewRat(1, 1), ""), subheading(l.HS)
			if seen[code] {
				n = proof.Leaf(proof.None, "parcel.subheading", new(big.Rat), "") // it is counted already
			}
			seen[code] = true
			all = append(all, n.At(linePath(i)+"/hs").Saying(code))
		default:
			return nil
		}
	}
	return proof.Total("parcel."+per+"s", "", all...)
}

// duty is what the duties of the lines come to as on an entry, and whether rules for parcels leave them due.
func (p *parcelProof) duty() *proof.Node {
	of := p.of
	var duties, args []*proof.Node
	for l, from := range of.result.explanation.explained() {
		if l.charge != nil && l.charge.Levy > 0 {
			duties = append(duties, p.ruled(p.proved(l, from, of.entry)).Called(l.Code()))
		}
	}
	args = append(args, proof.Total("parcel.duties", p.currency(), duties...))
	for _, rule := range of.asked {
		if rule == dutyRelief || rule == flatDuty && !p.holds(flatDuty) {
			args = append(args, p.factor(rule, !p.holds(rule), ""))
		}
	}
	return proof.Make(proof.Product, p.named(parcelDuty), p.currency(), args...)
}

// ruled puts what a rule says in place of the duties of an entry that stand for it.
func (p *parcelProof) ruled(n *proof.Node) *proof.Node {
	if p.of.out.DutyBy == byTariff {
		return n
	}
	row := p.of.rules[p.of.out.DutyBy]
	for i, a := range n.Args {
		switch {
		case a.Op != proof.Given || !strings.Contains(a.From, "/duties/"):
			p.ruled(a)
		case a.Name == "amount" && p.flat == nil:
			p.flat = p.amount(row)
			n.Args[i] = p.flat
		case a.Name == "amount":
			n.Args[i] = proof.AgainOf(p.flat)
		default:
			n.Args[i] = proof.Leaf(proof.Stated, a.Name, a.Value, a.Unit).At(p.fact(row.Used))
		}
	}
	return n
}

// tax is the tax on imports as on an entry, and whether it is due at the import.
func (p *parcelProof) tax() *proof.Node {
	args := []*proof.Node{proof.Leaf(proof.None, importTax, new(big.Rat), p.currency())}
	for l, from := range p.of.result.explanation.explained() {
		if l.charge != nil && l.charge.Code == importTax {
			args[0] = p.ruled(p.proved(l, from, p.of.entry)).Called(importTax)
		}
	}
	for _, rule := range p.of.asked {
		if rule == taxRelief || rule == taxAtSale {
			args = append(args, p.factor(rule, !p.holds(rule), ""))
		}
	}
	if p.bySeller() {
		args = append(args, p.sold(false))
	}
	return proof.Make(proof.Product, p.named(parcelTax), p.currency(), args...)
}

// bySeller reports whether the tax is collected at the sale because the seller does so, and not by a rule.
func (p *parcelProof) bySeller() bool { return p.of.out.TaxBy == taxAtSale && !p.holds(taxAtSale) }

// sold is 1 where the tax is due because it is collected at the sale, and 0 where it is not due for that.
func (p *parcelProof) sold(due bool) *proof.Node {
	if !p.bySeller() {
		return p.factor(taxAtSale, due, "")
	}
	n := proof.Leaf(proof.Price, p.named(taxAtSale), new(big.Rat), "")
	if due {
		n.Value.SetInt64(1)
	}
	n.Args = []*proof.Node{proof.Text(p.named(taxAtSale), Yes.String()).At("/" + taxAtSale)}
	return n
}

// saleTax is the tax on all that is sent where it is collected at the sale.
func (p *parcelProof) saleTax(goods []*proof.Node) *proof.Node {
	of, name := p.of, p.named(parcelSaleTax)
	if of.out.TaxBy != taxAtSale {
		return proof.Leaf(proof.None, name, new(big.Rat), p.currency())
	}
	var sent []*proof.Node
	for i := range of.parcel.Lines {
		for k, m := range of.parcel.Lines[i].sentBy() {
			switch kind := lineMoney[[...]int{0, 3, 4}[k]]; {
			case m.IsZero():
			case k == 0:
				sent, goods = append(sent, proof.AgainOf(goods[0])), goods[1:]
			default:
				sent = append(sent, p.home(m, m.Step(kind).At(linePath(i)+"/"+kind)))
			}
		}
	}
	row := of.customs.Tax
	rate := proof.Leaf(proof.Price, "rate", row.Value.Rate.Rat(), "").At(p.fact(row.Used))
	all := proof.Make(proof.Product, "", p.currency(), proof.Total("parcel.sent", p.currency(), sent...), rate, p.sold(true))
	return proof.Rounded(name, all, proof.MinorUnit(p.currency(), of.customs.Currency.Digits()), money.HalfUp)
}

// words are the record's lines and rules in words.
func (p *parcelProof) words(l lang.Lang) {
	of := p.of
	x := &explainer{l: l, tag: l.Tag(), currency: of.customs.Currency}
	x.para(proof.KindTitle, 0, strings.Join([]string{called(l, "parcel.direct"), of.parcel.Destination.Name(x.tag), layout.Date(l, of.parcel.Date.String())}, " · "))
	quote := of.result.explanation.quote
	x.para(proof.KindNote, 0, x.colon(x.say(phTotal), of.out.Total.Format(x.tag)+x.aside(quote.Status().Text(x.tag))))
	for c := range quote.Caveats() {
		x.para(proof.KindNote, 1, c.Text(x.tag))
	}
	x.conversions(of.result.explanation, 0)
	for u := range of.facts() {
		x.para(proof.KindNote, 0, p.rule(x, u))
		if v, ok := u.Fact.Value.(country.Parcel); ok {
			x.text = append(x.text, proof.Steps(l, p.sides[v.Rule], 1)...)
		}
	}
	for _, line := range p.r.Lines {
		x.para(proof.KindLine, 0, x.colon(line.Title, proof.Shown(l, line.Proof)))
		x.text = append(x.text, proof.Steps(l, line.Proof, 1)...)
	}
	p.r.Text = x.text
}

// rule says what a rule is, whether it holds, when it is in force, and where it is from.
func (p *parcelProof) rule(x *explainer, u country.Used) string {
	var says []string
	name := p.named(importTax)
	if v, ok := u.Fact.Value.(country.Parcel); ok {
		row := p.of.rules[v.Rule]
		name = p.named(v.Rule)
		if m, err := moneyOf(v.Amount, row.Value.Currency); err == nil && m.Sign() != 0 {
			amount := proof.Shown(x.l, p.stated(proof.Stated, "", m, u))
			if v.Per == "item" || v.Per == "subheading" {
				amount = x.say(phPer, "price", amount, "unit", called(x.l, "parcel."+v.Per))
			}
			says = append(says, amount)
		}
		if m, err := moneyOf(v.UpTo, row.Value.Currency); err == nil && m.Sign() != 0 {
			says = append(says, x.say(phUpTo, "to", proof.Shown(x.l, p.stated(proof.Stated, "", m, u))))
		}
		if p.holds(v.Rule) {
			says = append(says, x.say(phApplies))
		} else {
			says = append(says, x.say(phNothing))
		}
	} else {
		says = append(says, x.percent(p.of.customs.Tax.Value.Rate.Rat()))
	}
	for _, s := range []string{x.dates(ratecard.Period{From: u.From, To: u.To}), safe(u.Source)} {
		if s != "" {
			says = append(says, s)
		}
	}
	return x.colon(called(x.l, name), strings.Join(says, x.say(phSemicolon)))
}

// factDigest is the SHA-256 of what a fact says, in hexadecimal.
func factDigest(u country.Used) string {
	sum := sha256.Sum256([]byte(factText(u)))
	return hex.EncodeToString(sum[:])
}
