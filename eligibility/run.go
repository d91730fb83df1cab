package eligibility

import (
	"slices"
	"strconv"
	"strings"

	"github.com/overseaswarehouse/overseas/application"
	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/internal/strict"
)

// run applies the rules of a policy to an application row by row. It is the definition of what a policy says; the
// plan only finds out sooner that no rule fires.
type run struct {
	p          *Policy
	a          *application.Application
	kind, role int // indexes, -1 when not stated or unknown
	found      []Finding
}

func newRun(p *Policy, a *application.Application) *run {
	return &run{p: p, a: a, kind: p.doc.kindIndex(a.Warehouse.Kind), role: p.doc.roleIndex(a.Applicant.Role)}
}

func (r *run) all() []Finding {
	for i := range r.p.doc.rules {
		r.rule(i)
	}
	// Reasons before open questions before advice; within each, the order of the document.
	slices.SortStableFunc(r.found, func(a, b Finding) int { return int(a.Effect) - int(b.Effect) })
	return r.found
}

func (r *run) applies(u *rule) bool {
	s := &u.only
	if len(s.kinds) > 0 && !slices.Contains(s.kinds, r.a.Warehouse.Kind) {
		return false
	}
	if len(s.roles) > 0 && !slices.Contains(s.roles, r.a.Applicant.Role) {
		return false
	}
	return len(s.countries) == 0 || slices.Contains(s.countries, r.a.Warehouse.Country)
}

func (r *run) rule(i int) {
	u := &r.p.doc.rules[i]
	if !r.p.active[i] || !r.applies(u) {
		return
	}
	a, d := r.a, r.p.doc
	fire := func(path, value string, want ...string) *Finding {
		r.found = append(r.found, Finding{
			Code: u.code, Kind: u.kind, Effect: u.effect, Path: path, Clause: u.clause, Reason: u.reason,
			Provenance: u.provenance, Remedy: u.remedy, Material: u.material, Parts: u.parts, Answer: u.answer,
			Value: value, Want: want, policy: r.p, rule: u, country: a.Warehouse.Country, paper: -1,
		})
		return &r.found[len(r.found)-1]
	}
	switch u.check {
	case roleStated:
		if a.Applicant.Role == "" {
			fire("/applicant/role", "", d.roleCodes()...)
		}
	case roleKnown:
		if a.Applicant.Role != "" && r.role < 0 {
			fire("/applicant/role", a.Applicant.Role, d.roleCodes()...)
		}
	case parentStated:
		if r.role >= 0 && d.roles[r.role].parent && strict.Blank(a.Applicant.Parent) {
			fire("/applicant/parent", "")
		}
	case legalFormStated:
		if words := r.p.setting(u.parameter).words; a.Applicant.LegalForm == "" && len(missing(codesOf(d.legalForms), words)) > 0 {
			fire("/applicant/legalForm", "", words...)
		}
	case legalFormAccepted:
		if words := r.p.setting(u.parameter).words; a.Applicant.LegalForm != "" && !slices.Contains(words, a.Applicant.LegalForm) {
			fire("/applicant/legalForm", a.Applicant.LegalForm, words...)
		}
	case homeStated:
		if a.Applicant.Home.IsZero() {
			fire("/applicant/home", "", codesOfCountries(d.homes)...)
		}
	case homeAccepted:
		if !a.Applicant.Home.IsZero() && len(d.homes) > 0 && !slices.Contains(d.homes, a.Applicant.Home) {
			fire("/applicant/home", a.Applicant.Home.String(), codesOfCountries(d.homes)...)
		}
	case abroad:
		if !a.Applicant.Home.IsZero() && a.Applicant.Home == a.Warehouse.Country {
			fire("/warehouse/country", a.Warehouse.Country.String())
		}
	case kindStated:
		if a.Warehouse.Kind == "" {
			fire("/warehouse/kind", "", d.kindCodes()...)
		}
	case kindKnown:
		if a.Warehouse.Kind != "" && r.kind < 0 {
			fire("/warehouse/kind", a.Warehouse.Kind, d.kindCodes()...)
		}
	case countryStated:
		if a.Warehouse.Country.IsZero() {
			fire("/warehouse/country", "", d.destinationCodes()...)
		}
	case countryOpen:
		if !a.Warehouse.Country.IsZero() && !d.isOpen(a.Warehouse.Country) {
			fire("/warehouse/country", a.Warehouse.Country.String(), d.destinationCodes()...)
		}
	case categoryStated:
		if a.Category == "" && len(r.p.setting(u.parameter).words) > 0 {
			fire("/category", "")
		}
	case categoryOpen:
		if a.Category != "" && slices.Contains(r.p.setting(u.parameter).words, a.Category) {
			fire("/category", a.Category)
		}
	case submittedStated:
		if a.Submitted.IsZero() {
			fire("/submitted", "")
		}
	case stockStated:
		if a.Stock == nil {
			fire("/stock", "")
		}
	case stockEnough:
		r.stock(u, fire)
	case materialAsked:
		for i := range a.Materials {
			if r.kind >= 0 && !r.asked(a.Materials[i].Kind) || d.material(a.Materials[i].Kind) == nil {
				f := fire(at(i, "kind"), a.Materials[i].Kind)
				f.paper = i
			}
		}
	case fileOnce:
		for j := range a.Materials {
			for i := range j {
				if hasFile(&a.Materials[i]) && a.Materials[i].File.SHA256 == a.Materials[j].File.SHA256 {
					f := fire(at(j, "file"), a.Materials[j].Kind, a.Materials[i].Kind)
					f.paper = j
					break
				}
			}
		}
	case answerGiven:
		if value, _ := a.Answer(u.answer); strict.Blank(value) {
			fire("/answers/"+u.answer, "", d.answer(u.answer).shapes(a.Warehouse.Country)...)
		}
	case answerForm:
		if value, _ := a.Answer(u.answer); !strict.Blank(value) && !d.answer(u.answer).fits(value, a.Warehouse.Country) {
			fire("/answers/"+u.answer, value, d.answer(u.answer).shapes(a.Warehouse.Country)...)
		}
	case answerAge:
		value, _ := a.Answer(u.answer)
		least := r.p.setting(u.parameter).count
		since, err := country.ParseDate(value)
		if err == nil && least >= 0 && !a.Submitted.IsZero() && daysFrom(since, a.Submitted) < least {
			fire("/answers/"+u.answer, value, strconv.FormatInt(least, 10))
		}
	default:
		r.material(u, fire)
	}
}

