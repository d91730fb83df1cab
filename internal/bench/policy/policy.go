// Package policy compares the compiled policy with the same rules in general rule engines: twelve boolean programs of
// cel-go, and OPA with parsed input. Identity comes first: all say the same over every combination that is tried.
package policy

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/overseaswarehouse/overseas/application"
	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/eligibility"
)

// Rules are the twelve rules that are compared.
var Rules = [12]string{
	"provider_missing", "customer_code_missing", "contract_photo_missing", "system_screenshot_missing",
	"address_missing", "shipping_certificate_missing", "clearance_certificate_missing", "warehouse_photo_missing",
	"no_overseas_stock", "country_not_open", "role_unknown", "kind_unknown",
}

// Materials are the eight, in the order of Rules.
var Materials = [8]string{
	application.LogisticsProviderKind, application.CustomerCodeKind, application.ContractPhotoKind, application.SystemScreenshotKind,
	application.WarehouseAddressKind, application.ShippingCertificateKind, application.ClearanceCertificateKind, application.WarehousePhotoKind,
}

// Open are the destinations, written once more for the oracle and the engines.
var Open = []string{"US", "GB", "DE", "ES", "FR", "IT", "RU", "AU", "ID"}

// Combination is one application of the comparison.
type Combination struct {
	Kind      string
	Role      string
	Country   string
	Materials []string
	Stock     int64 // pieces in the country; -1: not stated
}

// Combinations are 2 kinds x 256 sets of materials x 4 states of stock x 12 countries x 2 applicants. One country of
// them is none of the policy's, one applicant and one kind in every sixteenth are not either.
func Combinations() []Combination {
	var out []Combination
	n := 0
	for _, kind := range []string{"third_party", "self_operated"} {
		for set := range 256 {
			var papers []string
			for i, m := range Materials {
				if set>>i&1 == 1 {
					papers = append(papers, m)
				}
			}
			for _, stock := range []int64{-1, 0, 1, 500} {
				for _, c := range append(slices.Clone(Open), "CA", "PL", "JP") {
					for _, role := range []string{"main", "sub"} {
						n++
						k, r := kind, role
						if n%16 == 0 {
							k = "bonded"
						}
						if n%16 == 7 {
							r = "guest"
						}
						out = append(out, Combination{k, r, c, papers, stock})
					}
				}
			}
		}
	}
	return out
}

// Passing are two applications that nothing speaks against.
func Passing() []Combination {
	return []Combination{
		{"third_party", "main", "DE", Materials[:4], 40},
		{"self_operated", "sub", "GB", Materials[4:], 40},
	}
}

// Oracle is the twelve rules in the most obvious way.
func Oracle(c Combination) []string {
	var codes []string
	for i, m := range Materials {
		asked := c.Kind == "third_party" && i < 4 || c.Kind == "self_operated" && i >= 4
		if asked && !slices.Contains(c.Materials, m) {
			codes = append(codes, Rules[i])
		}
	}
	if c.Stock == 0 {
		codes = append(codes, "no_overseas_stock")
	}
	if !slices.Contains(Open, c.Country) {
		codes = append(codes, "country_not_open")
	}
	if c.Role != "main" && c.Role != "sub" {
		codes = append(codes, "role_unknown")
	}
	if c.Kind != "third_party" && c.Kind != "self_operated" {
		codes = append(codes, "kind_unknown")
	}
	slices.Sort(codes)
	return codes
}

// Application is the combination as the library takes it, every paper showing what it should.
func (c Combination) Application() *application.Application {
	where, _ := country.Parse(c.Country)
	home, _ := country.Parse("CN")
	filed, _ := country.ParseDate("2026-11-23")
	a := &application.Application{
		Platform: application.AliExpress, ID: "90210", Submitted: filed,
		Applicant: application.Applicant{Role: c.Role, Store: "store-1", Parent: "store-0", Home: home},
		Warehouse: application.Warehouse{Kind: c.Kind, Country: where},
	}
	if c.Stock >= 0 {
		a.Stock = []application.Stock{{SKU: "A1", Country: where, OnHand: c.Stock}}
	}
	for _, m := range c.Materials {
		f := application.File{Name: m + ".jpg", SHA256: sha256.Sum256([]byte(m))}
		switch m {
		case application.LogisticsProviderKind, application.CustomerCodeKind, application.WarehouseAddressKind:
			a.Materials = append(a.Materials, application.Material{Kind: m, Text: "C-1001"})
		case application.ContractPhotoKind:
			a.Materials = append(a.Materials, application.ContractPhoto(f, application.PartProviderName))
		case application.SystemScreenshotKind:
			a.Materials = append(a.Materials, application.SystemScreenshot(f, application.PartInventoryQuery, application.PartOrderManagement, application.PartProviderName))
		case application.ShippingCertificateKind:
			a.Materials = append(a.Materials, application.ShippingCertificate(f, application.FormShippingReceipt))
		case application.ClearanceCertificateKind:
			a.Materials = append(a.Materials, application.ClearanceCertificate(f, application.FormTaxCertificate))
		case application.WarehousePhotoKind:
			a.Materials = append(a.Materials, application.WarehousePhoto(f, filed, application.PartRegistrationNumber, application.PartLocalNewspaper, application.PartHouseNumber))
		}
	}
	return a
}

