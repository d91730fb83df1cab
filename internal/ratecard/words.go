package ratecard

import "github.com/overseaswarehouse/overseas/internal/problem"

// The words of cards, in both directions. Index 0 of a table is "" where the zero value means "not given".
var (
	standingWords  = []string{Published: "published", Tier: "tier", Agreement: "agreement"}
	taxWords       = []string{TaxUnstated: "unstated", TaxIncluded: "included", TaxExcluded: "excluded", TaxNone: "none"}
	flagWords      = []string{Unstated: "unstated", No: "no", Yes: "yes"}
	eventWords     = []string{Consign: "consign", Import: "import", Receive: "receive", Store: "store", Order: "order", Return: "return", Remove: "remove", PeriodEnd: "period"}
	familyWords    = []string{FirstLeg: "first_leg", Storage: "storage", Handling: "handling", LocalDelivery: "local_delivery", Tariff: "tariff", TaxFamily: "tax", Other: "other"}
	levelWords     = []string{LevelItem: "item", LevelPiece: "piece", LevelLine: "line", LevelEvent: "event"}
	inputKindWords = []string{Choice: "choice", Count: "count", Decimal: "decimal", Amounts: "money"}
	edgeWords      = []string{UpTo: "upTo", Below: "below", From: "from", Over: "over"}
	basisWords     = []string{Rounded: "rounded", Exact: "exact"}
	takeWords      = []string{One: "one", First: "first", Greatest: "greatest", Least: "least"}
	ageWords       = []string{Age: "age", Day: "day"}
	timeUnitWords  = []string{PerDay: "day", PerWeek: "week", PerMonth: "month", PerYear: "year"}
	timeBasisWords = []string{Daily: "daily", Snapshot: "snapshot", Started: "started"}
	weekdayWords   = []string{1: "monday", 2: "tuesday", 3: "wednesday", 4: "thursday", 5: "friday", 6: "saturday", 7: "sunday"}
)

func wordOf[T ~uint8](words []string, v T) string {
	if int(v) < len(words) {
		return words[v]
	}
	return ""
}

func parseWord[T ~uint8](words []string, text string) (T, bool) {
	i, ok := wordIn(words, text)
	return T(i), ok
}

//go:noinline
func wordIn(words []string, text string) (uint8, bool) {
	if text != "" {
		for i, w := range words {
			if w == text {
				return uint8(i), true
			}
		}
	}
	return 0, false
}

func marshalWord[T ~uint8](words []string, v T) ([]byte, error) {
	if w := wordOf(words, v); w != "" {
		return []byte(w), nil
	}
	return nil, problem.New(problem.UnknownValue, "", listed(words)...)
}

func unmarshalWord[T ~uint8](words []string, text []byte, into *T) error {
	v, ok := parseWord[T](words, string(text))
	if !ok {
		return problem.New(problem.UnknownValue, string(text), listed(words)...)
	}
	*into = v
	return nil
}

// listed is a table's words without the empty ones.
//
//go:noinline
func listed(words []string) []string {
	out := make([]string, 0, len(words))
	for _, w := range words {
		if w != "" {
			out = append(out, w)
		}
	}
	return out
}

// String is the word of cards: published, tier, agreement.
func (s Standing) String() string { return wordOf(standingWords, s) }

// ParseStanding finds a standing by its word.
func ParseStanding(text string) (Standing, bool) { return parseWord[Standing](standingWords, text) }

// MarshalText writes the word.
func (s Standing) MarshalText() ([]byte, error) { return marshalWord(standingWords, s) }

// UnmarshalText reads the word; anything else is unknown_value.
func (s *Standing) UnmarshalText(text []byte) error { return unmarshalWord(standingWords, text, s) }

// String is the word of cards: unstated, included, excluded, none.
func (k TaxKind) String() string { return wordOf(taxWords, k) }

// ParseTaxKind finds a tax kind by its word.
func ParseTaxKind(text string) (TaxKind, bool) { return parseWord[TaxKind](taxWords, text) }

// MarshalText writes the word.
func (k TaxKind) MarshalText() ([]byte, error) { return marshalWord(taxWords, k) }

// UnmarshalText reads the word; anything else is unknown_value.
func (k *TaxKind) UnmarshalText(text []byte) error { return unmarshalWord(taxWords, text, k) }

// String is the word of cards: unstated, no, yes.
func (f Flag) String() string { return wordOf(flagWords, f) }

// MarshalText writes the word.
func (f Flag) MarshalText() ([]byte, error) { return marshalWord(flagWords, f) }

