package proof

import (
	"bytes"
	"encoding/json"
	"io"

	"github.com/overseaswarehouse/overseas/internal/fixed"
	"github.com/overseaswarehouse/overseas/internal/lang"
	"github.com/overseaswarehouse/overseas/internal/problem"
	"github.com/overseaswarehouse/overseas/internal/strict"
)

// deepest bounds how steps nest; each takes an object and an array.
const deepest = 400

// Read reads the JSON form of a record. The error is [problem.Problems]: everything wrong with the document, each with
// path, line and column. Whether the record is right is for [Record.Verify] to say.
func Read(r io.Reader) (*Record, error) {
	var into problem.List
	v, ok := strict.Read(r, strict.Limits{Depth: deepest, Text: 1 << 16}, &into)
	if !ok {
		return nil, into.Err()
	}
	rec := readRecord(v)
	if err := into.Err(); err != nil {
		return nil, err
	}
	return rec, nil
}

func readRecord(v strict.Value) *Record {
	o, ok := v.Object("schema", "of", "language", "references", "status", "reasons", "documents", "inputs", "lines", "totals", "text", "fingerprint", "digest")
	if !ok {
		return nil
	}
	if s, ok := o.Need("schema"); ok {
		if text, ok := s.Text(); ok && text != Schema {
			s.Problem(problem.New(problem.UnsupportedVersion, text, Schema))
		}
	}
	r := &Record{Of: need(o, "of"), Status: need(o, "status"), Digest: need(o, "digest"), Language: need(o, "language")}
	if _, known := lang.ByCode(r.Language); !known {
		if s, ok := o.Get("language"); ok && r.Language != "" {
			s.Problem(problem.New(problem.UnknownValue, r.Language, languages()...))
		}
	}
	each(o, "references", func(v strict.Value) {
		if o, ok := v.Object("name", "value"); ok {
			r.References = append(r.References, Reference{need(o, "name"), optional(o, "value")})
		}
	})
	each(o, "reasons", func(v strict.Value) {
		if o, ok := v.Object("code", "of", "detail", "text"); ok {
			r.Reasons = append(r.Reasons, Reason{need(o, "code"), optional(o, "of"), optional(o, "detail"), need(o, "text")})
		}
	})
	each(o, "documents", func(v strict.Value) {
		if o, ok := v.Object("kind", "id", "edition", "digest", "from", "to", "seen"); ok {
			r.Documents = append(r.Documents, Document{need(o, "kind"), need(o, "id"), optional(o, "edition"), need(o, "digest"),
				optional(o, "from"), optional(o, "to"), optional(o, "seen")})
		}
	})
	if in, ok := o.Get("inputs"); ok {
		var b bytes.Buffer // without white space, as it was sealed
		if json.Compact(&b, in.Raw()) == nil {
			r.Inputs = b.Bytes()
		}
	}
	if _, ok := o.Need("lines"); ok {
		each(o, "lines", func(v strict.Value) { r.Lines = append(r.Lines, readLine(v)) })
	}
	each(o, "totals", func(v strict.Value) { r.Totals = append(r.Totals, readNode(v)) })
	if _, ok := o.Need("text"); ok {
		each(o, "text", func(v strict.Value) {
			o, ok := v.Object("depth", "kind", "text")
			if !ok {
				return
			}
			p := Paragraph{Text: optional(o, "text")}
			if d, ok := o.Need("depth"); ok {
				n, _ := d.Int()
				p.Depth = int(n)
				if n < 0 || n > deepest {
					d.Problem(problem.New(problem.NumberRange, string(d.Raw()), "0 … 400"))
				}
			}
			if k, ok := o.Need("kind"); ok {
				p.Kind, _ = k.OneOf(KindTitle, KindNote, KindSection, KindLine, KindStep)
			}
			r.Text = append(r.Text, p)
		})
	}
	if f, ok := o.Get("fingerprint"); ok && r.Digest != "" {
		if text, ok := f.Text(); ok && text != r.Fingerprint() {
			f.Problem(problem.New(problem.DigestDiffers, text, r.Fingerprint()))
		}
	}
	return r
}

func readLine(v strict.Value) LineProof {
	o, ok := v.Object("card", "code", "title", "on", "family", "covers", "recoverable", "prepayment", "proof", "digest")
	if !ok {
		return LineProof{}
	}
	l := LineProof{Card: optional(o, "card"), Code: need(o, "code"), Title: optional(o, "title"), On: optional(o, "on"), Family: optional(o, "family"), Digest: need(o, "digest")}
	each(o, "covers", func(v strict.Value) {
		text, _ := v.Text()
		l.Covers = append(l.Covers, text)
	})
	for name, at := range map[string]*bool{"recoverable": &l.Recoverable, "prepayment": &l.Prepayment} {
		if b, ok := o.Get(name); ok {
			*at, _ = b.Bool()
		}
	}
	if p, ok := o.Need("proof"); ok {
		l.Proof = readNode(p)
	}
	return l
}

func readNode(v strict.Value) *Node {
	o, ok := v.Object("op", "name", "value", "unit", "word", "from", "mode", "args")
	if !ok {
		return nil
	}
	n := &Node{Name: optional(o, "name"), Unit: optional(o, "unit"), Word: optional(o, "word"), From: optional(o, "from")}
	if op, ok := o.Need("op"); ok {
		words := make([]string, len(ops))
		for i, w := range ops {
			words[i] = string(w)
		}
		text, _ := op.OneOf(words...)
		n.Op = Op(text)
	}
	if val, ok := o.Get("value"); ok {
		if text, ok := val.Text(); ok {
			if n.Value, ok = parseNumber(text); !ok {
				val.Problem(problem.New(problem.NumberSyntax, text, "12.50, 1/3"))
			}
		}
	}
	if m, ok := o.Get("mode"); ok {
		if text, ok := m.OneOf(fixed.ModeNames()...); ok {
			n.Mode, _ = fixed.ParseMode(text)
		}
	}
	each(o, "args", func(v strict.Value) { n.Args = append(n.Args, readNode(v)) })
	return n
}

// each visits the elements of a member that may be absent.
func each(o strict.Object, name string, visit func(strict.Value)) {
	list, ok := o.Get(name)
	if !ok {
		return
	}
	for _, v := range list.Elements() {
		visit(v)
	}
}

func need(o strict.Object, name string) string {
	v, ok := o.Need(name)
	if !ok {
		return ""
	}
	text, _ := v.Text()
	return text
}

func optional(o strict.Object, name string) string {
	v, ok := o.Get(name)
	if !ok {
		return ""
	}
	text, _ := v.Text()
	return text
}

func languages() []string {
	var list []string
	for _, l := range lang.All() {
		list = append(list, l.String())
	}
	return list
}
