package chart

import (
	"io"
	"math/big"
	"slices"
	"strconv"
	"strings"
)

// Lines is a chart of step-shaped lines.
type Lines struct {
	Title  string // a heading
	X, Y   Axis
	Series []Series
	Marks  []Mark
	Notes  []string
}

// Series is one line: from each point its value holds up to the next.
type Series struct {
	Name   string
	Points []Point // in any order; nothing is drawn from a point without Y to the next
}

// Point is one value.
type Point struct{ X, Y *big.Rat }

// Mark is a place of the chart with a text, such as where two lines cross.
type Mark struct {
	X, Y *big.Rat // without Y the mark is for all of X
	Text string
}

const (
	plotHeight = 3000
	labelMost  = 1600 // the widest labels of the upright axis
	mostMarks  = 24   // how many marks have a number and a text
	badge      = 90   // the radius of a mark's number
	colours    = 6
)

// dashes tell lines of one colour apart.
var dashes = [...]string{"", ` stroke-dasharray="8 3"`, ` stroke-dasharray="2 3"`, ` stroke-dasharray="8 3 2 3"`}

// WriteSVG draws the chart: a legend, axes, the lines, and the marks with numbers whose texts follow below. The upright
// axis begins at zero where that leaves the lines half of the height. Marks beyond the first 24 are drawn without a
// text and counted. The only errors are those of w.
func (l *Lines) WriteSVG(w io.Writer) error {
	c := &canvas{y: margin}
	c.paragraph("owc-head", margin, headSize, 2, l.Title)
	c.y += 60
	c.legend(l.Series)

	lowX, highX, lowY, highY := l.extent()
	if zero := new(big.Rat); lowY.Sign() > 0 && new(big.Rat).Add(lowY, lowY).Cmp(highY) <= 0 || lowY.Cmp(highY) == 0 && lowY.Sign() >= 0 {
		lowY = zero
	} else if highY.Sign() < 0 && new(big.Rat).Add(highY, highY).Cmp(lowY) >= 0 || lowY.Cmp(highY) == 0 {
		highY = zero
	}
	if lowY.Cmp(highY) == 0 {
		highY = big.NewRat(1, 1)
	}
	if l.Y.High != nil && l.Y.High.Cmp(lowY) > 0 && l.Y.High.Cmp(highY) < 0 {
		highY = l.Y.High
	}
	ticksY := l.Y.ticks(lowY, highY, 5, true)
	lowY, highY = ticksY[0], ticksY[len(ticksY)-1]
	labels := 0
	for _, t := range ticksY {
		labels = max(labels, measure(l.Y.label(t), smallSize))
	}
	left := margin + min(labels, labelMost) + 80
	right := width - margin - 60
	x := newScale(lowX, highX, left, right)

	c.paragraph("owc-small", margin, smallSize, 2, l.Y.Name)
	rows, at := badges(l.Marks, x)
	top := c.y + 100 + rows*(2*badge+20)
	bottom := top + plotHeight
	y := newScale(lowY, highY, bottom, top)

	for _, t := range ticksY {
		class := "owc-grid"
		if t.Cmp(lowY) == 0 || t.Sign() == 0 {
			class = "owc-axis"
		}
		c.line(class, left, y.at(t), right, y.at(t))
		c.text("owc-small owc-num", end, left-60, y.at(t)+smallSize/3, smallSize, wrap(l.Y.label(t), smallSize, labelMost, 1), l.Y.label(t))
	}
	c.ticks(&l.X, lowX, highX, x, bottom)
	for i, m := range l.Marks {
		if m.X == nil {
			continue
		}
		from := top
		if at[i] >= 0 {
			from = c.y + 100 + at[i]*(2*badge+20) + 2*badge
		}
		c.line("owc-mark", x.at(m.X), from, x.at(m.X), bottom)
	}
	for i := range l.Series {
		c.steps(&l.Series[i], i, x, y)
	}
	for i, m := range l.Marks {
		if m.X == nil {
			continue
		}
		if m.Y != nil && m.Y.Cmp(highY) <= 0 {
			c.circle("owc-dot", x.at(m.X), y.at(m.Y), 40)
		}
		if at[i] >= 0 {
			c.badge(i, x.at(m.X), c.y+100+at[i]*(2*badge+20)+badge)
		}
	}
	c.y = bottom + 100 + smallSize
	for _, line := range wrap(l.X.Name, smallSize, right-left, 2) {
		c.y += lineOf(smallSize)
		c.text("owc-small", middle, (left+right)/2, c.y, smallSize, []string{line}, l.X.Name)
	}
	c.y += 60
	c.marks(l.Marks)
	for _, note := range l.Notes {
		c.y += 40
		c.paragraph("owc-small", margin, smallSize, 3, note)
	}
	return c.write(w, l.Title, l.describe())
}

