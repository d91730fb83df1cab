package house

import (
	"reflect"
	"runtime"
	"testing"

	"golang.org/x/text/language"

	"github.com/overseaswarehouse/overseas/application"
	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/eligibility"
	"github.com/overseaswarehouse/overseas/fees"
	"github.com/overseaswarehouse/overseas/fees/batch"
	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/fees/scenario"
	"github.com/overseaswarehouse/overseas/fees/unit"
)

// zeros are the zero values of the exported types that have methods, and nil pointers to those that are used by pointer.
var zeros = []any{
	country.Code{}, new(country.Code), country.Currency{}, new(country.Currency), country.Date{}, new(country.Date),
	application.Application{}, application.Applicant{}, application.Material{},
	new(application.Application), new(application.Material), application.File{}, application.State(0), application.State(255), application.Basis(0),
	application.Basis(255), application.Filing{}, new(application.Filing), application.Permission{}, application.Stage(255),
	country.FactSet{}, (*country.FactSet)(nil), country.Fact{}, country.Customs{}, country.Confidence(255),
	eligibility.Difference{}, eligibility.Change{}, eligibility.Report{}, eligibility.Checklist{}, eligibility.Rule{},
	eligibility.Statement{},
	(*eligibility.Editions)(nil), new(eligibility.Editions), (*eligibility.Policy)(nil), new(eligibility.Policy),
	eligibility.Decision{}, eligibility.Finding{}, eligibility.Remedy{}, eligibility.Note{},
	eligibility.Outcome(0), eligibility.Outcome(255), eligibility.Kind(0), eligibility.Kind(255), eligibility.Effect(255),
	eligibility.Provenance(255), eligibility.RemedyClass(255), eligibility.Standing(255),
	(*fees.Card)(nil), new(fees.Card), fees.Charge{}, (*fees.Calculator)(nil), new(fees.Calculator),
	(*fees.Quote)(nil), new(fees.Quote), fees.Line{}, (*fees.Total)(nil), new(fees.Total), fees.Part{},
	(*fees.Explanation)(nil), new(fees.Explanation), (*fees.Differences)(nil), new(fees.Differences), (*fees.Record)(nil), new(fees.Record), fees.Caveat{}, fees.State(255), fees.Status(255), fees.Basis(255),
	fees.Kind(0), fees.Kind(255), fees.Family(0), fees.Family(255),
	new(fees.Consignment), new(fees.Receipt), new(fees.Stay), new(fees.Order), new(fees.Return), new(fees.Removal),
	new(fees.Period), new(fees.Entry), new(fees.Journey),
	new(fees.Sums), (*fees.EventError)(nil), new(fees.EventError), fees.ShardEncoding(255),
	money.Money{}, new(money.Money), money.Rate{}, new(money.Rate), (*money.Rates)(nil), new(money.Rates), money.Via{},
	(*batch.Ledger)(nil), new(batch.Ledger), batch.Cost{}, batch.Component(0), (*batch.Landed)(nil), batch.Rule{}, batch.Risks{},
	(*scenario.Comparison)(nil), new(scenario.Comparison), (*scenario.Result)(nil), new(scenario.Result), (*scenario.Aged)(nil), new(scenario.Aged),
	scenario.Recommendation{}, scenario.Status(255), scenario.Fate(255), scenario.Payable(255), scenario.Returns(255), scenario.Way(255),
	scenario.Stage(255), scenario.Count(255), scenario.Span(255), scenario.Why(255), (*scenario.Course)(nil), scenario.Point{}, scenario.Stretch{}, scenario.Verdict(255), new(scenario.Chart),
	unit.Weight{}, new(unit.Weight), unit.Length{}, new(unit.Length), unit.Volume{}, new(unit.Volume), unit.Size{},
	new(unit.Size), unit.Percent{}, new(unit.Percent), unit.Fraction{}, new(unit.Fraction), unit.Unit(0), unit.Unit(255),
}

// TestZeroValuesDoNotPanic calls every method of every zero value with zero arguments, and walks what it returns.
func TestZeroValuesDoNotPanic(t *testing.T) {
	calls := 0
	for _, z := range zeros {
		v := reflect.ValueOf(z)
		for i := range v.NumMethod() {
			name := v.Type().String() + "." + v.Type().Method(i).Name
			if v.Kind() == reflect.Pointer && v.IsNil() && v.Type().Method(i).Name == "MarshalJSON" {
				continue // encoding/json writes null for a nil pointer and does not call it
			}
			calls += call(t, name, v.Method(i), 0)
		}
	}
	if calls < 400 {
		t.Errorf("only %d calls were made", calls)
	}
}

