package eligibility

// check is what a rule looks at. The vocabulary is closed: a policy chooses among these and gives them operands.
type check uint8

const (
	checkNone check = iota
	roleStated
	roleKnown
	parentStated
	legalFormStated
	legalFormAccepted
	homeStated
	homeAccepted
	abroad
	kindStated
	kindKnown
	countryStated
	countryOpen
	categoryStated
	categoryOpen
	submittedStated
	stockStated
	stockEnough
	materialGiven
	formStated
	formAccepted
	shows
	showsStated
	showsVerified
	datedStated
	datedNotFuture
	datedRecent
	localPaper
	materialAsked
	fileOnce
	answerGiven
	answerForm
	answerAge
	checkCount
)

// operand is what a check needs besides the application.
type operand uint8

const (
	onMaterial  operand = 1 << iota // "material"
	onParts                         // "part" or "anyOf"
	onAnswer                        // "answer"
	onParameter                     // "parameter"
	onTransit                       // "inTransit"
)

type checkSpec struct {
	word  string
	about string // shown by Rules and the schema
	kinds []Kind
	takes operand
	param paramForm // of onParameter
	class []RemedyClass
}

// checks is the vocabulary, one row a check.
var checks = [checkCount]checkSpec{
	roleStated:        {"role_stated", "the applicant's role is not given", []Kind{Missing}, 0, 0, []RemedyClass{Answer}},
	roleKnown:         {"role_known", "the applicant's role is none of the policy's", []Kind{NotSupported}, 0, 0, []RemedyClass{Correct}},
	parentStated:      {"parent_stated", "the role acts for another account, which is not given", []Kind{Missing}, 0, 0, []RemedyClass{Answer}},
	legalFormStated:   {"legal_form_stated", "not every legal form may apply, and the applicant's is not given", []Kind{Missing}, onParameter, wordsParam, []RemedyClass{Answer}},
	legalFormAccepted: {"legal_form_accepted", "the legal form is not in the parameter", []Kind{NotSupported, NotPermitted}, onParameter, wordsParam, []RemedyClass{Wait, Correct}},
	homeStated:        {"home_stated", "the applicant's home country is not given", []Kind{Missing}, 0, 0, []RemedyClass{Answer}},
	homeAccepted:      {"home_accepted", "the home country is none of the policy's", []Kind{NotSupported, NotPermitted}, 0, 0, []RemedyClass{Wait}},
	abroad:            {"abroad", "the warehouse is in the applicant's home country", []Kind{NotPermitted}, 0, 0, []RemedyClass{Wait}},
	kindStated:        {"kind_stated", "the kind of warehouse is not given", []Kind{Missing}, 0, 0, []RemedyClass{Answer}},
	kindKnown:         {"kind_known", "the kind of warehouse is none of the policy's", []Kind{NotSupported}, 0, 0, []RemedyClass{Correct}},
	countryStated:     {"country_stated", "the warehouse's country is not given", []Kind{Missing}, 0, 0, []RemedyClass{Answer}},
	countryOpen:       {"country_open", "the warehouse's country is not open", []Kind{NotSupported, NotPermitted}, 0, 0, []RemedyClass{Wait}},
	categoryStated:    {"category_stated", "categories are closed, and the store's is not given", []Kind{Missing}, onParameter, wordsParam, []RemedyClass{Answer}},
	categoryOpen:      {"category_open", "the category is in the parameter", []Kind{NotPermitted}, onParameter, wordsParam, []RemedyClass{Wait}},
	submittedStated:   {"submitted_stated", "the day of filing is not given", []Kind{Missing}, 0, 0, []RemedyClass{Answer}},
	stockStated:       {"stock_stated", "the stock is not stated", []Kind{Missing}, 0, 0, []RemedyClass{Answer}},
	stockEnough:       {"stock_enough", "there are fewer pieces in the warehouse's country than the parameter", []Kind{Missing, DoesNotProve, NotPermitted}, onParameter | onTransit, countParam, []RemedyClass{DoFirst}},
	materialGiven:     {"material_given", "the material is not among the papers", []Kind{Missing}, onMaterial, 0, []RemedyClass{Provide, DoFirst}},
	formStated:        {"form_stated", "the form of the material is not stated", []Kind{Missing}, onMaterial, 0, []RemedyClass{Answer}},
	formAccepted:      {"form_accepted", "the form of the material is none of those listed", []Kind{NotSupported}, onMaterial, 0, []RemedyClass{Correct}},
	shows:             {"shows", "the material does not show the part", []Kind{DoesNotProve}, onMaterial | onParts, 0, []RemedyClass{Correct}},
	showsStated:       {"shows_stated", "it is not stated whether the material shows the part", []Kind{Missing}, onMaterial | onParts, 0, []RemedyClass{Answer}},
	showsVerified:     {"shows_verified", "the part is shown on the applicant's word only", []Kind{DoesNotProve, Missing}, onMaterial | onParts, 0, []RemedyClass{Answer}},
	datedStated:       {"dated_stated", "the date of the material is not stated", []Kind{Missing}, onMaterial, 0, []RemedyClass{Answer}},
	datedNotFuture:    {"dated_not_future", "the material is dated after the filing", []Kind{Malformed, DoesNotProve}, onMaterial, 0, []RemedyClass{Correct}},
	datedRecent:       {"dated_recent", "the material is more days old than the parameter on the day of filing", []Kind{DoesNotProve}, onMaterial | onParameter, countParam, []RemedyClass{Correct}},
	localPaper:        {"local", "the material names another country than the warehouse's", []Kind{DoesNotProve}, onMaterial, 0, []RemedyClass{Correct}},
	materialAsked:     {"material_asked", "a paper is not asked for", []Kind{NotSupported}, 0, 0, []RemedyClass{Correct}},
	fileOnce:          {"file_once", "one file serves as several materials", []Kind{DoesNotProve}, 0, 0, []RemedyClass{Correct}},
	answerGiven:       {"answer_given", "the answer is not given", []Kind{Missing}, onAnswer, 0, []RemedyClass{Answer, Provide}},
	answerForm:        {"answer_form", "the answer does not have its shape", []Kind{Malformed}, onAnswer, 0, []RemedyClass{Correct}},
	answerAge:         {"answer_age", "the date answered is fewer days before the filing than the parameter", []Kind{NotPermitted}, onAnswer | onParameter, countParam, []RemedyClass{Wait}},
}

func (c check) String() string {
	if c < checkCount {
		return checks[c].word
	}
	return ""
}
