package fees_test

import (
	"bytes"
	"context"
	"encoding/gob"
	"encoding/json"
	"errors"
	"math/big"
	"strings"
	"testing"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees"
	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/internal/problem"
)

// sumsOf reads sums of one group with a total.
func sumsOf(t testing.TB, total string) *fees.Sums {
	t.Helper()
	s := new(fees.Sums)
	doc := `{"schema":"overseas/sums/1","fingerprint":"f","currency":"EUR","good":1,"bad":0,"estimated":0,"reasons":{},
	"groups":[{"key":[],"rows":1,"total":"` + total + `","families":{"other":"` + total + `"},"native":{"EUR":"` + total + `"}}]}`
	if err := s.UnmarshalJSON([]byte(doc)); err != nil {
		t.Fatalf("%s: %v", total, err)
	}
	return s
}

// TestSumsAreExact adds amounts that no machine word holds, and checks them with whole numbers of any size.
func TestSumsAreExact(t *testing.T) {
	amounts := []string{"0.00", "0.01", "-0.01", "999999999999999999.99", "-999999999999999999.99", "0.000000000001", "12345678901234567890123456.123456789012",
		"-10000000000000000000000000.5", "18446744.073709551616", "-18446744.073709551615", "9223372036854.775808", "1"}
	sum, want := new(fees.Sums), new(big.Rat)
	for range 2 {
		for _, a := range amounts {
			if err := sum.Merge(sumsOf(t, a)); err != nil {
				t.Fatal(err)
			}
			x, _ := new(big.Rat).SetString(a)
			want.Add(want, x)
			got, err := sum.Total()
			exact, ok := new(big.Rat).SetString(got)
			if err != nil || !ok || exact.Cmp(want) != 0 {
				t.Fatalf("%s: %v, wanted %s", got, err, want.FloatString(12))
			}
			if _, decimals, _ := strings.Cut(got, "."); len(decimals) < 2 {
				t.Fatalf("%s has no cents", got)
			}
		}
	}
}

func TestSumsOverflow(t *testing.T) {
	const most = "170141183460469231731687303.715884105727"
	sum := sumsOf(t, most)
	before := form(t, sum)
	if err := sum.Merge(sumsOf(t, "0.000000000001")); !errors.Is(err, fees.ErrOverflow) || form(t, sum) != before {
		t.Errorf("%v %s", err, form(t, sum))
	}
	if err := sum.Merge(sumsOf(t, "-"+most)); err != nil {
		t.Error(err)
	}
	if total, err := sum.Total(); err != nil || total != "0.00" {
		t.Errorf("%s %v", total, err)
	}
	least := sumsOf(t, "-"+most)
	if err := least.Merge(sumsOf(t, "-1.00")); !errors.Is(err, fees.ErrOverflow) {
		t.Errorf("below the least: %v", err)
	}
}

func TestSumsAreRefused(t *testing.T) {
	good := form(t, sumsOf(t, "12.50"))
	for name, c := range map[string]struct {
		old, new string
		code     error
	}{
		"another schema":          {"sums/1", "sums/2", problem.UnsupportedVersion},
		"a total that is not":     {`"total":"12.50"`, `"total":"12.51"`, problem.SumMismatch},
		"a count that is not":     {`"good":1`, `"good":2`, problem.CountMismatch},
		"reasons that are not":    {`"bad":0`, `"bad":2`, problem.CountMismatch},
		"a negative count":        {`"estimated":0`, `"estimated":-1`, problem.Negative},
		"a count beyond all":      {`"estimated":0`, `"estimated":1000000000000001`, problem.NumberRange},
		"a number with a comma":   {`"EUR":"12.50"`, `"EUR":"12,50"`, problem.NumberSyntax},
		"a number with exponent":  {`"EUR":"12.50"`, `"EUR":"1e5"`, problem.NumberSyntax},
		"an unknown family":       {`"other":`, `"others":`, problem.UnknownValue},
		"an unknown currency":     {`{"EUR"`, `{"EURO"`, problem.CurrencyUnknown},
		"an unknown member":       {`"bad":0`, `"bad":0,"worse":1`, problem.UnknownField},
		"a group twice":           {`"groups":[`, `"groups":[{"key":[],"rows":0,"total":"0","families":{},"native":{}},`, problem.Duplicate},
		"a number of many digits": {`"EUR":"12.50"`, `"EUR":"` + strings.Repeat("9", 28) + `"`, problem.NumberSyntax},
		"a member missing":        {`"reasons":{},`, ``, problem.MissingField},
	} {
		changed := strings.Replace(good, c.old, c.new, 1)
		s := sumsOf(t, "1.00")
		if err := s.UnmarshalJSON([]byte(changed)); changed == good || !errors.Is(err, c.code) {
			t.Errorf("%s: %v in %s", name, err, changed)
		}
		if total, _ := s.Total(); total != "1.00" {
			t.Errorf("%s: the sums have changed to %s", name, total)
		}
	}
}

