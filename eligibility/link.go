package eligibility

import (
	"fmt"
	"slices"
	"strings"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/internal/problem"
	"github.com/overseaswarehouse/overseas/internal/strict"
)

// linker finds what is wrong with a document as a whole: references, duplicates, rules that cannot fire, rules that
// contradict one another, statements that nothing expresses.
type linker struct {
	d    *document
	list *problem.List
}

func (l *linker) report(at strict.Value, field string, p problem.Problem) {
	if m, ok := at.Member(field); ok && field != "" {
		at = m
	}
	p.Path, p.Line, p.Column = at.Place()
	l.list.Add(p)
}

func link(d *document, list *problem.List) {
	l := &linker{d: d, list: list}
	l.codes()
	l.clauses()
	l.parameters()
	l.kinds()
	l.answers()
	keys := map[string]int{}
	for i := range d.rules {
		l.rule(i)
		l.clash(i, keys)
	}
	l.uncovered()
}

// codes reports codes that stand for two rows.
func (l *linker) codes() {
	d := l.d
	unique(l, d.rules, func(r rule) (string, strict.Value) { return r.code, r.at })
	unique(l, d.reasons, func(r reason) (string, strict.Value) { return r.code, r.at })
	unique(l, d.parameters, func(p parameter) (string, strict.Value) { return p.code, p.at })
	unique(l, d.roles, func(r role) (string, strict.Value) { return r.code, r.at })
	unique(l, d.legalForms, func(n named) (string, strict.Value) { return n.code, n.at })
	unique(l, d.kinds, func(k kind) (string, strict.Value) { return k.code, k.at })
	unique(l, d.materials, func(m material) (string, strict.Value) { return m.code, m.at })
	unique(l, d.categories, func(n named) (string, strict.Value) { return n.code, n.at })
	unique(l, d.answers, func(a answer) (string, strict.Value) { return a.code, a.at })
	unique(l, d.notes, func(n note) (string, strict.Value) { return n.code, n.at })
	parts := 0
	for _, m := range d.materials {
		unique(l, m.parts, func(n named) (string, strict.Value) { return n.code, n.at })
		unique(l, m.forms, func(n named) (string, strict.Value) { return n.code, n.at })
		parts += len(m.parts)
	}
	if parts > MaxParts {
		l.report(d.at, "materials", problem.New(problem.TooMany, fmt.Sprint(parts), fmt.Sprint(MaxParts)).With("what", "parts"))
	}
	seenSource, seenID := map[string]bool{}, map[string]bool{}
	for _, s := range d.sources {
		if s.id != "" && seenSource[s.id] {
			l.report(s.at, "id", problem.New(problem.Duplicate, s.id))
		}
		seenSource[s.id] = true
	}
	for _, s := range d.statements {
		if s.id != "" && seenID[s.id] {
			l.report(s.at, "id", problem.New(problem.Duplicate, s.id))
		}
		seenID[s.id] = true
		if s.source != "" && !seenSource[s.source] {
			l.report(s.at, "source", problem.New(problem.UnknownValue, s.source, l.sourceIDs()...))
		}
	}
	seen := map[country.Code]bool{}
	for _, c := range d.destinations {
		if seen[c] && !c.IsZero() {
			l.report(d.at, "destinations", problem.New(problem.Duplicate, c.String()))
		}
		seen[c] = true
	}
}

func (l *linker) sourceIDs() []string {
	var ids []string
	for _, s := range l.d.sources {
		ids = append(ids, s.id)
	}
	return ids
}

func unique[T any](l *linker, rows []T, of func(T) (string, strict.Value)) {
	seen := make(map[string]bool, len(rows))
	for _, r := range rows {
		code, at := of(r)
		if code != "" && seen[code] {
			l.report(at, "code", problem.New(problem.Duplicate, code))
		}
		seen[code] = true
	}
}

