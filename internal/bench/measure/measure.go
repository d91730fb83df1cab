// Package measure times functions side by side: processor time of the whole process beside the time on the clock, medians
// over passes in which all take turns, so that whatever else the machine does meets all of them.
package measure

import (
	"fmt"
	"io"
	"math"
	"runtime"
	"slices"
	"sync"
	"syscall"
	"time"
)

// Contender is a function to time.
type Contender struct {
	Name string
	Run  func(i int) // operation i, of any number
	Note string
}

// Result is the medians of a contender, an operation.
type Result struct {
	Name   string
	CPU    float64 // nanoseconds of processor time of the process, the collection of garbage included
	Least  float64 // the same, of the fastest pass
	Wall   float64 // nanoseconds on the clock
	Bytes  float64
	Allocs float64
	Note   string
}

// Slice is how long a contender runs in a pass: long enough for garbage to be collected several times.
const Slice = 100 * time.Millisecond

// Passes times the contenders on one processor, passes times in turn.
func Passes(contenders []Contender, passes int, slice time.Duration) []Result {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	return turns(contenders, passes, slice, func(c Contender, n int) {
		for i := range n {
			c.Run(i)
		}
	})
}

// Scaling is what two workers at once do beside one.
type Scaling struct {
	One, Two float64 // operations a second, of all workers
	Gain     float64 // times as many, the median over passes
	Best     float64 // the same, of the best pass
}

// Scale times one worker and two at once, pass by pass in turn; each has a function of its own from create. On a machine whose
// processors are not always there the best pass says what the code allows.
func Scale(passes int, slice time.Duration, create func(worker int) func(i int)) Scaling {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(2))
	workers := [2]func(int){create(0), create(1)}
	run := func(procs, n int) time.Duration {
		start := time.Now()
		var done sync.WaitGroup
		for w := range procs {
			done.Go(func() {
				for i := range n {
					workers[w](i)
				}
			})
		}
		done.Wait()
		return time.Since(start)
	}
	n := 16
	for run(1, n) < slice {
		n *= 2
	}
	var one, two, gain []float64
	for range passes {
		alone, both := run(1, n), run(2, n)
		one, two = append(one, float64(n)/alone.Seconds()), append(two, float64(2*n)/both.Seconds())
		gain = append(gain, 2*float64(alone)/float64(both))
	}
	return Scaling{Median(one), Median(two), Median(gain), slices.Max(gain)}
}

func turns(contenders []Contender, passes int, slice time.Duration, run func(Contender, int)) []Result {
	counts := make([]int, len(contenders))
	for i, c := range contenders {
		n := 16
		for {
			took := time.Duration(math.MaxInt64)
			for range 3 { // a single run that had to wait for a processor would end this too early
				start := time.Now()
				run(c, n)
				took = min(took, time.Since(start))
			}
			if took > slice/4 {
				counts[i] = max(1, int(float64(n)*float64(slice)/float64(took)))
				break
			}
			n *= 2
		}
	}
	cpu, wall := make([][]float64, len(contenders)), make([][]float64, len(contenders))
	results := make([]Result, len(contenders))
	for pass := range passes {
		for i, c := range contenders {
			n := counts[i]
			runtime.GC() // what the one before has left is not this one's
			var before, after runtime.MemStats
			if pass == 0 {
				runtime.ReadMemStats(&before)
			}
			start, used := time.Now(), cpuTime()
			run(c, n)
			spent, took := cpuTime()-used, time.Since(start)
			if pass == 0 {
				runtime.ReadMemStats(&after)
				results[i].Bytes = float64(after.TotalAlloc-before.TotalAlloc) / float64(n)
				results[i].Allocs = float64(after.Mallocs-before.Mallocs) / float64(n)
			}
			cpu[i] = append(cpu[i], float64(spent.Nanoseconds())/float64(n))
			wall[i] = append(wall[i], float64(took.Nanoseconds())/float64(n))
		}
	}
	for i, c := range contenders {
		results[i].Name, results[i].Note = c.Name, c.Note
		results[i].Least = slices.Min(cpu[i])
		results[i].CPU, results[i].Wall = Median(cpu[i]), Median(wall[i])
	}
	return results
}

// cpuTime is what the process has used of all processors.
func cpuTime() time.Duration {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// CPU is the processor time that f takes.
func CPU(f func()) time.Duration {
	start := cpuTime()
	f()
	return cpuTime() - start
}

// Median is the middle of some figures.
func Median(x []float64) float64 {
	x = slices.Sorted(slices.Values(x))
	if len(x) == 0 {
		return 0
	}
	return x[len(x)/2]
}

// Table prints results with their ratios to one of them.
func Table(w io.Writer, title, unit string, base int, results []Result) {
	fmt.Fprintf(w, "\n%s\n", title)
	wide := 0
	for _, r := range results {
		wide = max(wide, len(r.Name))
	}
	fmt.Fprintf(w, "%-*s %16s %10s %10s %9s %7s %8s\n", wide, "", "cpu-ns/"+unit, "least", "wall-ns", "B", "allocs", "ratio")
	for _, r := range results {
		fmt.Fprintf(w, "%-*s %16s %10s %10s %9.0f %7.1f %8.2f  %s\n", wide, r.Name, figure(r.CPU), figure(r.Least), figure(r.Wall), r.Bytes, r.Allocs, r.CPU/results[base].CPU, r.Note)
	}
}

func figure(ns float64) string {
	if ns < 100 {
		return fmt.Sprintf("%.1f", ns)
	}
	return fmt.Sprintf("%.0f", ns)
}
