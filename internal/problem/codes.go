package problem

import "sync"

// The codes. Once released a code keeps its meaning and is never reused.
const (
	// documents
	JSONSyntax         Code = "json_syntax"
	Encoding           Code = "encoding"
	BOM                Code = "bom"
	TrailingData       Code = "trailing_data"
	TooLarge           Code = "too_large"
	TooDeep            Code = "too_deep"
	TooMany            Code = "too_many"
	UnsupportedVersion Code = "unsupported_version"
	ReadFailed         Code = "read_failed"
	NotCSV             Code = "not_csv"
	CSVSyntax          Code = "csv_syntax"
	RowWidth           Code = "row_width"
	// fields
	DuplicateKey     Code = "duplicate_key"
	UnknownField     Code = "unknown_field"
	MissingField     Code = "missing_field"
	NullNotAllowed   Code = "null_not_allowed"
	WrongType        Code = "wrong_type"
	TextTooLong      Code = "text_too_long"
	TextBlank        Code = "text_blank"
	ControlCharacter Code = "control_character"
	BidiControl      Code = "bidi_control"
	UnknownValue     Code = "unknown_value"
	Duplicate        Code = "duplicate"
	Malformed        Code = "malformed"
	// numbers
	NumberSyntax    Code = "number_syntax"
	NumberFormat    Code = "number_format"
	NumberTooLong   Code = "number_too_long"
	NumberRange     Code = "number_range"
	NumberPrecision Code = "number_precision"
	Negative        Code = "negative"
	NotInteger      Code = "not_integer"
	ZeroNotAllowed  Code = "zero_not_allowed"
	// money, countries, dates
	CurrencyUnknown   Code = "currency_unknown"
	CurrencyWithdrawn Code = "currency_withdrawn"
	CurrencyMismatch  Code = "currency_mismatch"
	UnitUnknown       Code = "unit_unknown"
	UnitMismatch      Code = "unit_mismatch"
	RateMissing       Code = "rate_missing"
	RateNotPositive   Code = "rate_not_positive"
	Overflow          Code = "overflow"
	DivisionByZero    Code = "division_by_zero"
	CountryUnknown    Code = "country_unknown"
	CountryAmbiguous  Code = "country_ambiguous"
	NotACountry       Code = "not_a_country"
	DateInvalid       Code = "date_invalid"
	DateFormat        Code = "date_format"
	DateRange         Code = "date_range"
	PeriodOverlap     Code = "period_overlap"
	// customs facts
	NoFacts       Code = "no_facts"
	UnknownAfter  Code = "unknown_after"
	UnknownBefore Code = "unknown_before"
	// files
	FileNameUnsafe Code = "file_name_unsafe"
	FileType       Code = "file_type"
	// applications and policies
	Transition      Code = "illegal_transition"
	DateOrder       Code = "date_order"
	UnknownPlatform Code = "unknown_platform"
	NoEdition       Code = "no_edition"
	Unreachable     Code = "rule_unreachable"
	Contradiction   Code = "rule_contradiction"
	Unlinked        Code = "statement_unlinked"
	TextMissing     Code = "text_missing"
	Placeholder     Code = "placeholder_unknown"
	// quotes
	InputMissing   Code = "input_missing"
	InputUnknown   Code = "input_unknown"
	NotCarried     Code = "not_carried"
	Ambiguous      Code = "ambiguous"
	OverLimit      Code = "over_limit"
	ConditionUnmet Code = "condition_unmet"
	NoBracket      Code = "no_bracket"
	NoClass        Code = "no_class"
	NotServed      Code = "not_served"
	NotOffered     Code = "not_offered"
	UnknownOn      Code = "unknown_on_date"
	NoCard         Code = "no_card"
	TariffTwice    Code = "tariff_twice"
	CountMismatch  Code = "count_mismatch"
	Mixed          Code = "mixed"
	DuplicateCard  Code = "duplicate_card"
	// rate cards
	TierEmpty     Code = "tier_empty"
	TierGap       Code = "tier_gap"
	TierOverlap   Code = "tier_overlap"
	TierUnsorted  Code = "tier_unsorted"
	TierInverted  Code = "tier_inverted"
	EdgeNotSaid   Code = "edge_not_said"
	TableSize     Code = "table_size"
	NameUnknown   Code = "name_unknown"
	NameTaken     Code = "name_taken"
	Cycle         Code = "cycle"
	LevelMismatch Code = "level_mismatch"
	UnitAmbiguous Code = "unit_ambiguous"
	MinOverMax    Code = "min_over_max"
	SlotEmpty     Code = "slot_empty"
	SlotMismatch  Code = "slot_mismatch"
	FieldsExclude Code = "fields_exclude"
	PriceFalls    Code = "price_falls"
	BracketUnused Code = "bracket_unreachable"
	ChargeNever   Code = "charge_never_applies"
	Unused        Code = "unused"
	// allocation and the ledger of batches
	BasisZero    Code = "basis_zero"
	NotMultiple  Code = "not_multiple"
	SumMismatch  Code = "sum_mismatch"
	StockShort   Code = "stock_short"
	EntryChanged Code = "entry_changed"
	EntryBlocks  Code = "entry_blocks"

	StepMalformed Code = "step_malformed"
	StepDiffers   Code = "step_differs"
	DigestDiffers Code = "digest_differs"
	CardDiffers   Code = "card_differs"
	Incomplete    Code = "incomplete"
	// comparisons
	PromiseBroken Code = "promise_broken"
	NoOrders      Code = "no_orders"
)

