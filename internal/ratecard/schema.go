package ratecard

import _ "embed"

//go:embed schema.json
var schemaText string

// JSONSchema is the JSON Schema (2020-12) of the document that Parse reads. What a schema cannot say, such as a gap
// between brackets or a name that is not on the card, only Parse refuses.
func JSONSchema() []byte { return []byte(schemaText) }
