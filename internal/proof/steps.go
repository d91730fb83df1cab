package proof

import (
	"strings"

	"github.com/overseaswarehouse/overseas/internal/lang"
)

// Steps is a tree in words of a language: what the step comes to and from what, and below it each named step that it rests
// on. A step without a name stands where it is used. What stands for an earlier step is named and not derived again.
func Steps(l lang.Lang, n *Node, depth int) []Paragraph {
	if n == nil {
		return nil
	}
	out := []Paragraph{{depth, KindStep, equation(l, n)}}
	var below func(n *Node)
	below = func(n *Node) {
		for _, a := range n.Args {
			switch {
			case a == nil || leaf(a):
			case a.Name == "":
				below(a)
			default:
				out = append(out, Steps(l, a, depth+1)...)
			}
		}
	}
	below(n)
	return out
}

// leaf reports whether a step is not made of others.
func leaf(n *Node) bool {
	switch n.Op {
	case Given, Stated, Price, Rate, Span, Word, None, Again:
		return true
	}
	return false
}

// equation is a step with what it comes to.
func equation(l lang.Lang, n *Node) string {
	name := Called(l, n.Name)
	if n.Name != "" {
		name += colon(l)
	}
	if leaf(n) {
		said := opTexts[n.Op][l]
		for _, s := range []string{Shown(l, n), n.Word} {
			if s != "" {
				said += " " + s
			}
		}
		return name + said
	}
	return name + expression(l, n) + " = " + Shown(l, n)
}

// colon separates a name from what it is.
func colon(l lang.Lang) string {
	switch l {
	case lang.ZhHans:
		return "："
	case lang.Fr:
		return " : "
	}
	return ": "
}

// expression is how a step is made.
func expression(l lang.Lang, n *Node) string {
	args := make([]string, len(n.Args))
	for i, a := range n.Args {
		args[i] = operand(l, n.Op, a)
	}
	switch n.Op {
	case Sum:
		if len(args) == 0 {
			return "0"
		}
		return strings.Join(args, " + ")
	case Minus:
		return strings.Join(args, " − ")
	case Product:
		return strings.Join(args, " × ")
	case Quotient:
		return strings.Join(args, " ÷ ")
	case Same:
		return strings.Join(args, "")
	}
	how := opTexts[n.Op][l]
	for _, s := range []string{modeTexts[n.Mode][l], n.Word} {
		if s != "" {
			how += Aside(l, s)
		}
	}
	return how + colon(l) + strings.Join(args, "; ")
}

// operand is an argument of a step: its value and name, or how it is made where it has no name.
func operand(l lang.Lang, of Op, n *Node) string {
	switch {
	case n == nil:
		return ""
	case n.Op == Word:
		return n.Word
	case n.Name == "" && !leaf(n):
		e := expression(l, n)
		if of == Greatest || of == Least || of == Same {
			return e
		}
		return "(" + e + ")"
	}
	var about []string
	for _, s := range []string{Called(l, n.Name), n.Word} {
		if s != "" {
			about = append(about, s)
		}
	}
	if len(about) == 0 {
		return Shown(l, n)
	}
	if l == lang.ZhHans {
		return Shown(l, n) + Aside(l, strings.Join(about, "，"))
	}
	return Shown(l, n) + Aside(l, strings.Join(about, ", "))
}

// Aside is a text in brackets behind another, as the language writes them.
func Aside(l lang.Lang, text string) string {
	if l == lang.ZhHans {
		return "（" + text + "）"
	}
	return " (" + text + ")"
}

// Shown is the value of a step with its unit, as the language writes it; "" where it has none.
func Shown(l lang.Lang, n *Node) string {
	if n.Value == nil {
		return ""
	}
	text := laid(l, n)
	switch {
	case n.Unit == "" || currency(n.Unit):
		return text
	case n.Unit == "days":
		return text + " " + Called(l, n.Unit)
	}
	return text + " " + n.Unit
}
