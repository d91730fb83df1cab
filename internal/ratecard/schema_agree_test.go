package ratecard_test

import (
	"encoding/json"
	"errors"
	"testing"

	"github.com/overseaswarehouse/overseas/internal/problem"
	"github.com/overseaswarehouse/overseas/internal/ratecard"
	"github.com/overseaswarehouse/overseas/internal/schematest"
)

// sayable are the problems that a schema can say, where the document is JSON at all. Of some a schema can say only the
// plain cases; those are listed in beyond.
var sayable = map[problem.Code]bool{
	problem.UnknownField: true, problem.MissingField: true, problem.NullNotAllowed: true, problem.WrongType: true,
	problem.UnsupportedVersion: true, problem.NumberSyntax: true, problem.Negative: true, problem.TierEmpty: true,
	problem.FieldsExclude: true, problem.UnknownValue: true, problem.Malformed: true, problem.UnitUnknown: true,
}

// beyond are documents whose problem has a code that is sayable, but that a schema of ours does not say.
var beyond = map[string]bool{
	"country of another card": true, "axis value unknown": true, "unknown value": true, "default": true, // values of the card
	"level of another event": true,
	"percent of nothing":     true, "of without percent": true, "percent per weight": true, // members of two objects
	"kilograms of what": true, "unit without quantity": true, "band per what": true, "bands per weight": true,
	"next break of nothing": true, "snapshot when": true, "snapshot of a day": true, "time of an order": true,
	"age of an order": true, "rows along the age of an order": true, "duties of an order": true, "top-up of an order": true, "tolerance of nothing": true,
	"step of nothing": true, "second step with terms": true, "band open in the middle": true, "sides without mode": true,
	"negative price": true, "negative cell": true, "negative": true, // a credit may be negative
	"postal range of two shapes": true, "postal range of two letters": true, "postal small letters": true,
	"array": true, // right in a bracket that has a table of its own
}

func TestSchemaAgreesWithParser(t *testing.T) {
	v, err := schematest.New(ratecard.JSONSchema())
	if err != nil {
		t.Fatal(err)
	}
	judge := func(t *testing.T, name string, data []byte) {
		_, err := ratecard.Parse(data)
		if !json.Valid(data) {
			if err == nil {
				t.Errorf("%s: accepted, though it is not JSON", name)
			}
			return
		}
		why := v.Judge(data)
		var ps problem.Problems
		errors.As(err, &ps)
		said := false
		for _, p := range ps {
			said = said || sayable[p.Code]
		}
		switch {
		case err == nil && why != nil:
			t.Errorf("%s: parsed, but the schema says %v", name, why)
		case said && why == nil && !beyond[name]:
			t.Errorf("%s: valid by the schema, but %v", name, err)
		case said && why != nil && beyond[name]:
			t.Errorf("%s: the schema says it after all: %v", name, why)
		}
	}
	for name, data := range files(t) {
		judge(t, name, data)
	}
	for name, data := range okCases {
		judge(t, name, data)
	}
	for _, r := range refusals {
		judge(t, r.name, r.doc)
	}
	for _, h := range hostile {
		if len(h.doc) < 1<<20 {
			judge(t, h.name, []byte(h.doc))
		}
	}
}