// UnmarshalText reads the word; anything else is unknown_value.
func (f *Flag) UnmarshalText(text []byte) error { return unmarshalWord(flagWords, text, f) }

// String is the word of cards: consign, import, receive, store, order, return, remove, period.
func (e Event) String() string { return wordOf(eventWords, e) }

// ParseEvent finds an event by its word.
func ParseEvent(text string) (Event, bool) { return parseWord[Event](eventWords, text) }

// MarshalText writes the word; the zero Event has none.
func (e Event) MarshalText() ([]byte, error) { return marshalWord(eventWords, e) }

// UnmarshalText reads the word; anything else is unknown_value.
func (e *Event) UnmarshalText(text []byte) error { return unmarshalWord(eventWords, text, e) }

// String is the word of cards: first_leg, storage, handling, local_delivery, tariff, tax, other.
func (f Family) String() string { return wordOf(familyWords, f) }

// ParseFamily finds a family by its word.
func ParseFamily(text string) (Family, bool) { return parseWord[Family](familyWords, text) }

// MarshalText writes the word; the zero Family has none.
func (f Family) MarshalText() ([]byte, error) { return marshalWord(familyWords, f) }

// UnmarshalText reads the word; anything else is unknown_value.
func (f *Family) UnmarshalText(text []byte) error { return unmarshalWord(familyWords, text, f) }

// String is the word that every event knows: item, piece, line, event. Level.Word has the event's own.
func (l Level) String() string { return wordOf(levelWords, l) }

// MarshalText writes the word that every event knows; the zero Level has none.
func (l Level) MarshalText() ([]byte, error) { return marshalWord(levelWords, l) }

// UnmarshalText reads a word that every event knows; anything else is unknown_value.
func (l *Level) UnmarshalText(text []byte) error { return unmarshalWord(levelWords, text, l) }

// String is the word of cards: choice, count, decimal, money.
func (k InputKind) String() string { return wordOf(inputKindWords, k) }

// MarshalText writes the word; the zero InputKind has none.
func (k InputKind) MarshalText() ([]byte, error) { return marshalWord(inputKindWords, k) }

// UnmarshalText reads the word; anything else is unknown_value.
func (k *InputKind) UnmarshalText(text []byte) error { return unmarshalWord(inputKindWords, text, k) }

// String is the word of cards: upTo, below, from, over.
func (e Edge) String() string { return wordOf(edgeWords, e) }

// MarshalText writes the word; the zero Edge has none.
func (e Edge) MarshalText() ([]byte, error) { return marshalWord(edgeWords, e) }

// UnmarshalText reads the word; anything else is unknown_value.
func (e *Edge) UnmarshalText(text []byte) error { return unmarshalWord(edgeWords, text, e) }

// String is the word of cards: rounded, exact.
func (b Basis) String() string { return wordOf(basisWords, b) }

// MarshalText writes the word.
func (b Basis) MarshalText() ([]byte, error) { return marshalWord(basisWords, b) }

// UnmarshalText reads the word; anything else is unknown_value.
func (b *Basis) UnmarshalText(text []byte) error { return unmarshalWord(basisWords, text, b) }

// String is the word of cards: one, first, greatest, least.
func (t Take) String() string { return wordOf(takeWords, t) }

// MarshalText writes the word.
func (t Take) MarshalText() ([]byte, error) { return marshalWord(takeWords, t) }

// UnmarshalText reads the word; anything else is unknown_value.
func (t *Take) UnmarshalText(text []byte) error { return unmarshalWord(takeWords, text, t) }

// String is the word of cards: age, day; "" for AgeNone.
func (a AgeAxis) String() string { return wordOf(ageWords, a) }

// String is the word of cards: day, week, month, year.
func (u TimeUnit) String() string { return wordOf(timeUnitWords, u) }

// MarshalText writes the word; the zero TimeUnit has none.
func (u TimeUnit) MarshalText() ([]byte, error) { return marshalWord(timeUnitWords, u) }

// UnmarshalText reads the word; anything else is unknown_value.
func (u *TimeUnit) UnmarshalText(text []byte) error { return unmarshalWord(timeUnitWords, text, u) }

// String is the word of cards: daily, snapshot, started.
func (b TimeBasis) String() string { return wordOf(timeBasisWords, b) }

// MarshalText writes the word; the zero TimeBasis has none.
func (b TimeBasis) MarshalText() ([]byte, error) { return marshalWord(timeBasisWords, b) }

// UnmarshalText reads the word; anything else is unknown_value.
func (b *TimeBasis) UnmarshalText(text []byte) error { return unmarshalWord(timeBasisWords, text, b) }