// clauses reports clauses that are no statement, and statements that nothing cites.
func (l *linker) clauses() {
	d := l.d
	known := map[string]bool{}
	var ids []string
	for _, s := range d.statements {
		known[s.id] = true
		ids = append(ids, s.id)
	}
	cited := map[string]bool{}
	cite := func(at strict.Value, clause string) {
		if clause == "" {
			return
		}
		if !known[clause] {
			l.report(at, "clause", problem.New(problem.UnknownValue, clause, ids...))
		}
		cited[clause] = true
	}
	d.citing(func(_, _, clause string, at strict.Value) { cite(at, clause) })
	for _, s := range d.statements {
		switch {
		case s.id == "":
		case s.marked == "" && !cited[s.id]:
			l.report(s.at, "", problem.New(problem.Unlinked, s.id))
		case s.marked == "not_modelled" && cited[s.id]:
			l.report(s.at, "marked", problem.New(problem.Contradiction, "not_modelled", s.id))
		}
	}
}

// citing calls f for every row that cites a clause.
func (d *document) citing(f func(section, code, clause string, at strict.Value)) {
	for _, r := range d.rules {
		f("rules", r.code, r.clause, r.at)
	}
	for _, r := range d.reasons {
		f("reasons", r.code, r.clause, r.at)
	}
	for _, p := range d.parameters {
		f("parameters", p.code, p.clause, p.at)
	}
	for _, k := range d.kinds {
		f("kinds", k.code, k.clause, k.at)
	}
	for _, m := range d.materials {
		f("materials", m.code, m.clause, m.at)
	}
	for _, n := range d.notes {
		f("notes", n.code, n.clause, n.at)
	}
	f("permission", "permission", d.opens.clause, d.opens.at)
}

func (l *linker) parameters() {
	for _, p := range l.d.parameters {
		if p.code == "" {
			continue
		}
		used := false
		for _, r := range l.d.rules {
			used = used || r.parameter == p.code || r.transit == p.code || r.given.parameter == p.code
		}
		if !used {
			l.report(p.at, "", problem.New(problem.Unreachable, p.code, "parameter without a rule"))
		}
	}
}

func (l *linker) kinds() {
	for _, k := range l.d.kinds {
		for _, list := range [][]string{k.needs, k.optional} {
			for _, code := range list {
				if l.d.material(code) == nil {
					l.report(k.at, "", problem.New(problem.UnknownValue, code, l.d.materialCodes()...))
				}
			}
		}
		for _, code := range k.optional {
			if slices.Contains(k.needs, code) {
				l.report(k.at, "optional", problem.New(problem.Contradiction, code, "needs"))
			}
		}
	}
}

func (l *linker) answers() {
	for _, a := range l.d.answers {
		for c := range sortedCountries(a.local) {
			if !slices.Contains(l.d.destinations, c) {
				l.report(a.at, "shapesIn", problem.New(problem.Unreachable, a.code, c.String()))
			}
		}
	}
}

// rule checks one rule's operands and whether it can ever fire.
func (l *linker) rule(i int) {
	d, r := l.d, &l.d.rules[i]
	if r.check == checkNone {
		return
	}
	spec := &checks[r.check]
	if r.kind != 0 && !slices.Contains(spec.kinds, r.kind) {
		l.report(r.at, "kind", problem.New(problem.UnknownValue, r.kind.String(), stringsOf(spec.kinds)...))
	}
	if r.remedy != 0 && !slices.Contains(spec.class, r.remedy) {
		l.report(r.at, "remedy", problem.New(problem.UnknownValue, r.remedy.String(), stringsOf(spec.class)...))
	}
	if r.reason != "" && !slices.ContainsFunc(d.reasons, func(x reason) bool { return x.code == r.reason }) {
		var codes []string
		for _, x := range d.reasons {
			codes = append(codes, x.code)
		}
		l.report(r.at, "reason", problem.New(problem.UnknownValue, r.reason, codes...))
	}
	if r.effect == Reject && r.reason == "" && len(d.reasons) > 0 {
		l.report(r.at, "", problem.New(problem.MissingField, "reason"))
	}
	l.operands(r, spec)
	l.scope(r)
	l.reach(r)
	l.placeholders(r)
}

