package eligibility_test

import (
	"bytes"
	"fmt"
	"math/big"
	"os"
	"strings"

	"golang.org/x/text/language"

	"github.com/overseaswarehouse/overseas/application"
	"github.com/overseaswarehouse/overseas/eligibility"
)

func ExampleDecision_Record() {
	app, _ := application.Parse(strings.NewReader(lamps))
	decision, _ := eligibility.AliExpress().Assess(app)
	var record *eligibility.Record
	record, err := decision.Record(app, language.English)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, p := range record.Text[:10] {
		fmt.Println(strings.Repeat("  ", p.Depth) + p.Text)
	}
	fmt.Println(record.References[0].Value, record.Documents[0].Edition, len(decision.Fingerprint()), len(record.Fingerprint()))
	// Output:
	// Decision: rejected
	// Edition: AliExpress, edition nine-destinations, first seen on Nov 22, 2026; the application was filed on Nov 23, 2026
	// reasons to reject: 2
	// open questions: 1
	// pieces of advice: 0
	// outcome (0 approved, 1 undetermined, 2 rejected): 2
	//   the decision rests in part on what the applicant declares the papers to show
	//   nobody published when this edition began; it was first seen on Nov 22, 2026
	//   Rests on the applicant's declaration: /materials/2
	// Findings
	// 90210 nine-destinations 17 26
}

func ExampleVerify() {
	app, _ := application.Parse(strings.NewReader(lamps))
	decision, _ := eligibility.AliExpress().Assess(app)
	record, _ := decision.Record(app, language.Chinese)
	var doc bytes.Buffer
	_ = record.WriteJSON(&doc)
	fmt.Println(strings.Contains(doc.String(), eligibility.RecordSchema), len(eligibility.RecordJSONSchema()) > 0)

	kept, err := eligibility.ParseRecord(&doc)
	fmt.Println(err, eligibility.Verify(kept))
	var outcome *eligibility.Step = kept.Totals[len(kept.Totals)-1]
	outcome.Value = new(big.Rat) // approved
	fmt.Println(eligibility.Verify(kept))
	// Output:
	// true true
	// <nil> <nil>
	// /totals/3: the explanation says "0", but it comes to 2 (step greatest) [step_differs]
}

func ExampleVerifyAgainst() {
	app, _ := application.Parse(strings.NewReader(lamps))
	policy := eligibility.AliExpress().Latest()
	decision, _ := policy.Assess(app)
	record, _ := decision.Record(app, language.English)
	fmt.Println(eligibility.VerifyAgainst(record, policy))
	fmt.Println(len(policy.Digest()), record.Documents[0].Digest == policy.Digest())
	fmt.Println(eligibility.VerifyAgainst(record))
	// Output:
	// <nil>
	// 64 true
	// /documents/0: no edition of the policy is known for "aliexpress nine-destinations"; known: [no_edition]
}

func ExampleDecision_HTML() {
	app, _ := application.Parse(strings.NewReader(lamps))
	decision, _ := eligibility.AliExpress().Assess(app)
	fmt.Println(strings.SplitAfter(decision.HTML(language.French), "</h2>")[0])
	// Output:
	// <section class="overseas-decision" lang="fr">
	// <h2>Décision : refusée</h2>
}

func ExampleDecision_CSV() {
	app, _ := application.Parse(strings.NewReader(lamps))
	decision, _ := eligibility.AliExpress().Assess(app)
	for _, row := range strings.Split(decision.CSV(language.English), "\r\n")[:2] {
		fmt.Fprintln(os.Stdout, row)
	}
	// Output:
	// rule,effect,kind,where,value,needed,clause,who says so,message,what to do
	// no_overseas_stock,reject,missing,/stock,0,1,R1,stated,"too little stock in Germany: on hand 0, in transit 0, counted 0, needed 1","first send goods to Germany, then apply; needed: 1"
}
