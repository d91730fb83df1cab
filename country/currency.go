package country

import (
	"iter"
	"sort"
	"strings"

	"github.com/overseaswarehouse/overseas/internal/problem"
	"github.com/overseaswarehouse/overseas/internal/strict"
)

// Currency is an ISO 4217 alphabetic code. The zero Currency means "no currency".
type Currency [3]byte

const currencyStandard = "ISO 4217"

// ParseCurrency finds a currency of today by its ISO 4217 code, ASCII letters in either case; nothing is trimmed. Errors:
// ErrTextBlank, ErrCurrencyWithdrawn with the currency that took its place, ErrCurrencyUnknown for everything else: names
// and market codes (RMB, CNH: with CNY as what would be right), signs, crypto-assets, and the codes of ISO 4217 that are no
// money (XXX, XTS, metals). ParseCurrencyOn accepts a currency of another day.
func ParseCurrency(text string) (Currency, error) { return parseCurrency(text, Date{}) }

// ParseCurrencyOn is ParseCurrency for a document of the given day: a currency withdrawn after that day is accepted (the
// Bulgarian lev until 2025-12-31). The first days of currencies are not known here: one of today is accepted on any day.
// The zero Date stands for today's list.
func ParseCurrencyOn(text string, on Date) (Currency, error) { return parseCurrency(text, on) }

func parseCurrency(text string, on Date) (Currency, error) {
	folded, ok := fold(text)
	if !ok || len(folded) != 3 {
		if strict.Blank(text) {
			return Currency{}, problem.New(problem.TextBlank, text, currencyStandard)
		}
		return Currency{}, problem.New(problem.CurrencyUnknown, text, currencyHint(text))
	}
	c := Currency{folded[0], folded[1], folded[2]}
	if c.IsValid() {
		return c, nil
	}
	if w, ok := c.withdrawn(); ok {
		if !on.IsZero() && on.Before(w.day) && w.digits >= 0 {
			return c, nil
		}
		want := []string{currencyStandard}
		if !w.successor.IsZero() {
			want[0] = w.successor.String()
		}
		return Currency{}, problem.New(problem.CurrencyWithdrawn, text, want...).With("date", w.day.String())
	}
	return Currency{}, problem.New(problem.CurrencyUnknown, text, currencyHint(folded))
}

// currencyHint is the code that is meant by another way to write a currency, as far as that is certain.
func currencyHint(text string) string {
	switch strings.TrimSpace(text) {
	case "RMB", "CNH", "CNT", "YUAN", "Yuan", "yuan", "人民币", "元":
		return "CNY"
	case "STG", "UKP", "£":
		return "GBP"
	case "NTD", "NT$":
		return "TWD"
	case "EURO", "Euro", "euro", "€", "欧元":
		return "EUR"
	case "US$", "美元":
		return "USD"
	case "A$", "AU$", "澳元":
		return "AUD"
	case "RP", "Rp":
		return "IDR"
	case "₽", "卢布":
		return "RUB"
	case "英镑":
		return "GBP"
	}
	if folded, ok := fold(strings.TrimSpace(text)); ok && len(folded) == 3 {
		if c := (Currency{folded[0], folded[1], folded[2]}); c.IsValid() {
			return c.String()
		}
	}
	return currencyStandard
}

const currencies = len(isoCurrencies) / currencyEntry

func currencyAt(i int) string { return isoCurrencies[i*currencyEntry : (i+1)*currencyEntry] }

// currencyFrom is where the codes that begin with a letter begin in the table, and behind the last of them.
var currencyFrom = func() (from [27]uint8) {
	for i := range currencies {
		from[currencyAt(i)[0]-'A'+1]++
	}
	for l := range 26 {
		from[l+1] += from[l]
	}
	return from
}()

func (c Currency) entry() (string, bool) {
	letter := c[0] - 'A'
	if letter >= 26 {
		return "", false
	}
	for i := int(currencyFrom[letter]); i < int(currencyFrom[letter+1]); i++ {
		if e := currencyAt(i); e[1] == c[1] && e[2] == c[2] {
			return e, true
		}
	}
	return "", false
}

// withdrawal is a line of the table of withdrawn currencies.
type withdrawal struct {
	digits    int // -1 when not known
	day       Date
	successor Currency
}

func (c Currency) withdrawn() (withdrawal, bool) {
	const lines = len(withdrawnCurrencies) / withdrawnLine
	at := func(i int) string { return withdrawnCurrencies[i*withdrawnLine : (i+1)*withdrawnLine] }
	code := string(c[:])
	i := sort.Search(lines, func(i int) bool { return at(i)[:3] >= code })
	if i == lines || at(i)[:3] != code {
		return withdrawal{}, false
	}
	l := at(i)
	w := withdrawal{digits: int(l[4]) - '0'}
	if l[4] == '-' {
		w.digits = -1
	}
	year, month, day, _ := digitsOf(l[6:16])
	w.day = Date{int16(year), uint8(month), uint8(day)}
	if l[17] != '-' {
		w.successor = Currency{l[17], l[18], l[19]}
	}
	return w, true
}

// IsValid reports whether c is a currency of today; the zero Currency is not.
func (c Currency) IsValid() bool {
	_, ok := c.entry()
	return ok
}

// IsZero reports whether c is the zero Currency, "no currency".
func (c Currency) IsZero() bool { return c == Currency{} }

// String is the alphabetic code, or "" for the zero Currency.
func (c Currency) String() string {
	if c.IsZero() {
		return ""
	}
	return string(c[:])
}

// Digits is the number of decimals of the minor unit after ISO 4217: 2 for most currencies, 0 for the yen, 3 for the
// Kuwaiti dinar, and 2 for the rupiah, whatever is seen on price tags. It is known for the currencies of today and for
// those withdrawn ones that ParseCurrencyOn accepts; for anything else it is 0, which says nothing.
func (c Currency) Digits() int {
	if e, ok := c.entry(); ok {
		return int(e[3]) - '0'
	}
	if w, ok := c.withdrawn(); ok {
		return max(w.digits, 0)
	}
	return 0
}

// Withdrawn tells the first day on which c is no longer current and the currency that took its place, the zero Currency
// when there is none. It is false for a currency of today and for an unknown one. ISO 4217 lists months: the day is the
// first of that month, except where the change-over to the euro fixes it.
func (c Currency) Withdrawn() (on Date, successor Currency, ok bool) {
	w, ok := c.withdrawn()
	return w.day, w.successor, ok
}

// AllCurrencies yields the currencies of today in the order of their codes.
func AllCurrencies() iter.Seq[Currency] {
	return func(yield func(Currency) bool) {
		for i := range currencies {
			if e := currencyAt(i); !yield(Currency{e[0], e[1], e[2]}) {
				return
			}
		}
	}
}

// MarshalText writes the code, and nothing for the zero Currency. A code that ISO 4217 never listed as money is an error.
func (c Currency) MarshalText() ([]byte, error) {
	if c.IsZero() {
		return []byte{}, nil
	}
	if !c.IsValid() {
		if w, ok := c.withdrawn(); !ok || w.digits < 0 {
			return nil, problem.New(problem.CurrencyUnknown, strings.ToValidUTF8(c.String(), "?"), currencyStandard)
		}
	}
	return c[:], nil
}

// UnmarshalText reads a currency as ParseCurrency does; empty text is the zero Currency. After an error c is the zero
// Currency.
func (c *Currency) UnmarshalText(text []byte) error { return unmarshal(c, text, ParseCurrency) }
