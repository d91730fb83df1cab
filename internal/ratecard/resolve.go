package ratecard

import (
	"github.com/overseaswarehouse/overseas/internal/problem"
)

// resolve settles what needs the whole card: the meaning of "unit", levels, slots, sums.
func (p *parser) resolve() {
	for _, u := range p.charges {
		if u.charge.On != 0 {
			markEvents(u.uses, u.charge.On)
		}
	}
	for _, s := range p.sums {
		markEvents(*s.uses, s.on)
	}
	for _, d := range p.built {
		p.unit(d)
	}
	for _, d := range p.built {
		if d.kind == defMeasure && len(d.measure.Steps) > 0 {
			d.measure.Each = d.measure.Steps[len(d.measure.Steps)-1].Each
		}
	}
	for _, d := range p.built {
		p.eventLevels(d)
	}
	for _, check := range p.later {
		if p.full() {
			return
		}
		check()
	}
	for _, s := range p.slotOrder() {
		if s.used == 0 {
			p.bad(s.at, problem.SlotEmpty, s.slot.Name)
		}
	}
	if len(p.card.Charges) == len(p.charges) {
		p.sumNodes()
	}
}

// markEvents notes the event of a charge on everything it uses.
func markEvents(uses []*def, on Event) {
	for _, d := range uses {
		if !d.on.has(on) {
			d.on |= 1 << on
			markEvents(d.uses, on)
		}
	}
}

// unit gives "unit" the meaning of the events that use a def.
func (p *parser) unit(d *def) {
	if !d.word.IsValid() {
		return
	}
	var pieces, items bool
	for e := Consign; e < PeriodEnd; e++ {
		if d.on.has(e) {
			pieces = pieces || e.UnitLevel() == LevelPiece
			items = items || e.UnitLevel() == LevelItem
		}
	}
	if pieces && items {
		p.bad(d.word, problem.UnitAmbiguous, d.name, "item", "piece")
		d.open = true
		return
	}
	if pieces {
		for _, l := range d.units {
			*l = LevelPiece
		}
	}
}

// eventLevels checks that the events using a def have its levels.
func (p *parser) eventLevels(d *def) {
	for _, w := range d.words {
		if d.open {
			return
		}
		for e := Consign; e < EventCount; e++ {
			if d.on.has(e) && !e.HasLevel(*w.level) {
				p.file(w.at, problem.New(problem.LevelMismatch, w.level.String(), LevelWords(e)...).With("event", e.String()))
				break
			}
		}
	}
}

// finish moves what was read to the card.
func (p *parser) finish() {
	c := p.card
	for _, d := range p.built {
		switch d.kind {
		case defInput:
			c.Inputs = append(c.Inputs, *d.input)
		case defClass:
			c.Classes = append(c.Classes, *d.class)
		case defMeasure:
			c.Measures = append(c.Measures, *d.measure)
		}
	}
	for _, s := range p.slotOrder() {
		c.Slots = append(c.Slots, s.slot)
	}
	p.places()
}

// slotOrder lists the slots in the order of the document.
func (p *parser) slotOrder() []*slotUse {
	all := make([]*slotUse, len(p.slots))
	for _, s := range p.slots {
		all[s.order-1] = s
	}
	return all
}

// place is where a part of the card stands in its document.
type place struct {
	path         string
	line, column int
}

// places keeps where the parts stand that Lint speaks of.
func (p *parser) places() {
	c := p.card
	c.at = make(map[string]place, len(p.charges)+len(p.built))
	for _, u := range p.charges {
		c.at["charge "+u.charge.Code] = placeOf(u.at.Place())
	}
	for _, d := range p.built {
		c.at[d.name] = placeOf(d.at.Place())
	}
	for name, u := range p.codes {
		if u.amount.IsValid() {
			c.at["amount "+name] = placeOf(u.amount.Place())
		}
	}
}

func placeOf(path string, line, column int) place { return place{path, line, column} }
