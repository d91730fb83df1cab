package eligibility_test

import (
	"fmt"
	"math/rand/v2"

	"github.com/overseaswarehouse/overseas/application"
)

// random makes applications that are nearly right: one of the complete ones with a few things changed at random, in
// words that the policy has and words that it has not.
func random(r *rand.Rand) *application.Application {
	a := []*application.Application{thirdParty(), selfOperated()}[r.IntN(2)]
	pick := func(words ...string) string { return words[r.IntN(len(words))] }
	for range r.IntN(6) {
		switch r.IntN(14) {
		case 0:
			a.Applicant.Role = pick("", "main", "sub", "guest")
		case 1:
			a.Applicant.Parent = pick("", "store-0", " ", "\u200b", "主账号")
		case 2:
			a.Applicant.Home = code(pick("CN", "DE", "US", "HK"))
		case 3:
			a.Applicant.Home = code("CN")
			a.Applicant.LegalForm = pick("", "company", "individual", "club")
		case 4:
			a.Warehouse.Kind = pick("", "third_party", "self_operated", "bonded")
		case 5:
			a.Warehouse.Country = code(pick("US", "GB", "DE", "CA", "CN"))
		case 6:
			a.Stock = [][]application.Stock{nil, {}, {{Country: a.Warehouse.Country, InTransit: 3}}, {{Country: code("FR"), OnHand: 3}}}[r.IntN(4)]
		case 7:
			a.Category = pick("", "toys", "food")
		case 8:
			a.Submitted = day(pick("2026-11-22", "2026-11-30", "2027-03-01"))
		case 9:
			if len(a.Materials) > 0 {
				i := r.IntN(len(a.Materials))
				a.Materials = append(a.Materials[:i:i], a.Materials[i+1:]...)
			}
		case 10:
			a.Materials = append(a.Materials, application.WarehousePhoto(file(fmt.Sprint("p", r.IntN(5))), day("2026-11-01"), "registration_number"))
		case 11:
			a.Answers = []application.Answer{{Name: "vat_number", Value: pick("", "DE123456789", "GB123456789", "x")}}
		default:
			if len(a.Materials) == 0 {
				continue
			}
			m := &a.Materials[r.IntN(len(a.Materials))]
			switch r.IntN(9) {
			case 0:
				m.Form = pick("", "shipping_receipt", "tax_payment_certificate", "letter")
			case 1:
				m.Dated = day(pick("2026-11-22", "2026-10-01", "2027-01-01"))
			case 2:
				m.Country = code(pick("DE", "US"))
			case 3:
				m.Text = pick("", " ", "Winit", "仓库")
			case 4:
				m.File = file(pick("contract.jpg", "x.jpg", "y.jpg"))
			case 5:
				m.Shows = nil
			case 6:
				*m = m.AsVerified()
			default:
				part := pick("provider_name", "inventory_query", "order_management_page", "registration_number", "local_newspaper", "house_number", "real_scene")
				if r.IntN(2) == 0 {
					*m = m.Lacks(part)
				} else {
					*m = m.WithShown(part)
				}
			}
		}
	}
	return a
}
