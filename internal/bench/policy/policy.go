// Package policy compares the compiled policy with the same rules in general rule engines: twelve boolean programs of
// cel-go and of expr, the tags of validator, and OPA with parsed input. Identity comes first: all say the same over every
// combination that is tried.
package policy

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/overseaswarehouse/overseas/application"
	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/eligibility"
	"github.com/overseaswarehouse/overseas/internal/bench/measure"
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

// Run holds that all say the same, times them on applications that pass, from strings to "nothing speaks against it", and
// prints a table. OPA alone gets its input parsed beforehand. Ratios are to the same twelve rules; the whole edition, with
// parts, forms, dates and files, stands beside them.
func Run(w io.Writer, passes int, slice time.Duration) error {
	e, err := newEngines()
	if err != nil {
		return err
	}
	all := Combinations()
	checked := 0
	for i := 0; i < len(all); i += 101 { // a prime step visits every value of every dimension
		if err := e.agree(all[i]); err != nil {
			return err
		}
		checked++
	}
	var failed error
	keep := func(err error) {
		if err != nil {
			failed = err
		}
	}
	passing := Passing()
	whole := []*application.Application{passing[0].Application(), passing[1].Application()}
	bare := []*application.Application{passing[0].Bare(), passing[1].Bare()}
	inputs := make([]Input, 2)
	for i := range inputs {
		if inputs[i], err = e.opa.Parse(passing[i]); err != nil {
			return err
		}
	}
	approved := func(p *eligibility.Policy, a *application.Application) {
		d, err := p.Assess(a)
		keep(err)
		if err == nil && d.Outcome() != eligibility.Approved {
			keep(fmt.Errorf("not approved"))
		}
	}
	results := measure.Passes([]measure.Contender{
		{Name: "this library, the twelve rules", Run: func(i int) { approved(e.library.twelve, bare[i&1]) }},
		{Name: "this library, the whole shipped edition", Run: func(i int) { approved(e.library.policy, whole[i&1]) }},
		{Name: "expr, twelve programs", Run: func(i int) { keep(e.expr.Run(passing[i&1])) }},
		{Name: "validator, struct tags", Run: func(i int) { keep(e.validator.Run(passing[i&1])) }},
		{Name: "cel-go, twelve programs", Run: func(i int) { keep(e.cel.Run(e.cel.Vars(passing[i&1]))) }},
		{Name: "OPA, parsed input", Run: func(i int) { keep(e.opa.Run(inputs[i&1])) }},
	}, passes, slice)
	measure.Table(w, fmt.Sprintf("A decision on an application that passes, from strings. %d combinations checked.", checked), "decision", 0, results)
	return failed
}

// engines are the contenders.
type engines struct {
	library   Library
	cel       *CEL
	opa       *OPA
	expr      *Expr
	validator *Validator
}

func newEngines() (e engines, err error) {
	if e.library, err = NewLibrary(); err != nil {
		return e, err
	}
	if e.cel, err = NewCEL(); err != nil {
		return e, err
	}
	if e.opa, err = NewOPA(); err != nil {
		return e, err
	}
	if e.expr, err = NewExpr(); err != nil {
		return e, err
	}
	e.validator, err = NewValidator()
	return e, err
}

// agree fails where a contender does not say what the oracle says.
func (e engines) agree(c Combination) error {
	want := Oracle(c)
	for _, by := range []struct {
		name  string
		codes func(Combination) ([]string, error)
	}{{"library", e.library.Codes}, {"cel-go", e.cel.Codes}, {"OPA", e.opa.Codes}, {"expr", e.expr.Codes}, {"validator", e.validator.Codes}} {
		got, err := by.codes(c)
		if err != nil {
			return fmt.Errorf("%s: %w", by.name, err)
		}
		if slices.Sort(got); !slices.Equal(got, want) {
			return fmt.Errorf("%s on %+v: %v, want %v", by.name, c, got, want)
		}
	}
	return nil
}

func quoted(words []string) string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = fmt.Sprintf("%q", w)
	}
	return strings.Join(out, ", ")
}
