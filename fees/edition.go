package fees

import (
	"math"
	"slices"

	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/internal/engine"
	"github.com/overseaswarehouse/overseas/internal/ratecard"
)

// edition is a card's program with what all its quotes have in common.
type edition struct {
	*engine.Program
	zero   money.Money // in the card's currency
	digits uint8       // of it
	dated  bool        // it holds for a time
	until  int32       // the day number of the first day after that
	sheets [ratecard.EventCount]sheet
}

// sheet is what the quotes of one kind of event have in common.
type sheet struct {
	lines   []lineInfo // in the order of the program's lines
	totals  []lineInfo // the rounding lines, in the order of the card
	caveats []caveat   // of every quote
	byRow   bool       // there are charges by parcels, cartons or goods
	topUp   bool       // there is a minimum bill
	given   bool       // there are charges by the caller's duties
}

// lineInfo is what a line says whatever it comes to.
type lineInfo struct {
	card        *ratecard.Card
	charge      *ratecard.Charge // nil on a rounding line
	name        string           // the code, but of levies
	families    []Family
	zero        money.Money // in the card's currency
	scale       uint8
	kind        Kind
	tariff      bool // it is for the tariff, or covers it
	recoverable bool
	prepayment  bool
}

func newEdition(p *engine.Program) *edition {
	c := p.Card
	ed := &edition{Program: p, digits: uint8(c.Currency.Digits())}
	zero, _ := money.Of(0, ed.digits, c.Currency) // the currency of a card is known
	ed.zero = zero
	ed.dated = !c.Effective.From.IsZero() || !c.Effective.To.IsZero()
	ed.until = math.MaxInt32
	if to := c.Effective.To; !to.IsZero() {
		ed.until = engine.DayNumber(to) + 1
	}
	var caveats []caveat
	if c.Effective.From.IsZero() && !c.Seen.IsZero() {
		caveats = append(caveats, caveat{CaveatUndated, c, c.Seen.String()})
	}
	if c.Tax.Kind == ratecard.TaxUnstated || c.Tax.Kind == ratecard.TaxExcluded && c.Tax.Rate.Coef == 0 {
		caveats = append(caveats, caveat{CaveatTax, c, ""})
	}
	for kind := range ed.sheets {
		k := Kind(kind)
		if !p.Prices(k) {
			continue
		}
		sh := &ed.sheets[kind]
		sh.caveats, sh.byRow = caveats, p.ByRow(k)
		sh.topUp = ratecard.Any(len(c.Charges), func(i int) bool { return c.Charges[i].TopUp != nil })
		sh.given = ratecard.Any(len(c.Charges), func(i int) bool { return c.Charges[i].Given != "" || c.Charges[i].Levy != 0 })
		for ch, scale := range p.Lines(k) {
			sh.lines = append(sh.lines, infoOf(zero, c, k, ch, scale))
		}
		for i := range c.Totals {
			t := &c.Totals[i]
			sh.totals = append(sh.totals, lineInfo{card: c, zero: zero, name: t.Code, families: families[t.Family : t.Family+1], kind: k, tariff: t.Family == Tariff})
		}
	}
	return ed
}

func infoOf(zero money.Money, c *ratecard.Card, k Kind, ch *ratecard.Charge, scale uint8) lineInfo {
	return lineInfo{
		card: c, charge: ch, zero: zero, name: ch.Code, families: ch.Families, scale: scale, kind: k,
		tariff: slices.Contains(ch.Families, Tariff), recoverable: ch.Recoverable, prepayment: ch.Prepayment,
	}
}

// families holds each family at its own index, to slice one from.
var families = [ratecard.FamilyCount]Family{0, FirstLeg, Storage, Handling, LocalDelivery, Tariff, Tax, Other}

// info finds what a line of the engine says. Lines come in the order of the sheet: the search begins at from, and next is
// where that of the next line does.
func (ed *edition) info(kind Kind, l *engine.Line, from int) (info *lineInfo, next int) {
	sh := &ed.sheets[kind]
	if l.Total != nil {
		for i := range ed.Card.Totals {
			if l.Total == &ed.Card.Totals[i] {
				return &sh.totals[i], from
			}
		}
	}
	for i := from; i < len(sh.lines); i++ {
		if sh.lines[i].charge == l.Charge {
			return &sh.lines[i], i + 1
		}
	}
	made := infoOf(ed.zero, ed.Card, kind, l.Charge, l.Scale) // the tax on all charges is no charge of the card
	return &made, from
}

// index lists, by kind of event, the books that price it.
func (c *Calculator) index() {
	for i := range c.books {
		b := &c.books[i]
		for _, ed := range b.editions {
			c.slots = c.slots || len(ed.Card.Slots) > 0
			for kind := range ed.sheets {
				sh := &ed.sheets[kind]
				for _, list := range [][]lineInfo{sh.lines, sh.totals} {
					c.covers = c.covers || ratecard.Any(len(list), func(i int) bool { return list[i].tariff && list[i].kind != OnImport })
				}
			}
		}
		b.given = ratecard.Any(len(b.editions), func(i int) bool { return b.editions[i].sheets[OnImport].given })
	}
	for k := range c.kinds {
		c.kinds[k] = nil
		for i := range c.books {
			if b := &c.books[i]; b.prices(Kind(k)) {
				c.kinds[k] = append(c.kinds[k], b)
			}
		}
		c.courses[k] = courseOf(Kind(k), c.kinds[k])
	}
	legs, lines := 0, 0
	for k := range c.courses {
		for i := range c.courses[k].legs {
			l := &c.courses[k].legs[i]
			l.bit = 1 << (legs % 64)
			legs++
			lines += len(l.out)
		}
	}
	c.blocks = legs <= 64 && lines <= mostLines
}
