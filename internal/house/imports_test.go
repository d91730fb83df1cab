// Package house holds the tests of the rules that every package of the library keeps.
package house

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/overseaswarehouse/overseas"

// allowed lists what each package of the library imports. A new import is a decision: it is made here.
var allowed = map[string][]string{
	"":                   {},
	"application":        {"bytes", "crypto/sha256", "encoding/hex", "encoding/json", "errors", "io", "iter", "math", "reflect", "slices", "sort", "strconv", "strings", "sync", "unicode", "unicode/utf8", "_embed", "github.com/go-playground/validator/v10", "golang.org/x/text/language", "=country", "=internal/lang", "=internal/problem", "=internal/strict"},
	"eligibility":        {"bytes", "cmp", "crypto/sha256", "embed", "encoding/hex", "encoding/json", "errors", "fmt", "io", "iter", "maps", "math/big", "math/bits", "slices", "sort", "strconv", "strings", "sync", "unicode/utf8", "_embed", "golang.org/x/text/language", "=application", "=country", "=internal/lang", "=internal/layout", "=internal/problem", "=internal/proof", "=internal/strict"},
	"country":            {"bytes", "cmp", "database/sql/driver", "embed", "errors", "fmt", "io", "iter", "math", "math/bits", "slices", "sort", "strconv", "strings", "sync", "time", "unicode/utf8", "_embed", "github.com/shopspring/decimal", "golang.org/x/text/language", "=internal/fixed", "=internal/lang", "=internal/problem", "=internal/strict"},
	"fees":               {"bytes", "cmp", "context", "crypto/sha256", "embed", "encoding/hex", "encoding/json", "errors", "fmt", "io", "iter", "maps", "math", "math/big", "math/bits", "reflect", "slices", "sort", "strconv", "strings", "sync", "unicode/utf8", "_embed", "golang.org/x/text/language", "golang.org/x/text/width", "=country", "=fees/money", "=fees/unit", "=internal/chart", "=internal/delimited", "=internal/engine", "=internal/fixed", "=internal/lang", "=internal/layout", "=internal/problem", "=internal/proof", "=internal/ratecard", "=internal/sorting", "=internal/strict", "=internal/units"},
	"fees/batch":         {"cmp", "crypto/sha256", "encoding/hex", "encoding/json", "io", "iter", "maps", "math/big", "math/bits", "slices", "strconv", "strings", "unicode/utf8", "golang.org/x/text/language", "=country", "=fees", "=fees/money", "=fees/unit", "=internal/fixed", "=internal/lang", "=internal/problem", "=internal/proof", "=internal/strict"},
	"fees/money":         {"bytes", "cmp", "database/sql/driver", "encoding/json", "errors", "fmt", "io", "iter", "math/big", "math/bits", "slices", "strconv", "strings", "sync", "unicode/utf8", "github.com/shopspring/decimal", "golang.org/x/text/language", "=country", "=internal/fixed", "=internal/lang", "=internal/layout", "=internal/problem", "=internal/proof", "=internal/sorting", "=internal/strict"},
	"fees/unit":          {"bytes", "cmp", "database/sql/driver", "encoding/json", "errors", "math/big", "math/bits", "slices", "strconv", "strings", "github.com/shopspring/decimal", "golang.org/x/text/language", "=internal/fixed", "=internal/lang", "=internal/problem", "=internal/strict", "=internal/units"},
	"internal/engine":    {"cmp", "iter", "math", "math/big", "math/bits", "slices", "sort", "strconv", "strings", "sync", "github.com/shopspring/decimal", "=country", "=internal/fixed", "=internal/problem", "=internal/proof", "=internal/ratecard", "=internal/sorting", "=internal/units"},
	"fees/scenario":      {"cmp", "context", "encoding/json", "errors", "io", "iter", "maps", "math/big", "slices", "strconv", "strings", "github.com/shopspring/decimal", "golang.org/x/text/language", "=country", "=fees", "=fees/batch", "=fees/money", "=fees/unit", "=internal/chart", "=internal/fixed", "=internal/lang", "=internal/layout", "=internal/problem", "=internal/proof"},
	"internal/brief":     {"testing"},
	"internal/chart":     {"io", "math/big", "slices", "strconv", "strings", "unicode"},
	"internal/fixed":     {"cmp", "errors", "math/big", "math/bits", "strconv", "sync", "github.com/shopspring/decimal", "=internal/problem"},
	"internal/layout":    {"bytes", "strings", "=internal/lang"},
	"internal/lang":      {"sync", "golang.org/x/text/language"},
	"internal/problem":   {"cmp", "encoding/json", "fmt", "slices", "strconv", "strings", "sync", "unicode/utf8", "golang.org/x/text/language", "=internal/lang", "=internal/sorting"},
	"internal/proof":     {"bytes", "cmp", "crypto/sha256", "encoding/hex", "encoding/json", "io", "iter", "math/big", "slices", "strconv", "strings", "sync", "_embed", "golang.org/x/text/language", "=country", "=internal/fixed", "=internal/lang", "=internal/layout", "=internal/problem", "=internal/strict", "=internal/units"},
	"internal/ratecard":  {"bytes", "cmp", "crypto/sha256", "embed", "errors", "fmt", "io", "iter", "maps", "math/big", "slices", "strconv", "strings", "unicode/utf8", "_embed", "=country", "=internal/fixed", "=internal/problem", "=internal/sorting", "=internal/strict", "=internal/units"},
	"internal/sorting":   {"sort"},
	"internal/strict":    {"bytes", "cmp", "errors", "hash/maphash", "io", "iter", "slices", "strconv", "strings", "unicode", "unicode/utf16", "unicode/utf8", "=internal/problem", "=internal/sorting"},
	"internal/units":     {},
	"internal/delimited": {"bytes", "io", "strconv", "unicode/utf8", "golang.org/x/text/encoding/simplifiedchinese", "golang.org/x/text/encoding/unicode", "golang.org/x/text/transform", "=internal/problem"},
}

