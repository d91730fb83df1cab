package strict

import (
	"bytes"
	"unicode/utf8"

	"github.com/overseaswarehouse/overseas/internal/problem"
)

// Parse checks data and indexes it. It returns false when the document cannot be read at all (encoding, syntax,
// trailing data, a limit exceeded); the reason is then in into. Duplicate member names, lone surrogates and a byte
// order mark are reported too, but reading goes on, so that a caller finds the other problems in the same pass.
//
// The Value refers to data, which must not change while it is in use. A nil into is allowed; problems are then lost.
func Parse(data []byte, lim Limits, into *problem.List) (Value, bool) {
	if into == nil {
		into = new(problem.List)
	}
	lim = lim.withDefaults()
	d := &doc{data: data, into: into, lim: lim}
	if len(data) > lim.Bytes {
		into.Add(tooLarge(lim))
		return Value{}, false
	}
	p := parser{doc: d, first: len(data)/2 + 1}
	if !p.encoding() || !p.run() {
		return Value{}, false
	}
	return Value{d: d}, true
}

// doc is a document and its index.
type doc struct {
	data []byte
	tape tape
	into *problem.List
	lim  Limits
	marks
}

func (d *doc) node(i uint32) *node { return d.tape.at(i) }

func (d *doc) bytes(i uint32) []byte {
	n := d.node(i)
	return d.data[n.start:n.end]
}

// report files a problem about the node at index, at the offset given.
func (d *doc) report(p problem.Problem, index uint32, offset int) {
	if d.into.Len() < problem.Limit { // beyond the limit problems are counted, and a place would be lost work
		p.Path = d.path(index)
		p.Line, p.Column = d.position(offset)
	}
	d.into.Add(p)
}

// parser fills the index in one pass, with a stack of its own instead of recursion.
type parser struct {
	*doc
	first  int // capacity of the first chunk of the tape: a value takes two bytes at least
	pos    int
	values int
	open   []uint32 // the objects and arrays around pos
	names  names
}

// encoding looks at the bytes before anything is read into them.
func (p *parser) encoding() bool {
	data := p.data
	utf16 := bytes.HasPrefix(data, []byte{0xFF, 0xFE}) || bytes.HasPrefix(data, []byte{0xFE, 0xFF}) ||
		len(data) >= 4 && (data[0] == 0) != (data[1] == 0)
	if utf16 {
		p.fail(problem.Encoding, 0, clipBytes(data), "UTF-8")
		return false
	}
	if bytes.HasPrefix(data, []byte{0xEF, 0xBB, 0xBF}) {
		p.fail(problem.BOM, 0, "", "UTF-8")
		p.pos = 3
	}
	if utf8.Valid(data) {
		return true
	}
	for at := 0; at < len(data); {
		r, size := utf8.DecodeRune(data[at:])
		if r == utf8.RuneError && size == 1 {
			p.fail(problem.Encoding, at, string(data[at:at+1]), "UTF-8")
			break
		}
		at += size
	}
	return false
}

// fail reports a problem that belongs to a place in the text, not to a value.
func (p *parser) fail(code problem.Code, offset int, text string, want ...string) {
	pr := problem.New(code, text, want...)
	pr.Line, pr.Column = p.position(offset)
	p.into.Add(pr)
}

// syntax reports what stands at pos instead of what is wanted.
func (p *parser) syntax(want ...string) bool {
	text := ""
	if p.pos < len(p.data) {
		_, size := utf8.DecodeRune(p.data[p.pos:])
		text = string(p.data[p.pos : p.pos+size])
	}
	p.fail(problem.JSONSyntax, p.pos, text, want...)
	return false
}

func (p *parser) space() {
	for p.pos < len(p.data) {
		switch p.data[p.pos] {
		case ' ', '\n', '\t', '\r':
			p.pos++
		default:
			return
		}
	}
}

// peek is the byte at pos, 0 at the end of the document (a byte 0 is refused wherever it stands).
func (p *parser) peek() byte {
	if p.pos < len(p.data) {
		return p.data[p.pos]
	}
	return 0
}

func (p *parser) run() bool {
	for {
		// a value is due
		p.space()
		opened, ok := p.value()
		if !ok {
			return false
		}
		if opened {
			p.space()
			i := p.open[len(p.open)-1]
			object := p.node(i).kind() == ObjectKind
			switch {
			case object && p.peek() == '}', !object && p.peek() == ']':
				p.close()
			case object:
				if !p.name() {
					return false
				}
				continue
			default:
				continue
			}
		}
		// a value has ended
		for due := false; !due; {
			p.space()
			if len(p.open) == 0 {
				return p.end()
			}
			i := p.open[len(p.open)-1]
			object := p.node(i).kind() == ObjectKind
			switch c := p.peek(); {
			case c == ',':
				p.pos++
				if object {
					p.space()
					if !p.name() {
						return false
					}
				}
				due = true
			case object && c == '}', !object && c == ']':
				p.close()
			case object:
				return p.syntax(",", "}")
			default:
				return p.syntax(",", "]")
			}
		}
	}
}

func (p *parser) end() bool {
	if p.pos == len(p.data) {
		return true
	}
	p.fail(problem.TrailingData, p.pos, clipBytes(p.data[p.pos:]))
	return false
}

// close ends the innermost object or array at pos.
func (p *parser) close() {
	i := p.open[len(p.open)-1]
	p.open = p.open[:len(p.open)-1]
	p.pos++
	n := p.node(i)
	n.end, n.next = uint32(p.pos), p.tape.length
	if n.kind() == ObjectKind && n.count() > 1 {
		p.names.check(p.doc, i)
	}
}

