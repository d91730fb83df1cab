package proof

import _ "embed"

//go:embed schema.json
var schema string

// JSONSchema is the JSON Schema (2020-12) of records.
func JSONSchema() []byte { return []byte(schema) }
