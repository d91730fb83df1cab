package chart

import (
	"strings"
	"unicode"
)

// clean is a text on one line without what XML cannot hold or what turns the direction of writing.
func clean(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n', r == '\t', r == '\r':
			return ' '
		case unicode.IsControl(r), r >= 0xD800 && r <= 0xDFFF, r >= 0xFFFE && r <= 0xFFFF, unicode.Is(unicode.Bidi_Control, r):
			return unicode.ReplacementChar
		}
		return r
	}, strings.ToValidUTF8(text, "\uFFFD"))
}

func escape(text string) string {
	var b strings.Builder
	for _, r := range clean(text) {
		switch r {
		case '&':
			b.WriteString("&amp;")
		case '<':
			b.WriteString("&lt;")
		case '>':
			b.WriteString("&gt;")
		case '"':
			b.WriteString("&quot;")
		case '\'':
			b.WriteString("&#39;")
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// advance is how wide a rune is at most in the usual fonts, in thousandths of the font's size.
func advance(r rune) int {
	switch {
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		return 0
	case strings.ContainsRune("ijlI.,:;'|!\u00A0\u202F ", r):
		return 360
	case strings.ContainsRune("()[]{}ftr-/\\\"`", r):
		return 460
	case strings.ContainsRune("mwMW@%—…", r):
		return 1000
	case r < 0x80 && unicode.IsUpper(r):
		return 760
	case r < 0x80:
		return 640
	case r < 0x600 && unicode.IsUpper(r):
		return 820
	case r < 0x600:
		return 720
	case r >= 0x2000 && r < 0x2100:
		return 700
	case r < 0x1100:
		return 900
	case r >= 0x1F000:
		return 1400
	}
	return 1030
}

// measure estimates how wide a text is, in tenths.
func measure(text string, size int) int {
	n := 0
	for _, r := range clean(text) {
		n += advance(r)
	}
	return (n*size + 999) / 1000
}

// wrap breaks a text into at most so many lines that fit: at spaces, beside wide characters, and inside a word that is
// too long. What is left over is cut.
func wrap(text string, size, room, most int) []string {
	rest := []rune(clean(text))
	var lines []string
	for len(rest) > 0 {
		fits, breakAt, used := 0, 0, 0
		for fits < len(rest) {
			used += advance(rest[fits]) * size
			if used > room*1000 {
				break
			}
			fits++
			if fits < len(rest) && (rest[fits] == ' ' || rest[fits] >= 0x2E80 && !strings.ContainsRune("，。；：、）】》！？", rest[fits]) || rest[fits-1] >= 0x2E80 && !strings.ContainsRune("，。；：、）】》！？", rest[fits])) {
				breakAt = fits
			}
		}
		if fits == len(rest) {
			return append(lines, string(rest))
		}
		if len(lines)+1 == most {
			return append(lines, cut(rest, size, room))
		}
		if breakAt == 0 {
			breakAt = max(fits, 1)
		}
		lines = append(lines, strings.TrimRight(string(rest[:breakAt]), " "))
		rest = []rune(strings.TrimLeft(string(rest[breakAt:]), " "))
	}
	return lines
}

// cut is as much of a text as fits before an ellipsis.
func cut(text []rune, size, room int) string {
	used := advance('…') * size
	for i, r := range text {
		if used += advance(r) * size; used > room*1000 {
			return strings.TrimRight(string(text[:i]), " ") + "…"
		}
	}
	return string(text)
}
