package chart

import (
	"io"
	"math/big"
	"strings"
)

// Bars is a chart of named amounts and their total.
type Bars struct {
	Title string // a heading
	Rows  []Bar
	Total Bar      // its Value is not drawn; without a Name there is no total
	State string   // how far the total can be relied on
	Notes []string // what else is to be said
}

// Bar is one amount.
type Bar struct {
	Name  string
	Value *big.Rat // nil: there is no amount
	Text  string   // the amount in words, or why there is none
}

const (
	nameMost  = 2000 // the widest column of names
	barLeast  = 1400 // the narrowest space of bars
	gap       = 120
	barHeight = 160
)

// WriteSVG draws the chart. Bars are proportional to their values, to a tenth of a unit, from a common line at zero; a
// value that is not zero is at least half a unit long. The only errors are those of w.
func (b *Bars) WriteSVG(w io.Writer) error {
	c := &canvas{y: margin}
	c.paragraph("owc-head", margin, headSize, 2, b.Title)
	c.y += 60

	names, amounts := 0, measure(b.Total.Text, bodySize)
	low, high := new(big.Rat), new(big.Rat)
	for _, r := range append(b.Rows[:len(b.Rows):len(b.Rows)], b.Total) {
		names = max(names, measure(r.Name, bodySize)*21/20)
	}
	for _, r := range b.Rows {
		if r.Value == nil {
			continue
		}
		amounts = max(amounts, measure(r.Text, bodySize))
		if r.Value.Cmp(low) < 0 {
			low = r.Value
		}
		if r.Value.Cmp(high) > 0 {
			high = r.Value
		}
	}
	names = min(names, nameMost)
	left := margin + names + gap
	amounts = min(amounts*21/20, width-margin-left-barLeast-gap)
	right := width - margin - amounts - gap
	if low.Sign() == 0 && high.Sign() == 0 {
		high = big.NewRat(1, 1)
	}
	s := newScale(low, high, left, right)

	for _, r := range b.Rows {
		c.row(r, s, left, right, names)
	}
	if b.Total.Name != "" {
		c.y += 40
		c.line("owc-axis", margin, c.y, width-margin, c.y)
		c.total(b, left, right, names)
	}
	for i, note := range b.Notes {
		if i == 0 {
			c.y += 60
		}
		c.y += 30
		c.paragraph("owc-small", margin, smallSize, 3, note)
	}
	return c.write(w, b.Title, b.describe())
}

// row draws one amount.
func (c *canvas) row(r Bar, s scale, left, right, names int) {
	name := wrap(r.Name, bodySize, names, 2)
	text := wrap(r.Text, bodySize, width-2*margin-names-2*gap-(right-left), 2)
	if r.Value == nil {
		text = wrap(r.Text, bodySize, width-margin-left-gap, 2)
	}
	h := 140 + max(len(name), len(text), 1)*lineOf(bodySize)
	base := func(lines int) int { return c.y + (h-lines*lineOf(bodySize))/2 + bodySize }
	c.element("<g>")
	c.text("", start, margin, base(len(name)), bodySize, name, r.Name)
	if r.Value == nil {
		c.text("owc-mute", start, left, base(len(text)), bodySize, text, r.Text)
	} else {
		zero, at := s.at(new(big.Rat)), s.at(r.Value)
		class := "owc-bar"
		switch r.Value.Sign() {
		case -1:
			class, at = "owc-minus", min(at, zero-5)
		case 1:
			at = max(at, zero+5)
		}
		if at != zero {
			c.rect(class, min(at, zero), c.y+(h-barHeight)/2, max(at, zero)-min(at, zero), barHeight)
		}
		c.line("owc-axis", zero, c.y+(h-barHeight)/2-40, zero, c.y+(h+barHeight)/2+40)
		c.text("owc-num", end, width-margin, base(len(text)), bodySize, text, r.Text)
	}
	c.element("</g>")
	c.y += h
}

// total writes the sum under the amounts.
func (c *canvas) total(b *Bars, left, right, names int) {
	name := wrap(b.Total.Name, bodySize, names, 2)
	text := wrap(b.Total.Text, bodySize, width-2*margin-names-2*gap-(right-left), 2)
	state := wrap(b.State, bodySize, right-left, 2)
	h := 140 + max(len(name), len(text), len(state), 1)*lineOf(bodySize)
	base := func(lines int) int { return c.y + (h-lines*lineOf(bodySize))/2 + bodySize }
	c.element("<g>")
	c.text("owc-bold", start, margin, base(len(name)), bodySize, name, b.Total.Name)
	c.text("owc-mute", start, left, base(len(state)), bodySize, state, b.State)
	c.text("owc-bold owc-num", end, width-margin, base(len(text)), bodySize, text, b.Total.Text)
	c.element("</g>")
	c.y += h
}

// describe says the chart in one text.
func (b *Bars) describe() string {
	var parts []string
	for _, r := range append(b.Rows[:len(b.Rows):len(b.Rows)], b.Total) {
		if r.Name != "" {
			parts = append(parts, r.Name+" "+r.Text)
		}
	}
	if b.State != "" {
		parts = append(parts, b.State)
	}
	return strings.Join(append(parts, b.Notes...), "; ")
}
