package overseas_test

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// TestReadmeShowsTheExamples holds that the code of the README is that of the tested examples, line for line.
func TestReadmeShowsTheExamples(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	source, err := os.ReadFile("example_test.go")
	if err != nil {
		t.Fatal(err)
	}
	blocks := regexp.MustCompile("(?s)<!-- (Example\\w*) -->\n```go\n(.*?)```").FindAllStringSubmatch(string(readme), -1)
	if len(blocks) < 2 {
		t.Fatalf("the README has %d examples", len(blocks))
	}
	for _, b := range blocks {
		name, code := b[1], b[2]
		_, body, ok := strings.Cut(string(source), "func "+name+"() {\n")
		if !ok {
			t.Errorf("there is no %s", name)
			continue
		}
		body, _, _ = strings.Cut(body, "\t// Output:")
		var want strings.Builder
		for line := range strings.Lines(body) {
			want.WriteString(strings.TrimPrefix(line, "\t"))
		}
		if code != want.String() {
			t.Errorf("the README's %s differs from example_test.go:\n%s\nwant\n%s", name, code, want.String())
		}
	}
}

// TestReadmeShowsTheDocuments holds that the documents of the README are those of the examples.
func TestReadmeShowsTheDocuments(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	blocks := regexp.MustCompile("(?s)<!-- (\\w+) -->\n```json\n(.*?)```").FindAllStringSubmatch(string(readme), -1)
	if len(blocks) == 0 {
		t.Fatal("the README has no document")
	}
	documents := map[string]string{"warehouseList": warehouseList, "carrierList": carrierList, "orderDocument": orderDocument}
	for _, b := range blocks {
		if got, want := strings.Join(strings.Fields(b[2]), " "), strings.Join(strings.Fields(documents[b[1]]), " "); got != want {
			t.Errorf("the README's %s differs from example_test.go:\n%s\nwant\n%s", b[1], got, want)
		}
	}
}
