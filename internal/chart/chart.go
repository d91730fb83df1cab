// Package chart draws bar charts and charts of step-shaped lines as SVG.
//
// Values are exact, and a coordinate is rounded once, to a tenth of a unit; nothing is a float, so that the same input
// gives the same bytes everywhere. Texts come formatted from the caller: the package knows no language. Text widths are
// estimated generously, since a font is the reader's; what does not fit is wrapped and then cut with an ellipsis, and the
// whole of it stands in the title of its element. Colours follow the reader's light or dark scheme.
package chart

import (
	"io"
	"math/big"
	"strconv"
	"strings"
)

// Width is that of every chart's view box; the height grows with what there is to show.
const Width = 720

// All lengths below are in tenths of a unit of the view box.
const (
	width  = Width * 10
	margin = 200
)

// The font sizes.
const (
	headSize  = 170
	bodySize  = 130
	smallSize = 120
)

// lineOf is the height of a line of text.
func lineOf(size int) int { return size * 13 / 10 }

const style = `.owc-back{fill:#fff}.owc text{fill:#1f2328;font:13px system-ui,"Segoe UI",Roboto,Helvetica,Arial,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC","WenQuanYi Micro Hei",sans-serif}` +
	`.owc .owc-head{font-size:17px;font-weight:600}.owc .owc-bold{font-weight:600}.owc .owc-mute{fill:#59636e}.owc .owc-small{fill:#59636e;font-size:12px}` +
	`.owc-num{font-variant-numeric:tabular-nums}.owc-grid{stroke:#d1d9e0;fill:none}.owc-axis{stroke:#59636e;fill:none}.owc-mark{stroke:#1f2328;fill:none;stroke-dasharray:3 3}` +
	`.owc-dot{stroke:#1f2328;fill:#fff;stroke-width:1.5}.owc .owc-badge{fill:#1f2328}.owc .owc-in{fill:#fff;font-size:11px;font-weight:600}` +
	`.owc-bar{fill:#0969da}.owc-minus{fill:#bc4c00}.owc-line{fill:none;stroke-width:2;stroke-linejoin:round}` +
	`.owc-s0{stroke:#0969da}.owc-s1{stroke:#bc4c00}.owc-s2{stroke:#1a7f37}.owc-s3{stroke:#8250df}.owc-s4{stroke:#9a6700}.owc-s5{stroke:#bf3989}` +
	`@media(prefers-color-scheme:dark){.owc-back{fill:#0d1117}.owc text{fill:#f0f6fc}.owc .owc-mute,.owc .owc-small{fill:#9198a1}.owc-grid{stroke:#3d444d}.owc-axis{stroke:#9198a1}` +
	`.owc-mark{stroke:#f0f6fc}.owc-dot{stroke:#f0f6fc;fill:#0d1117}.owc .owc-badge{fill:#f0f6fc}.owc .owc-in{fill:#0d1117}.owc-bar{fill:#4493f8}.owc-minus{fill:#f0883e}` +
	`.owc-s0{stroke:#4493f8}.owc-s1{stroke:#f0883e}.owc-s2{stroke:#3fb950}.owc-s3{stroke:#ab7df8}.owc-s4{stroke:#d29922}.owc-s5{stroke:#db61a2}}`

// canvas collects the elements of a chart from top to bottom.
type canvas struct {
	b strings.Builder
	y int // what is above is used
}

// num appends tenths as a number of units.
func num(tenths int) string {
	s := ""
	if tenths < 0 {
		s, tenths = "-", -tenths
	}
	s += strconv.Itoa(tenths / 10)
	if r := tenths % 10; r != 0 {
		s += "." + strconv.Itoa(r)
	}
	return s
}

// write puts the elements into a document with a title and a description for those who do not see it.
func (c *canvas) write(w io.Writer, title, description string) error {
	h := num(c.y + margin)
	_, err := io.WriteString(w, `<svg xmlns="http://www.w3.org/2000/svg" class="owc" role="img" viewBox="0 0 `+num(width)+" "+h+`" width="`+num(width)+`" height="`+h+`">`+"\n"+
		"<title>"+escape(title)+"</title>\n<desc>"+escape(description)+"</desc>\n<style>"+style+"</style>\n"+
		`<rect class="owc-back" width="`+num(width)+`" height="`+h+`"/>`+"\n"+c.b.String()+"</svg>\n")
	return err
}

func (c *canvas) element(parts ...string) {
	for _, p := range parts {
		c.b.WriteString(p)
	}
	c.b.WriteByte('\n')
}

func (c *canvas) rect(class string, x, y, w, h int) {
	c.element(`<rect class="`, class, `" x="`, num(x), `" y="`, num(y), `" width="`, num(w), `" height="`, num(h), `"/>`)
}

func (c *canvas) line(class string, x1, y1, x2, y2 int) {
	c.element(`<line class="`, class, `" x1="`, num(x1), `" y1="`, num(y1), `" x2="`, num(x2), `" y2="`, num(y2), `"/>`)
}

func (c *canvas) circle(class string, x, y, r int) {
	c.element(`<circle class="`, class, `" cx="`, num(x), `" cy="`, num(y), `" r="`, num(r), `"/>`)
}

// anchor is where x stands in a text.
type anchor string

const (
	start  anchor = ""
	middle anchor = ` text-anchor="middle"`
	end    anchor = ` text-anchor="end"`
)

// text writes lines of text, the first on the base line y; whole is said in full where the lines are cut.
func (c *canvas) text(class string, a anchor, x, y, size int, lines []string, whole string) {
	for i, l := range lines {
		title := ""
		if strings.HasSuffix(l, "…") && l != clean(whole) {
			title = "<title>" + escape(whole) + "</title>"
		}
		c.element(`<text class="`, class, `" x="`, num(x), `" y="`, num(y+i*lineOf(size)), `"`, string(a), `>`, title, escape(l), `</text>`)
	}
}

// paragraph writes a text over the whole width below what there is.
func (c *canvas) paragraph(class string, x, size, most int, text string) {
	if text == "" {
		return
	}
	lines := wrap(text, size, width-margin-x, most)
	c.text(class, start, x, c.y+size, size, lines, text)
	c.y += len(lines) * lineOf(size)
}

// scale maps values between two ends to tenths between two others, each value rounded to the nearest.
type scale struct {
	low, span *big.Rat
	from, to  int
}

func newScale(low, high *big.Rat, from, to int) scale {
	return scale{low, new(big.Rat).Sub(high, low), from, to}
}

func (s scale) at(v *big.Rat) int {
	if s.span.Sign() == 0 {
		return (s.from + s.to) / 2
	}
	r := new(big.Rat).Sub(v, s.low)
	r.Quo(r, s.span).Mul(r, big.NewRat(int64(s.to-s.from), 1)).Add(r, big.NewRat(1, 2))
	return s.from + int(floor(r).Int64())
}

// floor is the greatest whole number that is not over r.
func floor(r *big.Rat) *big.Int { return new(big.Int).Div(r.Num(), r.Denom()) }