// call calls f with zero values and then with some that are not, and iterates over sequences.
func call(t *testing.T, name string, f reflect.Value, depth int) int {
	t.Helper()
	defer func() {
		if r := recover(); r != nil {
			t.Errorf("%s panics: %v", name, r)
		}
	}()
	ft := f.Type()
	args := make([]reflect.Value, 0, ft.NumIn())
	for i := range ft.NumIn() {
		in := ft.In(i)
		if ft.IsVariadic() && i == ft.NumIn()-1 {
			break
		}
		args = append(args, argument(in))
	}
	n := 1
	for _, out := range f.Call(args) {
		n += walk(t, name, out, depth)
	}
	return n
}

// argument is a zero value, or a harmless one where a nil interface or function could only be a mistake of the caller.
func argument(in reflect.Type) reflect.Value {
	switch in {
	case reflect.TypeFor[language.Tag]():
		return reflect.ValueOf(language.Chinese)
	}
	if in.Kind() == reflect.Interface && in.NumMethod() > 0 {
		if reflect.TypeOf(discard{}).Implements(in) {
			return reflect.ValueOf(discard{})
		}
	}
	return reflect.Zero(in)
}

// functions are the exported functions of the library.
var functions = []any{
	country.Parse, country.ParseCurrency, country.ParseDate, country.NewDate, country.ParseFacts, country.CustomsOn,
	country.Expiring, country.Facts,
	application.Parse, application.NewFile, application.ReadFile, application.NewFiling, application.ParseFiling,
	eligibility.Parse, eligibility.ParsePolicy, eligibility.NewEditions, eligibility.Diff, eligibility.RunCases,
	batch.New, batch.Resume, batch.Allocate, batch.UnitPrices, batch.Land, batch.Share,
	fees.ParseCard, fees.Compile, fees.Draft, fees.ParseEvent, fees.ParseJourney,
	scenario.Evaluate, scenario.Compare, scenario.Interest, scenario.OrdersPerMonth, scenario.CapitalRate,
	scenario.Crossings, scenario.BreakEven, scenario.Sensitivity, scenario.Hold,
	fees.ParseCard, fees.Compile, fees.ParseEvent, fees.ParseJourney, fees.QuoteShard,
	money.New, money.Of, money.Parse, money.ParseIn, money.ParseRate, money.NewRates, money.Sum,
	unit.ParseWeight, unit.ParseLength, unit.ParseVolume, unit.ParseSize, unit.ParsePercent, unit.NewWeight, unit.WeightOf,
}

// TestFunctionsDoNotPanicOnZeros calls each with zero arguments: nil readers, empty texts, nil slices.
func TestFunctionsDoNotPanicOnZeros(t *testing.T) {
	for _, f := range functions {
		v := reflect.ValueOf(f)
		call(t, runtime.FuncForPC(v.Pointer()).Name(), v, 0)
	}
}

type discard struct{}

func (discard) Write(p []byte) (int, error) { return len(p), nil }

// walk iterates over sequences and calls the methods without arguments of what is returned, two levels deep.
func walk(t *testing.T, name string, v reflect.Value, depth int) int {
	n := 0
	if v.Kind() == reflect.Func && !v.IsNil() {
		yield := v.Type()
		if yield.NumIn() == 1 && yield.In(0).Kind() == reflect.Func {
			stop := reflect.MakeFunc(yield.In(0), func([]reflect.Value) []reflect.Value { return []reflect.Value{reflect.ValueOf(true)} })
			v.Call([]reflect.Value{stop})
			n++
		}
	}
	if v.Kind() == reflect.Interface && v.IsNil() {
		return n
	}
	if depth < 2 && v.IsValid() && v.Type().PkgPath() != "" {
		for i := range v.NumMethod() {
			if m := v.Method(i); m.Type().NumIn() == 0 {
				n += call(t, name+"()."+v.Type().Method(i).Name, m, depth+1)
			}
		}
	}
	return n
}
