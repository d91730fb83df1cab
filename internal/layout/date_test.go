package layout

import (
	"os"
	"strings"
	"testing"

	"github.com/overseaswarehouse/overseas/internal/lang"
)

// The golden file is what a JavaScript engine with CLDR 48 writes:
//
//	new Intl.DateTimeFormat(language, {dateStyle: "medium", timeZone: "UTC"})
func TestDatesAreThoseOfCLDR(t *testing.T) {
	data, err := os.ReadFile("testdata/date.golden")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for line := range strings.Lines(string(data)) {
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		l, ok := lang.ByCode(f[0])
		if !ok || len(f) != 3 {
			t.Fatalf("%q", line)
		}
		if got := Date(l, f[1]); got != f[2] {
			t.Errorf("%s in %s is %q, want %q", f[1], f[0], got, f[2])
		}
		n++
	}
	if n < 8*12 {
		t.Errorf("only %d dates", n)
	}
	for _, odd := range []string{"", "2026", "2026-13-01", "2026-00-01", "2026/01/01", "20-6-01-011", "O-1001-0001", "２026-01-1"} {
		if got := Date(lang.De, odd); got != odd {
			t.Errorf("%q became %q", odd, got)
		}
	}
}
