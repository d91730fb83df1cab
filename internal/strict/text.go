package strict

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/overseaswarehouse/overseas/internal/problem"
)

// Text is a string. Errors: control_character (line breaks and tabs included), bidi_control (the embedding, override and
// isolate characters U+202A to U+202E and U+2066 to U+2069), text_too_long, and too_large beyond 64 KiB.
func (v Value) Text() (string, bool) {
	if !v.is(String) {
		return "", false
	}
	if raw := v.raw(); len(raw) > max(hugeText, 6*v.d.lim.Text) {
		v.Problem(problem.New(problem.TooLarge, clipBytes(raw), itoa(hugeText)))
		return "", false
	}
	text := v.decoded()
	if p, bad := faultOf(text, v.d.lim.Text); bad {
		v.Problem(p)
		return "", false
	}
	return text, true
}

// Name is a Text that shows something: white space and characters without a shape alone are text_blank.
func (v Value) Name() (string, bool) {
	text, ok := v.Text()
	if !ok {
		return "", false
	}
	if Blank(text) {
		v.Problem(problem.New(problem.TextBlank, text))
		return "", false
	}
	return text, true
}

// OneOf is a string that is exactly one of the allowed ones; another one is unknown_value.
func (v Value) OneOf(allowed ...string) (string, bool) {
	if !v.is(String) {
		return "", false
	}
	text := v.decoded()
	if i := slices.Index(allowed, text); i >= 0 {
		return allowed[i], true
	}
	v.Problem(problem.New(problem.UnknownValue, clipBytes([]byte(text)), slices.Clone(allowed)...))
	return "", false
}

// decoded is the text of a string.
func (v Value) decoded() string {
	n := v.node()
	raw := v.d.data[n.start+1 : n.end-1]
	if !n.escaped() {
		return string(raw)
	}
	return string(decode(make([]byte, 0, len(raw)), raw))
}

// faultOf finds the first reason why a text should not be shown to people or written to a log.
func faultOf[T string | []byte](text T, most int) (problem.Problem, bool) {
	plain := len(text) <= most
	for i := 0; plain && i < len(text); i++ {
		plain = ' ' <= text[i] && text[i] < 0x7F
	}
	if plain {
		return problem.Problem{}, false
	}
	return faultIn(string(text), most)
}

func faultIn(s string, most int) (problem.Problem, bool) {
	for _, r := range s {
		switch {
		case unicode.IsControl(r), r == '\u2028', r == '\u2029':
			return problem.New(problem.ControlCharacter, string(r)), true
		case '\u202A' <= r && r <= '\u202E', '\u2066' <= r && r <= '\u2069':
			return problem.New(problem.BidiControl, string(r)), true
		}
	}
	if utf8.RuneCountInString(s) > most {
		return problem.New(problem.TextTooLong, clipBytes([]byte(s)), itoa(most)), true
	}
	return problem.Problem{}, false
}

// Blank reports whether nothing of a text would be seen: it is empty, or only white space, zero-width characters and
// letters without a shape.
func Blank(text string) bool {
	return strings.IndexFunc(text, func(r rune) bool {
		switch r {
		case '\u034F', '\u115F', '\u1160', '\u17B4', '\u17B5', '\u2800', '\u3164', '\uFFA0':
			return false // fillers, joiners and the braille blank: letters and marks to Unicode, nothing to the eye
		}
		return unicode.IsGraphic(r) && !unicode.IsSpace(r) && !unicode.Is(unicode.Z, r) &&
			!unicode.Is(unicode.Cf, r) && !unicode.Is(unicode.Variation_Selector, r)
	}) < 0
}
