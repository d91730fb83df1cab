package fees_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"

	"github.com/overseaswarehouse/overseas/fees"
	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/internal/schematest"
)

// goodEvents are documents of every type of event, with every member of each.
var goodEvents = map[string]string{
	"consignment": `{"schema":"overseas/event/1","event":"consignment","reference":"C-1","date":"2026-11-01","origin":"CN","destination":"DE","warehouse":"FRA","postal_code":"65428","account":"gold",
		"cartons":[{"count":3,"weight":"12.5 kg","size":"40x30x20 cm","volume":"0.024 m3","value":"100.00 EUR","goods":[{"sku":"A1","units":10,"weight":"1 kg","size":"10x10x10 cm","volume":"1 l","value":"9.50 EUR","facts":{"battery":"no"}}],"facts":{"x":"y"}},{}],
		"facts":{"service":"sea_express","pallet":5}}`,
	"entry": `{"schema":"overseas/event/1","event":"entry","reference":"E-1","date":"2026-11-01","destination":"DE",
		"lines":[{"sku":"A1","hs":"8517620090","units":100,"weight":"0.25 kg","goods":"1000.00 USD","packing":"5 USD","origin_inland":"20 CNY","freight_to_border":"80 USD","insurance":"3 USD","freight_after_border":"12 EUR","duties":[{"code":"mfn","rate":"7.7%"},{"code":"anti_dumping","rate":"0%"}]},
		         {"goods":"1 EUR","duties":[{"code":"none"}]}],
		"rates":["1 EUR = 1.083519 USD",{"base":"EUR","quote":"CNY","value":"7.81","inverse":true,"date":"2026-10-21","source":"customs"},{"base":"JPY","quote":"EUR","value":0.61,"per":100}],"facts":{"mode":"sea"}}`,
	"receipt": `{"schema":"overseas/event/1","event":"receipt","date":"2026-11-20","country":"DE","warehouse":"FRA","account":"gold","cartons":[{"count":"3","weight":"12.5 kg"}]}`,
	"stay":    `{"schema":"overseas/event/1","event":"stay","from":"2026-11-01","to":"2026-12-01","country":"DE","warehouse":"FRA","account":"gold","lots":[{"batch":"b1","sku":"A1","arrived":"2026-10-01","from":"2026-11-02","to":"2026-11-30","units":100,"weight":"1 kg","size":"10x10x10 cm","volume":"1 l","value":"9.50 EUR","facts":{"hazmat":"no"}},{"units":0}]}`,
	"order":   `{"schema":"overseas/event/1","event":"order","reference":"O-1","date":"2026-11-21","country":"Germany","postal_code":"20095","warehouse":"FRA","account":"gold","parcels":[{"count":2,"weight":"2.5 kg","size":"40 cm x 30 cm x 12 in","volume":"0.1 m3","value":"12.50 EUR","units":3,"goods":[{"sku":"A1","units":2,"weight":"1 kg","size":"1x1x1 cm","volume":"1 cm3","value":"1 EUR","facts":{"a":"b"}}],"facts":{"c":"d"}}],"facts":{"battery":"no"}}`,
	"return":  `{"schema":"overseas/event/1","event":"return","date":"2026-11-21","country":"DE","parcels":[]}`,
	"removal": `{"schema":"overseas/event/1","event":"removal","date":"2026-11-21","country":"DE","goods":[{"sku":"A1","units":7,"weight":"1 kg"}]}`,
	"period":  `{"schema":"overseas/event/1","event":"period","from":"2026-11-01","to":"2026-12-01","country":"DE","warehouse":"FRA","account":"gold","billed":[{"code":"storage","family":"storage","amount":"12.50 EUR"},{"code":"adjustment","amount":"-1.00 EUR"}],"facts":{"staff":2}}`,
}

// goodJourney joins them.
var goodJourney = func() string {
	part := func(name string) string {
		return strings.Replace(goodEvents[name], `"schema":"overseas/event/1","event":"`+name+`",`, "", 1)
	}
	doc := `{"schema":"overseas/journey/1","sku":"A1","share_by":"volume"`
	for _, name := range []string{"consignment", "entry", "receipt", "stay", "order", "return"} {
		doc += `,"` + name + `":` + part(name)
	}
	return doc + "}"
}()

