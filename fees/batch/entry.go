package batch

import (
	"slices"
	"strconv"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/internal/problem"
)

// Kind is what an entry of the ledger says happened.
type Kind uint8

// The kinds, by the name that [Kind.String] gives them. The doc of [Entry] says which fields each takes.
const (
	Opening      Kind = iota + 1 // "opening": stock that was there before the ledger began
	Ship                         // "ship": a batch leaves the origin
	Receipt                      // "receipt": units arrive at a warehouse
	Transfer                     // "transfer": units move between warehouses
	Invoice                      // "invoice": the amount that bills of several batches may claim
	Bill                         // "bill": a cost of a batch, before or after its units are sold
	Release                      // "release": units leave for an order
	Return                       // "return": units of an order come back
	Loss                         // "loss": units are gone
	Damage                       // "damage": units can no longer be sold
	Disposal                     // "disposal": units are destroyed or given away
	Charge                       // "charge": what an order cost beside its goods
	Compensation                 // "compensation": what somebody pays for units that were lost, damaged or destroyed
	Correction                   // "correction": a count found more or fewer units
	kinds
)

// field is a field of an entry, a bit each.
type field uint32

const (
	fBatch field = 1 << iota
	fSKU
	fWarehouse
	fTo
	fOrder
	fRef
	fInvoice
	fUnits
	fCost
	fArrived
	fPeriod
	fPending
	fFinal
	fDifference
	fCondition
)

var fieldNames = []string{
	"batch", "sku", "warehouse", "to", "order", "ref", "invoice", "units", "cost", "arrived", "from", "pending", "final",
	"difference", "condition",
}

type kindRow struct {
	name      string
	rank      uint8 // inside a day, lower ones come first
	must, may field
}

var kindRows = [kinds]kindRow{
	Opening:      {"opening", 0, fBatch | fSKU | fWarehouse | fUnits, fCost | fArrived | fCondition},
	Ship:         {"ship", 1, fBatch | fSKU | fUnits, fCost},
	Invoice:      {"invoice", 2, fCost, 0},
	Receipt:      {"receipt", 3, fBatch | fSKU | fWarehouse | fUnits, fCost | fFinal | fDifference | fCondition},
	Transfer:     {"transfer", 4, fSKU | fWarehouse | fTo | fUnits, fBatch | fCost | fCondition},
	Correction:   {"correction", 5, fBatch | fSKU | fWarehouse | fUnits, fCost | fArrived | fCondition},
	Bill:         {"bill", 6, fBatch | fSKU | fCost, fWarehouse | fRef | fInvoice | fPeriod},
	Damage:       {"damage", 8, fSKU | fWarehouse | fUnits, fBatch},
	Release:      {"release", 9, fOrder | fSKU | fWarehouse | fUnits, fBatch | fPending},
	Return:       {"return", 10, fOrder | fSKU | fWarehouse | fUnits, fBatch | fCondition | fCost},
	Loss:         {"loss", 11, fSKU | fUnits, fBatch | fWarehouse | fCondition},
	Disposal:     {"disposal", 13, fSKU | fWarehouse | fUnits, fBatch | fCondition | fCost},
	Charge:       {"charge", 14, fOrder | fCost, fSKU | fBatch},
	Compensation: {"compensation", 15, fBatch | fSKU | fRef | fCost, 0},
}

const (
	rankReplacing = 7  // of a bill that replaces another
	rankMissing   = 12 // of a correction that takes units away
)

// String is the name of the kind, "" when it is none.
func (k Kind) String() string {
	if k < kinds {
		return kindRows[k].name
	}
	return ""
}

// ParseKind finds a kind by its name; any other text is unknown_value.
func ParseKind(name string) (Kind, error) {
	for k := Opening; k < kinds; k++ {
		if kindRows[k].name == name {
			return k, nil
		}
	}
	return 0, problem.New(problem.UnknownValue, name, kindNames()...)
}

func kindNames() []string {
	var names []string
	for k := Opening; k < kinds; k++ {
		names = append(names, kindRows[k].name)
	}
	return names
}

// Difference says what becomes of units that arrive over or short of what is on the way.
type Difference uint8

// The differences.
const (
	RefuseDifference Difference = iota // "refuse": an error
	SpreadDifference                   // "spread": the cost of the whole is that of the units that arrived
	LoseDifference                     // "lose": missing units are lost at their own cost; more units are still an error
)

var differenceNames = []string{"refuse", "spread", "lose"}

// String is "refuse", "spread" or "lose".
func (d Difference) String() string {
	if int(d) < len(differenceNames) {
		return differenceNames[d]
	}
	return ""
}

// Entry is one thing that happened. Entries are comparable values: the ledger knows one by its ID, and one that is posted
// again with the same content changes nothing.
//
//	kind          needs                        takes as well
//	opening       batch sku warehouse units    cost arrived condition
//	ship          batch sku units              cost
//	receipt       batch sku warehouse units    cost final difference condition
//	transfer      sku warehouse to units       batch cost condition
//	invoice       cost
//	bill          batch sku cost               warehouse ref invoice from until
//	release       order sku warehouse units    batch pending
//	return        order sku warehouse units    batch condition cost
//	loss          sku units                    batch warehouse condition
//	damage        sku warehouse units          batch
//	disposal      sku warehouse units          batch condition cost
//	charge        order cost                   sku batch
//	compensation  batch sku ref cost
//	correction    batch sku warehouse units    cost arrived condition
//
// A receipt with a cost arrives from a supplier; one without takes its units and their cost from what was shipped. A loss
// without a warehouse happened on the way, and then needs its batch. A bill with a period is borne by the units that were
// there in it, by units and days; one without, or of which none is there any more, by all units of the batch, sold or not.
// Ref is the bill that an actual one replaces, or the entry of the loss that a compensation is for. The units of a
// correction may be negative.
type Entry struct {
	ID      string
	Kind    Kind
	Effect  country.Date // the day on which it happened
	Posting country.Date // the day on which it is booked; zero: Effect. In a closed period it is booked on the first open day

	Batch, SKU    string
	Warehouse, To string
	Order         string
	Ref           string
	Invoice       string
	Units         int64
	Cost          Cost
	Condition     Condition
	Arrived       country.Date // of opening stock and corrections: the day from which its age counts; zero: Effect
	From, Until   country.Date // of a bill: the first day of the period and the first day after it
	Pending       bool         // of a release: units that are not there yet are taken when they arrive
	Final         bool         // of a receipt: nothing more is on the way
	Difference    Difference
}

