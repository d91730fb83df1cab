package policy

import (
	"fmt"

	"cel.dev/cel-go/cel"
)

// CEL is the twelve rules as twelve programs of cel-go.
type CEL struct{ programs [12]cel.Program }

// NewCEL compiles the programs.
func NewCEL() (*CEL, error) {
	env, err := cel.NewEnv(
		cel.Variable("kind", cel.StringType), cel.Variable("role", cel.StringType), cel.Variable("country", cel.StringType),
		cel.Variable("materials", cel.ListType(cel.StringType)), cel.Variable("stock", cel.IntType),
	)
	if err != nil {
		return nil, err
	}
	var out CEL
	for i := range Rules {
		var text string
		switch {
		case i < 4:
			text = fmt.Sprintf("kind == 'third_party' && !(%q in materials)", Materials[i])
		case i < 8:
			text = fmt.Sprintf("kind == 'self_operated' && !(%q in materials)", Materials[i])
		case i == 8:
			text = "stock == 0"
		case i == 9:
			text = "!(country in [" + quoted(Open) + "])"
		case i == 10:
			text = "!(role in ['main', 'sub'])"
		default:
			text = "!(kind in ['third_party', 'self_operated'])"
		}
		ast, issues := env.Compile(text)
		if issues.Err() != nil {
			return nil, issues.Err()
		}
		if out.programs[i], err = env.Program(ast, cel.EvalOptions(cel.OptOptimize)); err != nil {
			return nil, err
		}
	}
	return &out, nil
}

// Vars are the variables of a combination, prepared once.
func (c *CEL) Vars(x Combination) map[string]any {
	return map[string]any{"kind": x.Kind, "role": x.Role, "country": x.Country, "materials": x.Materials, "stock": x.Stock}
}

// Run runs the twelve programs on an application that passes.
func (c *CEL) Run(vars map[string]any) error {
	for i, p := range c.programs {
		v, _, err := p.Eval(vars)
		if err != nil {
			return err
		}
		if v.Value() == true {
			return fmt.Errorf("%s fires", Rules[i])
		}
	}
	return nil
}

// Codes are the rules that fire.
func (c *CEL) Codes(x Combination) ([]string, error) {
	vars := c.Vars(x)
	var codes []string
	for i, p := range c.programs {
		v, _, err := p.Eval(vars)
		if err != nil {
			return nil, err
		}
		if v.Value() == true {
			codes = append(codes, Rules[i])
		}
	}
	return codes, nil
}
