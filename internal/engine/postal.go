package engine

import (
	"slices"

	"github.com/overseaswarehouse/overseas/internal/ratecard"
)

// match reports whether a postal code is on the list; ok is false when there is no postal code.
func (p *postal) match(code string) (on, ok bool) {
	clean := ratecard.CleanPostal(code)
	if clean.IsZero() {
		return false, false
	}
	any := func(rules []ratecard.PostalRule) bool {
		for i := range rules {
			if rules[i].Contains(&clean) {
				return true
			}
		}
		return false
	}
	return (len(p.in) == 0 || any(p.in)) && !any(p.not), true
}

// sortMarks orders the days on which stock changes. On one day the order does not matter to the sums.
func sortMarks(m []mark) {
	slices.SortFunc(m, func(a, b mark) int { return int(a.day) - int(b.day) })
}
