package fees_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/overseaswarehouse/overseas/fees"
	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/internal/schematest"
)

const goodParcel = `{"schema":"overseas/direct_parcel/1","date":"2026-08-03","destination":"DE","tax_at_sale":true,
	"lines":[{"sku":"A1","hs":"620610","units":3,"weight":"0.9 kg","goods":"40.00 EUR","packing":"1 EUR","origin_inland":"2 EUR","freight_to_border":"5 USD","insurance":"1 EUR","freight_after_border":"3 EUR",
		"duties":[{"code":"third_country","rate":"12%","specific":[{"amount":"1 EUR","per":"kg"}],"min":{"rate":"1%"}}]},{"goods":"1 EUR"},
		{"goods":"2 EUR","options":[{"name":"x","duties":[{"code":"none"}]}]}],
	"rates":["1 EUR = 1.1612 USD"],"facts":{"origin":"cn"}}`

// TestDirectParcelDocument reads and writes the document of a parcel.
func TestDirectParcelDocument(t *testing.T) {
	schema, err := schematest.New(fees.DirectParcelJSONSchema())
	must(err)
	must(schema.Judge([]byte(goodParcel)))
	p, err := fees.ParseDirectParcel(strings.NewReader(goodParcel))
	must(err)
	if len(p.Lines) != 3 || p.Lines[0].Units != 3 || !p.TaxAtSale || p.Facts["origin"] != "cn" || p.Rates.Len() != 1 || p.Lines[1].Duties != nil || len(p.Lines[2].Options) != 1 {
		t.Errorf("%+v", p)
	}
	data, err := json.Marshal(p)
	must(err)
	must(schema.Judge(data))
	var back fees.DirectParcel
	must(json.Unmarshal(data, &back))
	if again, err := json.Marshal(back); err != nil || !bytes.Equal(data, again) {
		t.Errorf("%s\n%s", data, again)
	}
	noRates, rates := back, p.Rates
	noRates.Rates, p.Rates = nil, nil
	equal(t, "parcel", *p, noRates)
	p.Rates = rates
	for _, c := range []struct{ old, new, code string }{
		{`"overseas/direct_parcel/1"`, `"overseas/event/1"`, "unsupported_version"},
		{`"tax_at_sale":true`, `"tax_at_sale":"yes"`, "wrong_type"},
		{`"tax_at_sale":true`, `"importer":{}`, "unknown_field"},
		{`{"goods":"1 EUR"}`, `{"goods":"1 EUR","duties":[]}`, "input_missing"},
		{`{"goods":"1 EUR"}`, `{}`, "missing_field"},
		{`"goods":"2 EUR",`, `"goods":"2 EUR","duties":[{"code":"none"}],`, "fields_exclude"},
	} {
		doc := strings.Replace(goodParcel, c.old, c.new, 1)
		if _, err := fees.ParseDirectParcel(strings.NewReader(doc)); !errors.Is(err, fees.Code(c.code)) {
			t.Errorf("%s: %v", c.new, err)
		}
		if schema.Judge([]byte(doc)) == nil {
			t.Errorf("the schema accepts %s", c.new)
		}
		if err := json.Unmarshal([]byte(doc), &back); err == nil || back.TaxAtSale != p.TaxAtSale {
			t.Errorf("%s: %v", c.new, err)
		}
	}
	if _, err := fees.ParseDirectParcel(strings.NewReader(`[`)); err == nil {
		t.Error("no document")
	}
	first, _ := money.ParseRate("1 GBP = 1.2 EUR")
	second, _ := money.ParseRate("1 EUR = 9 DKK")
	p.Rates, err = p.Rates.With(money.Via{First: first, Second: second})
	must(err)
	if data, err := json.Marshal(p); err == nil {
		t.Errorf("written without the way: %s", data)
	}
}
