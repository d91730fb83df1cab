package eligibility_test

import (
	"crypto/sha256"

	"github.com/overseaswarehouse/overseas/application"
	"github.com/overseaswarehouse/overseas/country"
)

func code(s string) country.Code {
	c, err := country.Parse(s)
	if err != nil {
		panic(err)
	}
	return c
}

func day(s string) country.Date {
	d, err := country.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

func file(name string) application.File {
	return application.File{Name: name, SHA256: sha256.Sum256([]byte(name))}
}

// thirdParty is an application that nothing speaks against.
func thirdParty() *application.Application {
	return &application.Application{
		Platform: application.AliExpress, ID: "90210", Submitted: day("2026-11-23"),
		Applicant: application.Applicant{Role: application.MainAccount, Store: "store-1", Home: code("CN")},
		Warehouse: application.Warehouse{Kind: application.ThirdParty, Country: code("DE")},
		Stock:     []application.Stock{{SKU: "A1", Country: code("DE"), OnHand: 40}},
		Materials: []application.Material{
			application.LogisticsProvider("Winit"),
			application.CustomerCode("C-1001"),
			application.ContractPhoto(file("contract.jpg"), application.PartProviderName),
			application.SystemScreenshot(file("system.png"), application.PartInventoryQuery, application.PartOrderManagement, application.PartProviderName),
		},
	}
}

// selfOperated is an application that nothing speaks against.
func selfOperated() *application.Application {
	a := thirdParty()
	a.Warehouse.Kind = application.SelfOperated
	a.Materials = []application.Material{
		application.WarehouseAddress("Hafenstraße 5, 20457 Hamburg"),
		application.ShippingCertificate(file("waybill.pdf"), application.FormShippingReceipt),
		application.ClearanceCertificate(file("tax.pdf"), application.FormTaxCertificate),
		application.WarehousePhoto(file("photo.jpg"), day("2026-11-22"), application.PartRegistrationNumber, application.PartLocalNewspaper, application.PartHouseNumber),
	}
	return a
}
