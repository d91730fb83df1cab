package country

import (
	"iter"
	"sort"
	"strings"

	"github.com/overseaswarehouse/overseas/internal/problem"
	"github.com/overseaswarehouse/overseas/internal/strict"
)

// Code is an ISO 3166-1 alpha-2 code. The zero Code means "no country".
// A Code that is not zero and came from Parse is one of the ISO 3166-1 countries.
type Code [2]byte

const standard = "ISO 3166-1"

// Parse finds the country that text names:
//
//   - its ISO 3166-1 alpha-2, alpha-3 or numeric code, ASCII letters in either case, three digits;
//   - "UK" for GB, "GER" for DE, and the former codes of France and Germany that no other country uses;
//   - for the nine destinations and China a name as Name gives it in any of the eight languages, or one of a few fixed
//     other names (United States of America, 俄罗斯联邦), letter by letter.
//
// Nothing is trimmed, and no resemblance is enough: 白俄罗斯 is not 俄罗斯, "uſ" is not "US". Errors, each with what would be
// right: ErrTextBlank, ErrCountryUnknown, ErrCountryAmbiguous with the candidates (SU, YU, 172), ErrNotACountry (EU, XK,
// XI, 001).
func Parse(text string) (Code, error) {
	if folded, ok := fold(text); ok {
		if c, ok := byCode(folded); ok {
			return c, nil
		}
		if r, ok := specialCode(folded); ok {
			return r.answer(text)
		}
	}
	if c, ok := byName(text); ok {
		return c, nil
	}
	for _, r := range otherNames {
		if r.has(text) {
			return r.answer(text)
		}
	}
	if strict.Blank(text) {
		return Code{}, problem.New(problem.TextBlank, text, standard)
	}
	if c, name, ok := nearName(text); ok {
		return Code{}, problem.New(problem.CountryUnknown, text, c.String(), name)
	}
	return Code{}, problem.New(problem.CountryUnknown, text, standard)
}

// fold is a code of two or three ASCII letters or digits in upper case.
func fold(text string) (string, bool) {
	if len(text) != 2 && len(text) != 3 {
		return "", false
	}
	var b [3]byte
	for i := range len(text) {
		c := text[i]
		switch {
		case 'a' <= c && c <= 'z':
			c -= 'a' - 'A'
		case 'A' <= c && c <= 'Z', '0' <= c && c <= '9':
		default:
			return "", false
		}
		b[i] = c
	}
	return string(b[:len(text)]), true
}

// countries is the number of lines of isoCountries.
const countries = len(isoCountries) / countryLine

// line is the line of the table at index i.
func line(i int) string { return isoCountries[i*countryLine : (i+1)*countryLine] }

func (c Code) line() (string, bool) {
	code := string(c[:])
	i := sort.Search(countries, func(i int) bool { return line(i)[:2] >= code })
	if i == countries || line(i)[:2] != code {
		return "", false
	}
	return line(i), true
}

func byCode(code string) (Code, bool) {
	if len(code) == 2 {
		c := Code{code[0], code[1]}
		return c, c.IsValid()
	}
	column := 3
	if '0' <= code[0] && code[0] <= '9' {
		column = 7
	}
	for i := range countries {
		if l := line(i); l[column:column+3] == code {
			return Code{l[0], l[1]}, true
		}
	}
	return Code{}, false
}

// IsValid reports whether c is a country of ISO 3166-1; the zero Code is not.
func (c Code) IsValid() bool {
	_, ok := c.line()
	return ok
}

// IsZero reports whether c is the zero Code, "no country".
func (c Code) IsZero() bool { return c == Code{} }

// String is the alpha-2 code, or "" for the zero Code.
func (c Code) String() string {
	if c.IsZero() {
		return ""
	}
	return string(c[:])
}

// Alpha3 is the ISO 3166-1 alpha-3 code, or "" when c is not valid.
func (c Code) Alpha3() string {
	if l, ok := c.line(); ok {
		return l[3:6]
	}
	return ""
}

// Numeric is the ISO 3166-1 numeric code, always three digits, or "" when c is not valid.
func (c Code) Numeric() string {
	if l, ok := c.line(); ok {
		return l[7:10]
	}
	return ""
}

// Currency is the currency that ISO 4217 lists for the country; where it lists several, the national one in circulation.
// It is false for Antarctica, South Georgia and Palestine, which have none of their own, and for a Code that is not valid.
func (c Code) Currency() (Currency, bool) {
	l, ok := c.line()
	if !ok || l[11] == '-' {
		return Currency{}, false
	}
	return Currency{l[11], l[12], l[13]}, true
}

// All yields the countries of ISO 3166-1 in the order of their alpha-2 codes.
func All() iter.Seq[Code] {
	return func(yield func(Code) bool) {
		for i := range countries {
			if l := line(i); !yield(Code{l[0], l[1]}) {
				return
			}
		}
	}
}

// MarshalText writes the alpha-2 code, and nothing for the zero Code. A Code that is no country is an error.
func (c Code) MarshalText() ([]byte, error) {
	if c.IsZero() {
		return []byte{}, nil
	}
	if !c.IsValid() {
		return nil, problem.New(problem.CountryUnknown, strings.ToValidUTF8(c.String(), "?"), standard)
	}
	return c[:], nil
}

// UnmarshalText reads a country as Parse does; empty text is the zero Code. After an error c is the zero Code.
func (c *Code) UnmarshalText(text []byte) error { return unmarshal(c, text, Parse) }
