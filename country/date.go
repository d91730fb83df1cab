package country

import (
	"cmp"
	"strconv"
	"time"

	"github.com/overseaswarehouse/overseas/internal/problem"
)

// Date is a civil date of the Gregorian calendar: a day, without clock or time zone. Dates compare with == and Compare;
// the zero Date means "not given". Years run from 1 to 9999.
//
// A Date made by NewDate, ParseDate or a method of a valid Date is valid. One written as a literal is what was written:
// IsValid tells. Methods of a Date that is not valid never panic, but their result means nothing.
type Date struct {
	Year       int16
	Month, Day uint8
}

const (
	firstYear, lastYear = 1, 9999

	dateFormat = "YYYY-MM-DD"
	dateSpan   = "0001-01-01 … 9999-12-31"
)

// NewDate makes a date of year, month and day. Errors: ErrDateRange for a year outside 1 to 9999, ErrDateInvalid for a day
// that the month does not have.
func NewDate(year, month, day int) (Date, error) {
	if year < firstYear || year > lastYear {
		return Date{}, problem.New(problem.DateRange, strconv.Itoa(year), dateSpan)
	}
	if month < 1 || month > 12 || day < 1 || day > daysIn(year, month) {
		text := strconv.Itoa(year) + "-" + strconv.Itoa(month) + "-" + strconv.Itoa(day)
		return Date{}, problem.New(problem.DateInvalid, text, dateFormat)
	}
	return Date{int16(year), uint8(month), uint8(day)}, nil
}

// ParseDate reads a date written YYYY-MM-DD, and nothing else: no other order or separator, no time of day, no spaces.
// Errors: ErrDateFormat for a date with a time of day, ErrDateRange for the year 0000, ErrDateInvalid for every other text,
// days that do not exist included.
func ParseDate(text string) (Date, error) {
	year, month, day, ok := digitsOf(text)
	switch {
	case !ok && len(text) > len(dateFormat):
		if y, m, d, ok := digitsOf(text[:len(dateFormat)]); ok && isClock(text[len(dateFormat)]) {
			if _, err := NewDate(y, m, d); err == nil {
				return Date{}, problem.New(problem.DateFormat, text, dateFormat)
			}
		}
		fallthrough
	case !ok:
		return Date{}, problem.New(problem.DateInvalid, text, dateFormat)
	case year < firstYear:
		return Date{}, problem.New(problem.DateRange, text, dateSpan)
	case month < 1 || month > 12 || day < 1 || day > daysIn(year, month):
		return Date{}, problem.New(problem.DateInvalid, text, dateFormat)
	}
	return Date{int16(year), uint8(month), uint8(day)}, nil
}

// isClock reports whether a time of day may begin with c.
func isClock(c byte) bool { return c == 'T' || c == 't' || c == ' ' }

// digitsOf takes a text of the form YYYY-MM-DD apart.
func digitsOf(text string) (year, month, day int, ok bool) {
	if len(text) != len(dateFormat) || text[4] != '-' || text[7] != '-' {
		return 0, 0, 0, false
	}
	number := func(s string) (n int) {
		for i := range len(s) {
			if s[i] < '0' || s[i] > '9' {
				ok = false
				return 0
			}
			n = 10*n + int(s[i]-'0')
		}
		return n
	}
	ok = true
	year, month, day = number(text[:4]), number(text[5:7]), number(text[8:])
	return year, month, day, ok
}

// String is the date as YYYY-MM-DD, or "" for the zero Date.
//
//go:noinline
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return string(d.append(make([]byte, 0, len(dateFormat))))
}

func (d Date) append(b []byte) []byte {
	year := int(d.Year)
	if year < 0 {
		b = append(b, '-')
		year = -year
	}
	for limit := 1000; limit > 1 && year < limit; limit /= 10 {
		b = append(b, '0')
	}
	b = strconv.AppendInt(b, int64(year), 10)
	for _, n := range [2]uint8{d.Month, d.Day} {
		b = append(b, '-')
		if n < 10 {
			b = append(b, '0')
		}
		b = strconv.AppendUint(b, uint64(n), 10)
	}
	return b
}

// IsZero reports whether d is the zero Date, "not given".
func (d Date) IsZero() bool { return d.order() == 0 }

// IsValid reports whether d is a day of the calendar; the zero Date is none.
func (d Date) IsValid() bool {
	return d.Year >= firstYear && d.Year <= lastYear && d.Month >= 1 && d.Month <= 12 &&
		d.Day >= 1 && (d.Day <= 28 || int(d.Day) <= daysIn(int(d.Year), int(d.Month)))
}