// extent is what all points and marks lie between.
func (l *Lines) extent() (lowX, highX, lowY, highY *big.Rat) {
	widen := func(low, high **big.Rat, v *big.Rat) {
		if v == nil {
			return
		}
		if *low == nil || v.Cmp(*low) < 0 {
			*low = v
		}
		if *high == nil || v.Cmp(*high) > 0 {
			*high = v
		}
	}
	for _, s := range l.Series {
		for _, p := range s.Points {
			if p.X != nil {
				widen(&lowX, &highX, p.X)
				widen(&lowY, &highY, p.Y)
			}
		}
	}
	for _, m := range l.Marks {
		widen(&lowX, &highX, m.X)
		if m.X != nil {
			widen(&lowY, &highY, m.Y)
		}
	}
	if lowX == nil {
		lowX, highX = new(big.Rat), new(big.Rat)
	}
	if lowY == nil {
		lowY, highY = new(big.Rat), new(big.Rat)
	}
	return lowX, highX, lowY, highY
}

func lineClass(i int) string { return "owc-line owc-s" + strconv.Itoa(i%colours) }

// dash is the pattern of a line: the first colours have whole lines, and so that no line is told by its colour alone
// every second one is dashed.
func dash(i int) string { return dashes[(i%2+i/colours*2)%len(dashes)] }

// legend writes the names of the lines in as many rows as it takes.
func (c *canvas) legend(series []Series) {
	if len(series) == 0 {
		return
	}
	const swatch = 280
	x, row := margin, lineOf(bodySize)+50
	for i, s := range series {
		lines := wrap(s.Name, bodySize, width-2*margin-swatch-80, 1)
		w := swatch + 80
		for _, l := range lines {
			w += measure(l, bodySize)
		}
		if x > margin && x+w > width-margin {
			x, c.y = margin, c.y+row
		}
		c.element(`<path class="`, lineClass(i), `"`, dash(i), ` d="M`, num(x), " ", num(c.y+row/2), "h", num(swatch), `"/>`)
		c.text("", start, x+swatch+80, c.y+row/2+bodySize/3, bodySize, lines, s.Name)
		x += w + 240
	}
	c.y += row + 60
}

// ticks writes as many labels of the lying axis as fit.
func (c *canvas) ticks(a *Axis, low, high *big.Rat, x scale, bottom int) {
	const apart = 160
	var list []*big.Rat
	var labels []string
	var centres []int
	for n := 8; n > 0; n-- {
		list, labels, centres = a.ticks(low, high, n, false), labels[:0], centres[:0]
		fits, before := true, 0
		for i, t := range list {
			label := a.label(t)
			w := measure(label, smallSize)
			if w > (x.to-x.from)/2 {
				w = (x.to - x.from) / 2
				label = cut([]rune(clean(label)), smallSize, w)
			}
			centre := min(max(x.at(t), w/2+10), width-10-w/2)
			fits = fits && (i == 0 || centre-w/2 >= before+apart)
			before = centre + w/2
			labels, centres = append(labels, label), append(centres, centre)
		}
		if fits {
			break
		}
		if n == 1 {
			list, labels, centres = list[:min(1, len(list))], labels[:min(1, len(labels))], centres[:min(1, len(centres))]
		}
	}
	for i, t := range list {
		c.line("owc-axis", x.at(t), bottom, x.at(t), bottom+40)
		c.text("owc-small owc-num", middle, centres[i], bottom+60+smallSize, smallSize, labels[i:i+1], a.label(t))
	}
}

