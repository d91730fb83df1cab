package engine

import (
	"github.com/overseaswarehouse/overseas/internal/fixed"
	"github.com/overseaswarehouse/overseas/internal/units"
)

// Lanes is how many events a block holds at most: so many that what a step costs whatever it does is spread thin, so few
// that the columns of a program stay in the cache next to the processor.
const Lanes = 64

// Block is events of one kind with one row each, as columns: place i of each says what event i does. Only what a [Quick]
// program reads stands in it. Who fills it in puts an event at place Len, all of it, and then says by Grow that there is one
// more; what was put and did not grow is overwritten. All events of a block put the same things. Of what none puts they have
// nothing, but each has a count. Money may be put again at a place below Len.
type Block struct {
	n uint8

	Count  Counts
	Weight Quantities
	Sides  Sides
	Money  *[MoneyKinds]Sums // nil in a block of events without money

	units             [Lanes]int64
	said              [Lanes]bool
	arrived, from, to [Lanes]int32
	first, end        [Lanes]int32
	postal            [Lanes]uint64    // packed; 0: it is not so simple
	code              *[Lanes]string   // of those; nil where there is none
	volume            *[Lanes]Quantity // nil where there never was one

	counted, stays, coded, voluminous bool // there are units, stays, postal codes, volumes
}

// Counts is how many equal pieces each row is.
type Counts struct {
	n       [Lanes]int64
	several bool   // some row is not of one
	most    uint64 // their bound; of a block in which events are left out, not the least
}

// Put is so many pieces of the row at a place.
func (c *Counts) Put(i uint8, n int64) {
	c.n[i%Lanes] = n
	c.most |= uint64(n)
	c.several = c.several || n != 1
}

// Quantities is a column of them. Many are put as numbers, by From, and then said by Written, or else one by one by Vary, to be
// written in some unit and with so many decimals.
type Quantities struct {
	coef  [Lanes]int64
	key   [Lanes]Key // where they are mixed
	all   Key        // where they are written alike
	mixed bool
	most  uint64
}

// Key is the unit and the scale of a quantity.
type Key uint16

// KeyOf is the key of a unit and a scale.
func KeyOf(u units.Unit, scale uint8) Key { return Key(u)<<8 | Key(scale) }

func (k Key) unit() units.Unit { return units.Unit(k >> 8) }
func (k Key) scale() uint8     { return uint8(k) }

// Put is the quantity of the row at a place.
func (c *Quantities) Put(i uint8, coef int64, key Key) {
	c.coef[i%Lanes] = coef
	c.most |= uint64(coef)
	c.Vary(i, key)
}

// From is the numbers from a place on.
func (c *Quantities) From(i uint8) []int64 { return c.coef[i%Lanes:] }

// Written says of the numbers from a place on what their bound is, and that all are written alike. It is false where others
// before them are not written so.
func (c *Quantities) Written(from uint8, most uint64, key Key) bool {
	c.most |= most
	if from == 0 {
		c.all, c.mixed = key, false
	}
	return key == c.all && !c.mixed
}

// Vary says how the number at a place is written. It has to be said of the next ones too.
func (c *Quantities) Vary(i uint8, key Key) {
	if key != c.all || c.mixed {
		c.vary(i, key)
	}
}

// vary keeps a key that is not that of all before it.
//
//go:noinline
func (c *Quantities) vary(i uint8, key Key) {
	switch {
	case i == 0:
		c.all, c.mixed = key, false
		return
	case !c.mixed:
		fillKeys(&c.key, c.all, i)
		c.mixed = true
	}
	c.key[i%Lanes] = key
}

func fillKeys(keys *[Lanes]Key, key Key, n uint8) {
	for i := range keys[:n%Lanes] {
		keys[i] = key
	}
}

func (c *Quantities) at(i int) Quantity {
	key := c.all
	if c.mixed {
		key = c.key[i]
	}
	return Quantity{c.coef[i], key.scale(), key.unit()}
}

// Sides is a column of three lengths each. Many are put as [Quantities] are.
type Sides struct {
	coef  [3][Lanes]int64
	key   [3][Lanes]Key
	all   Key
	mixed bool
	most  [3]uint64
}

// Put is the sides of the row at a place.
func (c *Sides) Put(i uint8, coef [3]int64, key [3]Key) {
	for k := range coef {
		c.coef[k][i%Lanes] = coef[k]
		c.most[k] |= uint64(coef[k])
	}
	c.Vary(i, key)
}

// From is the numbers of a side from a place on.
func (c *Sides) From(side int, i uint8) []int64 { return c.coef[side][i%Lanes:] }