func validators(t testing.TB) (event, journey *schematest.Validator) {
	event, err1 := schematest.New(fees.EventJSONSchema())
	journey, err2 := schematest.New(fees.JourneyJSONSchema())
	if err := errors.Join(err1, err2); err != nil {
		t.Fatal(err)
	}
	return event, journey
}

func TestParseEventReadsEveryType(t *testing.T) {
	schema, journey := validators(t)
	for name, doc := range goodEvents {
		e, err := fees.ParseEvent(strings.NewReader(doc))
		if err != nil {
			t.Errorf("%s:\n%v", name, err)
			continue
		}
		if err := schema.Judge([]byte(doc)); err != nil {
			t.Errorf("%s: the schema refuses it: %v", name, err)
		}
		again(t, name, e)
	}
	j, err := fees.ParseJourney(strings.NewReader(goodJourney))
	if err != nil {
		t.Fatal(err)
	}
	if err := journey.Judge([]byte(goodJourney)); err != nil {
		t.Errorf("the schema refuses the journey: %v", err)
	}
	data, err := json.Marshal(j)
	if err != nil {
		t.Fatal(err)
	}
	var back fees.Journey
	if err := json.Unmarshal(data, &back); err != nil {
		t.Fatalf("%s\n%v", data, err)
	}
	equal(t, "journey", j, &back)
	if j.ShareBy != fees.ByVolume || j.SKU != "A1" || j.Entry.Rates.Len() != 3 {
		t.Errorf("journey lost something: %s", data)
	}
}

// Every field that a type has must be read from its document: one that no document can set would be lost.
func TestDocumentsSetEveryField(t *testing.T) {
	for name, doc := range goodEvents {
		e, err := fees.ParseEvent(strings.NewReader(doc))
		if err != nil {
			t.Fatal(err)
		}
		var empty func(path string, v reflect.Value)
		empty = func(path string, v reflect.Value) {
			for i := range v.NumField() {
				f := v.Type().Field(i)
				at := path + "." + f.Name
				optional := map[string]bool{
					"Return.PostalCode": true, "Return.Warehouse": true, "Return.Account": true, "Return.Parcels": true,
					"Return.Facts": true, "Return.Reference": true, "Receipt.Facts": true, "Receipt.Reference": true, "Removal.Facts": true,
					"Removal.Reference": true, "Removal.Warehouse": true, "Removal.Account": true, "Stay.Facts": true, "Stay.Reference": true,
					"Period.Reference": true,
					// read by TestCustomsDocumentRoundTrip
					"Entry.Importer": true, "Entry.Rounding": true, "Entry.Assumed": true, "Entry.AfterBorder": true, "Duty.Specific": true,
					"Duty.Min": true, "Duty.Max": true, "Duty.Excise": true, "EntryLine.Options": true,
				}
				x := v.Field(i)
				if x.IsZero() && !optional[at] {
					t.Errorf("%s: %s is not read", name, at)
				}
				full := name == "consignment" || name == "order" || name == "stay" || name == "entry"
				if full && x.Kind() == reflect.Slice && x.Len() > 0 && x.Index(0).Kind() == reflect.Struct {
					empty(x.Index(0).Type().Name(), x.Index(0))
				}
			}
		}
		empty(reflect.TypeOf(e).Elem().Name(), reflect.ValueOf(e).Elem())
	}
}

// again writes an event and reads it back.
func again(t *testing.T, name string, e fees.Event) {
	t.Helper()
	data, err := json.Marshal(e)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	back, err := fees.ParseEvent(bytes.NewReader(data))
	if err != nil {
		t.Fatalf("%s: %s\n%v", name, data, err)
	}
	equal(t, name, e, back)
}

