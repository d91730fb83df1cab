package engine

import (
	"strings"
	"testing"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/internal/fixed"
	"github.com/overseaswarehouse/overseas/internal/ratecard"
	"github.com/overseaswarehouse/overseas/internal/units"
)

// Cases where an evaluator is easily wrong, with the answer worked out by hand.

func day(month, of int) int32 {
	return DayNumber(country.Date{Year: 2026, Month: uint8(month), Day: uint8(of)})
}

// lot is cubic metres in stock from one day to another.
func lot(m3 int64, arrived, from, to int32) Row {
	return Row{Count: 1, Units: 1, HasUnits: true, Volume: Quantity{m3, 0, units.CubicMetre}, Weight: Quantity{m3, 0, units.Kilogram}, Arrived: arrived, From: from, To: to}
}

func stayOf(from, to int32, rows ...Row) *Event {
	return &Event{Kind: ratecard.Store, Date: DateOf(from), Country: country.Code{'D', 'E'}, Warehouse: "HAM", From: from, To: to, Rows: rows}
}

func parcels(grams int64, rows ...Row) *Event {
	for i := range rows {
		rows[i].Weight = Quantity{grams, 3, units.Kilogram}
		if rows[i].Count == 0 {
			rows[i].Count = 1
		}
	}
	return &Event{Kind: ratecard.Order, Date: country.Date{Year: 2026, Month: 5, Day: 1}, Country: country.Code{'F', 'R'}, Rows: rows}
}

func entry(rates ...int64) *Event {
	e := &Event{Kind: ratecard.Import, Date: country.Date{Year: 2026, Month: 5, Day: 1}}
	for _, r := range rates {
		row := Row{Count: 1, Units: 1, HasUnits: true, Duties: []Duty{{Code: "a", Part: DutyPart{Percent: fixed.Decimal{Coef: r, Scale: 2}}}}}
		row.Money[Goods] = fixed.Decimal{Coef: 10005, Scale: 2}
		e.Rows = append(e.Rows, row)
	}
	return e
}

