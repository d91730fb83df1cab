package strict

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/overseaswarehouse/overseas/internal/problem"
)

// marks remembers line and column at even distances, so that a hundred problems at the end of a long document do not
// count its lines a hundred times.
type marks struct {
	passed []mark
}

type mark struct{ line, column int }

const markStep = 1 << 16

// position is the line and the column, in characters, of a byte of the document; both count from 1.
func (d *doc) position(offset int) (line, column int) {
	offset = min(offset, len(d.data))
	if len(d.passed) == 0 {
		d.passed = append(d.passed, mark{1, 1})
	}
	for len(d.passed) <= offset/markStep {
		last := len(d.passed) - 1
		d.passed = append(d.passed, d.advance(d.passed[last], last*markStep, (last+1)*markStep))
	}
	m := d.advance(d.passed[offset/markStep], offset/markStep*markStep, offset)
	return m.line, m.column
}

func (d *doc) advance(m mark, from, to int) mark {
	for _, c := range d.data[from:to] {
		switch {
		case c == '\n':
			m.line, m.column = m.line+1, 1
		case utf8.RuneStart(c):
			m.column++
		}
	}
	return m
}

// path is the JSON pointer (RFC 6901) to a value, or to the member whose name stands at the node.
func (d *doc) path(target uint32) string {
	var b strings.Builder
	var buffer []byte
	for at := uint32(0); at != target && at < d.tape.length; {
		child, index := at+1, 0
		object := d.node(at).kind() == ObjectKind
		for {
			value := child
			if object {
				value++
			}
			if target <= value || value >= d.tape.length {
				at = value
				if target < value {
					at = target // the name of the member itself
				}
				break
			}
			next := d.node(value).next
			if next == 0 || target < next { // inside, or in an array or object that is still open
				at = value
				break
			}
			child = next
			index++
		}
		b.WriteByte('/')
		if object {
			writeToken(&b, clipBytes(d.name(child, &buffer)))
		} else {
			b.WriteString(strconv.Itoa(index))
		}
	}
	return b.String()
}

// writeToken writes a name as one step of a JSON pointer.
func writeToken(b *strings.Builder, name string) {
	for i := range len(name) {
		switch c := name[i]; c {
		case '~':
			b.WriteString("~0")
		case '/':
			b.WriteString("~1")
		default:
			b.WriteByte(c)
		}
	}
}

// Place is where the value stands: JSON pointer, line and column. A pointer's steps are cut after 64 characters.
func (v Value) Place() (path string, line, column int) {
	if !v.IsValid() {
		return "", 0, 0
	}
	line, column = v.d.position(int(v.node().start))
	return v.d.path(v.i), line, column
}

// Problem files p with this value's path, line and column. Nothing is filed for a Value that is not valid: where it came
// from, a problem has been filed already or the member is absent.
func (v Value) Problem(p problem.Problem) {
	if v.IsValid() {
		v.d.report(p, v.i, int(v.node().start))
	}
}

// Report files what is wrong with this value: a problem as it is, without a place of its own, and any other error as
// malformed. Nothing is filed for nil.
func (v Value) Report(err error) {
	switch p := err.(type) {
	case nil:
	case problem.Problem:
		p.Path = ""
		v.Problem(p)
	default:
		text, _ := v.Text()
		v.Problem(problem.New(problem.Malformed, text))
	}
}