// equal compares without the inside of rates, whose order of pairs is their own.
func equal(t *testing.T, name string, a, b any) {
	t.Helper()
	rates := func(x any) (text string, put func()) {
		e, ok := x.(*fees.Entry)
		if j, isJourney := x.(*fees.Journey); isJourney {
			e, ok = j.Entry, j.Entry != nil
		}
		if !ok || e.Rates == nil {
			return "", func() {}
		}
		for r := range e.Rates.All() {
			b, _ := json.Marshal(r)
			text += string(b)
		}
		was := e.Rates
		e.Rates = nil
		return text, func() { e.Rates = was }
	}
	ra, putA := rates(a)
	rb, putB := rates(b)
	defer putA()
	defer putB()
	if ra != rb || !reflect.DeepEqual(a, b) {
		t.Errorf("%s does not read back:\n%+v\n%+v\n%s\n%s", name, a, b, ra, rb)
	}
}

// badEvents are documents with one thing wrong each. Those that a schema can tell are marked.
var badEvents = []struct {
	name, doc string
	code      fees.Code
	place     string // path line:column
	schema    bool
}{
	{"no schema", `{"event":"order","parcels":[]}`, "missing_field", "/schema 1:1", true},
	{"another version", `{"schema":"overseas/event/2","event":"order","parcels":[]}`, "unsupported_version", "/schema 1:11", true},
	{"a journey", `{"schema":"overseas/journey/1"}`, "unsupported_version", "/schema 1:11", true},
	{"no event", `{"schema":"overseas/event/1"}`, "missing_field", "/event 1:1", true},
	{"another event", `{"schema":"overseas/event/1","event":"consign"}`, "unknown_value", "/event 1:38", true},
	{"no object", `[]`, "wrong_type", " 1:1", true},
	{"unknown member", `{"schema":"overseas/event/1","event":"order","parcel":[],"parcels":[]}`, "unknown_field", "/parcel 1:46", true},
	{"a member of another event", `{"schema":"overseas/event/1","event":"order","parcels":[],"lots":[]}`, "unknown_field", "/lots 1:66", true},
	{"duplicate member", `{"schema":"overseas/event/1","event":"order","date":"2026-01-01","date":"2026-01-01","parcels":[]}`, "duplicate_key", "/date 1:66", false},
	{"null", `{"schema":"overseas/event/1","event":"order","date":null,"parcels":[]}`, "null_not_allowed", "/date 1:53", true},
	{"no parcels", `{"schema":"overseas/event/1","event":"order"}`, "missing_field", "/parcels 1:1", true},
	{"no such day", `{"schema":"overseas/event/1","event":"order","date":"2026-02-30","parcels":[]}`, "date_invalid", "/date 1:53", false},
	{"a day as others write it", `{"schema":"overseas/event/1","event":"order","date":"30.11.2026","parcels":[]}`, "date_invalid", "/date 1:53", true},
	{"no such country", `{"schema":"overseas/event/1","event":"order","country":"Prussia","parcels":[]}`, "country_unknown", "/country 1:56", false},
	{"weight without a unit", `{"schema":"overseas/event/1","event":"order","parcels":[{"weight":"2.5"}]}`, "unit_unknown", "/parcels/0/weight 1:67", true},
	{"weight as a number", `{"schema":"overseas/event/1","event":"order","parcels":[{"weight":2.5}]}`, "wrong_type", "/parcels/0/weight 1:67", true},
	{"weight in inches", `{"schema":"overseas/event/1","event":"order","parcels":[{"weight":"2 in"}]}`, "unit_unknown", "/parcels/0/weight 1:67", true},
	{"weight of nothing", `{"schema":"overseas/event/1","event":"order","parcels":[{"weight":"0 kg"}]}`, "zero_not_allowed", "/parcels/0/weight 1:67", false},
	{"two sides", `{"schema":"overseas/event/1","event":"order","parcels":[{"size":"40x30 cm"}]}`, "malformed", "/parcels/0/size 1:65", true},
	{"money with a comma", `{"schema":"overseas/event/1","event":"order","parcels":[{"value":"12,50 EUR"}]}`, "number_syntax", "/parcels/0/value 1:66", true},
	{"money of no currency", `{"schema":"overseas/event/1","event":"order","parcels":[{"value":"12.50 XYZ"}]}`, "currency_unknown", "/parcels/0/value 1:66", false},
	{"count of nothing", `{"schema":"overseas/event/1","event":"order","parcels":[{"count":0}]}`, "zero_not_allowed", "/parcels/0/count 1:66", true},
	{"half a parcel", `{"schema":"overseas/event/1","event":"order","parcels":[{"count":1.5}]}`, "not_integer", "/parcels/0/count 1:66", true},
	{"less than nothing", `{"schema":"overseas/event/1","event":"order","parcels":[{"units":-1}]}`, "negative", "/parcels/0/units 1:66", true},
	{"a fact that is a list", `{"schema":"overseas/event/1","event":"order","parcels":[],"facts":{"zone":["1"]}}`, "wrong_type", "/facts/zone 1:75", true},
	{"a fact that is blank", `{"schema":"overseas/event/1","event":"order","parcels":[],"facts":{"zone":" "}}`, "text_blank", "/facts/zone 1:75", false},
	{"a lot without units", `{"schema":"overseas/event/1","event":"stay","from":"2026-01-01","to":"2026-02-01","lots":[{}]}`, "missing_field", "/lots/0/units 1:91", true},
	{"a stay without an end", `{"schema":"overseas/event/1","event":"stay","from":"2026-01-01","lots":[]}`, "missing_field", "/to 1:1", true},
	{"a stay that ends first", `{"schema":"overseas/event/1","event":"stay","from":"2026-01-02","to":"2026-01-01","lots":[]}`, "date_order", "/to 1:70", false},
	{"a line without duties", `{"schema":"overseas/event/1","event":"entry","lines":[{"goods":"1 EUR"}]}`, "missing_field", "/lines/0/duties 1:55", true},
	{"a line of no duties", `{"schema":"overseas/event/1","event":"entry","lines":[{"goods":"1 EUR","duties":[]}]}`, "input_missing", "/lines/0/duties 1:81", true},
	{"a duty without its rate", `{"schema":"overseas/event/1","event":"entry","lines":[{"goods":"1 EUR","duties":[{"code":"mfn"}]}]}`, "missing_field", "/lines/0/duties/0/rate 1:82", true},
	{"a duty of less than nothing", `{"schema":"overseas/event/1","event":"entry","lines":[{"goods":"1 EUR","duties":[{"code":"mfn","rate":"-1%"}]}]}`, "negative", "/lines/0/duties/0/rate 1:103", true},
	{"a duty without a sign", `{"schema":"overseas/event/1","event":"entry","lines":[{"goods":"1 EUR","duties":[{"code":"mfn","rate":"7.7"}]}]}`, "malformed", "/lines/0/duties/0/rate 1:103", true},
	{"a rate of nothing", `{"schema":"overseas/event/1","event":"entry","lines":[],"rates":[{"base":"EUR","quote":"USD","value":0}]}`, "rate_not_positive", "/rates/0/value 1:102", true},
	{"a pair twice", `{"schema":"overseas/event/1","event":"entry","lines":[],"rates":["1 EUR = 1.1 USD","1 EUR = 1.2 USD"]}`, "duplicate", "/rates 1:65", false},
	{"text after the end", `{"schema":"overseas/event/1","event":"order","parcels":[]} {}`, "trailing_data", " 1:60", false},
	{"a line break in a text", `{"schema":"overseas/event/1","event":"order","reference":"a\nb","parcels":[]}`, "control_character", "/reference 1:58", false},
}

