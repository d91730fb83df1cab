// Package brief says to tests when to be brief.
package brief

import "testing"

// On reports whether long tests run fewer rounds: when asked to be short, and under the race detector, which makes them several
// times as long and finds no more in the later rounds. The gate runs all rounds without it.
func On() bool { return testing.Short() || raced }

// Rounds is so many rounds, or a sixth of them.
func Rounds(all int) int {
	if On() {
		return (all + 5) / 6
	}
	return all
}
