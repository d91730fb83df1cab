package eligibility_test

import (
	"errors"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/overseaswarehouse/overseas/application"
	"github.com/overseaswarehouse/overseas/eligibility"
	"github.com/overseaswarehouse/overseas/internal/problem"
)

// Two documents that nothing speaks against; the tables below replace a piece of one.
const (
	partner = `{
  "schema": "overseas/application/1", "platform": "aliexpress", "id": "90210", "submitted": "2026-11-23",
  "applicant": {"role": "main", "store": "store-1", "home": "CN"},
  "warehouse": {"kind": "third_party", "country": "US"},
  "stock": [{"sku": "A1", "country": "US", "onHand": 40, "inTransit": 0}],
  "materials": [
    {"kind": "logistics_provider", "text": "Winit"},
    {"kind": "customer_code", "text": "C-1001"},
    {"kind": "contract_photo", "shows": ["provider_name"],
     "file": {"name": "contract.jpg", "sha256": "1111111111111111111111111111111111111111111111111111111111111111"}},
    {"kind": "system_screenshot", "shows": ["inventory_query", "order_management_page", "provider_name"],
     "file": {"name": "system.png", "sha256": "2222222222222222222222222222222222222222222222222222222222222222"}}
  ]
}`
	own = `{
  "schema": "overseas/application/1", "platform": "aliexpress", "id": "90210", "submitted": "2026-11-23",
  "applicant": {"role": "main", "store": "store-1", "home": "CN"},
  "warehouse": {"kind": "self_operated", "country": "DE"},
  "stock": [{"sku": "A1", "country": "DE", "onHand": 40}],
  "materials": [
    {"kind": "warehouse_address", "text": "Hafenstraße 5, 20457 Hamburg", "country": "DE"},
    {"kind": "china_shipping_certificate", "form": "shipping_receipt",
     "file": {"name": "waybill.pdf", "sha256": "3333333333333333333333333333333333333333333333333333333333333333"}},
    {"kind": "customs_clearance_certificate", "form": "tax_payment_certificate",
     "file": {"name": "tax.pdf", "sha256": "4444444444444444444444444444444444444444444444444444444444444444"}},
    {"kind": "warehouse_photo", "dated": "2026-11-22", "shows": ["registration_number", "local_newspaper", "house_number"],
     "file": {"name": "photo.jpg", "sha256": "5555555555555555555555555555555555555555555555555555555555555555"}}
  ]
}`
)

// replaced is a document with pieces replaced: old, new, old, new.
func replaced(t *testing.T, document string, pieces ...string) string {
	t.Helper()
	for i := 0; i < len(pieces); i += 2 {
		if !strings.Contains(document, pieces[i]) {
			t.Fatalf("the document does not hold %q", pieces[i])
		}
		document = strings.ReplaceAll(document, pieces[i], pieces[i+1])
	}
	return document
}

// cheaply runs f and fails when it takes longer or allocates more than any small document may.
func cheaply(t *testing.T, f func()) {
	t.Helper()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	best := time.Hour
	for range 3 { // the best of three: the machine may be busy
		start := time.Now()
		f()
		best = min(best, time.Since(start))
	}
	runtime.ReadMemStats(&after)
	if best > 5*time.Second {
		t.Errorf("took %v", best)
	}
	if b := (after.TotalAlloc - before.TotalAlloc) / 3; b > 16<<20 {
		t.Errorf("allocated %d bytes", b)
	}
}

