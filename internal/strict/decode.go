package strict

import (
	"strconv"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/overseaswarehouse/overseas/internal/problem"
)

// decode appends the text of a string literal without its quotes to dst. The literal has been checked; half a
// surrogate pair, which Parse has reported, becomes U+FFFD.
func decode(dst, raw []byte) []byte {
	for i := 0; i < len(raw); {
		if raw[i] != '\\' {
			start := i
			for i < len(raw) && raw[i] != '\\' {
				i++
			}
			dst = append(dst, raw[start:i]...)
			continue
		}
		c := raw[i+1]
		i += 2
		switch c {
		case 'b':
			dst = append(dst, '\b')
		case 'f':
			dst = append(dst, '\f')
		case 'n':
			dst = append(dst, '\n')
		case 'r':
			dst = append(dst, '\r')
		case 't':
			dst = append(dst, '\t')
		case 'u':
			r := hex4(raw[i:])
			i += 4
			if utf16.IsSurrogate(r) {
				pair := rune(utf8.RuneError)
				if i+6 <= len(raw) && raw[i] == '\\' && raw[i+1] == 'u' {
					pair = utf16.DecodeRune(r, hex4(raw[i+2:]))
				}
				if pair != utf8.RuneError {
					i += 6
				}
				r = pair
			}
			dst = utf8.AppendRune(dst, r)
		default:
			dst = append(dst, c)
		}
	}
	return dst
}

func hex4(raw []byte) (r rune) {
	for _, c := range raw[:4] {
		r = r<<4 | hexValue(c)
	}
	return r
}

// clipBytes is problem.Clip without a copy of the whole text.
func clipBytes(b []byte) string {
	const most = 4 * 80
	if len(b) <= most {
		return problem.Clip(string(b))
	}
	b = b[:most]
	for len(b) > most-utf8.UTFMax && !utf8.RuneStart(b[len(b)-1]) {
		b = b[:len(b)-1]
	}
	return problem.Clip(string(b[:len(b)-1]))
}

func itoa(n int) string { return strconv.Itoa(n) }
