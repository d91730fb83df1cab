// Package eligibility decides whether an application for an overseas-warehouse permission meets a platform's policy,
// and says why, under which edition, and what would help.
//
//	decision, err := eligibility.AliExpress().Assess(app) // the edition of the day of filing
//	for _, f := range decision.Findings() {
//		fmt.Println(f.Code, f.Path, f.Message(language.Chinese))
//	}
//	remedies, ok := decision.Remedies()
//
// # A policy is a document
//
// Nothing about any platform is written in Go. A policy is a JSON document (PolicySchema; Schema returns its JSON
// Schema): the platform, the edition and its dates, sources, the statements of the announcement, roles, kinds of
// warehouse, materials with their parts and forms, destinations, parameters for what the announcement leaves open,
// and rules. The AliExpress edition is such a document (AliExpressDocument), read by the code that reads a caller's.
//
// Rules are rows. Each has a literal code, which is never reused, and chooses one of a closed vocabulary of checks
// (Checks). It cites the statement that it expresses, says whether the platform stated it, a page refined it or the
// author assumed it, and what kind of remedy there is. Parse refuses a document whose rules cannot fire, contradict
// one another or lack a text, and one with a statement that nothing expresses and that is not marked as background or
// not modelled.
//
// # Three outcomes
//
// Rejected means that a rule speaks against the application, Undetermined that something the decision depends on is
// not stated, Approved that nothing stated speaks against it; that is no promise, because a platform may have reasons
// that it did not publish. What is absent is not false and not zero: a part of a photo is shown, not shown or not
// stated; stock is not stated, none, or some. Whatever rests on the applicant's word is marked (Decision.Declared,
// Finding.Declared). Advice never changes an outcome; a material of a kind that the policy does not know, a misspelt one
// perhaps, is found there (Decision.Advice).
//
// Assess runs on a compiled policy: when no rule fires it costs less than a hundred nanoseconds and allocates
// nothing.
//
// # Before there is an application
//
// Policy.Checklist lists what an application needs, Policy.Kinds the kinds of warehouse, Policy.Materials the kinds of
// papers of one, Policy.Destinations the countries that are open.
//
// # Time, what-if, other platforms
//
// Editions holds the editions of one platform; At picks by date, Diff compares two, Affected says whose decision
// changes, Permissions which permissions a later edition closes. With sets parameters for a run, Overlay changes a
// policy by a document; decisions record both. RunCases tests a policy by a document of cases.
//
// # Explanations
//
// Decision.Record is the decision as a document: the application, the policy with its digest, each rule with what it
// looked at and found, and the outcome as steps that can be recomputed. Verify does so from the record alone, VerifyAgainst
// assesses the application again.
//
// # What the AliExpress policy does not decide
//
// The statements of the announcement have ids. Those that a rule can express are cited by the rules; the others are
// background, and stand in the document so that it is complete:
//
// B2 is how an overseas warehouse works: goods go there in batches, and the warehouse packs and ships when a buyer
// orders. B3 names the five kinds of fee that the seller pays: first-leg freight, storage, package handling, local
// delivery, tariffs; package fees computes them. B4 says what sellers want a warehouse for: direct parcels are slow,
// hard to clear and to track, easily damaged or lost, and hard to return. B5 says that every platform has overseas
// warehouses and a permission to open before use, which is why this package reads policies as data.
//
// D2 says that the list of destinations has changed before. No date of a change is known, so the document holds one
// edition and no history, and its start is the day on which it was seen. O6 (review time, validity, waiting before a
// new application, file formats and sizes) was found in no source and is not modelled.
package eligibility
