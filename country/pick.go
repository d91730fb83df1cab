package country

import (
	"slices"

	"github.com/overseaswarehouse/overseas/internal/problem"
)

// pick chooses among rows, for each name, the one that fits the given circumstances best.
func pick[T Value](c Customs, key Key, rows []Row[T], given map[string]string) ([]Row[T], error) {
	var into problem.List
	facts := circumstances{given: given, inputs: c.inputs, into: &into}
	facts.check()
	var chosen []Row[T]
	ties := map[string]bool{}
	for _, row := range rows {
		if !facts.fit(row.When) {
			continue
		}
		i := slices.IndexFunc(chosen, func(o Row[T]) bool { return o.Name() == row.Name() })
		switch {
		case i < 0:
			chosen = append(chosen, row)
		case len(row.When) > len(chosen[i].When), len(row.When) == len(chosen[i].When) && row.Override && !chosen[i].Override:
			chosen[i] = row
			delete(ties, row.Name())
		case len(row.When) == len(chosen[i].When) && row.Override == chosen[i].Override:
			ties[row.Name()] = true
		}
	}
	for _, row := range chosen {
		if ties[row.Name()] {
			into.Add(problem.New(problem.Ambiguous, row.Name()))
		}
	}
	for _, gap := range c.gaps {
		if gap.key == key && facts.fit(gap.when) && !slices.ContainsFunc(chosen, func(o Row[T]) bool {
			return o.Name() == gap.problem.Text && len(o.When) > len(gap.when)
		}) {
			into.Add(gap.problem)
		}
	}
	if err := into.Err(); err != nil {
		return nil, err
	}
	for i := range chosen {
		chosen[i].Fact = chosen[i].Fact.clone()
	}
	return chosen, nil
}

// gap is a fact that is not known on the day, under its conditions.
type gap struct {
	key     Key
	when    []Condition
	problem problem.Problem
}

// circumstances answers the conditions of facts with what a caller has given.
type circumstances struct {
	given   map[string]string
	inputs  []Input
	into    *problem.List
	missing []string
}

// check reports what is given and means nothing.
func (g *circumstances) check() {
	names := make([]string, 0, len(g.given))
	for name := range g.given {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		i := slices.IndexFunc(g.inputs, func(in Input) bool { return in.Name == name })
		if i < 0 {
			p := problem.New(problem.InputUnknown, name)
			for _, in := range g.inputs {
				p.Want = append(p.Want, in.Name)
			}
			g.into.Add(p)
			continue
		}
		if v := g.given[name]; !slices.Contains(g.inputs[i].Values, v) {
			g.into.Add(problem.New(problem.UnknownValue, v, g.inputs[i].Values...).At("/" + name))
		}
	}
}

// fit reports whether all conditions hold. A circumstance that must be given and is not is reported once, unless another
// condition fails anyway.
func (g *circumstances) fit(when []Condition) bool {
	var ask []Condition
	for _, w := range when {
		v, ok := g.given[w.Input]
		if !ok {
			v = w.Default
		}
		switch {
		case v == "":
			ask = append(ask, w)
		case !slices.Contains(w.In, v):
			return false
		}
	}
	for _, w := range ask {
		if slices.Contains(g.missing, w.Input) {
			continue
		}
		g.missing = append(g.missing, w.Input)
		p := problem.New(problem.InputMissing, w.Input)
		if i := slices.IndexFunc(g.inputs, func(in Input) bool { return in.Name == w.Input }); i >= 0 {
			p.Want = slices.Clone(g.inputs[i].Values)
		}
		g.into.Add(p)
	}
	return len(ask) == 0
}
