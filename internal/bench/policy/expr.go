package policy

import (
	"fmt"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/vm"
)

// Expr is the twelve rules as twelve boolean programs of expr-lang/expr.
type Expr struct {
	programs [12]*vm.Program
	machine  vm.VM
}

// exprInput is what the programs see.
type exprInput struct {
	Kind      string   `expr:"kind"`
	Role      string   `expr:"role"`
	Country   string   `expr:"country"`
	Materials []string `expr:"materials"`
	Stock     int64    `expr:"stock"`
}

// NewExpr compiles the programs.
func NewExpr() (*Expr, error) {
	e := &Expr{}
	for i := range Rules {
		var text string
		switch {
		case i < 4:
			text = fmt.Sprintf("kind == 'third_party' && %q not in materials", Materials[i])
		case i < 8:
			text = fmt.Sprintf("kind == 'self_operated' && %q not in materials", Materials[i])
		case i == 8:
			text = "stock == 0"
		case i == 9:
			text = "country not in [" + quoted(Open) + "]"
		case i == 10:
			text = "role not in ['main', 'sub']"
		default:
			text = "kind not in ['third_party', 'self_operated']"
		}
		var err error
		if e.programs[i], err = expr.Compile(text, expr.Env(exprInput{}), expr.AsBool()); err != nil {
			return nil, err
		}
	}
	return e, nil
}

// Run runs the twelve programs on an application that passes.
func (e *Expr) Run(c Combination) error {
	codes, err := e.Codes(c)
	if err == nil && len(codes) > 0 {
		err = fmt.Errorf("%v fire", codes)
	}
	return err
}

// Codes are the rules that fire.
func (e *Expr) Codes(c Combination) (codes []string, err error) {
	in := exprInput(c)
	for i, p := range e.programs {
		fires, err := e.machine.Run(p, in)
		if err != nil {
			return nil, err
		}
		if fires == true {
			codes = append(codes, Rules[i])
		}
	}
	return codes, nil
}
