package delimited

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/iotest"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"github.com/overseaswarehouse/overseas/internal/problem"
)

// row is what a reader said of a row.
type row struct {
	line   int
	fields []string
	code   problem.Code
	raw    string
}

func read(t testing.TB, src io.Reader, comma byte, enc Encoding) ([]row, error) {
	t.Helper()
	r, err := NewReader(src, comma, enc)
	if err != nil {
		return nil, err
	}
	var rows []row
	for r.Next() {
		x := row{line: r.Line(), raw: string(r.Raw())}
		if p, bad := r.Bad(); bad {
			x.code = p.Code
			if p.Line != r.Line() || r.Len() != 0 {
				t.Errorf("line %d: problem at line %d, %d fields", r.Line(), p.Line, r.Len())
			}
		}
		for i := range r.Len() {
			x.fields = append(x.fields, string(r.Field(i)))
		}
		rows = append(rows, x)
	}
	return rows, r.Err()
}

func shown(rows []row) string {
	s := ""
	for _, r := range rows[:min(len(rows), 8)] {
		s += fmt.Sprintf("\n  %d %.60q %s %.60q", r.line, r.fields, r.code, r.raw)
	}
	return s
}

func same(a, b []row) bool {
	return slices.EqualFunc(a, b, func(a, b row) bool {
		return a.line == b.line && a.code == b.code && a.raw == b.raw && slices.Equal(a.fields, b.fields)
	})
}

func TestRows(t *testing.T) {
	long := strings.Repeat("x", MaxRow)
	tests := []struct {
		name, in string
		want     []row
	}{
		{"empty", "", nil},
		{"lines", "a,b\nc,d\n", []row{{1, []string{"a", "b"}, "", "a,b"}, {2, []string{"c", "d"}, "", "c,d"}}},
		{"CRLF", "a,b\r\nc,\r\n", []row{{1, []string{"a", "b"}, "", "a,b"}, {2, []string{"c", ""}, "", "c,"}}},
		{"no last break", "a\nb", []row{{1, []string{"a"}, "", "a"}, {2, []string{"b"}, "", "b"}}},
		{"blank lines keep the numbers right", "a\n\n\r\n\nb\n", []row{{1, []string{"a"}, "", "a"}, {5, []string{"b"}, "", "b"}}},
		{"quotes", "\"a\"\"b\",\"c,d\"\n", []row{{1, []string{`a"b`, "c,d"}, "", `"a""b","c,d"`}}},
		{"quoted break", "\"a\r\nb\",c\nd,e\n", []row{{1, []string{"a\nb", "c"}, "", "\"a\r\nb\",c"}, {3, []string{"d", "e"}, "", "d,e"}}},
		{"byte order mark", "\ufeffa\n", []row{{1, []string{"a"}, "", "a"}}},
		{"two marks", "\ufeff\ufeffa\n", []row{{1, []string{"\ufeffa"}, "", "\ufeffa"}}},
		{"bare quote", "a\"b,c\nd,e\n", []row{{1, nil, problem.CSVSyntax, `a"b,c`}, {2, []string{"d", "e"}, "", "d,e"}}},
		{"text after a quote", "\"a\"b,c\nd\n", []row{{1, nil, problem.CSVSyntax, `"a"b,c`}, {2, []string{"d"}, "", "d"}}},
		{"open quote costs one row", "\"a,b\nc,d\n", []row{{1, nil, problem.CSVSyntax, `"a,b`}, {2, []string{"c", "d"}, "", "c,d"}}},
		{"open quote in a long file", "\"a\n" + strings.Repeat("c,d\n", MaxRow), append([]row{{1, nil, problem.CSVSyntax, `"a`}}, repeated(MaxRow)...)},
		{"NUL", "a\x00b\nc\n", []row{{1, nil, problem.ControlCharacter, "a\x00b"}, {2, []string{"c"}, "", "c"}}},
		{"NUL between quotes", "\"a\x00b\"\nc\n", []row{{1, nil, problem.ControlCharacter, "\"a\x00b\""}, {2, []string{"c"}, "", "c"}}},
		{"carriage returns alone", "a,b\rc,d\r", []row{{1, nil, problem.CSVSyntax, "a,b\rc,d"}}},
		{"not UTF-8", "a\nb\xff\nc\n", []row{{1, []string{"a"}, "", "a"}, {2, nil, problem.Encoding, "b\xff"}, {3, []string{"c"}, "", "c"}}},
		{"longest", long + "\nb\n", []row{{1, []string{long}, "", long}, {2, []string{"b"}, "", "b"}}},
		{"too long", long + "x\nb\n", []row{{1, nil, problem.TooLarge, long[:1024]}, {2, []string{"b"}, "", "b"}}},
		{"much too long", strings.Repeat(long, 20) + "\nb\n", []row{{1, nil, problem.TooLarge, long[:1024]}, {2, []string{"b"}, "", "b"}}},
		{"much too long at the end", "b\n" + strings.Repeat(long, 20), []row{{1, []string{"b"}, "", "b"}, {2, nil, problem.TooLarge, long[:1024]}}},
		{"too long between quotes", "\"" + strings.Repeat("ab\n", MaxRow/3+1) + "\"\n", append([]row{{1, nil, problem.CSVSyntax, `"ab`}}, abs(MaxRow/3)...)},
		{"too many columns", strings.Repeat(",", MaxColumns) + "\nb\n", []row{{1, nil, problem.TooMany, strings.Repeat(",", MaxColumns)}, {2, []string{"b"}, "", "b"}}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := read(t, strings.NewReader(test.in), ',', UTF8)
			if err != nil || !same(got, test.want) {
				t.Fatalf("%v\ngot    %s\nwanted %s", err, shown(got), shown(test.want))
			}
			for _, step := range []int{1, 3, 4095} {
				if len(test.in) > 1<<20 && step == 1 {
					continue
				}
				if again, _ := read(t, pieces{strings.NewReader(test.in), step}, ',', UTF8); !same(again, got) {
					t.Errorf("in pieces of %d: %s", step, shown(again))
				}
			}
		})
	}
}

