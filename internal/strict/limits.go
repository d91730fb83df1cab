package strict

// Limits bounds a document. A field that is zero or negative stands for its default.
type Limits struct {
	Bytes int // size of the document; default 64 MiB
	Depth int // nested objects and arrays; default 32
	Nodes int // values, names of members not counted; default 4,000,000
	Text  int // characters (not bytes) of a string read with Text; default 4096
}

const (
	defaultBytes = 64 << 20
	defaultDepth = 32
	defaultNodes = 4_000_000
	defaultText  = 4096

	mostBytes = 1<<31 - 2 // offsets are 32 bits
	mostDepth = 10_000
	mostNodes = 1<<24 - 1 // a node counts its children in 24 bits
	mostKey   = 256       // characters of a free member name
	hugeText  = 64 << 10  // bytes; a longer string is no text at all
)

func (l Limits) withDefaults() Limits {
	return Limits{
		Bytes: within(l.Bytes, defaultBytes, mostBytes),
		Depth: within(l.Depth, defaultDepth, mostDepth),
		Nodes: within(l.Nodes, defaultNodes, mostNodes),
		Text:  within(l.Text, defaultText, mostBytes),
	}
}

func within(n, standard, most int) int {
	if n <= 0 {
		return standard
	}
	return min(n, most)
}