func (l *linker) operands(r *rule, spec *checkSpec) {
	d := l.d
	operand := func(bit operand, field string, given bool) bool {
		if given && spec.takes&bit == 0 {
			l.report(r.at, field, problem.New(problem.UnknownField, field))
		}
		if !given && spec.takes&bit != 0 && bit != onTransit {
			l.report(r.at, "", problem.New(problem.MissingField, field))
		}
		return given && spec.takes&bit != 0
	}
	if operand(onMaterial, "material", r.material != "") {
		m := d.material(r.material)
		if m == nil {
			l.report(r.at, "material", problem.New(problem.UnknownValue, r.material, d.materialCodes()...))
		} else if spec.takes&onParts != 0 {
			for _, p := range r.parts {
				if !slices.ContainsFunc(m.parts, func(n named) bool { return n.code == p }) {
					l.report(r.at, "", problem.New(problem.UnknownValue, p, codesOf(m.parts)...))
				}
			}
		}
	}
	operand(onParts, "part", len(r.parts) > 0)
	if operand(onAnswer, "answer", r.answer != "") && d.answer(r.answer) == nil {
		var codes []string
		for _, a := range d.answers {
			codes = append(codes, a.code)
		}
		l.report(r.at, "answer", problem.New(problem.UnknownValue, r.answer, codes...))
	}
	if operand(onParameter, "parameter", r.parameter != "") {
		l.parameter(r, "parameter", r.parameter, spec.param)
	}
	if operand(onTransit, "inTransit", r.transit != "") {
		l.parameter(r, "inTransit", r.transit, switchParam)
	}
	if c := r.given; c.parameter != "" {
		p := d.parameter(c.parameter)
		switch {
		case p == nil:
			l.report(r.at, "if", problem.New(problem.UnknownValue, c.parameter, d.parameterCodes()...))
		case p.form == switchParam && c.is != "yes" && c.is != "no",
			p.form == choiceParam && !slices.Contains(p.options, c.is),
			p.form == countParam, p.form == wordsParam:
			l.report(r.at, "if", problem.New(problem.Unreachable, r.code, c.parameter+" = "+c.is))
		}
	}
}

func (l *linker) parameter(r *rule, field, code string, form paramForm) {
	p := l.d.parameter(code)
	if p == nil {
		l.report(r.at, field, problem.New(problem.UnknownValue, code, l.d.parameterCodes()...))
	} else if p.form != 0 && p.form != form {
		l.report(r.at, field, problem.New(problem.WrongType, code, paramWords[form]))
	}
}

func (l *linker) scope(r *rule) {
	d := l.d
	for _, k := range r.only.kinds {
		if d.kindIndex(k) < 0 {
			l.report(r.at, "only", problem.New(problem.UnknownValue, k, d.kindCodes()...))
		}
	}
	for _, k := range r.only.roles {
		if d.roleIndex(k) < 0 {
			l.report(r.at, "only", problem.New(problem.UnknownValue, k, d.roleCodes()...))
		}
	}
	for _, c := range r.only.countries {
		if !slices.Contains(d.destinations, c) {
			l.report(r.at, "only", problem.New(problem.Unreachable, r.code, c.String()))
		}
	}
}

// reach reports a rule that no application can make fire.
func (l *linker) reach(r *rule) {
	d := l.d
	dead := func(why string) { l.report(r.at, "", problem.New(problem.Unreachable, r.code, why)) }
	switch r.check {
	case parentStated:
		if !slices.ContainsFunc(d.roles, func(x role) bool { return x.parent }) {
			dead("roles: parent")
		}
	case homeAccepted:
		if len(d.homes) == 0 {
			dead("homes")
		}
	case legalFormAccepted, legalFormStated:
		if len(d.legalForms) == 0 {
			dead("legalForms")
		}
	case kindStated, kindKnown:
		if len(r.only.kinds) > 0 {
			dead("only: kinds")
		}
	case countryStated, countryOpen:
		if len(r.only.countries) > 0 {
			dead("only: countries")
		}
	case roleStated, roleKnown:
		if len(r.only.roles) > 0 {
			dead("only: roles")
		}
	case answerForm:
		if a := d.answer(r.answer); a != nil && !a.date && len(a.masks) == 0 && len(a.local) == 0 {
			dead("answers: shapes")
		}
	case answerAge:
		if a := d.answer(r.answer); a != nil && !a.date {
			dead("answers: date")
		}
	}
	m := d.material(r.material)
	if m == nil {
		return
	}
	asked := false
	for _, k := range d.kinds {
		if len(r.only.kinds) > 0 && !slices.Contains(r.only.kinds, k.code) {
			continue
		}
		asked = asked || slices.Contains(k.needs, m.code) || r.check != materialGiven && slices.Contains(k.optional, m.code)
	}
	if !asked {
		dead("kinds: needs")
	}
	switch r.check {
	case formAccepted, formStated:
		if len(m.forms) == 0 {
			dead("materials: forms")
		} else if r.check == formAccepted && m.otherForms && r.effect == Reject {
			l.report(r.at, "effect", problem.New(problem.Contradiction, r.code, "otherForms"))
		}
	case datedStated, datedNotFuture, datedRecent:
		if !m.dated {
			dead("materials: dated")
		}
	}
}

