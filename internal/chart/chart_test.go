package chart

import (
	"bytes"
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/big"
	"math/rand/v2"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden files anew")

type drawing interface{ WriteSVG(io.Writer) error }

func rat(s string) *big.Rat {
	r, ok := new(big.Rat).SetString(s)
	if !ok {
		panic(s)
	}
	return r
}

// stairs is a line whose cost of x is base + step for every started n.
func stairs(name string, to, base, step, n int64) Series {
	s := Series{Name: name}
	for x := int64(1); x <= to; x++ {
		s.Points = append(s.Points, Point{big.NewRat(x, 1), big.NewRat(base+step*((x+n-1)/n), 100)})
	}
	return s
}

func perOrder(name string, to, base, each, step, n int64) Series {
	s := Series{Name: name}
	for x := int64(5); x <= to; x++ {
		s.Points = append(s.Points, Point{big.NewRat(x, 1), big.NewRat(base+each*x+step*((x+n-1)/n), 100*x)})
	}
	return s
}

func money(v *big.Rat) string { return "€" + v.FloatString(2) }

var drawings = map[string]drawing{
	"families": &Bars{
		Title: "Costs by family",
		Rows: []Bar{
			{"first-leg freight", rat("131.60"), "€131.60"},
			{"storage", rat("16.50"), "€16.50"},
			{"handling", rat("1.20"), "€1.20"},
			{"local delivery", rat("5.19"), "€5.19"},
			{"tariff", nil, "included in sea/freight"},
			{"tax", nil, "not priced by these cards"},
		},
		Total: Bar{Name: "total", Text: "€154.49"},
		State: "estimated",
		Notes: []string{"fra: the list does not say from when it holds; it was read on 2026-11-22"},
	},
	"bars_hard": &Bars{
		Title: "一个很长很长的标题，用来检查换行是否正确以及不会超出画布的宽度，这个标题必须足够长才能换行，" + strings.Repeat("并且还要继续", 12),
		Rows: []Bar{
			{"Einfuhrabgabenvorauszahlungsbescheinigung und noch viel mehr Text dazu", rat("999999999999999999"), "999.999.999.999.999.999,00 €"},
			{"尾程派送费尾程派送费尾程派送费尾程派送费尾程派送费", rat("0"), "€0.00"},
			{"credit <b>&\"x'", rat("-300000000000000000"), "-300.000.000.000.000.000,00 €"},
			{"a\x00b\u202Ec", rat("1"), "€1.00"},
			{"tiny\xff", rat("-1/100"), "-€0.01"},
			{"", nil, strings.Repeat("included in a very long name of a charge ", 8)},
		},
		Total: Bar{Name: "合计", Text: "700.000.000.000.000.000,00 €"},
		State: strings.Repeat("estimated ", 20),
		Notes: []string{strings.Repeat("long note ", 60), "短"},
	},
	"bars_none": &Bars{},
	"orders": &Lines{
		Title:  "Cost per order by orders a month",
		X:      Axis{Name: "orders a month", Whole: true},
		Y:      Axis{Name: "EUR per order", Tick: money, High: rat("20")},
		Series: []Series{perOrder("direct parcels", 400, 0, 780, 0, 1), perOrder("third-party warehouse, Hamburg", 400, 8000, 510, 9000, 150), perOrder("own warehouse", 400, 60000, 350, 20000, 250)},
		Marks: []Mark{
			{rat("63"), rat("7.80"), "63 orders: third-party €7.80, direct parcels €7.80"},
			{rat("151"), rat("6.82"), "151 orders: the third-party warehouse needs a second clerk, €6.82"},
			{rat("158"), rat("6.77"), "158 orders"},
			{rat("330"), rat("6.53"), "330 orders: own warehouse"},
		},
	},
	"lines_hard": &Lines{
		Title: "Everything at once",
		X:     Axis{Name: strings.Repeat("a long name ", 20), Tick: func(v *big.Rat) string { return "第" + v.RatString() + "个订单（每月）" }},
		Y:     Axis{Name: "y", Tick: func(v *big.Rat) string { return v.FloatString(2) + " of a long unit" }},
		Series: append(many(9), Series{"with a gap", []Point{{rat("10"), rat("-5")}, {rat("20"), nil}, {rat("40"), rat("1000000000000")}, {rat("40"), rat("-1000000")},
			{nil, rat("1")}, {rat("60"), rat("7")}}}, Series{Name: "empty <>&"}),
		Marks: manyMarks(40),
		Notes: []string{"a note"},
	},
	"lines_one":  &Lines{Title: "One point", Series: []Series{{"one", []Point{{rat("7"), rat("7")}}}}},
	"lines_none": &Lines{},
	"lines_minus": &Lines{Title: "Below zero", X: Axis{Name: "x"}, Y: Axis{Name: "y"}, Series: []Series{{"minus", []Point{{rat("-3"), rat("-7/3")}, {rat("1/3"), rat("-2")}, {rat("5/2"), rat("-5/2")}}}},
		Marks: []Mark{{rat("1/3"), nil, "no height"}, {nil, rat("1"), "no place"}}},
	"lines_level": &Lines{Title: "All one", Series: []Series{{"level", []Point{{rat("1"), rat("12")}, {rat("2"), rat("12")}, {rat("9"), rat("12")}}}}},
}

func many(n int) (list []Series) {
	for i := range n {
		s := stairs(fmt.Sprintf("line number %d with a name", i), 80, int64(-4000+1000*i), int64(5+i), int64(i+1))
		list = append(list, s)
	}
	return list
}

func manyMarks(n int) (list []Mark) {
	for i := range n {
		list = append(list, Mark{big.NewRat(int64(20+i), 1), big.NewRat(int64(i), 1), "mark " + strconv.Itoa(i)})
	}
	return list
}

func draw(t *testing.T, d drawing) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := d.WriteSVG(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestDrawings(t *testing.T) {
	for name, d := range drawings {
		t.Run(name, func(t *testing.T) {
			got := draw(t, d)
			check(t, got)
			file := "testdata/" + name + ".svg"
			if *update {
				if err := os.WriteFile(file, got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got, want) {
				t.Errorf("%s differs; see it with -update", file)
			}
		})
	}
}

// box is what an element covers, in units.
type box struct {
	x1, y1, x2, y2 float64
	what           string
}

var command = regexp.MustCompile(`([MHV])(-?[\d.]+)(?: (-?[\d.]+))?`)

// check holds that a drawing is well-formed, that all of it is inside the view box, and that no text lies over another.
func check(t *testing.T, svg []byte) (texts []box) {
	t.Helper()
	dec := xml.NewDecoder(bytes.NewReader(svg))
	var height float64
	var boxes []box
	var text *box
	class, align, inTitle, titles := "", "", false, 0
	for {
		tok, err := dec.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("not well-formed: %v\n%s", err, svg)
		}
		switch e := tok.(type) {
		case xml.StartElement:
			at := map[string]string{}
			for _, a := range e.Attr {
				at[a.Name.Local] = a.Value
			}
			n := func(name string) float64 {
				if at[name] == "" {
					return 0
				}
				v, err := strconv.ParseFloat(at[name], 64)
				if err != nil {
					t.Fatalf("%s: %v", name, err)
				}
				return v
			}
			switch e.Name.Local {
			case "svg":
				height = n("height")
				if at["viewBox"] != "0 0 720 "+at["height"] || at["width"] != "720" {
					t.Errorf("view box %q", at["viewBox"])
				}
			case "title", "desc":
				inTitle = true
				titles++
			case "rect":
				if n("width") < 0 || n("height") < 0 {
					t.Errorf("a rect of negative size")
				}
				boxes = append(boxes, box{n("x"), n("y"), n("x") + n("width"), n("y") + n("height"), "rect"})
			case "line":
				boxes = append(boxes, box{n("x1"), n("y1"), n("x2"), n("y2"), "line"})
			case "circle":
				boxes = append(boxes, box{n("cx") - n("r"), n("cy") - n("r"), n("cx") + n("r"), n("cy") + n("r"), "circle"})
			case "path":
				if at["d"] == "" {
					t.Error("an empty path")
				}
				rest := at["d"]
				if strings.Contains(rest, "h") {
					break // a swatch
				}
				x, y := 0.0, 0.0
				for _, m := range command.FindAllStringSubmatch(rest, -1) {
					v, _ := strconv.ParseFloat(m[2], 64)
					switch m[1] {
					case "M":
						x = v
						y, _ = strconv.ParseFloat(m[3], 64)
					case "H":
						x = v
					case "V":
						y = v
					}
					boxes = append(boxes, box{x, y, x, y, "path"})
				}
			case "text":
				class, align = at["class"], at["text-anchor"]
				text = &box{x1: n("x"), y2: n("y")}
			}
		case xml.CharData:
			if text != nil && !inTitle {
				text.what += string(e)
			}
		case xml.EndElement:
			switch e.Name.Local {
			case "title", "desc":
				inTitle = false
			case "text":
				size := bodySize
				switch {
				case strings.Contains(class, "head"):
					size = headSize
				case strings.Contains(class, "small"):
					size = smallSize
				case strings.Contains(class, "owc-in"):
					size = 110
				}
				w := float64(measure(text.what, size)) / 10
				text.y1 = text.y2 - float64(size)*0.08
				switch align {
				case "middle":
					text.x1 -= w / 2
				case "end":
					text.x1 -= w
				}
				text.x2 = text.x1 + w
				boxes, texts = append(boxes, *text), append(texts, *text)
				text = nil
			}
		}
	}
	if titles < 2 {
		t.Error("no title or description")
	}
	for _, b := range boxes {
		if b.x1 < -0.1 || b.y1 < -0.1 || b.x2 > 720.1 || b.y2 > height+0.1 {
			t.Errorf("outside of 720 x %v: %+v", height, b)
		}
	}
	for i, a := range texts {
		for _, b := range texts[:i] {
			if a.x1 < b.x2 && b.x1 < a.x2 && a.y1 < b.y2 && b.y1 < a.y2 {
				t.Errorf("%+v lies over %+v", a, b)
			}
		}
	}
	return texts
}

var rect = regexp.MustCompile(`<rect class="owc-(bar|minus)" x="([\d.]+)" y="[\d.]+" width="([\d.]+)"`)

func TestBarsAreProportional(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		b := &Bars{Title: "bars", Total: Bar{Name: "total", Text: "x"}}
		var values []*big.Rat
		for range 1 + r.IntN(8) {
			v := big.NewRat(r.Int64N(2_000_000)-500_000, 100)
			if v.Sign() == 0 {
				continue
			}
			values = append(values, v)
			b.Rows = append(b.Rows, Bar{"a name", v, v.FloatString(2)})
		}
		got := draw(t, b)
		check(t, got)
		m := rect.FindAllStringSubmatch(string(got), -1)
		if len(m) != len(values) {
			t.Fatalf("%d bars of %d values", len(m), len(values))
		}
		longest, size := new(big.Rat), new(big.Rat)
		for i, v := range values {
			if w := rat(m[i][3]); w.Cmp(size) > 0 {
				size, longest = w, new(big.Rat).Abs(v)
			}
		}
		for i, v := range values {
			want := new(big.Rat).Abs(v)
			want.Mul(want, size).Quo(want, longest)
			off := want.Sub(want, rat(m[i][3]))
			if off.Abs(off).Cmp(rat("0.51")) > 0 {
				t.Errorf("%v of %v is %s wide where %v is %v", v, values, m[i][3], longest, size)
			}
			if (v.Sign() < 0) != (m[i][1] == "minus") {
				t.Errorf("%v is a %s", v, m[i][1])
			}
		}
	}
}

// TestLinesKeepTheirValues follows the path of a line and finds each point's value where the point is.
func TestLinesKeepTheirValues(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 300 {
		n := 1 + r.IntN(40)
		s := Series{Name: "line"}
		for i := range n {
			p := Point{X: big.NewRat(int64(i*7), 1), Y: big.NewRat(r.Int64N(9)-2, 1)}
			if r.IntN(6) == 0 {
				p.Y = nil
			}
			s.Points = append(s.Points, p)
		}
		c := &canvas{}
		x, y := newScale(new(big.Rat), big.NewRat(280, 1), 0, 2800), newScale(big.NewRat(-2, 1), big.NewRat(5, 1), 700, 0)
		c.steps(&s, 0, x, y)
		for i, p := range s.Points {
			if p.Y == nil {
				continue
			}
			want := y.at(p.Y)
			if i+1 < n { // half way to the next point
				if want < 0 {
					if got := levels(c.b.String(), float64(i)*7+3.5); len(got) > 0 {
						t.Fatalf("above the scale after point %d of %v: %v", i, s.Points, got)
					}
				} else if got := levels(c.b.String(), float64(i)*7+3.5); len(got) != 1 || got[0] != float64(want)/10 {
					t.Fatalf("after point %d of %v: %v, want %v\n%s", i, s.Points, got, float64(want)/10, c.b.String())
				}
			} else if want >= 0 && !strings.Contains(c.b.String(), num(want)) {
				t.Fatalf("the last point is not drawn\n%s", c.b.String())
			}
		}
	}
}

// levels are the heights of a path's level strokes over x.
func levels(svg string, at float64) (list []float64) {
	x, y := 0.0, 0.0
	for _, m := range command.FindAllStringSubmatch(svg, -1) {
		v, _ := strconv.ParseFloat(m[2], 64)
		switch m[1] {
		case "M":
			x = v
			y, _ = strconv.ParseFloat(m[3], 64)
		case "H":
			if x < at && at < v {
				list = append(list, y)
			}
			x = v
		case "V":
			y = v
		}
	}
	return list
}

func TestHugeRangesAndManyPoints(t *testing.T) {
	s := Series{Name: "many"}
	for i := range int64(200_000) {
		s.Points = append(s.Points, Point{big.NewRat(i, 1), big.NewRat(i*7919%10007, 3)})
	}
	got := draw(t, &Lines{Title: "many", Series: []Series{s}})
	check(t, got)
	if len(got) > 300_000 {
		t.Errorf("%d bytes", len(got))
	}
	huge := new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(40), nil))
	small := new(big.Rat).Inv(huge)
	check(t, draw(t, &Lines{Series: []Series{{"huge", []Point{{small, small}, {huge, new(big.Rat).Neg(huge)}}}}}))
	check(t, draw(t, &Lines{Series: []Series{{"small", []Point{{new(big.Rat), new(big.Rat)}, {small, small}}}}}))
	check(t, draw(t, &Bars{Rows: []Bar{{"huge", huge, "huge"}, {"small", small, "small"}}}))
}

