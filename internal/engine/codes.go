package engine

import (
	"math"

	"github.com/overseaswarehouse/overseas/internal/ratecard"
)

// codes finds the first of several rows of postal rules that a code matches, for rules and codes of up to eight
// characters: they are compared as words.
type codes struct {
	rules []codeRule
	from  [257]uint16 // the rules for codes that begin with a character, in the order of the rows
	rest  int64       // the row without conditions, -1
	list  []*postal   // for longer codes
}

// codeRule matches words of characters, the first one in the highest byte, as far as its mask goes. Where it asks for a digit
// the code has one, the rest of a range's characters are those of its ends.
type codeRule struct {
	mask, low, high uint64 // of the word, at least and at most
	digits          uint64 // the highest bits of the places of digits
	fixed, is       uint64 // the places that are as given
	row             int64
}

// word packs a clean code; ok is false for one of more than eight characters.
func word(code string) (w uint64, ok bool) {
	for i := range len(code) {
		w = w<<8 | uint64(code[i])
	}
	if len(code) > 8 {
		return 0, false
	}
	return w << (8 * (8 - len(code)) & 63), true
}

// newCodes is nil where a row has rules of another kind, or exceptions.
func newCodes(rows []*postal, rest int64) *codes {
	c := &codes{rest: rest, list: rows}
	var lists [256][]codeRule
	n := 0
	for row, p := range rows {
		if len(p.not) > 0 || len(p.in) == 0 {
			return nil
		}
		for _, r := range p.in {
			rule, first, last, ok := compared(r)
			if !ok {
				return nil
			}
			rule.row = int64(row)
			for b := int(first); b <= int(last); b++ {
				lists[b] = append(lists[b], rule)
				n++
			}
		}
	}
	if n > math.MaxUint16 {
		return nil
	}
	for b, list := range lists {
		c.rules = append(c.rules, list...)
		c.from[b+1] = uint16(len(c.rules))
	}
	return c
}

// beginning has the places of the first n characters of a word.
func beginning(n int) uint64 { return ^uint64(0) << (8 * (8 - min(n, 8)) & 63) }

// compared is a rule as words, with the characters that a code of it begins with.
func compared(r ratecard.PostalRule) (c codeRule, first, last byte, ok bool) {
	if r.Prefix != "" {
		w, ok := word(r.Prefix)
		return codeRule{mask: beginning(len(r.Prefix)), low: w, high: w}, r.Prefix[0], r.Prefix[0], ok
	}
	low, ok1 := word(r.From)
	high, ok2 := word(r.To)
	if !ok1 || !ok2 || r.From == "" || len(r.From) != len(r.To) || r.Districts() {
		return c, 0, 0, false
	}
	for i := range len(r.From) {
		switch b := r.From[i]; {
		case b == ' ':
			return c, 0, 0, false // in two parts
		case '0' <= b && b <= '9':
			c.digits |= 0xff << (56 - 8*i)
		}
	}
	c.mask, c.low, c.high = ^uint64(0), low, high
	if r.Open {
		c.mask = beginning(len(r.From))
	}
	c.fixed, c.is = c.mask&^c.digits, low&^c.digits
	c.digits &= 0x8080808080808080
	return c, r.From[0], r.To[0], r.From[0] <= r.To[0]
}

// capital is what a character counts as in a code: 0 where it does not count, or is none of a code's.
var capital = func() (t [256]byte) {
	for i := range t {
		t[i] = byte(i)
	}
	for c := byte('a'); c <= 'z'; c++ {
		t[c] = c - 'a' + 'A'
	}
	t[' '], t['-'] = 0, 0
	return t
}()

// digitsOf marks the digits of a word by the highest bits of their places.
func digitsOf(w uint64) uint64 {
	const each = 0x0101010101010101
	t := w ^ '0'*each
	return ^((t&(0x7f*each) + 0x76*each) | t) & (0x80 * each)
}

// find is the first row that a postal code matches, -1 where none does; ok is false when there is no code.
func (c *codes) find(code string) (row int64, ok bool) {
	if key := packed(code); key != 0 {
		return c.row(key), true
	}
	return c.long(code)
}

// packed is a code of one to eight characters as a word, the first character in the highest byte, without what does not count
// and with capital letters. It is 0 for any other code.
func packed(code string) (key uint64) {
	if n := uint(len(code)); n-4 <= 4 { // by its first four bytes and its last four
		first, last := code[:4], code[n-4:]
		key = uint64(first[0])<<56 | uint64(first[1])<<48 | uint64(first[2])<<40 | uint64(first[3])<<32
		key |= (uint64(last[0])<<24 | uint64(last[1])<<16 | uint64(last[2])<<8 | uint64(last[3])) << ((64 - 8*n) & 63)
		if digitsOf(key) == 0x8080808080808080<<((64-8*n)&63) {
			return key // digits alone
		}
	}
	n := 0
	key = 0
	for i := range len(code) {
		b := capital[code[i]]
		if b == 0 {
			if code[i] == 0 {
				return 0
			}
			continue
		}
		key = key<<8 | uint64(b)
		n++
	}
	if n == 0 || n > 8 {
		return 0
	}
	return key << (uint(64-8*n) & 63)
}

// has reports whether a packed code, whose digits are marked, matches the rule.
func (r *codeRule) has(key, digits uint64) bool {
	k := key & r.mask
	return k >= r.low && k <= r.high && digits&r.digits == r.digits && key&r.fixed == r.is
}

// row is the first row that a packed code matches, -1 where none does.
func (c *codes) row(key uint64) int64 {
	at := key >> 56
	digits := digitsOf(key)
	rules := c.rules[c.from[at]:c.from[at+1]]
	for i := range rules {
		if r := &rules[i]; r.has(key, digits) {
			return r.row
		}
	}
	return c.rest
}

// long is find for any code, rule by rule.
func (c *codes) long(code string) (row int64, ok bool) {
	for i, p := range c.list {
		on, given := p.match(code)
		if on || !given {
			return int64(i), given
		}
	}
	return c.rest, true
}
