package proof

import (
	"io"
	"math/big"
	"strconv"
	"strings"

	"golang.org/x/text/language"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/internal/lang"
	"github.com/overseaswarehouse/overseas/internal/layout"
	"github.com/overseaswarehouse/overseas/internal/units"
)

// WriteText writes the words of the record as plain text, two spaces a level, in the language in which it was made. The
// error is that of the writer.
func (r *Record) WriteText(w io.Writer) error {
	r = r.orEmpty()
	_, err := io.WriteString(w, Plain(r.Text))
	return err
}

// Plain is paragraphs as plain text.
func Plain(text []Paragraph) string {
	var b strings.Builder
	for i, p := range text {
		if i > 0 && (p.Kind == KindLine && p.Depth == 0 || p.Kind == KindTitle) {
			b.WriteByte('\n')
		}
		for range p.Depth {
			b.WriteString("  ")
		}
		b.WriteString(p.Text)
		b.WriteByte('\n')
	}
	return b.String()
}

// WriteMarkdown writes the words of the record as Markdown: headings and nested lists. What would be read as markup is
// escaped. The error is that of the writer.
func (r *Record) WriteMarkdown(w io.Writer) error {
	r = r.orEmpty()
	var b strings.Builder
	listed, base := false, 0
	for i, p := range r.Text {
		text := markdown(p.Text)
		switch {
		case p.Kind == KindTitle || p.Kind == KindLine && p.Depth == 0:
			if i > 0 {
				b.WriteByte('\n')
			}
			level := "## "
			if p.Kind == KindLine {
				level = "### "
			}
			b.WriteString(level + text + "\n")
			listed, base = false, p.Depth
		default:
			if !listed {
				b.WriteByte('\n')
				base = p.Depth
			}
			b.WriteString(strings.Repeat("  ", max(0, p.Depth-base)) + "- " + text + "\n")
			listed = true
		}
	}
	b.WriteString("\n`" + r.Fingerprint() + "`\n")
	_, err := io.WriteString(w, b.String())
	return err
}

// markdown escapes what Markdown reads as more than text.
func markdown(text string) string {
	var b strings.Builder
	for i := range len(text) {
		if strings.IndexByte("\\`*_[]<>#|~", text[i]) >= 0 {
			b.WriteByte('\\')
		}
		b.WriteByte(text[i])
	}
	return b.String()
}

// WriteHTML writes the words of the record as a fragment of HTML: one section with headings and nested lists, without
// style, script or identifier, to be put into a page. All text is escaped. The error is that of the writer.
func (r *Record) WriteHTML(w io.Writer) error {
	r = r.orEmpty()
	var b strings.Builder
	b.WriteString(`<section class="overseas-explanation" lang="` + layout.HTML(r.Language) + "\">\n")
	var open []int // depths of the items that are open
	end := func() {
		b.WriteString(strings.Repeat("</li></ul>\n", len(open)))
		open = open[:0]
	}
	for _, p := range r.Text {
		text := layout.HTML(p.Text)
		if p.Kind == KindTitle || p.Kind == KindLine && p.Depth == 0 {
			end()
			tag := "h2"
			if p.Kind == KindLine {
				tag = "h3"
			}
			b.WriteString("<" + tag + ">" + text + "</" + tag + ">\n")
			continue
		}
		for len(open) > 0 && open[len(open)-1] > p.Depth {
			b.WriteString("</li></ul>")
			open = open[:len(open)-1]
		}
		if len(open) > 0 && open[len(open)-1] == p.Depth {
			b.WriteString("</li>\n")
		} else {
			b.WriteString("<ul>\n")
			open = append(open, p.Depth)
		}
		b.WriteString(`<li class="` + p.Kind + `">` + text)
	}
	end()
	b.WriteString("<p><code>" + r.Fingerprint() + "</code></p>\n</section>\n")
	_, err := io.WriteString(w, b.String())
	return err
}

// WriteCSV writes every step of the record as a row of a sheet: its place, the charge, what is done, the name, the value as
// the language writes it, its unit, the exact value, and where a leaf stands. The first row names the columns. A cell that
// a spreadsheet would take for a formula begins with an apostrophe. The error is that of the writer.
func (r *Record) WriteCSV(w io.Writer) error {
	r = r.orEmpty()
	l, _ := lang.ByCode(r.Language)
	var b strings.Builder
	row := func(cells ...string) { b.WriteString(strings.Join(cells, ",") + "\r\n") }
	var head []string
	for _, t := range columnTexts {
		head = append(head, Cell(t[l]))
	}
	row(head...)
	var walk func(place, charge string, n *Node)
	walk = func(place, charge string, n *Node) {
		if n == nil {
			return
		}
		shown := Cell(n.Word)
		if n.Value != nil { // a number, and no formula though it may begin with a minus
			shown = quoted(laid(l, n))
		}
		exact := numberText(n.Value)
		from := n.From
		if n.Op != Word && n.Word != "" {
			from = strings.TrimSpace(from + " " + n.Word)
		}
		row(place, Cell(charge), Cell(opTexts[n.Op][l]), Cell(Called(l, n.Name)), shown, Cell(n.Unit), exact, Cell(from))
		for i, a := range n.Args {
			walk(place+"."+strconv.Itoa(i+1), charge, a)
		}
	}
	for i := range r.Lines {
		p := &r.Lines[i]
		walk(strconv.Itoa(i+1), strings.TrimPrefix(p.Card+"/"+p.Code, "/"), p.Proof)
	}
	for i, t := range r.Totals {
		walk("T"+strconv.Itoa(i+1), "", t)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// Cell is a cell of a sheet: what CSV needs quoted is, and formulas are disarmed. A negative number is no formula.
func Cell(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		if _, number := parseNumber(s); !number {
			s = "'" + s
		}
	}
	return quoted(s)
}

// quoted quotes what CSV needs quoted.
func quoted(s string) string {
	if strings.ContainsAny(s, ",\"\r\n'") {
		return `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
	}
	return s
}

// laid is the value of a step as the language writes numbers, cut after six decimals where they do not end.
func laid(l lang.Lang, n *Node) string {
	text := Decimal(n.Value)
	if !currency(n.Unit) {
		return layout.Number(l, text)
	}
	if c, err := country.ParseCurrency(n.Unit); err == nil {
		if k, ok := decimals(n.Value); ok && k < c.Digits() {
			text = n.Value.FloatString(c.Digits())
		}
	}
	return layout.Money(l, text, n.Unit)
}

// currency reports whether a unit is the code of a currency.
func currency(unit string) bool {
	_, other := units.Parse(unit)
	return !other && len(unit) == 3 && !strings.Contains(unit, "/")
}

// Decimal is a number in plain notation: all its decimals where it has at most twelve, cut and marked with … after six
// otherwise.
func Decimal(r *big.Rat) string {
	const all, some = 12, 6
	if n, ok := decimals(r); ok && n <= all {
		return r.FloatString(n)
	}
	scaled := new(big.Int).Exp(big.NewInt(10), big.NewInt(some), nil)
	n := new(big.Int).Mul(new(big.Int).Abs(r.Num()), scaled)
	digits := n.Quo(n, r.Denom()).String()
	for len(digits) <= some {
		digits = "0" + digits
	}
	sign := ""
	if r.Sign() < 0 {
		sign = "-"
	}
	return sign + digits[:len(digits)-some] + "." + digits[len(digits)-some:] + "…"
}

// OpText is what a step does, in the language nearest to tag.
func OpText(op Op, tag language.Tag) string { return opTexts[op][lang.Of(tag)] }
