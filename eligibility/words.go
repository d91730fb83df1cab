package eligibility

// Outcome is what a policy says to an application.
type Outcome uint8

// The outcomes. The zero Outcome, and so the zero Decision, approves nothing.
const (
	Undetermined Outcome = iota // something that the decision depends on is not stated
	Approved                    // nothing stated speaks against it
	Rejected                    // at least one rule speaks against it
)

var outcomeWords = [...]string{"undetermined", "approved", "rejected"}

// String is the outcome's word in documents.
func (o Outcome) String() string { return word(outcomeWords[:], int(o)) }

// Kind says in what way something is wrong.
type Kind uint8

// The kinds of findings. The zero Kind is none.
const (
	Missing      Kind = iota + 1 // it was not given, or not stated
	Malformed                    // it cannot be what it should be
	DoesNotProve                 // it was given and does not prove what it should
	NotSupported                 // it is none of those accepted; Finding.Want lists them
	NotPermitted                 // it is understood and not allowed
)

var kindWords = [...]string{"", "missing", "malformed", "does_not_prove", "not_supported", "not_permitted"}

// String is the kind's word in documents.
func (k Kind) String() string { return word(kindWords[:], int(k)) }

// Effect says what a rule that fires does to the outcome.
type Effect uint8

// The effects. The zero Effect is none.
const (
	Reject  Effect = iota + 1 // the application is rejected
	Unclear                   // the application cannot be decided
	Advise                    // advice only: the outcome stays
)

var effectWords = [...]string{"", "reject", "undetermined", "advise"}

// String is the effect's word in documents.
func (e Effect) String() string { return word(effectWords[:], int(e)) }

// Provenance says where a rule or the value of a parameter comes from.
type Provenance uint8

// The provenances. The zero Provenance is none.
const (
	Stated  Provenance = iota + 1 // the platform's announcement says so
	Refined                       // a further page adds it
	Assumed                       // the policy's author reads it so; nobody published it
	Set                           // of a parameter: the caller set it for this run
)

var provenanceWords = [...]string{"", "stated", "refined", "assumed", "set"}

// String is the provenance's word in documents.
func (p Provenance) String() string { return word(provenanceWords[:], int(p)) }

// RemedyClass says who has to do what.
type RemedyClass uint8

// The classes of remedies. The zero RemedyClass is none.
const (
	Provide RemedyClass = iota + 1 // hand in something that is missing
	Correct                        // replace or correct what was handed in
	DoFirst                        // do something in the world first, such as sending goods
	Answer                         // answer a question that was left open
	Wait                           // nothing the applicant changes here helps; only time or the platform can
)

var remedyWords = [...]string{"", "provide", "correct", "do_first", "answer", "wait"}

// String is the class's word in documents.
func (r RemedyClass) String() string { return word(remedyWords[:], int(r)) }

// Standing says how sure a statement of the announcement is.
type Standing uint8

// The standings. The zero Standing is none.
const (
	StandingStated    Standing = iota + 1 // in the announcement
	StandingConfirmed                     // also on an independent page
	StandingRefined                       // added by another page
	StandingOpen                          // not settled by any source
)

var standingWords = [...]string{"", "stated", "confirmed", "refined", "open"}

// String is the standing's word in documents.
func (s Standing) String() string { return word(standingWords[:], int(s)) }

func word(words []string, i int) string {
	if i >= 0 && i < len(words) {
		return words[i]
	}
	return ""
}

// MarshalText writes the word.
func (o Outcome) MarshalText() ([]byte, error) { return []byte(o.String()), nil }

// MarshalText writes the word.
func (k Kind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// MarshalText writes the word.
func (e Effect) MarshalText() ([]byte, error) { return []byte(e.String()), nil }

// MarshalText writes the word.
func (p Provenance) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// MarshalText writes the word.
func (r RemedyClass) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// MarshalText writes the word.
func (s Standing) MarshalText() ([]byte, error) { return []byte(s.String()), nil }
