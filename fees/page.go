package fees

import (
	"math"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/internal/engine"
	"github.com/overseaswarehouse/overseas/internal/ratecard"
)

// page is some journeys, as many as a block has lanes at most, as columns: the usual events of each kind. It says nothing of
// cards, so that any calculator can price it.
type page struct {
	n      int
	odd    [engine.Lanes]bool // not usual: to be priced by themselves
	twice  [engine.Lanes]bool // TariffTwice
	strips [ratecard.EventCount]*strip
}

// strip is the events of a kind on a page, in the order of their journeys.
type strip struct {
	block    engine.Block
	lanes    [engine.Lanes]uint8 // their journeys
	day      [engine.Lanes]int32 // as ordinal has them
	until    [engine.Lanes]int32 // the day number behind their stays; 0: they have none
	country  [engine.Lanes]country.Code
	value    [engine.Lanes]bool // the row has a value
	currency country.Currency   // of all money; none where there is none

	first, last int32 // of the days
	sound       int32 // the day of the last event that was added
	latest      int32 // of until
	local       bool  // all are in the country of the first
	valued      bool  // some row has a value
}

// pageKinds are the kinds of events of a journey, in the order in which they are priced.
var pageKinds = [...]Kind{OnConsign, OnImport, OnReceive, OnStore, OnOrder, OnReturn}

// fill fills in journeys, of which there are no more than lanes. s is for the events on their way.
func (p *page) fill(js []*Journey, s *swift) {
	p.n = len(js)
	clear(p.odd[:])
	for _, kind := range pageKinds {
		p.strips[kind].reset()
	}
	for i, j := range js {
		if j == nil {
			p.odd[i] = true
			continue
		}
		p.twice[i] = j.TariffTwice
		if e := j.Consignment; e != nil {
			t, d := p.strip(OnConsign), &s[OnConsign]
			p.add(i, t, d, e.usual(&d.ev, &d.row, &t.currency))
		}
		if e := j.Entry; e != nil {
			t, d := p.strip(OnImport), &s[OnImport]
			p.add(i, t, d, e.usual(&d.ev, &d.row, &t.currency))
		}
		if e := j.Receipt; e != nil {
			t, d := p.strip(OnReceive), &s[OnReceive]
			p.add(i, t, d, e.usual(&d.ev, &d.row, &t.currency))
		}
		if e := j.Stay; e != nil {
			t, d := p.strip(OnStore), &s[OnStore]
			p.add(i, t, d, e.usual(&d.ev, &d.row, &t.currency))
		}
		if e := j.Order; e != nil {
			t, d := p.strip(OnOrder), &s[OnOrder]
			p.add(i, t, d, e.usual(&d.ev, &d.row, &t.currency))
		}
		if e := j.Return; e != nil {
			t, d := p.strip(OnReturn), &s[OnReturn]
			p.add(i, t, d, e.usual(&d.ev, &d.row, &t.currency))
		}
	}
}

// strip is that of a kind, made when a first event needs it.
func (p *page) strip(kind Kind) *strip {
	if p.strips[kind] == nil {
		p.strips[kind] = &strip{}
		p.strips[kind].reset()
	}
	return p.strips[kind]
}

func (t *strip) reset() {
	if t == nil {
		return
	}
	t.block.Reset()
	t.currency = country.Currency{}
	t.first, t.last, t.latest = math.MaxInt32, 0, 0
	t.local, t.valued = true, false
	t.sound = -1
}

// add takes the event of journey i to its strip where it is usual. The journey is odd where it is not.
func (p *page) add(i int, t *strip, d *blank, usual bool) {
	ev := &d.ev
	day := ordinal(ev.Date)
	if !usual || day != t.sound && !t.dated(ev.Date) {
		p.odd[i] = true
		return
	}
	at := t.block.Len() % engine.Lanes
	t.block.Add(ev, &d.row)
	t.lanes[at], t.day[at], t.until[at], t.country[at], t.value[at] = uint8(i), day, 0, ev.Country, d.row.HasValue
	if ev.From < ev.To {
		t.until[at] = ev.To
		t.latest = max(t.latest, ev.To)
	}
	t.local = t.local && ev.Country == t.country[0]
	t.valued = t.valued || d.row.HasValue
}

// dated is false for a date that is none.
func (t *strip) dated(d country.Date) bool {
	if !d.IsZero() && !d.IsValid() {
		return false
	}
	t.sound = ordinal(d)
	t.first, t.last = min(t.first, t.sound), max(t.last, t.sound)
	return true
}