var directedCases = []struct {
	name, card, want string
	e                *Event
}{
	{"a month that was started counts from the day of arrival", `"charges":[{"on":"store","code":"c","family":"storage","each":"lot","price":"10","time":{"per":"month","basis":"started"}}]`,
		"c=1000e-2", stayOf(day(1, 20), day(2, 20), lot(1, day(1, 20), day(1, 20), day(2, 20)))},
	{"a month of an arrival on the 31st begins on the last day of February", `"charges":[{"on":"store","code":"c","family":"storage","each":"lot","price":"10","time":{"per":"month","basis":"started"}}]`,
		"c=1000e-2", stayOf(day(2, 1), day(3, 1), lot(1, day(1, 31), day(2, 1), day(3, 1)))},
	{"a week that began before the stay is not charged again", `"charges":[{"on":"store","code":"c","family":"storage","each":"lot","price":"10","time":{"per":"week","basis":"started"}}]`,
		"c=1000e-2", stayOf(day(1, 10), day(1, 17), lot(1, day(1, 5), day(1, 10), day(1, 17)))},
	{"days of an age may be written with decimals", `"charges":[{"on":"store","code":"c","family":"storage","each":"lot","price":{"by":[{"of":"age","upTo":["30.0","60.0","more"]}],"table":["1","2","4"]},"time":{"per":"day"}}]`,
		"c=600e-2", stayOf(day(3, 2), day(3, 4), lot(1, day(1, 1), day(3, 2), day(3, 4)))},
	{"a condition on the date is asked on every day of a stay", `"charges":[{"on":"store","code":"c","family":"storage","each":"lot","when":{"date":{"yearly":["10-01","12-31"]}},"price":"1","time":{"per":"day"}}]`,
		"c=400e-2", stayOf(day(9, 25), day(10, 5), lot(1, day(9, 25), day(9, 25), day(10, 5)))},
	{"so is a class of seasons", `"classes":{"season":{"first":[{"name":"peak","when":{"date":{"yearly":["11-15","01-14"]}}},{"name":"off"}]}},
		"charges":[{"on":"store","code":"c","family":"storage","each":"lot","when":{"season":{"not":"peak"}},"price":"1","time":{"per":"day"}}]`,
		"c=600e-2", stayOf(day(1, 11), day(1, 21), lot(1, day(1, 1), day(1, 11), day(1, 21)))},
	{"a minimum is not charged out of season", `"charges":[{"on":"store","code":"c","family":"storage","each":"lot","when":{"date":{"yearly":["10-01","12-31"]}},"min":"5","price":"1","time":{"per":"day"}}]`,
		"", stayOf(day(5, 1), day(5, 9), lot(1, day(5, 1), day(5, 1), day(5, 9)))},
	{"the greater of two prices by time is the greater on each day", `"slots":{"s":{"on":"store","each":"lot","take":"greatest"}},"charges":[
		{"on":"store","code":"a","family":"storage","slot":"s","price":"1","time":{"per":"day"}},
		{"on":"store","code":"b","family":"storage","slot":"s","price":{"by":[{"of":"age","upTo":["10","more"]}],"table":["0.5","2"]},"time":{"per":"day"}}]`,
		"a=1100e-2 b=1800e-2", stayOf(day(5, 1), day(5, 21), lot(1, day(5, 1), day(5, 1), day(5, 21)))},
	{"free days are a line of nothing", `"slots":{"s":{"on":"store","each":"lot","take":"greatest"}},"charges":[
		{"on":"store","code":"a","family":"storage","slot":"s","price":"0","time":{"per":"day"}},
		{"on":"store","code":"b","family":"storage","slot":"s","price":"0","time":{"per":"day"}}]`,
		"a=0e-2", stayOf(day(5, 1), day(5, 21), lot(1, day(5, 1), day(5, 1), day(5, 21)))},
	{"an optional slot may stay empty on some days", `"slots":{"s":{"on":"store","each":"lot","take":"one","optional":true}},"charges":[
		{"on":"store","code":"a","family":"storage","slot":"s","price":{"by":[{"of":"age","upTo":["4"]}],"table":["1"]},"time":{"per":"day"}}]`,
		"a=500e-2", stayOf(day(5, 1), day(5, 21), lot(1, day(5, 1), day(5, 1), day(5, 21)))},
	{"charges of a slot take turns by season", `"slots":{"s":{"on":"store","each":"lot"}},"charges":[
		{"on":"store","code":"a","family":"storage","slot":"s","when":{"date":{"yearly":["10-01","12-31"]}},"price":"2","time":{"per":"day"}},
		{"on":"store","code":"b","family":"storage","slot":"s","when":{"date":{"yearly":["01-01","09-30"]}},"price":"1","time":{"per":"day"}}]`,
		"a=800e-2 b=600e-2", stayOf(day(9, 25), day(10, 5), lot(1, day(9, 25), day(9, 25), day(10, 5)))},
	{"an account has no minimum on nothing", `"measures":{"m":[{"each":"lot","of":"volume"},{"sum":"account","min":"4 m3"}]},
		"charges":[{"on":"store","code":"c","family":"storage","per":"m","unit":"m3","price":"1","time":{"per":"day"}}]`,
		"c=800e-2", stayOf(day(5, 1), day(5, 11), lot(1, day(5, 3), day(5, 3), day(5, 5)))},
	{"an account's sum is that of the day", `"measures":{"m":[{"each":"lot","of":"volume"},{"sum":"account","less":"2 m3","plus":"0.5 m3","keep":{"to":"1 m3","mode":"up"}}]},
		"charges":[{"on":"store","code":"c","family":"storage","per":"m","unit":"m3","price":"1","time":{"per":"day"}}]`,
		"c=800e-2", stayOf(day(5, 1), day(5, 5), lot(1, day(5, 1), day(5, 1), day(5, 5)), lot(3, day(5, 2), day(5, 2), day(5, 4)), lot(3, day(5, 2), day(5, 5), day(5, 5)))},
	{"started units of an account", `"charges":[{"on":"store","code":"c","family":"storage","per":"volume","unit":"2 m3","started":true,"price":"1","time":{"per":"day"}}]`,
		"c=400e-2", stayOf(day(5, 1), day(5, 3), lot(1, day(5, 1), day(5, 1), day(5, 3)), lot(2, day(5, 1), day(5, 1), day(5, 3)))},
	{"a graduated price over time", `"charges":[{"on":"store","code":"c","family":"storage","each":"lot","price":{"of":"volume","bands":[{"upTo":"10 m3","each":"m3","price":"5"},{"each":"m3","price":"4"}]},"time":{"per":"month"}}]`,
		"c=5800e-2", stayOf(day(6, 1), day(7, 1), lot(12, day(6, 1), day(6, 1), day(7, 1)))},
	{"an age without a price does not matter where the charge does not apply", `"charges":[{"on":"store","code":"c","family":"storage","each":"lot","when":{"warehouse":"LAX"},"per":"volume","unit":"m3","price":{"by":[{"of":"age","upTo":["30"]}],"table":["1"]},"time":{"per":"day"}}]`,
		"", stayOf(day(6, 1), day(7, 1), lot(12, day(1, 1), day(6, 1), day(7, 1)))},

	{"what is added to a measure", `"measures":{"m":[{"each":"order","of":"weight","plus":"0.5 kg"}]},"charges":[{"on":"order","code":"c","family":"other","per":"m","unit":"kg","price":"1"}]`,
		"c=150e-2", parcels(1000, Row{})},
	{"the next break in started units", `"charges":[{"on":"order","code":"c","family":"other","per":"weight","unit":"kg","started":true,"price":{"by":[{"of":"weight","from":["0 kg","45.5 kg"]}],"table":["10","9"],"nextBreak":true}}]`,
		"c=41400e-2", parcels(44200, Row{})},
	{"the next break is a later one", `"charges":[{"on":"order","code":"c","family":"other","per":"weight","unit":"kg","price":{"by":[{"of":"weight","from":["0 kg","100 kg","300 kg"]}],"table":["10","9.9","1"],"nextBreak":true}}]`,
		"c=30000e-2", parcels(90000, Row{})},
	{"the next break is that of the same column", `"charges":[{"on":"order","code":"c","family":"other","per":"weight","unit":"kg","price":{"by":[{"of":"weight","from":["0 kg","45 kg"]},{"of":"country","in":["DE","FR"]}],
		"table":[["20","10"],["1","9"]],"nextBreak":true}}]`, "c=40500e-2", parcels(44000, Row{})},
	{"a percentage of what was computed", `"charges":[{"on":"order","code":"c","family":"other","price":"0.014"},{"on":"order","code":"p","family":"other","percent":"1000%","of":["c"],"basis":"exact"}]`,
		"c=1e-2 p=14e-2", parcels(1000, Row{})},
	{"a percentage of what was billed", `"charges":[{"on":"order","code":"c","family":"other","price":"0.014"},{"on":"order","code":"p","family":"other","percent":"1000%","of":["c"]}]`,
		"c=1e-2 p=10e-2", parcels(1000, Row{})},
	{"a country that is not said is not another one", `"charges":[{"on":"order","code":"c","family":"other","when":{"country":{"not":["DE"]}},"price":"1"}]`,
		"refused", &Event{Kind: ratecard.Order}},
	{"a warehouse that is not said is not another one", `"charges":[{"on":"order","code":"c","family":"other","when":{"warehouse":{"not":"LAX"}},"price":"1"}]`,
		"refused", &Event{Kind: ratecard.Order}},
	{"units that are not described have no price by their weight", `"charges":[{"on":"order","code":"c","family":"other","each":"unit","price":{"by":[{"of":"weight","upTo":["1 kg"]}],"table":["1"]}}]`,
		"refused", parcels(1000, Row{Units: 3, HasUnits: true})},
	{"units are counted without being described", `"charges":[{"on":"order","code":"c","family":"other","each":"order","per":"unit","price":"1"}]`,
		"c=600e-2", parcels(1000, Row{Count: 2, Units: 3, HasUnits: true})},
	{"an empty parcel has no units to price", `"charges":[{"on":"order","code":"c","family":"other","each":"unit","price":"1"}]`,
		"c=0e-2", parcels(1000, Row{HasUnits: true})},
	{"the minimum of dated terms is their own", `"charges":[{"on":"order","code":"c","family":"other","min":"20","dated":[{"to":"2026-06-30","price":"1","min":"3"},{"from":"2026-07-01","price":"1"}]}]`,
		"c=300e-2", parcels(1000, Row{})},
	{"a minimum of the order is part of what the order costs", `"charges":[{"on":"order","code":"c","family":"other","each":"parcel","price":"1","bounds":[{"each":"order","min":"50"}]},
		{"on":"order","code":"p","family":"other","percent":"10%","of":["c"],"basis":"exact"}]`,
		"c=5000e-2 p=500e-2", parcels(1000, Row{})},
	{"there is no minimum on no parcels", `"charges":[{"on":"order","code":"c","family":"other","each":"parcel","price":"1","bounds":[{"each":"order","min":"50"}]}]`,
		"c=0e-2", parcels(1000)},
	{"whole amounts keep the decimals of the currency", `"charges":[{"on":"order","code":"c","family":"other","price":"11.5","round":{"to":"1"}}]`,
		"c=1200e-2", parcels(1000, Row{})},
	{"a condition that fails decides before one that is not known", `"inputs":{"battery":{"values":["no","yes"]}},"charges":[{"on":"order","code":"c","family":"other","when":{"battery":"yes","country":"DE"},"price":"1"}]`,
		"", parcels(1000, Row{})},
	{"so it does after it", `"inputs":{"battery":{"values":["no","yes"]}},"charges":[{"on":"order","code":"c","family":"other","when":{"country":"DE","battery":"yes"},"price":"1"}]`,
		"", parcels(1000, Row{})},
	{"one that is not known matters where the others hold", `"inputs":{"battery":{"values":["no","yes"]}},"charges":[{"on":"order","code":"c","family":"other","when":{"battery":"yes","country":"DE"},"price":"1"},
		{"on":"order","code":"d","family":"other","when":{"battery":"yes"},"price":"1"}]`, "refused", parcels(1000, Row{})},
	{"what follows the first that fits need not be known", `"inputs":{"battery":{"values":["no","yes"]}},"slots":{"s":{"on":"order","take":"first"}},"charges":[
		{"on":"order","code":"a","family":"other","slot":"s","price":"1"},{"on":"order","code":"b","family":"other","slot":"s","when":{"battery":"yes"},"price":"2"}]`,
		"a=100e-2", parcels(1000, Row{})},
	{"a credit may be the least", `"slots":{"s":{"on":"order","take":"least"}},"charges":[
		{"on":"order","code":"a","family":"other","slot":"s","price":"1"},{"on":"order","code":"b","family":"other","slot":"s","credit":true,"price":"-2"}]`,
		"b=-200e-2", parcels(1000, Row{})},

	{"duties are those of each line", `"charges":[{"on":"import","code":"c","family":"tariff","given":"duties","of":"goods"}]`,
		"c=3002e-2", entry(10, 20)}, // 10.005 + 20.01 = 30.015
	{"an amount is rounded at the level it says", `"amounts":{"a":{"on":"import","each":"line","sum":["goods"],"round":{"to":"0.1","each":"event"}}},
		"charges":[{"on":"import","code":"c","family":"tariff","percent":"100%","of":["a"]}]`, "c=20010e-2", entry(0, 0)},
	{"or at its own", `"amounts":{"a":{"on":"import","each":"line","sum":["goods"],"round":{"to":"0.1","each":"line"}}},
		"charges":[{"on":"import","code":"c","family":"tariff","percent":"100%","of":["a"]}]`, "c=20020e-2", entry(0, 0)},
	{"a minimum bill with many decimals", `"rounding":{"mode":"up"},"charges":[{"on":"period","code":"c","family":"other","top_up":{"to":"100.00000001"}}]`,
		"c=4001e-2", &Event{Kind: ratecard.PeriodEnd, Billed: []Bill{{Code: "x", Amount: fixed.Decimal{Coef: 60}}}}},
}

