package policy

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"
)

// OPA is the twelve rules in Rego, prepared once.
type OPA struct{ query rego.PreparedEvalQuery }

// Input is a combination parsed for OPA.
type Input = ast.Value

// NewOPA compiles the policy.
func NewOPA() (*OPA, error) {
	var b strings.Builder
	b.WriteString("package overseas\n\nopen := {" + quoted(Open) + "}\n")
	for i, code := range Rules {
		var body string
		switch {
		case i < 4:
			body = fmt.Sprintf("input.kind == \"third_party\"\n\tnot %q in input.materials", Materials[i])
		case i < 8:
			body = fmt.Sprintf("input.kind == \"self_operated\"\n\tnot %q in input.materials", Materials[i])
		case i == 8:
			body = "input.stock == 0"
		case i == 9:
			body = "not input.country in open"
		case i == 10:
			body = `not input.role in {"main", "sub"}`
		default:
			body = `not input.kind in {"third_party", "self_operated"}`
		}
		fmt.Fprintf(&b, "\ncodes contains %q if {\n\t%s\n}\n", code, body)
	}
	q, err := rego.New(rego.Query("data.overseas.codes"), rego.Module("overseas.rego", b.String())).PrepareForEval(context.Background())
	return &OPA{q}, err
}

// Parse prepares the input of a combination.
func (o *OPA) Parse(c Combination) (Input, error) {
	list := make([]any, len(c.Materials))
	for i, m := range c.Materials {
		list[i] = m
	}
	return ast.InterfaceToValue(map[string]any{"kind": c.Kind, "role": c.Role, "country": c.Country, "materials": list, "stock": c.Stock})
}

func (o *OPA) eval(in Input) ([]any, error) {
	rs, err := o.query.Eval(context.Background(), rego.EvalParsedInput(in))
	if err != nil {
		return nil, err
	}
	if len(rs) != 1 || len(rs[0].Expressions) != 1 {
		return nil, errors.New("no result")
	}
	list, ok := rs[0].Expressions[0].Value.([]any)
	if !ok {
		return nil, errors.New("no list")
	}
	return list, nil
}

// Run runs the policy on an application that passes.
func (o *OPA) Run(in Input) error {
	list, err := o.eval(in)
	if err == nil && len(list) > 0 {
		err = fmt.Errorf("%v fire", list)
	}
	return err
}

// Codes are the rules that fire.
func (o *OPA) Codes(c Combination) ([]string, error) {
	in, err := o.Parse(c)
	if err != nil {
		return nil, err
	}
	list, err := o.eval(in)
	if err != nil {
		return nil, err
	}
	codes := make([]string, len(list))
	for i, x := range list {
		codes[i], _ = x.(string)
	}
	return codes, nil
}
