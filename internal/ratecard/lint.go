package ratecard

import (
	"slices"

	"github.com/overseaswarehouse/overseas/internal/problem"
)

// Lint lists what is legal on a card but odd, in the order of its document:
//   - price_falls: a price that is lower in a higher bracket (one problem per axis, with the first fall)
//   - bracket_unreachable: a bracket beyond a limit, a condition or a maximum, or below a minimum; a class row behind one
//     that always fits
//   - charge_never_applies: conditions that exclude each other, dates outside the card's, a charge behind one that
//     always fits in a slot that takes the first
//   - unused: an input, class, measure or amount that no charge uses
//
// A real list may well have such places. Lint never changes the card.
func Lint(c *Card) []problem.Problem {
	l := &linter{card: c}
	l.unused()
	for i := range c.Classes {
		l.rows(&c.Classes[i])
	}
	for i := range c.Charges {
		l.charge(&c.Charges[i])
	}
	for i := range c.Slots {
		l.first(&c.Slots[i])
	}
	slices.SortStableFunc(l.found, func(a, b problem.Problem) int {
		if a.Line != b.Line {
			return a.Line - b.Line
		}
		return a.Column - b.Column
	})
	return l.found
}

type linter struct {
	card  *Card
	found []problem.Problem
}

// add files a problem at a part of the card.
func (l *linter) add(part string, p problem.Problem) {
	at := l.card.at[part]
	p.Path, p.Line, p.Column = at.path, at.line, at.column
	l.found = append(l.found, p)
}

// unused follows what charges use, through classes and measures, and lists the rest.
func (l *linter) unused() {
	c := l.card
	used := map[string]bool{}
	var use func(string)
	tests := func(ts []Test) {
		for _, t := range ts {
			use(t.Subject.Name)
		}
	}
	limits := func(ls []Limit) {
		for _, x := range ls {
			use(x.Measure)
		}
	}
	use = func(name string) {
		if name == "" || used[name] {
			return
		}
		used[name] = true
		if m := c.Measure(name); m != nil {
			for _, s := range m.Steps {
				for _, t := range s.Terms {
					use(t.Of)
					tests(t.When)
				}
				if s.Excess != nil {
					use(s.Excess.Of.Of)
					tests(s.Excess.Of.When)
				}
			}
		}
		if cl := c.Class(name); cl != nil {
			for _, r := range cl.Rows {
				tests(r.When)
				limits(r.Limit)
			}
		}
		if a := c.Amount(name); a != nil {
			for _, n := range a.Sum {
				use(n)
			}
		}
	}
	for i := range c.Charges {
		ch := &c.Charges[i]
		tests(ch.When)
		limits(ch.Limit)
		for _, p := range ch.prices() {
			use(p.Per)
			use(p.BandOf)
			for k := range p.By {
				use(p.By[k].Of.Name)
			}
			for _, n := range p.Of {
				use(n)
			}
		}
	}
	report := func(part, name string) {
		if !used[name] {
			l.add(part, problem.New(problem.Unused, name))
		}
	}
	for i := range c.Inputs {
		report(c.Inputs[i].Name, c.Inputs[i].Name)
	}
	for i := range c.Classes {
		report(c.Classes[i].Name, c.Classes[i].Name)
	}
	for i := range c.Measures {
		report(c.Measures[i].Name, c.Measures[i].Name)
	}
	for i := range c.Amounts {
		report("amount "+c.Amounts[i].Name, c.Amounts[i].Name)
	}
}

// rows finds rows of a class behind one that always fits.
func (l *linter) rows(cl *Class) {
	for i := range cl.Rows {
		if r := &cl.Rows[i]; len(r.When)+len(r.Limit) == 0 && i < len(cl.Rows)-1 {
			l.add(cl.Name, problem.New(problem.BracketUnused, cl.Rows[i+1].Name, r.Name))
			return
		}
	}
}

