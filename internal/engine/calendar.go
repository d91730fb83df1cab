package engine

import (
	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/internal/ratecard"
)

// DayNumber counts the days since 1970-01-01 in the civil calendar.
func DayNumber(d country.Date) int32 {
	if y := uint32(d.Year); d.Year > 0 && d.Month-1 < 12 {
		if d.Month <= 2 {
			y--
		}
		return int32(365*y+y/4-y/100+y/400) + daysBefore[d.Month&15] + int32(d.Day)
	}
	y, m := int32(d.Year), int32(d.Month)
	if m <= 2 {
		y--
		m += 12
	}
	era := y / 400
	if y < 0 {
		era = (y - 399) / 400
	}
	yoe := y - era*400
	doy := (153*(m-3)+2)/5 + int32(d.Day) - 1
	doe := yoe*365 + yoe/4 - yoe/100 + doy
	return era*146097 + doe - 719468
}

// daysBefore is, by month, the number of the day before its first in the year 0, where years begin in March.
var daysBefore = func() (t [16]int32) {
	for m := int32(1); m <= 12; m++ {
		since := m - 3
		if m <= 2 {
			since = m + 9
		}
		t[m] = (153*since+2)/5 - 719469 + 1
		t[m]--
	}
	return t
}()

// DateOf is the civil date of a day number.
func DateOf(n int32) country.Date {
	n += 719468
	era := n / 146097
	if n < 0 {
		era = (n - 146096) / 146097
	}
	doe := n - era*146097
	yoe := (doe - doe/1460 + doe/36524 - doe/146096) / 365
	doy := doe - (365*yoe + yoe/4 - yoe/100)
	mp := (5*doy + 2) / 153
	m := mp + 3
	y := yoe + era*400
	if m > 12 {
		m -= 12
		y++
	}
	return country.Date{Year: int16(y), Month: uint8(m), Day: uint8(doy - (153*mp+2)/5 + 1)}
}

func monthDays(d country.Date) int32 {
	switch d.Month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if leap(d.Year) {
			return 29
		}
		return 28
	}
	return 31
}

func leap(y int16) bool { return y%4 == 0 && (y%100 != 0 || y%400 == 0) }

func nextMonth(d country.Date) country.Date {
	d.Day = 1
	if d.Month == 12 {
		return country.Date{Year: d.Year + 1, Month: 1, Day: 1}
	}
	d.Month++
	return d
}

// monthParts and yearParts divide a month of 28 to 31 days and a year of 365 or 366 into parts of which each day is a
// whole number.
const (
	monthParts = 4 * 7 * 29 * 3 * 5 * 31
	yearParts  = 365 * 366
)

// timeline is how a charge counts time and what its price depends on day by day.
type timeline struct {
	time    ratecard.Time
	ages    []int32 // first ages (days since arrival) of brackets 1, 2, …; the first bracket begins at ageFrom
	ageFrom int32   // days younger than this have no price
	ageLast int32   // first age without a price; -1: open
	stride  int     // of the age bracket in the table
	seasons []season
	gates   []season // conditions on the date: days on which one has no position are not charged
	changes []days   // on what the days of seasons and gates depend
	parts   int64    // parts of a unit of time that the sum counts
}

// season is a class of dates as an axis of the table.
type season struct {
	rows   [][]days // per row of the class, all of which must hold
	to     []int32  // row to position on the axis, -1
	stride int
}

func (s *season) position(d country.Date) int32 {
rows:
	for i, tests := range s.rows {
		for j := range tests {
			if !tests[j].holds(d) {
				continue rows
			}
		}
		return s.to[i]
	}
	return -1
}

func (t *days) holds(d country.Date) bool {
	if !t.period.Contains(d) {
		return false
	}
	if len(t.yearly) == 0 {
		return true
	}
	for _, y := range t.yearly {
		if y.Contains(d) {
			return true
		}
	}
	return false
}

// walk is the state of going over a stay in stretches within which nothing changes.
type walk struct {
	t                 *timeline
	arrived, from, to int32
	n                 int64 // parts of the stretch
	cell              int   // offset of the stretch's cell in the table; -1: none
	start, end        int32
}

// begin sets the walk to the first day.
func (t *timeline) begin(arrived, from, to int32) walk {
	w := walk{t: t, arrived: arrived, from: from, to: to, start: from, end: from}
	switch t.time.Basis {
	case ratecard.Snapshot:
		w.end = w.nextSnapshot(from)
	case ratecard.Started:
		w.end = w.firstStarted()
	}
	return w
}

// next moves to the following stretch that is charged and reports whether there is one.
func (w *walk) next() bool {
	for w.step() {
		if w.t.open(w.start) {
			return true
		}
	}
	return false
}

// open reports whether the conditions on the date hold on a day.
func (t *timeline) open(day int32) bool {
	if len(t.gates) == 0 {
		return true
	}
	d := DateOf(day)
	for i := range t.gates {
		if t.gates[i].position(d) < 0 {
			return false
		}
	}
	return true
}

// step moves to the following stretch and reports whether there is one.
func (w *walk) step() bool {
	switch w.t.time.Basis {
	case ratecard.Snapshot:
		if w.end >= w.to {
			return false
		}
		w.start = w.end
		w.n, w.cell = w.t.parts, w.t.cellOn(w.start, w.arrived)
		w.end = w.nextSnapshot(w.start + 1)
		return true
	case ratecard.Started:
		if w.end >= w.to {
			return false
		}
		w.start = w.end
		w.n, w.cell = w.t.parts, w.t.cellOn(w.start, w.arrived)
		w.end = w.nextStarted(w.start)
		return true
	}
	if w.end >= w.to {
		return false
	}
	w.start = w.end
	w.end = w.boundary()
	w.n, w.cell = w.t.partsOf(w.start, w.end), w.t.cellOn(w.start, w.arrived)
	return true
}