// Bare is Application with papers that are only there: the twelve rules ask no more.
func (c Combination) Bare() *application.Application {
	a := c.Application()
	for i, m := range a.Materials {
		a.Materials[i] = application.Material{Kind: m.Kind, Text: m.Text, File: m.File}
	}
	return a
}

//go:embed twelve.json
var twelve []byte

// Library is this library's policy.
type Library struct {
	policy *eligibility.Policy // the shipped edition, all of its rules
	twelve *eligibility.Policy // the twelve rules that are compared
}

// NewLibrary compiles the policies.
func NewLibrary() (Library, error) {
	p, err := eligibility.ParsePolicy(bytes.NewReader(twelve))
	return Library{eligibility.AliExpress().Latest(), p}, err
}

// Codes are those of the twelve rules that fire.
func (l Library) Codes(c Combination) ([]string, error) {
	d, err := l.twelve.Assess(c.Bare())
	if err != nil {
		return nil, err
	}
	whole, err := l.policy.Assess(c.Application())
	if err != nil {
		return nil, err
	}
	var codes, same []string
	for _, f := range whole.Findings() {
		if slices.Contains(Rules[:], f.Code) {
			same = append(same, f.Code)
		}
	}
	for _, f := range d.Findings() {
		if slices.Contains(Rules[:], f.Code) {
			codes = append(codes, f.Code)
		}
	}
	slices.Sort(codes)
	slices.Sort(same)
	if !slices.Equal(codes, same) {
		return nil, fmt.Errorf("the twelve rules say %v, in the whole edition %v", codes, same)
	}
	return codes, nil
}

// Result is a run: medians, in nanoseconds for one application that passes.
type Result struct{ Whole, Library, CEL, OPA float64 }

// String is the result as a table.
func (r Result) String() string {
	return fmt.Sprintf("%-38s %10.0f ns\n%-38s %10.0f ns\n%-38s %10.0f ns %7.0f x\n%-38s %10.0f ns %7.0f x\n",
		"the whole shipped edition, from strings", r.Whole, "the twelve rules, from strings", r.Library, "cel-go, twelve programs, from strings", r.CEL, r.CEL/r.Library, "OPA, parsed input", r.OPA, r.OPA/r.Library)
}

// Measure times the three on the way from an application's strings to "nothing speaks against it"; OPA alone gets its
// input parsed beforehand. The ratios are of the same twelve rules; the whole edition, with parts, forms, dates and
// files, stands beside them. Measure takes the three in turn, rounds times, so that whatever else the machine does meets all of them.
func Measure(rounds int) (Result, error) {
	library, err := NewLibrary()
	if err != nil {
		return Result{}, err
	}
	programs, err := NewCEL()
	if err != nil {
		return Result{}, err
	}
	rego, err := NewOPA()
	if err != nil {
		return Result{}, err
	}
	passing := Passing()
	applications := []*application.Application{passing[0].Application(), passing[1].Application()}
	bare := []*application.Application{passing[0].Bare(), passing[1].Bare()}
	inputs := make([]Input, 2)
	for i := range inputs {
		if inputs[i], err = rego.Parse(passing[i]); err != nil {
			return Result{}, err
		}
	}
	var times [4][]float64
	slice := func(which, n int, run func(i int) error) error {
		start := time.Now()
		for i := range n {
			if err := run(i & 1); err != nil {
				return err
			}
		}
		times[which] = append(times[which], float64(time.Since(start).Nanoseconds())/float64(n))
		return nil
	}
	for range rounds {
		err := slice(0, 20000, func(i int) error {
			d, err := library.policy.Assess(applications[i])
			if err == nil && d.Outcome() != eligibility.Approved {
				err = fmt.Errorf("not approved")
			}
			return err
		})
		if err == nil {
			err = slice(3, 20000, func(i int) error {
				d, err := library.twelve.Assess(bare[i])
				if err == nil && d.Outcome() != eligibility.Approved {
					err = fmt.Errorf("not approved")
				}
				return err
			})
		}
		if err == nil {
			err = slice(1, 2000, func(i int) error { return programs.Run(programs.Vars(passing[i])) })
		}
		if err == nil {
			err = slice(2, 300, func(i int) error { return rego.Run(inputs[i]) })
		}
		if err != nil {
			return Result{}, err
		}
	}
	median := func(x []float64) float64 { slices.Sort(x); return x[len(x)/2] }
	return Result{median(times[0]), median(times[3]), median(times[1]), median(times[2])}, nil
}

func quoted(words []string) string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = fmt.Sprintf("%q", w)
	}
	return strings.Join(out, ", ")
}