// texts holds the message of each code in English, as errors say it; translations has the others.
// Placeholders: {text} the quoted offending text, {want} what would be right, and the names given with Problem.With.
// A part in square brackets is left out when a placeholder in it has no value.
func texts() map[Code]string {
	english.once.Do(func() { english.all = makeTexts() })
	return english.all
}

// english keeps them. They are made when they are first asked for, and not when a program starts.
var english struct {
	once sync.Once
	all  map[Code]string
}

func makeTexts() map[Code]string {
	return map[Code]string{
		NoFacts:            "no customs facts are known for {text}[; known: {want}]",
		UnknownAfter:       "{text} is not known on {date}[; last known day: {want}]",
		UnknownBefore:      "{text} is not known on {date}[; first known day: {want}]",
		JSONSyntax:         "not JSON here[: {text}][; expected {want}]",
		Encoding:           "the bytes {text} are not text in {want}",
		BOM:                "the document begins with a byte order mark; save it as {want} without one",
		TrailingData:       "after the end of the document there is more: {text}",
		TooLarge:           "larger than {want} bytes",
		TooDeep:            "objects and arrays are nested more than {want} deep",
		UnsupportedVersion: "the document is of the kind {text}; this version reads {want}",
		ReadFailed:         "the document could not be read[: {text}]",
		NotCSV:             "this is a file of the kind {text}, not text in rows; save it as CSV",
		CSVSyntax:          "{text} cannot stand here in a row of CSV[; right: {want}]",
		RowWidth:           "the row has {text} columns; the header has {want}",
		DuplicateKey:       "the field {text} stands twice in one object",
		UnknownField:       "there is no field {text} here[; known: {want}]",
		MissingField:       "the field {text} is missing",
		NullNotAllowed:     "null says nothing here[; write {want} or leave the field out]",
		WrongType:          "of the wrong type[: {text}][; expected {want}]",
		TextTooLong:        "the text {text} is longer than {want} characters",
		TextBlank:          "nothing is written here[; expected {want}]",
		ControlCharacter:   "the text has the control character {text}",
		BidiControl:        "the text has {text}, which changes the direction of reading",
		UnknownValue:       "{text} is not one of the values possible here[: {want}]",
		Duplicate:          "{text} is there twice[; also: {want}]",
		Malformed:          "{text} is not written as it must be[; like this: {want}]",
		NumberSyntax:       "{text} is not a number[; like this: {want}]",
		NumberFormat:       "the number {text} must be written plainly: digits and one point[, like {want}]",
		NumberTooLong:      "the number {text} has too many characters[; at most {want}]",
		NumberRange:        "the number {text} is outside the range[: {want}]",
		NumberPrecision:    "the number {text} has too many decimals[; at most {want}]",
		Negative:           "{text} is negative[; expected {want}]",
		NotInteger:         "{text} is not a whole number in plain digits",
		ZeroNotAllowed:     "zero is not possible here[: {text}][; expected {want}]",
		CurrencyUnknown:    "{text} is not the code of a currency[; expected {want}]",
		CurrencyWithdrawn:  "the currency {text} has been withdrawn[ since {date}][; today: {want}]",
		CurrencyMismatch:   "an amount in {text} where {want} is needed",
		UnitUnknown:        "{text} is not a unit known here[: {want}]",
		UnitMismatch:       "the unit {text} does not measure this[; expected {want}]",
		RateMissing:        "there is no exchange rate for {text}[; given: {want}]",
		RateNotPositive:    "the exchange rate {text} is not above zero",
		Overflow:           "the result has too many digits[: {text}]",
		DivisionByZero:     "division by zero[: {text}]",
		CountryUnknown:     "{text} is not a country[; expected {want}]",
		CountryAmbiguous:   "{text} may mean several countries[: {want}]",
		NotACountry:        "{text} is a region or a part of a country, not a country[; expected {want}]",
		DateInvalid:        "{text} is not a day of the calendar[; expected {want}]",
		DateFormat:         "{text} has more than a day; write the day alone[: {want}]",
		DateRange:          "the date {text} is outside the calendar kept here[: {want}]",
		PeriodOverlap:      "two periods overlap at {text}[: {want}]",
		InputMissing:       "{text} is missing[: {want}]",
		InputUnknown:       "no card asks for {text}; the cards ask for {want}",
		NotCarried:         "{text} does not carry this",
		Ambiguous:          "{text} is filled by more than one: {want}; say which",
		OverLimit:          "{name} {text} is over the limit of {want}",
		ConditionUnmet:     "the condition on {name} is not met by {text}: {want}",
		NoBracket:          "there is no price for {name} {text}; the brackets end at {want}",
		NoClass:            "nothing of {text} fits",
		NotServed:          "{name} {text} is not served; served: {want}",
		NotOffered:         "{text} is not offered here",
		UnknownOn:          "there is no price on {text}; the card knows {want}",
		NoCard:             "no card prices {text}[; cards: {want}]",
		CountMismatch:      "{text} units are stated, the goods inside are {want}",
		TariffTwice:        "{text} covers the tariff already, and the entry is priced as well: {want}",
		Mixed:              "sums of {text} cannot be added to sums of {want}: other cards, rates or another currency",
		DuplicateCard:      "two cards {text} hold on the same day with the same standing: {want}",
		TooMany:            "{text} {what} are more than the limit of {want}",
		FileNameUnsafe:     "the file name {text} is not safe to store",
		FileType:           "the file {text} is a program or a web page, not a picture or a document",
		Transition:         "an application that is {state} cannot become {text}; possible: {want}",
		DateOrder:          "the date {text} is before {want}",
		UnknownPlatform:    "{text} is not the platform of this policy: {want}",
		NoEdition:          "no edition of the policy is known for {text}; known: {want}",
		Unreachable:        "the rule {text} can never fire: {want}",
		Contradiction:      "{text} contradicts {want}",
		Unlinked:           "the statement {text} is expressed by no rule and not marked as background or not modelled",
		TextMissing:        "the text is missing in: {want}",
		Placeholder:        "the text uses {text}, which is not one of: {want}",
		TierEmpty:          "the list is empty",
		TierGap:            "the price brackets leave a gap: {text} where {want} is due",
		TierOverlap:        "the price brackets overlap at {text}",
		TierUnsorted:       "{text} is not in ascending order",
		TierInverted:       "the bracket ends at {text}, not after its start {want}",
		EdgeNotSaid:        "it is not said to which bracket an edge belongs: {want}",
		TableSize:          "the table has {text} entries here, its axes need {want}",
		NameUnknown:        "{text} names nothing here; known: {want}",
		NameTaken:          "the name {text} already means something else: {want}",
		Cycle:              "{text} depends on itself",
		LevelMismatch:      "{text} belongs to another level than its use[; it would have to be one of: {want}]",
		UnitAmbiguous:      "the word “unit” means different things to the events that use it; write {want}",
		MinOverMax:         "the minimum {text} is over the maximum {want}",
		SlotEmpty:          "no charge fills the slot {text}",
		SlotMismatch:       "the charge says {text}, its slot says {want}",
		FieldsExclude:      "{text} cannot stand here together with {want}",
		PriceFalls:         "the price falls from {from} to {to} along {axis}, at {at}",
		BracketUnused:      "nothing can reach the bracket {text}: {want}",
		ChargeNever:        "the charge {text} never applies: {want}",
		Unused:             "{text} is used nowhere",
		BasisZero:          "the weights add up to zero, so {text} cannot be shared[; {want}]",
		NotMultiple:        "{text} is not a multiple of {want}",
		SumMismatch:        "the parts add up to {text}, not to {want}",
		StockShort:         "of {text} there are {have}, and {want} are needed",
		EntryChanged:       "the entry {text} is there already with other content",
		EntryBlocks:        "this entry would make the later entry {text} impossible: {want}",
		StepMalformed:      "a step of the explanation cannot be recomputed: {text}[; needed: {want}]",
		StepDiffers:        "the explanation says {text}[, but it comes to {want}][ (step {step})]",
		DigestDiffers:      "the content does not fit its digest {text}[; that of the content is {want}]",
		CardDiffers:        "card {text} is another document than the one used[; used: {want}]",
		Incomplete:         "incomplete, so there is no total: {text}[; missing: {want}]",
		PromiseBroken:      "the cost at {text} is not as promised[: {want}]",
		NoOrders:           "no order is paid, so there is no cost of one[: {text}]",
	}
}
