package eligibility_test

import (
	"bytes"
	"testing"

	"golang.org/x/text/language"

	"github.com/overseaswarehouse/overseas/eligibility"
)

func TestShippedCases(t *testing.T) {
	report, err := eligibility.RunCases(eligibility.AliExpress(), bytes.NewReader(eligibility.AliExpressCases()))
	if err != nil {
		t.Fatal(err)
	}
	if !report.OK() {
		t.Error(report.Text(language.English))
	}
}
