package money_test

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees/money"
)

func Example() {
	price, _ := money.Parse("12.345 EUR")
	rounded, _ := price.RoundToMinor(money.HalfEven)
	fee, _ := money.ParseIn("0.50", "EUR")
	total, _ := rounded.Add(fee)
	fmt.Println(rounded, "+", fee, "=", total)

	_, err := money.Parse("12,50 EUR")
	fmt.Println(errors.Is(err, money.ErrNumberSyntax))
	// Output:
	// 12.34 EUR + 0.50 EUR = 12.84 EUR
	// true
}

func ExampleNew() {
	m, err := money.New(decimal.New(1250, -2), country.Currency{'E', 'U', 'R'})
	fmt.Println(m, err)
	_, err = money.New(decimal.New(1, 100000000), country.Currency{'E', 'U', 'R'})
	fmt.Println(errors.Is(err, money.ErrNumberRange))
	// Output:
	// 12.50 EUR <nil>
	// true
}

func ExampleMoney_Add() {
	a, _ := money.Parse("0.1 EUR")
	b, _ := money.Parse("0.20 EUR")
	c, _ := money.Parse("1 USD")
	sum, err := a.Add(b)
	fmt.Println(sum, err)
	_, err = a.Add(c)
	fmt.Println(errors.Is(err, money.ErrCurrencyMismatch))
	// Output:
	// 0.30 EUR <nil>
	// true
}

func ExampleMoney_Equal() {
	a, _ := money.Parse("2.50 EUR")
	b, _ := money.Parse("2.5 EUR")
	fmt.Println(a == b, a.Equal(b), a.Normal() == b.Normal())
	// Output: false true true
}

func ExampleMoney_Round() {
	m, _ := money.Parse("-2.665 EUR")
	for _, mode := range []money.Mode{money.HalfUp, money.HalfEven, money.HalfDown, money.Up, money.Down, money.Ceiling, money.Floor} {
		r, _ := m.Round(2, mode)
		fmt.Println(mode, r)
	}
	// Output:
	// half_up -2.67 EUR
	// half_even -2.66 EUR
	// half_down -2.66 EUR
	// up -2.67 EUR
	// down -2.66 EUR
	// ceiling -2.66 EUR
	// floor -2.67 EUR
}

func ExampleMoney_RoundToMinor() {
	for _, s := range []string{"10.005 EUR", "1234.5 JPY", "16250.555 IDR"} {
		m, _ := money.Parse(s)
		r, _ := m.RoundToMinor(money.HalfUp)
		fmt.Println(r)
	}
	// Output:
	// 10.01 EUR
	// 1235 JPY
	// 16250.56 IDR
}

func ExampleMoney_MarshalJSON() {
	m, _ := money.Parse("12.50 EUR")
	data, _ := json.Marshal(m)
	fmt.Println(string(data))

	err := json.Unmarshal([]byte(`{"amount":"12.50","currency":"EUR","currency":"USD"}`), &m)
	fmt.Println(errors.Is(err, money.ErrDuplicateKey))
	// Output:
	// {"amount":"12.50","currency":"EUR"}
	// true
}

func ExampleRates_Convert() {
	dollars, _ := money.ParseRate("1 EUR = 1.083519 USD")
	rates, _ := money.NewRates(dollars)

	m, _ := money.Parse("100 EUR")
	converted, how, _ := rates.Convert(m, country.Currency{'U', 'S', 'D'}, 2, money.HalfUp)
	fmt.Println(converted, "by", how.Rate)

	_, _, err := rates.Convert(converted, country.Currency{'E', 'U', 'R'}, 2, money.HalfUp)
	var missing money.Problem
	errors.As(err, &missing)
	fmt.Println(missing.Code, missing.Text, missing.Want)
	// Output:
	// 108.35 USD by 1 EUR = 1.083519 USD
	// rate_missing USD/EUR [EUR/USD (USD/EUR: inverse)]
}

func ExampleRates_On() {
	january, _ := money.ParseRate("1 EUR = 1.10 USD")
	january.Date = country.Date{Year: 2026, Month: 1, Day: 1}
	march, _ := money.ParseRate("1 EUR = 1.20 USD")
	march.Date = country.Date{Year: 2026, Month: 3, Day: 1}
	rates, _ := money.NewRates(january, march)

	r, _ := rates.On(country.Date{Year: 2026, Month: 2, Day: 28}).Find(january.Base, january.Quote)
	fmt.Println(r, r.Date)
	// Output: 1 EUR = 1.10 USD 2026-01-01
}

// A quotation used against its direction is divided by: a rounded inverse would give other cents.
func ExampleRate_inverse() {
	kuna, _ := money.ParseRate("1 EUR = 7.53450 HRK")
	kuna.Inverse = true
	rates, _ := money.NewRates(kuna)
	m, _ := money.ParseOn("1000000 HRK", country.Date{Year: 2022, Month: 12, Day: 31})
	converted, _, _ := rates.Convert(m, country.Currency{'E', 'U', 'R'}, 2, money.HalfUp)
	fmt.Println(converted)
	// Output: 132722.81 EUR
}

// Between two national currencies of the euro the rules demanded an amount in euro of three decimals.
func ExampleVia() {
	marks, _ := money.ParseRate("1 EUR = 1.95583 DEM")
	marks.Inverse = true
	francs, _ := money.ParseRate("1 EUR = 6.55957 FRF")
	via := money.Via{First: marks, Second: francs, Scale: 3, Mode: money.HalfUp}
	m, _ := money.ParseOn("100 DEM", country.Date{Year: 2001, Month: 12, Day: 31})
	converted, how, _ := via.Convert(m, 2, money.HalfUp)
	fmt.Println(m, "=", how.Between, "=", converted)
	// Output: 100 DEM = 51.129 EUR = 335.38 FRF
}
