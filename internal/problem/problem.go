// Package problem is the shape of every error the library reports about its input: a stable code, the place, the
// offending text and what would be right, with a message in eight languages.
package problem

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/language"

	"github.com/overseaswarehouse/overseas/internal/lang"
)

// Code names a kind of problem. Codes are literal and stable, and each is an error value of its own, so that
// errors.Is(err, code) finds it in any error of this library.
type Code string

// Error returns the code itself.
func (c Code) Error() string { return string(c) }

// Problem is one thing wrong with an input.
type Problem struct {
	Code   Code     // what kind of problem
	Path   string   // where: an RFC 6901 JSON pointer in a document, a field name for a value
	Line   int      // 1-based line in the document; 0 when the input was not a document
	Column int      // 1-based column in characters; 0 when the input was not a document
	Text   string   // the offending text, at most 64 characters of it
	Want   []string // what would be right
	Args   []Arg    // further values that the message names
}

// Arg is a named value of a message.
type Arg struct{ Name, Value string }

// New makes a problem without a place; the offending text is clipped. It, With and Add are called in hundreds of places off
// the paths that are hot: as calls these are a fraction of the code that they are in line.
//
//go:noinline
func New(code Code, text string, want ...string) Problem {
	return Problem{Code: code, Text: Clip(text), Want: want}
}

// At returns the problem with its path set.
func (p Problem) At(path string) Problem { p.Path = path; return p }

// With returns the problem with a further value for its message.
//
//go:noinline
func (p Problem) With(name, value string) Problem {
	p.Args = append(p.Args[:len(p.Args):len(p.Args)], Arg{name, Clip(value)})
	return p
}

// Is reports whether target is the problem's code.
func (p Problem) Is(target error) bool {
	code, ok := target.(Code)
	return ok && code == p.Code
}

// Error says place, message and code in English.
func (p Problem) Error() string {
	return p.place() + p.fill(texts()[p.Code]) + " [" + string(p.Code) + "]"
}

func (p Problem) place() string {
	path := printable(p.Path)
	switch {
	case p.Line > 0 && p.Path != "":
		return fmt.Sprintf("%s (%d:%d): ", path, p.Line, p.Column)
	case p.Line > 0:
		return fmt.Sprintf("%d:%d: ", p.Line, p.Column)
	case p.Path != "":
		return path + ": "
	}
	return ""
}

// Message is the problem in words, without its place, in the language nearest to tag. Offending text is quoted so
// that control and bidirectional characters show as escapes.
func (p Problem) Message(tag language.Tag) string {
	return p.fill(textIn(p.Code, lang.Of(tag)))
}

// textIn is the message of a code in a language, "" for a code without.
func textIn(c Code, l lang.Lang) string {
	if l == lang.En {
		return texts()[c]
	}
	return translations()[c][l-1]
}

// fill puts the values into a message; without one the code stands for it.
func (p Problem) fill(text string) string {
	if text == "" {
		return string(p.Code)
	}
	return strings.TrimSpace(Expand(optional(text, p.value), func(name string) (string, bool) {
		if name == "text" {
			return Quote(p.Text), true
		}
		return p.value(name), true
	}))
}

// value is what stands for a placeholder of a message, "" when the problem does not have it.
func (p Problem) value(name string) string {
	switch name {
	case "text":
		if p.Text == "" {
			return ""
		}
		return Quote(p.Text)
	case "want":
		return printable(strings.Join(p.Want, ", "))
	}
	for _, a := range p.Args {
		if a.Name == name {
			return printable(a.Value)
		}
	}
	return ""
}

// optional takes the parts of a template that stand in square brackets out of them when each of their placeholders has a
// value, and leaves them out otherwise.
func optional(template string, value func(name string) string) string {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(template, "[")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		part, after, _ := strings.Cut(rest, "]")
		if !slices.ContainsFunc(Placeholders(part), func(name string) bool { return value(name) == "" }) {
			b.WriteString(part)
		}
		template = after
	}
}

