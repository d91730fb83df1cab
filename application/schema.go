package application

import _ "embed"

//go:embed schema/application.schema.json
var applicationSchema string

//go:embed schema/filing.schema.json
var filingSchema string

// JSONSchema is the JSON Schema (2020-12) of application documents. What a schema can say, it says as Parse does.
func JSONSchema() []byte { return []byte(applicationSchema) }

// FilingJSONSchema is the JSON Schema (2020-12) of filing documents.
func FilingJSONSchema() []byte { return []byte(filingSchema) }
