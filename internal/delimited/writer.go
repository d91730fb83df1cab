package delimited

import (
	"bytes"
	"io"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/transform"
)

// Writer gathers rows and writes them in pieces of about 64 KiB. After an error of the writer below nothing is written.
type Writer struct {
	dst   io.Writer
	close io.Closer // of an encoder
	buf   []byte
	comma byte
	crlf  bool
	begun bool // a cell of the row has been written
	err   error
}

// piece is how much is gathered before it is written.
const piece = 64 << 10

// NewWriter writes to dst. Nothing but a byte order mark is written before the first row.
func NewWriter(dst io.Writer, comma byte, enc Encoding, crlf bool) *Writer {
	w := &Writer{dst: dst, comma: comma, crlf: crlf, buf: make([]byte, 0, piece+piece/4)}
	switch enc {
	case UTF8Mark:
		w.buf = append(w.buf, mark...)
	case GB18030:
		t := transform.NewWriter(dst, simplifiedchinese.GB18030.NewEncoder())
		w.dst, w.close = t, t
	}
	return w
}

// Cell begins a cell and returns the buffer for its bytes, which [Writer.Put] takes back. It is for numbers and other text
// without quotes, separators and line breaks.
func (w *Writer) Cell() []byte {
	if w.begun {
		w.buf = append(w.buf, w.comma)
	}
	w.begun = true
	return w.buf
}

// Put takes the buffer of [Writer.Cell] back.
func (w *Writer) Put(b []byte) { w.buf = b }

// Text writes a cell of text. One that a spreadsheet would take for a formula, beginning with = + - @, a tab or a line break
// or with their full-width forms, gets an apostrophe in front.
func (w *Writer) Text(s []byte) {
	w.Put(appendText(w.Cell(), s, w.comma))
}

// String is Text for a string.
func (w *Writer) String(s string) {
	b := w.Cell()
	if simple(s, w.comma) {
		w.Put(append(b, s...))
		return
	}
	w.Put(appendText(b, []byte(s), w.comma))
}

// simple reports whether a text is written as it is.
func simple(s string, comma byte) bool {
	if s == "" || formula([]byte(s[:min(len(s), 4)])) {
		return s == ""
	}
	for i := range len(s) {
		if c := s[i]; c <= ' ' || c == '"' || c == comma {
			return false
		}
	}
	return true
}

func appendText(b, s []byte, comma byte) []byte {
	escape := formula(s)
	special := false
	for i, c := range s {
		if c == '"' || c == comma || c == '\n' || c == '\r' || c == ' ' && (i == 0 || i == len(s)-1) {
			special = true
			break
		}
	}
	if !special {
		if escape {
			b = append(b, '\'')
		}
		return append(b, s...)
	}
	b = append(b, '"')
	if escape {
		b = append(b, '\'')
	}
	for {
		i := bytes.IndexByte(s, '"')
		if i < 0 {
			break
		}
		b = append(b, s[:i]...)
		b = append(b, `""`...)
		s = s[i+1:]
	}
	b = append(b, s...)
	return append(b, '"')
}

// formula reports whether a spreadsheet may take a text for a formula.
func formula(s []byte) bool {
	if len(s) == 0 {
		return false
	}
	switch s[0] {
	case '=', '+', '-', '@', '\t', '\r', '\n':
		return true
	case 0xef:
		for _, wide := range [...]string{"＝", "＋", "－", "＠"} {
			if bytes.HasPrefix(s, []byte(wide)) {
				return true
			}
		}
	}
	return false
}

// End ends the row and writes what has been gathered when it is enough.
func (w *Writer) End() {
	if w.crlf {
		w.buf = append(w.buf, '\r')
	}
	w.buf = append(w.buf, '\n')
	w.begun = false
	if len(w.buf) >= piece {
		w.flush()
	}
}

func (w *Writer) flush() {
	if w.err == nil && len(w.buf) > 0 {
		var n int
		n, w.err = w.dst.Write(w.buf)
		if w.err == nil && n < len(w.buf) {
			w.err = io.ErrShortWrite
		}
	}
	if cap(w.buf) > 4*piece { // after a row that was much longer than others
		w.buf = make([]byte, 0, piece+piece/4)
	}
	w.buf = w.buf[:0]
}

// Err is the first error of the writer below.
func (w *Writer) Err() error { return w.err }

// Close writes what is left; the writer below stays open.
func (w *Writer) Close() error {
	w.flush()
	if w.close != nil {
		if err := w.close.Close(); w.err == nil {
			w.err = err
		}
		w.close = nil
	}
	return w.err
}
