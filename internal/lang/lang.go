// Package lang names the eight languages in which the library speaks and finds the nearest one to a language tag.
package lang

import (
	"sync"

	"golang.org/x/text/language"
)

// Lang is one of the eight languages. The zero Lang is English.
type Lang uint8

// The languages, in the order in which every table of texts lists them.
const (
	En Lang = iota
	ZhHans
	De
	Es
	Fr
	It
	Ru
	Id
	Count = 8
)

var codes = [Count]string{"en", "zh-Hans", "de", "es", "fr", "it", "ru", "id"}

// String is the BCP 47 code of the language.
func (l Lang) String() string {
	if int(l) < len(codes) {
		return codes[l]
	}
	return codes[En]
}

// Tag is the language tag of l.
func (l Lang) Tag() language.Tag { return language.Make(l.String()) }

// All lists the eight languages.
func All() [Count]Lang { return [Count]Lang{En, ZhHans, De, Es, Fr, It, Ru, Id} }

// ByCode finds a language by exactly the code that String writes.
func ByCode(code string) (Lang, bool) {
	for i, c := range codes {
		if c == code {
			return Lang(i), true
		}
	}
	return En, false
}

// nearest is made when it is first asked for.
var nearest struct {
	once    sync.Once
	matcher language.Matcher
}

func prepare() {
	tags := make([]language.Tag, Count)
	for i, c := range codes {
		tags[i] = language.Make(c)
	}
	nearest.matcher = language.NewMatcher(tags)
}

// Of is the language nearest to tag: zh-CN, zh and zh-TW are zh-Hans, an unsupported language is English.
func Of(tag language.Tag) Lang {
	switch tag {
	case language.English, language.Und:
		return En
	case language.Chinese, language.SimplifiedChinese:
		return ZhHans
	}
	nearest.once.Do(prepare)
	_, index, _ := nearest.matcher.Match(tag)
	return Lang(index)
}
