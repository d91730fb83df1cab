package engine

import "github.com/overseaswarehouse/overseas/internal/ratecard"

func newPostal(in, not []ratecard.PostalRule) *postal {
	p := &postal{in: in, not: not, packed: true}
	words := func(rules []ratecard.PostalRule) (list []codeRule) {
		for _, r := range rules {
			c, _, _, ok := compared(r)
			p.packed = p.packed && ok
			list = append(list, c)
		}
		return list
	}
	p.words, p.others = words(in), words(not)
	return p
}

// matchPacked is match for a packed code, where the rules are packed.
func (p *postal) matchPacked(key uint64) bool {
	digits := digitsOf(key)
	any := func(rules []codeRule) bool {
		for i := range rules {
			if rules[i].has(key, digits) {
				return true
			}
		}
		return false
	}
	return (len(p.words) == 0 || any(p.words)) && !any(p.others)
}

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