func (r *run) stock(u *rule, fire func(path, value string, want ...string) *Finding) {
	a := r.a
	if a.Stock == nil || a.Warehouse.Country.IsZero() {
		return
	}
	least := r.p.setting(u.parameter).count
	hand, transit := a.Pieces(a.Warehouse.Country)
	have := hand
	if r.p.setting(u.transit).on() {
		have = saturated(hand, transit)
	}
	if have < least {
		f := fire("/stock", strconv.FormatInt(have, 10), strconv.FormatInt(least, 10))
		f.onHand, f.inTransit = hand, transit
	}
}

func saturated(a, b int64) int64 {
	if sum := a + b; sum >= a {
		return sum
	}
	return 1<<63 - 1
}

// asked reports whether the kind of warehouse needs or takes a material.
func (r *run) asked(material string) bool {
	k := &r.p.doc.kinds[r.kind]
	return slices.Contains(k.needs, material) || slices.Contains(k.optional, material)
}

// material applies a rule that looks at the papers of one kind. Papers of a material that one paper has to prove are
// looked at one by one and the best is taken; otherwise a rule is satisfied when one of them satisfies it.
func (r *run) material(u *rule, fire func(path, value string, want ...string) *Finding) {
	if r.kind < 0 || !r.asked(u.material) {
		return
	}
	m := r.p.doc.material(u.material)
	papers := r.papers(m)
	if u.check == materialGiven {
		if len(papers) == 0 && slices.Contains(r.p.doc.kinds[r.kind].needs, u.material) {
			path, paper := "/materials", -1
			for i := range r.a.Materials {
				if r.a.Materials[i].Kind == m.code {
					field := "text"
					if m.file {
						field = "file"
					}
					path, paper = at(i, field), i
					break
				}
			}
			f := fire(path, "", codesOf(m.forms)...)
			f.paper = paper
		}
		return
	}
	if len(papers) == 0 {
		return
	}
	if m.onePaper && len(papers) > 1 {
		papers = papers[r.best(m, papers):][:1]
	}
	if w, ok := r.fault(u, m, papers); ok {
		f := fire(w.path, w.value, w.want...)
		f.paper, f.Declared = w.paper, w.declared
	}
}

