package unit_test

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/overseaswarehouse/overseas/fees/unit"
)

// A value keeps its unit and its digits, and comparing is exact.
func Example() {
	parcel, _ := unit.ParseWeight("15.999 oz")
	limit, _ := unit.ParseWeight("1 lb")
	fmt.Println(parcel, "against", limit, "is", parcel.Compare(limit))

	grams, _ := parcel.In(unit.Gram, 1, unit.Up)
	fmt.Println(grams)
	// Output:
	// 15.999 oz against 1 lb is -1
	// 453.6 g
}

func ExampleParseWeight() {
	for _, s := range []string{"12.50 kg", "12.5lb", "0 kg", "2 stone"} {
		w, err := unit.ParseWeight(s)
		var p unit.Problem
		errors.As(err, &p)
		fmt.Println(w, p.Code, p.Want)
	}
	// Output:
	// 12.50 kg  []
	// 12.5 lb  []
	//  zero_not_allowed []
	//  unit_unknown [g kg oz lb t]
}

func ExampleParseLengthIn() {
	l, err := unit.ParseLengthIn("120", "cm")
	fmt.Println(l, err)
	// Output: 120 cm <nil>
}

func ExampleNewVolume() {
	v, err := unit.NewVolume(decimal.New(36, -2), unit.CubicMetre)
	fmt.Println(v, err)
	// Output: 0.36 m3 <nil>
}

func ExampleSize() {
	s, _ := unit.ParseSize("40 cm x 12 in x 20 cm")
	v, _ := s.Volume()
	fmt.Println(s.Longest(), "/", s.Second(), "/", s.Third(), "/", v)
	// Output: 40 cm / 12 in / 20 cm / 24384 cm3
}

func ExampleSize_UnmarshalJSON() {
	var a, b unit.Size
	_ = json.Unmarshal([]byte(`"40x30x20 cm"`), &a)
	_ = json.Unmarshal([]byte(`{"length": "40 cm", "width": "30 cm", "height": "20 cm"}`), &b)
	fmt.Println(a, a == b)
	// Output: 40x30x20 cm true
}

// Which of the two a number is must be said, so that 7.7 is never taken for 770 percent.
func ExamplePercent() {
	p, _ := unit.ParsePercent("7.7%")
	f, _ := p.Fraction()
	_, err := unit.ParsePercent("0.077")
	fmt.Println(p, f, errors.Is(err, unit.ErrMalformed))
	// Output: 7.7% 0.077 true
}

func ExampleUnit() {
	num, pow := unit.Pound.Factor()
	fmt.Printf("1 %v = %d x 10^%d g\n", unit.Pound, num, pow)
	// Output: 1 lb = 45359237 x 10^-5 g
}