func TestParseEventRefuses(t *testing.T) {
	schema, _ := validators(t)
	for _, c := range badEvents {
		t.Run(c.name, func(t *testing.T) {
			e, err := fees.ParseEvent(strings.NewReader(c.doc))
			var ps fees.Problems
			if e != nil || !errors.As(err, &ps) || len(ps) != 1 {
				t.Fatalf("%v %v", e, err)
			}
			if place := ps[0].Path + " " + strings.Trim(strings.Join([]string{itoa(ps[0].Line), itoa(ps[0].Column)}, ":"), ":"); ps[0].Code != c.code || place != c.place {
				t.Errorf("%s at %q: %v", ps[0].Code, place, err)
			}
			if got := schema.Judge([]byte(c.doc)) != nil; got != c.schema && c.code != "trailing_data" {
				t.Errorf("the schema refuses it: %v, want %v: %v", got, c.schema, schema.Judge([]byte(c.doc)))
			}
		})
	}
}

func itoa(n int) string { b, _ := json.Marshal(n); return string(b) }

func TestParseEventReportsEverything(t *testing.T) {
	doc := `{
  "schema": "overseas/event/1", "event": "order",
  "date": "2026-13-01",
  "parcels": [
    {"weight": "2.5", "sise": "1x1x1 cm"},
    {"count": 0}
  ]
}`
	_, err := fees.ParseEvent(strings.NewReader(doc))
	want := []string{"/date (3:11)", "/parcels/0/weight (5:16)", "/parcels/0/sise (5:23)", "/parcels/1/count (6:15)"}
	lines := strings.Split(err.Error(), "\n")
	if len(lines) != len(want) {
		t.Fatalf("%d problems:\n%v", len(lines), err)
	}
	for i := range want {
		if !strings.HasPrefix(lines[i], want[i]) {
			t.Errorf("%s, want %s", lines[i], want[i])
		}
	}
}

