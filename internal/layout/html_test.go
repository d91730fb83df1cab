package layout

import (
	"html"
	"testing"
)

func TestHTMLEscapesLikeTheStandardLibrary(t *testing.T) {
	for _, s := range []string{"", "plain", "<", "a&b", `<a href="x">it's</a>`, "&&amp;", "Straße – 5 > 3", "\x00\xff<", "价格'"} {
		if got, want := HTML(s), html.EscapeString(s); got != want {
			t.Errorf("HTML(%q) = %q, not %q", s, got, want)
		}
	}
}
