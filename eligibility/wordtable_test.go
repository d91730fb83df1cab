package eligibility

import (
	"slices"
	"strconv"
	"strings"
	"testing"
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
			}
			for _, other := range []string{w + "a", w + "\x00", strings.TrimSuffix(w, "a")} {
				if want := slices.Index(words, other); other != "" && table.find(other) != want {
					t.Errorf("%q: %d, want %d", other, table.find(other), want)
				}
			}
		}
		if table.find("") != -1 || table.find("nothing like it") != -1 {
			t.Error("found what is not there")
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