// first finds charges behind one that always fits in a slot that takes the first.
func (l *linter) first(s *Slot) {
	if s.Take != First {
		return
	}
	always := ""
	for i := range l.card.Charges {
		ch := &l.card.Charges[i]
		if ch.Slot != s.Name {
			continue
		}
		if always != "" {
			l.add("charge "+ch.Code, problem.New(problem.ChargeNever, ch.Code, always))
			continue
		}
		if len(ch.When)+len(ch.Limit)+len(ch.Dated) == 0 && !slices.ContainsFunc(ch.prices(), func(p *Price) bool { return len(p.By) > 0 || len(p.Bands) > 0 || p.Cells[0].None }) {
			always = ch.Code
		}
	}
}

// reach is what a measure can be where a charge applies.
type reach struct {
	low, high       Quantity // not set: open
	lowWhy, highWhy string
	lowIn, highIn   bool // the end itself can be reached
}

func (r *reach) raise(q Quantity, in bool, why string) {
	if c := q.Cmp(r.low); !r.low.Set || c > 0 || c == 0 && !in {
		r.low, r.lowIn, r.lowWhy = q, in, why
	}
}

func (r *reach) lower(q Quantity, in bool, why string) {
	if c := q.Cmp(r.high); !r.high.Set || c < 0 || c == 0 && !in {
		r.high, r.highIn, r.highWhy = q, in, why
	}
}

// empty reports whether no value is left.
func (r *reach) empty() bool {
	if !r.low.Set || !r.high.Set {
		return false
	}
	c := r.low.Cmp(r.high)
	return c > 0 || c == 0 && !(r.lowIn && r.highIn)
}

// reachOf is what a measure can be for a charge: its conditions and limits at the charge's own level, and the bounds
// of the measure.
func (l *linter) reachOf(ch *Charge, name string) reach {
	var r reach
	if m := l.card.Measure(name); m != nil && len(m.Steps) > 0 {
		s := &m.Steps[len(m.Steps)-1]
		if s.Min.Set {
			r.raise(s.Min, true, "min "+s.Min.String())
		}
		if s.Max.Set {
			r.lower(s.Max, true, "max "+s.Max.String())
		}
	}
	for _, x := range ch.Limit {
		if x.Measure == name && x.Each == ch.Each {
			r.lower(x.At, true, "limit "+x.At.String())
		}
	}
	for _, t := range ch.When {
		if t.Subject.Kind != SubjectMeasure || t.Subject.Name != name {
			continue
		}
		for _, b := range t.Bounds {
			why := b.Edge.String() + " " + b.At.String()
			switch b.Edge {
			case UpTo, Below:
				r.lower(b.At, b.Edge == UpTo, why)
			case From, Over:
				r.raise(b.At, b.Edge == From, why)
			}
		}
	}
	return r
}

func (l *linter) charge(ch *Charge) {
	part := "charge " + ch.Code
	if why := l.never(ch); why != "" {
		l.add(part, problem.New(problem.ChargeNever, ch.Code, why))
		return
	}
	for _, p := range ch.prices() {
		for k := range p.By {
			a := &p.By[k]
			if a.Of.Kind == SubjectMeasure {
				l.brackets(ch, a)
			}
			if len(a.Values) == 0 && !ch.Credit {
				l.falls(ch, p, k)
			}
		}
		if p.BandOf != "" {
			l.reachBands(ch, p)
		}
	}
}

// never says why a charge never applies; "" when it may.
func (l *linter) never(ch *Charge) string {
	c := l.card
	measures := map[string]bool{}
	for _, x := range ch.Limit {
		measures[x.Measure] = true
	}
	for _, t := range ch.When {
		if len(t.In) > 0 && !slices.ContainsFunc(t.In, func(v string) bool { return !slices.Contains(t.Not, v) }) {
			return t.Text()
		}
		if t.Subject.Kind == SubjectDate && t.Dates != (Period{}) && !overlap(t.Dates, c.Effective) {
			return t.Text()
		}
		if cl := c.Class(t.Subject.Name); t.Subject.Kind == SubjectClass && cl != nil && len(t.In) > 0 && !anyReached(cl, t.In) {
			return t.Text()
		}
		if t.Subject.Kind == SubjectMeasure {
			measures[t.Subject.Name] = true
		}
	}
	names := make([]string, 0, len(measures))
	for name := range measures {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		if r := l.reachOf(ch, name); r.empty() {
			return name + " " + r.lowWhy + " " + r.highWhy
		}
	}
	if len(ch.Dated) > 0 && !slices.ContainsFunc(ch.Dated, func(d Dated) bool { return overlap(d.Period, c.Effective) }) {
		return "dated " + ch.Dated[0].Period.String()
	}
	return ""
}

