package sorting

import (
	"slices"
	"testing"
)

func TestStableKeepsTheOrderOfEquals(t *testing.T) {
	type pair struct{ by, at int }
	var list []pair
	for at := range 300 {
		list = append(list, pair{at * 37 % 10, at})
	}
	want := slices.Clone(list)
	slices.SortStableFunc(want, func(a, b pair) int { return a.by - b.by })
	Stable(len(list), func(i, j int) bool { return list[i].by < list[j].by }, func(i, j int) { list[i], list[j] = list[j], list[i] })
	if !slices.Equal(list, want) {
		t.Error(list)
	}
	Stable(0, nil, nil)
}
