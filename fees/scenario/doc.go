// Package scenario answers whether a warehouse abroad is worth it, and where the answer turns.
//
// # Where the answer turns
//
// [Crossings] compares two costs over a range of one variable: orders a month, days of stay, a price per kilogram or an
// exchange rate in steps of its last digit, the size of a batch. Real costs are steps, so that two of them may cross many
// times: every crossing is found, with both costs just before it and at it; ties and places without a price are said.
// Nothing is sampled. [Sensitivity] says which input of a result moves it most, and [Hold] within which values of one
// input a recommendation stays the same.
package scenario