func parsed(t testing.TB, parts string) *ratecard.Card {
	t.Helper()
	card, err := ratecard.Parse([]byte(`{"schema":"overseas/ratecard/1","id":"d","provider":"p","currency":"EUR","tax":"none",
		"effective":{"from":"2026-01-01"},"sources":[{"url":"https://example.com"}],` + parts + `}`))
	if err != nil {
		t.Fatalf("%v\n%s", err, parts)
	}
	return card
}

func TestDirected(t *testing.T) {
	for _, c := range directedCases {
		t.Run(c.name, func(t *testing.T) {
			p, err := compiled1(parsed(t, c.card))
			if err != nil {
				t.Fatal(err)
			}
			var n tally
			if what := disagreement(p, &Machine{}, c.e, &n); what != "" {
				t.Error(what)
			}
			if got := strings.TrimSpace(answered(p, c.e)); got != c.want {
				t.Errorf("%s, wanted %s", got, c.want)
			}
		})
	}
}

// TestCompileRefuses lists what a card can say and a program cannot: each would be wrong on some day of a stay.
func TestCompileRefuses(t *testing.T) {
	for name, parts := range sorted(map[string]string{
		"a price by the sum of an account that changes daily": `"charges":[{"on":"store","code":"c","family":"storage","per":"volume","unit":"m3","time":{"per":"day"},
			"price":{"by":[{"of":"volume","upTo":["10 m3","more"]}],"table":["2","1"]}}]`,
		"a condition on that sum": `"charges":[{"on":"store","code":"c","family":"storage","when":{"volume":{"over":"10 m3"}},"per":"volume","unit":"m3","time":{"per":"day"},"price":"1"}]`,
		"a class of dates and sizes on a stay": `"classes":{"k":{"each":"lot","first":[{"name":"a","when":{"date":{"yearly":["10-01","12-31"]},"volume":{"upTo":"1 m3"}}},{"name":"b"}]}},
			"charges":[{"on":"store","code":"c","family":"storage","each":"lot","when":{"k":"a"},"time":{"per":"day"},"price":"1"}]`,
		"a date for prices by time and without": `"charges":[{"on":"store","code":"c","family":"storage","each":"lot","when":{"date":{"yearly":["10-01","12-31"]}},"price":[{"time":{"per":"day"},"price":"1"},{"price":"2"}]}]`,
	}) {
		if _, err := compiled1(parsed(t, parts)); err == nil {
			t.Errorf("%s compiles", name)
		}
	}
}
