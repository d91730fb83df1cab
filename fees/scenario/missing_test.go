package scenario

import (
	"errors"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/overseaswarehouse/overseas/fees"
	"github.com/overseaswarehouse/overseas/fees/money"
)

// needless are the fields that may be left out, with the reason. Everything else that is given in the fixtures is needed
// there.
var needless = map[string]string{
	"/rates":                                "all is in the plan's currency",
	"/products/0/volume":                    "the size is given",
	"/products/0/facts":                     "no card asks",
	"/products/0/sales/0/from":              "the first pace holds from the start",
	"/products/0/orders/0/country":          "the market",
	"/products/0/orders/0/postal_code":      "no card asks",
	"/products/0/orders/0/facts":            "no card asks",
	"/products/0/orders/0/parcels/0/count":  "0 means 1",
	"/products/0/orders/0/parcels/0/units":  "one parcel holds all",
	"/products/0/orders/0/parcels/0/volume": "the size is given",
	"/products/0/orders/0/parcels/0/value":  "no card asks",
	"/products/0/orders/0/parcels/0/goods":  "filled in",
	"/products/0/orders/0/parcels/0/facts":  "no card asks",
	"/products/0/carton/units":              "",
	"/alternatives/0/warehouse":             "no card asks",
	"/alternatives/0/account":               "no card asks",
	"/alternatives/0/facts":                 "no card asks",
	"/alternatives/0/customs_rates":         "values are in its currency",
	"/alternatives/0/batch/every":           "units are given",
	"/alternatives/0/terms/tax_back":        "there is no import tax",
	"/alternatives/0/uplift":                "nothing is claimed",
}

