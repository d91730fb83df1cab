// Package quote compares quotes in five parts: the library, fixed point written by hand, the decimal packages and float64.
//
// A quote is of one shipment:
//   - first leg in CNY: the greater of weight and volume / 6000, up to the next half kilogram, by a rate of six weight
//     brackets, at least 180, and 12.5 % fuel of the unrounded freight;
//   - storage in USD: volume of a lot by day, 30 days free, then by age in four bands;
//   - handling in USD: a base by five weight brackets and a price for each further item;
//   - delivery in EUR: 8 zones by 20 weight brackets, and 7.7 % fuel;
//   - tariff in EUR on goods, freight (converted and rounded) and insurance: duty 6.5 %, a fee of 0.3464 % between 33.58 and
//     651.50, VAT of 19 % on all of it.
//
// Each of the nine lines is rounded half up to cents in its currency and converted to USD by a rate of six decimals, rounded
// again; the total is their sum. Contenders other than the library are given the zone, which the library finds by the
// postal code. All figures are held against an evaluation with math/big first.
package quote

import "math/rand/v2"

// Shipments is how many different ones are priced in turn.
const Shipments = 8192

// shipment is what is priced, in whole units.
type shipment struct {
	grams, l, w, h   int64 // mm
	units, age, days int64 // of the lot; its age on its first day
	items            int64
	postal           string
	zone             int   // from 0
	goods, insurance int64 // EUR cents
}

// result is nine lines in cents of their currencies and in USD, and the total.
type result struct {
	lines, in [lines]int64
	total     int64
}

// The lines.
const (
	freight = iota
	freightFuel
	storage
	handling
	parcel
	parcelFuel
	duty
	fee
	vat
	lines
)

var currencies = [lines]string{"CNY", "CNY", "USD", "USD", "EUR", "EUR", "EUR", "EUR", "EUR"}

// The exchange rates.
const (
	cnyEUR = "0.127835"
	cnyUSD = "0.138512"
	eurUSD = "1.083519"
)

// The prices of the cards in internal/engine/testdata/fivepart, for those that do not read cards.
var (
	freightUpTo  = []string{"20.5", "45", "70", "99.5", "300"}
	freightRates = []string{"52.80", "47.35", "44.10", "41.62", "38.475", "36.99"}
	storageFrom  = []int64{0, 30, 90, 180, 365}
	storageRates = []string{"0", "0.4525", "0.7875", "1.3333", "2.8125"}
	handleUpTo   = []string{"0.5", "2", "5", "15"}
	handleBase   = []string{"1.15", "1.45", "1.95", "2.85", "4.60"}
	handleMore   = []string{"0.125", "0.175", "0.255", "0.405", "0.755"}
	parcelUpTo   = []string{"0.25", "0.5", "0.75", "1", "1.5", "2", "3", "4", "5", "6", "7", "8", "10", "12", "15", "18", "20", "22", "25", "31.5"}
	parcelRates  = [20][8]string{{"3.39", "3.77", "4.14", "4.52", "4.89", "5.27", "5.64", "6.02"}, {"3.76", "4.17", "4.58", "4.99", "5.39", "5.80", "6.21", "6.62"}, {"4.14", "4.58", "5.03", "5.47", "5.91", "6.35", "6.80", "7.24"}, {"4.51", "4.99", "5.46", "5.94", "6.41", "6.89", "7.37", "7.84"}, {"4.99", "5.51", "6.03", "6.55", "7.07", "7.59", "8.10", "8.62"}, {"5.46", "6.02", "6.58", "7.14", "7.71", "8.27", "8.83", "9.39"}, {"6.14", "6.76", "7.39", "8.01", "8.63", "9.25", "9.88", "10.50"}, {"6.82", "7.50", "8.19", "8.87", "9.56", "10.24", "10.92", "11.61"}, {"7.50", "8.25", "8.99", "9.74", "10.48", "11.22", "11.97", "12.71"}, {"8.18", "8.99", "9.79", "10.60", "11.40", "12.21", "13.02", "13.82"}, {"8.86", "9.73", "10.59", "11.46", "12.33", "13.20", "14.06", "14.93"}, {"9.54", "10.47", "11.40", "12.33", "13.25", "14.18", "15.11", "16.04"}, {"10.63", "11.66", "12.68", "13.71", "14.74", "15.76", "16.79", "17.82"}, {"11.72", "12.84", "13.97", "15.09", "16.22", "17.34", "18.47", "19.59"}, {"13.22", "14.48", "15.74", "17.00", "18.26", "19.52", "20.78", "22.04"}, {"14.72", "16.11", "17.51", "18.90", "20.30", "21.69", "23.09", "24.48"}, {"15.81", "17.30", "18.80", "20.29", "21.78", "23.27", "24.77", "26.26"}, {"16.90", "18.49", "20.08", "21.67", "23.26", "24.86", "26.45", "28.04"}, {"18.40", "20.13", "21.85", "23.58", "25.30", "27.03", "28.76", "30.48"}, {"21.34", "23.33", "25.32", "27.31", "29.30", "31.29", "33.28", "35.27"}}
)

// shipments are those that are priced, and behind them others at the edges of the tables, which are only checked.
func shipments(edges int) []shipment {
	d := rand.New(rand.NewPCG(2026, 3))
	postals := []string{"01067", "10115", "20095", "30159", "44135", "60311", "70173", "80331"}
	out := make([]shipment, 0, Shipments+edges)
	for range Shipments {
		out = append(out, shipment{
			grams: 1 + d.Int64N(31_500), l: 100 + d.Int64N(1200), w: 100 + d.Int64N(900), h: 50 + d.Int64N(600),
			units: 1 + d.Int64N(500), age: d.Int64N(420), days: 1 + d.Int64N(60), items: 1 + d.Int64N(9),
			goods: 1 + d.Int64N(2_000_000), insurance: 1 + d.Int64N(900),
		})
	}
	pick := func(x ...int64) int64 { return x[d.IntN(len(x))] }
	for range edges {
		out = append(out, shipment{
			grams: min(31_500, max(1, pick(250, 500, 750, 1000, 2000, 5000, 15_000, 20_500, 31_500)+pick(-1, 0, 1))),
			l:     pick(100, 200, 300, 600, 1000), w: pick(100, 200, 300, 600, 1000), h: pick(100, 200, 300, 600, 1000),
			units: pick(1, 2, 500, 100_000), age: pick(0, 1, 29, 30, 31, 89, 90, 179, 180, 364, 365), days: pick(1, 2, 30, 60), items: pick(1, 2, 9),
			goods: max(1, pick(969_399, 18_807_737, 50, 150, 1_000_050, 99_999_999_999)+d.Int64N(5)-2), insurance: pick(1, 50, 150),
		})
	}
	for i := range out {
		out[i].zone = d.IntN(8)
		out[i].postal = postals[out[i].zone]
	}
	return out
}
