package fees_test

import (
	"context"
	"encoding"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"os"
	"strings"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees"
	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/fees/unit"
)

// examplePlan reads files of orders to Germany as a Chinese seller's system writes them.
func examplePlan() fees.ShardPlan {
	return fees.ShardPlan{
		Layout: fees.ShardLayout{
			Events:       []fees.Event{&fees.Order{Country: country.Code{'D', 'E'}, Facts: fees.Facts{"zone": "2"}}},
			Columns:      []fees.ShardColumn{{Field: "date"}, {Field: "parcels.weight", Column: "weight"}, {Field: "facts.label", Column: "贴标", Optional: true}},
			IgnoreOthers: true,
			TariffTwice:  false,
		},
		Currency: country.Currency{'E', 'U', 'R'},
		Echo:     []string{"订单号"},
		GroupBy:  []string{"店铺"},
		States:   false,
		Lines:    false,
		Input:    fees.ShardText{Delimiter: ';', Encoding: fees.UTF8},
		Output:   fees.ShardText{Delimiter: ',', Encoding: fees.UTF8, CRLF: false},
	}
}

func ExampleQuoteShard() {
	in := strings.NewReader(`*订单号;店铺;日期;"毛重（KG）
（必填）";备注
O-1;A;2026-11-22;1.8;
O-2;B;2026-11-22;"0,9";gift
O-3;A;2026-11-23;4.2;
`)
	sums, err := fees.QuoteShard(context.Background(), exampleCalculator(), examplePlan(), in, os.Stdout, os.Stdout)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(sums.Good(), "good", sums.Bad(), "bad", sums.Estimated(), "estimated")
	for code, n := range sums.Reasons() {
		fmt.Println(n, code, code == fees.Code(fees.ErrNumber))
	}
	for g := range sums.Groups() {
		fmt.Println(g.Key, g.Rows, g.Total, sums.Currency(), g.Families["handling"], g.Native["EUR"])
	}
	// Output:
	// *订单号,first_leg,storage,handling,local_delivery,tariff,tax,other,total,currency,status,caveats
	// O-1,,,1.20,5.19,,,,6.39,EUR,estimated,undated
	// O-3,,,1.20,8.90,,,,10.10,EUR,estimated,undated
	// line,code,place,message,row
	// 4,number_syntax,/毛重（KG）（必填）,"/毛重（KG）（必填）: ""0,9"" is not a number; like this: 0.9","O-2;B;2026-11-22;""0,9"";gift"
	// 2 good 1 bad 2 estimated
	// 1 number_syntax true
	// [A] 2 16.49 EUR 2.40 16.49
}

// The sums of the shards of a file are those of the file, in whatever order they arrive.
func ExampleSums() {
	calc, plan := exampleCalculator(), examplePlan()
	plan.Echo, plan.Output.Encoding, plan.Input.Encoding = nil, fees.UTF8Mark, fees.ShardEncoding(fees.GB18030)
	plan.GroupBy, plan.Layout.Columns = nil, plan.Layout.Columns[:2]
	var whole fees.Sums
	for _, shard := range []string{"date;weight_kg\n2026-11-22;1.8\n", "date;weight_kg\n2026-11-23;4.2\n"} {
		sums, err := fees.QuoteShard(context.Background(), calc, plan, strings.NewReader(shard), discard{}, discard{})
		if err != nil {
			fmt.Println(err)
			return
		}
		travels, _ := json.Marshal(sums) // or MarshalText, MarshalBinary
		var arrived fees.Sums
		if err := json.Unmarshal(travels, &arrived); err != nil {
			fmt.Println(err)
			return
		}
		if err := whole.Merge(&arrived); err != nil {
			fmt.Println(errors.Is(err, fees.ErrMixed), err)
			return
		}
	}
	total, _ := whole.Total()
	fmt.Println(whole.Good(), total, len(whole.Fingerprint()), fees.SumsSchema)
	for g := range whole.Groups() {
		var sum fees.GroupSum = g
		fmt.Println(sum.Total)
	}
	// Output:
	// 2 16.49 64 overseas/sums/1
	// 16.49
}

