package eligibility

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/overseaswarehouse/overseas/application"
)

func TestWordTable(t *testing.T) {
	var long []string
	for i := range 300 {
		long = append(long, "word_"+strconv.Itoa(i))
	}
	near := []string{"a", "b", "ab", "ba", "aba", "abba", "abcd", "abcdefg", "abcdefgh", "abcdefghi", strings.Repeat("a", 16), strings.Repeat("a", 17), strings.Repeat("a", 24), strings.Repeat("a", 25), strings.Repeat("a", 40)}
	for _, words := range [][]string{nil, {""}, {"x", "x"}, long, long[:64], near, {"合作物流商", "客户代码"}} {
		table := newWordTable(words)
		for _, w := range words {
			want := slices.Index(words, w)
			if w == "" {
				want = -1
			}
			if got := table.find(w); got != want {
				t.Errorf("%q: %d, want %d", w, got, want)
			}
			if got := pick(keysOf(words), w); got != want && len(w) <= longestKey {
				t.Errorf("%q picked: %d", w, got)
			}
			for guess := -1; guess <= len(words); guess++ {
				if got := table.at(w, guess); got != table.find(w) && (got < 0 || words[got] != w) {
					t.Errorf("%q at %d: %d", w, guess, got)
				}
			}
			for i := range len(w) {
				other := w[:i] + string(w[i]^1) + w[i+1:]
				if got := table.at(other, want); got != table.find(other) {
					t.Errorf("%q guessed: %d", other, got)
				}
				if got := table.find(other); got != slices.Index(words, other) {
					t.Errorf("%q: %d", other, got)
				}
				if got := pick(keysOf(words), other); got >= 0 && words[got] != other {
					t.Errorf("%q picked: %d", other, got)
				}
			}
			for _, other := range []string{w + "a", w + "\x00", strings.TrimSuffix(w, "a")} {
				if want := slices.Index(words, other); other != "" && table.find(other) != want {
					t.Errorf("%q: %d, want %d", other, table.find(other), want)
				}
				if got := pick(keysOf(words), other); got >= 0 && words[got] != other {
					t.Errorf("%q picked: %d", other, got)
				}
			}
		}
		if table.find("") != -1 || table.find("nothing like it") != -1 {
			t.Error("found what is not there")
		}
	}
}

func TestWordsThatOnlyTheirLengthTellsApart(t *testing.T) {
	table := newWordTable([]string{strings.Repeat("a", 8)})
	table.multiplier = 1 // under which both lead to the same place
	table.fill()
	if table.find(strings.Repeat("a", 8)) != 0 || table.find(strings.Repeat("a", 9)) != -1 {
		t.Error("nine letters are taken for eight")
	}
}

func TestPartsOfWhichOnlyTheMiddleDiffersAreNotTheSame(t *testing.T) {
	for _, n := range []int{8, 16, 17, 24, 32, 33, 48} {
		part := strings.Repeat("part_word_", 5)[:n]
		m := materialPlan{parts: newWordTable([]string{part})}
		for i := range part {
			other := part[:i] + "x" + part[i+1:]
			var t1, t2 papers
			m.shows(&t1, []application.Showing{{Part: part, State: application.Shown}}, 0)
			m.shows(&t2, []application.Showing{{Part: other, State: application.Shown}}, 0)
			if t1.shown != 1 || t2.shown != 0 {
				t.Errorf("%q shows %b, %q %b", part, t1.shown, other, t2.shown)
			}
		}
	}
}

func FuzzWordTable(f *testing.F) {
	f.Add("abcdefgh", "abcdefgi", "abcdefghabcdefghabcdefghabcdefgh")
	f.Fuzz(func(t *testing.T, a, b, c string) {
		table := newWordTable([]string{a, b})
		want := slices.Index([]string{a, b}, c)
		if c == "" {
			want = -1
		}
		if got := table.find(c); got != want {
			t.Fatalf("%q in %q %q: %d", c, a, b, got)
		}
	})
}
