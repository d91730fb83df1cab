package scenario

import (
	"errors"
	"strings"

	"github.com/overseaswarehouse/overseas/internal/problem"
)

// The codes that problems of this package match, beside those of package fees.
const (
	ErrMissing   = problem.InputMissing // something that is needed was not given
	ErrRange     = problem.NumberRange  // a number that makes no sense here
	ErrMultiple  = problem.NotMultiple  // a batch that does not fill its cartons
	ErrExclude   = problem.FieldsExclude
	ErrDuplicate = problem.Duplicate // a SKU or a name that is there already
	ErrNoOrders  = problem.NoOrders  // nothing to divide by: no order is paid
	ErrUnknown   = problem.InputUnknown
	ErrDiffers   = problem.Contradiction // a value that is not the plan's
)

// Code names a kind of problem; it is an error that errors.Is finds.
type Code = problem.Code

// Problem is one thing that a result is missing or that is wrong with an input.
type Problem = problem.Problem

// Problems are several.
type Problems = problem.Problems

// collect puts a path before those of an error's problems and adds them.
func collect(into *problem.List, err error, path string) {
	var ps problem.Problems
	var p problem.Problem
	switch {
	case err == nil:
	case errors.As(err, &ps):
		for _, p := range ps {
			into.Add(under(p, path))
		}
	case errors.As(err, &p):
		into.Add(under(p, path))
	default:
		into.Add(problem.New(problem.Malformed, err.Error()).At(path))
	}
}

// under is a problem with a path before its own, which may be no more than a name.
func under(p problem.Problem, path string) problem.Problem {
	switch {
	case p.Path == "":
		p.Path = path
	case strings.HasPrefix(p.Path, "/"):
		p.Path = path + p.Path
	default:
		p.Path = path + "/" + p.Path
	}
	return p
}
