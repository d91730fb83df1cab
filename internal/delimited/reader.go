package delimited

import (
	"bytes"
	"io"
	"strconv"
	"unicode/utf8"

	"github.com/overseaswarehouse/overseas/internal/problem"
)

// The limits of a row.
const (
	MaxRow     = 64 << 10 // bytes of UTF-8, the line break left out
	MaxColumns = 1000
)

// The sizes of a reader's buffer: at first, and when rows are long. The second has room for a row, and for reading on while
// one is looked at.
const (
	narrow = 32 << 10
	window = 2*MaxRow + narrow
)

// Reader reads rows. Its memory is a buffer of at most a fixed size.
type Reader struct {
	src     io.Reader
	buf     []byte
	pos     int // where the next row begins
	end     int
	eof     bool
	err     error // of src
	comma   byte
	want    string // the encoding, for problems
	decoded bool   // U+FFFD stands for what was not text
	skip    bool   // the rest of a line that is too long

	next   int // the number of the line at pos
	line   int
	bad    problem.Problem
	isBad  bool
	text   []byte // that the spans are of
	spans  []span
	raw    []byte
	unread []byte // unescaped fields
	class  [256]uint8
}

// span is a field in the text of a row.
type span struct{ from, to int32 }

// The classes of bytes that a row is looked through for.
const (
	plain uint8 = iota
	separator
	quote
	control
	high // a byte of a character that is not ASCII
)

// NewReader reads the beginning of src. The error is a problem: a file that is no delimited text by its content, an
// encoding that is not the one said, src failing.
func NewReader(src io.Reader, comma byte, enc Encoding) (*Reader, error) {
	r := &Reader{comma: comma, next: 1, buf: make([]byte, narrow), spans: make([]span, 0, 32)}
	for c := range r.class {
		if c < ' ' && c != '\t' || c == 0x7f {
			r.class[c] = control
		}
		if c >= utf8.RuneSelf {
			r.class[c] = high
		}
	}
	r.class['"'], r.class[comma] = quote, separator
	if err := r.open(src, enc); err != nil {
		return nil, err
	}
	return r, nil
}

// Next reads a row; false at the end, and when the source fails.
func (r *Reader) Next() bool {
	for {
		n, newline := r.find(0)
		if n < 0 {
			return false
		}
		row := r.buf[r.pos : r.pos+n]
		r.isBad, r.line, r.raw = false, r.next, row
		used := n
		if newline {
			used++
			r.next++
		}
		switch {
		case r.skip:
			r.skip = !newline
			r.pos += used
			continue
		case n > MaxRow:
			r.raw = whole(row[:1024])
			r.refuse(problem.New(problem.TooLarge, string(r.raw), strconv.Itoa(MaxRow)))
			r.skip = !newline
			r.pos += used
			return true
		}
		if (newline || r.eof) && n > 0 && row[n-1] == '\r' {
			row = row[:n-1]
		}
		if len(row) == 0 {
			r.pos += used
			continue
		}
		r.raw = row
		switch r.split(row) {
		case split:
			r.pos += used
		case quoted:
			r.quotes(used)
		default:
			r.pos += used
		}
		return true
	}
}

// find is the length of the line that begins at an offset behind pos and whether a line break ends it. A line of more than
// MaxRow bytes is cut where the buffer ends. It is negative at the end of the source.
func (r *Reader) find(offset int) (n int, newline bool) {
	seen := 0
	for {
		rest := r.buf[r.pos+offset : r.end]
		if i := bytes.IndexByte(rest[seen:], '\n'); i >= 0 {
			return seen + i, true
		}
		seen = len(rest)
		switch {
		case seen > MaxRow:
			return seen, false
		case r.eof && (seen == 0 || r.err != nil):
			return -1, false // of a source that failed the last row is not known to be whole
		case r.eof:
			return seen, false
		}
		r.fill()
	}
}