// clash reports two rules that look at the same thing under the same conditions.
func (l *linker) clash(i int, keys map[string]int) {
	r := &l.d.rules[i]
	if r.check == checkNone {
		return
	}
	parts := slices.Clone(r.parts)
	slices.Sort(parts)
	countries := make([]string, len(r.only.countries))
	for i, c := range r.only.countries {
		countries[i] = c.String()
	}
	key := strings.Join([]string{
		r.check.String(), r.material, strings.Join(parts, ","), r.answer,
		sorted(r.only.kinds), sorted(r.only.roles), sorted(countries), r.given.parameter, r.given.is,
	}, "|")
	first, found := keys[key]
	if !found {
		keys[key] = i
		return
	}
	other := &l.d.rules[first]
	if other.effect != r.effect || other.kind != r.kind || other.parameter != r.parameter {
		l.report(r.at, "", problem.New(problem.Contradiction, r.code, other.code))
		return
	}
	l.report(r.at, "", problem.New(problem.Duplicate, r.code, other.code))
}

func sorted(words []string) string {
	words = slices.Clone(words)
	slices.Sort(words)
	return strings.Join(words, ",")
}

// placeholders reports a text of the policy's own that names a value its check does not have.
func (l *linker) placeholders(r *rule) {
	for field, t := range map[string]*text{"message": &r.message, "remedyText": &r.remedyText} {
		for _, s := range t {
			for _, name := range problem.Placeholders(s) {
				if !slices.Contains(placeholderNames, name) {
					l.report(r.at, field, problem.New(problem.Placeholder, name, placeholderNames...))
					return
				}
			}
		}
	}
}

// uncovered reports needed materials that no rule misses, and vocabularies that no rule enforces.
func (l *linker) uncovered() {
	d := l.d
	for _, k := range d.kinds {
		for _, code := range k.needs {
			covered := slices.ContainsFunc(d.rules, func(r rule) bool {
				return r.check == materialGiven && r.material == code && (len(r.only.kinds) == 0 || slices.Contains(r.only.kinds, k.code))
			})
			if !covered && d.material(code) != nil {
				l.report(k.at, "needs", problem.New(problem.MissingField, code, "rules: material_given "+code))
			}
		}
	}
	for _, c := range []check{roleKnown, kindKnown, countryOpen} {
		if !slices.ContainsFunc(d.rules, func(r rule) bool { return r.check == c && r.effect == Reject }) {
			l.report(d.at, "rules", problem.New(problem.MissingField, c.String()))
		}
	}
}

func stringsOf[T interface{ String() string }](list []T) []string {
	out := make([]string, len(list))
	for i, x := range list {
		out[i] = x.String()
	}
	return out
}

func codesOf(list []named) []string {
	out := make([]string, len(list))
	for i, n := range list {
		out[i] = n.code
	}
	return out
}

func sortedCountries[T any](m map[country.Code]T) func(func(country.Code) bool) {
	return func(yield func(country.Code) bool) {
		keys := make([]country.Code, 0, len(m))
		for c := range m {
			keys = append(keys, c)
		}
		slices.SortFunc(keys, func(a, b country.Code) int { return strings.Compare(a.String(), b.String()) })
		for _, c := range keys {
			if !yield(c) {
				return
			}
		}
	}
}