func TestParseJourneyRefuses(t *testing.T) {
	_, schema := validators(t)
	entry := strings.Replace(goodEvents["entry"], `"schema":"overseas/event/1","event":"entry",`, "", 1)
	for _, c := range []struct {
		name, doc string
		code      fees.Code
	}{
		{"an event's schema inside", `{"schema":"overseas/journey/1","order":` + goodEvents["order"] + `}`, "unknown_field"},
		{"an unknown basis", `{"schema":"overseas/journey/1","share_by":"colour"}`, "unknown_value"},
		{"the default by name", `{"schema":"overseas/journey/1","share_by":"default"}`, "unknown_value"},
		{"rates without an entry", `{"schema":"overseas/journey/1","rates":["1 EUR = 1.1 USD"]}`, "missing_field"},
		{"rates twice", `{"schema":"overseas/journey/1","rates":["1 EUR = 1.1 USD"],"entry":` + entry + `}`, "fields_exclude"},
		{"a period", `{"schema":"overseas/journey/1","period":{}}`, "unknown_field"},
	} {
		j, err := fees.ParseJourney(strings.NewReader(c.doc))
		if j != nil || !errors.Is(err, c.code) {
			t.Errorf("%s: %v", c.name, err)
		}
		if schema.Judge([]byte(c.doc)) == nil {
			t.Errorf("%s: the schema accepts it", c.name)
		}
	}
	doc := `{"schema":"overseas/journey/1","rates":["1 EUR = 1.1 USD"],"entry":{"lines":[]}}`
	j, err := fees.ParseJourney(strings.NewReader(doc))
	if err != nil || j.Entry.Rates.Len() != 1 || schema.Judge([]byte(doc)) != nil {
		t.Errorf("rates of the journey: %v %v", err, schema.Judge([]byte(doc)))
	}
}

func TestTooManyRows(t *testing.T) {
	parcels := func(n int) string {
		return `{"schema":"overseas/event/1","event":"order","parcels":[` + strings.Repeat("{},", n-1) + "{}]}"
	}
	if _, err := fees.ParseEvent(strings.NewReader(parcels(fees.MaxEventRows))); err != nil {
		t.Errorf("at the limit: %v", err)
	}
	if _, err := fees.ParseEvent(strings.NewReader(parcels(fees.MaxEventRows + 1))); !errors.Is(err, fees.Code("too_many")) {
		t.Errorf("over the limit: %v", err)
	}
}

func TestUnmarshalIsStrict(t *testing.T) {
	var o fees.Order
	if err := json.Unmarshal([]byte(goodEvents["order"]), &o); err != nil || o.Reference != "O-1" {
		t.Errorf("%v %+v", err, o)
	}
	was := o
	if err := json.Unmarshal([]byte(goodEvents["stay"]), &o); !errors.Is(err, fees.ErrValue) || !reflect.DeepEqual(o, was) {
		t.Errorf("a stay as an order: %v", err)
	}
	if err := json.Unmarshal([]byte(`{"schema":"overseas/event/1","event":"order","Parcels":[]}`), &o); err == nil {
		t.Error("a name in other letters is accepted")
	}
}

