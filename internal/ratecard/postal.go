package ratecard

import "strings"

// PostalRule matches postal codes of one shape. They are compared without spaces and hyphens and in capital letters.
//
// Prefix "20" matches every code that begins so, and the range "010*-013*" every code that begins with one of "010" to "013".
// The range "IV1*-IV28*" holds the British districts by their numbers: IV1 3AB and IV12 3AB, and not IV30 3AB.
//
// A range "01000-19999" holds codes of the same length and the same letters in the same places, compared digit by digit; of
// nine digits, which is an American code with its sector and segment, the first five count in a range of five. A range of
// codes in two parts, "BH2 1AA-BH4 9ZZ", is compared part by part, numbers as numbers: the second part of a code is as long
// as that of the range's ends, the letters of the first part are theirs, those of the second go by the alphabet. BH20 is not
// between BH2 and BH4.
type PostalRule struct {
	Prefix   string
	From, To string
	Open     bool // the ends of the range are beginnings of codes
}

const (
	maxPostal = 12
	zip       = 5
	zipPlus4  = 9
)

// PostalCode is a code as rules compare it: without spaces and hyphens, in capital letters. One that is too long to be a
// code keeps its beginning, and is in no range.
type PostalCode struct {
	text [maxPostal + 1]byte
	n    uint8
}

// CleanPostal makes a code comparable.
func CleanPostal(code string) PostalCode {
	var p PostalCode
	for i := 0; i < len(code) && int(p.n) < len(p.text); i++ {
		c := code[i]
		switch {
		case c == ' ' || c == '-':
			continue
		case 'a' <= c && c <= 'z':
			c -= 'a' - 'A'
		}
		p.text[p.n] = c
		p.n++
	}
	return p
}

// IsZero reports whether there is no code.
func (p *PostalCode) IsZero() bool { return p.n == 0 }

// Contains reports whether a code matches the rule.
func (r *PostalRule) Contains(p *PostalCode) bool {
	code := string(p.text[:p.n])
	if r.Prefix != "" {
		return strings.HasPrefix(code, r.Prefix)
	}
	from, fromTail, inParts := strings.Cut(r.From, " ")
	if r.Districts() {
		if n, ok := district(r.From, code); ok {
			low, _ := district(r.From, r.From)
			high, _ := district(r.From, r.To)
			return low <= n && n <= high
		}
		if len(r.From) != len(r.To) {
			return false
		}
	}
	if r.Open {
		code = code[:min(len(r.From), len(code))]
		return sameShape(r.From, code) && r.From <= code && code <= r.To
	}
	if !inParts {
		if len(r.From) == zip && len(code) == zipPlus4 && digits(code) {
			code = code[:zip]
		}
		return sameShape(r.From, code) && r.From <= code && code <= r.To
	}
	n := len(code) - len(fromTail)
	if n <= 0 {
		return false
	}
	to, toTail, _ := strings.Cut(r.To, " ")
	low, ok1 := comparePostal(from, fromTail, code[:n], code[n:])
	high, ok2 := comparePostal(code[:n], code[n:], to, toTail)
	return ok1 && ok2 && low <= 0 && high <= 0
}

// Districts reports whether the rule is a range of districts: its ends are an area's letters and a number.
func (r *PostalRule) Districts() bool {
	if !r.Open || r.From == "" || r.To == "" || !isDigit(r.From[len(r.From)-1]) || !isDigit(r.To[len(r.To)-1]) {
		return false
	}
	from, ok1 := district(r.From, r.From)
	to, ok2 := district(r.From, r.To)
	return ok1 && ok2 && from <= to
}

// district is the number of a British district, as that of "SW1A 1AA" or "SW1A" is 1; ok is false for what is none, or is not
// of the area that another begins with.
func district(area, code string) (n int, ok bool) {
	if k := len(code) - 3; k >= 2 && isDigit(code[k]) && !isDigit(code[k+1]) && !isDigit(code[k+2]) {
		code = code[:k] // the rest is the sector and the unit
	}
	letters := 0
	for letters < len(code) && !isDigit(code[letters]) {
		letters++
	}
	if letters == 0 || letters > 2 || len(area) <= letters || area[:letters] != code[:letters] || !isDigit(area[letters]) {
		return 0, false
	}
	number := code[letters:]
	if k := len(number) - 1; k > 0 && !isDigit(number[k]) {
		number = number[:k]
	}
	if number == "" || len(number) > 2 || !digits(number) {
		return 0, false
	}
	for i := 0; i < len(number); i++ {
		n = 10*n + int(number[i]-'0')
	}
	return n, true
}

