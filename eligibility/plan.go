package eligibility

import (
	"slices"

	"github.com/overseaswarehouse/overseas/application"
	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/internal/strict"
)

// plan is the compiled form of a policy: sets of bits over its words. It answers one question, whether no rule at all
// fires, quickly and without allocating. When it says no, the rules are applied one by one; a no too many costs time,
// a yes too many would be wrong, and a test compares both over every combination.
type plan struct {
	platform  string
	roles     wordTable
	parents   uint64 // roles that have to name their main account
	kinds     wordTable
	kind      []kindPlan
	materials wordTable
	material  []materialPlan
	open      countrySet
	homes     countrySet
	anyHome   bool
	needHome  bool
	abroad    bool
	submitted bool
	needStock bool
	least     int64
	transit   bool
	legal     wordTable
	needLegal bool
	someLegal bool
	closed    wordTable
	someShut  bool
	needShut  bool
	fileOnce  bool
	allAsked  bool
}

type kindPlan struct {
	order   []uint8  // the materials it needs, as the policy lists them
	asked   uint64   // materials it needs or takes
	need    uint64   // materials that have to be there
	shown   uint64   // parts that have to be shown
	any     []uint64 // sets of parts of which one has to be shown
	refused uint64   // parts that must not be said to be not shown
	proved  uint64   // parts that have to be shown and verified
	filed   bool     // the day of filing has to be there
	late    []int    // rules that the plan does not know: they are applied one by one
}

type materialPlan struct {
	file      bool
	one       bool
	needForm  bool
	onlyForms bool
	forms     wordTable
	needDate  bool
	noFuture  bool
	maxAge    int64 // -1: none
	local     bool
	parts     wordTable
	firstPart uint
	details   bool // it has to have a form or a date, or be of the place
}

// countrySet is a set of the two-letter codes.
type countrySet [11]uint64

func countryBit(c country.Code) (uint, bool) {
	x, y := uint(c[0])-'A', uint(c[1])-'A'
	return x*26 + y, x < 26 && y < 26
}

func (s *countrySet) add(c country.Code) {
	if i, ok := countryBit(c); ok {
		s[i>>6] |= 1 << (i & 63)
	}
}

func (s *countrySet) has(c country.Code) bool {
	i, ok := countryBit(c)
	return ok && s[i>>6]&(1<<(i&63)) != 0
}

func makePlan(p *Policy) plan {
	d := p.doc
	l := plan{
		platform: d.platform, roles: newWordTable(d.roleCodes()), kinds: newWordTable(d.kindCodes()),
		materials: newWordTable(d.materialCodes()), kind: make([]kindPlan, len(d.kinds)),
		material: make([]materialPlan, len(d.materials)), least: -1,
	}
	for _, c := range d.destinations {
		l.open.add(c)
	}
	part := uint(0)
	for i := range d.materials {
		m := &d.materials[i]
		l.material[i] = materialPlan{
			file: m.file, one: m.onePaper, maxAge: -1, parts: newWordTable(codesOf(m.parts)), firstPart: part, forms: newWordTable(codesOf(m.forms)),
		}
		part += uint(len(m.parts))
	}
	for i := range d.kinds {
		for _, code := range d.kinds[i].needs {
			l.kind[i].order = append(l.kind[i].order, uint8(l.materials.find(code)))
		}
		for j := range d.materials {
			if slices.Contains(d.kinds[i].needs, d.materials[j].code) || slices.Contains(d.kinds[i].optional, d.materials[j].code) {
				l.kind[i].asked |= 1 << j
			}
		}
	}
	for i := range d.rules {
		if p.active[i] && !l.global(p, i) {
			for k := range d.kinds {
				if only := d.rules[i].only.kinds; len(only) == 0 || slices.Contains(only, d.kinds[k].code) {
					l.rule(p, i, k)
				}
			}
		}
	}
	for i := range l.material {
		m := &l.material[i]
		m.details = m.needForm || m.needDate || m.local
	}
	return l
}