// Written is that of Quantities, for all three sides.
func (c *Sides) Written(from uint8, most [3]uint64, key Key) bool {
	c.most[0], c.most[1], c.most[2] = c.most[0]|most[0], c.most[1]|most[1], c.most[2]|most[2]
	if from == 0 {
		c.all, c.mixed = key, false
	}
	return key == c.all && !c.mixed
}

// Vary is that of Quantities; the keys may be that of all before them.
//
//go:noinline
func (c *Sides) Vary(i uint8, key [3]Key) {
	alike := key[0] == key[1] && key[1] == key[2]
	switch {
	case alike && i == 0:
		c.all, c.mixed = key[0], false
		return
	case alike && key[0] == c.all && !c.mixed:
		return
	case !c.mixed:
		for k := range c.key {
			fillKeys(&c.key[k], c.all, i)
		}
		c.mixed = true
	}
	for k := range c.key {
		c.key[k][i%Lanes] = key[k]
	}
}

func (c *Sides) at(side, i int) Quantity {
	key := c.all
	if c.mixed {
		key = c.key[side][i]
	}
	return Quantity{c.coef[side][i], key.scale(), key.unit()}
}

// Sums is a column of money. What is 0 is so in any scale. Many are put as numbers, by From, of which Written then says that
// they are all of one scale, or else one by one.
type Sums struct {
	coef  [Lanes]int64
	scale [Lanes]uint8 // where they are mixed
	all   uint8        // where they are not
	some  bool         // one is not 0: else the column means nothing
	mixed bool
	most  uint64
}

// Put is the money of the row at a place.
func (c *Sums) Put(i uint8, coef int64, scale uint8) {
	c.coef[i%Lanes] = coef
	c.most |= uint64(coef)
	if coef != 0 && (scale != c.all || !c.some) || c.mixed {
		c.vary(i, scale)
	}
}

// Some reports whether some number is not 0.
func (c *Sums) Some() bool { return c.some }

// From is the numbers from a place on.
func (c *Sums) From(i uint8) []int64 { return c.coef[i%Lanes:] }

// Written is that of Quantities, for numbers of one scale of which some are not 0.
func (c *Sums) Written(from uint8, most uint64, scale uint8) bool {
	if !c.some {
		clear(c.coef[:from%Lanes])
		c.all, c.some = scale, true
	}
	c.most |= most
	return scale == c.all && !c.mixed
}

// vary keeps the scale of the first that is not 0, and scales that differ.
//
//go:noinline
func (c *Sums) vary(i uint8, scale uint8) {
	switch {
	case !c.some:
		coef := c.coef[i%Lanes]
		clear(c.coef[:])
		c.coef[i%Lanes], c.all, c.some = coef, scale, true
		return
	case !c.mixed:
		for k := range c.scale {
			c.scale[k] = c.all
		}
		c.mixed = true
	}
	c.scale[i%Lanes] = scale
}

// Set makes the column one of amounts in a scale, of which none is above most and none is negative.
func (c *Sums) Set(coef []int64, scale uint8, most uint64) {
	copy(c.coef[:], coef)
	c.all, c.some, c.mixed, c.most = scale, true, false, most
}

// in reports whether all of the column are in a scale.
func (c *Sums) in(scale uint8) bool { return !c.some || c.all == scale && !c.mixed }

func (c *Sums) at(i int) fixed.Decimal {
	switch {
	case !c.some || c.coef[i] == 0:
		return fixed.Decimal{}
	case c.mixed:
		return fixed.Decimal{Coef: c.coef[i], Scale: c.scale[i]}
	}
	return fixed.Decimal{Coef: c.coef[i], Scale: c.all}
}

// PutUnits is how many units of goods are in a piece of the row at a place, or that it is not said.
func (b *Block) PutUnits(i uint8, n int64, said bool) {
	b.units[i%Lanes], b.said[i%Lanes] = n, said
	b.counted = true
}

// PutStay is the stay of the row at a place, with the day of its arrival, and that of the event.
func (b *Block) PutStay(i uint8, arrived, from, to, first, end int32) {
	i %= Lanes
	b.arrived[i], b.from[i], b.to[i] = arrived, from, to
	b.first[i], b.end[i] = first, end
	b.stays = true
}

// PutPostal is the postal code of the event at a place, "" where it has none.
func (b *Block) PutPostal(i uint8, code string) {
	if b.coded || code != "" {
		b.putPostal(i, code)
	}
}