// TestSumsDoNotMix holds that sums of other prices are not added up.
func TestSumsDoNotMix(t *testing.T) {
	calc, rates := fiveParts(t)
	plan := journeys(rates)
	base, _, _ := shard(t, calc, plan, journeyRows(3))
	before := form(t, base)
	fewer, err := calc.Only("fivepart-firstleg", "fivepart-storage", "fivepart-handling", "fivepart-tariff")
	if err != nil {
		t.Fatal(err)
	}
	other, _, _ := shard(t, fewer, plan, journeyRows(3))
	rate, _ := money.ParseRate("1 EUR = 1.083520 USD")
	cny, _ := money.ParseRate("1 CNY = 0.138512 USD")
	dearer, _ := money.NewRates(rate, cny)
	plan.Rates = dearer
	rated, _, _ := shard(t, calc, plan, journeyRows(3))
	euros := *sumsOf(t, "1.00")
	for name, s := range map[string]*fees.Sums{"other cards": other, "other rates": rated, "another currency": &euros} {
		if err := base.Merge(s); !errors.Is(err, fees.ErrMixed) || form(t, base) != before {
			t.Errorf("%s: %v", name, err)
		}
	}
	if base.Fingerprint() == other.Fingerprint() || base.Fingerprint() == rated.Fingerprint() {
		t.Error("the fingerprints are the same")
	}
	plan = journeys(rates)
	again, _, _ := shard(t, calc, plan, journeyRows(4))
	if again.Fingerprint() != base.Fingerprint() {
		t.Error("the fingerprints of two runs differ")
	}
	var nothing *fees.Sums
	if err := nothing.Merge(base); !errors.Is(err, fees.ErrMissing) {
		t.Errorf("into nothing: %v", err)
	}
	if err := base.Merge(nil); err != nil || form(t, base) != before {
		t.Errorf("nothing: %v", err)
	}
	if err := base.Merge(base); err != nil || base.Good() != 6 {
		t.Errorf("itself: %v, %d rows", err, base.Good())
	}
}

// TestSumsTravel sends sums through encoders that look at exported fields where a type has no form of its own.
func TestSumsTravel(t *testing.T) {
	calc, rates := fiveParts(t)
	want, _, _ := shard(t, calc, journeys(rates), journeyRows(20)+"x\n\xff\n")
	type parcel struct{ Sums fees.Sums }
	for name, through := range map[string]func(parcel) (parcel, error){
		"json": func(p parcel) (q parcel, err error) {
			b, err := json.Marshal(p)
			return q, errors.Join(err, json.Unmarshal(b, &q))
		},
		"gob": func(p parcel) (q parcel, err error) {
			var b bytes.Buffer
			err = gob.NewEncoder(&b).Encode(p)
			return q, errors.Join(err, gob.NewDecoder(&b).Decode(&q))
		},
		"text": func(p parcel) (q parcel, err error) {
			b, err := p.Sums.MarshalText()
			return q, errors.Join(err, q.Sums.UnmarshalText(b))
		},
	} {
		got, err := through(parcel{*want})
		if err != nil || form(t, &got.Sums) != form(t, want) || got.Sums.Good() != 20 {
			t.Errorf("%s: %v %s", name, err, form(t, &got.Sums))
		}
	}
}

