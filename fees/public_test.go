package fees_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Every exported name is used by an example, but for what encoding/json and errors call by themselves.
func TestEveryExportedNameHasAnExample(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	used := map[string]bool{}
	var exported []string
	for _, path := range files {
		if strings.HasSuffix(path, "_test.go") {
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(string(text), "\nfunc Example") {
				continue
			}
			for _, word := range regexp.MustCompile(`\b[A-Z]\w*`).FindAllString(string(text), -1) {
				for _, part := range strings.Split(strings.TrimPrefix(word, "Example"), "_") {
					used[part] = true
				}
			}
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range f.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				if d.Recv == nil || ast.IsExported(receiver(d)) {
					exported = append(exported, d.Name.Name)
					if d.Name.IsExported() && d.Doc == nil {
						t.Errorf("%s is not documented", d.Name.Name)
					}
				}
			case *ast.GenDecl:
				for _, s := range d.Specs {
					switch s := s.(type) {
					case *ast.TypeSpec:
						exported = append(exported, s.Name.Name)
					case *ast.ValueSpec:
						for _, n := range s.Names {
							exported = append(exported, n.Name)
						}
					}
				}
			}
		}
	}
	if len(exported) < 150 {
		t.Fatalf("only %d names found", len(exported))
	}
	for _, name := range exported {
		switch name {
		case "MarshalJSON", "UnmarshalJSON", "String":
			continue
		}
		if ast.IsExported(name) && !used[name] {
			t.Errorf("no example uses %s", name)
		}
	}
}

func receiver(d *ast.FuncDecl) string {
	t := d.Recv.List[0].Type
	if p, ok := t.(*ast.StarExpr); ok {
		t = p.X
	}
	if id, ok := t.(*ast.Ident); ok {
		return id.Name
	}
	return ""
}