// value reads a value, or the opening of an object or array.
func (p *parser) value() (opened, ok bool) {
	if p.values++; p.values > p.lim.Nodes {
		pr := problem.New(problem.TooMany, itoa(p.values), itoa(p.lim.Nodes)).With("what", "values")
		pr.Line, pr.Column = p.position(p.pos)
		p.into.Add(pr)
		return false, false
	}
	if len(p.open) > 0 {
		p.node(p.open[len(p.open)-1]).meta += countStep
	}
	start := p.pos
	switch c := p.peek(); c {
	case '{', '[':
		if len(p.open) >= p.lim.Depth {
			p.fail(problem.TooDeep, p.pos, itoa(len(p.open)+1), itoa(p.lim.Depth))
			return false, false
		}
		kind := Array
		if c == '{' {
			kind = ObjectKind
		}
		p.pos++
		p.open = append(p.open, p.tape.add(node{start: uint32(start), end: uint32(p.pos), meta: uint32(kind)}, p.first))
		return true, true
	case '"':
		return false, p.text()
	case 't':
		return false, p.literal("true", Bool)
	case 'f':
		return false, p.literal("false", Bool)
	case 'n':
		return false, p.literal("null", Null)
	default:
		if c == '-' || '0' <= c && c <= '9' {
			return false, p.number()
		}
		return false, p.syntax("object", "array", "string", "number", "true", "false", "null")
	}
}

func (p *parser) leaf(start int, meta uint32) {
	p.tape.add(node{start: uint32(start), end: uint32(p.pos), next: p.tape.length + 1, meta: meta}, p.first)
}

func (p *parser) literal(word string, kind Kind) bool {
	if !bytes.HasPrefix(p.data[p.pos:], []byte(word)) {
		return p.syntax("object", "array", "string", "number", "true", "false", "null")
	}
	start := p.pos
	p.pos += len(word)
	p.leaf(start, uint32(kind))
	return true
}

func (p *parser) number() bool {
	start := p.pos
	if p.peek() == '-' {
		p.pos++
	}
	if p.peek() == '0' {
		p.pos++
	} else if !p.digits() {
		return false
	}
	if p.peek() == '.' {
		p.pos++
		if !p.digits() {
			return false
		}
	}
	if c := p.peek(); c == 'e' || c == 'E' {
		p.pos++
		if c := p.peek(); c == '+' || c == '-' {
			p.pos++
		}
		if !p.digits() {
			return false
		}
	}
	p.leaf(start, uint32(Number))
	return true
}

func (p *parser) digits() bool {
	start := p.pos
	for p.pos < len(p.data) && '0' <= p.data[p.pos] && p.data[p.pos] <= '9' {
		p.pos++
	}
	if p.pos == start {
		return p.syntax("0-9")
	}
	return true
}

// name reads the name of a member and the colon after it.
func (p *parser) name() bool {
	if p.peek() != '"' {
		return p.syntax(`"`)
	}
	if !p.text() {
		return false
	}
	p.space()
	if p.peek() != ':' {
		return p.syntax(":")
	}
	p.pos++
	return true
}

// text reads a string, without decoding it.
func (p *parser) text() bool {
	start := p.pos
	p.pos++
	meta := uint32(String)
	lone := -1
	for {
		for p.pos < len(p.data) && p.data[p.pos] != '"' && p.data[p.pos] != '\\' && p.data[p.pos] >= ' ' {
			p.pos++
		}
		switch {
		case p.peek() == '"':
			p.pos++
			p.leaf(start, meta)
			if lone >= 0 {
				text := clipBytes(p.data[lone:min(lone+6, p.pos)])
				p.report(problem.New(problem.Encoding, text, "UTF-8"), p.tape.length-1, lone)
			}
			return true
		case p.peek() == '\\':
			meta |= escaped
			at := p.pos
			paired, ok := p.escape()
			if !ok {
				return false
			}
			if !paired && lone < 0 {
				lone = at
			}
		default:
			return p.syntax(`"`)
		}
	}
}

// escape reads one escape, or two that form a surrogate pair; paired is false for half a pair.
func (p *parser) escape() (paired, ok bool) {
	p.pos++
	switch p.peek() {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		p.pos++
		return true, true
	case 'u':
	default:
		return false, p.syntax(`\"`, `\\`, `\/`, `\b`, `\f`, `\n`, `\r`, `\t`, `\u`)
	}
	first, ok := p.hex()
	if !ok {
		return false, false
	}
	switch {
	case first < 0xD800 || first > 0xDFFF:
		return true, true
	case first >= 0xDC00 || !bytes.HasPrefix(p.data[p.pos:], []byte(`\u`)):
		return false, true
	}
	mark := p.pos
	p.pos++
	second, ok := p.hex()
	if !ok {
		return false, false
	}
	if second < 0xDC00 || second > 0xDFFF {
		p.pos = mark // the next escape stands for itself
		return false, true
	}
	return true, true
}

// hex reads the u of an escape and its four digits.
func (p *parser) hex() (r rune, ok bool) {
	p.pos++
	for range 4 {
		v := hexValue(p.peek())
		if v < 0 {
			return 0, p.syntax("0-9", "a-f", "A-F")
		}
		r = r<<4 | v
		p.pos++
	}
	return r, true
}

func hexValue(c byte) rune {
	switch {
	case '0' <= c && c <= '9':
		return rune(c - '0')
	case 'a' <= c && c <= 'f':
		return rune(c-'a') + 10
	case 'A' <= c && c <= 'F':
		return rune(c-'A') + 10
	}
	return -1
}