// fill reads once into the buffer, having moved what is left to its beginning where there is no room.
func (r *Reader) fill() {
	if r.eof {
		return
	}
	if r.end == len(r.buf) {
		to := r.buf
		if r.end-r.pos > len(r.buf)/2 && len(r.buf) < window {
			to = make([]byte, window)
		}
		copy(to, r.buf[r.pos:r.end])
		r.buf = to
		r.end -= r.pos
		r.pos = 0
	}
	for range 100 {
		n, err := r.src.Read(r.buf[r.end:])
		r.end += max(n, 0)
		if err != nil {
			r.eof = true
			if err != io.EOF {
				r.err = err
			}
			return
		}
		if n > 0 {
			return
		}
	}
	r.eof, r.err = true, io.ErrNoProgress
}

// What split found.
const (
	split = iota
	quoted
	refused
)

// split parts a line without quotes into fields.
func (r *Reader) split(row []byte) int {
	spans, class := r.spans[:0], &r.class
	from, wide := 0, false
	for i, c := range row {
		k := class[c]
		if k == plain {
			continue
		}
		switch k {
		case separator:
			spans = append(spans, span{int32(from), int32(i)})
			from = i + 1
		case high:
			wide = true
		case quote:
			return quoted
		default:
			r.spans = spans[:0]
			r.isControl(c)
			return refused
		}
	}
	r.spans = append(spans, span{int32(from), int32(len(row))})
	r.text = row
	return r.check(row, wide)
}

func (r *Reader) isControl(c byte) {
	p := problem.New(problem.ControlCharacter, "U+"+strconv.FormatInt(0x10000+int64(c), 16)[1:])
	if c == '\r' {
		p = problem.New(problem.CSVSyntax, `\r`, `\n`, `\r\n`)
	}
	r.refuse(p)
}

// check refuses a row that is not text, or has too many fields. Without a wide byte it is text.
func (r *Reader) check(row []byte, wide bool) int {
	if wide {
		if i := r.notText(row); i >= 0 {
			r.refuse(problem.New(problem.Encoding, string(row[i:min(len(row), i+8)]), r.want))
			return refused
		}
	}
	if len(r.spans) > MaxColumns {
		r.refuse(problem.New(problem.TooMany, strconv.Itoa(len(r.spans)), strconv.Itoa(MaxColumns)).With("what", "columns"))
		return refused
	}
	return split
}

// notText is where a row stops being text, or -1.
func (r *Reader) notText(row []byte) int {
	if r.decoded {
		return bytes.Index(row, []byte("\uFFFD"))
	}
	if utf8.Valid(row) {
		return -1
	}
	for i := 0; i < len(row); {
		c, n := utf8.DecodeRune(row[i:])
		if c == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return -1
}

func (r *Reader) refuse(p problem.Problem) {
	p.Line, p.Column = r.line, 1
	r.bad, r.isBad = p, true
	r.spans = r.spans[:0]
}

// Line is the number of the row's first line in the file, from 1.
func (r *Reader) Line() int { return r.line }

// Bad is what is wrong with the row; such a row has no fields.
func (r *Reader) Bad() (problem.Problem, bool) { return r.bad, r.isBad }

// Len is the number of fields.
func (r *Reader) Len() int { return len(r.spans) }

// Field is a field of the row without its quotes. It is valid until the next row is read.
func (r *Reader) Field(i int) []byte {
	s := r.spans[i]
	return r.text[s.from:s.to:s.to]
}

// Raw is the row as it stands in UTF-8, without its line break; only the first line of a row that is refused. It is valid
// until the next row is read.
func (r *Reader) Raw() []byte { return r.raw }

// Err is why the source could not be read to its end, nil where it was.
func (r *Reader) Err() error { return r.err }

// whole is a text without the part of a character at its end.
func whole(b []byte) []byte {
	for i := 1; i <= utf8.UTFMax && i <= len(b); i++ {
		if c := b[len(b)-i]; utf8.RuneStart(c) {
			if !utf8.FullRune(b[len(b)-i:]) {
				return b[:len(b)-i]
			}
			break
		}
	}
	return b
}