// global takes in a rule that does not depend on the kind of warehouse; false when it has to be looked at by kind.
func (l *plan) global(p *Policy, i int) bool {
	u, d := &p.doc.rules[i], p.doc
	if !u.only.isZero() {
		return false
	}
	switch u.check {
	case roleStated, roleKnown, kindStated, kindKnown, countryStated, countryOpen:
		// the plan says yes only for known roles, known kinds, and open countries
	case parentStated:
		for i, r := range d.roles {
			if r.parent && i < 64 {
				l.parents |= 1 << i
			}
		}
	case legalFormStated:
		l.needLegal = l.needLegal || len(missing(codesOf(d.legalForms), p.setting(u.parameter).words)) > 0
	case legalFormAccepted:
		if l.someLegal {
			return false // two rules of one kind under different conditions: the second is applied by itself
		}
		l.someLegal, l.legal = true, newWordTable(p.setting(u.parameter).words)
	case homeStated:
		l.needHome = true
	case homeAccepted:
		l.anyHome = true
		for _, c := range d.homes {
			l.homes.add(c)
		}
	case abroad:
		l.abroad = true
	case categoryStated:
		l.needShut = l.needShut || len(p.setting(u.parameter).words) > 0
	case categoryOpen:
		if l.someShut {
			return false
		}
		l.someShut, l.closed = true, newWordTable(p.setting(u.parameter).words)
	case submittedStated:
		l.submitted = true
	case stockStated:
		l.needStock = true
	case stockEnough:
		if l.least >= 0 {
			return false
		}
		l.least, l.transit = p.setting(u.parameter).count, p.setting(u.transit).on()
	case materialAsked:
		l.allAsked = true
	case fileOnce:
		l.fileOnce = true
	default:
		return false
	}
	return true
}

// rule takes in a rule for one kind of warehouse.
func (l *plan) rule(p *Policy, i, k int) {
	u, d := &p.doc.rules[i], p.doc
	at := &l.kind[k]
	m := slices.IndexFunc(d.materials, func(m material) bool { return m.code == u.material })
	if m >= 0 && at.asked&(1<<m) == 0 {
		return // the kind does not ask for the material
	}
	if u.check == submittedStated && len(u.only.roles)+len(u.only.countries) == 0 {
		at.filed = true
		return
	}
	if m < 0 || len(u.only.roles)+len(u.only.countries) > 0 {
		at.late = append(at.late, i)
		return
	}
	needed := slices.Contains(d.kinds[k].needs, u.material)
	mp := &l.material[m]
	var parts uint64
	for _, code := range u.parts {
		parts |= 1 << (mp.firstPart + uint(mp.parts.find(code)))
	}
	switch u.check {
	case materialGiven:
		if needed {
			at.need |= 1 << m
		}
	case formStated:
		mp.needForm = true
	case formAccepted:
		mp.onlyForms = true
	case datedStated:
		mp.needDate = true
	case datedNotFuture:
		mp.noFuture = true
	case datedRecent:
		if n := p.setting(u.parameter).count; n >= 0 && (mp.maxAge < 0 || n < mp.maxAge) {
			mp.maxAge = n
		}
	case localPaper:
		mp.local = true
	case shows, showsStated, showsVerified:
		switch {
		case !needed:
			at.late = append(at.late, i)
		case u.check == showsVerified:
			if len(u.parts) == 1 {
				at.proved |= parts
			} else {
				at.late = append(at.late, i)
			}
		case u.check == shows && len(u.parts) == 1:
			at.refused |= parts
		case len(u.parts) == 1:
			at.shown |= parts
		default:
			at.any = append(at.any, parts)
		}
	}
}

