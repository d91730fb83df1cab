package fees

import (
	"math/big"
	"strings"

	"golang.org/x/text/language"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/internal/engine"
	"github.com/overseaswarehouse/overseas/internal/lang"
	"github.com/overseaswarehouse/overseas/internal/layout"
	"github.com/overseaswarehouse/overseas/internal/problem"
	"github.com/overseaswarehouse/overseas/internal/proof"
	"github.com/overseaswarehouse/overseas/internal/ratecard"
)

// mostRows is how many rows of a sum are derived one by one.
const mostRows = 20

// explainer writes explanations in one language.
type explainer struct {
	text     []proof.Paragraph
	l        lang.Lang
	tag      language.Tag
	kind     Kind
	card     *ratecard.Card
	currency country.Currency
	charge   *ratecard.Charge
	shown    map[shownStep]bool
}

// shownStep is a step that a line of the quote has derived already.
type shownStep struct {
	at          engine.Place
	name, value string
}

// safe is a caller's text with what would break a line or turn the direction of writing shown as escapes.
func safe(text string) string {
	if quoted := problem.Quote(text); quoted != `"`+text+`"` {
		return quoted
	}
	return text
}

// line writes a step, para anything else.
func (x *explainer) line(depth int, text string) { x.para(proof.KindStep, depth, text) }

func (x *explainer) para(kind string, depth int, text string) {
	x.text = append(x.text, proof.Paragraph{Depth: depth, Kind: kind, Text: text})
}

// say is a phrase with its names filled in; days are laid out as the language does.
func (x *explainer) say(p phrase, pairs ...string) string {
	for i := 0; i+1 < len(pairs); i += 2 {
		switch pairs[i] {
		case "from", "to", "seen", "date":
			pairs[i+1] = layout.Date(x.l, pairs[i+1])
		}
	}
	return say(x.l, p, pairs...)
}

// aside is a text in brackets behind another.
func (x *explainer) aside(text string) string { return proof.Aside(x.l, text) }

// colon joins a name and what is said about it, as the language does.
func (x *explainer) colon(name, value string) string {
	return fillIn(in(colon, x.l), "name", name, "value", value)
}

func (x *explainer) explanation(e *Explanation, depth int) {
	x.kind = e.event.Kind()
	x.para(proof.KindTitle, depth, x.title(e))
	x.totals(e.quote, depth)
	x.converted(e.total, depth)
	x.conversions(e, depth)
	_, date := headOf(e.event)
	for l, from := range e.explained() {
		x.quoteLine(l, from, date, depth)
	}
}

// totals writes the sum of the lines, by currency, and how far it can be relied on.
func (x *explainer) totals(q *Quote, depth int) {
	var sums []money.Money
next:
	for _, l := range q.lines {
		for i := range sums {
			if s, err := sums[i].Add(l.Amount()); err == nil {
				sums[i] = s
				continue next
			}
		}
		sums = append(sums, l.Amount())
	}
	var parts []string
	for _, s := range sums {
		parts = append(parts, s.Format(x.tag))
	}
	if len(parts) == 0 {
		parts = []string{"0"}
	}
	if q.Status() == Incomplete { // the lines that are there add up to nothing that anyone pays
		x.para(proof.KindNote, depth, x.colon(x.say(phTotal), q.Status().Text(x.tag)))
	} else {
		x.para(proof.KindNote, depth, x.colon(x.say(phTotal), strings.Join(parts, " + ")+x.aside(q.Status().Text(x.tag))))
	}
	for _, p := range q.missing {
		text := p.Message(x.tag)
		if p.Path != "" {
			text = x.colon(safe(p.Path), text)
		}
		x.para(proof.KindNote, depth+1, text)
	}
	for c := range q.Caveats() {
		x.para(proof.KindNote, depth+1, c.Text(x.tag))
	}
}

