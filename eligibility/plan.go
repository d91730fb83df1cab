package eligibility

import (
	"math/bits"
	"slices"

	"github.com/overseaswarehouse/overseas/application"
	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/internal/strict"
)

// plan is the compiled form of a policy: sets of bits over its words. It answers one question, whether no rule at all
// fires, quickly and without allocating. When it says no, the rules are applied one by one; a no too many costs time,
// a yes too many would be wrong, and a test compares both over every combination.
//
// Words of the policy are keys, compared as numbers, and people write things down in the order in which a policy asks for
// them: a word is first compared with the one that is expected at its place.
type plan struct {
	platform  wordKey
	roles     []wordKey
	kinds     []wordKey
	kind      []kindPlan
	open      countrySet
	homes     countrySet
	parent    []bool // by role: it has to name its main account; shorter where no role has to
	least     int64  // pieces of stock
	transit   int64  // all bits set where goods on their way count
	someHomes bool   // applicants may be at home only there
	needHome  bool
	abroad    bool
	needStock bool
	fileOnce  bool
	allAsked  bool
	needWords bool // a legal form or a category has to be stated

	materials wordTable
	material  []materialPlan
	legal     wordTable
	someLegal bool
	closed    wordTable
	someShut  bool
	needLegal bool
	needShut  bool
	submitted bool
}

type kindPlan struct {
	filed   bool       // the day of filing has to be there
	more    bool       // something is asked beside the papers being there: of parts, files, or by rules that the plan does not know
	parts   bool       // something is asked of the parts
	given   []uint64   // the materials of the first rows: of none, of one, of two, ...
	rows    []paperRow // the materials it needs, as the policy lists them, then those it takes
	rowOf   []uint8    // by material: 1 + its row; 0: not asked
	need    uint64     // materials that have to be there
	shown   uint64     // parts that have to be shown
	refused uint64     // parts that must not be said to be not shown
	proved  uint64     // parts that have to be shown and verified
	any     []uint64   // sets of parts of which one has to be shown
	late    []int      // rules that the plan does not know: they are applied one by one
	asked   uint64     // materials it needs or takes
	ground  ground     // of every approval without findings
}

// paperRow is what a kind of warehouse asks of one material.
type paperRow struct {
	wordKey
	bit     uint64
	file    bool
	one     bool
	details uint8 // not 0: it has to have a form or a date, or be of the place
	*materialPlan
}

type materialPlan struct {
	needForm  bool
	onlyForms bool
	needDate  bool
	noFuture  bool
	local     bool
	maxAge    int64 // -1: none
	firstPart uint
	forms     wordTable
	parts     wordTable
}

// countrySet is a set of two-letter codes: a word for the first letter, a bit for the second.
type countrySet [32]uint32

func (s *countrySet) add(c country.Code) {
	if x, y := c[0]^'@', c[1]^'@'; x|y < 32 {
		s[x] |= 1 << y
	}
}

// has reports whether a code is in the set. What is no code has bits of other than the last five set, or is not in any set.
func (s *countrySet) has(c country.Code) bool {
	x, y := c[0]^'@', c[1]^'@'
	return x|y < 32 && s[x&31]>>(y&31)&1 != 0
}

