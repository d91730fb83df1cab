package fees

import "github.com/overseaswarehouse/overseas/internal/ratecard"

// Kind says when a fee is incurred. Cards price kinds of events.
type Kind = ratecard.Event

// The kinds of events, by the word that cards use.
const (
	OnConsign = ratecard.Consign   // "consign": goods leave the origin in cartons
	OnImport  = ratecard.Import    // "import": an entry at the destination's customs
	OnReceive = ratecard.Receive   // "receive": cartons arrive at the warehouse
	OnStore   = ratecard.Store     // "store": stock stays for a period
	OnOrder   = ratecard.Order     // "order": an order is packed and delivered
	OnReturn  = ratecard.Return    // "return": goods come back
	OnRemove  = ratecard.Remove    // "remove": stock is sent away or destroyed
	OnPeriod  = ratecard.PeriodEnd // "period": rent, account fees, minimum bills
)

// Family says what a fee is for. A charge may cover more than one: the amount stands in the first, the others are
// included in it.
type Family = ratecard.Family

// The families, by the word that cards use.
const (
	FirstLeg      = ratecard.FirstLeg      // "first_leg"
	Storage       = ratecard.Storage       // "storage"
	Handling      = ratecard.Handling      // "handling"
	LocalDelivery = ratecard.LocalDelivery // "local_delivery"
	Tariff        = ratecard.Tariff        // "tariff"
	Tax           = ratecard.TaxFamily     // "tax"
	Other         = ratecard.Other         // "other"
)
