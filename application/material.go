package application

import "github.com/overseaswarehouse/overseas/country"

// Material is one piece of evidence: a word of the policy for what it is, and the facets a policy may look at.
// A facet that is not filled in is not stated, which is neither "no" nor "none".
type Material struct {
	Kind    string       // the policy's word: "contract_photo"
	Text    string       // of a material that is text: the provider's name, a customer code, an address
	Form    string       // which of several accepted forms it has: "shipping_receipt"
	Country country.Code // the country it names: of an address, a certificate, a newspaper
	Dated   country.Date // the date it bears: of the newspaper in a photo
	Shows   []Showing    // what was looked for in it; a part that is not listed is not stated
	File    File         // of a material that is a file: its identity
	Basis   Basis        // on whose word the facets above rest
}

// Showing says whether a material shows one part of what it has to show.
type Showing struct {
	Part  string // the policy's word: "house_number"
	State State
	Basis Basis
}

// State says whether a part can be seen.
type State uint8

// The states of a part. A part without a Showing is not stated as well.
const (
	NotStated State = iota
	Shown
	NotShown
)

// String is the word that JSON uses, or "" for not stated.
func (s State) String() string {
	switch s {
	case Shown:
		return "shown"
	case NotShown:
		return "not_shown"
	}
	return ""
}

// Basis says on whose word a statement about a material rests. The library never opens a file, so it is either the
// applicant's word or that of somebody who looked.
type Basis uint8

// The bases. The zero Basis is the applicant's declaration.
const (
	Declared Basis = iota
	Verified
)

// String is the word that JSON uses.
func (b Basis) String() string {
	if b == Verified {
		return "verified"
	}
	return "declared"
}

// Part finds what is said about a part: not stated when nothing is.
func (m *Material) Part(part string) (State, Basis) {
	for i := range m.Shows {
		if m.Shows[i].Part == part {
			return m.Shows[i].State, m.Shows[i].Basis
		}
	}
	return NotStated, Declared
}

// Lacks is the material with the given parts marked as looked for and not shown.
func (m Material) Lacks(parts ...string) Material { return m.say(NotShown, parts) }

// WithShown is the material with the given parts marked as shown.
func (m Material) WithShown(parts ...string) Material { return m.say(Shown, parts) }

func (m Material) say(state State, parts []string) Material {
	shows := make([]Showing, 0, len(m.Shows)+len(parts))
	shows = append(shows, m.Shows...)
	for _, p := range parts {
		found := false
		for i := range shows {
			if shows[i].Part == p {
				shows[i].State, found = state, true
			}
		}
		if !found {
			shows = append(shows, Showing{Part: p, State: state})
		}
	}
	m.Shows = shows
	return m
}

// AsVerified is the material with everything said about it marked as verified.
func (m Material) AsVerified() Material {
	m.Basis = Verified
	shows := make([]Showing, len(m.Shows))
	for i, s := range m.Shows {
		s.Basis = Verified
		shows[i] = s
	}
	if len(shows) > 0 {
		m.Shows = shows
	}
	return m
}