// papers lists the papers of a material that say or are something.
func (r *run) papers(m *material) []int {
	var list []int
	for i := range r.a.Materials {
		p := &r.a.Materials[i]
		if p.Kind == m.code && (m.file && hasFile(p) || !m.file && !strict.Blank(p.Text)) {
			list = append(list, i)
		}
	}
	return list
}

func hasFile(m *application.Material) bool {
	sum := &m.File.SHA256
	return eightOf(sum, 0)|eightOf(sum, 8)|eightOf(sum, 16)|eightOf(sum, 24) != 0
}

// eightOf is eight bytes of a sum as a number: a comparison with none is a call otherwise.
func eightOf(sum *[32]byte, i int) uint64 {
	b := sum[i : i+8 : i+8]
	return uint64(b[0]) | uint64(b[1])<<8 | uint64(b[2])<<16 | uint64(b[3])<<24 | uint64(b[4])<<32 | uint64(b[5])<<40 | uint64(b[6])<<48 | uint64(b[7])<<56
}

// best is the position in papers of the paper with the fewest faults, weighed by their effect.
func (r *run) best(m *material, papers []int) int {
	best, least := 0, -1
	for i := range papers {
		faults := 0
		for j := range r.p.doc.rules {
			u := &r.p.doc.rules[j]
			if u.material != m.code || u.check == materialGiven || !r.p.active[j] || !r.applies(u) {
				continue
			}
			if _, ok := r.fault(u, m, papers[i:i+1]); ok {
				faults += [...]int{0, 1 << 20, 1 << 10, 1}[u.effect]
			}
		}
		if least < 0 || faults < least {
			best, least = i, faults
		}
	}
	return best
}

// fault says what a rule finds in the papers of a material.
type fault struct {
	path, value string
	want        []string
	paper       int
	declared    bool
}

func (r *run) fault(u *rule, m *material, papers []int) (fault, bool) {
	a := r.a
	// one reports the first paper that is bad, unless one of them is good.
	one := func(field string, judge func(*application.Material) (bad, good bool, value string), want ...string) (fault, bool) {
		var f fault
		found := false
		for _, i := range papers {
			p := &a.Materials[i]
			bad, good, value := judge(p)
			if good {
				return fault{}, false
			}
			if bad && !found {
				found = true
				f = fault{at(i, field), value, want, i, value != "" && p.Basis == application.Declared}
			}
		}
		return f, found
	}
	switch u.check {
	case formStated:
		return one("form", func(p *application.Material) (bool, bool, string) { return p.Form == "", p.Form != "", "" }, codesOf(m.forms)...)
	case formAccepted:
		return one("form", func(p *application.Material) (bool, bool, string) {
			listed := slices.ContainsFunc(m.forms, func(n named) bool { return n.code == p.Form })
			return p.Form != "" && !listed, listed, p.Form
		}, codesOf(m.forms)...)
	case datedStated:
		return one("dated", func(p *application.Material) (bool, bool, string) { return p.Dated.IsZero(), !p.Dated.IsZero(), "" })
	case datedNotFuture:
		if a.Submitted.IsZero() {
			return fault{}, false
		}
		return one("dated", func(p *application.Material) (bool, bool, string) {
			late := !p.Dated.IsZero() && a.Submitted.Before(p.Dated)
			return late, !p.Dated.IsZero() && !late, p.Dated.String()
		}, a.Submitted.String())
	case datedRecent:
		most := r.p.setting(u.parameter).count
		if most < 0 || a.Submitted.IsZero() {
			return fault{}, false
		}
		return one("dated", func(p *application.Material) (bool, bool, string) {
			old := !p.Dated.IsZero() && daysFrom(p.Dated, a.Submitted) > most
			return old, !p.Dated.IsZero() && !old, p.Dated.String()
		}, strconv.FormatInt(most, 10))
	case localPaper:
		if a.Warehouse.Country.IsZero() {
			return fault{}, false
		}
		return one("country", func(p *application.Material) (bool, bool, string) {
			other := !p.Country.IsZero() && p.Country != a.Warehouse.Country
			return other, p.Country == a.Warehouse.Country, p.Country.String()
		}, a.Warehouse.Country.String())
	}
	state, verified, paper, said := r.state(u.parts, papers)
	path := at(paper, "shows")
	if said >= 0 {
		path = at(paper, "shows/"+strconv.Itoa(said))
	}
	switch u.check {
	case shows:
		return fault{path, "", u.parts, paper, !verified}, state == application.NotShown
	case showsStated:
		return fault{path, "", u.parts, paper, false}, state == application.NotStated
	case showsVerified:
		return fault{path, "", u.parts, paper, true}, state == application.Shown && !verified
	}
	return fault{}, false
}

