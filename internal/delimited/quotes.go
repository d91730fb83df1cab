package delimited

import (
	"bytes"

	"github.com/overseaswarehouse/overseas/internal/problem"
)

// quotes reads the row at pos by the rules of RFC 4180, as encoding/csv does; the first line of it, with its line break, is
// first bytes long. A row that breaks the rules is refused and ends with its first line.
func (r *Reader) quotes(first int) {
	r.unread, r.spans = r.unread[:0], r.spans[:0]
	at, lines := 0, 0 // in the row
	row, used, newline := r.lineAt(0)
	for {
		if len(row) == 0 || row[0] != '"' {
			i := bytes.IndexByte(row, r.comma)
			field := row
			if i >= 0 {
				field = row[:i]
			}
			if bytes.IndexByte(field, '"') >= 0 {
				r.syntax(first, `"`, `""`)
				return
			}
			r.field(field)
			if i < 0 {
				break
			}
			row = row[i+1:]
			continue
		}
		row = row[1:]
		from := len(r.unread)
		for {
			i := bytes.IndexByte(row, '"')
			if i < 0 {
				r.unread = append(r.unread, row...)
				at += used
				if newline {
					r.unread = append(r.unread, '\n')
					lines++
				}
				if !newline || at > MaxRow {
					r.syntax(first, `"`, `"…"`)
					return
				}
				if row, used, newline = r.lineAt(at); used < 0 || at+used > MaxRow+2 {
					r.syntax(first, `"`, `"…"`)
					return
				}
				continue
			}
			r.unread = append(r.unread, row[:i]...)
			row = row[i+1:]
			if len(row) > 0 && row[0] == '"' {
				r.unread = append(r.unread, '"')
				row = row[1:]
				continue
			}
			break
		}
		r.spans = append(r.spans, span{int32(from), int32(len(r.unread))})
		if len(row) == 0 {
			break
		}
		if row[0] != r.comma {
			r.syntax(first, `"`, `""`)
			return
		}
		row = row[1:]
	}
	r.text = r.unread
	if len(r.spans) == 0 { // cannot be: a row has a field
		r.syntax(first, "", "")
		return
	}
	wide := false
	for _, c := range r.unread {
		wide = wide || r.class[c] == high
		if r.class[c] == control && c != '\n' && c != '\r' {
			r.raw = r.firstLine(first)
			r.isControl(c)
			r.pos += first
			return
		}
	}
	r.raw = trimBreak(r.buf[r.pos : r.pos+at+used])
	if r.check(r.unread, wide) != split {
		r.raw = r.firstLine(first)
		r.pos += first
		return
	}
	r.pos += at + used
	r.next += lines
}

// lineAt is the line that begins at an offset behind pos, how many bytes it has with its break, and whether it has one;
// used is negative where nothing is left.
func (r *Reader) lineAt(offset int) (row []byte, used int, newline bool) {
	n, newline := r.find(offset)
	if n < 0 {
		return nil, -1, false
	}
	row = r.buf[r.pos+offset : r.pos+offset+n]
	used = n
	if newline {
		used++
	}
	if n > 0 && row[n-1] == '\r' && (newline || r.eof) {
		row = row[:n-1]
	}
	return row, used, newline
}

// field takes a field as it is.
func (r *Reader) field(b []byte) {
	from := len(r.unread)
	r.unread = append(r.unread, b...)
	r.spans = append(r.spans, span{int32(from), int32(len(r.unread))})
}

// syntax refuses the row with its first line.
func (r *Reader) syntax(first int, text string, want ...string) {
	r.raw = r.firstLine(first)
	r.refuse(problem.New(problem.CSVSyntax, text, want...))
	r.pos += first
}

func (r *Reader) firstLine(first int) []byte { return trimBreak(r.buf[r.pos : r.pos+first]) }

// trimBreak is a line without its line break.
func trimBreak(row []byte) []byte {
	row = bytes.TrimSuffix(row, []byte{'\n'})
	return bytes.TrimSuffix(row, []byte{'\r'})
}
