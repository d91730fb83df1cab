package country_test

import (
	"encoding/json"
	"errors"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/overseaswarehouse/overseas/country"
)

func TestParseDate(t *testing.T) {
	tests := []struct {
		name, text string
		want       error // nil: accepted, and written as it was read
	}{
		{"plain", "2026-08-01", nil},
		{"first day", "0001-01-01", nil},
		{"last day", "9999-12-31", nil},
		{"json-date-feb29-2024", "2024-02-29", nil},
		{"leap century", "2000-02-29", nil},
		{"json-date-feb30", "2026-02-30", country.ErrDateInvalid},
		{"json-date-feb29-2025", "2025-02-29", country.ErrDateInvalid},
		{"common century", "1900-02-29", country.ErrDateInvalid},
		{"april 31", "2026-04-31", country.ErrDateInvalid},
		{"month 0", "2026-00-10", country.ErrDateInvalid},
		{"month 13", "2026-13-10", country.ErrDateInvalid},
		{"day 0", "2026-01-00", country.ErrDateInvalid},
		{"json-date-slash", "01/02/2026", country.ErrDateInvalid},
		{"dots", "2026.01.02", country.ErrDateInvalid},
		{"json-date-datetime", "2026-01-01T00:00:00Z", country.ErrDateFormat},
		{"blank and time", "2026-01-01 00:00:00", country.ErrDateFormat},
		{"a day that does not exist, with a time", "2026-02-30T00:00:00Z", country.ErrDateInvalid},
		{"json-date-leap-second", "2016-12-31T23:59:60Z", country.ErrDateFormat},
		{"json-date-year0", "0000-01-01", country.ErrDateRange},
		{"json-date-year-huge", "99999-01-01", country.ErrDateInvalid},
		{"json-date-cn-date", "2026年1月1日", country.ErrDateInvalid},
		{"no zeros", "2026-1-1", country.ErrDateInvalid},
		{"basic format", "20260101", country.ErrDateInvalid},
		{"week", "2026-W01-1", country.ErrDateInvalid},
		{"sign", "+026-01-01", country.ErrDateInvalid},
		{"negative year", "-001-01-01", country.ErrDateInvalid},
		{"leading space", " 2026-01-01", country.ErrDateInvalid},
		{"line break", "2026-01-01\n", country.ErrDateInvalid},
		{"other digits", "２０２６-01-01", country.ErrDateInvalid},
		{"other dashes", "2026–01–01", country.ErrDateInvalid},
		{"empty", "", country.ErrDateInvalid},
		{"null", "null", country.ErrDateInvalid},
		{"long", strings.Repeat("2026-01-01", 100_000), country.ErrDateInvalid},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d, err := country.ParseDate(tt.text)
			if tt.want == nil {
				if err != nil || d.String() != tt.text || !d.IsValid() {
					t.Errorf("%v, %v", d, err)
				}
				return
			}
			var p country.Problem
			if !errors.Is(err, tt.want) || d != (country.Date{}) || !errors.As(err, &p) || len(p.Want) == 0 || len(p.Text) > 80 {
				t.Errorf("%v, %v", d, err)
			}
		})
	}
}

// Package time computes the same calendar another way.
func TestDateAgainstTime(t *testing.T) {
	first := country.Date{Year: 1, Month: 1, Day: 1}
	clock := time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC)
	step := 1
	for n := 0; ; n += step {
		d, err := first.AddDays(n)
		c := clock.AddDate(0, 0, n)
		if step = 11; 1800 <= c.Year() && c.Year() <= 2200 { // every day of an era, and a sample of the others
			step = 1
		}
		if c.Year() > 9999 {
			if !errors.Is(err, country.ErrDateRange) {
				t.Fatalf("%v: %v, %v", c, d, err)
			}
			break
		}
		year, month, day := c.Date()
		if err != nil || int(d.Year) != year || time.Month(d.Month) != month || int(d.Day) != day {
			t.Fatalf("day %d: %v, want %v (%v)", n, d, c, err)
		}
		if d.Weekday() != c.Weekday() || d.YearDay() != c.YearDay() || d.DaysSince(first) != n || !d.IsValid() {
			t.Fatalf("%v: %v %d %d", d, d.Weekday(), d.YearDay(), d.DaysSince(first))
		}
		if n%211 == 0 {
			if made, err := country.NewDate(year, int(month), day); err != nil || made != d {
				t.Fatalf("%v, %v", made, err)
			}
			if parsed, err := country.ParseDate(c.Format(time.DateOnly)); err != nil || parsed != d || d.String() != c.Format(time.DateOnly) {
				t.Fatalf("%v, %v", parsed, err)
			}
			last := time.Date(year, month+1, 0, 0, 0, 0, 0, time.UTC)
			if d.DaysInMonth() != last.Day() || int(d.LastOfMonth().Day) != last.Day() || d.FirstOfMonth().Day != 1 ||
				d.LastOfMonth().Month != d.Month || d.IsLeap() != (time.Date(year, 12, 31, 0, 0, 0, 0, time.UTC).YearDay() == 366) {
				t.Fatalf("%v: %d days", d, d.DaysInMonth())
			}
			var scanned country.Date
			if err := scanned.Scan(c.Add(23 * time.Hour)); err != nil || scanned != d {
				t.Fatalf("%v, %v", scanned, err)
			}
		}
	}
}

