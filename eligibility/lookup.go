package eligibility

import "github.com/overseaswarehouse/overseas/country"

func (d *document) material(code string) *material {
	for i := range d.materials {
		if d.materials[i].code == code && code != "" {
			return &d.materials[i]
		}
	}
	return nil
}

func (d *document) answer(code string) *answer {
	for i := range d.answers {
		if d.answers[i].code == code && code != "" {
			return &d.answers[i]
		}
	}
	return nil
}

func (d *document) parameter(code string) *parameter {
	for i := range d.parameters {
		if d.parameters[i].code == code && code != "" {
			return &d.parameters[i]
		}
	}
	return nil
}

func (d *document) reason(code string) *reason {
	for i := range d.reasons {
		if d.reasons[i].code == code && code != "" {
			return &d.reasons[i]
		}
	}
	return nil
}

func (d *document) kindIndex(code string) int {
	for i := range d.kinds {
		if d.kinds[i].code == code && code != "" {
			return i
		}
	}
	return -1
}

func (d *document) roleIndex(code string) int {
	for i := range d.roles {
		if d.roles[i].code == code && code != "" {
			return i
		}
	}
	return -1
}

func (d *document) isOpen(c country.Code) bool {
	for _, x := range d.destinations {
		if x == c {
			return true
		}
	}
	return false
}

func (d *document) materialCodes() []string {
	out := make([]string, len(d.materials))
	for i := range d.materials {
		out[i] = d.materials[i].code
	}
	return out
}

func (d *document) parameterCodes() []string {
	out := make([]string, len(d.parameters))
	for i := range d.parameters {
		out[i] = d.parameters[i].code
	}
	return out
}

func (d *document) kindCodes() []string {
	out := make([]string, len(d.kinds))
	for i := range d.kinds {
		out[i] = d.kinds[i].code
	}
	return out
}

func (d *document) roleCodes() []string {
	out := make([]string, len(d.roles))
	for i := range d.roles {
		out[i] = d.roles[i].code
	}
	return out
}

func (d *document) destinationCodes() []string {
	out := make([]string, len(d.destinations))
	for i, c := range d.destinations {
		out[i] = c.String()
	}
	return out
}

// nameOf finds the name of a word in a list of the policy; a word the list does not have is its own name.
func nameOf(list []named, code string) *text {
	for i := range list {
		if list[i].code == code {
			return &list[i].name
		}
	}
	return nil
}
