package scenario

import (
	"slices"

	"github.com/overseaswarehouse/overseas/country"
)

// sale is orders of one shape on one day.
type sale struct {
	day    int32 // from the plan's start
	shape  int32
	orders int64
}

// horizon is the days of a plan.
type horizon struct {
	start  country.Date
	months []country.Date // the first days
	ends   []int32        // by month: the day after its last
	days   int32
}

func horizonOf(p *Plan) horizon {
	h := horizon{start: p.Start}
	first := p.Start
	for range p.Months {
		next, err := first.LastOfMonth().AddDays(1)
		if err != nil {
			break
		}
		h.months = append(h.months, first)
		h.days = int32(next.DaysSince(p.Start))
		h.ends = append(h.ends, h.days)
		first = next
	}
	return h
}

// date is a day counted from the start.
func (h *horizon) date(day int32) country.Date {
	d, _ := h.start.AddDays(int(day)) // within the years that were checked
	return d
}

// monthLength is a multiple of the length of every month, in days.
const monthLength = 28 * 29 * 15 * 31

// demand is a product's orders, day by day: what has sold by the end of a day is its paces summed up to then, cut to whole
// orders.
func demand(p *Plan, q *Product, h *horizon) []sale {
	m := newMix(q.Orders)
	var out []sale
	var cum, placed int64 // in millionths, and in orders or units
	const whole = 1_000_000 * monthLength
	pace := 0
	counts := make([]int64, len(q.Orders))
	used := make([]int32, 0, len(q.Orders))
	month := 0
	date := h.start
	for day := range h.days {
		if day == h.ends[month] {
			month++
		}
		for pace+1 < len(q.Sales) && !q.Sales[pace+1].From.After(date) {
			pace++
			// What one pace has begun, another of the same count goes on with.
			if q.Sales[pace].Count != q.Sales[pace-1].Count {
				cum, placed = 0, 0
			}
		}
		s := &q.Sales[pace]
		rate, _ := paceOf(*s.Rate)
		if s.Per == PerMonth {
			cum += rate * (monthLength / int64(h.ends[month]-h.first(month)))
		} else {
			cum += rate * monthLength
		}
		for total := cum / whole; ; {
			shape := m.next()
			n := int64(1)
			if s.Count == UnitsSold {
				n = q.Orders[shape].Pieces
			}
			if placed+n > total {
				break
			}
			m.take()
			placed += n
			if counts[shape] == 0 {
				used = append(used, int32(shape))
			}
			counts[shape]++
		}
		for _, i := range used {
			out = append(out, sale{day, i, counts[i]})
			counts[i] = 0
		}
		used = used[:0]
		if cum > whole && placed > 0 { // keep the sums small
			done := min(cum/whole, placed)
			cum -= done * whole
			placed -= done
		}
		date, _ = date.AddDays(1)
	}
	return out
}

// first is the first day of a month; those before the start have numbers below 0.
func (h *horizon) first(month int) int32 {
	if month > 0 {
		return h.ends[month-1]
	}
	day := int32(0)
	for ; month < 0; month++ {
		day -= int32(h.date(day - 1).Day)
	}
	return day
}

// month is the month that a day is in.
func (h *horizon) month(day int32) int {
	if day < 0 {
		d := h.date(day)
		return (int(d.Year)-int(h.start.Year))*12 + int(d.Month) - int(h.start.Month)
	}
	n, found := slices.BinarySearch(h.ends, day)
	if found {
		n++
	}
	return n
}

// mix says of which shape the next order is: the one that is furthest behind its share.
type mix struct {
	shares []int64
	behind []int64
	total  int64
	chosen int
	known  bool
}

func newMix(shapes []Shape) *mix {
	m := &mix{shares: make([]int64, len(shapes)), behind: make([]int64, len(shapes))}
	for i := range shapes {
		m.shares[i] = shapes[i].Share
		m.total += shapes[i].Share
	}
	return m
}

// next is the shape of the next order, of equals the first.
func (m *mix) next() int {
	if m.known {
		return m.chosen
	}
	for i, s := range m.shares {
		if m.behind[i] += s; i == 0 || m.behind[i] > m.behind[m.chosen] {
			m.chosen = i
		}
	}
	m.known = true
	return m.chosen
}

// take takes the next order.
func (m *mix) take() {
	m.behind[m.chosen] -= m.total
	m.known = false
}