// sameShape reports whether two codes have the same length and the same letters in the same places.
func sameShape(a, b string) bool {
	if len(a) != len(b) {
		return false
	}
	for i := 0; i < len(a); i++ {
		if isDigit(a[i]) != isDigit(b[i]) || !isDigit(a[i]) && a[i] != b[i] {
			return false
		}
	}
	return true
}

// comparePostal compares two codes in two parts; ok is false when they are not of one shape or their first parts have
// different letters.
func comparePostal(head, tail, head2, tail2 string) (c int, ok bool) {
	c, ok = compareRuns(head, head2, false)
	if !ok {
		return 0, false
	}
	last, ok := compareRuns(tail, tail2, true)
	if c == 0 {
		c = last
	}
	return c, ok
}

// compareRuns compares letters with letters and numbers with numbers, run by run.
func compareRuns(a, b string, alphabet bool) (c int, ok bool) {
	for a != "" && b != "" {
		n, m := run(a), run(b)
		x, y := a[:n], b[:m]
		a, b = a[n:], b[m:]
		d := 0
		switch {
		case isDigit(x[0]) != isDigit(y[0]):
			return 0, false
		case isDigit(x[0]):
			x, y = strings.TrimLeft(x, "0"), strings.TrimLeft(y, "0")
			if d = len(x) - len(y); d == 0 {
				d = compareText(x, y)
			}
		case len(x) != len(y):
			return 0, false
		default:
			if d = compareText(x, y); d != 0 && !alphabet {
				return 0, false
			}
		}
		if c == 0 {
			c = d
		}
	}
	return c, a == "" && b == ""
}

// compareText keeps its arguments off the heap, unlike strings.Compare.
func compareText(a, b string) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// run is the length of the letters or digits at the beginning of a text.
func run(s string) int {
	n := 1
	for n < len(s) && isDigit(s[n]) == isDigit(s[0]) {
		n++
	}
	return n
}

// digits reports whether a text is of digits alone.
func digits(s string) bool {
	for i := 0; i < len(s); i++ {
		if !isDigit(s[i]) {
			return false
		}
	}
	return true
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func isPostal(c byte) bool { return isDigit(c) || 'A' <= c && c <= 'Z' }

func postalText(text string) bool {
	for i := 0; i < len(text); i++ {
		if !isPostal(text[i]) {
			return false
		}
	}
	return text != "" && len(text) <= maxPostal
}

// postalRange makes a rule of the two ends of a range; ok is false when they are not of one shape, or are numbers of three
// digits at most without stars: no code is as short as that in most countries, so beginnings of codes are meant.
func postalRange(from, to string) (r PostalRule, inverted, ok bool) {
	r = PostalRule{From: from, To: to}
	if r.From, r.Open = strings.CutSuffix(from, "*"); r.Open {
		r.To, ok = strings.CutSuffix(to, "*")
		switch {
		case !ok || !postalText(r.From) || !postalText(r.To):
			return r, false, false
		case r.Districts():
			return r, false, true
		}
		turned := PostalRule{From: r.To, To: r.From, Open: true}
		return r, turned.Districts() || r.From > r.To, turned.Districts() || sameShape(r.From, r.To)
	}
	head, tail, inParts := strings.Cut(from, " ")
	head2, tail2, inParts2 := strings.Cut(to, " ")
	switch {
	case inParts != inParts2:
		return r, false, false
	case !inParts:
		return r, from > to, postalText(from) && postalText(to) && sameShape(from, to) && (len(from) > 3 || !digits(from))
	case !postalText(head) || !postalText(tail) || !postalText(head2) || !postalText(tail2),
		len(tail) != len(tail2), max(len(head), len(head2))+len(tail) > maxPostal:
		return r, false, false
	}
	c, ok := comparePostal(head, tail, head2, tail2)
	return r, c > 0, ok
}
