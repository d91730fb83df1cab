package eligibility

import "slices"

// wordTable finds the number of a word. A word is read eight bytes at a time: its first and last eight, which overlap
// in a short word, lead to the one word of the table that it can be and are compared as numbers, then the rest. The
// multiplier is one under which no two words of the table meet; where none is found the words are gone through.
type wordTable struct {
	multiplier uint64
	index      [256]uint8 // 1 + number; 0: no word
	keys       []wordKey
	words      []string
}

type wordKey struct {
	n                          int
	first, second, third, last uint64
}

// longestKey is how long a word may be for its key to be all of it.
const longestKey = 32

func newWordTable(words []string) wordTable {
	t := wordTable{words: slices.Clone(words), keys: keysOf(words)}
	if len(words) > 64 {
		return t
	}
	for seed := uint64(1); seed < 4096; seed++ {
		t.multiplier = seed*0x9E3779B97F4A7C15 | 1
		if t.fill() {
			return t
		}
	}
	t.multiplier = 0
	return t
}

func (t *wordTable) fill() bool {
	t.index = [256]uint8{}
	for i, k := range t.keys {
		if k.n == 0 {
			continue
		}
		h := hash(k.first, k.last, k.n, t.multiplier)
		if t.index[h] != 0 {
			return false
		}
		t.index[h] = uint8(i) + 1
	}
	return true
}

func hash(first, last uint64, n int, multiplier uint64) uint8 {
	return uint8((first ^ last<<1 ^ uint64(n)) * multiplier >> 56)
}

func keysOf(words []string) []wordKey {
	keys := make([]wordKey, len(words))
	for i, w := range words {
		k := &keys[i]
		k.n = len(w)
		if k.first, k.last = ends(w); k.n > 16 {
			k.second, k.third = eight(w[8:]), eight(w[k.n-16:])
		}
	}
	return keys
}

func eight(w string) uint64 {
	_ = w[7]
	return uint64(w[0]) | uint64(w[1])<<8 | uint64(w[2])<<16 | uint64(w[3])<<24 | uint64(w[4])<<32 | uint64(w[5])<<40 | uint64(w[6])<<48 | uint64(w[7])<<56
}

func four(w string) uint64 {
	_ = w[3]
	return uint64(w[0]) | uint64(w[1])<<8 | uint64(w[2])<<16 | uint64(w[3])<<24
}

// pick is the number of a word in a short list, or -1; words longer than longestKey it does not find. It calls nothing, nor
// does wordKey.is: a call costs more than the comparison.
func pick(keys []wordKey, w string) int {
	n := len(w)
	var first, last uint64 // as ends
	switch {
	case n >= 8:
		first, last = eight(w), eight(w[n-8:])
	case n >= 4:
		first, last = four(w), four(w[n-4:])
	case n >= 2:
		first, last = uint64(w[0])|uint64(w[1])<<8, uint64(w[n-1])
	case n == 1:
		first = uint64(w[0])
	default:
		return -1
	}
	for i := range keys {
		k := &keys[i]
		if n == k.n && first == k.first && last == k.last && (n <= 16 || n <= longestKey && eight(w[8:16]) == k.second && eight(w[n-16:]) == k.third) {
			return i
		}
	}
	return -1
}

// ends is how a word begins and ends: all of it up to 16 bytes, together with its length.
func ends(w string) (first, last uint64) {
	n := len(w)
	switch {
	case n >= 8:
		return eight(w), eight(w[n-8:])
	case n >= 4:
		return four(w), four(w[n-4:])
	case n >= 2:
		return uint64(w[0]) | uint64(w[1])<<8, uint64(w[n-1])
	case n == 1:
		return uint64(w[0]), 0
	}
	return 0, 0
}

// is reports whether w is the word of the key. It is not for words longer than longestKey: they
// are looked for.
func (k *wordKey) is(w string) bool {
	n := len(w)
	switch {
	case n != k.n:
		return false
	case n >= 8:
		return eight(w) == k.first && eight(w[n-8:]) == k.last && (n <= 16 || n <= longestKey && eight(w[8:16]) == k.second && eight(w[n-16:]) == k.third)
	case n >= 4:
		return four(w) == k.first && four(w[n-4:]) == k.last
	case n >= 2:
		return uint64(w[0])|uint64(w[1])<<8 == k.first && uint64(w[n-1]) == k.last
	}
	return n == 1 && uint64(w[0]) == k.first
}

// at finds a word that is probably the one with the number guess: people fill in things in the order in which a policy
// asks for them, and then the word need not be looked for.
func (t *wordTable) at(w string, guess int) int {
	if uint(guess) < uint(len(t.keys)) && t.keys[guess].is(w) {
		return guess
	}
	return t.find(w)
}

// find is the number of a word, or -1.
func (t *wordTable) find(w string) int {
	if t.multiplier == 0 {
		if w == "" {
			return -1
		}
		return slices.Index(t.words, w)
	}
	first, last := ends(w)
	i := int(t.index[hash(first, last, len(w), t.multiplier)]) - 1
	if i < 0 || i >= len(t.keys) {
		return -1
	}
	k := &t.keys[i]
	if len(w) != k.n || first != k.first || last != k.last || len(w) > 16 && t.words[i] != w {
		return -1
	}
	return i
}