func TestQuoteAll(t *testing.T) {
	calc := exampleCalculator()
	broken := errors.New("cannot be read")
	events := func(yield func(fees.Event, error) bool) {
		for i := range 6 {
			o := exampleOrder()
			o.Parcels[0].Count = int64(i + 1)
			var err error
			switch i {
			case 1:
				o.Facts = fees.Facts{"zone": "9"}
			case 3:
				err = broken
			case 4:
				o = nil
			}
			if !yield(o, err) {
				return
			}
		}
	}
	var kept []*fees.Quote
	var bad []*fees.EventError
	for q, err := range calc.QuoteAll(context.Background(), events) {
		var e *fees.EventError
		switch {
		case errors.As(err, &e) && q == nil:
			bad = append(bad, e)
		case err == nil:
			kept = append(kept, q)
		default:
			t.Fatal(q, err)
		}
	}
	if len(kept) != 3 || len(bad) != 3 || bad[0].Index != 1 || bad[1].Index != 3 || bad[2].Index != 4 || !errors.Is(bad[1], broken) || bad[2].Event != nil {
		t.Fatalf("%d quotes, %v", len(kept), bad)
	}
	for i, n := range []int64{1, 3, 6} { // each is still what it was
		o := exampleOrder()
		o.Parcels[0].Count = n
		want, err := calc.Quote(o)
		if err != nil {
			t.Fatal(err)
		}
		got, _ := kept[i].Sum()
		exact, _ := want.Sum()
		one, _ := kept[i].In(country.Currency{'E', 'U', 'R'}, nil)
		two, _ := want.In(country.Currency{'E', 'U', 'R'}, nil)
		if got != exact || kept[i].Status() != want.Status() || one.Family(fees.Storage) != two.Family(fees.Storage) {
			t.Errorf("%d parcels: %v, wanted %v", n, got, exact)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	n := 0
	var last error
	for _, err := range calc.QuoteAll(ctx, events) {
		if n++; n == 2 {
			cancel()
		}
		last = err
	}
	if n != 3 || last != context.Canceled {
		t.Errorf("after it was cancelled: %d results, %v", n, last)
	}
	for range calc.QuoteAll(context.Background(), events) {
		break // a caller may stop
	}
}

// TestTotalReused holds that a total that is used again has nothing of what it held, and allocates nothing.
func TestTotalReused(t *testing.T) {
	calc, rates := fiveParts(t)
	usd := country.Currency{'U', 'S', 'D'}
	var total fees.Total
	var quote fees.Quote
	big, small := exampleOrder(), exampleOrder()
	big.Facts, small.Facts = nil, nil
	big.PostalCode, small.PostalCode = "20095", "10115"
	big.Date, small.Date = country.Date{Year: 2026, Month: 3, Day: 1}, country.Date{Year: 2026, Month: 3, Day: 1}
	for _, o := range []*fees.Order{big, small} {
		o.Parcels[0].Units = 2
		if err := calc.QuoteInto(&quote, o); err != nil {
			t.Fatal(err)
		}
		if err := quote.InInto(&total, usd, rates); err != nil {
			t.Fatal(err)
		}
		want, err := quote.In(usd, rates)
		if err != nil || total.Sum() != want.Sum() || total.Family(fees.LocalDelivery) != want.Family(fees.LocalDelivery) {
			t.Errorf("%v, wanted %v %v", total.Sum(), want.Sum(), err)
		}
	}
	if n := testing.AllocsPerRun(100, func() { _ = quote.InInto(&total, usd, rates) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
	if err := quote.InInto(&total, usd, nil); !errors.Is(err, fees.ErrNoRate) || !total.Sum().IsZero() {
		t.Errorf("without rates: %v %v", err, total.Sum())
	}
}

func TestSumsInShort(t *testing.T) {
	var none *fees.Sums
	for want, s := range map[string]*fees.Sums{"1 good, 0 bad, 12.50 EUR": sumsOf(t, "12.50"), "0 good, 0 bad": none} {
		if s.String() != want {
			t.Error(s)
		}
	}
}
