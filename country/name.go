package country

import (
	"strings"

	"golang.org/x/text/language"

	"github.com/overseaswarehouse/overseas/internal/lang"
)

// named is a country that has names here, in the order of lang.All.
type named struct {
	code  Code
	names [lang.Count]string
}

// names are those of CLDR.
var names = [...]named{
	{Code{'A', 'U'}, [...]string{"Australia", "澳大利亚", "Australien", "Australia", "Australie", "Australia", "Австралия", "Australia"}},
	{Code{'C', 'N'}, [...]string{"China", "中国", "China", "China", "Chine", "Cina", "Китай", "Tiongkok"}},
	{Code{'D', 'E'}, [...]string{"Germany", "德国", "Deutschland", "Alemania", "Allemagne", "Germania", "Германия", "Jerman"}},
	{Code{'E', 'S'}, [...]string{"Spain", "西班牙", "Spanien", "España", "Espagne", "Spagna", "Испания", "Spanyol"}},
	{Code{'F', 'R'}, [...]string{"France", "法国", "Frankreich", "Francia", "France", "Francia", "Франция", "Prancis"}},
	{Code{'G', 'B'}, [...]string{"United Kingdom", "英国", "Vereinigtes Königreich", "Reino Unido", "Royaume-Uni", "Regno Unito", "Великобритания", "Inggris Raya"}},
	{Code{'I', 'D'}, [...]string{"Indonesia", "印度尼西亚", "Indonesien", "Indonesia", "Indonésie", "Indonesia", "Индонезия", "Indonesia"}},
	{Code{'I', 'T'}, [...]string{"Italy", "意大利", "Italien", "Italia", "Italie", "Italia", "Италия", "Italia"}},
	{Code{'R', 'U'}, [...]string{"Russia", "俄罗斯", "Russland", "Rusia", "Russie", "Russia", "Россия", "Rusia"}},
	{Code{'U', 'S'}, [...]string{"United States", "美国", "Vereinigte Staaten", "Estados Unidos", "États-Unis", "Stati Uniti", "Соединенные Штаты", "Amerika Serikat"}},
}

// Name is the short name of the country in the supported language nearest to tag (English when none is near): for the
// nine destinations of the platforms and for China. Every other country is named by its alpha-2 code, a code that is no
// country by itself, the zero Code by "".
func (c Code) Name(tag language.Tag) string {
	for i := range names {
		if names[i].code == c {
			return names[i].names[lang.Of(tag)]
		}
	}
	return c.String()
}

func byName(text string) (Code, bool) {
	for i := range names {
		for _, name := range names[i].names {
			if name == text {
				return names[i].code, true
			}
		}
	}
	return Code{}, false
}

// nearName finds the name that text would be but for the case of its letters or space around it: to tell what would be
// right, never to accept it.
func nearName(text string) (Code, string, bool) {
	const longest = 64
	if len(text) > longest {
		return Code{}, "", false
	}
	text = strings.ToLower(strings.TrimSpace(text))
	for i := range names {
		if strings.ToLower(names[i].code.String()) == text {
			return names[i].code, names[i].names[lang.En], true
		}
		for _, name := range names[i].names {
			if strings.ToLower(name) == text {
				return names[i].code, name, true
			}
		}
	}
	return Code{}, "", false
}
