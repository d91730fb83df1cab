package money

import (
	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/internal/problem"
)

// ever is a day on which every currency that ISO 4217 has listed as money is accepted, those withdrawn since included.
// What was stored, and what is dated, must stay readable after its currency is withdrawn.
var ever = country.Date{Year: 1, Month: 1, Day: 1}

// currency reads a code by the list of the day; the zero Date is today's.
func currency(code string, day country.Date) (country.Currency, error) {
	if code == "" {
		return country.Currency{}, noCurrency("")
	}
	return country.ParseCurrencyOn(code, day)
}

// known is the problem with a code that never was a currency, or nil.
func known(c country.Currency) error {
	if c.IsValid() {
		return nil
	}
	code := c.String()
	if was, err := currency(code, ever); err != nil {
		return err
	} else if was != c {
		return noCurrency(code) // a code in small letters
	}
	return nil
}

func noCurrency(code string) error { return problem.New(problem.CurrencyUnknown, code, "ISO 4217") }