// snake is a field's name in a path.
func snake(s string) string {
	if s == "SKU" || s == "HS" {
		return strings.ToLower(s)
	}
	var b strings.Builder
	for i, r := range s {
		if unicode.IsUpper(r) && i > 0 {
			b.WriteByte('_')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

// fields calls f for every settable field under v, with its path.
func fields(v reflect.Value, path string, f func(reflect.Value, string)) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() && v.Elem().Kind() == reflect.Struct && v.Elem().NumField() > 0 && v.Elem().Field(0).CanSet() {
			fields(v.Elem(), path, f)
		}
	case reflect.Slice:
		for i := range v.Len() {
			if v.Index(i).Kind() == reflect.Struct {
				fields(v.Index(i), path+"/"+strconv.Itoa(i), f)
			}
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if !v.Type().Field(i).IsExported() {
				return
			}
			p := path + "/" + snake(v.Type().Field(i).Name)
			f(v.Field(i), p)
			switch v.Field(i).Type().PkgPath() {
			case "github.com/overseaswarehouse/overseas/fees/unit", "github.com/overseaswarehouse/overseas/fees/money", "github.com/overseaswarehouse/overseas/country":
			default:
				fields(v.Field(i), p, f)
			}
		}
	}
}

// TestWhatIsLeftOutIsNamed takes every field of a plan and of its alternatives away, one at a time, whatever fields there
// are: either it may be left out by the list above, or the result is incomplete, names the field, and has no figures. A
// field that a fixture does not give is not needed there.
func TestWhatIsLeftOutIsNamed(t *testing.T) {
	parcels := func(t testing.TB) *Alternative {
		a := direct(t)
		de, err := fees.CustomsCard(nation("DE"))
		if err != nil {
			t.Fatal(err)
		}
		post := must(fees.ParseCard(strings.NewReader(card("post", directCharges))))
		a.Cards = must(fees.Compile(post, de))
		a.Stages = []Stage{Deliver, ParcelImport}
		a.Freight, a.DutyPaid, a.TaxAtSale, a.Risks.Refused = pct("0%"), fees.Yes, fees.No, pct("1%")
		return a
	}
	uplifted := func(t testing.TB) *Alternative {
		a := hamburg(t)
		a.Uplift = &Uplift{Exposure: pct("1%")}
		return a
	}
	tried := map[string]bool{}
	for name, make := range map[string]func(testing.TB) *Alternative{"direct": direct, "hamburg": hamburg, "own": own, "parcels": parcels, "uplifted": uplifted} {
		p, a := small(), make(t)
		if err := Evaluate(p, a).Err(); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		check := func(v reflect.Value, path string) {
			if v.IsZero() || path == "/alternatives/0/cards" && v.Kind() != reflect.Pointer {
				return
			}
			kept := reflect.New(v.Type()).Elem()
			kept.Set(v)
			defer v.Set(kept)
			v.SetZero()
			r := Evaluate(p, a)
			tried[path] = true
			named := slices.ContainsFunc(r.Problems, func(p Problem) bool {
				return errors.Is(p, ErrMissing) && (p.Path == path || strings.HasPrefix(p.Path, path+"/") || strings.HasPrefix(path, p.Path+"/"))
			})
			switch _, may := needless[path]; {
			case may || unneeded(name, path):
			case r.Status != Incomplete || r.Figures != nil:
				t.Errorf("%s: without %s there are figures", name, path)
			case !named:
				t.Errorf("%s: without %s: %v", name, path, r.Problems)
			}
		}
		fields(reflect.ValueOf(p), "", check)
		fields(reflect.ValueOf(a), "/alternatives/0", check)
	}
	if len(tried) < 60 {
		t.Errorf("only %d fields were tried", len(tried))
	}
}

// unneeded are fields that the fixtures give although this alternative does not need them.
func unneeded(name, path string) bool {
	goods := []string{"/products/0/hs", "/products/0/duties", "/products/0/carton", "/products/0/price"}
	switch name {
	case "direct":
		return slices.Contains(append(goods, "/alternatives/0/origin"), path) || strings.HasPrefix(path, "/products/0/carton/")
	case "parcels":
		return path == "/products/0/carton"
	case "hamburg", "own":
		return path == "/products/0/price"
	}
	return false
}

// TestIncompleteHasNoNumber holds that a comparison without figures shows none in any view.
func TestIncompleteHasNoNumber(t *testing.T) {
	a := hamburg(t)
	a.Risks.Lost = nil
	c := Compare(small(), a)
	if c.Status() != Incomplete || c.Recommendation().Why != NoneComplete {
		t.Error(c.Status(), c.Recommendation())
	}
	if _, err := c.Explain(english); !errors.Is(err, ErrMissing) {
		t.Error(err)
	}
	text := c.Text(english)
	if strings.Contains(text, "€") || !strings.Contains(text, "/alternatives/0/risks/lost") {
		t.Error(text)
	}
}

// TestOneIncompleteLeavesTheOthers: what one alternative misses is its own matter.
func TestOneIncompleteLeavesTheOthers(t *testing.T) {
	a := hamburg(t)
	a.Tracking = fees.NotStated
	c := Compare(small(), direct(t), a, own(t))
	r := c.Recommendation()
	if r.Name != "direct" || r.Over != "own" || r.Incomplete != 1 || r.Why != LowestCost {
		t.Errorf("%+v", r)
	}
}

// TestAnswersThatNobodyAsksFor: a name that no card of any alternative knows is an error, one that only another knows is
// not.
func TestAnswersThatNobodyAsksFor(t *testing.T) {
	p, a, b := small(), hamburg(t), direct(t)
	b.Cards = compile(t, card("post", `{"on": "order", "code": "parcel", "family": "local_delivery", "price": {"by": [{"of": "zone", "in": ["1", "2"]}], "table": ["9.00", "11.00"]}}`,
		`"inputs": {"zone": {"values": ["1", "2"]}},`))
	if err := Evaluate(p, b).Err(); !errors.Is(err, ErrMissing) || !strings.Contains(err.Error(), "zone") {
		t.Errorf("without a zone: %v", err)
	}
	p.Products[0].Orders[0].Facts = fees.Facts{"zone": "2"}
	c := Compare(p, a, b)
	for _, r := range c.Results() {
		if r.Err() != nil {
			t.Error(r.Err())
		}
	}
	// of the alternative alone
	b.Facts = fees.Facts{"zoen": "2"}
	c = Compare(p, a, b)
	if err := c.Results()[0].Err(); err != nil {
		t.Errorf("what another misspells is held against this one: %v", err)
	}
	const path = "/alternatives/1/facts/zoen"
	found := func(name string, err error, path string) {
		t.Helper()
		if !errors.Is(err, ErrUnknown) || !strings.Contains(err.Error(), path+": ") {
			t.Errorf("%s: %v", name, err)
		}
	}
	found("compared", c.Results()[1].Err(), path)
	found("evaluated", Evaluate(p, b).Err(), "/alternatives/0/facts/zoen")
	_, err := c.Cost(1, OrdersPerMonth("LAMP"))(60)
	found("its cost", err, path)
	_, err = c.Turns(0, 1, OrdersPerMonth("LAMP"), Grid{From: 59, To: 60}, Promise{})
	found("turns", err, path)
	_, err = c.Moves(1, Moved{OrdersPerMonth("LAMP"), 60, nil})
	found("moves", err, path)
	if r := c.Recommendation(); r.Name != a.Name || r.Incomplete != 1 {
		t.Errorf("%+v", r)
	}
	b.Facts = nil
	p.Products[0].Orders[0].Facts["zoen"] = "2"
	for i, r := range Compare(p, a, b).Results() {
		found(strconv.Itoa(i), r.Err(), "/products/0/orders/0/facts/zoen")
	}
	found("evaluated", Evaluate(p, b).Err(), "/products/0/orders/0/facts/zoen")
}

// TestWhatIsWrongIsSaid: values that make no sense are problems with their place.
func TestWhatIsWrongIsSaid(t *testing.T) {
	for path, change := range map[string]func(*Plan, *Alternative){
		"/months":                           func(p *Plan, _ *Alternative) { p.Months = 121 },
		"/start":                            func(p *Plan, _ *Alternative) { p.Start = day("2026-01-02") },
		"/products/1/sku":                   func(p *Plan, _ *Alternative) { p.Products = append(p.Products, lamp()) },
		"/products/0/sales/0/rate":          func(p *Plan, _ *Alternative) { p.Products[0].Sales[0].Rate = rate("100001") },
		"/products/0/cost":                  func(p *Plan, _ *Alternative) { p.Products[0].Cost = eur("-1.00") },
		"/products/0/orders/0/pieces":       func(p *Plan, _ *Alternative) { p.Products[0].Orders[0].Pieces = -1 },
		"/products/0/orders/0/parcels":      func(p *Plan, _ *Alternative) { p.Products[0].Orders[0].Parcels[0].Units = 2 },
		"/alternatives/0/risks/lost":        func(_ *Plan, a *Alternative) { a.Risks.Lost = pct("101%") },
		"/alternatives/0/risks/returned":    func(_ *Plan, a *Alternative) { a.Risks.Returned = pct("-1%") },
		"/alternatives/0/days/transit":      func(_ *Plan, a *Alternative) { a.Days.Transit = of(-1) },
		"/alternatives/0/days/delivery_max": func(_ *Plan, a *Alternative) { a.Days.DeliveryMax = of(0) },
		"/alternatives/0/batch/units":       func(_ *Plan, a *Alternative) { a.Batch.Units = 55 },
		"/alternatives/0/batch":             func(_ *Plan, a *Alternative) { a.Batch.Every = 3 },
		"/alternatives/0/batch/ahead":       func(_ *Plan, a *Alternative) { a.Batch.Ahead = -1 },
		"/alternatives/0/stages":            func(_ *Plan, a *Alternative) { a.Stages = []Stage{Consign} },
		"/alternatives/0/stages/5":          func(_ *Plan, a *Alternative) { a.Stages = append(a.Stages, Deliver) },
		"/alternatives/0/stages/6":          func(_ *Plan, a *Alternative) { a.Stages = append(a.Stages, Rent, 99) },
		"/alternatives/0/uplift":            func(_ *Plan, a *Alternative) { a.Uplift = &Uplift{} },
		"/alternatives/0/consign":           func(_ *Plan, a *Alternative) { a.Cards = compile(t, card("wh", warehouse)) },
		"/alternatives/0/deliver": func(_ *Plan, a *Alternative) {
			a.Cards = compile(t, card("sea", firstLeg), card("c", customs), card("wh", `{"on": "receive", "code": "in", "family": "handling", "price": "1.00"}, {"on": "store", "code": "space", "family": "storage", "price": "1.00"}`))
		},
	} {
		p, a := small(), hamburg(t)
		change(p, a)
		r := Evaluate(p, a)
		if r.Figures != nil || !slices.ContainsFunc(r.Problems, func(p Problem) bool {
			return p.Path == path || strings.HasPrefix(p.Path, path) && strings.Count(path, "/") > 1
		}) {
			t.Errorf("%s: %v", path, r.Problems)
		}
	}
	all := hamburg(t)
	all.Risks.Short = pct("100%")
	if r := Evaluate(small(), all); r.Figures != nil || !errors.Is(r.Err(), ErrRange) {
		t.Errorf("a batch of which nothing arrives: %v", r.Problems)
	}
	all.Batch = Batch{Every: 30}
	if r := Evaluate(small(), all); r.Figures != nil || !errors.Is(r.Err(), ErrRange) {
		t.Errorf("a batch of which nothing arrives: %v", r.Problems)
	}
	dear := small()
	dear.Products[0].Cost = must(money.Parse("9999999999999999.99 EUR"))
	if r := Evaluate(dear, hamburg(t)); r.Figures != nil || !errors.Is(r.Err(), fees.ErrOverflow) {
		t.Errorf("more than sums can hold: %v", r.Problems)
	}
	dear.Products[0].Cost, dear.Capital = must(money.Parse("99999999999.99 EUR")), pct("1000%")
	if r := Evaluate(dear, hamburg(t)); (r.Figures == nil) == (r.Err() == nil) {
		t.Errorf("%+v", r)
	}
	late := small()
	late.Start = day("9999-12-01")
	if r := Evaluate(late, hamburg(t)); r.Figures != nil || r.Err() == nil {
		t.Error("a plan beyond the calendar")
	}
	late.Start = day("0001-01-01")
	if r := Evaluate(late, hamburg(t)); r.Figures != nil || r.Err() == nil {
		t.Error("a plan before the calendar")
	}
	if r := Evaluate(nil, nil); r.Figures != nil || len(r.Problems) == 0 {
		t.Error("nothing is complete")
	}
}

// TestNoOrderIsPaid: without a paid order there is no cost of one, and what is said is where that comes from.
func TestNoOrderIsPaid(t *testing.T) {
	for name, c := range map[string]struct {
		path   string
		change func(*Plan, *Alternative)
	}{
		"no sales": {"/products", func(p *Plan, _ *Alternative) { p.Products[0].Sales[0].Rate = rate("0") }},
		"all lost": {"/alternatives/0/risks", func(_ *Plan, a *Alternative) { a.Risks.Lost = pct("100%") }},
	} {
		p, a := small(), direct(t)
		c.change(p, a)
		r := Evaluate(p, a)
		if r.Figures != nil || len(r.Problems) != 1 || r.Problems[0].Code != ErrNoOrders || r.Problems[0].Path != c.path ||
			!strings.HasPrefix(r.Problems[0].Message(english), "no order is paid") {
			t.Errorf("%s: %v", name, r.Problems)
		}
	}
}
