package eligibility

import (
	"golang.org/x/text/language"

	"github.com/overseaswarehouse/overseas/internal/lang"
)

// text is one text in the languages its author gave; "" for the others.
type text [lang.Count]string

// in is the text in the language nearest to tag: else in English, else in the first language given.
func (t *text) in(tag language.Tag) string { return t.of(lang.Of(tag)) }

func (t *text) of(l lang.Lang) string {
	if t[l] != "" {
		return t[l]
	}
	if t[lang.En] != "" {
		return t[lang.En]
	}
	for _, s := range t {
		if s != "" {
			return s
		}
	}
	return ""
}

func (t *text) isZero() bool { return *t == text{} }
