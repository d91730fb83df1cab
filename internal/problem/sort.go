package problem

import (
	"cmp"

	"github.com/overseaswarehouse/overseas/internal/sorting"
)

// sort orders by place. Problems without a line come first, in the order in which they were found.
func (ps Problems) sort() {
	sorting.Stable(len(ps), func(i, j int) bool {
		a, b := &ps[i], &ps[j]
		if a.Line == 0 && b.Line == 0 {
			return false
		}
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column), cmp.Compare(a.Code, b.Code)) < 0
	}, func(i, j int) { ps[i], ps[j] = ps[j], ps[i] })
}