func TestHostileApplications(t *testing.T) {
	const approved, rejected, undetermined = eligibility.Approved, eligibility.Rejected, eligibility.Undetermined
	for _, c := range []struct {
		name, document string
		pieces         []string
		problem        error // the document is refused with it
		outcome        eligibility.Outcome
		codes          []string // of the findings
		advice         []string
	}{
		{name: "ok, baseline", document: partner, outcome: approved},
		{name: "sub-account", document: partner, pieces: []string{`"main"`, `"sub", "parent": "store-0"`}, outcome: approved},
		{name: "sub-account without its main account", document: partner, pieces: []string{`"main"`, `"sub"`}, outcome: undetermined, codes: []string{"main_account_missing"}},
		{name: "two kinds in one", document: partner, pieces: []string{`"third_party"`, `"third_party,self_operated"`}, outcome: rejected, codes: []string{"kind_unknown"}},
		{name: "empty kind", document: partner, pieces: []string{`"third_party"`, `""`}, problem: application.ErrTextBlank},
		{name: "no kind", document: partner, pieces: []string{`"kind": "third_party", `, ""}, outcome: undetermined, codes: []string{"kind_missing"}},
		{name: "destination that is not open", document: partner, pieces: []string{`"US"`, `"CA"`}, outcome: rejected, codes: []string{"country_not_open"}},
		{name: "destination by the platform's name", document: partner, pieces: []string{`"US"`, `"UK"`}, outcome: approved},
		{name: "two destinations in one", document: partner, pieces: []string{`"US"}`, `"US,DE"}`}, problem: application.ErrCountryUnknown},
		{name: "no stock", document: partner, pieces: []string{`{"sku": "A1", "country": "US", "onHand": 40, "inTransit": 0}`, ""}, outcome: rejected, codes: []string{"no_overseas_stock"}},
		{name: "stock in transit only", document: partner, pieces: []string{`40, "inTransit": 0`, `0, "inTransit": 40`}, outcome: approved},
		{name: "stock in another country", document: partner, pieces: []string{`"country": "US", "onHand"`, `"country": "DE", "onHand"`}, outcome: rejected, codes: []string{"no_overseas_stock"}},
		{name: "stock at home", document: partner, pieces: []string{`"country": "US", "onHand"`, `"country": "CN", "onHand"`}, outcome: rejected, codes: []string{"no_overseas_stock"}},
		{name: "negative stock", document: partner, pieces: []string{"40", "-40"}, problem: application.ErrNegative},
		{name: "screenshots without the order page", document: partner, pieces: []string{`"order_management_page"`, `{"part": "order_management_page", "state": "not_shown"}`}, outcome: rejected, codes: []string{"order_management_not_shown"}},
		{name: "no word about the order page", document: partner, pieces: []string{`"order_management_page", `, ""}, outcome: undetermined, codes: []string{"order_management_not_stated"}},
		{name: "blank code", document: partner, pieces: []string{"C-1001", ` \u200b`}, problem: application.ErrTextBlank},
		{name: "no code", document: partner, pieces: []string{`{"kind": "customer_code", "text": "C-1001"},`, ""}, outcome: rejected, codes: []string{"customer_code_missing"}},
		{name: "one file twice", document: partner, pieces: []string{strings.Repeat("2", 64), strings.Repeat("1", 64)}, outcome: approved, advice: []string{"same_file_twice"}},
		{name: "bad sum", document: partner, pieces: []string{strings.Repeat("2", 64), "22"}, problem: application.ErrMalformed},
		{name: "ten thousand papers", document: partner, pieces: []string{`"materials": [`, `"materials": [` + strings.Repeat(`{"kind": "x"},`, 10000)}, problem: application.ErrTooMany},
		{name: "platform misspelt", document: partner, pieces: []string{"aliexpress", "alixpress"}, problem: eligibility.ErrUnknownPlatform},
		{name: "papers of the other kind", document: partner, pieces: []string{"third_party", "self_operated"}, outcome: rejected,
			codes:  []string{"address_missing", "clearance_certificate_missing", "shipping_certificate_missing", "warehouse_photo_missing"},
			advice: []string{"material_not_asked", "material_not_asked", "material_not_asked", "material_not_asked"}},
		{name: "ok, self-operated", document: own, outcome: approved},
		{name: "newspaper of next year", document: own, pieces: []string{"2026-11-22", "2027-01-01"}, outcome: rejected, codes: []string{"newspaper_in_future"}},
		{name: "newspaper of tomorrow", document: own, pieces: []string{"2026-11-22", "2026-11-24"}, outcome: rejected, codes: []string{"newspaper_in_future"}},
		{name: "old newspaper", document: own, pieces: []string{"2026-11-22", "2024-01-01"}, outcome: approved},
		{name: "newspaper with an empty date", document: own, pieces: []string{"2026-11-22", ""}, problem: application.ErrDateInvalid},
		{name: "newspaper without a date", document: own, pieces: []string{`"dated": "2026-11-22", `, ""}, outcome: undetermined, codes: []string{"newspaper_undated"}},
		{name: "newspaper of 30 February", document: own, pieces: []string{"2026-11-22", "2026-02-30"}, problem: application.ErrDateInvalid},
		{name: "photo without background", document: own, pieces: []string{`"house_number"`, `{"part": "house_number", "state": "not_shown"}, {"part": "real_scene", "state": "not_shown"}`}, outcome: rejected, codes: []string{"background_not_shown"}},
		{name: "address in another country", document: own, pieces: []string{`Hamburg", "country": "DE"`, `Poznań", "country": "PL"`}, outcome: approved, advice: []string{"address_elsewhere"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			document := replaced(t, c.document, c.pieces...)
			var d eligibility.Decision
			var err error
			cheaply(t, func() {
				var a *application.Application
				if a, err = application.Parse(strings.NewReader(document)); err == nil {
					d, err = eligibility.AliExpress().Assess(a)
				}
			})
			if !errors.Is(err, c.problem) {
				t.Fatalf("%v, want %v", err, c.problem)
			}
			if err != nil {
				if d.Approved() || d.Findings() != nil || len(err.Error()) > 1000 {
					t.Errorf("%v with %v", d, err)
				}
				return
			}
			if got := codesOf(d.Findings()); d.Outcome() != c.outcome || !slices.Equal(got, c.codes) {
				t.Errorf("%v %v, want %v %v", d.Outcome(), got, c.outcome, c.codes)
			}
			if got := codesOf(d.Advice()); !slices.Equal(got, c.advice) {
				t.Errorf("advice %v, want %v", got, c.advice)
			}
		})
	}
}

