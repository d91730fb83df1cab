package strict

import (
	"bytes"
	"strconv"

	"github.com/overseaswarehouse/overseas/internal/problem"
)

// Value is one value of a document. Its accessors return false after they have reported what is wrong; on a Value that
// is not valid they return false and report nothing. A document and its values belong to one goroutine.
type Value struct {
	d *doc
	i uint32
}

// IsValid reports whether v is a value of a document; the zero Value is not.
func (v Value) IsValid() bool { return v.d != nil }

// Kind is the JSON type of v, Null for a Value that is not valid.
//
//go:noinline
func (v Value) Kind() Kind {
	if !v.IsValid() {
		return Null
	}
	return v.node().kind()
}

// Len is the number of elements of an array or members of an object, 0 for everything else.
//
//go:noinline
func (v Value) Len() int {
	if !v.IsValid() {
		return 0
	}
	return v.node().count()
}

// Raw is the text of v in the document; it must not be changed.
func (v Value) Raw() []byte {
	if !v.IsValid() {
		return nil
	}
	raw := v.raw()
	return raw[:len(raw):len(raw)]
}

//go:noinline
func (v Value) node() *node { return v.d.node(v.i) }
func (v Value) raw() []byte { return v.d.bytes(v.i) }

// is reports whether v is of one of the kinds, and files null_not_allowed or wrong_type otherwise. A document that is
// null as a whole has the wrong type: there is no field that could be left out instead.
func (v Value) is(kinds ...Kind) bool {
	if !v.IsValid() {
		return false
	}
	have := v.node().kind()
	for _, k := range kinds {
		if k == have {
			return true
		}
	}
	want := make([]string, len(kinds))
	for i, k := range kinds {
		want[i] = k.String()
	}
	code := problem.WrongType
	if have == Null && v.i != 0 {
		code = problem.NullNotAllowed
	}
	v.Problem(problem.New(code, clipBytes(v.raw()), want...))
	return false
}

// Array reports whether v is an array; anything else is a problem.
func (v Value) Array() bool { return v.is(Array) }

// Elements are the elements of an array. Anything else is a problem and has none. The list is read with a plain loop: as
// functions that an iterator calls, the bodies of such loops are twice the code.
func (v Value) Elements() []Value {
	if !v.is(Array) || v.Len() == 0 {
		return nil
	}
	all := make([]Value, 0, v.Len())
	for i, end := v.i+1, v.node().next; i < end; i = v.d.node(i).next {
		all = append(all, Value{v.d, i})
	}
	return all
}

// Member is a member of an object whose names are free.
type Member struct {
	Name string
	Value
}

// Members are the members of an object whose names are free, in the order of the document. A name is checked like a
// text of at most 256 characters; a member whose name is not sound is left out. Anything but an object is a problem and
// has none.
func (v Value) Members() []Member {
	if !v.is(ObjectKind) || v.Len() == 0 {
		return nil
	}
	all := make([]Member, 0, v.Len())
	var buffer []byte
	for i, end := v.i+1, v.node().next; i < end; i = v.d.node(i + 1).next {
		name := v.d.name(i, &buffer)
		if p, bad := faultOf(name, mostKey); bad {
			v.d.report(p, i, int(v.d.node(i).start))
			continue
		}
		all = append(all, Member{string(name), Value{v.d, i + 1}})
	}
	return all
}

// Member is the member of an object with that name, and false when it is absent or v is none. Nothing is checked.
func (v Value) Member(name string) (Value, bool) {
	if v.Kind() != ObjectKind {
		return Value{}, false
	}
	return Object{v}.Get(name)
}

// Bool is a truth value.
func (v Value) Bool() (value, ok bool) {
	if !v.is(Bool) {
		return false, false
	}
	return v.raw()[0] == 't', true
}

// Number is the text of a JSON number, or of a string that should hold one, as it stands. Nothing is checked beyond the
// JSON grammar of literals: decimals are bounded and read by package fixed.
func (v Value) Number() (string, bool) {
	if !v.is(Number, String) {
		return "", false
	}
	if v.node().kind() == String {
		return v.decoded(), true
	}
	return string(v.raw()), true
}

// Int is a whole number written as a JSON number without fraction or exponent. Errors: not_integer, number_range.
func (v Value) Int() (int64, bool) {
	if !v.is(Number) {
		return 0, false
	}
	raw := v.raw()
	if bytes.ContainsAny(raw, ".eE") {
		v.Problem(problem.New(problem.NotInteger, clipBytes(raw)))
		return 0, false
	}
	const longest = len("-9223372036854775808")
	if len(raw) <= longest {
		if n, err := strconv.ParseInt(string(raw), 10, 64); err == nil {
			return n, true
		}
	}
	v.Problem(problem.New(problem.NumberRange, clipBytes(raw), "-9223372036854775808 … 9223372036854775807"))
	return 0, false
}