func TestTicksAreRound(t *testing.T) {
	for _, c := range []struct {
		low, high string
		whole     bool
		outside   bool
		want      string
	}{
		{"0", "400", false, false, "[0 100 200 300 400]"},
		{"5", "400", true, false, "[100 200 300 400]"},
		{"0", "1", true, true, "[0 1]"},
		{"-7/3", "5/2", false, true, "[-3 -2 -1 0 1 2 3]"},
		{"0.001", "0.0042", false, true, "[1/1000 1/500 3/1000 1/250 1/200]"},
		{"3", "3", false, true, "[3]"},
	} {
		a := Axis{Whole: c.whole}
		var got []string
		for _, v := range a.ticks(rat(c.low), rat(c.high), 5, c.outside) {
			got = append(got, v.RatString())
		}
		if fmt.Sprint(got) != c.want {
			t.Errorf("%s to %s: %v, want %s", c.low, c.high, got, c.want)
		}
	}
}

func TestWrap(t *testing.T) {
	for _, c := range []struct {
		text       string
		room, most int
		want       string
	}{
		{"", 100, 2, "[]"},
		{"one two three", 480, 3, `["one two" "three"]`},
		{"one two three", 480, 1, `["one tw…"]`},
		{"abcdeghnop", 260, 9, `["abcd" "eghn" "op"]`},
		{"运费，仓储费", 320, 3, `["运费，" "仓储费"]`},
		{"x", 1, 5, `["x"]`},
	} {
		if got := fmt.Sprintf("%q", wrap(c.text, 100, c.room, c.most)); got != c.want {
			t.Errorf("%q in %d: %s, want %s", c.text, c.room, got, c.want)
		}
	}
}

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }

func TestWriteFails(t *testing.T) {
	for name, d := range drawings {
		if err := d.WriteSVG(broken{}); !errors.Is(err, io.ErrClosedPipe) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzBars(f *testing.F) {
	f.Add("title", "name", "text", int64(5), int64(-3))
	f.Fuzz(func(t *testing.T, title, name, text string, a, b int64) {
		check(t, draw(t, &Bars{Title: title, Rows: []Bar{{name, big.NewRat(a, 7), text}, {text, big.NewRat(b, 1), name}, {name, nil, text}}, Total: Bar{Name: name, Text: text}, State: title}))
	})
}
