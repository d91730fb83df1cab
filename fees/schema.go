package fees

import (
	_ "embed"

	"github.com/overseaswarehouse/overseas/internal/ratecard"
)

//go:embed event.schema.json
var eventSchema string

//go:embed journey.schema.json
var journeySchema string

// EventJSONSchema is the JSON Schema (2020-12) of the document that ParseEvent reads. What a schema cannot say, such as a
// day that no calendar has, only ParseEvent refuses.
func EventJSONSchema() []byte { return []byte(eventSchema) }

// JourneyJSONSchema is the JSON Schema (2020-12) of the document that ParseJourney reads, as far as a schema can say it.
func JourneyJSONSchema() []byte { return []byte(journeySchema) }

// CardJSONSchema is the JSON Schema (2020-12) of the document that ParseCard reads, as far as a schema can say it.
func CardJSONSchema() []byte { return ratecard.JSONSchema() }
