// Package sorting sorts lists of any type with one copy of the code: a generic function is compiled again for every type.
package sorting

import "sort"

// Stable orders n elements, those that are equal as they stood.
func Stable(n int, less func(i, j int) bool, swap func(i, j int)) { sort.Stable(list{n, less, swap}) }

type list struct {
	n    int
	less func(i, j int) bool
	swap func(i, j int)
}

func (l list) Len() int           { return l.n }
func (l list) Less(i, j int) bool { return l.less(i, j) }
func (l list) Swap(i, j int)      { l.swap(i, j) }
