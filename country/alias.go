package country

import (
	"strings"

	"github.com/overseaswarehouse/overseas/internal/problem"
)

// other is a row of spellings that are no ISO 3166-1 code and no name of Name, with what they lead to.
type other struct {
	codes string // separated by blanks in specialCodes, by slashes in otherNames
	means string // one country, or several, by alpha-2 code
	how   reading
}

type reading uint8

const (
	accepted   reading = iota // means that country
	former                    // was a code until the country took another one
	shared                    // stood for a territory that several countries share today
	notCountry                // stands for something that is not a country; means is where it belongs to, if anywhere
)

func (o other) has(text string) bool {
	for rest := o.codes; rest != ""; {
		var item string
		item, rest, _ = strings.Cut(rest, "/")
		if item == text {
			return true
		}
	}
	return false
}

func (o other) answer(text string) (Code, error) {
	want := strings.Fields(o.means)
	if len(want) == 0 {
		want = []string{standard}
	}
	switch o.how {
	case accepted:
		return Code{o.means[0], o.means[1]}, nil
	case shared:
		return Code{}, problem.New(problem.CountryAmbiguous, text, want...)
	case notCountry:
		return Code{}, problem.New(problem.NotACountry, text, want...)
	}
	return Code{}, problem.New(problem.CountryUnknown, text, want...)
}

// specialCodes are the codes of two letters, three letters or three digits with a meaning outside ISO 3166-1, from its
// parts 3 (former codes) and its lists of reserved codes, the CLDR aliases, UN M49 (regions), and the IOC (GER).
var specialCodes = [...]other{
	{"UK", "GB", accepted},
	{"GER", "DE", accepted},
	{"FX/FXX/249", "FR", accepted},     // metropolitan France
	{"DD/DDR/278/280", "DE", accepted}, // the two German states; DE and DEU have stayed

	{"SU/SUN/810", "RU AM AZ BY EE GE KZ KG LV LT MD TJ TM UA UZ", shared},
	{"172", "RU AM AZ BY GE KG KZ MD TJ TM UA UZ", shared}, // Commonwealth of Independent States
	{"YU/YUG/891/CS/SCG", "RS ME", shared},
	{"890", "BA HR ME MK RS SI", shared},
	{"200/CSK", "CZ SK", shared},
	{"AN/ANT/530", "CW SX BQ", shared},
	{"NT/NTZ/536", "SA IQ", shared},
	{"PC/PCI/582", "FM MH MP PW", shared},
	{"FQ", "AQ TF", shared},

	{"BU/BUR", "MM", former},
	{"BYS", "BY", former},
	{"CT/CTE", "KI", former},
	{"DY/DHY", "BJ", former},
	{"HV/HVO", "BF", former},
	{"JT/JTN/MI/MID/PU/PUS/WK/WAK", "UM", former},
	{"NH/NHB", "VU", former},
	{"NQ/ATN", "AQ", former},
	{"PZ/PCZ", "PA", former},
	{"RH/RHO", "ZW", former},
	{"ROM", "RO", former},
	{"TP/TMP/626", "TL", former},
	{"VD/VDR", "VN", former},
	{"YD/YMD/720/886", "YE", former},
	{"ZR/ZAR", "CD", former},
	{"INA", "ID", former}, // IOC

	{"EU/EUE/EZ/UN", "", notCountry},
	{"XI", "GB", notCountry}, // Northern Ireland in declarations under the Windsor Framework
	{"XK/XKX/XKK/KOS", "", notCountry},
	{"IC/EA", "ES", notCountry}, // Canary Islands, Ceuta and Melilla
	{"AC/TA", "SH", notCountry},
	{"CP", "FR", notCountry},
	{"CQ", "GG", notCountry},
	{"DG", "IO", notCountry},
	{"ENG/SCO/WLS/NIR", "GB", notCountry},
	{"001/002/003/005/009/011/013/014/015/017/018/019/021/029/030/034/035/039/053/054/057/061/142/143/145/150/151/154/" +
		"155/202/419", "", notCountry}, // UN M49: the world and its regions
}

// otherNames are spellings of whole names, each exactly as it must be written.
var otherNames = [...]other{
	{"United States of America/the United States of America/U.S.A./U.S./EE. UU./EE.UU./É.-U./États-Unis d’Amérique/" +
		"Vereinigte Staaten von Amerika/Estados Unidos de América/Stati Uniti d’America/США/" +
		"Соединенные Штаты Америки/Соединённые Штаты/Соединённые Штаты Америки/美利坚合众国", "US", accepted},
	{"United Kingdom of Great Britain and Northern Ireland/Great Britain/R.-U./Großbritannien/Gran Bretaña/" +
		"Grande-Bretagne/Gran Bretagna/Британия/Соединенное Королевство/Соединённое Королевство/Britania Raya/" +
		"大不列颠及北爱尔兰联合王国", "GB", accepted},
	{"Federal Republic of Germany/Bundesrepublik Deutschland/Федеративная Республика Германия/德意志联邦共和国", "DE", accepted},
	{"Kingdom of Spain/Reino de España/西班牙王国", "ES", accepted},
	{"French Republic/République française/法兰西共和国", "FR", accepted},
	{"Italian Republic/Repubblica Italiana/意大利共和国", "IT", accepted},
	{"Russian Federation/the Russian Federation/Российская Федерация/Russische Föderation/Federación de Rusia/" +
		"Federación Rusa/Fédération de Russie/Federazione Russa/Federasi Rusia/俄罗斯联邦", "RU", accepted},
	{"Commonwealth of Australia/澳大利亚联邦/澳洲", "AU", accepted},
	{"Republic of Indonesia/Republik Indonesia/印度尼西亚共和国/印尼", "ID", accepted},
	{"People's Republic of China/People’s Republic of China/中华人民共和国", "CN", accepted},

	// what is taken for one of the above
	{"白俄罗斯/Belarus/Беларусь", "BY", former},
	{"奥地利/Austria/Österreich/Autriche/Австрия", "AT", former},
	{"Georgia/格鲁吉亚", "GE", former},
	{"印度/India/Indien/Inde/Индия", "IN", former},
	{"America/美洲/Amerika/América/Amérique/Америка", "US", former},
	{"England/Scotland/Wales/Northern Ireland/英格兰/苏格兰/威尔士/北爱尔兰/Англия/Inggris", "GB", notCountry},
	{"European Union/欧盟/Europe/欧洲/Europäische Union/Europa", "", notCountry},
}

// specialCode finds a code in upper case that is not of ISO 3166-1.
func specialCode(code string) (other, bool) {
	for _, r := range specialCodes {
		if r.has(code) {
			return r, true
		}
	}
	if len(code) == 2 && code[1] >= 'A' && (code == "AA" || code == "ZZ" || code[0] == 'X' || code[0] == 'Q' && code[1] >= 'M') {
		return other{how: notCountry}, true // reserved for its users
	}
	return other{}, false
}
