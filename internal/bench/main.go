// Bench prints how fast the library is beside its peers, as medians and ratios of one run.
//
//	cd internal/bench && go run .
package main

import (
	"fmt"
	"os"

	"github.com/overseaswarehouse/overseas/internal/bench/policy"
)

func main() {
	r, err := policy.Measure(25)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Print(r)
}
