package layout

import "strings"

// HTML escapes what has a meaning in HTML, as html.EscapeString does. That package itself links the names of all characters
// of HTML, 68 KiB, into every program that imports it.
func HTML(s string) string {
	const special = "&'<>\""
	i := strings.IndexAny(s, special)
	if i < 0 {
		return s
	}
	var b strings.Builder
	b.Grow(len(s) + 16)
	for ; i >= 0; i = strings.IndexAny(s, special) {
		b.WriteString(s[:i])
		switch s[i] {
		case '&':
			b.WriteString("&amp;")
		case '\'':
			b.WriteString("&#39;")
		case '<':
			b.WriteString("&lt;")
		case '>':
			b.WriteString("&gt;")
		case '"':
			b.WriteString("&#34;")
		}
		s = s[i+1:]
	}
	b.WriteString(s)
	return b.String()
}