// conversions writes the exchange of a declaration's money, which the cards see in their currency only.
func (x *explainer) conversions(e *Explanation, depth int) {
	entry, ok := e.event.(*Entry)
	if !ok {
		return
	}
	seen := map[country.Currency]bool{}
	for i := range e.runs {
		if e.runs[i].trace == nil {
			continue
		}
		to := e.runs[i].trace.Card().Currency
		if seen[to] {
			continue
		}
		seen[to] = true
		for k := range entry.Lines {
			if k == mostRows {
				x.para(proof.KindNote, depth+1, x.say(phRows, "n", x.number(new(big.Rat).SetInt64(int64(len(entry.Lines)-k)))))
				break
			}
			for kind := range engine.MoneyKinds {
				name, m := lineMoney[kind], entry.Lines[k].sum(kind)
				if m.IsZero() || m.Currency() == to {
					continue
				}
				in, how, err := entry.Rates.On(entry.Date).Convert(*m, to, uint8(max(to.Digits(), int(e.runs[i].trace.Card().MoneyDigits))), money.HalfUp)
				if err != nil {
					continue
				}
				x.para(proof.KindNote, depth+1, x.colon(called(x.l, "line")+" "+itoa(k+1),
					x.say(phConverted, "name", called(x.l, name), "from", m.Format(x.tag), "to", in.Format(x.tag), "rate", x.rate(how))))
			}
		}
	}
}

// rate is the exchange rate of a conversion, its day and who published it.
func (x *explainer) rate(how money.Conversion) string {
	text := x.numbers(how.Rate.String())
	if how.Then != (money.Rate{}) {
		text += x.say(phComma) + x.numbers(how.Then.String())
	}
	if !how.Rate.Date.IsZero() {
		text += x.say(phComma) + x.say(phRateOn, "date", how.Rate.Date.String())
	}
	if how.Rate.Source != "" {
		text += x.say(phComma) + safe(how.Rate.Source)
	}
	return text
}

// converted writes the quote in one currency: the total, its families, and the exchange of each line.
func (x *explainer) converted(t *Total, depth int) {
	if t == nil {
		return
	}
	x.para(proof.KindNote, depth, x.colon(x.say(phTotal), t.sum.Format(x.tag)))
	for p := range t.Families() {
		x.para(proof.KindNote, depth+1, p.Text(x.tag))
	}
	for c := range t.Lines() {
		if c.Rate.Rate == (money.Rate{}) {
			continue
		}
		x.para(proof.KindNote, depth+1, x.say(phConverted, "name", c.Line.Card()+"/"+c.Line.Code(), "from", c.Amount().Format(x.tag), "to", c.In.Format(x.tag), "rate", x.rate(c.Rate)))
	}
}

// headOf is an event's reference and date.
func headOf(e Event) (reference, date string) {
	day := func(d country.Date) string {
		if d.IsZero() {
			return ""
		}
		return d.String()
	}
	switch e := e.(type) {
	case *Consignment:
		return e.Reference, day(e.Date)
	case *Entry:
		return e.Reference, day(e.Date)
	case *Receipt:
		return e.Reference, day(e.Date)
	case *Stay:
		return e.Reference, day(e.From)
	case *Order:
		return e.Reference, day(e.Date)
	case *Return:
		return e.Reference, day(e.Date)
	case *Removal:
		return e.Reference, day(e.Date)
	case *Period:
		return e.Reference, day(e.From)
	}
	return "", ""
}

// quoteLine writes one line of a quote and how it came about.
func (x *explainer) quoteLine(l Line, from explainedLine, date string, depth int) {
	x.card, x.currency = l.card, l.card.Currency
	x.shown, x.charge = map[shownStep]bool{}, l.charge
	id := l.Card() + "/" + l.Code()
	if text := l.Text(); text != l.Code() {
		id = text + x.aside(id)
	}
	x.para(proof.KindLine, depth, x.colon(id, l.Amount().Format(x.tag)))
	depth++
	about := FamilyName(l.Family(), x.tag)
	if covers := l.Covers(); len(covers) > 0 {
		var names []string
		for _, f := range covers {
			names = append(names, FamilyName(f, x.tag))
		}
		about += x.say(phSemicolon) + x.say(phCovers, "list", strings.Join(names, x.say(phComma)))
	}
	if l.recoverable {
		about += x.say(phSemicolon) + x.say(phRecoverable)
	}
	if l.prepayment {
		about += x.say(phSemicolon) + x.say(phPrepayment)
	}
	x.line(depth, about)
	x.line(depth, x.cardLine(date))
	if l.charge != nil {
		if list := x.tests(l.charge.When); len(list) > 0 {
			x.line(depth, x.say(phCondition, "list", strings.Join(list, x.say(phSemicolon))))
		}
		if list := x.limits(l.charge.Limit); len(list) > 0 {
			x.line(depth, x.say(phLimit, "list", strings.Join(list, x.say(phSemicolon))))
		}
	}
	s := from.trace.View(from.line, mostRows)
	if s == nil {
		return
	}
	if l.charge != nil && l.charge.Slot != "" {
		x.slot(s, depth)
	}
	text, subs := x.derive(s)
	x.line(depth, text)
	x.subs(depth+1, subs)
}