func TestMarshalRefusesWhatHasNoForm(t *testing.T) {
	e, err := fees.ParseEvent(strings.NewReader(goodEvents["entry"]))
	if err != nil {
		t.Fatal(err)
	}
	entry := e.(*fees.Entry)
	first, _ := money.ParseRate("1 GBP = 1.2 EUR")
	second, _ := money.ParseRate("1 EUR = 9 DKK")
	if entry.Rates, err = entry.Rates.With(money.Via{First: first, Second: second}); err != nil {
		t.Fatal(err)
	}
	if data, err := json.Marshal(entry); err == nil {
		t.Errorf("written without the way: %s", data)
	}
}

// The definitions that the schemas share are the same.
func TestSchemasAgree(t *testing.T) {
	var a, b, c struct {
		Defs map[string]any `json:"$defs"`
	}
	if err := errors.Join(json.Unmarshal(fees.EventJSONSchema(), &a), json.Unmarshal(fees.JourneyJSONSchema(), &b), json.Unmarshal(fees.DirectParcelJSONSchema(), &c)); err != nil {
		t.Fatal(err)
	}
	for name, def := range c.Defs {
		other := a.Defs[name]
		if name == "parcel_line" { // a line that may have no duties
			line := a.Defs["line"].(map[string]any)
			def, other = def.(map[string]any)["properties"], line["properties"]
		}
		if !reflect.DeepEqual(def, other) {
			t.Errorf("%s of a parcel differs", name)
		}
	}
	shared := 0
	for name, def := range a.Defs {
		other, ok := b.Defs[name]
		if event, isEvent := strings.CutPrefix(name, "event_"); isEvent {
			if event == "removal" || event == "period" {
				continue
			}
			props := def.(map[string]any)["properties"].(map[string]any)
			delete(props, "schema")
			delete(props, "event")
			def, other, ok = props, b.Defs[event].(map[string]any)["properties"], true
		}
		if shared++; !ok || !reflect.DeepEqual(def, other) {
			t.Errorf("%s differs", name)
		}
	}
	if shared < 20 {
		t.Errorf("only %d definitions", shared)
	}
}

func FuzzEventRoundTrip(f *testing.F) {
	for _, doc := range goodEvents {
		f.Add(doc)
	}
	for _, c := range badEvents {
		f.Add(c.doc)
	}
	f.Add(goodJourney)
	f.Add(goodParcel)
	schema, err := schematest.New(fees.EventJSONSchema())
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, doc string) {
		if j, err := fees.ParseJourney(strings.NewReader(doc)); err == nil {
			data, err := json.Marshal(j)
			if err != nil {
				t.Fatal(err)
			}
			back, err := fees.ParseJourney(bytes.NewReader(data))
			if err != nil {
				t.Fatalf("%s\n%v", data, err)
			}
			equal(t, "journey", j, back)
			return
		}
		if p, err := fees.ParseDirectParcel(strings.NewReader(doc)); err == nil {
			data, err := json.Marshal(p)
			if err != nil {
				t.Fatal(err)
			}
			back, err := fees.ParseDirectParcel(bytes.NewReader(data))
			if err != nil {
				t.Fatalf("%s\n%v", data, err)
			}
			if again, err := json.Marshal(back); err != nil || !bytes.Equal(data, again) {
				t.Fatalf("%s\n%s\n%v", data, again, err)
			}
			return
		}
		e, err := fees.ParseEvent(strings.NewReader(doc))
		if err != nil {
			var ps fees.Problems
			if e != nil || !errors.As(err, &ps) || len(ps) == 0 {
				t.Fatalf("%v %v", e, err)
			}
			return
		}
		if err := schema.Judge([]byte(doc)); err != nil {
			t.Fatalf("the schema refuses what the parser accepts: %v\n%s", err, doc)
		}
		again(t, "event", e)
	})
}