// passes reports whether no rule fires, and which papers rest on the applicant's word. False means only that the
// rules have to be applied one by one.
func (p *Policy) passes(a *application.Application) (declared uint64, ok bool) {
	l := &p.plan
	role, kind := few(l.roles.words, a.Applicant.Role), few(l.kinds.words, a.Warehouse.Kind)
	if role < 0 || kind < 0 || !l.open.has(a.Warehouse.Country) {
		return 0, false
	}
	if l.parents>>role&1 != 0 && !plain(a.Applicant.Parent) {
		return 0, false
	}
	home := a.Applicant.Home
	if home == (country.Code{}) {
		if l.needHome {
			return 0, false
		}
	} else if l.abroad && home == a.Warehouse.Country || l.anyHome && !l.homes.has(home) {
		return 0, false
	}
	if l.submitted && a.Submitted.IsZero() {
		return 0, false
	}
	if a.Applicant.LegalForm == "" {
		if l.needLegal {
			return 0, false
		}
	} else if l.someLegal && l.legal.find(a.Applicant.LegalForm) < 0 {
		return 0, false
	}
	if a.Category == "" {
		if l.needShut {
			return 0, false
		}
	} else if l.someShut && l.closed.find(a.Category) >= 0 {
		return 0, false
	}
	if a.Stock == nil {
		if l.needStock {
			return 0, false
		}
	} else if l.least > 0 {
		// Quantities are not negative, so a sum that is has grown beyond what can be counted, and is enough.
		var pieces int64
		for i := range a.Stock {
			if s := &a.Stock[i]; s.Country == a.Warehouse.Country {
				if pieces += s.OnHand; pieces >= 0 && l.transit {
					pieces += s.InTransit
				}
				if pieces < 0 || pieces >= l.least {
					pieces = l.least
					break
				}
			}
		}
		if pieces < l.least {
			return 0, false
		}
	}
	at := &l.kind[kind]
	var t papers
	if t.today = ordinal(a.Submitted); at.filed && t.today == 0 {
		return 0, false
	}
	have, alike, ok := l.papers(at, &t, a)
	if !ok {
		return 0, false
	}
	if have&at.need != at.need || t.shown&at.shown != at.shown || t.refused&^t.shown&at.refused != 0 || t.shown&at.proved&^t.proved != 0 {
		return 0, false
	}
	for _, set := range at.any {
		if t.shown&set == 0 {
			return 0, false
		}
	}
	if l.fileOnce && alike != 0 && sharesFile(a) {
		return 0, false
	}
	for _, i := range at.late {
		if p.mayFire(i, a) {
			return 0, false
		}
	}
	return t.declared, true
}

// papers is what the papers of an application come to beside what they are.
type papers struct {
	today                  int32  // of filing, 0 where it is not stated
	shown, refused, proved uint64 // parts
	declared               uint64 // papers that rest on the applicant's word
}

// papers looks at the papers one by one: which materials there are, and of which two files the sums begin alike. It is false
// where a rule fires, or may.
func (l *plan) papers(at *kindPlan, t *papers, a *application.Application) (have, alike uint64, ok bool) {
	var sums uint64 // how those of files begin
	order, keys, list := at.order, l.materials.keys, a.Materials
	for i := range list {
		paper := &list[i]
		first := paper.File.SHA256[0]
		filed := first != 0 || hasFile(paper)
		if filed {
			bit := uint64(1) << (first & 63)
			alike |= sums & bit
			sums |= bit
		}
		m := -1
		if i < len(order) {
			// People list papers in the order in which a policy asks for them. As wordTable.at, spelt out: a call costs more
			// than the comparison.
			guess := int(order[i])
			k, w := &keys[guess], paper.Kind
			if z := len(w); z == k.n && z >= 8 && z <= 32 && eight(w) == k.first && eight(w[z-8:]) == k.last &&
				(z <= 16 || eight(w[8:]) == k.second && (z <= 24 || eight(w[16:]) == k.third)) {
				m = guess
			}
		}
		if m < 0 {
			m = l.materials.find(paper.Kind)
		}
		bit := uint64(1) << (uint(m) & 63)
		if m < 0 || at.asked&bit == 0 {
			if l.allAsked {
				return 0, 0, false
			}
			continue
		}
		mp := &l.material[m]
		if mp.file {
			if !filed {
				return 0, 0, false
			}
		} else if w := paper.Text; (w == "" || w[0] <= ' ' || w[0] >= 0x7f) && !plain(w) {
			return 0, 0, false
		}
		if mp.one && have&bit != 0 {
			return 0, 0, false
		}
		have |= bit
		if (mp.details || len(paper.Form)|len(paper.Shows)|int(ordinal(paper.Dated)) != 0) && !mp.detailed(t, paper, a, i) {
			return 0, 0, false
		}
	}
	return have, alike, true
}

