package ratecard

import "slices"

// levelName is a word for a level; an Event of zero means every event that has the level.
type levelName struct {
	word  string
	event Event
	level Level
}

// levelNames has each event's own word for a level before the words that every event knows.
var levelNames = []levelName{
	{"unit", Consign, LevelItem}, {"carton", Consign, LevelPiece}, {"consignment", Consign, LevelEvent},
	{"unit", Receive, LevelItem}, {"carton", Receive, LevelPiece}, {"delivery", Receive, LevelEvent},
	{"unit", Store, LevelPiece}, {"lot", Store, LevelLine}, {"account", Store, LevelEvent},
	{"unit", Order, LevelItem}, {"parcel", Order, LevelPiece}, {"order", Order, LevelEvent},
	{"unit", Return, LevelItem}, {"parcel", Return, LevelPiece}, {"return", Return, LevelEvent},
	{"unit", Remove, LevelPiece}, {"removal", Remove, LevelEvent},
	{"unit", Import, LevelPiece}, {"entry", Import, LevelEvent},
	{"period", PeriodEnd, LevelEvent},
	{"item", 0, LevelItem}, {"piece", 0, LevelPiece}, {"line", 0, LevelLine}, {"event", 0, LevelEvent},
}

// levelsOf are the levels of each event, narrow to wide. A stored unit, a removed unit and a unit of a declaration line are
// pieces: nothing lies inside them.
var levelsOf = [EventCount]levelSet{
	Consign:   fromItem,
	Import:    fromPiece,
	Receive:   fromItem,
	Store:     fromPiece,
	Order:     fromItem,
	Return:    fromItem,
	Remove:    fromPiece,
	PeriodEnd: 1 << LevelEvent,
}

// levelSet is a set of levels, one bit each.
type levelSet uint8

const (
	fromLine  levelSet = 1<<LevelLine | 1<<LevelEvent
	fromPiece          = 1<<LevelPiece | fromLine
	fromItem           = 1<<LevelItem | fromPiece
)

func (s levelSet) has(l Level) bool { return s&(1<<l) != 0 }

// HasLevel reports whether the event has parts of the level: a period has none, a stay has no items.
func (e Event) HasLevel(l Level) bool { return e < EventCount && levelsOf[e].has(l) }

// UnitLevel is what "unit" means for the event: a unit of goods inside a parcel or carton is an item; a stored or removed
// unit and a unit of a declaration line is a piece.
func (e Event) UnitLevel() Level {
	for _, n := range levelNames {
		if n.word == "unit" && n.event == e {
			return n.level
		}
	}
	return LevelItem
}

// Word is the event's own word for a level: carton, parcel, lot, order, …
//
//go:noinline
func (l Level) Word(on Event) string {
	for _, n := range levelNames {
		if n.event == on && n.level == l && on != 0 {
			return n.word
		}
	}
	return l.String()
}

// ParseLevel finds the level that a word means for an event. An event of zero accepts the words of every event but
// "unit", which means different things.
//
//go:noinline
func ParseLevel(word string, on Event) (Level, bool) {
	for _, n := range levelNames {
		switch {
		case n.word != word:
		case on == 0 && word != "unit":
			return n.level, true
		case on != 0 && n.event == 0 && on.HasLevel(n.level):
			return n.level, true
		case on != 0 && n.event == on:
			return n.level, true
		}
	}
	return 0, false
}

// LevelWords lists the words that an event accepts for its levels, narrow to wide; those of all events for zero.
func LevelWords(on Event) []string {
	var words []string
	for l := LevelItem; l <= LevelEvent; l++ {
		for _, n := range levelNames {
			fits := on == 0 || n.event == on || n.event == 0 && on.HasLevel(l)
			if n.level == l && fits && !slices.Contains(words, n.word) {
				words = append(words, n.word)
			}
		}
	}
	return words
}

// isLevelWord reports whether the word names a level of any event.
func isLevelWord(word string) bool {
	for _, n := range levelNames {
		if n.word == word {
			return true
		}
	}
	return false
}