// boundary is the first day after start on which something may change.
func (w *walk) boundary() int32 {
	end := w.to
	t := w.t
	age := w.start - w.arrived
	if age < t.ageFrom {
		end = min(end, w.arrived+t.ageFrom)
	} else {
		for _, a := range t.ages {
			if a > age {
				end = min(end, w.arrived+a)
				break
			}
		}
		if t.ageLast >= 0 && age < t.ageLast {
			end = min(end, w.arrived+t.ageLast)
		}
	}
	if len(t.changes) > 0 || t.calendar() {
		end = min(end, DayNumber(nextMonth(DateOf(w.start))))
	}
	if len(t.changes) > 0 {
		d := DateOf(w.start)
		for i := range t.changes {
			end = min(end, t.changes[i].change(d, w.start))
		}
	}
	return end
}

// calendar reports whether the length of a month or year matters.
func (t *timeline) calendar() bool {
	return t.time.Days == 0 && (t.time.Per == ratecard.PerMonth || t.time.Per == ratecard.PerYear)
}

// change is the first day after day n (the date d) and within its month on which the test may change, or a day far away.
func (t *days) change(d country.Date, n int32) int32 {
	const far = 1 << 30
	end := int32(far)
	cut := func(month, day uint8, plus int32) {
		if month != d.Month {
			return
		}
		if at := n + int32(day) - int32(d.Day) + plus; at > n {
			end = min(end, at)
		}
	}
	for _, y := range t.yearly {
		cut(y.FromMonth, y.FromDay, 0)
		cut(y.ToMonth, y.ToDay, 1)
	}
	if p := t.period.From; !p.IsZero() && DayNumber(p) > n {
		end = min(end, DayNumber(p))
	}
	if p := t.period.To; !p.IsZero() && DayNumber(p)+1 > n {
		end = min(end, DayNumber(p)+1)
	}
	return end
}

// partsOf is the time from start to end, both in one month where months count, in parts of the unit of time.
func (t *timeline) partsOf(start, end int32) int64 {
	n := int64(end - start)
	if !t.calendar() {
		return n
	}
	d := DateOf(start)
	if t.time.Per == ratecard.PerMonth {
		return n * (monthParts / int64(monthDays(d)))
	}
	if leap(d.Year) {
		return n * (yearParts / 366)
	}
	return n * (yearParts / 365)
}

// cellOn is the offset of a day's cell in the table, -1 where it has none or is not charged.
func (t *timeline) cellOn(day, arrived int32) int {
	if !t.open(day) {
		return -1
	}
	cell := 0
	if t.stride > 0 {
		age := day - arrived
		if age < t.ageFrom || t.ageLast >= 0 && age >= t.ageLast {
			return -1
		}
		b := 0
		for b < len(t.ages) && t.ages[b] <= age {
			b++
		}
		cell += b * t.stride
	}
	if len(t.seasons) > 0 {
		d := DateOf(day)
		for i := range t.seasons {
			p := t.seasons[i].position(d)
			if p < 0 {
				return -1
			}
			cell += int(p) * t.seasons[i].stride
		}
	}
	return cell
}

// nextSnapshot is the first snapshot day on or after day.
func (w *walk) nextSnapshot(day int32) int32 {
	on := int32(w.t.time.On)
	if w.t.time.Per == ratecard.PerWeek {
		// 1970-01-01 was a Thursday; weekday 1 is Monday.
		weekday := ((day+3)%7+7)%7 + 1
		return day + (on-weekday+7)%7
	}
	d := DateOf(day)
	if int32(d.Day) <= on {
		return day + on - int32(d.Day)
	}
	return DayNumber(nextMonth(d)) + on - 1
}

// firstStarted is the first day on or after from on which a unit of time of the stay begins.
func (w *walk) firstStarted() int32 {
	if w.from <= w.arrived {
		return w.arrived
	}
	day := w.arrived
	if n := w.t.unitDays(); n > 0 {
		k := (w.from - w.arrived + n - 1) / n
		return w.arrived + k*n
	}
	for day < w.from {
		day = w.nextStarted(day)
	}
	return day
}

// anniversary is the first day of the k-th year or month of a stay: the day of arrival in that month, or the month's
// last day where it is shorter.
func (w *walk) anniversary(k int32) int32 {
	a := DateOf(w.arrived)
	m := int32(a.Month) - 1
	if w.t.time.Per == ratecard.PerYear {
		k *= 12
	}
	m += k
	first := country.Date{Year: a.Year + int16(m/12), Month: uint8(m%12) + 1, Day: 1}
	return DayNumber(first) + min(int32(a.Day), monthDays(first)) - 1
}

func (w *walk) nextStarted(day int32) int32 {
	if n := w.t.unitDays(); n > 0 {
		return day + n
	}
	// a month or year begins on the day of the stay's arrival
	a, d := DateOf(w.arrived), DateOf(day)
	k := int32(d.Year) - int32(a.Year)
	if w.t.time.Per != ratecard.PerYear {
		k = k*12 + int32(d.Month) - int32(a.Month)
	}
	return w.anniversary(k + 1)
}

// unitDays is the fixed number of days of the unit of time; 0 where the calendar decides.
func (t *timeline) unitDays() int32 {
	switch t.time.Per {
	case ratecard.PerDay:
		return 1
	case ratecard.PerWeek:
		return 7
	}
	return int32(t.time.Days)
}