// MarshalJSON writes code, path, place, text, what would be right and the English message.
func (p Problem) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		Code    Code              `json:"code"`
		Path    string            `json:"path,omitempty"`
		Line    int               `json:"line,omitempty"`
		Column  int               `json:"column,omitempty"`
		Text    string            `json:"text,omitempty"`
		Want    []string          `json:"want,omitempty"`
		Args    map[string]string `json:"args,omitempty"`
		Message string            `json:"message"`
	}{p.Code, p.Path, p.Line, p.Column, p.Text, p.Want, p.args(), p.Message(language.English)})
}

func (p Problem) args() map[string]string {
	if len(p.Args) == 0 {
		return nil
	}
	m := make(map[string]string, len(p.Args))
	for _, a := range p.Args {
		m[a.Name] = a.Value
	}
	return m
}

// Problems is everything wrong with one input, in document order. It is an error when it is not empty.
type Problems []Problem

// Error is one line a problem.
func (ps Problems) Error() string {
	lines := make([]string, len(ps))
	for i, p := range ps {
		lines[i] = p.Error()
	}
	return strings.Join(lines, "\n")
}

// Unwrap lets errors.Is and errors.As look at each problem.
func (ps Problems) Unwrap() []error {
	errs := make([]error, len(ps))
	for i, p := range ps {
		errs[i] = p
	}
	return errs
}

// Of is what an error of this library says is wrong; an error of another kind is malformed input.
func Of(err error) Problems {
	switch err := err.(type) {
	case nil:
		return nil
	case Problems:
		return err
	case Problem:
		return Problems{err}
	case Code:
		return Problems{New(err, "")}
	}
	return Problems{New(Malformed, "")}
}

// Limit is the number of problems that one report holds at most.
const Limit = 100

// List collects problems. The zero List is ready to use; what comes after the first Limit problems is counted only.
type List struct {
	found Problems
	more  int
}

// Add appends p.
//
//go:noinline
func (l *List) Add(p Problem) {
	if len(l.found) < Limit {
		l.found = append(l.found, p)
		return
	}
	l.more++
}

// Len is the number of problems added, those beyond the limit included.
func (l *List) Len() int { return len(l.found) + l.more }

// Err is nil when nothing was added, and Problems in the order of their places otherwise.
func (l *List) Err() error {
	if len(l.found) == 0 {
		return nil
	}
	ps := append(Problems(nil), l.found...)
	ps.sort()
	if l.more > 0 {
		ps = append(ps, New(TooMany, strconv.Itoa(Limit+l.more), strconv.Itoa(Limit)).With("what", "problems"))
	}
	return ps
}

// Clip cuts text after 64 characters and says so with an ellipsis.
func Clip(text string) string {
	const most = 64
	if len(text) <= most {
		return text
	}
	n := 0
	for i := range text {
		if n == most {
			return text[:i] + "…"
		}
		n++
	}
	return text
}

// Quote is text between quotes with every character that does not print as itself escaped, letters of any script kept.
func Quote(text string) string { return strconv.QuoteToGraphic(text) }

// printable is text with what a terminal or a log would act on escaped, without the quotes.
func printable(text string) string {
	if !utf8.ValidString(text) || strings.ContainsFunc(text, func(r rune) bool { return !strconv.IsGraphic(r) }) {
		q := Quote(text)
		return q[1 : len(q)-1]
	}
	return text
}

// Expand replaces each {name} of a template by its value. A name that value does not know stays as it stands.
func Expand(template string, value func(name string) (string, bool)) string {
	var b strings.Builder
	for {
		open := strings.IndexByte(template, '{')
		if open < 0 {
			break
		}
		end := strings.IndexByte(template[open:], '}')
		if end < 0 {
			break
		}
		b.WriteString(template[:open])
		name := template[open+1 : open+end]
		if v, ok := value(name); ok {
			b.WriteString(v)
		} else {
			b.WriteString(template[open : open+end+1])
		}
		template = template[open+end+1:]
	}
	b.WriteString(template)
	return b.String()
}

// Placeholders lists the names a template uses, each once, in order of appearance.
func Placeholders(template string) []string {
	var names []string
	seen := map[string]bool{}
	Expand(template, func(name string) (string, bool) {
		if !seen[name] {
			seen[name] = true
			names = append(names, name)
		}
		return "", true
	})
	return names
}
