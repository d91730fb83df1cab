package engine

import (
	"math/big"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/internal/ratecard"
)

// op is what a step does. a and b are its arguments, k its constants, x its table.
type op uint8

const (
	// what the event says
	opWeight     op = iota + 1 // weight of a piece or item
	opVolume                   // its volume, from the sides where they are given
	opSide                     // k0-th longest side
	opUnits                    // units of goods in a piece
	opValue                    // value of a piece or item
	opMoney                    // k0-th sum of money of the row, with k1 decimals
	opLevy                     // x: what the row's duty lines come to on a
	opInputNum                 // x: the answer to a count, decimal or money input
	opInputPos                 // x: position of the answer among the input's values
	opCountryPos               // x: position of the event's country in a list, -1
	opPlacePos                 // x: position of the event's warehouse in a list, -1
	opPostal                   // x: truth: the postal code matches one of a list of rules
	opDate                     // x: truth: the event's date lies in one of the periods
	opDatePos                  // x: position of the first dated term that holds, -1

	// arithmetic
	opConst  // k0
	opRename // a, in another unit
	opMulK   // a * k0
	opMul    // a * b
	opAdd    // a + b
	opSub    // max(0, a - b)
	opSubK   // max(0, a - k0)
	opMax    // max(a, b)
	opMin
	opMaxK // max(a, k0)
	opMinK
	opRound // a * k0 / k1, rounded
	opSteps // started multiples of k0 in a, a rest up to k1 dropped

	// truth and position
	opLess    // a < k0
	opAtMost  // a <= k0
	opMore    // a > k0
	opAtLeast // a >= k0
	opInSet   // x: position a is marked
	opAnd     // a and b
	opNot     // not a
	opImplies // not a, or b
	opFirst   // position of the first argument that holds, -1
	opIs      // a == k0
	opBracket // x: bracket of a, -1
	opRemap   // x: position a of one list in another, -1
	opStride  // a * k0 + b, -1 if either is
	opCell    // x: cell a, 0 where there is none
	opCellOK  // x: there is a cell a
	opBands   // x: a spread over the bands of variant b
	opNext    // x: quantity a at bracket b, or at the next bracket's edge where that is cheaper
	opGate    // b ? a : 0
	opSlot    // x: which of the candidates fills the slot, -1
	opRequire // a must hold where b does

	// time
	opTimed // x: sum over the days, snapshots or started units of row, of the cell of each
	opPick  // k0-th alternative of timed step a
	opStays // x: truth: there is something of row's stay to charge
	opSweep // x: sum over time of what a gives for all rows together
	opTopUp // x: what is missing to an amount

	// between frames
	opSumRows  // sum over rows
	opSumItems // sum over the items of a row, times their count
	opTimesRow // a times the pieces of the row
	opAnyRow   // a holds in some row
	opAnyItem
	opToRow  // event value in a row
	opToItem // row value in an item
)

// crossing steps run in the frame of their argument and leave their result in a wider one.
func (o op) crossing() bool {
	switch o {
	case opSumRows, opSumItems, opAnyRow, opAnyItem:
		return true
	}
	return false
}

// The tables of steps. They are made once per card and shared by the steps that use them.

// edges places a value among brackets.
type edges struct {
	edge ratecard.Edge
	at   []*big.Rat // in the base unit of the dimension
	open bool       // UpTo, Below: one more bracket after the last edge
	unit *big.Rat   // of the value
	k    []int64    // at in unit, rounded to the side that keeps every comparison with a whole number
	big  []*big.Int
	fits bool // k holds every edge
	find *finder

	quantities []ratecard.Quantity // as written
}

// cells is a table of prices in one unit.
type cells struct {
	k    []int64
	big  []*big.Int
	none []bool // nil when every cell has a price
	fits bool
}

// marks is a set of positions.
type marks struct{ in []bool }

// remap is a list of positions.
type remap struct{ to []int32 }

// names is a list of words.
type names struct{ list []string }

// answer is an input and the place of its answers.
type answer struct {
	input   *ratecard.Input
	decimal uint8 // scale of a number
}

// places is a list of countries.
type places struct{ list []country.Code }

// postal is a list of rules to match and rules that exclude, and the same as words where all of them have that form.
type postal struct {
	in, not       []ratecard.PostalRule
	words, others []codeRule
	packed        bool
}

// days is a list of periods and yearly spans.
type days struct {
	period ratecard.Period
	yearly []ratecard.YearlySpan
}

// periods is a list of dated terms.
type periods struct{ list []ratecard.Period }

// band is one stretch of a graduated price; every number is in the step's units.
type band struct {
	lower, upper *big.Int // of the value; upper nil when open
	each         *big.Int // started: a started multiple of each counts once
	kind         bandKind
	price        []*big.Int // by variant
	k            struct{ lower, upper, each int64 }
	kp           []int64
}

type bandKind uint8

const (
	bandFlat bandKind = iota
	bandRate
	bandStarted
)

// bands is a graduated price.
type bands struct {
	list []band
	fits bool
	none []bool // variants that are not offered
	last bool   // the last band ends: a value beyond is not carried
}

// slot is the choice between candidates.
type slot struct {
	slot    *ratecard.Slot
	charges []*ratecard.Charge
	fits    []nodeID
	amounts []nodeID
}

// levy is the duty lines of a row of one levy, or of all.
type levy struct {
	pos    int      // 0: all
	rate   uint8    // decimals of a fraction
	amount uint8    // decimals of an amount
	mult   *big.Int // of an amount, to be in the unit of a rate times the base
	k      int64
	fits   bool // k holds mult
}

// topUp raises what was billed to an amount.
type topUp struct {
	charge *ratecard.Charge
	to     *big.Int
	scale  uint8
	k      int64
}