func makePlan(p *Policy) plan {
	d := p.doc
	l := plan{
		platform: keysOf([]string{d.platform})[0], roles: keysOf(d.roleCodes()), kinds: keysOf(d.kindCodes()), kind: make([]kindPlan, len(d.kinds)),
		materials: newWordTable(d.materialCodes()), material: make([]materialPlan, len(d.materials)), least: -1,
	}
	for _, c := range d.destinations {
		l.open.add(c)
	}
	part := uint(0)
	for i := range d.materials {
		m := &d.materials[i]
		l.material[i] = materialPlan{maxAge: -1, parts: newWordTable(codesOf(m.parts)), firstPart: part, forms: newWordTable(codesOf(m.forms))}
		part += uint(len(m.parts))
	}
	for i := range d.kinds {
		k := &d.kinds[i]
		l.kind[i] = kindPlan{ground: ground{policy: p, kind: k.code, outcome: Approved}}
		for j := range d.materials {
			if slices.Contains(k.needs, d.materials[j].code) || slices.Contains(k.optional, d.materials[j].code) {
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
	for k := range d.kinds {
		l.finish(d, k)
	}
	l.needWords = l.needLegal || l.needShut
	return l
}

// finish writes down the rows of a kind, of which every rule is known by now.
func (l *plan) finish(d *document, k int) {
	at := &l.kind[k]
	at.filed = at.filed || l.submitted
	at.parts = at.shown|at.refused|at.proved != 0 || len(at.any) > 0
	at.more = at.parts || l.fileOnce || len(at.late) > 0
	at.given, at.rowOf = make([]uint64, 1, len(d.materials)+1), make([]uint8, len(d.materials))
	at.rows = make([]paperRow, 0, len(d.materials))
	for _, list := range [2][]string{d.kinds[k].needs, d.kinds[k].optional} {
		for _, code := range list {
			if i := l.materials.find(code); i >= 0 && at.rowOf[i] == 0 {
				at.expect(&l.material[i], &d.materials[i], &l.materials.keys[i], i)
			}
		}
	}
}

// expect adds the row of material i.
func (at *kindPlan) expect(mp *materialPlan, m *material, key *wordKey, i int) {
	n := len(at.rows)
	at.rows = at.rows[:n+1]
	row := &at.rows[n]
	row.wordKey, row.materialPlan, row.bit, row.file, row.one = *key, mp, 1<<(i&63), m.file, m.onePaper
	if mp.needForm || mp.needDate || mp.local {
		row.details = 1
	}
	if row.n > longestKey {
		row.n = -1 // none of the papers is expected: the material is looked for
	}
	at.rowOf[i] = uint8(n + 1)
	at.given = append(at.given, at.given[n]|row.bit)
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
		l.parent = make([]bool, len(d.roles))
		for i, r := range d.roles {
			l.parent[i] = r.parent
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
		l.someHomes = true
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
		l.least = p.setting(u.parameter).count
		if p.setting(u.transit).on() {
			l.transit = -1
		}
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

// passes finds what a kind of warehouse is asked, the applicant's role by number, and the papers that rest on the
// applicant's word. It is nil where the rules have to be applied one by one, or there is nothing to decide; where it is not,
// no rule fires.
func (p *Policy) passes(a *application.Application) (at *kindPlan, role int, declared uint64) {
	l := &p.plan
	if !l.platform.is(a.Platform) && a.Platform != p.doc.platform || len(a.Materials) > application.MaxMaterials {
		return nil, 0, 0
	}
	kind := 0
	if role, kind = pick(l.roles, a.Applicant.Role), pick(l.kinds, a.Warehouse.Kind); role < 0 || kind < 0 {
		if role, kind = p.doc.roleIndex(a.Applicant.Role), p.doc.kindIndex(a.Warehouse.Kind); role < 0 || kind < 0 {
			return nil, 0, 0
		}
	}
	if !l.open.has(a.Warehouse.Country) || role < len(l.parent) && l.parent[role] && !plain(a.Applicant.Parent) {
		return nil, 0, 0
	}
	if home := a.Applicant.Home; home == a.Warehouse.Country && l.abroad || !l.homes.has(home) && !l.homeless(home) {
		return nil, 0, 0
	}
	if at = &l.kind[kind]; at.filed && a.Submitted == (country.Date{}) {
		return nil, 0, 0
	}
	if len(a.Applicant.LegalForm)|len(a.Category) != 0 {
		if !l.words(a) {
			return nil, 0, 0
		}
	} else if l.needWords {
		return nil, 0, 0
	}
	if !l.stock(a) {
		return nil, 0, 0
	}
	n, details := at.ordered(a.Materials)
	have := at.given[n]
	if details != 0 || n < len(a.Materials) || at.more {
		t := papers{have: have}
		if !p.closer(at, &t, a, n, details) {
			return nil, 0, 0
		}
		have, declared = t.have, t.declared
	}
	if at.need&^have != 0 {
		return nil, 0, 0
	}
	return at, role, declared
}

// homeless reports whether nothing is wrong with a home that is none of the list.
func (l *plan) homeless(home country.Code) bool {
	if home.IsZero() {
		return !l.needHome
	}
	return !l.someHomes
}

// words reports that legal form and category are as they should be, of which one at least is stated.
func (l *plan) words(a *application.Application) bool {
	if form := a.Applicant.LegalForm; form == "" {
		if l.needLegal {
			return false
		}
	} else if l.someLegal && l.legal.find(form) < 0 {
		return false
	}
	if a.Category == "" {
		return !l.needShut
	}
	return !l.someShut || l.closed.find(a.Category) < 0
}

// stock reports that no quantity is negative, and that there are enough pieces.
func (l *plan) stock(a *application.Application) bool {
	if a.Stock == nil {
		return !l.needStock
	}
	if len(a.Stock) > application.MaxStock {
		return false
	}
	var pieces, all int64
	for i := range a.Stock {
		s := &a.Stock[i]
		if all |= s.OnHand | s.InTransit; s.Country == a.Warehouse.Country && pieces < l.least {
			// A sum that has become negative has grown beyond what can be counted, and is enough. One that has come round
			// twice is too small, never too large.
			if pieces += s.OnHand + s.InTransit&l.transit; pieces < 0 {
				pieces = 1<<63 - 1
			}
		}
	}
	return all >= 0 && pieces >= l.least
}

// papers is what the papers of an application come to.
type papers struct {
	have                   uint64 // materials
	shown, refused, proved uint64 // parts
	declared               uint64 // papers that rest on the applicant's word
}

// closer looks at what ordered left, the papers from n on and the details of others, and at everything else that only some
// policies ask. It is false where a rule fires, or may.
func (p *Policy) closer(at *kindPlan, t *papers, a *application.Application, n int, details uint64) bool {
	l := &p.plan
	for ; details != 0; details &= details - 1 {
		i := bits.TrailingZeros64(details)
		if !at.rows[i].detailed(t, &a.Materials[i], a, i) {
			return false
		}
	}
	if n < len(a.Materials) && !l.others(at, t, a, n) {
		return false
	}
	if at.parts && !at.seen(t) || l.fileOnce && sharesFile(a.Materials) {
		return false
	}
	return !slices.ContainsFunc(at.late, func(i int) bool { return p.mayFire(i, a) })
}

// seen reports that the parts are shown that have to be.
func (at *kindPlan) seen(t *papers) bool {
	if at.shown&^t.shown|at.refused&t.refused&^t.shown|at.proved&t.shown&^t.proved != 0 {
		return false
	}
	for _, set := range at.any {
		if t.shown&set == 0 {
			return false
		}
	}
	return true
}

// ordered looks at the papers that stand where the policy asks for them, up to the first that is out of order or wants
// a closer look: how many, and of which form, date, place or parts remain. It calls nothing, so that everything stays in
// registers.
func (at *kindPlan) ordered(list []application.Material) (n int, details uint64) {
	most := min(len(list), len(at.rows))
	list, rows := list[:most], at.rows[:most]
	for ; n < most; n++ {
		paper, row := &list[n], &rows[n]
		// As wordKey.is, of words that are not short.
		w := paper.Kind
		z := len(w)
		if z != row.n || z < 8 {
			break
		}
		other := (eight(w) ^ row.first) | (eight(w[z-8:]) ^ row.last)
		if z > 16 {
			other |= (eight(w[8:16]) ^ row.second) | (eight(w[z-16:]) ^ row.third)
		}
		if other != 0 {
			break
		}
		if row.file {
			sum := &paper.File.SHA256 // as hasFile
			if eightOf(sum, 0)|eightOf(sum, 8)|eightOf(sum, 16)|eightOf(sum, 24) == 0 {
				break
			}
		} else if len(paper.Text) == 0 || paper.Text[0]-'!' > '~'-'!' {
			break
		}
		day := paper.Dated
		if len(paper.Form)|len(paper.Shows)|int(uint16(day.Year))|int(day.Month)|int(day.Day)|int(row.details) != 0 {
			details |= 1 << (n & 63)
		}
	}
	return n, details
}

// others looks at the papers from n on, wherever they stand: one that is out of order is looked for, and what comes after it
// is expected to go on from there.
func (l *plan) others(at *kindPlan, t *papers, a *application.Application, n int) bool {
	next := n
	for i := n; i < len(a.Materials); i++ {
		paper := &a.Materials[i]
		if next >= len(at.rows) || !at.rows[next].is(paper.Kind) {
			if next = l.row(at, paper.Kind); next < 0 {
				if l.allAsked {
					return false
				}
				next = i + 1
				continue
			}
		}
		row := &at.rows[next]
		next++
		if row.file && !hasFile(paper) || !row.file && !plain(paper.Text) || row.one && t.have&row.bit != 0 {
			return false
		}
		t.have |= row.bit
		if (row.details != 0 || len(paper.Form)|len(paper.Shows) != 0 || paper.Dated != (country.Date{})) && !row.detailed(t, paper, a, i) {
			return false
		}
	}
	return true
}

// row is the number of what a kind of warehouse asks of a material, or -1.
func (l *plan) row(at *kindPlan, material string) int {
	m := l.materials.find(material)
	if m < 0 {
		return -1
	}
	return int(at.rowOf[m]) - 1
}

// detailed takes in form, date, place and parts of paper i; false where a rule fires, or may.
func (mp *materialPlan) detailed(t *papers, paper *application.Material, a *application.Application, i int) bool {
	if len(paper.Form) != 0 {
		if mp.onlyForms && mp.forms.at(paper.Form, 0) < 0 {
			return false
		}
		t.rests(i, paper.Basis)
	} else if mp.needForm {
		return false
	}
	if day := paper.Dated; int(uint16(day.Year))|int(day.Month)|int(day.Day) != 0 {
		if !mp.inTime(day, a.Submitted) {
			return false
		}
		t.rests(i, paper.Basis)
	} else if mp.needDate {
		return false
	}
	if mp.local && paper.Country != a.Warehouse.Country && paper.Country != (country.Code{}) {
		return false
	}
	if len(paper.Shows) != 0 {
		mp.shows(t, paper.Shows, i)
	}
	return true
}

// rests notes that something of paper i rests on the applicant's word, if it does.
func (t *papers) rests(i int, on application.Basis) {
	if on == application.Declared {
		t.declared |= 1 << (i & 63)
	}
}

// inTime reports that a paper of a day is neither of the future nor too old on the day of filing, where that is known.
func (mp *materialPlan) inTime(day, today country.Date) bool {
	if today == (country.Date{}) {
		return true
	}
	return !(mp.noFuture && ordinal(today) < ordinal(day)) && !(mp.maxAge >= 0 && daysFrom(day, today) > mp.maxAge)
}

// shows takes in what paper i shows. Of parts in the order of the policy it calls nothing, as ordered.
func (mp *materialPlan) shows(t *papers, list []application.Showing, i int) {
	n := min(len(list), len(mp.parts.keys))
	keys := mp.parts.keys[:n]
	var shown, refused, proved uint64 // by part of the material
	declared := false
	j := 0
	for ; j < n; j++ {
		s, k := &list[j], &keys[j]
		w := s.Part
		z := len(w)
		if z != k.n || z < 8 || z > longestKey {
			break
		}
		other := (eight(w) ^ k.first) | (eight(w[z-8:]) ^ k.last)
		if z > 16 {
			other |= (eight(w[8:16]) ^ k.second) | (eight(w[z-16:]) ^ k.third)
		}
		if other != 0 {
			break
		}
		switch s.State {
		case application.Shown:
			shown |= 1 << (j & 63)
			if s.Basis == application.Verified {
				proved |= 1 << (j & 63)
			}
			declared = declared || s.Basis == application.Declared
		case application.NotShown:
			refused |= 1 << (j & 63)
		}
	}
	first := mp.firstPart & 63
	t.shown |= shown << first
	t.refused |= refused << first
	t.proved |= proved << first
	if declared {
		t.declared |= 1 << (i & 63)
	}
	for ; j < len(list); j++ {
		mp.showing(t, &list[j], i)
	}
}

// showing takes in one part that paper i shows, wherever it stands.
func (mp *materialPlan) showing(t *papers, s *application.Showing, i int) {
	n := mp.parts.find(s.Part)
	if n < 0 {
		return
	}
	bit := uint64(1) << ((mp.firstPart + uint(n)) & 63)
	switch s.State {
	case application.Shown:
		t.shown |= bit
		if s.Basis == application.Verified {
			t.proved |= bit
		}
		t.rests(i, s.Basis)
	case application.NotShown:
		t.refused |= bit
	}
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

// sharesFile reports whether two papers are the same file.
func sharesFile(list []application.Material) bool {
	if !beginAlike(list) {
		return false
	}
	for j := range list {
		for i := range j {
			if list[i].File.SHA256 == list[j].File.SHA256 && hasFile(&list[i]) {
				return true
			}
		}
	}
	return false
}

// beginAlike reports whether the sums of two files may begin with the same byte.
func beginAlike(list []application.Material) (alike bool) {
	var begun uint64
	for i := range list {
		sum := &list[i].File.SHA256
		if first := eightOf(sum, 0); first|eightOf(sum, 8)|eightOf(sum, 16)|eightOf(sum, 24) != 0 {
			alike = alike || begun>>(first&63)&1 != 0
			begun |= 1 << (first & 63)
		}
	}
	return alike
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
