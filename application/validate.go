package application

import (
	"errors"
	"reflect"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/go-playground/validator/v10"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/internal/problem"
)

// Limits of one application. They bound what a decision has to look at; no real application comes near them.
const (
	MaxMaterials = 64    // papers in one application
	MaxStock     = 10000 // stock rows
	MaxAnswers   = 64    // answers
	MaxShows     = 32    // parts said of one paper
	MaxWord      = 64    // characters of a policy's word
	MaxName      = 128   // characters of an account, id, article number
	MaxText      = 1000  // characters of a material's text or an answer
)

// Validate reports everything about a's shape that Parse would report: what is missing, blank, too long, too many,
// negative, or not plain text. It asks nothing about any policy. The error is a Problems, in the order of the fields.
func (a *Application) Validate() error {
	if a == nil {
		return problem.Problems{problem.New(problem.MissingField, "application")}
	}
	var list problem.List
	for _, p := range shapeProblems(a) {
		list.Add(p)
	}
	return list.Err()
}

// The shapes mirror the public types, so that the tags of the validator are not part of the public documentation.
type applicationShape struct {
	Platform  string          `json:"platform" validate:"required,said,max=64,plain"`
	ID        string          `json:"id" validate:"omitempty,said,max=128,plain"`
	Submitted string          `json:"submitted" validate:"omitempty,day"`
	Category  string          `json:"category" validate:"omitempty,said,max=64,plain"`
	Applicant applicantShape  `json:"applicant"`
	Warehouse warehouseShape  `json:"warehouse"`
	Stock     []stockShape    `json:"stock" validate:"max=10000,dive"`
	Materials []materialShape `json:"materials" validate:"max=64,dive"`
	Answers   []answerShape   `json:"answers" validate:"max=64,unique=Name,dive"`
}

type applicantShape struct {
	Role      string `json:"role" validate:"omitempty,said,max=64,plain"`
	Store     string `json:"store" validate:"required,said,max=128,plain"`
	Parent    string `json:"parent" validate:"omitempty,said,max=128,plain"`
	Home      string `json:"home" validate:"omitempty,country"`
	LegalForm string `json:"legalForm" validate:"omitempty,said,max=64,plain"`
}

type warehouseShape struct {
	Kind    string `json:"kind" validate:"omitempty,said,max=64,plain"`
	Country string `json:"country" validate:"omitempty,country"`
}

type stockShape struct {
	SKU       string `json:"sku" validate:"omitempty,said,max=128,plain"`
	Country   string `json:"country" validate:"required,country"`
	OnHand    int64  `json:"onHand" validate:"gte=0"`
	InTransit int64  `json:"inTransit" validate:"gte=0"`
}

type materialShape struct {
	Kind    string         `json:"kind" validate:"required,said,max=64,plain"`
	Text    string         `json:"text" validate:"omitempty,max=1000,plain"`
	Form    string         `json:"form" validate:"omitempty,said,max=64,plain"`
	Country string         `json:"country" validate:"omitempty,country"`
	Dated   string         `json:"dated" validate:"omitempty,day"`
	Shows   []showingShape `json:"shows" validate:"max=32,unique=Part,dive"`
	File    *fileShape     `json:"file" validate:"omitempty"`
	Basis   uint8          `json:"basis" validate:"lte=1"`
}

type showingShape struct {
	Part  string `json:"part" validate:"required,said,max=64,plain"`
	State uint8  `json:"state" validate:"lte=2"`
	Basis uint8  `json:"basis" validate:"lte=1"`
}

type fileShape struct {
	Name   string `json:"name" validate:"required,filename"`
	SHA256 string `json:"sha256" validate:"required"`
}

type answerShape struct {
	Name  string `json:"name" validate:"required,said,max=64,plain"`
	Value string `json:"value" validate:"max=1000,plain"`
}

// shapes is the library's own validator: never exported, never the host's.
var shapes = sync.OnceValue(func() *validator.Validate {
	v := validator.New(validator.WithRequiredStructEnabled())
	v.RegisterTagNameFunc(func(f reflect.StructField) string { return f.Tag.Get("json") })
	check := func(tag string, ok func(string) bool) {
		// A tag can only be refused for its name, and the test that validates every shape would show it.
		_ = v.RegisterValidation(tag, func(fl validator.FieldLevel) bool { return ok(fl.Field().String()) })
	}
	check("said", func(s string) bool { return !Blank(s) })
	check("plain", func(s string) bool { _, bad := checkPlain(s); return !bad })
	check("filename", func(s string) bool { _, bad := checkFileName(s); return !bad })
	check("country", func(s string) bool { c, err := country.Parse(s); return err == nil && c.String() == s })
	check("day", func(s string) bool { _, err := country.ParseDate(s); return err == nil })
	return v
})