// Compare is -1 if d is before e, +1 if it is after, 0 if they are the same day. The zero Date is before every other.
func (d Date) Compare(e Date) int { return cmp.Compare(d.order(), e.order()) }

// order is a number that grows with the date.
func (d Date) order() int32 { return int32(d.Year)<<16 | int32(d.Month)<<8 | int32(d.Day) }

// Before reports whether d is an earlier day than e.
func (d Date) Before(e Date) bool { return d.order() < e.order() }

// After reports whether d is a later day than e.
func (d Date) After(e Date) bool { return d.order() > e.order() }

// AddDays is the day n days after d, or before it when n is negative. Errors: ErrDateInvalid when d is not valid,
// ErrDateRange when the result is outside the years 1 to 9999.
func (d Date) AddDays(n int) (Date, error) {
	if !d.IsValid() {
		return Date{}, problem.New(problem.DateInvalid, d.String(), dateFormat)
	}
	day := int64(d.days())
	if n64 := int64(n); n64 < firstDay-day || n64 > lastDay-day {
		return Date{}, problem.New(problem.DateRange, d.String()+" + "+strconv.Itoa(n), dateSpan)
	}
	return fromDays(int(day) + n), nil
}

// DaysSince is the number of days from e to d, negative when d is earlier. Both must be valid.
func (d Date) DaysSince(e Date) int { return d.days() - e.days() }

// Weekday is the day of the week.
func (d Date) Weekday() time.Weekday {
	return time.Weekday(((d.days()+4)%7 + 7) % 7) // 1970-01-01, day 0, was a Thursday
}

// YearDay is the day of the year, 1 to 366.
func (d Date) YearDay() int { return d.days() - Date{d.Year, 1, 1}.days() + 1 }

// DaysInMonth is the number of days of d's month, 28 to 31; 0 when d has no such month.
func (d Date) DaysInMonth() int { return daysIn(int(d.Year), int(d.Month)) }

// FirstOfMonth is the first day of d's month.
func (d Date) FirstOfMonth() Date { return Date{d.Year, d.Month, 1} }

// LastOfMonth is the last day of d's month.
func (d Date) LastOfMonth() Date { return Date{d.Year, d.Month, uint8(d.DaysInMonth())} }

// IsLeap reports whether d's year has 366 days.
func (d Date) IsLeap() bool { return isLeap(int(d.Year)) }

func isLeap(year int) bool { return year%4 == 0 && (year%100 != 0 || year%400 == 0) }

func daysIn(year, month int) int {
	switch {
	case month < 1 || month > 12:
		return 0
	case month == 2 && isLeap(year):
		return 29
	case month == 2:
		return 28
	case month == 4 || month == 6 || month == 9 || month == 11:
		return 30
	}
	return 31
}

// Days count from 1970-01-01. A year is taken to begin in March, so that the leap day is its last and the lengths of the
// months before it form the pattern (153m+2)/5; 400 years are an era of 146,097 days.
const (
	eraDays  = 146_097
	yearZero = 719_468 // days from 0000-03-01 to 1970-01-01

	firstDay = -719_162  // 0001-01-01
	lastDay  = 2_932_896 // 9999-12-31
)

func (d Date) days() int {
	year, month := int(d.Year), (int(d.Month)+9)%12
	if month >= 10 {
		year--
	}
	era := floorDiv(year, 400)
	y := year - 400*era
	return era*eraDays + y*365 + y/4 - y/100 + (153*month+2)/5 + int(d.Day) - 1 - yearZero
}

func fromDays(n int) Date {
	n += yearZero
	era := floorDiv(n, eraDays)
	day := n - era*eraDays
	y := (day - day/1460 + day/36524 - day/146096) / 365
	day -= 365*y + y/4 - y/100
	m := (5*day + 2) / 153
	day -= (153*m + 2) / 5
	year, month := y+400*era, m+3
	if month > 12 {
		year, month = year+1, month-12
	}
	return Date{int16(year), uint8(month), uint8(day + 1)}
}

func floorDiv(a, b int) int {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

// MarshalText writes YYYY-MM-DD, and nothing for the zero Date. A date that is not valid is an error.
func (d Date) MarshalText() ([]byte, error) {
	if d.IsZero() {
		return []byte{}, nil
	}
	if !d.IsValid() {
		return nil, problem.New(problem.DateInvalid, d.String(), dateFormat)
	}
	return d.append(make([]byte, 0, len(dateFormat))), nil
}

// UnmarshalText reads what MarshalText writes, with the errors of ParseDate; after an error d is the zero Date.
func (d *Date) UnmarshalText(text []byte) error { return unmarshal(d, text, ParseDate) }
