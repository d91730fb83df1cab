package fixed

import "github.com/overseaswarehouse/overseas/internal/problem"

// Mode says how a value between two neighbours is rounded. All modes but Ceiling and Floor treat both signs alike.
// The zero Mode means "not given" and rounds nothing: operations refuse it.
type Mode uint8

// The modes. The numbers are not part of any format; the names are.
const (
	HalfUp   Mode = iota + 1 // to the nearest, a tie away from zero
	HalfEven                 // to the nearest, a tie to the even neighbour
	HalfDown                 // to the nearest, a tie towards zero
	Up                       // away from zero
	Down                     // towards zero
	Ceiling                  // towards positive infinity
	Floor                    // towards negative infinity
	modes
)

var modeNames = [modes]string{
	HalfUp:   "half_up",
	HalfEven: "half_even",
	HalfDown: "half_down",
	Up:       "up",
	Down:     "down",
	Ceiling:  "ceiling",
	Floor:    "floor",
}

// Valid reports whether m is one of the seven modes.
func (m Mode) Valid() bool { return m-1 < modes-1 }

// String is the name of the mode, "" when it is none.
func (m Mode) String() string {
	if m < modes {
		return modeNames[m]
	}
	return ""
}

// ParseMode finds a mode by its exact name.
func ParseMode(name string) (Mode, bool) {
	for m := HalfUp; m < modes; m++ {
		if modeNames[m] == name {
			return m, true
		}
	}
	return 0, false
}

// ModeNames lists the names of all modes.
func ModeNames() []string {
	return append([]string(nil), modeNames[HalfUp:]...)
}

// MarshalText writes the name; the zero Mode is empty.
func (m Mode) MarshalText() ([]byte, error) { return []byte(m.String()), nil }

// UnmarshalText reads a name; empty text is the zero Mode. Other text is unknown_value.
func (m *Mode) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*m = 0
		return nil
	}
	v, ok := ParseMode(string(text))
	if !ok {
		return problem.New(problem.UnknownValue, string(text), ModeNames()...)
	}
	*m = v
	return nil
}