func TestNewDate(t *testing.T) {
	tests := []struct {
		year, month, day int
		want             error
	}{
		{2024, 2, 29, nil}, {2023, 2, 29, country.ErrDateInvalid}, {2026, 0, 1, country.ErrDateInvalid},
		{2026, 13, 1, country.ErrDateInvalid}, {2026, 1, 0, country.ErrDateInvalid}, {2026, 6, 31, country.ErrDateInvalid},
		{0, 1, 1, country.ErrDateRange}, {10_000, 1, 1, country.ErrDateRange}, {-1, 1, 1, country.ErrDateRange},
		{65_536 + 2026, 1, 1, country.ErrDateRange}, {2026, 256 + 1, 1, country.ErrDateInvalid}, {2026, 1, math.MaxInt, country.ErrDateInvalid},
	}
	for _, tt := range tests {
		d, err := country.NewDate(tt.year, tt.month, tt.day)
		if !errors.Is(err, tt.want) || (tt.want == nil) != (err == nil) || (err != nil) != d.IsZero() {
			t.Errorf("%d-%d-%d: %v, %v", tt.year, tt.month, tt.day, d, err)
		}
	}
}

func TestAddDaysBounds(t *testing.T) {
	first, last := country.Date{Year: 1, Month: 1, Day: 1}, country.Date{Year: 9999, Month: 12, Day: 31}
	span := last.DaysSince(first)
	if d, err := first.AddDays(span); err != nil || d != last {
		t.Error(d, err)
	}
	if d, err := last.AddDays(-span); err != nil || d != first {
		t.Error(d, err)
	}
	for _, n := range []int{-1, span + 1, math.MaxInt, math.MinInt} {
		if d, err := first.AddDays(n); !errors.Is(err, country.ErrDateRange) || !d.IsZero() {
			t.Error(n, d, err)
		}
	}
	for _, d := range []country.Date{{}, {Year: 2026, Month: 2, Day: 30}} {
		if _, err := d.AddDays(1); !errors.Is(err, country.ErrDateInvalid) {
			t.Error(d, err)
		}
	}
}

func TestCompareDates(t *testing.T) {
	dates := []country.Date{{}, {Year: 1, Month: 1, Day: 1}, {Year: 2025, Month: 12, Day: 31}, {Year: 2026, Month: 1, Day: 1}, {Year: 2026, Month: 1, Day: 2}, {Year: 2026, Month: 2, Day: 1}}
	for i, d := range dates {
		for j, e := range dates {
			want := min(1, max(-1, i-j))
			if d.Compare(e) != want || d.Before(e) != (want < 0) || d.After(e) != (want > 0) {
				t.Errorf("%v and %v: %d", d, e, d.Compare(e))
			}
		}
	}
}

func TestDateText(t *testing.T) {
	type document struct {
		On  country.Date `json:"on"`
		Off country.Date `json:"off,omitzero"`
	}
	for _, text := range []string{`{"on":"2026-08-01"}`, `{"on":""}`, `{"on":"2026-08-01","off":"2027-01-01"}`} {
		var d document
		if err := json.Unmarshal([]byte(text), &d); err != nil {
			t.Fatal(err)
		}
		if got, err := json.Marshal(d); err != nil || string(got) != text {
			t.Errorf("%s became %s, %v", text, got, err)
		}
	}
	if _, err := (country.Date{Year: 2026, Month: 2, Day: 30}).MarshalText(); !errors.Is(err, country.ErrDateInvalid) {
		t.Error(err)
	}
	d := country.Date{Year: 2026, Month: 1, Day: 1}
	if err := d.UnmarshalText([]byte("2026-02-30")); !errors.Is(err, country.ErrDateInvalid) || !d.IsZero() {
		t.Error(d, err)
	}
}

// A Date written as a literal can hold anything; nothing panics on it.
func TestDatesThatAreNone(t *testing.T) {
	for _, d := range []country.Date{{}, {Year: -32768, Month: 255, Day: 255}, {Year: 32767, Month: 13, Day: 0}, {Year: 2026, Month: 2, Day: 30}, {Year: 2026}, {Year: -5, Month: 1, Day: 1}} {
		if d.IsValid() {
			t.Errorf("%v is valid", d)
		}
		_ = []any{d.Weekday(), d.YearDay(), d.DaysInMonth(), d.FirstOfMonth(), d.LastOfMonth(), d.DaysSince(country.Date{})}
		if d.String() == "" && !d.IsZero() {
			t.Errorf("%#v has no text", d)
		}
	}
	if got := (country.Date{Year: -5, Month: 1, Day: 30}).String(); got != "-0005-01-30" {
		t.Error(got)
	}
}

func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"2026-08-01", "2024-02-29", "0000-00-00", "2026-01-01T00:00:00Z", "9999-12-31x"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d, err := country.ParseDate(text)
		c, wrong := time.Parse(time.DateOnly, text)
		if accepted := wrong == nil && c.Year() >= 1 && len(text) == 10; accepted != (err == nil) {
			t.Fatalf("%q: %v, time says %v", text, err, wrong)
		}
		if err == nil && d.String() != text {
			t.Fatalf("%q became %q", text, d)
		}
		if err != nil && d != (country.Date{}) {
			t.Fatal("a result with an error")
		}
	})
}