// cardLine says which card it is and why this one.
func (x *explainer) cardLine(date string) string {
	c := x.card
	text := x.say(phCard, "card", c.ID)
	if c.Edition != "" {
		text += x.say(phComma) + x.say(phEdition, "edition", c.Edition)
	}
	standing := [...]phrase{ratecard.Published: phPublished, ratecard.Tier: phTier, ratecard.Agreement: phAgreement}[min(c.Standing, ratecard.Agreement)]
	text = x.colon(text, x.say(standing, "account", c.Account))
	if r := x.dates(c.Effective); r != "" {
		text += x.say(phComma) + r
	} else if !c.Seen.IsZero() {
		text += x.say(phComma) + x.say(phUndated, "seen", c.Seen.String())
	}
	if date != "" {
		text += x.say(phSemicolon) + x.say(phEventOn, "date", date)
	}
	return text
}

// dates says when something holds; "" for always.
func (x *explainer) dates(p ratecard.Period) string {
	switch from, to := !p.From.IsZero(), !p.To.IsZero(); {
	case from && to:
		return x.say(phInForceTo, "from", p.From.String(), "to", p.To.String())
	case from:
		return x.say(phInForce, "from", p.From.String())
	case to:
		return x.say(phUpTo, "to", p.To.String())
	}
	return ""
}

// slot says why this charge was taken and not another.
func (x *explainer) slot(s *engine.Step, depth int) {
	for s != nil {
		if t := s.Slot; t != nil {
			list := strings.Join(t.Fits, x.say(phComma))
			if len(t.Amount) == len(t.Fits) {
				var parts []string
				for i, code := range t.Fits {
					parts = append(parts, code+" "+x.money(t.Amount[i]))
				}
				list = strings.Join(parts, x.say(phComma))
			}
			p := phSlotOne
			if len(t.Fits) > 1 {
				p = [...]phrase{ratecard.One: phSlotOne, ratecard.First: phSlotFirst, ratecard.Greatest: phSlotGreatest, ratecard.Least: phSlotLeast}[min(t.Slot.Take, ratecard.Least)]
			}
			x.line(depth, x.say(p, "slot", t.Slot.Name, "list", list))
			return
		}
		if len(s.Args) == 0 {
			return
		}
		s = s.Args[0]
	}
}

// journey writes the events of a journey, and before them what one unit bears of their lines.
func (x *explainer) journey(e *Explanation) {
	x.para(proof.KindTitle, 0, x.title(e))
	x.totals(e.quote, 0)
	x.converted(e.total, 0)
	for i := range e.parts {
		p := &e.parts[i]
		if len(p.shares) == 0 {
			continue
		}
		x.para(proof.KindSection, 1, KindName(p.event.event.Kind(), x.tag))
		for _, s := range p.shares {
			x.currency = s.Line.Amount().Currency()
			x.para(proof.KindLine, 2, x.colon(s.Line.Card()+"/"+s.Line.Code(), s.Amount.Format(x.tag)))
			whole := s.Line.Amount().Format(x.tag)
			switch {
			case s.sharing == nil:
				x.line(3, x.say(phWhole))
				continue
			case s.ByRow:
				x.line(3, x.say(phShareRow, "sku", safe(e.sku), "value", x.money(s.exact), "amount", whole, "basis", s.By.Text(x.tag)))
			default:
				x.line(3, x.say(phShare, "sku", safe(e.sku), "fraction", s.sharing.event.Value.RatString(), "amount", whole, "basis", s.By.Text(x.tag)))
			}
			if s.exact.Cmp(ratOf(s.Amount)) != 0 {
				x.line(3, x.say(phUnrounded, "value", x.money(s.exact))+x.say(phSemicolon)+
					x.rounded(proof.ModeTexts(money.HalfUp), minorOf(x.currency)))
			}
		}
	}
	for i := range e.parts {
		x.explanation(e.parts[i].event, 0)
	}
}