// forbidden are calls that no package of the library makes, and why.
var forbidden = map[string]string{
	"time.Now":                  "the library reads no clock",
	"time.Since":                "the library reads no clock",
	"fmt.Print":                 "the library prints nothing",
	"fmt.Printf":                "the library prints nothing",
	"fmt.Println":               "the library prints nothing",
	"strings.ToUpper":           "Unicode folding turns other letters into ASCII codes",
	"strings.EqualFold":         "Unicode folding turns other letters into ASCII codes",
	"decimal.NewFromFloat":      "no float stands near money",
	"decimal.RequireFromString": "it panics",
	"decimal.NewFromString":     "its cost is not bounded by its input",
}

// exempt are the calls that a file may make all the same, and why.
var exempt = map[string]string{
	"country/name.go strings.EqualFold": "only to tell what would be right; what it finds is never accepted",
}

// methods are calls on any value that no package of the library makes, and why.
var methods = map[string]string{
	"InexactFloat64": "no float stands near money",
	"Float64":        "no float stands near money",
	"DivRound":       "quotients are exact: QuoRem",
	"Avg":            "a package setting of shopspring/decimal decides its precision",
}

type file struct {
	dir  string // in the module
	name string
	ast  *ast.File
	fset *token.FileSet
}

// library parses every non-test file of the library: the root's packages without examples, tools and nested modules.
func library(t *testing.T) []file {
	t.Helper()
	root := filepath.Join("..", "..")
	var files []file
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, _ := filepath.Rel(root, path)
		rel = filepath.ToSlash(rel)
		if d.IsDir() {
			if rel == "examples" || rel != "." && strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata" {
				return filepath.SkipDir
			}
			if rel != "." {
				if _, err := os.Stat(filepath.Join(path, "go.mod")); err == nil {
					return filepath.SkipDir
				}
			}
			return nil
		}
		if !strings.HasSuffix(rel, ".go") || strings.HasSuffix(rel, "_test.go") {
			return nil
		}
		fset := token.NewFileSet()
		f, err := parser.ParseFile(fset, path, nil, parser.ParseComments)
		if err != nil {
			return err
		}
		if f.Name.Name == "main" { // generators run by go generate
			return nil
		}
		dir := filepath.ToSlash(filepath.Dir(rel))
		if dir == "." {
			dir = ""
		}
		files = append(files, file{dir, rel, f, fset})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(files) < 50 {
		t.Fatalf("only %d files found", len(files))
	}
	return files
}

