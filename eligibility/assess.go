package eligibility

import (
	"strconv"

	"github.com/overseaswarehouse/overseas/application"
	"github.com/overseaswarehouse/overseas/internal/problem"
)

// Assess applies the policy to an application, whatever its date of filing. It is safe for concurrent use, keeps
// nothing of a, and does not allocate when no rule fires.
//
// The error says that there is nothing to decide: a is nil, names another platform (ErrUnknownPlatform), holds more
// papers than application.MaxMaterials (ErrTooMany) or a negative quantity (ErrNegative). An application that was
// put together in a program should pass Validate first, which looks at its shape as Parse does.
func (p *Policy) Assess(a *application.Application) (d Decision, err error) {
	if p == nil || p.doc == nil || a == nil {
		return p.judge(a)
	}
	at, role, declared := p.passes(a)
	if at == nil {
		return p.judge(a)
	}
	d.on, d.declared, d.role = &at.ground, declared, uint16(role+1)
	d.describe(a)
	return d, nil
}

// judge applies the rules one by one, or says why it cannot.
func (p *Policy) judge(a *application.Application) (d Decision, err error) {
	if p == nil || p.doc == nil {
		return d, problem.Problems{problem.New(problem.NoEdition, "")}
	}
	if err = p.unfit(a); err != nil {
		return d, err
	}
	a = a.Clone()
	found := newRun(p, a).all()
	d.on = &ground{policy: p, kind: a.Warehouse.Kind, role: a.Applicant.Role, outcome: outcomeOf(found), findings: found}
	if len(found) > 0 {
		d.on.application = a
	}
	d.declared = declaredPapers(p, a)
	d.describe(a)
	return d, nil
}

// describe writes down whose application it was.
func (d *Decision) describe(a *application.Application) {
	d.id, d.store, d.parent = a.ID, a.Applicant.Store, a.Applicant.Parent
	d.filed, d.country = a.Submitted, a.Warehouse.Country
}

func outcomeOf(found []Finding) Outcome {
	o := Approved
	for i := range found {
		switch found[i].Effect {
		case Reject:
			return Rejected
		case Unclear:
			o = Undetermined
		}
	}
	return o
}

// unfit says why a cannot be assessed at all.
func (p *Policy) unfit(a *application.Application) error {
	if a == nil {
		return problem.Problems{problem.New(problem.MissingField, "application")}
	}
	if a.Platform != p.doc.platform {
		return problem.Problems{problem.New(problem.UnknownPlatform, a.Platform, p.doc.platform).At("/platform")}
	}
	if len(a.Materials) > application.MaxMaterials {
		return problem.Problems{tooMany(len(a.Materials), application.MaxMaterials, "materials")}
	}
	if len(a.Stock) > application.MaxStock {
		return problem.Problems{tooMany(len(a.Stock), application.MaxStock, "stock")}
	}
	for i := range a.Stock {
		if s := &a.Stock[i]; s.OnHand|s.InTransit < 0 {
			return problem.Problems{
				problem.New(problem.Negative, strconv.FormatInt(min(s.OnHand, s.InTransit), 10)).At("/stock/" + strconv.Itoa(i)),
			}
		}
	}
	return nil
}

func tooMany(n, most int, what string) problem.Problem {
	return problem.New(problem.TooMany, strconv.Itoa(n), strconv.Itoa(most)).With("what", what).At("/" + what)
}

// declaredPapers is the set of papers of which something that the policy looks at rests on the applicant's word.
func declaredPapers(p *Policy, a *application.Application) uint64 {
	var set uint64
	k := p.doc.kindIndex(a.Warehouse.Kind)
	for i := range a.Materials {
		m := &a.Materials[i]
		row := p.doc.material(m.Kind)
		if row == nil || k < 0 || p.plan.kind[k].asked&(1<<p.plan.materials.find(m.Kind)) == 0 {
			continue
		}
		if m.Basis == application.Declared && (m.Form != "" || !m.Dated.IsZero()) {
			set |= 1 << i
		}
		for _, s := range m.Shows {
			if s.State == application.Shown && s.Basis == application.Declared && nameOf(row.parts, s.Part) != nil {
				set |= 1 << i
			}
		}
	}
	return set
}
