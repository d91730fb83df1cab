package country_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"golang.org/x/text/language"

	"github.com/overseaswarehouse/overseas/country"
)

func ExampleParse() {
	for _, text := range []string{"US", "uk", "DEU", "360", "俄罗斯", "España"} {
		c, err := country.Parse(text)
		fmt.Println(c, err)
	}
	// Output:
	// US <nil>
	// GB <nil>
	// DE <nil>
	// ID <nil>
	// RU <nil>
	// ES <nil>
}

func ExampleParse_refused() {
	for _, text := range []string{"SU", "EU", "England", "白俄罗斯", "germany"} {
		_, err := country.Parse(text)
		fmt.Println(err)
	}
	// Output:
	// "SU" may mean several countries: RU, AM, AZ, BY, EE, GE, KZ, KG, LV, LT, MD, TJ, TM, UA, UZ [country_ambiguous]
	// "EU" is a region or a part of a country, not a country; expected ISO 3166-1 [not_a_country]
	// "England" is a region or a part of a country, not a country; expected GB [not_a_country]
	// "白俄罗斯" is not a country; expected BY [country_unknown]
	// "germany" is not a country; expected DE, Germany [country_unknown]
}

func ExampleParse_message() {
	_, err := country.Parse("EU")
	var p country.Problem
	if errors.As(err, &p) {
		fmt.Println(p.Message(language.Chinese))
		fmt.Println(p.Message(language.German))
	}
	// Output:
	// "EU" 是地区或国家的一部分，不是国家；应为 ISO 3166-1
	// "EU" ist ein Gebiet oder Teil eines Landes, kein Land; erwartet ISO 3166-1
}

func ExampleCode() {
	c, _ := country.Parse("de")
	currency, _ := c.Currency()
	fmt.Println(c, c.Alpha3(), c.Numeric(), currency, c.IsValid(), c.IsZero())
	// Output: DE DEU 276 EUR true false
}

func ExampleCode_Name() {
	c, _ := country.Parse("GB")
	for _, tag := range []language.Tag{language.English, language.Chinese, language.Russian, language.Indonesian, language.Japanese} {
		fmt.Println(c.Name(tag))
	}
	// Output:
	// United Kingdom
	// 英国
	// Великобритания
	// Inggris Raya
	// United Kingdom
}

func ExampleCode_UnmarshalText() {
	var order struct {
		To country.Code `json:"to"`
	}
	fmt.Println(json.Unmarshal([]byte(`{"to":"UK"}`), &order), order.To)
	text, _ := json.Marshal(order)
	fmt.Println(string(text))
	// Output:
	// <nil> GB
	// {"to":"GB"}
}

func ExampleAll() {
	n := 0
	for range country.All() {
		n++
	}
	fmt.Println(n, country.TablesDate)
	// Output: 249 2026-05-15
}

func ExampleParseCurrency() {
	for _, text := range []string{"EUR", "idr", "RMB", "HRK", "XAU"} {
		c, err := country.ParseCurrency(text)
		fmt.Println(c, err)
	}
	// Output:
	// EUR <nil>
	// IDR <nil>
	//  "RMB" is not the code of a currency; expected CNY [currency_unknown]
	//  the currency "HRK" has been withdrawn since 2023-01-01; today: EUR [currency_withdrawn]
	//  "XAU" is not the code of a currency; expected ISO 4217 [currency_unknown]
}

func ExampleParseCurrencyOn() {
	day, _ := country.ParseDate("2025-12-31")
	c, err := country.ParseCurrencyOn("BGN", day)
	fmt.Println(c, err)
	// Output: BGN <nil>
}

func ExampleCurrency_Digits() {
	for _, code := range []string{"JPY", "IDR", "KWD"} {
		c, _ := country.ParseCurrency(code)
		fmt.Println(c, c.Digits())
	}
	// Output:
	// JPY 0
	// IDR 2
	// KWD 3
}

func ExampleCurrency_Withdrawn() {
	on, successor, ok := country.Currency{'B', 'G', 'N'}.Withdrawn()
	fmt.Println(on, successor, ok)
	// Output: 2026-01-01 EUR true
}

func ExampleAllCurrencies() {
	for c := range country.AllCurrencies() {
		if c.Digits() == 4 {
			fmt.Print(c, " ")
		}
	}
	// Output: CLF UYW
}

func ExampleParseDate() {
	for _, text := range []string{"2024-02-29", "2025-02-29", "2026-01-01T00:00:00Z", "01/02/2026"} {
		d, err := country.ParseDate(text)
		fmt.Println(d, err)
	}
	// Output:
	// 2024-02-29 <nil>
	//  "2025-02-29" is not a day of the calendar; expected YYYY-MM-DD [date_invalid]
	//  "2026-01-01T00:00:00Z" has more than a day; write the day alone: YYYY-MM-DD [date_format]
	//  "01/02/2026" is not a day of the calendar; expected YYYY-MM-DD [date_invalid]
}

func ExampleNewDate() {
	d, err := country.NewDate(2026, 2, 30)
	fmt.Println(d, err)
	// Output: "2026-2-30" is not a day of the calendar; expected YYYY-MM-DD [date_invalid]
}

func ExampleDate_AddDays() {
	d := country.Date{Year: 2026, Month: 12, Day: 31}
	next, err := d.AddDays(60)
	fmt.Println(next, err, next.DaysSince(d), next.Weekday(), next.YearDay())
	// Output: 2027-03-01 <nil> 60 Monday 60
}

func ExampleDate_Compare() {
	d, e := country.Date{Year: 2026, Month: 1, Day: 1}, country.Date{Year: 2026, Month: 1, Day: 2}
	fmt.Println(d.Compare(e), d.Before(e), d.After(e), d == e, country.Date{}.IsZero())
	// Output: -1 true false false true
}

func ExampleDate_LastOfMonth() {
	d := country.Date{Year: 2024, Month: 2, Day: 10}
	fmt.Println(d.FirstOfMonth(), d.LastOfMonth(), d.DaysInMonth(), d.IsLeap())
	// Output: 2024-02-01 2024-02-29 29 true
}

func ExampleDate_Scan() {
	var d country.Date
	midnight := time.Date(2026, 8, 1, 0, 0, 0, 0, time.FixedZone("UTC+14", 14*3600))
	fmt.Println(d.Scan(midnight), d) // the day on the clock it came with, not in UTC
	value, _ := d.Value()
	fmt.Println(value)
	// Output:
	// <nil> 2026-08-01
	// 2026-08-01
}