// supports are packages that only tests import.
func support(dir string) bool {
	return strings.HasSuffix(dir, "test") || strings.HasPrefix(dir, "internal/conformance") || dir == "internal/house"
}

func TestImportsAreOnTheList(t *testing.T) {
	seen := map[string]bool{}
	for _, f := range library(t) {
		if support(f.dir) {
			continue
		}
		seen[f.dir] = true
		list, ok := allowed[f.dir]
		if !ok {
			t.Errorf("%s: package %q is not on the list", f.name, f.dir)
			continue
		}
		for _, imp := range f.ast.Imports {
			path, _ := strconv.Unquote(imp.Path.Value)
			want := path
			if in, ok := strings.CutPrefix(path, module+"/"); ok {
				want = "=" + in
			}
			if path == "embed" {
				want = "_embed"
			}
			if !slices.Contains(list, want) && !slices.Contains(list, path) {
				t.Errorf("%s imports %s, which is not on the list of its package", f.name, path)
			}
		}
	}
	for dir := range allowed {
		if !seen[dir] {
			t.Errorf("the list names %q, which is no package of the library", dir)
		}
	}
}

// TestNobodyImports names what the design keeps out of the core.
func TestNobodyImports(t *testing.T) {
	for dir, list := range allowed {
		for _, path := range list {
			switch {
			case path == "net" || path == "os" || strings.HasPrefix(path, "net/") || path == "log" || path == "unsafe":
				t.Errorf("%s may import %s", dir, path)
			case path == "github.com/go-playground/validator/v10" && dir != "application":
				t.Errorf("%s may import the validator", dir)
			case path == "time" && dir != "country":
				t.Errorf("%s may import time", dir)
			case path == "golang.org/x/text/language/display":
				t.Errorf("%s may import the display names", dir)
			}
		}
	}
}

func TestForbiddenCalls(t *testing.T) {
	for _, f := range library(t) {
		if support(f.dir) {
			continue
		}
		ast.Inspect(f.ast, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			where := func() string { return f.name + ":" + strconv.Itoa(f.fset.Position(call.Pos()).Line) }
			switch fun := call.Fun.(type) {
			case *ast.Ident:
				if fun.Name == "panic" || fun.Name == "print" || fun.Name == "println" {
					t.Errorf("%s calls %s", where(), fun.Name)
				}
			case *ast.SelectorExpr:
				if x, ok := fun.X.(*ast.Ident); ok {
					if why, bad := forbidden[x.Name+"."+fun.Sel.Name]; bad && exempt[f.name+" "+x.Name+"."+fun.Sel.Name] == "" {
						t.Errorf("%s calls %s.%s: %s", where(), x.Name, fun.Sel.Name, why)
					}
				}
				if why, bad := methods[fun.Sel.Name]; bad {
					t.Errorf("%s calls %s: %s", where(), fun.Sel.Name, why)
				}
			}
			return true
		})
	}
}

func TestNoInit(t *testing.T) {
	for _, f := range library(t) {
		for _, d := range f.ast.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv == nil && fn.Name.Name == "init" {
				t.Errorf("%s has an init function", f.name)
			}
		}
	}
}

// TestNoFloats holds that nothing in the library is a float.
func TestNoFloats(t *testing.T) {
	for _, f := range library(t) {
		if support(f.dir) {
			continue
		}
		ast.Inspect(f.ast, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok && (id.Name == "float64" || id.Name == "float32") {
				t.Errorf("%s:%d uses %s", f.name, f.fset.Position(id.Pos()).Line, id.Name)
			}
			return true
		})
	}
}