// checkPlain finds what text may not contain: broken UTF-8, control characters, changes of writing direction.
func checkPlain(s string) (problem.Problem, bool) {
	if !utf8.ValidString(s) {
		return problem.New(problem.Encoding, s), true
	}
	for _, r := range s {
		switch {
		case isBidi(r):
			return problem.New(problem.BidiControl, s), true
		case unicode.IsControl(r) || r == '\u2028' || r == '\u2029':
			return problem.New(problem.ControlCharacter, s), true
		}
	}
	return problem.Problem{}, false
}

func shapeProblems(a *Application) []problem.Problem {
	var found []problem.Problem
	if err := shapes().Struct(shapeOf(a)); err != nil {
		var fields validator.ValidationErrors
		if !errors.As(err, &fields) {
			return []problem.Problem{problem.New(problem.WrongType, "", "application")}
		}
		for _, f := range fields {
			found = append(found, translate(f))
		}
	}
	return found
}

// translate turns a finding of the validator into a problem of this library. Neither type, tag nor text of the
// dependency gets out.
func translate(f validator.FieldError) problem.Problem {
	text, _ := f.Value().(string)
	p := problem.New(problem.Malformed, text)
	switch f.Tag() {
	case "required":
		p = problem.New(problem.MissingField, f.Field())
	case "said":
		p = problem.New(problem.TextBlank, text)
	case "max":
		p = problem.New(problem.TextTooLong, text, f.Param())
		if f.Kind() == reflect.Slice {
			p = problem.New(problem.TooMany, itoa(reflect.ValueOf(f.Value()).Len()), f.Param()).With("what", f.Field())
		}
	case "gte":
		n, _ := f.Value().(int64)
		p = problem.New(problem.Negative, itoa(int(n)))
	case "unique":
		p = problem.New(problem.Duplicate, lower(f.Param()))
	case "plain":
		p, _ = checkPlain(text)
	case "filename":
		p, _ = checkFileName(text)
	case "country":
		p = problem.New(problem.CountryUnknown, text, "ISO 3166-1 alpha-2")
	case "day":
		p = problem.New(problem.DateInvalid, text, "YYYY-MM-DD")
	case "lte":
		p = problem.New(problem.UnknownValue, "")
	}
	return p.At(pointer(f.Namespace()))
}

// pointer turns the validator's "shape.materials[3].file.name" into "/materials/3/file/name".
func pointer(namespace string) string {
	_, path, _ := strings.Cut(namespace, ".")
	return "/" + strings.NewReplacer(".", "/", "[", "/", "]", "").Replace(path)
}

func shapeOf(a *Application) *applicationShape {
	s := &applicationShape{
		Platform: a.Platform, ID: a.ID, Submitted: day(a.Submitted), Category: a.Category,
		Applicant: applicantShape{
			Role: a.Applicant.Role, Store: a.Applicant.Store, Parent: a.Applicant.Parent,
			Home: a.Applicant.Home.String(), LegalForm: a.Applicant.LegalForm,
		},
		Warehouse: warehouseShape{Kind: a.Warehouse.Kind, Country: a.Warehouse.Country.String()},
	}
	for _, r := range head(a.Stock, MaxStock) {
		s.Stock = append(s.Stock, stockShape{r.SKU, r.Country.String(), r.OnHand, r.InTransit})
	}
	for _, m := range head(a.Materials, MaxMaterials) {
		shape := materialShape{
			Kind: m.Kind, Text: m.Text, Form: m.Form, Country: m.Country.String(), Dated: day(m.Dated), Basis: uint8(m.Basis),
		}
		for _, w := range head(m.Shows, MaxShows) {
			shape.Shows = append(shape.Shows, showingShape{w.Part, uint8(w.State), uint8(w.Basis)})
		}
		if !m.File.IsZero() {
			shape.File = &fileShape{Name: m.File.Name}
			if m.File.SHA256 != [32]byte{} {
				shape.File.SHA256 = m.File.Sum()
			}
		}
		s.Materials = append(s.Materials, shape)
	}
	for _, n := range head(a.Answers, MaxAnswers) {
		s.Answers = append(s.Answers, answerShape(n))
	}
	return s
}

// head keeps one row more than allowed, so that "too many" shows without copying all of them.
func head[T any](rows []T, most int) []T {
	if len(rows) > most {
		return rows[:most+1]
	}
	return rows
}

// day is the date as text, "" for not given. A date that is on no calendar stays visible as text that does not parse.
func day(d country.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.String()
}
