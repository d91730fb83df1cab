package strict

import (
	"bytes"
	"hash/maphash"

	"github.com/overseaswarehouse/overseas/internal/problem"
)

// names finds members of one object that have the same name. Small objects are compared pair by pair, large ones with
// a hash table that all objects of the document share.
type names struct {
	seed  maphash.Seed
	ready bool
	slots []uint32 // index of a name's node, plus 1
	a, b  []byte   // decoded names
}

const fewNames = 12

func (s *names) check(d *doc, object uint32) {
	n := d.node(object)
	if n.count() <= fewNames {
		var seen [fewNames]uint32
		count := 0
		for i := object + 1; i < n.next; i = d.node(i + 1).next {
			for _, other := range seen[:count] {
				if s.same(d, i, other) {
					s.report(d, i)
					break
				}
			}
			seen[count] = i
			count++
		}
		return
	}
	if !s.ready {
		s.seed, s.ready = maphash.MakeSeed(), true
	}
	size := 16
	for size < 2*n.count() {
		size *= 2
	}
	if len(s.slots) < size {
		s.slots = make([]uint32, size)
	}
	slots := s.slots[:size]
	clear(slots)
	for i := object + 1; i < n.next; i = d.node(i + 1).next {
		at := maphash.Bytes(s.seed, d.name(i, &s.a)) & uint64(size-1)
		for slots[at] != 0 && !s.same(d, i, slots[at]-1) {
			at = (at + 1) & uint64(size-1)
		}
		if slots[at] != 0 {
			s.report(d, i)
			continue
		}
		slots[at] = i + 1
	}
}

func (s *names) same(d *doc, i, j uint32) bool {
	n, m := d.node(i), d.node(j)
	if !n.escaped() && !m.escaped() {
		return bytes.Equal(d.data[n.start:n.end], d.data[m.start:m.end])
	}
	return bytes.Equal(d.name(i, &s.a), d.name(j, &s.b))
}

func (s *names) report(d *doc, i uint32) {
	d.report(problem.New(problem.DuplicateKey, clipBytes(d.name(i, &s.a))), i, int(d.node(i).start))
}

// name is the decoded name at a node; buffer is where an escaped one is decoded to.
func (d *doc) name(i uint32, buffer *[]byte) []byte {
	n := d.node(i)
	raw := d.data[n.start+1 : n.end-1]
	if !n.escaped() {
		return raw
	}
	*buffer = decode((*buffer)[:0], raw)
	return *buffer
}