//go:noinline
func (b *Block) putPostal(i uint8, code string) {
	i %= Lanes
	key := packed(code)
	if b.code == nil && (key == 0 || i > 0 && !b.coded) {
		b.code = new([Lanes]string)
	}
	if !b.coded && i > 0 {
		clear(b.postal[:i])
		clear(b.code[:i])
	}
	b.coded = true
	if b.postal[i] = key; key == 0 {
		b.code[i] = code
	}
}

// Voluminous reports whether some event has a volume.
func (b *Block) Voluminous() bool { return b.voluminous }

// PutVolume is the volume of a piece of the row at a place. It need not be put before one is given.
func (b *Block) PutVolume(i uint8, v Quantity) {
	if b.volume == nil {
		b.volume = new([Lanes]Quantity)
	}
	if !b.voluminous {
		clear(b.volume[:i])
		b.voluminous = true
	}
	b.volume[i%Lanes] = v
}

// money is a column of money.
func (b *Block) money(kind MoneyKind) *Sums {
	if b.Money == nil || kind >= MoneyKinds {
		return &noSums
	}
	return &b.Money[kind]
}

var noSums Sums // is never put to

// Len is the number of events.
func (b *Block) Len() int { return int(b.n) }

// Next is the place of the next event.
func (b *Block) Next() uint8 { return b.n }

// Grow adds so many events that were put from place Len on. A block does not grow beyond Lanes.
func (b *Block) Grow(n uint8) { b.n = min(b.n+n, Lanes) }

// Reset empties the block.
func (b *Block) Reset() {
	b.n = 0
	b.Count.several, b.Weight.mixed, b.Sides.mixed = false, false, false
	b.Weight.all, b.Sides.all = 0, 0
	b.Count.most, b.Weight.most, b.Sides.most = 0, 0, [3]uint64{}
	if b.Money != nil {
		for i := range b.Money {
			b.Money[i].some, b.Money[i].mixed, b.Money[i].most = false, false, 0
		}
	}
	b.counted, b.stays, b.coded, b.voluminous = false, false, false, false
}

// Pick fills the block with the events at some places of another, at most Lanes of them.
func (b *Block) Pick(of *Block, places []uint8) {
	b.Reset()
	var e Event
	var row Row
	b.coded = of.coded
	if of.Money != nil && b.Money == nil {
		b.Money = new([MoneyKinds]Sums)
	}
	if of.code != nil && b.code == nil {
		b.code = new([Lanes]string)
	}
	for _, p := range places[:min(len(places), Lanes)] {
		p %= Lanes
		of.load(int(p), &e, &row)
		if b.postal[b.n%Lanes] = of.postal[p]; of.postal[p] == 0 && of.coded {
			b.code[b.n%Lanes] = of.code[p]
		}
		b.put(of, &e, &row)
	}
}

// put appends an event whose row is given apart, with what the events of another block have but for the postal code.
func (b *Block) put(of *Block, e *Event, row *Row) {
	i := b.n
	b.Count.Put(i, row.Count)
	b.Weight.Put(i, row.Weight.Coef, KeyOf(row.Weight.Unit, row.Weight.Scale))
	l := &row.Length
	b.Sides.Put(i, [3]int64{l[0].Coef, l[1].Coef, l[2].Coef},
		[3]Key{KeyOf(l[0].Unit, l[0].Scale), KeyOf(l[1].Unit, l[1].Scale), KeyOf(l[2].Unit, l[2].Scale)})
	if row.Volume.Unit != 0 || b.voluminous {
		b.PutVolume(i, row.Volume)
	}
	if of.Money != nil {
		for k := range b.Money {
			b.Money[k].Put(i, row.Money[k].Coef, row.Money[k].Scale)
		}
	}
	if of.counted {
		b.PutUnits(i, row.Units, row.HasUnits)
	}
	if of.stays {
		b.PutStay(i, row.Arrived, row.From, row.To, e.From, e.To)
	}
	b.Grow(1)
}

// load is the event at a place, with its row, as far as steps that have another form read them.
func (b *Block) load(i int, e *Event, row *Row) {
	*e, *row = Event{}, Row{Count: b.Count.n[i], Weight: b.Weight.at(i)}
	for k := range row.Length {
		row.Length[k] = b.Sides.at(k, i)
	}
	if b.voluminous {
		row.Volume = b.volume[i]
	}
	for k := range row.Money {
		row.Money[k] = b.money(MoneyKind(k)).at(i)
	}
	if b.counted {
		row.Units, row.HasUnits = b.units[i], b.said[i]
	}
	if b.stays {
		row.Arrived, row.From, row.To = b.arrived[i], b.from[i], b.to[i]
		e.From, e.To = b.first[i], b.end[i]
	}
}