// detailed takes in form, date, place and parts of paper i; false where a rule fires, or may.
func (mp *materialPlan) detailed(t *papers, paper *application.Material, a *application.Application, i int) bool {
	if paper.Form != "" {
		if mp.onlyForms && mp.forms.at(paper.Form, 0) < 0 {
			return false
		}
		if paper.Basis == application.Declared {
			t.declared |= 1 << i
		}
	} else if mp.needForm {
		return false
	}
	if day := ordinal(paper.Dated); day != 0 {
		if mp.noFuture && t.today != 0 && t.today < day || mp.maxAge >= 0 && t.today != 0 && daysFrom(paper.Dated, a.Submitted) > mp.maxAge {
			return false
		}
		if paper.Basis == application.Declared {
			t.declared |= 1 << i
		}
	} else if mp.needDate {
		return false
	}
	if mp.local && paper.Country != (country.Code{}) && paper.Country != a.Warehouse.Country {
		return false
	}
	if len(paper.Shows) > 0 {
		mp.parts.shows(t, paper.Shows, mp.firstPart, i)
	}
	return true
}

// shows takes in what paper i shows, of which the words are the parts from one on.
func (parts *wordTable) shows(t *papers, list []application.Showing, from uint, i int) {
	for j := range list {
		s := &list[j]
		n := -1
		if j < len(parts.keys) { // as wordTable.at, as above
			k, w := &parts.keys[j], s.Part
			if z := len(w); z == k.n && z >= 8 && z <= 32 && eight(w) == k.first && eight(w[z-8:]) == k.last &&
				(z <= 16 || eight(w[8:]) == k.second && (z <= 24 || eight(w[16:]) == k.third)) {
				n = j
			}
		}
		if n < 0 {
			n = parts.find(s.Part)
		}
		if n < 0 {
			continue
		}
		bit := uint64(1) << (from + uint(n))
		switch {
		case s.State == application.NotShown:
			t.refused |= bit
		case s.State == application.Shown && s.Basis == application.Verified:
			t.proved |= bit
			t.shown |= bit
		case s.State == application.Shown:
			t.shown |= bit
			t.declared |= 1 << i
		}
	}
}

// few is the number of a word in a short list, or -1: policies have two or three roles and kinds.
func few(words []string, w string) int {
	if w == "" {
		return -1
	}
	for i, r := range words {
		if len(r) == len(w) && r[0] == w[0] && r == w {
			return i
		}
	}
	return -1
}

// ordinal orders dates as Compare does; 0 for the zero Date.
func ordinal(d country.Date) int32 { return int32(d.Year)<<16 | int32(d.Month)<<8 | int32(d.Day) }

// plain reports that a text says something, as far as its first byte tells: a letter or digit of ASCII. Others are
// looked at more closely.
func plain(s string) bool {
	if s == "" {
		return false
	}
	if c := s[0]; c > ' ' && c < 0x7f {
		return true
	}
	return !strict.Blank(s)
}

func sharesFile(a *application.Application) bool {
	for j := 1; j < len(a.Materials); j++ {
		f := &a.Materials[j].File
		if f.SHA256[0]|f.SHA256[1]|f.SHA256[2] == 0 && f.SHA256 == ([32]byte{}) {
			continue
		}
		for i := range j {
			g := &a.Materials[i].File
			if g.SHA256[0] == f.SHA256[0] && g.SHA256 == f.SHA256 {
				return true
			}
		}
	}
	return false
}

// mayFire reports whether a rule that the plan does not know could fire. It knows scopes and answers.
func (p *Policy) mayFire(i int, a *application.Application) bool {
	u := &p.doc.rules[i]
	s := &u.only
	if len(s.roles) > 0 && !slices.Contains(s.roles, a.Applicant.Role) ||
		len(s.countries) > 0 && !slices.Contains(s.countries, a.Warehouse.Country) {
		return false
	}
	if u.material != "" && u.check != materialGiven {
		return slices.ContainsFunc(a.Materials, func(m application.Material) bool { return m.Kind == u.material })
	}
	value, given := a.Answer(u.answer)
	switch u.check {
	case submittedStated:
		return a.Submitted.IsZero()
	case stockStated:
		return a.Stock == nil
	case homeStated:
		return a.Applicant.Home.IsZero()
	case answerGiven:
		return !given || !plain(value)
	case answerForm:
		return given && !p.doc.answer(u.answer).fits(value, a.Warehouse.Country)
	case answerAge:
		if !given || a.Submitted.IsZero() {
			return false
		}
		least := p.setting(u.parameter).count
		since, err := country.ParseDate(value)
		return err == nil && least >= 0 && daysFrom(since, a.Submitted) < least
	}
	return true
}
