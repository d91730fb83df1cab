package engine

import (
	"github.com/overseaswarehouse/overseas/internal/fixed"
	"github.com/overseaswarehouse/overseas/internal/ratecard"
	"github.com/overseaswarehouse/overseas/internal/units"
)

// Lanes is how many events a block holds at most: so many that what a step costs whatever it does is spread thin, so few
// that the columns of a program stay in the cache next to the processor.
const Lanes = 64

// Block is events of one kind with one row each, as columns: place i of each says what event i does. Only what a [Quick]
// program reads stands in it. The zero Block is empty.
type Block struct {
	n int

	count, units      [Lanes]int64
	said              [Lanes]bool // the units
	weight            quantities
	side              [3]quantities
	volume            [Lanes]Quantity
	arrived, from, to [Lanes]int32 // of the row's stay
	first, end        [Lanes]int32 // of the event's
	postal            [Lanes]string
	money             [MoneyKinds]sums

	several bool   // some row is not of one piece
	volumes bool   // some row has a volume: else the column means nothing
	alike   uint16 // 0: all sides are in the unit and scale of the first
}

// quantities is a column of them.
type quantities struct {
	coef  [Lanes]int64
	key   [Lanes]uint16 // of unit and scale
	mixed uint16        // 0: all are in the unit and scale of the first
}

func (c *quantities) put(i int, q *Quantity) {
	key := q.key()
	c.coef[i], c.key[i] = q.Coef, key
	c.mixed |= key ^ c.key[0]
}

func (c *quantities) at(i int) Quantity {
	return Quantity{c.coef[i], uint8(c.key[i]), units.Unit(c.key[i] >> 8)}
}

// key is the unit and the scale of a quantity as one number.
func (q *Quantity) key() uint16 { return uint16(q.Scale) | uint16(q.Unit)<<8 }

// sums is a column of money. What is 0 is so in any scale.
type sums struct {
	coef  [Lanes]int64
	scale [Lanes]uint8
	some  bool  // one is not 0: else the column means nothing
	all   uint8 // the scale of the first that is not 0
	mixed uint8 // 0: that of all others
}

func (c *sums) put(i int, d *fixed.Decimal) {
	if d.Coef != 0 {
		if !c.some {
			c.begin(i, d.Scale)
		}
		c.mixed |= d.Scale ^ c.all
	}
	if c.some {
		c.coef[i], c.scale[i] = d.Coef, d.Scale
	}
}

// begin is the first that is not 0.
func (c *sums) begin(i int, scale uint8) {
	clear(c.coef[:i])
	c.all, c.some = scale, true
}

// not is not 0 where some of the column are in another scale.
func (c *sums) not(scale uint8) uint64 {
	if !c.some {
		return 0
	}
	return uint64(c.mixed | (c.all ^ scale))
}

// Len is the number of events.
func (b *Block) Len() int { return b.n }

// Reset empties the block.
func (b *Block) Reset() {
	b.n = 0
	b.weight.mixed, b.alike = 0, 0
	for i := range b.money {
		b.money[i].some, b.money[i].mixed = false, 0
	}
	b.several, b.volumes = false, false
}

// Add appends an event whose only row is given apart. A block has room for Lanes; what is beyond is dropped.
func (b *Block) Add(e *Event, row *Row) {
	i := b.n
	if i >= Lanes {
		return
	}
	b.n = i + 1
	b.count[i], b.units[i], b.said[i] = row.Count, row.Units, row.HasUnits
	b.several = b.several || row.Count != 1
	b.weight.put(i, &row.Weight)
	for k := range b.side {
		key := row.Length[k].key()
		b.side[k].coef[i], b.side[k].key[i] = row.Length[k].Coef, key
		b.alike |= key ^ b.side[0].key[0]
	}
	if row.Volume.Unit != 0 || b.volumes {
		b.measured(i, &row.Volume)
	}
	b.arrived[i], b.from[i], b.to[i] = row.Arrived, row.From, row.To
	b.first[i], b.end[i] = e.From, e.To
	b.postal[i] = e.PostalCode
	if e.Kind == ratecard.Import { // no other has money
		for k := range b.money {
			b.money[k].put(i, &row.Money[k])
		}
	}
}

// measured is the volume of a row; those before it may have had none.
func (b *Block) measured(i int, v *Quantity) {
	if !b.volumes {
		b.volumes = true
		clear(b.volume[:i])
	}
	b.volume[i] = *v
}

// Pick fills the block with the events at some places of another, at most Lanes of them.
func (b *Block) Pick(of *Block, places []uint8) {
	places = places[:min(len(places), Lanes)]
	b.n = len(places)
	b.weight.mixed, b.alike, b.several, b.volumes = of.weight.mixed, of.alike, of.several, of.volumes
	for i, p := range places {
		p %= Lanes
		b.count[i], b.units[i], b.said[i] = of.count[p], of.units[p], of.said[p]
		b.weight.coef[i], b.weight.key[i] = of.weight.coef[p], of.weight.key[p]
		for k := range b.side {
			b.side[k].coef[i], b.side[k].key[i] = of.side[k].coef[p], of.side[k].key[p]
		}
		if of.volumes {
			b.volume[i] = of.volume[p]
		}
		b.arrived[i], b.from[i], b.to[i] = of.arrived[p], of.from[p], of.to[p]
		b.first[i], b.end[i], b.postal[i] = of.first[p], of.end[p], of.postal[p]
	}
	for k := range b.money {
		to, of := &b.money[k], &of.money[k]
		if to.some, to.all, to.mixed = of.some, of.all, of.mixed; !of.some {
			continue
		}
		for i, p := range places {
			to.coef[i], to.scale[i] = of.coef[p%Lanes], of.scale[p%Lanes]
		}
	}
}

// load is the event at a place, with its row, as far as programs read them.
func (b *Block) load(i int, e *Event, row *Row) {
	e.From, e.To, e.PostalCode = b.first[i], b.end[i], b.postal[i]
	row.Count, row.Units, row.HasUnits = b.count[i], b.units[i], b.said[i]
	row.Weight, row.Volume = b.weight.at(i), Quantity{}
	if b.volumes {
		row.Volume = b.volume[i]
	}
	for k := range b.side {
		row.Length[k] = b.side[k].at(i)
	}
	row.Arrived, row.From, row.To = b.arrived[i], b.from[i], b.to[i]
	for k := range b.money {
		row.Money[k] = fixed.Decimal{}
		if m := &b.money[k]; m.some && m.coef[i] != 0 {
			row.Money[k] = fixed.Decimal{Coef: m.coef[i], Scale: m.scale[i]}
		}
	}
}
