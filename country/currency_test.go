package country_test

import (
	"encoding/json"
	"errors"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/overseaswarehouse/overseas/country"
)

func TestCurrencyTable(t *testing.T) {
	var all []country.Currency
	for c := range country.AllCurrencies() {
		all = append(all, c)
		if !regexp.MustCompile(`^[A-Z]{3}$`).MatchString(c.String()) || c.Digits() < 0 || c.Digits() > 4 {
			t.Errorf("%v has %d digits", c, c.Digits())
		}
		for _, text := range []string{c.String(), strings.ToLower(c.String())} {
			if got, err := country.ParseCurrency(text); err != nil || got != c {
				t.Errorf("%s: %v, %v", text, got, err)
			}
		}
		if _, _, ok := c.Withdrawn(); ok {
			t.Errorf("%v is current and withdrawn", c)
		}
	}
	if len(all) != 165 || !slices.IsSortedFunc(all, func(a, b country.Currency) int { return strings.Compare(a.String(), b.String()) }) {
		t.Errorf("%d currencies", len(all))
	}
}

func TestWithdrawnCurrencies(t *testing.T) {
	count := 0
	var c country.Currency
	for c[0] = 'A'; c[0] <= 'Z'; c[0]++ {
		for c[1] = 'A'; c[1] <= 'Z'; c[1]++ {
			for c[2] = 'A'; c[2] <= 'Z'; c[2]++ {
				on, successor, ok := c.Withdrawn()
				if !ok {
					continue
				}
				count++
				if !on.IsValid() || !successor.IsZero() && !successor.IsValid() || c.IsValid() {
					t.Errorf("%v: %v, %v", c, on, successor)
				}
				_, err := country.ParseCurrency(c.String())
				var p country.Problem
				if !errors.Is(err, country.ErrCurrencyWithdrawn) || !errors.As(err, &p) || successor.IsValid() && p.Want[0] != successor.String() {
					t.Errorf("%v: %v", c, err)
				}
			}
		}
	}
	if count != 129 {
		t.Errorf("%d withdrawn currencies", count)
	}
}

func TestCurrencyOfAnotherDay(t *testing.T) {
	tests := []struct {
		code, on string
		want     error
	}{
		{"BGN", "2025-12-31", nil}, {"BGN", "2026-01-01", country.ErrCurrencyWithdrawn}, {"BGN", "2026-01-02", country.ErrCurrencyWithdrawn},
		{"HRK", "2022-12-31", nil}, {"HRK", "2023-01-01", country.ErrCurrencyWithdrawn}, {"BGN", "", country.ErrCurrencyWithdrawn},
		{"ZRN", "1999-05-31", country.ErrCurrencyWithdrawn}, // its decimals are not known
		{"EUR", "1990-01-01", nil}, {"XYZ", "2000-01-01", country.ErrCurrencyUnknown},
	}
	for _, tt := range tests {
		var on country.Date
		if err := on.UnmarshalText([]byte(tt.on)); err != nil {
			t.Fatal(err)
		}
		got, err := country.ParseCurrencyOn(tt.code, on)
		if !errors.Is(err, tt.want) || (err == nil) != (tt.want == nil) || (err == nil) != (got.String() == tt.code) {
			t.Errorf("%s on %s: %v, %v", tt.code, tt.on, got, err)
		}
		if err == nil {
			if text, err := got.MarshalText(); err != nil || string(text) != tt.code {
				t.Errorf("%s: %s, %v", tt.code, text, err)
			}
		}
	}
}

func TestCurrencyHints(t *testing.T) {
	tests := map[string]string{
		"RMB": "CNY", "rmb": "CNY", "人民币": "CNY", "€": "EUR", " usd": "USD", "美元": "USD", "Rp": "IDR", "¥": "ISO 4217", "$": "ISO 4217",
		"ＵＳＤ": "ISO 4217", "US\u200bD": "ISO 4217", "UЅD": "ISO 4217", "XAU": "ISO 4217", "XTS": "ISO 4217", "BTC": "ISO 4217",
	}
	for text, want := range tests {
		c, err := country.ParseCurrency(text)
		var p country.Problem
		if !errors.Is(err, country.ErrCurrencyUnknown) || !errors.As(err, &p) || p.Want[0] != want || !c.IsZero() {
			t.Errorf("%q: %v, %v", text, c, err)
		}
	}
}

func TestCurrencyText(t *testing.T) {
	var prices map[country.Currency]string
	if err := json.Unmarshal([]byte(`{"eur":"1.00","":"2"}`), &prices); err != nil {
		t.Fatal(err)
	}
	if got, err := json.Marshal(prices); err != nil || string(got) != `{"":"2","EUR":"1.00"}` {
		t.Errorf("%s, %v", got, err)
	}
	for _, c := range []country.Currency{{'X', 'X', 'X'}, {'u', 's', 'd'}, {0xFF}, {'Z', 'R', 'N'}} {
		if _, err := c.MarshalText(); !errors.Is(err, country.ErrCurrencyUnknown) {
			t.Errorf("%q: %v", c.String(), err)
		}
	}
	if d := (country.Currency{}).Digits(); d != 0 {
		t.Error(d)
	}
}
