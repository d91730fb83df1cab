package strict

import (
	"bytes"
	"iter"
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

// Elements are the elements of an array with their index. Anything else is a problem and has none.
func (v Value) Elements() iter.Seq2[int, Value] {
	return func(yield func(int, Value) bool) {
		all := v.children(Array)
		for i := 0; all.next(); i++ {
			if !yield(i, Value{all.d, all.at}) {
				return
			}
		}
	}
}

// Members are the members of an object whose names are free, in the order of the document. A name is checked like a
// text of at most 256 characters. Anything but an object is a problem and has none.
func (v Value) Members() iter.Seq2[string, Value] {
	return func(yield func(string, Value) bool) {
		all := v.children(ObjectKind)
		for {
			name, ok := all.member()
			if !ok || !yield(name, Value{all.d, all.at}) {
				return
			}
		}
	}
}

// children is a place among the children of an array or object. Its steps are calls, so that the iterators above are small
// enough to be compiled into the loops over them: as functions of their own, the bodies of the loops are twice the code.
type children struct {
	d              *doc
	at, after, end uint32
}

// children are those of a value of a kind; any other is a problem and has none.
func (v Value) children(k Kind) children {
	if !v.is(k) {
		return children{}
	}
	return children{d: v.d, after: v.i + 1, end: v.node().next}
}

// next goes to the next element of an array, and returns false behind the last one.
//
//go:noinline
func (c *children) next() bool {
	if c.after >= c.end {
		return false
	}
	c.at = c.after
	c.after = c.d.node(c.at).next
	return true
}

// member goes to the next member of an object with a sound name, and returns false behind the last one.
func (c *children) member() (string, bool) {
	var buffer []byte
	for c.next() {
		i := c.at
		name := c.d.name(i, &buffer)
		c.next()
		p, bad := faultOf(name, mostKey)
		if !bad {
			return string(name), true
		}
		c.d.report(p, i, int(c.d.node(i).start))
	}
	return "", false
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
