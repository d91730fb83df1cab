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

func newWordTable(words []string) wordTable {
	t := wordTable{words: slices.Clone(words), keys: make([]wordKey, len(words))}
	for i, w := range words {
		t.keys[i] = keyOf(w)
	}
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
		h := k.hash(t.multiplier)
		if t.index[h] != 0 {
			return false
		}
		t.index[h] = uint8(i) + 1
	}
	return true
}

func (k *wordKey) hash(multiplier uint64) uint8 {
	return uint8((k.first ^ k.last<<1 ^ uint64(k.n)) * multiplier >> 56)
}

func keyOf(w string) wordKey {
	n := len(w)
	switch {
	case n >= 8:
		k := wordKey{n: n, first: eight(w), last: eight(w[n-8:])}
		if n > 16 {
			k.second = eight(w[8:])
		}
		if n > 24 {
			k.third = eight(w[16:])
		}
		return k
	case n >= 4:
		return wordKey{n: n, first: four(w), last: four(w[n-4:])}
	case n > 0:
		return wordKey{n: n, first: uint64(w[0]), second: uint64(w[n>>1]), last: uint64(w[n-1])}
	}
	return wordKey{}
}

func eight(w string) uint64 {
	_ = w[7]
	return uint64(w[0]) | uint64(w[1])<<8 | uint64(w[2])<<16 | uint64(w[3])<<24 | uint64(w[4])<<32 | uint64(w[5])<<40 | uint64(w[6])<<48 | uint64(w[7])<<56
}

func four(w string) uint64 {
	_ = w[3]
	return uint64(w[0]) | uint64(w[1])<<8 | uint64(w[2])<<16 | uint64(w[3])<<24
}

// at finds a word that is probably the one with the number guess: people fill in things in the order in which a policy
// asks for them, and then the word need not be looked for.
func (t *wordTable) at(w string, guess int) int {
	if uint(guess) < uint(len(t.keys)) {
		k := &t.keys[guess]
		n := len(w)
		switch {
		case n != k.n || n > 32:
		case n < 4:
		case n < 8:
			if four(w) == k.first && four(w[n-4:]) == k.last {
				return guess
			}
		case eight(w) != k.first || eight(w[n-8:]) != k.last:
		case n <= 16 || eight(w[8:]) == k.second && (n <= 24 || eight(w[16:]) == k.third):
			return guess
		}
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
	k := keyOf(w)
	i := int(t.index[k.hash(t.multiplier)]) - 1
	if i < 0 || i >= len(t.keys) {
		return -1
	}
	have := &t.keys[i]
	if have.first != k.first || have.last != k.last || have.second != k.second || have.third != k.third || have.n != k.n {
		return -1
	}
	// Up to 32 bytes the key is the whole word.
	if k.n > 32 && t.words[i] != w {
		return -1
	}
	return i
}