func codesOf(findings []eligibility.Finding) (codes []string) {
	for _, f := range findings {
		codes = append(codes, f.Code)
	}
	slices.Sort(codes)
	return codes
}

// The names arrive as JSON: some can only be written with escapes.
func TestHostileFileNames(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       error
	}{
		{"up the tree", `../../etc/passwd`, application.ErrFileNameUnsafe},
		{"absolute", `/etc/passwd`, application.ErrFileNameUnsafe},
		{"absolute on Windows", `C:\\x.jpg`, application.ErrFileNameUnsafe},
		{"backslash", `a\\..\\b.jpg`, application.ErrFileNameUnsafe},
		{"NUL", `a\u0000.jpg`, application.ErrControlCharacter},
		{"right to left", `photo\u202egpj.exe`, application.ErrBidiControl},
		{"device", `CON.jpg`, application.ErrFileNameUnsafe},
		{"dot", `.`, application.ErrFileNameUnsafe},
		{"long", strings.Repeat("a", 302) + `.jpg`, application.ErrTextTooLong},
		{"program behind a picture", `photo.jpg.exe`, application.ErrFileType},
		{"dot at the end", `photo.jpg.`, application.ErrFileNameUnsafe},
		{"line break", `a\nb.jpg`, application.ErrControlCharacter},
		{"address", `http://x/y.jpg`, application.ErrFileNameUnsafe},
	} {
		t.Run(c.name, func(t *testing.T) {
			document := replaced(t, own, "photo.jpg", c.text)
			var a *application.Application
			var err error
			cheaply(t, func() { a, err = application.Parse(strings.NewReader(document)) })
			if a != nil || !errors.Is(err, c.want) {
				t.Fatalf("%v, want %v", err, c.want)
			}
			var ps problem.Problems
			if !errors.As(err, &ps) || len(ps) != 1 || ps[0].Path != "/materials/3/file/name" || ps[0].Line != 13 {
				t.Errorf("not one problem at the name: %+v", ps)
			}
			if strings.ContainsAny(err.Error(), "\x00\n\u202e") || len(err.Error()) > 1000 {
				t.Errorf("the error repeats the name as it is: %q", err)
			}
		})
	}
}
