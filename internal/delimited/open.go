package delimited

import (
	"bytes"
	"io"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"github.com/overseaswarehouse/overseas/internal/problem"
)

// Encoding is how text is written as bytes.
type Encoding uint8

const (
	// UTF8 is UTF-8, with or without a byte order mark, or UTF-16 with one.
	UTF8 Encoding = iota
	// UTF8Mark is UTF8; what is written begins with a byte order mark.
	UTF8Mark
	// GB18030 is the Chinese standard, of which GBK and GB 2312 are parts.
	GB18030
)

// Valid reports whether e is one of the encodings.
func (e Encoding) Valid() bool { return e <= GB18030 }

const mark = "\xef\xbb\xbf"

// files are what other files begin with.
var files = []struct{ magic, name string }{
	{"PK\x03\x04", "XLSX (ZIP)"},
	{"PK\x05\x06", "ZIP"},
	{"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "XLS (OLE)"},
	{"%PDF-", "PDF"},
	{"\x1f\x8b", "GZIP"},
	{"{\\rtf", "RTF"},
}

// open looks at the beginning of the source and sets up its decoding.
func (r *Reader) open(src io.Reader, enc Encoding) error {
	r.src = src
	for !r.eof && r.end < 512 {
		r.fill()
	}
	head := r.buf[:r.end]
	for _, f := range files {
		if bytes.HasPrefix(head, []byte(f.magic)) {
			return problem.New(problem.NotCSV, f.name)
		}
	}
	start := bytes.TrimLeft(bytes.TrimPrefix(head, []byte(mark)), " \t\r\n")
	if len(start) > 0 && start[0] == '<' {
		return problem.New(problem.NotCSV, "HTML")
	}
	r.want = "UTF-8"
	wide := bytes.HasPrefix(head, []byte("\xff\xfe")) || bytes.HasPrefix(head, []byte("\xfe\xff"))
	switch {
	case enc == GB18030 && (wide || bytes.HasPrefix(head, []byte(mark))):
		return problem.New(problem.Encoding, "byte order mark", "GB18030")
	case enc == GB18030:
		r.want = "GB18030"
		r.decode(simplifiedchinese.GB18030.NewDecoder().Reader)
	case wide:
		r.want = "UTF-16"
		r.decode(unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder().Reader)
	case bytes.HasPrefix(head, []byte(mark)):
		r.pos = len(mark)
	}
	if r.decoded {
		for !r.eof && r.end < 512 {
			r.fill()
		}
		if start := bytes.TrimLeft(r.buf[:r.end], " \t\r\n"); len(start) > 0 && start[0] == '<' {
			return problem.New(problem.NotCSV, "HTML")
		}
	}
	return nil
}

// decode puts a decoder between the source and the buffer, what was read of the source first.
func (r *Reader) decode(reader func(io.Reader) io.Reader) {
	read := bytes.Clone(r.buf[:r.end])
	rest := r.src
	if r.eof {
		rest = failing{r.err}
	}
	r.src = reader(io.MultiReader(bytes.NewReader(read), rest))
	r.pos, r.end, r.eof, r.err = 0, 0, false, nil
	r.decoded = true
}

// failing is a reader that is at its end, or has failed.
type failing struct{ err error }

func (f failing) Read([]byte) (int, error) {
	if f.err != nil {
		return 0, f.err
	}
	return 0, io.EOF
}