// anyReached reports whether a class can come out as one of the names.
func anyReached(cl *Class, names []string) bool {
	for _, r := range cl.Rows {
		if slices.Contains(names, r.Name) {
			return true
		}
		if len(r.When)+len(r.Limit) == 0 {
			return false
		}
	}
	return false
}

// brackets finds the first bracket that is too high and the last that is too low to be reached.
func (l *linter) brackets(ch *Charge, a *Axis) {
	r := l.reachOf(ch, a.Of.Name)
	n := a.Len()
	low := -1
	for i := 0; i < n && r.low.Set; i++ {
		end, in, open := a.end(i)
		if open {
			break
		}
		if c := end.Cmp(r.low); c < 0 || c == 0 && !(in && r.lowIn) {
			low = i
		}
	}
	if low >= 0 {
		l.add("charge "+ch.Code, problem.New(problem.BracketUnused, a.Label(low), r.lowWhy).With("axis", a.Name()))
	}
	for i := 0; i < n && r.high.Set; i++ {
		start, in, has := a.start(i)
		if !has {
			continue
		}
		if c := start.Cmp(r.high); c > 0 || c == 0 && !(in && r.highIn) {
			l.add("charge "+ch.Code, problem.New(problem.BracketUnused, a.Label(i), r.highWhy).With("axis", a.Name()))
			return
		}
	}
}

// start is where a bracket begins, and whether it holds that value; has is false for one that begins at nothing.
func (a *Axis) start(i int) (q Quantity, in, has bool) {
	switch a.Edge {
	case UpTo, Below:
		if i == 0 {
			return q, false, false
		}
		return a.Edges[i-1], a.Edge == Below, true
	}
	return a.Edges[i], a.Edge == From, true
}

// end is where a bracket ends, and whether it holds that value; open is true for one without end.
func (a *Axis) end(i int) (q Quantity, in, open bool) {
	switch a.Edge {
	case UpTo, Below:
		if i >= len(a.Edges) {
			return q, false, true
		}
		return a.Edges[i], a.Edge == UpTo, false
	}
	if i+1 >= len(a.Edges) {
		return q, false, true
	}
	return a.Edges[i+1], a.Edge == Over, false
}

// falls finds the first cell that is cheaper than the one before it along an axis.
func (l *linter) falls(ch *Charge, p *Price, axis int) {
	if p.NextBreak && p.By[axis].Of.Name == p.Per {
		return
	}
	a := &p.By[axis]
	stride := 1
	for k := axis + 1; k < len(p.By); k++ {
		stride *= p.By[k].Len()
	}
	n := a.Len()
	falls := 0
	var first problem.Problem
	for i, c := range p.Cells {
		if i/stride%n == 0 || c.None {
			continue
		}
		before := p.Cells[i-stride]
		if before.None || c.Value.Cmp(before.Value) >= 0 {
			continue
		}
		if falls++; falls == 1 {
			at, _ := p.at(i)
			text := ""
			for k, x := range at {
				if k > 0 {
					text += ", "
				}
				text += x.Axis + " " + x.Value
			}
			first = problem.New(problem.PriceFalls, p.cellText(before), p.cellText(c)).With("from", p.cellText(before)).With("to", p.cellText(c)).With("axis", a.Name()).With("at", text)
		}
	}
	if falls > 0 {
		l.add("charge "+ch.Code, first.With("falls", itoa(falls)))
	}
}

// reachBands finds the first band that begins beyond what the measure can be.
func (l *linter) reachBands(ch *Charge, p *Price) {
	r := l.reachOf(ch, p.BandOf)
	for i := 1; i < len(p.Bands) && r.high.Set; i++ {
		if start := p.Bands[i-1].UpTo; start.Set && start.Cmp(r.high) >= 0 {
			l.add("charge "+ch.Code, problem.New(problem.BracketUnused, bandText(&p.Bands[i], true), r.highWhy).With("axis", p.BandOf))
			return
		}
	}
}
