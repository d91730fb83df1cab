package strict

// Kind is the JSON type of a value.
type Kind uint8

// The JSON types. The kind of an object is ObjectKind, for Object is the type through which its members are read.
const (
	Null Kind = iota
	Bool
	Number
	String
	Array
	ObjectKind
)

// String is the name of the type as JSON Schema spells it.
func (k Kind) String() string {
	switch k {
	case Null:
		return "null"
	case Bool:
		return "boolean"
	case Number:
		return "number"
	case String:
		return "string"
	case Array:
		return "array"
	case ObjectKind:
		return "object"
	}
	return "unknown"
}

// node is one value, or the name of a member. The nodes of a document stand in its order, so that the members of an
// object follow it: name, value, name, value. A value's own children lie between it and next.
type node struct {
	start, end uint32 // bytes of the document
	next       uint32 // index of the first node that is not inside; 0 while an object or array is open
	meta       uint32 // kind, escape flag, number of children
}

const (
	kindBits  = 7
	escaped   = 1 << 3 // a string with at least one backslash
	countStep = 1 << 8 // the number of children stands above these bits
)

func (n *node) kind() Kind    { return Kind(n.meta & kindBits) }
func (n *node) escaped() bool { return n.meta&escaped != 0 }
func (n *node) count() int    { return int(n.meta / countStep) }

// tape holds the nodes in chunks: growing it copies nothing, so a document's index costs its size and no more.
type tape struct {
	chunks [][]node
	length uint32
}

const (
	chunkBits = 12
	chunkSize = 1 << chunkBits
)

func (t *tape) at(i uint32) *node { return &t.chunks[i>>chunkBits][i&(chunkSize-1)] }

// add appends a node; first is the capacity of the first chunk.
func (t *tape) add(n node, first int) uint32 {
	i := t.length
	if i&(chunkSize-1) == 0 {
		size := chunkSize
		if i == 0 {
			size = min(size, first)
		}
		t.chunks = append(t.chunks, make([]node, 0, size))
	}
	last := &t.chunks[len(t.chunks)-1]
	*last = append(*last, n)
	t.length++
	return i
}
