package application_test

import (
	"fmt"
	"strings"

	"golang.org/x/text/language"

	"github.com/overseaswarehouse/overseas/application"
	"github.com/overseaswarehouse/overseas/country"
)

func ExampleParse() {
	_, err := application.Parse(strings.NewReader(`{
  "schema": "overseas/application/1",
  "platform": "aliexpress",
  "applicant": {"role": "main", "store": "lamps"},
  "warehouse": {"kind": "third_party", "country": "Atlantis"},
  "materials": [{"kind": "contract_photo", "foto": "contract.jpg"}]
}`))
	for _, p := range err.(application.Problems) {
		fmt.Println(p.Line, p.Path, p.Code)
	}
	// Output:
	// 5 /warehouse/country country_unknown
	// 6 /materials/0/foto unknown_field
}

func ExampleApplication_Validate() {
	app := &application.Application{Platform: application.AliExpress, Applicant: application.Applicant{Store: " "}}
	for _, p := range app.Validate().(application.Problems) {
		fmt.Println(p.Path, p.Code, p.Message(language.Chinese) != "")
	}
	// Output: /applicant/store text_blank true
}

func ExampleSystemScreenshot() {
	f, err := application.NewFile("system.png", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")
	if err != nil {
		fmt.Println(err)
		return
	}
	m := application.SystemScreenshot(f, application.PartInventoryQuery).Lacks(application.PartOrderManagement)
	for _, part := range []string{application.PartInventoryQuery, application.PartOrderManagement, application.PartProviderName} {
		state, basis := m.Part(part)
		fmt.Printf("%s: %q, %v\n", part, state, basis)
	}
	// Output:
	// inventory_query: "shown", declared
	// order_management_page: "not_shown", declared
	// provider_name: "", declared
}

func ExampleNewFile() {
	_, err := application.NewFile("photo.jpg.exe", "")
	fmt.Println(err)
	_, err = application.NewFile(`..\contract.jpg`, "")
	fmt.Println(err)
	// Output:
	// name: the file "photo.jpg.exe" is a program or a web page, not a picture or a document [file_type]
	// name: the file name "..\\contract.jpg" is not safe to store [file_name_unsafe]
}

func ExampleFiling() {
	day := func(s string) country.Date { d, _ := country.ParseDate(s); return d }
	app := &application.Application{Platform: application.AliExpress, Applicant: application.Applicant{Role: application.MainAccount, Store: "lamps"}}
	f, _ := application.NewFiling(app, day("2026-11-20"))
	f, _ = f.Submit(day("2026-11-23"))
	f, _ = f.Reject(day("2026-11-30"), "nine-destinations", "no_overseas_inventory")
	_, err := f.Approve(day("2026-12-01"), "nine-destinations")
	fmt.Println(err)
	f, _ = f.Amend(day("2026-12-02"), f.Application())
	f, _ = f.Submit(day("2026-12-03"))
	for _, s := range f.History() {
		fmt.Println(strings.TrimSpace(fmt.Sprint(s.On, " ", s.Stage, " ", s.Edition)))
	}
	// Output:
	// /state: an application that is rejected cannot become "approved"; possible: amended, withdrawn [illegal_transition]
	// 2026-11-20 draft
	// 2026-11-23 submitted
	// 2026-11-30 rejected nine-destinations
	// 2026-12-02 amended
	// 2026-12-03 submitted
}

func ExamplePermission_At() {
	germany, _ := country.Parse("DE")
	open := application.Permission{
		Platform: application.AliExpress, Account: "lamps", Applicant: "lamps-eu", Kind: application.ThirdParty,
		Country: germany, From: on("2026-12-01"), Family: true,
	}.With("lamps-outlet")
	for _, store := range []string{"lamps", "lamps-eu", "lamps-outlet", "chairs"} {
		fmt.Println(store, open.At(store, germany, on("2026-12-24")))
	}
	fmt.Println("the day before", open.At("lamps", germany, on("2026-11-30")))
	// Output:
	// lamps true
	// lamps-eu true
	// lamps-outlet true
	// chairs false
	// the day before false
}
