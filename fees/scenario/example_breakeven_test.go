package scenario_test

import (
	"errors"
	"fmt"
	"strings"

	"github.com/overseaswarehouse/overseas/fees"
	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/fees/scenario"
)

// Every order directly costs 7.80 EUR. A warehouse costs 80.00 EUR a month, 5.10 EUR an order, and 150.00 EUR for each
// clerk, of whom one packs 200 orders.
func direct(orders int64) (money.Money, error) { return money.Of(780*orders, 2, euro) }

func warehouse(orders int64) (money.Money, error) {
	if orders > 500 {
		return money.Money{}, errors.New("the warehouse takes 500 orders a month")
	}
	return money.Of(8000+510*orders+15000*((orders+199)/200), 2, euro)
}

func ExampleCrossings() {
	course, err := scenario.Crossings(direct, warehouse, scenario.Grid{From: 1, To: 600}, scenario.Promise{Rising: true})
	if err != nil {
		fmt.Println(err)
		return
	}
	for c := range course.Crossings() {
		fmt.Printf("%d: %v, %s against %s\n", c.Before.X, c.Before.Verdict(), c.Before.First, c.Before.Second)
		fmt.Printf("%d: %v, %s against %s\n", c.At.X, c.At.Verdict(), c.At.First, c.At.Second)
	}
	for gap := range course.Gaps() {
		fmt.Println(gap.From.X, "to", gap.To.X, gap.Verdict, gap.From.SecondErr)
	}
	fmt.Println(course.Never(scenario.Tie), course.Always(scenario.FirstCheaper), course.Evaluated() < 600)
	// Output:
	// 85: first_cheaper, 663.00 EUR against 663.50 EUR
	// 86: second_cheaper, 670.80 EUR against 668.60 EUR
	// 501 to 600 first_only the warehouse takes 500 orders a month
	// true false true
}

func ExampleBreakEven() {
	x, ok, err := scenario.BreakEven(warehouse, direct, scenario.Grid{From: 1, To: 500}, scenario.Promise{})
	fmt.Println(x, ok, err)

	_, ok, _ = scenario.BreakEven(warehouse, direct, scenario.Grid{From: 1, To: 80}, scenario.Promise{})
	fmt.Println(ok)
	// Output:
	// 86 true <nil>
	// false
}

// Between the steps of the clerks both costs are straight. Days of stay, prices in ticks of their last digit and exchange
// rates are variables like any other.
func ExamplePromise() {
	p := scenario.Promise{Linear: true, Edges: []int64{201, 401, 501}}
	course, err := scenario.Crossings(direct, warehouse, scenario.Grid{From: 1, To: 600}, p)
	if err != nil {
		fmt.Println(err)
		return
	}
	for s := range course.Stretches() {
		fmt.Println(s.From.X, s.To.X, s.Verdict)
	}
	p.Edges = []int64{201}
	_, err = scenario.Crossings(direct, warehouse, scenario.Grid{From: 1, To: 500}, p)
	fmt.Println(errors.Is(err, scenario.ErrPromise))
	fmt.Println(err)
	// Output:
	// 1 85 first_cheaper
	// 86 500 second_cheaper
	// 501 600 first_only
	// true
	// /second/350: the cost at "350" is not as promised: straight between 201 and 500 [promise_broken]
}

// A cost may be what a calculator says: here a parcel by its weight, on a grid of 250 g. Beyond the card's last bracket
// there is no price, and the answer says so.
func ExampleCost() {
	const card = `{"schema": "overseas/ratecard/1", "id": "parcels", "title": "Parcels", "provider": "A carrier", "currency": "EUR", "tax": "none",
  "effective": {"from": "2026-01-01"}, "sources": [{"url": "https://example.com/parcels"}],
  "charges": [{"on": "order", "code": "parcel", "family": "local_delivery", "each": "parcel", "price": {"by": [{"of": "weight", "upTo": ["2 kg", "5 kg"]}], "table": ["4.10", "5.30"]}}]}`
	c, err := fees.ParseCard(strings.NewReader(card))
	if err != nil {
		fmt.Println(err)
		return
	}
	calc, err := fees.Compile(c)
	if err != nil {
		fmt.Println(err)
		return
	}
	parcel := func(grams int64) (money.Money, error) {
		e, err := fees.ParseEvent(strings.NewReader(fmt.Sprintf(`{"schema": "overseas/event/1", "event": "order", "date": "2026-11-22", "parcels": [{"weight": "%d g"}]}`, grams)))
		if err != nil {
			return money.Money{}, err
		}
		q, err := calc.Quote(e)
		if err != nil {
			return money.Money{}, err
		}
		return q.Sum()
	}
	post := func(grams int64) (money.Money, error) { return money.Of(330+(grams+999)/1000*50, 2, euro) }
	course, err := scenario.Crossings(parcel, post, scenario.Grid{From: 250, To: 6000, Step: 250}, scenario.Promise{Rising: true})
	if err != nil {
		fmt.Println(err)
		return
	}
	for s := range course.Stretches() {
		fmt.Println(s.From.X, "g to", s.To.X, "g:", s.Verdict)
	}
	for gap := range course.Gaps() {
		fmt.Println(errors.Is(gap.From.FirstErr, fees.ErrNotCarried))
	}
	// Output:
	// 250 g to 1000 g: second_cheaper
	// 1250 g to 2000 g: first_cheaper
	// 2250 g to 3000 g: second_cheaper
	// 3250 g to 4000 g: tie
	// 4250 g to 5000 g: first_cheaper
	// 5250 g to 6000 g: second_only
	// true
}
