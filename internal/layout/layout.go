// Package layout writes decimal numbers, amounts of money and percentages the way each of the eight languages does. It
// works on digits: nothing is parsed, rounded or counted in floating point.
package layout

import (
	"strings"

	"github.com/overseaswarehouse/overseas/internal/lang"
)

const (
	space  = "\u00A0" // no-break space
	narrow = "\u202F" // narrow no-break space
)

// row is how a language lays out numbers, by CLDR 48.
type row struct {
	decimal, group string
	least          int    // digits that must stand before the first separator of groups
	before         bool   // the currency stands before the number
	percent        string // between a number and %
}

var rows = [lang.Count]row{
	lang.En:     {".", ",", 1, true, ""},
	lang.ZhHans: {".", ",", 1, true, ""},
	lang.De:     {",", ".", 1, false, space},
	lang.Es:     {",", ".", 2, false, space},
	lang.Fr:     {",", narrow, 1, false, space},
	lang.It:     {",", ".", 2, false, ""},
	lang.Ru:     {",", space, 1, false, space},
	lang.Id:     {",", ".", 1, true, ""},
}

// symbols are those of the currencies that a reader of the language knows by a sign, by CLDR 48. Where there is none the
// ISO 4217 code stands.
var symbols = map[string][lang.Count]string{
	"EUR": {"€", "€", "€", "€", "€", "€", "€", "€"},
	"USD": {"$", "US$", "$", "US$", "$US", "USD", "$", "US$"},
	"GBP": {"£", "£", "£", "GBP", "£GB", "£", "£", "£"},
	"CNY": {"CN¥", "¥", "CN¥", "CNY", "CNY", "CN¥", "CN¥", "CN¥"},
	"JPY": {"¥", "JP¥", "¥", "JPY", "JPY", "JPY", "¥", "JP¥"},
	"RUB": {"RUB", "RUB", "RUB", "RUB", "RUB", "RUB", "₽", "RUB"},
	"IDR": {"IDR", "IDR", "IDR", "IDR", "IDR", "IDR", "IDR", "Rp"},
}

// of is the row of a language, that of English for one that is none of the eight.
func of(l lang.Lang) row {
	if int(l) >= lang.Count {
		l = lang.En
	}
	return rows[l]
}

// Number lays out a number in plain notation, such as "-1234.50". What is no digit after the point stays as it is, so
// that the mark of a cut fraction survives.
func Number(l lang.Lang, plain string) string {
	r := of(l)
	sign, digits := cut(plain)
	whole, fraction, point := strings.Cut(digits, ".")
	var b strings.Builder
	b.Grow(len(plain) + 8)
	b.WriteString(sign)
	grouped := len(whole) >= 3+r.least
	for i := range len(whole) {
		if grouped && i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteString(r.group)
		}
		b.WriteByte(whole[i])
	}
	if point {
		b.WriteString(r.decimal)
		b.WriteString(fraction)
	}
	return b.String()
}

// Money lays out an amount in plain notation with the sign or the code of its currency.
func Money(l lang.Lang, plain, code string) string {
	if int(l) >= lang.Count {
		l = lang.En
	}
	r := rows[l]
	symbol := code
	if s, ok := symbols[code]; ok {
		symbol = s[l]
	}
	sign, digits := cut(plain)
	number := Number(l, digits)
	switch {
	case !r.before:
		return sign + number + space + symbol
	case symbol != "" && letter(symbol[len(symbol)-1]):
		return sign + symbol + space + number
	}
	return sign + symbol + number
}

// Percent lays out a number of hundredths.
func Percent(l lang.Lang, plain string) string { return Number(l, plain) + of(l).percent + "%" }

func cut(plain string) (sign, digits string) {
	if strings.HasPrefix(plain, "-") {
		return "-", plain[1:]
	}
	return "", plain
}

func letter(c byte) bool { return 'A' <= c && c <= 'Z' || 'a' <= c && c <= 'z' }

// months are the short names of the months where a language writes them.
var months = [lang.Count][12]string{
	lang.En: {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"},
	lang.Es: {"ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sept", "oct", "nov", "dic"},
	lang.Fr: {"janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."},
	lang.It: {"gen", "feb", "mar", "apr", "mag", "giu", "lug", "ago", "set", "ott", "nov", "dic"},
	lang.Ru: {"янв.", "февр.", "мар.", "апр.", "мая", "июн.", "июл.", "авг.", "сент.", "окт.", "нояб.", "дек."},
	lang.Id: {"Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"},
}

// Date lays out a day written as YYYY-MM-DD in the medium form of CLDR 48: "Nov 22, 2026", "22.11.2026", "2026年11月22日".
// Any other text stays as it is.
func Date(l lang.Lang, day string) string {
	if len(day) != 10 || day[4] != '-' || day[7] != '-' {
		return day
	}
	year, m, d := day[:4], day[5:7], day[8:]
	for _, part := range [...]string{year, m, d} {
		if strings.Trim(part, "0123456789") != "" {
			return day
		}
	}
	month := int(m[0]-'0')*10 + int(m[1]-'0')
	if month < 1 || month > 12 {
		return day
	}
	if int(l) >= lang.Count {
		l = lang.En
	}
	year = strings.TrimLeft(year, "0")
	name, short := months[l][month-1], strings.TrimPrefix(d, "0")
	switch l {
	case lang.De:
		return d + "." + m + "." + year
	case lang.ZhHans:
		return year + "年" + strings.TrimPrefix(m, "0") + "月" + short + "日"
	case lang.En:
		return name + " " + short + ", " + year
	case lang.Ru:
		return short + " " + name + " " + year + " г."
	}
	return short + " " + name + " " + year
}
