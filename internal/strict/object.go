package strict

import (
	"slices"
	"strings"

	"github.com/overseaswarehouse/overseas/internal/problem"
	"github.com/overseaswarehouse/overseas/internal/sorting"
)

// Object gives access to the members of an object. The zero Object has none.
type Object struct{ v Value }

// Object checks that v is an object and that each of its members is one of the fields: another one is unknown_field, at
// its own place, with the fields that exist, the nearest in spelling first. Names are compared exactly. It returns true
// for an object with unknown members, so that the others are still read.
func (v Value) Object(fields ...string) (Object, bool) {
	if !v.is(ObjectKind) {
		return Object{}, false
	}
	var buffer []byte
	next := v.node().next
	for i := v.i + 1; i < next; i = v.d.node(i + 1).next {
		name := v.d.name(i, &buffer)
		if slices.ContainsFunc(fields, func(f string) bool { return f == string(name) }) {
			continue
		}
		p := problem.New(problem.UnknownField, clipBytes(name))
		if v.d.into.Len() < problem.Limit {
			p.Want = nearestFirst(p.Text, fields)
		}
		v.d.report(p, i, int(v.d.node(i).start))
	}
	return Object{v}, true
}

// Value is the object as a value, for problems that concern it as a whole.
func (o Object) Value() Value { return o.v }

// Get is the member with that name, and false when it is absent. A null is there: the accessor called on it reports it.
func (o Object) Get(name string) (Value, bool) {
	if !o.v.IsValid() {
		return Value{}, false
	}
	d := o.v.d
	var buffer []byte
	next := o.v.node().next
	for i := o.v.i + 1; i < next; i = d.node(i + 1).next {
		if string(d.name(i, &buffer)) == name {
			return Value{d, i + 1}, true
		}
	}
	return Value{}, false
}

// Need is Get for a member that must be there: missing_field with the pointer it should have, at the line and column of
// the object.
func (o Object) Need(name string) (Value, bool) {
	v, ok := o.Get(name)
	if !ok && o.v.IsValid() {
		d := o.v.d
		p := problem.New(problem.MissingField, name)
		if d.into.Len() < problem.Limit {
			var b strings.Builder
			b.WriteString(d.path(o.v.i))
			b.WriteByte('/')
			writeToken(&b, name)
			p.Path = b.String()
			p.Line, p.Column = d.position(int(o.v.node().start))
		}
		d.into.Add(p)
	}
	return v, ok
}

// nearestFirst lists the fields, those that the name may be a misspelling of first.
func nearestFirst(name string, fields []string) []string {
	distances := make(map[string]int, len(fields))
	for _, f := range fields {
		d := distance(strings.ToLower(name), strings.ToLower(f))
		if d > max(1, len(f)/3) {
			d = 1000 // no resemblance: keeps its place
		}
		distances[f] = d
	}
	sorted := slices.Clone(fields)
	sorting.Stable(len(sorted), func(i, j int) bool { return distances[sorted[i]] < distances[sorted[j]] }, func(i, j int) { sorted[i], sorted[j] = sorted[j], sorted[i] })
	return sorted
}

// distance is the number of characters to insert, delete, replace or swap with their neighbour.
func distance(a, b string) int {
	s, t := []rune(a), []rune(b)
	rows := make([][]int, len(s)+1)
	for i := range rows {
		rows[i] = make([]int, len(t)+1)
		rows[i][0] = i
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(s); i++ {
		for j := 1; j <= len(t); j++ {
			cost := 1
			if s[i-1] == t[j-1] {
				cost = 0
			}
			d := min(rows[i-1][j]+1, rows[i][j-1]+1, rows[i-1][j-1]+cost)
			if i > 1 && j > 1 && s[i-1] == t[j-2] && s[i-2] == t[j-1] {
				d = min(d, rows[i-2][j-2]+1)
			}
			rows[i][j] = d
		}
	}
	return rows[len(s)][len(t)]
}