// steps draws one line. Points that fall on one column of a tenth become one upright stroke, so that a line of a
// million points is no longer than the chart is wide. What is above the scale is cut off.
func (c *canvas) steps(s *Series, index int, x, y scale) {
	points := slices.DeleteFunc(slices.Clone(s.Points), func(p Point) bool { return p.X == nil })
	slices.SortStableFunc(points, func(p, q Point) int { return p.X.Cmp(q.X) })
	var d strings.Builder
	move := func(command string, v int) { d.WriteString(command + num(v)) }
	above := y.to - 1
	height := func(v *big.Rat) int { return max(y.at(v), above) }
	level := func(x, y int) { // a level stroke, or none above the scale
		if y == above {
			move("M", x)
			move(" ", y)
			return
		}
		move("H", x)
	}
	for i := 0; i < len(points); i++ {
		if points[i].Y == nil {
			continue
		}
		px, py := x.at(points[i].X), height(points[i].Y)
		begun, drawn := px, px
		move("M", px)
		move(" ", py)
		for i < len(points) && points[i].Y != nil {
			low, high, last := py, py, py
			for px = x.at(points[i].X); i < len(points) && points[i].Y != nil && x.at(points[i].X) == px; i++ {
				last = height(points[i].Y)
				low, high = min(low, last), max(high, last)
			}
			if low == py && high == py {
				continue // nothing changes
			}
			if px != drawn {
				level(px, py)
				drawn = px
			}
			if low < min(py, last) {
				move("V", low)
			}
			if high > max(py, last) {
				move("V", high)
			}
			if last != py {
				move("V", last)
			}
			py = last
		}
		if i < len(points) {
			px = x.at(points[i].X)
		}
		if px != drawn {
			level(px, py)
		} else if px == begun && py != above {
			c.circle(lineClass(index), px, py, 30)
		}
	}
	if d.Len() > 0 {
		c.element(`<path class="`, lineClass(index), `"`, dash(index), ` d="`, d.String(), `"/>`)
	}
}

// badges gives the numbers of marks their rows, the lowest first that has room; -1 for a mark that has none.
func badges(marks []Mark, x scale) (rows int, at []int) {
	at = make([]int, len(marks))
	var taken [][]int
	for i, m := range marks {
		at[i] = -1
		if m.X == nil || i >= mostMarks {
			continue
		}
		px := x.at(m.X)
		row := slices.IndexFunc(taken, func(used []int) bool {
			return !slices.ContainsFunc(used, func(u int) bool { return max(u-px, px-u) < 2*badge+20 })
		})
		if row < 0 {
			row = len(taken)
			taken = append(taken, nil)
		}
		taken[row] = append(taken[row], px)
		at[i] = row
	}
	return len(taken), at
}

func (c *canvas) badge(i, x, y int) {
	c.circle("owc-badge", x, y, badge)
	c.text("owc-in", middle, x, y+38, 110, []string{strconv.Itoa(i + 1)}, "")
}

// marks writes the texts of the marks, each with its number.
func (c *canvas) marks(marks []Mark) {
	for i, m := range marks {
		if i == mostMarks {
			c.y += 50
			c.paragraph("owc-small", margin, smallSize, 1, "+"+strconv.Itoa(len(marks)-mostMarks))
			return
		}
		c.y += 70
		c.badge(i, margin+badge, c.y+badge)
		c.y += badge + bodySize/3 - bodySize
		c.paragraph("", margin+2*badge+80, bodySize, 3, m.Text)
	}
}

// describe says the chart in one text.
func (l *Lines) describe() string {
	var parts []string
	for _, s := range []string{l.Y.Name, l.X.Name} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	for _, s := range l.Series {
		parts = append(parts, s.Name)
	}
	for _, m := range l.Marks[:min(len(l.Marks), mostMarks)] {
		parts = append(parts, m.Text)
	}
	return strings.Join(append(parts, l.Notes...), "; ")
}