// What travels through a queue or a shuffle has a form of its own.
var (
	_ encoding.TextMarshaler     = fees.Sums{}
	_ encoding.TextUnmarshaler   = new(fees.Sums)
	_ encoding.BinaryMarshaler   = fees.Sums{}
	_ encoding.BinaryUnmarshaler = new(fees.Sums)
)

func ExampleSums_MarshalText() {
	text, _ := fees.Sums{}.MarshalText()
	data, _ := fees.Sums{}.MarshalBinary()
	var s fees.Sums
	fmt.Println(s.UnmarshalText(text), s.UnmarshalBinary(data), s.Good())
	fmt.Println(string(text))
	// Output:
	// <nil> <nil> 0
	// {"schema":"overseas/sums/1","good":0,"bad":0,"estimated":0,"reasons":{},"groups":[]}
}

func ExampleQuoteShard_problems() {
	calc, plan := exampleCalculator(), examplePlan()
	for _, file := range []string{
		"PK\x03\x04 a workbook under another name", "\xb6\xa9\xb5\xa5\xba\xc5;\xb5\xea\xc6\xcc\n", "订单号;店铺;日期\n",
	} {
		_, err := fees.QuoteShard(context.Background(), calc, plan, strings.NewReader(file), discard{}, discard{})
		fmt.Println(errors.Is(err, fees.ErrNotCSV), errors.Is(err, fees.ErrEncoding), err)
	}
	sums, _ := fees.QuoteShard(context.Background(), calc, plan,
		strings.NewReader("订单号;店铺;日期;weight\na;b\n\"a;b\n"+strings.Repeat("x", fees.MaxShardRow+1)+"\n"+strings.Repeat(";", fees.MaxShardColumns)), discard{}, discard{})
	for code := range sums.Reasons() {
		fmt.Println(code, errors.Is(code, fees.ErrRowWidth), errors.Is(code, fees.ErrCSV), errors.Is(code, fees.ErrRowLength))
	}
	fmt.Println(fees.MaxGroups)
	// Output:
	// true false this is a file of the kind "XLSX (ZIP)", not text in rows; save it as CSV [not_csv]
	// false true 1:1: the bytes "\xb6\xa9\xb5\xa5\xba\xc5;\xb5" are not text in UTF-8 [encoding]
	// false false /weight (1:1): the field "weight" is missing [missing_field]
	// csv_syntax false true false
	// row_width true false false
	// too_large false false true
	// too_many false false false
	// 100000
}

func ExampleCalculator_QuoteAll() {
	events := func(yield func(fees.Event, error) bool) {
		heavy := exampleOrder()
		heavy.Parcels = []fees.Parcel{{Weight: heavyWeight()}}
		_ = yield(exampleOrder(), nil) && yield(heavy, nil) && yield(nil, errors.New("the third cannot be read")) && yield(exampleOrder(), nil)
	}
	var all iter.Seq2[*fees.Quote, error] = exampleCalculator().QuoteAll(context.Background(), events)
	for quote, err := range all {
		var bad *fees.EventError
		if errors.As(err, &bad) {
			fmt.Println(bad.Index, errors.Is(bad.Err, fees.ErrNotCarried), bad.Event != nil, bad.Error() == err.Error(), errors.Unwrap(bad) != nil)
			continue
		}
		fmt.Println(quote.Sum())
	}
	var none *fees.EventError
	fmt.Println(none.Unwrap())
	// Output:
	// 6.39 EUR <nil>
	// 1 true true true true
	// 2 false false true true
	// 6.39 EUR <nil>
	// <nil>
}

func heavyWeight() unit.Weight {
	w, _ := unit.ParseWeight("45 kg")
	return w
}

// A total that is used again, as for a service that prices one order after another.
func ExampleQuote_InInto() {
	calc, rates := exampleCalculator(), new(money.Rates)
	var quote fees.Quote
	var total fees.Total
	for range 2 {
		if err := calc.QuoteInto(&quote, exampleOrder()); err != nil {
			fmt.Println(err)
			return
		}
		if err := quote.InInto(&total, country.Currency{'E', 'U', 'R'}, rates); err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(total.Sum())
	}
	// Output:
	// 6.39 EUR
	// 6.39 EUR
}

type discard struct{}

func (discard) Write(b []byte) (int, error) { return len(b), nil }
