package delimited

import "github.com/overseaswarehouse/overseas/internal/problem"

// Kept is copies of rows, which stay when the reader goes on. The zero Kept is empty.
type Kept struct {
	text  []byte
	spans []span
	bad   []problem.Problem
	rows  []keptRow
}

// keptRow says where a row stands in what is kept.
type keptRow struct {
	line        int
	text, raw   int // where they begin; the raw row is the text where both begin at one place
	end         int // of both
	spans, last int
	bad         int // 1 + the place of its problem; 0: it has none
}

// Keep keeps the row that the reader is at.
func (k *Kept) Keep(r *Reader) {
	at := keptRow{line: r.line, text: len(k.text), spans: len(k.spans)}
	at.raw = at.text
	switch {
	case r.isBad:
		k.bad = append(k.bad, r.bad)
		at.bad = len(k.bad)
		k.text = append(k.text, r.raw...)
	default:
		k.text = append(k.text, r.text...)
		k.spans = append(k.spans, r.spans...)
		if len(r.raw) != len(r.text) || len(r.raw) > 0 && &r.raw[0] != &r.text[0] {
			at.raw = len(k.text)
			k.text = append(k.text, r.raw...)
		}
	}
	at.end, at.last = len(k.text), len(k.spans)
	k.rows = append(k.rows, at)
}

// Len is the number of rows.
func (k *Kept) Len() int { return len(k.rows) }

// Size is about how many bytes they take.
func (k *Kept) Size() int { return len(k.text) + 8*len(k.spans) }

// Field is a field of a row, as [Reader.Field] gave it. It is valid until the next Reset.
func (k *Kept) Field(row, i int) []byte {
	at := &k.rows[row]
	s, text := k.spans[at.spans+i], k.text[at.text:at.end]
	return text[s.from:s.to:s.to]
}

// Reset empties it, and keeps its memory.
func (k *Kept) Reset() {
	clear(k.bad)
	k.text, k.spans, k.bad, k.rows = k.text[:0], k.spans[:0], k.bad[:0], k.rows[:0]
}

// Recall brings the reader back to a row that was kept, for as long as it is; Next goes on as if it had not.
func (r *Reader) Recall(k *Kept, row int) {
	at := &k.rows[row]
	r.line, r.isBad = at.line, at.bad > 0
	r.raw = k.text[at.raw:at.end:at.end]
	r.spans = append(r.spans[:0], k.spans[at.spans:at.last]...)
	r.text = k.text[at.text:at.end]
	if r.isBad {
		r.bad = k.bad[at.bad-1]
	}
}
