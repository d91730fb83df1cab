package eligibility

import _ "embed"

var (
	//go:embed schema/policy.schema.json
	policySchema string
	//go:embed schema/overlay.schema.json
	overlaySchema string
	//go:embed schema/cases.schema.json
	casesSchema string
	//go:embed schema/decision.schema.json
	decisionSchema string
	//go:embed schema/checklist.schema.json
	checklistSchema string
)

// PolicyJSONSchema is the JSON Schema (2020-12) of policy documents. It says what a schema can say; that a rule can
// fire, or a word is one of the document's own, only Parse can tell.
func PolicyJSONSchema() []byte { return []byte(policySchema) }

// OverlayJSONSchema is the JSON Schema (2020-12) of overlay documents.
func OverlayJSONSchema() []byte { return []byte(overlaySchema) }

// CasesJSONSchema is the JSON Schema (2020-12) of case documents.
func CasesJSONSchema() []byte { return []byte(casesSchema) }

// DecisionJSONSchema is the JSON Schema (2020-12) of decisions.
func DecisionJSONSchema() []byte { return []byte(decisionSchema) }

// ChecklistJSONSchema is the JSON Schema (2020-12) of checklists.
func ChecklistJSONSchema() []byte { return []byte(checklistSchema) }