// has is the fields that are set.
func (e *Entry) has() field {
	var f field
	for i, set := range [...]bool{
		e.Batch != "", e.SKU != "", e.Warehouse != "", e.To != "", e.Order != "", e.Ref != "", e.Invoice != "",
		e.Units != 0, !e.Cost.IsZero(), !e.Arrived.IsZero(), !e.From.IsZero() || !e.Until.IsZero(), e.Pending, e.Final,
		e.Difference != 0, e.Condition != 0,
	} {
		if set {
			f |= 1 << i
		}
	}
	return f
}

// check says what is wrong with the entry by itself.
func (e *Entry) check() error {
	var into problem.List
	if e.ID == "" {
		into.Add(problem.New(problem.MissingField, "id").At("/id"))
	}
	if e.Kind == 0 || e.Kind >= kinds {
		into.Add(problem.New(problem.UnknownValue, strconv.Itoa(int(e.Kind)), kindNames()...).At("/kind"))
		return into.Err()
	}
	row := &kindRows[e.Kind]
	has := e.has()
	if missing, unknown := row.must&^has, has&^(row.must|row.may); missing|unknown != 0 {
		for i, name := range fieldNames {
			switch bit := field(1) << i; {
			case missing&bit != 0:
				into.Add(problem.New(problem.MissingField, name).At("/" + name))
			case unknown&bit != 0:
				into.Add(problem.New(problem.UnknownField, name, row.fields()...).At("/" + name))
			}
		}
	}
	for i, s := range [...]string{e.ID, e.Batch, e.SKU, e.Warehouse, e.To, e.Order, e.Ref, e.Invoice} {
		if s == "" {
			continue
		}
		if p, ok := clean(s); !ok {
			into.Add(p.At([...]string{"/id", "/batch", "/sku", "/warehouse", "/to", "/order", "/ref", "/invoice"}[i]))
		}
	}
	if e.Units < 0 && e.Kind != Correction {
		into.Add(problem.New(problem.Negative, strconv.FormatInt(e.Units, 10), "> 0").At("/units"))
	}
	if e.Units < 0 && e.Kind == Correction && has&fCost != 0 {
		into.Add(problem.New(problem.UnknownField, "cost").At("/cost"))
	}
	if e.Kind == Loss && e.Warehouse == "" && e.Batch == "" {
		into.Add(problem.New(problem.MissingField, "batch").At("/batch"))
	}
	if e.Condition > NotSellable {
		into.Add(problem.New(problem.UnknownValue, strconv.Itoa(int(e.Condition)), "sellable", "unsellable").At("/condition"))
	}
	if int(e.Difference) >= len(differenceNames) {
		into.Add(problem.New(problem.UnknownValue, strconv.Itoa(int(e.Difference)), slices.Clone(differenceNames)...).At("/difference"))
	}
	for _, d := range []struct {
		name string
		date country.Date
		must bool
	}{
		{"effect", e.Effect, true}, {"posting", e.Posting, false}, {"arrived", e.Arrived, false},
		{"from", e.From, has&fPeriod != 0}, {"until", e.Until, has&fPeriod != 0},
	} {
		switch {
		case d.date.IsZero() && d.must:
			into.Add(problem.New(problem.MissingField, d.name).At("/" + d.name))
		case !d.date.IsZero() && !d.date.IsValid():
			into.Add(problem.New(problem.DateInvalid, d.date.String(), "YYYY-MM-DD").At("/" + d.name))
		}
	}
	if has&fPeriod != 0 && !e.From.Before(e.Until) {
		into.Add(problem.New(problem.DateOrder, e.Until.String(), e.From.String()).At("/until"))
	}
	if e.Arrived.After(e.Effect) {
		into.Add(problem.New(problem.DateOrder, e.Effect.String(), e.Arrived.String()).At("/arrived"))
	}
	return into.Err()
}

func (r *kindRow) fields() []string {
	var names []string
	for i, name := range fieldNames {
		if (r.must|r.may)&(1<<i) != 0 {
			names = append(names, name)
		}
	}
	return names
}

// rank orders the entries of one day.
func (e *Entry) rank() uint8 {
	switch {
	case e.Kind == Bill && e.Ref != "":
		return rankReplacing
	case e.Kind == Correction && e.Units < 0:
		return rankMissing
	}
	return kindRows[e.Kind].rank
}

// Spend is a cost of one amount in one component, for entries written by hand: it is [CostOf] for an amount given as a
// text such as "12.50 EUR".
func Spend(c Component, amount string) (Cost, error) {
	m, err := money.Parse(amount)
	if err != nil {
		return Cost{}, err
	}
	return CostOf(c, m), nil
}