func repeated(n int) (rows []row) {
	for i := range n {
		rows = append(rows, row{i + 2, []string{"c", "d"}, "", "c,d"})
	}
	return rows
}

// abs are the rows that an overlong quoted text leaves behind its first line: its lines, and the quote at its end.
func abs(n int) (rows []row) {
	for i := range n {
		rows = append(rows, row{i + 2, []string{"ab"}, "", "ab"})
	}
	return append(rows, row{n + 2, nil, problem.CSVSyntax, `"`})
}

// pieces reads a few bytes at a time.
type pieces struct {
	r    io.Reader
	step int
}

func (p pieces) Read(b []byte) (int, error) { return p.r.Read(b[:min(len(b), p.step)]) }

func TestDelimiters(t *testing.T) {
	for _, comma := range []byte{';', '\t', ','} {
		got, err := read(t, strings.NewReader("a"+string(comma)+"\"b"+string(comma)+"\"\n"), comma, UTF8)
		want := []row{{1, []string{"a", "b" + string(comma)}, "", "a" + string(comma) + "\"b" + string(comma) + "\""}}
		if err != nil || !same(got, want) {
			t.Errorf("%q: %v %s", comma, err, shown(got))
		}
	}
}

func TestOtherFiles(t *testing.T) {
	for name, in := range map[string]string{
		"XLSX": "PK\x03\x04\x14\x00\x06\x00", "OLE": "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00\x00", "HTML": "<html><body>Login</body></html>",
		"HTML with a mark": "\ufeff\n <table>", "PDF": "%PDF-1.7\n", "GZIP": "\x1f\x8b\x08", "UTF-16 HTML": "\xff\xfe<\x00h\x00t\x00",
	} {
		_, err := read(t, strings.NewReader(in), ',', UTF8)
		var p problem.Problem
		if !errors.As(err, &p) || p.Code != problem.NotCSV || p.Text == "" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestEncodings(t *testing.T) {
	text := "编号,国家\n㐀A,德国\n" + strings.Repeat("𠮷é,x\n", 5000)
	utf16, _ := unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder().String(text)
	utf16le, _ := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(text)
	gb, err := simplifiedchinese.GB18030.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	want, _ := read(t, strings.NewReader(text), ',', UTF8)
	for name, c := range map[string]struct {
		in  string
		enc Encoding
	}{"UTF-16BE": {utf16, UTF8}, "UTF-16LE": {utf16le, UTF8}, "GB18030": {gb, GB18030}, "mark": {"\ufeff" + text, UTF8Mark}} {
		for _, step := range []int{1, 7, 1 << 20} {
			got, err := read(t, pieces{strings.NewReader(c.in), step}, ',', c.enc)
			if err != nil || !same(got, want) {
				t.Errorf("%s in pieces of %d: %v, %d rows, %s", name, step, err, len(got), shown(got))
			}
		}
	}
	for name, c := range map[string]struct {
		in  string
		enc Encoding
		row int
	}{
		"GB18030 that was not said":    {gb, UTF8, 0},
		"half a GB18030 character":     {"a,b\n\xb5\n", GB18030, 1},
		"half a character at the end":  {"a,b\nc,d\xb5", GB18030, 1},
		"UTF-16 with half a character": {"\xff\xfea\x00\n\x00\x00\xd8b\x00\n\x00", UTF8, 1},
		"UTF-16 with an odd byte":      {"\xff\xfea\x00\n\x00b\x00c", UTF8, 1},
		"Big5 as GB18030":              {"a\n\xab\xff\n", GB18030, 1},
	} {
		got, err := read(t, strings.NewReader(c.in), ',', c.enc)
		if err != nil || len(got) <= c.row || got[c.row].code != problem.Encoding {
			t.Errorf("%s: %v %s", name, err, shown(got))
		}
	}
	if _, err := read(t, strings.NewReader("\ufeffa"), ',', GB18030); !errors.Is(err, problem.Encoding) {
		t.Errorf("a mark of UTF-8 in GB18030: %v", err)
	}
}

func TestFailingSource(t *testing.T) {
	broken := errors.New("broken")
	got, err := read(t, io.MultiReader(strings.NewReader("a\nb\nc"), iotest.ErrReader(broken)), ',', UTF8)
	if !errors.Is(err, broken) || len(got) != 2 {
		t.Errorf("%v %s", err, shown(got))
	}
	got, err = read(t, io.MultiReader(strings.NewReader("\xff\xfea\x00\n\x00"), iotest.ErrReader(broken)), ',', UTF8)
	if !errors.Is(err, broken) || len(got) != 1 {
		t.Errorf("%v %s", err, shown(got))
	}
	if _, err := read(t, stuck{}, ',', UTF8); !errors.Is(err, io.ErrNoProgress) {
		t.Errorf("a source that gives nothing: %v", err)
	}
}

type stuck struct{}

func (stuck) Read([]byte) (int, error) { return 0, nil }

// oracle is what encoding/csv reads, up to the first row that it refuses.
func oracle(in string, comma byte) (rows [][]string, whole bool) {
	r := csv.NewReader(strings.NewReader(strings.TrimPrefix(in, mark)))
	r.Comma, r.FieldsPerRecord = rune(comma), -1
	for {
		fields, err := r.Read()
		if err != nil {
			return rows, err == io.EOF
		}
		rows = append(rows, fields)
	}
}

// differs compares a reading with encoding/csv's. Rows that are refused for what encoding/csv does not look at end it.
func differs(t *testing.T, in string, comma byte, got []row) {
	t.Helper()
	want, whole := oracle(in, comma)
	for i, g := range got {
		switch {
		case g.code == problem.CSVSyntax && !strings.Contains(g.raw, "\r"):
			if whole || i != len(want) {
				t.Fatalf("%q: row %d refused, encoding/csv has %q whole=%v", in, i, want, whole)
			}
			return
		case g.code != "":
			return
		case i >= len(want):
			if !whole {
				t.Fatalf("%q: row %d is read as %q, encoding/csv refuses it", in, i, g.fields)
			}
			t.Fatalf("%q: row %d is too many: %q", in, i, g.fields)
		case !slices.Equal(g.fields, want[i]):
			t.Fatalf("%q: row %d is %q, encoding/csv reads %q", in, i, g.fields, want[i])
		}
	}
	if !whole || len(want) != len(got) {
		t.Fatalf("%q: %d rows, encoding/csv %d, whole %v", in, len(got), len(want), whole)
	}
}

func TestAgreesWithEncodingCSV(t *testing.T) {
	d := rand.New(rand.NewPCG(1, 2))
	alphabet := []string{"a", "b", ",", "\"", "\"\"", "\n", "\r\n", "\",", "\n\"", ",\"", " ", ";", "é", "\"\n"}
	for range 30_000 {
		var b strings.Builder
		for range d.IntN(14) {
			b.WriteString(alphabet[d.IntN(len(alphabet))])
		}
		got, err := read(t, strings.NewReader(b.String()), ',', UTF8)
		if err != nil {
			t.Fatalf("%q: %v", b.String(), err)
		}
		differs(t, b.String(), ',', got)
	}
}

func FuzzReader(f *testing.F) {
	for _, s := range []string{"a,b\n\"c\",d", "\"a\n\"\"b\",\r\n", "\"", "a\"b", "\xff\xfea\x00", "\ufeff\"\"\n\n,", "\"a\"b\n\"c", "a\rb"} {
		f.Add(s, byte(','), 1)
	}
	f.Fuzz(func(t *testing.T, in string, comma byte, step int) {
		if !slices.Contains([]byte{',', ';', '\t'}, comma) {
			comma = ','
		}
		got, err := read(t, strings.NewReader(in), comma, UTF8)
		again, err2 := read(t, pieces{strings.NewReader(in), 1 + int(uint(step)%64)}, comma, UTF8)
		if !same(got, again) || (err == nil) != (err2 == nil) {
			t.Fatalf("%q: in pieces of %d: %s, whole: %s", in, 1+int(uint(step)%64), shown(again), shown(got))
		}
		if err != nil || strings.HasPrefix(in, "\xff\xfe") || strings.HasPrefix(in, "\xfe\xff") {
			return
		}
		differs(t, in, comma, got)
	})
}

// TestKeptRows holds that a row which was kept is what the reader said of it, when it has gone on, and that going back to it
// does not disturb what comes.
func TestKeptRows(t *testing.T) {
	text := strings.Repeat("a,b,c\n\"q\"\"\n1\",,\"\"\r\n\"\"\n\"open,x\nb\x00c\n\xff,1\n\nlast,\"x\"\n", 300) + strings.Repeat("z", MaxRow+1) + "\nend"
	want, err := read(t, strings.NewReader(text), ',', UTF8)
	if err != nil || len(want) < 1800 {
		t.Fatal(err, len(want))
	}
	r, err := NewReader(pieces{strings.NewReader(text), 777}, ',', UTF8)
	if err != nil {
		t.Fatal(err)
	}
	at := func() row {
		x := row{line: r.Line(), raw: string(r.Raw())}
		if p, bad := r.Bad(); bad {
			x.code = p.Code
		}
		for i := range r.Len() {
			x.fields = append(x.fields, string(r.Field(i)))
		}
		return x
	}
	var k Kept
	var got, recalled []row
	for more := true; more; {
		if more = r.Next(); more {
			got = append(got, at())
			k.Keep(r)
		}
		if k.Len() < 50 && more {
			continue
		}
		first := len(got) - k.Len()
		for i := range k.Len() {
			for f, text := range got[first+i].fields {
				if string(k.Field(i, f)) != text {
					t.Fatalf("row %d, field %d: %q", first+i, f, k.Field(i, f))
				}
			}
		}
		back := make([]row, k.Len())
		for i := range back { // the last one first
			r.Recall(&k, len(back)-1-i)
			back[len(back)-1-i] = at()
		}
		recalled = append(recalled, back...)
		k.Reset()
		if k.Len() != 0 || k.Size() != 0 {
			t.Fatal("rows are left")
		}
	}
	if !same(got, want) || !same(recalled, want) {
		t.Errorf("read%s\nrecalled%s\nwanted%s", shown(got), shown(recalled), shown(want))
	}
}

// TestReaderAllocates holds that reading rows allocates nothing, quoted or not.
func TestReaderAllocates(t *testing.T) {
	text := strings.Repeat("A-1001,DE,\"20095\",2.5,40,30,20\nA-1002,德国,20095,2.5,\"a \"\"b\"\"\",30,20\n", 20000)
	r, err := NewReader(strings.NewReader(text), ',', UTF8)
	if err != nil {
		t.Fatal(err)
	}
	r.Next()
	r.Next()
	if n := testing.AllocsPerRun(10000, func() {
		if !r.Next() || r.Len() != 7 {
			t.Fatal("no row")
		}
	}); n > 0 {
		t.Errorf("%v allocations a row", n)
	}
}

func TestWriter(t *testing.T) {
	cells := []string{"", "plain", "=1+1", "+1", "-1", "@x", "\t=1", "a,b", "a\"b", "a\nb", " a", "＝1", "a b", "德国", "a;b", "'x", "-"}
	want := []string{"", "plain", "'=1+1", "'+1", "'-1", "'@x", "'\t=1", "a,b", "a\"b", "a\nb", " a", "'＝1", "a b", "德国", "a;b", "'x", "'-"}
	for _, comma := range []byte{',', ';', '\t'} {
		var out bytes.Buffer
		w := NewWriter(&out, comma, UTF8, false)
		for _, c := range cells {
			w.String(c)
		}
		w.End()
		for _, c := range cells {
			w.Text([]byte(c))
		}
		w.Put(strconv.AppendInt(w.Cell(), -5, 10))
		w.End()
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		got, whole := oracle(out.String(), comma)
		if !whole || len(got) != 2 || !slices.Equal(got[0], want) || !slices.Equal(got[1], append(want[:len(want):len(want)], "-5")) {
			t.Errorf("%q:\n%q\nwanted\n%q", comma, got, want)
		}
	}
}

func TestWriterEncodings(t *testing.T) {
	write := func(enc Encoding, crlf bool) string {
		var out bytes.Buffer
		w := NewWriter(&out, ',', enc, crlf)
		for range 20000 {
			w.String("德国")
			w.String("㐀")
			w.End()
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		return out.String()
	}
	if got := write(UTF8Mark, true); got != mark+strings.Repeat("德国,㐀\r\n", 20000) {
		t.Errorf("with a mark: %.40q", got)
	}
	back, err := simplifiedchinese.GB18030.NewDecoder().String(write(GB18030, false))
	if err != nil || back != strings.Repeat("德国,㐀\n", 20000) {
		t.Errorf("GB18030: %v %.40q", err, back)
	}
	broken := errors.New("broken")
	w := NewWriter(failingWriter{broken}, ',', GB18030, false)
	w.String("a")
	w.End()
	if err := w.Close(); !errors.Is(err, broken) || !errors.Is(w.Err(), broken) {
		t.Errorf("a writer that fails: %v", err)
	}
}

type failingWriter struct{ err error }

func (f failingWriter) Write([]byte) (int, error) { return 0, f.err }
