package engine

import "testing"

// brief is whether the long random tests run fewer rounds: when asked to be short, and under the race detector, which makes
// them several times as long and finds no more in the later rounds. The gate runs all rounds without it.
func brief() bool { return testing.Short() || raced }