// state is what the papers together say of parts of which any one will do: whether it is shown, whether somebody
// verified that, and the paper and row that say so (the row is -1 when none does).
func (r *run) state(parts []string, papers []int) (state application.State, verified bool, paper, row int) {
	state, paper, row = application.NotShown, papers[0], -1
	for _, part := range parts {
		s, v, p, w := r.part(part, papers)
		switch {
		case s == application.Shown:
			if state != application.Shown || v && !verified {
				state, verified, paper, row = s, v, p, w
			}
		case state == application.Shown:
		case s == application.NotStated:
			state, verified, paper, row = s, false, papers[0], -1
		case state == application.NotShown && row < 0:
			verified, paper, row = v, p, w
		}
	}
	return state, verified, paper, row
}

func (r *run) part(part string, papers []int) (state application.State, verified bool, paper, row int) {
	paper, row = papers[0], -1
	for _, i := range papers {
		for j := range r.a.Materials[i].Shows {
			s := &r.a.Materials[i].Shows[j]
			if s.Part != part || s.State == application.NotStated {
				continue
			}
			v := s.Basis == application.Verified
			switch {
			case s.State == application.Shown && (state != application.Shown || v && !verified):
				state, verified, paper, row = s.State, v, i, j
			case s.State == application.NotShown && state == application.NotStated:
				state, verified, paper, row = s.State, v, i, j
			}
		}
	}
	return state, verified, paper, row
}

func at(paper int, field string) string { return "/materials/" + strconv.Itoa(paper) + "/" + field }

// missing lists the words of all that are not in some.
func missing(all, some []string) []string {
	var out []string
	for _, w := range all {
		if !slices.Contains(some, w) {
			out = append(out, w)
		}
	}
	return out
}

func codesOfCountries(list []country.Code) []string {
	out := make([]string, len(list))
	for i, c := range list {
		out[i] = c.String()
	}
	return out
}

// shapes lists the shapes that an answer may have for a destination.
func (a *answer) shapes(c country.Code) []string {
	if a.date {
		return []string{"YYYY-MM-DD"}
	}
	if m, ok := a.local[c]; ok {
		return slices.Clone(m)
	}
	return slices.Clone(a.masks)
}

// fits reports whether an answer has one of its shapes: # is a digit, @ a capital letter, * either, anything else itself.
func (a *answer) fits(value string, c country.Code) bool {
	if a.date {
		_, err := country.ParseDate(value)
		return err == nil
	}
	shapes := a.masks
	if m, ok := a.local[c]; ok {
		shapes = m
	}
	return len(shapes) == 0 || slices.ContainsFunc(shapes, func(mask string) bool { return fits(value, mask) })
}

func fits(value, mask string) bool {
	if len(value) != len(mask) {
		return false
	}
	for i := range len(mask) {
		c := value[i]
		digit, letter := '0' <= c && c <= '9', 'A' <= c && c <= 'Z'
		switch mask[i] {
		case '#':
			if !digit {
				return false
			}
		case '@':
			if !letter {
				return false
			}
		case '*':
			if !digit && !letter {
				return false
			}
		default:
			if c != mask[i] {
				return false
			}
		}
	}
	return true
}

// fill is an example of a mask.
func fill(mask string) string { return strings.NewReplacer("#", "1", "@", "A", "*", "1").Replace(mask) }

// daysFrom counts the days from one civil date to another; negative when to is earlier.
func daysFrom(from, to country.Date) int64 { return int64(to.DaysSince(from)) }
